"""Certificates for tests: a certification centre of our own and people it vouches for. Keys are made once."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.name import _ASN1Type
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

PASSWORD = "Пароль-1"
SNILS, INN = ObjectIdentifier("1.2.643.100.3"), ObjectIdentifier("1.2.643.3.131.1.1")

USAGE_NAMES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)
SIGNING = ("digital_signature", "content_commitment")


@cache
def rsa_key(number: int, bits: int = 2048) -> rsa.RSAPrivateKey:
    """One key a number and a size: making them is the slow part."""
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


@dataclass(frozen=True)
class Person:
    """A certificate with its key, ready in every shape a test needs."""

    key: Any
    certificate: x509.Certificate
    p12: bytes

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def key_pem(self) -> bytes:
        made: bytes = self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return made


def usage(*names: str) -> x509.KeyUsage:
    return x509.KeyUsage(*(name in names for name in USAGE_NAMES))


def moment(days: float = 0.0) -> datetime:
    return datetime.now(UTC).replace(microsecond=0) + timedelta(days=days)


@cache
def centre(name: str = "Тестовый УЦ", number: int = 0) -> Person:
    key = rsa_key(number)
    who = x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "RU"), x509.NameAttribute(NameOID.COMMON_NAME, name)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(moment(-4000))
        .not_valid_after(moment(4000))
        .add_extension(x509.BasicConstraints(True, 0), True)
        .add_extension(usage("key_cert_sign", "crl_sign"), True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
        .sign(key, hashes.SHA256())
    )
    return Person(key, certificate, b"")


def person(
    name: str = "Иванова Мария Петровна",
    *,
    number: int = 1,
    valid: tuple[float, float] = (-1, 455),
    usages: tuple[str, ...] | None = SIGNING,
    purposes: tuple[ObjectIdentifier, ...] = (),
    position: str | None = "Директор",
    organisation: str | None = "МБОУ «СОШ № 5»",
    curve: ec.EllipticCurve | None = None,
    own_key: Any = None,
    bits: int = 2048,
    issuer: Person | None = None,
    password: str = PASSWORD,
) -> Person:
    """Make a certificate signed by the centre.

    Args:
        number: which of the cached RSA keys to take; the centre has number 0.
        valid: first and last day of validity, counted from now.
        usages: key usages; None leaves the extension out.
    """
    issuer = issuer or centre()
    key: Any = own_key or (ec.generate_private_key(curve) if curve else rsa_key(number, bits))
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name(_attributes(name, position, organisation)))
        .issuer_name(issuer.certificate.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(moment(valid[0]))
        .not_valid_after(moment(valid[1]))
        .add_extension(x509.BasicConstraints(False, None), True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()), False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
    )
    if usages is not None:
        builder = builder.add_extension(usage(*usages), True)
    if purposes:
        builder = builder.add_extension(x509.ExtendedKeyUsage(purposes), False)
    certificate = builder.sign(issuer.key, hashes.SHA256())
    protection = serialization.BestAvailableEncryption(password.encode("utf-8"))
    p12 = pkcs12.serialize_key_and_certificates(b"key", key, certificate, [issuer.certificate], protection)
    return Person(key, certificate, p12)


@cache
def ivanova() -> Person:
    return person()


@cache
def petrov() -> Person:
    return person("Петров Сергей Иванович", number=2, position=None, organisation=None)


def web_server_purpose() -> tuple[ObjectIdentifier, ...]:
    return (ExtendedKeyUsageOID.SERVER_AUTH,)


def _attributes(name: str, position: str | None, organisation: str | None) -> list[x509.NameAttribute[str]]:
    surname, _, given = name.partition(" ")
    numeric = _ASN1Type.NumericString
    texts = [
        (NameOID.COMMON_NAME, name),
        (NameOID.SURNAME, surname),
        (NameOID.GIVEN_NAME, given or surname),
        (NameOID.ORGANIZATION_NAME, organisation),
        (NameOID.TITLE, position),
    ]
    with warnings.catch_warnings():
        # the library counts bytes against a limit of characters: real Russian titles are longer
        warnings.simplefilter("ignore", UserWarning)
        named = [x509.NameAttribute(oid, text, _validate=False) for oid, text in texts if text]
    return [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "RU"),
        *named,
        x509.NameAttribute(SNILS, "12345678901", _type=numeric),
        x509.NameAttribute(INN, "771234567890", _type=numeric),
    ]
