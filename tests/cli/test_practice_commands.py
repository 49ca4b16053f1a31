"""The bank of practices by command: a practice is proposed, accepted, used, found."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app import clock
from app.cli import run
from app.operations import registers
from tests.helpers import stores

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 23))
    path = tmp_path / "Пример.opora"
    store = stores.made(path)
    for name in ("СОШ № 1", "Лицей"):
        key = stores.school(store, name, own=1)
        if name != "Лицей":
            registers.add(store, "deficits", {"school_year": 2026}, organisation_id=key, subject="Русский язык",
                          text="смысловое чтение")  # fmt: skip
    store.abandon()

    def go(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = run(["practices", *[str(argument) for argument in arguments], "--db", str(path)])
        said = capsys.readouterr()
        return code, said.out.replace("\u00a0", " "), said.err.replace("\u00a0", " ")

    return go


def test_the_whole_way_goes_by_commands(call: Call) -> None:
    code, out, _err = call("add", "--title", "Читаем вместе", "--school", "Лицей", "--subject", "Русский язык",
                           "--problem", "Смысловое чтение", "--year", "2026/27", "--json")  # fmt: skip
    made = json.loads(out)
    assert (code, made["state"], made["school"], made["school_year"]) == (0, "proposed", "Лицей", 2026)
    assert made["rating"] is None
    assert call("find", "--school", "СОШ № 1", "--year", "2026/27")[1].startswith("Под дефициты этой школы")
    assert call("accept", "читаем", "--act", "протокол № 4")[1] == "Принята в банк: Читаем вместе\n"
    _code, out, _err = call("find", "--school", "СОШ № 1", "--year", "2026/27", "--json")
    (found,) = json.loads(out)["practices"]
    assert found["why"] == "тот же предмет: русский язык; о том же: смысловое, чтение"
    assert found["accepted_on"] == "2026-11-23"
    _code, out, _err = call("use", "Читаем вместе", "--school", "СОШ № 1", "--state", "adopted", "--rating", "5",
                            "--since", "01.11.2026", "--json")  # fmt: skip
    used = json.loads(out)
    assert used["rating"] == {"sum": 5, "marks": 1}
    assert used["uses"] == [
        {"school": "СОШ № 1", "state": "adopted", "since": "2026-11-01", "rating": 5, "opinion": None}
    ]
    assert "5,0 по 1 оценке" in call("use", "Читаем", "--school", "СОШ № 1", "--opinion", "Получается")[1]
    assert "СОШ № 1: внедрила, оценка 5" in call("show", "Читаем")[1]
    assert call("archive", "Читаем")[1] == "Читаем вместе: в архиве\n"
    assert call("find", "чтение")[1].startswith("Ничего не найдено")
    assert call("archive", "Читаем", "--back")[1] == "Читаем вместе: в банке\n"
    assert "в проблеме: чтение" in call("find", "чтению")[1]
    assert call("list", "--state", "accepted")[1].startswith("в банке 1 практика · внедрила 1 школа")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("show", "физика"), "Практики «физика» в банке нет."),
        (("list", "--school", "Школа без имени"), "не найдена"),
    ],
)
def test_a_name_that_is_none_is_told(call: Call, words: tuple[str, ...], told: str) -> None:
    code, _out, err = call(*words)
    assert code == 1
    assert told in err


def test_a_search_needs_words_or_a_school(call: Call) -> None:
    with pytest.raises(SystemExit) as refused:
        call("find")
    assert refused.value.code == 2


def test_practices_of_one_title_are_told_apart_by_code(call: Call) -> None:
    keys = [json.loads(call("add", "--title", "Читаем", "--json")[1])["id"] for _number in range(2)]
    code, _out, err = call("show", "Читаем")
    assert code == 1
    assert all(f"Читаем (код {key})" in err for key in keys)
    assert call("archive", keys[1])[1] == "Читаем: в архиве\n"
    assert len(json.loads(call("list", "--state", "proposed", "--json")[1])["practices"]) == 1
    with pytest.raises(SystemExit) as left:
        call("add", "--title", " ")
    assert left.value.code == 2
