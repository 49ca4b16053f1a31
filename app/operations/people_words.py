"""People in texts: their names in every case and shape, telephones, mail, personal numbers, however they are typed.

A text is searched in a folded form (soft hyphens and accents away, ё as е, one kind of dash and space, Latin letters
that look Russian as Russian ones); what is found is taken out of the text itself. Surnames are looked up word by word,
so that a thousand people cost no more than ten.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.analysis.russian import Case

SOMEBODY = "сотрудник"
NO_PHONE, NO_MAIL, NO_NUMBER = "телефон не указан", "адрес не указан", "номер не указан"

_MASK = "\ue000"
_S = r"[\s_]*"
_WORD = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
_INITIALS = r"[А-ЯЁ]\.\s*[А-ЯЁ]\."
_ENDS = r"(?:ич(?:[ауе]|ем)?|[вч]н(?:[аыеу]|ою?|ой))"
NAME = re.compile(
    rf"{_WORD}\s+{_INITIALS}|{_INITIALS}\s*{_WORD}"
    rf"|{_WORD}\s+{_WORD}\s+[А-ЯЁ][а-яё]+(?:ич|вна|чна)\b"
    rf"|{_WORD}\s+[А-ЯЁ][а-яё]+(?:ич|вна|чна)\s+{_WORD}"
)
"""Somebody named in a usual way, whoever it is."""
_STRANGER = re.compile(rf"(?<![А-Яа-я])(?:{_WORD}\s+{_INITIALS}|{_INITIALS}\s*{_WORD})(?![а-я])")
_LETTERS_FIRST = re.compile(rf"{_INITIALS}\s*{_WORD}")
_HONOUR = re.compile(
    r"(?:\b(?:имени|им\.|памяти|ул\.|улиц[аеуы]|пл\.|площад[ьи]|пр\.|пер\.|просп\.|проспекте?|методик[аеиу]|педагогик[аеиу])\s*)$",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?:\b(?:(?:с|д|п|г|х|ст|пос|дер)\.|сел[оае]|деревн[яеию]|посел[ко]+[аеу]?|город[ае]?|станци[яи])\s*)$"
)
_PATRONYMIC = re.compile(r"(?:ич|вна|чна)$")
_TOKEN = re.compile(r"[А-Яа-я]+(?:-+[А-Яа-я]+)*")
_DOUBLE = re.compile(r"(?<=[А-Яа-я])\s+-\s*(?=[А-ЯЁ])|(?<=[А-Яа-я])-\s+(?=[А-ЯЁ])")
_AFTER = re.compile(
    rf"{_S},?{_S}(?:[А-Я]\.(?:-?[А-Я]\.)?(?:{_S}[А-Я](?:\.|(?![А-Яа-я])))?|[А-Я]{_S}[А-Я](?![А-Яа-я]))", re.IGNORECASE
)
_BEFORE = re.compile(
    rf"(?<![А-Яа-я])(?:[А-Я]\.(?:-?[А-Я]\.)?{_S}(?:[А-Я]\.)?|[А-Я]{_S}[А-Я]|[А-Я]){_S}$", re.IGNORECASE
)
_NEXT = re.compile(rf"{_S},?{_S}([А-Яа-я]+(?:-[А-Яа-я]+)?)")
_PREVIOUS = re.compile(rf"([А-Яа-я]+(?:-[А-Яа-я]+)?){_S}$")
_PATR_WORD = re.compile(rf"^[а-я]+{_ENDS}$")
_INITIAL = re.compile(rf"{_S}[А-Я]\.")
_MAIL = re.compile(r"[\w.+-]+[ ]?(?:@|\(at\)|\[at\])[ ]?[\w-]+(?:\.[\w-]+)+")
_EXTENSION = r"(?:,?\s*доб\.?\s*\d{1,5})?"
_PHONE = re.compile(
    # figures between letters of a to f are part of a hash
    r"(?<![\da-fA-F.,/№-])(?:"
    r"(?:\+\s?7|8)[\s-]*\(\d{3,5}\)[\s-]*\d{1,3}[\s-]?\d{2}[\s-]?\d{2}"
    r"|(?:\+\s?7|8)[\s-]\d{3,5}[\s-]\d{1,3}-\d{2}-\d{2}"
    r"|(?:\+\s?7[\s.-]?|8[\s.-])9\d{2}[\s.-]?\d{3}[\s.-]?\d{2}[\s.-]?\d{2}"
    r"|\+7[\s.-]\d{3,5}[\s.-]\d{1,3}[\s.-]\d{2}[\s.-]\d{2}"
    r"|\+7\d{10}|89\d{9}"
    r"|\(\d{3,5}\)[\s]*\d{1,3}-\d{2}-\d{2}"
    r")(?![\da-fA-F])" + _EXTENSION
)
_CALLED = re.compile(
    r"(?<=[\s.:(])(?P<word>(?:\b(?:тел|моб|факс|сот|телефон[а-я]*)\b\.?:?\s*|\bт\.\s*(?=\d{1,3}-)))(?P<number>\d[\d\s()-]{3,16}\d)(?!\d)",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?<![\d-])\d{3}-\d{3}-\d{3}[\s-]\d{2}(?![\d-])"
    r"|(?:(?<=СНИЛС.)|(?<=СНИЛС..)|(?<=СНИЛС...))\d(?:[\s-]?\d){10}(?!\d)"
    r"|(?:(?<=ИНН.)|(?<=ИНН..)|(?<=ИНН...))(?<!\d)\d{12}(?!\d)"
)
"""СНИЛС, and ИНН of a person (that of an organisation has ten digits)."""

_ODD = re.compile(
    "[\u00ad\ufffe](?:[ \t]*\r?\n[ \t]*)?|[\u200b-\u200f\u2060\ufeff\u202a-\u202e\u0301]|[иИ]\u0306|[еЕeE]\u0308"
)
_LIKE = dict(zip("ABCEHKMOPTXYaceopxyëËё", "АВСЕНКМОРТХУасеорхуеЕе", strict=True))
_LATIN = str.maketrans(_LIKE)
_SAME = str.maketrans(
    {"ё": "е", "Ё": "Е", **dict.fromkeys("\u00a0\u2007\u2009\u200a\u202f\u2002\u2003", " "),
     **dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-")}
)  # fmt: skip
_MIXED = re.compile(
    r"[A-Za-zëË]+[А-Яа-яЁё][A-Za-zА-Яа-яЁёëË]*|[А-Яа-яЁё]+[A-Za-zëË][A-Za-zА-Яа-яЁёëË]*|\b[ABCEHKMOPTX]\."
)
_CASES: tuple[Case, ...] = ("nominative", "genitive", "dative", "accusative", "instrumental", "prepositional")
_SHORTEST_ALONE, _SHORTEST_CAPITALS = 3, 5


@dataclass(frozen=True, slots=True)
class Replaced:
    """What was taken out of a paper: what stood there, what stands there now, how often."""

    before: str
    after: str
    times: int


@dataclass(frozen=True, slots=True)
class Known:
    """One person: surname, first name, patronymic (the latter two may be letters with points) and what they are.

    Attributes:
        own: how they said themselves that their name is declined, by case: «Ким Ольгой».
    """

    surname: str
    first: str
    patronymic: str
    role: str
    own: tuple[tuple[Case, str], ...] = ()


def folded(text: str) -> tuple[str, Sequence[int]]:
    """Return a text as it is searched, and where each of its signs stands in the text itself (one more for its end)."""
    places: Sequence[int]
    if _ODD.search(text) is None:
        places = range(len(text) + 1)
    else:
        parts: list[str] = []
        kept: list[int] = []
        at = 0
        for match in _ODD.finditer(text):
            parts.append(text[at : match.start()])
            kept.extend(range(at, match.start()))
            whole = unicodedata.normalize("NFC", match.group())
            if len(match.group()) == 2 and len(whole) == 1 and whole.isalpha():
                parts.append(whole)
                kept.append(match.start())
            at = match.end()
        parts.append(text[at:])
        kept.extend(range(at, len(text) + 1))
        text, places = "".join(parts), kept
    text = _MIXED.sub(lambda match: match.group().translate(_LATIN), text)
    return text.translate(_SAME), places


def _fold(text: str) -> str:
    return folded(text)[0].casefold()


class People:
    """Everybody a file names, ready to be looked for in texts.

    Args:
        known: people; of two with one surname both are found.
        contacts: telephones and addresses of the directory.
        stay: names of organisations and places.
    """

    def __init__(self, known: Iterable[Known], contacts: Iterable[str] = (), stay: Iterable[str] = ()) -> None:
        self.known = tuple(known)
        self._roles: dict[tuple[str, str, str], str] = {}
        self._surnames: dict[str, str] = {}
        self._first: dict[str, set[str]] = {}
        for person in self.known:
            self._learn(person)
        names = sorted({folded(name.strip())[0] for name in stay if name.strip()}, key=len, reverse=True)
        self._kept = _words(name for name in names if len(name.split()) > 1)
        self._places = _words(name for name in names if len(name.split()) == 1)
        self._honoured = _honoured(names)
        self._contacts = tuple(_contact_patterns(contacts))
        # what somebody is may name somebody too: «помощник Соколовой»
        naming = {role for role in {*self._roles.values(), *self._surnames.values()} if self.left(role)}
        if naming:
            self._roles = {key: SOMEBODY if role in naming else role for key, role in self._roles.items()}
            self._surnames = {key: SOMEBODY if role in naming else role for key, role in self._surnames.items()}

    def _learn(self, person: Known) -> None:
        for case, surname, first, patronymic in _declined(person):
            role, last, a, b = _role(person.role, case), _fold(surname), _fold(first), _fold(patronymic)
            for key in ((last, a, b), (last, a, ""), (last, a[:1], b[:1]), (last, a[:1], ""), ("", a, b)):
                self._roles.setdefault(key, role)
            self._surnames.setdefault(last, role)
            if len(a.rstrip(".")) > 1:
                self._first.setdefault(a, set()).add(b)

    def without(self, text: str) -> tuple[str, tuple[Replaced, ...]]:
        """Return a text without people and what was taken out."""
        if not text or not any("а" <= sign <= "ё" or sign in "@+8(-" for sign in text.casefold()):
            return text, ()
        working, places = folded(text)
        found: list[tuple[int, int, str]] = []

        def claim(after: str | Callable[[str], str]) -> Callable[[re.Match[str]], str]:
            def one(match: re.Match[str]) -> str:
                found.append((*match.span(), after if isinstance(after, str) else after(match.group())))
                return _MASK * len(match.group())

            return one

        def hide(match: re.Match[str]) -> str:
            return _MASK * len(match.group())

        for kept in (self._kept, self._honoured):
            working = working if kept is None else kept.sub(hide, working)
        working = _MAIL.sub(claim(NO_MAIL), working)
        working = self._named(working, found, alone=False)
        for pattern, after in self._contacts:
            working = pattern.sub(claim(after), working)
        working = working if self._places is None else self._places.sub(hide, working)
        working = self._named(working, found, alone=True)
        working = _strangers(working, found)
        working = _NUMBER.sub(claim(NO_NUMBER), working)
        working = _PHONE.sub(claim(NO_PHONE), working)
        _CALLED.sub(lambda match: _called(match, found), f" {working}")
        return _taken_out(text, places, found)

    def _named(self, text: str, found: list[tuple[int, int, str]], *, alone: bool) -> str:
        """Take out people named by surname with letters or first names, or by first name and patronymic.

        ``alone``: also surnames that stand by themselves.
        """
        spans: list[tuple[int, int, str]] = []
        end = 0
        # a double surname typed with spaces around its dash is one word too
        for match in _TOKEN.finditer(_DOUBLE.sub(lambda match: "-" * len(match.group()), text)):
            for start, stop in self._parts(match):
                span = self._at(text, start, stop, end, alone=alone) if start >= end else None
                if span is not None:
                    spans.append(span)
                    end = span[1]
        for start, stop, _after in spans:
            text = text[:start] + _MASK * (stop - start) + text[stop:]
        found += spans
        return text

    def _parts(self, match: re.Match[str]) -> Iterator[tuple[int, int]]:
        """Yield a word whole where it is somebody's surname, else what stands on each side of its dashes."""
        if "-" not in match.group() or _close(match.group()).casefold() in self._surnames:
            yield match.span()
            return
        for part in re.finditer(r"[А-Яа-я]+", match.group()):
            yield match.start() + part.start(), match.start() + part.end()

    def _at(self, text: str, start: int, stop: int, floor: int, *, alone: bool) -> tuple[int, int, str] | None:
        word = _close(text[start:stop])
        role = self._surnames.get(word.casefold())
        if role is None:
            return self._by_first(text, start, stop)
        left, right, names = self._around(text, start, stop, floor)
        last = word.casefold()
        known = self._role_of(last, *names) or role
        if (left, right) != (start, stop):
            return left, right, known
        return (start, stop, known) if alone and self._may_stand_alone(text, start, word) else None

    def _role_of(self, last: str, first: str, second: str) -> str | None:
        """Return what somebody is, in the case that the fullest form found stands in."""
        keys = ((last, first, second), (last, first, ""), (last, first[:1], second[:1]), (last, first[:1], ""))
        return next((self._roles[key] for key in keys if first and key in self._roles), None)

    def _may_stand_alone(self, text: str, start: int, word: str) -> bool:
        before = text[max(0, start - 24) : start]
        if len(word) < _SHORTEST_ALONE or _PLACE.search(before):
            return False
        if word.isupper():
            return len(word) >= _SHORTEST_CAPITALS  # «КИМ» are the materials of an exam
        if word[:1].isupper():
            return all(part[1:].islower() for part in word.split("-"))
        return word.islower() and _only_surname(word)

    def _around(self, text: str, start: int, stop: int, floor: int) -> tuple[int, int, tuple[str, str]]:
        """Return where a person's name begins and ends around the surname, and their other names or letters."""
        after = _AFTER.match(text, stop)
        if after is not None and (text[start:stop].islower() or any(s.isupper() for s in after.group())):
            return start, after.end(), _letters(after.group())
        follows = _NEXT.match(text, stop)
        if follows is not None and follows[1].casefold() in self._first:
            end, second = self._patronymic(text, follows.end())
            return start, end, (follows[1].casefold(), second)
        begin = max(floor, start - 60)
        before = _BEFORE.search(text[begin:start])
        if before is not None and any(sign.isupper() for sign in before.group()) and "." in before.group():
            return begin + before.start(), stop, _letters(before.group())
        previous = _PREVIOUS.search(text[begin:start])
        if previous is not None and previous[1].casefold() in self._first:
            return begin + previous.start(), stop, (previous[1].casefold(), "")
        return start, stop, ("", "")

    def _patronymic(self, text: str, at: int) -> tuple[int, str]:
        initial = _INITIAL.match(text, at)
        if initial is not None:
            return initial.end(), initial.group()[-2].casefold()
        word = _NEXT.match(text, at)
        if word is not None and _PATR_WORD.match(word[1].casefold()):
            return word.end(), word[1].casefold()
        return at, ""

    def _by_first(self, text: str, start: int, stop: int) -> tuple[int, int, str] | None:
        """Take «Анна Петровна» with the surname after it, «Анна П. Соколова», «Анна Соколова»."""
        first = _close(text[start:stop]).casefold()
        if first not in self._first:
            return None
        end, second = self._patronymic(text, stop)
        patronymic = text[stop:end].strip(" _,\n\t").casefold()
        word = _NEXT.match(text, end)
        role = self._surnames.get(word[1].casefold()) if word is not None and "," not in word.group() else None
        if word is not None and role is not None:
            last = word[1].casefold()
            return start, word.end(), self._role_of(last, first, second) or role
        if end > stop and (patronymic in self._first[first] or not patronymic.endswith(".")):
            return start, end, self._roles.get(("", first, patronymic), SOMEBODY)
        return None

    def left(self, text: str) -> tuple[str, ...]:
        """Return what of people stands in a text."""
        return tuple(item.before for item in self.without(text)[1])


def _close(word: str) -> str:
    return re.sub(r"\s*-+\s*", "-", word)


def _letters(text: str) -> tuple[str, str]:
    found = re.findall(r"[а-я]", text.casefold())
    return (found[0] if found else "", found[-1] if len(found) > 1 else "")


def _called(match: re.Match[str], found: list[tuple[int, int, str]]) -> str:
    digits = re.sub(r"\D", "", match["number"])
    if 5 <= len(digits) <= 11:
        # the text was searched with one sign put before it
        found.append((match.start("number") - 1, match.end("number") - 1, "не указан"))
    return match.group()


def _strangers(text: str, found: list[tuple[int, int, str]]) -> str:
    """Take out whoever is named with letters though the file keeps nobody of that name; namesakes of things stay."""
    at = 0
    while (match := _STRANGER.search(text, at)) is not None:
        start, stop = _whole_name(text, match)
        at = stop
        if not _HONOUR.search(text[max(0, start - 24) : start]):
            found.append((start, stop, SOMEBODY))
            text = text[:start] + _MASK * (stop - start) + text[stop:]
    return text


def _whole_name(text: str, match: re.Match[str]) -> tuple[int, int]:
    """Return where a name stands: «Методист Е. В. Ракитина» begins with a post, not with a surname."""
    word = re.match(rf"({_WORD})\s+(?={_INITIALS})", match.group())
    if word is not None and _common(word[1]):
        behind = _LETTERS_FIRST.match(text, match.start() + word.end())
        if behind is not None:
            return behind.span()
    return match.span()


def _taken_out(
    text: str, places: Sequence[int], found: list[tuple[int, int, str]]
) -> tuple[str, tuple[Replaced, ...]]:  # fmt: skip
    counted: dict[tuple[str, str], int] = {}
    parts, at = [], 0
    for start, stop, after in sorted(found):
        begin, end = places[start], places[stop - 1] + 1
        if begin < at:
            continue
        before = text[begin:end]
        counted[before.strip(), after.strip()] = counted.get((before.strip(), after.strip()), 0) + 1
        already = f"{after} " if after else ""
        kept = text[at:begin]
        parts.append(kept)
        # «директору Ивановой» would become «директору директору»: the post stood before the name already
        if already and _fold(kept).endswith(already.casefold()) and not _fold(kept)[: -len(already)][-1:].isalpha():
            parts[-1] = kept.rstrip()
        else:
            parts.append(after)
        at = end
    return "".join([*parts, text[at:]]), tuple(Replaced(*pair, times) for pair, times in counted.items())


# --- what a file knows, as patterns ------------------------------------------------------------------------------


def _loose(name: str) -> str:
    """Return a pattern of a name however its words are set apart: «им. Н.С. Вьюжанина», «им. Н. С. Вьюжанина»."""
    return r"\s*".join(re.escape(token) for token in re.findall(r"\w+|[^\w\s]", name))


def _words(names: Iterable[str]) -> re.Pattern[str] | None:
    made = "|".join(_loose(name) for name in names)
    return re.compile(f"(?<![А-Яа-я])(?:{made})(?![А-Яа-я])") if made else None


def _honoured(names: Iterable[str]) -> re.Pattern[str] | None:
    """Return a pattern of «имени …» as names of schools have it, also in short: «им. Вьюжанина», in any case."""
    found: dict[str, None] = {}
    for name in names:
        for whole in re.findall(r"\b(?:имени|им\.)\s*([^»\",(]+)", name):
            surname = re.findall(_TOKEN, whole)
            capital = [word for word in surname if word[:1].isupper() and len(word) > 1]
            if capital:
                found[_loose(whole.strip())] = None
                found[rf"(?:[А-Я]\.\s*){{0,2}}(?:[А-Я][а-я]+\s+){{0,2}}{re.escape(capital[-1])}"] = None
    if not found:
        return None
    return re.compile(rf"(?<![А-Яа-я])(?:[Ии]мени|[Ии]м\.)\s*(?:{'|'.join(found)})(?![А-Яа-я])")


def _contact_patterns(contacts: Iterable[str]) -> Iterator[tuple[re.Pattern[str], str]]:
    seen: dict[str, str] = {}
    for text in contacts:
        for one in re.split(r"[;,\n]", folded(text)[0]):
            digits = re.sub(r"\D", "", one)
            if "@" in one:
                seen[re.escape(one.strip())] = NO_MAIL
            elif len(digits) >= 5:
                tail = digits[1:] if len(digits) == 11 and digits[0] in "78" else digits
                lead = r"(?:(?:\+\s?7|8)[\s().-]*)?" if len(tail) == 10 else ""
                seen[rf"(?<!\d){lead}\(?{'[ ().-]*'.join(tail)}(?!\d){_EXTENSION}"] = NO_PHONE
                own = re.search(r"\)\s*(\d{1,3}-\d{2}-\d{2})\b", one)
                if own is not None:
                    seen[rf"(?<![\d-]){re.escape(own[1])}(?![\d-])"] = NO_PHONE
            elif len(one.strip()) >= 4 and any(sign.isalpha() for sign in one):
                seen[rf"(?<!\w){re.escape(one.strip())}(?!\w)"] = NO_MAIL
    for pattern, after in sorted(seen.items(), key=lambda item: len(item[0]), reverse=True):
        yield re.compile(pattern, re.IGNORECASE), after


def _declined(person: Known) -> Iterator[tuple[Case, str, str, str]]:
    """Yield (case, surname, first name, patronymic) in all cases, of both genders where nobody knows which it is."""
    from app.analysis import russian

    seen: set[tuple[str, str, str]] = set()
    initials = len(person.first.rstrip(".")) <= 1
    told = russian.gender_of(f"{person.surname} {person.first} {person.patronymic}".strip())
    genders: tuple[Any, ...] = ("female", "male") if initials or told is None else (None,)
    for case in _CASES:
        for gender in genders:
            whole = f"{person.surname} О. О." if initials else f"{person.surname} {person.first} {person.patronymic}"
            parts = russian.person(whole.strip(), case, gender).split()
            first, patronymic = (
                (person.first, person.patronymic) if initials else (parts[1], parts[2] if len(parts) > 2 else "")
            )
            for surname in (parts[0], *_halves(person.surname, parts[0])):
                if (surname, first, patronymic) not in seen:
                    seen.add((surname, first, patronymic))
                    yield case, surname, first, patronymic
    for case, text in person.own:
        words = [word for word in text.split() if word[:1].isalpha()]
        if words:
            yield case, *_own_parts(words, person)


def _own_parts(words: list[str], person: Known) -> tuple[str, str, str]:
    """Return what of a name in somebody's own form is the surname: it may stand at the end."""
    order = [*words, "", ""]
    last = words[-1]
    if len(words) > 1 and last[:3].casefold() == person.surname[:3].casefold() != words[0][:3].casefold():
        return last, words[0], words[1] if len(words) > 2 else ""
    return order[0], order[1] or person.first, order[2] or person.patronymic


def _halves(surname: str, form: str) -> Iterator[str]:
    """Yield a double surname of which only the last half is declined."""
    if "-" in surname:
        yield f"{surname.rpartition('-')[0]}-{form.rpartition('-')[2]}"


@lru_cache(maxsize=4096)
def _only_surname(word: str) -> bool:
    """Tell whether a word in small letters can be nothing but a surname."""
    from app.analysis import russian

    return russian.only_surname(word)


@lru_cache(maxsize=4096)
def _common(word: str) -> bool:
    """Tell whether a word is in the dictionary and nobody's surname: «Методист»."""
    from app.analysis import russian

    return russian.is_common(word)


def nominatives(surname: str, first: str, patronymic: str) -> Iterator[tuple[str, str, str]]:
    """Yield a name as it may be in the nominative where it stood in another case: «Соколовой А. П.»."""
    from app.analysis import russian

    for base in russian.surnames(surname):
        yield base, first, patronymic


@lru_cache(maxsize=2048)
def _role(role: str, case: Case) -> str:
    from app.analysis import russian

    word = role.partition(",")[0].strip()
    return russian.post(word[:1].lower() + word[1:] if word[1:2].islower() else word, case) or SOMEBODY


# --- names as they stand in texts --------------------------------------------------------------------------------


def names_in(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield (surname, first name, patronymic) of everybody whom a text names in a usual way."""
    at = 0
    while (match := NAME.search(text, at)) is not None:
        start, at = _whole_name(text, match)
        if _HONOUR.search(text[max(0, start - 24) : start]):
            continue
        told = text[start:at]
        words = re.findall(rf"{_WORD}|[А-ЯЁ](?=\.)", told)
        letters = [word for word in words if len(word) == 1]
        whole = [word for word in words if len(word) > 1]
        if len(letters) == 2 and len(whole) == 1:
            yield whole[0], f"{letters[0]}.", f"{letters[1]}."
        elif len(whole) == 3 and _PATRONYMIC.search(whole[1]):
            yield whole[2], whole[0], whole[1]
        elif len(whole) == 3:
            yield whole[0], whole[1], whole[2]


def plain_name(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield the name that a line of the directory is, where it has no usual shape: «Ли Чен», «Алиев Вели Али оглы»."""
    words = [word for word in re.findall(r"[А-Яа-яЁё-]+\.?", text) if word[:1].isupper()]
    if 2 <= len(words) <= 4 and not any(sign.isdigit() for sign in text):
        yield words[0], words[1], " ".join(words[2:])
