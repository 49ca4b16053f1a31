"""Reports of ФИС ОКО «Аналитика» in percent by their names, and units by the words of their names (format §1)."""

from __future__ import annotations

import re

from app.importers import fisoko
from app.importers.book import Sheet
from app.importers.grid import UnfitCellError, at, heading, text, whole
from app.importers.parsed import FileKind, UnitRef
from app.models.records import UnitKind

REPORTS: tuple[tuple[FileKind, str], ...] = (
    ("score_distribution", "Распределение первичных баллов"),
    ("task_groups", "Выполнение заданий группами участников"),
    ("planned_results", "Достижение планируемых результатов"),
    ("task_results", "Выполнение заданий"),
)
"""The first line of a report begins with its name; «Выполнение заданий» stands last, as it begins another name."""
TITLES: dict[str, str] = dict(REPORTS)
_STARTS = tuple((kind, heading(name)) for kind, name in REPORTS)
_COUNTRY = re.compile(r"рф|росси[яи]|российская федерация|вся выборка|(?:по )?(?:рф|росси[ия])|все регионы")
_SCHOOL = re.compile(r"школ|\b[сон]ош\b|лице[йя]|гимнази|интернат|кадет|\b[мгч][бка]?(?:н|д)?о?оу\b|колледж|техникум")
_REGION = re.compile(r"\bобл(?:асть)?\b|\bкрай\b|республик|автономн|\bао\b|федеральн")
_MUNICIPALITY = re.compile(r"\bрайон|\bр н\b|округ|\bгород|\bг\b|\b[мг]о\b|\bмр\b|муницип")
_PEOPLE = re.compile(r"\(?\s*(\d[\d\s\u00a0]*)\s*(?:уч|чел)[а-я]*\.?\s*\)?\s*$", re.IGNORECASE)
_WORDED: tuple[tuple[re.Pattern[str], UnitKind], ...] = (
    (_SCHOOL, "school"),
    (_REGION, "region"),
    (_MUNICIPALITY, "municipality"),
)


def report_kind(sheet: Sheet) -> FileKind | None:
    """Return which report in percent the first line of a sheet names, or None."""
    name = fisoko.report_name(sheet)
    return next((kind for kind, start in _STARTS if name.startswith(start)), None)


def unit_named(name: str, units: fisoko.Units) -> UnitRef | None:
    """Return the unit that heads a column, or None where neither a code nor a word tells what it is.

    Rows of a report go from the country down, so their place tells their kind (``fisoko.Units``); columns stand in any
    order, so here only codes and words count: «РФ», «область», «район», «СОШ».
    """
    if fisoko.has_code(name):
        return units.read(name)
    line = heading(name)
    if _COUNTRY.fullmatch(line):
        return UnitRef("country", name)
    return next((UnitRef(kind, name) for words, kind in _WORDED if words.search(line)), None)


def without_people(name: str) -> tuple[str, int | None]:
    """Cut «1468754 уч.» off a heading: «РФ (1 468 754 уч.)» is («РФ», 1468754)."""
    found = _PEOPLE.search(name)
    if found is None:
        return name, None
    return name[: found.start()].strip(), int(re.sub(r"\D", "", found.group(1)))


def stated_maximum(sheet: Sheet, header_row: int) -> int | None:
    """Return «Максимальный первичный балл:» of the lines above the table, None where there is no such count."""
    for number, row in sheet.head():
        if number >= header_row:
            break
        if heading(at(row, 0)).startswith("максимальный первичный балл"):
            try:
                return whole(at(row, 1)) or whole(text(at(row, 0)).partition(":")[2])
            except UnfitCellError:
                return None
    return None
