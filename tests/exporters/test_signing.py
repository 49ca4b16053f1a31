"""Signing: keys that are refused, places that are taken, and bytes that only grow."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import pkcs12

from app.errors import UserError
from app.exporters.signing import LEGAL_NOTE, SignaturePlace, add_signature_fields, load_p12, sign_pdf
from app.exporters.stamp import MarkText, draw_mark
from app.exporters.verifying import verify_pdf
from tests.helpers.certificates import PASSWORD, Person, centre, ivanova, moment, person, petrov, web_server_purpose
from tests.helpers.pdfs import (
    A4,
    CHAIR,
    CLERK,
    HIDDEN,
    bare,
    flipped,
    paper,
    rewritten,
    signed_by,
    signed_once,
    signed_twice,
    small_signed,
    updated,
    with_places,
)


def refusal(action: Callable[[], object]) -> UserError:
    with pytest.raises(UserError) as caught:
        action()
    assert caught.value.what
    assert caught.value.cure
    assert "неизвестно" not in f"{caught.value}"
    return caught.value


def text_of(pdf: bytes, page: int) -> str:
    """The text of a page, marks of signatures included, as a viewer draws it."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        document.init_forms()
        flat = document[page]
        import pypdfium2.raw as raw

        assert raw.FPDFPage_Flatten(flat, raw.FLAT_PRINT) != raw.FLATTEN_FAIL
        page_again = document[page]
        text = page_again.get_textpage()
        return " ".join(text.get_text_range().split())
    finally:
        document.close()


# --- the key -----------------------------------------------------------------------------------------------


def test_the_facts_of_a_key() -> None:
    identity = load_p12(ivanova().p12, PASSWORD)
    facts = identity.facts
    assert facts.owner == "Иванова Мария Петровна"
    assert facts.position == "Директор"
    assert facts.organisation == "МБОУ «СОШ № 5»"
    assert facts.issuer == "Тестовый УЦ"
    assert int(facts.serial, 16) == ivanova().certificate.serial_number
    assert len(facts.serial) % 2 == 0
    assert facts.valid_to == ivanova().certificate.not_valid_after_utc
    assert "rsa" not in repr(identity).lower()


def test_a_missing_file(tmp_path: Path) -> None:
    error = refusal(lambda: load_p12(tmp_path / "нет.p12", PASSWORD))
    assert error.code == "SIGN_P12_MISSING"
    assert "нет.p12" in error.what


def test_a_wrong_password(tmp_path: Path) -> None:
    path = tmp_path / "ключ.p12"
    path.write_bytes(ivanova().p12)
    error = refusal(lambda: load_p12(path, "пароль-1"))
    assert error.code == "SIGN_P12_PASSWORD"
    assert "ключ.p12" in error.what


@pytest.mark.parametrize(
    "data", [b"", b"garbage", b"%PDF-1.4", b"-----BEGIN CERTIFICATE-----\n", ivanova().der, ivanova().p12[:300]]
)
def test_what_is_not_a_container(data: bytes) -> None:
    assert refusal(lambda: load_p12(data, PASSWORD)).code == "SIGN_P12_NOT"


def test_a_container_without_a_key() -> None:
    only_certificates = pkcs12.serialize_key_and_certificates(
        b"x", None, None, [ivanova().certificate], serialization.BestAvailableEncryption(b"1")
    )
    assert refusal(lambda: load_p12(only_certificates, "1")).code == "SIGN_P12_NO_KEY"


def test_a_container_without_the_certificate_of_its_key() -> None:
    only_key = pkcs12.serialize_key_and_certificates(
        b"x", ivanova().key, None, None, serialization.BestAvailableEncryption(b"1")
    )
    assert refusal(lambda: load_p12(only_key, "1")).code == "SIGN_P12_NO_CERT"


def test_a_key_of_another_kind() -> None:
    who = person(own_key=ed25519.Ed25519PrivateKey.generate())
    error = refusal(lambda: load_p12(who.p12, PASSWORD))
    assert error.code == "SIGN_P12_UNSUPPORTED"
    assert ".sig" in error.cure


@pytest.mark.parametrize(
    ("make", "code", "said"),
    [
        (lambda: person(valid=(-800, -1)), "SIGN_CERT_EXPIRED", moment(-1).strftime("%d.%m.%Y")),
        (lambda: person(valid=(2, 400)), "SIGN_CERT_NOT_YET", "начнёт действовать"),
        (lambda: person(usages=("key_encipherment",)), "SIGN_CERT_USAGE", "не предназначен"),
        (lambda: person(purposes=web_server_purpose()), "SIGN_CERT_USAGE", "не предназначен"),
        (lambda: person(number=9, bits=1024), "SIGN_KEY_WEAK", "1024"),
    ],
)
def test_certificates_that_may_not_sign(make: Callable[[], Person], code: str, said: str) -> None:
    who = make()
    error = refusal(lambda: sign_pdf(with_places(), who.p12, PASSWORD))
    assert error.code == code
    assert said in error.what
    assert "Иванова" in error.what


def test_one_usage_of_the_two_is_enough() -> None:
    for usages in (("digital_signature",), ("content_commitment",), None):
        assert load_p12(person(usages=usages).p12, PASSWORD).facts.may_sign


# --- places ------------------------------------------------------------------------------------------------


def test_two_signers_take_the_places_in_order_and_the_file_only_grows() -> None:
    first = sign_pdf(with_places(), ivanova().p12, PASSWORD)
    second = sign_pdf(first.pdf, petrov().p12, PASSWORD)
    assert (first.place, first.visible, first.signer) == ("chair", True, "Иванова Мария Петровна")
    assert (second.place, second.visible, second.signer) == ("clerk", True, "Петров Сергей Иванович")
    assert "«Председатель комиссии»" in first.note
    assert first.pdf.startswith(with_places())
    assert second.pdf.startswith(first.pdf)
    assert first.valid_to == ivanova().certificate.not_valid_after_utc


def test_a_named_place_is_taken_and_an_unknown_one_lists_the_free() -> None:
    result = sign_pdf(with_places(), petrov().p12, PASSWORD, place="clerk")
    assert result.place == "clerk"
    error = refusal(lambda: sign_pdf(result.pdf, ivanova().p12, PASSWORD, place="clerk"))
    assert error.code == "SIGN_PLACE_UNKNOWN"
    assert "«chair»" in error.cure
    assert "«clerk»" not in error.cure


def test_a_signed_file_without_a_free_place_is_signed_invisibly_and_says_so() -> None:
    result = sign_pdf(signed_twice(), ivanova().p12, PASSWORD)
    assert not result.visible
    assert "не видно" in result.note
    assert result.pdf.startswith(signed_twice())
    assert len(verify_pdf(result.pdf).signatures) == 3
    again = sign_pdf(result.pdf, petrov().p12, PASSWORD)
    assert again.place != result.place


def test_a_foreign_paper_gets_a_sheet_of_the_same_size_and_the_next_signer_finds_it() -> None:
    landscape = (A4[1], A4[0])
    foreign = paper(3, landscape)
    result = sign_pdf(foreign, ivanova().p12, PASSWORD)
    assert result.visible
    assert "Лист подписей" in result.note
    with pikepdf.open(io.BytesIO(result.pdf)) as pdf:
        assert len(pdf.pages) == 4
        assert [float(x) for x in pdf.pages[3].mediabox] == pytest.approx([0, 0, *landscape], abs=0.01)
    second = sign_pdf(result.pdf, petrov().p12, PASSWORD)
    assert second.visible
    with pikepdf.open(io.BytesIO(second.pdf)) as pdf:
        assert len(pdf.pages) == 4
    shown = text_of(second.pdf, 3)
    assert "Лист подписей" in shown
    assert "3 страницы" in shown
    assert "Иванова Мария Петровна" in shown
    assert "Петров Сергей Иванович" in shown


def test_a_turned_and_a_tiny_foreign_page() -> None:
    with pikepdf.open(io.BytesIO(paper())) as pdf:
        pdf.pages[0].obj.Rotate = 90
        buffer = io.BytesIO()
        pdf.save(buffer)
    with pikepdf.open(io.BytesIO(signed_by(buffer.getvalue(), ivanova()))) as pdf:
        box = [float(x) for x in pdf.pages[1].mediabox]
        assert box == pytest.approx([0, 0, A4[1], A4[0]], abs=0.01)
    result = sign_pdf(bare(), ivanova().p12, PASSWORD)
    with pikepdf.open(io.BytesIO(result.pdf)) as pdf:
        left, bottom, right, top = (float(x) for x in pdf.Root.AcroForm.Fields[0].Rect)
        assert 0 < left < right < 200
        assert 0 < bottom < top < 200


def test_an_unsigned_form_keeps_its_fields_and_its_names() -> None:
    own = add_signature_fields(bare(), [SignaturePlace("sheet1", 0, (0, 0, 0, 0), "")])
    result = sign_pdf(own, ivanova().p12, PASSWORD)
    assert result.visible
    assert result.place != "sheet1"
    with pikepdf.open(io.BytesIO(result.pdf)) as pdf:
        names = [str(field.T) for field in pdf.Root.AcroForm.Fields]
    assert len(names) == len(set(names)) > 1
    assert "sheet1" in names


def test_places_are_print_fields_with_an_appearance() -> None:
    with pikepdf.open(io.BytesIO(with_places())) as pdf:
        fields = list(pdf.Root.AcroForm.Fields)
        assert [str(field.T) for field in fields] == ["chair", "clerk"]
        assert all(int(field.F) & 4 and "/N" in field.AP and "/V" not in field for field in fields)
        assert [str(field.TU) for field in fields] == ["Председатель комиссии", "Секретарь"]
        assert len(pdf.pages[0].obj.Annots) == 2


@pytest.mark.parametrize(
    "places",
    [
        [CHAIR, CHAIR],
        [SignaturePlace("a.b", 0, (0, 0, 9, 9), "")],
        [SignaturePlace("a", 1, (0, 0, 9, 9), "")],
        [SignaturePlace("a", -1, (0, 0, 9, 9), "")],
    ],
)
def test_impossible_places_are_a_fault_of_the_caller(places: list[SignaturePlace]) -> None:
    with pytest.raises(ValueError, match="cannot be put"):
        add_signature_fields(bare(), places)


def test_no_places_leave_the_file_alone() -> None:
    assert add_signature_fields(b"anything", []) == b"anything"


# --- the mark ----------------------------------------------------------------------------------------------


def test_the_mark_says_what_the_certificate_says() -> None:
    shown = text_of(signed_by(with_places(), ivanova(), position="И. о. директора"), 0)
    facts = load_p12(ivanova().p12, PASSWORD).facts
    assert "ДОКУМЕНТ ПОДПИСАН ЭЛЕКТРОННОЙ ПОДПИСЬЮ" in shown
    assert facts.serial in shown
    assert "Владелец: Иванова Мария Петровна" in shown
    assert "Должность: И. о. директора" in shown
    dates = f"с {facts.valid_from:%d.%m.%Y} по {facts.valid_to:%d.%m.%Y}"
    assert f"Действителен: {dates}" in shown


def test_there_is_no_mark_before_the_signature() -> None:
    assert "ПОДПИСАН" not in text_of(with_places(), 0)
    assert "Секретарь" not in text_of(signed_once(), 0)


def test_without_a_position_there_is_no_such_row() -> None:
    assert "Должность" not in text_of(signed_by(with_places(), petrov()), 0)


def test_a_very_long_name_and_position_are_drawn_whole() -> None:
    name = "Константинопольская-Преображенская Александра-Виктория Владиславовна-Святославовна"
    position = "исполняющая обязанности заместителя начальника управления образования администрации района"
    who = person(name, number=3, position=position)
    shown = text_of(signed_by(with_places(), who), 0)
    assert name in shown
    assert position in shown


@pytest.mark.parametrize("size", [(226.0, 85.0), (400.0, 60.0), (150.0, 50.0), (100.0, 40.0), (60.0, 140.0)])
def test_every_letter_of_a_long_mark_stands_inside_its_frame(size: tuple[float, float]) -> None:
    text = MarkText(
        serial="034BFC6C2B4280BF51052381BF54F7C2C4B8EE6D",
        owner="Константинопольская-Преображенская Александра-Виктория Владиславовна-Святославовна",
        valid_from="21.11.2026",
        valid_to="20.02.2028",
        position="исполняющая обязанности заместителя начальника управления образования администрации района",
    )
    document = pypdfium2.PdfDocument(draw_mark(text, *size))
    page = document[0].get_textpage()
    written = "".join(page.get_text_range().split())
    for value in (text.serial, text.owner, text.position or "", text.valid_to):
        assert "".join(value.split()) in written.replace("\ufffe", "-").replace("\x02", "-")
    boxes = [page.get_charbox(index) for index in range(page.count_chars())]
    real = [box for box in boxes if box[2] > box[0]]
    assert min(box[0] for box in real) >= 0
    assert min(box[1] for box in real) >= 0
    assert max(box[2] for box in real) <= size[0]
    assert max(box[3] for box in real) <= size[1]
    document.close()


# --- what the signature carries ----------------------------------------------------------------------------


def test_time_and_reason_are_the_given_ones() -> None:
    when = moment().astimezone() - timedelta(hours=5)
    result = sign_pdf(with_places(), ivanova().p12, PASSWORD, reason="Утверждаю", when=when)
    assert result.signed_at == when
    told = verify_pdf(result.pdf).signatures[0].time
    assert told is not None
    assert datetime.fromisoformat(told) == when
    from pyhanko.pdf_utils.reader import PdfFileReader

    signature = PdfFileReader(io.BytesIO(result.pdf)).embedded_signatures[0]
    assert signature.sig_object["/Reason"] == "Утверждаю"
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    kinds = {attribute["type"].native for attribute in signature.signer_info["signed_attrs"]}
    assert {"content_type", "message_digest", "signing_certificate_v2"} <= kinds
    assert "signing_time" not in kinds  # PAdES keeps the time in the PDF


def test_a_machine_with_a_nameless_time_zone_signs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "MSK-3")
    assert verify_pdf(signed_by(with_places(), ivanova())).verdict == "valid_unknown_issuer"


def test_the_time_of_signing_decides_whether_the_certificate_is_good() -> None:
    old = person(valid=(-800, -100))
    when = moment(-200)
    result = sign_pdf(with_places(), old.p12, PASSWORD, when=when)
    (verdict,) = verify_pdf(result.pdf, trust=[centre().pem]).signatures
    assert (verdict.verdict, verdict.certificate) == ("valid", "expired_now")


def test_an_elliptic_key_signs_too() -> None:
    who = person(curve=ec.SECP256R1())
    assert verify_pdf(signed_by(with_places(), who), trust=[centre().der]).verdict == "valid"


# --- files that are not signed -----------------------------------------------------------------------------


def encrypted() -> bytes:
    with pikepdf.open(io.BytesIO(paper())) as pdf:
        buffer = io.BytesIO()
        pdf.save(buffer, encryption=pikepdf.Encryption(owner="o", user="u"))
    return buffer.getvalue()


def page_replaced(pdf: bytes) -> bytes:
    from pyhanko.pdf_utils import generic

    def change(writer: Any) -> None:
        page = writer.root["/Pages"]["/Kids"][0].get_object()
        page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"0 0 100 100 re f"))
        writer.update_container(page)

    return updated(pdf, change)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: b"", "SIGN_PDF_DAMAGED"),
        (lambda: b"PK\x03\x04 a workbook", "SIGN_PDF_DAMAGED"),
        (lambda: paper()[:400], "SIGN_PDF_DAMAGED"),
        (encrypted, "SIGN_PDF_ENCRYPTED"),
        (lambda: flipped(signed_once(), 200), "SIGN_PDF_BROKEN"),
        (lambda: page_replaced(signed_once()), "SIGN_PDF_BROKEN"),
        (lambda: rewritten(signed_once()), "SIGN_PDF_BROKEN"),
        (lambda: signed_once() + b"tail", "SIGN_PDF_BROKEN"),
    ],
)
def test_files_that_are_refused(make: Callable[[], bytes], code: str) -> None:
    assert refusal(lambda: sign_pdf(make(), petrov().p12, PASSWORD)).code == code


def test_a_certified_file_that_forbids_more_signatures() -> None:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import MDPPerm
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner

    identity = load_p12(ivanova().p12, PASSWORD)
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    signer = SimpleSigner(identity.certificate, identity.key, SimpleCertificateStore())
    metadata = PdfSignatureMetadata("chair", certify=True, docmdp_permissions=MDPPerm.NO_CHANGES)
    output = io.BytesIO()
    PdfSigner(metadata, signer).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(with_places())), output=output)
    error = refusal(lambda: sign_pdf(output.getvalue(), petrov().p12, PASSWORD))
    assert error.code == "SIGN_PDF_LOCKED"


# --- manners -----------------------------------------------------------------------------------------------


def test_nothing_reaches_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    logging.getLogger("pyhanko").propagate = True
    signed = signed_by(add_signature_fields(bare(), [HIDDEN, CLERK]), ivanova())
    verify_pdf(page_replaced(signed))
    verify_pdf(flipped(small_signed(), 500))
    assert capfd.readouterr() == ("", "")


def test_the_legal_note_calls_the_signature_by_its_name() -> None:
    assert "неквалифицированная (УНЭП)" in LEGAL_NOTE
    assert "63-ФЗ" in LEGAL_NOTE
