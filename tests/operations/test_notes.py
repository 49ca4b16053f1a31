"""Texts made from figures: derived, typed, out of date, brought up to date; whose they are; undo."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from app.errors import UserError
from app.models.store import Store
from app.operations import maintenance, note_papers, notes, papers, programme_texts, registers, results, schools
from app.operations.note_scope import Asked, years
from app.operations.results import Options
from tests.helpers import stores
from tests.operations.conftest import MATHS5, RUSSIAN5, mark, reading, school

DAY = date(2026, 11, 23)
NOTE = Asked("note", 2026, DAY)
REPORT = Asked("report", 2026, DAY)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.fixture
def filled(store: Store) -> Store:
    """Two schools and two years: the first is on the list of both, the second came in 2026."""
    rows = []
    for year, figures in ((2025, ((10, 20), (1, 20))), (2026, ((9, 20), (8, 20)))):
        rows += [
            mark(school(f"СОШ № {number}", f"edu10000{number}"), work, year, below, of, 10 * year + number)
            for number, (below, of) in enumerate(figures, start=1)
            for work in (MATHS5, RUSSIAN5)
        ]
    results.load(store, reading(*rows, name="итоги.xlsx"), Options(create_schools=True))
    return store


def key_of(store: Store, number: int) -> int:
    return schools.find(store.connection, f"edu10000{number}").id


def test_an_empty_file_says_what_it_lacks_and_nothing_else(store: Store) -> None:
    book = notes.read(store.connection, REPORT)
    told = {field.key: plain(field.text) for field in book.fields}
    assert told["list"] == "Данных о результатах в файле нет, список школ не составлен."
    assert told["execution"] == "Программы в файле нет, поэтому сказать об исполнении нечего."
    assert told["indicators"] == told["conclusions"] == ""
    assert told["decisions"] == "Решений с поручениями за этот учебный год нет."
    assert years(store.connection, DAY) == [2026]
    made = papers.render(note_papers.paper(store.connection, REPORT), ".docx")
    assert made.data[:2] == b"PK"


def test_sentences_name_their_figures_and_figures_their_rows(filled: Store) -> None:
    book = notes.read(filled.connection, NOTE)
    known = {figure.key: figure for block in book.blocks for figure in block.figures}
    for block in book.blocks:
        for sentence in block.told:
            assert set(sentence.figures) <= set(known), sentence.text
    listed = known["schools.listed"]
    assert listed.value == "2"
    assert {origin.row_id for origin in listed.origins} == {key_of(filled, 1), key_of(filled, 2)}
    assert plain(book.field("list").text).endswith("По сравнению с 2025 годом вошла 1 школа: СОШ № 2.")
    traces = programme_texts.traces(filled.connection, [known["results:ВПР математика, 5\u00a0кл.:2026"]])
    assert [(trace.file.name if trace.file else "", trace.value) for trace in traces] == [
        ("итоги.xlsx", "СОШ № 1: 9 из\u00a020"), ("итоги.xlsx", "СОШ № 2: 8 из\u00a020"),
    ]  # fmt: skip


def test_a_typed_text_stays_and_a_changed_figure_marks_it(filled: Store) -> None:
    field = notes.read(filled.connection, NOTE).field("list")
    assert (field.origin, field.word, field.stale) == ("derived", "из данных", False)
    own = "Так решила рабочая группа."
    notes.put(filled, NOTE, "list", f"{field.text}\n{own}", field.base)
    field = notes.read(filled.connection, NOTE).field("list")
    assert (field.origin, field.word, field.stale) == ("typed", "введено", False)
    assert notes.changes(filled.connection, NOTE) == ()
    registers.add(filled, "documents", {"school_year": 2026})  # nothing that this section speaks of
    assert not notes.read(filled.connection, NOTE).field("list").stale
    schools.add(filled, {"name": "СОШ № 3"})
    field = notes.read(filled.connection, NOTE).field("list")
    assert (field.stale, field.word) == (True, "цифры устарели")
    (change,) = notes.changes(filled.connection, NOTE)
    first = change.lines[0]
    assert plain(first.before or "")[47:70] == "вошли 2 школы из 2: СОШ"
    assert plain(first.after or "")[47:70] == "вошли 2 школы из 3: СОШ"
    assert notes.refresh(filled, NOTE, ["list"]) == 1
    field = notes.read(filled.connection, NOTE).field("list")
    assert not field.stale
    assert "из\u00a03" in field.text
    assert field.text.endswith(f"\n{own}") or own in field.text
    assert notes.refresh(filled, NOTE, ["list"]) == 0


def test_words_that_are_just_the_figures_are_not_kept(filled: Store) -> None:
    before = stores.dump(filled.connection)
    field = notes.read(filled.connection, NOTE).field("list")
    notes.put(filled, NOTE, "list", f"  {field.text}\n", field.base)
    assert stores.dump(filled.connection) == before


def test_typing_is_one_step_back_and_reset_lets_the_figures_speak(filled: Store) -> None:
    before = stores.dump(filled.connection)
    for text in ("В", "Вывод", "Вывод готов."):
        notes.put(filled, NOTE, "conclusions", text)
    assert notes.read(filled.connection, NOTE).field("conclusions").text == "Вывод готов."
    filled.undo()
    assert stores.dump(filled.connection) == before
    notes.put(filled, NOTE, "list", "Свой текст.")
    notes.reset(filled, NOTE, "list")
    assert notes.read(filled.connection, NOTE).field("list").origin == "derived"


def test_every_text_has_its_own_period_subject_and_kind(filled: Store) -> None:
    first = Asked("school", 2026, DAY, None, key_of(filled, 1))
    notes.put(filled, NOTE, "conclusions", "Общий вывод.")
    notes.put(filled, first, "conclusions", "Вывод о школе.")
    assert notes.read(filled.connection, REPORT).field("conclusions").text == ""
    assert notes.read(filled.connection, Asked("note", 2025, DAY)).field("conclusions").text == ""
    other = Asked("school", 2026, DAY, None, key_of(filled, 2))
    assert notes.read(filled.connection, other).field("conclusions").text == ""
    assert notes.read(filled.connection, first).field("conclusions").text == "Вывод о школе."


def test_a_school_reads_of_itself_and_of_no_other_school(filled: Store) -> None:
    book = notes.read(filled.connection, Asked("school", 2026, DAY, None, key_of(filled, 1)))
    assert book.about == "СОШ № 1"
    told = plain(" ".join(field.text for field in book.fields))
    assert "ВПР математика, 5 кл.: ниже минимума 9 из 20 (45,0 %), по муниципалитету 17 из 40 (42,5 %)." in told
    assert "СОШ № 2" not in told
    paper = note_papers.paper(filled.connection, Asked("school", 2026, DAY, None, key_of(filled, 1)))
    assert "СОШ № 2" not in " ".join(text for _place, text in paper.document.texts())


def test_a_merged_school_is_read_under_the_one_that_stayed(filled: Store) -> None:
    kept, gone = key_of(filled, 1), schools.add(filled, {"name": "Школа первая"})
    schools.merge(filled, gone, kept)
    assert notes.read(filled.connection, Asked("school", 2026, DAY, None, gone)).about == "СОШ № 1"


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (Asked("school", 2026, DAY), "MON_NOTE_SCHOOL"),
        (Asked("note", 2026, DAY, None, 5), "MON_NOTE_SCHOOL"),
        (Asked("school", 2026, DAY, None, 5), "GEN_NO_SCHOOL"),
        (Asked("letter", 2026, DAY), "MON_NOTE_KIND"),  # type: ignore[arg-type]
    ],
)
def test_a_text_that_is_not_there_is_refused(store: Store, asked: Asked, code: str) -> None:
    with pytest.raises(UserError) as caught:
        notes.read(store.connection, asked)
    assert caught.value.code == code


def test_a_section_that_is_not_there_is_refused(store: Store) -> None:
    with pytest.raises(UserError) as caught:
        notes.put(store, NOTE, "letter", "Текст")
    assert caught.value.code == "MON_NOTE_SECTION"


def test_what_is_kept_survives_a_check_and_a_new_opening(filled: Store, path: Path) -> None:
    notes.put(filled, NOTE, "conclusions", "Вывод.")
    assert [item for item in maintenance.check(filled.connection) if item.level == "error"] == []
    rows = filled.connection.execute("SELECT paper, subject, period, key, figures FROM paper_text").fetchall()
    assert rows == [("note", "", "2026", "conclusions", None)]
    notes.put(filled, NOTE, "main", "Главное своими словами.")
    (kept,) = filled.connection.execute("SELECT figures FROM paper_text WHERE key = 'main'").fetchone()
    assert set(json.loads(kept)) == {"lines", "figures"}
    filled.close()
    again = Store.open(path, actor="Ким О. В.")
    assert notes.read(again.connection, NOTE).field("conclusions").text == "Вывод."
    again.abandon()
