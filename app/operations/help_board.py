"""The journal of help as the page shows it: entries of a span with what waits in them, numbers, schools left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app import school_years
from app.analysis.coverage import Coverage
from app.analysis.working_days import month_of, quarter_of, within
from app.models import help_entries, organisations
from app.models import registers as stored
from app.models.registers import Attachment
from app.models.store import Connection
from app.operations import help_journal
from app.operations.help_journal import HelpLine, HelpTotals
from app.texts import NBSP, count, grouped, ru_date, school_year

SPANS = {"month": "Месяц", "quarter": "Квартал", "year": "Учебный год", "all": "Всё время"}


@dataclass(frozen=True, slots=True)
class Span:
    """What time is shown; ``first`` None: everything."""

    kind: str
    first: date | None
    last: date | None

    @property
    def title(self) -> str:
        """«ноябрь 2026 года», «2026/27 учебный год», «за всё время»."""
        if self.first is None:
            return "всё время"
        if self.kind == "year":
            return f"{school_year(self.first.year)} учебный год"
        return (month_of if self.kind == "month" else quarter_of)(self.first).title

    def step(self, number: int) -> Span:
        """Return the span so many further on."""
        if self.first is None or self.last is None:
            return self
        if self.kind == "year":
            return span("year", within(self.first.year + number, 9))
        day = (month_of if self.kind == "month" else quarter_of)(self.first).step(number).first
        return span(self.kind, day)


def span(kind: str, day: date) -> Span:
    """Return the month, quarter or school year of a day, or everything."""
    if kind == "all":
        return Span(kind, None, None)
    day = within(day.year, day.month, day.day)
    if kind == "year":
        return Span(kind, *school_years.days_of(school_years.year_of(day)))
    found = (month_of if kind == "month" else quarter_of)(day)
    return Span(kind, found.first, found.last)


@dataclass(frozen=True, slots=True)
class HelpBoard:
    """Entries of a span.

    Attributes:
        marks: entry → column → (as typed, code) of what was not understood.
        files: entry → its files and links.
        everything: entries of the whole file; ``undated`` of them have no day and stand in no span.
    """

    span: Span
    lines: tuple[HelpLine, ...]
    marks: Mapping[int, Mapping[str, tuple[str, str]]]
    files: Mapping[int, tuple[Attachment, ...]]
    totals: HelpTotals
    everything: int
    undated: int


def board(connection: Connection, chosen: Span, query: str, day: date) -> HelpBoard:
    """Return the entries of a span that answer a question; see ``help_journal.listing``."""
    lines = help_journal.listing(connection, chosen.first, chosen.last, query=query)
    marks = stored.drafts(connection, help_entries.TABLE)
    keys = {line.id for line in lines}
    files = stored.attachments(connection, help_entries.TABLE, keys & help_entries.with_files(connection))
    total, undated = help_entries.counts(connection)
    return HelpBoard(
        chosen, lines, {key: cells for key, cells in marks.items() if key in keys},
        {key: tuple(items) for key, items in files.items()}, help_journal.totals(lines, day), total, undated,
    )  # fmt: skip


def without_help(connection: Connection, chosen: Span, year: int) -> dict[int, str]:
    """Return the schools of the list in force that no entry of a span names: key → short name.

    Args:
        connection: reading connection.
        chosen: of which time.
        year: school year whose list counts.
    """
    from app.operations import support

    merged = organisations.canonical_map(connection)
    days = (None if day is None else day.isoformat() for day in (chosen.first, chosen.last))
    helped = {merged.get(key, key) for key in help_entries.schools(connection, *days)}
    listed = support.listed(connection, year).schools
    return {key: name for key, name in listed.items() if merged.get(key, key) not in helped}


def people_words(found: Coverage) -> str:
    """Return «25 человек», «от 12 до 25 человек», "" where nobody was counted."""
    if not found.occasions:
        return ""
    if found.exact:
        return count(found.most, "человек", "человека", "человек")
    return f"от{NBSP}{grouped(found.least)} до{NBSP}{grouped(found.most)}{NBSP}человек"


def sentence(found: HelpBoard) -> str:
    """Return the journal of a span in one line: occasions by kind, people, schools, steps that wait."""
    totals = found.totals
    if not found.everything:
        return "В журнале пока нет записей"
    if not totals.occasions:
        return f"За {found.span.title} записей нет"
    parts = [count(totals.occasions, "запись", "записи", "записей")]
    parts += [people_words(totals.people)] if totals.people.occasions else []
    parts += [count(len(totals.schools), "школа", "школы", "школ")]
    parts += [f"шагов ждёт{NBSP}{totals.waiting}"] if totals.waiting else []
    return " · ".join(parts)


def step_words(line: HelpLine, day: date) -> str:
    """Return «ждёт до 01.12.2026», «срок прошёл 20.11.2026», «сделано 01.12.2026»; "" without a step."""
    if line.next_done_on:
        return f"сделано {ru_date(line.next_done_on)}"
    if not line.waits:
        return ""
    if line.next_on is None:
        return "ждёт без срока"
    return f"{'срок прошёл' if line.next_on < day.isoformat() else 'ждёт до'} {ru_date(line.next_on)}"


def step_short(line: HelpLine, day: date) -> str:
    """Return what stands under «Следующий шаг»: «до 01.12.2026», «прошёл 20.11.2026», «сделан 01.12.2026»."""
    if line.next_done_on:
        return f"сделан {ru_date(line.next_done_on)}"
    if not line.waits:
        return ""
    if line.next_on is None:
        return "без срока"
    return f"{'прошёл' if line.next_on < day.isoformat() else 'до'} {ru_date(line.next_on)}"
