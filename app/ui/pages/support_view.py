"""«Поддержка» of the monitoring: who helps, what schools need, how they are helped; one school year at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from app.operations import support, support_offers
from app.operations.support import Board
from app.texts import NBSP, count, school_year
from app.ui import theme
from app.ui.dialogs import Choice
from app.ui.pages.programme_texts_list import TextLine, TextList
from app.ui.pages.support_card import CoursesSection, SupportCardSection
from app.ui.pages.support_help import PartnershipsSection, SupportersSection
from app.ui.pages.support_needs import DeficitsSection, PlansSection, RisksSection, SelfCheckSection
from app.ui.pages.support_platform import PlatformsSection
from app.ui.pages.support_section import Section
from app.ui.pages.view import View
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, split

if TYPE_CHECKING:
    from app.ui.pages.monitoring import MonitoringPage

GROUPS: tuple[tuple[str, tuple[type[Section], ...]], ...] = (
    ("Кто помогает", (PartnershipsSection, SupportersSection, PlatformsSection)),
    ("Что нужно школам", (DeficitsSection, RisksSection, PlansSection, SelfCheckSection)),
    ("Чем помогаем", (SupportCardSection, CoursesSection)),
)
_WAITING: tuple[Kind, str] = ("none", "…")
SECTIONS: Mapping[str, type[Section]] = {item.key: item for _title, items in GROUPS for item in items}


class SupportView(View):
    """Sections at the left, the chosen one at the right."""

    key = "support"
    title = "Поддержка"
    heading = "Поддержка школ"
    guide = ("15-поддержка", "Поддержка")

    page: MonitoringPage

    def __init__(self, page: MonitoringPage) -> None:
        super().__init__(page)
        px = theme.current().px
        self.board: Board | None = None
        self.sections: dict[str, Section] = {}
        self._turn = 0
        self.list = TextList()
        self.list.setAccessibleName("Разделы поддержки")
        self.list.setMaximumWidth(px(250))
        self.stack = QStackedWidget()
        self.splitter = split(self.list, self.stack, stretch=(0, 1))
        self.column.addWidget(self.splitter, 1)
        self._show_list()
        self.list.picked.connect(self._picked)
        self.show_section(str(self.session.habits.get("support:section", "partnerships")))

    def make_actions(self) -> Sequence[Button]:
        """Return the buttons of the header."""
        act = self.page.act
        self.school = act("Карточка школы", self._open_school, "school")
        self.printing = act("Документы…", self._print, "printer")
        self.offer = act("Предложить помощь…", self._offer, "bulb", primary=True)
        return self.school, self.printing, self.offer

    # --- sections ----------------------------------------------------------------------------------------------------

    @property
    def year(self) -> int:
        """The school year that is shown."""
        return self.session.school_year

    def scope(self) -> dict[str, Any]:
        """Return what every register of a year asks for."""
        return {"school_year": self.year}

    @property
    def section(self) -> Section | None:
        """The section that is shown."""
        widget = self.stack.currentWidget()
        return widget if isinstance(widget, Section) else None

    def _show_list(self) -> None:
        lines = []
        for title, items in GROUPS:
            lines.append(TextLine("", title))
            for item in items:
                kind, word = _WAITING if self.board is None else item.state(self.board)
                lines.append(TextLine(item.key, item.title, kind, word))
        self.list.show_lines(lines)

    def _picked(self, key: str) -> None:
        self.show_section(key)

    def show_section(self, key: str) -> Section:
        """Show a section, making it when it is shown for the first time."""
        key = key if key in SECTIONS else "partnerships"
        if key not in self.sections:
            self.sections[key] = SECTIONS[key](self)
            self.stack.addWidget(self.sections[key])
        section = self.sections[key]
        self.stack.setCurrentWidget(section)
        self.session.habits.put("support:section", key)
        if self.list.key != key:
            self.list.choose(key)
        if self.session.desk.is_open:
            section.refresh()
            if self.board is not None:
                section.show_board(self.board)
        return section

    # --- reading -----------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read everything anew."""
        section = self.section
        if section is not None:
            section.refresh()
        self._turn += 1
        turn = self._turn
        self.session.read(self, lambda found: self._take(turn, found), support.board, self.year, self.session.today())

    def _take(self, turn: int, found: Board) -> None:
        if turn != self._turn:
            return
        self.board = found
        self._show_list()
        section = self.section
        if section is not None:
            section.show_board(found)
        self.offer.setEnabled(not self.session.desk.read_only and any(need.offers for need in found.needs))
        self.say(_sentence(found))

    # --- acting ------------------------------------------------------------------------------------------------------

    def _open_school(self) -> None:
        section = self.section
        school = None if section is None else section.school_id()
        if school is None:
            self.session.tell("info", "Поставьте курсор на строку со школой.")
        else:
            self.session.go("school", school)

    def _print(self) -> None:
        section = self.section
        school = None if section is None else section.school_id()
        self.session.go("print_support", (self.year, section.key if section is not None else "", school))

    def _offer(self) -> None:
        """Write the best proposal for every deficit that has one; a person says yes first."""
        found = self.board
        chosen = [] if found is None else support_offers.best(found.needs)
        if not chosen or found is None:
            return
        deficits = count(len(chosen), "дефициту", "дефицитам", "дефицитам")
        lines = "\n".join(
            f"• {need.deficit.school or 'Муниципалитет'}: {need.deficit.words} — {need.offers[0].title}"
            for need in found.needs if need.offers
        )  # fmt: skip
        answer = self.session.dialogs.choose(
            "Предложить помощь", f"Внести в карту адресной помощи лучшее предложение по {deficits}?\n\n{lines}",
            [Choice("take", "Внести в карту"), Choice("look", "Посмотреть по одному")],
        )  # fmt: skip
        section = self.show_section("support") if answer else None
        if answer == "take" and isinstance(section, SupportCardSection):
            section.take(chosen)

    def open_payload(self, payload: object) -> None:
        """Show a section by its key, (key, school), or (key, ("row", its key, school year, a joint event or none))."""
        match payload:
            case (str() as key, ("row", int() as row, int() as year, *below)):
                self.session.set_school_year(year)  # a row of another school year brings that year
                self.show_section(key).choose_row(row, int(str(below[0])) if below else 0)
            case (str() as key, int() as school):
                self.show_section(key).choose_school(school)
            case str() as key:
                self.show_section(key)
            case _:
                self.show_section("support")

    def focus_main(self) -> None:
        """Put the keyboard into the register, else into the list of sections."""
        section = self.section
        pane = None if section is None else section.pane
        (self.list if pane is None else pane.grid).setFocus(Qt.FocusReason.OtherFocusReason)


def _sentence(found: Board) -> str:
    parts = [f"{school_year(found.school_year)} учебный год"]
    agreements = len(found.force)
    parts.append(count(agreements, "соглашение", "соглашения", "соглашений") if agreements else "соглашений нет")
    listed = found.listed.schools
    if listed:
        led = {key for item in found.people for key in item.schools}
        parts.append(f"куратор есть у {sum(key in led for key in listed)} из {len(listed)} школ списка")
    if found.deficits:
        parts.append(f"дефицитов без помощи {len(found.needs)} из{NBSP}{len(found.deficits)}")
    if found.risks.late:
        parts.append(f"просрочено мер {found.risks.late}")
    return " · ".join(parts)
