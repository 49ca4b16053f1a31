"""Saved column maps: kept in the file, taken along as files of their own (issue B, point 1).

A map is text as ``importers.tables.profile_text`` writes it; its name stands in it and beside it, always the same.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app.errors import UserError
from app.models import profiles as repository
from app.models.profiles import Profile
from app.models.store import Connection, Operation, Store

__all__ = ["Profile", "delete", "export", "find", "import_file", "listing", "rename", "save"]

_LARGEST = 4 << 20


def listing(connection: Connection) -> list[Profile]:
    """Return the saved profiles by name."""
    return repository.listing(connection)


def find(connection: Connection, name: str) -> Profile:
    """Return the profile of that name; letter case and outer spaces do not count.

    Raises:
        UserError: ``DATA_NO_PROFILE`` naming those that are there.
    """
    found = repository.listing(connection)
    wanted = name.strip().casefold()
    profile = next((item for item in found if item.name.casefold() == wanted), None)
    if profile is None:
        names = ", ".join(f"«{item.name}»" for item in found) or "ни одной"
        raise UserError("DATA_NO_PROFILE", name=name.strip(), names=names)
    return profile


def save(store: Store, text: str, name: str | None = None) -> Profile:
    """Keep a map; one of the same name is replaced.

    Args:
        store: the open file.
        text: the map, as the importers wrote it.
        name: what a person calls it; None keeps the name it has.

    Raises:
        UserError: ``DATA_PROFILE_NAME``; ``IMP_PROFILE_…`` with what is wrong in the text.
    """
    from app.importers.tables.profile_text import from_text

    wanted = _name(from_text(text).name if name is None else name)
    with store.operation(f"Сохранена разметка таблицы «{wanted}»", "profile.save") as operation:
        _put(operation, text, wanted, store.actor)
    return find(store.connection, wanted)


def _put(operation: Operation, text: str, name: str, actor: str) -> None:
    from app.importers.tables.profile_text import from_text, to_text

    parsed = from_text(text)
    if parsed.name != name:
        parsed = replace(parsed, name=name)
        text = to_text(parsed)
    repository.put(operation, name=name, target=parsed.target, signature=parsed.signature, text=text, actor=actor)


def _name(name: str) -> str:
    if not name.strip():
        raise UserError("DATA_PROFILE_NAME")
    return name.strip()


def rename(store: Store, name: str, new_name: str) -> None:
    """Give a profile another name.

    Raises:
        UserError: ``DATA_NO_PROFILE``, ``DATA_PROFILE_NAME``, ``DATA_PROFILE_TAKEN``.
    """
    profile, wanted = find(store.connection, name), _name(new_name)
    taken = repository.get(store.connection, wanted)
    if taken is not None and taken.id != profile.id:
        raise UserError("DATA_PROFILE_TAKEN", name=wanted)
    with store.operation(f"Разметка «{profile.name}» названа «{wanted}»", "profile.rename") as operation:
        operation.update("import_profile", profile.id, name=wanted)
        _put(operation, profile.text, wanted, store.actor)


def delete(store: Store, name: str) -> None:
    """Delete a profile; what was read by it stays.

    Raises:
        UserError: ``DATA_NO_PROFILE``.
    """
    profile = find(store.connection, name)
    with store.operation(f"Удалена разметка таблицы «{profile.name}»", "profile.delete") as operation:
        operation.delete("import_profile", profile.id)


def export(connection: Connection, name: str, path: Path) -> Path:
    """Write a profile as a file for a colleague; nothing that stands there is overwritten. Returns where.

    Raises:
        UserError: ``DATA_NO_PROFILE``; ``PAPER_…`` of writing.
    """
    from app.exporters.atomic import write_atomic

    return write_atomic(path, find(connection, name).text.encode(), overwrite=False)


def import_file(store: Store, path: Path, name: str | None = None) -> Profile:
    """Take a profile from a file; the name it has there is kept unless another is given.

    Raises:
        UserError: ``GEN_FILE_MISSING``, ``GEN_FILE_UNREADABLE``, ``IMP_PROFILE_…``; ``DATA_PROFILE_TAKEN`` where
            another map bears the name.
    """
    from app.importers.tables.profile_text import from_text

    text = _text(path)
    parsed = from_text(text)
    wanted = _name(parsed.name if name is None else name)
    present = repository.get(store.connection, wanted)
    if present is not None and from_text(present.text) != replace(parsed, name=wanted):
        raise UserError("DATA_PROFILE_TAKEN", name=wanted)
    return save(store, text, wanted)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            raise UserError("GEN_FILE_UNREADABLE", file=path.name, detail="для разметки он слишком велик")
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise UserError("GEN_FILE_MISSING", file=path) from error
    except (OSError, UnicodeDecodeError) as error:
        raise UserError("GEN_FILE_UNREADABLE", file=path.name, detail="это не текст в кодировке UTF-8") from error
