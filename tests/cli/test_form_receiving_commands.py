"""``opora form read``: what it prints, writes and returns."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.cli import run
from app.models.forms import SubjectRef
from app.models.store import Store
from app.operations import form_answers, form_blanks, form_rounds, forms, schools
from tests.helpers import blanks, filled
from tests.helpers.stores import opened


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "Лесогорск.opora"


@pytest.fixture
def case(db: Path, tmp_path: Path) -> int:
    store = Store.create(db, name="Лесогорский муниципальный округ", actor="Ким О. В.")
    forms.save(store, blanks.every_kind())
    school = schools.add(store, {"name": "СОШ № 3"})
    key = form_rounds.start(store, "every", 2026, [SubjectRef("school", organisation_id=school)])
    found = form_rounds.cases(store.connection, key)[0].case.id
    book = filled.fill(filled.opened(form_blanks.blank(store.connection, found).data))
    book.put("7", None)
    (tmp_path / "почта").mkdir()
    (tmp_path / "почта" / "хорошая.xlsx").write_bytes(book.bytes())
    book.put("5", "много")
    (tmp_path / "плохая.xlsx").write_bytes(book.bytes())
    store.close()
    return found


def answer(db: Path, case: int) -> str | None:
    with opened(db, actor="Ким О. В.") as store:
        return form_answers.case(store.connection, case).answers.get("5").value


def test_a_dry_run_shows_and_writes_nothing(db, case, tmp_path, capsys):
    before = db.read_bytes()
    assert run(["form", "read", str(tmp_path / "почта"), "--db", str(db), "--dry-run"]) == 0
    told = capsys.readouterr().out.replace("\u00a0", " ")
    assert "хорошая.xlsx: СОШ № 3 — Все виды, 2026/27: можно принять" in told
    assert "Можно принять: 1 файл." in told
    assert db.read_bytes() == before
    assert answer(db, case) is None


def test_files_are_written_and_told_as_one_object(db, case, tmp_path, capsys):
    assert run(["form", "read", str(tmp_path / "почта"), "--db", str(db), "--json", "--as", "Ким О. В."]) == 0
    [found] = json.loads(capsys.readouterr().out)["files"]
    assert (found["state"], found["written"], found["case"], found["refused"]) == ("ready", True, case, None)
    change = next(one for one in found["changes"] if one["item"] == "5")
    assert (change["before"], change["after"], change["cell"]) == (None, "312", "D19")
    assert answer(db, case) == "312"
    assert run(["form", "read", str(tmp_path / "почта"), "--db", str(db)]) == 0
    assert "уже принят" in capsys.readouterr().out


def test_errors_need_eyes_and_go_back_with_a_letter(db, case, tmp_path, capsys):
    out = tmp_path / "назад"
    assert run(["form", "read", str(tmp_path / "плохая.xlsx"), "--db", str(db), "--mark", str(out)]) == 3
    assert "[Форма, D19] Пункт 5" in capsys.readouterr().out.replace("\u00a0", " ")
    names = sorted(path.name for path in out.iterdir())
    assert names == ["СОШ № 3 — письмо — что исправить.txt", "плохая — что исправить.xlsx"]
    assert "много" in (out / names[0]).read_text("utf-8")


def test_a_refused_file_is_a_failure_and_the_others_are_written(db, case, tmp_path, capsys):
    broken = tmp_path / "почта" / "битая.xlsx"
    broken.write_bytes(b"PK\x03\x04")
    assert run(["form", "read", str(tmp_path / "почта"), "--db", str(db)]) == 1
    assert "битая.xlsx: школа не узнана: не прочитан" in capsys.readouterr().out
    assert answer(db, case) == "312"
    assert run(["form", "read", str(tmp_path / "нет.xlsx"), "--db", str(db)]) == 1


def test_conflicts_wait_for_the_word_of_a_person(db, case, tmp_path, capsys):
    with opened(db, actor="Ким О. В.") as store:
        form_answers.put(store, case, "5", "300")
    arguments = ["form", "read", str(tmp_path / "почта"), "--db", str(db)]
    assert run(arguments) == 3
    assert answer(db, case) == "300"
    assert run([*arguments, "--conflicts", "file"]) == 0
    assert answer(db, case) == "312"
    capsys.readouterr()
