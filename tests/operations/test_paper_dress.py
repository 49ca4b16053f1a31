"""Signers and what is put round papers: cases, own forms, one source with the settings, blocks that agree in gender."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.errors import UserError
from app.models import settings
from app.models.schema_007 import STEP_007
from app.models.store import Store
from app.operations import desk, history, paper_dress, registers, signers
from app.operations.paper_dress import Act, AnnexTo, ApprovalChoice, Dress, Who
from app.reports.document import (
    ActApproval,
    Annex,
    Document,
    Executor,
    Meta,
    PersonApproval,
    SignatureBlock,
    Turn,
    paragraph,
)
from app.texts import NBSP, glue
from tests.helpers import stores

DAY = date(2026, 11, 23)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return stores.made(tmp_path / "file.opora")


def document(title: str = "Список школ за 2026 год") -> Document:
    return Document(
        (title,), Meta("Управление образования", "2026-11-23", "Список"),
        (paragraph("Текст."), SignatureBlock("Директор", "И. И. Старый", "signer1"), Executor("Старый исполнитель")),
    )  # fmt: skip


def signer(store: Store, **values: str) -> int:
    return registers.add(store, "signers", {}, **values)


def test_the_first_who_signs_is_the_settings_both_ways(store: Store) -> None:
    desk.put_setting(store, "signer_name", "М. П. Иванова")
    desk.put_setting(store, "signer_position", "Начальник управления образования")
    (found,) = signers.signers(store.connection)
    assert found.words.replace(NBSP, " ") == "Начальник управления образования, М. П. Иванова"
    assert store.connection.execute("SELECT count(*) FROM setting WHERE key LIKE 'signer%'").fetchone()[0] == 0
    registers.put_cells(store, "signers", {}, [(found.id, "name", "О. С. Новая")])
    assert settings.get(store.connection, "signer_name") == "О. С. Новая"
    history.undo(store)
    assert settings.get_all(store.connection)["signer_name"] == "М. П. Иванова"


def test_who_comes_later_stands_below(store: Store) -> None:
    desk.put_setting(store, "signer_name", "М. П. Иванова")
    for name in ("П. П. Второй", "Т. Т. Третья"):
        signer(store, name=name)
    assert [one.name for one in signers.signers(store.connection)] == [
        glue(name) for name in ("М. П. Иванова", "П. П. Второй", "Т. Т. Третья")
    ]


def test_who_only_approves_is_not_who_signs(store: Store) -> None:
    signer(store, post="Глава округа", name="П. П. Главный", role="approve")
    assert settings.get(store.connection, "signer_name") == ""
    signer(store, post="Начальник", full_name="Иванова Мария Петровна")
    assert settings.get(store.connection, "signer_name") == "М. П. Иванова"
    usual = signers.usual(store.connection, "approve")
    assert usual is not None
    assert usual.post == "Глава округа"


def test_an_older_file_brings_its_signer(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "old.db")
    connection.execute("CREATE TABLE setting (id INTEGER PRIMARY KEY, key TEXT, value TEXT)")
    connection.execute("INSERT INTO setting(key, value) VALUES ('signer_position', 'Начальник'), ('signer_name', '')")
    begin = STEP_007.index("CREATE TABLE signer")
    connection.executescript(STEP_007[begin : STEP_007.index("CREATE TABLE paper_setup")])
    assert connection.execute("SELECT post, name, role FROM signer").fetchall() == [("Начальник", None, "sign")]
    assert connection.execute("SELECT id > 0 FROM signer").fetchone()[0]
    connection.close()


@pytest.mark.parametrize(("full_name", "name", "case", "said"), [
    ("Иванова Мария Петровна", "М. П. Иванова", "dative", "М. П. Ивановой"),
    ("Ким Иван Петрович", "И. П. Ким", "instrumental", "И. П. Кимом"),
    ("Ким Ольга Викторовна", "О. В. Ким", "genitive", "О. В. Ким"),
    ("", "О. В. Ким", "dative", "О. В. Ким"),
])  # fmt: skip
def test_names_in_cases(full_name: str, name: str, case: str, said: str) -> None:
    made = signers.Signer(0, "", name, full_name)
    assert made.name_in(case).replace(NBSP, " ") == said  # type: ignore[arg-type]


def test_own_forms_win_and_the_usual_one_is_forgotten(store: Store) -> None:
    key = signer(store, post="Начальник управления образования", name="И. И. Дюма")
    signers.put_case(store, key, "name", "genitive", "И. И. Дюмы")
    found = signers.find(store.connection, key)
    assert found is not None
    assert (found.name_in("genitive"), found.post_in("genitive")) == (
        "И. И. Дюмы", "Начальника управления образования",
    )  # fmt: skip
    signers.put_case(store, key, "post", "genitive", "Начальника управления образования")
    signers.put_case(store, key, "name", "genitive", "")
    again = signers.find(store.connection, key)
    assert again is not None
    assert (again.own_name, again.own_post) == ({}, {})
    with pytest.raises(UserError, match="подписывающего"):
        signers.put_case(store, 5, "name", "genitive", "Кого")


@pytest.mark.parametrize(("title", "word"), [
    ("Список школ", "УТВЕРЖДЁН"), ("Муниципальная программа", "УТВЕРЖДЕНА"), ("Положение о мониторинге", "УТВЕРЖДЕНО"),
    ("Методические рекомендации", "УТВЕРЖДЕНЫ"), ("ДОРОЖНАЯ КАРТА", "УТВЕРЖДЕНА"), ("214-од", "УТВЕРЖДЁН"),
])  # fmt: skip
def test_the_word_of_an_act_agrees_with_the_paper(title: str, word: str) -> None:
    assert paper_dress.approved_word("approve", title) == word
    assert paper_dress.approved_word("agree", title) == "СОГЛАСОВАНО"


def test_nothing_kept_leaves_a_paper_as_it_is(store: Store) -> None:
    plain = document()
    assert paper_dress.of_kind(store.connection, "school_list") == Dress()
    assert paper_dress.dressed(store.connection, plain, Dress(), DAY) is plain
    assert paper_dress.as_text(Dress()) == ""


def test_a_dress_is_kept_read_and_put_round(store: Store) -> None:
    key = signer(store, post="Глава округа", name="П. П. Главный", role="approve")
    dress = Dress(
        (
            ApprovalChoice("agree", "act", act=Act("письмо", "института развития образования", "5", "2026-11-20")),
            ApprovalChoice("approve", "person", Who(key, "Глава округа", "П. П. Главный")),
        ),
        (Who(0, "Методист", "Е. В. Ракитина"), Who(0, "Секретарь", "Д. Л. Снегирёва")),
        "Ракитина Елена Викторовна, 2-16-40", AnnexTo("2", Act("приказ", "управления", "214", "2026-11-28")),
        paper_dress.QR_USUAL, long_storage=True,
    )  # fmt: skip
    paper_dress.keep(store, "school_list", dress)
    assert paper_dress.from_text(paper_dress.as_text(dress)) == dress
    registers.put_cells(store, "signers", {}, [(key, "name", "С. С. Новый")])
    kept = paper_dress.of_kind(store.connection, "school_list")
    assert kept.approvals[1].who == Who(key, "Глава округа", glue("С. С. Новый"))
    made = paper_dress.dressed(store.connection, document(), kept, DAY)
    agreed, approved, annex = made.approvals
    assert isinstance(annex, ActApproval)
    assert [line.replace(NBSP, " ") for line in annex.lines()] == [
        "Приложение № 2", "к приказу управления", "от 28.11.2026 № 214",
    ]  # fmt: skip
    assert isinstance(agreed, ActApproval)
    assert agreed.lines()[:2] == ("СОГЛАСОВАНО", "письмом института развития образования")
    assert isinstance(approved, PersonApproval)
    assert (approved.word, approved.name) == ("УТВЕРЖДАЮ", glue("С. С. Новый"))
    assert [block.name for block in made.blocks if isinstance(block, SignatureBlock)] == [
        glue("Е. В. Ракитина"), glue("Д. Л. Снегирёва"),
    ]  # fmt: skip
    assert [block.text for block in made.blocks if isinstance(block, Executor)] == [
        "Ракитина Елена Викторовна, 2-16-40"
    ]
    assert made.long_storage
    assert made.qr == "Список школ за 2026 год. Управление образования. 23.11.2026"


def test_a_signer_who_has_gone_keeps_the_words_of_the_dress(store: Store) -> None:
    key = signer(store, post="Глава", name="П. П. Главный")
    paper_dress.keep(store, "card", Dress(signers=(Who(key, "Глава", "П. П. Главный"),)))
    registers.remove(store, "signers", {}, [key])
    assert paper_dress.of_kind(store.connection, "card").signers == (Who(key, "Глава", "П. П. Главный"),)


def test_what_cannot_be_is_refused_and_a_step_back_gives_it_back(store: Store) -> None:
    four = Dress((ApprovalChoice(),) * 4)
    with pytest.raises(UserError, match="больше трёх"):
        paper_dress.keep(store, "card", four)
    with pytest.raises(UserError, match="больше трёх"):
        paper_dress.keep(store, "card", Dress((ApprovalChoice(),) * 3, annex=AnnexTo()))
    with pytest.raises(UserError, match="не похоже на дату"):
        paper_dress.keep(store, "card", Dress((replace(ApprovalChoice(), date="скоро"),)))
    paper_dress.keep(store, "card", Dress(executor="Ким"))
    history.undo(store)
    assert paper_dress.of_kind(store.connection, "card") == Dress()


@pytest.mark.parametrize("kept", ["", "{", "[]", '{"approvals": [], "annex": 5}'])
def test_a_text_that_says_nothing_is_no_dress(kept: str) -> None:
    assert paper_dress.from_text(kept) == Dress()


def test_who_prepared_an_order_stands_before_the_page_is_turned_for_its_annex(store: Store) -> None:
    blocks = (paragraph("Текст."), Turn(True), Annex(1, "к приказу"), paragraph("План."))
    order = Document(("Управление", "ПРИКАЗ"), Meta("Управление", "2026-11-23", "Приказ"), blocks)
    dress = Dress(signers=(Who(0, "Начальник", "Н. А. Ветрова"),), executor="Ракитина, 2-16-40")
    made = paper_dress.dressed(store.connection, order, dress, DAY)
    names = [type(block).__name__ for block in made.blocks]
    assert names == ["Paragraph", "SignatureBlock", "Executor", "Turn", "Annex", "Paragraph"]
