"""Dynamics as charts and as papers; every figure comes from ``operations.dynamics``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from app.analysis.intervals import wilson
from app.models import settings
from app.models.journal import now
from app.models.records import Assessment
from app.models.store import Connection
from app.operations import dynamics
from app.operations.dynamics import DynamicsLine, DynamicsTable, SupportTable, Works
from app.operations.papers import Paper
from app.operations.result_charts import threshold
from app.texts import NBSP, count

if TYPE_CHECKING:
    from app.analysis.change import Tally
    from app.reports.charts import LineChart
    from app.reports.dynamics import DynamicsHead, PaperLine
    from app.reports.result_charts import Counted


def works_word(works: Works) -> str:
    """Return which works are counted: «все работы», «ВПР», «ВПР математика, 5 кл.»."""
    if isinstance(works, Assessment):
        return works.label
    return "все работы" if works == "all" else works


def _counted(tally: Tally, link: int | None = None) -> Counted:
    from app.reports.result_charts import Counted

    interval = wilson(tally.below, tally.of)
    return Counted(tally.below, tally.of, (interval.low, interval.high) if interval else None, link)


def _by_year(line: DynamicsLine) -> dict[str, Counted]:
    link = line.key if isinstance(line.key, int) else None
    return {str(year): _counted(tally, link) for year, tally in line.counts.items()}


def chart(found: DynamicsTable, lines: Iterable[DynamicsLine], rule_threshold: tuple[int, int] | None) -> LineChart:
    """Return some lines over the years with Wilson's intervals; a year without results is a gap.

    Args:
        found: the table.
        lines: whose results; those without any are left out.
        rule_threshold: share of the rule that makes a place weak, None where it has none; it is said of one work, so it
            is drawn for one work alone.
    """
    from app.reports import result_charts as maker

    labels = [str(year) for year in range(found.years[0], found.years[-1] + 1)]
    chosen = [(line.name, _by_year(line)) for line in lines if line.counts]
    names = ", ".join(name for name, _counts in chosen[:1]) or dynamics.TOGETHER
    shown = rule_threshold if isinstance(found.works, Assessment) else None
    return maker.dynamics(f"Доля «2»: {names}, {works_word(found.works)}", labels, chosen, shown)


def beside(found: DynamicsTable, line: DynamicsLine) -> tuple[DynamicsLine, ...]:
    """Return a line with what it is compared with on a chart: municipality and region."""
    wider = [found.municipality, *([found.region] if found.region is not None else [])]
    return (line, *(other for other in wider if line.kind not in {other.kind, "region"}))


def support_chart(found: SupportTable) -> LineChart | None:
    """Return both groups before and after; None without a pair."""
    from app.reports import result_charts as maker

    sides = found.sides
    if not sides.twins:
        return None
    years = (str(found.year_from), str(found.year))
    groups = ((f"с{NBSP}поддержкой", sides.mine), ("похожие без неё", sides.others))
    lines = [(name, dict(zip(years, map(_counted, pair), strict=True))) for name, pair in groups]
    pairs = count(len(sides.twins), "пара", "пары", "пар")
    return maker.dynamics(f"Доля «2», {pairs} школ", years, lines)


# --- papers ------------------------------------------------------------------------------------------------------


def _head(connection: Connection, works: Works) -> DynamicsHead:
    from app.reports.dynamics import DynamicsHead

    values = settings.get_all(connection)
    return DynamicsHead(values["municipality"], now(), works_word(works), values["organisation"], values["executor"])


def _paper_line(line: DynamicsLine, years: tuple[int, ...]) -> PaperLine:
    from app.analysis import dynamics_words as words
    from app.reports.dynamics import PaperLine

    counts = tuple((line.counts[y].below, line.counts[y].of) if y in line.counts else None for y in years)
    whole, last = line.change, line.year_change
    name = f"{line.name} ({line.note})" if line.note else line.name
    return PaperLine(
        name, counts,
        "" if last is None or last.bounds is None else words.tenth(last.bounds.value),
        "" if whole is None or whole.bounds is None else words.tenth(whole.bounds.value),
        "" if whole is None or whole.bounds is None else words.interval(whole.bounds),
        "" if whole is None else words.VERDICT_WORDS[whole.verdict],
        () if whole is None else tuple(words.MARK_WORDS[mark] for mark in whole.marks),
    )  # fmt: skip


def dynamics_paper(
    connection: Connection, year: int | None = None, years: int = dynamics.USUAL_YEARS, *, works: Works = "all"
) -> Paper:
    """Return «Динамика результатов».

    Raises:
        UserError: ``MON_NO_RESULTS``, ``MON_NO_RESULT_YEAR``.
    """
    from app.analysis import dynamics_words as words
    from app.reports import dynamics as paper

    found = dynamics.table(connection, year, years, works=works)
    region = (found.region,) if found.region is not None else ()
    wide = tuple(_paper_line(line, found.years) for line in (*region, found.municipality, *found.groups))
    schools = tuple(_paper_line(line, found.years) for line in found.schools)
    drawn = chart(found, (found.municipality, *region), threshold(connection)) if len(found.years) > 1 else None
    of_many = () if isinstance(works, Assessment) else (words.PARTICIPATIONS,)
    notes = (words.ALWAYS, words.VERDICTS_NOTE, words.CHANCE_NOTE, *of_many)
    document = paper.dynamics_paper(_head(connection, works), found.years, wide, schools, drawn, notes)
    return Paper("dynamics", f"Динамика результатов за {found.years[0]}-{found.year} годы", document, None)


def support_paper(
    connection: Connection, year: int | None = None, *, works: Works = "all", everyone: bool = False
) -> Paper:
    """Return «Школы с поддержкой рядом с похожими».

    Raises:
        UserError: ``MON_NO_RESULTS``, ``MON_NO_RESULT_YEAR``, ``MON_NO_YEAR_BEFORE``.
    """
    from app.analysis import dynamics_words as words
    from app.reports import dynamics as paper

    found = dynamics.supported_against_similar(connection, year, works=works, everyone=everyone)
    pairs = tuple(
        paper.PairLine(
            found.names[pair.supported], found.by(pair.supported), _pair(pair.mine.before), _pair(pair.mine.after),
            found.names[pair.similar], _pair(pair.other.before), _pair(pair.other.after),
            words.tenth(pair.difference), tuple(words.ALIKE_WORDS[key] for key in pair.alike),
        )
        for pair in found.sides.twins
    )  # fmt: skip
    said = (support_sentence(found) + ".", *words.together(found.sides))
    document = paper.support_paper(
        _head(connection, works), (found.year_from, found.year), pairs,
        tuple(found.names[key] for key in found.sides.alone), support_chart(found), said, words.HOW_PAIRED,
    )  # fmt: skip
    return Paper("support", f"Школы с поддержкой рядом с похожими, {found.year} год", document, None)


def _pair(tally: Tally) -> tuple[int, int]:
    return tally.below, tally.of


def support_sentence(found: SupportTable) -> str:
    """Return how many listed schools had support and for how many similar ones were found."""
    from app.analysis.dynamics_words import pairs_sentence

    listed = count(found.listed, "школа", "школы", "школ")
    supported = count(found.supported, "школа", "школы", "школ")
    start = f"В списке по результатам {found.year_from} года {listed}, с поддержкой {supported}"
    if not found.supported:
        return start
    return f"{start}. {pairs_sentence(len(found.sides.twins), found.supported)}"
