"""Is a folder on another machine? Write-ahead logging must not be used there (decision 20)."""

from __future__ import annotations

import sys
from pathlib import Path

NETWORK_FILE_SYSTEMS = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb",
        "smb2",
        "smb3",
        "smbfs",
        "afpfs",
        "9p",
        "fuse.sshfs",
        "fuse.gvfsd-fuse",
        "davfs",
        "ncpfs",
    }
)


def is_network(path: Path) -> bool:
    """Tell whether ``path`` lies on a network share, by the mount that holds it."""
    if sys.platform == "win32":
        return _is_network_windows(path)
    import psutil

    target = path.absolute().parent
    best, kind = -1, ""
    for mount in psutil.disk_partitions(all=True):
        point = Path(mount.mountpoint)
        if (point == target or point in target.parents) and len(point.parts) > best:
            best, kind = len(point.parts), mount.fstype
    return kind.lower() in NETWORK_FILE_SYSTEMS


def _is_network_windows(path: Path) -> bool:
    drive = path.absolute().drive
    if drive.startswith("\\\\"):
        return True
    import ctypes

    drive_remote = 4
    kind: int = ctypes.windll.kernel32.GetDriveTypeW(drive + "\\")  # type: ignore[attr-defined,unused-ignore]
    return kind == drive_remote


def journal_mode(path: Path) -> str:
    """Return the journal mode that is safe for this place: WAL on a local disk, DELETE on a share."""
    return "DELETE" if is_network(path) else "WAL"
