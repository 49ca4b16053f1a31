"""What a programme says in words, in the order of its paper: rows of the passport, parts of the analysis, sections.

Source: 004, §1.2 (the ten rows of table 1, the eight structural components) and our own «показатели и индикаторы»,
«контроль и мониторинг», «риски», «приложения».
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Part = Literal["passport", "analysis", "section"]


@dataclass(frozen=True, slots=True)
class SectionDef:
    """One text of a programme.

    Attributes:
        key: stable Latin name, kept in the store.
        title: as the paper heads it.
        part: the passport's row, a part of the analysis, or a section of its own.
        derived: the program can write it from the tree and its own figures.
        hint: what belongs here, one sentence in our own words.
    """

    key: str
    title: str
    part: Part
    derived: bool
    hint: str


def _row(name: str, title: str, hint: str, *, derived: bool = True) -> SectionDef:
    return SectionDef(f"passport.{name}", title, "passport", derived, hint)


def _part(name: str, title: str, hint: str, *, derived: bool = True) -> SectionDef:
    return SectionDef(f"analysis.{name}", title, "analysis", derived, hint)


def _section(name: str, title: str, hint: str, *, derived: bool = False) -> SectionDef:
    return SectionDef(f"section.{name}", title, "section", derived, hint)


PASSPORT: tuple[SectionDef, ...] = (
    _row("title", "Наименование программы", "Полное наименование, как на титульном листе."),
    _row("developers", "Основные разработчики программы", "Кто писал программу.", derived=False),
    _row("executors", "Основные исполнители программы", "Кто выполняет мероприятия."),
    _row("goal", "Цель программы", "Цель из структуры программы."),
    _row("tasks", "Задачи программы", "Задачи из структуры, по порядку."),
    _row("indicators", "Основные показатели (индикаторы)", "Индикаторы с исходным значением и целью."),
    _row("period", "Срок реализации программы", "Годы программы; они же стоят в таблицах."),
    _row("mechanism", "Механизм реализации программы", "Кто и чем управляет: участники и их полномочия."),
    _row("results", "Ожидаемые результаты реализации", "Чего достигнут по каждой задаче, с числами."),
    _row("control", "Контроль реализации программы", "Кто проверяет, как часто и по каким данным."),
)

ANALYSIS: tuple[SectionDef, ...] = (
    _part("results", "Образовательные результаты", "Школы и их результаты за три года."),
    _part("process", "Кадры и учебный процесс", "Педагоги, специалисты и контингент, учебные планы."),
    _part("conditions", "Условия и ресурсы", "Что работает, что развивать, чего нет и какой нужен эффект."),
    _part("management", "Управление качеством образования", "Мониторинг, решения и их исполнение.", derived=False),
    _part("profiles", "Типы школ и рисковые профили", "Типология школ и факторы риска."),
    _part("problems", "Проблемы и причины", "Что следует из анализа: проблемы и их причины."),
)

SECTIONS: tuple[SectionDef, ...] = (
    _section("goal", "Цель и задачи программы", "Цель и задачи с коротким обоснованием.", derived=True),
    _section("mechanisms", "Механизмы реализации программы", "Участники, полномочия, результат.", derived=True),
    _section("period", "Сроки реализации программы", "Границы и этапы.", derived=True),
    _section("plan", "План мероприятий", "Слова перед таблицей плана."),
    _section("money", "Финансовое обеспечение программы", "Слова перед таблицей денег.", derived=True),
    _section("indicators", "Показатели и индикаторы", "Слова перед таблицей показателей."),
    _section("monitoring", "Контроль и мониторинг", "Что, когда и кем проверяется.", derived=True),
    _section("risks", "Риски", "Что может помешать и что тогда делать.", derived=True),
    _section("annexes", "Приложения", "Перечень приложений."),
)

ALL: tuple[SectionDef, ...] = PASSPORT + ANALYSIS + SECTIONS
BY_KEY = {item.key: item for item in ALL}
