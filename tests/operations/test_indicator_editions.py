"""Indicators and editions: which target colours a year that is over (docs/adr/005)."""

from __future__ import annotations

from datetime import date

import pytest

from app.models import indicators as rows
from app.models.store import Store
from app.operations import indicator_words, indicators, programme_life, programmes
from app.operations import programme_edit as edit
from app.operations.indicators import IndicatorLine
from tests.helpers.programmes import small

DAY = date(2026, 11, 23)


@pytest.fixture
def keys(store: Store) -> dict[str, int]:
    found = small(store)
    edit.put_indicator(store, found["indicator"], unit="%", direction="down", baseline_year=2025, tolerance="2 %")
    edit.put_baseline(store, found["indicator"], "37,5")
    edit.put_target(store, found["indicator"], 2026, "30")
    edit.put_target(store, found["indicator"], 2027, "25")
    return found


def line_of(store: Store, keys: dict[str, int], plan_year: int = 2026, day: date = DAY) -> IndicatorLine:
    return indicators.table(store.connection, keys["programme"], plan_year, day).lines[0]


def put(store: Store, keys: dict[str, int], raw: str, point: int | None = None, plan_year: int = 2026) -> None:
    indicators.put_value(store, keys["indicator"], plan_year, raw, point)


def _editions(store: Store, keys: dict[str, int]) -> dict[str, int]:
    """Approve the first edition in 2026; begin the second one, which says 50 for 2026 and «up»."""
    programme_life.approve(
        store, keys["programme"], act_kind="Приказ", act_number="41", act_date="2026-02-15"
    )  # fmt: skip
    second = programme_life.new_edition(store, keys["programme"])
    node = next(one for one in programmes.tree(store.connection, second).of_kind("indicator"))
    edit.put_target(store, node.id, 2026, "50")
    edit.put_target(store, node.id, 2027, "45")
    edit.put_indicator(store, node.id, direction="up", tolerance="9")
    return {"programme": second, "indicator": node.id, "lineage": node.lineage}


def _of(store: Store, programme: int, plan_year: int, day: date) -> IndicatorLine:
    return indicators.table(store.connection, programme, plan_year, day).lines[0]


def test_a_new_edition_recolours_no_year_that_is_over(store: Store, keys: dict[str, int]) -> None:
    indicators.put_value(store, keys["indicator"], 2026, "29")
    second = _editions(store, keys)
    now = _of(store, second["programme"], 2026, DAY)  # the year goes on: the edition that is looked at counts
    assert (now.target, now.light, now.aim) == ("50", "behind", "")
    past = _of(store, second["programme"], 2026, date(2027, 1, 10))
    assert (past.target, past.direction, past.light, past.tolerance) == ("30", "down", "reached", "2")
    assert past.aim.replace("\u00a0", " ") == "цель редакции 1 от 15.02.2026; сейчас 50 %"
    # nor does approving the second edition after the end of the year
    programme_life.approve(store, second["programme"], act_kind="Приказ", act_number="5", act_date="2027-01-20")
    later = _of(store, second["programme"], 2026, date(2028, 3, 1))
    assert (later.target, later.light) == ("30", "reached")
    # 2027 ended under the second edition
    assert _of(store, second["programme"], 2027, date(2028, 3, 1)).aim.replace("\u00a0", " ") == (
        "цель редакции 2 от 20.01.2027"
    )
    values = indicators.history(store.connection, second["programme"], second["lineage"], date(2028, 3, 1))
    assert [(one.year, one.target) for one in values] == [(2026, "30"), (2027, "45"), (2028, None)]


def test_an_edition_signed_within_the_year_is_the_one_of_its_end(store: Store, keys: dict[str, int]) -> None:
    indicators.put_value(store, keys["indicator"], 2026, "29")
    second = _editions(store, keys)
    programme_life.approve(store, second["programme"], act_kind="Приказ", act_number="5", act_date="2026-12-31")
    past = _of(store, keys["programme"], 2026, date(2027, 1, 10))  # seen from the first edition too
    assert (past.target, past.light, past.aim.replace("\u00a0", " ")) == (
        "50", "behind", "цель редакции 2 от 31.12.2026; сейчас 30 %",
    )  # fmt: skip


def test_a_programme_never_approved_and_a_new_indicator_take_the_target_of_now(
    store: Store, keys: dict[str, int]
) -> None:
    indicators.put_value(store, keys["indicator"], 2026, "29")
    edit.put_target(store, keys["indicator"], 2026, "20")
    past = _of(store, keys["programme"], 2026, date(2027, 1, 10))
    assert (past.target, past.light, past.aim) == ("20", "behind", "")
    second = _editions(store, keys)
    measure = next(one for one in programmes.tree(store.connection, second["programme"]).of_kind("measure"))
    added = edit.add(store, second["programme"], "indicator", "Доля школ с партнёром", parent_id=measure.id)
    edit.put_target(store, added, 2026, "70")
    lines = indicators.table(store.connection, second["programme"], 2026, date(2027, 1, 10)).lines
    assert [(line.target, bool(line.aim)) for line in lines] == [("20", True), ("70", False)]


def test_a_target_that_did_not_exist_then_colours_nothing(store: Store, keys: dict[str, int]) -> None:
    edit.put_target(store, keys["indicator"], 2026, "")
    indicators.put_value(store, keys["indicator"], 2026, "29")
    second = _editions(store, keys)
    past = _of(store, second["programme"], 2026, date(2027, 1, 10))
    assert (past.light, past.aim.replace("\u00a0", " ")) == (
        "no_target", "в редакции 1 от 15.02.2026 цели не было; сейчас 50 %",
    )  # fmt: skip
    assert indicator_words.advice(past) == ("", "")
    assert indicator_words.why(past, 2026).replace("\u00a0", " ").endswith("цели не было; сейчас 50 %.")


def test_an_approval_taken_back_later_was_in_force_then(store: Store, keys: dict[str, int]) -> None:
    indicators.put_value(store, keys["indicator"], 2026, "29")
    programme_life.approve(
        store, keys["programme"], act_kind="Приказ", act_number="41", act_date="2026-02-15"
    )  # fmt: skip
    programme_life.cancel_approval(store, keys["programme"], "Опечатка")
    with store.operation("Дата отмены", "test.cancel") as operation:
        operation.update("programme", keys["programme"], cancelled_on="2027-01-05")
    edit.put_target(store, keys["indicator"], 2026, "20")
    assert _of(store, keys["programme"], 2026, date(2027, 2, 1)).light == "reached"
    with store.operation("Дата отмены", "test.cancel") as operation:
        operation.update("programme", keys["programme"], cancelled_on="2026-12-30")
    assert _of(store, keys["programme"], 2026, date(2027, 2, 1)).light == "behind"


def test_closing_a_point_of_a_past_year_keeps_the_target_of_then(store: Store, keys: dict[str, int]) -> None:
    point = indicators.add_point(store, keys["programme"], 2026, "Выход", "output")
    indicators.put_value(store, keys["indicator"], 2026, "29", point)
    second = _editions(store, keys)
    indicators.close(store, second["programme"], point, date(2027, 2, 1))
    kept = rows.stored_at(store.connection, point)[0]
    assert (kept.target, kept.direction, kept.light, kept.tolerance) == ("30", "down", "reached", "2")
