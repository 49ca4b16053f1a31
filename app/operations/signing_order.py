"""Several people sign one paper in their order, and a new signature finds its place in it (decision 17).

The order is a plan and can be changed and undone. A signature cannot be undone: it ends by withdrawing the paper.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import date

from app import clock
from app.errors import UserError
from app.models import blobs, paper_signatures, papers
from app.models.paper_signatures import PaperSignature
from app.models.papers import Paper
from app.models.store import Connection, Operation, Store
from app.operations.signing_make import SignedFile

STATE_WORDS = {"waiting": "ждёт", "sent": "отправлен на подпись", "signed": "подписал(а)", "refused": "не подписал(а)"}


def order(connection: Connection, number: int) -> tuple[PaperSignature, ...]:
    """Return who signs a paper, in order; empty where any one signature is enough.

    Raises:
        UserError: ``GEN_NO_PAPER``.
    """
    return paper_signatures.listing(connection, _paper(connection, number).id)


def turn(signatures: Sequence[PaperSignature]) -> PaperSignature | None:
    """Return whose turn it is; None where everybody has signed, or nobody is named."""
    return next((item for item in signatures if item.state in {"waiting", "sent"}), None)


def progress(signatures: Sequence[PaperSignature]) -> str:
    """Say how far the order is: «подписали 1 из 2, очередь: М. П. Иванова»; empty without an order."""
    if not signatures:
        return ""
    done = sum(1 for item in signatures if item.state == "signed")
    waits = turn(signatures)
    refused = next((item for item in signatures if item.state == "refused"), None)
    if refused is not None:
        return f"подписали {done} из {len(signatures)}, отказ: {refused.name}"
    if waits is None:
        return f"подписали все: {len(signatures)}"
    return f"подписали {done} из {len(signatures)}, очередь: {waits.name}"


def set_order(store: Store, number: int, people: Sequence[tuple[str, str]]) -> None:
    """Name those who still have to sign, in order; those who signed keep their places before them.

    Args:
        store: the open file.
        number: number of the paper.
        people: post and name of each.

    Raises:
        UserError: ``GEN_NO_PAPER``, ``OUTREG_WITHDRAWN``, SIGN_ORDER_EMPTY.
    """
    found = _paper(store.connection, number)
    _refuse_withdrawn(found)
    wanted = [(" ".join(post.split()), " ".join(name.split())) for post, name in people]
    wanted = [(post, name) for post, name in wanted if name]
    present = paper_signatures.listing(store.connection, found.id)
    if not wanted and not any(item.state == "signed" for item in present):
        raise UserError("SIGN_ORDER_EMPTY")
    waiting = [(item.post or "", item.name) for item in present if item.state in {"waiting", "sent"}]
    if waiting == wanted:
        return
    names = ", ".join(name for _, name in wanted) or "больше никто"
    with store.operation(f"Документ № {number} подписывают: {names}", "paper.order") as operation:
        paper_signatures.put_order(operation, found.id, wanted)


def refuse(store: Store, number: int, position: int, reason: str) -> None:
    """Write that somebody will not sign, and why.

    Raises:
        UserError: ``GEN_NO_PAPER``, ``OUTREG_WITHDRAWN``, ``GEN_REASON_NEEDED``, SIGN_NO_SIGNER, SIGN_ORDER_STARTED.
    """
    if not reason.strip():
        raise UserError("GEN_REASON_NEEDED")
    found = _paper(store.connection, number)
    _refuse_withdrawn(found)
    place = next(
        (one for one in paper_signatures.listing(store.connection, found.id) if one.position == position), None
    )
    if place is None:
        raise UserError("SIGN_NO_SIGNER", number=number, position=position)
    if place.state == "signed":
        raise UserError("SIGN_ORDER_STARTED", number=number, name=place.name, state=STATE_WORDS[place.state])
    with store.operation(f"Документ № {number}: {place.name} не подписывает", "paper.refuse") as operation:
        paper_signatures.mark(operation, place.id, "refused", clock.today(), note=reason.strip())


def newest_bytes(paper: Paper) -> tuple[str, str]:
    """Return SHA-256 and name of what the next signature goes over: the last signed form, else the original."""
    signed = [file for file in paper.files if file.role == "signed"]
    signed_over = {file.of_sha256 for file in signed}
    # times of two signatures may be equal: the newest is the one that no other signed form grew out of
    last = [file for file in signed if file.sha256 not in signed_over] or signed
    return (last[-1].sha256, last[-1].file_name) if last else (paper.sha256, paper.file_name)


def keep(
    store: Store, original: bytes, original_name: str, made: SignedFile, *, day: date | None = None,
    number: int | None = None, label: str | None = None,
) -> int:  # fmt: skip
    """Put a new signature into the register beside its document and into its place of the order.

    A document that the register does not know is registered first («из другого места»).

    Args:
        store: the open file.
        original: the bytes that were signed.
        original_name: what the file was called.
        made: the signature.
        day: the day of the signature; today when omitted.
        number: which paper, where it is known: two lines of the register may hold the same bytes.
        label: what the journal says; who signed what when omitted.

    Returns:
        The number of the paper.

    Raises:
        UserError: SIGN_NOT_TURN; ``OUTREG_WITHDRAWN``; SIGN_BACK_TWICE where the register has these very bytes already.
    """
    who = made.signer or ("скан подписанного документа" if made.role == "scan" else "подписавший неизвестен")
    known, _place = _kept_at(store.connection, original, made, number)
    label = label or f"Подписан документ «{known.title if known else original_name}»: {who}"
    with store.operation(label, "paper.sign", reversible=False) as operation:
        return keep_in(operation, store, original, original_name, made, day=day, number=number)


def keep_in(
    operation: Operation, store: Store, original: bytes, original_name: str, made: SignedFile, *,
    day: date | None = None, number: int | None = None,
) -> int:  # fmt: skip
    """Keep one signature within an operation, as ``keep`` does; of several a refusal takes all of them back.

    Raises:
        UserError: as ``keep``.
    """
    known, place = _kept_at(store.connection, original, made, number)
    if known is None:
        known = _registered(operation, store, original, original_name)
    file_id = paper_signatures.add_signature_file(
        operation, known.id, role=made.role, file_name=_free_name(known, made.name), data=made.data,
        signer=made.signer, certificate=made.certificate, note=made.note or None, way=made.way,
        of_sha256=made.of_sha256,
    )  # fmt: skip
    if place is not None:
        paper_signatures.mark(operation, place.id, "signed", day or clock.today(), file_id=file_id)
    rows = paper_signatures.listing(store.connection, known.id)
    if turn(rows) is None and not any(item.state == "refused" for item in rows):
        operation.update("outgoing_paper", known.id, state="signed")
    return known.number


def _kept_at(
    connection: Connection, original: bytes, made: SignedFile, number: int | None
) -> tuple[Paper | None, PaperSignature | None]:
    """Return the paper that a signature belongs to and its place of the order, refusing what cannot be kept."""
    digest = hashlib.sha256(original).hexdigest()
    known = _paper(connection, number) if number is not None else papers.by_digest(connection, digest)
    if known is None:
        return None, None
    _refuse_withdrawn(known)
    if any(file.sha256 == hashlib.sha256(made.data).hexdigest() for file in known.files):
        raise UserError("SIGN_BACK_TWICE", number=known.number)
    return known, _place_of(known, paper_signatures.listing(connection, known.id), made)


def _registered(operation: Operation, store: Store, original: bytes, name: str) -> Paper:
    number = papers.register(
        operation, kind="foreign", title=name, file_name=name, data=original, snapshot_id=None, actor=store.actor
    )
    found = papers.get(store.connection, number)
    if found is None:
        raise RuntimeError("the paper just registered is not there")
    return found


def _place_of(paper: Paper, signatures: Sequence[PaperSignature], made: SignedFile) -> PaperSignature | None:
    """Find the place of the order that a signature fills: the turn, unless the certificate names somebody else."""
    now = turn(signatures)
    if now is None or made.signer is None or same_person(made.signer, now.name):
        return now
    other = next((one for one in signatures if one.state in {"waiting", "sent"} and same_person(made.signer, one.name)),
                 None)  # fmt: skip
    if other is not None:
        raise UserError("SIGN_NOT_TURN", number=paper.number, turn=now.name)
    return None


def same_person(one: str, other: str) -> bool:
    """Tell whether two spellings may be one person: «Иванова Мария Петровна» and «М. П. Иванова»."""
    (surname, initials), (other_surname, other_initials) = _spelled(one), _spelled(other)
    if not surname or surname != other_surname:
        return False
    return all(left == right for left, right in zip(initials, other_initials, strict=False))


def _spelled(name: str) -> tuple[str, str]:
    """Return the surname and the initials, in small letters, ё as е."""
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", name.casefold().replace("ё", "е"))
    whole = [word for word in words if len(word) > 1]
    if not whole:
        return "", ""
    letters = "".join(word for word in words if len(word) == 1)
    return whole[0], letters or "".join(word[0] for word in whole[1:3])


def _free_name(paper: Paper, name: str) -> str:
    """Return a name that no file of the paper has: two signatures beside one file are two files."""
    from pathlib import PurePath

    taken = {file.file_name.casefold() for file in paper.files}
    path, number, found = PurePath(name), 1, name
    while found.casefold() in taken:
        number += 1
        found = f"{path.stem} ({number}){path.suffix}"
    return found


def _paper(connection: Connection, number: int) -> Paper:
    found = papers.get(connection, number)
    if found is None:
        raise UserError("GEN_NO_PAPER", number=number)
    return found


def _refuse_withdrawn(paper: Paper) -> None:
    """A withdrawn paper takes no signature: it would stand in force again."""
    if paper.state == "withdrawn":
        raise UserError("OUTREG_WITHDRAWN", number=paper.number)


def bytes_of(connection: Connection, number: int) -> tuple[str, bytes]:
    """Return name and bytes that the next signature of a paper goes over.

    Raises:
        UserError: ``GEN_NO_PAPER``.
    """
    digest, name = newest_bytes(_paper(connection, number))
    return name, blobs.get(connection, digest)
