"""Workbooks that want to harm their reader, made anew for each test."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.helpers.workbooks import book

SHEET = "xl/worksheets/sheet1.xml"


def plain(path: Path) -> Path:
    """Write a small honest workbook: a registry of one school."""
    return book(path, [["Название", "ИНН"], ["Школа № 1", "7707083893"]])


def rewritten(path: Path, change: Callable[[str, bytes], bytes], *, level: int = 9) -> Path:
    """Write an honest workbook with its parts changed."""
    source = plain(path.with_name("source-" + path.name))
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    source.unlink()
    return path


def with_cell(path: Path, xml: bytes) -> Path:
    """Write a workbook with one more row of the given XML at the end."""
    return rewritten(
        path, lambda name, data: data.replace(b"</sheetData>", xml + b"</sheetData>") if name == SHEET else data
    )


def far_cell(path: Path) -> Path:
    """Write a workbook of a few kilobytes with a value in the last cell there is."""
    return with_cell(path, b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


def ole(path: Path, names: list[str], first_sector: bytes = b"") -> Path:
    """Write the least OLE2 container: header, table, directory with these streams, and one sector of data.

    Sector 0 is the allocation table, 1 the directory, 2 the beginning of every stream.
    """
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<I", header, 44, 1)
    struct.pack_into("<I", header, 48, 1)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    table = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFE, *[0xFFFFFFFF] * 125)
    directory = bytearray(512)
    for i, name in enumerate(["Root Entry", *names][:4]):
        raw = name.encode("utf-16-le") + b"\0\0"
        directory[i * 128 : i * 128 + len(raw)] = raw
        struct.pack_into("<H", directory, i * 128 + 64, len(raw))
        struct.pack_into("<I", directory, i * 128 + 116, 2)
    path.write_bytes(bytes(header) + table + bytes(directory) + first_sector.ljust(512, b"\0"))
    return path


def zip_of(path: Path, parts: dict[str, bytes]) -> Path:
    """Write a zip of these parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path
