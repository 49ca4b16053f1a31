"""Receiving: whose a file is, what it changes, conflicts, repeats, locks, one operation a file, what goes back."""

from __future__ import annotations

import io
import os
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font

from app.errors import UserError
from app.forms.loader import load
from app.forms.writer import text_of
from app.models import blobs, settings
from app.models import forms as stored
from app.models.forms import SubjectRef
from app.models.store import Store
from app.operations import form_answers, form_blanks, form_receiving, form_rounds, forms, history, schools
from app.operations.form_receiving import Decision, Line, Receiving
from tests.helpers import blanks, filled, outside
from tests.helpers.stores import dump

VALUES = {key: value for key, value in filled.VALUES.items() if key != "7"}
"""Item 7 is asked only of those who answer otherwise to item 1."""


@dataclass
class World:
    """A file with a round of the form with every kind of question and two schools in it."""

    store: Store
    folder: Path
    schools: list[int]
    round: int
    cases: list[int]

    def blank(self, number: int = 0) -> filled.Sheet:
        """Return the blank of a school, filled."""
        book = filled.fill(filled.opened(form_blanks.blank(self.store.connection, self.cases[number]).data))
        book.put("7", None)
        return book

    def write(self, data: bytes, name: str) -> Path:
        path = self.folder / name
        path.write_bytes(data)
        return path

    def look(self, *paths: Path, **decisions: Decision) -> Receiving:
        """Read in this process, as the child does."""
        from app.importers.opening import read_here
        from app.importers.parsed import Hints

        known = form_receiving.known(self.store.connection)
        readings = [read_here(path, Hints(kind="filled_form"), known) for path in paths]
        return form_receiving.judge(self.store.connection, readings, decisions)

    def one(self, path: Path, decision: Decision | None = None) -> Line:
        found = self.look(path)
        [line] = found.lines
        if decision is not None:
            [line] = self.look(path, **{line.key: decision}).lines
        return line

    def values(self, number: int = 0) -> dict[str, str | None]:
        view = form_answers.case(self.store.connection, self.cases[number])
        return {key: answer.value for key, answer in view.answers.answers.items()}


@pytest.fixture
def world(store: Store, tmp_path: Path) -> World:
    with store.operation("Название", "settings") as operation:
        settings.put(operation, "municipality", "Лесогорский округ")
    forms.save(store, blanks.every_kind())
    keys = [schools.add(store, {"name": f"СОШ № {number}"}) for number in (3, 7, 12)]
    refs = [SubjectRef("school", organisation_id=key) for key in keys[:2]]
    key = form_rounds.start(store, "every", 2026, refs, due_on="2026-12-01")
    cases = [line.case.id for line in form_rounds.cases(store.connection, key)]
    return World(store, tmp_path, keys, key, cases)


def codes(line: Line) -> set[str]:
    return {one.code for one in line.problems}


# --- the usual way -----------------------------------------------------------------------------------------------


def test_a_reply_is_shown_first_and_written_as_one_operation(world: World) -> None:
    path = world.write(world.blank().bytes(), "СОШ № 3 — Все виды — 2026-27.xlsx")
    before = dump(world.store.connection)
    line = world.one(path)
    assert dump(world.store.connection) == before
    assert (line.state, line.subject, line.form, line.school_year) == ("ready", "СОШ № 3", "Все виды", 2026)
    assert {change.item_id: change.after for change in line.changes}["5"] == "312"
    operations = len(history.history(world.store.connection))
    made = form_receiving.load(world.store, [line])
    assert len(history.history(world.store.connection)) == operations + 1
    assert world.values() == VALUES
    view = form_answers.case(world.store.connection, world.cases[0])
    assert (view.state, view.head, view.case.conclusion) == ("received", {"author": "Иванова И. И."}, "Работаем дальше")
    assert [(one.item_id, one.title) for one in view.evidence] == [("1", "приказ № 12")]
    assert view.answers.get("1").comment == "журнал ведём с осени"
    place = view.places["5"]
    assert (place.sheet, place.cell) == ("Форма", "D19")
    [kept] = view.files
    assert (kept.outcome, kept.file_name, place.file_id) == ("read", path.name, kept.id)
    assert blobs.get(world.store.connection, kept.sha256) == path.read_bytes()
    assert made.changed == len(line.changes)
    history.undo(world.store)
    assert world.values() == {}
    assert not form_answers.case(world.store.connection, world.cases[0]).files
    history.redo(world.store)
    assert world.values() == VALUES


def test_wrong_answers_are_written_with_their_text_and_named_with_their_cell(world: World) -> None:
    book = world.blank()
    book.put("5", "много")
    book.put("3", None)
    line = world.one(world.write(book.bytes(), "a.xlsx"))
    assert line.state == "with_errors"
    assert {(one.code, one.cell) for one in line.problems} == {("ITEM_NUMBER", "D19"), ("ITEM_REQUIRED", "D13")}
    form_receiving.load(world.store, [line])
    view = form_answers.case(world.store.connection, world.cases[0])
    assert (view.state, view.answers.get("5").raw, view.answers.get("5").code) == (
        "with_errors",
        "много",
        "ITEM_NUMBER",
    )


def test_sixty_files_are_read_by_one_child(world: World) -> None:
    paths = [world.write(world.blank(number % 2).bytes(), f"{number}.xlsx") for number in range(6)]
    paths.append(world.write(b"PK\x03\x04", "broken.xlsx"))
    told: list[tuple[str, int, int]] = []
    found = form_receiving.preview(
        world.store.connection, [world.folder], on_progress=lambda *about: told.append(about)
    )
    states = {line.file: line.state for line in found.lines}
    assert len(states) == 7
    assert states["broken.xlsx"] == "refused"
    assert sum(state == "ready" for state in states.values()) == 2
    assert told[-1][1] == told[-1][2]


def test_a_cancelled_reading_says_so_and_leaves_the_rest_out(world: World) -> None:
    paths = [world.write(world.blank().bytes(), f"{number}.xlsx") for number in range(3)]
    found = form_receiving.preview(world.store.connection, paths, cancelled=lambda: True)
    assert (found.lines, found.stopped) == ((), True)


# --- repeats -----------------------------------------------------------------------------------------------------


def test_the_same_file_and_the_same_answers_are_recognised(world: World) -> None:
    book = world.blank()
    path = world.write(book.bytes(), "a.xlsx")
    form_receiving.load(world.store, [world.one(path)])
    again = world.one(path)
    assert (again.state, codes(again)) == ("same", {"FORM_GET_SAME_FILE"})
    book.sheet["Z99"].font = Font(bold=True)
    other = world.one(world.write(book.bytes(), "b.xlsx"))
    assert (other.state, "FORM_GET_SAME_ANSWERS" in codes(other)) == ("same", True)
    with pytest.raises(UserError) as caught:
        form_receiving.load(world.store, [other])
    assert caught.value.code == "FORM_GET_NOT_READY"


def test_of_two_files_of_one_school_the_newer_is_meant_and_a_person_may_say_otherwise(world: World) -> None:
    first, second = world.blank(), world.blank()
    second.put("5", 400)
    one, two = world.write(first.bytes(), "первый.xlsx"), world.write(second.bytes(), "второй.xlsx")
    copy = world.write(one.read_bytes(), "копия.xlsx")
    os.utime(one, (1, 1))
    found = {line.file: line for line in world.look(one, two, copy).lines}
    assert {name: line.state for name, line in found.items()} == {
        "первый.xlsx": "ask", "второй.xlsx": "ready", "копия.xlsx": "same",
    }  # fmt: skip
    assert "второй.xlsx" in found["первый.xlsx"].problems[0].message
    again = {
        line.file: line.state for line in world.look(one, two, **{found["первый.xlsx"].key: Decision(newer=True)}).lines
    }
    assert again == {"первый.xlsx": "ready", "второй.xlsx": "ask"}


def test_an_empty_blank_is_told_and_not_written(world: World) -> None:
    line = world.one(world.write(form_blanks.blank(world.store.connection, world.cases[0]).data, "a.xlsx"))
    assert (line.state, line.problems[0].code) == ("empty", "FORM_GET_EMPTY")


# --- conflicts and locks -----------------------------------------------------------------------------------------


def test_what_was_typed_here_and_differs_is_asked_item_by_item(world: World) -> None:
    form_answers.put(world.store, world.cases[0], "5", "300")
    form_answers.put(world.store, world.cases[0], "3", "нет")
    form_answers.put(world.store, world.cases[0], "1", "2", comment="журнал ведём с осени")
    path = world.write(world.blank().bytes(), "a.xlsx")
    # the blank was made with the typed answers in it; the school's book has others
    line = world.one(path)
    assert line.state == "conflict"
    assert {change.item_id: (change.before, change.after) for change in line.changes if change.open} == {
        "5": ("300", "312"), "3": ("нет", "есть"),
    }  # fmt: skip
    with pytest.raises(UserError):
        form_receiving.load(world.store, [line])
    line = world.one(path, Decision(takes={"5": "stored", "3": "file"}))
    assert line.state == "ready"
    form_receiving.load(world.store, [line])
    assert (world.values()["5"], world.values()["3"], world.values()["6"]) == ("300", "yes", "4.5")
    view = form_answers.case(world.store.connection, world.cases[0])
    assert view.places.keys() >= {"3", "6"}
    assert "5" not in view.places


def test_a_second_reply_replaces_the_first_without_asking_and_keeps_what_was_mended_here(world: World) -> None:
    book = world.blank()
    form_receiving.load(world.store, [world.one(world.write(book.bytes(), "a.xlsx"))])
    form_answers.put(world.store, world.cases[0], "6", "9")
    book.put("5", 313)
    book.put("9", None)
    line = world.one(world.write(book.bytes(), "b.xlsx"))
    assert {change.item_id: change.conflict for change in line.changes} == {"5": False, "9": False, "6": True}
    line = world.one(line.path, Decision(all="stored"))
    form_receiving.load(world.store, [line])
    assert (world.values()["5"], world.values().get("9"), world.values()["6"]) == ("313", None, "9")


def test_what_is_typed_between_reading_and_writing_is_not_written_over(world: World) -> None:
    line = world.one(world.write(world.blank().bytes(), "a.xlsx"))
    form_answers.put(world.store, world.cases[0], "5", "299")
    before = dump(world.store.connection)
    with pytest.raises(UserError) as caught:
        form_receiving.load(world.store, [line])
    assert (caught.value.code, dump(world.store.connection)) == ("FORM_GET_CONFLICTS", before)


def test_half_typed_text_is_a_conflict_too(world: World) -> None:
    form_answers.put_draft(world.store, world.cases[0], "9", "https")
    line = world.one(world.write(world.blank().bytes(), "a.xlsx"))
    assert [(change.item_id, change.before) for change in line.changes if change.open] == [
        ("9", "https (не закончено)")
    ]


def test_accepted_answers_stay_and_the_line_says_what_differs(world: World) -> None:
    book = world.blank()
    form_receiving.load(world.store, [world.one(world.write(book.bytes(), "a.xlsx"))])
    form_rounds.accept(world.store, [world.cases[0]])
    book.put("5", 1)
    line = world.one(world.write(book.bytes(), "b.xlsx"))
    assert (line.state, line.problems[0].code) == ("locked", "FORM_GET_LOCKED")
    assert "Пункт 5" in line.problems[0].message
    with pytest.raises(UserError):
        form_receiving.load(world.store, [line])
    assert world.values()["5"] == "312"


def test_accepted_after_reading_is_refused(world: World) -> None:
    line = world.one(world.write(world.blank().bytes(), "a.xlsx"))
    form_rounds.accept(world.store, [world.cases[0]], anyway=True)
    with pytest.raises(UserError) as caught:
        form_receiving.load(world.store, [line])
    assert caught.value.code == "FORM_LOCKED"


def test_a_file_that_changes_after_reading_is_refused(world: World) -> None:
    path = world.write(world.blank().bytes(), "a.xlsx")
    line = world.one(path)
    path.write_bytes(b"another")
    with pytest.raises(UserError) as caught:
        form_receiving.load(world.store, [line])
    assert caught.value.code == "FORM_GET_FILE_CHANGED"


# --- whose it is -------------------------------------------------------------------------------------------------


def test_the_blank_of_another_school_is_asked_about(world: World) -> None:
    path = world.write(world.blank(0).bytes(), "СОШ № 7 — Все виды — 2026-27.xlsx")
    line = world.one(path)
    assert (line.state, line.problems[0].code) == ("ask", "FORM_GET_OTHER_SCHOOL")
    assert [option.case_id for option in line.options] == world.cases
    line = world.one(path, Decision(case_id=world.cases[1]))
    assert (line.state, line.subject, line.case_id) == ("ready", "СОШ № 7", world.cases[1])


def test_the_header_of_another_school_is_asked_about(world: World) -> None:
    book = world.blank(0)
    book.sheet["B2"].value = "СОШ № 7. 2026/27 учебный год."
    line = world.one(world.write(book.bytes(), "ответ.xlsx"))
    assert (line.state, line.problems[0].code) == ("ask", "FORM_GET_OTHER_SCHOOL")


def test_the_blank_of_another_municipality_is_refused(world: World) -> None:
    data = filled.fill(filled.opened(filled.blank(forms.definition(world.store.connection, "every")))).bytes()
    line = world.one(world.write(data, "a.xlsx"))
    assert (line.state, codes(line)) == ("refused", {"FORM_GET_MUNICIPALITY"})
    assert "Лужский район" in line.problems[0].message


def test_last_years_blank_is_asked_about_when_the_form_is_collected_anew(world: World) -> None:
    data = world.blank().bytes()
    key = form_rounds.start(world.store, "every", 2027, [SubjectRef("school", organisation_id=world.schools[0])])
    new = form_rounds.cases(world.store.connection, key)[0].case.id
    path = world.write(data, "a.xlsx")
    line = world.one(path)
    assert (line.state, line.problems[0].code) == ("ask", "FORM_GET_OTHER_YEAR")
    assert {option.case_id for option in line.options} == {world.cases[0], new}
    assert world.one(path, Decision(case_id=world.cases[0])).school_year == 2026


def _without_meta(book: filled.Sheet) -> None:
    del book.book["_form"]


def test_without_the_hidden_sheet_the_school_is_found_by_header_or_by_file_name(world: World) -> None:
    book = world.blank(1)
    _without_meta(book)
    line = world.one(world.write(book.bytes(), "ответ.xlsx"))
    assert (line.state, line.case_id) == ("ready", world.cases[1])
    book.sheet["B2"].value = None
    line = world.one(world.write(book.bytes(), "СОШ № 7_анкета.xlsx"))
    assert (line.state, line.case_id) == ("ready", world.cases[1])
    line = world.one(world.write(book.bytes(), "ответ 2.xlsx"))
    assert (line.state, codes(line) & {"FORM_GET_WHOSE"}) == ("ask", {"FORM_GET_WHOSE"})
    assert {option.case_id for option in line.options} == set(world.cases)


def test_a_school_that_is_not_asked_is_named(world: World) -> None:
    book = world.blank(1)
    _without_meta(book)
    book.sheet["B2"].value = "СОШ № 12. 2026/27 учебный год."
    line = world.one(world.write(book.bytes(), "ответ.xlsx"))
    assert (line.state, line.problems[0].code) == ("refused", "FORM_GET_NO_CASE")
    assert "СОШ № 12" in line.problems[0].message


# --- versions and several forms ----------------------------------------------------------------------------------

REVISED = """
[[revisions]]
from = "1.0"
renamed = {5 = "pupils"}
deleted = ["9"]
"""


def test_an_older_version_is_revised_and_what_is_lost_is_named(world: World) -> None:
    data = world.blank().bytes()
    old = forms.definition(world.store.connection, "every")
    text = text_of(old).replace('version = "1.0"', 'version = "1.1"')
    lines = [row for row in text.splitlines() if 'id = "9"' not in row]
    newer = load("\n".join(lines).replace('id = "5"', 'id = "pupils"') + REVISED)
    forms.save(world.store, newer)
    key = form_rounds.start(world.store, "every", 2026, [SubjectRef("school", organisation_id=world.schools[0])])
    new = form_rounds.cases(world.store.connection, key)[0].case.id
    path = world.write(data, "a.xlsx")
    line = world.one(path, Decision(case_id=new))
    assert {"FORM_GET_OLD_VERSION", "FORM_GET_LOST"} <= codes(line)
    assert line.answers is not None
    assert (line.answers.version, line.answers.get("pupils").value) == (newer.version, "312")
    assert line.cells["pupils"] == ("Форма", "D19")
    assert any("https://школа.рф/план" in one.message for one in line.problems)


def test_a_book_with_several_forms_is_one_operation(world: World) -> None:
    forms.save(world.store, blanks.grid())
    key = form_rounds.start(world.store, "grid", 2026, [SubjectRef("school", organisation_id=world.schools[0])])
    other = form_rounds.cases(world.store.connection, key)[0].case.id
    made = form_blanks.book(world.store.connection, [world.cases[0], other])
    book = filled.fill(filled.opened(made.data, "Все виды"))
    book.put("7", None)
    table = filled.Sheet(book.book, "Таблица")
    for row in ("heads", "staff"):
        for column in "abc":
            table.put(f"#row:people/{row}", 2, f"col:{column}")
    path = world.write(book.bytes(), made.name)
    found = world.look(path).lines
    assert [(line.form, line.state) for line in found] == [("Все виды", "ready"), ("Таблица", "ready")]
    operations = len(history.history(world.store.connection))
    form_receiving.load(world.store, found)
    assert len(history.history(world.store.connection)) == operations + 1
    assert world.values() == VALUES
    assert len(stored.files(world.store.connection, cases=[other, world.cases[0]])) == 2


# --- what goes back ----------------------------------------------------------------------------------------------


def _spoiled(world: World) -> filled.Sheet:
    book = world.blank()
    book.put("5", "много")
    return book


def test_the_schools_own_workbook_goes_back_marked(world: World) -> None:
    path = world.write(_spoiled(world).bytes(), "СОШ 3.xlsx")
    line = world.one(path)
    name, data = form_receiving.marked_copy(world.store.connection, line)
    assert name == "СОШ 3 — что исправить.xlsx"
    back = openpyxl.load_workbook(io.BytesIO(data))
    assert "много" in back["Форма"]["D19"].comment.text
    assert back["Форма"]["D19"].value == "много"
    # and it is read again as the same answers
    again = world.one(world.write(data, name))
    assert again.state == "with_errors"
    paths, failed = form_receiving.marked_copies(world.store.connection, [line, line], world.folder / "назад")
    assert ([one.name for one in paths], failed) == ([name, "СОШ 3 — что исправить (2).xlsx"], [])


if outside.SOFFICE:

    def test_of_an_ods_our_blank_goes_back_with_their_answers(world: World) -> None:
        data = blanks.converted(world.folder, _spoiled(world).bytes(), "ods")
        line = world.one(world.write(data, "СОШ 3.ods"))
        name, made = form_receiving.marked_copy(world.store.connection, line)
        assert name == "СОШ 3 — что исправить.xlsx"
        back = filled.opened(made)
        assert back.cell("6").value == 4.5
        assert "много" in back.cell("5").comment.text


def test_the_letter_names_every_cell_to_mend(world: World) -> None:
    book = _spoiled(world)
    book.put("3", None)
    line = world.one(world.write(book.bytes(), "СОШ 3.xlsx"))
    text = form_receiving.letter([line]).replace("\u00a0", " ")
    assert text.startswith(
        "Здравствуйте!\n\nСОШ № 3: нужно исправить ответы.\n\nФорма «Все виды», файл «СОШ 3.xlsx»:\n1. "
    )
    assert "Лист «Форма», ячейка D19. Пункт 5: здесь нужно число, а стоит «много»." in text
    assert "ячейка D13. Пункт 3: ответа нет." in text
    clean = world.one(world.write(world.blank().bytes(), "b.xlsx"))
    assert form_receiving.letter([clean]) == ""
