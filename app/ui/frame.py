"""Parts of the window's frame: the row with tabs, year and search; the line of state at the bottom."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.operations.desk import Info
from app.texts import count, school_year
from app.ui import icons, theme
from app.ui.finder import Finder
from app.ui.widgets.basics import Button, Combo
from app.ui.widgets.drag_tabs import DragTabs
from app.ui.widgets.labels import ElidedLabel, Label


class Tabs(DragTabs):
    """The tabs; the wheel does not change them, the chosen one has its icon in the accent."""

    def __init__(self, tabs: Sequence[tuple[str, str]], parent: QWidget | None = None):
        super().__init__(parent)
        self._icons = [icon for _title, icon in tabs]
        self._with_icons = True
        self._room_of_icons: int | None = None
        self.setAccessibleName("Вкладки")
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for number, (title, _icon) in enumerate(tabs):
            self.addTab(title)
            self.setTabToolTip(number, f"{title} (Ctrl+{number + 1})")
        self.currentChanged.connect(self._tint)
        self._tint()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to others."""
        event.ignore()

    def changeEvent(self, event: QEvent) -> None:
        """Tint the icons anew with another theme."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self._room_of_icons = None
            self._tint()

    def full_width(self) -> int:
        """Return how wide all tabs are with their icons."""
        if self._with_icons:
            return self._width()
        # what the style really adds, once it is known: an estimate below it would show and drop them for ever
        guess = self.count() * (self.iconSize().width() + theme.current().px(16))
        return self._width() + (guess if self._room_of_icons is None else self._room_of_icons)

    def _width(self) -> int:
        return sum(self.tabSizeHint(place).width() for place in range(self.count()))

    def show_icons(self, *, wanted: bool) -> None:
        """Show or drop the icons (where there is no room)."""
        if wanted != self._with_icons:
            before = self._width()
            self._with_icons = wanted
            self._tint()
            self._room_of_icons = abs(self._width() - before)

    def _tint(self, *_: int) -> None:
        side = theme.current().px(icons.SIZE)
        self.setIconSize(QSize(side, side))
        for place, name in enumerate(self._icons):
            token = "accent" if place == self.currentIndex() else "muted"
            self.setTabIcon(place, icons.icon(name, token) if self._with_icons else QIcon())


class TopRow(QFrame):
    """Tabs at the left, school year and search at the right.

    Signals:
        year_chosen(year): another school year.
    """

    year_chosen = Signal(int)

    def __init__(self, tabs: Sequence[tuple[str, str]], finder: Finder, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("topRow")
        px = theme.current().px
        self._years: list[int] = []
        self._chosen = 0
        # after the layout: sizes are true only then
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self.arrange)
        self.tabs = Tabs(tabs)
        self.years = Combo("Учебный год")
        self.years.setToolTip("Учебный год: число учеников и учителей, сроки. Год результатов выбирают на вкладке")
        self.years.currentIndexChanged.connect(self._year)
        self.finder = finder
        self.finder.setMinimumWidth(px(160))
        self.finder.setMaximumWidth(px(330))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(px(8), px(2), px(16), 0)
        self._row.setSpacing(px(8))
        self._row.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignBottom)
        self._row.addStretch(1)
        self._row.addWidget(self.years)
        self._row.addWidget(self.finder, 12)

    def set_years(self, years: Sequence[int], chosen: int) -> None:
        """Offer school years."""
        self._years, self._chosen = list(years), chosen
        self._later.start()
        self._fill_years(short=False)

    def _fill_years(self, *, short: bool) -> None:
        word = "" if short else " учебный год"
        self.years.fill([(school_year(year) + word, year) for year in self._years], self._chosen)

    def _year(self, _index: int) -> None:
        year = self.years.currentData()
        if year is not None:
            self._chosen = int(year)
            self.year_chosen.emit(int(year))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may have room for more or less."""
        super().resizeEvent(event)
        self._later.start()

    def changeEvent(self, event: QEvent) -> None:
        """So may another size of text."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self._later.start()

    def arrange(self) -> None:
        """Where there is no room, the icons of the tabs go first, then the words of the year."""
        self._fill_years(short=False)
        if self.tabs.full_width() + self._others() > self.width():
            self.tabs.show_icons(wanted=False)
            self._fill_years(short=self.tabs.sizeHint().width() + self._others() > self.width())
        else:
            self.tabs.show_icons(wanted=True)
        # the field of the search gives way to the tabs, never the tabs to it
        self.tabs.setMinimumWidth(max(0, min(self.tabs.sizeHint().width(), self.width() - self._others())))

    def _others(self) -> int:
        px = theme.current().px
        return self.years.sizeHint().width() + self.finder.minimumWidth() + px(8) * 2 + px(24)


class StatusLine(QFrame):
    """The line at the bottom: file, municipality, year, findings, what runs, when it was saved.

    Signals:
        problems_wanted(): the findings were pressed.
    """

    problems_wanted = Signal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("statusLine")
        px = theme.current().px
        self.file = ElidedLabel("", "muted", mode=Qt.TextElideMode.ElideMiddle, least=px(80))
        self.municipality = ElidedLabel("", "muted", mode=Qt.TextElideMode.ElideMiddle, least=px(80))
        self.year = ElidedLabel("", "muted", least=px(60))
        self.schools = ElidedLabel("", "muted", least=px(60))
        self.problems = Button("", self.problems_wanted.emit, kind="quiet", tip="Показать замечания к данным")
        self.busy = Label("", "muted")
        self.saved = Label("", "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16), px(3), px(16), px(3))
        row.setSpacing(px(16))
        for widget in (self.file, self.municipality, self.year, self.schools, self.problems):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.busy)
        row.addWidget(self.saved)

    def tell(self, info: Info, year: int, problems: int, *, read_only: bool, saved: str) -> None:
        """Show the state of the open file."""
        self.file.setText(info.path.name + (" (только чтение)" if read_only else ""))
        self.file.set_tip(str(info.path))
        self.municipality.setText(info.municipality)
        self.municipality.setVisible(bool(info.municipality))
        self.year.setText(f"{school_year(year)} учебный год")
        listed = f", в утверждённом списке {info.listed}" if info.listed is not None else ""
        self.schools.setText(count(info.schools, "школа", "школы", "школ") + listed)
        self.tell_problems(problems)
        self.saved.setText(f"сохранено {saved}" if saved else "")

    def tell_problems(self, number: int) -> None:
        """Show how many findings wait for a person."""
        words = count(number, "замечание", "замечания", "замечаний") + " к данным" if number else "замечаний нет"
        self.problems.setText(words)
        self.problems.setAccessibleName(words)

    def tell_busy(self, waiting: int) -> None:
        """Show that something is being read."""
        self.busy.setText("читаю данные…" if waiting else "")
        self.busy.setToolTip(self.busy.text())
