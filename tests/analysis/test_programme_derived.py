"""What the tree says in words: the passport and the sections, line by line."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Any, TypeVar

from app.analysis.programme_derived import derived, period_words
from app.analysis.programme_values import number
from app.models.programme_records import (
    Activity,
    ActivityResult,
    Indicator,
    MechanismLine,
    Money,
    MonitorLine,
    Node,
    Programme,
    Responsible,
    Target,
    Term,
    Tree,
)
from app.texts import NBSP

R = TypeVar("R")


def row(record: type[R], **own: Any) -> R:
    """Return a record whose other columns are empty."""
    empty: dict[str, Any] = {item.name: None for item in fields(record) if item.default is MISSING}  # type: ignore[arg-type]
    return record(**(empty | own))


class Planting:
    """A tree grown by hand."""

    def __init__(self, title: str = "Программа", years: tuple[int, int] = (2023, 2025), **own: Any) -> None:
        first, last = years
        self.head = row(Programme, id=1, document="programme", building="tasks", title=title,
                        year_from=first, year_to=last, **own)  # fmt: skip
        self.nodes: dict[int, Node] = {}
        self.many: dict[str, Any] = {}
        self.mechanism: list[MechanismLine] = []
        self.monitoring: list[MonitorLine] = []

    def put(self, part: str, key: int, value: Any) -> None:
        kept = self.many.setdefault(part, {})
        kept[key] = (*kept.get(key, ()), value)

    def node(self, kind: Any, text: str, under: int | None = None, **own: Any) -> int:
        key = len(self.nodes) + 1
        self.nodes[key] = row(Node, id=key, parent_id=under, kind=kind, position=key, text=text, **own)
        return key

    def indicator(self, text: str, under: int, *, unit: str = "%", direction: Any = "down", baseline: str = "",
                  targets: dict[int, str] | None = None) -> int:  # fmt: skip
        key = self.node("indicator", text, under)
        self.many.setdefault("indicators", {})[key] = row(
            Indicator, unit=unit, direction=direction, baseline_raw=baseline, baseline=number(baseline).value,
            baseline_year=2022,
        )  # fmt: skip
        kept = {year: row(Target, raw=raw, value=number(raw).value) for year, raw in (targets or {}).items()}
        self.many.setdefault("targets", {})[key] = kept
        return key

    def activity(self, text: str, under: int | None = None, *, spans: Any = (("2023-03-01", "2023-03-31"),),
                 responsible: Any = ("Методист",), results: Any = (), free: bool = True) -> int:  # fmt: skip
        key = self.node("activity", text, under)
        self.many.setdefault("activities", {})[key] = row(Activity, free=free, own=True)
        for first, last in spans:
            self.put("terms", key, row(Term, date_from=first, date_to=last))
        for words in responsible:
            self.put("responsible", key, row(Responsible, text=words))
        for words in results:
            self.put("results", key, row(ActivityResult, text=words))
        return key

    def money(self, key: int, year: int, kopecks: int | None, source: str = "municipal") -> None:
        self.put("money", key, row(Money, plan_year=year, source=source, kopecks=kopecks))

    def tree(self) -> Tree:
        lines: dict[str, Any] = {"mechanism": tuple(self.mechanism), "monitoring": tuple(self.monitoring)}
        return Tree(self.head, self.nodes, **self.many, **lines)


def whole() -> Planting:
    plant = Planting("Муниципальная программа поддержки школ на 2023–2025 годы")
    goal = plant.node("goal", "К концу 2025 года снизить долю не сдавших математику до 10 %")
    task = plant.node("task", "Обучить учителей математики школ списка", goal)
    measure = plant.node("measure", "Качество математического образования", task)
    plant.indicator("Доля не сдавших математику", measure, baseline="34", targets={2023: "30", 2024: "20", 2025: "10"})
    plant.activity("Курсы по геометрии", task)
    plant.activity("Пробный экзамен", task, responsible=("методист.", "Методист"))
    powers = "Раз в квартал смотрит выполнение плана"
    plant.mechanism.append(row(MechanismLine, id=1, participant="Рабочая группа", powers=powers, result=""))
    plant.monitoring.append(
        row(
            MonitorLine, id=1, subject="Сдача математики", measures="Доля не сдавших", source="Результаты ОГЭ",
            period="Раз в год", responsible="Методист",
        )
    )  # fmt: skip
    return plant


def said(plant: Planting, key: str) -> list[str]:
    return [line.text.replace(NBSP, " ") for line in derived(plant.tree(), key)]


def test_the_passport_of_a_whole_programme() -> None:
    plant = whole()
    assert said(plant, "passport.title") == ["Муниципальная программа поддержки школ на 2023–2025 годы"]
    assert said(plant, "passport.executors") == ["Методист"]
    assert said(plant, "passport.goal") == ["К концу 2025 года снизить долю не сдавших математику до 10 %."]
    assert said(plant, "passport.tasks") == ["1. Обучить учителей математики школ списка."]
    assert said(plant, "passport.indicators") == [
        "1.1.1. Доля не сдавших математику: исходное значение — 34 % (2022 год), цель — 10 % (2025 год)."
    ]
    assert said(plant, "passport.period") == ["2023–2025 годы"]
    assert said(plant, "passport.mechanism") == ["Рабочая группа: раз в квартал смотрит выполнение плана."]
    assert said(plant, "passport.results") == [
        "Задача 1: доля не сдавших математику снизится с 34 % (2022 год) до 10 % (2025 год)."
    ]
    assert said(plant, "passport.control") == [
        "Сдача математики: доля не сдавших; источник — результаты ОГЭ; когда — раз в год; отвечает — методист."
    ]
    assert said(plant, "passport.developers") == []


def test_what_is_missing_is_said_and_never_zero() -> None:
    plant = Planting()
    goal = plant.node("goal", "Цель")
    task = plant.node("task", "Задача", goal)
    measure = plant.node("measure", "Показатель", task)
    plant.indicator("Число школ", measure, unit="", direction=None)
    plant.activity("Семинар", task, results=("Провели семинар.", "Сборник материалов"))
    assert said(plant, "passport.indicators") == ["1.1.1. Число школ: исходное значение не указано, цель не указана."]
    assert said(plant, "passport.results") == ["Задача 1: провели семинар; сборник материалов."]
    assert said(plant, "section.money") == []


def test_indicators_agree_with_their_verb() -> None:
    plant = Planting()
    task = plant.node("task", "Задача")
    measure = plant.node("measure", "Показатель", task)
    plant.indicator("Расходы на учебники", measure, unit="тыс. ₽", direction="up", targets={2025: "12,5"})
    plant.indicator("Численность психологов", measure, unit="чел.", direction="hold", targets={2025: "5"})
    plant.indicator("Число школ списка", measure, unit="", direction=None, targets={2025: "не более двух"})
    (told,) = said(plant, "passport.results")
    assert told == (
        "Задача 1: расходы на учебники вырастут до 12,5 тыс. ₽ (2025 год); "
        "численность психологов останется на уровне 5 чел. (2025 год); "
        "число школ списка составит не более двух (2025 год)."
    )


def test_units_and_commas_of_reached_values() -> None:
    plant = Planting()
    task = plant.node("task", "Задача")
    measure = plant.node("measure", "Показатель", task)
    plant.indicator("Число школ списка", measure, unit="школ", baseline="9", targets={2025: "4"})
    plant.indicator("Доля детей, не достигших минимума", measure, baseline="31,5", targets={2025: "15"})
    first = said(plant, "passport.indicators")[0]
    assert first == "1.1.1. Число школ списка: исходное значение — 9 школ (2022 год), цель — 4 школы (2025 год)."
    (told,) = said(plant, "passport.results")
    assert told == (
        "Задача 1: число школ списка снизится с 9 школ (2022 год) до 4 школ (2025 год); "
        "доля детей, не достигших минимума, снизится с 31,5 % (2022 год) до 15 % (2025 год)."
    )


def test_the_period_is_as_typed_or_by_dates_or_by_years() -> None:
    assert period_words(Planting(years=(2026, 2026)).tree()) == f"2026{NBSP}год"
    assert period_words(Planting(period_text="2026–2028 учебные годы").tree()) == "2026–2028 учебные годы"
    exact = Planting(date_from="2026-09-01", date_to="2028-08-31").tree()
    assert period_words(exact) == f"с{NBSP}01.09.2026 по{NBSP}31.08.2028"


def test_activities_of_a_year_agree_with_their_number() -> None:
    plant = Planting()
    for place in range(21):
        plant.activity(f"Дело {place}")
    for _place in range(2):
        plant.activity("Другое", spans=(("2024-01-10", "2024-01-12"),))
    plant.activity("Долгое", spans=(("2024-12-01", "2025-02-01"),))
    assert said(plant, "section.period") == [
        "Срок реализации — 2023–2025 годы.",
        "В 2023 году идёт 21 мероприятие, в 2024 году — 3, в 2025 году — 1.",
    ]


def test_money_adds_up_by_years_and_sources_and_says_what_it_left_out() -> None:
    plant = Planting()
    first, second = plant.activity("Курсы", free=False), plant.activity("Поездки")
    plant.money(first, 2023, 120_000_00)
    plant.money(first, 2024, 50_50, source="regional")
    plant.money(second, 2024, None)
    assert said(plant, "section.money") == [
        "Всего на программу нужно 120 050,50 ₽.",
        "По годам: 2023 год — 120 000,00 ₽; 2024 год — 50,50 ₽.",
        "По источникам: региональный бюджет — 50,50 ₽; местный бюджет — 120 000,00 ₽.",
        "Без затрат: 1 мероприятие.",
        "Не вошло в итог: 1 сумма, где написано не число.",
    ]


def test_risks_say_what_is_done_against_them() -> None:
    plant = Planting()
    plant.node("risk", "Учитель уволится", answer="Урок ведёт учитель школы-партнёра")
    plant.node("risk", "Денег не дадут.")
    assert said(plant, "section.risks") == [
        "1. Учитель уволится. Что делать: урок ведёт учитель школы-партнёра.",
        "2. Денег не дадут. Что делать, не указано.",
    ]


def test_years_outside_the_programme_are_in_no_total_and_no_target() -> None:
    # the table of money has columns for the programme's years only: the sentence above it must agree
    plant = Planting(years=(2023, 2024))
    task = plant.node("task", "Учить")
    measure = plant.node("measure", "Знания", task)
    plant.indicator("Доля", measure, targets={2023: "30", 2024: "20", 2031: "1"})
    activity = plant.node("activity", "Курсы", task)
    for year in (2022, 2023, 2031):
        plant.money(activity, year, 100_00)
    assert said(plant, "section.money") == [
        "Всего на программу нужно 100,00 ₽.",
        "По годам: 2023 год — 100,00 ₽.",
        "По источникам: местный бюджет — 100,00 ₽.",
        "Не вошло в итог: 2 суммы за годы вне срока программы.",
    ]
    assert "цель — 20 % (2024 год)" in said(plant, "passport.indicators")[0]


def test_who_answers_keeps_the_full_stop_of_an_initial() -> None:
    plant = Planting(years=(2023, 2024))
    activity = plant.node("activity", "Курсы")
    for text in ("Ким О. В.", "директор школы.", "Ким О. В."):
        plant.put("responsible", activity, row(Responsible, node_id=activity, text=text))
    assert said(plant, "passport.executors") == ["Ким О. В.", "директор школы"]
