"""``opora programme export``: which programme, which paper, which format, the register."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.cli import run
from app.models.store import Store
from app.operations import programmes
from tests.helpers.programme_papers import filled
from tests.helpers.projections import docx_names, pdf_text, xlsx_book
from tests.helpers.stores import made, opened


@pytest.fixture
def db(tmp_path: Path) -> Path:
    store = made(tmp_path / "p.opora")
    filled(store, tasks=1)
    store.close()
    return tmp_path / "p.opora"


def second(db: Path) -> int:
    with opened(db) as store:
        assert isinstance(store, Store)
        return programmes.create(store, "municipal", "Меры поддержки", 2020, 2021, document="road_map")


@pytest.mark.parametrize(("what", "sheet"), [("plan", "План"), ("indicators", "Показатели"), ("money", "Деньги")])
def test_one_table_as_excel(db: Path, tmp_path: Path, what: str, sheet: str) -> None:
    out = tmp_path / "таблица.xlsx"
    assert run(["programme", "export", "--db", str(db), "--out", str(out), "--what", what]) == 0
    assert xlsx_book(out.read_bytes()).sheetnames[0] == sheet


def test_the_whole_as_word_and_pdf_with_json_and_register(
    db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    word = tmp_path / "программа.docx"
    assert run(["programme", "export", "--db", str(db), "--out", str(word)]) == 0
    assert "word/document.xml" in docx_names(word.read_bytes())
    capsys.readouterr()
    pdf = tmp_path / "программа.pdf"
    assert run(["programme", "export", "--db", str(db), "--out", str(pdf), "--register", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["register"] == 1
    assert told["title"].startswith("Программа 2026–2028, редакция 1: Муниципальная программа «Поддержка школ")
    assert "Содержание" in pdf_text(pdf.read_bytes())[1]


def test_another_programme_is_named_by_its_key(db: Path, tmp_path: Path) -> None:
    key = second(db)
    out = tmp_path / "план.pdf"
    assert run(["programme", "export", "--db", str(db), "--programme", str(key), "--out", str(out)]) == 0
    text = pdf_text(out.read_bytes())
    assert "Меры поддержки" in text[0]
    assert "Паспорт дорожной карты" in text[2].replace("\xa0", " ")


def test_refusals_say_what_to_do(tmp_path: Path, db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = tmp_path / "пустой.opora"
    made(empty).close()
    out = tmp_path / "программа.pdf"
    assert run(["programme", "export", "--db", str(empty), "--out", str(out)]) == 1
    assert "нет ни одной программы" in capsys.readouterr().err
    assert run(["programme", "export", "--db", str(db), "--programme", "77", "--out", str(out)]) == 1
    assert "Такой программы в файле нет" in capsys.readouterr().err
    assert run(["programme", "export", "--db", str(db), "--out", str(tmp_path / "а.odt")]) == 1
    assert not out.exists()
