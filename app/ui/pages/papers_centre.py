"""The centre of papers: which paper, with which settings, how it looks, what is done with it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.session import Session
from app.ui.widgets.basics import Button
from app.ui.widgets.empty import EmptyState


class PapersCentre(QWidget):
    """Body of «Документы»."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(EmptyState("report", "Документы", "Здесь появятся все документы, которые можно сделать."))
        self.buttons: list[Button] = []

    def refresh(self) -> None:
        """Read everything anew."""

    def open_payload(self, payload: object) -> None:
        """Show one kind of paper: its key, or (key, values)."""
