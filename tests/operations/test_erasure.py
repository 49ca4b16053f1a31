from __future__ import annotations

from pathlib import Path

from app.models import backup
from app.models.store import Store
from app.operations import directory, history, schools

NAME = "Незабудкина Аглая Прокофьевна"


def everywhere(path: Path) -> list[Path]:
    """Files beside the municipality's that still hold the name."""
    found = [path, path.with_name(path.name + "-wal"), *(copy.path for copy in backup.listing(path))]
    return [file for file in found if file.exists() and NAME.encode() in file.read_bytes()]


def test_an_erased_person_is_in_no_byte_of_file_journal_and_backups(store: Store) -> None:
    key = schools.add(store, {"name": "СОШ № 1"})
    schools.appoint(store, key, full_name=NAME, phone="8-900-000-00-00")
    person = directory.find_person(store.connection, NAME)
    directory.edit_person(store, person.id, position="директор")
    history.undo(store)
    store.backup("by-hand")
    assert everywhere(store.path)
    assert directory.erase_person(store, person.id) == 1
    assert everywhere(store.path) == []
    assert all(backup.verify(copy.path) is None for copy in backup.listing(store.path))
    # the post keeps its history under no name, and the history says that something was erased
    assert [a.person for a in schools.card(store.connection, key).appointments] == ["запись удалена по просьбе"]
    assert history.history(store.connection, 1)[0].label == "Удалены личные данные по просьбе"


def test_undo_after_erasure_brings_no_name_back(store: Store) -> None:
    key = directory.add_person(store, NAME)
    directory.edit_person(store, key, position="методист")
    directory.erase_person(store, key)
    history.undo(store, passing=True)
    assert [p.full_name for p in directory.people(store.connection)] == ["запись удалена по просьбе"]


def test_texts_of_a_report_of_one_person_do_not_keep_whose_it_was(store: Store) -> None:
    key = directory.add_person(store, NAME)
    with store.operation("Тексты отчётов", "test.texts") as operation:
        for place, who in enumerate((NAME, f"{NAME} ")):
            operation.insert("paper_text", paper="month_report", subject=who, period="2026-11", key="help",
                             text=f"Помогала школам {place}.")  # fmt: skip
    directory.erase_person(store, key)
    found = store.connection.execute("SELECT subject, text FROM paper_text ORDER BY text").fetchall()
    assert [text for _subject, text in found] == ["Помогала школам 0.", "Помогала школам 1."]
    assert len({subject for subject, _text in found}) == 2, "two texts of one place stay two"
    store.backup("by-hand")
    assert everywhere(store.path) == []
