"""«Сегодня» of a year with 40 schools, 120 activities and 60 indicators against plain SQL of the same rows."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.measure import CHEAP, Figure, in_child, timed

MOST_SECONDS = 0.3
DAY = "2026-11-23"


def measure(folder: Path) -> Figure:
    """Make the file and take both sides; ours begins with a fresh process, so that the first look counts too."""
    path = begun(folder)
    return Figure(
        "«Сегодня»: 40 школ, 120 мероприятий, 60 индикаторов",
        in_child("today", "ours", str(path), DAY, CHEAP),
        in_child("today", "raw", str(path), DAY, CHEAP),
        ("«Опора»: сроки всех разделов, формы, изменения, следующий шаг", "голый SQL: те же строки"),
        limit=(MOST_SECONDS, 100),
        note="первый замер — с разбором дерева программы; замечания к данным окно проверяет следом, их здесь нет",
    )


def begun(folder: Path) -> Path:
    """Make a file with a year of monitoring."""
    from tests.helpers.monitoring_year import filled

    path = Path(tempfile.mkdtemp(dir=folder)) / "год.opora"
    filled(path).close()
    return path


def ours(path: str, day: str, times: int) -> tuple[list[float], dict[str, Any]]:
    """Read the day as the first page does."""
    from app.models.store import open_reader
    from app.operations import today

    connection = open_reader(Path(path))
    found: list[int] = []
    seconds = timed(
        lambda: found.append(sum(s.line is not None for s in today.today(connection, date.fromisoformat(day)).steps)),
        times,
    )
    return seconds, {"lines": found[0]}


_TABLES = ("task", "request", "decision_point", "measuring_point", "risk_measure", "support_line", "partnership",
           "partnership_event", "route_step", "recommendation", "form_round", "note", "execution", "execution_school",
           "attachment", "draft_cell")  # fmt: skip
_OF_PROGRAMME = ("programme_node", "programme_activity", "programme_term", "programme_responsible",
                 "programme_result", "programme_school", "programme_money", "programme_link")  # fmt: skip


def raw(path: str, _day: str, times: int) -> tuple[list[float], dict[str, Any]]:
    """Read the same rows and do nothing with them."""
    import sqlite3

    connection = sqlite3.connect(path)
    counts: list[int] = []

    def look() -> None:
        number = 0
        for table in (*_TABLES, *_OF_PROGRAMME):
            number += len(connection.execute(f"SELECT * FROM {table}").fetchall())
        number += len(connection.execute("SELECT id, at, actor, kind, label FROM operation").fetchall())
        counts.append(number)

    return timed(look, times), {"rows": counts[0]}
