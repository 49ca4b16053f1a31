"""Signatures beside a file (CAdES-BES), judged by our own verification and by OpenSSL."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import UserError
from app.exporters.cms_make import MadeSignature, read_signature, sign_beside
from app.exporters.signing import load_p12, signatory_of
from app.exporters.verifying import verify_detached
from tests.helpers import outside
from tests.helpers.certificates import PASSWORD, centre, ivanova, person

DATA = "Список школ с основаниями".encode() * 40
WHEN = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def made(data: bytes = DATA) -> MadeSignature:
    return sign_beside(data, signatory_of(load_p12(ivanova().p12, PASSWORD)), when=WHEN)


def attributes(der: bytes) -> set[str]:
    from asn1crypto import cms

    signer = cms.ContentInfo.load(der)["content"]["signer_infos"][0]
    return {attribute["type"].native for attribute in signer["signed_attrs"]}


def test_a_signature_beside_a_file_signs_its_time_and_its_certificate() -> None:
    one = made()
    assert one.facts.owner == "Иванова Мария Петровна"
    assert attributes(one.data) == {"content_type", "message_digest", "signing_time", "signing_certificate_v2"}
    read = read_signature(one.data, "список.sig")
    assert read.times == (WHEN,)
    assert not read.encloses, "the document is not inside"
    answer = verify_detached(DATA, one.data, trust=[centre().pem])
    assert answer.verdict == "valid"
    assert answer.signatures[0].signer == "Иванова Мария Петровна"


def test_keys_of_elliptic_curves_sign_too() -> None:
    who = person("Кривая Ольга Ильинична", curve=ec.SECP256R1())
    one = sign_beside(DATA, signatory_of(load_p12(who.p12, PASSWORD)))
    assert verify_detached(DATA, one.data, trust=[centre().pem]).verdict == "valid"


@settings(max_examples=30, deadline=None)
@given(place=st.integers(0, len(DATA) - 1), bit=st.integers(0, 7))
def test_any_flipped_bit_of_the_document_is_seen(place: int, bit: int) -> None:
    changed = bytearray(DATA)
    changed[place] ^= 1 << bit
    assert verify_detached(bytes(changed), _ONE.data).verdict == "broken"


_ONE = made()


def test_an_empty_file_can_be_signed() -> None:
    assert verify_detached(b"", made(b"").data).verdict == "valid_unknown_issuer"


@pytest.mark.parametrize("raw", [b"", b"\x30\x03\x02\x01\x00", b"%PDF-1.4", "скан".encode(), b"\x30" * 50])
def test_what_is_no_signature_is_told_by_its_name(raw: bytes) -> None:
    with pytest.raises(UserError) as caught:
        read_signature(raw, "письмо.txt")
    assert caught.value.code == "SIGN_SIG_UNREADABLE"
    assert "письмо.txt" in caught.value.what


def test_a_signature_can_be_made_after_one_was_read(tmp_path: Path) -> None:
    """In a new process: the library would fix its list of attributes at the first signature it reads."""
    (tmp_path / "d.sig").write_bytes(made().data)
    (tmp_path / "key.p12").write_bytes(ivanova().p12)
    code = (
        "import sys; from pathlib import Path; from app.exporters.cms_make import read_signature, sign_beside;"
        "from app.exporters.signing import load_p12, signatory_of;"
        "folder = Path(sys.argv[1]); raw = (folder / 'd.sig').read_bytes(); read_signature(raw, 'd.sig');"
        f"sign_beside(b'x', signatory_of(load_p12(folder / 'key.p12', {PASSWORD!r})))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")


if outside.OPENSSL:

    def test_openssl_agrees(tmp_path: Path) -> None:
        (tmp_path / "d.bin").write_bytes(DATA)
        (tmp_path / "d.sig").write_bytes(made().data)
        (tmp_path / "ca.pem").write_bytes(centre().pem)
        command = [str(outside.OPENSSL), "cms", "-verify", "-binary", "-cades", "-inform", "DER", "-in", "d.sig",
                   "-content", "d.bin", "-CAfile", "ca.pem", "-purpose", "any", "-out", "out.bin"]  # fmt: skip
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=60)
        assert b"CAdES Verification successful" in done.stderr, done.stderr
        (tmp_path / "d.bin").write_bytes(DATA + b" ")
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=60)
        assert done.returncode != 0
