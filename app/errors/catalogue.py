"""The catalogue itself and the two things made from it: an exception and a problem of an import."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from app.errors import (
    agreement,
    bodies,
    changes,
    cycle,
    data,
    decisions,
    dynamics,
    events,
    execution,
    foreign,
    form_blanks,
    form_letters,
    form_papers,
    form_receiving,
    form_rounds,
    forms,
    general,
    help_journal,
    importing,
    importing_gia,
    importing_pupils,
    importing_reports,
    importing_tables,
    indicators,
    indices,
    loading,
    mentoring,
    notes,
    orders,
    outgoing,
    packages,
    pairs,
    paper_centre,
    papers,
    practices,
    programme_checks,
    programme_import,
    programme_library,
    programmes,
    registers,
    rules,
    school_mode,
    signing,
    skills,
    slides,
    storage,
    support,
    surveys,
    today,
    work_calendar,
)
from app.errors.message import Message

Level = Literal["error", "warning", "hint"]


_ROOMS = (
    general,
    storage,
    importing,
    importing_pupils,
    importing_reports,
    importing_gia,
    importing_tables,
    data,
    decisions,
    execution,
    dynamics,
    form_blanks,
    form_receiving,
    form_letters,
    form_papers,
    form_rounds,
    indicators,
    indices,
    changes,
    cycle,
    agreement,
    loading,
    notes,
    pairs,
    foreign,
    orders,
    outgoing,
    packages,
    paper_centre,
    slides,
    papers,
    programmes,
    registers,
    programme_checks,
    programme_import,
    programme_library,
    signing,
    skills,
    rules,
    school_mode,
    forms,
    support,
    surveys,
    today,
    work_calendar,
    practices,
    mentoring,
    help_journal,
    events,
    bodies,
)
"""Files of this folder that have messages."""


def _collect() -> dict[str, Message]:
    merged: dict[str, Message] = {}
    for room in _ROOMS:
        for code, message in room.MESSAGES.items():
            if code in merged:
                raise ValueError(f"the code {code} stands in two tables")
            merged[code] = message
    return merged


CATALOGUE = _collect()


class _Lenient(dict[str, Any]):
    """Context in which a forgotten key is said, not raised."""

    def __missing__(self, key: str) -> str:
        return "неизвестно"


def _fill(template: str, context: dict[str, Any]) -> str:
    return template.format_map(_Lenient(context))


class UserError(Exception):
    """An expected failure, told in Russian: what happened, where, what to do.

    Args:
        code: a key of ``CATALOGUE``.
        context: values for the templates; also kept for tests and for the window (``place`` to click).
    """

    def __init__(self, code: str, **context: Any) -> None:
        self.code = code
        self.context = context
        entry = CATALOGUE[code]
        self.what = _fill(entry.what, context)
        self.cure = _fill(entry.cure, context)
        super().__init__(f"{self.what} {self.cure}".strip())

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel through a pipe with code and context."""
        return (_rebuild, (self.code, self.context))


def _rebuild(code: str, context: dict[str, Any]) -> UserError:
    return UserError(code, **context)


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding of an import or a check.

    ``cell`` is an address as Excel writes it («D14») or a row («14»); ``sheet`` is the sheet's name.
    """

    level: Level
    code: str
    message: str
    sheet: str | None = None
    cell: str | None = None


def problem(
    code: str,
    *,
    level: Level | None = None,
    sheet: str | None = None,
    cell: str | None = None,
    **context: Any,
) -> Problem:
    """Make a problem from the catalogue; the level defaults to the catalogue's."""
    entry = CATALOGUE[code]
    text = f"{_fill(entry.what, context)} {_fill(entry.cure, context)}".strip()
    return Problem(level or entry.level, code, text, sheet, cell)
