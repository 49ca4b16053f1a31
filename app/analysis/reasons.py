"""Why a school is on the list, why not, and what would have to change: plain Russian with every figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from app.analysis.intervals import SAMPLE_WORDS, sample_mark
from app.analysis.numerals import by_participants, by_procedures, of_all, of_participants, of_procedures, years_running
from app.analysis.reason_words import (
    fraction_text,
    gap_clause,
    gap_false,
    gap_mark,
    gap_sentence,
    in_year,
    index_text,
    low_quality,
    metric_text,
    monitorings,
    named,
    runs,
    runs_text,
    sentence,
    span_text,
    then,
)
from app.analysis.rule_model import ANY_KINDS, PROCEDURE_KINDS, SAME_KINDS, THRESHOLD_KINDS, Branch, Rule
from app.analysis.rule_wording import share_text
from app.analysis.verdicts import QualityFraction, ResultFraction, SchoolVerdict
from app.texts import DASH, NBSP, count, glue, percent

BranchState = Literal["true", "false", "unknown"]
_MANY_MISSING = 4
_NO_LIMIT = 10**6


@dataclass(frozen=True, slots=True)
class BranchLine:
    """What became of one branch.

    Attributes:
        state: true, false, or unknown where missing data could still make it true.
        fractions: the fractions the text speaks of.
    """

    id: str
    label: str
    state: BranchState
    text: str
    fractions: tuple[ResultFraction, ...] = ()


@dataclass(frozen=True, slots=True)
class TableRow:
    """One line of the table of figures; ``fraction`` is «нет данных» where there is none, other cells are «—».

    ``marks`` are words for the last column: threshold reached, restored from percentages, rounding matters.
    """

    label: str
    year: int
    fraction: str
    share: str
    interval: str
    sample: str
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """The answer in words: a paragraph, one line a branch, the table of figures, and what to do."""

    paragraph: str
    branch_lines: tuple[BranchLine, ...]
    table_rows: tuple[TableRow, ...]
    advice: str


def explain(verdict: SchoolVerdict, rule: Rule, year: int) -> Explanation:
    """Put the verdict of one school into words.

    Args:
        verdict: from ``identify`` with the same rule and year.
        rule: the rule.
        year: the result year.
    """
    lines = tuple(_branch_line(branch, verdict, year) for branch in rule.branches)
    return Explanation(
        paragraph=glue(_paragraph(verdict, rule, year)),
        branch_lines=lines,
        table_rows=_table(verdict, rule),
        advice=glue(_advice(verdict, rule, year)),
    )


def in_short(verdict: SchoolVerdict, rule: Rule, year: int) -> str:
    """Return the answer in one clause with its fractions, without who it is about: the first true ground, or why not.

    «порог 30 % в 2026 году достигнут по двум процедурам (для списка хватает 2): …».

    Args:
        verdict: from ``identify`` with the same rule and year.
        rule: the rule.
        year: the result year.
    """
    if verdict.verdict == "no_data":
        return f"за {span_text(rule.years(year))} данных нет"
    if verdict.verdict == "listed":
        return _why_in(verdict, rule, year)[0]
    text = _why_out(verdict, rule, year)
    now = verdict.hits(year)
    if rule.by_threshold and now:
        return f"{text} (порог достигнут: {named(now)})"
    worst = verdict.worst
    if rule.by_threshold and worst is not None and worst.below:
        return f"{text}; самая высокая доля{NBSP}— {worst.label}, {fraction_text(worst)}"
    return text


# --- the paragraph ----------------------------------------------------------------------------------------------


def _paragraph(verdict: SchoolVerdict, rule: Rule, year: int) -> str:
    if verdict.verdict == "no_data" and not _of_results(rule):
        return (
            "Нет данных: значений нет ни по одному критерию правила. Это не значит, что школа не в списке: ответа пока "
            "нет."
        )
    if verdict.verdict == "no_data":
        return (
            f"Нет данных: за {span_text(rule.years(year))} ни по одной процедуре правила не известно, "
            "сколько участников ниже минимума. Это не значит, что школа не в списке: ответа пока нет."
        )
    listed = verdict.verdict == "listed"
    start = f"Школа {'входит' if listed else 'не входит'} в список {year}{NBSP}года"
    if listed:
        first, *others = _why_in(verdict, rule, year)
        parts = [sentence(f"{start}: {first}"), *(sentence(f"кроме того, {other}") for other in others)]
    else:
        parts = [sentence(f"{start}: {_why_out(verdict, rule, year)}")]
        if rule.by_threshold and verdict.worst is not None and verdict.worst.below:
            worst = verdict.worst
            parts.append(f"Самая высокая доля {in_year(year)}{NBSP}— {worst.label}: {fraction_text(worst)}.")
    parts += [*_edge(verdict), *_too_small(verdict, rule), *_doubts(verdict)]
    return " ".join(parts)


def _of_results(rule: Rule) -> bool:
    """Tell whether any branch looks at results, and not at the context alone."""
    return any(branch.kind in {*PROCEDURE_KINDS, "lowest_share", "quality_at_most"} for branch in rule.branches)


def _why_in(verdict: SchoolVerdict, rule: Rule, year: int) -> list[str]:
    """Return one clause a true branch; fractions named in one are not named again in the next."""
    told: set[ResultFraction] = set()
    clauses = []
    for branch_id in verdict.branches:
        text, fractions = _short(rule.branch(branch_id), verdict, rule, year, told)
        told.update(fractions)
        clauses.append(text)
    return clauses


def _why_out(verdict: SchoolVerdict, rule: Rule, year: int) -> str:
    false = [branch for branch in rule.branches if branch.id not in verdict.true_branches]
    words = [_short_false(branch, verdict, rule, year) for branch in false]
    known = [word for word in words if word]
    text = "; ".join(dict.fromkeys(known)) or "ни одно основание не выполнено"
    if verdict.true_branches:
        total = count(rule.enough, "основание", "основания", "оснований")
        text = f"нужно сразу {total}, а выполнено {len(verdict.true_branches)}; {text}"
    return text


def _short(
    branch: Branch, verdict: SchoolVerdict, rule: Rule, year: int, told: set[ResultFraction]
) -> tuple[str, tuple[ResultFraction, ...]]:
    """Return why one branch is true, in a clause, and the fractions it names."""
    now = verdict.hits(year)
    threshold = share_text(rule.threshold) if rule.threshold else ""
    if branch.kind == "at_least_in_year":
        enough = f"для списка хватает {branch.n}"
        return f"порог {threshold} {in_year(year)} достигнут по {by_procedures(len(now))} ({enough}): {named(now)}", now
    if branch.kind in ANY_KINDS:
        ages = [verdict.hits(past) for past in range(year - branch.span + 1, year + 1)]
        when = (f"и {in_year(hits[0].year)} (по {by_procedures(len(hits))})" for hits in ages)
        every = tuple(item for hits in ages for item in hits)
        words = "; ".join(f"{item.label}{NBSP}— {then(item)}" for item in every if item not in told)
        return f"порог {threshold} достигнут {', '.join(when)}" + (f": {words}" if words else ""), every
    if branch.kind in SAME_KINDS:
        found = runs(verdict, year, branch.span)
        text = f"по {'одной и той же процедуре' if len(found) == 1 else by_procedures(len(found))}"
        return f"{text} порог {threshold} достигнут {years_running(branch.span)}: {runs_text(found)}", ()
    return _short_criterion(branch, verdict), ()


def _short_criterion(branch: Branch, verdict: SchoolVerdict) -> str:
    """Return why a branch without a threshold is true, in a clause."""
    match branch.kind:
        case "region_gap":
            return gap_clause(branch, verdict)
        case "lowest_share":
            return f"её результаты{NBSP}— среди самых низких: {_place(verdict)}"
        case "quality_at_most" if verdict.quality:
            low = [item for item in verdict.quality if item.hit]
            return f"{low_quality(branch)} в {monitorings(len(low))}, для списка хватает {branch.n}"
        case _:
            value = _value_text(branch, verdict)
            return f"выполнен критерий «{branch.label}»" + (f": {value}" if value else "")


def _value_text(branch: Branch, verdict: SchoolVerdict) -> str:
    """Return what a criterion of an index or of a metric compared; "" where there is nothing."""
    if branch.kind == "index":
        place = next((item for item in verdict.indices if item.branch == branch.id), None)
        return "" if place is None else index_text(place)
    return metric_text(branch, verdict)


def _short_false(branch: Branch, verdict: SchoolVerdict, rule: Rule, year: int) -> str:
    """Return why one branch is not true, in half a sentence; empty where the table of branches says enough."""
    if branch.kind in THRESHOLD_KINDS:
        return _short_under(branch, verdict, rule, year)
    if branch.kind == "region_gap":
        return gap_false(branch, verdict)
    if branch.kind == "lowest_share" and verdict.ranking:
        return f"её результаты не среди самых низких: {_place(verdict)}"
    if branch.kind == "quality_at_most" and verdict.quality:
        low = [item for item in verdict.quality if item.hit]
        return f"{low_quality(branch)} в {monitorings(len(low))}, нужно {branch.n}"
    return ""


def _short_under(branch: Branch, verdict: SchoolVerdict, rule: Rule, year: int) -> str:
    """Return why a threshold branch is not true: the first of its halves that fails."""
    now = verdict.hits(year)
    reached = f"порог {share_text(rule.threshold or (1, 1))} {in_year(year)}"
    if not now:
        return f"{reached} не достигнут ни по одной процедуре" if verdict.of_year(year) else _no_results(year)
    if branch.kind in SAME_KINDS:
        same = len(runs(verdict, year, branch.span))
        running = years_running(branch.span)
        if same:
            return f"{running} порог достигнут по {by_procedures(same)}, нужно {branch.n}"
        return f"нет процедуры, по которой порог достигнут {running}"
    if len(now) < branch.n:
        return f"{reached} достигнут по {by_procedures(len(now))}, для списка нужно {branch.n}"
    past = next((y for y in range(year - 1, year - branch.span, -1) if len(verdict.hits(y)) < branch.n), year - 1)
    before = verdict.hits(past)
    if before:
        return f"{in_year(past)} порог достигнут по {by_procedures(len(before))}, нужно {branch.n} в каждом году"
    if verdict.of_year(past):
        return f"{in_year(past)} порог не достигнут ни по одной процедуре"
    return _no_results(past)


def _no_results(year: int) -> str:
    return f"результатов за {year}{NBSP}год нет"


def _place(verdict: SchoolVerdict) -> str:
    ranking = verdict.ranking
    if ranking is None:
        return DASH
    own = f"{of_all(ranking.below, ranking.participants)} ({percent(ranking.below, ranking.participants)})"
    border = (
        f"{of_all(ranking.border_below, ranking.border_participants)} "
        f"({percent(ranking.border_below, ranking.border_participants)})"
    )
    return (
        f"ниже минимума {own}, место {ranking.place} из {ranking.schools}, считая от самых низких; "
        f"граница{NBSP}— место {ranking.taken}, {border}"
    )


def _edge(verdict: SchoolVerdict) -> list[str]:
    if not verdict.edge or not verdict.edge_steps:
        return []
    step = verdict.edge_steps[0]
    more = step.change > 0
    where = "по сумме работ"
    if step.fraction is not None:
        where = f"по процедуре «{step.fraction.label}» {in_year(step.fraction.year)}"
    amount = "на одного участника больше" if more else "на одного участника меньше"
    outcome = "вошла бы в список" if more else "не вошла бы в список"
    others = len(verdict.edge_steps) - 1
    same = f"; то же верно ещё для {of_procedures(others)}" if others else ""
    return [f"Школа на грани: если бы {where} ниже минимума было {amount}, она {outcome}{same}."]


def _too_small(verdict: SchoolVerdict, rule: Rule) -> list[str]:
    """Name the groups that would reach the threshold but are smaller than the rule allows."""
    if rule.threshold is None or rule.min_participants <= 1:
        return []
    part, of = rule.threshold
    small = [
        item
        for item in verdict.fractions
        if item.participants < rule.min_participants and item.below * of >= part * item.participants
    ]
    if not small:
        return []
    limit = of_participants(rule.min_participants)
    return [f"Не учтены группы, в которых меньше {limit}: {named(small)}."]


def _doubts(verdict: SchoolVerdict) -> list[str]:
    parts = []
    if verdict.incomplete:
        could = "могли бы" if verdict.missing_matters else "не могли бы"
        parts += ["Данные неполные.", *_missing(verdict), f"Недостающие результаты {could} изменить ответ."]
    if verdict.sample == "<10":
        decided = "решивших" if verdict.verdict == "listed" else "имеющихся"
        parts.append(f"Мало детей, вывод ненадёжен: самая малая из {decided} групп{NBSP}— {SAMPLE_WORDS['<10']}.")
    if verdict.rounding_matters:
        parts.append("Часть чисел восстановлена из процентов, и округление могло бы изменить ответ: сверьте их.")
    return parts


def _missing(verdict: SchoolVerdict) -> list[str]:
    """Return a sentence a year: everything is missing, or what is."""
    parts = []
    for year in dict.fromkeys(item.year for item in verdict.missing):
        labels = [item.label for item in verdict.missing if item.year == year]
        if not verdict.of_year(year):
            parts.append(f"За {year}{NBSP}год нет ничего.")
        elif len(labels) <= _MANY_MISSING:
            parts.append(sentence(f"за {year}{NBSP}год нет: {'; '.join(labels)}"))
        else:
            rest = of_procedures(len(labels) - _MANY_MISSING + 1)
            parts.append(f"За {year}{NBSP}год нет: {'; '.join(labels[: _MANY_MISSING - 1])} и ещё {rest}.")
    return parts


# --- branches ---------------------------------------------------------------------------------------------------


def _branch_line(branch: Branch, verdict: SchoolVerdict, year: int) -> BranchLine:
    state: BranchState = "false"
    if branch.id in verdict.true_branches:
        state = "true"
    elif branch.id in verdict.unknown_branches or verdict.verdict == "no_data":
        state = "unknown"
    text, fractions = _branch_text(branch, verdict, year)
    if state == "unknown" and text:
        text += " Данных для этого основания не хватает."
    return BranchLine(branch.id, branch.label, state, glue(text or _plain(state)), fractions)


def _plain(state: BranchState) -> str:
    return {"true": "Критерий выполнен.", "false": "Критерий не выполнен.", "unknown": "Нет данных."}[state]


def _branch_text(branch: Branch, verdict: SchoolVerdict, year: int) -> tuple[str, tuple[ResultFraction, ...]]:
    """Return the text of a branch with its figures; empty where only «выполнен» or «нет данных» can be said."""
    if verdict.verdict == "no_data":
        return "", ()
    now = verdict.hits(year)
    span = range(year, year - branch.span, -1)
    if branch.kind == "at_least_in_year":
        return f"{_reached(verdict, year)} Нужно: {branch.n}.", now
    if branch.kind in ANY_KINDS:
        told = " ".join(_reached(verdict, past) for past in span)
        return f"{told} Нужно в каждом году: {branch.n}.", tuple(item for past in span for item in verdict.hits(past))
    if branch.kind in SAME_KINDS:
        found = runs(verdict, year, branch.span)
        if not found:
            when = ", ".join(f"и в{NBSP}{past}" for past in reversed(span))
            return f"Нет процедуры, по которой порог достигнут {when}{NBSP}году.", ()
        text = f"Порог достигнут {years_running(branch.span)}: {runs_text(found)}."
        return text, tuple(item for run in found for item in run)
    if branch.kind == "lowest_share" and verdict.ranking:
        return sentence(_place(verdict)), verdict.fractions
    return _criterion_text(branch, verdict), ()


def _criterion_text(branch: Branch, verdict: SchoolVerdict) -> str:
    if branch.kind == "region_gap":
        return gap_sentence(branch, verdict)
    if branch.kind == "quality_at_most" and verdict.quality:
        return _quality_text(branch, verdict.quality)
    value = _value_text(branch, verdict)
    if not value:
        return ""
    state = "выполнен" if branch.id in verdict.true_branches else "не выполнен"
    return sentence(f"критерий {state}: {value}")


def _reached(verdict: SchoolVerdict, year: int) -> str:
    known, hits = verdict.of_year(year), verdict.hits(year)
    if not known:
        return sentence(f"{in_year(year)} нет результатов")
    if not hits:
        return sentence(f"{in_year(year)} порог не достигнут ни по одной процедуре")
    return sentence(f"{in_year(year)} порог достигнут по {by_procedures(len(hits))}: {named(hits)}")


def _quality_text(branch: Branch, quality: Sequence[QualityFraction]) -> str:
    low = [item for item in quality if item.hit]
    words = "; ".join(
        f"{item.label}, {item.year}{NBSP}год{NBSP}— {of_all(item.good, item.participants)} "
        f"({percent(item.good, item.participants)})"
        for item in low
    )
    names = f": {words}" if words else ""
    seen = f"{low_quality(branch)} в {monitorings(len(low))} из {len(quality)}{names}"
    return f"{sentence(seen)} Нужно: {branch.n}."


# --- the table --------------------------------------------------------------------------------------------------


def _table(verdict: SchoolVerdict, rule: Rule) -> tuple[TableRow, ...]:
    rows = []
    for item in verdict.fractions:
        marks = []
        if item.hit and rule.by_threshold:
            marks.append("порог достигнут")
        marks += [
            gap_mark(gap)
            for gap in verdict.gaps
            if gap.hit
            and (gap.procedure, gap.subject, gap.level, gap.grade, gap.year)
            == (item.procedure, item.subject, item.level, item.grade, item.year)
        ]
        if item.restored:
            marks.append("восстановлено из процентов")
        if item.rounding_matters:
            marks.append("округление важно")
        sample, interval = sample_mark(item.participants), item.interval
        rows.append(
            TableRow(
                label=item.label,
                year=item.year,
                fraction=of_all(item.below, item.participants),
                share=percent(item.below, item.participants),
                interval=interval.text() if interval else DASH,
                sample=SAMPLE_WORDS[sample] if sample else DASH,
                marks=tuple(marks),
            )
        )
    known = {(row.label, row.year) for row in rows}
    rows += [
        TableRow(item.label, item.year, "нет данных", DASH, DASH, DASH)
        for item in verdict.missing
        if (item.label, item.year) not in known
    ]
    return tuple(rows)


# --- what to do -------------------------------------------------------------------------------------------------


def _advice(verdict: SchoolVerdict, rule: Rule, year: int) -> str:
    if verdict.verdict == "no_data" and not _of_results(rule):
        return "Заполните показатели школы на вкладке «Школы»."
    if verdict.verdict == "no_data":
        return f"Загрузите результаты школы за {span_text(rule.years(year))}."
    parts = []
    if verdict.verdict == "listed":
        parts += _leave_by_steps(verdict, rule, year) if rule.by_procedures else _leave_by_criteria(verdict, rule)
    parts += _next_year(verdict, rule, year)
    if verdict.incomplete and verdict.missing_matters:
        parts.append("Загрузите недостающие результаты и пересчитайте список.")
    return " ".join(parts)


def _leave_by_steps(verdict: SchoolVerdict, rule: Rule, year: int) -> list[str]:
    means = [branch.measure == "mean" for branch in rule.branches if branch.id in verdict.true_branches]
    if not verdict.to_leave and any(means):
        return ["Сколько учеников решают дело, по среднему баллу сказать нельзя: его меняет отметка любого из них."]
    if not verdict.to_leave:
        return ["Изменение результатов процедур не выведет школу из списка: она внесена по другим критериям."]
    words = "; ".join(
        f"{step.fraction.label}{NBSP}— на {by_participants(step.fewer)} "
        f"(не больше {of_all(step.allowed, step.fraction.participants)} вместо {step.fraction.below})"
        for step in verdict.to_leave
    )
    parts = [f"Школа не вошла бы в список, если бы {in_year(year)} ниже минимума было меньше: {words}."]
    if len(verdict.to_leave) > 1:
        parts.append(f"Всего{NBSP}— на {by_participants(verdict.fewer)}.")
    if len(verdict.branches) > 1:
        parts.append(
            "Этого хватило бы, чтобы снять все основания сразу."
            if rule.enough == 1
            else "Этого хватило бы: для списка нужны все основания вместе."
            if rule.enough == len(rule.branches)
            else "Этого хватило бы: оснований осталось бы меньше, чем нужно."
        )
    return parts


def _leave_by_criteria(verdict: SchoolVerdict, rule: Rule) -> list[str]:
    parts = []
    for branch_id in verdict.branches:
        branch = rule.branch(branch_id)
        if branch.kind == "lowest_share" and verdict.ranking:
            fewer = verdict.ranking.fewer
            parts.append(
                "По сумме результатов школа осталась бы в списке при любом числе участников ниже минимума."
                if fewer is None
                else f"По сумме результатов школа вышла бы из списка, если бы ниже минимума было на "
                f"{by_participants(fewer)} меньше."
            )
        elif branch.kind == "quality_at_most":
            parts.append(
                f"Критерий «{branch.label}» перестанет выполняться, когда низких мониторингов будет меньше {branch.n}."
            )
        else:
            parts.append(f"Критерий «{branch.label}» выполняется отдельно от результатов работ.")
    if len(verdict.branches) > 1:
        parts.append("Выйти из списка нужно по всем выполненным критериям.")
    return parts


def _next_year(verdict: SchoolVerdict, rule: Rule, year: int) -> list[str]:
    """Say what this year's results mean for the next list: half of a two-year branch is already there."""
    if not rule.by_threshold or rule.enough != 1 or not verdict.of_year(year):
        return []
    hits = verdict.hits(year)
    most, running = _NO_LIMIT, 0
    again: list[ResultFraction] = []
    for branch in rule.branches:
        if branch.kind == "at_least_in_year":
            most = min(most, branch.n - 1)
        elif branch.kind in ANY_KINDS and _hit_enough(verdict, branch, year):
            running = branch.span if branch.n - 1 < most else running
            most = min(most, branch.n - 1)
        elif branch.kind in SAME_KINDS and branch.n == 1:
            found = runs(verdict, year, branch.span - 1)
            again += [item for item in hits if item not in again and any(run[0] == item for run in found)]
    if not running and not again:
        return []
    start = f"Чтобы школа не вошла в список {year + 1}{NBSP}года, порог не должен быть достигнут"
    limit = "ни по одной процедуре" if most == 0 else f"больше чем по {by_procedures(most)}"
    if running:
        past = in_year(year)
        if running > 2:
            past = f"в{NBSP}{year - running + 2}\u2013{year}{NBSP}годах"
        return [f"{start} {limit}: {past} он уже достигнут, а правило смотрит на {years_running(running)}."]
    same = "; ".join(item.label for item in again)
    both = f"{limit}, а также ни" if most < _NO_LIMIT else "ни"
    return [sentence(f"{start} {both} по одной из тех, где он достигнут {in_year(year)}: {same}")]


def _hit_enough(verdict: SchoolVerdict, branch: Branch, year: int) -> bool:
    """Tell whether all years but the coming one are there already."""
    return all(len(verdict.hits(past)) >= branch.n for past in range(year, year - branch.span + 1, -1))
