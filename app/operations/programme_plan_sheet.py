"""The plan of a programme as a grid (004, table 4): groups by tasks or by directions, an activity a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from app.analysis.programme_money import money_of
from app.analysis.programme_numbers import PlanGroup, PlanLine, numbers, plan_groups
from app.analysis.programme_values import money_text
from app.models import organisations
from app.models.programme_records import Node, Programme, Tree
from app.models.store import Connection
from app.operations.programme_cells import COVERAGE_WORDS
from app.operations.programme_sheet_data import Sheet, SheetCell, SheetColumn, SheetRow, period, told, typed
from app.operations.programme_sheets import NewLine
from app.operations.programmes import tree as tree_of
from app.texts import count, ru_date

NO_GROUP = {"tasks": "Без задачи", "directions": "Без направления"}
FREE = "новое мероприятие"
_PLAIN = ("text", "term", "responsible", "results", "direction", "schools", "serves", "reason", "conditions", "own")
MOST_SPANS = 2


def columns(tree: Tree) -> tuple[SheetColumn, ...]:
    """Return the columns of the plan; words to choose from are those that stand in it already."""
    who = sorted({row.text for rows in tree.responsible.values() for row in rows}, key=str.casefold)
    return (
        SheetColumn("label", "№", 56),
        SheetColumn("text", "Мероприятие", 300, long=True, wider=True),
        SheetColumn("term", "Срок", 216, long=True),
        SheetColumn("responsible", "Ответственные", 160, long=True, words=tuple(who)),
        SheetColumn("results", "Результаты", 210, long=True),
        SheetColumn("direction", "Направление", 140, long=True, words=tuple(item.title for item in tree.directions)),
        SheetColumn("schools", "Школы", 120, long=True, words=tuple(word for word in COVERAGE_WORDS.values() if word)),
        SheetColumn("serves", "Индикаторы", 96, long=True),
        SheetColumn("reason", "Основание", 150, long=True),
        SheetColumn("conditions", "Условия", 150, long=True),
        SheetColumn("own", "Проводит служба", 84, words=("да",)),
        SheetColumn("money", "Деньги", 118, unit="руб.", numbers=True),
    )


def read(connection: Connection, programme_id: int) -> Sheet:
    """Return the plan as a grid.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``.
    """
    tree = tree_of(connection, programme_id)
    names = {school.id: school.shown for school in organisations.listing(connection)} if tree.schools else {}
    known = numbers(tree)
    groups = list(plan_groups(tree))
    if not groups:
        groups.append(PlanGroup("rest", None, "", "", ()))
    rows = tuple(row for group in groups for row in _group(tree, group, known, names))
    lines = [row for row in rows if row.kind == "line"]
    facts = {
        "lines": len(lines),
        "undated": sum(not row.cells[2].text for row in lines),
        "wrong": sum(cell.mark == "bad" for row in lines for cell in row.cells),
        "groups": sum(group.kind != "rest" for group in groups),
    }
    return Sheet(tree.programme, tree, known, columns(tree), rows, facts)


def _group(
    tree: Tree, group: PlanGroup, known: Mapping[int, str], names: Mapping[int, str]
) -> Iterator[SheetRow]:  # fmt: skip
    key = (group.kind, group.key)
    width = len(columns_keys())
    new = NewLine(
        "activity", group.key if group.kind == "task" else None, group.title if group.kind == "direction" else ""
    )
    title = group_title(tree.programme, group)
    head = (SheetCell(title, locked=True), *(SheetCell(locked=True) for _place in range(width - 1)))
    yield SheetRow("group", ("group", *key), group.number, title, head, lane=key, new=new, group=key)
    for line in group.lines:
        cells = tuple(_cells(tree, line, known, names))
        yield SheetRow(
            "line", line.node.id, line.number, line.node.text, cells, line.node.id, key, new, line.depth, group=key
        )
    free = (SheetCell(), SheetCell(shown=FREE, quiet=True), *(SheetCell() for _place in range(width - 3)),
            SheetCell(locked=True))  # fmt: skip
    yield SheetRow("free", ("free", *key), "", FREE, free, None, key, new, group=key)


def columns_keys() -> tuple[str, ...]:
    """Return the keys of the columns in their order."""
    return ("label", *_PLAIN, "money")


def group_title(programme: Programme, group: PlanGroup) -> str:
    """Return the heading of a group: «Задача 1. …», «Направление 2. …»."""
    if group.kind == "rest":
        return NO_GROUP[programme.building]
    word = "Задача" if group.kind == "task" else "Направление"
    return f"{word} {group.number}. {group.title}".rstrip(". ")


def _cells(tree: Tree, line: PlanLine, known: Mapping[int, str], names: Mapping[int, str]) -> Iterator[SheetCell]:
    node = line.node
    own = typed(tree, node, "label")
    yield own if own.text else SheetCell(shown=line.number, quiet=True)
    for column in _PLAIN:
        if column == "term":
            yield _term(tree, node)
        elif column == "schools":
            yield _schools(tree, node, names)
        else:
            yield typed(tree, node, column, known)
    yield _money(tree, node)


def _term(tree: Tree, node: Node) -> SheetCell:
    found = typed(tree, node, "term")
    activity = tree.activities.get(node.id)
    if found.draft or activity is None:
        return found
    spans = tree.terms.get(node.id, ())
    dates = [ru_date(row.date_from) if row.date_from == row.date_to else f"{ru_date(row.date_from)}–"
             f"{ru_date(row.date_to)}" for row in spans]  # fmt: skip
    more = f" и ещё {len(dates) - MOST_SPANS}" if len(dates) > MOST_SPANS else ""
    second = ", ".join(dates[:MOST_SPANS]) + more
    if second and second == found.text.replace(" ", ""):
        second = ""
    by_hand = any(row.typed for row in spans)
    code = activity.term_code if not by_hand else None
    if not found.text and not spans:
        code = "TERM_EMPTY" if node.text and not tree.under(node.id, "activity") else None
    if code is None:
        return SheetCell(found.text, second=second)
    words = told(code, term=found.text, period=period(tree.programme))
    short = "срок не указан" if code == "TERM_EMPTY" else second or "даты не поняты"
    return SheetCell(found.text, second=short, trouble=words, mark="warn")


def _schools(tree: Tree, node: Node, names: Mapping[int, str]) -> SheetCell:
    found = typed(tree, node, "schools")
    activity = tree.activities.get(node.id)
    if found.draft or activity is None or activity.coverage != "chosen":
        return found
    chosen = [names[key] for key in tree.schools.get(node.id, ()) if key in names]
    if not chosen:
        return SheetCell(found.text, trouble="Не выбрано ни одной школы.", mark="warn")
    return SheetCell("; ".join(chosen), second="" if len(chosen) < 2 else count(len(chosen), "школа", "школы", "школ"))


def _money(tree: Tree, node: Node) -> SheetCell:
    found = money_of(tree, [node.id]).amount()
    activity = tree.activities.get(node.id)
    shown = money_text(found.kopecks)
    if not shown and activity is not None and activity.free:
        shown = "не нужны"
    if found.unread:
        words = "Не вошло: " + ", ".join(f"«{raw}»" for raw in found.unread) + "."
        return SheetCell(shown, locked=True, quiet=True, trouble=words, mark="warn")
    return SheetCell(shown, locked=True, quiet=True)
