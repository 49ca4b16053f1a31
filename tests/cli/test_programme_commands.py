"""``opora programme``: listing, showing and checking from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.cli import run
from app.operations import programme_edit, programmes
from tests.helpers import stores
from tests.helpers.programmes import small


def _call(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
    capsys.readouterr()
    code = run(["programme", *words, "--json"])
    out = capsys.readouterr().out
    return code, json.loads(out) if out else None


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "Лесогорск.opora"
    with stores.made(path) as store:
        small(store)
    return path


def test_programmes_are_listed_and_shown(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = _call(capsys, "list", "--db", str(db))
    assert code == 0
    [line] = said["programmes"]
    assert (line["title"], line["year_from"], line["state"], line["tasks"], line["school"]) == (
        "Поддержка школ округа", 2026, "draft", 2, None
    )  # fmt: skip
    code, said = _call(capsys, "show", "--db", str(db))
    assert code == 0
    found = [(node["kind"], node["number"]) for node in said["programme"]["nodes"]]
    assert found[:3] == [("problem", "1"), ("cause", "1.1"), ("goal", "1")]
    assert ("indicator", "1.1.1") in found


def test_a_programme_with_errors_ends_with_1(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = _call(capsys, "check", "--db", str(db))
    assert code == 1
    assert said["counts"]["error"] == sum(item["level"] == "error" for item in said["findings"])
    assert said["filled"]["filled"] < said["filled"]["total"]
    finding = next(item for item in said["findings"] if item["rule"] == "task-no-measure")
    assert (finding["where"], finding["section"]) == ("Задача 2", None)
    assert finding["cure"]
    code, said = _call(capsys, "check", "--level", "hint", "--db", str(db))
    assert code == 1
    assert {item["level"] for item in said["findings"]} == {"hint"}


def test_warnings_alone_end_with_3_and_hints_with_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "План.opora"
    with stores.made(path) as store:
        key = programmes.create(store, "municipal", "План", 2026, 2026, document="plan")
        node = programme_edit.add(store, key, "activity", "Курсы по геометрии")
        programme_edit.put_term(store, node, "март 2026")
        programme_edit.put_responsible(store, node, ["ММС"])
        programme_edit.put_results(store, node, ["12 учителей"])
        programme_edit.put_activity(store, node, free=True)
    code, said = _call(capsys, "check", "--db", str(path))
    assert (code, {item["rule"] for item in said["findings"] if item["level"] != "hint"}) == (3, {"block-missing"})
    with stores.opened(path) as store:
        from app.operations import programme_parts

        programme_parts.put_rows(store, key, "block", [{"word": "approve", "post": "Начальник", "name": "Ким О. В."}])
    code, said = _call(capsys, "check", "--db", str(path))
    assert (code, {item["level"] for item in said["findings"]}) == (0, {"hint"})


def test_a_file_without_programmes_says_how_to_begin(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "Пусто.opora"
    stores.made(path).close()
    assert run(["programme", "check", "--db", str(path)]) == 1
    assert "нет ни одной программы" in capsys.readouterr().err
    assert run(["programme", "list", "--db", str(path)]) == 0
    assert run(["programme", "check", "--programme", "7", "--db", str(path)]) == 1
    assert "Такой программы в файле нет: 7" in capsys.readouterr().err


def test_the_table_and_the_sentence_are_printed(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["programme", "check", "--db", str(db)]) == 1
    out = capsys.readouterr().out
    assert "У задачи нет ни одного показателя." in out
    assert "Заполнено" in out
