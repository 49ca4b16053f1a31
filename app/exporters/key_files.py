"""Keys out of PKCS#12 files, and whether a certificate may sign documents at a moment."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app import texts
from app.errors import UserError
from app.exporters.certificates import FOREIGN_ASN1_ERRORS, CertificateFacts, facts_of
from app.exporters.quiet import quiet

SMALLEST_RSA_BITS = 2048

SEAL_BLOCKS = {"sha1": 64, "sha224": 64, "sha256": 64, "sha384": 128, "sha512": 128}
"""Block size in bytes of the digests a PKCS#12 seal is made with."""

MOST_ROUNDS = 2_000_000
"""More rounds than this no honest container asks for."""


@dataclass(frozen=True, slots=True)
class Identity:
    """A signer ready to sign. The key stays out of ``repr`` so that no log ever prints it."""

    facts: CertificateFacts
    certificate: Any = field(repr=False)
    key: Any = field(repr=False)
    chain: tuple[Any, ...] = field(default=(), repr=False)


def load_p12(source: Path | bytes, password: str, *, when: datetime | None = None) -> Identity:
    """Open a PKCS#12 container and check that its certificate may sign at ``when``.

    Args:
        source: the file or its bytes.
        password: its password.
        when: moment of signing, with time zone; now when omitted.

    Raises:
        UserError: SIGN_P12_MISSING, SIGN_P12_NOT, SIGN_P12_PASSWORD, SIGN_P12_UNSUPPORTED, SIGN_P12_NO_KEY,
            SIGN_P12_NO_CERT, SIGN_KEY_WEAK, SIGN_CERT_EXPIRED, SIGN_CERT_NOT_YET, SIGN_CERT_USAGE.
    """
    name = source.name if isinstance(source, Path) else "контейнер"
    with quiet():
        identity = _open_p12(_read(source), password, name)
    check_usable(identity.facts, when or datetime.now(UTC))
    return identity


def _read(source: Path | bytes) -> bytes:
    if isinstance(source, bytes):
        return source
    try:
        return source.read_bytes()
    except OSError as error:
        raise UserError("SIGN_P12_MISSING", file=source.name) from error


def _open_p12(data: bytes, password: str, name: str) -> Identity:
    from asn1crypto import pkcs12 as asn1_pkcs12
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import pkcs12

    try:
        container = asn1_pkcs12.Pfx.load(data, strict=True)
        is_container = container["version"].native == "v3" and bool(container["auth_safe"]["content_type"].native)
    except FOREIGN_ASN1_ERRORS:
        is_container = False
    if not is_container:
        raise UserError("SIGN_P12_NOT", file=name)
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(data, password.encode("utf-8"))
    except UnsupportedAlgorithm as error:
        raise UserError("SIGN_P12_UNSUPPORTED", file=name, algorithm="вероятно, ГОСТ") from error
    except ValueError as error:
        # The library says the same of a wrong password and of a key it cannot read; the seal of the
        # container tells them apart, and nobody should retype a good password for an hour.
        if _seal_fits(container, password) is False:
            raise UserError("SIGN_P12_PASSWORD", file=name) from error
        raise UserError("SIGN_P12_UNSUPPORTED", file=name, algorithm="вероятно, ГОСТ") from error
    if key is None:
        raise UserError("SIGN_P12_NO_KEY", file=name)
    if certificate is None:
        raise UserError("SIGN_P12_NO_CERT", file=name)
    return _identity(key, certificate, others, name)


def _seal_fits(container: Any, password: str) -> bool | None:
    """Tell whether the password opens the seal (MAC) of a container; None where the seal is of an unknown kind.

    The key of the seal is derived as RFC 7292, appendix B.2 says, for purpose 3 and one block of output.
    """
    try:
        seal = container["mac_data"]
        kind = seal["mac"]["digest_algorithm"]["algorithm"].native
        salt, rounds = seal["mac_salt"].native, seal["iterations"].native
        sealed, told = bytes(container["auth_safe"]["content"]), seal["mac"]["digest"].native
    except FOREIGN_ASN1_ERRORS:
        return None
    if kind not in SEAL_BLOCKS or rounds > MOST_ROUNDS:
        return None
    block = SEAL_BLOCKS[kind]
    key = bytes([3]) * block + _filled(salt, block) + _filled(password.encode("utf-16-be") + b"\0\0", block)
    for _ in range(rounds):
        key = hashlib.new(kind, key).digest()
    return hmac.compare_digest(hmac.digest(key, sealed, kind), told)


def _filled(part: bytes, block: int) -> bytes:
    """Repeat bytes until they fill whole blocks."""
    length = -(-len(part) // block) * block
    return (part * (length // max(1, len(part)) + 1))[:length]


def _identity(key: Any, certificate: Any, others: Sequence[Any], name: str) -> Identity:
    from asn1crypto import keys, x509
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec, rsa

    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise UserError("SIGN_P12_UNSUPPORTED", file=name, algorithm=type(key).__name__)
    private = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    der = serialization.Encoding.DER
    own = x509.Certificate.load(certificate.public_bytes(der))
    try:
        facts = facts_of(own)
    except ValueError as error:
        raise UserError("SIGN_P12_NO_CERT", file=name) from error
    if isinstance(key, rsa.RSAPrivateKey) and key.key_size < SMALLEST_RSA_BITS:
        raise UserError("SIGN_KEY_WEAK", owner=facts.owner, bits=key.key_size)
    chain = tuple(x509.Certificate.load(other.public_bytes(der)) for other in others)
    return Identity(facts, own, keys.PrivateKeyInfo.load(private), chain)


def check_usable(facts: CertificateFacts, when: datetime) -> None:
    """Refuse a certificate that may not sign documents at ``when``.

    Raises:
        UserError: SIGN_CERT_EXPIRED, SIGN_CERT_NOT_YET, SIGN_CERT_USAGE.
    """
    if when > facts.valid_to:
        raise UserError("SIGN_CERT_EXPIRED", owner=facts.owner, valid_to=texts.ru_date(facts.valid_to))
    if when < facts.valid_from:
        raise UserError("SIGN_CERT_NOT_YET", owner=facts.owner, valid_from=texts.ru_moment(facts.valid_from))
    if not facts.may_sign:
        raise UserError("SIGN_CERT_USAGE", owner=facts.owner)
