"""Rounds and their cases as lists show them: judged at once, with states counted and late answers marked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app import clock
from app.errors import UserError
from app.forms.schema import FormDef, Level
from app.models import forms as stored
from app.models.forms import FormCase, FormRound, FormSubject
from app.models.store import Connection
from app.operations.form_cases import Judged, definition_of, judged
from app.operations.form_states import STATE_WORDS, State, composed_words, overdue

_CLOSED = frozenset({"closed", "reorganised"})
"""Schools of which nothing is asked any more."""
_WAITED: Mapping[State, int] = {"returned": 1, "sent": 2, "not_sent": 3}
"""How far an answer that is waited for has come; every other state is before these."""


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round as lists show it.

    Attributes:
        form: None where the program no longer has the definition.
        total: subjects that are asked; ``states`` how many of them are in which state.
        overdue: how many answers are late.
    """

    round: FormRound
    form: FormDef | None
    total: int
    states: Mapping[State, int] = field(default_factory=dict)
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case as lists show it.

    Attributes:
        answered, of: confirmed answers to required items.
        problems: how many answers are wrong, missing or unconfirmed.
        level: in force; ``overruled`` where a person chose it.
        points, most: of the first score; None where there is none.
        parts: of a composite form: how many parts are accepted, of how many; None of another.
    """

    case: FormCase
    subject: FormSubject
    state: State
    answered: int
    of: int
    problems: int
    due_on: str | None
    overdue: bool
    level: Level | None = None
    points: int | None = None
    most: int | None = None
    parts: tuple[int, int] | None = None

    @property
    def overruled(self) -> bool:
        """Whether a person chose the level."""
        return self.case.level is not None

    @property
    def words(self) -> str:
        """The state in words; of a composite form how far its parts are."""
        return composed_words(*self.parts) if self.state == "composed" and self.parts else STATE_WORDS[self.state]

    @property
    def composed(self) -> bool:
        """Whether nobody is asked for it: it is put together from other forms."""
        return self.state == "composed"


# --- reading -----------------------------------------------------------------------------------------------------


def rounds(connection: Connection, school_year: int | None = None, day: date | None = None) -> list[RoundLine]:
    """Return the rounds of a school year, or all, with how far they are."""
    found = stored.rounds(connection, school_year)
    return summed(connection, found, lines(connection, found, day))


def summed(
    connection: Connection, found: Sequence[FormRound], known: Mapping[int, Sequence[CaseLine]]
) -> list[RoundLine]:
    """Return how far rounds are whose cases have been read already (``lines``)."""
    made = []
    for item in found:
        of_round = _speaking(known.get(item.id, ()))
        states: dict[State, int] = {}
        for line in of_round:
            states[line.state] = states.get(line.state, 0) + 1
        form = _form_or_none(connection, item)
        made.append(RoundLine(item, form, len(of_round), states, sum(line.overdue for line in of_round)))
    return made


def _speaking(found: Iterable[CaseLine]) -> list[CaseLine]:
    """Return one line a subject that is asked: the agreed one, else its own; schools merged into one are one."""
    chosen: dict[tuple[object, ...], CaseLine] = {}
    for line in found:
        if line.case.exempt is None and line.case.role != "expert":
            present = chosen.get(line.subject.key)
            if present is None or rank(line) < rank(present):
                chosen[line.subject.key] = line
    return list(chosen.values())


def rank(line: CaseLine) -> tuple[int, int, bool, int]:
    """Return the order in which cases of one subject speak: agreed, own, experts.

    Of schools merged into one, an answer that has come in speaks before one that is waited for, and of two that are
    waited for that which went further; of two that have come in, that of the record that stays.
    """
    role = {"agreed": 0, "self": 1}.get(line.case.role, 2)
    return role, _WAITED.get(line.state, 0), line.subject.organisation_id != line.subject.school_id, line.case.id


def asked_still(found: Iterable[CaseLine]) -> list[CaseLine]:
    """Return the subjects' own cases of one round that somebody is asked for, in their order.

    Closed schools are asked no more; of schools merged into one only the case that speaks is asked for.
    """
    own = [line for line in found if line.case.role == "self"]
    speaking: dict[tuple[object, ...], CaseLine] = {}
    for line in sorted(own, key=rank):
        speaking.setdefault(line.subject.key, line)
    return [line for line in own if speaking[line.subject.key] is line and line.subject.status not in _CLOSED]


def _form_or_none(connection: Connection, found: FormRound) -> FormDef | None:
    try:
        return definition_of(connection, found)
    except UserError:
        return None


def cases(connection: Connection, round_id: int, day: date | None = None) -> list[CaseLine]:
    """Return the cases of a round in the file's own order of schools.

    Raises:
        UserError: ``FORM_NO_ROUND``.
    """
    found = stored.round_of(connection, round_id)
    if found is None:
        raise UserError("FORM_NO_ROUND", key=round_id)
    return lines(connection, [found], day).get(round_id, [])


def lines(
    connection: Connection, found: Sequence[FormRound], day: date | None = None, *,
    subjects: Collection[int] | None = None,
) -> dict[int, list[CaseLine]]:  # fmt: skip
    """Return the cases of several rounds by round, judged at once; of some subjects where they are given."""
    present = day or clock.today()
    by_key = {item.id: item for item in found}
    kept = stored.cases(connection, rounds=by_key, subjects=subjects)
    named = stored.subjects(connection, keys={case.subject_id for case in kept})
    places = {subject.id: place for place, subject in enumerate(named)}
    verdicts = judged(connection, kept)
    made: dict[int, list[CaseLine]] = {}
    for case in sorted(kept, key=lambda case: places[case.subject_id]):
        if case.id in verdicts:
            subject = named[places[case.subject_id]]
            line = _line(case, by_key[case.round_id], subject, verdicts[case.id], present)
            made.setdefault(case.round_id, []).append(line)
    return made


def _line(case: FormCase, of_round: FormRound, subject: FormSubject, verdict: Judged, day: date) -> CaseLine:
    due = case.due_on or of_round.due_on
    first = verdict.scores[0] if verdict.scores else None
    waited = case.exempt is None and of_round.closed_on is None and subject.status not in _CLOSED
    return CaseLine(
        case=case,
        subject=subject,
        state=verdict.state,
        answered=verdict.progress.answered,
        of=verdict.progress.of,
        problems=len(verdict.problems),
        due_on=due,
        overdue=waited and overdue(verdict.state, due, day),
        level=verdict.level,
        points=first.points if first else None,
        most=first.applicable_most if first else None,
        parts=verdict.parts,
    )
