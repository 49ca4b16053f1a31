"""Signatures by ГОСТ R 34.10-2012 (and its elders), verified by OpenSSL with the ГОСТ engine where a machine has both.

The program knows no Russian algorithm itself. It looks for ``openssl`` and for the engine beside it, makes sure by a
known answer that the two work together, and asks them three plain questions: a digest, a signature, a chain of
certificates. Where either is missing nothing is guessed: the verdict says that it is not checked here.

The engine is switched on by a configuration of our own in a folder that is gone afterwards. It is handed over in
``OPENSSL_CONF`` alone: named on the command line too, the engine would be loaded twice and fail.
"""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

DIGEST_NAMES = {
    "1.2.643.2.2.9": "md_gost94",
    "1.2.643.7.1.1.2.2": "md_gost12_256",
    "1.2.643.7.1.1.2.3": "md_gost12_512",
}
"""Digest algorithms and what the engine calls them."""

OUTDATED_DIGEST = "1.2.643.2.2.9"
"""ГОСТ R 34.11-94: out of use since 2020."""

SCHEMES = {
    "1.2.643.2.2.19": "1.2.643.2.2.9",
    "1.2.643.2.2.3": "1.2.643.2.2.9",
    "1.2.643.7.1.1.1.1": "1.2.643.7.1.1.2.2",
    "1.2.643.7.1.1.3.2": "1.2.643.7.1.1.2.2",
    "1.2.643.7.1.1.1.2": "1.2.643.7.1.1.2.3",
    "1.2.643.7.1.1.3.3": "1.2.643.7.1.1.2.3",
}
"""Algorithms of signatures, each with the digest it goes with."""

HOW_CHECKED = "внешняя программа с движком ГОСТ"

NO_PROGRAM = "на этом компьютере нет программы OpenSSL"
NO_ENGINE = "на этом компьютере нет движка ГОСТ для OpenSSL"
NOT_WORKING = "движок ГОСТ для OpenSSL на этом компьютере не работает"

TIMEOUT = 60.0
"""Seconds for one question; a digest of a hundred megabytes takes two."""

_EMPTY_DIGEST = "3f539a213e97c802cc229d474c6aa32a825a360b2a933a949fd925208d9ce1bb"
"""ГОСТ R 34.11-2012, 256 bits, of nothing: the known answer that shows the engine at work (RFC 6986 gives others)."""

_FOLDERS = (
    *(r"C:\Program Files\OpenSSL-Win64\bin", r"C:\Program Files\OpenSSL\bin", r"C:\Program Files\Git\usr\bin"),
    *("/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"),
)
_ENGINES = ("gost.so", "gost.dll", "gost.dylib", "libgost.so")
_CONFIG = """openssl_conf = openssl_def
[openssl_def]
engines = engine_section
[engine_section]
gost = gost_section
[gost_section]
engine_id = gost
dynamic_path = {engine}
default_algorithms = ALL
"""


@dataclass(frozen=True, slots=True)
class GostTool:
    """Program and engine that work together."""

    program: str
    engine: str


@cache
def look() -> tuple[GostTool | None, str]:
    """Look for the program and its engine once a run.

    Returns:
        The pair, or None with what is missing in words.
    """
    problem = NO_PROGRAM
    for program in _programs():
        problem = NO_ENGINE if problem == NO_PROGRAM else problem
        for engine in _engines(program):
            tool = GostTool(program, engine)
            if _works(tool):
                return tool, ""
            problem = NOT_WORKING
    return None, problem


def digest(tool: GostTool, algorithm: str, data: bytes) -> bytes:
    """Return the digest of some bytes.

    Args:
        tool: from ``look``.
        algorithm: one of ``DIGEST_NAMES``.
        data: any bytes.

    Raises:
        OSError: the program has gone, hangs or answers nothing.
    """
    with _folder(tool) as folder:
        done = _run(tool, folder, ["dgst", f"-{DIGEST_NAMES[algorithm]}", "-binary"], data)
    if done.returncode or not done.stdout:
        raise OSError("no digest")
    return done.stdout


def signature_fits(tool: GostTool, algorithm: str, key: bytes, signature: bytes, signed: bytes) -> bool:
    """Tell whether a signature over some bytes fits a public key.

    Args:
        tool: from ``look``.
        algorithm: the digest, one of ``DIGEST_NAMES``.
        key: SubjectPublicKeyInfo, DER.
        signature: as it stands in CMS.
        signed: the bytes it is over.

    Raises:
        OSError: the program has gone or hangs.
    """
    with _folder(tool) as folder:
        (folder / "key.pem").write_bytes(_pem("PUBLIC KEY", key))
        (folder / "signature").write_bytes(signature)
        command = ["dgst", f"-{DIGEST_NAMES[algorithm]}", "-verify", "key.pem", "-signature", "signature"]
        return _run(tool, folder, command, signed).returncode == 0


def chain_leads(tool: GostTool, certificate: bytes, others: Sequence[bytes], trust: Sequence[bytes],
                moment: datetime) -> bool:  # fmt: skip
    """Tell whether a chain leads from a certificate to a trusted one.

    Args:
        tool: from ``look``.
        certificate: DER.
        others: DER of certificates in between.
        trust: DER of the trusted ones; one in the middle of a chain may be trusted too.
        moment: when it must hold.

    Raises:
        OSError: the program has gone or hangs.
    """
    if not trust:
        return False
    with _folder(tool) as folder:
        (folder / "own.pem").write_bytes(_pem("CERTIFICATE", certificate))
        (folder / "others.pem").write_bytes(b"".join(_pem("CERTIFICATE", one) for one in others))
        (folder / "trust.pem").write_bytes(b"".join(_pem("CERTIFICATE", one) for one in trust))
        between = ["-untrusted", "others.pem"] if others else []
        command = [
            *("verify", "-no-CApath", "-no-CAstore", "-CAfile", "trust.pem", *between, "-partial_chain"),
            *("-attime", str(int(moment.timestamp())), "own.pem"),
        ]
        return _run(tool, folder, command, b"").returncode == 0


def _programs() -> Iterator[str]:
    """Yield candidates: the one on the path, then the usual places."""
    seen = set()
    found = shutil.which("openssl")
    for candidate in ([found] if found else []) + [
        path for folder in _FOLDERS if (path := shutil.which("openssl", path=folder))
    ]:
        if candidate not in seen and not _beside_documents(candidate):
            seen.add(candidate)
            yield candidate


def _beside_documents(program: str) -> bool:
    """Windows looks into the current folder first: a program lying beside a document is nobody's OpenSSL."""
    try:
        return Path(program).resolve().parent == Path.cwd()
    except OSError:  # the current folder has gone: nothing lies there
        return False


def _engines(program: str) -> Iterator[str]:
    """Yield engines: where this very OpenSSL looks for them, then beside it."""
    folders = []
    with _folder(None) as folder:
        try:
            told = _run(GostTool(program, ""), folder, ["version", "-e"], b"").stdout.decode("utf-8", "replace")
        except OSError:
            return
    if '"' in told:
        folders.append(Path(told.split('"')[1]))
    home = Path(program).resolve().parent
    folders += [home, home / "engines-3", home.parent / "lib" / "engines-3"]
    folders += sorted(Path("/usr/lib").glob("*/engines-3")) if sys.platform == "linux" else []
    for place in dict.fromkeys(folders):
        yield from (str(place / name) for name in _ENGINES if (place / name).is_file())


def _works(tool: GostTool) -> bool:
    try:
        return digest(tool, "1.2.643.7.1.1.2.2", b"").hex() == _EMPTY_DIGEST
    except OSError:
        return False


@contextmanager
def _folder(tool: GostTool | None) -> Iterator[Path]:
    """Give a folder with the configuration; it is gone afterwards whatever happens."""
    with tempfile.TemporaryDirectory(prefix="opora-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        text = _CONFIG.format(engine=Path(tool.engine).as_posix()) if tool else ""
        (folder / "openssl.cnf").write_text(text, encoding="utf-8")
        yield folder


def _run(tool: GostTool, folder: Path, command: list[str], data: bytes) -> subprocess.CompletedProcess[bytes]:
    """Ask one question; the command is a list of arguments, the bytes go to standard input."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("OPENSSL_", "SSL_"))}
    environment["OPENSSL_CONF"] = str(folder / "openssl.cnf")
    hidden: dict[str, Any] = {"creationflags": 0x08000000} if sys.platform == "win32" else {}
    try:
        return subprocess.run(  # noqa: S603 - a list of arguments of our own, no shell
            [tool.program, *command], input=data, capture_output=True, cwd=folder, env=environment, timeout=TIMEOUT,
            check=False, **hidden,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise OSError("no answer in time") from error


def _pem(title: str, der: bytes) -> bytes:
    text = base64.b64encode(der)
    lines = b"\n".join(text[start : start + 64] for start in range(0, len(text), 64))
    return b"-----BEGIN %b-----\n%b\n-----END %b-----\n" % (title.encode(), lines, title.encode())
