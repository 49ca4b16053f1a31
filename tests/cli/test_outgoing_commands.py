"""«opora outgoing»: what happened to a paper, what changed since, whose file it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app import clock
from app.cli import run
from app.operations import paper_catalogue, papers
from app.operations.papers import Made
from tests.helpers import stores

DATA = b"%PDF-1.4 proba"


@pytest.fixture
def db(tmp_path: Path) -> Path:
    store = stores.made(tmp_path / "file.opora")
    day = clock.today()
    values = paper_catalogue.usual(store.connection, paper_catalogue.kind("month_plan"), day)
    paper = paper_catalogue.make(store.connection, "month_plan", values, day)
    beside = (Made(".xlsx", b"PK-data"),)
    papers.register(store, paper, Made(".pdf", DATA), "План.pdf", beside)
    store.close()
    return tmp_path / "file.opora"


@pytest.fixture
def said(db: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def say(*words: str, code: int = 0) -> str:
        capsys.readouterr()
        assert run([words[0], *words[1:], "--db", str(db)]) == code
        return capsys.readouterr().out

    return say


def test_the_way_of_a_paper_is_written_and_shown(said: Any) -> None:
    said("outgoing", "sent", "1", "--day", "20.11.2025", "--person", "Министерство", "--text", "почтой")
    said("outgoing", "receipt", "1", "--day", "21.11.2025", "--their-number", "вх-9")
    said("outgoing", "remark", "1", "--day", "21.11.2025", "--text", "Нет долей", "--due", "25.11.2025")
    assert "замечание, срок вышел" in said("outgoing", "show", "1")
    said("outgoing", "answer", "1", "--day", "26.11.2025", "--text", "Добавили")
    said("outgoing", "edit", "1", "--out-number", "01-12/45", "--dated", "19.11.2025")
    found = json.loads(said("outgoing", "show", "1", "--json"))
    assert (found["out_number"], found["dated"], found["addressee"]) == ("01-12/45", "2025-11-19", "Министерство")
    assert (found["signature"], found["journey"]) == ("не подписан", "ответ дан")
    assert [event["kind"] for event in found["events"]] == ["sent", "receipt", "remark", "answer"]
    assert found["events"][3]["answers"] == found["events"][2]["id"]
    (listed,) = json.loads(said("papers", "--json"))["papers"]
    assert listed["journey"] == "ответ дан"
    assert [file["role"] for file in listed["files"]] == ["original", "data"]
    told = said("papers")
    assert "01-12/45 от" in told


def test_what_changed_since_names_the_act(said: Any, db: Path) -> None:
    assert json.loads(said("outgoing", "since", "1", "--json"))["state"] == "same"
    today = clock.today()
    with stores.opened(db) as store:
        from app.operations import registers

        registers.add(store, "tasks", {}, text="Собрать отчёты школ", due_on=today.isoformat())
    found = json.loads(said("outgoing", "since", "1", "--json"))
    assert found["state"] == "changed"
    assert any("Собрать отчёты школ" in (item["new"] or "") and item["label"] for item in found["differences"])
    assert "Собрать отчёты школ" in said("outgoing", "since", "1")


def test_whose_file_it_is_and_whether_the_files_are_whole(said: Any, tmp_path: Path) -> None:
    path = tmp_path / "план.pdf"
    path.write_bytes(DATA)
    found = json.loads(said("outgoing", "whose", str(path), "--json"))
    assert (found["number"], found["role"]) == (1, "original")
    path.write_bytes(DATA[:-1] + b"b")
    assert "не из журнала исходящих" in said("outgoing", "whose", str(path), code=1)
    assert json.loads(said("outgoing", "check", "--json")) == {"damaged": []}


def test_files_and_versions(said: Any, db: Path, tmp_path: Path) -> None:
    word = tmp_path / "план.docx"
    word.write_bytes(b"PK-word")
    said("outgoing", "add-file", "1", str(word), "--role", "editable")
    with stores.opened(db) as store:
        from tests.operations.test_outgoing import document

        papers.register(store, papers.Paper("probe", "Проба", document("а"), None), Made(".pdf", b"%PDF-2"), "П.pdf")
    said("outgoing", "replaces", "2", "--former", "1")
    assert json.loads(said("outgoing", "show", "1", "--json"))["replaced_by"] == 2
    said("outgoing", "replaces", "2")
    assert json.loads(said("outgoing", "show", "1", "--json"))["replaced_by"] is None
    out = tmp_path / "файлы"
    out.mkdir()
    told = said("extract", "1", "--out", str(out))
    assert "данные Excel" in told
    assert "документ для правки" in told
    assert sorted(path.name for path in out.iterdir()) == ["План.pdf", "План.xlsx", "план.docx"]


def test_nothing_to_put_right_is_wrong_usage(said: Any, db: Path) -> None:
    with pytest.raises(SystemExit) as stop:
        run(["outgoing", "edit", "1", "--db", str(db)])
    assert stop.value.code == 2


def test_what_was_written_by_mistake_is_taken_out(said: Any) -> None:
    said("outgoing", "sent", "1", "--day", "20.11.2026", "--person", "Не туда")
    [event] = json.loads(said("outgoing", "show", "1", "--json"))["events"]
    assert f"(код {event['id']})" in said("outgoing", "show", "1")
    assert said("outgoing", "forget", str(event["id"])) == "Запись убрана.\n"
    assert json.loads(said("outgoing", "show", "1", "--json"))["events"] == []
    said("outgoing", "forget", str(event["id"]), code=1)


def test_slides_of_a_paper_are_made_by_its_ending(said: Any, tmp_path: Path) -> None:
    from pptx import Presentation

    target = tmp_path / "Журнал.pptx"
    said("paper", "make", "outgoing_register", "--out", str(target))
    slides = Presentation(str(target)).slides
    assert len(slides) == 2  # the title and the one table of the register
    assert any(shape.has_table for shape in slides[1].shapes)
