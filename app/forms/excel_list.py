"""The sheet of questions one below another: №, question, last year's answer, answer, comment, points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.forms import excel_cells, excel_keys
from app.forms.excel_draft import Draft, Lists, area, quoted
from app.forms.excel_keys import CHECKED, CHOSEN, HEADINGS, TO_CHECK, choice_key, head_key
from app.forms.excel_model import Check, Column, Look, Tint, address
from app.forms.item_types import NOT_APPLICABLE
from app.forms.schema import Condition, FormDef, Item, Section

WRONG_FILL, UNCONFIRMED_FILL, DONE_COLOUR = "F9D6D2", "FDE3C4", "B0B0B0"
MANY = "ниже: «да»"
"""Stands where the answer of a question with several choices would: they are chosen in the rows below."""
WIDE = 104.0
"""From this width of its columns on a sheet is printed across the page."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Which columns the blanks of a round have beyond the usual ones."""

    last: bool = False
    prefilled: bool = False


@dataclass(slots=True)
class Rows:
    """Where the questions of a form went: what the points and the check sheet are counted from."""

    sheet: str = ""
    items: dict[str, int] = field(default_factory=dict)
    choices: dict[str, list[int]] = field(default_factory=dict)
    columns: dict[str, int] = field(default_factory=dict)
    first: int = -1
    last: int = -1

    def span(self, name: str) -> str:
        """Return the cells of a column over all rows of the table, with the name of the sheet."""
        return area(self.first, self.columns[name], self.last, self.columns[name], self.sheet)


def columns(sections: Sequence[Section], shape: Shape) -> tuple[Column, ...]:
    """Return the columns that these questions need."""
    items = [item for section in sections for item in section.items]
    wanted: dict[str, float] = {"number": 7.0}
    if any(item.criterion for item in items):
        wanted["criterion"] = 24.0 if max(len(item.criterion) for item in items) <= 80 else 38.0
    wanted["question"] = 58.0
    longest = max((len(text) for item in items for text in excel_cells.offered(item)), default=0)
    answer = min(max(longest + 4.0, 16.0), 30.0)
    if any(item.kind in {"text", "link"} for item in items):
        answer = 34.0
    if not any(item.comment or item.evidence for item in items):
        answer = max(answer, 26.0)  # lines over the form have no other room
    if shape.last:
        wanted["last"] = min(answer, 18.0)
    wanted["answer"] = answer
    if shape.prefilled:
        wanted["mark"] = 13.0
    if any(excel_cells.has_other(item) for item in items):
        wanted["other"] = 24.0
    if any(item.comment for item in items):
        wanted["comment"] = 32.0
    if any(item.evidence for item in items):
        wanted["evidence"] = 28.0
    if any(item.points is not None for item in items):
        wanted["points"] = 9.0
    hidden = [*(["prefilled"] if shape.prefilled else []), "left", "wrong", *(["most"] if "points" in wanted else [])]
    shown = [Column(name, HEADINGS[name], width) for name, width in wanted.items()]
    return (
        Column("key", "", 10.0, hidden=True),
        *shown,
        *(Column(name, "", 10.0, hidden=True) for name in hidden),
    )


def build(
    draft: Draft, form: FormDef, sections: Sequence[Section], shape: Shape, lists: Lists, *, head: bool
) -> tuple[Rows, int]:
    """Write headings, lines over the form and questions; the draft stands in the row after them.

    Args:
        draft: at the row of the hidden names of columns.
        form: whose questions.
        sections: those of this sheet.
        shape: which columns there are.
        lists: the sheet of lists, which grows.
        head: whether the lines over the form stand here.

    Returns:
        Where the questions went, and the row of headings.
    """
    rows = Rows(draft.name, columns={column.name: number for number, column in enumerate(draft.columns)})
    column_names(draft)
    head_row = draft.row
    for number, column in enumerate(draft.columns):
        if not column.hidden:
            draft.put(number, "head", column.heading)
    draft.row += 1
    rows.first = draft.row
    for name, label in form.head_fields if head else ():
        _labelled(draft, head_key(name), label)
    _assign(draft.row, sections, rows)
    known = {item.id: item for section in sections for item in section.items}
    for section in sections:
        _section(draft, section, shape, lists, rows, known)
    rows.last = max(draft.row - 1, rows.first)
    _tints(draft, shape, rows)
    return rows, head_row


def column_names(draft: Draft) -> None:
    """Write the hidden row with the names of columns."""
    draft.put("key", "hidden", excel_keys.COLUMNS_KEY)
    for number, column in enumerate(draft.columns[1:], start=1):
        draft.put(number, "hidden", column.name)
    draft.row += 1


def _labelled(draft: Draft, key: str, label: str) -> None:
    """Write a line of the form's head or its closing line: a label and one wide cell."""
    draft.put("key", "hidden", key)
    answer = draft.at("answer")
    draft.put("number", "label", label, across=answer - 1)
    draft.put(answer, "typed", across=draft.edge)
    draft.spot("answer", key)
    draft.row += 1


def conclusion(draft: Draft, label: str) -> None:
    """Write the closing line in words."""
    _labelled(draft, excel_keys.CONCLUSION_KEY, label)


def _lines(section: Section) -> Iterator[tuple[Look, str, Item | None, str]]:
    """Yield the rows of a section: look, text, question, value of a choice."""
    if section.title:
        yield "section", section.title, None, ""
    if section.note:
        yield "note", section.note, None, ""
    for item in section.items:
        yield "question", item.text, item, ""
        if item.kind == "many" and item.scale is not None:
            for choice in item.scale.choices:
                yield "sub", choice.text, item, choice.value
        if item.hint:
            yield "note", item.hint, None, ""


def _assign(start: int, sections: Sequence[Section], rows: Rows) -> None:
    """Give every question its row before any formula is written: conditions look forwards and backwards."""
    row = start
    for section in sections:
        for _, _, item, value in _lines(section):
            if item is not None and value:
                rows.choices.setdefault(item.id, []).append(row)
            elif item is not None:
                rows.items[item.id] = row
            row += 1


def _section(draft: Draft, section: Section, shape: Shape, lists: Lists, rows: Rows, known: Mapping[str, Item]) -> None:
    criterion = ""
    for look, text, item, value in _lines(section):
        if item is None:
            draft.put("number", look, text, across=draft.edge)
        elif value:
            _choice(draft, item, value, text, shape, lists)
        else:
            repeated = item.criterion == criterion
            criterion = item.criterion
            _question(draft, item, "" if repeated else criterion, shape, lists)
            _counted(draft, item, lists, rows, known)
        draft.row += 1


def _question(draft: Draft, item: Item, criterion: str, shape: Shape, lists: Lists) -> None:
    draft.put("key", "hidden", item.id)
    draft.put("number", "number", item.number or None)
    if draft.has("criterion"):
        draft.put("criterion", "criterion", criterion or None)
    draft.put("question", "question", item.text)
    if shape.last:
        draft.put("last", excel_cells.last_look(item))
        draft.spot("last", item.id)
    if item.kind == "many":
        # the answers stand in the rows below; here only «не применимо» can be chosen
        draft.put("answer", "answer" if item.not_applicable else "last", None if item.not_applicable else MANY)
        if item.not_applicable:
            draft.spot("answer", item.id)
            draft.check(draft.at("answer"), _listed(lists, (NOT_APPLICABLE,)))
    else:
        draft.put("answer", excel_cells.look(item))
        draft.spot("answer", item.id)
        draft.check(draft.at("answer"), excel_cells.rule(item, lists))
    if shape.prefilled:
        draft.put("mark", "mark")
        draft.spot("mark", item.id)
        draft.check(draft.at("mark"), _listed(lists, (TO_CHECK, CHECKED)))
        draft.put("prefilled", "hidden")
        draft.spot("prefilled", item.id)
    for name, asked in (
        ("other", excel_cells.has_other(item) and item.kind != "many"),
        ("comment", item.comment),
        ("evidence", item.evidence),
    ):
        if draft.has(name):
            draft.put(name, "typed" if asked else "question")
            if asked:
                draft.spot(name, item.id)


def _listed(lists: Lists, texts: tuple[str, ...]) -> Check:
    return Check(
        "list",
        lists.take(texts).texts,
        title="Ответа нет в списке",
        message="Выберите слово из списка или удалите его.",
    )


def _choice(draft: Draft, item: Item, value: str, text: str, shape: Shape, lists: Lists) -> None:
    key = choice_key(item.id, value)
    choice = item.scale.choice(value) if item.scale else None
    draft.put("key", "hidden", key)
    draft.put("number", "number")
    for name in ("criterion", "points", "comment", "evidence"):
        if draft.has(name):
            draft.put(name, "question")
    draft.put("question", "sub", f"– {text}")
    if shape.last:
        draft.put("last", "last")
        draft.spot("last", key)
    draft.put("answer", "answer_centre")
    draft.spot("answer", key)
    draft.check(draft.at("answer"), _listed(lists, (CHOSEN,)))
    if shape.prefilled:
        draft.put("mark", "question")
    if draft.has("other"):
        wanted = choice is not None and choice.other
        draft.put("other", "typed" if wanted else "question")
        if wanted:
            draft.spot("other", key)


# --- what is counted ---------------------------------------------------------------------------------------------


def _counted(draft: Draft, item: Item, lists: Lists, rows: Rows, known: Mapping[str, Item]) -> None:
    """Write the hidden formulas of a question: is it still to be answered, is it wrong, its points."""
    cell = draft.here("answer")
    empty = f'TRIM({cell})=""'
    if item.kind == "many":
        chosen = rows.choices.get(item.id, [])
        span = area(chosen[0], draft.at("answer"), chosen[-1], draft.at("answer")) if chosen else cell
        empty = f"COUNTA({span})=0"
        if item.not_applicable:
            empty = f'AND({empty},TRIM({cell})="")'
    if item.required:
        asked = [_holds(condition, rows, known) for condition in item.when]
        parts = [part for part in asked if part] + [empty]
        held = f"AND({','.join(parts)})" if len(parts) > 1 else empty
        draft.put("left", "hidden", formula=f"IF({held},1,0)")
    right = excel_cells.right(item, cell, lists)
    if right != "TRUE":
        draft.put("wrong", "hidden", formula=f'IF(TRIM({cell})="",0,IF({right},0,1))')
    if draft.has("points"):
        _points(draft, item, cell, lists)


def _points(draft: Draft, item: Item, cell: str, lists: Lists) -> None:
    if item.points is None:
        draft.put("points", "question")
        return
    weight = f"*{item.weight}" if item.weight != 1 else ""
    if item.kind in {"choice", "flag"}:
        where = lists.take(excel_cells.offered(item), excel_cells.offered_points(item))
        place = f"MATCH({cell},{where.texts},0)"
        scored = f'IF(ISNUMBER({place}),INDEX({where.points},{place}){weight},"")'
        formula = f'IF(OR({cell}="",{cell}={quoted(NOT_APPLICABLE)}),"",{scored})'
    else:
        formula = f'IF(ISNUMBER({cell}),{cell}{weight},"")'
    draft.put("points", "points", formula=formula)
    if item.not_applicable:
        draft.put("most", "hidden", formula=f"IF({cell}={quoted(NOT_APPLICABLE)},0,{item.points})")
    else:
        draft.put("most", "hidden", item.points)


def _holds(condition: Condition, rows: Rows, known: Mapping[str, Item]) -> str:
    """Return a formula for «another question has one of these answers»; empty where it stands on another sheet."""
    row, item = rows.items.get(condition.item), known.get(condition.item)
    if row is None or item is None:
        return ""
    column = rows.columns["answer"]
    tests: list[str] = []
    for value in condition.values:
        if item.kind == "many" and item.scale is not None:
            order = [choice.value for choice in item.scale.choices]
            if value in order:
                below = rows.choices[item.id][order.index(value)]
                tests.append(f'TRIM(${address(below, column)})<>""')
            continue
        text = excel_cells.said(item, value)
        tests.append(f"TRIM(${address(row, column)})={quoted(text)}")
    return f"OR({','.join(tests)})" if len(tests) > 1 else "".join(tests)


def _tints(draft: Draft, shape: Shape, rows: Rows) -> None:
    """Colour wrong answers and those filled in beforehand that nobody has confirmed."""
    column, top = draft.at("answer"), rows.first

    def cell(name: str) -> str:
        return "$" + address(top, draft.at(name))

    def tint(name: str, formula: str, fill: str, colour: str = "") -> None:
        at = draft.at(name)
        draft.tints.append(Tint(top, at, rows.last, at, formula, fill, colour))

    tint("answer", f"{cell('wrong')}=1", WRONG_FILL)
    if shape.prefilled:
        same = f'{cell("answer")}<>"",{cell("answer")}={cell("prefilled")}'
        open_ = f"AND({same},{cell('mark')}<>{quoted(CHECKED)})"
        draft.tints.append(Tint(top, column, rows.last, column, open_, UNCONFIRMED_FILL))
        tint("mark", open_, UNCONFIRMED_FILL)
        changed = f"AND({cell('mark')}={quoted(TO_CHECK)},{cell('answer')}<>{cell('prefilled')})"
        tint("mark", changed, "", DONE_COLOUR)


def unconfirmed(rows: Rows) -> str:
    """Return a formula: how many prefilled answers nobody has confirmed."""
    answer, was, mark = rows.span("answer"), rows.span("prefilled"), rows.span("mark")
    return f'SUMPRODUCT(({was}<>"")*({answer}={was})*({mark}<>{quoted(CHECKED)}))'
