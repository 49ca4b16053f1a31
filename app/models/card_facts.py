"""What a school's card gathers beside its own tables: comparisons with the journal, decisions, papers, explanations."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from app.models import merged
from app.models.records import Assessment


@dataclass(frozen=True, slots=True)
class StoredComparison:
    """How marks of one work stand against the journal: lowered, confirmed, raised, of a total."""

    id: int
    assessment: Assessment
    year: int
    total: int
    lowered: int
    confirmed: int
    raised: int
    autumn: bool
    file: str | None


@dataclass(frozen=True, slots=True)
class StoredDecision:
    """A correction of a list that names the school, or the approval of a list that names it.

    Attributes:
        kind: «correction» or «approval».
        id: key of the row.
        year: result year of the list.
        listed: how the school stands after it.
        words: the reason of a correction; number of the order of an approval.
        dated: ISO date or moment.
        state: «approved», «cancelled»; of a correction «».
    """

    kind: str
    id: int
    rule_id: str
    year: int
    listed: bool
    words: str
    dated: str
    state: str


@dataclass(frozen=True, slots=True)
class NamingPaper:
    """An outgoing paper that names the school."""

    number: int
    kind: str
    title: str
    state: str
    registered_at: str


@dataclass(frozen=True, slots=True)
class GivenExplanation:
    """What a person said of an unusual figure of the school."""

    id: int
    subject: str
    text: str
    actor: str
    created_at: str


def comparisons(connection: sqlite3.Connection, records: Sequence[int]) -> list[StoredComparison]:
    """Return the comparisons with the journal of a school and of the records merged into it, the newest first."""
    silent = merged.left_out(connection) if len(records) > 1 else set()
    rows = connection.execute(
        "SELECT j.id, s.procedure, s.subject, s.level, s.grade, j.result_year, j.total, j.lowered, j.confirmed,"
        " j.raised, j.autumn, f.name FROM journal_count j JOIN assessment s ON s.id = j.assessment_id"
        " LEFT JOIN import_file f ON f.id = j.import_file_id"
        " WHERE j.organisation_id IN (SELECT value FROM json_each(?))"
        " ORDER BY j.result_year DESC, s.procedure, s.subject, s.grade, j.id",
        (json.dumps(list(records)),),
    )
    return [
        StoredComparison(row[0], Assessment(*row[1:5]), row[5], row[6], row[7], row[8], row[9], bool(row[10]), row[11])
        for row in rows
        if row[0] not in silent
    ]


def decisions(connection: sqlite3.Connection, records: Sequence[int]) -> list[StoredDecision]:
    """Return corrections and approvals of lists that concern a school, the newest first.

    An approval says how the school stands in the frozen list; a list that does not cover the school is passed over.
    """
    keys = json.dumps(list(records))
    found = [
        StoredDecision("correction", key, rule, year, verdict == "listed", reason, at, "")
        for key, rule, year, verdict, reason, at in connection.execute(
            "SELECT id, rule_id, result_year, verdict, reason, created_at FROM list_correction"
            " WHERE organisation_id IN (SELECT value FROM json_each(?))",
            (keys,),
        )
    ]
    approved = connection.execute(
        "SELECT a.id, a.rule_id, a.result_year, json_extract(e.value, '$.listed'), a.order_number, a.order_date,"
        " a.state FROM list_approval a JOIN snapshot s ON s.id = a.snapshot_id, json_each(s.json, '$.schools') e"
        " WHERE json_extract(e.value, '$.school_id') IN (SELECT value FROM json_each(?))",
        (keys,),
    )
    found += [
        StoredDecision("approval", key, rule, year, bool(listed), number, dated, state)
        for key, rule, year, listed, number, dated, state in approved
    ]
    return sorted(found, key=lambda item: (item.year, item.dated[:10], item.kind), reverse=True)


def naming(connection: sqlite3.Connection, records: Sequence[int], names: Sequence[str]) -> list[NamingPaper]:
    """Return outgoing papers that name a school, the newest first.

    A paper names it when its title does, or when the frozen list it was made from has the school among the listed.

    Args:
        connection: reading connection.
        records: keys of the school and of the records merged into it.
        names: the names that a title may bear.
    """
    rows = connection.execute(
        "SELECT p.number, p.kind, p.title, p.state, p.registered_at FROM outgoing_paper p"
        " LEFT JOIN snapshot s ON s.id = p.snapshot_id"
        " WHERE EXISTS (SELECT 1 FROM json_each(?) n WHERE instr(p.title, n.value) > 0)"
        " OR EXISTS (SELECT 1 FROM json_each(s.json, '$.schools') e WHERE json_extract(e.value, '$.listed')"
        " AND json_extract(e.value, '$.school_id') IN (SELECT value FROM json_each(?)))"
        " ORDER BY p.number DESC",
        (json.dumps([name for name in names if name], ensure_ascii=False), json.dumps(list(records))),
    )
    return [NamingPaper(*row) for row in rows]


def explanations(connection: sqlite3.Connection, records: Sequence[int]) -> list[GivenExplanation]:
    """Return what has been said of unusual results and metrics of a school, the newest first."""
    rows = connection.execute(
        "SELECT e.id, e.subject, e.text, e.actor, e.created_at FROM data_explanation e"
        " WHERE EXISTS (SELECT 1 FROM json_each(?) r WHERE e.subject GLOB 'mark:school:' || r.value || ':*'"
        " OR e.subject GLOB 'metric:' || r.value || ':*') ORDER BY e.created_at DESC, e.id",
        (json.dumps(list(records)),),
    )
    return [GivenExplanation(*row) for row in rows]
