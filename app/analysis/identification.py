"""Which schools a rule lists, by which branch and by which fractions (domain §3.1, decisions 11-12).

A school without senior grades has no ЕГЭ for ever; under decision 11 it is still ``incomplete`` when it is not listed:
the data are missing, and the program does not guess why. ``missing_matters`` tells whether they could change anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from app.analysis.intervals import sample_mark
from app.analysis.rule_model import Rule
from app.analysis.verdicts import (
    VERDICTS,
    EdgeStep,
    GapFraction,
    IndexPlace,
    LeaveStep,
    MetricFraction,
    Missing,
    QualityFraction,
    Ranking,
    ResultFraction,
    SchoolVerdict,
    Verdict,
    VerdictCounts,
)

if TYPE_CHECKING:
    import pandas as pd

    from app.analysis.columns import Columns, Metrics, Source
    from app.analysis.criteria import Indices

__all__ = [
    "EdgeStep",
    "GapFraction",
    "Identification",
    "IndexPlace",
    "LeaveStep",
    "MetricFraction",
    "Missing",
    "QualityFraction",
    "Ranking",
    "ResultFraction",
    "SchoolVerdict",
    "Verdict",
    "VerdictCounts",
    "identify",
]


class Identification:
    """The answer of one rule for one year: columns at once, one school's figures on demand.

    Attributes:
        rule: the rule it was made by.
        year: the result year.
        school_ids: the schools in the order they were asked for.
        columns: verdict codes, flags and true branches as arrays, index by index as ``school_ids``.
    """

    def __init__(self, rule: Rule, year: int, school_ids: Sequence[int], source: Source) -> None:
        self.rule = rule
        self.year = year
        self.school_ids = tuple(school_ids)
        self.columns: Columns = source.columns
        self._source = source
        from app.analysis.pending import PendingVerdict  # numpy comes with it

        self._pending = PendingVerdict

    @cached_property
    def _index(self) -> dict[int, int]:
        return {school_id: index for index, school_id in enumerate(self.school_ids)}

    def __len__(self) -> int:
        return len(self.school_ids)

    @property
    def source(self) -> Source:
        """Return the computed rule with the counts of all schools, for those that ask «what if»."""
        return self._source

    def verdict(self, school_id: int) -> SchoolVerdict:
        """Return the answer for one school; KeyError for one that was not asked about."""
        return self._at(self._index[school_id])

    def rows(self) -> Iterator[SchoolVerdict]:
        """Return the answers in the order of ``school_ids``, each made when it is reached."""
        return (self._at(index) for index in range(len(self.school_ids)))

    def listed_ids(self) -> tuple[int, ...]:
        """Return the listed schools without making their figures."""
        listed = VERDICTS.index("listed")
        codes = self.columns.verdict.tolist()
        return tuple(school for school, code in zip(self.school_ids, codes, strict=True) if code == listed)

    def counts(self) -> VerdictCounts:
        """Return how many schools got which answer."""
        columns = self.columns
        by_code = [int((columns.verdict == code).sum()) for code in range(len(VERDICTS))]
        listed = columns.verdict == VERDICTS.index("listed")
        return VerdictCounts(
            listed=by_code[VERDICTS.index("listed")],
            not_listed=by_code[VERDICTS.index("not_listed")],
            no_data=by_code[VERDICTS.index("no_data")],
            edge=int(columns.edge.sum()),
            incomplete=int(columns.incomplete.sum()),
            branches={
                branch.id: int((columns.truth[:, number] & listed).sum())
                for number, branch in enumerate(self.rule.branches)
            },
        )

    def _at(self, index: int) -> SchoolVerdict:
        columns = self.columns
        verdict = VERDICTS[int(columns.verdict[index])]
        truth = columns.truth[index].tolist()
        unknown = columns.unknown[index].tolist()
        true = tuple(branch.id for branch, holds in zip(self.rule.branches, truth, strict=True) if holds)
        ready: dict[str, Any] = {
            "school_id": self.school_ids[index],
            "verdict": verdict,
            "branches": true if verdict == "listed" else (),
            "edge": bool(columns.edge[index]),
            "incomplete": bool(columns.incomplete[index]),
            "sample": sample_mark(int(columns.smallest[index])),
            "true_branches": true,
            "unknown_branches": tuple(
                branch.id for branch, open_ in zip(self.rule.branches, unknown, strict=True) if open_
            ),
            "missing_matters": bool(columns.missing_matters[index]),
            "rounding_matters": bool(columns.rounding_matters[index]),
        }
        return self._pending(self._source, index, ready)


def identify(
    frame: pd.DataFrame,
    rule: Rule,
    year: int,
    school_ids: Sequence[int],
    metrics: Metrics | None = None,
    indices: Indices | None = None,
    areas: Mapping[str, pd.DataFrame] | None = None,
) -> Identification:
    """Answer for every school whether the rule lists it in a year.

    Whole numbers decide: ``below·100 ≥ 30·participants``, so 8 of 27 is not 30 % and 3 of 10 is. A row with no
    participants or with an unknown number below minimum is no data. Base and profile ЕГЭ maths are added up unless the
    rule says «two»; a row without a level is left out where rows with levels stand beside it, being their total.

    Args:
        frame: one row a school, assessment and year; columns school_id, procedure, subject, level, grade, year,
            participants, below_min, m4, m5, restored, autumn: whole numbers and categories, level, grade, below_min,
            m4 and m5 may be empty. Results of autumn 2020 belong to result year 2020 as they stand (decision 1).
        rule: the rule.
        year: the result year («ВПР 2026» is 2026); the rule looks at the years before by itself.
        school_ids: the schools to answer for, in the order of the answer, none twice. A rule that compares schools
            compares these and no others.
        metrics: values of «metric:<id>» criteria as two whole numbers, by id and school.
        indices: values of «index:<id>» criteria, by id and school.
        areas: results of the region and of the municipality, a frame each («region», «municipality»), shaped as
            ``frame`` with the id of the area in ``school_id``. Rules that compare means need ``MEANS`` in all frames.

    Raises:
        ValueError: a school stands in ``school_ids`` twice (a bug of the caller).
    """
    import numpy as np

    from app.analysis.criteria import Given, gaps_of
    from app.analysis.ranking import RankingRule
    from app.analysis.threshold import ThresholdRule

    ids = np.asarray(school_ids, dtype=np.int64)
    given = Given(metrics or {}, indices or {}, areas or {})
    source: Source
    if rule.by_procedures:
        cells, gaps = gaps_of(rule, frame, year, school_ids, given)
        source = ThresholdRule(rule, cells, ids, given, gaps)
    else:
        source = RankingRule(rule, frame, year, ids, given)
    return Identification(rule, year, school_ids, source)
