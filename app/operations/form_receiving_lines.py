"""Lines of receiving: what each form of each file is, whose, in which state, what it would change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from app.errors import Problem
from app.forms.schema import AnswerSet, Tone

State = Literal["ready", "with_errors", "conflict", "ask", "locked", "same", "empty", "refused"]
Take = Literal["file", "stored"]
STATES: tuple[State, ...] = ("ready", "with_errors", "conflict", "ask", "locked", "same", "empty", "refused")
STATE_WORDS: Mapping[State, str] = {
    "ready": "можно принять",
    "with_errors": "есть ошибки",
    "conflict": "расхождение",
    "ask": "есть вопрос",
    "locked": "уже принята",
    "same": "повтор",
    "empty": "пустой бланк",
    "refused": "не прочитан",
}
STATE_TONES: Mapping[State, Tone] = {
    "ready": "ok",
    "with_errors": "warn",
    "conflict": "warn",
    "ask": "warn",
    "locked": "plain",
    "same": "plain",
    "empty": "bad",
    "refused": "bad",
}
WRITABLE: frozenset[State] = frozenset({"ready", "with_errors"})
"""States in which a line is written by «Принять прочитанное»."""
HEAD_NAMES: Mapping[str, str] = {"conclusion": "Вывод"}


@dataclass(frozen=True, slots=True)
class Change:
    """One answer that would become another.

    Attributes:
        item_id: of the form; «@field» is a line over it, «#conclusion» its closing words.
        place: «Пункт 6.8.1».
        before, after: as people read them.
        cell: sheet and address in the file.
        conflict: it was typed here and the file says something else: a person must choose.
        take: what was chosen; of changes without conflict always the file.
    """

    item_id: str
    place: str
    before: str
    after: str
    cell: tuple[str, str] = ("", "")
    conflict: bool = False
    take: Take | None = "file"

    @property
    def open(self) -> bool:
        """Whether somebody still has to choose."""
        return self.conflict and self.take is None


@dataclass(frozen=True, slots=True)
class Option:
    """One whom the answers may belong to."""

    case_id: int
    text: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person has said of a line.

    Attributes:
        case_id: whose answers they are.
        all: what is taken wherever both were changed; ``takes`` says it item by item and goes before it.
        newer: this file is meant although another one of the same school is newer.
    """

    case_id: int | None = None
    all: Take | None = None
    takes: Mapping[str, Take] = field(default_factory=dict)
    newer: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One form of one file.

    Attributes:
        key: names the line in decisions.
        form, subject, round: as they are shown; empty where they are not known.
        problems: everything that is wrong or odd, with sheet and cell.
        changes: what would change; the same answers are not among them.
        answers: everything that would be written, in the version of the round.
        cells: item → sheet and address in the file.
        options: whom it may belong to, where that is asked.
        kept: the answers of the file in the version of the round, for the marked copy.
    """

    key: str
    path: Path
    file: str
    sha256: str
    state: State
    form_id: str = ""
    form: str = ""
    subject: str = ""
    school_year: int | None = None
    round: str = ""
    case_id: int | None = None
    problems: tuple[Problem, ...] = ()
    changes: tuple[Change, ...] = ()
    answers: AnswerSet | None = None
    cells: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    head: Mapping[str, str] = field(default_factory=dict)
    conclusion: str = ""
    proofs: tuple[tuple[str, str], ...] = ()
    options: tuple[Option, ...] = ()
    kept: AnswerSet | None = None

    @property
    def writable(self) -> bool:
        """Whether «Принять прочитанное» writes it."""
        return self.state in WRITABLE

    @property
    def errors(self) -> int:
        """How many errors it has."""
        return sum(problem.level == "error" for problem in self.problems)

    @property
    def to_mend(self) -> tuple[Problem, ...]:
        """What the school is asked to mend or look at: hints are for the methodist alone."""
        return tuple(problem for problem in self.problems if problem.level != "hint")


@dataclass(frozen=True, slots=True)
class Receiving:
    """Everything that was read; ``stopped`` where reading was cancelled: then the rest is as it was."""

    lines: tuple[Line, ...]
    problems: tuple[Problem, ...] = ()
    stopped: bool = False

    def counts(self) -> dict[State, int]:
        """Return how many lines are in which state; states nobody is in are absent."""
        found: dict[State, int] = {}
        for state in STATES:
            number = sum(line.state == state for line in self.lines)
            if number:
                found[state] = number
        return found
