"""Dates of the plan: what contradicts what, dates as words of a term, events of days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.analysis import terms
from app.analysis.programme_dates import DIFFERS, UNDATED, DatePlan, DateRow, differs, events, plan, term_of
from app.models.programme_records import Tree
from tests.helpers.programme_trees import Planting

TODAY = date(2026, 11, 22)


def planted() -> tuple[Tree, dict[str, int]]:
    plant = Planting(years=(2026, 2028))
    task = plant.node("task", "Обучить учителей", plant.node("goal", "Цель"))
    key = {
        "first": plant.activity("Список", task, term="март 2026", spans=(("2026-03-01", "2026-03-31"),)),
        "early": plant.activity("Курсы", task, term="январь 2026", spans=(("2026-01-10", "2026-01-20"),)),
        "outside": plant.activity("Итоги", task, term="март 2029", spans=(("2029-03-01", "2029-03-31"),)),
        "undated": plant.activity("Беседы", task, term=None, spans=()),
        "due": plant.activity("Отчёт", task, term="до 15.03.2026", spans=(("2026-03-15", "2026-03-15"),)),
    }
    plant.link("after", key["early"], key["first"])
    return plant.tree(), key


def row_of(found: DatePlan, key: int) -> DateRow:
    return next(row for row in found.activities if row.node_id == key)


def test_rows_are_the_plan_with_its_headings_and_what_is_wrong() -> None:
    tree, key = planted()
    found = plan(tree, TODAY)
    assert [(row.heading, row.number) for row in found.rows] == [
        (True, "1"), (False, "1.1"), (False, "1.2"), (False, "1.3"), (False, "1.4"), (False, "1.5"),
    ]  # fmt: skip
    assert found.rows[0].spans == ((date(2026, 1, 10), date(2029, 3, 31)),)
    assert [mark.key for mark in row_of(found, key["early"]).marks] == ["dependency-earlier"]
    assert row_of(found, key["early"]).after == (key["first"],)
    assert row_of(found, key["outside"]).state == "вне срока программы"
    assert [mark.key for mark in row_of(found, key["undated"]).marks] == [UNDATED]
    assert row_of(found, key["first"]).state == ""
    assert found.extent == (date(2026, 1, 1), date(2029, 3, 31))


def test_dates_put_by_hand_differ_from_the_text_until_they_say_the_same() -> None:
    tree, key = planted()
    term = replace(tree.terms[key["first"]][0], date_to="2026-04-10", typed=True)
    moved = replace(tree, terms={**tree.terms, key["first"]: (term,)})
    assert not differs(tree, key["first"])
    assert differs(moved, key["first"])
    assert row_of(plan(moved, TODAY), key["first"]).marked(DIFFERS)
    back = replace(tree, terms={**tree.terms, key["first"]: (replace(term, date_to="2026-03-31"),)})
    assert not differs(back, key["first"]), "typed, but the same dates"


@pytest.mark.parametrize(
    ("spans", "words"),
    [
        ([("2026-03-01", "2026-03-31")], "март 2026\u00a0года"),
        ([("2026-09-01", "2026-11-30")], "сентябрь – ноябрь 2026\u00a0года"),
        ([("2026-09-01", "2027-05-31")], "сентябрь 2026 – май 2027\u00a0года"),
        ([("2026-01-01", "2026-12-31")], "2026\u00a0год"),
        ([("2026-01-01", "2028-12-31")], "2026–2028\u00a0годы"),
        ([("2028-02-01", "2028-02-29")], "февраль 2028\u00a0года"),
        ([("2027-02-01", "2027-02-27")], "01.02.2027 – 27.02.2027"),
        ([("2026-03-15", "2026-03-15")], "15.03.2026"),
        ([("2026-06-15", "2026-06-15"), ("2026-03-01", "2026-03-31")], "март 2026\u00a0года; 15.06.2026"),
    ],
)
def test_dates_become_words_that_are_read_back_as_the_same_dates(spans: list[tuple[str, str]], words: str) -> None:
    days = [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in spans]
    assert term_of(days) == words
    assert terms.parse(words, year_from=2026, year_to=2028).spans == tuple(sorted(spans))


def test_a_month_tells_what_begins_ends_and_is_due() -> None:
    tree, _key = planted()
    found = events(plan(tree, TODAY), date(2026, 3, 1), date(2026, 3, 31))
    assert [(event.day.day, event.kind, event.row.number) for event in found] == [
        (1, "start", "1.1"), (15, "deadline", "1.5"), (31, "end", "1.1"),
    ]  # fmt: skip
