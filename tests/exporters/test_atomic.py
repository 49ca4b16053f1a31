from __future__ import annotations

import errno
import os
import stat
import sys

import pytest

from app.errors import UserError
from app.exporters.atomic import free_name, write_atomic


def only(folder):
    return sorted(path.name for path in folder.iterdir())


def fail_with(number):
    def fail(*_args, **_kwargs):
        raise OSError(number, os.strerror(number))

    return fail


def test_writes_the_bytes_and_leaves_nothing_beside(tmp_path):
    path = tmp_path / "Список школ № 1.pdf"
    assert write_atomic(path, b"one") == path
    assert path.read_bytes() == b"one"
    write_atomic(path, b"two")
    assert path.read_bytes() == b"two"
    assert only(tmp_path) == ["Список школ № 1.pdf"]


def test_the_longest_name_a_folder_takes(tmp_path):
    path = tmp_path / ("я" * 125 + ".pdf")
    write_atomic(path, b"1")
    assert path.read_bytes() == b"1"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "PAPER_NO_SPACE"),
        (errno.EROFS, "PAPER_READ_ONLY"),
        (errno.EACCES, "PAPER_READ_ONLY"),
        (errno.ENAMETOOLONG, "PAPER_BAD_NAME"),
        (errno.EIO, "PAPER_NOT_WRITTEN"),
    ],
)
def test_failure_to_create_leaves_the_old_file(tmp_path, monkeypatch, number, code):
    path = tmp_path / "a.pdf"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "open", fail_with(number))
    with pytest.raises(UserError) as error:
        write_atomic(path, b"new")
    assert error.value.code == code
    assert path.read_bytes() == b"old"
    assert only(tmp_path) == ["a.pdf"]


def test_disk_full_half_way_leaves_the_old_file_and_no_rest(tmp_path, monkeypatch):
    path = tmp_path / "a.pdf"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", fail_with(errno.ENOSPC))
    with pytest.raises(UserError, match="не хватило места") as error:
        write_atomic(path, b"new")
    assert error.value.code == "PAPER_NO_SPACE"
    assert path.read_bytes() == b"old"
    assert only(tmp_path) == ["a.pdf"]


def test_file_open_in_another_program(tmp_path, monkeypatch):
    path = tmp_path / "a.docx"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "replace", fail_with(errno.EACCES))
    with pytest.raises(UserError, match=r"«a\.docx» не удалось заменить: он открыт в другой программе") as error:
        write_atomic(path, b"new")
    assert error.value.code == "PAPER_FILE_OPEN"
    assert path.read_bytes() == b"old"
    assert only(tmp_path) == ["a.docx"]


def test_a_bug_is_not_dressed_as_a_message_and_leaves_no_rest(tmp_path):
    with pytest.raises(TypeError):
        write_atomic(tmp_path / "a.pdf", "text")
    assert only(tmp_path) == []


def test_missing_folder(tmp_path):
    with pytest.raises(UserError, match="нет") as error:
        write_atomic(tmp_path / "no" / "a.pdf", b"1")
    assert error.value.code == "PAPER_NO_FOLDER"


def test_a_folder_in_place_of_the_file(tmp_path):
    (tmp_path / "a.pdf").mkdir()
    with pytest.raises(UserError) as error:
        write_atomic(tmp_path / "a.pdf", b"1")
    assert error.value.code == "PAPER_BAD_NAME"


def test_nothing_is_overwritten_when_asked_not_to(tmp_path):
    path = tmp_path / "список.pdf"
    assert write_atomic(path, b"1", overwrite=False) == path
    assert write_atomic(path, b"2", overwrite=False).name == "список (2).pdf"
    assert write_atomic(path, b"3", overwrite=False).name == "список (3).pdf"
    assert path.read_bytes() == b"1"
    assert free_name(path).name == "список (4).pdf"


@pytest.mark.parametrize("mode", [0o600, 0o640] if sys.platform != "win32" else [])
def test_rights_of_a_replaced_file_stay(tmp_path, mode):
    path = tmp_path / "a.pdf"
    path.write_bytes(b"old")
    path.chmod(mode)
    write_atomic(path, b"new")
    assert stat.S_IMODE(path.stat().st_mode) == mode
