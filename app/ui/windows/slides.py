"""Slides of a paper: which tables and charts, in which order, seen as small pictures before the file is made."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QStyledItemDelegate,
    QVBoxLayout,
    QWidget,
)

from app.operations import impersonal, papers, slides
from app.operations.papers import Made, Paper, Raster
from app.operations.slides import SlideChoice
from app.texts import count
from app.ui import theme
from app.ui.run import Job
from app.ui.session import Session
from app.ui.widgets.basics import Button, beside
from app.ui.widgets.labels import Label
from app.ui.widgets.pdf_view import PdfView
from app.ui.windows.base import Window

PATTERN = "Презентация PowerPoint (*.pptx)"
EMPTY = "В этом документе нет ни таблиц со строками, ни графиков: для слайдов брать нечего."
_CHOICE = Qt.ItemDataRole.UserRole
_ICON = (112, 79)
"""Size of a small picture, logical pixels: a page that lies."""

Seen = tuple[tuple[SlideChoice, Made, Raster], ...]


def look(paper: Paper, job: Job) -> Seen:
    """Draw every table and chart of a paper once: for the small pictures and for the large one beside them."""
    found = []
    for choice in slides.blocks(paper.document):
        if job.cancelled():
            break
        page = slides.picture(paper.document, choice)
        found.append((choice, page, papers.preview_page(page.data, 0, _ICON[0] * 2)))
    return tuple(found)


class _Delegate(QStyledItemDelegate):
    """Draws a line as Qt does; every line has its whole title in the tooltip."""

    tells_cut_text = True


class SlidesWindow(Window):
    """A list with marks and small pictures, the chosen one large beside it."""

    guide = ("04-документы", "Слайды для совещания")

    def __init__(self, session: Session, paper: Paper, parent: QWidget | None = None) -> None:
        super().__init__(session, "Слайды для совещания", parent, size=(1000, 680))
        self.paper = paper
        self._pages: dict[int, Made] = {}
        px = theme.current().px
        self.list = QListWidget()
        self.list.setItemDelegate(_Delegate(self.list))
        self.list.setAccessibleName("Что поместить на слайды")
        self.list.setProperty("card", "true")
        self.list.setIconSize(QSize(px(_ICON[0]), px(_ICON[1])))
        self.list.setWordWrap(True)
        self.list.setSpacing(px(2))
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.currentItemChanged.connect(lambda _now, _was: self._show())
        self.list.itemChanged.connect(lambda _item: self._tell())
        self.list.itemActivated.connect(self._turn)
        self.up = Button("Выше", lambda: self.move_by(-1), kind="quiet")
        self.down = Button("Ниже", lambda: self.move_by(1), kind="quiet")
        self.all = Button("Отметить всё", lambda: self.mark(on=True), kind="quiet")
        self.none = Button("Снять отметки", lambda: self.mark(on=False), kind="quiet")
        self.view = PdfView(session)
        self._lay_out()
        self.save = Button("Сохранить слайды…", self._save, icon="download", kind="primary")
        self.add_buttons(Button("Закрыть", self.accept), self.save)
        self.save.setEnabled(False)
        self.say("Готовлю картинки…")
        session.job(self, lambda job: look(paper, job), self._fill, self.fail)

    def _lay_out(self) -> None:
        px = theme.current().px
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        self.told = Label("", "muted")
        column.addLayout(beside(self.told, self.up, self.down, stretch=(1,)))
        column.addWidget(self.list, 1)
        column.addLayout(beside(Label(""), self.all, self.none, stretch=(1,)))
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(self.view)
        split.setSizes([px(430), px(530)])
        self.body.addWidget(split, 1)

    def focus_main(self) -> None:
        """Begin with the list."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- what there is -------------------------------------------------------------------------------------------

    def _fill(self, seen: Seen) -> None:
        self.say(self.paper.title)
        if not seen:
            self.view.clear(EMPTY)
        for choice, page, small in seen:
            self._pages[choice.place] = page
            pixmap = QPixmap()
            pixmap.loadFromData(small.png)
            icon = QIcon(pixmap)
            icon.addPixmap(pixmap, QIcon.Mode.Selected)  # else Qt would tint the chosen one
            item = QListWidgetItem(icon, f"{choice.title}\n{choice.told}")
            item.setToolTip(choice.title)
            item.setData(_CHOICE, choice)
            item.setFlags(
                Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
                | Qt.ItemFlag.ItemIsDragEnabled
            )  # fmt: skip
            item.setCheckState(Qt.CheckState.Checked)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self._tell()

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(place) for place in range(self.list.count())]

    def chosen(self) -> list[SlideChoice]:
        """Return what is marked, in the order of the list."""
        return [item.data(_CHOICE) for item in self._items() if item.checkState() == Qt.CheckState.Checked]

    def _show(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.view.show_pdf(self._pages[item.data(_CHOICE).place].data)
        self._tell()

    def _tell(self) -> None:
        chosen, row = self.chosen(), self.list.currentRow()
        slides_told = count(1 + sum(choice.slides for choice in chosen), "слайд", "слайда", "слайдов")
        self.told.setText(f"{slides_told} вместе с титульным" if chosen else "Ничего не отмечено")
        self.save.setEnabled(bool(chosen))
        self.up.setEnabled(row > 0)
        self.down.setEnabled(0 <= row < self.list.count() - 1)
        for button in (self.all, self.none):
            button.setEnabled(self.list.count() > 0)

    # --- what is done with it ------------------------------------------------------------------------------------

    @staticmethod
    def _turn(item: QListWidgetItem) -> None:
        on = item.checkState() == Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)

    def mark(self, *, on: bool) -> None:
        """Mark or unmark everything."""
        for item in self._items():
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def move_by(self, step: int) -> None:
        """Move the current line up or down."""
        row = self.list.currentRow()
        if 0 <= row + step < self.list.count():
            item = self.list.takeItem(row)
            self.list.insertItem(row + step, item)
            self.list.setCurrentRow(row + step)

    def _save(self) -> None:
        chosen, paper = self.chosen(), self.paper
        name = papers.file_name(paper, slides.SUFFIX, self.session.today().strftime("%d.%m.%Y"))
        target = self.session.dialogs.save_file("Сохранить слайды", Path(name), PATTERN)
        if target is None:
            return
        if target.suffix.lower() != slides.SUFFIX:
            target = target.with_name(target.name + slides.SUFFIX)
        self.strip.begin("Сохраняю слайды", cancellable=False)
        desk = self.session.desk

        def work(_job: Job) -> None:
            made = impersonal.checked(
                paper, slides.render_slides(paper, chosen), lambda: desk.read(impersonal.people_of).result()
            )
            papers.write(target, made.data)

        self.session.job(self, work, lambda _done: self._saved(target), self.fail)

    def _saved(self, target: Path) -> None:
        self.strip.end()
        self.bar.show_message("ok", f"Сохранено: {target.name}")
