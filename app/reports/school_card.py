"""«Карточка школы»: one A4 side before a visit or a session (issue C, 5; ui.md, «Papers»).

How much stands on the page is said by ``Limits``; the maker takes the first step of ``LADDER`` with which the page
holds everything, and the paper says how much was left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.reports.card_data import AreaCount, IndexLine, Line, Result, RiskProfile, SchoolCard, Section, YearCount
from app.reports.charts import BarChart, Level, LineChart, Point, Series
from app.reports.document import (
    Block,
    ChartBlock,
    ChartRow,
    Column,
    Document,
    Fact,
    Facts,
    Fraction,
    Group,
    HandNotes,
    Heading,
    Mark,
    Marked,
    Meta,
    Note,
    Row,
    Share,
    Table,
    Value,
)
from app.reports.school_list import MARKS, RESTORED, SMALL
from app.texts import DASH, NBSP, capital, count, glue, percent, plural, ru_moment, school_year

KIND = "Карточка школы"
NOTHING = "нет данных"
AUTUMN, SUMMED = "°", "†"
CARD_MARKS = (
    *MARKS,
    Mark(AUTUMN, "осень", "Работа написана осенью: с весной не сравнивается."),
    Mark(SUMMED, "по своим школам", "Сложено по школам файла: отдельной строки муниципалитета в отчётах нет."),
)
SHOWN_YEARS = 3
LINES_OF_CHART = 3
TICKS = ((1.0, "низкая"), (2.0, "средняя"), (3.0, "высокая"))
LONGEST_NAME = 110
"""Characters of a name that stand in the title; a longer one gives way to the short one."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a card stands on its page.

    Attributes:
        results: rows of the table of results.
        sections: how many sections are told; of the others only their names.
        items: lines of one section.
        text: characters of one line.
        questions: how many.
        factors: rows of the risk profile.
        chart_mm: height of the charts; 0 leaves them out.
        notes_mm: height of the frame for writing.
    """

    results: int
    sections: int
    items: int
    text: int
    questions: int
    factors: int
    chart_mm: float
    notes_mm: float


LADDER: tuple[Limits, ...] = (
    Limits(12, 12, 4, 300, 6, 12, 60.0, 32.0),
    Limits(10, 12, 3, 260, 5, 12, 56.0, 28.0),
    Limits(9, 12, 3, 220, 5, 12, 52.0, 26.0),
    Limits(8, 12, 2, 220, 4, 10, 50.0, 24.0),
    Limits(8, 12, 2, 180, 4, 10, 46.0, 22.0),
    Limits(8, 12, 1, 170, 4, 10, 44.0, 20.0),
    Limits(7, 12, 1, 150, 4, 8, 42.0, 18.0),
    Limits(6, 10, 1, 130, 3, 8, 40.0, 18.0),
    Limits(5, 8, 1, 110, 3, 6, 38.0, 16.0),
    Limits(4, 5, 1, 80, 2, 6, 34.0, 14.0),
    Limits(3, 3, 1, 60, 2, 6, 0.0, 12.0),
    Limits(3, 0, 1, 50, 1, 6, 0.0, 12.0),
)
"""From the fullest card to the barest."""


def school_card(card: SchoolCard, limits: Limits = LADDER[0]) -> Document:
    """Return the paper.

    Args:
        card: of one school and school year.
        limits: how much stands on it.
    """
    blocks: list[Block] = [Note(glue(_subtitle(card))), Facts((_passport(card, limits), _answers(card, limits)))]
    blocks += _results(card, limits)
    blocks += _charts(card, limits)
    known = _known(card, limits)
    if known:
        blocks += [Heading("Что известно ещё", 3), Facts((known,))]
    blocks += [Heading("Вопросы к встрече" if card.questions else "К встрече", 3), _questions(card, limits)]
    return Document(
        title=(glue(f"Карточка школы: {_name(card)}"),),
        meta=Meta(card.organisation, card.computed_at, KIND),
        blocks=tuple(blocks),
        provenance=provenance(card),
    )


def _name(card: SchoolCard) -> str:
    """Return the full name where it fits two lines, else the short one."""
    return card.school.name if len(card.school.name) <= LONGEST_NAME else card.school.shown


def provenance(card: SchoolCard) -> str:
    """Return the line at the bottom: «Опора · вычислено … · правило …, версия … · снимок данных …»."""
    parts = ["Опора", f"вычислено {ru_moment(card.computed_at)}"]
    answer = card.answer
    if answer is not None:
        parts.append(glue(f"правило «{answer.rule_title}», версия {answer.rule_version}"))
        if answer.snapshot:
            parts.append(f"снимок данных {answer.snapshot[:4]}…{answer.snapshot[-4:]}")
    return " · ".join(parts)


def _subtitle(card: SchoolCard) -> str:
    school = card.school
    parts = [f"{school_year(card.school_year)} учебный год"]
    parts.append(f"результаты {card.result_year} года" if card.result_year else "результатов в файле нет")
    parts += [text for text in (school.municipality or "", f"код {school.code}" if school.code else "") if text]
    return " · ".join(parts)


def cut(text: str, most: int) -> str:
    """Return a text no longer than ``most`` characters, cut between words with «…»."""
    if len(text) <= most:
        return text
    head = text[: most - 1]
    if text[most - 1] == " ":
        return head.rstrip(" ,;:—.") + "…"
    return (head.rsplit(" ", 1)[0] if " " in head[most // 2 :] else head).rstrip(" ,;:—.") + "…"


# --- head ------------------------------------------------------------------------------------------------------


def _passport(card: SchoolCard, limits: Limits) -> tuple[Fact, ...]:
    return tuple(Fact(line.label, glue(cut(line.text, limits.text))) for line in card.passport)


def _answers(card: SchoolCard, limits: Limits) -> tuple[Fact, ...]:
    """Return answer, type, indices, zone of risk and the level of the self-diagnosis."""
    facts = [Fact("Ответ", glue(answer_text(card)), bold=True)]
    answer = card.answer
    if answer is not None and answer.branches and answer.listed:
        facts.append(Fact("Основание", glue("; ".join(answer.branches))))  # of a legal decision: never cut
    if card.types and card.kind is not None:
        facts.append(Fact("Тип", card.kind.word))
    facts += [Fact(index.short, _index(index)) for index in card.indices]
    zone = next((line for line in _lines(card, "outside") if line.label.startswith("Зоны риска")), None)
    if zone is not None:
        facts.append(Fact("Зона риска", f"{zone.text}, {zone.label[-4:]}{NBSP}год"))
    level = next((line for line in _lines(card, "self_check") if line.label == "Уровень"), None)
    if level is not None:
        facts.append(Fact("Самодиагностика", cut(level.text, limits.text)))
    return tuple(facts)


def answer_text(card: SchoolCard) -> str:
    """Return «в списке, 2-й год, на грани»; a card without results says so."""
    answer = card.answer
    if answer is None:
        return NOTHING
    parts = [answer.word, answer.change if answer.change != answer.word else "", "на грани" if answer.edge else ""]
    return ", ".join(part for part in parts if part)


def _index(index: IndexLine) -> str:
    """Return «индекс −0,84, 22-е из 24, 2025/26»: as much as one line of the head takes."""
    return f"индекс {index_text(index)}".replace(f"-е{NBSP}место", "-е") if index.value is not None else NOTHING


def index_text(index: IndexLine) -> str:
    """Return «−0,84, 22-е место из 24, 2025/26»: the place is among the schools of that school year."""
    if index.value is None or index.place is None:
        return NOTHING
    number = round(index.value, 2) + 0.0
    sign = "+" if number > 0 else "−" if number < 0 else ""
    value = f"{sign}{abs(number):.2f}".replace(".", ",")
    return glue(f"{value}, {index.place}-е{NBSP}место из {index.of}, {school_year(index.school_year)}")


def _lines(card: SchoolCard, key: str) -> tuple[Line, ...]:
    section = card.section(key)
    return () if section is None else section.lines


# --- results ---------------------------------------------------------------------------------------------------


def _results(card: SchoolCard, limits: Limits) -> list[Block]:
    if not card.results:
        return [Heading("Результаты", 3), Facts(((Fact("Результаты", NOTHING),),))]
    shown = card.results[: limits.results]
    years = card.years[-SHOWN_YEARS:]
    last = years[-1]
    columns = [Column("Процедура", 48)]
    columns += [
        Column(str(year), 22, "right", sheet_titles=(f"{year}: ниже минимума", f"{year}: участников")) for year in years
    ]
    columns.append(Column(f"Доля, {last}", 23, "right"))
    if card.intervals:
        columns.append(Column("Интервал, %", 28, "right"))
    columns += [Column("Муниц.", 19, "right"), Column("Регион", 19, "right")]
    rows = tuple(_row(result, len(years), intervals=card.intervals) for result in shown)
    table = Table("Результаты", tuple(columns), (Group(rows),), CARD_MARKS)
    blocks: list[Block] = [Heading("Результаты: ниже минимума из участников", 3), table]
    left = len(card.results) - len(shown)
    if left:
        blocks.append(Note(glue(_left_out(left, len(card.results)))))
    return blocks


def _left_out(left: int, total: int) -> str:
    verb = plural(left, "поместилась", "поместились", "поместилось")
    works = count(left, "работа", "работы", "работ")
    return f"Не {verb} {works} из {total}: показаны сначала те, где порог достигнут, затем с наибольшей долей."


def _row(result: Result, years: int, *, intervals: bool) -> Row:
    cells: list[Value] = [result.label]
    cells += [_fraction(found) for found in result.counts[-years:]]
    last = result.last
    cells.append(None if last is None or last.below is None else Share(last.below, last.participants))
    if intervals:
        told = interval_text(last)
        cells.append(None if told is None else told.removesuffix(f"{NBSP}%"))
    cells += [_area(result.municipality), _area(result.region)]
    return Row(tuple(cells))


def _fraction(found: YearCount | None) -> Value:
    if found is None or found.below is None:
        return None
    marks = [SMALL] * found.small + [RESTORED] * found.restored + [AUTUMN] * found.autumn
    counts = Fraction(found.below, found.participants)
    return Marked(counts, tuple(marks)) if marks else counts


def interval_text(found: YearCount | None) -> str | None:
    """Return «10,8–60,3 %», None where there is no share."""
    if found is None or found.low is None or found.high is None:
        return None
    low, high = (f"{bound * 100:.1f}".replace(".", ",") for bound in (found.low, found.high))
    return f"{low}–{high}{NBSP}%"


def _area(area: AreaCount | None) -> Value:
    if area is None:
        return None
    share = Share(area.below, area.participants)
    return Marked(share, (SUMMED,)) if area.summed else share


# --- charts ----------------------------------------------------------------------------------------------------


def _charts(card: SchoolCard, limits: Limits) -> list[Block]:
    made = [chart for chart in (dynamics(card), risk_bars(card.risk, limits.factors)) if chart is not None]
    if not made or not limits.chart_mm:
        return []
    if len(made) == 1:
        return [ChartBlock(made[0], limits.chart_mm)]
    return [ChartRow(tuple(made), limits.chart_mm)]


def dynamics(card: SchoolCard, most: int = LINES_OF_CHART) -> LineChart | None:
    """Return the shares below minimum of the most important works over the years; None below two years of them."""
    chosen = [r for r in card.results if sum(c is not None and c.share is not None for c in r.counts) > 1][:most]
    if not chosen:
        return None
    series = tuple(Series(_named(r.label), tuple(_point(card, r, place) for place in range(len(card.years))))
                   for r in chosen)  # fmt: skip
    levels: tuple[Level, ...] = ()
    if card.answer is not None and card.answer.threshold is not None:
        part, whole = card.answer.threshold
        levels = (Level(part * 100 / whole, glue(f"порог {percent(part, whole, 0)}")),)
    return LineChart("Доля ниже минимума по годам", "%", series, levels)


def _named(label: str) -> str:
    """Return «ВПР русский, 6 кл.»: short enough to stand at the end of its line."""
    return label.replace("русский язык", "русский")


def _point(card: SchoolCard, result: Result, place: int) -> Point:
    found, year = result.counts[place], str(card.years[place])
    if found is None or found.below is None or found.share is None:
        return Point(year, None, link=card.school.id)
    told = f"{found.below} из {found.participants}, {percent(found.below, found.participants)}"
    low, high = (None if end is None else end * 100 for end in (found.low, found.high))
    if not card.intervals:
        low = high = None
    return Point(year, found.share * 100, low, high, glue(told), found.small, card.school.id)


def risk_bars(risk: RiskProfile | None, most: int) -> BarChart | None:
    """Return the factors of the risk profile as bars, the gravest first; None where there is no profile.

    Each grade of significance is a series of its own, so that shape and word tell it beside the colour.
    """
    if risk is None:
        return None
    known = [factor for factor in risk.factors if factor.level is not None]
    if not known:
        return None
    points = tuple(Point(cut(f.short, 44), float(f.level or 0), told=f.word) for f in known[:most])
    left = len(known) - len(points)
    note = f"и ещё {count(left, 'фактор', 'фактора', 'факторов')}" if left else ""
    return BarChart(glue(f"Рисковый профиль, {risk.year} год"), "", (Series("Значимость", points),), TICKS, note=note)


# --- what is known besides ----------------------------------------------------------------------------------------


def _known(card: SchoolCard, limits: Limits) -> tuple[Fact, ...]:
    facts = []
    if card.answer is not None:
        # the ground of a legal decision: everything else gives way to it
        facts.append(Fact("Почему", glue(f"{card.answer.why} {card.answer.note}".strip())))
    known = sorted((section for section in card.sections if section.lines), key=_rank)
    facts += [Fact(section.title, glue(_told(section, limits))) for section in known[: limits.sections]]
    more = [f"{_small(section.title)} ({len(section.lines)})" for section in known[limits.sections :]]
    if more:
        facts.append(Fact("Есть ещё", glue(_listed(more))))
    empty = [_small(section.title) for section in card.sections if not section.lines]
    if empty:
        facts.append(Fact("Нет данных", glue(_listed(empty))))
    return tuple(facts)


_FIRST = ("journal", "deficits", "ties", "programme")
"""What a visitor needs first; where the page has no room the rest is told by its number."""


def _rank(section: Section) -> int:
    return _FIRST.index(section.key) if section.key in _FIRST else len(_FIRST)


def _small(title: str) -> str:
    return title[:1].lower() + title[1:]


def _listed(words: Sequence[str]) -> str:
    text = ", ".join(words)
    return f"{capital(text)}."


def _told(section: Section, limits: Limits) -> str:
    shown = [cut(_line(line), limits.text) for line in section.lines[: limits.items]]
    left = len(section.lines) - len(shown)
    more = f"; и ещё {left}" if left else ""
    text = "; ".join(text.rstrip(".") for text in shown) + more
    return text if text.endswith("…") else f"{text}."


def _line(line: Line) -> str:
    note = f" ({line.note})" if line.note else ""
    return f"{line.label}{NBSP}{DASH} {line.text}{note}"


def _questions(card: SchoolCard, limits: Limits) -> HandNotes:
    asked: Sequence[str] = [cut(text, limits.text + 60) for text in card.questions[: limits.questions]]
    return HandNotes(tuple(asked), "Записи на встрече", limits.notes_mm)
