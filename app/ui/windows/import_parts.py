"""Two panels of loading: questions that a file leaves open, and schools that the registry does not know."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.operations.results import Decision, Fewer, GridSheet, Hints, Question, Unknown
from app.texts import count
from app.ui import theme
from app.ui.widgets.basics import Button, Combo, Scroller, clear_layout
from app.ui.widgets.labels import ElidedLabel, Label

SHOWN_LIMIT = 100
_LATER, _CREATE, _SKIP = "later", "create", "skip"


class QuestionsPanel(QWidget):
    """Year, subject, grade and the like, where the file does not say them."""

    def __init__(self, answered: Callable[[Hints], object], parent: QWidget | None = None):
        super().__init__(parent)
        self._answered = answered
        self._hints = Hints()
        self._fields: dict[str, QLineEdit | Combo] = {}
        px = theme.current().px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(8), px(8), px(8), px(8))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(px(12))
        self._grid.setVerticalSpacing(px(8))
        self._grid.setColumnStretch(0, 1)
        column.addLayout(self._grid)
        row = QHBoxLayout()
        row.addStretch(1)
        self._button = Button("Прочитать с этими ответами", self._send, kind="primary")
        row.addWidget(self._button)
        column.addLayout(row)
        column.addStretch(1)

    def show_questions(self, questions: Sequence[Question], hints: Hints) -> None:
        """Ask."""
        self._hints = hints
        clear_layout(self._grid)
        self._fields = {}
        for line, question in enumerate(questions):
            self._grid.addWidget(Label(question.text, wrap=True), line, 0)
            if question.options:
                combo = Combo(question.text)
                combo.fill([("выберите…", ""), *((option, option) for option in question.options)])
                combo.currentIndexChanged.connect(self._enable)
                field: QLineEdit | Combo = combo
            else:
                edit = QLineEdit()
                edit.setAccessibleName(question.text)
                edit.textChanged.connect(self._enable)
                edit.returnPressed.connect(self._send)
                field = edit
            field.setMinimumWidth(theme.current().px(200))
            self._fields[question.key] = field
            self._grid.addWidget(field, line, 1)
        self._enable()

    def _value(self, key: str) -> str:
        field = self._fields[key]
        return str(field.currentData() or "") if isinstance(field, Combo) else field.text().strip()

    def _enable(self, *_: Any) -> None:
        self._button.setEnabled(bool(self._fields) and all(self._value(key) for key in self._fields))

    def _send(self) -> None:
        if not self._button.isEnabled():
            return
        hints = self._hints
        for key in self._fields:
            value = self._value(key)
            number = value.isascii() and value.isdigit() and len(value) < 7
            if key == "year" and number:
                hints = replace(hints, year=int(value))
            elif key == "grade" and number:
                hints = replace(hints, grade=int(value))
            elif key == "subject":
                hints = replace(hints, subject=value)
            else:
                hints = replace(hints, answers={**hints.answers, key: value})
        self._answered(hints)


class FewerPanel(QWidget):
    """A protocol has fewer participants than are stored: which counts hold is for a person to say."""

    def __init__(self, decided: Callable[[Fewer], object], parent: QWidget | None = None):
        super().__init__(parent)
        self._decided = decided
        px = theme.current().px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(8), px(8), px(8), px(8))
        column.setSpacing(px(8))
        self.words = Label("", wrap=True)
        column.addWidget(self.words)
        column.addWidget(
            Label(
                "Похоже на протокол резервного дня. Два отдельных файла программа не складывает: чтобы учесть оба дня, "
                "соберите протоколы в одну книгу и загрузите её.",
                "muted", wrap=True,
            )
        )  # fmt: skip
        self.choice = Combo("Что делать с числами, которых в файле меньше")
        self.choice.fill(
            [
                ("решите, что делать…", "ask"),
                ("оставить прежние числа", "keep"),
                ("заменить числами этого файла", "replace"),
            ]
        )
        self.choice.setMinimumWidth(px(260))
        self.choice.currentIndexChanged.connect(lambda _index: self._decided(self.choice.currentData()))
        row = QHBoxLayout()
        row.addWidget(self.choice)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)

    def show_plan(self, rows: int, chosen: Fewer) -> None:
        """Say how many counts wait, and what has been chosen."""
        records = count(rows, "записи", "записей", "записей")
        self.words.setText(f"У {records} участников меньше, чем уже загружено из другого файла: вкладка «Изменения».")
        self.choice.blockSignals(True)
        self.choice.choose(chosen)
        self.choice.blockSignals(False)


class UnmarkedPanel(QWidget):
    """A table that nobody knows: what can be done about it."""

    def __init__(self, mark: Callable[[], object], parent: QWidget | None = None):
        super().__init__(parent)
        px = theme.current().px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(8), px(8), px(8), px(8))
        column.setSpacing(px(8))
        column.addWidget(
            Label(
                "Программа такой таблицы не знает. Покажите, где в ней заголовки и что стоит в столбцах. Разметка "
                "запомнится: такой же файл следующего года будет узнан сам, даже если столбцы переставлены.",
                wrap=True,
            )
        )
        self.sheets = Label("", "muted", wrap=True)
        column.addWidget(self.sheets)
        row = QHBoxLayout()
        self.mark = Button("Разметить таблицу…", mark, icon="table", kind="primary")
        row.addWidget(self.mark)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)

    def show_sheets(self, sheets: Sequence[GridSheet]) -> None:
        """Name the sheets that hold anything."""
        names = [f"«{sheet.name}»" for sheet in sheets if sheet.name]
        more = f" и ещё {len(names) - 5}" if len(names) > 5 else ""
        self.sheets.setText(f"Листы: {', '.join(names[:5])}{more}." if names else "")


class UnknownPanel(QWidget):
    """Each school that nobody knows, with the likeliest of ours; a decision is remembered for the next file."""

    def __init__(self, decided: Callable[[str, Decision | None], object], parent: QWidget | None = None):
        super().__init__(parent)
        self._decided = decided
        self._keys: tuple[str, ...] = ()
        px = theme.current().px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(8), px(8), 0, 0)
        column.addWidget(
            Label("Укажите, какая это школа: решение запомнится. Строки без решения не загрузятся.", "muted", wrap=True)
        )
        self._scroller = Scroller(spacing=4)
        column.addWidget(self._scroller, 1)

    def show_unknown(self, unknown: Sequence[Unknown], decisions: Mapping[str, Decision], *, fresh: bool) -> None:
        """Show the schools; what is being decided right now is left alone."""
        keys = tuple(item.key for item in unknown)
        if keys == self._keys and not fresh:
            return
        self._keys = keys
        self._scroller.clear()
        for item in unknown[:SHOWN_LIMIT]:
            self._scroller.column.addWidget(self._line(item, decisions.get(item.key)))
        if len(unknown) > SHOWN_LIMIT:
            rest = count(len(unknown) - SHOWN_LIMIT, "школа", "школы", "школ")
            self._scroller.column.addWidget(Label(f"И ещё {rest}: заведите все сразу флажком выше.", "muted"))
        self._scroller.column.addStretch(1)

    def _line(self, item: Unknown, decision: Decision | None) -> QWidget:
        px = theme.current().px
        widget = QWidget()
        row = QHBoxLayout(widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(12))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(item.name, "strong", mode=Qt.TextElideMode.ElideMiddle))
        codes = ", ".join(value for _system, value in item.codes)
        note = " · ".join(
            part for part in (item.municipality or "", codes, count(item.rows, "строка", "строки", "строк")) if part
        )
        words.addWidget(ElidedLabel(note, "muted"))
        row.addLayout(words, 1)
        combo = Combo(f"Какая это школа: {item.name}")
        choices: list[tuple[str, object]] = [("решить потом", _LATER)]
        choices += [(f"{p.name} ({', '.join(p.reasons)})", p.school_id) for p in item.proposals]
        choices += [("завести новую школу", _CREATE), ("не загружать её строки", _SKIP)]
        combo.fill(choices, decision if decision is not None else _LATER)
        combo.setMinimumWidth(px(360))
        combo.setMaximumWidth(px(460))
        combo.currentIndexChanged.connect(partial(self._tell, item.key, combo))
        row.addWidget(combo)
        return widget

    def _tell(self, key: str, combo: Combo, _index: int) -> None:
        value = combo.currentData()
        self._decided(key, None if value == _LATER else value)
