"""The chosen chart with its numbers before it is printed, saved or put into the register."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.operations import chart_views
from app.operations.chart_views import ChartChoice
from app.ui.session import Session
from app.ui.windows.papers import PaperPreview


class ChartPaperWindow(PaperPreview):
    """One chart on paper; ``payload`` is what is chosen and the edition of the programme."""

    guide = ("08-мониторинг", "Графики")

    def __init__(
        self, session: Session, payload: tuple[ChartChoice, int | None], parent: QWidget | None = None
    ) -> None:
        super().__init__(session, "График", parent)
        chosen, programme_id = payload
        told = {"kind": chosen.kind, "choice": chart_views.as_text(chosen), "programme": programme_id}
        self.prepare_kind("chart", told)
