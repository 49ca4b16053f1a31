"""Orders, signers and what is put round papers, by command."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app import clock
from app.cli import run
from app.models import settings
from app.operations import registers
from tests.helpers import stores

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 23))
    path = tmp_path / "Пример.opora"
    store = stores.made(path)
    with store.operation("Настройки", "settings") as operation:
        settings.put(operation, "organisation", "Управление образования Лесного района")
    registers.add(store, "signers", {}, post="Начальник", full_name="Иванова Мария Петровна", role="sign")
    store.abandon()

    def go(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = run([str(argument) for argument in (*arguments, "--db", path)])
        said = capsys.readouterr()
        return code, said.out.replace("\u00a0", " "), said.err.replace("\u00a0", " ")

    return go


def told(call: Call, *arguments: object) -> Any:
    code, out, err = call(*arguments, "--json")
    assert code == 0, err
    return json.loads(out)


def test_an_order_is_made_worded_numbered_and_printed(call: Call, tmp_path: Path) -> None:
    made = told(call, "order", "make", "start", "--year", "2026/27", "--set", "place=г. Лесной")
    key = made["id"]
    assert (made["act"], made["values"], made["signer"].replace("\u00a0", " ")) == (
        "order", {"place": "г. Лесной"}, "Начальник, М. П. Иванова",
    )  # fmt: skip
    assert told(call, "order", "text", key, "--point", "hold", "--text", "Провести отбор.")["texts"][2]["typed"]
    own = told(call, "order", "add", key, "--text", "Разместить на сайте.")
    assert own["texts"][-2]["text"] == "Разместить на сайте."
    assert "heads" in told(call, "order", "out", key, "--point", "heads")["taken_out"]
    assert told(call, "order", "back", key, "--point", "heads")["taken_out"] == []
    assert told(call, "order", "set", key, "--act", "decree", "--set", "place=")["values"] == {}
    out = tmp_path / "приказ.pdf"
    code, said, err = call("order", "paper", key, "--out", out)
    assert (code, out.read_bytes()[:4]) == (0, b"%PDF"), err
    code, said, _err = call("order", "number", key, "--number", "12", "--date", "28.11.2026")
    assert (code, said.strip()) == (0, "В правовой базе: подписан, № 12 от 28.11.2026.")
    code, said, _err = call("order", "list", "--year", "2026")
    assert "подписан, № 12 от 28.11.2026" in said
    code, _said, err = call("order", "remove", key)
    assert code == 1
    assert "Его текст не меняется" in err
    assert told(call, "order", "hand-over", key) == {"changed": 0}


@pytest.mark.parametrize("value", ["²", "9999999999999999999", "abc", "-"])
@pytest.mark.parametrize("key", ["body", "programme", "year", "control"])
def test_a_key_that_is_none_is_refused_by_name(call: Call, key: str, value: str) -> None:
    code, _said, err = call("order", "make", "programme", "--set", f"{key}={value}")
    assert code == 1
    assert f"«{value}» в файле нет: настройка {key} не записана" in err


def test_a_draft_is_shown_and_removed(call: Call) -> None:
    key = told(call, "order", "make", "group", "--year", "2026")["id"]
    code, said, _err = call("order", "show", key)
    assert code == 0
    assert "Состав группы не внесён" in said
    assert call("order", "remove", key)[0] == 0
    code, _said, err = call("order", "show", key)
    assert code == 1
    assert "Такого проекта приказа в файле нет" in err


def test_signers_are_shown_with_cases_and_own_forms(call: Call) -> None:
    (one,) = told(call, "signers", "list")["signers"]
    assert [form.replace("\u00a0", " ") for form in one["cases"]["dative"]] == ["Начальнику", "М. П. Ивановой"]
    form = told(call, "signers", "case", one["id"], "--case", "genitive", "--of", "post", "--form", "Начальницы")
    assert form == {"case": "genitive", "form": "Начальницы"}
    code, said, _err = call("signers", "case", one["id"], "--case", "genitive", "--of", "post")
    assert (code, said.strip()) == (0, "Родительный падеж: Начальника.")


def test_a_dress_goes_out_and_in(call: Call, tmp_path: Path) -> None:
    assert told(call, "dress", "show", "school_list") == {}
    source = tmp_path / "оформление.json"
    source.write_text('{"executor": "Ким, 2-16-40"}', encoding="utf-8")
    assert told(call, "dress", "keep", "school_list", "--from", source)["executor"] == "Ким, 2-16-40"
    assert told(call, "dress", "show", "school_list")["executor"] == "Ким, 2-16-40"
    source.write_text("не то", encoding="utf-8")
    code, _said, err = call("dress", "keep", "school_list", "--from", source)
    assert code == 1
    assert "не читается" in err
    code, said, _err = call("dress", "keep", "school_list")
    assert (code, said.strip()) == (0, "Оформление: как в самом документе.")
