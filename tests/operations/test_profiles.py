"""Saved column maps: kept, renamed, taken along, each change one undo step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.errors import UserError
from app.importers.tables.profile import ColumnMap, Profile
from app.importers.tables.profile_text import from_text, to_text
from app.models.store import Store
from app.operations import history, profiles, results
from tests.helpers.stores import dump, made


def a_map(name: str, *metrics: str) -> str:
    columns = [ColumnMap(("Школа",), "school")]
    columns += [ColumnMap(("Контингент", f"{metric}, чел."), "metric", metric=metric) for metric in metrics]
    return to_text(Profile(name, "metrics", tuple(columns)))


def kept(store: Store) -> list[tuple[str, str, int]]:
    return [(p.name, p.target, len(from_text(p.text).columns)) for p in profiles.listing(store.connection)]


def test_a_profile_is_saved_replaced_and_undone(store: Store) -> None:
    saved = profiles.save(store, a_map("Паспорт района", "ovz"))
    assert (saved.signature, saved.actor) == (from_text(saved.text).signature, "Ким О. В.")
    profiles.save(store, a_map("Без имени", "ovz", "migrants"), "  Паспорт района ")
    assert kept(store) == [("Паспорт района", "metrics", 3)]
    assert from_text(profiles.find(store.connection, "паспорт РАЙОНА").text).name == "Паспорт района"
    history.undo(store)
    assert kept(store) == [("Паспорт района", "metrics", 2)]
    history.undo(store)
    assert kept(store) == []


def test_readers_get_the_newest_map_first_or_the_one_that_is_asked_for(store: Store) -> None:
    one, two = (profiles.save(store, a_map(name, "ovz")) for name in ("Один", "Два"))
    with store.operation("Состаренная запись", "test") as operation:
        operation.update("import_profile", one.id, added_at="2020-01-01")
    assert results.references_in_force(store.connection).profiles == (two.text, one.text)
    assert results.references_in_force(store.connection, "ОДИН").profiles == (one.text,)
    with pytest.raises(UserError, match="«Два», «Один»"):
        results.references_in_force(store.connection, "Три")


def test_renaming_and_deleting_are_undone_and_a_taken_name_is_refused(store: Store) -> None:
    for name in ("Один", "Два"):
        profiles.save(store, a_map(name, "ovz"))
    before = dump(store.connection)
    profiles.rename(store, "Один", "Первый")
    profiles.delete(store, "два")
    (renamed,) = profiles.listing(store.connection)
    assert (renamed.name, from_text(renamed.text).name) == ("Первый", "Первый")
    history.undo(store)
    history.undo(store)
    assert dump(store.connection) == before
    refused: tuple[tuple[Callable[[], object], str], ...] = (
        (lambda: profiles.rename(store, "Один", "Два"), "DATA_PROFILE_TAKEN"),
        (lambda: profiles.rename(store, "Один", " "), "DATA_PROFILE_NAME"),
        (lambda: profiles.delete(store, "Нет"), "DATA_NO_PROFILE"),
        (lambda: profiles.save(store, a_map("Три", "ovz"), " "), "DATA_PROFILE_NAME"),
        (lambda: profiles.save(store, "format = 1"), "IMP_PROFILE_FAULT"),
    )
    for call, code in refused:
        with pytest.raises(UserError) as refusal:
            call()
        assert refusal.value.code == code
    assert dump(store.connection) == before


def test_a_profile_travels_as_a_file_and_stays_what_it_was(store: Store, tmp_path: Path) -> None:
    saved = profiles.save(store, a_map("Паспорт", "ovz"))
    path = profiles.export(store.connection, "Паспорт", tmp_path / "паспорт.toml")
    assert profiles.export(store.connection, "Паспорт", path) == tmp_path / "паспорт (2).toml"
    other = made(tmp_path / "другой.opora")
    taken = profiles.import_file(other, path)
    assert (taken.name, taken.target, taken.signature, taken.text) == (
        saved.name, saved.target, saved.signature, saved.text,
    )  # fmt: skip
    assert taken.actor == other.actor
    other.abandon()


def test_a_file_with_another_map_of_that_name_needs_another_name(store: Store, tmp_path: Path) -> None:
    profiles.save(store, a_map("Паспорт", "ovz"))
    path = profiles.export(store.connection, "Паспорт", tmp_path / "п.toml")
    profiles.import_file(store, path)  # the same map again is no trouble
    profiles.save(store, a_map("Паспорт", "ovz", "migrants"))
    with pytest.raises(UserError) as refusal:
        profiles.import_file(store, path)
    assert refusal.value.code == "DATA_PROFILE_TAKEN"
    profiles.import_file(store, path, "Паспорт 2")
    assert kept(store) == [("Паспорт", "metrics", 3), ("Паспорт 2", "metrics", 2)]


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"[[", "IMP_PROFILE_TOML"), (b"format = 1", "IMP_PROFILE_FAULT"), (b"\xff\xfe\xfd", "GEN_FILE_UNREADABLE"),
     (None, "GEN_FILE_MISSING"), (b"#" * ((4 << 20) + 1), "GEN_FILE_UNREADABLE")],
    ids=["no toml", "no map", "no text", "no file", "too large"],
)  # fmt: skip
def test_what_is_no_profile_is_refused(store: Store, tmp_path: Path, data: bytes | None, code: str) -> None:
    path = tmp_path / "п.toml"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(UserError) as refusal:
        profiles.import_file(store, path)
    assert refusal.value.code == code
