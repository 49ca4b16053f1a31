"""The container of a request and of a reply: a zip with one canonical JSON, its SHA-256, and files by their SHA-256.

It is looked through before anything of it is laid out: how many parts, how large, which format. The digest tells that
the text is as it was written; it does not tell who wrote it.
"""

from __future__ import annotations

import hashlib
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from app.errors import UserError

PacketKind = Literal["request", "reply"]
REQUEST_SUFFIX, REPLY_SUFFIX = ".opora-запрос", ".opora-ответ"
FORMAT_VERSION = 1
LARGEST_FILE = 64 << 20
LARGEST_TEXT = 16 << 20
LARGEST_PART = 24 << 20
LARGEST_ALL = 80 << 20
MOST_PARTS = 500
FILES = "files/"
_STAMP = (2000, 1, 1, 0, 0, 0)
_WORDS: Mapping[PacketKind, str] = {"request": "запрос", "reply": "ответ школы"}
_FAULTS = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    NotImplementedError,
    EOFError,
    ValueError,
    RuntimeError,
    OSError,
    struct.error,
    KeyError,
)


def canonical(value: Any) -> bytes:
    """Return the one text that a value has: sorted keys, no spaces, letters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def seal(kind: PacketKind, value: Mapping[str, Any], files: Mapping[str, bytes] | None = None) -> bytes:
    """Return a packet; the same value and files give the same bytes.

    Args:
        kind: what it is.
        value: plain values only.
        files: SHA-256 → bytes.

    Raises:
        UserError: ``FORM_PACKET_LARGE`` where it would not be read back.
    """
    text = canonical({"format": f"opora-{kind}", "format_version": FORMAT_VERSION, **value})
    parts = {f"{FILES}{digest}": data for digest, data in sorted((files or {}).items())}
    total = len(text) + sum(len(data) for data in parts.values())
    largest = max((len(data) for data in parts.values()), default=0)
    if len(text) > LARGEST_TEXT or largest > LARGEST_PART or total > LARGEST_FILE or len(parts) > MOST_PARTS - 2:
        raise UserError("FORM_PACKET_LARGE", size=-(-total >> 20), limit=LARGEST_FILE >> 20, part=LARGEST_PART >> 20)
    digest = hashlib.sha256(text).hexdigest().encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {f"{kind}.json": text, f"{kind}.sha256": digest, **parts}.items():
            info = zipfile.ZipInfo(name, _STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return packed.getvalue()


def kind_of(path: Path) -> PacketKind | None:
    """Return what a file is by its content, whatever it is called; None where it is no packet."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist()[: MOST_PARTS + 1])
    except _FAULTS:
        return None
    kinds: tuple[PacketKind, ...] = ("request", "reply")
    return next((kind for kind in kinds if f"{kind}.json" in names), None)


def unseal(path: Path, kind: PacketKind) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return the value of a packet and its files.

    Raises:
        UserError: ``GEN_FILE_MISSING``, ``GEN_FILE_UNREADABLE``, ``FORM_PACKET_BOMB``, ``FORM_PACKET_DAMAGED``,
            ``FORM_PACKET_OTHER``, ``FORM_PACKET_CHANGED``, ``FORM_PACKET_NEWER``.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise UserError("FORM_PACKET_BOMB", file=path.name, limit=LARGEST_FILE >> 20)
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UserError("GEN_FILE_MISSING", file=path.name) from error
    except OSError as error:
        raise UserError("GEN_FILE_UNREADABLE", file=path.name, detail="файл не открывается") from error
    return unseal_bytes(data, kind, path.name)


def unseal_bytes(data: bytes, kind: PacketKind, name: str) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return the value of a packet and its files; ``name`` is for messages. Raises as ``unseal``."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = _parts(archive, name)
    except UserError:
        raise
    except _FAULTS as fault:
        raise UserError("FORM_PACKET_DAMAGED", file=name, what=_WORDS[kind]) from fault
    text = parts.get(f"{kind}.json")
    if text is None:
        others: tuple[PacketKind, ...] = ("request", "reply")
        other = next((one for one in others if f"{one}.json" in parts), None)
        if other is None:
            raise UserError("FORM_PACKET_DAMAGED", file=name, what=_WORDS[kind])
        raise UserError("FORM_PACKET_OTHER", file=name, found=_WORDS[other], wanted=_WORDS[kind])
    value = _value(text, kind, name)
    files = {part.removeprefix(FILES): data for part, data in parts.items() if part.startswith(FILES)}
    whole = parts.get(f"{kind}.sha256", b"").strip() == hashlib.sha256(text).hexdigest().encode()
    if not whole or any(hashlib.sha256(data).hexdigest() != digest for digest, data in files.items()):
        raise UserError("FORM_PACKET_CHANGED", file=name)
    return value, files


def _parts(archive: zipfile.ZipFile, name: str) -> dict[str, bytes]:
    """Lay the parts out; what they say of their own size bounds what is read of them."""
    infos = archive.infolist()
    total = sum(info.file_size for info in infos)
    largest = max((info.file_size for info in infos), default=0)
    if len(infos) > MOST_PARTS or total > LARGEST_ALL or largest > LARGEST_PART:
        raise UserError("FORM_PACKET_BOMB", file=name, limit=LARGEST_FILE >> 20)
    if len({info.filename for info in infos}) != len(infos):
        raise zipfile.BadZipFile("a part stands twice")
    return {info.filename: archive.read(info) for info in infos}


def _value(text: bytes, kind: PacketKind, name: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise UserError("FORM_PACKET_DAMAGED", file=name, what=_WORDS[kind]) from fault
    version = value.get("format_version") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(version, int) or value.get("format") != f"opora-{kind}":
        raise UserError("FORM_PACKET_DAMAGED", file=name, what=_WORDS[kind])
    if version > FORMAT_VERSION:
        raise UserError("FORM_PACKET_NEWER", file=name, program=str(value.get("program", ""))[:20] or "новее этой")
    return value
