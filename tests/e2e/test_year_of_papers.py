"""A year told by commands alone, from an empty file to the region's summary: answers, codes, objects, no file lost.

Every step is what guide and help say; hostile calls stand between them. A bug would end as an exception of the test.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from app.cli import run
from app.operations.trial_key import PASSWORD, throw_away_certificate

Call = Callable[..., tuple[int, str, str]]
DB, REGION = "Заречный округ № 1.opora", "Регион (свод).opora"
RULE = ("--rule", "rosobrnadzor-2022", "--year", "2026")
KEY = ("--p12", "ключ № 1.p12", "--password-file", "пароль.txt")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a space, a «№» and brackets in its name; everything is named from inside it."""
    made = tmp_path / "Отдел № 1 (2026)"
    made.mkdir()
    monkeypatch.chdir(made)
    (made / "ключ № 1.p12").write_bytes(throw_away_certificate())
    (made / "пароль.txt").write_text(PASSWORD + "\n", encoding="utf-8")
    return made


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    def go(*words: object) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            code = run([str(word) for word in words])
        except SystemExit as stop:
            code = int(stop.code or 0)
        said = capsys.readouterr()
        return code, said.out.replace("\u00a0", " "), said.err.replace("\u00a0", " ")

    return go


def book(name: str, rows: list[tuple[Any, ...]]) -> None:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)  # type: ignore[union-attr]
    made.save(name)


def filled(call: Call) -> None:
    """Six schools, two of them with 12 of 30 below the minimum in three works of each of two years."""
    assert call("new", DB, "--name", "Заречный округ")[0] == 0
    book("реестр.xlsx", [("Школа", "Код"), *((f"СОШ № {i}", f"edu97{i:04d}") for i in range(1, 7))])
    rows: list[tuple[Any, ...]] = [
        ("Школа", "Код", "Год", "Процедура", "Предмет", "Класс", "Участников", "2", "3", "4", "5")
    ]
    for year in (2025, 2026):
        for i in range(1, 7):
            for subject, grade in (("Математика", 5), ("Русский язык", 5), ("Математика", 8)):
                two = 12 if i <= 2 else 3
                rows.append((f"СОШ № {i}", f"edu97{i:04d}", year, "ВПР", subject, grade, 30, two, 22 - two, 6, 2))
    book("результаты № 1.xlsx", rows)
    assert call("import", "реестр.xlsx", "--db", DB, "--create-schools")[0] == 0
    assert call("import", "результаты № 1.xlsx", "--db", DB)[0] == 0


def told(found: tuple[int, str, str], code: int = 0) -> dict[str, Any]:
    """Return the one object of an answer with this code."""
    assert found[0] == code, found
    made = json.loads(found[1])
    assert isinstance(made, dict)
    return made


def test_the_year(call: Call, folder: Path) -> None:
    filled(call)
    listed = told(call("identify", "--db", DB, *RULE, "--json"))["schools"]
    assert [one["school"] for one in listed if one["verdict"] == "listed"] == ["СОШ № 1", "СОШ № 2"]
    assert call("list", "approve", "--db", DB, *RULE, "--order", "214", "--date", "20.11.2026")[0] == 0
    signer = ("--set", "Должность=Начальник управления", "--set", "Фамилия, имя, отчество=Иванова Мария Петровна")
    assert call("lines", "put", "signers", "--db", DB, *signer)[0] == 0
    assert told(call("signers", "list", "--db", DB, "--json"))["signers"][0]["name"] == "М. П. Иванова"
    ordered(call)
    out(call, folder)
    signed(call, folder)
    to_the_region(call)
    assert call("new-year", "--db", DB, "--year", "2027/28", "--dry-run")[0] == 0


def ordered(call: Call) -> None:
    """An order is drafted from the file; number and date come back into the legal base."""
    key = told(call("order", "make", "list", "--db", DB, "--year", "2026/27", "--json"))["id"]
    assert call("order", "set", key, "--db", DB)[0] == 2, "nothing to change"
    assert call("order", "set", key, "--db", DB, "--set", "control")[0] == 2, "no «=»"
    code, _out, err = call("order", "number", key, "--db", DB, "--number", "7", "--date", "31.02.2026")
    assert (code, "не дата" in err) == (1, True)
    for name in ("приказ № 7.docx", "приказ № 7 (2).docx"):
        assert call("order", "paper", key, "--db", DB, "--out", "приказ № 7.docx")[1] == f"Готово: {name}\n"
    assert call("order", "number", key, "--db", DB, "--number", "7-од", "--date", "21.11.2026")[0] == 0
    assert "приказ № 7-од от 21.11.2026" in call("legal", "--db", DB, "--year", "2026/27")[1]
    assert call("order", "text", key, "--db", DB, "--point", "about", "--text", "Иначе")[0] == 1, "it is signed"


def out(call: Call, folder: Path) -> None:
    """Papers go out, journey and all; nothing that is there is replaced."""
    assert (
        told(call("paper", "make", "school_list", "--db", DB, "--out", "список.pdf", "--register", "--json"))["number"]
        == 1
    )
    code, _out, err = call("paper", "make", "school_list", "--db", DB)
    assert (code, err.splitlines()[0]) == (2, "Нужно --out ФАЙЛ, --register или то и другое.")
    assert call("paper", "batch", "school_card", "--db", DB, "--schools", "listed", "--out", "карточки")[0] == 0
    assert len(list((folder / "карточки").iterdir())) == 2
    assert call("outgoing", "sent", 1, "--db", DB, "--person", "Министерство", "--text", "почтой")[0] == 0
    assert call("outgoing", "answer", 1, "--db", DB, "--text", "Да")[0] == 1, "nobody has remarked on anything"
    assert told(call("outgoing", "since", 1, "--db", DB, "--json"))["state"] == "same"
    assert call("outgoing", "whose", "реестр.xlsx", "--db", DB)[0] == 1


def signed(call: Call, folder: Path) -> None:
    """A signature lies beside its file, over nothing; what is signed elsewhere comes back in the same folder."""
    before = (folder / "реестр.xlsx").read_bytes()
    code, said, _err = call("sign", "список.pdf", *KEY, "--detached", "--out", "реестр.xlsx")
    assert (code, "реестр (2).xlsx" in said) == (0, True)
    assert (folder / "реестр.xlsx").read_bytes() == before
    assert call("sign", "список.pdf", "--way", "token")[2].startswith("Не указано: --token.")
    assert call("signing", "export", 1, "--db", DB, "--out", "на подпись")[0] == 0
    [there] = (folder / "на подпись").rglob("*.pdf")
    assert call("sign", there, *KEY, "--detached")[0] == 0
    [taken] = told(call("signing", "take-back", "на подпись", "--db", DB, "--json"))["taken"]
    assert taken["number"] == 1
    assert call("verify", there)[0] == 3, "nobody vouches for a certificate made a moment ago"
    code, _out, err = call("verify", DB)
    assert (code, err.startswith("Не подписан.")) == (1, True), "papers inside a file are not the file"
    assert call("withdraw", 1, "--db", DB, "--reason", "")[0] == 1


def to_the_region(call: Call) -> None:
    """A package is made, checked and taken as a folder; another one of the same bytes is not."""
    assert call("package", "make", "--db", DB, "--out", "пакеты", "--oktmo", "12345678", "--period", "2026 год")[0] == 0
    assert call("package", "check", "пакеты")[0] == 3
    assert call("new", REGION, "--name", "Регион")[0] == 0
    assert call("package", "summary", "--db", REGION)[0] == 0
    assert call("package", "take", "пакеты", "--db", REGION)[0] == 3
    assert call("package", "take", "пакеты", "--db", REGION)[0] == 1
    [one] = told(call("package", "summary", "--db", REGION, "--out", "свод.xlsx", "--json"))["lists"]
    assert (one["municipality"], one["schools"], one["listed"]) == ("Заречный округ", 6, 2)
    assert call("impersonal", "--db", DB, "--to", "без людей.opora")[0] == 0
    assert told(call("people", "--db", "без людей.opora", "--json"))["people"] == []


WRONG = (
    ("paper", "make", "нечто", "--out", "с.pdf"),
    ("paper", "make", "school_list", "--out", "нет/с.pdf"),
    ("paper", "make", "school_list", "--out", "с.odt"),
    ("paper", "make", "school_list", "--set", "год=2026", "--out", "с.pdf"),
    ("paper", "settings", "нечто"),
    ("paper", "batch", "school_card", "--schools", "group:Нет", "--out", "к"),
    ("paper", "batch", "school_list", "--schools", "all", "--out", "к"),
    ("order", "make", "нечто"),
    ("order", "show", "5"),
    ("order", "show", "абв"),
    ("signers", "case", "5", "--case", "dative", "--form", "кому"),
    ("dress", "show", "нечто"),
    ("dress", "keep", "school_list", "--from", "нет.json"),
    ("outgoing", "show", "77"),
    ("outgoing", "sent", "77"),
    ("outgoing", "edit", "77"),
    ("outgoing", "whose", "."),
    ("foreign", "add", "пароль.txt"),
    ("foreign", "add", "нет.xlsx"),
    ("foreign", "links", "нет"),
    ("foreign", "link", "нет", "B2", "--text", "да"),
    ("foreign", "map-import", "нет", "нет.opora-map"),
    ("package", "make", "--out", "нет/п.zip", "--papers", "77"),
    ("package", "make", "--out", "п.zip", "--oktmo", "12"),
    ("package", "mark", "1"),
    ("package", "take", "нет.zip"),
    ("package", "take", "."),
    ("package", "summary", "--period", "2027 год"),
    ("impersonal", "--to", "к.txt"),
    ("impersonal", "--to", "нет/к.opora"),
    ("signing", "order", "77"),
    ("signing", "export", "77", "--out", "на подпись"),
    ("signing", "take-back", "нет"),
    ("attach", "77", "пароль.txt"),
    ("withdraw", "77", "--reason", "Ошибка"),
    ("extract", "77", "--out", "достали"),
)


def test_a_wrong_call_is_refused_in_one_russian_sentence_and_leaves_nothing(call: Call, folder: Path) -> None:
    assert call("new", DB, "--name", "Заречный округ")[0] == 0
    before = sorted(one.name for one in folder.iterdir() if not one.name.endswith(".backups"))
    for words in WRONG:
        code, said, err = call(*words, "--db", DB)
        assert (code in {1, 2}, said) == (True, ""), (words, code, said)
        first = err.splitlines()[0]
        assert first.endswith("."), (words, first)
        assert "«»" not in first, (words, first)
        assert first[0].isupper() or first[0] in "«-", (words, first)
        assert call(*words, "--db", "нет.opora")[0] in {1, 2}, words
    assert sorted(one.name for one in folder.iterdir() if not one.name.endswith(".backups")) == before
