"""Commands: the register of outgoing papers: journey, changes, receipts."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app import clock
from app.cli.keys import add, common, key, number
from app.cli.output import line, print_json, table
from app.operations import files, outgoing, signing
from app.operations.outgoing import Happening
from app.operations.tasks import read_day
from app.texts import ru_date

KINDS: tuple[tuple[outgoing.Kind, str], ...] = (
    ("sent", "отметить, что документ отправлен"), ("receipt", "отметить, что документ принят"),
    ("remark", "вписать замечание сверху"), ("answer", "вписать ответ на замечание"),
)  # fmt: skip


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    group = add(commands, "outgoing", "судьба документов журнала исходящих", None)
    acts = group.add_subparsers(dest="act", required=True, metavar="ДЕЙСТВИЕ", title="Действия")
    show = add(acts, "show", "документ: номера, файлы, что с ним было", _show)
    common(show)
    show.add_argument("number", type=number, metavar="НОМЕР")
    since = add(acts, "since", "что изменилось с тех пор, как документ записан", _since)
    common(since)
    since.add_argument("number", type=number, metavar="НОМЕР")
    for kind, title in KINDS:
        _happening(add(acts, kind, title, _happened), kind)
    gone = add(acts, "forget", "убрать запись о судьбе документа; её код показывает show", _forget)
    common(gone, json=False, write=True)
    gone.add_argument("event", type=key, metavar="КОД")
    edit = add(acts, "edit", "исправить исходящий номер, дату, адресата, период", _edit)
    common(edit, json=False, write=True)
    edit.add_argument("number", type=number, metavar="НОМЕР")
    for option, column, title in EDITS:
        edit.add_argument(option, dest=column, metavar="ТЕКСТ", help=title)
    edit.set_defaults(usage_error=edit.error)
    former = add(acts, "replaces", "указать, какой документ заменён этим", _replaces)
    common(former, json=False, write=True)
    former.add_argument("number", type=number, metavar="НОМЕР")
    former.add_argument("--former", type=number, metavar="НОМЕР", help="прежний документ; без ключа связь снимается")
    attach = add(acts, "add-file", "приложить таблицу Excel или документ Word", _attach)
    common(attach, json=False, write=True)
    attach.add_argument("number", type=number, metavar="НОМЕР")
    attach.add_argument("file", type=Path, metavar="ФАЙЛ")
    attach.add_argument("--role", choices=["data", "editable"], default="data", help="данные или текст для правки")
    whose = add(acts, "whose", "чей это файл: сверить байты с журналом", _whose)
    common(whose)
    whose.add_argument("file", type=Path, metavar="ФАЙЛ")
    check = add(acts, "check", "проверить, что файлы журнала целы", _check)
    common(check)


EDITS = (
    ("--out-number", "out_number", "исходящий номер"), ("--dated", "dated", "дата письма, 28.11.2026"),
    ("--addressee", "addressee", "кому"), ("--period", "period", "за какое время"),
)  # fmt: skip


def _happening(parser: argparse.ArgumentParser, kind: str) -> None:
    common(parser, json=False, write=True)
    parser.add_argument("number", type=number, metavar="НОМЕР")
    parser.add_argument("--day", metavar="ДАТА", help="когда; иначе сегодня")
    parser.add_argument("--person", default="", metavar="КТО", help="кому, кто принял или кто просит")
    parser.add_argument("--text", default="", metavar="ТЕКСТ", help="как отправлен, что просят, что ответили")
    parser.add_argument("--their-number", default="", metavar="НОМЕР", help="входящий номер или номер ответа")
    parser.add_argument("--file", dest="path", type=Path, metavar="ФАЙЛ", help="файл, который пришёл или ушёл с этим")
    if kind == "remark":
        parser.add_argument("--due", metavar="ДАТА", help="до какого дня ответить")


def _show(chosen: argparse.Namespace) -> int:
    day = clock.today()
    with files.for_reading(chosen.db) as connection:
        paper = signing.paper(connection, chosen.number)
    if chosen.json:
        from app.cli.papers import paper_json

        print_json(paper_json(paper) | outgoing.as_dict(paper, day))
        return 0
    line(f"№ {paper.number}. {paper.title}")
    signed, way = outgoing.signature_state(paper)[1], outgoing.journey_state(paper, day)[1]
    line(f"Состояние: {signed}" + (f", {way}" if way != signed else ""))
    told = (("Исходящий номер", outgoing.number_words(paper)), ("Кому", paper.addressee), ("Период", paper.period),
            ("Подписывают", outgoing.signers_words(paper)), ("Примечание", paper.note))  # fmt: skip
    for title, text in told:
        if text:
            line(f"{title}: {text}")
    for file in paper.files:
        line(f"• {outgoing.ROLE_WORDS[file.role]}: {file.file_name}")
    for event in paper.events:
        what, rest = outgoing.event_words(event)
        line(f"{ru_date(event.happened_on)} {what}" + (f": {rest}" if rest else "") + f" (код {event.id})")
    return 0


def _since(chosen: argparse.Namespace) -> int:
    from app.operations import paper_since

    with files.for_reading(chosen.db) as connection:
        found = paper_since.since(connection, chosen.number, clock.today())
    if chosen.json:
        print_json({
            "number": found.paper.number, "state": found.state, "sentence": found.sentence,
            "differences": [
                {"what": item.difference.what, "place": item.difference.place, "old": item.difference.old or None,
                 "new": item.difference.new or None, "operation": item.deed.id if item.deed else None,
                 "label": item.deed.label if item.deed else None, "actor": item.deed.actor if item.deed else None,
                 "at": item.deed.at if item.deed else None}
                for item in found.lines
            ],
        })  # fmt: skip
        return 0
    line(found.sentence)
    for item in found.lines:
        why = f" Действие: {item.deed.label} ({item.deed.actor})." if item.deed else ""
        line(f"• {item.difference.line}.{why}")
    return 0


def _happened(chosen: argparse.Namespace) -> int:
    today = clock.today()
    day = read_day(chosen.day) if chosen.day else None
    due = getattr(chosen, "due", None)
    what = Happening(
        chosen.act, day or today.isoformat(), chosen.their_number, chosen.person, chosen.text,
        read_day(due) if due else None, chosen.path,
    )  # fmt: skip
    with files.for_work(chosen.db, chosen.actor) as store:
        outgoing.happened(store, chosen.number, what, today)
    line(f"Записано: документ № {chosen.number}, {outgoing.EVENT_WORDS[chosen.act]}.")
    return 0


def _forget(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        outgoing.forget(store, chosen.event)
    line("Запись убрана.")
    return 0


def _edit(chosen: argparse.Namespace) -> int:
    told = [(column, getattr(chosen, column)) for _key, column, _title in EDITS if getattr(chosen, column) is not None]
    if not told:
        chosen.usage_error("Не сказано, что исправить: нужен хотя бы один из ключей " + ", ".join(k for k, *_ in EDITS))
    with files.for_work(chosen.db, chosen.actor) as store:
        for column, text in told:
            outgoing.edit(store, chosen.number, column, text)
    line(f"Исправлено: документ № {chosen.number}.")
    return 0


def _replaces(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        outgoing.link_version(store, chosen.number, chosen.former)
    told = f"заменяет документ № {chosen.former}" if chosen.former else "больше ничего не заменяет"
    line(f"Документ № {chosen.number} {told}.")
    return 0


def _attach(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        outgoing.attach(store, chosen.number, chosen.file, chosen.role)
    line(f"Приложено к документу № {chosen.number}.")
    return 0


def _whose(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        found = outgoing.which(connection, chosen.file)
    if chosen.json:
        print_json({"file": chosen.file.name, "number": found.paper.number if found else None,
                    "role": found.role if found else None})  # fmt: skip
    else:
        line(outgoing.which_words(chosen.file.name, found))
    return 0 if found is not None else 1


def _check(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        found = outgoing.damaged(connection)
    if chosen.json:
        print_json({"damaged": [{"number": at, "file": name} for at, name in found]})
    elif found:
        table(["№", "Повреждённый файл"], [[at, name] for at, name in found])
    else:
        line("Все файлы журнала целы.")
    return 1 if found else 0
