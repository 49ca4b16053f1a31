"""What the programme does for one school: activities of the municipality, its own programme, its road map."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from app import clock
from app.analysis.execution import STATE_WORDS, Marked, occurrences, standing
from app.analysis.programme_numbers import numbers
from app.models import agreement
from app.models import execution as executions
from app.models.execution import Execution
from app.models.programme_records import Tree
from app.models.store import Connection
from app.operations.execution import in_force
from app.operations.programme_life import frozen_tree
from app.operations.programmes import state_of
from app.reports.card_data import Line, Section, Way
from app.texts import ru_date

_TITLE, _NOTHING = "Мероприятия программы", "мероприятий для школы нет"
_WORDS = {"draft": "проект", "agreement": "на согласовании", "cancelled": "проект"}


def section(
    connection: Connection, records: Collection[int], school_year: int, road_map: tuple[str, int] | None, *,
    listed: bool, day: date | None = None,
) -> Section:  # fmt: skip
    """Return the activities that cover a school in a school year.

    The newest edition of every programme counts whose plan years meet the school year: an approved one, else the
    draft, which says so. «Школы списка» means the list of the file's rule.

    Args:
        connection: reading connection.
        records: the school's record and those merged into it.
        school_year: its first calendar year.
        road_map: rule and result year of the list whose road map is meant.
        listed: the school is on that list.
        day: on which an activity is late or not; today when omitted.
    """
    lines: list[Line] = []
    for programme in in_force(connection, {school_year, school_year + 1}):
        if programme.kind == "school" and programme.organisation_id not in records:
            continue
        tree = frozen_tree(connection, programme.id)
        told = _execution(connection, tree, {school_year, school_year + 1}, day or clock.today())
        lines.extend(_of_programme(tree, records, told, listed=listed))
    if road_map is not None:
        lines.extend(_road_map(connection, records, *road_map, listed=listed))
    return Section("programme", _TITLE, tuple(lines), _NOTHING)


def _execution(connection: Connection, tree: Tree, years: Collection[int], day: date) -> dict[int, str]:
    """Return activity → what was marked in these plan years and what is late on the day."""
    marked = executions.rows(connection, [node.lineage for node in tree.of_kind("activity")])
    told = {key: [_told(row)] for key, row in marked.items() if key[1] in years and row.told}
    for item in occurrences(tree):
        key = item.lineage, item.plan_year
        row = marked.get(key)
        said = Marked() if row is None else Marked(row.state, row.done_on, row.moved_to)
        how = standing(said, item.due_on, item.date_from, day)
        if item.plan_year in years and how.shown == "late":
            told.setdefault(key, [f"{item.plan_year}:"]).append(how.word)
    found: dict[int, list[str]] = {}
    for (lineage, _year), words in sorted(told.items()):
        found.setdefault(lineage, []).append(", ".join(words).replace(":,", ":"))
    return {lineage: "; ".join(words) for lineage, words in found.items()}


def _told(row: Execution) -> str:
    """Return what was marked in a year: «2026: выполнено 20.10.2026»."""
    day = f" {ru_date(row.done_on)}" if row.done_on else f" на {ru_date(row.moved_to)}" if row.moved_to else ""
    return f"{row.plan_year}: {STATE_WORDS[row.state]}{day}"


def _of_programme(
    tree: Tree, records: Collection[int], told: Mapping[int, str], *, listed: bool
) -> Iterator[Line]:  # fmt: skip
    shown = numbers(tree)
    state = _WORDS.get(state_of(tree.programme), "")
    for node in tree.of_kind("activity"):
        if not covers(tree, node.id, records, listed=listed):
            continue
        activity = tree.activities[node.id]
        responsible = "; ".join(item.text for item in tree.responsible.get(node.id, ()))
        parts = (activity.term_text or "", responsible, state, told.get(node.lineage, ""))
        note = ", ".join(part for part in parts if part)
        label = f"{'Программа школы' if tree.programme.kind == 'school' else 'Программа'}, {shown[node.id]}"
        yield Line(label, node.text, note, way=Way("programme", str(node.id)))


def covers(tree: Tree, node_id: int, records: Collection[int], *, listed: bool) -> bool:
    """Tell whether an activity is meant for a school: by its records, and by its being on the list."""
    activity = tree.activities.get(node_id)
    if activity is None:
        return False
    if tree.programme.kind == "school":
        return True
    match activity.coverage:
        case "all":
            return True
        case "listed":
            return listed
        case "chosen":
            return any(key in records for key in tree.schools.get(node_id, ()))
        case _:
            return False


def _road_map(
    connection: Connection, records: Collection[int], rule_id: str, year: int, *, listed: bool
) -> Iterator[Line]:
    for item in agreement.read(connection, rule_id, year).road_map:
        if item.organisation_id in records or (item.organisation_id is None and listed):
            when = item.term or " – ".join(ru_date(day) for day in (item.date_from, item.date_to) if day)
            note = ", ".join(part for part in (when, item.responsible or "") if part)
            yield Line(f"Дорожная карта {year}", item.activity, note, way=Way("list"))
