"""The columns of the agreement's grids: what stands in a cell, how an entry is read, what is wrong with it.

One description for the window, the commands and the marks of entries that do not fit (decision 18).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.errors import UserError, problem
from app.models import organisations
from app.models.agreement import TABLES, Draft, Protocol, Stored
from app.models.store import Connection
from app.operations.grid_shapes import CellKind, GridColumn, GridLine
from app.texts import ru_date

__all__ = ["ALL_SCHOOLS", "FORM", "GRIDS", "CellKind", "GridColumn", "GridLine"]

PARTY_WORDS = {
    "founder": "учредитель",
    "council": "орган общественного управления",
    "quality_centre": "центр оценки качества",
    "institute": "институт развития образования",
    "other": "другое",
}
ANSWER_WORDS = {"agreed": "согласовано", "remarks": "с замечаниями", "refused": "отказ"}
ROLE_WORDS = {
    "chair": "председатель",
    "deputy": "заместитель председателя",
    "secretary": "секретарь",
    "member": "член группы",
    "invited": "приглашён",
}
VOTE_WORDS = {"for": "за", "against": "против", "abstained": "воздержался", "absent": "отсутствовал"}
ALL_SCHOOLS = "все школы списка"

_FIRST_YEAR, _LAST_YEAR = 2000, 2099
_LONGEST_COUNT = 4


GRIDS: dict[str, tuple[GridColumn, ...]] = {
    "party": (
        GridColumn("kind", "Кто это", "word", 112, PARTY_WORDS),
        GridColumn("name", "Название", width=174),
        GridColumn("person", "Кто подписывает", width=118),
        GridColumn("sent_on", "Направлено", "date", 98),
        GridColumn("due_on", "Ответить до", "date", 86),
        GridColumn("answered_on", "Ответ дан", "date", 84),
        GridColumn("answer", "Ответ", "word", 112, ANSWER_WORDS),
        GridColumn("remark", "Замечание", width=134),
        GridColumn("reply", "Что по нему сделано", width=136),
    ),
    "meeting": (
        GridColumn("held_on", "Когда", "date", 84),
        GridColumn("topic", "О чём", width=260),
        GridColumn("place", "Где", width=140),
        GridColumn("present", "Кто был", width=240),
        GridColumn("outcome", "К чему пришли", width=260),
    ),
    "member": (
        GridColumn("name", "Имя", width=260),
        GridColumn("post", "Должность", width=400),
        GridColumn("role", "Кто в группе", "word", 220, ROLE_WORDS),
        GridColumn("vote", "Голос", "word", 130, VOTE_WORDS),
    ),
    "road_map": (
        GridColumn("activity", "Мероприятие", width=186),
        GridColumn("organisation_id", "Школа", "school", 104),
        GridColumn("reason", "Необходимость включения", width=148),
        GridColumn("conditions", "Условия успешной реализации", width=148),
        GridColumn("term", "Срок словами", width=100),
        GridColumn("date_from", "Начало", "date", 84),
        GridColumn("date_to", "Конец", "date", 84),
        GridColumn("responsible", "Ответственный", width=112),
        GridColumn("result", "Результат", width=80),
    ),
}
"""Grid → its columns, as they stand on the screen."""

FORM: tuple[GridColumn, ...] = (
    GridColumn("number", "Номер"),
    GridColumn("dated", "Дата", "date"),
    GridColumn("place", "Место"),
    GridColumn("votes_for", "За", "count"),
    GridColumn("votes_against", "Против", "count"),
    GridColumn("votes_abstained", "Воздержались", "count"),
    GridColumn("decision", "Решили"),
    GridColumn("opinion", "Особое мнение"),
)
"""Lines of the protocol."""

PART_WORDS = {
    "party": "лист согласования",
    "meeting": "совещания",
    "member": "участники заседания",
    "road_map": "дорожная карта",
}


def column(part: str, key: str) -> GridColumn:
    """Return a column of a grid.

    Raises:
        UserError: ``DATA_AGR_NO_COLUMN``.
    """
    known = {item.key: item for item in (FORM if part == "protocol" else GRIDS[part])}
    if key not in known:
        raise UserError("DATA_AGR_NO_COLUMN", name=key, known=", ".join(known))
    return known[key]


# --- reading an entry --------------------------------------------------------------------------------------------


def read_entry(connection: Connection, item: GridColumn, raw: str) -> tuple[Any, str | None]:
    """Return value and code of an entry: an entry that does not fit has no value and the code of what is wrong."""
    text = raw.strip()
    match item.kind:
        case _ if not text:
            return None, None
        case "date":
            return _date(text)
        case "time":
            from app.analysis.day_time import read_time  # few grids have times, every window has grids

            time = read_time(text)
            return (time, None) if time else (None, "EVENT_BAD_TIME")
        case "word":
            code = _word(item.words or {}, text)
            return (code, None) if code else (None, "DATA_AGR_NO_WORD")
        case "count":
            whole = text.isascii() and text.isdigit() and len(text) <= _LONGEST_COUNT
            return (int(text), None) if whole else (None, "GEN_BAD_NUMBER")
        case "school":
            return _school(connection, text)
        case _:
            return text, None


def _date(text: str) -> tuple[str | None, str | None]:
    from app.operations import schools  # names of schools take long to load

    try:
        day = schools.iso_date(text.removesuffix("г.").strip())
    except UserError:
        return None, "GEN_BAD_DATE"
    return (day, None) if _FIRST_YEAR <= int(day[:4]) <= _LAST_YEAR else (None, "DATA_AGR_FAR_DATE")


def fits_date(text: str) -> bool:
    """Tell whether a text is a date that is believed."""
    return _date(text.strip())[0] is not None


def _word(words: Mapping[str, str], text: str) -> str:
    """Return the code of a word: written whole, begun so that one word fits only, or the code itself."""
    wanted = text.casefold().replace("ё", "е")
    folded = {code: word.casefold().replace("ё", "е") for code, word in words.items()}
    for code, word in folded.items():
        if wanted in {word, code}:
            return code
    begun = [code for code, word in folded.items() if word.startswith(wanted)]
    return begun[0] if len(begun) == 1 else ""


def _school(connection: Connection, text: str) -> tuple[int | None, str | None]:
    if text.casefold() in {"все", "все школы", ALL_SCHOOLS}:
        return None, None
    from app.operations import schools

    try:
        return schools.find(connection, text).id, None
    except UserError as error:
        return None, error.code


def trouble(item: GridColumn, draft: Draft) -> str:
    """Return what is wrong with an entry that was kept as it is."""
    raw, code = draft
    if code == "DRAFT":
        return "Набрано не до конца. Нажмите F2 и закончите ввод."
    known = ", ".join((item.words or {}).values())
    return problem(code, raw=raw, known=known, query=raw, names="").message


# --- showing -----------------------------------------------------------------------------------------------------


def shown(connection: Connection | None, item: GridColumn, value: Any) -> str:
    """Return the text of a value."""
    if item.kind == "school":
        if value is None or connection is None:
            return ""
        school = organisations.get(connection, int(value))
        return school.shown if school else ""
    if value is None:
        return ""
    if item.kind == "date":
        return ru_date(str(value))
    return (item.words or {}).get(str(value), "") if item.kind == "word" else str(value)


def lines(stored: Stored, part: str) -> tuple[GridLine, ...]:
    """Return the rows of a grid as they are shown, entries that did not fit as they were typed."""
    rows: dict[str, tuple[Any, ...]] = {
        "party": stored.parties,
        "meeting": stored.meetings,
        "member": stored.protocol.members if stored.protocol else (),
        "road_map": stored.road_map,
    }
    return tuple(_line(part, row, stored.drafts.get((TABLES[part], row.id), {})) for row in rows[part])


def _line(part: str, row: Any, drafts: Mapping[str, Draft]) -> GridLine:
    texts, troubles = [], {}
    for place, item in enumerate(GRIDS[part]):
        if item.key in drafts:
            texts.append(drafts[item.key][0])
            troubles[place] = trouble(item, drafts[item.key])
        elif item.kind == "school":
            texts.append(row.school or "")
        else:
            texts.append(shown(None, item, getattr(row, item.key)))
    return GridLine(row.id, tuple(texts), troubles)


def form(stored: Stored) -> dict[str, tuple[str, str]]:
    """Return line of the protocol → text and what is wrong with it."""
    protocol: Protocol | None = stored.protocol
    drafts = stored.drafts.get(("list_protocol", protocol.id), {}) if protocol else {}
    made = {}
    for item in FORM:
        if item.key in drafts:
            made[item.key] = drafts[item.key][0], trouble(item, drafts[item.key])
        else:
            made[item.key] = shown(None, item, getattr(protocol, item.key) if protocol else None), ""
    return made
