"""«Наставничество» of the page «Работа»: pairs with their meetings; young teachers by school as counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QTabBar

from app import school_years
from app.operations import mentoring
from app.operations.mentoring import Board, PairLine, SchoolLine, attention
from app.texts import DASH, NBSP, capital, count, glue, ru_date, school_year
from app.ui import theme
from app.ui.item_models.table_model import Column
from app.ui.pages.register_pane import RegisterPane
from app.ui.pages.support_section import MOST, SideCard
from app.ui.pages.view import View
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, split
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import Label
from app.ui.widgets.table import DataTable

if TYPE_CHECKING:
    from app.ui.pages.work import WorkPage

MODES = {"pairs": "Пары и встречи", "young": "Молодые педагоги по школам"}


def _said(name: str) -> Any:
    return lambda line: DASH if line.figure(name) is None else str(line.figure(name))


def state_of(line: SchoolLine) -> tuple[Kind, str]:
    """Return shape and word of a school in the summary."""
    if line.findings:
        return "warn", "не сходится"
    if line.counts is None:
        return "none", "нет сведений"
    return ("none", "неполно") if line.counts.young is None or line.counts.mentored is None else ("ok", "сходится")


COLUMNS = (
    Column("school", "Школа", lambda line: line.school, 170, 3, 120, strong=True, middle=True),
    Column("young", "Молодых", _said("young"), 84, kind="number", sort=lambda line: line.figure("young")),
    Column("mentored", "С наставником", _said("mentored"), 118, kind="number",
           sort=lambda line: line.figure("mentored")),
    Column("pairs", "Пар", lambda line: str(len(line.running)), 60, kind="number", sort=lambda line: len(line.running)),
    Column("held", "Встреч", lambda line: str(line.held), 74, kind="number", sort=lambda line: line.held),
    Column("state", "Сведения и пары", lambda line: state_of(line)[1], 138, kind="chip",
           chip=lambda line: state_of(line)[0],
           tip=lambda line: "\n".join(one.text for one in line.findings)),
)  # fmt: skip


class MentoringView(View):
    """«Наставничество»."""

    key = "mentoring"
    title = "Наставничество"
    heading = "Молодые педагоги и наставничество"
    guide = ("26-наставничество", "Молодые педагоги и наставничество")

    page: WorkPage

    def __init__(self, page: WorkPage) -> None:
        super().__init__(page)
        self.board: Board | None = None
        self._turn = 0
        self._wanted: tuple[int, int] | None = None
        self.modes = QTabBar()
        self.modes.setObjectName("inner")
        self.modes.setAccessibleName("Что показать о наставничестве")
        self.modes.setDrawBase(False)
        self.modes.setExpanding(False)
        for title in MODES.values():
            self.modes.addTab(title)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._make_pairs())
        self.stack.addWidget(self._make_young())
        self.modes.currentChanged.connect(self._show_mode)
        self.column.addWidget(self.modes)
        self.column.addWidget(self.stack, 1)
        self.session.year_changed.connect(self._year_changed)

    def make_actions(self) -> Sequence[Button]:
        """Return the buttons of the header."""
        act = self.page.act
        self.printing = act("Документы…", self.print_paper, "printer")
        self.filling = act("Строки для школ", self.take_schools, "plus")
        self.planning = act("План пары", self.make_plan, "calendar-event")
        self.holding = act("Встреча прошла", self.hold, "circle-check", primary=True)
        return self.printing, self.filling, self.planning, self.holding

    def _make_pairs(self) -> QSplitter:
        px = theme.current().px
        self.pairs = RegisterPane(self.session, "mentor_pairs", dict)
        self.pairs.selected.connect(lambda _key: self._pair_chosen())
        self.pairs.shown.connect(lambda _table: self._enter())
        self.meetings = RegisterPane(self.session, "mentor_meetings", self.meeting_scope)
        self.card = SideCard("О паре")
        self.card.setMinimumWidth(px(250))
        left = split(self.pairs, self.meetings, stretch=(3, 2), sizes=(px(315), px(215)), vertical=True)
        return split(left, self.card, stretch=(1,), sizes=(px(940), px(310)))

    def _make_young(self) -> QSplitter:
        px = theme.current().px
        self.young = RegisterPane(self.session, "young_counts", lambda: {"school_year": self.session.school_year})
        self.table = DataTable(
            "mentoring-schools", COLUMNS, lambda line: line.school_id, habits=self.session.habits,
            title="Сведения и пары по школам",
            empty=EmptyState("school", "Школ в файле нет", "Загрузите реестр школ: здесь встанет каждая школа.",
                             ("Загрузить реестр…", lambda: self.session.go("import"))),
        )  # fmt: skip
        self.table.lead.addWidget(Label("Сведения и пары", "strong"))
        self.table.current_changed.connect(lambda _line: self._tell())
        self.table.activated.connect(lambda line: self.session.go("school", line.school_id))
        self.sums = SideCard("На что посмотреть")
        self.sums.setMinimumWidth(px(250))
        left = split(self.young, self.table, stretch=(1, 1), sizes=(px(270), px(260)), vertical=True)
        return split(left, self.sums, stretch=(1,), sizes=(px(940), px(310)))

    def meeting_scope(self) -> dict[str, int] | None:
        """Return what the meetings below are of."""
        key = self.pairs.current
        return None if key is None else {"pair_id": key}

    @property
    def mode(self) -> str:
        """Which half is shown."""
        return list(MODES)[self.modes.currentIndex()]

    # --- reading -----------------------------------------------------------------------------------------------------

    def _year_changed(self) -> None:
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Read pairs and counts of the school year anew."""
        self._turn += 1
        turn = self._turn
        self.pairs.refresh()
        self.young.refresh()
        self.session.read(
            self, lambda found: self._take(turn, found), mentoring.board, self.session.school_year, self.session.today()
        )

    def _take(self, turn: int, found: Board) -> None:
        if turn != self._turn:
            return
        self.board = found
        self.table.set_rows(found.lines)
        told = found.sentence
        self.say(f"{school_year(found.school_year)} учебный год: {told[:1].lower()}{told[1:]}")
        self._name_meetings()
        self._tell()
        self._enable()

    def _name_meetings(self) -> None:
        line = self.line
        self.meetings.name.setText(f"Встречи: {line.title}" if line is not None else self.meetings.register.title)

    def _show_mode(self, place: int) -> None:
        self.stack.setCurrentIndex(place)
        self._tell()
        self._enable()

    def _enter(self) -> None:
        """Put the cursor on the pair that is asked for, on the first one where it stands nowhere yet."""
        table = self.pairs.table
        if table is not None and self._wanted is not None and self._wanted[0] in table.rows:
            (pair, meeting), self._wanted = self._wanted, None
            self.pairs.choose(pair)
            self.meetings.refresh()
            if meeting:
                self.meetings.choose(meeting)
        elif table is not None and table.lines and not self.pairs.grid.currentIndex().isValid():
            self.pairs.choose(table.lines[0].key)
        self._pair_chosen()

    def _pair_chosen(self) -> None:
        self._name_meetings()
        if self.pairs.current is None:
            self.meetings.show_table(None)
        else:
            self.meetings.refresh()
        self._tell()
        self._enable()

    @property
    def line(self) -> PairLine | None:
        """The current pair where it belongs to the year that is shown."""
        key = self.pairs.current
        return next((one for one in self.board.pairs if one.pair.id == key), None) if self.board is not None else None

    def _enable(self) -> None:
        writable = not self.session.desk.read_only
        pairs = self.mode == "pairs"
        self.holding.setVisible(pairs)
        self.planning.setVisible(pairs)
        self.filling.setVisible(not pairs)
        chosen = self.line is not None and writable
        self.holding.setEnabled(chosen and self._alive())
        self.planning.setEnabled(chosen and self._alive())
        self.filling.setEnabled(writable and bool(self._silent()))

    def _alive(self) -> bool:
        line = self.line
        return line is not None and line.pair.state in {"planned", "active"}

    def enable_actions(self) -> None:
        """Nothing can be changed in a file that is open for reading; papers can be made of it."""
        self._enable()

    # --- the cards ---------------------------------------------------------------------------------------------------

    def _tell(self) -> None:
        if self.board is not None and self.mode == "pairs":
            self.card.clear()
            self._tell_pair(self.board)
            self.card.end()
        elif self.board is not None:
            self.sums.clear()
            self._tell_sums(self.board)
            self.sums.end()

    def _tell_pair(self, found: Board) -> None:
        card, line = self.card, self.line
        if line is None:
            self._tell_nobody()
            return
        pair = line.pair
        card.say(glue(line.title), "strong")
        card.state(_shape(line), line.state, f"Форма: {line.form}.")
        told = [line.school, f"наставник из школы «{line.mentor_school}»" if line.mentor_school else "",
                f"предмет: {pair.subject}" if pair.subject else "",
                f"с{NBSP}{ru_date(pair.date_from)}" if pair.date_from else "",
                f"по{NBSP}{ru_date(pair.date_to)}" if pair.date_to else ""]  # fmt: skip
        card.say(glue(" · ".join(part for part in told if part)), "muted")
        held = count(line.held, "встреча", "встречи", "встреч") if line.held else "встреч нет"
        ahead = f"; следующая {ru_date(line.next)}" if line.next else ""
        card.say(f"За год прошло: {held}{ahead}." if line.held else f"За год встреч не было{ahead}.")
        hint = attention(line, self.session.today())
        if hint:
            card.state("warn", "что дальше", hint)
        for finding in found.findings:
            if finding.pair_id == pair.id:
                card.state("warn", "не сходится", glue(finding.text))
        if pair.result:
            card.say(glue(f"Итог: {pair.result}"))
        if line.school_id is not None:
            card.act("Карточка школы", self._open_school)
        card.act("Напечатать план пары…", self.print_plan)

    def _tell_nobody(self) -> None:
        if self.pairs.current is not None:
            self.card.say("Срок этой пары не попадает в выбранный учебный год: в счёт она не вошла.")
            self.card.act("Показать год пары", self._show_years)
            return
        self.card.say("Впишите пару в первую пустую строку: кто помогает, кому, в какой школе.")
        self.card.say("Новое имя станет человеком справочника. Имена остаются в этом файле: в своде только числа.",
                      "muted")  # fmt: skip

    def _show_years(self) -> None:
        row = self.pairs.row
        day = None if row is None else row["date_from"] or row["date_to"]
        if day is not None:
            begun = date.fromisoformat(day)
            self.session.set_school_year(school_years.year_of(begun))

    def _tell_sums(self, found: Board) -> None:
        card = self.sums
        for name, words in mentoring.FIGURE_WORDS.items():
            card.say(f"{capital(words)}: {found.total(name).words}")
        line: SchoolLine | None = self.table.current()
        if line is not None:
            card.say(glue(line.school), "strong")
            card.state(*state_of(line))
            for finding in line.findings:
                card.say(glue(finding.text))
            if line.counts is None:
                card.say("Школа ничего не сообщила. Впишите её числа в таблицу выше.")
            elif not line.findings and line.counts.source:
                card.say(glue(f"Откуда известно: {line.counts.source}."), "muted")
        others = [school for school in found.lines if school.findings and school is not line]
        if others:
            names = [school.school for school in others]
            more = f" и ещё {len(names) - MOST}" if len(names) > MOST else ""
            card.state("warn", f"не сходится ещё: {len(names)}", glue(", ".join(names[:MOST]) + more))
        silent = self._silent()
        if silent:
            card.state("none", f"нет сведений: {len(silent)}",
                       "Начните строки для этих школ и впишите числа; пустая ячейка не станет нулём.")  # fmt: skip

    def _silent(self) -> list[int]:
        lines = self.board.lines if self.board is not None else ()
        return [line.school_id for line in lines if line.counts is None and line.school_id is not None]

    # --- acting ------------------------------------------------------------------------------------------------------

    def hold(self) -> None:
        """Mark the next meeting of the current pair as held today."""
        key = self.pairs.current
        if key is not None:
            self.session.write(self, self._held, mentoring.hold, key, self.session.today())

    def _held(self, key: int) -> None:
        self.refresh()
        self.meetings.choose(key)

    def make_plan(self) -> None:
        """Give the current pair the ordinary plan of the year."""
        key = self.pairs.current
        if key is not None:
            self.session.write(self, self._planned, mentoring.plan, key, self.session.school_year)

    def _planned(self, number: int) -> None:
        if number:
            self.session.tell("ok", f"В план добавлено: {count(number, 'встреча', 'встречи', 'встреч')}. Темы и дни "
                                    "можно поменять.")  # fmt: skip
        else:
            self.session.tell("info", "План уже есть: на все месяцы срока пары встречи записаны.")
        self.refresh()

    def take_schools(self) -> None:
        """Begin lines for schools that have none."""
        self.session.write(self, lambda _n: self.refresh(), mentoring.take, self.session.school_year, self._silent())

    def print_paper(self) -> None:
        """Open the papers: the list of mentors beside the pairs, the summary beside the counts."""
        kind = "mentoring_annex" if self.mode == "pairs" else "mentoring_summary"
        self.session.go("papers", (kind, {"school_year": str(self.session.school_year)}))

    def print_plan(self) -> None:
        """Open the plan of the current pair as a paper."""
        values = {"school_year": str(self.session.school_year), "pair": str(self.pairs.current)}
        self.session.go("papers", ("mentoring_plan", values))

    def _open_school(self) -> None:
        line = self.line
        if line is not None:
            self.session.go("school", line.school_id)

    # --- being shown -------------------------------------------------------------------------------------------------

    def open_payload(self, payload: object) -> None:
        """Show a half by its word, a pair by its key, or ("meeting", pair, meeting)."""
        match payload:
            case str() as mode if mode in MODES:
                self.modes.setCurrentIndex(list(MODES).index(mode))
            case ("meeting", int() as pair, int() as meeting):
                self._show(pair, meeting)
            case int() as pair:
                self._show(pair, 0)

    def _show(self, pair: int, meeting: int) -> None:
        self.modes.setCurrentIndex(0)
        self._wanted = (pair, meeting)
        self._enter()
        self.pairs.refresh()

    def help_place(self) -> tuple[str, str]:
        """Return the place of the half that is shown."""
        return self.guide[0], self.guide[1] if self.mode == "pairs" else MODES[self.mode]

    def focus_main(self) -> None:
        """Put the keyboard into the register that is shown."""
        pane = self.pairs if self.mode == "pairs" else self.young
        pane.grid.setFocus(Qt.FocusReason.OtherFocusReason)


def _shape(line: PairLine) -> Kind:
    if line.late:
        return "warn"
    shapes: dict[str, Kind] = {"active": "ok", "broken": "bad"}
    return shapes.get(line.pair.state, "none")
