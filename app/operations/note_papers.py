"""Notes, the monitoring report and addressed recommendations as papers: PDF, Word, Excel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import UserError
from app.models import programmes, settings
from app.models.journal import now
from app.models.store import Connection
from app.operations import notes, papers, recommendations
from app.operations.note_scope import Asked
from app.operations.notes import KINDS, NoteBook, NoteField
from app.operations.papers import Paper
from app.operations.programme_blocks import AnalysisBlock
from app.operations.recommendations import AdviceBook, AdviceLine
from app.texts import NBSP, quoted, ru_date, school_year

if TYPE_CHECKING:
    from app.reports.notes import AdviceItem, NoteHead, NotePart

PAPER_KINDS: Mapping[str, str] = {
    "report": "monitoring_report", "note": "analytical_note", "school": "school_note",
}  # fmt: skip
NO_DATA = "Данных нет."
_IN_REPORT = frozenset({"main", "conclusions"})
"""Sections that go without «данных нет» where nothing is written."""


def paper(connection: Connection, asked: Asked) -> Paper:
    """Return the report, the note or a school's note as a paper.

    Raises:
        UserError: ``MON_NOTE_KIND``, ``MON_NOTE_SCHOOL``, ``GEN_NO_SCHOOL``.
    """
    return of_book(connection, notes.read(connection, asked))


def of_book(connection: Connection, book: NoteBook) -> Paper:
    """Return the paper of a text that has been read already."""
    from app.reports.notes import NoteSection, note

    kind = book.asked.kind
    sections = tuple(
        NoteSection(
            field.title, field.text, _parts(book, field),
            NO_DATA if kind == "report" and field.key not in _IN_REPORT else "",
        )
        for field in book.fields
    )  # fmt: skip
    head = _head(connection, book)
    title = f"{KINDS[kind]} за {book.asked.year} год"
    name = f"{title}: {book.about}" if book.about else title
    return Paper(PAPER_KINDS[kind], name, note(head, sections), None)


def _parts(book: NoteBook, field: NoteField) -> tuple[NotePart, ...]:
    """Return the tables and charts of a section; the lead of the whole has none."""
    from app.reports.notes import NotePart

    found = [block for block in book.blocks if block.section == field.key and block.table is not None]
    charts = [block for block in book.blocks if block.section == field.key and block.chart is not None]
    if book.asked.kind != "report":
        found = [block for block in found if block.key != "recommendations.next"]
    made = [NotePart(block.title, block.table) for block in found]
    if book.asked.kind == "report" or field.key == "results":
        made += [NotePart(block.title, None, block.chart) for block in charts if _drawn(block)]
    return tuple(made)


def _drawn(block: AnalysisBlock) -> bool:
    return block.key == "results.years"


def _head(connection: Connection, book: NoteBook) -> NoteHead:
    from app.reports.notes import NoteHead

    asked, values = book.asked, settings.get_all(connection)
    scope = asked.scope(connection)
    about = f"Школа: {book.about}" if book.about else f"Муниципалитет: {values['municipality']}"
    lines = [f"{KINDS[asked.kind]} за {asked.year}{NBSP}год", about]
    programme = None if scope.programme_id is None else programmes.programme(connection, scope.programme_id)
    if programme is not None and not book.about:
        lines.append(f"Программа: {quoted(programme.title)}, редакция {programme.edition}")
    lines.append(f"Состояние на{NBSP}{ru_date(scope.until)}")
    return NoteHead(
        tuple(lines), KINDS[asked.kind], values["municipality"], scope.until.isoformat(), now(), values["organisation"],
        values["executor"], (values["signer_position"], values["signer_name"]),
        typed=any(field.origin == "typed" for field in book.fields),
    )  # fmt: skip


# --- recommendations ---------------------------------------------------------------------------------------------


def addressees(connection: Connection, asked: Asked, *, before: bool = False) -> list[str]:
    """Return whom the recommendations of a school year are for, in their order."""
    book = recommendations.read(connection, asked)
    return list(dict.fromkeys(line.whom for line in (book.before if before else book.lines)))


def advice(connection: Connection, asked: Asked, whom: str = "", *, before: bool = False) -> Paper:
    """Return addressed recommendations of a school year as a paper.

    Args:
        connection: reading connection.
        asked: when.
        whom: only those for this addressee, so that no other one is named; "" for all.
        before: of the year before, with what became of them.

    Raises:
        UserError: ``MON_ADVICE_NONE``.
    """
    return _advice(connection, asked, recommendations.read(connection, asked), whom, before=before)


def advice_each(connection: Connection, asked: Asked, whom: str = "", *, before: bool = False) -> list[Paper]:
    """Return a paper for each addressee (or for one): in none is another one named. Arguments, errors: ``advice``."""
    book = recommendations.read(connection, asked)
    found = dict.fromkeys(line.whom for line in (book.before if before else book.lines) if whom in {"", line.whom})
    if not found:
        raise UserError("MON_ADVICE_NONE", year=school_year(book.school_year - int(before)))
    return [_advice(connection, asked, book, name, before=before) for name in found]


def write_each(made: Sequence[Paper], folder: Path, suffix: str = ".pdf") -> list[Path]:
    """Write papers into a folder, a file each, beside what is there: all of them or none. Not for the GUI thread.

    Raises:
        UserError: ``GEN_BAD_FORMAT``, ``PAPER_NO_FOLDER`` and others of writing.
    """
    # a paper that cannot be drawn must fail before anything is written, a folder included
    drawn = [(papers.plain_name(paper) + suffix, papers.render(paper, suffix).data) for paper in made]
    papers.folder_for(folder)
    return papers.write_all([(folder / name, data) for name, data in drawn])


def _advice(connection: Connection, asked: Asked, book: AdviceBook, whom: str, *, before: bool) -> Paper:
    from app.reports.notes import AdviceGroup, NoteHead
    from app.reports.notes import recommendations as made

    found = [line for line in (book.before if before else book.lines) if whom in {"", line.whom}]
    year = school_year(book.school_year - int(before))
    if not found:
        raise UserError("MON_ADVICE_NONE", year=year)
    values, scope = settings.get_all(connection), asked.scope(connection)
    groups = tuple(
        AdviceGroup(name, tuple(_item(line, marked=before) for line in found if line.whom == name))
        for name in dict.fromkeys(line.whom for line in found)
    )
    title = f"Адресные рекомендации на{NBSP}{year} учебный год"
    lines = [title, f"Кому: {whom}" if whom else f"Муниципалитет: {values['municipality']}"]
    head = NoteHead(
        tuple(lines), "Адресные рекомендации", values["municipality"], scope.until.isoformat(), now(),
        values["organisation"], values["executor"], (values["signer_position"], values["signer_name"]),
        typed=_typed(found),
    )  # fmt: skip
    name = f"Адресные рекомендации {year}"
    return Paper("recommendations", f"{name}: {whom}" if whom else name, made(head, groups), None)


def _item(line: AdviceLine, *, marked: bool) -> AdviceItem:
    from app.reports.notes import AdviceItem

    row = line.row
    return AdviceItem(
        row.text, row.ground or "", row.due_on, line.word if marked else "", (row.used_note or "") if marked else ""
    )


def _typed(lines: Sequence[AdviceLine]) -> bool:
    return any(line.row.text != line.row.derived for line in lines)
