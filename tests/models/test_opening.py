"""The gates before a file: what is refused, by which words, and that nothing is touched then."""

from __future__ import annotations

import hashlib
import sqlite3
import time
from concurrent.futures import Future
from contextlib import closing
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from app import __version__
from app.errors import UserError
from app.models import migrations, store
from app.models.service import StoreService
from app.models.store import DamagedFileError, Store, open_reader
from app.operations import files
from tests.helpers import stores


def _closed(path: Path) -> Path:
    made = stores.made(path)
    stores.school(made, "СОШ № 5")
    made.close()
    return path


def _set(path: Path, pragma: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA {pragma}")
        connection.commit()


def _refusal(path: Path) -> UserError:
    """Open for work, and for reading: the same refusal, the same bytes, nothing left beside."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    beside = sorted(item.name for item in path.parent.iterdir())
    with pytest.raises(UserError) as work:
        Store.open(path, actor=stores.ACTOR)
    with pytest.raises(UserError) as reading, files.for_reading(path):
        pass
    assert hashlib.sha256(path.read_bytes()).hexdigest() == digest
    assert sorted(item.name for item in path.parent.iterdir()) == beside
    assert reading.value.code == work.value.code
    return work.value


def test_a_new_file_opens_again_with_what_was_written(tmp_path: Path) -> None:
    path = _closed(tmp_path / "a.opora")
    with stores.opened(path) as again:
        assert stores.names(again.connection) == ["СОШ № 5"]
        assert again.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert again.connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
        assert again.connection.execute("PRAGMA synchronous").fetchone() == (2,)
        uid = again.connection.execute("SELECT value FROM file_meta WHERE key = 'uid'").fetchone()[0]
    assert len(uid) == 32


def test_a_file_is_for_its_owner_only(tmp_path: Path) -> None:
    store.Store.create(tmp_path / "a.opora", name="Район", actor="Тестов").close()
    assert (tmp_path / "a.opora").stat().st_mode & 0o077 == 0


def test_an_existing_file_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a.opora"
    path.write_text("чужое", "utf-8")
    with pytest.raises(UserError) as refusal:
        Store.create(path, name="Район", actor="Тестов")
    assert refusal.value.code == "STORE_EXISTS"
    assert path.read_text("utf-8") == "чужое"


def test_a_file_of_a_newer_program_is_refused_by_name(tmp_path: Path) -> None:
    path = _closed(tmp_path / "a.opora")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE file_meta SET value = '9.5.1' WHERE key = 'written_by'")
        connection.execute(f"PRAGMA user_version = {len(migrations.NAMES) + 1}")
        connection.commit()
    refusal = _refusal(path)
    assert refusal.code == "STORE_NEWER"
    assert "(9.5.1)" in refusal.what
    assert __version__ in refusal.what


def test_a_newer_file_that_keeps_its_version_elsewhere_is_refused_too(tmp_path: Path) -> None:
    path = _closed(tmp_path / "a.opora")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE file_meta")
        connection.execute("PRAGMA user_version = 999")
        connection.commit()
    assert _refusal(path).code == "STORE_NEWER"


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.opora"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE notes(id INTEGER)")
        connection.commit()
    assert _refusal(path).code == "STORE_NOT_OPORA"
    _set(path, "application_id = 252006673")
    assert _refusal(path).code == "STORE_NOT_OPORA"


@pytest.mark.parametrize("content", [b"", b"SQLite format 2\x00", b"PK\x03\x04" + b"\x00" * 200, b"\x00" * 4096])
def test_a_file_without_our_header_is_damaged(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.opora"
    path.write_bytes(content)
    assert _refusal(path).code == "STORE_DAMAGED"
    with pytest.raises(DamagedFileError):
        Store.open(path, actor=stores.ACTOR)


def test_a_file_of_another_kind_is_not_ours(tmp_path: Path) -> None:
    path = tmp_path / "список.xlsx"
    path.write_bytes(b"PK\x03\x04" + b"\x00" * 200)
    assert _refusal(path).code == "STORE_NOT_OPORA"


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refusal:
        Store.open(tmp_path / "нет.opora", actor=stores.ACTOR)
    assert refusal.value.code == "STORE_MISSING"
    assert "нет.opora" in refusal.value.what
    with pytest.raises(UserError) as refusal:
        open_reader(tmp_path)
    assert refusal.value.code == "STORE_UNREADABLE"
    assert not list(tmp_path.iterdir())


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refusal:
        Store.create(tmp_path / "нет" / "a.opora", name="Район", actor="Тестов")
    assert refusal.value.code == "STORE_NO_FOLDER"


def test_a_reader_reads_on_while_another_writes(tmp_path: Path) -> None:
    path = _closed(tmp_path / "a.opora")
    with stores.opened(path) as writer, closing(open_reader(path)) as reader:
        assert stores.names(reader) == ["СОШ № 5"]
        stores.school(writer, "СОШ № 6")
        assert stores.names(reader) == ["СОШ № 5", "СОШ № 6"]
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            reader.execute("DELETE FROM blob")


def test_reading_without_a_writer_passes_the_same_gate(tmp_path: Path) -> None:
    path = _closed(tmp_path / "a.opora")
    service = StoreService()
    service.start_read_only(path).result()
    assert service.read_only
    assert service.read(stores.names).result() == ["СОШ № 5"]
    service.stop()
    _set(path, "user_version = 999")
    service = StoreService()
    with pytest.raises(UserError) as refusal:
        service.start_read_only(path).result()
    assert refusal.value.code == "STORE_NEWER"
    service.stop()


def test_the_service_writes_on_one_thread_and_reads_on_another(tmp_path: Path) -> None:
    import threading

    done: list[object] = []
    service = StoreService()
    service.start(lambda: stores.made(tmp_path / "a.opora"), done.append).result()
    service.write(lambda opened: stores.school(opened, "СОШ № 5")).result()
    assert service.read(stores.names).result() == ["СОШ № 5"]
    threads = {
        service.write(lambda _: threading.current_thread().name).result(),
        service.read(lambda _: threading.current_thread().name).result(),
    }
    assert {name.rsplit("_", 1)[0] for name in threads} == {"opora-writer", "opora-reader"}
    assert len(done) == 1
    backup = service.stop()
    assert backup is not None
    assert backup.exists()


def path_of(service: StoreService) -> Path | None:
    """Return what another thread may change between two lines."""
    return service.path


def test_what_is_asked_for_while_the_file_is_being_opened_is_dropped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening, go_on = Event(), Event()

    def slow(path: Path) -> sqlite3.Connection:
        opening.set()
        assert go_on.wait(60)
        return open_reader(path)

    monkeypatch.setattr("app.models.service.open_reader", slow)
    service = StoreService()
    started = service.start(lambda: stores.made(tmp_path / "a.opora"), lambda _done: None)
    assert opening.wait(60)
    assert path_of(service) is None  # the store is open already, its reader is not
    early: list[Future[Any]] = [
        service.read(stores.names),
        service.write(lambda opened: stores.school(opened, "СОШ № 5")),
    ]
    assert all(future.cancelled() for future in early)
    go_on.set()
    started.result()
    assert path_of(service) == tmp_path / "a.opora"
    assert service.read(stores.names).result() == []
    service.stop()


def test_what_is_asked_for_while_the_file_is_being_closed_is_dropped(tmp_path: Path) -> None:
    reading, go_on = Event(), Event()

    def slow(_connection: sqlite3.Connection) -> str:
        reading.set()
        assert go_on.wait(60)
        return "answered"

    service = StoreService()
    service.start(lambda: stores.made(tmp_path / "a.opora"), lambda _done: None).result()
    before = service.read(slow)
    assert reading.wait(60)
    closing_ = Thread(target=service.stop)
    closing_.start()
    while service.path is not None:
        time.sleep(0.001)
    late: list[Future[Any]] = [
        service.read(stores.names),
        service.write(lambda opened: stores.school(opened, "СОШ № 5")),
    ]
    go_on.set()
    closing_.join(60)
    assert before.result() == "answered"
    assert all(future.cancelled() for future in late)
    assert service.read(stores.names).cancelled()  # and ever after


def test_a_file_whose_reader_fails_is_not_left_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_path: Path) -> sqlite3.Connection:
        raise sqlite3.OperationalError("unable to open database file")

    with monkeypatch.context() as now:
        now.setattr("app.models.service.open_reader", refused)
        service = StoreService()
        with pytest.raises(sqlite3.OperationalError):
            service.start(lambda: stores.made(tmp_path / "a.opora"), lambda _done: None).result()
        service.stop()
    with stores.opened(tmp_path / "a.opora") as again:
        assert stores.names(again.connection) == []
