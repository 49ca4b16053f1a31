"""A region's own workbook: single cells change, every other part stays byte for byte, stale values go."""

from __future__ import annotations

import io
import random
import zipfile
from datetime import date
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from app.errors import UserError
from app.exporters import foreign_form
from app.exporters.foreign_form import Entry
from app.exporters.foreign_formats import Figure, FormatKind, fitted, kind_of, number_xml
from app.exporters.foreign_formulas import Names, areas, dependants
from app.exporters.foreign_sheet import Formula, Place, SheetXml, address_of, area_of, place_of
from app.importers import guard
from tests.helpers import outside
from tests.helpers.blanks import converted
from tests.helpers.foreign_books import parts, region
from tests.helpers.shared import SHARED

SEVEN = Figure(Fraction(7))
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def entry(sheet: str, cell: str, value: object) -> Entry:
    return Entry(sheet, place_of(cell), value)  # type: ignore[arg-type]


def changed(before: bytes, after: bytes) -> set[str]:
    old, new = parts(before), parts(after)
    assert list(old) == list(new), "the parts stand in another order"
    return {name for name in old if old[name] != new[name]}


def cached(data: bytes, sheet: str) -> dict[str, object]:
    """Return what formulas keep: address → value, None of those that keep none."""
    values = openpyxl.load_workbook(io.BytesIO(data), data_only=True)[sheet]
    formulas = openpyxl.load_workbook(io.BytesIO(data))[sheet]
    return {
        cell.coordinate: values[cell.coordinate].value
        for row in formulas.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith("=")
    }


# --- bytes -------------------------------------------------------------------------------------------------------


def test_only_edited_sheets_and_the_table_of_contents_change() -> None:
    before = region()
    after = foreign_form.fill(before, [entry("Школы", "A4", "СОШ № 1"), entry("Свод", "C6", SEVEN)])
    assert changed(before, after) == {
        "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml", "xl/workbook.xml",
    }  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(io.BytesIO(after)) as new:
        assert [i.compress_type for i in old.infolist()] == [i.compress_type for i in new.infolist()]
    assert b'fullCalcOnLoad="1"' in parts(after)["xl/workbook.xml"]


def test_a_sheet_without_dependants_is_the_only_one_touched() -> None:
    before = region()
    assert changed(before, foreign_form.fill(before, [entry("Свод", "A14", "подпись")])) == {
        "xl/worksheets/sheet1.xml", "xl/workbook.xml",
    }  # fmt: skip


def test_the_same_values_again_change_nothing_at_all() -> None:
    wanted = [entry("Свод", "C6", SEVEN), entry("Свод", "B2", "Лесогорск"), entry("Свод", "B3", date(2026, 11, 23))]
    once = foreign_form.fill(region(), wanted)
    assert changed(once, foreign_form.fill(once, wanted)) == set()


def test_stale_values_of_dependants_go_and_the_others_stay() -> None:
    after = foreign_form.fill(region(), [entry("Свод", "C6", SEVEN)])
    assert cached(after, "Свод") == {"E6": None, "E7": 2, "C10": None, "D10": 4, "E10": None, "G1": 6}
    assert cached(after, "Другой") == {"A1": None, "A2": 42}


def test_look_of_a_cell_stays_and_a_date_is_a_day() -> None:
    after = foreign_form.fill(
        region(), [entry("Свод", "B3", date(2026, 11, 23)), entry("Свод", "C7", Figure(Fraction(1200, 31), share=True))]
    )
    sheet = openpyxl.load_workbook(io.BytesIO(after))["Свод"]
    assert (sheet["B3"].value.date(), sheet["B3"].number_format) == (date(2026, 11, 23), "dd.mm.yyyy")
    assert sheet["C7"].value == pytest.approx(12 / 31, abs=1e-15)
    assert sheet["C7"].number_format == "0.0%"
    assert sheet["A5"].font.bold


def test_a_text_never_becomes_a_formula() -> None:
    after = foreign_form.fill(region(), [entry("Свод", "B2", "=1+1"), entry("Свод", "A14", " a\x01<b> ")])
    sheet = openpyxl.load_workbook(io.BytesIO(after))["Свод"]
    assert (sheet["B2"].value, sheet["B2"].data_type) == ("=1+1", "s") or sheet["B2"].data_type == "inlineStr"
    assert sheet["A14"].value == " a<b> "


@pytest.mark.parametrize("cell", ["E6", "C10"])
def test_a_formula_is_never_overwritten(cell: str) -> None:
    with pytest.raises(UserError) as caught:
        foreign_form.fill(region(), [entry("Свод", cell, SEVEN)])
    assert caught.value.code == "FOREIGN_CLOSED_CELL"


def test_the_head_of_a_table_is_closed() -> None:
    book = foreign_form.read(region())
    sheet = book.sheet("другой")
    assert sheet is not None
    assert (sheet.closed_by(place_of("D1")), sheet.closed_by(place_of("D2"))) == ("table_head", None)
    with pytest.raises(UserError) as caught:
        foreign_form.fill(region(), [entry("Другой", "C1", "иначе")])
    assert caught.value.code == "FOREIGN_CLOSED_CELL"


def test_the_grid_tells_merged_cells_formulas_and_formats() -> None:
    sheet = foreign_form.read(region()).sheets[0]
    assert sheet.top_left(place_of("D2")) == place_of("B2")
    assert sheet.below(place_of("A1")) == place_of("A2")
    assert (sheet.cell(place_of("C10")).formula, sheet.cell(place_of("C10")).text) == ("SUM(C6:C9)", "3")
    assert [sheet.cell(place_of(cell)).format for cell in ("B3", "C7", "C6")] == ["date", "percent", "general"]


def test_an_unknown_sheet_and_a_broken_book_are_refused_in_words() -> None:
    with pytest.raises(UserError) as caught:
        foreign_form.fill(region(), [entry("Нет", "A1", SEVEN)])
    assert caught.value.code == "FOREIGN_NO_SHEET"
    for data in (b"", b"PK", region()[:3000]):
        with pytest.raises(UserError) as caught:
            foreign_form.read(data, "форма.xlsx")
        assert caught.value.code == "FOREIGN_NOT_BOOK"


# --- a sheet as XML ----------------------------------------------------------------------------------------------


def sheet_of(rows: str, before: str = "", after: str = "") -> SheetXml:
    from lxml import etree

    return SheetXml(etree.fromstring(f"<worksheet {MAIN}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>"))


def test_cells_without_addresses_get_them_when_one_is_added() -> None:
    sheet = sheet_of("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>")
    sheet.put(place_of("C1"), fitted(SEVEN, "general"))
    assert [(cell.get("r"), cell[0].text) for cell in sheet.root.iter("{*}c")] == [
        ("A1", "1"), ("B1", "2"), ("C1", "7"), ("A2", "3"),
    ]  # fmt: skip


def test_new_cells_and_rows_stand_in_their_order() -> None:
    sheet = sheet_of('<row r="2" spans="1:3"><c r="A2"/><c r="C2"/></row><row r="9"/>', '<dimension ref="A2:C9"/>')
    for cell in ("B2", "A5", "D1", "A12"):
        sheet.put(place_of(cell), fitted(SEVEN, "general"))
    assert [row.get("r") for row in sheet.root.iter("{*}row")] == ["1", "2", "5", "9", "12"]
    assert [cell.get("r") for cell in sheet.root.iter("{*}c")] == ["D1", "A2", "B2", "C2", "A5", "A12"]
    assert next(sheet.root.iter("{*}dimension")).get("ref") == "A1:D12"


def test_a_shared_formula_is_read_with_its_master_that_stands_later() -> None:
    sheet = sheet_of(
        '<row r="1"><c r="A1"><f t="shared" si="0"/></c></row><row r="2"><c r="A2">'
        '<f t="shared" ref="A1:A2" si="0">B2*2</f></c></row>'
    )
    assert [(f.place, f.text, f.home) for f in sheet.formulas()] == [((0, 0), "B2*2", (1, 0)), ((1, 0), "B2*2", (1, 0))]


# --- dependants --------------------------------------------------------------------------------------------------

NAMES = Names(
    defined={"итог": ("Свод!$A$1:$A$3",), "сдвиг": ("OFFSET(Свод!$A$1,1,0)",)}, tables={"т": ("данные", (0, 0, 9, 3))}
)


@pytest.mark.parametrize(
    ("formula", "read"),
    [
        ("A1+$B$2", [("свод", (0, 0, 0, 0)), ("свод", (1, 1, 1, 1))]),
        ("SUM(B3:A1)", [("свод", (0, 0, 2, 1))]),
        ("'Лист ''1'''!C4", [("лист '1'", (3, 2, 3, 2))]),
        ("SUM(Данные!A:B)", [("данные", (0, 0, 1_048_575, 1))]),
        ("SUM(2:3)", [("свод", (1, 0, 2, 16_383))]),
        ('LOG10(5)&"A1"', []),
        ("ИТОГ*2", [("свод", (0, 0, 2, 0))]),
        ("SUM(Т[[#Totals],[Код]])+1", [("данные", (0, 0, 9, 3))]),
        ("[1]Чужой!A1+TRUE", []),
        ("SUM('Январь:Март'!B2)", [("", (1, 1, 1, 1))]),
        ("SUM(Январь:Март!B2)", None),
        ('INDIRECT("A"&1)', None),
        ("сдвиг", None),
        ("A1:INDEX(B:B,5)", None),
        ("неизвестно+1", None),
    ],
)
def test_what_a_formula_reads(formula: str, read: object) -> None:
    assert areas(formula, "свод", NAMES) == read


def test_a_shared_formula_moves_along_with_its_cells() -> None:
    assert areas("A1+$A$1", "л", Names(), shift=(2, 1)) == [("л", (2, 1, 2, 1)), ("л", (0, 0, 0, 0))]


@pytest.mark.parametrize("seed", range(12))
def test_dependants_are_those_that_counting_by_hand_finds(seed: int) -> None:
    dice = random.Random(seed)
    formulas: dict[str, list[Formula]] = {"а": [], "б": []}
    read: dict[tuple[str, Place], set[tuple[str, Place]]] = {}
    for sheet, own in formulas.items():
        for row in range(12):
            place, text = (row, 9), []
            read[sheet, place] = set()
            for _term in range(dice.randint(1, 3)):
                other, top, left = dice.choice("аб"), dice.randint(0, 11), dice.choice((0, 1, 9))
                bottom = top if dice.random() < 0.6 else min(11, top + dice.randint(1, 11))
                text.append(f"SUM({other}!{address_of((top, left))}:{address_of((bottom, left))})")
                read[sheet, place] |= {(other, (one, left)) for one in range(top, bottom + 1)}
            own.append(Formula(place, "+".join(text), place, (*place, *place)))
    edited = {(dice.choice("аб"), (dice.randint(0, 11), dice.choice((0, 1)))) for _ in range(2)}
    stale: set[tuple[str, Place]] = set()
    while more := {key for key, cells in read.items() if key not in stale and cells & (edited | stale)}:
        stale |= more
    found = dependants(formulas, Names(), edited)
    assert {(sheet, one.place) for sheet, items in found.items() for one in items} == stale


# --- formats -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "code", "kind"),
    [
        (0, None, "general"), (1, None, "number"), (10, None, "percent"), (14, None, "date"), (49, None, "text"),
        (164, "0.0%", "percent"), (165, 'dd"."mm"."yyyy', "date"), (166, '# ##0" дней"', "number"),
        (167, "[$-419]d mmmm yyyy", "date"), (168, "[Red]0.00", "number"), (169, "@", "text"),
        (170, "General", "general"), (171, "[h]:mm", "date"),
    ],
)  # fmt: skip
def test_what_a_format_shows(number: int, code: str | None, kind: str) -> None:
    assert kind_of(number, code) == kind


@pytest.mark.parametrize(
    ("value", "kind", "number", "text"),
    [
        (Figure(Fraction(1200, 31), share=True), "general", "38.7", None),
        (Figure(Fraction(1200, 31), share=True), "percent", "0.3870967741935484", None),
        (Figure(Fraction(75), share=True), "percent", "0.75", None),
        (Figure(Fraction(1200, 31), share=True), "text", None, "38,7\u00a0%"),
        (Figure(Fraction(1, 3)), "general", "0.33", None),
        (Figure(Fraction(-5, 4)), "number", "-1.25", None),
        (date(2026, 11, 23), "date", "46349", None),
        (date(2026, 11, 23), "general", None, "23.11.2026"),
        ("слово", "number", None, "слово"),
        (None, "number", None, None),
    ],
)
def test_a_value_as_its_cell_takes_it(value: object, kind: FormatKind, number: str | None, text: str | None) -> None:
    made = fitted(value, kind)  # type: ignore[arg-type]
    assert (made.number, made.text) == (number, text)


def test_days_of_books_that_count_from_1904() -> None:
    assert fitted(date(1904, 1, 2), "date", epoch_1904=True).number == "1"


def test_numbers_as_xml_are_the_numbers_themselves() -> None:
    dice = random.Random(5)
    for _ in range(300):
        exact = Fraction(dice.randint(-(10**9), 10**9), dice.choice((1, 2, 3, 7, 8, 10, 125, 1000)))
        assert float(number_xml(exact)) == float(exact)


def test_addresses_go_there_and_back() -> None:
    for place in ((0, 0), (0, 25), (6, 26), (41, 701), (41, 702), (1_048_575, 16_383)):
        assert place_of(address_of(place)) == place
    assert area_of("B3:A1") == (0, 0, 2, 1)
    for wrong in ("1A", "XFE1", "A1048577", "A0", "А1"):
        with pytest.raises(ValueError, match=wrong):
            place_of(wrong)


# --- files of others ---------------------------------------------------------------------------------------------

if SHARED is not None and (SHARED / "corpus" / "xlsx").is_dir():
    BOOKS = sorted((SHARED / "corpus" / "xlsx").glob("*.xls[xm]"))

    def readable(path: Path) -> bool:
        try:
            guard.check(path)
            foreign_form.read(path.read_bytes(), path.name)
        except UserError:
            return False
        return True

    @pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.name)
    def test_books_of_the_corpus_keep_every_other_part(path: Path) -> None:
        if not readable(path):
            return  # named by the test below
        book = foreign_form.read(path.read_bytes(), path.name)
        before, sheet = path.read_bytes(), book.sheets[0]
        place = next((one for one in sorted(sheet.cells) if sheet.closed_by(one) is None), (sheet.rows + 1, 2))
        place = sheet.top_left(place)
        after = foreign_form.fill(before, [Entry(sheet.name, place, "проба ✓"), Entry(sheet.name, (40, 3), None)])
        formulas = any(cell.formula is not None for one in book.sheets for cell in one.cells.values())
        touched = changed(before, after)
        assert touched
        assert len([name for name in touched if "workbook" in name.lower()]) <= int(formulas)
        assert all("sheet" in name.lower() or "workbook" in name.lower() for name in touched)
        again = foreign_form.read(after, path.name)
        assert again.sheets[0].cell(place).text == "проба ✓"
        for old, new in zip(book.sheets, again.sheets, strict=True):
            same = {one: cell for one, cell in old.cells.items() if cell.formula is None and one != place}
            assert {one: new.cells.get(one) for one in same} == same

    def test_only_broken_books_of_the_corpus_are_refused() -> None:
        ours = []
        for path in BOOKS:
            try:
                guard.check(path)
                foreign_form.read(path.read_bytes(), path.name)
            except UserError as error:
                if not error.code.startswith("IMP_"):
                    ours.append((path.name, error.code))
        assert ours == [
            ("duplicate-filename-case-insensitive.xlsx", "FOREIGN_NOT_BOOK"),
            ("poc-shared-strings.xlsx", "FOREIGN_NOT_BOOK"),
            ("sample-beta.xlsx", "FOREIGN_NOT_BOOK"),
        ]


if outside.needs("soffice"):

    def test_libreoffice_counts_anew_and_shows_our_values(tmp_path: Path) -> None:
        figures = {"C6": SEVEN, "D6": Figure(Fraction(5)), "B2": "Лесогорск", "C7": Figure(Fraction(25), share=True)}
        entries = [entry("Свод", cell, value) for cell, value in figures.items()]
        entries += [entry("Школы", cell, Figure(Fraction(value))) for cell, value in (("B4", 3), ("B5", 4))]
        data = converted(tmp_path, foreign_form.fill(region(), entries), "xlsx")
        counted = cached(data, "Свод")
        assert {key: counted[key] for key in ("E6", "E7", "C10", "D10", "E10")} == {
            "E6": 2, "E7": 0.25, "C10": 7.25, "D10": 5, "E10": 14.5,
        }  # fmt: skip
        assert cached(data, "Другой")["A1"] == 8.25
        assert cached(data, "Школы") == {"B12": 7}
        assert openpyxl.load_workbook(io.BytesIO(data))["Свод"]["B2"].value == "Лесогорск"


# --- books made to do harm ---------------------------------------------------------------------------------------


def test_an_array_over_a_whole_sheet_is_refused_at_once() -> None:
    from lxml import etree

    text = f'<worksheet {MAIN}><sheetData><row r="1"><c r="A1"><f t="array" ref="A1:XFD1048576">1</f></c></row>'
    sheet = SheetXml(etree.fromstring(f"{text}</sheetData></worksheet>"))
    with pytest.raises(ValueError, match="arrays"):
        sheet.formulas()


def test_a_row_that_no_sheet_has_is_refused() -> None:
    from lxml import etree

    for number, fits in ((1_048_576, True), (1_048_577, False), (0, False)):
        root = etree.fromstring(f'<worksheet {MAIN}><sheetData><row r="{number}"/></sheetData></worksheet>')
        if fits:
            assert list(SheetXml(root).rows) == [1_048_575]
        else:
            with pytest.raises(ValueError, match="row"):
                SheetXml(root)


def test_names_made_of_names_are_told_once() -> None:
    """Twenty names, each ten times the next: told each time anew that is ten to the twentieth."""
    defined = {f"sum_{n}": ("+".join([f"sum_{n + 1}"] * 10),) for n in range(20)} | {"sum_20": ("$B$2",)}
    assert areas("sum_1", "лист", Names(defined)) == [("лист", (1, 1, 1, 1))]


def test_a_name_that_stands_for_itself_may_read_anything() -> None:
    assert areas("a", "лист", Names({"a": ("b",), "b": ("a",)})) is None


def test_the_last_days_of_a_book_counted_from_1904_stay_numbers() -> None:
    from app.exporters.foreign_formats import shown

    assert shown("2958465", "date") == "31.12.9999"
    assert shown("2958465", "date", epoch_1904=True) == "2958465"
