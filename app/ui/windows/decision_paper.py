"""Papers about decisions before they are printed: the protocol of a meeting, the control list."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.operations import decisions
from app.ui.session import Session
from app.ui.widgets.basics import Combo
from app.ui.widgets.labels import Label
from app.ui.windows.papers import PaperPreview

WHAT = {
    "control": "Контрольный лист",
    "waiting": "Контрольный лист: что не закончено",
    "protocol": "Протокол заседания",
}


class DecisionPaperWindow(PaperPreview):
    """Protocol and control list; ``payload`` is what is shown first and the key of a document (None: of all)."""

    guide = ("14-решения", "Протокол и контрольный лист")

    def __init__(self, session: Session, payload: tuple[str, int | None], parent: QWidget | None = None) -> None:
        first, self._wanted = payload
        super().__init__(session, WHAT[first], parent)
        self.what, self.whose = Combo("Что печатать"), Combo("Документ")
        self.what.fill([(title, key) for key, title in WHAT.items()], first)
        self.whose.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.whose.setMinimumContentsLength(28)
        self.what.currentIndexChanged.connect(lambda _place: self._offer_whose())
        self.whose.currentIndexChanged.connect(lambda _place: self._make())
        self.choosers.addWidget(Label("Что печатать", "muted"))
        self.choosers.addWidget(self.what)
        self.choosers.addWidget(Label("Документ", "muted"))
        self.choosers.addWidget(self.whose, 1)
        self._documents: list[tuple[int, str]] = []
        self.take(session.desk.read(decisions.documents, session.school_year), self._offer)

    def _offer(self, found: list[tuple[int, str]]) -> None:
        self._documents = list(reversed(found))
        self._offer_whose()

    def _offer_whose(self) -> None:
        """A protocol is of one document; a control list of one or of the whole year."""
        named: list[tuple[str, object]] = [(name, key) for key, name in self._documents]
        if self.what.currentData() != "protocol":
            named = [("все документы года", None), *named]
        chosen = self.whose.currentData() if self.whose.count() else self._wanted
        self.whose.fill(named)
        self.whose.blockSignals(True)
        self.whose.choose(chosen if chosen is not None else self._wanted)
        self.whose.blockSignals(False)
        self._make()

    def _make(self) -> None:
        what, key = str(self.what.currentData()), self.whose.currentData()
        self.heading.setText(WHAT[what])
        self.setWindowTitle(WHAT[what])
        if what == "protocol" and key is None:
            self.view.clear("Документов в этом учебном году пока нет.")
            return
        self.bar.clear()
        year = self.session.school_year
        if what == "protocol":
            self.prepare_kind("decision_protocol", {"school_year": year, "document": key})
        else:
            self.prepare_kind("control", {"school_year": year, "document": key, "waiting": what == "waiting"})
