"""What is carried into a new school year: one carrier a kind; what was carried already is not carried twice."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.errors import UserError
from app.models import forms as stored_forms
from app.models import organisations
from app.models import registers as stored
from app.models.forms import SubjectRef
from app.models.store import Connection, Operation
from app.operations import form_rounds, forms, registers, route, ties
from app.operations.mentoring import YOUNG_FORM, YOUNG_YEARS
from app.operations.new_year_records import CarryLine

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Carrier:
    """One kind of thing.

    Attributes:
        find: (connection, new school year, schools that are gone) → rows still to be carried.
        write: writes one of them into the new year.
        usual: carried unless the person says otherwise.
    """

    key: str
    title: str
    hint: str
    find: Callable[[Connection, int, Collection[int]], list[dict[str, Any]]]
    write: Callable[[Operation, int, Row], None]
    usual: bool = True


@dataclass(frozen=True, slots=True)
class _Copy:
    """A table whose rows of a school year are copied into the next.

    Attributes:
        keep: (row, new school year) → it goes on.
        schools: columns that name schools: a row of a school that is gone is left behind.
        fresh: column → what it begins with in the new year.
        own: columns that tell two rows apart.
        files: files and links come along.
    """

    table: str
    own: tuple[str, ...]
    schools: tuple[str, ...] = ()
    keep: Callable[[Row, int], bool] = lambda _row, _year: True
    fresh: Mapping[str, Any] = field(default_factory=dict)
    files: bool = False

    def find(self, connection: Connection, year: int, gone: Collection[int]) -> list[dict[str, Any]]:
        """Return the rows of the year before that go on and are not there yet."""
        merged = organisations.canonical_map(connection)

        def sign(row: Row) -> tuple[Any, ...]:
            return tuple(merged.get(row[name], row[name]) if name in self.schools else row[name] for name in self.own)

        there = {sign(row) for row in stored.rows(connection, self.table, {"school_year": year})}
        return [
            row
            for row in stored.rows(connection, self.table, {"school_year": year - 1})
            if self.keep(row, year)
            and sign(row) not in there
            and not {merged.get(row[name], row[name]) for name in self.schools} & set(gone)
        ]

    def write(self, operation: Operation, year: int, row: Row) -> None:
        """Copy one row."""
        values = {name: value for name, value in row.items() if name not in {"id", "school_year"} and value is not None}
        values |= {name: value for name, value in self.fresh.items() if value is not None}
        for name, value in self.fresh.items():
            if value is None:
                values.pop(name, None)
        key = operation.insert(self.table, school_year=year, **values)
        if self.files:
            stored.copy_attachments(operation, (self.table, row["id"]), (self.table, key))


def _goes_on(row: Row, year: int) -> bool:
    """Tell whether an agreement is still in force on the first of September."""
    return row["state"] in {"planned", "active"} and (not row["date_to"] or row["date_to"] >= f"{year}-09-01")


_PARTNERSHIPS = _Copy(
    "partnership", ("receiver_id", "donor", "donor_id", "number", "topic"), ("receiver_id", "donor_id"), _goes_on,
    files=True, fresh={"tie_id": None},  # the tie of the year before: that of this year is found when it is entered
)  # fmt: skip
_PLATFORMS = _Copy("network_platform", ("title", "organisation_id"), ("organisation_id",))
_TIES = _Copy(
    "organisation_tie", ("donor_id", "receiver_id", "subject", "grade"), ("donor_id", "receiver_id"),
    lambda row, _year: row["state"] in ties.IN_FORCE,
)  # fmt: skip
_SUPPORT = _Copy(
    "support_line", ("organisation_id", "deficit", "offer"), ("organisation_id",),
    lambda row, _year: row["state"] in {"planned", "running"},
    # deficits and platforms are entered anew each year: the line must not speak of those of the year before
    fresh={"deficit_id": None, "platform_id": None},
)  # fmt: skip
_RISKS = _Copy(
    "risk_measure", ("organisation_id", "factor", "text"), ("organisation_id",),
    lambda row, _year: row["state"] in {"planned", "running"}, files=True,
)  # fmt: skip
_LASTING = frozenset({"goals", "indicators", "methods"})
_CYCLE = _Copy(
    "cycle_document", ("direction", "component", "title", "number", "dated"),
    keep=lambda row, _year: row["component"] in _LASTING, files=True,
)  # fmt: skip


# --- people --------------------------------------------------------------------------------------------------------


def _supporters(connection: Connection, year: int, gone: Collection[int]) -> list[dict[str, Any]]:
    """Return appointments of curators and tutors that end with the school year and have no follower."""
    found = registers.rows(connection, "supporters")
    after = {
        (row["person_id"], row["organisation_id"], row["role"])
        for row in found
        if not row["date_to"] or row["date_to"] >= f"{year}-10-01" or (row["date_from"] or "") >= f"{year}-07-01"
    }
    return [
        row
        for row in found
        if row["date_to"]
        and f"{year}-05-01" <= row["date_to"] < f"{year}-10-01"
        and (row["person_id"], row["organisation_id"], row["role"]) not in after
        and row["organisation_id"] not in gone
    ]


def _write_supporter(operation: Operation, year: int, row: Row) -> None:
    operation.insert(
        "appointment", person_id=row["person_id"], organisation_id=row["organisation_id"], role=row["role"],
        date_from=f"{year}-09-01",
    )  # fmt: skip


# --- route -----------------------------------------------------------------------------------------------------------


def _meetings(connection: Connection, year: int, gone: Collection[int]) -> list[dict[str, Any]]:
    """Return meetings agreed on in the year before that fall into the new one."""
    merged = organisations.canonical_map(connection)

    def school(row: Row) -> int:
        key = int(row["organisation_id"])
        return merged.get(key, key)

    there = {(school(row), row["planned_on"]) for row in registers.rows(connection, "route", school_year=year)}
    return [
        row
        for row in registers.rows(connection, "route", school_year=year - 1)
        if row["next_on"]
        and row["next_on"] >= f"{year}-08-01"
        and (school(row), row["next_on"]) not in there
        and school(row) not in gone
    ]


def _write_meeting(operation: Operation, year: int, row: Row) -> None:
    operation.insert(
        "route_step", school_year=year, organisation_id=row["organisation_id"], step="interview",
        planned_on=row["next_on"], responsible=row["responsible"],
    )  # fmt: skip


def _routes(connection: Connection, year: int, gone: Collection[int]) -> list[dict[str, Any]]:
    """Return schools whose route was not passed in the year before and that have no steps yet."""
    from datetime import date

    day = date(year, 8, 1)
    there = set(route.of_year(connection, year, day))
    return [
        {"organisation_id": key}
        for key, steps in route.of_year(connection, year - 1, day).items()
        if route.stage_of(steps) != "passed" and key not in there and key not in gone
    ]


def _write_route(operation: Operation, year: int, row: Row) -> None:
    _stages, steps = route.catalogue()
    for step in steps.values():
        if step.due:
            operation.insert(
                "route_step", school_year=year, organisation_id=row["organisation_id"], step=step.id,
                planned_on=route.day_of(step, year),
            )  # fmt: skip


# --- forms -----------------------------------------------------------------------------------------------------------


def _rounds(connection: Connection, year: int, gone: Collection[int]) -> list[dict[str, Any]]:
    """Return the rounds of the year before whose form was not sent in the new year yet; urgent requests are past."""
    there = {item.form_id for item in stored_forms.rounds(connection) if item.school_year == year}
    found: dict[str, dict[str, Any]] = {}
    for item in stored_forms.rounds(connection):
        if item.school_year == year - 1 and item.form_id not in there and _lasts(connection, item.form_id):
            refs = _subjects(connection, item.id, gone)
            if refs:
                # of several rounds of one form the last one says whom it is sent to
                found[item.form_id] = {
                    "form_id": item.form_id,
                    "title": item.title,
                    "due_on": item.due_on,
                    "refs": refs,
                }
    return list(found.values())


def _lasts(connection: Connection, form_id: str) -> bool:
    """Tell whether a form is there and is no request of one day."""
    try:
        return forms.definition(connection, form_id).kind != "request"
    except UserError as error:
        if error.code != "FORM_UNKNOWN":
            raise
        return False


def _subjects(connection: Connection, round_id: int, gone: Collection[int]) -> list[SubjectRef]:
    keys = {case.subject_id for case in stored_forms.cases(connection, rounds=[round_id]) if case.role == "self"}
    closed = stored_forms.closed(connection)
    return [
        SubjectRef(one.kind, one.school_id, one.body_id, one.person_id, one.name or "", one.note or "")
        for one in stored_forms.subjects(connection, keys=sorted(keys))
        if one.school_id not in gone and one.school_id not in closed
    ]


def _write_round(operation: Operation, year: int, row: Row) -> None:
    form = forms.definition(operation.connection, row["form_id"])
    due = row["due_on"]
    form_rounds.start_in(
        operation, form, year, row["refs"], title=row["title"],
        due_on=None if due is None else f"{int(due[:4]) + 1}{_fitting(due[4:])}",
    )  # fmt: skip


def _fitting(day: str) -> str:
    return "-02-28" if day == "-02-29" else day


# --- associations ----------------------------------------------------------------------------------------------------


def _plans(connection: Connection, year: int, _gone: Collection[int]) -> list[dict[str, Any]]:
    """Return items of the plans of associations that still work; what is planned for the new year already stays."""
    ended = {
        row["id"] for row in stored.rows(connection, "body") if row["date_to"] and row["date_to"] < f"{year}-09-01"
    }  # fmt: skip
    there = {(row["body_id"], row["text"]) for row in stored.rows(connection, "body_plan", {"school_year": year})}
    return [
        row
        for row in stored.rows(connection, "body_plan", {"school_year": year - 1}, ("body_id", "position"))
        if row["body_id"] not in ended and (row["body_id"], row["text"]) not in there
    ]


def _write_plan(operation: Operation, year: int, row: Row) -> None:
    from app.operations import bodies_writing

    bodies_writing.copy_item(operation, year, row)


# --- mentoring -------------------------------------------------------------------------------------------------------


def _pairs(connection: Connection, year: int, gone: Collection[int]) -> list[dict[str, Any]]:
    """Return pairs whose term ends with the school year and who have no follower.

    Pairs without an end go on by themselves. Whoever has worked three years by the first of September is no young
    specialist any more (``mentoring.YOUNG_YEARS``): such a pair has done its work.
    """
    merged = organisations.canonical_map(connection)
    found = stored.rows(connection, "mentor_pair", None, ("date_from", "id"))
    after = {
        _pair(row, merged) for row in found
        if (row["date_from"] or "") >= f"{year}-07-01" or not row["date_to"] or row["date_to"] >= f"{year}-10-01"
    }  # fmt: skip
    grown = f"{year - YOUNG_YEARS}-09-01"
    return [
        row for row in found
        if row["state"] in {"planned", "active"} and row["date_to"]
        and f"{year}-05-01" <= row["date_to"] < f"{year}-10-01"
        and _pair(row, merged) not in after
        and not (row["form"] == YOUNG_FORM and row["works_since"] and row["works_since"] <= grown)
        and not {merged.get(row[name], row[name]) for name in ("organisation_id", "mentor_school_id")} & set(gone)
    ]  # fmt: skip


def _pair(row: Row, merged: Mapping[int, int]) -> tuple[Any, ...]:
    """Tell two pairs apart: by their people, by school and topic where somebody is not named yet."""
    people = (row["mentor_id"], row["mentee_id"], row["form"])
    school = merged.get(row["organisation_id"], row["organisation_id"])
    return people if None not in people else (*people, school, row["topic"])


def _write_pair(operation: Operation, year: int, row: Row) -> None:
    kept = ("form", "mentor_id", "mentor_school_id", "mentee_id", "organisation_id", "subject", "topic", "works_since")
    values = {name: row[name] for name in kept if row[name] is not None}
    # the order and the meetings of the new year are still to come
    operation.insert("mentor_pair", **values, state="planned", date_from=f"{year}-09-01", date_to=f"{year + 1}-05-31")


# --- dates -----------------------------------------------------------------------------------------------------------


def _breaks(connection: Connection, year: int, _gone: Collection[int]) -> list[dict[str, Any]]:
    there = registers.rows(connection, "breaks", school_year=year)
    return [] if there else registers.rows(connection, "breaks", school_year=year - 1)


def _write_break(operation: Operation, year: int, row: Row) -> None:
    days = {
        name: f"{int(row[name][:4]) + 1}{_fitting(row[name][4:])}" for name in ("date_from", "date_to") if row[name]
    }
    operation.insert("school_break", school_year=year, title=row["title"], position=row["position"], **days)


CARRIERS: tuple[Carrier, ...] = (
    Carrier("supporters", "Кураторы и тьюторы", "у кого назначение кончается с учебным годом; бессрочные продолжаются "
            "сами", _supporters, _write_supporter),
    Carrier("partnerships", "Соглашения", "действуют после 1 сентября, с файлами", _PARTNERSHIPS.find,
            _PARTNERSHIPS.write),
    Carrier("ties", "Пары «школа — школа»", "договорённости, которые не окончены", _TIES.find, _TIES.write),
    Carrier("platforms", "Сетевые площадки", "значения показателей начнутся заново", _PLATFORMS.find,
            _PLATFORMS.write),
    Carrier("support", "Адресная помощь", "строки, которые ещё не выполнены", _SUPPORT.find, _SUPPORT.write),
    Carrier("risks", "Меры по факторам риска", "меры, которые ещё не выполнены", _RISKS.find, _RISKS.write),
    Carrier("meetings", "Назначенные встречи", "следующие собеседования, назначенные на новый год", _meetings,
            _write_meeting),
    Carrier("body_plans", "Планы объединений", "сроки сдвинутся на год; отметки и заседания начнутся заново", _plans,
            _write_plan),
    Carrier("pairs", "Наставнические пары", "срок кончается с учебным годом; приказ и встречи начнутся заново", _pairs,
            _write_pair),
    Carrier("rounds", "Сборы форм", "те же формы тем же школам, новейшая версия, срок через год; ничего не "
            "отправляется", _rounds, _write_round),
    Carrier("routes", "Маршруты школ", "обычные шаги года школам, чей маршрут не пройден", _routes, _write_route,
            usual=False),
    Carrier("cycle", "Папка: цели, показатели, методы", "документы, которые действуют и дальше", _CYCLE.find,
            _CYCLE.write, usual=False),
    Carrier("breaks", "Каникулы", "даты сдвинутся на год: проверьте их по приказу", _breaks, _write_break,
            usual=False),
)  # fmt: skip
"""What can be carried, in the order of the screen."""


def lines(connection: Connection, year: int, gone: Collection[int] = ()) -> tuple[CarryLine, ...]:
    """Return what can be carried into a school year, with how many rows there are.

    Args:
        connection: reading connection.
        year: the new school year.
        gone: schools that are closed or joined to another: what is theirs stays behind.
    """
    return tuple(
        CarryLine(one.key, one.title, one.hint, len(one.find(connection, year, gone)), one.usual) for one in CARRIERS
    )
