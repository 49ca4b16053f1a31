"""«opora calendar»: lines, JSON, whose, the .ics file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from app.cli import run
from app.models.store import Store, new_id
from tests.helpers import stores

NOVEMBER = ("--from", "01.11.2026", "--to", "30.11.2026", "--day", "23.11.2026")


@pytest.fixture
def db(tmp_path: Path) -> Path:
    store: Store = stores.made(tmp_path / "file.opora")
    with store.operation("проба", "test") as operation:
        for title, start, end in (("Чтение", "10:00", "12:00"), ("Письмо", "11:00", "13:00")):
            operation.insert(
                "work_event", id=new_id(), title=title, date_from="2026-11-24", time_from=start, time_to=end,
                methodist="Ким О. В.",
            )  # fmt: skip
        operation.insert("task", id=new_id(), kind="commission", text="Комиссия", due_on="2026-11-27")
    store.close()
    return tmp_path / "file.opora"


def _said(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    capsys.readouterr()
    assert run(list(words)) == code
    return capsys.readouterr().out


def test_the_calendar_is_one_object(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found: dict[str, Any] = json.loads(_said(capsys, "calendar", "--db", str(db), "--json", *NOVEMBER))
    assert [(item["text"], item["first"], item["start"], item["kind"], item["movable"]) for item in found["items"]] == [
        ("Чтение", "2026-11-24", "10:00", "event", True), ("Письмо", "2026-11-24", "11:00", "event", True),
        ("Комиссия", "2026-11-27", None, "visit", True),
    ]  # fmt: skip
    assert [(one["code"], one["day"], one["sure"], one["free"]) for one in found["conflicts"]] == [
        ("who", "2026-11-24", True, "2026-11-25")
    ]
    only = json.loads(_said(capsys, "calendar", "--db", str(db), "--json", "--kind", "visit", *NOVEMBER))
    assert [item["text"] for item in only["items"]] == ["Комиссия"]
    assert only["conflicts"] == []


def test_the_calendar_is_told_in_lines(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = _said(capsys, "calendar", "--db", str(db), *NOVEMBER)
    assert "10:00–12:00" in told
    assert "Накладка, 24.11.2026: Ким О. В. в одно время на двух событиях" in told
    assert "ничего нет" in _said(capsys, "calendar", "--db", str(db), "--from", "01.01.2031", "--to", "02.01.2031")
    assert "service" in _said(capsys, "calendar", "--db", str(db), "--owners")


def test_the_file_has_names_only_when_asked(db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "ноябрь.ics"
    assert "Записан файл ноябрь.ics: 3\u00a0записи" in _said(
        capsys, "calendar", "--db", str(db), "--ics", str(target), *NOVEMBER
    )
    found: Any = list(Calendar.from_ical(target.read_bytes()).walk("VEVENT"))
    assert [str(one["SUMMARY"]) for one in found] == ["Чтение", "Письмо", "Комиссия"]
    assert "Ким" not in target.read_text(encoding="utf-8").replace("\n ", "")
    _said(capsys, "calendar", "--db", str(db), "--ics", str(target), "--with-names", *NOVEMBER)
    assert "Кто: Ким О. В." in target.read_text(encoding="utf-8").replace("\n ", "")


@pytest.mark.parametrize(
    "words",
    [("--whose", "school:1"), ("--from", "30.11.2026", "--to", "01.11.2026"),
     ("--ics", "пусто.ics", "--from", "01.01.2031", "--to", "02.01.2031")],
)  # fmt: skip
def test_what_is_not_there_is_refused(
    db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    _said(capsys, "calendar", "--db", str(db), *words, code=1)
    assert not (tmp_path / "пусто.ics").exists()
