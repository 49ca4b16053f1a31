"""Any flip inside what is signed is caught; and others judge our signatures as we do."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from app.exporters.cms_make import sign_beside
from app.exporters.signing import load_p12, signatory_of
from app.exporters.verifying import verify_detached, verify_file, verify_pdf
from tests.exporters.test_verifying_detached import DATA, sign
from tests.helpers import outside, shadow
from tests.helpers.certificates import PASSWORD, centre, ivanova
from tests.helpers.pdfs import byte_range, flipped, signed_once, signed_twice, small_signed, updated

GOOD = {"valid", "valid_unknown_issuer"}


@cache
def beside() -> bytes:
    return sign_beside(DATA, signatory_of(load_p12(ivanova().p12, PASSWORD))).data


@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_any_flip_in_the_signed_bytes_of_a_pdf(data: st.DataObject) -> None:
    pdf = small_signed()
    _a, b, c, d = byte_range(pdf)
    place = data.draw(st.one_of(st.integers(0, b - 1), st.integers(c, c + d - 1)))
    bit = data.draw(st.sampled_from([1 << number for number in range(8)]))
    assert verify_pdf(flipped(pdf, place, bit), trust=[centre().pem]).verdict not in GOOD


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_flip_in_a_file_with_a_signature_beside(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(DATA) - 1))
    bit = data.draw(st.sampled_from([1 << number for number in range(8)]))
    assert verify_detached(flipped(DATA, place, bit), beside(), trust=[centre().pem]).verdict == "broken"


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_any_flip_in_the_signed_attributes(data: st.DataObject) -> None:
    from asn1crypto import cms

    signer = cms.ContentInfo.load(beside())["content"]["signer_infos"][0]
    part = data.draw(st.sampled_from([signer["signed_attrs"].dump(), signer["signature"].native]))
    place = beside().index(part) + data.draw(st.integers(0, len(part) - 1))
    bit = data.draw(st.sampled_from([1 << number for number in range(8)]))
    assert verify_detached(DATA, flipped(beside(), place, bit), trust=[centre().pem]).verdict not in GOOD


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_any_flip_anywhere_has_a_verdict_and_no_error(data: st.DataObject) -> None:
    """Outside what is signed a flip may be harmless (spaces, an unused certificate); it never stops the program."""
    for whole in (small_signed(), sign(ivanova(), enclosed=True)):
        place = data.draw(st.integers(0, len(whole) - 1))
        answer = verify_file(flipped(whole, place, data.draw(st.integers(1, 255))), trust=[centre().pem])
        assert answer.reason


if outside.OPENSSL:

    def openssl(folder: Path, data: bytes, sig: bytes) -> bool:
        for name, content in (("doc", data), ("sig", sig), ("ca.pem", centre().pem)):
            (folder / name).write_bytes(content)
        command = "cms -verify -binary -cades -inform DER -in sig -content doc -CAfile ca.pem -purpose any -out out"
        done = subprocess.run(
            [str(outside.OPENSSL), *command.split()], cwd=folder, capture_output=True, check=False, timeout=60
        )
        return done.returncode == 0

    def test_openssl_and_we_agree_on_signatures_beside(tmp_path: Path) -> None:
        sig = beside()
        pairs = [
            (DATA, sig), (DATA + b" ", sig), (flipped(DATA, 5), sig), (DATA, flipped(sig, len(sig) - 4)), (b"", sig),
        ]  # fmt: skip
        for data, signature in pairs:
            ours = verify_detached(data, signature, trust=[centre().pem]).verdict == "valid"
            assert ours == openssl(tmp_path, data, signature)
        assert openssl(tmp_path, DATA, sig)

    def test_openssl_reads_what_we_read_out_of_a_pdf(tmp_path: Path) -> None:
        pdf = signed_once()
        _a, b, c, d = byte_range(pdf)
        sig = bytes.fromhex(pdf[b + 1 : c - 1].decode("ascii"))
        length = int.from_bytes(sig[2:4], "big") + 4
        assert openssl(tmp_path, pdf[:b] + pdf[c : c + d], sig[:length])


if outside.PDFSIG:

    def test_poppler_and_we_agree_where_it_looks(tmp_path: Path) -> None:
        """Poppler sums up the signed bytes only; what lies behind them is ours alone to see."""
        pdf = signed_twice()
        assert outside.pdfsig(tmp_path, pdf) == ["Signature is Valid."] * 2
        spoiled = flipped(pdf, pdf.index(b"stream") + 40)
        assert "Signature is Valid." not in outside.pdfsig(tmp_path, spoiled)
        assert {one.verdict for one in verify_pdf(spoiled).signatures} == {"broken"}
        forged = updated(pdf, shadow.replace_page)
        assert outside.pdfsig(tmp_path, forged) == ["Signature is Valid."] * 2, "the digest alone sees nothing"
        assert verify_pdf(forged).verdict == "changed_after_signing"
