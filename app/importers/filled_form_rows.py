"""From the rows of a sheet to answers: cells beside the answer, copies of rows, joined cells, confirmed or not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from app.forms.answers import given
from app.forms.excel_keys import CHECKED, CHOSEN, CONCLUSION_KEY, TO_CHECK, RowKey, mirror_name
from app.forms.item_types import folded, join_values
from app.forms.item_types import place as item_place
from app.forms.schema import Answer, Item
from app.importers.filled_form_cells import NO_WORDS, YES_WORDS, Seen, see
from app.importers.filled_form_pages import Fault, Place, place_name, shown
from app.importers.filled_form_records import FilledAnswer, FilledProof
from app.importers.filled_form_table import Table, cut
from app.importers.filled_form_words import LINES, headings, mark_of

_OWN = frozenset({"points", "left", "wrong", "most", "total", "last", "prefilled"})
"""Columns that the school does not fill."""
_TYPED = frozenset({"answer", "mark", "other", "comment", "evidence"})
_MOST_STRAYS = 25


@dataclass(slots=True)
class Found:
    """Everything that the rows of one form gave, sheet by sheet: an item that was copied has several answers."""

    answers: dict[str, list[FilledAnswer]] = field(default_factory=dict)
    many: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)
    head: dict[str, str] = field(default_factory=dict)
    conclusion: str = ""
    proofs: list[FilledProof] = field(default_factory=list)


def read_table(table: Table, into: Found) -> None:
    """Read one sheet; every cell that says anything is an answer, a note of one, or named in a problem."""
    claimed: set[Place] = set()
    chosen: dict[str, list[tuple[str, str, Place, str]]] = {}
    for row, key in sorted(table.rows.items()):
        match key.kind:
            case "item":
                _item(table, row, key.name, into, claimed)
            case "choice":
                _choice(table, row, key, into, claimed, chosen)
            case "row":
                _grid_row(table, row, key.name, into, claimed)
            case "head" | "conclusion":
                _line(table, row, key, into, claimed)
    _join_choices(table, chosen, into)
    _merged(table)
    _strays(table, claimed)
    hidden = [row for row, key in table.rows.items() if key.kind in {"item", "row"} and row in table.page.hidden_rows]
    if hidden:
        table.tell("FORM_GET_HIDDEN", rows=len(hidden))
    if table.page.cut:
        table.tell("FORM_GET_LONG")


# --- questions of a list -----------------------------------------------------------------------------------------


def _item(table: Table, row: int, name: str, into: Found, claimed: set[Place]) -> None:
    item = table.form.item(name)
    if item is None:
        return
    claimed.update((row, column) for column in table.page.columns(row))
    if item.kind == "many":
        _many(table, row, item, into)
        return
    at = (row, table.columns.get("answer", -1))
    other, comment = _beside(table, row, "other"), _beside(table, row, "comment")
    seen = see(item, table.page.cells.get(at), other=other, comment=comment)
    if not seen.answer.raw and not seen.answer.not_applicable:
        at, seen = _neighbour(table, row, item, at, seen)
    if seen.hint:
        table.tell(seen.hint, at, item=item_place(item), raw=cut(seen.answer.raw), note=cut(seen.note))
    made = _filled(table, item, seen.answer, at, _confirmed(table, row, item, seen.answer))
    notes = _notes(table, row, item, at)
    made = replace(made, comment="; ".join(one for one in (made.comment, *notes) if one))
    into.answers.setdefault(name, []).append(made)
    _proof(table, row, item, into)


def _beside(table: Table, row: int, name: str) -> str:
    return table.page.text(row, table.columns.get(name, -1))


def _filled(table: Table, item: Item, answer: Answer, at: Place, confirmed: bool = True) -> FilledAnswer:
    return FilledAnswer(
        item.id, answer.raw, answer.value, answer.code, answer.other, answer.not_applicable, answer.comment, confirmed,
        table.page.name, place_name(at) if at[1] >= 0 else "",
    )  # fmt: skip


def _confirmed(table: Table, row: int, item: Item, answer: Answer) -> bool:
    """Tell whether a person has answered: anything but a value filled in beforehand that still waits for «верно»."""
    mark = folded(_beside(table, row, "mark"))
    if mark in {folded(CHECKED), *YES_WORDS}:
        return True
    before = table.page.cells.get((row, table.columns.get("prefilled", -1)))
    if before is None:
        # where the hidden column is gone, the mark speaks
        return not (mark == folded(TO_CHECK) and "prefilled" not in table.columns)
    was = see(item, before).answer
    return (was.value, was.not_applicable, was.raw if was.code else "") != (
        answer.value,
        answer.not_applicable,
        answer.raw if answer.code else "",
    )


def _neighbour(table: Table, row: int, item: Item, at: Place, seen: Seen) -> tuple[Place, Seen]:
    """Take an answer that was put into a cell beside its own; free words stay what they are."""
    named = {column: name for name, column in table.columns.items()}
    for column in table.page.columns(row):
        name = named.get(column, "")
        if column in {table.keys, at[1]} or name in {"number", "criterion", "question", "last", "prefilled", "left"}:
            continue
        if name in {"wrong", "most", "total", "evidence"} or (row, column) in table.page.formulas:
            continue
        value = table.page.cells[row, column]
        if isinstance(value, Fault) or (item.kind in {"text", "link"} and name):
            continue
        found = see(item, value, other=_beside(table, row, "other") if name != "other" else "")
        fits = (found.answer.value is not None or found.answer.not_applicable) and not found.hint
        words = {folded(TO_CHECK), folded(CHECKED)}
        if not fits or (name == "mark" and folded(shown(value)) in words):
            continue
        kept = "" if name == "comment" else _beside(table, row, "comment")
        table.tell("FORM_GET_NEIGHBOUR", (row, column), item=item_place(item), raw=cut(found.answer.raw))
        return (row, column), Seen(replace(found.answer, comment=kept))
    return at, seen


def _notes(table: Table, row: int, item: Item, at: Place) -> Iterator[str]:
    """Yield what stands in the row beside its own columns: it goes into the comment and is named."""
    named = {column: name for name, column in table.columns.items()}
    for column in table.page.columns(row):
        name, here = named.get(column, ""), (row, column)
        if column == table.keys or here == at or here in table.page.formulas or name in {"answer", *_OWN - {"points"}}:
            continue
        note = _note(table, item, here, name)
        if note:
            table.tell("FORM_GET_BESIDE", here, item=item_place(item), text=cut(note))
            yield note


def _note(table: Table, item: Item, here: Place, name: str) -> str:
    text = table.page.text(*here)
    if isinstance(table.page.cells[here], Fault):
        return ""
    match name:
        case "other":
            return "" if item.scale is not None and any(c.other for c in item.scale.choices) else text
        case "comment" | "evidence":
            return ""
        case "mark":
            return "" if folded(text) in {folded(TO_CHECK), folded(CHECKED), *YES_WORDS, *NO_WORDS} else text
        case "points" | "number":
            return text if any(sign.isalpha() for sign in text) and mark_of(text) not in table.words.fixed else ""
        case "question":
            return _tail(table, item, here, text)
    return "" if mark_of(text) in table.words.fixed else text


def _tail(table: Table, item: Item, here: Place, text: str) -> str:
    """Return what was added to the wording of a question; another wording is only named."""
    if mark_of(text) == mark_of(item.text):
        return ""
    mine, official = " ".join(text.split()), " ".join(item.text.split())
    if mine.startswith(official):
        return mine[len(official) :].strip(" :;.–—-")
    if here[0] not in table.by_wording:
        table.tell("FORM_GET_REWORDED", here, item=item_place(item), text=cut(text))
    return ""


def _proof(table: Table, row: int, item: Item, into: Found) -> None:
    text, column = _beside(table, row, "evidence"), table.columns.get("evidence", -1)
    if text:
        into.proofs.append(FilledProof(item.id, text, table.page.name, place_name((row, column))))


# --- several answers ---------------------------------------------------------------------------------------------


def _many(table: Table, row: int, item: Item, into: Found) -> None:
    """Read the row of the question itself: «не применимо», or a pasted list of answers."""
    at = (row, table.columns.get("answer", -1))
    value = table.page.cells.get(at)
    if value is None or LINES.search(shown(value)):
        made = _filled(table, item, Answer(), at)
    else:
        made = _filled(table, item, see(item, value).answer, at)
    comment = _beside(table, row, "comment")
    notes = [*([comment] if comment else []), *_notes(table, row, item, at)]
    mark = folded(_beside(table, row, "mark"))
    into.answers.setdefault(item.id, []).append(
        replace(made, comment="; ".join(notes), confirmed=mark != folded(TO_CHECK))
    )
    _proof(table, row, item, into)


def _choice(
    table: Table, row: int, key: RowKey, into: Found, claimed: set[Place],
    chosen: dict[str, list[tuple[str, str, Place, str]]],
) -> None:  # fmt: skip
    """Read one answer of a question with several: anything but nothing and «нет» counts."""
    item = table.form.item(key.name)
    if item is None:
        return
    claimed.update((row, column) for column in table.page.columns(row))
    at = (row, table.columns.get("answer", -1))
    value = table.page.cells.get(at)
    other = _beside(table, row, "other")
    if isinstance(value, Fault):
        code = "ITEM_ERROR_CELL" if value.kind == "error" else "ITEM_FORMULA"
        wrong = FilledAnswer(item.id, value.text, None, code, sheet=table.page.name, cell=place_name(at))
        into.answers.setdefault(item.id, []).append(wrong)
        return
    text = shown(value)
    note = "" if folded(text) in YES_WORDS | NO_WORDS | {folded(CHOSEN), ""} else text
    picked = bool(text) and folded(text) not in NO_WORDS
    wants = item.scale is not None and any(c.value == key.value and c.other for c in item.scale.choices)
    beside = " ".join(one for one in (other, note if wants else "") if one)
    if not wants and (other or note):
        table.tell("FORM_GET_BESIDE", at, item=item_place(item), text=cut(other or note))
    if picked or beside:
        remark = "" if wants else "; ".join(one for one in (note, other) if one)
        chosen.setdefault(item.id, []).append((key.value, beside, at, remark))


def _join_choices(table: Table, chosen: dict[str, list[tuple[str, str, Place, str]]], into: Found) -> None:
    for name, picked in chosen.items():
        item = table.form.item(name)
        if item is None or item.scale is None:
            continue
        values = join_values(item.scale, (value for value, _other, _at, _note in picked))
        other = "; ".join(text for _value, text, _at, _note in picked if text)
        notes = "; ".join(note for _value, _other, _at, note in picked if note)
        kept = into.answers.setdefault(name, [])
        base = kept[-1] if kept else FilledAnswer(name)
        if base.value is not None or base.code is not None or base.not_applicable:
            kept.append(_filled(table, item, Answer(values, values, None, other, comment=notes), picked[0][2]))
            continue
        comment = "; ".join(one for one in (base.comment, notes) if one)
        made = replace(base, raw=values, value=values, other=other, comment=comment, cell=place_name(picked[0][2]))
        kept[-1:] = [replace(made, sheet=table.page.name)]


# --- grids, lines over the form ----------------------------------------------------------------------------------


def _grid_row(table: Table, row: int, name: str, into: Found, claimed: set[Place]) -> None:
    section_id, _, row_id = name.rpartition("/")
    section = next((one for one in table.form.sections if one.id == section_id), None)
    if section is None:
        return
    mark = folded(_beside(table, row, "mark"))
    read: set[int] = set()
    for item in section.items:
        if item.row != row_id:
            continue
        column = table.columns.get(f"col:{item.column}", -1)
        if column < 0:
            continue
        at = (row, column)
        read.add(column)
        seen = see(item, table.page.cells.get(at))
        if seen.hint:
            table.tell(seen.hint, at, item=item_place(item), raw=cut(seen.answer.raw), note=cut(seen.note))
        before = table.page.cells.get((row, table.columns.get(mirror_name(item.column), -1)))
        same = before is not None and see(item, before).answer.value == seen.answer.value
        waits = same if mirror_name(item.column) in table.columns else mark == folded(TO_CHECK)
        confirmed = mark in {folded(CHECKED), *YES_WORDS} or not waits
        into.answers.setdefault(item.id, []).append(_filled(table, item, seen.answer, at, confirmed))
    claimed.update((row, column) for column in table.page.columns(row) if column in read)
    named = {column: name for name, column in table.columns.items()}
    for column in table.page.columns(row):
        title = named.get(column, "")
        if column == table.keys or title in {"question", "total", "mark", *_OWN} or title.startswith("was:"):
            claimed.add((row, column))


def _line(table: Table, row: int, key: RowKey, into: Found, claimed: set[Place]) -> None:
    """Read a line over the form, or its closing words: whatever stands in the row beside the label."""
    label = table.words.conclusion if key.kind == "conclusion" else ""
    parts = []
    for column in table.page.columns(row):
        claimed.add((row, column))
        print_ = mark_of(table.page.text(row, column))
        if column == table.keys or print_ == label or table.words.heads.get(print_) == key.name:
            continue
        if (row, column) not in table.page.formulas and shown(table.page.cells[row, column]) != CONCLUSION_KEY:
            parts.append(table.page.text(row, column))
    text = "; ".join(parts)
    if key.kind == "conclusion":
        into.conclusion = into.conclusion or text
    elif text or key.name not in into.head:
        into.head[key.name] = text


# --- what is odd -------------------------------------------------------------------------------------------------


def _merged(table: Table) -> None:
    """Name areas that join the answers of several questions: nobody knows to which of them the answer belongs."""
    columns = {c for name, c in table.columns.items() if name == "answer" or name.startswith("col:")}
    for top, left, bottom, right in table.page.merged:
        rows = [row for row in range(top, bottom + 1) if table.rows.get(row, RowKey("other")).kind in {"item", "row"}]
        grid = any(table.rows.get(row, RowKey("other")).kind == "row" for row in rows)
        wide = grid and right > left
        if (len(rows) > 1 or (wide and rows)) and any(left <= column <= right for column in columns):
            names = [table.form.item(table.rows[row].name) for row in rows]
            words = ", ".join(item_place(item) for item in names if item is not None)
            area = f"{place_name((top, left))}:{place_name((bottom, right))}"
            table.tell("FORM_GET_MERGED", (top, left), area=area, items=words or "несколько клеток таблицы")


def _strays(table: Table, claimed: set[Place]) -> None:
    """Name what stands where nothing is asked."""
    found: list[Place] = []
    named = {column: name for name, column in table.columns.items()}
    known = set(headings())
    for row in table.page.rows():
        columns = table.page.columns(row)
        prints = {mark_of(table.page.text(row, column)) for column in columns}
        if row >= table.end or prints & (table.words.scores | {mark_of("Уровень")}) or len(prints & known) > 2:
            continue
        for column in columns:
            here = (row, column)
            text = table.page.text(*here)
            if here in claimed or column == table.keys or here in table.page.formulas or not mark_of(text):
                continue
            if mark_of(text) in table.words.fixed or LINES.search(text) or text in table.columns:
                continue
            if named.get(column) in _OWN and not any(sign.isalpha() for sign in text):
                continue
            found.append(here)
    for here in found[:_MOST_STRAYS]:
        table.tell("FORM_GET_STRAY", here, text=cut(table.page.text(*here)))
    if len(found) > _MOST_STRAYS:
        table.tell("FORM_GET_STRAYS", found[_MOST_STRAYS], rest=len(found) - _MOST_STRAYS)


def settle(item: Item, copies: list[FilledAnswer]) -> FilledAnswer:
    """Return the one answer of an item that stands in the book several times; answers that differ are both kept.

    A copy that says nothing is passed over; copies that say different things make a wrong answer with both in it.
    """
    speaking = [one for one in copies if not one.empty]
    if not speaking:
        return copies[0]
    answers = [one for one in speaking if one.raw.strip() or one.not_applicable]
    if not answers:
        return replace(speaking[0], comment="; ".join(dict.fromkeys(one.comment for one in speaking if one.comment)))
    first = answers[0]
    comment = "; ".join(dict.fromkeys(one.comment for one in speaking if one.comment))
    said = {(one.value, one.not_applicable, one.raw if one.code else "") for one in answers}
    if len(said) == 1:
        return replace(first, comment=comment, confirmed=any(one.confirmed for one in answers))
    raws = [one.raw or _word(item, one) for one in answers]
    raw = " | ".join(dict.fromkeys(raws))
    cells = ", ".join(dict.fromkeys(one.cell for one in answers))
    return replace(
        first, raw=raw, value=None, code="ITEM_TWICE", not_applicable=False, confirmed=True,
        comment="; ".join(one for one in (comment, f"ответы в ячейках {cells}") if one),
    )  # fmt: skip


def _word(item: Item, answer: FilledAnswer) -> str:
    return given(item, answer.value or "", not_applicable=answer.not_applicable).raw or "не применимо"
