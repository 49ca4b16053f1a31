"""Imported source files: which came, whether their bytes are kept, giving them back."""

from __future__ import annotations

from pathlib import Path

from app.errors import UserError
from app.models import blobs, forms, results
from app.models.results import ImportedFile
from app.models.store import Connection

_LEAST_SIGNS = 6


def find(connection: Connection, query: str) -> ImportedFile:
    """Return the loaded file that a number, the beginning of a checksum (six signs and more) or a name means.

    Of several loadings of the same bytes the latest is meant.

    Raises:
        UserError: ``DATA_NO_FILE``, ``DATA_SEVERAL_FILES``.
    """
    wanted = query.strip()
    found = [item for item in results.files(connection) if _is_meant(item, wanted)]
    if not found:
        raise UserError("DATA_NO_FILE", query=wanted)
    if len({item.sha256 for item in found}) > 1:
        names = "; ".join(f"№ {item.id} «{item.name}»" for item in found[:5])
        raise UserError("DATA_SEVERAL_FILES", query=wanted, names=names)
    return found[0]


def _is_meant(item: ImportedFile, wanted: str) -> bool:
    if wanted == str(item.id) or wanted.casefold() == item.name.casefold():
        return True
    return len(wanted) >= _LEAST_SIGNS and item.sha256.startswith(wanted.lower())


def export(connection: Connection, query: str, path: Path) -> Path:
    """Write a kept file exactly as it was loaded; nothing that stands there is overwritten. Returns where.

    A workbook that came with a form is found by its number.

    Args:
        connection: reading connection.
        query: which file, as in ``find``.
        path: where to; a folder takes it under its own name.

    Raises:
        UserError: ``DATA_NO_FILE``, ``DATA_SEVERAL_FILES``, ``DATA_FILE_NOT_KEPT``; ``PAPER_…`` of writing.
    """
    from app.exporters.atomic import write_atomic

    number = int(query) if query.isascii() and query.isdecimal() else 0
    reply = forms.file_of(connection, number) if 0 < number < 2**63 else None
    if reply is not None:
        target = path / reply.file_name if path.is_dir() else path
        return write_atomic(target, blobs.get(connection, reply.sha256), overwrite=False)
    found = find(connection, query)
    if not found.kept:
        raise UserError("DATA_FILE_NOT_KEPT", file=found.name)
    target = path / found.name if path.is_dir() else path
    return write_atomic(target, blobs.get(connection, found.sha256), overwrite=False)
