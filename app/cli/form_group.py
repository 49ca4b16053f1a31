"""``opora form experts``: several experts on one subject, where they differ, what was agreed, the protocol."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.cli.form_papers import deliver
from app.cli.keys import add, common, whole
from app.cli.output import line, print_json, table
from app.forms.answers import shown
from app.models.store import Store
from app.operations import files, form_answers, form_group, form_group_papers, papers
from app.operations.form_group import FormGroup
from app.texts import count

case_key = whole(1, 2**63 - 1)
PROTOCOL = ("number", "dated", "place", "decision", "opinion")


def add_actions(actions: Any) -> None:
    """Add the subcommand of this file to ``opora form``."""
    experts = add(actions, "experts", "экспертная оценка: кто как ответил, согласовать, протокол", _experts)
    common(experts, write=True)
    experts.add_argument("case", type=case_key, metavar="ОТВЕТ", help="любой ответ этой школы: номер, как в form board")
    experts.add_argument("--add", action="append", default=[], metavar="ИМЯ", help="добавить эксперта")
    experts.add_argument("--unanimous", action="store_true", help="принять ответы, в которых все едины")
    experts.add_argument("--item", metavar="ПУНКТ", help="согласовать этот пункт")
    experts.add_argument("--value", metavar="ОТВЕТ", help="согласованный ответ; без него — ответ большинства")
    experts.add_argument("--not-applicable", action="store_true", help="согласовано: не применимо")
    experts.add_argument("--reason", default="", metavar="ТЕКСТ", help="почему принят этот ответ или уровень")
    experts.add_argument("--level", metavar="УРОВЕНЬ", help="назвать уровень вместо баллов")
    for name, word, text in (
        ("number", "НОМЕР", "номер протокола"), ("dated", "ДАТА", "дата протокола, например 28.11.2026"),
        ("place", "ТЕКСТ", "где заседали"), ("decision", "ТЕКСТ", "что решили"), ("opinion", "ТЕКСТ", "особое мнение"),
    ):  # fmt: skip
        experts.add_argument(f"--{name}", metavar=word, help=text)
    experts.add_argument("--out", type=Path, metavar="ФАЙЛ", help="протокол: .pdf, .docx или .xlsx")
    experts.add_argument("--register", action="store_true", help="записать протокол в журнал исходящих")


def _experts(chosen: argparse.Namespace) -> int:
    values = {name: getattr(chosen, name) for name in PROTOCOL if getattr(chosen, name) is not None}
    if chosen.add or chosen.unanimous or chosen.item or chosen.level or values:
        with files.for_work(chosen.db, chosen.actor) as store:
            _change(store, chosen, values)
    with files.for_reading(chosen.db) as connection:
        found = form_group.of_case(connection, chosen.case)
        paper = form_group_papers.of_group(connection, found) if chosen.out is not None else None
    if paper is not None and not chosen.json:
        return deliver(chosen, paper, papers.render(paper, chosen.out.suffix))
    if paper is not None:
        papers.write(chosen.out, papers.render(paper, chosen.out.suffix).data)
    if chosen.json:
        print_json(form_group_papers.as_json(found) | {"file": str(chosen.out) if chosen.out else None})
    else:
        _print(found)
    return 0


def _change(store: Store, chosen: argparse.Namespace, values: dict[str, str]) -> None:
    known = form_group.of_case(store.connection, chosen.case)
    round_id, subject_id = known.round.id, known.subject.id
    for name in chosen.add:
        form_group.add_expert(store, round_id, subject_id, name)
    if chosen.unanimous:
        form_group.accept_unanimous(store, round_id, subject_id)
    if chosen.item:
        item = form_answers.number_of(known.form, chosen.item)
        if chosen.value is None and not chosen.not_applicable:
            form_group.agree_leading(store, round_id, subject_id, item, chosen.reason)
        else:
            form_group.agree(
                store, round_id, subject_id, item, chosen.value or "", chosen.reason,
                not_applicable=chosen.not_applicable,
            )  # fmt: skip
    if chosen.level:
        form_group.override_level(store, round_id, subject_id, chosen.level, chosen.reason)
    if values:
        form_group.put_protocol(store, round_id, subject_id, dict(values))


def _print(found: FormGroup) -> None:
    line(f"{found.subject.shown}: {found.round.title}, {count(len(found.experts), 'эксперт', 'эксперта', 'экспертов')}")
    for voice in found.experts:
        points = form_group_papers.counts(voice.result)
        told = f", {points[0]} из {points[1]}" if points else ""
        line(f"  {voice.name}: заполнено {voice.answered} из {voice.of}{told} (ответ № {voice.case.id})")
    rows = []
    for one in found.disputed:
        votes = "; ".join(f"{vote.text} — {len(vote.who)}" for vote in one.spread.votes)
        agreed = shown(one.item, one.agreed) if one.agreed is not None else None
        own = shown(one.item, one.own) if one.own is not None else None
        rows.append([one.item.number or one.item.id, votes or None, agreed, own])
    table(["№", "Кто как ответил", "Согласовано", "Самооценка"], rows)
