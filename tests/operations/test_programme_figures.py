"""Figures of the analysis from the file's own data: fractions before shares, «нет данных», agreement, origins."""

from __future__ import annotations

from fractions import Fraction

import pytest

from app.models import settings
from app.models.store import Store
from app.operations import (
    history,
    metrics,
    programme_edit,
    programme_figures,
    programme_parts,
    programme_texts,
    programmes,
    results,
    schools,
)
from app.operations.plans import Options
from app.operations.programme_blocks import AnalysisBlock
from app.operations.programme_figures_context import posts_word
from app.reports.document import shown
from app.texts import NBSP
from tests.operations.conftest import MATHS5, OGE_MATHS, RUSSIAN5, mark, reading, school

YEAR = 2026


def plain(text: str) -> str:
    return text.replace(NBSP, " ")


def blocks(store: Store, **own: int) -> dict[str, AnalysisBlock]:
    key = programmes.create(store, "municipal", "Поддержка школ", 2027, 2029)
    tree = programmes.tree(store.connection, key)
    return {block.key: block for block in programme_figures.analysis(store.connection, tree)}


def told(block: AnalysisBlock) -> list[str]:
    return [plain(sentence) for sentence in block.sentences]


def rows(block: AnalysisBlock) -> list[list[str]]:
    assert block.table is not None
    return [[plain(" ".join(shown(value))) for value in row.cells] for row in block.table.rows()]


def test_an_empty_file_says_no_data_and_no_zero(store: Store) -> None:
    found = blocks(store)
    assert told(found["results.schools"]) == ["Данных о результатах в файле нет, список школ не составлен."]
    assert "results.years" not in found
    assert told(found["process.contingent"])[0] == "О числе детей данных нет."
    assert told(found["process.staff"])[0] == "О числе учителей данных нет."
    assert told(found["profiles.types"]) == []  # the settings keep types off papers
    assert "Настройки" in found["profiles.types"].note
    assert told(found["profiles.risks"]) == ["Рисковые профили школ в файл не внесены."]
    assert not any(" 0 " in f" {sentence} " for block in found.values() for sentence in told(block))


def allow(store: Store, key: str) -> None:
    with store.operation("Настройки", "settings") as operation:
        settings.put(operation, key, "1")


def test_types_are_told_where_the_settings_let_them_onto_papers(store: Store) -> None:
    allow(store, "show_types_on_papers")
    assert told(blocks(store)["profiles.types"]) == [
        "Типы школ не определены: нет данных о результатах или об условиях."
    ]


def load(store: Store) -> None:
    weak, small, strong = (school(f"СОШ № {n}", f"edu99000{n}") for n in (1, 2, 3))
    counts = []
    for year, below in ((2024, 20), (2025, 18), (YEAR, 22)):
        for work in (MATHS5, RUSSIAN5):
            counts += [mark(weak, work, year, below, 40), mark(strong, work, year, 1, 50)]
    counts += [mark(small, OGE_MATHS, YEAR, 3, 8), mark(small, MATHS5, YEAR, 0, 9)]
    results.load(store, reading(*counts), Options(create_schools=True))


def test_schools_and_three_years_as_fractions_before_shares(store: Store) -> None:
    load(store)
    found = blocks(store)
    first = told(found["results.schools"])[0]
    assert first == "В список школ с низкими результатами 2026 года вошла 1 школа из 3: СОШ № 1."
    table = {row[0]: row[1:] for row in rows(found["results.years"])}
    # 22 of 40, 1 of 50 and 0 of 9 are 23 of 99
    assert table["ВПР математика, 5 кл."] == ["21 из 90 (23,3 %)", "19 из 90 (21,1 %)", "23 из 99 (23,2 %)"]
    assert table["ОГЭ математика"] == ["нет данных", "нет данных", "3 из 8 (37,5 %)"]
    words = told(found["results.years"])
    assert words[0] == (
        "ОГЭ математика: ниже минимума в 2024 году — нет данных, в 2025 году — нет данных, "
        "в 2026 году — 3 из 8 (37,5 %). Вывод неточен: мало детей, вывод ненадёжен."
    )
    # 23 of 90 would be 25,6; (23/99 - 21/90)·100 = -0,10
    assert words[-1].startswith("ВПР математика, 5 кл.") or words[1].startswith("ВПР")
    maths = next(line for line in words if line.startswith("ВПР математика"))
    assert maths.endswith("С 2024 года доля снизилась на 0,1 п. п.")
    assert rows(found["results.by_school"]) == [
        ["СОШ № 1", "40 из 80 (50,0 %)", "36 из 80 (45,0 %)", "44 из 80 (55,0 %)"]
    ]
    assert told(found["results.by_school"]) == [
        "За три года доля не набравших минимум выросла у 1 школы списка: СОШ № 1."
    ]


def test_a_figure_leads_back_to_its_rows(store: Store) -> None:
    load(store)
    block = blocks(store)["results.years"]
    figure = next(item for item in block.figures if item.what == f"ВПР математика, 5{NBSP}кл., ниже минимума, 2026")
    assert [place.table for place in figure.origins] == ["mark_count"] * 3
    traces = programme_texts.traces(store.connection, [figure])
    assert sorted(trace.file.cells or "" for trace in traces if trace.file) == ["D9", "D9", "D9"]
    sentence = next(line for line in block.told if line.text.startswith("ВПР математика"))
    assert set(sentence.figures) <= {item.key for item in block.figures}
    assert len(sentence.figures) == 3


def make_schools(store: Store, number: int) -> list[int]:
    return [schools.add(store, {"name": f"СОШ № {place}"}) for place in range(1, number + 1)]


@pytest.mark.parametrize(
    ("number", "where", "children", "teachers"),
    [
        (1, "В 1 школе муниципалитета", "учится 1 ребёнок", "работает 1 учитель"),
        (2, "В 2 школах муниципалитета", "учатся 2 ребёнка", "работают 2 учителя"),
        (5, "В 5 школах муниципалитета", "учатся 5 детей", "работают 5 учителей"),
        (11, "В 11 школах муниципалитета", "учатся 11 детей", "работают 11 учителей"),
        (21, "В 21 школе муниципалитета", "учится 21 ребёнок", "работает 21 учитель"),
        (101, "В 101 школе муниципалитета", "учится 101 ребёнок", "работает 101 учитель"),
    ],
)
def test_sentences_agree_with_their_numbers(
    store: Store, number: int, where: str, children: str, teachers: str
) -> None:
    keys = make_schools(store, number)
    metrics.put(store, 2026, [(key, code, "1") for key in keys for code in ("pupils", "teachers")])
    found = blocks(store)
    assert told(found["process.contingent"])[0] == f"{where} {children}."
    assert told(found["process.staff"])[0] == f"{where} {teachers}."


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "1 ставка"), (2, "2 ставки"), (5, "5 ставок"), (11, "11 ставок"), (21, "21 ставка"), (101, "101 ставка")],
)
def test_posts_agree(number: int, words: str) -> None:
    assert plain(posts_word(Fraction(number))) == words
    assert plain(posts_word(Fraction(3, 2))) == "1,5 ставки"


def test_children_stand_against_specialists(store: Store) -> None:
    one, two = make_schools(store, 2)
    metrics.put(
        store, 2026,
        [
            (one, "pupils", "300"), (two, "pupils", "150"), (one, "pupils_ovz", "12"), (two, "pupils_ovz", "3"),
            (one, "posts_psychologist", "0,5"), (two, "posts_psychologist", "0"),
            (two, "posts_defectologist", "0"), (two, "posts_speech_therapist", "0"),
            (one, "vacancies_psychologist", "1"),
        ],
    )  # fmt: skip
    block = blocks(store)["process.contingent"]
    words = told(block)
    assert "Дети с ОВЗ — 15 из 450 (3,3 %)." in words
    # 450 children on half a post
    assert "Ставки педагога-психолога — 0,5, вакантна 1; на одну ставку приходится 900 детей." in words
    assert "Ставок учителя-дефектолога нет (сказали 1 из 2 школ)." in words
    assert "В 1 школе есть дети с ОВЗ, но нет ни психолога, ни дефектолога, ни логопеда: СОШ № 2." in words
    assert words[-1].startswith("Нет данных: дети-инвалиды; дети мигрантов;")
    assert "ставки тьютора" in words[-1]
    table = {row[0]: row[1:] for row in rows(block)}
    assert table["Дети мигрантов"] == ["нет данных", "—", "0 из 2"]


def test_resources_and_problems_of_the_programme_itself(store: Store) -> None:
    key = programmes.create(store, "municipal", "Поддержка школ", 2027, 2029)
    programme_parts.put_rows(
        store, key, "resource",
        [
            {"state": "works", "text": "Точки роста", "detail": "открыты 7 школам", "effect": ""},
            {"state": "works", "text": "Библиотечный центр"},
            {"state": "absent", "text": "Сеть психологов", "effect": "помощь 120 детям"},
        ],
    )  # fmt: skip
    problem = programme_edit.add(store, key, "problem", "Не сдают математику")
    programme_edit.add(store, key, "cause", "Мало учителей", parent_id=problem)
    programme_edit.add(store, key, "cause", "Нет учебников.", parent_id=problem)
    tree = programmes.tree(store.connection, key)
    found = {block.key: block for block in programme_figures.analysis(store.connection, tree)}
    assert told(found["conditions.resources"]) == [
        "Работают 2 ресурса: Точки роста (открыты 7 школам); Библиотечный центр.",
        "Не хватает 1 ресурса: Сеть психологов (помощь 120 детям).",
    ]
    assert told(found["problems.tree"]) == ["Проблема 1. Не сдают математику. Причины: мало учителей; нет учебников."]


def test_a_school_programme_looks_at_its_school(store: Store) -> None:
    load(store)
    own = next(item.id for item in schools.listing(store.connection) if item.shown == "СОШ № 1")
    key = programmes.create(store, "school", "Программа перехода", 2027, 2028, organisation_id=own)
    tree = programmes.tree(store.connection, key)
    found = {block.key: block for block in programme_figures.analysis(store.connection, tree)}
    assert told(found["results.schools"])[0].startswith("Школа вошла в список школ с низкими результатами 2026 года")
    table = {row[0]: row[1:] for row in rows(found["results.years"])}
    assert table["ВПР математика, 5 кл."][-1] == "22 из 40 (55,0 %)"
    assert "results.deficits" not in found


def test_figures_are_kept_while_only_the_programme_changes(store: Store) -> None:
    (one,) = make_schools(store, 1)
    key = programmes.create(store, "municipal", "Поддержка школ", 2027, 2029)

    def staff() -> AnalysisBlock:
        tree = programmes.tree(store.connection, key)
        found = programme_figures.analysis(store.connection, tree)
        return next(block for block in found if block.key == "process.staff")

    first = staff()
    programme_edit.add(store, key, "problem", "Не сдают математику")
    assert staff() is first
    metrics.put(store, 2026, [(one, "teachers", "5")])
    assert told(staff())[0] == "В 1 школе муниципалитета работают 5 учителей."
    history.undo(store)
    assert told(staff())[0] == "О числе учителей данных нет."
