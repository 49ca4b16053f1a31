"""Papers of the three blocks before they are printed; the speed of decisions only where a person chose it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.operations.block_papers import WHAT
from app.ui.session import Session
from app.ui.widgets.basics import Combo
from app.ui.widgets.labels import Label
from app.ui.windows.papers import PaperPreview


class BlockPaperWindow(PaperPreview):
    """Legal base, sufficiency or all three; ``payload`` is what is shown first, the programme and its year."""

    guide = ("14-решения", "Три блока мониторинга")

    def __init__(
        self, session: Session, payload: tuple[str, int | None, int], parent: QWidget | None = None
    ) -> None:  # fmt: skip
        first, self._programme, self._year = payload
        super().__init__(session, WHAT[first], parent)
        self.what = Combo("Документ")
        offered = {key: title for key, title in WHAT.items() if key != "sufficiency" or self._programme is not None}
        self.what.fill([(title, key) for key, title in offered.items()], first)
        self.what.currentIndexChanged.connect(lambda _place: self._make())
        self.choosers.addWidget(Label("Документ", "muted"))
        self.choosers.addWidget(self.what)
        self.choosers.addStretch(1)
        self._make()

    def _make(self) -> None:
        what = str(self.what.currentData())
        self.heading.setText(WHAT[what])
        self.setWindowTitle(WHAT[what])
        self.prepare_kind(
            what, {"school_year": self.session.school_year, "programme": self._programme, "plan_year": self._year}
        )
