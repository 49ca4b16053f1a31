"""Rules that compare schools with each other: «25 % школ с самыми низкими результатами» (000, §1.2.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.analysis.cells import Selection, select, share_key, share_shift, whole, without_totals
from app.analysis.columns import (
    LISTED,
    NOT_LISTED,
    Bools,
    Columns,
    Details,
    Ints,
    answer,
    metric_answer,
    metric_fractions,
)
from app.analysis.criteria import Gap, Given, LowestIndex, gaps_of, plain_answer
from app.analysis.rule_model import Branch, Rule
from app.analysis.verdicts import EdgeStep, QualityFraction, Ranking, ResultFraction
from app.models.records import normal_grade


class LowestShare:
    """Schools ordered by the share below minimum; ceil(share·n) of them are taken, equal shares at the border too.

    Decision 11. The order is by whole-number keys of exact fractions, so equal shares are equal.
    """

    def __init__(self, branch: Branch, below: Ints, participants: Ints, restored: Ints) -> None:
        part, of = branch.share or (1, 1)
        self.below, self.participants, self.restored = below, participants, restored
        self.known: Bools = participants > 0
        self.shift = share_shift(participants)
        self.keys = self._key(below)
        ranked = np.flatnonzero(self.known)
        by_key = np.argsort(self.keys[ranked], kind="stable")[::-1]
        self.order: Ints = ranked[by_key]
        self.ascending = self.keys[self.order][::-1]
        self.position: Ints = np.zeros(len(below), dtype=np.int64)
        self.position[self.order] = np.arange(len(self.order))
        self.taken = -(-part * len(ranked) // of)
        self.truth = self.in_share(below)

    def _key(self, below: Ints) -> npt.NDArray[Any]:
        return share_key(np.where(self.known, below, 0), self.participants, self.shift)

    def in_share(self, below: Ints) -> Bools:
        """Return who would be taken, were each school alone to have another count below minimum."""
        keys = self._key(below)
        above = len(self.ascending) - np.searchsorted(self.ascending, keys, side="right")
        above = above - (self.keys > keys).astype(np.int64)
        taken: Bools = self.known & (above < self.taken)
        return taken

    def place(self, index: int, *, listed: bool) -> Ranking | None:
        """Return the place of one school with the border."""
        if not self.known[index]:
            return None
        above = len(self.ascending) - int(np.searchsorted(self.ascending, self.keys[index], side="right"))
        border = int(self.order[self.taken - 1])
        return Ranking(
            below=int(self.below[index]),
            participants=int(self.participants[index]),
            place=above + 1,
            schools=len(self.order),
            taken=self.taken,
            border_below=int(self.below[border]),
            border_participants=int(self.participants[border]),
            fewer=self._fewer(index) if listed and self.truth[index] else None,
        )

    def _fewer(self, index: int) -> int | None:
        """Return how many fewer below minimum put the school under as many others as are taken."""
        first_taken = int(self.position[index]) < self.taken
        if first_taken and len(self.order) <= self.taken:
            return None
        last = int(self.order[self.taken if first_taken else self.taken - 1])
        below, participants = int(self.below[last]), int(self.participants[last])
        if below == 0:
            return None
        allowed = (below * int(self.participants[index]) - 1) // participants
        return int(self.below[index]) - allowed


class RankingRule:
    """A rule of comparison, of monitorings, of metrics and indices, computed for all schools at once.

    Args:
        rule: a rule without threshold branches.
        frame: the results; m4 and m5 are read only where a branch looks at quality.
        year: the result year asked for.
        school_ids: the schools in the order of the answer.
        given: values of metrics and indices, results of the region.
    """

    columns: Columns

    def __init__(self, rule: Rule, frame: pd.DataFrame, year: int, school_ids: Ints, given: Given) -> None:
        self.rule = rule
        self.year = year
        self.school_ids, self.metrics = school_ids, given.metrics
        self.gaps: dict[int, Gap] = {}
        if any(branch.kind == "region_gap" for branch in rule.branches):
            self.gaps = gaps_of(rule, frame, year, school_ids.tolist(), given)[1]
        self.indices: list[LowestIndex] = []
        self.lowest: LowestShare | None = None
        self.rows: _Rows | None = None
        self.quality: list[tuple[int, _Quality]] = []
        count = len(school_ids)
        truth = np.zeros((count, len(rule.branches)), dtype=np.bool_)
        known = np.zeros_like(truth)
        chosen = select(frame, rule.years(year), school_ids.tolist())
        for number, branch in enumerate(rule.branches):
            if branch.kind == "lowest_share":
                self.rows = _Rows(frame, _of_kinds(chosen, branch))
                self.lowest = LowestShare(branch, *self.rows.totals(count))
                truth[:, number], known[:, number] = self.lowest.truth, self.lowest.known
            elif branch.kind == "quality_at_most":
                quality = _Quality(frame, _of_kinds(chosen, branch), branch)
                self.quality.append((number, quality))
                truth[:, number], known[:, number] = quality.answer(count)
                if branch.metric:
                    # a count of low monitorings speaks only where the monitorings themselves are not loaded
                    low, told = metric_answer(branch, school_ids, given.metrics)
                    truth[:, number] |= low & ~known[:, number]
                    known[:, number] |= told
            elif branch.kind == "index":
                index = LowestIndex(branch, school_ids, given.indices)
                self.indices.append(index)
                truth[:, number], known[:, number] = index.truth, index.known
            elif number in self.gaps:
                gap = self.gaps[number]
                truth[:, number] = gap.truth
                known[:, number] = gap.truth | ~gap.possible
            else:
                truth[:, number], known[:, number] = plain_answer(branch, school_ids, given)
        self.columns = self._columns(truth, known)

    def _columns(self, truth: Bools, known: Bools) -> Columns:
        verdict = answer(self.rule, truth, np.asarray(known.any(axis=1)))
        listed = verdict == LISTED
        incomplete = (verdict == NOT_LISTED) & (~known).any(axis=1)
        could = (truth | ~known).sum(axis=1) >= self.rule.enough
        return Columns(
            verdict=verdict,
            truth=truth,
            unknown=~known,
            edge=self._moved(truth, listed, 1),
            incomplete=incomplete,
            missing_matters=incomplete & could,
            rounding_matters=self._moved(truth, listed, None),
            smallest=self._smallest(truth, listed),
        )

    def _moved(self, truth: Bools, listed: Bools, change: int | None) -> Bools:
        """Mark schools whose answer another count of their own would change: by ``change``, or by restored counts."""
        lowest = self.lowest
        if lowest is None:
            return np.zeros(len(listed), dtype=np.bool_)
        slack = lowest.restored if change is None else np.full_like(lowest.below, change)
        moved = np.zeros(len(listed), dtype=np.bool_)
        number = next(i for i, branch in enumerate(self.rule.branches) if branch.kind == "lowest_share")
        for below in (np.maximum(lowest.below - slack, 0), np.minimum(lowest.below + slack, lowest.participants)):
            other = truth.copy()
            other[:, number] = lowest.in_share(below)
            moved |= lowest.known & ((other.sum(axis=1) >= self.rule.enough) != listed)
        return moved

    def _smallest(self, truth: Bools, listed: Bools) -> Ints:
        none = np.iinfo(np.int64).max
        smallest = np.full(len(listed), none, dtype=np.int64)
        if self.lowest is not None:
            number = next(i for i, branch in enumerate(self.rule.branches) if branch.kind == "lowest_share")
            counts = self.lowest.known & (~listed | truth[:, number])
            smallest[counts] = self.lowest.participants[counts]
        for number, quality in self.quality:
            size = quality.smallest(len(listed))
            counts = listed & truth[:, number]
            smallest[counts] = np.minimum(smallest, size)[counts]
        return np.where(smallest == none, 0, smallest)

    def _decided(self, index: int) -> bool:
        """Tell whether the sum of the school's works put it into the list."""
        listed = bool(self.columns.verdict[index] == LISTED)
        return listed and self.lowest is not None and bool(self.lowest.truth[index])

    def fractions(self, index: int) -> tuple[ResultFraction, ...]:
        """Return what one school's sum was made of."""
        return () if self.rows is None else self.rows.fractions(index, decided=self._decided(index))

    def worst(self, index: int) -> ResultFraction | None:
        """Return the largest share of the year."""
        return None if self.rows is None else self.rows.worst(index, decided=self._decided(index))

    def counted(self, index: int, year: int) -> tuple[int, int] | None:
        """Return hits and known works of the year itself: all of them decided, or none."""
        if year != self.year:
            return None
        known = 0 if self.rows is None else self.rows.known_of_year[index]
        return known if self._decided(index) else 0, known

    def ranking(self, index: int) -> Ranking | None:
        """Return the place of one school."""
        listed = bool(self.columns.verdict[index] == LISTED)
        return None if self.lowest is None else self.lowest.place(index, listed=listed)

    def details(self, index: int) -> Details:
        """Return what stands beside the fractions of one school."""
        listed = bool(self.columns.verdict[index] == LISTED)
        steps: tuple[EdgeStep, ...] = ()
        if self.columns.edge[index]:
            steps = (EdgeStep(None, -1 if listed else 1),)
        school_id = int(self.school_ids[index])
        places = (lowest.place(school_id) for lowest in self.indices)
        return Details(
            gaps=tuple(item for gap in self.gaps.values() for item in gap.fractions(index)),
            indices=tuple(place for place in places if place is not None),
            edge_steps=steps,
            quality=tuple(item for _, quality in self.quality for item in quality.fractions(index)),
            metrics=metric_fractions(self.rule, school_id, self.metrics),
        )


def _of_kinds(chosen: Selection, branch: Branch) -> Selection:
    """Return the rows of a branch's kinds of procedures and years, totals beside base and profile left out."""
    procedures, _, levels, grades = chosen.names
    wanted = np.array([name in branch.kinds for name in procedures], dtype=np.bool_)
    span = chosen.size // max(1, len(procedures))
    if not span:
        return chosen
    mine = chosen.only(wanted[chosen.kind // span] & (chosen.age < branch.years))
    rest, grade = np.divmod(mine.kind, len(grades) + 1)
    subject, level = np.divmod(rest, len(levels) + 1)
    return mine.only(without_totals(mine, subject * (len(grades) + 1) + grade, level > 0))


def _slices(chosen: Selection) -> tuple[Ints, Ints]:
    """Return an order of the rows by school, and where each school begins in it (one more at the end)."""
    order = np.argsort(chosen.place, kind="stable")
    return order, np.searchsorted(chosen.place[order], np.arange(chosen.schools + 1))


class _Rows:
    """Rows with known counts, put together by school so that one school's rows are a slice."""

    def __init__(self, frame: pd.DataFrame, chosen: Selection) -> None:
        participants = whole(frame["participants"], 0)[chosen.row]
        below = whole(frame["below_min"], -1)[chosen.row]
        known = (participants > 0) & (below >= 0)
        self.chosen = chosen.only(known)
        self.works: dict[int, tuple[str, str, str | None, int | None]] = {}
        self.participants, self.below = participants[known], below[known]
        self.restored = whole(frame["restored"], 0)[self.chosen.row]
        self.by_school, self.starts = _slices(self.chosen)

    def totals(self, count: int) -> tuple[Ints, Ints, Ints]:
        """Return below, participants and restored rows summed by school."""
        sums = []
        for part in (self.below, self.participants, self.restored):
            total = np.zeros(count, dtype=np.int64)
            np.add.at(total, self.chosen.place, part)
            sums.append(total)
        return sums[0], sums[1], sums[2]

    def fractions(self, index: int, *, decided: bool) -> tuple[ResultFraction, ...]:
        """Return what one school's sum was made of: newest year first, then by procedure, subject, grade."""
        rows = self.by_school[self.starts[index] : self.starts[index + 1]]
        found: dict[tuple[int, int], list[int]] = {}
        for row in rows.tolist():
            found.setdefault((int(self.chosen.age[row]), int(self.chosen.kind[row])), []).append(row)
        return tuple(sorted((self._sum(works, decided=decided) for works in found.values()), key=_order))

    @cached_property
    def _year(self) -> tuple[Ints, Ints]:
        """Return school and code of each work of the year itself."""
        mine = self.chosen.only(self.chosen.age == 0)
        if not mine.size:
            return mine.place, mine.kind
        place, kind = np.divmod(np.unique(mine.place * mine.size + mine.kind), mine.size)
        return place, kind

    @cached_property
    def known_of_year(self) -> list[int]:
        """Return how many works of the year itself each school has."""
        counts: list[int] = np.bincount(self._year[0], minlength=self.chosen.schools).tolist()
        return counts

    @cached_property
    def _worst(self) -> dict[int, list[int]]:
        """Return by school the rows of its work with the largest share of the year: one, or two where it has a twin.

        Equal shares of equal groups: the first in the order of ``_order`` is taken, as ``worst_of`` does.
        """
        chosen = self.chosen
        ours = np.flatnonzero(chosen.age == 0)
        if not len(ours):
            return {}
        key, work = np.unique(chosen.place[ours] * chosen.size + chosen.kind[ours], return_inverse=True)
        place, kind = np.divmod(key, chosen.size)
        below, size = np.zeros(len(key), dtype=np.int64), np.zeros(len(key), dtype=np.int64)
        np.add.at(below, work, self.below[ours])
        np.add.at(size, work, self.participants[ours])
        shares = np.unique(share_key(below, size, share_shift(size)), return_inverse=True)[1]
        names = {int(code): chosen.assessment(int(code)) for code in np.unique(kind)}
        order = {code: number for number, code in enumerate(sorted(names, key=lambda code: _work_order(names[code])))}
        turn = np.array([order[code] for code in kind.tolist()], dtype=np.int64)
        ranked = np.lexsort((turn, -size, -shares, place))
        first = ranked[np.searchsorted(place[ranked], np.unique(place))]
        best = np.zeros(len(key), dtype=np.bool_)
        best[first] = True
        found: dict[int, list[int]] = {}
        for row in ours[best[work]].tolist():
            found.setdefault(int(chosen.place[row]), []).append(row)
        return found

    def worst(self, index: int, *, decided: bool) -> ResultFraction | None:
        """Return the work of the year with the largest share."""
        rows = self._worst.get(index)
        return None if rows is None else self._sum(rows, decided=decided)

    def _sum(self, rows: Sequence[int], *, decided: bool) -> ResultFraction:
        """Return the fraction of a work; spring and autumn of 2020 are one work of one year."""
        item, *twins = (_fraction(self, row, decided=decided) for row in rows)
        for twin in twins:
            item = replace(
                twin,
                below=item.below + twin.below,
                participants=item.participants + twin.participants,
                restored=item.restored or twin.restored,
            )
        return item


def _work_order(work: tuple[str, str, str | None, int | None]) -> tuple[str, str, int, str]:
    procedure, subject, level, grade = work
    return procedure, subject, normal_grade(procedure, grade) or 0, level or ""  # type: ignore[arg-type]


def _fraction(rows: _Rows, row: int, *, decided: bool) -> ResultFraction:
    kind = int(rows.chosen.kind[row])
    if kind not in rows.works:
        rows.works[kind] = rows.chosen.assessment(kind)
    procedure, subject, level, grade = rows.works[kind]
    return ResultFraction(
        procedure=procedure,  # type: ignore[arg-type]  # the column holds only kinds of procedures
        subject=subject,
        level=level,  # type: ignore[arg-type]
        grade=normal_grade(procedure, grade),  # type: ignore[arg-type]
        year=rows.chosen.years[int(rows.chosen.age[row])],
        below=int(rows.below[row]),
        participants=int(rows.participants[row]),
        restored=bool(rows.restored[row]),
        hit=decided,
        decided=decided,
    )


def _order(item: ResultFraction | QualityFraction) -> tuple[int, str, str, int, str]:
    return -item.year, item.procedure, item.subject, item.grade or 0, item.level or ""


class _Quality:
    """Monitorings in which few got «4» or «5»; one is a work of one year, whatever its subject (ours)."""

    def __init__(self, frame: pd.DataFrame, chosen: Selection, branch: Branch) -> None:
        part, of = branch.bound or (0, 1)
        participants = whole(frame["participants"], 0)[chosen.row]
        four, five = (whole(frame[name], -1)[chosen.row] for name in ("m4", "m5"))
        known = (participants > 0) & (four >= 0) & (five >= 0)
        self.branch = branch
        self.chosen = chosen.only(known)
        self.participants = participants[known]
        self.good = (four + five)[known]
        self.hit: Bools = self.good * of <= part * self.participants
        self.by_school, self.starts = _slices(self.chosen)

    def answer(self, count: int) -> tuple[Bools, Bools]:
        """Return (true, known): enough low monitorings; at least one monitoring with marks."""
        low, seen = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
        np.add.at(low, self.chosen.place[self.hit], 1)
        np.add.at(seen, self.chosen.place, 1)
        return low >= self.branch.n, seen > 0

    def smallest(self, count: int) -> Ints:
        """Return the size of the smallest low monitoring by school."""
        size = np.full(count, np.iinfo(np.int64).max, dtype=np.int64)
        np.minimum.at(size, self.chosen.place[self.hit], self.participants[self.hit])
        return size

    def fractions(self, index: int) -> tuple[QualityFraction, ...]:
        """Return the monitorings of one school."""
        rows: Sequence[int] = self.by_school[self.starts[index] : self.starts[index + 1]].tolist()
        found = []
        for row in rows:
            procedure, subject, level, grade = self.chosen.assessment(int(self.chosen.kind[row]))
            found.append(
                QualityFraction(
                    procedure=procedure,  # type: ignore[arg-type]
                    subject=subject,
                    level=level,  # type: ignore[arg-type]
                    grade=grade,
                    year=self.chosen.years[int(self.chosen.age[row])],
                    good=int(self.good[row]),
                    participants=int(self.participants[row]),
                    hit=bool(self.hit[row]),
                )
            )
        return tuple(sorted(found, key=_order))
