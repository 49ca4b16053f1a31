"""``opora decisions``: points under control, marking, the protocol, the control list, the speed."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app import clock
from app.analysis.decision_terms import Spread
from app.cli.form_papers import deliver
from app.cli.keys import add, add_school_year, common, key, school_year_of, whole
from app.cli.output import line, print_json, table
from app.errors import UserError
from app.models.store import Connection
from app.operations import block_papers, decision_papers, decisions, files, papers, schools
from app.operations.decision_speed import Speed, SpeedLine, speed
from app.operations.decisions import ControlLine
from app.operations.register_catalogue import POINT_WORDS
from app.texts import ru_date

DONE, LATE = 0, 3
"""Codes: 3 where something is late."""
_POINT = "код пункта из opora decisions list; ключ можно повторять"
_DOCUMENT = "код документа из opora decisions documents"


def add_commands(commands: Any) -> None:
    """Add ``opora decisions`` with its subcommands."""
    group = add(commands, "decisions", "решения: что на контроле, протокол, контрольный лист", None)
    actions = group.add_subparsers(dest="action", required=True, metavar="ДЕЙСТВИЕ", title="Действия")
    shown = add(actions, "list", "показать пункты решений, сначала срочные", _list)
    _common(shown)
    shown.add_argument("--all-years", action="store_true", help="пункты всех лет")
    shown.add_argument("--school", metavar="ШКОЛА", help="только об этой школе: код, логин или название")
    shown.add_argument("--late", action="store_true", help="только просроченные")
    marked = add(actions, "mark", "отметить пункты", _mark)
    common(marked, write=True)
    marked.add_argument("--point", type=key, action="append", required=True, metavar="КОД", help=_POINT)
    marked.add_argument("--state", choices=list(POINT_WORDS), required=True, help="; ".join(
        f"{key} — {word}" for key, word in POINT_WORDS.items()))  # fmt: skip
    marked.add_argument("--date", metavar="ДАТА", help="день выполнения: 20.11.2026; без него сегодня")
    marked.add_argument("--result", metavar="ТЕКСТ", help="что сделано")
    marked.add_argument("--reason", metavar="ТЕКСТ", help="почему не выполнено")
    _more(actions)


def _more(actions: Any) -> None:
    """Add ties, carrying over, speed and the papers."""
    tied = add(actions, "tie", "связать пункты с мероприятием программы", _tie)
    common(tied, write=True)
    tied.add_argument("--point", type=key, action="append", required=True, metavar="КОД", help=_POINT)
    tied.add_argument("--activity", metavar="ТЕКСТ", help="номер или слова мероприятия; без ключа связь убирается")
    carried = add(actions, "carry", "перенести пункты в другой документ", _carry)
    common(carried, write=True)
    carried.add_argument("--point", type=key, action="append", required=True, metavar="КОД", help=_POINT)
    carried.add_argument("--document", type=key, required=True, metavar="КОД", help=_DOCUMENT)
    under = add(actions, "under", "поставить пункты под вопрос повестки", _under)
    common(under, write=True)
    under.add_argument("--point", type=key, action="append", required=True, metavar="КОД", help=_POINT)
    under.add_argument("--document", type=key, required=True, metavar="КОД", help=_DOCUMENT)
    under.add_argument(
        "--question", type=whole(0, 99), required=True, metavar="N", help="номер вопроса; 0 — ни под каким"
    )
    meeting = add(actions, "meeting", "записать ход заседания: место, председатель, кто был", _meeting)
    common(meeting, write=True)
    meeting.add_argument("--document", type=key, required=True, metavar="КОД", help=_DOCUMENT)
    for name, told in (("place", "где"), ("chair", "председатель"), ("secretary", "секретарь"),
                       ("present", "кто был, через точку с запятой")):  # fmt: skip
        meeting.add_argument(f"--{name}", metavar="ТЕКСТ", help=told)
    meeting.add_argument("--next", dest="next_on", metavar="ДАТА", help="следующее заседание: 18.12.2026")
    meeting.add_argument("--group", action="store_true", help="взять состав группы из справочника")
    listed = add(actions, "documents", "показать документы с решениями", _documents)
    _common(listed)
    fast = add(actions, "speed", "показать, сколько дней от данных до решения и исполнения", _speed)
    _common(fast)
    protocol = add(actions, "protocol", "сделать протокол заседания по его повестке", _protocol)
    common(protocol, write=True)
    protocol.add_argument("--document", type=key, required=True, metavar="КОД", help=_DOCUMENT)
    control = add(actions, "control", "сделать контрольный лист", _control)
    _common(control, write=True)
    control.add_argument("--document", type=key, metavar="КОД", help="только этот документ")
    control.add_argument("--waiting", action="store_true", help="только то, что не закончено")
    for one in (protocol, control):
        one.add_argument("--out", type=Path, required=True, metavar="ФАЙЛ", help="куда: .docx, .pdf или .xlsx")
        one.add_argument("--register", action="store_true", help="записать в журнал исходящих")


def _common(parser: argparse.ArgumentParser, *, write: bool = False) -> None:
    common(parser, write=write)
    add_school_year(parser)


# --- showing -----------------------------------------------------------------------------------------------------


def _list(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        school = schools.find(connection, chosen.school).id if chosen.school else None
        lines = decisions.control(
            connection,
            clock.today(),
            school_year=None if chosen.all_years else school_year_of(chosen),
            school_id=school,
        )
    totals = decisions.totals(lines)
    shown = [item for item in lines if not chosen.late or item.shown == "late"]
    code = LATE if totals.late else DONE
    if chosen.json:
        print_json({"points": [point_json(item) for item in shown], "totals": asdict(totals)})
        return code
    table(
        ["Код", "Состояние", "Срок", "Что решено", "Ответственный", "Документ"],
        [
            [str(item.id), item.word, ru_date(item.due_on) if item.due_on else None, item.text,
             item.responsible or None, item.place]
            for item in shown
        ],
    )  # fmt: skip
    line(decision_papers.sentence(lines) + ".")
    return code


def point_json(item: ControlLine) -> dict[str, Any]:
    """Return a point as the command prints it; what is unknown is null."""
    return {
        "id": item.id, "document_id": item.document_id, "document": item.document, "school_year": item.school_year,
        "label": item.label, "text": item.text or None, "responsible": item.responsible or None,
        "school": item.school or None, "due_on": item.due_on, "state": item.state, "shown": item.shown,
        "days": item.days, "in_time": item.in_time, "done_on": item.done_on, "result": item.result or None,
        "reason": item.reason or None, "activity": item.activity or None, "topic": item.topic or None,
        "files": item.files,
    }  # fmt: skip


def _documents(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        found = decisions.documents(connection, school_year_of(chosen))
    if chosen.json:
        print_json({"documents": [{"id": key, "name": name} for key, name in found]})
    else:
        table(["Код", "Документ"], [[str(key), name] for key, name in found])
    return DONE


def _speed(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        found = speed(connection, school_year_of(chosen), clock.today())
    if chosen.json:
        print_json(_speed_json(found))
        return DONE
    for told in block_papers.speed_sentences(found):
        line(told)
    table(
        ["Документ", "Дней до решения", "Дали срок", "Исполнили за", "Ждёт дней"],
        [[item.document, item.to_decision, _told(item.given), _told(item.taken), item.oldest] for item in found.lines],
    )
    return DONE


def _told(found: Spread | None) -> str | None:
    return found.text if found is not None else None


def _speed_json(found: Speed) -> dict[str, Any]:
    def days(item: Spread | None) -> dict[str, int] | None:
        return None if item is None else asdict(item)

    def of_line(item: SpeedLine) -> dict[str, Any]:
        return {
            "id": item.document_id, "document": item.document, "data_on": item.data_on, "dated": item.dated,
            "to_decision": item.to_decision, "given": days(item.given), "taken": days(item.taken),
            "whole": days(item.whole), "points": item.points, "done": item.done, "waiting": item.waiting,
            "oldest": item.oldest, "faults": list(item.faults),
        }  # fmt: skip

    return {
        "school_year": found.school_year, "to_decision": days(found.to_decision), "given": days(found.given),
        "taken": days(found.taken), "whole": days(found.whole), "finished": found.finished, "in_time": found.in_time,
        "late": found.late, "waiting": found.waiting, "not_done": found.not_done, "unexplained": found.unexplained,
        "documents": [of_line(item) for item in found.lines],
    }  # fmt: skip


# --- changing ----------------------------------------------------------------------------------------------------


def _told_changed(chosen: argparse.Namespace, number: int) -> int:
    if chosen.json:
        print_json({"changed": number})
    else:
        line(f"Изменено пунктов: {number}.")
    return DONE


def _mark(chosen: argparse.Namespace) -> int:
    day = schools.iso_date(chosen.date) if chosen.date else None
    with files.for_work(chosen.db, chosen.actor) as store:
        number = decisions.mark(
            store,
            chosen.point,
            chosen.state,
            day=clock.today(),
            done_on=day,
            result=chosen.result,
            reason=chosen.reason,
        )
    return _told_changed(chosen, number)


def _tie(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        lineage = _activity(store.connection, chosen.activity) if chosen.activity else None
        number = decisions.tie(store, chosen.point, lineage)
    return _told_changed(chosen, number)


def _activity(connection: Connection, words: str) -> int:
    """Return the lineage of the one activity with this number, or with these words in its text."""
    wanted = words.strip().casefold()
    found = [
        key
        for key, told in decisions.activities(connection)
        if told.casefold().startswith(f"{wanted} ") or wanted in told.casefold().partition(" ")[2]
    ]
    if len(found) != 1:
        raise UserError("MON_DEC_NO_ACTIVITY")
    return found[0]


def _under(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        found = decisions.agenda(store.connection, chosen.document)
        if chosen.question > len(found):
            raise UserError("MON_DEC_AGENDA")
        question = found[chosen.question - 1][0] if chosen.question else None
        number = decisions.put_under(store, chosen.point, question)
    return _told_changed(chosen, number)


def _meeting(chosen: argparse.Namespace) -> int:
    told = {key: getattr(chosen, key) for key in ("place", "chair", "secretary", "present", "next_on")}
    said = {
        key: text.replace(";", "\n") if key == "present" else text for key, text in told.items() if text is not None
    }
    with files.for_work(chosen.db, chosen.actor) as store:
        if chosen.group:
            body = str(decisions.document(store.connection, chosen.document)["body"] or "")
            said = (decisions.present_of(store.connection, body) or {}) | said
        decisions.put_heading(store, chosen.document, said)
    return _told_written(chosen, said)


def _told_written(chosen: argparse.Namespace, said: dict[str, str]) -> int:
    if chosen.json:
        print_json({"written": sorted(said)})
    else:
        line(f"Записано строк: {len(said)}.")
    return DONE


def _carry(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        number = decisions.carry(store, chosen.point, chosen.document)
    return _told_changed(chosen, number)


# --- papers ------------------------------------------------------------------------------------------------------


def _protocol(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        paper = decision_papers.protocol(connection, chosen.document, clock.today())
    return deliver(chosen, paper, papers.render(paper, chosen.out.suffix))


def _control(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        paper = decision_papers.control_list(
            connection, school_year_of(chosen), clock.today(), document_id=chosen.document, waiting=chosen.waiting
        )
    return deliver(chosen, paper, papers.render(paper, chosen.out.suffix))
