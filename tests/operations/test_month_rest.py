"""The sections of the month report that are not the own work: every figure counted apart from the program."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest

from app.models.store import Store
from app.operations import month_plan, workday
from app.operations.month_plan import MonthReport
from tests.helpers import month_figures as own
from tests.helpers import month_rest as rest
from tests.helpers import stores

TODAY = date(2026, 11, 23)
SPANS = ("2026-10", "2026-11", "2026-12", "2026-Q4")
WORKING = {"2026-10": 22, "2026-11": 20, "2026-12": 22, "2026-Q4": 64}
"""Working days by the calendar of 2026, counted by hand: 4 November is a day off, so is 31 December."""
WHO = ["", own.KIM, own.BELOVA]


@pytest.fixture(scope="module", params=range(5))
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    made = stores.made(tmp_path_factory.mktemp("month") / "файл.opora")
    own.made(made, request.param)
    rest.made(made, request.param)
    yield made
    made.abandon()


def _both(store: Store, span: str, who: str = "") -> tuple[MonthReport, own.Own]:
    period = workday.period(span)
    counted = own.Own(store.connection, period.first.isoformat(), period.last.isoformat(), TODAY.isoformat(), who)
    return month_plan.report(store.connection, period, TODAY, who=who), counted


def _numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text.replace("\u00a0", " "))]


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("span", SPANS)
def test_done_late_and_ahead_are_recomputed(store: Store, span: str, who: str) -> None:
    found, counted = _both(store, span, who)
    figures, texts = found.figures, {block.key: block.derived for block in found.blocks}
    assert Counter(line.source for line in figures.done) == rest.done(counted)
    assert Counter(line.source for line in figures.left) == rest.late(counted)
    assert _numbers(texts["left"].partition(": ")[2]) == rest.told(rest.late(counted))
    following = figures.period.step(1)
    ahead = rest.ahead(counted, following.first.isoformat(), following.last.isoformat())
    assert Counter(line.source for line in figures.ahead) == ahead
    assert _numbers(texts["next"].partition(": ")[2]) == rest.told(ahead)


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("span", SPANS)
def test_forms_support_and_the_journal_are_recomputed(store: Store, span: str, who: str) -> None:
    found, counted = _both(store, span, who)
    texts = {block.key: _numbers(block.derived) for block in found.blocks}
    if not who:
        assert texts["forms"] == rest.forms(counted)
    assert texts["support"] == rest.support(counted)
    assert texts["data"] == rest.numbers(rest.data(counted))


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("span", SPANS)
def test_the_first_lines_are_recomputed(store: Store, span: str, who: str) -> None:
    found, counted = _both(store, span, who)
    intro = next(block.derived for block in found.blocks if block.key == "intro")
    done, late = rest.done(counted), rest.late(counted)
    del done["event"]
    day = min(counted.last, counted.today)
    expected = [2026, WORKING[span], *rest.told(done)]
    expected += [number for number in (len(counted.helped()), len(counted.happened())) if number]
    expected += [int(day[8:]), int(day[5:7]), int(day[:4]), *rest.told(late)] if late else []
    whole = done or counted.helped() or counted.happened() or rest.data(counted)[0] or rest.done(counted)
    assert _numbers(intro) == (expected if whole else expected[:2])


@pytest.mark.parametrize("span", SPANS)
def test_every_cell_of_the_tables_is_recomputed(store: Store, span: str) -> None:
    found, counted = _both(store, span)
    tables = {block.key: block.table for block in found.blocks}
    bodies = tables["bodies"]
    assert ({} if bodies is None else {row[0]: row[1:] for row in bodies.rows}) == rest.bodies(counted)
    staff = {} if tables["staff"] is None else {str(row[0]): row for row in tables["staff"].rows}
    for name in (own.KIM, own.BELOVA):
        mine = own.Own(counted.connection, counted.first, counted.last, counted.today, name)
        rows = [row for written, row in staff.items() if written.startswith(name.split()[0])]
        assert [row[6:] for row in rows] == ([rest.staff(mine, own._span)] if rows else [])
    events = () if tables["events"] is None else tables["events"].rows
    expected: Counter[tuple[object, ...]] = Counter()
    for key, *_rest in counted.happened():
        day, title = counted.rows("SELECT date_from, title FROM work_event WHERE id = :key", key=key)[0]
        online = counted.rows("SELECT sum(connections) FROM event_people WHERE event_id = :key", key=key)[0][0]
        people = "–".join(map(str, own._span(*counted.people([key])))) or None
        expected[date.fromisoformat(day), title, people, online] += 1
    assert Counter((row[0], *row[2:]) for row in events) == expected
    helped = {} if tables["help"] is None else {row[0]: row[2] for row in tables["help"].rows}
    for school, told in helped.items():
        entries = {(row[0], row[2]): row[3] for row in counted.helped()
                if row[2] is not None and counted.rows("SELECT name FROM organisation WHERE id = :key",
                                                       key=row[2])[0][0] == school}  # fmt: skip
        assert told == ("–".join(map(str, own._span(entries, {}))) or None)
