"""Why a school is on the list, why not, and what would have to change: plain Russian with every figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from app.analysis.intervals import SAMPLE_WORDS, sample_mark
from app.analysis.numerals import by_participants, by_procedures, of_all, of_participants, of_procedures
from app.analysis.rule_model import THRESHOLD_KINDS, Branch, Rule
from app.analysis.rule_wording import share_text
from app.analysis.verdicts import MetricFraction, QualityFraction, ResultFraction, SchoolVerdict
from app.models.metric_cells import exact_text, shown
from app.texts import DASH, NBSP, count, glue, percent, plural

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


# --- words of figures -------------------------------------------------------------------------------------------


def fraction_text(fraction: ResultFraction) -> str:
    """Return «12 из 31 (38,7 %)»."""
    return f"{of_all(fraction.below, fraction.participants)} ({percent(fraction.below, fraction.participants)})"


def _named(fractions: Sequence[ResultFraction]) -> str:
    return "; ".join(f"{item.label}{NBSP}— {fraction_text(item)}" for item in fractions)


def _then(fraction: ResultFraction) -> str:
    return f"{fraction_text(fraction)} {_in_year(fraction.year)}"


def _in_year(year: int) -> str:
    return f"в{NBSP}{year}{NBSP}году"


def _span(years: tuple[int, ...]) -> str:
    if len(years) == 1:
        return f"{years[0]}{NBSP}год"
    joint = f"{NBSP}и{NBSP}" if len(years) == 2 else "–"
    return f"{years[-1]}{joint}{years[0]}{NBSP}годы"


def _sentence(text: str) -> str:
    """Begin with a capital and end with one full stop, also after «5 кл.»."""
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")


# --- the paragraph ----------------------------------------------------------------------------------------------


def _paragraph(verdict: SchoolVerdict, rule: Rule, year: int) -> str:
    if verdict.verdict == "no_data":
        return (
            f"Нет данных: за {_span(rule.years(year))} ни по одной процедуре правила не известно, "
            "сколько участников ниже минимума. Это не значит, что школа не в списке: ответа пока нет."
        )
    listed = verdict.verdict == "listed"
    start = f"Школа {'входит' if listed else 'не входит'} в список {year}{NBSP}года"
    if listed:
        first, *others = _why_in(verdict, rule, year)
        parts = [_sentence(f"{start}: {first}"), *(_sentence(f"кроме того, {other}") for other in others)]
    else:
        parts = [_sentence(f"{start}: {_why_out(verdict, rule, year)}")]
        if rule.by_threshold and verdict.worst is not None and verdict.worst.below:
            worst = verdict.worst
            parts.append(f"Самая высокая доля {_in_year(year)}{NBSP}— {worst.label}: {fraction_text(worst)}.")
    parts += [*_edge(verdict), *_too_small(verdict, rule), *_doubts(verdict)]
    return " ".join(parts)


def _why_in(verdict: SchoolVerdict, rule: Rule, year: int) -> list[str]:
    """Return one clause a true branch; fractions named in one are not named again in the next."""
    named: set[ResultFraction] = set()
    clauses = []
    for branch_id in verdict.branches:
        text, fractions = _short(rule.branch(branch_id), verdict, rule, year, named)
        named.update(fractions)
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
    branch: Branch, verdict: SchoolVerdict, rule: Rule, year: int, named: set[ResultFraction]
) -> tuple[str, tuple[ResultFraction, ...]]:
    """Return why one branch is true, in a clause, and the fractions it names."""
    now, before = verdict.hits(year), verdict.hits(year - 1)
    threshold = share_text(rule.threshold) if rule.threshold else ""
    match branch.kind:
        case "at_least_in_year":
            enough = f"для списка хватает {branch.n}"
            text = (
                f"порог {threshold} {_in_year(year)} достигнут по {by_procedures(len(now))} ({enough}): {_named(now)}"
            )
            return text, now
        case "each_of_two_years_any":
            years = (
                f"и {_in_year(year - 1)} (по {by_procedures(len(before))}), "
                f"и {_in_year(year)} (по {by_procedures(len(now))})"
            )
            fresh = [item for item in before + now if item not in named]
            words = "; ".join(f"{item.label}{NBSP}— {_then(item)}" for item in fresh)
            return f"порог {threshold} достигнут {years}: {words}", now + before
        case "same_in_both_years":
            pairs = _repeated(now, before)
            text = f"по {'одной и той же процедуре' if len(pairs) == 1 else by_procedures(len(pairs))}"
            return f"{text} порог {threshold} достигнут два года подряд: {_twice(pairs)}", ()
        case "lowest_share":
            return f"её результаты{NBSP}— среди самых низких: {_place(verdict)}", ()
        case "quality_at_most" if verdict.quality:
            low = [item for item in verdict.quality if item.hit]
            return f"{_low_quality(branch)} в {_monitorings(len(low))}, для списка хватает {branch.n}", ()
        case _:
            value = _metric_value(branch, verdict)
            return f"выполнен критерий «{branch.label}»" + (f": {value}" if value else ""), ()


def _short_false(branch: Branch, verdict: SchoolVerdict, rule: Rule, year: int) -> str:
    """Return why one branch is not true, in half a sentence; empty where the table of branches says enough."""
    if branch.kind in THRESHOLD_KINDS:
        return _short_under(branch, verdict, rule, year)
    if branch.kind == "lowest_share" and verdict.ranking:
        return f"её результаты не среди самых низких: {_place(verdict)}"
    if branch.kind == "quality_at_most" and verdict.quality:
        low = [item for item in verdict.quality if item.hit]
        return f"{_low_quality(branch)} в {_monitorings(len(low))}, нужно {branch.n}"
    return ""


def _short_under(branch: Branch, verdict: SchoolVerdict, rule: Rule, year: int) -> str:
    """Return why a threshold branch is not true: the first of its halves that fails."""
    now, before = verdict.hits(year), verdict.hits(year - 1)
    reached = f"порог {share_text(rule.threshold or (1, 1))} {_in_year(year)}"
    if not now:
        return f"{reached} не достигнут ни по одной процедуре" if verdict.of_year(year) else _no_results(year)
    if branch.kind == "same_in_both_years":
        same = len(_repeated(now, before))
        if same:
            return f"два года подряд порог достигнут по {by_procedures(same)}, нужно {branch.n}"
        return "нет процедуры, по которой порог достигнут два года подряд"
    if len(now) < branch.n:
        return f"{reached} достигнут по {by_procedures(len(now))}, для списка нужно {branch.n}"
    if before:
        return f"{_in_year(year - 1)} порог достигнут по {by_procedures(len(before))}, нужно {branch.n} в каждом году"
    if verdict.of_year(year - 1):
        return f"{_in_year(year - 1)} порог не достигнут ни по одной процедуре"
    return _no_results(year - 1)


def _no_results(year: int) -> str:
    return f"результатов за {year}{NBSP}год нет"


def _repeated(
    now: Sequence[ResultFraction], before: Sequence[ResultFraction]
) -> list[tuple[ResultFraction, ResultFraction]]:
    """Return pairs (this year, the year before) of one procedure."""
    past = {(item.procedure, item.subject, item.level, item.grade): item for item in before}
    keys = [(item, (item.procedure, item.subject, item.level, item.grade)) for item in now]
    return [(item, past[key]) for item, key in keys if key in past]


def _twice(pairs: Sequence[tuple[ResultFraction, ResultFraction]]) -> str:
    return "; ".join(f"{last.label}{NBSP}— {_then(past)} и {_then(last)}" for last, past in pairs)


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


def _low_quality(branch: Branch) -> str:
    return f"качество знаний {share_text(branch.bound or (0, 1))} и ниже"


def _monitorings(n: int) -> str:
    """Return «1 мониторинге», «2 мониторингах»: what stands after «в»."""
    single = n % 10 == 1 and n % 100 != 11
    return f"{n}{NBSP}{'региональном мониторинге' if single else 'региональных мониторингах'}"


def _edge(verdict: SchoolVerdict) -> list[str]:
    if not verdict.edge or not verdict.edge_steps:
        return []
    step = verdict.edge_steps[0]
    more = step.change > 0
    where = "по сумме работ"
    if step.fraction is not None:
        where = f"по процедуре «{step.fraction.label}» {_in_year(step.fraction.year)}"
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
    return [f"Не учтены группы, в которых меньше {limit}: {_named(small)}."]


def _doubts(verdict: SchoolVerdict) -> list[str]:
    parts = []
    if verdict.incomplete:
        could = "могли бы" if verdict.missing_matters else "не могли бы"
        parts += ["Данные неполные.", *_missing(verdict), f"Недостающие результаты {could} изменить ответ."]
    if verdict.sample == "<10":
        decided = "решивших" if verdict.verdict == "listed" else "имеющихся"
        parts.append(f"Самая малая из {decided} групп{NBSP}— {SAMPLE_WORDS['<10']}: один ученик заметно меняет долю.")
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
            parts.append(_sentence(f"за {year}{NBSP}год нет: {'; '.join(labels)}"))
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
    now, before = verdict.hits(year), verdict.hits(year - 1)
    match branch.kind:
        case "at_least_in_year":
            return f"{_reached(verdict, year)} Нужно: {branch.n}.", now
        case "each_of_two_years_any":
            text = f"{_reached(verdict, year)} {_reached(verdict, year - 1)} Нужно в каждом году: {branch.n}."
            return text, now + before
        case "same_in_both_years":
            pairs = _repeated(now, before)
            if not pairs:
                return f"Нет процедуры, по которой порог достигнут и в {year - 1}, и в {year}{NBSP}году.", ()
            text = f"Порог достигнут два года подряд: {_twice(pairs)}."
            return text, tuple(item for pair in pairs for item in pair)
        case "lowest_share" if verdict.ranking:
            return _sentence(_place(verdict)), verdict.fractions
        case "quality_at_most" if verdict.quality:
            return _quality_text(branch, verdict.quality), ()
        case _:
            value = _metric_value(branch, verdict)
            if not value:
                return "", ()
            state = "выполнен" if branch.id in verdict.true_branches else "не выполнен"
            return _sentence(f"критерий {state}: {value}"), ()


def _reached(verdict: SchoolVerdict, year: int) -> str:
    known, hits = verdict.of_year(year), verdict.hits(year)
    if not known:
        return _sentence(f"{_in_year(year)} нет результатов")
    if not hits:
        return _sentence(f"{_in_year(year)} порог не достигнут ни по одной процедуре")
    return _sentence(f"{_in_year(year)} порог достигнут по {by_procedures(len(hits))}: {_named(hits)}")


def _quality_text(branch: Branch, quality: Sequence[QualityFraction]) -> str:
    low = [item for item in quality if item.hit]
    words = "; ".join(
        f"{item.label}, {item.year}{NBSP}год{NBSP}— {of_all(item.good, item.participants)} "
        f"({percent(item.good, item.participants)})"
        for item in low
    )
    names = f": {words}" if words else ""
    seen = f"{_low_quality(branch)} в {_monitorings(len(low))} из {len(quality)}{names}"
    return f"{_sentence(seen)} Нужно: {branch.n}."


def _metric_value(branch: Branch, verdict: SchoolVerdict) -> str:
    """Return the value that a criterion compared: «12 из 25 (48,0 %)»; "" where there is none."""
    item = next((item for item in verdict.metrics if item.branch == branch.id), None)
    if item is None:
        return ""
    text = _amount(item)
    if branch.kind == "quality_at_most":
        text = f"{_low_quality(branch)} в {_monitorings(item.part // item.whole)}, нужно {branch.n}"
    if item.years < branch.years:
        span = f"{branch.years}{NBSP}{plural(branch.years, 'года', 'лет', 'лет')}"
        text += f"; данные есть за {item.years} из {span}"
    return text


def _amount(item: MetricFraction) -> str:
    match item.basis:
        case "counts":
            return f"{of_all(item.part, item.whole)} ({percent(item.part, item.whole)})"
        case "percent":
            return shown("share", None, None, exact_text(Decimal(item.part * 100) / item.whole))
        case _:
            return shown("number", None, None, exact_text(Decimal(item.part) / item.whole))


# --- the table --------------------------------------------------------------------------------------------------


def _table(verdict: SchoolVerdict, rule: Rule) -> tuple[TableRow, ...]:
    rows = []
    for item in verdict.fractions:
        marks = []
        if item.hit and rule.by_threshold:
            marks.append("порог достигнут")
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
    if verdict.verdict == "no_data":
        return f"Загрузите результаты школы за {_span(rule.years(year))}."
    parts = []
    if verdict.verdict == "listed":
        parts += _leave_by_steps(verdict, rule, year) if rule.by_threshold else _leave_by_criteria(verdict, rule)
    parts += _next_year(verdict, rule, year)
    if verdict.incomplete and verdict.missing_matters:
        parts.append("Загрузите недостающие результаты и пересчитайте список.")
    return " ".join(parts)


def _leave_by_steps(verdict: SchoolVerdict, rule: Rule, year: int) -> list[str]:
    if not verdict.to_leave:
        return ["Изменение результатов процедур не выведет школу из списка: она внесена по другим критериям."]
    words = "; ".join(
        f"{step.fraction.label}{NBSP}— на {by_participants(step.fewer)} "
        f"(не больше {of_all(step.allowed, step.fraction.participants)} вместо {step.fraction.below})"
        for step in verdict.to_leave
    )
    parts = [f"Школа не вошла бы в список, если бы {_in_year(year)} ниже минимума было меньше: {words}."]
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
    most, because = _NO_LIMIT, False
    named: tuple[ResultFraction, ...] = ()
    for branch in rule.branches:
        if branch.kind == "at_least_in_year":
            most = min(most, branch.n - 1)
        elif branch.kind == "each_of_two_years_any" and len(hits) >= branch.n:
            because = because or branch.n - 1 < most
            most = min(most, branch.n - 1)
        elif branch.kind == "same_in_both_years" and branch.n == 1:
            named = hits
    if not because and not named:
        return []
    start = f"Чтобы школа не вошла в список {year + 1}{NBSP}года, порог не должен быть достигнут"
    limit = "ни по одной процедуре" if most == 0 else f"больше чем по {by_procedures(most)}"
    if because:
        return [f"{start} {limit}: {_in_year(year)} он уже достигнут, а правило смотрит на два года подряд."]
    same = "; ".join(item.label for item in named)
    both = f"{limit}, а также ни" if most < _NO_LIMIT else "ни"
    return [_sentence(f"{start} {both} по одной из тех, где он достигнут {_in_year(year)}: {same}")]
