"""The command ``opora form blank``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.cli import run
from app.forms.excel_keys import parse_meta
from app.forms.loader import load
from app.operations import forms, schools
from tests.helpers.blanks import sheets
from tests.helpers.form_texts import CHECK
from tests.helpers.stores import made


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "a.opora"
    store = made(path)
    forms.save(store, load(CHECK))
    for number in (1, 2):
        schools.set_code(store, schools.add(store, {"name": f"СОШ № {number}"}), "fisoko", f"edu00000{number}")
    store.close()
    return path


def answer(capsys: pytest.CaptureFixture[str], *words: str, expected: int = 0) -> Any:
    capsys.readouterr()
    assert run(words) == expected
    out = capsys.readouterr()
    return json.loads(out.out) if "--json" in words else (out.out, out.err)


def test_blanks_for_all_begin_a_round_and_the_next_ones_take_it(
    db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "бланки"
    common = ("--db", str(db), "--year", "2026", "--out", str(out))
    one = answer(capsys, "form", "blank", "probe", "--school", "edu000001", *common, "--json")
    [made_one] = one["blanks"]
    assert made_one["subject"] == "СОШ № 1"
    meta = parse_meta(sheets(Path(made_one["file"]).read_bytes())["_form"])
    assert meta is not None
    assert (meta.school_code, meta.forms[0].case_id) == ("edu000001", str(made_one["cases"][0]))
    text, told = answer(capsys, "form", "blank", "probe", "--all", *common)
    assert "Сделано: 2\u00a0бланка." in text
    assert told == "", "the second school was added to the round that is open"
    assert len(list(out.glob("*.xlsx"))) == 3
    rounds = answer(capsys, "form", "rounds", "--db", str(db), "--json")["rounds"]
    assert len(rounds) == 1
    again = answer(capsys, "form", "blank", "probe", "--round", str(rounds[0]["round"]), *common, "--json")
    assert len(again["blanks"]) == 2
    case = str(again["blanks"][0]["cases"][0])
    answer(capsys, "form", "accept", case, "--anyway", "--db", str(db))
    left = answer(capsys, "form", "blank", "probe", "--all", *common, "--json", expected=3)
    assert (len(left["blanks"]), len(left["left_out"])) == (1, 1)


def test_no_round_is_begun_where_nothing_can_be_written(
    db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    common = ("--db", str(db), "--year", "2026")
    answer(capsys, "form", "blank", "probe", "--all", *common, "--out", str(tmp_path / "a" / "b"), expected=1)
    assert answer(capsys, "form", "rounds", "--db", str(db), "--json")["rounds"] == []


@pytest.mark.parametrize("day", ["31.02.2026", "1.1.26", "01.01.99999999999999999999", "2026-13-01", "²8.11.2026"])
def test_days_that_are_none_begin_no_round(db: Path, capsys: pytest.CaptureFixture[str], day: str) -> None:
    common = ("--db", str(db), "--year", "2026")
    _out, told = answer(capsys, "form", "start", "probe", "--all", *common, "--due", day, expected=1)
    assert f"«{day}» — не дата" in told
    _out, told = answer(capsys, "form", "start", "rmo", "--name", " ", *common, expected=1)
    assert "некому отправить" in told
    assert answer(capsys, "form", "rounds", "--db", str(db), "--json")["rounds"] == []


def test_refusals_say_what_to_do(db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    common = ("--db", str(db), "--year", "2026", "--out", str(tmp_path / "out"))
    _, told = answer(capsys, "form", "blank", "нет-такой", "--all", *common, expected=1)
    assert "нет-такой" in told
    _, told = answer(capsys, "form", "blank", "rmo", "--all", *common, expected=1)
    assert "никого из названных не касается" in told
    _, told = answer(capsys, "form", "blank", "probe", "--round", "5", *common, expected=1)
    assert told
