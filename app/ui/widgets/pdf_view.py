"""Pages of a paper as pictures, made by an operation; the widget only shows and scrolls them."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.operations import papers
from app.operations.papers import Raster
from app.ui import theme
from app.ui.run import Job
from app.ui.session import Session
from app.ui.widgets.labels import Label

FIRST_PAGES = 3
"""How many pages are drawn at once; the rest come as one scrolls."""


class PdfView(QScrollArea):
    """A PDF, page under page.

    Signals:
        shown(pages): how many pages there are.
    """

    shown = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None):
        super().__init__(parent)
        self._session = session
        self._data = b""
        self._count = 0
        self._pages: list[Label] = []
        self._asked: set[int] = set()
        self._turn = 0
        self._drawn_width = 0
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("Предпросмотр документа")
        inner = QWidget()
        inner.setObjectName("scrolled")
        px = theme.current().px
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(px(8), px(8), px(8), px(8))
        self._column.setSpacing(px(10))
        self.setWidget(inner)
        self.verticalScrollBar().valueChanged.connect(lambda _v: self._draw_visible())
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(200)
        self._later.timeout.connect(self._draw_anew)

    @property
    def data(self) -> bytes:
        """The bytes that are shown."""
        return self._data

    def clear(self, text: str = "") -> None:
        """Show nothing, or a sentence."""
        self._turn += 1
        self._data, self._count = b"", 0
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._empty()
        if text:
            note = Label(text, "muted", wrap=True)
            note.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._column.addWidget(note)

    def show_pdf(self, data: bytes) -> None:
        """Show another paper."""
        self._turn += 1
        turn = self._turn
        self._data = data
        self._session.job(self, lambda _job: papers.preview_pages(data), lambda count: self._begin(turn, count))

    def _empty(self) -> None:
        from app.ui.widgets.basics import clear_layout

        clear_layout(self._column)
        self._pages = []
        self._asked = set()

    def _begin(self, turn: int, count: int) -> None:
        if turn != self._turn:
            return
        self._count = count
        # always there while pages are: a bar that comes and goes would change the width of the pages
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._empty()
        size = self._page_size()
        for number in range(count):
            page = Label("")
            page.setFixedSize(size)
            page.setProperty("card", "true")
            page.setAccessibleName(f"Страница {number + 1} из {count}")
            page.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._pages.append(page)
            self._column.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch(1)
        self._drawn_width = size.width()
        self.shown.emit(count)
        self._draw_visible()

    def _page_size(self) -> QSize:
        px = theme.current().px
        width = max(px(160), min(self.viewport().width() - px(18), px(820)))
        return QSize(width, round(width * 297 / 210))

    def _draw_visible(self) -> None:
        if not self._pages:
            return
        height = self._pages[0].height() + self._column.spacing()
        first = self.verticalScrollBar().value() // max(height, 1)
        last = (self.verticalScrollBar().value() + self.viewport().height()) // max(height, 1) + 1
        for number in range(max(0, first), min(self._count, max(last, FIRST_PAGES if first == 0 else last))):
            self._draw(number)

    def _draw(self, number: int) -> None:
        if number in self._asked:
            return
        self._asked.add(number)
        turn, data = self._turn, self._data
        width = round(self._page_size().width() * self.devicePixelRatioF())

        def work(_job: Job) -> Raster:
            return papers.preview_page(data, number, width)

        self._session.job(self, work, lambda raster: self._put(turn, number, raster))

    def _put(self, turn: int, number: int, raster: Raster) -> None:
        if turn != self._turn or number >= len(self._pages):
            return
        picture = QPixmap()
        picture.loadFromData(raster.png)
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        page = self._pages[number]
        page.setFixedSize(picture.deviceIndependentSize().toSize())
        page.setPixmap(picture)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw the pages anew at another width."""
        super().resizeEvent(event)
        if self._pages and abs(self._page_size().width() - self._drawn_width) > theme.current().px(24):
            self._later.start()

    def _draw_anew(self) -> None:
        if self._pages:
            self._begin(self._turn, self._count)
