"""Every rule fires on the fault it is about and is silent on a programme without it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.analysis import programme_checks
from app.analysis.programme_checks import RULES, Finding, Given
from tests.helpers.programme_trees import Planting, whole

TODAY = date(2026, 11, 23)
Spoil = Callable[[Planting, dict[str, int]], Any]


def given(**own: Any) -> Given:
    values: dict[str, Any] = {"today": TODAY, "words": programme_checks.read_words(), "listed": 4}
    return Given(**(values | own))


def found(plant: Planting, **own: Any) -> list[Finding]:
    return list(programme_checks.check(plant.tree(), given(**own)))


def fired(plant: Planting, **own: Any) -> set[str]:
    return {item.rule for item in found(plant, **own)}


def _retext(name: str, text: str) -> Spoil:
    return lambda plant, key: plant.nodes.update({key[name]: replace(plant.nodes[key[name]], text=text)})


def _indicator(**values: Any) -> Spoil:
    def change(plant: Planting, key: dict[str, int]) -> None:
        plant.indicators[key["indicator"]] = replace(plant.indicators[key["indicator"]], **values)

    return change


def _activity(**values: Any) -> Spoil:
    def change(plant: Planting, key: dict[str, int]) -> None:
        plant.activities[key["activity"]] = replace(plant.activities[key["activity"]], **values)

    return change


def _head(**values: Any) -> Spoil:
    def change(plant: Planting, key: dict[str, int]) -> None:
        plant.programme = replace(plant.programme, **values)

    return change


def _without(name: str) -> Spoil:
    def change(plant: Planting, key: dict[str, int]) -> None:
        gone = {key[name]}
        while more := {node.id for node in plant.nodes.values() if node.parent_id in gone} - gone:
            gone |= more
        for node in gone:
            del plant.nodes[node]
        plant.lines["links"] = [row for row in plant.lines["links"] if not {row.source_id, row.target_id} & gone]

    return change


def _unlink(kind: str, source: str) -> Spoil:
    def change(plant: Planting, key: dict[str, int]) -> None:
        kept = [row for row in plant.lines["links"] if (row.kind, row.source_id) != (kind, key[source])]
        plant.lines["links"] = kept

    return change


def _no_rows(table: str, name: str = "activity") -> Spoil:
    return lambda plant, key: plant.rows[table].pop(key[name])


def _results(*texts: str) -> Spoil:
    def change(plant: Planting, key: dict[str, int]) -> None:
        first = plant.rows["results"][key["activity"]][0]
        plant.rows["results"][key["activity"]] = [replace(first, text=text) for text in texts]

    return change


def _both(*steps: Spoil) -> Spoil:
    def change(plant: Planting, key: dict[str, int]) -> None:
        for step in steps:
            step(plant, key)

    return change


def _lines(table: str, **values: Any) -> Spoil:
    def change(plant: Planting, key: dict[str, int]) -> None:
        plant.lines[table] = [replace(row, **values) for row in plant.lines[table]]

    return change


def _no_lines(table: str) -> Spoil:
    return lambda plant, key: plant.lines.pop(table)


def _text(key: str, text: str) -> Spoil:
    return lambda plant, _key: plant.text(key, text)


def _task_lines(plant: Planting, key: dict[str, int]) -> None:
    for number in range(8):
        plant.node("measure", f"Показатель {number}", key["task"])


def _second_cause_first(plant: Planting, key: dict[str, int]) -> None:
    cause = plant.node("cause", "Треть оценок — «2»", key["problem"], cause_kind="result")
    plant.link("solves", key["task"], cause)


def _paid(plant: Planting, key: dict[str, int]) -> None:
    _activity(free=False)(plant, key)
    plant.money(key["activity"], 2023, 6_000_000)


def _half_paid(plant: Planting, key: dict[str, int]) -> None:
    _paid(plant, key)
    plant.activities[key["second"]] = replace(plant.activities[key["second"]], free=False)


def _estimated(plan: int, line: int, **own: Any) -> Spoil:
    def change(plant: Planting, key: dict[str, int]) -> None:
        _activity(free=False)(plant, key)
        plant.money(key["activity"], 2023, plan)
        plant.estimate(key["activity"], 2023, line, **own)

    return change


def _task_money(plant: Planting, key: dict[str, int]) -> None:
    _paid(plant, key)
    plant.money(key["task"], 2023, 5_000_000)


def _circle(plant: Planting, key: dict[str, int]) -> None:
    plant.link("after", key["activity"], key["second"])
    plant.link("after", key["second"], key["activity"])


def _labels(plant: Planting, key: dict[str, int]) -> None:
    for name in ("activity", "second"):
        plant.activities[key[name]] = replace(plant.activities[key[name]], label="6.2")


def _not_own(plant: Planting, key: dict[str, int]) -> None:
    for name in ("activity", "second"):
        plant.activities[key[name]] = replace(plant.activities[key[name]], own=False)


def _not_free(plant: Planting, key: dict[str, int]) -> None:
    for name in ("activity", "second"):
        plant.activities[key[name]] = replace(plant.activities[key[name]], free=False)


def _twin(plant: Planting, key: dict[str, int]) -> None:
    plant.activity("Курс по геометрии.", key["task"], serves=[key["indicator"]])


FAULTS: dict[str, Spoil] = {
    "passport-missing": lambda plant, key: plant.texts.pop("passport.developers"),
    "passport-results-number": _text("passport.results", "- рост качества\n- 12 учителей обучены"),
    "analysis-missing": lambda plant, key: [plant.texts.pop(f"analysis.{name}") for name in ("results", "process",
                                                                                            "conditions")],
    "analysis-part-missing": lambda plant, key: plant.texts.pop("analysis.process"),
    "analysis-order": _second_cause_first,
    "problem-missing": _without("problem"),
    "problem-no-cause": _without("cause"),
    "problem-unanswered": _both(_unlink("solves", "goal"), _unlink("solves", "task")),
    "cause-no-task": _unlink("solves", "task"),
    "cause-no-kind": lambda plant, key: plant.nodes.update(
        {key["cause"]: replace(plant.nodes[key["cause"]], cause_kind=None)}
    ),
    "no-stakeholders": _no_lines("stakeholders"),
    "stakeholder-no-interest": _lines("stakeholders", interest=" "),
    "goal-missing": _without("goal"),
    "goal-no-task": _without("task"),
    "goal-no-term": _retext("goal", "Снизить долю не сдавших до 10 %"),
    "goal-not-measurable": _both(_without("measure"), _retext("goal", "Чтобы все сдавали математику в срок")),
    "task-no-activity": lambda plant, key: plant.node("task", "Дать школам оборудование", key["goal"]),
    "task-no-measure": _without("measure"),
    "task-many-measures": _task_lines,
    "task-writes-programme": _retext("task", "Разработать комплекс мероприятий по поддержке школ"),
    "task-solves-nothing": _unlink("solves", "task"),
    "measure-no-indicator": lambda plant, key: plant.node("measure", "Кадры", key["task"]),
    "node-loose": lambda plant, key: plant.node("cause", "Нет кабинета", cause_kind="conditions"),
    "text-empty": _retext("cause", "  "),
    "entry-unread": lambda plant, key: plant.drafts.update({(key["activity"], "schools"): ("СОШ 99", "X")}),
    "risk-no-answer": lambda plant, key: plant.node("risk", "Закроют дорогу", answer=""),
    "indicator-no-baseline": _indicator(baseline_raw=None, baseline=None),
    "indicator-no-baseline-year": _indicator(baseline_year=None),
    "indicator-no-target": lambda plant, key: plant.targets[key["indicator"]].pop(2024),
    "indicator-no-direction": _indicator(direction=None),
    "indicator-no-unit": _indicator(unit=""),
    "indicator-no-source": _indicator(source=None),
    "indicator-no-period": _indicator(period=" "),
    "indicator-no-responsible": _indicator(responsible=None),
    "indicator-number": lambda plant, key: plant.target(key["indicator"], 2024, "около трети"),
    "indicator-over-100": lambda plant, key: plant.target(key["indicator"], 2023, "120"),
    "target-against": lambda plant, key: plant.target(key["indicator"], 2023, "35"),
    "target-unchanged": lambda plant, key: [plant.target(key["indicator"], year, "34") for year in (2023, 2024, 2025)],
    "target-below-required": lambda plant, key: plant.target(key["indicator"], 2025, "10", "9"),
    "indicator-unserved": _both(_unlink("serves", "activity"), _unlink("serves", "second")),
    "plan-empty": _both(_without("activity"), _without("second")),
    "activity-no-term": _both(_no_rows("terms"), _activity(term_text=None)),
    "activity-term-unread": _both(_no_rows("terms"), _activity(term_text="по мере сил", term_code="TERM_UNREAD")),
    "activity-outside": lambda plant, key: plant.rows["terms"].update(
        {key["activity"]: [replace(plant.rows["terms"][key["activity"]][0], date_to="2026-01-10")]}
    ),
    "activity-no-responsible": _no_rows("responsible"),
    "activity-no-result": _no_rows("results"),
    "activity-twice": _twin,
    "activity-no-indicator": _unlink("serves", "activity"),
    "activity-no-direction": _head(building="directions"),
    "activity-no-schools": _activity(coverage="none"),
    "activity-schools-empty": _activity(coverage="chosen"),
    "result-no-number": _results("Рост качества преподавания"),
    "result-repeats": _results("Проведены курсы по геометрии"),
    "label-twice": _labels,
    "dependency-earlier": lambda plant, key: plant.link("after", key["activity"], key["second"]),
    "dependency-cycle": _circle,
    "no-own-activity": _not_own,
    "money-missing": _not_free,
    "money-not-said": _half_paid,
    "money-number": lambda plant, key: plant.money(key["activity"], 2023, None, raw="много", code="PROGRAMME_NOT_SUM"),
    "money-free": lambda plant, key: plant.money(key["activity"], 2023, 100),
    "money-no-source": _estimated(100, 100, source=""),
    "estimate-differs": _estimated(100, 90),
    "estimate-missing": _paid,
    "estimate-no-date": _estimated(100, 100, comes=None),
    "money-task-twice": _task_money,
    "money-text-differs": _both(_paid, _text("section.money", "Общий объём финансирования — 61 тыс. руб.")),
    "mechanism-missing": _no_lines("mechanism"),
    "mechanism-results": _lines("mechanism", powers="Повышение качества образования"),
    "mechanism-no-powers": _lines("mechanism", powers=""),
    "monitoring-missing": _no_lines("monitoring"),
    "monitoring-thin": _lines("monitoring", source=""),
    "years-text": _text("passport.period", "2023–2024 годы"),
    "years-table": lambda plant, key: plant.target(key["indicator"], 2026, "5"),
    "blank-left": _text("passport.control", "Отдел образования «_____»"),
    "empty-words": _retext("activity", "Внедрение эффективных форм работы с родителями"),
    "block-missing": _no_lines("blocks"),
    "block-thin": _lines("blocks", act="", number=""),
}  # fmt: skip


def test_a_whole_programme_has_no_remark() -> None:
    plant, _key = whole()
    assert found(plant) == []


def test_every_rule_has_its_fault() -> None:
    assert set(FAULTS) == set(RULES)


@pytest.mark.parametrize("rule", FAULTS)
def test_a_fault_is_named_by_its_rule(rule: str) -> None:
    plant, key = whole()
    FAULTS[rule](plant, key)
    day = date(2023, 5, 1) if rule.startswith("estimate") else TODAY
    answers = [item for item in found(plant, today=day) if item.rule == rule]
    assert answers
    for item in answers:
        assert item.where
        assert "{" not in item.reason
        assert item.reason.endswith(".")
        assert item.node_id is None or item.node_id in plant.nodes


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_a_rule_says_what_to_do(rule: programme_checks.Rule) -> None:
    assert rule.title
    assert rule.cure.endswith(".")
    assert rule.reason.endswith((".", "}"))
    assert rule.source
    assert not rule.example or rule.example[-1] in ".…»"


NOT_FAULTS: dict[str, tuple[str, Spoil]] = {
    "a task for schools is no task about the programme":
        ("task-writes-programme", _retext("task", "Разработать программу наставничества учителей математики")),
    "a state programme has years of its own":
        ("years-text", _retext("task", "Учесть меры государственной программы «Образование» на 2020–2024 годы")),
    "the same words at another time are another activity":
        ("activity-twice", lambda plant, key: plant.activity("Курсы по геометрии", key["task"], term="май 2024",
                                                             spans=(("2024-05-01", "2024-05-31"),))),
    "another number is another activity":
        ("activity-twice", lambda plant, key: (_retext("second", "Семинар для 5 классов")(plant, key),
                                               _retext("activity", "Семинар для 6 классов")(plant, key))),
    "another subject is another activity":
        ("activity-twice", lambda plant, key: (_retext("second", "Курсы для учителей физики")(plant, key),
                                               _retext("activity", "Курсы для учителей химии")(plant, key))),
    "an order can be shown": ("result-no-number", _results("Приказ о составе рабочей группы")),
    "all schools can be counted": ("result-no-number", _results("У каждой школы списка есть куратор")),
    "a number in words is a number": ("result-no-number", _results("Двенадцать учителей получили удостоверения")),
    "a result with a number of its own says more": ("result-repeats", _results("Проведены курсы для 12 учителей")),
    "a complex that is opened up has content":
        ("empty-words", _retext("activity", "Комплекс мер: два семинара и три выезда")),
    "a growing share goes up": ("target-against", _both(_indicator(direction="up", baseline="5", baseline_raw="5"),
                                lambda plant, key: plant.targets.update({key["indicator"]: {}}),
                                lambda plant, key: plant.target(key["indicator"], 2023, "6"))),
    "a tolerance holds": ("target-against", _both(_indicator(direction="hold", tolerance="30"))),
    "a stronger target than asked is fine":
        ("target-below-required", lambda plant, key: plant.target(key["indicator"], 2025, "10", "12")),
    "a term outside calendar years but inside the limits":
        ("activity-outside", _both(FAULTS["activity-outside"], _head(date_to="2026-01-31"))),
    "estimate and plan agree": ("estimate-differs", _estimated(100, 100)),
    "the sum of the text is the table's":
        ("money-text-differs", _both(_paid, _text("section.money", "Всего 60 тыс. рублей, на 2023 год — 60 000 руб."))),
    "years of a sentence are no sums": ("money-text-differs",
                                        _both(_paid, _text("section.money", "Деньги на 2023 год"))),
    "powers begin with a participant":
        ("mechanism-results", _text("section.mechanisms", "- методический центр: формирование плана семинаров;")),
    "what follows may end later": ("dependency-earlier", lambda plant, key: plant.link("after", key["second"],
                                                                                       key["activity"])),
    "a plan has no passport": ("passport-missing", _both(_head(document="plan"), FAULTS["passport-missing"])),
    "a school's programme has no service of its own": ("no-own-activity", _both(_head(kind="school"), _not_own)),
    "a service named as responsible works itself": ("no-own-activity", _both(_not_own, lambda plant, key:
        plant.rows["responsible"].update({key["activity"]: [replace(
            plant.rows["responsible"][key["activity"]][0], text="МБУ «Муниципальный методический центр»")]}))),
    "an activity under a heading takes its term from it":
        ("activity-no-term", lambda plant, key: plant.activity("Выезд в школу № 3", key["activity"], term=None,
                                                               spans=())),
    "an empty cell of a dash is no word": ("blank-left", _text("passport.control", "Отдел образования — раз в год")),
}  # fmt: skip


@pytest.mark.parametrize("name", NOT_FAULTS)
def test_what_is_no_fault_is_not_named(name: str) -> None:
    rule, spoil = NOT_FAULTS[name]
    plant, key = whole()
    spoil(plant, key)
    assert rule not in fired(plant)


def test_an_analysis_in_one_piece_is_looked_through() -> None:
    plant, _key = whole()
    for name in ("process", "conditions"):
        del plant.texts[f"analysis.{name}"]
    plant.text("analysis.results", "Условия: нет кабинетов.\nПедагоги: вакансии.\nРезультаты ВПР падают.")
    answers = [item for item in found(plant) if item.rule.startswith("analysis")]
    assert [item.rule for item in answers] == ["analysis-order"]
    assert answers[0].reason == "Анализ идёт не в том порядке: сначала условия, потом процесс."


def test_a_target_against_its_direction_is_said_with_its_numbers() -> None:
    plant, key = whole()
    plant.indicators[key["indicator"]] = replace(plant.indicators[key["indicator"]], baseline="30", baseline_raw="30")
    plant.target(key["indicator"], 2023, "35")
    answer = next(item for item in found(plant) if item.rule == "target-against")
    assert answer.reason == "Нужно снижение, а исходное значение — 30, цель на 2023 год — 35."
    assert (answer.node_id, answer.field, answer.where) == (key["indicator"], "targets", "Индикатор 1.1.1")


def test_a_circle_is_named_once_with_its_way() -> None:
    plant, key = whole()
    third = plant.activity("Семинар", key["task"], serves=[key["indicator"]])
    for source, target in ((key["activity"], key["second"]), (key["second"], third), (third, key["activity"])):
        plant.link("after", source, target)
    answers = [item for item in found(plant) if item.rule == "dependency-cycle"]
    way = "«Курсы по геометрии» → «Пробный экзамен» → «Семинар» → «Курсы по геометрии»"
    assert [item.reason for item in answers] == [f"Мероприятия ждут друг друга по кругу: {way}."]


def test_completeness_is_exact_and_leaves_hints_out() -> None:
    plant, key = whole()
    before = programme_checks.completeness(programme_checks.look_at(plant.tree(), given()))
    assert (before.filled, before.total, before.percent) == (40, 40, 100)
    FAULTS["empty-words"](plant, key)
    FAULTS["no-stakeholders"](plant, key)
    assert programme_checks.completeness(programme_checks.look_at(plant.tree(), given())) == before
    FAULTS["indicator-no-target"](plant, key)
    after = programme_checks.completeness(programme_checks.look_at(plant.tree(), given()))
    assert (after.filled, after.total, after.percent) == (39, 40, 97)


def test_a_result_of_doing_words_alone_repeats_nothing() -> None:
    plant, key = whole()
    _results("Проведено")(plant, key)
    assert {"result-no-number"} == fired(plant)
