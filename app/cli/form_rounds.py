"""Commands about rounds of forms: beginning, answering, accepting, the board; the register of courses."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any

from app.cli.keys import add, common, whole, year
from app.cli.output import line, print_json, table
from app.errors import UserError
from app.forms.schema import Answer
from app.models.forms import SubjectRef
from app.models.store import Connection, Store
from app.operations import courses, files, form_answers, form_board, form_rounds, form_subjects, forms, schools
from app.operations.courses import CourseDraft
from app.operations.form_cases import CaseView
from app.operations.form_rounds import CaseLine, RoundLine
from app.operations.form_states import STATE_SIGNS, STATES
from app.texts import count, ru_date, school_year

case_key = whole(1, 2**63 - 1)
EYES = 3


def add_actions(actions: Any) -> None:
    """Add the subcommands of ``opora form`` of this file."""
    _start(actions)
    listing = add(actions, "rounds", "показать сборы", _rounds)
    common(listing)
    listing.add_argument("--year", type=year, metavar="ГОД", help="учебный год по первому году: 2026 — это 2026/27")
    board = add(actions, "board", "показать приём: кто что прислал", _board)
    common(board)
    board.add_argument("--year", type=year, required=True, metavar="ГОД", help="учебный год по первому году")
    answer = _of_case(actions, "answer", "записать ответ на пункт или показать все ответы", _answer)
    answer.add_argument("--item", metavar="ПУНКТ", help="номер пункта, как в форме")
    answer.add_argument("--value", metavar="ОТВЕТ", help="ответ; пустой текст стирает")
    answer.add_argument("--other", default="", metavar="ТЕКСТ", help="текст к ответу «другое»")
    answer.add_argument("--comment", metavar="ТЕКСТ", help="комментарий")
    answer.add_argument("--not-applicable", action="store_true", help="не применимо")
    accept = _of_case(actions, "accept", "принять ответ", _accept)
    accept.add_argument("--anyway", action="store_true", help="принять, хотя не всё заполнено")
    back = _of_case(actions, "return", "вернуть на доработку", _give_back)
    back.add_argument("--remark", required=True, metavar="ТЕКСТ", help="что доработать")
    approving = _of_case(actions, "approve", "утвердить принятый ответ", _approve)
    approving.add_argument("--act", default="", metavar="ТЕКСТ", help="номер и дата приказа")
    again = _of_case(actions, "reopen", "снять принятие, чтобы изменить ответы", _reopen)
    again.add_argument("--reason", required=True, metavar="ТЕКСТ", help="почему")
    confirm = _of_case(actions, "confirm", "подтвердить заполненное заранее: без изменений", _confirm)
    confirm.add_argument("--item", action="append", metavar="ПУНКТ", help="только этот пункт; можно несколько раз")


def add_commands(commands: Any) -> None:
    """Add the commands of this file that stand by themselves."""
    parser = add(commands, "courses", "реестр курсов: показать или записать", _courses)
    common(parser, write=True)
    parser.add_argument("--year", type=year, required=True, metavar="ГОД", help="учебный год по первому году")
    parser.add_argument("--school", metavar="ШКОЛА", help="код или название; без него — весь муниципалитет")
    parser.add_argument("--category", metavar="КОД", help="кто учился")
    parser.add_argument("--provider", metavar="КОД", help="где учился")
    parser.add_argument("--kind", choices=tuple(courses.KIND_WORDS), help="вид обучения")
    parser.add_argument("--people", type=whole(0, 9999), metavar="ЧИСЛО", help="сколько человек")
    parser.add_argument("--title", default="", metavar="ТЕКСТ", help="название курса")


def _of_case(actions: Any, name: str, text: str, run: Any) -> argparse.ArgumentParser:
    action = add(actions, name, text, run)
    common(action, write=True)
    action.add_argument("case", type=case_key, metavar="ОТВЕТ", help="номер ответа, как в form board")
    return action


def _start(actions: Any) -> None:
    action = add(actions, "start", "начать сбор по форме", _begin)
    common(action, write=True)
    action.add_argument("form", metavar="ФОРМА", help="код формы; все: opora forms")
    action.add_argument("--year", type=year, required=True, metavar="ГОД", help="учебный год по первому году")
    whom = action.add_mutually_exclusive_group(required=True)
    whom.add_argument("--school", action="append", metavar="ШКОЛА", help="код или название; можно несколько раз")
    whom.add_argument("--name", action="append", metavar="НАЗВАНИЕ", help="объединение, программа, мероприятие")
    whom.add_argument("--all", action="store_true", help="все, кого касается форма")
    action.add_argument("--title", default="", metavar="ТЕКСТ", help="название сбора")
    action.add_argument("--due", metavar="ДАТА", help="срок, например 28.11.2026")
    action.add_argument("--empty", action="store_true", help="ничего не заполнять заранее")


# --- rounds ------------------------------------------------------------------------------------------------------


def _begin(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        subjects = _subjects(store, chosen)
        key = form_rounds.start(
            store, chosen.form, chosen.year, subjects, title=chosen.title, due_on=chosen.due, prefill=not chosen.empty
        )
        found = form_rounds.cases(store.connection, key)
    if chosen.json:
        print_json({"round": key, "cases": [case_json(item) for item in found]})
    else:
        line(f"Сбор начат, в нём {count(len(found), 'участник', 'участника', 'участников')}.")
        _cases_table(found)
    return 0


def _subjects(store: Store, chosen: argparse.Namespace) -> list[SubjectRef]:
    form = forms.definition(store.connection, chosen.form)
    if chosen.all:
        return [item.ref for item in form_subjects.candidates(store.connection, form)]
    if chosen.name:
        return [SubjectRef(form.subject, name=name) for name in chosen.name]
    keys = [schools.find(store.connection, query).id for query in chosen.school]
    known = {item.ref.organisation_id: item.ref for item in form_subjects.candidates(store.connection, form)}
    return [known.get(key, SubjectRef(form.subject, organisation_id=key)) for key in keys]


def _rounds(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        found = form_rounds.rounds(connection, chosen.year)
    if chosen.json:
        print_json({"rounds": [round_json(item) for item in found]})
        return 0
    table(
        ["Сбор", "Год", "Срок", "Всего", "Принято", "Просрочено"],
        (
            [item.round.title, school_year(item.round.school_year), _date(item.round.due_on), item.total,
             item.states.get("accepted", 0) + item.states.get("approved", 0), item.overdue]
            for item in found
        ),
    )  # fmt: skip
    return 0


def _date(day: str | None) -> str | None:
    return ru_date(day) if day else None


def round_json(item: RoundLine) -> dict[str, Any]:
    """Return a round as the command prints it."""
    of = item.round
    return {
        "round": of.id, "form": of.form_id, "version": of.version, "school_year": of.school_year, "title": of.title,
        "due_on": of.due_on, "closed_on": of.closed_on, "total": item.total, "overdue": item.overdue,
        "states": {state: item.states.get(state, 0) for state in STATES},
    }  # fmt: skip


def case_json(item: CaseLine) -> dict[str, Any]:
    """Return a case as the command prints it."""
    return {
        "case": item.case.id, "round": item.case.round_id, "subject": item.subject.shown,
        "school_id": item.subject.school_id, "role": item.case.role, "state": item.state, "answered": item.answered,
        "of": item.of, "problems": item.problems, "due_on": item.due_on, "overdue": item.overdue,
        "points": item.points, "most": item.most, "level": item.level.id if item.level else None,
        "remark": item.case.return_remark,
    }  # fmt: skip


def _cases_table(found: list[CaseLine]) -> None:
    table(
        ["Кто", "Состояние", "Заполнено", "Ответ №"],
        ([f.subject.shown, f"{STATE_SIGNS[f.state]} {f.words}", "{} из {}".format(*(f.parts or (f.answered, f.of))),
          str(f.case.id)] for f in found),
    )  # fmt: skip


def _board(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        found = form_board.board(connection, chosen.year)
    if chosen.json:
        rows = [
            {"subject": row.shown, "kind": row.kind, "school_id": row.school_id,
             "contact": None if row.contact is None else {"name": row.contact.name, "phone": row.contact.phone,
                                                          "email": row.contact.email},
             "cells": [case_json(cell.line) for cell in row.cells.values()]}
            for row in found.rows
        ]  # fmt: skip
        print_json({"school_year": found.school_year, "rounds": [round_json(item) for item in found.rounds],
                    "rows": rows, "states": {state: found.states.get(state, 0) for state in STATES},
                    "overdue": found.overdue})  # fmt: skip
        return 0
    titles = {item.round.id: item.round.title for item in found.rounds}
    lines = []
    for row in found.rows:
        for key, cell in row.cells.items():
            late = ", просрочено" if cell.overdue else ""
            state = f"{STATE_SIGNS[cell.state]} {cell.line.words}{late}"
            lines.append([row.shown, titles[key], state, _date(cell.due_on), str(cell.case_id)])
    table(["Кто", "Сбор", "Состояние", "Срок", "Ответ №"], lines)
    return 0


# --- one case ----------------------------------------------------------------------------------------------------


def _answer(chosen: argparse.Namespace) -> int:
    if chosen.item is not None:
        with files.for_work(chosen.db, chosen.actor) as store:
            _put(store, chosen)
    return _tell(chosen)


def _put(store: Store, chosen: argparse.Namespace) -> None:
    view = form_answers.case(store.connection, chosen.case)
    item = form_answers.number_of(view.form, chosen.item)
    kept = view.answers.get(item)
    same = chosen.value is None
    raw, other = (kept.raw, chosen.other or kept.other) if same else (chosen.value, chosen.other)
    skipped = chosen.not_applicable or (same and kept.not_applicable)
    form_answers.put(store, chosen.case, item, raw, other=other, not_applicable=skipped, comment=chosen.comment)


def _tell(chosen: argparse.Namespace) -> int:
    """Print the case as it is now; 3 where an answer does not fit."""
    with files.for_reading(chosen.db) as connection:
        view = form_answers.case(connection, chosen.case)
    if chosen.json:
        print_json(view_json(view))
    else:
        _print_case(view)
    return EYES if view.judged.wrong else 0


def _print_case(view: CaseView) -> None:
    line(f"{view.subject.shown}: {view.round.title}, {school_year(view.round.school_year)}")
    done = f", заполнено {view.progress.answered} из {view.progress.of}" if view.state != "composed" else ""
    line(f"{STATE_SIGNS[view.state]} {view.judged.words}{done}")
    for score in view.scores:
        if score.points is not None:
            level = f", {score.level.text}" if score.level else ""
            line(f"{score.points} из {score.applicable_most}{level}")
    rows = [[item.number or item.id, _shown(view.answers.get(item.id)), item.text[:60]] for item in view.form.items()]
    table(["№", "Ответ", "Пункт"], rows)
    for found in view.problems[:10]:
        line(f"▲ {found.message}")


def _shown(answer: Answer) -> str | None:
    if answer.not_applicable:
        return "не применимо"
    text = answer.value if answer.value is not None else answer.raw
    return (text if answer.confirmed else f"({text})") or None


def view_json(view: CaseView) -> dict[str, Any]:
    """Return a case with its answers as the command prints it."""
    return {
        "case": view.case.id, "form": view.form.id, "version": view.form.version, "subject": view.subject.shown,
        "school_year": view.round.school_year, "state": view.state, "locked": view.locked,
        "progress": {"answered": view.progress.answered, "of": view.progress.of},
        "answers": {key: answer_json(answer) for key, answer in view.answers.answers.items()},
        "last_year": None if view.last_year is None else {
            key: answer.value for key, answer in view.last_year.answers.items()},
        "scores": [{"score": s.score_id, "points": s.points, "most": s.applicable_most,
                    "level": s.level.id if s.level else None} for s in view.scores],
        "level": view.level.id if view.level else None,
        "problems": [{"code": found.code, "message": found.message} for found in view.problems],
    }  # fmt: skip


def answer_json(answer: Answer) -> dict[str, Any]:
    """Return one answer as the command prints it."""
    return {"raw": answer.raw, "value": answer.value, "code": answer.code, "other": answer.other or None,
            "not_applicable": answer.not_applicable, "comment": answer.comment or None,
            "confirmed": answer.confirmed}  # fmt: skip


def _accept(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        form_rounds.accept(store, [chosen.case], anyway=chosen.anyway)
    return _tell(chosen)


def _give_back(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        form_rounds.give_back(store, chosen.case, chosen.remark)
    return _tell(chosen)


def _approve(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        form_rounds.approve(store, [chosen.case], act=chosen.act)
    return _tell(chosen)


def _reopen(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        form_rounds.reopen(store, chosen.case, chosen.reason)
    return _tell(chosen)


def _confirm(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        wanted = None
        if chosen.item:
            form = form_answers.case(store.connection, chosen.case).form
            wanted = [form_answers.number_of(form, item) for item in chosen.item]
        form_answers.confirm(store, chosen.case, wanted)
    return _tell(chosen)


# --- courses -----------------------------------------------------------------------------------------------------


def _courses(chosen: argparse.Namespace) -> int:
    given = {name: getattr(chosen, name) for name in ("category", "provider", "kind", "people")}
    if any(value is not None for value in given.values()):
        _put_course(chosen, given)
    with files.for_reading(chosen.db) as connection:
        found = courses.register(connection, chosen.year)
    if chosen.json:
        print_json({"school_year": found.school_year, "people": found.people, "courses": [
            {"id": r.id, "school": r.school or None, "category": r.category, "provider": r.provider, "kind": r.kind,
             "people": r.people, "title": r.title, "case": r.case_id} for r in found.records]})  # fmt: skip
        return 0
    axes = found.axes
    table(
        ["Школа", "Кто учился", "Где", "Вид", "Человек"],
        ([r.school or "муниципалитет", axes.categories.get(r.category, r.category)[:50],
          axes.providers.get(r.provider, r.provider), courses.KIND_WORDS[r.kind], r.people] for r in found.records),
    )  # fmt: skip
    return 0


def _put_course(chosen: argparse.Namespace, given: Mapping[str, Any]) -> None:
    missing = [name for name, value in given.items() if value is None]
    if missing:
        raise UserError("FORM_COURSE_MISSING", keys=", ".join(f"--{name}" for name in missing))
    with files.for_work(chosen.db, chosen.actor) as store:
        school = _school(store.connection, chosen.school)
        courses.put(store, chosen.year, CourseDraft(school, **given, title=chosen.title))


def _school(connection: Connection, query: str | None) -> int | None:
    return None if query is None else schools.find(connection, query).id
