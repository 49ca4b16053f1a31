"""How a form will look: on the screen, as an Excel blank, on paper; of a half-done form, too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QSplitter,
    QTabBar,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.errors import UserError
from app.forms.excel_model import STYLES, BlankPlan, SheetPlan, letters
from app.forms.schema import FormDef, Item
from app.models.store import Connection
from app.operations import form_papers, forms, papers
from app.operations.papers import Paper
from app.texts import glue
from app.ui import theme
from app.ui.form_view.view import FormView
from app.ui.session import Session
from app.ui.widgets.basics import Button, Card, Combo
from app.ui.widgets.labels import Label
from app.ui.widgets.pdf_view import PdfView
from app.ui.windows.base import Window

TOGETHER = "together"
WAYS = (("screen", "На экране"), ("excel", "Бланк Excel"), ("paper", "На бумаге"), (TOGETHER, "Рядом"))
_COLUMN = 7.2
"""How many pixels at 100 % one sign of Excel's widths takes."""
_LONG = 24
NOT_YET = "Просмотр появится, когда будет исправлено то, что перечислено внизу."


def drawable(form: FormDef) -> FormDef | None:
    """Return a half-done form so that it can be shown: what is not worded yet has dots, wrong sums are left out.

    None where something else is wrong.
    """

    def named(item: Item) -> Item:
        return item if item.text.strip() else replace(item, text="(текст вопроса)")

    sections = tuple(replace(one, items=tuple(named(item) for item in one.items)) for one in form.sections if one.items)
    title = form.title.strip() or form.short.strip() or "(название формы)"
    made = replace(form, title=title, short=form.short.strip() or title, sections=sections, revisions=())
    found = forms.faults(made)
    if any(fault.sheet is not None and fault.sheet.startswith("Итог") for fault in found):
        made = replace(made, scores=())
        found = forms.faults(made)
    return None if found else made


def sample_plan(form: FormDef, year: int) -> BlankPlan | None:
    """Return the plan of the Excel blank; None where the form has no questions of its own."""
    from app.forms.excel_plan import BlankHead, plan

    try:
        return plan(form, BlankHead("Название школы", year))
    except UserError:
        return None


def sample_paper(connection: Connection, form: FormDef, year: int) -> Paper:
    """Return the paper blank of a form that need not be saved."""
    return form_papers.of_form(connection, form, year=year)


class FormPreview(QWidget):
    """Three looks at one form behind a switch, or all of them side by side."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.form: FormDef | None = None
        self.view: FormView | None = None
        self._stale: set[str] = set()
        self._drawers: dict[str, Callable[[FormDef], None]] = {
            "screen": self._draw_screen, "excel": self._draw_excel, "paper": self._draw_paper,
        }  # fmt: skip
        self._turn = 0
        self.switch = QTabBar()
        self.switch.setObjectName("inner")
        self.switch.setAccessibleName("Что показать")
        self.switch.setDrawBase(False)
        self.switch.setExpanding(False)
        for _key, word in WAYS:
            self.switch.addTab(word)
        self.sheet = Combo("Лист книги")
        self.sheet.currentIndexChanged.connect(lambda _i: self._show_sheet())
        self.note = Label("", "muted", wrap=True)
        self.looks = QSplitter(Qt.Orientation.Horizontal)
        self.looks.setHandleWidth(theme.current().px(12))
        self.looks.setChildrenCollapsible(False)
        self.screen_box = Card(pad=8)
        self.table = _make_table()
        table_card = Card(pad=8)
        table_card.body.addWidget(self.table, 1)
        self.pdf = PdfView(session)
        for widget in (self.screen_box, table_card, self.pdf):
            widget.setMinimumWidth(theme.current().px(240))
            self.looks.addWidget(widget)
        head = QHBoxLayout()
        head.setSpacing(theme.current().px(12))
        head.addWidget(self.switch)
        head.addWidget(self.sheet)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().px(8))
        column.addLayout(head)
        column.addWidget(self.note)
        column.addWidget(self.looks, 1)
        self._plan: BlankPlan | None = None
        self.switch.currentChanged.connect(self._choose)
        self._choose(0)

    def show_form(self, form: FormDef | None) -> None:
        """Show another form; None where it cannot be drawn yet."""
        if form is not None and form == self.form:
            return
        self.form = form
        self.note.setText(NOT_YET)
        self.note.setVisible(form is None)
        self.looks.setVisible(form is not None)
        self._stale = set(self._drawers) if form is not None else set()
        if self.isVisible():
            self.draw()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what was not seen before."""
        super().showEvent(event)
        self.draw()

    def choose(self, way: str) -> None:
        """Show one of the looks: «screen», «excel», «paper», or «together»."""
        self.switch.setCurrentIndex([key for key, _word in WAYS].index(way))

    def _choose(self, place: int) -> None:
        chosen = WAYS[place][0]
        for key, widget in zip(self._drawers, (self.looks.widget(n) for n in range(3)), strict=True):
            widget.setVisible(chosen in {key, TOGETHER})
        self.looks.setSizes([1, 1, 1])
        self.sheet.setVisible(chosen in {"excel", TOGETHER})
        if self.isVisible():
            self.draw()

    def draw(self) -> None:
        """Draw what is shown, if the form has changed since."""
        chosen = WAYS[self.switch.currentIndex()][0]
        for key, drawer in self._drawers.items():
            if self.form is not None and key in self._stale and chosen in {key, TOGETHER}:
                self._stale.discard(key)
                drawer(self.form)

    def _draw_screen(self, form: FormDef) -> None:
        if self.view is None:
            self.view = FormView(form)
            self.screen_box.body.addWidget(self.view, 1)
        else:
            self.view.set_form(form)

    def _draw_excel(self, form: FormDef) -> None:
        self._turn += 1
        turn, year = self._turn, self.session.school_year

        def done(plan: BlankPlan | None) -> None:
            if turn == self._turn:
                self._show_plan(plan)

        self.session.job(self, lambda _job: sample_plan(form, year), done)

    def _show_plan(self, plan: BlankPlan | None) -> None:
        self._plan = plan
        sheets = [] if plan is None else [(s.name, n) for n, s in enumerate(plan.layout.sheets) if not s.hidden]
        self.sheet.fill(sheets)
        self._show_sheet()

    def _show_sheet(self) -> None:
        place = self.sheet.currentData()
        self.table.clear()
        self.table.setRowCount(0)
        if self._plan is not None and isinstance(place, int):
            fill_table(self.table, self._plan, place)

    def _draw_paper(self, form: FormDef) -> None:
        self.pdf.clear("Рисую…")
        year = self.session.school_year

        def drawn(paper: Paper) -> None:
            self.session.job(self, lambda _job: papers.render(paper, ".pdf").data, self._show_pdf(form))

        self.session.read(self, drawn, sample_paper, form, year)

    def _show_pdf(self, form: FormDef) -> Callable[[bytes], object]:
        return lambda data: self.pdf.show_pdf(data) if form is self.form else None


def _make_table() -> QTableWidget:
    table = QTableWidget()
    table.setAccessibleName("Лист бланка")
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
    table.setWordWrap(True)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.verticalHeader().setMinimumWidth(theme.current().px(32))
    return table


def fill_table(table: QTableWidget, plan: BlankPlan, number: int) -> None:
    """Draw one sheet of a plan as Excel will show it; hidden rows and columns are left out.

    A book is white with black letters whatever the window looks like.
    """
    sheet = plan.layout.sheets[number]
    px = theme.current().px
    rows = max((cell.row for cell in sheet.cells), default=-1) + 1
    table.setRowCount(rows)
    table.setColumnCount(len(sheet.columns))
    table.setHorizontalHeaderLabels([letters(place) for place in range(len(sheet.columns))])
    for place, column in enumerate(sheet.columns):
        table.setColumnWidth(place, px(column.width * _COLUMN))
        table.setColumnHidden(place, column.hidden)
    values = {(at.row, at.column): value for at, value in plan.values.items() if at.sheet == number}
    table.clearSpans()
    for cell in sheet.cells:
        style = STYLES[cell.look]
        item = QTableWidgetItem(_text(values.get((cell.row, cell.column), cell.value)))
        font = theme.current().font(round(12 * style.size / 11))
        font.setBold(style.bold)
        font.setItalic(style.italic)
        item.setFont(font)
        item.setToolTip(item.text() if len(item.text()) > _LONG else "")
        item.setBackground(QBrush(QColor(f"#{style.fill}") if style.fill else Qt.GlobalColor.white))
        item.setForeground(QBrush(QColor(f"#{style.colour}") if style.colour else Qt.GlobalColor.black))
        across = {"left": Qt.AlignmentFlag.AlignLeft, "center": Qt.AlignmentFlag.AlignHCenter,
                  "right": Qt.AlignmentFlag.AlignRight}[style.align]  # fmt: skip
        item.setTextAlignment(across | Qt.AlignmentFlag.AlignVCenter)
        table.setItem(cell.row, cell.column, item)
        if cell.across > cell.column:
            table.setSpan(cell.row, cell.column, 1, cell.across - cell.column + 1)
    _size_rows(table, sheet)
    for row in sheet.hidden_rows:
        if row < rows:
            table.setRowHidden(row, True)


def _text(value: object) -> str:
    return "" if value is None else glue(str(value))


def _size_rows(table: QTableWidget, sheet: SheetPlan) -> None:
    """Give every row the height of its longest text; Qt would measure joined cells by their first column alone."""
    least = theme.current().px(24)
    for row in range(table.rowCount()):
        high = least
        for column in range(table.columnCount()):
            item = table.item(row, column)
            if item is None or not item.text():
                continue
            span = table.columnSpan(row, column)
            width = sum(
                table.columnWidth(at) for at in range(column, column + span) if not sheet.columns[at].hidden
            ) - theme.current().px(10)  # fmt: skip
            box = QFontMetrics(item.font()).boundingRect(
                0, 0, max(width, 20), 10_000, int(Qt.TextFlag.TextWordWrap), item.text()
            )
            high = max(high, box.height() + theme.current().px(8))
        table.setRowHeight(row, high)


class FormPreviewWindow(Window):
    """A form that is there, as it will look; its empty paper can be kept as a file."""

    guide = ("09-чек-листы", "Формы")

    def __init__(self, session: Session, form_id: str, parent: QWidget | None = None) -> None:
        super().__init__(session, "Бланк формы", parent, size=(1120, 700))
        self.form_id = form_id
        self._form: FormDef | None = None
        self.preview = FormPreview(session)
        self.body.addWidget(self.preview, 1)
        self.word = Button("Сохранить для Word…", lambda: self._save(".docx", "Документ Word (*.docx)"),
                           icon="download")  # fmt: skip
        self.keep = Button("Сохранить PDF…", lambda: self._save(".pdf", "Документ PDF (*.pdf)"), icon="download")
        self.add_buttons(Button("Закрыть", self.close), left=[self.keep, self.word])
        self.take(session.desk.read(forms.definition, form_id), self._show)

    def _show(self, form: FormDef) -> None:
        self._form = form
        self.setWindowTitle(f"Бланк: {form.short}")
        self.heading.setText(form.short)
        self.say("Так форма выглядит для тех, кто отвечает.")
        self.preview.show_form(form)

    def _save(self, suffix: str, patterns: str) -> None:
        form = self._form
        if form is None:
            return
        path = self.session.dialogs.save_file("Сохранить бланк", Path(f"Бланк {form.short}{suffix}"), patterns)
        if path is not None:
            year = self.session.school_year
            self.take(self.session.desk.read(sample_paper, form, year), lambda paper: self._write(paper, path, suffix))

    def _write(self, paper: Paper, path: Path, suffix: str) -> None:
        def work(_job: object) -> Path:
            papers.write(path, papers.render(paper, suffix).data)
            return path

        self.session.job(
            self, work, lambda made: self.bar.show_message("ok", f"Бланк записан в файл «{made.name}»."), self.fail
        )
