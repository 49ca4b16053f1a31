"""What a title line or a file name says of the work: procedure, year, subject, grade (fis_oko_format §1, §2.3)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from app.importers.grid import text
from app.importers.subjects import Subject, find_subject, level_of
from app.models.records import PROCEDURES, Level, Procedure

_MAIN = re.compile(r"([А-ЯЁ]{3,4})\s+(\d{4})\s+(.+?)\s+(\d{1,2})\s*класс", re.IGNORECASE)
_PROGRAMME_OF = re.compile(r"по\s+программе\s+(\d{1,2})", re.IGNORECASE)
_TOKENS = re.compile(r"\d+|[^\W\d_]+")
_PREPOSITION = "об"  # «отчёт об итогах» is not Обществознание, «ОБ_8» is
_FIRST_YEAR, _LAST_YEAR = 2014, 2099
_LONGEST_SUBJECT = 4
_FIRST_TESTED = 4
_DOWNLOAD_NUMBER = re.compile(r"\(\d{1,2}\)")


@dataclass(frozen=True, slots=True)
class Title:
    """What was understood; None where the line says nothing or says two things."""

    procedure: Procedure | None = None
    year: int | None = None
    subject: str | None = None
    level: Level | None = None
    grade: int | None = None
    autumn: bool = False


def procedure_of(word: str) -> Procedure | None:
    """Return the procedure by its name in any case: «впр» is ВПР, «ЕГЭ-2026» is ЕГЭ."""
    found = re.search(r"[а-яё]+", word.lower())
    for procedure in PROCEDURES:
        if found and found.group() == procedure.lower():
            return procedure
    return None


def read_title(line: str) -> Title:
    """Read «ВПР 2026 Русский язык 4 класс», «МА_6_2021», «ВПР 2021 Математика 6.xlsx».

    A bare number is a grade only beside the subject: «reg2» and the «(4)» of a fourth download are none.
    """
    line = _DOWNLOAD_NUMBER.sub(" ", text(unicodedata.normalize("NFC", line)))  # a Mac writes «й» as two signs
    tokens = [token.lower() for token in _TOKENS.findall(line) if token != _PREPOSITION]
    procedures = {kind for token in tokens if (kind := procedure_of(token))}
    years = {int(token) for token in tokens if len(token) == 4 and token.isdecimal()}
    years = {year for year in years if _FIRST_YEAR <= year <= _LAST_YEAR}
    others = [token for token in tokens if not (len(token) == 4 and token.isdecimal())]
    found = _subjects(others)
    main = _MAIN.search(line)
    named = find_subject(main.group(3)) if main else None
    names = {named} if named else {Subject(subject.name) for _, _, subject in found}
    level = named.level if named else next((s.level for _, _, s in found if s.level), _level(others))
    subject = names.pop().name if len(names) == 1 else None
    programme = _PROGRAMME_OF.search(line)
    return Title(
        procedure=procedures.pop() if len(procedures) == 1 else None,
        year=years.pop() if len(years) == 1 else None,
        subject=subject,
        level=level if subject else None,
        grade=int(programme.group(1)) if programme else _grade(others, found),
        autumn="осень" in tokens or "осенью" in tokens or programme is not None,
    )


_Found = list[tuple[int, int, Subject]]


def _subjects(tokens: list[str]) -> _Found:
    """Return (first token, token after the last, subject) of every subject named, the longest spellings first."""
    found: _Found = []
    start = 0
    while start < len(tokens):
        for length in range(min(_LONGEST_SUBJECT, len(tokens) - start), 0, -1):
            subject = find_subject(" ".join(tokens[start : start + length]))
            if subject is not None:
                found.append((start, start + length, subject))
                start += length - 1
                break
        start += 1
    return found


def _level(tokens: list[str]) -> Level | None:
    return next((level for token in tokens if (level := level_of(token))), None)


def _grade(tokens: list[str], subjects: _Found) -> int | None:
    """A number before «класс» or «кл», else the one that stands beside the subject."""

    def at(place: int, least: int) -> int | None:
        token = tokens[place] if 0 <= place < len(tokens) else ""
        fits = token.isascii() and token.isdecimal() and len(token) <= 2 and token[0] != "0"
        return int(token) if fits and least <= int(token) <= 11 else None

    named = {at(i - 1, 1) for i, token in enumerate(tokens) if token.startswith("кл")} - {None}
    beside = {at(place, _FIRST_TESTED) for start, end, _ in subjects for place in (start - 1, end)} - {None}
    found = named or beside
    return found.pop() if len(found) == 1 else None
