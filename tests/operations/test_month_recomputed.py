"""Every figure of the report of a month equals what the rows of the store say when counted apart from the program."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.models.store import Store
from app.operations import month_papers, month_plan, papers, workday
from app.operations.month_plan import MonthReport
from tests.helpers import month_figures as own
from tests.helpers import stores

TODAY = date(2026, 11, 23)
SPANS = ("2026-10", "2026-11", "2026-12", "2026-Q4")


@pytest.fixture(scope="module", params=range(6))
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    made = stores.made(tmp_path_factory.mktemp("month") / "файл.opora")
    own.made(made, request.param)
    yield made
    made.abandon()


def _numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text.replace("\u00a0", " "))]


def _both(store: Store, span: str, who: str = "") -> tuple[MonthReport, own.Own]:
    period = workday.period(span)
    counted = own.Own(store.connection, period.first.isoformat(), period.last.isoformat(), TODAY.isoformat(), who)
    return month_plan.report(store.connection, period, TODAY, who=who), counted


@pytest.mark.parametrize("who", ["", own.KIM, own.BELOVA])
@pytest.mark.parametrize("span", SPANS)
def test_every_number_of_the_own_work_is_recomputed(store: Store, span: str, who: str) -> None:
    found, counted = _both(store, span, who)
    texts = {block.key: _numbers(block.derived) for block in found.blocks}
    expected = {"help": counted.help(), "events": counted.events(), "bodies": counted.bodies(),
                "requests": counted.requests()}  # fmt: skip
    if not who:
        expected |= {"practices": counted.practices(), "mentoring": counted.mentoring()}
    assert {key: texts[key] for key in expected} == expected
    assert ("practices" in texts) is (not who), "the bank names no methodist"


@pytest.mark.parametrize("who", ["", own.KIM])
@pytest.mark.parametrize("span", SPANS)
def test_what_was_done_and_what_was_not_is_recomputed(store: Store, span: str, who: str) -> None:
    found, counted = _both(store, span, who)
    blocks = {block.key: block for block in found.blocks}
    assert _numbers(blocks["done"].derived) == counted.in_time("task", ("commission", "report", "visit", "call"))
    late = counted.late("decision_point")
    assert _numbers(blocks["decisions"].derived) == counted.in_time("decision_point") + ([late] if late else [])
    left = [line.source for line in blocks["left"].lines]
    for source, table in (("task", "task"), ("point", "decision_point"), ("risk", "risk_measure")):
        assert left.count(source) == counted.late(table), source
        assert sum(line.source == source for line in found.figures.done) == counted.done(table), source
    told = _numbers(blocks["left"].derived.partition(": ")[2])
    assert sum(told) == len(left)


@pytest.mark.parametrize("span", SPANS)
def test_the_tables_under_the_sections_are_recomputed(store: Store, span: str) -> None:
    found, counted = _both(store, span)
    tables = {block.key: block.table for block in found.blocks}
    helped = {} if tables["help"] is None else {row[0]: (row[1], str(row[3])) for row in tables["help"].rows}
    assert helped == counted.help_table()
    events = tables["events"]
    assert (0 if events is None else len(events.rows)) == len(counted.happened())
    staff = {} if tables["staff"] is None else {row[0]: row for row in tables["staff"].rows}
    for name in (own.KIM, own.BELOVA):
        mine = own.Own(counted.connection, counted.first, counted.last, counted.today, name)
        helps, held = mine.helped(), mine.happened()
        names = [one for one in staff if str(one).startswith(name.split()[0])]
        assert len(names) == (1 if helps or held else 0)
        for one in names:
            kinds = [sum(row[1] == kind for row in helps) for kind in own.HELP]
            schools = len({row[2] for row in helps} - {None})
            assert list(staff[one][1:6]) == [*kinds, schools]
            assert staff[one][7] == len(held)


def test_three_months_make_their_quarter(store: Store) -> None:
    quarter = _both(store, "2026-Q4")[0].figures.work
    months = [_both(store, span)[0].figures.work for span in SPANS[:3]]
    assert sum(len(month.help.lines) for month in months) == len(quarter.help.lines)
    assert sum(len(month.events.held) for month in months) == len(quarter.events.held)
    assert sum(month.bodies.meetings for month in months) == quarter.bodies.meetings
    assert max(month.events.people.least for month in months) <= quarter.events.people.least


def test_an_event_that_is_deleted_changes_the_report_and_undo_brings_both_back(tmp_path: Path) -> None:
    store = stores.made(tmp_path / "файл.opora")
    own.made(store, 3)
    before, texts = stores.dump(store.connection), _texts(store)
    from app.operations import registers

    key = _both(store, "2026-11")[0].figures.work.events.held[0][0].id
    registers.remove(store, "events", {}, [key])
    found, counted = _both(store, "2026-11")
    told = {block.key: block.derived for block in found.blocks}
    assert told["events"] != texts["events"]
    assert _numbers(told["events"]) == counted.events()
    store.undo()
    assert (stores.dump(store.connection), _texts(store)) == (before, texts)
    store.redo()
    assert _texts(store)["events"] == told["events"]
    store.abandon()


def _texts(store: Store) -> dict[str, str]:
    return {block.key: block.derived for block in _both(store, "2026-11")[0].blocks}


@pytest.mark.parametrize("who", ["", own.KIM])
@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".xlsx"])
def test_the_paper_says_the_same(store: Store, suffix: str, who: str) -> None:
    period = workday.period("2026-Q4")
    paper = month_papers.report(store.connection, period, TODAY, who=who)
    words = " ".join(text for _place, text in paper.document.texts())
    for block in month_plan.report(store.connection, period, TODAY, who=who).blocks:
        assert " ".join(block.text.replace("\u00a0", " ").split()) in " ".join(words.replace("\u00a0", " ").split())
    assert len(papers.render(paper, suffix).data) > 1_000
    assert ("Методист: Ким" in words.replace("\u00a0", " ")) is bool(who)


def test_texts_of_a_person_belong_to_one_report(tmp_path: Path) -> None:
    store = stores.made(tmp_path / "файл.opora")
    own.made(store, 3)
    period = workday.period("2026-11")
    month_plan.put_text(store, period, "help", "Моя помощь.", TODAY, own.KIM)

    def text(who: str) -> str:
        return next(block.text for block in month_plan.report(store.connection, period, TODAY, who=who).blocks
                    if block.key == "help")  # fmt: skip

    assert text(own.KIM) == "Моя помощь."
    assert text("") != "Моя помощь."
    assert text(own.BELOVA) != "Моя помощь."
    store.undo()
    assert text(own.KIM) != "Моя помощь."
    store.abandon()
