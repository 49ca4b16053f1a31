"""Cells of the programme's grids: typed, pasted or filled down, one operation however many they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.analysis.programme_numbers import numbers
from app.errors import UserError
from app.models import organisations, programmes
from app.models.programme_records import Coverage, Direction, NodeKind, Tree
from app.models.programmes import DRAFTS, school_rows
from app.models.store import Connection, Operation, Store
from app.operations import programme_edit as edit
from app.operations.programme_parts import put_direction_in
from app.operations.programmes import writable
from app.texts import count

DIRECTION_WORDS: dict[Direction, str] = {"up": "рост", "down": "снижение", "hold": "не ниже"}
COVERAGE_WORDS: dict[Coverage, str] = {
    "none": "", "listed": "школы списка", "all": "все школы", "chosen": "выбранные школы",
}  # fmt: skip
YES_WORDS = ("да", "+", "1", "есть", "x", "х")
_MANY = re.compile(r"\s*[;\n]\s*")
_NUMBERS = re.compile(r"[;,\s]+")
HALF_TYPED = "DRAFT"
"""Code of a draft that is being typed: it changes nothing until the cell is left."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that was typed or pasted.

    Attributes:
        row: the node's key; a number below nought makes a new row, the same number is the same row.
        column: see ``put_cells``.
        text: as typed.
    """

    row: int
    column: str
    text: str


def put_cells(
    store: Store, programme_id: int, cells: Sequence[Cell], *, kind: NodeKind = "activity",
    parent_id: int | None = None, label: str = "",
) -> dict[int, int]:  # fmt: skip
    """Write cells of a grid as one operation, one step back.

    Columns of every row: «text», «note». Of activities: «label», «term», «responsible», «results» (several divided by
    «;» or lines), «direction» (its name; a new one is made), «schools» (words of ``COVERAGE_WORDS`` or names),
    «reason», «conditions», «own», «free», «serves» (numbers of indicators), «money:YEAR:SOURCE» (of tasks too). Of
    indicators: «unit», «direction» (words of
    ``DIRECTION_WORDS``), «baseline», «baseline_year», «target:YEAR», «required:YEAR», «requirement», «source»,
    «method», «period», «responsible», «tolerance».

    Args:
        store: the open file.
        programme_id: of which programme.
        cells: what was typed.
        kind: of what the new rows are.
        parent_id: under what the new rows stand.
        label: for the journal; made of the number of cells where it is empty.

    Returns:
        number below nought → key of the row that was made.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``, ``PROGRAMME_FROZEN``, ``PROGRAMME_NO_NODE``, ``PROGRAMME_COLUMN``,
            ``PROGRAMME_NOT_UNDER``.
    """
    programme = writable(store.connection, programme_id)
    # an empty entry alone makes no row
    told = [cell for cell in cells if cell.row > 0 or cell.text.strip()]
    if not told:
        return {}
    name = label or f"Программа: {count(len(told), 'ячейка', 'ячейки', 'ячеек')}"
    single = f"programme.cell:{told[0].row}:{told[0].column}" if len(told) == 1 and told[0].row > 0 else None
    made: dict[int, int] = {}
    with store.operation(name, "programme.cells", merge=single) as operation:
        for cell in told:
            if cell.row < 0 and cell.row not in made:
                made[cell.row] = edit.add_in(operation, programme, kind, parent_id=parent_id)
            put_cell_in(operation, programme_id, made.get(cell.row, cell.row), cell.column, cell.text)
    return made


def put_cell_in(operation: Operation, programme_id: int, node_id: int, column: str, text: str) -> None:
    """Write one cell inside an operation. Errors: see ``put_cells``."""
    node = edit.node_of(operation.connection, node_id)
    if node.programme_id != programme_id:
        raise UserError("PROGRAMME_NO_NODE")
    name, *rest = column.split(":", 2)
    for kept in {name, column}:
        organisations.drop_draft(operation, DRAFTS, node_id, kept)
    if name in {"text", "note"}:
        operation.update("programme_node", node_id, **{name: text.strip() if name == "text" else text.strip() or None})
        return
    writer = _WRITERS.get(node.kind, {}).get(name)
    if writer is None:
        raise UserError("PROGRAMME_COLUMN", column=column)
    writer(operation, programme_id, node_id, [name, *rest], text)


Writer = Callable[[Operation, int, int, list[str], str], None]


def parts(text: str) -> list[str]:
    """Return the several things of one cell: divided by «;» or by lines."""
    return [part for part in _MANY.split(text.strip()) if part]


def _plain_activity(operation: Operation, _programme: int, node_id: int, column: list[str], text: str) -> None:
    edit.put_activity_in(operation, node_id, **{column[0]: text})


def _flag(operation: Operation, _programme: int, node_id: int, column: list[str], text: str) -> None:
    edit.put_activity_in(operation, node_id, **{column[0]: text.strip().casefold() in YES_WORDS})


def _term(operation: Operation, _programme: int, node_id: int, _column: list[str], text: str) -> None:
    edit.put_term_in(operation, node_id, text)


def _responsible(operation: Operation, _programme: int, node_id: int, _column: list[str], text: str) -> None:
    edit.put_responsible_in(operation, node_id, parts(text))


def _results(operation: Operation, _programme: int, node_id: int, _column: list[str], text: str) -> None:
    edit.put_results_in(operation, node_id, parts(text))


def _direction(operation: Operation, programme_id: int, node_id: int, _column: list[str], text: str) -> None:
    key = put_direction_in(operation, programme_id, None, text) if text.strip() else None
    edit.put_activity_in(operation, node_id, direction_id=key)


def _schools(operation: Operation, _programme: int, node_id: int, _column: list[str], text: str) -> None:
    """Understand a word of coverage or names of schools; with a name that no register knows the entry stays a draft."""
    told = text.strip().casefold()
    word: Coverage | None = next((key for key, shown in COVERAGE_WORDS.items() if shown == told), None)
    if word is not None:
        edit.put_schools_in(operation, node_id, word, list(school_rows(operation.connection, node_id)))
        return
    known = {
        name.casefold(): school.id
        for school in organisations.listing(operation.connection)
        for name in (school.name, school.shown)
    }
    strange = [part for part in parts(text) if part.casefold() not in known]
    if strange or not parts(text):
        _keep(operation, node_id, "schools", text, "PROGRAMME_NOT_SCHOOL")
    else:
        edit.put_schools_in(operation, node_id, "chosen", [known[part.casefold()] for part in parts(text)])


def _keep(operation: Operation, node_id: int, column: str, text: str, code: str) -> None:
    """Keep an entry that does not fit its column (decision 18)."""
    organisations.put_draft(operation, DRAFTS, node_id, column, text.strip(), code)


def indicator_numbers(connection: Connection, programme_id: int) -> dict[str, int]:
    """Return number → key of every indicator of a programme."""
    tree = programmes.tree(connection, programme_id)
    known = {} if tree is None else numbers(tree)
    return {} if tree is None else {known[node.id]: node.id for node in tree.of_kind("indicator")}


def put_serves_in(operation: Operation, node_id: int, text: str, known: Mapping[str, int]) -> None:
    """Tie an activity to the indicators of these numbers; with a number that none has the entry stays a draft."""
    organisations.drop_draft(operation, DRAFTS, node_id, "serves")
    told = [part.rstrip(".") for part in _NUMBERS.split(text.strip()) if part]
    if any(part not in known for part in told):
        _keep(operation, node_id, "serves", text, "PROGRAMME_NOT_INDICATOR")
    else:
        edit.put_links_in(operation, "serves", node_id, [known[part] for part in told])


def _serves(operation: Operation, programme_id: int, node_id: int, _column: list[str], text: str) -> None:
    put_serves_in(operation, node_id, text, indicator_numbers(operation.connection, programme_id))


def _money(operation: Operation, _programme: int, node_id: int, column: list[str], text: str) -> None:
    edit.put_money_in(operation, node_id, int(column[1]), column[2], text)


def _plain_indicator(operation: Operation, _programme: int, node_id: int, column: list[str], text: str) -> None:
    edit.put_indicator_in(operation, node_id, **{column[0]: text})


def _trend(operation: Operation, _programme: int, node_id: int, _column: list[str], text: str) -> None:
    """Understand a direction of change; a word that is none stays as a draft."""
    told = text.strip().casefold()
    key = next((key for key, word in DIRECTION_WORDS.items() if told in {word, key}), None)
    if told and key is None:
        _keep(operation, node_id, "direction", text, "PROGRAMME_NOT_TREND")
    else:
        edit.put_indicator_in(operation, node_id, direction=key)


def _baseline(operation: Operation, _programme: int, node_id: int, _column: list[str], text: str) -> None:
    edit.put_baseline_in(operation, node_id, text)


def _baseline_year(operation: Operation, _programme: int, node_id: int, _column: list[str], text: str) -> None:
    found = re.fullmatch(r"((?:19|20)\d\d)\s*(?:г(?:\.|од)?)?", text.strip())
    if text.strip() and found is None:
        _keep(operation, node_id, "baseline_year", text, "PROGRAMME_NOT_YEAR")
    else:
        edit.put_indicator_in(operation, node_id, baseline_year=int(found[1]) if found else None)


def _target(operation: Operation, _programme: int, node_id: int, column: list[str], text: str) -> None:
    edit.put_target_in(operation, node_id, int(column[1]), text, required=column[0] == "required")


_ACTIVITY: dict[str, Writer] = {
    "label": _plain_activity, "reason": _plain_activity, "conditions": _plain_activity, "own": _flag, "free": _flag,
    "term": _term, "responsible": _responsible, "results": _results, "direction": _direction, "schools": _schools,
    "serves": _serves, "money": _money,
}  # fmt: skip
_INDICATOR: dict[str, Writer] = {
    "unit": _plain_indicator, "requirement": _plain_indicator, "source": _plain_indicator, "method": _plain_indicator,
    "period": _plain_indicator, "responsible": _plain_indicator, "tolerance": _plain_indicator,
    "direction": _trend, "baseline": _baseline, "baseline_year": _baseline_year, "target": _target,
    "required": _target,
}  # fmt: skip
_WRITERS: dict[NodeKind, dict[str, Writer]] = {
    "activity": _ACTIVITY, "indicator": _INDICATOR, "task": {"money": _money},
}  # fmt: skip


def cell_text(tree: Tree, node_id: int, column: str, known: Mapping[int, str] | None = None) -> str:
    """Return the text of a cell as it was typed: what ``put_cells`` writes, this reads back (chosen schools: a word).

    Args:
        tree: the programme's ``Tree``.
        node_id: of an activity or an indicator.
        column: see ``put_cells``.
        known: numbers of the nodes where the caller has them; «serves» is told by them.
    """
    node = tree.nodes[node_id]
    name, *rest = column.split(":", 2)
    if tree.drafts:
        for kept in (column, name):
            if (node_id, kept) in tree.drafts:
                return str(tree.drafts[node_id, kept][0])
    if name in {"text", "note"}:
        return getattr(node, name) or ""
    if node.kind == "indicator":
        return _indicator_text(tree, node_id, name, rest)
    if name == "serves":
        found = numbers(tree) if known is None else known
        return "; ".join(found[key] for key in tree.linked("serves", node_id) if key in found)
    return _activity_text(tree, node_id, name, rest)


def _indicator_text(tree: Tree, node_id: int, name: str, rest: list[str]) -> str:
    row = tree.indicators.get(node_id)
    if name in {"target", "required"}:
        target = tree.targets.get(node_id, {}).get(int(rest[0]))
        return (target.required_raw if name == "required" else target.raw) or "" if target is not None else ""
    if row is None:
        return ""
    if name == "direction":
        return DIRECTION_WORDS[row.direction] if row.direction is not None else ""
    if name == "baseline":
        return row.baseline_raw or ""
    return str(getattr(row, name) or "")


def _activity_text(tree: Tree, node_id: int, name: str, rest: list[str]) -> str:
    row = tree.activities.get(node_id)
    if name == "money":
        wanted = int(rest[0]), rest[1]
        return next((m.raw for m in tree.money.get(node_id, ()) if (m.plan_year, m.source) == wanted), "")
    if name == "responsible":
        return "; ".join(item.text for item in tree.responsible.get(node_id, ()))
    if name == "results":
        return "; ".join(item.text for item in tree.results.get(node_id, ()))
    if row is None:
        return ""
    if name == "term":
        return row.term_text or ""
    if name == "direction":
        return next((item.title for item in tree.directions if item.id == row.direction_id), "")
    if name == "schools":
        return COVERAGE_WORDS[row.coverage]
    if name in {"own", "free"}:
        return "да" if getattr(row, name) else ""
    return str(getattr(row, name) or "")
