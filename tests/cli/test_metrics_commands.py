from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.cli import run

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def db(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path = tmp_path / "Лесогорск.opora"
    assert run(["new", str(path), "--name", "Лесогорский округ"]) == 0
    for name, login in (("СОШ № 1", "edu000001"), ("СОШ № 2", "edu000002")):
        assert run(["school", "add", "--name", name, "--fisoko", login, "--db", str(path)]) == 0
    capsys.readouterr()
    return path


@pytest.fixture
def call(db: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    def go(*arguments: object) -> tuple[int, str, str]:
        try:
            code = run([str(argument) for argument in (*arguments, "--db", db)])
        except SystemExit as stop:
            code = int(stop.code or 0)
        said = capsys.readouterr()
        return code, said.out.replace("\u00a0", " "), said.err.replace("\u00a0", " ")

    return go


def answer(call: Call, *arguments: object) -> Any:
    code, out, errors = call(*arguments, "--json")
    assert (code, errors) == (0, "")
    return json.loads(out)


def test_values_are_put_shown_and_cleared(call: Call) -> None:
    put = call("metrics", "set", "edu000001", "Доля детей с ОВЗ", "12 из 340", "--year", "2025/26")
    assert put == (0, "СОШ № 1, «Доля с ОВЗ» за 2025/26: 12 из 340 (3,5 %)\n", "")
    code, out, errors = call("metrics", "set", "edu000002", "НОКО", "много", "--year", "2025")
    assert (code, out) == (3, "СОШ № 2, «НОКО» за 2025/26: много\n")
    assert errors == "«много» — не число. Впишите число цифрами.\n"
    found = answer(call, "metrics", "--year", "2025")
    assert found["school_year"] == 2025
    assert found["metrics"] == [
        {
            "school_code": "edu000001", "school": "СОШ № 1", "metric": "share_ovz",
            "name": "Доля обучающихся с ограниченными возможностями здоровья", "kind": "share", "unit": "%", "part": 12,
            "whole": 340, "exact": None, "raw": "12 из 340", "text": "12 из 340 (3,5 %)", "draft": False,
            "computed": False, "file": None, "trouble": None,
        },
        {
            "school_code": "edu000002", "school": "СОШ № 2", "metric": "noko", "name": "Итоговая оценка НОКО",
            "kind": "number", "unit": "баллов", "part": None, "whole": None, "exact": None, "raw": "много",
            "text": "много", "draft": True, "computed": False, "file": None,
            "trouble": "«много» — не число. Впишите число цифрами.",
        },
    ]  # fmt: skip
    assert call("metrics", "set", "edu000001", "share_ovz", "", "--year", "2025")[1].endswith(": нет значения\n")
    rows = call("metrics", "--year", "2025", "--metric", "НОКО", "--school", "edu000002")[1].splitlines()
    assert [line.split()[:5] for line in rows] == [
        ["Школа", "Показатель", "2025/26", "Годом", "раньше"], ["СОШ", "№", "2", "НОКО", "много"],
    ]  # fmt: skip
    assert call("undo")[0] == 0
    assert len(answer(call, "metrics", "--year", "2025")["metrics"]) == 2


def test_last_years_values_by_command(call: Call) -> None:
    call("metrics", "set", "edu000001", "noko", "80", "--year", "2024")
    assert call("metrics", "copy", "--from", "2024", "--year", "2025") == (0, "Взято из 2024/25: 1 значение.\n", "")
    assert answer(call, "metrics", "--year", "2025")["metrics"][0]["exact"] == "80"


def test_the_catalogue_needs_no_file(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["metrics", "catalogue", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [index["code"] for index in found["indices"]] == ["social", "staff", "resources"]
    senior = next(m for m in found["metrics"] if m["code"] == "senior_stage")
    assert (senior["part"], senior["whole"], senior["upper"], senior["own"]) == (
        "graduates_to_senior", "graduates_9", "100", False,
    )  # fmt: skip
    assert run(["projects", "kinds"]) == 0
    assert "Точка роста" in capsys.readouterr().out


def test_own_metrics_by_command(call: Call) -> None:
    assert call("metrics", "add", "Кружков", "--unit", "шт.") == (0, "Добавлен показатель «Кружков», код own_1.\n", "")
    assert "Кружков" in call("metrics", "catalogue")[1]
    assert call("metrics", "remove", "own_1")[0] == 0
    code, _out, errors = call("metrics", "remove", "НОКО")
    assert (code, "входит в справочник программы" in errors) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["metrics"], "Не хватает: --year."),
        (["metrics", "--year", "2025/27"], "Нужен учебный год: 2025 или 2025/26."),
        (["metrics", "set", "edu000001", "noko"], "Не хватает: ЗНАЧЕНИЕ, --year."),
        (["projects", "remove", "пять"], "Нужен номер из opora projects."),
        (["explain", "так", "--text", "да"], "Нужен номер из opora problems."),
    ],
)
def test_wrong_usage(call: Call, arguments: list[str], said: str) -> None:
    code, _out, errors = call(*arguments)
    assert (code, said in errors) == (2, True)


def test_projects_by_command(call: Call) -> None:
    made = call("projects", "add", "edu000001", "Точка роста", "--year", "2024/25", "--topic", "физика")
    assert made[0] == 0
    assert call("projects", "copy", "--from", "2024", "--year", "2025")[1] == "Продолжено в 2025/26: 1 проект.\n"
    newer, older = answer(call, "projects")["projects"]
    assert (newer["school_year"], older["school_year"], newer["topic"]) == (2025, 2024, "физика")
    assert call("projects", "edit", newer["id"], "--level", "regional", "--supervisor", "Петров П. П.")[0] == 0
    (edited,) = answer(call, "projects", "--year", "2025", "--school", "edu000001", "--kind", "точка роста")["projects"]
    assert (edited["level"], edited["supervisor"]) == ("regional", "Петров П. П.")
    assert "региональный" in call("projects", "--year", "2025")[1]
    assert call("projects", "remove", older["id"])[0] == 0
    assert call("projects", "remove", older["id"])[0] == 1
    assert len(answer(call, "projects")["projects"]) == 1


def test_problems_are_listed_and_explained(call: Call) -> None:
    for metric, value in (("graduates_9", "25"), ("graduates_to_senior", "26"), ("noko", "101"), ("families", "0")):
        call("metrics", "set", "edu000001", metric, value, "--year", "2025")
    found = answer(call, "problems")["problems"]
    assert [(p["level"], p["code"], p["school"]) for p in found] == [
        ("block", "DATA_PARTS_ABOVE", "СОШ № 1"), ("explain", "DATA_METRIC_BOUNDS", "СОШ № 1"),
        ("hint", "DATA_ZERO_WHOLE", "СОШ № 1"),
    ]  # fmt: skip
    assert found[1]["place"] == {
        "kind": "metric", "field": None, "year": 2025, "metric": "noko", "file_id": None, "key": None,
    }  # fmt: skip
    blocked, odd, _hint = (p["id"] for p in found)
    code, _out, errors = call("explain", blocked, "--text", "так вышло")
    assert (code, "Это замечание мешает" in errors) == (1, True)
    assert call("explain", odd, "--text", "Новая шкала") == (0, "Объяснение записано.\n", "")
    assert odd not in {p["id"] for p in answer(call, "problems")["problems"]}
    said = answer(call, "problems", "--all", "--level", "explain", "--year", "2026", "--school", "edu000001")[
        "problems"
    ]
    assert [(p["open"], p["explanation"]["text"]) for p in said] == [(False, "Новая шкала")]
    assert answer(call, "problems", "--year", "2024")["problems"] == []
    shown = call("problems", "--all")[1]
    assert all(word in shown for word in ("мешает", "подсказка", "объяснено", f"{odd}: Новая шкала"))
    assert call("explain", odd, "--withdraw")[1] == "Объяснение снято.\n"
    assert odd in {p["id"] for p in answer(call, "problems")["problems"]}
    assert call("explain", "k00000000000", "--text", "нет такого")[0] == 1


def test_a_check_of_a_sound_file_tells_the_problems_of_its_data(call: Call) -> None:
    assert call("check")[:2] == (0, "Файл исправен.\n")
    call("metrics", "set", "edu000001", "families", "0", "--year", "2025")
    code, out, _errors = call("check", "--json")
    assert (code, json.loads(out)["ok"], [p["level"] for p in json.loads(out)["problems"]]) == (0, True, ["hint"])
    for metric, value in (("graduates_9", "25"), ("graduates_to_senior", "26")):
        call("metrics", "set", "edu000001", metric, value, "--year", "2025")
    code, out, _errors = call("check", "--json")
    found = json.loads(out)
    # what can't be true in the data does not make the file unsound
    assert (code, found["ok"]) == (3, True)
    assert found["data"] == {"open": 2, "block": 1, "explain": 0, "hint": 1, "explained": 0}
    words = "Файл исправен.\nЗамечаний к данным: 2 (1 мешает, 1 подсказка). Показать все: opora problems.\n"
    assert call("check")[1] == words
    assert [(p["level"], p["code"]) for p in found["problems"]] == [
        ("error", "DATA_PARTS_ABOVE"), ("hint", "DATA_ZERO_WHOLE"),
    ]  # fmt: skip


def test_references_of_metrics_and_projects_come_from_files(call: Call, tmp_path: Path) -> None:
    text = 'format = 1\n[[project]]\ncode = "choir"\nname = "Хор района"\nsource = "свой"\n'
    path = tmp_path / "проекты.toml"
    path.write_text(text, encoding="utf-8")
    code, out, _errors = call("reference", path)
    assert (code, out.startswith("Обновлён справочник проектов: ")) == (0, True)
    assert "Хор района" in call("projects", "kinds")[1]
