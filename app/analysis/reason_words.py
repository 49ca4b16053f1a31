"""Words of figures that the sentences about one school are made of."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from app.analysis.numerals import by_procedures, of_all
from app.analysis.rule_model import Branch
from app.analysis.rule_wording import points_text, share_text, whose
from app.analysis.verdicts import GapFraction, IndexPlace, MetricFraction, ResultFraction, SchoolVerdict
from app.models.metric_cells import exact_text, shown
from app.texts import NBSP, capital, percent, plural

Run = tuple[ResultFraction, ...]
"""One procedure in years running, the year itself first."""


def fraction_text(fraction: ResultFraction) -> str:
    """Return «12 из 31 (38,7 %)»."""
    return f"{of_all(fraction.below, fraction.participants)} ({percent(fraction.below, fraction.participants)})"


def named(fractions: Sequence[ResultFraction]) -> str:
    """Return «ВПР математика, 6 кл. — 12 из 31 (38,7 %); …»."""
    return "; ".join(f"{item.label}{NBSP}— {fraction_text(item)}" for item in fractions)


def then(fraction: ResultFraction) -> str:
    """Return «12 из 31 (38,7 %) в 2026 году»."""
    return f"{fraction_text(fraction)} {in_year(fraction.year)}"


def in_year(year: int) -> str:
    """Return «в 2026 году»."""
    return f"в{NBSP}{year}{NBSP}году"


def span_text(years: tuple[int, ...]) -> str:
    """Return «2026 год», «2025 и 2026 годы», «2024–2026 годы» of years that run backwards."""
    if len(years) == 1:
        return f"{years[0]}{NBSP}год"
    joint = f"{NBSP}и{NBSP}" if len(years) == 2 else "–"
    return f"{years[-1]}{joint}{years[0]}{NBSP}годы"


def sentence(text: str) -> str:
    """Begin with a capital and end with one full stop, also after «5 кл.»."""
    return capital(text) + ("" if text.endswith(".") else ".")


def runs(verdict: SchoolVerdict, year: int, span: int) -> list[Run]:
    """Return the procedures that reached the threshold in each of the last ``span`` years."""
    by_age = [
        {(item.procedure, item.subject, item.level, item.grade): item for item in verdict.hits(year - age)}
        for age in range(span)
    ]
    return [tuple(age[key] for age in by_age) for key in by_age[0] if all(key in age for age in by_age)]


def runs_text(found: Sequence[Run]) -> str:
    """Return «ОГЭ математика — 3 из 10 (30,0 %) в 2025 году и 4 из 10 (40,0 %) в 2026 году»."""
    words = []
    for run in found:
        *first, last = [then(item) for item in reversed(run)]
        words.append(f"{run[0].label}{NBSP}— {', '.join(first)} и {last}")
    return "; ".join(words)


def decimal_text(value: Fraction, digits: int = 2) -> str:
    """Return «3,45» or «−0,50», rounded half away from zero."""
    step = 10**digits
    rounded = (abs(value) * step * 2 + 1) // 2
    whole, rest = divmod(int(rounded), step)
    sign = "\u2212" if value < 0 and rounded else ""
    return f"{sign}{whole},{rest:0{digits}d}"


# --- the gap to the region ---------------------------------------------------------------------------------------


def gaps_of(branch: Branch, verdict: SchoolVerdict) -> tuple[list[GapFraction], list[GapFraction]]:
    """Return what one branch compared, and those of them that are behind."""
    found = [item for item in verdict.gaps if item.branch == branch.id]
    return found, [item for item in found if item.hit]


def gap_name(branch: Branch) -> str:
    """Return «доля ниже минимума больше, чем по региону, на 10 п. п. и более»."""
    bound = points_text(branch.bound or (0, 1))
    if branch.measure == "mean":
        return f"средний балл ниже, чем {whose(branch)}, на {bound} и более"
    return f"доля ниже минимума больше, чем {whose(branch)}, на {bound}{NBSP}п.{NBSP}п. и более"


def gap_text(branch: Branch, item: GapFraction) -> str:
    """Return «ОГЭ математика — 12 из 30 (40,0 %), по региону 20,0 %»."""
    if item.measure == "mean":
        own, area = Fraction(item.part, item.whole), Fraction(item.area_part, item.area_whole)
        return f"{item.label}{NBSP}— {decimal_text(own)}, {whose(branch)} {decimal_text(area)}"
    own_share = f"{of_all(item.part, item.whole)} ({percent(item.part, item.whole)})"
    return f"{item.label}{NBSP}— {own_share}, {whose(branch)} {percent(item.area_part, item.area_whole)}"


def gap_clause(branch: Branch, verdict: SchoolVerdict) -> str:
    """Return why a gap branch is true, in a clause."""
    low = gaps_of(branch, verdict)[1]
    words = "; ".join(gap_text(branch, item) for item in low)
    return f"{gap_name(branch)}, по {by_procedures(len(low))} (для списка хватает {branch.n}): {words}"


def gap_false(branch: Branch, verdict: SchoolVerdict) -> str:
    """Return why a gap branch is not true; "" where there was nothing to compare."""
    found, low = gaps_of(branch, verdict)
    if not found:
        return f"сравнить с результатами {_of_whom(branch)} не по чему"
    if not low:
        return f"нет процедуры, по которой {gap_name(branch)}"
    return f"{gap_name(branch)}, только по {by_procedures(len(low))}, нужно {branch.n}"


def gap_sentence(branch: Branch, verdict: SchoolVerdict) -> str:
    """Return the text of a gap branch with all its figures; "" where nothing was compared."""
    found = gaps_of(branch, verdict)[0]
    if not found:
        return ""
    words = "; ".join(gap_text(branch, item) + (" (отстаёт)" if item.hit else "") for item in found)
    return f"{sentence(words)} Нужно процедур с отставанием: {branch.n}."


def gap_mark(item: GapFraction) -> str:
    """Return «отстаёт на 20,0 п. п.», the last cell of the table."""
    gap = Fraction(item.part, item.whole) - Fraction(item.area_part, item.area_whole)
    if item.measure == "mean":
        return f"средний балл ниже на {decimal_text(-gap)}"
    return f"хуже на {decimal_text(gap * 100, 1)}{NBSP}п.{NBSP}п."


def _of_whom(branch: Branch) -> str:
    return "региона" if branch.against == "region" else "муниципалитета"


# --- indices and metrics -----------------------------------------------------------------------------------------


def index_text(place: IndexPlace) -> str:
    """Return «место 2 из 12, считая от самых низких (значение −0,85; граница — место 3, −0,31)»."""
    own, border = (decimal_text(Fraction(Decimal(text))) for text in (place.value, place.border))
    return (
        f"место {place.place} из {place.schools}, считая от самых низких "
        f"(значение {own}; граница{NBSP}— место {place.taken}, {border})"
    )


def metric_text(branch: Branch, verdict: SchoolVerdict) -> str:
    """Return the value that a criterion compared: «12 из 25 (48,0 %)»; "" where there is none."""
    found = [item for item in verdict.metrics if item.branch == branch.id]
    if not found:
        return ""
    item = found[0]
    if branch.kind == "flag":
        return "да" if item.part else "нет"
    if branch.kind == "metric_gap":
        if len(found) < 2:
            return f"по отметке «{'да' if item.hit else 'нет'}», самих чисел нет"
        return f"{amount_text(item)}, в среднем по региону {amount_text(found[1])}"
    text = amount_text(item)
    if branch.kind == "quality_at_most":
        text = f"{low_quality(branch)} в {monitorings(item.part // item.whole)}, нужно {branch.n}"
    if item.years < branch.years:
        years = f"{branch.years}{NBSP}{plural(branch.years, 'года', 'лет', 'лет')}"
        text += f"; данные есть за {item.years} из {years}"
    return text


def amount_text(item: MetricFraction) -> str:
    """Return the value of a metric as a person reads it."""
    match item.basis:
        case "counts":
            return f"{of_all(item.part, item.whole)} ({percent(item.part, item.whole)})"
        case "percent":
            return shown("share", None, None, exact_text(Decimal(item.part * 100) / item.whole))
        case _:
            return shown("number", None, None, exact_text(Decimal(item.part) / item.whole))


def low_quality(branch: Branch) -> str:
    """Return «качество знаний 40 % и ниже»."""
    return f"качество знаний {share_text(branch.bound or (0, 1))} и ниже"


def monitorings(n: int) -> str:
    """Return «1 региональном мониторинге», «2 региональных мониторингах»: what stands after «в»."""
    single = n % 10 == 1 and n % 100 != 11
    return f"{n}{NBSP}{'региональном мониторинге' if single else 'региональных мониторингах'}"
