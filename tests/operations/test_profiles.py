"""Saved column maps: kept, renamed, taken along, each change one undo step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.errors import UserError
from app.models.store import Store
from app.operations import history, profiles, results
from tests.helpers.stores import dump, made

MAP = "columns = [\"Школа\", 'ОВЗ, чел.']\nheader = 7\n"


def kept(store: Store) -> list[tuple[str, str, str, str]]:
    return [(p.name, p.target, p.signature, p.text) for p in profiles.listing(store.connection)]


def test_a_profile_is_saved_replaced_and_undone(store: Store) -> None:
    profiles.save(store, "  Паспорт района ", "metrics", "школа|овз", MAP)
    assert kept(store) == [("Паспорт района", "metrics", "школа|овз", MAP)]
    profiles.save(store, "Паспорт района", "metrics", "школа|овз|дети", "columns = []")
    assert kept(store) == [("Паспорт района", "metrics", "школа|овз|дети", "columns = []")]
    history.undo(store)
    assert kept(store)[0][3] == MAP
    history.undo(store)
    assert kept(store) == []


def test_readers_get_the_newest_map_first_or_the_one_that_is_asked_for(store: Store) -> None:
    for name, text in (("Один", "a = 1"), ("Два", "b = 2")):
        profiles.save(store, name, "marks", name, text)
    with store.operation("Состаренная запись", "test") as operation:
        operation.update("import_profile", profiles.find(store.connection, "один").id, added_at="2020-01-01")
    assert results.references_in_force(store.connection).profiles == ("b = 2", "a = 1")
    assert results.references_in_force(store.connection, "ОДИН").profiles == ("a = 1",)
    with pytest.raises(UserError, match="«Два», «Один»"):
        results.references_in_force(store.connection, "Три")


def test_renaming_and_deleting_are_undone_and_a_taken_name_is_refused(store: Store) -> None:
    profiles.save(store, "Один", "marks", "1", "a = 1")
    profiles.save(store, "Два", "marks", "2", "b = 2")
    before = dump(store.connection)
    profiles.rename(store, "Один", "Первый")
    profiles.delete(store, "два")
    assert [p.name for p in profiles.listing(store.connection)] == ["Первый"]
    history.undo(store)
    history.undo(store)
    assert dump(store.connection) == before
    refused: tuple[tuple[Callable[[], None], str], ...] = (
        (lambda: profiles.rename(store, "Один", "Два"), "DATA_PROFILE_TAKEN"),
        (lambda: profiles.rename(store, "Один", " "), "DATA_PROFILE_NAME"),
        (lambda: profiles.delete(store, "Нет"), "DATA_NO_PROFILE"),
    )
    for call, code in refused:
        with pytest.raises(UserError) as refusal:
            call()
        assert refusal.value.code == code
    assert dump(store.connection) == before


@pytest.mark.parametrize("text", [MAP, "одна строка", "три '''кавычки''' и\nстрока", '\\ и "\n', "a\r\nb\n", "\tтаб\n"])
def test_a_profile_travels_as_a_file_and_stays_what_it_was(store: Store, tmp_path: Path, text: str) -> None:
    profiles.save(store, "Паспорт", "metrics", "школа|овз", text)
    path = profiles.export(store.connection, "Паспорт", tmp_path / "паспорт.toml")
    assert profiles.export(store.connection, "Паспорт", path) == tmp_path / "паспорт (2).toml"
    other = made(tmp_path / "другой.opora")
    taken = profiles.import_file(other, path)
    assert (taken.name, taken.target, taken.signature, taken.text) == ("Паспорт", "metrics", "школа|овз", text)
    assert taken.actor == other.actor
    other.abandon()


def test_a_file_with_another_map_of_that_name_needs_another_name(store: Store, tmp_path: Path) -> None:
    profiles.save(store, "Паспорт", "metrics", "школа", MAP)
    path = profiles.export(store.connection, "Паспорт", tmp_path / "п.toml")
    profiles.import_file(store, path)  # the same map again is no trouble
    profiles.save(store, "Паспорт", "metrics", "школа", "иной")
    with pytest.raises(UserError) as refusal:
        profiles.import_file(store, path)
    assert refusal.value.code == "DATA_PROFILE_TAKEN"
    assert profiles.import_file(store, path, "Паспорт 2").text == MAP


@pytest.mark.parametrize(
    "text", ["не toml [", "format = 1\n", 'format = 2\n[profile]\nname="a"\ntarget="b"\nsignature="c"\ntext="d"\n',
             'format = 1\n[profile]\nname="a"\ntarget="b"\nsignature=3\ntext="d"\n', 'format = 1\nprofile = "x"\n'],
)  # fmt: skip
def test_what_is_no_profile_is_refused(store: Store, tmp_path: Path, text: str) -> None:
    path = tmp_path / "п.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as refusal:
        profiles.import_file(store, path)
    assert refusal.value.code == "DATA_PROFILE_FILE"
    with pytest.raises(UserError) as refusal:
        profiles.import_file(store, tmp_path / "нет.toml")
    assert refusal.value.code == "GEN_FILE_MISSING"
