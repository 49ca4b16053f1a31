"""States of a case, derived from its dates and answers; their words stand here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from app.forms.schema import Tone
from app.models.forms import FormCase

State = Literal["not_sent", "sent", "received", "with_errors", "returned", "accepted", "approved", "composed"]
STATES: tuple[State, ...] = (
    "not_sent", "sent", "received", "with_errors", "returned", "accepted", "approved", "composed",
)  # fmt: skip
"""In the order in which a case goes through them; what is put together from other forms goes through none."""
STATE_WORDS: Mapping[State, str] = {
    "not_sent": "не отправлено",
    "sent": "отправлено",
    "received": "получено",
    "with_errors": "с ошибками",
    "returned": "на доработке",
    "accepted": "принято",
    "approved": "утверждено",
    "composed": "из частей",
}
STATE_SIGNS: Mapping[State, str] = {
    "not_sent": "○",
    "sent": "→",
    "received": "●",
    "with_errors": "■",
    "returned": "↩",
    "accepted": "✓",
    "approved": "✔",
    "composed": "∑",
}
"""A sign beside the word, so that a state is never told by colour alone."""
STATE_TONES: Mapping[State, Tone] = {
    "not_sent": "plain",
    "sent": "plain",
    "received": "warn",
    "with_errors": "bad",
    "returned": "warn",
    "accepted": "ok",
    "approved": "ok",
    "composed": "plain",
}
WAITING: frozenset[State] = frozenset({"not_sent", "sent", "returned"})
"""States in which the subject still has to do something: only these can be overdue."""
DONE: frozenset[State] = frozenset({"accepted", "approved"})


def state_of(case: FormCase, *, answered: int, of: int, problems: int, wrong: int, last_outcome: str | None,
             composite: bool = False) -> State:  # fmt: skip
    """Return the state of a case.

    Answers typed at this computer make a case received when nothing in them is missing; until then the sending counts.
    What went back stays «на доработке» until something new comes, or a person accepts.

    Args:
        case: the case.
        answered: how many of the ``of`` items that are asked have a confirmed answer.
        of: how many items are asked.
        problems: everything that is wrong, missing or unconfirmed.
        wrong: answers that do not fit.
        last_outcome: of the last file that came («refused»); None where none came.
        composite: whether the form is put together from others: nobody sends it, nobody answers it.
    """
    if case.approved_on is not None:
        return "approved"
    if case.accepted_on is not None:
        return "accepted"
    if composite:
        return "composed"
    if case.received_on is not None:
        return "with_errors" if problems else "received"
    if case.returned_on is not None:
        return "returned"
    if wrong or last_outcome == "refused":
        return "with_errors"
    if of and answered == of and not problems:
        return "received"
    return "sent" if case.sent_on is not None else "not_sent"


def composed_words(accepted: int, parts: int) -> str:
    """Return «собрана из частей: 2 из 3 приняты»: nobody sends a composite form, its parts are sent."""
    verb = "принята" if accepted % 10 == 1 and accepted % 100 != 11 else "приняты"
    return f"собрана из частей: {accepted}\u00a0из\u00a0{parts} {verb}"


def overdue(state: State, due_on: str | None, day: date) -> bool:
    """Tell whether an answer that is still waited for is late on a day; the last day itself is not late."""
    return state in WAITING and due_on is not None and due_on < day.isoformat()
