"""«Обновить цифры…»: what the texts say and would say, to be chosen text by text; «Откуда это?» of their figures."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.analysis.kept_text import ChangedText
from app.operations import programme_texts
from app.operations.origin import Trace
from app.operations.programme_blocks import AnalysisBlock
from app.texts import count
from app.ui.session import Session
from app.ui.widgets.basics import Button, Card
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import Label
from app.ui.widgets.table import DataTable
from app.ui.windows.base import Window
from app.ui.windows.origin import OTHERS, story
from app.ui.windows.stale_texts import StaleTextsWindow

COLUMNS = tuple(replace(item, width=290, least=220) if item.key == "value" else item for item in OTHERS)
"""Here a value says its school, too."""


class FiguresWindow(StaleTextsWindow):
    """Bringing the texts of a programme up to date."""

    guide = ("10-программа", "Тексты")
    nothing = "Тексты говорят то же, что структура программы и данные файла."

    def __init__(self, session: Session, programme_id: int, parent: QWidget | None = None) -> None:
        self.programme_id = programme_id
        super().__init__(session, parent)

    def read(self) -> Future[tuple[ChangedText, ...]]:
        """Read which texts of the programme would change."""
        return self.session.desk.read(programme_texts.changes, self.programme_id)

    def write(self, keys: Sequence[str]) -> Future[int] | None:
        """Bring the chosen texts of the programme up to date."""
        return self.session.written(programme_texts.refresh, self.programme_id, keys)


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
