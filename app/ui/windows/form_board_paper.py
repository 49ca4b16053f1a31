"""«Ход сбора» before it is printed, saved or put into the register: the year, or one round."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.ui.session import Session
from app.ui.windows.papers import PaperPreview


class BoardPaperWindow(PaperPreview):
    """The papers about rounds; an urgent collection is its table."""

    guide = ("09-чек-листы", "Приём")

    def __init__(
        self, session: Session, payload: tuple[int, int | None, bool], parent: QWidget | None = None
    ) -> None:  # fmt: skip
        super().__init__(session, "Ход сбора", parent)
        year, round_id, closed = payload
        if round_id is not None:
            self.prepare_kind("form_round", {"round": round_id})
        else:
            self.prepare_kind("form_board", {"school_year": year, "closed": closed})
