"""The cryptography of one signature in a CMS container, apart from where the container was found.

Order matters. The digest of the document is compared first: a changed document is a broken signature whatever
else is wrong with it. Only then comes the question whether we know the algorithm at all.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from app.exporters import gost_check
from app.exporters.certificates import FOREIGN_ASN1_ERRORS, CertificateFacts, chain_of, facts_of

CmsState = Literal["good", "broken", "unsupported", "empty"]

DIGESTS = frozenset(
    {"md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha512_224", "sha512_256"}
    | {"sha3_224", "sha3_256", "sha3_384", "sha3_512", "shake256"}
)
DIGEST_WORDS = {
    name: name.upper().replace("SHA", "SHA-").replace("SHA-3_", "SHA3-").replace("_", "/") for name in DIGESTS
}
DIGEST_WORDS["shake256"] = "SHAKE256"
OUTDATED_DIGESTS = frozenset({"md5", "sha1"})
SIGNATURE_SCHEMES = frozenset({"rsassa_pkcs1v15", "rsassa_pss", "ecdsa", "ed25519", "ed448"})
SMALLEST_RSA_BITS = 2048

RUSSIAN_ALGORITHMS = {
    "1.2.643.2.2.9": "ГОСТ Р 34.11-94",
    "1.2.643.7.1.1.2.2": "ГОСТ Р 34.11-2012, 256 бит",
    "1.2.643.7.1.1.2.3": "ГОСТ Р 34.11-2012, 512 бит",
    "1.2.643.2.2.3": "ГОСТ Р 34.10-2001",
    "1.2.643.2.2.19": "ГОСТ Р 34.10-2001",
    "1.2.643.7.1.1.1.1": "ГОСТ Р 34.10-2012, 256 бит",
    "1.2.643.7.1.1.1.2": "ГОСТ Р 34.10-2012, 512 бит",
    "1.2.643.7.1.1.3.2": "ГОСТ Р 34.10-2012, 256 бит",
    "1.2.643.7.1.1.3.3": "ГОСТ Р 34.10-2012, 512 бит",
}

WRONG_DIGEST = "Содержимое не сходится с подписью: его изменили после подписания или подписан другой файл."
WRONG_SIGNATURE = "Подпись не сходится с ключом из сертификата: она повреждена или подделана."
MALFORMED = "Подпись повреждена: её устройство не читается."
NO_CERTIFICATE = "Сертификат подписавшего в подпись не вложен, проверить её нечем."
NOT_HERE = "Подпись по {name} здесь не проверяется: {missing}. Проверьте её в КриптоАРМ или на Госуслугах."
OUT_OF_USE = "Подпись сходится, но её алгоритм {name} с 2020 года не применяется: верной её назвать нельзя."


@dataclass(frozen=True, slots=True)
class CmsFinding:
    """What the cryptography says.

    Attributes:
        state: good, broken, an algorithm (or a form of signature) this program cannot judge, or no signature
            at all in its place.
        reason: one Russian sentence; empty when good.
        certificate: the signer's certificate where it was found.
        facts: what it says.
        algorithm: how the signature is made, as a person reads it.
        checked_by: the program of others that did the sums, empty where it was ours.
    """

    state: CmsState
    reason: str
    certificate: Any = field(default=None, repr=False)
    facts: CertificateFacts | None = None
    algorithm: str = ""
    checked_by: str = ""


def check_signer(
    signed_data: Any, signer_info: Any, content_type: str | None, digest: Callable[[str], bytes],
    content: Callable[[], bytes] | None = None,
) -> CmsFinding:  # fmt: skip
    """Check one signer of a CMS container.

    Args:
        signed_data: ``asn1crypto.cms.SignedData``.
        signer_info: one of its signers.
        content_type: what is signed, as CMS names it («data»); None for a signature over another signature.
        digest: gives the digest of the signed content for the name of an algorithm from ``DIGESTS``.
        content: gives the signed content itself, which a ГОСТ signature needs.

    Returns:
        A finding; no error of the container leaves this function.
    """
    import asn1crypto.tsp  # noqa: F401 - it teaches cms the attributes that name a certificate

    try:
        certificate = find_certificate(signed_data, signer_info)
        facts = facts_of(certificate) if certificate is not None else None
        russian = signer_info["digest_algorithm"]["algorithm"].native in gost_check.DIGEST_NAMES
        if russian:
            state, reason = _judge_russian(signer_info, certificate, content_type, content)
        else:
            state, reason = _judge(signer_info, certificate, content_type, digest)
        words = algorithm_words(signer_info, certificate)
    except FOREIGN_ASN1_ERRORS:
        return CmsFinding("broken", MALFORMED)
    by = gost_check.HOW_CHECKED if russian and state != "unsupported" else ""
    return CmsFinding(state, reason, certificate, facts, words, by)


def counter_signers(signer_info: Any) -> list[Any]:
    """Return those who signed over the signature of a signer («заверяющие подписи»)."""
    found: list[Any] = []
    try:
        for attribute in signer_info["unsigned_attrs"] or ():
            if attribute["type"].native == "counter_signature":
                found.extend(attribute["values"])
    except FOREIGN_ASN1_ERRORS:
        return found
    return found


def algorithm_words(signer_info: Any, certificate: Any) -> str:
    """Return how a signature is made: «RSA, 2048 бит, SHA-256»."""
    scheme, digest = _scheme(signer_info["signature_algorithm"]), signer_info["digest_algorithm"]["algorithm"].native
    if scheme in RUSSIAN_ALGORITHMS:
        return RUSSIAN_ALGORITHMS[scheme]
    names = {
        "rsassa_pkcs1v15": "RSA",
        "rsassa_pss": "RSA-PSS",
        "ecdsa": "ECDSA",
        "ed25519": "Ed25519",
        "ed448": "Ed448",
    }
    bits = ""
    if certificate is not None and scheme in {"rsassa_pkcs1v15", "rsassa_pss", "ecdsa"}:
        bits = f"{certificate.public_key.bit_size} бит"
    shown = DIGEST_WORDS.get(digest) or algorithm_name(str(digest)).upper()
    return ", ".join(part for part in (names.get(scheme, scheme), bits, shown) if part)


def find_certificate(signed_data: Any, signer_info: Any) -> Any:
    """Return the signer's certificate out of the container, or None."""
    wanted = signer_info["sid"]
    for certificate in certificates_of(signed_data):
        if wanted.name == "issuer_and_serial_number":
            serial_fits = certificate.serial_number == wanted.chosen["serial_number"].native
            if serial_fits and certificate.issuer.dump() == wanted.chosen["issuer"].dump():
                return certificate
        elif certificate.key_identifier == wanted.chosen.native:
            return certificate
    return None


def certificates_of(signed_data: Any) -> Iterator[Any]:
    """Yield the X.509 certificates of a container."""
    for choice in signed_data["certificates"] or ():
        if choice.name == "certificate":
            yield choice.chosen


def algorithm_name(identifier: str) -> str:
    """Return how to call an algorithm to a person."""
    return RUSSIAN_ALGORITHMS.get(identifier, identifier)


def issuer_is_trusted(
    certificate: Any, others: Sequence[Any], trust: Sequence[Any], moment: datetime, facts: CertificateFacts
) -> bool:
    """Tell whether a chain leads from the certificate to one of the trusted ones.

    Dates of the certificate itself are judged elsewhere (``CertificateFacts.state_at``), so the chain is looked
    at within them: an expired certificate of a known centre stays a certificate of a known centre. Revocation is
    not checked: the program has no network.

    Args:
        certificate: the signer's certificate.
        others: further certificates out of the signature, for chains of several links.
        trust: certificates the user trusts; with none the answer is no (never the system's list).
        moment: claimed time of signing.
        facts: facts of ``certificate``.
    """
    from pyhanko_certvalidator import CertificateValidator, ValidationContext
    from pyhanko_certvalidator.errors import PathError, ValidationError

    if not trust:
        return False
    instant = timedelta(seconds=1)
    inside = min(max(moment, facts.valid_from + instant), facts.valid_to - instant)
    if any(is_russian(one) for one, _trusted in chain_of(certificate, others, trust)):
        return _russian_chain(certificate, others, trust, inside)
    try:
        context = ValidationContext(
            trust_roots=list(trust), other_certs=list(others), moment=inside, allow_fetching=False
        )
        asyncio.run(CertificateValidator(certificate, validation_context=context).async_validate_path())
    except (PathError, ValidationError, *FOREIGN_ASN1_ERRORS):
        return False
    return True


def is_russian(certificate: Any) -> bool:
    """Tell whether a certificate is signed by a ГОСТ algorithm."""
    try:
        return certificate["signature_algorithm"]["algorithm"].native in gost_check.SCHEMES
    except FOREIGN_ASN1_ERRORS:
        return False


def _russian_chain(certificate: Any, others: Sequence[Any], trust: Sequence[Any], moment: datetime) -> bool:
    tool, _missing = gost_check.look()
    if tool is None:
        return False
    between = [one.dump() for one in others if one.dump() != certificate.dump()]
    try:
        return gost_check.chain_leads(tool, certificate.dump(), between, [one.dump() for one in trust], moment)
    except OSError:
        return False


def _judge_russian(
    signer_info: Any, certificate: Any, content_type: str | None, content: Callable[[], bytes] | None
) -> tuple[CmsState, str]:
    """Judge a signature with a ГОСТ digest by the engine, or say why it cannot be done here."""
    from asn1crypto import core

    algorithm = signer_info["digest_algorithm"]["algorithm"].native
    scheme = signer_info["signature_algorithm"]["algorithm"].native
    if gost_check.SCHEMES.get(scheme) != algorithm:
        return "unsupported", _unsupported(algorithm)
    tool, missing = gost_check.look()
    name = algorithm_name(algorithm)
    if tool is None or content is None:
        return "unsupported", NOT_HERE.format(name=name, missing=missing or gost_check.NO_ENGINE)
    data = content()
    attributes = signer_info["signed_attrs"]
    try:
        if attributes is not core.VOID and _claimed_digest(signer_info) != gost_check.digest(tool, algorithm, data):
            return "broken", WRONG_DIGEST
        if certificate is None:
            return "unsupported", NO_CERTIFICATE
        if attributes is not core.VOID:
            if not _attributes_fit(signer_info, certificate, content_type):
                return "broken", WRONG_SIGNATURE
            data = attributes.untag().dump()
        key = certificate["tbs_certificate"]["subject_public_key_info"].dump()
        if not gost_check.signature_fits(tool, algorithm, key, signer_info["signature"].native, data):
            return "broken", WRONG_SIGNATURE if attributes is not core.VOID else WRONG_DIGEST
    except OSError:
        return "unsupported", NOT_HERE.format(name=name, missing=gost_check.NOT_WORKING)
    if algorithm == gost_check.OUTDATED_DIGEST:
        return "unsupported", OUT_OF_USE.format(name=algorithm_name(scheme))
    return "good", ""


def _attributes_fit(signer_info: Any, certificate: Any, content_type: str | None) -> bool:
    """Tell whether the signed attributes say the right kind of content and name this very certificate."""
    attributes = signer_info["signed_attrs"]
    kinds = [one for one in attributes if one["type"].native == "content_type"]
    if content_type is None:
        if kinds:  # RFC 5652, 11.4: a signature over a signature has no type of content
            return False
    elif len(kinds) != 1 or [value.native for value in kinds[0]["values"]] != [content_type]:
        return False
    if sum(one["type"].native == "message_digest" for one in attributes) != 1:
        return False
    named = [
        one["values"][0]["certs"][0]["cert_hash"].native == _hash_of(one["values"][0]["certs"][0], certificate.dump())
        for one in attributes
        if one["type"].native in {"signing_certificate", "signing_certificate_v2"}
    ]
    return all(named)


def _hash_of(named: Any, der: bytes) -> bytes:
    """Return the digest of a certificate by the algorithm under which signed attributes name it."""
    import hashlib

    if "hash_algorithm" not in named.native:
        return hashlib.sha1(der, usedforsecurity=False).digest()
    algorithm = named["hash_algorithm"]["algorithm"].native
    if algorithm in gost_check.DIGEST_NAMES:
        tool, _missing = gost_check.look()
        return gost_check.digest(tool, algorithm, der) if tool else b""
    return hashlib.new(algorithm, der).digest()


def _judge(
    signer_info: Any, certificate: Any, content_type: str | None, digest: Callable[[str], bytes]
) -> tuple[CmsState, str]:
    digest_name = signer_info["digest_algorithm"]["algorithm"].native
    if digest_name not in DIGESTS:
        return "unsupported", _unsupported(digest_name)
    actual = digest(digest_name)
    claimed = _claimed_digest(signer_info)
    if claimed is not None and claimed != actual:
        return "broken", WRONG_DIGEST
    if certificate is None:
        return "unsupported", NO_CERTIFICATE
    algorithm = signer_info["signature_algorithm"]
    scheme = _scheme(algorithm)
    if scheme not in SIGNATURE_SCHEMES:
        return "unsupported", _unsupported(scheme)
    state, reason = _verify(signer_info, certificate, content_type, actual)
    if state == "good":
        weakness = _weakness(scheme, {digest_name, _digest_of(algorithm)}, certificate)
        if weakness:
            return "unsupported", weakness
    return state, reason


def _verify(signer_info: Any, certificate: Any, content_type: str | None, actual: bytes) -> tuple[CmsState, str]:
    from cryptography.exceptions import UnsupportedAlgorithm
    from pyhanko.sign.validation.errors import SignatureValidationError
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity

    try:
        if content_type is None:
            intact, valid = _over_signature(signer_info, certificate, actual)
        else:
            intact, valid = validate_sig_integrity(signer_info, certificate, content_type, actual)
    except (UnsupportedAlgorithm, NotImplementedError):
        return "unsupported", "Подпись сделана по алгоритму, который программа не умеет проверять."
    except SignatureValidationError:
        # The signed attributes name another certificate, another kind of content, or contradict themselves.
        return "broken", WRONG_SIGNATURE
    except AssertionError:
        # pyHanko asserts that key and algorithm are of one family.
        return "broken", WRONG_SIGNATURE
    if not valid:
        return "broken", WRONG_SIGNATURE
    return ("good", "") if intact else ("broken", WRONG_DIGEST)


def _over_signature(signer_info: Any, certificate: Any, actual: bytes) -> tuple[bool, bool]:
    """Return (digest fits, signature fits) of a signature over a signature; pyHanko knows no such thing."""
    from asn1crypto import core
    from cryptography.exceptions import InvalidSignature
    from pyhanko_certvalidator.sig_validate import DefaultSignatureValidator, SignatureValidationContext

    attributes = signer_info["signed_attrs"]
    bare = attributes is core.VOID
    if not bare and not _attributes_fit(signer_info, certificate, None):
        return True, False
    name = signer_info["digest_algorithm"]["algorithm"].native
    try:
        DefaultSignatureValidator().validate_signature(
            signer_info["signature"].native, actual if bare else attributes.untag().dump(), certificate.public_key,
            signer_info["signature_algorithm"],
            context=SignatureValidationContext(contextual_md_algorithm=name, prehashed=bare),
        )  # fmt: skip
    except InvalidSignature:
        return True, False
    return bare or _claimed_digest(signer_info) == actual, True


def _claimed_digest(signer_info: Any) -> bytes | None:
    """Return the digest in the signed attributes; None where a signature has no such attributes."""
    from asn1crypto import core

    attributes = signer_info["signed_attrs"]
    if attributes is core.VOID:
        return None
    for attribute in attributes:
        if attribute["type"].native == "message_digest":
            return bytes(attribute["values"][0].native)
    return b""


def _scheme(algorithm: Any) -> str:
    try:
        return str(algorithm.signature_algo)
    except ValueError:  # asn1crypto does not know the identifier
        return str(algorithm["algorithm"].native)


def _digest_of(algorithm: Any) -> str:
    """Return the digest a signature algorithm names itself («sha1WithRSA»), or nothing."""
    try:
        return str(algorithm.hash_algo)
    except ValueError:
        return ""


def _weakness(scheme: str, digests: set[str], certificate: Any) -> str:
    outdated = sorted(digests & OUTDATED_DIGESTS)
    if outdated:
        shown = outdated[0].upper().replace("SHA1", "SHA-1")
        return f"Подпись сходится, но её алгоритм {shown} устарел и допускает подделку: верной её назвать нельзя."
    if scheme.startswith("rsassa") and certificate.public_key.bit_size < SMALLEST_RSA_BITS:
        bits = certificate.public_key.bit_size
        return f"Подпись сходится, но ключ в {bits} бит слишком короток: верной её назвать нельзя."
    return ""


def _unsupported(identifier: str) -> str:
    name = algorithm_name(identifier)
    if name.startswith("ГОСТ"):
        return f"Подпись по {name}: проверьте её программой с поддержкой ГОСТ (КриптоАРМ, сервис проверки Госуслуг)."
    return f"Подпись сделана по алгоритму, который программа не умеет проверять ({name})."
