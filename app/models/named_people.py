"""Who is named anywhere in a file, and a copy of a file in which nobody is."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path

from app.models import blobs, journal
from app.models.store import guarded

_NAMES = (
    ("person", "full_name", "position"),
    ("signer", "full_name", "post"),
    ("signer", "name", "post"),
    ("paper_signature", "name", "post"),
    ("paper_file", "signer", ""),
    ("paper_event", "person", ""),
    ("package_expected", "contact", ""),
    ("agreement_party", "person", ""),
    ("list_protocol_member", "name", "post"),
    ("form_protocol_member", "name", "post"),
    ("form_case", "author", ""),
    ("form_case", "accepted_by", ""),
    ("form_file", "author", ""),
    ("programme_party", "person", ""),
    ("programme_remark", "author", ""),
    ("programme_block", "name", "post"),
    ("programme_responsible", "text", ""),
    ("programme_mechanism", "participant", ""),
    ("programme_indicator", "responsible", ""),
    ("decision_document", "chair", ""),
    ("decision_document", "secretary", ""),
    ("decision_point", "responsible", ""),
    ("agenda_item", "speaker", ""),
    ("task", "responsible", ""),
    ("request", "responsible", ""),
    ("network_platform", "head", ""),
    ("support_line", "responsible", ""),
    ("risk_measure", "responsible", ""),
    ("route_step", "responsible", ""),
    ("road_map_item", "responsible", ""),
    ("event_guest", "name", "post"),
    ("event_item", "speaker", ""),
    ("work_event", "methodist", ""),
    ("help_entry", "methodist", ""),
    ("body_plan", "responsible", ""),
    ("practice", "author", ""),
    ("measuring_point", "closed_by", ""),
    ("outgoing_paper", "actor", ""),
    ("package_out", "actor", ""),
    ("package_in", "actor", ""),
    ("operation", "actor", ""),
)
"""Table, column that names somebody, column that says what they are."""
_SETTINGS = (("signer_name", "signer_position"), ("executor", ""), ("filler", "filler_post"))
_SURE = frozenset({("event_guest", "name")})
"""Places besides the directory that hold one name and nothing else, however short it is written."""
_CONTACTS = ("phone", "email")
NOTICE = "Файл не вошёл в обезличенную копию.\n".encode()
"""Stands for every kept file of a copy without people."""
ACTOR = "методист"
LOST = ".не вошёл.txt"
_HISTORY = ("journal_redo", "journal", "operation", "draft_cell")
"""Tables that keep what people typed and did: a copy begins without them."""


def told(connection: sqlite3.Connection) -> Iterator[tuple[str, str, bool]]:
    """Yield (what stands in a place for names, what they are there, it is a name for sure).

    What is not for sure may hold several names or none.
    """
    present = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for table, column, post in _NAMES:
        if table in present:
            sql = f"SELECT DISTINCT {column}, {post or repr('')} FROM {table} WHERE coalesce({column}, '') <> ''"
            for name, what in connection.execute(sql):
                yield str(name), str(what or ""), (table, column) in _SURE or column == "full_name"
    values = dict(connection.execute("SELECT key, value FROM setting").fetchall())
    for key, post in _SETTINGS:
        if values.get(key):
            yield values[key], values.get(post, ""), False


def own_cases(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Return (full name, JSON of the forms of their name that people said themselves)."""
    return [
        *connection.execute("SELECT full_name, name_cases FROM person WHERE coalesce(name_cases, '') <> ''"),
        *connection.execute(
            "SELECT coalesce(full_name, name), json_extract(own_cases, '$.name') FROM signer"
            " WHERE json_valid(own_cases) AND json_extract(own_cases, '$.name') IS NOT NULL"
            " AND coalesce(full_name, name) IS NOT NULL"
        ),
    ]


def contacts(connection: sqlite3.Connection) -> list[str]:
    """Return telephones and addresses of the directory."""
    sql = " UNION ".join(f"SELECT {column} FROM person WHERE coalesce({column}, '') <> ''" for column in _CONTACTS)
    return [row[0] for row in connection.execute(sql)]


def kept_names(connection: sqlite3.Connection) -> list[str]:
    """Return names of organisations and places: they stay, also where somebody's surname stands in them."""
    rows = connection.execute(
        "SELECT name FROM organisation UNION SELECT short_name FROM organisation WHERE short_name IS NOT NULL"
        " UNION SELECT settlement FROM organisation WHERE settlement IS NOT NULL"
        " UNION SELECT value FROM setting WHERE key IN ('municipality', 'municipality_genitive', 'organisation')"
    )
    return sorted((row[0] for row in rows if row[0]), key=len, reverse=True)


def blank(path: Path, clean: Callable[[str], str]) -> int:
    """Take people out of a closed copy of a file: all its texts, its history, the bytes of its kept files.

    Args:
        path: the copy; nobody else has it open.
        clean: text → the same without people.

    Returns:
        How many kept files were left out.
    """
    with guarded(path), closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.create_function("clean", 1, lambda text: clean(text) if isinstance(text, str) else text)
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("BEGIN")
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        for table in _HISTORY:
            connection.execute(f"DELETE FROM {table}")
        _contacts_away(connection)
        _actors_away(connection)
        left = _files_away(connection)
        _texts(connection, clean)
        _snapshots(connection)
        journal.regenerate_triggers(connection)
        connection.execute("COMMIT")
        connection.execute("VACUUM")
    return left


def _contacts_away(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE person SET phone = NULL, email = NULL, name_cases = NULL, note = NULL")
    connection.execute("UPDATE signer SET own_cases = NULL, note = NULL")
    # whose certificate it was, also in letters or numbers that the file knows nobody by
    connection.execute("UPDATE paper_file SET signer = NULL, certificate = NULL, note = NULL")
    connection.execute("UPDATE foreign_link SET note = NULL")
    connection.execute("UPDATE package_expected SET contact = NULL, note = NULL")
    connection.execute("UPDATE setting SET value = '' WHERE key IN ('executor', 'filler', 'signer_name')")


def _actors_away(connection: sqlite3.Connection) -> None:
    """Whoever did something may have called themselves by one word only, which no pattern tells from others."""
    for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        if any(row[1] == "actor" for row in connection.execute(f'PRAGMA table_info("{table}")')):
            connection.execute(f'UPDATE "{table}" SET actor = ?', (ACTOR,))


def _files_away(connection: sqlite3.Connection) -> int:
    """Let every reference to a kept file point at one notice, under a name that says so."""
    left = int(connection.execute("SELECT count(*) FROM blob").fetchone()[0])
    notice = blobs.put(connection, NOTICE)
    for table, column in _references(connection, "blob"):
        names = {row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')}
        renamed = f", file_name = file_name || '{LOST}'" if "file_name" in names and column == "sha256" else ""
        connection.execute(
            f'UPDATE OR IGNORE "{table}" SET "{column}" = ?{renamed} WHERE "{column}" IS NOT NULL', (notice,)
        )
        connection.execute(f'DELETE FROM "{table}" WHERE "{column}" <> ?', (notice,))
    connection.execute("DELETE FROM blob WHERE sha256 <> ?", (notice,))
    return left


def _references(connection: sqlite3.Connection, target: str) -> Iterator[tuple[str, str]]:
    for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        for row in connection.execute(f'PRAGMA foreign_key_list("{table}")').fetchall():
            if row[2] == target:
                yield table, row[3]


def texts(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Yield every column of text of every table."""
    for (table,) in connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    ).fetchall():
        for row in connection.execute(f'PRAGMA table_info("{table}")').fetchall():
            if row[2].upper() in {"TEXT", ""} and row[1] != "sha256":
                yield table, row[1]


def _texts(connection: sqlite3.Connection, clean: Callable[[str], str]) -> None:
    for table, column in texts(connection):
        found = connection.execute(f'SELECT DISTINCT "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL').fetchall()
        for (text,) in found:
            made = clean(text) if isinstance(text, str) else text
            if made == text:
                continue
            try:
                connection.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE "{column}" = ?', (made, text))
            except sqlite3.IntegrityError:
                # two rows that only a name told apart stay two
                connection.execute(
                    f'UPDATE "{table}" SET "{column}" = ? || \' \' || rowid WHERE "{column}" = ?', (made, text)
                )


def _snapshots(connection: sqlite3.Connection) -> None:
    """Give frozen texts the digests of what they say now, wherever the old ones stand."""
    for key, text, before in connection.execute("SELECT id, json, sha256 FROM snapshot").fetchall():
        after = hashlib.sha256(text.encode()).hexdigest()
        if after != before:
            connection.execute("UPDATE snapshot SET sha256 = ? WHERE id = ?", (after, key))


def leftovers(path: Path, found: Callable[[str], Iterable[str]]) -> list[str]:
    """Return what of people is still told in the texts of a copy."""
    made: dict[str, None] = {}
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        for table, column in texts(connection):
            for (text,) in connection.execute(f'SELECT DISTINCT "{column}" FROM "{table}"'):
                if isinstance(text, str):
                    made |= dict.fromkeys(found(text))
    return list(made)
