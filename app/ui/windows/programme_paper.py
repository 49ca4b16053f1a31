"""Papers of a programme before they are printed, saved or put into the register: the whole of it, or one table."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.operations.programme_papers import WHAT
from app.ui.session import Session
from app.ui.widgets.basics import Combo
from app.ui.widgets.labels import Label
from app.ui.windows.papers import PaperPreview


class ProgrammePaperWindow(PaperPreview):
    """The programme on paper; ``payload`` is the key of the edition and what is shown first."""

    guide = ("10-программа", "Бумаги программы")

    def __init__(self, session: Session, payload: tuple[int, str], parent: QWidget | None = None) -> None:
        self._key, first = payload
        super().__init__(session, WHAT[first], parent)
        self.what = Combo("Документ")
        self.what.fill([(title, key) for key, title in WHAT.items()], first)
        self.what.currentIndexChanged.connect(lambda _place: self._make())
        self.choosers.addWidget(Label("Документ", "muted"))
        self.choosers.addWidget(self.what)
        self.choosers.addStretch(1)
        self._make()

    def _make(self) -> None:
        what = str(self.what.currentData())
        self.heading.setText(WHAT[what])
        self.setWindowTitle(WHAT[what])
        self.prepare_kind(f"programme_{what}", {"programme": self._key})
