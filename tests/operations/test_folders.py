"""Folders dropped on the import."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.operations import folders


def put(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def test_tables_of_a_folder_and_what_lies_inside_it_in_the_order_of_names(tmp_path: Path) -> None:
    put(tmp_path, "б/2.XLSX", "а.csv", "б/1.ods", "в.xlsm", "б/г/3.xls", "я.tsv", "ж.txt")
    found = folders.gather([tmp_path])
    assert [str(path.relative_to(tmp_path)) for path in found.files] == [
        "а.csv", "в.xlsm", "ж.txt", "я.tsv", "б/1.ods", "б/2.XLSX", "б/г/3.xls",
    ]  # fmt: skip
    assert found.problems == ()


def test_locks_are_told_hidden_files_are_not_and_other_papers_are_counted(tmp_path: Path) -> None:
    put(
        tmp_path,
        "отчёт.xlsx",
        "~$отчёт.xlsx",
        ".~lock.отчёт.ods#",
        ".скрытый.xlsx",
        ".git/а.xlsx",
        "приказ.pdf",
        "б.pdf",
    )
    found = folders.gather([tmp_path])
    assert [path.name for path in found.files] == ["отчёт.xlsx"]
    assert [(p.code, p.level) for p in found.problems] == [
        ("IMP_FOLDER_LOCK", "hint"), ("IMP_FOLDER_LOCK", "hint"), ("IMP_FOLDER_OTHERS", "hint"),
    ]  # fmt: skip
    assert "2\u00a0файла, не таблицы (.pdf)" in found.problems[-1].message


def test_a_file_that_is_named_is_taken_whatever_it_is_and_only_once(tmp_path: Path) -> None:
    put(tmp_path, "приказ.pdf", "а.xlsx")
    lock, missing = tmp_path / "~$а.xlsx", tmp_path / "нет.xlsx"
    found = folders.gather([tmp_path / "приказ.pdf", lock, missing, tmp_path / "а.xlsx", tmp_path])
    assert [path.name for path in found.files] == ["приказ.pdf", "~$а.xlsx", "нет.xlsx", "а.xlsx"]


def test_a_folder_without_tables_and_one_with_too_many_are_errors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [(p.code, p.level) for p in folders.gather([tmp_path]).problems] == [("IMP_FOLDER_EMPTY", "error")]
    put(tmp_path, "1.csv", "2.csv", "3.csv")
    monkeypatch.setattr(folders, "MOST_FILES", 2)
    found = folders.gather([tmp_path])
    assert (found.files, [p.code for p in found.problems]) == ((), ["IMP_FOLDER_LARGE"])


def test_a_link_that_leads_in_a_circle_is_not_followed(tmp_path: Path) -> None:
    put(tmp_path, "а.xlsx")
    try:
        (tmp_path / "снова").symlink_to(tmp_path, target_is_directory=True)
    except OSError:  # a system where links need rights has no circle to follow
        return
    assert [path.name for path in folders.gather([tmp_path]).files] == ["а.xlsx"]
