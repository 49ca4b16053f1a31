"""What is refused before any reading, and what must not be."""

from __future__ import annotations

import re
import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from app.errors import UserError
from app.importers import guard
from app.importers.extent import Extent, exact_extent, quick_extent
from app.importers.sniff import sniff
from tests.helpers import hostile
from tests.importers.reads import read, refusal


def test_an_honest_book_passes(tmp_path: Path) -> None:
    path = hostile.plain(tmp_path / "реестр.xlsx")
    assert guard.check(path) == "xlsx"
    assert [school.name for school in read(path).schools] == ["Школа № 1"]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.xlsx", b"", "IMP_EMPTY_FILE"),
        ("~$a.xlsx", b"\x05admin", "IMP_LOCK_FILE"),
        ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", "IMP_HTML"),
        ("a.xls", b"\xef\xbb\xbf \r\n<TABLE border=1>", "IMP_HTML"),
        ("a.xls", "<html>".encode("utf-16"), "IMP_HTML"),
        ("a.xls", b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "IMP_HTML"),
        ("a.xls", b'<?xml version="1.0"?><a xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "IMP_XML_TABLE"),
        ("a.xlsx", b"%PDF-1.7", "IMP_NOT_WORKBOOK"),
        ("a.xlsx", b"Rar!\x1a\x07", "IMP_NOT_WORKBOOK"),
        ("a.xls", b"just a text", "IMP_NOT_WORKBOOK"),
        ("a.csv", b"a;b\n\0\0\0;1", "IMP_NOT_TEXT"),
        ("a.xlsx", b"PK\x05\x06" + b"\0" * 18, "IMP_DAMAGED"),
        ("a.xlsx", b"PK\x03\x04 cut off", "IMP_DAMAGED"),
    ],
)  # fmt: skip
def test_what_a_file_really_is(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert refusal(path) == code


def test_missing_files_and_folders(tmp_path: Path) -> None:
    assert refusal(tmp_path / "нет.xlsx") == "IMP_NO_FILE"
    assert refusal(tmp_path) == "IMP_IS_FOLDER"


def test_a_cut_book_is_damaged(tmp_path: Path) -> None:
    path = hostile.plain(tmp_path / "a.xlsx")
    data = path.read_bytes()
    for share in (0.3, 0.6, 0.95):
        path.write_bytes(data[: int(len(data) * share)])
        assert refusal(path) == "IMP_DAMAGED"


def test_a_flipped_byte_inside_a_sheet_is_damage(tmp_path: Path) -> None:
    path = hostile.plain(tmp_path / "a.xlsx")
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo(hostile.SHEET)
    data = bytearray(path.read_bytes())
    data[info.header_offset + 30 + len(info.filename) + info.compress_size // 2] ^= 0x10
    path.write_bytes(data)
    assert refusal(path) == "IMP_DAMAGED"


# --- passwords -------------------------------------------------------------------------------------------------


def test_an_encrypted_package(tmp_path: Path) -> None:
    assert refusal(hostile.ole(tmp_path / "a.xlsx", ["EncryptionInfo", "EncryptedPackage"])) == "IMP_PASSWORD"


def test_an_xls_with_a_password(tmp_path: Path) -> None:
    bof = struct.pack("<HH", 0x809, 16) + b"\0" * 16
    locked = bof + struct.pack("<HH", 0x86, 0) + struct.pack("<HH", 0x2F, 54) + b"\1" * 54
    assert refusal(hostile.ole(tmp_path / "a.xls", ["Workbook"], locked)) == "IMP_PASSWORD"
    open_one = bof + struct.pack("<HH", 0x42, 2) + b"\xb0\x04"
    assert sniff(hostile.ole(tmp_path / "b.xls", ["Workbook"], open_one)) == "xls"


def test_an_old_word_document(tmp_path: Path) -> None:
    path = hostile.ole(tmp_path / "a.xls", ["WordDocument"])
    with pytest.raises(UserError) as caught:
        guard.check(path)
    assert caught.value.code == "IMP_NOT_WORKBOOK"
    assert "документ Word" in caught.value.what


def test_a_directory_that_never_ends(tmp_path: Path) -> None:
    path = hostile.ole(tmp_path / "a.xls", ["Workbook"], struct.pack("<HH", 0x809, 0))
    data = bytearray(path.read_bytes())
    struct.pack_into("<I", data, 512 + 4, 1)  # the directory's next sector is itself
    path.write_bytes(data)
    assert sniff(path) == "xls"


# --- containers ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "code", "word"),
    [
        ({"xl/workbook.bin": b""}, "IMP_XLSB", ".xlsb"),
        ({"word/document.xml": b"<w/>"}, "IMP_NOT_WORKBOOK", "документ Word"),
        ({"Ф3.xlsx": b"PK"}, "IMP_NOT_WORKBOOK", "распакуйте"),
        ({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}, "IMP_NOT_WORKBOOK", ""),
        ({"xl/sharedStrings.xml": b"<sst/>"}, "IMP_DAMAGED", ""),
    ],
)
def test_zips_that_are_no_workbook(tmp_path: Path, parts: dict[str, bytes], code: str, word: str) -> None:
    path = hostile.zip_of(tmp_path / "a.xlsx", parts)
    with pytest.raises(UserError) as caught:
        guard.check(path)
    assert caught.value.code == code
    assert word in str(caught.value)


def test_an_encrypted_ods(tmp_path: Path) -> None:
    manifest = b'<m:manifest><m:file-entry m:full-path="content.xml"><m:encryption-data/></m:file-entry></m:manifest>'
    parts = {
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": b"\x8f\x02",
        "META-INF/manifest.xml": manifest,
    }
    assert refusal(hostile.zip_of(tmp_path / "a.ods", parts)) == "IMP_PASSWORD"


def test_parts_with_back_slashes_and_other_case(tmp_path: Path) -> None:
    source = hostile.plain(tmp_path / "source.xlsx")
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name.replace("xl/workbook.xml", "xl\\Workbook.xml"), old.read(name))
    assert guard.check(path) == "xlsx"


# --- bombs -----------------------------------------------------------------------------------------------------


def test_a_zip_bomb_is_refused_by_its_declared_size(tmp_path: Path) -> None:
    blank = b"<row/>" * 1_000_000
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(hostile.plain(tmp_path / "s.xlsx")) as old, zipfile.ZipFile(path, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        with new.open("xl/sharedStrings2.xml", "w", force_zip64=True) as stream:
            for _ in range(12):  # 72 MB from 70 KB
                stream.write(blank)
    tracemalloc.start()
    assert refusal(path) == "IMP_BOMB"
    assert tracemalloc.get_traced_memory()[1] < 4 << 20
    tracemalloc.stop()


def test_a_size_that_lies_is_damage(tmp_path: Path) -> None:
    path = hostile.plain(tmp_path / "a.xlsx")
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo(hostile.SHEET)
    data = bytearray(path.read_bytes())
    entry = data.rfind(b"PK\x01\x02", 0, data.rfind(hostile.SHEET.encode()))
    assert struct.unpack_from("<I", data, entry + 24)[0] == info.file_size
    struct.pack_into("<I", data, entry + 24, 100)
    path.write_bytes(data)
    assert refusal(path) == "IMP_DAMAGED"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/styles.xml", hostile.SHEET])
def test_declarations_of_entities(tmp_path: Path, part: str, encoding: str) -> None:
    def change(name: str, data: bytes) -> bytes:
        if name != part:
            return data
        body = data.decode().partition("?>")[2]
        padding = "<!-- " + " " * 300_000 + " -->"  # past the first piece that is read
        return f'<?xml version="1.0"?>{padding}<!DOCTYPE a [<!ENTITY b "c">]>{body}'.encode(encoding)

    assert refusal(hostile.rewritten(tmp_path / "a.xlsx", change)) == "IMP_ENTITIES"


def test_comments_and_cdata_are_no_entities(tmp_path: Path) -> None:
    def change(name: str, data: bytes) -> bytes:
        return data.replace(b"<sheetData>", b"<!-- x --><sheetData>") if name == hostile.SHEET else data

    assert guard.check(hostile.rewritten(tmp_path / "a.xlsx", change)) == "xlsx"


# --- far cells -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "xml",
    [
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        b"<row r='1048576'><c t='n' r='XFD1048576'><v>1</v></c></row>",
        b'<row r="3"><c r="XFD1048576"><v>1</v></c><c r="A3"><v>1</v></c></row>',
        b'<row r="1048576"><c><v>1</v></c></row><row r="3"><c r="XFD3"><v>1</v></c></row>',
        b'<row r="1048576"><c r="ZZ1048576"><v>1</v></c></row>',
    ],
)
def test_a_far_cell_asks_for_too_much(tmp_path: Path, xml: bytes) -> None:
    path = hostile.with_cell(tmp_path / "a.xlsx", xml)
    with pytest.raises(UserError) as caught:
        guard.check(path)
    assert caught.value.code == "IMP_ASKS_TOO_MUCH"
    assert "1048576" in caught.value.what
    assert re.search(r"заполнено в нём: \d+\u00a0яче(йка|йки|ек)\.", caught.value.what)


def test_a_far_cell_under_a_prefix(tmp_path: Path) -> None:
    def change(name: str, data: bytes) -> bytes:
        if name != hostile.SHEET:
            return data
        far = data.replace(b"</sheetData>", b'<row r="9"><c r="XFD1048576"><v>1</v></c></row></sheetData>')
        head, _, body = far.partition(b"?>")
        return (
            head
            + b"?>"
            + body.replace(b"</", b"@")
            .replace(b"<", b"<x:")
            .replace(b"@", b"</x:")
            .replace(b"xmlns=", b"xmlns:x=")
            .replace(b"<x:?", b"<?")
        )

    assert refusal(hostile.rewritten(tmp_path / "a.xlsx", change)) == "IMP_ASKS_TOO_MUCH"


def test_a_sheet_with_an_odd_name_is_found_by_its_relationship(tmp_path: Path) -> None:
    source = hostile.far_cell(tmp_path / "source.xlsx")
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name).replace(b"worksheets/sheet1.xml", b"odd/table.dat")
            new.writestr(name.replace("worksheets/sheet1.xml", "odd/table.dat"), data)
    assert refusal(path) == "IMP_ASKS_TOO_MUCH"


@pytest.mark.parametrize(
    "xml",
    [
        b'<row r="1048576"><c r="XFD1048576" s="1"/></row>',
        b'<row r="1048576"><c r="XFD1048576" s="1"></c></row>',
        b'<row r="1048576" ht="15"/>',
        b'<row r="3"><c r="XFD3"><v>1</v></c></row>',
    ],
)
def test_a_far_style_or_a_wide_row_is_harmless(tmp_path: Path, xml: bytes) -> None:
    assert guard.check(hostile.with_cell(tmp_path / "a.xlsx", xml)) == "xlsx"


def test_a_large_full_table_fits_and_a_thin_one_does_not() -> None:
    assert Extent(100_000, 50, 0).fits
    assert Extent(200_000, 50, 4_000_000).fits
    assert not Extent(200_000, 50, 300_000).fits
    assert not Extent(1_048_576, 60, 60_000_000).fits


def _pieces(xml: bytes, size: int) -> list[bytes]:
    return [xml[i : i + size] for i in range(0, len(xml), size)]


@pytest.mark.parametrize("size", [7, 50, 1000, 10**6])
def test_extents_do_not_depend_on_how_the_stream_is_cut(size: int) -> None:
    rows = b"".join(
        b'<row r="%d" spans="1:3"><c r="A%d" t="s"><v>%d</v></c><c r="AB%d" s="3"><v>1</v></c></row>' % (i, i, i, i)
        for i in range(1, 40)
    )
    xml = b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>"
    quick = quick_extent(_pieces(xml, size))
    assert quick is not None
    assert (quick.rows, quick.columns, quick.cells) == (39, 28, 78)
    assert exact_extent(_pieces(xml, size)) == Extent(39, 28, 78)


def test_cells_without_references_are_counted_in_their_order() -> None:
    xml = b"<sheetData><row><c><v>1</v></c><c/><c><v>2</v></c></row><row/><row><c><v>3</v></c></row></sheetData>"
    assert quick_extent([xml]) is None
    assert exact_extent([xml]) == Extent(3, 3, 3)
