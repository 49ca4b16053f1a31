"""opora rules: copy, change, take from a file, remove, choose."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.cli import run
from app.models.store import Store

RULE = "rosobrnadzor-2022"


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "Лесогорск.opora"
    Store.create(path, name="Лесогорский округ", actor="Ким О. В.").close()
    return path


def asked(capsys: pytest.CaptureFixture[str], *arguments: object) -> Any:
    capsys.readouterr()
    assert run([str(argument) for argument in arguments]) == 0
    return json.loads(capsys.readouterr().out)


def rule(capsys: pytest.CaptureFixture[str], db: Path, rule_id: str) -> dict[str, Any]:
    found = asked(capsys, "rules", "show", rule_id, "--db", db, "--json")
    assert isinstance(found, dict)
    return found


def test_a_rule_is_copied_changed_chosen_and_dropped(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "copy", RULE, "--id", "ours", "--title", "Наше правило", "--db", str(db)]) == 0
    changes = ["--threshold", "35/100", "--need", "2", "--join", "and", "--min", "5", "--egemath", "two"]
    assert run(["rules", "set", "ours", *changes, "--db", str(db)]) == 0
    assert run(["rules", "default", "ours", "--db", str(db)]) == 0
    made = rule(capsys, db, "ours")
    assert (made["title"], made["version"], made["origin"], made["chosen"]) == ("Наше правило", "1.1", "own", True)
    assert (made["threshold"], made["need"], made["join"], made["min_participants"], made["egemath"]) == (
        [35, 100], 2, "and", 5, "two",
    )  # fmt: skip
    assert made["versions"] == ["1.1", "1.0"]
    assert run(["rules", "set", "ours", "--threshold", "12,5%", "--db", str(db)]) == 0
    assert rule(capsys, db, "ours")["threshold"] == [125, 1000]
    listed = asked(capsys, "rules", "--db", db, "--json")["rules"]
    assert [item["id"] for item in listed][-1] == "ours"
    assert run(["rules", "drop", "ours", "--db", str(db)]) == 0
    assert run(["rules", "show", "ours", "--db", str(db)]) == 1
    assert run(["undo", "--db", str(db)]) == 0
    assert rule(capsys, db, "ours")["version"] == "1.2"


def test_the_text_goes_out_and_comes_back(db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run(["rules", "show", RULE, "--toml"]) == 0
    text = capsys.readouterr().out
    path = tmp_path / "правило.toml"
    path.write_text(text.replace(f'id = "{RULE}"', 'id = "carried"'), "utf-8")
    assert run(["rules", "put", str(path), "--db", str(db)]) == 0
    assert rule(capsys, db, "carried")["origin"] == "own"


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["set", RULE, "--need", "1", "--threshold", "1/2"], 1, "поставлено с программой"),
        (["copy", "нет", "--id", "x"], 1, "Правила «нет» нет"),
        (["copy", RULE, "--id", RULE], 1, "уже есть"),
        (["drop", RULE], 1, "поставлено с программой"),
        (["put", "."], 1, "папка, а нужен файл"),
        (["set", RULE, "--threshold", "много"], 2, "35/100"),
    ],
)
def test_refusals_are_said_in_russian(
    db: Path, arguments: list[str], code: int, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        got = run(["rules", *arguments, "--db", str(db)])
    except SystemExit as stop:
        got = int(stop.code or 0)
    assert got == code
    assert says in capsys.readouterr().err.replace("\u00a0", " ")


def test_words_without_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run(["rules"]) == 0
    assert "lenobl-2018-shnsu" in capsys.readouterr().out
    assert run(["rules", "show", "lenobl-2018-shnsu"]) == 0
    told = capsys.readouterr().out
    assert "Как мы это читаем" in told
    assert "моногородов" in told
