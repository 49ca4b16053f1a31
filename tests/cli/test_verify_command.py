"""«opora verify» and «opora trusted»: one file, a folder, the protocol, the document inside, exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.cli import run
from tests.exporters.test_verifying_detached import DATA, sign
from tests.helpers import shadow
from tests.helpers.certificates import centre, ivanova
from tests.helpers.pdfs import paper, signed_once, updated
from tests.helpers.projections import pdf_text


def ask(capsys: pytest.CaptureFixture[str], *words: str | Path, code: int = 0) -> Any:
    assert run([str(word) for word in words]) == code, capsys.readouterr().err
    out = capsys.readouterr().out
    return json.loads(out) if "--json" in words else out


@pytest.fixture
def root(tmp_path: Path) -> Path:
    path = tmp_path / "УЦ.pem"
    path.write_bytes(centre().pem)
    return path


def test_a_signature_beside_is_found(tmp_path: Path, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = tmp_path / "приказ.docx"
    document.write_bytes(DATA)
    (tmp_path / "приказ.docx.sig").write_bytes(sign(ivanova()))
    found = ask(capsys, "verify", document, "--json", code=3)
    assert (found["file"], found["sig"], found["verdict"]) == ("приказ.docx", "приказ.docx.sig", "valid_unknown_issuer")
    assert found["kind"] == "detached"
    said = ask(capsys, "verify", document, "--trust", root)
    assert "Подпись верна" in said
    assert "Документ: приказ.docx. Подпись: приказ.docx.sig." in said


def test_a_kept_centre(tmp_path: Path, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pdf = tmp_path / "список.pdf"
    pdf.write_bytes(signed_once())
    ask(capsys, "verify", pdf, code=3)
    assert "Доверенных центров нет" in ask(capsys, "trusted", "list")
    assert "Добавлен: Тестовый УЦ" in ask(capsys, "trusted", "add", root)
    assert "уже в доверенных" in ask(capsys, "trusted", "add", root)
    assert "Тестовый УЦ" in ask(capsys, "trusted", "list")
    (one,) = ask(capsys, "trusted", "list", "--json")["centres"]
    assert len(one["sha256"]) == 64
    ask(capsys, "verify", pdf)
    ask(capsys, "trusted", "remove", one["key"])
    ask(capsys, "verify", pdf, code=3)


def test_a_folder(tmp_path: Path, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "входящие"
    (folder / "вложения").mkdir(parents=True)
    (folder / "а.pdf").write_bytes(signed_once())
    (folder / "вложения" / "б.txt").write_bytes(DATA)
    (folder / "вложения" / "б.txt.sig").write_bytes(sign(ivanova()))
    found = ask(capsys, "verify", folder, "--trust", root, "--json")
    assert [(one["file"], one["verdict"]) for one in found["files"]] == [
        ("а.pdf", "valid"), ("вложения/б.txt", "valid"),
    ]  # fmt: skip
    assert found["exit_code"] == 0
    assert ask(capsys, "verify", folder, "--json", code=3)["exit_code"] == 3
    (folder / "в.pdf").write_bytes(updated(signed_once(), shadow.replace_page))
    said = ask(capsys, "verify", folder, "--trust", root, code=1)
    assert "Изменён после подписания" in said
    assert "Проверено: 3\u00a0файла." in said
    assert ask(capsys, "verify", tmp_path / "пусто", code=1) == ""


@pytest.mark.parametrize("key", ["--sig", "--report", "--content"])
def test_keys_of_one_file_do_not_suit_a_folder(tmp_path: Path, key: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", str(tmp_path), key, str(tmp_path / "x")]) == 1
    assert key in capsys.readouterr().err


def test_the_document_inside_and_the_protocol(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sig = tmp_path / "приказ.p7m"
    sig.write_bytes(sign(ivanova(), enclosed=True))
    taken, report = tmp_path / "приказ.txt", tmp_path / "протокол.pdf"
    ask(capsys, "verify", sig, "--content", taken, "--report", report, code=3)
    assert taken.read_bytes() == DATA
    assert "Протокол проверки электронной подписи" in " ".join(pdf_text(report.read_bytes())[0].split())
    plain = tmp_path / "пустой.pdf"
    plain.write_bytes(paper())
    assert run(["verify", str(plain), "--content", str(tmp_path / "нет.txt")]) == 1
    assert "документа нет" in capsys.readouterr().err
    assert not (tmp_path / "нет.txt").exists()
