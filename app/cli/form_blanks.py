"""The command ``opora form blank``: Excel blanks of a form for one school or for all."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app import clock
from app.cli.keys import add, common, whole, year
from app.cli.output import complain, line, print_json
from app.errors import UserError
from app.models.store import Store
from app.operations import files, form_blanks, form_rounds, form_subjects, forms, schools
from app.operations.form_blanks import Blank
from app.operations.form_issue import Issued
from app.operations.form_rounds import CaseLine, RoundLine
from app.operations.papers import folder_for
from app.texts import count, school_year

EYES = 3


def add_actions(actions: Any) -> None:
    """Add the subcommand of this file to ``opora form``."""
    blank = add(actions, "blank", "сделать бланки Excel школам", _run)
    common(blank, write=True)
    blank.add_argument("form", metavar="ФОРМА", help="код формы; все: opora forms")
    whose = blank.add_mutually_exclusive_group(required=True)
    whose.add_argument("--school", action="append", metavar="ШКОЛА", help="код или название; можно несколько раз")
    whose.add_argument("--all", action="store_true", help="всем, кого касается форма")
    whose.add_argument("--round", type=whole(1, 2**63 - 1), metavar="СБОР", help="всем в этом сборе: opora form rounds")
    blank.add_argument("--year", type=year, metavar="ГОД", help="учебный год по первому году; без него — текущий")
    blank.add_argument("--out", type=Path, required=True, metavar="ПАПКА", help="куда записать")


def _run(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        # before a round is begun: nothing is left behind where nothing can be written
        folder_for(chosen.out)
        cases = _cases(store, chosen)
        made = form_blanks.write(store.connection, cases, chosen.out)
    if chosen.json:
        print_json(_json(made))
    else:
        for path, _ in made.files:
            line(str(path))
        line(f"Сделано: {count(len(made.files), 'бланк', 'бланка', 'бланков')}.")
    if made.left_out:
        complain(f"Без бланка, ответ принят или не нужен: {'; '.join(made.left_out)}.")
    return EYES if made.left_out else 0


def _cases(store: Store, chosen: argparse.Namespace) -> list[int]:
    """Return the cases that are meant; a round is begun or added to where there is none yet, and that is said."""
    if chosen.round is not None:
        record = next(
            (item.round for item in form_rounds.rounds(store.connection) if item.round.id == chosen.round), None
        )
        if record is not None and record.form_id != chosen.form:
            raise UserError("FORM_BLANK_NO_CASES", what=f"сбор «{record.title}» — по другой форме, {record.form_id}")
        return form_blanks.of_round(store.connection, chosen.round)
    form = forms.definition(store.connection, chosen.form)
    wanted = form_subjects.candidates(store.connection, form)
    if chosen.school:
        keys = [schools.find(store.connection, query).id for query in chosen.school]
        wanted = [item for item in wanted if item.ref.organisation_id in keys]
    if not wanted:
        raise UserError("FORM_BLANK_NO_CASES", what=f"форма «{form.short}» никого из названных не касается")
    first = _year(chosen)
    found = _open_round(form_rounds.rounds(store.connection, first), chosen.form)
    refs = [item.ref for item in wanted]
    if found is None:
        key = form_rounds.start(store, chosen.form, first, refs)
        whom = count(len(refs), "участник", "участника", "участников")
        complain(f"Начат сбор «{form.short}», {school_year(first)}: {whom}.")
    else:
        key = found.round.id
        missing = [ref for ref in refs if not _asked(form_rounds.cases(store.connection, key), ref.organisation_id)]
        if missing:
            form_rounds.add_subjects(store, key, missing)
    organisations = {ref.organisation_id for ref in refs}
    asked = set(form_blanks.of_round(store.connection, key))
    return [
        item.case.id
        for item in form_rounds.cases(store.connection, key)
        if item.case.id in asked and (not chosen.school or item.subject.school_id in organisations)
    ]


def _open_round(found: list[RoundLine], form_id: str) -> RoundLine | None:
    """Return the newest open round of a form."""
    fitting = [item for item in found if item.round.form_id == form_id and item.round.closed_on is None]
    return max(fitting, key=lambda item: item.round.created_at, default=None)


def _asked(lines: list[CaseLine], organisation_id: int | None) -> bool:
    return any(item.subject.school_id == organisation_id for item in lines)


def _year(chosen: argparse.Namespace) -> int:
    if chosen.year is not None:
        return int(chosen.year)
    day = clock.today()
    return day.year if day.month >= 7 else day.year - 1


def _json(made: Issued[Blank]) -> dict[str, Any]:
    return {
        "blanks": [
            {"file": str(path), "subject": item.shown, "school_id": item.school_id, "cases": list(item.case_ids)}
            for path, item in made.files
        ],
        "left_out": list(made.left_out),
    }
