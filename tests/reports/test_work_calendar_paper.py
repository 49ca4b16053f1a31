"""The sheet of a month: one page whatever stands in its days, things cut at the end of a word, the rest counted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.exporters.pdf import render_pdf
from app.reports.document import shown
from app.reports.work_calendar import CalendarHead, ListLine, SheetDay, month_paper
from tests.helpers.projections import pdf_text

HEAD = CalendarHead(
    "Управление образования администрации Лесогорского муниципального округа", "месяц", "", "2026-11-23T10:00:00+00:00"
)
LINE = ListLine("2026-11-02", "2026-11-02", "", "Выезд", "выезд", "", "", "сделано")
LONG = (
    "СОШ с. Усть-Клёновка: сверить индивидуальные планы", "14:00 Мастер-класс «Опорные таблицы для слабых учеников»",
    "Муниципальное бюджетное общеобразовательное учреждение", "ОЧЕНЬШИРОКОЕСЛОВОЩЖШЮМФЩЖШЮМФ БЕЗКОНЦА",
)  # fmt: skip


def weeks(first: date, number: int, lines: tuple[str, ...]) -> tuple[tuple[int, tuple[SheetDay, ...]], ...]:
    return tuple(
        (week + 1, tuple(
            SheetDay(first + timedelta(days=7 * week + day), True, "Осенние каникулы" if day == 0 else "", lines)
            for day in range(7)
        ))
        for week in range(number)
    )  # fmt: skip


@pytest.mark.parametrize("number", [4, 5, 6])
def test_a_full_month_stands_on_one_page_and_the_list_begins_the_next(number: int) -> None:
    sheet = weeks(date(2026, 11, 2), number, LONG * 3)
    pages = pdf_text(render_pdf(month_paper(HEAD, sheet, (LINE,), "Рабочих дней: 20.")).data)
    assert len(pages) == 2
    assert "Рабочих дней: 20." in " ".join(pages[0].split())
    assert "По дням" in " ".join(pages[1].split())


def cell(*lines: str) -> tuple[str, ...]:
    sheet = month_paper(HEAD, weeks(date(2026, 11, 2), 6, lines), (), "").tables()[0]
    tuesday = next(sheet.rows()).cells[2]
    return tuple(line.replace("\u00a0", " ") for line in shown(tuesday))


def test_things_of_a_day_are_cut_at_words_and_the_rest_is_counted() -> None:
    assert cell() == ("3",)
    assert cell("Педсовет", "Выезд", "Урок", "Срок") == ("3", "Педсовет", "Выезд", "Урок", "Срок")
    # five lines a day in a month of six weeks: the day, two of one thing, one, how many are hidden
    assert cell("как читать отчёт по ВПР", "Педсовет", "Урок", "Срок", "Дело") == (
        "3", "как читать отчёт по ВПР", "Педсовет", "ещё 3",
    )  # fmt: skip
    assert cell("разбор результатов ВПР за пятый класс") == ("3", "разбор результатов ВПР…")
