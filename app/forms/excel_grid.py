"""The sheet of a grid: rows × columns of cells, with sums; last year's table below."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.forms import excel_cells
from app.forms.excel_draft import Draft, Lists, area, quoted
from app.forms.excel_keys import CHECKED, HEADINGS, TO_CHECK, column_name, grid_key, head_key, mirror_name
from app.forms.excel_list import UNCONFIRMED_FILL, WRONG_FILL, Shape, column_names
from app.forms.excel_model import Check, Column, Look, Tint, address
from app.forms.schema import FormDef, Item, Section

_LOOKS: Mapping[str, Look] = {"whole": "cell_whole", "decimal": "cell_decimal", "date": "answer_day"}


@dataclass(frozen=True, slots=True)
class GridRows:
    """Where the rows of a grid went."""

    sheet: str
    first: int
    last: int
    left: int
    wrong: int
    answers: tuple[int, int]
    mirrors: tuple[int, int] | None
    mark: int

    def span(self, column: int) -> str:
        """Return the cells of a column over all rows."""
        return area(self.first, column, self.last, column, self.sheet)

    def table(self, columns: tuple[int, int]) -> str:
        """Return the cells of several columns over all rows."""
        return area(self.first, columns[0], self.last, columns[1], self.sheet)


def columns(section: Section, shape: Shape) -> tuple[Column, ...]:
    """Return the columns of the sheet of a grid."""
    numeric = all(item.kind in {"whole", "decimal"} for item in section.items)
    longest = max((len(text) for item in section.items for text in excel_cells.offered(item)), default=0)
    # a heading is broken between words only
    width = max(11.0 if numeric else 16.0, min(longest + 4.0, 24.0))
    found = [Column("key", "", 10.0, hidden=True), Column("question", "", 42.0)]
    for axis in section.columns:
        word = max(map(len, axis.text.replace("-", " ").split()), default=0)
        found.append(Column(column_name(axis.id), axis.text, max(width, min(word * 1.25 + 2.0, 20.0))))
    if section.totals:
        found.append(Column("total", HEADINGS["total"], 10.0))
    if shape.prefilled:
        found.append(Column("mark", HEADINGS["mark"], 13.0))
        found += [Column(mirror_name(axis.id), "", 10.0, hidden=True) for axis in section.columns]
    return (*found, Column("left", "", 10.0, hidden=True), Column("wrong", "", 10.0, hidden=True))


def build(
    draft: Draft, form: FormDef, section: Section, shape: Shape, lists: Lists, *, head: bool
) -> tuple[GridRows, int, int]:
    """Write headings and rows of a grid; the draft stands in the row after them.

    Returns:
        Where the rows went, the first and the last row of headings.
    """
    column_names(draft)
    top, bottom = _headings(draft, section)
    for name, label in form.head_fields if head else ():
        draft.put("key", "hidden", head_key(name))
        draft.put("question", "label", label)
        draft.put(2, "typed", across=draft.edge)
        draft.spot("answer", head_key(name), 2)
        draft.row += 1
    if section.note:
        draft.put("question", "note", section.note, across=draft.edge)
        draft.row += 1
    first = draft.row
    cells = {(item.row, item.column): item for item in section.items}
    for axis in section.rows:
        _row(draft, section, axis.id, axis.text, cells, shape, lists)
    ends = (section.columns[0].id, section.columns[-1].id)
    answers = (draft.at(column_name(ends[0])), draft.at(column_name(ends[1])))
    mirrors = (draft.at(mirror_name(ends[0])), draft.at(mirror_name(ends[1]))) if shape.prefilled else None
    mark = draft.at("mark") if shape.prefilled else -1
    rows = GridRows(draft.name, first, draft.row - 1, draft.at("left"), draft.at("wrong"), answers, mirrors, mark)
    if section.totals:
        _totals(draft, section, rows)
    _tints(draft, rows)
    if shape.last:
        _last_year(draft, section, cells)
    return rows, top, bottom


def _headings(draft: Draft, section: Section) -> tuple[int, int]:
    top = draft.row
    if any(axis.group for axis in section.columns):
        groups = [axis.group for axis in section.columns]
        draft.put("question", "head")
        start = 0
        for number, group in enumerate(groups):
            if number + 1 == len(groups) or groups[number + 1] != group:
                draft.put(2 + start, "group", group or None, across=2 + number)
                start = number + 1
        for name in ("total", "mark"):
            if draft.has(name):
                draft.put(name, "head")
        draft.row += 1
    draft.put("question", "head", section.title or None)
    for number, column in enumerate(draft.columns):
        if number > 1 and not column.hidden:
            draft.put(number, "group", column.heading)
    draft.row += 1
    return top, draft.row - 1


def _row(
    draft: Draft,
    section: Section,
    row: str,
    text: str,
    cells: Mapping[tuple[str, str], Item],
    shape: Shape,
    lists: Lists,
) -> None:
    draft.put("key", "hidden", grid_key(section.id, row))
    draft.put("question", "question", text)
    here = [(axis.id, cells[row, axis.id]) for axis in section.columns if (row, axis.id) in cells]
    left: list[str] = []
    wrong: list[str] = []
    for name, item in here:
        column = draft.at(column_name(name))
        draft.put(column, _LOOKS.get(item.kind, "cell_text"))
        draft.spot("answer", item.id, column)
        draft.check(column, excel_cells.rule(item, lists))
        cell = draft.here(column_name(name))
        if item.required:
            left.append(f'(TRIM({cell})="")')
        right = excel_cells.right(item, cell, lists)
        if right != "TRUE":
            wrong.append(f'IF(TRIM({cell})="",0,IF({right},0,1))')
        if shape.prefilled:
            mirror = draft.at(mirror_name(name))
            draft.put(mirror, "hidden")
            draft.spot("prefilled", item.id, mirror)
    if section.totals:
        span = f"{draft.here(column_name(here[0][0]))}:{draft.here(column_name(here[-1][0]))}"
        draft.put("total", "total", formula=f"SUM({span})")
    if shape.prefilled:
        draft.put("mark", "mark")
        draft.spot("mark", grid_key(section.id, row))
        words = lists.take((TO_CHECK, CHECKED)).texts
        message = "Выберите слово из списка или удалите его."
        draft.check(draft.at("mark"), Check("list", words, title="Ответа нет в списке", message=message))
    if left:
        draft.put("left", "hidden", formula="+".join(left) if len(left) > 1 else f"{left[0]}*1")
    if wrong:
        draft.put("wrong", "hidden", formula="+".join(wrong))
    draft.row += 1


def _totals(draft: Draft, section: Section, rows: GridRows) -> None:
    draft.put("question", "score", HEADINGS["total"])
    for axis in section.columns:
        column = draft.at(column_name(axis.id))
        draft.put(column, "total", formula=f"SUM({area(rows.first, column, rows.last, column)})")
    total = draft.at("total")
    draft.put(total, "total", formula=f"SUM({area(rows.first, total, rows.last, total)})")
    draft.row += 1


def _tints(draft: Draft, rows: GridRows) -> None:
    first, last = rows.answers
    cell = address(rows.first, first)
    wrong = "$" + address(rows.first, rows.wrong)
    draft.tints.append(Tint(rows.first, first, rows.last, last, f"AND({wrong}>0,ISTEXT({cell}))", WRONG_FILL))
    if rows.mirrors is None:
        return
    mirror = address(rows.first, rows.mirrors[0])
    mark = "$" + address(rows.first, rows.mark)
    same = f'AND({cell}<>"",{cell}={mirror},{mark}<>{quoted(CHECKED)})'
    draft.tints.append(Tint(rows.first, first, rows.last, last, same, UNCONFIRMED_FILL))
    draft.tints.append(
        Tint(rows.first, rows.mark, rows.last, rows.mark, f"{mark}={quoted(TO_CHECK)}", UNCONFIRMED_FILL)
    )


def _last_year(draft: Draft, section: Section, cells: Mapping[tuple[str, str], Item]) -> None:
    draft.row += 1
    draft.put("question", "section", "Год назад", across=draft.edge)
    draft.row += 1
    for axis in section.rows:
        draft.put("question", "last", axis.text)
        for across in section.columns:
            item = cells.get((axis.id, across.id))
            column = draft.at(column_name(across.id))
            draft.put(column, "last" if item is None else excel_cells.last_look(item))
            if item is not None:
                draft.spot("last", item.id, column)
        draft.row += 1


def unconfirmed(rows: GridRows) -> str:
    """Return a formula: how many prefilled cells nobody has confirmed."""
    if rows.mirrors is None:
        return "0"
    table, mirrors, mark = rows.table(rows.answers), rows.table(rows.mirrors), rows.span(rows.mark)
    return f'SUMPRODUCT(({mirrors}<>"")*({table}={mirrors})*({mark}<>{quoted(CHECKED)}))'
