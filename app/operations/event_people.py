"""Who came to an event: numbers by school, the list of names, who was present."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from app.errors import UserError
from app.models import registers as stored
from app.models import work_events
from app.models.store import Connection, Operation, Store
from app.operations import registers
from app.operations.event_marks import named
from app.operations.events import folded_name, head, kept_order
from app.operations.register_catalogue import column
from app.texts import count

GUEST, PEOPLE = "event_guest", "event_people"
_NAME = re.compile(r"[А-ЯЁA-Z][\w’'-]+(?:\s+[А-ЯЁA-Z](?:[\w’'-]*\.?)){1,3}|[А-ЯЁ][\w-]+\s+[А-ЯЁ]\.\s*[А-ЯЁ]?\.?")
_PUPIL = re.compile(
    r"\b(учени[кц]|учащ|обучающ|школьни[кц]|воспитанни[кц]|\d{1,2}\s*[-«\"]?[а-г]?[»\"]?\s*класс)", re.IGNORECASE
)
_ADULT = re.compile(r"учител|педагог|руковод|воспитател|директор|методист|психолог|логопед", re.IGNORECASE)
_HEADINGS = ("фио", "ф.и.о", "ф. и. о", "фамилия", "имя", "участник", "слушатель", "педагог")
_HEADED = 2
"""Only the first lines of a table can be its heading."""
_NUMBER = re.compile(r"\d{1,4}[.)]?")
_TOTAL = re.compile(r"(итого|всего)\b.*", re.IGNORECASE)
_CONTACT = re.compile(
    r"[\w.+-]{1,64}@[\w.-]{1,255}"
    r"|(?:(?:тел|моб)[а-я]{0,8}\.?:?\s?)?(?<!\d)(?:\+7|8)?[ (-]{0,3}\d{3}[ )-]{0,3}\d{3}(?:[ -]?\d{2}){2}(?!\d)",
    re.IGNORECASE,
)
_CELL = re.compile(r'"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*)')
"""One cell as Excel copies it: in quotes where there are tabs, lines or quotes inside. Quotes that nobody closes, or
with more text behind them, are signs like any other: else one lost quote would swallow all people below."""


def follow_in(operation: Operation, keys: Iterable[int]) -> None:
    """Tie lines of a list to the directory by their names, inside an operation of the caller.

    A name that exactly one person of the directory has is that person; whoever is not there stays a name in the list
    and becomes nobody's entry of the directory.
    """
    known: dict[str, list[int]] = {}
    for person, name in stored.people(operation.connection).items():
        known.setdefault(folded_name(name), []).append(person)
    for key in keys:
        row = stored.row(operation.connection, GUEST, key)
        if row is None:
            continue
        found = known.get(folded_name(row["name"] or ""), [])
        meant = found[0] if len(found) == 1 else None
        if row["person_id"] != meant:
            operation.update(GUEST, key, person_id=meant)


# --- numbers by school -------------------------------------------------------------------------------------------


def add_schools(store: Store, key: int, schools: Iterable[int], audience: str | None = "teachers") -> int:
    """Write a line for each school that has none of this category yet; returns how many were written.

    Args:
        store: the open file.
        key: of the event.
        schools: whose lines are wanted, for example all schools of the list.
        audience: category of the new lines; None leaves it open.

    Raises:
        UserError: ``EVENT_UNKNOWN``, ``EVENT_NO_SCHOOLS``.
    """
    event = head(store.connection, key)
    wanted = set(schools)
    if not wanted:
        raise UserError("EVENT_NO_SCHOOLS")
    there = {row.organisation_id for row in work_events.people(store.connection, [key]).get(key, ())
             if row.audience == audience}  # fmt: skip
    new = [school for school in kept_order(store.connection) if school in wanted - there]
    if not new:
        return 0
    told = count(len(new), "школа", "школы", "школ")
    with store.operation(f"{named(event)}: участники, {told}", "events.schools") as operation:
        for school in new:
            operation.insert(PEOPLE, event_id=key, organisation_id=school, audience=audience)
    return len(new)


def put_school(store: Store, key: int, school: int, audience: str | None, texts: Mapping[str, str | None]) -> int:
    """Write how many of a category came from a school, into its line or a new one; returns the key of the line.

    Args:
        store: the open file.
        key: of the event.
        school: canonical record.
        audience: category.
        texts: «invited», «came», «connections» as typed; None leaves what stands there.

    Raises:
        UserError: ``EVENT_UNKNOWN``.
    """
    event = head(store.connection, key)
    there = [row.id for row in work_events.people(store.connection, [key]).get(key, ())
             if (row.organisation_id, row.audience) == (school, audience)]  # fmt: skip
    with store.operation(f"{named(event)}: участники", "events.people") as operation:
        row = there[0] if there else operation.insert(PEOPLE, event_id=key, organisation_id=school, audience=audience)
        told = {name: text for name, text in texts.items() if text is not None}
        return registers.put_in(operation, "event_people", {"event_id": key}, row, told) if told else row


# --- the list of names -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Named:
    """One line of a list that was pasted: texts of its cells."""

    name: str
    school: str = ""
    post: str = ""


@dataclass(frozen=True, slots=True)
class Pasted:
    """What became of a pasted list.

    Attributes:
        added: new lines; ``known`` were on the list already.
        pupils: lines that speak of pupils: they are never kept by name.
        unknown: spellings of schools that the registry does not have; they stand in the grid, marked.
    """

    added: int
    known: int
    pupils: int
    unknown: tuple[str, ...]


def read_list(connection: Connection, text: str) -> tuple[list[Named], int]:
    """Return the people of a pasted list and how many lines of pupils were left out.

    A line has its parts between tabs, as Excel copies them, else between semicolons or commas: name, school, post in
    any order. A heading, a line of totals and the column of numbers are known for what they are. Telephones and mail
    addresses are nothing that a list of participants needs: they are left out.
    """
    found: list[Named] = []
    pupils = 0
    known: dict[str, bool] = {}
    for place, parts in enumerate(_rows(text)):
        line = " ".join(parts)
        if _PUPIL.search(line) and not _ADULT.search(line):
            pupils += 1
        elif (
            parts
            and not _TOTAL.fullmatch(line)
            and not (place < _HEADED and any(part.casefold().startswith(_HEADINGS) for part in parts))
        ):
            found.append(_named(connection, parts, known))
    return [item for item in found if item.name], pupils


def _rows(text: str) -> list[list[str]]:
    plain = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    rows = _excel_rows(plain) if "\t" in plain else [re.split(r"\s*[;,]\s*", line) for line in plain.split("\n")]
    cells = [[" ".join(_CONTACT.sub(" ", part).split()) for part in row] for row in rows]
    return [[part for part in row if part and not _NUMBER.fullmatch(part)] for row in cells]


def _excel_rows(plain: str) -> list[list[str]]:
    """Return the cells of a text from a table."""
    rows: list[list[str]] = [[]]
    place = 0
    while place <= len(plain):
        found = _CELL.match(plain, place)
        if found is None:  # the pattern takes an empty cell, too
            break
        quoted, bare = found.groups()
        rows[-1].append(quoted.replace('""', '"') if quoted is not None else bare)
        place = found.end()
        if plain[place : place + 1] == "\n":
            rows.append([])
        place += 1
    return rows


def _named(connection: Connection, parts: list[str], known: dict[str, bool]) -> Named:
    """Tell name, school and post of a line apart: by the shape of a name, by the registry, the rest is the post."""
    name = next((part for part in parts if _NAME.fullmatch(part)), parts[0])
    rest = [part for part in parts if part is not name]
    school = next((part for part in rest if _is_school(connection, part, known)), None)
    if school is None:
        school = next((part for part in rest if _looks_like_school(part)), None)
    return Named(name, school or "", ", ".join(part for part in rest if part is not school))


def _is_school(connection: Connection, text: str, known: dict[str, bool]) -> bool:
    if text not in known:
        from app.operations import schools

        try:
            schools.find(connection, text)
            known[text] = True
        except UserError:
            known[text] = False
    return known[text]


def _looks_like_school(text: str) -> bool:
    folded = text.casefold()
    return any(word in folded for word in ("школа", "гимнази", "лице", "сош", "оош", "нош", "сад", "№"))


def paste(store: Store, key: int, text: str, *, came: str | None = None) -> Pasted:
    """Put a pasted list beside the names an event has already: one operation, one step back.

    Args:
        store: the open file.
        key: of the event.
        text: see ``read_list``.
        came: mark of the new lines: «yes», «online», «no», None.

    Raises:
        UserError: ``EVENT_UNKNOWN``, ``EVENT_NOBODY``.
    """
    event = head(store.connection, key)
    people, pupils = read_list(store.connection, text)
    if not people:
        raise UserError("EVENT_NOBODY", pupils=pupils)
    there = {_who(row.name, row.organisation_id) for row in work_events.guests(store.connection, [key]).get(key, ())}
    place = column(registers.register("event_guests"), "organisation_id")
    meant = {text: registers.read_entry(store.connection, place, text) for text in {one.school for one in people}}
    fresh: list[Named] = []
    for one in people:
        who = _who(one.name, meant[one.school][0])
        if who not in there:
            there.add(who)
            fresh.append(one)
    if fresh:
        told = count(len(fresh), "человек", "человека", "человек")
        with store.operation(f"{named(event)}: в список вписано {told}", "events.paste") as operation:
            follow_in(operation, [_write(operation, key, one, *meant[one.school], came) for one in fresh])
    unknown = [one.school for one in fresh if meant[one.school][1] is not None]
    return Pasted(len(fresh), len(people) - len(fresh), pupils, tuple(dict.fromkeys(unknown)))


def _write(
    operation: Operation, key: int, one: Named, school: int | None, code: str | None, came: str | None
) -> int:  # fmt: skip
    """Write one name; a school that nobody knows stands in its cell as it was pasted. Returns the key."""
    row = registers.add_in(operation, "event_guests", {"event_id": key}, name=one.name, organisation_id=school,
                           post=one.post or None, came=came)  # fmt: skip
    if code is not None:
        where = stored.draft_table(GUEST, {"event_id": key})
        stored.put_entry(operation, where, row, "organisation_id", one.school, code)
    return row


def add_members(store: Store, key: int, today: date) -> int:
    """Put who is in the body of an event on its day beside the names it has already; returns how many came in.

    Nobody is marked as present. Whoever is on the list, by the directory or by name and school, is not put twice.

    Args:
        store: the open file.
        key: of the event.
        today: whose members are taken where the event has no day yet.

    Raises:
        UserError: ``EVENT_UNKNOWN``, ``EVENT_OF_NO_BODY``, ``EVENT_NO_MEMBERS``.
    """
    from app.operations import bodies

    event = head(store.connection, key)
    if event.body_id is None:
        raise UserError("EVENT_OF_NO_BODY")
    day = today if event.date_from is None else date.fromisoformat(event.date_from)
    members = bodies.members_on(store.connection, event.body_id, day)
    if not members:
        raise UserError("EVENT_NO_MEMBERS", body=work_events.bodies(store.connection).get(event.body_id, ""))
    guests = work_events.guests(store.connection, [key]).get(key, ())
    persons = {guest.person_id for guest in guests}
    there = {_who(guest.name, guest.organisation_id) for guest in guests}
    new = {one.person_id: one for one in reversed(members)
           if one.person_id not in persons and _who(one.name, one.school_id) not in there}  # fmt: skip
    if not new:
        return 0
    told = count(len(new), "человек", "человека", "человек")
    with store.operation(f"{named(event)}: из состава объединения вписано {told}", "events.members") as operation:
        for one in reversed(new.values()):
            registers.add_in(operation, "event_guests", {"event_id": key}, name=one.name, person_id=one.person_id,
                             organisation_id=one.school_id, post=one.post or None)  # fmt: skip
    return len(new)


def _who(name: str | None, school: int | None) -> tuple[str, int | None]:
    return folded_name(name or ""), school


def present(store: Store, key: int, guests: Iterable[int], came: str | None) -> int:
    """Mark people of a list: «yes», «online», «no», None takes the mark away; returns how many have changed.

    Raises:
        UserError: ``EVENT_UNKNOWN``, ``EVENT_NO_GUEST``.
    """
    event = head(store.connection, key)
    rows = {guest.id: guest for guest in work_events.guests(store.connection, [key]).get(key, ())}
    wanted = list(dict.fromkeys(guests))
    if not set(wanted) <= rows.keys():
        raise UserError("EVENT_NO_GUEST")
    changed = [row for row in wanted if rows[row].came != came]
    if changed:
        told = count(len(changed), "человек", "человека", "человек")
        with store.operation(f"{named(event)}: отмечено, кто был, {told}", "events.present") as operation:
            for row in changed:
                stored.forget_entries(operation, GUEST, row, ["came"])
                operation.update(GUEST, row, came=came)
    return len(changed)
