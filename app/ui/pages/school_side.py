"""The rows of the registry, and the card beside it: what is known of the selected school, and the next step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout

from app.models.organisations import SchoolCard
from app.operations.schools import KIND_WORDS, STATUS_WORDS, SYSTEM_WORDS, SchoolRow
from app.texts import NBSP, count, ru_date, school_year
from app.ui import theme
from app.ui.item_models.table_model import Column
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Card, Row, Scroller
from app.ui.widgets.chip import Chip
from app.ui.widgets.facts import Facts
from app.ui.widgets.labels import Label

if TYPE_CHECKING:
    from app.ui.pages.schools import SchoolsPage

LONG_NAME = 130
"""A longer name gives way to the short one; the whole stands in the tooltip."""

STATUS_KINDS: dict[str, Kind] = {"active": "ok", "closed": "none", "reorganised": "none", "suspended": "warn"}


def state_of(row: SchoolRow) -> tuple[Kind, str]:
    """Return the chip of a school: drafts first, then its status."""
    if row.drafts:
        return "warn", count(row.drafts, "черновик", "черновика", "черновиков")
    if not row.school.own:
        return "none", "для сравнения"
    return STATUS_KINDS.get(row.school.status, "none"), STATUS_WORDS.get(row.school.status, row.school.status)


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def with_initials(full_name: str) -> str:
    """Return «Иванова М. П.» of «Иванова Мария Петровна»; other texts stay as they are."""
    parts = full_name.split()
    if len(parts) not in {2, 3} or any(part.endswith(".") for part in parts):
        return full_name
    return parts[0] + "".join(f"\u00a0{part[0]}." for part in parts[1:])


COLUMNS = (
    Column("code", "Код", lambda r: r.school.code, 92),
    Column(
        "school", "Школа", lambda r: r.school.shown, 200, 3, 170, middle=True, strong=True, tip=lambda r: r.school.name
    ),
    Column("settlement", "Населённый пункт", lambda r: r.school.settlement or "", 130, 1, middle=True),
    Column("head", "Руководитель", lambda r: with_initials(r.head or ""), 130, 2, middle=True, tip=lambda r: r.head),
    Column("pupils", "Учеников", lambda r: _number(r.pupils), 74, kind="number", sort=lambda r: r.pupils),
    Column("teachers", "Учителей", lambda r: _number(r.teachers), 74, kind="number", sort=lambda r: r.teachers),
    Column("state", "Состояние", lambda r: state_of(r)[1], 124, kind="chip", chip=lambda r: state_of(r)[0]),
)


class SchoolSide(Card):
    """What the registry knows of the selected school, and the next step."""

    def __init__(self, page: SchoolsPage) -> None:
        super().__init__()
        self._page = page
        self._id: int | None = None
        px = theme.current().px
        self.setMinimumWidth(px(290))
        self.name = Label("", "section", wrap=True)
        self.chip = Chip()
        self.own = Label("", "muted")
        self.body.addWidget(self.name)
        top = QHBoxLayout()
        top.setSpacing(px(8))
        top.addWidget(self.chip)
        top.addWidget(self.own, 1)
        self.body.addLayout(top)
        self.scroller = Scroller(spacing=6)
        self.facts = Facts()
        self.scroller.column.addWidget(self.facts)
        self.notes_title = Label("Заметки", "strong")
        self.notes = Label("", wrap=True)
        self.scroller.column.addWidget(self.notes_title)
        self.scroller.column.addWidget(self.notes)
        self.scroller.column.addStretch(1)
        self.body.addWidget(self.scroller, 1)
        self.body.addWidget(
            Row(
                Button("Карточка школы", self._open, icon="id", kind="link"),
                Button("Заметка…", lambda: page.session.go("note", self._id), icon="note", kind="link"),
                gap=4,
            )
        )

    def _open(self) -> None:
        if self._id is not None:
            self._page.open_card(self._id)

    def clear(self) -> None:
        """Show nothing."""
        self._id = None
        self.name.setText("")
        self.facts.show_facts([])

    def show_card(self, row: SchoolRow, card: SchoolCard) -> None:
        """Show a school."""
        school = card.school
        self._id = school.id
        self.name.setText(school.name if len(school.name) <= LONG_NAME else school.shown)
        self.name.setToolTip(school.name)
        self.chip.set(*state_of(row))
        self.own.setText(KIND_WORDS.get(school.kind, "") if school.own else "другой муниципалитет")
        pairs = [
            (SYSTEM_WORDS.get(system, system), value) for _key, system, value, _from, to in card.codes if to is None
        ]
        pairs += [("Населённый пункт", school.settlement or ""), ("Адрес", school.address or "")]
        head = next((post for post in card.appointments if post.date_to is None and post.role == "директор"), None)
        if head is not None:
            since = f", с {ru_date(head.date_from)}" if head.date_from else ""
            pairs.append(("Руководитель", head.person + since))
            if head.phone:
                pairs.append(("Телефон", head.phone))
        pairs += [(kind.capitalize(), value) for _key, kind, value, _note in card.contacts]
        for _key, year, pupils, teachers in card.years[:3]:
            figures = [
                f"учеников{NBSP}{pupils}" if pupils is not None else "",
                f"учителей{NBSP}{teachers}" if teachers is not None else "",
            ]
            pairs.append((school_year(year), ", ".join(part for part in figures if part)))
        pairs += [(title, raw) for _key, title, raw in card.custom]
        if card.groups:
            pairs.append(("Группы", ", ".join(card.groups)))
        pairs += [("Объединена с", name) for _key, name in card.duplicates]
        pairs += [("Преемник", name) for _key, name, _day, _act in card.successors]
        pairs += [("Предшественник", name) for _key, name, _day, _act in card.predecessors]
        self.facts.show_facts([pair for pair in pairs if pair[1]])
        lines = [
            f"• {text}" + (f" ({ru_date(day)})" if day else "") for _key, text, day, done, _at in card.notes if not done
        ]
        self.notes_title.setVisible(bool(lines))
        self.notes.setText("\n".join(lines))
