"""Ten years of the methodist's own work: search in 20,000 entries and the list of all of them beside plain SQL."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.measure import CHEAP, Figure, in_child, timed

ENTRIES = 20_000
MOST_SECONDS = 0.2
WORDS = "чтение сош № 7"
LAST = date(2026, 11, 23)
_DAYS = 3_650
_KINDS = ("visit", "consultation", "lesson", "tutoring")
_AUDIENCES = ("teachers", "heads", "specialists", "young", "team")
_TOPICS = ("смысловое чтение на уроках", "разбор результатов ВПР", "внутренняя оценка качества", "план школы",
           "решение задач с практическим содержанием", "работа с отстающими", "функциональная грамотность")  # fmt: skip
_OUTCOMES = ("договорились о плане и сроках", "урок разобран, записаны три совета", "уточнены числа", "составлен план")
_COLUMNS = ("kind", "held_on", "organisation_id", "people", "audience", "way", "topic", "subject", "outcome",
            "next_step", "next_on", "next_done_on", "methodist")  # fmt: skip


def begun(folder: Path, entries: int = ENTRIES, schools: int = 40) -> Path:
    """Make a file with schools, entries of ten years up to ``LAST`` and, each tenth day, an event. Without chance."""
    from app.models.store import Store, free_keys

    path = Path(tempfile.mkdtemp(dir=folder)) / "годы.opora"
    store = Store.create(path, name="Лесогорский округ", actor="Ким О. В.")
    with store.operation("школы", "bench", bulk=True) as operation:
        first = free_keys(operation.connection, "organisation")
        operation.bulk_insert(
            "organisation", ("name", "short_name", "kind", "own"),
            [(f"МБОУ «Средняя школа № {number}»", f"СОШ № {number}", "school", 1) for number in range(1, schools + 1)],
            first,
        )  # fmt: skip
        operation.bulk_insert("help_entry", _COLUMNS, _entries(entries, first, schools))
        operation.bulk_insert(
            "work_event", ("kind", "title", "date_from", "time_from", "time_to", "state", "place"), _events()
        )  # fmt: skip
    store.close()
    return path


def _entries(entries: int, first: int, schools: int) -> Iterator[tuple[Any, ...]]:
    for number in range(entries):
        day = LAST - timedelta(days=number * _DAYS // entries)
        step = number % 3 == 0
        on = day + timedelta(days=14)
        yield (
            _KINDS[number % 4], day.isoformat(), first + number * 7 % schools, number % 9 + 1, _AUDIENCES[number % 5],
            "school" if number % 4 == 0 else None, _TOPICS[number % 7], "математика" if number % 6 == 0 else None,
            _OUTCOMES[number % 4], "повторный выезд" if step else None, on.isoformat() if step else None,
            on.isoformat() if step and on < LAST else None, f"Методист {number % 5}",
        )  # fmt: skip


def _events() -> Iterator[tuple[Any, ...]]:
    for number in range(0, _DAYS, 10):
        day = (LAST - timedelta(days=number)).isoformat()
        yield "seminar", f"Семинар {number}", day, "14:00", "16:00", "held", "методическая служба"


def search(folder: Path, entries: int = ENTRIES) -> Figure:
    """Search in the texts of all entries, against reading the same columns."""
    path = begun(folder, entries)
    return Figure(
        f"Журнал помощи: поиск в {entries} записях", in_child("work", "ours", str(path), WORDS, CHEAP),
        in_child("work", "raw", str(path), WORDS, CHEAP),
        ("«Опора»: школа, вид и все тексты, без различия букв", "голый SQL: прочитать те же столбцы"),
        limit=(MOST_SECONDS, 100),
    )  # fmt: skip


def listing(folder: Path, entries: int = ENTRIES) -> Figure:
    """List all entries with numbers, against reading the same rows."""
    path = begun(folder, entries)
    return Figure(
        f"Журнал помощи: список из {entries} записей", in_child("work", "ours", str(path), "", CHEAP),
        in_child("work", "raw", str(path), "", CHEAP),
        ("«Опора»: строки с именами школ", "голый SQL: те же строки"), limit=(MOST_SECONDS, 100),
    )  # fmt: skip


def whole(folder: Path, entries: int = ENTRIES) -> Figure:
    """Read the page of all time with its numbers, marks and files, against reading the same rows."""
    path = begun(folder, entries)
    return Figure(
        f"Журнал помощи: страница за всё время, {entries} записей", in_child("work", "board", str(path), CHEAP),
        in_child("work", "raw", str(path), "", CHEAP),
        ("«Опора»: записи, люди, школы, шаги", "голый SQL: те же строки"), limit=(MOST_SECONDS, 100),
    )  # fmt: skip


def board(path: str, times: int) -> tuple[list[float], dict[str, Any]]:
    """Read as the page does."""
    from app.models.store import open_reader
    from app.operations import help_board

    connection, span = open_reader(Path(path)), help_board.span("all", LAST)
    found: list[int] = []
    once = partial(help_board.board, connection, span, "", LAST)
    return timed(lambda: found.append(once().totals.occasions), times), {"lines": found[0]}


def ours(path: str, words: str, times: int) -> tuple[list[float], dict[str, Any]]:
    """Read as the page does; nothing is kept from one question to the next."""
    from app.models.store import open_reader
    from app.operations import help_journal

    connection = open_reader(Path(path))
    found: list[int] = []

    def once() -> None:
        found.append(len(help_journal.listing(connection, query=words)))

    return timed(once, times), {"lines": found[0]}


_READ = (
    "SELECT id, organisation_id, kind, audience, topic, subject, deficit, outcome, next_step, methodist, note, held_on"
)


def raw(path: str, words: str, times: int) -> tuple[list[float], dict[str, Any]]:
    """Read the same rows and do nothing with them."""
    import sqlite3

    connection = sqlite3.connect(path)
    asked = f"{_READ} FROM help_entry" if words else "SELECT * FROM help_entry ORDER BY held_on DESC, id DESC"
    found: list[int] = []
    return timed(lambda: found.append(len(connection.execute(asked).fetchall())), times), {"rows": found[0]}
