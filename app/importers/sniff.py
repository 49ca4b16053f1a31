"""What a file really is, told by its first bytes and not by its name."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from app.errors import UserError
from app.importers.encodings import utf16_without_mark

FileType = Literal["zip", "xls", "csv"]

LARGEST_FILE = 200 << 20
HEAD_BYTES = 64 << 10
TABLE_SUFFIXES = (".csv", ".tsv", ".txt")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OTHERS = (
    (b"%PDF", "документ PDF"),
    (b"Rar!", "архив RAR"),
    (b"7z\xbc\xaf", "архив 7z"),
    (b"\x1f\x8b", "архив gzip"),
    (b"\x89PNG", "картинка"),
    (b"\xff\xd8\xff", "картинка"),
    (b"{\\rtf", "документ RTF"),
    (b"SQLite format 3", "файл базы данных"),
)
_HTML = ("<!doctype html", "<html", "<table", "<head", "<meta", "<body", "<style", "<div")
_MAX_OLE_SECTORS = 4096
_OLE_HEADER = 512
_LAST_SECTOR = 0xFFFFFFFA
_FILE_PASS = 0x2F
_BOF = {0x0009, 0x0209, 0x0409, 0x0809}


def sniff(path: Path) -> FileType:
    """Return the kind of container of a file that is worth opening.

    Raises:
        UserError: a code that begins with IMP_, with cause and cure, for everything else.
    """
    name = path.name
    if name.startswith("~$"):
        raise UserError("IMP_LOCK_FILE", name=name)
    if path.is_dir():
        raise UserError("IMP_IS_FOLDER", name=path.absolute().name)
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise UserError("IMP_FILE_TOO_BIG", name=name, size=size >> 20, limit=LARGEST_FILE >> 20)
        with path.open("rb") as stream:
            head = stream.read(HEAD_BYTES)
            if head.startswith(_OLE):
                return _ole(stream, head, name)
    except FileNotFoundError as fault:
        raise UserError("IMP_NO_FILE", name=name) from fault
    except OSError as fault:
        raise UserError("IMP_NO_ACCESS", name=name) from fault
    if not head:
        raise UserError("IMP_EMPTY_FILE", name=name)
    if head.startswith(_ZIP):
        return "zip"
    return _text(path, head)


def _text(path: Path, head: bytes) -> FileType:
    for signature, looks in _OTHERS:
        if head.startswith(signature):
            raise UserError("IMP_NOT_WORKBOOK", name=path.name, looks=looks)
    utf16 = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else utf16_without_mark(head)
    line = head[:4096].decode(utf16 or "utf-8-sig", errors="replace").lstrip("\ufeff \t\r\n\0").lower()
    if line.startswith(_HTML):
        raise UserError("IMP_HTML", name=path.name)
    if line.startswith("mime-version:"):
        raise UserError("IMP_HTML", name=path.name)
    if line.startswith("<?xml"):
        code = "IMP_XML_TABLE" if "spreadsheet" in line else "IMP_HTML" if "<html" in line else "IMP_NOT_WORKBOOK"
        raise UserError(code, name=path.name, looks="файл XML")
    if path.suffix.lower() not in TABLE_SUFFIXES:
        raise UserError("IMP_NOT_WORKBOOK", name=path.name, looks="не книга Excel")
    if b"\0" in head and not utf16:
        raise UserError("IMP_NOT_TEXT", name=path.name)
    return "csv"


def _ole(stream: BinaryIO, head: bytes, name: str) -> FileType:
    entries = _ole_entries(stream, head)
    if "encryptedpackage" in entries:
        raise UserError("IMP_PASSWORD", name=name)
    book = entries.get("workbook") or entries.get("book")
    if book is None:
        looks = "документ Word" if "worddocument" in entries else "файл старого образца, но не книга Excel"
        raise UserError("IMP_NOT_WORKBOOK", name=name, looks=looks)
    if _has_password(_sector(stream, book.sector, book.sector_size)):
        raise UserError("IMP_PASSWORD", name=name)
    return "xls"


@dataclass(frozen=True, slots=True)
class _Entry:
    """Where a stream of an OLE2 container begins."""

    sector: int
    sector_size: int


def _has_password(start: bytes) -> bool:
    """Tell whether the first records of an xls hold FilePass (0x2F), which follows BOF ([MS-XLS] 2.1.7.20.1)."""
    place = 0
    while place + 4 <= len(start):
        record, length = struct.unpack_from("<HH", start, place)
        if record == _FILE_PASS:
            return True
        if place == 0 and record not in _BOF:
            return False
        place += 4 + length
    return False


def _ole_entries(stream: BinaryIO, head: bytes) -> dict[str, _Entry]:
    """Return the streams of an OLE2 container by name in lower case; an empty table for a damaged one.

    Only the directory is walked: sector size at byte 30, first directory sector at 48, the first 109 sectors of the
    allocation table from byte 76 ([MS-CFB] 2.2, 2.6). A hundred of them reach 6 MB of table: enough for a directory.
    """
    entries: dict[str, _Entry] = {}
    shift: int = struct.unpack_from("<H", head, 30)[0] if len(head) >= _OLE_HEADER else 0
    if shift not in {9, 12}:
        return entries
    size = 1 << shift
    table = [sector for sector in struct.unpack_from("<109I", head, 76) if sector < _LAST_SECTOR]
    sector: int = struct.unpack_from("<I", head, 48)[0]
    for _ in range(_MAX_OLE_SECTORS):
        if sector >= _LAST_SECTOR:
            break
        page = _sector(stream, sector, size)
        for start in range(0, len(page) - 127, 128):
            length = struct.unpack_from("<H", page, start + 64)[0]
            if 2 < length <= 64:
                name = page[start : start + length - 2].decode("utf-16-le", errors="replace").lower()
                entries[name] = _Entry(struct.unpack_from("<I", page, start + 116)[0], size)
        which, place = divmod(sector, size // 4)
        page = _sector(stream, table[which], size) if which < len(table) else b""
        if len(page) < place * 4 + 4:
            break
        sector = struct.unpack_from("<I", page, place * 4)[0]
    return entries


def _sector(stream: BinaryIO, sector: int, size: int) -> bytes:
    if sector >= _LAST_SECTOR:
        return b""
    stream.seek((sector + 1) * size)
    return stream.read(size)
