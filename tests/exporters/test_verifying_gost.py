"""Signatures by ГОСТ R 34.10-2012: judged by OpenSSL with its engine, and honestly not judged where there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.exporters import gost_check
from app.exporters.verifying import verify_detached, verify_file, verify_pdf
from tests.helpers import outside
from tests.helpers.pdfs import flipped, paper, signed_once, updated

DATA = "Приказ № 17 от 23.11.2026".encode() * 40


@pytest.fixture
def nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without the engine."""
    monkeypatch.setattr(gost_check, "look", lambda: (None, gost_check.NO_ENGINE))


def test_no_program_is_told_apart_from_no_engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    gost_check.look.cache_clear()
    monkeypatch.setattr(gost_check, "_programs", lambda: iter(()))
    assert gost_check.look() == (None, gost_check.NO_PROGRAM)
    gost_check.look.cache_clear()
    monkeypatch.setattr(gost_check, "_programs", lambda: iter([str(tmp_path / "openssl")]))
    monkeypatch.setattr(gost_check, "_engines", lambda _program: iter(()))
    assert gost_check.look() == (None, gost_check.NO_ENGINE)
    gost_check.look.cache_clear()
    monkeypatch.setattr(gost_check, "_engines", lambda _program: iter([str(tmp_path / "gost.so")]))
    assert gost_check.look() == (None, gost_check.NOT_WORKING)
    gost_check.look.cache_clear()


if outside.GOST_ENGINE:
    from tests.helpers.gost import gost_person, in_pdf, verified

    @pytest.mark.parametrize("bits", [256, 512])
    def test_a_signature_beside_a_file(bits: int) -> None:
        who = gost_person(bits)
        sig = who.sign(DATA)
        alone = verify_detached(DATA, sig)
        trusted = verify_detached(DATA, sig, trust=[who.centre])
        stranger = verify_detached(DATA, sig, trust=[gost_person(768 - bits).centre])
        assert [alone.verdict, trusted.verdict, stranger.verdict] == [
            "valid_unknown_issuer", "valid", "valid_unknown_issuer",
        ]  # fmt: skip
        (one,) = trusted.signatures
        assert one.signer == "Иванова Мария Петровна"
        assert one.algorithm == f"ГОСТ Р 34.10-2012, {bits} бит"
        assert one.checked_by == "внешняя программа с движком ГОСТ"
        assert one.chain == ("Иванова Мария Петровна", "УЦ Проверка ГОСТ (доверенный)")

    def test_we_and_openssl_agree() -> None:
        who = gost_person()
        sig = who.sign(DATA)
        spoiled = [(DATA, sig), (DATA[:-1] + b"\x00", sig), (DATA, flipped(sig, len(sig) - 3)), (DATA + b" ", sig)]
        for data, signature in spoiled:
            ours = verify_detached(data, signature, trust=[who.centre]).verdict == "valid"
            assert ours == verified(data, signature, who.centre)
        assert [verify_detached(*pair).verdict for pair in spoiled[1:]] == ["broken"] * 3

    def test_flips_in_the_signed_attributes_and_the_value_are_caught() -> None:
        from asn1crypto import cms

        who = gost_person()
        sig = who.sign(DATA)
        signer = cms.ContentInfo.load(sig)["content"]["signer_infos"][0]
        for part in (signer["signed_attrs"].dump(), signer["signature"].native):
            start = sig.index(part)
            for position in range(start, start + len(part), 9):
                verdict = verify_detached(DATA, flipped(sig, position), trust=[who.centre]).verdict
                assert verdict in {"broken", "damaged_file"}, position

    def test_another_certificate_of_the_same_name_does_not_fit() -> None:
        from asn1crypto import cms, pem, x509

        sig = cms.ContentInfo.load(gost_person().sign(DATA))
        other = x509.Certificate.load(pem.unarmor(gost_person(256, "Самозванов Иван").certificate)[2])
        sig["content"]["certificates"] = [cms.CertificateChoices("certificate", other)]
        assert verify_detached(DATA, sig.dump(force=True)).verdict != "valid_unknown_issuer"

    def test_a_document_inside_its_signature() -> None:
        who = gost_person()
        answer = verify_file(who.sign(DATA, enclosed=True), trust=[who.centre])
        assert (answer.verdict, answer.kind, answer.content) == ("valid", "attached", DATA)

    def test_a_signature_in_a_pdf() -> None:
        who = gost_person()
        signed = in_pdf(paper(), who)
        answer = verify_pdf(signed, trust=[who.centre])
        assert answer.verdict == "valid"
        assert answer.signatures[0].covers_whole_file
        body = signed.index(b"stream") + 40
        assert verify_pdf(flipped(signed, body), trust=[who.centre]).verdict == "broken"

    def test_a_pdf_signed_by_rsa_then_by_gost() -> None:
        who = gost_person()
        answer = verify_pdf(in_pdf(signed_once(), who), trust=[who.centre])
        assert [one.verdict for one in answer.signatures] == ["valid_unknown_issuer", "valid"]
        assert answer.verdict == "valid_unknown_issuer"

    def test_a_page_put_over_a_gost_signature() -> None:
        from tests.helpers.shadow import replace_page

        who = gost_person()
        forged = updated(in_pdf(paper(), who), replace_page)
        assert verify_pdf(forged, trust=[who.centre]).verdict == "changed_after_signing"

    @pytest.mark.usefixtures("nothing")
    def test_without_the_engine_nothing_is_claimed() -> None:
        who = gost_person()
        beside = verify_detached(DATA, who.sign(DATA), trust=[who.centre])
        inside = verify_pdf(in_pdf(paper(), who), trust=[who.centre])
        for answer in (beside, inside):
            assert answer.verdict == "unsupported_algorithm"
            assert "здесь не проверяется: на этом компьютере нет движка ГОСТ" in answer.reason
            assert answer.signatures[0].signer == "Иванова Мария Петровна"
            assert answer.signatures[0].checked_by == ""

    def test_a_program_that_goes_away_in_between_claims_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
        sig = gost_person().sign(DATA)
        monkeypatch.setattr(gost_check, "look", lambda: (gost_check.GostTool("нет такой программы", ""), ""))
        answer = verify_detached(DATA, sig)
        assert answer.verdict == "unsupported_algorithm"
        assert "не работает" in answer.reason

    def test_nothing_is_left_in_the_folder_for_temporary_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        sig = gost_person().sign(DATA)
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
        assert verify_detached(DATA, sig, trust=[gost_person().centre]).verdict == "valid"
        assert list(tmp_path.iterdir()) == []
