"""Signatures inside a book or a text of Office (ECMA-376-2, XML-DSig with XAdES properties).

Each signature lists parts of the package with their digests. So three questions are asked: does the signature fit its
list, do the parts fit the list, and which parts stand on no list at all. Where something is signed by its name inside
the XML, the name must be there once and in its place: else another element could be put forward for the signed one.
"""

from __future__ import annotations

import base64
import hashlib
import io
import lzma
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from app.exporters import verdicts
from app.exporters.certificates import FOREIGN_ASN1_ERRORS, facts_of, read_certificates
from app.exporters.cms_check import (
    OUTDATED_DIGESTS,
    SMALLEST_RSA_BITS,
    WRONG_SIGNATURE,
    CmsFinding,
)
from app.exporters.judging import Evidence, Judge, verdict_on
from app.exporters.pdf_coverage import Coverage
from app.exporters.quiet import quiet
from app.exporters.verdicts import Verification

DS = "http://www.w3.org/2000/09/xmldsig#"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/digital-signature"
XADES = "http://uri.etsi.org/01903/v1.3.2#"
ORIGIN = f"{RELATIONS}/digital-signature/origin"
SIGNATURE = f"{RELATIONS}/digital-signature/signature"
RELATION_TRANSFORM = f"{RELATIONS[: RELATIONS.rindex('/')]}/RelationshipTransform"
C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
C14N_FORMS = {
    C14N: (False, False),
    f"{C14N}#WithComments": (False, True),
    "http://www.w3.org/2001/10/xml-exc-c14n#": (True, False),
    "http://www.w3.org/2001/10/xml-exc-c14n#WithComments": (True, True),
}
"""Canonical forms: (exclusive, with comments)."""
DIGESTS = {
    f"{DS}sha1": "sha1",
    "http://www.w3.org/2001/04/xmlenc#sha256": "sha256",
    "http://www.w3.org/2001/04/xmldsig-more#sha384": "sha384",
    "http://www.w3.org/2001/04/xmlenc#sha512": "sha512",
}
SCHEMES = {
    f"{DS}rsa-sha1": ("RSA", "sha1"),
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256": ("RSA", "sha256"),
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384": ("RSA", "sha384"),
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512": ("RSA", "sha512"),
    "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256": ("ECDSA", "sha256"),
    "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384": ("ECDSA", "sha384"),
    "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512": ("ECDSA", "sha512"),
}

NOT_SIGNED = "Подписей в файле нет."
DAMAGED = "Файл повреждён: открыть его как книгу Excel или документ Word не удалось."
TWICE = "В файле две части с одним именем: какая из них подписана, сказать нельзя."
PARTS_CHANGED = "После подписания изменили: {names}."
PARTS_GONE = "Подписанной части в файле больше нет: {names}."
LIST_CHANGED = "Подпись не сходится со своим списком частей: она повреждена или подделана."
NO_CERTIFICATE = "Сертификат подписавшего в подпись не вложен, проверить её нечем."
UNKNOWN = "Подпись сделана по алгоритму, который программа не умеет проверять ({name})."
GOST = "Подпись внутри файла Office сделана по ГОСТ и здесь не проверяется. Проверьте её там, где подписывали."
PARTIAL = "Подпись покрывает не весь файл. Не подписано: {names}."

MOST_BYTES = 512 * 2**20
MOST_PARTS = 20_000

PART_WORDS = (
    ("xl/worksheets/", "лист книги"), ("xl/sharedStrings", "тексты ячеек"), ("xl/styles", "оформление"),
    ("xl/workbook", "устройство книги"), ("xl/charts/", "диаграмма"), ("xl/drawings/", "рисунки"),
    ("xl/vbaProject", "макросы"), ("word/document", "текст документа"), ("word/vbaProject", "макросы"),
    ("_rels/", "связи частей"), ("word/media/", "рисунок"), ("xl/media/", "рисунок"), ("word/styles", "оформление"),
)  # fmt: skip
UNSIGNED_BY_CUSTOM = ("docProps/", "_xmlsignatures/", "package/services/digital-signature/")
"""Office itself leaves these out: properties of the file and the signatures themselves."""

FOREIGN_ERRORS = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, OSError, RuntimeError, EOFError, SyntaxError,
    NotImplementedError, *FOREIGN_ASN1_ERRORS,
)  # fmt: skip
"""What the zip and XML libraries raise on the bytes of strangers (lxml's syntax error is Python's)."""


class _DamagedError(ValueError):
    """The package cannot be read safely; the text says why."""


@dataclass(frozen=True, slots=True)
class _Package:
    parts: dict[str, bytes]
    overrides: dict[str, str]
    defaults: dict[str, str]

    def type_of(self, name: str) -> str:
        return self.overrides.get(f"/{name}".lower()) or self.defaults.get(name.rpartition(".")[2].lower(), "")


@dataclass(frozen=True, slots=True)
class _Parts:
    """How the parts stand against the list of a signature."""

    listed: frozenset[str]
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    loose: tuple[str, ...]
    """Files of relationships that hold more of them than the signature names: each may lead to something new."""


def is_office(data: bytes) -> bool:
    """Tell whether a file is a package of Office: a zip with a list of content types."""
    if data[:4] != b"PK\x03\x04":
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "[Content_Types].xml" in archive.namelist()
    except FOREIGN_ERRORS:
        return b"[Content_Types].xml" in data[:65536]


def verify_office(data: bytes, *, trust: Sequence[bytes] = (), now: datetime | None = None) -> Verification:
    """Verify every signature of a package.

    Args:
        data: the file, any bytes at all.
        trust: certificates of trusted centres, PEM or DER.
        now: the present moment, with time zone.

    Raises:
        UserError: SIGN_TRUST_UNREADABLE.
    """
    with quiet():
        judge = Judge(tuple(read_certificates(trust)), now or datetime.now(UTC))
        try:
            package = _open(data)
            names = tuple(_signature_parts(package))
        except _DamagedError as error:
            return verdicts.whole_file("damaged_file", str(error))
        except FOREIGN_ERRORS:
            return verdicts.whole_file("damaged_file", DAMAGED)
        listed: set[str] = set()
        evidence = []
        for name in names:
            one, parts = _read(package, name)
            evidence.append(one)
            listed |= parts
        uncovered = tuple(sorted(_uncovered(package, listed))) if names else ()
        found = tuple(verdict_on(one, judge) for one in sorted(evidence, key=_moment))
        summed = verdicts.summed_up(found, NOT_SIGNED)
        return replace(summed, kind="office", uncovered=uncovered)


def _moment(evidence: Evidence) -> datetime:
    return evidence.time or datetime.max.replace(tzinfo=UTC)


def _open(data: bytes) -> _Package:
    """Read a package into memory within bounds.

    Raises:
        _DamagedError: two parts of one name, too large.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        if len({entry.filename.lower() for entry in entries}) != len(entries):
            raise _DamagedError(TWICE)
        if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_BYTES:
            raise _DamagedError(DAMAGED)
        parts = {entry.filename: archive.read(entry) for entry in entries}
    types = _parse(parts["[Content_Types].xml"])
    overrides = {
        str(one.get("PartName")).lower(): str(one.get("ContentType")) for one in types.iter(f"{{{TYPES}}}Override")
    }
    defaults = {
        str(one.get("Extension")).lower(): str(one.get("ContentType")) for one in types.iter(f"{{{TYPES}}}Default")
    }
    return _Package(parts, overrides, defaults)


def _parse(data: bytes) -> Any:
    """Parse XML without entities and without any way out."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root: Any = etree.fromstring(data, parser)
    if root.getroottree().docinfo.doctype:
        raise ValueError("a document type in a package")
    return root


def _relations(package: _Package, source: str) -> Iterator[Any]:
    folder, _, name = source.rpartition("/")
    data = package.parts.get(posixpath.join(folder, "_rels", f"{name}.rels"))
    if data is not None:
        yield from _parse(data).iter(f"{{{RELATIONS}}}Relationship")


def _signature_parts(package: _Package) -> Iterator[str]:
    """Yield the parts that hold a signature: by relationships, and those that lie there without one."""
    found: dict[str, None] = {}
    for origin in _relations(package, ""):
        if origin.get("Type") == ORIGIN:
            place = _target("", str(origin.get("Target")))
            for relation in _relations(package, place):
                if relation.get("Type") == SIGNATURE:
                    found[_target(place, str(relation.get("Target")))] = None
    for name in package.parts:
        if name.startswith("_xmlsignatures/") and name.endswith(".xml"):
            found[name] = None
    yield from (name for name in found if name in package.parts)


def _target(source: str, target: str) -> str:
    path = target if target.startswith("/") else posixpath.join("/", posixpath.dirname(source), target)
    return posixpath.normpath(path).lstrip("/")


def _read(package: _Package, name: str) -> tuple[Evidence, frozenset[str]]:
    """Return the evidence of one signature and the parts on its list."""
    from lxml import etree

    nothing = Coverage(False, "ничего", None, "", None)
    try:
        root = _parse(package.parts[name])
        certificates = [_load(text) for text in root.iter(f"{{{DS}}}X509Certificate")]
        own = _own(certificates)
        parts = _examine(package, root)
        finding = _finding(root, own, parts)
        return Evidence(name, 0, finding, _coverage(package, parts), _time(root), tuple(certificates)), parts.listed
    except (etree.LxmlError, *FOREIGN_ERRORS):
        return Evidence(name, 0, CmsFinding("broken", LIST_CHANGED), nothing), frozenset()


def _load(element: Any) -> Any:
    from asn1crypto import x509

    certificate = x509.Certificate.load(base64.b64decode("".join(str(element.text).split())), strict=True)
    facts_of(certificate)
    return certificate


def _own(certificates: list[Any]) -> Any:
    """Return the signer's own certificate: the one that none of the others is issued by."""
    issuers = {one.issuer.dump() for one in certificates if one.issuer.dump() != one.subject.dump()}
    own = [one for one in certificates if one.subject.dump() not in issuers]
    return (own or certificates or [None])[0]


def _finding(root: Any, certificate: Any, parts: _Parts) -> CmsFinding:
    """Judge the cryptography: the list against the signature, then the parts against the list."""
    facts = facts_of(certificate) if certificate is not None else None
    info = root.find(f"{{{DS}}}SignedInfo")
    scheme = str(info.find(f"{{{DS}}}SignatureMethod").get("Algorithm"))
    words = ""
    if scheme in SCHEMES and certificate is not None:
        family, name = SCHEMES[scheme]
        words = f"{family}, {certificate.public_key.bit_size} бит, {name.upper().replace('SHA', 'SHA-')}"

    def answer(state: Any, reason: str) -> CmsFinding:
        return CmsFinding(state, reason, certificate, facts, words)

    if parts.gone:
        return answer("broken", PARTS_GONE.format(names=_names(parts.gone)))
    if parts.changed:
        return answer("broken", PARTS_CHANGED.format(names=_names(parts.changed)))
    if certificate is None:
        return answer("unsupported", NO_CERTIFICATE)
    if scheme not in SCHEMES:
        russian = "gost" in scheme or "cpxmlsec" in scheme
        return answer("unsupported", GOST if russian else UNKNOWN.format(name=scheme.rpartition("#")[2]))
    if not _references_fit(root) or not _named(root, certificate):
        return answer("broken", LIST_CHANGED)
    if not _value_fits(root, info, certificate, scheme):
        return answer("broken", WRONG_SIGNATURE)
    weak = SCHEMES[scheme][1] in OUTDATED_DIGESTS or _uses_outdated(root)
    if weak:
        return answer("unsupported", "Подпись сходится, но её алгоритм SHA-1 устарел и допускает подделку: "
                      "верной её назвать нельзя.")  # fmt: skip
    if SCHEMES[scheme][0] == "RSA" and certificate.public_key.bit_size < SMALLEST_RSA_BITS:
        return answer("unsupported", "Подпись сходится, но её ключ слишком короток: верной её назвать нельзя.")
    return answer("good", "")


def _uses_outdated(root: Any) -> bool:
    return any(DIGESTS.get(str(one.get("Algorithm"))) in OUTDATED_DIGESTS for one in root.iter(f"{{{DS}}}DigestMethod"))


def _references_fit(root: Any) -> bool:
    """Tell whether everything the signature names inside its own XML is there once, in its place, unchanged.

    The list of parts must be among it: a list that nobody signed could be any list.
    """
    names = [one.get("Id") for one in root.iter() if one.get("Id")]
    if len(names) != len(set(names)):
        return False
    signed = set()
    info = root.find(f"{{{DS}}}SignedInfo")
    for reference in info.findall(f"{{{DS}}}Reference"):
        uri = str(reference.get("URI"))
        found = [one for one in root.iter() if uri == f"#{one.get('Id')}"]
        if len(found) != 1 or not _digest_fits(reference, _canonical(found[0], _form(reference))):
            return False
        signed.add(found[0])
    lists = list(root.iter(f"{{{DS}}}Manifest"))
    return bool(lists) and all(_inside(one, signed) for one in lists)


def _inside(element: Any, signed: set[Any]) -> bool:
    """Tell whether an element lies in a signed object that stands right under the signature."""
    while element is not None:
        if element in signed:
            return bool(element.tag == f"{{{DS}}}Object" and element.getparent().tag == f"{{{DS}}}Signature")
        element = element.getparent()
    return False


def _form(reference: Any) -> str:
    transforms = [str(one.get("Algorithm")) for one in reference.iter(f"{{{DS}}}Transform")]
    forms = [one for one in transforms if one in C14N_FORMS]
    if len(forms) != len(transforms) or len(forms) > 1:
        raise ValueError("a transform nobody needs here")
    return forms[0] if forms else C14N


def _canonical(element: Any, form: str) -> bytes:
    """Return the canonical bytes; lxml writes a false xmlns="" for a part of a tree, so it is read anew first."""
    from lxml import etree

    exclusive, comments = C14N_FORMS[form]
    alone = etree.fromstring(etree.tostring(element, with_tail=False))
    return bytes(etree.tostring(alone, method="c14n", exclusive=exclusive, with_comments=comments))


def _digest_fits(reference: Any, data: bytes) -> bool:
    method = str(reference.find(f"{{{DS}}}DigestMethod").get("Algorithm"))
    if method not in DIGESTS:
        raise ValueError("an unknown digest")
    told = base64.b64decode("".join(str(reference.find(f"{{{DS}}}DigestValue").text).split()))
    return bool(hashlib.new(DIGESTS[method], data, usedforsecurity=False).digest() == told)


def _named(root: Any, certificate: Any) -> bool:
    """Tell whether the signed properties, where there are any, name this very certificate."""
    for named in root.iter(f"{{{XADES}}}CertDigest"):
        return _digest_fits(named, certificate.dump())
    return True


def _value_fits(root: Any, info: Any, certificate: Any, scheme: str) -> bool:
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

    value = base64.b64decode("".join(str(root.find(f"{{{DS}}}SignatureValue").text).split()))
    form = str(info.find(f"{{{DS}}}CanonicalizationMethod").get("Algorithm"))
    if form not in C14N_FORMS:
        return False
    hasher: dict[str, Any] = {
        "sha1": hashes.SHA1,
        "sha256": hashes.SHA256,
        "sha384": hashes.SHA384,
        "sha512": hashes.SHA512,
    }
    algorithm = hasher[SCHEMES[scheme][1]]()
    key = x509.load_der_x509_certificate(certificate.dump()).public_key()
    try:
        if isinstance(key, rsa.RSAPublicKey) and SCHEMES[scheme][0] == "RSA":
            key.verify(value, _canonical(info, form), padding.PKCS1v15(), algorithm)
        elif isinstance(key, ec.EllipticCurvePublicKey) and SCHEMES[scheme][0] == "ECDSA":
            half = len(value) // 2
            pair = encode_dss_signature(int.from_bytes(value[:half], "big"), int.from_bytes(value[half:], "big"))
            key.verify(pair, _canonical(info, form), ec.ECDSA(algorithm))
        else:
            return False
    except InvalidSignature:
        return False
    return True


def _examine(package: _Package, root: Any) -> _Parts:
    """Hold the parts of the package against the list of a signature."""
    listed: dict[str, None] = {}
    changed, gone, loose = [], [], []
    for manifest in root.iter(f"{{{DS}}}Manifest"):
        for reference in manifest.findall(f"{{{DS}}}Reference"):
            path, _, query = str(reference.get("URI")).partition("?")
            name = _spelled(package, path.lstrip("/"))
            listed[name] = None
            data = package.parts.get(name)
            if data is None:
                gone.append(name)
            elif not _part_fits(package, reference, name, data, query):
                changed.append(name)
            elif _gained(reference, data):
                loose.append(name)
    return _Parts(frozenset(listed), tuple(changed), tuple(gone), tuple(loose))


def _gained(reference: Any, data: bytes) -> bool:
    """Tell whether a signed file of relationships holds one that is not signed and leads to more than properties."""
    transforms = [one for one in reference.iter(f"{{{DS}}}Transform") if one.get("Algorithm") == RELATION_TRANSFORM]
    if not transforms:
        return False
    tree = _parse(data)
    kept = {one.get("Id") for one in _chosen_relations(tree, transforms[0])}
    return any(one.get("Id") not in kept and not _by_custom(str(one.get("Type"))) for one in tree)


def _spelled(package: _Package, name: str) -> str:
    """Return a part's name as the package spells it: names are compared without regard to case, and percent-coded."""
    from urllib.parse import unquote

    if name in package.parts:
        return name
    wanted = unquote(name).lower()
    return next((one for one in package.parts if one.lower() == wanted), name)


def _part_fits(package: _Package, reference: Any, name: str, data: bytes, query: str) -> bool:
    told = query.removeprefix("ContentType=")
    if told.lower() != package.type_of(name).lower():
        return False
    transforms = list(reference.iter(f"{{{DS}}}Transform"))
    if not transforms:
        return _digest_fits(reference, data)
    form = C14N
    tree: Any = _parse(data)
    for one in transforms:
        algorithm = str(one.get("Algorithm"))
        if algorithm == RELATION_TRANSFORM:
            tree = _chosen_relations(tree, one)
        elif algorithm in C14N_FORMS:
            form = algorithm
        else:
            return False
    return _digest_fits(reference, _canonical(tree, form))


def _chosen_relations(tree: Any, transform: Any) -> Any:
    """Apply the transform of relationships (ECMA-376-2, 13.2.4.24): those that are signed, sorted, spelled out."""
    from lxml import etree

    ids = {one.get("SourceId") for one in transform.iter(f"{{{PACKAGE}}}RelationshipReference")}
    types = {one.get("SourceType") for one in transform.iter(f"{{{PACKAGE}}}RelationshipsGroupReference")}
    kept = [one for one in tree if one.get("Id") in ids or one.get("Type") in types]
    namespace: Any = {None: RELATIONS}
    fresh = etree.Element(f"{{{RELATIONS}}}Relationships", nsmap=namespace)
    for one in sorted(kept, key=lambda item: str(item.get("Id"))):
        element = etree.SubElement(fresh, f"{{{RELATIONS}}}Relationship")
        for key in ("Id", "Target", "TargetMode", "Type"):
            value = one.get(key) or ("Internal" if key == "TargetMode" else None)
            if value is not None:
                element.set(key, value)
    return fresh


def _coverage(package: _Package, parts: _Parts) -> Coverage:
    left = sorted({*_uncovered(package, parts.listed), *parts.loose})
    if left:
        return Coverage(False, "только часть файла", "not_whole_file", PARTIAL.format(names=_names(left)), None)
    return Coverage(True, "весь файл, кроме его свойств (автор, дата)", None, "", None)


def _uncovered(package: _Package, listed: set[str] | frozenset[str]) -> Iterator[str]:
    """Yield parts with content that stand on no list; relationships that lead only to unsigned things may be absent."""
    for name in package.parts:
        if name in listed or name == "[Content_Types].xml" or name.startswith(UNSIGNED_BY_CUSTOM):
            continue
        if name.endswith(".rels") and not _matters(package, name):
            continue
        yield name


def _matters(package: _Package, name: str) -> bool:
    """Tell whether a file of relationships leads anywhere but to properties and signatures."""
    try:
        kinds = [str(one.get("Type")) for one in _parse(package.parts[name])]
    except FOREIGN_ERRORS:
        return True
    return any(not _by_custom(kind) for kind in kinds)


def _by_custom(kind: str) -> bool:
    return kind.startswith(f"{RELATIONS}/digital-signature") or kind.rpartition("/")[2] in {
        "core-properties", "extended-properties", "custom-properties", "thumbnail",
    }  # fmt: skip


def _names(parts: Sequence[str]) -> str:
    shown = [_in_words(name) for name in parts[:4]]
    more = len(parts) - len(shown)
    return "; ".join(shown) + (f"; и ещё частей: {more}" if more else "")


def _in_words(name: str) -> str:
    word = next((word for start, word in PART_WORDS if name.startswith(start)), "часть")
    return f"{word} ({name})"


def _time(root: Any) -> datetime | None:
    for path in (f"{{{XADES}}}SigningTime", f"{{{PACKAGE}}}Value"):
        for one in root.iter(path):
            try:
                moment = datetime.fromisoformat(str(one.text).strip())
            except ValueError:
                continue
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None
