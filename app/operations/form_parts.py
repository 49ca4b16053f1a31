"""The forms that a composite form is made of: whose answers count, how far they are, what is still to be asked."""

from __future__ import annotations

from dataclasses import dataclass

from app.models import forms as stored
from app.models.store import Connection
from app.operations import forms
from app.operations.form_cases import PartAnswers, judged, part_answers, round_and_form
from app.operations.form_states import State


@dataclass(frozen=True, slots=True)
class PartLine:
    """A part as the composite form shows it.

    Attributes:
        case_id: whose answers count (of several the lowest result, see ``part_answers``); None where nobody is asked.
        several: how many subjects answer this part.
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
    _found, form = round_and_form(connection, case.round_id)
    known = part_answers(connection, case, form)
    return tuple(_line(connection, part.form_id, known.get(part.form_id)) for part in form.parts)


def _line(connection: Connection, form_id: str, part: PartAnswers | None) -> PartLine:
    if part is None:
        return PartLine(form_id, forms.definition(connection, form_id).short)
    verdict = judged(connection, [part.case])[part.case.id]
    score = verdict.scores[0] if verdict.scores else None
    level = verdict.level.text if verdict.level is not None else ""
    points, most = (score.points, score.most) if score is not None else (None, None)
    return PartLine(form_id, part.form.short, part.case.id, part.of, verdict.state, points, most, level)
