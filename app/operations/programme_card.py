"""What the programme does for one school: activities of the municipality, its own programme, its road map."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from app.analysis.programme_numbers import numbers
from app.models import agreement
from app.models import programmes as stored
from app.models.programme_records import Programme, Tree
from app.models.store import Connection
from app.operations.programme_life import frozen_tree
from app.operations.programmes import state_of
from app.reports.card_data import Line, Section, Way
from app.texts import ru_date

_TITLE, _NOTHING = "Мероприятия программы", "мероприятий для школы нет"
_WORDS = {"draft": "проект", "agreement": "на согласовании", "cancelled": "проект"}


def section(
    connection: Connection, records: Collection[int], school_year: int, road_map: tuple[str, int] | None, *,
    listed: bool,
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
    """
    lines: list[Line] = []
    for programme in _in_force(connection, school_year):
        if programme.kind == "school" and programme.organisation_id not in records:
            continue
        lines.extend(_of_programme(frozen_tree(connection, programme.id), records, listed=listed))
    if road_map is not None:
        lines.extend(_road_map(connection, records, *road_map, listed=listed))
    return Section("programme", _TITLE, tuple(lines), _NOTHING)


def _in_force(connection: Connection, school_year: int) -> list[Programme]:
    """Return one edition of each programme: the newest approved one, else the newest draft."""
    years = {school_year, school_year + 1}
    chosen: dict[int, Programme] = {}
    for programme in stored.programmes(connection):
        if years & set(programme.years):
            kept = chosen.get(programme.lineage)
            if kept is None or (programme.frozen, programme.edition) > (kept.frozen, kept.edition):
                chosen[programme.lineage] = programme
    return list(chosen.values())


def _of_programme(tree: Tree, records: Collection[int], *, listed: bool) -> Iterator[Line]:
    shown = numbers(tree)
    state = _WORDS.get(state_of(tree.programme), "")
    for node in tree.of_kind("activity"):
        if not _covers(tree, node.id, records, listed=listed):
            continue
        activity = tree.activities[node.id]
        responsible = "; ".join(item.text for item in tree.responsible.get(node.id, ()))
        note = ", ".join(part for part in (activity.term_text or "", responsible, state) if part)
        label = f"{'Программа школы' if tree.programme.kind == 'school' else 'Программа'}, {shown[node.id]}"
        yield Line(label, node.text, note, way=Way("programme", str(node.id)))


def _covers(tree: Tree, node_id: int, records: Collection[int], *, listed: bool) -> bool:
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
