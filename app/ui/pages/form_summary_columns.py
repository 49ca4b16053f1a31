"""Columns of the summary of a form: who has how many points, what each item amounts to."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from app.analysis.form_summary import ItemFigure
from app.operations.form_states import STATE_TONES, STATE_WORDS
from app.operations.form_summary import SilentLine, SubjectLine, Summary
from app.operations.form_summary_papers import mean_told, place
from app.reports.form_summary import decimal
from app.texts import NBSP, percent, school_year
from app.ui.item_models.table_model import Column
from app.ui.theme import Kind

TONES: dict[str, Kind] = {"ok": "ok", "warn": "warn", "bad": "bad", "plain": "none"}


@dataclass(frozen=True, slots=True)
class WhoRow:
    """One subject, answered or silent."""

    line: SubjectLine | SilentLine

    @property
    def case_id(self) -> int:
        """The case that opens."""
        return self.line.case_id

    @property
    def school_id(self) -> int | None:
        """Its school."""
        return self.line.subject.school_id

    @property
    def counts(self) -> tuple[int, int] | None:
        """Points beside their maximum."""
        result = self.line.result if isinstance(self.line, SubjectLine) else None
        if result is None or result.points is None or not result.applicable_most:
            return None
        return result.points, result.applicable_most


def _points(row: WhoRow) -> str:
    counts = row.counts
    return "" if counts is None else f"{counts[0]} из {counts[1]} · {percent(*counts)}"


def _share(row: WhoRow) -> float | None:
    counts = row.counts
    return None if counts is None else counts[0] / counts[1]


def _level(row: WhoRow) -> str:
    if isinstance(row.line, SilentLine) or row.line.respondent.level is None:
        return ""
    # the heading says «Уровень» already
    text = row.line.respondent.level.text.removesuffix(" уровень")
    return text + (f"{NBSP}*" if row.line.respondent.overruled else "")


def _level_kind(row: WhoRow) -> Kind:
    level = row.line.respondent.level if isinstance(row.line, SubjectLine) else None
    return TONES[level.tone] if level is not None else "none"


def _level_tip(row: WhoRow) -> str:
    if isinstance(row.line, SilentLine):
        return "Ответа нет: уровень неизвестен"
    if row.line.respondent.level is None:
        return "Уровень не посчитан: не на все вопросы есть ответ"
    return "Уровень назвал эксперт" if row.line.respondent.overruled else "Уровень по баллам"


def _state(row: WhoRow) -> str:
    line = row.line
    return line.word if isinstance(line, SilentLine) and line.exempt else STATE_WORDS[line.state]


def _before(row: WhoRow) -> str:
    before = row.line.before if isinstance(row.line, SubjectLine) else None
    if before is None or before.points is None:
        return ""
    return f"{before.points} из {before.applicable_most}"


def _change(row: WhoRow) -> str:
    change = row.line.change if isinstance(row.line, SubjectLine) else None
    return "" if change is None else "0" if not change else f"{change:+d}".replace("-", "−")


def who_columns(found: Summary | None) -> tuple[Column, ...]:
    """Return the columns of the subjects; last year's where there is one."""
    year = school_year(found.before_year) if found is not None and found.before_year is not None else ""
    return (
        Column("who", "Кто", lambda row: row.line.shown, 220, 3, 150, strong=True),
        Column("state", "Состояние", _state, 132, kind="chip",
               chip=lambda row: TONES[STATE_TONES[row.line.state]], sort=lambda row: row.line.state),
        Column("points", "Баллов", _points, 148, kind="number", sort=_share),
        Column("level", "Уровень", _level, 170, 1, 120, kind="chip", chip=_level_kind, sort=_share, tip=_level_tip),
        Column("before", "Год назад", _before, 84, kind="number", whole=f"Год назад, {year}" if year else "",
               tip=lambda row: f"За {year} учебный год" if year and _before(row) else "Сравнить не с чем"),
        Column("change", "Разница", _change, 76, kind="number",
               sort=lambda row: row.line.change if isinstance(row.line, SubjectLine) else None),
    )  # fmt: skip


# --- items --------------------------------------------------------------------------------------------------------


def _mean(one: ItemFigure) -> str:
    value = decimal(one.mean.value)
    return "" if value is None else value + (f"{NBSP}*" if one.small else "")


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _tallies(one: ItemFigure) -> str:
    if one.total is not None:
        return f"всего {one.total}"
    return "; ".join(f"{tally.text} — {tally.number}" for tally in one.tallies)


def _item_before(one: ItemFigure) -> str:
    if one.before is None:
        return ""
    return (decimal(one.before.mean.value) or "") + (f"{NBSP}**" if one.before.changed else "")


ITEMS: tuple[Column, ...] = (
    Column("number", "№", lambda one: place(one.item), 52, strong=True),
    Column("text", "Показатель", lambda one: " ".join(one.item.text.split()), 260, 3, 170,
           tip=lambda one: one.item.text.strip()),
    Column("points", "Баллов", lambda one: mean_told(one.mean).replace(", ", " · "), 148, kind="number",
           sort=lambda one: _float(one.mean.share)),
    Column("mean", "Средний", _mean, 78, kind="number", sort=lambda one: _float(one.mean.value), whole="Средний балл",
           tip=lambda one: "Мало ответов: одна школа заметно меняет среднее" if one.small else ""),
    Column("answered", "Ответов", lambda one: str(one.answered), 76, kind="number", sort=lambda one: one.answered),
    Column("tallies", "Как ответили", _tallies, 190, 2, 140, tip=_tallies),
    Column("skipped", "Не прим.", lambda one: str(one.not_applicable or ""), 78, kind="number", whole="Не применимо",
           sort=lambda one: one.not_applicable),
    Column("missing", "Нет ответа", lambda one: str(one.missing or ""), 92, kind="number",
           sort=lambda one: one.missing),
    Column("before", "Было", _item_before, 64, kind="number", whole="Средний балл год назад",
           tip=lambda one: "Вопрос или баллы были другими" if one.before is not None and one.before.changed else ""),
    Column("change", "Разница", lambda one: decimal(one.change, signed=True) or "", 76, kind="number",
           sort=lambda one: _float(one.change)),
)  # fmt: skip
