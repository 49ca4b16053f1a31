"""A signature made by another program: a command of the user's, started with a file and asked for a detached CMS.

Nothing here goes through a shell: a command is a list of arguments with places in braces. The work happens in a
folder of its own that is removed whatever happens. What the program left is read, taken apart and compared with the
certificate that was asked for before anybody keeps it. A PIN is masked in everything that is told.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from app.errors import UserError
from app.exporters.certificates import FOREIGN_ASN1_ERRORS, CertificateFacts, read_certificates
from app.exporters.cms_make import MadeSignature, read_signature
from app.exporters.key_files import check_usable

PLACES: tuple[str, ...] = ("input", "output", "thumbprint", "cert", "key", "pin")
"""What a command may ask for, in braces."""

_PLACE = re.compile(r"\{(\w*)\}")
_BESIDE = (".sig", ".sgn", ".p7s", ".p7m")
_MOST_TOLD = 600
_LARGEST = 16 * 1024 * 1024
_MOST_WRITTEN = 64 * 1024 * 1024
"""Bytes; a program that writes or says more has run wild and would fill the disk."""
_MOST_READ = 8192
_POLL = 0.1  # seconds
_PREFIX = "opora-sign-"
_LEFT_AFTER = 2 * 3600.0
"""Seconds; no program is waited for so long."""
_REFUSED = frozenset({"broken", "damaged_file", "changed_after_signing", "not_signed", "not_whole_file"})


@dataclass(frozen=True, slots=True)
class Program:
    """How to start a signing program.

    Attributes:
        key: short name («cryptcp»).
        title: what a person sees.
        arguments: the program and its arguments with places in braces.
        seconds: how long it may take; a person may have to type a PIN meanwhile.
        environment: further variables, as ``OPENSSL_CONF``.
        note: one sentence for the person who sets it up.
    """

    key: str
    title: str
    arguments: tuple[str, ...]
    seconds: int = 120
    environment: tuple[tuple[str, str], ...] = ()
    note: str = ""

    @property
    def asks(self) -> tuple[str, ...]:
        """The places that a person fills («thumbprint», «pin»), in the order they are shown."""
        used = {name for argument in self.arguments for name in _PLACE.findall(argument)}
        return tuple(name for name in PLACES[2:] if name in used)


def check_program(program: Program) -> None:
    """Refuse a command that cannot work before it is kept.

    Raises:
        UserError: SIGN_OUTSIDE_COMMAND.
    """
    used = [name for argument in program.arguments for name in _PLACE.findall(argument)]
    unknown = sorted(set(used) - set(PLACES))
    if not program.arguments or not program.arguments[0].strip():
        why = "не указана сама программа"
    elif unknown:
        why = f"незнакомое место {{{unknown[0]}}}"
    elif "input" not in used:
        why = "нет места {input}: программа не узнает, что подписать"
    elif not 5 <= program.seconds <= 3600:
        why = "время ожидания — от 5 до 3600 секунд"
    else:
        return
    raise UserError("SIGN_OUTSIDE_COMMAND", title=program.title, why=why)


def find_program(program: Program) -> Path | None:
    """Return where the program of a command lies, None where this machine has not got it."""
    name = program.arguments[0] if program.arguments else ""
    found = shutil.which(name) if name else None
    if found is None:
        return None
    path = Path(found).absolute()
    # Windows looks into the current folder first: a bare name must not start what lies beside a document, it may be
    # given a PIN
    bare = not Path(name).is_absolute()
    return None if bare and _beside_documents(path) else path


def _beside_documents(path: Path) -> bool:
    with suppress(OSError):  # the current folder may have gone
        return path.resolve().parent == Path.cwd().resolve()
    return False


def sign_outside(
    data: bytes,
    program: Program,
    fields: Mapping[str, str],
    *,
    cancelled: Callable[[], bool] = lambda: False,
    now: datetime | None = None,
) -> MadeSignature:
    """Have another program sign some bytes with a detached CMS.

    Args:
        data: what to sign.
        program: how to start it.
        fields: what the person gave for the places («thumbprint», «cert», «key», «pin»).
        cancelled: asked ten times a second; when true, the program is ended and nothing stays behind.
        now: the present moment.

    Raises:
        UserError: SIGN_OUTSIDE_COMMAND, SIGN_OUTSIDE_FIELD, SIGN_OUTSIDE_MISSING, SIGN_OUTSIDE_TIMEOUT,
            SIGN_OUTSIDE_FAILED, SIGN_OUTSIDE_NOTHING, SIGN_OUTSIDE_ATTACHED, SIGN_OUTSIDE_NO_CERT,
            SIGN_OUTSIDE_CERT, SIGN_OUTSIDE_OTHER_FILE, SIGN_SIG_UNREADABLE, SIGN_CANCELLED, SIGN_CERT_….
    """
    check_program(program)
    found = find_program(program)
    if found is None:
        raise UserError("SIGN_OUTSIDE_MISSING", title=program.title, program=Path(program.arguments[0]).name)
    program = replace(program, arguments=(str(found), *program.arguments[1:]))
    lacking = [name for name in program.asks if name != "pin" and not fields.get(name, "").strip()]
    if lacking:
        raise UserError("SIGN_OUTSIDE_FIELD", title=program.title, field=field_title(lacking[0]))
    raw = _run(data, program, fields, cancelled)
    return _accepted(data, raw, program, fields, now or datetime.now(UTC))


def field_title(name: str) -> str:
    """Return what a place of a command is called in the window."""
    return {
        "thumbprint": "Отпечаток сертификата",
        "cert": "Файл сертификата",
        "key": "Файл ключа",
        "pin": "ПИН-код",
    }[name]


def certificate_file_facts(path: Path) -> CertificateFacts:
    """Read whose certificate lies in a file.

    Raises:
        UserError: GEN_FILE_UNREADABLE, SIGN_TRUST_UNREADABLE.
    """
    from app.exporters.certificates import facts_of

    try:
        certificates = read_certificates([path.read_bytes()], path.name)
    except OSError as error:
        raise UserError("GEN_FILE_UNREADABLE", file=path, detail=error.strerror or type(error).__name__) from error
    if not certificates:
        raise UserError("SIGN_TRUST_UNREADABLE", file=path.name)
    return facts_of(certificates[0])


def _run(data: bytes, program: Program, fields: Mapping[str, str], cancelled: Callable[[], bool]) -> bytes:
    _clear_left_behind()
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))  # only the user may look into it
    try:
        source, target = folder / "document.bin", folder / "document.bin.sig"
        source.write_bytes(data)
        values = dict.fromkeys(PLACES, "") | dict(fields) | {"input": str(source), "output": str(target)}
        values["thumbprint"] = re.sub(r"[\s:\u200e]", "", values["thumbprint"])
        command = [_PLACE.sub(lambda found: values[found[1]], argument) for argument in program.arguments]
        said = folder / "said.txt"
        code = _start(command, program, said, cancelled)
        found = _output(folder, source, target)
        if code != 0 or found is None:
            words = _words(said, values["pin"])
            raise UserError("SIGN_OUTSIDE_FAILED" if code else "SIGN_OUTSIDE_NOTHING", title=program.title,
                            exit=code, words=words)  # fmt: skip
        return found
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _clear_left_behind() -> None:
    """Remove folders of a signing that was cut off by a power cut: the document lies in them."""
    with suppress(OSError):
        for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
            if time.time() - folder.stat().st_mtime > _LEFT_AFTER:
                shutil.rmtree(folder, ignore_errors=True)


def _start(command: list[str], program: Program, said: Path, cancelled: Callable[[], bool]) -> int:
    new_group = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0) | getattr(subprocess, "CREATE_NO_WINDOW", 0)
    environment = os.environ | dict(program.environment)
    most = _size(said.parent) + _MOST_WRITTEN
    with said.open("wb") as output:
        try:
            running = subprocess.Popen(  # noqa: S603 - the user's own command, never through a shell
                command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, env=environment,
                cwd=said.parent, creationflags=new_group, start_new_session=sys.platform != "win32",
            )  # fmt: skip
        except (OSError, ValueError) as error:
            raise UserError("SIGN_OUTSIDE_MISSING", title=program.title, program=Path(command[0]).name) from error
        ends = time.monotonic() + program.seconds
        while running.poll() is None:
            late = time.monotonic() > ends
            flood = _size(said.parent) > most
            if late or flood or cancelled():
                _end(running)
                code = "SIGN_OUTSIDE_TIMEOUT" if late else "SIGN_OUTSIDE_FLOOD" if flood else "SIGN_CANCELLED"
                raise UserError(code, title=program.title, seconds=program.seconds)
            time.sleep(_POLL)
    return int(running.returncode)


def _size(folder: Path) -> int:
    """Return how many bytes lie in the folder of a signing; what comes and goes meanwhile does not matter."""
    found = 0
    with suppress(OSError):
        for path in folder.iterdir():
            with suppress(OSError):
                found += path.lstat().st_size
    return found


def _end(running: subprocess.Popen[bytes]) -> None:
    """End the program that we started, and what it started itself."""
    if sys.platform == "win32":
        _end_tree(running)
    else:
        with suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
    with suppress(subprocess.TimeoutExpired):
        running.wait(5)


def _end_tree(running: subprocess.Popen[bytes]) -> None:
    """End a program and everything below it, where no group of processes can be ended as one (Windows)."""
    import psutil

    below: list[psutil.Process] = []
    with suppress(psutil.Error):
        # asked while the program lives: afterwards nobody knows whose children they were
        below = psutil.Process(running.pid).children(recursive=True)
    running.kill()
    for child in below:
        with suppress(psutil.Error):
            child.kill()
    psutil.wait_procs(below, timeout=5)  # what they hold open in the folder could not be removed


def _output(folder: Path, source: Path, target: Path) -> bytes | None:
    """Return what the program wrote: where it was told, or beside its input as some do."""
    beside = [folder / (source.stem + suffix) for suffix in _BESIDE]
    beside += [folder / (source.name + suffix) for suffix in _BESIDE]
    for path in (target, *beside):
        # what cannot be looked at or read is as good as not there
        with suppress(OSError):
            if path.is_file() and 0 < path.stat().st_size <= _LARGEST:
                return path.read_bytes()
    return None


def _words(said: Path, pin: str) -> str:
    """Return the last words of a program, with the PIN masked; on Windows they come in cp866."""
    raw = _tail(said)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("cp866")
    if pin:
        text = text.replace(pin, "•••")
    lines = [line.strip() for line in text.replace("\r", "\n").split("\n") if line.strip()]
    words = " ".join(lines)[-_MOST_TOLD:]
    return f"Её слова: «{words}»." if words else "Сама она ничего не сказала."


def _tail(said: Path) -> bytes:
    """Return the last bytes of a file, from the beginning of a letter."""
    try:
        with said.open("rb") as file:
            file.seek(max(0, said.stat().st_size - _MOST_READ))
            cut, raw = file.tell() > 0, file.read(_MOST_READ)
    except OSError:
        return b""
    # up to three bytes of a letter of UTF-8 that was cut; in cp866 they would be letters of their own, not missed here
    return re.sub(rb"^[\x80-\xbf]{1,3}", b"", raw) if cut else raw


def _accepted(
    data: bytes, raw: bytes, program: Program, fields: Mapping[str, str], now: datetime
) -> MadeSignature:  # fmt: skip
    """Take apart what the program made and refuse it unless it is what was asked for."""
    from app.exporters.verifying import verify_detached

    read = read_signature(raw, f"подпись программы «{program.title}»")
    if read.encloses:
        raise UserError("SIGN_OUTSIDE_ATTACHED", title=program.title)
    facts = read.signers[0]
    if facts is None:
        raise UserError("SIGN_OUTSIDE_NO_CERT", title=program.title)
    _same_certificate(read.certificates[0], facts, fields)
    check_usable(facts, now)
    answer = verify_detached(data, read.data)
    if answer.verdict in _REFUSED:
        raise UserError("SIGN_OUTSIDE_OTHER_FILE", title=program.title, why=answer.reason)
    return MadeSignature(read.data, facts, read.times[0])


def _same_certificate(der: bytes, facts: CertificateFacts, fields: Mapping[str, str]) -> None:
    import hashlib

    wanted = re.sub(r"[^0-9A-Fa-f]", "", fields.get("thumbprint", "")).upper()
    if wanted and wanted != hashlib.sha1(der, usedforsecurity=False).hexdigest().upper():
        raise UserError("SIGN_OUTSIDE_CERT", owner=facts.owner, wanted=f"с отпечатком {wanted[:8]}…")
    path = fields.get("cert", "").strip()
    if path:
        try:
            other = read_certificates([Path(path).read_bytes()], Path(path).name)[0]
        except (OSError, IndexError) as error:
            raise UserError("SIGN_TRUST_UNREADABLE", file=Path(path).name) from error
        try:
            same = other.dump() == der
        except FOREIGN_ASN1_ERRORS:
            same = False
        if not same:
            raise UserError("SIGN_OUTSIDE_CERT", owner=facts.owner, wanted=f"из файла «{Path(path).name}»")
