"""What a rule does, in one Russian paragraph for a paper; the public wording itself is ``Rule.wording``."""

from __future__ import annotations

from app.analysis.numerals import dative, genitive, of_participants
from app.analysis.rule_model import EGE_MATH, Branch, Rule
from app.analysis.rule_reader import procedure_total
from app.texts import NBSP, glue


def share_text(share: tuple[int, int]) -> str:
    """Return an exact share: «30 %», «0,5 %», and «1/3» where no short decimal is exact."""
    part, of = share
    if part * 100 % of == 0:
        return f"{part * 100 // of}{NBSP}%"
    if part * 1000 % of == 0:
        whole, tenth = divmod(part * 1000 // of, 10)
        return f"{whole},{tenth}{NBSP}%"
    return f"{part}/{of}"


def points_text(bound: tuple[int, int]) -> str:
    """Return a number of points: «10», «0,5», and «1/3» where no short decimal is exact."""
    part, of = bound
    for digits in range(4):
        if part * 10**digits % of == 0:
            value = part * 10**digits // of
            return f"{value // 10**digits},{value % 10**digits:0{digits}d}" if digits else str(value)
    return f"{part}/{of}"


def whose(branch: Branch) -> str:
    """Return «по региону» or «по муниципалитету»."""
    return "по региону" if branch.against == "region" else "по муниципалитету"


def paragraph(rule: Rule, year: int) -> str:
    """Return the paragraph for the list of a result year."""
    if rule.by_threshold:
        parts = [_threshold_sentence(rule, year), _procedures_sentence(rule), *_small_print(rule)]
    else:
        parts = [_criteria_sentence(rule, year), _span_sentence(rule, year)]
        if any(branch.kind == "region_gap" for branch in rule.branches):
            parts += [_procedures_sentence(rule), *_small_print(rule)]
    return glue(" ".join(part for part in parts if part))


def _threshold_sentence(rule: Rule, year: int) -> str:
    threshold = share_text(rule.threshold or (30, 100))
    branches = [_branch_words(branch, rule, year) for branch in rule.branches]
    start = f"В список {year}{NBSP}года входит школа, в которой не менее {threshold} участников не достигли минимума"
    if len(branches) == 1:
        return f"{start} {branches[0]}."
    if rule.enough == 1:
        return f"{start}: {', или '.join(branches)}."
    if rule.enough == len(branches):
        return f"{start}: {', и при этом '.join(branches)}."
    need = f"верно не менее {genitive(rule.enough)} условий из {genitive(len(branches))}"
    return f"{start}, и {need}: {'; '.join(branches)}."


def _branch_words(branch: Branch, rule: Rule, year: int) -> str:
    total = procedure_total(rule)
    of_total = f" из {genitive(total)}" if total and total > 1 else ""
    both = ", ".join(f"и{NBSP}в{NBSP}{past}" for past in range(year - branch.span + 1, year + 1)) + f"{NBSP}году"
    match branch.kind:
        case "at_least_in_year" if branch.n == 1:
            return f"хотя бы по одной процедуре{of_total} в{NBSP}{year}{NBSP}году"
        case "at_least_in_year":
            return f"по {dative(branch.n)} и более процедурам{of_total} в{NBSP}{year}{NBSP}году"
        case "each_of_two_years_any" | "each_of_years_any" if branch.n == 1:
            return f"хотя бы по одной процедуре, любой, {both}"
        case "each_of_two_years_any" | "each_of_years_any":
            return f"по {dative(branch.n)} и более процедурам, любым, {both}"
        case "same_in_both_years" | "same_in_years" if branch.n == 1:
            return f"по одной и той же процедуре {both}"
        case "same_in_both_years" | "same_in_years":
            return f"по {dative(branch.n)} и более процедурам, одним и тем же, {both}"
        case _:
            return branch.label


def _procedures_sentence(rule: Rule) -> str:
    return f"Учитываются: {'; '.join(group.label for group in rule.procedures)}."


def _small_print(rule: Rule) -> list[str]:
    parts = []
    if any((group.procedure, group.subject) == EGE_MATH for group in rule.procedures):
        parts.append(
            "ЕГЭ по математике базового и профильного уровня — одна процедура, числа участников складываются."
            if rule.egemath == "one"
            else "ЕГЭ по математике базового и профильного уровня — две разные процедуры."
        )
    if rule.min_participants > 1:
        parts.append(f"Группы, в которых меньше {of_participants(rule.min_participants)}, порога не достигают.")
    else:
        parts.append("Наименьшее число участников не установлено.")
    return parts


def _criteria_sentence(rule: Rule, year: int) -> str:
    total = len(rule.branches)
    if total == 1:
        need = "выполнен критерий"
    elif rule.enough == total:
        need = f"выполнены все критерии, их {total}"
    elif rule.enough == 1:
        need = f"выполнен хотя бы один критерий из {genitive(total, masculine=True)}"
    else:
        need = f"выполнено не менее {genitive(rule.enough, masculine=True)} критериев из {genitive(total)}"
    labels = "; ".join(branch.label for branch in rule.branches)
    return f"В список {year}{NBSP}года входит школа, для которой {need}: {labels}."


def _span_sentence(rule: Rule, year: int) -> str:
    parts = []
    depth = max((branch.years for branch in rule.branches if branch.kind == "lowest_share"), default=0)
    if depth:
        span = f"{year - depth + 1}–{year}{NBSP}годы" if depth > 1 else f"{year}{NBSP}год"
        parts.append(f"Результаты всех работ складываются за {span}; школы стоят по доле участников ниже минимума.")
    parts.append("Критерий, для которого нет данных, не учитывается и показывается как «нет данных».")
    return " ".join(parts)
