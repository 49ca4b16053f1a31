"""The calendar of the work on paper: a month as a sheet of weeks with a list by days, a year by months."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from app.reports.document import (
    Block,
    Column,
    Day,
    Document,
    Group,
    Heading,
    Lines,
    Meta,
    Note,
    PageBreak,
    Row,
    Table,
    Value,
)
from app.texts import NBSP, count, glue, ru_date, ru_moment

WEEK = ("Понедельник", "Вторник", "Среда", "Четверг", "Пятница", "Суббота", "Воскресенье")
SHEET_LINES = 30
"""Lines of all weeks together: so many leave the month on one page; the list after it has everything."""
LEAST_LINES, MOST_LINES = 5, 7
SIGNS, OF_ONE = 16, 2
"""Signs of a line of a day, wide letters among them; lines of one thing."""
_PIECE = re.compile(r"[^ -]*(?:-| +|$)")


@dataclass(frozen=True, slots=True)
class CalendarHead:
    """What both papers share; ``period`` is «ноябрь 2026 года», ``whose`` the calendar where it is not all of them."""

    organisation: str
    period: str
    whose: str
    made_at: str


@dataclass(frozen=True, slots=True)
class SheetDay:
    """A day of the sheet: ``note`` says why it is off or which break it belongs to; ``lines`` what stands on it."""

    day: date
    inside: bool
    note: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListLine:
    """A line of the list: what, what it is, when, where, who, how it stands."""

    first: str
    last: str
    time: str
    text: str
    word: str
    where: str
    who: str
    state: str


@dataclass(frozen=True, slots=True)
class MonthLine:
    """A month of the year: its working days, holidays and breaks, events in words, how much else."""

    title: str
    working: int
    off: tuple[str, ...]
    events: tuple[str, ...]
    counts: tuple[int, int, int]


def _title(head: CalendarHead, word: str) -> tuple[str, ...]:
    lines = (glue(f"{word} на {head.period}"), glue(head.whose), glue(head.organisation))
    return tuple(line for line in dict.fromkeys(lines) if line)


def month_paper(head: CalendarHead, weeks: tuple[tuple[int, tuple[SheetDay, ...]], ...], lines: tuple[ListLine, ...],
                notes: str) -> Document:  # fmt: skip
    """Return «Календарь на ноябрь 2026 года»: the sheet of weeks, then everything by days."""
    room = min(max(SHEET_LINES // max(len(weeks), 1), LEAST_LINES), MOST_LINES)
    rows = tuple(Row((number, *(_cell(day, room) for day in days))) for number, days in weeks)
    sheet = Table(
        name="Месяц", columns=(Column("Нед.", 11, "center"), *(Column(word, 38) for word in WEEK)),
        groups=(Group(rows),),
    )  # fmt: skip
    blocks: list[Block] = [sheet]
    if notes:
        blocks.append(Note(glue(notes)))
    if lines:
        blocks += [PageBreak(), Heading("По дням"), _list(lines)]
    return Document(
        title=_title(head, "Календарь"), meta=Meta(head.organisation, head.made_at, "Календарь"),
        blocks=tuple(blocks), landscape=True, provenance=f"Опора · составлено {ru_moment(head.made_at)}",
    )  # fmt: skip


def _cell(day: SheetDay, room: int) -> Value:
    """Return a day of the sheet in at most so many lines, as far as they can be told without the type's widths."""
    number = str(day.day.day) if day.inside else f"{day.day.day:02}.{day.day.month:02}"
    head = glue(f"{number}{NBSP}· {day.note}" if day.note else number)
    left = room - len(_wrapped(head))
    seen: list[str] = []
    for place, line in enumerate(day.lines):
        told = _short(glue(line))
        # the last line is kept for «ещё 3», unless this is the last thing
        if left - len(_wrapped(told)) < (place < len(day.lines) - 1):
            break
        seen.append(told)
        left -= len(_wrapped(told))
    hidden = len(day.lines) - len(seen)
    more = (f"ещё{NBSP}{hidden}" if seen else count(hidden, "запись", "записи", "записей"),) if hidden else ()
    return Lines((head, *seen, *more)) if seen or more else head


def _wrapped(text: str) -> list[str]:
    """Return the lines that a text takes in a day: broken at spaces and hyphens, a longer piece anywhere."""
    lines = [""]
    for piece in _PIECE.findall(text):
        if lines[-1] and len(lines[-1]) + len(piece.rstrip(" ")) > SIGNS:
            lines.append("")
        lines[-1] += piece
        while len(lines[-1].rstrip(" ")) > SIGNS:
            lines = [*lines[:-1], lines[-1][:SIGNS], lines[-1][SIGNS:]]
    return lines


def _short(text: str) -> str:
    """Cut a text at the end of a word, that it takes no more lines than one thing may."""
    if len(_wrapped(text)) <= OF_ONE:
        return text
    words = text.split(" ")
    told = ""
    while words and (not told or len(_wrapped(told)) > OF_ONE):
        told = f"{' '.join(words).rstrip(' ,;:.–—«(')}…"
        words.pop()
    return told if len(_wrapped(told)) <= OF_ONE else f"{text[: SIGNS * OF_ONE - 1]}…"


def _list(lines: tuple[ListLine, ...]) -> Table:
    rows = tuple(
        Row((_when(line), line.time or None, glue(line.text), line.word, glue(line.where) or None,
             glue(line.who) or None, line.state))
        for line in lines
    )  # fmt: skip
    return Table(
        name="По дням",
        columns=(Column("День", 26), Column("Время", 26), Column("Что", 92), Column("Что это", 34), Column("Где", 46),
                 Column("Кто", 38), Column("Состояние", 30)),
        groups=(Group(rows),),
    )  # fmt: skip


def _when(line: ListLine) -> Value:
    if line.first == line.last:
        return Day(line.first)
    return Lines((f"с{NBSP}{ru_date(line.first)}", f"по{NBSP}{ru_date(line.last)}"))


def year_paper(head: CalendarHead, months: tuple[MonthLine, ...], notes: str) -> Document:
    """Return «Календарь на 2026 год»: a row a month."""
    rows = tuple(
        Row((
            line.title, line.working, Lines(tuple(glue(one) for one in line.off)) if line.off else None,
            Lines(tuple(glue(one) for one in line.events)) if line.events else None, *line.counts,
        ))
        for line in months
    )  # fmt: skip
    total = sum(len(line.events) for line in months)
    table = Table(
        name="Год",
        columns=(
            Column("Месяц", 24), Column("Рабочих дней", 20, "right"), Column("Праздники и каникулы школ", 62),
            Column("События и заседания", 116), Column("Помощь школам", 22, "right"),
            Column("Дела и шаги", 20, "right"), Column("Сроки", 18, "right"),
        ),
        groups=(Group(rows),),
    )  # fmt: skip
    tail = f"{notes} Всего в году {count(total, 'событие', 'события', 'событий')}.".strip()
    return Document(
        title=_title(head, "Календарь"), meta=Meta(head.organisation, head.made_at, "Календарь"),
        blocks=(table, Note(glue(tail))), landscape=True,
        provenance=f"Опора · составлено {ru_moment(head.made_at)}",
    )  # fmt: skip
