"""What a certificate says about its owner, and whether it may sign documents. No trust is judged here.

Names follow the custom of Russian certificates: a person's SURNAME and GIVEN NAME win over the common name,
which in a certificate of an organisation holds the organisation («приказ ФСБ № 795»).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from app.errors import UserError

CertificateState = Literal["ok", "expired_now", "expired_then", "wrong_usage"]

SIGNING_USAGES = frozenset({"digital_signature", "non_repudiation"})

# Purposes of machines: a certificate that carries only these signs web pages and time, not papers.
MACHINE_PURPOSES = frozenset({"server_auth", "time_stamping", "ocsp_signing"})

MOST_LINKS = 8
"""Longest chain that is followed; honest ones have three."""

FOREIGN_ASN1_ERRORS = (ValueError, TypeError, KeyError, IndexError, AttributeError)
"""What asn1crypto raises on the bytes of strangers: it decodes lazily and has no error class of its own."""


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """Facts read from one certificate.

    Attributes:
        owner: the person, or what the certificate calls its subject.
        serial: serial number, hexadecimal, upper case, an even number of digits.
        issuer: the name of the certification centre.
        valid_from: first moment of validity, with time zone.
        valid_to: last moment of validity, with time zone.
        position: the title in the certificate, None where it has none.
        organisation: the organisation, None where it has none.
        may_sign: key usage allows signing documents.
    """

    owner: str
    serial: str
    issuer: str
    valid_from: datetime
    valid_to: datetime
    position: str | None
    organisation: str | None
    may_sign: bool

    def state_at(self, claimed: datetime | None, now: datetime) -> CertificateState:
        """Judge the certificate at the claimed time of signing (decision 31).

        Args:
            claimed: when the signer says they signed; ``now`` stands in where they say nothing.
            now: the present moment, with time zone.
        """
        if not self.may_sign:
            return "wrong_usage"
        if not self.valid_from <= (claimed or now) <= self.valid_to:
            return "expired_then"
        return "ok" if now <= self.valid_to else "expired_now"


def facts_of(certificate: Any) -> CertificateFacts:
    """Read the facts of an ``asn1crypto.x509.Certificate``.

    Raises:
        ValueError: the certificate cannot be decoded.
    """
    try:
        subject = _names(certificate.subject)
        issuer = _names(certificate.issuer)
        validity = certificate["tbs_certificate"]["validity"]
        valid_from, valid_to = validity["not_before"].native, validity["not_after"].native
        serial = f"{abs(certificate.serial_number):X}"
        may_sign = _may_sign(certificate)
    except FOREIGN_ASN1_ERRORS as error:
        raise ValueError("an undecodable certificate") from error
    return CertificateFacts(
        owner=_person(subject) or "без имени",
        serial=serial.zfill(len(serial) + len(serial) % 2),
        issuer=issuer.get("common_name") or issuer.get("organization_name") or _person(issuer) or "без имени",
        valid_from=_aware(valid_from),
        valid_to=_aware(valid_to),
        position=subject.get("title"),
        organisation=subject.get("organization_name"),
        may_sign=may_sign,
    )


def read_certificates(blobs: Sequence[bytes], name: str = "без имени") -> list[Any]:
    """Decode trusted certificates, each blob being DER or one or several PEM blocks.

    Args:
        blobs: contents of the files.
        name: what to call the file in the message.

    Returns:
        ``asn1crypto.x509.Certificate`` objects.

    Raises:
        UserError: SIGN_TRUST_UNREADABLE.
    """
    from asn1crypto import pem, x509

    found: list[Any] = []
    for blob in blobs:
        try:
            ders = [der for _, _, der in pem.unarmor(blob, multiple=True)] if pem.detect(blob) else [blob]
            for der in ders:
                certificate = x509.Certificate.load(der, strict=True)
                facts_of(certificate)  # decoding is lazy: touch it now, refuse now
                found.append(certificate)
        except FOREIGN_ASN1_ERRORS as error:
            raise UserError("SIGN_TRUST_UNREADABLE", file=name) from error
    return found


def is_centre(certificate: Any) -> bool:
    """Tell whether a certificate is one of a certification centre (basic constraints, RFC 5280, 4.2.1.9)."""
    basic = certificate.basic_constraints_value
    return basic is not None and bool(basic["ca"].native)


def chain_of(certificate: Any, others: Sequence[Any], trust: Sequence[Any]) -> list[tuple[Any, bool]]:
    """Return the chain above a certificate as far as it is known, lowest first, each with «is trusted».

    Links are found by name and key identifier; whether they hold is judged elsewhere.
    """
    trusted = {one.dump() for one in trust}
    chain = [certificate]
    while len(chain) < MOST_LINKS and chain[-1].dump() not in trusted:
        lower = chain[-1]
        above = next((one for one in (*trust, *others) if _issued(one, lower) and one not in chain), None)
        if above is None:
            break
        chain.append(above)
    return [(one, one.dump() in trusted) for one in chain]


def chain_words(certificate: Any, others: Sequence[Any], trust: Sequence[Any]) -> tuple[str, ...]:
    """Return the names of a chain from the signer up; the trusted end and an unknown end say so."""
    if certificate is None:
        return ()
    try:
        chain = chain_of(certificate, others, trust)
        facts = [facts_of(one) for one, _trusted in chain]
        words = [one.owner for one in facts]
        if chain[-1][1]:
            return (*words[:-1], f"{words[-1]} (доверенный)")
        last = chain[-1][0]
        if last.issuer.dump() == last.subject.dump():
            return (*words[:-1], f"{words[-1]} (не из доверенных)")
        return (*words, f"{facts[-1].issuer} (сертификата здесь нет)")
    except FOREIGN_ASN1_ERRORS:
        return ()


def has_qualified_marks(certificate: Any) -> bool:
    """Tell whether a certificate says of itself that it is a qualified one («приказ ФСБ № 795»).

    Two marks together: the means of signing of the centre (1.2.643.100.112) and a policy of a class of protection
    (1.2.643.100.113.…). They are the words of the certificate, not a proof.
    """
    if certificate is None:
        return False
    try:
        found = {one["extn_id"].native for one in certificate["tbs_certificate"]["extensions"]}
        policies = certificate.certificate_policies_value or ()
        classes = [str(one["policy_identifier"].native).startswith("1.2.643.100.113.") for one in policies]
        return "1.2.643.100.112" in found and any(classes)
    except FOREIGN_ASN1_ERRORS:
        return False


def _issued(upper: Any, lower: Any) -> bool:
    if upper.subject.dump() != lower.issuer.dump():
        return False
    wanted = lower.authority_key_identifier
    return wanted is None or upper.key_identifier is None or wanted == upper.key_identifier


def _names(name: Any) -> dict[str, str]:
    """Return the first value of each kind of a distinguished name."""
    found: dict[str, str] = {}
    for rdn in name.chosen:
        for pair in rdn:
            value = pair["value"].native
            if isinstance(value, str) and value.strip():
                found.setdefault(pair["type"].native, " ".join(value.split()))
    return found


def _person(names: dict[str, str]) -> str | None:
    surname, given = names.get("surname"), names.get("given_name")
    if surname and given:
        return f"{surname} {given}"
    return names.get("common_name") or surname or names.get("organization_name")


def _may_sign(certificate: Any) -> bool:
    usage = certificate.key_usage_value
    if usage is not None and not SIGNING_USAGES & usage.native:
        return False
    purposes = certificate.extended_key_usage_value
    return purposes is None or not set(purposes.native) <= MACHINE_PURPOSES


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
