"""Who helps whom: agreements with their joint events, tutors and curators with their schools (004, 001 № 7 and 8)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from app.models import organisations, ties
from app.models import registers as stored
from app.models.store import Connection, Store
from app.models.ties import Tie
from app.operations import registers
from app.operations.matching import fold
from app.operations.tie_grids import STATE_WORDS
from app.texts import count, school_year

Shown = Literal["ok", "planned", "expired", "unnumbered", "ended", "broken"]
SHOWN_WORDS: Mapping[Shown, str] = {
    "ok": "действует",
    "planned": "готовится",
    "expired": "срок истёк",
    "unnumbered": "нет реквизитов",
    "ended": "завершено",
    "broken": "расторгнуто",
}
IN_FORCE: frozenset[Shown] = frozenset({"ok", "expired", "unnumbered"})
"""States in which the help goes on; the middle two ask for a pen."""
_TIED = frozenset({"existing", "agreed"})


@dataclass(frozen=True, slots=True)
class JointEvent:
    """One joint event of an agreement."""

    id: int
    title: str
    planned_on: str | None
    held_on: str | None
    participants: int | None
    product: str


@dataclass(frozen=True, slots=True)
class Partnership:
    """One agreement.

    Attributes:
        receiver_id: canonical school; None where nobody is named yet.
        donor: as it was written; ``donor_id`` where it is an organisation of the file.
        shown: its state on a day, with what it lacks.
        participants: of the events that are held; None where no event says.
    """

    id: int
    receiver_id: int | None
    receiver: str
    donor: str
    donor_id: int | None
    donor_kind: str | None
    number: str
    dated: str | None
    topic: str
    date_from: str | None
    date_to: str | None
    shown: Shown
    events: tuple[JointEvent, ...]

    @property
    def word(self) -> str:
        """Return the state in a word."""
        return SHOWN_WORDS[self.shown]

    @property
    def held(self) -> int:
        """Return how many events are held."""
        return sum(event.held_on is not None for event in self.events)

    @property
    def participants(self) -> int | None:
        """Return the participants of the events that are held; None where no event says."""
        known = [event.participants for event in self.events if event.held_on and event.participants is not None]
        return sum(known) if known else None


@dataclass(frozen=True, slots=True)
class Duty:
    """One school of a tutor or curator."""

    school_id: int
    school: str
    role: str
    act: str
    date_from: str | None
    date_to: str | None


@dataclass(frozen=True, slots=True)
class Supporter:
    """A tutor or curator with the schools of one school year."""

    person_id: int
    name: str
    duties: tuple[Duty, ...]

    @property
    def schools(self) -> tuple[int, ...]:
        """Return the schools, each once."""
        return tuple(dict.fromkeys(duty.school_id for duty in self.duties))


def names(connection: Connection) -> dict[int, str]:
    """Return organisation → shown name, of every organisation of the file."""
    return {school.id: school.shown for school in organisations.listing(connection, own=None, kind=None)}


def ranks(shown: Mapping[int, str]) -> dict[int | None, int]:
    """Return organisation → its place in the file's own order; what is not there comes last (``len``)."""
    return {key: place for place, key in enumerate(shown)}


# --- agreements --------------------------------------------------------------------------------------------------


def partnerships(connection: Connection, year: int, day: date) -> tuple[Partnership, ...]:
    """Return the agreements of a school year with their joint events.

    Args:
        connection: reading connection.
        year: first calendar year of the school year.
        day: the day on which a term is over or not.
    """
    rows = registers.rows(connection, "partnerships", school_year=year)
    if not rows:
        return ()
    shown = names(connection)
    by_name = {fold(name): key for key, name in reversed(shown.items())}
    merged = organisations.canonical_map(connection)
    events: dict[int, list[JointEvent]] = {}
    for event in stored.rows(connection, "partnership_event", None, ("position",)):
        events.setdefault(event["partnership_id"], []).append(_event(event))
    return tuple(
        _partnership(
            row | {"donor_id": merged.get(row["donor_id"], row["donor_id"])}, shown, by_name,
            tuple(events.get(row["id"], ())), day.isoformat(),
        )
        for row in rows
    )  # fmt: skip


def _event(row: Mapping[str, Any]) -> JointEvent:
    return JointEvent(
        row["id"], row["title"] or "", row["planned_on"], row["held_on"], row["participants"], row["product"] or ""
    )


def _partnership(
    row: Mapping[str, Any], shown: Mapping[int, str], by_name: Mapping[str, int], events: tuple[JointEvent, ...],
    day: str,
) -> Partnership:  # fmt: skip
    donor = row["donor"] or shown.get(row["donor_id"] or 0, "")
    receiver = row["receiver_id"]
    return Partnership(
        row["id"], receiver, shown.get(receiver or 0, ""), donor, row["donor_id"] or by_name.get(fold(donor)),
        row["donor_kind"], row["number"] or "", row["dated"], row["topic"] or "", row["date_from"], row["date_to"],
        _shown(row, day), events,
    )  # fmt: skip


def _shown(row: Mapping[str, Any], day: str) -> Shown:
    match row["state"]:
        case "planned" | "ended" | "broken" as state:
            return state  # type: ignore[no-any-return]
        case _ if row["date_to"] and row["date_to"] < day:
            return "expired"
        case _ if not (row["number"] and row["dated"]):
            return "unnumbered"
        case _:
            return "ok"


def untaken_ties(connection: Connection, year: int) -> tuple[Tie, ...]:
    """Return what schools have agreed in «Кто поможет» and the register of agreements does not name yet."""
    rows = registers.rows(connection, "partnerships", school_year=year)
    taken = {row["tie_id"] for row in rows}
    # carried into a new year an agreement names no tie: two schools and the topic say that it is this one
    merged = organisations.canonical_map(connection)
    named = {(merged.get(row["donor_id"], row["donor_id"]), row["receiver_id"], row["topic"]) for row in rows}
    return tuple(
        tie
        for tie in ties.ties(connection, (year,))
        if tie.state in _TIED and tie.id not in taken and (tie.donor_id, tie.receiver_id, tie_topic(tie)) not in named
    )


def take_ties(store: Store, year: int) -> int:
    """Write into the register the agreements that «Кто поможет» holds; returns how many.

    One operation; what the register names already is not written again.
    """
    found = untaken_ties(store.connection, year)
    if not found:
        return 0
    told = count(len(found), "договорённость", "договорённости", "договорённостей")
    with store.operation(f"В реестр соглашений, {school_year(year)}: {told}", "partnerships.take") as operation:
        for tie in found:
            values = {
                "donor_kind": "school", "donor": tie.donor, "donor_id": tie.donor_id, "receiver_id": tie.receiver_id,
                "number": tie.act_number, "dated": tie.act_date, "topic": tie_topic(tie), "tie_id": tie.id,
                "note": tie.note,
            }  # fmt: skip
            kept = {name: value for name, value in values.items() if value is not None}
            registers.add_in(operation, "partnerships", {"school_year": year}, **kept)
    return len(found)


def tie_topic(tie: Tie) -> str:
    """Return what a tie is about: «Математика, 6 класс», «любой предмет»."""
    subject = tie.subject or "Любой предмет"
    return f"{subject}, {tie.grade} класс" if tie.grade else subject


def tie_words(tie: Tie) -> str:
    """Return «Лицей № 4 → СОШ № 5: русский язык, уже помогает»."""
    topic = tie_topic(tie)
    return f"{tie.donor} → {tie.receiver}: {topic[:1].lower()}{topic[1:]}, {STATE_WORDS[tie.state]}"


# --- people ------------------------------------------------------------------------------------------------------


def supporters(connection: Connection, year: int) -> tuple[Supporter, ...]:
    """Return tutors and curators who have a school in a school year, those with most schools first.

    A duty belongs to the year where its dates meet 1 September – 31 August; one without dates belongs to every year.
    """
    begin, end = f"{year}-09-01", f"{year + 1}-08-31"
    shown, people = names(connection), stored.people(connection)
    duties: dict[int, list[Duty]] = {}
    for row in registers.rows(connection, "supporters"):
        if (row["date_from"] or begin) <= end and (row["date_to"] or end) >= begin:
            key = row["organisation_id"]
            duty = Duty(key, shown.get(key, ""), row["role"], row["act"] or "", row["date_from"], row["date_to"])
            duties.setdefault(row["person_id"], []).append(duty)
    rank = ranks(shown)
    found = [
        Supporter(
            key,
            people.get(key, ""),
            tuple(sorted(items, key=lambda duty: (rank.get(duty.school_id, len(rank)), duty.role))),
        )
        for key, items in duties.items()
    ]
    return tuple(sorted(found, key=lambda item: (-len(item.schools), item.name)))


def on_day(supporting: Iterable[Supporter], year: int, day: date) -> tuple[Supporter, ...]:
    """Return those whose duties are held on a day, each with these duties only.

    Args:
        supporting: of a school year.
        year: its first calendar year; a day outside it stands for its nearest day.
        day: as it is asked for.
    """
    when = min(max(day.isoformat(), f"{year}-09-01"), f"{year + 1}-08-31")
    held = (
        replace(item, duties=tuple(
            duty for duty in item.duties if (duty.date_from or when) <= when <= (duty.date_to or when)
        ))
        for item in supporting
    )  # fmt: skip
    return tuple(item for item in held if item.duties)


def without_supporter(supporting: Iterable[Supporter], schools: Iterable[int]) -> tuple[int, ...]:
    """Return the schools of a list that nobody leads."""
    covered = {key for item in supporting for key in item.schools}
    return tuple(key for key in schools if key not in covered)
