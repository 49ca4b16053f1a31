"""The chosen association: who leads it and how it stands, what to do next, and its parts behind tabs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.errors import UserError
from app.operations import bodies
from app.operations.bodies import Advice, BodyCard
from app.texts import count, glue
from app.ui import theme
from app.ui.session import Session
from app.ui.widgets.basics import Button, Card, beside
from app.ui.widgets.chip import Chip
from app.ui.widgets.labels import ElidedLabel, Label

if TYPE_CHECKING:
    from app.ui.pages.work_bodies import BodiesView
    from app.ui.pages.work_bodies_parts import Part

PARTS: Mapping[str, str] = {
    "members": "Состав", "plan": "План", "meetings": "Заседания", "schools": "Школы", "topics": "Темы",
    "products": "Продукты", "scores": "Оценка",
}  # fmt: skip
HELP: Mapping[str, str] = {
    "members": "Состав и школы", "schools": "Состав и школы", "plan": "План и темы", "topics": "План и темы",
    "meetings": "Заседания и протоколы", "products": "Продукты и оценка", "scores": "Продукты и оценка",
}  # fmt: skip
"""Part → its heading in the guide."""
STEPS: Mapping[str, tuple[str, str]] = {
    "members": ("Вписать состав", "members"), "head": ("Показать состав", "members"), "plan": ("К плану", "plan"),
    "late": ("Показать пункт", "plan"), "result": ("Показать заседание", "meetings"),
    "protocol": ("Показать заседание", "meetings"), "meeting": ("К плану", "plan"),
    "control": ("К заседаниям", "meetings"),
}  # fmt: skip
"""Step of the advice → word of its link, the part that it shows."""


def date_fault(text: str) -> str:
    """Return what is wrong with a day; "" where it is one or nothing is written."""
    from app.operations.schools import iso_date

    try:
        if text.strip():
            iso_date(text)
    except UserError:
        return "Впишите день так: 01.09.2026."
    return ""


class BodyPanel(QWidget):
    """One body."""

    def __init__(self, session: Session, view: BodiesView) -> None:
        super().__init__()
        self.session, self.view = session, view
        self.body: int | None = None
        self.card: BodyCard | None = None
        self._next = Advice()
        self.parts: dict[str, Part] = {}
        px = theme.current().px
        self.setMinimumWidth(px(430))
        self.name = ElidedLabel("", "section")
        self.chip = Chip("none", "")
        self.editing = Button("Изменить…", view.ask_edit, icon="edit", kind="link")
        self.about = ElidedLabel("", "muted")
        self.who = Label("", wrap=True)
        self.advice = Label("", "strong", wrap=True)
        self.doing = Button("", self._do, kind="link")
        self.next = QWidget()
        self.next.setLayout(beside(self.advice, self.doing, stretch=(1, 0)))
        head = Card(pad=12)
        head.body.setSpacing(px(4))
        head.body.addLayout(beside(self.name, self.chip, self.editing, stretch=(1, 0, 0)))
        head.body.addWidget(self.about)
        head.body.addWidget(self.who)
        head.body.addWidget(self.next)
        self.tabs = QTabBar()
        self.tabs.setObjectName("inner")
        self.tabs.setAccessibleName("Что показать об объединении")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for title in PARTS.values():
            self.tabs.addTab(title)
        self.stack = QStackedWidget()
        self.tabs.currentChanged.connect(lambda _place: self._turn())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addWidget(head)
        column.addWidget(self.tabs)
        column.addWidget(self.stack, 1)
        self._turn()

    # --- parts -------------------------------------------------------------------------------------------------------

    @property
    def part(self) -> Part:
        """The part that is shown, made when it is shown for the first time."""
        key = list(PARTS)[self.tabs.currentIndex()]
        if key not in self.parts:
            from app.ui.pages import work_bodies_parts

            self.parts[key] = work_bodies_parts.make(key, self)
            self.stack.addWidget(self.parts[key])
        return self.parts[key]

    def _turn(self) -> None:
        part = self.part
        self.stack.setCurrentWidget(part)
        if self.session.desk.is_open:
            part.refresh()
            part.show_card(self.card)

    def show_part(self, key: str, row: int | None = None) -> None:
        """Show a part and put the cursor on one of its rows."""
        if key in PARTS:
            self.tabs.setCurrentIndex(list(PARTS).index(key))
            if row is not None:
                self.part.choose(row)

    def scope(self) -> Mapping[str, Any] | None:
        """Return the body that registers are of; None where none is chosen."""
        return None if self.body is None else {"body_id": self.body}

    def plan_scope(self) -> Mapping[str, Any] | None:
        """Return the body and the school year of the plan."""
        return None if self.body is None else {"body_id": self.body, "school_year": self.session.school_year}

    # --- reading -----------------------------------------------------------------------------------------------------

    def show_body(self, body: int | None) -> None:
        """Show another body; None where none is chosen."""
        if body != self.body:
            self.body = body
            self.refresh()

    def refresh(self) -> None:
        """Read the body anew."""
        if self.body is None:
            self._take(None)
            return
        key = self.body
        self.session.read(
            self, lambda found: self._take(found) if self.body == key else None, bodies.card, key,
            self.session.school_year, self.session.today(),
        )  # fmt: skip
        self.part.refresh()

    def _take(self, found: BodyCard | None) -> None:
        self.card = found
        self.editing.setEnabled(found is not None and not self.session.desk.read_only)
        if found is not None:
            self._show_head(found)
        self.part.show_card(found)

    def _show_head(self, found: BodyCard) -> None:
        line = found.line
        self.name.setText(line.name)
        self.chip.set(line.tone, line.word)
        self.about.setText(" · ".join(part for part in (line.kind, line.subject, line.topic, found.act) if part))
        self.about.setVisible(bool(self.about.text()))
        self.who.setText(_who(found))
        self._next = bodies.advice(found, self.session.today())
        self.advice.setText(self._next.text)
        self.doing.setText(STEPS.get(self._next.step, ("", ""))[0])
        self.next.setVisible(bool(self._next.text))

    def _do(self) -> None:
        if self._next.step in STEPS:
            self.show_part(STEPS[self._next.step][1], self._next.row)

    def write(
        self, done: Callable[[Any], object] | None, operation: Callable[..., object], *args: Any, **named: Any
    ) -> None:
        """Write something of the body and read everything anew."""
        self.session.write(self, done, operation, *args, **named)


def _who(found: BodyCard) -> str:
    line = found.line
    parts = [f"Руководитель: {glue(', '.join(line.heads))}" if line.heads else "Руководитель не назван"]
    if line.secretary:
        parts.append(f"секретарь: {glue(line.secretary)}")
    people = count(line.members, "человек", "человека", "человек")
    schools = f", {count(len(line.schools), 'школа', 'школы', 'школ')}" if line.schools else ""
    parts.append(f"{people}{schools}" if line.members else f"состав не вписан{schools}")
    if found.base:
        parts.append(f"на базе: {found.base}")
    return "; ".join(parts) + "."
