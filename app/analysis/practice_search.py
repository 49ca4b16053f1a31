"""Search of practices by words: stems, weights of fields, why a practice was found. Pure.

A stem is the beginning of a word without its ending: «чтение», «чтению» and «чтения» give «чтен». A word that is being
typed finds stems that begin with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"[a-zа-я]{3,}")
_ENDING = re.compile(
    r"(?:иями|ями|ами|иях|иям|ием|ого|его|ому|ему|ыми|ими|ия|ие|ии|ию|ий|ый|ой|ей|ая|яя|ое|ее|ые|ых|их|ую|юю|ов|ев|ам"
    r"|ям|ах|ях|ом|ем|ым|им|[аеиоуыэюяьй])$"
)
_STEM = 5
_LEAST = 3
WEIGHTS: Mapping[str, int] = {
    "title": 4, "subject": 4, "problem": 3, "deficit": 3, "idea": 2, "evidence": 1, "audience": 1, "author": 1,
}  # fmt: skip
"""Field of a practice → how much a word found in it says."""


def fold(text: str) -> str:
    """Return a text in small letters, «ё» as «е»."""
    return text.casefold().replace("ё", "е")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return the stem of one word in small letters: at most five letters, at least three."""
    short = _ENDING.sub("", word)
    return (short if len(short) >= _LEAST else word)[:_STEM]


@lru_cache(maxsize=32768)
def stems(text: str) -> Mapping[str, str]:
    """Return stem → the first word of a text that has it, as small letters; words below three letters say nothing."""
    found: dict[str, str] = {}
    for word in _WORD.findall(fold(text)):
        found.setdefault(stem(word), word)
    return found


_SAID = (
    "школа школьный учитель педагог педагогический обучение обучающийся ученик дети работа повышение качество дефицит "
    "образование образовательный развитие подготовка урок класс помощь создание использование применение организация "
    "предмет предметный современный методика методический результат практика опыт система деятельность учебный уровень "
    "задание задача ответ вопрос решение"
)
COMMON = frozenset(stem(word) for word in _SAID.split())
"""Stems that stand in every description and so join nothing by themselves."""


@dataclass(frozen=True, slots=True)
class Match:
    """A practice that was found.

    Attributes:
        covered: how many words of the query it has.
        score: sum of the weights of the fields.
        found: field → its words that were looked for, heaviest field first.
    """

    key: int
    covered: int
    score: int
    found: Mapping[str, tuple[str, ...]]


def search(query: str, texts: Iterable[tuple[int, Mapping[str, str]]]) -> tuple[Match, ...] | None:
    """Return the practices that have at least half of the words of a query, the best first.

    Args:
        query: as typed.
        texts: (key, field → text); unknown fields weigh nothing.

    Returns:
        None where the query has no word of three letters: then nothing was looked for.
    """
    wanted = stems(query)
    if not wanted:
        return None
    rows = [(key, [(field, stems(fields[field])) for field in WEIGHTS if fields.get(field)]) for key, fields in texts]
    known = frozenset().union(*(there for _key, fields in rows for _field, there in fields))
    answers = [_answers(one, typed, known) for one, typed in wanted.items()]
    found = [match for key, fields in rows if (match := _match(key, fields, answers)) is not None]
    return tuple(sorted(found, key=lambda match: (-match.covered, -match.score)))


def _answers(wanted: str, typed: str, known: frozenset[str]) -> tuple[str, ...]:
    """Return the stems of all texts that answer a word: its own first, then those that begin with what is typed."""
    own = (wanted,) if wanted in known else ()
    return (*own, *sorted(one for one in known if one != wanted and one.startswith(typed[:_STEM])))


def _match(
    key: int, fields: list[tuple[str, Mapping[str, str]]], answers: list[tuple[str, ...]]
) -> Match | None:  # fmt: skip
    """Return what was found in one practice; None where it has less than half of the words."""
    covered: set[int] = set()
    score = 0
    words: dict[str, list[str]] = {}
    for field, there in fields:
        for place, stems_of_word in enumerate(answers):
            for one in stems_of_word:
                if one in there:
                    covered.add(place)
                    score += WEIGHTS[field]
                    words.setdefault(field, []).append(there[one])
                    break
    if not covered or len(covered) * 2 < len(answers):
        return None
    return Match(key, len(covered), score, {field: tuple(dict.fromkeys(said)) for field, said in words.items()})


@dataclass(frozen=True, slots=True)
class Shared:
    """What a deficit and a practice have in common.

    Attributes:
        subject: the subject is the same.
        words: of the practice that the deficit names, too, common ones left out.
        kind: the kind of the deficit is the same.
    """

    subject: bool
    words: tuple[str, ...]
    kind: bool

    @property
    def score(self) -> int:
        """Return how much they share: 3 for the subject, 2 for each word, 1 for the kind."""
        return 3 * self.subject + 2 * len(self.words) + self.kind


def shared(subject: str, text: str, kind: str, fields: Mapping[str, str], practice_kind: str) -> Shared | None:
    """Return what a deficit (subject, words, code of its kind) shares with a practice; None where it does not fit.

    Two different subjects never fit. The kind alone is enough only where neither names a subject.
    """
    mine, theirs = stems(subject), stems(fields.get("subject", ""))
    same = bool(mine.keys() & theirs.keys())
    if mine and theirs and not same:
        return None
    wanted = stems(f"{subject} {text}").keys() - COMMON - mine.keys()
    told = stems(" ".join(fields.get(name, "") for name in ("title", "problem", "idea", "subject")))
    words = tuple(word for one, word in told.items() if one in wanted)
    of_kind = bool(kind) and kind == practice_kind
    if same or words or (of_kind and not mine and not theirs):
        return Shared(same, words, of_kind)
    return None
