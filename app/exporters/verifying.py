"""Verification of signatures in a PDF and of detached ``.sig`` files. How to read the answers: ``verdicts``.

The digest alone is not enough: a page can be replaced by an incremental update that leaves every signed byte in
place. So each signature passes three examinations: what its byte range covers, what later revisions changed
(pyHanko's analysis), and the cryptography (``cms_check``). The worst of the three is the verdict.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from app.exporters import verdicts
from app.exporters.certificates import FOREIGN_ASN1_ERRORS, read_certificates
from app.exporters.cms_check import CmsFinding, certificates_of, check_signer, issuer_is_trusted
from app.exporters.pdf_coverage import (
    FOREIGN_PDF_ERRORS,
    Coverage,
    CoverageProblem,
    examine_coverage,
    open_reader,
    orphan_signatures,
    page_tree_is_sound,
    revisions_from_the_end,
)
from app.exporters.quiet import quiet
from app.exporters.verdicts import (
    REFUSED,
    REVOCATION_NOTE,
    TIME_NOTE,
    SignatureVerdict,
    Verdict,
    Verification,
    exit_code,
)

__all__ = ["REFUSED", "SignatureVerdict", "Verification", "exit_code", "verify_detached", "verify_pdf"]

OBJECT = b" obj"
HEADER_WITHIN = 1024
"""A PDF announces itself within its first kilobyte."""

DAMAGED = "Файл повреждён или это не PDF: прочитать его не удалось."
LOOP = "Файл повреждён: страницы ссылаются друг на друга по кругу."
ENCRYPTED = "Файл зашифрован, подпись проверить нельзя."
NOT_SIGNED = "Подписей в файле нет."
EMPTY = "Поле подписи есть, но сама подпись в нём пуста."
NOT_CMS = "Файл подписи повреждён или это не подпись."
OTHER_FORM = "Подпись записана в виде, который программа не умеет проверять ({form})."
UNREADABLE = "Подпись повреждена: её устройство не читается."
REMOVED = "Подпись в файле есть, но документ на неё больше не ссылается: её убрали после подписания."
TAKEN_OUT = "подпись убрана из документа"
CUT = "Файл обрезан: конца подписанной части в нём нет."
DETACHED_FORMS = ("/adbe.pkcs7.detached", "/ETSI.CAdES.detached", "/PAdES.detached", "/ETSI.RFC3161")


NOTHING = Coverage(False, "ничего", None, "", None)


@dataclass(frozen=True, slots=True)
class _Judge:
    """What every signature of one run is judged with."""

    trust: tuple[Any, ...]
    now: datetime


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What was read about one signature, before it is judged.

    Attributes:
        field: name of the signature field of a PDF.
        end: end of the signed region; signatures are told in this order.
        finding: the cryptography.
        coverage: the structure.
        time: claimed time of signing.
        others: certificates out of the container.
    """

    field: str | None
    end: int
    finding: CmsFinding
    coverage: Coverage
    time: datetime | None = None
    others: tuple[Any, ...] = ()


def verify_pdf(pdf: bytes, *, trust: Sequence[bytes] = (), now: datetime | None = None) -> Verification:
    """Verify every signature of a PDF.

    Args:
        pdf: the file, any bytes at all.
        trust: certificates of trusted centres, PEM or DER; a PEM may hold several.
        now: the present moment, with time zone; the clock of this machine when omitted.

    Raises:
        UserError: SIGN_TRUST_UNREADABLE. Nothing in ``pdf`` raises: whatever it is, it has a verdict.
    """
    with quiet():
        judge = _Judge(tuple(read_certificates(trust)), now or datetime.now(UTC))
        reading = _read(pdf)
        if isinstance(reading, Verification):
            return reading
        found = [_verdict_on(evidence, judge) for evidence in reading]
        return verdicts.summed_up(tuple(found), NOT_SIGNED)


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
        One verdict for each signer of the container.

    Raises:
        UserError: SIGN_TRUST_UNREADABLE.
    """
    with quiet():
        judge = _Judge(tuple(read_certificates(trust)), now or datetime.now(UTC))
        try:
            signed_data = _load_signed_data(_der(sig))
            signers = list(signed_data["signer_infos"])
            kind = str(signed_data["encap_content_info"]["content_type"].native)
            evidence = [_beside(signed_data, signer, kind, data) for signer in signers]
        except FOREIGN_ASN1_ERRORS:
            return verdicts.whole_file("damaged_file", NOT_CMS)
        found = [_verdict_on(one, judge) for one in evidence]
        return verdicts.summed_up(tuple(found), "В файле подписи нет ни одной подписи.")


def _read(pdf: bytes) -> Verification | list[_Evidence]:
    """Gather the evidence of a PDF, or say why there is none.

    Strict reading comes first; many honest programs write files that only lenient reading accepts. Reading alone
    stands under the net of ``FOREIGN_PDF_ERRORS``; judging stands outside, so that a fault of ours is not taken
    for theirs.
    """
    from pyhanko.pdf_utils.misc import PdfError

    if b"%PDF-" not in pdf[:HEADER_WITHIN]:
        return verdicts.whole_file("damaged_file", DAMAGED)
    for body in revisions_from_the_end(pdf):
        for strict in (True, False):
            try:
                reading = _read_structure(pdf, open_reader(body, strict=strict))
            except (PdfError, *FOREIGN_PDF_ERRORS):
                continue
            if reading == [] and OBJECT in pdf[len(body) :]:
                break  # what was read is an older revision, and the newer one may have been signed
            return reading
    return verdicts.whole_file("damaged_file", DAMAGED)


def _read_structure(pdf: bytes, reader: Any) -> Verification | list[_Evidence]:
    from pyhanko.sign.fields import enumerate_sig_fields

    if reader.encrypted:
        return verdicts.whole_file("encrypted", ENCRYPTED)
    if not page_tree_is_sound(reader):
        return verdicts.whole_file("damaged_file", LOOP)
    fields = [
        (str(name), reference.get_object()) for name, _, reference in enumerate_sig_fields(reader, filled_status=True)
    ]
    evidence = [_read_field(reader, name, field, pdf) for name, field in fields]
    evidence.sort(key=lambda one: one.end)
    ranges = [_byte_range(field) for _, field in fields]
    evidence.extend(_lost(end, len(pdf)) for end in orphan_signatures(pdf, ranges))
    return evidence


def _lost(end: int, size: int) -> _Evidence:
    """Return the evidence of a signature that stands in the bytes but no longer in the form.

    Args:
        end: where the signed region ends.
        size: length of the file.
    """
    if end > size:
        return _Evidence(None, end, CmsFinding("broken", CUT), NOTHING)
    problem: CoverageProblem | None = "changed_after_signing" if end < size else None
    finding = CmsFinding("good" if problem else "broken", REMOVED)
    return _Evidence(None, end, finding, replace(NOTHING, problem=problem, reason=REMOVED, changed_after=TAKEN_OUT))


def _read_field(reader: Any, name: str, field: Any, pdf: bytes) -> _Evidence:
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature, extract_contents

    end = 0
    try:
        value = field["/V"]
        end = _end_of(_byte_range(field))
        if not any(extract_contents(value)):
            return _Evidence(name, end, CmsFinding("empty", EMPTY), NOTHING)
        form = str(value.get("/SubFilter", "не указан"))
        embedded = EmbeddedPdfSignature(reader, field, name)
        coverage = examine_coverage(embedded, pdf)
        finding = _check_embedded(embedded)
        if finding.state == "good" and form not in DETACHED_FORMS:
            finding = replace(finding, state="unsupported", reason=OTHER_FORM.format(form=form))
        others = tuple(certificates_of(embedded.signed_data))
        return _Evidence(name, end, finding, coverage, _claimed_time(embedded), others)
    except (PdfError, *FOREIGN_PDF_ERRORS):
        if reader.strict:
            raise
        return _Evidence(name, end, CmsFinding("broken", UNREADABLE), NOTHING)


def _check_embedded(embedded: Any) -> CmsFinding:
    signed_data, signer = embedded.signed_data, embedded.signer_info
    if embedded.sig_object_type != "/DocTimeStamp":
        if signed_data["encap_content_info"]["content"].native is not None:
            # adbe.pkcs7.sha1: the container encloses a SHA-1 of the document instead of signing the document.
            return CmsFinding("unsupported", OTHER_FORM.format(form="adbe.pkcs7.sha1"))
        return check_signer(signed_data, signer, "data", embedded.compute_digest)
    enclosed = signed_data["encap_content_info"]["content"]
    finding = check_signer(signed_data, signer, "tst_info", lambda name: _digest(name, bytes(enclosed)))
    imprint = enclosed.parsed["message_imprint"]
    if finding.state == "good" and imprint["hashed_message"].native != embedded.compute_digest():
        return replace(finding, state="broken", reason="Содержимое не сходится с меткой времени.")
    # A time service has a certificate for time stamps only, and here that is the right one.
    facts = replace(finding.facts, may_sign=True) if finding.facts else None
    return replace(finding, facts=facts)


def _verdict_on(evidence: _Evidence, judge: _Judge) -> SignatureVerdict:
    """Put the three examinations together: the worst one speaks."""
    finding, coverage, time = evidence.finding, evidence.coverage, evidence.time
    if finding.state == "empty":
        return SignatureVerdict("not_signed", finding.reason, field=evidence.field, scope=coverage.scope)
    facts = finding.facts
    candidates: list[tuple[Verdict, str]] = []
    if finding.state == "broken":
        candidates.append(("broken", finding.reason))
    if coverage.problem is not None:
        candidates.append((coverage.problem, coverage.reason))
    if finding.state == "unsupported":
        candidates.append(("unsupported_algorithm", finding.reason))
    if not candidates:
        candidates.append(_trust_verdict(evidence, judge))
    verdict, reason = min(candidates, key=lambda pair: verdicts.WORST_FIRST.index(pair[0]))
    state = facts.state_at(time, judge.now) if facts else None
    return SignatureVerdict(
        verdict=verdict,
        reason=reason,
        signer=facts.owner if facts else None,
        time=time.isoformat() if time else None,
        covers_whole_file=coverage.whole,
        changed_after=coverage.changed_after,
        scope=coverage.scope,
        certificate=state,
        serial=facts.serial if facts else None,
        issuer=facts.issuer if facts else None,
        valid_from=facts.valid_from.date().isoformat() if facts else None,
        valid_to=facts.valid_to.date().isoformat() if facts else None,
        position=facts.position if facts else None,
        organisation=facts.organisation if facts else None,
        field=evidence.field,
        notes=_notes(time, state, verdict, judge.now),
    )


def _trust_verdict(evidence: _Evidence, judge: _Judge) -> tuple[Verdict, str]:
    """Judge the person behind an intact signature."""
    facts, time = evidence.finding.facts, evidence.time
    if facts is None:
        return "valid_unknown_issuer", "Подпись цела, но сертификат подписавшего не читается."
    state = facts.state_at(time, judge.now)
    if state == "wrong_usage":
        return "valid_unknown_issuer", "Подпись цела, но сертификат не предназначен для подписи документов."
    if state == "expired_then":
        return "valid_unknown_issuer", "Подпись цела, но на время подписания сертификат не действовал."
    same = "после неё сделано только разрешённое" if evidence.coverage.changed_after else "документ не менялся"
    certificate = evidence.finding.certificate
    if issuer_is_trusted(certificate, evidence.others, judge.trust, time or judge.now, facts):
        return "valid", f"Подпись верна: {same}, издатель сертификата входит в доверенные."
    unknown = f"Подпись цела, {same}, но издатель «{facts.issuer}» не входит в доверенные"
    return "valid_unknown_issuer", f"{unknown}: кто подписал, программа подтвердить не может."


def _notes(time: datetime | None, state: str | None, verdict: Verdict, now: datetime) -> tuple[str, ...]:
    notes = [TIME_NOTE if time else "Время подписания в подписи не указано."]
    if time and time > now:
        notes.append("Указанное время ещё не наступило: проверьте часы этого компьютера.")
    if state == "expired_now":
        notes.append("Срок сертификата уже закончился, но на время подписания он действовал.")
    if state == "expired_then":
        notes.append("На указанное время сертификат не действовал.")
    if verdict in {"valid", "valid_unknown_issuer"}:
        notes.append(REVOCATION_NOTE)
    return tuple(notes)


def _beside(signed_data: Any, signer: Any, kind: str, data: bytes) -> _Evidence:
    """Gather the evidence of one signer of a detached signature; it covers the whole file or does not fit."""
    finding = check_signer(signed_data, signer, kind, lambda name: _digest(name, data))
    fits = finding.state == "good"
    coverage = Coverage(fits, "весь файл" if fits else "", None, "", None)
    return _Evidence(None, 0, finding, coverage, _signing_time(signer), tuple(certificates_of(signed_data)))


def _claimed_time(embedded: Any) -> datetime | None:
    if embedded.sig_object_type == "/DocTimeStamp":
        moment = embedded.signed_data["encap_content_info"]["content"].parsed["gen_time"].native
    else:
        try:
            moment = embedded.self_reported_timestamp
        except ValueError:  # pyHanko raises its PdfReadError or this on a malformed date
            return None
    if not isinstance(moment, datetime):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _signing_time(signer: Any) -> datetime | None:
    try:
        for attribute in signer["signed_attrs"] or ():
            if attribute["type"].native == "signing_time":
                moment: datetime = attribute["values"][0].native
                return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    except FOREIGN_ASN1_ERRORS:
        return None
    return None


def _byte_range(field: Any) -> tuple[int, ...]:
    try:
        return tuple(int(number) for number in field["/V"]["/ByteRange"])
    except FOREIGN_ASN1_ERRORS:
        return ()


def _end_of(byte_range: tuple[int, ...]) -> int:
    return byte_range[2] + byte_range[3] if len(byte_range) == 4 else 0


def _digest(name: str, data: bytes) -> bytes:
    from cryptography.hazmat.primitives import hashes
    from pyhanko_certvalidator.util import get_pyca_cryptography_hash

    hasher = hashes.Hash(get_pyca_cryptography_hash(name))
    hasher.update(data)
    return hasher.finalize()


def _der(sig: bytes) -> bytes:
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
