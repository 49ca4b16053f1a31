"""Tasks, topics and sheets by command."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from app.cli import run
from app.models.store import Store
from app.operations.demo import fill

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("skills") / "Пример.opora"
    store = Store.create(path, name="Лесогорский округ", actor="Ракитина Е. В.")
    fill(store, schools=8, years=(2025, 2026))
    store.close()
    return path.read_bytes()


@pytest.fixture
def call(made: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    path = tmp_path / "Пример.opora"
    path.write_bytes(made)

    def go(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            code = run([str(argument) for argument in (*arguments, "--db", path)])
        except SystemExit as stop:
            code = int(stop.code or 0)
        said = capsys.readouterr()
        return code, said.out.replace("\u00a0", " "), said.err.replace("\u00a0", " ")

    return go


def test_skills_of_a_school_and_of_all(call: Call):
    code, out, _err = call("skills", "--school", "СОШ № 5", "--year", 2026, "--json")
    found = json.loads(out)
    assert (code, found["year"], found["definition"], len(found["tasks"])) == (0, 2026, "zones", 27)
    first = found["tasks"][0]
    assert first["school"]["of"] == first["school"]["participants"] * first["max_points"]
    assert first["school"]["origin"]["file"].endswith("_2026.xlsx")
    assert first["municipality"]["summed_schools"] == 0
    russian = next(task for task in found["tasks"] if task["subject"] == "Русский язык")
    assert (russian["municipality"]["origin"], russian["municipality"]["summed_schools"]) == (None, 8)
    code, out, _err = call("skills", "--all", "--year", 2026)
    assert code == 0
    assert "ВПР математика, 5 кл." in out
    assert "меньше 57 % дефицит" in out


def test_topics_by_subject(call: Call):
    code, out, _err = call("topics", "--year", 2026, "--subject", "математика", "--json")
    topics = json.loads(out)["topics"]
    assert code == 0
    assert {topic["subject"] for topic in topics} == {"Математика"}
    shared = next(topic for topic in topics if topic["title"] == "Решать задачи на проценты и части")
    assert [(task["grade"], task["task"]) for task in shared["tasks"]] == [(5, "7"), (6, "6")]
    assert shared["by_schools"] is True


def test_a_year_without_tasks_is_told(call: Call):
    for command in (("skills", "--all"), ("topics",)):
        code, _out, err = call(*command, "--year", 2025)
        assert code == 1
        assert "Результатов по заданиям за 2025 год нет" in err


def test_the_way_of_a_sheet(call: Call, tmp_path: Path):
    one = tmp_path / "лист.docx"
    code, out, _err = call("sheet", "--school", "СОШ № 5", "--year", 2026, "--out", one)
    assert code == 0
    assert one.read_bytes()[:2] == b"PK"
    assert "Сделано листов: 1." in out
    assert call("sheet", "sent", "--school", "СОШ № 5", "--year", 2026, "--on", "20.11.2026", "--who", "почта")[0] == 0
    code, _out, err = call("sheet", "--school", "СОШ № 5", "--year", 2026, "--out", one)
    assert code == 1
    assert "уже отправлен" in err
    code, out, _err = call("sheet", "acknowledged", "--school", "СОШ № 5", "--year", 2026, "--on", "21.11.2026")
    assert code == 0
    found = json.loads(call("sheet", "status", "--year", 2026, "--json")[1])
    mine = next(sheet for sheet in found["sheets"] if sheet["school"] == "СОШ № 5")
    assert (mine["state"], mine["sent_on"], mine["sent_to"], mine["acknowledged_on"]) == (
        "acknowledged", "2026-11-20", "почта", "2026-11-21",
    )  # fmt: skip
    assert (found["schools"], found["made"], found["sent"], found["acknowledged"]) == (8, 6, 4, 3)
    assert call("sheet", "clear", "--school", "СОШ № 5", "--year", 2026)[0] == 0
    assert "ознакомились 2" in call("sheet", "status", "--year", 2026)[1]


def test_a_batch_by_command_leaves_sent_sheets_alone(call: Call, tmp_path: Path):
    folder = tmp_path / "листы"  # a folder for a batch is made
    code, out, err = call("sheet", "--all", "--year", 2026, "--out", folder, "--format", "xlsx")
    assert code == 3
    assert "Сделано листов: 5." in out
    assert "Гимназия; Лицей № 4; СОШ № 1" in err
    assert len(list(folder.glob("Лист школы за 2026 год, *.xlsx"))) == 5


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("sheet", "--year", 2026), "Укажите --school или --all."),
        (("sheet", "--all", "--year", 2026), "Не хватает: --out."),
        (("sheet", "sent", "--all", "--year", 2026), "Не хватает: --on."),
    ],
)
def test_wrong_usage_of_sheets_is_told_in_russian(call: Call, arguments: tuple[object, ...], said: str):
    code, _out, err = call(*arguments)
    assert code == 2
    assert said in err


def test_a_folder_that_cannot_be_made_is_told(call: Call, tmp_path: Path):
    code, _out, err = call("sheet", "--all", "--year", 2026, "--out", tmp_path / "нет" / "листы")
    assert code == 1
    assert "Создайте папку" in err
