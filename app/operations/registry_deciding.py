"""Writing what a person picked of the differences between two registries: one operation, one step of undo."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, cast, get_args

from app.errors import UserError
from app.importers.parsed import ParsedSchool, UnitRef
from app.models import organisations, registry
from app.models.journal import now
from app.models.store import Connection, Operation, Store
from app.operations.areas import Areas
from app.operations.likeness import differences, side
from app.operations.matching import fold, normal_area, normal_login, normal_name
from app.operations.registry_records import Action, Applied, Decision, RegistryChange, RegistryChanges
from app.operations.schools import find, iso_date, join
from app.texts import ru_date, school_year

_ORDER: tuple[Action, ...] = ("same", "create", "split", "rename", "reopen", "link", "close", "merge")
"""Schools are made before others are linked to them."""
_UNIQUE = frozenset({"fisoko", "oo", "own"})
_STATUS = {"реорганизована": "reorganised", "приостановлена": "suspended"}
_COUNTED: Mapping[Action, str] = {
    "create": "заведено", "split": "выделено", "same": "записано кодов", "rename": "переименовано",
    "close": "закрыто", "link": "связано с правопреемником", "merge": "объединено записей", "reopen": "снова действует",
}  # fmt: skip


class Wanted(NamedTuple):
    """A decision as a person writes it: ``school`` is a code or a name, ``on_date`` a date as typed."""

    action: Action
    school: str | None = None
    on_date: str | None = None


def read_decisions(path: Path) -> dict[str, Wanted]:
    """Read decisions from a JSON file: key of a difference → action, or action with school and date.

    Raises:
        UserError: ``GEN_FILE_MISSING``, ``GEN_FILE_UNREADABLE``, ``DATA_DECISIONS``.
    """
    try:
        found = json.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError as error:
        raise UserError("GEN_FILE_MISSING", file=path.name) from error
    except OSError as error:
        raise UserError("GEN_FILE_UNREADABLE", file=path.name, detail=error.strerror or "") from error
    except ValueError as error:
        raise UserError("DATA_DECISIONS", file=path.name, detail="это не JSON") from error
    if not isinstance(found, dict):
        raise UserError("DATA_DECISIONS", file=path.name, detail="нужен один объект")
    return {key: _wanted(path, key, value) for key, value in found.items()}


def _wanted(path: Path, key: str, value: object) -> Wanted:
    given = {"action": value} if isinstance(value, str) else value
    if not isinstance(given, dict) or given.get("action") not in get_args(Action):
        raise UserError("DATA_DECISIONS", file=path.name, detail=f"у ключа «{key}» нет действия")
    school, day = given.get("school"), given.get("date")
    return Wanted(
        cast("Action", given["action"]), None if school is None else str(school), None if day is None else str(day)
    )


def resolve(connection: Connection, wanted: Mapping[str, Wanted], on_date: str | None = None) -> dict[str, Decision]:
    """Return decisions with the schools that they name.

    Args:
        connection: reading connection.
        wanted: key of a difference → what was written down.
        on_date: the day of those that name none.

    Raises:
        UserError: ``GEN_NO_SCHOOL``, ``GEN_SEVERAL_SCHOOLS``.
    """
    return {
        key: Decision(said.action, find(connection, said.school).id if said.school else None, said.on_date or on_date)
        for key, said in wanted.items()
    }


def apply(store: Store, changes: RegistryChanges, decisions: Mapping[str, Decision]) -> Applied:
    """Write what was picked as one operation; what was not picked stays as it is.

    Everything is checked first: nothing is written where one decision does not go.

    Args:
        store: the open file.
        changes: what ``compare`` found.
        decisions: key of a difference → what was picked.

    Raises:
        UserError: ``DATA_NO_CHANGE``, ``DATA_CHANGE_ACTION``, ``DATA_CHANGE_STALE``, ``DATA_CHANGE_TARGET``,
            ``GEN_CODE_TAKEN``, ``GEN_NO_SCHOOL``, ``GEN_BAD_DATE``, ``GEN_BAD_LINK``, ``GEN_MERGE_SELF``.
    """
    picked = _checked(store, changes, decisions)
    if not picked:
        return Applied()
    counts: dict[Action, int] = {}
    for action in _ORDER:
        number = sum(decision.action == action for _change, decision in picked)
        if number:
            counts[action] = number
    words = ", ".join(f"{_COUNTED[action]} {number}" for action, number in counts.items())
    label = f"Сверка реестра за {school_year(changes.school_year)}: {words}"
    with store.operation(label, "registry.changes") as operation:
        writer = _Writer(operation, changes)
        for change, decision in picked:
            writer.write(change, decision)
        return Applied(operation.id, counts, writer.created)


def _checked(
    store: Store, changes: RegistryChanges, decisions: Mapping[str, Decision]
) -> list[tuple[RegistryChange, Decision]]:
    """Return what is to be written, in the order of writing."""
    known = {change.key: change for change in changes.changes}
    picked = []
    for key, decision in decisions.items():
        change = known.get(key)
        if change is None:
            raise UserError("DATA_NO_CHANGE", key=key)
        if decision.action not in change.possible:
            possible = ", ".join(change.possible)
            raise UserError("DATA_CHANGE_ACTION", key=key, action=decision.action, possible=possible)
        if decision.action == "none":
            continue
        day = iso_date(decision.on_date) if decision.on_date else f"{changes.school_year}-09-01"
        decision = replace(decision, on_date=day)  # noqa: PLW2901 - the same decision with its day
        _refuse_stale(store, change)
        picked.append((change, decision))
    keys = {change.key for change, decision in picked if decision.action in {"create", "split", "same"}}
    for change, decision in picked:
        _refuse_aimless(store, change, decision, keys)
    return sorted(picked, key=lambda pair: _ORDER.index(pair[1].action))


def _refuse_stale(store: Store, change: RegistryChange) -> None:
    """Refuse a difference whose school has been changed since it was found."""
    for key, name in ((change.school_id, change.before), (change.target_id, None)):
        if key is None:
            continue
        school = organisations.get(store.connection, key)
        if school is None or school.duplicate_of is not None or (name is not None and school.name != name):
            raise UserError("DATA_CHANGE_STALE", key=change.key, school=change.before or change.target or "")


def _refuse_aimless(store: Store, change: RegistryChange, decision: Decision, made: set[str]) -> None:
    """Refuse a decision that needs another school where there is none."""
    if decision.school_id is not None and organisations.get(store.connection, decision.school_id) is None:
        raise UserError("GEN_NO_SCHOOL", query=decision.school_id)
    aim = decision.school_id or (change.school_id if decision.action == "same" else change.target_id)
    if decision.action == "same" and aim is None:
        aim = change.candidates[0].school_id if change.candidates else None
    if decision.action in {"same", "split", "merge"} and aim is None:
        raise UserError("DATA_CHANGE_TARGET", key=change.key, school=change.before or change.after or "")
    if decision.action == "link" and aim is None and change.target_key not in made:
        raise UserError("DATA_CHANGE_TARGET", key=change.key, school=change.before or "")
    if decision.action in {"link", "merge"} and aim == change.school_id:
        raise UserError("GEN_BAD_LINK")


class _Writer:
    """Writes decisions inside one operation."""

    def __init__(self, operation: Operation, changes: RegistryChanges) -> None:
        self._operation = operation
        self._name = changes.name
        self._areas = Areas(operation.connection, all_own=False)
        self._areas.learn({change.row.municipality for change in changes.changes if change.row})
        self.created: dict[str, int] = {}

    def write(self, change: RegistryChange, decision: Decision) -> None:
        """Write one decision."""
        day = decision.on_date or ""
        school = decision.school_id if decision.action == "same" and decision.school_id else change.school_id
        match decision.action:
            case "create" | "split":
                self._create(change, decision, day)
            case "same":
                found = school or change.candidates[0].school_id
                self._same(change, organisations.canonical(self._operation.connection, found), day)
            case "rename":
                self._rename(_given(school), _row(change), day)
            case "reopen":
                self._operation.update("organisation", _given(school), status="active")
                self._note(_given(school), f"Снова действует с {ru_date(day)}.")
            case "close":
                self._close(_given(school), change.row, day)
            case "link":
                self._link(change, decision, day)
            case "merge":
                target = decision.school_id or _given(change.target_id)
                join(self._operation, _given(school), organisations.canonical(self._operation.connection, target))

    def _create(self, change: RegistryChange, decision: Decision, day: str) -> None:
        row = _row(change)
        area = (
            self._areas.ensure(self._operation, UnitRef("municipality", row.municipality))
            if row.municipality
            else self._areas.own_id
        )
        key = self._operation.insert(
            "organisation", kind="school", name=row.name, short_name=row.short_name, school_type=row.school_type,
            area_id=area, settlement=row.settlement, own=1, status=_STATUS.get(row.status or "", "active"),
        )  # fmt: skip
        self._give_codes(key, row, None)
        self.created[change.key] = key
        if decision.action == "split":
            parent = decision.school_id or _given(change.target_id)
            self._operation.insert(
                "organisation_link", predecessor_id=parent, successor_id=key, on_date=day, act=None
            )  # fmt: skip

    def _same(self, change: RegistryChange, key: int, day: str) -> None:
        row = _row(change)
        self._rename(key, row, day)
        self._give_codes(key, row, day)
        self.created[change.key] = key

    def _rename(self, key: int, row: ParsedSchool, day: str) -> None:
        """Give a school its new name; the old one stays a spelling, the day a note.

        A name that is only written otherwise becomes a spelling and changes nothing.
        """
        school = organisations.get(self._operation.connection, key)
        if school is None or fold(school.name) == fold(row.name):
            return
        sides = [side(name, normal_area(school.municipality or ""), school.municipality, school.settlement)
                 for name in (school.name, row.name)]  # fmt: skip
        scope = normal_area(school.municipality or "")
        if not differences(*sides):
            organisations.add_alias(self._operation, key, row.name, normal_name(row.name), scope)
            return
        for spelling in dict.fromkeys((school.name, school.short_name or school.name)):
            organisations.add_alias(self._operation, key, spelling, normal_name(spelling), scope)
        values = {"name": row.name, "short_name": row.short_name or _fitting(school.short_name, row.name)}
        if row.school_type:
            values["school_type"] = row.school_type
        self._operation.update("organisation", key, **values)
        self._note(key, f"Переименована с {ru_date(day)}, прежде — {school.name}.")

    def _give_codes(self, key: int, row: ParsedSchool, day: str | None) -> None:
        """Give a school the codes of a row; what it had in the same system ends that day, and is still known.

        Raises:
            UserError: ``GEN_CODE_TAKEN`` naming the school that has the code.
        """
        for system, raw in row.codes:
            value = normal_login(raw) if system == "fisoko" else raw
            taken = registry.code_holder(self._operation.connection, key, system, value) if system in _UNIQUE else None
            if taken is not None:
                raise UserError("GEN_CODE_TAKEN", value=value, school=taken)
            present = list(self._present(key, system))
            if value in dict(present):
                continue
            if day is not None:
                for code_id in dict(present).values():
                    self._operation.update("organisation_code", code_id, valid_to=day)
            self._operation.insert(
                "organisation_code", organisation_id=key, system=system, value=value,
                valid_from=day if present else None,
            )  # fmt: skip

    def _present(self, key: int, system: str) -> Iterator[tuple[str, int]]:
        card = organisations.card(self._operation.connection, key)
        for code_id, its_system, value, _since, until in card.codes if card else ():
            if its_system == system and until is None:
                yield value, code_id

    def _close(self, key: int, row: ParsedSchool | None, day: str) -> None:
        status = "reorganised" if row is not None and row.status == "реорганизована" else "closed"
        self._operation.update("organisation", key, status=status)
        self._note(key, f"{'Реорганизована' if status == 'reorganised' else 'Закрыта'} с {ru_date(day)}.")

    def _link(self, change: RegistryChange, decision: Decision, day: str) -> None:
        """Write down who took over; nothing is inherited by itself (decision 5)."""
        heir = decision.school_id or change.target_id or self.created[change.target_key or ""]
        key = _given(change.school_id)
        self._operation.update("organisation", key, status="reorganised")
        self._operation.insert("organisation_link", predecessor_id=key, successor_id=heir, on_date=day, act=None)

    def _note(self, key: int, text: str) -> None:
        """Keep a day and a former name in the card; the note is done: nobody has to act on it."""
        words = f"{text} Записано при сверке с файлом «{self._name}»."
        self._operation.insert("note", organisation_id=key, text=words, remind_on=None, done=1, created_at=now())


def _fitting(short_name: str | None, name: str) -> str | None:
    """Return a short name that still fits the new name, else None."""
    return short_name if short_name and not differences(side(short_name), side(name)) else None


def _given(key: int | None) -> int:
    if key is None:
        raise ValueError("a decision without a school was not refused")
    return key


def _row(change: RegistryChange) -> ParsedSchool:
    if change.row is None:
        raise ValueError("a decision without a row was not refused")
    return change.row
