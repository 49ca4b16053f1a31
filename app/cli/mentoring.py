"""``opora mentoring``: pairs, a new pair, counts of young teachers by school."""

from __future__ import annotations

import argparse
from typing import Any

from app import clock
from app.cli.keys import add, add_school_year, common, key, school_year_of, whole
from app.cli.output import line, print_json, table
from app.cli.register_lines import problems
from app.models.store import Store
from app.operations import files, mentoring, registers, schools
from app.operations.mentoring import FIGURES, Board, PairLine, SchoolLine
from app.operations.register_work_mentoring import FORM_WORDS
from app.texts import DASH, ru_date

_MOST = 9_999
_FIGURE_KEYS = {"young": "всего молодых педагогов", "first_year": "из них работают первый год",
                "mentored": "с наставником", "left_school": "ушли за год",
                "pupil_pairs": "пар «ученик – ученик»"}  # fmt: skip


def add_commands(commands: Any) -> None:
    """Add ``opora mentoring`` with its subcommands."""
    group = add(commands, "mentoring", "наставничество: пары, встречи, молодые педагоги по школам", None)
    actions = group.add_subparsers(dest="action", required=True, metavar="ДЕЙСТВИЕ", title="Действия")
    listed = add(actions, "list", "показать пары учебного года", _list)
    common(listed)
    add_school_year(listed)
    added = add(actions, "add", "добавить пару", _add)
    common(added, write=True)
    added.add_argument("--mentor", required=True, metavar="ИМЯ", help="кто помогает")
    added.add_argument("--mentee", required=True, metavar="ИМЯ", help="кому помогают")
    added.add_argument("--school", metavar="ШКОЛА", help="код, логин или название школы того, кому помогают")
    added.add_argument("--form", choices=list(FORM_WORDS), default="teacher", help="; ".join(
        f"{one} — {word}" for one, word in FORM_WORDS.items()))  # fmt: skip
    for name, told in (("subject", "предмет"), ("topic", "над чем работают"), ("act", "приказ"),
                       ("from", "с какого дня: 02.09.2026"), ("to", "по какой день")):  # fmt: skip
        added.add_argument(f"--{name}", dest=f"{name}_", metavar="ТЕКСТ", help=told)
    added.set_defaults(usage_error=added.error)
    held = add(actions, "hold", "отметить встречу пары: ближайшую из плана, иначе новую", _hold)
    common(held, write=True)
    held.add_argument("--pair", type=key, required=True, metavar="КОД", help="код пары из opora mentoring list --json")
    held.add_argument("--outcome", default="", metavar="ТЕКСТ", help="что получилось")
    counted = add(actions, "counts", "показать или записать числа по школам", _counts)
    common(counted, write=True)
    add_school_year(counted)
    counted.add_argument("--school", metavar="ШКОЛА", help="записать числа этой школы")
    for name, told in _FIGURE_KEYS.items():
        counted.add_argument(f"--{name.replace('_', '-')}", dest=name, type=whole(0, _MOST), metavar="N", help=told)
    counted.add_argument("--source", metavar="ТЕКСТ", help="откуда известно")
    counted.set_defaults(usage_error=counted.error)


def _list(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        found = mentoring.board(connection, school_year_of(chosen), clock.today())
    if chosen.json:
        print_json({"school_year": found.school_year, "pairs": [_pair_json(one) for one in found.pairs],
                    "findings": _findings(found, named=True)})  # fmt: skip
        return 0
    table(("Наставник", "Кому помогает", "Школа", "Состояние", "Встреч", "Следующая"), [
        (one.pair.mentor or DASH, one.pair.mentee or DASH, one.school, one.state, str(one.held),
         ru_date(one.next) if one.next else DASH)
        for one in found.pairs
    ])  # fmt: skip
    line(found.sentence)
    return 0


def _findings(found: Board, *, named: bool = False) -> list[str]:
    """Return what does not agree, each with its school; ``named``: also what names people."""
    shown = {one.school_id: one.school for one in found.lines}
    return [f"{shown.get(one.school_id, mentoring.NO_SCHOOL)}: {one.text}"
            for one in found.findings if named or not one.named]  # fmt: skip


def _pair_json(one: PairLine) -> dict[str, Any]:
    pair = one.pair
    return {
        "id": pair.id, "mentor": pair.mentor or None, "mentee": pair.mentee or None, "school_id": one.school_id,
        "school": one.school, "form": pair.form, "state": pair.state, "subject": pair.subject or None,
        "topic": pair.topic or None, "date_from": pair.date_from, "date_to": pair.date_to, "held": one.held,
        "waiting": one.waiting, "last": one.last, "next": one.next, "late": one.late,
    }  # fmt: skip


def _add(chosen: argparse.Namespace) -> int:
    if not (chosen.mentor.strip() and chosen.mentee.strip()):
        chosen.usage_error("в паре два человека: назовите обоих ключами --mentor и --mentee")
    with files.for_work(chosen.db, chosen.actor) as store:
        school = schools.find(store.connection, chosen.school).name if chosen.school else ""
        texts = {
            "mentor_id": chosen.mentor, "mentee_id": chosen.mentee, "organisation_id": school,
            "form": FORM_WORDS[chosen.form], "subject": chosen.subject_, "topic": chosen.topic_, "act": chosen.act_,
            "date_from": chosen.from_, "date_to": chosen.to_,
        }  # fmt: skip
        cells = [(-1, name, raw) for name, raw in texts.items() if raw]
        made = registers.put_cells(store, "mentor_pairs", {}, cells)[-1]
        wrong = problems(store.connection, "mentor_pairs", {}, made)
    _done(chosen, {"id": made, "problems": wrong}, "\n".join(("Пара добавлена.", *wrong.values())))
    return 3 if wrong else 0


def _hold(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        made = mentoring.hold(store, chosen.pair, clock.today(), chosen.outcome)
    return _done(chosen, {"id": made}, "Встреча отмечена.")


def _counts(chosen: argparse.Namespace) -> int:
    year = school_year_of(chosen)
    if chosen.school:
        with files.for_work(chosen.db, chosen.actor) as store:
            _put(store, chosen, year)
            found = mentoring.board(store.connection, year, clock.today())
    else:
        if any(getattr(chosen, name) is not None for name in FIGURES):
            chosen.usage_error("числа записываются школе: добавьте --school")
        with files.for_reading(chosen.db) as connection:
            found = mentoring.board(connection, year, clock.today())
    if chosen.json:
        sums = {name: found.total(name).value for name in FIGURES}
        totals = sums | {"pairs": found.running, "mentors": found.mentors, "meetings": found.held}
        print_json({"school_year": year, "schools": [_school_json(one) for one in found.lines], "totals": totals})
        return 0
    table(("Школа", "Молодых", "С наставником", "Пар", "Встреч"), [
        (one.school, _shown(one, "young"), _shown(one, "mentored"), str(len(one.running)), str(one.held))
        for one in found.lines
    ])  # fmt: skip
    for text in _findings(found):
        line(text)
    line(found.sentence)
    return 0


def _put(store: Store, chosen: argparse.Namespace, year: int) -> None:
    school = schools.find(store.connection, chosen.school)
    typed = {name: getattr(chosen, name) for name in (*FIGURES, "source") if getattr(chosen, name) is not None}
    rows = [row for row in registers.rows(store.connection, "young_counts", school_year=year)
            if row["organisation_id"] == school.id]  # fmt: skip
    cells = [(rows[0]["id"] if rows else -1, name, str(value)) for name, value in typed.items()]
    if not rows:
        cells.insert(0, (-1, "organisation_id", school.name))
    registers.put_cells(store, "young_counts", {"school_year": year}, cells)


def _shown(one: SchoolLine, name: str) -> str:
    value = one.figure(name)
    return DASH if value is None else str(value)


def _school_json(one: SchoolLine) -> dict[str, Any]:
    return {
        "school_id": one.school_id, "school": one.school, **{name: one.figure(name) for name in FIGURES},
        "pairs": len(one.running), "meetings": one.held,
        "findings": [finding.text for finding in one.findings if not finding.named],
    }  # fmt: skip


def _done(chosen: argparse.Namespace, answer: dict[str, Any], words: str) -> int:
    if chosen.json:
        print_json(answer)
    else:
        line(words)
    return 0
