"""Forms of a region by command: add, link, look, fill, the map, the version of the next year."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from app.cli import run
from app.models.store import Store
from tests.helpers.foreign_books import region, write

Call = Callable[..., tuple[int, str, str]]
FORM = "Мониторинг"


@pytest.fixture
def call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    path = tmp_path / "Пример.opora"
    Store.create(path, name="Лесогорский округ", actor="Ким О. В.").close()
    write(tmp_path / "форма.xlsx", region())

    def go(step: str, *arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            code = run(["foreign", step, "--db", str(path), *map(str, arguments)])
        except SystemExit as error:
            code = int(error.code or 0)
        told = capsys.readouterr()
        return code, told.out, told.err

    assert go("add", tmp_path / "форма.xlsx", "--title", FORM)[0] == 0
    return go


def test_the_way_from_a_book_to_a_filled_one(call: Call, tmp_path: Path) -> None:
    assert call("link", FORM, "Свод!C6", "--metric", "2+3")[:2] == (0, "Связана Свод!C6: 5\n")
    assert call("link", FORM, "Свод!B3", "--field", "day")[0] == 0
    assert call("link", FORM, "Свод!D2", "--text", "За {год} год")[1].startswith("Связана Свод!B2: За 20")
    found = json.loads(call("links", FORM, "--json")[1])["links"]
    assert [(one["cell"], one["kind"]) for one in found] == [("B2", "text"), ("B3", "field"), ("C6", "metric")]
    code, out, _err = call("fill", FORM, "--json", "--year", "2026", "--out", tmp_path / "готово.xlsx")
    told: dict[str, Any] = json.loads(out)
    assert (code, told["file"], told["register"]) == (0, str(tmp_path / "готово.xlsx"), None)
    sheet = openpyxl.load_workbook(io.BytesIO((tmp_path / "готово.xlsx").read_bytes()))["Свод"]
    assert (sheet["C6"].value, sheet["B2"].value) == (5, "За 2026 год")
    assert json.loads(call("list", "--json")[1])["forms"][0]["links"] == 3
    assert call("unlink", FORM, "Свод!C6")[0] == 0
    assert "Свод  B3" in call("links", FORM)[1]


def test_a_form_is_renamed_and_keeps_who_sent_it(call: Call) -> None:
    assert call("rename", FORM, "--region", "Центр")[0] == 0
    assert call("rename", FORM, "--title", "Иначе")[:2] == (0, "Форма называется «Иначе».\n")
    [form] = json.loads(call("list", "--json")[1])["forms"]
    assert (form["title"], form["region"]) == ("Иначе", "Центр")
    assert call("rename", "Иначе")[0] == 2


def test_what_lacks_ends_with_three_and_an_error_with_one(call: Call, tmp_path: Path) -> None:
    call("link", FORM, "Свод!C6", "--metric", "2+3")
    call("link", FORM, "Свод!D6", "--metric", "[школ в списке]")
    code, out, _err = call("fill", FORM)
    assert (code, "нет данных 1" in out) == (3, True)
    code, _out, err = call("link", FORM, "Свод!E6", "--metric", "1")
    assert (code, "формула" in err) == (1, True)
    assert call("link", FORM, "C6", "--metric", "1")[0] == 2
    assert call("fill", FORM, "--register")[0] == 2
    assert call("links", "нет такой")[0] == 1
    code, _out, err = call("fill", FORM, "--out", tmp_path / "форма.xlsx")
    assert (code, "сама форма региона" in err) == (1, True)
    assert (tmp_path / "форма.xlsx").read_bytes() == region()


def test_the_map_and_the_next_version(call: Call, tmp_path: Path) -> None:
    call("link", FORM, "Свод!C6", "--metric", "2+3")
    assert call("map-export", FORM, "--out", tmp_path / "к.opora-map")[0] == 0
    assert call("map-export", FORM, "--out", tmp_path / "к.json")[0] == 1
    write(tmp_path / "форма 2027.xlsx", region(2027, 2))
    code, out, _err = call("version", FORM, tmp_path / "форма 2027.xlsx", "--title", "Следующая", "--json")
    assert (code, [one["to_cell"] for one in json.loads(out)["cells"]]) == (0, ["C8"])
    assert len(json.loads(call("list", "--json")[1])["forms"]) == 1, "looking takes nothing"
    assert call("version", FORM, tmp_path / "форма 2027.xlsx", "--title", "Следующая", "--take")[0] == 0
    code, out, _err = call("map-import", "Следующая", tmp_path / "к.opora-map", "--take")
    assert (code, "переехала" in out) == (0, True)
    assert call("remove", FORM)[0] == 0
    assert [one["title"] for one in json.loads(call("list", "--json")[1])["forms"]] == ["Следующая"]
    assert "Форм региона" not in call("list")[1]


def test_a_title_of_two_forms_is_refused_with_the_list(call: Call, tmp_path: Path) -> None:
    assert call("add", tmp_path / "форма.xlsx", "--title", FORM)[0] == 0
    keys = [one["id"] for one in json.loads(call("list", "--json")[1])["forms"]]
    for step, *more in (("links",), ("link", "Свод!C6", "--metric", "2+3"), ("fill",), ("remove",)):
        code, out, err = call(step, FORM, *more)
        assert (code, out) == (1, ""), step
        assert all(f"{key} — «Мониторинг»" in err for key in keys)
    assert call("link", keys[1], "Свод!C6", "--metric", "2+3")[0] == 0
    assert [one["links"] for one in json.loads(call("list", "--json")[1])["forms"]] == [0, 1]
