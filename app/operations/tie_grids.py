"""The columns of ties, donors and distances: what stands in a cell, how an entry is read, what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.errors import UserError, problem
from app.models.store import Connection
from app.models.ties import Draft, Tie
from app.operations import agreement_grids as grids
from app.operations.agreement_grids import GridColumn, GridLine

STATE_WORDS: dict[str, str] = {
    "existing": "уже помогает",
    "planned": "предложена",
    "agreed": "есть договорённость",
    "declined": "отказ",
    "ended": "завершена",
}
CONSENT_WORDS = {"yes": "да", "no": "нет"}
CONSENT_SHOWN = {"yes": "согласна", "no": "не согласна"}
SCHOOLS = ("donor_id", "receiver_id")
WAITS = "DATA_TIE_NO_SCHOOLS"
"""Code of an entry that fits but whose row lacks a school yet."""
_LARGEST = {"km": 2000, "minutes": 2000, "capacity": 99}
_LAST_GRADE = 12

TIE_COLUMNS: tuple[GridColumn, ...] = (
    GridColumn("donor_id", "Кто помогает", "school", 178),
    GridColumn("receiver_id", "Кому", "school", 178),
    GridColumn("subject", "Предмет", width=112),
    GridColumn("grade", "Класс", "count", 54),
    GridColumn("state", "Состояние", "word", 152, STATE_WORDS),
    GridColumn("act_number", "№ документа", width=104),
    GridColumn("act_date", "Дата", "date", 92),
    GridColumn("note", "Примечание", width=170),
)
DONOR_COLUMNS: tuple[GridColumn, ...] = (
    GridColumn("capacity", "Скольким школам поможет", "count", 120),
    GridColumn("consent", "Согласна", "word", 96, CONSENT_WORDS),
    GridColumn("note", "Примечание", width=320),
)
WAY_WORDS = {"km": "километры", "minutes": "минуты"}


def column(key: str) -> GridColumn:
    """Return a column of the ties.

    Raises:
        UserError: ``DATA_TIE_NO_COLUMN``.
    """
    known = {item.key: item for item in TIE_COLUMNS}
    if key not in known:
        raise UserError("DATA_TIE_NO_COLUMN", name=key, known=", ".join(known))
    return known[key]


def read(connection: Connection, item: GridColumn, raw: str) -> tuple[Any, str | None]:
    """Return value and code of an entry; an empty one has neither."""
    text = raw.strip()
    if not text:
        return None, None
    if item.key == "subject":
        from app.importers.subjects import subject_or_as_written

        return (
            (None, None) if text.casefold() in {"любой", "любой предмет"} else (subject_or_as_written(text).name, None)
        )
    if item.key == "grade":
        good = text.isascii() and text.isdigit() and 1 <= int(text) <= _LAST_GRADE
        return (int(text), None) if good else (None, "DATA_TIE_GRADE")
    value, code = grids.read_entry(connection, item, text)
    if item.kind == "school" and value is None:
        return None, code or "GEN_NO_SCHOOL"
    return (value, code) if item.kind != "count" or value is None else read_number(item.key, text)


def read_number(key: str, raw: str) -> tuple[int | None, str | None]:
    """Return a whole number within what is possible, and the code where it is none."""
    text = raw.strip().replace("\u00a0", "").removesuffix("км").removesuffix("мин").strip()
    if not text:
        return None, None
    good = text.isascii() and text.isdigit() and len(text) <= len(str(_LARGEST[key])) and int(text) <= _LARGEST[key]
    return (int(text), None) if good else (None, "GEN_BAD_NUMBER")


def trouble(item: GridColumn, draft: Draft) -> str:
    """Return what is wrong with an entry that was kept as it is; "" where only its row waits."""
    return "" if draft[1] == WAITS else grids.trouble(item, draft)


def texts(connection: Connection, tie: Tie) -> dict[str, str]:
    """Return column → text of a stored tie."""
    names = {"donor_id": tie.donor, "receiver_id": tie.receiver}
    return {
        item.key: names.get(item.key) or grids.shown(connection, item, getattr(tie, item.key)) for item in TIE_COLUMNS
    }


def line(key: int, stored: Mapping[str, str], drafts: Mapping[str, Draft]) -> GridLine:
    """Return a row of the grid of ties: entries that do not fit as they were typed."""
    shown, troubles = [], {}
    for place, item in enumerate(TIE_COLUMNS):
        draft = drafts.get(item.key)
        shown.append(stored.get(item.key, "") if draft is None else draft[0])
        wrong = "" if draft is None else trouble(item, draft)
        if item.key in SCHOOLS and not shown[-1]:
            wrong = problem(WAITS).message
        if wrong:
            troubles[place] = wrong
    return GridLine(key, tuple(shown), troubles)
