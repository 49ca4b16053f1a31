"""What the card of a school and the first page say of forms: last answers with points and level, late ones, errors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app import clock
from app.models import forms as stored
from app.models.store import Connection
from app.operations import form_lines
from app.operations.form_cases import definition_of
from app.operations.form_lines import CaseLine, RoundLine
from app.texts import count, ru_date


@dataclass(frozen=True, slots=True)
class LastAnswer:
    """The newest answer of a school to one form; ``closed`` forms tell neither points nor level."""

    title: str
    school_year: int
    line: CaseLine
    closed: bool


def last_answers(connection: Connection, records: Sequence[int], day: date | None = None) -> list[LastAnswer]:
    """Return the newest answer of a school to every form that was sent to it.

    Args:
        connection: reading connection.
        records: the school's record and those merged into it.
        day: what counts as today.
    """
    subjects = [item.id for item in stored.subjects(connection) if item.organisation_id in set(records)]
    wanted = {case.round_id for case in stored.cases(connection, subjects=subjects)} if subjects else set()
    if not wanted:
        return []
    rounds = [item for item in stored.rounds(connection) if item.id in wanted]
    lines = form_lines.lines(connection, rounds, day, subjects=subjects)
    found: dict[tuple[str, str], LastAnswer] = {}
    for record in sorted(rounds, key=lambda item: (item.school_year, item.created_at), reverse=True):
        for line in lines.get(record.id, ()):
            if line.case.role == "expert":
                continue
            form = definition_of(connection, record)
            key = (record.form_id, line.subject.kind)
            found.setdefault(key, LastAnswer(form.short, record.school_year, line, form.closed))
    return list(found.values())


def points_text(line: CaseLine) -> str:
    """Return «25 из 36, высокий уровень»; "" where nothing is computed."""
    parts = []
    if line.points is not None:
        parts.append(f"{line.points}\u00a0из\u00a0{line.most}")
    if line.level is not None:
        parts.append(line.level.text + (" (решение эксперта)" if line.overruled else ""))
    return ", ".join(parts)


def answer_text(found: LastAnswer) -> str:
    """Return «принято · 25 из 36, высокий уровень», «отправлено, срок 28.11.2026, просрочено»."""
    line = found.line
    state = line.words
    if line.case.exempt:
        return f"не опрашивается: {line.case.exempt}"
    points = "" if found.closed else points_text(line)
    if points:
        return f"{state} · {points}"
    if line.due_on and line.state not in {"accepted", "approved", "composed"}:
        state += f", срок {ru_date(line.due_on)}"
    return state + (", просрочено" if line.overdue else "")


@dataclass(frozen=True, slots=True)
class FormStep:
    """A line of the first page about a round."""

    late: bool
    text: str
    detail: str
    round_id: int


def steps(connection: Connection, day: date | None = None, *, closed: bool = False) -> list[FormStep]:
    """Return what is to be done about rounds that are still open: late answers, answers with errors.

    Rounds of closed forms are left out unless ``closed``: their very title says whom they are about.
    """
    present = day or clock.today()
    found = []
    for line in form_lines.rounds(connection, day=present):
        kept_back = not closed and line.form is not None and line.form.closed
        if line.round.closed_on is None and not kept_back:
            found += _of_round(line)
    return found


def _of_round(line: RoundLine) -> list[FormStep]:
    made = []
    title = line.round.title
    if line.overdue:
        number = count(line.overdue, "ответ", "ответа", "ответов")
        due = f"Срок {ru_date(line.round.due_on)}" if line.round.due_on else "Срок прошёл"
        made.append(FormStep(True, f"«{title}»: не прислано — {number}", due, line.round.id))
    wrong = line.states.get("with_errors", 0)
    if wrong:
        number = count(wrong, "ответ", "ответа", "ответов")
        made.append(FormStep(False, f"«{title}»: {number} с ошибками", "Исправьте или верните школе", line.round.id))
    waiting = line.states.get("received", 0)
    if waiting:
        number = count(waiting, "ответ", "ответа", "ответов")
        made.append(FormStep(False, f"«{title}»: примите {number}", "Ответы получены", line.round.id))
    return made
