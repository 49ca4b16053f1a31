"""The package signature of Word and Excel files: ECMA-376-2 over XML-DSig with XAdES properties, RSA with SHA-256.

The signature becomes a part of the file. It covers every part but the list of content types, the signatures
themselves and the properties of the document (author, dates), as office programs do themselves. ГОСТ is not possible
this way: cryptographic programs make CMS, not bare values for XML.
"""

from __future__ import annotations

import base64
import hashlib
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from app.errors import UserError
from app.exporters.cms_make import Signatory, sign_raw

DS = "http://www.w3.org/2000/09/xmldsig#"
REL = "http://schemas.openxmlformats.org/package/2006/relationships"
CT = "http://schemas.openxmlformats.org/package/2006/content-types"
SIG_NS = "http://schemas.openxmlformats.org/package/2006/digital-signature"
RELATIONSHIPS_TRANSFORM = "http://schemas.openxmlformats.org/package/2006/RelationshipTransform"
XADES = "http://uri.etsi.org/01903/v1.3.2#"
OFFICE = "http://schemas.microsoft.com/office/2006/digsig"
C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
ORIGIN_TYPE = "application/vnd.openxmlformats-package.digital-signature-origin"
SIGNATURE_TYPE = "application/vnd.openxmlformats-package.digital-signature-xmlsignature+xml"
ORIGIN = f"{REL}/digital-signature/origin"
SIGNATURE = f"{REL}/digital-signature/signature"

FOLDER = "_xmlsignatures/"
ORIGIN_PART = f"{FOLDER}origin.sigs"
ORIGIN_RELS = f"{FOLDER}_rels/origin.sigs.rels"
TYPES_PART = "[Content_Types].xml"
_UNSIGNED_RELATIONS = ("/core-properties", "/extended-properties", "/custom-properties")
_MOST_UNPACKED = 200 * 1024 * 1024
_FAULTS = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, NotImplementedError, EOFError, ValueError, OSError,
    struct.error,
)  # fmt: skip
"""What the zip library raises on a damaged or foreign archive."""


def sign_package(
    data: bytes, signatory: Signatory, *, comment: str = "Утверждаю", when: datetime | None = None
) -> bytes:  # fmt: skip
    """Sign a file of Word or Excel from inside; earlier package signatures stay valid.

    Args:
        data: the file.
        signatory: who signs; its key must be RSA.
        comment: the reason an office program shows.
        when: claimed time of signing; now when omitted.

    Raises:
        UserError: SIGN_OOXML_NOT, SIGN_OOXML_KEY; SIGN_RESULT_BAD where a signature of the new file does not hold;
            those of the key.
    """
    if signatory.signer.signing_cert.public_key.algorithm != "rsa":
        raise UserError("SIGN_OOXML_KEY", owner=signatory.facts.owner)
    parts = read_parts(data)
    from lxml import etree

    try:
        name = _announce(parts)
        signature = _signature(parts, signatory, comment, (when or datetime.now(UTC)).astimezone(UTC))
    except (etree.XMLSyntaxError, KeyError) as error:
        raise UserError("SIGN_OOXML_NOT") from error
    parts[name] = _written(signature)
    signed = _packed(data, parts)
    _check_result(signed)
    return signed


def _check_result(signed: bytes) -> None:
    """Verify the new file before anybody sees it, as is done with a PDF."""
    from app.exporters.ooxml_check import verify_office

    answer = verify_office(signed)
    if answer.verdict in {"broken", "damaged_file", "not_signed"}:
        raise UserError("SIGN_RESULT_BAD", why=answer.reason)


def read_parts(data: bytes) -> dict[str, bytes]:
    """Return the parts of an office file.

    Raises:
        UserError: SIGN_OOXML_NOT.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [item for item in archive.infolist() if not item.is_dir()]
            # of two parts of one name one would be lost on the way, and nobody knows which
            twice = len({item.filename.lower() for item in entries}) != len(entries)
            if twice or sum(item.file_size for item in entries) > _MOST_UNPACKED:
                raise UserError("SIGN_OOXML_NOT")
            parts = {item.filename: archive.read(item) for item in entries}
    except _FAULTS as error:
        raise UserError("SIGN_OOXML_NOT") from error
    if TYPES_PART not in parts or "_rels/.rels" not in parts:
        raise UserError("SIGN_OOXML_NOT")
    return parts


def c14n(element: Any) -> bytes:
    """Canonicalise. Written and read again first: lxml puts a wrong ``xmlns=""`` into canonical subtrees."""
    from lxml import etree

    fresh = etree.fromstring(etree.tostring(element, with_tail=False), _parser())
    text: bytes = etree.tostring(fresh, method="c14n", exclusive=False, with_comments=False)
    return text


def relationships_bytes(data: bytes, wanted: Iterable[str]) -> bytes:
    """Return the canonical form of some relationships of a part, as the relationship transform makes it."""
    from lxml import etree

    ids = set(wanted)
    found = sorted(
        (item for item in etree.fromstring(data, _parser()) if item.get("Id") in ids), key=lambda one: one.get("Id", "")
    )
    root = etree.Element(f"{{{REL}}}Relationships", nsmap={None: REL})  # type: ignore[dict-item]
    for item in found:
        child = etree.SubElement(root, f"{{{REL}}}Relationship")
        for key in ("Id", "Target", "TargetMode", "Type"):
            value = item.get(key) or ("Internal" if key == "TargetMode" else None)
            if value is not None:
                child.set(key, value)
    return c14n(root)


def _parser() -> Any:
    from lxml import etree

    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def _hash(data: bytes) -> str:
    return base64.b64encode(hashlib.sha256(data).digest()).decode("ascii")


def _written(element: Any) -> bytes:
    from lxml import etree

    text: bytes = etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)
    return text


def _announce(parts: dict[str, bytes]) -> str:
    """Tell the package that a signature is in it and return the name of the new part."""
    from lxml import etree

    number = 1 + sum(1 for name in parts if name.startswith(f"{FOLDER}sig") and name.endswith(".xml"))
    while f"{FOLDER}sig{number}.xml" in parts:
        number += 1
    types = etree.fromstring(parts[TYPES_PART], _parser())
    if ORIGIN_PART not in parts:
        parts[ORIGIN_PART] = b""
        root = etree.fromstring(parts["_rels/.rels"], _parser())
        _relation(root, "rIdSigOrigin", ORIGIN, ORIGIN_PART)
        parts["_rels/.rels"] = _written(root)
        default = etree.Element(f"{{{CT}}}Default", Extension="sigs", ContentType=ORIGIN_TYPE)
        types.insert(0, default)
        relations = etree.Element(f"{{{REL}}}Relationships", nsmap={None: REL})  # type: ignore[dict-item]
    else:
        relations = etree.fromstring(parts[ORIGIN_RELS], _parser())
    _relation(relations, f"rId{number}", SIGNATURE, f"sig{number}.xml")
    parts[ORIGIN_RELS] = _written(relations)
    etree.SubElement(types, f"{{{CT}}}Override", PartName=f"/{FOLDER}sig{number}.xml", ContentType=SIGNATURE_TYPE)
    parts[TYPES_PART] = _written(types)
    return f"{FOLDER}sig{number}.xml"


def _relation(root: Any, identifier: str, kind: str, target: str) -> None:
    from lxml import etree

    etree.SubElement(root, f"{{{REL}}}Relationship", Id=identifier, Type=kind, Target=target)


def _signature(parts: dict[str, bytes], signatory: Signatory, comment: str, moment: datetime) -> Any:
    from lxml import etree

    root = etree.Element(f"{{{DS}}}Signature", nsmap={None: DS}, Id="idPackageSignature")  # type: ignore[dict-item]
    info = _add(root, "SignedInfo")
    _add(info, "CanonicalizationMethod", Algorithm=C14N)
    _add(info, "SignatureMethod", Algorithm=RSA_SHA256)
    value = _add(root, "SignatureValue")
    certificate = signatory.signer.signing_cert.dump()
    _add(_add(_add(root, "KeyInfo"), "X509Data"), "X509Certificate", base64.b64encode(certificate).decode("ascii"))
    package = _package_object(root, parts, moment)
    office = _office_object(root, comment)
    properties = _xades_object(root, signatory, moment)
    _reference(info, "#idPackageObject", _hash(c14n(package)), kind=f"{DS}Object")
    _reference(info, "#idOfficeObject", _hash(c14n(office)), kind=f"{DS}Object")
    _reference(info, "#idSignedProperties", _hash(c14n(properties)), (C14N,),
               kind="http://uri.etsi.org/01903#SignedProperties")  # fmt: skip
    value.text = base64.b64encode(sign_raw(c14n(info), signatory)).decode("ascii")
    return root


def _add(parent: Any, tag: str, text: str | None = None, space: str = DS, **attributes: str) -> Any:
    from lxml import etree

    child = etree.SubElement(parent, f"{{{space}}}{tag}")
    child.text = text
    for key, value in attributes.items():
        child.set(key, value)
    return child


def _reference(
    parent: Any, uri: str, digest: str, transforms: tuple[str, ...] = (), *, kind: str | None = None,
    relations: list[str] | None = None,
) -> None:  # fmt: skip
    from lxml import etree

    reference = _add(parent, "Reference", URI=uri)
    if kind:
        reference.set("Type", kind)
    if transforms:
        steps = _add(reference, "Transforms")
        if relations is not None:
            step = _add(steps, "Transform", Algorithm=RELATIONSHIPS_TRANSFORM)
            for one in sorted(relations):
                etree.SubElement(step, f"{{{SIG_NS}}}RelationshipReference", nsmap={"mdssi": SIG_NS}, SourceId=one)
        for algorithm in transforms:
            _add(steps, "Transform", Algorithm=algorithm)
    _add(reference, "DigestMethod", Algorithm=SHA256)
    _add(reference, "DigestValue", digest)


def _package_object(root: Any, parts: dict[str, bytes], moment: datetime) -> Any:
    """List every signed part with its digest, and say when."""
    from lxml import etree

    package = _add(root, "Object", Id="idPackageObject")
    manifest = _add(package, "Manifest")
    kind_of = _content_types(parts[TYPES_PART])
    for name in sorted(parts):
        if name == TYPES_PART or name.startswith((FOLDER, "docProps/")):
            continue
        if name.endswith(".rels"):
            ids = _signed_relations(parts[name])
            if ids:
                _reference(manifest, f"/{name}?ContentType=application/vnd.openxmlformats-package.relationships+xml",
                           _hash(relationships_bytes(parts[name], ids)), (C14N,), relations=ids)  # fmt: skip
        else:
            _reference(manifest, f"/{name}?ContentType={kind_of(name)}", _hash(parts[name]))
    place = _add(_add(package, "SignatureProperties"), "SignatureProperty", Id="idSignatureTime",
                 Target="#idPackageSignature")  # fmt: skip
    time = etree.SubElement(place, f"{{{SIG_NS}}}SignatureTime", nsmap={"mdssi": SIG_NS})
    _add(time, "Format", "YYYY-MM-DDThh:mm:ssTZD", SIG_NS)
    _add(time, "Value", f"{moment:%Y-%m-%dT%H:%M:%SZ}", SIG_NS)
    return package


def _content_types(data: bytes) -> Any:
    from lxml import etree

    root = etree.fromstring(data, _parser())
    named = {item.get("PartName", ""): item.get("ContentType", "") for item in root if item.tag.endswith("Override")}
    usual = {item.get("Extension", "").lower(): item.get("ContentType", "") for item in root}
    return lambda name: named.get(f"/{name}") or usual[name.rsplit(".", 1)[-1].lower()]


def _signed_relations(data: bytes) -> list[str]:
    from lxml import etree

    return [
        item.get("Id", "")
        for item in etree.fromstring(data, _parser())
        if item.get("Type") != ORIGIN and not item.get("Type", "").endswith(_UNSIGNED_RELATIONS)
    ]


def _office_object(root: Any, comment: str) -> Any:
    from lxml import etree

    office = _add(root, "Object", Id="idOfficeObject")
    place = _add(_add(office, "SignatureProperties"), "SignatureProperty", Id="idOfficeV1Details",
                 Target="#idPackageSignature")  # fmt: skip
    info = etree.SubElement(place, f"{{{OFFICE}}}SignatureInfoV1", nsmap={None: OFFICE})  # type: ignore[dict-item]
    for tag, text in (
        ("SetupID", ""), ("SignatureText", ""), ("SignatureImage", ""), ("SignatureComments", comment),
        ("WindowsVersion", "10.0"), ("OfficeVersion", "16.0"), ("ApplicationVersion", "16.0"), ("Monitors", "1"),
        ("HorizontalResolution", "1920"), ("VerticalResolution", "1080"), ("ColorDepth", "32"),
        ("SignatureProviderId", "{00000000-0000-0000-0000-000000000000}"), ("SignatureProviderUrl", ""),
        ("SignatureProviderDetails", "9"), ("SignatureType", "1"),
    ):  # fmt: skip
        _add(info, tag, text, OFFICE)
    return office


def _xades_object(root: Any, signatory: Signatory, moment: datetime) -> Any:
    from cryptography import x509
    from lxml import etree

    holder = _add(root, "Object")
    qualifying = etree.SubElement(holder, f"{{{XADES}}}QualifyingProperties", nsmap={"xd": XADES},
                                  Target="#idPackageSignature")  # fmt: skip
    signed = _add(qualifying, "SignedProperties", None, XADES, Id="idSignedProperties")
    own = _add(signed, "SignedSignatureProperties", None, XADES)
    _add(own, "SigningTime", f"{moment:%Y-%m-%dT%H:%M:%SZ}", XADES)
    cert = _add(_add(own, "SigningCertificate", None, XADES), "Cert", None, XADES)
    der = signatory.signer.signing_cert.dump()
    digest = _add(cert, "CertDigest", None, XADES)
    _add(digest, "DigestMethod", Algorithm=SHA256)
    _add(digest, "DigestValue", _hash(der))
    certificate = x509.load_der_x509_certificate(der)
    issuer = _add(cert, "IssuerSerial", None, XADES)
    _add(issuer, "X509IssuerName", certificate.issuer.rfc4514_string())
    _add(issuer, "X509SerialNumber", str(certificate.serial_number))
    _add(_add(own, "SignaturePolicyIdentifier", None, XADES), "SignaturePolicyImplied", None, XADES)
    return signed


def _packed(original: bytes, parts: dict[str, bytes]) -> bytes:
    """Write the package: parts in their old order, new ones behind; old dates stay, so the rest is as it was."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(original)) as before, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as after:
        known = {item.filename: item for item in before.infolist()}
        for name, data in sorted(parts.items(), key=lambda pair: (pair[0] != TYPES_PART, pair[0] not in known)):
            entry = zipfile.ZipInfo(name, known[name].date_time if name in known else (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = known[name].external_attr if name in known else 0o600 << 16
            after.writestr(entry, data)
    return buffer.getvalue()
