"""Signatures as files: with the document inside, several of them, and signatures over signatures."""

from __future__ import annotations

from typing import Any

import pytest
from asn1crypto import algos, cms, core, tsp, x509

from app.exporters.verifying import verify_detached, verify_file
from tests.exporters.test_verifying_detached import DATA, sign
from tests.helpers.certificates import Person, centre, ivanova, petrov
from tests.helpers.pdfs import bare

assert tsp  # it teaches cms the attributes that name a certificate; too late once cms was used for writing


def countersigned(sig: bytes, who: Person, *, over: bytes | None = None, typed: bool = False) -> bytes:
    """A container whose first signature another person has signed over (RFC 5652, 11.4), made by hand."""
    import hashlib

    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import padding

    info = cms.ContentInfo.load(sig)
    signed_data = info["content"]
    signer = signed_data["signer_infos"][0]
    value = over if over is not None else signer["signature"].native
    attributes = [{"type": "message_digest", "values": [hashlib.sha256(value).digest()]}]
    if typed:
        attributes.append({"type": "content_type", "values": ["data"]})
    signed_attributes = cms.CMSAttributes(attributes)
    certificate = x509.Certificate.load(who.der)
    counter = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                "issuer_and_serial_number",
                cms.IssuerAndSerialNumber({"issuer": certificate.issuer, "serial_number": certificate.serial_number}),
            ),
            "digest_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}),
            "signed_attrs": signed_attributes,
            "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "sha256_rsa"}),
            "signature": who.key.sign(signed_attributes.dump(), padding.PKCS1v15(), hashes.SHA256()),
        }
    )
    attribute = cms.CMSAttribute({"type": "counter_signature", "values": [counter]})
    signer["unsigned_attrs"] = cms.CMSAttributes([attribute])
    signed_data["certificates"].append(cms.CertificateChoices("certificate", certificate))
    made: bytes = info.dump(force=True)
    return made


def test_a_document_inside_its_signature_comes_out() -> None:
    answer = verify_file(sign(ivanova(), petrov(), enclosed=True), trust=[centre().pem])
    assert (answer.verdict, answer.kind, answer.content) == ("valid", "attached", DATA)
    assert {one.signer for one in answer.signatures} == {"Иванова Мария Петровна", "Петров Сергей Иванович"}
    assert answer.signatures[0].scope == "весь документ, который лежит внутри подписи"
    assert answer.as_dict()["encloses"] == len(DATA)


def test_a_changed_document_inside() -> None:
    sig = sign(ivanova(), enclosed=True)
    place = sig.index(DATA) + 7
    spoiled = sig[:place] + bytes([sig[place] ^ 1]) + sig[place + 1 :]
    assert verify_file(spoiled, trust=[centre().pem]).verdict == "broken"


def test_a_detached_signature_alone_asks_for_its_document() -> None:
    answer = verify_file(sign(ivanova()))
    assert (answer.verdict, answer.kind) == ("damaged_file", "detached")
    assert "Выберите документ" in answer.reason


@pytest.mark.parametrize("data", [b"", b"plain text", "Приказ".encode(), b"\x30\x82\x01\x00", b"MIIB" * 9])
def test_other_files_have_no_room_for_a_signature(data: bytes) -> None:
    answer = verify_file(data)
    assert answer.verdict == "not_signed"
    assert ".sig рядом" in answer.reason


def test_a_pdf_without_its_head_is_damaged_not_unsigned() -> None:
    assert verify_file(bare().replace(b"%PDF-", b"%XXX-")).verdict == "damaged_file"


def test_a_signature_over_a_signature() -> None:
    sig = countersigned(sign(ivanova()), petrov())
    answer = verify_detached(DATA, sig, trust=[centre().pem])
    assert answer.verdict == "valid"
    first, counter = answer.signatures
    assert (first.role, counter.role) == ("signer", "counter")
    assert (counter.signer, counter.confirms) == ("Петров Сергей Иванович", "Иванова Мария Петровна")
    assert counter.scope == "подпись: Иванова Мария Петровна"
    assert not counter.covers_whole_file


def test_a_signature_over_another_value_is_broken() -> None:
    sig = countersigned(sign(ivanova()), petrov(), over=b"something else")
    answer = verify_detached(DATA, sig, trust=[centre().pem])
    assert [one.verdict for one in answer.signatures] == ["valid", "broken"]
    assert answer.verdict == "broken"


def test_a_signature_of_a_document_is_none_over_a_signature() -> None:
    sig = countersigned(sign(ivanova()), petrov(), typed=True)
    assert [one.verdict for one in verify_detached(DATA, sig).signatures] == ["valid_unknown_issuer", "broken"]


def test_the_document_changed_leaves_the_signature_over_a_signature_alone() -> None:
    sig = countersigned(sign(ivanova()), petrov())
    answer = verify_detached(DATA + b"x", sig, trust=[centre().pem])
    assert [one.verdict for one in answer.signatures] == ["broken", "valid"]
    assert answer.verdict == "broken"


def test_the_chain_is_told() -> None:
    alone = verify_detached(DATA, sign(ivanova())).signatures[0]
    trusted = verify_detached(DATA, sign(ivanova()), trust=[centre().pem]).signatures[0]
    assert alone.chain == ("Иванова Мария Петровна", "Тестовый УЦ (сертификата здесь нет)")
    assert trusted.chain == ("Иванова Мария Петровна", "Тестовый УЦ (доверенный)")


def test_a_false_root_of_the_same_name_vouches_for_nobody() -> None:
    false = centre("Тестовый УЦ", 7)
    answer = verify_detached(DATA, sign(ivanova()), trust=[false.pem])
    assert answer.verdict == "valid_unknown_issuer"


def marked(**policies: Any) -> bool:
    """Whether a certificate with these extensions calls itself qualified."""
    from app.exporters.certificates import has_qualified_marks

    certificate = x509.Certificate.load(ivanova().der)
    extensions = certificate["tbs_certificate"]["extensions"]
    for identifier, value in policies.values():
        extensions.append(x509.Extension({"extn_id": identifier, "critical": False, "extn_value": value}))
    return has_qualified_marks(x509.Certificate.load(certificate.dump(force=True)))


def test_the_marks_of_a_qualified_certificate() -> None:
    policy = x509.CertificatePolicies([x509.PolicyInformation({"policy_identifier": "1.2.643.100.113.1"})])
    classes = ("2.5.29.32", core.ParsableOctetString(policy.dump()))
    tool = ("1.2.643.100.112", core.ParsableOctetString(core.UTF8String("СКЗИ").dump()))
    assert not marked()
    assert not marked(classes=classes)
    assert not marked(tool=tool)
    assert marked(classes=classes, tool=tool)
