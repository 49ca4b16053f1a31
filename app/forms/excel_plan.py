"""The plan of a blank: one source of every address, for the writer and for the reader.

``plan`` says what stands where in the workbook of one form for one subject, ``plan_book`` in a workbook of several. The
layout (everything but the values of one subject) is the same object for all blanks of a round, so that it is planned
and drawn once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from app.errors import UserError
from app.forms import excel_cells, excel_check, excel_grid, excel_list, excel_scores
from app.forms.excel_draft import Draft, Lists
from app.forms.excel_keys import (
    CHECK_SHEET,
    CHOSEN,
    CONCLUSION_KEY,
    FORM_SHEET,
    LISTS_SHEET,
    META_SHEET,
    TO_CHECK,
    BookMeta,
    FormMeta,
    choice_key,
    fingerprint,
    form_key,
    grid_key,
    head_key,
    meta_rows,
)
from app.forms.excel_list import Shape
from app.forms.excel_model import BlankPlan, Cell, Column, Layout, Place, SheetPlan, Spot, Value
from app.forms.schema import Answer, AnswerSet, FormDef, Item, Section
from app.texts import NBSP, glue, ru_date, school_year

_NAME_SIGNS = frozenset("[]:*?/\\'")
_LONGEST_NAME = 31
_Fill = Callable[[str, str, Value | None], None]


@dataclass(frozen=True, slots=True)
class BlankHead:
    """For whom a blank is made and what is already known.

    Attributes:
        subject: name of the subject as it is shown, «СОШ № 3».
        school_year: first year of the school year.
        due_on: ISO; None where there is no deadline.
        file_id: names the file; another one for every blank made.
        school_id, school_code, school_name: of the school that fills it, empty where no school does.
        answers: what is filled in beforehand; unconfirmed ones get the word «проверьте».
        last_year: shown in grey beside.
        head: id of a line over the form → its text; ``conclusion`` is the closing line.
    """

    subject: str
    school_year: int
    due_on: str | None = None
    file_id: str = ""
    round_id: int | None = None
    case_id: int | None = None
    subject_id: int | None = None
    school_id: int | None = None
    school_code: str = ""
    school_name: str = ""
    municipality: str = ""
    made_by: str = ""
    answers: AnswerSet | None = None
    last_year: AnswerSet | None = None
    head: Mapping[str, str] = field(default_factory=dict)
    conclusion: str = ""


def plan(form: FormDef, head: BlankHead) -> BlankPlan:
    """Plan the blank of one form.

    Raises:
        UserError: ``FORM_BLANK_EMPTY`` where the form has no questions of its own.
    """
    return plan_book([(form, head)])


def plan_book(parts: Sequence[tuple[FormDef, BlankHead]]) -> BlankPlan:
    """Plan one workbook with several forms for one school, each on sheets of its own.

    Args:
        parts: forms in their order; facts of the book (school, year, file) are those of the first.

    Raises:
        UserError: ``FORM_BLANK_EMPTY``.
    """
    layout = _layout(tuple(form for form, _ in parts), tuple(_shape(form, head) for form, head in parts))
    values: dict[Place, Value] = {}
    for number, (form, head) in enumerate(parts):
        values |= _values(layout, number, form, head)
    for row, (name, _, value, _) in enumerate(meta_rows(_meta(parts))):
        if value and name != "item":
            values[Place(len(layout.sheets) - 1, row, 2)] = value
    first = parts[0][1]
    what = parts[0][0].short if len(parts) == 1 else "формы школы"
    return BlankPlan(layout, f"{first.subject} — {what}, {school_year(first.school_year)}", values)


def expected(form: FormDef) -> Layout:
    """Return the layout of the plainest blank of a form: where the reader looks when every key is lost."""
    return _layout((form,), (Shape(),))


def _shape(form: FormDef, head: BlankHead) -> Shape:
    before, now = head.last_year, head.answers
    return Shape(
        last=before is not None and any(_known(before.get(item.id)) for item in form.items()),
        prefilled=now is not None
        and any(_known(now.get(item.id)) and not now.get(item.id).confirmed for item in form.items()),
    )


def _known(answer: Answer) -> bool:
    return answer.given or bool(answer.raw)


# --- the layout --------------------------------------------------------------------------------------------------


@lru_cache(maxsize=64)
def _layout(forms: tuple[FormDef, ...], shapes: tuple[Shape, ...]) -> Layout:
    lists = Lists()
    sheets: list[SheetPlan] = []
    spots: dict[Spot, Place] = {}
    checked: list[excel_check.Counted] = []
    for number, (form, shape) in enumerate(zip(forms, shapes, strict=True)):
        if next(form.items(), None) is None:
            raise UserError("FORM_BLANK_EMPTY", form=form.short)
        counted = excel_check.Counted(form, prefilled=shape.prefilled)
        groups = _groups(form)
        for part, sections in enumerate(groups):
            name = _sheet_name(form, part, len(forms), len(groups), {sheet.name.casefold() for sheet in sheets})
            where = _Part(number, len(sheets), name, part == 0, part == len(groups) - 1)
            made, found = _form_sheet(where, form, sections, shape, lists, counted)
            sheets.append(made)
            spots |= found
        checked.append(counted)
    sheets.append(excel_check.sheet(checked))
    sheets.append(
        SheetPlan(LISTS_SHEET, "lists", -1, tuple(lists.columns) or (Column("", "", 9.0),), tuple(lists.cells))
    )
    sheets.append(_meta_sheet(forms))
    for form_number, name, row in _meta_spots(forms):
        spots[Spot(form_number, name)] = Place(len(sheets) - 1, row, 2)
    return Layout(tuple(sheets), spots)


def _groups(form: FormDef) -> list[list[Section]]:
    """Return the sections sheet by sheet: every grid has its own."""
    groups: list[list[Section]] = []
    for section in form.sections:
        if groups and not section.grid and not groups[-1][-1].grid:
            groups[-1].append(section)
        else:
            groups.append([section])
    return groups


def _sheet_name(form: FormDef, part: int, forms: int, parts: int, taken: set[str]) -> str:
    base = FORM_SHEET if forms == 1 else form.short
    base = " ".join("".join(" " if char in _NAME_SIGNS else char for char in base).split())
    tail = f" {part + 1}" if parts > 1 and part else ""
    number = 1
    reserved = {CHECK_SHEET.casefold(), LISTS_SHEET.casefold(), META_SHEET.casefold()}
    while True:
        name = base[: _LONGEST_NAME - len(tail)].rstrip() + tail
        if name.casefold() not in taken | reserved:
            return name
        number += 1
        tail = f" ({number})"


@dataclass(frozen=True, slots=True)
class _Part:
    """Which sheet of which form is being planned."""

    form: int
    sheet: int
    name: str
    first: bool
    last: bool


def _form_sheet(
    where: _Part, form: FormDef, sections: Sequence[Section], shape: Shape, lists: Lists, counted: excel_check.Counted
) -> tuple[SheetPlan, dict[Spot, Place]]:
    grid = sections[0].grid
    columns = excel_grid.columns(sections[0], shape) if grid else excel_list.columns(sections, shape)
    draft = Draft(where.name, where.form, where.sheet, columns)
    live = _heading(draft, form, grid=grid, shape=shape)
    names_row = draft.row
    if grid:
        grid_rows, top, bottom = excel_grid.build(draft, form, sections[0], shape, lists, head=where.first)
        counted.take_grid(grid_rows)
        last = grid_rows.last
    else:
        rows, top = excel_list.build(draft, form, sections, shape, lists, head=where.first)
        bottom, last = top, rows.last
        counted.take_list(rows, excel_scores.write(draft, form, rows))
    if where.last and form.conclusion:
        _conclusion(draft, form.conclusion, grid=grid)
    if where.last:
        _notes(draft, form)
    # the line over the table counts all sheets of the form that stand before it
    draft.cells.append(Cell(live, 1, "live", formula=counted.line(), across=draft.edge))
    width = sum(column.width for column in columns if not column.hidden)
    made = SheetPlan(
        where.name,
        "grid" if grid else "list",
        where.form,
        columns,
        tuple(draft.cells),
        draft.checks(),
        tuple(draft.tints),
        top,
        bottom,
        last,
        filtered=not grid,
        landscape=width > excel_list.WIDE,
        hidden_rows=(names_row,),
        footer=form.short,
    )
    return made, draft.spots


def _heading(draft: Draft, form: FormDef, *, grid: bool, shape: Shape) -> int:
    """Write the lines over the table; return the row that is left for the count of what is still to be answered."""
    draft.put("key", "hidden", form_key(form))
    draft.put(1, "title", form.title, across=draft.edge)
    draft.row += 1
    draft.put(1, "subject", across=draft.edge)
    draft.spot("subject", "", 1)
    draft.row += 1
    place = f", {form.place}" if form.place and form.place not in form.title else ""
    if form.source:
        draft.put(1, "source", glue(f"Источник: {form.source}{place}"), across=draft.edge)
        draft.row += 1
    draft.put(1, "howto", glue(_how_to(form, grid=grid, shape=shape)), across=draft.edge)
    draft.row += 1
    draft.row += 1
    return draft.row - 1


def _how_to(form: FormDef, *, grid: bool, shape: Shape) -> str:
    if grid:
        text = "Заполните светлые клетки таблицы числами, без слов и единиц."
    else:
        chooses = any(excel_cells.offered(item) for item in form.items())
        text = "Заполните светлые ячейки столбца «Ответ»"
        text += ": нажмите стрелку справа от ячейки и выберите ответ из списка." if chooses else "."
    if shape.prefilled:
        return text + (
            f" Там, где стоит «{TO_CHECK}», ответ взят из прошлых сведений: исправьте его или выберите «верно», "
            "затем сохраните книгу и верните её."
        )
    return text + " Сохраните книгу и верните её тем же путём; строки и листы не удаляйте."


def _conclusion(draft: Draft, label: str, *, grid: bool) -> None:
    if not grid:
        excel_list.conclusion(draft, label)
        return
    draft.put("key", "hidden", CONCLUSION_KEY)
    draft.put("question", "label", label)
    draft.put(2, "typed", across=draft.edge)
    draft.spot("answer", CONCLUSION_KEY, 2)
    draft.row += 1


def _notes(draft: Draft, form: FormDef) -> None:
    if not form.notes:
        return
    draft.row += 1
    for number, note in enumerate(("Примечания", *form.notes)):
        draft.put(1, "subject" if number == 0 else "note", glue(note), across=draft.edge)
        draft.row += 1


# --- the hidden sheet --------------------------------------------------------------------------------------------


def _skeleton(forms: Sequence[FormDef]) -> BookMeta:
    return BookMeta(forms=tuple(FormMeta(form.id, form.version, wordings=_wordings(form)) for form in forms))


@lru_cache(maxsize=64)
def _wordings(form: FormDef) -> tuple[tuple[str, str], ...]:
    """Return id → fingerprint; a cell of a grid has the wordings of its row and its column."""
    found: list[tuple[str, str]] = []
    for section in form.sections:
        if not section.grid:
            found += [(item.id, fingerprint(item.text)) for item in section.items]
            continue
        found += [(grid_key(section.id, axis.id), fingerprint(axis.text)) for axis in section.rows]
        found += [(f"#col:{section.id}/{axis.id}", fingerprint(axis.group + axis.text)) for axis in section.columns]
    return tuple(found)


def _meta_sheet(forms: Sequence[FormDef]) -> SheetPlan:
    cells: list[Cell] = []
    for row, (name, number, value, word) in enumerate(meta_rows(_skeleton(forms))):
        fixed = value if name == "item" else None
        cells += [Cell(row, 0, "meta", name), Cell(row, 1, "meta", number), Cell(row, 2, "meta", fixed)]
        cells.append(Cell(row, 3, "meta", word))
    columns = tuple(Column("", "", width) for width in (14.0, 6.0, 30.0, 30.0))
    return SheetPlan(META_SHEET, "meta", -1, columns, tuple(cells), hidden=True)


def _meta_spots(forms: Sequence[FormDef]) -> list[tuple[int, str, int]]:
    rows = enumerate(meta_rows(_skeleton(forms)))
    return [(int(number) - 1, name, row) for row, (name, number, _, _) in rows if name != "item"]


def _meta(parts: Sequence[tuple[FormDef, BlankHead]]) -> BookMeta:
    def text(value: object) -> str:
        return "" if value is None else str(value)

    first = parts[0][1]
    forms = tuple(
        FormMeta(
            form.id, form.version, form.digest, text(head.round_id), text(head.case_id), text(head.subject_id),
            head.subject, text(head.due_on), _wordings(form),
        )
        for form, head in parts
    )  # fmt: skip
    return BookMeta(
        first.file_id, str(first.school_year), text(first.school_id), first.school_code, first.school_name,
        first.municipality, first.made_by, forms,
    )  # fmt: skip


# --- the values of one subject -----------------------------------------------------------------------------------


def _values(layout: Layout, number: int, form: FormDef, head: BlankHead) -> dict[Place, Value]:
    values: dict[Place, Value] = {}

    def fill(name: str, key: str, value: Value | None) -> None:
        place = layout.spots.get(Spot(number, name, key))
        if place is not None and value is not None and value != "":
            values[place] = value

    fill("subject", "", _subject_line(head))
    for name, value in head.head.items():
        fill("answer", head_key(name), value)
    fill("answer", CONCLUSION_KEY, head.conclusion)
    for section in form.sections:
        for item in section.items:
            if head.last_year is not None:
                _fill_item(fill, item, head.last_year.get(item.id), "last")
            if head.answers is None:
                continue
            answer = head.answers.get(item.id)
            _fill_item(fill, item, answer, "answer")
            fill("comment", item.id, answer.comment)
            if not answer.confirmed and _known(answer):
                many = item.kind == "many" and not answer.not_applicable
                fill("prefilled", item.id, excel_list.MANY if many else excel_cells.written(item, answer))
                fill("mark", grid_key(section.id, item.row) if section.grid else item.id, TO_CHECK)
    return values


def _fill_item(fill: _Fill, item: Item, answer: Answer, name: str) -> None:
    if item.kind != "many" or answer.not_applicable:
        fill(name, item.id, excel_cells.written(item, answer))
        fill("other" if name == "answer" else "", item.id, answer.other)
        return
    if answer.value is None:
        # a wrong answer is shown where the question stands: it is not one of its choices
        fill(name, item.id, answer.raw)
        return
    chosen = excel_cells.chosen(answer)
    for choice in item.scale.choices if item.scale else ():
        if choice.value in chosen:
            fill(name, choice_key(item.id, choice.value), CHOSEN)
            if choice.other and name == "answer":
                fill("other", choice_key(item.id, choice.value), answer.other)


def _subject_line(head: BlankHead) -> str:
    text = f"{head.subject}. {school_year(head.school_year)}{NBSP}учебный год."
    if head.due_on:
        text += f" Вернуть до{NBSP}{ru_date(head.due_on)}."
    return text
