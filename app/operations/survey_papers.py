"""Papers of anonymous questionnaires: how the answers are spread; the questionnaire itself, to be filled in by pen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from app.forms.schema import FormDef
from app.models import settings
from app.models.journal import now
from app.models.store import Connection
from app.operations import form_papers, survey_counts, surveys
from app.operations.papers import Made, Paper
from app.operations.survey_counts import PRIVATE_WORDS, Distribution, ItemCount
from app.texts import count, school_year

if TYPE_CHECKING:
    from app.reports.charts import BarChart
    from app.reports.survey_paper import AnswerLine, QuestionPart

KIND = "survey_report"
LONG_LABEL = 30


def report(
    connection: Connection, form_id: str, *, sheet_id: int | None = None, round_id: int | None = None,
    school_year: int | None = None, school_id: int | None = None,
) -> Paper:  # fmt: skip
    """Return «Результаты анкетирования» of a sheet, a school, a round, a year, or of everything there is.

    Open answers are left out where fewer than five questionnaires were handed in: they would tell who wrote them.

    Raises:
        UserError: ``FORM_SURVEY_NOTHING``, ``FORM_UNKNOWN``.
    """
    found = survey_counts.distribution(
        connection, form_id, sheet_id=sheet_id, round_id=round_id, school_year=school_year, school_id=school_id
    )
    head = surveys.view(connection, sheet_id).head if sheet_id is not None else None
    return of_distribution(connection, found, head)


def of_distribution(connection: Connection, found: Distribution, head: Mapping[str, str] | None = None) -> Paper:
    """Return the paper of a distribution that has been counted already; ``head`` are the lines over the form."""
    from app.reports.survey_paper import SheetPart, SurveyHead, survey_paper

    values = settings.get_all(connection)
    lines = head or {}
    years = sorted({line.round.school_year for line in found.sheets})
    facts = [
        ("Анкета", found.form.short),
        ("Учебный год", ", ".join(school_year(year) for year in years)),
        ("Сдано анкет", found.sentence),
        *(_over(title, lines[key]) for key, title in found.form.head_fields if lines.get(key)),
        *(("Не сходится", text) for text in found.faults),
        *(("Не посчитано", text) for text in found.uncounted),
    ]
    if found.assumed:
        where = count(found.assumed, "листе", "листах", "листах")
        words = f"На {where} не вписано, сколько анкет сдано: взято наибольшее число ответов на один вопрос."
        facts.append(("Замечание", words))
    over = SurveyHead(
        values["municipality"], now(), found.title, found.form.title, found.form.source, tuple(facts),
        values["organisation"], values["executor"],
    )  # fmt: skip
    sheets = tuple(
        SheetPart(line.shown, line.sheet.held_on, line.handed_in, line.sheet.given_out) for line in found.sheets
    )
    document = survey_paper(over, tuple(part(one, found) for one in found.items), sheets)
    return Paper(KIND, f"Анкетирование: {found.title}", document, None)


def _over(title: str, text: str) -> tuple[str, str]:
    """Return a line over the form; a label that is a sentence stands before its text."""
    label = title.strip(" .:")
    return (label, text) if len(label) <= LONG_LABEL else ("Над анкетой", f"{label}: {text}")


def part(one: ItemCount, found: Distribution | None = None) -> QuestionPart:
    """Return a question as papers and charts say it; with a distribution words of few respondents stay out."""
    from app.reports.survey_paper import AnswerLine, QuestionPart

    lines = [
        AnswerLine(choice.choice.text, choice.number, None if choice.outside and not one.several else one.base)
        for choice in one.choices
    ]
    lines.sort(key=lambda line: line.of is None)
    lines += _apart(one)
    texts = one.others or one.texts
    hidden = found is not None and found.private and bool(texts) and one.item.kind not in {"whole", "decimal"}
    return QuestionPart(
        one.item.text, told(one), tuple(lines), () if hidden else texts,
        "Другое" if one.others else "Ответ", PRIVATE_WORDS if hidden else "", one.small, one.faults,
    )  # fmt: skip


def _apart(one: ItemCount) -> list[AnswerLine]:
    """Return what has no share: no answer, not understood."""
    from app.reports.survey_paper import AnswerLine

    found = [("нет ответа", one.silent or 0), ("не распознано", one.wrong)]
    return [AnswerLine(text, number) for text, number in found if number and one.choices]


def told(one: ItemCount) -> str:
    """Return «Ответили 20 из 25, нет ответа 3, затруднились ответить 2»."""
    if one.several:
        parts = [f"Сдано анкет {one.base}; можно было выбрать несколько ответов"]
    else:
        parts = [f"Ответили {one.answered} из {one.handed_in}"]
    if one.silent:
        parts.append(f"нет ответа {one.silent}")
    if one.unsure:
        parts.append(f"затруднились ответить {one.unsure}, в доли не входят")
    if one.wrong:
        parts.append(f"не распознано {one.wrong}")
    if one.uncounted:
        parts.append(f"не посчитано: {count(len(one.uncounted), 'ячейка', 'ячейки', 'ячеек')}")
    if one.mean is not None:
        parts.append(f"в среднем {one.mean}".replace(".", ","))
    if one.small:
        parts.append(survey_counts.SMALL_WORDS)
    return ", ".join(parts) + "."


def chart(one: ItemCount) -> BarChart | None:
    """Return the bars of a question for the screen; None where it has no choices or no answers."""
    from app.reports.survey_paper import question_chart

    return question_chart(part(one))


def blank(connection: Connection, form_id: str, *, version: str | None = None, title: str = "") -> Paper:
    """Return the questionnaire to be filled in by pen.

    Raises:
        UserError: ``FORM_UNKNOWN``.
    """
    made = form_papers.blank_paper(connection, form_id, version=version, subject=title)
    return replace(made, title=f"Анкета: {_short(connection, form_id, version)}")


def _short(connection: Connection, form_id: str, version: str | None) -> str:
    from app.operations import forms

    found: FormDef = forms.definition(connection, form_id, version)
    return found.short


def two_to_a_page(made: Made) -> Made:
    """Return a PDF of one page as two halves of a page that lies on its long side; longer ones stay as they are."""
    from app.exporters.two_up import two_up

    return replace(made, data=two_up(made.data)) if made.suffix == ".pdf" else made
