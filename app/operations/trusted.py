"""Certification centres this user trusts: certificates kept in the profile, never in a municipal file.

The program ships none. A user adds the certificates of Минцифры and of the centre that gave out the signers'
certificates; every check from then on uses them.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.errors import UserError
from app.operations.signing import read_bytes
from app.paths import profile


@dataclass(frozen=True, slots=True)
class Centre:
    """A trusted centre.

    Attributes:
        key: what it is removed by: the beginning of the SHA-256 of its certificate.
        owner: its name.
        issuer: who vouches for it; the same name for a root.
        valid_to: ISO date of its last day.
        sha256: fingerprint of the certificate, to be compared with the one the centre publishes.
    """

    key: str
    owner: str
    issuer: str
    valid_to: str
    sha256: str


def folder() -> Path:
    """Return the folder with the certificates; it is made when missing."""
    place = profile() / "trusted"
    place.mkdir(parents=True, exist_ok=True)
    return place


def centres() -> list[Centre]:
    """Return the trusted centres by name; a file that is no certificate is passed over."""
    from app.exporters.certificates import read_certificates

    found: dict[str, Centre] = {}
    for data in certificates():
        for certificate in read_certificates([data]):
            one = _centre(certificate)
            found[one.sha256] = one
    return sorted(found.values(), key=lambda one: (one.owner, one.sha256))


def certificates() -> list[bytes]:
    """Return the kept certificates as ``verify`` takes them."""
    from app.exporters.certificates import read_certificates

    kept = []
    try:
        paths = sorted(folder().glob("*.cer"))
    except OSError:  # a profile that cannot be written holds no centres: signatures are checked all the same
        return []
    for path in paths:
        try:
            data = path.read_bytes()
            read_certificates([data], path.name)
        except (OSError, UserError):
            continue  # a spoiled file vouches for nobody; the list of centres shows that it is not there
        kept.append(data)
    return kept


def add(path: Path) -> list[Centre]:
    """Keep the certificates of a file; returns those that are new.

    Args:
        path: DER or PEM; a PEM may hold several.

    Raises:
        UserError: ``GEN_FILE_…``; ``SIGN_TRUST_UNREADABLE``; ``SIGN_TRUST_NOT_CENTRE`` for a person's certificate;
            ``SIGN_TRUST_KEEP`` where the profile cannot be written.
    """
    from app.exporters.atomic import write_atomic
    from app.exporters.certificates import is_centre, read_certificates

    found = read_certificates([read_bytes(path)], path.name)
    for certificate in found:
        if not is_centre(certificate):
            raise UserError("SIGN_TRUST_NOT_CENTRE", owner=_centre(certificate).owner)
    known = {one.key for one in centres()}
    added = []
    for certificate in found:
        one = _centre(certificate)
        if one.key in known:
            continue
        try:
            write_atomic(folder() / f"{one.key}.cer", certificate.dump())
        except OSError as error:
            raise UserError("SIGN_TRUST_KEEP", detail=str(error.strerror or error)) from error
        added.append(one)
    return added


def remove(key: str) -> None:
    """Trust a centre no longer.

    Raises:
        UserError: ``SIGN_TRUST_NONE`` where there is none by that key; ``SIGN_TRUST_KEEP``.
    """
    path = folder() / f"{key}.cer"
    if key not in {one.key for one in centres()} or not path.is_file():
        raise UserError("SIGN_TRUST_NONE", key=key)
    try:
        path.unlink()
    except OSError as error:
        raise UserError("SIGN_TRUST_KEEP", detail=str(error.strerror or error)) from error


def _centre(certificate: Any) -> Centre:
    from app.exporters.certificates import facts_of

    facts = facts_of(certificate)
    digest = hashlib.sha256(certificate.dump()).hexdigest()
    return Centre(digest[:16], facts.owner, facts.issuer, facts.valid_to.date().isoformat(), digest)
