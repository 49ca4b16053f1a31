"""Ready counts of a questionnaire: grids of questions × answers, how many were handed in, texts beside «другое»."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.errors import UserError
from app.forms.schema import FormDef, Item, Scale
from app.forms.survey_tally import scale_of
from app.models.surveys import HANDED_IN, Count, Draft
from app.operations import surveys
from app.operations.survey_counts import Distribution
from app.operations.surveys import SheetView
from app.ui import theme
from app.ui.session import Session
from app.ui.widgets.basics import Scroller
from app.ui.widgets.entry_cells import EntryRole, row_heading_height
from app.ui.widgets.entry_grid import EntryGrid, EntryModel, EntryRow, Index
from app.ui.widgets.field import DRAFT_MS, FieldEdit
from app.ui.widgets.labels import Label

ROW_WIDTH = 360
"""Questions stand before their counts, a long one in several lines."""


def runs(form: FormDef) -> Iterator[tuple[Scale, list[Item]]]:
    """Yield questions that follow one another and have the same answers: they share a grid."""
    run: list[Item] = []
    for item in form.items():
        scale = scale_of(item)
        before = scale_of(run[-1]) if run else None
        if run and (scale is None or before is None or scale.choices != before.choices or item.kind != run[-1].kind):
            if before is not None:
                yield before, run
            run = []
        if scale is not None:
            run.append(item)
    if run and (scale := scale_of(run[-1])) is not None:
        yield scale, run


class NumbersModel(EntryModel):
    """Counts; an entry that is none has its mark and says in its tooltip what is wrong."""

    def __init__(self, scale: Scale, items: Sequence[Item]) -> None:
        super().__init__([choice.text for choice in scale.choices])
        self.scale, self.items = scale, list(items)
        self.read_only = False

    def cell(self, row: int, column: int) -> Count:
        """Return question and choice of a cell."""
        return self.items[row].id, self.scale.choices[column].value

    def show(self, texts: dict[Count, str], drafts: dict[Count, Draft]) -> None:
        """Show counts, and what was typed in the place of some."""
        rows = []
        for number, item in enumerate(self.items):
            cells = [self.cell(number, column) for column in range(len(self.scale.choices))]
            troubles = {place: surveys.trouble(drafts[cell]) for place, cell in enumerate(cells) if cell in drafts}
            rows.append(EntryRow(item.id, item.text, [texts.get(cell, "") for cell in cells], troubles))
        self.set_rows(rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        if role == EntryRole.MARK and index.isValid():
            return "bad" if index.column() in self._rows[index.row()].troubles else None
        return super().data(index, role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Headings of numbers stand right, as the numbers do."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignRight)
        return super().headerData(section, orientation, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Nothing can be typed into a file that is open for reading."""
        flags = super().flags(index)
        return flags & ~Qt.ItemFlag.ItemIsEditable if self.read_only else flags


class TextsEdit(QPlainTextEdit):
    """Texts, one a line, kept a moment after the last key and when the field is left."""

    def __init__(self, name: str, leave: object) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText("Каждый ответ с новой строки")
        self.setTabChangesFocus(True)
        self._leave = leave
        self.stored: tuple[str, ...] = ()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAFT_MS)
        self._timer.timeout.connect(self._tell)
        self.textChanged.connect(self._changed)

    def show_texts(self, texts: Sequence[str]) -> None:
        """Show what is stored; what is being typed is left alone."""
        self.stored = tuple(texts)
        if not self.hasFocus():
            self.setPlainText("\n".join(texts))

    def texts(self) -> tuple[str, ...]:
        """Return the lines that say something."""
        return tuple(line.strip() for line in self.toPlainText().splitlines() if line.strip())

    def focusOutEvent(self, event: object) -> None:
        """Tell what was typed."""
        super().focusOutEvent(event)  # type: ignore[arg-type]
        self._tell()

    def _changed(self) -> None:
        if self.hasFocus():
            self._timer.start()

    def _tell(self) -> None:
        self._timer.stop()
        if self.texts() != self.stored and callable(self._leave):
            self.stored = self.texts()
            self._leave(self.texts())


class NumbersEntry(QWidget):
    """The grids of one sheet, made anew when another questionnaire is shown.

    Args:
        session: the open file.
        reread: reads the sheet anew and hands it to ``show_sheet``.
    """

    def __init__(self, session: Session, reread: Callable[[], object]) -> None:
        super().__init__()
        self.session = session
        self._reread = reread
        self.sheet_id = 0
        self._form: FormDef | None = None
        self.grids: list[tuple[Scale, list[Item], NumbersModel, EntryGrid]] = []
        self._waiting: dict[Count, str] = {}
        self.texts: dict[str, TextsEdit] = {}
        px = theme.current().px
        self.handed_in = FieldEdit("Сдано анкет", "сколько анкет вернули")
        self.handed_in.setFixedWidth(px(150))
        self.handed_in.committed.connect(lambda text: self._write([(HANDED_IN, "", text)]))
        self.handed_in.drafted.connect(lambda text: self._draft((HANDED_IN, ""), text))
        self.told = Label("", "bad", wrap=True)
        self.told.hide()
        self.area = Scroller(spacing=10)
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(Label("Сдано анкет", "strong"))
        head.addWidget(self.handed_in)
        head.addWidget(Label("Числа людей, не доли. Tab — вправо, Enter — вниз, Ctrl+V — вставить.", "muted"), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addLayout(head)
        column.addWidget(self.told)
        column.addWidget(self.area, 1)

    # --- making --------------------------------------------------------------------------------------------------

    def _make(self, form: FormDef) -> None:
        self._form = form
        self.area.clear()
        self.grids, self.texts = [], {}
        for scale, items in runs(form):
            self._add_grid(scale, items)
        for item in form.items():
            if scale_of(item) is None and item.kind in {"text", "link"}:
                self._add_texts(item, item.text)
        self.area.column.addStretch(1)

    def _add_grid(self, scale: Scale, items: list[Item]) -> None:
        px = theme.current().px
        model = NumbersModel(scale, items)
        grid = EntryGrid(model, items[0].text)
        grid.use_tall_headings(ROW_WIDTH)
        grid.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        grid.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        model.entered.connect(lambda row, column, text: self._put(model, [(row, column, text)]))
        model.block_entered.connect(partial(self._put, model))
        grid.drafted.connect(lambda row, column, text: self._draft(model.cell(row, column), text))
        grid.given_up.connect(
            lambda row, column: self._put(model, [(row, column, model.rows[row].texts[column])])
        )  # fmt: skip
        self.grids.append((scale, items, model, grid))
        model.show({}, {})
        for column in range(len(scale.choices)):
            grid.setColumnWidth(column, px(104))
        for row, item in enumerate(items):
            grid.verticalHeader().resizeSection(row, row_heading_height(item.text, px(ROW_WIDTH)))
        grid.fit()
        self.area.column.addWidget(grid)
        if any(choice.other for choice in scale.choices):
            for item in items:
                self._add_texts(item, f"«Другое» к вопросу: {item.text}")

    def _add_texts(self, item: Item, title: str) -> None:
        edit = TextsEdit(title, partial(self._put_texts, item.id))
        edit.setFixedHeight(theme.current().px(76))
        self.texts[item.id] = edit
        self.area.column.addWidget(Label(title, "muted", wrap=True))
        self.area.column.addWidget(edit)

    # --- showing -------------------------------------------------------------------------------------------------

    def show_sheet(self, view: SheetView, found: Distribution) -> None:
        """Show a sheet as it is stored, and what does not fit in it."""
        if self._form != view.line.form or self.sheet_id != view.line.sheet.id:
            self.sheet_id = view.line.sheet.id
            self._waiting = {}
            self._make(view.line.form)
        texts = {key: str(number) for key, number in view.numbers.items()}
        texts |= {key: raw for key, (raw, _code) in view.drafts.items()} | self._waiting
        for _scale, _items, model, _grid in self.grids:
            model.read_only = self.session.desk.read_only
            model.show(texts, {key: draft for key, draft in view.drafts.items() if key not in self._waiting})
        for item_id, edit in self.texts.items():
            edit.show_texts(view.remarks.get(item_id, ()))
            edit.setReadOnly(self.session.desk.read_only)
        self._show_handed_in(view)
        self._tell(found)

    def _show_handed_in(self, view: SheetView) -> None:
        """Show how many were handed in; an entry that is no number stands there as it was typed, and is said."""
        number = view.numbers.get((HANDED_IN, ""))
        draft = view.drafts.get((HANDED_IN, ""))
        stored, half = "" if number is None else str(number), None
        if draft is not None and draft[1] == surveys.HALF_TYPED:
            half = draft[0]
        elif draft is not None:
            stored = draft[0]
        self.handed_in.show_stored(stored, half, "" if draft is None else surveys.trouble(draft))
        self.handed_in.setReadOnly(self.session.desk.read_only)

    def _tell(self, found: Distribution) -> None:
        faults = [*found.faults, *(text for one in found.items for text in one.faults)]
        words = [f"Не посчитано: {'; '.join(found.uncounted)}. Нужны целые числа."] if found.uncounted else []
        words += ["Не сходится: " + text.split("»: ", 1)[-1] for text in faults]
        if found.assumed:
            words.append("Впишите, сколько анкет сдано: пока взято наибольшее число ответов на один вопрос.")
        self.told.setText(" ".join(dict.fromkeys(words)))
        self.told.setVisible(bool(words))

    # --- writing -------------------------------------------------------------------------------------------------

    def _put(self, model: NumbersModel, cells: Sequence[tuple[int, int, str]]) -> None:
        self._write([(*model.cell(row, column), text) for row, column, text in cells])

    def _write(self, cells: Sequence[tuple[str, str, str]]) -> None:
        """Write cells; until they are written a sheet read meanwhile does not take back what was typed."""
        sheet_id, typed = self.sheet_id, {(item, choice): text for item, choice, text in cells}
        self._waiting |= typed

        def settle(failed: UserError | None) -> None:
            if sheet_id == self.sheet_id:
                self._waiting = {key: text for key, text in self._waiting.items() if typed.get(key) != text}
                self._reread()
            if failed is not None:
                self.session.tell_error(failed)

        future = self.session.written(surveys.put_numbers, sheet_id, cells)
        if future is None:
            settle(None)
        else:
            self.session.runner.take(future, lambda _none: settle(None), settle, owner=self)

    def _draft(self, cell: Count, text: str) -> None:
        """Half-typed text is kept at most a second after the last key."""
        if not self.session.desk.read_only:
            self.session.write(self, None, surveys.put_draft, self.sheet_id, *cell, text)

    def _put_texts(self, item_id: str, texts: tuple[str, ...]) -> None:
        self.session.write(self, None, surveys.put_remarks, self.sheet_id, item_id, texts)

    def focus_main(self) -> None:
        """Put the keyboard into the first cell."""
        if self.grids:
            _scale, _items, model, grid = self.grids[0]
            if not grid.currentIndex().isValid():
                grid.setCurrentIndex(model.index(0, 0))
            grid.setFocus(Qt.FocusReason.OtherFocusReason)
