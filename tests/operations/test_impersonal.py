"""Papers and files without people: every case and short form, school names kept, nothing left in any bytes."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.errors import UserError
from app.exporters.readable import texts
from app.models.store import Store
from app.operations import files, impersonal, papers
from app.operations.demo import fill
from app.operations.impersonal import Known, People, names_in
from app.operations.papers import Paper
from app.reports.document import (
    Column,
    Document,
    Executor,
    Fact,
    Facts,
    Group,
    Meta,
    PersonApproval,
    Row,
    SignatureBlock,
    Table,
    paragraph,
)

DAY = date(2026, 11, 23)
PEOPLE = People(
    [
        Known("Соколова", "Анна", "Петровна", "директор"), Known("Ким", "О.", "В.", "методист"),
        Known("Гагарин", "Юрий", "Иванович", "куратор"), Known("Орлов-Донской", "Пётр", "Ильич", "начальник отдела"),
    ],
    contacts=("8 (39755) 2-16-40", "sokolova@school.example"),
    stay=("СОШ имени Гагарина", "Соколовка"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Соколова Анна Петровна", "директор"), ("А. П. Соколова", "директор"), ("Соколова А.П.", "директор"),
        ("поручить Соколовой А. П.", "поручить директора"), ("с Соколовой Анной Петровной", "с директором"),
        ("Анны Петровны Соколовой", "директора"), ("СОКОЛОВА А. П.", "директор"),
        ("А.\u00a0П.\u00a0Соколову", "директора"), ("Анне Петровне", "директору"), ("Ким О. В.", "методист"),
        ("Киму О. В.", "методисту"), ("Орлову-Донскому П. И.", "начальнику отдела"),
        ("директору Соколовой Анне Петровне", "директору"), ("Соколовым", "Соколовым"),
    ],
)  # fmt: skip
def test_every_case_and_short_form_becomes_the_post(before: str, after: str) -> None:
    assert PEOPLE.without(before)[0] == after


@pytest.mark.parametrize(
    "text",
    [
        "СОШ имени Гагарина", "д. Соколовка", "Кимовский район", "12 345 678 руб.", "ИНН 4400112233",
        "05.09.2026 № 214",
        "4-00-11", "8 классов из 12", "шк. 8 900 учеников", "класс 10-11", "8 123 456 789", "ВПР 2026: 12 из 31",
    ],
)  # fmt: skip
def test_what_is_no_person_stays(text: str) -> None:
    assert PEOPLE.without(text) == (text, ())


@pytest.mark.parametrize(
    "text",
    [
        "8 (39755) 2-16-40", "+7 (495) 123-45-67", "8 495 123-45-67", "+79161234567", "89161234567", "тел. 2-16-40",
        "(39755) 2-16-40", "почта a.b@mail.example", "sokolova@school.example",
    ],
)  # fmt: skip
def test_telephones_and_mail_go(text: str) -> None:
    made = PEOPLE.without(text)[0]
    assert not any(sign.isdigit() for sign in made)
    assert "@" not in made


def test_a_surname_in_the_name_of_a_school_stays_and_beside_it_goes() -> None:
    assert PEOPLE.without("Гагарин Ю. И., СОШ имени Гагарина")[0] == "куратор, СОШ имени Гагарина"


def test_names_are_found_in_texts_of_any_shape() -> None:
    found = list(names_in("Ракитина Е. В.; С.О. Калинин, Полозова Анна Геннадьевна, Пётр Ильич Орлов и директор школы"))
    assert found == [
        ("Ракитина", "Е.", "В."), ("Калинин", "С.", "О."), ("Полозова", "Анна", "Геннадьевна"),
        ("Орлов", "Пётр", "Ильич"),
    ]  # fmt: skip


# --- papers ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bare") / "Лесогорск.opora"
    store = Store.create(path, name="Лесогорский округ", actor="Ракитина Е. В.")
    fill(store, schools=9, years=(2025, 2026))
    with store.operation("Название", "settings") as operation:
        operation.connection.execute("UPDATE setting SET value = 'Лесогорский округ' WHERE key = 'municipality'")
    store.close()
    return path


def paper(name: str) -> Paper:
    table = Table("Люди", (Column("Кто", 50), Column("Что", 50)), (Group((Row((name, f"звонить {name}")),), name),))
    document = Document(
        title=(f"Отчёт, {name}",), meta=Meta(f"Отдел, {name}", "2026-11-23", "Отчёт"),
        approvals=(PersonApproval("Начальник управления", "П. А. Громов"),),
        blocks=(paragraph(f"Подготовила {name}, 8 (39755) 2-16-40."), table, Facts(((Fact("Кто", name),),)),
                SignatureBlock("Методист", "Е. В. Ракитина", "who"), Executor("Ракитина Е. В., 2-16-40")),
        provenance=f"Составила {name}", running=name,
    )  # fmt: skip
    return Paper("x", f"Отчёт: {name}", document, None)


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".xlsx"])
@pytest.mark.parametrize("name", ["Ракитина Елена Викторовна", "Ракитиной Е. В."])
def test_nobody_is_left_in_the_bytes_of_a_paper(db: Path, suffix: str, name: str) -> None:
    with files.for_reading(db) as connection:
        with pytest.raises(UserError) as error:
            impersonal.check_bytes(connection, papers.render(paper(name), suffix).data, suffix)
        assert error.value.code == "PACK_PERSON_LEFT"
        made, taken = impersonal.without_people(connection, paper(name))
        data = impersonal.render(connection, made, suffix).data
    told = " ".join(texts(data, suffix))
    assert "Ракитин" not in told
    assert "Громов" not in told
    assert "2-16-40" not in told
    assert "Начальник управления" in told
    assert {item.before for item in taken} >= {"Е. В. Ракитина", "П. А. Громов", "Ракитина Е. В., 2-16-40"}
    assert not any(isinstance(block, Executor) for block in made.document.blocks)


def test_a_paper_of_the_example_keeps_its_schools_and_figures(db: Path) -> None:
    with files.for_reading(db) as connection:
        from app.models import settings

        whole = papers.school_list(connection, settings.get(connection, "rule"), 2026)
        made, _taken = impersonal.without_people(connection, whole)
        tables = [block for block in whole.document.blocks if isinstance(block, Table)]
        after = [block for block in made.document.blocks if isinstance(block, Table)]
    assert [len(list(one.rows())) for one in tables] == [len(list(one.rows())) for one in after]
    assert tables == after or replace(made, document=whole.document).title == whole.title


# --- a whole file ------------------------------------------------------------------------------------------------


def test_a_copy_of_the_file_has_nobody_in_it_opens_and_is_sound(db: Path, tmp_path: Path) -> None:
    target = tmp_path / "копия.opora"
    with files.for_reading(db) as connection:
        names = [row[0] for row in connection.execute("SELECT full_name FROM person")]
        phones = [row[0] for row in connection.execute("SELECT phone FROM person WHERE phone <> ''")]
        schools = connection.execute("SELECT count(*), group_concat(name) FROM organisation").fetchone()
        marks = connection.execute("SELECT count(*), sum(participants) FROM mark_count").fetchone()
        done = impersonal.save_copy(connection, db, target)
    assert names
    assert done.people >= len(names)
    raw = target.read_bytes()
    for name in (*names, *(name.split()[0] + " " for name in names), *phones):
        assert name.encode() not in raw, name
    with sqlite3.connect(target) as copy:
        assert copy.execute("SELECT count(*), group_concat(name) FROM organisation").fetchone() == schools
        assert copy.execute("SELECT count(*), sum(participants) FROM mark_count").fetchone() == marks
        assert copy.execute("PRAGMA foreign_key_check").fetchall() == []
        assert copy.execute("SELECT count(*) FROM operation").fetchone() == (0,)
        assert copy.execute("SELECT count(*) FROM blob").fetchone() == (1,)
        assert set(copy.execute("SELECT actor FROM outgoing_paper")) == {("методист",)}
    copy.close()
    assert files.check(target).sound
    store = Store.open(target, actor="методист")
    with store.operation("Правка", "school.edit") as operation:
        key = operation.connection.execute("SELECT id FROM organisation LIMIT 1").fetchone()[0]
        operation.update("organisation", key, address="ул. Новая")
    assert store.connection.execute("SELECT count(*) FROM journal").fetchone() == (1,)
    store.abandon()


def test_a_copy_never_lies_over_anything_and_leaves_nothing_half_done(
    db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = tmp_path / "занято.opora"
    taken.write_bytes(b"x")
    with files.for_reading(db) as connection:
        for target, code in ((taken, "STORE_EXISTS"), (db, "PACK_COPY_PLACE")):
            with pytest.raises(UserError) as error:
                impersonal.save_copy(connection, db, target)
            assert error.value.code == code
        monkeypatch.setattr("app.models.named_people.leftovers", lambda *_args: ["Иванов И. И."])
        with pytest.raises(UserError, match="Иванов"):
            impersonal.save_copy(connection, db, tmp_path / "новый.opora")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["занято.opora"]
    assert taken.read_bytes() == b"x"
