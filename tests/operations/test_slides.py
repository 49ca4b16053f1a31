from __future__ import annotations

import io

import pptx
import pytest

from app.errors import UserError
from app.exporters.preview import page_count
from app.operations import slides
from app.operations.papers import Paper
from app.reports.charts import BarChart, Point, Series
from app.reports.document import ChartRow, Column, Document, Group, Heading, Meta, Row, Table, paragraph

COLUMNS = (Column("Школа", 3), Column("Мера", 5))


def table(name: str, rows: int, caption: str = "") -> Table:
    return Table(
        name, COLUMNS, (Group(tuple(Row((f"№ {number}", "мера")) for number in range(rows))),), caption=caption
    )


def chart(title: str, value: float | None) -> BarChart:
    return BarChart(title, "школ", (Series("Школ", (Point("Физика", value),)),))


DOCUMENT = Document(
    ("Дорожная карта",),
    Meta("Управление", "2026-11-22", "Проба"),
    (
        Heading("Первая школа"),
        table("Меры", 30),
        paragraph("Текст."),
        Heading("Вторая школа"),
        table("Меры", 2),
        table("Пустая", 0),
        table("Сроки", 1, "Таблица 2. Сроки по школам"),
        ChartRow((chart("Школы", 3.0), chart("Ничего", None))),
    ),
)
PAPER = Paper("road_map", "Дорожная карта", DOCUMENT, None)


def test_tables_with_rows_and_charts_with_values_are_offered_under_different_titles() -> None:
    assert [(item.place, item.kind, item.title) for item in slides.blocks(DOCUMENT)] == [
        (0, "table", "Меры"),
        (1, "table", "Вторая школа. Меры"),
        (3, "table", "Сроки по школам"),
        (4, "chart", "Школы"),
    ]
    assert [item.told for item in slides.blocks(DOCUMENT)] == [
        "таблица, 3\u00a0слайда",
        "таблица, 1\u00a0слайд",
        "таблица, 1\u00a0слайд",
        "график, 1\u00a0слайд",
    ]


def test_slides_stand_in_the_order_given() -> None:
    offered = slides.blocks(DOCUMENT)
    made = slides.render_slides(PAPER, [offered[3], offered[1]])
    assert made.suffix == ".pptx"
    show = pptx.Presentation(io.BytesIO(made.data))
    titles = [slide.shapes.title.text for slide in show.slides]  # type: ignore[union-attr]
    assert titles == ["Дорожная карта", "Школы", "Вторая школа. Меры"]


def test_told_slides_are_those_of_the_file() -> None:
    offered = slides.blocks(DOCUMENT)
    show = pptx.Presentation(io.BytesIO(slides.render_slides(PAPER, offered).data))
    assert len(show.slides) == 1 + sum(item.slides for item in offered)


def test_nothing_chosen_is_said() -> None:
    with pytest.raises(UserError) as caught:
        slides.render_slides(PAPER, [])
    assert caught.value.code == "SLIDE_NOTHING"


def test_each_choice_has_a_picture_of_one_page() -> None:
    for choice in slides.blocks(DOCUMENT):
        assert page_count(slides.picture(DOCUMENT, choice).data) == 1


def test_a_table_named_as_its_heading_is_told_apart_by_its_kind() -> None:
    same = (Heading("Школы"), ChartRow((chart("Школы", 3.0),)), table("Школы", 1))
    found = slides.blocks(Document(("Отчёт",), DOCUMENT.meta, same))
    assert [item.title for item in found] == ["Школы", "Школы: таблица"]
