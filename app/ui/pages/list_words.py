"""How the answers of a list are said in a table: short words, chips, orders. No Qt."""

from __future__ import annotations

import re

from app.operations.identification import ListRow
from app.texts import DASH, NBSP, percent
from app.ui.theme import Kind

_GRADE = re.compile(r",\s(\d+)\sкл\.")
SAMPLE_CHIPS: dict[str, tuple[Kind, str]] = {
    "<10": ("warn", "< 10"),
    "10-19": ("warn", "10–19"),
    "20-49": ("none", "20–49"),
    ">=50": ("none", "≥ 50"),
}


def answer_of(row: ListRow) -> tuple[Kind, str]:
    """Return the chip of the answer; a correction says so."""
    if row.correction is not None:
        return ("bad", "в списке") if row.listed else ("ok", "не в списке")
    if row.verdict.verdict == "no_data":
        return "none", "нет данных"
    if row.listed:
        return "bad", "в списке"
    return ("warn", "на грани") if row.verdict.edge else ("ok", "не в списке")


def answer_order(row: ListRow) -> tuple[int, str]:
    """Order of answers: the list, the edge, the others, no data."""
    kind, word = answer_of(row)
    return ("bad", "warn", "ok", "none", "info").index(kind), word


def hits_text(row: ListRow, year: int) -> str:
    """Return «2 из 8»: procedures of the year at or above the threshold, of those with data."""
    hits, known = row.verdict.counted(year)
    ranking = None if hits else row.verdict.ranking
    if ranking is not None:
        return f"{ranking.place}{NBSP}из{NBSP}{ranking.schools}"
    return f"{hits}{NBSP}из{NBSP}{known}" if known else DASH


def short_label(label: str) -> str:
    """Return «ВПР русский 6» of «ВПР русский язык, 6 кл.»: short enough for a table, the whole is in the tooltip."""
    return _GRADE.sub(rf"{NBSP}\1", label).replace("русский язык", "русский")


def worst_text(row: ListRow) -> str:
    """Return «ВПР русский 6: 12 из 31»."""
    worst = row.verdict.worst
    return DASH if worst is None else f"{short_label(worst.label)}: {worst.below}{NBSP}из{NBSP}{worst.participants}"


def worst_tip(row: ListRow) -> str:
    """Name the worst procedure in full."""
    worst = row.verdict.worst
    return "" if worst is None else f"Самая высокая доля за год: {worst.label}"


def note_of(row: ListRow) -> str:
    """Return what is special about a school: against the year before, the edge, a correction, missing data."""
    parts = [row.change]
    if row.correction is not None:
        parts.append("поправка")
    elif row.verdict.edge and row.listed:
        parts.append("на грани")
    if row.verdict.missing_matters and row.correction is None:
        parts.append("данные неполные")
    return ", ".join(part for part in parts if part)


def share_text(row: ListRow) -> str:
    """Return the worst share of the year: «38,7 %»."""
    worst = row.verdict.worst
    return DASH if worst is None else percent(worst.below, worst.participants)


def share_key(row: ListRow) -> float | None:
    """Order of shares; unknown ones come last."""
    worst = row.verdict.worst
    return worst.below / worst.participants if worst is not None and worst.participants else None


def sample_of(row: ListRow) -> tuple[Kind, str]:
    """Return the chip of the smallest group that decided."""
    return SAMPLE_CHIPS.get(row.verdict.sample or "", ("none", ""))


def answer_tip(row: ListRow) -> str:
    """Say what is special about an answer."""
    parts = []
    if row.correction is not None:
        parts.append(f"Поправка: {row.correction.reason}")
    if row.verdict.incomplete:
        parts.append(
            "Данные неполные" + (": недостающие могли бы изменить ответ" if row.verdict.missing_matters else "")
        )
    if row.verdict.edge:
        parts.append("Один участник больше или меньше изменил бы ответ")
    return "\n".join(parts)


def sample_order(row: ListRow) -> int | None:
    """Order of the marks of groups: the smallest first."""
    return {"<10": 0, "10-19": 1, "20-49": 2, ">=50": 3}.get(row.verdict.sample or "")
