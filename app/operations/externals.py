"""Lists from outside with their documents: looked at, given a document, taken out. Nothing is ever computed here."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import UserError
from app.models import blobs, references, settings
from app.models import externals as repository
from app.models.externals import ExternalEntry, ExternalList, SourceDocument
from app.models.store import Connection, Store
from app.operations.editions import KIND_WORDS
from app.operations.schools import iso_date
from app.texts import NBSP, ru_date

if TYPE_CHECKING:
    from app.models.records import RiskFactor

__all__ = [
    "KIND_WORDS",
    "ExternalEntry",
    "ExternalList",
    "SourceDocument",
    "add_document",
    "document_bytes",
    "document_words",
    "documents",
    "entries",
    "factors",
    "find",
    "item_words",
    "lists",
    "of_school",
    "put_factors",
    "remove",
]


def lists(connection: Connection, *, kind: str | None = None, year: int | None = None) -> list[ExternalList]:
    """Return the lists, the newest year first."""
    return repository.lists(connection, kind=kind, year=year)


def find(
    connection: Connection, *, list_id: int | None = None, kind: str | None = None, year: int | None = None
) -> ExternalList:
    """Return the one list that is meant.

    Raises:
        UserError: ``DATA_NO_LIST``, ``DATA_SEVERAL_LISTS`` naming their numbers.
    """
    if list_id is not None:
        found = repository.get(connection, list_id)
        listed = [] if found is None else [found]
    else:
        listed = repository.lists(connection, kind=kind, year=year)
    if not listed:
        raise UserError("DATA_NO_LIST")
    if len(listed) > 1:
        names = "; ".join(f"№ {item.id} «{item.title}», {item.year}" for item in listed[:5])
        raise UserError("DATA_SEVERAL_LISTS", names=names)
    return listed[0]


def entries(connection: Connection, list_id: int) -> list[ExternalEntry]:
    """Return what a list says, school by school."""
    return repository.entries(connection, list_id=list_id)


def of_school(connection: Connection, school_id: int) -> list[ExternalEntry]:
    """Return what all lists say of a school, the newest year first."""
    return repository.entries(connection, organisation_id=school_id)


def item_words(connection: Connection) -> dict[str, str]:
    """Return code → name of the factors of risk in force."""
    return {factor.code: factor.name for factor in factors(connection)}


def documents(connection: Connection) -> list[SourceDocument]:
    """Return the kept documents."""
    return repository.documents(connection)


def document_words(document: SourceDocument | None) -> str:
    """Return «Письмо Рособрнадзора от 12.01.2026 № 02-15» of a document, "" of none."""
    if document is None:
        return ""
    dated = f" от {ru_date(document.dated)}" if document.dated else ""
    number = f" №{NBSP}{document.number}" if document.number else ""
    issuer = f"{document.issuer}: " if document.issuer else ""
    return f"{issuer}{document.title}{dated}{number}"


def document_bytes(connection: Connection, document: SourceDocument) -> bytes:
    """Return the file of a document.

    Raises:
        UserError: ``DATA_NO_DOCUMENT_FILE``.
    """
    if document.sha256 is None:
        raise UserError("DATA_NO_DOCUMENT_FILE", title=document.title)
    return blobs.get(connection, document.sha256)


def add_document(
    store: Store, list_id: int, *, title: str, issuer: str | None = None, number: str | None = None,
    dated: str | None = None, note: str | None = None, path: Path | None = None,
) -> int:  # fmt: skip
    """Say which letter or order a list came with, with its file where there is one; returns the document's key.

    Args:
        store: the open file.
        list_id: the list; an earlier document of it stays among the documents.
        title: what the document is called.
        issuer: who issued it.
        number: its number.
        dated: its date, 28.11.2026 or 2026-11-28.
        note: anything else.
        path: a file to keep with it.

    Raises:
        UserError: ``DATA_NO_LIST``, ``DATA_DOCUMENT_TITLE``, ``GEN_BAD_DATE``, ``GEN_FILE_MISSING``,
            ``GEN_FILE_UNREADABLE``, ``DATA_FILE_LARGE``.
    """
    listed = find(store.connection, list_id=list_id)
    if not title.strip():
        raise UserError("DATA_DOCUMENT_TITLE")
    day = iso_date(dated) if dated else None
    data = None if path is None else _bytes(store.connection, path)
    with store.operation(
        f"К списку «{listed.title}» приложен документ «{title.strip()}»", "list.document"
    ) as operation:
        digest = None if data is None else blobs.put(operation.connection, data)
        key = repository.add_document(
            operation, title=title.strip(), issuer=issuer, number=number, dated=day,
            file_name=path.name if path else None, sha256=digest, note=note,
        )  # fmt: skip
        repository.attach(operation, listed.id, key)
    return key


def _bytes(connection: Connection, path: Path) -> bytes:
    limit = int(settings.get(connection, "blob_limit_mb"))
    try:
        if path.stat().st_size > limit << 20:
            raise UserError("DATA_FILE_LARGE", file=path.name, limit=limit)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UserError("GEN_FILE_MISSING", file=path) from error
    except OSError as error:
        raise UserError("GEN_FILE_UNREADABLE", file=path.name, detail="нет доступа") from error


def remove(store: Store, list_id: int) -> ExternalList:
    """Take a list with its entries out of the file; it can be undone. Returns what was there.

    Raises:
        UserError: ``DATA_NO_LIST``.
    """
    listed = find(store.connection, list_id=list_id)
    with store.operation(f"Убран список «{listed.title}», {listed.year}", "list.remove") as operation:
        repository.remove_list(operation, listed.id)
    return listed


# --- the catalogue of factors ----------------------------------------------------------------------------------


def factors(connection: Connection) -> tuple[RiskFactor, ...]:
    """Return the shipped factors of risk with the file's own over them; unreadable texts are passed over."""
    from app.importers.reports import factors as reference

    found = reference.load_shipped()
    for _ref_id, _version, text in references.texts(connection, "factors"):
        try:
            found = reference.merged(found, reference.parse_factors(text))
        except UserError:
            # kept by an earlier version of the program; the methodist sees it in the list of problems
            continue
    return found


def put_factors(store: Store, text: str, name: str) -> int:
    """Keep an updated catalogue of factors from a TOML text; returns how many it holds.

    Raises:
        UserError: ``IMP_FACTOR_TOML`` or ``IMP_FACTOR_FAULT`` with the place and the fault.
    """
    from app.importers.reports.factors import parse_factors

    found = parse_factors(text)
    with store.operation("Обновлён справочник факторов риска", "factors.put") as operation:
        references.put(operation, "factors", name, "1", text)
    return len(found)
