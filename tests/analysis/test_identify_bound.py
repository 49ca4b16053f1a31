"""The plain SQL of the benchmark answers the same question as ``rosobrnadzor-2022``."""

from __future__ import annotations

import random
import sqlite3

from app.models.schema import STEP_001
from benchmarks.identify_bound import plain_identify
from tests.analysis.made import (
    E_BASE,
    E_PROFILE,
    E_RUS,
    O_MATH,
    O_RUS,
    V_MATH_5,
    V_MATH_6,
    V_RUS_5,
    V_RUS_6,
    Row,
    answers,
)

WORKS = [V_MATH_5, V_MATH_6, V_RUS_5, V_RUS_6, O_MATH, O_RUS, E_BASE, E_PROFILE, E_RUS, ("ВПР", "Математика", None, 7)]
SCHOOLS = range(1, 121)


def made() -> list[Row]:
    chance = random.Random(20260722)
    rows = []
    for school in SCHOOLS:
        for year in (2024, 2025, 2026):
            for work in WORKS:
                if chance.random() < 0.15:
                    continue
                size = chance.randrange(0, 40)
                below = None if chance.random() < 0.05 else min(size, chance.randrange(0, size * 2 // 5 + 2))
                rows.append(Row(school, work, year, below, size))
    return rows


def stored(rows: list[Row]) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    wanted = ("CREATE TABLE assessment", "CREATE TABLE mark_count")
    for statement in STEP_001.split(";"):
        if statement.strip().startswith(wanted):
            connection.execute(statement)
    connection.executemany(
        "INSERT INTO assessment(id, procedure, subject, level, grade) VALUES (?, ?, ?, ?, ?)",
        [(number, *work) for number, work in enumerate(WORKS, 1)],
    )
    connection.executemany(
        "INSERT INTO mark_count(organisation_id, assessment_id, result_year, participants, below_min) "
        "VALUES (?, ?, ?, ?, ?)",
        [(r.school, WORKS.index(r.work) + 1, r.year, r.participants, r.below) for r in rows],
    )
    return connection


def test_both_list_the_same_schools_with_the_same_worst_share() -> None:
    rows = made()
    connection = stored(rows)
    plain = {item.school: item for item in plain_identify(connection, 2026)}
    connection.close()
    ours = answers(rows, "rosobrnadzor-2022", 2026, tuple(SCHOOLS))
    listed = set(ours.listed_ids())
    assert listed == {school for school, item in plain.items() if item.listed}
    assert 10 < len(listed) < len(SCHOOLS) - 10
    for found in ours.rows():
        item = plain[found.school_id]
        assert (len(found.hits(2026)), len(found.hits(2025))) == (item.hits_now, item.hits_before)
        assert found.worst is not None
        assert found.worst.below * 1_000_000 // found.worst.participants == item.worst_per_million
