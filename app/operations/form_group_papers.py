"""Group assessment as a paper («Протокол экспертной оценки») and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.forms.answers import shown
from app.forms.checks import most_of
from app.forms.schema import Answer, Item, ScoreResult
from app.forms.scoring import points_of
from app.models import settings
from app.models.journal import now
from app.models.store import Connection
from app.operations.form_group import ROLE_WORDS, FormGroup, GroupItem, Voice, group
from app.operations.form_subjects import SUBJECT_WORDS
from app.operations.papers import Paper
from app.texts import capital, school_year

if TYPE_CHECKING:
    from app.reports.form_protocol import ResultLine, VoteLine

KIND = "form_protocol"


def protocol_paper(connection: Connection, round_id: int, subject_id: int) -> Paper:
    """Return «Протокол экспертной оценки» with votes by item and the reasons.

    Raises:
        UserError: ``FORM_NO_ROUND``, ``FORM_UNKNOWN``.
    """
    return of_group(connection, group(connection, round_id, subject_id))


def of_group(connection: Connection, found: FormGroup) -> Paper:
    """Return the protocol of a group assessment that has been read already."""
    from app.reports.form_protocol import ProtocolData, ProtocolPerson, form_protocol

    values = settings.get_all(connection)
    form, protocol = found.form, found.protocol
    word = SUBJECT_WORDS[form.subject]
    data = ProtocolData(
        form_title=form.title, short=form.short, version=form.version, year=school_year(found.round.school_year),
        subject=found.subject.shown, subject_word=capital(word), municipality=values["municipality"],
        computed_at=now(), results=tuple(_results(found)), items=tuple(_vote(one) for one in found.items),
        experts=tuple(voice.name for voice in found.experts),
        body=(protocol.body or "") if protocol else "", number=(protocol.number or "") if protocol else "",
        dated=protocol.dated if protocol else None, place=(protocol.place or "") if protocol else "",
        members=tuple(ProtocolPerson(one.name, one.post, one.role, ROLE_WORDS[one.role]) for one in protocol.members)
        if protocol else (),
        decision=(protocol.decision or "") if protocol else "", opinion=(protocol.opinion or "") if protocol else "",
        notes=form.notes, organisation=values["organisation"], executor=values["executor"],
    )  # fmt: skip
    return Paper(KIND, f"Протокол оценки: {form.short}, {found.subject.shown}", form_protocol(data), None)


def counts(result: ScoreResult | None) -> tuple[int, int] | None:
    """Return points beside their maximum; None where there are none."""
    if result is None or result.points is None or not result.applicable_most:
        return None
    return result.points, result.applicable_most


def _results(found: FormGroup) -> list[ResultLine]:
    from app.reports.form_protocol import ResultLine

    def line(voice: Voice, name: str) -> ResultLine:
        level = voice.level.text if voice.level is not None else ""
        reason = voice.case.level_reason or "" if voice.overruled else ""
        return ResultLine(name, counts(voice.result), level, (voice.answered, voice.of), reason)

    made = [line(voice, voice.name) for voice in found.experts]
    if found.agreed is not None:
        made.append(line(found.agreed, "Согласованная оценка"))
    if found.own is not None and found.own.answered:
        made.append(line(found.own, "Самооценка"))
    return made


def _vote(one: GroupItem) -> VoteLine:
    from app.reports.form_protocol import VoteLine

    return VoteLine(
        number=one.item.number,
        text=one.item.text,
        votes=tuple((vote.text, tuple(place + 1 for place in vote.who)) for vote in one.spread.votes),
        silent=tuple(place + 1 for place in one.spread.silent),
        agreed=shown(one.item, one.agreed) if one.agreed is not None else "",
        points=_points(one.item, one.agreed),
        reason=one.agreed.comment if one.agreed is not None else "",
        own=shown(one.item, one.own) if one.own is not None else "",
        disputed=one.spread.disputed,
    )


def _points(item: Item, answer: Answer | None) -> tuple[int, int] | None:
    most = most_of(item) if item.kind == "choice" and item.points is not None else None
    if answer is None or answer.not_applicable or answer.value is None or not most:
        return None
    points = points_of(item, answer.value)
    return None if points is None else (points, most)


def as_json(found: FormGroup) -> dict[str, Any]:
    """Return everything about a group assessment as plain data, items as the form has them."""

    def voice(one: Voice | None) -> dict[str, Any] | None:
        if one is None:
            return None
        points = counts(one.result)
        return {
            "case": one.case.id, "name": one.name or None, "answered": one.answered, "of": one.of,
            "points": points[0] if points else None, "most": points[1] if points else None,
            "level": one.level.id if one.level else None, "overruled": one.overruled,
            "level_reason": one.case.level_reason,
        }  # fmt: skip

    def item(one: GroupItem) -> dict[str, Any]:
        spread = one.spread
        return {
            "item": one.item.id, "number": one.item.number,
            "votes": [{"value": vote.value, "text": vote.text, "points": vote.points,
                       "experts": [found.experts[place].case.id for place in vote.who]} for vote in spread.votes],
            "spread": spread.spread, "unanimous": spread.unanimous, "disputed": spread.disputed,
            "differing_pairs": None if spread.differing is None else {
                "numerator": spread.differing.numerator, "denominator": spread.differing.denominator},
            "agreed": one.agreed.value if one.agreed else None, "reason": one.agreed.comment if one.agreed else None,
            "own": one.own.value if one.own else None, "differs_from_own": one.differs_from_own,
        }  # fmt: skip

    protocol = found.protocol
    return {
        "round": found.round.id, "form": found.form.id, "version": found.form.version, "subject": found.subject.shown,
        "school_year": found.round.school_year, "experts": [voice(one) for one in found.experts],
        "agreed": voice(found.agreed), "own": voice(found.own), "items": [item(one) for one in found.items],
        "most_disputed": [one.item.id for one in found.disputed if one.spread.disputed],
        "protocol": None if protocol is None else {
            "number": protocol.number, "dated": protocol.dated, "place": protocol.place, "body": protocol.body,
            "decision": protocol.decision, "opinion": protocol.opinion,
            "members": [{"name": one.name, "post": one.post, "role": one.role} for one in protocol.members]},
    }  # fmt: skip
