"""Lists from outside: their documents, their removal, what they say of a school."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import UserError
from app.importers.parsed import ExternalHead, FileReading, ParsedExternal, UnitRef
from app.models.records import ExternalMark, Origin
from app.models.store import Store
from app.operations import desk, externals, history, results, schools
from app.operations.results import Options
from tests.helpers.stores import dump
from tests.operations.conftest import reading, school

CREATE = Options(create_schools=True)
ONE, TWO = school("СОШ № 1", "edu000001"), school("СОШ № 2", "edu000002")


def a_list(kind: str, year: int, title: str, *rows: tuple[UnitRef, str, str]) -> FileReading:
    parsed = tuple(
        ParsedExternal(unit, ExternalMark(item, text, text), Origin("Л", n, n))
        for n, (unit, item, text) in enumerate(rows)
    )
    head = ExternalHead(kind, year, title)  # type: ignore[arg-type]
    return replace(reading(name=f"{title}.xlsx"), kind=head.kind, externals=parsed, external_head=head)


@pytest.fixture
def two_lists(store: Store) -> Store:
    results.load(
        store, a_list("federal_list", 2025, "Список Рособрнадзора", (ONE, "", "умеренно"), (TWO, "", "базово")), CREATE
    )
    results.load(
        store, a_list("risk_profile", 2026, "РПШ", (ONE, "кадры", "высокая"), (ONE, "оснащение", "низкая")), CREATE
    )
    return store


def test_what_all_lists_say_of_a_school_newest_first(two_lists: Store) -> None:
    key = schools.find(two_lists.connection, "edu000001").id
    said = [(e.kind, e.year, e.item, e.value) for e in externals.of_school(two_lists.connection, key)]
    assert said == [
        ("risk_profile", 2026, "кадры", "высокая"),
        ("risk_profile", 2026, "оснащение", "низкая"),
        ("federal_list", 2025, "", "умеренно"),
    ]


def test_what_is_said_of_a_merged_record_is_said_of_the_school(two_lists: Store) -> None:
    keys = {s.name: s.id for s in schools.listing(two_lists.connection)}
    schools.merge(two_lists, keys["СОШ № 2"], keys["СОШ № 1"])
    (listed,) = externals.lists(two_lists.connection, kind="federal_list")
    assert [(e.school, e.value) for e in externals.entries(two_lists.connection, listed.id)] == [
        ("СОШ № 1", "умеренно"),
        ("СОШ № 1", "базово"),
    ]
    assert len(externals.of_school(two_lists.connection, keys["СОШ № 1"])) == 4


def test_a_document_with_its_file_is_attached_and_undone(two_lists: Store, tmp_path: Path) -> None:
    letter = tmp_path / "письмо.pdf"
    letter.write_bytes(b"%PDF letter")
    listed = externals.find(two_lists.connection, kind="federal_list", year=2025)
    externals.add_document(
        two_lists, listed.id, title="Письмо Рособрнадзора", issuer="Рособрнадзор", number="02-15", dated="03.12.2025",
        path=letter,
    )  # fmt: skip
    document = externals.find(two_lists.connection, list_id=listed.id).document
    assert document is not None
    assert (document.title, document.issuer, document.number, document.dated, document.file_name) == (
        "Письмо Рособрнадзора", "Рособрнадзор", "02-15", "2025-12-03", "письмо.pdf",
    )  # fmt: skip
    assert document.sha256 == hashlib.sha256(b"%PDF letter").hexdigest()
    assert externals.document_bytes(two_lists.connection, document) == b"%PDF letter"
    history.undo(two_lists)
    assert externals.find(two_lists.connection, list_id=listed.id).document is None
    assert externals.documents(two_lists.connection) == []


def test_a_document_without_a_file_is_a_document_too(two_lists: Store) -> None:
    listed = externals.find(two_lists.connection, kind="federal_list")
    externals.add_document(two_lists, listed.id, title="Письмо")
    (document,) = externals.documents(two_lists.connection)
    with pytest.raises(UserError) as refusal:
        externals.document_bytes(two_lists.connection, document)
    assert refusal.value.code == "DATA_NO_DOCUMENT_FILE"


def test_a_bad_document_leaves_everything_as_it_was(two_lists: Store, tmp_path: Path) -> None:
    listed = externals.find(two_lists.connection, kind="federal_list")
    large = tmp_path / "скан.pdf"
    large.write_bytes(b"0" * ((1 << 20) + 1))
    desk.put_setting(two_lists, "blob_limit_mb", "1")
    before = dump(two_lists.connection)
    for code, given in (
        ("DATA_DOCUMENT_TITLE", {"title": " "}),
        ("GEN_BAD_DATE", {"title": "Письмо", "dated": "вчера"}),
        ("GEN_FILE_MISSING", {"title": "Письмо", "path": tmp_path / "нет.pdf"}),
        ("DATA_FILE_LARGE", {"title": "Письмо", "path": large}),
    ):
        with pytest.raises(UserError) as refusal:
            externals.add_document(two_lists, listed.id, **given)
        assert refusal.value.code == code
    assert dump(two_lists.connection) == before


def test_a_removed_list_comes_back_by_undo(two_lists: Store) -> None:
    before = dump(two_lists.connection)
    listed = externals.find(two_lists.connection, kind="risk_profile")
    assert externals.remove(two_lists, listed.id).entries == 2
    assert [item.kind for item in externals.lists(two_lists.connection)] == ["federal_list"]
    history.undo(two_lists)
    assert dump(two_lists.connection) == before


def test_the_list_that_is_meant_must_be_one(two_lists: Store) -> None:
    for given, code in (({}, "DATA_SEVERAL_LISTS"), ({"year": 1999}, "DATA_NO_LIST"), ({"list_id": 5}, "DATA_NO_LIST")):
        with pytest.raises(UserError) as refusal:
            externals.find(two_lists.connection, **given)  # type: ignore[arg-type]
        assert refusal.value.code == code
