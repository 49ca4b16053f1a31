"""«Как получилось»: the formula of an indicator, tried while typed, and its value down to file, sheet and cell."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from app.analysis.indicator_lights import judge, leeway
from app.operations import indicator_words, indicators
from app.operations import programme_edit as edit
from app.operations.indicators import Derivation, IndicatorLine
from app.ui import theme
from app.ui.pages.derivation_tree import DerivationTree
from app.ui.pages.indicators_card import KINDS
from app.ui.session import Session
from app.ui.widgets.basics import Button, split
from app.ui.widgets.chip import Chip
from app.ui.widgets.labels import Label
from app.ui.windows.base import Window
from app.ui.windows.formula_metrics import MetricPanel

REST = 250
"""Milliseconds after the last key before a formula is tried."""
EXAMPLE = "Выберите показатель справа или впишите, например: доля([школ в списке]; [школ с ответом])"


class FormulaWindow(Window):
    """A formula and how its value arises.

    Args:
        session: the open file.
        payload: (edition, lineage of the indicator, plan year): the formula of the monitoring; with (node, text) more,
            the formula that stands in this edition of the programme.
        parent: window over which it stands.
    """

    guide: ClassVar[tuple[str, str]] = ("12-показатели", "Формула")

    def __init__(
        self, session: Session, payload: tuple[int, int, int] | tuple[int, int, int, int, str],
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        self.programme_id, self.lineage, self.year = payload[:3]
        self.node_id: int | None = None
        self._own: str | None = None
        if len(payload) == 5:
            self.node_id, self._own = payload[3], payload[4]
        title = "Как получилось значение" if self.node_id is None else "Формула в программе"
        super().__init__(session, title, parent, size=(1180, 680))
        self.found: Derivation | None = None
        self._turn = 0
        self._kept = ""
        self._opened = False
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(REST)
        self._wait.timeout.connect(self.try_formula)
        self.text = QPlainTextEdit()
        self.panel = MetricPanel(session, self.lineage, self.year)
        self.how = DerivationTree(session, depth=2)
        self._lay_out()
        self.own = Button("Как в программе", self._as_programme, tip="Вернуть формулу, записанную в программе")
        self.by_hand = Button("Вписывать вручную", self._by_hand, tip="Убрать формулу: значение будут вписывать")
        self.save = Button("Сохранить формулу", self._save, kind="primary")
        self.add_buttons(self.save, Button("Закрыть", self.reject), left=[self.own, self.by_hand])
        self.panel.insert_wanted.connect(self.insert)
        self._read()

    # --- building ------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        px = theme.current().px
        self.text.setAccessibleName("Формула")
        self.text.setPlaceholderText(EXAMPLE)
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(px(84))
        self.text.textChanged.connect(self._wait.start)
        self.chip = Chip("none", "нет данных")
        self.told = Label("", wrap=True)
        self.told.setMinimumHeight(px(36))
        self.told.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(Label("Формула", "strong"))
        column.addWidget(self.text)
        line = QHBoxLayout()
        line.setSpacing(px(8))
        line.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.told, 1)
        column.addLayout(line)
        column.addWidget(self.how, 1)
        parts = split(left, self.panel, stretch=(1,), sizes=(px(760), px(370)))
        self.body.addWidget(parts, 1)

    # --- reading -------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        future = self.session.desk.read(
            indicators.derivation, self.lineage, self.year, day=self.session.today(), programme_id=self.programme_id,
            formula=self._own,
        )  # fmt: skip
        self.take(future, self._open)

    def _open(self, found: Derivation) -> None:
        line = found.line
        self.heading.setText(f"{line.number}. {line.text}")
        self._kept = found.expression
        closed = found.closed is not None
        self.text.blockSignals(True)
        self.text.setPlainText(found.expression)
        self.text.blockSignals(False)
        self.text.setReadOnly(closed or self.session.desk.read_only)
        self.panel.setVisible(not self.text.isReadOnly())
        self.save.setVisible(not self.text.isReadOnly())
        for button in (self.own, self.by_hand):
            button.setVisible(not self.text.isReadOnly() and self.node_id is None)
        self._opened = True
        self._show(found)

    def try_formula(self) -> None:
        """Try what is typed; nothing is written."""
        if not self._opened or self.text.isReadOnly():
            return
        self._turn += 1
        turn = self._turn
        future = self.session.desk.read(
            indicators.derivation, self.lineage, self.year, day=self.session.today(), programme_id=self.programme_id,
            formula=self.text.toPlainText(),
        )  # fmt: skip
        self.take(future, lambda found: self._show(found) if turn == self._turn else None)

    def _show(self, found: Derivation) -> None:
        self.found = found
        self._mark(found)
        self._tell(found)
        self.how.show_derivation(found)
        changed = self.text.toPlainText().strip() != self._kept.strip()
        self.save.setEnabled(changed and not found.faults)
        self.save.setToolTip("" if changed else "Формула не изменена")
        rule = found.rule
        self.own.setEnabled(bool(rule is not None and rule.formula is not None))
        self.by_hand.setEnabled(bool(self._kept))

    def _mark(self, found: Derivation) -> None:
        """Underline the places of faults."""
        marks = []
        # a key of the library is shown as the formula it stands for, so places are those of the shown text
        shift = len(self.text.toPlainText()) - len(self.text.toPlainText().lstrip())
        for one in found.faults:
            mark = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.text.document())
            cursor.setPosition(min(one.start + shift, len(self.text.toPlainText())))
            end = min(max(one.end, one.start + 1) + shift, len(self.text.toPlainText()))
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            mark.cursor = cursor  # type: ignore[attr-defined]
            look = QTextCharFormat()
            look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            look.setUnderlineColor(QColor(theme.color("bad")))
            look.setBackground(QColor(theme.color("bad_soft")))
            mark.format = look  # type: ignore[attr-defined]
            marks.append(mark)
        self.text.setExtraSelections(marks)

    def _tell(self, found: Derivation) -> None:
        line = found.line
        if found.faults:
            first = found.faults[0]
            self.chip.set("bad", "ошибка")
            self.told.setText(f"Знак {first.start + 1}: {first.message}")
            self.say(f"{self.year} год. Формула не считается, пока в ней ошибка.")
            return
        target = line.target
        judged = judge(found.value, target, line.direction, leeway(line.tolerance_raw, line.unit), line.baseline)
        self.chip.set(KINDS[judged.light], judged.word)
        value = line.shown(found.value) if found.value is not None else "значения нет"
        self.told.setText(f"{value} {self._aim(line)}. {self._reason(found)}".strip())
        self.say(self._sentence(found))

    @staticmethod
    def _aim(line: IndicatorLine) -> str:
        if line.target is None and line.direction == "hold" and line.baseline is not None:
            return f"при базе {line.shown(line.baseline)}"
        return "при плане " + line.shown(line.target) if line.target is not None else "без плана"

    def _reason(self, found: Derivation) -> str:
        if found.step is None:
            return indicator_words.how(found.line)
        if found.value is not None:
            return ""
        lacking = [use.words for use in found.metrics if use.value is None]
        return f"Не хватает: {'; '.join(dict.fromkeys(lacking))}." if lacking else found.step.words

    def _sentence(self, found: Derivation) -> str:
        line = found.line
        if self.node_id is not None:
            other = found.rule is not None and found.rule.formula is not None
            more = " В мониторинге действует другая формула: её меняют в «Показателях»." if other else ""
            return f"Значение за {self.year} год по данным файла на сегодня.{more}"
        if found.closed is not None:
            return f"{self.year} год закрыт: показано то, что сохранил замер. {line.moved}".strip()
        if line.typed:
            typed = "Факт вписан вручную и важнее формулы"
            return f"{self.year} год. {typed}: {line.shown(line.value)}."
        version = f", версия {line.version}" if line.version and found.text else ""
        return f"{self.year} год{version}. Значение считается по данным файла на сегодня."

    # --- writing -------------------------------------------------------------------------------------------------

    def insert(self, text: str, inside: int = 0) -> None:
        """Put a metric or a function at the cursor, in place of what is selected."""
        cursor = self.text.textCursor()
        picked = cursor.selectedText()
        if inside and picked:
            text, inside = f"{text[:-1]}{picked}{text[-1]}", 0
        cursor.insertText(text)
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.MoveAnchor, inside)
        self.text.setTextCursor(cursor)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        if self.node_id is None:
            self._put(formula=self.text.toPlainText())
            return
        text = self.text.toPlainText().strip()
        future = self.session.written(partial(edit.put_indicator, formula=text), self.node_id)
        self.take(future, lambda _done: self._saved_in_programme(text))

    def _saved_in_programme(self, text: str) -> None:
        self._own = text
        self.bar.show_message("ok", "Формула в программе сохранена. Отменить — Ctrl+Z.")
        self._read()

    def _by_hand(self) -> None:
        self._put(formula="")

    def _as_programme(self) -> None:
        self._put(as_programme=True)

    def _put(self, *, formula: str | None = None, as_programme: bool = False) -> None:
        future = self.session.written(indicators.put_rule, self.lineage, formula=formula, as_programme=as_programme)
        self.take(future, self._saved)

    def _saved(self, version: int | None) -> None:
        self.bar.show_message("ok", f"Формула сохранена, версия {version}. Отменить — Ctrl+Z.")
        self._read()

    def focus_main(self) -> None:
        """Put the keyboard into the formula, of a closed year into the tree."""
        (self.how.tree if self.text.isReadOnly() else self.text).setFocus(Qt.FocusReason.OtherFocusReason)
