"""Papers about one event: programme, invitation, list of those who came, certificate, report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from app.models import due_rows, organisations, people, work_events
from app.models.store import Connection
from app.operations import event_certificates, event_feedback, events, schools, survey_papers
from app.operations.event_certificates import day_words, event_word, titled
from app.operations.event_feedback import SheetFeedback
from app.operations.events import PRESENT, EventCard, SchoolPeople
from app.operations.paper_head import head
from app.operations.papers import Paper
from app.texts import NBSP, capital, count, percent, ru_date

if TYPE_CHECKING:
    from app.reports.work_events import EventFacts, FeedbackPart, GuestLine, PeopleLine, ProgrammeLine

BLANK_ROWS, SPARE_ROWS = 20, 5
"""Empty rows of a list for signing: where nobody is named yet (so many fill one page), and after the names."""
_UNPLACED = "Школа не указана"
_CAME = {"yes": "да", "online": "по ссылке", "no": "нет"}
"""Under «Присутствие»: words that are the same of a man and of a woman."""


def facts_of(card: EventCard) -> EventFacts:
    """Return an event in words."""
    from app.analysis import russian
    from app.reports.work_events import EventFacts

    line, event = card.line, card.line.event
    word = event_word(event.kind)
    when = ", ".join(part for part in (day_words(event.date_from, event.date_to), line.time) if part)
    where = "" if line.where == "по ссылке" else line.where
    return EventFacts(
        word, russian.inflect(word, "genitive"), russian.inflect(word, "accusative"),
        titled(event.kind, event.title), when, where,
        (event.link or "").strip(), line.activity, line.body, card.platform, (event.topic or "").strip(),
        (event.subject or "").strip(), (event.deficit or "").strip(), (event.methodist or "").strip(), line.chip_word,
    )  # fmt: skip


def _title(what: str, card: EventCard) -> str:
    title = (card.line.event.title or "").strip()
    day = f", {ru_date(card.line.day)}" if card.line.day else ""
    return f"{what}: {title or card.line.word}{day}"


def _period(card: EventCard) -> str:
    return card.line.days


def _lines(connection: Connection, card: EventCard) -> tuple[ProgrammeLine, ...]:
    from app.reports.work_events import ProgrammeLine

    names, event = due_rows.names(connection), card.line.event
    ends: list[str | None] = [item.starts for item in card.items[1:]] + [event.time_to]
    found = []
    for item, end in zip(card.items, ends, strict=False):
        time = f"{item.starts}–{end}" if item.starts and end and end > item.starts else item.starts or ""
        school = names.get(item.organisation_id or 0, "")
        found.append(ProgrammeLine(time, (item.topic or "").strip(), (item.speaker or "").strip(), school))
    return tuple(found)


def programme(connection: Connection, key: int, day: date) -> Paper:
    """Return «Программа семинара». Errors: ``EVENT_UNKNOWN``."""
    from app.reports import work_events as paper

    card = events.card(connection, key, day)
    document = paper.programme(head(connection), facts_of(card), _lines(connection, card))
    return Paper("event_programme", _title("Программа", card), document, None, period=_period(card))


# --- the letter --------------------------------------------------------------------------------------------------


def invitation(connection: Connection, key: int, school_id: int, day: date) -> Paper:
    """Return the letter that invites a school, addressed to its head by name where the file knows it.

    Raises:
        UserError: ``EVENT_UNKNOWN``, ``GEN_NO_SCHOOL``.
    """
    from app.operations.register_work_events import EVENT_AUDIENCES
    from app.reports import work_events as paper

    card = events.card(connection, key, day)
    found = schools.card(connection, organisations.canonical(connection, school_id))
    mine = [row for row in work_events.people(connection, [key]).get(key, []) if row.organisation_id == found.school.id]
    order = list(EVENT_AUDIENCES)
    mine.sort(key=lambda row: order.index(row.audience or "other"))
    whom = tuple(
        f"{EVENT_AUDIENCES[row.audience or 'other']}{NBSP}— {row.invited}" for row in mine if row.invited
    )  # fmt: skip
    invited = paper.Invited(found.school.name, _to_head(connection, found), whom)
    document = paper.invitation(head(connection), facts_of(card), invited, _lines(connection, card))
    return Paper("event_invitation", _title("Приглашение", card), document, None, period=_period(card),
                 addressee=found.school.shown)  # fmt: skip


def _to_head(connection: Connection, card: organisations.SchoolCard) -> str:
    """Return «Директору Ивановой Марии Петровне»; «Руководителю» where nobody is appointed."""
    from app.analysis import russian

    present = [one for one in card.appointments if one.date_to is None]
    chosen = next((one for one in present if one.role.casefold().startswith(("директор", "заведующ"))), None)
    if chosen is None:
        return "Руководителю"
    own = next((one.name_cases for one in people.people(connection) if one.id == chosen.person_id), None)
    post = russian.post(chosen.role, "dative")
    return f"{capital(post)} {russian.person(chosen.person, 'dative', own=own)}"


# --- the list ----------------------------------------------------------------------------------------------------


def attendance(connection: Connection, key: int, what: str, day: date) -> Paper:
    """Return the list of those who came.

    Args:
        connection: reading connection.
        key: of the event.
        what: «names» with the names that are known and places to sign, «blank» to be filled in by hand, «filled» who
            was there.
        day: what counts as today.

    Raises:
        UserError: ``EVENT_UNKNOWN``.
    """
    from app.reports import work_events as paper

    card = events.card(connection, key, day)
    lines = () if what == "blank" else _guests(connection, card, filled=what == "filled")
    blank = 0 if what == "filled" else SPARE_ROWS if lines else max(BLANK_ROWS, card.line.invited or 0)
    document = paper.attendance(head(connection), facts_of(card), lines, filled=what == "filled", blank=min(blank, 200))
    return Paper("event_attendance", _title("Лист регистрации", card), document, None, period=_period(card))


def _guests(connection: Connection, card: EventCard, *, filled: bool) -> tuple[GuestLine, ...]:
    from app.reports.work_events import GuestLine

    known = {person.id: person for person in people.people(connection)}
    names = due_rows.names(connection)
    full = {key: person.full_name for key, person in known.items()}
    lines = []
    for guest in card.guests:
        person = known.get(guest.person_id or 0)
        post = guest.post or (person.position if person is not None else None) or ""
        name = event_certificates.name_of(guest, full)
        came = _CAME[guest.came] if filled and guest.came else ""
        if name or post or guest.organisation_id:
            school = names.get(guest.organisation_id or 0, "")
            present = guest.came in PRESENT
            lines.append(GuestLine(name, school, post.strip(), came, guest.certificate or "", present))
    return tuple(lines)


# --- the certificate ---------------------------------------------------------------------------------------------


def certificate(connection: Connection, key: int, guest: int, day: date) -> Paper:
    """Return the certificate of one guest; without a number it has a line to write it on.

    Raises:
        UserError: ``EVENT_UNKNOWN``, ``EVENT_CERT_GUEST``.
    """
    from app.reports import work_certificate as paper

    card = events.card(connection, key, day)
    data = event_certificates.certificate_of(connection, card.line.event, guest)
    document = paper.certificate(head(connection), data)
    return Paper("event_certificate", f"Сертификат: {data.name}", document, None, period=_period(card),
                 addressee=data.name)  # fmt: skip


# --- the report --------------------------------------------------------------------------------------------------


def report(connection: Connection, key: int, day: date) -> Paper:
    """Return the report of an event; names of guests stay inside. Errors: ``EVENT_UNKNOWN``."""
    from app.operations.register_work_events import EVENT_AUDIENCES
    from app.reports import work_events as paper

    card = events.card(connection, key, day)
    used = [code for code in EVENT_AUDIENCES if any(code in row.by for row in card.schools)]
    rows = tuple(_people(row, used) for row in card.schools)
    feedback = tuple(feedback_part(one) for one in event_feedback.of_event(connection, key).sheets)
    data = paper.EventReport(
        facts_of(card), _lines(connection, card), _came(card), tuple(EVENT_AUDIENCES[code] for code in used), rows,
        _totals(rows, card), _listed(card), feedback, (card.line.event.result or "").strip(),
        tuple(item.title or item.file_name or item.link or "" for item in card.attachments),
    )  # fmt: skip
    document = paper.report(head(connection), data)
    return Paper("event_report", _title("Справка о событии", card), document, None, period=_period(card))


def _people(row: SchoolPeople, used: Iterable[str]) -> PeopleLine:
    from app.reports.work_events import PeopleLine

    by = tuple(row.by.get(code) for code in used)
    return PeopleLine(row.school or _UNPLACED, row.invited, by, row.people, row.connections)


def _sum(values: Iterable[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _totals(rows: tuple[PeopleLine, ...], card: EventCard) -> PeopleLine | None:
    from app.reports.work_events import PeopleLine

    if not rows:
        return None
    by = tuple(_sum(row.by[place] for row in rows) for place in range(len(rows[0].by)))
    return PeopleLine("Всего", _sum(row.invited for row in rows), by, card.line.came, card.line.connections)


def _came(card: EventCard) -> str:
    """Return how many came: people and connections apart, how many were wanted; that nobody has said so."""
    line = card.line
    if not line.counted:
        return "Сколько человек пришло, пока не вписано."
    parts = []
    if line.came is not None:
        where = count(len(line.schools), "школы", "школ", "школ")
        parts.append(f"Участвовали {count(line.came, 'человек', 'человека', 'человек')}"
                     + (f" из {where}" if line.schools else ""))  # fmt: skip
    if line.connections is not None:
        links = count(line.connections, "подключение", "подключения", "подключений")
        parts.append(f"{'подключились' if parts else 'Подключились'} по ссылке: {links}")
    told = ", ".join(parts) + "."
    if line.came is not None and line.connections is not None:
        told += " Люди и подключения не складываются: за одним экраном может быть много людей."
    if line.event.wanted is not None:
        words = {"yes": "набралось", "no": "не набралось", "perhaps": "может быть, набралось", "unknown": "не известно"}
        told += f" Ждали не менее {line.event.wanted}: {words[line.reached or 'unknown']}."
    return told


def _listed(card: EventCard) -> str:
    if not card.guests:
        return ""
    present = sum(guest.came in PRESENT for guest in card.guests)
    given = sum(bool(guest.certificate) for guest in card.guests)
    told = f"В списке по именам {count(len(card.guests), 'человек', 'человека', 'человек')}, участвовали: {present}."
    return told + (f" Сертификатов выдано: {given}." if given else "")


def feedback_part(one: SheetFeedback) -> FeedbackPart:
    """Return one sheet of feedback as papers say it; words of respondents stay in the paper about the questionnaire."""
    from app.reports.work_events import NO_ANSWERS, AnswerPart, FeedbackPart

    if one.empty:
        return FeedbackPart(one.line.form.short, one.told, note=NO_ANSWERS)
    parts = []
    for item in one.found.items:
        if not item.choices:
            continue
        lines = survey_papers.part(item, one.found).lines
        answers = tuple(
            (line.text, line.number, f" ({percent(line.number, line.of)})" if line.of else "") for line in lines
        )
        parts.append(AnswerPart(item.item.text, item.answered, item.handed_in, answers, item.small))
    few = "Анкет мало: доля заметно меняется от одного ответа." if one.found.small else ""
    return FeedbackPart(one.line.form.short, one.told, tuple(parts), few)


def words(connection: Connection, keys: Iterable[int]) -> Mapping[int, str]:
    """Return event → what a list says of its feedback."""
    return event_feedback.told(connection, keys)
