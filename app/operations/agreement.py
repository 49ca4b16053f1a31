"""Agreement of a list: with whom, what they answered, the protocol, the road map of the year (domain §3.4).

While a list is approved, nothing of its agreement is changed: approval is cancelled first (decision 17).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from app import clock
from app.errors import UserError
from app.models import agreement as stored
from app.models import lists, organisations, people, results
from app.models.agreement import EMPTY, PROTOCOL, TABLES, Meeting, Member, Party, Protocol, RoadMapItem, Stored
from app.models.lists import Approval
from app.models.people import Body
from app.models.store import Connection, Operation, Store
from app.operations import agreement_grids as grids
from app.operations import agreement_state as state
from app.operations import identification
from app.operations.agreement_grids import GridColumn
from app.operations.agreement_state import ListFacts, Step
from app.operations.identification import SchoolList, refuse_if_approved
from app.paths import resources
from app.texts import count, ru_date

Cell = tuple[int, str, str]
"""(key of the row, column, text as typed); a key below nought is a row that is new."""

_ROLES = (("зам", "deputy"), ("председ", "chair"), ("секрет", "secretary"), ("приглаш", "invited"))
_YEAR = re.compile(r"\b(20\d{2})(?:/(\d{2}))?\b")


@dataclass(frozen=True, slots=True)
class Before:
    """How many parties and activities the nearest earlier list has, to be taken over; its years."""

    parties: int = 0
    parties_year: int | None = None
    items: int = 0
    items_year: int | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """The whole way of one list.

    Attributes:
        stored: parties, meetings, protocol, road map; of an approved list as they were frozen.
        steps: the six steps with their states.
        missing: what is not done yet, in sentences.
        warnings: what contradicts itself.
        next_things: what comes next.
        sentence: the state in one sentence.
        approval: in force, else None.
        bodies: groups of the directory that a protocol can be of.
    """

    rule_id: str
    year: int
    found: SchoolList | None
    stored: Stored
    steps: tuple[Step, ...]
    missing: tuple[str, ...]
    warnings: tuple[str, ...]
    next_things: tuple[str, ...]
    sentence: str
    approval: Approval | None
    before: Before
    bodies: tuple[Body, ...]

    @property
    def parties(self) -> tuple[Party, ...]:
        """Who agrees."""
        return self.stored.parties

    @property
    def protocol(self) -> Protocol | None:
        """The protocol, if one was begun."""
        return self.stored.protocol

    @property
    def road_map(self) -> tuple[RoadMapItem, ...]:
        """The activities of the year."""
        return self.stored.road_map


def of_list(connection: Connection, rule_id: str, year: int, *, today: date | None = None) -> Agreement:
    """Return how far the agreement of a list has come; of an approved list as it was frozen with it.

    Raises:
        UserError: ``RULE_NOT_FOUND``.
    """
    approval = lists.approval_in_force(connection, rule_id, year)
    found = None
    if approval is not None or year in results.years(connection):
        found = identification.school_list(connection, rule_id, year, with_change=False)
    kept = stored.read(connection, rule_id, year) if approval is None else frozen(connection, approval)
    facts = _facts(connection, rule_id, year, found)
    made, day = state.steps(kept, facts, approval), today or clock.today()
    return Agreement(
        rule_id, year, found, kept, made,
        missing=state.missing(kept, day) if approval is None else (),
        warnings=state.warnings(kept, facts) if approval is None else (),
        next_things=state.next_thing(kept, made, day),
        sentence=state.sentence(kept, made, approval),
        approval=approval,
        before=_before(connection, rule_id, year),
        bodies=tuple(people.bodies(connection)),
    )  # fmt: skip


def _facts(connection: Connection, rule_id: str, year: int, found: SchoolList | None) -> ListFacts:
    if found is None:
        return ListFacts(None, 0, len(lists.corrections(connection, rule_id, year)))
    totals = found.totals
    since = stored.known_since(connection, rule_id, year) if found.approval is None else None
    return ListFacts(totals.listed, totals.schools, totals.corrected, since)


def _before(connection: Connection, rule_id: str, year: int) -> Before:
    found: dict[str, tuple[int, int | None]] = {}
    for part in ("party", "road_map"):
        last = stored.year_before(connection, part, rule_id, year)
        if last is None:
            found[part] = 0, None
        else:
            rows = stored.read(connection, *last)
            found[part] = len(rows.parties if part == "party" else rows.road_map), last[1]
    return Before(*found["party"], *found["road_map"])


# --- freezing ----------------------------------------------------------------------------------------------------


def to_freeze(connection: Connection, rule_id: str, year: int, today: date) -> dict[str, Any]:
    """Return what of the agreement is frozen with the list: its rows and what was missing that day."""
    kept = stored.read(connection, rule_id, year)
    facts = ListFacts(None, 0, 0, stored.known_since(connection, rule_id, year))
    return {
        "parties": [asdict(item) for item in kept.parties],
        "meetings": [asdict(item) for item in kept.meetings],
        "protocol": asdict(kept.protocol) if kept.protocol else None,
        "road_map": [asdict(item) for item in kept.road_map],
        "missing": [*state.missing(kept, today), *state.warnings(kept, facts)],
    }


def frozen(connection: Connection, approval: Approval) -> Stored:
    """Return the agreement as it was frozen; lists approved before there was one have an empty one."""
    kept = lists.snapshot(connection, approval.snapshot_id).get("agreement")
    if kept is None:
        return Stored()
    protocol = kept["protocol"]
    if protocol is not None:
        protocol = Protocol(**(protocol | {"members": tuple(Member(**item) for item in protocol["members"])}))
    return Stored(
        tuple(Party(**item) for item in kept["parties"]),
        tuple(Meeting(**item) for item in kept["meetings"]),
        protocol,
        tuple(RoadMapItem(**item) for item in kept["road_map"]),
    )


def protocol_words(protocol: Protocol | None) -> str:
    """Return the protocol as the list names it: «Протокол от 25.11.2026 № 4 (рабочая группа …)»; "" of none."""
    if protocol is None or not (protocol.number and protocol.dated):
        return ""
    head = f"Протокол от {ru_date(protocol.dated)} № {protocol.number}"
    return f"{head} ({protocol.body})" if protocol.body else head


# --- editing -----------------------------------------------------------------------------------------------------


def put_cells(store: Store, rule_id: str, year: int, part: str, cells: Iterable[Cell]) -> dict[int, int]:
    """Write cells of a grid: one operation, one step back; entries that do not fit stay as drafts.

    Args:
        store: the open file.
        rule_id: of the list.
        year: result year of the list.
        part: «party», «meeting», «member» or «road_map».
        cells: see ``Cell``; each key below nought makes a row of its own.

    Returns:
        key below nought → key of the row that was made.

    Raises:
        UserError: ``GEN_APPROVED``, ``DATA_AGR_NO_COLUMN``, ``DATA_AGR_NO_ROW``.
    """
    refuse_if_approved(store.connection, rule_id, year)
    typed = {(key, column): text for key, column, text in cells}
    _known_rows(store.connection, rule_id, year, part, {key for key, _column in typed if key > 0})
    # an empty entry alone makes no row
    typed = {place: text for place, text in typed.items() if place[0] > 0 or text.strip()}
    if not typed:
        return {}
    (key, name), single = next(iter(typed)), len(typed) == 1
    what = f"«{grids.column(part, name).title}»" if single else count(len(typed), "ячейка", "ячейки", "ячеек")
    label = f"Список за {year} год, {grids.PART_WORDS[part]}: {what}"
    merge = f"agreement:{part}:{key}:{name}" if single and key > 0 else None
    made: dict[int, int] = {}
    with store.operation(label, "agreement.edit", merge=merge) as operation:
        for (row, name), text in typed.items():
            if row < 0 and row not in made:
                made[row] = stored.add(operation, part, rule_id, year)
            _put(operation, TABLES[part], made.get(row, row), grids.column(part, name), text, EMPTY[part])
    return made


def _put(operation: Operation, table: str, key: int, item: GridColumn, text: str, empty: Mapping[str, Any]) -> None:
    """Write one entry, or keep it as a draft where it does not fit."""
    value, code = grids.read_entry(operation.connection, item, text)
    if code is not None:
        organisations.put_draft(operation, table, key, item.key, text.strip(), code)
        return
    organisations.drop_draft(operation, table, key, item.key)
    if value is None and item.key in empty:
        value = empty[item.key]
    operation.update(table, key, **{item.key: value})


def _known_rows(connection: Connection, rule_id: str, year: int, part: str, keys: set[int]) -> None:
    known = {line.key for line in grids.lines(stored.read(connection, rule_id, year), part)}
    for key in keys - known:
        raise UserError("DATA_AGR_NO_ROW", number=key)


def put_draft(store: Store, rule_id: str, year: int, part: str, key: int, column: str, raw: str) -> None:
    """Keep half-typed text of a cell (decision 18); "" forgets it. ``part`` «protocol» means its form.

    Raises:
        UserError: ``GEN_APPROVED``, ``DATA_AGR_NO_COLUMN``, ``DATA_AGR_NO_ROW``.
    """
    refuse_if_approved(store.connection, rule_id, year)
    item = grids.column(part, column)
    if part != "protocol":
        _known_rows(store.connection, rule_id, year, part, {key})
    with store.operation("Набран текст", "agreement.draft", merge=f"agreement:{part}:{key}:{column}") as operation:
        table = TABLES.get(part, PROTOCOL)
        row = key if part != "protocol" else stored.ensure_protocol(operation, rule_id, year)
        if raw.strip():
            organisations.put_draft(operation, table, row, item.key, raw.strip(), "DRAFT")
        else:
            organisations.drop_draft(operation, table, row, item.key)


def add_row(store: Store, rule_id: str, year: int, part: str, fields: Mapping[str, str]) -> int:
    """Add a row from texts of its columns and return its key. Errors: see ``put_cells``."""
    made = put_cells(store, rule_id, year, part, [(-1, column, text) for column, text in fields.items()])
    if -1 not in made:
        raise UserError("GEN_EMPTY_NAME")
    return made[-1]


def remove_rows(store: Store, rule_id: str, year: int, part: str, keys: Sequence[int]) -> None:
    """Take rows out; undo brings them back.

    Raises:
        UserError: ``GEN_APPROVED``, ``DATA_AGR_NO_ROW``.
    """
    refuse_if_approved(store.connection, rule_id, year)
    _known_rows(store.connection, rule_id, year, part, set(keys))
    words = count(len(keys), "строка", "строки", "строк")
    label = f"Список за {year} год, {grids.PART_WORDS[part]}: убрано, {words}"
    with store.operation(label, "agreement.remove") as operation:
        for key in dict.fromkeys(keys):
            stored.remove(operation, part, key)


def move(store: Store, rule_id: str, year: int, part: str, key: int, step: int) -> None:
    """Move a row up (below nought) or down by so many places.

    Raises:
        UserError: ``GEN_APPROVED``, ``DATA_AGR_NO_ROW``.
    """
    refuse_if_approved(store.connection, rule_id, year)
    _known_rows(store.connection, rule_id, year, part, {key})
    order = [line.key for line in grids.lines(stored.read(store.connection, rule_id, year), part)]
    place = order.index(key)
    order.insert(min(max(place + step, 0), len(order) - 1), order.pop(place))
    label = f"Список за {year} год, {grids.PART_WORDS[part]}: другой порядок"
    with store.operation(label, "agreement.move") as operation:
        for position, row in enumerate(order, start=1):
            operation.update(TABLES[part], row, position=position)


def put_protocol(store: Store, rule_id: str, year: int, fields: Mapping[str, str]) -> None:
    """Write lines of the protocol; entries that do not fit stay as drafts.

    Raises:
        UserError: ``GEN_APPROVED``, ``DATA_AGR_NO_COLUMN``.
    """
    refuse_if_approved(store.connection, rule_id, year)
    items = [grids.column("protocol", name) for name in fields]
    titles = ", ".join(item.title.lower() for item in items)
    merge = f"agreement:protocol:0:{items[0].key}" if len(items) == 1 else None
    with store.operation(f"Протокол списка за {year} год: {titles}", "agreement.protocol", merge=merge) as operation:
        key = stored.ensure_protocol(operation, rule_id, year)
        for item in items:
            _put(operation, PROTOCOL, key, item, fields[item.key], {})


def take_body(store: Store, rule_id: str, year: int, body_id: int | None) -> int:
    """Say whose meeting it was and take over the members that the protocol does not have yet; returns how many.

    Raises:
        UserError: ``GEN_APPROVED``, ``DATA_AGR_NO_BODY``.
    """
    refuse_if_approved(store.connection, rule_id, year)
    body = next((item for item in people.bodies(store.connection) if item.id == body_id), None)
    if body_id is not None and body is None:
        raise UserError("DATA_AGR_NO_BODY", name=body_id)
    posts = {person.id: person.position for person in people.people(store.connection)}
    present = stored.protocol(store.connection, rule_id, year)
    have = {member.person_id for member in present.members} if present else set()
    added = [m for m in body.members if m[1] not in have and m[5] is None] if body else []
    order = ["chair", "deputy", "secretary", "member", "invited"]
    label = f"Протокол списка за {year} год: {body.name}" if body else f"Протокол списка за {year} год: без группы"
    with store.operation(label, "agreement.body") as operation:
        operation.update(PROTOCOL, stored.ensure_protocol(operation, rule_id, year), body_id=body_id)
        for _id, person, name, role, _since, _until in sorted(added, key=lambda m: order.index(role_of(m[3]))):
            stored.add(operation, "member", rule_id, year, person_id=person, name=name, post=posts.get(person),
                       role=role_of(role))  # fmt: skip
    return len(added)


def role_of(words: str) -> str:
    """Return the role that a description of the directory means: «заместитель председателя» → «deputy»."""
    text = words.casefold()
    return next((role for start, role in _ROLES if text.startswith(start)), "member")


# --- taking over -------------------------------------------------------------------------------------------------


def standard_parties() -> list[tuple[str, str]]:
    """Return the parties that 000 names («согласованный с их учредителями…»): kind and a name to be replaced."""
    text = (resources() / "agreement" / "parties.toml").read_text(encoding="utf-8")
    return [(item["kind"], item["name"]) for item in tomllib.loads(text)["parties"]]


def take_parties(store: Store, rule_id: str, year: int, *, standard: bool = False) -> int:
    """Take the parties of the last list over, names and persons without dates; or the usual ones.

    Parties that the list has already (same kind and name) are left alone. Returns how many were added.

    Raises:
        UserError: ``GEN_APPROVED``, ``DATA_AGR_NO_YEAR``.
    """
    refuse_if_approved(store.connection, rule_id, year)
    wanted: list[tuple[str, str, str | None]]
    if standard:
        wanted = [(kind, name, None) for kind, name in standard_parties()]
    else:
        last = stored.year_before(store.connection, "party", rule_id, year)
        if last is None:
            raise UserError("DATA_AGR_NO_YEAR", what="сторон согласования")
        wanted = [(p.kind, p.name, p.person) for p in stored.read(store.connection, *last).parties]
    have = {(p.kind, p.name) for p in stored.read(store.connection, rule_id, year).parties}
    added = [item for item in wanted if item[:2] not in have]
    words = count(len(added), "сторона", "стороны", "сторон")
    with store.operation(f"Список за {year} год, лист согласования: {words}", "agreement.parties") as operation:
        for kind, name, person in added:
            stored.add(operation, "party", rule_id, year, kind=kind, name=name, person=person)
    return len(added)


def take_road_map(store: Store, rule_id: str, year: int) -> int:
    """Copy the last list's road map; dates and years in the terms move by as many years. Returns how many rows.

    Raises:
        UserError: ``GEN_APPROVED``, ``DATA_AGR_NO_YEAR``.
    """
    refuse_if_approved(store.connection, rule_id, year)
    last = stored.year_before(store.connection, "road_map", rule_id, year)
    if last is None:
        raise UserError("DATA_AGR_NO_YEAR", what="дорожной карты")
    have = {(i.activity, i.organisation_id) for i in stored.read(store.connection, rule_id, year).road_map}
    items = [moved(i, year - last[1]) for i in stored.read(store.connection, *last).road_map]
    added = [item for item in items if (item.activity, item.organisation_id) not in have]
    words = count(len(added), "мероприятие", "мероприятия", "мероприятий")
    with store.operation(f"Список за {year} год, дорожная карта: {words}", "agreement.road_map") as operation:
        for item in added:
            values = asdict(item)
            for name in ("id", "school", "position"):
                del values[name]
            stored.add(operation, "road_map", rule_id, year, **values)
    return len(added)


def moved(item: RoadMapItem, years: int) -> RoadMapItem:
    """Return an activity with its term so many years later: «2025/26» → «2026/27», 29.02.2024 → 28.02.2025."""

    def later(day: str | None) -> str | None:
        if day is None:
            return None
        old = date.fromisoformat(day)
        try:
            return old.replace(year=old.year + years).isoformat()
        except ValueError:
            return old.replace(year=old.year + years, day=28).isoformat()

    def words(found: re.Match[str]) -> str:
        tail = "" if found[2] is None else f"/{(int(found[2]) + years) % 100:02d}"
        return f"{int(found[1]) + years}{tail}"

    term = None if item.term is None else _YEAR.sub(words, item.term)
    return replace(item, term=term, date_from=later(item.date_from), date_to=later(item.date_to))
