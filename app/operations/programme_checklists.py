"""The two checklists of 004 beside the checks: what the tree says to each question, and the rounds people answer in.

What the tree says stands in a new case as a proposed answer that nobody has confirmed; people confirm or answer anew.
Several experts, their agreed answers and the protocol are those of every form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.analysis.programme_checks.evidence import DOCUMENT, QUALITY, Evidence
from app.analysis.programme_checks.evidence import evidence as told
from app.analysis.programme_checks.look import Look
from app.errors import UserError
from app.forms.schema import FormDef
from app.models import forms as stored_forms
from app.models import programme_subjects
from app.models.forms import AnswerDraft, FormCase
from app.models.journal import now
from app.models.programme_records import Programme
from app.models.store import Connection, Operation, Store
from app.operations import form_prefill, forms, programme_checks, programmes
from app.texts import quoted

FORMS = (DOCUMENT, QUALITY)
_KIND = "municipal_programme"
_WORDS: Mapping[str, str] = {"yes": "Да", "partly": "Частично", "no": "Нет"}


@dataclass(frozen=True, slots=True)
class Question:
    """One question with what the tree says to it; ``answered`` is what people said, in words."""

    item: str
    number: str
    text: str
    evidence: Evidence | None
    answered: str

    @property
    def proposed(self) -> str:
        """The proposed answer in a word; "" where only a person can judge."""
        return _WORDS[self.evidence.answer] if self.evidence is not None and self.evidence.answer else ""


@dataclass(frozen=True, slots=True)
class Checklist:
    """One of the two checklists for an edition.

    Attributes:
        case_id: the newest case of the programme itself, None where it was not begun.
        answered: how many questions people have answered there.
        experts: how many experts answer besides.
    """

    form_id: str
    title: str
    short: str
    questions: tuple[Question, ...]
    case_id: int | None
    answered: int
    experts: int


def checklists(connection: Connection, programme_id: int, *, today: date | None = None) -> tuple[Checklist, ...]:
    """Return both checklists of a municipal programme; nothing for a school's.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``.
    """
    tree = programmes.tree(connection, programme_id)
    if tree.programme.kind != "municipal":
        return ()
    seen = programme_checks.look(connection, tree, today=today)
    return tuple(of_look(connection, seen, form_id) for form_id in FORMS)


def of_look(connection: Connection, seen: Look, form_id: str) -> Checklist:
    """Return one checklist of a programme that was looked at already."""
    form = forms.definition(connection, form_id)
    cases = _cases(connection, seen.tree.programme.id, form_id)
    own = next((case for case in cases if case.role != "expert"), None)
    said = _said(connection, form, own)
    found = told(seen, form_id)
    questions = tuple(
        Question(item.id, item.number or "", item.text, found.get(item.id), said.get(item.id, ""))
        for item in form.items()
    )
    experts = sum(case.role == "expert" for case in cases if own is not None and case.round_id == own.round_id)
    return Checklist(form_id, form.title, form.short, questions, own.id if own else None, len(said), experts)


def _cases(connection: Connection, programme_id: int, form_id: str) -> list[FormCase]:
    """Return the cases of an edition, the newest round first, in it what was agreed first."""
    subject = programme_subjects.subject_of(connection, programme_id)
    if subject is None:
        return []
    rounds = {item.id: item for item in stored_forms.rounds(connection, form_id=form_id)}
    found = stored_forms.cases(connection, rounds=rounds, subjects=[subject])
    order = {"agreed": 0, "self": 1, "expert": 2}
    return sorted(found, key=lambda c: (-rounds[c.round_id].school_year, -_moment(rounds[c.round_id].created_at),
                                        order[c.role], c.id))  # fmt: skip


def _moment(text: str) -> int:
    return int("".join(letter for letter in text if letter.isdigit())[:14] or 0)


def _said(connection: Connection, form: FormDef, case: FormCase | None) -> dict[str, str]:
    """Return what people answered, in the words of the scale."""
    if case is None:
        return {}
    rows = stored_forms.answers(connection, [case.id])[case.id]
    return {row.item_id: row.raw or row.value or "" for row in rows if row.confirmed and form.item(row.item_id)}


def drafts(seen: Look, form: FormDef) -> list[AnswerDraft]:
    """Return the proposed answers of a form, unconfirmed, with their grounds as comments."""
    found = told(seen, form.id)
    return [
        AnswerDraft(item.item, _WORDS[item.answer], item.answer, comment=f"По структуре программы: {item.words}",
                    confirmed=False)
        for item in found.values()
        if item.answer is not None and form.item(item.item) is not None
    ]  # fmt: skip


def begin(store: Store, programme_id: int, form_id: str, school_year: int, *, today: date | None = None) -> int:
    """Return the case of a programme in a checklist; where there is none, one is begun with the proposed answers.

    A round of the form in this school year that is still open takes the programme in; else a round is begun.

    Args:
        store: the open file.
        programme_id: the edition.
        form_id: «programme-document» or «programme-quality».
        school_year: its first calendar year.
        today: the day of the check behind the proposals.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``, ``PROGRAMME_NO_CHECKLIST``, ``FORM_UNKNOWN``.
    """
    connection = store.connection
    head = programmes.head(connection, programme_id)
    if form_id not in FORMS or head.kind != "municipal":
        raise UserError("PROGRAMME_NO_CHECKLIST", form=form_id)
    form = forms.definition(connection, form_id)
    present = [case for case in _cases(connection, programme_id, form_id) if case.role != "expert"]
    if present:
        return present[0].id
    seen = programme_checks.look(connection, programmes.tree(connection, programme_id), today=today)
    with store.operation(f"Открыт чек-лист «{form.short}» для программы {quoted(head.title)}", "form.start") as made:
        subject = programme_subjects.ensure(made, programme_id, _KIND, subject_name(head))
        round_id = _round(made, form, school_year)
        case_id = made.insert("form_case", round_id=round_id, subject_id=subject, version=form.version)
        known = stored_forms.subjects(connection, keys=[subject])[0]
        proposed = {item.item_id: item for item in form_prefill.drafts(connection, form, known, school_year)}
        stored_forms.write_answers(
            made, case_id, (proposed | {item.item_id: item for item in drafts(seen, form)}).values()
        )
    return case_id


def subject_name(head: Programme) -> str:
    """Return what forms call an edition."""
    return f"{head.title}, редакция {head.edition}" if head.edition > 1 else head.title


def _round(operation: Operation, form: FormDef, school_year: int) -> int:
    """Return the open round of this version in the school year, beginning one where there is none."""
    for item in stored_forms.rounds(operation.connection, form_id=form.id):
        same = item.school_year == school_year and item.closed_on is None and item.version == form.version
        if same:
            return item.id
    forms.keep(operation, form)
    return operation.insert(
        "form_round", form_id=form.id, version=form.version, digest=form.digest, school_year=school_year,
        title=form.short, created_at=now(),
    )  # fmt: skip
