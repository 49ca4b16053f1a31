"""Questionnaires one by one: a respondent a row, a question a column; every cell is kept at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.forms.answers import to_cell
from app.forms.item_types import cell_text
from app.forms.schema import Answer, FormDef, Item
from app.models.surveys import SurveyRow
from app.operations import surveys
from app.operations.surveys import SheetView
from app.texts import count
from app.ui import theme
from app.ui.session import Session
from app.ui.widgets.basics import Button, beside
from app.ui.widgets.entry_cells import heading_width
from app.ui.widgets.entry_grid import EntryGrid, EntryModel, EntryRow
from app.ui.widgets.labels import ElidedLabel

Cell = tuple[int, str, str]
NOT_KNOWN = "Такого ответа в вопросе нет. Он сохранён, но не посчитан"


def shown(item: Item, row: SurveyRow) -> str:
    """Return an answer as it can be typed again; a wrong one as it was typed."""
    kept = row.answers.get(item.id)
    if kept is None:
        return ""
    return cell_text(to_cell(item, Answer(kept.raw, kept.value, kept.code, kept.other)))


class RowsModel(EntryModel):
    """Respondents × questions; below the last one a free line."""

    def __init__(self) -> None:
        super().__init__((), numbers=False)
        self.items: list[Item] = []
        self.respondents: list[int] = []
        self.sheet_id = 0

    def show_sheet(self, view: SheetView, waiting: Sequence[Cell]) -> None:
        """Show a sheet; what is still being written stays as it was typed."""
        items = list(view.line.form.items())
        texts = [[shown(item, row) for item in items] for row in view.rows]
        troubles = [self._troubles(items, row) for row in view.rows]
        last = max([len(view.rows), *(row for row, _item, _text in waiting)]) + 1
        while len(texts) < last:
            texts.append([""] * len(items))
            troubles.append({})
        places = {item.id: place for place, item in enumerate(items)}
        rows_of = {row.id: number for number, row in enumerate(view.rows)} | {0: len(view.rows)}
        for (respondent, item_id), text in view.typed.items():
            if respondent in rows_of and item_id in places:
                texts[rows_of[respondent]][places[item_id]] = text
                troubles[rows_of[respondent]][places[item_id]] = surveys.UNFINISHED
        for row, item_id, text in waiting:
            texts[row][places[item_id]] = text
            troubles[row].pop(places[item_id], None)
        self.respondents = [row.id for row in view.rows]
        rows = [EntryRow(number, str(number + 1), *pair) for number, pair in
                enumerate(zip(texts, troubles, strict=True))]  # fmt: skip
        if (view.line.sheet.id, items) != (self.sheet_id, self.items):
            self.beginResetModel()
            self.sheet_id, self.items = view.line.sheet.id, items
            self._titles, self._rows = [item.text for item in items], rows
            self.endResetModel()
        else:
            self.show_rows(rows)

    @staticmethod
    def _troubles(items: Sequence[Item], row: SurveyRow) -> dict[int, str]:
        found = ((place, row.answers.get(item.id)) for place, item in enumerate(items))
        return {place: NOT_KNOWN for place, kept in found if kept is not None and kept.code is not None}

    def add_free(self, number: int) -> None:
        """Put free lines below the last one."""
        old = len(self._rows)
        self.show_rows([*self._rows, *(EntryRow(place, str(place + 1), [""] * len(self._titles))
                                   for place in range(old, old + number))])  # fmt: skip


class RowsEntry(QWidget):
    """The grid and what can be done with its lines.

    Cells are written in their order, one portion after another: two cells of a new line never make two respondents.

    Args:
        session: the open file.
        reread: reads the sheet anew and hands it to ``show_sheet``.
    """

    def __init__(self, session: Session, reread: Callable[[], object]) -> None:
        super().__init__()
        self.session = session
        self._reread = reread
        self._queue: list[Cell] = []
        self._flying: list[Cell] = []
        self.sheet_id = 0
        px = theme.current().px
        self.model = RowsModel()
        self.grid = EntryGrid(self.model, "Анкеты по одной")
        self.grid.use_tall_headings(44)
        self.model.entered.connect(lambda row, column, text: self._put([(row, column, text)]))
        self.model.block_entered.connect(self._put)
        self.model.rows_wanted.connect(self._make_room)
        self.grid.drafted.connect(self._draft)
        self.grid.given_up.connect(lambda row, column: self._draft(row, column, ""))
        self.told = ElidedLabel("", "muted")
        self.empty_one = Button("Пустая анкета", self._add_empty, icon="plus",
                                tip="Сдана, но ни на один вопрос не ответили")  # fmt: skip
        self.drop = Button("Удалить анкеты", self._drop, icon="trash", tip="Удалить выбранные строки")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self.grid, 1)
        column.addLayout(beside(self.told, self.empty_one, self.drop, stretch=(1, 0, 0)))

    def show_sheet(self, view: SheetView) -> None:
        """Show a sheet as it is stored."""
        if view.line.sheet.id != self.sheet_id:
            self.sheet_id = view.line.sheet.id
            self._queue, self._flying = [], []
        fresh = self.model.sheet_id != self.sheet_id or self.model.items != list(view.line.form.items())
        self.model.show_sheet(view, [*self._flying, *self._queue])
        if fresh:
            self._fit(view.line.form)
        free = not self.session.desk.read_only
        self.empty_one.setEnabled(free)
        self.drop.setEnabled(free and bool(view.rows))
        wrong = sum(one.code is not None for row in view.rows for one in row.answers.values())
        words = "Ответ можно набрать словом или номером по порядку. Enter — вниз, Tab — вправо, Ctrl+V — вставить."
        bad = f"Не распознано: {count(wrong, 'ответ', 'ответа', 'ответов')}. " if wrong else ""
        self.told.setText(bad + words)

    def _fit(self, form: FormDef) -> None:
        px = theme.current().px
        for place, item in enumerate(form.items()):
            width = px(220) if item.kind in {"text", "many"} else px(128)
            self.grid.setColumnWidth(place, max(width, min(px(300), heading_width(item.text, width))))

    # --- writing -------------------------------------------------------------------------------------------------

    def _make_room(self, rows: int) -> None:
        self.model.add_free(rows)

    def _put(self, cells: Sequence[tuple[int, int, str]]) -> None:
        self._queue += [(row, self.model.items[column].id, text) for row, column, text in cells]
        if max(row for row, _column, _text in cells) == self.model.rowCount() - 1:
            self.model.add_free(1)
        self._flush()

    def _draft(self, row: int, column: int, text: str) -> None:
        """Half-typed text is kept at most a second after the last key; "" forgets it."""
        if self.session.desk.read_only or self._flying or self._queue:
            return  # the portion on its way may make respondents: the next key asks again
        known = self.model.respondents
        respondent = known[row] if row < len(known) else 0
        self.session.write(self, None, surveys.put_typed, self.sheet_id, respondent, self.model.items[column].id, text)

    def _flush(self) -> None:
        if self._flying or not self._queue:
            return
        self._flying, self._queue = self._queue, []
        known = self.model.respondents
        cells = [
            (known[row] if row < len(known) else -row - 1, item, text) for row, item, text in self._flying
        ]  # fmt: skip
        future = self.session.written(surveys.put_cells, self.sheet_id, cells)
        if future is None:
            self._flying = []
            return
        self.session.runner.take(future, lambda _none: self._landed(), self._failed, owner=self)

    def _landed(self) -> None:
        """Read the sheet before the next portion is written: it must know the new respondents."""
        self.session.read(self, self._seen, surveys.view, self.sheet_id)

    def _seen(self, view: SheetView) -> None:
        if view.line.sheet.id == self.sheet_id:
            self._flying = []
            self.show_sheet(view)
            self._flush()

    def _failed(self, error: Exception) -> None:
        self._flying, self._queue = [], []
        self.session.tell("bad", str(error))
        self._reread()

    def _add_empty(self) -> None:
        self.session.write(self, None, surveys.add_empty, self.sheet_id)

    def _drop(self) -> None:
        rows = {index.row() for index in self.grid.selectedIndexes()} or {self.grid.currentIndex().row()}
        chosen = [self.model.respondents[row] for row in sorted(rows) if 0 <= row < len(self.model.respondents)]
        if chosen:
            self.session.write(self, None, surveys.remove_rows, self.sheet_id, chosen)

    def focus_main(self) -> None:
        """Put the keyboard into the grid, at the first free line where no cell is chosen."""
        if not self.grid.currentIndex().isValid():
            self.grid.setCurrentIndex(self.model.index(len(self.model.respondents), 0))
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
