"""Cases as they are judged: answers with the definition they belong to, points, level, state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from app.errors import Problem, UserError
from app.forms.schema import Answer, AnswerSet, FormDef, Level, ScoreResult
from app.models import forms as stored
from app.models.forms import HEAD, AnswerDraft, FormAnswer, FormCase, FormEvidence, FormFile, FormRound, FormSubject
from app.models.store import Connection
from app.operations import forms
from app.operations.form_states import STATE_WORDS, State, composed_words, overdue, state_of

if TYPE_CHECKING:
    from app.forms.answers import Progress

_KNOWN: dict[str, FormDef] = {}
"""Definitions by digest: a released version never changes, so it is read once."""
_MOST_KNOWN = 200


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a workbook an answer stood."""

    file_id: int
    sheet: str | None
    cell: str | None


@dataclass(frozen=True, slots=True)
class Judged:
    """What the answers of a case amount to.

    Attributes:
        answers: every stored answer, prefilled ones that nobody confirmed among them.
        scores: by confirmed answers only.
        wrong: how many answers do not fit.
        level: chosen by a person, else of the first score; None where there is none.
        parts: of a composite form: how many parts are accepted, of how many; None of another.
    """

    answers: AnswerSet
    scores: tuple[ScoreResult, ...]
    problems: tuple[Problem, ...]
    progress: Progress
    wrong: int
    state: State
    level: Level | None
    parts: tuple[int, int] | None = None

    @property
    def words(self) -> str:
        """The state in words; of a composite form how far its parts are."""
        return composed_words(*self.parts) if self.state == "composed" and self.parts else STATE_WORDS[self.state]


@dataclass(frozen=True, slots=True)
class CaseView:
    """Everything a screen or a paper shows of one case.

    Attributes:
        last_year: accepted answers of the year before, as this version understands them; None where there are none.
        last_school_year: their school year.
        head: lines over the form, id → text.
        drafts: text that is being typed, item → text; the stored answer stays until the item is left.
        places: item → where in a workbook its answer stood.
        others: other cases of the same subject in the round (experts, the agreed one).
    """

    case: FormCase
    round: FormRound
    form: FormDef
    subject: FormSubject
    judged: Judged
    last_year: AnswerSet | None = None
    last_school_year: int | None = None
    head: Mapping[str, str] = field(default_factory=dict)
    drafts: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    files: tuple[FormFile, ...] = ()
    evidence: tuple[FormEvidence, ...] = ()
    others: tuple[FormCase, ...] = ()

    @property
    def answers(self) -> AnswerSet:
        """Every stored answer."""
        return self.judged.answers

    @property
    def scores(self) -> tuple[ScoreResult, ...]:
        """Points and levels."""
        return self.judged.scores

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong, missing or unconfirmed."""
        return self.judged.problems

    @property
    def progress(self) -> Progress:
        """How many of the items asked are answered."""
        return self.judged.progress

    @property
    def state(self) -> State:
        """The state of the case."""
        return self.judged.state

    @property
    def level(self) -> Level | None:
        """The level in force."""
        return self.judged.level

    @property
    def locked(self) -> bool:
        """Whether the answers can't be changed."""
        return self.case.locked

    @property
    def due_on(self) -> str | None:
        """The last day for an answer, ISO."""
        return self.case.due_on or self.round.due_on

    def overdue(self, day: date) -> bool:
        """Tell whether the answer is late on a day."""
        return self.case.exempt is None and overdue(self.state, self.due_on, day)


# --- definitions and answers -------------------------------------------------------------------------------------


def definition_of(connection: Connection, found: FormRound) -> FormDef:
    """Return the very version that a round was begun with.

    Raises:
        UserError: ``FORM_UNKNOWN`` where the program no longer has it.
    """
    known = _KNOWN.get(found.digest)
    if known is None or (known.id, known.version) != (found.form_id, found.version):
        known = forms.definition(connection, found.form_id, found.version)
        if len(_KNOWN) >= _MOST_KNOWN:
            _KNOWN.clear()
        if known.digest:
            _KNOWN[known.digest] = known
    return known


def round_and_form(connection: Connection, round_id: int) -> tuple[FormRound, FormDef]:
    """Return a round with its definition.

    Raises:
        UserError: ``FORM_NO_ROUND``, ``FORM_UNKNOWN``.
    """
    found = stored.round_of(connection, round_id)
    if found is None:
        raise UserError("FORM_NO_ROUND", key=round_id)
    return found, definition_of(connection, found)


def case_of(connection: Connection, case_id: int) -> FormCase:
    """Return a stored case.

    Raises:
        UserError: ``FORM_NO_CASE``.
    """
    found = stored.case_of(connection, case_id)
    if found is None:
        raise UserError("FORM_NO_CASE", key=case_id)
    return found


def subject_of(connection: Connection, case: FormCase) -> FormSubject:
    """Return the subject of a case."""
    return stored.subjects(connection, keys=[case.subject_id])[0]


def answer_set(form: FormDef, rows: Iterable[FormAnswer], *, confirmed_only: bool = False) -> AnswerSet:
    """Return stored rows as answers; lines over the form are left out."""
    made = {
        row.item_id: Answer(row.raw, row.value, row.code, row.other, row.not_applicable, row.comment, row.confirmed)
        for row in rows
        if not row.item_id.startswith(HEAD) and (row.confirmed or not confirmed_only)
    }
    return AnswerSet(form.id, form.version, made)


def answer_sets(connection: Connection, cases: Mapping[int, FormDef]) -> dict[int, tuple[AnswerSet, AnswerSet]]:
    """Return case → (every answer, the confirmed ones) of many cases at once.

    Most answers of a round are the same few: each is made once.
    """
    made: dict[tuple[object, ...], Answer] = {}
    every: dict[int, dict[str, Answer]] = {key: {} for key in cases}
    open_ones: dict[int, list[str]] = {}
    for case_id, item_id, *rest in stored.bare_answers(connection, cases):
        if item_id.startswith(HEAD):
            continue
        known = tuple(rest)
        answer = made.get(known)
        if answer is None:
            raw, value, code, other, skipped, comment, confirmed = rest
            answer = made[known] = Answer(raw, value, code, other, bool(skipped), comment, bool(confirmed))
        every[case_id][item_id] = answer
        if not answer.confirmed:
            open_ones.setdefault(case_id, []).append(item_id)
    found = {}
    for key, form in cases.items():
        given = AnswerSet(form.id, form.version, every[key])
        left = open_ones.get(key)
        firm = {name: one for name, one in every[key].items() if one.confirmed} if left else None
        found[key] = given, given if firm is None else AnswerSet(form.id, form.version, firm)
    return found


def draft_of(
    item_id: str, answer: Answer, *, file_id: int | None = None, sheet: str | None = None, cell: str | None = None
) -> AnswerDraft:
    """Return an answer as it is written."""
    return AnswerDraft(
        item_id, answer.raw, answer.value, answer.code, answer.other, answer.not_applicable, answer.comment,
        answer.confirmed, file_id, sheet, cell,
    )  # fmt: skip


def head_of(rows: Iterable[FormAnswer]) -> dict[str, str]:
    """Return the lines over the form, id → text."""
    return {row.item_id.removeprefix(HEAD): row.raw for row in rows if row.item_id.startswith(HEAD)}


# --- judging -----------------------------------------------------------------------------------------------------


def judge(
    form: FormDef, case: FormCase, rows: Sequence[FormAnswer], last_outcome: str | None = None,
    parts: Mapping[str, PartAnswers] | None = None,
) -> Judged:  # fmt: skip
    """Judge one case by its rows; ``parts`` are the answers that a composite form is made of."""
    given, firm = answer_set(form, rows), answer_set(form, rows, confirmed_only=True)
    return _judged(form, case, given, _verdict(form, given, firm, parts), last_outcome)


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What answers amount to whosever they are."""

    scores: tuple[ScoreResult, ...]
    problems: tuple[Problem, ...]
    progress: Progress
    wrong: int
    parts: tuple[int, int] | None = None


def _verdict(form: FormDef, given: AnswerSet, firm: AnswerSet, parts: Mapping[str, PartAnswers] | None) -> _Verdict:
    from app.forms import answers as rules
    from app.forms import scoring
    from app.forms.conditions import asked

    items = asked(form, firm)
    problems = rules.problems(form, given, items if firm is given else None)
    progress = rules.progress(form, firm, items)
    speaking = {key: (one.form, one.answers) for key, one in (parts or {}).items()}
    scores = scoring.compose(form, speaking) if form.parts else scoring.scores(form, firm, items)
    accepted = sum(one.accepted for one in (parts or {}).values())
    wrong = sum(answer.code is not None for answer in given.answers.values())
    return _Verdict(scores, problems, progress, wrong, (accepted, len(form.parts)) if form.parts else None)


def _judged(form: FormDef, case: FormCase, given: AnswerSet, found: _Verdict, last_outcome: str | None) -> Judged:
    state = state_of(
        case,
        answered=found.progress.answered,
        of=found.progress.of,
        problems=sum(one.level != "hint" for one in found.problems),
        wrong=found.wrong,
        last_outcome=last_outcome,
        composite=bool(form.parts),
    )
    level = _level(form, case, found.scores)
    return Judged(given, found.scores, found.problems, found.progress, found.wrong, state, level, found.parts)


def _level(form: FormDef, case: FormCase, scores: Sequence[ScoreResult]) -> Level | None:
    if case.level is not None:
        return next((level for score in form.scores for level in score.levels if level.id == case.level), None)
    return next((score.level for score in scores if score.level is not None), None)


def judged(connection: Connection, cases: Sequence[FormCase]) -> dict[int, Judged]:
    """Judge many cases at once; those whose form the program no longer has are left out."""
    keys = [case.id for case in cases]
    outcomes = {file.case_id: file.outcome for file in stored.files(connection, cases=keys)}
    found: dict[int, Judged] = {}
    known = _forms_of(connection, {case.round_id for case in cases})
    sets = answer_sets(connection, {case.id: known[case.round_id] for case in cases if case.round_id in known})
    seen: dict[object, _Verdict] = {}
    for case in cases:
        if case.round_id in known:
            form = known[case.round_id]
            given, firm = sets[case.id]
            # those who have not answered, or answered alike, are judged once
            alike = case.round_id, tuple((name, id(answer)) for name, answer in given.answers.items())
            verdict = seen.get(alike)
            if form.parts or verdict is None:
                parts = part_answers(connection, case, form) if form.parts else None
                verdict = seen[alike] = _verdict(form, given, firm, parts)
            found[case.id] = _judged(form, case, given, verdict, outcomes.get(case.id))
    return found


def _forms_of(connection: Connection, rounds: Iterable[int]) -> dict[int, FormDef]:
    found = {}
    for key in rounds:
        record = stored.round_of(connection, key)
        if record is None:
            continue
        try:
            found[key] = definition_of(connection, record)
        except UserError as error:
            # the check of the file names it; a list of many rounds must not fall over one
            if error.code != "FORM_UNKNOWN":
                raise
    return found


@dataclass(frozen=True, slots=True)
class PartAnswers:
    """Whose answers count for a part of a composite form.

    Attributes:
        case: the case that speaks; ``subject`` is whose it is.
        form: its definition.
        answers: what is confirmed.
        of: how many subjects answer this part; of several the smallest share counts.
        accepted: whether everybody's answers are accepted.
    """

    case: FormCase
    subject: FormSubject
    form: FormDef
    answers: AnswerSet
    of: int = 1
    accepted: bool = False


def part_answers(connection: Connection, case: FormCase, form: FormDef) -> dict[str, PartAnswers]:
    """Return who speaks for each part of a composite form; a part that nobody was asked is absent.

    They are taken from the same school year: of the same subject where it has that form, else of those subjects of the
    municipality that have it; one school never speaks for another. Of several cases of a subject an agreed one speaks
    before the subject's own. Of several subjects (every РМО answers for itself) the source does not say which one
    counts: that with the smallest share of its points, and nobody's while one of them is not finished.
    """
    record = stored.round_of(connection, case.round_id)
    if record is None:
        return {}
    own = stored.subjects(connection, keys=[case.subject_id])[0]
    found: dict[str, PartAnswers] = {}
    for part in form.parts:
        rounds = {
            item.id: item
            for item in stored.rounds(connection, record.school_year, part.form_id)
            if part.version in {"", item.version}
        }
        every = [item for item in stored.cases(connection, rounds=rounds) if item.role != "expert" and not item.exempt]
        subjects = {item.id: item for item in stored.subjects(connection, keys=[c.subject_id for c in every])}
        same = [item for item in every if _like(subjects[item.subject_id], own)]
        others = [item for item in every if own.school_id is None and subjects[item.subject_id].school_id is None]
        given = [(definition_of(connection, rounds[item.round_id]), item) for item in _speaking(same or others)]
        rows = stored.answers(connection, [item.id for _form, item in given])
        accepted = all(item.locked for _form, item in given)
        sets = [
            PartAnswers(
                item, subjects[key], one, answer_set(one, rows[item.id], confirmed_only=True), len(given), accepted
            )
            for one, item in given
            for key in (item.subject_id,)
        ]
        if sets:
            found[part.form_id] = min(sets, key=_share)
    return found


def _speaking(cases: Iterable[FormCase]) -> list[FormCase]:
    """Return one case a subject: the agreed one, else what was accepted last."""
    chosen: dict[int, FormCase] = {}
    for item in sorted(cases, key=lambda item: (item.role == "agreed", item.accepted_on or "", item.id)):
        chosen[item.subject_id] = item
    return list(chosen.values())


def _share(part: PartAnswers) -> Fraction:
    """Return the share of points that a part gives; what is not finished comes first, so that nothing is guessed."""
    from app.forms import scoring

    result = scoring.part_score(part.form, part.answers)
    given = None if result is None else scoring.share(result)
    return Fraction(-1) if given is None else given


def _like(one: FormSubject, other: FormSubject) -> bool:
    return one.id == other.id or replace(one, id=0, kind="").key == replace(other, id=0, kind="").key
