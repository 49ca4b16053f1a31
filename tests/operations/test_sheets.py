"""Sheets for schools: no other school is named, nothing is overwritten, made → sent → acknowledged, and counted."""

from __future__ import annotations

import io
import re
from pathlib import Path

import docx
import openpyxl
import pypdfium2
import pytest

from app.errors import UserError
from app.importers.parsed import UnitRef
from app.models import organisations, papers
from app.models import sheets as repository
from app.models.store import Store
from app.operations import schools, sheets, signing
from app.operations.demo import fill
from app.operations.papers import render
from app.operations.results import Options, load
from tests.helpers.stores import dump
from tests.helpers.stores import school as add_school
from tests.operations.conftest import MATHS5, journal, mark, reading
from tests.operations.conftest import school as unit


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("sheets") / "Пример.opora"
    store = Store.create(path, name="Лесогорский округ", actor="Ракитина Е. В.")
    fill(store, schools=8, years=(2025, 2026))
    store.close()
    return path.read_bytes()


@pytest.fixture
def made(example: bytes, tmp_path: Path):
    path = tmp_path / "Пример.opora"
    path.write_bytes(example)
    store = Store.open(path, actor="Ким О. В.")
    yield store
    store.abandon()


def text_of(suffix: str, data: bytes) -> str:
    """Return everything that a file says."""
    if suffix == ".pdf":
        pdf = pypdfium2.PdfDocument(data)
        pages = [page.get_textpage().get_text_bounded() for page in pdf]
        pdf.close()
        return "\n".join(pages)
    if suffix == ".docx":
        document = docx.Document(io.BytesIO(data))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)
    book = openpyxl.load_workbook(io.BytesIO(data))
    return "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value)


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".xlsx"])
def test_no_other_school_and_no_code_of_another_school_is_in_a_sheet(made: Store, suffix: str):
    everybody = organisations.listing(made.connection, own=None, kind=None)
    mine = next(item for item in everybody if item.shown == "СОШ № 5")
    found = sheets.paper(made.connection, mine.id, 2026)
    said = re.sub(r"\s+", " ", text_of(suffix, render(found, suffix).data).replace("\u00ad", "").replace("\u00a0", " "))
    assert "№ 5" in said
    assert "дефицит" in said
    others = [item for item in everybody if item.id != mine.id]
    assert len(others) > 6
    for other in others:
        names = {other.name, other.shown, *(value for system, value in other.codes if system != "msu")} - {""}
        for name in names:
            plain = re.sub(r"\s+", " ", name.replace("\u00a0", " "))
            assert not re.search(rf"(?<!\w){re.escape(plain)}(?!\w)", said), (other.shown, name)


def test_the_sheet_compares_with_the_municipality_and_says_what_it_means(store: Store):
    first, second = (UnitRef("school", name, (("fisoko", login),))
                     for name, login in (("Школа А", "edu970001"), ("Школа Б", "edu970002")))  # fmt: skip
    key = add_school(store, "Школа А", own=1, kind="school")
    other = add_school(store, "Школа Б", own=1, kind="school")
    with store.operation("коды", "test") as operation:
        operation.insert("organisation_code", organisation_id=key, system="fisoko", value="edu970001")
        operation.insert("organisation_code", organisation_id=other, system="fisoko", value="edu970002")
    load(store, reading(mark(first, MATHS5, 2026, 8, 27), mark(second, MATHS5, 2026, 2, 30, row=10),
                        journals=(journal(first, MATHS5, 2026, 27, 11),)))  # fmt: skip
    document = sheets.paper(store.connection, key, 2026).document
    said = " ".join(text for _place, text in document.texts()).replace("\u00a0", " ")
    assert "8 из 27" in said
    assert "29,6 %" in said
    assert "10 из 57" in said
    assert "17,5 %" in said
    assert "Сложено по школам муниципалитета" in said
    assert "больше, чем в муниципалитете, в 1 из 1 процедуры: ВПР математика, 5 кл." in said
    assert "11 из 27" in said
    assert "Школа Б" not in said
    assert "edu970002" not in said


def test_a_school_without_results_and_a_foreign_one_get_no_sheet(store: Store):
    own, foreign = (
        add_school(store, "Школа А", own=1, kind="school"),
        add_school(store, "Школа Б", own=0, kind="school"),
    )
    for key, code in ((own, "DATA_SHEET_NOTHING"), (foreign, "DATA_SHEET_NOT_OWN")):
        with pytest.raises(UserError) as refused:
            sheets.paper(store.connection, key, 2026)
        assert refused.value.code == code


def test_a_file_name_fits_every_system(store: Store):
    key = add_school(store, 'МБОУ «СОШ: "Дом/Сад"» ?*', own=1, kind="school")
    found = organisations.get(store.connection, key)
    assert found is not None
    assert sheets.file_name(found, 2026, ".pdf") == "Лист школы за 2026 год, МБОУ СОШ Дом Сад.pdf"


def _reader(store: Store):
    return lambda school_id: sheets.paper(store.connection, school_id, 2026)


def test_a_batch_overwrites_nothing_and_leaves_sent_sheets_alone(made: Store, tmp_path: Path):
    folder = tmp_path / "листы"
    folder.mkdir()
    taken = folder / "Лист школы за 2026 год, СОШ № 5.xlsx"
    taken.write_bytes(b"old")
    kept = sheets.book(made.connection, 2026)
    sent = {row.school.id for row in kept.rows if row.state in {"sent", "acknowledged"}}
    assert len(sent) == 3
    batch = sheets.draw_all(kept, _reader(made), folder, ".xlsx")
    assert taken.read_bytes() == b"old"
    assert (folder / "Лист школы за 2026 год, СОШ № 5 (2).xlsx").exists()
    assert {school.id for school in batch.on_the_way} == sent
    assert not sent & {item.school.id for item in batch.drawn}
    numbers = sheets.record(made, 2026, batch.drawn)
    assert len(numbers) == len(batch.drawn) == len(kept.rows) - 3 - len(batch.without)
    paper = papers.get(made.connection, numbers[0])
    assert paper is not None
    assert paper.kind == "school_sheet"
    assert signing.paper_bytes(made.connection, paper.sha256) == batch.drawn[0].path.read_bytes()
    after = sheets.book(made.connection, 2026)
    assert after.number("made") == len(batch.drawn)
    assert after.number("sent", "acknowledged") == 3


def test_a_sheet_made_anew_loses_its_marks_and_the_former_paper_stays(made: Store, tmp_path: Path):
    kept = sheets.book(made.connection, 2026)
    row = next(row for row in kept.rows if row.state == "acknowledged")
    assert row.sheet is not None
    batch = sheets.draw_all(kept, _reader(made), tmp_path, ".xlsx", again=True, only=[row.school.id])
    [number] = sheets.record(made, 2026, batch.drawn)
    after = next(item for item in sheets.book(made.connection, 2026).rows if item.school.id == row.school.id)
    assert after.state == "made"
    assert after.sheet is not None
    assert (after.sheet.number, after.sheet.sent_on, after.sheet.acknowledged_by) == (number, None, None)
    assert row.sheet.number is not None
    assert papers.get(made.connection, row.sheet.number) is not None


def test_a_batch_can_be_stopped(made: Store, tmp_path: Path):
    kept = sheets.book(made.connection, 2026)
    batch = sheets.draw_all(kept, _reader(made), tmp_path, ".xlsx", progress=lambda _name, done, _total: done < 1)
    assert (len(batch.drawn), batch.stopped) == (1, True)


def test_a_batch_that_fails_leaves_no_file_and_no_entry(
    made: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "листы"
    folder.mkdir()
    kept = sheets.book(made.connection, 2026)
    before = dump(made.connection)
    read = _reader(made)
    told: list[int] = []

    def spoiled(school_id: int):
        told.append(school_id)
        if len(told) == 3:
            raise UserError("PAPER_GLYPH", char="?", unicode="U+0", place="тест")
        return read(school_id)

    with pytest.raises(UserError):
        sheets.draw_all(kept, spoiled, folder, ".xlsx")
    assert list(folder.iterdir()) == []

    batch = sheets.draw_all(kept, read, folder, ".xlsx")
    assert len(list(folder.iterdir())) == len(batch.drawn) > 2

    def fail(*_args: object, **_values: object) -> None:
        raise UserError("STORE_DISK_FULL", file="a.opora", folder=tmp_path)

    monkeypatch.setattr(repository, "put", fail)
    with pytest.raises(UserError):
        sheets.record(made, 2026, batch.drawn)
    assert list(folder.iterdir()) == []
    assert dump(made.connection) == before


def test_sent_and_acknowledged_are_counted_and_taken_back_in_one_step(made: Store, tmp_path: Path):
    made_only = [row.school.id for row in sheets.book(made.connection, 2026).rows if row.state == "made"]
    before = sheets.book(made.connection, 2026).sentence
    assert sheets.mark_sent(made, 2026, made_only, "16.11.2026", "на почту") == len(made_only) == 2
    book = sheets.book(made.connection, 2026)
    assert book.number("sent", "acknowledged") == 5
    assert f"отправлено 5 из {len(book.rows)}, ознакомились 2" in book.sentence
    sheets.mark_acknowledged(made, 2026, made_only, "16.11.2026", "директор")
    assert sheets.book(made.connection, 2026).number("acknowledged") == 4
    made.undo()
    made.undo()
    assert sheets.book(made.connection, 2026).sentence == before


def test_marks_are_refused_out_of_turn_and_nothing_is_marked_then(made: Store):
    rows = {row.state: row.school.id for row in sheets.book(made.connection, 2026).rows}
    before = sheets.book(made.connection, 2026).sentence

    def code(mark, ids: list[int], day: str) -> str:
        with pytest.raises(UserError) as refused:
            mark(made, 2026, ids, day)
        return refused.value.code

    assert code(sheets.mark_sent, [rows["made"], rows["none"]], "16.11.2026") == "DATA_SHEET_NOT_MADE"
    assert code(sheets.mark_acknowledged, [rows["none"]], "16.11.2026") == "DATA_SHEET_NOT_MADE"
    assert code(sheets.mark_acknowledged, [rows["made"]], "16.11.2026") == "DATA_SHEET_NOT_SENT"
    assert code(sheets.mark_acknowledged, [rows["sent"]], "01.01.2000") == "DATA_SHEET_EARLIER"
    assert code(sheets.mark_sent, [rows["acknowledged"]], "01.01.2099") == "DATA_SHEET_EARLIER"
    assert code(sheets.mark_sent, [rows["made"]], "скоро") == "GEN_BAD_DATE"
    assert sheets.book(made.connection, 2026).sentence == before


def test_marks_can_be_taken_off_and_a_withdrawn_paper_is_no_sheet(made: Store):
    rows = [row for row in sheets.book(made.connection, 2026).rows if row.state == "acknowledged"]
    assert sheets.clear_marks(made, 2026, [row.school.id for row in rows]) == 2
    assert sheets.book(made.connection, 2026).number("acknowledged") == 0
    sheet = rows[0].sheet
    assert sheet is not None
    assert sheet.number is not None
    signing.withdraw(made, sheet.number, "ошибка в данных")
    states = {row.school.id: row.state for row in sheets.book(made.connection, 2026).rows}
    assert states[rows[0].school.id] == "none"


def test_a_closed_school_waits_for_no_sheet_and_a_merged_one_for_one(store: Store) -> None:
    load(store, reading(*(mark(unit(f"СОШ № {n}", f"edu00000{n}"), MATHS5, 2026, n, 20)
                          for n in (1, 2, 3))), Options(create_schools=True))  # fmt: skip
    one, two, three = (schools.find(store.connection, f"edu00000{n}").id for n in (1, 2, 3))
    schools.edit(store, one, {"status": "closed"})
    assert [row.school.id for row in sheets.book(store.connection, 2026).rows] == [two, three]
    schools.merge(store, three, two)
    assert [row.school.id for row in sheets.book(store.connection, 2026).rows] == [two]
