"""Certificates of those who took part in an event: numbers that are given once, and what the certificate says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app import clock
from app.errors import UserError
from app.models import due_rows, event_certificates, people
from app.models import work_events as stored
from app.models.store import Connection, Store
from app.models.work_events import Event, Guest
from app.operations import events
from app.operations.events import PRESENT, folded_name
from app.texts import NBSP, capital, count, quoted

if TYPE_CHECKING:
    from app.reports.work_certificate import Certificate

MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
    "декабря",
)  # fmt: skip
_GENERAL = "мероприятие"
_WHERE = {"round_table": "в работе круглого стола", "hearing": "в публичном заслушивании"}
_VERBS = {"male": "принял участие", "female": "приняла участие", None: "принял(а) участие"}
_SPOKE = {"male": "выступил", "female": "выступила", None: "выступил(а)"}


@dataclass(frozen=True, slots=True)
class Receiver:
    """One who took part and can have a certificate; ``number`` is None where none was given yet."""

    key: int
    name: str
    school: str
    number: str | None


# --- words of an event -------------------------------------------------------------------------------------------


def event_word(kind: str) -> str:
    """Return the form of an event as papers name it: «семинар»; of another form «мероприятие»."""
    from app.operations.register_work_events import EVENT_WORDS

    return _GENERAL if kind == "other" else EVENT_WORDS[kind]


def took_part_in(kind: str) -> str:
    """Return «в семинаре», «в работе круглого стола»."""
    from app.analysis import russian

    known = _WHERE.get(kind)
    if known is not None:
        return known
    return f"в{NBSP}{russian.inflect(event_word(kind), 'prepositional')}"


def titled(kind: str, title: str | None) -> str:
    """Return the title of an event as it stands after its form, which is never said twice; "" of none.

    Of a seminar both «Дроби» and «Семинар „Дроби“» give the title in quotation marks; «Стажировка в лицее» of an
    internship goes on with «в лицее».
    """
    told = " ".join((title or "").split())
    form = form_said(event_word(kind), told)
    if not form:
        return quoted(told) if told else ""
    rest = told[len(form) :].strip()
    if rest.startswith("«") and rest.endswith("»"):
        return quoted(rest[1:-1])
    plain = rest.strip(":—–-. ")
    return "" if not plain else plain if plain == rest and plain[:1].islower() else quoted(capital(plain))


def form_said(word: str, title: str) -> str:
    """Return the form of an event with which its title begins: «мастерская» of «Мастерская „Дроби“»; "" of none."""
    for form in (word, word.rsplit(maxsplit=1)[-1]):
        if title.casefold().startswith(form) and not title[len(form) : len(form) + 1].isalpha():
            return form
    return ""


def day_words(first: str | None, last: str | None = None) -> str:
    """Return «18 ноября 2026 года», «18–20 ноября 2026 года», «30 ноября — 2 декабря 2026 года»; "" without a day."""
    if first is None:
        return ""
    begin, end = date.fromisoformat(first), date.fromisoformat(last or first)
    tail = f"{end.day}{NBSP}{MONTHS[end.month - 1]} {end.year}{NBSP}года"
    if end <= begin:
        return f"{begin.day}{NBSP}{MONTHS[begin.month - 1]} {begin.year}{NBSP}года"
    if (begin.year, begin.month) == (end.year, end.month):
        return f"{begin.day}–{tail}"
    year = "" if begin.year == end.year else f" {begin.year}{NBSP}года"
    return f"{begin.day}{NBSP}{MONTHS[begin.month - 1]}{year}{NBSP}— {tail}"


# --- numbers -----------------------------------------------------------------------------------------------------


def name_of(guest: Guest, known: dict[int, str]) -> str:
    """Return the name of a guest: as the directory has it, else as the list does."""
    return " ".join((known.get(guest.person_id or 0) or guest.name or "").split())


def receivers(connection: Connection, key: int) -> tuple[Receiver, ...]:
    """Return who of an event's list took part, in its order; lines without a name are left out."""
    known = {person.id: person.full_name for person in people.people(connection)}
    names = due_rows.names(connection)
    return tuple(
        Receiver(guest.id, name, names.get(guest.organisation_id or 0, ""), guest.certificate or None)
        for guest in stored.guests(connection, [key]).get(key, [])
        if guest.came in PRESENT and (name := name_of(guest, known))
    )


def give(store: Store, key: int, guests: Iterable[int] | None = None) -> int:
    """Give numbers of certificates to those who took part and have none yet; one step; returns to how many.

    A number is the calendar year of the event and a running number of that year: «2026-014». It is never given twice,
    also where the line that had it was deleted since.

    Args:
        store: the open file.
        key: of the event.
        guests: lines of its list; all of them where None.

    Raises:
        UserError: ``EVENT_UNKNOWN``; ``EVENT_CERT_NOBODY`` where nobody is marked as having taken part;
            ``EVENT_CERT_CANCELLED``.
    """
    connection = store.connection
    event = events.head(connection, key)
    title = quoted((event.title or "").strip() or "без названия")
    if event.state == "cancelled":
        raise UserError("EVENT_CERT_CANCELLED", event=title)
    present = receivers(connection, key)
    if not present:
        raise UserError("EVENT_CERT_NOBODY", event=title)
    wanted = None if guests is None else set(guests)
    waiting = [one for one in present if one.number is None and (wanted is None or one.key in wanted)]
    if not waiting:
        return 0
    year = int((event.date_from or clock.today().isoformat())[:4])
    number = _last(connection, year)
    told = count(len(waiting), "сертификат", "сертификата", "сертификатов")
    with store.operation(f"Выданы номера: {told}, {title}", "event.certificates") as operation:
        for place, one in enumerate(waiting, start=1):
            operation.update(event_certificates.GUEST, one.key, certificate=f"{year}-{number + place:03}")
    return len(waiting)


def _last(connection: Connection, year: int) -> int:
    known = (*event_certificates.numbers(connection, year), *event_certificates.given(connection, year))
    tails = (text.partition("-")[2] for text in known)
    return max((int(tail) for tail in tails if tail.isdecimal() and len(tail) < 7), default=0)


# --- what it says ------------------------------------------------------------------------------------------------


def certificate_of(connection: Connection, event: Event, guest_key: int) -> Certificate:
    """Return what the certificate of one guest says.

    The name stays in the nominative; verb and form of the event agree with it. Where neither the name nor the
    patronymic tells the gender, both endings stand: «принял(а)».

    Raises:
        UserError: ``EVENT_CERT_GUEST`` where the line is not in the list of the event, or has no name.
    """
    from app.analysis import russian
    from app.reports.work_certificate import Certificate

    known = {person.id: person for person in people.people(connection)}
    guest = next((one for one in stored.guests(connection, [event.id]).get(event.id, []) if one.id == guest_key), None)
    name = "" if guest is None else name_of(guest, {key: one.full_name for key, one in known.items()})
    if guest is None or not name:
        raise UserError("EVENT_CERT_GUEST")
    person = known.get(guest.person_id or 0)
    post = (guest.post or (person.position if person is not None else "") or "").strip()
    names = due_rows.names(connection)
    school = names.get(guest.organisation_id or 0, "")
    gender = russian.gender_of(name)
    did = f"{_VERBS[gender]} {took_part_in(event.kind)} {titled(event.kind, event.title)}".strip()
    said = tuple(
        " ".join((item.topic or "").split()) for item in stored.items(connection, [event.id]).get(event.id, [])
        if item.topic and _speaks(item.speaker or "", name)
    )  # fmt: skip
    topics = ", ".join(quoted(one) for one in said)
    topic = f"и {_SPOKE[gender]} с{NBSP}{'темой' if len(said) == 1 else 'темами'} {topics}" if said else ""
    host = names.get(event.host_id or 0, "")
    where = ", ".join(part for part in (host, (event.place or "").strip()) if part)
    return Certificate(
        guest.certificate or "", name, ", ".join(part for part in (post, school) if part), did,
        day_words(event.date_from, event.date_to), where, topic,
    )  # fmt: skip


def _speaks(speakers: str, name: str) -> bool:
    """Tell whether a cell with one or several speakers names somebody in full."""
    told = (folded_name(part) for part in speakers.replace(";", ",").split(","))
    return folded_name(name) in tuple(told)
