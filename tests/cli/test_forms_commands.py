"""opora forms, opora form show / check / put / out / remove."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.cli import run
from app.forms.loader import newest
from app.models.store import Store
from tests.helpers.forms import SMALL


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "Лесогорск.opora"
    Store.create(path, name="Лесогорский округ", actor="Ким О. В.").close()
    return path


@pytest.fixture
def definition(tmp_path: Path) -> Path:
    path = tmp_path / "малая.toml"
    path.write_text(SMALL, "utf-8")
    return path


def asked(capsys: pytest.CaptureFixture[str], *arguments: object) -> Any:
    capsys.readouterr()
    assert run([str(argument) for argument in arguments]) == 0
    return json.loads(capsys.readouterr().out)


def refused(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    capsys.readouterr()
    assert run([str(argument) for argument in arguments]) == 1
    return capsys.readouterr().err


def test_the_shipped_forms_are_there_without_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    shown = {one["id"] for one in asked(capsys, "forms", "--json")["forms"]}
    everything = {one["id"]: one for one in asked(capsys, "forms", "--hidden", "--json")["forms"]}
    assert set(everything) == set(newest())
    assert {name for name, one in everything.items() if one["hidden"]} == set(everything) - shown
    assert everything["rmo"]["items"] == 12
    assert run(["forms"]) == 0
    assert "Работа РМО" in capsys.readouterr().out


def test_a_form_is_shown_with_levels_and_notes(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["form", "show", "school-transition"]) == 0
    text = capsys.readouterr().out
    for words in (": 60–88", "Источник: ", "Примечание. ", "  17 "):
        assert words in text
    assert run(["form", "show", "courses"]) == 0
    assert "таблица: 11\u00a0строк, 12\u00a0столбцов" in capsys.readouterr().out
    assert run(["form", "show", "method-work"]) == 0
    assert "складывается из формы rmo" in capsys.readouterr().out
    found = asked(capsys, "form", "show", "school-transition", "--json")
    assert found["scores"][0]["declared_most"] == 88
    assert found["sections"][0]["items"][0]["most_points"] == 2
    assert run(["form", "show", "rmo", "--toml"]) == 0
    assert capsys.readouterr().out.strip() == newest()["rmo"].text.strip()
    assert "Формы «nope» нет." in refused(capsys, "form", "show", "nope")
    assert "rmo, версия 7.0" in refused(capsys, "form", "show", "rmo", "--version", "7.0")


def test_a_form_is_checked_put_given_out_and_removed(
    db: Path, definition: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run(["form", "check", str(definition)]) == 0
    assert capsys.readouterr().out == "Ошибок нет: «Малая форма», версия 1.0, 4\u00a0пункта.\n"
    assert asked(capsys, "form", "check", definition, "--json")["id"] == "small"
    made = asked(capsys, "form", "put", definition, "--db", db, "--json")
    assert (made["id"], made["version"], made["origin"]) == ("small", "1.0", "own")
    assert asked(capsys, "form", "show", "small", "--db", db, "--json")["versions"] == ["1.0"]
    out = tmp_path / "отдать.toml"
    assert asked(capsys, "form", "out", "small", "--db", db, "--out", out, "--json") == {"file": str(out)}
    assert out.read_text("utf-8") == SMALL
    assert run(["form", "remove", "small", "--db", str(db)]) == 0
    assert "Формы «small» нет." in refused(capsys, "form", "show", "small", "--db", db)
    assert run(["undo", "--db", str(db)]) == 0
    assert asked(capsys, "form", "show", "small", "--db", db, "--json")["origin"] == "own"


def test_faults_of_a_file_are_told(definition: Path, db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    definition.write_text(SMALL.replace("least = 4, most = 6", "least = 5, most = 6"), "utf-8")
    for arguments in (["form", "check", definition], ["form", "put", definition, "--db", db]):
        assert "сумма\u00a04 не попадает ни в один уровень" in refused(capsys, *arguments)
    assert "поставлена с программой" in refused(capsys, "form", "remove", "rmo", "--db", db)


def test_the_word_form_alone_names_what_can_be_done(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        run(["form"])
    assert stop.value.code == 2
    assert "Не указано действие. Есть: show, check, put" in capsys.readouterr().err
