"""What a crash, a full disk and a forbidden folder leave behind: the last finished operation, and a plain word."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

from app.errors import UserError
from app.models import backup, health, lock
from app.models.store import Store
from tests.helpers import stores

ROOT = Path(__file__).resolve().parents[2]

CHILD = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from app.models.store import Store

    store = Store.open(Path(sys.argv[1]), actor="Иванова А. П.")
    with store.operation("Готово", "test") as operation:
        operation.insert("organisation", name="Записано до конца")
    with store.operation("Не кончено", "test", bulk=sys.argv[2] == "bulk") as operation:
        if sys.argv[2] == "bulk":
            operation.bulk_insert("organisation", ["name"], [[f"Половина {n}"] for n in range(20_000)])
        else:
            operation.insert("organisation", name="Половина")
            operation.connection.execute("PRAGMA cache_size = 1")
            operation.connection.execute("UPDATE organisation SET short_name = 'половина'")
        print("half", flush=True)
        sys.stdin.read()
    """
)


@pytest.mark.parametrize("how", ["single", "bulk"])
def test_killed_in_the_middle_of_an_operation(tmp_path: Path, how: str) -> None:
    path = tmp_path / "a.opora"
    stores.made(path).close()
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, str(path), how], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"half\n"
        child.send_signal(signal.SIGKILL)
    assert lock.lock_path(path).exists()
    with stores.opened(path) as store:
        rows = store.connection.execute("SELECT name, short_name FROM organisation").fetchall()
        assert rows == [("Записано до конца", None)]
        assert health.check(store.connection) == []
        assert store.undo().label == "Готово"


# --- a full disk -----------------------------------------------------------------------------------------------


def _fill_the_disk(store: Store) -> None:
    pages = store.connection.execute("PRAGMA page_count").fetchone()[0]
    store.connection.execute(f"PRAGMA max_page_count = {pages + 1}")


@pytest.mark.parametrize("how", ["single", "bulk"])
def test_a_full_disk_undoes_the_operation_and_is_said(tmp_path: Path, how: str) -> None:
    store = stores.made(tmp_path / "a.opora")
    stores.school(store, "СОШ № 5")
    before = stores.dump(store.connection)
    _fill_the_disk(store)
    long = "очень длинное название " * 400

    def load() -> None:
        with store.operation("Загружены школы", "import", bulk=how == "bulk") as operation:
            if how == "bulk":
                operation.bulk_insert("organisation", ["name"], [[long]] * 50)
            for _ in range(50):
                operation.insert("organisation", name=long)

    with pytest.raises(UserError) as refusal:
        load()
    assert refusal.value.code == "STORE_DISK_FULL"
    assert "a.opora" in refusal.value.what
    assert stores.dump(store.connection) == before
    store.connection.execute("PRAGMA max_page_count = 1000000")
    stores.school(store, "СОШ № 6")
    assert stores.names(store.connection) == ["СОШ № 5", "СОШ № 6"]
    store.close()


def test_a_disk_that_fills_up_while_undoing(tmp_path: Path) -> None:
    store = stores.made(tmp_path / "a.opora")
    with store.operation("Загружены школы", "import", bulk=True) as operation:
        operation.bulk_insert("organisation", ["name"], [["название " * 100] for _ in range(200)])
    before = stores.dump(store.connection)
    _fill_the_disk(store)
    with pytest.raises(UserError) as refusal:
        store.undo()
    assert refusal.value.code == "STORE_DISK_FULL"
    assert stores.dump(store.connection) == before
    store.abandon()


# --- a folder that can't be written (tests may run as root, whom no permission stops) ---------------------------


@pytest.fixture
def forbidden(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Make one folder unwritable for everything that Python opens in it."""
    opening = Path.open

    def forbid(folder: Path) -> None:
        def refuse(self: Path, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
            if self.parent == folder and set(mode) & set("wxa+"):
                raise PermissionError(13, "Permission denied", str(self))
            return opening(self, mode, *args, **kwargs)

        monkeypatch.setattr(Path, "open", refuse)

    return forbid


def test_a_read_only_folder_can_be_read_but_not_worked_in(tmp_path: Path, forbidden: Any) -> None:
    path = tmp_path / "a.opora"
    stores.made(path).close()
    forbidden(tmp_path)
    with pytest.raises(UserError) as refusal:
        Store.open(path, actor=stores.ACTOR)
    assert refusal.value.code == "STORE_NOT_WRITABLE"
    with pytest.raises(UserError) as refusal:
        Store.create(tmp_path / "b.opora", name="Район", actor=stores.ACTOR)
    assert refusal.value.code == "STORE_NOT_WRITABLE"
    assert not (tmp_path / "b.opora").exists()
    from app.operations import files

    with files.for_reading(path) as reader:
        assert stores.names(reader) == []


def test_a_file_that_became_read_only_says_so_and_stays(tmp_path: Path) -> None:
    store = stores.made(tmp_path / "a.opora")
    store.connection.execute("PRAGMA query_only = ON")
    with pytest.raises(UserError) as refusal:
        stores.school(store, "СОШ № 5")
    assert refusal.value.code == "STORE_NOT_WRITABLE"
    store.abandon()


def test_a_file_busy_elsewhere_is_said(tmp_path: Path) -> None:
    import sqlite3
    from contextlib import closing

    store = stores.made(tmp_path / "a.opora")
    store.connection.execute("PRAGMA busy_timeout = 10")
    with closing(sqlite3.connect(store.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(UserError) as refusal:
            stores.school(store, "СОШ № 5")
    assert refusal.value.code == "STORE_BUSY"
    stores.school(store, "СОШ № 5")
    store.abandon()


def test_a_failed_creation_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.models import migrations

    def fail(_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(migrations, "apply", fail)
    with pytest.raises(ZeroDivisionError):
        Store.create(tmp_path / "a.opora", name="Район", actor=stores.ACTOR)
    assert list(tmp_path.iterdir()) == []
    assert backup.listing(tmp_path / "a.opora") == []
