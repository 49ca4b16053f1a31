"""What the name of a school says: legal form put aside, kind, number, settlement, «имени …», what is special.

The same school is written in many ways (domain.md §4): quotes of all kinds, ё and е, Latin letters that look Russian,
«№5» and «школа 5», «г.X» and «город X», full and short legal forms. ``parse`` brings them to one form. Nothing here
decides which school is meant.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

LOGIN = re.compile(r"^(edu|sch|spo|ksh)[\s_-]?(\d{6})$", re.IGNORECASE)
_CLEAN = str.maketrans(
    {
        **dict.fromkeys("«»\"“”„‟‹›`´‘’‚‛'″′＂", ";"),
        **dict.fromkeys("\u00a0\u2007\u2009\u202f\t\r\n", " "),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\ufeff", None),
        "ё": "е", "Ё": "Е", "º": "o", "°": "o", "#": "№",
    }
)  # fmt: skip
_LATIN = str.maketrans("ABCEHKMOPTXYaceopxyё", "АВСЕНКМОРТХУасеорхуе")
_LOOKALIKE = frozenset("ABCEHKMOPTXYaceopxy")
_WORD_WITH_LATIN = re.compile(r"(?=[А-Яа-я]*[A-Za-z])[A-Za-zА-Яа-я]{2,}")
_ANY_LATIN = re.compile(r"[A-Za-z]")
_GLUED = re.compile(r"\d(?=(?:г|с|п|д|х|ст|пос|дер|пгт|им|имени)\.?\s*[А-Я]|им\.|имени\b)")
_DEEPENED = re.compile(r"\bсо?\s+углубл\w*\.?\s+изуч\w*\.?\s+отд\w*\.?\s+предм\w*\.?", re.IGNORECASE)
_SPLIT_PLACE = re.compile(r"\b(?:п\.\s*г\.\s*т|р\.\s*п|раб\.\s*пос)\.?(?=\s|[А-Я])", re.IGNORECASE)
_TOKEN = re.compile(r"№|\d+(?:-?[а-яa-z]+)*|[а-яa-z]+(?:-[а-яa-z]+)*\.?|[;,()/|]", re.IGNORECASE)
_LEGAL = re.compile(
    r"(?:[окфр]|кр)?[мг]?[бак]?оу|м?г?о[бак]у|(?:о?м?б|м|г)?н?оу|н?чоу|о?аноо?|мб?у|гб?у|фг[бк]оу|"
    r"об[щш]еоб[рa-zа-я]*тельн[а-я]+|общего|образовани[ея]|полн(?:ая|ой|ого)|некоммерческ\w+|област\w+ое"
)
_STEMS = (
    "муниципальн", "государственн", "бюджетн", "автономн", "казенн", "общеобразовательн", "образовательн", "учрежден",
    "организаци",
)  # fmt: skip
"""Words of the legal form without their ending; a letter or two may be wrong in them."""
_ADJECTIVE = re.compile(r"(?:ая|яя|ое|ее|ого|его|ому|ему|ый|ий|ой|ей|ую|юю|ые|ие|ых|их|ым|им|ом|ем|ия|ие|ии|е|я|и)$")
_ENDING = re.compile(
    r"(?:ого|его|ому|ему|ыми|ими|ая|яя|ое|ее|ый|ий|ой|ей|ую|юю|ые|ие|ых|их|ым|им|а|я|о|е|ы|и|у|ю|ь|й)$"
)
_LEVELS = {
    "сош": "сош", "сш": "сош", "сошк": "сош", "оош": "оош", "ош": "оош", "нош": "нош", "нш": "нош", "шк": "школа",
    "цо": "центр",
}  # fmt: skip
_LEVEL_STEMS = (
    ("прогимнази", "прогимназия"), ("гимнази", "гимназия"), ("лице", "лицей"), ("колледж", "колледж"),
    ("техникум", "техникум"), ("школ", "школа"),
)  # fmt: skip
_STEPS = (("средн", "сош"), ("основн", "оош"), ("начальн", "нош"), ("ср", "сош"))
_STEP_ENDINGS = frozenset({"", "яя", "ей", "юю", "ая", "ой", "ую", "ее", "ого"})
_TRAIT_STEMS = (
    ("филиал", "филиал"), ("подразделен", "филиал"), ("вечерн", "вечерняя"), ("сменн", "вечерняя"),
    ("кадетск", "кадетская"), ("коррекц", "коррекционная"), ("интернат", "интернат"), ("санаторн", "санаторная"),
    ("дошкольн", "детский сад"), ("исправительн", "при колонии"),
)  # fmt: skip
_ARTS = ("спортивн", "музыкальн", "художествен")
"""Before «школа»: a school of additional education; «художественно-эстетический цикл» says nothing of the kind."""
_TRAITS = {
    "дюсш": "дополнительная", "дши": "дополнительная", "дмш": "дополнительная", "дхш": "дополнительная",
    "искусств": "дополнительная",
    "скош": "коррекционная", "всош": "вечерняя", "восош": "вечерняя", "осош": "вечерняя", "всш": "вечерняя",
    "доу": "детский сад", "мбдоу": "детский сад", "мкдоу": "детский сад", "мадоу": "детский сад",
    "мдоу": "детский сад", "гбдоу": "детский сад",
    "мбвсоу": "вечерняя", "мвсоу": "вечерняя", "мбвоу": "вечерняя", "мквсоу": "вечерняя",
}  # fmt: skip
_PLACES = {
    "город": "город", "села": "село", "село": "село", "селе": "село", "поселок": "посёлок", "поселка": "посёлок",
    "поселке": "посёлок", "пгт": "посёлок", "рп": "посёлок", "дп": "посёлок", "кп": "посёлок", "деревня": "деревня",
    "деревни": "деревня", "деревне": "деревня", "станица": "станица", "станицы": "станица", "станице": "станица",
    "ст-ца": "станица", "ст-цы": "станица", "стца": "станица", "хутор": "хутор", "хутора": "хутор", "аул": "аул",
    "аула": "аул", "города": "город", "городе": "город", "слобода": "слобода", "слободы": "слобода",
}  # fmt: skip
_DOTTED_PLACES = {
    "г": "город", "гор": "город", "с": "село", "п": "посёлок", "пос": "посёлок", "д": "деревня", "дер": "деревня",
    "ст": "станица", "х": "хутор", "хут": "хутор", "а": "аул", "сл": "слобода",
}  # fmt: skip
_REGION_WORDS = re.compile(r"(?:район|округ|област|кра[яйюе]|республик|р-н|поселен)")
_HONOUR_WORDS = frozenset({"им", "имени"})
_TITLES = re.compile(
    r"геро|совет|союз|росси|федерац|дважды|трижды|маршал|генерал|полковник|майор|капитан|лейтенант|академик|"
    r"професс|писател|поэт|космонавт|народн|заслужен|учител|кавалер|орден|слав|труд|социалист"
)
_ORDINARY = frozenset({"лет", "летия", "мая", "января", "февраля", "марта", "апреля", "июня", "июля", "августа",
                       "сентября", "октября", "ноября", "декабря", "микрорайона", "мкр"})  # fmt: skip
_EMPTY: frozenset[str] = frozenset()
_GLUED_LEVEL = re.compile(r"[мгк]?[бак]?оу([со]ош|нош)")
_SKIPPED = frozenset({"в", "во", "на", "-"})
_CLOSER = frozenset({*_LEVELS, *_TRAITS, *_PLACES, *_DOTTED_PLACES, *_HONOUR_WORDS, "номер", "центр", "цо"})
_CLOSER_STARTS = ("детск", *_ARTS, *(start for start, _ in (*_LEVEL_STEMS, *_STEPS, *_TRAIT_STEMS) if start != "ср"))
LEVEL_WORDS = {
    "сош": "средняя школа", "оош": "основная школа", "нош": "начальная школа", "школа": "школа",
    "гимназия": "гимназия", "прогимназия": "прогимназия", "лицей": "лицей", "центр": "центр образования",
    "колледж": "колледж", "техникум": "техникум",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SchoolName:
    """What a name says.

    Attributes:
        normal: the name as names are compared: equal texts name the same thing.
        level: «сош», «оош», «нош», «школа» where the name does not say which, «лицей»…; "" where nothing is said.
        traits: what makes it another school than the one of the same number: «филиал», «вечерняя», «кадетская»…
        numbers: school numbers, in order: «5», «5а».
        places: settlements with their mark («г.», «село»), without endings.
        place_kind: what the first of them is: «город», «село»…
        honour: surnames after «им.», without endings.
        words: everything else, without endings.
    """

    normal: str
    level: str = ""
    traits: frozenset[str] = _EMPTY
    numbers: tuple[str, ...] = ()
    places: frozenset[str] = _EMPTY
    place_kind: str = ""
    honour: frozenset[str] = _EMPTY
    words: frozenset[str] = _EMPTY

    @property
    def everything(self) -> frozenset[str]:
        """Stems of all words that tell this school from others."""
        parts = (part for place in self.places for part in place.split())
        return self.words | self.honour | frozenset(parts)


def cleaned(text: str) -> str:
    """Return a text with plain letters: Latin lookalikes inside Russian words, odd spaces, quotes (as «;»)."""
    text = unicodedata.normalize("NFC", text).translate(_CLEAN)
    return _WORD_WITH_LATIN.sub(_as_russian, text) if _ANY_LATIN.search(text) else text


def _as_russian(found: re.Match[str]) -> str:
    word = found[0]
    mixed = not word.isascii()
    return word.translate(_LATIN) if mixed or _LOOKALIKE.issuperset(word) else word


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Return a word without its ending: «Лесогорска» and «Лесогорск», «Заречная» and «Заречное» are one."""
    shorter = _ENDING.sub("", word)
    return shorter if len(shorter) >= 3 else word


@lru_cache(maxsize=65_536)
def _is_legal(word: str) -> bool:
    """Tell whether a word belongs to the legal form, also with a letter or two wrong."""
    if _LEGAL.fullmatch(word):
        return True
    if len(word) < 7:
        return False
    bare = _ADJECTIVE.sub("", word)
    if bare in _STEMS:
        return True
    near = [known for known in _STEMS if known[:2] == bare[:2] and abs(len(known) - len(bare)) <= 2]
    if not near:
        return False
    from rapidfuzz.distance import OSA

    return any(OSA.distance(bare, known) <= (2 if len(known) >= 10 else 1) for known in near)


@lru_cache(maxsize=65_536)
def _ordinary(token: str) -> str:
    """Return «skip» or «word» for a token that says nothing by its place, else "" — the reader looks closer."""
    bare = token.rstrip(".")
    if token[0] in ";,()/|" or bare in _SKIPPED:
        return "skip"
    if not token[0].isalpha() or len(bare) < 3 or bare in _CLOSER or bare.startswith(_CLOSER_STARTS):
        return ""
    if "-" in bare and any(_ordinary(part) == "" for part in bare.split("-") if len(part) > 2):
        return ""
    if _GLUED_LEVEL.fullmatch(bare):
        return ""
    return "skip" if _is_legal(bare) else "word"


@lru_cache(maxsize=8_192)
def _trait_of(part: str) -> str | None:
    return _TRAITS.get(part) or next((word for start, word in _TRAIT_STEMS if part.startswith(start)), None)


@lru_cache(maxsize=8_192)
def _level_of(part: str) -> str | None:
    glued = _GLUED_LEVEL.fullmatch(part)
    word = glued[1] if glued else part
    return _LEVELS.get(word) or next((name for start, name in _LEVEL_STEMS if word.startswith(start)), None)


@lru_cache(maxsize=8_192)
def _step_of(word: str) -> str | None:
    """Return the level of «средняя», «основной», «начальную», «ср» — where «школа» follows."""
    for start, level in _STEPS:
        if word.startswith(start) and word.removeprefix(start) in _STEP_ENDINGS:
            return level if start != "ср" or word == "ср" else None
    return None


class _Reader:
    """One pass over the tokens of a name."""

    def __init__(self, name: str) -> None:
        text = _GLUED.sub(r"\g<0> ", cleaned(name))
        if "глубл" in text or "ГЛУБЛ" in text:
            text = _DEEPENED.sub("с уиоп", text)
        if "п." in text or "П." in text:
            text = _SPLIT_PLACE.sub("пгт ", text)
        self._raw: list[str] = _TOKEN.findall(text)
        self._tokens = [token.casefold() for token in self._raw]
        self._cased = not text.isupper()
        self._at = 0
        self.normal: list[str] = []
        self.level = ""
        self.traits: set[str] = set()
        self.numbers: list[str] = []
        self.places: list[str] = []
        self.place_kind = ""
        self.honour: set[str] = set()
        self.words: set[str] = set()
        self._region: set[str] = set()

    def run(self) -> SchoolName:
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            verdict = _ordinary(token)
            if verdict:
                if verdict == "word":
                    self._plain(token)
                self._at += 1
            elif not (self._number(token) or self._place(token) or self._kind(token) or self._name_of(token)):
                if not _is_legal(token.rstrip(".")):
                    self._plain(token)
                self._at += 1
        return SchoolName(
            " ".join(self.normal), self.level, frozenset(self.traits) or _EMPTY, tuple(self.numbers),
            frozenset(self.places) or _EMPTY, self.place_kind, frozenset(self.honour) or _EMPTY,
            frozenset(self.words - self._region) or _EMPTY,
        )  # fmt: skip

    def _next(self, step: int = 1) -> str:
        at = self._at + step
        return self._tokens[at] if 0 <= at < len(self._tokens) else ""

    def _capital(self, step: int) -> bool:
        at = self._at + step
        return at < len(self._raw) and (not self._cased or self._raw[at][0].isupper())

    def _plain(self, token: str) -> None:
        """Take any other word; «Заречного района», «Республики Дагестан» are where it is, not what it is called."""
        if not _REGION_WORDS.match(token):
            self._word(token, self.words)
            return
        words, at = [self._next(-1), self._next(-2) if self._next(-1).startswith("муниципал") else ""], self._at
        if token.startswith("республик") and at + 1 < len(self._tokens):
            words.append(self._next())
        self._region.update(stem(part) for word in words for part in word.rstrip(".").split("-") if part)
        self._word(token, set())

    def _word(self, token: str, into: set[str]) -> None:
        for part in token.rstrip(".").split("-"):
            if part:
                self.normal.append(part)
                if len(part) > 1:
                    into.add(stem(part))

    # --- number ----------------------------------------------------------------------------------------------------

    def _number(self, sign: str) -> bool:
        """Take «№5», «N 5», «No. 5», and bare digits right after the kind of school."""
        marked = sign == "№" or (sign.rstrip(".") in {"n", "no", "номер"} and self._next()[:1].isdigit())
        if sign == "№" and not self._next()[:1].isdigit():
            self._at += 1
            return True
        if marked:
            self._at += 1
            self._take_number(self._tokens[self._at])
            return True
        last = self.normal[-1] if self.normal else ""
        kind_before = last in LEVEL_WORDS or last == "интернат"
        if sign.isdigit() and len(sign) <= 4 and kind_before and self._next().rstrip(".") not in _ORDINARY:
            self._take_number(sign)
            return True
        return False

    def _take_number(self, token: str) -> None:
        found = re.match(r"0*(\d+)-?([а-я]?)$", token)
        number = f"{found[1]}{found[2]}" if found else token
        self.numbers.append(number)
        self.normal.append(f"№{number}")
        self._at += 1

    # --- settlement ------------------------------------------------------------------------------------------------

    def _place(self, token: str) -> bool:
        """Take «г. X», «город X», «ст-ца X»; the mark itself is put aside."""
        bare = token.rstrip(".")
        kind = _PLACES.get(bare)
        if kind is None and bare in _DOTTED_PLACES:
            marked = token.endswith(".") or (self._cased and not self._raw[self._at][0].isupper())
            kind = _DOTTED_PLACES[bare] if marked and self._next() not in {"уиоп", ""} else None
        if kind is None or not self._capital(1) or not self._next()[0].isalpha():
            return self._drop_mark(token, kind)
        self._at += 1
        self._take_place(kind)
        return True

    def _drop_mark(self, token: str, kind: str | None) -> bool:
        if kind is not None and token.endswith(".") and len(token) <= 5:
            self._at += 1
            return True
        return False

    def _take_place(self, kind: str) -> None:
        taken: list[str] = []
        while self._at < len(self._tokens) and len(taken) < 3:
            token = self._tokens[self._at]
            if not token[0].isalpha() or (taken and (not self._goes_on() or self._is_mark(token))):
                break
            word = token.rstrip(".")
            self.normal += word.split("-")
            taken += [stem(part) for part in word.split("-")]
            self._at += 1
            if token.endswith("."):
                break
        self.places.append(" ".join(taken))
        self.place_kind = self.place_kind or kind

    def _goes_on(self) -> bool:
        """Tell whether the present word may belong to the settlement before it: «Каменский Лог»."""
        token, after = self._tokens[self._at].rstrip("."), self._next()
        if self._cased and not self._raw[self._at][0].isupper():
            return False
        return not (_REGION_WORDS.match(after) or after.startswith("муниципал") or _is_legal(token))

    def _is_mark(self, token: str) -> bool:
        bare = token.rstrip(".")
        return bare in _PLACES or bare in _HONOUR_WORDS or bare in _LEVELS or len(bare) < 2

    # --- kind ------------------------------------------------------------------------------------------------------

    def _kind(self, token: str) -> bool:
        """Take the kind of school and what is special about it."""
        bare = token.rstrip(".")
        found = self._step(bare)
        if found:
            return True
        parts = bare.split("-")
        taken = [self._part("дошкольн" if part == "сад" and len(parts) > 1 else part) for part in parts]
        if not any(taken):
            return False
        for part, known in zip(parts, taken, strict=True):
            if not known:
                self._word(part, self.words)
        self._at += 1
        return True

    def _step(self, bare: str) -> bool:
        """Take «средняя (полная) общеобразовательная школа» as «сош»."""
        level = _step_of(bare)
        if level is None:
            return False
        ahead = 1
        while _is_legal(self._next(ahead).rstrip(".")) or self._next(ahead) in {"(", ")", "-"}:
            ahead += 1
        after = self._next(ahead)
        if not (after.startswith("школ") or after.rstrip(".") in {"шк", "сош", "оош", "нош"}):
            return False
        self._set_level(level)
        self._at += ahead
        # «школа-сад», «школа-интернат»: what stands behind the hyphen is read by itself
        rest = after.rstrip(".").partition("-")[2]
        for part in rest.split("-") if rest else ():
            if not self._part("дошкольн" if part == "сад" else part):
                self._word(part, self.words)
        self._at += 1
        return True

    def _part(self, part: str) -> bool:
        trait = _trait_of(part)
        if trait is None and part.startswith(_ARTS) and self._next().startswith("школ"):
            trait = "дополнительная"
        if trait is not None:
            if trait not in self.traits:
                self.normal.append(trait)
            self.traits.add(trait)
            return True
        if part.startswith("детск") and self._next().startswith("сад"):
            self._at += 1
            return self._part("дошкольн")
        if part == "центр" and self._next().startswith("образован"):
            self._set_level("центр")
            self._at += 1
            return True
        level = _level_of(part)
        if level is None:
            return False
        self._set_level(level)
        return True

    def _set_level(self, level: str) -> None:
        if level == "школа" and self.level:
            return
        if self.level in {"", "школа"}:
            if self.level == "школа" and "школа" in self.normal:
                self.normal.remove("школа")
            self.level = level
        if level not in self.normal:
            self.normal.append(level)

    # --- «имени …» -------------------------------------------------------------------------------------------------

    def _name_of(self, token: str) -> bool:
        """Take «им. А. С. Пушкина»: initials are put aside, titles do not count."""
        if token.rstrip(".") not in _HONOUR_WORDS:
            return False
        self.normal.append("им")
        self._at += 1
        taken = 0
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            bare = token.rstrip(".")
            if self._is_initial(token, after=taken > 0):
                self._at += 1
                continue
            if not token[0].isalnum() or bare in _PLACES or bare in _LEVELS or self._marks_place(token, bare):
                break
            if token[0].isalpha() and not _TITLES.match(bare):
                self._word(token, self.honour)
                taken += 1
            else:
                self.normal.append(bare)
            self._at += 1
        return True

    def _is_initial(self, token: str, *, after: bool) -> bool:
        bare = token.rstrip(".")
        if len(bare) != 1 or not token.endswith("."):
            return False
        if self._cased:
            return self._raw[self._at][0].isupper()
        following = self._next()
        pair = _is_letter(following)
        return not after or pair or self._follows_initial()

    def _follows_initial(self) -> bool:
        before = self._tokens[self._at - 1] if self._at else ""
        two_before = self._tokens[self._at - 2] if self._at > 1 else ""
        return _is_letter(before) and not _is_letter(two_before)

    def _marks_place(self, token: str, bare: str) -> bool:
        lower = self._cased and not self._raw[self._at][0].isupper()
        return bare in _DOTTED_PLACES and (token.endswith(".") or lower)


def _is_letter(token: str) -> bool:
    return len(token) == 2 and token.endswith(".")


@lru_cache(maxsize=8_192)
def parse(name: str) -> SchoolName:
    """Return what a school's name says.

    Args:
        name: as it stands in a file or in the registry.
    """
    return _Reader(name).run()


@lru_cache(maxsize=4_096)
def place_of(text: str) -> tuple[str, str]:
    """Return (kind, stems) of a settlement: («посёлок», «лесогорск») for «пос. Лесогорск», kind "" where unmarked."""
    found = parse(text)
    if found.places:
        return found.place_kind, min(found.places)
    tail = re.fullmatch(r"(.+?)\s+([а-я-]+)\.?", cleaned(text).casefold().strip(" ;,"))
    kind = "" if tail is None else _PLACES.get(tail[2]) or _DOTTED_PLACES.get(tail[2], "")
    words = re.findall(r"[а-яa-z]+", tail[1] if tail is not None and kind else cleaned(text).casefold())
    return kind, " ".join(stem(word) for word in words if word not in _DOTTED_PLACES)
