"""«Разметить таблицу»: a person says where the header of a foreign table is and what its columns mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QSpinBox,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.errors import UserError
from app.operations import marking as marks
from app.operations import profiles, results
from app.operations.marking import Marking, Preview
from app.operations.profiles import Profile
from app.operations.results import MAPS_APART, FileReading, Hints, Known
from app.texts import count
from app.ui import theme
from app.ui.item_models.table_model import Column
from app.ui.session import Session
from app.ui.widgets.basics import Button, Combo
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import Label
from app.ui.widgets.table import DataTable
from app.ui.windows.base import Window
from app.ui.windows.marking_grid import PageStrip, SheetView, deepest
from app.ui.windows.marking_parts import ColumnsPanel, FixedPanel

TO_TOP = QAbstractItemView.ScrollHint.PositionAtTop
_LEVELS = {"error": 0, "warning": 1, "hint": 2}
_AROUND, _WIDEST = 26, 480
"""Room beside the words of a cell, and the widest column; what is longer is told whole in a tooltip."""
_NOTHING = (Column("0", "Что получится", lambda row: row[0], 300, 1),)


def _column(at: int, title: str, rows: Sequence[tuple[str, ...]]) -> Column:
    """Return a column of the first rows: names stand whole, so that a person sees what was read; figures are narrow."""
    words = at < 2 or any(char.isalpha() for row in rows for char in row[at])

    def text(row: tuple[str, ...]) -> str:
        return row[at]

    if not words:
        return Column(str(at), title, text, max(52, 9 * len(title)), kind="number", middle=True)
    style = theme.current()
    metrics = QFontMetrics(style.font())
    needed = max((metrics.horizontalAdvance(row[at]) for row in rows), default=0) * 100 // style.px(100) + _AROUND
    return Column(str(at), title, text, min(max(needed, 90), _WIDEST), 2, least=min(needed, _WIDEST), middle=True)


class MarkingWindow(Window):
    """A foreign table and what it becomes.

    Signals:
        saved(hints): the marking is kept; the file is to be read with these answers.
    """

    guide = ("02-загрузка", "Таблица, которой никто не знает")
    saved = Signal(object)

    def __init__(
        self, session: Session, reading: FileReading, known: Known, hints: Hints, parent: QWidget | None = None, *,
        as_read: FileReading | None = None,
    ) -> None:  # fmt: skip
        """Show a file.

        Args:
            session: the session.
            reading: its grid, with proposals.
            known: references in force.
            hints: what was answered for this file.
            parent: the wizard.
            as_read: what the program has read of a file that it recognised: the first proposal follows it.
        """
        super().__init__(session, f"Разметить таблицу: {reading.name}", parent, size=(1300, 700))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._known = known
        self._hints = hints
        self._file = reading.name
        self._grid = reading.grid
        self._proposals = reading.proposals
        self._path = Path(reading.path)
        self._as_read = as_read
        self._names: set[str] = set()
        self._texts: list[str] = []
        self._marked: set[int] = set()
        self._turn = 0
        self.marking = marks.begin_as(reading.grid[0], known, reading.proposals, as_read)
        self._page = reading.grid[0]
        self.preview = Preview()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(120)
        self._later.timeout.connect(self.show_preview)
        self.columns = ColumnsPanel(self.give)
        self.fixed = FixedPanel(self._later.start)
        self.body.addLayout(self._line_of_choices())
        self.body.addWidget(self._halves(), 1)
        self.name = QLineEdit(reading.name.rsplit(".", 1)[0])
        self.name.setAccessibleName("Название разметки")
        self.name.setMinimumWidth(theme.current().px(260))
        self.name.textChanged.connect(lambda _text: self._enable())
        self.taken = Label("", "muted")
        self.save = Button("Сохранить разметку и прочитать", self._save, icon="circle-check", kind="primary")
        self.save.setDefault(True)
        self.add_buttons(
            Button("Отмена", self.reject), self.save, left=(Label("Название разметки", "muted"), self.name, self.taken)
        )
        year = hints.year or (marks.year_of(as_read) if as_read is not None else None)
        self.fixed.show_words(replace(
            self.marking, grade=self.marking.grade or hints.grade, subject=self.marking.subject or hints.subject or "",
        ))  # fmt: skip
        self.fixed.year.setText(str(year or ""))
        self._show_table()
        self.take(session.desk.read(profiles.listing), self._take_names)

    # --- building ------------------------------------------------------------------------------------------------

    def _line_of_choices(self) -> QHBoxLayout:
        self.tables = Combo("Таблица")
        self.tables.fill(self._places())
        self.tables.setVisible(self.tables.count() > 1)
        self.tables.currentIndexChanged.connect(lambda _index: self._choose_table())
        self.target = Combo("Что это за таблица")
        self.target.fill([("выберите…", ""), *marks.TARGETS])
        self.target.currentIndexChanged.connect(lambda _index: self._retarget())
        self.first, self.last = QSpinBox(), QSpinBox()
        for box, words in ((self.first, "Первая строка заголовков"), (self.last, "Последняя строка заголовков")):
            box.setAccessibleName(words)
            box.setMinimum(1)
            box.setKeyboardTracking(False)
            box.setMinimumWidth(theme.current().px(64))
            box.valueChanged.connect(lambda _value: self._pointed_by_numbers())
        row = QHBoxLayout()
        row.setSpacing(theme.current().px(8))
        row.addWidget(self.tables)
        for part in (Label("Что это", "muted"), self.target, Label("Заголовки: строки с", "muted"), self.first,
                     Label("по", "muted"), self.last):  # fmt: skip
            row.addWidget(part)
        row.addWidget(Label("или щёлкните номер строки; с Shift — несколько", "muted"))
        row.addStretch(1)
        return row

    def _places(self) -> list[tuple[str, object]]:
        """Return each table found, and each sheet in which none was."""
        found: list[tuple[str, object]] = []
        for number, sheet in enumerate(self._grid):
            name = f"Лист «{sheet.name}»" if sheet.name else "Таблица"
            tables = [p for p in self._proposals if p.sheet == sheet.name and p.header_first <= len(sheet.rows)]
            found += [
                (f"{name}, строка {table.header_first}", (number, table.header_first, table.header_last))
                for table in tables
            ] if len(tables) > 1 else [(name, (number, 0, 0))]  # fmt: skip
        return found

    def _halves(self) -> QSplitter:
        px = theme.current().px
        self.view = SheetView()
        self.view.pointed.connect(self.point)
        self.view.column_chosen.connect(self._show_column)
        self.view.clicked.connect(lambda index: self._show_column(index.column()))
        frame = QFrame()
        frame.setProperty("card", "true")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(px(2), px(2), px(2), px(2))
        inside.addWidget(self.view)
        self.pages = PageStrip(self.show_page)
        self.first_rows = DataTable(
            "marking_preview", _NOTHING, lambda row: id(row), habits=self.session.habits, filters=False,  # noqa: PLW0108
            title="Что получится из первых строк",
            empty=EmptyState("table", "Пока ничего", "Здесь встанут первые прочитанные строки."),
        )  # fmt: skip
        self.verdict = Label("", wrap=True)
        left, column = QWidget(), QVBoxLayout()
        left.setLayout(column)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(frame, 5)
        column.addWidget(self.pages)
        column.addWidget(self.verdict)
        column.addWidget(self.first_rows, 4)
        right, stack = QWidget(), QVBoxLayout()
        right.setLayout(stack)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(px(8))
        stack.addWidget(self.columns, 1)
        stack.addWidget(self.fixed)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setChildrenCollapsible(False)
        halves.setHandleWidth(px(12))
        for part, share in ((left, 3), (right, 2)):
            halves.addWidget(part)
            halves.setStretchFactor(halves.count() - 1, share)
        right.setMinimumWidth(px(490))
        halves.setSizes([px(760), px(480)])
        return halves

    def _show_column(self, at: int) -> None:
        self.columns.show_column(at)

    # --- what a person says --------------------------------------------------------------------------------------

    def _choose_table(self) -> None:
        self._turn += 1
        self.strip.end()
        self.marking = self._begun(*self.tables.currentData())
        self._page = self.marking.sheet
        self._show_table()

    def _begun(self, number: int, first: int, last: int) -> Marking:
        """Return the first proposal for one of the tables."""
        sheet = self._grid[number]
        if first:
            return marks.point(sheet, first, last, self._known)
        return marks.begin_as(sheet, self._known, self._proposals, self._as_read)

    def _retarget(self) -> None:
        self.marking = marks.retarget(self.marking, self.target.currentData() or None, self._known)
        self._show_columns()

    def _pointed_by_numbers(self) -> None:
        first = self.first.value()
        self.point(first, max(first, self.last.value()))

    def point(self, first: int, last: int) -> None:
        """Say where the header is: rows from 1, both inside."""
        page, last = self._page, min(last, first + marks.DEEPEST - 1)
        beyond = page.height is None or page.height > page.end
        if not marks.on_page(page, first) or (beyond and last + marks.SHOWN_ROWS > page.end):
            # a header at the foot of a page would be seen with no row under it
            self.show_page(max(1, first - marks.ABOVE_ROWS), (first, last))
            return
        self._turn += 1  # a page that is still on its way is not wanted any more
        self.strip.end()
        self.marking = marks.point(page, first, last, self._known, self.marking)
        self._show_columns()

    def show_page(self, first: int, header: tuple[int, int] | None = None) -> None:
        """Show another page of the sheet, and point at a header there; the page is read beside the window."""
        path, known, place = self._path, self._known, f"{self._page.name or ''}!{first}"
        self._turn += 1
        self.strip.begin("Читаю лист", cancellable=False)
        self.session.job(
            self, lambda _job: results.look(path, known, place), partial(self._take_page, self._turn, header), self.fail
        )

    def _take_page(self, turn: int, header: tuple[int, int] | None, found: FileReading) -> None:
        if turn != self._turn:
            return
        self.strip.end()
        if found.refused is not None:
            self.bar.show_message("bad", found.refused.message)
            return
        if not found.grid:
            self.bar.show_message("info", "Дальше на этом листе строк нет.")
            self.pages.show_page(self._page)
            return
        (self._page,) = found.grid
        self._show_page()
        if header is not None and marks.on_page(self._page, header[0]):
            self.marking = marks.point(self._page, *header, self._known, self.marking)
            self._show_columns()
            self.view.scrollTo(self.view.sheet.index(max(0, header[0] - 3 - self._page.start), 0), TO_TOP)
        else:
            self.view.show_marking(self.marking)

    def give(self, at: int, meaning: str) -> None:
        """Say what a column means."""
        self.marking = marks.give(self.marking, at, meaning, self._known)
        self.columns.update_columns(self.marking)
        self.view.show_marking(self.marking)
        self._enable()
        self._later.start()

    # --- showing -------------------------------------------------------------------------------------------------

    def _show_table(self) -> None:
        self._show_page()
        for box in (self.first, self.last):
            box.blockSignals(True)
            box.setMaximum(deepest(self._page))
            box.blockSignals(False)
        self._show_columns()

    def _show_page(self) -> None:
        self.view.show_sheet(self._page)
        self.pages.show_page(self._page)

    def _show_columns(self) -> None:
        marking = self.marking
        for widget, value in ((self.first, marking.first), (self.last, marking.last)):
            widget.blockSignals(True)
            widget.setValue(value)
            widget.blockSignals(False)
        self.target.blockSignals(True)
        self.target.choose(marking.target or "")
        self.target.blockSignals(False)
        self.columns.show_columns(marking, marks.meanings(marking.target, self._known))
        self.fixed.show_for(marking.target)
        self.view.show_marking(marking)
        self.show_preview()

    def with_fixed(self) -> Marking:
        """Return the marking with what the panel below says."""
        fixed = self.fixed
        return marks.with_fixed(
            self.marking, procedure=str(fixed.procedure.currentData() or ""),
            subject=fixed.subject.currentText(), grade=fixed.number(fixed.grade),
            municipality=fixed.municipality.text(), region=fixed.region.text(),
        )  # fmt: skip

    def hints(self) -> Hints:
        """Return the answers for this file alone."""
        return replace(self._hints, year=self.fixed.number(self.fixed.year), subject=None, grade=None)

    def show_preview(self) -> None:
        """Show what the first rows become."""
        self._later.stop()
        self.marking = self.with_fixed()
        found = self.preview = marks.preview(self.marking, self._known, self.hints(), self._file)
        columns = [_column(at, title, found.rows) for at, title in enumerate(found.headings or ("Что получится",))]
        self.first_rows.replace_columns(columns)
        self.first_rows.set_rows(found.rows)
        self.verdict.setText(self._verdict(found))
        self._enable()

    @staticmethod
    def _verdict(found: Preview) -> str:
        if found.fault:
            return found.fault
        if found.questions:
            return "Программа спросит: " + " ".join(question.text for question in found.questions)
        grave = sorted((p for p in found.problems if p.level != "hint"), key=lambda p: _LEVELS[p.level])
        first = f" {grave[0].message}" if grave else ""
        if not found.rows:
            return "Ни одна из первых строк не прочитана." + first
        if not grave:
            return "Что получится из первых строк. Замечаний к ним нет."
        return f"Что получится из первых строк. {count(len(grave), 'замечание', 'замечания', 'замечаний')}:{first}"

    def _take_names(self, found: list[Profile]) -> None:
        self._names = {profile.name.casefold() for profile in found}
        self._enable()

    def _enable(self) -> None:
        if not hasattr(self, "save"):
            return
        name = self.name.text().strip()
        self.save.setEnabled(bool(name) and not marks.missing(self.marking))
        self.taken.setText("Разметка с таким названием есть: она заменится." if name.casefold() in self._names else "")

    def marking_text(self) -> str:
        """Return the marking as it is kept.

        Raises:
            UserError: something must be said first.
        """
        return marks.text_of(self.marking, self.name.text().strip())

    # --- keeping -------------------------------------------------------------------------------------------------

    def _save(self) -> None:
        self.show_preview()
        if not self.save.isEnabled():
            return
        name = self.name.text().strip()
        try:
            text = self.marking_text()
        except UserError as error:
            self.fail(error)
            return
        self.save.setEnabled(False)
        self.take(self.session.written(profiles.save, text, name), self._kept)

    def fail(self, error: UserError) -> None:
        """Show an expected failure; the verb can be pressed again."""
        super().fail(error)
        self._enable()

    def _kept(self, profile: Profile) -> None:
        self._texts.append(profile.text)
        self._marked.add(self.tables.currentIndex())
        left = self._left()
        if left is None:
            self._finish()
            return
        self._names.add(profile.name.casefold())
        self.bar.show_message(
            "ok", f"Разметка «{profile.name}» сохранена. В книге есть ещё таблица: {self.tables.itemText(left)}.",
            ("Разметить и её", lambda: self._mark_next(left)), ("Прочитать файл", self._finish),
        )  # fmt: skip

    def _left(self) -> int | None:
        """Return the place of the next table that no kept marking reads, or None."""
        for place in sorted(set(range(self.tables.count())) - self._marked):
            marking = self._begun(*self.tables.itemData(place))
            if marks.is_table(marking) and not any(marks.covers(text, marking) for text in self._texts):
                return place
        return None

    def _mark_next(self, place: int) -> None:
        self.bar.clear()
        self.tables.setCurrentIndex(place)
        self.name.setText(f"{self._file.rsplit('.', 1)[0]}, {self.tables.itemText(place)}")

    def _finish(self) -> None:
        """Have the file read by everything that was kept."""
        hints = self.hints()
        texts, self._texts = MAPS_APART.join(self._texts), []
        self.saved.emit(replace(hints, answers={**hints.answers, "profile": texts}))
        self.accept()

    def reject(self) -> None:
        """Close; markings that were kept are read by all the same."""
        if self._texts:
            self._finish()
        else:
            super().reject()
