"""``opora visit``: an entry from a line and from keys, the list, putting right, taking out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.cli import run
from app.models.store import Store


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "о.opora"
    store = Store.create(path, name="Лесогорский округ", actor="Ким О. В.")
    with store.operation("школы", "test") as operation:
        for key, short in ((7, "СОШ № 7"), (17, "СОШ № 17")):
            operation.insert("organisation", id=key, name=f"МБОУ «{short}»", short_name=short, kind="school", own=1)
    store.close()
    return path


def _run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, object]]:
    code = run([*words, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_templates_are_shown_taken_hidden_and_begin_an_entry(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    on = ("--db", str(db), "--as", "Ким О. В.")
    _code, shown = _run(capsys, "visit", "templates", *on)
    ready: list[dict[str, object]] = shown["templates"]  # type: ignore[assignment]  # JSON
    assert ready[0]["title"] == "Выезд мобильного методиста"
    assert not any(one["own"] for one in ready)
    code, line = _run(capsys, "visit", "add", *on, "--template", "посещение", "--school", "7", "--topic", "чтение")
    assert (code, line["kind"], line["people"], line["topic"], line["school_id"]) == (0, "lesson", 1, "чтение", 7)
    assert line["next_step"] == "посмотреть урок ещё раз"
    _code, shown = _run(capsys, "visit", "templates", *on, "--hide", "Посещение урока")
    assert (shown["hidden"], len(shown["templates"])) == (1, len(ready) - 1)  # type: ignore[arg-type]  # JSON
    assert run(["visit", "add", *on, "--template", "посещение", "--school", "7"]) == 1
    assert "Шаблона «посещение» нет. Есть: «Выезд мобильного методиста»" in capsys.readouterr().err
    _code, shown = _run(capsys, "visit", "templates", *on, "--take", "Консультация по ВПР")
    assert shown["templates"][0]["own"] is True  # type: ignore[index]  # JSON
    assert run(["visit", "templates", *on, "--bring-back"]) == 0
    said = capsys.readouterr().out
    assert said.count("Консультация по ВПР") == 1
    assert "Посещение урока" in said


def test_a_line_and_keys_make_the_same_entry(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = "20.11.2026 7 визит 3 учителя тема: чтение; обсудили → 01.12.2026 звонок"
    code, first = _run(capsys, "visit", "add", "--db", str(db), "--line", line, "--as", "Ким О. В.")
    assert code == 0
    code, second = _run(
        capsys, "visit", "add", "--db", str(db), "--school", "7", "--kind", "выезд", "--people", "3 учителя",
        "--topic", "чтение", "--outcome", "обсудили", "--next", "01.12.2026 звонок", "--on", "20.11.2026",
        "--as", "Ким О. В.",
    )  # fmt: skip
    assert code == 0
    assert {**first, "key": 0} == {**second, "key": 0}
    assert (first["school_id"], first["people"], first["held_on"], first["next_on"]) == (
        7, 3, "2026-11-20", "2026-12-01")  # fmt: skip
    code, found = _run(capsys, "visit", "list", "--db", str(db), "--school", "7", "--kind", "выезд", "--find", "чтение")
    assert (code, found["occasions"], found["people_least"], found["people_most"]) == (0, 2, 3, 6)
    code, found = _run(capsys, "visit", "list", "--db", str(db), "--from", "21.11.2026", "--who", "Ким О. В.")
    assert found["entries"] == []


def test_what_was_not_understood_is_told_and_put_right(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, made = _run(capsys, "visit", "add", "--db", str(db), "--school", "СОШ № 99", "--people", "все")
    assert code == 3
    assert made["marks"] == {"organisation_id": "СОШ № 99", "people": "все"}
    key = str(made["key"])
    code, fixed = _run(
        capsys, "visit", "edit", "--db", str(db), "--entry", key, "--school", "17", "--people", "5 учителей"
    )
    assert (code, fixed["school_id"], fixed["people"], fixed["marks"]) == (0, 17, 5, {})
    code, done = _run(capsys, "visit", "edit", "--db", str(db), "--entry", key, "--next", "01.12.2026", "--done",
                      "02.12.2026")  # fmt: skip
    assert (done["next_on"], done["next_done_on"]) == ("2026-12-01", "2026-12-02")
    assert run(["visit", "list", "--db", str(db)]) == 0
    assert "сделано 02.12.2026" in capsys.readouterr().out
    code, gone = _run(capsys, "visit", "remove", "--db", str(db), "--entry", key)
    assert (code, gone) == (0, {"removed": int(key)})
    assert run(["visit", "remove", "--db", str(db), "--entry", key]) != 0
    assert "больше нет" in capsys.readouterr().err


def test_a_template_that_is_not_there_and_a_school_of_two_are_told(
    db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["visit", "add", "--db", str(db), "--school", "7", "--template", "нет"]) != 0
    assert "Шаблона «нет» нет" in capsys.readouterr().err
    assert run(["visit", "list", "--db", str(db), "--school", "сош"]) != 0
    assert "нескольким школам" in capsys.readouterr().err


def test_a_list_of_nothing_says_so(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["visit", "list", "--db", str(db), "--from", "01.01.2030"]) == 0
    assert capsys.readouterr().out == "Таких записей нет.\n"


def test_bytes_that_are_no_letters_break_no_command(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, made = _run(capsys, "visit", "add", "--db", str(db), "--school", "7", "--topic", "плохой \udcff знак",
                      "--as", "К\udcff")  # fmt: skip
    assert (code, made["topic"], made["methodist"]) == (0, "плохой � знак", "К�")
    code, found = _run(capsys, "visit", "list", "--db", str(db), "--find", "\udcff")
    assert (code, found["occasions"]) == (0, 1)
