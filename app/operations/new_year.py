"""The new school year: what became of schools, what goes on, what that breaks; one operation, one step back.

Nothing is rewritten: results stay with the record they belong to. A joined school is linked to its successor by a
dated link and nothing is inherited by itself (decision 5); a former name stays a spelling.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from app.errors import UserError
from app.models import new_year as rows_of
from app.models import organisations, registry
from app.models.journal import now
from app.models.organisations import School
from app.models.store import Connection, Operation, Store
from app.operations import new_year_breaks, new_year_carry
from app.operations.matching import fold, normal_area, normal_name
from app.operations.new_year_carry import CARRIERS
from app.operations.new_year_records import (
    FATE_WORDS,
    Answer,
    Answers,
    Break,
    CarryLine,
    Done,
    Fate,
    NewSchool,
    Preview,
    Start,
    read_answers,
)
from app.operations.schools import find, iso_date
from app.texts import NBSP, count, quoted, ru_date, school_year

__all__ = [
    "FATE_WORDS", "Answer", "Answers", "Break", "CarryLine", "Done", "Fate", "NewSchool", "Preview", "Start", "apply",
    "preview", "read_answers", "resolve", "start",
]  # fmt: skip

_AT_WORK = frozenset({"active", "suspended"})
_SCHOOLS = ("школа", "школы", "школ")
_ROWS = ("строка", "строки", "строк")


def start(connection: Connection, year: int) -> Start:
    """Return how the file stands before a new school year.

    Args:
        connection: reading connection.
        year: first calendar year of the new school year.
    """
    schools = tuple(school for school in organisations.listing(connection) if school.status in _AT_WORK)
    return Start(year, schools, new_year_carry.lines(connection, year), new_year_breaks.stays(connection, year))


def preview(connection: Connection, year: int, answers: Answers) -> Preview:
    """Say what will be written and what it breaks; nothing is changed.

    Args:
        connection: reading connection.
        year: the new school year.
        answers: what the person said.

    Raises:
        UserError: ``GEN_NO_SCHOOL``, ``GEN_BAD_DATE``, ``MON_YEAR_NAME``, ``MON_YEAR_TARGET``, ``MON_YEAR_TAKEN``.
    """
    checked = check(connection, year, answers)
    carry = _chosen(connection, year, checked)
    writes = [*_writes(connection, checked), *(f"Перенести: {_small(line.title)} — {line.number}" for line in carry)]
    return Preview(
        year, tuple(writes), carry, new_year_breaks.breaks(connection, year, checked, {line.key for line in carry})
    )


def _small(title: str) -> str:
    return title[:1].lower() + title[1:]


def _chosen(connection: Connection, year: int, answers: Answers) -> tuple[CarryLine, ...]:
    """Return what is carried: chosen, and there is something of it."""
    found = new_year_carry.lines(connection, year, answers.gone)
    return tuple(
        line
        for line in found
        if line.number and (line.usual if answers.carry is None else line.key in answers.carry)
    )  # fmt: skip


# --- what the person said ------------------------------------------------------------------------------------------


def check(connection: Connection, year: int, answers: Answers) -> Answers:
    """Return answers with their days and canonical schools; those that change nothing are left out.

    Raises:
        UserError: ``GEN_NO_SCHOOL``, ``GEN_BAD_DATE``, ``MON_YEAR_NAME``, ``MON_YEAR_TARGET``, ``MON_YEAR_TAKEN``,
            ``MON_YEAR_CARRY``.
    """
    unknown = (answers.carry or frozenset()) - {one.key for one in CARRIERS}
    if unknown:
        raise UserError("MON_YEAR_CARRY", keys=", ".join(sorted(unknown)), known=", ".join(c.key for c in CARRIERS))
    known = {school.id: school for school in organisations.listing(connection, own=None, kind=None)}
    fresh = tuple(_fresh(connection, item, year) for item in answers.fresh)
    schools = []
    for item in answers.schools:
        key = organisations.canonical(connection, item.school_id)
        if key not in known:
            raise UserError("GEN_NO_SCHOOL", query=item.school_id)
        if item.fate != "same":
            schools.append(_answer(connection, replace(item, school_id=key), known[key], year))
    made = Answers(tuple(schools), fresh, answers.carry)
    _refuse_targets(made, known)
    _refuse_names(made, known)
    return made


def _day(raw: str, year: int) -> str:
    return iso_date(raw) if raw else f"{year}-09-01"


def _fresh(connection: Connection, item: NewSchool, year: int) -> NewSchool:
    name = " ".join(item.name.split())
    if not name:
        raise UserError("MON_YEAR_NAME", school="новая школа")
    parent = None if item.split_from is None else organisations.canonical(connection, item.split_from)
    return replace(item, name=name, short_name=item.short_name.strip(), split_from=parent, day=_day(item.day, year))


def _answer(connection: Connection, item: Answer, school: School, year: int) -> Answer:
    name = " ".join(item.name.split())
    if item.fate == "renamed" and (not name or fold(name) == fold(school.name)):
        raise UserError("MON_YEAR_NAME", school=school.shown)
    target = item.target
    if isinstance(target, int):
        target = organisations.canonical(connection, target)
    return replace(item, name=name, short_name=item.short_name.strip(), target=target, day=_day(item.day, year))


def _refuse_targets(answers: Answers, known: Mapping[int, School]) -> None:
    fresh = {item.key for item in answers.fresh}
    for item in answers.schools:
        if item.fate != "joined":
            continue
        good = item.target in fresh if isinstance(item.target, str) else item.target in known
        if not good or item.target == item.school_id or item.target in answers.gone:
            raise UserError("MON_YEAR_TARGET", school=known[item.school_id].shown)
    for one in answers.fresh:
        if one.split_from is not None and one.split_from not in known:
            raise UserError("GEN_NO_SCHOOL", query=one.split_from)


def _refuse_names(answers: Answers, known: Mapping[int, School]) -> None:
    """Refuse a new name that another school at work bears."""
    renamed = {item.school_id for item in answers.schools if item.fate == "renamed"}
    stay = {
        fold(school.name): school.shown
        for school in known.values()
        if school.status in _AT_WORK and school.id not in answers.gone | renamed
    }
    names = [item.name for item in answers.schools if item.fate == "renamed"] + [item.name for item in answers.fresh]
    for place, name in enumerate(names):
        taken = stay.get(fold(name)) or (name if fold(name) in map(fold, names[:place]) else None)
        if taken is not None:
            raise UserError("MON_YEAR_TAKEN", name=name, school=taken)


def resolve(connection: Connection, found: Mapping[str, Any]) -> Answers:
    """Return answers of a file with the schools that they name.

    Raises:
        UserError: ``GEN_NO_SCHOOL``, ``GEN_SEVERAL_SCHOOLS``.
    """
    fresh = tuple(
        NewSchool(
            f"new:{number}", str(item["name"]), str(item.get("short_name", "")), str(item.get("settlement", "")),
            find(connection, str(item["split_from"])).id if item.get("split_from") else None,
            str(item.get("date", "")),
        )
        for number, item in enumerate(found.get("new", []), start=1)
    )  # fmt: skip
    by_name = {fold(item.name): item.key for item in fresh}

    def target(item: Mapping[str, Any]) -> int | str | None:
        told = item.get("target")
        return None if not told else by_name.get(fold(str(told))) or find(connection, str(told)).id

    schools = tuple(
        Answer(
            find(connection, str(item["school"])).id, item["fate"], str(item.get("name", "")),
            str(item.get("short_name", "")), target(item), str(item.get("date", "")),
        )
        for item in found.get("schools", [])
    )  # fmt: skip
    carry = found.get("carry")
    return Answers(schools, fresh, None if carry is None else frozenset(map(str, carry)))


# --- what will be written ------------------------------------------------------------------------------------------


def _writes(connection: Connection, answers: Answers) -> list[str]:
    names: dict[int | str | None, str] = {item.key: item.name for item in answers.fresh}
    names |= {school.id: school.shown for school in organisations.listing(connection, own=None, kind=None)}
    told = []
    for new in answers.fresh:
        parent = f", выделена из {quoted(names[new.split_from])}" if new.split_from is not None else ""
        told.append(f"Завести школу {quoted(new.name)} с{NBSP}{ru_date(new.day)}{parent}")
    for item in answers.schools:
        school, day = quoted(names[item.school_id]), ru_date(item.day)
        match item.fate:
            case "renamed":
                told.append(f"Переименовать {school} в {quoted(item.name)}, прежнее название останется написанием")
            case "closed":
                told.append(f"Отметить {school} закрытой с{NBSP}{day}, назначения в ней закончить этим днём")
            case _:
                heir = quoted(names[item.target])
                told.append(f"Записать, что {school} присоединена к {heir} с{NBSP}{day}; назначения в ней закончить")
    return told


def apply(store: Store, year: int, answers: Answers) -> Done:
    """Write the new school year as one operation; what was carried already is not carried twice.

    Everything is checked first: nothing is written where one answer does not go.

    Args:
        store: the open file.
        year: the new school year.
        answers: what the person said.

    Raises:
        UserError: as ``preview``.
    """
    checked = check(store.connection, year, answers)
    chosen = {line.key for line in _chosen(store.connection, year, checked)}
    if not checked.schools and not checked.fresh and not chosen:
        return Done()
    with store.operation(_label(store.connection, year, checked, chosen), "new_year") as operation:
        made = {item.key: _create(operation, item) for item in checked.fresh}
        for item in checked.schools:
            _write_fate(operation, item, made)
        carried = _carry(operation, year, checked.gone, chosen)
        return Done(operation.id, made, carried)


def _label(connection: Connection, year: int, answers: Answers, chosen: Collection[str]) -> str:
    words = [f"заведено {len(answers.fresh)}"] if answers.fresh else []
    for fate, word in (("renamed", "переименовано"), ("closed", "закрыто"), ("joined", "присоединено")):
        number = sum(item.fate == fate for item in answers.schools)
        words += [f"{word} {number}"] if number else []
    rows = sum(line.number for line in new_year_carry.lines(connection, year, answers.gone) if line.key in chosen)
    words += [f"перенесено {count(rows, *_ROWS)}"] if rows else []
    return f"Новый учебный год {school_year(year)}: {', '.join(words)}"


def _create(operation: Operation, item: NewSchool) -> int:
    key = operation.insert(
        "organisation", kind="school", own=1, name=item.name, short_name=item.short_name or None,
        settlement=item.settlement.strip() or None, area_id=registry.own_area(operation.connection),
    )  # fmt: skip
    if item.split_from is not None:
        operation.insert("organisation_link", predecessor_id=item.split_from, successor_id=key, on_date=item.day)
    _note(operation, key, f"Открыта с {ru_date(item.day)}.")
    return key


def _write_fate(operation: Operation, item: Answer, made: Mapping[str, int]) -> None:
    key = item.school_id
    if item.fate == "renamed":
        _rename(operation, item)
        return
    records = registry.family(operation.connection, key)
    for appointment, _role in rows_of.open_appointments(operation.connection, records):
        operation.update("appointment", appointment, date_to=item.day)
    if item.fate == "closed":
        operation.update("organisation", key, status="closed")
        _note(operation, key, f"Закрыта с {ru_date(item.day)}.")
        return
    heir = made[item.target] if isinstance(item.target, str) else item.target
    operation.update("organisation", key, status="reorganised")
    operation.insert("organisation_link", predecessor_id=key, successor_id=heir, on_date=item.day)
    _note(operation, key, f"Присоединена к другой школе с {ru_date(item.day)}.")


def _rename(operation: Operation, item: Answer) -> None:
    school = organisations.get(operation.connection, item.school_id)
    if school is None:
        raise UserError("GEN_NO_SCHOOL", query=item.school_id)
    scope = normal_area(school.municipality or "")
    for spelling in dict.fromkeys((school.name, school.short_name or school.name)):
        organisations.add_alias(operation, school.id, spelling, normal_name(spelling), scope)
    operation.update("organisation", school.id, name=item.name, short_name=item.short_name or None)
    for column in ("name", "short_name"):
        organisations.drop_draft(operation, "organisation", school.id, column)
    _note(operation, school.id, f"Переименована с {ru_date(item.day)}, прежде — {school.name}.")


def _note(operation: Operation, key: int, text: str) -> None:
    """Keep the day in the card; the note is done: nobody has to act on it."""
    operation.insert("note", organisation_id=key, text=text, remind_on=None, done=1, created_at=now())


def _carry(operation: Operation, year: int, gone: Collection[int], chosen: Collection[str]) -> dict[str, int]:
    # read after the schools were written, before anything is carried: one kind does not stand in the way of another
    found = {one.key: one.find(operation.connection, year, gone) for one in CARRIERS if one.key in chosen}
    for one in CARRIERS:
        for row in found.get(one.key, ()):
            one.write(operation, year, row)
    return {key: len(rows) for key, rows in found.items()}
