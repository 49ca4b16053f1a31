"""Signatures by another program: a script of our own plays it, and OpenSSL with the ГОСТ engine is a real one."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app.errors import UserError
from app.exporters.cms_make import MadeSignature, sign_beside
from app.exporters.outside import Program, find_program, sign_outside
from app.exporters.pdfa import to_pdfa
from app.exporters.signing import (
    SignaturePlace,
    add_signature_fields,
    load_p12,
    sign_pdf,
    sign_pdf_outside,
    signatory_of,
)
from app.exporters.verifying import verify_pdf
from tests.helpers import gost, outside, pdfs
from tests.helpers.certificates import PASSWORD, ivanova, person, petrov

DATA = "Приказ № 17 от 23.11.2026".encode() * 30
PIN = "12345678"


@pytest.fixture
def own_temp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "temp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def program(code: str, *more: str, seconds: int = 30) -> Program:
    return Program("script", "Проба", (sys.executable, "-c", code, "{input}", "{output}", *more), seconds)


def writes(tmp_path: Path, sig: bytes, *more: str) -> Program:
    """A program that leaves a ready signature."""
    ready = tmp_path / "ready.sig"
    ready.write_bytes(sig)
    code = "import shutil, sys; shutil.copy(sys.argv[3], sys.argv[2])"
    return program(code, str(ready), *more)


def sig_of(data: bytes = DATA, p12: bytes | None = None) -> bytes:
    return sign_beside(data, signatory_of(load_p12(p12 or ivanova().p12, PASSWORD))).data


def refusal(work: Callable[[], object]) -> UserError:
    with pytest.raises(UserError) as caught:
        work()
    return caught.value


def thumbprint(der: bytes) -> str:
    return hashlib.sha1(der, usedforsecurity=False).hexdigest()


def test_a_good_signature_is_taken_and_nothing_stays_behind(tmp_path: Path, own_temp: Path) -> None:
    mark = thumbprint(ivanova().der)
    spaced = " ".join(mark[at : at + 2] for at in range(0, 40, 2))
    made = sign_outside(DATA, writes(tmp_path, sig_of(), "{thumbprint}"), {"thumbprint": spaced.upper()})
    assert made.facts.owner == "Иванова Мария Петровна"
    assert made.data[:1] == b"\x30"
    assert list(own_temp.iterdir()) == []


def test_what_a_killed_signing_left_is_cleared_and_a_fresh_one_is_not(tmp_path: Path, own_temp: Path) -> None:
    old, fresh = own_temp / "opora-sign-old", own_temp / "opora-sign-fresh"
    for folder in (old, fresh):
        folder.mkdir()
        (folder / "document.bin").write_bytes(DATA)
    os.utime(old, (0, 0))
    sign_outside(DATA, writes(tmp_path, sig_of()), {})
    assert [path.name for path in own_temp.iterdir()] == ["opora-sign-fresh"]


def test_base64_with_windows_line_ends_is_understood(tmp_path: Path) -> None:
    import base64

    text = b"-----BEGIN CMS-----\r\n" + base64.encodebytes(sig_of()).replace(b"\n", b"\r\n") + b"-----END CMS-----\r\n"
    assert sign_outside(DATA, writes(tmp_path, text), {}).data == sig_of_same(text)


def sig_of_same(text: bytes) -> bytes:
    from app.exporters.sig_check import to_der

    return to_der(text)


def test_a_program_that_writes_beside_its_input(tmp_path: Path) -> None:
    ready = tmp_path / "r.sig"
    ready.write_bytes(sig_of())
    code = "import shutil, sys, pathlib; shutil.copy(sys.argv[2], str(pathlib.Path(sys.argv[1])) + '.p7s')"
    asked = Program("x", "Рядом", (sys.executable, "-c", code, "{input}", str(ready)), 30)
    assert sign_outside(DATA, asked, {}).facts.owner == "Иванова Мария Петровна"


def test_another_file_another_certificate_and_an_enclosed_document_are_refused(tmp_path: Path) -> None:
    other = writes(tmp_path, sig_of(DATA + b"!"))
    assert refusal(lambda: sign_outside(DATA, other, {})).code == "SIGN_OUTSIDE_OTHER_FILE"
    wrong = writes(tmp_path, sig_of(), "{thumbprint}")
    told = refusal(lambda: sign_outside(DATA, wrong, {"thumbprint": thumbprint(petrov().der)}))
    assert told.code == "SIGN_OUTSIDE_CERT"
    assert "Иванова Мария Петровна" in told.what
    (tmp_path / "p.pem").write_bytes(petrov().pem)
    by_file = writes(tmp_path, sig_of(), "{cert}")
    fields = {"cert": str(tmp_path / "p.pem")}
    assert refusal(lambda: sign_outside(DATA, by_file, fields)).code == "SIGN_OUTSIDE_CERT"
    from tests.exporters.test_verifying_detached import sign

    enclosed = writes(tmp_path, sign(ivanova(), data=DATA, enclosed=True))
    assert refusal(lambda: sign_outside(DATA, enclosed, {})).code == "SIGN_OUTSIDE_ATTACHED"
    assert refusal(lambda: sign_outside(DATA, writes(tmp_path, b"nonsense"), {})).code == "SIGN_SIG_UNREADABLE"


def test_an_expired_certificate_is_refused(tmp_path: Path) -> None:
    from tests.exporters.test_verifying_detached import sign

    old = person("Старая Нина Львовна", number=3, valid=(-400, -30))
    assert refusal(lambda: sign_outside(DATA, writes(tmp_path, sign(old, data=DATA)), {})).code == "SIGN_CERT_EXPIRED"


def test_the_words_of_a_failed_program_are_told_without_the_pin(tmp_path: Path, own_temp: Path) -> None:
    words = "Ошибка: неверный ПИН-код"
    code = f"import sys; sys.stdout.buffer.write({words!r}.encode('cp866') + sys.argv[3].encode()); sys.exit(13)"
    told = refusal(lambda: sign_outside(DATA, program(code, "{pin}"), {"pin": PIN}))
    assert told.code == "SIGN_OUTSIDE_FAILED"
    assert words in told.what
    assert "13" in told.what
    assert PIN not in f"{told.what}{told.cure}{told.context}"
    assert list(own_temp.iterdir()) == []


def test_a_program_that_leaves_nothing_and_one_that_is_not_here() -> None:
    assert refusal(lambda: sign_outside(DATA, program("pass"), {})).code == "SIGN_OUTSIDE_NOTHING"
    nowhere = Program("x", "КриптоПро", ("opora-no-such-program", "{input}", "{output}"))
    assert find_program(nowhere) is None
    assert refusal(lambda: sign_outside(DATA, nowhere, {})).code == "SIGN_OUTSIDE_MISSING"


def test_a_program_lying_beside_a_document_is_not_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As Windows finds programs: in the current folder first, which is that of the file just opened."""
    found = tmp_path / "cryptcp"
    found.write_text("#!/bin/sh\necho started > started.txt\n", encoding="utf-8")
    found.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    asked = Program("cryptcp", "КриптоПро", ("cryptcp", "{input}", "{output}"))
    assert find_program(asked) == found
    monkeypatch.chdir(tmp_path)
    assert find_program(asked) is None
    assert refusal(lambda: sign_outside(DATA, asked, {})).code == "SIGN_OUTSIDE_MISSING"
    whole = Program("cryptcp", "КриптоПро", (str(found), "{input}", "{output}"))
    assert find_program(whole) == found  # named with its folder, it is what the user wants


def test_a_slow_program_is_ended_with_its_children(tmp_path: Path, own_temp: Path) -> None:
    alive = tmp_path / "alive"
    child = f"import time; time.sleep(7); open({str(alive)!r}, 'w').close()"
    code = f"import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', {child!r}]); time.sleep(60)"
    began = time.monotonic()
    told = refusal(lambda: sign_outside(DATA, program(code, seconds=5), {}))
    assert told.code == "SIGN_OUTSIDE_TIMEOUT"
    assert time.monotonic() - began < 20
    time.sleep(3)
    assert not alive.exists(), "what it started has ended too"
    assert list(own_temp.iterdir()) == []


def test_cancelling_ends_the_program_at_once(own_temp: Path) -> None:
    began = time.monotonic()
    asked = program("import time; time.sleep(60)")
    assert refusal(lambda: sign_outside(DATA, asked, {}, cancelled=lambda: True)).code == "SIGN_CANCELLED"
    assert time.monotonic() - began < 10
    assert list(own_temp.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [((), "программа"), (("x", "{output}"), "{input}"), (("x", "{input}", "{password}"), "{password}")],
)
def test_a_command_that_cannot_work_is_refused_before_it_is_started(arguments: tuple[str, ...], said: str) -> None:
    told = refusal(lambda: sign_outside(DATA, Program("x", "Моя", arguments), {}))
    assert told.code == "SIGN_OUTSIDE_COMMAND"
    assert said in told.what


def test_what_a_command_asks_for_must_be_filled() -> None:
    told = refusal(lambda: sign_outside(DATA, program("pass", "{thumbprint}"), {}))
    assert told.code == "SIGN_OUTSIDE_FIELD"
    assert "Отпечаток сертификата" in told.what


def test_arguments_are_never_a_shell(tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    ready = tmp_path / "имя с пробелом № 1.sig"
    ready.write_bytes(sig_of())
    code = "import shutil, sys; shutil.copy(sys.argv[3], sys.argv[2])"
    asked = program(code, str(ready), "{key}")
    made = sign_outside(DATA, asked, {"key": f"; touch {trap} && $(touch {trap})"})
    assert made.facts.owner == "Иванова Мария Петровна"
    assert not trap.exists()


def test_the_signature_of_a_program_goes_inside_a_pdf_beside_another() -> None:
    first = sign_pdf(pdfs.paper(), ivanova().p12, PASSWORD).pdf
    who = signatory_of(load_p12(petrov().p12, PASSWORD))
    result = sign_pdf_outside(first, who.facts, lambda data: sign_beside(data, who), position="Директор")
    assert result.visible
    answer = verify_pdf(result.pdf)
    assert answer.verdict == "valid_unknown_issuer"
    assert [one.signer for one in answer.signatures] == ["Иванова Мария Петровна", "Петров Сергей Иванович"]
    assert result.pdf.startswith(first), "earlier bytes are never written anew"


def test_the_mark_must_show_the_certificate_that_signed() -> None:
    shown = load_p12(petrov().p12, PASSWORD).facts
    other = signatory_of(load_p12(ivanova().p12, PASSWORD))
    told = refusal(lambda: sign_pdf_outside(pdfs.paper(), shown, lambda data: sign_beside(data, other)))
    assert told.code == "SIGN_OUTSIDE_CERT"


def test_a_signature_of_other_bytes_never_gets_its_mark() -> None:
    who = signatory_of(load_p12(petrov().p12, PASSWORD))
    told = refusal(lambda: sign_pdf_outside(pdfs.paper(), who.facts, lambda _data: sign_beside(b"other", who)))
    assert told.code == "SIGN_RESULT_BAD"


if outside.GOST_ENGINE:

    def by_openssl(folder: Path) -> tuple[Program, dict[str, str]]:
        who = gost.gost_person()
        (folder / "gost.cnf").write_text(gost.CONFIG.format(engine=outside.GOST_ENGINE), encoding="ascii")
        (folder / "u.pem").write_bytes(who.certificate)
        (folder / "u.key").write_bytes(who.key)
        arguments = ("openssl", "cms", "-sign", "-binary", "-in", "{input}", "-signer", "{cert}", "-inkey", "{key}",
                     "-md", "md_gost12_256", "-cades", "-outform", "DER", "-out", "{output}")  # fmt: skip
        environment = (("OPENSSL_CONF", str(folder / "gost.cnf")),)
        asked = Program("openssl-gost", "OpenSSL с ГОСТ", arguments, environment=environment)
        return asked, {"cert": str(folder / "u.pem"), "key": str(folder / "u.key")}

    def test_gost_by_openssl_beside_a_file(tmp_path: Path) -> None:
        made = sign_outside(DATA, *by_openssl(tmp_path))
        assert made.facts.owner == "Иванова Мария Петровна"
        assert made.signed_at is not None
        centre = gost.gost_person().centre
        assert gost.verified(DATA, made.data, centre)
        assert not gost.verified(DATA.replace(b"17", b"71"), made.data, centre)

    def test_gost_by_openssl_inside_a_pdf_over_another_signature(tmp_path: Path) -> None:
        first = sign_pdf(pdfs.paper(), petrov().p12, PASSWORD).pdf
        asked, fields = by_openssl(tmp_path)

        def make(data: bytes) -> MadeSignature:
            return sign_outside(data, asked, fields)

        result = sign_pdf_outside(first, make(b"pilot").facts, make)
        answer = verify_pdf(result.pdf)
        told = {one.signer: one.verdict for one in answer.signatures}
        assert told["Петров Сергей Иванович"] == "valid_unknown_issuer", "the earlier signature stays good"
        assert told["Иванова Мария Петровна"] in {"unsupported_algorithm", "valid_unknown_issuer"}
        data, sig = _gap(result.pdf)
        assert gost.verified(data, sig, gost.gost_person().centre)
        if outside.PDFSIG:
            assert outside.pdfsig(tmp_path, result.pdf)[0] == "Signature is Valid."


def _gap(pdf: bytes) -> tuple[bytes, bytes]:
    """Return the signed bytes and the container of the last signature."""
    import io

    from pyhanko.pdf_utils.reader import PdfFileReader

    last = PdfFileReader(io.BytesIO(pdf)).embedded_signatures[-1]
    one, two, three, four = (int(number) for number in last.byte_range)
    from asn1crypto import cms

    return pdf[one : one + two] + pdf[three : three + four], cms.ContentInfo.load(last.pkcs7_content).dump()


if outside.PREFLIGHT:

    def test_archival_form_outlives_a_program_s_signature_and_an_invisible_one(tmp_path: Path) -> None:
        who = signatory_of(load_p12(petrov().p12, PASSWORD))
        places = [SignaturePlace("one", 0, (40, 60, 260, 120), "Директор")]
        first = sign_pdf_outside(
            add_signature_fields(to_pdfa(pdfs.paper()), places), who.facts, lambda data: sign_beside(data, who)
        )
        second = sign_pdf(first.pdf, ivanova().p12, PASSWORD)
        third = sign_pdf_outside(second.pdf, who.facts, lambda data: sign_beside(data, who))
        assert (first.visible, second.visible, third.visible) == (True, False, False)
        told = outside.preflight(tmp_path, {"one": first.pdf, "two": second.pdf, "three": third.pdf})
        assert told == dict.fromkeys(told, "valid")
        assert verify_pdf(third.pdf).verdict == "valid_unknown_issuer"
