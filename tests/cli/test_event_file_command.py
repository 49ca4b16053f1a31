"""Participants from a file by command: shown first, written as one step, told what is not taken."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from app.cli import run
from app.models import work_events
from tests.helpers import people_files, stores
from tests.helpers import work_events as made
from tests.helpers.people_files import xlsx

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "Пример.opora"


@pytest.fixture
def key(db: Path) -> int:
    store = stores.made(db)
    for name in ("СОШ № 5", "СОШ № 7"):
        stores.school(store, name)
    found = made.event(store, kind="seminar", title="Смысловое чтение", state="held")
    store.abandon()
    return found


@pytest.fixture
def call(db: Path, key: int, capsys: pytest.CaptureFixture[str]) -> Call:
    def go(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = run([str(one) for one in ("event", "guests", "--db", db, "--event", key, *arguments)])
        said = capsys.readouterr()
        return code, said.out.replace("\u00a0", " "), said.err.replace("\u00a0", " ")

    return go


def people(db: Path, key: int) -> list[tuple[str | None, str | None]]:
    with stores.opened(db) as store:
        return [(row.name, row.came) for row in work_events.guests(store.connection, [key]).get(key, ())]


def test_a_file_is_shown_without_writing_then_written(call: Call, db: Path, key: int, tmp_path: Path) -> None:
    path = people_files.registration(tmp_path / "Регистрация.xlsx")
    code, out, _err = call("--from", path, "--dry-run")
    assert code == 3
    assert "«Участник, Фамилия» — фамилия" in out
    assert "личные сведения не берутся («Контакты, Телефон», «Контакты, E-mail»)" in out
    assert "Впишется: 5 человек." in out
    assert "345" not in out
    assert people(db, key) == []
    code, out, _err = call("--from", path)
    assert code == 3  # the school of one nobody knows: it waits in its cell
    assert "Записано из файла «Регистрация.xlsx», SHA-256 " in out
    assert people(db, key)[:2] == [("Орлова Мария Петровна", "yes"), ("Зуев Пётр Петрович", "no")]


def test_json_has_places_and_no_names(call: Call, tmp_path: Path) -> None:
    path = people_files.registration(tmp_path / "Регистрация.xlsx")
    _code, out, _err = call("--from", path, "--dry-run", "--json")
    told = json.loads(out)
    assert told["counts"] == {"new": 5, "filled": 0, "known": 0, "twice": 2, "out": 1, "pupil": 1}
    assert told["sheets"][0]["private"] == ["Контакты, Телефон", "Контакты, E-mail"]
    assert (told["rows"][0]["cell"], told["rows"][0]["school"]) == ("B6", "СОШ № 5")
    assert told["unknown"] == [{"text": "Гимназия 77", "people": 1, "proposals": []}]
    assert "Орлова" not in json.dumps(told["rows"], ensure_ascii=False)


def test_one_sheet_and_everybody_present(call: Call, db: Path, key: int, tmp_path: Path) -> None:
    path = xlsx(tmp_path / "а.xlsx", {
        "Очно": [["ФИО", "Школа"], ["Ким О. В.", "СОШ № 5"]], "Запас": [["ФИО", "Школа"], ["Зуев П. П.", "СОШ № 7"]],
    })  # fmt: skip
    code, out, _err = call("--from", path, "--sheet", "очно", "--came")
    assert (code, people(db, key)) == (0, [("Ким О. В.", "yes")])
    assert "Впишется: 1 человек." in out
    code, _out, err = call("--from", path, "--sheet", "Очно")
    assert code == 1
    assert "вписывать некого" in err


def test_keys_that_do_not_go_together_are_refused(call: Call, tmp_path: Path) -> None:
    for keys in (("--dry-run", "--text", "Ким О. В."), ("--from", tmp_path / "а.xlsx", "--members")):
        with pytest.raises(SystemExit):
            call(*keys)
    assert call("--from", tmp_path / "нет.xlsx")[0] == 1
