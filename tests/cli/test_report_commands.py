"""The monitoring report, notes and recommendations by command."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from app.cli import run
from app.models.store import Store
from app.operations.demo import fill
from tests.helpers.projections import pdf_texts

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("report") / "Пример.opora"
    store = Store.create(path, name="Лесогорский округ", actor="Ракитина Е. В.")
    fill(store, schools=10, years=(2025, 2026))
    store.close()
    return path.read_bytes()


@pytest.fixture
def call(made: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    path = tmp_path / "Пример.opora"
    path.write_bytes(made)

    def go(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            code = run(["report", *(str(argument) for argument in (*arguments, "--db", path))])
        except SystemExit as stop:
            code = int(stop.code or 0)
        said = capsys.readouterr()
        return code, said.out.replace("\u00a0", " "), said.err.replace("\u00a0", " ")

    return go


def test_the_report_as_json_has_every_sentence_with_its_figures(call: Call) -> None:
    code, out, _err = call("monitoring", "--year", 2026, "--json")
    found = json.loads(out)
    assert code == 0
    assert (found["kind"], found["year"], found["school"]) == ("report", 2026, None)
    sections = {item["key"]: item for item in found["sections"]}
    assert list(sections)[:3] == ["main", "execution", "indicators"]
    keys = {figure["key"] for item in found["sections"] for figure in item["figures"]}
    told = [sentence for item in found["sections"] for sentence in item["sentences"]]
    assert told
    assert all(set(sentence["figures"]) <= keys for sentence in told)
    total = next(figure for figure in sections["execution"]["figures"] if figure["key"] == "execution.total")
    assert total["value"] in sections["execution"]["text"]


def test_the_report_as_a_paper_is_written_and_registered(call: Call, tmp_path: Path) -> None:
    out = tmp_path / "отчёт.docx"
    code, said, _err = call("monitoring", "--year", 2026, "--out", out, "--register", "--json")
    found = json.loads(said)
    assert (code, found["title"]) == (0, "Отчёт о мониторинге за 2026 год")
    assert found["register"] > 0
    assert out.read_bytes()[:2] == b"PK"
    code, _said, err = call("monitoring", "--year", 2026, "--out", tmp_path / "отчёт.txt")
    assert code != 0
    assert "txt" in err


def test_a_note_about_a_school_and_about_all(call: Call) -> None:
    code, out, _err = call("note", "--year", 2026)
    assert code == 0
    assert "СПИСОК ШКОЛ" in out
    assert "Аналитическая" not in out
    code, out, _err = call("note", "--year", 2026, "--school", "СОШ № 5", "--json")
    found = json.loads(out)
    assert (code, found["kind"], found["school"]) == (0, "school", "СОШ № 5")
    code, _out, err = call("note", "--school", "нет такой")
    assert code != 0
    assert "не найдена" in err


def test_recommendations_are_taken_shown_and_printed_to_one(call: Call, tmp_path: Path) -> None:
    code, out, _err = call("recommendations", "--year", 2026, "--json")
    first = json.loads(out)
    assert code == 0
    assert first["recommendations"]
    assert first["proposed"]
    code, out, _err = call("recommendations", "--year", 2026, "--take", "--json")
    second = json.loads(out)
    assert second["proposed"] == []
    assert len(second["recommendations"]) == len(first["recommendations"]) + len(first["proposed"])
    out_file = tmp_path / "одной.pdf"
    code, said, _err = call("recommendations", "--year", 2026, "--whom", "СОШ № 5", "--out", out_file)
    assert (code, said) == (0, f"Готово: {out_file}\n")
    assert out_file.read_bytes().startswith(b"%PDF")
    code, _said, err = call("recommendations", "--year", 2026, "--whom", "никому", "--out", out_file)
    assert code != 0
    assert "Рекомендаций за 2026/27 учебный год нет" in err


def test_last_years_recommendations_wait_for_their_mark(call: Call) -> None:
    code, out, _err = call("recommendations", "--year", 2026, "--before", "--json")
    found = json.loads(out)["recommendations"]
    assert code == 3
    assert [item["state"] for item in found] == ["yes", "part", "no", "waits"]
    assert found[-1]["used"] is None


def squeezed(pdf: bytes) -> str:
    """Return all letters of a PDF without spaces."""
    return "".join("".join(piece.text.split()) for page in pdf_texts(pdf) for piece in page)


def test_every_addressee_has_a_file_of_its_own(call: Call, tmp_path: Path) -> None:
    folder = tmp_path / "письма"
    _code, out, _err = call("recommendations", "--year", 2026, "--json")
    whom = dict.fromkeys(item["whom"] for item in json.loads(out)["recommendations"])
    code, out, _err = call("recommendations", "--year", 2026, "--folder", folder, "--json")
    files = json.loads(out)["files"]
    assert code == 0
    assert sorted(str(path) for path in folder.iterdir()) == sorted(files)
    assert len(files) == len(whom) > 1
    text = squeezed((folder / "Адресные рекомендации 2026-27, СОШ № 5.pdf").read_bytes())
    assert "Кому:СОШ№5" in text
    assert not [name for name in whom if name != "СОШ № 5" and f"Кому:{''.join(name.split())}" in text]
    # a second time nothing is written over
    call("recommendations", "--year", 2026, "--folder", folder)
    assert len(list(folder.iterdir())) == 2 * len(files)


def test_a_folder_is_filled_whole_or_not_at_all(call: Call, tmp_path: Path) -> None:
    code, _out, err = call("recommendations", "--folder", tmp_path / "а", "--out", tmp_path / "б.pdf")
    assert code != 0
    assert "--folder" in err
    code, _out, err = call("recommendations", "--folder", tmp_path / "нет" / "такой")
    assert code != 0
    code, _out, err = call("recommendations", "--whom", "никому", "--folder", tmp_path / "в")
    assert code != 0
    assert "Рекомендаций за 2026/27 учебный год нет" in err
    assert not (tmp_path / "в").exists()
