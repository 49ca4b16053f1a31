"""Documents with decisions, under them what belongs to the chosen one: points, agenda, how the meeting went."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.operations import decisions
from app.operations.decisions import ControlLine
from app.operations.registers import RegisterTable
from app.ui import theme
from app.ui.dialogs import Field
from app.ui.pages.decisions_control import ask_activity
from app.ui.pages.decisions_meeting import MeetingForm
from app.ui.pages.register_pane import RegisterPane
from app.ui.session import Session
from app.ui.widgets.basics import Button, split

NOT_CHOSEN = "Сначала впишите или выберите документ наверху."
PARTS = ("Пункты решения", "Повестка", "Ход заседания")


class DocumentsPane(QWidget):
    """Documents above, parts of the current one below."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._wanted_point: int | None = None
        self._shown_document: int | None = None
        px = theme.current().px
        self.documents = RegisterPane(session, "documents", lambda: {"school_year": session.school_year})
        self.points = RegisterPane(session, "points", self._scope, titled=False)
        self.agenda = RegisterPane(session, "agenda", self._scope, titled=False)
        self.meeting = MeetingForm(session)
        self._lines: dict[int, ControlLine] = {}
        self.points.shown.connect(lambda _table: self._read_lines())
        self.points.selected.connect(lambda _key: self._tell_point())
        self.documents.selected.connect(lambda _key: self._show_parts())
        self.documents.shown.connect(self._documents_shown)
        self.agenda_of = Button("Под вопрос повестки…", self.ask_question, kind="link")
        self.tying = Button("Связать с мероприятием…", self.ask_activity, kind="link")
        for place, button in enumerate((self.agenda_of, self.tying)):
            self.points.lead.insertWidget(self.points.lead.count() - 1 - place, button)
        self.parts = QTabBar()
        self.parts.setObjectName("inner")
        self.parts.setAccessibleName("Что показать о документе")
        self.parts.setDrawBase(False)
        self.parts.setExpanding(False)
        self.stack = QStackedWidget()
        for title, widget in zip(PARTS, (self.points, self.agenda, self.meeting), strict=True):
            self.parts.addTab(title)
            self.stack.addWidget(widget)
        self.parts.currentChanged.connect(self.stack.setCurrentIndex)
        lower = QWidget()
        below = QVBoxLayout(lower)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(px(6))
        below.addWidget(self.parts)
        below.addWidget(self.stack, 1)
        splitter = split(self.documents, lower, stretch=(0, 1), sizes=(px(230), px(330)), vertical=True, handle=8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(splitter, 1)

    # --- showing -------------------------------------------------------------------------------------------------

    def _scope(self) -> Mapping[str, Any] | None:
        key = self.documents.current
        return None if key is None else {"document_id": key}

    def refresh(self) -> None:
        """Read the documents anew; their parts follow."""
        self.documents.refresh()

    def _documents_shown(self, table: RegisterTable | None) -> None:
        # where there are documents their rows need the room more
        self.documents.hint.setVisible(table is None or not table.lines)
        if table is not None and table.rows and self.documents.current is None:
            # the newest is what one works on
            self.documents.choose(next(reversed(list(table.rows))))
        self._show_parts()

    def _show_parts(self) -> None:
        self._shown_document = self.documents.current
        self.points.refresh()
        self.agenda.refresh()
        self.meeting.show_document(self.documents.row)
        free = self._shown_document is not None and not self.session.desk.read_only
        self.agenda_of.setEnabled(free)
        self.tying.setEnabled(free)
        if self._wanted_point is not None and self._shown_document is not None:
            self.points.choose(self._wanted_point)
            self._wanted_point = None

    def show_document(self, key: int, point: int | None = None, part: int = 0) -> None:
        """Put the cursor on a document and on one of its points."""
        self._wanted_point = point
        self.parts.setCurrentIndex(part)
        self.documents.choose(key)

    # --- points --------------------------------------------------------------------------------------------------

    def _read_lines(self) -> None:
        key = self.documents.current
        if key is None:
            self._lines = {}
        else:
            day = self.session.today()
            self.session.read(self, self._take_lines, decisions.control, day, document_id=key)

    def _take_lines(self, found: tuple[ControlLine, ...]) -> None:
        self._lines = {line.id: line for line in found}
        self._tell_point()

    def _tell_point(self) -> None:
        """Say of the current point what its row has no column for: number, question, activity, how it stands."""
        line = self._lines.get(self.points.current or 0)
        if line is None:
            chosen = self.documents.current is not None
            self.points.hint.setText(self.points.register.hint if chosen else NOT_CHOSEN)
            self.agenda.hint.setText(self.agenda.register.hint if chosen else NOT_CHOSEN)
            return
        self.agenda.hint.setText(self.agenda.register.hint)
        parts = (f"П. {line.label}: {line.word}", f"вопрос «{line.topic}»" if line.topic else "вопрос не указан",
                 f"мероприятие «{line.activity}»" if line.activity else "с мероприятием не связан")  # fmt: skip
        self.points.hint.setText(" · ".join(parts))

    def _point_keys(self) -> list[int]:
        known = self.points.table.rows if self.points.table is not None else {}
        return [key for key in self.points.grid.keys() if key in known]  # noqa: SIM118 - a method, not a mapping

    def ask_question(self) -> None:
        """Ask under which question of the agenda the points were decided."""
        key = self.documents.current
        if key is not None and self._point_keys():
            self.session.read(self, self._offer_questions, decisions.agenda, key)

    def _offer_questions(self, found: list[tuple[int, str]]) -> None:
        keys = self._point_keys()
        if not found or not keys:
            self.session.tell("info", "Сначала впишите вопросы на вкладке «Повестка».")
            return
        row = self.points.row
        chosen = str((row["agenda_id"] if row is not None else None) or found[0][0])
        choices = (("ни под одним", "0"), *((told, str(key)) for key, told in found))
        answer = self.session.dialogs.ask(
            "Под вопрос повестки", "В протоколе пункт встанет под этим вопросом и получит его номер.",
            [Field("agenda", "Вопрос", chosen, choices=choices, required=True)], "Поставить",
        )  # fmt: skip
        if answer is not None and answer["agenda"]:
            self.session.write(self, None, decisions.put_under, keys, int(answer["agenda"]) or None)

    def ask_activity(self) -> None:
        """Ask which activity of a programme the points serve."""
        keys, document = self._point_keys(), self.documents.current
        if keys and document is not None:
            self.session.read(self, self._offer_activities, _with_lines, self.session.today(), document, tuple(keys))

    def _offer_activities(self, found: tuple[list[tuple[int, str]], list[ControlLine]]) -> None:
        activities, lines = found
        ask_activity(self.session, self, lines, activities)


def _with_lines(
    connection: Any, day: Any, document_id: int, keys: tuple[int, ...]
) -> tuple[list[tuple[int, str]], list[ControlLine]]:
    lines = decisions.control(connection, day, document_id=document_id)
    return decisions.activities(connection), [line for line in lines if line.id in keys]
