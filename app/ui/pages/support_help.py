"""Sections of «Поддержка» about those who help: agreements with joint events, tutors and curators."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from app.operations import support_partners
from app.operations.support import Board
from app.operations.support_partners import Supporter
from app.texts import count
from app.ui.item_models.table_model import Column
from app.ui.pages.register_pane import RegisterPane
from app.ui.pages.support_section import Section, told
from app.ui.theme import Kind
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import Label
from app.ui.widgets.table import DataTable

if TYPE_CHECKING:
    from app.ui.pages.support_view import SupportView

LOAD_COLUMNS = (
    Column("name", "Кто", lambda item: item.name, 200, 2, 140, strong=True),
    Column("roles", "Роль", lambda item: ", ".join(dict.fromkeys(duty.role for duty in item.duties)), 110, 1, 90),
    Column("number", "Школ", lambda item: str(len(item.schools)), 60, kind="number",
           sort=lambda item: len(item.schools)),
    Column("schools", "Какие школы", lambda item: ", ".join(dict.fromkeys(duty.school for duty in item.duties)), 300, 4,
           180),
)  # fmt: skip


class PartnershipsSection(Section):
    """The register of agreements; below it what partners do together."""

    key = "partnerships"
    title = "Соглашения"

    def __init__(self, view: SupportView) -> None:
        super().__init__(view)
        self.joint = RegisterPane(self.session, "joint", self._joint_scope)
        self.joint.shown.connect(lambda _table: self._name_joint())
        self.lay_out(self.register(), self.joint)

    def _joint_scope(self) -> Mapping[str, Any] | None:
        key = None if self.pane is None else self.pane.current
        return None if key is None else {"partnership_id": key}

    def refresh(self) -> None:
        """Read both registers anew."""
        super().refresh()
        self.joint.refresh()

    def choose_row(self, key: int, below: int = 0) -> None:
        """Put the cursor on an agreement, and on one of its events."""
        if below:
            self.joint.choose(below)
        super().choose_row(key)

    def row_chosen(self) -> None:
        """Show the events of another agreement."""
        self.joint.refresh()

    def _name_joint(self) -> None:
        row = None if self.pane is None else self.pane.row
        if row is None:
            self.joint.hint.setText("Поставьте курсор на соглашение: здесь встанут его мероприятия.")
        else:
            item = self._agreement(row["id"])
            whose = f"{item.receiver or 'школа не названа'} и {item.donor or 'партнёр не назван'}" if item else ""
            self.joint.hint.setText(whose or self.joint.register.hint)

    def _agreement(self, key: int) -> support_partners.Partnership | None:
        found = () if self.board is None else self.board.agreements
        return next((item for item in found if item.id == key), None)

    def fill(self, found: Board) -> None:
        """Say which agreements lack something and which schools of the list have none."""
        self._name_joint()
        card = self.card
        if not found.agreements:
            card.say("Впишите соглашение в пустую строку: кому помогают, кто и о чём договорились.", "muted")
        for shown, cure in (
            ("unnumbered", "Впишите номер и дату соглашения."), ("expired", "Продлите срок или отметьте «завершено»."),
        ):  # fmt: skip
            mine = [item for item in found.agreements if item.shown == shown]
            if mine:
                card.state("warn", f"{support_partners.SHOWN_WORDS[shown]}: {len(mine)}",  # type: ignore[index]
                           f"{told(item.donor or item.receiver for item in mine)}. {cure}")  # fmt: skip
        idle = [item for item in found.force if not item.events]
        if idle:
            card.state("none", f"без мероприятий: {len(idle)}", told(item.donor or item.receiver for item in idle))
        without = [name for key, name in found.listed.schools.items() if key not in found.receivers]
        if without:
            card.state("warn", f"школ списка без соглашения: {len(without)}", told(without))
        elif found.listed.schools and found.agreements:
            card.state("ok", "соглашение есть у каждой школы списка")
        if found.untaken:
            ties = count(len(found.untaken), "договорённость", "договорённости", "договорённостей")
            card.say(f"В «Кто поможет» записано ещё {ties}, в реестре их нет.")
            card.act("Взять в реестр", self._take_ties, enabled=self.writable)

    def _take_ties(self) -> None:
        self.session.write(self, lambda _number: self.refresh(), support_partners.take_ties, self.view.year)

    @staticmethod
    def state(found: Board) -> tuple[Kind, str]:
        """Return how many are in force; attention where one lacks something."""
        if not found.agreements:
            return "none", "нет"
        weak = any(item.shown in {"expired", "unnumbered"} for item in found.force)
        return "warn" if weak or found.untaken else "ok", str(len(found.force))


class SupportersSection(Section):
    """The register of tutors and curators; below it how many schools each of them has."""

    key = "supporters"
    title = "Кураторы и тьюторы"

    def __init__(self, view: SupportView) -> None:
        super().__init__(view)
        self.load = DataTable(
            "support-load", LOAD_COLUMNS, lambda item: item.person_id, habits=self.session.habits,
            title="Нагрузка кураторов и тьюторов",
            empty=EmptyState("users", "Здесь встанет нагрузка", "Впишите выше, кто какую школу ведёт."),
        )  # fmt: skip
        self.load.lead.addWidget(Label("Нагрузка", "strong"))
        self.lay_out(self.register(dict), self.load)

    def fill(self, found: Board) -> None:
        """Show who leads how many schools, and which schools nobody leads."""
        self.load.set_rows(found.people)
        card, listed = self.card, found.listed.schools
        left = support_partners.without_supporter(found.leading, listed)
        if left:
            card.state("warn", f"школ списка без куратора: {len(left)}", told(listed[key] for key in left))
        elif listed:
            card.state("ok", "у каждой школы списка есть куратор или тьютор")
        most: Supporter | None = next(iter(found.people), None)
        if most is not None:
            schools = count(len(most.schools), "школа", "школы", "школ")
            card.state("none", f"больше всего: {schools}", most.name)
        card.say("Закончилось назначение — впишите дату в «По»: строка останется в истории.", "muted")

    @staticmethod
    def state(found: Board) -> tuple[Kind, str]:
        """Return how many people there are; attention where a school of the list has nobody."""
        if not found.people:
            return "none", "нет"
        left = support_partners.without_supporter(found.leading, found.listed.schools)
        return "warn" if left else "ok", str(len(found.people))
