"""«Обновить цифры…»: what the texts say and would say, to be chosen text by text; «Откуда это?» of their figures."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from app.analysis.kept_text import ChangedLine
from app.operations import programme_texts
from app.operations.origin import Trace
from app.operations.programme_blocks import AnalysisBlock
from app.operations.programme_texts import Change
from app.texts import count
from app.ui import theme
from app.ui.session import Session
from app.ui.widgets.basics import Button, Card, Scroller
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import Label
from app.ui.widgets.table import DataTable
from app.ui.windows.base import Window
from app.ui.windows.origin import OTHERS, story

COLUMNS = tuple(replace(item, width=290, least=220) if item.key == "value" else item for item in OTHERS)
"""Here a value says its school, too."""
NOTHING = "—"
BY_HAND = "Это предложение переписано вручную и останется как есть."


class ChangeCard(Card):
    """One text: whether it is brought up to date, its lines as they are and as they would be."""

    def __init__(self, change: Change) -> None:
        super().__init__(pad=12)
        self.change = change
        px = theme.current().px
        self.box = QCheckBox(change.title)
        self.box.setChecked(not change.typed)
        self.body.addWidget(self.box)
        if change.typed:
            self.body.addWidget(
                Label("Текст введён вручную: заменятся только предложения ниже, остальное не изменится.", "muted",
                      wrap=True)
            )  # fmt: skip
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(6))
        for column, word in enumerate(("Сейчас в тексте", "Станет")):
            grid.addWidget(Label(word, "muted"), 0, column)
            grid.setColumnStretch(column, 1)
        for row, line in enumerate(change.lines, start=1):
            self._add(grid, row, line)
        self.body.addLayout(grid)

    @staticmethod
    def _add(grid: QGridLayout, row: int, line: ChangedLine) -> None:
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(Label(line.before or NOTHING, wrap=True), row, 0, top)
        after = BY_HAND if line.by_hand else line.after or "Предложение уйдёт."
        grid.addWidget(Label(after, "muted" if line.by_hand or line.after is None else "text", wrap=True), row, 1, top)


class FiguresWindow(Window):
    """Bringing texts up to date."""

    guide = ("10-программа", "Тексты")

    def __init__(self, session: Session, programme_id: int, parent: QWidget | None = None) -> None:
        super().__init__(session, "Обновить цифры", parent, size=(1000, 620))
        self.programme_id = programme_id
        self.cards: list[ChangeCard] = []
        self.list = Scroller(spacing=theme.current().px(10))
        self.empty = EmptyState("refresh", "Всё верно", "Тексты говорят то же, что структура программы и данные файла.")
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.empty, 1)
        self.empty.hide()
        self.every = Button("Отметить все", self._mark_all, icon="checklist")
        self.go_on = Button("Обновить отмеченные", self._refresh, kind="primary")
        self.add_buttons(self.go_on, Button("Закрыть", self.reject), left=[self.every])
        self.refresh()

    def refresh(self) -> None:
        """Read what would change."""
        self.take(self.session.desk.read(programme_texts.changes, self.programme_id), self._show)

    def _show(self, found: tuple[Change, ...]) -> None:
        self.list.clear()
        self.cards = []
        for change in found:
            card = ChangeCard(change)
            card.box.toggled.connect(lambda _on: self._tell())
            self.cards.append(card)
            self.list.column.addWidget(card)
        self.list.column.addStretch(1)
        self.list.setVisible(bool(found))
        self.empty.setVisible(not found)
        self.every.setEnabled(bool(found))
        told = count(len(found), "текст устарел", "текста устарели", "текстов устарели")
        self.say(f"{told}. Отметьте, какие обновить." if found else "")
        self._tell()

    def chosen(self) -> list[str]:
        """Return the keys of the texts that are ticked."""
        return [card.change.key for card in self.cards if card.box.isChecked()]

    def _tell(self) -> None:
        self.go_on.setEnabled(bool(self.chosen()) and not self.session.desk.read_only)

    def _mark_all(self) -> None:
        for card in self.cards:
            card.box.setChecked(True)

    def _refresh(self) -> None:
        future = self.session.written(programme_texts.refresh, self.programme_id, self.chosen())
        self.take(future, self._done)

    def _done(self, number: int) -> None:
        done = count(number, "текст", "текста", "текстов")
        self.session.tell("ok", f"Обновлено: {done}. Отменить — Ctrl+Z.")
        self.accept()


class FigureOriginWindow(Window):
    """«Откуда это?» of one part of the analysis: every figure back to its file, sheet and cell."""

    guide = ("03-список", "Откуда это?")

    def __init__(self, session: Session, block: AnalysisBlock, parent: QWidget | None = None) -> None:
        super().__init__(session, f"Откуда числа: {block.title}", parent, size=(1180, 580))
        self.block = block
        self.table = DataTable(
            "programme_origin", COLUMNS, lambda trace: (trace.table, trace.row_id, trace.what), habits=session.habits,
            title="Откуда числа",
            empty=EmptyState("file-search", "Строк нет", "Эти слова составлены из самой программы."),
        )  # fmt: skip
        self.card = Card(pad=12)
        self.text = Label("", wrap=True).selectable()
        self.card.body.addWidget(self.text)
        self.card.hide()
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.card)
        self.add_buttons(Button("Закрыть", self.accept))
        self.table.current_changed.connect(self._tell)
        self.take(session.desk.read(programme_texts.traces, block.figures), self._show)

    def _show(self, found: list[Trace]) -> None:
        self.table.set_rows(found)
        files = {trace.file.name for trace in found if trace.file is not None}
        rows = count(len(found), "строка", "строки", "строк")
        told = f"{rows} из {count(len(files), 'файла', 'файлов', 'файлов')}." if files else f"{rows}."
        total = sum(len(figure.origins) for figure in self.block.figures)
        self.say(f"{told} Показаны первые {programme_texts.MOST_TRACES}." if total > len(found) else told)

    def _tell(self, trace: Trace | None) -> None:
        self.card.setVisible(trace is not None)
        self.text.setText("" if trace is None else story(trace))
