"""Commands about papers of forms: blanks, answers, the summary, experts and their protocol."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.cli import run
from app.forms.loader import load
from app.models.forms import SubjectRef
from app.models.store import Store
from app.operations import form_answers, form_rounds, forms, schools
from tests.helpers.form_texts import CHECK
from tests.helpers.stores import made

Told = Callable[..., Any]


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "a.opora"
    store: Store = made(path)
    forms.save(store, load(CHECK))
    keys = [schools.add(store, {"name": f"СОШ № {number}"}) for number in (1, 2)]
    refs = [SubjectRef("school_programme", organisation_id=key) for key in keys]
    form_rounds.start(store, "probe", 2026, refs, prefill=False)
    store.close()
    return path


@pytest.fixture
def told(db: Path, capsys: pytest.CaptureFixture[str]) -> Told:
    def ask(*words: str, expected: int = 0) -> Any:
        capsys.readouterr()
        assert run([*words, "--db", str(db), "--json"]) == expected
        return json.loads(capsys.readouterr().out)

    return ask


def fill(db: Path, *said: str, of: int = 1) -> list[int]:
    """Answer for the first subjects; returns their cases."""
    store = Store.open(db, actor="Ким О. В.")
    cases = [
        line.case.id for line in form_rounds.cases(store.connection, form_rounds.rounds(store.connection)[0].round.id)
    ]
    for case in cases[:of]:
        for number, value in enumerate(said, start=1):
            form_answers.put(store, case, str(number), value)
    store.close()
    return cases


def test_a_blank_is_printed_without_any_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "бланк.pdf"
    assert run(["form", "print", "courses", "--blank", "--out", str(out)]) == 0
    assert out.read_bytes().startswith(b"%PDF")
    assert run(["form", "print", "nothing-like-it", "--out", str(out)]) == 1
    assert run(["form", "print", "courses", "--out", str(tmp_path / "бланк.txt")]) == 1
    assert "бланк.txt" not in {path.name for path in tmp_path.iterdir()}
    assert capsys.readouterr().err


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".xlsx"])
def test_answers_are_printed_and_put_into_the_register(told: Told, db: Path, tmp_path: Path, suffix: str) -> None:
    fill(db, "2", "1", "0")
    out = tmp_path / f"ответ{suffix}"
    said = told("form", "print", "probe", "--school", "СОШ № 1", "--out", str(out), "--register")
    assert (said["forms"], said["register"]) == (1, 1)
    assert out.stat().st_size > 1000


def test_all_answers_are_one_pdf(told: Told, db: Path, tmp_path: Path) -> None:
    import pypdfium2

    fill(db, "2", "1", "0", of=2)
    out = tmp_path / "все.pdf"
    assert told("form", "print", "probe", "--out", str(out))["forms"] == 2
    assert len(pypdfium2.PdfDocument(out)) == 2


def test_nothing_answered_is_said(db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["form", "print", "probe", "--db", str(db), "--out", str(tmp_path / "x.pdf")]) == 1
    assert "Ответов на форму «Проба» в файле нет" in capsys.readouterr().err


def test_the_summary_is_exact_in_json_and_written_as_a_file(told: Told, db: Path, tmp_path: Path) -> None:
    fill(db, "2", "1", "0")
    out = tmp_path / "сводка.xlsx"
    said = told("form", "summary", "probe", "--year", "2026", "--out", str(out))
    assert (said["asked"], said["answered"], [one["subject"] for one in said["silent"]]) == (2, 1, ["СОШ № 2"])
    assert said["items"][1]["mean"] == {"numerator": 1, "denominator": 1}
    assert said["items"][1]["share"] == {"numerator": 1, "denominator": 2}
    assert said["weakest"] == ["3", "2", "1"]
    assert (said["subjects"][0]["points"], said["subjects"][0]["most"], said["subjects"][0]["level"]) == (3, 6, "low")
    assert out.stat().st_size > 1000


def test_the_summary_is_read_by_people(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fill(db, "2", "1", "0")
    assert run(["form", "summary", "probe", "--db", str(db)]) == 0
    text = capsys.readouterr().out.replace("\u00a0", " ")
    assert "ответили 1 из 2" in text
    assert "Не ответили: СОШ № 2 (не отправлено)" in text
    assert "0 из 2, 0,0 %" in text


def test_the_way_of_a_group_assessment_by_commands(
    told: Told, db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = str(fill(db, "2", "2", "2")[0])
    begun = told("form", "experts", case, "--add", "Кедрова О. В.", "--add", "Ручьёва Н. П.")
    assert [one["name"] for one in begun["experts"]] == ["Кедрова О. В.", "Ручьёва Н. П."]
    for expert, said in zip(begun["experts"], (("1", "0", "2"), ("1", "2", "2")), strict=True):
        for item, value in enumerate(said, start=1):
            told("form", "answer", str(expert["case"]), "--item", str(item), "--value", value)
    found = told("form", "experts", case, "--unanimous")
    assert ([one["agreed"] for one in found["items"]], found["most_disputed"]) == (["1", None, "2"], ["2"])
    assert run(["form", "experts", case, "--db", str(db), "--item", "2", "--value", "1"]) == 1
    assert "Причина не вписана" in capsys.readouterr().err
    assert run(["form", "experts", case, "--db", str(db), "--item", "2", "--reason", "Большинство"]) == 1
    assert "разделились поровну" in capsys.readouterr().err
    found = told("form", "experts", case, "--item", "2", "--value", "1", "--reason", "Нашли в приложении")
    assert (found["items"][1]["agreed"], found["items"][1]["reason"], found["agreed"]["points"]) == (
        "1", "Нашли в приложении", 4,
    )  # fmt: skip
    out = tmp_path / "протокол.docx"
    done = told("form", "experts", case, "--number", "4", "--dated", "28.11.2026", "--decision", "Доработать",
                "--level", "low", "--reason", "Сроки прошли", "--out", str(out))  # fmt: skip
    assert (done["protocol"]["number"], done["protocol"]["dated"]) == ("4", "2026-11-28")
    assert (done["agreed"]["level"], done["agreed"]["overruled"]) == ("low", True)
    assert out.stat().st_size > 1000
    assert run(["form", "experts", case, "--db", str(db)]) == 0
    text = capsys.readouterr().out.replace("\u00a0", " ")
    assert "2 эксперта" in text
    assert "Нет — 1" in text
