"""Frames and rules made by hand for the tests of analysis."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from app.analysis.identification import Identification, identify
from app.analysis.rules import Rule, load_shipped
from app.analysis.verdicts import SchoolVerdict

MATH, RUS = "Математика", "Русский язык"
V_MATH_5, V_MATH_6 = ("ВПР", MATH, None, 5), ("ВПР", MATH, None, 6)
V_RUS_5, V_RUS_6 = ("ВПР", RUS, None, 5), ("ВПР", RUS, None, 6)
O_MATH, O_RUS = ("ОГЭ", MATH, None, 9), ("ОГЭ", RUS, None, 9)
E_BASE, E_PROFILE, E_RUS = ("ЕГЭ", MATH, "base", 11), ("ЕГЭ", MATH, "profile", 11), ("ЕГЭ", RUS, None, 11)

Work = tuple[str, str, str | None, int | None]


@dataclass(frozen=True)
class Row:
    """One stored count."""

    school: int
    work: Work
    year: int
    below: int | None
    participants: int
    m4: int | None = None
    m5: int | None = None
    restored: int = 0
    autumn: int = 0


def row(work: Work, year: int, below: int | None, participants: int, school: int = 1, **more: int) -> Row:
    return Row(school, work, year, below, participants, **more)


def frame(rows: Iterable[Row]) -> pd.DataFrame:
    """Make the frame as ``models.frames`` does: categories and nullable whole numbers."""
    found = list(rows)
    return pd.DataFrame(
        {
            "school_id": pd.array([item.school for item in found], dtype="int64"),
            "procedure": pd.Categorical([item.work[0] for item in found]),
            "subject": pd.Categorical([item.work[1] for item in found]),
            "level": pd.Categorical([item.work[2] for item in found], categories=["base", "profile"]),
            "grade": pd.array([item.work[3] for item in found], dtype="Int64"),
            "year": pd.array([item.year for item in found], dtype="int64"),
            "participants": pd.array([item.participants for item in found], dtype="int64"),
            "below_min": pd.array([item.below for item in found], dtype="Int64"),
            "m4": pd.array([item.m4 for item in found], dtype="Int64"),
            "m5": pd.array([item.m5 for item in found], dtype="Int64"),
            "restored": pd.array([item.restored for item in found], dtype="int64"),
            "autumn": pd.array([item.autumn for item in found], dtype="int64"),
        }
    )


def answers(rows: Iterable[Row], rule: str | Rule, year: int = 2026, schools: Sequence[int] = (1,)) -> Identification:
    chosen = load_shipped()[rule] if isinstance(rule, str) else rule
    return identify(frame(rows), chosen, year, schools)


def verdict(rows: Iterable[Row], rule: str | Rule = "rosobrnadzor-2022", year: int = 2026) -> SchoolVerdict:
    """Answer for the one school with id 1."""
    return answers(rows, rule, year).verdict(1)


def changed(rule: str, **fields: object) -> Rule:
    """Return a shipped rule with other parameters."""
    return replace(load_shipped()[rule], **fields)  # type: ignore[arg-type]
