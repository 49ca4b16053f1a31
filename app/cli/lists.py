"""Commands about lists: identify, list correct, approve, unapprove."""

from __future__ import annotations

import argparse
from typing import Any

from app.cli.keys import add, common, rule_and_year
from app.cli.list_questions import add_questions
from app.cli.output import line, print_json, table
from app.operations import files, identification, schools
from app.operations.identification import ListRow
from app.texts import percent, ru_date, ru_moment

VERDICT_WORDS = {"listed": "в списке", "not_listed": "не в списке", "no_data": "нет данных"}


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    identify = add(commands, "identify", "ответить по правилу за год", _identify)
    common(identify)
    rule_and_year(identify)
    identify.epilog = (
        "В ответе JSON verdict — то, что действует: поправка, если она есть; computed — что вышло по правилу."
    )
    identify.add_argument("--all", action="store_true", help="и школы для сравнения")
    identify.add_argument("--school", metavar="ШКОЛА", help="объяснить ответ по одной школе")

    add_questions(commands)

    listed = add(commands, "list", "поправки к списку и его утверждение", None)
    actions = listed.add_subparsers(dest="action", required=True, metavar="ДЕЙСТВИЕ", title="Действия")
    correct = add(actions, "correct", "поправить ответ по школе", _correct)
    common(correct, json=False, write=True)
    rule_and_year(correct)
    correct.add_argument("--school", required=True, metavar="ШКОЛА", help="код, логин или название")
    correct.add_argument("--verdict", choices=["listed", "not_listed", "none"], required=True)
    correct.add_argument("--reason", default="", metavar="ПРИЧИНА")
    approve = add(actions, "approve", "утвердить список приказом", _approve)
    common(approve, write=True)
    rule_and_year(approve)
    approve.add_argument("--order", required=True, metavar="НОМЕР", help="номер приказа")
    approve.add_argument("--date", required=True, metavar="ДАТА", help="дата приказа, 28.11.2026")
    approve.add_argument("--issuer", default="", metavar="КТО", help="чей приказ, в родительном падеже")
    approve.add_argument("--protocol", default="", metavar="ТЕКСТ", help="протокол рабочей группы")
    cancel = add(actions, "unapprove", "отменить утверждение с указанием причины", _unapprove)
    common(cancel, json=False, write=True)
    rule_and_year(cancel)
    cancel.add_argument("--reason", required=True, metavar="ПРИЧИНА")
    common(add(actions, "approvals", "показать утверждения", _approvals))


def row_json(row: ListRow) -> dict[str, Any]:
    """Return the answer for one school as ``identify --json`` prints it.

    ``verdict`` is what holds: a correction of the experts where there is one. ``computed`` is what the rule says.
    """
    v = row.verdict
    return {
        "school_code": row.code or None, "school": row.name,
        "verdict": row.correction.verdict if row.correction else v.verdict, "computed": v.verdict,
        "branches": list(v.branches),
        "fractions": [
            {"procedure": f.procedure, "subject": f.subject, "level": f.level, "grade": f.grade, "year": f.year,
             "below": f.below, "participants": f.participants, "restored": f.restored, "hit": f.hit}
            for f in v.fractions
        ],
        "edge": v.edge, "incomplete": v.incomplete, "sample": v.sample, "listed": row.listed,
        "correction": {"verdict": row.correction.verdict, "reason": row.correction.reason} if row.correction else None,
        "change": row.change or None,
    }  # fmt: skip


def _identify(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        found = identification.school_list(connection, chosen.rule, chosen.year, everyone=chosen.all)
        wanted = schools.find(connection, chosen.school).id if chosen.school is not None else None
        rows = [row for row in found.rows if wanted in {None, row.school_id}]
        words = identification.explain(connection, chosen.rule, chosen.year, rows[0]) if wanted and rows else None
    approval = found.approval
    if chosen.json:
        print_json(
            {
                "rule": found.rule.id, "rule_version": found.rule.version, "year": found.year,
                "approved": {"order_number": approval.order_number, "order_date": approval.order_date,
                             "snapshot": approval.sha256} if approval else None,
                "schools": [row_json(row) for row in rows],
            }
        )  # fmt: skip
        return 0
    if words is not None:
        line(words.paragraph)
        return 0
    table(["Код", "Школа", "Ответ", "Основание", "Худшая процедура", "На грани", "Выборка"], map(_cells, rows))
    t = found.totals
    line(f"Школ: {t.schools}; в списке {t.listed}, на грани {t.edge}, нет данных {t.no_data}, поправок {t.corrected}.")
    if approval:
        line(f"Утверждён приказом от {ru_date(approval.order_date)} № {approval.order_number}.")
    return 0


def _cells(row: ListRow) -> list[Any]:
    v, worst = row.verdict, row.verdict.worst
    text = (
        worst and f"{worst.label}: {worst.below} из {worst.participants} ({percent(worst.below, worst.participants)})"
    )
    answer = VERDICT_WORDS[v.verdict]
    if row.correction is not None:
        answer += f" → {VERDICT_WORDS[row.correction.verdict]}"
    return [row.code or None, row.name, answer, "; ".join(row.branch_labels), text,
            "да" if v.edge else "", v.sample]  # fmt: skip


def _correct(chosen: argparse.Namespace) -> int:
    verdict = None if chosen.verdict == "none" else chosen.verdict
    with files.for_work(chosen.db, chosen.actor) as store:
        school = schools.find(store.connection, chosen.school)
        identification.correct(store, chosen.rule, chosen.year, school.id, verdict, chosen.reason)
    line(f"Поправки нет: {school.shown}." if verdict is None else f"Поправка записана: {school.shown}.")
    return 0


def _approve(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        made = identification.approve(
            store, chosen.rule, chosen.year, order_number=chosen.order, order_date=chosen.date, issuer=chosen.issuer,
            protocol=chosen.protocol,
        )  # fmt: skip
    if chosen.json:
        print_json({"order_number": made.order_number, "order_date": made.order_date, "snapshot": made.sha256})
    else:
        line(f"Список утверждён; контрольная сумма снимка {made.sha256}.")
    return 0


def _unapprove(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        identification.cancel_approval(store, chosen.rule, chosen.year, chosen.reason)
    line("Утверждение отменено; прежний снимок сохранён.")
    return 0


_STATES = {"approved": "утверждён", "cancelled": "утверждение отменено"}


def _approvals(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        found = identification.approvals(connection)
    if chosen.json:
        print_json(
            {
                "approvals": [
                    {"rule": a.rule_id, "year": a.year, "order_number": a.order_number, "order_date": a.order_date,
                     "state": a.state, "approved_at": a.approved_at, "cancelled_at": a.cancelled_at,
                     "cancel_reason": a.cancel_reason, "snapshot": a.sha256}
                    for a in found
                ]
            }
        )  # fmt: skip
    else:
        rows = [
            [a.rule_id, a.year, a.order_number, ru_date(a.order_date), _STATES[a.state], ru_moment(a.approved_at)]
            for a in found
        ]
        table(["Правило", "Год", "Приказ", "Дата", "Состояние", "Когда"], rows)
    return 0
