"""Papers about one list besides the list itself: agreement sheet, protocol, road map; drafts, then as frozen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.errors import UserError
from app.models import lists, settings
from app.models.agreement import Member, Protocol
from app.models.store import Connection
from app.operations import agreement, papers
from app.operations import agreement_grids as grids
from app.operations import agreement_state as state
from app.operations.agreement import Agreement
from app.operations.identification import ListRow, SchoolList
from app.operations.papers import Paper

if TYPE_CHECKING:
    from app.reports.agreement import ListHead
    from app.reports.protocol import ChangeLine, MemberLine


def _read(connection: Connection, rule_id: str, year: int) -> tuple[Agreement, SchoolList]:
    """Return agreement and list.

    Raises:
        UserError: ``GEN_NO_YEARS``, ``RULE_NOT_FOUND``.
    """
    found = agreement.of_list(connection, rule_id, year)
    if found.found is None:
        raise UserError("GEN_NO_YEARS", year=year)
    return found, found.found


def _head(connection: Connection, found: SchoolList) -> ListHead:
    from app.reports.agreement import ListHead
    from app.reports.school_list import Order, Signer

    values, approval = settings.get_all(connection), found.approval
    order = None
    if approval is not None:
        order = Order(approval.order_number, approval.order_date, issuer_genitive=approval.issuer)
    return ListHead(
        municipality=values["municipality"], municipality_genitive=values["municipality_genitive"],
        label=values["schools_label"], year=found.year, rule_title=found.rule.title, rule_version=found.rule.version,
        computed_at=found.computed_at, listed=found.totals.listed, schools=found.totals.schools,
        snapshot=approval.sha256 if approval else None, approved=order,
        signer=Signer(values["signer_position"], values["signer_name"]), executor=values["executor"],
        organisation=values["organisation"],
    )  # fmt: skip


def _snapshot(found: SchoolList) -> int | None:
    return found.approval.snapshot_id if found.approval else None


def agreement_sheet(connection: Connection, rule_id: str, year: int) -> Paper:
    """Return «Лист согласования» of a list. Errors: ``GEN_NO_YEARS``, ``RULE_NOT_FOUND``."""
    from app.reports.agreement import AgreementData, MeetingLine, PartyLine
    from app.reports.agreement import agreement_sheet as paper

    kept, found = _read(connection, rule_id, year)
    parties = tuple(
        PartyLine(
            grids.PARTY_WORDS[p.kind], p.name, p.person or "", p.sent_on, p.due_on, p.answered_on,
            grids.ANSWER_WORDS.get(p.answer or "", ""), p.remark or "", p.reply or "",
        )
        for p in kept.parties
    )  # fmt: skip
    meetings = tuple(
        MeetingLine(m.topic, m.held_on, m.place or "", m.present or "", m.outcome or "") for m in kept.stored.meetings
    )
    document = paper(AgreementData(_head(connection, found), parties, meetings))
    return Paper("agreement", f"Лист согласования списка за {year} год", document, _snapshot(found))


def protocol(connection: Connection, rule_id: str, year: int) -> Paper:
    """Return «Протокол заседания» about a list. Errors: ``GEN_NO_YEARS``, ``RULE_NOT_FOUND``."""
    from app.reports.protocol import ProtocolData
    from app.reports.protocol import protocol as paper

    kept, found = _read(connection, rule_id, year)
    own, votes = kept.protocol or Protocol(0, None, None), state.votes(kept.protocol)
    data = ProtocolData(
        head=_head(connection, found),
        body=own.body or "",
        number=own.number or "",
        dated=own.dated,
        place=own.place or "",
        members=_members(own.members),
        votes=(votes.votes_for, votes.against, votes.abstained) if votes else None,
        decision=own.decision or "",
        opinion=own.opinion or "",
        changes=tuple(_change(row) for row in found.rows if row.correction is not None),
        listed=tuple((row.name, _grounds(row)) for row in found.rows if row.listed),
        activities=len(kept.road_map),
    )
    return Paper("protocol", f"Протокол о списке за {year} год", paper(data), _snapshot(found))


def _members(members: tuple[Member, ...]) -> tuple[MemberLine, ...]:
    from app.reports.protocol import MemberLine

    roles, votes = grids.ROLE_WORDS, grids.VOTE_WORDS
    return tuple(
        MemberLine(m.name, m.post or "", m.role, roles[m.role], m.vote, votes.get(m.vote or "", "")) for m in members
    )


def _change(row: ListRow) -> ChangeLine:
    from app.reports.protocol import ChangeLine

    reason = row.correction.reason if row.correction else ""
    return ChangeLine(row.name, "включена в список" if row.listed else "исключена из списка", reason)


def _grounds(row: ListRow) -> str:
    if row.verdict.verdict == "listed" and row.branch_labels:
        return "; ".join(row.branch_labels)
    return f"решение экспертов: {row.correction.reason}" if row.correction else ""


def road_map(connection: Connection, rule_id: str, year: int) -> Paper:
    """Return the road map of a list. Errors: ``GEN_NO_YEARS``, ``RULE_NOT_FOUND``."""
    from app.reports.road_map import ActivityLine, RoadMapData
    from app.reports.road_map import road_map as paper

    kept, found = _read(connection, rule_id, year)
    items = tuple(
        ActivityLine(
            i.activity, i.school or "", i.reason or "", i.conditions or "", i.term or "", i.date_from, i.date_to,
            i.responsible or "", i.result or "",
        )
        for i in kept.road_map
    )  # fmt: skip
    document = paper(RoadMapData(_head(connection, found), items))
    return Paper("road_map", f"Дорожная карта по списку за {year} год", document, _snapshot(found))


def was_missing(connection: Connection, snapshot_id: int) -> tuple[str, ...]:
    """Return what was missing of the agreement on the day of approval, as it was frozen."""
    return tuple(lists.snapshot(connection, snapshot_id).get("agreement", {}).get("missing", ()))


LIST_PAPERS: dict[str, tuple[str, Callable[[Connection, str, int], Paper]]] = {
    "school_list": ("Список школ с основаниями", papers.school_list),
    "agreement": ("Лист согласования", agreement_sheet),
    "protocol": ("Протокол заседания", protocol),
    "road_map": ("Дорожная карта", road_map),
}
"""Kind → its name and what makes it of a rule and a year."""
