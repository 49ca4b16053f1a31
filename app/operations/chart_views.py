"""What is chosen on the page of charts: one value for the page, the command, the paper; saved under a name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, get_args

from app.errors import UserError
from app.models import registry, saved_views
from app.models.organisations import canonical
from app.models.records import Assessment
from app.models.saved_views import SavedView
from app.models.store import Connection, Store
from app.operations import programme_charts, result_charts
from app.operations.programme_charts import ProgrammeKind
from app.texts import quoted

if TYPE_CHECKING:
    from app.operations.result_charts import Choices
    from app.reports.charts import ChartSpec

ChartKind = Literal[result_charts.Kind, "levels", ProgrammeKind]
_OF_RESULTS: Mapping[Any, str] = result_charts.KINDS
KINDS: dict[ChartKind, str] = {
    **_OF_RESULTS,
    "levels": "Уровни чек-листов",
    "plan_fact": "План и факт",
    "execution": "Исполнение по задачам",
    "money": "Деньги программы",
    "bullets": "Показатели и цели",
}
OF_PROGRAMME: frozenset[ChartKind] = frozenset(get_args(ProgrammeKind))
OF_SCHOOL: frozenset[ChartKind] = frozenset(result_charts.OF_SCHOOL)
PLACE = "charts"


@dataclass(frozen=True, slots=True)
class ChartChoice:
    """One view of the page.

    Attributes:
        schools: chosen ones, empty for all; ``group``: the saved group they are, "" where there is none.
        work: None for the most common ones.
        since, year: first and last result year; of charts of one year ``year`` alone.
        form: of the chart of levels.
        programme: lineage of the programme; ``plan_year`` its year.
    """

    kind: ChartKind = "dynamics"
    schools: tuple[int, ...] = ()
    group: str = ""
    work: Assessment | None = None
    since: int | None = None
    year: int | None = None
    form: str | None = None
    programme: int | None = None
    plan_year: int | None = None


@dataclass(frozen=True, slots=True)
class PageChoices:
    """What can be chosen on the page: schools, groups, works and years; forms with levels; saved views."""

    results: Choices
    forms: tuple[tuple[str, str], ...]
    views: tuple[SavedView, ...]

    @property
    def some(self) -> bool:
        """Tell whether there is anything to draw from results or forms."""
        return bool(self.results.years or self.forms)


def page_choices(connection: Connection) -> PageChoices:
    """Return what can be chosen on the page."""
    return PageChoices(
        result_charts.choices(connection), programme_charts.forms(connection),
        tuple(saved_views.listing(connection, PLACE)),
    )  # fmt: skip


def chart(connection: Connection, chosen: ChartChoice, day: date, programme_id: int | None = None) -> ChartSpec:
    """Return the chart of a choice.

    Args:
        connection: reading connection.
        chosen: what is chosen; a group that is no longer there counts as its schools.
        day: on which the programme is looked at.
        programme_id: the edition of ``chosen.programme``; the municipal one in force when omitted.

    Raises:
        UserError: ``DATA_NO_SCHOOL``, ``PROGRAMME_UNKNOWN``, ``FORM_UNKNOWN``, ``FORM_NO_SUMMARY``.
    """
    match chosen.kind:
        case "plan_fact" | "execution" | "money" | "bullets":
            return programme_charts.chart(
                connection, chosen.kind, day, plan_year=chosen.plan_year, programme_id=programme_id
            )
        case "levels":
            return programme_charts.levels(connection, chosen.form)
        case kind:
            members = registry.groups(connection).get(chosen.group) if chosen.group else None
            among = tuple(sorted(members)) if members else chosen.schools
            return result_charts.chart(
                connection, kind, work=chosen.work, year=chosen.year, since=chosen.since, among=among,
                name=chosen.group,
            )  # fmt: skip


# --- saved views -------------------------------------------------------------------------------------------------


def save(store: Store, title: str, chosen: ChartChoice) -> int:
    """Keep a choice under a name; the same name is replaced. Returns its key.

    Raises:
        UserError: ``MON_VIEW_TITLE``.
    """
    name = " ".join(title.split())
    if not name:
        raise UserError("MON_VIEW_TITLE")
    with store.operation(f"Сохранён вид графика {quoted(name)}", "view.save") as operation:
        return saved_views.put(operation, PLACE, name, as_text(chosen))


def remove(store: Store, title: str) -> None:
    """Delete a saved view.

    Raises:
        UserError: ``MON_NO_VIEW``.
    """
    view = find(store.connection, title)
    with store.operation(f"Удалён вид графика {quoted(view.title)}", "view.remove") as operation:
        saved_views.remove(operation, view.id)


def find(connection: Connection, title: str) -> SavedView:
    """Return a saved view by its title.

    Raises:
        UserError: ``MON_NO_VIEW``.
    """
    known = saved_views.listing(connection, PLACE)
    wanted = " ".join(title.split()).casefold()
    for view in known:
        if view.title.casefold() == wanted:
            return view
    raise UserError("MON_NO_VIEW", title=title, known="; ".join(view.title for view in known) or "ни одного")


def opened(connection: Connection, view: SavedView) -> ChartChoice:
    """Return what a saved view chooses; merged schools by their canonical record.

    Raises:
        UserError: ``MON_VIEW_BROKEN``.
    """
    chosen = from_text(view)
    schools = tuple(dict.fromkeys(canonical(connection, key) for key in chosen.schools))
    return ChartChoice(chosen.kind, schools, chosen.group, chosen.work, chosen.since, chosen.year, chosen.form,
                       chosen.programme, chosen.plan_year)  # fmt: skip


def as_text(chosen: ChartChoice) -> str:
    """Return a choice as JSON; what is not chosen is left out."""
    work = chosen.work
    told: dict[str, Any] = {
        "kind": chosen.kind, "schools": list(chosen.schools), "group": chosen.group,
        "work": [work.procedure, work.subject, work.level, work.grade] if work is not None else None,
        "since": chosen.since, "year": chosen.year, "form": chosen.form, "programme": chosen.programme,
        "plan_year": chosen.plan_year,
    }  # fmt: skip
    return json.dumps({key: value for key, value in told.items() if value not in (None, "", [])}, ensure_ascii=False)


def from_text(view: SavedView) -> ChartChoice:
    """Read a choice.

    Raises:
        UserError: ``MON_VIEW_BROKEN`` where it is no JSON of ours.
    """
    broken = UserError("MON_VIEW_BROKEN", title=view.title)
    try:
        said = json.loads(view.spec)
    except ValueError as error:
        raise broken from error
    if not isinstance(said, dict) or said.get("kind") not in KINDS:
        raise broken
    numbers = {name: said.get(name) for name in ("since", "year", "programme", "plan_year")}
    schools, work = said.get("schools", []), said.get("work")
    whole = all(value is None or isinstance(value, int) for value in numbers.values())
    if not whole or not isinstance(schools, list) or not all(isinstance(key, int) for key in schools):
        raise broken
    if work is not None and (not isinstance(work, list) or len(work) != 4):
        raise broken
    return ChartChoice(
        said["kind"], tuple(schools), str(said.get("group", "")), None if work is None else Assessment(*work),
        form=_text(said, "form"), **numbers,
    )  # fmt: skip


def _text(said: Mapping[str, Any], name: str) -> str | None:
    value = said.get(name)
    return value if isinstance(value, str) else None
