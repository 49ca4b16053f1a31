"""The gate before any reading: a workbook is looked through as a stream, in bounded memory (stack §6).

Refused are: passwords, xlsb, archives that are no workbook, damage, too much when unpacked, declarations of entities
in any part, sheets whose far corner would take more memory than their cells are worth.
"""

from __future__ import annotations

import codecs
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

from app.errors import UserError
from app.importers.extent import Extent, exact_extent, quick_extent
from app.importers.sniff import sniff
from app.texts import count

BookType = Literal["xlsx", "ods", "xls", "csv"]

LARGEST_UNPACKED = 400 << 20
FREE_UNPACKED = 60 << 20
LARGEST_RATIO = 150
MOST_PARTS = 20_000
CHUNK = 1 << 18
_SMALL_PART = 4 << 20
_FORBIDDEN = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_LONGEST_FORBIDDEN = len(b"<!DOCTYPE")
_RELATION = re.compile(rb"<(?:[\w.-]+:)?Relationship\b[^>]*>")
_TARGET = re.compile(rb"""\bTarget\s*=\s*["']([^"']*)""")
_TYPE = re.compile(rb"""\bType\s*=\s*["']([^"']*)""")
_ZIP_FAULTS = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    NotImplementedError,
    EOFError,
    ValueError,
    RuntimeError,
    OSError,
    struct.error,
)


def check(path: Path) -> BookType:
    """Look the file through and return what it is; nothing is laid out in memory.

    Raises:
        UserError: a code that begins with IMP_, with cause and cure.
    """
    found = sniff(path)
    if found != "zip":
        return found
    try:
        with zipfile.ZipFile(path) as archive:
            return _Package(archive, path.name).check()
    except UserError:
        raise
    except _ZIP_FAULTS as fault:
        raise UserError("IMP_DAMAGED", name=path.name) from fault


def check_document(path: Path) -> None:
    """Look through a Word document (DOCX) before it is read; nothing is laid out in memory.

    Raises:
        UserError: a code that begins with IMP_, with cause and cure.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _Package(archive, path.name).check_document()
    except UserError:
        raise
    except _ZIP_FAULTS as fault:
        raise UserError("IMP_DAMAGED", name=path.name) from fault


def is_document(path: Path) -> bool:
    """Tell whether a file is a zip that holds a Word document."""
    try:
        with zipfile.ZipFile(path) as archive:
            return "word/document.xml" in {name.replace("\\", "/").lower() for name in archive.namelist()}
    except _ZIP_FAULTS:
        return False


class _Package:
    """A zip that may be a workbook; part names are compared in lower case with forward slashes."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._archive = archive
        self._name = name
        self._all = [(info.filename.replace("\\", "/").lower(), info) for info in archive.infolist()]
        self._parts = dict(self._all)

    def check(self) -> BookType:
        self._sizes()
        kind = self._kind()
        sheets = self._sheets() if kind == "xlsx" else frozenset()
        for part, info in self._all:
            if part in sheets:
                self._sheet(info)
            elif part.endswith((".xml", ".rels", ".vml")):
                for _ in self._chunks(info):
                    pass
        return kind

    def check_document(self) -> None:
        """Look through every part of a Word document.

        Raises:
            UserError: see ``guard.check_document``.
        """
        self._sizes()
        for part, info in self._all:
            if part.endswith((".xml", ".rels")):
                for _ in self._chunks(info):
                    pass

    def _sizes(self) -> None:
        infos = [info for _, info in self._all]
        if any(info.flag_bits & 1 for info in infos):
            raise UserError("IMP_PASSWORD", name=self._name)
        if any(info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for info in infos):
            raise UserError("IMP_DAMAGED", name=self._name)
        total = sum(info.file_size for info in infos)
        packed = max(1, sum(info.compress_size for info in infos))
        if len(infos) > MOST_PARTS or total > LARGEST_UNPACKED:
            raise UserError("IMP_BOMB", name=self._name, size=total >> 20, limit=LARGEST_UNPACKED >> 20)
        if total > FREE_UNPACKED and total > LARGEST_RATIO * packed:
            raise UserError("IMP_BOMB", name=self._name, size=total >> 20, limit=FREE_UNPACKED >> 20)

    def _kind(self) -> BookType:
        parts = self._parts
        if "xl/workbook.bin" in parts:
            raise UserError("IMP_XLSB", name=self._name)
        relations = self._read("_rels/.rels").lower()
        if relations and b"relationships" not in relations:
            raise UserError("IMP_DAMAGED", name=self._name)
        if self._workbook() in parts:
            return "xlsx"
        if "content.xml" in parts and b"opendocument.spreadsheet" in self._read("mimetype"):
            if b"encryption-data" in self._read("meta-inf/manifest.xml"):
                raise UserError("IMP_PASSWORD", name=self._name)
            return "ods"
        if not parts:
            raise UserError("IMP_DAMAGED", name=self._name)
        looks = "архив с файлами: распакуйте его и выберите книгу внутри"
        if "word/document.xml" in parts:
            looks = "документ Word"
        elif "reply.json" in parts or "request.json" in parts:
            looks = "запрос школе или ответ школы: ответ принимают на вкладке «Чек-листы»"
        elif "ppt/presentation.xml" in parts:
            looks = "презентация"
        elif any(part.startswith("xl/") for part in parts):
            raise UserError("IMP_DAMAGED", name=self._name)
        raise UserError("IMP_NOT_WORKBOOK", name=self._name, looks=looks)

    def _read(self, part: str) -> bytes:
        info = self._parts.get(part)
        if info is None:
            return b""
        found = b""
        for chunk in self._chunks(info):
            found += chunk
            if len(found) > _SMALL_PART:
                break
        return found

    def _relations(self, part: str, type_end: str, base: str) -> list[str]:
        found: list[str] = []
        for relation in _RELATION.findall(self._read(part)):
            target, kind = _TARGET.search(relation), _TYPE.search(relation)
            if target is None or kind is None or not kind.group(1).endswith(type_end.encode()):
                continue
            name = target.group(1).decode("utf-8", errors="replace").replace("\\", "/").lower()
            found.append(posixpath.normpath(posixpath.join("/" + base, name)).lstrip("/"))
        return found

    def _workbook(self) -> str:
        """The main part as the relationships name it, else where Excel puts it."""
        found = self._relations("_rels/.rels", "/officeDocument", "")
        return next((part for part in found if part in self._parts), "xl/workbook.xml")

    def _sheets(self) -> frozenset[str]:
        """Parts that are sheets: by the workbook's relationships, and by their usual place."""
        folder, base = posixpath.split(self._workbook())
        found = set(self._relations(f"{folder}/_rels/{base}.rels", "/worksheet", folder))
        found |= {part for part in self._parts if re.fullmatch(r"xl/worksheets/[^/]+\.xml", part)}
        return frozenset(found)

    def _sheet(self, info: zipfile.ZipInfo) -> None:
        extent: Extent | None = quick_extent(self._chunks(info))
        if extent is None or not extent.fits:
            extent = exact_extent(self._chunks(info))
        if not extent.fits:
            cells = count(extent.cells, "ячейка", "ячейки", "ячеек")
            raise UserError("IMP_ASKS_TOO_MUCH", name=self._name, cell=extent.corner, cells=cells, part=info.filename)

    def _chunks(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        """Yield a part in pieces as UTF-8, refusing declarations of entities wherever they stand."""
        tail = b""
        with self._archive.open(info) as stream:
            for chunk in _as_utf8(iter(lambda: stream.read(CHUNK), b"")):
                window = tail + chunk
                if b"!" in window and _FORBIDDEN.search(window):
                    raise UserError("IMP_ENTITIES", name=self._name, part=info.filename)
                tail = window[-_LONGEST_FORBIDDEN:]
                yield chunk


def _as_utf8(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Recode UTF-16 by its mark or its zeros; anything else passes as it is."""
    decoder: codecs.IncrementalDecoder | None = None
    first = True
    for chunk in chunks:
        if first:
            first = False
            encoding = _utf16(chunk)
            if encoding:
                decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
        yield chunk if decoder is None else decoder.decode(chunk).encode("utf-8", errors="replace")


def _utf16(head: bytes) -> str | None:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if head.startswith(b"<\0"):
        return "utf-16-le"
    return "utf-16-be" if head.startswith(b"\0<") else None
