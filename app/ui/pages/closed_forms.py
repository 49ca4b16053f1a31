"""Closed forms (assessment of heads): one choice for all lists whether they are shown."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QCheckBox

from app.ui.pages.views_page import ViewsPage
from app.ui.session import Session

HABIT = "closed_forms"


def with_closed(session: Session) -> bool:
    """Tell whether rounds of closed forms are listed."""
    return bool(session.habits.get(HABIT, False))


class ClosedCheck(QCheckBox):
    """«Показать закрытые»: one choice, remembered; every list of the page follows it."""

    def __init__(self, page: ViewsPage) -> None:
        super().__init__("Показать закрытые")
        self._page = page
        self.setToolTip("Показать и закрытые формы: оценку руководителей")
        self.setChecked(with_closed(page.session))
        self.toggled.connect(self._switched)
        self.hide()

    def offer(self, offered: bool) -> None:
        """Show the box where there is something closed, as it stands now."""
        blocker = QSignalBlocker(self)
        self.setChecked(with_closed(self._page.session))
        blocker.unblock()
        self.setVisible(offered)

    def _switched(self, on: bool) -> None:
        self._page.session.habits.put(HABIT, on)
        self._page.mark_stale()
