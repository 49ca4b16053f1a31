"""``opora report``: the monitoring report, notes and recommendations as JSON or as papers."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from app import clock
from app.cli import today
from app.cli.keys import add, add_programme, common, year
from app.cli.output import line, print_json, table
from app.errors import UserError
from app.models.store import Connection
from app.operations import files, note_papers, notes, papers, recommendations, schools
from app.operations.note_scope import Asked, Kind
from app.operations.notes import NoteBook
from app.operations.papers import Paper
from app.operations.programme_blocks import Figure
from app.operations.recommendations import AdviceBook, AdviceLine
from app.texts import count, ru_date

DONE, EYES = 0, 3
"""Codes: 3 where a figure has changed under typed words, or a recommendation waits for its mark."""


def add_actions(actions: Any) -> None:
    """Add the papers of the monitoring to ``opora report``."""
    monitoring = add(actions, "monitoring", "отчёт о мониторинге программы", _text)
    monitoring.set_defaults(kind="report", school=None)
    _common(monitoring)
    note = add(actions, "note", "аналитическая справка; с --school — справка о школе", _text)
    note.set_defaults(kind="note")
    _common(note)
    note.add_argument("--school", metavar="ШКОЛА", help="код, логин или название; без него вся справка")
    advice = add(actions, "recommendations", "адресные рекомендации учебного года", _advice)
    _common(advice)
    advice.add_argument("--whom", default="", metavar="КОМУ", help="только этому адресату, как в таблице")
    advice.add_argument("--before", action="store_true", help="прошлого учебного года, с отметками о выполнении")
    advice.add_argument("--folder", type=Path, metavar="ПАПКА", help="каждому адресату свой PDF в эту папку")
    advice.add_argument("--take", action="store_true", help="сначала добавить всё, что подсказывают данные")
    today.add_report(actions)


def _common(parser: argparse.ArgumentParser) -> None:
    common(parser, write=True)
    parser.add_argument("--year", type=year, metavar="ГОД", help="год плана и результатов; иначе текущий")
    add_programme(parser, "действующая муниципальная")
    parser.add_argument("--out", type=Path, metavar="ФАЙЛ", help="куда: .docx, .pdf или .xlsx; без него — на экран")
    parser.add_argument("--register", action="store_true", help="записать в журнал исходящих")


def _asked(connection: Connection, chosen: argparse.Namespace) -> Asked:
    school = getattr(chosen, "school", None)
    kind = "school" if school is not None else getattr(chosen, "kind", "note")
    key = None if school is None else schools.find(connection, school).id
    day = clock.today()
    return Asked(cast("Kind", kind), chosen.year or day.year, day, chosen.programme, key)


# --- the report and notes ----------------------------------------------------------------------------------------


def _text(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        book = notes.read(connection, _asked(connection, chosen))
        paper = note_papers.of_book(connection, book) if chosen.out is not None else None
    code = EYES if any(field.stale for field in book.fields) else DONE
    written = {} if paper is None else _deliver(chosen, paper)
    if chosen.json:
        print_json(book_json(book) | written)
    elif paper is None:
        _tell(book)
    return code


def _deliver(chosen: argparse.Namespace, paper: Paper) -> dict[str, Any]:
    """Write a paper, into the register too where that is asked for; returns what was written."""
    made, number = papers.render(paper, chosen.out.suffix), None
    papers.write(chosen.out, made.data)
    if chosen.register:
        with files.for_work(chosen.db, chosen.actor) as store:
            number = papers.register(store, paper, made, chosen.out.name)
    if not chosen.json:
        if number is not None:
            line(f"Документ записан в журнал исходящих под № {number}.")
        line(f"Готово: {chosen.out}")
    return {"file": str(chosen.out), "title": paper.title, "register": number}


def _deliver_each(chosen: argparse.Namespace, each: list[Paper]) -> dict[str, Any]:
    """Write papers into a folder; returns what was written."""
    paths = note_papers.write_each(each, chosen.folder)
    if not chosen.json:
        for path in paths:
            line(path.name)
        line(f"Готово: {count(len(paths), 'файл', 'файла', 'файлов')} в папке {chosen.folder}")
    return {"files": [str(path) for path in paths]}


def figure_json(figure: Figure) -> dict[str, Any]:
    """Return a figure with the rows it is made of."""
    rows = [{"table": place.table, "row": place.row_id, "column": place.column} for place in figure.origins]
    return {"key": figure.key, "what": figure.what, "value": figure.value, "origins": rows}


def book_json(book: NoteBook) -> dict[str, Any]:
    """Return a text with its sections, sentences and figures."""
    asked = book.asked
    return {
        "kind": asked.kind, "year": asked.year, "school_year": book.school_year, "school": book.about or None,
        "sections": [
            {
                "key": field.key, "title": field.title, "text": field.text or None, "state": field.origin,
                "stale": field.stale,
                "sentences": [
                    {"text": sentence.text, "figures": list(sentence.figures)}
                    for block in book.blocks if block.section == field.key for sentence in block.told
                ],
                "figures": [
                    figure_json(figure)
                    for block in book.blocks if block.section == field.key for figure in block.figures
                ],
            }
            for field in book.fields
        ],
    }  # fmt: skip


def _tell(book: NoteBook) -> None:
    for field in book.fields:
        if field.text.strip():
            line(field.title.upper() + (" (цифры устарели)" if field.stale else ""))
            line(field.text)
            line()


# --- recommendations ---------------------------------------------------------------------------------------------


def _advice(chosen: argparse.Namespace) -> int:
    if chosen.folder is not None and (chosen.out is not None or chosen.register):
        raise UserError("MON_ADVICE_TWO_PLACES")
    if chosen.take:
        with files.for_work(chosen.db, chosen.actor) as store:
            asked = _asked(store.connection, chosen)
            waiting = recommendations.read(store.connection, asked).waiting
            recommendations.take(store, asked, [item.key for item in waiting])
    with files.for_reading(chosen.db) as connection:
        asked = _asked(connection, chosen)
        book = recommendations.read(connection, asked)
        paper = None
        if chosen.out is not None:
            paper = note_papers.advice(connection, asked, chosen.whom, before=chosen.before)
        each = [] if chosen.folder is None else note_papers.advice_each(
            connection, asked, chosen.whom, before=chosen.before
        )  # fmt: skip
    found = [item for item in (book.before if chosen.before else book.lines) if chosen.whom in {"", item.whom}]
    written = {} if paper is None else _deliver(chosen, paper)
    if chosen.folder is not None:
        written = _deliver_each(chosen, each)
    if chosen.json:
        print_json(_advice_json(book, found) | written)
    elif paper is None and chosen.folder is None:
        rows = [[item.whom, item.row.text, item.row.due_on and ru_date(item.row.due_on), item.word] for item in found]
        table(["Кому", "Что рекомендуется", "Срок", "Состояние"], rows)
        if book.waiting and not chosen.before:
            line(f"Данные подсказывают ещё: {len(book.waiting)}. Добавить их: --take.")
    return EYES if any(item.stale or item.shown == "waits" for item in found) else DONE


def _advice_json(book: AdviceBook, found: list[AdviceLine]) -> dict[str, Any]:
    return {
        "school_year": book.school_year,
        "recommendations": [_line_json(item) for item in found],
        "proposed": [
            {"key": item.key, "addressee": item.addressee, "whom": item.name or None, "text": item.text,
             "ground": item.ground, "figures": [figure_json(figure) for figure in item.figures]}
            for item in book.waiting
        ],
    }  # fmt: skip


def _line_json(item: AdviceLine) -> Mapping[str, Any]:
    row = item.row
    return {
        "id": row.id, "addressee": row.addressee, "whom": item.whom, "text": row.text, "ground": row.ground,
        "due_on": row.due_on, "sent_on": row.sent_on, "used": row.used, "used_note": row.used_note,
        "state": item.shown, "stale": item.stale,
        "figures": [
            {"key": key, "what": what, "then": then, "now": item.now.get(key)}
            for key, (what, then) in item.was.items()
        ],
    }  # fmt: skip
