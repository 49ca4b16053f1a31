"""Signatures inside books of Excel and texts of Word: what they cover, what was changed, what others say of them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from app.exporters.ooxml_check import verify_office
from app.exporters.verifying import verify_file
from tests.exporters.test_ooxml_signing import docx, parts, repacked, signed, xlsx
from tests.helpers import outside
from tests.helpers.certificates import centre, ivanova, person, petrov

SHEET = "xl/worksheets/sheet1.xml"
SIGNATURE = "_xmlsignatures/sig1.xml"


def packed(content: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def verdict(data: bytes) -> str:
    return verify_file(data, trust=[centre().pem]).verdict


@pytest.mark.parametrize("make", [xlsx, docx])
def test_a_good_signature(make: Callable[[], bytes]) -> None:
    data = signed(make(), ivanova())
    answer = verify_file(data, trust=[centre().pem])
    assert (answer.verdict, answer.kind, answer.uncovered) == ("valid", "office", ())
    (one,) = answer.signatures
    assert (one.signer, one.position, one.algorithm) == ("Иванова Мария Петровна", "Директор", "RSA, 2048 бит, SHA-256")
    assert one.covers_whole_file
    assert "кроме его свойств" in one.scope
    assert one.time is not None
    assert verify_file(data).verdict == "valid_unknown_issuer"
    assert verify_file(make()).verdict == "not_signed"


def test_two_signers_and_the_worst_speaks() -> None:
    stranger = person("Чужой Пётр Ильич", number=6, issuer=centre("Другой УЦ", 5))
    answer = verify_file(signed(xlsx(), ivanova(), petrov(), stranger), trust=[centre().pem])
    found = {one.signer: one.verdict for one in answer.signatures}
    assert set(found.values()) == {"valid", "valid_unknown_issuer"}
    assert found["Чужой Пётр Ильич"] == "valid_unknown_issuer"
    assert answer.verdict == "valid_unknown_issuer"


def test_a_changed_cell_is_named() -> None:
    answer = verify_file(repacked(signed(xlsx(), ivanova()), SHEET, b"123.5", b"999.5"))
    assert answer.verdict == "broken"
    assert "лист книги (xl/worksheets/sheet1.xml)" in answer.reason


def test_a_lost_part_is_named() -> None:
    content = parts(signed(xlsx(), ivanova()))
    del content["xl/worksheets/sheet2.xml"]
    answer = verify_office(packed(content))
    assert answer.verdict == "broken"
    assert "больше нет" in answer.reason


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Утверждаю".encode(), "Отвергаю!".encode()),
        (b"<SignatureValue>", b"<SignatureValue>AAAA"),
        (b"idOfficeObject", b"idOfficeObjecT"),
        (b"rsa-sha256", b"rsa-sha512"),
    ],
)
def test_a_changed_signature(old: bytes, new: bytes) -> None:
    assert verdict(repacked(signed(xlsx(), ivanova()), SIGNATURE, old, new)) == "broken"


def test_the_list_of_parts_cannot_be_made_shorter() -> None:
    content = parts(signed(xlsx(), ivanova()))
    short = re.sub(
        rb'<Reference URI="/xl/worksheets/sheet1.xml.*?</Reference>', b"", content[SIGNATURE], flags=re.DOTALL
    )
    assert short != content[SIGNATURE]
    assert verdict(packed(content | {SIGNATURE: short})) == "broken"


def test_a_second_list_put_forward_for_the_signed_one() -> None:
    """Wrapping: the signed object is moved aside, another list of the same name stands in its place."""
    content = parts(signed(xlsx(), ivanova()))
    found = re.search(rb'<Object Id="idPackageObject">.*?</Object>', content[SIGNATURE], flags=re.DOTALL)
    assert found is not None
    empty = b'<Object Id="idPackageObject"><Manifest></Manifest></Object>'
    for forged in (
        content[SIGNATURE].replace(found[0], found[0] + empty),
        content[SIGNATURE].replace(found[0], empty + found[0]),
        content[SIGNATURE].replace(found[0], empty.replace(b"</Object>", found[0] + b"</Object>")),
        content[SIGNATURE].replace(found[0], found[0] + empty.replace(b' Id="idPackageObject"', b"")),
    ):
        changed = content | {SIGNATURE: forged, SHEET: content[SHEET].replace(b"123.5", b"999.5")}
        assert verdict(packed(changed)) == "broken"
        assert verdict(packed(content | {SIGNATURE: forged})) == "broken"


def test_a_part_that_nobody_signed_is_named() -> None:
    content = parts(signed(xlsx(), ivanova()))
    answer = verify_office(packed(content | {"xl/vbaProject.bin": b"macro"}), trust=[centre().pem])
    assert answer.verdict == "not_whole_file"
    assert answer.uncovered == ("xl/vbaProject.bin",)
    assert "макросы" in answer.reason


def test_a_new_relationship_in_a_signed_list_of_them() -> None:
    content = parts(signed(xlsx(), ivanova()))
    name = "xl/_rels/workbook.xml.rels"
    new = (
        b'<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        b'externalLink" Target="http://example.org/x" TargetMode="External"/></Relationships>'
    )
    forged = content[name].replace(b"</Relationships>", new)
    assert forged != content[name]
    assert verdict(packed(content | {name: forged})) == "not_whole_file"


def test_changed_properties_of_the_file_are_no_change_of_the_document() -> None:
    content = parts(signed(xlsx(), ivanova()))
    assert verdict(packed(content | {"docProps/core.xml": b"<x/>"})) == "valid"


def test_another_type_for_a_signed_part() -> None:
    content = parts(signed(xlsx(), ivanova()))
    types = content["[Content_Types].xml"].replace(b"spreadsheetml.worksheet+xml", b"spreadsheetml.chartsheet+xml")
    assert types != content["[Content_Types].xml"]
    assert verdict(packed(content | {"[Content_Types].xml": types})) == "broken"


def test_two_parts_of_one_name() -> None:
    data = io.BytesIO(signed(xlsx(), ivanova()))
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr(SHEET.upper(), b"<worksheet/>")
    answer = verify_office(data.getvalue())
    assert answer.verdict == "damaged_file"
    assert "с одним именем" in answer.reason


@pytest.mark.parametrize(
    "signature", [b"", b"<x/>", b"not xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', b"<Signature/>"]
)
def test_a_signature_that_is_none(signature: bytes) -> None:
    assert verdict(packed(parts(signed(xlsx(), ivanova())) | {SIGNATURE: signature})) == "broken"


def test_an_unknown_scheme_is_not_called_broken() -> None:
    data = repacked(
        signed(xlsx(), ivanova()), SIGNATURE, b"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
        b"urn:ietf:params:xml:ns:cpxmlsec:algorithms:gostr34102012-gostr34112012-256",
    )  # fmt: skip
    answer = verify_file(data)
    assert answer.verdict == "unsupported_algorithm"
    assert "ГОСТ" in answer.reason
    assert answer.signatures[0].signer == "Иванова Мария Петровна"


@pytest.mark.parametrize("cut", [4, 100, -200, -22])
def test_a_cut_file(cut: int) -> None:
    assert verdict(signed(xlsx(), ivanova())[:cut]) in {"damaged_file", "not_signed"}
    assert verdict(signed(xlsx(), ivanova())[:cut]) != "valid"


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.exporters.ooxml_check.MOST_BYTES", 10_000)
    bomb = packed({"[Content_Types].xml": b"<Types/>", "xl/a.xml": b"\0" * 20_000})
    assert verdict(bomb) == "damaged_file"


def test_any_flip_in_a_signed_part_is_caught() -> None:
    content = parts(signed(xlsx(), ivanova()))
    for name in (SHEET, "xl/workbook.xml", "xl/styles.xml"):
        for position in range(0, len(content[name]), max(1, len(content[name]) // 12)):
            body = bytearray(content[name])
            body[position] ^= 0x20
            assert verdict(packed(content | {name: bytes(body)})) == "broken", (name, position)


def variants() -> dict[str, bytes]:
    """Files on which others are asked: good ones and spoiled ones."""
    book = signed(xlsx(), ivanova(), petrov())
    return {
        "book.xlsx": book,
        "letter.docx": signed(docx(), ivanova()),
        "cell.xlsx": repacked(book, SHEET, b"123.5", b"999.5"),
        "comment.xlsx": repacked(book, SIGNATURE, "Утверждаю".encode(), "Отвергаю!".encode()),
    }


if outside.XMLSEC:
    from tests.exporters.test_ooxml_signing import xmlsec

    def test_xmlsec_and_we_agree_on_each_signature(tmp_path: Path) -> None:
        """xmlsec1 looks at the XML alone, so only what is wrong in the XML itself can be compared."""
        for name, data in variants().items():
            if name == "cell.xlsx":
                continue
            answer = verify_office(data, trust=[centre().pem])
            for number, one in enumerate(answer.signatures, start=1):
                part = f"_xmlsignatures/sig{number}.xml"
                theirs = xmlsec(tmp_path, data, part).lstrip().startswith("OK")
                ours = {found.field: found.verdict for found in answer.signatures}[part] == "valid"
                assert ours == theirs, (name, part, one.reason)


if outside.UNO:
    from tests.exporters.test_ooxml_signing import judged

    def test_libreoffice_and_we_agree(tmp_path: Path) -> None:
        files = variants()
        for name, data in files.items():
            (tmp_path / name).write_bytes(data)
        said = judged(tmp_path, *files)
        for name, data in files.items():
            answer = verify_office(data, trust=[centre().pem])
            theirs = sorted(valid == "True" and trusted == "0" for valid, trusted in said[name])
            assert sorted(one.verdict == "valid" for one in answer.signatures) == theirs, name
