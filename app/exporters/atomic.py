"""Writing a file whole or not at all: into the same folder under a temporary name, then one rename.

Several files together are written all or none: each under its temporary name first, then all are renamed.
"""

from __future__ import annotations

import errno
import hashlib
import os
import platform
import re
import secrets
import shutil
import time
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from functools import cache
from pathlib import Path

from app.errors import UserError
from app.texts import count

_NO_SPACE = {errno.ENOSPC, errno.EFBIG} | ({errno.EDQUOT} if hasattr(errno, "EDQUOT") else set())
_READ_ONLY = {errno.EROFS}
_BAD_NAME = {errno.ENAMETOOLONG, errno.EINVAL, errno.EISDIR, errno.EILSEQ}
_NO_LINKS = {errno.EPERM, errno.EACCES, errno.ENOSYS, errno.EMLINK, errno.ENOTSUP, errno.EOPNOTSUPP}
_LONGEST_PART = 40
_LEFT_BEHIND = re.compile(
    r"\..+\.(?:[0-9a-f]{12}|([0-9a-f]{8})([0-9a-f]{8})[0-9a-f]{8})\.tmp(?:\.part)?(?:-\w+)?"
)  # fmt: skip
"""A temporary name: machine, process, chance; those of older releases were chance alone. A base has files beside it."""
_LEFT_AFTER = 3600.0  # seconds; no file is written for so long


def write_atomic(path: Path, data: bytes, *, overwrite: bool = True) -> Path:
    """Write a file; whatever goes wrong, a file that stood there before stays as it was.

    Args:
        path: where to.
        data: all of it.
        overwrite: False writes beside a file of that name («список (2).pdf»).

    Returns:
        Where it was written.

    Raises:
        UserError: ``PAPER_NO_FOLDER``, ``PAPER_READ_ONLY``, ``PAPER_FILE_OPEN``, ``PAPER_NO_SPACE``,
            ``PAPER_BAD_NAME``, ``PAPER_NOT_WRITTEN``.
    """
    try:
        target = path if overwrite else free_name(path)
        if not target.parent.is_dir():
            raise UserError("PAPER_NO_FOLDER", folder=target.parent)
        if target.is_dir():
            raise UserError("PAPER_BAD_NAME", file=target.name)
    except OSError as error:  # a name too long is not even asked for
        raise _told(error, path) from error
    temporary = _temporary(target)
    try:
        _write(temporary, target, data)
        if overwrite:
            _replace(temporary, target)
        else:
            target = _place(temporary, path)
    finally:
        with suppress(OSError):
            temporary.unlink()
    _settle(target.parent)
    return target


def write_all(files: Iterable[tuple[Path, bytes]]) -> list[Path]:
    """Write several files beside whatever stands there («лист (2).pdf»): all of them or none.

    Args:
        files: where to and all of it, one after the other; taken one by one, so that thousands need no memory.

    Returns:
        Where they were written, in the same order.

    Raises:
        UserError: as ``write_atomic``, ``PAPER_NO_SPACE_ALL``; what was written so far is taken away again.
    """
    staged: list[tuple[Path, Path]] = []
    placed: list[Path] = []
    taken: dict[Path, set[str]] = {}
    try:
        for path, data in files:
            names = taken.setdefault(path.parent, set())
            target = _free(path, names)
            names.add(target.name.casefold())
            if not target.parent.is_dir():
                raise UserError("PAPER_NO_FOLDER", folder=target.parent)
            staged.append((_temporary(target), target))
            _write_next(staged, data)
        for temporary, target in staged:
            placed.append(_place(temporary, target))
    except BaseException:
        remove(placed)
        raise
    finally:
        remove([temporary for temporary, _ in staged])
    for folder in {target.parent for target in placed}:
        _settle(folder)
    return placed


def write_folder(path: Path, files: Sequence[tuple[str, bytes]]) -> Path:
    """Write a new folder with files beside whatever stands there: it appears whole or not at all.

    Args:
        path: the folder; «имя (2)» where it is taken.
        files: name and bytes of each.

    Returns:
        The folder as it was made.

    Raises:
        UserError: as ``write_atomic``.
    """
    try_folder(path.parent)
    temporary = _temporary(path)
    try:
        temporary.mkdir()
        for name, data in files:
            _write(temporary / name, path / name, data)
        target = _place(temporary, path)
    except OSError as error:
        raise _told(error, path) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    _settle(path.parent)
    return target


def _write_next(staged: Sequence[tuple[Path, Path]], data: bytes) -> None:
    """Write the last of several files; where the disk is full, say that none is there and how many would fit."""
    fit = len(staged) - 1
    try:
        _write(*staged[-1], data)
    except UserError as error:
        if error.code != "PAPER_NO_SPACE" or not fit:
            raise
        raise UserError("PAPER_NO_SPACE_ALL", fit=count(fit, "файл", "файла", "файлов")) from error


def try_folder(folder: Path) -> None:
    """Find out before long work whether files can be written into a folder.

    Raises:
        UserError: as ``write_atomic``.
    """
    if not folder.is_dir():
        raise UserError("PAPER_NO_FOLDER", folder=folder)
    target = folder / "проба"
    temporary = _temporary(target)
    try:
        _write(temporary, target, b"")
    finally:
        remove([temporary])


def remove(paths: Sequence[Path]) -> None:
    """Take files away again, as far as the system lets."""
    for path in paths:
        with suppress(OSError):
            path.unlink()


def free_name(path: Path, taken: AbstractSet[str] = frozenset()) -> Path:
    """Return the path itself or the first free «имя (2).pdf» beside it; ``taken`` are more names in small letters."""
    candidate, number = path, 1
    while candidate.name.casefold() in taken or candidate.exists():
        number += 1
        candidate = path.with_name(f"{path.stem} ({number}){path.suffix}")
    return candidate


def beside(target: Path) -> Path:
    """Return a temporary name in the folder of a file that is written in another way; the last step renames it.

    What killed programs have left in that folder goes first: it may be a whole file with names in it.
    """
    _clear_away(target.parent)
    return _temporary(target)


def _temporary(target: Path) -> Path:
    # The name is cut, so that a long name that the folder just takes doesn't fail for the sake of the temporary one.
    # The process stands in it, so that the next run knows at once what a killed one has left behind.
    return target.with_name(f".{target.name[:_LONGEST_PART]}.{_machine()}{os.getpid():08x}{secrets.token_hex(4)}.tmp")


@cache
def _machine() -> str:
    return hashlib.sha256(platform.node().encode()).hexdigest()[:8]


def _write(temporary: Path, target: Path, data: bytes) -> None:
    try:
        # O_EXCL: nobody else's file is written over; 0o666 with the user's mask gives the usual rights, not only ours.
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except PermissionError as error:
        raise UserError("PAPER_READ_ONLY", folder=target.parent) from error
    except OSError as error:
        raise _told(error, target) from error


def _replace(temporary: Path, target: Path) -> None:
    try:
        if target.exists():
            with suppress(OSError):
                temporary.chmod(target.stat().st_mode & 0o777)
        temporary.replace(target)
    except PermissionError as error:
        # Windows answers so while Word, Excel or a viewer holds the file.
        raise UserError("PAPER_FILE_OPEN", file=target.name) from error
    except OSError as error:
        raise _told(error, target) from error


def is_there(path: Path) -> bool:
    """Tell whether anything stands under a name.

    Raises:
        UserError: ``PAPER_BAD_NAME`` for a name that the system cannot even be asked for.
    """
    try:
        return path.exists()
    except OSError as error:
        raise _told(error, path) from error


def _free(path: Path, taken: AbstractSet[str]) -> Path:
    try:
        return free_name(path, taken)
    except OSError as error:
        raise _told(error, path) from error


def _place(temporary: Path, wanted: Path) -> Path:
    """Give a file or a folder its name beside whatever stands there; returns it.

    Another process may take a free name between looking and writing: what it has written is never written over.
    """
    while True:
        target = _free(wanted, frozenset())
        try:
            _claim(temporary, target)
        except FileExistsError:
            continue
        except PermissionError as error:
            raise UserError("PAPER_FILE_OPEN", file=target.name) from error
        except OSError as error:
            if error.errno == errno.ENOTEMPTY:
                continue
            raise _told(error, target) from error
        return target


def _claim(temporary: Path, target: Path) -> None:
    """Rename to a name that nobody has; FileExistsError where somebody was faster."""
    if os.name == "nt" or temporary.is_dir():
        temporary.rename(target)  # Windows never renames over a file, no system over a folder with files
        return
    try:
        os.link(temporary, target)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        # no second names on this disk, as on a flash drive: the name is taken by an empty file first
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
        try:
            temporary.replace(target)
        except OSError:
            remove([target])  # the empty one
            raise
    else:
        temporary.unlink()


def _told(error: OSError, target: Path) -> UserError:
    if error.errno in _NO_SPACE:
        return UserError("PAPER_NO_SPACE", file=target.name)
    if error.errno in _READ_ONLY:
        return UserError("PAPER_READ_ONLY", folder=target.parent)
    if error.errno in _BAD_NAME:
        return UserError("PAPER_BAD_NAME", file=target.name)
    return UserError("PAPER_NOT_WRITTEN", file=target.name, reason=error.strerror or type(error).__name__)


def _settle(folder: Path) -> None:
    """Clear up, and ask the system to keep the new name through a power cut; Windows and some shares can't."""
    _clear_away(folder)
    if not hasattr(os, "O_DIRECTORY"):
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _clear_away(folder: Path) -> None:
    """Remove temporary files that a killed program left behind; those of a program at work stay."""
    with suppress(OSError):
        for path in folder.iterdir():
            found = _LEFT_BEHIND.fullmatch(path.name)
            if found is None or not (_gone(found) or time.time() - path.stat().st_mtime > _LEFT_AFTER):
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink()


def _gone(found: re.Match[str]) -> bool:
    """Tell whether the process of a temporary name ran on this machine and is no more."""
    import psutil

    machine, process = found.groups()
    return machine == _machine() and not psutil.pid_exists(int(process, 16))
