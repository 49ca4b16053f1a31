"""The life of a programme: draft → agreement with remarks → approved and frozen → a new edition; a new period.

Source: 004, §1.3 (three stages, assessment and correction, agreement, approval) and «Механизмы» (a yearly correction).
Approving ends by a reverse act with a reason, never by Ctrl+Z (decision 17).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from app.analysis.programme_changes import ProgrammeChange, compare
from app.analysis.programme_numbers import numbers
from app.errors import UserError
from app.models import lists
from app.models import programme_agreement as stored
from app.models import programmes as trees
from app.models.journal import now
from app.models.programme_agreement import Party, Remark
from app.models.programme_records import Programme, Tree
from app.models.store import Connection, Operation, Store
from app.operations import programmes
from app.operations.packing import pack, unpack
from app.operations.programmes import head, own_row, tree, writable
from app.texts import quoted, ru_date

ANSWER_WORDS = {"agreed": "согласовано", "remarks": "есть замечания", "refused": "отказ"}
REMARK_WORDS = {"open": "не рассмотрено", "taken": "учтено", "part": "учтено частично", "declined": "отклонено"}
FORMAT = 1
_PARTY = {"name", "person", "sent_on", "due_on", "answered_on", "answer"}
_REMARK = {"party_id", "node_id", "place", "author", "text", "made_on", "state", "answer"}
_HEAD = ("kind", "organisation_id", "document", "title", "building")


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far the agreement of an edition has come."""

    programme: Programme
    parties: tuple[Party, ...]
    remarks: tuple[Remark, ...]

    @property
    def open_remarks(self) -> int:
        """How many remarks nobody has answered yet."""
        return sum(remark.state == "open" for remark in self.remarks)

    def missing(self, today: date) -> tuple[str, ...]:
        """Return what speaks against approving it, one sentence each; nothing of it forbids."""
        found = []
        late = [
            item.name for item in self.parties if item.due_on and item.due_on < today.isoformat() and not item.answer
        ]
        waiting = [item.name for item in self.parties if not item.answer]
        refused = [item.name for item in self.parties if item.answer == "refused"]
        if waiting:
            found.append(f"Нет ответа: {', '.join(waiting)}.")
        if late:
            found.append(f"Срок ответа прошёл: {', '.join(late)}.")
        if refused:
            found.append(f"Отказ в согласовании: {', '.join(refused)}.")
        if self.open_remarks:
            found.append(f"Замечаний без ответа: {self.open_remarks}.")
        return tuple(found)


# --- agreement ---------------------------------------------------------------------------------------------------


def agreement(connection: Connection, key: int) -> Agreement:
    """Return parties and remarks of an edition.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``.
    """
    found = head(connection, key)
    return Agreement(found, tuple(stored.parties(connection, key)), tuple(stored.remarks(connection, key)))


def send(store: Store, key: int, on: str) -> None:
    """Begin the agreement of a draft.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``, ``PROGRAMME_FROZEN``, ``PROGRAMME_NOT_DATE``.
    """
    found, day = writable(store.connection, key), _day(on)
    with store.operation(f"На согласование: {quoted(found.title)}", "programme.agreement") as operation:
        operation.update("programme", key, agreement_from=day)


def take_back(store: Store, key: int) -> None:
    """Make it a draft again; parties and remarks stay.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``, ``PROGRAMME_FROZEN``.
    """
    found = writable(store.connection, key)
    if found.agreement_from is not None:
        with store.operation(f"Снова проект: {quoted(found.title)}", "programme.agreement") as operation:
            operation.update("programme", key, agreement_from=None)


def put_party(store: Store, key: int, party_id: int | None, **columns: Any) -> int:
    """Add a party (``party_id`` None) or change one: name, person, sent_on, due_on, answered_on, answer.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``, ``PROGRAMME_FROZEN``, ``PROGRAMME_NOT_DATE``, ``PROGRAMME_NAMELESS``,
            ``PROGRAMME_NOT_CHOICE``, ``PROGRAMME_NO_NODE``.
    """
    writable(store.connection, key)
    own_row(store.connection, "programme_party", party_id, key)
    values = _columns(columns, _PARTY, ("sent_on", "due_on", "answered_on"))
    if values.get("answer") not in {None, *ANSWER_WORDS}:
        raise UserError("PROGRAMME_NOT_CHOICE", raw=values["answer"], known=", ".join(ANSWER_WORDS.values()))
    if not values.get("name", "x" if party_id is not None else ""):
        raise UserError("PROGRAMME_NAMELESS")
    merge = None if party_id is None else f"programme.party:{party_id}:{'+'.join(values)}"
    with store.operation("Программа: лист согласования", "programme.party", merge=merge) as operation:
        if party_id is not None:
            operation.update("programme_party", party_id, **values)
            return party_id
        place = len(stored.parties(operation.connection, key))
        return operation.insert("programme_party", programme_id=key, position=place, **values)


def remove_party(store: Store, key: int, party_id: int) -> None:
    """Take a party away; its remarks stay, with its name as their author.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``, ``PROGRAMME_FROZEN``, ``PROGRAMME_NO_NODE``.
    """
    writable(store.connection, key)
    own_row(store.connection, "programme_party", party_id, key)
    with store.operation("Программа: сторона убрана", "programme.party") as operation:
        forget_party(operation, key, party_id)


def forget_party(operation: Operation, key: int, party_id: int) -> None:
    """Take a party away inside an operation; its remarks keep its name as their author."""
    name = next((item.name for item in stored.parties(operation.connection, key) if item.id == party_id), "")
    for remark in stored.remarks(operation.connection, key):
        if remark.party_id == party_id:
            operation.update("programme_remark", remark.id, party_id=None, author=remark.author or name)
    stored.drop_drafts(operation, party_id)
    operation.delete("programme_party", party_id)


def put_remark(store: Store, key: int, remark_id: int | None, **columns: Any) -> int:
    """Add a remark (``remark_id`` None) or change one: party_id, node_id, place, author, text, made_on, state, answer.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``, ``PROGRAMME_FROZEN``, ``PROGRAMME_NOT_DATE``, ``PROGRAMME_NO_REMARK``,
            ``PROGRAMME_NOT_CHOICE``, ``PROGRAMME_NO_NODE``.
    """
    writable(store.connection, key)
    own_row(store.connection, "programme_remark", remark_id, key)
    own_row(store.connection, "programme_party", columns.get("party_id"), key)
    own_row(store.connection, "programme_node", columns.get("node_id"), key)
    values = _columns(columns, _REMARK, ("made_on",))
    if values.get("state", "open") not in REMARK_WORDS:
        raise UserError("PROGRAMME_NOT_CHOICE", raw=values["state"], known=", ".join(REMARK_WORDS.values()))
    if not values.get("text", "x" if remark_id is not None else ""):
        raise UserError("PROGRAMME_NO_REMARK")
    for name in ("place", "author", "answer"):
        if name in values:
            values[name] = values[name] or ""
    merge = None if remark_id is None else f"programme.remark:{remark_id}:{'+'.join(values)}"
    with store.operation("Программа: замечание", "programme.remark", merge=merge) as operation:
        if remark_id is not None:
            operation.update("programme_remark", remark_id, **values)
            return remark_id
        return operation.insert("programme_remark", programme_id=key, **values)


def remove_remark(store: Store, key: int, remark_id: int) -> None:
    """Take a remark away.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``, ``PROGRAMME_FROZEN``, ``PROGRAMME_NO_NODE``.
    """
    writable(store.connection, key)
    own_row(store.connection, "programme_remark", remark_id, key)
    with store.operation("Программа: замечание удалено", "programme.remark") as operation:
        operation.delete("programme_remark", remark_id)


def _columns(columns: Mapping[str, Any], known: set[str], days: tuple[str, ...]) -> dict[str, Any]:
    if not set(columns) <= known:
        raise ValueError(f"not columns that can be put: {sorted(set(columns) - known)}")
    made = {name: (value.strip() or None) if isinstance(value, str) else value for name, value in columns.items()}
    return {name: _day(value) if name in days and value else value for name, value in made.items()}


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise UserError("PROGRAMME_NOT_DATE", raw=text) from error


# --- approval ----------------------------------------------------------------------------------------------------


def approve(store: Store, key: int, *, act_kind: str, act_number: str, act_date: str) -> int:
    """Approve an edition by an act: its derived texts are kept, everything is frozen; returns the key of the snapshot.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``, ``PROGRAMME_FROZEN``, ``PROGRAMME_NOT_DATE``, ``PROGRAMME_NO_ACT``.
    """
    from app.operations import programme_texts

    found, day = writable(store.connection, key), _day(act_date)
    if not act_kind.strip() or not act_number.strip():
        raise UserError("PROGRAMME_NO_ACT")
    label = f"Утверждена программа {quoted(found.title)}: {act_kind.strip()} от {ru_date(day)} № {act_number.strip()}"
    with store.operation(label, "programme.approve", reversible=False) as operation:
        programme_texts.keep_in(operation, operation.connection, key)
        operation.update(
            "programme", key, approved_on=now()[:10], act_kind=act_kind.strip(), act_number=act_number.strip(),
            act_date=day, cancelled_on=None, cancel_reason=None,
        )  # fmt: skip
        snapshot_id, _digest = lists.freeze(operation.connection, "programme", _to_freeze(operation.connection, key))
        operation.update("programme", key, snapshot_id=snapshot_id)
    return snapshot_id


def _to_freeze(connection: Connection, key: int) -> dict[str, Any]:
    from app.operations import programme_figures

    whole = tree(connection, key)
    agreed = agreement(connection, key)
    return {
        "format": FORMAT,
        "tree": pack(whole),
        "numbers": {str(node): number for node, number in numbers(whole).items()},
        "analysis": pack(programme_figures.analysis(connection, whole)),
        "parties": [asdict(item) for item in agreed.parties],
        "remarks": [asdict(item) for item in agreed.remarks],
    }


def cancel_approval(store: Store, key: int, reason: str) -> None:
    """Take an approval back, with a reason; the edition can be changed again, its snapshot stays.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``, ``PROGRAMME_NOT_APPROVED``, ``PROGRAMME_NO_REASON``.
    """
    found = head(store.connection, key)
    if not found.frozen:
        raise UserError("PROGRAMME_NOT_APPROVED", title=found.title)
    if not reason.strip():
        raise UserError("PROGRAMME_NO_REASON")
    with store.operation(
        f"Отменено утверждение программы {quoted(found.title)}", "programme.cancel", reversible=False
    ) as operation:
        operation.update("programme", key, cancelled_on=now()[:10], cancel_reason=reason.strip(), agreement_from=None)


def frozen_tree(connection: Connection, key: int) -> Tree:
    """Return an approved edition as it was frozen, any other as it is now.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``.
    """
    found = head(connection, key)
    if not found.frozen or found.snapshot_id is None:
        return tree(connection, key)
    return snapshot_tree(connection, found)


def snapshot_tree(connection: Connection, found: Programme) -> Tree:
    """Return what the last approval of an edition froze, though it may be taken back since.

    Raises:
        ValueError: it was never approved.
    """
    if found.snapshot_id is None:
        raise ValueError("an edition that was never approved has no snapshot")
    kept: Tree = unpack(lists.snapshot(connection, found.snapshot_id)["tree"])
    return Tree(**{**{name: getattr(kept, name) for name in kept.__dataclass_fields__}, "programme": found})


def frozen_analysis(connection: Connection, programme: Programme) -> tuple[Any, ...] | None:
    """Return the parts of the analysis of an approved edition as they were frozen; None of any other."""
    if not programme.frozen or programme.snapshot_id is None:
        return None
    kept: tuple[Any, ...] = unpack(lists.snapshot(connection, programme.snapshot_id).get("analysis", []))
    return kept


# --- editions ----------------------------------------------------------------------------------------------------


def new_edition(store: Store, key: int) -> int:
    """Begin the correction of an approved programme: the next edition with the same content; returns its key.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``, ``PROGRAMME_NOT_APPROVED``, ``PROGRAMME_EDITION_OPEN``.
    """
    found = head(store.connection, key)
    if not found.frozen:
        raise UserError("PROGRAMME_NOT_APPROVED", title=found.title)
    same = [item for item in trees.programmes(store.connection) if item.lineage == found.lineage]
    opened = next((item for item in same if item.edition > found.edition), None)
    if opened is not None:
        raise UserError("PROGRAMME_EDITION_OPEN", title=found.title, edition=opened.edition)
    values = _head_of(found) | {
        "year_from": found.year_from, "year_to": found.year_to, "date_from": found.date_from,
        "date_to": found.date_to, "period_text": found.period_text, "edition": found.edition + 1,
        "lineage": found.lineage, "previous_id": key,
    }  # fmt: skip
    with store.operation(f"Новая редакция программы {quoted(found.title)}", "programme.edition") as operation:
        return _copied(operation, key, values)


def copy(store: Store, key: int, title: str, year_from: int, year_to: int) -> int:
    """Copy a programme to a new period: plan years and dates move along; returns the key of the new draft.

    Terms in words stay as they are typed; baselines and targets move with their years.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``, ``PROGRAMME_NO_TITLE``, ``PROGRAMME_YEARS``.
    """
    found = head(store.connection, key)
    programmes.check_head(title.strip(), year_from, year_to)
    values = _head_of(found) | {
        "title": title.strip(), "year_from": year_from, "year_to": year_to, "copied_from": key,
    }  # fmt: skip
    with store.operation(f"Копия программы {quoted(found.title)}", "programme.copy") as operation:
        return _copied(operation, key, values, shift=year_from - found.year_from, lineage=False)


def _head_of(found: Programme) -> dict[str, Any]:
    return {name: getattr(found, name) for name in _HEAD} | {"created_at": now()}


def _copied(operation: Operation, key: int, values: dict[str, Any], *, shift: int = 0, lineage: bool = True) -> int:
    # the rows, not the snapshot: they are as frozen, but for a person who was erased at their request since
    source = tree(operation.connection, key)
    return trees.copy(operation, source, values, shift=shift, lineage=lineage)


def compared(connection: Connection, old: int, new: int) -> tuple[ProgrammeChange, ...]:
    """Return what one edition says otherwise than another.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``.
    """
    return compare(frozen_tree(connection, old), frozen_tree(connection, new))
