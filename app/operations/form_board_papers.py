"""Papers about rounds: how the year stands, one round, the table of an urgent collection."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from app.errors import UserError
from app.forms.schema import Item
from app.models import settings
from app.models.journal import now
from app.models.store import Connection
from app.operations import form_card, form_overview, form_urgent
from app.operations.form_board import BoardRow
from app.operations.form_lines import CaseLine, RoundLine
from app.operations.form_states import DONE, STATE_SIGNS, STATE_WORDS, WAITING
from app.operations.papers import Paper
from app.texts import school_year

if TYPE_CHECKING:
    from app.reports.document import Value
    from app.reports.form_board import CallRow, CaseRow, RoundCounts
    from app.reports.year_head import YearHead

PRINTED_SIGNS = {"→": "○", "↩": "▲", "✓": "●", "✔": "●"}
"""The paper's font has the four shapes only."""


def _head(connection: Connection, year: int) -> YearHead:
    from app.reports.year_head import YearHead

    values = settings.get_all(connection)
    return YearHead(values["municipality"], year, now(), values["organisation"], values["executor"])


def board(connection: Connection, year: int, day: date | None = None, *, closed: bool = False) -> Paper:
    """Return «Ход сбора чек-листов» of a school year; closed forms only where they are asked for."""
    from app.reports.form_board import board_paper

    found = form_overview.overview(connection, year, day, closed=closed)
    rounds = found.board.rounds
    document = board_paper(
        _head(connection, year),
        tuple(_counts(column) for column in rounds),
        tuple(_call(row, rounds, found.day) for row in found.board.late()),
        tuple((_unique(column, rounds), _rows(column, found.board.rows)) for column in rounds),
    )
    return Paper("form_board", f"Ход сбора чек-листов, {school_year(year)}", document, None)


def _counts(column: RoundLine) -> RoundCounts:
    from app.reports.form_board import RoundCounts

    def of(*states: str) -> int:
        return sum(number for state, number in column.states.items() if state in states)

    return RoundCounts(column.round.title, column.round.due_on, column.total, of(*DONE), of("received"),
                       of("with_errors"), of(*WAITING), column.overdue)  # fmt: skip


def _unique(column: RoundLine, rounds: tuple[RoundLine, ...]) -> str:
    """Return the title of a round; rounds of one title are told apart by a number."""
    same = [other.round.id for other in rounds if other.round.title == column.round.title]
    return column.round.title if len(same) == 1 else f"{column.round.title} ({same.index(column.round.id) + 1})"


def _call(row: BoardRow, rounds: tuple[RoundLine, ...], day: date) -> CallRow:
    from app.reports.form_board import CallRow

    late = [column.round.title for column in rounds if (cell := row.cells.get(column.round.id)) and cell.overdue]
    return CallRow(row.shown, "; ".join(late), form_overview.row_late(row, day),
                   form_overview.contact_text(row.contact))  # fmt: skip


def _rows(column: RoundLine, rows: tuple[BoardRow, ...]) -> tuple[CaseRow, ...]:
    hidden = form_overview.is_closed(column)
    cells = ((row.shown, row.cells.get(column.round.id)) for row in rows)
    return tuple(_row(shown, cell.line, hidden=hidden) for shown, cell in cells if cell is not None)


def _row(shown: str, line: CaseLine, *, hidden: bool) -> CaseRow:
    from app.reports.form_board import CaseRow

    sign = STATE_SIGNS[line.state]
    word = f"{PRINTED_SIGNS.get(sign, sign)} {line.words}"
    if line.case.exempt is not None:
        word = "не опрашивается"
    elif line.overdue:
        word = f"■ {STATE_WORDS[line.state]}, просрочено"
    result = "" if hidden else form_card.points_text(line)
    return CaseRow(shown, word, line.case.sent_on, line.case.received_on, line.answered, line.of, result)


def one_round(connection: Connection, round_id: int, day: date | None = None) -> Paper:
    """Return one round in full; of an urgent collection its table.

    Raises:
        UserError: ``FORM_NO_ROUND``, ``FORM_UNKNOWN``.
    """
    from app.models import forms as stored
    from app.reports.form_board import round_paper

    record = stored.round_of(connection, round_id)
    if record is None:
        raise UserError("FORM_NO_ROUND", key=round_id)
    found = form_overview.overview(connection, record.school_year, day, closed=True).board
    column = next(item for item in found.rounds if item.round.id == round_id)
    if column.form is not None and column.form.kind == "request":
        return request(connection, round_id)
    document = round_paper(
        _head(connection, record.school_year), record.title, record.due_on, _rows(column, found.rows)
    )
    return Paper("form_round", f"{record.title}: кто прислал", document, None)


def request(connection: Connection, round_id: int) -> Paper:
    """Return the table of an urgent collection; numbers come out as numbers in Excel.

    Raises:
        UserError: ``FORM_NO_ROUND``, ``FORM_UNKNOWN``.
    """
    from app.reports.form_board import request_paper

    found = form_urgent.table(connection, round_id)
    rows = tuple(
        (row.shown, tuple(_value(item, text, bad=place in row.wrong)
                          for place, (item, text) in enumerate(zip(found.items, row.cells, strict=True))))
        for row in found.rows
    )  # fmt: skip
    document = request_paper(
        _head(connection, found.school_year), found.title, form_urgent.state_text(found),
        tuple((item.text, item.kind in {"whole", "decimal"}) for item in found.items), rows, found.totals,
        tuple(row.shown for row in found.silent),
    )  # fmt: skip
    return Paper("form_request", f"{found.title}: ответы", document, None)


def _value(item: Item, text: str, *, bad: bool) -> Value:
    if not text:
        return None
    plain = text.replace("\u00a0", "").replace(" ", "")
    if not bad and item.kind == "whole" and plain.lstrip("-").isdigit():
        return int(Decimal(plain))
    return f"■ {text}" if bad else text
