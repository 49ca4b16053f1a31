"""Summary of a form across subjects: matrix, points and levels, weakest items, the years before, who has not answered.

Of several cases of one subject in a year the agreed one speaks before the subject's own; experts do not. A reply counts
when it has come in, accepted or not; prefilled values that nobody confirmed and wrong answers count nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.analysis.form_summary import Before, ItemFigure, Respondent, earlier, figures, levels, total, weakest
from app.forms.schema import AnswerSet, FormDef, Level, ScoreResult
from app.models import forms as stored
from app.models import settings
from app.models.forms import FormCase, FormRound, FormSubject
from app.models.store import Connection
from app.operations import form_rounds, forms
from app.operations.form_cases import Judged, definition_of, judged, part_answers
from app.operations.form_states import STATE_WORDS, State

COUNTED: frozenset[State] = frozenset({"received", "with_errors", "accepted", "approved"})
"""States in which a reply has come in."""
MOST_YEARS = 5


@dataclass(frozen=True, slots=True)
class SubjectLine:
    """One subject that has answered.

    Attributes:
        before: result of the nearest earlier year; None where there is none or nothing was computed then.
        parts: of a composite form: the result of each part, in its order.
        comparable: whether this year's points and those before have the same maximum and version.
    """

    case_id: int
    subject: FormSubject
    state: State
    respondent: Respondent
    before: ScoreResult | None = None
    before_level: Level | None = None
    comparable: bool = False
    parts: tuple[ScoreResult | None, ...] = ()

    @property
    def shown(self) -> str:
        """The name of the subject."""
        return self.subject.shown

    @property
    def answers(self) -> AnswerSet:
        """Its confirmed answers."""
        return self.respondent.answers

    @property
    def result(self) -> ScoreResult | None:
        """Its points."""
        return self.respondent.result

    @property
    def change(self) -> int | None:
        """Points more or fewer than before, where both stand against the same maximum."""
        if not self.comparable or self.before is None or self.result is None:
            return None
        now, then = self.result.points, self.before.points
        return None if now is None or then is None else now - then


@dataclass(frozen=True, slots=True)
class SilentLine:
    """A subject that was asked and has not answered; ``exempt`` where nothing is asked of it."""

    case_id: int
    subject: FormSubject
    state: State
    overdue: bool
    exempt: str = ""

    @property
    def shown(self) -> str:
        """The name of the subject."""
        return self.subject.shown

    @property
    def word(self) -> str:
        """Why there is no answer."""
        return f"не заполняет: {self.exempt}" if self.exempt else STATE_WORDS[self.state]


@dataclass(frozen=True, slots=True)
class YearLine:
    """One year: how many answered of how many asked, points of all, levels."""

    school_year: int
    version: str
    answered: int
    of: int
    points: int
    most: int
    levels: tuple[tuple[Level, int], ...]
    unlevelled: int


@dataclass(frozen=True, slots=True)
class Summary:
    """Everything about one form in one school year.

    Attributes:
        years: school years with rounds of this form, the newest first.
        before_year: the year that ``before`` figures are of; None where there is none.
        versions: versions that were answered this year, where there are several.
        part_names: short names of the parts of a composite form.
    """

    form: FormDef
    school_year: int
    years: tuple[int, ...]
    lines: tuple[SubjectLine, ...]
    silent: tuple[SilentLine, ...]
    items: tuple[ItemFigure, ...]
    by_year: tuple[YearLine, ...]
    before_year: int | None = None
    part_names: tuple[str, ...] = ()
    municipality: str = ""

    @property
    def asked(self) -> int:
        """How many were asked: those that nothing is asked of are not counted."""
        return len(self.lines) + sum(not line.exempt for line in self.silent)

    @property
    def weakest(self) -> tuple[ItemFigure, ...]:
        """Scored items, the weakest first."""
        return weakest(self.items)

    @property
    def this_year(self) -> YearLine | None:
        """The line of the year itself."""
        return next((line for line in self.by_year if line.school_year == self.school_year), None)


@dataclass(frozen=True, slots=True)
class _Year:
    """What was read of one year."""

    form: FormDef
    lines: tuple[tuple[FormCase, FormSubject, Judged, FormDef], ...]
    silent: tuple[SilentLine, ...]


def choices(connection: Connection) -> list[tuple[FormDef, tuple[int, ...]]]:
    """Return the forms that have rounds, each with its school years, the newest first; questionnaires are left out."""
    found: dict[str, list[FormRound]] = {}
    for one in stored.rounds(connection):
        found.setdefault(one.form_id, []).append(one)
    known = {entry.form.id: entry.form for entry in forms.listing(connection, hidden=True)} if found else {}
    made = [
        (known[key], tuple(sorted({one.school_year for one in rounds}, reverse=True)))
        for key, rounds in found.items()
        if key in known and known[key].kind != "survey"
    ]
    return sorted(made, key=lambda pair: (-pair[1][0], pair[0].short.casefold()))


def summary(
    connection: Connection, form_id: str, school_year: int | None = None, *, accepted_only: bool = False
) -> Summary:
    """Return the summary of a form in a school year.

    Args:
        connection: reading connection.
        form_id: which form.
        school_year: the newest with a round where it is None.
        accepted_only: only replies that a person has accepted.

    Raises:
        UserError: ``FORM_UNKNOWN``; ``FORM_NO_SUMMARY`` where the form was never sent, or not in this year.
    """
    from app.errors import UserError

    newest = forms.definition(connection, form_id)
    rounds = stored.rounds(connection, form_id=form_id)
    years = tuple(sorted({one.school_year for one in rounds}, reverse=True))
    year = school_year if school_year is not None else (years[0] if years else None)
    if year is None or year not in years or newest.kind == "survey":
        raise UserError("FORM_NO_SUMMARY", form=newest.short)
    shown_years = [one for one in years if one <= year][:MOST_YEARS]
    read = {
        one: _year(connection, [item for item in rounds if item.school_year == one], accepted_only=accepted_only)
        for one in shown_years
    }
    return _summary(connection, year, years, read)


def _summary(connection: Connection, year: int, years: tuple[int, ...], read: Mapping[int, _Year]) -> Summary:
    now = read[year]
    before_year = next((one for one in sorted(read, reverse=True) if one < year and read[one].lines), None)
    then = read[before_year] if before_year is not None else None
    known = {subject.key: (verdict, form) for _case, subject, verdict, form in then.lines} if then else {}
    lines = tuple(_line(connection, now.form, line, known.get(line[1].key)) for line in now.lines)
    before: dict[str, Before] = {}
    if then is not None:
        before = earlier(now.form, then.form, [_respondent(now.form, *line[1:]) for line in then.lines])
    return Summary(
        form=now.form,
        school_year=year,
        years=years,
        lines=lines,
        silent=now.silent,
        items=figures(now.form, [line.respondent for line in lines], before),
        by_year=tuple(_year_line(one, read[one]) for one in sorted(read)),
        before_year=before_year,
        part_names=tuple(forms.definition(connection, part.form_id).short for part in now.form.parts),
        municipality=settings.get(connection, "municipality"),
    )


def _year(connection: Connection, rounds: Sequence[FormRound], *, accepted_only: bool) -> _Year:
    """Read the cases of a year and choose who speaks for each subject."""
    from app.forms.loader import version_key

    # of two begun in one second the newer version leads; keys are drawn by lot and tell nothing of time
    begun = sorted(rounds, key=lambda one: (one.created_at, version_key(one.version), one.id))
    newest = begun[-1]
    form = definition_of(connection, newest)
    by_round = {one.id: definition_of(connection, one) for one in rounds}
    lines = [line for found in form_rounds.lines(connection, rounds).values() for line in found]
    chosen: dict[object, form_rounds.CaseLine] = {}
    counted = frozenset({"accepted", "approved"}) if accepted_only else COUNTED

    def counts(line: form_rounds.CaseLine) -> bool:
        if line.composed and line.parts is not None:  # nobody accepts it: its parts are accepted
            return line.points is not None and (not accepted_only or line.parts[0] == line.parts[1])
        return line.state in counted

    def order(line: form_rounds.CaseLine) -> tuple[object, ...]:
        place = next(place for place, one in enumerate(begun) if one.id == line.case.round_id)
        *who, key = form_rounds.rank(line)  # the key decides last: it is drawn by lot
        return not counts(line), *who, -place, key

    for line in lines:
        if line.case.role == "expert":
            continue
        present = chosen.get(line.subject.key)
        if present is None or order(line) < order(present):
            chosen[line.subject.key] = line
    speaking = list(chosen.values())
    verdicts = judged(connection, [line.case for line in speaking])
    answered = [line for line in speaking if counts(line) and line.case.exempt is None]
    silent = [line for line in speaking if line not in answered]
    return _Year(
        form,
        tuple((line.case, line.subject, verdicts[line.case.id], by_round[line.case.round_id]) for line in answered),
        tuple(
            SilentLine(line.case.id, line.subject, line.state, line.overdue, line.case.exempt or "") for line in silent
        ),
    )


def _respondent(form: FormDef, subject: FormSubject, verdict: Judged, own: FormDef) -> Respondent:
    """Return who answered, with answers as this version of the form understands them."""
    firm = {key: answer for key, answer in verdict.answers.answers.items() if answer.confirmed}
    answers = replace(verdict.answers, answers=firm)
    if (own.version, own.digest) != (form.version, form.digest):
        from app.forms.revisions import revise

        answers = revise(answers, own, form).answers
    first = verdict.scores[0] if verdict.scores else None
    pointed = next((one for one in verdict.scores if one.points is not None), first)
    return Respondent(subject.key, answers, pointed, verdict.level)


def _line(
    connection: Connection, form: FormDef, read: tuple[FormCase, FormSubject, Judged, FormDef],
    then: tuple[Judged, FormDef] | None,
) -> SubjectLine:  # fmt: skip
    case, subject, verdict, version = read
    own = replace(_respondent(form, subject, verdict, version), overruled=case.level is not None)
    before = next((one for one in then[0].scores if one.points is not None), None) if then else None
    result = own.result
    same = (
        then is not None and before is not None and result is not None and then[1].version == version.version
        and before.score_id == result.score_id and before.applicable_most == result.applicable_most
    )  # fmt: skip
    parts: tuple[ScoreResult | None, ...] = ()
    if form.parts:
        parts = _parts(connection, case, form)
    return SubjectLine(
        case.id, subject, verdict.state, own, before, then[0].level if then else None, comparable=same, parts=parts
    )


def _parts(connection: Connection, case: FormCase, form: FormDef) -> tuple[ScoreResult | None, ...]:
    from app.forms.scoring import part_score

    found = part_answers(connection, case, form)
    given = (found.get(part.form_id) for part in form.parts)
    return tuple(None if one is None else part_score(one.form, one.answers) for one in given)


def _year_line(year: int, read: _Year) -> YearLine:
    people = [_respondent(read.form, *line[1:]) for line in read.lines]
    points, most, _number = total(people)
    asked = len(people) + sum(not line.exempt for line in read.silent)
    return YearLine(
        year, read.form.version, len(people), asked, points, most, levels(read.form, people),
        sum(one.level is None for one in people),
    )  # fmt: skip
