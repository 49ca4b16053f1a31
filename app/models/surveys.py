"""Anonymous questionnaires as they are stored: sheets, respondents without names, answers, counts, texts.

A sheet is one event, course, lesson or school in a round of a questionnaire. It holds rows (a respondent each) or
counts, never both. Lines over the form and texts beside «другое» stand in ``survey_remark``.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from app.models.organisations import drop_draft, put_draft
from app.models.store import Operation, free_keys

HEAD = "@"
"""How the key of a line over the form begins."""
HANDED_IN = "@handed-in"
"""The key of the count of questionnaires that were handed in."""
DRAFTS = "survey_tally"
"""Under which name entries wait that are no counts (``draft_cell.table_name``); the key of the row is the sheet's."""
ROW_DRAFTS = "survey_answer"
"""Under which name half-typed answers wait; the key of the row is the sheet's, the column is «respondent/question»."""
Mode = Literal["empty", "rows", "tallies"]
Count = tuple[str, str]
"""Question and choice."""
Draft = tuple[str, str]
"""What was typed and the code of what is wrong with it."""


@dataclass(frozen=True, slots=True)
class SurveySheet:
    """One sheet.

    Attributes:
        held_on: ISO day of the event; None where it is not known.
        given_out: how many questionnaires were given out; None where it is not known.
        rows, numbers: how many respondents and counts it holds.
        drafts: entries in the place of counts that are none.
    """

    id: int
    round_id: int
    subject_id: int
    held_on: str | None
    given_out: int | None
    note: str | None
    rows: int = 0
    numbers: int = 0
    drafts: int = 0

    @property
    def mode(self) -> Mode:
        """What it holds."""
        return "rows" if self.rows else "tallies" if self.numbers or self.drafts else "empty"


@dataclass(frozen=True, slots=True)
class SurveyAnswer:
    """One stored answer of one respondent; a wrong one keeps its text and a code."""

    item_id: str
    raw: str
    value: str | None
    code: str | None
    other: str


@dataclass(frozen=True, slots=True)
class SurveyRow:
    """One respondent: a place in the sheet and answers by question, nothing else."""

    id: int
    position: int
    answers: Mapping[str, SurveyAnswer] = field(default_factory=dict)


_SHEET = (
    "SELECT s.id, s.round_id, s.subject_id, s.held_on, s.given_out, s.note,"
    " (SELECT count(*) FROM survey_respondent r WHERE r.sheet_id = s.id),"
    " (SELECT count(*) FROM survey_tally t WHERE t.sheet_id = s.id),"
    f" (SELECT count(*) FROM draft_cell d WHERE d.table_name = '{DRAFTS}' AND d.row_key = s.id) FROM survey_sheet s"
)


def sheets(
    connection: sqlite3.Connection, *, rounds: Iterable[int] | None = None, keys: Iterable[int] | None = None
) -> list[SurveySheet]:
    """Return sheets by day, the newest first; what is not given does not narrow."""
    wanted = [None if chosen is None else json.dumps(sorted(set(chosen))) for chosen in (rounds, keys)]
    rows = connection.execute(
        f"{_SHEET} WHERE (?1 IS NULL OR s.round_id IN (SELECT value FROM json_each(?1)))"
        " AND (?2 IS NULL OR s.id IN (SELECT value FROM json_each(?2)))"
        " ORDER BY s.held_on IS NULL, s.held_on DESC, s.id",
        wanted,
    )
    return [SurveySheet(*row) for row in rows]


def of_events(connection: sqlite3.Connection, keys: Iterable[int] | None = None) -> dict[int, list[int]]:
    """Return event → its sheets in the order of entering; None: of every event that has one."""
    wanted = None if keys is None else json.dumps(sorted(set(keys)))
    found: dict[int, list[int]] = {}
    for event, sheet in connection.execute(
        "SELECT event_id, id FROM survey_sheet WHERE event_id IS NOT NULL"
        " AND (?1 IS NULL OR event_id IN (SELECT value FROM json_each(?1))) ORDER BY held_on IS NULL, held_on, id",
        (wanted,),
    ):
        found.setdefault(int(event), []).append(int(sheet))
    return found


def sheet_of(connection: sqlite3.Connection, sheet_id: int) -> SurveySheet | None:
    """Return one sheet."""
    return next(iter(sheets(connection, keys=[sheet_id])), None)


def rows(connection: sqlite3.Connection, sheet_ids: Iterable[int]) -> dict[int, list[SurveyRow]]:
    """Return respondents with their answers by sheet, in the order of entering."""
    wanted = sorted(set(sheet_ids))
    found: dict[int, list[SurveyRow]] = {key: [] for key in wanted}
    text = json.dumps(wanted)
    answers: dict[int, dict[str, SurveyAnswer]] = {}
    for respondent, *rest in connection.execute(
        "SELECT a.respondent_id, a.item_id, a.raw, a.value, a.code, coalesce(a.other, '') FROM survey_answer a"
        " JOIN survey_respondent r ON r.id = a.respondent_id WHERE r.sheet_id IN (SELECT value FROM json_each(?))",
        (text,),
    ):
        answers.setdefault(respondent, {})[rest[0]] = SurveyAnswer(*rest)
    for key, sheet, position in connection.execute(
        "SELECT id, sheet_id, position FROM survey_respondent WHERE sheet_id IN (SELECT value FROM json_each(?))"
        " ORDER BY position, id",
        (text,),
    ):
        found[sheet].append(SurveyRow(key, position, answers.get(key, {})))
    return found


def tallies(connection: sqlite3.Connection, sheet_ids: Iterable[int]) -> dict[int, dict[tuple[str, str], int]]:
    """Return (question, choice) → number by sheet; ``HANDED_IN`` stands among them with an empty choice."""
    wanted = sorted(set(sheet_ids))
    found: dict[int, dict[tuple[str, str], int]] = {key: {} for key in wanted}
    for sheet, item, choice, number in connection.execute(
        "SELECT sheet_id, item_id, choice, number FROM survey_tally"
        " WHERE sheet_id IN (SELECT value FROM json_each(?)) ORDER BY id",
        (json.dumps(wanted),),
    ):
        found[sheet][item, choice] = number
    return found


def drafts(connection: sqlite3.Connection, sheet_ids: Iterable[int]) -> dict[int, dict[Count, Draft]]:
    """Return (question, choice) → entry that is no count, by sheet, in the order in which they were made."""
    wanted = sorted(set(sheet_ids))
    found: dict[int, dict[Count, Draft]] = {key: {} for key in wanted}
    for sheet, column, raw, code in connection.execute(
        "SELECT row_key, column_name, raw, code FROM draft_cell WHERE table_name = ?"
        " AND row_key IN (SELECT value FROM json_each(?)) ORDER BY rowid",
        (DRAFTS, json.dumps(wanted)),
    ):
        found[sheet][count_of(column)] = raw, code
    return found


def row_drafts(connection: sqlite3.Connection, sheet_id: int) -> dict[tuple[int, str], str]:
    """Return (respondent, question) → text that is being typed; the respondent 0 is the first free line."""
    rows = connection.execute(
        "SELECT column_name, raw FROM draft_cell WHERE table_name = ? AND row_key = ? ORDER BY rowid",
        (ROW_DRAFTS, sheet_id),
    )
    found = {}
    for column, raw in rows:
        respondent, _sign, item_id = column.partition("/")
        found[int(respondent), item_id] = raw
    return found


def write_row_draft(operation: Operation, sheet_id: int, respondent: int, item_id: str, raw: str) -> None:
    """Keep text that is being typed into an answer; "" forgets it."""
    column = f"{respondent}/{item_id}"
    if raw:
        put_draft(operation, ROW_DRAFTS, sheet_id, column, raw, "DRAFT")
    else:
        drop_draft(operation, ROW_DRAFTS, sheet_id, column)


def drafted(connection: sqlite3.Connection) -> list[int]:
    """Return the sheets that hold entries which are no counts."""
    rows = connection.execute("SELECT DISTINCT row_key FROM draft_cell WHERE table_name = ? ORDER BY 1", (DRAFTS,))
    return [key for (key,) in rows]


def draft_column(item_id: str, choice: str) -> str:
    """Return under which name an entry waits in the place of a count; neither part can have the sign between them."""
    return f"{item_id}={choice}"


def count_of(column: str) -> Count:
    """Return question and choice of the name under which an entry waits."""
    item_id, _sign, choice = column.partition("=")
    return item_id, choice


def remarks(connection: sqlite3.Connection, sheet_ids: Iterable[int]) -> dict[int, dict[str, list[str]]]:
    """Return question (or «@line») → texts by sheet, in their order."""
    wanted = sorted(set(sheet_ids))
    found: dict[int, dict[str, list[str]]] = {key: {} for key in wanted}
    for sheet, item, text in connection.execute(
        "SELECT sheet_id, item_id, text FROM survey_remark WHERE sheet_id IN (SELECT value FROM json_each(?))"
        " ORDER BY coalesce(position, 0), id",
        (json.dumps(wanted),),
    ):
        found[sheet].setdefault(item, []).append(text)
    return found


# --- writing -----------------------------------------------------------------------------------------------------


def add_rows(operation: Operation, sheet_id: int, drafts: Sequence[Iterable[SurveyAnswer]], after: int) -> None:
    """Write respondents with their answers, from the place after ``after``, as two lots of rows."""
    first = free_keys(operation.connection, "survey_respondent")
    operation.bulk_insert(
        "survey_respondent", ("sheet_id", "position"),
        [(sheet_id, after + number) for number in range(1, len(drafts) + 1)], first,
    )  # fmt: skip
    operation.bulk_insert(
        "survey_answer", ("respondent_id", "item_id", "raw", "value", "code", "other"),
        [
            (first + number, one.item_id, one.raw, one.value, one.code, one.other or None)
            for number, answers in enumerate(drafts) for one in answers
        ],
        free_keys(operation.connection, "survey_answer"),
    )  # fmt: skip


def write_answer(operation: Operation, respondent_id: int, draft: SurveyAnswer) -> None:
    """Write one answer of a respondent; an empty one takes its row away."""
    present = operation.connection.execute(
        "SELECT id FROM survey_answer WHERE respondent_id = ? AND item_id = ?", (respondent_id, draft.item_id)
    ).fetchone()
    if not draft.raw.strip():
        if present is not None:
            operation.delete("survey_answer", present[0])
        return
    values = {"raw": draft.raw, "value": draft.value, "code": draft.code, "other": draft.other or None}
    if present is None:
        operation.insert("survey_answer", respondent_id=respondent_id, item_id=draft.item_id, **values)
    else:
        operation.update("survey_answer", present[0], **values)


def write_draft(operation: Operation, sheet_id: int, item_id: str, choice: str, draft: Draft | None) -> None:
    """Keep an entry that is no count, or forget it."""
    if draft is None:
        drop_draft(operation, DRAFTS, sheet_id, draft_column(item_id, choice))
    else:
        put_draft(operation, DRAFTS, sheet_id, draft_column(item_id, choice), *draft)


def write_tally(operation: Operation, sheet_id: int, item_id: str, choice: str, number: int | None) -> None:
    """Write one count; None takes it away. An entry that waited in its place goes."""
    write_draft(operation, sheet_id, item_id, choice, None)
    present = operation.connection.execute(
        "SELECT id, number FROM survey_tally WHERE sheet_id = ? AND item_id = ? AND choice = ?",
        (sheet_id, item_id, choice),
    ).fetchone()
    if number is None:
        if present is not None:
            operation.delete("survey_tally", present[0])
    elif present is None:
        operation.insert("survey_tally", sheet_id=sheet_id, item_id=item_id, choice=choice, number=number)
    elif present[1] != number:
        operation.update("survey_tally", present[0], number=number)


def write_remarks(operation: Operation, sheet_id: int, item_id: str, texts: Sequence[str]) -> None:
    """Put texts in the place of those that a question (or a line over the form) has."""
    present = operation.connection.execute(
        "SELECT id, text FROM survey_remark WHERE sheet_id = ? AND item_id = ? ORDER BY coalesce(position, 0), id",
        (sheet_id, item_id),
    ).fetchall()
    if [text for _key, text in present] == list(texts):
        return
    for key, _text in present:
        operation.delete("survey_remark", key)
    for place, text in enumerate(texts, start=1):
        operation.insert("survey_remark", sheet_id=sheet_id, item_id=item_id, text=text, position=place)


def drop_rows(operation: Operation, respondent_ids: Iterable[int]) -> None:
    """Delete respondents with their answers."""
    for key in respondent_ids:
        found = operation.connection.execute("SELECT id FROM survey_answer WHERE respondent_id = ?", (key,)).fetchall()
        for (answer,) in found:
            operation.delete("survey_answer", answer)
        operation.delete("survey_respondent", key)


def empty(operation: Operation, sheet_id: int) -> None:
    """Delete everything that was answered; the lines over the form stay."""
    drop_rows(operation, [row.id for row in rows(operation.connection, [sheet_id])[sheet_id]])
    for item_id, choice in drafts(operation.connection, [sheet_id])[sheet_id]:
        write_draft(operation, sheet_id, item_id, choice, None)
    for respondent, item_id in row_drafts(operation.connection, sheet_id):
        write_row_draft(operation, sheet_id, respondent, item_id, "")
    for table, condition in (("survey_tally", "1"), ("survey_remark", f"substr(item_id, 1, 1) <> '{HEAD}'")):
        found = operation.connection.execute(
            f"SELECT id FROM {table} WHERE sheet_id = ? AND {condition}", (sheet_id,)
        ).fetchall()
        for (key,) in found:
            operation.delete(table, key)


def drop_sheet(operation: Operation, sheet_id: int) -> None:
    """Delete a sheet with everything in it."""
    empty(operation, sheet_id)
    for (key,) in operation.connection.execute(
        "SELECT id FROM survey_remark WHERE sheet_id = ?", (sheet_id,)
    ).fetchall():
        operation.delete("survey_remark", key)
    operation.delete("survey_sheet", sheet_id)
