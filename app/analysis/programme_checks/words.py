"""Reading words: stems, numbers in words, years, blanks, sums, likeness of two sentences. No morphology: beginnings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from app.analysis.programme_checks.model import EmptyWord, Words
from app.analysis.programme_values import sum_of
from app.texts import NBSP

_WORD = re.compile(r"[а-яa-z0-9]+(?:-[а-яa-z0-9]+)*")
_BLANK = re.compile(r"_{2,}|\.{4,}|…{2,}|«\s*»")
_AROUND = 24
_RANGE = re.compile(r"(?<!\d)(20\d\d)\s*(?:[-–—]|г\.\s*[-–—]|по|до)\s*(20\d\d)(?!\d)")
_LONE = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_OF_OTHERS = re.compile(
    r"(государственн|региональн|национальн|федеральн|республиканск|областн|краев)\w*\s+(?:\w+\s+)?(программ|проект|стратеги)"
    r"|указ\w*\s+президент|распоряжени\w*\s+правительств|постановлени\w*\s+правительств"
)
_MONEY = re.compile(
    r"(?<![\d.,])(\d{1,3}(?:[\s\u00a0\u202f]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?)\s*"
    r"(?:(тыс|млн)(?:\.|яч\w*|лион\w*)?\s*)?(руб\w*\.?|₽)"
)
_TOTAL = re.compile(r"(всего|итого|общ\w+\s+(?:объ[её]м|сумм)\w*|объ[её]м\w*\s+финансировани\w*)")
_SMALL_WORDS = (
    "и в во на с со по для о об от до из за к ко у при под над не а но или через между их его её ее что как также"
    " том числе др год года году годы годах г гг"
)
_SMALL = frozenset(_SMALL_WORDS.split())
_STEM = 5
KEPT = 8192
"""Texts whose reading is kept: while somebody writes, all texts but one stay as they were."""
_DOING = ("прове", "орган", "реали", "осуще", "выпол", "состо", "прошл", "проше")
"""Beginnings of words that say only that something was done."""


@lru_cache(maxsize=KEPT)
def plain(text: str) -> str:
    """Return small letters, «е» for «ё», single spaces."""
    return " ".join(text.casefold().replace("ё", "е").split())


@lru_cache(maxsize=KEPT)
def tokens(text: str) -> tuple[str, ...]:
    """Return the words and numbers of a text, small letters."""
    return tuple(_WORD.findall(plain(text)))


@lru_cache(maxsize=KEPT)
def stems(text: str) -> tuple[str, ...]:
    """Return beginnings of the words that carry a meaning, whole numbers as they stand."""
    found = (word for word in tokens(text) if word not in _SMALL)
    return tuple(word if word[0].isdigit() else word[:_STEM] for word in found)


def fits(word: str, stem: str) -> bool:
    """Tell whether a word begins with a stem; «мер=мер,меры» names whole words instead."""
    _, marked, whole = stem.partition("=")
    return word in whole.replace("ё", "е").split(",") if marked else word.startswith(stem.replace("ё", "е"))


def any_fits(words: Iterable[str], wanted: Sequence[str]) -> bool:
    """Tell whether any word begins with any of the stems."""
    return any(fits(word, stem) for word in words for stem in wanted)


def has_number(text: str, lists: Words) -> bool:
    """Tell whether a text says how many: digits, a number in words, «все школы», «каждый учитель»."""
    if any(map(str.isdigit, text)):
        return True
    words = tokens(text)
    if any_fits(words, lists.numerals):
        return True
    for place, word in enumerate(words):
        if any(fits(word, stem) for stem in lists.wholes) and any_fits(words[place + 1 : place + 3], lists.counted):
            return True
    return False


def names_product(text: str, lists: Words) -> bool:
    """Tell whether a text names a document or a thing that can be shown."""
    return any_fits(tokens(text), lists.products)


class EmptyWords:
    """Finds words without content: all of them by one expression first, then which."""

    def __init__(self, items: Sequence[EmptyWord]) -> None:
        self._each = [(item, re.compile(_phrase(item.stems))) for item in items]
        self._known: dict[str, tuple[EmptyWord, ...]] = {}
        self._any = re.compile("|".join(_phrase(item.stems) for item in items)) if items else None

    def find(self, text: str) -> tuple[EmptyWord, ...]:
        """Return what a text holds; what is opened up at once («комплекс мер: …», «(…)») has content."""
        found = self._known.get(text)
        if found is None:
            if len(self._known) >= KEPT:
                self._known.clear()
            found = self._known[text] = self._found(text)
        return found

    def _found(self, text: str) -> tuple[EmptyWord, ...]:
        low = plain(text)
        if self._any is None or self._any.search(low) is None:
            return ()
        return tuple(item for item, pattern in self._each if pattern.search(low))


@lru_cache(maxsize=4)
def empty_words(items: tuple[EmptyWord, ...]) -> EmptyWords:
    """Return what finds these words; it is made once and remembers the texts it has read."""
    return EmptyWords(items)


def _phrase(stems: Sequence[str]) -> str:
    words = []
    for stem in stems:
        begin, marked, whole = plain(stem).partition("=")
        words.append(rf"\b(?:{whole.replace(',', '|')})\b" if marked else rf"\b{begin}[а-я]*\b")
    return r"[^а-яa-z0-9]+".join(words) + r"(?!\s*[:(])"


@lru_cache(maxsize=KEPT)
def blanks(text: str) -> str | None:
    """Return the first blank of a text with some words around it, None where there is none."""
    match = _BLANK.search(text)
    if match is None:
        return None
    begin, end = max(0, match.start() - _AROUND), min(len(text), match.end() + _AROUND)
    before = text[begin : match.start()].split(" ", 1)[-1] if begin else text[: match.start()]
    after = text[match.end() : end].rsplit(" ", 1)[0] if end < len(text) else text[match.end() :]
    return " ".join(f"{before}{match.group()}{after}".split())


@lru_cache(maxsize=KEPT)
def only_blank(text: str) -> bool:
    """Tell whether a cell holds nothing but a blank: «____ %»."""
    return bool(_BLANK.search(text)) and not re.sub(r"[\s_.…«»%–—-]|не более|не менее", "", text.casefold())


def year_ranges(text: str) -> list[tuple[str, int, int]]:
    """Return the spans of years a text names for itself: as written, first, last.

    Spans in a sentence that has just named a programme of the state or of the region are that programme's.
    """
    found = []
    for sentence in re.split(r"(?<=[;\n])|(?<=[а-яё»]\.)\s", text):
        found += [
            (" ".join(match.group().split()), int(match[1]), int(match[2]))
            for match in _RANGE.finditer(sentence)
            if not _OF_OTHERS.search(plain(sentence[: match.start()]))
        ]
    return found


def lone_years(text: str) -> list[int]:
    """Return single years of a text."""
    return [int(match[1]) for match in _LONE.finditer(text)]


def sums(text: str) -> list[tuple[int | None, int]]:
    """Return sums of money that a text states for the whole (None) or for a year, in kopecks.

    A sum counts for the whole after «всего», «итого», «общий объём»; for a year directly after that year.
    """
    low = text.casefold()
    found: list[tuple[int | None, int]] = []
    last = 0
    for match in _MONEY.finditer(low):
        before, last = low[last : match.start()], match.end()
        unit = {"тыс": " тыс.", "млн": " млн", None: ""}[match[2]]
        exact = sum_of(f"{match[1]}{unit}").kopecks
        if exact is None:
            continue
        years = _LONE.findall(before)
        if len(years) == 1 and re.search(r"20\d\d\W*(?:г\w*)?\W*$", before):
            found.append((int(years[0]), exact))
        elif _TOTAL.search(before):
            found.append((None, exact))
    return found


def short(text: str, most: int = 60) -> str:
    """Return the beginning of a text up to a whole word, with «…» where it goes on."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    return line[:most].rsplit(" ", 1)[0].rstrip(",;:—– ") + "…"


def years_text(first: int, last: int) -> str:
    """Return «2023–2025» or «2023»."""
    return str(first) if first == last else f"{first}–{last}"


def year_list(years: Iterable[int]) -> str:
    """Return «2024 и 2025 годы», «2025 год»."""
    known = sorted(set(years))
    if len(known) == 1:
        return f"{known[0]}{NBSP}год"
    return f"{', '.join(map(str, known[:-1]))} и{NBSP}{known[-1]}{NBSP}годы"


@lru_cache(maxsize=KEPT)
def repeats(result: str, activity: str) -> bool:
    """Tell whether a result says no more than the activity itself: no number of its own, the same words."""
    own, whole = [word for word in stems(result) if not word.startswith(_DOING)], set(stems(activity))
    if not own or any(word[0].isdigit() and word not in whole for word in own):
        return False
    new = [word for word in own if word not in whole and not _same_action(word, whole)]
    return len(new) * 5 <= len(own)


def _same_action(word: str, whole: set[str]) -> bool:
    """Tell whether a word is the same root in another form: «проведены» — «проведение»."""
    return any(word[:4] == other[:4] for other in whole if len(word) > 3 and len(other) > 3)


def twins(texts: Sequence[str]) -> list[list[int]]:
    """Return groups of texts that say the same, each group in the order of the texts.

    Numbers must be the same, and every word of either must have its like in the other: «5 класс» and «6 класс»,
    «математики» and «физики» differ.
    """
    places: dict[tuple[str, ...], list[int]] = {}
    for place, text in enumerate(texts):
        bag = _bag(text)
        if bag:
            places.setdefault(bag, []).append(place)
    bags = list(places)
    group = list(range(len(bags)))
    for one, other in _candidates(bags):
        if group[one] != group[other] and _alike(bags[one], bags[other]):
            old, new = sorted((group[one], group[other]), reverse=True)
            group = [new if mark == old else mark for mark in group]
    found: dict[int, list[int]] = {}
    for mark, bag in zip(group, bags, strict=True):
        found.setdefault(mark, []).extend(places[bag])
    return sorted(sorted(members) for members in found.values() if len(members) > 1)


_ALIKE = 90
_WORDS_ALIKE = 75
_BEGINNING = 3


def _candidates(bags: Sequence[tuple[str, ...]]) -> Iterable[tuple[int, int]]:
    """Return pairs that differ in at most one word by its first letters: only these can be twins.

    Under each «all words but one» bags lie sorted by that word, so like words are neighbours there.
    """
    below: dict[str, list[tuple[str, int]]] = {}
    for place, bag in enumerate(bags):
        for others, word in _each_left_out(bag):
            below.setdefault(others, []).append((word, place))
    for members in below.values():
        if len(members) == 1:
            continue
        members.sort()
        for step in range(len(members) - 1):
            one, other = members[step][1], members[step + 1][1]
            if one != other:
                yield one, other


@lru_cache(maxsize=KEPT)
def _bag(text: str) -> tuple[str, ...]:
    return tuple(sorted(set(stems(text))))


@lru_cache(maxsize=KEPT)
def _each_left_out(bag: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return every word with the first letters of all the others; no word has a space in it."""
    heads = tuple(word if word[0].isdigit() else word[:_BEGINNING] for word in bag)
    return tuple((" ".join(heads[:left] + heads[left + 1 :]), bag[left]) for left in range(len(heads)))


@lru_cache(maxsize=KEPT)
def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    from rapidfuzz.fuzz import ratio

    if ratio(" ".join(one), " ".join(other), score_cutoff=_ALIKE) < _ALIKE:
        return False
    left, right = set(one), set(other)
    for words, against in ((left - right, right), (right - left, left)):
        for word in words:
            if word[0].isdigit() or not any(ratio(word, near) >= _WORDS_ALIKE for near in against):
                return False
    return True
