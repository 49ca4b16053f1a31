"""Commands about papers: report, sign, verify, register."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app import clock
from app.cli import report as monitoring
from app.cli import signing as signing_commands
from app.cli import verify as verify_commands
from app.cli.keys import add, add_actor, common, number, rule_and_year
from app.cli.output import line, print_json, table
from app.models.papers import Paper
from app.operations import files, outgoing, papers, signing
from app.texts import ru_moment


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    report = add(commands, "report", "сделать документ: PDF, Word или Excel", None)
    kinds = report.add_subparsers(dest="paper", required=True, metavar="ДОКУМЕНТ", title="Документы")
    school_list = add(kinds, "school-list", "список школ с основаниями", _school_list)
    _of_list(school_list)
    school_list.add_argument("--long-storage", action="store_true", help="левое поле 30 мм для подшивки")
    for name, title in (
        ("agreement", "лист согласования списка"), ("protocol", "протокол заседания о списке"),
        ("road-map", "дорожная карта по списку"),
    ):  # fmt: skip
        _of_list(add(kinds, name, title, _list_paper))
    monitoring.add_actions(kinds)

    signing_commands.add_sign(commands)

    verify_commands.add_verify(commands)

    paper = add(commands, "papers", "показать журнал исходящих", _papers)
    common(paper)
    attach = add(commands, "attach", "приложить к документу скан или файл подписи", _attach)
    common(attach, json=False, write=True)
    attach.add_argument("number", type=number, metavar="НОМЕР")
    attach.add_argument("file", type=Path, metavar="ФАЙЛ")
    attach.add_argument("--role", choices=["scan", "detached"], default="scan")
    withdraw = add(commands, "withdraw", "отозвать документ с указанием причины", _withdraw)
    common(withdraw, json=False, write=True)
    withdraw.add_argument("number", type=number, metavar="НОМЕР")
    withdraw.add_argument("--reason", required=True, metavar="ПРИЧИНА")
    extract = add(commands, "extract", "достать файл документа из журнала исходящих", _extract)
    extract.add_argument("number", type=number, metavar="НОМЕР")
    extract.add_argument("--db", type=Path, required=True, metavar="ФАЙЛ", help="файл «Опоры»")
    extract.add_argument("--out", type=Path, required=True, metavar="ПАПКА")
    add_actor(extract)


def _of_list(parser: argparse.ArgumentParser) -> None:
    """Give a paper about a list its keys."""
    common(parser, json=False, write=True)
    rule_and_year(parser)
    parser.add_argument("--out", type=Path, required=True, metavar="ФАЙЛ", help="куда: .pdf, .docx или .xlsx")
    parser.add_argument("--register", action="store_true", help="записать в журнал исходящих")


def _school_list(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        data = papers.school_list(connection, chosen.rule, chosen.year, long_storage=chosen.long_storage)
    return _make(chosen, data)


def _list_paper(chosen: argparse.Namespace) -> int:
    from app.operations.list_papers import LIST_PAPERS

    with files.for_reading(chosen.db) as connection:
        data = LIST_PAPERS[chosen.paper.replace("-", "_")][1](connection, chosen.rule, chosen.year)
    return _make(chosen, data)


def _make(chosen: argparse.Namespace, data: papers.Paper) -> int:
    """Write a paper, into the register too where that is asked for."""
    made = papers.render(data, chosen.out.suffix)
    if not chosen.register:
        papers.write(chosen.out, made.data)
    else:
        # a file that somebody else holds is refused before anything is written
        with files.for_work(chosen.db, chosen.actor) as store:
            papers.write(chosen.out, made.data)
            number = papers.register(store, data, made, chosen.out.name)
        line(f"Документ записан в журнал исходящих под № {number}.")
    line(f"Готово: {chosen.out}")
    return 0


def paper_json(paper: Paper) -> dict[str, Any]:
    """Return one line of the register as the command prints it."""
    return {
        "number": paper.number, "kind": paper.kind, "title": paper.title, "file": paper.file_name,
        "sha256": paper.sha256, "state": paper.state, "registered_at": paper.registered_at, "actor": paper.actor,
        "note": paper.note,
        "files": [
            {"role": f.role, "file": f.file_name, "sha256": f.sha256, "signer": f.signer,
             "certificate": f.certificate, "added_at": f.added_at}
            for f in paper.files
        ],
    }  # fmt: skip


def _papers(chosen: argparse.Namespace) -> int:
    day = clock.today()
    with files.for_reading(chosen.db) as connection:
        found = signing.register(connection)
    if chosen.json:
        print_json({"papers": [paper_json(paper) | outgoing.as_dict(paper, day) for paper in found]})
    else:
        table(
            ["№", "Документ", "Файл", "Исходящий номер", "Состояние", "Путь", "Когда", "Файлов"],
            [[p.number, p.title, p.file_name, outgoing.number_words(p) or None, outgoing.signature_state(p)[1],
              outgoing.journey_state(p, day)[1], ru_moment(p.registered_at), len(p.files)]
             for p in found],
        )  # fmt: skip
    return 0


def _attach(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        signing.attach(store, chosen.number, chosen.file, chosen.role)
    line(f"Приложено к документу № {chosen.number}.")
    return 0


def _withdraw(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        signing.withdraw(store, chosen.number, chosen.reason)
    line(f"Документ № {chosen.number} отозван.")
    return 0


def _extract(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        found = signing.paper(connection, chosen.number)
        folder = papers.folder_for(chosen.out)
        kept = [(folder / file.file_name, signing.paper_bytes(connection, file.sha256)) for file in found.files]
    for file, target in zip(found.files, papers.write_all(kept), strict=True):
        line(f"{outgoing.ROLE_WORDS[file.role]}: {target}")
    return 0
