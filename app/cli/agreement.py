"""Commands about the agreement of a list: its parties, meetings, protocol, road map."""

from __future__ import annotations

import argparse
from typing import Any

from app.cli.keys import add, common, number, rule_and_year, whole
from app.cli.output import line, print_json, table
from app.errors import UserError
from app.models.store import Connection
from app.operations import agreement, directory, files
from app.operations import agreement_grids as grids
from app.operations import agreement_state as state
from app.operations.agreement import Agreement
from app.texts import count

PARTS = {"party": "сторону согласования", "meeting": "совещание", "member": "участника", "road_map": "мероприятие"}
COMMANDS = {"party": "party", "meeting": "meeting", "member": "member", "road_map": "roadmap"}
MARKS = {"done": "●", "waiting": "▲", "open": "○"}
row_key = whole(1, 2**63 - 1)
"""Reader of a row: its place from 1, or its key (random, up to 63 bits)."""
ANSWER = ("answered_on", "answer", "remark", "reply")


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    parser = add(commands, "agreement", "согласование списка: стороны, протокол, дорожная карта", None)
    actions = parser.add_subparsers(dest="action", required=True, metavar="ДЕЙСТВИЕ", title="Действия")
    show = add(actions, "show", "показать, что сделано и чего не хватает", _show)
    common(show)
    rule_and_year(show)
    for part, word in PARTS.items():
        _part(actions, part, word)
    _protocol(actions)


def _part(actions: Any, part: str, word: str) -> None:
    group = add(actions, COMMANDS[part], f"записать {word}", None)
    steps = group.add_subparsers(dest="step", required=True, metavar="ДЕЙСТВИЕ", title="Действия")
    adding = _action(steps, "add", f"добавить {word}", _add, part)
    _columns(adding, part)
    editing = _action(steps, "set", "изменить строку; пустой текст очищает ячейку", _set, part)
    editing.add_argument("row", type=row_key, metavar="НОМЕР", help="номер строки по порядку, как в agreement show")
    _columns(editing, part)
    if part == "party":
        answer = _action(steps, "answer", "записать ответ стороны", _set, part)
        answer.add_argument("row", type=row_key, metavar="НОМЕР", help="номер строки по порядку, как в agreement show")
        _columns(answer, part, ANSWER)
        _action(steps, "usual", "взять обычные стороны", _take_usual, part)
    if part in {"party", "road_map"}:
        _action(steps, "take", "взять прошлогоднее", _take_last, part)
    removing = _action(steps, "remove", "убрать строку", _remove, part)
    removing.add_argument("row", type=row_key, metavar="НОМЕР", help="номер строки по порядку, как в agreement show")
    if part != "meeting":
        moving = _action(steps, "move", "переставить строку", _move, part)
        moving.add_argument("row", type=row_key, metavar="НОМЕР", help="номер строки по порядку, как в agreement show")
        moving.add_argument("--to", type=number, required=True, metavar="МЕСТО", help="новое место, с 1")


def _action(steps: Any, name: str, text: str, run: Any, part: str) -> argparse.ArgumentParser:
    action = add(steps, name, text, run)
    action.set_defaults(part=part)
    common(action, write=True)
    rule_and_year(action)
    return action


def _columns(parser: argparse.ArgumentParser, part: str, only: tuple[str, ...] = ()) -> None:
    for item in grids.FORM if part == "protocol" else grids.GRIDS[part]:
        if not only or item.key in only:
            known = f": {', '.join(item.words.values())}" if item.words else ""
            name = "school" if item.key == "organisation_id" else item.key.replace("_", "-")
            parser.add_argument(f"--{name}", dest=f"cell_{item.key}", metavar="ТЕКСТ", help=item.title.lower() + known)


def _protocol(actions: Any) -> None:
    group = add(actions, "protocol", "записать протокол", None)
    steps = group.add_subparsers(dest="step", required=True, metavar="ДЕЙСТВИЕ", title="Действия")
    setting = _action(steps, "set", "записать строки протокола", _set_protocol, "protocol")
    setting.add_argument("--body", metavar="ГРУППА", help="чьё заседание; её состав войдёт в протокол")
    _columns(setting, "protocol")


# --- showing -----------------------------------------------------------------------------------------------------


def _show(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        found = agreement.of_list(connection, chosen.rule, chosen.year)
    if chosen.json:
        print_json(agreement_json(found))
        return 0
    for step in found.steps:
        line(f"{MARKS[step.state]} {step.title}: {step.words} ({state.STATE_WORDS[step.state]})")
    for part, titles in grids.GRIDS.items():
        rows = grids.lines(found.stored, part)
        if rows:
            line()
            line(f"{grids.PART_WORDS[part].capitalize()}:")
            table(["№", *(item.title for item in titles)], ([n, *row.texts] for n, row in enumerate(rows, start=1)))
    votes = state.votes(found.protocol)
    if found.protocol is not None:
        line()
        for item in grids.FORM:
            line(f"{item.title}: {grids.form(found.stored)[item.key][0] or '—'}")
        line(f"Голоса: {state.votes_text(votes) if votes else '—'}")
    for text in (*found.warnings, *found.missing):
        line(f"▲ {text}")
    return 0


def agreement_json(found: Agreement) -> dict[str, Any]:
    """Return the agreement as the command prints it: rows with their keys, what is unknown is null."""
    votes = state.votes(found.protocol)
    drafts = [
        {"table": where[0], "row": where[1], "column": column, "raw": raw, "code": code}
        for where, columns in found.stored.drafts.items()
        for column, (raw, code) in columns.items()
    ]

    def rows(items: Any) -> list[dict[str, Any]]:
        return [{name: getattr(item, name) for name in item.__slots__} for item in items]

    protocol = found.protocol
    return {
        "rule": found.rule_id, "year": found.year, "approved": found.approval is not None,
        "steps": [{"step": s.key, "state": s.state, "words": s.words} for s in found.steps],
        "parties": rows(found.parties), "meetings": rows(found.stored.meetings), "road_map": rows(found.road_map),
        "protocol": None if protocol is None else rows([protocol])[0] | {"members": rows(protocol.members)},
        "votes": None if votes is None else {"for": votes.votes_for, "against": votes.against,
                                             "abstained": votes.abstained},
        "missing": list(found.missing), "warnings": list(found.warnings), "drafts": drafts,
    }  # fmt: skip


# --- changing ----------------------------------------------------------------------------------------------------


def _typed(chosen: argparse.Namespace) -> dict[str, str]:
    return {
        name.removeprefix("cell_"): value
        for name, value in vars(chosen).items()
        if name.startswith("cell_") and value is not None
    }


def _tell(chosen: argparse.Namespace, words: str, row: int | None = None) -> int:
    """Say what was done; 3 where an entry of that row does not fit and waits for a person.

    What waits elsewhere is told, but it is no matter of this command.
    """
    with files.for_reading(chosen.db) as connection:
        found = agreement.of_list(connection, chosen.rule, chosen.year)
    about = found.protocol.id if chosen.part == "protocol" and found.protocol is not None else row
    if chosen.json:
        print_json(agreement_json(found) | {"row": row})
    else:
        line(words)
        for text in found.warnings:
            line(f"▲ {text}")
        for part in grids.GRIDS:
            for item in grids.lines(found.stored, part):
                for trouble in item.troubles.values():
                    line(f"■ {trouble}" if item.key == about else f"▲ В другой строке: {trouble}")
        for _text, trouble in grids.form(found.stored).values() if found.protocol is not None else ():
            if trouble:
                line(f"■ {trouble}" if chosen.part == "protocol" else f"▲ В протоколе: {trouble}")
    return 3 if any(key == about for _table, key in found.stored.drafts) else 0


def _row(connection: Connection, chosen: argparse.Namespace) -> int:
    """Return the key of the row that a place or a key means.

    Raises:
        UserError: ``DATA_AGR_NO_ROW``.
    """
    kept = agreement.of_list(connection, chosen.rule, chosen.year).stored
    keys = [item.key for item in grids.lines(kept, chosen.part)]
    row: int = chosen.row
    if row in keys:
        return row
    if row > len(keys):
        raise UserError("DATA_AGR_NO_ROW", number=row)
    return keys[row - 1]


def _add(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        key = agreement.add_row(store, chosen.rule, chosen.year, chosen.part, _typed(chosen))
    return _tell(chosen, "Строка записана.", key)


def _set(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        row = _row(store.connection, chosen)
        cells = [(row, column, text) for column, text in _typed(chosen).items()]
        agreement.put_cells(store, chosen.rule, chosen.year, chosen.part, cells)
    return _tell(chosen, f"Записано: {count(len(cells), 'ячейка', 'ячейки', 'ячеек')}.", row)


def _remove(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        agreement.remove_rows(store, chosen.rule, chosen.year, chosen.part, [_row(store.connection, chosen)])
    return _tell(chosen, "Строка убрана.")


def _move(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        row = _row(store.connection, chosen)
        kept = agreement.of_list(store.connection, chosen.rule, chosen.year).stored
        order = [item.key for item in grids.lines(kept, chosen.part)]
        agreement.move(store, chosen.rule, chosen.year, chosen.part, row, chosen.to - 1 - order.index(row))
    return _tell(chosen, "Строка переставлена.", row)


def _take_usual(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        added = agreement.take_parties(store, chosen.rule, chosen.year, standard=True)
    return _tell(chosen, f"Добавлено: {count(added, 'сторона', 'стороны', 'сторон')}.")


def _take_last(chosen: argparse.Namespace) -> int:
    take = agreement.take_parties if chosen.part == "party" else agreement.take_road_map
    with files.for_work(chosen.db, chosen.actor) as store:
        added = take(store, chosen.rule, chosen.year)
    return _tell(chosen, f"Добавлено: {count(added, 'строка', 'строки', 'строк')}.")


def _set_protocol(chosen: argparse.Namespace) -> int:
    fields = _typed(chosen)
    with files.for_work(chosen.db, chosen.actor) as store:
        if chosen.body is not None:
            wanted = chosen.body.casefold()
            bodies = [body for body in directory.bodies(store.connection) if wanted in body.name.casefold()]
            if len(bodies) != 1:
                raise UserError("DATA_AGR_NO_BODY", name=chosen.body)
            agreement.take_body(store, chosen.rule, chosen.year, bodies[0].id)
        if fields:
            agreement.put_protocol(store, chosen.rule, chosen.year, fields)
    return _tell(chosen, "Протокол записан.")
