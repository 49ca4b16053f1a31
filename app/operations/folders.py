"""Folders dropped on the import: every table in them, whatever lies beside is passed over and told."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from app.errors import Problem, problem
from app.texts import count

SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".txt"})
"""What may be a table; everything else in a folder is another paper."""
MOST_FILES = 5_000
_LOCKS = ("~$", ".~lock.")


@dataclass(frozen=True, slots=True)
class Gathered:
    """The files to read, in the order of their names, and what was passed over."""

    files: tuple[Path, ...]
    problems: tuple[Problem, ...] = ()


def gather(paths: Iterable[Path], also: frozenset[str] = frozenset()) -> Gathered:
    """Return the files that are meant: those named are taken as they are, folders are searched through.

    In a folder only tables are taken; lock files of open books, hidden files and folders, other papers are passed over
    with a hint. Links to folders are not followed: they may lead in a circle.

    Args:
        paths: files and folders.
        also: endings that are taken in folders beside those of tables.
    """
    files: dict[Path, None] = {}
    problems: list[Problem] = []
    for path in paths:
        if path.is_dir():
            found = _search(path, SUFFIXES | also)
            files |= dict.fromkeys(found.files)
            problems += found.problems
        else:
            files[path] = None
    return Gathered(tuple(files), tuple(problems))


def _search(folder: Path, suffixes: frozenset[str]) -> Gathered:
    files: list[Path] = []
    problems: list[Problem] = []
    others: Counter[str] = Counter()
    for root, folders, names in os.walk(folder, onerror=lambda fault: problems.append(_closed(fault))):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(root, name)
            if name.startswith(_LOCKS):
                problems.append(problem("IMP_FOLDER_LOCK", file=name, folder=path.parent.name))
            elif name.startswith("."):
                continue
            elif path.suffix.lower() in suffixes:
                files.append(path)
            else:
                others[path.suffix.lower() or "без окончания"] += 1
    if others:
        kinds = ", ".join(sorted(others)[:8])
        passed = count(others.total(), "файл", "файла", "файлов")
        problems.append(problem("IMP_FOLDER_OTHERS", folder=folder.name, passed=passed, kinds=kinds))
    if len(files) > MOST_FILES:
        problems.append(problem("IMP_FOLDER_LARGE", folder=folder.name, found=len(files), most=MOST_FILES))
        return Gathered((), tuple(problems))
    if not files:
        problems.append(problem("IMP_FOLDER_EMPTY", folder=folder.name))
    return Gathered(tuple(files), tuple(problems))


def _closed(fault: OSError) -> Problem:
    return problem("IMP_FOLDER_CLOSED", folder=Path(fault.filename or "").name)
