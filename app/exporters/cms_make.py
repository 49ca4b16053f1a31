"""Signatures beside a file: detached CMS of the form CAdES-BES, over any bytes at all.

A ``Signatory`` is whoever can sign here and now: a key out of a PKCS#12 file or a key inside a token. What it signs,
a PDF, a package of Word or Excel, or a file with a ``.sig``, is another question.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from app.errors import UserError
from app.exporters.certificates import FOREIGN_ASN1_ERRORS, CertificateFacts, facts_of
from app.exporters.cms_check import find_certificate
from app.exporters.judging import signing_time
from app.exporters.quiet import quiet

DIGEST = "sha256"


@dataclass(frozen=True, slots=True)
class Signatory:
    """Somebody who can sign. The key itself is never here: the signer of pyHanko knows where it lies.

    Attributes:
        facts: what the certificate says.
        signer: pyHanko's signer over the key.
    """

    facts: CertificateFacts
    signer: Any = field(repr=False)


@dataclass(frozen=True, slots=True)
class MadeSignature:
    """A detached signature ready to be kept.

    Attributes:
        data: the container, DER.
        facts: the signer's certificate.
        signed_at: the time written into the signature; None where the signature names none.
    """

    data: bytes = field(repr=False)
    facts: CertificateFacts
    signed_at: datetime | None


def sign_beside(data: bytes, signatory: Signatory, *, when: datetime | None = None) -> MadeSignature:
    """Sign bytes with a signature that lies beside them (CAdES-BES: signing certificate and time are signed too).

    Args:
        data: the file, of any kind.
        signatory: who signs.
        when: claimed time of signing, with time zone; now by the clock of this machine when omitted.

    Raises:
        UserError: SIGN_RESULT_BAD where the new signature does not hold; those of the key (SIGN_TOKEN_…).
    """
    import asyncio

    from app.exporters.verifying import verify_detached

    moment = (when or datetime.now(UTC)).astimezone().replace(microsecond=0)
    with quiet():
        der = asyncio.run(_sign(data, signatory, moment))
    answer = verify_detached(data, der)
    if answer.verdict not in {"valid", "valid_unknown_issuer"}:
        raise UserError("SIGN_RESULT_BAD", why=answer.reason)
    return MadeSignature(der, signatory.facts, moment)


async def _sign(data: bytes, signatory: Signatory, moment: datetime) -> bytes:
    from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes

    container = await signatory.signer.async_sign_general_data(
        data, DIGEST, detached=True, use_cades=True, signed_attr_settings=PdfCMSSignedAttributes(signing_time=moment)
    )
    der: bytes = container.dump()
    return der


def sign_raw(data: bytes, signatory: Signatory) -> bytes:
    """Return the bare RSA or ECDSA signature over SHA-256 of some bytes, as XML-DSig wants it."""
    import asyncio

    with quiet():
        value: bytes = asyncio.run(signatory.signer.async_sign_raw(data, DIGEST))
    return value


# --- reading what other programs made --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReadSignature:
    """What a foreign signature says of itself; whether it holds is the business of ``verifying``.

    Attributes:
        data: the container, DER.
        signers: facts of the certificate of each signer; None where the certificate is not enclosed.
        certificates: the certificates themselves, DER.
        times: claimed time of each signer.
        encloses: the container holds a copy of the document.
    """

    data: bytes = field(repr=False)
    signers: tuple[CertificateFacts | None, ...]
    certificates: tuple[bytes, ...] = field(repr=False)
    times: tuple[datetime | None, ...]
    encloses: bool


def read_signature(raw: bytes, name: str) -> ReadSignature:
    """Read a ``.sig`` as programs write it: DER, PEM, or bare base64.

    Args:
        raw: the file.
        name: what to call it in the message.

    Raises:
        UserError: SIGN_SIG_UNREADABLE.
    """
    from asn1crypto import cms

    from app.exporters.sig_check import to_der

    with quiet():
        try:
            der = to_der(raw)
            info = cms.ContentInfo.load(der)
            if info["content_type"].native != "signed_data":
                raise ValueError("another kind of container")
            content = info["content"]
            signers = list(content["signer_infos"])
            if not signers:
                raise ValueError("nobody signed")
            found = [find_certificate(content, signer) for signer in signers]
            facts = tuple(facts_of(one) if one is not None else None for one in found)
            encloses = content["encap_content_info"]["content"].native is not None
            times = tuple(signing_time(signer) for signer in signers)
        except FOREIGN_ASN1_ERRORS as error:
            raise UserError("SIGN_SIG_UNREADABLE", file=name) from error
    return ReadSignature(info.dump(), facts, tuple(one.dump() for one in found if one is not None), times, encloses)
