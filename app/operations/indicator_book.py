"""Indicators of a programme against their targets: actual values by year and measuring point, lights, formulas.

A value is typed or computed from the data of the file. A closed point keeps what it said with target, direction,
formula and inputs of that day: new targets and new data recolour nothing that is closed. An open value of a year that
is over is held against the edition that was in force on its last day (``past_targets``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from app.analysis.formula_grammar import Parsed
from app.analysis.formula_value import Step, decimal_text, evaluate
from app.analysis.indicator_lights import (
    LIGHT_WORDS,
    Direction,
    Judged,
    Leeway,
    Light,
    exact,
    forecast,
    in_percent,
    judge,
    leeway,
)
from app.analysis.programme_numbers import numbers
from app.analysis.programme_values import number_text
from app.errors import problem
from app.models import indicators as stored
from app.models import origins, registers
from app.models.indicators import IndicatorRule, Point, StoredValue, TypedValue
from app.models.programme_records import Indicator, Node, Programme, Tree
from app.models.store import Connection
from app.operations import formula_metrics, programmes
from app.operations.formula_facts import Facts
from app.operations.indicator_marks import TABLE as DRAFTS
from app.operations.past_targets import Aim, PastTargets
from app.texts import NBSP, ru_date, ru_moment

NOT_YET = "год ещё не наступил"
BY_HAND = "введено вручную"


@dataclass(frozen=True, slots=True)
class PointValue:
    """The value of an indicator at one measuring point.

    Attributes:
        raw: as typed; "" where nothing is typed.
        value: exact decimal text; None where there is none.
        typed: a person typed it; else computed.
        fault: what is wrong with what was typed.
        now: of an open point: computed at this moment, not kept yet.
    """

    point: Point
    raw: str
    value: str | None
    typed: bool
    light: Light
    word: str
    fault: str = ""
    source: str = ""
    now: bool = False


@dataclass(frozen=True, slots=True)
class YearValue:
    """The value of an indicator for a plan year: what the line of the table shows.

    Attributes:
        closed: it is what a closed point keeps, for good.
        moved: the target of the programme has changed since it was closed, in words.
        step: how a formula gave it; None for typed and closed values.
        steady: the formula depends on yearly results only.
        aim: of a year that is over: which edition the target is of, and what it is now.
        written: who typed the value and when; told by ``history`` only.
    """

    year: int
    target: str | None
    required: str | None
    value: str | None
    raw: str
    typed: bool
    judged: Judged
    how: str
    source: str
    fault: str = ""
    closed: StoredValue | None = None
    moved: str = ""
    step: Step | None = None
    steady: bool = False
    points: tuple[PointValue, ...] = ()
    aim: str = ""
    written: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """One индикатор of the programme in a plan year.

    Attributes:
        measure, task: texts it stands under.
        value, target, required, baseline, gap, tolerance, forecast: exact decimal texts; None where unknown.
        typed: a person typed the value; raw: as it was typed.
        light: see ``LIGHT_WORDS``; ``word`` says it with the gap.
        forecast: at the end of the year if it goes on so.
        formula: as it is kept; "" where values are typed. ``version`` of it, None without a formula.
        how: how the value came, one clause; ``source``: from where.
        spent_kopecks, planned_kopecks: of the activities that work for it, in this year; None where nothing is said.
        activities: how many activities work for it.
        fault: what is wrong with the formula or the typed value.
        closed: the year is closed: its colours stay.
        drafts: half-typed values: key of a point, "" for the year → as typed so far.
        aim: of a year that is over: «цель редакции 1 от 15.02.2026; сейчас 50 %»; "" of any other.
    """

    lineage: int
    node_id: int
    number: str
    text: str
    measure: str
    task: str
    unit: str
    direction: Direction | None
    baseline: str | None
    baseline_year: int | None
    target: str | None
    required: str | None
    value: str | None
    raw: str
    typed: bool
    light: Light
    word: str
    gap: str | None
    tolerance: str | None
    tolerance_raw: str
    forecast: str | None
    formula: str
    version: int | None
    how: str
    source: str
    points: tuple[PointValue, ...]
    spent_kopecks: int | None
    planned_kopecks: int | None
    activities: int
    fault: str
    closed: bool
    moved: str
    note: str
    drafts: Mapping[str, str] = field(default_factory=dict)
    aim: str = ""

    def shown(self, value: str | None) -> str:
        """Return a value with its unit: «29,6 %», «8»."""
        return "—" if value is None else _shown(value, self.unit)


@dataclass(frozen=True, slots=True)
class IndicatorTable:
    """Indicators of a programme in a plan year on a day; ``points`` are the measuring points of the year."""

    programme: Programme
    year: int
    day: date
    lines: tuple[IndicatorLine, ...]
    points: tuple[Point, ...]

    def count(self, light: Light) -> int:
        """Return how many lines have a light."""
        return sum(line.light == light for line in self.lines)

    @property
    def faults(self) -> tuple[IndicatorLine, ...]:
        """Lines whose formula or value needs eyes."""
        return tuple(line for line in self.lines if line.fault)


def table(connection: Connection, programme_id: int, year: int, day: date) -> IndicatorTable:
    """Return the indicators of a programme in a plan year.

    Args:
        connection: reading connection.
        programme_id: an edition; values belong to all editions of the same indicator.
        year: plan year.
        day: on which it is looked at.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``.
    """
    book = Book(connection, programmes.tree(connection, programme_id), day)
    spent = stored.spent(connection, year)
    lines = tuple(book.line(node, year, spent) for node in book.nodes)
    return IndicatorTable(book.tree.programme, year, day, lines, tuple(book.points_of(year)))


def history(connection: Connection, programme_id: int, lineage: int, day: date) -> tuple[YearValue, ...]:
    """Return the values of one indicator in every plan year of the programme.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``.
    """
    tree = programmes.tree(connection, programme_id)
    book = Book(connection, tree, day)
    node = next((one for one in book.nodes if one.lineage == lineage), None)
    if node is None:
        return ()
    found = [book.year_value(node, year) for year in tree.programme.years]
    return tuple(replace(one, written=_written(book, node, one)) for one in found)


def _written(book: Book, node: Node, found: YearValue) -> str:
    """Return who typed a value and when; "" of a computed one and where the journal no longer knows."""
    if not found.typed:
        return ""
    point = found.closed.point_id if found.closed is not None else None
    spoken = [
        key
        for key in (point, None, *(one.point.id for one in reversed(found.points)))
        if (entry := book.typed.get((node.lineage, found.year, key))) is not None and entry.value == found.value
    ]
    if not spoken:
        return ""
    entry = book.typed[node.lineage, found.year, spoken[0]]
    by = origins.writer(book.connection, DRAFTS, entry.id, "raw")
    return "" if by is None else f"{by.actor}, {ru_moment(by.at)}"


class Book:
    """What is known of the indicators of one programme, read at once.

    Args:
        connection: reading connection.
        tree: the programme.
        day: today.
    """

    def __init__(self, connection: Connection, tree: Tree, day: date) -> None:
        self.connection, self.tree, self.day = connection, tree, day
        self.nodes: tuple[Node, ...] = tree.of_kind("indicator")
        keys = [node.lineage for node in self.nodes]
        self.rules: Mapping[int, IndicatorRule] = stored.rules(connection, keys)
        self.points: list[Point] = stored.points(connection, tree.programme.lineage)
        self.typed: dict[tuple[int, int, int | None], TypedValue] = {
            (one.lineage, one.plan_year, one.point_id): one for one in stored.values(connection, keys)
        }
        self.kept: dict[tuple[int, int], StoredValue] = {
            (one.lineage, one.point_id): one for one in stored.stored(connection, keys)
        }
        self._drafts = registers.drafts(connection, DRAFTS)
        self._numbers = numbers(tree)
        self._facts: dict[int, Facts] = {}
        self._past = PastTargets(connection, tree, day)

    def points_of(self, year: int) -> list[Point]:
        """Return the measuring points of a plan year."""
        return [point for point in self.points if point.plan_year == year]

    def facts(self, year: int) -> Facts:
        """Return what formulas of a plan year read."""
        if year not in self._facts:
            self._facts[year] = Facts(self.connection, self.tree, year, self.day)
        return self._facts[year]

    # --- formula, target, tolerance ------------------------------------------------------------------------------

    def record(self, node: Node) -> Indicator | None:
        """Return what only an indicator has."""
        return self.tree.indicators.get(node.id)

    def formula(self, node: Node) -> tuple[str, int | None]:
        """Return the formula in force, as it is kept, and its version; "" where values are typed."""
        rule, record = self.rules.get(node.lineage), self.record(node)
        text = (
            rule.formula if rule is not None and rule.formula is not None else (record.formula or "" if record else "")
        )
        return text.strip(), (rule.version if rule is not None else 1) if text.strip() else None

    def parsed(self, node: Node, year: int) -> Parsed | None:
        """Return the formula in force as it was read; None without a formula."""
        text, _version = self.formula(node)
        return formula_metrics.checked(self.facts(year), formula_metrics.expression(text)) if text else None

    def tolerance(self, node: Node) -> tuple[Leeway | None, str]:
        """Return the tolerance in force, and as it was typed: that of the monitoring before that of the programme."""
        return self._tolerance(node, self.record(node))

    def _tolerance(self, node: Node, record: Indicator | None) -> tuple[Leeway | None, str]:
        rule = self.rules.get(node.lineage)
        raw = (rule.tolerance_raw if rule is not None else None) or (record.tolerance if record else None) or ""
        return leeway(raw, record.unit if record else None), raw

    def aim(self, node: Node, year: int) -> Aim:
        """Return what a value of a plan year is held against: of a year that is over, by the edition of its end."""
        return self._past.aim(node, year)

    def judged(self, node: Node, year: int, value: str | None) -> Judged:
        """Return the light of a value by what it is held against."""
        aim = self.aim(node, year)
        record = aim.record
        return judge(
            value, aim.value, record.direction if record else None, self._tolerance(node, record)[0],
            record.baseline if record else None,
        )  # fmt: skip

    # --- values --------------------------------------------------------------------------------------------------

    def computed(self, node: Node, year: int) -> tuple[Step | None, str, bool]:
        """Return how the formula gives its value, what is wrong with it, whether it is steady within the year."""
        parsed = self.parsed(node, year)
        if parsed is None:
            return None, "", False
        if parsed.node is None:
            return None, parsed.faults[0].message, False
        facts = self.facts(year)
        return (
            evaluate(parsed.node, lambda call: formula_metrics.given(facts, call)),
            "",
            formula_metrics.steady(parsed),
        )

    def year_value(self, node: Node, year: int) -> YearValue:
        """Return the value of a plan year: closed, typed or computed."""
        points = self.points_of(year)
        last = next((point for point in reversed(points) if (node.lineage, point.id) in self.kept), None)
        kept = None if last is None else self.kept[node.lineage, last.id]
        later = points if last is None else points[points.index(last) + 1 :]
        typed = self._typed_live(node, year, later)
        over = kept is not None and (not later or (year < self.day.year and typed is None))
        found = self._closed(node, year, kept, last) if over and kept and last else self._live(node, year, typed)
        carries = kept is not None and kept.value is not None and last is not None and not over
        if found.value is None and not found.typed and carries and kept is not None and last is not None:
            found = self._carried(node, found, kept, last)
        told = "" if found.closed is not None else self._aim_words(node, year)
        return replace(found, aim=told, points=tuple(self._point(node, year, point, found) for point in points))

    def _aim_words(self, node: Node, year: int) -> str:
        """Return «цель редакции 1 от 15.02.2026; сейчас 50 %»; "" where the target is that of the tree."""
        aim = self.aim(node, year)
        if aim.edition is None:
            return ""
        record, now = self.record(node), self._target(node, year)[0]
        if exact(now) == exact(aim.value):
            return aim.words
        return (
            f"{aim.words}; сейчас {_shown(now, (record.unit or '').strip() if record else '') if now else 'цели нет'}"
        )

    def _typed_live(self, node: Node, year: int, later: Iterable[Point]) -> TypedValue | None:
        """Return what was typed for the year, else at the last point that is still open."""
        whole = self.typed.get((node.lineage, year, None))
        if whole is not None:
            return whole
        at = [self.typed.get((node.lineage, year, point.id)) for point in later]
        return next((one for one in reversed(at) if one is not None), None)

    def _target(self, node: Node, year: int) -> tuple[str | None, str | None]:
        target = self.tree.targets.get(node.id, {}).get(year)
        return (None, None) if target is None else (target.value, target.required)

    def _closed(self, node: Node, year: int, kept: StoredValue, point: Point) -> YearValue:
        target, required = self._target(node, year)
        told = judge(kept.value, kept.target, kept.direction, _absolute(kept.tolerance), kept.baseline)
        word = told.word if told.light == kept.light else LIGHT_WORDS[kept.light]
        moved = ""
        if exact(target) != exact(kept.target):
            was, now = (number_text(one) or "не было" for one in (kept.target, target))
            moved = f"Цель после закрытия изменена: была {was}, стала {now}. Цвет года прежний."
        how = f"замер {_named(point)} закрыт {ru_date(kept.stored_at)}"
        judged = Judged(kept.light, word, told.gap, kept.tolerance)
        return YearValue(year, kept.target, kept.required or required, kept.value, "", bool(kept.typed), judged, how,
                         "", closed=kept, moved=moved)  # fmt: skip

    def _live(self, node: Node, year: int, typed: TypedValue | None) -> YearValue:
        aim, record = self.aim(node, year), self.record(node)
        target, required = aim.value, aim.required
        source = (record.source or "" if record else "").strip()
        if typed is not None:
            fault = problem("MON_NOT_NUMBER", raw=typed.raw).message if typed.code else ""
            judged = self.judged(node, year, typed.value)
            return YearValue(year, target, required, typed.value, typed.raw, True, judged, BY_HAND,
                             typed.source or source, fault)  # fmt: skip
        if year > self.day.year:
            fault = self._only_fault(node, year)
            return YearValue(year, target, required, None, "", False, self.judged(node, year, None), NOT_YET, source,
                             fault)  # fmt: skip
        step, fault, steady = self.computed(node, year)
        value = None if step is None or step.value is None else decimal_text(step.value)
        how = step.words if step is not None else ""
        return YearValue(year, target, required, value, "", False, self.judged(node, year, value), how, source, fault,
                         step=step, steady=steady)  # fmt: skip

    def _only_fault(self, node: Node, year: int) -> str:
        parsed = self.parsed(node, year)
        return parsed.faults[0].message if parsed is not None and parsed.faults else ""

    def _carried(self, node: Node, found: YearValue, kept: StoredValue, point: Point) -> YearValue:
        """Nothing newer is known: the last closed point speaks, against the target as it is now."""
        how = f"по замеру {_named(point)} от {ru_date(kept.stored_at)}"
        judged = self.judged(node, found.year, kept.value)
        return replace(found, value=kept.value, typed=bool(kept.typed), judged=judged, how=how)

    def _point(self, node: Node, year: int, point: Point, found: YearValue) -> PointValue:
        kept = self.kept.get((node.lineage, point.id))
        if kept is not None:
            told = judge(kept.value, kept.target, kept.direction, _absolute(kept.tolerance), kept.baseline)
            word = told.word if told.light == kept.light else LIGHT_WORDS[kept.light]
            return PointValue(point, number_text(kept.value) if kept.typed else "", kept.value, bool(kept.typed),
                              kept.light, word)  # fmt: skip
        typed = self.typed.get((node.lineage, year, point.id))
        if typed is not None:
            judged = self.judged(node, year, typed.value)
            fault = problem("MON_NOT_NUMBER", raw=typed.raw).message if typed.code else ""
            return PointValue(point, typed.raw, typed.value, True, judged.light, judged.word, fault, typed.source or "")
        first = next((one for one in self.points_of(year) if not one.closed), None)
        if point == first and found.step is not None:
            return PointValue(point, "", found.value, False, found.judged.light, found.judged.word, now=True)
        return PointValue(point, "", None, False, "no_data", LIGHT_WORDS["no_data"])

    # --- lines ---------------------------------------------------------------------------------------------------

    def line(self, node: Node, year: int, spent: Mapping[int, int]) -> IndicatorLine:
        """Return the line of an indicator."""
        record, found = self.record(node), self.year_value(node, year)
        text, version = self.formula(node)
        above, task = self.tree.parent(node, "measure"), self.tree.parent(node, "task")
        rule = self.rules.get(node.lineage)
        closed, held = found.closed, self.aim(node, year).record
        helping = self.tree.linked("serves", node.id, forward=False)
        ahead = self._forecast(node, found)
        return IndicatorLine(
            lineage=node.lineage, node_id=node.id, number=self._numbers.get(node.id, ""),
            text=" ".join(node.text.split()), measure=above.text if above else "", task=task.text if task else "",
            unit=(record.unit or "").strip() if record else "",
            direction=closed.direction if closed else (held.direction if held else None),
            baseline=closed.baseline if closed else (held.baseline if held else None),
            baseline_year=held.baseline_year if held else None, target=found.target, required=found.required,
            value=found.value, raw=found.raw, typed=found.typed, light=found.judged.light, word=found.judged.word,
            gap=found.judged.gap, tolerance=found.judged.tolerance, tolerance_raw=self._tolerance(node, held)[1],
            forecast=ahead, formula=closed.formula or "" if closed else text,
            version=closed.version if closed else version, how=found.how, source=found.source, points=found.points,
            spent_kopecks=_total(spent.get(self.tree.nodes[key].lineage) for key in helping),
            planned_kopecks=_total(self._planned(key, year) for key in helping), activities=len(helping),
            fault=found.fault or self._tolerance_fault(node), closed=closed is not None, moved=found.moved,
            note=rule.note or "" if rule else "", drafts=self._drafts_of(node, year), aim=found.aim,
        )  # fmt: skip

    def _drafts_of(self, node: Node, year: int) -> dict[str, str]:
        found = self._drafts.get(node.lineage, {})
        begin = f"{year}:"
        return {name.removeprefix(begin): raw for name, (raw, _code) in found.items() if name.startswith(begin)}

    def _tolerance_fault(self, node: Node) -> str:
        found, raw = self.tolerance(node)
        return problem("MON_NOT_TOLERANCE", raw=raw).message if raw.strip() and found is None else ""

    def _planned(self, key: int, year: int) -> int | None:
        return _total(row.kopecks for row in self.tree.money.get(key, ()) if row.plan_year == year)

    def _forecast(self, node: Node, found: YearValue) -> str | None:
        """Return the value at the end of the year if it goes on as from point to point; of steady formulas as it is."""
        if found.closed is not None or found.year != self.day.year:
            return None
        if found.steady:
            return found.value
        known: dict[date, Decimal] = {}
        for one in found.points:
            when = one.point.due_on or (one.point.closed_at or "")[:10]
            value = exact(one.value)
            if value is not None and when and not one.now and date.fromisoformat(when) <= self.day:
                known[date.fromisoformat(when)] = value
        now = exact(found.value)
        if found.step is not None and now is not None:
            known[self.day] = now
        record = self.record(node)
        share = in_percent(record.unit if record else None)
        ahead = forecast(list(known.items()), date(found.year, 12, 31), share=share)
        return None if ahead is None else f"{ahead.normalize():f}"


def _shown(value: str, unit: str) -> str:
    return number_text(value) + (f"{NBSP}%" if in_percent(unit) else "")


def _named(point: Point) -> str:
    return f"«{point.title}»"


def _absolute(tolerance: str | None) -> Leeway | None:
    """Return the tolerance that a closed point keeps, in units of the indicator."""
    value = exact(tolerance)
    return None if value is None else Leeway(value)


def _total(values: Iterable[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None
