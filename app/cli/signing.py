"""Commands: signing in every way, programs and certificates, signing on another computer."""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.keys import add, add_actor, common, number
from app.cli.output import line, print_json, table
from app.errors import UserError
from app.operations import files, papers, signing
from app.operations.files import default_actor
from app.texts import ru_date

if TYPE_CHECKING:
    from app.exporters.certificates import CertificateFacts
    from app.exporters.tokens import TokenKey
    from app.operations.signing_make import SignedFile
    from app.operations.signing_ways import Form

_FIELDS = ("thumbprint", "cert", "key")


def add_sign(commands: Any) -> None:
    """Add the command ``sign``."""
    sign = add(commands, "sign", "подписать файл: ключом из файла, токеном или внешней программой", _sign)
    sign.add_argument("file", type=Path, metavar="ФАЙЛ")
    sign.add_argument("--way", choices=["p12", "token", "program"], default="p12", help="чем подписать; иначе p12")
    sign.add_argument("--p12", type=Path, metavar="ФАЙЛ", help="сертификат с ключом (.p12, .pfx)")
    sign.add_argument("--password-file", type=Path, metavar="ФАЙЛ", help="файл с паролем или ПИН-кодом")
    sign.add_argument("--token", type=Path, metavar="БИБЛИОТЕКА", help="библиотека PKCS#11 токена")
    sign.add_argument("--certificate", metavar="ЧЕЙ", help="владелец или номер сертификата в токене")
    sign.add_argument("--profile", metavar="КЛЮЧ", help="программа подписания; все: opora signing profiles")
    sign.add_argument("--thumbprint", default="", metavar="ОТПЕЧАТОК", help="отпечаток сертификата для программы")
    sign.add_argument("--cert", default="", metavar="ФАЙЛ", help="файл сертификата для программы")
    sign.add_argument("--key", default="", metavar="ФАЙЛ", help="файл ключа для программы")
    form = sign.add_mutually_exclusive_group()
    form.add_argument("--detached", action="store_true", help="отдельным файлом .sig (годится любой файл)")
    form.add_argument("--inside", action="store_true", help="внутри PDF, с видимой отметкой")
    form.add_argument("--ooxml", action="store_true", help="внутри файла Word или Excel (ключ RSA)")
    sign.add_argument("--out", type=Path, metavar="ФАЙЛ", help="куда; иначе рядом, ничего не затирая")
    sign.add_argument("--position", metavar="ДОЛЖНОСТЬ", help="должность подписавшего для отметки")
    sign.add_argument("--db", type=Path, metavar="ФАЙЛ", help="записать в журнал исходящих этого файла")
    sign.add_argument("--as", dest="actor", default=default_actor(), metavar="ИМЯ", help="кто действует (в журнал)")


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    root = add(commands, "signing", "программы подписания, сертификаты, подпись на другом компьютере", None)
    kinds = root.add_subparsers(dest="what", required=True, metavar="ЧТО", title="Что")
    profiles = add(kinds, "profiles", "показать программы подписания", _profiles)
    profiles.add_argument("--json", action="store_true", help="ответ одним объектом JSON")
    certificates = add(kinds, "certificates", "показать сертификаты: чьи, до какого числа", _certificates)
    certificates.add_argument("--p12", type=Path, metavar="ФАЙЛ", help="файл .p12 или .pfx")
    certificates.add_argument("--password-file", type=Path, metavar="ФАЙЛ", help="файл с паролем")
    certificates.add_argument("--token", type=Path, metavar="БИБЛИОТЕКА", help="библиотека PKCS#11 токена")
    certificates.add_argument("--json", action="store_true", help="ответ одним объектом JSON")
    order = add(kinds, "order", "показать или назначить, кто и за кем подписывает документ", _order)
    common(order, write=True)
    order.add_argument("number", type=number, metavar="НОМЕР")
    order.add_argument("--signer", action="append", default=[], metavar="«ДОЛЖНОСТЬ; ИМЯ»", help="по порядку")
    export = add(kinds, "export", "собрать документ для подписи на другом компьютере", _export)
    common(export, json=False, write=True)
    export.add_argument("number", type=number, metavar="НОМЕР")
    export.add_argument("--out", type=Path, required=True, metavar="КУДА", help="папка или имя файла .zip")
    back = add(kinds, "take-back", "взять подписанное обратно: документ находится сам", _take_back)
    back.add_argument("files", type=Path, nargs="+", metavar="ФАЙЛ_ИЛИ_ПАПКА")
    back.add_argument("--db", type=Path, required=True, metavar="ФАЙЛ", help="файл «Опоры» (*.opora)")
    back.add_argument("--json", action="store_true", help="ответ одним объектом JSON")
    add_actor(back)


def _sign(chosen: argparse.Namespace) -> int:
    from app.operations.signing_order import keep

    data = signing.read_bytes(chosen.file)
    made = _made(chosen, data, _form(chosen))
    kept = None
    if chosen.db is None:
        written = _written(chosen, made)
    else:
        # a file that somebody else holds is refused before anything is written
        with files.for_work(chosen.db, chosen.actor) as store:
            written = _written(chosen, made)
            with ExitStack() as refused:
                refused.callback(papers.take_back, [written])
                kept = keep(store, data, chosen.file.name, made)
                refused.pop_all()
    line(f"Подписано: {written}")
    until = f" Сертификат действует до {ru_date(made.valid_to)}." if made.valid_to else ""
    line(f"Подписант: {(made.signer or 'имя не указано').rstrip('.')}.{until} {made.note}".rstrip())
    if kept is not None:
        line(f"Журнал исходящих: № {kept}.")
    line(_worth(chosen.way))
    return 0


def _written(chosen: argparse.Namespace, made: SignedFile) -> Path:
    """Write the signature where the person said, else beside the file; never over anything."""
    return papers.write_all([(chosen.out or chosen.file.with_name(made.name), made.data)])[0]


def _worth(way: str) -> str:
    from app.operations.signing_ways import REVOKED_NOTE
    from app.operations.signing_ways import way as named

    return f"{named('outside' if way == 'program' else way).worth} {REVOKED_NOTE}"


def _form(chosen: argparse.Namespace) -> Form:
    from app.operations.signing_ways import forms_for

    if chosen.detached:
        return "beside"
    if chosen.inside:
        return "inside"
    if chosen.ooxml:
        return "package"
    return forms_for(chosen.file.name, "outside" if chosen.way == "program" else chosen.way)[0]


def _made(chosen: argparse.Namespace, data: bytes, form: Form) -> SignedFile:
    from app.operations import signing_make, signing_profiles

    name, secret = chosen.file.name, _secret(chosen.password_file)
    if chosen.way == "p12":
        _needed(chosen, "p12", "password_file")
        return signing_make.by_key_file(data, name, chosen.p12, secret, form, position=chosen.position)
    if chosen.way == "token":
        _needed(chosen, "token", "password_file")
        key = _token_key(chosen.token, chosen.certificate)
        return signing_make.by_token(data, name, key, secret, form, position=chosen.position)
    _needed(chosen, "profile")
    program = signing_profiles.program(chosen.profile)
    fields = {field: getattr(chosen, field) for field in _FIELDS} | {"pin": secret}
    return signing_make.by_program(data, name, program, fields, form, position=chosen.position)


def _secret(path: Path | None) -> str:
    return signing.read_password(path) if path is not None else ""


def _needed(chosen: argparse.Namespace, *keys: str) -> None:
    for key in keys:
        if not getattr(chosen, key):
            raise UserError("SIGN_KEY_NEEDED", key=f"--{key.replace('_', '-')}")


def _token_key(library: Path, wanted: str | None) -> TokenKey:
    from app.operations.signing_make import keys_in_tokens
    from app.operations.signing_order import same_person

    found = keys_in_tokens(library)
    fits = [
        key for key in found
        if wanted is None or key.facts.serial == wanted.upper() or same_person(key.facts.owner, wanted)
    ]  # fmt: skip
    if len(fits) != 1:
        owners = "; ".join(f"{key.facts.owner} ({key.facts.serial})" for key in found) or "нет"
        raise UserError("SIGN_TOKEN_WHICH", known=owners)
    return fits[0]


def _profiles(chosen: argparse.Namespace) -> int:
    from app.operations import signing_profiles
    from app.operations.signing_make import is_here

    found = [(item, is_here(item)) for item in signing_profiles.programs()]
    if chosen.json:
        print_json({"profiles": [
            {"key": item.key, "title": item.title, "arguments": list(item.arguments), "asks": list(item.asks),
             "seconds": item.seconds, "found": path}
            for item, path in found
        ]})  # fmt: skip
        return 0
    rows = [[item.key, item.title, "есть" if path else "не найдена", " ".join(item.arguments)] for item, path in found]
    table(["Ключ", "Программа", "На этом компьютере", "Команда"], rows)
    return 0


def _certificates(chosen: argparse.Namespace) -> int:
    from app.operations.signing_make import certificate_of_key_file, keys_in_tokens

    found: list[tuple[str, CertificateFacts, str]] = []
    if chosen.p12 is not None:
        found.append((chosen.p12.name, certificate_of_key_file(chosen.p12, _secret(chosen.password_file)), ""))
    if chosen.token is not None:
        found += [(key.token, key.facts, key.problem) for key in keys_in_tokens(chosen.token)]
    if chosen.p12 is None and chosen.token is None:
        raise UserError("SIGN_KEY_NEEDED", key="--p12 или --token")
    if chosen.json:
        print_json({"certificates": [
            {"where": where, "owner": facts.owner, "position": facts.position, "organisation": facts.organisation,
             "issuer": facts.issuer, "serial": facts.serial, "valid_from": facts.valid_from.date().isoformat(),
             "valid_to": facts.valid_to.date().isoformat(), "problem": problem or None}
            for where, facts, problem in found
        ]})  # fmt: skip
        return 0
    rows = [
        [where, facts.owner, ru_date(facts.valid_to), facts.issuer, facts.serial, problem or "можно подписать"]
        for where, facts, problem in found
    ]
    table(["Где", "Чей", "Действует до", "Кто выдал", "Номер", "Подпись здесь"], rows)
    return 0


def _order(chosen: argparse.Namespace) -> int:
    from app.operations import signing_order

    if chosen.signer:
        people = [_person(item) for item in chosen.signer]
        with files.for_work(chosen.db, chosen.actor) as store:
            signing_order.set_order(store, chosen.number, people)
    with files.for_reading(chosen.db) as connection:
        found = signing_order.order(connection, chosen.number)
    if chosen.json:
        print_json({"signers": [
            {"position": item.position, "post": item.post, "name": item.name, "state": item.state,
             "on": item.happened_on, "note": item.note}
            for item in found
        ]})  # fmt: skip
        return 0
    if not found:
        line("Порядок подписания не задан: достаточно одной подписи.")
        return 0
    words = signing_order.STATE_WORDS
    table(
        ["№", "Должность", "Кто", "Состояние", "Когда"],
        [[item.position, item.post, item.name, words[item.state],
          ru_date(item.happened_on) if item.happened_on else None] for item in found],
    )  # fmt: skip
    line(f"Итого: {signing_order.progress(found)}.")
    return 0


def _person(text: str) -> tuple[str, str]:
    """Read «Должность; Имя»; without a semicolon all of it is the name."""
    post, split, name = text.partition(";")
    return (post.strip(), name.strip()) if split else ("", post.strip())


def _export(chosen: argparse.Namespace) -> int:
    from app.operations import signing_elsewhere

    with files.for_work(chosen.db, chosen.actor) as store:
        signing.paper(store.connection, chosen.number)
        target = chosen.out if chosen.out.suffix.lower() == ".zip" else papers.folder_for(chosen.out)
        written = signing_elsewhere.export(store, chosen.number, target)
    line(f"Готово: {written}")
    line("Передайте это тому, кто подписывает. Что делать, написано внутри: «Как подписать.txt».")
    return 0


def _take_back(chosen: argparse.Namespace) -> int:
    from app.operations import signing_elsewhere

    with files.for_work(chosen.db, chosen.actor) as store:
        taken = signing_elsewhere.take_back(store, chosen.files)
    if chosen.json:
        print_json({"taken": [
            {"file": item.file, "number": item.number, "signer": item.signer, "state": item.state} for item in taken
        ]})  # fmt: skip
        return 0
    for item in taken:
        line(f"Документ № {item.number}: принята подпись, {item.signer or 'имя не указано'}. {item.state}")
    return 0
