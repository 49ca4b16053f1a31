"""Papers of mentoring out of the file."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from app import school_years
from app.errors import UserError
from app.models.store import Connection
from app.operations import mentoring
from app.operations.mentoring import FIGURES, Board, PairLine
from app.operations.paper_head import head
from app.operations.papers import Paper
from app.operations.register_work_mentoring import FORM_WORDS
from app.texts import NBSP, school_year

if TYPE_CHECKING:
    from app.reports.document import Document
    from app.reports.work_mentoring import PairRow


def _paper(kind: str, title: str, year: int, document: Document) -> Paper:
    return Paper(kind, f"{title}, {school_year(year)}", document, None, f"{school_year(year)} учебный год")


def summary(connection: Connection, year: int, day: date) -> Paper:
    """Return the summary by schools as counts: nobody is named, it may go upward."""
    from app.reports.work_mentoring import SchoolRow, summary

    board = mentoring.board(connection, year, day)
    rows = tuple(
        SchoolRow(
            line.school, line.figure("young"), line.figure("first_year"), line.figure("mentored"),
            line.figure("left_school"), line.figure("pupil_pairs"), len(line.running), line.held,
        )
        for line in board.lines
    )  # fmt: skip
    young, first, mentored, left, pupils = (board.total(name).value for name in FIGURES)
    totals = (young, first, mentored, left, board.running, board.held, pupils)
    running = Counter(line.pair.form for line in board.pairs if line.running)
    forms = tuple((FORM_WORDS[form], running[form]) for form in FORM_WORDS if running[form])
    document = summary(head(connection), year, rows, totals, forms, _remarks(board))
    return _paper("mentoring_summary", "Молодые педагоги и наставничество", year, document)


def _remarks(board: Board) -> tuple[str, ...]:
    """Return what does not agree as counts say it, school by school; sentences that name people stay inside."""
    names = {line.school_id: line.school for line in board.lines}
    told = [f"{names[one.school_id]}. {one.text}" for one in board.findings if not one.named]
    total = board.total("young")
    if total.of and not total.whole:
        told.append(f"Сведения о молодых педагогах есть по{NBSP}{total.said} из{NBSP}{total.of} школ.")
    return tuple(told)


def annex(connection: Connection, year: int, day: date, school_id: int | None = None) -> Paper:
    """Return the list of pairs for an order; broken pairs are left out.

    Args:
        connection: reading connection.
        year: first calendar year of the school year.
        day: what counts as today.
        school_id: only pairs of one school; None for all.
    """
    from app.reports.work_mentoring import annex

    found = mentoring.board(connection, year, day)
    lines = [line for line in found.pairs if line.pair.state != "broken" and school_id in {None, line.school_id}]
    document = annex(head(connection), year, tuple(_row(line) for line in lines))
    return _paper("mentoring_annex", "Список наставников", year, document)


def plan(connection: Connection, pair: int, year: int, day: date) -> Paper:
    """Return the plan of one pair for a school year.

    Raises:
        UserError: ``MENT_NO_PAIR``.
    """
    from app.reports.work_mentoring import MeetingRow, plan

    line = next((one for one in mentoring.board(connection, year, day).pairs if one.pair.id == pair), None)
    if line is None:
        raise UserError("MENT_NO_PAIR")
    first, last = school_years.iso_days_of(year)
    meetings = [
        MeetingRow(one.planned_on, one.held_on, one.topic or "", one.outcome or "") for one in line.pair.meetings
        if first <= (one.planned_on or one.held_on or first) <= last
    ]  # fmt: skip
    meetings.sort(key=lambda row: row.planned_on or row.held_on or last)
    document = plan(head(connection), year, _row(line), tuple(meetings))
    return _paper("mentoring_plan", f"План пары: {line.title}", year, document)


def _row(line: PairLine) -> PairRow:
    from app.reports.work_mentoring import PairRow

    pair = line.pair
    return PairRow(
        pair.mentor, pair.mentor_post, line.mentor_school, pair.mentee, pair.mentee_post, line.school, pair.subject,
        pair.topic, line.form, (pair.date_from, pair.date_to), pair.act,
    )  # fmt: skip
