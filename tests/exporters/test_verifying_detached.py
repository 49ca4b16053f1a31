"""Detached signatures (``.sig``) beside any file."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs7

from app.exporters.verifying import verify_detached
from tests.helpers.certificates import Person, centre, ivanova, person, petrov

DATA = "Приказ № 17 от 22.11.2026".encode() * 50


def sign(*people: Person, data: bytes = DATA, digest: Any = None, enclosed: bool = False) -> bytes:
    builder = pkcs7.PKCS7SignatureBuilder().set_data(data)
    for who in people:
        builder = builder.add_signer(who.certificate, who.key, digest or hashes.SHA256())
    options = [pkcs7.PKCS7Options.Binary]
    if not enclosed:
        options.append(pkcs7.PKCS7Options.DetachedSignature)
    return builder.sign(serialization.Encoding.DER, options)


def test_a_signature_beside_a_file() -> None:
    sig = sign(ivanova())
    alone = verify_detached(DATA, sig)
    trusted = verify_detached(DATA, sig, trust=[centre().pem])
    assert (alone.verdict, trusted.verdict) == ("valid_unknown_issuer", "valid")
    (one,) = trusted.signatures
    assert one.signer == "Иванова Мария Петровна"
    assert one.covers_whole_file
    assert one.time is not None
    assert one.certificate == "ok"
    assert one.field is None


@pytest.mark.parametrize("number", [0, 1, 700, len(DATA) - 1])
def test_a_changed_file(number: int) -> None:
    changed = DATA[:number] + bytes([DATA[number] ^ 1]) + DATA[number + 1 :]
    result = verify_detached(changed, sign(ivanova()))
    assert result.verdict == "broken"
    assert not result.signatures[0].covers_whole_file
    assert result.signatures[0].signer == "Иванова Мария Петровна"


def test_a_file_with_something_behind_it() -> None:
    assert verify_detached(DATA + b"\n", sign(ivanova())).verdict == "broken"
    assert verify_detached(b"", sign(ivanova())).verdict == "broken"


def test_every_way_of_writing_a_signature() -> None:
    der = sign(ivanova())
    text = base64.encodebytes(der)
    bare = base64.b64encode(der)
    pem = b"-----BEGIN PKCS7-----\n" + text + b"-----END PKCS7-----\n"
    windows = b"\xef\xbb\xbf-----BEGIN CMS-----\r\n" + text.replace(b"\n", b"\r\n") + b"-----END CMS-----\r\n"
    utf16 = bare.decode("ascii").encode("utf-16")
    for written in (der, text, bare, pem, windows, utf16):
        assert verify_detached(DATA, written).verdict == "valid_unknown_issuer", written[:30]


def test_an_enclosed_copy_must_be_this_file() -> None:
    sig = sign(ivanova(), enclosed=True)
    assert verify_detached(DATA, sig, trust=[centre().pem]).verdict == "valid"
    assert verify_detached(b"another file", sig).verdict == "broken"


def test_several_signers_are_told_apart_and_the_worst_speaks() -> None:
    stranger = person("Чужой Пётр Ильич", number=6, issuer=centre("Другой УЦ", 5))
    result = verify_detached(DATA, sign(ivanova(), petrov(), stranger), trust=[centre().pem])
    found = {one.signer: one.verdict for one in result.signatures}
    assert found == {
        "Иванова Мария Петровна": "valid",
        "Петров Сергей Иванович": "valid",
        "Чужой Пётр Ильич": "valid_unknown_issuer",
    }
    assert result.verdict == "valid_unknown_issuer"


def test_elliptic_keys() -> None:
    who = person(curve=ec.SECP384R1())
    sig = sign(who, digest=hashes.SHA384())
    assert verify_detached(DATA, sig, trust=[centre().der]).verdict == "valid"
    assert verify_detached(DATA[1:], sig).verdict == "broken"


def relabelled(sig: bytes, *, digest: str | None = None, scheme: str | None = None) -> bytes:
    from asn1crypto import cms

    info = cms.ContentInfo.load(sig)
    signer = info["content"]["signer_infos"][0]
    if digest:
        signer["digest_algorithm"] = {"algorithm": digest}
    if scheme:
        signer["signature_algorithm"] = {"algorithm": scheme}
    dumped: bytes = info.dump(force=True)
    return dumped


@pytest.mark.parametrize(
    ("digest", "scheme", "named"),
    [
        ("1.2.643.7.1.1.2.2", None, "ГОСТ Р 34.11-2012, 256 бит"),
        ("1.2.643.2.2.9", None, "ГОСТ Р 34.11-94"),
        (None, "1.2.643.7.1.1.3.2", "ГОСТ Р 34.10-2012, 256 бит"),
        ("1.3.9999.1", None, "1.3.9999.1"),
    ],
)
def test_algorithms_we_do_not_know_are_named(digest: str | None, scheme: str | None, named: str) -> None:
    result = verify_detached(DATA, relabelled(sign(ivanova()), digest=digest, scheme=scheme))
    assert result.verdict == "unsupported_algorithm"
    assert named in result.reason
    assert result.signatures[0].signer == "Иванова Мария Петровна"


def test_an_outdated_digest_is_not_called_valid() -> None:
    from asn1crypto import algos, cms

    sig = cms.ContentInfo.load(sign(ivanova()))
    signer = sig["content"]["signer_infos"][0]
    # without signed attributes the signature is over the file itself; made by hand with SHA-1
    from cryptography.hazmat.primitives.asymmetric import padding

    signer["signed_attrs"] = None
    signer["digest_algorithm"] = algos.DigestAlgorithm({"algorithm": "sha1"})
    signer["signature_algorithm"] = algos.SignedDigestAlgorithm({"algorithm": "sha1_rsa"})
    signer["signature"] = ivanova().key.sign(DATA, padding.PKCS1v15(), hashes.SHA1())
    result = verify_detached(DATA, sig.dump(force=True), trust=[centre().pem])
    assert result.verdict == "unsupported_algorithm"
    assert "SHA-1" in result.reason
    assert verify_detached(DATA + b"x", sig.dump(force=True)).verdict == "broken"


def test_a_signature_without_its_certificate() -> None:
    from asn1crypto import cms

    info = cms.ContentInfo.load(sign(ivanova()))
    info["content"]["certificates"] = []
    result = verify_detached(DATA, info.dump(force=True))
    assert result.verdict == "unsupported_algorithm"
    assert "не вложен" in result.reason
    assert verify_detached(DATA + b"x", info.dump(force=True)).verdict == "broken"


def test_another_certificate_put_in_its_place() -> None:
    """The same key in a certificate of another name: signed attributes or the identifier give it away."""
    from asn1crypto import cms
    from asn1crypto import x509 as asn1_x509

    info = cms.ContentInfo.load(sign(ivanova()))
    other = person("Самозванов Иван Иванович")
    info["content"]["certificates"] = [cms.CertificateChoices("certificate", asn1_x509.Certificate.load(other.der))]
    assert verify_detached(DATA, info.dump(force=True), trust=[centre().pem]).verdict != "valid"


@pytest.mark.parametrize(
    "sig",
    [b"", b"junk", b"\x30\x03\x02\x01\x01", b"0" * 50, "подпись".encode(), DATA, ivanova().der, sign(ivanova())[:200]],
)
def test_files_that_are_no_signature(sig: bytes) -> None:
    result = verify_detached(DATA, sig)
    assert result.verdict == "damaged_file"
    assert "подписи" in result.reason


def test_flips_in_a_signature_never_raise_and_in_its_signed_part_are_caught() -> None:
    from asn1crypto import cms

    sig = sign(ivanova())
    signer = cms.ContentInfo.load(sig)["content"]["signer_infos"][0]
    signed = signer["signed_attrs"].dump()
    start = sig.index(signed)
    for position in range(0, len(sig), len(sig) // 60):
        flipped = sig[:position] + bytes([sig[position] ^ 0x40]) + sig[position + 1 :]
        verdict = verify_detached(DATA, flipped, trust=[centre().pem]).verdict
        if start <= position < start + len(signed):
            assert verdict in {"broken", "damaged_file"}, position


def test_the_helper_makes_what_it_says() -> None:
    loaded = x509.load_der_x509_certificate(ivanova().der)
    assert loaded.issuer == centre().certificate.subject
