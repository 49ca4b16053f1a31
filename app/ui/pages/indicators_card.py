"""The right side of «Показатели»: why an indicator stands so, its years and points, money, what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout

from app.operations import indicator_words
from app.operations.indicators import DIRECTION_SHORT, LIGHT_WORDS, IndicatorLine, Light, PointValue, YearValue
from app.texts import NBSP, glue, ru_date
from app.ui import theme
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Card, Scroller, beside, clear_layout
from app.ui.widgets.chip import Chip
from app.ui.widgets.facts import Facts
from app.ui.widgets.labels import Label

if TYPE_CHECKING:
    from app.ui.pages.monitoring_indicators import MonitoringIndicatorsView

KINDS: dict[Light, Kind] = {
    "reached": "ok", "near": "warn", "behind": "bad", "no_target": "none", "no_data": "none",
}  # fmt: skip


class IndicatorCard(Card):
    """One indicator."""

    def __init__(self, view: MonitoringIndicatorsView) -> None:
        super().__init__(pad=12)
        self._view = view
        self.setMinimumWidth(theme.current().px(270))
        self.scroller = Scroller(spacing=6)
        self.verbs = QVBoxLayout()
        self.verbs.setSpacing(theme.current().px(6))
        self.body.addWidget(self.scroller, 1)
        self.body.addLayout(self.verbs)
        self.years: QVBoxLayout | None = None
        self._year = 0

    def sizeHint(self) -> QSize:
        """A third of a small window."""
        return QSize(theme.current().px(330), theme.current().px(400))

    def show_line(self, line: IndicatorLine | None, year: int) -> None:
        """Show another indicator; None where none is chosen."""
        self.scroller.clear()
        clear_layout(self.verbs)
        self.years = None
        self._year = year
        column = self.scroller.column
        if line is None:
            column.addWidget(Label("Выберите индикатор: здесь будет, почему он так стоит и что сделать дальше.",
                                   "muted", wrap=True))  # fmt: skip
            column.addStretch(1)
            return
        column.addWidget(Label(f"{line.number}. {line.text}", "section", wrap=True))
        column.addWidget(Chip("bad" if line.fault else KINDS[line.light], LIGHT_WORDS[line.light]))
        column.addWidget(Label("Почему", "muted"))
        column.addWidget(Label(indicator_words.why(line, year), wrap=True).selectable())
        if line.moved:
            column.addWidget(Label(line.moved, wrap=True))
        told, _step = indicator_words.advice(line)
        if told:
            column.addWidget(Label(told, "strong", wrap=True))
        self._facts("Значение", self._value(line, year))
        self.years = QVBoxLayout()
        self.years.setSpacing(theme.current().px(4))
        column.addLayout(self.years)
        self._points(line)
        self._facts("Как в программе", self._planned(line))
        column.addStretch(1)
        self._buttons(line)

    def show_history(self, line: IndicatorLine, found: tuple[YearValue, ...]) -> None:
        """Show plan and fact of every plan year."""
        if self.years is None or not found:
            return
        clear_layout(self.years)
        typed = next((one.written for one in found if one.year == self._year), "")
        if typed:
            by = Facts()
            by.show_facts([("Вписано", glue(typed))])
            self.years.addWidget(by)
        self.years.addWidget(Label("По годам", "strong"))
        facts = Facts()
        facts.show_facts([(str(one.year), _year_words(line, one)) for one in found])
        self.years.addWidget(facts)

    def _facts(self, title: str, pairs: list[tuple[str, str]]) -> None:
        known = [pair for pair in pairs if pair[1]]
        if known:
            facts = Facts()
            facts.show_facts(known)
            self.scroller.column.addSpacing(theme.current().px(4))
            self.scroller.column.addWidget(Label(title, "strong"))
            self.scroller.column.addWidget(facts)

    @staticmethod
    def _value(line: IndicatorLine, year: int) -> list[tuple[str, str]]:
        ahead = "" if line.forecast is None else f"{line.shown(line.forecast)} к{NBSP}концу {year}{NBSP}года"
        return [
            ("Получено", glue(indicator_words.how(line))),
            ("Откуда", glue(line.source)),
            ("Прогноз", ahead),
            ("Деньги", indicator_words.money(line)),
            ("Мероприятия", indicator_words.helpers(line)),
        ]

    @staticmethod
    def _planned(line: IndicatorLine) -> list[tuple[str, str]]:
        base = line.shown(line.baseline) if line.baseline is not None else ""
        return [
            ("База", f"{base} ({line.baseline_year}{NBSP}год)" if base and line.baseline_year else base),
            ("План", glue(_aim(line))),
            ("Требуется", line.shown(line.required) if line.required is not None else ""),
            ("Лучше", DIRECTION_SHORT[line.direction] if line.direction else "не названо"),
            ("Допуск", indicator_words.points(line, line.tolerance) if line.tolerance is not None else "не задан"),
            ("Показатель", glue(line.measure)),
            ("Задача", glue(line.task)),
        ]

    def _points(self, line: IndicatorLine) -> None:
        if line.points:
            self._facts("Замеры", [(one.point.title, _point_words(line, one)) for one in line.points])

    def _buttons(self, line: IndicatorLine) -> None:
        view = self._view
        self.verbs.addWidget(Button("Как получилось…", view.open_formula, icon="file-search"))
        if not view.session.desk.read_only and not line.closed:
            self.verbs.addWidget(Button("Вписать значение…", view.ask_value, icon="edit"))
        opening = Button("В программе", view.open_node, icon="sitemap", kind="link", tip="Открыть в дереве программы")
        if view.session.desk.read_only:
            self.verbs.addWidget(opening)
        else:
            leeway = Button("Допуск…", view.ask_tolerance, icon="target-arrow", kind="link")
            self.verbs.addLayout(beside(leeway, opening, stretch=(1, 1)))


def _aim(line: IndicatorLine) -> str:
    """«30 %, цель редакции 1 от 15.02.2026; сейчас 50 %»."""
    shown = line.shown(line.target) if line.target is not None else ""
    return ", ".join(part for part in (shown, line.aim) if part)


def _year_words(line: IndicatorLine, one: YearValue) -> str:
    target = f"план {line.shown(one.target)}" if one.target else "плана нет"
    if one.value is None:
        return f"{target}, факта нет"
    kept = ", закрыт" if one.closed is not None else ""
    return f"{target}, факт {line.shown(one.value)}: {LIGHT_WORDS[one.judged.light]}{kept}"


def _point_words(line: IndicatorLine, one: PointValue) -> str:
    when = f"до {ru_date(one.point.due_on)}" if one.point.due_on else ""
    if one.point.closed:
        when = f"закрыт {ru_date(one.point.closed_at or '')}"
    if one.value is None:
        return f"нет данных, {when}" if when else "нет данных"
    now = "сейчас " if one.now else ""
    return ", ".join(part for part in (f"{now}{line.shown(one.value)}", LIGHT_WORDS[one.light], when) if part)
