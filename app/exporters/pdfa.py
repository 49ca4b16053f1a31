"""PDF/A-1b made of a finished PDF: colour profile, output intent and XMP that agree with the document information.

Done once, before the first signature: any later rewriting breaks signatures. What it cannot repair it does not
touch: fonts must be embedded and colours opaque already (reportlab with our fonts does that).
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    import pikepdf

CONDITION = "sRGB IEC61966-2.1"
LANGUAGE = "ru-RU"

_S15 = 65536
_CURVE_POINTS = 1024
_TAG_TABLE_START = 132
_PDF_DATE = re.compile(
    r"D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?"  # year to second, each later part may be absent
    r"(?:([+\-Z])(?:(\d\d)'?(?:(\d\d)'?)?)?)?"
)

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">\
<pdfaid:part>1</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance></rdf:Description>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">\
<dc:format>application/pdf</dc:format>{dublin}</rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">{basic}</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">{pdf}</rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def to_pdfa(
    source: bytes, *, moment: datetime | None = None, prepare: Callable[[pikepdf.Pdf], None] | None = None
) -> bytes:
    """Return the same document as PDF/A-1b (ISO 19005-1).

    Args:
        source: a PDF with embedded fonts and opaque colours, not signed yet.
        moment: date of creation and change where the document has none; now when omitted.
        prepare: is done to the open file first: one opening is enough for all.

    Returns:
        The file: version 1.4, no object streams, Producer exactly as pyHanko writes it (it rewrites
        that field in one place only, and PDF/A wants the places to agree).
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(source)) as pdf:
        if prepare is not None:
            prepare(pdf)
        _drop_transparency_groups(pdf)
        info = _settle_information(pdf, moment or datetime.now(UTC))
        _set_output_intent(pdf)
        pdf.Root.Lang = pikepdf.String(LANGUAGE)
        metadata = pdf.make_stream(_xmp(info).encode("utf-8"))
        metadata.Type, metadata.Subtype = pikepdf.Name.Metadata, pikepdf.Name.XML
        pdf.Root.Metadata = metadata
        return save_pdfa(pdf)


def save_pdfa(pdf: pikepdf.Pdf) -> bytes:
    """Write a document the way PDF/A-1 wants it: version 1.4, plain cross-reference table."""
    import pikepdf

    buffer = io.BytesIO()
    pdf.save(
        buffer,
        force_version="1.4",
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        deterministic_id=True,
        fix_metadata_version=False,
    )
    return buffer.getvalue()


@cache
def srgb_profile() -> bytes:
    """Return an ICC profile of sRGB, version 2.1.

    PDF/A-1 knows no ICC version 4, which is what image libraries carry; so the profile is written here from the
    public figures of IEC 61966-2-1 (primaries adapted to D50, transfer curve of 1,024 points).
    """
    description = CONDITION.encode("ascii") + b"\0"
    tags: list[tuple[bytes, bytes]] = [
        (b"desc", b"desc\0\0\0\0" + struct.pack(">I", len(description)) + description + b"\0" * 78),
        (b"cprt", b"text\0\0\0\0Public domain\0"),
        (b"wtpt", _xyz(0.9505, 1.0, 1.0891)),
        (b"rXYZ", _xyz(0.43607, 0.22249, 0.01392)),
        (b"gXYZ", _xyz(0.38515, 0.71687, 0.09708)),
        (b"bXYZ", _xyz(0.14307, 0.06061, 0.71410)),
        *((name, _transfer_curve()) for name in (b"rTRC", b"gTRC", b"bTRC")),
    ]
    start = _TAG_TABLE_START + 12 * len(tags)
    table, body = b"", b""
    places: dict[bytes, int] = {}
    for name, value in tags:
        if value not in places:  # the three curves are one
            places[value] = start + len(body)
            body += value + b"\0" * (-len(value) % 4)
        table += name + struct.pack(">II", places[value], len(value))
    return _profile_header(start + len(body)) + struct.pack(">I", len(tags)) + table + body


def _profile_header(size: int) -> bytes:
    header = struct.pack(
        ">I4sI4s4s4s6H4s4sI4s4sQI3i4s",
        size,
        b"\0" * 4,
        0x02100000,
        b"mntr",
        b"RGB ",
        b"XYZ ",
        *(2026, 1, 1, 0, 0, 0),
        b"acsp",
        b"\0" * 4,
        0,
        b"\0" * 4,
        b"\0" * 4,
        0,
        0,
        *(63190, 65536, 54061),  # the D50 white point of every profile
        b"\0" * 4,
    )
    return header.ljust(128, b"\0")


def _xyz(*values: float) -> bytes:
    return b"XYZ \0\0\0\0" + b"".join(struct.pack(">i", round(value * _S15)) for value in values)


@cache
def _transfer_curve() -> bytes:
    steps = (index / (_CURVE_POINTS - 1) for index in range(_CURVE_POINTS))
    linear = (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in steps)
    points = [round(65535 * y) for y in linear]
    return b"curv\0\0\0\0" + struct.pack(f">I{_CURVE_POINTS}H", _CURVE_POINTS, *points)


def _set_output_intent(pdf: pikepdf.Pdf) -> None:
    import pikepdf

    intent = pikepdf.Dictionary(
        Type=pikepdf.Name.OutputIntent,
        S=pikepdf.Name.GTS_PDFA1,
        OutputConditionIdentifier=pikepdf.String(CONDITION),
        Info=pikepdf.String(CONDITION),
        DestOutputProfile=pdf.make_stream(srgb_profile(), N=3),
    )
    pdf.Root.OutputIntents = pikepdf.Array([pdf.make_indirect(intent)])


def _drop_transparency_groups(pdf: pikepdf.Pdf) -> None:
    """Remove /Group of pages and forms: plotting libraries add one even where everything is opaque."""
    import pikepdf

    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary | pikepdf.Stream) and "/Group" in item:
            group = item["/Group"]
            if isinstance(group, pikepdf.Dictionary) and group.get("/S") == "/Transparency":
                del item["/Group"]


def _settle_information(pdf: pikepdf.Pdf, moment: datetime) -> dict[str, str]:
    """Make the information dictionary whole and return it as text, key by key."""
    import pikepdf
    from pyhanko.pdf_utils.metadata.model import VENDOR

    info = pdf.docinfo
    for key, value in list(info.items()):
        if key == "/Trapped" or not str(value).strip():
            del info[key]
    stamp = moment.astimezone(UTC).strftime("D:%Y%m%d%H%M%S+00'00'")
    for key in ("/CreationDate", "/ModDate"):
        if key not in info or not _PDF_DATE.fullmatch(str(info[key])):
            info[key] = pikepdf.String(stamp)
    info["/Producer"] = pikepdf.String(VENDOR)
    return {key: str(value) for key, value in info.items()}


def _xmp(info: dict[str, str]) -> str:
    def filled(key: str, template: str) -> str:
        return template.format(escape(info[key])) if key in info else ""

    alternative = '<rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt>'
    return _XMP.format(
        dublin=filled("/Title", f"<dc:title>{alternative}</dc:title>")
        + filled("/Author", "<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>")
        + filled("/Subject", f"<dc:description>{alternative}</dc:description>"),
        basic=filled("/Creator", "<xmp:CreatorTool>{}</xmp:CreatorTool>")
        + f"<xmp:CreateDate>{iso_date(info['/CreationDate'])}</xmp:CreateDate>"
        + f"<xmp:ModifyDate>{iso_date(info['/ModDate'])}</xmp:ModifyDate>",
        pdf=filled("/Keywords", "<pdf:Keywords>{}</pdf:Keywords>")
        + filled("/Producer", "<pdf:Producer>{}</pdf:Producer>"),
    )


def iso_date(pdf_date: str) -> str:
    """Return «2026-11-22T14:05:00+03:00» of «D:20261122140500+03'00'».

    Raises:
        ValueError: the text is not a date of PDF.
    """
    match = _PDF_DATE.fullmatch(pdf_date)
    if match is None:
        raise ValueError(f"not a PDF date: {pdf_date!r}")
    year, month, day, hour, minute, second, sign, off_hour, off_minute = match.groups()
    zone = "Z" if sign in (None, "Z") else f"{sign}{off_hour or '00'}:{off_minute or '00'}"
    clock = f"{hour or '00'}:{minute or '00'}:{second or '00'}"
    return f"{year}-{month or '01'}-{day or '01'}T{clock}{zone}"
