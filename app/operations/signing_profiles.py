"""Programs that sign, and what the user chose last: kept in the user's profile, never in the municipal file.

A PIN or a password is never kept. Commands of CryptoPro come from its own help; they were not run where this program
is made, so each can be changed, and «Пробная подпись» shows at once whether it works.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from app import paths
from app.errors import UserError
from app.exporters.outside import Program, check_program, field_title

__all__ = ["Program", "field_title", "presets", "program", "programs", "remember", "remembered", "restore", "save"]

FILE = "signing.toml"

_CRYPTOPRO_NOTE = (
    "Отпечаток сертификата — в «Инструментах КриптоПро», строка «Отпечаток». ПИН-код программа спросит сама."
)


def presets() -> tuple[Program, ...]:
    """Return the commands the program comes with."""
    return (
        Program(
            "cryptcp", "КриптоПро: cryptcp",
            (_cryptopro("cryptcp"), "-sign", "-der", "-detached", "-nochain", "-norev", "-thumbprint", "{thumbprint}",
             "{input}", "{output}"),
            note=_CRYPTOPRO_NOTE,
        ),
        Program(
            "csptest", "КриптоПро: csptest",
            (_cryptopro("csptest"), "-sfsign", "-sign", "-detached", "-add", "-addsigtime", "-my", "{thumbprint}",
             "-in", "{input}", "-out", "{output}"),
            note=_CRYPTOPRO_NOTE,
        ),
        Program(
            "openssl-gost", "OpenSSL с движком ГОСТ",
            ("openssl", "cms", "-sign", "-binary", "-in", "{input}", "-signer", "{cert}", "-inkey", "{key}", "-md",
             "md_gost12_256", "-cades", "-outform", "DER", "-out", "{output}"),
            note="Для обмена внутри организации. OpenSSL не сертифицирован: квалифицированной подпись не станет.",
        ),
    )  # fmt: skip


def _cryptopro(name: str) -> str:
    """Return where CryptoPro puts its programs; the bare name where it is not found."""
    import sys

    if sys.platform == "win32":
        folders = [Path(r"C:\Program Files\Crypto Pro\CSP"), Path(r"C:\Program Files (x86)\Crypto Pro\CSP")]
        found = [folder / f"{name}.exe" for folder in folders if (folder / f"{name}.exe").is_file()]
    else:
        path = Path("/opt/cprocsp/bin/amd64") / name
        found = [path] if path.is_file() else []
    return str(found[0]) if found else name


def programs() -> tuple[Program, ...]:
    """Return every program: the presets as the user changed them, then the user's own.

    Raises:
        UserError: SIGN_PROFILES_BAD.
    """
    own = {program.key: program for program in _own()}
    known = tuple(own.pop(program.key, program) for program in presets())
    return (*known, *own.values())


def program(key: str) -> Program:
    """Return one program.

    Raises:
        UserError: SIGN_PROFILE_UNKNOWN, SIGN_PROFILES_BAD.
    """
    every = programs()
    found = next((item for item in every if item.key == key), None)
    if found is None:
        raise UserError("SIGN_PROFILE_UNKNOWN", key=key, known=", ".join(item.key for item in every))
    return found


def save(changed: Program) -> None:
    """Keep a command the user changed or made; one equal to its preset is forgotten.

    Raises:
        UserError: SIGN_OUTSIDE_COMMAND, SIGN_PROFILES_BAD, PAPER_….
    """
    check_program(changed)
    own = [item for item in _own() if item.key != changed.key]
    if changed not in presets():
        own.append(changed)
    _write(own, _remembered())


def restore(key: str) -> None:
    """Forget the user's command; a preset of that key comes back.

    Raises:
        UserError: SIGN_PROFILES_BAD, PAPER_….
    """
    _write([item for item in _own() if item.key != key], _remembered())


def remembered() -> dict[str, str]:
    """Return what the user chose last: «way», «program», «thumbprint», «cert», «key», «library», «p12»."""
    try:
        return _remembered()
    except UserError:
        return {}  # a spoilt file of habits must not stand in the way of signing


def remember(values: Mapping[str, str]) -> None:
    """Keep what the user chose, for the next time. Secrets are left out whoever hands them in.

    A spoilt file, a full disk or a closed folder of habits must not stand in the way of signing.
    """
    with suppress(UserError):
        kept = _remembered() | {key: value for key, value in values.items() if key not in {"pin", "password"}}
        if kept != _remembered():
            _write(_own(), kept)


def _read() -> Mapping[str, object]:
    path = paths.profile() / FILE
    try:
        return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise UserError("SIGN_PROFILES_BAD", why="это не текст TOML", file=path) from error


def _own() -> list[Program]:
    read = _read().get("program", [])
    found = []
    for item in read if isinstance(read, list) else []:
        try:
            one = Program(
                str(item["key"]), str(item["title"]), tuple(str(part) for part in item["arguments"]),
                int(item.get("seconds", 120)),
                tuple((str(name), str(value)) for name, value in dict(item.get("environment", {})).items()),
                str(item.get("note", "")),
            )  # fmt: skip
            check_program(one)
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            why = "у одной из программ нет ключа, названия или команды"
            raise UserError("SIGN_PROFILES_BAD", why=why, file=paths.profile() / FILE) from error
        found.append(one)
    return found


def _remembered() -> dict[str, str]:
    last = _read().get("last", {})
    return {str(key): str(value) for key, value in last.items()} if isinstance(last, dict) else {}


def _write(own: Sequence[Program], last: Mapping[str, str]) -> None:
    import tomlkit

    from app.exporters.atomic import write_atomic

    document = tomlkit.document()
    document.add(tomlkit.comment("Программы подписания. ПИН-коды и пароли здесь не хранятся."))
    document["last"] = dict(last)
    tables = tomlkit.aot()
    for item in own:
        table = tomlkit.table()
        table.update({"key": item.key, "title": item.title, "arguments": list(item.arguments), "seconds": item.seconds,
                      "note": item.note})  # fmt: skip
        if item.environment:
            table["environment"] = dict(item.environment)
        tables.append(table)
    if own:
        document["program"] = tables
    write_atomic(paths.profile() / FILE, tomlkit.dumps(document).encode("utf-8"))
