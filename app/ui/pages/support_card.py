"""Sections of «Поддержка» about the help itself: the support card with proposals, courses."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from app.operations import support_offers
from app.operations.support import Board
from app.operations.support_offers import Need, Offer
from app.texts import DASH, count
from app.ui.item_models.table_model import Column
from app.ui.pages.support_section import Section, told
from app.ui.theme import Kind
from app.ui.widgets.basics import Button
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import Label
from app.ui.widgets.table import DataTable

if TYPE_CHECKING:
    from app.ui.pages.support_view import SupportView

ALL_SCHOOLS = "Муниципалитет"


def _whom(need: Need) -> str:
    return need.deficit.school or ALL_SCHOOLS


def _offered(need: Need) -> str:
    return need.offers[0].title if need.offers else "никто не найден"


NEED_COLUMNS = (
    Column("school", "Школа", _whom, 150, 1, 110, strong=True, middle=True),
    Column("deficit", "Дефицит", lambda need: need.deficit.words, 220, 3, 150),
    Column("people", "Человек", lambda need: DASH if need.deficit.people is None else str(need.deficit.people), 70,
           kind="number", sort=lambda need: need.deficit.people),
    Column("offer", "Кто может помочь", _offered, 230, 3, 150,
           tip=lambda need: "\n".join(f"{offer.title}: {offer.why}" for offer in need.offers)),
)  # fmt: skip


class SupportCardSection(Section):
    """The support card; below it deficits that nobody closes, with who could."""

    key = "support"
    title = "Карта адресной помощи"

    def __init__(self, view: SupportView) -> None:
        super().__init__(view)
        self.table = DataTable(
            "support-needs", NEED_COLUMNS, lambda need: need.deficit.id, habits=self.session.habits,
            title="Дефициты без помощи",
            empty=EmptyState("circle-check", "Дефицитов без помощи нет",
                             "Запишите дефициты школ: здесь встанут те, по которым помощи ещё нет.",
                             ("Записать дефициты", lambda: view.show_section("deficits"))),
        )  # fmt: skip
        self.table.lead.addWidget(Label("Дефициты без помощи", "strong"))
        self.without = Button("Внести без помощи", self._take_bare, icon="plus", kind="link")
        self.without.setToolTip("Выбранные дефициты встанут в карту; кто поможет, впишете сами")
        self.table.lead.addWidget(self.without)
        self.table.current_changed.connect(lambda _need: self._tell())
        self.table.activated.connect(self._take_best)
        self.card.heading.setText("Кто может помочь")
        self.lay_out(self.register(), self.table)

    def school_id(self) -> int | None:
        """Return the school of the line, else of the deficit."""
        need: Need | None = self.table.current()
        return super().school_id() or (None if need is None else need.deficit.school_id)

    def fill(self, found: Board) -> None:
        """Show what waits for help."""
        self.table.set_rows(found.needs)
        self.without.setEnabled(self.writable and bool(found.needs))
        self._tell()

    def _tell(self) -> None:
        card, found = self.card, self.board
        if found is None:
            return
        card.clear()
        need: Need | None = self.table.current()
        if need is not None:
            self._propose(need)
        late = [line for line in found.lines if line.late]
        if late:
            card.state("warn", f"срок прошёл: {len(late)}", told(f"{line.school}: {line.deficit}" for line in late))
        if not found.deficits and not found.lines:
            card.say("Карта собирается из дефицитов школ и того, что могут дать площадки и партнёры.", "muted")
        card.end()

    def _propose(self, need: Need) -> None:
        card = self.card
        card.say(f"{_whom(need)}. {need.deficit.words}", "strong")
        for offer in need.offers:
            card.say(f"{offer.title}{f' · {offer.provider}' if offer.provider else ''}")
            card.say(f"Почему: {offer.why}.", "muted")
            card.act("Внести в карту", partial(self._take, need, offer), enabled=self.writable,
                     name=f"Внести в карту: {offer.title}")  # fmt: skip
        if not need.offers:
            card.say("Площадки по этой теме нет, соглашений и договорённостей у школы тоже. Впишите помощь в карту "
                     "сами или найдите партнёра.", "muted")  # fmt: skip

    def _take(self, need: Need, offer: Offer) -> None:
        self.take([(need.deficit.id, offer.id)])

    def _take_best(self, need: Need) -> None:
        self.take([(need.deficit.id, need.offers[0].id if need.offers else "")])

    def _take_bare(self) -> None:
        rows: list[Need] = self.table.selected()
        self.take([(need.deficit.id, "") for need in rows])

    def take(self, chosen: list[tuple[int, str]]) -> None:
        """Write proposals into the card."""
        if chosen:
            day = self.session.today()
            self.session.write(self, self._taken, support_offers.take, self.view.year, day, chosen)

    def _taken(self, number: int) -> None:
        self.refresh()
        lines = count(number, "строка", "строки", "строк")
        self.session.tell("ok", f"В карту внесено: {lines}. Впишите форму, срок и ответственного. Отменить — Ctrl+Z.")

    @staticmethod
    def state(found: Board) -> tuple[Kind, str]:
        """Return how many lines the card has; attention where a deficit waits or a line is late."""
        if not found.lines:
            return ("warn" if found.needs else "none"), "нет"
        return "warn" if found.needs or any(line.late for line in found.lines) else "ok", str(len(found.lines))


COURSE_COLUMNS = (
    Column("category", "Кто учился", lambda pair: pair[0], 340, 4, 180, strong=True),
    Column("people", "Человек", lambda pair: DASH if pair[1] is None else str(pair[1]), 90, kind="number",
           sort=lambda pair: pair[1]),
)  # fmt: skip
SCHOOL_COLUMNS = (
    Column("school", "Школа", lambda pair: pair[0], 200, 3, 130, strong=True, middle=True),
    Column("people", "Человек", lambda pair: DASH if pair[1] is None else str(pair[1]), 80, kind="number",
           sort=lambda pair: pair[1]),
)  # fmt: skip


class CoursesSection(Section):
    """Courses of the year in totals; they are entered in their own window."""

    key = "courses"
    title = "Курсы"

    def __init__(self, view: SupportView) -> None:
        super().__init__(view)
        empty = EmptyState(
            "book", "Курсы за этот год не записаны", "Впишите или вставьте их в реестр курсов: здесь встанут итоги.",
            ("Открыть реестр курсов…", self._open),
        )  # fmt: skip
        self.table = DataTable(
            "support-courses", COURSE_COLUMNS, lambda pair: pair[0], habits=self.session.habits,
            title="Курсы по категориям", filters=False, empty=empty,
        )  # fmt: skip
        self.schools = DataTable(
            "support-course-schools", SCHOOL_COLUMNS, lambda pair: pair[0], habits=self.session.habits,
            title="Курсы по школам списка", filters=False,
            empty=EmptyState("school", "Школ списка нет", "Здесь встанут школы списка и число обученных."),
        )  # fmt: skip
        self.lay_out(self.table, self.schools)

    def _open(self) -> None:
        self.session.go("courses", self.view.year)

    def fill(self, found: Board) -> None:
        """Show totals of the table of 002, chapter 4, and the schools of the list."""
        courses, card, listed = found.courses, self.card, found.listed.schools
        self.table.set_rows(courses.categories if courses.records else ())
        self.schools.set_rows([(name, courses.schools.get(key)) for key, name in listed.items()])
        people = count(courses.people, "человек", "человека", "человек")
        if courses.records:
            card.state("info", people, "Считаются люди: категории — как в таблице сборника ЛОИРО.")
        without = [name for key, name in listed.items() if key not in courses.schools]
        if without:
            card.state("none", f"школ списка без записей: {len(without)}",
                       f"{told(without)}. Нет записи — это не «не учились».")  # fmt: skip
        card.act("Открыть реестр курсов…", self._open)
        card.act("Таблица курсов…", lambda: self.session.go("print_courses", self.view.year),
                 enabled=bool(courses.records))  # fmt: skip

    @staticmethod
    def state(found: Board) -> tuple[Kind, str]:
        """Return how many people were trained."""
        return ("info", str(found.courses.people)) if found.courses.records else ("none", "нет")
