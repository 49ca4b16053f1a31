"""Commands: drafts of orders, who signs, what is put round papers of a kind."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from app import clock
from app.analysis.russian import CASE_WORDS, CASES
from app.cli.form_papers import deliver
from app.cli.keys import add, add_school_year, common, key, school_year_of
from app.cli.output import line, print_json, table
from app.errors import UserError
from app.operations import files, order_links, orders, paper_catalogue, paper_dress, papers, signers
from app.operations.order_templates import ACTS, KINDS
from app.operations.orders import Draft
from app.texts import count

_ORDER = "код проекта из opora order list"
_KINDS = (
    "start — отбор школ; list — список; group — рабочая группа; curators — кураторы; pairs — пары школ; "
    "programme — программа; monitoring — мониторинг"
)
_ACTS = "; ".join(f"{one} — {words.name}" for one, words in ACTS.items())
_POINT = "ключ текста из opora order show"


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    group = add(commands, "order", "проекты приказов: составить, изменить, вписать номер и дату", None)
    steps = group.add_subparsers(dest="step", required=True, metavar="ДЕЙСТВИЕ", title="Действия")
    listed = add(steps, "list", "показать приказы учебного года", _list)
    common(listed)
    add_school_year(listed)
    made = add(steps, "make", "составить проект из того, что есть в файле", _make)
    common(made, write=True)
    made.add_argument("kind", choices=KINDS, metavar="ВИД", help=_KINDS)
    add_school_year(made)
    made.add_argument("--act", choices=list(ACTS), default="order", help=_ACTS)
    _settings(made)
    _step(steps, "show", "показать тексты проекта по пунктам", _show)
    changed = _step(steps, "set", "изменить вид документа, подписывающего и настройки", _set, write=True)
    changed.add_argument("--act", choices=list(ACTS), help=_ACTS)
    changed.add_argument("--signer", type=key, metavar="КОД", help="код из opora signers list")
    _settings(changed)
    changed.set_defaults(usage_error=changed.error)
    _texts(steps)
    numbered = _step(steps, "number", "вписать номер и дату подписанного приказа", _number, write=True)
    numbered.add_argument("--number", required=True, metavar="НОМЕР", help="например, 214-од")
    numbered.add_argument("--date", required=True, metavar="ДАТА", help="например, 28.11.2026")
    _step(steps, "hand-over", "вписать приказ в состав группы, назначения или пары", _hand_over, write=True)
    _step(steps, "remove", "удалить проект; подписанный приказ остаётся", _remove, write=True)
    printed = _step(steps, "paper", "сделать документ", _paper, write=True)
    printed.add_argument("--out", type=Path, required=True, metavar="ФАЙЛ", help="куда: .docx, .pdf или .xlsx")
    printed.add_argument("--register", action="store_true", help="записать в журнал исходящих")
    _people(commands)
    _dress(commands)


def _step(steps: Any, name: str, text: str, run: Any, *, write: bool = False) -> argparse.ArgumentParser:
    parser = add(steps, name, text, run)
    common(parser, write=write)
    parser.add_argument("order", type=key, metavar="КОД", help=_ORDER)
    return parser


def _settings(parser: argparse.ArgumentParser) -> None:
    told = "настройка: " + ", ".join(orders.VALUES) + "; ключ можно повторять, пустое значение убирает"
    parser.add_argument("--set", action="append", default=[], type=_pair, metavar="КЛЮЧ=ЗНАЧЕНИЕ", help=told)


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise argparse.ArgumentTypeError(f"не подходит «{text}». Нужно КЛЮЧ=ЗНАЧЕНИЕ, например place=Лесогорск.")
    return name.strip(), value.strip()


def _texts(steps: Any) -> None:
    worded = _step(steps, "text", "изменить текст; без --text вернуть то, что составила программа", _text, write=True)
    worded.add_argument("--point", required=True, metavar="КЛЮЧ", help=_POINT)
    worded.add_argument("--text", metavar="ТЕКСТ", help="новые слова")
    added = _step(steps, "add", "добавить свой пункт перед контролем", _add, write=True)
    added.add_argument("--text", required=True, metavar="ТЕКСТ", help="что, кому и к какому дню")
    for name, text, run in (("out", "убрать пункт", _out), ("back", "вернуть убранный пункт", _back)):
        parser = _step(steps, name, text, run, write=True)
        parser.add_argument("--point", required=True, metavar="КЛЮЧ", help=_POINT)


def _people(commands: Any) -> None:
    group = add(commands, "signers", "кто подписывает документы и как склоняется", None)
    steps = group.add_subparsers(dest="step", required=True, metavar="ДЕЙСТВИЕ", title="Действия")
    common(add(steps, "list", "показать подписывающих с падежами; внести: opora lines put signers", _signers))
    formed = add(steps, "case", "записать свою форму должности или имени", _case)
    common(formed, write=True)
    formed.add_argument("signer", type=key, metavar="КОД", help="код из opora signers list")
    formed.add_argument("--case", choices=CASES[1:], required=True, help="; ".join(
        f"{one} — {CASE_WORDS[one]}" for one in CASES[1:]))  # fmt: skip
    formed.add_argument(
        "--of", choices=("post", "name"), default="name", help="post — должность; name — имя; иначе имя"
    )
    formed.add_argument("--form", default="", metavar="СЛОВА", help="без ключа вернётся форма программы")


def _dress(commands: Any) -> None:
    group = add(commands, "dress", "оформление документов вида: грифы, подписи, исполнитель, приложение, QR-код", None)
    steps = group.add_subparsers(dest="step", required=True, metavar="ДЕЙСТВИЕ", title="Действия")
    shown = add(steps, "show", "показать оформление одним объектом", _dress_show)
    kept = add(steps, "keep", "взять оформление из файла, который напечатала opora dress show", _dress_keep)
    for parser in (shown, kept):
        common(parser, write=parser is kept)
        parser.add_argument("kind", metavar="ВИД", help="вид документа из opora paper list")
    kept.add_argument("--from", dest="source", type=Path, metavar="ФАЙЛ", help="без ключа: как в самом документе")


# --- orders ------------------------------------------------------------------------------------------------------


def _values(chosen: argparse.Namespace) -> dict[str, str]:
    return dict(chosen.set)


def _list(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        found = orders.overview(connection, school_year_of(chosen), clock.today())
    if chosen.json:
        print_json({"orders": [
            {"id": item.id or None, "kind": item.kind, "about": item.about if item.id else None, "state": item.state,
             "words": item.word, "known": item.known or None}
            for item in found
        ]})  # fmt: skip
    else:
        rows = [[str(item.id) if item.id else None, item.title, item.word, item.about] for item in found]
        table(["Код", "Приказ", "Состояние", "О чём"], rows)
    return 0


def _make(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        made = orders.compose(
            store, chosen.kind, school_year_of(chosen), act=chosen.act, values=_values(chosen), day=clock.today()
        )
        draft = orders.read(store.connection, made)
    return _told(chosen, draft, f"Составлен проект {made}: {draft.about.text}.")


def _told(chosen: argparse.Namespace, draft: Draft, said: str) -> int:
    if chosen.json:
        print_json(draft_json(draft))
    else:
        line(said)
        for lack in draft.lacks:
            line(lack)
    return 0


def draft_json(draft: Draft) -> dict[str, Any]:
    """Return a draft as the commands print it."""
    return {
        "id": draft.id, "kind": draft.template.kind, "act": draft.act, "school_year": draft.school_year,
        "number": draft.number or None, "dated": draft.dated or None, "about": draft.about.text,
        "signer": draft.signer.words if draft.signer else None, "values": dict(draft.values),
        "texts": [
            {"key": one.key, "number": one.number or None, "text": one.text, "typed": one.typed, "stale": one.stale}
            for one in draft.texts
        ],
        "taken_out": [one for one, _text in draft.off], "annexes": [title for _n, _key, title in draft.annexes],
        "lacks": list(draft.lacks), "legal_act": draft.legal_act_id, "paper": draft.paper,
    }  # fmt: skip


def _show(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        draft = orders.read(connection, chosen.order)
    if chosen.json:
        print_json(draft_json(draft))
        return 0
    rows = [[one.key, one.number or None, "изменён, основа другая" if one.stale else "изменён" if one.typed else None,
             one.text] for one in draft.texts]  # fmt: skip
    table(["Ключ", "№", "Чей текст", "Текст"], rows)
    for lack in draft.lacks:
        line(lack)
    return 0


def _set(chosen: argparse.Namespace) -> int:
    if chosen.act is None and chosen.signer is None and not chosen.set:
        chosen.usage_error("Не сказано, что изменить: нужен --act, --signer или --set")
    with files.for_work(chosen.db, chosen.actor) as store:
        orders.put_head(store, chosen.order, act=chosen.act, signer_id=chosen.signer, values=_values(chosen) or None)
        return _told(chosen, orders.read(store.connection, chosen.order), "Изменено.")


def _text(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        orders.put_text(store, chosen.order, chosen.point, chosen.text)
        return _told(chosen, orders.read(store.connection, chosen.order), "Записано.")


def _add(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        made = orders.add_point(store, chosen.order, chosen.text)
        return _told(chosen, orders.read(store.connection, chosen.order), f"Добавлен пункт {made}.")


def _out(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        orders.take_out(store, chosen.order, chosen.point)
        return _told(chosen, orders.read(store.connection, chosen.order), "Пункт убран.")


def _back(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        orders.put_back(store, chosen.order, chosen.point)
        return _told(chosen, orders.read(store.connection, chosen.order), "Пункт возвращён.")


def _number(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        orders.registered(store, chosen.order, chosen.number, chosen.date)
        draft = orders.read(store.connection, chosen.order)
        link = order_links.link(store.connection, draft)
    code = _told(chosen, draft, f"В правовой базе: {draft.state}.")
    if link is not None and not chosen.json:
        line(link.words)
    return code


def _hand_over(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        done = order_links.hand_over(store, chosen.order)
    if chosen.json:
        print_json({"changed": done})
    else:
        line(f"Приказ вписан: {count(done, 'запись', 'записи', 'записей')}." if done else "Вписывать приказ некуда.")
    return 0


def _remove(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        orders.remove(store, chosen.order)
    if chosen.json:
        print_json({"removed": chosen.order})
    else:
        line("Проект удалён.")
    return 0


def _paper(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        draft = orders.read(connection, chosen.order)
        values = {"school_year": str(draft.school_year), "draft": str(draft.id)}
        paper = paper_catalogue.make(connection, f"order_{draft.template.kind}", values, clock.today())
        made = papers.render(paper, chosen.out.suffix)
    return deliver(chosen, paper, made, beside=True)


# --- signers and dress -------------------------------------------------------------------------------------------


def _signers(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        found = [(one, signers.cases(one)) for one in signers.signers(connection)]
    if chosen.json:
        print_json({"signers": [
            {"id": one.id, "post": one.post, "name": one.name, "full_name": one.full_name or None,
             "role": one.role or None, "cases": {case: [post, name] for case, post, name in told}}
            for one, told in found
        ]})  # fmt: skip
        return 0
    rows = [[str(one.id), one.post, one.name, {case: name for case, _post, name in told}["dative"]]
            for one, told in found]  # fmt: skip
    table(["Код", "Должность", "Имя", "Кому"], rows)
    return 0


def _case(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        signers.put_case(store, chosen.signer, chosen.of, chosen.case, chosen.form)
        found = signers.find(store.connection, chosen.signer)
    told = "" if found is None else found.post_in(chosen.case) if chosen.of == "post" else found.name_in(chosen.case)
    if chosen.json:
        print_json({"case": chosen.case, "form": told})
    else:
        line(f"{CASE_WORDS[chosen.case].capitalize()} падеж: {told}.")
    return 0


def _dress_show(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        paper_catalogue.kind(chosen.kind)
        dress = paper_dress.of_kind(connection, chosen.kind)
    print_json(json.loads(paper_dress.as_text(dress) or "{}"))
    return 0


def _dress_keep(chosen: argparse.Namespace) -> int:
    paper_catalogue.kind(chosen.kind)
    text = ""
    if chosen.source is not None:
        try:
            text = chosen.source.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise UserError("ORDER_DRESS_FILE", file=chosen.source.name) from error
    dress = paper_dress.from_text(text)
    if text.strip() and dress == paper_dress.Dress() and text.split() != ["{}"]:
        raise UserError("ORDER_DRESS_FILE", file=chosen.source.name)
    with files.for_work(chosen.db, chosen.actor) as store:
        paper_dress.keep(store, chosen.kind, dress)
    if chosen.json:
        print_json(json.loads(paper_dress.as_text(dress) or "{}"))
    else:
        line("Оформление сохранено." if paper_dress.as_text(dress) else "Оформление: как в самом документе.")
    return 0
