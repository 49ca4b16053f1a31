"""Rounds of forms, their cases, answers, files and evidence as they are stored: records, and SQL that reads.

A case belongs to a subject: a school, a programme of it, its head; a body; something that has only a name. Nothing is
rewritten when schools are merged (decision 5): a subject answers by its canonical organisation.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.models import blobs
from app.models.journal import now
from app.models.organisations import canonical_map
from app.models.store import Operation

HEAD = "@"
"""How the key of a line over the form begins; such rows stand among the answers and are no answers."""
DRAFTS = "form_answer"
"""Under which name half-typed text is kept (``draft_cell.table_name``); the key of the row is that of the case."""


@dataclass(frozen=True, slots=True)
class SubjectRef:
    """Whom a form speaks of, before it is in the file: an organisation, a body, a person or a name.

    Attributes:
        kind: as ``FormDef.subject`` («school», «rmo»…).
        person_id: with an organisation: its head.
        name: what it is called where no register knows it; of a programme, its title.
    """

    kind: str
    organisation_id: int | None = None
    body_id: int | None = None
    person_id: int | None = None
    name: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class FormSubject:
    """One subject.

    Attributes:
        organisation_id: as stored; ``school_id`` is the canonical record that answers for it.
        shown: what it is called in lists.
        status: of the organisation; "active" where there is none.
    """

    id: int
    kind: str
    organisation_id: int | None
    body_id: int | None
    person_id: int | None
    name: str | None
    note: str | None
    school_id: int | None
    shown: str
    status: str

    @property
    def key(self) -> tuple[Any, ...]:
        """What two subjects share that are the same: schools merged into one, too."""
        return self.kind, self.school_id, self.body_id, self.person_id, self.name or ""


@dataclass(frozen=True, slots=True)
class FormRound:
    """One sending of a form for a school year; ``closed_on`` where no more answers are waited for."""

    id: int
    form_id: str
    version: str
    digest: str
    school_year: int
    title: str
    due_on: str | None
    letter: str | None
    created_at: str
    closed_on: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class FormCase:
    """One subject's answers in one round, by one person.

    Attributes:
        role: «self» for the subject itself, «expert» for one of several, «agreed» for what they agreed on.
        due_on: an own deadline; that of the round where it is None.
        received_on: when answers came; emptied when they go back.
        level: chosen by a person, with ``level_reason``; None where the points decide.
        exempt: why nothing is asked («первый год в должности»).
    """

    id: int
    round_id: int
    subject_id: int
    role: str
    person_id: int | None
    author: str | None
    version: str
    due_on: str | None
    sent_on: str | None
    sent_to: str | None
    received_on: str | None
    returned_on: str | None
    return_remark: str | None
    accepted_on: str | None
    accepted_by: str | None
    approved_on: str | None
    approved_act: str | None
    reopened_on: str | None
    reopen_reason: str | None
    level: str | None
    level_reason: str | None
    conclusion: str | None
    exempt: str | None
    recommendation: str | None
    decision: str | None

    @property
    def locked(self) -> bool:
        """Whether the answers can't be changed any more."""
        return self.accepted_on is not None or self.approved_on is not None


@dataclass(frozen=True, slots=True)
class FormAnswer:
    """One stored answer; ``raw`` is kept beside ``value`` even where it is wrong (decision 18)."""

    id: int
    case_id: int
    item_id: str
    raw: str
    value: str | None
    code: str | None
    other: str
    not_applicable: bool
    comment: str
    confirmed: bool
    file_id: int | None
    sheet: str | None
    cell: str | None


@dataclass(frozen=True, slots=True)
class AnswerDraft:
    """One answer to be written; ``sheet`` and ``cell`` where it stood in a workbook."""

    item_id: str
    raw: str
    value: str | None = None
    code: str | None = None
    other: str = ""
    not_applicable: bool = False
    comment: str = ""
    confirmed: bool = True
    file_id: int | None = None
    sheet: str | None = None
    cell: str | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing was said at all: no row is kept for it."""
        return not (self.raw.strip() or self.value or self.code or self.other or self.not_applicable or self.comment)


@dataclass(frozen=True, slots=True)
class FormFile:
    """One file that came back; ``problems`` is what was wrong with it, JSON of (code, context)."""

    id: int
    round_id: int | None
    case_id: int | None
    kind: str
    file_name: str
    sha256: str
    received_at: str
    outcome: str
    author: str | None
    problems: str | None
    marked_sha256: str | None


@dataclass(frozen=True, slots=True)
class FormEvidence:
    """A proof of an answer: a kept file or an address; ``item_id`` None where it belongs to the whole form."""

    id: int
    case_id: int
    item_id: str | None
    title: str
    file_name: str | None
    sha256: str | None
    link: str | None
    added_at: str


# --- reading ---------------------------------------------------------------------------------------------------

_ROUND = (
    "SELECT id, form_id, version, digest, school_year, title, due_on, letter, created_at, closed_on, note"
    " FROM form_round"
)
_CASE_NAMES = (
    "id", "round_id", "subject_id", "role", "person_id", "author", "version", "due_on", "sent_on", "sent_to",
    "received_on", "returned_on", "return_remark", "accepted_on", "accepted_by", "approved_on", "approved_act",
    "reopened_on", "reopen_reason", "level", "level_reason", "conclusion", "exempt", "recommendation", "decision",
)  # fmt: skip
_CASE = f"SELECT {', '.join(f'c.{name}' for name in _CASE_NAMES)} FROM form_case c"
_ANSWER = (
    "SELECT id, case_id, item_id, raw, value, code, coalesce(other, ''), not_applicable, coalesce(comment, ''),"
    " confirmed, file_id, sheet, cell FROM form_answer"
)
_FILE = (
    "SELECT id, round_id, case_id, kind, file_name, sha256, received_at, outcome, author, problems, marked_sha256"
    " FROM form_file"
)
_EVIDENCE = "SELECT id, case_id, item_id, title, file_name, sha256, link, added_at FROM form_evidence"


def rounds(
    connection: sqlite3.Connection, school_year: int | None = None, form_id: str | None = None
) -> list[FormRound]:
    """Return rounds, the newest year first, within it as they were begun."""
    rows = connection.execute(
        f"{_ROUND} WHERE (?1 IS NULL OR school_year = ?1) AND (?2 IS NULL OR form_id = ?2)"
        " ORDER BY school_year DESC, created_at, title, id",
        (school_year, form_id),
    )
    return [FormRound(*row) for row in rows]


def any_round(connection: sqlite3.Connection) -> bool:
    """Tell whether the file has any round; where it has none, no definition needs to be read."""
    return connection.execute("SELECT 1 FROM form_round LIMIT 1").fetchone() is not None


def round_of(connection: sqlite3.Connection, round_id: int) -> FormRound | None:
    """Return one round."""
    row = connection.execute(f"{_ROUND} WHERE id = ?", (round_id,)).fetchone()
    return None if row is None else FormRound(*row)


def cases(
    connection: sqlite3.Connection, *, rounds: Iterable[int] | None = None, keys: Iterable[int] | None = None,
    subjects: Iterable[int] | None = None,
) -> list[FormCase]:  # fmt: skip
    """Return cases of some rounds, with some keys, of some subjects; what is not given does not narrow."""
    wanted = [None if chosen is None else json.dumps(sorted(set(chosen))) for chosen in (rounds, keys, subjects)]
    rows = connection.execute(
        f"{_CASE} WHERE (?1 IS NULL OR c.round_id IN (SELECT value FROM json_each(?1)))"
        " AND (?2 IS NULL OR c.id IN (SELECT value FROM json_each(?2)))"
        " AND (?3 IS NULL OR c.subject_id IN (SELECT value FROM json_each(?3)))"
        " ORDER BY c.round_id, CASE c.role WHEN 'self' THEN 0 WHEN 'agreed' THEN 1 ELSE 2 END, c.id",
        wanted,
    )
    return [FormCase(*row) for row in rows]


def case_of(connection: sqlite3.Connection, case_id: int) -> FormCase | None:
    """Return one case."""
    row = connection.execute(f"{_CASE} WHERE c.id = ?", (case_id,)).fetchone()
    return None if row is None else FormCase(*row)


def answers(connection: sqlite3.Connection, case_ids: Iterable[int]) -> dict[int, list[FormAnswer]]:
    """Return the answers of some cases by case; a case without answers is there with an empty list."""
    wanted = sorted(set(case_ids))
    found: dict[int, list[FormAnswer]] = {key: [] for key in wanted}
    rows = connection.execute(
        f"{_ANSWER} WHERE case_id IN (SELECT value FROM json_each(?)) ORDER BY id", (json.dumps(wanted),)
    )
    for row in rows:
        values: list[Any] = list(row)
        values[7], values[9] = bool(row[7]), bool(row[9])
        found[row[1]].append(FormAnswer(*values))
    return found


def bare_answers(connection: sqlite3.Connection, case_ids: Iterable[int]) -> Iterator[tuple[Any, ...]]:
    """Yield answers of many cases as rows for judging.

    A row is (case id, item id, raw, value, code, other, not applicable, comment, confirmed); flags are 0 and 1.
    """
    yield from connection.execute(
        "SELECT case_id, item_id, raw, value, code, coalesce(other, ''), not_applicable, coalesce(comment, ''),"
        " confirmed FROM form_answer WHERE case_id IN (SELECT value FROM json_each(?)) ORDER BY id",
        (json.dumps(sorted(set(case_ids))),),
    )


def drafts(connection: sqlite3.Connection, case_id: int) -> dict[str, str]:
    """Return text that is being typed into a case, item → text."""
    rows = connection.execute(
        "SELECT column_name, raw FROM draft_cell WHERE table_name = ? AND row_key = ? ORDER BY id",
        (DRAFTS, case_id),
    )
    return dict(rows.fetchall())


def files(
    connection: sqlite3.Connection, *, cases: Iterable[int] | None = None, rounds: Iterable[int] | None = None
) -> list[FormFile]:
    """Return files that came back, the earliest first."""
    wanted = [None if chosen is None else json.dumps(sorted(set(chosen))) for chosen in (cases, rounds)]
    rows = connection.execute(
        f"{_FILE} WHERE (?1 IS NULL OR case_id IN (SELECT value FROM json_each(?1)))"
        " AND (?2 IS NULL OR round_id IN (SELECT value FROM json_each(?2))) ORDER BY received_at, rowid",
        wanted,
    )
    return [FormFile(*row) for row in rows]


def file_of(connection: sqlite3.Connection, key: int) -> FormFile | None:
    """Return one file that came back."""
    row = connection.execute(f"{_FILE} WHERE id = ?", (key,)).fetchone()
    return None if row is None else FormFile(*row)


def evidence(connection: sqlite3.Connection, case_id: int) -> list[FormEvidence]:
    """Return the proofs of a case in the order they were added."""
    rows = connection.execute(f"{_EVIDENCE} WHERE case_id = ? ORDER BY added_at, id", (case_id,))
    return [FormEvidence(*row) for row in rows]


def evidence_of(connection: sqlite3.Connection, key: int) -> FormEvidence | None:
    """Return one proof."""
    row = connection.execute(f"{_EVIDENCE} WHERE id = ?", (key,)).fetchone()
    return None if row is None else FormEvidence(*row)


_SUBJECT = """
SELECT s.id, s.kind, s.organisation_id, s.body_id, s.person_id, s.name, s.note, b.name, p.full_name
FROM form_subject s LEFT JOIN body b ON b.id = s.body_id LEFT JOIN person p ON p.id = s.person_id
"""


def subjects(
    connection: sqlite3.Connection, *, kind: str | None = None, keys: Iterable[int] | None = None
) -> list[FormSubject]:
    """Return subjects in the file's own order of schools, then by name."""
    merged = canonical_map(connection)
    wanted = None if keys is None else json.dumps(sorted(set(keys)))
    rows = connection.execute(
        f"{_SUBJECT} WHERE (?1 IS NULL OR s.kind = ?1) AND (?2 IS NULL OR s.id IN (SELECT value FROM json_each(?2)))",
        (kind, wanted),
    ).fetchall()
    schools = json.dumps(sorted({merged.get(row[2], row[2]) for row in rows if row[2] is not None}))
    places = {
        key: (shown, status, (position is None, position or 0))
        for key, shown, status, position in connection.execute(
            "SELECT id, coalesce(short_name, name), status, position FROM organisation"
            " WHERE id IN (SELECT value FROM json_each(?))",
            (schools,),
        )
    }
    found = []
    for key, what, organisation, body_id, person_id, name, note, body, person in rows:
        school = merged.get(organisation, organisation)
        place = places.get(school, ("", "active", (True, 0)))
        shown = _shown(place[0], body, person, name)
        subject = FormSubject(key, what, organisation, body_id, person_id, name, note, school, shown, place[1])
        found.append((place[2], subject))
    found.sort(key=lambda item: (item[0], item[1].shown, item[1].id))
    return [subject for _place, subject in found]


def alike(connection: sqlite3.Connection, key: tuple[Any, ...], merged: Mapping[int, int] | None = None) -> list[int]:
    """Return keys of the subjects that are the same by ``FormSubject.key``, that of the record that stays first."""
    kind, school, body, person, name = key
    pointing = canonical_map(connection) if merged is None else merged
    family = json.dumps([school, *(old for old, new in pointing.items() if new == school)])
    rows = connection.execute(
        "SELECT id FROM form_subject WHERE kind = ?1 AND body_id IS ?4 AND person_id IS ?5 AND coalesce(name, '') = ?6"
        " AND (?2 IS NULL AND organisation_id IS NULL OR organisation_id IN (SELECT value FROM json_each(?3)))"
        " ORDER BY organisation_id IS NOT ?2, id",
        (kind, school, family, body, person, name),
    )
    return [found for (found,) in rows]


def _shown(school: str, body: str | None, person: str | None, name: str | None) -> str:
    parts = [part for part in (school, body, person, name) if part]
    return " — ".join(parts)


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call about a school: its head, or its own telephone where no head is known."""

    person_id: int | None
    name: str
    phone: str | None
    email: str | None


def contacts(connection: sqlite3.Connection) -> dict[int, Contact]:
    """Return canonical organisation → who answers for it now."""
    merged = canonical_map(connection)
    found: dict[int, Contact] = {}
    own = connection.execute("SELECT organisation_id, kind, value FROM contact ORDER BY id")
    plain: dict[int, dict[str, str]] = {}
    for key, kind, value in own:
        if "@" in value or kind.casefold().startswith("тел"):
            known = plain.setdefault(merged.get(key, key), {})
            known.setdefault("email" if "@" in value else "phone", value)
    for key, kinds in plain.items():
        found[key] = Contact(None, "", kinds.get("phone"), kinds.get("email"))
    rows = connection.execute(
        "SELECT t.organisation_id, p.id, p.full_name, p.phone, p.email FROM appointment t JOIN person p"
        " ON p.id = t.person_id WHERE t.date_to IS NULL AND (t.role LIKE 'директор%' OR t.role LIKE 'заведующ%'"
        " OR t.role LIKE 'руководитель%') ORDER BY t.date_from, t.id"
    ).fetchall()
    # the record's own head last: it wins over that of a merged one
    rows.sort(key=lambda row: row[0] not in merged)
    for key, person, name, phone, email in rows:
        school = merged.get(key, key)
        kinds = plain.get(school, {})
        found[school] = Contact(person, name, phone or kinds.get("phone"), email or kinds.get("email"))
    return found


def closed(connection: sqlite3.Connection) -> set[int]:
    """Return organisations that work no more; nothing is asked of them."""
    rows = connection.execute("SELECT id FROM organisation WHERE status IN ('closed', 'reorganised')")
    return {key for (key,) in rows}


def touched_by(connection: sqlite3.Connection, operation_id: int) -> list[int]:
    """Return keys of the cases whose answers or proofs an operation changed."""
    found: set[int] = set()
    for table in ("form_answer", "form_evidence"):
        rows = connection.execute(
            f"SELECT DISTINCT coalesce(t.case_id, json_extract(j.before, '$.case_id')) FROM journal j"
            f" LEFT JOIN {table} t ON t.id = j.row_key WHERE j.operation_id = ?1 AND j.table_name = '{table}'"
            " AND j.action <> 'B' UNION"
            f" SELECT DISTINCT t.case_id FROM journal j JOIN {table} t ON t.id BETWEEN j.row_key AND j.row_last"
            f" WHERE j.operation_id = ?1 AND j.table_name = '{table}' AND j.action = 'B'",
            (operation_id,),
        )
        found |= {int(key) for (key,) in rows if key is not None}
    return sorted(found)


def accepted_by(connection: sqlite3.Connection, operation_id: int) -> set[int]:
    """Return keys of the cases that an operation accepted."""
    rows = connection.execute(
        "SELECT j.row_key FROM journal j JOIN operation o ON o.id = j.operation_id WHERE o.id = ?"
        " AND o.kind = 'form.accept' AND j.table_name = 'form_case'"
        " AND json_extract(j.before, '$.accepted_on') IS NULL",
        (operation_id,),
    )
    return {int(key) for (key,) in rows}


# --- writing ---------------------------------------------------------------------------------------------------


def ensure_subject(operation: Operation, ref: SubjectRef) -> int:
    """Return the key of a subject, making one where there is none; a merged school means its canonical record."""
    merged = canonical_map(operation.connection)
    school = merged.get(ref.organisation_id or 0, ref.organisation_id)
    known = alike(operation.connection, (ref.kind, school, ref.body_id, ref.person_id, ref.name.strip()), merged)
    if known:
        return known[0]
    return operation.insert(
        "form_subject", kind=ref.kind, organisation_id=school, body_id=ref.body_id, person_id=ref.person_id,
        name=ref.name.strip() or None, note=ref.note.strip() or None,
    )  # fmt: skip


def write_answers(operation: Operation, case_id: int, drafts: Iterable[AnswerDraft]) -> int:
    """Write answers of a case; an empty one takes its row away. Returns how many rows are another now."""
    present = {item.item_id: item for item in answers(operation.connection, [case_id])[case_id]}
    changed = 0
    for draft in {item.item_id: item for item in drafts}.values():
        kept = present.get(draft.item_id)
        if draft.empty:
            if kept is not None:
                operation.delete("form_answer", kept.id)
                changed += 1
            continue
        values = _values(draft)
        if kept is None:
            operation.insert("form_answer", case_id=case_id, item_id=draft.item_id, **values)
            changed += 1
        elif values != _values(kept):
            operation.update("form_answer", kept.id, **values)
            changed += 1
    return changed


def drop_case(operation: Operation, case_id: int) -> None:
    """Delete a case with its answers, proofs and half-typed text."""
    for row in answers(operation.connection, [case_id])[case_id]:
        operation.delete("form_answer", row.id)
    for item in evidence(operation.connection, case_id):
        operation.delete("form_evidence", item.id)
    typed = operation.connection.execute(
        "SELECT id FROM draft_cell WHERE table_name = ? AND row_key = ?", (DRAFTS, case_id)
    ).fetchall()
    for (key,) in typed:
        operation.delete("draft_cell", key)
    operation.delete("form_case", case_id)


def keep_file(
    operation: Operation, *, round_id: int | None, case_id: int | None, kind: str, file_name: str, data: bytes,
    outcome: str, author: str | None = None, problems: str | None = None,
) -> int:  # fmt: skip
    """Keep a file that came back, bytes and all; returns its key."""
    digest = blobs.put(operation.connection, data)
    return operation.insert(
        "form_file", round_id=round_id, case_id=case_id, kind=kind, file_name=file_name, sha256=digest,
        received_at=now(), outcome=outcome, author=author, problems=problems,
    )  # fmt: skip


def as_draft(item: FormAnswer, *, confirmed: bool) -> AnswerDraft:
    """Return a stored answer to be written again, confirmed or not."""
    return AnswerDraft(
        item.item_id, item.raw, item.value, item.code, item.other, item.not_applicable, item.comment, confirmed,
        item.file_id, item.sheet, item.cell,
    )  # fmt: skip


def _values(item: AnswerDraft | FormAnswer) -> dict[str, Any]:
    return {
        "raw": item.raw,
        "value": item.value,
        "code": item.code,
        "other": item.other or None,
        "not_applicable": int(item.not_applicable),
        "comment": item.comment or None,
        "confirmed": int(item.confirmed),
        "file_id": item.file_id,
        "sheet": item.sheet,
        "cell": item.cell,
    }
