"""Parts of a foreign workbook: what is not edited is written back byte for byte."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

MOST_UNPACKED = 200_000_000
"""Bytes of all parts together: the guard of the reader has seen the file before, this is the second look."""

_TYPES = "[Content_Types].xml"
_BAD_SIGNS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def plain(text: str) -> str:
    """Return a text as XML holds it."""
    return escape(_BAD_SIGNS.sub("", text))


def local(element: Any) -> str:
    """Return the name of an element without its namespace; empty for comments and instructions."""
    name = element.tag
    return name.rpartition("}")[2] if isinstance(name, str) else ""


def tag(root: Any, name: str) -> str:
    """Return a name in the namespace of the root: transitional and strict books have different ones."""
    space = str(root.tag).rpartition("}")[0]
    return f"{space}}}{name}" if space else name


@dataclass(frozen=True, slots=True)
class Book:
    """The table of contents.

    Attributes:
        part: name of the part.
        sheets: name of the sheet → part, in their order.
        relations: namespace of ``r:id``.
    """

    part: str
    sheets: dict[str, str]
    relations: str


class Package:
    """A workbook as its parts."""

    def __init__(self, original: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(original))
        self._infos = self._archive.infolist()
        if sum(info.file_size for info in self._infos) > MOST_UNPACKED or any(
            info.flag_bits & 1 for info in self._infos
        ):
            raise ValueError("too large or encrypted")
        self.names = {info.filename for info in self._infos}
        self._changed: dict[str, bytes] = {}

    def read(self, part: str) -> bytes:
        """Return the bytes of a part, with what has been changed so far."""
        return self._changed[part] if part in self._changed else self._archive.read(part)

    def xml(self, part: str) -> Any:
        """Return a part as a tree; definitions of types and entities are refused."""
        from lxml import etree

        data = self.read(part)
        if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
            raise ValueError("a definition of a type inside a part")
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))

    def put(self, part: str, data: bytes) -> None:
        """Change a part or add one."""
        self._changed[part] = data
        self.names.add(part)

    def put_xml(self, part: str, root: Any) -> None:
        """Change a part to a tree."""
        from lxml import etree

        self.put(part, etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))

    def free(self, pattern: str) -> str:
        """Return the first name of a pattern that no part has."""
        number = 1
        while pattern.format(number) in self.names:
            number += 1
        return pattern.format(number)

    def save(self) -> bytes:
        """Return the file; parts stand in their order, new ones at the end."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
            known = {info.filename for info in self._infos}
            for info in self._infos:
                made.writestr(info, self.read(info.filename), info.compress_type)
            for part, data in self._changed.items():
                if part not in known:
                    made.writestr(zipfile.ZipInfo(part, (2026, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
        return buffer.getvalue()

    # --- relations -----------------------------------------------------------------------------------------------

    @staticmethod
    def _rels(part: str) -> str:
        folder, name = posixpath.split(part)
        return posixpath.join(folder, "_rels", name + ".rels")

    def related(self, part: str, kind: str) -> list[tuple[str, str]]:
        """Return id and part of what a part is related to by a kind («comments»)."""
        rels = self._rels(part)
        if rels not in self.names:
            return []
        folder = posixpath.dirname(part)
        return [
            (item.get("Id", ""), _target(folder, item.get("Target", "")))
            for item in self.xml(rels)
            if local(item) == "Relationship" and item.get("Type", "").rpartition("/")[2] == kind
        ]

    def relate(self, part: str, kind: str, target: str) -> str:
        """Relate a part to another one and return the id."""
        from lxml import etree

        rels = self._rels(part)
        if rels in self.names:
            root = self.xml(rels)
        else:
            space = "http://schemas.openxmlformats.org/package/2006/relationships"
            root = etree.fromstring(f'<Relationships xmlns="{space}"/>')
        taken = {item.get("Id") for item in root}
        number = 1
        while f"rId{number}" in taken:
            number += 1
        made = etree.SubElement(root, tag(root, "Relationship"), Id=f"rId{number}")
        made.set("Type", f"{self.relation_space()}/{kind}")
        made.set("Target", target)
        self.put_xml(rels, root)
        return f"rId{number}"

    def relation_space(self) -> str:
        """Return the namespace of relations as this book writes it."""
        for item in self.xml("_rels/.rels"):
            space, _, kind = item.get("Type", "").rpartition("/")
            if kind == "officeDocument":
                return str(space)
        raise ValueError("a package without a document")

    def book(self) -> Book:
        """Return the table of contents."""
        (_, part), *_ = [
            (item.get("Id"), _target("", item.get("Target", "")))
            for item in self.xml("_rels/.rels")
            if item.get("Type", "").endswith("/officeDocument")
        ]
        relations = self.relation_space()
        parts = dict(self.related(part, "worksheet"))
        root = self.xml(part)
        sheets = root.find(tag(root, "sheets"))
        if sheets is None:
            raise ValueError("a book without sheets")
        found = {item.get("name", ""): parts.get(item.get(f"{{{relations}}}id", ""), "") for item in sheets}
        return Book(part, found, relations)

    # --- types of content ----------------------------------------------------------------------------------------

    def content_type(self, part: str, kind: str) -> None:
        """Say what a new part holds."""
        from lxml import etree

        root = self.xml(_TYPES)
        if any(item.get("PartName") == f"/{part}" for item in root):
            return
        etree.SubElement(root, tag(root, "Override"), PartName=f"/{part}", ContentType=kind)
        self.put_xml(_TYPES, root)

    def default_type(self, suffix: str, kind: str) -> None:
        """Say what all parts of an ending hold."""
        from lxml import etree

        root = self.xml(_TYPES)
        if any(item.get("Extension", "").lower() == suffix for item in root):
            return
        root.insert(0, etree.Element(tag(root, "Default"), Extension=suffix, ContentType=kind))
        self.put_xml(_TYPES, root)


def _target(folder: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
