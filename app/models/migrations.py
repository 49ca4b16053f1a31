"""Migrations of the file: append-only, importing nothing that may change later (codebases.md, A10)."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING

from app.models import schema, schema_003, schema_004, schema_005, schema_006, schema_007, schema_008

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

_STEPS: tuple[tuple[str, str], ...] = (
    ("m001_first_schema", schema.STEP_001),
    ("m002_everything_gets_in", schema.STEP_002),
    ("m003_who_needs_help", schema_003.STEP_003),
    ("m004_forms", schema_004.STEP_004),
    ("m005_programme", schema_005.STEP_005),
    ("m006_monitoring", schema_006.STEP_006),
    ("m007_papers_out", schema_007.STEP_007),
    ("m008_own_work", schema_008.STEP_008),
)
NAMES: tuple[str, ...] = tuple(name for name, _script in _STEPS)
"""Names of all steps in order; ``PRAGMA user_version`` is how many a file has."""


def _statements(script: str) -> list[str]:
    """Split a script into statements without the implicit COMMIT of ``executescript``."""
    statements: list[str] = []
    buffer = ""
    for line in script.splitlines(keepends=True):
        buffer += line
        if sqlite3.complete_statement(buffer):
            statements.append(buffer.strip())
            buffer = ""
    return [statement for statement in statements if statement]


def _step(script: str) -> Callable[[Database], None]:
    def run(db: Database) -> None:
        for statement in _statements(script):
            db.execute(statement)

    return run


def migration_set() -> Migrations:
    """Return the set that sqlite-utils applies, each step in its own transaction with its record."""
    from sqlite_utils import Migrations

    steps = Migrations("opora")

    for name, script in _STEPS:
        steps(name=name)(_step(script))
    return steps


def apply(connection: sqlite3.Connection) -> None:
    """Apply every pending step; the caller has a checked backup (decision 16) and ends with ``mark``.

    Until then the file counts as an older one, so that an update broken off after the last step goes on next time.
    """
    from sqlite_utils import Database

    migration_set().apply(Database(connection))
    connection.commit()


def mark(connection: sqlite3.Connection) -> None:
    """Set ``user_version``; inside a transaction it is part of it."""
    connection.execute(f"PRAGMA user_version = {len(NAMES)}")
