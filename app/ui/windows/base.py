"""What wizards and dialogs share: a title line, a bar for messages, a strip for progress, a row of buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING, ClassVar, Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QObject, QPoint, QSize, Qt
from PySide6.QtGui import QScreen, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from app.errors import UserError
from app.ui import theme
from app.ui.session import Session
from app.ui.widgets.bars import MessageBar, ProgressStrip
from app.ui.widgets.basics import Button
from app.ui.widgets.labels import ElidedLabel, Label
from app.ui.widgets.table import DataTable

if TYPE_CHECKING:
    from app.models.store import Connection

P = ParamSpec("P")
T = TypeVar("T")


def _from_top(widget: QWidget, window: QWidget) -> tuple[int, int]:
    place = widget.mapTo(window, QPoint(0, 0))
    return place.y(), place.x()


class Window(QDialog):
    """A dialog beside the main window; it does not block it."""

    guide: ClassVar[tuple[str, str]] = ("00-начало", "Что на экране")

    def __init__(
        self, session: Session, title: str, parent: QWidget | None = None, *, size: tuple[int, int] = (720, 520)
    ) -> None:
        super().__init__(parent)
        self.session = session
        self.setWindowTitle(title)
        px = theme.current().px
        self.heading = ElidedLabel(title, "title")
        self.sentence = Label("", "muted", wrap=True)
        self.sentence.hide()
        self.bar = MessageBar()
        self.strip = ProgressStrip()
        self.body = QVBoxLayout()
        self.body.setSpacing(px(8))
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(px(8))
        self.outer = QVBoxLayout(self)
        self.outer.setContentsMargins(px(20), px(14), px(20), px(14))
        self.outer.setSpacing(px(8))
        self.outer.addWidget(self.heading)
        self.outer.addWidget(self.sentence)
        self.outer.addWidget(self.bar)
        self.outer.addWidget(self.strip)
        self.outer.addLayout(self.body, 1)
        self.outer.addLayout(self.buttons)
        self.resize(self._fitting(QSize(px(size[0]), px(size[1]))))

    def _fitting(self, wanted: QSize) -> QSize:
        """Return a size that the screen has room for."""
        screen: QScreen | None = self.screen()
        if screen is None:
            return wanted
        room = screen.availableSize()
        return QSize(min(wanted.width(), room.width() - 40), min(wanted.height(), room.height() - 60))

    def showEvent(self, event: QShowEvent) -> None:
        """Put the keyboard into what the window is for, not onto its first button."""
        super().showEvent(event)
        self.focus_main()

    def focus_main(self) -> None:
        """Put the keyboard into the table or the first line of the window, not into the search over a table.

        A table whose rows are still being read gets it already: they come a moment later.
        """
        present = self.findChildren(DataTable)
        tables = sorted((table for table in present if table.isVisible()), key=lambda table: _from_top(table, self))
        table = next((table for table in tables if table.model.total), None)
        lines = (edit for edit in self.findChildren(QLineEdit) if edit.isVisible() and edit.isEnabled()
                 and not edit.property("flat"))  # fmt: skip
        line = next((edit for edit in lines if not any(table.isAncestorOf(edit) for table in present)), None)
        if table is not None:
            table.focus_table()
        elif line is not None:
            line.setFocus(Qt.FocusReason.OtherFocusReason)
        elif tables:
            tables[0].focus_table()

    def say(self, sentence: str) -> None:
        """Tell the state in one sentence under the title."""
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))

    def add_buttons(self, *widgets: QWidget, left: Sequence[QWidget] = ()) -> None:
        """Put buttons at the foot; ``left`` stands at the left."""
        for widget in left:
            self.buttons.addWidget(widget)
        self.buttons.addStretch(1)
        for widget in widgets:
            self.buttons.addWidget(widget)

    def refresh(self) -> None:
        """Read anew what the window shows."""

    def touched(self, _tables: object) -> None:
        """An operation has changed something. A method, not a lambda: Qt forgets it together with the window."""
        self.refresh()

    def take(self, future: Future[T] | None, then: Callable[[T], object] | None, owner: QObject | None = None) -> None:
        """Hand a result to ``then``; an expected failure goes to this window's bar."""
        if future is not None:
            self.session.runner.take(future, then, self.fail, owner=owner or self)

    def after_writing(
        self, function: Callable[Concatenate[Connection, str, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> Future[T]:  # fmt: skip
        """Run a query on what was typed, behind everything that is still being written; it gets the person's name.

        The threads of reading and writing know nothing of each other: a window that opens in the place of another one
        would not see what that one keeps while it closes.
        """
        desk = self.session.desk
        if desk.read_only:
            return desk.read(function, desk.actor, *args, **kwargs)
        return desk.write(lambda store: function(store.connection, store.actor, *args, **kwargs))

    def fail(self, error: UserError) -> None:
        """Show an expected failure."""
        self.strip.end()
        self.bar.show_error(error)


class Wizard(Window):
    """Steps one after another with a way back; each step says what will happen before it happens."""

    steps: ClassVar[tuple[str, ...]] = ()

    def __init__(
        self, session: Session, title: str, parent: QWidget | None = None, *, size: tuple[int, int] = (900, 600)
    ) -> None:
        super().__init__(session, title, parent, size=size)
        self.pages = QStackedWidget()
        self.body.addWidget(self.pages, 1)
        self.back = Button("Назад", self.go_back, icon="arrow-left")
        self.next = Button("Далее", self.go_on, kind="primary")
        self.next.setDefault(True)
        self.away = Button("Отмена", self.reject)
        self.add_buttons(self.away, self.back, self.next)
        for step in range(len(self.steps)):
            self.pages.addWidget(self.make_step(step))
        self.show_step(0)

    @property
    def step(self) -> int:
        """The number of the present step, from 0."""
        return self.pages.currentIndex()

    def focus_main(self) -> None:
        """Put the keyboard onto the verb of the step."""
        if self.next.isVisible() and self.next.isEnabled():
            self.next.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().focus_main()

    def make_step(self, _step: int) -> QWidget:
        """Return the page of a step."""
        return QWidget()

    def show_step(self, step: int) -> None:
        """Show a step."""
        self.bar.clear()
        self.pages.setCurrentIndex(step)
        self.say(f"Шаг {step + 1} из {len(self.steps)} · {self.steps[step]}")
        self.back.setVisible(step > 0)
        self.enter_step(step)
        self.focus_main()

    def enter_step(self, step: int) -> None:
        """Get a step ready that is shown now."""

    def go_back(self) -> None:
        """One step back."""
        self.show_step(max(0, self.step - 1))

    def go_on(self) -> None:
        """Do what the step's verb says; the step itself decides what follows."""
