"""Explanations: golden sentences, right cases for 1, 2, 5, 11, 21, 101, and no branch forgotten in the advice."""

from __future__ import annotations

import re

import pytest

from app.analysis.numerals import (
    by_participants,
    by_procedures,
    dative,
    genitive,
    of_participants,
    of_procedures,
)
from app.analysis.reasons import Explanation, explain
from app.analysis.rules import Rule, load_shipped
from tests.analysis.made import MATH, O_MATH, O_RUS, RUS, V_MATH_5, V_RUS_5, Row, answers, changed, row

THREE = [row(V_MATH_5, 2026, 12, 31), row(O_RUS, 2026, 9, 20), row(V_RUS_5, 2026, 8, 27)]
BEFORE = row(V_MATH_5, 2025, 10, 30)


def told(rows: list[Row], rule: str | Rule = "rosobrnadzor-2022") -> Explanation:
    chosen = load_shipped()[rule] if isinstance(rule, str) else rule
    schools = tuple(sorted({item.school for item in rows} | {1}))
    return explain(answers(rows, chosen, 2026, schools).verdict(1), chosen, 2026)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_why_a_school_is_in_by_two_branches() -> None:
    got = told([*THREE, BEFORE])
    assert plain(got.paragraph) == (
        "Школа входит в список 2026 года: порог 30 % в 2026 году достигнут по 2 процедурам (для списка хватает 2): "
        "ВПР математика, 5 кл. — 12 из 31 (38,7 %); ОГЭ русский язык — 9 из 20 (45,0 %). "
        "Кроме того, порог 30 % достигнут и в 2025 году (по 1 процедуре), и в 2026 году (по 2 процедурам): "
        "ВПР математика, 5 кл. — 10 из 30 (33,3 %) в 2025 году."
    )
    assert [(line.id, line.state) for line in got.branch_lines] == [("two_in_year", "true"), ("each_year", "true")]
    assert plain(got.branch_lines[1].text) == (
        "В 2026 году порог достигнут по 2 процедурам: ВПР математика, 5 кл. — 12 из 31 (38,7 %); "
        "ОГЭ русский язык — 9 из 20 (45,0 %). "
        "В 2025 году порог достигнут по 1 процедуре: ВПР математика, 5 кл. — 10 из 30 (33,3 %). "
        "Нужно в каждом году: 1."
    )
    assert [(f.year, f.below) for f in got.branch_lines[1].fractions] == [(2026, 12), (2026, 9), (2025, 10)]


def test_advice_minds_the_second_branch() -> None:
    one = told(THREE)
    assert plain(one.advice) == (
        "Школа не вошла бы в список, если бы в 2026 году ниже минимума было меньше: "
        "ВПР математика, 5 кл. — на 3 участника (не больше 9 из 31 вместо 12). "
        "Чтобы школа не вошла в список 2027 года, порог не должен быть достигнут ни по одной процедуре: "
        "в 2026 году он уже достигнут, а правило смотрит на два года подряд."
    )
    both = told([*THREE, BEFORE])
    assert plain(both.advice).startswith(
        "Школа не вошла бы в список, если бы в 2026 году ниже минимума было меньше: "
        "ВПР математика, 5 кл. — на 3 участника (не больше 9 из 31 вместо 12); "
        "ОГЭ русский язык — на 4 участника (не больше 5 из 20 вместо 9). "
        "Всего — на 7 участников. Этого хватило бы, чтобы снять все основания сразу."
    )


def test_advice_of_the_rule_of_the_same_procedure_names_the_procedures() -> None:
    got = plain(told([*THREE, BEFORE], "quoted-2025").advice)
    assert (
        "порог не должен быть достигнут больше чем по 1 процедуре, а также ни по одной из тех, "
        "где он достигнут в 2026 году: ВПР математика, 5 кл.; ОГЭ русский язык."
    ) in got
    joined = plain(told([*THREE, BEFORE], "quoted-2025-and").advice)
    assert "для списка нужны все основания вместе" in joined
    assert "2027" not in joined


def test_why_a_school_is_not_in_and_what_is_missing() -> None:
    got = told([row(V_MATH_5, 2026, 3, 10), row(O_RUS, 2026, 2, 10)])
    assert plain(got.paragraph) == (
        "Школа не входит в список 2026 года: порог 30 % в 2026 году достигнут по 1 процедуре, для списка нужно 2; "
        "результатов за 2025 год нет. "
        "Самая высокая доля в 2026 году — ВПР математика, 5 кл.: 3 из 10 (30,0 %). "
        "Школа на грани: если бы по процедуре «ОГЭ русский язык» в 2026 году ниже минимума было на одного участника "
        "больше, она вошла бы в список. "
        "Данные неполные. За 2026 год нет: ВПР математика, 6 кл.; ВПР русский язык, 5 кл.; ВПР русский язык, 6 кл. "
        "и ещё 3 процедур. За 2025 год нет ничего. Недостающие результаты могли бы изменить ответ."
    )
    assert [line.state for line in got.branch_lines] == ["unknown", "unknown"]
    rows = [(line.label, line.year, plain(line.fraction), plain(line.share)) for line in got.table_rows[:3]]
    assert rows == [
        ("ВПР математика, 5\u00a0кл.", 2026, "3 из 10", "30,0 %"),
        ("ОГЭ русский язык", 2026, "2 из 10", "20,0 %"),
        ("ВПР математика, 6\u00a0кл.", 2026, "нет данных", "—"),
    ]
    assert len(got.table_rows) == 16


def test_half_of_and_is_said() -> None:
    got = plain(told(THREE, "quoted-2025-and").paragraph)
    assert got.startswith(
        "Школа не входит в список 2026 года: нужно сразу 2 основания, а выполнено 1; "
        "нет процедуры, по которой порог достигнут два года подряд."
    )


def test_no_data_promises_nothing() -> None:
    got = told([])
    assert plain(got.paragraph) == (
        "Нет данных: за 2025 и 2026 годы ни по одной процедуре правила не известно, сколько участников ниже минимума. "
        "Это не значит, что школа не в списке: ответа пока нет."
    )
    assert [line.text for line in got.branch_lines] == ["Нет данных.", "Нет данных."]
    assert plain(got.advice) == "Загрузите результаты школы за 2025 и 2026 годы."


def test_small_and_restored_groups_are_named() -> None:
    small = told(
        [row(V_MATH_5, 2026, 3, 9), row(O_RUS, 2026, 5, 12)], changed("rosobrnadzor-2022", min_participants=10)
    )
    assert "Не учтены группы, в которых меньше 10 участников: ВПР математика, 5 кл. — 3 из 9 (33,3 %)." in plain(
        small.paragraph
    )
    restored = told([row(V_MATH_5, 2026, 3, 10, restored=1), row(O_RUS, 2026, 5, 9)])
    assert "округление могло бы изменить ответ" in restored.paragraph
    assert "Мало детей, вывод ненадёжен: самая малая из решивших групп — менее 10 участников." in plain(
        restored.paragraph
    )
    assert restored.table_rows[0].marks == ("порог достигнут", "восстановлено из процентов", "округление важно")


def test_a_comparison_of_schools_is_explained() -> None:
    rows = [
        row(O_MATH, 2026, 40, 100),
        row(O_MATH, 2026, 30, 100, school=2),
        row(O_MATH, 2026, 20, 100, school=3),
        row(O_MATH, 2026, 1, 100, school=4),
        row(("РПР", MATH, None, 8), 2026, 1, 20, m4=1, m5=2),
        row(("РПР", RUS, None, 8), 2026, 1, 21, m4=1, m5=2),
    ]
    got = told(rows, "lenobl-2018")
    assert plain(got.paragraph).startswith(
        "Школа входит в список 2026 года: её результаты — среди самых низких: ниже минимума 40 из 100 (40,0 %), "
        "место 1 из 4, считая от самых низких; граница — место 1, 40 из 100 (40,0 %). "
        "Кроме того, качество знаний 40 % и ниже в 2 региональных мониторингах, для списка хватает 2."
    )
    assert [line.state for line in got.branch_lines] == ["true", *["unknown"] * 4, "true"]
    assert got.branch_lines[1].text == "Нет данных."
    assert "на 11 участников меньше" in plain(got.advice)
    assert "Выйти из списка нужно по всем выполненным критериям." in got.advice


@pytest.mark.parametrize(
    ("n", "by", "of", "fewer", "of_people"),
    [
        (1, "1 процедуре", "1 процедуры", "1 участника", "1 участника"),
        (2, "2 процедурам", "2 процедур", "2 участника", "2 участников"),
        (5, "5 процедурам", "5 процедур", "5 участников", "5 участников"),
        (11, "11 процедурам", "11 процедур", "11 участников", "11 участников"),
        (21, "21 процедуре", "21 процедуры", "21 участника", "21 участника"),
        (101, "101 процедуре", "101 процедуры", "101 участника", "101 участника"),
    ],
)
def test_cases_of_numbers(n: int, by: str, of: str, fewer: str, of_people: str) -> None:
    got = (by_procedures(n), of_procedures(n), by_participants(n), of_participants(n))
    assert tuple(plain(text) for text in got) == (by, of, fewer, of_people)


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (1, "на 1 участника (не больше 299 из 1000 вместо 300)"),
        (2, "на 2 участника (не больше 299 из 1000 вместо 301)"),
        (5, "на 5 участников (не больше 299 из 1000 вместо 304)"),
        (11, "на 11 участников (не больше 299 из 1000 вместо 310)"),
        (21, "на 21 участника (не больше 299 из 1000 вместо 320)"),
        (101, "на 101 участника (не больше 299 из 1000 вместо 400)"),
    ],
)
def test_advice_agrees_with_its_number(n: int, words: str) -> None:
    got = told([row(V_MATH_5, 2026, 299 + n, 1000), row(O_RUS, 2026, 900, 1000)])
    assert words in plain(got.advice)


def test_numbers_in_words() -> None:
    assert [dative(n) for n in (1, 2, 5, 11)] == ["одной", "двум", "пяти", "11"]
    assert [genitive(n) for n in (1, 2, 8, 21)] == ["одной", "двух", "восьми", "21"]
    assert genitive(1, masculine=True) == "одного"


@pytest.mark.parametrize("rule", sorted(load_shipped()))
@pytest.mark.parametrize(
    "rows",
    [
        [],
        THREE,
        [*THREE, BEFORE],
        [row(V_MATH_5, 2025, 3, 10)],
        [row(V_MATH_5, 2026, 1, 3), row(V_MATH_5, 2025, 1, 3)],
        [row(O_RUS, 2026, 0, 40), row(O_RUS, 2025, 20, 40)],
    ],
)
def test_sentences_are_whole_and_numbers_stay_together(rule: str, rows: list[Row]) -> None:
    got = told(rows, rule)
    texts = [got.paragraph, got.advice, *(line.text for line in got.branch_lines)]
    for text in texts:
        assert not re.search(r"\.\.|  |None|\{|\}| ;| ,|^[а-я]", text)
        # a number and what it counts are not torn apart
        assert not re.search(r"\d (?:из|%|процедур|участник|год)|из \d|5 кл\.", text)
        assert not text or text.endswith(".")
