"""Every paper that the program makes, as a kind of the catalogue; the kinds lie in files of their own."""

from __future__ import annotations

from app.operations.order_kinds import ORDER_KINDS
from app.operations.outgoing_kinds import OUTGOING_KINDS
from app.operations.package_kinds import PACKAGE_KINDS
from app.operations.paper_catalogue import GROUPS, PaperKind
from app.operations.paper_kinds_files import OF_FORMS, OF_WORK
from app.operations.paper_kinds_plans import OF_MONITORING, OF_PROGRAMME, OF_SUPPORT
from app.operations.paper_kinds_schools import OF_LISTS, OF_SCHOOLS
from app.operations.paper_kinds_work_bodies import OF_BODIES
from app.operations.paper_kinds_work_calendar import OF_CALENDAR
from app.operations.paper_kinds_work_events import OF_EVENTS
from app.operations.paper_kinds_work_mentoring import OF_MENTORING
from app.operations.paper_kinds_work_practices import OF_PRACTICES


def _in_groups(found: tuple[PaperKind, ...]) -> tuple[PaperKind, ...]:
    places = {key: place for place, (key, _title) in enumerate(GROUPS)}
    return tuple(sorted(found, key=lambda item: places[item.group]))


KINDS: tuple[PaperKind, ...] = _in_groups(
    (
        *OF_LISTS,
        *OF_SCHOOLS,
        *OF_PROGRAMME,
        *OF_FORMS,
        *OF_MONITORING,
        *OF_SUPPORT,
        *OF_WORK,
        *OF_EVENTS,
        *OF_CALENDAR,
        *OF_BODIES,
        *OF_PRACTICES,
        *OF_MENTORING,
        *OUTGOING_KINDS,
        *PACKAGE_KINDS,
        *ORDER_KINDS,
    )
)
"""Every kind, group by group."""
