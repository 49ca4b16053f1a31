"""The zip of a package upward: the same content gives the same bytes, and every system can unpack it.

Names are written in UTF-8 with the flag that says so (7-Zip and Windows show them rightly), without characters and
words that Windows keeps for itself; times are those of no day, so that two packages of one content are one file.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Mapping

STAMP = (2000, 1, 1, 0, 0, 0)
LONGEST = 110
"""Letters of one name: with a folder before it a path stays far below what Windows takes."""
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_KEPT = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)")


def safe_name(name: str, taken: set[str]) -> str:
    """Return a name of a file that Windows, 7-Zip and macOS take, other than those taken (in small letters).

    Args:
        name: with its suffix.
        taken: names given so far; the new one is put in.
    """
    plain = unicodedata.normalize("NFC", name)
    plain = " ".join(_FORBIDDEN.sub(" ", plain).split())
    stem, dot, suffix = plain.strip(" .").rpartition(".")
    stem, suffix = (stem, dot + suffix) if dot and len(suffix) <= 8 else (plain.strip(" ."), "")
    stem = stem[: LONGEST - len(suffix) - 5].strip(" .") or "файл"
    if _KEPT.match(stem):
        stem = "_" + stem
    made, number = stem + suffix, 1
    while made.casefold() in taken:
        number += 1
        made = f"{stem} ({number}){suffix}"
    taken.add(made.casefold())
    return made


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Return the bytes of a zip with these parts in this order."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            # as made on Unix: Info-ZIP takes names of any other system for those of DOS, the flag notwithstanding
            info.create_system, info.external_attr = 3, 0o644 << 16
            archive.writestr(info, data)
    return packed.getvalue()
