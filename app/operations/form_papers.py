"""Forms as papers: the blank to be filled in by pen, one subject's answers, those of many as one PDF."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from app.errors import UserError, problem
from app.models import forms as stored
from app.models import settings
from app.models.forms import FormEvidence
from app.models.journal import now
from app.models.store import Connection
from app.operations import form_answers, forms
from app.operations.form_cases import CaseView, PartAnswers, part_answers
from app.operations.form_subjects import SUBJECT_WORDS
from app.operations.papers import Made, Paper
from app.texts import capital, school_year

if TYPE_CHECKING:
    from app.forms.schema import FormDef, ScoreResult
    from app.reports.form_paper import FormHead
    from app.reports.form_tables import FormFilled

BLANK, FILLED = "form_blank", "form_filled"


def blank_paper(
    connection: Connection | None, form_id: str, *, version: str | None = None, subject: str = "",
    year: int | None = None,
) -> Paper:  # fmt: skip
    """Return an empty form: boxes to tick, lines for words.

    Args:
        connection: the open file; None prints a shipped form.
        form_id: which form.
        version: the newest where it is None.
        subject: whom it speaks of; "" leaves a line to write on.
        year: school year.

    Raises:
        UserError: ``FORM_UNKNOWN``.
    """
    return of_form(connection, forms.definition(connection, form_id, version), subject=subject, year=year)


def of_form(connection: Connection | None, form: FormDef, *, subject: str = "", year: int | None = None) -> Paper:
    """Return the empty paper of a definition; of one that is being edited, too."""
    from app.reports.form_paper import blank_paper as paper

    head = _head(connection, form, subject, year, {})
    return Paper(BLANK, f"Бланк: {form.short}", paper(form, head), None)


def case_blank(connection: Connection, case_id: int) -> Paper:
    """Return the empty paper of one subject in its round.

    Raises:
        UserError: ``FORM_NO_CASE``, ``FORM_UNKNOWN``.
    """
    from dataclasses import replace

    from app.reports.form_paper import blank_paper as paper

    view = form_answers.case(connection, case_id)
    head = _head(connection, view.form, view.subject.shown, view.round.school_year, view.head)
    made = paper(view.form, replace(head, due_on=view.due_on))
    return Paper(BLANK, f"Бланк: {view.form.short}, {view.subject.shown}", made, None)


def case_paper(connection: Connection, case_id: int) -> Paper:
    """Return the answers of one subject with points, level, comments and the notes of the form.

    Raises:
        UserError: ``FORM_NO_CASE``, ``FORM_UNKNOWN``.
    """
    return of_view(connection, form_answers.case(connection, case_id))


def case_by_recipe(connection: Connection, case_id: int, kind: str, day: date) -> Paper:
    """Return a paper of a case by its kind of the catalogue («form_filled», «form_case_blank»), with its recipe.

    Raises:
        UserError: ``FORM_NO_CASE``, ``FORM_UNKNOWN``.
    """
    from app.operations import paper_catalogue

    found = stored.case_of(connection, case_id)
    if found is None:
        raise UserError("FORM_NO_CASE", key=case_id)
    return paper_catalogue.make(connection, kind, {"round": str(found.round_id), "case": str(case_id)}, day)


def of_view(connection: Connection, view: CaseView) -> Paper:
    """Return the paper of a case that has been read already."""
    from app.reports.form_paper import filled_paper as paper

    head = _head(connection, view.form, view.subject.shown, view.round.school_year, view.head)
    made = paper(view.form, head, _filled(connection, view))
    year = school_year(view.round.school_year)
    return Paper(FILLED, f"{view.form.short}: {view.subject.shown}, {year}", made, None)


def together(connection: Connection, case_ids: Iterable[int]) -> Made:
    """Return the answers of several subjects as one PDF, one after the other.

    Raises:
        UserError: ``FORM_NO_CASE``, ``FORM_UNKNOWN``; ``PAPER_NO_CARDS`` where there are none.
    """
    from dataclasses import replace

    from app.exporters.joining import join
    from app.reports.document import Block, Document, SignatureBlock, paragraph

    def plain(block: Block) -> Block | None:
        if not isinstance(block, SignatureBlock):
            return block
        # places for signatures must be unique in a file: here the name alone says who answered
        return paragraph(f"{block.position}: {block.name}", indent=False) if block.name else None

    def unsigned(document: Document) -> Document:
        kept = tuple(made for block in document.blocks if (made := plain(block)) is not None)
        return replace(document, blocks=kept)

    papers = [case_paper(connection, key) for key in case_ids]
    if not papers:
        raise UserError("PAPER_NO_CARDS")
    return Made(".pdf", join([unsigned(paper.document) for paper in papers], papers[0].title))


def _head(
    connection: Connection | None, form: FormDef, subject: str, year: int | None, lines: Mapping[str, str]
) -> FormHead:
    from app.reports.form_paper import FormHead

    values = settings.get_all(connection) if connection is not None else {}
    word = SUBJECT_WORDS[form.subject]
    return FormHead(
        municipality=values.get("municipality", ""),
        printed_at=now(),
        subject=subject,
        subject_word=capital(word),
        school_year=school_year(year) if year is not None else "",
        lines=dict(lines),
        organisation=values.get("organisation", ""),
        executor=values.get("executor", ""),
    )


def _filled(connection: Connection, view: CaseView) -> FormFilled:
    from app.reports.form_tables import FormFilled

    case = view.case
    decisions = (("Рекомендация комиссии", case.recommendation), ("Решение", case.decision))
    return FormFilled(
        answers=view.answers,
        scores=view.scores,
        level=view.level,
        overruled=case.level is not None,
        level_reason=case.level_reason or "",
        whys={one.score_id: problem(one.why).message for one in view.scores if one.why is not None},
        parts=_parts(connection, view),
        proofs=_proofs(view.evidence),
        conclusion=case.conclusion or "",
        decisions=tuple((title, text) for title, text in decisions if text),
        exempt=case.exempt or "",
        author=case.author or view.head.get("author", ""),
        role=case.role,
        state=view.judged.words,
        received_on=case.received_on,
        accepted_on=case.accepted_on,
    )


def _proofs(found: Iterable[FormEvidence]) -> dict[str, tuple[str, ...]]:
    made: dict[str, tuple[str, ...]] = {}
    for item in found:
        key = item.item_id or ""
        made[key] = (*made.get(key, ()), item.title)
    return made


def _parts(connection: Connection, view: CaseView) -> tuple[tuple[str, ScoreResult | None], ...]:
    """Return the forms that a composite one is made of, with what they give."""
    if not view.form.parts:
        return ()
    from app.forms.scoring import part_score

    found = part_answers(connection, view.case, view.form)
    made: list[tuple[str, ScoreResult | None]] = []
    for part in view.form.parts:
        given = found.get(part.form_id)
        if given is None:
            made.append((forms.definition(connection, part.form_id, part.version or None).short, None))
        else:
            made.append((part_name(given), part_score(given.form, given.answers)))
    return tuple(made)


def part_name(part: PartAnswers) -> str:
    """Return how a part is called: with the name of who speaks, where several could."""
    return part.form.short if part.of == 1 else f"{part.form.short} ({part.subject.shown}, из {part.of})"


def cases_of(connection: Connection, form_id: str, year: int | None, school_id: int | None) -> list[int]:
    """Return the cases of a form in a school year (the newest with answers where None), of one school or of all.

    Raises:
        UserError: ``FORM_UNKNOWN``, ``FORM_NOTHING_TO_PRINT``.
    """
    form = forms.definition(connection, form_id)
    rounds = stored.rounds(connection, year, form_id)
    years = sorted({item.school_year for item in rounds}, reverse=True)
    chosen = [item.id for item in rounds if years and item.school_year == years[0]]
    cases = stored.cases(connection, rounds=chosen) if chosen else []
    subjects = {item.id: item for item in stored.subjects(connection, keys=[case.subject_id for case in cases])}
    wanted = [case for case in cases if school_id is None or subjects[case.subject_id].school_id == school_id]
    answered = stored.answers(connection, [case.id for case in wanted])
    keys = [case.id for case in wanted if any(row.confirmed for row in answered[case.id]) or case.locked]
    if not keys:
        raise UserError("FORM_NOTHING_TO_PRINT", form=form.short)
    places = {key: place for place, key in enumerate(subjects)}
    by_key = {case.id: case for case in wanted}
    return sorted(keys, key=lambda key: places[by_key[key].subject_id])
