"""Keys in a token: SoftHSM plays it, with a key and a certificate put in as a maker's program would."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import UserError
from app.exporters import tokens
from app.exporters.cms_make import sign_beside
from app.exporters.signing import sign_pdf, sign_pdf_as
from app.exporters.tokens import TokenKey, opened, token_keys
from app.exporters.verifying import verify_detached, verify_pdf
from tests.helpers import outside, pdfs
from tests.helpers.certificates import PASSWORD, centre, ivanova, person, petrov

DATA = "Протокол".encode() * 100
PIN = "13579246"


def test_a_library_that_is_not_there_or_is_none(tmp_path: Path) -> None:
    for path in (tmp_path / "нет.so", _some_file(tmp_path)):
        with pytest.raises(UserError) as caught:
            token_keys(path)
        assert caught.value.code == "SIGN_TOKEN_LIBRARY"
        assert path.name in caught.value.what


def _some_file(folder: Path) -> Path:
    path = folder / "текст.so"
    path.write_text("не библиотека", encoding="utf-8")
    return path


def test_libraries_have_the_names_people_know() -> None:
    assert tokens.library_title(Path("C:/Windows/System32/rtPKCS11ECP.dll")) == "Рутокен"
    assert tokens.library_title(Path("/usr/lib/libjcPKCS11-2.so")) == "JaCarta"
    assert tokens.library_title(Path("/usr/lib/my.so")) == "my.so"


if outside.SOFTHSM:
    MODULE = outside.SOFTHSM

    @pytest.fixture(scope="module")
    def token(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
        """A token with the key of Иванова, an expired one, and the certificate of its centre."""
        folder = tmp_path_factory.mktemp("token")
        (folder / "tokens").mkdir()
        config = folder / "softhsm2.conf"
        config.write_text(
            f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\nlog.level = ERROR\n"
        )
        before = os.environ.get("SOFTHSM2_CONF")
        os.environ["SOFTHSM2_CONF"] = str(config)
        subprocess.run(
            ["softhsm2-util", "--init-token", "--free", "--label", "Opora", "--pin", PIN, "--so-pin", PIN],
            check=True, capture_output=True,
        )  # fmt: skip
        _fill()
        yield MODULE
        if before is None:
            del os.environ["SOFTHSM2_CONF"]
        else:
            os.environ["SOFTHSM2_CONF"] = before

    def _fill() -> None:
        import pkcs11
        from pkcs11.util.rsa import decode_rsa_private_key
        from pkcs11.util.x509 import decode_x509_certificate

        library = tokens._loaded(MODULE, anew=True)
        old = person("Старая Нина Львовна", number=3, valid=(-400, -30))
        with library.get_token(token_label="Opora").open(user_pin=PIN, rw=True) as session:
            for number, who in enumerate((ivanova(), old, centre()), start=1):
                extra = {pkcs11.Attribute.TOKEN: True, pkcs11.Attribute.ID: bytes([number])}
                session.create_object(decode_x509_certificate(who.der) | extra)
                from cryptography.hazmat.primitives import serialization

                raw = who.key.private_bytes(
                    serialization.Encoding.DER, serialization.PrivateFormat.TraditionalOpenSSL,
                    serialization.NoEncryption(),
                )  # fmt: skip
                session.create_object(decode_rsa_private_key(raw) | extra | {pkcs11.Attribute.SIGN: True})

    def ours(token: Path, owner: str = "Иванова Мария Петровна") -> TokenKey:
        return next(key for key in token_keys(token) if key.facts.owner == owner)

    def test_certificates_are_shown_without_a_pin_and_without_those_of_centres(token: Path) -> None:
        found = {key.facts.owner: key for key in token_keys(token)}
        assert set(found) == {"Иванова Мария Петровна", "Старая Нина Львовна"}
        one = found["Иванова Мария Петровна"]
        assert (one.token, one.problem) == ("Opora", "")
        assert one.facts.position == "Директор"

    def test_a_token_signs_a_file_and_a_pdf(token: Path) -> None:
        with opened(ours(token), PIN) as signatory:
            sig = sign_beside(DATA, signatory)
            pdf = sign_pdf_as(pdfs.paper(), signatory, position="Директор школы")
        assert verify_detached(DATA, sig.data, trust=[centre().pem]).verdict == "valid"
        assert verify_detached(DATA[1:], sig.data).verdict == "broken"
        answer = verify_pdf(pdf.pdf, trust=[centre().pem])
        assert answer.verdict == "valid"
        assert answer.signatures[0].signer == "Иванова Мария Петровна"
        assert pdf.visible

    def test_a_token_signs_after_a_key_file(token: Path) -> None:
        first = sign_pdf(pdfs.paper(), petrov().p12, PASSWORD).pdf
        with opened(ours(token), PIN) as signatory:
            second = sign_pdf_as(first, signatory).pdf
        answer = verify_pdf(second, trust=[centre().pem])
        assert [one.signer for one in answer.signatures] == ["Петров Сергей Иванович", "Иванова Мария Петровна"]
        assert answer.verdict == "valid"

    def test_a_wrong_pin_and_an_expired_certificate(token: Path) -> None:
        with pytest.raises(UserError) as caught, opened(ours(token), "0000"):
            pass
        assert caught.value.code == "SIGN_TOKEN_PIN"
        assert "0000" not in str(caught.value)
        with pytest.raises(UserError) as caught, opened(ours(token, "Старая Нина Львовна"), PIN):
            pass
        assert caught.value.code == "SIGN_CERT_EXPIRED"
        with opened(ours(token), PIN) as signatory:
            assert sign_beside(DATA, signatory).facts.owner == "Иванова Мария Петровна", "the token is free again"

    def test_a_key_that_is_gone_and_a_key_we_cannot_use(token: Path) -> None:
        from dataclasses import replace

        with pytest.raises(UserError) as caught, opened(replace(ours(token), serial="another"), PIN):
            pass
        assert caught.value.code == "SIGN_TOKEN_LOST"
        with pytest.raises(UserError) as caught, opened(replace(ours(token), key_id=b"\x77"), PIN) as signatory:
            sign_beside(DATA, signatory)
        assert caught.value.code == "SIGN_TOKEN_LOST"
        with pytest.raises(UserError) as caught, opened(replace(ours(token), problem="ключ по ГОСТ"), PIN):
            pass
        assert caught.value.code == "SIGN_TOKEN_UNSUPPORTED"
