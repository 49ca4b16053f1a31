"""«Сводка»: answers of all subjects to one form: points and levels, items, a map of points; a click opens the form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.forms.schema import FormDef
from app.models.store import Connection
from app.operations import form_summary, form_summary_papers
from app.operations.form_summary import Summary
from app.texts import percent, school_year
from app.ui import theme
from app.ui.pages.closed_forms import ClosedCheck, with_closed
from app.ui.pages.form_fill_list import RoundCombo
from app.ui.pages.form_summary_columns import ITEMS, WhoRow, who_columns
from app.ui.pages.view import View
from app.ui.pages.views_page import ViewsPage
from app.ui.widgets.basics import Button, Card, Combo, Row, split
from app.ui.widgets.chart import ChartView
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import Label
from app.ui.widgets.table import DataTable, RowAction
from app.ui.windows.form_paper import Chosen

LOOKS = (("Кто сколько набрал", "who"), ("Пункты", "items"), ("Карта баллов", "heat"))
WHICH = (("Все присланные", False), ("Только принятые", True))
FEW_WEAK = 8


@dataclass(frozen=True, slots=True)
class Found:
    """What is shown: the forms that were sent, with their years; the summary of one of them."""

    forms: tuple[tuple[FormDef, tuple[int, ...]], ...]
    summary: Summary | None
    has_closed: bool = False


def read(
    connection: Connection, form_id: str | None, year: int | None, accepted_only: object, closed: object = True
) -> Found:  # fmt: skip
    """Read the forms that can be summed up, and the summary of the wanted one, else of the newest.

    Closed forms (assessment of heads) are among them only where ``closed`` is true.
    """
    every = form_summary.choices(connection)
    has_closed = any(form.closed for form, _years in every)
    known = tuple(pair for pair in every if closed or not pair[0].closed)
    chosen = next((pair for pair in known if pair[0].id == form_id), known[0] if known else None)
    if chosen is None:
        return Found((), None, has_closed)
    wanted = year if year in chosen[1] else chosen[1][0]
    found = form_summary.summary(connection, chosen[0].id, wanted, accepted_only=bool(accepted_only))
    return Found(known, found, has_closed)


class FormSummaryView(View):
    """The summary of one form."""

    key = "summary"
    title = "Сводка"
    heading = "Сводка по форме"
    guide = ("09-чек-листы", "Сводка")

    def __init__(self, page: ViewsPage) -> None:
        super().__init__(page)
        self._turn = 0
        self._offered = False
        self.found: Summary | None = None
        self._wanted: tuple[str, int | None] | None = None
        self.form, self.year = RoundCombo("Форма"), Combo("Учебный год")
        self.form.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.form.setMinimumContentsLength(13)
        self.which, self.look, self.part = Combo("Какие ответы"), Combo("Как показать"), Combo("Какие пункты")
        self.which.fill(WHICH)
        self.look.fill(LOOKS)
        self.closed = ClosedCheck(page)
        self.chosen = Row(self.closed, self.form, self.year, self.which, self.look, self.part, gap=6)
        self.chosen.hide()
        page.put_beside(self.chosen)
        for combo in (self.form, self.year, self.which):
            combo.currentIndexChanged.connect(lambda _i: self.refresh())
        self.look.currentIndexChanged.connect(lambda _i: self._draw())
        self.part.currentIndexChanged.connect(lambda _i: self._draw())
        self.stack = QStackedWidget()
        self.stack.addWidget(self._make_empty())
        self.stack.addWidget(self._make_who())
        self.stack.addWidget(self._make_items())
        self.heat = ChartView(self.session, least=theme.current().px(200))
        self.heat.clicked.connect(self.open_case)
        card = Card()
        card.body.addWidget(self.heat, 1)
        self.stack.addWidget(card)
        self.column.addWidget(self.stack, 1)

    def _make_empty(self) -> QWidget:
        card = Card()
        card.body.addWidget(
            EmptyState(
                "checklist", "Сводить пока нечего",
                "Здесь встанут ответы всех школ на одну форму: баллы, уровни и пункты, по которым проседают все. "
                "Начните сбор, разошлите бланки и примите ответы.",
                ("Новый сбор…", lambda: self.session.go("new_round")),
            )
        )  # fmt: skip
        return card

    def _make_who(self) -> QWidget:
        px = theme.current().px
        self.who = DataTable(
            "form_summary", who_columns(None), lambda row: row.case_id, habits=self.session.habits,
            title="Кто сколько набрал", filters=True,
        )  # fmt: skip
        self.who.lead.addWidget(Label("Кто сколько набрал", "strong"))
        self.who.row_actions = self._row_actions
        self.who.activated.connect(lambda row: self.open_case(row.case_id))
        self.levels = ChartView(self.session, least=px(90))
        self.weak = ChartView(self.session, least=px(150))
        side = Card(pad=10)
        inside = QVBoxLayout()
        inside.setSpacing(px(6))
        inside.addWidget(self.levels, 2)
        inside.addWidget(self.weak, 5)
        side.body.addLayout(inside)
        return split(self.who, side, stretch=(3, 2), sizes=(px(760), px(500)), handle=8)

    def _make_items(self) -> QWidget:
        self.items = DataTable(
            "form_summary_items", ITEMS, lambda one: one.item.id, habits=self.session.habits, title="Пункты",
            filters=True,
        )  # fmt: skip
        self.items.lead.addWidget(Label("Пункты, начиная с самого слабого", "strong"))
        self.notes = Label("", "muted")
        self.items.lead.addWidget(self.notes)
        return self.items

    def make_actions(self) -> Sequence[Button]:
        """Return the buttons of the header."""
        self.experts = self.page.act("Эксперты…", self.show_experts, "users")
        self.printing = self.page.act("Печать…", self.show_paper, "printer", primary=True)
        return self.experts, self.printing

    def showEvent(self, event: QShowEvent) -> None:
        """The choice stands beside the switch while the view is shown."""
        super().showEvent(event)
        self.chosen.setVisible(self._offered)

    def hideEvent(self, event: QHideEvent) -> None:
        """The choice goes with the view."""
        super().hideEvent(event)
        self.chosen.hide()

    # --- reading -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the forms and the summary of the chosen one."""
        self._turn += 1
        turn = self._turn
        form, year = self._wanted or (self.form.currentData(), self.year.currentData())
        self.session.read(
            self, lambda found: self._show(turn, found), read, form, year, self.which.currentData(),
            with_closed(self.session),
        )  # fmt: skip

    def _show(self, turn: int, found: Found) -> None:
        if turn != self._turn:
            return
        self._wanted = None
        self.found = found.summary
        some = found.summary is not None
        for button in self.buttons:
            button.setVisible(some)
        self._offered = some or found.has_closed
        self.chosen.setVisible(self._offered and self.isVisible())
        self.closed.offer(found.has_closed)
        for combo in (self.form, self.year, self.which, self.look):
            combo.setVisible(some)
        if found.summary is None:
            self.stack.setCurrentIndex(0)
            self.say("Ни одна форма ещё не отправлена")
            return
        self._offer(found, found.summary)
        summary = found.summary
        self.who.replace_columns(who_columns(summary))
        silent = [WhoRow(line) for line in summary.silent]
        self.who.set_rows([*(WhoRow(line) for line in summary.lines), *silent])
        ranked = summary.weakest
        known = {one.item.id for one in ranked}
        self.items.set_rows([*ranked, *(one for one in summary.items if one.item.id not in known)])
        self._tell_notes(summary)
        self._show_charts(summary)
        self.say(sentence(summary))
        self._draw()

    def _offer(self, found: Found, summary: Summary) -> None:
        for combo, items, wanted in (
            (self.form, [(form.short, form.id) for form, _years in found.forms], summary.form.id),
            (self.year, [(school_year(year), year) for year in summary.years], summary.school_year),
        ):
            combo.blockSignals(True)
            combo.fill(items, wanted)
            combo.blockSignals(False)
        heats = form_summary_papers.heat_charts(summary)
        self.part.blockSignals(True)
        self.part.fill([(f"{chart.columns[0]}–{chart.columns[-1]}", place) for place, chart in enumerate(heats)],
                       self.part.currentData())  # fmt: skip
        self.part.blockSignals(False)

    def _tell_notes(self, summary: Summary) -> None:
        said = ["* — мало ответов"] if any(one.small for one in summary.items) else []
        if any(one.before is not None and one.before.changed for one in summary.items):
            said.append("** — вопрос был другим")
        self.notes.setText("; ".join(said))

    def _show_charts(self, summary: Summary) -> None:
        levels = form_summary_papers.level_chart(summary) if summary.lines else None
        weak = form_summary_papers.weakest_chart(summary, FEW_WEAK)
        self.levels.setVisible(levels is not None)
        if levels is not None:
            self.levels.show_chart(levels)
        if weak is not None:
            self.weak.show_chart(weak)
        elif summary.lines:
            self.weak.show_nothing("Баллов у формы нет", "Как ответили на каждый вопрос, видно на виде «Пункты».")
        else:
            self.weak.show_nothing("Ответов ещё нет", "Графики появятся, когда придёт первый ответ.")

    def _draw(self) -> None:
        """Show the look that is chosen."""
        summary = self.found
        if summary is None:
            return
        look = self.look.currentData()
        self.part.setVisible(look == "heat" and self.part.count() > 1)
        self.stack.setCurrentIndex({"who": 1, "items": 2, "heat": 3}[look])
        if look != "heat":
            return
        heats = form_summary_papers.heat_charts(summary)
        place = self.part.currentData() or 0
        if heats:
            self.heat.show_chart(heats[min(int(place), len(heats) - 1)])
        elif summary.lines:
            self.heat.show_nothing("Баллов у формы нет", "Как ответили на каждый вопрос, видно на виде «Пункты».")
        else:
            self.heat.show_nothing("Ответов ещё нет", "Карта появится, когда придёт первый ответ.")

    def open_payload(self, payload: object) -> None:
        """Show the summary of a form: its id, or (id, school year)."""
        if isinstance(payload, tuple) and len(payload) == 2:
            self._wanted = (str(payload[0]), payload[1] if isinstance(payload[1], int) else None)
        elif isinstance(payload, str):
            self._wanted = (payload, None)
        if self._wanted is not None:
            self.refresh()

    def focus_main(self) -> None:
        """Put the keyboard into what is shown."""
        {"who": self.who.focus_table, "items": self.items.focus_table}.get(
            str(self.look.currentData()), self.heat.setFocus
        )()

    # --- acting --------------------------------------------------------------------------------------------------

    def _row_actions(self) -> list[RowAction | None]:
        row = self.who.current()
        if not isinstance(row, WhoRow):
            return []
        made: list[RowAction | None] = [
            ("Открыть ответы", lambda: self.open_case(row.case_id)),
            ("Экспертная оценка…", lambda: self.session.go("form_group", row.case_id)),
            ("Напечатать…", lambda: self.session.go("print_form_paper", Chosen("filled", case_id=row.case_id))),
        ]
        school = row.school_id
        if school is not None:
            made.append(("Карточка школы", lambda: self.session.go("school", school)))
        return made

    def open_case(self, case_id: object) -> None:
        """Open the answers of a subject."""
        self.session.go("forms", ("fill", case_id))

    def show_experts(self) -> None:
        """Show the experts on the chosen subject, else on the first."""
        row = self.who.current()
        if isinstance(row, WhoRow):
            self.session.go("form_group", row.case_id)

    def show_paper(self) -> None:
        """Show the summary as a paper."""
        found = self.found
        if found is not None:
            accepted = bool(self.which.currentData())
            self.session.go("print_form_paper", Chosen("summary", form_id=found.form.id, year=found.school_year,
                                                        accepted_only=accepted))  # fmt: skip


def sentence(found: Summary) -> str:
    """Return «ответили 6 из 11 · 97 из 180 баллов, 53,9 % · не ответили 5»."""
    said = [f"{found.form.short}, {school_year(found.school_year)}: ответили {len(found.lines)} из {found.asked}"]
    year = found.this_year
    if year is not None and year.most:
        said.append(f"{year.points} из {year.most} баллов, {percent(year.points, year.most)}")
    late = sum(one.overdue for one in found.silent)
    if late:
        said.append(f"просрочено {late}")
    return " · ".join(said)
