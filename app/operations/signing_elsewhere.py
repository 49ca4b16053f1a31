"""Signing on another computer: what goes there, and how a signature finds its document when it comes back.

There go the document itself, its SHA-256 and a page of instructions. Back come a ``.sig`` or a signed PDF, in a
folder, a zip or alone; which document they belong to is told by bytes, never by names.
"""

from __future__ import annotations

import hashlib
import io
import json
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app import clock
from app.errors import UserError
from app.models import blobs, paper_signatures, papers
from app.models.store import Connection, Store
from app.models.words import finding_in_words
from app.operations.signing_make import SignedFile
from app.operations.signing_order import keep, keep_in, newest_bytes, order, same_person, turn
from app.texts import ru_date

LABEL = "опора-подпись.json"
NOTE = "Как подписать.txt"
SIGNATURES = (".sig", ".sgn", ".p7s", ".p7m")
_MOST_FILES, _LARGEST = 200, 200 * 1024 * 1024
_LAST = datetime.max.replace(tzinfo=UTC)
_ZIP_ERRORS = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, EOFError, ValueError, KeyError, OSError, struct.error,
)  # fmt: skip
"""What the archives of strangers raise: a wrong name, a wrong sum, a password, an unknown way of packing."""
_REFUSED = frozenset({"broken", "damaged_file", "changed_after_signing", "not_signed", "not_whole_file", "encrypted"})


@dataclass(frozen=True, slots=True)
class Taken:
    """One signature that came back.

    Attributes:
        file: the file it came in.
        number: the paper it belongs to.
        signer: whose certificate; None where it is not told.
        state: what verification says, one sentence.
    """

    file: str
    number: int
    signer: str | None
    state: str


def export(store: Store, number: int, target: Path) -> Path:
    """Write what is to be signed on another computer: a folder of files, or one zip where the name ends so.

    Args:
        store: the open file.
        number: number of the paper.
        target: a folder that exists (a new one is made in it), or a path «….zip».

    Returns:
        The new folder, or the zip.

    Raises:
        UserError: ``GEN_NO_PAPER``, ``OUTREG_WITHDRAWN``, ``PAPER_…`` of writing.
    """
    found = papers.get(store.connection, number)
    if found is None:
        raise UserError("GEN_NO_PAPER", number=number)
    if found.state == "withdrawn":
        raise UserError("OUTREG_WITHDRAWN", number=number)
    digest, name = newest_bytes(found)
    data = blobs.get(store.connection, digest)
    person = turn(paper_signatures.listing(store.connection, found.id))
    who = f"{person.post}, {person.name}" if person and person.post else person.name if person else ""
    files = _files(number, found.title, name, data, who)
    written = _write(target, f"На подпись № {number}", files)
    label = f"Документ № {number} передан на подпись" + (f": {person.name}" if person else "")
    with store.operation(label, "paper.for_signing") as operation:
        paper_signatures.event_for_signing(
            operation,
            found.id,
            clock.today(),
            person=who,
            text="Передан на подпись на другой компьютер",
            actor=store.actor,
        )
        if person is not None:
            paper_signatures.mark(operation, person.id, "sent", clock.today())
    return written


def _files(number: int, title: str, name: str, data: bytes, who: str) -> list[tuple[str, bytes]]:
    digest = hashlib.sha256(data).hexdigest()
    label = {"schema": "opora-signing-1", "number": number, "title": title, "file": name, "sha256": digest,
             "size": len(data)}  # fmt: skip
    lines = [
        f"Документ № {number}: {title}",
        f"Файл: {name}",
        *([f"Подписывает: {who}"] if who else []),
        f"Собрано {ru_date(clock.today())}",
        "",
        "Что сделать",
        f"1. Подпишите файл «{name}» своей программой: отдельной (отсоединённой) подписью, кодировка DER или BASE64.",
        "2. Файл не открывайте для правки и не сохраняйте заново: подпись относится к нему до последнего знака.",
        "3. Положите файл подписи .sig в эту же папку и верните папку целиком.",
        "",
        "Как убедиться, что файл тот самый",
        f"SHA-256: {digest}",
        f"Размер: {len(data)} байт",
        "В Windows: certutil -hashfile \"имя файла\" SHA256",
        "",
        "Как взять подпись обратно",
        "В «Опоре»: Отчёты → Подписать документ… → «На другом компьютере» → «Взять подписанное обратно…».",
    ]  # fmt: skip
    text = "\r\n".join(lines)
    return [
        (name, data),
        (NOTE, b"\xef\xbb\xbf" + text.encode("utf-8")),
        (LABEL, json.dumps(label, ensure_ascii=False, indent=1).encode("utf-8")),
    ]


def _write(target: Path, title: str, files: Sequence[tuple[str, bytes]]) -> Path:
    from app.exporters.atomic import write_atomic, write_folder

    if target.suffix.lower() == ".zip":
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in files:
                archive.writestr(name, data)
        return write_atomic(target, buffer.getvalue(), overwrite=False)
    return write_folder(target / title, files)


# --- taking back -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Came:
    """One file that came."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class _Match:
    """A signature, the document it belongs to, and how it would be kept."""

    number: int
    original: bytes
    original_name: str
    made: SignedFile
    state: str


def take_back(store: Store, sources: Sequence[Path]) -> tuple[Taken, ...]:
    """Take signatures that came back: each finds its document by its bytes, is verified, and is kept.

    Every file finds its document and is verified before the first is kept; the earlier signature is kept first. All of
    them are one step: where one is refused, none is kept.

    Args:
        store: the open file.
        sources: folders, zips, or single files.

    Raises:
        UserError: SIGN_BACK_NOTHING, SIGN_BACK_UNKNOWN, SIGN_BACK_BAD, SIGN_BACK_TWICE, SIGN_NOT_TURN,
            SIGN_SIG_UNREADABLE, ``GEN_FILE_…``.
    """
    came = [item for source in sources for item in _came(source)]
    matches = [match for item in came if (match := _match(store.connection, item, came)) is not None]
    if not matches:
        raise UserError("SIGN_BACK_NOTHING", file=sources[0].name if sources else "")
    if len(matches) == 1:
        [match] = matches
        keep(store, match.original, match.original_name, match.made, number=match.number)
        return (_taken(match),)
    taken, waiting = [], sorted(matches, key=lambda one: one.made.signed_at or _LAST)
    with store.operation(_label(matches), "paper.sign", reversible=False) as operation:
        while waiting:
            # signatures made within one second may lie in any order: whoever's turn it is goes first
            first = next((place for place, one in enumerate(waiting) if _in_turn(store.connection, one)), 0)
            match = waiting.pop(first)
            keep_in(operation, store, match.original, match.original_name, match.made, number=match.number)
            taken.append(_taken(match))
    return tuple(taken)


def _taken(match: _Match) -> Taken:
    return Taken(match.made.name, match.number, match.made.signer, match.state)


def _label(matches: Sequence[_Match]) -> str:
    """Say whose signatures came back under which papers."""
    numbers = sorted({match.number for match in matches})
    names = ", ".join(dict.fromkeys(match.made.signer or "подписавший неизвестен" for match in matches))
    word = "Подписан документ" if len(numbers) == 1 else "Подписаны документы"
    return f"{word} № {', '.join(map(str, numbers))}: {names}"


def _in_turn(connection: Connection, match: _Match) -> bool:
    now = turn(order(connection, match.number))
    return now is None or match.made.signer is None or same_person(match.made.signer, now.name)


def ready_signature(original: bytes, name: str, sig: bytes, sig_name: str) -> tuple[SignedFile, str]:
    """Read a ready ``.sig`` and compare it with its document; returns it and one sentence on what it says.

    Raises:
        UserError: SIGN_SIG_UNREADABLE; SIGN_BACK_BAD where it belongs to another file or is broken.
    """
    from app.exporters.cms_make import read_signature
    from app.exporters.verifying import verify_detached

    read = read_signature(sig, sig_name)
    answer = verify_detached(original, sig)
    if answer.verdict in _REFUSED:
        raise UserError("SIGN_BACK_BAD", file=sig_name, why=answer.reason)
    facts = read.signers[0]
    made = SignedFile(
        "detached", sig_name or f"{name}.sig", sig, "ready", hashlib.sha256(original).hexdigest(),
        facts.owner if facts else None, facts.serial if facts else "", facts.valid_from if facts else None,
        facts.valid_to if facts else None, answer.reason, read.times[0],
    )  # fmt: skip
    return made, answer.reason


def ready_scan(original: bytes, path: Path) -> SignedFile:
    """Make a scan of the hand-signed paper ready to be kept.

    Raises:
        UserError: ``GEN_FILE_…``.
    """
    digest = hashlib.sha256(original).hexdigest()
    return SignedFile("scan", path.name, _bytes(path), "paper", digest, note="Подлинник — на бумаге.")


def _came(source: Path) -> Iterator[_Came]:
    """Yield the files of a folder, of a zip, or the one file; too many or too large ones are left alone."""
    if source.is_dir():
        # what was gathered for signing is a folder of its own inside the one that was named
        every = (path for path in source.rglob("*") if path.is_file())
        for path in sorted(every, key=lambda one: (len(one.parts), one))[:_MOST_FILES]:
            if path.stat().st_size <= _LARGEST:
                yield _Came(path.name, _bytes(path))
        return
    if source.is_file() and source.stat().st_size > _LARGEST:
        raise UserError("SIGN_BACK_NOTHING", file=source.name)
    data = _bytes(source)
    if source.suffix.lower() != ".zip":
        yield _Came(source.name, data)
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [item for item in archive.infolist() if not item.is_dir()][:_MOST_FILES]
            if sum(item.file_size for item in entries) > _LARGEST:
                raise UserError("SIGN_BACK_NOTHING", file=source.name)
            for item in entries:
                # the name is only shown: nothing of the zip is written anywhere under it
                yield _Came(Path(item.filename.replace("\\", "/")).name, archive.read(item))
    except _ZIP_ERRORS as error:
        raise UserError("GEN_FILE_UNREADABLE", file=source, detail="архив повреждён") from error


def _match(connection: Connection, item: _Came, came: Sequence[_Came]) -> _Match | None:
    if Path(item.name).suffix.lower() in SIGNATURES:
        return _match_beside(connection, item, came)
    if item.data.startswith(b"%PDF-"):
        return _match_inside(connection, item)
    return None


def _match_beside(connection: Connection, item: _Came, came: Sequence[_Came]) -> _Match:
    """Find the document of a ``.sig``: one that came with it and is known, else whichever the signature fits."""
    from app.exporters.verifying import verify_detached

    known = {row[4]: (row[1], row[3]) for row in reversed(paper_signatures.kept_files(connection))}
    named = sorted(
        (other for other in came if other is not item), key=lambda other: not item.name.startswith(other.name)
    )
    beside = [digest for other in named if (digest := hashlib.sha256(other.data).hexdigest()) in known]
    for digest in beside or _documents(connection):
        original = blobs.get(connection, digest)
        verdict = verify_detached(original, item.data).verdict
        sure = verdict in {"valid", "valid_unknown_issuer"}
        # what cannot be judged here fits everything: it is believed only beside the one document it came with
        if sure or (verdict == "unsupported_algorithm" and beside[:1] == [digest]):
            number, name = known[digest]
            made, state = ready_signature(original, name, item.data, item.name)
            return _Match(number, original, name, made, state)
    if beside:
        name = known[beside[0]][1]
        raise UserError("SIGN_BACK_BAD", file=item.name, why=f"Она не подходит к документу «{name}», с которым пришла.")
    raise UserError("SIGN_BACK_UNKNOWN", file=item.name)


def _documents(connection: Connection) -> list[str]:
    """Return what a signature that came alone can be tried on: newest first, documents only."""
    return [row[4] for row in paper_signatures.kept_files(connection) if row[2] in {"original", "signed", "data"}]


def _match_inside(connection: Connection, item: _Came) -> _Match | None:
    """Find what a signed PDF grew out of: a signature only adds bytes, so the document is its beginning."""
    from app.exporters.verifying import verify_pdf

    digest = hashlib.sha256(item.data).hexdigest()
    for _id, number, role, name, kept, size in paper_signatures.kept_files(connection):
        if kept == digest:
            return None  # our own document came back unchanged, beside its signature
        if role not in {"original", "signed"} or size >= len(item.data):
            continue
        if hashlib.sha256(item.data[:size]).hexdigest() == kept:
            answer = verify_pdf(item.data)
            if answer.verdict in _REFUSED:
                raise UserError("SIGN_BACK_BAD", file=item.name, why=answer.reason)
            last = answer.signatures[-1]
            made = SignedFile("signed", item.name, item.data, "ready", kept, last.signer, note=answer.reason)
            return _Match(number, blobs.get(connection, kept), name, made, answer.reason)
    raise UserError("SIGN_BACK_UNKNOWN", file=item.name)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UserError("GEN_FILE_MISSING", file=path) from error
    except OSError as error:
        raise UserError("GEN_FILE_UNREADABLE", file=path, detail=finding_in_words(error.strerror or error)) from error
