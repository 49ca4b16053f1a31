"""People in texts as an attacker would hide them: odd signs, half names, numbers, everything a file keeps."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.exporters.readable import texts
from app.models import named_people
from app.models.store import Store
from app.operations import files, impersonal
from app.operations.demo import fill
from app.operations.people_words import Known, People, names_in, nominatives

PEOPLE = People(
    [
        Known("Соколова", "Анна", "Петровна", "директор"), Known("Королёв", "Семён", "Артёмович", "завуч"),
        Known("Гагарин", "Юрий", "Иванович", "куратор"), Known("Орлов-Донской", "Пётр", "Ильич", "тьютор"),
        Known("Соловьев", "Пётр", "Кузьмич", "методист"), Known("Донцова", "И.", "А.", "психолог"),
        Known("Ким", "Ольга", "Викторовна", "логопед", (("instrumental", "Кимою Ольгою Викторовной"),)),
    ],
    contacts=("8 (39755) 2-16-40", "sokolova@school.example", "214", "доб. 3171"),
    stay=("МБОУ «Средняя школа им. Ю. А. Гагарина»", "МКОУ «ООШ имени Н. С. Вьюжанина» с. Донцова", "Донцова"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Соко\u00adлова А. П.", "директор"), ("Соколо\u200bвой А.П.", "директора"),
        ("А. П.\u202fСоколова", "директор"),
        ("Соко\u00ad\nловой поручить", "директора поручить"), ("Соколо\u0301вой А. П.", "директора"),
        ("Cоколова A. П.", "директор"), ("Соколова, А. П.", "директор"), ("Соколова А.", "директор"),
        ("А. Соколова", "директор"), ("Соколова АП", "директор"), ("Соколова_А_П.pdf", "директор.pdf"),
        ("соколова_ап.pdf", "директор.pdf"), ("приказ соколовой.docx", "приказ директора.docx"),
        ("Соколова Анна П.", "директор"), ("Анна П. Соколова", "директор"), ("Анна Соколова", "директор"),
        ("Анной Петровной", "директором"), ("АННЕ ПЕТРОВНЕ", "директору"), ("СОКОЛОВОЙ", "директора"),
        ("беседа с Соколовой", "беседа с директора"),
        ("Соколова\nАнна\nПетровна", "директор"), ("директор - Соколова", "директор - директор"),
        ("Королев С. А.", "завуч"), ("Королёву С.А.", "завучу"), ("Семеном Артемовичем", "завучем"),
        ("Короле\u0308в", "завуч"), ("Королëвым", "завучем"), ("Соловьёв П. К.", "методист"),
        ("Орлов\u2011Донской П. И.", "тьютор"), ("Орлов – Донской П. И.", "тьютор"), ("Орлова-Донского", "тьютора"),
        ("Орлов-Донского П. И.", "тьютора"), ("с Кимою Ольгою Викторовной", "с логопедом"), ("Ким О. В.", "логопед"),
    ],
)  # fmt: skip
def test_a_name_is_found_however_it_is_typed(before: str, after: str) -> None:
    assert PEOPLE.without(before)[0] == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Гагарину поручить", "куратору поручить"), ("Гагарин, Ю. И.", "куратор"),
        ("Отвечает Гагарин.", "Отвечает куратор."),
        ("школа им. Гагарина, Гагарин", "школа им. Гагарина, куратор"),
        ("школы им. Ю.\u00a0А. Гагарина", "школы им. Ю.\u00a0А. Гагарина"),
        ("ООШ имени Н.С. Вьюжанина", "ООШ имени Н.С. Вьюжанина"), ("ООШ им. Вьюжанина", "ООШ им. Вьюжанина"),
        ("олимпиада имени М. В. Ломоносова", "олимпиада имени М. В. Ломоносова"),
        ("с. Донцова", "с. Донцова"), ("Донцова И. А., Донцова", "психолог, Донцова"),
        ("материалы КИМ ОГЭ", "материалы КИМ ОГЭ"), ("КИМ О. В.", "логопед"),
        ("Гагаринская улица", "Гагаринская улица"),
        ("Директор И. И. Чужов", "Директор сотрудник"), ("Чужова Е. В.", "сотрудник"),
    ],
)  # fmt: skip
def test_names_of_schools_and_places_stay_and_people_beside_them_go(before: str, after: str) -> None:
    assert PEOPLE.without(before)[0] == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("№ 214 от 05.09.2026", "№ 214 от 05.09.2026"), ("8(39755)21640", "телефон не указан"),
        ("8 39755 21640, доб. 12", "телефон не указан"), ("звоните 2-16-40", "звоните телефон не указан"),
        ("+7 916 123 45 67", "телефон не указан"), ("8 916 1234567", "телефон не указан"),
        ("8.916.123.45.67", "телефон не указан"), ("8 (916) 123‑45‑67", "телефон не указан"),
        ("+7(916)1234567", "телефон не указан"), ("тел. 21777", "тел. не указан"),
        ("телефон 2-17-77", "телефон не указан"),
        ("5e89123456789b", "5e89123456789b"), ("89123456789", "телефон не указан"),
        ("кабинет, доб. 3171", "кабинет, адрес не указан"), ("ivanov@почта.рф", "адрес не указан"),
        ("a.b @mail.example", "адрес не указан"), ("СНИЛС 112-233-445 95", "СНИЛС номер не указан"),
        ("112-233-445 95", "номер не указан"), ("СНИЛС: 11223344595", "СНИЛС: номер не указан"),
        ("ИНН 440011223344", "ИНН номер не указан"), ("ИНН 4400112233", "ИНН 4400112233"),
        ("12 из 31, 38,7 %", "12 из 31, 38,7 %"), ("2026-2028 годы", "2026-2028 годы"), ("тел. 12", "тел. 12"),
    ],
)  # fmt: skip
def test_numbers_of_people_go_and_other_numbers_stay(before: str, after: str) -> None:
    assert PEOPLE.without(before)[0] == after


def test_a_post_before_a_name_is_no_surname() -> None:
    assert list(names_in("Методист Е. В. Ракитина; школа им. Н. С. Вьюжанина")) == [("Ракитина", "Е.", "В.")]


def test_a_name_known_only_in_another_case_is_known_in_the_nominative() -> None:
    assert list(nominatives("Соколовой", "А.", "П.")) == [("Соколова", "А.", "П.")]
    assert list(nominatives("Соколова", "А.", "П.")) == []


# --- everything a file keeps -------------------------------------------------------------------------------------

_SHAPES = (
    "Вязниковой Елене Сергеевне", "Е.С.Вязникова", "Вязникова, Е. С.", "Вязни\u00adковой", "с Вязниковой Е.\u00a0С.",
    "Приказ_Вязниковой.pdf", "ВЯЗНИКОВУ", "Елена Вязникова", "+7 912 345 67 89", "vyaznikova@mail.example",
    "СНИЛС 112-233-445 95",
)  # fmt: skip


def _plain(text: str) -> str:
    return re.sub("[\u00ad\u200b]", "", text).casefold()


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """Return a file in every column of whose texts somebody is told, in turns of all shapes; and how many columns."""
    path = tmp_path_factory.mktemp("planted") / "Лесогорск.opora"
    store = Store.create(path, name="Лесогорский округ", actor="Вязникова Е. С.")
    fill(store, schools=9, years=(2025, 2026))
    with store.operation("Вязникова Е. С. начала", "person.add") as operation:
        operation.insert("person", full_name="Вязникова Елена Сергеевна", position="методист")
        operation.insert("package_out", number=1, title="Пакет", file_name="п.zip", sha256="0" * 64, size=1,
                         manifest="{}", made_at="2026-11-23T10:00:00", actor="x")  # fmt: skip
        operation.insert("package_in", municipality="Заречный район", period="2026", title="Пакет", file_name="п.zip",
                         sha256="1" * 64, size=1, manifest="{}", data="{}", verdict="ok", problems="",
                         made_at="2026-11-23T10:00:00", taken_at="2026-11-23T10:00:00", actor="x")  # fmt: skip
        operation.insert("paper_setup", kind="school_card", key="note", value="x")
        operation.insert("order_draft", kind="list", school_year=2026, title="x", details="{}", created_at="2026-11-23")
        operation.insert("package_expected", position=0, municipality="Заречный район", contact="x")
    store.close()
    names = 0
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        for place, (table, column) in enumerate(list(named_people.texts(connection))):
            if table in {"organisation", "setting", "journal_state", "file_meta"} or column in {
                "kind",
                "key",
                "sha256",
            }:
                continue
            shape = _SHAPES[place % len(_SHAPES)]
            try:
                done = connection.execute(
                    f'UPDATE "{table}" SET "{column}" = coalesce("{column}", \'\') || ? WHERE rowid ='
                    f' (SELECT max(rowid) FROM "{table}")', (f" {shape}",)
                )  # fmt: skip
            except (sqlite3.IntegrityError, sqlite3.OperationalError):
                # keys that others refer to
                continue
            names += done.rowcount
    return path, names


def test_a_copy_has_nobody_in_any_column_whoever_told_of_them(planted: tuple[Path, int], tmp_path: Path) -> None:
    path, names = planted
    assert names > 150
    target = tmp_path / "копия.opora"
    with files.for_reading(path) as connection:
        impersonal.save_copy(connection, path, target)
    with closing(sqlite3.connect(target)) as copy:
        for table, column in named_people.texts(copy):
            for (text,) in copy.execute(f'SELECT DISTINCT "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL'):
                told = _plain(str(text))
                for sign in ("вязников", "345 67", "vyaznik", "112-233"):
                    assert sign not in told, (table, column, text)
        assert copy.execute("SELECT count(*) FROM paper_file WHERE certificate IS NOT NULL").fetchone() == (0,)
    raw = target.read_bytes()
    for sign in ("Вязников", "ВЯЗНИКОВ", "vyaznik", "112-233-445"):
        assert sign.encode() not in raw
    assert not [one for one in tmp_path.iterdir() if one != target]


def test_words_of_pictures_and_notes_of_a_pdf_are_searched() -> None:
    import io

    import pikepdf

    made = pikepdf.new()
    made.add_blank_page()
    made.Root.Names = pikepdf.Dictionary(Alt=pikepdf.String("Соколова А. П."))
    made.pages[0].Annots = pikepdf.Array([pikepdf.Dictionary(Contents=pikepdf.String("Королёв С. А."))])
    kept = io.BytesIO()
    made.save(kept)
    told = " ".join(texts(kept.getvalue(), ".pdf"))
    assert "Соколова" in told
    assert "Королёв" in told


def test_a_table_behind_a_chart_of_a_slide_is_searched() -> None:
    import io
    import zipfile

    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w") as book:
        book.writestr("xl/sharedStrings.xml", "<t>Соколова А. П.</t>")
    with zipfile.ZipFile(outer, "w") as slides:
        slides.writestr("ppt/embeddings/book1.xlsx", inner.getvalue())
    assert "Соколова" in " ".join(texts(outer.getvalue(), ".pptx"))
