from __future__ import annotations

from dataclasses import replace

import pytest

from app.reports.document import Executor, Fraction, Heading, Lines, Marked, Share, SignatureBlock, shown
from app.reports.school_list import (
    CorrectionLine,
    FractionLine,
    ListCounts,
    SchoolLine,
    Signer,
    corrections_text,
    provenance,
    school_list,
)
from tests.helpers.papers import list_data, unapproved


def paragraphs(document):
    return [block.text for block in document.blocks if hasattr(block, "runs")]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "Поправок экспертов нет."),
        (1, "Внесена 1\u00a0поправка экспертов."),
        (2, "Внесены 2\u00a0поправки экспертов."),
        (5, "Внесено 5\u00a0поправок экспертов."),
        (11, "Внесено 11\u00a0поправок экспертов."),
        (21, "Внесена 21\u00a0поправка экспертов."),
        (101, "Внесена 101\u00a0поправка экспертов."),
    ],
)
def test_corrections_agree_with_their_number(number, text):
    assert corrections_text(number) == text


def test_only_listed_schools_stand_in_the_list_those_added_by_experts_too():
    document = school_list(list_data(2))
    table = document.tables()[0]
    names = [shown(row.cells[1])[0] for row in table.rows()]
    assert names == ["МБОУ «Озёрская ООШ»", "МБОУ «Заречная СОШ»", "МКОУ «Ключевская СОШ»"]
    assert [row.cells[0] for row in table.rows()] == [1, 2, 3]
    added = list(table.rows())[-1]
    assert shown(added.cells[2]) == ("решение экспертов: третий год нет учителя математики",)


def test_a_fraction_stands_before_its_share_and_carries_its_marks():
    line = FractionLine("ОГЭ математика", 2025, 3, 9, restored=True, small=True)
    data = replace(list_data(0, annexes=False), rows=(SchoolLine("А", "listed", fractions=(line,)),))
    table = school_list(data).tables()[0]
    assert next(table.rows()).parts == (("ОГЭ математика", 2025, Marked(Fraction(3, 9), ("*", "**")), Share(3, 9)),)
    assert [mark.sign for mark in table.used_marks()] == ["*", "**"]
    titles = [column.title for column in table.columns]
    assert titles.index("Ниже минимума из участников") < titles.index("Доля")


def test_a_listed_school_without_figures_says_so():
    added = SchoolLine("А", "no_data", correction=CorrectionLine("listed", "по решению суда"))
    table = school_list(replace(list_data(0, annexes=False), rows=(added,))).tables()[0]
    assert next(table.rows()).parts == (("нет данных", None, None, None),)


def test_settlement_is_not_said_twice():
    rows = (
        SchoolLine("СОШ с. Озёрское", "listed", settlement="с. Озёрское"),
        SchoolLine("СОШ № 3", "listed", settlement="с. Озёрское"),
    )
    table = school_list(replace(list_data(0, annexes=False), rows=rows)).tables()[0]
    first, second = (row.cells[1] for row in table.rows())
    assert first == "СОШ с.\u00a0Озёрское"
    assert second == Lines(("СОШ №\u00a03", "с.\u00a0Озёрское"))


def test_annexes_hold_the_uncertain_and_the_excluded():
    document = school_list(list_data(1))
    headings = [block.text for block in document.blocks if isinstance(block, Heading)]
    assert headings == ["Школы на грани списка и школы без данных", "Школы, не включённые в список решением экспертов"]
    _, uncertain, excluded = document.tables()
    assert [shown(row.cells[2])[0] for row in uncertain.rows()] == [
        "не в списке, на\u00a0грани",
        "не в списке, на\u00a0грани",
        "нет данных",
    ]
    (row,) = excluded.rows()
    assert shown(row.cells[3]) == ("результаты пересмотрены апелляционной комиссией",)


def test_every_correction_is_seen_with_its_reason():
    out = CorrectionLine("not_listed", "решено не включать")
    rows = (
        SchoolLine("А", "listed", branches=("основание",), correction=out),
        SchoolLine("Б", "not_listed", edge=True, correction=out),
        SchoolLine("В", "no_data", correction=out),
        SchoolLine("Г", "no_data", correction=CorrectionLine("listed", "решено включить")),
    )
    document = school_list(replace(list_data(0, annexes=False), rows=rows))
    listed, left_out = document.tables()
    assert [shown(row.cells[2]) for row in listed.rows()] == [("решение экспертов: решено включить",)]
    assert [row.cells[1:] for row in left_out.rows()] == [
        ("А", "основание", "решено не включать"),
        ("Б", "правило не относит школу к списку", "решено не включать"),
        ("В", "нет данных", "решено не включать"),
    ]


def test_no_annex_without_schools_for_it():
    document = school_list(list_data(3, annexes=False))
    assert len(document.tables()) == 1
    assert not [block for block in document.blocks if isinstance(block, Heading)]


def test_totals_are_counted_not_recounted():
    data = replace(list_data(0, annexes=False), counts=ListCounts(24, 3, 2, 1, 0))
    assert paragraphs(school_list(data))[-1].replace("\u00a0", " ") == (
        "Всего школ: 24, в списке: 3, на грани: 2, нет данных: 1. Поправок экспертов нет. "
        "Протокол рабочей группы от 25.11.2026 № 4."
    )


def test_no_case_is_guessed_where_the_genitive_is_not_given():
    with_genitive = school_list(list_data(1))
    assert with_genitive.title[1] == "Лесогорского муниципального округа в\u00a02025\u00a0году и основания включения"
    without = school_list(unapproved(list_data(1)))
    assert without.title == (
        "Список школ с низкими результатами обучения",
        "в\u00a02025\u00a0году и основания включения",
        "Муниципалитет: Лесогорский муниципальный округ",
    )


def test_label_of_schools_is_a_setting():
    document = school_list(replace(list_data(1), label="школ роста"))
    assert document.title[0] == "Список школ роста"


def test_unapproved_list_is_a_draft_and_an_approved_one_is_not():
    draft, approved = school_list(unapproved(list_data(1))), school_list(list_data(1))
    assert draft.draft
    assert not draft.approvals
    assert not approved.draft
    assert approved.approvals[0].number == "214"


def test_provenance_says_when_by_what_and_from_which_snapshot():
    line = provenance(list_data(1)).replace("\u00a0", " ")
    assert line == (
        "Опора · вычислено 22.11.2026 14:05 · правило «Рособрнадзор, декабрь 2022 года», версия 1.0 · "
        "снимок данных 7c1e…a94f"
    )
    assert "снимок" not in provenance(unapproved(list_data(1)))


def test_several_signers_get_places_of_their_own_and_none_gets_a_blank():
    signers = (Signer("Председатель", "М. П. Иванова"), Signer("Секретарь", "О. В. Ким"))
    blocks = school_list(replace(list_data(1), signers=signers)).blocks
    places = [(block.position, block.place) for block in blocks if isinstance(block, SignatureBlock)]
    assert places == [("Председатель", "signer1"), ("Секретарь", "signer2")]
    assert isinstance(blocks[-1], Executor)
    blank = [b for b in school_list(unapproved(list_data(1))).blocks if isinstance(b, SignatureBlock)]
    assert blank == [SignatureBlock("", "", "signer1")]


def test_no_figures_is_not_no_data():
    added = SchoolLine("А", "not_listed", correction=CorrectionLine("listed", "по решению суда"))
    table = school_list(replace(list_data(0, annexes=False), rows=(added,))).tables()[0]
    assert next(table.rows()).parts == ((None, None, None, None),)
