"""The lock beside a file: named, taken over when its owner is gone, never otherwise."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from app.errors import UserError
from app.models import lock
from app.models.lock import FileLock, lock_path, me
from app.models.store import Store, open_reader
from tests.helpers import stores


@pytest.fixture
def path(tmp_path: Path) -> Path:
    stores.made(tmp_path / "a.opora").close()
    return tmp_path / "a.opora"


@pytest.fixture
def somebody() -> Iterator[subprocess.Popen[bytes]]:
    """A living process of somebody else."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        yield process
        process.kill()


def _left(path: Path, holder: lock.Holder) -> None:
    lock_path(path).write_text(json.dumps(asdict(holder)), "utf-8")


def _of(process: subprocess.Popen[bytes]) -> lock.Holder:
    import psutil

    return replace(me("Иванова А. П."), pid=process.pid, started=int(psutil.Process(process.pid).create_time()))


def test_the_second_opener_is_told_who_holds_the_file_and_may_read(path: Path) -> None:
    with stores.opened(path, actor="Иванова А. П.") as first:
        stores.school(first, "СОШ № 5")
        with pytest.raises(UserError) as refusal:
            Store.open(path, actor="Петров С. И.")
        with closing(open_reader(path)) as reader:
            assert stores.names(reader) == ["СОШ № 5"]
    assert refusal.value.code == "STORE_LOCKED"
    assert "Иванова А. П." in refusal.value.what
    assert "Петров" not in refusal.value.what
    assert not lock_path(path).exists()
    Store.open(path, actor="Петров С. И.").abandon()


def test_the_lock_of_a_living_process_is_respected(path: Path, somebody: subprocess.Popen[bytes]) -> None:
    holder = _of(somebody)
    _left(path, holder)
    with pytest.raises(UserError) as refusal:
        Store.open(path, actor="Петров С. И.")
    assert refusal.value.code == "STORE_LOCKED"
    assert lock.read_holder(path) == holder


def test_the_lock_of_a_dead_process_is_taken_over(path: Path, somebody: subprocess.Popen[bytes]) -> None:
    _left(path, _of(somebody))
    somebody.kill()
    somebody.wait()
    with stores.opened(path, actor="Петров С. И."):
        holder = lock.read_holder(path)
        assert holder is not None
        assert (holder.actor, holder.pid) == ("Петров С. И.", os.getpid())
    assert not lock_path(path).exists()


def test_a_number_given_to_another_process_does_not_keep_a_lock_alive(
    path: Path, somebody: subprocess.Popen[bytes]
) -> None:
    _left(path, replace(_of(somebody), started=_of(somebody).started - 1000))
    Store.open(path, actor="Петров С. И.").abandon()


def test_the_lock_of_another_machine_is_never_taken_over(path: Path) -> None:
    _left(path, replace(me("Иванова А. П."), host="другой-компьютер", pid=2**22 + 1))
    with pytest.raises(UserError) as refusal:
        Store.open(path, actor="Петров С. И.")
    assert "другой-компьютер" in refusal.value.what


def test_an_unreadable_lock_counts_only_while_it_is_young(path: Path) -> None:
    lock_path(path).write_text("{", "utf-8")
    with pytest.raises(UserError) as refusal:
        Store.open(path, actor="Петров С. И.")
    assert refusal.value.code == "STORE_LOCKED"
    os.utime(lock_path(path), (1, 1))
    Store.open(path, actor="Петров С. И.").abandon()


def test_a_lock_that_came_meanwhile_is_not_taken_for_the_stale_one(
    path: Path, somebody: subprocess.Popen[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two openers find one stale lock; the slower must not remove the lock of the quicker."""
    _left(path, replace(_of(somebody), started=1))
    quicker = _of(somebody)
    judge = lock.is_stale

    def judged(where: Path, holder: lock.Holder | None) -> bool:
        verdict = judge(where, holder)
        if holder is not None and holder.started == 1:
            _left(path, quicker)
        return verdict

    monkeypatch.setattr(lock, "is_stale", judged)
    with pytest.raises(UserError) as refusal:
        FileLock(path, "Петров С. И.").acquire()
    assert refusal.value.code == "STORE_LOCKED"
    assert lock.read_holder(path) == quicker
    assert [item.name for item in path.parent.iterdir() if ".lock" in item.name] == [lock_path(path).name]


def test_a_lock_that_is_no_longer_ours_is_left_alone(path: Path, somebody: subprocess.Popen[bytes]) -> None:
    ours = FileLock(path, "Петров С. И.")
    ours.acquire()
    _left(path, _of(somebody))
    ours.release()
    assert lock.read_holder(path) == _of(somebody)


def test_a_refused_file_leaves_no_lock(tmp_path: Path) -> None:
    path = tmp_path / "a.opora"
    path.write_bytes(b"SQLite format 3\x00" + b"\xff" * 4096)
    with pytest.raises(UserError):
        Store.open(path, actor="Петров С. И.")
    assert not lock_path(path).exists()
