"""PDF/A-1b: what we write into the file, and what an independent judge says of it."""

from __future__ import annotations

import io
import struct
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pikepdf
import pytest

from app.exporters.pdfa import iso_date, srgb_profile, to_pdfa
from app.exporters.signing import sign_pdf
from tests.helpers import outside
from tests.helpers.certificates import PASSWORD, ivanova
from tests.helpers.pdfs import bare, paper, signed_once, signed_twice, with_places

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DC = "{http://purl.org/dc/elements/1.1/}"
XMP = "{http://ns.adobe.com/xap/1.0/}"
PDF = "{http://ns.adobe.com/pdf/1.3/}"
PDFAID = "{http://www.aiim.org/pdfa/ns/id/}"


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def xmp_of(data: bytes) -> ET.Element:
    with opened(data) as pdf:
        return ET.fromstring(pdf.Root.Metadata.read_bytes().decode("utf-8").strip())


def test_profile_is_icc_2_with_one_curve_for_three_channels() -> None:
    profile = srgb_profile()
    size, version = struct.unpack(">I", profile[:4])[0], profile[8]
    assert size == len(profile)
    assert version == 2
    assert profile[36:40] == b"acsp"
    count = struct.unpack(">I", profile[128:132])[0]
    tags = [struct.unpack(">4sII", profile[132 + 12 * i : 144 + 12 * i]) for i in range(count)]
    places = {name: (offset, length) for name, offset, length in tags}
    assert places[b"rTRC"] == places[b"gTRC"] == places[b"bTRC"]
    assert all(offset % 4 == 0 and offset + length <= size for offset, length in places.values())
    offset, length = places[b"rTRC"]
    curve = struct.unpack(">1024H", profile[offset + 12 : offset + length])
    # 0 and 1 stay; half-way up the signal is 21.4 % of the light (sRGB: ((0.5+0.055)/1.055)^2.4)
    assert (curve[0], curve[-1]) == (0, 65535)
    assert curve[512] / 65535 == pytest.approx(0.2145, abs=0.0005)


def test_information_and_xmp_agree_and_escape() -> None:
    data = to_pdfa(paper())
    xmp = xmp_of(data)
    with opened(data) as pdf:
        info = {key: str(value) for key, value in pdf.docinfo.items()}
        assert pdf.pdf_version == "1.4"
        assert str(pdf.Root.Lang) == "ru-RU"
        assert pdf.Root.OutputIntents[0].DestOutputProfile.N == 3
    assert xmp.findtext(f".//{PDFAID}part") == "1"
    assert xmp.findtext(f".//{PDFAID}conformance") == "B"
    assert xmp.findtext(f".//{DC}title//{RDF}li") == info["/Title"] == "Список школ & «основания» <2026>"
    assert xmp.findtext(f".//{DC}creator//{RDF}li") == info["/Author"]
    assert xmp.findtext(f".//{PDF}Producer") == info["/Producer"]
    assert xmp.findtext(f".//{XMP}CreateDate") == iso_date(info["/CreationDate"])
    assert xmp.findtext(f".//{XMP}ModifyDate") == iso_date(info["/ModDate"])
    assert "/Trapped" not in info


def test_producer_is_what_signing_writes_again() -> None:
    from pyhanko.pdf_utils.metadata.model import VENDOR

    with opened(to_pdfa(paper())) as pdf:
        assert str(pdf.docinfo["/Producer"]) == VENDOR


def test_a_document_without_dates_gets_the_given_moment() -> None:
    data = to_pdfa(bare(), moment=datetime(2026, 11, 22, 14, 5, 7, tzinfo=UTC))
    assert xmp_of(data).findtext(f".//{XMP}CreateDate") == "2026-11-22T14:05:07+00:00"


def test_transparency_groups_of_plotting_libraries_go() -> None:
    with opened(paper()) as pdf:
        pdf.pages[0].obj.Group = pikepdf.Dictionary(S=pikepdf.Name.Transparency, CS=pikepdf.Name.DeviceRGB)
        buffer = io.BytesIO()
        pdf.save(buffer)
    with opened(to_pdfa(buffer.getvalue())) as pdf:
        assert "/Group" not in pdf.pages[0].obj


@pytest.mark.parametrize(
    ("pdf_date", "expected"),
    [
        ("D:20261122140507+03'00'", "2026-11-22T14:05:07+03:00"),
        ("D:20261122140507Z", "2026-11-22T14:05:07Z"),
        ("D:20261122140507-05'30'", "2026-11-22T14:05:07-05:30"),
        ("D:20261122", "2026-11-22T00:00:00Z"),
        ("D:2026", "2026-01-01T00:00:00Z"),
    ],
)
def test_dates_of_pdf_become_iso(pdf_date: str, expected: str) -> None:
    assert iso_date(pdf_date) == expected


def test_a_date_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="not a PDF date"):
        iso_date("22.11.2026")


if outside.PREFLIGHT:

    @pytest.mark.slow
    def test_preflight_accepts_the_places_and_two_signatures(tmp_path: Path) -> None:
        files = {
            "places": with_places(),
            "once": signed_once(),
            "twice": signed_twice(),
            "sheet": sign_pdf(to_pdfa(paper()), ivanova().p12, PASSWORD).pdf,
        }
        assert outside.preflight(tmp_path, files) == dict.fromkeys(files, "valid")

    @pytest.mark.slow
    def test_preflight_would_refuse_the_raw_paper(tmp_path: Path) -> None:
        assert outside.preflight(tmp_path, {"raw": paper()})["raw"] != "valid"
