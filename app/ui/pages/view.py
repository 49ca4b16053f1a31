"""What the views inside one tab are: a body with its own actions and sentence in the header of the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.widgets.basics import Button

if TYPE_CHECKING:
    from app.ui.pages.views_page import ViewsPage


class View(QWidget):
    """One view.

    Class attributes:
        key: stable Latin name; the habits remember it.
        title: the word of the switch.
        heading: the title line of the page while it is shown.
        guide: file and heading of the guide that F1 opens; None where it is the page's own.
    """

    key: ClassVar[str] = ""
    title: ClassVar[str] = ""
    heading: ClassVar[str] = ""
    guide: ClassVar[tuple[str, str] | None] = None

    def __init__(self, page: ViewsPage) -> None:
        super().__init__()
        self.page = page
        self.session = page.session
        self.sentence = ""
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(page.outer.spacing())
        self.buttons: list[Button] = list(self.make_actions())

    def make_actions(self) -> Sequence[Button]:
        """Return at most four buttons for the header."""
        return ()

    def say(self, sentence: str) -> None:
        """Tell the state in one sentence under the title."""
        self.sentence = sentence
        self.page.view_said(self)

    def refresh(self) -> None:
        """Read everything anew."""

    def open_payload(self, payload: object) -> None:
        """Show the thing that another place asks for."""

    def help_place(self) -> tuple[str, str] | None:
        """Return file and heading of the guide about what is shown now; None where it is the page's own."""
        return self.guide

    def focus_main(self) -> None:
        """Put the keyboard into the main thing of the view."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def enable_actions(self) -> None:
        """Nothing can be changed in a file that is open for reading."""
        for button in self.buttons:
            button.setEnabled(not self.session.desk.read_only)
