"""The right side of «Проверка»: how much is filled, one remark or one question in full, and what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from app.operations.programme_checklists import Checklist, Question
from app.operations.programme_checks import LEVEL_WORDS, Checked
from app.texts import count
from app.ui import theme
from app.ui.pages.programme_checks_words import KINDS, Remark, filled_sentence, grounds, place_of
from app.ui.widgets.basics import Button, Card, Scroller, clear_layout
from app.ui.widgets.chip import Chip
from app.ui.widgets.labels import Label

if TYPE_CHECKING:
    from app.ui.pages.programme_checks_view import ChecksView


class ChecksSide(QWidget):
    """Completeness above, the chosen line below."""

    def __init__(self, view: ChecksView) -> None:
        super().__init__()
        self._view = view
        px = theme.current().px
        self.filled = Card(pad=12)
        self.filled_words = Label("", "strong", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Сколько обязательного заполнено")
        self.filled.body.addWidget(self.filled_words)
        self.filled.body.addWidget(self.bar)
        self.filled.body.addWidget(Label("Подсказки сюда не входят.", "muted", wrap=True))
        self.card = Card(pad=12)
        self.scroller = Scroller(spacing=4)
        self.verbs = QVBoxLayout()
        self.verbs.setSpacing(px(8))
        self.card.body.addWidget(self.scroller, 1)
        self.card.body.addLayout(self.verbs)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        column.addWidget(self.filled)
        column.addWidget(self.card, 1)
        self.setMinimumWidth(px(270))

    def sizeHint(self) -> QSize:
        """A third of a small window."""
        return QSize(theme.current().px(320), theme.current().px(400))

    def show_filled(self, checked: Checked) -> None:
        """Show the completeness."""
        self.filled_words.setText(filled_sentence(checked))
        self.bar.setRange(0, max(1, checked.completeness.total))
        self.bar.setValue(checked.completeness.filled)
        self.bar.setToolTip(filled_sentence(checked))

    def _begin(self) -> None:
        self.scroller.clear()
        clear_layout(self.verbs)

    def _said(self, name: str, text: str) -> None:
        if text:
            self.scroller.column.addWidget(Label(name, "muted"))
            self.scroller.column.addWidget(Label(text, wrap=True).selectable())

    def show_nothing(self, text: str) -> None:
        """Say what to choose."""
        self._begin()
        self.scroller.column.addWidget(Label(text, "muted", wrap=True))
        self.scroller.column.addStretch(1)

    def show_remark(self, row: Remark) -> None:
        """Show one remark: what is wrong, what to do, how it looks when right."""
        self._begin()
        rule, view = row.rule, self._view
        word = "отключена" if row.silence is not None else LEVEL_WORDS[rule.level]
        self.scroller.column.addWidget(Label(rule.title, "section", wrap=True))
        self.scroller.column.addWidget(Chip(KINDS.get(row.state, "none"), word))
        self._said("Где", row.finding.where)
        self._said("Что не так", row.finding.reason)
        self._said("Что сделать", rule.cure)
        self._said("Например", rule.example)
        self._said("Откуда требование", rule.source)
        if row.silence is not None:
            scope = "для одной строки" if row.silence.node_id is not None else "для всей программы"
            self._said("Отключена", f"{scope}: {row.silence.reason}" if row.silence.reason else scope)
        self.scroller.column.addStretch(1)
        if place_of(row) is not None:
            self.verbs.addWidget(Button("Показать место", view.open_place, icon="eye", kind="primary"))
        if row.silence is not None:
            self.verbs.addWidget(self._guarded(Button("Включить снова", view.speak)))
        elif rule.level == "hint":
            if row.finding.node_id is not None:
                self.verbs.addWidget(self._guarded(Button("Отключить здесь…", lambda: view.silence(whole=False))))
            self.verbs.addWidget(self._guarded(Button("Отключить во всей программе…",
                                                        lambda: view.silence(whole=True))))  # fmt: skip

    def show_question(self, row: Question, item: Checklist) -> None:
        """Show one question of a checklist with its grounds and the way to the answers of people."""
        self._begin()
        self.scroller.column.addWidget(Label(f"Вопрос {row.number}", "section"))
        self.scroller.column.addWidget(Label(row.text, wrap=True).selectable())
        self._said("По структуре программы", grounds(row))
        self._said("Предлагаемый ответ", row.proposed or "не предлагается")
        self._said("Ответ людей", row.answered or "ещё не отвечали")
        if item.experts:
            self._said("Эксперты", count(item.experts, "эксперт", "эксперта", "экспертов"))
        self.scroller.column.addStretch(1)
        word = "Открыть ответы" if item.case_id is not None else "Начать чек-лист"
        button = Button(word, self._view.open_checklist, icon="checklist", kind="primary",
                        tip="Предложенные ответы стоят в нём неподтверждёнными; отвечают люди")  # fmt: skip
        self.verbs.addWidget(button if item.case_id is not None else self._guarded(button))
        if item.case_id is not None:
            self.verbs.addWidget(Button("Эксперты и протокол", self._view.open_group, icon="users"))

    def _guarded(self, button: Button) -> Button:
        button.setEnabled(not self._view.session.desk.read_only)
        return button
