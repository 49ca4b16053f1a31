"""The right side of «Исполнение»: why an activity stands so, what to do next, plan beside fact, evidence."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.analysis.programme_values import roubles
from app.models.registers import Attachment
from app.operations import decisions, execution_words
from app.operations.decisions import ControlLine
from app.operations.execution import PART_PASSED, SHOWN_WORDS, ExecutionLine, ExecutionTable
from app.operations.execution_words import Step
from app.operations.programme_cells import COVERAGE_WORDS
from app.texts import count, glue, ru_date
from app.ui import theme
from app.ui.pages.execution_events import ActivityEventsPart
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Card, Row, Scroller, clear_layout
from app.ui.widgets.chip import Chip
from app.ui.widgets.facts import Facts
from app.ui.widgets.labels import Label

if TYPE_CHECKING:
    from app.ui.pages.execution_view import ExecutionView

KINDS: dict[str, Kind] = {
    "late": "bad", "soon": "warn", "running": "info", "planned": "none", "no_term": "none", "part": "warn",
    "moved": "info", "cancelled": "none", "done": "ok",
}  # fmt: skip
MOST_NAMES = 4
MOST_POINTS = 5


def kind_of(line: ExecutionLine) -> Kind:
    """Return the mark of an activity; one with an ended term among others asks for attention."""
    return "warn" if line.part_passed and line.shown == "planned" else KINDS[line.shown]


class ExecutionCard(Card):
    """One activity."""

    def __init__(self, view: ExecutionView) -> None:
        super().__init__(pad=12)
        self._view = view
        self.setMinimumWidth(theme.current().px(270))
        self.scroller = Scroller(spacing=6)
        self.verbs = QVBoxLayout()
        self.verbs.setSpacing(theme.current().px(6))
        self.body.addWidget(self.scroller, 1)
        self.body.addLayout(self.verbs)
        self.decided: QVBoxLayout | None = None
        self.happened: QVBoxLayout | None = None
        self._line: ExecutionLine | None = None

    def sizeHint(self) -> QSize:
        """A third of a small window."""
        return QSize(theme.current().px(320), theme.current().px(400))

    def show_line(self, line: ExecutionLine | None, table: ExecutionTable | None) -> None:
        """Show another activity; None where none is chosen."""
        self.scroller.clear()
        clear_layout(self.verbs)
        self._line, self.decided, self.happened = line, None, None
        column = self.scroller.column
        if line is None or table is None:
            column.addWidget(Label("Выберите мероприятие: здесь будет, почему оно так стоит и что сделать дальше.",
                                   "muted", wrap=True))  # fmt: skip
            column.addStretch(1)
            return
        column.addWidget(Label(line.named, "section", wrap=True))
        attention = line.part_passed is not None and line.shown == "planned"
        column.addWidget(Chip(kind_of(line), PART_PASSED if attention else SHOWN_WORDS[line.shown]))
        column.addWidget(Label("Почему", "muted"))
        column.addWidget(Label(execution_words.why(line, table.day), wrap=True).selectable())
        if line.reason:
            column.addWidget(Label(f"Причина: {line.reason}", wrap=True).selectable())
        advice = execution_words.advice(line, table.day)
        if advice.text:
            column.addWidget(Label(advice.text, "strong", wrap=True))
        self._facts("Что получилось", self._done(line, table))
        self._files(line)
        self.decided = QVBoxLayout()
        self.decided.setSpacing(theme.current().px(2))
        column.addLayout(self.decided)
        self._ask_decisions(line, table)
        happened = self.happened = QVBoxLayout()
        happened.setSpacing(theme.current().px(2))
        column.addLayout(happened)
        ActivityEventsPart(self._view, happened, lambda: self.happened is happened).ask(line)
        self._facts("Как в плане", self._planned(line, table))
        column.addStretch(1)
        self._buttons(line, advice.step)

    def _facts(self, title: str, pairs: list[tuple[str, str]]) -> None:
        known = [pair for pair in pairs if pair[1]]
        if known:
            facts = Facts()
            facts.show_facts(known)
            self.scroller.column.addSpacing(theme.current().px(4))
            self.scroller.column.addWidget(Label(title, "strong"))
            self.scroller.column.addWidget(facts)

    def _done(self, line: ExecutionLine, table: ExecutionTable) -> list[tuple[str, str]]:
        people = "" if line.participants is None else count(line.participants, "человек", "человека", "человек")
        return [
            ("Выполнено", ru_date(line.done_on) if line.done_on else ""),
            ("Получено", glue(line.product)),
            ("Участники", people),
            ("Школы", _names(line.schools, table)),
            ("Потрачено", roubles(line.spent_kopecks)),
            ("Примечание", glue(line.remark)),
        ]

    @staticmethod
    def _planned(line: ExecutionLine, table: ExecutionTable) -> list[tuple[str, str]]:
        schools = _names(line.planned_schools, table) or COVERAGE_WORDS[line.coverage]
        serves = ", ".join(table.indicators[key] for key in line.serves if key in table.indicators)
        return [
            ("Срок", glue(line.term)),
            ("Кто", glue("; ".join(line.responsible))),
            ("Результат", glue("; ".join(line.results))),
            ("Школы", schools),
            ("Деньги", roubles(line.planned_kopecks)),
            ("Индикаторы", serves),
            ("Раздел", glue(line.group)),
        ]

    def _files(self, line: ExecutionLine) -> None:
        column = self.scroller.column
        column.addSpacing(theme.current().px(4))
        title = QHBoxLayout()
        title.addWidget(Label("Подтверждения", "strong"), 1)
        column.addLayout(title)
        if line.files:
            column.addWidget(Row(*(self._file(item) for item in line.files), gap=4))
        if self._view.session.desk.read_only:
            if not line.files:
                column.addWidget(Label("Ничего не приложено.", "muted"))
            return
        acts = self._view.marks
        column.addWidget(Row(
            Button("Приложить файл…", acts.attach, icon="paperclip", kind="link"),
            Button("Дать ссылку…", acts.link, kind="link"), gap=4,
        ))  # fmt: skip

    def _file(self, item: Attachment) -> Button:
        button = Button(item.title, lambda: self._view.open_file(item), icon="paperclip", kind="choice")
        button.setToolTip(item.link or item.file_name or item.title)
        button.setMaximumWidth(theme.current().px(250))
        return button

    def _ask_decisions(self, line: ExecutionLine, table: ExecutionTable) -> None:
        """Ask for the points of decisions that are tied to the activity."""
        session = self._view.session
        if not session.desk.is_open:
            return

        def show(found: tuple[ControlLine, ...]) -> None:
            if self._line is line and self.decided is not None:
                self._show_decisions(self.decided, found)

        session.read(self, show, decisions.of_activity, line.lineage, table.day)

    def _show_decisions(self, column: QVBoxLayout, found: tuple[ControlLine, ...]) -> None:
        if not found:
            return
        column.addSpacing(theme.current().px(4))
        column.addWidget(Label("Решения", "strong"))
        for one in found[:MOST_POINTS]:
            opening = Button(one.place, partial(self._open_decision, one.id), kind="link",
                             tip=f"{one.text or 'Текст не вписан'}. Открыть в «Решениях»")  # fmt: skip
            opening.setProperty("aligned", "left")
            column.addWidget(opening)
            column.addWidget(Label(glue(f"{one.text or 'текст не вписан'}: {one.word}"), "muted", wrap=True))
        if len(found) > MOST_POINTS:
            column.addWidget(Label(f"И ещё {len(found) - MOST_POINTS}.", "muted"))

    def _open_decision(self, key: int) -> None:
        self._view.session.go("monitoring", ("decisions", key))

    def _buttons(self, line: ExecutionLine, step: Step) -> None:
        view, acts = self._view, self._view.marks
        if view.session.desk.read_only:
            self.verbs.addWidget(Button("Открыть в программе", view.open_node, icon="sitemap", kind="link"))
            return
        first: dict[Step, tuple[str, Callable[[], object], str]] = {
            "mark": ("Отметить…", acts.ask, "circle-check"),
            "reason": ("Указать причину…", acts.ask_reason, "edit"),
            "attach": ("Приложить файл…", acts.attach, "paperclip"),
            "fill": ("Вписать", view.fill, "edit"),
            "term": ("Открыть в программе", view.open_node, "sitemap"),
            "begin": ("Отметить, что идёт", lambda: acts.put("running"), "circle-check"),
            "none": ("Отметить…", acts.ask, "circle-check"),
        }
        word, pressed, icon = first[step]
        self.verbs.addWidget(Button(word, pressed, icon=icon, kind="normal" if step == "none" else "primary"))
        others = []
        if step not in {"mark", "none"}:
            others.append(Button("Отметить…", acts.ask, kind="link"))
        if line.unexplained and step != "reason":
            others.append(Button("Причина…", acts.ask_reason, kind="link"))
        if step != "term":
            others.append(Button("Открыть в программе", view.open_node, kind="link"))
        self.verbs.addWidget(Row(*others, gap=4))


def _names(keys: tuple[int, ...], table: ExecutionTable) -> str:
    named = [table.names[key] for key in keys if key in table.names]
    more = f" и ещё {len(named) - MOST_NAMES}" if len(named) > MOST_NAMES else ""
    return ", ".join(named[:MOST_NAMES]) + more
