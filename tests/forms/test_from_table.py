"""Questions out of what was copied in Word or Excel, out of lists and tables: what was understood, line by line."""

from __future__ import annotations

import pytest

from app.forms import clipboard, from_table
from app.forms.drafting import usual_scale
from app.forms.from_table import Understood, kind_of, options_of
from app.forms.schema import Item

USUAL = Item("q", "", "choice", scale=usual_scale())
EXCEL = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style>td {mso-x:1}</style></head>
<body><!--StartFragment--><table><tr><td>№ п/п</td><td>Показатель</td><td>Да<br>(2 балла)</td><td>Частично (1)</td>
<td>Нет (0)</td></tr><tr><td colspan=5 style='x'>Раздел I. Условия</td></tr>
<tr><td>1.</td><td>Есть&nbsp;план</td><td></td><td></td><td></td></tr>
<tr><td>2.</td><td>Назначены <b>ответственные</b></td><td></td><td></td><td></td></tr>
<tr><td colspan="5">Кадры</td></tr><tr><td>3.</td><td>Учителя прошли курсы</td><td></td><td></td><td></td></tr>
</table><!--EndFragment--></body></html>"""
WORD_LIST = """<html><body lang=RU><!--StartFragment--><h1>Кадры</h1>
<p class=MsoListParagraph><![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp;&nbsp;&nbsp; </span></span>
<![endif]>Есть наставник</p><p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraph><span>2.<span>&nbsp; </span></span>Проводятся открытые
уроки</p><p class=MsoNormal><b>Материалы</b></p><p>3. Есть библиотека</p><!--EndFragment--></body></html>"""
WORD_TABLE = """<table><tr><td>Критерий</td><td>Показатель</td></tr><tr><td rowspan=2>Кадры</td>
<td>Есть психолог</td></tr><tr><td>Есть логопед</td></tr></table>"""


def read(text: str, html: str = "") -> Understood:
    return from_table.understand(clipboard.lines(text, html), USUAL)


def shape(found: Understood) -> list[tuple[str, list[tuple[str, str]]]]:
    return [(section.title, [(item.number, item.text) for item in section.items]) for section in found.sections]


def test_a_table_of_excel_with_joined_rows_and_columns_of_answers() -> None:
    found = read("", EXCEL)
    assert shape(found) == [
        ("Раздел I. Условия", [("1", "Есть план"), ("2", "Назначены ответственные")]),
        ("Кадры", [("3", "Учителя прошли курсы")]),
    ]
    (scale,) = found.scales
    assert [(one.value, one.text, one.points) for one in scale.choices] == [
        ("2", "Да", 2), ("1", "Частично", 1), ("0", "Нет", 0),
    ]  # fmt: skip
    assert found.sentence.replace("\u00a0", " ") == "Понято: 2 раздела, 3 вопроса."
    assert [line.meaning for line in found.told] == ["head", "section", "item", "item", "section", "item"]


def test_a_list_of_word_with_headings_and_bold_lines() -> None:
    assert shape(read("", WORD_LIST)) == [
        ("Кадры", [("1", "Есть наставник"), ("2", "Проводятся открытые уроки")]),
        ("Материалы", [("3", "Есть библиотека")]),
    ]


def test_a_criterion_that_reaches_down_stands_at_every_question() -> None:
    found = read("", WORD_TABLE)
    assert [(item.criterion, item.text) for item in found.sections[0].items] == [
        ("Кадры", "Есть психолог"), ("Кадры", "Есть логопед"),
    ]  # fmt: skip


def test_the_text_of_excel_with_a_cell_of_two_lines() -> None:
    found = read(
        '№\tВопрос\tВид\tШкала\tВес\n1\t"Есть\nплан"\tвыбор\tДа = 3; Нет = 0\t2\n2\tСколько детей\tчисло\t\t\n'
    )
    first, second = found.sections[0].items
    assert (first.text, first.weight, first.points) == ("Есть план", 2, 6)
    assert (second.kind, second.least, second.scale, second.weight) == ("whole", 0, None, 1)


def test_a_column_of_sections() -> None:
    text = "Раздел\tВопрос\nКадры\tЕсть психолог\nКадры\tЕсть логопед\nУсловия\tЕсть спортзал"
    assert shape(read(text)) == [
        ("Кадры", [("", "Есть психолог"), ("", "Есть логопед")]), ("Условия", [("", "Есть спортзал")]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Есть план\nЕсть отчёт", [("", [("", "Есть план"), ("", "Есть отчёт")])]),
        ("1) Есть план\n2) Есть отчёт", [("", [("1", "Есть план"), ("2", "Есть отчёт")])]),
        ("1. Условия\n1.1. Есть зал\n1.2 Есть школа\n2. Кадры\n2.1 Есть врач",
         [("1. Условия", [("1.1", "Есть зал"), ("1.2", "Есть школа")]), ("2. Кадры", [("2.1", "Есть врач")])]),
        ("Условия:\n– есть зал\n– есть школа", [("Условия", [("", "есть зал"), ("", "есть школа")])]),
        ("1. Есть план,\nутверждённый директором\n2. Есть отчёт",
         [("", [("1", "Есть план, утверждённый директором"), ("2", "Есть отчёт")])]),
        ("Раздел 1\n1. А\nРаздел 2\n1. Б", [("Раздел 1", [("1", "А")]), ("Раздел 2", [("1", "Б")])]),
        ("2026 год: 5 классов", [("", [("", "2026 год: 5 классов")])]),
    ],
)  # fmt: skip
def test_plain_lists(text: str, wanted: list[tuple[str, list[tuple[str, str]]]]) -> None:
    assert shape(read(text)) == wanted


def test_nothing_disappears_silently() -> None:
    found = read("Анкета для школ\nПриказ № 5\n№\tВопрос\n1\tЕсть план\n\tИтого\n", "")
    words = {line.text: line.meaning for line in found.told}
    assert words["Анкета для школ"] == "skipped"
    assert words["1 Есть план"] == "item"
    assert "пропущено строк" in found.sentence
    empty = read("1. Есть план\nРаздел 2")
    assert [(line.text, line.words) for line in empty.told][-1] == ("Раздел 2", "заголовок без вопросов")


def test_an_odd_quotation_mark_is_a_letter() -> None:
    assert shape(read('1\tМеры "Точки роста\n2\tЕсть план')) == [
        ("", [("1", 'Меры "Точки роста'), ("2", "Есть план")])
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Да = 2; Частично = 1; Нет = 0", [("Да", 2), ("Частично", 1), ("Нет", 0)]),
        ("0 — нет, 1 — частично, 2 — да", [("нет", 0), ("частично", 1), ("да", 2)]),
        ("1–4", [("1", 1), ("2", 2), ("3", 3), ("4", 4)]),
        ("от 0 до 2", [("0", 0), ("1", 1), ("2", 2)]),
        ("да/нет", [("да", None), ("нет", None)]),
        ("Да (1 балл); Нет (0 баллов)", [("Да", 1), ("Нет", 0)]),
        ("свободно", []),
        ("0–900", []),
        ("", []),
    ],
)
def test_answers_with_their_points(text: str, wanted: list[tuple[str, int | None]]) -> None:
    assert options_of(text) == wanted


@pytest.mark.parametrize(
    ("text", "kind"),
    [("Число", "whole"), ("дробное число", "decimal"), ("Несколько из списка", "many"), ("да/нет", "flag"),
     ("Дата", "date"), ("Ссылка на сайт", "link"), ("свободный текст", "text"), ("выбор", "choice"), ("", None),
     ("как угодно", None)],
)  # fmt: skip
def test_kinds_in_usual_words(text: str, kind: str | None) -> None:
    assert kind_of(text) == kind
