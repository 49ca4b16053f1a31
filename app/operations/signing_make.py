"""Making a signature: which file, with whose key, in which form. What comes out is one file to keep."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from app.operations.signing_ways import Form, check_form
from app.texts import count, ru_date

if TYPE_CHECKING:
    from app.exporters.certificates import CertificateFacts
    from app.exporters.cms_make import MadeSignature, Signatory
    from app.exporters.outside import Program
    from app.exporters.signing import SigningResult
    from app.exporters.tokens import TokenKey


SOON = 30
"""Days before its end when a certificate should be renewed."""


@dataclass(frozen=True, slots=True)
class SignedFile:
    """A new signature, not kept yet.

    Attributes:
        role: «signed» for a file with the signature inside, «detached» for one that lies beside, «scan».
        name: what to call the file.
        data: its bytes.
        way: «pkcs12», «pkcs11», «outside», «ready», «paper».
        of_sha256: the bytes that were signed.
        signer: whose certificate; None where it is not known.
        serial, valid_from, valid_to: of the certificate.
        note: one Russian sentence: where the mark stands, what to send along.
        signed_at: claimed time of signing.
    """

    role: str
    name: str
    data: bytes = field(repr=False)
    way: str
    of_sha256: str
    signer: str | None = None
    serial: str = ""
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    note: str = ""
    signed_at: datetime | None = None

    @property
    def certificate(self) -> str | None:
        """The certificate in one line, as the register keeps it."""
        if not self.serial or self.valid_to is None:
            return None
        return f"{self.serial}; действителен с {self.valid_from:%d.%m.%Y} по {self.valid_to:%d.%m.%Y}"


def by_key_file(
    data: bytes, name: str, p12: Path, password: str, form: Form, *, position: str | None = None
) -> SignedFile:  # fmt: skip
    """Sign with a key out of a PKCS#12 file.

    Raises:
        UserError: SIGN_WAY_FILE, SIGN_P12_…, SIGN_CERT_…, SIGN_PDF_…, SIGN_OOXML_….
    """
    from app.exporters.signing import load_p12, signatory_of

    check_form(name, "p12", form)
    return _signed(data, name, signatory_of(load_p12(p12, password)), form, "pkcs12", position)


def by_token(
    data: bytes, name: str, key: TokenKey, pin: str, form: Form, *, position: str | None = None
) -> SignedFile:  # fmt: skip
    """Sign with a key that lives in a token.

    Raises:
        UserError: SIGN_WAY_FILE, SIGN_TOKEN_…, SIGN_CERT_…, SIGN_PDF_…, SIGN_OOXML_….
    """
    from app.exporters.tokens import opened

    check_form(name, "token", form)
    with opened(key, pin) as signatory:
        return _signed(data, name, signatory, form, "pkcs11", position)


def by_program(
    data: bytes, name: str, program: Program, fields: Mapping[str, str], form: Form, *, position: str | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> SignedFile:  # fmt: skip
    """Have an outside program sign. Inside a PDF it is called twice where no file tells the certificate beforehand.

    Raises:
        UserError: SIGN_WAY_FILE, SIGN_OUTSIDE_…, SIGN_CANCELLED, SIGN_CERT_…, SIGN_PDF_….
    """
    from app.exporters.outside import sign_outside
    from app.exporters.signing import sign_pdf_outside

    check_form(name, "outside", form)

    def make(what: bytes) -> MadeSignature:
        return sign_outside(what, program, fields, cancelled=cancelled)

    if form == "beside":
        return _beside(data, name, make(data), "outside")
    facts = certificate_of_program(program, fields, cancelled=cancelled)
    return _inside(data, name, sign_pdf_outside(data, facts, make, position=position), "outside")


def certificate_of_program(
    program: Program, fields: Mapping[str, str], *, cancelled: Callable[[], bool] = lambda: False
) -> CertificateFacts:
    """Return whose certificate a program signs with: from the file that is named, else by a trial signature.

    Raises:
        UserError: SIGN_OUTSIDE_…, SIGN_TRUST_UNREADABLE, SIGN_CERT_….
    """
    from app.exporters.outside import certificate_file_facts

    path = fields.get("cert", "").strip()
    if path and "cert" in program.asks:
        return certificate_file_facts(Path(path))
    return trial(program, fields, cancelled=cancelled)


def trial(
    program: Program, fields: Mapping[str, str], *, cancelled: Callable[[], bool] = lambda: False
) -> CertificateFacts:
    """Have a program sign a few words of ours and return whose certificate it signed with; nothing is kept.

    Raises:
        UserError: SIGN_OUTSIDE_…, SIGN_CANCELLED, SIGN_CERT_….
    """
    from app.exporters.outside import sign_outside

    return sign_outside("Пробная подпись".encode(), program, fields, cancelled=cancelled).facts


def certificate_of_key_file(p12: Path, password: str) -> CertificateFacts:
    """Return whose certificate lies in a PKCS#12 file.

    Raises:
        UserError: SIGN_P12_…, SIGN_CERT_….
    """
    from app.exporters.signing import load_p12

    return load_p12(p12, password).facts


def libraries() -> tuple[tuple[Path, str], ...]:
    """Return the PKCS#11 libraries of this machine with their names."""
    from app.exporters.tokens import known_libraries, library_title

    return tuple((path, library_title(path)) for path in known_libraries())


def keys_in_tokens(library: Path) -> tuple[TokenKey, ...]:
    """Return the certificates of the tokens behind a library.

    Raises:
        UserError: SIGN_TOKEN_LIBRARY, SIGN_TOKEN_NONE, SIGN_TOKEN_FAILED.
    """
    from app.exporters.tokens import token_keys

    return token_keys(library)


def is_here(program: Program) -> bool:
    """Tell whether this machine has the program."""
    from app.exporters.outside import find_program

    return find_program(program) is not None


def facts_words(facts: CertificateFacts, today: date) -> str:
    """Say whose a certificate is and till when: «Иванова М. П., директор. Действует до 21.02.2028, ещё 455 дней.»."""
    who = ", ".join(part for part in (facts.owner, facts.position, facts.organisation) if part)
    left = (facts.valid_to.astimezone().date() - today).days
    if left < 0:
        until = f"Срок закончился {ru_date(facts.valid_to)}."
    elif left == 0:
        until = f"Действует до {ru_date(facts.valid_to)}: сегодня последний день."
    elif left <= SOON:
        until = f"Действует до {ru_date(facts.valid_to)}, ещё {count(left, 'день', 'дня', 'дней')}: пора продлить."
    else:
        until = f"Действует до {ru_date(facts.valid_to)}, ещё {count(left, 'день', 'дня', 'дней')}."
    return f"{who}. {until} Выдал: {facts.issuer}. Номер {facts.serial}."


def beside_name(name: str) -> str:
    """Return what to call a signature beside a file: the whole name and «.sig», as everybody does."""
    return f"{name}.sig"


def inside_name(name: str) -> str:
    """Return what to call a file with the signature inside: «Список (подписан).pdf», once only."""
    path = PurePath(name)
    stem = path.stem.removesuffix(" (подписан)")
    return f"{stem} (подписан){path.suffix}"


def _signed(data: bytes, name: str, who: Signatory, form: Form, way: str, position: str | None) -> SignedFile:
    from app.exporters.cms_make import sign_beside
    from app.exporters.signing import sign_pdf_as

    if form == "beside":
        return _beside(data, name, sign_beside(data, who), way)
    if form == "inside":
        return _inside(data, name, sign_pdf_as(data, who, position=position), way)
    from app.exporters.ooxml_signing import sign_package

    facts = who.facts
    return SignedFile(
        "signed", inside_name(name), sign_package(data, who), way, _hash(data), facts.owner, facts.serial,
        facts.valid_from, facts.valid_to,
        "Подпись внутри файла. Не сохраняйте его заново в Word или Excel: подпись пропадёт.",
    )  # fmt: skip


def _beside(data: bytes, name: str, made: MadeSignature, way: str) -> SignedFile:
    facts = made.facts
    return SignedFile(
        "detached", beside_name(name), made.data, way, _hash(data), facts.owner, facts.serial, facts.valid_from,
        facts.valid_to, "Подпись лежит отдельным файлом: отправляйте его вместе с документом.", made.signed_at,
    )  # fmt: skip


def _inside(data: bytes, name: str, result: SigningResult, way: str) -> SignedFile:
    return SignedFile(
        "signed", inside_name(name), result.pdf, way, _hash(data), result.signer, result.serial, result.valid_from,
        result.valid_to, result.note, result.signed_at,
    )  # fmt: skip


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
