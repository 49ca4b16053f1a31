"""What a title line or a file name says of the work: procedure, year, subject, grade (fis_oko_format §1, §2.3)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.importers.grid import text
from app.importers.subjects import find_subject, level_of
from app.models.records import PROCEDURES, Level, Procedure

_MAIN = re.compile(r"([А-ЯЁ]{3,4})\s+(\d{4})\s+(.+?)\s+(\d{1,2})\s*класс", re.IGNORECASE)
_PROGRAMME_OF = re.compile(r"по\s+программе\s+(\d{1,2})", re.IGNORECASE)
_TOKENS = re.compile(r"\d+|[^\W\d_]+")
_PREPOSITION = "об"  # «отчёт об итогах» is not Обществознание, «ОБ_8» is
_FIRST_YEAR, _LAST_YEAR = 2014, 2099
_LONGEST_SUBJECT = 4


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
    """Read «ВПР 2026 Русский язык 4 класс», «МА_6_2021», «ВПР 2021 Математика 6.xlsx»."""
    line = text(line)
    tokens = [token.lower() for token in _TOKENS.findall(line) if token != _PREPOSITION]
    procedures = {found for token in tokens if (found := procedure_of(token))}
    years = {int(token) for token in tokens if len(token) == 4 and token.isdecimal()}
    years = {year for year in years if _FIRST_YEAR <= year <= _LAST_YEAR}
    subject, level = _subject(line, tokens)
    programme = _PROGRAMME_OF.search(line)
    grade = int(programme.group(1)) if programme else _grade(tokens)
    return Title(
        procedure=procedures.pop() if len(procedures) == 1 else None,
        year=years.pop() if len(years) == 1 else None,
        subject=subject,
        level=level,
        grade=grade,
        autumn="осень" in tokens or "осенью" in tokens or programme is not None,
    )


def _subject(line: str, tokens: list[str]) -> tuple[str | None, Level | None]:
    main = _MAIN.search(line)
    if main:
        found = find_subject(main.group(3))
        if found is not None:
            return found.name, found.level
    names: set[str] = set()
    level: Level | None = None
    start = 0
    while start < len(tokens):
        for length in range(min(_LONGEST_SUBJECT, len(tokens) - start), 0, -1):
            found = find_subject(" ".join(tokens[start : start + length]))
            if found is not None:
                names.add(found.name)
                level = found.level or level
                start += length - 1
                break
        else:
            level = level_of(tokens[start]) or level
        start += 1
    return (names.pop(), level) if len(names) == 1 else (None, None)


def _grade(tokens: list[str]) -> int | None:
    """A number before «класс» or «кл», else the only number from 1 to 11 that has no leading zero."""
    numbers = [(i, int(t)) for i, t in enumerate(tokens) if t.isdecimal() and len(t) <= 2 and t[0] != "0"]
    numbers = [(i, n) for i, n in numbers if 1 <= n <= 11]
    named = {n for i, n in numbers if i + 1 < len(tokens) and tokens[i + 1].startswith("кл")}
    found = named or {n for _, n in numbers}
    return found.pop() if len(found) == 1 else None
