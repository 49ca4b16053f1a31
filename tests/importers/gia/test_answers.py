"""Strings of answers become counts of tasks."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.importers.gia.answers import Answer, Part, TaskKind, part_of, read_long, read_short, sums_of
from app.models.records import TaskCount
from tests.helpers.workbooks import book
from tests.importers.gia.protocols import COMPACT_HEAD, block, compact, message, read, told


def test_signs_of_short_answers() -> None:
    assert read_short("+-2N0X") == (
        Answer(None),
        Answer(0),
        Answer(2, digit=True),
        Answer(0),
        Answer(0),
        Answer(0, skipped=True),
    )
    assert read_short(" + - ") == (Answer(None), Answer(0))
    assert read_short(None) == ()
    assert read_short("+?") is None
    assert read_short("+" * 81) is None


@pytest.mark.parametrize("line", ["1(2)2(3)0(1)", "1(2) 2(3) 0(1)", "1(2); 2(3), 0(1)"])
def test_long_answers(line: str) -> None:
    found = read_long(line)
    assert found is not None
    assert [(answer.points, answer.most) for answer in found] == [(1, 2), (2, 3), (0, 1)]


@pytest.mark.parametrize("line", ["4(3)", "1(2)x", "1(2)(3)", "+-+", "1()"])
def test_what_is_no_long_answer(line: str) -> None:
    assert read_long(line) is None


def test_what_a_place_is_worth() -> None:
    rows = [read_short(line) for line in ("+-2+", "--0+", "+-1-", "+")]  # the last is too short and is left aside
    part = part_of("Ч1", [*rows, None, ()])
    assert part == Part("Ч1", (TaskKind(1, 1), TaskKind(1, 1), TaskKind(None, None), TaskKind(1, 1)))
    assert sums_of((part,), [(rows[0],), (rows[3],), (None,)]) == [4, None, None]


def test_plus_beside_digits_is_worth_nobody_knows_what() -> None:
    rows = [read_short(line) for line in ("+", "1")]
    part = part_of("Ч1", rows)
    assert part.tasks == (TaskKind(None, None),)
    assert sums_of((part,), [(row,) for row in rows]) == [None, 1]


def tasks(path: Path) -> dict[tuple[str, str], tuple[int, int | None, int | None, int | None]]:
    return {
        (row.unit.codes[0][1], row.count.task): (
            row.count.participants,
            row.count.points,
            row.count.max_points,
            row.count.skipped,
        )
        for row in read(path).tasks
    }


def test_tasks_of_schools(tmp_path: Path) -> None:
    pupils = [
        compact(1, 13450, 6, 20, short="+-2+", long="1(2)1(3)"),
        compact(2, 13450, 2, 5, short="--0+", long="1(2)X(3)"),
        compact(3, 13451, 5, 15, short="++1-", long="2(2)0(3)"),
    ]
    path = book(tmp_path / "a.xlsx", block("01 - Русский язык 2026.06.04", COMPACT_HEAD, pupils))
    assert told(read(path)) == []
    assert tasks(path) == {
        ("13450", "Ч1-1"): (2, 1, 1, None),
        ("13450", "Ч1-2"): (2, 0, 1, None),
        ("13450", "Ч1-3"): (2, 2, None, None),
        ("13450", "Ч1-4"): (2, 2, 1, None),
        ("13450", "Ч2-1"): (2, 2, 2, None),
        ("13450", "Ч2-2"): (2, 1, 3, 1),
        ("13451", "Ч1-1"): (1, 1, 1, None),
        ("13451", "Ч1-2"): (1, 1, 1, None),
        ("13451", "Ч1-3"): (1, 1, None, None),
        ("13451", "Ч1-4"): (1, 0, 1, None),
        ("13451", "Ч2-1"): (1, 2, 2, None),
        ("13451", "Ч2-2"): (1, 0, 3, 0),
    }
    first = read(path).tasks[0].count
    assert first == TaskCount(first.assessment, 2026, "Ч1-1", 2, 1, max_points=1)


def test_answers_that_do_not_make_up_the_primary_points_are_left_out(tmp_path: Path) -> None:
    pupils = [compact(i, 13450, 9, 25, short="++-") for i in range(1, 4)]
    reading = read(book(tmp_path / "a.xlsx", block("01 - Русский язык 2026.06.04", COMPACT_HEAD, pupils)))
    assert told(reading) == [("warning", "IMP_GIA_TASKS_LEFT_OUT", None)]
    assert "расхождений 3 из 3" in message(reading, "IMP_GIA_TASKS_LEFT_OUT")
    assert reading.tasks == ()
    assert reading.marks[0].count.participants == 3


def test_a_few_that_disagree_are_told(tmp_path: Path) -> None:
    pupils = [
        compact(1, 13450, 2, 25, short="++-"),
        compact(2, 13450, 1, 25, short="+--"),
        compact(3, 13450, 3, 25, short="+--"),
        compact(4, 13450, 0, 25, short="?--"),
    ]
    path = book(tmp_path / "a.xlsx", block("01 - Русский язык 2026.06.04", COMPACT_HEAD, pupils))
    assert told(read(path)) == [("hint", "IMP_GIA_ANSWERS_UNREAD", None), ("hint", "IMP_GIA_TASKS_DIFFER", None)]
    assert tasks(path)["13450", "Ч1-1"] == (3, 3, 1, None)
