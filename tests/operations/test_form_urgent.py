"""«Срочный сбор»: headings as they are pasted, what kind they are, one round, one table with sums."""

from __future__ import annotations

import pytest

from app.errors import UserError
from app.models.store import Store
from app.operations import (
    form_answers,
    form_blanks,
    form_board_papers,
    form_rounds,
    form_urgent,
    forms,
    history,
    papers,
    schools,
)
from app.operations.form_urgent import Heading
from app.reports.document import shown
from tests.helpers import stores

FIVE = (
    "1. Количество педагогов\n2. Доля учителей с категорией, %\nЕсть ли горячее питание\nДата проверки\nОтветственный"
)


@pytest.fixture
def three(store: Store) -> list[int]:
    return [schools.add(store, {"name": f"СОШ № {number}"}) for number in (1, 2, 3)]


@pytest.mark.parametrize(
    "text",
    [
        "Всего детей\nИз них в лагере\nДата",
        "Всего детей\tИз них в лагере\tДата\r\n",
        "1. Всего детей\n2) Из них  в лагере\n\n3. Дата\nвсего детей",
        '"Всего\nдетей"\tИз них в лагере\tДата',
        "Всего детей; Из них в лагере; Дата;",
    ],
)
def test_headings_are_read_however_they_are_pasted(text: str) -> None:
    assert form_urgent.headings(text) == (
        Heading("Всего детей", "whole"), Heading("Из них в лагере", "whole"), Heading("Дата", "date"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Кол-во учеников", "whole"), ("Сколько классов", "whole"), ("Численность", "whole"),
        ("Доля отличников", "decimal"), ("Сумма, руб.", "decimal"), ("Средний балл", "decimal"),
        ("Есть ли спортзал", "flag"), ("Наличие лицензии", "flag"), ("Проведён ли осмотр", "flag"),
        ("Когда проведено", "date"), ("Дата приказа", "date"),
        ("ФИО ответственного", "text"), ("Причина", "text"), ("Номер приказа", "text"), ("Числительные", "text"),
        ("Школа", "text"),
    ],
)  # fmt: skip
def test_the_kind_is_guessed_by_the_words(words: str, kind: str) -> None:
    assert form_urgent.guess(words) == kind


def begun(store: Store, three: list[int]) -> form_urgent.Begun:
    refs = form_urgent.school_refs(store.connection, three)
    return form_urgent.begin(store, "Питание", form_urgent.headings(FIVE), refs, 2026, due_on="25.11.2026")


def test_headings_become_a_form_a_round_and_blanks(store: Store, three: list[int]) -> None:
    made = begun(store, three)
    form = forms.definition(store.connection, made.form_id)
    assert (form.kind, form.short, [item.kind for item in form.items()]) == (
        "request", "Питание", ["whole", "decimal", "flag", "date", "text"],
    )  # fmt: skip
    assert forms.entry(store.connection, made.form_id).origin == "own"
    assert [line.due_on for line in form_rounds.cases(store.connection, made.round_id)] == ["2026-11-25"] * 3
    blank = form_blanks.blank(store.connection, made.case_ids[0])
    assert blank.name == "СОШ № 1 — Питание — 2026-27.xlsx"
    assert blank.data[:2] == b"PK"


def test_two_requests_have_forms_of_their_own(store: Store, three: list[int]) -> None:
    assert begun(store, three).form_id != begun(store, three).form_id


def test_one_table_with_sums_and_who_is_silent(store: Store, three: list[int]) -> None:
    one, other, _silent = begun(store, three).case_ids
    for item, raw in (("q1", "12"), ("q2", "45,5"), ("q3", "да"), ("q4", "01.12.2026"), ("q5", "Ким О. В.")):
        form_answers.put(store, one, item, raw)
    form_answers.put(store, other, "q1", "много")
    form_answers.put(store, other, "q3", "нет")
    key = form_rounds.rounds(store.connection)[0].round.id
    found = form_urgent.table(store.connection, key)
    assert found.rows[0].cells == ("12", "45,5", "да", "01.12.2026", "Ким О. В.")
    assert found.rows[1].cells[0] == "много"
    assert found.rows[1].wrong == {0}
    assert [text.replace("\u00a0", " ") for text in found.totals] == ["12", "", "да: 1 из 2", "", ""]
    assert [row.shown for row in found.silent] == ["СОШ № 3"]
    assert found.complete == 1
    assert form_urgent.state_text(found).replace("\u00a0", " ") == "ответили 2 из 3, полностью — 1"


def test_the_paper_of_a_request_has_its_numbers_as_numbers(store: Store, three: list[int]) -> None:
    made = begun(store, three)
    form_answers.put(store, made.case_ids[0], "q1", "1200")
    form_answers.put(store, made.case_ids[1], "q1", "много")
    paper = form_board_papers.one_round(store.connection, made.round_id)
    [table] = paper.document.tables()
    rows = list(table.rows())
    assert [row.cells[1] for row in rows] == [1200, "■ много", None, "1200"]
    assert shown(rows[-1].cells[0]) == ("Итого",)
    for suffix in papers.FORMATS:
        assert papers.render(paper, suffix).data


def test_what_cannot_begin_leaves_nothing(store: Store, three: list[int]) -> None:
    refs = form_urgent.school_refs(store.connection, three)
    wrong = [
        ((), refs, None, "FORM_URGENT_NOTHING"),
        (form_urgent.headings(FIVE), [], None, "FORM_NO_SUBJECTS"),
        (form_urgent.headings(FIVE), refs, "скоро", "FORM_NOT_DATE"),
        (form_urgent.headings("\n".join(f"Столбец {n}" for n in range(61))), refs, None, "FORM_URGENT_MANY"),
    ]
    for asked, whom, due, code in wrong:
        with pytest.raises(UserError) as caught:
            form_urgent.begin(store, "Питание", asked, whom, 2026, due_on=due)
        assert caught.value.code == code
    assert [entry for entry in forms.listing(store.connection, hidden=True) if entry.origin == "own"] == []
    assert form_rounds.rounds(store.connection) == []


def test_the_form_and_its_round_are_one_step(store: Store, three: list[int]) -> None:
    before = stores.dump(store.connection)
    refs = form_urgent.school_refs(store.connection, three)
    form_urgent.begin(store, "Горячее питание", form_urgent.headings("Есть ли столовая"), refs, 2026)
    history.undo(store)
    assert stores.dump(store.connection) == before
