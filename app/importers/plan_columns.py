"""Which column of a plan is which: by its headings, in one line or two (001; 004, tables 2-4; 000, план-график)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from app.importers.grid import HEAD_ROWS, Headings, heading
from app.importers.plan_records import PlanLine, PlanTable

Layout = Literal["plan", "targets", "money", "schedule"]

FIELDS: dict[str, str] = {
    "number": "№",
    "name": "мероприятие",
    "term": "срок",
    "responsible": "ответственный",
    "result": "результат",
    "year": "год выполнения",
    "group": "задача или направление",
    "measure": "показатель",
    "indicator": "индикатор",
    "unit": "единица измерения",
    "baseline": "исходное значение",
    "target": "значение на год",
    "money": "деньги на год",
    "source": "источник денег",
    "note": "примечание",
}
"""What a column may mean, in the words of the screen. Those of a year say which."""

OF_YEAR = frozenset({"target", "money"})

LAYOUT_WORDS: dict[Layout, str] = {
    "plan": "план мероприятий",
    "targets": "показатели и индикаторы",
    "money": "деньги по годам",
    "schedule": "план-график по годам",
}

_HEADINGS = Headings({
    "number": ["№", "№ п п", "п п", "№ пп", "пп", "no", "номер", "№ №", "№№", "№№ п п", "№ строки", "№ мероприятия"],
    "source": ["*источник* финанс*", "источник*", "вид бюджета", "бюджет"],
    "money": ["*финансир*", "*объем* средств*", "*стоимость*", "*затрат*", "сумма*", "*расход*", "*бюджет*"],
    "unit": ["ед", "ед изм*", "единиц* измер*"],
    "baseline": ["факт*", "*базов* значен*", "исходн*", "текущ* значен*", "*достигнут* значен*"],
    "target": ["прогноз*", "планов* значен*", "целев* значен*", "*обязательств*", "значени*", "план на*"],
    "responsible": ["*ответственн*", "исполнител*", "*соисполнител*", "кто*"],
    "term": ["*срок*", "*период*", "дата*", "когда*", "время*"],
    "result": ["*результат*", "*продукт*", "*выход*", "*итогов* документ*"],
    "year": ["год", "годы", "год выполнения", "год реализации", "год исполнения"],
    "indicator": ["*индикатор*"],
    "measure": ["*показател*"],
    "name": [
        "*мероприяти*", "*действи*", "*содержание*", "наименование", "виды работ*", "вид деятельности",
        "виды деятельности", "*наименование работ*", "мера", "меры", "*что делаем*", "шаги", "*наименование меры*",
    ],
    "group": ["направлени*", "раздел*", "задача*", "задачи*", "блок*"],
    "note": ["примечани*", "отметка*", "комментари*", "*форма отчет*", "*отчетност*"],
})  # fmt: skip
_YEAR = re.compile(r"^(?:на |в )?((?:19|20)\d\d)(?: г| год| году| года)?$")
_OVER_YEARS = frozenset({"target", "money", "baseline", "indicator", "measure", "year", "unit", None})
"""Over what a line of years may stand: never over terms, people or results."""
_OTHER = re.compile(r"раздел паспорта|паспорт|риск|возможн\w+ риск|заинтересованн|что проверяется")
_SIGNS = frozenset({"name", "indicator", "measure"})


@dataclass(frozen=True, slots=True)
class PlanColumn:
    """One column: its place from 0, its headings from the top line down, what it means (None: unknown) and its year."""

    at: int
    path: tuple[str, ...]
    field: str | None = None
    year: int | None = None

    @property
    def heading(self) -> str:
        """The headings in one line."""
        return ", ".join(self.path)


@dataclass(frozen=True, slots=True)
class PlanHead:
    """Where the heading of a table stands: index of its first row in the table, how many rows, the columns."""

    first: int
    rows: int
    columns: tuple[PlanColumn, ...]

    @property
    def fields(self) -> frozenset[str]:
        """Everything the columns mean."""
        return frozenset(column.field for column in self.columns if column.field)

    @property
    def layout(self) -> Layout:
        """The layout by what the columns mean."""
        if "indicator" in self.fields or ("measure" in self.fields and "name" not in self.fields):
            return "targets"
        if "money" in self.fields and "term" not in self.fields:
            return "money"
        return "schedule" if "year" in self.fields else "plan"

    def at(self, field: str) -> int | None:
        """Return the first column of a meaning."""
        return next((column.at for column in self.columns if column.field == field), None)


def find_head(table: PlanTable, start: int = 0) -> PlanHead | None:
    """Return the heading of a table that begins at a row or a little below it, or None."""
    for place in range(start, min(start + HEAD_ROWS, len(table.lines))):
        found = head_at(table, place)
        if found is not None:
            return found
    return None


def head_at(table: PlanTable, place: int) -> PlanHead | None:
    """Return the heading that a row begins, None where it is no heading: two meanings at least, one of them the thing.

    A long cell is no heading: it is the row of a plan that speaks of results.
    """
    line = table.lines[place]
    if _is_other(line):
        return None
    known = {field for text in line.cells if (field := _field(text)) is not None}
    years = [text for text in line.cells if _YEAR.match(heading(text))]
    if not known & _SIGNS or len(known) + bool(years) < 2 or any(len(text) > 200 for text in line.cells):
        return None
    below = table.lines[place + 1] if place + 1 < len(table.lines) else None
    second = below if below is not None and _is_second(line, below) else None
    columns = _columns(line, second, table.width)
    return PlanHead(place, 1 if second is None else 2, columns)


def _is_other(line: PlanLine) -> bool:
    """Tell a heading of another table of a whole programme: passport, risks, monitoring, schools with numbers."""
    words = [heading(text) for text in line.cells if text and _field(text) != "number"]
    return bool(words) and (_OTHER.match(words[0]) is not None or "номера мероприятий" in words)


def _field(text: str) -> str | None:
    if not text or len(text) > 200:
        return None
    return "number" if text.strip() in {"№", "№.", "#"} else _HEADINGS.key(heading(text))


def _over(line: PlanLine, place: int) -> str:
    """Return the heading over a column, merged over it from the left where its own cell is empty."""
    return next((line.at(column) for column in range(place, -1, -1) if line.at(column)), "")


def _is_second(above: PlanLine, below: PlanLine) -> bool:
    """A second line of headings has years, or headings under merged ones, and nothing under plain ones."""
    if not below.filled:
        return False
    years = [place for place in below.filled if _YEAR.match(heading(below.cells[place]))]
    if years:
        others = [place for place in below.filled if place not in years]
        return all(_field(_over(above, place)) in _OVER_YEARS for place in years) and all(
            heading(above.at(place)) in {"", heading(below.cells[place])} for place in others
        )
    return bool(below.down) and all(
        _field(below.cells[place]) is not None and not above.at(place) for place in below.filled[1:]
    )


def _columns(line: PlanLine, second: PlanLine | None, width: int) -> tuple[PlanColumn, ...]:
    made = []
    over = ""
    for place in range(width):
        own = line.at(place)
        over = own or (over if second is not None and second.at(place) else "")
        path = tuple(" ".join(text.split()) for text in (over, second.at(place) if second is not None else "") if text)
        made.append(_column(place, path))
    return tuple(_with_kind_of_year(made))


def _column(place: int, path: tuple[str, ...]) -> PlanColumn:
    year = next((int(found.group(1)) for text in reversed(path) if (found := _YEAR.match(heading(text)))), None)
    named = [field for text in path if (field := _field(text)) is not None]
    field = named[-1] if named else None
    if year is None:
        return PlanColumn(place, path, field)
    return PlanColumn(place, path, field if field in OF_YEAR or field == "baseline" else "year?", year)


def _with_kind_of_year(columns: Sequence[PlanColumn]) -> list[PlanColumn]:
    """A column headed by a year alone is a target in a table of indicators, money in a table of activities."""
    fields = {column.field for column in columns}
    kind = "target" if fields & {"indicator", "measure", "unit", "baseline", "target"} else "money"
    # a year under «Факт» is where the programme starts from
    return [
        PlanColumn(c.at, c.path, kind, c.year) if c.field == "year?" else c
        for c in columns
    ]  # fmt: skip


def is_repeated(line: PlanLine, table: PlanTable, head: PlanHead) -> bool:
    """Tell whether a row is the heading again, as it stands on every page."""
    texts = [heading(text) for text in line.cells]
    return any(
        texts == [heading(text) for text in table.lines[place].cells]
        for place in range(head.first, head.first + head.rows)
    )


def is_numbering(line: PlanLine) -> bool:
    """Tell whether a row only numbers the columns: 1, 2, 3, 4, 5."""
    texts = [line.cells[place].strip(".") for place in line.filled]
    return len(texts) > 2 and texts == [str(number) for number in range(1, len(texts) + 1)]
