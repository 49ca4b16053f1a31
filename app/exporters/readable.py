"""Every text that a made file holds, also what it says of itself: to search what must not stand there."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

_TAG = re.compile(r"<[^>]*>")
_VALUE = re.compile(r'"([^"<>]*)"')


def texts(data: bytes, suffix: str) -> Iterator[str]:
    """Yield the texts of a PDF, DOCX, XLSX or PPTX: pages or parts, properties, comments.

    Args:
        data: bytes as this program made them.
        suffix: «.pdf» or that of an Office file.
    """
    if suffix.lower() == ".pdf":
        yield from _pdf(data)
        return
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            yield name
            if name.lower().endswith((".xlsx", ".docx", ".pptx")):
                # the table behind a chart of a slide
                yield from texts(archive.read(name), name[name.rindex(".") :])
            if name.endswith((".xml", ".rels", ".vml")):
                text = archive.read(name).decode("utf-8", errors="replace")
                yield html.unescape(_TAG.sub(" ", text))
                # a name torn by marks of spelling or by faces is whole only without the tags
                yield html.unescape(_TAG.sub("", text))
                yield html.unescape(" ".join(_VALUE.findall(text)))


def _words(item: Any) -> Iterator[str]:
    """Yield the strings of an object of a PDF and of what lies inside it, not of what it refers to."""
    import pikepdf

    if isinstance(item, pikepdf.String):
        yield str(item)
    elif isinstance(item, pikepdf.Dictionary | pikepdf.Array):
        values = item.values() if isinstance(item, pikepdf.Dictionary) else item
        for value in list(values):
            if isinstance(value, pikepdf.Object) and not value.is_indirect:
                yield from _words(value)


def _pdf(data: bytes) -> Iterator[str]:
    import pikepdf
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        for page in document:
            yield page.get_textpage().get_text_bounded()
        for item in document.get_toc():
            yield str(item.get_title() if hasattr(item, "get_title") else item.title)
    finally:
        document.close()
    with pikepdf.open(io.BytesIO(data)) as opened:
        yield " ".join(str(value) for value in opened.docinfo.values())
        for item in opened.objects:
            # words of figures, notes, bookmarks, names of what is attached
            yield " ".join(_words(item))
        if "/Metadata" in opened.Root:
            yield opened.Root.Metadata.read_bytes().decode("utf-8", errors="replace")
