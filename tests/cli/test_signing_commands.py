"""Commands of signing as a user of a terminal meets them."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from app.cli import run
from app.exporters.cms_make import sign_beside
from app.exporters.outside import Program
from app.exporters.signing import load_p12, signatory_of
from app.operations import signing_profiles
from tests.helpers import pdfs
from tests.helpers.certificates import PASSWORD, ivanova, petrov


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "Лесогорск.opora"
    assert run(["new", str(path), "--name", "Лесогорский округ"]) == 0
    return path


@pytest.fixture
def keys(tmp_path: Path) -> list[str]:
    (tmp_path / "ключ.p12").write_bytes(ivanova().p12)
    (tmp_path / "пароль.txt").write_text(PASSWORD + "\n", encoding="utf-8")
    return ["--p12", str(tmp_path / "ключ.p12"), "--password-file", str(tmp_path / "пароль.txt")]


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "Отчёт.xlsx"
    import openpyxl

    book = openpyxl.Workbook()
    book.save(path)
    return path


def answer(capsys: pytest.CaptureFixture[str], *arguments: object) -> Any:
    capsys.readouterr()
    assert run([str(argument) for argument in (*arguments, "--json")]) == 0
    return json.loads(capsys.readouterr().out)


def test_any_file_is_signed_beside_and_registered(
    db: Path, keys: list[str], document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["sign", str(document), *keys, "--db", str(db)]) == 0
    said = capsys.readouterr().out
    assert "Отчёт.xlsx.sig" in said
    assert "неквалифицированная (УНЭП)" in said
    assert "Журнал исходящих: № 1." in said
    assert document.with_name("Отчёт.xlsx.sig").read_bytes()[:1] == b"\x30"
    assert run(["sign", str(document), *keys, "--ooxml"]) == 0
    assert (document.parent / "Отчёт (подписан).xlsx").read_bytes()[:2] == b"PK"
    assert run(["sign", str(document), *keys, "--inside"]) == 1
    assert "не подходит" in capsys.readouterr().err


def test_nothing_is_written_over(keys: list[str], document: Path) -> None:
    target = document.with_name("Отчёт.xlsx.sig")
    target.write_text("чужое", encoding="utf-8")
    assert run(["sign", str(document), *keys]) == 0
    assert target.read_text(encoding="utf-8") == "чужое"
    assert document.with_name("Отчёт.xlsx (2).sig").exists()


def test_what_a_way_needs_is_named(document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, key in (
        (["--way", "p12"], "--p12"),
        (["--way", "token"], "--token"),
        (["--way", "program"], "--pro"),
    ):
        assert run(["sign", str(document), *arguments]) == 1
        assert key in capsys.readouterr().err


def test_a_program_of_ones_own(tmp_path: Path, document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ready = tmp_path / "ready.sig"
    ready.write_bytes(sign_beside(document.read_bytes(), signatory_of(load_p12(petrov().p12, PASSWORD))).data)
    code = "import shutil, sys; shutil.copy(sys.argv[1], sys.argv[2])"
    signing_profiles.save(Program("own1", "Моя", (sys.executable, "-c", code, str(ready), "{output}", "{input}"), 30))
    assert [item["key"] for item in answer(capsys, "signing", "profiles")["profiles"]] == [
        "cryptcp", "csptest", "openssl-gost", "own1",
    ]  # fmt: skip
    assert run(["sign", str(document), "--way", "program", "--profile", "own1"]) == 0
    assert "Петров Сергей Иванович" in capsys.readouterr().out
    assert run(["sign", str(document), "--way", "program", "--profile", "нет"]) == 1
    assert "own1" in capsys.readouterr().err
    assert run(["signing", "profiles"]) == 0


def test_certificates_are_shown(keys: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    (one,) = answer(capsys, "signing", "certificates", *keys)["certificates"]
    assert (one["owner"], one["position"], one["problem"]) == ("Иванова Мария Петровна", "Директор", None)
    assert run(["signing", "certificates", *keys]) == 0
    assert "Иванова Мария Петровна" in capsys.readouterr().out
    assert run(["signing", "certificates"]) == 1


def test_order_away_and_back(db: Path, keys: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "приказ.pdf"
    path.write_bytes(pdfs.paper())
    assert run(["sign", str(path), *keys, "--detached", "--db", str(db)]) == 0
    people = ["--signer", "Методист; С. И. Петров", "--signer", "О. В. Ким"]
    found = answer(capsys, "signing", "order", 1, "--db", db, *people)["signers"]
    assert [(one["position"], one["post"], one["name"], one["state"]) for one in found] == [
        (1, "Методист", "С. И. Петров", "waiting"), (2, None, "О. В. Ким", "waiting"),
    ]  # fmt: skip
    out = tmp_path / "на подпись.zip"
    assert run(["signing", "export", "1", "--db", str(db), "--out", str(out)]) == 0
    assert out.exists()
    back = tmp_path / "приказ.p7s"
    back.write_bytes(sign_beside(path.read_bytes(), signatory_of(load_p12(petrov().p12, PASSWORD))).data)
    (taken,) = answer(capsys, "signing", "take-back", back, "--db", db)["taken"]
    assert (taken["number"], taken["signer"]) == (1, "Петров Сергей Иванович")
    assert run(["signing", "order", "1", "--db", str(db)]) == 0
    assert "подписали 1 из 2, очередь: О. В. Ким" in capsys.readouterr().out
    assert run(["signing", "take-back", str(back), "--db", str(db)]) == 1
    assert run(["signing", "order", "77", "--db", str(db)]) == 1
