"""Blanks of a round: names, values, last year, all or nothing; the fall-back for files that can't be marked."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from app.errors import UserError
from app.forms.excel_keys import parse_meta
from app.forms.loader import load
from app.models.forms import SubjectRef
from app.models.store import Store
from app.operations import form_answers, form_blanks, form_rounds, forms, schools
from app.operations.form_blanks import LONGEST_NAME, file_name, safe_name
from tests.helpers.blanks import sheets
from tests.helpers.form_texts import CHECK

YEAR = 2026


@pytest.fixture
def three(store: Store) -> list[int]:
    """Return schools: two of one name, told apart by their code."""
    forms.save(store, load(CHECK))
    names = ("СОШ № 1", "СОШ № 1", "Школа «Заря» / филиал")
    return [schools.add(store, {"name": name}) for name in names]


def begun(store: Store, keys: list[int], year: int = YEAR) -> list[int]:
    refs = [SubjectRef("school_programme", organisation_id=key) for key in keys]
    number = form_rounds.start(store, "probe", year, refs, due_on=f"{year}-11-25")
    return [item.case.id for item in form_rounds.cases(store.connection, number)]


def test_a_name_is_safe_everywhere() -> None:
    assert file_name("СОШ № 3", "Самооценка школьной программы", "2025-26") == (
        "СОШ № 3 — Самооценка школьной программы — 2025-26.xlsx"
    )
    assert file_name("МБОУ «СОШ: 5/6»\u00a0?. ", "А*Б", "2025-26") == "МБОУ СОШ 5 6 — А Б — 2025-26.xlsx"
    assert file_name("con.", "А", "2025-26") == "con — А — 2025-26.xlsx"
    long = file_name("Школа " * 60, "Форма " * 40, "2025-26", " (edu123456)")
    assert len(long) <= LONGEST_NAME
    assert long.endswith(" — 2025-26 (edu123456).xlsx")
    assert file_name("«»", "А", "2025-26") == "бланк — А — 2025-26.xlsx"


def test_the_longest_name_can_be_written(tmp_path: Path) -> None:
    for subject in ("Щ" * 400, "€" * 400, "школа " * 99, "a" * 400):
        name = file_name(subject, "Ф" * 99, "2025-26", " (edu123456)")
        assert name.endswith(" — 2025-26 (edu123456).xlsx")
        # while it is written it has a longer name, and a second one gets « (2)»
        assert len(name.encode()) <= 225
        (tmp_path / name).write_bytes(b"")
        assert len(safe_name(subject).encode()) <= 225


def test_a_blank_says_whose_it_is(store: Store, three: list[int]) -> None:
    case = begun(store, three)[0]
    made = form_blanks.blank(store.connection, case)
    meta = parse_meta(sheets(made.data)["_form"])
    assert meta is not None
    view = form_answers.case(store.connection, case)
    [form] = meta.forms
    assert (form.id, form.version, form.digest) == ("probe", view.form.version, view.form.digest)
    assert (form.case_id, form.round_id, form.due_on) == (str(case), str(view.round.id), "2026-11-25")
    assert (meta.school_id, meta.school_year, meta.file_id) == (
        str(view.subject.school_id), "2026", made.file_id,
    )  # fmt: skip
    assert form_blanks.blank(store.connection, case).file_id != made.file_id, "every copy has a name of its own"


def test_last_year_stands_beside_and_this_year_is_to_be_checked(store: Store, three: list[int]) -> None:
    first = begun(store, three, YEAR - 1)[0]
    item = next(item for item in form_answers.case(store.connection, first).form.items() if item.kind == "choice")
    assert item.scale is not None
    form_answers.put(store, first, item.id, item.scale.choices[0].value)
    form_rounds.accept(store, [first], anyway=True)
    made = [form_blanks.blank(store.connection, case) for case in begun(store, three)[:2]]
    text = item.scale.choices[0].text

    def row(data: bytes) -> list[Any]:
        return next(row for row in sheets(data)["Форма"] if row[0] == item.id)

    assert row(made[0].data).count(text) == 3, "grey, prefilled, and what it is compared with"
    assert "проверьте" in row(made[0].data)
    assert text not in row(made[1].data)


def test_all_blanks_appear_together_and_nothing_is_written_over(store: Store, three: list[int], tmp_path: Path) -> None:
    cases = begun(store, three)
    folder = tmp_path / "бланки"
    folder.mkdir()
    told: list[tuple[str, int, int]] = []

    def watch(name: str, done: int, of: int) -> bool:
        told.append((name, done, of))
        return True

    one = form_blanks.write(store.connection, cases, folder, watch)
    names = sorted(path.name for path, _ in one.files)
    assert len(names) == 3
    assert sorted(path.name for path in folder.iterdir()) == names
    assert sum(name.startswith("СОШ № 1 — ") for name in names) == 2
    assert any(name.startswith("Школа Заря филиал — ") for name in names)
    assert told[0][1:] == (0, 3)
    assert told[-1][1:] == (3, 3)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    two = form_blanks.write(store.connection, cases, folder)
    assert {path.name for path, _ in two.files} & set(before) == set()
    assert all((folder / name).read_bytes() == data for name, data in before.items())


def test_a_stopped_issue_leaves_nothing(store: Store, three: list[int], tmp_path: Path) -> None:
    made = form_blanks.write(store.connection, begun(store, three), tmp_path, lambda _name, done, _of: done < 2)
    assert made.stopped
    assert made.files == ()
    assert not list(tmp_path.glob("*.xlsx"))
    assert not list(tmp_path.glob(".*.tmp"))


def test_accepted_answers_get_no_blank(store: Store, three: list[int], tmp_path: Path) -> None:
    cases = begun(store, three)
    form_rounds.accept(store, cases[2:], anyway=True)
    made = form_blanks.write(store.connection, cases, tmp_path)
    assert len(made.files) == 2
    assert len(made.left_out) == 1


def test_all_forms_of_a_school_in_one_book(store: Store, three: list[int], tmp_path: Path) -> None:
    cases = [*begun(store, three), *begun(store, three)]
    made = form_blanks.write(store.connection, cases, tmp_path, together=True)
    assert len(made.files) == 3
    path, blank = made.files[0]
    assert len(blank.case_ids) == 2
    assert "формы школы" in path.name
    meta = parse_meta(sheets(path.read_bytes())["_form"])
    assert meta is not None
    assert [form.case_id for form in meta.forms] == [str(key) for key in blank.case_ids]


def test_an_unknown_case_and_an_empty_round_are_told(store: Store, three: list[int]) -> None:
    with pytest.raises(UserError) as refused:
        form_blanks.blank(store.connection, 12345)
    assert refused.value.code == "FORM_NO_CASE"
    cases = begun(store, three)
    number = form_answers.case(store.connection, cases[0]).round.id
    assert set(form_blanks.of_round(store.connection, number)) == set(cases)
    form_rounds.remove_cases(store, cases)
    with pytest.raises(UserError) as refused:
        form_blanks.of_round(store.connection, number)
    assert refused.value.code == "FORM_BLANK_NO_CASES"


def test_our_blank_stands_in_for_a_file_that_cannot_be_marked(store: Store, three: list[int]) -> None:
    from app.forms.answers import given
    from app.forms.schema import AnswerSet

    case = begun(store, three)[0]
    form = form_answers.case(store.connection, case).form
    item = next(item for item in form.items() if item.kind == "choice")
    answers = AnswerSet(form.id, form.version, {item.id: given(item, "наверное")})
    made = form_blanks.marked_blank(
        store.connection, case, answers, {item.id: ["Такого ответа нет в списке."]}, ["Это файл .xls."]
    )
    book = openpyxl.load_workbook(io.BytesIO(made.data))
    first = book.worksheets[0]
    assert first.title == "Что исправить"
    assert "наш бланк с вашими ответами" in str(first["A2"].value)
    listed = [[cell.value for cell in row] for row in first["B5:D6"]]
    assert listed[0] == [None, None, "Это файл .xls."]
    cell = book[str(listed[1][0])][str(listed[1][1])]
    assert cell.value == "наверное"
    assert cell.comment is not None
    assert "Такого ответа нет в списке." in cell.comment.text
