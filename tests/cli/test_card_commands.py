"""«opora card»: one card and the cards of the list, as files and as data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.cli import run
from app.models.store import Store
from app.operations import results
from app.operations.results import Options
from tests.operations.conftest import MATHS5, RUSSIAN5, mark, reading, school


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "Лесогорск.opora"
    store = Store.create(path, name="Лесогорский округ", actor="Ким О. В.")
    one, two = school("СОШ № 1", "edu000001"), school("СОШ № 2", "edu000002")
    marks = (mark(one, MATHS5, 2026, 3, 10), mark(one, RUSSIAN5, 2026, 8, 20), mark(two, MATHS5, 2026, 0, 20))
    results.load(store, reading(*marks), Options(create_schools=True))
    store.close()
    return path


def test_a_card_is_written_in_every_format_and_told_as_data(
    db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for suffix, start in ((".pdf", b"%PDF-1.4"), (".docx", b"PK"), (".xlsx", b"PK")):
        out = tmp_path / f"карточка{suffix}"
        assert run(["card", "--db", str(db), "--school", "edu000001", "--out", str(out)]) == 0
        assert out.read_bytes().startswith(start)
    capsys.readouterr()
    assert run(["card", "--db", str(db), "--school", "edu000001", "--year", "2026/27", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["school_code"], found["school_year"], found["result_year"]) == ("edu000001", 2026, 2026)
    assert found["answer"]["listed"] is True
    assert found["type"] is not None
    assert [(r["subject"], r["counts"][-1]["below_min"], r["counts"][-1]["hit"]) for r in found["results"]] == [
        ("Русский язык", 8, True), ("Математика", 3, True),
    ]  # fmt: skip
    assert found["results"][0]["region"] is None
    assert found["results"][0]["municipality"]["summed"] is True
    assert found["passport"][0] == {"label": "Директор", "text": None, "note": None, "origin": None}


def test_an_empty_file_names_no_year_and_no_school_is_not_every_school(
    db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "Пустой.opora"
    Store.create(empty, name="Лесогорский округ", actor="Ким О. В.").close()
    capsys.readouterr()
    assert run(["card", "--listed", "--json", "--db", str(empty)]) == 1
    said = capsys.readouterr().err
    assert "ещё нет результатов" in said
    assert "год" not in said
    for words in (["identify", "--rule", "kriro-2023", "--year", "2026"], ["card"], ["marks", "--year", "2026"]):
        assert run([*words, "--school", "", "--db", str(db)]) == 1
        assert "не названа" in capsys.readouterr().err


def test_a_card_is_told_in_words(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["card", "--db", str(db), "--school", "СОШ № 2"]) == 0
    told = capsys.readouterr().out.replace("\u00a0", " ")
    assert "СОШ № 2, 2026/27" in told
    assert "ВПР математика, 5 кл.: 2026: 0 из 20" in told


def test_the_list_is_one_file_or_a_file_each(db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole, folder = tmp_path / "все.pdf", tmp_path / "карточки"
    folder.mkdir()
    assert run(["card", "--db", str(db), "--listed", "--out", str(whole)]) == 0
    assert run(["card", "--db", str(db), "--listed", "--out", str(folder)]) == 0
    assert [path.name for path in folder.iterdir()] == ["Карточка школы СОШ № 1, 2026-27.pdf"]
    assert whole.read_bytes().startswith(b"%PDF")
    assert "1\u00a0карточка" in capsys.readouterr().out
    assert run(["card", "--db", str(db), "--listed", "--json"]) == 0
    assert [card["school"] for card in json.loads(capsys.readouterr().out)["cards"]] == ["СОШ № 1"]


@pytest.mark.parametrize(
    "words",
    [
        ("--listed",),
        (),
        ("--school", "1", "--listed"),
        ("--school", "1", "--year", "26"),
        ("--listed", "--out", "карточки.docx"),  # no folder of that name is made
    ],
)
def test_wrong_words_are_wrong_usage(db: Path, words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as stop:
        run(["card", "--db", str(db), *words])
    assert stop.value.code == 2
