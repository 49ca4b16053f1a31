"""Commands about programmes: which there are, what is in one, what the checks say.

Files with further subcommands of ``opora programme`` have ``add_actions``; they stand in ``_ROOMS``.
"""

from __future__ import annotations

import argparse
from typing import Any

from app.cli import programme_export, programme_import, programme_library, programme_life
from app.cli.keys import add, common, whole
from app.cli.output import line, print_json, table
from app.errors import UserError
from app.models.store import Connection
from app.operations import files, programme_checks, programmes
from app.operations.programme_checks import LEVEL_WORDS, RULES, Checked, Finding
from app.operations.programmes import ProgrammeLine

DONE, ERRORS, WARNINGS = 0, 1, 3
_ROOMS = (programme_export, programme_import, programme_life, programme_library)
_key = whole(1, 2**63 - 1)


def add_commands(commands: Any) -> None:
    """Add ``opora programme`` with its subcommands."""
    group = add(commands, "programme", "муниципальная программа и программы школ", None)
    actions = group.add_subparsers(dest="action", required=True, metavar="ДЕЙСТВИЕ", title="Действия")
    common(add(actions, "list", "показать программы файла", _list))
    show = add(actions, "show", "показать, что есть в программе", _show)
    common(show)
    _which(show)
    check = add(actions, "check", "проверить программу", _check)
    common(check)
    _which(check)
    check.add_argument("--level", choices=programme_checks.LEVELS, help="показать только ошибки (error), "
                       "предупреждения (warning) или подсказки (hint); код возврата от этого не зависит")  # fmt: skip
    for room in _ROOMS:
        room.add_actions(actions)


def _which(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--programme", type=_key, metavar="КОД", help="какая; без него муниципальная, новейшая")


def _chosen(connection: Connection, key: int | None) -> ProgrammeLine:
    wanted = key or programmes.current(connection)
    if wanted is None:
        raise UserError("PROGRAMME_NONE")
    found = next((item for item in programmes.listing(connection) if item.programme.id == wanted), None)
    if found is None:
        raise UserError("PROGRAMME_UNKNOWN", key=wanted)
    return found


def as_json(item: ProgrammeLine) -> dict[str, Any]:
    """Return one programme as the commands print it."""
    head = item.programme
    return {
        "id": head.id, "kind": head.kind, "title": head.title, "school": item.school or None, "document": head.document,
        "year_from": head.year_from, "year_to": head.year_to, "edition": head.edition, "state": item.state,
        "tasks": item.tasks, "activities": item.activities, "indicators": item.indicators,
    }  # fmt: skip


def _list(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        found = programmes.listing(connection)
    if chosen.json:
        print_json({"programmes": [as_json(item) for item in found]})
        return DONE
    rows = [
        [str(item.programme.id), item.programme.title, item.school,
         f"{item.programme.year_from}–{item.programme.year_to}",
         str(item.programme.edition), item.state_word]
        for item in found
    ]  # fmt: skip
    table(["Код", "Программа", "Школа", "Годы", "Редакция", "Состояние"], rows)
    return DONE


def _show(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        item = _chosen(connection, chosen.programme)
        tree = programmes.tree(connection, item.programme.id)
    named = programme_checks.outline(tree)
    if chosen.json:
        nodes = [
            {"id": row.node.id, "parent_id": row.node.parent_id, "kind": row.node.kind, "number": row.number or None,
             "text": row.node.text}
            for row in named
        ]  # fmt: skip
        print_json({"programme": as_json(item) | {"nodes": nodes}})
        return DONE
    line(f"{item.programme.title}, {item.programme.year_from}–{item.programme.year_to}, {item.state_word}")
    for row in named:
        line(f"{'  ' * row.depth}{row.name}. {row.node.text}")
    return DONE


def finding_json(item: Finding) -> dict[str, Any]:
    """Return one finding as the command prints it."""
    rule = RULES[item.rule]
    return {
        "rule": item.rule, "level": rule.level, "group": rule.group, "title": rule.title, "where": item.where,
        "reason": item.reason, "cure": rule.cure, "example": rule.example or None, "source": rule.source,
        "node_id": item.node_id, "section": item.section, "field": item.field or None,
    }  # fmt: skip


def _code(checked: Checked) -> int:
    return {"error": ERRORS, "warning": WARNINGS}.get(checked.worst or "", DONE)


def _check(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        item = _chosen(connection, chosen.programme)
        checked = programme_checks.findings(connection, item.programme.id)
    shown = [found for found in checked.findings if chosen.level in {None, RULES[found.rule].level}]
    share = checked.completeness
    if chosen.json:
        print_json({
            "programme": as_json(item),
            "findings": [finding_json(found) for found in shown],
            "silenced": [finding_json(off.finding) | {"why": off.silence.reason or None} for off in checked.silenced],
            "counts": {level: checked.count(level) for level in programme_checks.LEVELS},
            "filled": {"filled": share.filled, "total": share.total, "percent": share.percent},
        })  # fmt: skip
        return _code(checked)
    rows = [[LEVEL_WORDS[RULES[found.rule].level], found.where, found.reason] for found in shown]
    table(["Важность", "Где", "Что не так"], rows)
    line(programme_checks.sentence(checked))
    return _code(checked)
