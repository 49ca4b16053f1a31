"""A network folder is recognised by its mount, and write-ahead logging is not used there."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from app.models import network
from tests.helpers import stores

MOUNTS = (
    ("/", "ext4"),
    ("/mnt/обмен", "cifs"),
    ("/mnt/обмен/диск", "ext4"),
    ("/srv", "nfs4"),
    ("/media", "fuse.sshfs"),
)


@pytest.fixture
def mounted(monkeypatch: pytest.MonkeyPatch) -> None:
    partitions = [SimpleNamespace(mountpoint=point, fstype=kind) for point, kind in MOUNTS]
    monkeypatch.setattr(psutil, "disk_partitions", lambda **asked: partitions if asked["all"] else [])


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("/var/lib", "WAL"),
        ("/mnt/обмен", "DELETE"),
        ("/mnt/обмен/школы/2026", "DELETE"),
        ("/mnt/обмен/диск/школы", "WAL"),
        ("/mnt/обменник", "WAL"),
        ("/srv/ivanova", "DELETE"),
        ("/media/ivanova", "DELETE"),
    ],
)
@pytest.mark.usefixtures("mounted")
def test_the_deepest_mount_decides(folder: str, expected: str) -> None:
    assert network.journal_mode(Path(folder) / "район.opora") == expected


def test_a_file_on_a_share_is_worked_in_without_wal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stores.made(tmp_path / "a.opora").close()
    share = SimpleNamespace(mountpoint=str(tmp_path), fstype="CIFS")
    monkeypatch.setattr(psutil, "disk_partitions", lambda **_: [share])
    with stores.opened(tmp_path / "a.opora") as store:
        assert store.connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        stores.school(store, "СОШ № 5")
        assert not (tmp_path / "a.opora-wal").exists()
    monkeypatch.undo()
    with stores.opened(tmp_path / "a.opora") as store:
        assert store.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert stores.names(store.connection) == ["СОШ № 5"]
