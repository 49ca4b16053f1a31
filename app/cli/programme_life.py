"""``opora programme approve|cancel|edition|copy|changes``: the life of a programme without the window."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.analysis.programme_changes import KIND_WORDS, ProgrammeChange
from app.cli.form_papers import deliver
from app.cli.keys import add, common, whole
from app.cli.output import line, print_json, table
from app.errors import UserError
from app.models.programme_records import Programme
from app.models.store import Connection
from app.operations import files, papers, programme_change_papers, programme_life, programme_stage, programmes
from app.operations.schools import iso_date
from app.texts import count

_key = whole(1, 2**63 - 1)
_year = whole(2000, 2100)


def add_actions(actions: Any) -> None:
    """Add the subcommands of this file to ``opora programme``."""
    approve = _action(actions, "approve", "утвердить редакцию: она больше не меняется", _approve)
    approve.add_argument("--act", required=True, metavar="ВИД", help="вид документа: постановление администрации")
    approve.add_argument("--number", required=True, metavar="НОМЕР", help="номер документа")
    approve.add_argument("--date", required=True, metavar="ДАТА", help="дата документа: 28.11.2026")
    cancel = _action(actions, "cancel", "отменить утверждение", _cancel)
    cancel.add_argument("--reason", required=True, metavar="ПРИЧИНА", help="почему отменяется")
    _action(actions, "edition", "начать новую редакцию утверждённой программы", _edition)
    copied = _action(actions, "copy", "скопировать программу на новый период", _copy)
    copied.add_argument("--title", required=True, metavar="НАЗВАНИЕ", help="наименование новой программы")
    copied.add_argument("--years", required=True, nargs=2, type=_year, metavar="ГОД", help="первый и последний год")
    changes = _action(actions, "changes", "что редакция говорит иначе, чем прежняя", _changes)
    changes.add_argument("--from", dest="old", type=_key, metavar="КОД", help="прежняя; без него предыдущая редакция")
    changes.add_argument(
        "--out", type=Path, metavar="ФАЙЛ", help="записать «Перечень изменений»: .docx, .pdf или .xlsx"
    )
    changes.add_argument("--register", action="store_true", help="записать в журнал исходящих")


def _action(actions: Any, name: str, text: str, run: Any) -> argparse.ArgumentParser:
    made = add(actions, name, text, run)
    common(made, write=True)
    made.add_argument("--programme", type=_key, metavar="КОД", help="какая; без него муниципальная, новейшая")
    return made


def _chosen(connection: Connection, key: int | None) -> int:
    found = key or programmes.current(connection)
    if found is None:
        raise UserError("PROGRAMME_NONE")
    return found


def as_json(head: Programme, **more: Any) -> dict[str, Any]:
    """Return an edition as these commands print it."""
    return {
        "id": head.id, "title": head.title, "edition": head.edition, "year_from": head.year_from,
        "year_to": head.year_to, "state": programmes.state_of(head), "approved_on": head.approved_on,
        "act_kind": head.act_kind, "act_number": head.act_number, "act_date": head.act_date,
        "cancel_reason": head.cancel_reason, **more,
    }  # fmt: skip


def _told(chosen: argparse.Namespace, connection: Connection, key: int, text: str) -> int:
    item = programme_stage.edition(connection, key)
    if chosen.json:
        print_json({"programme": as_json(item.programme, snapshot=item.digest or None)})
    else:
        line(text)
    return 0


def _approve(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        key = _chosen(store.connection, chosen.programme)
        day = iso_date(chosen.date)
        programme_life.approve(store, key, act_kind=chosen.act, act_number=chosen.number, act_date=day)
        item = programme_stage.edition(store.connection, key)
        return _told(chosen, store.connection, key, f"Утверждена: {programme_change_papers.edition_words(item)}. "
                     f"Снимок {item.digest}.")  # fmt: skip


def _cancel(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        key = _chosen(store.connection, chosen.programme)
        programme_life.cancel_approval(store, key, chosen.reason)
        return _told(chosen, store.connection, key, "Утверждение отменено, редакцию снова можно править.")


def _edition(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        key = programme_life.new_edition(store, _chosen(store.connection, chosen.programme))
        return _told(chosen, store.connection, key, f"Начата новая редакция, код {key}.")


def _copy(chosen: argparse.Namespace) -> int:
    first, last = chosen.years
    with files.for_work(chosen.db, chosen.actor) as store:
        key = programme_life.copy(store, _chosen(store.connection, chosen.programme), chosen.title, first, last)
        return _told(chosen, store.connection, key, f"Начата программа на {first}–{last} годы, код {key}.")


def _changes(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        new = _chosen(connection, chosen.programme)
        old = chosen.old or programmes.head(connection, new).previous_id
        if old is None:
            raise UserError("PROGRAMME_NO_EARLIER", title=programmes.head(connection, new).title)
        found = programme_life.compared(connection, old, new)
        paper = programme_change_papers.changes(connection, old, new) if chosen.out else None
    if paper is not None:
        return deliver(chosen, paper, papers.render(paper, chosen.out.suffix))
    if chosen.json:
        print_json({"from": old, "to": new, "changes": [change_json(item) for item in found]})
        return 0
    table(["Что стало", "Где", "Что", "Было", "Стало"],
          [[KIND_WORDS[item.kind], item.place, item.what, item.before, item.after] for item in found])  # fmt: skip
    line(count(len(found), "изменение", "изменения", "изменений"))
    return 0


def change_json(item: ProgrammeChange) -> dict[str, Any]:
    """Return a change as the command prints it."""
    return {
        "kind": item.kind, "place": item.place, "what": item.what or None, "before": item.before or None,
        "after": item.after or None, "node_id": item.node_id,
    }  # fmt: skip
