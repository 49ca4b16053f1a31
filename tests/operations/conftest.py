from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.importers.parsed import FileKind, FileReading, ParsedJournal, ParsedMark, ParsedSchool, UnitRef
from app.models.records import Assessment, JournalComparison, MarkCount, Origin
from app.models.store import Store

MATHS5 = Assessment("ВПР", "Математика", None, 5)
RUSSIAN5 = Assessment("ВПР", "Русский язык", None, 5)
MATHS6 = Assessment("ВПР", "Математика", None, 6)
OGE_MATHS = Assessment("ОГЭ", "Математика", None, None)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "Лесогорск.opora"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    store = Store.create(path, name="Лесогорский муниципальный округ", actor="Ким О. В.")
    yield store
    store.abandon()


def school(name: str, login: str | None = None, municipality: str | None = None) -> UnitRef:
    return UnitRef("school", name, (("fisoko", login),) if login else (), municipality)


def mark(unit: UnitRef, assessment: Assessment, year: int, below: int, of: int, row: int = 9) -> ParsedMark:
    return ParsedMark(unit, MarkCount(assessment, year, of, below_min=below), Origin("Лист1", row, row, f"D{row}"))


def journal(unit: UnitRef, assessment: Assessment, year: int, total: int, lowered: int, row: int = 9) -> ParsedJournal:
    figures = JournalComparison(assessment, year, total, lowered, total - lowered, 0)
    return ParsedJournal(unit, figures, Origin("Лист1", row, row))


def reading(
    *marks: ParsedMark,
    journals: tuple[ParsedJournal, ...] = (),
    schools: tuple[ParsedSchool, ...] = (),
    name: str = "файл.xlsx",
    path: str = "",
    personal: bool = False,
) -> FileReading:
    kind: FileKind = "schools" if schools else "marks"
    return FileReading(path, name, 10, "0" * 64, kind, "проба", marks, journals, schools, personal=personal)
