"""``opora form letters``, ``form urgent``, ``form answers``."""

from __future__ import annotations

import json
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest

from app.cli import run
from app.forms.loader import load
from app.models.forms import SubjectRef
from app.models.store import Store
from app.operations import form_rounds, forms, schools
from tests.helpers.form_texts import CHECK
from tests.helpers.stores import made


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "a.opora"
    store: Store = made(path)
    forms.save(store, load(CHECK))
    keys = [schools.add(store, {"name": f"СОШ № {number}"}) for number in (1, 2)]
    schools.add_contact(store, keys[0], "почта", "one@example.org")
    form_rounds.start(
        store, "probe", 2026, [SubjectRef("school_programme", organisation_id=key) for key in keys], due_on="2020-01-10"
    )
    store.close()
    return path


def told(capsys: pytest.CaptureFixture[str], *words: str, expected: int = 0) -> Any:
    capsys.readouterr()
    assert run([*words, "--json"]) == expected
    return json.loads(capsys.readouterr().out)


def key_of(db: Path, capsys: pytest.CaptureFixture[str]) -> str:
    return str(told(capsys, "form", "rounds", "--db", str(db))["rounds"][0]["round"])


def states(db: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, int]:
    found = told(capsys, "form", "rounds", "--db", str(db))["rounds"][0]["states"]
    return {state: number for state, number in found.items() if number}


def test_letters_are_written_and_their_blanks_marked_as_sent(
    db: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    key = key_of(db, capsys)
    out = tmp_path / "письма"
    found = told(capsys, "form", "letters", "--db", str(db), "--round", key, "--out", str(out), "--keep", expected=3)
    assert [Path(name).name for name in found["letters"]] == ["СОШ № 1 — Проба.eml", "СОШ № 2 — Проба.eml"]
    assert found["without_address"] == ["СОШ № 2"]
    assert states(db, capsys) == {"not_sent": 2}
    told(capsys, "form", "letters", "--db", str(db), "--round", key, "--out", str(out), expected=3)
    assert states(db, capsys) == {"sent": 2}
    assert len(list(out.iterdir())) == 4, "what lies there stays"


def test_reminders_go_to_those_who_are_late(db: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    key = key_of(db, capsys)
    out = tmp_path / "напоминания"
    found = told(capsys, "form", "letters", "--db", str(db), "--round", key, "--out", str(out), "--remind", expected=3)
    assert len(found["letters"]) == 2
    mail = message_from_bytes(Path(found["letters"][0]).read_bytes())
    assert mail["To"] == "one@example.org"
    assert states(db, capsys) == {"not_sent": 2}, "a reminder is no sending"


def test_an_urgent_collection_goes_from_headings_to_letters_at_once(
    db: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    words = ["form", "urgent", "--db", str(db), "--title", "Питание", "--headings", "Всего детей;Есть ли столовая",
             "--due", "25.11.2026", "--year", "2026", "--out", str(tmp_path / "срочно")]  # fmt: skip
    found = told(capsys, *words, expected=3)
    assert len(found["letters"]) == len(found["cases"]) == 2
    case = str(found["cases"][0])
    told(capsys, "form", "answer", case, "--item", "1", "--value", "240", "--db", str(db))
    answers = told(capsys, "form", "answers", "--db", str(db), "--round", str(found["round"]))
    assert answers["columns"] == ["Всего детей", "Есть ли столовая"]
    assert [row["cells"] for row in answers["rows"]] == [["240", ""], ["", ""]]
    assert answers["totals"][0] == "240"
    assert answers["silent"] == ["СОШ № 2"]
    assert run(["form", "answers", "--db", str(db), "--round", str(found["round"])]) == 0
    assert "Итого" in capsys.readouterr().out


def test_an_urgent_collection_without_headings_says_so(
    db: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    words = ["form", "urgent", "--db", str(db), "--headings", " ; ", "--out", str(tmp_path / "x")]
    assert run(words) == 1
    assert "Не названо ни одного столбца" in capsys.readouterr().err
