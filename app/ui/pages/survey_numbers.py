"""Ready counts of a questionnaire: grids of questions × answers, how many were handed in, texts beside «другое»."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.forms.schema import FormDef, Item, Scale
from app.forms.survey_tally import scale_of, whole
from app.models.surveys import HANDED_IN
from app.operations import surveys
from app.operations.survey_counts import Distribution
from app.operations.surveys import SheetView
from app.ui import theme
from app.ui.session import Session
from app.ui.widgets.basics import Scroller
from app.ui.widgets.entry_grid import EntryGrid, EntryModel, EntryRow
from app.ui.widgets.field import FieldEdit
from app.ui.widgets.labels import Label

NOT_WHOLE = "Нужно целое число людей"


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


class TextsEdit(QPlainTextEdit):
    """Texts, one a line, kept when the field is left."""

    def __init__(self, name: str, leave: object) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText("Каждый ответ с новой строки")
        self.setTabChangesFocus(True)
        self._leave = leave
        self.stored: tuple[str, ...] = ()

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
        if self.texts() != self.stored and callable(self._leave):
            self._leave(self.texts())


class NumbersEntry(QWidget):
    """The grids of one sheet, made anew when another questionnaire is shown."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.sheet_id = 0
        self._form: FormDef | None = None
        self.grids: list[tuple[Scale, list[Item], EntryModel, EntryGrid]] = []
        self.texts: dict[str, TextsEdit] = {}
        px = theme.current().px
        self.handed_in = FieldEdit("Сдано анкет", "сколько анкет вернули")
        self.handed_in.setFixedWidth(px(150))
        self.handed_in.committed.connect(self._put_handed_in)
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
        model = EntryModel([choice.text for choice in scale.choices])
        grid = EntryGrid(model, items[0].text)
        grid.use_tall_headings(360)
        grid.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        grid.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        place = len(self.grids)
        model.entered.connect(lambda row, column, text: self._put(place, [(row, column, text)]))
        model.block_entered.connect(partial(self._put, place))
        self.grids.append((scale, items, model, grid))
        self._fill(place, {})
        for column in range(len(scale.choices)):
            grid.setColumnWidth(column, px(104))
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
            self._make(view.line.form)
        for place in range(len(self.grids)):
            self._fill(place, {key: str(number) for key, number in view.numbers.items()})
        for item_id, edit in self.texts.items():
            edit.show_texts(view.remarks.get(item_id, ()))
            edit.setReadOnly(self.session.desk.read_only)
        number = view.numbers.get((HANDED_IN, ""))
        self.handed_in.show_stored("" if number is None else str(number))
        self.handed_in.setReadOnly(self.session.desk.read_only)
        faults = [*found.faults, *(text for one in found.items for text in one.faults)]
        words = ["Не сходится: " + text.split("»: ", 1)[-1] for text in faults]
        if found.assumed:
            words.append("Впишите, сколько анкет сдано: пока взято наибольшее число ответов на один вопрос.")
        self.told.setText(" ".join(dict.fromkeys(words)))
        self.told.setVisible(bool(words))

    def _fill(self, place: int, numbers: dict[tuple[str, str], str]) -> None:
        scale, items, model, _grid = self.grids[place]
        kept = {row.key: row for row in model.rows}
        rows = []
        for item in items:
            texts = [numbers.get((item.id, choice.value), "") for choice in scale.choices]
            troubles = dict(kept[item.id].troubles) if item.id in kept else {}
            for column in troubles:
                texts[column] = kept[item.id].texts[column]
            rows.append(EntryRow(item.id, item.text, texts, troubles))
        model.set_rows(rows)

    # --- writing -------------------------------------------------------------------------------------------------

    def _put(self, place: int, cells: Sequence[tuple[int, int, str]]) -> None:
        scale, items, model, _grid = self.grids[place]
        good = []
        for row, column, text in cells:
            troubles = model.rows[row].troubles
            troubles.pop(column, None)
            if text and whole(text) is None:
                troubles[column] = NOT_WHOLE
            else:
                good.append((items[row].id, scale.choices[column].value, text))
        if good:
            self.session.write(self, None, surveys.put_numbers, self.sheet_id, good)

    def _put_handed_in(self, text: str) -> None:
        wrong = bool(text.strip()) and whole(text) is None
        self.handed_in.mark(NOT_WHOLE if wrong else "")
        if not wrong:
            self.session.write(self, None, surveys.put_numbers, self.sheet_id, [(HANDED_IN, "", text)])

    def _put_texts(self, item_id: str, texts: tuple[str, ...]) -> None:
        self.session.write(self, None, surveys.put_remarks, self.sheet_id, item_id, texts)

    def focus_main(self) -> None:
        """Put the keyboard into the first cell."""
        if self.grids:
            _scale, _items, model, grid = self.grids[0]
            if not grid.currentIndex().isValid():
                grid.setCurrentIndex(model.index(0, 0))
            grid.setFocus(Qt.FocusReason.OtherFocusReason)
