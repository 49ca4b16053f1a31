"""Decisions, the legal base, sufficiency and the lines of registers by command."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app import clock
from app.cli import run
from app.operations import demo_decisions
from tests.helpers import programmes, stores

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 23))
    path = tmp_path / "Пример.opora"
    store = stores.made(path)
    schools = {str(number): stores.school(store, f"СОШ № {number}", own=1) for number in range(1, 8)}
    programmes.small(store)
    demo_decisions.fill(store, schools, 2026)
    store.abandon()

    def go(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = run([str(argument) for argument in (*arguments, "--db", path)])
        said = capsys.readouterr()
        return code, said.out.replace("\u00a0", " "), said.err.replace("\u00a0", " ")

    return go


def points(call: Call, *keys: object) -> list[dict[str, object]]:
    _code, out, _err = call("decisions", "list", "--json", *keys)
    found: list[dict[str, object]] = json.loads(out)["points"]
    return found


def test_points_are_listed_and_marked(call: Call) -> None:
    code, out, _err = call("decisions", "list")
    assert code == 3
    assert "просрочено на 13 дней" in out
    assert out.rstrip().endswith("не выполнено 1.")
    late = points(call, "--late")
    assert [item["text"] for item in late] == [
        "Заключить соглашение с гимназией", "Сдать планы для неуспевающих по русскому языку",
    ]  # fmt: skip
    assert (late[0]["days"], late[0]["school"], late[0]["activity"]) == (13, "СОШ № 3", None)
    keys = [key for item in late for key in ("--point", item["id"])]
    code, out, _err = call("decisions", "mark", *keys, "--state", "done", "--date", "20.11.2026", "--json")
    assert (code, json.loads(out)) == (0, {"changed": 2})
    assert points(call, "--late") == []
    code, _out, err = call("decisions", "mark", *keys, "--state", "not_done")
    assert code == 1
    assert "почему" in err
    assert len(points(call, "--school", "СОШ № 3")) == 1


def test_points_go_on_to_activities_and_other_documents(call: Call) -> None:
    first = points(call, "--late")[0]
    code, out, _err = call("decisions", "tie", "--point", first["id"], "--activity", "разбор")
    assert (code, out) == (0, "Изменено пунктов: 1.\n")
    assert points(call, "--late")[0]["activity"] == "Разбор работ"
    assert call("decisions", "tie", "--point", first["id"], "--activity", "нет такого")[0] == 1
    documents = json.loads(call("decisions", "documents", "--json")[1])["documents"]
    assert call("decisions", "carry", "--point", first["id"], "--document", documents[2]["id"])[0] == 0
    carried = next(item for item in points(call) if item["text"] == first["text"] and item["state"] == "open")
    assert (
        call("decisions", "under", "--point", carried["id"], "--document", documents[2]["id"], "--question", 2)[0] == 0
    )
    assert next(item for item in points(call) if item["id"] == carried["id"])["label"] == "2.3"
    assert (
        call("decisions", "meeting", "--document", documents[1]["id"], "--place", "зал", "--next", "01.12.2026")[0] == 0
    )


def test_speed_is_said_with_its_numbers(call: Call) -> None:
    code, out, _err = call("decisions", "speed", "--json")
    found = json.loads(out)
    assert code == 0
    assert found["to_decision"] == {"number": 3, "low": 14, "high": 14, "least": 7, "most": 21}
    assert (found["finished"], found["in_time"], found["late"]) == (3, 2, 2)
    assert (
        "От данных до решения: обычно 14 дней, от 7 до 21 (3 решения, мало для вывода)."
        in call("decisions", "speed")[1]
    )
    assert json.loads(call("decisions", "speed", "--json", "--year", 2020)[1])["taken"] is None


def test_papers_are_made_and_registered(call: Call, tmp_path: Path) -> None:
    documents = json.loads(call("decisions", "documents", "--json")[1])["documents"]
    made = {"протокол.docx": ("protocol", "--document", documents[0]["id"]), "лист.xlsx": ("control", "--waiting")}
    for name, keys in made.items():
        code, _out, err = call("decisions", *keys, "--out", tmp_path / name)
        assert (code, err) == (0, "")
        assert (tmp_path / name).stat().st_size > 3000
    code, _out, err = call("decisions", "protocol", "--document", documents[1]["id"], "--out", tmp_path / "п.pdf")
    assert code == 1
    assert "не протокол" in err
    code, out, _err = call("blocks", "--what", "blocks_speed", "--out", tmp_path / "б.pdf", "--register", "--json")
    assert (code, json.loads(out)["register"]) == (0, 1)
    assert call("decisions", "control", "--year", 2020, "--out", tmp_path / "нет.pdf")[0] == 1


def test_the_legal_base_and_what_the_file_knows(call: Call) -> None:
    code, out, _err = call("legal", "--json", "--take", "--year", 2026)
    found = json.loads(out)
    assert (code, found["needed"], found["covered"], found["taken"]) == (3, 12, 4, 0)
    states = {item["key"]: item["state"] for item in found["topics"] if item["group"] == "Документы-источники"}
    assert (states["group"], states["pairs"], states["monitoring"], states["list"]) == (
        "have",
        "old",
        "expired",
        "missing",
    )
    assert "Обязательные темы с документом: 4 из 12" in call("legal", "--year", 2026)[1]


def test_sufficiency_by_task(call: Call) -> None:
    code, out, _err = call("sufficiency", "--json", "--plan-year", 2026)
    found = json.loads(out)
    assert (code, [item["verdict"] for item in found["tasks"]]) == (3, ["no_data", "gap"])
    assert "У задачи нет ни одного мероприятия." in call("sufficiency", "--plan-year", 2026)[1]


def test_lines_of_a_register_are_written_read_and_taken_out(call: Call) -> None:
    code, out, _err = call("lines", "put", "acts", "--set", "Вид=приказ", "--set", "Дата=завтра", "--json")
    key = json.loads(out)["id"]
    assert code == 3
    code, out, _err = call("lines", "put", "acts", "--row", key, "--set", "Дата=01.09.2026")
    assert (code, out) == (0, f"Записано, код строки {key}.\n")
    lines = json.loads(call("lines", "list", "acts", "--json")[1])["lines"]
    assert next(item for item in lines if item["id"] == key)["dated"] == "01.09.2026"
    assert call("lines", "attach", "acts", "--row", key, "--link", "https://example.org/1")[0] == 0
    assert call("lines", "remove", "acts", "--row", key)[0] == 0
    assert len(json.loads(call("lines", "list", "acts", "--json")[1])["lines"]) == len(lines) - 1
    assert "протокол" in call("lines", "list", "documents", "--of", "school_year=2026")[1]
    assert call("lines", "put", "acts", "--set", "Цвет=синий")[0] == 1
