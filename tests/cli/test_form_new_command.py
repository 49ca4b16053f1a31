"""opora form new: a form out of a table or a plain list of questions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.cli import run
from app.forms.loader import load
from app.models.store import Store


def asked(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    capsys.readouterr()
    assert run([str(argument) for argument in arguments]) == 0
    return capsys.readouterr().out


def test_a_list_of_questions_is_enough(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, db, out = tmp_path / "условия школы.csv", tmp_path / "Лесогорск.opora", tmp_path / "условия.toml"
    path.write_text("Есть библиотека\nЕсть спортзал\nЕсть столовая\n", "utf-8-sig")
    Store.create(db, name="Лесогорский округ", actor="Ким О. В.").close()
    found = json.loads(
        asked(capsys, "form", "new", "own-conditions", "--from", path, "--db", db, "--out", out, "--json")
    )
    assert (found["id"], found["title"], found["saved"]) == ("own-conditions", "условия школы", True)
    assert [item["text"] for item in found["sections"][0]["items"]] == [
        "Есть библиотека", "Есть спортзал", "Есть столовая",
    ]  # fmt: skip
    assert load(out.read_text("utf-8")).id == "own-conditions"
    assert "own-conditions" in asked(capsys, "forms", "--db", db)


def test_without_a_place_it_is_only_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "список.txt"
    path.write_text("Кадры:\n1. Есть психолог\n2. Есть логопед\n", "utf-8")
    told = asked(capsys, "form", "new", "own-staff", "--from", path, "--title", "Кадры школы")
    assert "«Кадры школы»: 1 раздел, 2 вопроса." in told.replace("\u00a0", " ")
    assert "никуда не сохранена" in told


def test_a_wrong_code_is_refused_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "список.txt"
    path.write_text("Есть психолог\n", "utf-8")
    assert run(["form", "new", "Наша", "--from", str(path)]) == 1
    assert "латинские" in capsys.readouterr().err
