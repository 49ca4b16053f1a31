"""A request, its answering and the reply by commands alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.cli import run
from app.operations import form_answers
from tests.helpers.school_requests import FILLER, POST, case_ids, first_round, municipality, seat
from tests.helpers.stores import opened


@pytest.fixture
def office(tmp_path: Path) -> tuple[Path, int, list[int]]:
    store = municipality(tmp_path / "Лесогорск.opora")
    found = store.path, first_round(store), case_ids(store)
    store.close()
    return found


@pytest.fixture(autouse=True)
def profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with seat(monkeypatch, tmp_path / "профиль") as folder:
        yield folder


def told(capsys: pytest.CaptureFixture[str], *arguments: object, code: int = 0) -> Any:
    assert run([*map(str, arguments), "--json"]) == code
    return json.loads(capsys.readouterr().out)


def test_the_whole_way(office: tuple[Path, int, list[int]], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db, key, cases = office
    made = told(capsys, "request", "make", "--round", key, "--out", tmp_path / "з", "--db", db)
    assert [one["school"] for one in made["requests"]] == ["СОШ № 3", "СОШ № 5"]
    path = made["requests"][0]["file"]
    shown = told(capsys, "request", "show", path)
    assert (shown["municipality"], shown["due_on"]) == ("Лесогорский округ", "2026-11-30")
    assert [one["id"] for one in shown["forms"]] == ["probe"]
    begun = told(capsys, "request", "open", path, "--name", FILLER, "--post", POST)
    assert (begun["new"], begun["filler"], begun["answered"], begun["of"]) == (True, FILLER, 0, 3)
    work = begun["work"]
    for item, value in (("1", "Да"), ("2", "нет")):
        assert run(["form", "answer", str(cases[0]), "--item", item, "--value", value, "--db", work]) == 0
    capsys.readouterr()
    reply = told(capsys, "reply", "make", "--db", work, "--out", tmp_path / "о", code=3)
    assert (reply["answered"], reply["of"]) == (2, 3)
    assert [one["code"] for one in reply["problems"]] == ["ITEM_REQUIRED"]
    said = told(capsys, "reply", "show", reply["file"])
    assert (said["filler"], said["post"], said["cases"][0]["answered"]) == (FILLER, POST, 2)
    # the file with the missing answer asks for eyes
    assert run(["form", "read", reply["file"], "--db", str(db)]) in {0, 3}
    with opened(db) as store:
        answers = form_answers.case(store.connection, cases[0]).answers.answers
        assert {item: one.value for item, one in answers.items()} == {"1": "2", "2": "0"}


def test_columns_for_people(
    office: tuple[Path, int, list[int]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    db, key, _cases = office
    assert run(["request", "make", "--round", str(key), "--out", str(tmp_path / "з"), "--db", str(db)]) == 0
    path = next((tmp_path / "з").iterdir())
    assert run(["request", "show", str(path)]) == 0
    assert "Просит: Методический кабинет, Ракитина Елена Викторовна, методист" in capsys.readouterr().out
    assert run(["request", "open", str(path)]) == 1
    assert "кто заполняет" in capsys.readouterr().err
    work = tmp_path / "работа.opora"
    assert run(["request", "open", str(path), "--name", FILLER, "--work", str(work)]) == 0
    assert "0" in capsys.readouterr().out
    assert run(["reply", "make", "--db", str(work), "--out", str(tmp_path / "о")]) == 3
    reply = capsys.readouterr().out.strip()
    assert run(["reply", "show", reply]) == 0
    assert f"Ответ: {FILLER}" in capsys.readouterr().out
    assert run(["request", "show", reply]) == 1
    assert "ответ школы" in capsys.readouterr().err
    assert run(["reply", "make", "--db", str(db), "--out", str(tmp_path / "о")]) == 1
    assert "нет запроса" in capsys.readouterr().err


@pytest.mark.parametrize(("group", "actions"), [("request", "make, show, open"), ("reply", "make, show")])
def test_without_an_action_those_there_are_named(capsys: pytest.CaptureFixture[str], group: str, actions: str) -> None:
    with pytest.raises(SystemExit) as stop:
        run([group])
    assert stop.value.code == 2
    assert f"Не указано действие. Есть: {actions}." in capsys.readouterr().err
