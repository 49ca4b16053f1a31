"""Commands about the sheets for schools: making them, marking them sent and acknowledged, counting."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.cli.keys import add, common, year
from app.cli.output import complain, line, print_json, table
from app.models.store import Connection
from app.operations import files, papers, schools, sheets
from app.operations.sheets import Batch, SheetRow
from app.texts import capital, ru_date

ACTIONS = ("make", "sent", "acknowledged", "clear", "status")


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    sheet = add(commands, "sheet", "сделать листы школам, отметить отправку и ознакомление", _run)
    common(sheet, write=True)
    sheet.add_argument(
        "action", nargs="?", choices=ACTIONS, default="make", metavar="ДЕЙСТВИЕ",
        help="make — сделать (если не указано), sent — отправлены, acknowledged — ознакомлены, clear — снять отметки, "
        "status — показать, как обстоят дела",
    )  # fmt: skip
    whose = sheet.add_mutually_exclusive_group()
    whose.add_argument(
        "--school", action="append", metavar="ШКОЛА", help="код, логин или название; можно несколько раз"
    )
    whose.add_argument("--all", action="store_true", help="все свои школы")
    sheet.add_argument("--year", type=year, required=True, metavar="ГОД", help="год результатов")
    sheet.add_argument("--out", type=Path, metavar="КУДА", help="make: файл для одной школы, папка для нескольких")
    sheet.add_argument("--format", choices=("pdf", "docx", "xlsx"), default="pdf", help="make: вид файлов в папке")
    sheet.add_argument("--again", action="store_true", help="make: заново и отправленные; отметки снимутся")
    sheet.add_argument("--on", metavar="ДД.ММ.ГГГГ", help="sent, acknowledged: день")
    sheet.add_argument("--who", default="", metavar="КТО", help="sent: кому отправлен; acknowledged: кто ознакомлен")
    sheet.set_defaults(parser=sheet)


def _run(chosen: argparse.Namespace) -> int:
    """Check what the action needs, then do it."""
    if chosen.action == "status":
        return _status(chosen)
    if not (chosen.school or chosen.all):
        chosen.parser.error("Укажите --school или --all.")
    if chosen.action == "make":
        if chosen.out is None:
            chosen.parser.error("Не хватает: --out.")
        return _make(chosen)
    if chosen.action != "clear" and not chosen.on:
        chosen.parser.error("Не хватает: --on.")
    return _mark(chosen)


def _ids(connection: Connection, chosen: argparse.Namespace) -> list[int]:
    """Return the schools that are meant; with --all those whose sheet is as far as the action needs."""
    if chosen.school is not None:
        return [schools.find(connection, query).id for query in chosen.school]
    needed: dict[str, set[str]] = {"make": set(sheets.STATE_WORDS), "sent": {"made"}, "acknowledged": {"sent"}}
    states = needed.get(str(chosen.action), {"sent", "acknowledged"})
    return [row.school.id for row in sheets.book(connection, chosen.year).rows if row.state in states]


def _make(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        connection = store.connection
        ids = _ids(connection, chosen)

        def read(school_id: int) -> papers.Paper:
            return sheets.paper(connection, school_id, chosen.year)

        if chosen.out.suffix and len(ids) == 1 and not chosen.all:
            paper = read(ids[0])
            on_the_way = _on_the_way(connection, chosen, ids[0])
            if on_the_way:
                complain(f"Лист уже отправлен: {on_the_way}. Чтобы сделать его заново, добавьте --again.")
                return 1
            school = schools.card(connection, ids[0]).school
            batch = Batch((sheets.draw(school, paper, chosen.out),), (), ())
        else:
            book = sheets.book(connection, chosen.year)
            folder = papers.folder_for(chosen.out)
            batch = sheets.draw_all(book, read, folder, f".{chosen.format}", again=chosen.again, only=ids)
        numbers = sheets.record(store, chosen.year, batch.drawn)
    for number, item in zip(numbers, batch.drawn, strict=True):
        line(f"{item.school.shown}: {item.path}, журнал исходящих № {number}")
    line(f"Сделано листов: {len(numbers)}.")
    if batch.on_the_way:
        names = "; ".join(school.shown for school in batch.on_the_way)
        complain(f"Уже отправлены, не тронуты: {names}. Сделать заново: --again.")
    if batch.without:
        complain(f"Нет результатов за {chosen.year} год: {'; '.join(school.shown for school in batch.without)}.")
    return 3 if batch.on_the_way or batch.without else 0


def _on_the_way(connection: Connection, chosen: argparse.Namespace, school_id: int) -> str:
    """Return the name of a school whose sheet was sent and is not to be made anew."""
    rows = {row.school.id: row for row in sheets.book(connection, chosen.year).rows}
    row = rows.get(school_id)
    sent = row is not None and row.state in {"sent", "acknowledged"} and not chosen.again
    return row.school.shown if row is not None and sent else ""


def _mark(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        ids = _ids(store.connection, chosen)
        if chosen.action == "clear":
            number = sheets.clear_marks(store, chosen.year, ids)
        else:
            mark = sheets.mark_sent if chosen.action == "sent" else sheets.mark_acknowledged
            number = mark(store, chosen.year, ids, chosen.on, chosen.who)
        words = sheets.book(store.connection, chosen.year).sentence
    line(f"Отмечено школ: {number}. Теперь: {words}.")
    return 0


def sheet_json(row: SheetRow) -> dict[str, Any]:
    """Return the sheet of one school as the command prints it."""
    kept = row.sheet
    return {
        "school_code": row.school.code or None, "school": row.school.shown, "state": row.state,
        "has_results": row.has_results, "number": kept.number if kept else None,
        "made_at": kept.made_at if kept else None, "file": kept.file_name if kept else None,
        "sent_on": kept.sent_on if kept else None, "sent_to": kept.sent_to if kept else None,
        "acknowledged_on": kept.acknowledged_on if kept else None,
        "acknowledged_by": kept.acknowledged_by if kept else None,
    }  # fmt: skip


def _status(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        book = sheets.book(connection, chosen.year)
    if chosen.json:
        counts = {
            "schools": len(book.rows), "made": book.number("made", "sent", "acknowledged"),
            "sent": book.number("sent", "acknowledged"), "acknowledged": book.number("acknowledged"),
        }  # fmt: skip
        print_json({"year": chosen.year, **counts, "sheets": [sheet_json(row) for row in book.rows]})
        return 0

    def day(row: SheetRow, name: str) -> str | None:
        value = getattr(row.sheet, name) if row.sheet is not None else None
        return ru_date(value) if value else None

    table(
        ["Школа", "Лист", "Отправлен", "Ознакомлены"],
        [
            [row.school.shown, sheets.STATE_WORDS[row.state], day(row, "sent_on"), day(row, "acknowledged_on")]
            for row in book.rows
        ],
    )
    line(f"{capital(book.sentence)}.")
    return 0
