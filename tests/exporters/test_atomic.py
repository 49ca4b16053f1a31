from __future__ import annotations

import errno
import os
import stat
import sys

import pytest

from app.errors import UserError
from app.exporters.atomic import free_name, try_folder, write_all, write_atomic


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


def test_several_files_are_written_beside_what_is_there(tmp_path):
    (tmp_path / "Лист.pdf").write_bytes(b"old")
    made = write_all([(tmp_path / "Лист.pdf", b"1"), (tmp_path / "ЛИСТ (2).pdf", b"2"), (tmp_path / "б.pdf", b"3")])
    # two names that Windows can't tell apart become two files
    assert [path.name for path in made] == ["Лист (2).pdf", "ЛИСТ (2) (2).pdf", "б.pdf"]
    assert [path.read_bytes() for path in made] == [b"1", b"2", b"3"]
    assert (tmp_path / "Лист.pdf").read_bytes() == b"old"
    assert len(only(tmp_path)) == 4


@pytest.mark.parametrize("call", ["fsync", "link"])
def test_several_files_or_none(tmp_path, monkeypatch, call):
    (tmp_path / "a.pdf").write_bytes(b"old")
    real, calls = getattr(os, call), []

    def full_at_the_third(*args, **kwargs):
        calls.append(args)
        if len(calls) == 3:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(*args, **kwargs)

    monkeypatch.setattr(os, call, full_at_the_third)
    with pytest.raises(UserError) as error:
        write_all([(tmp_path / f"{name}.pdf", b"new") for name in "abcd"])
    assert error.value.code == ("PAPER_NO_SPACE_ALL" if call == "fsync" else "PAPER_NO_SPACE")
    assert call != "fsync" or "хватило бы на 2\u00a0файла" in error.value.what
    assert only(tmp_path) == ["a.pdf"]
    assert (tmp_path / "a.pdf").read_bytes() == b"old"


def test_a_disk_without_second_names_gets_its_files_too(tmp_path, monkeypatch):
    """As flash drives are: the name is taken first, and still nothing is written over."""
    (tmp_path / "a.pdf").write_bytes(b"old")
    monkeypatch.setattr(os, "link", fail_with(errno.EPERM))
    made = write_all([(tmp_path / "a.pdf", b"1"), (tmp_path / "b.pdf", b"2")])
    assert [path.name for path in made] == ["a (2).pdf", "b.pdf"]
    assert [path.read_bytes() for path in made] == [b"1", b"2"]
    assert only(tmp_path) == ["a (2).pdf", "a.pdf", "b.pdf"]


@pytest.mark.parametrize("links", [True, False])
def test_a_name_taken_meanwhile_by_another_program_is_left_to_it(tmp_path, monkeypatch, links):
    real = os.fsync

    def another_is_faster(descriptor):
        (tmp_path / "a.pdf").write_bytes(b"theirs")
        return real(descriptor)

    monkeypatch.setattr(os, "fsync", another_is_faster)
    if not links:
        monkeypatch.setattr(os, "link", fail_with(errno.EPERM))
    assert write_atomic(tmp_path / "a.pdf", b"ours", overwrite=False).name == "a (2).pdf"
    assert (tmp_path / "a.pdf").read_bytes() == b"theirs"
    assert (tmp_path / "a (2).pdf").read_bytes() == b"ours"
    assert only(tmp_path) == ["a (2).pdf", "a.pdf"]


def test_a_folder_is_tried_and_left_as_it_was(tmp_path, monkeypatch):
    try_folder(tmp_path)
    assert only(tmp_path) == []
    with pytest.raises(UserError) as error:
        try_folder(tmp_path / "нет")
    assert error.value.code == "PAPER_NO_FOLDER"
    monkeypatch.setattr(os, "open", fail_with(errno.EACCES))
    with pytest.raises(UserError) as error:
        try_folder(tmp_path)
    assert error.value.code == "PAPER_READ_ONLY"


def test_what_a_killed_program_left_behind_is_cleared_away(tmp_path):
    left, young, foreign = (
        tmp_path / name for name in (".a.pdf.0123456789ab.tmp", ".b.pdf.0123456789ab.tmp", "отчёт.tmp")
    )
    for path in (left, young, foreign):
        path.write_bytes(b"half")
        if path != young:
            os.utime(path, (1_000_000_000, 1_000_000_000))
    write_atomic(tmp_path / "c.pdf", b"1")
    assert only(tmp_path) == sorted([young.name, "c.pdf", foreign.name])
