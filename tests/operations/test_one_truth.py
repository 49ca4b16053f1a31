"""One truth: journal, events, month report, metrics, card of a school, papers and commands say the same numbers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.cli import run
from app.models.store import Store
from app.operations import (
    directory,
    event_words,
    events,
    help_journal,
    month_plan,
    work_calendar,
    work_list_papers,
    workday,
)
from tests.helpers import month_figures, stores
from tests.helpers.work_events import event, rows

TODAY = date(2026, 11, 23)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = stores.made(tmp_path / "файл.opora")
    yield made
    made.abandon()


def _guests(store: Store, key: int, *found: tuple[str, int | None, str | None]) -> None:
    rows(store, "event_guest", *(
        {"event_id": key, "position": place, "name": name, "organisation_id": school, "audience": audience,
         "came": "yes"} for place, (name, school, audience) in enumerate(found)
    ))  # fmt: skip


def _text(store: Store, span: str, key: str) -> str:
    found = month_plan.report(store.connection, workday.period(span), TODAY)
    return next(block.derived for block in found.blocks if block.key == key).replace("\u00a0", " ")


def test_a_number_of_teachers_and_two_heads_by_name_are_seven_people(store: Store) -> None:
    school, other = (stores.school(store, f"СОШ № {number}") for number in (1, 2))
    key = event(store, title="Семинар", date_from="2026-11-05", state="held")
    rows(store, "event_people", {"event_id": key, "organisation_id": school, "audience": "teachers", "came": 5},
         {"event_id": key, "organisation_id": other, "audience": None, "came": 4})  # fmt: skip
    _guests(store, key, ("Котова А. А.", school, "heads"), ("Лапин Б. Б.", school, "heads"),
            ("Мишин В. В.", other, "heads"))  # fmt: skip
    (line,) = events.listing(store.connection, TODAY, keys=[key])
    assert line.came == 11, "who stands in a number without a category may be the head on the list"
    told = _text(store, "2026-11", "events")
    assert "Участвовало разных людей: 11 человек." in told
    assert "По категориям с повторами: учителя 5, руководители 3." in told


def test_a_person_on_the_lists_of_two_schools_came_once(store: Store) -> None:
    school, other = (stores.school(store, f"СОШ № {number}") for number in (1, 2))
    person = directory.add_person(store, "Орлова Анна Павловна")
    key = event(store, title="Семинар", date_from="2026-11-05", state="held")
    common = {"event_id": key, "came": "yes", "audience": "teachers"}
    rows(store, "event_guest", {**common, "position": 0, "person_id": person, "organisation_id": school},
         {**common, "position": 1, "name": "Орлова  анна павловна", "organisation_id": other})  # fmt: skip
    (line,) = events.listing(store.connection, TODAY, keys=[key])
    assert line.came == 1
    told = _text(store, "2026-11", "events")
    assert "Участвовало разных людей: 1 человек. По категориям с повторами: учителя 1." in told


def test_an_event_over_two_months_is_counted_in_the_month_of_its_first_day(store: Store) -> None:
    school = stores.school(store, "СОШ № 1")
    key = event(store, title="Стажировка", date_from="2026-10-30", date_to="2026-11-03", state="held")
    rows(store, "event_people", {"event_id": key, "organisation_id": school, "audience": "teachers", "came": 5})
    assert "Прошло 1 событие" in _text(store, "2026-10", "events")
    assert _text(store, "2026-11", "events") == "Событий за это время нет."
    assert "просроченного нет" in _text(store, "2026-10", "left"), "it went on into the next month, nobody was late"
    lines = events.listing(store.connection, TODAY, first="2026-11-01", last="2026-11-30")
    assert [line.id for line in lines] == [key], "a list shows it on each of its days"
    assert event_words.sentence(lines, TODAY, "2026-11-01").replace("\u00a0", " ") == (
        "0 событий · ещё 1 событие началось раньше и посчитано в месяце первого дня"
    )
    words = " ".join(text for _place, text in work_list_papers.event_list(
        store.connection, 2026, "2026-11", TODAY).document.texts()).replace("\u00a0", " ")  # fmt: skip
    assert "Всего событий: 0, прошло: 0. Ещё 1 событие началось раньше" in words


def test_an_event_that_goes_on_today_is_not_late(store: Store) -> None:
    event(store, title="Стажировка", date_from="2026-11-20", date_to="2026-11-25", state="planned")
    assert "просроченного нет" in _text(store, "2026-11", "left")
    event(store, title="Семинар", date_from="2026-11-19", date_to="2026-11-20", state="planned")
    assert _text(store, "2026-11", "left") == "На 23.11.2026 просрочено: 1 событие."


def _json(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    capsys.readouterr()
    run([*words, "--json"])
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("span", ["2026-10", "2026-Q4"])
def test_every_place_tells_the_same_numbers(
    store: Store, seed: int, span: str, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    month_figures.made(store, seed)
    period = workday.period(span)
    first, last = period.first, period.last
    work = month_plan.report(store.connection, period, TODAY).figures.work
    # the journal and its paper
    lines = help_journal.listing(store.connection, first, last)
    assert help_journal.totals(lines, TODAY) == work.help.totals
    paper = work_list_papers.journal(store.connection, 2026, span, None, TODAY)
    words = " ".join(text for _place, text in paper.document.texts()).replace("\u00a0", " ")
    assert not lines or f"Записей: {len(lines)} (" in words
    # by school, as in the cards, and by methodist
    schools = {line.school_id for line in lines if line.school_id is not None}
    of_school = [help_journal.listing(store.connection, first, last, school_id=key) for key in schools]
    assert sorted(len(own) for own in of_school) == sorted(row[1] for row in work.help.schools)
    # events: list, people, connections, paper
    listed = events.begun(events.listing(
        store.connection, TODAY, first=first.isoformat(), last=last.isoformat()), first.isoformat())  # fmt: skip
    held = [line for line in listed if line.held]
    assert [line.id for line in held] == [row.id for row, _came in work.events.held]
    assert events.people_of(store.connection, [line.id for line in held]) == work.events.people
    assert sum(line.connections or 0 for line in held) == (work.events.connections or 0)
    assert sum(line.came or 0 for line in held) == work.events.people.visits
    paper = work_list_papers.event_list(store.connection, 2026, span, TODAY)
    words = " ".join(text for _place, text in paper.document.texts()).replace("\u00a0", " ")
    assert f"Всего событий: {len(listed)}, прошло: {len(held)}." in words
    # the calendar
    if period.kind == "month":
        page = work_calendar.month(store.connection, TODAY, first.year, first.month, kinds=("event", "meeting"))
        assert len(page.inside()) == len(listed)
        page = work_calendar.month(store.connection, TODAY, first.year, first.month, kinds=("help",))
        assert len([item for item in page.inside() if item.source == "help"]) == len(lines)
    # commands
    file = ("--db", str(store.path))
    told = _json(capsys, "events", *file, "--from", f"{first:%d.%m.%Y}", "--to", f"{last:%d.%m.%Y}")
    assert len(told["events"]) == len(listed)  # type: ignore[arg-type]
    if work.events.people.occasions:
        assert told["coverage"]["least"] == work.events.people.least  # type: ignore[index]
    told = _json(capsys, "visit", "list", *file, "--from", f"{first:%d.%m.%Y}", "--to", f"{last:%d.%m.%Y}")
    assert told["occasions"] == len(lines)
    assert told["people_least"] == work.help.totals.people.least
    assert told["schools"] == len(work.help.totals.schools)
