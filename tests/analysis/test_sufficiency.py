"""Sufficiency of activities: the verdicts, why, and what to mend."""

from __future__ import annotations

import pytest

from app.analysis.sufficiency import ActivityFacts, IndicatorFacts, activity_findings, judge


def activity(shown: str | None = "done", *, results: int = 1, serves: int = 1, product: bool = True) -> ActivityFacts:
    return ActivityFacts(results, serves, shown, product)


def light(name: str, served: int = 1) -> IndicatorFacts:
    return IndicatorFacts(name, served)


@pytest.mark.parametrize(
    ("activities", "lights", "verdict", "why"),
    [
        ([], ["reached"], "gap", "У задачи нет ни одного мероприятия."),
        (["done"], [], "gap", "У задачи нет индикаторов: не видно, помогают ли мероприятия."),
        (["late"], ["no_data", "no_target"], "no_data", "Значений индикаторов за этот год нет."),
        (["done"], ["reached", "no_data"], "no_data", "Известно 1 индикатор из 2, отстающих среди них нет."),
        (["late"], ["reached", "reached"], "enough", "Все индикаторы задачи достигнуты."),
        (["done"], ["reached", "near"], "almost", "Индикаторы достигнуты или близки к цели."),
        (["done", "done"], ["behind", "reached"], "short",
         "Отстаёт 1 индикатор из 2, хотя мероприятия выполнены: их мало или они не те."),
        (["done", "late"], ["behind"], "undone",
         "Отстаёт 1 индикатор из 1, но не выполнено 1 мероприятие: сначала нужно исполнение."),
        (["done", "running", None], ["behind", "no_data"], "early",
         "Отстаёт 1 индикатор из 2, впереди ещё 2 мероприятия."),
    ],
)  # fmt: skip
def test_a_task_is_judged(activities: list[str | None], lights: list[str], verdict: str, why: str) -> None:
    found = judge([activity(shown) for shown in activities], [light(name) for name in lights])
    assert (found.verdict, found.why.replace("\u00a0", " ")) == (verdict, why)
    assert not found.findings


def test_what_to_mend_is_counted_in_words() -> None:
    found = judge(
        [activity(results=0), activity("done", serves=0, product=False), activity("planned", serves=0, product=False)],
        [light("reached", 0), light("reached", 0), light("reached")],
    )
    assert [text.replace("\u00a0", " ") for text in found.findings] == [
        "1 мероприятие без планируемого результата",
        "2 мероприятия не связаны ни с одним индикатором",
        "1 мероприятие выполнено, но что получилось, не записано",
        "2 индикатора без мероприятий: на них никто не работает",
    ]


def test_one_activity_says_what_it_lacks() -> None:
    assert activity_findings(activity()) == ()
    assert activity_findings(activity(results=0, serves=0, product=False)) == (
        "нет планируемого результата", "нет связи с индикатором", "не записано, что получилось",
    )  # fmt: skip
    assert activity_findings(activity("late", product=False)) == ()
