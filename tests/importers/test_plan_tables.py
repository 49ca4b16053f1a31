"""Tables of plans: layouts, rows torn by pages, groups, several things in a cell; nothing of a cell is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import UserError
from app.importers import plan_cells, plan_reading
from app.importers.opening import read_here
from app.importers.parsed import Hints, Known
from app.importers.plan_records import PlanLine, PlanTable
from app.importers.plan_tables import PlanMap, Understood, understand
from app.importers.plan_text import tables as of_text
from app.importers.reading import read_files
from tests.helpers.plans import HEAD, ROWS, TITLE, docx, xlsx


def table(*rows: list[str], caption: str = "") -> PlanTable:
    return PlanTable("Таблица 1", caption, tuple(PlanLine(n, tuple(row)) for n, row in enumerate(rows, start=1)))


def one(*rows: list[str]) -> Understood:
    (found,) = understand([table(*rows)])
    return found


def codes(found: Understood) -> list[str]:
    return [problem.code for problem in found.problems]


# --- several things in one cell -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ()),
        ("КОПО Л.Г. Михайлюк, ЛОИРО О.В. Ковальчук", ("КОПО Л.Г. Михайлюк", "ЛОИРО О.В. Ковальчук")),
        ("КОПО Л.Г. Михайлюк ЛОИРО О.В. Ковальчук", ("КОПО Л.Г. Михайлюк", "ЛОИРО О.В. Ковальчук")),
        ("КОПО Л.Г. Михайлюк,\nЛОИРО\nО.В. Ковальчук", ("КОПО Л.Г. Михайлюк", "ЛОИРО О.В. Ковальчук")),
        ("КОПО Л.Г. Михайлюк, Л.Г. Косырева, ЛОИРО О.В. Ковальчук",
         ("КОПО Л.Г. Михайлюк", "Л.Г. Косырева", "ЛОИРО О.В. Ковальчук")),
        ("руководители МОУО, руководители ОО", ("руководители МОУО", "руководители ОО")),
        ("руководители\nМОУО", ("руководители МОУО",)),
        ("муниципальные службы\nруководители ОО", ("муниципальные службы", "руководители ОО")),
        ("Ким И.И., директор школы", ("Ким И.И., директор школы",)),
        ("Ким И.И.; Лис А.А.", ("Ким И.И.", "Лис А.А.")),
        ("управление\nобразования", ("управление образования",)),
        ("школы (№ 1, № 2), методисты", ("школы (№ 1, № 2)", "методисты")),
    ],
)  # fmt: skip
def test_responsible_people_come_apart_and_an_organisation_stays_with_its_name(
    text: str, parts: tuple[str, ...]
) -> None:
    assert plan_cells.responsible(text) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ()),
        ("Программа семинара", ("Программа семинара",)),
        ("1. Концепция. 2. Система работы 3. Карта условий, 4.Программы перехода",
         ("Концепция.", "Система работы", "Карта условий", "Программы перехода")),
        ("Программы школ; пакет актов", ("Программы школ", "пакет актов")),
        ("Программы школ;\nпакет актов;", ("Программы школ", "пакет актов")),
        ("- список\n- приказ", ("список", "приказ")),
        ("Список школ\nПриказ", ("Список школ", "Приказ")),
        ("Единое пространство для\nшкол округа\nи городов", ("Единое пространство для школ округа и городов",)),
        ("Программа семинара\nсборник материалов", ("Программа семинара", "сборник материалов")),
        ("Справка, рекомендации", ("Справка, рекомендации",)),
        ("Обучено не менее 25 педагогов. 2. Издан сборник", ("Обучено не менее 25 педагогов. 2. Издан сборник",)),
        ("Положение (о совете; о группе); приказ", ("Положение (о совете; о группе)", "приказ")),
    ],
)  # fmt: skip
def test_results_come_apart(text: str, parts: tuple[str, ...]) -> None:
    assert plan_cells.results(text) == parts


# --- layouts --------------------------------------------------------------------------------------------------------


def test_the_layout_of_a_complex_of_measures() -> None:
    found = one(HEAD, *ROWS)
    assert (found.layout, [column.field for column in found.columns]) == (
        "plan", ["number", "name", "term", "responsible", "result"],
    )  # fmt: skip
    assert [(row.label, row.text, row.term) for row in found.rows] == [(r[0], r[1], r[2]) for r in ROWS]
    assert found.rows[0].responsible == ("УО И.И. Ким", "ММС А.А. Лис")
    assert found.rows[0].results == ("Список школ.", "Справка о причинах")
    assert found.rows[1].results == ("Программа семинара", "сборник материалов")
    assert found.rows[2].place == "Таблица 1, строка 4 (№ 3)"


def test_rows_torn_by_a_page_grow_together_again() -> None:
    found = one(
        HEAD,
        ["1", "Разработка программы «Сетевое наставничество школ с высокими и", "апрель 2026", "УО И.И. Ким, ММС", "П"],
        ["", "низкими результатами»", "", "А.А. Лис", ""],
        HEAD,
        ["", "", "", "", "и приказ"],
        ["2", "Другое", "май 2026", "УО", "Р"],
    )
    assert [row.text for row in found.rows] == [
        "Разработка программы «Сетевое наставничество школ с высокими и низкими результатами»", "Другое",
    ]  # fmt: skip
    assert found.rows[0].responsible == ("УО И.И. Ким", "ММС А.А. Лис")
    assert found.rows[0].results == ("П и приказ",)
    assert codes(found) == ["IMP_PLAN_GOES_ON"] * 2


def test_groups_numbers_of_two_levels_and_totals() -> None:
    head = ["№", "Мероприятие", "Сроки", "Ответственный", "Планируемый результат"]
    found = one(
        head,
        ["1", "2", "3", "4", "5"],
        ["Задача 1. Обновить методическую работу", "", "", "", ""],
        ["1.", "Семинары", "2025 год", "ММС", "5 семинаров"],
        ["1.1.", "Семинар по оцениванию", "май 2025", "ММС", "Материалы"],
        ["", "", "", "", ""],
        ["Направление 2. Кадры", "", "", "", ""],
        ["2.", "Курсы", "июнь 2025", "ММС", "Обучено 10 человек"],
        ["", "Итого", "", "", "2"],
        ["Исполнитель: Ким И.И.", "", "", "", ""],
    )
    assert [(row.label, row.group and (row.group.kind, row.group.name)) for row in found.rows] == [
        ("1", ("task", "Обновить методическую работу")), ("1.1", ("task", "Обновить методическую работу")),
        ("2", ("direction", "Кадры")),
    ]  # fmt: skip
    assert codes(found) == ["IMP_PLAN_TOTAL", "IMP_PLAN_FOOTER"]


def test_the_empty_table_of_a_form_is_named_row_by_row() -> None:
    found = one(["№", "Мероприятие", "Сроки", "Ответственный", "Планируемый результат"], ["1.", "", "", "", ""],
                ["1.1.", "", "", "", ""])  # fmt: skip
    assert found.rows == ()
    assert codes(found) == ["IMP_PLAN_EMPTY_ROW"] * 2


def test_indicators_by_years_under_a_heading_of_two_lines() -> None:
    found = one(
        ["№", "Показатель", "Индикатор", "Фактическое значение", "Прогнозное значение", "", ""],
        ["", "", "", "", "2023", "2024", "2025"],
        ["Задача 1. Кадры", "", "", "", "", "", ""],
        ["1", "Кадровое обеспечение", "Доля учителей на курсах, %", "20", "30", "40,5", "—"],
        ["", "", "Доля вакансий, %", "12", "10", "", "5"],
    )
    assert (found.layout, found.head) == ("targets", 2)
    first, second = found.rows
    assert (first.kind, first.measure, first.text, first.baseline) == (
        "indicator", "Кадровое обеспечение", "Доля учителей на курсах, %", "20",
    )  # fmt: skip
    assert first.targets == ((2023, "30"), (2024, "40,5"), (2025, "—"))
    assert (second.measure, second.text, second.targets) == (
        "Кадровое обеспечение", "Доля вакансий, %", ((2023, "10"), (2025, "5")),
    )  # fmt: skip


def test_money_by_years_with_sources_and_thousands() -> None:
    found = one(
        ["№", "Мероприятие", "Источник финансирования", "Объемы финансирования, тыс. руб.", ""],
        ["", "", "", "2025", "2026"],
        ["1", "Курсы", "Местный бюджет", "12,5", "0"],
        ["2", "Гранты школам", "Областной бюджет", "", "100"],
    )
    assert found.layout == "money"
    assert [row.money for row in found.rows] == [
        ((2025, "Местный бюджет", "12,5 тыс. руб."), (2026, "Местный бюджет", "0 тыс. руб.")),
        ((2026, "Областной бюджет", "100 тыс. руб."),),
    ]


def test_a_work_schedule_takes_its_year_from_above() -> None:
    found = one(
        ["Год выполнения", "Перечень мероприятий и действий", "Срок (период) выполнения отдельного действия"],
        ["2018", "Анализ ресурсов", "ноябрь \n2017 г."],
        ["", "Идентификация", "10.01.18-20.01.18"],
        ["2019", "Отчёт", "март"],
    )
    assert found.layout == "schedule"
    assert [(row.year, row.text, row.term) for row in found.rows] == [
        (2018, "Анализ ресурсов", "ноябрь 2017 г."), (2018, "Идентификация", "10.01.18-20.01.18"),
        (2019, "Отчёт", "март"),
    ]  # fmt: skip


def test_a_table_without_a_heading_is_named_and_read_by_the_map_of_a_person() -> None:
    rows = [["Семинар", "май 2025", "Ким И.И.", "зал"], ["Курсы", "июнь 2025", "Лис А.А.", ""]]
    (unknown,) = understand([table(*rows)])
    assert (unknown.layout, unknown.rows, codes(unknown)) == (None, (), ["IMP_PLAN_NOT_PLAN"])
    told = PlanMap(0, {0: ("name", None), 1: ("term", None), 2: ("responsible", None)})
    (found,) = understand([table(*rows)], {0: told})
    assert [(row.text, row.term, row.responsible, row.notes) for row in found.rows] == [
        ("Семинар", "май 2025", ("Ким И.И.",), ("зал",)), ("Курсы", "июнь 2025", ("Лис А.А.",), ()),
    ]  # fmt: skip


def test_a_table_goes_on_after_a_page_without_its_heading() -> None:
    first = table(HEAD, *ROWS[:2], caption=TITLE)
    second = PlanTable("Таблица 2", "", tuple(PlanLine(n, tuple(row)) for n, row in enumerate(ROWS[2:], start=1)))
    found = understand([first, second])
    assert [row.label for each in found for row in each.rows] == ["1", "2", "3", "4", "5"]
    assert found[1].rows[0].place == "Таблица 2, строка 1 (№ 3)"


def test_a_table_about_something_else_is_named() -> None:
    found = understand([table(["Наименование программы", "Поддержка школ"], ["Срок", "2025"])])
    assert [codes(each) for each in found] == [["IMP_PLAN_NOT_PLAN"]]


# --- files ----------------------------------------------------------------------------------------------------------


def files(folder: Path) -> list[Path]:
    text = folder / "план.txt"
    text.write_text(TITLE + "\n\n" + "\n".join("\t".join(c.replace("\n", " ") for c in row) for row in [HEAD, *ROWS]))
    rows = [[HEAD, *ROWS]]
    return [docx(folder / "план.docx", TITLE, rows), xlsx(folder / "план.xlsx", TITLE, rows), text]


def test_one_plan_is_the_same_in_every_kind_of_file(tmp_path: Path) -> None:
    readings = read_files(files(tmp_path), Hints(kind="plan"), known=Known())
    assert [reading.refused for reading in readings] == [None] * 3
    for reading in readings:
        (found,) = understand(reading.plan)
        assert found.caption.strip() == TITLE
        assert [(row.label, row.text, row.term) for row in found.rows] == [(r[0], r[1], r[2]) for r in ROWS]
        assert [row.results for row in found.rows][:2] == [
            ("Список школ.", "Справка о причинах"), ("Программа семинара", "сборник материалов"),
        ]  # fmt: skip
        assert [row.responsible for row in found.rows][:2] == [("УО И.И. Ким", "ММС А.А. Лис"), ("руководители ММО",)]


def test_merged_heads_empty_rows_two_tables_and_footers(tmp_path: Path) -> None:
    head = ["№", "Мероприятие", "Сроки", "Ответственный", "Результат"]
    rows = [head, ["Задача 1. Кадры"], ["1", "Курсы", "май 2025", "ММС", "Приказ"], [""] * 5]
    money = [["№", "Мероприятие", "2025", "2026"], ["1", "Курсы", "10", "20"]]
    for path in (
        docx(tmp_path / "а.docx", "План на 2025-2026 годы", [rows, money], between="Деньги"),
        xlsx(tmp_path / "а.xlsx", "План на 2025-2026 годы", [rows, money], footer="Исполнитель Ким"),
    ):
        found = understand(plan_reading.read(path).tables)
        assert [each.layout for each in found] == ["plan", "money"], path.name
        (row,) = found[0].rows
        assert (row.group and row.group.name, row.text, row.term) == ("Кадры", "Курсы", "май 2025")
        assert found[1].rows[0].money == ((2025, "", "10"), (2026, "", "20"))
        footers = [one.code for each in found for one in each.problems]
        assert footers == ([] if path.suffix == ".docx" else ["IMP_PLAN_FOOTER"] * 2)


def test_a_year_merged_downwards_counts_for_all_its_rows(tmp_path: Path) -> None:
    import docx as word

    document = word.Document()
    grid = document.add_table(4, 3)
    texts = [["Год выполнения", "Мероприятия", "Срок"], ["2018", "А", "март"], ["", "Б", "май"], ["", "В", "июнь 2019"]]
    for row, cells in zip(grid.rows, texts, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    grid.cell(1, 0).merge(grid.cell(3, 0))
    path = tmp_path / "график.docx"
    document.save(str(path))
    (found,) = understand(plan_reading.read(path).tables)
    assert [(row.year, row.text) for row in found.rows] == [(2018, "А"), (2018, "Б"), (2018, "В")]


def test_cells_one_after_another() -> None:
    text = (
        "1.3. План-график\n\tПлан-график выполнения работ\n\n\tГод выполнения\n\tПеречень мероприятий \nи действий\n"
        "\tСрок выполнения\n\n\t\n\n\n2018\n\n\n\tАнализ\n\tноябрь \n2017 г.\n\n\t\n\tОтчёт\n\t10.01.18-20.01.18\n"
        "\n\n\n2. Показатели\n"
    )
    (found,) = understand(of_text(text))
    assert [(row.year, row.text, row.term) for row in found.rows] == [
        (2018, "Анализ", "ноябрь 2017 г."), (2018, "Отчёт", "10.01.18-20.01.18"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("а.docx", b"PK\x03\x04 not a zip", "IMP_DAMAGED"),
        ("а.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "IMP_PLAN_FORMAT"),
        ("а.pdf", b"%PDF-1.7 ...", "IMP_PLAN_FORMAT"),
        ("а.txt", "Просто текст\nбез таблиц".encode(), "IMP_PLAN_NO_TABLES"),
        ("а.docx", b"", "IMP_EMPTY_FILE"),
    ],
)
def test_what_is_no_plan_is_refused_with_its_cause(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    found = read_here(path, Hints(kind="plan"), Known())
    assert found.refused is not None
    assert found.refused.code == code


def test_a_document_with_entities_or_without_tables_is_refused(tmp_path: Path) -> None:
    import zipfile

    path = docx(tmp_path / "а.docx", TITLE, [[HEAD, *ROWS]])
    bad = tmp_path / "б.docx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(bad, "w") as target:
        for item in source.infolist():
            data = source.read(item)
            if item.filename == "word/document.xml":
                data = data.replace(b"?>", b'?><!DOCTYPE x [<!ENTITY a "b">]>', 1)
            target.writestr(item, data)
    with pytest.raises(UserError) as caught:
        plan_reading.read(bad)
    assert caught.value.code == "IMP_ENTITIES"
    with pytest.raises(UserError) as caught:
        plan_reading.read(docx(tmp_path / "в.docx", "Только текст", []))
    assert caught.value.code == "IMP_PLAN_NO_TABLES"


@pytest.mark.parametrize(
    ("part", "before", "after"),
    [
        ("word/document.xml", b"</w:body>", b""),
        ("_rels/.rels", b'Target="word/document.xml"', b""),
        ("_rels/.rels", b'Target="word/document.xml"', b'Target="word/none.xml"'),
        ("[Content_Types].xml", b"wordprocessingml.document.main", b"x"),
    ],
)
def test_a_document_with_a_broken_part_is_refused(tmp_path: Path, part: str, before: bytes, after: bytes) -> None:
    import zipfile

    path = docx(tmp_path / "а.docx", TITLE, [[HEAD, *ROWS]])
    bad = tmp_path / "б.docx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(bad, "w") as target:
        for item in source.infolist():
            data = source.read(item)
            if item.filename == part:
                assert before in data
                data = data.replace(before, after)
            target.writestr(item, data)
    found = read_here(bad, Hints(kind="plan"), Known())
    assert found.refused is not None
    assert found.refused.code == "IMP_PLAN_WORD"


# --- nothing is lost ------------------------------------------------------------------------------------------------

WORD = st.integers(0, 9999).map(lambda n: f"слово{n}")
CELL = st.one_of(
    st.just(""), WORD, st.lists(WORD, min_size=2, max_size=4).map("; ".join),
    st.lists(WORD, min_size=2, max_size=3).map("\n".join),
    WORD.map(lambda w: f"Задача 1. {w}"), WORD.map(lambda w: f"Итого {w}"), st.sampled_from(["1", "2.", "1.1", "2025"]),
)  # fmt: skip
HEADS = [
    HEAD, ["№", "Мероприятие", "Сроки", "Кто участвует", "Результат"], ["№", "Показатель", "Индикатор", "2025", "2026"],
    ["Год", "Мероприятия", "Срок", "Примечание", "Объём финансирования"], ["а", "б", "в", "г", "д"],
]  # fmt: skip


def test_a_row_with_a_year_for_a_result_is_no_second_line_of_the_heading() -> None:
    found = one(HEAD, ["", "", "", "Задача 1. слово", "2025"])
    assert [(row.responsible, row.results) for row in found.rows] == [(("Задача 1. слово",), ("2025",))]


@settings(max_examples=300, deadline=None)
@given(head=st.sampled_from(HEADS), rows=st.lists(st.lists(CELL, min_size=5, max_size=5), max_size=8))
def test_every_word_of_every_cell_is_in_a_field_or_in_a_named_problem(head: list[str], rows: list[list[str]]) -> None:
    import re

    found = one(head, *rows)
    if found.layout is None:
        assert codes(found) == ["IMP_PLAN_NOT_PLAN"]
        return
    kept = repr(found.rows) + " ".join(problem.message for problem in found.problems)
    for row in rows:
        for word in re.findall(r"слово\d+", " ".join(row)):
            assert re.search(rf"{word}(?!\d)", kept), (word, found)


def test_other_tables_of_a_whole_programme_are_no_plans() -> None:
    others = [
        table(["Раздел паспорта", "Содержание"], ["Цель", "Помочь школам"]),
        table(["№", "Риск", "Меры"], ["1", "Наставник уволится", "Два наставника"]),
        table(["№", "Школа", "Номера мероприятий"], ["1", "СОШ № 5", "1.1, 1.2"]),
        table(["Что проверяется", "Показатели", "Как часто"], ["Ход", "В срок", "Раз в год"]),
    ]
    plan = table(["№", "Мероприятие", "Срок", "Риски"], ["1", "Семинар", "март 2026", "нет"])
    found = understand([*others, plan])
    assert [len(one.rows) for one in found] == [0, 0, 0, 0, 1]
    assert found[-1].rows[0].text == "Семинар"
