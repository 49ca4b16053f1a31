"""Erasing a person's entries from file, journal and backups on request (decision 6).

What has been approved or signed stays: a frozen snapshot and the bytes of a paper are documents, not our notes.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from app.models import backup, journal
from app.models.backup import Backup
from app.texts import NBSP

ERASED = "запись удалена по просьбе"
_PERSONAL = ("full_name", "position", "phone", "email", "name_cases", "note")


def _redacted(image: str | None) -> str | None:
    """Return a row image of ``person`` without anything personal."""
    if image is None:
        return None
    row: dict[str, Any] = json.loads(image)
    return json.dumps(row | _blank(), ensure_ascii=False)


def _blank() -> dict[str, str | None]:
    return {"full_name": ERASED} | dict.fromkeys(_PERSONAL[1:])


def erase(connection: sqlite3.Connection, person_id: int) -> int:
    """Erase one person inside an open transaction; returns how many journal entries were redacted.

    The row itself stays under its key without a name, so that posts and memberships keep their history. The journal
    does not record this: it would keep what must go.
    """
    row = connection.execute("SELECT full_name FROM person WHERE id = ?", (person_id,)).fetchone()
    connection.execute("UPDATE journal_state SET recording = 0")
    sets = ", ".join(f"{name} = ?" for name in _PERSONAL)
    connection.execute(f"UPDATE person SET {sets} WHERE id = ?", (*_blank().values(), person_id))
    entries = connection.execute(
        "SELECT id, before, after FROM journal WHERE table_name = 'person' AND row_key = ?", (person_id,)
    ).fetchall()
    for key, before, after in entries:
        connection.execute(
            "UPDATE journal SET before = ?, after = ? WHERE id = ?", (_redacted(before), _redacted(after), key)
        )
    if row is not None and row[0].strip() and row[0] != ERASED:
        _erase_from_agreement(connection, person_id, str(row[0]))
        connection.execute("UPDATE operation SET label = replace(label, ?, ?)", (row[0], ERASED))
        connection.execute("DELETE FROM draft_cell WHERE table_name = 'person' AND row_key = ?", (person_id,))
    connection.execute("UPDATE journal_state SET recording = 1")
    return len(entries)


_NAMED = {
    "agreement_party": ("name", "person", "remark", "reply"),
    "agreement_meeting": ("topic", "place", "present", "outcome"),
    "list_protocol": ("decision", "opinion"),
    "list_protocol_member": ("name", "post"),
    "road_map_item": ("activity", "reason", "conditions", "term", "responsible", "result"),
}
"""Tables of the agreement of a list and their texts that may name an official."""
_NAMED_IN_FORMS = {
    "form_subject": ("name", "note"),
    "form_round": ("title", "letter", "note"),
    "form_case": ("author", "sent_to", "return_remark", "accepted_by", "approved_act", "reopen_reason", "level_reason",
                  "conclusion", "exempt", "recommendation", "decision"),
    "form_file": ("file_name", "author", "problems"),
    "form_answer": ("raw", "value", "other", "comment"),
    "form_evidence": ("title", "file_name", "link"),
    "form_protocol": ("place", "decision", "opinion"),
    "form_protocol_member": ("name", "post"),
    "survey_remark": ("text",),
    "course_record": ("title", "note"),
}  # fmt: skip
"""Tables of forms and their texts that may name a person: who answered, who it was sent to, who sat in a group."""
_NAMED_IN_PROGRAMMES = {
    "programme": ("title", "cancel_reason", "note"),
    "programme_node": ("text", "answer", "note"),
    "programme_indicator": ("requirement", "source", "method", "responsible"),
    "programme_activity": ("reason", "conditions"),
    "programme_responsible": ("text",),
    "programme_result": ("text",),
    "programme_estimate": ("text",),
    "programme_text": ("text", "figures"),
    "programme_stakeholder": ("name", "interest", "part"),
    "programme_mechanism": ("participant", "powers", "result"),
    "programme_monitor": ("subject", "measures", "source", "period", "responsible"),
    "programme_resource": ("text", "detail", "effect"),
    "programme_party": ("name", "person"),
    "programme_remark": ("place", "author", "text", "answer"),
    "programme_block": ("post", "name", "act"),
    "programme_silence": ("reason",),
}
"""Tables of programmes and their texts that may name a person: who answers, who signs, whose remark it is."""
_NAMED_IN_MONITORING = {
    "execution": ("done_raw", "product", "reason", "remark", "spent_raw"),
    "measuring_point": ("title", "closed_by", "reopen_reason", "note"),
    "indicator_value": ("raw", "source", "note"),
    "indicator_rule": ("tolerance_raw", "note"),
    "indicator_stored": ("actor", "inputs"),
    "attachment": ("title", "file_name", "link"),
    "decision_document": ("number", "title", "body", "place", "ground", "chair", "secretary", "present", "note"),
    "agenda_item": ("topic", "speaker", "heard"),
    "decision_point": ("label", "text", "responsible", "result", "reason"),
    "task": ("text", "responsible", "place", "result", "note"),
    "request": ("number", "sender", "subject", "responsible", "answer_number", "answer", "note"),
    "calendar_day": ("title",),
    "school_break": ("title",),
    "legal_act": ("kind", "number", "title", "issuer", "topic", "regulates", "link", "note"),
    "partnership": ("donor", "number", "topic", "note"),
    "partnership_event": ("title", "product", "note"),
    "network_platform": ("title", "topic", "head", "act", "note"),
    "platform_measure": ("raw", "source"),
    "deficit": ("subject", "text", "source", "note"),
    "plan_count": ("subject", "note"),
    "support_line": ("deficit", "offer", "provider", "form", "responsible", "result"),
    "risk_measure": ("factor", "text", "responsible", "result"),
    "cycle_document": ("direction", "title", "number", "link", "note"),
    "route_step": ("step", "outcome", "decision", "responsible", "note"),
    "paper_text": ("text", "derived", "figures", "subject"),
    "recommendation": ("name", "text", "derived", "figures", "ground", "used_note"),
    "saved_view": ("title", "spec"),
}
"""Tables of the monitoring and their texts that may name a person."""
_NAMED_IN_PAPERS = {
    "signer": ("post", "name", "full_name", "own_cases", "note"),
    "paper_signature": ("post", "name", "note"),
    "paper_event": ("person", "text"),
    "order_draft": ("title", "details", "note"),
    "package_expected": ("contact", "note"),
    "package_out": ("addressee", "answer", "note"),
    "paper_setup": ("value",),
    "outgoing_paper": ("addressee",),
    "package_in": ("remark",),
    "foreign_form": ("title", "note"),
    "foreign_link": ("source", "note"),
}
"""Tables of outgoing papers and their texts that may name a person; papers and packages themselves stay documents."""
_NAMED_IN_WORK = {
    "body": ("name", "act", "subject", "topic", "link", "note"),
    "body_member": ("role", "note"),
    "body_school": ("role", "note"),
    "body_plan": ("text", "responsible", "result"),
    "work_event": ("title", "reason", "place", "link", "topic", "subject", "deficit", "methodist", "result", "note"),
    "event_item": ("starts", "topic", "speaker"),
    "event_people": ("note",),
    "event_guest": ("name", "post", "note"),
    "help_entry": ("topic", "subject", "deficit", "outcome", "next_step", "methodist", "note"),
    "help_template": ("title", "topic", "deficit", "outcome", "next_step"),
    "practice": ("title", "author", "subject", "problem", "idea", "evidence", "audience", "act", "link", "note"),
    "practice_use": ("opinion", "note"),
    "mentor_pair": ("subject", "topic", "act", "result", "note"),
    "mentor_meeting": ("topic", "outcome", "note"),
    "young_count": ("source", "note"),
}
"""Tables of the methodist's own work and their texts that may name a person."""
_ALONE = frozenset({("saved_view", "title"), ("paper_text", "subject")})
"""Texts that no two rows of one place may share."""
_MEANT = {
    "decision_point": "responsible",
    "task": "responsible",
    "programme_responsible": "text",
    "programme_mechanism": "participant",
    "programme_block": "name",
    "programme_indicator": "responsible",
    "event_guest": "name",
}
"""Tables whose rows say by a key whom they mean, and the text that calls this person, often by initials."""
_MEMBERS = ("list_protocol_member", "form_protocol_member", "event_guest")
"""Tables a row of which is a person: known by the key or by the whole name, its post goes with the name."""
_ELSEWHERE = ""
"""Under this name stand the spellings that are looked for outside the tables named above."""


def _erase_from_agreement(connection: sqlite3.Connection, person_id: int, name: str) -> None:
    """Erase a person from agreement sheets, protocols and road maps, from what the journal kept of them too.

    A participant of a protocol is known by the key or by the whole name; elsewhere the whole name is taken out of
    the texts.
    """
    present = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    # a backup may come from before there was an agreement, or forms
    every = _NAMED | _NAMED_IN_FORMS | _NAMED_IN_PROGRAMMES | _NAMED_IN_MONITORING | _NAMED_IN_PAPERS | _NAMED_IN_WORK
    named = {table: _present(connection, table, columns) for table, columns in every.items() if table in present}
    names: dict[str, tuple[str, ...]] = dict.fromkeys(named, (name,))
    names[_ELSEWHERE] = (name,)
    if named.keys() >= _NAMED_IN_PROGRAMMES.keys():
        # asked before the rows that bear these spellings are emptied
        spellings = _spellings(connection, person_id, name, named)
        names |= dict.fromkeys((table for table in named if table not in _NAMED | _NAMED_IN_FORMS), spellings)
        names[_ELSEWHERE] = spellings
    members = {table: _members(connection, table, person_id, name) for table in _MEMBERS if table in named}
    for table, columns in named.items():
        for column, told in ((column, told) for column in columns for told in names[table]):
            # two rows of one place may have borne this name in two spellings: they stay two
            instead = f"'{ERASED} ' || id" if (table, column) in _ALONE else f"'{ERASED}'"
            connection.execute(
                f"UPDATE {table} SET {column} = replace({column}, ?, {instead}) WHERE instr({column}, ?)", (told, told)
            )
    for table, column in _MEANT.items():
        if table in named:
            connection.execute(
                f"UPDATE {table} SET {column} = ? WHERE person_id = ? AND {column} <> ''", (ERASED, person_id)
            )
    for (where,) in connection.execute("SELECT DISTINCT table_name FROM draft_cell").fetchall():
        for told in _of_draft(names, where):
            connection.execute("DELETE FROM draft_cell WHERE table_name = ? AND instr(raw, ?)", (where, told))
    for told in names[_ELSEWHERE]:
        connection.execute("UPDATE operation SET label = replace(label, ?, ?) WHERE instr(label, ?)",
                           (told, ERASED, told))  # fmt: skip
    _redact_agreement(connection, person_id, names, members, named)


def _present(connection: sqlite3.Connection, table: str, columns: tuple[str, ...]) -> tuple[str, ...]:
    """Return those columns that a table has: a backup may come from before some were added."""
    known = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
    return tuple(name for name in columns if name in known)


def _of_draft(names: Mapping[str, tuple[str, ...]], where: object) -> tuple[str, ...]:
    """Return how a person is called in entries that wait: they may wait for a table that itself names nobody.

    Entries of a register wait under the table and what the register is of: «deficit:2025».
    """
    return names.get(str(where).partition(":")[0], names[_ELSEWHERE])


def _spellings(
    connection: sqlite3.Connection, person_id: int, name: str, present: Mapping[str, object]
) -> tuple[str, ...]:
    """Return how a person is called: the whole name and what rows tied by the key say; the longest first.

    Initials alone could be a namesake's, so only those count that a row says to be this person; and only with the
    surname in them, for a row may just as well say «директор».
    """
    surname = name.split(maxsplit=1)[0]
    found: dict[str, None] = {name: None}
    for table, column in ((table, column) for table, column in _MEANT.items() if table in present):
        sql = f"SELECT DISTINCT {column} FROM {table} WHERE person_id = ? AND instr({column}, ?) ORDER BY 1"
        found |= dict.fromkeys(row[0].strip() for row in connection.execute(sql, (person_id, surname)))
    told = [spelling for spelling in found if spelling.rstrip(".") != surname]
    # derived texts glue initials and take the full stop at the end away; their keys are in small letters
    told += [spelling.rstrip(".") for spelling in told]
    told += [spelling.replace(" ", NBSP) for spelling in told]
    told += [spelling.casefold() for spelling in told]
    return tuple(sorted(dict.fromkeys(told), key=len, reverse=True))


def _members(connection: sqlite3.Connection, table: str, person_id: int, name: str) -> set[int]:
    """Take a person out of the members of commissions; returns the keys of these rows."""
    found = {row[0] for row in connection.execute(
        f"SELECT id FROM {table} WHERE person_id = ? OR name = ?", (person_id, name))}  # fmt: skip
    for key in found:
        connection.execute(f"UPDATE {table} SET name = ?, post = NULL WHERE id = ?", (ERASED, key))
        connection.execute("DELETE FROM draft_cell WHERE table_name = ? AND row_key = ?", (table, key))
    return found


def _redact_agreement(
    connection: sqlite3.Connection, person_id: int, names: Mapping[str, tuple[str, ...]],
    members: Mapping[str, set[int]], named: Mapping[str, tuple[str, ...]],
) -> None:  # fmt: skip
    """Take a person out of the images that the journal keeps of rows that name people, and of their drafts."""
    entries = connection.execute(
        "SELECT id, table_name, before, after FROM journal WHERE table_name IN (SELECT value FROM json_each(?))",
        (json.dumps([*named, "draft_cell"]),),
    ).fetchall()
    for key, table, *images in entries:
        made = [_agreement_image(table, image, person_id, names, members) for image in images]
        if made != images:
            connection.execute("UPDATE journal SET before = ?, after = ? WHERE id = ?", (*made, key))


def _agreement_image(
    table: str, image: str | None, person_id: int, names: Mapping[str, tuple[str, ...]],
    members: Mapping[str, set[int]],
) -> str | None:  # fmt: skip
    if image is None:
        return None
    row: dict[str, Any] = json.loads(image)
    if table == "draft_cell":
        of_table = str(row.get("table_name")).partition(":")[0]
        own = row.get("row_key") in members.get(of_table, ())
        if own or any(told in str(row.get("raw")) for told in _of_draft(names, of_table)):
            row["raw"] = ERASED
    else:
        if table in _MEMBERS and (
            row.get("id") in members.get(table, ())
            or row.get("person_id") == person_id
            or row.get("name") in names[table]
        ):
            row |= {"name": ERASED, "post": None}
        row = {key: _without(value, names[table]) for key, value in row.items()}
        if table in _MEANT and row.get("person_id") == person_id and row.get(_MEANT[table]):
            row[_MEANT[table]] = ERASED
    made = json.dumps(row, ensure_ascii=False)
    return image if json.loads(image) == row else made


def _without(value: Any, names: tuple[str, ...]) -> Any:
    for told in names if isinstance(value, str) else ():
        value = value.replace(told, ERASED)
    return value


def scrub(connection: sqlite3.Connection) -> None:
    """Rewrite the file so that no freed page still holds what was erased."""
    connection.execute("VACUUM")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def erase_from_backup(copy: Backup, person_id: int) -> None:
    """Erase one person from a backup: on a copy of it, checked, then renamed into its place."""
    temp = copy.path.with_name(copy.path.name + ".part")
    try:
        with closing(sqlite3.connect(f"{copy.path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as source:
            backup.copy_to(source, temp)
        with closing(sqlite3.connect(temp, isolation_level=None)) as fresh:
            fresh.execute("PRAGMA journal_mode = MEMORY")
            fresh.execute("BEGIN")
            erase(fresh, person_id)
            fresh.execute("COMMIT")
            fresh.execute("VACUUM")
        os.replace(temp, copy.path)  # noqa: PTH105 - one call, atomic on every system
    finally:
        Path(temp).unlink(missing_ok=True)


def note_erasure(connection: sqlite3.Connection, actor: str) -> None:
    """Leave a line in the history that says it was done, without saying about whom; it can't be undone."""
    connection.execute(
        "INSERT INTO operation(at, actor, kind, label, reversible) VALUES (?, ?, 'person.erase', ?, 0)",
        (journal.now(), actor, "Удалены личные данные по просьбе"),
    )
