from __future__ import annotations

import pytest

from app.reports.document import (
    ActApproval,
    Column,
    Day,
    Document,
    Fraction,
    Group,
    Lines,
    Mark,
    Marked,
    Meta,
    PersonApproval,
    Row,
    Share,
    SignatureBlock,
    Table,
    shown,
)

META = Meta("Управление", "2026-11-22", "Проба")


@pytest.mark.parametrize(
    ("value", "lines"),
    [
        (Fraction(8, 27), ("8\u00a0из\u00a027",)),
        (Share(8, 27), ("29,6\u00a0%",)),
        (Share(0, 0), ("—",)),
        (Day("2026-11-28"), ("28.11.2026",)),
        (2025, ("2025",)),
        (None, ("—",)),
        ("раз\nдва", ("раз", "два")),
        (Lines(("раз", "два")), ("раз", "два")),
        (Marked(Fraction(3, 9), ("*",)), ("3\u00a0из\u00a09",)),
        ("", ("",)),
    ],
)
def test_values_are_shown_as_a_person_reads_them(value, lines):
    assert shown(value) == lines


def test_a_row_that_does_not_fit_its_columns_is_a_bug():
    columns = (Column("А", 1), Column("Б", 1, inner=True))
    with pytest.raises(ValueError, match="does not fit"):
        Table("Т", columns, (Group((Row(("а", "лишнее")),)),))
    with pytest.raises(ValueError, match="does not fit"):
        Table("Т", columns, (Group((Row(("а",), (("б", "лишнее"),)),)),))


def test_only_marks_that_occur_are_explained():
    marks = (Mark("*", "мало", "Мало."), Mark("**", "восст.", "Восстановлено."))
    table = Table("Т", (Column("А", 1),), (Group((Row((Marked(1, ("**",)),)),)),), marks)
    assert [mark.sign for mark in table.used_marks()] == ["**"]


def test_act_names_its_issuer_in_the_genitive_only_if_that_is_known():
    genitive = ActApproval("214", "2026-11-28", issuer_genitive="управления образования", annex="приложение 1")
    assert genitive.lines() == (
        "УТВЕРЖДЁН",
        "приказом управления образования",
        "от\u00a028.11.2026 №\u00a0214",
        "(приложение 1)",
    )
    nominative = ActApproval("214", "2026-11-28", word="УТВЕРЖДЕНА", issuer="Управление образования")
    assert nominative.lines() == (
        "УТВЕРЖДЕНА",
        "приказом от\u00a028.11.2026 №\u00a0214",
        "Кем издан: Управление образования",
    )


def test_person_approval_without_a_date_leaves_a_blank():
    assert PersonApproval("Директор", "О. В. Ким").shown_date.startswith("«___»")
    assert PersonApproval("Директор", "О. В. Ким", date="2026-11-28").shown_date == "28.11.2026"


def test_signature_places_have_names_of_their_own():
    twice = (SignatureBlock("А", "Б", "s"), SignatureBlock("В", "Г", "s"))
    with pytest.raises(ValueError, match="unique"):
        Document(("Т",), META, twice)
    with pytest.raises(ValueError, match="without dots"):
        Document(("Т",), META, (SignatureBlock("А", "Б", "a.b"),))
    with pytest.raises(ValueError, match="at most three"):
        Document(("Т",), META, (), approvals=(PersonApproval("А", "Б"),) * 4)


def test_texts_name_their_place():
    table = Table("Список", (Column("Школа", 1),), (Group((Row(("а",)), Row(("знак",)))),))
    places = {text: place for place, text in Document(("Т",), META, (table,)).texts()}
    assert places["знак"] == "таблица «Список», строка 2, столбец «Школа»"
    assert places["Т"] == "заголовок документа"


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (("Отчёт за год",), "Отчёт за год"),
        (("Темы для РМО и курсов", "Муниципалитет: Округ"), "Темы для РМО и курсов. Муниципалитет: Округ"),
        (("Правовая база", "2026/27 учебный год"), "Правовая база, 2026/27 учебный год"),
        (("План поддержки школ", "на 2026 год"), "План поддержки школ на 2026 год"),
        (("Список школ", "Лесогорского округа"), "Список школ Лесогорского округа"),
        (("Справка:", "Гимназия"), "Справка: Гимназия"),
    ],
)
def test_lines_of_a_title_become_sentences(lines, told):
    assert Document(lines, Meta("Управление", "2026-11-23", "Справка"), ()).heading == told


def test_a_paper_with_a_name_of_its_own_is_called_by_it():
    paper = Document(("Управление", "ПРИКАЗ"), Meta("Управление", "2026-11-23", "Приказ"), (), name="Приказ о группе")
    assert paper.heading == "Приказ о группе"
