"""«Список школ с основаниями»: the paper for a commission, an annex to an order (domain §8, 001 № 4).

Takes plain data, so that a list computed now and a list read from a snapshot give the same paper. No case of a
Russian word is guessed: what is given in the nominative only is said so that no other case is needed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from app.reports.document import (
    ActApproval,
    Block,
    Column,
    Document,
    Executor,
    Fraction,
    Group,
    Heading,
    Lines,
    Mark,
    Marked,
    Meta,
    Row,
    Share,
    SignatureBlock,
    Table,
    Value,
    paragraph,
)
from app.texts import NBSP, glue, plural, ru_moment

Verdict = Literal["listed", "not_listed", "no_data"]

KIND = "Список школ с основаниями"
DEFAULT_LABEL = "школ с низкими результатами обучения"

SMALL, RESTORED, SPREAD = "*", "**", "***"
MARKS = (
    Mark(SMALL, "мало детей", "Мало детей, вывод ненадёжен: участников меньше 10, один ученик заметно меняет долю."),
    Mark(RESTORED, "восстановлено", "Число восстановлено по проценту: в исходном файле даны только доли."),
)
INTERVAL_MARK = Mark(
    SPREAD, "интервал",
    "Интервал, в котором с вероятностью 95 % лежит доля (по Уилсону): чем меньше участников, тем он шире.",
)  # fmt: skip

_LONGEST_ID = 12


@dataclass(frozen=True, slots=True)
class FractionLine:
    """One procedure of one year.

    Attributes:
        label: «ВПР математика, 6 кл.».
        year: result year.
        below: participants below the minimum.
        participants: all participants.
        restored: the count was made from a percentage.
        small: fewer than 10 participants.
        interval: «23,9–48,2 %»; printed only where intervals are switched on.
    """

    label: str
    year: int
    below: int
    participants: int
    restored: bool = False
    small: bool = False
    interval: str = ""


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """What the experts decided against the rule, and why."""

    verdict: Literal["listed", "not_listed"]
    reason: str


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """One school.

    Attributes:
        name: as it shall stand in the paper.
        settlement: «с. Заречное», printed under the name where the name doesn't say it.
        verdict: what the rule answers, before corrections.
        edge: one pupil would change the answer.
        branches: the true branches in words.
        fractions: the fractions that decided, this year first.
        correction: of the experts.
        sample: «<10», «10-19», «20-49» or «>=50», of the smallest group that decided.
        words: for a school on the edge or without data: what is known, in a sentence or two.
    """

    name: str
    verdict: Verdict
    settlement: str = ""
    edge: bool = False
    branches: tuple[str, ...] = ()
    fractions: tuple[FractionLine, ...] = ()
    correction: CorrectionLine | None = None
    sample: str | None = None
    words: str = ""

    @property
    def listed(self) -> bool:
        """What counts in the end: the answer or its correction."""
        return (self.correction.verdict if self.correction else self.verdict) == "listed"


@dataclass(frozen=True, slots=True)
class ListCounts:
    """Counts under the table: all schools, in the list, on the edge, without data, corrected."""

    total: int
    listed: int
    edge: int
    no_data: int
    corrected: int


@dataclass(frozen=True, slots=True)
class Order:
    """The order that approved the list; see ``ActApproval`` for the two ways of naming its issuer."""

    number: str
    date: str
    issuer: str = ""
    issuer_genitive: str = ""
    annex: str = "приложение 1"


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: position and «М. П. Иванова»; both may be empty and are then filled in by hand."""

    position: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class SchoolListData:
    """Everything the paper says.

    Attributes:
        municipality: name in the nominative.
        year: result year.
        rule_title: «Рособрнадзор, декабрь 2022 года».
        rule_version: «1.0».
        rule_wording: the rule in a paragraph.
        computed_at: ISO moment.
        rows: all schools that the paper speaks of, in their order; the paper itself picks the listed ones.
        counts: over all schools of the municipality.
        municipality_genitive: «Лесогорского муниципального округа»; empty where nobody has given it.
        label: the setting «школ с низкими результатами обучения», genitive plural.
        snapshot: SHA-256 or id of the frozen data.
        approved: None prints «ПРОЕКТ».
        protocol: «Протокол рабочей группы от 25.11.2026 № 4».
        signers: none leaves one block to fill in by hand.
        executor: «Ким Ольга Викторовна, методист, (00000) 0-00-00».
        organisation: author of the file.
        long_storage: left margin 30 mm.
        explanations: what is unusual in the figures and why it is so, in whole sentences.
        intervals: print the 95 per cent interval beside each share; off unless the methodist has switched it on.
    """

    municipality: str
    year: int
    rule_title: str
    rule_version: str
    rule_wording: str
    computed_at: str
    rows: tuple[SchoolLine, ...]
    counts: ListCounts
    municipality_genitive: str = ""
    label: str = DEFAULT_LABEL
    snapshot: str | None = None
    approved: Order | None = None
    protocol: str = ""
    signers: tuple[Signer, ...] = ()
    executor: str = ""
    organisation: str = ""
    long_storage: bool = False
    explanations: tuple[str, ...] = ()
    intervals: bool = False


def school_list(data: SchoolListData) -> Document:
    """Return the paper.

    Args:
        data: of one rule and one result year.
    """
    listed = [row for row in data.rows if row.listed]
    blocks: list[Block] = []
    if data.rule_wording:
        blocks.append(paragraph(glue(data.rule_wording)))
    blocks.append(_list_table(listed, intervals=data.intervals))
    blocks.append(paragraph(_totals(data), justified=False, indent=False))
    blocks += _uncertain(data.rows)
    blocks += _left_out(data.rows)
    blocks += _explained(data.explanations)
    blocks += _signatures(data.signers)
    if data.executor:
        blocks.append(Executor(glue(data.executor)))
    return Document(
        title=_title(data),
        meta=Meta(data.organisation or data.municipality, data.computed_at, KIND),
        blocks=tuple(blocks),
        approvals=(_approval(data.approved),) if data.approved else (),
        provenance=provenance(data),
        draft=data.approved is None,
        long_storage=data.long_storage,
    )


def _title(data: SchoolListData) -> tuple[str, ...]:
    first, when = glue(f"Список {data.label}"), f"в{NBSP}{data.year}{NBSP}году и основания включения"
    if data.municipality_genitive:
        return first, glue(f"{data.municipality_genitive} {when}")
    return first, when, glue(f"Муниципалитет: {data.municipality}")


def _approval(order: Order) -> ActApproval:
    return ActApproval(
        number=order.number,
        date=order.date,
        issuer_genitive=glue(order.issuer_genitive),
        issuer=glue(order.issuer),
        annex=order.annex,
    )


def provenance(data: SchoolListData) -> str:
    """Return the line at the bottom: «Опора · вычислено … · правило …, версия … · снимок данных …»."""
    parts = [
        "Опора",
        f"вычислено {ru_moment(data.computed_at)}",
        glue(f"правило «{data.rule_title}», версия {data.rule_version}"),
    ]
    if data.snapshot:
        parts.append(f"снимок данных {_short(data.snapshot)}")
    return " · ".join(parts)


def _short(identifier: str) -> str:
    return identifier if len(identifier) <= _LONGEST_ID else f"{identifier[:4]}…{identifier[-4:]}"


# --- the list ----------------------------------------------------------------------------------------------------


def _list_table(rows: Iterable[SchoolLine], *, intervals: bool) -> Table:
    marks = (*MARKS, INTERVAL_MARK) if intervals else MARKS
    interval = (Column("Интервал", 22, "right", inner=True),) if intervals else ()
    return Table(
        name="Список",
        columns=(
            Column("№", 7.5, "right"),
            Column("Школа", 38),
            Column("Процедура", 43, inner=True),
            Column("Год", 12, "right", inner=True),
            Column("Ниже минимума из участников", 26, "right", inner=True),
            Column("Доля", 15, "right", inner=True),
            *interval,
            Column("Основание", 38.5),
        ),
        groups=(Group(tuple(_list_row(number, row, intervals=intervals) for number, row in enumerate(rows, start=1))),),
        marks=marks,
        empty="В список не вошла ни одна школа.",
    )


def _list_row(number: int, row: SchoolLine, *, intervals: bool) -> Row:
    empty = (_no_figures(row), None, None, None, *((None,) if intervals else ()))
    parts = tuple(_fraction(item, intervals=intervals) for item in row.fractions) or (empty,)
    return Row((number, _name(row), _grounds(row)), parts)


def _no_figures(row: SchoolLine) -> Value:
    """Return what stands for figures: «нет данных» only where the rule itself answers so."""
    return "нет данных" if row.verdict == "no_data" else None


def _name(row: SchoolLine) -> Value:
    name = glue(row.name)
    if not row.settlement or row.settlement.casefold() in row.name.casefold():
        return name
    return Lines((name, glue(row.settlement)))


def _fraction(item: FractionLine, *, intervals: bool) -> tuple[Value, ...]:
    marks = [SMALL] * item.small + [RESTORED] * item.restored
    counts = Fraction(item.below, item.participants)
    return (
        glue(item.label),
        item.year,
        Marked(counts, tuple(marks)) if marks else counts,
        Share(item.below, item.participants),
        *((Marked(item.interval, (SPREAD,)),) if intervals else ()),
    )


def _grounds(row: SchoolLine) -> Value:
    """Return the branches in words; of a school that the experts added, their reason."""
    texts = ["; ".join(row.branches)] if row.branches and row.verdict == "listed" else []
    if row.correction is not None:
        texts.append(f"решение экспертов: {row.correction.reason}")
    return Lines(tuple(glue(text) for text in texts)) if texts else None


def _totals(data: SchoolListData) -> str:
    counts = data.counts
    figures = (
        ("Всего школ", counts.total),
        ("в списке", counts.listed),
        ("на грани", counts.edge),
        ("нет данных", counts.no_data),
    )
    counted = ", ".join(f"{words}: {number}".replace(" ", NBSP) for words, number in figures)
    parts = [f"{counted}.", corrections_text(counts.corrected)]
    if data.protocol:
        parts.append(data.protocol.rstrip(". ") + ".")
    return glue(" ".join(parts))


def corrections_text(number: int) -> str:
    """Return «Поправок экспертов нет.», «Внесена 1 поправка экспертов.», «Внесены 2 поправки экспертов.»."""
    if not number:
        return "Поправок экспертов нет."
    verb = plural(number, "Внесена", "Внесены", "Внесено")
    return f"{verb} {number}{NBSP}{plural(number, 'поправка', 'поправки', 'поправок')} экспертов."


# --- annexes -----------------------------------------------------------------------------------------------------


def _uncertain(rows: Iterable[SchoolLine]) -> list[Block]:
    """Return the schools that one pupil would move, and those about which nothing is known.

    Where the experts have decided, nothing is uncertain any more: such schools stand in the list or among those left
    out.
    """
    chosen = [row for row in rows if row.correction is None and (row.edge or row.verdict == "no_data")]
    if not chosen:
        return []
    table = Table(
        name="На грани и без данных",
        columns=(Column("№", 8, "right"), Column("Школа", 54), Column("Ответ", 32), Column("Что известно", 86)),
        groups=(
            Group(
                tuple(
                    Row((number, _name(row), _answer(row), glue(row.words) if row.words else None))
                    for number, row in enumerate(chosen, start=1)
                )
            ),
        ),
    )
    return [Heading("Школы на грани списка и школы без данных"), table]


def _answer(row: SchoolLine) -> str:
    if row.verdict == "no_data":
        return "нет данных"
    place = "в списке" if row.listed else "не в списке"
    return f"{place}, на{NBSP}грани" if row.edge else place


def _left_out(rows: Iterable[SchoolLine]) -> list[Block]:
    """Return the schools that the experts left out, each with what the rule answers and with the reason."""
    chosen = [(row, row.correction) for row in rows if row.correction is not None and not row.listed]
    if not chosen:
        return []
    table = Table(
        name="Не включены экспертами",
        columns=(
            Column("№", 8, "right"),
            Column("Школа", 54),
            Column("Основание по правилу", 52),
            Column("Причина", 66),
        ),
        groups=(
            Group(
                tuple(
                    Row((number, _name(row), _by_rule(row), glue(correction.reason)))
                    for number, (row, correction) in enumerate(chosen, start=1)
                )
            ),
        ),
    )
    return [Heading("Школы, не включённые в список решением экспертов"), table]


def _explained(sentences: tuple[str, ...]) -> list[Block]:
    """Return what was found unusual in the figures, with the explanation that was given."""
    if not sentences:
        return []
    lines = [paragraph(f"{number}. {glue(text)}", indent=False) for number, text in enumerate(sentences, start=1)]
    return [Heading("Пояснения к данным"), *lines]


def _by_rule(row: SchoolLine) -> str:
    if row.verdict == "listed":
        return glue("; ".join(row.branches))
    return "нет данных" if row.verdict == "no_data" else "правило не относит школу к списку"


def _signatures(signers: tuple[Signer, ...]) -> list[Block]:
    return [
        SignatureBlock(glue(signer.position), glue(signer.name), place=f"signer{number}")
        for number, signer in enumerate(signers or (Signer(),), start=1)
    ]
