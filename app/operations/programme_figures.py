"""What the file itself can say in the analysis of a programme (004, §1.2): schools, results, staff, conditions, types.

Every block is computed from what is stored now. The texts of a programme keep what they said
(``programme_texts``), so that a changed figure is seen.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from app.analysis.intervals import wilson
from app.errors import UserError
from app.models import metrics as metric_rows
from app.models import organisations, results, settings
from app.models.programme_records import Tree
from app.models.records import Assessment
from app.models.results import StoredMark
from app.models.revision import revision_besides, settled
from app.models.store import Connection
from app.operations import identification, indices, result_charts
from app.operations.identification import ListRow, SchoolList
from app.operations.programme_blocks import (
    FEW,
    NO_DATA,
    SMALL_WORDS,
    AnalysisBlock,
    Scope,
    Teller,
    fraction_text,
    listed,
    marked,
    plain_table,
)
from app.operations.programme_figures_context import contingent, courses_block, curricula, staff
from app.operations.programme_figures_profiles import deficits, problems, resources, risks, types
from app.reports.card_data import Origin, Way
from app.reports.charts import ChartSpec
from app.reports.document import Table, Value
from app.texts import DASH, NBSP, count, plural, quoted

YEARS = 3
"""Results of how many years are looked at (004 «за последние три года»)."""
WORKS = 6
"""Of how many works a sentence is written; the table has all of them."""
LINES = 4
"""Of how many of them the chart draws a line."""
ADVERSE_RULE = "lenobl-2018-shnsu"


def analysis(connection: Connection, tree: Tree) -> tuple[AnalysisBlock, ...]:
    """Return every block of the analysis of a programme, in the order of its sections.

    What comes from the file's data is kept for as long as nothing but programmes changes: typing in a programme asks
    for it again and again.

    Args:
        connection: reading connection.
        tree: the programme.
    """
    before, after = _of_data(connection, tree)
    return (*before, resources(tree), *after, problems(tree))


_Blocks = tuple[AnalysisBlock, ...]
_MOST_KEPT = 8


@dataclass
class _Shelf:
    """Blocks of the latest states of the data, behind one lock: reader and writer threads ask."""

    entries: OrderedDict[Hashable, tuple[_Blocks, _Blocks]] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)


_shelf = _Shelf()


def _of_data(connection: Connection, tree: Tree) -> tuple[_Blocks, _Blocks]:
    """Return the blocks before and after the resources."""
    if not settled(connection):
        return _computed(connection, tree)
    head = tree.programme
    key = (revision_besides(connection, "programme"), head.id, head.organisation_id, head.year_from)
    with _shelf.lock:
        found = _shelf.entries.get(key)
    if found is None:
        found = _computed(connection, tree)
        with _shelf.lock:
            _shelf.entries[key] = found
            while len(_shelf.entries) > _MOST_KEPT:
                _shelf.entries.popitem(last=False)
    return found


def _computed(connection: Connection, tree: Tree) -> tuple[_Blocks, _Blocks]:
    return of_scope(*scope_of(connection, tree))


def of_scope(scope: Scope, found: SchoolList | None) -> tuple[_Blocks, _Blocks]:
    """Return the blocks of results and process, then those of types and risks."""
    before = (
        _schools(scope, found), _results(scope), _by_school(scope), deficits(scope), contingent(scope), staff(scope),
        courses_block(scope), curricula(scope),
    )  # fmt: skip
    return tuple(block for block in before if block is not None), (types(scope), risks(scope))


def scope_of(connection: Connection, tree: Tree) -> tuple[Scope, SchoolList | None]:
    """Return whom the analysis is about and the list that decided it."""
    return scope_for(connection, tree.programme.organisation_id, tree.programme.year_from - 1)


def scope_for(
    connection: Connection, school_id: int | None, metric_year: int, most: int | None = None
) -> tuple[Scope, SchoolList | None]:
    """Return whom figures are about and the list that decided it.

    Args:
        connection: reading connection.
        school_id: one school; None: the schools of the list, or all where there is no list.
        metric_year: school year of the metrics where the file has neither results nor metrics.
        most: latest result year that counts; None: the latest there is.
    """
    year = next((item for item in results.years(connection) if most is None or item <= most), None)
    found = _list(connection, settings.get(connection, "rule"), year)
    own = {s.id: s.shown for s in organisations.listing(connection, own=True) if s.status == "active"}
    known_year = max(metric_rows.years(connection), default=metric_year)
    school_year = indices.school_year_of(year) if year is not None else known_year
    if school_id is not None:
        known = organisations.get(connection, organisations.canonical(connection, school_id))
        schools = {} if known is None else {known.id: known.shown}
        return Scope(connection, schools, "one", year, school_year), found
    on_list = {row.school_id: row.name for row in found.rows if row.listed} if found is not None else {}
    kind = "listed" if on_list else "all"
    return Scope(connection, on_list or own, kind, year, school_year), found


def _list(connection: Connection, rule_id: str, year: int | None) -> SchoolList | None:
    if year is None:
        return None
    try:
        return identification.school_list(connection, rule_id, year, with_change=False)
    except UserError:
        return None  # the rule of the settings is gone: the analysis says «нет данных», the list's page says why


# --- schools -------------------------------------------------------------------------------------------------------


def _schools(scope: Scope, found: SchoolList | None) -> AnalysisBlock:
    teller = Teller()
    if found is None:
        teller.say("Данных о результатах в файле нет, список школ не составлен.")
        return teller.block(
            "results.schools", "Школы, которым нужна поддержка", "results",
            note="Загрузите результаты процедур: «Файл» → «Загрузить данные…».",
        )  # fmt: skip
    if scope.kind == "one":
        return _one_school(scope, found, teller)
    names = {row.school_id: row.name for row in found.rows}
    _say_list(teller, found)
    adverse = _adverse(scope, found.year, teller)
    rows = [row for row in found.rows if row.listed or row.school_id in adverse]
    note = "" if found.approval is not None else "Список рассчитан, но не утверждён."
    return teller.block(
        "results.schools", "Школы, которым нужна поддержка", "results", _school_table(rows, adverse, names), note=note
    )


def _say_list(teller: Teller, found: SchoolList) -> None:
    way = Way("list", found.rule.id, found.year)
    on_list = [row for row in found.rows if row.listed]
    unknown = [row for row in found.rows if not row.listed and row.verdict.verdict == "no_data"]
    total = len(found.rows)
    whole = _count(teller, "schools.all", "школ муниципалитета", found.rows, way)
    number = _count(teller, "schools.listed", "школ в списке", on_list, way)
    year = f"{found.year}{NBSP}года"
    if on_list:
        word = plural(len(on_list), "вошла", "вошли", "вошли")
        told = f"{number}{NBSP}{plural(len(on_list), 'школа', 'школы', 'школ')} из{NBSP}{whole}"
        names = listed([row.name for row in on_list])
        teller.say(
            f"В список школ с низкими результатами {year} {word} {told}: {names}.", "schools.listed", "schools.all"
        )
    else:
        told = f"из{NBSP}{count(total, 'школы', 'школ', 'школ')}"
        teller.say(
            f"В список школ с низкими результатами {year} не вошла ни одна {told}.", "schools.listed", "schools.all"
        )
    if unknown:
        _count(teller, "schools.no_data", "школ без данных", unknown, way)
        word = count(len(unknown), "школе", "школам", "школам")
        teller.say(f"По{NBSP}{word} данных нет: {listed([row.name for row in unknown])}.", "schools.no_data")
    edge = [row for row in found.rows if row.verdict.edge]
    if edge:
        _count(teller, "schools.edge", "школ на грани", edge, way)
        told = count(len(edge), "школа", "школы", "школ")
        word = plural(len(edge), "стоит", "стоят", "стоят")
        teller.say(f"{told} {word} на грани: ответ меняет один ученик.", "schools.edge")


def _one_school(scope: Scope, found: SchoolList, teller: Teller) -> AnalysisBlock:
    row = next((row for row in found.rows if row.school_id in scope.ids), None)
    way = Way("list", found.rule.id, found.year)
    word = NO_DATA
    if row is not None:
        unknown = not row.listed and row.verdict.verdict == "no_data"
        word = NO_DATA if unknown else ("в списке" if row.listed else "не в списке")
    _count(teller, "school.listed", "школа в списке", [row] if row else [], way, word)
    said = {"в списке": "вошла в список", "не в списке": "не вошла в список"}.get(word)
    year = f"{found.year}{NBSP}года"
    if said is None or row is None:
        teller.say(f"Данных о результатах школы за {found.year}{NBSP}год нет.", "school.listed")
    else:
        grounds = f": {'; '.join(row.branch_labels)}" if row.listed and row.branch_labels else ""
        teller.say(f"Школа {said} школ с низкими результатами {year}{grounds}.", "school.listed")
    return teller.block("results.schools", "Школа и список", "results")


def _count(teller: Teller, key: str, what: str, rows: Sequence[ListRow], way: Way, value: str | None = None) -> str:
    """Keep how many schools there are, each of them as its origin."""
    origins = [Origin("organisation", row.school_id) for row in rows]
    told = str(len(rows)) if value is None else value
    return teller.figure(key, what, told, origins, way, [row.name for row in rows])


def _adverse(scope: Scope, year: int, teller: Teller) -> frozenset[int]:
    """Return schools in adverse conditions by the shipped rule, and say how many there are."""
    found = _list(scope.connection, ADVERSE_RULE, year)
    if found is None:
        return frozenset()
    chosen = [row for row in found.rows if row.listed]
    known = [row for row in found.rows if row.listed or row.verdict.verdict != "no_data"]
    way = Way("list", ADVERSE_RULE, year)
    value = None if known else NO_DATA
    _count(teller, "schools.adverse", "школ в неблагоприятных социальных условиях", chosen, way, value)
    if not known:
        teller.say("О неблагоприятных социальных условиях школ данных нет.", "schools.adverse")
    elif chosen:
        told = count(len(chosen), "школа", "школы", "школ")
        word = plural(len(chosen), "работает", "работают", "работают")
        teller.say(
            f"В неблагоприятных социальных условиях {word} {told}: {listed([row.name for row in chosen])} "
            f"(правило {quoted(found.rule.title)}).",
            "schools.adverse",
        )
    else:
        teller.say(
            f"Школ в неблагоприятных социальных условиях нет (правило {quoted(found.rule.title)}).", "schools.adverse"
        )
    return frozenset(row.school_id for row in chosen)


def _school_table(rows: Sequence[ListRow], adverse: frozenset[int], names: Mapping[int, str]) -> Table | None:
    cells: list[tuple[Value, ...]] = [
        (
            names[row.school_id],
            "да" if row.listed else DASH,
            "да" if row.school_id in adverse else DASH,
            "; ".join(row.branch_labels) if row.listed else DASH,
        )
        for row in rows
    ]
    columns = (
        ("Школа", 3, False),
        ("Низкие результаты", 1.4, False),
        ("Сложные условия", 1.4, False),
        ("Почему в списке", 5, False),
    )
    return plain_table("Школы", columns, cells)


# --- results -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Sum:
    below: int
    of: int
    origins: tuple[Origin, ...]
    parts: tuple[str, ...]

    @property
    def text(self) -> str:
        """«8 из 27 (29,6 %)»."""
        return fraction_text(self.below, self.of)

    @property
    def small(self) -> bool:
        """Few children."""
        return self.of < FEW


def _sum(marks: Iterable[StoredMark]) -> _Sum | None:
    known = [mark for mark in marks if mark.below_min is not None and mark.participants]
    if not known:
        return None
    origins = tuple(Origin("mark_count", mark.id) for mark in known)
    parts = tuple(f"{mark.school}: {mark.below_min} из{NBSP}{mark.participants}" for mark in known)
    below, of = sum(mark.below_min or 0 for mark in known), sum(mark.participants for mark in known)
    return _Sum(below, of, origins, parts)


def _marks(scope: Scope, year: int) -> list[StoredMark]:
    own = {school.id for school in organisations.listing(scope.connection, own=True)}
    wanted = scope.ids if scope.kind == "one" else own
    found = results.marks(scope.connection, year=year)
    return [mark for mark in found if mark.organisation_id in wanted and not mark.autumn]


def _years(scope: Scope) -> tuple[int, ...]:
    return () if scope.result_year is None else tuple(range(scope.result_year - YEARS + 1, scope.result_year + 1))


def _results(scope: Scope) -> AnalysisBlock | None:
    years = _years(scope)
    if not years:
        return None
    teller = Teller()
    by_work: dict[Assessment, dict[int, _Sum]] = {}
    for year in years:
        grouped: dict[Assessment, list[StoredMark]] = {}
        for mark in _marks(scope, year):
            grouped.setdefault(mark.assessment, []).append(mark)
        for work, marks in grouped.items():
            total = _sum(marks)
            if total is not None:
                by_work.setdefault(work, {})[year] = total
    works = sorted(by_work, key=lambda work: work.label)
    worst = sorted((w for w in works if years[-1] in by_work[w]), key=lambda w: -_share(by_work[w][years[-1]]))[:WORKS]
    for work in worst:
        _say_work(teller, work, by_work[work], years)
    if not worst:
        teller.say(f"Данных о результатах за {years[-1]}{NBSP}год нет.")
    rows = [(work.label, *(_cell(by_work[work].get(year)) for year in years)) for work in works]
    columns = (("Процедура, предмет, класс", 3, False), *((f"{year}, ниже минимума", 2, True) for year in years))
    chart = _chart(scope, years, {work: by_work[work] for work in worst[:LINES]})
    title = f"Результаты за {years[0]}–{years[-1]}{NBSP}годы"
    note = f"Сказано о {len(worst)} работах с самой большой долей; в таблице — все." if len(works) > len(worst) else ""
    return teller.block("results.years", title, "results", plain_table("Результаты", columns, rows), chart, note)


def _chart(scope: Scope, years: Sequence[int], by_work: Mapping[Assessment, Mapping[int, _Sum]]) -> ChartSpec | None:
    """Return the works with the largest share over the years; intervals where the settings let them onto papers."""
    from app.reports import result_charts as maker

    if not by_work:
        return None
    lines = []
    shown = settings.get(scope.connection, "show_intervals_on_papers") == "1"
    for work, sums in by_work.items():
        counts = {}
        for year, total in sums.items():
            interval = wilson(total.below, total.of) if shown else None
            ends = (interval.low, interval.high) if interval else None
            counts[str(year)] = maker.Counted(total.below, total.of, ends)
        lines.append((work.label, counts))
    title = "Ниже минимума, %: работы с самой большой долей"
    return maker.dynamics(title, [str(year) for year in years], lines, result_charts.threshold(scope.connection))


def _share(total: _Sum) -> Fraction:
    return Fraction(total.below, total.of)


def _cell(total: _Sum | None) -> Value:
    return NO_DATA if total is None else marked(total.text, small=total.small)


def _say_work(teller: Teller, work: Assessment, sums: Mapping[int, _Sum], years: Sequence[int]) -> None:
    parts, keys = [], []
    for year in years:
        total = sums.get(year)
        key = f"results:{work.label}:{year}"
        value = teller.figure(
            key, f"{work.label}, ниже минимума, {year}", NO_DATA if total is None else total.text,
            () if total is None else total.origins, Way("results", year=year), () if total is None else total.parts,
        )  # fmt: skip
        keys.append(key)
        parts.append(f"в{NBSP}{year}{NBSP}году {DASH} {value}")
    teller.say(f"{work.label}: ниже минимума {', '.join(parts)}.{_trend(sums, years)}", *keys)


def _trend(sums: Mapping[int, _Sum], years: Sequence[int]) -> str:
    """Say what became of a share; of few children only that nothing can be said."""
    known = [year for year in years if year in sums]
    used = [sums[year] for year in known]
    if any(total.small for total in used):
        return f" Вывод неточен: {SMALL_WORDS}."
    if len(known) < 2:
        return ""
    first, last = used[0], used[-1]
    tenths = round((_share(last) - _share(first)) * 1000)
    if not tenths:
        return f" С{NBSP}{known[0]}{NBSP}года доля не изменилась."
    word = "выросла" if tenths > 0 else "снизилась"
    number = f"{abs(tenths) // 10},{abs(tenths) % 10}"
    return f" С{NBSP}{known[0]}{NBSP}года доля {word} на {number}{NBSP}п.{NBSP}п."


def _by_school(scope: Scope) -> AnalysisBlock | None:
    """Return the schools one by one: all procedures of a year together."""
    years = _years(scope)
    if not years or scope.kind != "listed":
        return None
    teller = Teller()
    sums = {year: _school_sums(scope, year) for year in years}
    rows: list[tuple[Value, ...]] = []
    rising: list[str] = []
    for school_id, name in scope.schools.items():
        totals = [sums[year].get(school_id) for year in years]
        rows.append((name, *(_cell(total) for total in totals)))
        for year, total in zip(years, totals, strict=True):
            value = NO_DATA if total is None else total.text
            teller.figure(
                f"school:{school_id}:{year}", f"{name}, ниже минимума, {year}", value,
                () if total is None else total.origins, Way("results", year=year),
                () if total is None else total.parts,
            )  # fmt: skip
        first, last = totals[0], totals[-1]
        if first is not None and last is not None and not (first.small or last.small) and _share(last) > _share(first):
            rising.append(name)
    few = [name for school_id, name in scope.schools.items() if _few(sums[years[-1]].get(school_id))]
    if rising:
        told = count(len(rising), "школы", "школ", "школ")
        teller.say(f"За три года доля не набравших минимум выросла у{NBSP}{told} списка: {listed(rising)}.")
    if few:
        word = plural(len(few), "школе", "школах", "школах")
        teller.say(f"В{NBSP}{len(few)}{NBSP}{word} списка {SMALL_WORDS}: {listed(few)}.")
    columns = (("Школа", 3, False), *((f"{year}, все процедуры", 2, True) for year in years))
    return teller.block(
        "results.by_school", "Школы списка по годам", "results", plain_table("Школы по годам", columns, rows)
    )


def _few(total: _Sum | None) -> bool:
    return total is not None and total.small


def _school_sums(scope: Scope, year: int) -> dict[int, _Sum]:
    grouped: dict[int, list[StoredMark]] = {}
    for mark in _marks(scope, year):
        if mark.organisation_id in scope.ids:
            grouped.setdefault(mark.organisation_id or 0, []).append(mark)
    found = {school_id: _sum(marks) for school_id, marks in grouped.items()}
    return {school_id: total for school_id, total in found.items() if total is not None}
