"""«opora today» and «opora report month»: the day and the month by commands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.cli import run
from app.models.store import Store
from app.operations import registers
from tests.helpers import stores

DAY = ("--day", "2026-11-23")


@pytest.fixture
def db(tmp_path: Path) -> Path:
    store: Store = stores.made(tmp_path / "file.opora")
    registers.add(store, "tasks", {}, text="Комиссия", kind="commission", due_on="2026-11-29")
    registers.add(store, "tasks", {}, text="Позвонить", due_on="2026-11-20", responsible="Ким О. В.")
    registers.add(store, "tasks", {}, text="Сделали", due_on="2026-11-10", done_on="2026-11-09")
    registers.add(store, "requests", {}, subject="Сведения", due_on="2026-11-24")
    store.close()
    return tmp_path / "file.opora"


def _said(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    capsys.readouterr()
    assert run(list(words)) == code
    return capsys.readouterr().out


def test_the_day_is_one_object(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found: dict[str, Any] = json.loads(_said(capsys, "today", "--db", str(db), "--json", *DAY))
    assert found["day"] == "2026-11-23"
    assert found["late"] == 1
    assert found["sentence"] == "До комиссии 6 дней · 1 дело просрочено"
    assert found["ahead"] == [{"kind": "commission", "text": "Комиссия", "due": "2026-11-29", "days": 6}]
    dated = [(step["group"], step["due"], step["text"]) for step in found["steps"] if step["due"]]
    assert dated == [
        ("late", "2026-11-20", "Позвонить"), ("today", "2026-11-24", "Сведения"), ("week", "2026-11-29", "Комиссия"),
    ]  # fmt: skip
    first = next(step for step in found["steps"] if step["text"] == "Позвонить")
    assert first["line"]["responsible"] == "Ким О. В."
    assert first["line"]["school"] is None
    assert found["problems"] == []
    assert found["digest"] is None


def test_the_digest_is_printed_and_given_beside_the_object(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = _said(capsys, "today", "--db", str(db), "--digest", *DAY)
    assert text.startswith("Сегодня, 23 ноября 2026 года, понедельник\n")
    assert "— 20.11.2026. Позвонить." in text
    found = json.loads(_said(capsys, "today", "--db", str(db), "--digest", "--json", *DAY))
    assert found["digest"] == text


def test_the_day_is_printed_as_columns(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = _said(capsys, "today", "--db", str(db), *DAY)
    for word in ("Просрочено: 1", "3\u00a0дня назад", "На этой неделе: 1", "Что изменилось"):
        assert word in text


def test_a_bad_day_is_wrong_usage(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _code(["today", "--db", str(db), "--day", "завтра"]) == 2
    assert "не дата" in capsys.readouterr().err


def _code(words: list[str]) -> int | str | None:
    try:
        return run(words)
    except SystemExit as left:
        return left.code


def test_the_report_of_a_month_is_an_object_and_a_paper(
    db: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    target = tmp_path / "отчёт.docx"
    words = ("report", "month", "--db", str(db), "--month", "2026-11", "--out", str(target), *DAY)
    found = json.loads(_said(capsys, *words, "--json"))
    assert target.stat().st_size > 1_000
    assert found["period"] == "2026-11"
    blocks = {block["key"]: block for block in found["blocks"]}
    assert blocks["done"]["text"].replace("\u00a0", " ") == "Сделано: 1 дело (в срок 1)."
    assert [line["text"] for line in blocks["done"]["lines"]] == ["Сделали"]
    plan = json.loads(
        _said(capsys, "report", "month", "--db", str(db), "--quarter", "2026-Q4", "--plan", "--json", *DAY)
    )
    assert plan["working"] == 64
    assert [line["text"] for line in plan["lines"]] == [
        "Сделали",
        "Позвонить",
        "Сведения",
        "Комиссия",
    ]
    assert "Сделано: 1" in _said(capsys, "report", "month", "--db", str(db), "--month", "2026-11", *DAY)


def test_the_report_of_one_methodist_has_only_their_own(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("report", "month", "--db", str(db), "--month", "2026-11", "--json", *DAY)
    whole = json.loads(_said(capsys, *words))
    assert whole["who"] is None
    assert {"help", "events", "practices", "staff"} <= {block["key"] for block in whole["blocks"]}
    found = json.loads(_said(capsys, *words, "--who", "Ким Ольга Викторовна"))
    assert found["who"] == "Ким Ольга Викторовна"
    blocks = {block["key"]: block for block in found["blocks"]}
    assert blocks["done"]["text"] == "Сделанных дел не отмечено."
    assert not {"practices", "staff", "forms"} & set(blocks)
    assert blocks["help"]["table"] is None
    assert _code([*words, "--who", "Никого Н. Н."]) == 1, "a report of nothing would pass for a month without work"
    said = capsys.readouterr().err
    assert "«Никого Н. Н.» за этот срок ничего не записано. Есть: " in said
    assert "Ким О. В." in said
    plan = ("report", "month", "--db", str(db), "--month", "2026-11", "--plan", "--json", *DAY)
    assert _code([*plan, "--who", "Кимов О. В."]) == 1


def test_a_bad_month_is_wrong_usage(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _code(["report", "month", "--db", str(db), "--month", "ноябрь"]) == 2
    assert "не месяц" in capsys.readouterr().err
