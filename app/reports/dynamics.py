"""Papers about dynamics: results over the years, and supported schools beside similar ones (004 §1.5)."""

from __future__ import annotations

from dataclasses import dataclass

from app.reports.charts import LineChart
from app.reports.document import (
    Block,
    ChartBlock,
    Column,
    Document,
    Executor,
    Group,
    Heading,
    Lines,
    Meta,
    Note,
    Row,
    Table,
    Value,
    paragraph,
)
from app.texts import NBSP, glue, grouped, percent, ru_moment

Counts = tuple[int, int]


@dataclass(frozen=True, slots=True)
class DynamicsHead:
    """What both papers share; ``works`` says in words which works are counted."""

    municipality: str
    computed_at: str
    works: str
    organisation: str = ""
    executor: str = ""


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One school, group or area: counts by year (None where unknown), changes, interval, verdict, marks in words."""

    name: str
    counts: tuple[Counts | None, ...]
    year_change: str
    change: str
    interval: str
    verdict: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PairLine:
    """A supported school with who supported it, the similar school, both before and after, the difference."""

    name: str
    by: tuple[str, ...]
    before: Counts
    after: Counts
    similar: str
    similar_before: Counts
    similar_after: Counts
    difference: str
    alike: tuple[str, ...]


def _both(counts: Counts | None) -> Value:
    return (
        None if counts is None else Lines((f"{grouped(counts[0])}{NBSP}из{NBSP}{grouped(counts[1])}", percent(*counts)))
    )


def _document(head: DynamicsHead, title: tuple[str, ...], kind: str, blocks: list[Block]) -> Document:
    if head.executor:
        blocks.append(Executor(glue(head.executor)))
    provenance = f"Опора · вычислено {ru_moment(head.computed_at)} · {head.works}"
    meta = Meta(head.organisation or head.municipality, head.computed_at, kind)
    return Document(title=title, meta=meta, blocks=tuple(blocks), provenance=provenance, landscape=True)


def dynamics_paper(
    head: DynamicsHead, years: tuple[int, ...], wide: tuple[PaperLine, ...], schools: tuple[PaperLine, ...],
    chart: LineChart | None, words: tuple[str, ...],
) -> Document:  # fmt: skip
    """Return «Динамика результатов»: municipality and groups, then every school.

    Args:
        head: what the paper is of.
        years: result years, the earliest first.
        wide: region, municipality, groups.
        schools: every school.
        chart: of the municipality; None where there is nothing to draw.
        words: what has to be known to read it.
    """
    blocks: list[Block] = [ChartBlock(chart, 62.0)] if chart is not None else []
    for title, lines in (("Муниципалитет и группы школ", wide), ("Школы", schools)):
        if lines:
            blocks += [Heading(title), _table(title, years, lines)]
    blocks += [Note(glue(text)) for text in words]
    period = f"{years[0]}–{years[-1]}{NBSP}годы" if len(years) > 1 else f"{years[0]}{NBSP}год"
    title_lines = (f"Динамика результатов, {period}", glue(f"Муниципалитет: {head.municipality}"))
    return _document(head, title_lines, "Динамика результатов", blocks)


def _table(name: str, years: tuple[int, ...], lines: tuple[PaperLine, ...]) -> Table:
    rows = tuple(
        Row(
            (
                glue(line.name), *(_both(counts) for counts in line.counts), line.year_change or None,
                Lines((line.change, line.interval)) if line.change else None, line.verdict or None,
                glue("; ".join(line.marks)) or None,
            )
        )
        for line in lines
    )  # fmt: skip
    return Table(
        name=name,
        columns=(
            Column("Чьи результаты", 52),
            *(Column(str(year), 25, "right", over="Получили «2» или не прошли порог") for year in years),
            Column(f"За год, п.{NBSP}п.", 20, "right"),
            Column(f"За весь срок, п.{NBSP}п.", 34, "right"),
            Column("Динамика", 28),
            Column("Сравнимость", 40),
        ),
        groups=(Group(rows),),
    )


def support_paper(
    head: DynamicsHead, years: tuple[int, int], pairs: tuple[PairLine, ...], alone: tuple[str, ...],
    chart: LineChart | None, said: tuple[str, ...], how: str,
) -> Document:  # fmt: skip
    """Return «Школы с поддержкой рядом с похожими».

    Args:
        head: what the paper is of.
        years: both result years.
        pairs: pairs in their order.
        alone: supported schools without a similar one.
        chart: both groups; None where there is no pair.
        said: what the pairs say together, and what they can't say.
        how: how pairs are made.
    """
    blocks: list[Block] = [paragraph(glue(text), justified=False) for text in said[:1]]
    if chart is not None:
        blocks.append(ChartBlock(chart, 56.0))
    blocks += [paragraph(glue(text), justified=False, indent=False) for text in said[1:]]
    first, last = (str(year) for year in years)
    mine, other = "Школа с поддержкой", "Похожая школа без поддержки"
    rows = tuple(
        Row(
            (
                glue(pair.name), glue("; ".join(pair.by)) or None, _both(pair.before), _both(pair.after),
                glue(pair.similar), _both(pair.similar_before), _both(pair.similar_after), pair.difference,
                glue("; ".join(pair.alike)) or None,
            )
        )
        for pair in pairs
    )  # fmt: skip
    table = Table(
        name="Пары школ",
        columns=(
            Column("Школа", 36, over=mine),
            Column("Кто помогал", 36, over=mine),
            Column(first, 21, "right", over=mine),
            Column(last, 21, "right", over=mine),
            Column("Школа", 36, over=other),
            Column(first, 21, "right", over=other),
            Column(last, 21, "right", over=other),
            Column(f"Раз\u00adница, п.{NBSP}п.", 20, "right"),
            Column("Чем похожи", 42),
        ),
        groups=(Group(rows),),
        empty="Похожих школ без поддержки не нашлось.",
    )
    blocks += [Heading("Пары школ"), table]
    if alone:
        blocks.append(Note(glue(f"Похожей школы не нашлось: {'; '.join(alone)}.")))
    blocks.append(Note(glue(how)))
    title = (
        f"Школы с поддержкой рядом с похожими, {first}–{last}{NBSP}годы",
        glue(f"Муниципалитет: {head.municipality}"),
    )
    return _document(head, title, "Сравнение школ с поддержкой", blocks)
