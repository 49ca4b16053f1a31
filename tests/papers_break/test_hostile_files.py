"""Forms, maps and lists of programs that somebody has spoilt on purpose: told in words, nothing kept."""

from __future__ import annotations

import io
import json
import random
import zipfile
from pathlib import Path

import pytest

from app.errors import UserError
from app.models.store import Store
from app.operations import foreign_forms, foreign_map, package_check, package_region, signing_profiles
from tests.helpers import hostile, stores
from tests.helpers.foreign_books import region, write

MB = 1 << 20


def repacked(data: bytes, change: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The same archive with parts put in or in place of others."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", method) as new:
        for name in [*dict.fromkeys([*old.namelist(), *change])]:
            new.writestr(name, change[name] if name in change else old.read(name))
    return made.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
LAUGHS = b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>' + HEAD + b"<sheetData/></worksheet>"


def rows(inside: bytes) -> bytes:
    return HEAD + b"<sheetData>" + inside + b"</sheetData></worksheet>"


BOOKS = {
    "laughs": {SHEET: LAUGHS},
    "no xml": {SHEET: b"PK\x03\x04"},
    "empty part": {SHEET: b""},
    "bomb": {SHEET: rows(b" " * (300 * MB))},
    "deep": {SHEET: rows(b"<row><c>" * 60_000)},
    "far cell": {SHEET: rows(b'<row r="99999999999"><c r="ZZZZZZ99999999999"><v>1</v></c></row>')},
    "cell of no place": {SHEET: rows(b'<row r="x"><c r="!!"><v>1</v></c></row>')},
    "string of no number": {SHEET: rows(b'<row r="1"><c r="A1" t="s"><v>many</v></c></row>')},
    "style of no number": {SHEET: rows(b'<row r="1"><c r="A1" s="bold"><v>1</v></c></row>')},
    "value of no number": {SHEET: rows(b'<row r="1"><c r="A1"><v>1e999999</v></c><c r="B1"><v>nan</v></c></row>')},
    "formula over all": {SHEET: rows(b'<row r="1"><c r="A1"><f t="array" ref="A1:XFD1048576">1</f><v>1</v></c></row>')},
    "shared over all": {
        SHEET: rows(b'<row r="1"><c r="A1"><f t="shared" si="0" ref="A1:XFD1048576">B1</f><v>1</v></c></row>')
    },
    "merged all": {SHEET: rows(b"")[:-12] + b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'},
    "no table of contents": {"xl/workbook.xml": b"<a/>"},
    "related to itself": {
        "_rels/.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="r" Type="x/officeDocument" Target="_rels/.rels"/></Relationships>'
    },
}  # fmt: skip


@pytest.mark.parametrize("name", BOOKS)
def test_a_hostile_workbook_is_refused_or_read_and_never_hurts(store: Store, tmp_path: Path, name: str) -> None:
    path = write(tmp_path / "Форма.xlsx", repacked(region(), BOOKS[name]))
    before = stores.dump(store.connection)
    try:
        key = foreign_forms.add(store, path, "Форма")
    except UserError as error:
        assert error.code.startswith(("IMP_", "FOREIGN_", "GEN_")), error.code  # noqa: PT017 - or it is read
        assert stores.dump(store.connection) == before
    else:
        found = foreign_forms.opened(store.connection, key)
        assert found.book.sheets
        assert name in {"value of no number", "formula over all", "shared over all", "merged all",
                        "string of no number", "style of no number"}, name  # fmt: skip


def test_a_flipped_byte_of_a_form_is_refused_or_changes_one_value(store: Store, tmp_path: Path) -> None:
    good, chance = region(), random.Random(8)
    path = tmp_path / "Форма.xlsx"
    for place in chance.sample(range(len(good)), 60):
        path.write_bytes(good[:place] + bytes([good[place] ^ 0x55]) + good[place + 1 :])
        try:
            foreign_forms.read_file(path)
        except UserError as error:
            assert error.code.startswith(("IMP_", "FOREIGN_", "GEN_")), error.code  # noqa: PT017 - or it is read


MAPS: list[str | bytes] = [
    "[" * 100_000, "null", '{"format": "opora-map"}', "NaN", '{"a": ' * 9000, "\ud800".encode("utf-8", "surrogatepass"),
    json.dumps({"format": foreign_map.FORMAT, "version": 10**400, "links": []}),
    json.dumps({"format": foreign_map.FORMAT, "version": True, "links": {}}),
    json.dumps({"format": foreign_map.FORMAT, "version": 1, "links": [[]]}),
    json.dumps({"format": foreign_map.FORMAT, "version": 1, "links": [{"kind": "field", "cell": 7, "sheet": None}]}),
    json.dumps({"format": foreign_map.FORMAT, "version": 1,
                "links": [{"kind": "indicator", "cell": "A1", "sheet": "x", "indicator": "7"}]}),
    json.dumps({"format": foreign_map.FORMAT, "version": 1,
                "links": [{"kind": "field", "cell": "A1", "sheet": "x", "source": "municipality", "left": 5}]}),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(MAPS)))
def test_a_hostile_map_is_refused(store: Store, tmp_path: Path, number: int) -> None:
    told = MAPS[number]
    path = tmp_path / "карта.opora-map"
    path.write_bytes(told if isinstance(told, bytes) else told.encode())
    with pytest.raises(UserError) as caught:
        foreign_map.read(store.connection, path)
    assert caught.value.code in {"FOREIGN_MAP", "FOREIGN_MAP_NEWER", "FOREIGN_CELL"}


PROFILES = [
    "program = 7", "[[program]]", "program = [1, 'a']", '[[program]]\nkey="a"\ntitle="b"\narguments="openssl {input}"',
    '[[program]]\nkey="a"\ntitle="b"\narguments=["x","{input}"]\nseconds=inf',
    '[[program]]\nkey="a"\ntitle="b"\narguments=["x","{input}"]\nseconds=nan',
    '[[program]]\nkey="a"\ntitle="b"\narguments=["x","{input}"]\nenvironment=["A=B"]',
    '[[program]]\nkey="a"\ntitle="b"\narguments=["x","{input}"]\nenvironment=7',
    "a = " + "[" * 20_000, "\x00", "last = 5",
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(PROFILES)))
def test_a_damaged_list_of_programs_is_told_and_never_stops_the_window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr("app.paths.profile", lambda: tmp_path)
    (tmp_path / signing_profiles.FILE).write_text(PROFILES[number], "utf-8")
    assert isinstance(signing_profiles.remembered(), dict)
    try:
        every = signing_profiles.programs()
    except UserError as error:
        assert error.code in {"SIGN_PROFILES_BAD", "SIGN_OUTSIDE_COMMAND"}  # noqa: PT017 - or it is left out
    else:
        assert [one.key for one in every][:3] == [one.key for one in signing_profiles.presets()]


@pytest.mark.parametrize("flip", range(12))
def test_no_archive_of_a_stranger_breaks_the_check(store: Store, tmp_path: Path, flip: int) -> None:
    chance = random.Random(flip)
    path = hostile.zip_of(tmp_path / "пакет.zip", {"manifest.json": b"{}", "data.json": b"[" * 9000})
    data = bytearray(path.read_bytes())
    for _ in range(flip):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(bytes(data))
    found = package_check.check(path)
    assert found.verdict == "refused"
    assert found.problems
    [line] = package_region.take(store, [found])
    assert line.key is None
    assert line.why_not
