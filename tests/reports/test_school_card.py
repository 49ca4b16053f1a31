"""«Карточка школы»: one A4 side whatever is known, the words of it, and what is shown only where asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from app.exporters.docx import render_docx
from app.exporters.pdf import render, render_pdf
from app.exporters.xlsx import render_xlsx
from app.models.organisations import School
from app.models.records import Assessment
from app.operations.card_papers import fitted
from app.reports.card_data import (
    Answer,
    AreaCount,
    IndexLine,
    Line,
    Origin,
    Result,
    RiskFactor,
    RiskProfile,
    SchoolCard,
    Section,
    TypeLine,
    YearCount,
)
from app.reports.document import Document, Facts, HandNotes, Table
from app.reports.school_card import LADDER, cut, dynamics, index_text, risk_bars, school_card
from tests.helpers.golden import check_golden
from tests.helpers.projections import docx_projection, pdf_projection, xlsx_projection

SCHOOL = School(
    7, "МБОУ «Лесогорская СОШ № 3»", "СОШ № 3", "school", "СОШ", 1, "Лесогорский округ", "г. Лесогорск", "city",
    "ул. Садовая, д. 4", "active", True, None, 1, "edu971203",
)  # fmt: skip
ANSWER = Answer(
    "rosobrnadzor-2022", "Рособрнадзор, декабрь 2022 года", "1.0", 2026, "в списке", "bad", True, change="2-й год",
    branches=("две и более процедуры за год",), threshold=(30, 100), snapshot="7c1e" + "0" * 56 + "a94f",
    why="Школа входит в список 2026 года: порог 30 % достигнут по 2 процедурам.",
    note="Список утверждён приказом от 28.11.2026 № 214.",
)  # fmt: skip


def count_of(year: int, below: int, of: int, *, autumn: bool = False, restored: bool = False) -> YearCount:
    hit = below * 100 >= 30 * of
    return YearCount(year, below, of, 0.1, 0.6, hit=hit, autumn=autumn, restored=restored)


def work(grade: int, *counts: tuple[int, int], subject: str = "Математика") -> Result:
    made = tuple(count_of(2024 + place, *pair) for place, pair in enumerate(counts))
    area = AreaCount(172, 1000)
    return Result(Assessment("ВПР", subject, None, grade), made, area, AreaCount(158, 1000, summed=True))


RISK = RiskProfile(
    "Рисковые профили школ", 2026, "Письмо от 14.10.2026 № 5",
    (
        RiskFactor("staff", "Дефицит педагогических кадров", "Дефицит кадров", "высокая", 3, Origin("e", 1)),
        RiskFactor("parents", "Низкий уровень вовлечённости родителей", "Родители", "низкая", 1, Origin("e", 2)),
    ),
)  # fmt: skip
CARD = SchoolCard(
    school=SCHOOL, school_year=2026, result_year=2026, years=(2024, 2025, 2026),
    passport=(
        Line("Директор", "Громова Л. А., с 2021 года"), Line("Заместитель", "Павлова Т. И."), Line("Учеников", "312"),
        Line("Вакансии, ставок", "психолог — 1"),
    ),
    answer=ANSWER,
    results=(work(6, (9, 29), (10, 29), (12, 31)), work(5, (3, 9), (2, 9), (1, 8), subject="Русский язык")),
    indices=(IndexLine("social", "Индекс", "Благополучие", 2025, -0.84, 22, 24),),
    kind=TypeLine("disadvantaged", "неблагополучная", "слабый результат при слабом контексте", 2026), risk=RISK,
    sections=(
        Section("outside", "Внешние списки и признаки",
                (Line("Зоны риска школ, 2026", "высокая", "Письмо от 14.10.2026"),)),
        Section("notes", "Заметки", (Line("20.11.2026", "Съездить до праздников", "напомнить 01.12.2026"),)),
        Section("projects", "Проекты года"), Section("papers", "Документы"),
    ),
    questions=("Кто и когда займёт вакантные ставки: психолог (1)?",), organisation="Методическая служба",
    computed_at="2026-11-22T14:05:00",
)  # fmt: skip


def texts(document: Document) -> str:
    return "\n".join(text.replace("\u00a0", " ") for _place, text in document.texts())


@pytest.mark.parametrize(
    ("suffix", "render", "project"),
    [(".pdf", lambda d: render_pdf(d, invariant=True).data, pdf_projection), (".docx", render_docx, docx_projection),
     (".xlsx", render_xlsx, xlsx_projection)],
)  # fmt: skip
def test_the_card_is_as_it_was_read(
    suffix: str, render: Callable[[Document], bytes], project: Callable[[bytes], str]
) -> None:
    check_golden(f"school_card{suffix}.txt", project(render(school_card(CARD))))


def test_types_and_intervals_stand_only_where_asked_for() -> None:
    plain = texts(school_card(CARD))
    assert "неблагополучная" not in plain
    assert "Интервал" not in plain
    asked = texts(school_card(replace(CARD, types=True, intervals=True)))
    assert "неблагополучная" in asked
    assert "10,0–60,0" in asked


def test_sections_without_data_are_one_quiet_line() -> None:
    facts = [fact for block in school_card(CARD).blocks if isinstance(block, Facts) for fact in block.facts()]
    empty = [fact.text.replace("\u00a0", " ") for fact in facts if fact.label == "Нет данных"]
    assert empty == ["Проекты года, документы."]


def full(works: int) -> SchoolCard:
    """Return a school about which everything is known, at length."""
    long = "Очень длинное название того, что здесь бывает, и ещё несколько слов о нём"
    lines = tuple(Line(f"{long} {number}", long * 2, long) for number in range(9))
    factors = tuple(RiskFactor(str(n), long, long, "высокая", 3, Origin("e", n)) for n in range(14))
    return replace(
        CARD,
        school=replace(SCHOOL, name="Муниципальное бюджетное общеобразовательное учреждение " * 5),
        passport=tuple(Line(line.label, long) for line in CARD.passport * 2),
        results=tuple(work(1 + n % 11, (9, 29), (10, 29), (12, 31), subject=f"Предмет {n}") for n in range(works)),
        answer=replace(ANSWER, why=f"{long}. " * 12, branches=(long, long, long)),
        sections=tuple(Section(str(number), long[:40], lines) for number in range(9)),
        questions=tuple(f"{long}, {long}?" for _ in range(7)), risk=replace(RISK, factors=factors),
        indices=CARD.indices * 3, types=True, intervals=True,
    )  # fmt: skip


@pytest.mark.parametrize("works", [0, 1, 5, 20, 60])
def test_a_school_with_everything_fits_one_side(works: int) -> None:
    document = fitted(full(works))
    assert render_pdf(document).pages == 1
    said = {fact.label: fact.text for block in document.blocks if isinstance(block, Facts) for fact in block.facts()}
    answer = full(works).answer
    assert answer is not None
    plain = [text.replace("\u00a0", " ") for text in (said["Почему"], said["Основание"])]
    assert plain == [f"{answer.why} {answer.note}".strip(), "; ".join(answer.branches)], "a ground is never cut"
    table = next((block for block in document.blocks if isinstance(block, Table)), None)
    assert (table is None) == (works == 0)
    if table is not None:
        shown = sum(1 for _ in table.rows())
        assert shown >= min(works, 3)
        assert (f"из {works}:" in texts(document)) == (shown < works)


def test_a_card_with_little_is_the_fullest_step() -> None:
    assert fitted(CARD) == school_card(CARD, LADDER[0])
    assert any(isinstance(block, HandNotes) for block in fitted(CARD).blocks)


def test_the_chart_has_the_threshold_and_breaks_where_nothing_is_known() -> None:
    gap = replace(CARD.results[0], counts=(CARD.results[0].counts[0], None, CARD.results[0].counts[2]))
    chart = dynamics(replace(CARD, results=(gap,)))
    assert chart is not None
    assert [(level.value, level.word) for level in chart.levels] == [(30.0, "порог 30\u00a0%")]
    assert [point.value is None for point in chart.series[0].points] == [False, True, False]
    assert chart.series[0].points[0].link == SCHOOL.id
    assert chart.series[0].points[0].low is None
    assert dynamics(replace(CARD, results=())) is None


def test_factors_of_risk_are_bars_with_their_words() -> None:
    chart = risk_bars(RISK, 1)
    assert chart is not None
    assert [(p.value, p.told) for p in chart.series[0].points] == [(3.0, "высокая")]
    assert chart.note == "и ещё 1\u00a0фактор"
    assert risk_bars(None, 3) is None


def test_texts_are_cut_between_words() -> None:
    assert cut("коротко", 10) == "коротко"
    assert cut("раз два три четыре", 12) == "раз два три…"


def test_an_index_is_said_with_its_place() -> None:
    assert index_text(CARD.indices[0]).replace("\u00a0", " ") == "−0,84, 22-е место из 24, 2025/26"
    assert index_text(replace(CARD.indices[0], value=None)) == "нет данных"


def test_what_fits_is_laid_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Most steps of the ladder offer more room than a card has words: the same page again and again."""
    laid: list[Document] = []
    real = render.layout

    def layout(document: Document) -> Any:
        laid.append(document)
        return real(document)

    monkeypatch.setattr(render, "layout", layout)
    found = fitted(full(8))
    stood = [document for document in laid if len(real(document)) == 1]
    assert found == stood[-1]
    assert len(laid) > 2
    assert all(one != other for place, one in enumerate(stood) for other in stood[:place])
