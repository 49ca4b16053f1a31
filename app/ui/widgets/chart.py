"""A chart in the window: drawn beside it, answering to mouse and keys, copied as picture and as data."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QToolTip, QVBoxLayout, QWidget

from app.operations import charts
from app.operations.charts import ChartArea, ChartPicture
from app.reports.charts import ChartSpec
from app.texts import glue
from app.ui import theme
from app.ui.run import Job
from app.ui.session import Session
from app.ui.widgets.basics import icon_button
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import ElidedLabel

REDRAW_AFTER = 60
"""Milliseconds of rest after a change of size."""
COPY_SCALE = 2.0


class ChartView(QWidget):
    """One chart with its title and its buttons.

    Signals:
        clicked(school_id): a point of a school was clicked, or Enter pressed on it.
        drawn(): a new picture is shown.
    """

    clicked = Signal(object)  # a key has 63 bits, the int of a signal 32
    drawn = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None, *, least: int = 0) -> None:
        super().__init__(parent)
        self._session = session
        self._least = least
        self._turn = 0
        self.spec: ChartSpec | None = None
        px = theme.current().px
        self.heading = ElidedLabel("", "section")
        self.canvas = _Canvas(self)
        self.empty = EmptyState("chart-line", "Нет данных", "Здесь будет график.")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.canvas)
        self.stack.addWidget(self.empty)
        self.buttons = [
            icon_button("copy", "Копировать картинку", self.copy_picture),
            icon_button("table", "Копировать данные", self.copy_data),
            icon_button("download", "Сохранить…", self.save),
        ]
        head = QHBoxLayout()
        head.setSpacing(px(4))
        head.addWidget(self.heading, 1)
        for button in self.buttons:
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addLayout(head)
        column.addWidget(self.stack, 1)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(REDRAW_AFTER)
        self._later.timeout.connect(self.draw)
        self.show_nothing("Нет данных", "Здесь будет график.")

    # --- what is shown -----------------------------------------------------------------------------------------------

    def show_chart(self, spec: ChartSpec) -> None:
        """Show a chart; the one before stays until the new one is drawn."""
        self.spec = spec
        self.heading.setText(glue(spec.title))
        name = f"{spec.title}. {spec.note}" if spec.note else spec.title
        self.canvas.setAccessibleName(name)
        self.setAccessibleName(name)
        for button in self.buttons:
            button.setEnabled(True)
        least = round(charts.least_height(spec, self._size()))
        self.canvas.setMinimumHeight(min(least, self._least) if self._least else least)
        self.stack.setCurrentWidget(self.canvas)
        self.draw()

    def show_nothing(self, title: str, text: str) -> None:
        """Show a sentence instead of a chart."""
        self._turn += 1
        self.spec = None
        self.heading.setText("")
        self.canvas.forget()
        self.canvas.setMinimumHeight(0)
        self.setAccessibleName(title)
        for button in self.buttons:
            button.setEnabled(False)
        self.empty.tell(title, text)
        self.stack.setCurrentWidget(self.empty)

    def _size(self) -> float:
        return float(theme.current().px(12))

    def redraw_soon(self) -> None:
        """Draw anew after a rest."""
        if self.spec is not None:
            self._later.start()

    def draw(self) -> None:
        """Have the chart drawn at the present size."""
        room = self.canvas.size()
        if self.spec is None or room.width() < 40 or room.height() < 40:
            return
        self._turn += 1
        turn, spec, size = self._turn, self.spec, self._size()
        dark, scale = theme.current().tokens.dark, self.devicePixelRatioF()

        def work(_job: Job) -> ChartPicture:
            return charts.picture(spec, room.width(), room.height(), scale=scale, dark=dark, size=size, titled=False)

        self._session.job(self, work, partial(self._put, turn, scale))

    def _put(self, turn: int, scale: float, picture: ChartPicture) -> None:
        if turn == self._turn:
            self.canvas.put(picture, scale)
            self.drawn.emit()

    # --- taking it along ---------------------------------------------------------------------------------------------

    def copy_picture(self) -> None:
        """Put the chart on the clipboard, light and with its title, as papers want it."""
        if self.spec is None:
            return
        spec, room, size = self.spec, self.canvas.size(), self._size()
        height = max(float(room.height()), charts.least_height(spec, size)) + size * 2

        def work(_job: Job) -> ChartPicture:
            return charts.picture(spec, max(room.width(), 480), height, scale=COPY_SCALE, size=size)

        self._session.job(self, work, self._copied)

    def _copied(self, picture: ChartPicture) -> None:
        QGuiApplication.clipboard().setImage(QImage.fromData(picture.png))
        self._session.tell("ok", "Картинка скопирована. Её можно вставить в документ.")

    def copy_data(self) -> None:
        """Put the rows of the chart on the clipboard."""
        if self.spec is not None:
            QGuiApplication.clipboard().setText(charts.as_text(self.spec))
            self._session.tell("ok", "Данные скопированы. Их можно вставить в таблицу.")

    def save(self) -> None:
        """Save the chart as a file."""
        spec = self.spec
        if spec is None:
            return
        patterns = "Картинка PNG (*.png);;Рисунок SVG (*.svg)"
        suggested = Path.home() / charts.file_name(spec)
        path = self._session.dialogs.save_file("Сохранить график", suggested, patterns)
        if path is None:
            return
        target = path if path.suffix else path.with_suffix(".png")
        self._session.job(
            self, lambda _job: charts.save(spec, target),
            lambda done: self._session.tell("ok", f"График сохранён: {done.name}."),
        )  # fmt: skip

    def menu(self) -> QMenu:
        """Return the same actions as the buttons."""
        made = QMenu(self)
        for word, action in (
            ("Копировать картинку", self.copy_picture),
            ("Копировать данные", self.copy_data),
            ("Сохранить…", self.save),
        ):
            made.addAction(word, action)
        return made

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the actions."""
        if self.spec is not None:
            menu = self.menu()
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(event.globalPos())

    def changeEvent(self, event: QEvent) -> None:
        """Another theme or another size of the text."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.FontChange} and hasattr(self, "_later"):
            self.redraw_soon()

    def focus_main(self) -> None:
        """Put the keyboard into the chart."""
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)


class _Canvas(QWidget):
    """The picture: tells what is under the mouse, walks its places with the arrow keys."""

    def __init__(self, view: ChartView) -> None:
        super().__init__()
        self._view = view
        self._pixmap: QPixmap | None = None
        self._areas: tuple[ChartArea, ...] = ()
        self._at = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        """A chart takes what room there is."""
        px = theme.current().px
        return QSize(px(420), px(280))

    @property
    def areas(self) -> tuple[ChartArea, ...]:
        """The places that answer."""
        return self._areas

    def put(self, picture: ChartPicture, scale: float) -> None:
        """Show a picture."""
        self._pixmap = QPixmap()
        self._pixmap.loadFromData(picture.png)
        self._pixmap.setDevicePixelRatio(scale)
        self._areas = picture.areas
        self._at = min(self._at, len(self._areas) - 1)
        self.update()

    def forget(self) -> None:
        """Show nothing."""
        self._pixmap, self._areas, self._at = None, (), -1

    def area_at(self, x: float, y: float) -> ChartArea | None:
        """Return the uppermost place at a point."""
        return next((area for area in reversed(self._areas) if area.holds(x, y)), None)

    # --- mouse -------------------------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell what is under the mouse."""
        spot = event.position()
        area = self.area_at(spot.x(), spot.y())
        linked = area is not None and area.link is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if linked else Qt.CursorShape.ArrowCursor)
        if area is None or not area.told:
            QToolTip.hideText()
        else:
            QToolTip.showText(event.globalPosition().toPoint(), _tip(area), self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens the school of the place."""
        spot = event.position()
        area = self.area_at(spot.x(), spot.y())
        if event.button() == Qt.MouseButton.LeftButton and area is not None and area.link is not None:
            self._view.clicked.emit(area.link)

    # --- keys --------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk the places, Enter opens, Ctrl+C copies the rows."""
        key = event.key()
        if event.matches(QKeySequence.StandardKey.Copy):
            self._view.copy_data()
        elif key in {Qt.Key.Key_Right, Qt.Key.Key_Down}:
            self._walk(1)
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Up}:
            self._walk(-1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and 0 <= self._at < len(self._areas):
            link = self._areas[self._at].link
            if link is not None:
                self._view.clicked.emit(link)
        else:
            super().keyPressEvent(event)

    def _walk(self, step: int) -> None:
        if not self._areas:
            return
        self._at = (self._at + step) % len(self._areas) if self._at >= 0 else 0
        area = self._areas[self._at]
        self.setAccessibleDescription(area.told)
        corner = QPoint(round(area.x + area.width / 2), round(area.y + area.height))
        QToolTip.showText(self.mapToGlobal(corner), _tip(area), self)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Nothing is chosen without the focus."""
        super().focusOutEvent(event)
        self._at = -1
        self.update()

    # --- picture -----------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew when the size rests."""
        super().resizeEvent(event)
        if self._pixmap is None:
            self._view.draw()
        else:
            self._view.redraw_soon()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the picture, the focus and the chosen place."""
        painter = QPainter(self)
        if self._pixmap is None:
            painter.setPen(theme.color("muted"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "Рисую график…")
        else:
            painter.drawPixmap(0, 0, self._pixmap)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("accent"), theme.current().px(1.5)))
            if 0 <= self._at < len(self._areas):
                area = self._areas[self._at]
                painter.drawRect(QRectF(area.x, area.y, area.width, area.height))
            else:
                painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


def _tip(area: ChartArea) -> str:
    """Return the tooltip; it says so where a click opens a card."""
    return f"{glue(area.told)}\nЩелчок открывает карточку школы" if area.link is not None else glue(area.told)
