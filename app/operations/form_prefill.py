"""What is filled in beforehand: last year's accepted answers, known metrics, the register of courses.

Everything stands unconfirmed until a person says «без изменений» or answers anew.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from app.forms.schema import Answer, AnswerSet, FormDef, Item
from app.models import forms as stored
from app.models import settings
from app.models.forms import HEAD, AnswerDraft, FormAnswer, FormCase, FormRound, FormSubject
from app.models.store import Connection
from app.operations import courses, metrics
from app.operations.form_cases import answer_set, definition_of, draft_of
from app.texts import school_year


def last_year(connection: Connection, form: FormDef, subject: FormSubject, year: int) -> tuple[int, AnswerSet] | None:
    """Return the nearest earlier school year with accepted answers of a subject, and these answers."""
    return last_years(connection, form, year, stored.alike(connection, subject.key)).get(subject.key)


def last_years(
    connection: Connection, form: FormDef, year: int, subjects: Collection[int] | None = None
) -> dict[tuple[object, ...], tuple[int, AnswerSet]]:
    """Return for every subject, or for some, the nearest earlier school year with accepted answers, and these answers.

    Answers to an older version are brought to this one; what could not be brought is absent. A merged school's answers
    are the school's. Of several cases the agreed one speaks before the subject's own; experts do not speak.

    Args:
        connection: reading connection.
        form: to whose version the answers are brought.
        year: school year that begins; only earlier ones count.
        subjects: keys of the subjects asked about.

    Returns:
        ``FormSubject.key`` → school year and answers; who never answered is absent.
    """
    rounds = {item.id: item for item in stored.rounds(connection, form_id=form.id) if item.school_year < year}
    if not rounds:
        return {}
    keys = {item.id: item.key for item in stored.subjects(connection, kind=form.subject)}
    best: dict[tuple[object, ...], FormCase] = {}

    def rank(case: FormCase) -> tuple[int, bool, str, int]:
        return rounds[case.round_id].school_year, case.role == "agreed", case.accepted_on or "", case.id

    for case in stored.cases(connection, rounds=rounds, subjects=subjects):
        if case.accepted_on is not None and case.role != "expert" and case.subject_id in keys:
            key = keys[case.subject_id]
            if key not in best or rank(case) > rank(best[key]):
                best[key] = case
    rows = stored.answers(connection, [case.id for case in best.values()])
    return {
        key: (rounds[case.round_id].school_year, _brought(connection, rounds[case.round_id], form, rows[case.id]))
        for key, case in best.items()
    }


def _brought(connection: Connection, record: FormRound, form: FormDef, rows: Sequence[FormAnswer]) -> AnswerSet:
    """Return stored answers of a round as answers to this version of its form."""
    old = definition_of(connection, record)
    given = answer_set(old, rows, confirmed_only=True)
    if old.version == form.version and old.digest == form.digest:
        return given
    from app.forms.revisions import revise

    return revise(given, old, form).answers


def taken_over(answer: Answer, *, confirmed: bool) -> Answer:
    """Return last year's answer as this year's; the comment was about last year and stays there."""
    return replace(answer, comment="", confirmed=confirmed)


def drafts(connection: Connection, form: FormDef, subject: FormSubject, year: int) -> list[AnswerDraft]:
    """Return what a new case begins with, all unconfirmed: course register, metrics, last year's answers.

    A number that is known for this very year speaks before last year's answer; anonymous surveys begin empty.
    """
    found: dict[str, Answer] = {}
    if form.kind != "survey":
        last = last_year(connection, form, subject, year)
        if last is not None:
            found |= {
                key: taken_over(answer, confirmed=False)
                for key, answer in last[1].answers.items()
                if answer.given and form.item(key) is not None
            }
        found |= _of_metrics(connection, form, subject, year, found)
        found |= _of_courses(connection, form, subject, year)
    return [*(draft_of(key, answer) for key, answer in found.items()), *_head(connection, form, subject, year)]


def _head(connection: Connection, form: FormDef, subject: FormSubject, year: int) -> list[AnswerDraft]:
    """Return lines over the form that the file knows itself."""
    words = {
        "district": settings.get(connection, "municipality"),
        "year": school_year(year),
        "organisation": subject.shown if subject.school_id is not None else "",
    }
    return [
        AnswerDraft(HEAD + key, words[key], words[key], confirmed=False)
        for key, _title in form.head_fields
        if words.get(key)
    ]


def _of_metrics(
    connection: Connection, form: FormDef, subject: FormSubject, year: int, last: Mapping[str, Answer]
) -> dict[str, Answer]:
    """Return answers that context metrics give: of this year, else of the year before where no answer is known."""
    items = [item for item in form.items() if item.metric]
    if not items or subject.school_id is None:
        return {}
    known = metrics.catalogue(connection)
    asked = [item for item in items if (item.metric or "") in known]
    table = metrics.table(connection, year, [item.metric or "" for item in asked], school_ids=[subject.school_id])
    if not table.lines:
        return {}
    found = {}
    for item, cell in zip(asked, table.lines[0].cells, strict=True):
        texts = [cell.raw or cell.text] if cell.figures is not None else []
        if item.id not in last and cell.last:
            texts.append(cell.last)
        made = next((answer for answer in (_fits(item, text) for text in texts) if answer is not None), None)
        if made is not None:
            found[item.id] = made
    return found


def _fits(item: Item, text: str) -> Answer | None:
    """Return the answer that a metric gives, None where the item does not take it."""
    from app.forms.answers import given

    made = given(item, text, confirmed=False)
    return made if made.value is not None else None


def _of_courses(connection: Connection, form: FormDef, subject: FormSubject, year: int) -> dict[str, Answer]:
    numbers = courses.for_prefill(connection, form, subject.school_id, year)
    return {key: Answer(raw=str(number), value=str(number), confirmed=False) for key, number in numbers.items()}
