"""Tables of plans become rows with fields; every cell that is not empty becomes a field, a note or a named problem.

Layouts: 001 (№ | наименование | сроки | ответственный | результат), 004 table 4 (the same with «Задача N …» rows and
numbers 1., 1.1), table 2 (показатели and индикаторы by years), table 3 (money by years), the work schedule of 000
(year | action | term), and any table by the map of a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from app.errors import Problem, problem
from app.importers import plan_cells
from app.importers.grid import is_total
from app.importers.plan_columns import (
    LAYOUT_WORDS,
    OF_YEAR,
    Layout,
    PlanColumn,
    PlanHead,
    find_head,
    head_at,
    is_numbering,
    is_repeated,
)
from app.importers.plan_records import PlanLine, PlanTable

__all__ = ["LAYOUT_WORDS", "PlanGroup", "PlanMap", "PlanRow", "Understood", "understand"]

GroupKind = Literal["task", "direction"]
_FILLER = re.compile(r"\[не заполнено[^\]]*\]")
"""What the program's own papers print where nothing is written."""
_LABEL = re.compile(r"^\d{1,4}(?:\.\d{1,4})*[.)]?$")
_TASK = re.compile(r"^задача\b", re.IGNORECASE)
_GROUP = re.compile(
    r"^(?:задача|направление|раздел|блок|цель|этап|подпрограмма|модуль|часть)\b|^[IVXLC]+\.\s", re.IGNORECASE
)
_ORDER_WORD = re.compile(r"^(?:задача|направление|раздел|блок)\s*№?\s*\d*\s*[.:)–—-]*\s*", re.IGNORECASE)
_YEAR = re.compile(r"\b((?:19|20)\d\d)(?!\d)")
_ONLY_YEAR = re.compile(r"(?:на\s+)?(?:19|20)\d\d\s*(?:г\.?|год[ау]?)?")


@dataclass(frozen=True, slots=True)
class PlanMap:
    """What a person has said of a table: its heading and the meaning of its columns.

    Attributes:
        head: how many rows stand above the first row of the plan, the heading with them.
        columns: column → (field, year); columns left out are not known.
        taken: False for a table that is left out.
    """

    head: int
    columns: Mapping[int, tuple[str | None, int | None]]
    taken: bool = True


@dataclass(frozen=True, slots=True)
class PlanGroup:
    """A heading inside a table, to which the rows below belong; ``title`` is its whole text."""

    kind: GroupKind
    title: str

    @property
    def name(self) -> str:
        """The text without its ordinal word; the whole text where nothing else stands in it."""
        return _ORDER_WORD.sub("", self.title, count=1).strip() or self.title


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One activity or one indicator.

    Attributes:
        place: «Таблица 1, строка 9 (№ 8)».
        label: its number as the table prints it, without the full stop.
        text: the activity's or the indicator's wording.
        year: the year it stands under, in a work schedule.
        targets: (plan year, text); money: (plan year or None, source as worded, text).
        notes: texts of columns nobody knows, with their headings.
    """

    place: str
    table: int
    line: int
    kind: Literal["activity", "indicator"]
    label: str = ""
    group: PlanGroup | None = None
    text: str = ""
    term: str = ""
    responsible: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    year: int | None = None
    measure: str = ""
    unit: str = ""
    baseline: str = ""
    baseline_year: int | None = None
    targets: tuple[tuple[int, str], ...] = ()
    money: tuple[tuple[int | None, str, str], ...] = ()
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """One table as it was understood; ``layout`` None where nobody knows what it is."""

    index: int
    place: str
    caption: str
    layout: Layout | None
    head: int
    columns: tuple[PlanColumn, ...]
    rows: tuple[PlanRow, ...]
    problems: tuple[Problem, ...] = ()
    samples: tuple[tuple[str, ...], ...] = ()
    taken: bool = True


def understand(tables: Sequence[PlanTable], maps: Mapping[int, PlanMap] | None = None) -> tuple[Understood, ...]:
    """Return what the tables of a file say; a table without a heading goes on with the one before it.

    Args:
        tables: as they were read.
        maps: index of a table → what a person has said of it.
    """
    found: list[Understood] = []
    before: tuple[PlanTable, PlanHead] | None = None
    for index, table in enumerate(tables):
        told = (maps or {}).get(index)
        head = _mapped(table, told) if told is not None else find_head(table)
        goes_on = head is None and before is not None and not table.caption and table.width == before[0].width
        if goes_on and before is not None:
            head = PlanHead(0, 0, before[1].columns)
        if head is None or (told is not None and not told.taken):
            found.append(_strange(index, table, told))
            before = None
            continue
        found.append(_Reader(index, table, head, mapped=told is not None).read(found[-1] if goes_on else None))
        before = table, head
    return tuple(found)


def _mapped(table: PlanTable, told: PlanMap) -> PlanHead:
    own = find_head(table)
    paths = {column.at: column.path for column in own.columns} if own is not None else {}
    columns = [
        PlanColumn(place, paths.get(place, ()), *told.columns.get(place, (None, None))) for place in range(table.width)
    ]
    return PlanHead(0, min(told.head, len(table.lines)), tuple(columns))


def _strange(index: int, table: PlanTable, told: PlanMap | None) -> Understood:
    """A table nobody knows is named with how much stands in it; one that a person leaves out, too."""
    rows = sum(bool(line.filled) for line in table.lines)
    first = next((" ".join(line.cells[place] for place in line.filled) for line in table.lines if line.filled), "")
    code = "IMP_PLAN_NOT_PLAN" if told is None or told.taken else "IMP_PLAN_LEFT_OUT"
    said = problem(code, sheet=table.place, table=table.place, rows=rows, text=_short(first))
    head = _mapped(table, told) if told is not None else None
    columns = head.columns if head is not None else tuple(PlanColumn(place, ()) for place in range(table.width))
    return Understood(
        index, table.place, table.caption, None, head.rows if head is not None else 0, columns, (), (said,),
        _samples(table, 0), taken=told.taken if told is not None else False,
    )  # fmt: skip


def _samples(table: PlanTable, start: int) -> tuple[tuple[str, ...], ...]:
    filled = [line.cells for line in table.lines[start:] if len(line.filled) > 1]
    return tuple(filled[:3])


def _short(text: str, most: int = 80) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most].rstrip()}…"


@dataclass(slots=True)
class _State:
    """What rows below inherit: heading, year, показатель; and the cells of the row that may still go on."""

    group: PlanGroup | None = None
    year: int | None = None
    measure: str = ""
    cells: dict[int, list[str]] = field(default_factory=dict)
    line: PlanLine | None = None
    waiting: list[tuple[PlanLine, str]] = field(default_factory=list)


class _Reader:
    """One table with a known heading."""

    def __init__(self, index: int, table: PlanTable, head: PlanHead, *, mapped: bool) -> None:
        self._index = index
        self._table = table
        self._head = head
        self._mapped = mapped
        self._number = head.at("number")
        self._name = head.at("indicator") if head.layout == "targets" else head.at("name")
        if self._name is None:
            self._name = head.at("measure")
        self._state = _State()
        self._rows: list[PlanRow] = []
        self._problems: list[Problem] = []

    def read(self, before: Understood | None = None) -> Understood:
        """Return the table as understood; ``before`` is the table whose rows this one goes on with."""
        head = self._head
        if before is not None and before.rows:
            last = before.rows[-1]
            self._state.group, self._state.year, self._state.measure = last.group, last.year, last.measure
        above = [] if self._mapped else [_joined(line) for line in self._table.lines[: head.first] if line.filled]
        start = head.first + head.rows
        for place, line in enumerate(self._table.lines[start:], start=start):
            self._take(place, line)
        self._flush()
        for line, text in self._state.waiting:
            self._tell("IMP_PLAN_FOOTER", line, text=_short(text, 300))
        self._columns_told()
        caption = "\n".join(filter(None, [self._table.caption, *above]))
        return Understood(
            self._index, self._table.place, caption, head.layout, start, head.columns, tuple(self._rows),
            tuple(self._problems), _samples(self._table, start),
        )  # fmt: skip

    def _tell(self, code: str, line: PlanLine, **context: Any) -> None:
        self._problems.append(
            problem(code, sheet=self._table.place, cell=str(line.number), place=self._place(line), **context)
        )

    def _place(self, line: PlanLine, label: str = "") -> str:
        return f"{self._table.place}, строка {line.number}" + (f" (№ {label})" if label else "")

    def _columns_told(self) -> None:
        """Name the columns nobody knows, once each: their texts have become notes."""
        start = self._head.first + self._head.rows
        for column in self._head.columns:
            filled = any(line.at(column.at) for line in self._table.lines[start:])
            if column.field is None and filled and column.path:
                self._problems.append(
                    problem("IMP_PLAN_TO_NOTE", sheet=self._table.place, table=self._table.place, column=column.heading)
                )

    # --- rows ----------------------------------------------------------------------------------------------------

    def _take(self, place: int, line: PlanLine) -> None:
        if not line.filled or is_numbering(line) or is_repeated(line, self._table, self._head):
            return
        again = None if self._mapped else head_at(self._table, place)
        if again is not None and not self._is_data(line):
            self._flush()
            self._head = PlanHead(self._head.first, self._head.rows, again.columns)
            self._number, self._name = again.at("number"), again.at("name") or again.at("indicator")
            self._tell("IMP_PLAN_SECOND_HEAD", line)
        elif self._second_of_head(place, line):
            return
        elif is_total(_joined(line)):
            self._flush()
            self._tell("IMP_PLAN_TOTAL", line, text=_short(_joined(line), 300))
        elif self._is_group(line):
            self._flush()
            self._state.waiting.append((line, _joined(line)))
        elif self._continues(line):
            self._add(line)
        else:
            self._flush()
            self._begin_group()
            self._state.line = line
            self._add(line)

    def _second_of_head(self, place: int, line: PlanLine) -> bool:
        above = head_at(self._table, place - 1) if place > 0 and not self._mapped else None
        return above is not None and above.rows == 2 and not self._is_data(line)

    def _is_data(self, line: PlanLine) -> bool:
        """A numbered row is a row of the plan, whatever words stand in it."""
        return bool(_LABEL.match(line.at(self._number).strip()))

    def _is_group(self, line: PlanLine) -> bool:
        if len(line.filled) != 1:
            return False
        place, text = line.filled[0], line.cells[line.filled[0]]
        if line.wide:
            return True
        if place == self._number:
            return not _LABEL.match(text.strip())
        if place not in {self._name, 0}:
            return False
        if _GROUP.match(text):
            return True
        return self._number is not None and place == self._name and text[:1].isupper() and not line.down

    def _continues(self, line: PlanLine) -> bool:
        """A row without a number goes on with the one above, where rows are numbered; else one without a thing does."""
        state = self._state
        if state.line is None or state.waiting:
            return False
        name = line.at(self._name)
        if self._number is None or self._number in line.down:
            return not name and not self._has_value(line)
        if line.at(self._number).strip():
            return False
        term = self._head.at("term")
        own = bool(name) and name[:1].isupper() and (bool(line.at(term)) or self._has_value(line))
        return not own and (bool(state.cells.get(self._number)) or not name)

    def _has_value(self, line: PlanLine) -> bool:
        """Tell whether a row has a year's number of its own: then it is a row, not the rest of one."""
        return any(line.at(column.at) for column in self._head.columns if column.field in OF_YEAR)

    def _add(self, line: PlanLine) -> None:
        for place in line.filled:
            if _FILLER.fullmatch(line.cells[place]):
                continue
            self._state.cells.setdefault(place, []).append(line.cells[place])
        if line is not self._state.line:
            self._tell("IMP_PLAN_GOES_ON", line)

    def _begin_group(self) -> None:
        """The last heading above a row is the one it belongs to; those before it are named."""
        state = self._state
        if not state.waiting:
            return
        for line, text in state.waiting[:-1]:
            self._tell("IMP_PLAN_HEADING", line, text=_short(text, 300))
        line, text = state.waiting[-1]
        year = _YEAR.search(text) if self._head.layout == "schedule" else None
        if year is not None and len(text) < 20:
            state.year = int(year.group(1))
        else:
            plain = " ".join(text.split())
            state.group = PlanGroup("task" if _TASK.match(plain) else "direction", plain)
        state.waiting, state.measure = [], ""

    # --- cells ---------------------------------------------------------------------------------------------------

    def _flush(self) -> None:
        """Make a row of the cells gathered."""
        state = self._state
        if state.line is None:
            return
        texts = {place: _join_pages(parts) for place, parts in state.cells.items()}
        line = state.line
        state.line, state.cells = None, {}
        made = self._row(line, texts)
        if made is not None:
            self._rows.append(made)

    def _row(self, line: PlanLine, texts: dict[int, str]) -> PlanRow | None:
        state = self._state
        by_field: dict[str, list[str]] = {}
        notes: list[str] = []
        for column in self._head.columns:
            text = texts.pop(column.at, "")
            if text and column.field is None:
                notes.append(f"{column.heading}: {_flat(text)}" if column.path else _flat(text))
            elif text and column.field not in OF_YEAR:
                by_field.setdefault(column.field or "", []).append(text)
            if text:
                texts[-1 - column.at] = text
        kept = {-1 - place: text for place, text in texts.items() if place < 0}
        notes += [_flat(text) for place, text in texts.items() if place >= 0]
        label, number_note = _label(" ".join(by_field.get("number", [])))
        notes += [number_note] if number_note else []
        self._inherit(by_field)
        place = self._place(line, label)
        row = PlanRow(place, self._index, line.number, self._kind(by_field), label, state.group)
        row = self._filled(row, by_field, kept, notes)
        if not (row.text or row.measure or row.term or row.results or row.responsible or row.targets or row.money):
            self._tell("IMP_PLAN_EMPTY_ROW", line, text=_short(" ".join(kept.values())))
            return None
        if not row.text:
            row = replace(row, problems=(*row.problems, self._nameless(line, row)))
        return row

    def _kind(self, by_field: Mapping[str, list[str]]) -> Literal["activity", "indicator"]:
        targets = self._head.layout == "targets"
        return "indicator" if targets and not by_field.get("name") else "activity"

    def _nameless(self, line: PlanLine, row: PlanRow) -> Problem:
        return problem("IMP_PLAN_NO_NAME", sheet=self._table.place, cell=str(line.number), place=row.place)

    def _inherit(self, by_field: Mapping[str, list[str]]) -> None:
        """Take up what a merged cell says for the rows below it too."""
        state = self._state
        year = _YEAR.search(" ".join(by_field.get("year", [])))
        if year is not None:
            state.year = int(year.group(1))
        if by_field.get("group"):
            text = _flat(" ".join(by_field["group"]))
            column = next(c for c in self._head.columns if c.field == "group")
            is_task = _TASK.match(text) or column.heading.casefold().startswith("задач")
            state.group = PlanGroup("task" if is_task else "direction", text)
        if by_field.get("measure"):
            state.measure = _flat(" ".join(by_field["measure"]))

    def _filled(
        self, row: PlanRow, by_field: Mapping[str, list[str]], kept: Mapping[int, str], notes: list[str]
    ) -> PlanRow:
        def text(name: str) -> str:
            return "\n".join(by_field.get(name, []))

        indicator = row.kind == "indicator"
        years = [(column.year, kept[column.at]) for column in self._columns("target") if column.at in kept]
        without_year = [f"Значение: {_flat(raw)}" for year, raw in years if year is None]
        more_year = "" if _ONLY_YEAR.fullmatch(_flat(text("year"))) else _flat(text("year"))
        named = text("indicator") if indicator else text("name")
        extra = [] if indicator else [f"{FIELD_NOTES[key]}: {_flat(text(key))}" for key in FIELD_NOTES if text(key)]
        if indicator:
            extra = [f"Срок: {_flat(text('term'))}"] if text("term") else []
            extra += [f"Результат: {_flat(text('result'))}"] if text("result") else []
        return replace(
            row,
            text=_flat(named) or (_flat(text("measure")) if indicator else ""),
            term="" if indicator else _flat(text("term")),
            responsible=plan_cells.responsible(text("responsible")),
            results=() if indicator else plan_cells.results(text("result")),
            year=self._state.year,
            measure=self._state.measure if indicator else "",
            unit=_flat(text("unit")) if indicator else "",
            baseline=_flat(text("baseline")) if indicator else "",
            baseline_year=next((c.year for c in self._columns("baseline") if c.year), None),
            targets=tuple((year, _flat(raw)) for year, raw in years if year is not None),
            money=tuple(
                (column.year, _flat(text("source")), _with_unit(_flat(kept[column.at]), column.heading))
                for column in self._columns("money") if column.at in kept
            ),
            notes=(*notes, *extra, *without_year, *filter(None, [more_year, *map(_flat, by_field.get("note", []))])),
        )  # fmt: skip

    def _columns(self, name: str) -> Iterator[PlanColumn]:
        return (column for column in self._head.columns if column.field == name)


FIELD_NOTES = {
    "measure": "Показатель", "indicator": "Индикатор", "unit": "Единица измерения", "baseline": "Исходное значение",
}  # fmt: skip
"""What an activity can't keep in a column of its own goes into its note under these words."""


def _with_unit(raw: str, head: str) -> str:
    """Put the unit of a heading beside a sum: «тыс. руб.» over a column says it of every number in it."""
    unit = re.search(r"тыс|млн", head.casefold())
    return f"{raw} {unit.group()}. руб." if unit is not None and raw[-1:].isdigit() else raw


def _joined(line: PlanLine) -> str:
    return " ".join(line.cells[place] for place in line.filled)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _join_pages(parts: Sequence[str]) -> str:
    """Join what a break of the page has torn apart."""
    return " ".join(parts)


def _label(text: str) -> tuple[str, str]:
    """Return the number of a row, and as a note what else stands in its cell."""
    plain = _flat(text)
    if not plain or _LABEL.match(plain):
        return plain.rstrip(".)"), ""
    return "", f"№: {plain}"
