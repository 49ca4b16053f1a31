"""The registry: adding, editing, codes, people of a school, merging and separating (decisions 3-7)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.errors import Problem, UserError, problem
from app.models import merged as counts
from app.models import metrics, organisations, people, registry
from app.models.health import COLUMN_WORDS
from app.models.journal import now
from app.models.organisations import School, SchoolCard
from app.models.store import Connection, Operation, Store
from app.operations.likeness import differences, side
from app.operations.matching import fold, normal_area, normal_login, normal_name
from app.operations.school_codes import code_fits, is_whole
from app.texts import count, school_year

TEXT_FIELDS = {
    "name": "Название",
    "short_name": "Краткое название",
    "school_type": "Тип",
    "settlement": "Населённый пункт",
    "address": "Адрес",
}
STATUS_WORDS = {
    "active": "действует",
    "closed": "закрыта",
    "reorganised": "реорганизована",
    "suspended": "приостановлена",
}
KIND_WORDS = {
    "school": "школа",
    "kindergarten": "детский сад",
    "extra": "дополнительное образование",
    "service": "методическая служба",
    "partner": "партнёр",
}
SETTLEMENT_WORDS = {"city": "город", "town": "посёлок городского типа", "village": "сельский населённый пункт"}
SYSTEM_WORDS = {
    "fisoko": "Логин ФИС ОКО",
    "msu": "Код МСУ",
    "oo": "Код ОО",
    "inn": "ИНН",
    "ogrn": "ОГРН",
    "own": "Свой код",
}
YEAR_WORDS = {"pupils": "учеников", "teachers": "учителей"}
"""Columns of a school year, as labels name them."""
SHARED_SYSTEMS = frozenset({"inn", "ogrn", "msu"})
"""Codes that several organisations may carry (branches share ИНН, a municipality shares МСУ)."""


_LONGEST_COUNT = 6
"""Digits of the greatest count of pupils or teachers that is believed."""


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """One line of the registry table with the figures of the school year."""

    school: School
    pupils: int | None
    teachers: int | None
    head: str | None
    results: int
    notes: int
    drafts: int


def listing(connection: Connection, *, own: bool | None = True, kind: str | None = "school") -> list[School]:
    """Return organisations in the file's own order."""
    return organisations.listing(connection, own=own, kind=kind)


def table(connection: Connection, school_year: int, *, own: bool | None = True) -> list[SchoolRow]:
    """Return the registry as the window shows it."""
    years = registry.year_figures(connection, school_year)
    heads = registry.heads(connection)
    counts = registry.tallies(connection)
    return [
        SchoolRow(s, *years.get(s.id, (None, None)), heads.get(s.id), *(found.get(s.id, 0) for found in counts))
        for s in organisations.listing(connection, own=own, kind=None)
    ]


def card(connection: Connection, school_id: int) -> SchoolCard:
    """Return the whole card of a school.

    Raises:
        UserError: ``GEN_NO_SCHOOL``.
    """
    found = organisations.card(connection, school_id)
    if found is None:
        raise UserError("GEN_NO_SCHOOL", query=school_id)
    return found


def drafts(card: SchoolCard, given: Collection[tuple[int | None, str]] | None = None) -> tuple[Problem, ...]:
    """Return the entries of a card that do not fit their columns, in the words of ``opora check``.

    Args:
        card: the card of a school.
        given: only these, as (school year or None, column); all where it is not given.
    """
    entries: list[tuple[int | None, str, str]] = [(None, column, raw) for column, raw, _code in card.drafts]
    entries += [(year, column, raw) for year, column, raw, _code in card.year_drafts]
    return tuple(
        problem(
            "STORE_DRAFT",
            table=card.school.shown if year is None else f"{card.school.shown}, {school_year(year)}",
            column=COLUMN_WORDS.get(column, column),
            raw=raw,
        )
        for year, column, raw in entries
        if given is None or (year, column) in given
    )


def find(connection: Connection, query: str) -> School:
    """Return the one school that a code, a login or a part of a name means (letter case is ignored).

    Raises:
        UserError: ``GEN_SCHOOL_UNNAMED``, ``GEN_NO_SCHOOL``, ``GEN_SEVERAL_SCHOOLS`` naming up to five.
    """
    if not query.strip():
        raise UserError("GEN_SCHOOL_UNNAMED")
    keys = organisations.by_code(connection, normal_login(query)) or organisations.by_code(connection, query.strip())
    everybody = organisations.listing(connection, own=None, kind=None)
    if not keys:
        wanted = fold(query)
        exact = [s for s in everybody if wanted in {fold(s.name), fold(s.short_name or s.name)}]
        exact = exact or [s for s in everybody if normal_name(query) in {normal_name(s.name), normal_name(s.shown)}]
        keys = [s.id for s in exact or _named_in_part(everybody, wanted)]
    if not keys:
        raise UserError("GEN_NO_SCHOOL", query=query)
    if len(set(keys)) > 1:
        names = "; ".join(s.shown for s in everybody if s.id in keys[:5])
        raise UserError("GEN_SEVERAL_SCHOOLS", query=query, names=names)
    return next(s for s in everybody if s.id == keys[0])


def _named_in_part(everybody: list[School], wanted: str) -> list[School]:
    """Return the schools whose full or short name has these words: whole words first; a number is never cut."""
    folded = [(school, f"{fold(school.name)}\n{fold(school.shown)}") for school in everybody]
    plain = re.escape(wanted)
    uncut = (r"(?<!\d)" if wanted[:1].isdigit() else "") + plain + (r"(?!\d)" if wanted[-1:].isdigit() else "")
    for pattern in (rf"(?<!\w){plain}(?!\w)", uncut):
        found = [school for school, text in folded if re.search(pattern, text)]
        if found:
            return found
    return []


# --- changing --------------------------------------------------------------------------------------------------


def add(store: Store, fields: Mapping[str, str | None], *, kind: str = "school", own: bool = True) -> int:
    """Add an organisation and return its key; ``fields`` are columns of ``organisation``, ``name`` among them.

    Raises:
        UserError: ``GEN_EMPTY_NAME``.
    """
    clean = _clean(fields)
    name = clean.get("name")
    if not name:
        raise UserError("GEN_EMPTY_NAME")
    with store.operation(f"Добавлена организация «{name}»", "school.add") as operation:
        area = registry.own_area(store.connection) if own else None
        return operation.insert("organisation", kind=kind, own=int(own), area_id=area, **clean)


def edit(store: Store, school_id: int, fields: Mapping[str, Any], *, merge: bool = True) -> None:
    """Change fields of one organisation; several edits of one field in one visit are one operation.

    Args:
        store: the open file.
        school_id: key of the organisation.
        fields: columns of ``organisation`` with their new values.
        merge: False makes each call an operation of its own.

    Raises:
        UserError: ``GEN_EMPTY_NAME``, ``GEN_NO_SCHOOL``.
    """
    school = organisations.get(store.connection, school_id)
    if school is None:
        raise UserError("GEN_NO_SCHOOL", query=school_id)
    clean = _clean(fields)
    if "name" in clean and not clean["name"]:
        raise UserError("GEN_EMPTY_NAME")
    words = ", ".join(TEXT_FIELDS.get(key, key).lower() for key in clean if key in TEXT_FIELDS) or "карточка"
    label = f"Изменена школа «{school.shown}»: {words}"
    key = f"school:{school_id}:{','.join(sorted(clean))}" if merge else None
    with store.operation(label, "school.edit", merge=key) as operation:
        operation.update("organisation", school_id, **clean)
        for column in clean:
            organisations.drop_draft(operation, "organisation", school_id, column)


def _clean(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {key: (value.strip() or None) if isinstance(value, str) else value for key, value in fields.items()}


def set_code(store: Store, school_id: int, system: str, value: str) -> None:
    """Give a school its code in a system; an unfit entry is kept as a draft and marked, never refused.

    Raises:
        UserError: ``GEN_CODE_TAKEN`` naming the school that has the code; ``GEN_NO_SCHOOL``.
    """
    school = organisations.get(store.connection, school_id)
    if school is None:
        raise UserError("GEN_NO_SCHOOL", query=school_id)
    refuse_taken_codes(store.connection, {system: value}, school_id)
    value = _normal_code(system, value)
    label = f"Школа «{school.shown}»: {SYSTEM_WORDS[system]}"
    with store.operation(label, "school.code", merge=f"code:{school_id}:{system}") as operation:
        present = registry.codes(store.connection, school_id, system)
        if value and not code_fits(system, value):
            organisations.put_draft(operation, "organisation", school_id, system, value, "GEN_BAD_CODE")
            return
        organisations.drop_draft(operation, "organisation", school_id, system)
        if not value:
            for key in present:
                operation.delete("organisation_code", key)
        elif present:
            operation.update("organisation_code", present[0], value=value)
        else:
            operation.insert("organisation_code", organisation_id=school_id, system=system, value=value)


def refuse_taken_codes(connection: Connection, codes: Mapping[str, str], school_id: int = 0) -> None:
    """Refuse codes that another organisation has; with no ``school_id`` they are meant for a new one.

    Raises:
        UserError: ``GEN_CODE_TAKEN`` naming the school that has the code.
    """
    for system, raw in codes.items():
        value = _normal_code(system, raw)
        if not value or system in SHARED_SYSTEMS:
            continue
        holder = registry.code_holder(connection, school_id, system, value)
        if holder is not None:
            raise UserError("GEN_CODE_TAKEN", value=value, school=holder)


def _normal_code(system: str, value: str) -> str:
    return normal_login(value) if system == "fisoko" else value.strip()


def set_year(store: Store, school_id: int, year: int, column: str, raw: str) -> None:
    """Set pupils or teachers of a school year; an entry that is no number stays as a draft (decision 18)."""
    set_years(store, school_id, [(year, column, raw)])


def set_years(store: Store, school_id: int, cells: Iterable[tuple[int, str, str]]) -> None:
    """Set pupils and teachers of several school years at once: a block is one operation and one step back.

    Edits of one single cell in one visit are one operation; an empty text empties the cell.

    Args:
        store: the open file.
        school_id: key of the school.
        cells: (first calendar year of the school year, ``pupils`` or ``teachers``, text as typed); of two texts for
            one cell the last counts.

    Raises:
        UserError: ``GEN_NO_SCHOOL``.
    """
    school = organisations.get(store.connection, school_id)
    if school is None:
        raise UserError("GEN_NO_SCHOOL", query=school_id)
    typed = {(year, column): raw for year, column, raw in cells}
    if not typed:
        return
    (year, column), single = next(iter(typed)), len(typed) == 1
    what = (
        f"{YEAR_WORDS[column]} в {school_year(year)}"
        if single
        else f"числа по годам, {count(len(typed), 'ячейка', 'ячейки', 'ячеек')}"
    )
    merge = f"year:{school_id}:{year}:{column}" if single else None
    with store.operation(f"Школа «{school.shown}»: {what}", "school.year", merge=merge) as operation:
        for (year, column), raw in typed.items():
            _put_year(operation, school_id, year, column, raw)


def _put_year(operation: Operation, school_id: int, year: int, column: str, raw: str) -> None:
    text = raw.replace("\u00a0", "").replace(" ", "")
    key = registry.ensure_year(operation, school_id, year)
    if text and not (is_whole(text) and len(text) <= _LONGEST_COUNT):
        organisations.put_draft(operation, "organisation_year", key, column, raw, "GEN_BAD_NUMBER")
        return
    organisations.drop_draft(operation, "organisation_year", key, column)
    number = int(text) if text else None
    operation.update("organisation_year", key, **{column: number})
    metrics.card_changed(operation, school_id, year, column, number)


def first_year(raw: str) -> int:
    """Return the first calendar year of a school year written as «2025», «2025/26» or «2025/2026».

    Raises:
        UserError: ``GEN_BAD_SCHOOL_YEAR``.
    """
    found = re.fullmatch(r"((?:19|20)[0-9]{2})(?:[/–-]((?:[0-9]{2})?[0-9]{2}))?", raw.strip())
    first = int(found.group(1)) if found else 0
    if found is None or (found.group(2) and int(found.group(2)) % 100 != (first + 1) % 100):
        raise UserError("GEN_BAD_SCHOOL_YEAR", raw=raw)
    return first


def appoint(
    store: Store, school_id: int, *, full_name: str, role: str = "директор", date_from: str | None = None,
    act: str | None = None, phone: str | None = None, email: str | None = None,
) -> int:  # fmt: skip
    """Appoint a person; whoever held the same post until now ends the day the new one begins.

    Raises:
        UserError: ``GEN_EMPTY_PERSON``, ``GEN_BAD_DATE``.
    """
    if not full_name.strip():
        raise UserError("GEN_EMPTY_PERSON")
    since = iso_date(date_from) if date_from else None
    with store.operation(f"Назначен {role}: {full_name.strip()}", "school.appoint") as operation:
        person = people.ensure_person(operation, full_name.strip(), phone=phone, email=email)
        for key in registry.present_appointments(operation, school_id, role):
            operation.update("appointment", key, date_to=since or now()[:10])
        return operation.insert(
            "appointment", person_id=person, organisation_id=school_id, role=role, act=act, date_from=since
        )


def add_contact(store: Store, school_id: int, kind: str, value: str, note: str | None = None) -> int:
    """Add a phone, a mail or another contact of a school."""
    with store.operation(f"Добавлен контакт: {value}", "school.contact") as operation:
        return operation.insert("contact", organisation_id=school_id, kind=kind, value=value, note=note)


def add_note(store: Store, school_id: int | None, text: str, remind_on: str | None = None) -> int:
    """Add a note, with a reminder or without.

    Raises:
        UserError: ``GEN_BAD_DATE``.
    """
    day = iso_date(remind_on) if remind_on else None
    with store.operation("Добавлена заметка", "school.note") as operation:
        return operation.insert("note", organisation_id=school_id, text=text, remind_on=day, created_at=now())


def finish_note(store: Store, note_id: int) -> None:
    """Mark a note as done."""
    with store.operation("Заметка выполнена", "school.note.done") as operation:
        operation.update("note", note_id, done=1)


def delete_row(store: Store, table_name: str, key: int, label: str) -> None:
    """Delete one row of a card (a code, an alias, a contact, a note); undo brings it back."""
    if table_name not in {"organisation_code", "organisation_alias", "contact", "note", "appointment"}:
        raise ValueError(table_name)
    with store.operation(label, "school.delete_row") as operation:
        operation.delete(table_name, key)


def add_alias(store: Store, school_id: int, spelling: str) -> None:
    """Remember how other tables write this school."""
    school = organisations.get(store.connection, school_id)
    scope = normal_area(school.municipality or "") if school else ""
    with store.operation(f"Запомнено написание «{spelling}»", "school.alias") as operation:
        organisations.add_alias(operation, school_id, spelling.strip(), normal_name(spelling), scope)


def reorder(store: Store, school_ids: list[int]) -> None:
    """Set the file's own order of schools (decision 7)."""
    with store.operation("Изменён порядок школ", "school.order") as operation:
        for position, key in enumerate(school_ids, start=1):
            operation.update("organisation", key, position=position)


def link(store: Store, predecessor_id: int, successor_id: int, on_date: str | None, act: str | None) -> int:
    """Write down a reorganisation: a dated link, nothing is inherited by itself (decision 5).

    Raises:
        UserError: ``GEN_BAD_LINK``, ``GEN_BAD_DATE``.
    """
    if predecessor_id == successor_id:
        raise UserError("GEN_BAD_LINK")
    day = iso_date(on_date) if on_date else None
    with store.operation("Записан преемник школы", "school.link") as operation:
        operation.update("organisation", predecessor_id, status="reorganised")
        return operation.insert(
            "organisation_link", predecessor_id=predecessor_id, successor_id=successor_id, on_date=day, act=act
        )


def set_group(store: Store, name: str, school_ids: list[int]) -> None:
    """Save a group of schools under a name; the same name is replaced."""
    with store.operation(f"Сохранена группа «{name}»", "school.group") as operation:
        registry.replace_group(operation, name, school_ids)


def set_custom(store: Store, school_id: int, title: str, raw: str) -> None:
    """Write a value of an own column; the column is made when it is new."""
    with store.operation(f"Графа «{title}»", "school.custom", merge=f"custom:{school_id}:{title}") as operation:
        registry.put_custom(operation, school_id, title, raw)


# --- merging ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What merging would bring together.

    Attributes:
        kept: the record that stays.
        merged: the record that becomes part of it.
        facts: rows of every kind that come along, and those of which both records have their own.
        codes: (system, value) by which the school will be found, too.
        differences: works and years that the two count differently, in marks or in comparisons with the journal.
        spellings: names by which the school will be found, too.
        people: «директор: Громова Л. А.» of those who hold a post now.
        contacts: how many contacts come with the duplicate.
        notes: how many notes come with it.
        followers: names of records that were merged into the duplicate before and come with it.
        doubts: what speaks against the two being one school.
    """

    kept: School
    merged: School
    facts: tuple[counts.Coming, ...]
    codes: tuple[tuple[str, str], ...]
    differences: tuple[Problem, ...] = ()
    spellings: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    contacts: int = 0
    notes: int = 0
    followers: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def results_moved(self) -> int:
        """How many rows of facts only the duplicate has: marks, tasks, scores, metrics, projects and the others."""
        return sum(item.new for item in self.facts)

    @property
    def results_both(self) -> int:
        """Of how many rows both records have their own; those of the record that stays count."""
        return sum(item.both for item in self.facts)


def preview_merge(connection: Connection, duplicate_id: int, canonical_id: int) -> MergePreview:
    """Say what merging two records would bring together; nothing is changed.

    Raises:
        UserError: ``GEN_MERGE_SELF``, ``GEN_NO_SCHOOL``.
    """
    canonical_id = organisations.canonical(connection, canonical_id)
    if duplicate_id == canonical_id:
        raise UserError("GEN_MERGE_SELF")
    kept, merged = organisations.get(connection, canonical_id), organisations.card(connection, duplicate_id)
    if kept is None or merged is None:
        raise UserError("GEN_NO_SCHOOL", query=canonical_id if kept is None else duplicate_id)
    pointing = counts.canonical_with(connection, duplicate_id, canonical_id)
    differing = [found for found in counts.differences(connection, pointing) if found.school == canonical_id]
    family = [registry.known_of(connection, key) for key in (duplicate_id, *(key for key, _name in merged.duplicates))]
    names = [merged.school.name, *(name for _key, name in merged.duplicates), *(text for _key, text in merged.aliases)]
    return MergePreview(
        kept=kept,
        merged=merged.school,
        facts=counts.coming(connection, *(registry.family(connection, key) for key in (duplicate_id, canonical_id))),
        codes=tuple(dict.fromkeys(code for codes, _contacts, _notes in family for code in codes)),
        differences=tuple(counts.as_problem(found, kept.shown) for found in differing),
        spellings=tuple(dict.fromkeys(name for name in names if fold(name) != fold(kept.name))),
        people=tuple(f"{post.role}: {post.person}" for post in merged.appointments if post.date_to is None),
        contacts=len(merged.contacts),
        notes=len(merged.notes),
        followers=tuple(name for _key, name in merged.duplicates),
        doubts=_doubts(kept, merged.school),
    )


def _doubts(kept: School, merged: School) -> tuple[str, ...]:
    """Return what speaks against two records being one school, as sentences."""
    sides = [side(s.name, normal_area(s.municipality or ""), s.municipality, s.settlement) for s in (merged, kept)]
    words = "; ".join(differences(*sides))
    found = [f"Названия говорят о разном: {words}."] if words else []
    if sides[0].area and sides[1].area and sides[0].area != sides[1].area:
        found.append(f"Муниципалитеты разные: {merged.municipality} и {kept.municipality}.")
    theirs = dict(kept.codes)
    found += [
        f"{SYSTEM_WORDS[system]} у записей разный: {value} и {theirs[system]}."
        for system, value in merged.codes
        if system not in {"own", "msu"} and theirs.get(system, value) != value
    ]
    return tuple(found)


def merge(store: Store, duplicate_id: int, canonical_id: int) -> MergePreview:
    """Point a duplicate to its canonical record; no foreign key is rewritten, so separating always works.

    Records merged into the duplicate before are led on to the canonical one; separating takes them back with it.

    Returns:
        What was brought together, with the figures that contradict each other.

    Raises:
        UserError: ``GEN_MERGE_SELF``, ``GEN_NO_SCHOOL``.
    """
    preview = preview_merge(store.connection, duplicate_id, canonical_id)
    label = f"Объединены «{preview.merged.shown}» и «{preview.kept.shown}»"
    with store.operation(label, "school.merge") as operation:
        join(operation, duplicate_id, preview.kept.id)
    return preview


def join(operation: Operation, duplicate_id: int, canonical_id: int) -> None:
    """Point a duplicate, and what was merged into it, to a canonical record inside an operation."""
    for key in (*registry.merged_into(operation.connection, duplicate_id), duplicate_id):
        operation.update("organisation", key, duplicate_of=canonical_id)


def separate(store: Store, duplicate_id: int) -> None:
    """Take a merged record out again, with the records that came along with it.

    Raises:
        UserError: ``GEN_NOT_DUPLICATE``.
    """
    school = organisations.get(store.connection, duplicate_id)
    if school is None or school.duplicate_of is None:
        raise UserError("GEN_NOT_DUPLICATE", school=school.shown if school else duplicate_id)
    with store.operation(f"Разделена запись «{school.shown}»", "school.separate") as operation:
        for key in registry.came_along(store.connection, duplicate_id):
            operation.update("organisation", key, duplicate_of=duplicate_id)
        operation.update("organisation", duplicate_id, duplicate_of=None)


def iso_date(raw: str) -> str:
    """Return a date typed as 28.11.2026 or 2026-11-28 in ISO form.

    Raises:
        UserError: ``GEN_BAD_DATE``.
    """
    text = raw.strip()
    for pattern in ("%d.%m.%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, pattern).date().isoformat()  # noqa: DTZ007 - a date has no zone
        except ValueError:
            continue
    raise UserError("GEN_BAD_DATE", raw=raw)


def put_text_draft(store: Store, table_name: str, key: int, column: str, raw: str) -> None:
    """Keep half-typed text at most a second after the last key; it is forgotten when the field is saved.

    The draft and the saving of the same field are one operation, so that one Ctrl+Z takes both back.
    """
    with store.operation("Набран текст", "draft", merge=_edit_key(table_name, key, column)) as operation:
        _draft(operation, table_name, key, column, raw)


def _edit_key(table_name: str, key: int, column: str) -> str:
    """Return the merge key that saving this field uses."""
    if table_name != "organisation":
        return f"draft:{table_name}:{key}:{column}"
    return f"code:{key}:{column}" if column in SYSTEM_WORDS else f"school:{key}:{column}"


def _draft(operation: Operation, table_name: str, key: int, column: str, raw: str) -> None:
    if raw:
        organisations.put_draft(operation, table_name, key, column, raw, "DRAFT")
    else:
        organisations.drop_draft(operation, table_name, key, column)


def find_merged(connection: Connection, query: str) -> int:
    """Return the merged record that a code or a name means.

    Raises:
        UserError: ``GEN_NOT_DUPLICATE``.
    """
    wanted = fold(query)
    everybody = organisations.listing(connection, own=None, kind=None, duplicates=True)
    merged = [s for s in everybody if s.duplicate_of is not None]
    login = normal_login(query)
    for school in merged:
        if wanted in {fold(school.name), fold(school.shown)} or login in dict(school.codes).values():
            return school.id
    raise UserError("GEN_NOT_DUPLICATE", school=query)
