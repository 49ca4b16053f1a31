"""Packages by command: making, checking, taking, the summary, who has not sent, the schemas, a copy without people."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.cli import run
from app.models import settings
from app.models.store import Store
from app.operations import registers
from app.operations.demo import fill

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("packages") / "Пример.opora"
    store = Store.create(path, name="Лесогорский округ", actor="Ракитина Е. В.")
    fill(store, schools=6, years=(2026,))
    with store.operation("Настройка", "settings") as operation:
        settings.put(operation, "municipality", "Лесогорский округ")
    registers.add(store, "package_expected", {}, municipality="Северный район", due_on="2026-11-01")
    store.close()
    return path.read_bytes()


@pytest.fixture
def db(made: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "Пример.opora"
    path.write_bytes(made)
    return path


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    def go(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            code = run([str(item) for item in arguments])
        except SystemExit as stop:
            code = int(stop.code or 0)
        out = capsys.readouterr()
        return code, out.out.replace("\u00a0", " "), out.err.replace("\u00a0", " ")

    return go


def as_json(found: tuple[int, str, str]) -> Any:
    return json.loads(found[1])


def test_a_package_goes_from_file_to_file(call: Call, db: Path, tmp_path: Path) -> None:
    folder = tmp_path / "пакеты"
    code, out, _err = call(
        "package", "make", "--db", db, "--out", folder, "--papers", "1,2", "--to", "Министерство", "--oktmo", "34612345"
    )
    assert code == 0
    (path,) = folder.iterdir()
    assert out.startswith(f"Пакет № 1: {path}")
    assert "№ 1 " in out
    assert "не подписан" in out

    code, out, err = call("package", "check", path)
    assert code == 3
    assert "нужно посмотреть · Лесогорский округ" in out
    assert "не подписан" in err
    bad = tmp_path / "плохой.zip"
    bad.write_bytes(path.read_bytes()[:-30])
    found = call("package", "check", path, bad, "--json")
    assert found[0] == 1
    first, second = as_json(found)["packages"]
    assert (first["verdict"], first["municipality"]) == ("eyes", "Лесогорский округ")
    assert [one["number"] for one in first["papers"]] == [1, 2]
    assert (second["verdict"], second["municipality"]) == ("refused", None)
    assert [one["code"] for one in second["problems"]] == ["PACK_DAMAGED"]

    code, out, _err = call("package", "take", "--db", db, path, bad)
    assert code == 1
    assert f"{path.name}: принят" in out
    assert "плохой.zip: Пакет" in out
    assert call("package", "take", "--db", db, path)[0] == 1


def test_the_way_of_a_package_is_written_down(call: Call, db: Path, tmp_path: Path) -> None:
    assert call("package", "make", "--db", db, "--out", tmp_path / "а.zip", "--papers", "1")[0] == 0
    assert call("package", "mark", 1, "--db", db, "--sent", "24.11.2026")[0] == 0
    (line,) = as_json(call("package", "list", "--db", db, "--json"))["packages"]
    assert (line["number"], line["sent_on"], line["answered_on"], line["papers"]) == (1, "2026-11-24", None, [1])
    assert "отправлен 24.11.2026" in call("package", "list", "--db", db)[1]
    assert call("package", "mark", 1, "--db", db)[0] == 2, "nothing to write down"
    code, _out, err = call("package", "mark", 5, "--db", db, "--sent", "24.11.2026")
    assert code == 1
    assert "Пакета № 5 нет" in err


def test_the_summary_and_who_has_not_sent(call: Call, db: Path, tmp_path: Path) -> None:
    code, out, _err = call("package", "missing", "--db", db)
    assert code == 3
    assert out.startswith("Северный район, срок 01.11.2026, просрочено дней: ")
    assert "Уважаемые коллеги!" in call("package", "missing", "--db", db, "--letters")[1]
    call("package", "make", "--db", db, "--out", tmp_path / "а.zip", "--papers", "1")
    call("package", "take", "--db", db, tmp_path / "а.zip")
    found = as_json(call("package", "summary", "--db", db, "--json"))
    assert [one["municipality"] for one in found["lists"]] == ["Лесогорский округ"]
    assert found["missing"] == ["Северный район"]
    assert all(one["below"] <= one["participants"] for one in found["results"])
    for name, keys in (("свод.pdf", ()), ("свод.docx", ()), ("строки.xlsx", ("--rows",))):
        assert call("package", "summary", "--db", db, "--out", tmp_path / name, *keys)[0] == 0
        assert (tmp_path / name).stat().st_size > 1000
    code, _out, err = call("package", "summary", "--db", db, "--period", "2001")
    assert code == 1
    assert "За период «2001»" in err


def test_a_package_that_came_gets_its_remark(call: Call, db: Path, tmp_path: Path) -> None:
    call("package", "make", "--db", db, "--out", tmp_path / "а.zip", "--papers", "1")
    call("package", "take", "--db", db, tmp_path / "а.zip")
    [came] = as_json(call("package", "list", "--taken", "--db", db, "--json"))["packages"]
    assert (came["municipality"], came["remark"]) == ("Лесогорский округ", None)
    assert call("package", "remark", came["id"], "--text", "Нет долей", "--db", db)[0] == 0
    assert "Нет долей" in call("package", "list", "--taken", "--db", db)[1]
    code, _out, err = call("package", "remark", "17", "--text", "Нет", "--db", db)
    assert code == 1
    assert "Принятого пакета с кодом 17 нет" in err


def test_schemas_are_published(call: Call) -> None:
    for keys, name in (((), "manifest"), (("--data",), "data")):
        schema = as_json(call("package", "schema", *keys))
        assert schema["$id"] == f"urn:opora:package:{name}:2"
        assert schema["additionalProperties"] is False


@pytest.mark.parametrize("wrong", [("--oktmo", "12"), ("--papers", "а")])
def test_wrong_usage_is_said(call: Call, db: Path, tmp_path: Path, wrong: tuple[str, str]) -> None:
    code, _out, err = call("package", "make", "--db", db, "--out", tmp_path, *wrong)
    assert code == 2
    assert err


def test_a_copy_without_people(call: Call, db: Path, tmp_path: Path) -> None:
    target = tmp_path / "копия.opora"
    found = as_json(call("impersonal", "--db", db, "--to", target, "--json"))
    assert found["people"] > 5
    assert "история действий и отмена" in found["left_out"]
    assert "Ракитина".encode() not in target.read_bytes()
    code, _out, err = call("impersonal", "--db", db, "--to", target)
    assert code == 1
    assert "копия.opora" in err


def test_a_folder_of_packages_is_checked_and_taken_whole(call: Call, db: Path, tmp_path: Path) -> None:
    folder = tmp_path / "пакеты № 1"
    assert call("package", "make", "--db", db, "--out", folder, "--papers", "1")[0] == 0
    (folder / "письмо.txt").write_text("Высылаем пакет.", encoding="utf-8")
    told = as_json(call("package", "check", folder, "--json"))["packages"]
    assert [Path(one["file"]).suffix for one in told] == [".zip"]
    assert [one["taken"] for one in as_json(call("package", "take", folder, "--db", db, "--json"))["packages"]] == [
        True
    ]
    (tmp_path / "пустая").mkdir()
    code, _out, err = call("package", "check", tmp_path / "пустая")
    assert (code, "нет архивов .zip" in err) == (1, True)


def test_a_copy_without_people_goes_only_where_it_can_be_opened(call: Call, db: Path, tmp_path: Path) -> None:
    for target, why in (
        (tmp_path / "нет" / "копия.opora", "Создайте папку"),
        (tmp_path / "копия.txt", "с окончанием .opora"),
    ):
        code, _out, err = call("impersonal", "--db", db, "--to", target)
        assert (code, why in err, target.exists()) == (1, True, False)
