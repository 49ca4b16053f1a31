"""Forms of a region: links, values with their origin, columns that fit or not, next year's version, the map."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from app.errors import UserError
from app.models import blobs
from app.models.store import Store, open_reader
from app.operations import foreign_columns, foreign_fill, foreign_forms, foreign_map, foreign_sources
from app.operations.demo import fill
from app.operations.foreign_fill import FillCell
from app.operations.foreign_forms import Link
from tests.helpers.foreign_books import parts, region, write
from tests.helpers.undo import walk

DAY = date(2026, 11, 23)
LIST = {"table": "", "column": "Школа", "part": "first"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("foreign") / "Пример.opora"
    store = Store.create(path, name="Лесогорский округ", actor="Ким О. В.")
    fill(store, years=(2025, 2026))
    store.close()
    return path.read_bytes()


@pytest.fixture
def store(made: bytes, tmp_path: Path) -> Store:
    path = tmp_path / "Пример.opora"
    path.write_bytes(made)
    return Store.open(path, actor="Ким О. В.")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write(tmp_path / "Форма 2026.xlsx", region())


@pytest.fixture
def form(store: Store, book: Path) -> int:
    return foreign_forms.add(store, book, "Мониторинг", "Центр оценки качества")


def put(store: Store, form: int, cell: str, kind: str, source: str, **options: str) -> str:
    sheet, _sign, address = cell.partition("!")
    return foreign_forms.link(store, form, Link(sheet, address, kind, source, options))  # type: ignore[arg-type]


def cells(store: Store, form: int, year: int = 2026) -> dict[str, FillCell]:
    found = foreign_fill.preview(store.connection, form, year, DAY).cells
    return {f"{one.sheet}!{one.cell}": one for one in found}


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(UserError) as caught:
        act()
    return caught.value.code


def test_a_form_is_kept_as_it_came_and_undo_takes_it_away(store: Store, book: Path, form: int) -> None:
    kept = foreign_forms.get(store.connection, form)
    assert (kept.title, kept.region, kept.file_name) == ("Мониторинг", "Центр оценки качества", "Форма 2026.xlsx")
    assert blobs.get(store.connection, kept.sha256) == book.read_bytes()
    store.undo()
    assert foreign_forms.listing(store.connection) == []
    store.redo()
    assert [one.form.title for one in foreign_forms.listing(store.connection)] == ["Мониторинг"]


def test_values_of_every_kind_with_where_they_come_from(store: Store, form: int) -> None:
    indicator = foreign_sources.indicators(store.connection)[0]
    put(store, form, "Свод!D2", "field", "municipality_genitive")
    put(store, form, "Свод!B3", "field", "day")
    put(store, form, "Свод!C6", "metric", "[школ в списке]")
    put(store, form, "Свод!D6", "metric", "[школ в списке]", year="прошлый")
    put(store, form, "Свод!C7", "metric", "доля([школ в списке]; 28)")
    put(store, form, "Свод!F6", "indicator", str(indicator.lineage), what="target")
    put(store, form, "Свод!A12", "text", "Отчёт за {год} год, {учебный год}")
    found = cells(store, form)
    listed, before = (foreign_fill.value_of(store.connection, Link("", "", "metric", f"[школ в списке; год: {year}]"),
                                            2026, DAY).values[0] for year in (2026, 2025))  # fmt: skip
    assert [found[f"Свод!{cell}"].value for cell in ("C6", "D6")] == [listed, before]
    assert found["Свод!B3"].new == "23.11.2026"
    assert found["Свод!A12"].new == "Отчёт за 2026 год, 2026/27"
    assert found["Свод!C7"].new.endswith("%")
    assert "[школ в списке]" in found["Свод!C6"].words
    assert found["Свод!F6"].state == "write"
    assert found["Свод!B2"].state in {"write", "empty"}, "the link of a merged cell stands at its first one"


def test_what_is_missing_is_said_and_the_cell_stays(store: Store, form: int) -> None:
    put(store, form, "Свод!C6", "metric", "[школ в списке]")
    put(store, form, "Свод!D6", "metric", "[школ в списке]", year="1999")
    found = cells(store, form)
    assert found["Свод!D6"].state == "empty"
    assert "1999" in found["Свод!D6"].trouble
    filled = foreign_fill.fill(store.connection, form, 2026, DAY)
    sheet = openpyxl.load_workbook(io.BytesIO(filled.data))["Свод"]
    assert sheet["D6"].value is None
    assert sheet["C6"].value == float(found["Свод!C6"].new)


@pytest.mark.parametrize(
    ("cell", "kind", "source", "options", "code"),
    [
        ("Свод!E6", "field", "year", {}, "FOREIGN_FORMULA_CELL"),
        ("Другой!C1", "field", "year", {}, "FOREIGN_HEAD_CELL"),
        ("Нет!C1", "field", "year", {}, "FOREIGN_NO_SHEET"),
        ("Свод!Ж1", "field", "year", {}, "FOREIGN_CELL"),
        ("Свод!C6", "field", "нечто", {}, "FOREIGN_FIELD"),
        ("Свод!C6", "text", "{нечто}", {}, "FOREIGN_FIELD"),
        ("Свод!C6", "text", " ", {}, "FOREIGN_SOURCE"),
        ("Свод!C6", "metric", "[нет такого]", {}, "FOREIGN_FORMULA"),
        ("Свод!C6", "metric", "1", {"year": "скоро"}, "FOREIGN_YEAR"),
        ("Свод!C6", "indicator", "12", {}, "FOREIGN_INDICATOR"),
        ("Свод!C6", "column", "school_list", {}, "FOREIGN_COLUMN"),
        ("Свод!C6", "column", "school_list", {"column": "Школа", "rows": "много"}, "FOREIGN_ROWS"),
        ("Свод!C6", "column", "нет", {"column": "Школа"}, "OUT_KIND"),
    ],
)
def test_a_link_that_can_not_be_is_refused(
    store: Store, form: int, cell: str, kind: str, source: str, options: dict[str, str], code: str
) -> None:
    assert code_of(lambda: put(store, form, cell, kind, source, **options)) == code
    assert foreign_forms.opened(store.connection, form).links == ()


def test_a_wrong_measure_of_an_indicator_is_refused(store: Store, form: int) -> None:
    key = str(foreign_sources.indicators(store.connection)[0].lineage)
    assert code_of(lambda: put(store, form, "Свод!C6", "indicator", key, what="цвет")) == "FOREIGN_WHAT"


# --- columns -----------------------------------------------------------------------------------------------------


def schools(store: Store) -> list[object]:
    paper = foreign_columns.paper(store.connection, "school_list", {}, 2026, DAY)
    return list(foreign_columns.find(paper.document, LIST, paper.title).values)


def test_a_column_goes_downwards_from_its_cell(store: Store, form: int) -> None:
    names = schools(store)
    assert 0 < len(names) <= 8
    put(store, form, "Школы!A4", "column", "school_list", **LIST)
    found = cells(store, form)
    assert [one.new for one in found.values()] == names
    assert list(found) == [f"Школы!A{4 + row}" for row in range(len(names))]


def test_rows_that_do_not_fit_are_said_and_nothing_is_overwritten(store: Store, form: int) -> None:
    names = schools(store)
    put(store, form, "Школы!A4", "column", "school_list", rows="2", **LIST)
    [one] = cells(store, form).values()
    assert (one.state, f"строк {len(names)}" in one.trouble) == ("refused", True)
    assert code_of(lambda: foreign_fill.fill(store.connection, form, 2026, DAY)) == "FOREIGN_NOTHING"
    put(store, form, "Школы!A4", "column", "school_list", rows="2", fit="cut", **LIST)
    found = list(cells(store, form).values())
    assert [(cell.cell, cell.new, cell.state) for cell in found] == [
        ("A4", names[0], "write"), ("A5", names[1], "write"),
    ]  # fmt: skip
    assert "не поместил" in found[-1].trouble


def test_a_column_stops_before_what_stands_there_and_before_another_link(store: Store, form: int) -> None:
    put(store, form, "Школы!A10", "column", "school_list", fit="cut", **LIST)
    assert [one.cell for one in cells(store, form).values()] == ["A10", "A11"]  # A12 says «Итого»
    put(store, form, "Школы!A11", "text", "своё")
    found = list(cells(store, form).values())
    assert [(one.cell, one.state) for one in found] == [("A10", "write"), ("A11", "write")]
    assert "другая связь" in found[0].trouble


def test_a_year_that_is_not_there_is_never_replaced_by_another(store: Store, form: int) -> None:
    put(store, form, "Школы!A4", "column", "school_list", **LIST)
    [one] = cells(store, form, 2031).values()
    assert (one.state, "2031" in one.trouble) == ("empty", True)


def test_columns_of_counts_give_each_number(store: Store) -> None:
    paper = foreign_columns.paper(store.connection, "school_list", {}, 2026, DAY)
    found = foreign_columns.choices(paper.document)
    assert {one.part for one in found} >= {"", "first"}
    assert all("\u00ad" not in one.column for one in found)


# --- saving ------------------------------------------------------------------------------------------------------


def test_the_region_s_own_file_is_never_written_over(store: Store, form: int, book: Path, tmp_path: Path) -> None:
    put(store, form, "Свод!C6", "metric", "[школ в списке]")
    filled = foreign_fill.fill(store.connection, form, 2026, DAY)
    assert code_of(lambda: foreign_fill.save(filled, book)) == "FOREIGN_ORIGINAL"
    assert code_of(lambda: foreign_fill.save(filled, tmp_path / "форма.xls")) == "FOREIGN_SUFFIX"
    assert book.read_bytes() == region()
    foreign_fill.save(filled, tmp_path / filled.file_name)
    assert filled.file_name == "Мониторинг, 2026 год, 23.11.2026.xlsx"
    assert list(parts(region())) == list(parts((tmp_path / filled.file_name).read_bytes()))


def test_a_filled_form_goes_into_the_register_with_its_bytes(store: Store, form: int) -> None:
    from app.models import papers

    put(store, form, "Свод!C6", "metric", "[школ в списке]")
    filled = foreign_fill.fill(store.connection, form, 2026, DAY)
    number = foreign_fill.register(store, filled, "форма.xlsx")
    line = papers.get(store.connection, number)
    assert line is not None
    assert (line.kind, blobs.get(store.connection, line.sha256)) == (foreign_fill.KIND, filled.data)


def test_what_else_is_no_form(store: Store, tmp_path: Path) -> None:
    table = tmp_path / "т.csv"
    table.write_text("а;б\n1;2\n", encoding="utf-8")
    assert code_of(lambda: foreign_forms.add(store, table)) == "FOREIGN_FORMAT"
    assert code_of(lambda: foreign_forms.find(store.connection, "нет")) == "FOREIGN_UNKNOWN"
    assert code_of(lambda: foreign_forms.get(store.connection, 5)) == "FOREIGN_GONE"


def test_nothing_is_filled_in_an_empty_file(tmp_path: Path, book: Path) -> None:
    store = Store.create(tmp_path / "пусто.opora", name="Округ", actor="Ким О. В.")
    form = foreign_forms.add(store, book)
    put(store, form, "Свод!C6", "metric", "[школ в списке]")
    put(store, form, "Свод!B2", "field", "executor")
    put(store, form, "Школы!A4", "column", "school_list", **LIST)
    assert {one.state for one in cells(store, form).values()} == {"empty"}
    assert code_of(lambda: foreign_fill.fill(store.connection, form, 2026, DAY)) == "FOREIGN_NOTHING"
    store.abandon()


# --- another version, the map ------------------------------------------------------------------------------------


def linked(store: Store, form: int) -> None:
    put(store, form, "Свод!C6", "metric", "[школ в списке]")
    put(store, form, "Свод!D6", "metric", "[школ в списке]", year="прошлый")
    put(store, form, "Свод!C7", "metric", "доля([школ в списке]; 28)")
    put(store, form, "Свод!B3", "field", "day")
    put(store, form, "Школы!A4", "column", "school_list", **LIST)


def test_cells_are_found_again_in_the_form_of_the_next_year(store: Store, form: int, tmp_path: Path) -> None:
    linked(store, form)
    fresh = write(tmp_path / "Форма 2027.xlsx", region(2027, 2))
    found = foreign_map.for_version(store.connection, form, fresh)
    assert [(one.found.sheet, one.found.cell, one.found.state, one.found.to_cell) for one in found] == [
        ("Свод", "B3", "same", "B3"), ("Свод", "C6", "moved", "C8"), ("Свод", "D6", "moved", "D8"),
        ("Свод", "C7", "moved", "C9"), ("Школы", "A4", "same", "A4"),
    ]  # fmt: skip
    key = foreign_map.take_version(store, form, fresh, "", [one.moved for one in found if one.fits])
    made = foreign_forms.opened(store.connection, key)
    assert (made.form.title, made.form.region) == ("Форма 2027", "Центр оценки качества")
    assert [one.cell for one in made.links] == ["B3", "C8", "D8", "C9", "A4"]
    assert len(foreign_forms.opened(store.connection, form).links) == 5, "the old form keeps its own"
    store.undo()
    assert [one.form.title for one in foreign_forms.listing(store.connection)] == ["Мониторинг"]


def test_a_cell_whose_words_are_gone_is_not_guessed(store: Store, form: int, tmp_path: Path) -> None:
    put(store, form, "Свод!C6", "metric", "[школ в списке]")
    book = openpyxl.load_workbook(io.BytesIO(region(2027)))
    book["Свод"]["A6"], book["Свод"]["B6"] = "Совсем другое", "рублей"
    book.save(tmp_path / "иначе.xlsx")
    [one] = foreign_map.for_version(store.connection, form, tmp_path / "иначе.xlsx")
    assert (one.found.state, one.fits) == ("lost", False)


def test_the_map_travels_to_another_file(store: Store, form: int, book: Path, tmp_path: Path) -> None:
    linked(store, form)
    indicator = foreign_sources.indicators(store.connection)[0]
    put(store, form, "Свод!F6", "indicator", str(indicator.lineage), what="target")
    path = write(tmp_path / "карта.opora-map", foreign_map.exported(store.connection, form))
    told = json.loads(path.read_text(encoding="utf-8"))
    assert (told["format"], told["version"], told["sheets"]) == ("opora-map", 1, ["Свод", "Школы", "Другой"])
    assert str(indicator.lineage) not in path.read_text(encoding="utf-8"), "keys of one file mean nothing in another"
    other = foreign_forms.add(store, book, "Ещё одна")
    found = foreign_map.for_form(store.connection, other, path)
    assert all(one.fits and one.found.state == "same" for one in found)
    assert foreign_map.take_links(store, other, [one.moved for one in found]) == 6
    assert {one.new for one in cells(store, other).values()} == {one.new for one in cells(store, form).values()}
    empty = Store.create(tmp_path / "пусто.opora", name="Округ", actor="Ким О. В.")
    lonely = foreign_forms.add(empty, book)
    lost = [one for one in foreign_map.for_form(empty.connection, lonely, path) if one.trouble]
    assert [one.link.kind for one in lost] == ["indicator"], "without a programme there is no such indicator"
    empty.abandon()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "FOREIGN_MAP"), ("[]", "FOREIGN_MAP"), ('{"format": "opora-map"}', "FOREIGN_MAP"),
        ('{"format": "opora-map", "version": 9, "links": []}', "FOREIGN_MAP_NEWER"),
        ('{"format": "opora-map", "version": 1, "links": [{"sheet": "А"}]}', "FOREIGN_MAP"),
        ('{"format": "opora-map", "version": 1, "links": [{"sheet": "А", "cell": "A1", "kind": "взлом"}]}',
         "FOREIGN_MAP"),
        ("[" * 100_000, "FOREIGN_MAP"),
    ],
)  # fmt: skip
def test_a_map_that_is_none_is_refused(store: Store, tmp_path: Path, text: str, code: str) -> None:
    path = tmp_path / "карта.opora-map"
    path.write_text(text, encoding="utf-8")
    assert code_of(lambda: foreign_map.read(store.connection, path)) == code


# --- the rest ----------------------------------------------------------------------------------------------------


def test_every_act_goes_back_and_forth(store: Store, form: int, tmp_path: Path, book: Path) -> None:
    put(store, form, "Свод!C6", "metric", "[школ в списке]")
    path = store.path
    store.close()
    fresh = write(tmp_path / "Форма 2027.xlsx", region(2027, 2))
    links = [Link("Свод", "C8", "field", "year")]
    walk(path, {
        "a": lambda store: foreign_forms.add(store, book, "Ещё"),
        "b": lambda store: foreign_forms.rename(store, form, "Иначе", ""),
        "c": lambda store: foreign_forms.link(store, form, Link("Свод", "C6", "field", "year")),
        "d": lambda store: foreign_forms.link(store, form, Link("Свод", "D6", "field", "year")),
        "e": lambda store: foreign_forms.unlink(store, form, "Свод", "C6"),
        "f": lambda store: foreign_map.take_links(store, form, [replace(links[0], cell="C6")]),
        "g": lambda store: foreign_map.take_version(store, form, fresh, "Новая", links),
        "h": lambda store: foreign_forms.remove(store, form),
    })  # fmt: skip


def test_an_unlinked_cell_is_named(store: Store, form: int) -> None:
    assert code_of(lambda: foreign_forms.unlink(store, form, "Свод", "C6")) == "FOREIGN_NO_LINK"


def test_reading_needs_no_right_to_write(store: Store, form: int) -> None:
    put(store, form, "Свод!C6", "metric", "[школ в списке]")
    path = store.path
    store.close()
    reader = open_reader(path)
    assert foreign_fill.fill(reader, form, 2026, DAY).data
    reader.close()


def test_two_forms_of_one_title_are_told_apart_by_their_codes(store: Store, form: int, book: Path) -> None:
    later = foreign_forms.add(store, book, "мониторинг", "Министерство")
    with pytest.raises(UserError) as caught:
        foreign_forms.find(store.connection, " Мониторинг ")
    assert caught.value.code == "FOREIGN_SEVERAL"
    for told in (f"{form} — «Мониторинг», Центр оценки качества, Форма 2026.xlsx", f"{later} — «мониторинг», Мин"):
        assert told in caught.value.what
    assert [foreign_forms.find(store.connection, str(key)).id for key in (form, later)] == [form, later]
    digits = foreign_forms.add(store, book, str(form))  # a title made of the code of another form
    assert foreign_forms.find(store.connection, str(form)).id == form
    assert foreign_forms.find(store.connection, str(digits)).id == digits
