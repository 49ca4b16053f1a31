"""Support as papers: every figure comes from the registers of the school year (domain §8)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from app import clock
from app.errors import UserError
from app.models import settings
from app.models.journal import now
from app.models.store import Connection
from app.operations import support, support_needs, support_partners, support_platforms
from app.operations.matching import fold
from app.operations.papers import Paper
from app.operations.register_catalogue import DONOR_WORDS, PLAN_WORDS
from app.operations.support import SchoolSupport, SupportLine
from app.operations.support_needs import Deficit
from app.operations.support_partners import Partnership
from app.operations.support_platforms import Platform
from app.operations.support_risks import Risks
from app.texts import capital, glue, quoted, ru_date, school_year

if TYPE_CHECKING:
    from app.reports.support import AgreementRow, HelpRow, PlatformBlock, RiskRow
    from app.reports.year_head import YearHead

SupportPaper = Literal["map", "school", "agreements", "platforms", "deficits"]
TITLES: Mapping[SupportPaper, str] = {
    "map": "Карта адресной помощи",
    "school": "Карта адресной помощи школе",
    "agreements": "Реестр соглашений",
    "platforms": "Работа сетевых площадок",
    "deficits": "Дефициты по школам и предметам",
}
ALL_SCHOOLS = "Муниципалитет"


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which paper, of which school year, of which school where it is of one."""

    kind: SupportPaper
    school_year: int
    school_id: int | None = None


def paper(connection: Connection, chosen: Chosen, day: date | None = None) -> Paper:
    """Return a paper about support.

    Args:
        connection: reading connection.
        chosen: which one.
        day: on which terms are over or not; today where it is not given.

    Raises:
        UserError: ``MON_SUPPORT_NO_SCHOOL`` for the card of a school without one; ``GEN_NO_SCHOOL``.
    """
    return _MAKERS[chosen.kind](connection, chosen, day or clock.today())


def _head(connection: Connection, year: int) -> YearHead:
    from app.reports.year_head import YearHead

    values = settings.get_all(connection)
    return YearHead(values["municipality"], year, now(), values["organisation"], values["executor"])


def _titled(chosen: Chosen, whose: str = "") -> str:
    title = f"{TITLES[chosen.kind]} {whose}".strip()
    return f"{title}, {school_year(chosen.school_year)}"


# --- the card ----------------------------------------------------------------------------------------------------


def _help(line: SupportLine) -> HelpRow:
    from app.reports.support import HelpRow

    return HelpRow(
        line.school or ALL_SCHOOLS, line.deficit, line.offer, line.provider, line.form, line.date_from, line.date_to,
        line.responsible, line.word, line.result,
    )  # fmt: skip


def _map(connection: Connection, chosen: Chosen, day: date) -> Paper:
    from app.reports.support import support_map

    found = support.board(connection, chosen.school_year, day)
    waiting = tuple(
        (need.deficit.school or ALL_SCHOOLS, need.deficit.words,
         "; ".join(f"{offer.title} ({offer.provider})" if offer.provider else offer.title for offer in need.offers))
        for need in found.needs
    )  # fmt: skip
    rows = tuple(_help(line) for line in found.lines)
    document = support_map(_head(connection, chosen.school_year), rows, waiting)
    return Paper("support_map", _titled(chosen), document, None)


def _school(connection: Connection, chosen: Chosen, day: date) -> Paper:
    from app.reports.support import PlanRow, SchoolPage, school_support

    if chosen.school_id is None:
        raise UserError("MON_SUPPORT_NO_SCHOOL")
    found = support.of_school(connection, chosen.school_id, chosen.school_year, day)
    page = SchoolPage(
        school=found.school,
        people=_people(found),
        deficits=tuple((item.words, item.whose, item.people, item.of_people, item.source) for item in found.deficits),
        help=tuple(_help(line) for line in found.lines),
        waiting=tuple(need.deficit.words for need in found.waiting),
        agreements=tuple(_agreement(item) for item in found.receives),
        risks=_risks(found.risks),
        plans=tuple(
            PlanRow(capital(PLAN_WORDS.get(row["kind"] or "", "")), row["subject"] or "", row["need"], row["planned"],
                    row["done"])
            for row in found.plans
        ),
        courses=found.course_people,
    )  # fmt: skip
    document = school_support(_head(connection, chosen.school_year), page)
    return Paper("support_school", _titled(chosen, found.school), document, None)


def _people(found: SchoolSupport) -> tuple[str, ...]:
    return tuple(
        ", ".join(part for part in (f"{duty.role} {name}", duty.act) if part) for name, duty in found.supporters
    )


def _risks(found: Risks) -> tuple[RiskRow, ...]:
    """Return a line a measure, a line a factor that asks for one; the others say nothing."""
    from app.reports.support import RiskRow

    significance = {item.id: line.significance for line in found.factors for item in line.measures}
    rows = [
        RiskRow(item.factor, significance.get(item.id, ""), item.text, item.responsible, item.due_on, item.word,
                item.result)
        for item in found.measures
    ]  # fmt: skip
    rows += [RiskRow(line.name, line.significance, "", "", None, "меры нет", "") for line in found.asking]
    return tuple(rows)


# --- registers ---------------------------------------------------------------------------------------------------


def _agreement(item: Partnership) -> AgreementRow:
    from app.reports.support import AgreementRow

    events = tuple(
        f"{event.title or 'без названия'}{f', {ru_date(event.held_on)}' if event.held_on else ''}"
        for event in item.events if event.held_on
    )  # fmt: skip
    kind = DONOR_WORDS.get(item.donor_kind or "", "")
    kind = "" if fold(kind) in fold(item.donor) else kind
    return AgreementRow(
        item.receiver, item.donor, kind, item.number, item.dated, item.topic, item.date_from, item.date_to, item.word,
        events, item.held, len(item.events), item.participants,
    )  # fmt: skip


def _agreements(connection: Connection, chosen: Chosen, day: date) -> Paper:
    from app.reports.support import agreements

    found = support.board(connection, chosen.school_year, day)
    rank = {key: place for place, key in enumerate(found.names)}
    ordered = sorted(found.agreements, key=lambda item: (rank.get(item.receiver_id or 0, len(rank)), item.dated or ""))
    document = agreements(_head(connection, chosen.school_year), tuple(_agreement(item) for item in ordered))
    return Paper("support_agreements", _titled(chosen), document, None)


def _platforms(connection: Connection, chosen: Chosen, _day: date) -> Paper:
    from app.reports.support import platforms

    found = support_platforms.platforms(connection, chosen.school_year)
    names = support_partners.names(connection)
    blocks = tuple(_platform(item, names) for item in found)
    source = support_platforms.catalogue().source
    document = platforms(_head(connection, chosen.school_year), blocks, source)
    return Paper("support_platforms", _titled(chosen), document, None)


def _platform(item: Platform, names: Mapping[int, str]) -> PlatformBlock:
    from app.reports.support import MeasureRow, PlatformBlock

    groups = []
    for key, title in support_platforms.catalogue().groups.items():
        rows = tuple(
            MeasureRow(line.measure.text, line.shown, line.before, support_platforms.CHANGE_WORDS[line.change],
                       line.source)
            for line in item.lines if line.measure.group == key
        )  # fmt: skip
        groups.append((title, rows))
    base = names.get(item.organisation_id or 0, "")
    schools = ", ".join(names.get(key, "") for key in item.schools)
    about = (
        f"На базе: {base}" if base else "", f"тема: {item.topic}" if item.topic else "",
        f"руководитель: {item.head}" if item.head else "", item.act, f"помогает школам: {schools}" if schools else "",
    )  # fmt: skip
    told = capital("; ".join(part for part in about if part))
    return PlatformBlock(quoted(item.title) if item.title else "Без названия", f"{told}." if told else "",
                         tuple(groups))  # fmt: skip


def _deficits(connection: Connection, chosen: Chosen, _day: date) -> Paper:
    from app.reports.support import deficits

    found: tuple[Deficit, ...] = support_needs.deficits(connection, chosen.school_year)
    table = support_needs.pivot(found)
    rows = []
    for key, name in table.schools:
        cells = [table.cells.get((key, subject)) for subject in table.subjects]
        rows.append((glue(name), tuple("" if cell is None else cell.text for cell in (*cells, table.by_school[key]))))
    everything = support_needs.total(item.people for item in found)
    totals = (*(table.totals[subject].text for subject in table.subjects),
              "есть" if everything is None else str(everything))  # fmt: skip
    document = deficits(_head(connection, chosen.school_year), table.subjects, tuple(rows), totals)
    return Paper("support_deficits", _titled(chosen), document, None)


_MAKERS: Mapping[SupportPaper, Callable[[Connection, Chosen, date], Paper]] = {
    "map": _map, "school": _school, "agreements": _agreements, "platforms": _platforms, "deficits": _deficits,
}  # fmt: skip
