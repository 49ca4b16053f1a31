"""Signatures of strangers and programs that misbehave: told in words, nothing kept, nothing left behind."""

from __future__ import annotations

import base64
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.errors import UserError
from app.exporters.cms_make import read_signature, sign_beside
from app.exporters.outside import Program, sign_outside
from app.exporters.signing import load_p12, signatory_of
from app.exporters.verifying import verify_detached, verify_file
from app.models import papers
from app.models.store import Store
from app.operations import signing, signing_elsewhere
from tests.helpers.certificates import PASSWORD, Person, ivanova, petrov

DATA = "Приказ № 17 от 23.11.2026".encode() * 30
MB = 1 << 20


def sig_of(data: bytes = DATA, who: Person | None = None) -> bytes:
    return sign_beside(data, signatory_of(load_p12((who or ivanova()).p12, PASSWORD))).data


def code_of(work: Callable[[], object]) -> UserError:
    with pytest.raises(UserError) as caught:
        work()
    return caught.value


def indefinite(der: bytes) -> bytes:
    """The same container as some programs stream it: the outer three lengths are not told beforehand."""
    from asn1crypto import parser

    def opened(data: bytes, depth: int) -> bytes:
        _class, _method, _tag, header, content, _trailer = parser.parse(data)
        inner = content
        if depth:
            # the last element of SEQUENCE { oid, [0] { SEQUENCE … } } goes on, what stands before it stays
            pieces, rest = [], content
            while rest:
                size = sum(map(len, parser.parse(rest, strict=False)[3:]))
                pieces.append(rest[:size])
                rest = rest[size:]
            inner = b"".join(pieces[:-1]) + opened(pieces[-1], depth - 1)
        return bytes(header[:1] + b"\x80" + inner + b"\x00\x00")

    return opened(der, 2)


DEEP = 40_000
HOSTILE = {
    "empty": b"",
    "one byte": b"\x30",
    "lying length": b"\x30\x84\xff\xff\xff\xff" + b"\x00" * 40,
    "length of eighty octets": b"\x30\xd0" + b"\xff" * 80,
    "nested without end": b"\x30\x80" * DEEP,
    "nested with an end": b"\x30\x80" * DEEP + b"\x00\x00" * DEEP,
    "nested sets": b"\x30\x82\x40\x00" + b"\x31\x80" * (DEEP // 2),
    "object number of a megabyte": b"\x30\x83\x10\x00\x04\x06\x83\x10\x00\x00" + b"\x88" * MB,
    "base64 of nothing": b"====",
    "pem of rubbish": b"-----BEGIN CMS-----\n" + base64.b64encode(b"x" * 99) + b"\n-----END CMS-----\n",
    "utf-16 of words": "\ufeffподпись".encode("utf-16-le"),
    "half of a utf-16": b"\xff\xfe\x30",
    "pdf": b"%PDF-1.7\n%%EOF\n",
    "zeros": b"\0" * (2 * MB),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_signature_is_told_quickly(name: str) -> None:
    raw, begun = HOSTILE[name], time.monotonic()
    assert code_of(lambda: read_signature(raw, "чужая.sig")).code == "SIGN_SIG_UNREADABLE"
    assert verify_detached(DATA, raw).verdict in {"broken", "damaged_file", "not_signed"}
    assert verify_file(raw).verdict in {"broken", "damaged_file", "not_signed"}
    assert time.monotonic() - begun < 10


def test_a_signature_cut_anywhere_is_never_taken_for_whole() -> None:
    whole = sig_of()
    for size in range(0, len(whole), 7):
        assert verify_detached(DATA, whole[:size]).verdict not in {"valid", "valid_unknown_issuer"}, size


def test_a_streamed_container_is_read_as_the_same_signature() -> None:
    streamed = indefinite(sig_of())
    assert streamed[1] == 0x80
    assert verify_detached(DATA, streamed).verdict == "valid_unknown_issuer"
    read = read_signature(streamed, "поток.sig")
    facts = read.signers[0]
    assert facts is not None
    assert "Иванова" in facts.owner
    assert verify_detached(DATA + b"x", streamed).verdict == "broken"


def test_rubbish_behind_a_signature_is_no_second_signature() -> None:
    whole = sig_of()
    padded = whole + sig_of(b"other", petrov())
    answer = verify_detached(DATA, padded)
    assert all("Петров С" not in (one.signer or "") for one in answer.signatures)


# --- programs ----------------------------------------------------------------------------------------------------


@pytest.fixture
def own_temp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "temp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def program(code: str, *more: str, seconds: int = 20) -> Program:
    return Program("script", "Проба", (sys.executable, "-c", code, "{input}", "{output}", *more), seconds)


BAD: dict[str, tuple[str, set[str]]] = {
    "writes nothing": ("pass", {"SIGN_OUTSIDE_NOTHING"}),
    "an empty file": ("import sys; open(sys.argv[2], 'wb')", {"SIGN_OUTSIDE_NOTHING"}),
    "garbage": ("import sys; open(sys.argv[2], 'wb').write(b'ok, signed')", {"SIGN_SIG_UNREADABLE"}),
    "nested garbage": ("import sys; open(sys.argv[2], 'wb').write(b'0\\x80' * 40000)", {"SIGN_SIG_UNREADABLE"}),
    "its input": ("import shutil, sys; shutil.copy(sys.argv[1], sys.argv[2])", {"SIGN_SIG_UNREADABLE"}),
    "too much": ("import sys; open(sys.argv[2], 'wb').truncate(17 << 20)", {"SIGN_OUTSIDE_NOTHING"}),
    "a folder": ("import os, sys; os.mkdir(sys.argv[2])", {"SIGN_OUTSIDE_NOTHING"}),
    "a pipe": ("import os, sys; os.mkfifo(sys.argv[2])", {"SIGN_OUTSIDE_NOTHING"}),
    "a way to itself": ("import os, sys; os.symlink(sys.argv[2], sys.argv[2])", {"SIGN_OUTSIDE_NOTHING"}),
    "unreadable": (
        "import os, sys; open(sys.argv[2], 'wb').write(b'0'); os.chmod(sys.argv[2], 0)",
        {"SIGN_OUTSIDE_NOTHING", "SIGN_SIG_UNREADABLE"},
    ),
    "its whole folder gone": (
        "import os, shutil, sys; shutil.rmtree(os.path.dirname(sys.argv[1]))", {"SIGN_OUTSIDE_NOTHING"},
    ),
    "killed by itself": ("import os; os.kill(os.getpid(), 9)", {"SIGN_OUTSIDE_FAILED"}),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_program_that_misbehaves_is_told_and_leaves_nothing(own_temp: Path, name: str) -> None:
    code, codes = BAD[name]
    told = code_of(lambda: sign_outside(DATA, program(code), {}))
    assert told.code in codes
    assert list(own_temp.iterdir()) == []


def test_a_program_that_deletes_its_input_may_still_have_signed(own_temp: Path, tmp_path: Path) -> None:
    ready = tmp_path / "ready.sig"
    ready.write_bytes(sig_of())
    code = "import os, shutil, sys; shutil.copy(sys.argv[3], sys.argv[2]); os.remove(sys.argv[1])"
    assert sign_outside(DATA, program(code, str(ready)), {}).facts.owner.startswith("Иванова")
    assert list(own_temp.iterdir()) == []


def test_a_program_that_changes_its_input_and_signs_that_is_refused(own_temp: Path, tmp_path: Path) -> None:
    ready = tmp_path / "ready.sig"
    ready.write_bytes(sig_of(DATA + b"!"))
    code = "import shutil, sys; shutil.copy(sys.argv[3], sys.argv[2]); open(sys.argv[1], 'ab').write(b'!')"
    assert code_of(lambda: sign_outside(DATA, program(code, str(ready)), {})).code == "SIGN_OUTSIDE_OTHER_FILE"


def test_a_program_that_talks_without_end_is_ended_before_the_disk_is_full(own_temp: Path) -> None:
    code = "import sys\nwhile True: sys.stdout.buffer.write(b'x' * (1 << 20))"
    begun = time.monotonic()
    told = code_of(lambda: sign_outside(DATA, program(code, seconds=15), {}))
    assert told.code == "SIGN_OUTSIDE_FLOOD"
    assert time.monotonic() - begun < 10, "it was let talk until its time was over"
    assert list(own_temp.iterdir()) == []


def test_the_last_words_stay_russian_wherever_they_are_cut(own_temp: Path) -> None:
    # 8192 bytes from the end lie in the middle of a letter of two bytes
    code = "import sys; sys.stdout.buffer.write(('Ж' * 9000 + 'x Нет ключа').encode()); sys.exit(3)"
    told = code_of(lambda: sign_outside(DATA, program(code), {}))
    assert told.code == "SIGN_OUTSIDE_FAILED"
    assert "Нет ключа" in told.what + told.cure


def test_a_program_that_leaves_a_child_behind_does_not_keep_us_waiting(own_temp: Path, tmp_path: Path) -> None:
    ready = tmp_path / "ready.sig"
    ready.write_bytes(sig_of())
    code = (
        "import shutil, subprocess, sys; shutil.copy(sys.argv[3], sys.argv[2]);"
        "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(8)'])"
    )
    begun = time.monotonic()
    sign_outside(DATA, program(code, str(ready)), {})
    assert time.monotonic() - begun < 6
    assert list(own_temp.iterdir()) == []


# --- certificates and clocks ---------------------------------------------------------------------------------------


def test_a_certificate_that_expires_between_choosing_and_signing_is_refused(own_temp: Path, tmp_path: Path) -> None:
    ready = tmp_path / "ready.sig"
    ready.write_bytes(sig_of())
    work = program("import shutil, sys; shutil.copy(sys.argv[3], sys.argv[2])", str(ready))
    assert sign_outside(DATA, work, {}).data
    for later in (datetime.now(UTC) + timedelta(days=9000), datetime.now(UTC) - timedelta(days=9000)):
        assert code_of(lambda now=later: sign_outside(DATA, work, {}, now=now)).code.startswith("SIGN_CERT_")  # type: ignore[misc]


def test_a_signature_from_tomorrow_and_one_of_the_past_say_so(store: Store) -> None:
    """A clock set back: the claimed time lies after now, or before the certificate began."""
    who = signatory_of(load_p12(ivanova().p12, PASSWORD))
    early = sign_beside(DATA, who, when=datetime.now(UTC) - timedelta(days=20_000))
    answer = verify_detached(DATA, early.data)
    assert "срок" in answer.reason.casefold() or "действ" in answer.reason.casefold()


# --- taking back ---------------------------------------------------------------------------------------------------


@pytest.fixture
def number(store: Store) -> int:
    with store.operation("Документ записан", "paper.register", reversible=False) as operation:
        return papers.register(
            operation, kind="school_list", title="Список", file_name="Список.pdf", data=DATA, snapshot_id=None,
            actor="Ким",
        )  # fmt: skip


def archive(path: Path, parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return path


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_archive_of_signatures_is_told(store: Store, number: int, tmp_path: Path, method: int) -> None:
    good = archive(tmp_path / "a.zip", {"Список.pdf.sig": sig_of(), "Список.pdf": DATA}, method).read_bytes()
    seen = set()
    for place in range(0, len(good), 5):
        broken = tmp_path / "b.zip"
        broken.write_bytes(good[:place] + bytes([good[place] ^ 0xFF]) + good[place + 1 :])
        try:
            signing_elsewhere.take_back(store, [broken])
        except UserError as error:
            seen.add(error.code)
    assert "GEN_FILE_UNREADABLE" in seen
    kept = papers.get(store.connection, number)
    assert kept is not None
    assert len([one for one in kept.files if one.role == "detached"]) <= 1


def test_a_bomb_and_names_that_lead_outside_are_harmless(store: Store, number: int, tmp_path: Path) -> None:
    bomb = archive(tmp_path / "бомба.zip", {"a.sig": bytes(201 * MB)})
    assert code_of(lambda: signing_elsewhere.take_back(store, [bomb])).code == "SIGN_BACK_NOTHING"
    bomb.unlink()
    away = archive(tmp_path / "наружу.zip", {"../../наружу.sig": sig_of(), "C:\\Список.pdf": DATA})
    [taken] = signing_elsewhere.take_back(store, [away])
    assert (taken.number, taken.file) == (number, "наружу.sig")
    assert not list(tmp_path.parent.glob("наружу.sig"))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_bytes_called_sig_are_never_kept(store: Store, number: int, tmp_path: Path, name: str) -> None:
    path = tmp_path / "Список.pdf.sig"
    path.write_bytes(HOSTILE[name])
    told = code_of(lambda: signing_elsewhere.take_back(store, [path]))
    assert told.code in {"SIGN_BACK_UNKNOWN", "SIGN_SIG_UNREADABLE", "SIGN_BACK_BAD"}
    assert code_of(lambda: signing.attach(store, number, path, "detached")).code == "GEN_FOREIGN_SIGNATURE"
    kept = papers.get(store.connection, number)
    assert kept is not None
    assert [one.role for one in kept.files] == ["original"]
    assert kept.state == "registered"


def test_a_signature_of_somebody_else_s_file_is_never_kept(store: Store, number: int, tmp_path: Path) -> None:
    folder = tmp_path / "вернулось"
    folder.mkdir()
    (folder / "Список.pdf").write_bytes(DATA)
    (folder / "Список.pdf.sig").write_bytes(sig_of(DATA + b" "))
    assert code_of(lambda: signing_elsewhere.take_back(store, [folder])).code == "SIGN_BACK_BAD"
    (folder / "Список.pdf.sig").unlink()
    # the same bytes under another name, and the right signature: bytes decide
    (folder / "x.p7s").write_bytes(sig_of())
    assert [one.number for one in signing_elsewhere.take_back(store, [folder])] == [number]
    assert code_of(lambda: signing_elsewhere.take_back(store, [folder])).code == "SIGN_BACK_TWICE"
