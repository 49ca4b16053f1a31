"""Metrics of the methodist's own work, recomputed from the rows of the store alone: own SQL, own arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from tests.helpers.month_figures import _span, people_of

if TYPE_CHECKING:
    from tests.helpers.metric_figures import Own

Told = Mapping[str, str]
Value = Fraction | int | None
_KINDS = {"выезды": "visit", "консультации": "consultation", "посещения уроков": "lesson", "тьюторство": "tutoring"}
_EVENTS = {"семинар": "seminar", "заседание": "meeting"}
_STAFF_KINDS = ("teachers", "heads", "specialists", "young", "team", None)
STAFF = "coalesce(audience, '') NOT IN ('parents', 'pupils', 'other')"


def _in(own: Own, told: Told) -> set[int] | None:
    return own.schools(told) if "школы" in told else None


def _help(own: Own, told: Told, only: str = "1") -> list[tuple[Any, ...]] | None:
    """Entries: id, canonical school, people; None where the year has none."""
    year = own.at(told)
    every = own.rows(f"SELECT id, organisation_id, people, kind, {only} FROM help_entry"
                     " WHERE substr(held_on, 1, 4) = ?", str(year))  # fmt: skip
    if not every:
        return None
    kind = _KINDS.get(told.get("помощь", ""))
    return [(row[0], own.school(row[1]), row[2]) for row in every if row[4] and kind in {None, row[3]}]


def _helped(own: Own, told: Told) -> Value:
    rows, inside = _help(own, told), _in(own, told)
    return None if rows is None else sum(inside is None or row[1] in inside for row in rows)


def _helped_schools(own: Own, told: Told) -> Value:
    rows = _help(own, told)
    return None if rows is None else len({row[1] for row in rows} & own.schools(told))


def _helped_people(own: Own, told: Told) -> Value:
    inside = _in(own, told)
    rows = [row for row in _help(own, told, STAFF) or [] if inside is None or row[1] in inside]
    span = _span({(row[0], row[1]): row[2] for row in rows}, {})
    return span[0] if span else None


def _held(own: Own, told: Told) -> list[int] | None:
    year = str(own.at(told))
    every = own.rows("SELECT id, state, kind FROM work_event WHERE substr(date_from, 1, 4) = ?", year)
    kind = _EVENTS.get(told.get("событие", ""))
    return [row[0] for row in every if row[1] == "held" and kind in {None, row[2]}] if every else None


def _event_people(own: Own, told: Told) -> Value:
    counted, named = people_of(own, _held(own, told) or [], _STAFF_KINDS)
    inside = _in(own, told)
    if inside is not None:
        counted = {place: number for place, number in counted.items() if place[1] in inside}
        named = {place: people for place, people in named.items() if place[1] in inside}
    span = _span(counted, named)
    return span[0] if span else None


def _event_schools(own: Own, told: Told) -> Value:
    keys = _held(own, told)
    if keys is None:
        return None
    counted, named = people_of(own, keys)
    return len({place[1] for place in {*counted, *named} if counted.get(place) or place in named} & own.schools(told))


def _connections(own: Own, told: Told) -> Value:
    keys = _held(own, told) or []
    rows = own.rows("SELECT event_id, connections FROM event_people WHERE connections IS NOT NULL")
    found = [number for event, number in rows if event in keys]
    return sum(found) if found else None


def _bodies(own: Own, told: Told) -> Value:
    year = own.at(told)
    every = own.rows("SELECT date_from, date_to FROM body")
    first, last = f"{year}-01-01", f"{year}-12-31"
    alive = [row for row in every if (row[0] or first) <= last and (row[1] or last) >= first]
    return len(alive) if every else None


def _meetings(own: Own, told: Told) -> Value:
    keys = _held(own, {key: value for key, value in told.items() if key == "год"})
    rows = own.rows("SELECT id FROM work_event WHERE kind = 'meeting' AND body_id IS NOT NULL")
    return None if keys is None else len({key for (key,) in rows} & set(keys))


def _practices(own: Own, told: Told) -> Value:
    every = own.rows("SELECT organisation_id, substr(accepted_on, 1, 4) FROM practice")
    inside = _in(own, told)
    found = [row for row in every if row[1] == str(own.at(told)) and (inside is None or own.school(row[0]) in inside)]
    return len(found) if every else None


def _adopting(own: Own, told: Told) -> Value:
    rows = own.rows("SELECT organisation_id, state FROM practice_use WHERE since IS NULL OR since <= ?",
                    f"{own.at(told)}-12-31")  # fmt: skip
    have = {own.school(row[0]) for row in rows if row[1] == "adopted"}
    return len(have & own.schools(told)) if rows else None


def _pairs(own: Own, told: Told) -> Value:
    year, inside = own.at(told), _in(own, told)
    rows = own.rows(
        "SELECT organisation_id FROM mentor_pair WHERE state <> 'planned' AND coalesce(date_from, '') <= ?"
        " AND (date_to >= ? OR date_to IS NULL AND state = 'active')", f"{year}-12-31", f"{year}-01-01",
    )  # fmt: skip
    found = [row for row in rows if inside is None or own.school(row[0]) in inside]
    return len(found) if own.rows("SELECT 1 FROM mentor_pair") else None


def _young(column: str) -> Callable[[Own, Told], Value]:
    def count(own: Own, told: Told) -> Value:
        inside = _in(own, told)
        found: dict[int | None, int | None] = {}
        for school, number, merged in own.rows(
            f"SELECT c.organisation_id, c.{column}, o.duplicate_of IS NOT NULL FROM young_count c"
            " JOIN organisation o ON o.id = c.organisation_id WHERE school_year = ? ORDER BY 3, c.id",
            own.school_year("young_count", told),
        ):
            del merged
            if inside is None or own.school(school) in inside:
                found.setdefault(own.school(school), number)
        numbers = [number for number in found.values() if number is not None]
        return sum(numbers) if numbers else None

    return count


OWN: Mapping[str, Callable[[Own, Told], Value]] = {
    "помощи оказано": _helped,
    "школ с помощью": _helped_schools,
    "человек получило помощь": _helped_people,
    "событий прошло": lambda own, told: None if (found := _held(own, told)) is None else len(found),
    "человек на событиях": _event_people,
    "школ на событиях": _event_schools,
    "подключений": _connections,
    "объединений": _bodies,
    "заседаний объединений": _meetings,
    "практик принято": _practices,
    "школ внедрило практики": _adopting,
    "наставнических пар": _pairs,
    "молодых педагогов": _young("young"),
    "молодых педагогов с наставником": _young("mentored"),
}
