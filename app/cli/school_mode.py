"""Requests to schools as files and replies of schools: the commands «request» and «reply»."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app.cli.keys import add, add_actor, common, whole
from app.cli.output import complain, line, print_json, table
from app.errors import Problem
from app.forms.packet_records import PacketAnswer, Reply, Request
from app.operations import files, papers, school_mode, school_replies, school_requests
from app.texts import count, ru_date, ru_moment, school_year

EYES = 3


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    _requests(commands)
    _replies(commands)


def _requests(commands: Any) -> None:
    request = commands.add_parser("request", help="запрос школе файлом: сделать, посмотреть, начать отвечать")
    actions = request.add_subparsers(dest="action", required=True, metavar="ДЕЙСТВИЕ", title="Действия")
    make = add(actions, "make", "сделать файлы запросов школам одного сбора или нескольких", _make)
    common(make)
    make.add_argument("--round", type=whole(1, 2**63 - 1), action="append", required=True, metavar="СБОР",
                      help="ключ сбора; можно несколько раз. Все: opora form rounds")  # fmt: skip
    make.add_argument("--out", type=Path, required=True, metavar="ПАПКА", help="куда записать")
    show = add(actions, "show", "показать, что просят в файле запроса", _show_request)
    _file(show, "ФАЙЛ.opora-запрос")
    begin = add(actions, "open", "начать отвечать: завести рабочий файл школы или продолжить в нём", _open)
    _file(begin, "ФАЙЛ.opora-запрос")
    begin.add_argument("--name", default="", metavar="ИМЯ", help="кто заполняет; нужно при первом открытии")
    begin.add_argument("--post", default="", metavar="ДОЛЖНОСТЬ", help="должность того, кто заполняет")
    begin.add_argument("--work", type=Path, metavar="ФАЙЛ.opora", help="рабочий файл; без него — в папке программы")


def _replies(commands: Any) -> None:
    reply = commands.add_parser("reply", help="ответ школы файлом: сохранить, посмотреть")
    actions = reply.add_subparsers(dest="action", required=True, metavar="ДЕЙСТВИЕ", title="Действия")
    make = add(actions, "make", "сохранить ответ из рабочего файла школы", _make_reply)
    common(make)
    add_actor(make)
    make.add_argument("--out", type=Path, required=True, metavar="ПАПКА", help="куда записать")
    show = add(actions, "show", "показать, кто и что ответил", _show_reply)
    _file(show, "ФАЙЛ.opora-ответ")


def _file(parser: argparse.ArgumentParser, shown: str) -> None:
    parser.add_argument("file", type=Path, metavar=shown)
    parser.add_argument("--json", action="store_true", help="ответ одним объектом JSON")


# --- requests ----------------------------------------------------------------------------------------------------


def _make(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        keys = school_requests.of_rounds(connection, chosen.round)
        made = school_requests.write(connection, keys, chosen.out)
    if chosen.json:
        print_json({
            "requests": [
                {"file": str(path), "id": one.request.id, "school": one.request.school_name,
                 "cases": list(one.case_ids)}
                for path, one in made.files
            ],
            "left_out": list(made.left_out),
        })  # fmt: skip
    else:
        for path, _one in made.files:
            line(str(path))
        line(f"Сделано: {count(len(made.files), 'запрос', 'запроса', 'запросов')}.")
    if made.left_out:
        complain(f"Без запроса, ответ принят или не нужен: {'; '.join(made.left_out)}.")
    return EYES if made.left_out else 0


def _show_request(chosen: argparse.Namespace) -> int:
    request = school_mode.read(chosen.file)
    if chosen.json:
        print_json(_request_json(request))
        return 0
    line(f"{request.school_name}, {school_year(request.school_year)}. {request.municipality}.")
    asker = ", ".join(part for part in (request.organisation, request.asker, request.phone) if part)
    if asker:
        line(f"Просит: {asker}.")
    if request.letter:
        line(request.letter)
    titles = {(form.id, form.version): form.id for form in request.forms}
    table(
        ["Форма", "Версия", "О ком", "Срок", "Заполнено заранее"],
        [
            [titles[case.form_id, case.version], case.version, case.subject, ru_date(case.due_on) if case.due_on else
             None, len(case.answers)]
            for case in request.cases
        ],
    )  # fmt: skip
    return 0


def _request_json(request: Request) -> dict[str, Any]:
    found = asdict(request)
    found["forms"] = [{"id": one.id, "version": one.version, "digest": one.digest} for one in request.forms]
    return found


def _open(chosen: argparse.Namespace) -> int:
    begun = school_mode.begin(chosen.file, chosen.name, chosen.post, chosen.work)
    with files.for_reading(begun.path) as connection:
        work = school_mode.work(connection)
    if chosen.json:
        print_json({
            "work": str(begun.path), "new": begun.new, "told": [one.message for one in begun.told],
            "filler": work.filler, "post": work.post, "answered": work.answered, "of": work.of,
            "cases": [{"case": view.case.id, "form": view.form.id, "answered": view.progress.answered,
                       "of": view.progress.of} for view in work.views],
        })  # fmt: skip
        return 0
    for one in begun.told:
        line(one.message)
    line(f"Рабочий файл: {begun.path}")
    table(["Ключ", "Форма", "Отвечено", "Из"], [[view.case.id, view.form.short, view.progress.answered,
                                                 view.progress.of] for view in work.views])  # fmt: skip
    line("Отвечайте в окне программы или командой opora form answer с этим файлом.")
    return 0


# --- replies -----------------------------------------------------------------------------------------------------


def _make_reply(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        target = papers.folder_for(chosen.out) / school_replies.make(store.connection).name
        made = school_replies.save(store, target)
    if chosen.json:
        print_json({"file": str(target), "answered": sum(case.answered for case in made.reply.cases),
                    "of": sum(case.of for case in made.reply.cases), "problems": _problems(made.problems)})  # fmt: skip
    else:
        line(str(target))
        for one in made.problems:
            complain(one.message)
    return EYES if made.problems else 0


def _problems(found: Sequence[Problem]) -> list[dict[str, str]]:
    return [{"code": one.code, "message": one.message} for one in found]


def _show_reply(chosen: argparse.Namespace) -> int:
    reply = school_replies.show(chosen.file)
    if chosen.json:
        print_json(asdict(reply))
        return 0
    line(f"{reply.school_name}, {school_year(reply.school_year)}. {reply.municipality}.")
    line(f"Ответ: {', '.join(part for part in (reply.filler, reply.post) if part)}, {_moment(reply)}.")
    for case in reply.cases:
        line(f"{case.form_id}, версия {case.version}: {case.answered} из {case.of}")
        table(["Пункт", "Ответ", "Комментарий"], [_row(one) for one in case.answers])
        for proof in case.proofs:
            line(f"Подтверждение: {proof.title}")
    return 0


def _moment(reply: Reply) -> str:
    try:
        return ru_moment(reply.made_at)
    except ValueError:
        return reply.made_at


def _row(answer: PacketAnswer) -> list[str | None]:
    text = "не применимо" if answer.not_applicable else answer.other or answer.raw or None
    return [answer.item_id, text, answer.comment or None]
