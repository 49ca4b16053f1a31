"""The summary of a form as charts, as a paper and as JSON."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from app.analysis.form_summary import ItemFigure, Mean
from app.errors import problem
from app.forms.answers import shown
from app.forms.schema import AnswerSet, FormDef, Item
from app.forms.scoring import points_of
from app.models import forms as stored
from app.models import settings
from app.models.journal import now
from app.models.store import Connection
from app.operations.form_states import STATE_WORDS
from app.operations.form_summary import SubjectLine, Summary, YearLine, summary
from app.operations.papers import Paper
from app.texts import NBSP, percent, school_year

if TYPE_CHECKING:
    from app.reports.charts import BarChart, ChartSpec, HeatCell, HeatChart, StackedChart, Tone
    from app.reports.form_summary import SummaryItem, SummarySubject, SummaryYear

KIND = "form_summary"
WEAKEST = 10
HEAT_COLUMNS = 24
NOT_APPLICABLE = "н/п"
CLASSES = ("все баллы", "больше двух третей", "от трети до двух третей", "меньше трети", "ни одного балла")
BOUNDS = (0.01, 100 / 3, 200 / 3, 100.0)
"""Per cent of points lost from which a shade begins: anything at all, a third, two thirds, everything."""
LEGEND = "Цифра — набранные баллы; н/п — не применимо; прочерк — ответа нет."


def place(item: Item) -> str:
    """Return how a narrow heading names an item."""
    return item.number or item.id


def short_answer(item: Item, answers: AnswerSet) -> str:
    """Return an answer in a letter or a figure: points where there are any, else the short word; "" of none."""
    answer = answers.get(item.id)
    if not answer.counts:
        return ""
    if answer.not_applicable:
        return NOT_APPLICABLE
    value = answer.value or ""
    if item.kind in {"choice", "flag"}:
        points = points_of(item, value) if item.points is not None or item.kind == "flag" else None
        if points is not None:
            return str(points)
        choice = item.scale.choice(value) if item.scale is not None else None
        return (choice.short or choice.text) if choice is not None else shown(item, answer)
    return shown(item, answer)


def narrow(found: Summary) -> tuple[ItemFigure, ...]:
    """Return the items whose answers are short enough for a matrix: choices, marks and whole numbers."""
    return tuple(one for one in found.items if one.item.kind in {"choice", "flag", "whole"} and not one.item.row)


# --- charts ------------------------------------------------------------------------------------------------------


def level_chart(found: Summary) -> StackedChart | None:
    """Return how many have which level, a bar a year; None where the form has no levels."""
    from app.reports.charts import Point, Series, StackedChart

    if not found.by_year or not found.by_year[-1].levels:
        return None
    tones: dict[str, Tone] = {"ok": "ok", "warn": "warn", "bad": "bad", "plain": "series"}
    series = []
    for level, _number in found.by_year[-1].levels:
        points = []
        for year in found.by_year:
            number = next((count for known, count in year.levels if known.id == level.id), 0)
            points.append(Point(school_year(year.school_year), float(number), told=_of(number, year.answered)))
        series.append(Series(level.text, tuple(points), tones[level.tone]))
    if any(year.unlevelled for year in found.by_year):
        points = [Point(school_year(year.school_year), float(year.unlevelled), told=_of(year.unlevelled, year.answered))
                  for year in found.by_year]  # fmt: skip
        series.append(Series("уровень не посчитан", tuple(points), "none"))
    return StackedChart("Уровни по годам" if len(found.by_year) > 1 else "Уровни", tuple(series), unit="отв.")


def _of(number: int, whole: int) -> str:
    return f"{number}{NBSP}из{NBSP}{whole}, {percent(number, whole)}" if whole else "нет данных"


def weakest_chart(found: Summary, most: int = WEAKEST) -> BarChart | None:
    """Return the items with the smallest share of points; None where no item gives points."""
    from app.reports.charts import BarChart, Point, Series

    some = found.weakest[:most]
    if not some:
        return None
    points = tuple(
        Point(f"{place(one.item)}. {' '.join(one.item.text.split())}", float((one.mean.share or Fraction(0)) * 100),
              told=mean_told(one.mean), small=one.small)
        for one in some
    )  # fmt: skip
    ticks = tuple((float(step), f"{step}{NBSP}%") for step in (0, 25, 50, 75, 100))
    note = "Доля набранных баллов; короче — слабее."
    return BarChart("Где проседают все", "%", (Series("", points),), ticks, note=note)


def mean_told(mean: Mean) -> str:
    """Return «7 из 10 баллов, 70,0 %»; "" of no answers."""
    if not mean.counted or mean.most is None:
        return ""
    whole = mean.counted * mean.most
    return f"{mean.points}{NBSP}из{NBSP}{whole}, {percent(mean.points, whole)}"


def heat_charts(found: Summary) -> tuple[HeatChart, ...]:
    """Return subjects × scored items: the points stand in the cell, dark is weak; several where there are many."""
    from app.reports.charts import HeatChart

    items = [one for one in narrow(found) if one.mean.most]
    if not items or not found.lines:
        return ()
    made = []
    for start in range(0, len(items), HEAT_COLUMNS):
        some = items[start : start + HEAT_COLUMNS]
        tail = "" if len(items) <= HEAT_COLUMNS else f", пункты {place(some[0].item)}–{place(some[-1].item)}"
        made.append(
            HeatChart(
                f"Баллы по пунктам{tail}",
                tuple(line.shown for line in found.lines),
                tuple(place(one.item) for one in some),
                tuple(tuple(_heat(line, one) for one in some) for line in found.lines),
                BOUNDS,
                tuple(line.case_id for line in found.lines),
                "В клетке — баллы, полоска под ними — их доля: чем она короче, тем слабее.",
                CLASSES,
            )
        )
    return tuple(made)


def _heat(line: SubjectLine, one: ItemFigure) -> HeatCell:
    from app.reports.charts import HeatCell

    answer = line.answers.get(one.item.id)
    text = short_answer(one.item, line.answers)
    most = one.mean.most or 0
    points = None
    if answer.counts and not answer.not_applicable and answer.value is not None:
        points = points_of(one.item, answer.value)
    if points is None or not most:
        told = {"": "нет ответа", NOT_APPLICABLE: "не применимо"}.get(text, text)
        return HeatCell(None, told, word=text if text == NOT_APPLICABLE else "")
    told = f"{shown(one.item, answer)}, {points}{NBSP}из{NBSP}{most}"
    return HeatCell((most - points) * 100 / most, told, word=str(points), bar=points / most)


# --- the paper ---------------------------------------------------------------------------------------------------


def paper(
    connection: Connection, form_id: str, school_year_: int | None = None, *, accepted_only: bool = False
) -> Paper:
    """Return «Сводка по форме» as a paper.

    Raises:
        UserError: ``FORM_UNKNOWN``, ``FORM_NO_SUMMARY``.
    """
    return of_summary(connection, summary(connection, form_id, school_year_, accepted_only=accepted_only))


def of_summary(connection: Connection, found: Summary) -> Paper:
    """Return a summary that has been read already as a paper."""
    from app.reports.form_summary import SummaryData, form_summary

    values = settings.get_all(connection)
    levels = tuple(level.text for level, _number in found.by_year[-1].levels) if found.by_year else ()
    matrix = narrow(found)
    items = tuple(_item(found.form, one) for one in found.items)
    by_id = {figure.item.id: made for figure, made in zip(found.items, items, strict=True)}
    reasons = _reasons(connection, found)
    data = SummaryData(
        short=found.form.short,
        version=found.form.version,
        year=school_year(found.school_year),
        municipality=values["municipality"],
        computed_at=now(),
        subjects=tuple(_subject(line, matrix, reasons.get(line.case_id)) for line in found.lines),
        silent=tuple((line.shown, line.word) for line in found.silent),
        items=items,
        weakest=tuple(by_id[one.item.id] for one in found.weakest),
        years=tuple(_year(line, levels) for line in found.by_year),
        levels=levels,
        matrix=tuple(by_id[one.item.id] for one in matrix),
        legend=LEGEND if any(one.mean.most for one in matrix) else "Прочерк — ответа нет.",
        parts=found.part_names,
        asked=found.asked,
        before_year=school_year(found.before_year) if found.before_year is not None else "",
        notes=found.form.notes,
        charts=_charts(found),
        organisation=values["organisation"],
        executor=values["executor"],
    )
    title = f"Сводка: {found.form.short}, {school_year(found.school_year)}"
    return Paper(KIND, title, form_summary(data), None)


def _charts(found: Summary) -> tuple[tuple[ChartSpec, float], ...]:
    made: list[tuple[ChartSpec, float]] = []
    levels, weak = level_chart(found), weakest_chart(found)
    if levels is not None and found.lines:
        made.append((levels, 26.0 + 11.0 * len(found.by_year)))
    if weak is not None:
        made.append((weak, 24.0 + 9.5 * len(weak.series[0].points)))
    made += [(heat, min(150.0, 34.0 + 8.0 * len(heat.rows))) for heat in heat_charts(found)]
    return tuple(made)


def _reasons(connection: Connection, found: Summary) -> dict[int, str]:
    """Return case → why a person chose the level, of those where one did."""
    keys = [line.case_id for line in found.lines if line.respondent.overruled]
    return {case.id: case.level_reason or "" for case in stored.cases(connection, keys=keys)} if keys else {}


def _subject(line: SubjectLine, matrix: tuple[ItemFigure, ...], reason: str | None) -> SummarySubject:
    from app.reports.form_summary import SummarySubject

    result, before, level = line.result, line.before, line.respondent.level
    return SummarySubject(
        name=line.shown,
        points=_counts(result.points, result.applicable_most) if result is not None else None,
        level=level.text if level is not None else "",
        reason=reason,
        before=_counts(before.points, before.applicable_most) if before is not None else None,
        change=line.change,
        cells=tuple(short_answer(one.item, line.answers) or "—" for one in matrix),
        parts=tuple(None if part is None else _counts(part.points, part.applicable_most) for part in line.parts),
    )


def _counts(points: int | None, most: int) -> tuple[int, int] | None:
    return None if points is None or not most else (points, most)


def _item(form: FormDef, one: ItemFigure) -> SummaryItem:
    from app.reports.form_summary import SummaryItem

    section = next((part for part in form.sections if one.item in part.items), None)
    text = one.item.text
    if section is not None and section.grid:
        text = " — ".join(
            [next(axis.text for axis in section.rows if axis.id == one.item.row),
             *(f"{axis.group} {axis.text}".strip() for axis in section.columns if axis.id == one.item.column)]
        )  # fmt: skip
    return SummaryItem(
        number=one.item.number, text=text, points=one.mean.points, counted=one.mean.counted, most=one.mean.most,
        scored=one.scored, answered=one.answered, not_applicable=one.not_applicable, missing=one.missing,
        tallies=tuple((tally.text, tally.number) for tally in one.tallies), total=one.total,
        before=(one.before.mean.points, one.before.mean.counted) if one.before is not None else None,
        changed=one.before is not None and one.before.changed, small=one.small,
        section=section.title if section is not None else "",
    )  # fmt: skip


def _year(line: YearLine, levels: tuple[str, ...]) -> SummaryYear:
    from app.reports.form_summary import SummaryYear

    numbers = {level.text: number for level, number in line.levels}
    return SummaryYear(
        school_year(line.school_year), line.version, (line.answered, line.of), (line.points, line.most),
        tuple(numbers.get(word, 0) for word in levels), line.unlevelled,
    )  # fmt: skip


# --- JSON --------------------------------------------------------------------------------------------------------


def _exact(value: Fraction | None) -> dict[str, int] | None:
    """Return a fraction as two whole numbers."""
    return None if value is None else {"numerator": value.numerator, "denominator": value.denominator}


def as_json(found: Summary) -> dict[str, Any]:
    """Return the whole summary as plain data; means are exact fractions."""
    return {
        "form": found.form.id, "version": found.form.version, "school_year": found.school_year,
        "years": list(found.years), "asked": found.asked, "answered": len(found.lines),
        "subjects": [_subject_json(found, line) for line in found.lines],
        "silent": [{"case": line.case_id, "subject": line.shown, "state": line.state,
                    "state_word": STATE_WORDS[line.state], "overdue": line.overdue, "exempt": line.exempt or None}
                   for line in found.silent],
        "items": [_item_json(one) for one in found.items],
        "weakest": [one.item.id for one in found.weakest],
        "by_year": [{"school_year": line.school_year, "version": line.version, "answered": line.answered,
                     "of": line.of, "points": line.points, "most": line.most, "unlevelled": line.unlevelled,
                     "levels": {level.id: number for level, number in line.levels}} for line in found.by_year],
    }  # fmt: skip


def _subject_json(found: Summary, line: SubjectLine) -> dict[str, Any]:
    result, before = line.result, line.before
    level = line.respondent.level
    return {
        "case": line.case_id, "subject": line.shown, "school_id": line.subject.school_id, "state": line.state,
        "points": result.points if result else None, "most": result.applicable_most if result else None,
        "why": problem(result.why).message if result and result.why else None,
        "level": level.id if level else None, "overruled": line.respondent.overruled,
        "before": {"points": before.points, "most": before.applicable_most} if before else None,
        "change": line.change, "comparable": line.comparable,
        "answers": {one.item.id: line.answers.get(one.item.id).value for one in found.items},
    }  # fmt: skip


def _item_json(one: ItemFigure) -> dict[str, Any]:
    return {
        "item": one.item.id, "number": one.item.number, "points": one.mean.points, "counted": one.mean.counted,
        "most": one.mean.most, "mean": _exact(one.mean.value), "share": _exact(one.mean.share),
        "answered": one.answered, "not_applicable": one.not_applicable, "outside": one.outside,
        "missing": one.missing, "small": one.small, "total": one.total,
        "tallies": {tally.value: tally.number for tally in one.tallies},
        "before": None if one.before is None else {
            "points": one.before.mean.points, "counted": one.before.mean.counted, "changed": one.before.changed},
        "change": _exact(one.change),
    }  # fmt: skip
