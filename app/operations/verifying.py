"""Checking a file for a person: the file and its signature are found together, the answer is put in plain words.

``signing.verify`` gives the verdict on bytes; here are the paths, the register, the centres a user trusts, the paper.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.errors import UserError
from app.models import papers, settings
from app.models.papers import Paper as Registered
from app.models.store import Connection
from app.models.words import finding_in_words
from app.operations import signing, trusted
from app.operations.papers import Paper
from app.reports import verification as words
from app.texts import NBSP, ru_date, ru_moment

if TYPE_CHECKING:
    from app.exporters.verdicts import SignatureVerdict, Verification

SIG_SUFFIXES = (".sig", ".sgn", ".p7s", ".p7m")
"""Endings of files that hold a signature."""

_SIGNED_LATER = r"(заполнены поля подписи \([^)]*\)|добавлены новые подписи)"
ONLY_SIGNED = re.compile(f"после подписи {_SIGNED_LATER}(, {_SIGNED_LATER})*")
"""What later signatures leave: nothing a person must look at beside those signatures themselves."""

WITHOUT_NETWORK = "Отзыв сертификата не проверялся: программа не выходит в сеть."


@dataclass(frozen=True, slots=True)
class Checked:
    """A checked file.

    Attributes:
        name: of the document.
        data: its bytes; empty where many files were checked one after another.
        size: their number.
        sha256: hexadecimal.
        sig_name: the file of the signature; empty where it stands inside.
        verification: the verdicts.
        at: ISO moment of the check.
        register: its line in the register of outgoing papers.
        compared: a register was open to look into.
        centres: how many centres are trusted here.
    """

    name: str
    data: bytes
    size: int
    sha256: str
    sig_name: str
    verification: Verification
    at: str
    register: Registered | None = None
    compared: bool = False
    centres: int = 0

    def without_bytes(self) -> Checked:
        """Return the same answer without the bytes of the file: a folder may hold more than memory does."""
        return replace(self, data=b"", verification=replace(self.verification, content=None))


def partner(path: Path) -> tuple[Path, Path | None]:
    """Return the document and the signature that lies beside it, whichever of the two was pointed at.

    «приказ.pdf» goes with «приказ.pdf.sig» and with «приказ.sig»; the other way round too. A signature alone, with
    its document inside or lost, is the document itself.

    Args:
        path: a document or a signature.
    """
    if path.suffix.lower() not in SIG_SUFFIXES:
        beside = [path.with_name(path.name + suffix) for suffix in SIG_SUFFIXES]
        beside += [path.with_suffix(suffix) for suffix in SIG_SUFFIXES]
        return path, next((one for one in beside if one.is_file()), None)
    whole = path.with_name(path.stem)
    if whole.suffix and whole.is_file():
        return whole, path
    same = sorted(one for one in path.parent.glob(f"{_escaped(path.stem)}.*") if one.suffix.lower() not in SIG_SUFFIXES)
    return (same[0], path) if len(same) == 1 and same[0].is_file() else (path, None)


def check(
    name: str, data: bytes, *, sig: bytes | None = None, sig_name: str = "", trust: Sequence[bytes] = ()
) -> Checked:
    """Check bytes, with the centres of the profile and those of this one time.

    A document that carries a signature of its own and has another beside it is judged by both: the worse one speaks.

    Args:
        name: of the document.
        data: its bytes.
        sig: the detached signature.
        sig_name: what its file is called.
        trust: further certificates, only for this check.

    Raises:
        UserError: ``SIGN_TRUST_UNREADABLE``.
    """
    every = [*trusted.certificates(), *trust]
    found = signing.verify(data, sig=sig, trust=every)
    if sig is not None and found.verdict != "damaged_file":
        inside = signing.verify(data, trust=every)
        if inside.signatures:
            found = _both(found, inside)
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    digest = hashlib.sha256(data).hexdigest()
    beside = sig_name if sig is not None else ""
    return Checked(name, data, len(data), digest, beside, found, moment, centres=len(trusted.centres()))


def check_path(path: Path, *, sig: Path | None = None, trust: Sequence[bytes] = ()) -> Checked:
    """Check a file, with the signature that was pointed at or lies beside it.

    A signature that holds its document is checked alone; where a document with that name lies beside it, the two are
    compared.

    Raises:
        UserError: ``GEN_FILE_…``, ``SIGN_TRUST_UNREADABLE``.
    """
    document, found = (path, sig) if sig is not None else partner(path)
    data = signing.read_bytes(document)
    return check(
        document.name, data, sig=signing.read_bytes(found) if found else None, sig_name=found.name if found else "",
        trust=trust,
    )  # fmt: skip


def files_of(folder: Path) -> Iterator[Path]:
    """Yield the documents of a folder, those inside its folders too; a signature goes with its document.

    Raises:
        UserError: ``GEN_FILE_MISSING``, ``GEN_FILE_UNREADABLE``.
    """
    try:
        every = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    except FileNotFoundError as error:
        raise UserError("GEN_FILE_MISSING", file=folder) from error
    except OSError as error:
        raise UserError("GEN_FILE_UNREADABLE", file=folder, detail=finding_in_words(error.strerror or error)) from error
    for path in every:
        if path.suffix.lower() not in SIG_SUFFIXES or partner(path)[1] is None:
            yield path


def in_register(connection: Connection, checked: Checked) -> Checked:
    """Add what the register of outgoing papers knows of these very bytes."""
    return replace(checked, register=papers.by_digest(connection, checked.sha256), compared=True)


def register_words(checked: Checked) -> str:
    """Return what is to be said of the register; empty where none was open."""
    if not checked.compared:
        return ""
    if checked.register is None:
        return "Такого файла в журнале исходящих нет: он не наш или изменён хотя бы в одном знаке."
    one = checked.register
    return f"Это файл из журнала исходящих: №{NBSP}{one.number}, «{one.title}», от {ru_date(one.registered_at)}."


def small_print(checked: Checked) -> str:
    """Return what was not looked at; empty where no signature is good anyway."""
    good = {"valid", "valid_unknown_issuer"}
    return WITHOUT_NETWORK if any(one.verdict in good for one in checked.verification.signatures) else ""


def brief(checked: Checked) -> tuple[tuple[str, str], ...]:
    """Return the five answers a head asks for: whose, when, what is covered, what it is worth, what to do."""
    found = checked.verification
    people = [one for one in found.signatures if one.verdict != "not_signed"]
    pairs: list[tuple[str, str]] = []
    if people:
        pairs.append(("Чья", "; ".join(_person(one) for one in people)))
        times = list(dict.fromkeys(ru_moment(one.time) for one in people if one.time))
        pairs.append(("Когда", f"{', '.join(times)} (по часам подписавшего)" if times else "в подписи не указано"))
        pairs.append(("Что подписано", _covered(people)))
        signers = [one for one in people if one.role == "signer"]
        qualified = bool(signers) and all(one.qualified for one in signers)
        pairs.append(("Чего стоит", words.worth(found.verdict, qualified=qualified)))
    pairs.append(("Что делать", _advice(checked)))
    return tuple(pairs)


def lines(checked: Checked) -> tuple[words.SignatureLine, ...]:
    """Return every signature as it is told."""
    from app.exporters.verdicts import REVOCATION_NOTE, TIME_NOTE

    # «по часам подписавшего» stands beside the time, revocation is told once for all
    told = {REVOCATION_NOTE, TIME_NOTE}
    return tuple(
        words.SignatureLine(
            one.verdict, one.role, _who(one), one.reason, words.signature_facts(asdict(one)),
            tuple(note for note in one.notes if note not in told),
        )
        for one in checked.verification.signatures
    )  # fmt: skip


def paper(checked: Checked, connection: Connection | None = None, actor: str = "") -> Paper:
    """Return «Протокол проверки электронной подписи» as a paper.

    Args:
        checked: the answer.
        connection: the open file, for the name of the organisation; None where none is open.
        actor: who had it checked.
    """
    found = checked.verification
    data = words.CheckData(
        file=checked.name, size=checked.size, sha256=checked.sha256, sig=checked.sig_name, verdict=found.verdict,
        reason=found.reason, brief=brief(checked), signatures=lines(checked), uncovered=found.uncovered,
        register=register_words(checked), checked_at=checked.at, checked_by=actor,
        organisation=settings.get_all(connection)["organisation"] if connection is not None else "",
        centres=checked.centres, alone=found.alone,
    )  # fmt: skip
    return Paper("signature_check", f"Протокол проверки подписи, {checked.name}", words.protocol(data), None)


def as_json(checked: Checked) -> dict[str, Any]:
    """Return what ``verify --json`` prints of a file."""
    return {
        "file": checked.name, "sig": checked.sig_name or None, "sha256": checked.sha256,
        **checked.verification.as_dict(),
    }  # fmt: skip


def exit_code(checked: Sequence[Checked]) -> int:
    """Return the exit code of several files (decisions 24 and 31): 1 if one is refused, else 3 if one needs eyes."""
    codes = {signing.exit_code(one.verification) for one in checked}
    return 1 if 1 in codes else max(codes, default=0)


def _both(beside: Verification, inside: Verification) -> Verification:
    from app.exporters.verdicts import summed_up

    both = summed_up((*inside.signatures, *beside.signatures), beside.reason)
    return replace(both, kind=beside.kind, uncovered=inside.uncovered)


def _who(one: SignatureVerdict) -> str:
    return f"{one.signer} (заверяет подпись: {one.confirms})" if one.signer and one.confirms else one.signer or ""


def _person(one: SignatureVerdict) -> str:
    who = _who(one) or "подписавший неизвестен"
    where = ", ".join(part for part in (one.position, one.organisation) if part and part != one.signer)
    told = f"{who} ({where})" if where else who
    return f"метка времени: {told}" if one.role == "time" else told


def _covered(people: Sequence[SignatureVerdict]) -> str:
    own = [one for one in people if one.role != "counter"]
    if all(one.covers_whole_file for one in own):
        # each covers what it was put on; together they cover what is there now
        parts = own[-1].scope if own and len(own) == 1 else "весь файл"
    else:
        parts = "; ".join(dict.fromkeys(one.scope for one in own if one.scope)) or "не этот файл"
    later = [one.changed_after for one in own if one.changed_after]
    only_signed = len(own) > 1 and all(ONLY_SIGNED.fullmatch(one) for one in later)
    return f"{parts}; {words.without_field_names(later[-1])}" if later and not only_signed else parts


def _advice(checked: Checked) -> str:
    found = checked.verification
    if found.kind == "attached" and found.verdict in {"valid", "valid_unknown_issuer"}:
        return f"{words.VERDICTS[found.verdict].advice} Сам документ сохраните из подписи."
    return words.words_of(found.verdict, alone=found.alone).advice


def _escaped(name: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)
