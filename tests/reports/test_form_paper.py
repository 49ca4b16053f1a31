"""A form on paper: blanks with boxes, filled forms with points, grids on pages that lie on their long side."""

from __future__ import annotations

import io

import pytest

from app.exporters.docx import render_docx
from app.exporters.pdf import render_pdf
from app.exporters.xlsx import render_xlsx
from app.forms.answers import given
from app.forms.loader import load, shipped
from app.forms.schema import Answer, AnswerSet, FormDef, Level, ScoreResult
from app.forms.scoring import scores
from app.reports.document import Document, Fraction, Marked, Note, SignatureBlock, Table, bare, shown
from app.reports.form_paper import FormHead, blank_paper, filled_paper
from app.reports.form_tables import FormFilled
from tests.helpers.golden import check_golden
from tests.helpers.projections import docx_projection, pdf_projection, xlsx_projection

TEXT = """
id = "small"
version = "1.0"
title = "Малая форма о программе школы"
short = "Малая форма"
subject = "school_programme"
kind = "checklist"
source = "Методические рекомендации, 2023"
place = "приложение 2"
notes = ["В источнике пункт 2 напечатан дважды."]
head_fields = [{id = "author", text = "Ответственный разработчик"}]
conclusion = "Вывод"
[[scales]]
id = "full"
choices = [{value = "2", text = "В полной мере", short = "Да", points = 2},
           {value = "1", text = "Частично", points = 1}, {value = "0", text = "Нет", points = 0}]
[[scales]]
id = "kinds"
choices = [{value = "own", text = "своя"}, {value = "else", text = "другая", other = true}]
[[sections]]
id = "one"
title = "Программа"
items = [
  {id = "1", number = "1", kind = "choice", scale = "full", text = "Цели ясны", comment = true, criterion = "Цели"},
  {id = "2", number = "2", kind = "choice", scale = "full", text = "Сроки названы", comment = true, weight = 2, \
criterion = "Сроки", not_applicable = true},
  {id = "3", number = "3", kind = "choice", scale = "full", text = "Люди", comment = true, criterion = "Сроки"},
]
[[sections]]
id = "two"
items = [
  {id = "4", number = "4", kind = "many", scale = "kinds", text = "Чья программа", required = false},
  {id = "5", number = "5", kind = "whole", least = 0, text = "Сколько учителей", required = false},
  {id = "6", number = "6", kind = "date", text = "Когда принята", required = false},
  {id = "7", number = "7", kind = "text", text = "Что мешает", required = false},
]
[[scores]]
id = "total"
title = "Итого"
rule = "sum"
levels = [{id = "high", text = "высокий уровень", least = 5, most = 8, tone = "ok"},
          {id = "low", text = "низкий уровень", least = 0, most = 4, tone = "bad"}]
"""
HEAD = FormHead(
    municipality="Лесогорский округ", printed_at="2026-11-22T14:05:00", subject="СОШ № 5",
    subject_word="Программа школы", school_year="2026/27", executor="Ракитина Е. В., методист",
    due_on="2026-12-01",
)  # fmt: skip


def form() -> FormDef:
    return load(TEXT)


def filled(**raw: str) -> AnswerSet:
    made = form()
    answers = {key: given(item, text) for key, text in raw.items() if (item := made.item(key.lstrip("i"))) is not None}
    return AnswerSet(made.id, made.version, {key.lstrip("i"): answer for key, answer in answers.items()})


def done() -> FormFilled:
    answers = filled(i1="2", i2="1", i3="нет, но будет", i4="own;else", i5="12", i6="01.09.2026", i7="Мало времени")
    kept = dict(answers.answers)
    kept["2"] = Answer("1", "1", comment="Приказ № 64")
    kept["4"] = given(form().item("4"), "своя; другая: сетевая")  # type: ignore[arg-type]
    kept["5"] = Answer("12", "12", confirmed=False)
    made = AnswerSet("small", "1.0", kept)
    high = form().scores[0].levels[0]
    return FormFilled(
        made, scores(form(), made), high, overruled=True, level_reason="Сроки уточнены после проверки",
        whys={"total": "Сумма не посчитана: есть пункты без ответа."}, proofs={"1": ("Программа.pdf",)},
        conclusion="Программу доработать.", author="Орлова Т. П.", state="получено", received_on="2026-10-05",
    )  # fmt: skip


PAPERS: dict[str, Document] = {
    "form_paper_blank": blank_paper(form(), HEAD),
    "form_paper_filled": filled_paper(form(), HEAD, done()),
    "form_paper_grid": blank_paper(shipped()["courses", "1.0"], HEAD),
}


@pytest.mark.parametrize("name", PAPERS)
def test_the_pages_are_as_they_were_read(name: str) -> None:
    check_golden(f"{name}.pdf.txt", pdf_projection(render_pdf(PAPERS[name]).data))


@pytest.mark.parametrize("name", PAPERS)
def test_word_and_excel_are_as_they_were_read(name: str) -> None:
    check_golden(f"{name}.docx.txt", docx_projection(render_docx(PAPERS[name])))
    check_golden(f"{name}.xlsx.txt", xlsx_projection(render_xlsx(PAPERS[name])))


def rows_of(document: Document, table: int = 0) -> list[tuple[str, ...]]:
    return [tuple(" / ".join(shown(cell)) for cell in row.cells) for row in document.tables()[table].rows()]


def test_a_blank_has_a_box_for_every_choice_and_for_not_applicable_only_where_it_may_be_said() -> None:
    assert [row[2:6] for row in rows_of(PAPERS["form_paper_blank"])] == [
        ("☐", "☐", "☐", ""),
        ("☐", "☐", "☐", "☐"),
        ("☐", "☐", "☐", ""),
    ]
    titles = [column.title for column in PAPERS["form_paper_blank"].tables()[0].columns]
    assert titles[2:5] == ["Да", "Частично", "Нет"]
    legend = [
        block.text.replace("\u00a0", " ") for block in PAPERS["form_paper_blank"].blocks if isinstance(block, Note)
    ]
    assert "Да — в полной мере (2 балла); Частично (1 балл); Нет (0 баллов)." in legend


def test_criteria_stand_once_over_their_rows() -> None:
    groups = PAPERS["form_paper_blank"].tables()[0].groups
    assert [(group.title, len(group.rows)) for group in groups] == [("Цели", 1), ("Сроки", 2)]


def test_points_stand_beside_their_maximum_and_no_answer_is_no_nought() -> None:
    rows = list(PAPERS["form_paper_filled"].tables()[0].rows())
    assert [row.cells[3] for row in rows] == [Fraction(2, 2), Fraction(2, 4), None]
    assert rows[2].cells[2] == Marked("нет, но будет", ("*",))
    other = list(PAPERS["form_paper_filled"].tables()[1].rows())
    assert other[1].cells[2] == Marked(12, ("**",))


def test_the_level_of_a_person_is_printed_with_its_reason() -> None:
    said = [text for _place, text in PAPERS["form_paper_filled"].texts()]
    wanted = "Уровень по решению эксперта: высокий уровень. Причина: Сроки уточнены после проверки."
    assert wanted in said
    low = Level("low", "низкий уровень", 0, 4, "bad")
    result = ScoreResult("total", 3, 8, 8, 3, 3, low)
    both = FormFilled(done().answers, (result,), form().scores[0].levels[0], overruled=True, level_reason="Спор")
    texts = [text for _place, text in filled_paper(form(), HEAD, both).texts()]
    assert "Уровень по решению эксперта: высокий уровень. По баллам: низкий уровень. Причина: Спор." in texts


def test_faults_of_the_source_stand_under_the_form() -> None:
    notes = [block.text for block in PAPERS["form_paper_blank"].blocks if isinstance(block, Note)]
    assert notes[-2:] == [
        "Источник формы: Методические рекомендации, 2023 (приложение 2).",
        "Примечание 1. В источнике пункт 2 напечатан дважды.",
    ]


def _bare(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("key", sorted(shipped()))
def test_every_shipped_form_is_printed_empty_and_filled(key: tuple[str, str]) -> None:
    from app.forms.item_types import TYPES

    made = shipped()[key]
    answers = {}
    for item in made.items():
        values = TYPES[item.kind].sample_values(item)
        answers[item.id] = given(item, values[0]) if values else Answer()
    answered = AnswerSet(made.id, made.version, answers)
    blank = blank_paper(made, HEAD)
    whole = filled_paper(made, HEAD, FormFilled(answered, scores(made, answered)))
    for document in (blank, whole):
        assert render_pdf(document).pages >= 1
        # spaces are the paper's own: «А.С. Пушкина» is set as «А. С. Пушкина»
        printed = _bare(" ".join(text for _place, text in document.texts()))
        for item in made.items():
            for line in item.text.split("\n") if not item.row else []:
                assert _bare(line) in printed
        for note in made.notes:
            assert _bare(note) in printed
    signed = [block for block in blank.blocks if isinstance(block, SignatureBlock)]
    assert len(signed) == (0 if made.kind == "survey" else 1)


def test_a_grid_lies_on_its_long_side_everywhere() -> None:
    import docx
    import openpyxl
    import pypdfium2

    document = PAPERS["form_paper_grid"]
    assert document.landscape
    page = pypdfium2.PdfDocument(render_pdf(document).data)[0]
    assert page.get_size()[0] > page.get_size()[1]
    section = docx.Document(io.BytesIO(render_docx(document))).sections[0]
    assert (section.page_width or 0) > (section.page_height or 0)
    book = openpyxl.load_workbook(io.BytesIO(render_xlsx(document)))
    assert book.worksheets[0].page_setup.orientation == "landscape"
    heads = [cell.value for cell in next(row for row in book.worksheets[0].iter_rows() if row[1].value)]
    assert heads[1:3] == ["ГАОУ ДПО «ЛОИРО»: ПП", "ГАОУ ДПО «ЛОИРО»: ПК"]


def test_the_sum_of_a_grid_knows_no_noughts_where_nothing_is_written() -> None:
    made = shipped()["courses", "1.0"]
    one = next(made.items())
    row, _dot, column = one.id.partition(".")
    answers = AnswerSet(made.id, made.version, {one.id: Answer("7", "7")})
    table = next(
        block for block in filled_paper(made, HEAD, FormFilled(answers)).blocks
        if isinstance(block, Table) and block.name == "Показатели"
    )  # fmt: skip
    rows = list(table.rows())
    assert (row, column) == (made.sections[0].rows[0].id, made.sections[0].columns[0].id)
    assert (bare(rows[0].cells[1]), bare(rows[0].cells[-1]), bare(rows[-1].cells[-1])) == (7, 7, 7)
    assert bare(rows[1].cells[-1]) == ""
