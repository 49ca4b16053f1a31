"""How a meeting went: where, who led it, who was there, when the next one is. Every line saves itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout

from app.operations import decisions
from app.texts import ru_date
from app.ui import icons, theme
from app.ui.pages.agreement_grid import open_calendar
from app.ui.pages.agreement_protocol import TextEdit
from app.ui.session import Session
from app.ui.widgets.basics import Button, Card, Row
from app.ui.widgets.field import DRAFT_MS, FieldRow
from app.ui.widgets.labels import Label

LINES = (
    ("place", "Место", "где собирались"),
    ("next_on", "Следующее заседание", "18.12.2026"),
    ("chair", "Председатель", "Фамилия Имя Отчество"),
    ("secretary", "Секретарь", "Фамилия Имя Отчество"),
)


class MeetingForm(Card):
    """The heading of a protocol."""

    def __init__(self, session: Session) -> None:
        super().__init__(pad=12)
        self.session = session
        self.document: Mapping[str, Any] | None = None
        px = theme.current().px
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(6))
        self.rows: dict[str, FieldRow] = {}
        for place, (key, title, hint) in enumerate(LINES):
            row = FieldRow(title, hint)
            row.edit.committed.connect(lambda text, key=key: self._write(key, text))
            grid.addWidget(row, place // 2, place % 2, Qt.AlignmentFlag.AlignTop)
            self.rows[key] = row
        for key in ("place", "chair", "secretary"):
            edit = self.rows[key].edit
            edit.drafted.connect(lambda _text, edit=edit: edit.commit())
        edit = self.rows["next_on"].edit
        action = edit.addAction(icons.icon("calendar-event", "muted"), edit.ActionPosition.TrailingPosition)
        action.setToolTip("Календарь")
        action.triggered.connect(lambda: open_calendar(edit, self._take_day))
        self.present = TextEdit("Присутствовали", "каждый с новой строки: Фамилия Имя Отчество, должность")
        self.present.setMinimumHeight(px(70))
        self.present.setMaximumHeight(16_777_215)
        self.present.committed.connect(lambda text: self._write("present", text))
        self._draft = QTimer(self)
        self._draft.setSingleShot(True)
        self._draft.setInterval(DRAFT_MS)
        self._draft.timeout.connect(self.present.commit)
        self.present.textChanged.connect(self._typed)
        self.group = Button("Взять состав группы", self.take_group, icon="users", kind="link")
        self.body.addLayout(grid)
        self.body.addWidget(Row(Label("Присутствовали", "muted"), self.group, gap=8))
        self.body.addWidget(self.present, 1)
        self.show_document(None)

    def _typed(self) -> None:
        if self.present.hasFocus():
            self._draft.start()

    def _take_day(self, _edit: object, text: str) -> None:
        edit = self.rows["next_on"].edit
        edit.setText(text)
        edit.commit()

    def show_document(self, row: Mapping[str, Any] | None) -> None:
        """Show the heading of a document; None where none is chosen."""
        if self.document is not None and (row is None or row["id"] != self.document["id"]):
            self.commit()
        self.document = row
        self.setEnabled(row is not None)
        read_only = self.session.desk.read_only
        for key, line in self.rows.items():
            value = str(row[key] or "") if row is not None else ""
            line.show_stored(ru_date(value) if value and key == "next_on" else value)
            line.edit.setReadOnly(read_only)
        self.present.show_stored(str(row["present"] or "") if row is not None else "")
        self.present.setReadOnly(read_only)
        self.group.setEnabled(not read_only and row is not None)

    def commit(self) -> None:
        """Save every line that is open, before a paper is printed."""
        for row in self.rows.values():
            row.edit.commit()
        self.present.commit()

    def _write(self, key: str, text: str) -> None:
        if self.document is not None:
            self.session.write(self, None, decisions.put_heading, int(self.document["id"]), {key: text})

    def take_group(self) -> None:
        """Fill in those present from the group that met."""
        if self.document is None:
            return
        name = str(self.document["body"] or "")
        if not name.strip():
            self.session.tell("info", "Сначала впишите, чьё это заседание: графа «Кто принял».")
            return
        self.session.read(self, self._take_group, decisions.present_of, name)

    def _take_group(self, found: dict[str, str] | None) -> None:
        if self.document is None:
            return
        if found is None:
            self.session.tell(
                "info", "Группы с таким названием в справочнике нет.",
                ("Справочник людей…", lambda: self.session.go("people")),
            )  # fmt: skip
            return
        self.session.write(self, None, decisions.put_heading, int(self.document["id"]), found)
