"""Texts of papers that a person has changed, and addressed recommendations: rows and their writing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, fields

from app.models.store import Operation


@dataclass(frozen=True, slots=True)
class PaperText:
    """One text of a paper as a person left it.

    Attributes:
        derived: what the figures said when it was last brought up to date.
        figures: what that was made of, as JSON (``analysis.kept_text``).
    """

    id: int
    key: str
    text: str
    derived: str | None
    figures: str | None


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One addressed recommendation.

    Attributes:
        addressee: «school», «rmo», «tutor», «mms», «institute», «other».
        organisation_id: of a school; None for the others.
        name: who it is for where it is no school: «РМО учителей математики».
        derived, figures: what it was proposed from; None for what a person wrote alone.
        used: «yes», «part», «no»; None until the next year looks at it.
    """

    id: int
    school_year: int
    addressee: str
    organisation_id: int | None
    name: str | None
    position: int
    text: str
    derived: str | None
    figures: str | None
    ground: str | None
    due_on: str | None
    sent_on: str | None
    used: str | None
    used_note: str | None


_COLUMNS = ", ".join(field.name for field in fields(Recommendation))


def texts(connection: sqlite3.Connection, paper: str, subject: str, period: str) -> dict[str, PaperText]:
    """Return key → text of a paper about a subject and a period."""
    rows = connection.execute(
        "SELECT id, key, text, derived, figures FROM paper_text WHERE paper = ? AND subject = ? AND period = ?",
        (paper, subject, period),
    )
    return {row[1]: PaperText(*row) for row in rows}


def put_text(
    operation: Operation, where: tuple[str, str, str], key: str, text: str | None, derived: str | None = None,
    figures: str | None = None,
) -> None:  # fmt: skip
    """Write a text of a paper; None forgets it.

    Args:
        operation: the operation in progress.
        where: paper, subject, period.
        key: of the text.
        text: as it is kept.
        derived: see ``PaperText``.
        figures: see ``PaperText``.
    """
    paper, subject, period = where
    known = texts(operation.connection, paper, subject, period).get(key)
    if text is None:
        if known is not None:
            operation.delete("paper_text", known.id)
    elif known is None:
        operation.insert(
            "paper_text", paper=paper, subject=subject, period=period, key=key, text=text, derived=derived,
            figures=figures,
        )  # fmt: skip
    elif (known.text, known.derived, known.figures) != (text, derived, figures):
        operation.update("paper_text", known.id, text=text, derived=derived, figures=figures)


def recommendations(connection: sqlite3.Connection, school_year: int) -> list[Recommendation]:
    """Return the recommendations of a school year in their order."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM recommendation WHERE school_year = ? ORDER BY position, id", (school_year,)
    )
    return [Recommendation(*row) for row in rows]


def by_keys(connection: sqlite3.Connection, keys: Iterable[int]) -> list[Recommendation]:
    """Return recommendations by their keys, in the order asked for; those that are gone are left out."""
    found = []
    for key in keys:
        row = connection.execute(f"SELECT {_COLUMNS} FROM recommendation WHERE id = ?", (key,)).fetchone()
        if row is not None:
            found.append(Recommendation(*row))
    return found
