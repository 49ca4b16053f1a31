"""How many people of which category «3 учителя математики», «директор и 2 завуча», «команда школы 4» are.

A number counts people once, and only where it belongs to them: that of a class, a school, a share, a time, a year or
a lesson is kept in words. Nothing is thrown away: what tells no people is left over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.texts import NBSP, plural

AUDIENCES = ("teachers", "heads", "specialists", "young", "team", "parents", "other")
LARGEST = 9_999

_AUDIENCE_STEMS = (
    ("parents", ("родител",)),
    ("young", ("молод", "начинающ")),
    ("heads", ("директор", "руководител", "завуч", "замест", "зам", "администрац", "заведующ", "управленц")),
    ("specialists", ("специалист", "психолог", "логопед", "дефектолог", "соцпедагог", "библиотекар", "тьютор")),
    ("team", ("команд", "коллектив")),
    ("teachers", ("учител", "педагог", "преподавател", "предметник", "словесник", "воспитател", "методист")),
    ("other", ("учащ", "учени", "обучающ", "школьник", "дет", "гост", "друг")),
)
_OFTEN = ("учител", "педагог", "директор", "руководител", "специалист", "преподавател")
"""Long stems in which one wrong letter is forgiven."""
_WHOLE = {
    "зам": r"зам[ыау]?|замов|замам|замест\w*",
    "дет": r"дет(?:и|ей|ям|ьми)",
    "команд": r"команд(?:[аыеу]|ой|ам|ами)?",
    "воспитател": r"воспитател(?:[ьяюией]|ей|ем|ям|ями)",
    "учени": r"учени[кцч]\w*",
    "друг": r"други[ехм]\w?",
    "гост": r"гост(?:[ьией]|ей|ям|ями)",
    "молод": r"молод(?:[ыо][йехм]\w*)",
}
"""Stems that begin words of another meaning, too: «замечание», «деталь», «командировка», «воспитательный»."""
_ONE = frozenset(
    {"директор", "руководитель", "завуч", "заместитель", "зам", "заведующий", "заведующая", "специалист", "психолог",
     "логопед", "дефектолог", "соцпедагог", "библиотекарь", "тьютор", "учитель", "педагог", "преподаватель",
     "предметник", "словесник", "воспитатель", "методист", "родитель"}
)  # fmt: skip
"""Words in the singular: one person though no number is said."""
NUMERALS = {
    "один": 1, "одна": 1, "одного": 1, "одному": 1, "одним": 1, "два": 2, "две": 2, "двое": 2, "двух": 2, "двумя": 2,
    "оба": 2, "обе": 2, "три": 3, "трое": 3, "трех": 3, "тремя": 3, "четыре": 4, "четверо": 4, "четырех": 4,
    "четырьмя": 4, "пять": 5, "пятеро": 5, "пятью": 5, "шесть": 6, "шестеро": 6, "семь": 7, "семеро": 7, "восемь": 8,
    "девять": 9, "десять": 10, "двенадцать": 12, "пятнадцать": 15, "двадцать": 20,
}  # fmt: skip
_SUBJECTS = (
    ("русский язык", r"русск\w+\s+язык\w*|русск(?:ого|ий|ому|им)"), ("литература", r"литератур[аыеу]|литературой"),
    ("начальные классы", r"начальн\w+\s+(?:класс\w*|школ\w*)|начальн(?:ых|ые|ым|ой)|нач\.\s*кл\w*\.?"),
    ("математика", r"математик\w*"), ("физика", r"физик\w*"), ("химия", r"хими[яиюе]\w?"),
    ("биология", r"биологи\w+"), ("география", r"географи\w+"), ("история", r"истори[яиюек]\w*"),
    ("обществознание", r"обществозн\w+"), ("информатика", r"информатик\w*"),
    ("английский язык", r"английск\w+(?:\s+язык\w*)?"), ("иностранный язык", r"иностранн\w+(?:\s+язык\w*)?"),
    ("технология", r"технологи\w+|труда|труд"), ("физкультура", r"физкультур\w*|физическ\w+\s+культур\w*"),
    ("музыка", r"музык[аиеу]|музыкой"),
)  # fmt: skip
HUMANS = frozenset({"человек", "человека", "чел", "людей"})
FILLING = frozenset(
    {"и", "школы", "школ", "группа", "группы", "по", "с", "со", "всего", "из", "для", "у", "от", "к",
     "увр", "вр", "нмр", "умр", "мр", "ахч",
     "х", "м", "мя", "ти", "е"}
)  # fmt: skip
SUBJECT, NUMBERED = "\ue000", "\ue001"
SIGNS = ' ,.;:()—–-+/№"«»'
_YOUNG = ("молод", "начин")
_WORD = re.compile(
    rf"[а-яa-z]+(?:-[а-яa-z]+)*|\d{{1,3}}(?: \d{{3}})+(?!\d)|\d+|{SUBJECT}+|{NUMBERED}+"
    rf"|[^\sа-яa-z\d{SUBJECT}{NUMBERED}]+"
)
_LIST = r"\d{1,3}(?:\s*(?:[-–—,]|и)\s*\d{1,3})*"
_UNITS = (
    r"класс(?:[аеыу]|ов|ам|ах|ом)?|кл|час\w*|ч|мин|минут\w*|урок\w*|заняти\w*|год\w*|г|полугоди\w*|четверт\w*|"
    r"триместр\w*|квартал\w*|недел\w*|месяц\w*|дн[яей]\w*|день|лет|раза?|балл\w*|век\w*|параллел\w*|задани\w*|тем[ыа]?|"
    r"вопрос\w*|школ(?:[аыеу]|ам|ах)?|кабинет\w*|этап\w*|модул\w*|план\w*|визит\w*|выезд\w*|консультаци\w*|процент\w*|"
    r"предмет(?:[аыуе]|ов|ам|ах)?|работ[аыеу]?|рубл\w*|январ\w*|феврал\w*|март\w*|апрел\w*|ма[йя]|июн\w*|июл\w*|август\w*|"
    r"сентябр\w*|октябр\w*|ноябр\w*|декабр\w*"
)
_NAMED = (
    r"школ(?:[аыеу]|ой)?|сош|оош|нош|сш|гимнази\w*|лице\w*|доу|сад\w?|кабинет\w*|каб|ауд|приказ\w*|пункт\w*|тем[аеуы]|"
    r"глав\w*|урок\w*|приложени\w*|форм[аеуы]|вариант\w*|задани\w*|впр|огэ|егэ"
)
_PERSON = (
    r"чел|учит|педаг|директ|завуч|руковод|молод|начинающ|специал|психол|зам|логопед|родител|воспит|препод|предметник"
)
_NOT_PEOPLE = re.compile(
    r"№\s*\d+|\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{2,4}|\d{1,2}[.:]\d{2}(?!\d)|\d+[.,]\d+"
    r"|\d+(?:\s*[-/–—]\s*\d+)+(?!\d)|\d+\s*[%+]|(?<!\d)\d+[-/](?!(?:х|м|мя|ти|е)(?!\w))[а-яa-z]+|[-/]\d+"
    rf"|{_LIST}(?:-?(?:й|м|х|го|му|ом|е|я|ю)(?!\w))?\s*(?:[«\"][а-я][»\"]\s*)?(?:{_UNITS})(?!\w)\.?"
    r"|\d{1,2}\s*[«\"][а-я][»\"]|(?<!\d)\d{1,2}[а-я](?!\w)|(?<!\d)(?:19|20)\d\d(?!\d)"
    rf"(?!\s*(?:{_PERSON}))"
    rf"|(?<!\w)(?<!команда )(?<!команды )(?<!командой )(?<!коллектив )(?<!коллектива )(?:{_NAMED})\.?\s*\d+(?!\d)"
    rf"(?!\s*(?:{_PERSON}))"
)
"""Numbers that count no people: of classes, schools, days, times, shares, years, lessons."""


def folded(text: str) -> str:
    """Return a text in small letters of equal length, ё as е, so that places in it are places in the text."""
    return (
        "".join(letter if len(low := letter.lower()) != 1 else low for letter in text)
        .replace("ё", "е")
        .replace(NBSP, " ")
    )


@dataclass(frozen=True, slots=True)
class Whom:
    """What «3 учителя математики» says.

    Attributes:
        people: None where no number is said.
        audience: one of ``AUDIENCES``, None where nothing is said; two of them together are a team, with parents
            or others «other».
        several: whether there are two or more, so that their numbers stand in the words only.
        subject: school subject, "" where none is named.
        rest: what was not understood, as it was typed.
    """

    people: int | None = None
    audience: str | None = None
    subject: str = ""
    rest: str = ""
    several: bool = field(default=False, compare=False)


def read_people(text: str) -> Whom:
    """Read how many people of which category: «директор», «5 педагогов», «команда школы 4», «директор и 2 завуча»."""
    plain, subjects = masked(text)
    found = _Count()
    for start, word in words(plain):
        found.take(word, text[start : start + len(word)], start)
    number, over = found.number(), ""
    if number is not None and number > LARGEST:
        number, over = None, str(number)
    rest = [raw for _start, raw in sorted(found.rest)]
    left = " ".join([*rest, *([over] if over else [])])
    kinds = set(found.audiences)
    return Whom(number, _together(found.audiences), ", ".join(subjects), left, number is not None and len(kinds) > 1)


@dataclass(slots=True)
class _Count:
    """Numbers on their way to people.

    Attributes:
        sum: of the words that have a number; None before the first.
        waiting: a number that stands before its word; ``human``: «5 человек».
        loose: numbers without a word after them.
        open: words without a number, ``fresh`` where the last is one; ``soft`` singular ones that were counted as one.
    """

    sum: int | None = None
    waiting: tuple[int, int, str] | None = None
    human: bool = False
    before: str = ""
    open: int = 0
    soft: int = 0
    fresh: bool = False
    loose: list[tuple[int, int, str]] = field(default_factory=list)
    audiences: list[str] = field(default_factory=list)
    rest: list[tuple[int, str]] = field(default_factory=list)

    def take(self, word: str, raw: str, start: int) -> None:
        """Take one word of a text."""
        told, audience = number_of(word), audience_of(word)
        if told is not None:
            self._set_aside()
            self.waiting, self.human = (told, start, raw), self.before == "всего"
        elif audience is not None:
            self._take_audience(audience, word)
        elif word.startswith(SUBJECT):
            if self.waiting is not None and self.before.isalnum() and number_of(self.before) is not None:
                self._take_audience("teachers", word)  # «двое математиков»
        elif word in HUMANS:
            self.human = True
        elif word.startswith(NUMBERED) or (word not in FILLING and word.strip(SIGNS)):
            self.rest.append((start, raw))
        if word.strip(SIGNS):
            self.before = word

    def _take_audience(self, audience: str, word: str) -> None:
        """A category: «молодые учителя» are one, their number stands before the first word; «директор, учителя» two."""
        if self.before.startswith(_YOUNG) and audience in {"teachers", "specialists"}:
            if self.fresh and _is_one(word, ""):
                self.open, self.soft = self.open - 1, self.soft + 1
                self._add(1)
            return
        if audience == "heads" and self.before.startswith("замест") and self.waiting is None:
            return  # «заместитель директора» is one of them
        if self.before == "зам" and word.startswith("директор"):
            return
        self.audiences.append(audience)
        self.fresh = False
        single = _is_one(word, self.before)
        if self.waiting is not None and single and self.human:
            self._set_aside()
        if self.waiting is not None:
            self._add(self.waiting[0])
            self.waiting = None
        elif single:
            self._add(1)
            self.soft += 1
        else:
            self.open += 1
            self.fresh = True

    def _add(self, number: int) -> None:
        self.sum = (self.sum or 0) + number

    def _set_aside(self) -> None:
        if self.waiting is not None:
            self.loose.append(self.waiting)
        self.waiting = None

    def number(self) -> int | None:
        """Return how many people there are; a number that belongs to nobody is left over."""
        self._set_aside()
        for number, start, raw in self.loose:
            if self.open:
                self.open -= 1
                self._add(number)
            elif self.sum == number:  # «директор и 2 завуча, всего 3»
                continue
            elif self.soft:  # «завуч 2»
                self.soft -= 1
                self._add(number - 1)
            elif self.sum is None and len(self.loose) == 1:
                self._add(number)
            else:
                self.rest.append((start, raw))
        return self.sum


def words(plain: str) -> Iterator[tuple[int, str]]:
    """Yield the words of a folded text with their places."""
    return ((found.start(), found[0]) for found in _WORD.finditer(plain))


def masked(text: str) -> tuple[str, list[str]]:
    """Return the folded text, of equal length, with signs where subjects and numbers of no people stood; the subjects.

    ``SUBJECT`` stands for every letter of a subject, ``NUMBERED`` for every letter of «7 класс», «№ 5», «25 %».
    """
    plain, found = folded(text), []
    plain = _NOT_PEOPLE.sub(lambda one: NUMBERED * len(one[0]), plain)
    for name, shapes in _SUBJECTS:
        blank = re.sub(rf"\b(?:{shapes})(?!\w)", lambda one: SUBJECT * len(one[0]), plain)
        if blank != plain:
            plain = blank
            found.append(name)
    return plain, found


def number_of(word: str) -> int | None:
    """Return the number that a word is."""
    if word[:1].isdecimal():
        return int(word.replace(" ", ""))
    return NUMERALS.get(word)


def audience_of(word: str) -> str | None:
    """Return the category that a word names; of «педагог-психолог» the second part tells it."""
    found = [one for part in word.split("-") if (one := _audience(part)) is not None]
    return next((one for one in found if one != "teachers"), found[0] if found else None)


def _audience(word: str) -> str | None:
    for key, stems in _AUDIENCE_STEMS:
        stem = next((stem for stem in stems if word.startswith(stem)), None)
        if stem is not None and re.fullmatch(_WHOLE.get(stem, rf"{stem}\w*"), word):
            return key
    return next((key for key, stems in _AUDIENCE_STEMS if any(_nearly(word, stem) for stem in stems)), None)


def _nearly(word: str, stem: str) -> bool:
    """Whether a word begins with a long stem but for one letter: left out, doubled, mistaken or changed places."""
    if stem not in _OFTEN or word[:2] != stem[:2]:
        return False
    return any(one_slip(word[:size], stem) for size in (len(stem) - 1, len(stem), len(stem) + 1))


def one_slip(word: str, other: str) -> bool:
    """Whether two words differ by one letter left out, added, mistaken, or by two neighbours that changed places."""
    if abs(len(word) - len(other)) > 1 or word == other:
        return word == other
    same = next((place for place, pair in enumerate(zip(word, other, strict=False)) if pair[0] != pair[1]),
                min(len(word), len(other)))  # fmt: skip
    one, two = word[same:], other[same:]
    return one[1:] == two[1:] or one[1:] == two or one == two[1:] or (one[:2] == two[1::-1] and one[2:] == two[2:])


def _is_one(word: str, before: str) -> bool:
    """Whether a word names one person: «директор», «с директором», «завучу», «для директора»."""
    parts = word.split("-")
    if all(part in _ONE for part in parts):
        return True
    stem = parts[0][:-2] if parts[0].endswith(("ом", "ем")) else parts[0][:-1]
    whole = any(one.startswith(stem) for one in _ONE) and len(stem) >= 5
    if before in {"для", "у", "от"} and parts[0].endswith(("а", "я")):
        return whole
    return whole and parts[0].endswith(("ом", "ем", "у", "ю"))


def _together(audiences: list[str]) -> str | None:
    """Return the category of several: with parents or guests they are no team, which counts as staff of the school."""
    kinds = dict.fromkeys(audiences)
    if not kinds:
        return None
    return next(iter(kinds)) if len(kinds) == 1 else "other" if {"parents", "other"} & kinds.keys() else "team"


_PEOPLE_FORMS: dict[str | None, tuple[str, str, str, str]] = {
    "teachers": ("учителя", "учитель", "учителя", "учителей"),
    "heads": ("руководители", "руководитель", "руководителя", "руководителей"),
    "specialists": ("специалисты", "специалист", "специалиста", "специалистов"),
    "young": ("молодые педагоги", "молодой педагог", "молодых педагога", "молодых педагогов"),
    "team": ("команда школы", "", "", ""),
    "parents": ("родители", "родитель", "родителя", "родителей"),
    "other": ("другие", "", "", ""),
    None: ("", "человек", "человека", "человек"),
}


def people_words(people: int | None, audience: str | None) -> str:
    """Return «3 учителя», «команда школы, 4 человека», «учителя»; "" where nothing is known.

    What it says, ``read_people`` reads back.
    """
    alone, one, few, many = _PEOPLE_FORMS[audience]
    if people is None:
        return alone
    if not one:
        return f"{alone}, {people}{NBSP}{plural(people, 'человек', 'человека', 'человек')}"
    return f"{people}{NBSP}{plural(people, one, few, many)}"
