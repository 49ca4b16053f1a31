"""Notes of a foreign workbook: ours are added beside the school's own, and taken away when the book is marked anew."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from typing import Any

from app.exporters.marked_parts import Package, local, plain, tag

AUTHOR = "Опора"
LEAD = "Что исправить: "
_AFTER = {
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
}  # fmt: skip
"""What stands behind the drawing of notes in a sheet."""
_SHAPE = re.compile(r"<v:shape\b.*?</v:shape>", re.DOTALL)
_SHAPE_ID = re.compile(r'_x0000_s(\d+)"')
_ADDRESS = re.compile(r"([A-Z]+)([0-9]+)")
_EMPTY = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/>'
    '</o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202"'
    ' path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t"'
    ' o:connecttype="rect"/></v:shapetype></xml>'
)


def ours(package: Package, sheet: str) -> bool:
    """Tell whether a sheet has notes of an earlier marking."""
    return any(LEAD.encode() in package.read(part) for _, part in package.related(sheet, "comments"))


def write(package: Package, sheet: str, root: Any, notes: Mapping[str, str]) -> None:
    """Write notes to cells; those of an earlier marking go.

    Args:
        package: the book.
        sheet: the part of the sheet.
        root: its tree, which gets the drawing where it has none.
        notes: address → text.
    """
    known = package.related(sheet, "comments")
    if not known and not notes:
        return
    part = known[0][1] if known else _new_comments(package, sheet, root)
    tree = package.xml(part)
    gone = _take_away(tree)
    fresh = _add(tree, notes)
    package.put_xml(part, tree)
    _draw(package, sheet, root, fresh, gone - set(fresh))


def _new_comments(package: Package, sheet: str, root: Any) -> str:
    part = package.free("xl/comments{}.xml")
    space = str(root.tag).rpartition("}")[0].lstrip("{")
    text = f'<comments xmlns="{space}"><authors><author>{AUTHOR}</author></authors><commentList/></comments>'
    package.put(part, text.encode())
    package.content_type(part, "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml")
    package.relate(sheet, "comments", posixpath.relpath(part, posixpath.dirname(sheet)))
    return part


def _take_away(tree: Any) -> set[str]:
    """Take our texts out of the notes; a note of nothing else goes. Returns the cells that have none any more."""
    gone: set[str] = set()
    for note in list(tree.iter(tag(tree, "comment"))):
        texts = list(note.iter(tag(tree, "t")))
        for text in texts:
            before, lead, _ = (text.text or "").partition(LEAD)
            if lead:
                text.text = before.rstrip("\n")
        if texts and not any((text.text or "").strip() for text in texts):
            gone.add(note.get("ref", ""))
            note.getparent().remove(note)
    return gone


def _add(tree: Any, notes: Mapping[str, str]) -> list[str]:
    """Add our texts and return the cells that had no note before."""
    from lxml import etree

    authors = tree.find(tag(tree, "authors"))
    kept = tree.find(tag(tree, "commentList"))
    if authors is None or kept is None:
        raise ValueError("notes without authors")
    names = [item.text or "" for item in authors]
    if AUTHOR not in names:
        etree.SubElement(authors, tag(tree, "author")).text = AUTHOR
        names.append(AUTHOR)
    known = {note.get("ref"): note for note in kept}
    fresh: list[str] = []
    for address, text in notes.items():
        note = known.get(address)
        said = LEAD + text
        if note is None:
            note = etree.SubElement(kept, tag(tree, "comment"), ref=address, authorId=str(names.index(AUTHOR)))
            fresh.append(address)
            body = etree.SubElement(note, tag(tree, "text"))
        else:
            body = note.find(tag(tree, "text"))
            said = "\n\n" + said
            if body is None:
                body = etree.SubElement(note, tag(tree, "text"))
            lone = body.find(tag(tree, "t"))
            if lone is not None:  # a plain text and runs may not stand together
                lone.text = (lone.text or "") + _clean(said)
                continue
        run = etree.SubElement(body, tag(tree, "r"))
        words = etree.SubElement(run, tag(tree, "t"))
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        words.text = _clean(said)
    return fresh


def _clean(text: str) -> str:
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text)


def _draw(package: Package, sheet: str, root: Any, fresh: list[str], gone: set[str]) -> None:
    """Add a shape for each new note, take away those of notes that are gone."""
    marker = root.find(tag(root, "legacyDrawing"))
    if marker is None:
        if not fresh:
            return
        part = _new_drawing(package, sheet, root)
    else:
        relations = package.book().relations
        wanted = marker.get(f"{{{relations}}}id")
        part = next(target for key, target in package.related(sheet, "vmlDrawing") if key == wanted)
    text = package.read(part).decode("utf-8")
    for shape in _SHAPE.findall(text):
        row, column = re.search(r"<x:Row>\s*(\d+)", shape), re.search(r"<x:Column>\s*(\d+)", shape)
        if row and column and _address(int(row[1]), int(column[1])) in gone | set(fresh):
            text = text.replace(shape, "")
    number = max((int(found) for found in _SHAPE_ID.findall(text)), default=1024)
    shapes = "".join(_shape(address, number + place) for place, address in enumerate(fresh, start=1))
    before, end, after = text.rpartition("</xml>")
    package.put(part, (before + shapes + end + after).encode("utf-8"))


def _new_drawing(package: Package, sheet: str, root: Any) -> str:
    from lxml import etree

    part = package.free("xl/drawings/vmlDrawing{}.vml")
    package.put(part, _EMPTY.encode())
    package.default_type("vml", "application/vnd.openxmlformats-officedocument.vmlDrawing")
    relation = package.relate(sheet, "vmlDrawing", posixpath.relpath(part, posixpath.dirname(sheet)))
    marker = etree.Element(tag(root, "legacyDrawing"))
    marker.set(f"{{{package.book().relations}}}id", relation)
    place = next((number for number, item in enumerate(root) if local(item) in _AFTER), len(root))
    root.insert(place, marker)
    return part


def _address(row: int, column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def _shape(address: str, number: int) -> str:
    letters, digits = _ADDRESS.fullmatch(address).groups()  # type: ignore[union-attr]
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    row, column = int(digits) - 1, column - 1
    anchor = f"{column + 1}, 15, {max(row - 1, 0)}, 10, {column + 4}, 31, {row + 4}, 9"
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;margin-left:59pt;margin-top:2pt;'
        'width:220pt;height:80pt;z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
        '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        f'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{plain(anchor)}</x:Anchor>'
        f"<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )
