"""What the journal of help, events and the bank of practices say of a network platform's indicators (004, annex).

Only rows that name the platform count, of the school year from August to July. A number of people is the least that is
sure; a share needs everybody it is counted of, or there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from app import school_years
from app.analysis.coverage import coverage
from app.models import registry, work_counts
from app.models.store import Connection
from app.operations import events, help_journal, work_turnout
from app.operations.work_turnout import NOT_STAFF
from app.texts import NBSP, count, school_year

CONTEST = "contest"


@dataclass(frozen=True, slots=True)
class WorkValue:
    """What can be taken for an indicator.

    Attributes:
        raw: as it would be typed: «17», «12 из 40»; "" where only ``words`` can be said.
        words: what it is counted of, or why there is no value.
        source: what is written beside it.
    """

    raw: str
    words: str
    source: str


def known(
    connection: Connection, platform_id: int, organisation_id: int | None, year: int, schools: Iterable[int]
) -> Mapping[str, WorkValue]:
    """Return key of an indicator → what the file's own work says.

    Args:
        connection: reading connection.
        platform_id: the platform.
        organisation_id: its school.
        year: first calendar year of the school year.
        schools: whom it helps, by the support cards.
    """
    first, last = school_years.days_of(year)
    merged = work_counts.canonical(connection)
    helped = {merged.get(key, key) for key in schools}
    found = {
        "copies": _copies(connection, merged.get(organisation_id or 0, organisation_id), first, last),
        "helped": _helped(connection, platform_id, first, last),
        "taking_part": _taking_part(connection, platform_id, year, helped, first, last),
        "contests": _contests(connection, platform_id, first, last),
    }
    return {key: value for key, value in found.items() if value is not None}


def _copies(connection: Connection, school: int | None, first: date, last: date) -> WorkValue | None:
    bank = [row for row in work_counts.practices(connection) if row.accepted_on is not None]
    own = [row for row in bank if school is not None and row.school_id == school
           and first.isoformat() <= str(row.accepted_on) <= last.isoformat()]  # fmt: skip
    if not own:
        return None
    number = len(own)
    return WorkValue(str(number), f"в{NBSP}банк практик от школы площадки принято{NBSP}{number}", "банк практик")


def _helped(connection: Connection, platform_id: int, first: date, last: date) -> WorkValue | None:
    lines = help_journal.listing(connection, first, last, platform_id=platform_id)
    found = help_journal.people_of(line for line in lines if line.audience not in NOT_STAFF)
    if not found.occasions:
        return None
    times = count(found.occasions, "записи", "записям", "записям")
    most = "" if found.exact else f", не{NBSP}более{NBSP}{found.most}"
    return WorkValue(
        str(found.least), f"разных людей не{NBSP}менее{NBSP}{found.least}{most} по{NBSP}{times} журнала помощи",
        "журнал помощи",
    )  # fmt: skip


def _taking_part(
    connection: Connection, platform_id: int, year: int, helped: set[int], first: date, last: date
) -> WorkValue | None:
    rows = [row for row in _held(connection, platform_id, first, last) if row.kind != CONTEST]
    came = [row for row in work_turnout.staff_of(connection, [row.id for row in rows]) if row.school_id in helped]
    found = coverage(came)
    if not found.occasions:
        return None
    whole, heads = _staff(connection, year, helped)
    times = count(len(rows), "событие", "события", "событий")
    if whole is None:
        least = f"участвовало не{NBSP}менее{NBSP}{found.least} ({times})"
        return WorkValue("", f"{least}, но{NBSP}число учителей вписано не{NBSP}у{NBSP}всех школ площадки", "")
    of = whole + heads
    told = (
        f"{times} площадки; всего {count(of, 'человек', 'человека', 'человек')}: учителей по{NBSP}паспортам школ"
        f" за{NBSP}{school_year(year)} {whole}, руководителей по{NBSP}справочнику {heads}"
    )
    if not 0 < found.least <= of:
        return WorkValue("", f"участвовало не{NBSP}менее{NBSP}{found.least}, а{NBSP}{told}: проверьте паспорта", "")
    return WorkValue(f"{found.least} из {of}", told, "события площадки и паспорта школ")


def _held(connection: Connection, platform_id: int, first: date, last: date) -> list[work_counts.EventRow]:
    return [row for row in work_counts.events(connection, first.isoformat(), last.isoformat())
            if row.platform_id == platform_id and row.state == "held"]  # fmt: skip


def _contests(connection: Connection, platform_id: int, first: date, last: date) -> WorkValue | None:
    """Contests have an indicator of their own and «все участники образовательных отношений» take part: pupils, too."""
    rows = [row for row in _held(connection, platform_id, first, last) if row.kind == CONTEST]
    found = events.people_of(connection, [row.id for row in rows])
    if not found.occasions:
        return None
    most = "" if found.exact else f", не{NBSP}более{NBSP}{found.most}"
    told = count(len(rows), "конкурс", "конкурса", "конкурсов")
    return WorkValue(str(found.least), f"участников не{NBSP}менее{NBSP}{found.least}{most} ({told})",
                     "события площадки")  # fmt: skip


def _staff(connection: Connection, year: int, schools: set[int]) -> tuple[int | None, int]:
    """Return teachers of the schools, None where one is unknown, and their heads who hold the post."""
    told = registry.year_figures(connection, year)
    merged = work_counts.canonical(connection)
    teachers: dict[int, int] = {}
    for key, (_pupils, number) in sorted(told.items(), key=lambda item: item[0] in merged):
        if number is not None:
            teachers.setdefault(merged.get(key, key), number)
    heads = work_counts.heads(connection, schools)
    return (sum(teachers[key] for key in schools) if schools <= set(teachers) else None), heads
