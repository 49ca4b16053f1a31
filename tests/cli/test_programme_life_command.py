"""``opora programme approve|cancel|edition|copy|changes``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.cli import run as opora
from app.operations import programme_edit, programme_life, programmes
from tests.helpers import stores
from tests.helpers.programmes import small


@pytest.fixture
def file(tmp_path: Path) -> tuple[Path, dict[str, int]]:
    path = tmp_path / "округ.opora"
    with stores.made(path) as store:
        return path, small(store)


def run(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    assert opora(["programme", *words]) == code
    told = capsys.readouterr()
    return told.out or told.err


def approve(capsys: pytest.CaptureFixture[str], path: Path, *more: str, code: int = 0) -> str:
    return run(
        capsys, "approve", "--db", str(path), "--act", "постановление", "--number", "214", "--date", "28.11.2026",
        *more, code=code,
    )  # fmt: skip


def test_the_whole_life(file: tuple[Path, dict[str, int]], capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path, keys = file
    told = json.loads(approve(capsys, path, "--json"))["programme"]
    assert (told["state"], told["act_number"], told["act_date"]) == ("approved", "214", "2026-11-28")
    assert len(told["snapshot"]) == 64
    new = json.loads(run(capsys, "edition", "--db", str(path), "--json"))["programme"]
    assert (new["edition"], new["state"]) == (2, "draft")
    with stores.opened(path) as store:
        tree = programmes.tree(store.connection, new["id"])
        first = next(node for node in tree.walk() if node.lineage == keys["first"])
        programme_edit.put_text(store, first.id, "Стажировки 12 учителей")
    found = json.loads(run(capsys, "changes", "--db", str(path), "--programme", str(new["id"]), "--json"))
    assert [(item["kind"], item["place"], item["what"], item["after"]) for item in found["changes"]] == [
        ("changed", "Мероприятие 1.1", "формулировка", "Стажировки 12 учителей")
    ]
    text = run(capsys, "changes", "--db", str(path), "--programme", str(new["id"]))
    assert "изменено" in text
    assert "1\u00a0изменение" in text
    out = tmp_path / "перечень.docx"
    run(capsys, "changes", "--db", str(path), "--programme", str(new["id"]), "--out", str(out))
    assert out.read_bytes().startswith(b"PK")
    assert "отменено" in run(capsys, "cancel", "--db", str(path), "--programme", str(keys["programme"]),
                             "--reason", "Постановление отменено")  # fmt: skip
    words = ("--title", "Поддержка школ на 2029–2031 годы", "--years", "2029", "2031", "--json")
    copied = json.loads(run(capsys, "copy", "--db", str(path), "--programme", str(keys["programme"]), *words))
    copied = copied["programme"]
    assert (copied["year_from"], copied["year_to"], copied["edition"]) == (2029, 2031, 1)


def test_what_cannot_be_is_said(file: tuple[Path, dict[str, int]], capsys: pytest.CaptureFixture[str]) -> None:
    path, keys = file
    assert "нет прежней редакции" in run(capsys, "changes", "--db", str(path), code=1)
    assert "не утверждена" in run(capsys, "cancel", "--db", str(path), "--reason", "Ошибка", code=1)
    approve(capsys, path)
    assert "утверждена, редакция 1" in approve(capsys, path, code=1)
    with stores.opened(path) as store:
        assert programme_life.agreement(store.connection, keys["programme"]).programme.frozen
