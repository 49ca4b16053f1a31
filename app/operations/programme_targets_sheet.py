"""Показатели and индикаторы of a programme as a grid (004, table 2): by task, a target a year, what is required."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from app.analysis.programme_numbers import numbers
from app.analysis.programme_values import number_text
from app.models.programme_records import Indicator, Node, Tree
from app.models.store import Connection
from app.operations.programme_cells import DIRECTION_WORDS
from app.operations.programme_sheet_data import Sheet, SheetCell, SheetColumn, SheetRow, shown_number, told, typed
from app.operations.programme_sheets import NewLine
from app.operations.programmes import tree as tree_of

NEW_MEASURE, NEW_INDICATOR = "новый показатель", "новый индикатор"
_TAIL = ("requirement", "source", "method", "period", "responsible")


def columns(tree: Tree, *, required: bool) -> tuple[SheetColumn, ...]:
    """Return the columns; years of the requirement stand behind those of the targets where they are wanted."""
    years = tree.programme.years
    units = sorted({row.unit for row in tree.indicators.values() if row.unit}, key=str.casefold)
    asked = [
        SheetColumn(f"required:{year}", f"Требуется {year}", 84, numbers=True) for year in years
    ] if required else []  # fmt: skip
    document = [SheetColumn("requirement", "Документ требования", 150, long=True)] if required else []
    return (
        SheetColumn("number", "№", 56),
        SheetColumn("text", "Показатель, индикатор", 300, long=True, wider=True),
        SheetColumn("unit", "Единица", 76, words=tuple(units)),
        SheetColumn("direction", "Направление", 92, words=tuple(DIRECTION_WORDS.values())),
        SheetColumn("baseline", "Исходное значение", 84, numbers=True),
        SheetColumn("baseline_year", "Год", 52, numbers=True),
        *(SheetColumn(f"target:{year}", f"Цель {year}", 84, numbers=True) for year in years),
        *asked,
        *document,
        SheetColumn("source", "Источник данных", 150, long=True),
        SheetColumn("method", "Методика", 150, long=True),
        SheetColumn("period", "Период", 100, long=True),
        SheetColumn("responsible", "Ответственный", 140, long=True),
    )


def read(connection: Connection, programme_id: int, *, required: bool = True) -> Sheet:
    """Return table 2 as a grid.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``.
    """
    tree = tree_of(connection, programme_id)
    known = numbers(tree)
    shown = columns(tree, required=required)
    keys = [column.key for column in shown]
    rows = tuple(_rows(tree, keys, known))
    lines = [row for row in rows if row.kind == "part"]
    facts = {
        "lines": len(lines),
        "measures": sum(row.kind == "line" for row in rows),
        "wrong": sum(cell.mark == "bad" for row in lines for cell in row.cells),
        "against": sum(cell.mark == "warn" and not cell.draft for row in lines for cell in row.cells),
    }
    return Sheet(tree.programme, tree, known, shown, rows, facts)


def _rows(tree: Tree, keys: Sequence[str], known: Mapping[int, str]) -> Iterator[SheetRow]:
    goals = [goal for goal in tree.of_kind("goal") if tree.under(goal.id, "measure")]
    for goal in goals:
        title = f"Цель. {goal.text}".rstrip(". ")
        yield from _group(tree, keys, known, title, goal.id, tree.under(goal.id, "measure"))
    for task in tree.of_kind("task"):
        title = f"Задача {known[task.id]}. {task.text}".rstrip(". ")
        yield from _group(tree, keys, known, title, task.id, tree.under(task.id, "measure"))
    placed = {node.id for over in (*goals, *tree.of_kind("task")) for node in tree.under(over.id, "measure")}
    loose = [node for node in tree.of_kind("measure") if node.id not in placed]
    orphans = tree.under(None, "indicator")
    if loose or orphans or not tree.of_kind("task"):
        yield from _group(tree, keys, known, "Без задачи", None, loose)
    if orphans:
        yield from _indicators(tree, keys, known, None, orphans, ("group", None))


def _group(
    tree: Tree, keys: Sequence[str], known: Mapping[int, str], title: str, over: int | None, measures: Sequence[Node]
) -> Iterator[SheetRow]:
    group = ("group", over)
    head = (SheetCell(title, locked=True), *(SheetCell(locked=True) for _key in keys[1:]))
    lane, new = ("measures", over), NewLine("measure", over)
    yield SheetRow("group", group, "", title, head, lane=lane, new=new, group=group)
    for node in measures:
        cells = (SheetCell(known[node.id], locked=True, quiet=True), typed(tree, node, "text"),
                 *(SheetCell(locked=True) for _key in keys[2:]))  # fmt: skip
        yield SheetRow("line", node.id, known[node.id], node.text, cells, node.id, lane, new, group=group)
        yield from _indicators(tree, keys, known, node.id, tree.under(node.id, "indicator"), group)
    yield _free(keys, lane, new, NEW_MEASURE, 0, group)


def _indicators(
    tree: Tree, keys: Sequence[str], known: Mapping[int, str], measure: int | None, nodes: Sequence[Node],
    group: object,
) -> Iterator[SheetRow]:  # fmt: skip
    lane, new = ("indicators", measure), NewLine("indicator", measure)
    for node in nodes:
        cells = tuple(_cells(tree, node, keys, known))
        yield SheetRow("part", node.id, known[node.id], node.text, cells, node.id, lane, new, 1, group=group)
    yield _free(keys, lane, new, NEW_INDICATOR, 1, group)


def _free(keys: Sequence[str], lane: object, new: NewLine, words: str, depth: int, group: object) -> SheetRow:
    locked = new.kind == "measure"
    cells = (SheetCell(locked=True), SheetCell(shown=words, quiet=True),
             *(SheetCell(locked=locked) for _key in keys[2:]))  # fmt: skip
    return SheetRow("free", ("free", lane), "", words, cells, None, lane, new, depth, group=group)


# --- cells of an indicator ---------------------------------------------------------------------------------------


def _cells(tree: Tree, node: Node, keys: Sequence[str], known: Mapping[int, str]) -> Iterator[SheetCell]:
    faults = target_faults(tree, node.id)
    record = tree.indicators.get(node.id)
    for key in keys:
        if key == "number":
            yield SheetCell(known[node.id], locked=True, quiet=True)
            continue
        name, _colon, year = key.partition(":")
        cell = typed(tree, node, key)
        if cell.draft:
            yield cell
        elif name == "baseline":
            yield _number(cell, record.baseline if record else None, record.baseline_code if record else None)
        elif name in {"target", "required"}:
            yield _yearly(tree, node.id, int(year), cell, required=name == "required", fault=faults.get(int(year), ""))
        else:
            yield cell


def _yearly(tree: Tree, node_id: int, year: int, cell: SheetCell, *, required: bool, fault: str) -> SheetCell:
    row = tree.targets.get(node_id, {}).get(year)
    if row is None:
        return cell
    if required:
        return _number(cell, row.required, row.required_code)
    found = _number(cell, row.value, row.code)
    if fault and not found.mark:
        return SheetCell(cell.text, found.shown, trouble=fault, mark="warn")
    return found


def _number(cell: SheetCell, value: str | None, code: str | None) -> SheetCell:
    if code is not None:
        return SheetCell(cell.text, trouble=told(code, raw=cell.text), mark="bad", draft=True)
    return SheetCell(cell.text, shown_number(value, cell.text))


def target_faults(tree: Tree, node_id: int) -> dict[int, str]:
    """Return year → what is wrong with its target: against the direction of the indicator, weaker than required."""
    record = tree.indicators.get(node_id)
    if record is None or record.direction is None:
        return {}
    found: dict[int, list[str]] = {}
    targets = tree.targets.get(node_id, {})
    steps = [(0, _exact(record.baseline)), *((year, _exact(targets[year].value)) for year in sorted(targets))]
    known = [(year, value) for year, value in steps if value is not None]
    leeway = abs(_exact((record.tolerance or "").replace(",", ".")) or Decimal(0))
    for (before, was), (year, now) in pairwise(known):
        if _against(record, was, now, leeway):
            start = "исходное значение" if not before else f"цель {before} года"
            found.setdefault(year, []).append(
                f"Против направления «{DIRECTION_WORDS[record.direction]}»: {start} {number_text(f'{was:f}')}, "
                f"а здесь {number_text(f'{now:f}')}."
            )
    for year, row in targets.items():
        own, asked = _exact(row.value), _exact(row.required)
        if own is not None and asked is not None and _weaker(record, own, asked):
            found.setdefault(year, []).append(f"Слабее требования: нужно {number_text(f'{asked:f}')}.")
    return {year: " ".join(words) for year, words in found.items()}


def _against(record: Indicator, was: Decimal, now: Decimal, leeway: Decimal) -> bool:
    """Tell whether a step goes the wrong way; «не ниже» must not fall."""
    return now > was if record.direction == "down" else now < was - (leeway if record.direction == "hold" else 0)


def _weaker(record: Indicator, own: Decimal, asked: Decimal) -> bool:
    return own > asked if record.direction == "down" else own < asked


def _exact(value: str | None) -> Decimal | None:
    try:
        found = Decimal(value) if value else None
    except InvalidOperation:
        return None
    return found if found is not None and found.is_finite() else None
