"""What the board shows beyond its cells: how late, files and problems; whom a round can be sent to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from app import clock
from app.errors import UserError
from app.forms.schema import FormDef
from app.models import forms as stored
from app.models import registry, results, settings
from app.models.forms import Contact, FormRound
from app.models.store import Connection
from app.operations import form_board, form_rounds, form_subjects, forms, identification
from app.operations.form_board import Board, BoardCell, BoardRow
from app.operations.form_cases import definition_of
from app.operations.form_rounds import CaseLine, RoundLine
from app.operations.form_states import WAITING, State
from app.operations.form_subjects import Candidate
from app.operations.schools import iso_date
from app.texts import NBSP, count, plural, ru_date

SHORT_WORDS: Mapping[State, str] = {
    "not_sent": "не отпр.",
    "sent": "ждём",
    "received": "получено",
    "with_errors": "ошибки",
    "returned": "доработка",
    "accepted": "принято",
    "approved": "утв.",
    "composed": "из частей",
}
"""Words for the narrow cells of the board; the whole ones are told beside them."""
LATE = "просрочено"
FILE_WORDS: Mapping[str, str] = {
    "read": "прочитан",
    "with_errors": "с ошибками",
    "refused": "не принят",
    "same": "то же, что уже было",
}
OWN = frozenset({"school", "school_programme"})
"""Kinds of subjects that a school itself answers for."""
SELDOM = frozenset({"survey"})
"""Kinds of forms that no round is begun with: anonymous answers are counted elsewhere."""


@dataclass(frozen=True, slots=True)
class Overview:
    """The board of a year as it is shown.

    Attributes:
        board: without closed forms unless they are asked for.
        has_closed: whether the year has rounds of closed forms at all.
        day: what counts as today.
    """

    board: Board
    has_closed: bool
    day: date


def overview(connection: Connection, school_year: int, day: date | None = None, *, closed: bool = False) -> Overview:
    """Return the board of a school year.

    Args:
        connection: reading connection.
        school_year: its first calendar year.
        day: what counts as today for deadlines.
        closed: True shows closed forms (assessment of heads) too.
    """
    present = day or clock.today()
    found = form_board.board(connection, school_year, present)
    has_closed = any(is_closed(column) for column in found.rounds)
    shown = found if closed else open_only(found)
    return Overview(replace(shown, rows=tuple(one_row_a_school(shown.rows))), has_closed, present)


def one_row_a_school(rows: Iterable[BoardRow]) -> list[BoardRow]:
    """Put what is asked of a school and of its programme into one row: the same person answers; others stay apart."""
    made: dict[object, BoardRow] = {}
    for row in rows:
        own = row.kind in OWN and row.school_id is not None
        key: object = ("school", row.school_id) if own else row.subject_ids
        first = made.get(key)
        if first is None:
            made[key] = row
        else:
            subjects = (*first.subject_ids, *row.subject_ids)
            made[key] = replace(first, subject_ids=subjects, cells={**first.cells, **row.cells})
    return list(made.values())


def is_closed(column: RoundLine) -> bool:
    """Whether the answers of a round are not shown to everybody."""
    return column.form is not None and column.form.closed


def closed_rounds(connection: Connection, rounds: Iterable[FormRound]) -> frozenset[int]:
    """Return the keys of those rounds whose forms are closed; no answers are judged for it."""
    found: dict[tuple[str, str], bool] = {}
    keys = []
    for one in rounds:
        kind = one.form_id, one.digest
        if kind not in found:
            found[kind] = _closed(connection, one)
        if found[kind]:
            keys.append(one.id)
    return frozenset(keys)


def answerable(connection: Connection, rounds: Iterable[FormRound]) -> list[FormRound]:
    """Return rounds that somebody answers by name: anonymous questionnaires live on sheets of their own."""
    return [one for one in rounds if (form := _form_of(connection, one)) is None or form.kind not in SELDOM]


def _closed(connection: Connection, one: FormRound) -> bool:
    form = _form_of(connection, one)
    return form is not None and form.closed


def _form_of(connection: Connection, one: FormRound) -> FormDef | None:
    try:
        return definition_of(connection, one)
    except UserError as error:
        if error.code != "FORM_UNKNOWN":
            raise
        return None


def open_only(found: Board) -> Board:
    """Return a board without the rounds of closed forms; subjects that were asked nothing else are left out."""
    shown = tuple(column for column in found.rounds if not is_closed(column))
    if len(shown) == len(found.rounds):
        return found
    keys = {column.round.id for column in shown}
    rows = []
    for row in found.rows:
        cells = {key: cell for key, cell in row.cells.items() if key in keys}
        if cells:
            rows.append(replace(row, cells=cells))
    states: dict[State, int] = {}
    for column in shown:
        for state, number in column.states.items():
            if state == "composed":
                continue
            states[state] = states.get(state, 0) + number
    return Board(found.school_year, shown, tuple(rows), states, sum(row.overdue for row in rows))


# --- words -------------------------------------------------------------------------------------------------------


def days_late(line: CaseLine, day: date) -> int:
    """Return by how many days an answer is late, 0 where it is not."""
    if not line.overdue or line.due_on is None:
        return 0
    return (day - date.fromisoformat(line.due_on)).days


def row_late(row: BoardRow, day: date) -> int:
    """Return the days of the subject's latest answer."""
    return max((days_late(cell.line, day) for cell in row.cells.values()), default=0)


def due_text(line: CaseLine, day: date) -> str:
    """Return «15.10.2026, просрочено на 38 дней», «28.11.2026, осталось 5 дней», "" without a deadline."""
    if line.due_on is None:
        return ""
    shown = ru_date(line.due_on)
    late = days_late(line, day)
    if late:
        return f"{shown}, просрочено на {count(late, 'день', 'дня', 'дней')}"
    left = (date.fromisoformat(line.due_on) - day).days
    if line.state not in WAITING or line.case.exempt is not None or left < 0:
        return shown
    verb = plural(left, "остался", "осталось", "осталось")
    told = f"{verb} {count(left, 'день', 'дня', 'дней')}" if left else "сегодня последний день"
    return f"{shown}, {told}"


def since(line: CaseLine) -> str | None:
    """Return the day since which the state is what it is, ISO; None where nothing has happened yet."""
    case = line.case
    days = {
        "sent": case.sent_on,
        "received": case.received_on,
        "with_errors": case.received_on,
        "returned": case.returned_on,
        "accepted": case.accepted_on,
        "approved": case.approved_on,
    }
    return days.get(line.state)


def contact_text(contact: Contact | None) -> str:
    """Return «8 (35600) 2-11-03, Громова Лидия Андреевна»: the number first, it is what is dialled."""
    if contact is None:
        return ""
    return ", ".join(part for part in ((contact.phone or "").replace(" ", NBSP), contact.name) if part)


def cell_of(found: Board, case_id: int) -> tuple[RoundLine, BoardRow, BoardCell] | None:
    """Return where on the board a case stands."""
    columns = {column.round.id: column for column in found.rounds}
    for row in found.rows:
        for key, cell in row.cells.items():
            if cell.case_id == case_id:
                return columns[key], row, cell
    return None


# --- one case ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Detail:
    """What the card of the board tells of a case beyond its line.

    Attributes:
        problems: sentences, the gravest first.
        files: (name, moment, outcome in a word), the newest first.
        closed: whether points and level are kept back.
    """

    case_id: int
    problems: tuple[str, ...]
    files: tuple[tuple[str, str, str], ...]
    closed: bool


def detail(connection: Connection, case_id: int) -> Detail:
    """Return problems and files of a case.

    Raises:
        UserError: ``FORM_NO_CASE``, ``FORM_UNKNOWN``.
    """
    from app.operations import form_answers

    view = form_answers.case(connection, case_id)
    files = sorted(view.files, key=lambda file: file.received_at, reverse=True)
    ranked = sorted(view.problems, key=lambda found: found.level != "error")
    return Detail(
        case_id,
        tuple(found.message for found in ranked),
        tuple((file.file_name, file.received_at, FILE_WORDS.get(file.outcome, "")) for file in files),
        view.form.closed,
    )


# --- beginning a round -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Whom:
    """Whom a form can be sent to, and the sets that are chosen by one press.

    Attributes:
        listed: organisations of the list of schools with low results, the approved one where there is one.
        groups: name → organisations.
    """

    form: FormDef
    candidates: tuple[Candidate, ...]
    listed: frozenset[int]
    groups: Mapping[str, frozenset[int]]


def offered(connection: Connection) -> list[FormDef]:
    """Return the forms that a round can be begun with: not anonymous questionnaires, not those of the institute."""
    found = [entry.form for entry in forms.listing(connection)]
    return [form for form in found if form.kind not in SELDOM and form.kind != "request"]


def whom(connection: Connection, form_id: str, school_year: int) -> Whom:
    """Return whom a form can be sent to.

    Raises:
        UserError: ``FORM_UNKNOWN``.
    """
    return _whom(connection, forms.definition(connection, form_id), school_year)


def schools(connection: Connection, school_year: int) -> Whom:
    """Return the schools, for a form that is being made only now."""
    return _whom(connection, FormDef("", "", "", "", "school", "request", ()), school_year)


def _whom(connection: Connection, form: FormDef, school_year: int) -> Whom:
    found = tuple(form_subjects.candidates(connection, form))
    if not any(candidate.ref.organisation_id for candidate in found):
        return Whom(form, found, frozenset(), {})
    present = {candidate.ref.organisation_id for candidate in found}
    known = registry.groups(connection)
    groups = {name: keys for name, keys in known.items() if keys & present}
    return Whom(form, found, _listed(connection, school_year), groups)


def _listed(connection: Connection, school_year: int) -> frozenset[int]:
    """Return the schools of the newest list that the school year can know, nobody where there are no results."""
    known = [year for year in results.years(connection) if year <= school_year + 1]
    if not known:
        return frozenset()
    try:
        found = identification.school_list(connection, settings.get(connection, "rule"), max(known), with_change=False)
    except UserError as error:
        # a rule of one's own that is no longer in the file: then nobody can say who is on the list
        if error.code != "RULE_NOT_FOUND":
            raise
        return frozenset()
    return frozenset(row.school_id for row in found.rows if row.listed)


def findable(connection: Connection, *, closed: bool = False) -> tuple[list[RoundLine], list[FormDef]]:
    """Return rounds and forms for the search of the window; rounds of closed forms only where they are asked for."""
    every = stored.rounds(connection)
    hidden = frozenset() if closed else closed_rounds(connection, every)
    rounds = [RoundLine(item, None, 0) for item in every if item.id not in hidden]
    return rounds, [entry.form for entry in forms.listing(connection)]


def late_of(connection: Connection, case_ids: Iterable[int], day: date | None = None) -> list[int]:
    """Return those of some cases whose answer is late."""
    wanted = set(case_ids)
    keys = {case.round_id for case in stored.cases(connection, keys=wanted)}
    rounds = [item for item in stored.rounds(connection) if item.id in keys]
    known = form_rounds.lines(connection, rounds, day)
    return [line.case.id for of_round in known.values() for line in of_round if line.overdue and line.case.id in wanted]


def year_of(connection: Connection, round_id: int) -> int:
    """Return the school year of a round.

    Raises:
        UserError: ``FORM_NO_ROUND``.
    """
    found = stored.round_of(connection, round_id)
    if found is None:
        raise UserError("FORM_NO_ROUND", key=round_id)
    return found.school_year


def date_fault(text: str) -> str:
    """Return what is wrong with a day that is being typed, "" where nothing is; an empty one is no fault."""
    if not text.strip():
        return ""
    try:
        iso_date(text)
    except UserError:
        return f"«{text.strip()}» — не дата. Впишите её так: 28.11.2026."
    return ""
