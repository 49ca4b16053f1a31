"""Papers of packages before they are printed, saved or registered: the summary, who has not sent, rows, a list."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.models.store import Connection
from app.operations import package_region, packages
from app.operations.papers import Paper
from app.ui.session import Session
from app.ui.widgets.basics import Combo
from app.ui.widgets.labels import Label
from app.ui.windows.papers import PaperPreview

SUMMARY, MISSING, ROWS = "summary", "missing", "rows"
WHAT: tuple[tuple[str, object], ...] = (
    ("свод", SUMMARY), ("кто не прислал", MISSING), ("все строки пакетов", ROWS),
)  # fmt: skip


class PackagePaperWindow(PaperPreview):
    """``payload``: number of a package that was made (its list), or a period (its summary)."""

    guide = ("21-пакеты", "Свод")

    def __init__(self, session: Session, payload: int | str | None = None, parent: QWidget | None = None) -> None:
        self._number = payload if isinstance(payload, int) else None
        self._period = payload if isinstance(payload, str) else ""
        super().__init__(session, "Свод по муниципалитетам" if self._number is None else "Опись пакета", parent)
        self.what = Combo("Что показать")
        self.what.fill(list(WHAT), SUMMARY)
        self.what.currentIndexChanged.connect(lambda _place: self._make())
        if self._number is None:
            self.choosers.addWidget(Label("Что показать", "muted"))
            self.choosers.addWidget(self.what)
            self.choosers.addStretch(1)
        self._make()

    def _make(self) -> None:
        number, period, day, what = self._number, self._period, self.session.today(), self.what.currentData()

        def make(connection: Connection) -> Paper:
            if number is not None:
                return packages.inventory_paper(connection, number)
            if what == MISSING:
                return package_region.missing_paper(connection, period, day)
            if what == ROWS:
                return package_region.rows_paper(connection, period)
            return package_region.summary_paper(connection, period, day)

        self.prepare(make)
