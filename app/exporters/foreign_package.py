"""Parts of a region's workbook: what is not edited is written back byte for byte, in its place, as it was packed."""

from __future__ import annotations

import io
import posixpath
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.exporters.marked_parts import MOST_UNPACKED, local

SPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
"""Namespaces of workbooks: the usual one and the strict one; the beta of 2006 had others."""


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A line of the table of contents: the name of a sheet, its part («» where it is no sheet of cells), if hidden."""

    name: str
    part: str
    hidden: bool


class Parts:
    """A workbook as its parts.

    Names are compared as Excel compares them: small letters, forward slashes.

    Raises:
        ValueError: too large, encrypted, or two parts of one name; ``zipfile.BadZipFile`` where it is no archive.
    """

    def __init__(self, original: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(original))
        self._infos = self._archive.infolist()
        if sum(info.file_size for info in self._infos) > MOST_UNPACKED or any(
            info.flag_bits & 1 for info in self._infos
        ):
            raise ValueError("too large or encrypted")
        self._known = {normal(info.filename): place for place, info in enumerate(self._infos)}
        if len(self._known) != len(self._infos):
            raise ValueError("two parts of one name")
        self._changed: dict[int, bytes] = {}

    @property
    def names(self) -> frozenset[str]:
        """Names of the parts as they are compared."""
        return frozenset(self._known)

    @property
    def changed(self) -> tuple[str, ...]:
        """Names of the parts that were edited, as the archive writes them."""
        return tuple(self._infos[place].filename for place in sorted(self._changed))

    def read(self, part: str) -> bytes:
        """Return the bytes of a part with what has been changed so far; KeyError where there is none."""
        place = self._known[normal(part)]
        return self._changed[place] if place in self._changed else self._archive.read(self._infos[place])

    def xml(self, part: str) -> Any:
        """Return a part as a tree; definitions of types and entities are refused."""
        from lxml import etree

        data = self.read(part)
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise ValueError("a definition of a type inside a part")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, strip_cdata=False)
        return etree.fromstring(data, parser)

    def put_xml(self, part: str, root: Any) -> None:
        """Change a part to a tree."""
        from lxml import etree

        tree = root.getroottree()
        made = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=tree.docinfo.standalone)
        self._changed[self._known[normal(part)]] = made

    def save(self) -> bytes:
        """Return the file: the same parts in the same order, packed the same way."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
            made.comment = self._archive.comment
            for place, info in enumerate(self._infos):
                head = zipfile.ZipInfo(info.filename, info.date_time)
                head.compress_type, head.external_attr = info.compress_type, info.external_attr
                head.create_system, head.comment = info.create_system, info.comment
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore", UserWarning)  # names differing in case alone were looked at above
                    made.writestr(head, self._changed.get(place, self._archive.read(info)))
        return buffer.getvalue()

    # --- relations -----------------------------------------------------------------------------------------------

    def related(self, part: str, kind: str) -> list[tuple[str, str]]:
        """Return id and part of what a part is related to by a kind («table»)."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", name + ".rels")
        if normal(rels) not in self._known:
            return []
        return [
            (item.get("Id", ""), _target(folder, item.get("Target", "")))
            for item in self.xml(rels)
            if local(item) == "Relationship"
            and item.get("Type", "").rpartition("/")[2] == kind
            and item.get("TargetMode", "Internal") != "External"
        ]

    def book_part(self) -> str:
        """Return the part with the table of contents; ValueError where there is none."""
        found = self.related("", "officeDocument")
        if not found or normal(found[0][1]) not in self._known:
            raise ValueError("a package without a document")
        return found[0][1]

    def sheets(self) -> tuple[SheetPart, ...]:
        """Return the table of contents in its order."""
        part = self.book_part()
        root = self.xml(part)
        if str(root.tag).rpartition("}")[0].lstrip("{") not in SPACES:
            raise ValueError("no workbook of a kind that is known")
        parts = dict(self.related(part, "worksheet"))
        return tuple(
            SheetPart(item.get("name", ""), self._present(parts, item), item.get("state", "visible") != "visible")
            for item in _inside(root, "sheets")
            if local(item) == "sheet"
        )

    def _present(self, parts: dict[str, str], item: Any) -> str:
        key = next((value for name, value in item.attrib.items() if name.endswith("relationships}id")), "")
        part = parts.get(key, "")
        return part if normal(part) in self._known else ""


def normal(name: str) -> str:
    """Return the name of a part as names are compared."""
    return name.replace("\\", "/").lstrip("/").lower()


def _inside(root: Any, name: str) -> Iterator[Any]:
    for child in root:
        if local(child) == name:
            yield from child


def _target(folder: str, target: str) -> str:
    target = target.replace("\\", "/")
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
