"""Reading a package of a stranger: looked through before anything is unpacked, then held to its schema."""

from __future__ import annotations

import hashlib
import json
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any

from app.errors import Problem, UserError, problem
from app.paths import resources

MANIFEST, SEAL, DATA = "manifest.json", "manifest.sha256", "data.json"
FORMAT, FORMAT_VERSION = "opora-package", 2
LARGEST_FILE = 512 << 20
LARGEST_UNPACKED = 512 << 20
FREE_UNPACKED = 60 << 20
LARGEST_RATIO = 150
LARGEST_PART = 128 << 20
LARGEST_TEXT = 32 << 20
MOST_PARTS = 2000
MOST_FAULTS = 20
_DRIVE = re.compile(r"^[A-Za-z]:")
_FAULTS = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, NotImplementedError, EOFError, ValueError, RuntimeError,
    OSError, struct.error, KeyError,
)  # fmt: skip
_FAULT_WORDS = {
    "type": "значение другого вида",
    "enum": "значение не из списка",
    "const": "значение не то",
    "pattern": "значение записано не так",
    "minimum": "число меньше возможного",
    "maximum": "число больше возможного",
    "minLength": "пусто",
    "maxLength": "слишком длинно",
    "minItems": "список пуст",
    "maxItems": "список слишком длинный",
    "uniqueItems": "повторы в списке",
}


class Package:
    """An opened package: its parts by name, nothing of it lies on the disk.

    Attributes:
        manifest: the description; data: the figures. Both as JSON gives them, not yet held to their schemas.
    """

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self.name = path.name
        self._archive = archive
        self._parts = {info.filename: info for info in archive.infolist() if not info.is_dir()}
        self.manifest: Any = None

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the parts in the order of the archive."""
        return tuple(self._parts)

    def part(self, name: str) -> bytes:
        """Return a part.

        Raises:
            UserError: ``PACK_DAMAGED``; ``PACK_FILE_MISSING`` where there is none.
        """
        if name not in self._parts:
            raise UserError("PACK_FILE_MISSING", name=name)
        try:
            return self._archive.read(self._parts[name])
        except _FAULTS as fault:
            raise UserError("PACK_DAMAGED", file=self.name) from fault

    def digest(self, name: str) -> tuple[str, int]:
        """Return SHA-256 and size of a part."""
        data = self.part(name)
        return hashlib.sha256(data).hexdigest(), len(data)

    def text(self, name: str) -> Any:
        """Return a part that is JSON.

        Raises:
            UserError: ``PACK_DAMAGED`` where it is none, or is written so that nothing sound could follow.
        """
        try:
            if self._parts[name].file_size > LARGEST_TEXT:
                raise UserError("PACK_BOMB", file=self.name)
            value = json.loads(self.part(name).decode("utf-8"), parse_constant=_refuse, parse_float=_refuse)
            json.dumps(value, ensure_ascii=False).encode()
        except (ValueError, RecursionError) as fault:
            raise UserError("PACK_DAMAGED", file=self.name) from fault
        return value

    def close(self) -> None:
        """Let the file go."""
        self._archive.close()


def _refuse(_text: str) -> Any:
    raise ValueError("no fractions and no infinities stand in a package")


def open_package(path: Path) -> Package:
    """Open a package and look it through; its description is read, nothing is judged yet.

    Raises:
        UserError: ``GEN_FILE_MISSING``, ``PACK_DAMAGED``, ``PACK_NOT_PACKAGE``, ``PACK_BOMB``, ``PACK_NAME``,
            ``PACK_TWICE``, ``PACK_NEWER``.
    """
    if not path.is_file():
        raise UserError("GEN_FILE_MISSING", file=path.name)
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise UserError("PACK_BOMB", file=path.name)
        archive = zipfile.ZipFile(path)
    except _FAULTS as fault:
        raise UserError("PACK_DAMAGED" if _zip(path) else "PACK_NOT_PACKAGE", file=path.name) from fault
    with ExitStack() as refused:
        refused.callback(archive.close)
        _look_through(archive.infolist(), path.name)
        made = Package(path, archive)
        if MANIFEST not in made.names:
            raise UserError("PACK_NOT_PACKAGE", file=path.name)
        made.manifest = made.text(MANIFEST)
        _known(made.manifest, path.name)
        refused.pop_all()
    return made


def _zip(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(2) == b"PK"
    except OSError:
        return True


def _known(manifest: Any, name: str) -> None:
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise UserError("PACK_NOT_PACKAGE", file=name)
    version = manifest.get("format_version")
    if isinstance(version, int) and version > FORMAT_VERSION:
        raise UserError("PACK_NEWER", file=name, version=version)


def _look_through(infos: list[zipfile.ZipInfo], name: str) -> None:
    if any(info.flag_bits & 1 for info in infos) or any(
        info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for info in infos
    ):
        raise UserError("PACK_DAMAGED", file=name)
    total = sum(info.file_size for info in infos)
    packed = max(1, sum(info.compress_size for info in infos))
    swollen = total > FREE_UNPACKED and total > LARGEST_RATIO * packed
    if len(infos) > MOST_PARTS or total > LARGEST_UNPACKED or swollen:
        raise UserError("PACK_BOMB", file=name)
    if any(info.file_size > LARGEST_PART for info in infos):
        raise UserError("PACK_BOMB", file=name)
    seen: set[str] = set()
    for info in infos:
        if not harmless(info.orig_filename) or not harmless(info.filename) or stat.S_ISLNK(info.external_attr >> 16):
            raise UserError("PACK_NAME", name=info.filename[:80])
        if info.filename.casefold() in seen:
            raise UserError("PACK_TWICE", name=info.filename[:80])
        seen.add(info.filename.casefold())


def harmless(name: str) -> bool:
    """Tell whether a name stays inside the folder it is unpacked into, on every system."""
    if not name or len(name) > 260 or "\\" in name or "\0" in name or name.startswith("/") or _DRIVE.match(name):
        return False
    return all(part not in {"", ".", ".."} for part in name.rstrip("/").split("/")) and name.isprintable()


# --- schemas ---------------------------------------------------------------------------------------------------


@cache
def schema(what: str, version: int = FORMAT_VERSION) -> Mapping[str, Any]:
    """Return the published schema of «manifest» or «data»; those of earlier versions stay to read what they made."""
    text = (resources() / "package" / f"{what}-{version}.schema.json").read_text(encoding="utf-8")
    made: Mapping[str, Any] = json.loads(text)
    return made


def faults(what: str, value: Any, version: Any = FORMAT_VERSION) -> Iterator[tuple[str, str]]:
    """Yield (place, what is wrong there) of a value against its schema, the first twenty, in Russian.

    Args:
        what: «manifest» or «data».
        value: as JSON gives it.
        version: that the description of the package names; one that never was is held to the newest schema.
    """
    from jsonschema import Draft202012Validator

    known = isinstance(version, int) and 1 <= version <= FORMAT_VERSION
    found = Draft202012Validator(schema(what, int(version) if known else FORMAT_VERSION)).iter_errors(value)
    for number, error in enumerate(found):
        if number >= MOST_FAULTS:
            return
        place = "/".join(str(part) for part in error.absolute_path) or "начало"
        match error.validator:
            case "required":
                lacking = [key for key in error.validator_value if key not in error.instance]
                yield place, f"нет поля «{lacking[0] if lacking else ''}»"
            case "additionalProperties":
                yield place, "лишнее поле"
            case rule:
                yield place, _FAULT_WORDS.get(str(rule), "не подходит под описание")


def file_faults(package: Package) -> Iterator[Problem]:
    """Yield what is wrong with the files of a package against its description, which fits its schema."""
    if SEAL not in package.names:
        yield problem("PACK_FILE_MISSING", name=SEAL)
    elif package.part(SEAL).decode("ascii", errors="replace").strip() != package.digest(MANIFEST)[0]:
        yield problem("PACK_MANIFEST_CHANGED")
    listed = {MANIFEST, SEAL}
    for item in listed_files(package.manifest):
        name = item["path"]
        if name in listed:
            yield problem("PACK_TWICE", name=name)
            continue
        listed.add(name)
        if name not in package.names:
            yield problem("PACK_FILE_MISSING", name=name)
        elif package.digest(name) != (item["sha256"], item["size"]):
            yield problem("PACK_FILE_CHANGED", name=name)
    for name in package.names:
        if name not in listed:
            yield problem("PACK_FILE_EXTRA", name=name)


def listed_files(manifest: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield every file that a description names: its own ones, then those of its papers."""
    yield from manifest["files"]
    for paper in manifest["papers"]:
        yield from paper["files"]
