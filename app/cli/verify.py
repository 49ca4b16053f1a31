"""Commands about checking signatures: one file or a folder of them, and the centres a user trusts."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.cli.keys import add
from app.cli.output import complain, line, print_json, table
from app.errors import UserError
from app.operations import files, papers, signing, trusted, verifying
from app.operations.verifying import Checked
from app.texts import count, ru_date


def add_verify(commands: Any) -> None:
    """Add the commands of this file."""
    verify = add(commands, "verify", "проверить подписи файла или папки с файлами", _verify)
    verify.add_argument("file", type=Path, metavar="ФАЙЛ|ПАПКА")
    verify.add_argument("--sig", type=Path, metavar="ФАЙЛ", help="файл подписи; иначе берётся тот, что лежит рядом")
    verify.add_argument(
        "--trust", type=Path, action="append", default=[], metavar="УЦ.pem", help="доверенный центр на этот раз"
    )
    verify.add_argument("--json", action="store_true", help="ответ одним объектом JSON")
    verify.add_argument("--db", type=Path, metavar="ФАЙЛ", help="сверить с журналом исходящих этого файла")
    verify.add_argument("--report", type=Path, metavar="ФАЙЛ", help="сохранить протокол: .pdf, .docx или .xlsx")
    verify.add_argument("--content", type=Path, metavar="ФАЙЛ", help="сохранить документ, который лежит в подписи")

    parser = add(commands, "trusted", "удостоверяющие центры, которым вы доверяете", None)
    kinds = parser.add_subparsers(dest="what", required=True, metavar="ДЕЙСТВИЕ", title="Действия")
    listing = add(kinds, "list", "показать", _trusted_list)
    listing.add_argument("--json", action="store_true", help="ответ одним объектом JSON")
    adding = add(kinds, "add", "добавить сертификат центра", _trusted_add)
    adding.add_argument("file", type=Path, metavar="УЦ.cer")
    removing = add(kinds, "remove", "больше не доверять", _trusted_remove)
    removing.add_argument("key", metavar="КЛЮЧ", help="из списка")


def _verify(chosen: argparse.Namespace) -> int:
    trust = [signing.read_trusted(path) for path in chosen.trust]
    if not chosen.file.is_dir():
        checked = _compared(chosen, [verifying.check_path(chosen.file, sig=chosen.sig, trust=trust)])
        return _one(chosen, checked[0])
    for key in ("sig", "report", "content"):
        if getattr(chosen, key) is not None:
            raise UserError("SIGN_VERIFY_FOLDER", key=f"--{key}")
    found = list(verifying.files_of(chosen.file))
    checked = _compared(chosen, [verifying.check_path(path, trust=trust).without_bytes() for path in found])
    return _several(chosen, [path.relative_to(chosen.file) for path in found], checked)


def _compared(chosen: argparse.Namespace, checked: list[Checked]) -> list[Checked]:
    if chosen.db is None:
        return checked
    with files.for_reading(chosen.db) as connection:
        return [verifying.in_register(connection, one) for one in checked]


def _one(chosen: argparse.Namespace, checked: Checked) -> int:
    answer, code = checked.verification, signing.exit_code(checked.verification)
    verdict = f"{answer.as_dict()['title']}. {answer.reason}"
    if chosen.content is not None and answer.content is None:
        raise UserError("SIGN_NO_CONTENT", file=chosen.file.name)
    if code == 1:
        complain(verdict)
    if chosen.json:
        print_json(verifying.as_json(checked) | _register(chosen, checked))
    else:
        _tell(verdict if code != 1 else "", checked)
    if chosen.content is not None and answer.content is not None:
        _kept(chosen.content, answer.content, quiet=chosen.json)
    if chosen.report is not None:
        made = papers.render(verifying.paper(checked), chosen.report.suffix)
        _kept(chosen.report, made.data, quiet=chosen.json)
    return code


def _kept(path: Path, data: bytes, *, quiet: bool) -> None:
    """Write a file beside whatever stands there, and say where."""
    [target] = papers.write_all([(path, data)])
    if not quiet:
        line(f"Готово: {target}")


def _tell(verdict: str, checked: Checked) -> None:
    if verdict:
        line(verdict)
    if checked.sig_name:
        line(f"Документ: {checked.name}. Подпись: {checked.sig_name}.")
    for signature in checked.verification.signatures:
        line(f"• {signature.signer or 'Подписант неизвестен'}: {signature.reason}")
        for note in signature.notes:
            line(f"  {note}")
    if checked.compared:
        number = checked.register.number if checked.register else None
        line(f"Файл из журнала исходящих, № {number}." if number else "Такого файла в журнале исходящих нет.")


def _register(chosen: argparse.Namespace, checked: Checked) -> dict[str, Any]:
    return {"register": checked.register.number if checked.register else None} if chosen.db is not None else {}


def _several(chosen: argparse.Namespace, names: list[Path], checked: list[Checked]) -> int:
    code = verifying.exit_code(checked)
    if chosen.json:
        listed = [
            verifying.as_json(one) | {"file": name.as_posix()} | _register(chosen, one)
            for name, one in zip(names, checked, strict=True)
        ]
        print_json({"files": listed, "exit_code": code})
        return code
    rows = [
        [name.as_posix(), one.verification.as_dict()["title"],
         ", ".join(signature.signer or "?" for signature in one.verification.signatures) or None]
        for name, one in zip(names, checked, strict=True)
    ]  # fmt: skip
    table(["Файл", "Ответ", "Кто подписал"], rows)
    line(f"Проверено: {count(len(checked), 'файл', 'файла', 'файлов')}.")
    return code


def _trusted_list(chosen: argparse.Namespace) -> int:
    found = trusted.centres()
    if chosen.json:
        print_json(
            {"centres": [{"key": one.key, "owner": one.owner, "issuer": one.issuer, "valid_to": one.valid_to,
                          "sha256": one.sha256} for one in found]}
        )  # fmt: skip
    elif found:
        table(["Ключ", "Центр", "Действует до"], [[one.key, one.owner, ru_date(one.valid_to)] for one in found])
    else:
        line("Доверенных центров нет. Добавьте сертификат: opora trusted add УЦ.cer")
    return 0


def _trusted_add(chosen: argparse.Namespace) -> int:
    added = trusted.add(chosen.file)
    for one in added:
        line(f"Добавлен: {one.owner}, действует до {ru_date(one.valid_to)}. SHA-256: {one.sha256}")
    if not added:
        line("Этот центр уже в доверенных.")
    return 0


def _trusted_remove(chosen: argparse.Namespace) -> int:
    trusted.remove(chosen.key)
    line("Больше не в доверенных.")
    return 0
