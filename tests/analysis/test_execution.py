"""Which activity is watched in which year, and how it stands on a day; every answer counted by hand."""

from __future__ import annotations

from datetime import date

import pytest

from app.analysis.execution import Marked, occurrences, pieces, standing
from tests.helpers.programme_trees import Planting

DAY = date(2026, 11, 23)


def _years(plant: Planting, **asked: object) -> list[tuple[int, str | None]]:
    return [(item.plan_year, item.due_on) for item in occurrences(plant.tree(), **asked)]  # type: ignore[arg-type]


def _plant(*spans: tuple[str, str], years: tuple[int, int] = (2026, 2028)) -> tuple[Planting, int]:
    plant = Planting(years=years)
    return plant, plant.activity("Семинар", plant.node("task", "Задача"), spans=spans)


def test_terms_are_grouped_by_the_year_in_which_they_end() -> None:
    plant, _key = _plant(("2026-04-01", "2026-04-30"), ("2026-11-01", "2026-11-30"), ("2026-12-10", "2027-01-20"))
    assert _years(plant) == [(2026, "2026-11-30"), (2027, "2027-01-20")]
    assert _years(plant, year=2027) == [(2027, "2027-01-20")]
    first = occurrences(plant.tree())[0]
    assert (first.date_from, first.number, first.group.title) == ("2026-04-01", "1.1", "Задача")


@pytest.mark.parametrize(
    ("first", "last", "cut"),
    [
        ("2026-09-01", "2027-08-31", [("2026-09-01", "2027-08-31")]),  # 365 days
        ("2027-09-01", "2028-08-31", [("2027-09-01", "2028-08-31")]),  # 366 days, with a 29 February
        ("2026-09-01", "2027-09-02", [("2026-09-01", "2026-12-31"), ("2027-01-01", "2027-09-02")]),
        ("2026-01-01", "2028-12-31",
         [("2026-01-01", "2026-12-31"), ("2027-01-01", "2027-12-31"), ("2028-01-01", "2028-12-31")]),
    ],
)  # fmt: skip
def test_a_term_longer_than_a_year_is_watched_every_year(first: str, last: str, cut: list[tuple[str, str]]) -> None:
    assert pieces(first, last) == cut


def test_a_term_after_the_programme_belongs_to_its_last_year() -> None:
    plant, _key = _plant(("2029-03-01", "2029-03-31"))
    assert _years(plant) == [(2028, "2029-03-31")]


def test_an_activity_without_dates_is_watched_once() -> None:
    plant, key = _plant()
    assert _years(plant) == [(2026, None)]
    assert _years(plant, year=2027) == [(2027, None)]
    assert _years(plant, marked={key: [2026]}, year=2027) == []
    assert _years(plant, marked={key: [2026]}, year=2026) == [(2026, None)]


def test_a_heading_over_activities_is_not_watched() -> None:
    plant = Planting(years=(2026, 2028))
    over = plant.activity("Цикл семинаров", plant.node("task", "Задача"), term=None, spans=())
    plant.activity("Семинар", over, spans=(("2026-05-01", "2026-05-31"),))
    assert [item.number for item in occurrences(plant.tree())] == ["1.1.1"]


def test_what_was_marked_in_a_year_without_a_term_is_not_lost() -> None:
    plant, key = _plant(("2027-03-01", "2027-03-31"))
    found = occurrences(plant.tree(), {key: [2026, 2027]})
    assert [(item.plan_year, item.strayed, item.due_on) for item in found] == [
        (2027, False, "2027-03-31"), (2026, True, None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("marked", "due", "shown", "word", "days", "in_time"),
    [
        (Marked(), "2026-11-22", "late", "просрочено на 1 день", 1, None),
        (Marked(), "2026-11-02", "late", "просрочено на 21 день", 21, None),
        (Marked("running"), "2026-11-12", "late", "просрочено на 11 дней", 11, None),
        (Marked(), "2026-11-23", "soon", "срок сегодня", 0, None),
        (Marked(), "2026-11-24", "soon", "срок завтра", 1, None),
        (Marked("running"), "2026-12-07", "soon", "осталось 14 дней", 14, None),
        (Marked(), "2026-12-08", "planned", "срок идёт, до 08.12.2026", 15, None),
        (Marked("running"), "2026-12-08", "running", "идёт, срок 08.12.2026", 15, None),
        (Marked(), None, "no_term", "без срока", None, None),
        (Marked("running"), None, "running", "идёт", None, None),
        (Marked("done", "2026-11-22"), "2026-11-22", "done", "выполнено", 0, True),
        (Marked("done", "2026-11-24"), "2026-11-22", "done", "выполнено, на 2 дня позже срока", 2, False),
        (Marked("done"), "2026-11-22", "done", "выполнено", None, None),
        (Marked("part", "2026-11-24"), "2026-11-22", "part", "выполнено частично, на 2 дня позже срока", 2, None),
        (Marked("cancelled"), "2026-11-22", "cancelled", "отменено", None, None),
        (Marked("moved"), "2026-10-01", "moved", "перенесено, новый срок не назван", None, None),
        (Marked("moved", moved_to="2026-12-01"), "2026-10-01", "moved", "перенесено на 01.12.2026", 8, None),
        (Marked("running", moved_to="2026-12-20"), "2026-10-01", "running", "идёт, срок 20.12.2026", 27, None),
        (Marked("done", "2026-12-19", "2026-12-20"), "2026-10-01", "done", "выполнено", 0, True),
        (Marked("moved", moved_to="2026-11-20"), "2026-10-01", "late", "просрочено на 3 дня", 3, None),
    ],
)
def test_how_an_activity_stands(
    marked: Marked, due: str | None, shown: str, word: str, days: int | None, in_time: bool | None
) -> None:
    found = standing(marked, due, "2026-09-01", DAY)
    assert (found.shown, found.word.replace("\u00a0", " "), found.days, found.in_time) == (shown, word, days, in_time)


def test_what_has_not_begun_lies_ahead() -> None:
    assert standing(Marked(), "2027-03-31", "2027-03-01", DAY).word == "впереди"
