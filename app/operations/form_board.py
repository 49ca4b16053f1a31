"""The board of a school year («Приём»): subjects × rounds, where every answer stands, who is late, whom to call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.models import forms as stored
from app.models.forms import Contact
from app.models.store import Connection
from app.operations import form_rounds
from app.operations.form_lines import CaseLine, RoundLine, summed
from app.operations.form_states import STATE_SIGNS, STATE_TONES, STATE_WORDS, STATES, State
from app.texts import ru_date

__all__ = ["STATES", "STATE_SIGNS", "STATE_TONES", "STATE_WORDS", "Board", "BoardCell", "BoardRow", "board"]


@dataclass(frozen=True, slots=True)
class BoardCell:
    """One subject in one round.

    Attributes:
        line: the case that speaks: the agreed one, else the subject's own.
        others: other cases of the subject in the round: experts, a merged school's.
    """

    line: CaseLine
    others: tuple[CaseLine, ...] = ()

    @property
    def state(self) -> State:
        """Its state."""
        return self.line.state

    @property
    def case_id(self) -> int:
        """The case that opens."""
        return self.line.case.id

    @property
    def overdue(self) -> bool:
        """Whether the answer is late."""
        return self.line.overdue

    @property
    def due_on(self) -> str | None:
        """The last day, ISO."""
        return self.line.due_on


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One subject: what it is called, whom to call, its cells by round."""

    subject_ids: tuple[int, ...]
    kind: str
    school_id: int | None
    shown: str
    contact: Contact | None
    cells: Mapping[int, BoardCell]

    @property
    def overdue(self) -> int:
        """How many of its answers are late."""
        return sum(cell.overdue for cell in self.cells.values())


@dataclass(frozen=True, slots=True)
class Board:
    """The board of a school year.

    Attributes:
        rounds: columns.
        rows: subjects; schools in the file's own order.
        states: how many answers of the year are in which state.
        overdue: how many are late.
    """

    school_year: int
    rounds: tuple[RoundLine, ...]
    rows: tuple[BoardRow, ...]
    states: Mapping[State, int]
    overdue: int

    @property
    def total(self) -> int:
        """How many answers are asked for."""
        return sum(self.states.values())

    def late(self) -> tuple[BoardRow, ...]:
        """Return the subjects to call, those with most late answers first."""
        return tuple(sorted((row for row in self.rows if row.overdue), key=lambda row: -row.overdue))


def board(connection: Connection, school_year: int, day: date | None = None) -> Board:
    """Return the board of a school year; schools merged into one stand in one row.

    Args:
        connection: reading connection.
        school_year: its first calendar year.
        day: what counts as today for deadlines.
    """
    records = stored.rounds(connection, school_year)
    known = form_rounds.lines(connection, records, day)
    # a round of an anonymous questionnaire has sheets, nobody owes an answer
    columns = tuple(
        one for one in summed(connection, records, known) if one.total or one.form is None or one.form.kind != "survey"
    )
    lines = {column.round.id: known.get(column.round.id, []) for column in columns}
    people = stored.contacts(connection)
    rows: dict[tuple[Any, ...], dict[int, list[CaseLine]]] = {}
    for key, of_round in lines.items():
        for line in of_round:
            rows.setdefault(line.subject.key, {}).setdefault(key, []).append(line)
    order = {
        subject.id: place
        for place, subject in enumerate(
            stored.subjects(connection, keys={line.subject.id for of_round in lines.values() for line in of_round})
        )
    }
    made = [_row(cells, people) for cells in rows.values()]
    made.sort(key=lambda row: min(order[key] for key in row.subject_ids))
    states: dict[State, int] = {}
    for row in made:
        for cell in row.cells.values():
            if cell.line.case.exempt is None and not cell.line.composed:  # nobody owes what is put together
                states[cell.state] = states.get(cell.state, 0) + 1
    late = sum(row.overdue for row in made)
    return Board(school_year, columns, tuple(made), states, late)


def _row(cells: Mapping[int, list[CaseLine]], people: Mapping[int, Contact]) -> BoardRow:
    subjects = {line.subject.id: line.subject for of_round in cells.values() for line in of_round}
    first = next((s for s in subjects.values() if s.organisation_id == s.school_id), next(iter(subjects.values())))
    contact = people.get(first.school_id) if first.school_id is not None else None
    found = {key: _cell(of_round) for key, of_round in cells.items()}
    return BoardRow(tuple(subjects), first.kind, first.school_id, first.shown, contact, found)


def _cell(of_round: list[CaseLine]) -> BoardCell:
    """Choose the case that speaks; of merged schools that of the record that stays."""
    first, *rest = sorted(of_round, key=form_rounds.rank)
    return BoardCell(first, tuple(rest))


def reminder(found: Board, row: BoardRow) -> str:
    """Return the text of a reminder to one subject: which answers are late and since when."""
    titles = {column.round.id: column.round.title for column in found.rounds}
    late = [f"«{titles[key]}», срок {ru_date(cell.due_on or '')}" for key, cell in row.cells.items() if cell.overdue]
    if not late:
        return ""
    return f"{row.shown}: ждём ответ. {'; '.join(late)}. Если форма уже заполнена, пришлите её файлом."
