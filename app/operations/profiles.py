"""Saved column maps: kept in the file, taken along as files of their own (issue B, point 1)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from app.errors import UserError
from app.models import profiles as repository
from app.models.profiles import Profile
from app.models.store import Connection, Store

__all__ = ["Profile", "delete", "export", "find", "import_file", "listing", "rename", "save"]

_FORMAT = 1
_LARGEST = 1 << 20


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
        names = ", ".join(f"«{item.name}»" for item in found) or "ни одного"
        raise UserError("DATA_NO_PROFILE", name=name.strip(), names=names)
    return profile


def save(store: Store, name: str, target: str, signature: str, text: str) -> int:
    """Keep a map under a name; one of the same name is replaced. Returns its key.

    Args:
        store: the open file.
        name: what a person calls it.
        target: the kind of table it reads («marks», «metrics»…).
        signature: what its tables are recognised by.
        text: the map itself, as the importers wrote it.

    Raises:
        UserError: ``DATA_PROFILE_NAME``.
    """
    with store.operation(f"Сохранён профиль таблицы «{name.strip()}»", "profile.save") as operation:
        return repository.put(
            operation, name=_name(name), target=target, signature=signature, text=text, actor=store.actor
        )


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
    with store.operation(f"Профиль «{profile.name}» назван «{wanted}»", "profile.rename") as operation:
        operation.update("import_profile", profile.id, name=wanted)


def delete(store: Store, name: str) -> None:
    """Delete a profile; what was read by it stays.

    Raises:
        UserError: ``DATA_NO_PROFILE``.
    """
    profile = find(store.connection, name)
    with store.operation(f"Удалён профиль таблицы «{profile.name}»", "profile.delete") as operation:
        operation.delete("import_profile", profile.id)


def export(connection: Connection, name: str, path: Path) -> Path:
    """Write a profile as a file for a colleague; nothing that stands there is overwritten. Returns where.

    Raises:
        UserError: ``DATA_NO_PROFILE``; ``PAPER_…`` of writing.
    """
    import tomlkit

    from app.exporters.atomic import write_atomic

    profile = find(connection, name)
    document = tomlkit.document()
    document.add(tomlkit.comment("Профиль таблицы «Опоры»: opora profiles --import ФАЙЛ"))
    document.add("format", tomlkit.item(_FORMAT))
    table = tomlkit.table()
    for key in ("name", "target", "signature", "text"):
        value = getattr(profile, key)
        # a text that TOML would have to spell with escapes stays readable as lines
        plain = "'''" not in value and "\r" not in value and value.isprintable() is False
        table.add(key, tomlkit.string(value, multiline=True, literal=True) if plain else tomlkit.string(value))
    document.add("profile", table)
    return write_atomic(path, tomlkit.dumps(document).encode(), overwrite=False)


@dataclass(frozen=True, slots=True)
class _Parts:
    """What a file of a profile holds."""

    name: str
    target: str
    signature: str
    text: str


def import_file(store: Store, path: Path, name: str | None = None) -> Profile:
    """Take a profile from a file; the name it has there is kept unless another is given.

    Raises:
        UserError: ``GEN_FILE_MISSING``, ``DATA_PROFILE_FILE``, ``DATA_PROFILE_TAKEN`` where another map bears the name.
    """
    found = _parts(path)
    wanted = _name(name or found.name)
    present = repository.get(store.connection, wanted)
    if present is not None and present.text != found.text:
        raise UserError("DATA_PROFILE_TAKEN", name=wanted)
    save(store, wanted, found.target, found.signature, found.text)
    return find(store.connection, wanted)


def _parts(path: Path) -> _Parts:
    try:
        if path.stat().st_size > _LARGEST:
            raise UserError("DATA_PROFILE_FILE", file=path.name)
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise UserError("GEN_FILE_MISSING", file=path) from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise UserError("DATA_PROFILE_FILE", file=path.name) from error
    table = document.get("profile")
    values = [table.get(key) for key in ("name", "target", "signature", "text")] if isinstance(table, dict) else []
    texts = [value for value in values if isinstance(value, str) and value.strip()]
    if document.get("format") != _FORMAT or len(texts) != 4:
        raise UserError("DATA_PROFILE_FILE", file=path.name)
    return _Parts(*texts)
