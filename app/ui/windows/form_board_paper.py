"""«Ход сбора» before it is printed, saved or put into the register: the year, or one round."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.models.store import Connection
from app.operations import form_board_papers
from app.operations.papers import Paper
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
        day = session.today()

        def make(connection: Connection) -> Paper:
            if round_id is not None:
                return form_board_papers.one_round(connection, round_id, day)
            return form_board_papers.board(connection, year, day, closed=closed)

        self.prepare(make)
