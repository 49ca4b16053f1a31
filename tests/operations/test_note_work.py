"""Help and events in notes and in the monitoring report: sentences, figures, rows behind them; worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.models.store import Store
from app.operations import notes
from app.operations.note_scope import Asked
from tests.helpers import stores
from tests.helpers.work_events import event, rows

DAY = date(2026, 11, 23)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = stores.made(tmp_path / "файл.opora")
    yield made
    made.abandon()


def _said(store: Store, asked: Asked) -> list[str]:
    found = [block for block in notes.read(store.connection, asked).blocks if block.key == "support.work"]
    return [text.replace("\u00a0", " ") for block in found for text in block.sentences]


def _filled(store: Store) -> tuple[int, int]:
    first, second = (stores.school(store, f"СОШ № {number}", own=1) for number in (1, 2))
    merged = stores.school(store, "СОШ № 1 (старая)", own=1, duplicate_of=first)
    common = {"kind": "visit", "people": 3}
    rows(
        store, "help_entry", {**common, "held_on": "2026-09-10", "organisation_id": first},
        {**common, "held_on": "2026-10-12", "organisation_id": merged, "people": 5},
        {**common, "held_on": "2026-11-02", "organisation_id": second, "kind": "lesson", "people": 1},
        # the school year before, and a day that has not come
        {**common, "held_on": "2026-07-31", "organisation_id": first},
        {**common, "held_on": "2026-12-01", "organisation_id": first},
    )  # fmt: skip
    for day, came in (("2026-10-05", 4), ("2026-11-05", 2), ("2026-07-31", 90)):
        key = event(store, title="Семинар", date_from=day, state="held")
        rows(store, "event_people", {"event_id": key, "organisation_id": merged, "audience": "teachers", "came": came})
    event(store, title="Отменён", date_from="2026-10-06", state="cancelled")
    return first, second


@pytest.mark.parametrize("kind", ["note", "report"])
def test_a_municipality_is_told_what_was_done(store: Store, kind: str) -> None:
    _filled(store)
    assert _said(store, Asked(kind, 2026, DAY)) == [  # type: ignore[arg-type]
        "Школам помогали 3 раза: 2 выезда, 1 посещение урока.",
        "Помощь получили 2 школы.",
        "Разных людей, которым помогли: не менее 6 и не более 9 человек.",
        "Прошли 2 события; разных людей: не менее 4 и не более 6 человек.",
        "Участники были из 1 школы.",
    ]


def test_a_school_is_told_of_itself_alone(store: Store) -> None:
    first, second = _filled(store)
    assert _said(store, Asked("school", 2026, DAY, school_id=first)) == [
        "Школе помогали 2 раза: 2 выезда; последний раз — 12.10.2026.",
        "Разных людей, которым помогли: не менее 5 и не более 8 человек.",
        "Люди из школы были на 2 событиях; разных людей: не менее 4 и не более 6 человек.",
    ]
    assert _said(store, Asked("school", 2026, DAY, school_id=second)) == [
        "Школе помогали 1 раз: 1 посещение урока; последний раз — 02.11.2026.",
        "Разных людей, которым помогли: 1 человек.",
    ]


def test_every_number_of_a_sentence_is_a_figure_with_its_rows(store: Store) -> None:
    _filled(store)
    book = notes.read(store.connection, Asked("note", 2026, DAY))
    (block,) = [block for block in book.blocks if block.key == "support.work"]
    figures = {figure.key: figure for figure in block.figures}
    for sentence in block.told:
        assert sentence.figures, sentence.text
        for key in sentence.figures:
            assert figures[key].value.replace("\u00a0", " ") in sentence.text.replace("\u00a0", " ")
            assert figures[key].origins
    assert {figure.key: len(figure.origins) for figure in block.figures} == {
        "work.help": 3, "work.help.visit": 2, "work.help.lesson": 1, "work.schools": 2, "work.people": 3,
        "work.events": 2, "work.came": 2, "work.from": 1,
    }  # fmt: skip


def test_nothing_is_said_where_nothing_was_written(store: Store) -> None:
    stores.school(store, "СОШ № 1", own=1)
    assert _said(store, Asked("note", 2026, DAY)) == []
