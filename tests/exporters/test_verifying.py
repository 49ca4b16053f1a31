"""Verdicts on PDF files: intact ones, damaged ones, and what strangers do to signed files."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from asn1crypto import cms, keys, tsp, x509
from cryptography.hazmat.primitives import serialization
from cryptography.x509.oid import ExtendedKeyUsageOID

from app.errors import UserError
from app.exporters.signing import add_signature_fields
from app.exporters.verdicts import TITLES, WORST_FIRST, exit_code, worst
from app.exporters.verifying import verify_pdf
from tests.helpers import outside
from tests.helpers.certificates import centre, ivanova, moment, person, web_server_purpose
from tests.helpers.pdfs import (
    HIDDEN,
    bare,
    byte_range,
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

assert tsp  # it teaches cms the kinds of content a time stamp has; too late once cms was used for writing

NOT_VALID = {"damaged_file", "broken", "changed_after_signing", "not_whole_file"}
SAMPLES = 60


def spread(positions: list[int], count: int = SAMPLES) -> list[int]:
    """``count`` of the positions, evenly, first and last among them."""
    step = (len(positions) - 1) / (count - 1)
    return [positions[round(step * i)] for i in range(count)]


# --- intact files ------------------------------------------------------------------------------------------


def test_an_unknown_centre_and_a_trusted_one() -> None:
    alone = verify_pdf(signed_once())
    trusted = verify_pdf(signed_once(), trust=[centre().pem])
    stranger = verify_pdf(signed_once(), trust=[centre("Другой УЦ", 5).der])
    assert (alone.verdict, trusted.verdict, stranger.verdict) == (
        "valid_unknown_issuer",
        "valid",
        "valid_unknown_issuer",
    )
    assert "«Тестовый УЦ»" in alone.reason
    assert exit_code(alone.verdict) == 3
    assert exit_code(trusted.verdict) == 0


def test_what_is_told_of_a_signature() -> None:
    (one,) = verify_pdf(signed_once()).signatures
    assert one.signer == "Иванова Мария Петровна"
    assert one.position == "Директор"
    assert one.organisation == "МБОУ «СОШ № 5»"
    assert one.issuer == "Тестовый УЦ"
    assert one.serial is not None
    assert int(one.serial, 16) == ivanova().certificate.serial_number
    assert one.valid_to == ivanova().certificate.not_valid_after_utc.date().isoformat()
    assert one.certificate == "ok"
    assert one.covers_whole_file
    assert one.changed_after is None
    assert one.scope == "весь файл"
    assert one.field == "chair"
    assert any("по часам подписавшего" in note for note in one.notes)
    assert any("Отзыв" in note for note in one.notes)


def test_the_first_of_two_signatures_covers_the_file_it_was_put_on() -> None:
    first, second = verify_pdf(signed_twice(), trust=[centre().pem]).signatures
    assert (first.verdict, second.verdict) == ("valid", "valid")
    assert (first.signer, second.signer) == ("Иванова Мария Петровна", "Петров Сергей Иванович")
    assert first.covers_whole_file
    assert second.covers_whole_file
    assert first.scope == "весь файл, каким он был при подписании"
    assert first.changed_after == "после подписи заполнены поля подписи (clerk)"
    assert second.changed_after is None


def test_the_answer_is_json() -> None:
    answer = json.loads(json.dumps(verify_pdf(signed_twice()).as_dict()))
    assert set(answer) == {"signatures", "verdict", "title", "reason", "exit_code", "kind", "uncovered", "encloses"}
    assert (answer["kind"], answer["uncovered"], answer["encloses"]) == ("pdf", [], None)
    assert {"verdict", "signer", "time", "covers_whole_file", "changed_after", "reason"} <= set(answer["signatures"][0])
    assert answer["exit_code"] == 3


def test_a_filled_form_field_is_a_permitted_change() -> None:
    with pikepdf.open(io.BytesIO(with_places())) as pdf:
        field = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Widget,
                FT=pikepdf.Name.Tx,
                T=pikepdf.String("note"),
                Rect=pikepdf.Array([50, 500, 150, 520]),
                P=pdf.pages[0].obj,
            )
        )
        pdf.Root.AcroForm.Fields.append(field)
        pdf.pages[0].obj.Annots.append(field)
        buffer = io.BytesIO()
        pdf.save(buffer)
    signed = signed_by(buffer.getvalue(), ivanova())

    def fill(writer: Any) -> None:
        from pyhanko.pdf_utils import generic

        for reference in writer.root["/AcroForm"]["/Fields"]:
            found = reference.get_object()
            if found["/T"] == "note":
                found["/V"] = generic.TextStringObject("согласен")
                writer.update_container(found)

    (one,) = verify_pdf(updated(signed, fill)).signatures
    assert one.verdict == "valid_unknown_issuer"
    assert one.changed_after == "после подписи заполнены поля формы (note)"
    assert one.covers_whole_file
    assert "разрешённое" in one.reason


# --- certificates ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("valid", "signed_on", "state", "verdict"),
    [
        ((-100, 100), -1.0, "ok", "valid"),
        ((-800, -100), -200.0, "expired_now", "valid"),
    ],
)
def test_the_certificate_is_judged_at_the_claimed_time(
    valid: tuple[float, float], signed_on: float, state: str, verdict: str
) -> None:
    who = person(valid=valid)
    signed = signed_by(with_places(), who, when=moment(signed_on))
    (one,) = verify_pdf(signed, trust=[centre().pem]).signatures
    assert (one.certificate, one.verdict) == (state, verdict)


def forced(who: Any) -> bytes:
    """Sign with a certificate our own signing refuses."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    key = who.key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    signer = SimpleSigner(x509.Certificate.load(who.der), keys.PrivateKeyInfo.load(key), SimpleCertificateStore())
    output = io.BytesIO()
    metadata = PdfSignatureMetadata("Sig1", md_algorithm="sha256")
    PdfSigner(metadata, signer).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(bare())), output=output)
    return output.getvalue()


@pytest.mark.parametrize(
    ("make", "state", "said"),
    [
        (lambda: person(valid=(-800, -1)), "expired_then", "сертификат не действовал"),
        (lambda: person(valid=(1, 800)), "expired_then", "сертификат не действовал"),
        (lambda: person(usages=("key_encipherment",)), "wrong_usage", "не предназначен"),
        (lambda: person(purposes=web_server_purpose()), "wrong_usage", "не предназначен"),
    ],
)
def test_a_bad_certificate_never_gives_a_valid_signature(make: Callable[[], Any], state: str, said: str) -> None:
    result = verify_pdf(forced(make()), trust=[centre().pem])
    assert result.signatures[0].certificate == state
    assert result.verdict == "valid_unknown_issuer"
    assert said in result.reason


def test_a_short_key_is_not_called_valid() -> None:
    result = verify_pdf(forced(person(number=9, bits=1024)), trust=[centre().pem])
    assert result.verdict == "unsupported_algorithm"
    assert "1024" in result.reason


def test_an_unreadable_trusted_certificate_is_refused() -> None:
    for junk in (b"", b"junk", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"):
        with pytest.raises(UserError) as caught:
            verify_pdf(signed_once(), trust=[junk])
        assert caught.value.code == "SIGN_TRUST_UNREADABLE"


# --- every flip is caught ----------------------------------------------------------------------------------


def test_a_flip_anywhere_in_the_signed_ranges_is_caught() -> None:
    pdf = small_signed()
    _, first, start, second = byte_range(pdf)
    signed = [*range(first), *range(start, start + second)]
    for number, position in enumerate(spread(signed)):
        result = verify_pdf(flipped(pdf, position, 1 << number % 8))
        assert result.verdict in NOT_VALID, (position, result)
        assert exit_code(result.verdict) == 1


def test_a_flip_anywhere_in_the_signed_attributes_is_caught() -> None:
    pdf = small_signed()
    _, first, start, _ = byte_range(pdf)
    container = bytes.fromhex(pdf[first + 1 : start - 1].decode("ascii"))
    attributes = cms.ContentInfo.load(container)["content"]["signer_infos"][0]["signed_attrs"].dump()
    offset = container.index(attributes)
    # in the file each byte is two hexadecimal digits; changing the lowest bit keeps a digit a digit
    digits = range(first + 1 + 2 * offset, first + 1 + 2 * (offset + len(attributes)))
    flips = 0
    for position in spread([at for at in digits if chr(pdf[at] ^ 1) in "0123456789abcdef"]):
        result = verify_pdf(flipped(pdf, position))
        assert result.verdict == "broken", (position, result)
        flips += 1
    assert flips == SAMPLES


def test_a_flip_in_the_signature_value_is_caught() -> None:
    pdf = small_signed()
    _, first, start, _ = byte_range(pdf)
    container = bytes.fromhex(pdf[first + 1 : start - 1].decode("ascii"))
    value = cms.ContentInfo.load(container)["content"]["signer_infos"][0]["signature"].native
    middle = first + 1 + 2 * (container.index(value) + len(value) // 2)
    digit = b"0" if pdf[middle : middle + 1] != b"0" else b"1"
    result = verify_pdf(pdf[:middle] + digit + pdf[middle + 1 :])
    assert result.verdict == "broken"
    assert "ключом" in result.reason


# --- what strangers do -------------------------------------------------------------------------------------


def replace_page(writer: Any) -> None:
    from pyhanko.pdf_utils import generic

    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"0 0 100 100 re f"))
    writer.update_container(page)


def drop_fields(writer: Any) -> None:
    fields = writer.root["/AcroForm"]["/Fields"]
    fields.clear()
    writer.update_container(fields)


def drop_last_field(writer: Any) -> None:
    fields = writer.root["/AcroForm"]["/Fields"]
    del fields[-1]
    writer.update_container(fields)


def drop_form(writer: Any) -> None:
    del writer.root["/AcroForm"]
    writer.update_root()


def drop_value(writer: Any) -> None:
    field = writer.root["/AcroForm"]["/Fields"][0].get_object()
    del field["/V"]
    writer.update_container(field)


@pytest.mark.parametrize("pdf", [signed_once, signed_twice])
def test_a_page_replaced_by_an_incremental_update(pdf: Callable[[], bytes]) -> None:
    result = verify_pdf(updated(pdf(), replace_page))
    assert result.verdict == "changed_after_signing"
    assert all(one.changed_after and not one.covers_whole_file for one in result.signatures)


@pytest.mark.parametrize(
    ("pdf", "change"),
    [
        (signed_once, drop_fields),
        (signed_once, drop_form),
        (signed_once, drop_value),
        (signed_twice, drop_last_field),
        (signed_twice, drop_form),
    ],
)
def test_a_signature_taken_out_is_missed(pdf: Callable[[], bytes], change: Callable[[Any], None]) -> None:
    result = verify_pdf(updated(pdf(), change))
    assert result.verdict == "changed_after_signing"
    assert any("убрали" in one.reason for one in result.signatures)


def test_a_file_saved_anew_by_another_program() -> None:
    result = verify_pdf(rewritten(signed_twice()))
    assert result.verdict == "broken"
    assert [one.verdict for one in result.signatures] == ["broken", "broken"]
    assert [one.signer for one in result.signatures] == ["Иванова Мария Петровна", "Петров Сергей Иванович"]


@pytest.mark.parametrize(
    "tail", [b"x", b"\n", b"\r\n%comment\n", b"%%EOF", b"\nstartxref\n10\n%%EOF\n", b"\0" * 5000, b"PK\x03\x04%%EOF\n"]
)
@pytest.mark.parametrize("pdf", [signed_once, signed_twice])
def test_an_appended_tail(pdf: Callable[[], bytes], tail: bytes) -> None:
    result = verify_pdf(pdf() + tail)
    assert result.verdict == "not_whole_file"
    assert all(one.verdict == "not_whole_file" and not one.covers_whole_file for one in result.signatures)
    assert all(one.changed_after for one in result.signatures)


def test_the_end_of_the_file_said_again_is_a_tail_too() -> None:
    pdf = signed_once()
    assert verify_pdf(pdf + pdf[pdf.rindex(b"startxref") :]).verdict == "not_whole_file"


def test_a_file_cut_short() -> None:
    once, twice = signed_once(), signed_twice()
    assert verify_pdf(twice[: len(once)]).verdict == "valid_unknown_issuer"  # nothing is missing from the first
    for length in (len(once) - 4, len(once) + 2000, len(twice) - 4, 300):
        assert verify_pdf(twice[:length]).verdict in NOT_VALID, length


def test_a_signature_of_another_file() -> None:
    """The container is moved into the hole of another file of the same length: its digest gives it away."""
    when = moment()
    own, other = (
        signed_by(add_signature_fields(bare(), [replace(HIDDEN, role=role)]), ivanova(), place="hidden", when=when)
        for role in ("А", "Б")
    )
    _, first, start, _ = byte_range(own)
    assert byte_range(other) == byte_range(own)
    result = verify_pdf(own[:first] + other[first:start] + own[start:])
    assert result.verdict == "broken"
    assert "Содержимое не сходится" in result.reason


def test_a_hole_larger_than_the_signature_is_not_the_whole_file() -> None:
    pdf = signed_once()
    _, first, start, second = byte_range(pdf)
    wider = pdf.replace(f"[0 {first} {start} {second}]".encode(), f"[0 {first} {start + 1} {second - 1}]".encode(), 1)
    assert wider != pdf
    assert verify_pdf(wider).verdict in {"broken", "not_whole_file"}
    assert not verify_pdf(wider).signatures[0].covers_whole_file


def test_a_tangled_file_does_not_hang_the_analysis() -> None:
    with pikepdf.open(io.BytesIO(add_signature_fields(bare(), [HIDDEN, replace(HIDDEN, name="second")]))) as pdf:
        knot = pdf.make_indirect(pikepdf.Array([1]))
        for _ in range(60):  # 2^60 paths to the first array
            knot = pdf.make_indirect(pikepdf.Array([knot, knot]))
        pdf.Root.Knot = knot
        buffer = io.BytesIO()
        pdf.save(buffer)
    signed = signed_by(buffer.getvalue(), ivanova(), place="hidden")
    assert verify_pdf(signed).verdict == "valid_unknown_issuer"
    result = verify_pdf(updated(signed, replace_page))
    assert result.verdict == "not_whole_file"
    assert "запутанно" in result.reason


# --- files without a signature, files without sense -------------------------------------------------------


def test_an_unsigned_paper_and_empty_places() -> None:
    for pdf in (bare(), paper(), with_places()):
        result = verify_pdf(pdf)
        assert (result.verdict, result.signatures) == ("not_signed", ())
        assert exit_code(result.verdict) == 1


def test_an_emptied_signature_is_not_a_signature() -> None:
    pdf = signed_once()
    _, first, start, _ = byte_range(pdf)
    emptied = pdf[: first + 1] + b"0" * (start - first - 2) + pdf[start - 1 :]
    result = verify_pdf(emptied)
    assert result.verdict == "not_signed"
    assert "пуста" in result.reason


def circular_pages() -> bytes:
    with pikepdf.open(io.BytesIO(bare())) as pdf:
        tree = pdf.Root.Pages
        inner = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Pages, Kids=pikepdf.Array([tree]), Count=1))
        tree.Kids.append(inner)
        buffer = io.BytesIO()
        pdf.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "make",
    [
        lambda: b"",
        lambda: b"garbage",
        lambda: b"%PDF-1.4",
        lambda: b"%PDF-1.4\n%%EOF",
        lambda: b"%PDF-1.4 startxref 5 %%EOF",
        lambda: b"PK\x03\x04" + bytes(2000),
        lambda: paper()[:600],
        circular_pages,
    ],
)
def test_damaged_files(make: Callable[[], bytes]) -> None:
    result = verify_pdf(make())
    assert (result.verdict, result.signatures) == ("damaged_file", ())
    assert exit_code(result.verdict) == 1


def test_an_encrypted_file() -> None:
    with pikepdf.open(io.BytesIO(paper())) as pdf:
        buffer = io.BytesIO()
        pdf.save(buffer, encryption=pikepdf.Encryption(owner="o", user="u"))
    assert verify_pdf(buffer.getvalue()).verdict == "encrypted"


# --- algorithms --------------------------------------------------------------------------------------------


def relabelled(digest: str) -> bytes:
    """A signed file whose container claims a Russian digest; the room left in the hole takes the new length."""
    pdf = small_signed()
    _, first, start, _ = byte_range(pdf)
    info = cms.ContentInfo.load(bytes.fromhex(pdf[first + 1 : start - 1].decode("ascii")))
    signer = info["content"]["signer_infos"][0]
    signer["digest_algorithm"] = {"algorithm": digest}
    hexed = info.dump(force=True).hex().encode().ljust(start - first - 2, b"0")
    return pdf[: first + 1] + hexed + pdf[start - 1 :]


def test_a_russian_algorithm_is_named_and_not_called_forgery() -> None:
    result = verify_pdf(relabelled("1.2.643.7.1.1.2.2"))
    assert result.verdict == "unsupported_algorithm"
    assert "ГОСТ Р 34.11-2012" in result.reason
    assert result.signatures[0].covers_whole_file
    assert result.signatures[0].signer == "Иванова Мария Петровна"
    assert exit_code(result.verdict) == 3


def test_an_unknown_algorithm_does_not_hide_a_tail() -> None:
    assert verify_pdf(relabelled("1.2.643.7.1.1.2.2") + b"tail").verdict == "not_whole_file"


def test_an_unknown_form_of_signature_is_unsupported_only_while_it_fits() -> None:
    pdf = signed_once().replace(b"/ETSI.CAdES.detached", b"/ETSI.Other.detached", 1)
    assert verify_pdf(pdf).verdict == "broken"


def test_a_document_time_stamp_is_verified_too() -> None:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.signers import PdfTimeStamper
    from pyhanko.sign.timestamps import DummyTimeStamper

    who = person("Служба времени", purposes=(ExtendedKeyUsageOID.TIME_STAMPING,), valid=(-10, 10))
    stamped_at = moment(-0.5)
    key = who.key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    stamper = DummyTimeStamper(x509.Certificate.load(who.der), keys.PrivateKeyInfo.load(key), fixed_dt=stamped_at)
    output = io.BytesIO()
    PdfTimeStamper(stamper).timestamp_pdf(
        IncrementalPdfFileWriter(io.BytesIO(small_signed())), "sha256", output=output, validation_context=None
    )
    stamped = output.getvalue()
    first, second = verify_pdf(stamped, trust=[centre().pem]).signatures
    assert (first.verdict, second.verdict) == ("valid", "valid")
    assert (second.signer, second.time) == ("Служба времени", stamped_at.isoformat())
    assert first.changed_after is not None
    assert verify_pdf(flipped(stamped, 100)).verdict in NOT_VALID


# --- order of verdicts -------------------------------------------------------------------------------------


def test_the_worst_speaks_for_the_file() -> None:
    assert worst(["valid", "broken", "valid_unknown_issuer"]) == "broken"
    assert worst(["not_whole_file", "changed_after_signing"]) == "changed_after_signing"
    assert worst(["not_signed", "valid"]) == "valid"
    assert worst(["not_signed"]) == worst([]) == "not_signed"
    assert set(TITLES) == {*WORST_FIRST, "not_signed"}


def test_exit_codes() -> None:
    codes = {verdict: exit_code(verdict) for verdict in (*WORST_FIRST, "not_signed")}
    assert {verdict for verdict, code in codes.items() if code == 0} == {"valid"}
    assert {verdict for verdict, code in codes.items() if code == 3} == {
        "valid_unknown_issuer",
        "unsupported_algorithm",
    }


if outside.PDFSIG:

    def test_poppler_agrees_on_intact_and_broken_files(tmp_path: Path) -> None:
        assert outside.pdfsig(tmp_path, signed_twice()) == ["Signature is Valid."] * 2
        _, first, start, second = byte_range(signed_once())
        inside_text = signed_once().index(b"stream") + 20
        assert "Digest Mismatch." in outside.pdfsig(tmp_path, flipped(signed_once(), inside_text))
        assert start + second == len(signed_once()) > first
