"""The words of verification: verdicts, their order, exit codes, and the shape of an answer (decision 31).

How to read an answer:

- ``verdict`` of a signature is about that signature; ``verdict`` of the whole is the worst of them.
- ``covers_whole_file`` is true when the signature covers the file as it was at the moment of signing, to the last
  byte, and everything added later is what a signed file may gain: further signatures, filled fields, data for
  long-term validation. So the first of two good signatures covers the whole file too. ``scope`` says it in words.
- ``changed_after`` says what was added or changed after this signature; null where nothing was. With a good
  verdict the change is a permitted one.
- ``time`` is the signer's own word («по часам подписавшего»), not a proof.
- ``certificate`` judges the certificate at that time: ``ok``, ``expired_now`` (good then, over now),
  ``expired_then`` (not valid at the claimed time), ``wrong_usage`` (not for signing papers).
- ``valid`` needs a chain to a trusted centre *and* a certificate good at the claimed time. Where either lacks, an
  intact signature is ``valid_unknown_issuer``: the document is unchanged, the person is not confirmed.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from app.exporters.certificates import CertificateState

Verdict = Literal[
    "damaged_file",
    "encrypted",
    "broken",
    "changed_after_signing",
    "not_whole_file",
    "unsupported_algorithm",
    "valid_unknown_issuer",
    "valid",
    "not_signed",
]

Role = Literal["signer", "time", "counter"]
"""Who signed: a person, a time service, or one who signed over another's signature («заверяющая подпись»)."""

FileKind = Literal["", "pdf", "detached", "attached", "office"]
"""Where the signatures were found."""

WORST_FIRST: tuple[Verdict, ...] = (
    "damaged_file",
    "encrypted",
    "broken",
    "changed_after_signing",
    "not_whole_file",
    "unsupported_algorithm",
    "valid_unknown_issuer",
    "valid",
)

REFUSED: frozenset[Verdict] = frozenset({"broken", "changed_after_signing", "not_whole_file"})
"""A signature in such a state forbids signing the file further."""

TITLES: dict[Verdict, str] = {
    "damaged_file": "Файл повреждён",
    "encrypted": "Файл зашифрован",
    "broken": "Подпись неверна",
    "changed_after_signing": "Изменён после подписания",
    "not_whole_file": "Подписан не весь файл",
    "unsupported_algorithm": "Алгоритм не поддерживается",
    "valid_unknown_issuer": "Подпись цела, издатель не подтверждён",
    "valid": "Подпись верна",
    "not_signed": "Не подписан",
}

DOCUMENT_WANTED = "Нужен сам документ"
"""Instead of the title of «damaged_file» where a detached signature came without its document: nothing is damaged."""

REVOCATION_NOTE = "Отзыв сертификата не проверялся: программа не выходит в сеть."
TIME_NOTE = "Время подписания — по часам подписавшего."

_EXIT_CODES: dict[Verdict, int] = {"valid": 0, "valid_unknown_issuer": 3, "unsupported_algorithm": 3}


@dataclass(frozen=True, slots=True)
class SignatureVerdict:
    """The verdict on one signature; the module's text says how to read it.

    Attributes:
        verdict: see the module.
        reason: one plain Russian sentence.
        signer: owner of the certificate, None where it cannot be read.
        time: ISO 8601 with time zone, None where the signature names none.
        covers_whole_file: see the module.
        changed_after: see the module.
        scope: what the signature covers, in words.
        certificate: see the module; None where no certificate was read.
        serial: hexadecimal.
        issuer: name of the certification centre.
        valid_from: ISO date of the certificate's first day.
        valid_to: ISO date of its last day.
        position: the signer's position from the certificate.
        organisation: the signer's organisation from the certificate.
        field: name of the signature field of a PDF.
        notes: further sentences worth showing in small print.
        role: who signed.
        confirms: of a signature over another one: whose that was.
        algorithm: how it is made: «RSA, 2048 бит, SHA-256».
        checked_by: the program of others that did the sums (ГОСТ), empty where it was ours.
        chain: names from the signer up to the highest certificate that is known here.
        qualified: the certificate says of itself that it is a qualified one.
    """

    verdict: Verdict
    reason: str
    signer: str | None = None
    time: str | None = None
    covers_whole_file: bool = False
    changed_after: str | None = None
    scope: str = ""
    certificate: CertificateState | None = None
    serial: str | None = None
    issuer: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    position: str | None = None
    organisation: str | None = None
    field: str | None = None
    notes: tuple[str, ...] = ()
    role: Role = "signer"
    confirms: str | None = None
    algorithm: str = ""
    checked_by: str = ""
    chain: tuple[str, ...] = ()
    qualified: bool = False


@dataclass(frozen=True, slots=True)
class Verification:
    """The verdict on a file: its signatures in the order of signing and the worst of their verdicts.

    Attributes:
        signatures: in the order of signing.
        verdict: the worst of theirs.
        reason: one plain Russian sentence.
        kind: where the signatures were found.
        uncovered: parts of a file of Office that no signature covers.
        content: the document that a signature holds inside itself; never printed.
    """

    signatures: tuple[SignatureVerdict, ...]
    verdict: Verdict
    reason: str
    kind: FileKind = ""
    uncovered: tuple[str, ...] = ()
    content: bytes | None = field(default=None, repr=False)

    @property
    def alone(self) -> bool:
        """Whether this is a detached signature without its document: intact itself, but nothing to check it against."""
        return self.verdict == "damaged_file" and self.kind == "detached" and not self.signatures

    @property
    def title(self) -> str:
        """The verdict in words."""
        return DOCUMENT_WANTED if self.alone else TITLES[self.verdict]

    def as_dict(self) -> dict[str, Any]:
        """Return the object that ``verify --json`` prints."""
        return {
            "signatures": [
                asdict(signature) | {"notes": list(signature.notes), "chain": list(signature.chain)}
                for signature in self.signatures
            ],
            "verdict": self.verdict,
            "title": self.title,
            "reason": self.reason,
            "exit_code": exit_code(self.verdict),
            "kind": self.kind or None,
            "uncovered": list(self.uncovered),
            "encloses": len(self.content) if self.content is not None else None,
        }


def exit_code(verdict: Verdict) -> int:
    """Return the exit code of a command: 0 valid, 3 needs eyes, 1 everything else."""
    return _EXIT_CODES.get(verdict, 1)


def worst(verdicts: list[Verdict]) -> Verdict:
    """Return the worst verdict; empty signature fields do not count where a real signature stands beside."""
    real = [verdict for verdict in verdicts if verdict != "not_signed"]
    return min(real, key=WORST_FIRST.index) if real else "not_signed"


def whole_file(verdict: Verdict, reason: str) -> Verification:
    """Make a verification of a file in which signatures could not be looked at one by one."""
    return Verification((), verdict, reason)


def summed_up(signatures: tuple[SignatureVerdict, ...], nothing: str) -> Verification:
    """Make a verification out of the verdicts on single signatures.

    Args:
        signatures: in the order of signing.
        nothing: what to say where there are none.
    """
    verdict = worst([signature.verdict for signature in signatures])
    first = next((signature for signature in signatures if signature.verdict == verdict), None)
    return Verification(signatures, verdict, first.reason if first else nothing)
