"""The package signature of Word and Excel files: our own parts, and what xmlsec1 and LibreOffice say of them."""

from __future__ import annotations

import io
import os
import re
import subprocess
import uuid
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from app.errors import UserError
from app.exporters.ooxml_signing import sign_package
from app.exporters.signing import load_p12, signatory_of
from tests.helpers import outside
from tests.helpers.certificates import PASSWORD, Person, centre, ivanova, person, petrov


def xlsx() -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Форма 1"
    sheet["A1"], sheet["B2"] = "Отчёт ёлки", 123.5
    book.create_sheet("Лист 2")["A1"] = "ещё"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def docx() -> bytes:
    import docx as word

    document = word.Document()
    document.add_heading("Приказ № 17", 1)
    document.add_paragraph("Утвердить список школ.")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def signed(data: bytes, *people: Person) -> bytes:
    for who in people:
        data = sign_package(data, signatory_of(load_p12(who.p12, PASSWORD)))
    return data


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def repacked(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts(data).items():
            assert part != name or old in content
            archive.writestr(part, content.replace(old, new) if part == name else content)
    return buffer.getvalue()


@pytest.mark.parametrize("make", [xlsx, docx])
def test_every_part_stays_as_it_was_and_every_part_is_covered(make: Callable[[], bytes]) -> None:
    before = make()
    after = signed(before, ivanova())
    old, new = parts(before), parts(after)
    told = {"[Content_Types].xml", "_rels/.rels"}
    assert {name for name in old if old[name] != new[name]} == told
    added = set(new) - set(old)
    assert added == {"_xmlsignatures/origin.sigs", "_xmlsignatures/_rels/origin.sigs.rels", "_xmlsignatures/sig1.xml"}
    covered = {found.decode() for found in re.findall(rb'URI="/([^?"]+)\?', new["_xmlsignatures/sig1.xml"])}
    left = {name for name in old if name not in covered and not name.startswith("docProps/")}
    assert left == {"[Content_Types].xml"}, "only the properties and the list of types stay outside"
    assert "Утверждаю".encode() in new["_xmlsignatures/sig1.xml"]


def test_the_second_signature_leaves_the_first_alone() -> None:
    first = signed(xlsx(), ivanova())
    second = signed(first, petrov())
    one, two = parts(first), parts(second)
    assert one["_xmlsignatures/sig1.xml"] == two["_xmlsignatures/sig1.xml"]
    assert "_xmlsignatures/sig2.xml" in two
    assert next(iter(two)) == "[Content_Types].xml"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"PK\x03\x04 broken"])
def test_what_is_no_office_file_is_refused(data: bytes) -> None:
    with pytest.raises(UserError) as caught:
        signed(data, ivanova())
    assert caught.value.code == "SIGN_OOXML_NOT"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_refused_before_one_is_lost() -> None:
    buffer = io.BytesIO(xlsx())
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"<other/>")
    with pytest.raises(UserError) as caught:
        signed(buffer.getvalue(), ivanova())
    assert caught.value.code == "SIGN_OOXML_NOT"


def test_a_file_whose_earlier_signature_is_broken_is_not_signed_over() -> None:
    before = repacked(signed(xlsx(), ivanova()), "xl/workbook.xml", "Форма 1".encode(), "Форма 2".encode())
    with pytest.raises(UserError) as caught:
        signed(before, petrov())
    assert caught.value.code == "SIGN_RESULT_BAD"


def test_another_zip_and_another_kind_of_key_are_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("письмо.txt", "текст")
    with pytest.raises(UserError) as caught:
        signed(buffer.getvalue(), ivanova())
    assert caught.value.code == "SIGN_OOXML_NOT"
    with pytest.raises(UserError) as caught:
        signed(xlsx(), person("Кривая Ольга Ильинична", curve=ec.SECP256R1()))
    assert caught.value.code == "SIGN_OOXML_KEY"


if outside.XMLSEC:

    def xmlsec(folder: Path, data: bytes, part: str = "_xmlsignatures/sig1.xml") -> str:
        (folder / "sig.xml").write_bytes(parts(data)[part])
        (folder / "ca.pem").write_bytes(centre().pem)
        command = [
            str(outside.XMLSEC), "--verify", "--ignore-manifests", "--trusted-pem", "ca.pem",
            "--id-attr:Id", "http://www.w3.org/2000/09/xmldsig#:Object",
            "--id-attr:Id", "http://uri.etsi.org/01903/v1.3.2#:SignedProperties", "sig.xml",
        ]  # fmt: skip
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=60)
        return done.stdout + done.stderr

    @pytest.mark.parametrize("make", [xlsx, docx])
    def test_xmlsec_agrees(make: Callable[[], bytes], tmp_path: Path) -> None:
        data = signed(make(), ivanova(), petrov())
        for part in ("_xmlsignatures/sig1.xml", "_xmlsignatures/sig2.xml"):
            said = xmlsec(tmp_path, data, part)
            assert "SignedInfo References (ok/all): 3/3" in said, said
            assert said.lstrip().startswith("OK"), said
        changed = repacked(data, "_xmlsignatures/sig1.xml", "Утверждаю".encode(), "Отвергаю!".encode())
        assert "FAIL" in xmlsec(tmp_path, changed)


if outside.UNO:

    def test_libreoffice_agrees(tmp_path: Path) -> None:
        book = signed(xlsx(), ivanova(), petrov())
        (tmp_path / "book.xlsx").write_bytes(book)
        (tmp_path / "letter.docx").write_bytes(signed(docx(), ivanova()))
        changed = repacked(book, "xl/worksheets/sheet1.xml", b"123.5", b"999.5")
        (tmp_path / "changed.xlsx").write_bytes(changed)
        said = judged(tmp_path, "book.xlsx", "letter.docx", "changed.xlsx")
        assert said["book.xlsx"] == [("True", "0"), ("True", "0")], said
        assert said["letter.docx"] == [("True", "0")]
        assert [valid for valid, _ in said["changed.xlsx"]] == ["False", "False"]

    def judged(folder: Path, *names: str) -> dict[str, list[tuple[str, str]]]:
        """Start LibreOffice without a window, trusting our centre, and ask it."""
        certificates = folder / "nss"
        certificates.mkdir()
        (folder / "ca.pem").write_bytes(centre().pem)
        nss = f"sql:{certificates}"
        subprocess.run(["certutil", "-N", "-d", nss, "--empty-password"], check=True, capture_output=True)
        subprocess.run(
            ["certutil", "-A", "-d", nss, "-n", "ca", "-t", "CT,C,C", "-i", str(folder / "ca.pem")],
            check=True, capture_output=True,
        )  # fmt: skip
        pipe = f"opora{uuid.uuid4().hex[:12]}"
        office = subprocess.Popen(
            [str(outside.SOFFICE), "--headless", "--norestore", f"-env:UserInstallation={(folder / 'lo').as_uri()}",
             f"--accept=pipe,name={pipe};urp"],
            env=os.environ | {"MOZILLA_CERTIFICATE_FOLDER": nss, "HOME": str(folder)},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            script = Path(__file__).parent.parent / "helpers" / "office_judge.py"
            done = subprocess.run(
                [str(outside.UNO_PYTHON), str(script), pipe, *names],
                cwd=folder, capture_output=True, text=True, check=False, timeout=150,
            )  # fmt: skip
        finally:
            try:
                office.wait(30)
            except subprocess.TimeoutExpired:
                office.terminate()
                office.wait(30)
        assert done.returncode == 0, done.stderr
        found: dict[str, list[tuple[str, str]]] = {name: [] for name in names}
        for line in done.stdout.splitlines():
            name, *rest = line.split("\t")
            if rest and rest[0] != "end":
                found[name].append((rest[0], rest[1]))
        return found
