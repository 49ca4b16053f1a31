"""Verification of any file: a PDF, a ``.sig`` beside a file or around it, a book or text of Office.

How to read the answers: ``verdicts``.

The digest alone is not enough: a page can be replaced by an incremental update that leaves every signed byte in
place. So each signature passes three examinations: what its byte range covers, what later revisions changed
(pyHanko's analysis), and the cryptography (``cms_check``). The worst of the three is the verdict.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from app.exporters import verdicts
from app.exporters.certificates import FOREIGN_ASN1_ERRORS, read_certificates
from app.exporters.cms_check import CmsFinding, certificates_of, check_signer
from app.exporters.judging import NOTHING, Evidence, Judge, digest_of, verdict_on
from app.exporters.ooxml_check import is_office, verify_office
from app.exporters.pdf_coverage import (
    FOREIGN_PDF_ERRORS,
    CoverageProblem,
    examine_coverage,
    open_reader,
    orphan_signatures,
    page_tree_is_sound,
    revisions_from_the_end,
)
from app.exporters.quiet import quiet
from app.exporters.sig_check import NOT_CMS, is_container, verify_attached, verify_detached
from app.exporters.verdicts import REFUSED, SignatureVerdict, Verification, exit_code

__all__ = [
    "NOT_CMS",
    "REFUSED",
    "SignatureVerdict",
    "Verification",
    "exit_code",
    "verify_detached",
    "verify_file",
    "verify_pdf",
]

OBJECT = b" obj"
HEADER_WITHIN = 1024
"""A PDF announces itself within its first kilobyte."""
_HOLDERS = (b"PK\x03\x04", b"SQLite format 3\x00")
"""How whole files begin that may hold PDFs: an archive that is no Office file, and a file of the program itself."""

DAMAGED = "Файл повреждён или это не PDF: прочитать его не удалось."
LOOP = "Файл повреждён: страницы ссылаются друг на друга по кругу."
ENCRYPTED = "Файл зашифрован, подпись проверить нельзя."
NOT_SIGNED = "Подписей в файле нет."
NO_ROOM = "В самом файле подписи нет: такие файлы подписывают отдельно, файлом .sig рядом."
EMPTY = "Поле подписи есть, но сама подпись в нём пуста."
OTHER_FORM = "Подпись записана в виде, который программа не умеет проверять ({form})."
UNREADABLE = "Подпись повреждена: её устройство не читается."
REMOVED = "Подпись в файле есть, но документ на неё больше не ссылается: её убрали после подписания."
TAKEN_OUT = "подпись убрана из документа"
CUT = "Файл обрезан: конца подписанной части в нём нет."
DETACHED_FORMS = ("/adbe.pkcs7.detached", "/ETSI.CAdES.detached", "/PAdES.detached", "/ETSI.RFC3161")


def verify_file(data: bytes, *, trust: Sequence[bytes] = (), now: datetime | None = None) -> Verification:
    """Verify a file by what it is: a PDF, a signature that holds its content, a book or text of Office.

    Any other file, one that cannot carry a signature, is «not signed»; bytes that break off are «damaged».

    Args:
        data: the file, any bytes at all.
        trust: certificates of trusted centres, PEM or DER.
        now: the present moment, with time zone.

    Raises:
        UserError: SIGN_TRUST_UNREADABLE.
    """
    if b"%PDF-" in data[:HEADER_WITHIN]:
        return verify_pdf(data, trust=trust, now=now)
    if is_office(data):
        return verify_office(data, trust=trust, now=now)
    if is_container(data):
        return verify_attached(data, trust=trust, now=now)
    if data.startswith(_HOLDERS):
        read_certificates(trust)
        return verdicts.whole_file("not_signed", NO_ROOM)  # a PDF inside it is not the file itself
    if b"/ByteRange" in data or b"%%EOF" in data[-HEADER_WITHIN:]:
        return verify_pdf(data, trust=trust, now=now)  # it was a PDF once: say that it is damaged
    read_certificates(trust)
    return verdicts.whole_file("not_signed", NO_ROOM)


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
        judge = Judge(tuple(read_certificates(trust)), now or datetime.now(UTC))
        reading = _read(pdf)
        if isinstance(reading, Verification):
            return reading
        found = [verdict_on(evidence, judge) for evidence in reading]
        return replace(verdicts.summed_up(tuple(found), NOT_SIGNED), kind="pdf")


def _read(pdf: bytes) -> Verification | list[Evidence]:
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


def _read_structure(pdf: bytes, reader: Any) -> Verification | list[Evidence]:
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


def _lost(end: int, size: int) -> Evidence:
    """Return the evidence of a signature that stands in the bytes but no longer in the form.

    Args:
        end: where the signed region ends.
        size: length of the file.
    """
    if end > size:
        return Evidence(None, end, CmsFinding("broken", CUT), NOTHING)
    problem: CoverageProblem | None = "changed_after_signing" if end < size else None
    finding = CmsFinding("good" if problem else "broken", REMOVED)
    return Evidence(None, end, finding, replace(NOTHING, problem=problem, reason=REMOVED, changed_after=TAKEN_OUT))


def _read_field(reader: Any, name: str, field: Any, pdf: bytes) -> Evidence:
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature, extract_contents

    end = 0
    try:
        value = field["/V"]
        end = _end_of(_byte_range(field))
        if not any(extract_contents(value)):
            return Evidence(name, end, CmsFinding("empty", EMPTY), NOTHING)
        form = str(value.get("/SubFilter", "не указан"))
        embedded = EmbeddedPdfSignature(reader, field, name)
        coverage = examine_coverage(embedded, pdf)
        finding = _check_embedded(embedded, pdf)
        if finding.state == "good" and form not in DETACHED_FORMS:
            finding = replace(finding, state="unsupported", reason=OTHER_FORM.format(form=form))
        others = tuple(certificates_of(embedded.signed_data))
        role: verdicts.Role = "time" if embedded.sig_object_type == "/DocTimeStamp" else "signer"
        return Evidence(name, end, finding, coverage, _claimed_time(embedded), others, role)
    except (PdfError, *FOREIGN_PDF_ERRORS):
        if reader.strict:
            raise
        return Evidence(name, end, CmsFinding("broken", UNREADABLE), NOTHING)


def _check_embedded(embedded: Any, pdf: bytes) -> CmsFinding:
    signed_data, signer = embedded.signed_data, embedded.signer_info
    if embedded.sig_object_type != "/DocTimeStamp":
        if signed_data["encap_content_info"]["content"].native is not None:
            # adbe.pkcs7.sha1: the container encloses a SHA-1 of the document instead of signing the document.
            return CmsFinding("unsupported", OTHER_FORM.format(form="adbe.pkcs7.sha1"))
        ranges = [int(number) for number in embedded.byte_range]
        pairs = tuple(zip(ranges[::2], ranges[1::2], strict=False))

        def content() -> bytes:
            return b"".join(pdf[start : start + length] for start, length in pairs)

        return check_signer(signed_data, signer, "data", embedded.compute_digest, content)
    enclosed = signed_data["encap_content_info"]["content"]
    finding = check_signer(signed_data, signer, "tst_info", lambda name: digest_of(name, bytes(enclosed)))
    imprint = enclosed.parsed["message_imprint"]
    if finding.state == "good" and imprint["hashed_message"].native != embedded.compute_digest():
        return replace(finding, state="broken", reason="Содержимое не сходится с меткой времени.")
    # A time service has a certificate for time stamps only, and here that is the right one.
    facts = replace(finding.facts, may_sign=True) if finding.facts else None
    return replace(finding, facts=facts)


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


def _byte_range(field: Any) -> tuple[int, ...]:
    try:
        return tuple(int(number) for number in field["/V"]["/ByteRange"])
    except FOREIGN_ASN1_ERRORS:
        return ()


def _end_of(byte_range: tuple[int, ...]) -> int:
    return byte_range[2] + byte_range[3] if len(byte_range) == 4 else 0
