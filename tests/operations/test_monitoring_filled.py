"""The report of a year whose registers are filled: support, sufficiency, pairs of schools; papers say the same."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

import docx
import openpyxl
import pytest

from app.models.store import Store
from app.operations import note_papers, notes, papers
from app.operations.note_scope import Asked
from app.operations.notes import NoteBook
from app.reports.document import Fraction, Table, bare
from tests.helpers import monitoring_figures as own
from tests.helpers import monitoring_registers, monitoring_year
from tests.helpers.projections import pdf_texts

DAY, YEAR = date(2026, 11, 23), 2026


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    made = monitoring_year.filled(tmp_path_factory.mktemp("filled") / "year.opora")
    now, before = (own.listed(made.connection, year) for year in (YEAR, YEAR - 1))
    order = [key for (key,) in own.rows(made.connection, "SELECT id FROM organisation ORDER BY position")]
    on_list = [key for key in order if key in now & before]
    monitoring_registers.fill(made, on_list, [key for key in order if key not in now | before])
    yield made
    made.abandon()


@pytest.fixture(scope="module")
def book(store: Store) -> NoteBook:
    return notes.read(store.connection, Asked("report", YEAR, DAY))


def plain(text: object) -> str:
    return str(text).replace("\u00a0", " ")


def told(book: NoteBook, start: str) -> dict[str, str]:
    return {plain(f.key): plain(f.value) for block in book.blocks for f in block.figures if f.key.startswith(start)}


def cells(table: Table) -> list[list[Any]]:
    return [[bare(cell) for cell in row.cells] for row in table.rows()]


def one(store: Store, sql: str, *values: Any) -> int:
    return int(own.rows(store.connection, sql, *values)[0][0] or 0)


def support(store: Store) -> dict[str, int]:
    """Return the figures of the support, each by its own question to the registers."""
    listed = own.listed(store.connection, YEAR)
    of_year = "FROM partnership WHERE school_year = 2026 AND state = 'active'"
    helped = {key for (key,) in own.rows(store.connection, f"SELECT receiver_id {of_year}")}
    held = (
        "SELECT organisation_id FROM appointment WHERE role IN ('куратор', 'тьютор', 'консультант', 'наставник')"
        " AND coalesce(date_from, '0') <= ?1 AND coalesce(date_to, '9') >= ?1"
    )
    led = {key for (key,) in own.rows(store.connection, held, DAY.isoformat())}
    events = "FROM partnership_event WHERE partnership_id IN (SELECT id FROM partnership WHERE school_year = 2026)"
    taken = "SELECT deficit_id FROM support_line WHERE school_year = 2026 AND state <> 'refused'"
    profile = own.rows(store.connection, "SELECT organisation_id, item, value FROM external_entry")
    measures = {(school, {"Низкий уровень оснащения школы": "equipment", "Нехватка педагогических кадров":
                          "staff_shortage"}.get(factor)) for school, factor in own.rows(
        store.connection, "SELECT organisation_id, factor FROM risk_measure WHERE school_year = 2026")}  # fmt: skip
    asked = {(school, item) for school, item, value in profile
             if value in {"высокая", "средняя", None} or (school, item) in measures}  # fmt: skip
    return {
        "support.agreements": one(store, f"SELECT count(*) {of_year}"), "support.listed": len(listed),
        "support.helped": len(helped & listed), "support.led": len(led & listed),
        "support.held": one(store, f"SELECT count(held_on) {events}"),
        "support.events": one(store, f"SELECT count(*) {events}"),
        "support.deficits": one(store, "SELECT count(*) FROM deficit WHERE school_year = 2026"),
        "support.closed": one(store, f"SELECT count(*) FROM deficit WHERE id IN ({taken})"),
        "support.courses": one(store, "SELECT sum(people) FROM course_record WHERE school_year = 2026"),
        "support.factors": len(asked), "support.covered": len(asked & measures),
    }  # fmt: skip


def test_support_equals_the_registers(store: Store, book: NoteBook) -> None:
    found, wanted = told(book, "support."), support(store)
    known = {key: found[key] for key in wanted}
    assert known == {key: str(value) for key, value in wanted.items()}
    assert all(wanted.values())
    over = "SELECT count(*) FROM partnership WHERE school_year = 2026 AND state = 'active' AND date_to < ?"
    expired = one(store, over, DAY.isoformat())
    assert found.pop("support.expired") == str(expired) == "1"
    assert set(found) == set(wanted), "a figure that nobody recomputes"
    assert "Из этих соглашений срок истёк у 1." in plain(book.field("support").text)


def test_the_table_of_support_equals_the_registers(store: Store, book: NoteBook) -> None:
    table = next(block.table for block in book.blocks if block.key == "support.partners")
    assert table is not None
    found = {plain(what): value for what, value in cells(table)}
    known = support(store)
    plans = "FROM plan_count WHERE school_year = 2026 AND kind"
    assert found == {
        "Школ в списке": known["support.listed"],
        "Действующих соглашений о партнёрстве": known["support.agreements"],
        "Школ списка с партнёром": known["support.helped"],
        "Совместных мероприятий проведено": known["support.held"],
        "Участников совместных мероприятий": one(
            store, "SELECT sum(participants) FROM partnership_event WHERE held_on IS NOT NULL"),
        "Кураторов и тьюторов": one(
            store, "SELECT count(DISTINCT person_id) FROM appointment WHERE role IN ('куратор', 'тьютор',"
            " 'консультант') AND coalesce(date_to, '9') >= '2026-09-01'"),
        "Школ списка с куратором или тьютором": known["support.led"],
        "Сетевых площадок": one(store, "SELECT count(*) FROM network_platform WHERE school_year = 2026"),
        "Профессиональных дефицитов в реестре": known["support.deficits"],
        "Из них закрыто картой адресной помощи": known["support.closed"],
        "Педагогов с дефицитами": one(store, "SELECT sum(people) FROM deficit WHERE school_year = 2026"),
        "Планы учителей (ИППР): составлено": one(store, f"SELECT sum(planned) {plans} = 'teacher'"),
        "Планы учителей (ИППР): выполнено": one(store, f"SELECT sum(done) {plans} = 'teacher'"),
        "Планы для неуспевающих: составлено": one(store, f"SELECT sum(planned) {plans} = 'pupil'"),
        "Планы для неуспевающих: выполнено": one(store, f"SELECT sum(done) {plans} = 'pupil'"),
        "Человек обучено на курсах": known["support.courses"],
        "Факторов риска, которым нужны меры": known["support.factors"],
        "Из них с мерами": known["support.covered"],
    }  # fmt: skip


def test_every_cell_of_sufficiency_equals_the_rows(store: Store, book: NoteBook) -> None:
    programme = one(store, "SELECT id FROM programme WHERE kind = 'municipal'")
    lights = own.lights(store.connection, programme, YEAR)
    standing = own.execution(store.connection, programme, YEAR, DAY)
    tasks = own.rows(store.connection, "SELECT id, text FROM programme_node WHERE kind = 'task' ORDER BY position")
    activities, indicators = defaultdict(list), defaultdict(list)
    for task, lineage in own.rows(store.connection, "SELECT parent_id, lineage FROM programme_node"
                                  " WHERE kind = 'activity'"):  # fmt: skip
        activities[task].append(standing.get(lineage, (None, 0))[0])
    for task, lineage in own.rows(
        store.connection, "SELECT m.parent_id, n.lineage FROM programme_node n JOIN programme_node m"
        " ON m.id = n.parent_id WHERE n.kind = 'indicator'"
    ):  # fmt: skip
        indicators[task].append(lights[lineage])
    wanted = []
    for place, (task, text) in enumerate(tasks, start=1):
        shown = [state for state in activities[task] if state is not None]
        told_lights = [light for light in indicators[task] if light != "no_data"]
        undone = sum(state in {"late", "part", "cancelled"} for state in shown)
        assert undone
        assert "behind" in told_lights
        wanted.append((
            f"{place}. {text}", Fraction(shown.count("done"), len(shown)),
            Fraction(told_lights.count("reached"), len(told_lights)), "выполнено не всё",
            f"{told_lights.count('behind')} из {len(indicators[task])}", f"{undone} ",
        ))  # fmt: skip
    table = next(block.table for block in book.blocks if block.key == "base.sufficiency")
    assert table is not None
    assert len(wanted) == 10
    for row, (name, done, reached, word, behind, undone_told) in zip(cells(table), wanted, strict=True):
        assert (plain(row[0]), row[1], row[2], row[3]) == (name, done, reached, word)
        assert behind.split(" из ")[1] == plain(row[4]).split(" из ")[1].split(",")[0]
        assert f"Отстаёт {behind.split(' ')[0]} " in plain(row[4])
        assert f"не выполнено {undone_told}" in plain(row[4])


def test_supported_schools_stand_beside_similar_ones(store: Store, book: NoteBook) -> None:
    block = next(block for block in book.blocks if block.key == "results.support")
    wanted = own.pairs(store.connection, YEAR - 1, YEAR)
    assert {plain(f.key): plain(f.value) for f in block.figures} == wanted
    assert wanted["dynamics.supported"] == wanted["dynamics.pairs"] == "3"
    said = plain(" ".join(sentence.text for sentence in block.told))
    assert "Возврат к среднему и без всякой помощи дал бы" in said
    assert "не доказывает, что помогла именно поддержка" in said
    for key in ("dynamics.mine.2025", "dynamics.others.2026", "dynamics.apart", "dynamics.apart.interval"):
        assert wanted[key] in said
    assert block.table is not None
    assert len(cells(block.table)) == 3


@pytest.mark.parametrize("suffix", [".xlsx", ".docx", ".pdf"])
def test_papers_have_the_same_cells(store: Store, book: NoteBook, suffix: str, tmp_path_factory: Any) -> None:
    paper = note_papers.of_book(store.connection, book)
    made = papers.render(paper, suffix).data
    wanted = [(plain(bare(row.cells[0])), [bare(cell) for cell in row.cells[1:]])
              for block in book.blocks if block.table is not None for row in block.table.rows()]  # fmt: skip
    whole = _texts(made, suffix)
    joined = " ".join(whole.split())
    checked = 0
    for name, values in wanted:
        for value in values:
            if isinstance(value, (int, Fraction)) or (isinstance(value, str) and any(map(str.isdigit, value))):
                text = f"{value.below} из {value.of}" if isinstance(value, Fraction) else plain(value)
                parts = text.split() if suffix != ".xlsx" or not isinstance(value, Fraction) else [str(value.below)]
                assert all(part in joined for part in parts), (name, value)
                checked += 1
    assert checked > 150
    for key, value in support(store).items():
        assert str(value) in joined, key


def _texts(made: bytes, suffix: str) -> str:
    if suffix == ".xlsx":
        pages = openpyxl.load_workbook(io.BytesIO(made)).worksheets
        return plain(" ".join(str(cell) for page in pages for row in page.iter_rows(values_only=True) for cell in row
                              if cell is not None))  # fmt: skip
    if suffix == ".docx":
        document = docx.Document(io.BytesIO(made))
        table_cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return plain(" ".join([*table_cells, *(item.text for item in document.paragraphs)]))
    return plain(" ".join(piece.text for page in pdf_texts(made) for piece in page))
