"""The forms that a composite form is made of: whose answers count, how far they are, what is still to be asked."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.models import forms as stored
from app.models.forms import FormCase, FormSubject
from app.models.store import Connection
from app.operations import forms
from app.operations.form_cases import judged, round_and_form, subject_of
from app.operations.form_states import State


@dataclass(frozen=True, slots=True)
class PartLine:
    """A part as the composite form shows it.

    Attributes:
        case_id: whose answers count; None where nobody has been asked, or several and none of them is meant.
        several: how many subjects were asked where none of them is meant.
        points, most: of the first score; None where there is none yet.
        level: its words; "" without.
    """

    form_id: str
    short: str
    case_id: int | None = None
    several: int = 0
    state: State | None = None
    points: int | None = None
    most: int | None = None
    level: str = ""


def part_lines(connection: Connection, case_id: int) -> tuple[PartLine, ...]:
    """Return the parts of a composite case in their order; () for another form.

    Raises:
        UserError: ``FORM_NO_ROUND``, ``FORM_UNKNOWN``.
    """
    case = stored.case_of(connection, case_id)
    if case is None:
        return ()
    found, form = round_and_form(connection, case.round_id)
    own = subject_of(connection, case)
    return tuple(_line(connection, part.form_id, found.school_year, own) for part in form.parts)


def _line(connection: Connection, form_id: str, year: int, own: FormSubject) -> PartLine:
    short = forms.definition(connection, form_id).short
    rounds = [item.id for item in stored.rounds(connection, year, form_id)]
    cases = [item for item in stored.cases(connection, rounds=rounds) if item.role != "expert"] if rounds else []
    chosen = _chosen(connection, cases, own)
    if chosen is None:
        return PartLine(form_id, short, several=len({item.subject_id for item in cases}))
    verdict = judged(connection, [chosen]).get(chosen.id)
    if verdict is None:
        return PartLine(form_id, short, chosen.id)
    score = verdict.scores[0] if verdict.scores else None
    level = verdict.level.text if verdict.level is not None else ""
    points, most = (score.points, score.most) if score is not None else (None, None)
    return PartLine(form_id, short, chosen.id, 0, verdict.state, points, most, level)


def _chosen(connection: Connection, cases: list[FormCase], own: FormSubject) -> FormCase | None:
    """Choose as the points of the composite form do: of the same subject, else of the only one that was asked."""
    subjects = {item.id: item for item in stored.subjects(connection, keys=[c.subject_id for c in cases])}
    same = [item for item in cases if _bare(subjects[item.subject_id]) == _bare(own)]
    meant = same or (cases if len({item.subject_id for item in cases}) == 1 else [])
    return max(meant, key=lambda item: (item.role == "agreed", item.accepted_on or "", item.id), default=None)


def _bare(subject: FormSubject) -> object:
    return replace(subject, id=0, kind="").key
