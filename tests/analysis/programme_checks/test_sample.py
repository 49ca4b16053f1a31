"""004's own sample passport and tables give exactly the remarks their faults deserve, listed by hand."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from app.analysis import programme_checks
from app.analysis.programme_checks import RULES, Given
from tests.helpers.programme_trees import sample_of_004
from tests.helpers.shared import SHARED

_ROWS_WITH_BLANKS = ("title", "developers", "goal", "indicators", "results", "control")


def _found(shared: Path, years: tuple[int, int]) -> list[programme_checks.Finding]:
    given = Given(date(2023, 2, 1), programme_checks.read_words())
    return list(programme_checks.check(sample_of_004(shared, years).tree(), given))


_WHERE = pytest.mark.parametrize("shared", [SHARED] if SHARED else [], ids=["shared"] if SHARED else [])


@_WHERE
def test_the_sample_gives_what_its_faults_deserve(shared: Path) -> None:
    found = _found(shared, (2023, 2024))
    assert Counter(item.rule for item in found) == {
        # five tasks with nothing under them, three indicators that hang nowhere
        "task-no-activity": 5, "task-no-measure": 5, "node-loose": 3,
        # «определить направления программы», «разработать комплекс мер», «разработать комплекс мероприятий»
        "task-writes-programme": 3,
        # six rows of the passport, the goal that repeats one of them, three values «_____%»
        "blank-left": len(_ROWS_WITH_BLANKS) + 1 + 3,
        # table 2 goes to 2025
        "years-table": 1,
        "passport-results-number": 1, "mechanism-results": 1, "monitoring-missing": 1,
        "analysis-missing": 1, "problem-missing": 1, "plan-empty": 1, "money-missing": 1, "block-missing": 1,
        # what an indicator must have and these three have not
        "indicator-no-baseline": 3, "indicator-no-direction": 3, "indicator-no-source": 3, "indicator-no-period": 3,
        "indicator-no-responsible": 3,
        # hints: «комплекс мер», «комплекс мероприятий» in the row and in the tasks, «современная модель»
        "empty-words": 5, "goal-no-term": 1, "goal-not-measurable": 1, "no-stakeholders": 1,
    }  # fmt: skip
    blanks = {item.section for item in found if item.rule == "blank-left" and item.section}
    assert blanks == {f"passport.{name}" for name in _ROWS_WITH_BLANKS}
    assert [item.where for item in found if item.rule == "task-writes-programme"] == [
        "Задача 2",
        "Задача 3",
        "Задача 5",
    ]
    assert [item.reason for item in found if item.rule == "passport-results-number"] == [
        "В ожидаемых результатах 4\u00a0строки из 5 без числа: проверить их будет нечем."
    ]
    assert [item.reason for item in found if item.rule == "years-table"] == [
        "В таблице показателей есть 2025\u00a0год, а годы программы — 2023–2024."
    ]
    mechanism = next(item for item in found if item.rule == "mechanism-results")
    assert mechanism.section == "passport.mechanism"
    assert {item.rule for item in found if RULES[item.rule].level == "hint"} == {
        "empty-words", "goal-no-term", "goal-not-measurable", "no-stakeholders"
    }  # fmt: skip


@_WHERE
def test_with_the_tables_years_the_texts_differ(shared: Path) -> None:
    """Task 3 speaks of a regional programme 2020-2024: those years are not the programme's own."""
    found = [item for item in _found(shared, (2023, 2025)) if item.rule.startswith("years")]
    assert [(item.rule, item.section, item.where) for item in found] == [
        ("years-text", "passport.tasks", "Паспорт: Задачи программы"),
        ("years-text", "passport.period", "Паспорт: Срок реализации программы"),
        ("years-text", "section.plan", "План мероприятий"),
        ("years-text", None, "Задача 5"),
    ]  # fmt: skip
    assert all("2023" in item.reason and "2023–2025" in item.reason for item in found)
