"""Keys that live in tokens and smart cards, through the PKCS#11 library of their maker.

The key never leaves the token: it is asked to sign. A PIN is given to the token and kept nowhere. Keys by ГОСТ are
shown but not used: the certified program of the token signs with them (``outside``).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.errors import UserError
from app.exporters.certificates import FOREIGN_ASN1_ERRORS, CertificateFacts, facts_of
from app.exporters.cms_make import Signatory
from app.exporters.key_files import SMALLEST_RSA_BITS, check_usable
from app.exporters.quiet import quiet

_WINDOWS = ("rtPKCS11ECP.dll", "jcPKCS11-2.dll", "eTPKCS11.dll", "isbc_pkcs11_main.dll", "opensc-pkcs11.dll")
_LINUX = ("librtpkcs11ecp.so", "libjcPKCS11-2.so", "libeToken.so", "libisbc_pkcs11_main.so", "opensc-pkcs11.so",
          "libsofthsm2.so")  # fmt: skip
_LINUX_FOLDERS = ("/usr/lib", "/usr/lib64", "/usr/lib/x86_64-linux-gnu", "/usr/lib/softhsm", "/opt/aktivco/rutokenecp")

_TITLES = {
    "rtpkcs11": "Рутокен",
    "jcpkcs11": "JaCarta",
    "etpkcs11": "eToken",
    "libetoken": "eToken",
    "isbc": "ESMART",
    "opensc": "OpenSC (смарт-карты)",
    "softhsm": "SoftHSM (для проверок)",
}

KEY_KINDS = frozenset({"rsa", "ec"})


@dataclass(frozen=True, slots=True)
class TokenKey:
    """One certificate of a token.

    Attributes:
        library: the library of the token's maker.
        token: the label of the token.
        serial: the serial number of the token.
        key_id: what ties the certificate to its key.
        facts: what the certificate says.
        problem: why it cannot sign here; empty where it can.
        certificate: the certificate, DER.
    """

    library: Path
    token: str
    serial: str
    key_id: bytes
    facts: CertificateFacts
    problem: str
    certificate: bytes = field(repr=False)


def known_libraries() -> tuple[Path, ...]:
    """Return the PKCS#11 libraries found at their usual places."""
    if sys.platform == "win32":
        root = Path(os.environ.get("SYSTEMROOT", r"C:\Windows"))
        candidates = [root / "System32" / name for name in _WINDOWS]
    else:
        candidates = [Path(folder) / name for folder in _LINUX_FOLDERS for name in _LINUX]
    return tuple(path for path in candidates if path.is_file())


def library_title(path: Path) -> str:
    """Return how to call a library to a person."""
    name = path.name.casefold()
    return next((title for part, title in _TITLES.items() if part in name), path.name)


def token_keys(library: Path) -> tuple[TokenKey, ...]:
    """Return the certificates of every token behind a library; no PIN is needed for that.

    Raises:
        UserError: SIGN_TOKEN_LIBRARY, SIGN_TOKEN_NONE, SIGN_TOKEN_FAILED.
    """
    import pkcs11

    found: list[TokenKey] = []
    try:
        tokens = [token for token in _loaded(library, anew=True).get_tokens() if _ready(token)]
        for token in tokens:
            with token.open() as session:
                certificates = list(session.get_objects({pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE}))
                found += [key for item in certificates if (key := _key_of(library, token, item)) is not None]
    except pkcs11.PKCS11Error as error:
        raise _told(error, library) from error
    if not tokens:
        raise UserError("SIGN_TOKEN_NONE", library=library_title(library))
    return tuple(found)


@contextmanager
def opened(key: TokenKey, pin: str, *, when: datetime | None = None) -> Iterator[Signatory]:
    """Open a token for signing; it is closed again whatever happens.

    Args:
        key: which certificate, from ``token_keys``.
        pin: the PIN of the user; given to the token and forgotten.
        when: moment of signing; now when omitted.

    Raises:
        UserError: SIGN_TOKEN_UNSUPPORTED, SIGN_TOKEN_PIN, SIGN_TOKEN_LOCKED, SIGN_TOKEN_LOST, SIGN_TOKEN_FAILED,
            SIGN_TOKEN_LIBRARY, SIGN_CERT_….
    """
    import pkcs11
    from asn1crypto import x509

    if key.problem:
        raise UserError("SIGN_TOKEN_UNSUPPORTED", owner=key.facts.owner, why=key.problem)
    check_usable(key.facts, when or datetime.now(UTC))
    try:
        token = next(
            (one for one in _loaded(key.library).get_tokens() if _ready(one) and _serial(one) == key.serial), None
        )
        if token is None:
            raise UserError("SIGN_TOKEN_LOST", token=key.token)
        with quiet(), token.open(user_pin=pin) as session:
            yield Signatory(key.facts, _signer(session, x509.Certificate.load(key.certificate), key.key_id))
    except pkcs11.PKCS11Error as error:
        raise _told(error, key.library, token=key.token) from error


def _signer(session: Any, certificate: Any, key_id: bytes) -> Any:
    from pyhanko.sign.pkcs11 import PKCS11Signer

    return PKCS11Signer(session, signing_cert=certificate, key_id=key_id, other_certs_to_pull=())


def _loaded(library: Path, *, anew: bool = False) -> Any:
    """Load a library; ``anew`` makes it look for tokens put in since."""
    import pkcs11

    if not library.is_file():
        raise UserError("SIGN_TOKEN_LIBRARY", library=library.name)
    try:
        loaded = pkcs11.lib(str(library))
    except pkcs11.PKCS11Error as error:
        raise UserError("SIGN_TOKEN_LIBRARY", library=library.name) from error
    if anew:
        with suppress(pkcs11.PKCS11Error):  # another signature is under way: what is known is good enough
            loaded.reinitialize()
    return loaded


def _key_of(library: Path, token: Any, item: Any) -> TokenKey | None:
    import pkcs11
    from asn1crypto import x509

    try:
        der = bytes(item[pkcs11.Attribute.VALUE])
        certificate = x509.Certificate.load(der)
        facts = facts_of(certificate)
        problem = _problem(certificate)
        key_id = bytes(item[pkcs11.Attribute.ID])
    except (pkcs11.PKCS11Error, *FOREIGN_ASN1_ERRORS):
        return None
    if certificate.ca:
        return None
    return TokenKey(library, str(token.label).strip(), _serial(token), key_id, facts, problem, der)


def _problem(certificate: Any) -> str:
    kind = str(certificate.public_key.algorithm)
    if kind.startswith("1.2.643."):
        return "ключ по ГОСТ: им подписывает программа, сертифицированная для этого токена"
    if kind not in KEY_KINDS:
        return f"ключ вида {kind}"
    if kind == "rsa" and certificate.public_key.bit_size < SMALLEST_RSA_BITS:
        return f"ключ в {certificate.public_key.bit_size} бит слишком короток"
    return ""


def _ready(token: Any) -> bool:
    """An empty place of a reader announces a token too, one that nobody has set up."""
    import pkcs11

    return bool(token.flags & pkcs11.TokenFlag.TOKEN_INITIALIZED)


def _serial(token: Any) -> str:
    raw = token.serial
    return raw.decode("ascii", "replace").strip() if isinstance(raw, bytes) else str(raw).strip()


def _told(error: Exception, library: Path, *, token: str = "") -> UserError:
    from pkcs11 import exceptions

    if isinstance(error, exceptions.PinIncorrect | exceptions.PinInvalid | exceptions.PinLenRange):
        return UserError("SIGN_TOKEN_PIN", token=token)
    if isinstance(error, exceptions.PinLocked):
        return UserError("SIGN_TOKEN_LOCKED", token=token)
    gone = exceptions.DeviceRemoved | exceptions.TokenNotPresent | exceptions.NoSuchKey
    # the bare class is pyHanko's own word: no key for this certificate
    if isinstance(error, gone) or type(error) is exceptions.PKCS11Error:
        return UserError("SIGN_TOKEN_LOST", token=token or library_title(library))
    return UserError("SIGN_TOKEN_FAILED", token=token or library_title(library), what=type(error).__name__)
