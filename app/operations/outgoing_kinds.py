"""The register of outgoing papers as a kind of the catalogue."""

from __future__ import annotations

from datetime import date

from app.models import papers, settings
from app.models.journal import now
from app.models.papers import Paper as Line
from app.models.store import Connection
from app.operations import outgoing
from app.operations.paper_catalogue import PaperKind, Setting, Values
from app.operations.papers import Paper
from app.texts import ru_date

_STATES = (
    ("all", "все"), ("unsigned", "не подписаны"), ("unsent", "не отправлены"), ("remark", "с замечанием без ответа"),
    ("force", "без отозванных и заменённых"),
)  # fmt: skip


def _fits(line: Line, state: str) -> bool:
    alive = line.state != "withdrawn" and line.replaced_by is None
    match state:
        case "unsigned":
            return alive and outgoing.signature_state(line)[1] != "подписан"
        case "unsent":
            return alive and not any(event.kind == "sent" for event in line.events)
        case "remark":
            return alive and bool(outgoing.open_remarks(line))
        case "force":
            return alive
        case _:
            return True


def _register(connection: Connection, values: Values, day: date) -> Paper:
    from app.operations import workday
    from app.reports.outgoing_register import RegisterData, RegisterLine, register

    period = workday.period(values["period"])
    found = [line for line in reversed(papers.listing(connection))
             if period.holds(line.dated or line.registered_at) and _fits(line, values.get("state", ""))]  # fmt: skip
    known = settings.get_all(connection)
    lines = tuple(
        RegisterLine(
            line.number, line.title, line.out_number or "", line.dated, line.registered_at[:10], line.addressee or "",
            outgoing.signers_words(line), _state(line, day), _way(line), line.sha256,
        )
        for line in found
    )  # fmt: skip
    state = values.get("state") or "all"
    told = period.title + (f", {dict(_STATES).get(state, '')}" if state != "all" else "")
    data = RegisterData(known["municipality"], known["organisation"], known["executor"], told, lines, now())
    return Paper("outgoing_register", f"Журнал исходящих, {told}", register(data), None, period=period.title)


def _state(line: Line, day: date) -> str:
    signed, way = outgoing.signature_state(line)[1], outgoing.journey_state(line, day)[1]
    return signed if signed == way else f"{signed}, {way}"


def _way(line: Line) -> tuple[str, ...]:
    told = (outgoing.event_words(event) for event in line.events)
    days = (ru_date(event.happened_on) for event in line.events)
    return tuple(f"{day} {what}" + (f": {rest}" if rest else "") for day, (what, rest) in zip(days, told, strict=True))


OUTGOING_KINDS: tuple[PaperKind, ...] = (
    PaperKind(
        "outgoing_register", "work", "Журнал исходящих", "Номера, даты, адресаты и судьба отправленных документов.",
        (Setting("period", "За какое время", "period"),
         Setting("state", "Какие документы", "choice", _STATES, usual="all")),
        _register, personal=True, words="реестр исходящие письма",
    ),
)  # fmt: skip
"""Kinds of the register."""
