"""What stands at the left of the charts: the saved view, the chart, whose results, which years, which programme."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import get_args

from PySide6.QtWidgets import QWidget

from app.operations.chart_views import KINDS, OF_PROGRAMME, OF_SCHOOL, ChartChoice, ChartKind, PageChoices
from app.texts import count
from app.ui import theme
from app.ui.pages.monitoring_scope import MonitoringScope, programme_title
from app.ui.session import Session
from app.ui.widgets.basics import Button, Card, Combo, Scroller, beside, icon_button
from app.ui.widgets.labels import Label


@dataclass(frozen=True, slots=True)
class Group:
    """A saved group of schools."""

    name: str


@dataclass(frozen=True, slots=True)
class Picked:
    """Schools chosen one by one."""

    keys: tuple[int, ...]

    @property
    def words(self) -> str:
        """How the choice is called."""
        return f"Выбраны {count(len(self.keys), 'школа', 'школы', 'школ')}"


Whose = int | Group | Picked | None
"""A school, a group, several schools; None for all. No plain tuple: Qt would give a list back."""
ONE_YEAR: frozenset[ChartKind] = frozenset({"marks", "journal"})
"""Charts of one year unless a work is chosen: then all its years are shown."""


class ChartsChoice(Card):
    """The choosers of the charts.

    Args:
        session: of the window.
        scope: the programme and plan year of the monitoring.
        drawn: called whenever another chart is chosen.
        acts: what the buttons do: «pick» schools, «save» and «drop» the view, «card» of the school.
    """

    def __init__(
        self, session: Session, scope: MonitoringScope, drawn: Callable[[], object],
        acts: Mapping[str, Callable[[], object]],
    ) -> None:  # fmt: skip
        super().__init__(pad=12)
        px = theme.current().px
        self._session, self._scope, self._drawn = session, scope, drawn
        self._filling = False
        self.setFixedWidth(px(252))
        area = Scroller(spacing=4)
        self.body.addWidget(area)
        self._column = area.column
        self.view, self.kind = Combo("Сохранённый вид"), Combo("График")
        self.whose, self.work = Combo("Чьи результаты"), Combo("Процедура")
        self.since, self.year, self.form = Combo("С какого года"), Combo("По какой год"), Combo("Чек-лист")
        self.programme, self.plan_year = Combo("Программа"), Combo("Год плана")
        self.saving = icon_button("device-floppy", "Сохранить этот вид…", acts["save"])
        self.dropping = icon_button("trash", "Удалить сохранённый вид", acts["drop"])
        self.pick = Button("Выбрать школы…", acts["pick"], kind="link")
        self.open_card = Button("Карточка школы", acts["card"], icon="school")
        holder = QWidget()
        holder.setLayout(beside(self.view, self.saving, self.dropping, stretch=(1,), gap=4))
        self.places: dict[str, tuple[QWidget, ...]] = {}
        self._put("view", "Сохранённый вид", holder)
        self._put("kind", "График", self.kind)
        self._put("whose", "Чьи результаты", self.whose, self.pick)
        self._put("work", "Процедура", self.work)
        self._put("since", "С какого года", self.since)
        self._put("year", "По какой год", self.year)
        self._put("form", "Чек-лист", self.form)
        self._put("programme", "Программа", self.programme)
        self._put("plan_year", "Год плана", self.plan_year)
        self._column.addSpacing(px(4))
        self._column.addWidget(self.open_card)
        self._column.addStretch(1)
        for combo in (self.view, self.kind, self.whose, self.work, self.since, self.year, self.form, self.programme,
                      self.plan_year):  # fmt: skip
            combo.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(6)
        for combo in (self.kind, self.whose, self.work, self.since, self.year, self.form):
            combo.currentIndexChanged.connect(lambda _place: self._changed())
        self.programme.activated.connect(lambda place: scope.choose(self.programme.itemData(place)))
        self.plan_year.activated.connect(lambda place: scope.choose_year(self.plan_year.itemData(place)))
        self.kind.fill([(word, key) for key, word in KINDS.items()], session.habits.get("monitoring:kind", None))

    def _put(self, key: str, word: str, *widgets: QWidget) -> None:
        label = Label(word, "muted")
        self._column.addWidget(label)
        for widget in widgets:
            self._column.addWidget(widget)
        self.places[key] = (label, *widgets)

    def _changed(self) -> None:
        if not self._filling:
            self._drawn()

    # --- what can be chosen ------------------------------------------------------------------------------------------

    def offer(self, found: PageChoices, wanted: object = None) -> None:
        """Show what can be chosen; what was chosen stays chosen.

        Args:
            found: schools, groups, works, years, forms, views.
            wanted: a school that another place asks for.
        """
        results = found.results
        present: Whose = self.whose.currentData() if wanted is None else wanted  # type: ignore[assignment]
        people: list[tuple[str, object]] = [("Все школы", None)]
        people += [(f"Группа: {name}", Group(name)) for name, _members in results.groups]
        if isinstance(present, Picked):
            people.append((present.words, present))
        people += [(school.shown, school.id) for school in results.schools]
        years = [(str(year), year) for year in results.years]
        self._filling = True
        self.whose.fill(people, present)
        self.work.fill([("Самые частые", None), *((work.label, work) for work in results.works)])
        self.since.fill([("как можно раньше", None), *years])
        self.year.fill(years)
        self.form.fill([(name, key) for key, name in found.forms])
        self.view.fill([("Не выбран", None), *((view.title, view) for view in found.views)], self._view_of(found))
        self._filling = False
        self.dropping.setEnabled(self.view.currentData() is not None and not self._session.desk.read_only)
        self.saving.setEnabled(not self._session.desk.read_only)

    def _view_of(self, found: PageChoices) -> object:
        present = self.view.currentData()
        title = getattr(present, "title", None)
        return next((view for view in found.views if view.title == title), None)

    def show_scope(self) -> None:
        """Show programmes and plan years."""
        scope = self._scope
        self.programme.fill([(programme_title(line), line.programme.id) for line in scope.lines], scope.programme_id)
        self.plan_year.fill([(str(year), year) for year in scope.years], scope.year)

    def pick_schools(self, keys: tuple[int, ...]) -> None:
        """Choose several schools one by one."""
        if len(keys) < 2:
            self.whose.choose(keys[0] if keys else None)
            return
        value = Picked(keys)
        self._filling = True
        for place in reversed(range(self.whose.count())):
            if isinstance(self.whose.itemData(place), Picked):
                self.whose.removeItem(place)
        self.whose.insertItem(1, value.words, value)
        self.whose.setCurrentIndex(1)
        self._filling = False
        self._drawn()

    # --- what is chosen ----------------------------------------------------------------------------------------------

    def chosen(self) -> ChartChoice:
        """Return what is chosen."""
        kind = self.kind.currentData()
        kind = kind if kind in KINDS else get_args(ChartKind)[0]
        whose: Whose = self.whose.currentData()
        schools: tuple[int, ...] = (whose,) if isinstance(whose, int) else ()
        if isinstance(whose, Picked):
            schools = whose.keys
        group = whose.name if isinstance(whose, Group) else ""
        line = self._scope.line
        of_programme = kind in OF_PROGRAMME
        return ChartChoice(
            kind, schools, group, self.work.currentData(), self.since.currentData(), self.year.currentData(),
            self.form.currentData() if kind == "levels" else None,
            line.programme.lineage if of_programme and line is not None else None,
            self._scope.year if of_programme else None,
        )  # fmt: skip

    def show_choice(self, chosen: ChartChoice) -> None:
        """Choose what a saved view says; what is no longer there stays as it is."""
        self._filling = True
        self.kind.choose(chosen.kind)
        self.work.choose(chosen.work)
        self.since.choose(chosen.since)
        if chosen.year is not None:
            self.year.choose(chosen.year)
        if chosen.form is not None:
            self.form.choose(chosen.form)
        if chosen.group:
            self.whose.choose(Group(chosen.group))
        self._filling = False
        line = next((one for one in self._scope.lines if one.programme.lineage == chosen.programme), None)
        if line is not None:
            self._scope.choose(line.programme.id)
        if chosen.plan_year in self._scope.years and chosen.plan_year is not None:
            self._scope.choose_year(chosen.plan_year)
        if chosen.group:
            self._drawn()
        else:
            before = self.whose.currentData()
            self.pick_schools(chosen.schools)
            if len(chosen.schools) < 2 and self.whose.currentData() == before:
                self._drawn()

    def arrange(self, chosen: ChartChoice) -> None:
        """Show the choosers that the chart asks for, and only them."""
        kind = chosen.kind
        of_programme, of_results = kind in OF_PROGRAMME, kind not in OF_PROGRAMME and kind != "levels"
        of_year = kind in ONE_YEAR and chosen.work is None
        of_year = of_year or (kind == "heat" and (len(chosen.schools) != 1 or bool(chosen.group)))
        wanted = {
            "whose": of_results, "work": of_results and kind not in OF_SCHOOL,
            "since": of_results and kind not in OF_SCHOOL and not of_year, "year": of_results and kind not in OF_SCHOOL,
            "form": kind == "levels", "programme": of_programme, "plan_year": of_programme,
        }  # fmt: skip
        for key, shown in wanted.items():
            for widget in self.places[key]:
                widget.setVisible(shown)
        label = self.places["year"][0]
        if isinstance(label, Label):
            label.setText("Год" if of_year else "По какой год")
        self.programme.setEnabled(self.programme.count() > 1)
        self.open_card.setVisible(of_results)
        self.open_card.setEnabled(len(chosen.schools) == 1 and not chosen.group)
