"""Signing a PDF: PAdES-B-B with a key from a PKCS#12 file or a token, or with the CMS of an outside program.

The order is fixed: paper → ``to_pdfa`` → ``add_signature_fields`` → first signature → next signatures. From the
first signature on the file only grows (incremental updates): its earlier bytes are never written anew.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app import texts
from app.errors import UserError
from app.exporters.certificates import CertificateFacts
from app.exporters.cms_make import DIGEST, MadeSignature, Signatory
from app.exporters.key_files import Identity, check_usable, load_p12
from app.exporters.quiet import quiet
from app.exporters.signature_places import (
    PRINT_AND_LOCKED,
    SignaturePlace,
    add_sheet,
    add_signature_fields,
    empty_places,
)
from app.exporters.stamp import MarkText, draw_mark
from app.exporters.verifying import REFUSED, SignatureVerdict, Verification, verify_pdf

__all__ = [
    "LEGAL_NOTE",
    "Identity",
    "SignaturePlace",
    "SigningResult",
    "add_signature_fields",
    "check_usable",
    "load_p12",
    "sign_pdf",
    "sign_pdf_as",
    "sign_pdf_outside",
    "signatory_of",
]

LEGAL_NOTE = (
    "Подпись ключом RSA из файла PKCS#12 — усиленная неквалифицированная (УНЭП). "
    "Она показывает, чьим ключом подписан документ, и выявляет любое его изменение после подписания. "
    "Собственноручную подпись она заменяет только там, где так решил закон или договорились стороны "
    "(63-ФЗ, ст. 6, ч. 2), например приказом о внутреннем документообороте. "
    "Для обмена с ведомствами обычно требуют квалифицированную подпись (УКЭП) по ГОСТ: "
    "её ставит внешняя программа, а готовый файл .sig приложите к документу здесь. "
    "Отозван ли сертификат, программа не проверяет: в сеть она не выходит."
)
"""Honest words shown before signing with PKCS#12 (decision 33)."""

RESERVED_FOR_CMS = 32768
"""Bytes kept free in a PDF for the container of an outside program; with a chain it takes some 5-10 KB."""


@dataclass(frozen=True, slots=True)
class SigningResult:
    """What was signed.

    Attributes:
        pdf: the signed file; these bytes are the document from now on.
        signer: the owner of the certificate.
        serial: serial number of the certificate, hexadecimal.
        valid_from: first moment of the certificate's validity.
        valid_to: last moment of the certificate's validity.
        visible: a mark was drawn.
        place: name of the signature field.
        note: one Russian sentence on where the mark stands, or why there is none.
        signed_at: the time written into the signature, by the clock of this machine.
    """

    pdf: bytes = field(repr=False)
    signer: str
    serial: str
    valid_from: datetime
    valid_to: datetime
    visible: bool
    place: str
    note: str
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class _Target:
    """Where the signature goes: the file to extend, the field, and what to tell about it."""

    pdf: bytes = field(repr=False)
    place: SignaturePlace
    is_new: bool
    note: str


def sign_pdf(
    pdf: bytes,
    p12: Path | bytes,
    password: str,
    *,
    position: str | None = None,
    place: str | None = None,
    reason: str | None = None,
    when: datetime | None = None,
) -> SigningResult:
    """Sign a PDF; the visible mark is drawn together with the signature or not at all.

    A file with free places is signed in the next of them. An unsigned file without places gets the page
    «Лист подписей» first. A signed file without free places is signed invisibly, and ``note`` says so.

    Args:
        pdf: the file.
        p12: container with certificate and key.
        password: its password.
        position: position of the signer for the mark; the certificate's own when omitted.
        place: name of the place to sign in; the next free one when omitted.
        reason: reason for signing, kept in the signature («Утверждаю»).
        when: claimed time of signing, with time zone; now by the clock of this machine when omitted.

    Raises:
        UserError: those of ``load_p12``; SIGN_PDF_DAMAGED, SIGN_PDF_ENCRYPTED, SIGN_PDF_BROKEN,
            SIGN_PDF_LOCKED, SIGN_PLACE_UNKNOWN.
    """
    moment = _moment(when)
    identity = load_p12(p12, password, when=moment)
    return sign_pdf_as(pdf, signatory_of(identity), position=position, place=place, reason=reason, when=moment)


def signatory_of(identity: Identity) -> Signatory:
    """Make a signatory out of an opened PKCS#12 container."""
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    store: Any = SimpleCertificateStore
    signer = SimpleSigner(
        signing_cert=identity.certificate,
        signing_key=identity.key,
        cert_registry=store.from_certs(identity.chain),
    )
    return Signatory(identity.facts, signer)


def sign_pdf_as(
    pdf: bytes,
    signatory: Signatory,
    *,
    position: str | None = None,
    place: str | None = None,
    reason: str | None = None,
    when: datetime | None = None,
) -> SigningResult:
    """Sign a PDF as whoever can sign here: as ``sign_pdf``, with a key from anywhere.

    Raises:
        UserError: as ``sign_pdf`` past the opening of the container; SIGN_TOKEN_… of a key in a token.
    """
    moment = _moment(when)
    target = _target_for(pdf, place)
    with quiet():
        signed = _sign(target, signatory, position, reason, moment)
    _check_result(signed, target.place.name)
    return _result(signed, signatory.facts, target, moment)


def sign_pdf_outside(
    pdf: bytes,
    facts: CertificateFacts,
    make: Callable[[bytes], MadeSignature],
    *,
    position: str | None = None,
    place: str | None = None,
    reason: str | None = None,
    when: datetime | None = None,
) -> SigningResult:
    """Put the CMS of an outside program into a PDF (recipe C): the only way a ГОСТ signature gets inside.

    Args:
        pdf: the file.
        facts: the certificate the mark is drawn from; known before the program is called.
        make: signs the bytes around the gap; the program's detached CMS over them comes back.
        position: position for the mark.
        place: name of the place to sign in; the next free one when omitted.
        reason: kept in the signature.
        when: claimed time; now when omitted.

    Raises:
        UserError: as ``sign_pdf_as`` and those of ``make``; SIGN_OUTSIDE_CERT where the program signed with another
            certificate than the mark shows; SIGN_OUTSIDE_TOO_LONG where the container does not fit.
    """
    moment = _moment(when)
    target = _target_for(pdf, place)
    with quiet():
        signed = _embed(target, facts, make, position, reason, moment)
    _check_result(signed, target.place.name, also="unsupported_algorithm")
    return _result(signed, facts, target, moment)


def _moment(when: datetime | None) -> datetime:
    return (when or datetime.now(UTC)).astimezone().replace(microsecond=0)


def _target_for(pdf: bytes, place: str | None) -> _Target:
    """Look at the file as a reader would and find the place of the signature."""
    before = verify_pdf(pdf)
    _refuse_bad_file(before)
    with quiet():
        return _choose_target(pdf, place, is_signed=bool(before.signatures))


def _result(signed: bytes, facts: CertificateFacts, target: _Target, moment: datetime) -> SigningResult:
    return SigningResult(
        pdf=signed,
        signer=facts.owner,
        serial=facts.serial,
        valid_from=facts.valid_from,
        valid_to=facts.valid_to,
        visible=target.place.visible,
        place=target.place.name,
        note=target.note,
        signed_at=moment,
    )


def _refuse_bad_file(before: Verification) -> None:
    if before.verdict == "damaged_file":
        raise UserError("SIGN_PDF_DAMAGED", why=before.reason)
    if before.verdict == "encrypted":
        raise UserError("SIGN_PDF_ENCRYPTED")
    for signature in before.signatures:
        if signature.verdict in REFUSED:
            raise _broken(signature)


def _broken(signature: SignatureVerdict) -> UserError:
    return UserError("SIGN_PDF_BROKEN", signer=signature.signer or "подписавший неизвестен", why=signature.reason)


def _choose_target(pdf: bytes, wanted: str | None, *, is_signed: bool) -> _Target:
    free = _free_places(pdf)
    if wanted is not None:
        chosen = next((place for place in free if place.name == wanted), None)
        if chosen is None:
            names = ", ".join(f"«{place.name}»" for place in free) or "нет"
            raise UserError("SIGN_PLACE_UNKNOWN", place=wanted, free=names)
        return _Target(pdf, chosen, is_new=False, note=_note_on(chosen))
    shown = [place for place in free if place.visible]
    if shown:
        return _Target(pdf, shown[0], is_new=False, note=_note_on(shown[0]))
    if not is_signed:
        with_sheet = add_sheet(pdf)
        chosen = next(place for place in _free_places(with_sheet) if place.visible)
        note = "В документе не было мест для подписи, поэтому в конец добавлена страница «Лист подписей»."
        return _Target(with_sheet, chosen, is_new=False, note=note)
    note = "Свободных мест для подписи в документе нет: подпись стоит, но отметки на странице не видно."
    return _Target(pdf, SignaturePlace(_new_name(pdf), 0, (0, 0, 0, 0), ""), is_new=True, note=note)


def _note_on(place: SignaturePlace) -> str:
    if not place.visible:
        return "Место для подписи в документе невидимое: подпись стоит, но отметки на странице не видно."
    return f"Отметка о подписи стоит на месте «{place.role or place.name}»."


def _free_places(pdf: bytes) -> list[SignaturePlace]:
    return empty_places(_reader(pdf))


def _new_name(pdf: bytes) -> str:
    from pyhanko.sign.fields import enumerate_sig_fields

    taken = {str(name) for name, _, _ in enumerate_sig_fields(_reader(pdf))}
    number = 1
    while f"invisible{number}" in taken:
        number += 1
    return f"invisible{number}"


def _reader(pdf: bytes) -> Any:
    """Open a file that verification has already found readable."""
    from pyhanko.pdf_utils.misc import PdfReadError
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        return PdfFileReader(io.BytesIO(pdf), strict=False)
    except (PdfReadError, ValueError) as error:
        raise UserError("SIGN_PDF_DAMAGED", why="") from error


def _sign(target: _Target, signatory: Signatory, position: str | None, reason: str | None, moment: datetime) -> bytes:
    import asyncio

    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

    writer = IncrementalPdfFileWriter.from_reader(_reader(target.pdf))
    metadata = PdfSignatureMetadata(
        field_name=target.place.name,
        subfilter=SigSeedSubFilter.PADES,
        md_algorithm=DIGEST,
        reason=reason,
        name=signatory.facts.owner,
    )
    pdf_signer = PdfSigner(
        metadata,
        signatory.signer,
        stamp_style=_mark_style(writer, target.place, signatory.facts, position),
        new_field_spec=SigFieldSpec(target.place.name) if target.is_new else None,
    )
    try:
        return asyncio.run(_run_session(pdf_signer, writer, moment))
    except (SigningError, PdfError) as error:
        # What is left after our own checks: demands of the field (seed values) that cannot be met.
        raise UserError("SIGN_PDF_LOCKED") from error


async def _run_session(pdf_signer: Any, writer: Any, moment: datetime) -> bytes:
    """Walk the steps of ``PdfSigner.async_sign_pdf`` with a time of our own.

    The session is made here, not by ``PdfSigner``: that one asks for the name of the local time zone, which a
    machine with a zone like «MSK-3» has not got.
    """
    from pyhanko.sign.fields import SigSeedSubFilter, SigSeedValueSpec
    from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder
    from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
    from pyhanko.sign.signers.pdf_signer import PdfSigningSession

    spec = pdf_signer.new_field_spec
    steps: Any = PdfCMSEmbedder(new_field_spec=spec).write_cms(
        field_name=pdf_signer.signature_meta.field_name, writer=writer, existing_fields_only=spec is None
    )
    field_object = next(steps).get_object()
    if spec is not None:
        _give_appearance(writer, field_object)
    seeds: Any = SigSeedValueSpec
    demands = seeds.from_pdf_object(field_object["/SV"]) if "/SV" in field_object else None
    pdf_signer.register_extensions(writer, md_algorithm=DIGEST)
    new_session: Any = PdfSigningSession
    session = new_session(
        pdf_signer, writer, steps, field_object, DIGEST, None, SigSeedSubFilter.PADES, moment, demands
    )
    reserved = await session.estimate_signature_container_size(validation_info=None, tight=False)
    document = session.prepare_tbs_document(validation_info=None, bytes_reserved=reserved)
    digest, output = document.digest_tbs_document(output=io.BytesIO())
    finished = await document.perform_signature(
        document_digest=digest.document_digest,
        pdf_cms_signed_attrs=PdfCMSSignedAttributes(signing_time=moment),
    )
    await finished.post_signature_processing(output)
    signed: bytes = output.getvalue()
    return signed


def _give_appearance(writer: Any, field_object: Any) -> None:
    """Give a new invisible field an empty look and the Print flag: PDF/A-1b demands both of every widget."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.generic import pdf_name

    made: Any = generic  # its classes carry no types
    empty = made.StreamObject(stream_data=b"")
    empty["/Type"], empty["/Subtype"] = pdf_name("/XObject"), pdf_name("/Form")
    empty["/BBox"] = made.ArrayObject([made.NumberObject(0)] * 4)
    empty["/Resources"] = made.DictionaryObject()
    field_object["/AP"] = made.DictionaryObject({pdf_name("/N"): writer.add_object(empty)})
    field_object["/F"] = made.NumberObject(PRINT_AND_LOCKED)


def _embed(
    target: _Target, facts: CertificateFacts, make: Callable[[bytes], MadeSignature], position: str | None,
    reason: str | None, moment: datetime,
) -> bytes:  # fmt: skip
    """Write the placeholder, have the bytes around it signed, fill the gap."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.signers.cms_embedder import (
        PdfCMSEmbedder,
        SigAppearanceSetup,
        SigIOSetup,
        SigObjSetup,
    )
    from pyhanko.sign.signers.pdf_byterange import SignatureObject

    writer = IncrementalPdfFileWriter.from_reader(_reader(target.pdf))
    name = target.place.name
    spec = SigFieldSpec(name) if target.is_new else None
    try:
        steps: Any = PdfCMSEmbedder(new_field_spec=spec).write_cms(
            field_name=name, writer=writer, existing_fields_only=spec is None
        )
        field_object = next(steps).get_object()
        if spec is not None:
            _give_appearance(writer, field_object)
        gap = SignatureObject(
            timestamp=moment, subfilter=SigSeedSubFilter.PADES, bytes_reserved=2 * RESERVED_FOR_CMS,
            name=facts.owner, reason=reason,
        )  # fmt: skip
        look = SigAppearanceSetup(_mark_style(writer, target.place, facts, position), moment, facts.owner)
        steps.send(SigObjSetup(sig_placeholder=gap, appearance_setup=look))
        digest, output = steps.send(SigIOSetup(md_algorithm=DIGEST, in_place=False, output=io.BytesIO()))
        whole = output.getvalue()
        made = make(whole[: digest.reserved_region_start] + whole[digest.reserved_region_end :])
        if made.facts.serial != facts.serial or made.facts.issuer != facts.issuer:
            raise UserError("SIGN_OUTSIDE_CERT", owner=made.facts.owner, wanted=facts.owner)
        if len(made.data) > RESERVED_FOR_CMS:
            raise UserError("SIGN_OUTSIDE_TOO_LONG", size=len(made.data) // 1024)
        steps.send(made.data)
    except (SigningError, PdfError) as error:
        raise UserError("SIGN_PDF_LOCKED") from error
    signed: bytes = output.getvalue()
    return signed


def _mark_style(writer: Any, place: SignaturePlace, facts: CertificateFacts, position: str | None) -> Any:
    """Return the look of the signature: our own drawing, as large as the field."""
    from pyhanko.pdf_utils.content import PdfResources, RawContent
    from pyhanko.pdf_utils.generic import pdf_name
    from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.stamp import StaticStampStyle

    if not place.visible:
        return StaticStampStyle(border_width=0)
    width, height = place.size
    mark = MarkText(
        serial=facts.serial,
        owner=facts.owner,
        valid_from=texts.ru_date(facts.valid_from),
        valid_to=texts.ru_date(facts.valid_to),
        position=position or facts.position,
    )
    drawing = writer.import_page_as_xobject(PdfFileReader(io.BytesIO(draw_mark(mark, width, height))))
    new_resources: Any = PdfResources
    margins: Any = Margins
    drawn = new_resources()
    drawn.xobject[pdf_name("/Mark")] = drawing
    middle = AxisAlignment.ALIGN_MID
    return StaticStampStyle(
        border_width=0,
        background=RawContent(b"/Mark Do", drawn, BoxConstraints(width=width, height=height)),
        background_layout=SimpleBoxLayoutRule(x_align=middle, y_align=middle, margins=margins.uniform(0)),
        background_opacity=1.0,
    )


def _check_result(signed: bytes, place: str, *, also: str = "") -> None:
    """Verify the new file before anybody sees it: a mark must never leave this room without a good signature.

    ``also`` names one more verdict that is let through: ГОСТ cannot be judged on every machine.
    """
    after = verify_pdf(signed)
    own = next((signature for signature in after.signatures if signature.field == place), None)
    if own is None or own.verdict not in {"valid", "valid_unknown_issuer", also}:
        raise UserError("SIGN_RESULT_BAD", why=own.reason if own else after.reason)
    if any(signature.verdict in REFUSED for signature in after.signatures):
        raise UserError("SIGN_PDF_LOCKED")
