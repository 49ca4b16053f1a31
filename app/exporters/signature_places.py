"""Empty places for signatures: made before the first signature, filled one after another (decision 30)."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app import texts
from app.exporters.pdfa import save_pdfa
from app.exporters.stamp import draw_sheet, sheet_margin

if TYPE_CHECKING:
    import pikepdf

PRINT_AND_LOCKED = 4 | 128
"""Annotation flags: PDF/A demands Print; Locked keeps a viewer from moving the place."""

SLOT_WIDTH, SLOT_HEIGHT, SLOT_GAP = 226.0, 85.0, 14.0
"""Size of one place on the sheet of signatures, points (80 × 30 mm)."""

SHEET_ROWS, SHEET_COLUMNS = 5, 2

_A4 = (595.28, 841.89)


@dataclass(frozen=True, slots=True)
class SignaturePlace:
    """One place for a signature.

    Attributes:
        name: name of the form field, unique in the file, without dots (a dot makes a hierarchy in PDF).
        page: page number counted from 0.
        box: left, bottom, right, top in points from the bottom left corner of the page.
        role: who signs here, as shown by a viewer («Председатель комиссии»).
    """

    name: str
    page: int
    box: tuple[float, float, float, float]
    role: str

    @property
    def size(self) -> tuple[float, float]:
        """Width and height, points."""
        left, bottom, right, top = self.box
        return round(abs(right - left), 2), round(abs(top - bottom), 2)

    @property
    def visible(self) -> bool:
        """A field without area is how PDF says «invisible»."""
        return min(self.size) > 0


def add_signature_fields(pdf: bytes, places: Sequence[SignaturePlace]) -> bytes:
    """Put empty signature fields into a document that carries no signature yet.

    PDF/A-1b stays PDF/A-1b: each field has the Print flag and an (empty) appearance.

    Args:
        pdf: the file, after ``to_pdfa`` where PDF/A is wanted.
        places: where the signatures will stand; no places give the same file back.

    Raises:
        ValueError: two places of one name, a name with a dot, a page that is not there: a bug of the caller.
    """
    import pikepdf

    if not places:
        return pdf
    with pikepdf.open(io.BytesIO(pdf)) as document:
        _put_fields(document, places)
        if document.pdf_version == "1.4":
            return save_pdfa(document)
        buffer = io.BytesIO()
        document.save(buffer, deterministic_id=True, fix_metadata_version=False)
        return buffer.getvalue()


def add_sheet(pdf: bytes) -> bytes:
    """Add the page «Лист подписей» with free places behind an unsigned foreign document.

    The page is as large as the last one. It holds as many places as fit, ten at most, so that those who sign
    later are seen too.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as document:
        count = len(document.pages)
        width, height = _page_size(document.pages[-1])
        sheet = draw_sheet(width, height, texts.count(count, "страница", "страницы", "страниц"))
        with pikepdf.open(io.BytesIO(sheet)) as drawn:
            document.pages.append(drawn.pages[0])
            _put_fields(document, list(_slots(count, width, height, _names(document))))
            buffer = io.BytesIO()
            document.save(buffer, fix_metadata_version=False)
    return buffer.getvalue()


def empty_places(reader: Any) -> list[SignaturePlace]:
    """Return the signature fields nobody has signed, in the order of the form.

    Args:
        reader: a ``pyhanko`` reader or writer.
    """
    from pyhanko.sign.fields import enumerate_sig_fields

    found = []
    for name, _, reference in enumerate_sig_fields(reader, filled_status=False):
        field = reference.get_object()
        widget = field["/Kids"][0] if "/Kids" in field and "/Rect" not in field else field
        box = [float(value) for value in widget.get("/Rect", (0, 0, 0, 0))]
        role = str(field.get("/TU", ""))
        found.append(SignaturePlace(str(name), -1, (box[0], box[1], box[2], box[3]), role))
    return found


def _put_fields(document: pikepdf.Pdf, places: Sequence[SignaturePlace]) -> None:
    import pikepdf

    names = _names(document)
    for place in places:
        if place.name in names or "." in place.name or not 0 <= place.page < len(document.pages):
            raise ValueError(f"a signature place cannot be put: {place}")
        names.add(place.name)
    form = document.Root.get("/AcroForm")
    if form is None:
        form = document.make_indirect(pikepdf.Dictionary(Fields=pikepdf.Array()))
        document.Root.AcroForm = form
    if "/Fields" not in form:
        form.Fields = pikepdf.Array()
    form.SigFlags = int(form.get("/SigFlags", 0)) | 1
    for place in places:
        page = document.pages[place.page]
        field = _field(document, place, page)
        form.Fields.append(field)
        if "/Annots" not in page.obj:
            page.obj.Annots = pikepdf.Array()
        page.obj.Annots.append(field)


def _field(document: pikepdf.Pdf, place: SignaturePlace, page: pikepdf.Page) -> pikepdf.Object:
    import pikepdf

    width, height = place.size
    empty = document.make_stream(b"")
    empty.Type, empty.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    empty.BBox = pikepdf.Array([0, 0, round(width, 2), round(height, 2)])
    empty.Resources = pikepdf.Dictionary()
    return document.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Sig,
            T=pikepdf.String(place.name),
            TU=pikepdf.String(place.role),
            F=PRINT_AND_LOCKED,
            Rect=pikepdf.Array([round(value, 2) for value in place.box]),
            P=page.obj,
            AP=pikepdf.Dictionary(N=empty),
        )
    )


def _names(document: pikepdf.Pdf) -> set[str]:
    """Return the names of the top fields of the form; deeper ones cannot clash with ours."""
    form = document.Root.get("/AcroForm")
    fields = form.get("/Fields") if form is not None else None
    return {str(field.get("/T", "")) for field in fields} if fields is not None else set()


def _page_size(page: pikepdf.Page) -> tuple[float, float]:
    """Return width and height as the reader sees them, points; A4 where the page says nonsense."""
    left, bottom, right, top = (float(value) for value in page.mediabox)
    width, height = abs(right - left), abs(top - bottom)
    if min(width, height) < 36:
        return _A4
    turned = int(page.obj.get("/Rotate", 0)) % 180 == 90
    return (height, width) if turned else (width, height)


def _slots(page: int, width: float, height: float, taken: set[str]) -> Iterator[SignaturePlace]:
    margin = sheet_margin(width, height)
    slot_width = min(SLOT_WIDTH, width - 2 * margin)
    slot_height = min(SLOT_HEIGHT, slot_width * SLOT_HEIGHT / SLOT_WIDTH, height * 0.4)
    columns = min(SHEET_COLUMNS, int((width - 2 * margin + SLOT_GAP) // (slot_width + SLOT_GAP)) or 1)
    first_top = height - margin - min(70.0, height * 0.3)
    rows = min(SHEET_ROWS, int((first_top - margin + SLOT_GAP) // (slot_height + SLOT_GAP)) or 1)
    number = 0
    for row in range(rows):
        for column in range(columns):
            number += 1
            name = f"sheet{number}"
            while name in taken:
                name += "x"
            left = margin + column * (slot_width + SLOT_GAP)
            top = first_top - row * (slot_height + SLOT_GAP)
            box = (left, top - slot_height, left + slot_width, top)
            yield SignaturePlace(name, page, box, f"Подпись {number}")
