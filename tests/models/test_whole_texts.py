"""Halves of signs (lone surrogates): no text that comes in breaks a statement, whatever way it comes."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models import journal
from app.models.store import Store, open_reader
from app.texts import whole_signs
from tests.helpers import stores


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return stores.made(tmp_path / "a.opora")


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("чтение", "чтение"),
        ("плохой \udcff знак", "плохой � знак"),
        ("\ud83d\ude00", "😀"),
        ("\ufeffа", "\ufeffа"),
        ("", ""),
    ],
)
def test_a_half_becomes_a_sign_and_two_halves_become_theirs(text: str, mended: str) -> None:
    assert whole_signs(text) == mended


@given(st.text(st.characters(exclude_categories=[])))
def test_a_mended_text_can_be_written_and_needs_no_more_mending(text: str) -> None:
    mended = whole_signs(text)
    assert mended.encode().decode() == whole_signs(mended)


def test_rows_labels_and_questions_take_halves(store: Store) -> None:
    with store.operation("Школа \ud800", "test") as operation:
        key = operation.insert("organisation", name="СОШ \ud83d", short_name="чистое")
        operation.update("organisation", key, short_name="\udcff7")
    asked = store.connection.execute("SELECT name, short_name FROM organisation WHERE id = ?", (key,))
    assert asked.fetchone() == ("СОШ �", "�7")
    assert journal.history(store.connection)[0].label == "Школа �"
    store.undo()
    assert stores.names(store.connection) == []
    with closing(open_reader(store.path)) as reader:
        asked = reader.execute("SELECT :name, :number", {"name": "\ud800", "number": 7})
        assert asked.fetchone() == ("�", 7)


def test_many_rows_at_once_stand_once_each(store: Store) -> None:
    names = [f"Школа {index}" for index in range(40)] + ["Школа \udcff"]
    with store.operation("список", "test") as operation:
        assert operation.bulk_insert("organisation", ["name"], [(name,) for name in names]) == len(names)
    found = store.connection.execute("SELECT name FROM organisation ORDER BY id").fetchall()
    assert [name for (name,) in found] == [*names[:-1], "Школа �"]
    store.undo()
    assert stores.names(store.connection) == []
