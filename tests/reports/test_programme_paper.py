"""The programme as papers: goldens of all forms, grifs, drafts, empty places, the standard by the day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.analysis.programme_sections import ALL
from app.exporters.docx import render_docx
from app.exporters.pdf import render_pdf
from app.exporters.xlsx import render_xlsx
from app.models.store import Store
from app.operations import programme_parts as parts
from app.operations import programmes
from app.operations.programme_paper_data import paper_data
from app.reports import programme_paper
from app.reports.document import ActApproval, PersonApproval, Table, Turn
from app.reports.profile import GOST_2016, GOST_2025, profile_for
from app.reports.programme_data import ProgrammeData
from tests.helpers.golden import check_golden
from tests.helpers.programme_papers import filled
from tests.helpers.projections import docx_projection, pdf_projection, xlsx_projection
from tests.helpers.stores import made

TEXTS = {item.key: f"Здесь сказано: {item.hint.lower()}" for item in ALL if item.key != "passport.developers"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = made(tmp_path / "p.opora")
    yield opened
    opened.abandon()


def data_of(store: Store, key: int, texts: dict[str, str] | None = None) -> ProgrammeData:
    found = paper_data(store.connection, programmes.tree(store.connection, key), TEXTS if texts is None else texts, {})
    return replace(found, computed_at="2026-11-23T10:00:00", day="2026-11-23", title_year="2026 год")


def test_golden_of_the_whole(store: Store) -> None:
    document = programme_paper.programme(data_of(store, filled(store)))
    check_golden("programme.pdf.txt", pdf_projection(render_pdf(document, invariant=True).data))
    check_golden("programme.docx.txt", docx_projection(render_docx(document)))
    check_golden("programme.xlsx.txt", xlsx_projection(render_xlsx(document)))


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("plan", programme_paper.plan_paper),
        ("indicators", programme_paper.indicators_paper),
        ("money", programme_paper.money_paper),
    ],
)
def test_golden_of_tables_alone(store: Store, name: str, make: Any) -> None:
    document = make(data_of(store, filled(store, tasks=1)))
    check_golden(f"programme_{name}.pdf.txt", pdf_projection(render_pdf(document, invariant=True).data))


@pytest.mark.parametrize(
    ("document", "word"),
    [("programme", "УТВЕРЖДЕНА"), ("complex", "УТВЕРЖДЁН"), ("plan", "УТВЕРЖДЁН"), ("road_map", "УТВЕРЖДЕНА")],
)
def test_the_word_agrees_with_what_the_paper_is(store: Store, document: str, word: str) -> None:
    key = programmes.create(store, "municipal", "Меры", 2026, 2027, document=document)  # type: ignore[arg-type]
    act = {"word": "approved", "act": "Постановление администрации округа", "number": "214", "dated": "2026-11-28"}
    parts.put_rows(store, key, "block", [act])
    (block,) = data_of(store, key).approvals
    assert isinstance(block, ActApproval)
    assert block.lines() == (word, "постановлением администрации округа", "от\xa028.11.2026 №\xa0214")


def test_without_blocks_a_draft_leaves_a_place_to_sign(store: Store) -> None:
    key = programmes.create(store, "municipal", "Меры", 2026, 2027)
    (block,) = data_of(store, key).approvals
    assert isinstance(block, PersonApproval)
    assert (block.word, block.place) == ("УТВЕРЖДАЮ", "approve1")


def test_who_agrees_stands_before_who_approves_and_three_at_most(store: Store) -> None:
    key = programmes.create(store, "municipal", "Меры", 2026, 2027)
    rows = [
        {"word": "approve", "post": "Начальник", "name": "М. П. Иванова"},
        {"word": "agreed", "post": "Директор института", "name": "О. В. Ким"},
        {"word": "accepted", "act": "Решение совета", "number": "3", "dated": "2026-11-01"},
    ]
    parts.put_rows(store, key, "block", rows)
    found = data_of(store, key)
    assert [block.word for block in found.approvals] == ["СОГЛАСОВАНО", "ПРИНЯТА", "УТВЕРЖДАЮ"]
    assert render_pdf(programme_paper.programme(found)).places == ()


def test_a_draft_says_so_on_every_page_and_an_approved_one_on_none(store: Store) -> None:
    found = data_of(store, filled(store))
    draft = pdf_projection(render_pdf(programme_paper.programme(found)).data)
    assert draft.count("ПРОЕКТ, редакция 1") == draft.count("== страница")
    approved = pdf_projection(render_pdf(programme_paper.programme(replace(found, draft=False))).data)
    assert "ПРОЕКТ" not in approved
    assert "не заполнено" in draft
    assert "не заполнено" not in approved


def test_an_empty_programme_names_the_places_to_fill(store: Store) -> None:
    key = programmes.create(store, "municipal", "Меры", 2026, 2027)
    found = data_of(store, key, {})
    for make in (
        programme_paper.programme, programme_paper.plan_paper, programme_paper.indicators_paper,
        programme_paper.money_paper,
    ):  # fmt: skip
        document = make(found)
        assert render_docx(document)
        assert render_xlsx(document)
        said = pdf_projection(render_pdf(document).data)
        assert "[не заполнено: " in said
    whole = pdf_projection(render_pdf(programme_paper.programme(found)).data)
    for place in ("мероприятия]", "кто писал программу]", "участники и их полномочия]", "риски и меры против них]"):
        assert f"[не заполнено: {place}" in whole


def test_wide_tables_lie_and_the_rest_stands(store: Store) -> None:
    document = programme_paper.programme(data_of(store, filled(store)))
    turns = [block.landscape for block in document.blocks if isinstance(block, Turn)]
    assert turns == [True, False]
    widths = [table.name for table in document.tables()]
    assert widths[:3] == ["Паспорт", "Механизм", "Стороны"]
    captions = [table.caption for table in document.tables()]
    assert [caption.split(".")[0] for caption in captions] == [f"Таблица\xa0{n}" for n in range(1, len(captions) + 1)]


def test_the_standard_follows_the_day_of_the_paper(store: Store) -> None:
    assert profile_for("2025-08-17") is GOST_2016
    assert profile_for("2025-08-18") is GOST_2025
    assert profile_for("2015-01-01") is GOST_2016
    for profile in (GOST_2016, GOST_2025):
        assert (profile.left, profile.left_long, profile.right, profile.top, profile.bottom) == (20, 30, 10, 20, 20)
        assert profile.sizes[0] <= profile.body <= profile.sizes[1]
    found = data_of(store, filled(store))
    assert programme_paper.programme(replace(found, day="2024-05-01")).profile is GOST_2016


def test_money_totals_are_worked_out_by_hand(store: Store) -> None:
    """Task 1: activity 1 has one source, 2 two, 3 none, 4 one; each 1 00n 000,50 a year (see the helper)."""
    table = next(t for t in programme_paper.money_paper(data_of(store, filled(store, tasks=1))).blocks
                 if isinstance(t, Table))  # fmt: skip
    rows = list(table.rows())
    years = [sum(int(1_00_000 + place * 1_000) * 100 + 50 for place in (1, 2, 2, 4))] * 3
    total = next(row for row in rows if row.total == "group").parts[0]
    assert [value.kopecks for value in total[1:4]] == years  # type: ignore[union-attr]
    assert total[4].kopecks == sum(years)  # type: ignore[union-attr]
    grand = rows[-1]
    assert [part[0] for part in grand.parts] == ["региональный бюджет", "местный бюджет", "всего"]
    by_source = [part[4].kopecks for part in grand.parts]  # type: ignore[union-attr]
    assert by_source[0] + by_source[1] == by_source[2] == sum(years)


def test_what_was_typed_stays_where_it_is_no_number(store: Store) -> None:
    document = programme_paper.indicators_paper(data_of(store, filled(store, tasks=1)))
    table = document.tables()[0]
    own, required = next(iter(table.rows())).parts
    assert [getattr(value, "exact", value) for value in own[4:]] == ["37.5", "35.5", "33.5", "31.5"]
    assert required[5:] == ("не более 36", "не более 35", "не более 34")
    assert "приказ министерства от\xa015.01.2026 №\xa012" in str(required[1])


def test_long_names_stay_on_the_page(store: Store) -> None:
    name = "Муниципальное бюджетное общеобразовательное учреждение " * 6
    key = filled(store, tasks=1, title=f"Программа {name}")
    parts.put_rows(store, key, "block", [{"word": "approve", "post": name, "name": "К. К. Константинопольский-Южный"}])
    document = programme_paper.programme(data_of(store, key))
    from tests.helpers.projections import pdf_texts

    for page in pdf_texts(render_pdf(document).data):
        assert all(piece.left >= 56 and piece.right <= 842 - 27 for piece in page)


@pytest.mark.parametrize("last", [2030, 2042, 2055])
def test_however_many_years_no_column_is_lost_beside_the_page(store: Store, last: int) -> None:
    data = data_of(store, filled(store, tasks=1, activities=1, years=(2026, last)))
    for make in (programme_paper.indicators_paper, programme_paper.money_paper):
        table = next(block for block in make(data).blocks if isinstance(block, Table))
        assert min(column.weight for column in table.columns) >= 14
    from tests.helpers.projections import pdf_texts

    for page in pdf_texts(render_pdf(programme_paper.indicators_paper(data)).data):
        assert all(piece.left >= 56 and piece.right <= 842 - 27 for piece in page)
