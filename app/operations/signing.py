"""Signing, verifying, and the register of outgoing papers (decisions 15, 17, 30-33).

A signed file is never made anew: its bytes are the document, and the register keeps them with their hash.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import UserError
from app.models import blobs, papers
from app.models.papers import Paper
from app.models.store import Connection, Store
from app.models.words import finding_in_words

if TYPE_CHECKING:
    from app.exporters.signing import SigningResult
    from app.exporters.verdicts import Verification


@dataclass(frozen=True, slots=True)
class Signed:
    """What signing left: the result, where it was written, its line of the register (None without a file)."""

    result: SigningResult
    path: Path
    number: int | None


def read_bytes(path: Path) -> bytes:
    """Read a file.

    Raises:
        UserError: ``GEN_FILE_MISSING``, ``GEN_FILE_UNREADABLE``.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UserError("GEN_FILE_MISSING", file=path) from error
    except OSError as error:
        raise UserError("GEN_FILE_UNREADABLE", file=path, detail=finding_in_words(error.strerror or error)) from error


def read_password(path: Path) -> str:
    """Read a password from a text file; the end of its line does not belong to it.

    Raises:
        UserError: ``GEN_FILE_MISSING``, ``GEN_FILE_UNREADABLE``.
    """
    try:
        return read_bytes(path).decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise UserError("GEN_FILE_UNREADABLE", file=path, detail="это не текст в кодировке UTF-8") from error


def read_trusted(path: Path) -> bytes:
    """Read certificates of a trusted authority and make sure that they are such.

    Raises:
        UserError: ``GEN_FILE_MISSING``, ``GEN_FILE_UNREADABLE``, ``SIGN_TRUST_UNREADABLE``.
    """
    from app.exporters.certificates import read_certificates

    data = read_bytes(path)
    read_certificates([data], path.name)
    return data


def signed_name(path: Path) -> Path:
    """Return where a signed copy goes by default: the same name with «подписан», never over the original."""
    from app.exporters.atomic import free_name

    return free_name(path.with_name(f"{path.stem} (подписан){path.suffix}"))


def sign(
    pdf: bytes, p12: Path, password: str, *, position: str | None = None, reason: str | None = None
) -> SigningResult:
    """Sign the bytes of a PDF. Errors: ``SIGN_…`` of ``exporters.signing.sign_pdf``."""
    from app.exporters.signing import sign_pdf

    return sign_pdf(pdf, p12, password, position=position, reason=reason)


def sign_file(
    path: Path, p12: Path, password: str, *, out: Path | None = None, position: str | None = None,
    store: Store | None = None,
) -> Signed:  # fmt: skip
    """Sign a PDF file, write the signed copy, and register it where a store is given.

    Raises:
        UserError: ``SIGN_…``, ``PAPER_…`` of writing, ``GEN_FILE_…``.
    """
    from app.exporters.atomic import write_atomic

    original = read_bytes(path)
    result = sign(original, p12, password, position=position)
    target = out or signed_name(path)
    number = keep_signed(store, original, path.name, target.name, result) if store is not None else None
    write_atomic(target, result.pdf)
    return Signed(result, target, number)


def keep_signed(store: Store, original: bytes, original_name: str, name: str, result: SigningResult) -> int:
    """Put signed bytes into the register, beside their original where it is known; returns the number."""
    from app.operations.signing_make import SignedFile
    from app.operations.signing_order import keep

    made = SignedFile(
        "signed", name, result.pdf, "pkcs12", hashlib.sha256(original).hexdigest(), result.signer, result.serial,
        result.valid_from, result.valid_to, result.note, result.signed_at,
    )  # fmt: skip
    return keep(store, original, original_name, made)


def verify(data: bytes, *, sig: bytes | None = None, trust: Sequence[bytes] = ()) -> Verification:
    """Verify a file by what it is (PDF, Office, a signature with its content), or with its detached signature."""
    from app.exporters.verifying import verify_detached, verify_file

    return verify_file(data, trust=trust) if sig is None else verify_detached(data, sig, trust=trust)


def exit_code(verification: Verification) -> int:
    """Return the exit code of a verdict (decision 31)."""
    from app.exporters.verdicts import exit_code as code

    return code(verification.verdict)


# --- register --------------------------------------------------------------------------------------------------


def register(connection: Connection) -> list[Paper]:
    """Return the register of outgoing papers, newest first."""
    return papers.listing(connection)


def known_paper(connection: Connection, data: bytes) -> Paper | None:
    """Return the line of the register that these very bytes belong to: any flipped bit makes them foreign."""
    return papers.by_digest(connection, hashlib.sha256(data).hexdigest())


def paper(connection: Connection, number: int) -> Paper:
    """Return one line of the register.

    Raises:
        UserError: ``GEN_NO_PAPER``.
    """
    found = papers.get(connection, number)
    if found is None:
        raise UserError("GEN_NO_PAPER", number=number)
    return found


def paper_bytes(connection: Connection, digest: str) -> bytes:
    """Return the kept bytes of a file of the register."""
    return blobs.get(connection, digest)


def attach(store: Store, number: int, path: Path, role: str, note: str = "") -> None:
    """Attach the scan of a hand-signed paper or a detached signature to its line of the register.

    Raises:
        UserError: ``GEN_NO_PAPER``, ``GEN_FILE_…``; ``SIGN_DETACHED_FOREIGN`` for a signature of another file.
    """
    from app.operations.signing_elsewhere import ready_scan, ready_signature
    from app.operations.signing_order import keep

    found = paper(store.connection, number)
    data = read_bytes(path)
    original = blobs.get(store.connection, found.sha256)
    if role == "detached":
        original = _signed_bytes(store, found, data, path.name)
        made, _ = ready_signature(original, found.file_name, data, path.name)
    else:
        made = ready_scan(original, path)
    made = replace(made, note=note or made.note)
    label = f"К документу № {number} {'приложен скан' if role == 'scan' else 'приложена подпись'}"
    keep(store, original, found.file_name, made, number=number, label=label)


def _signed_bytes(store: Store, found: Paper, sig: bytes, name: str) -> bytes:
    """Return which bytes of a paper a signature belongs to; one of another file is refused."""
    reason = ""
    for digest in dict.fromkeys((found.sha256, *(file.sha256 for file in found.files if file.role == "signed"))):
        data = blobs.get(store.connection, digest)
        answer = verify(data, sig=sig)
        if answer.verdict not in {"broken", "damaged_file", "changed_after_signing", "not_signed"}:
            return data
        reason = reason or answer.reason
    raise UserError("GEN_FOREIGN_SIGNATURE", file=name, number=found.number, detail=reason)


def withdraw(store: Store, number: int, reason: str) -> None:
    """End the registration of a paper by its reverse operation with a reason; its bytes stay.

    Raises:
        UserError: ``GEN_NO_PAPER``, ``GEN_REASON_NEEDED``.
    """
    if not reason.strip():
        raise UserError("GEN_REASON_NEEDED")
    found = paper(store.connection, number)
    if found.state == "withdrawn":
        raise UserError("OUTREG_WITHDRAWN", number=number)
    with store.operation(f"Документ № {number} отозван", "paper.withdraw", reversible=False) as operation:
        operation.update("outgoing_paper", found.id, state="withdrawn", note=reason.strip())
