"""Signatures that are files of their own: beside a document (detached) or around it (attached). CMS, RFC 5652.

A container may hold several signers side by side, and others who signed over their signatures («заверяющие
подписи»): each gets a verdict of its own.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from app.exporters import verdicts
from app.exporters.certificates import FOREIGN_ASN1_ERRORS, read_certificates
from app.exporters.cms_check import certificates_of, check_signer, counter_signers
from app.exporters.judging import Evidence, Judge, digest_of, signing_time, verdict_on
from app.exporters.pdf_coverage import Coverage
from app.exporters.quiet import quiet
from app.exporters.verdicts import Verification

NOT_CMS = "Файл подписи повреждён или это не подпись."
NO_SIGNERS = "В файле подписи нет ни одной подписи."
ALONE = "Это отсоединённая подпись: самого документа в ней нет. Выберите документ, к которому она относится."
WHOLE_INSIDE = "весь документ, который лежит внутри подписи"
SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
"""The object identifier every signed container begins with."""


def is_container(data: bytes) -> bool:
    """Tell whether a file begins as a CMS signature does, in whatever spelling."""
    try:
        return SIGNED_DATA in to_der(data[:4096] if data[:1] == b"\x30" else data)[:64]
    except (ValueError, UnicodeError):
        return False


def verify_detached(
    data: bytes, sig: bytes, *, trust: Sequence[bytes] = (), now: datetime | None = None
) -> Verification:
    """Verify a CMS signature that lies beside a file (or holds a copy of it).

    Args:
        data: the signed file.
        sig: the signature: DER, PEM or bare base64.
        trust: certificates of trusted centres, PEM or DER.
        now: the present moment, with time zone.

    Returns:
        One verdict for each signer of the container and for each who signed over a signature.

    Raises:
        UserError: SIGN_TRUST_UNREADABLE.
    """
    with quiet():
        judge = Judge(tuple(read_certificates(trust)), now or datetime.now(UTC))
        try:
            evidence = _evidence(_load_signed_data(to_der(sig)), data, "весь файл")
        except FOREIGN_ASN1_ERRORS:
            return verdicts.whole_file("damaged_file", NOT_CMS)
        found = [verdict_on(one, judge) for one in evidence]
        return replace(verdicts.summed_up(tuple(found), NO_SIGNERS), kind="detached")


def verify_attached(sig: bytes, *, trust: Sequence[bytes] = (), now: datetime | None = None) -> Verification:
    """Verify a CMS signature that holds its document inside; the document comes back in ``content``.

    A signature without a document inside is «damaged» as a file: the reason says that its document is wanted.

    Args:
        sig: DER, PEM or bare base64.
        trust: certificates of trusted centres, PEM or DER.
        now: the present moment, with time zone.

    Raises:
        UserError: SIGN_TRUST_UNREADABLE.
    """
    with quiet():
        judge = Judge(tuple(read_certificates(trust)), now or datetime.now(UTC))
        try:
            signed_data = _load_signed_data(to_der(sig))
            content = _enclosed(signed_data)
            if content is None:
                return replace(verdicts.whole_file("damaged_file", ALONE), kind="detached")
            evidence = _evidence(signed_data, content, WHOLE_INSIDE)
        except FOREIGN_ASN1_ERRORS:
            return verdicts.whole_file("damaged_file", NOT_CMS)
        found = [verdict_on(one, judge) for one in evidence]
        return replace(verdicts.summed_up(tuple(found), NO_SIGNERS), kind="attached", content=content)


def _enclosed(signed_data: Any) -> bytes | None:
    content = signed_data["encap_content_info"]["content"].native
    return content if isinstance(content, bytes) else None


def _evidence(signed_data: Any, data: bytes, scope: str) -> list[Evidence]:
    """Gather what is read of every signer and of those who signed over them.

    Raises:
        ValueError: or one of ``FOREIGN_ASN1_ERRORS``: the container cannot be decoded.
    """
    kind = str(signed_data["encap_content_info"]["content_type"].native)
    groups = []
    for signer in list(signed_data["signer_infos"]):
        one = _one(signed_data, signer, kind, data, scope)
        owner = one.finding.facts.owner if one.finding.facts else None
        groups.append([one, *(_over(signed_data, signer, counter, owner) for counter in counter_signers(signer))])
    # a container keeps its signers in the order of their bytes: a person wants the order of signing
    groups.sort(key=lambda group: group[0].time or datetime.max.replace(tzinfo=UTC))
    return [one for group in groups for one in group]


def _one(signed_data: Any, signer: Any, kind: str, data: bytes, scope: str) -> Evidence:
    """Gather the evidence of one signer; it covers the whole file or does not fit."""
    finding = check_signer(signed_data, signer, kind, lambda name: digest_of(name, data), lambda: data)
    fits = finding.state == "good"
    coverage = Coverage(fits, scope if fits else "", None, "", None)
    return Evidence(None, 0, finding, coverage, signing_time(signer), tuple(certificates_of(signed_data)))


def _over(signed_data: Any, signer: Any, counter: Any, owner: str | None) -> Evidence:
    """Gather the evidence of one who signed over a signature: it says nothing of the document itself."""
    value = signer["signature"].native
    finding = check_signer(signed_data, counter, None, lambda name: digest_of(name, value), lambda: value)
    scope = f"подпись: {owner}" if owner else "подпись другого лица"
    coverage = Coverage(False, scope, None, "", None)
    others = tuple(certificates_of(signed_data))
    return Evidence(None, 0, finding, coverage, signing_time(counter), others, "counter", owner or "")


def to_der(sig: bytes) -> bytes:
    """Return DER of a signature file: cryptographic programs write it bare, in PEM, or in plain base64.

    Raises:
        ValueError: it is none of these.
    """
    if sig[:1] == b"\x30":
        return sig
    text = sig.removeprefix(b"\xef\xbb\xbf")
    if sig[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        text = sig.decode("utf-16").encode("ascii")
    text = re.sub(rb"-----[^-]+-----", b"", text)
    try:
        return base64.b64decode(b"".join(text.split()), validate=True)
    except binascii.Error as error:
        raise ValueError("neither DER nor base64") from error


def _load_signed_data(der: bytes) -> Any:
    from asn1crypto import cms

    info = cms.ContentInfo.load(der)
    if info["content_type"].native != "signed_data":
        raise ValueError("another kind of container")
    return info["content"]
