"""Events by command: adding, participants, marks, the list with different people."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.cli import run
from app.operations.register_catalogue import REGISTERS
from tests.helpers import programmes, stores

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    monkeypatch.setattr("app.clock.today", lambda: date(2026, 11, 23))
    path = tmp_path / "Пример.opora"
    store = stores.made(path)
    for number in (1, 2):
        stores.school(store, f"СОШ № {number}", own=1)
    programmes.small(store)
    with store.operation("Объединение", "body.add") as operation:
        operation.insert("body", name="РМО учителей физики", kind="РМО")
    store.abandon()

    def go(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = run([str(argument) for argument in (*arguments, "--db", path)])
        said = capsys.readouterr()
        return code, said.out.replace("\u00a0", " "), said.err.replace("\u00a0", " ")

    return go


def found(call: Call, *keys: object) -> list[dict[str, Any]]:
    _code, out, _err = call("events", "--json", *keys)
    events: list[dict[str, Any]] = json.loads(out)["events"]
    return events


def added(call: Call, title: str, *keys: object) -> int:
    code, out, _err = call("event", "add", "--title", title, *keys, "--json")
    assert code == 0
    return int(json.loads(out)["id"])


def test_an_event_is_added_counted_and_taken_into_the_execution(call: Call) -> None:
    key = added(call, "Стажировка", "--kind", "internship", "--on", "12.10.2026", "--begins", "9", "--activity", "1.1",
                "--wanted", "5", "--host", "СОШ № 2")  # fmt: skip
    (item,) = found(call, "--activity", "1.1")
    assert (item["kind"], item["date_from"], item["time_from"]) == ("internship", "2026-10-12", "09:00")
    assert (item["came"], item["coverage"], item["reached"], item["where"]) == (None, None, "unknown", "СОШ № 2")
    assert call("events")[0] == 3  # its day is over and nobody has marked it
    assert call("event", "people", "--event", key, "--school", "СОШ № 1", "--came", "4", "--connections", "2")[0] == 0
    names = "Ли А. Б., СОШ № 2\nЁж О. О., 5 класс"
    code, out, _err = call("event", "guests", "--event", key, "--text", names, "--came", "--json")
    assert (code, json.loads(out)) == (0, {"added": 1, "known": 0, "pupils": 1, "unknown": []})
    assert call("event", "hold", "--event", key)[0] == 0
    (item,) = found(call)
    assert (item["state"], item["came"], item["connections"], item["reached"]) == ("held", 5, 2, "yes")
    code, out, _err = call("event", "show", "--event", key)
    assert "5 человек из 2 школ, подключений 2" in out
    assert "Ли А. Б." not in call("event", "show", "--event", key, "--json")[1]
    code, out, _err = call("event", "take", "--activity", "1.1", "--year", 2026)
    assert (code, out.strip()) == (
        0, "Взято в исполнение: Участников: пусто → 5; Школы: пусто → 2 школы; Выполнено: пусто → 12.10.2026.",
    )  # fmt: skip
    assert "EVENT_NOTHING_TO_TAKE" not in call("event", "take", "--activity", "1.1", "--year", 2026)[2]


def test_marks_and_repeats(call: Call) -> None:
    key = added(call, "Семинар", "--on", "27.11.2026")
    assert call("event", "move", "--event", key, "--on", "04.12.2026", "--reason", "карантин")[0] == 0
    assert [item["shown"].replace("\u00a0", " ") for item in found(call)] == ["перенесено на 04.12"]
    code, out, _err = call("event", "repeat", "--event", key, "--step", "week", "--times", "2")
    assert (code, out.strip()) == (0, "Событие повторится: 11.12.2026, 18.12.2026.")
    assert len(found(call, "--from", "05.12.2026", "--to", "12.12.2026")) == 1
    assert call("event", "edit", "--event", key, "--title", "Другое", "--ends", "16:00")[0] == 0
    assert call("event", "cancel", "--event", key, "--reason", "нет зала")[0] == 0
    assert call("event", "plan", "--event", key)[0] == 0
    first = found(call)[0]
    assert (first["title"], first["state"], first["time_to"]) == ("Другое", "planned", "16:00")
    assert call("event", "remove", "--event", key)[1].strip() == "Событие убрано."
    assert len(found(call)) == 2


def test_what_is_wrong_is_said(call: Call) -> None:
    key = added(call, "Семинар")
    assert call("event", "cancel", "--event", key)[0] == 1
    code, _out, err = call("events", "--activity", "9.9")
    assert code == 1
    assert "«9.9»" in err
    assert call("events", "--body", "химии")[0] == 1
    assert found(call, "--body", "физики") == []
    code, _out, err = call("event", "show", "--event", 17)
    assert code == 1
    assert "opora events" in err


def test_an_entry_that_does_not_fit_is_kept_and_told(call: Call) -> None:
    code, out, _err = call("event", "add", "--title", "Семинар", "--on", "завтра", "--begins", "25:61", "--json")
    told = json.loads(out)
    assert (code, sorted(told["problems"])) == (3, ["date_from", "time_from"])
    code, out, _err = call("event", "edit", "--event", told["id"], "--on", "27.11.2026")
    assert (code, out.splitlines()[0]) == (3, "Событие изменено.")
    assert "25:61" in out
    assert call("event", "edit", "--event", told["id"], "--begins", "14:30") == (0, "Событие изменено.\n", "")
    code, out, _err = call("event", "guests", "--event", told["id"], "--text", "Ли А. Б.\tСОШ № 99\tучитель")
    assert code == 3
    assert "Школы нет в реестре: СОШ № 99." in out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("add", "--on", "27.11.2026"), "Добавьте --title"),
        (("edit", "--event", "KEY"), "Добавьте хотя бы один ключ"),
        (("people", "--event", "KEY"), "--school или --listed"),
        (("people", "--event", "KEY", "--listed", "--came", "4"), "одной школе"),
        (("people", "--event", "KEY", "--school", "СОШ № 1", "--came", "-4"), "от 0 до 99999"),
    ],
)
def test_a_command_that_says_too_little_is_wrong_usage(
    call: Call, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], told: str
) -> None:
    key = added(call, "Семинар")
    with pytest.raises(SystemExit) as left:
        call("event", *(str(key) if word == "KEY" else word for word in words))
    assert left.value.code == 2
    assert told.casefold() in capsys.readouterr().err.replace("\u00a0", " ").casefold()
    assert len(found(call)) == 1


def test_an_event_to_come_that_is_over_was_today(call: Call) -> None:
    key = added(call, "Семинар", "--on", "27.11.2026")
    assert call("event", "hold", "--event", key)[1] == "Отмечено: событие прошло 23.11.2026.\n"
    past = added(call, "Вебинар", "--on", "12.11.2026")
    assert call("event", "hold", "--event", past)[1] == "Отмечено: событие прошло 12.11.2026.\n"


def test_parts_of_an_event_are_lines_of_their_registers(call: Call) -> None:
    key = added(call, "Семинар", "--on", "27.11.2026", "--host", "СОШ № 1", "--place", "СОШ № 1")
    assert found(call)[0]["where"] == "СОШ № 1", "a place that is the school is not told twice"
    code, out, _err = call("lines", "put", "event_items", "--of", f"event_id={key}", "--set", "Что=Итоги", "--json")
    assert (code, json.loads(out)["problems"]) == (0, {})
    assert "Итоги" in call("lines", "list", "event_items", "--of", f"event_id={key}")[1]
    code, _out, err = call("lines", "list", "event_items", "--of", "event_id=5")
    assert code == 1
    assert "opora lines list events" in err
    assert call("lines", "list", "body_members", "--of", "body_id=физики")[0] == 0
    assert call("lines", "list", "body_members", "--of", "body_id=химии")[0] == 1


def test_every_register_that_belongs_to_something_says_to_what(call: Call) -> None:
    for name, item in REGISTERS.items():
        code, _out, err = call("lines", "list", name)
        assert code in (0, 1), name
        assert (code == 1) == bool(set(item.scope) - {"school_year"}), (name, err)


def test_members_of_the_body_become_the_list_of_its_meeting(call: Call) -> None:
    call("bodies", "member", "физики", "--name", "Ли А. Б.", "--role", "участник")
    key = json.loads(call("bodies", "meeting", "физики", "--day", "26.11.2026", "--json")[1])["event"]
    assert call("event", "guests", "--event", key, "--members")[:2] == (0, "Вписано из состава: 1.\n")
    assert call("event", "guests", "--event", key, "--members")[:2] == (0, "Все они уже в списке.\n")
    with pytest.raises(SystemExit):
        call("event", "guests", "--event", key, "--members", "--came")
    code, _out, err = call("event", "guests", "--event", added(call, "Семинар"), "--members")
    assert code == 1
    assert "не связано с объединением" in err


def test_names_that_may_be_one_person_are_told_and_stay_out_of_what_other_programs_read(call: Call) -> None:
    for title, name in (("Первый", "Ким О. В."), ("Второй", "Ким Оксана Викторовна")):
        key = added(call, title, "--on", "12.10.2026")
        call("event", "guests", "--event", key, "--text", f"{name}; СОШ № 1", "--came")
        call("event", "hold", "--event", key, "--on", "12.10.2026")
    _code, out, _err = call("events")
    assert "от 1 до 2 человек. Могут быть одним человеком: Ким О. В. и Ким Оксана Викторовна." in out
    _code, out, _err = call("events", "--json")
    assert json.loads(out)["coverage"]["alike"] == 1
    assert "Ким" not in out
