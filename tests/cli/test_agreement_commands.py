"""The agreement of a list by commands: the same operations as in the window."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.cli import run
from app.models.store import Store
from app.operations import results
from app.operations.results import Options
from tests.operations.conftest import MATHS5, RUSSIAN5, mark, reading, school

LIST = ("--rule", "rosobrnadzor-2022", "--year", "2026")


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "Лесогорск.opora"
    store = Store.create(path, name="Лесогорский округ", actor="Ким О. В.")
    one = school("СОШ № 1", "edu000001")
    results.load(store, reading(mark(one, MATHS5, 2026, 3, 10), mark(one, RUSSIAN5, 2026, 8, 20)),
                 Options(create_schools=True))  # fmt: skip
    store.close()
    return path


class Caller:
    def __init__(self, db: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.db, self.capsys = db, capsys

    def __call__(self, *words: str, code: int = 0) -> Any:
        self.capsys.readouterr()
        assert run(["agreement", *words, *LIST, "--db", str(self.db), "--json"]) == code
        return json.loads(self.capsys.readouterr().out)


@pytest.fixture
def call(db: Path, capsys: pytest.CaptureFixture[str]) -> Caller:
    return Caller(db, capsys)


def test_the_whole_way_goes_by_commands(call: Caller, db: Path, tmp_path: Path) -> None:
    made = call("party", "add", "--kind", "учредитель", "--name", "Администрация", "--sent-on", "01.12.2090")
    found = call("party", "answer", str(made["row"]), "--answer", "с замечаниями", "--answered-on", "02.12.2090")
    assert found["parties"][0]["answer"] == "remarks"
    assert found["parties"][0]["remark"] is None
    assert len(found["warnings"]) == 1
    call("party", "set", "1", "--remark", "Уточнить", "--reply", "Уточнено")
    call("member", "add", "--name", "Ветрова Н. А.", "--role", "председатель", "--vote", "за")
    call("member", "add", "--name", "Ракитина Е. В.", "--role", "секретарь", "--vote", "за")
    found = call("protocol", "set", "--number", "4", "--dated", "05.12.2090", "--decision", "Согласовать")
    assert found["votes"] == {"for": 2, "against": 0, "abstained": 0}
    call("roadmap", "add", "--activity", "Курсы", "--term", "осень", "--responsible", "ММС", "--school", "edu000001")
    call("roadmap", "add", "--activity", "Выезд", "--date-to", "20.12.2090", "--responsible", "ММС")
    found = call("roadmap", "move", "2", "--to", "1")
    assert [item["activity"] for item in found["road_map"]] == ["Выезд", "Курсы"]
    call("meeting", "add", "--topic", "Список")
    shown = call("show")
    assert (shown["missing"], shown["warnings"]) == ([], [])
    assert [step["state"] for step in shown["steps"]] == ["done", "open", "done", "done", "done", "open"]
    for kind in ("agreement", "protocol", "road-map"):
        target = tmp_path / f"{kind}.pdf"
        assert run(["report", kind, *LIST, "--db", str(db), "--out", str(target)]) == 0
        assert target.read_bytes().startswith(b"%PDF")
    assert run(["list", "approve", *LIST, "--db", str(db), "--order", "214", "--date", "10.12.2090"]) == 0
    assert run(["agreement", "party", "remove", "1", *LIST, "--db", str(db)]) == 1


def test_an_entry_that_does_not_fit_needs_eyes(call: Caller) -> None:
    found = call("party", "add", "--name", "Совет", "--sent-on", "вчера", code=3)
    (draft,) = found["drafts"]
    assert (draft["column"], draft["raw"], draft["code"]) == ("sent_on", "вчера", "GEN_BAD_DATE")
    other = call("party", "add", "--name", "Учредитель")
    assert [item["row"] for item in other["drafts"]] == [found["row"]]
    call("party", "answer", str(other["row"]), "--answer", "согласовано")
    call("protocol", "set", "--number", "4")
    call("protocol", "set", "--dated", "завтра", code=3)
    call("party", "set", str(found["row"]), "--name", "Совет округа", code=3)
    call("party", "set", str(found["row"]), "--sent-on", "")


def test_wrong_rows_and_groups_are_refused(call: Caller, db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (("party", "remove", "7"), ("protocol", "set", "--body", "Нет такой"), ("party", "take")):
        assert run(["agreement", *words, *LIST, "--db", str(db)]) == 1
    assert "opora agreement show" in capsys.readouterr().err
    assert len(call("party", "usual")["parties"]) == 5


def test_what_is_shown_is_read_by_people(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["agreement", "show", *LIST, "--db", str(db)]) == 0
    out = capsys.readouterr().out
    assert "● Вычислен: в списке 1 из 1 (сделано)" in out.replace("\u00a0", " ")
    assert "○ Протокол: протокола нет (не начато)" in out
