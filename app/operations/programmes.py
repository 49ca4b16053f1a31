"""Programmes of the file: which there are, beginning one, its head, taking one away.

What may change is asked in one place: ``writable``. An approved edition changes no more; a later edition does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from app.errors import UserError
from app.models import organisations, programme_reading
from app.models import programmes as stored
from app.models.journal import now
from app.models.programme_records import DocumentKind, Programme, ProgrammeKind, Tree
from app.models.store import Connection, Operation, Store, new_id
from app.texts import quoted

State = Literal["draft", "agreement", "approved", "replaced", "cancelled"]
STATE_WORDS: dict[State, str] = {
    "draft": "проект",
    "agreement": "на согласовании",
    "approved": "утверждена",
    "replaced": "заменена новой редакцией",
    "cancelled": "утверждение отменено",
}
DOCUMENT_WORDS: dict[DocumentKind, str] = {
    "programme": "программа",
    "complex": "комплекс мер",
    "plan": "план",
    "road_map": "дорожная карта",
}

_CALLED_SO = frozenset({"программа", "подпрограмма", "комплекс", "план", "карта", "проект", "концепция"})
"""A title that begins with one of these says itself what it is; any other one is a name."""


def title_in(title: str, document: DocumentKind, case: Literal["genitive", "accusative"]) -> str:
    """Return a title inside a sentence: «программы поддержки школ», or «программы «Шаг вперёд»» where it is a name."""
    from app.analysis import russian

    told = title.strip()
    own = any(word in _CALLED_SO for word in told.lower().split()[:4]) and russian.kind_of(told.lower()) is not None
    inside = told.strip("«»")
    return russian.small_start(
        russian.inflect(told, case) if own else f"{russian.inflect(DOCUMENT_WORDS[document], case)} «{inside}»"
    )


_FOUND_WORDS = {"task": "задача", "indicator": "индикатор", "activity": "мероприятие"}
_SPAN = range(2000, 2101)


@dataclass(frozen=True, slots=True)
class ProgrammeLine:
    """One edition as a list shows it.

    Attributes:
        school: short name of the school whose programme it is; empty for the municipality's.
        tasks, activities, indicators: how many of each.
        newest: no later edition of it is there.
    """

    programme: Programme
    school: str
    state: State
    tasks: int
    activities: int
    indicators: int
    newest: bool

    @property
    def state_word(self) -> str:
        """The state in a word."""
        return STATE_WORDS[self.state]


# --- reading -----------------------------------------------------------------------------------------------------


def listing(connection: Connection) -> list[ProgrammeLine]:
    """Return every edition: the municipality's programmes first, the newest first."""
    found = stored.programmes(connection)
    counts = stored.counts(connection)
    names = {school.id: school.shown for school in organisations.listing(connection)} if found else {}
    newest = {item.lineage: max(other.edition for other in found if other.lineage == item.lineage) for item in found}
    return [
        ProgrammeLine(
            programme=item,
            school=names.get(organisations.canonical(connection, item.organisation_id or 0), ""),
            state=state_of(item, later=_approved_later(item, found)),
            tasks=counts.get((item.id, "task"), 0),
            activities=counts.get((item.id, "activity"), 0),
            indicators=counts.get((item.id, "indicator"), 0),
            newest=item.edition == newest[item.lineage],
        )
        for item in found
    ]


def _approved_later(item: Programme, found: list[Programme]) -> bool:
    return any(other.lineage == item.lineage and other.edition > item.edition and other.frozen for other in found)


def state_of(programme: Programme, *, later: bool = False) -> State:
    """Return the state of an edition; ``later`` says that a later one is approved."""
    if programme.frozen:
        return "replaced" if later else "approved"
    if programme.agreement_from is not None:
        return "agreement"
    return "cancelled" if programme.cancelled_on is not None else "draft"


def current(connection: Connection, school_year: int | None = None) -> int | None:
    """Return the municipal programme that is shown first: the newest one whose years hold the school year's.

    A school year belongs to the plan year of its first half and of its second one.
    """
    found = [item for item in stored.programmes(connection) if item.kind == "municipal"]
    found.sort(key=lambda item: (item.year_to, item.year_from, item.edition, item.created_at), reverse=True)
    if school_year is not None:
        fitting = [item for item in found if {school_year, school_year + 1} & set(item.years)]
        found = fitting or found
    return found[0].id if found else None


def head(connection: Connection, key: int) -> Programme:
    """Return one edition without its tree.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``.
    """
    found = stored.programme(connection, key)
    if found is None:
        raise UserError("PROGRAMME_UNKNOWN", key=key)
    return found


@dataclass(frozen=True, slots=True)
class FindableNode:
    """A node that the search of the window offers."""

    id: int
    text: str
    what: str


def findable(connection: Connection) -> list[FindableNode]:
    """Return tasks, indicators and activities of the newest edition of every programme, with words for the search."""
    newest: dict[int, Programme] = {}
    for item in stored.programmes(connection):
        if item.lineage not in newest or item.edition > newest[item.lineage].edition:
            newest[item.lineage] = item
    return [
        FindableNode(node.id, node.text, f"{_FOUND_WORDS[node.kind]}, {item.year_from}–{item.year_to}")
        for item in newest.values()
        for node in stored.nodes(connection, item.id)
        if node.kind in _FOUND_WORDS and node.text
    ]


def owner(connection: Connection, node_id: int) -> int | None:
    """Return the programme a node belongs to; None where the node is gone."""
    found = stored.node(connection, node_id)
    return None if found is None else found.programme_id


def tree(connection: Connection, key: int) -> Tree:
    """Return one edition with everything in it.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``.
    """
    found = programme_reading.tree(connection, key)
    if found is None:
        raise UserError("PROGRAMME_UNKNOWN", key=key)
    return found


def writable(connection: Connection, key: int) -> Programme:
    """Return an edition that may change.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``, ``PROGRAMME_FROZEN``.
    """
    found = head(connection, key)
    if found.frozen:
        raise UserError("PROGRAMME_FROZEN", title=found.title, edition=found.edition)
    return found


def own_row(connection: Connection, table: str, key: int | None, programme_id: int) -> None:
    """Refuse a row of another edition: asking for a writable one must not open a frozen one.

    Raises:
        UserError: ``PROGRAMME_NO_NODE``.
    """
    if key is not None and not stored.belongs(connection, table, key, programme_id):
        raise UserError("PROGRAMME_NO_NODE")


# --- changing ----------------------------------------------------------------------------------------------------


def create(
    store: Store, kind: ProgrammeKind, title: str, year_from: int, year_to: int, *,
    organisation_id: int | None = None, document: DocumentKind = "programme", building: str = "tasks",
    date_from: str | None = None, date_to: str | None = None,
) -> int:  # fmt: skip
    """Begin a programme and return its key.

    Args:
        store: the open file.
        kind: the municipality's or a school's.
        title: full name, as on the title page.
        year_from: first plan year.
        year_to: last plan year.
        organisation_id: the school of a school's programme.
        document: what the paper calls itself.
        building: by «tasks» or by «directions» (004, «Комплекс мероприятий»).
        date_from: exact first day where the period is not whole calendar years.
        date_to: exact last day.

    Raises:
        UserError: ``PROGRAMME_NO_TITLE``, ``PROGRAMME_YEARS``, ``PROGRAMME_SCHOOL``.
    """
    with store.operation(f"Начата программа {quoted(title.strip())}", "programme.create") as operation:
        return write_head(
            operation, kind=kind, title=title, year_from=year_from, year_to=year_to, organisation_id=organisation_id,
            document=document, building=building, date_from=date_from, date_to=date_to,
        )  # fmt: skip


def write_head(operation: Operation, **values: Any) -> int:
    """Write the row of a new programme inside an operation and return its key. Errors: see ``create``."""
    title = str(values["title"]).strip()
    check_head(title, values["year_from"], values["year_to"])
    if values["kind"] == "school" and values.get("organisation_id") is None:
        raise UserError("PROGRAMME_SCHOOL")
    key = new_id()
    return operation.insert("programme", id=key, **(values | {"title": title, "lineage": key, "created_at": now()}))


def check_head(title: str, first: int, last: int) -> None:
    """Refuse a programme without a name or with years that are none. Errors: see ``create``."""
    if not title:
        raise UserError("PROGRAMME_NO_TITLE")
    if first not in _SPAN or last not in _SPAN or first > last:
        raise UserError("PROGRAMME_YEARS", first=first, last=last)


_HEAD = {"title", "year_from", "year_to", "date_from", "date_to", "period_text", "building", "document", "note"}


def edit(store: Store, key: int, **values: Any) -> None:
    """Change columns of the head: title, years, dates, way of building, what the paper calls itself.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``, ``PROGRAMME_FROZEN``, ``PROGRAMME_NO_TITLE``, ``PROGRAMME_YEARS``.
    """
    found = writable(store.connection, key)
    if not set(values) <= _HEAD:
        raise ValueError(f"not columns of the head: {sorted(set(values) - _HEAD)}")
    if "title" in values:
        values["title"] = str(values["title"]).strip()
    check_head(
        values.get("title", found.title), values.get("year_from", found.year_from),
        values.get("year_to", found.year_to),
    )  # fmt: skip
    changed = {name: value for name, value in values.items() if getattr(found, name) != value}
    if not changed:
        return
    label = f"Программа {quoted(found.title)}: изменены сведения"
    with store.operation(label, "programme.edit", merge=f"programme.head:{key}:{'+'.join(changed)}") as operation:
        operation.update("programme", key, **changed)


def remove(store: Store, key: int) -> None:
    """Take an edition away with everything in it; undo brings it back.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``, ``PROGRAMME_FROZEN``.
    """
    found = writable(store.connection, key)
    with store.operation(f"Удалена программа {quoted(found.title)}", "programme.remove") as operation:
        stored.unbind(operation, key)
        stored.clear_programme(operation, key)
