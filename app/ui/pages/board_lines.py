"""Rows and columns of «Приём»: subjects × rounds of a year, and the subjects of one round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from app.operations import form_card, form_overview
from app.operations.form_board import BoardCell, BoardRow
from app.operations.form_lines import RoundLine
from app.operations.form_overview import LATE, SHORT_WORDS, Overview
from app.operations.form_states import STATE_WORDS, STATES, State
from app.operations.form_subjects import SUBJECT_WORDS
from app.texts import DASH, NBSP, ru_date
from app.ui.item_models.table_model import Column
from app.ui.theme import Kind

KINDS: dict[State, Kind] = {
    "not_sent": "none",
    "sent": "info",
    "received": "warn",
    "with_errors": "bad",
    "returned": "warn",
    "accepted": "ok",
    "approved": "ok",
    "composed": "none",
}
"""The shape of a state: shape and word tell it, the colour only helps."""
TITLE_SIGNS = 13
"""A heading over chips is no longer than their words; the whole title is in its tooltip."""


@dataclass(frozen=True)
class BoardLine:
    """One subject as a row.

    Attributes:
        found: the board it stands on.
        round_id: which round is shown, None where all are.
    """

    found: Overview
    row: BoardRow
    round_id: int | None = None

    @property
    def key(self) -> tuple[int, ...]:
        """What stays the same when the board is read anew."""
        return self.row.subject_ids

    @property
    def shown(self) -> str:
        """What the subject is called; what is not a school says what it is."""
        return self.row.shown

    def cell(self, round_id: int) -> BoardCell | None:
        """Its cell in a round."""
        return self.row.cells.get(round_id)

    @property
    def own(self) -> BoardCell:
        """Its cell in the round that is shown."""
        return self.row.cells[self.round_id or next(iter(self.row.cells))]

    def cells(self) -> Sequence[BoardCell]:
        """The cells that are shown."""
        return [self.own] if self.round_id is not None else list(self.row.cells.values())

    @property
    def days(self) -> int:
        """How many days the latest answer is late."""
        return max((form_overview.days_late(cell.line, self.found.day) for cell in self.cells()), default=0)


def kind_of(cell: BoardCell) -> Kind:
    """Return the shape of a cell."""
    if cell.line.case.exempt is not None:
        return "none"
    return "bad" if cell.overdue else KINDS[cell.state]


def word_of(cell: BoardCell, *, short: bool = True) -> str:
    """Return the word of a cell; an answer that is late says so."""
    if cell.line.case.exempt is not None:
        return "не нужно"
    if cell.overdue:
        return LATE
    if short:
        return SHORT_WORDS[cell.state]
    return STATE_WORDS[cell.state]


def full_words(cell: BoardCell, found: Overview) -> str:
    """Return «отправлено 28.09.2026; срок 15.10.2026, просрочено на 38 дней; заполнено 0 из 18»."""
    line = cell.line
    if line.case.exempt is not None:
        return f"не опрашивается: {line.case.exempt}"
    if line.composed:
        return line.words
    day = form_overview.since(line)
    parts = [STATE_WORDS[cell.state] + (f" {ru_date(day)}" if day else "")]
    due = form_overview.due_text(line, found.day)
    if due:
        parts.append(f"срок {due}")
    parts.append(f"заполнено {line.answered}{NBSP}из{NBSP}{line.of}")
    if line.problems and line.answered:
        parts.append(f"замечаний: {line.problems}")
    return "; ".join(parts)


def subject_tip(line: BoardLine) -> str:
    """Return what the subject is, where it is no school."""
    return "" if line.row.kind in form_overview.OWN else SUBJECT_WORDS.get(line.row.kind, "")


# --- columns -----------------------------------------------------------------------------------------------------


def short_title(title: str) -> str:
    """Return a title as it fits over a column of chips: whole words where it can be."""
    if len(title) <= TITLE_SIGNS:
        return title
    words = title[:TITLE_SIGNS].rsplit(" ", 1)
    return (words[0] if len(words) == 2 and len(words[0]) > 5 else title[: TITLE_SIGNS - 1]).rstrip(" ,.—") + "…"


def year_columns(rounds: Sequence[RoundLine]) -> tuple[Column, ...]:
    """Return the columns of the year: who, a chip for each round, days, whom to call."""
    return (_subject(), *(_round_column(column) for column in rounds), _days(), _call())


def _subject() -> Column:
    return Column("subject", "Кто", lambda line: line.shown, 190, 3, 160, middle=True, strong=True, tip=subject_tip)


def _round_column(column: RoundLine) -> Column:
    key = column.round.id

    def word(line: BoardLine) -> str:
        cell = line.cell(key)
        return DASH if cell is None else word_of(cell)

    def kind(line: BoardLine) -> Kind | None:
        cell = line.cell(key)
        return None if cell is None else kind_of(cell)

    def tip(line: BoardLine) -> str:
        cell = line.cell(key)
        return "Эту форму здесь не спрашивают" if cell is None else full_words(cell, line.found)

    title = column.round.title
    whole = f"{title}, срок {ru_date(column.round.due_on)}" if column.round.due_on else title
    return Column(f"r{key}", short_title(title), word, 120, kind="chip", chip=kind, tip=tip,  # type: ignore[arg-type]
                  sort=partial(_order, key), whole=whole)  # fmt: skip


def _order(key: int, line: BoardLine) -> int | None:
    cell = line.cell(key)
    return None if cell is None else -1 if cell.overdue else STATES.index(cell.state)


def _days() -> Column:
    return Column("days", "Дней", lambda line: str(line.days) if line.days else "", 56, kind="number",
                  sort=lambda line: line.days or None, whole="Дней после срока",
                  tip=lambda line: "Сколько дней прошло после срока" if line.days else "")  # fmt: skip


def _call() -> Column:
    return Column("call", "Кому звонить", lambda line: form_overview.contact_text(line.row.contact), 190, 3, 130,
                  tip=lambda line: line.row.contact.email or "" if line.row.contact else "")  # fmt: skip


def _date(line: BoardLine, name: str) -> str:
    day = getattr(line.own.line.case, name)
    return ru_date(day) if day else ""


def round_columns(*, scored: bool = True) -> tuple[Column, ...]:
    """Return the columns of one round; a form without points has whom to call in their place."""
    columns = _all_round_columns()
    if scored:
        return columns
    return (*(column for column in columns if column.key not in {"points", "level"}), _call())


def _all_round_columns() -> tuple[Column, ...]:
    return (
        _subject(),
        Column("state", "Состояние", lambda line: word_of(line.own, short=False), 140, kind="chip",
               chip=lambda line: kind_of(line.own), tip=lambda line: full_words(line.own, line.found),
               sort=lambda line: -1 if line.own.overdue else STATES.index(line.own.state)),
        Column("sent", "Отправлено", lambda line: _date(line, "sent_on"), 92,
               sort=lambda line: line.own.line.case.sent_on, tip=lambda line: line.own.line.case.sent_to or ""),
        Column("received", "Получено", lambda line: _date(line, "received_on"), 92,
               sort=lambda line: line.own.line.case.received_on),
        Column("filled", "Заполнено", _filled, 84, kind="number",
               sort=lambda line: line.own.line.answered),
        Column("points", "Баллы", _points, 84, kind="number", sort=lambda line: line.own.line.points),
        Column("level", "Уровень", _level, 130, 2, 100, sort=lambda line: line.own.line.points, tip=_why),
        Column("problems", "Замечаний", _problems, 84, kind="number", sort=lambda line: line.own.line.problems or None,
               tip=lambda _line: "Сколько пунктов не заполнено, не подходит или не подтверждено"),
        _days(),
    )  # fmt: skip


def _filled(line: BoardLine) -> str:
    found = line.own.line
    done, of = found.parts or (found.answered, found.of)
    return f"{done}{NBSP}из{NBSP}{of}"


def _points(line: BoardLine) -> str:
    found = line.own.line
    return "" if found.points is None else f"{found.points}{NBSP}из{NBSP}{found.most}"


def _level(line: BoardLine) -> str:
    level = line.own.line.level
    return "" if level is None else level.text


def _why(line: BoardLine) -> str:
    return form_card.points_text(line.own.line)


def _problems(line: BoardLine) -> str:
    found = line.own.line
    return str(found.problems) if found.problems and found.answered else ""
