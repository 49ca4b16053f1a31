"""Commands about help between schools: proposed pairs, ties, distances, what donors can do."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING, Any

from app.cli import keys
from app.cli.keys import add, common
from app.cli.output import line, print_json, table
from app.errors import UserError
from app.models.store import Connection
from app.models.ties import Tie
from app.operations import donors, files, pairs, schools, ties
from app.operations.tie_grids import CONSENT_SHOWN, CONSENT_WORDS, STATE_WORDS, TIE_COLUMNS, texts
from app.texts import count

if TYPE_CHECKING:
    from app.analysis.pairs import Assignment, Proposal, Receiver, Result
    from app.operations.pairs import PairBoard

HELP_WORDS = {
    "agreed": "● есть договорённость",
    "planned": "▲ предложена",
    "partly": "▲ помощь не по всем местам",
    "none": "○ нет",
    "nothing": "○ слабых мест по данным нет",
}
_CODE = 6
"""So many last digits of a key are its code in the list; keys are random, so they tell rows apart."""
_NAMES = {"donor_id": "donor", "receiver_id": "receiver"}


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    parser = add(commands, "pairs", "кто поможет кому: предложить пары школ; accept принимает их", _pairs)
    parser.add_argument("action", nargs="?", choices=("show", "accept"), default="show", metavar="ДЕЙСТВИЕ",
                        help="show показывает (так и без слова), accept записывает принятые пары")  # fmt: skip
    common(parser, write=True)
    parser.add_argument("--rule", metavar="ПРАВИЛО", help="код правила; без него то, что в настройках файла")
    parser.add_argument("--year", type=keys.year, required=True, metavar="ГОД", help="год результатов")
    parser.add_argument("--school", metavar="ШКОЛА", help="только эта школа списка: код, логин или название")
    parser.add_argument("--assign", action="store_true", help="распределить доноров по всему муниципалитету")
    parser.add_argument("--pair", nargs=2, action="append", default=[], metavar=("КОМУ", "КТО"),
                        help="для accept: школа и её донор; можно несколько раз")  # fmt: skip
    parser.set_defaults(usage_error=parser.error)
    _add_ties(commands)
    _add_distances(commands)
    _add_donors(commands)


def _help_year(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--year", type=keys.year, required=True, metavar="ГОД",
                        help="первый год учебного года, в котором помогают: 2026 — это 2026/27")  # fmt: skip


def _add_ties(commands: Any) -> None:
    group = add(commands, "tie", "договорённости о помощи между школами", None)
    steps = group.add_subparsers(dest="step", required=True, metavar="ДЕЙСТВИЕ", title="Действия")
    adding = add(steps, "add", "записать договорённость", _tie_add)
    listing = add(steps, "list", "показать договорённости учебного года", _tie_list)
    setting = add(steps, "set", "изменить договорённость; пустой текст очищает", _tie_set)
    ending = add(steps, "end", "завершить договорённость", _tie_end)
    for parser, write in ((adding, True), (listing, False), (setting, True), (ending, True)):
        common(parser, write=write)
        _help_year(parser)
    listing.add_argument("--school", metavar="ШКОЛА", help="только этой школы")
    for parser in (setting, ending):
        parser.add_argument("row", type=_code, metavar="КОД", help="код договорённости из tie list; он не меняется")
        parser.set_defaults(usage_error=parser.error)
    for parser in (adding, setting):
        for item in TIE_COLUMNS:
            name = _NAMES.get(item.key, item.key).replace("_", "-")
            known = f": {', '.join(item.words.values())}" if item.words else ""
            parser.add_argument(f"--{name}", dest=f"cell_{item.key}", metavar="ТЕКСТ", help=item.title.lower() + known,
                                required=parser is adding and item.key in _NAMES)  # fmt: skip


def _code(text: str) -> str:
    if not re.fullmatch(rf"[0-9]{{{_CODE},19}}", text):
        raise argparse.ArgumentTypeError(f"не подходит «{text}». Нужен код из opora tie list: не меньше {_CODE} цифр.")
    return text


def _add_distances(commands: Any) -> None:
    group = add(commands, "distance", "расстояния между школами", None)
    steps = group.add_subparsers(dest="step", required=True, metavar="ДЕЙСТВИЕ", title="Действия")
    setting = add(steps, "set", "записать расстояние между двумя школами", _distance_set)
    common(setting, write=True)
    for name in ("first", "second"):
        setting.add_argument(name, metavar="ШКОЛА", help="код, логин или название")
    setting.add_argument("--km", type=keys.whole(0, 2000), metavar="ЧИСЛО", help="километры")
    setting.add_argument("--minutes", type=keys.whole(0, 2000), metavar="ЧИСЛО", help="минуты в пути")
    common(add(steps, "list", "показать расстояния", _distance_list))


def _add_donors(commands: Any) -> None:
    group = add(commands, "donor", "скольким школам донор поможет и согласен ли", None)
    steps = group.add_subparsers(dest="step", required=True, metavar="ДЕЙСТВИЕ", title="Действия")
    setting = add(steps, "set", "записать возможности донора; пустой текст очищает", _donor_set)
    common(setting, write=True)
    _help_year(setting)
    setting.add_argument("school", metavar="ШКОЛА", help="код, логин или название")
    setting.add_argument("--capacity", metavar="ЧИСЛО", help="скольким школам поможет")
    setting.add_argument("--consent", metavar="СЛОВО", help=f"согласна ли: {', '.join(CONSENT_WORDS.values())}")
    setting.add_argument("--note", metavar="ТЕКСТ", help="примечание")
    setting.set_defaults(usage_error=setting.error)
    listing = add(steps, "list", "показать возможности доноров", _donor_list)
    common(listing)
    _help_year(listing)


# --- pairs -------------------------------------------------------------------------------------------------------


def _pairs(chosen: argparse.Namespace) -> int:
    if chosen.action == "accept":
        return _accept(chosen)
    if chosen.pair:
        chosen.usage_error("--pair нужен только вместе с accept")
    with files.for_reading(chosen.db) as connection:
        board, made = _board(connection, chosen)
        wanted = None if chosen.school is None else schools.find(connection, chosen.school).id
        if wanted is not None and board.receiver(wanted) is None:
            raise UserError("DATA_NOT_RECEIVER", school=board.name(wanted), year=chosen.year)
    receivers = [r for r in board.receivers if wanted in {None, r.school.id}]
    if chosen.json:
        print_json(board_json(board, receivers) | ({} if made is None else {"assignment": made_json(board, made)}))
        return 0
    if not receivers:
        line(f"В списке за {chosen.year} год нет школ: помогать некому. Весь список: opora identify.")
        return 0
    for receiver in receivers:
        _tell_receiver(board, receiver, len(receiver.proposals) if wanted is not None else 3)
    if made is not None:
        _tell_assignment(board, made)
    return 0


def _board(connection: Connection, chosen: argparse.Namespace) -> tuple[PairBoard, Assignment | None]:
    from app.models import settings

    rule_id = chosen.rule or settings.get(connection, "rule")
    if chosen.assign:
        return pairs.assignment(connection, rule_id, chosen.year)
    return pairs.overview(connection, rule_id, chosen.year), None


def _tell_receiver(board: PairBoard, receiver: Receiver, most: int) -> None:
    from app.analysis import pairs_words as words

    line(f"{receiver.school.name} · {HELP_WORDS[pairs.state_of(receiver)]}")
    for weak in receiver.weak:
        line(f"  {words.place(weak)}")
    for tie in board.ties_of(receiver.school.id):
        line(f"  {tie.donor}: {STATE_WORDS[tie.state]} ({ties.words(tie)})")
    for proposal in receiver.proposals[:most]:
        line(f"  {proposal.score:>3} {board.name(proposal.donor_id)}: {words.paragraph(proposal, board.definition)}")
        lacks = words.unknown(proposal, board.definition)
        if lacks:
            line(f"      неизвестно: {'; '.join(lacks)}")
    for donor, refusal in receiver.refused:
        line(f"   —  {board.name(donor)}: {words.REFUSAL_WORDS[refusal]}")
    if receiver.open and not receiver.proposals:
        line(f"  Донора нет: {words.WHY_WORDS['refused' if receiver.refused else 'strong']}.")
    line()


def _tell_assignment(board: PairBoard, made: Assignment) -> None:
    from app.analysis.pairs_words import left_open, why_none

    line("Распределение (ещё не записано, записывает opora pairs accept --assign):")
    rows: list[list[Any]] = []
    for row in made.rows:
        receiver = board.receiver(row.receiver_id)
        if receiver is None:
            continue
        if row.proposal is None:
            rows.append([board.name(row.receiver_id), None, None, why_none(row, receiver, board.names)])
        else:
            left = "; ".join(left_open(row.proposal, receiver.open))
            rows.append([board.name(row.receiver_id), board.name(row.proposal.donor_id), row.proposal.score,
                         f"останется: {left}" if left else ""])  # fmt: skip
    table(["Кому", "Кто поможет", "Балл", "Примечание"], rows)


def _accept(chosen: argparse.Namespace) -> int:
    if not chosen.pair and not chosen.assign:
        chosen.usage_error("скажите, что принять: --pair КОМУ КТО или --assign")
    with files.for_work(chosen.db, chosen.actor) as store:
        connection = store.connection
        wanted = [(schools.find(connection, a).id, schools.find(connection, b).id) for a, b in chosen.pair]
        board, made = _board(connection, chosen)
        if made is not None:
            wanted += [(row.receiver_id, row.proposal.donor_id) for row in made.rows if row.proposal is not None]
        kept = pairs.accept(store, board.found.rule.id, chosen.year, wanted)
        found = [tie for tie in ties.listing(connection, board.school_year) if tie.id in set(kept)]
    if chosen.json:
        print_json({"ties": [tie_json(tie) for tie in found]})
        return 0
    line(f"Записано: {count(len(found), 'договорённость', 'договорённости', 'договорённостей')}.")
    for tie in found:
        line(f"  {tie.donor} → {tie.receiver}: {ties.words(tie)}, {STATE_WORDS[tie.state]}")
    return 0


def board_json(board: PairBoard, receivers: list[Receiver]) -> dict[str, Any]:
    """Return the proposals as the command prints them; unknown values are null."""
    return {
        "rule": board.found.rule.id, "year": board.found.year, "school_year": board.school_year,
        "definition": board.definition.id, "version": board.definition.version,
        "receivers": [
            {
                "school": receiver.school.name, "school_id": receiver.school.id, "help": pairs.state_of(receiver),
                "weak": [result_json(result) for result in receiver.weak],
                "open": [result.assessment.label for result in receiver.open],
                "ties": [tie_json(tie) for tie in board.ties_of(receiver.school.id)],
                "proposals": [proposal_json(board, item) for item in receiver.proposals],
                "refused": [{"donor": board.name(donor), "donor_id": donor, "why": why}
                            for donor, why in receiver.refused],
            }
            for receiver in receivers
        ],
    }  # fmt: skip


def result_json(result: Result) -> dict[str, Any]:
    """Return one fraction."""
    found = result.assessment
    return {"assessment": found.label, "procedure": found.procedure, "subject": found.subject, "grade": found.grade,
            "below_min": result.below, "participants": result.participants}  # fmt: skip


def proposal_json(board: PairBoard, proposal: Proposal) -> dict[str, Any]:
    """Return one proposal with its parts."""
    from app.analysis import pairs_words as words

    return {
        "donor": board.name(proposal.donor_id), "donor_id": proposal.donor_id, "score": proposal.score,
        "matches": [{"weak": result_json(m.weak), "strong": result_json(m.strong)} for m in proposal.matches],
        "parts": {p.key: None if p.value is None else round(float(p.value), 6) for p in proposal.parts},
        "km": proposal.way.km if proposal.way else None, "minutes": proposal.way.minutes if proposal.way else None,
        "index": list(proposal.index), "free": proposal.free, "consent": proposal.consent,
        "reasons": list(words.reasons(proposal, board.definition)),
        "unknown": list(words.unknown(proposal, board.definition)),
    }  # fmt: skip


def made_json(board: PairBoard, made: Assignment) -> dict[str, Any]:
    """Return the assignment."""
    return {
        "pairs": [
            {"receiver": board.name(row.receiver_id), "receiver_id": row.receiver_id,
             "donor": board.name(row.proposal.donor_id) if row.proposal else None,
             "donor_id": row.proposal.donor_id if row.proposal else None,
             "score": row.proposal.score if row.proposal else None, "why": row.why or None}
            for row in made.rows
        ],
        "fixed": [board.name(key) for key in made.fixed], "no_weak_places": [board.name(key) for key in made.nothing],
        "total": made.total,
    }  # fmt: skip


# --- ties, distances, donors -------------------------------------------------------------------------------------


def tie_json(tie: Tie) -> dict[str, Any]:
    """Return one tie as the command prints it."""
    return {name: getattr(tie, name) for name in tie.__slots__}


def _typed(chosen: argparse.Namespace) -> dict[str, str]:
    found = {name.removeprefix("cell_"): value for name, value in vars(chosen).items() if name.startswith("cell_")}
    return {name: value for name, value in found.items() if value is not None}


def _tie_add(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        made = ties.add(store, chosen.year, [ties.from_texts(store.connection, _typed(chosen))])
        found = [tie for tie in ties.listing(store.connection, chosen.year) if tie.id in made]
    return _tell_ties(chosen, found, "Записано.")


def _row(connection: Connection, chosen: argparse.Namespace) -> int:
    """Return the key that a code means: the key itself or its last digits, which no other row moves.

    Raises:
        UserError: ``DATA_TIE_NO_ROW``, ``DATA_TIE_SEVERAL``.
    """
    known = [tie.id for tie in ties.listing(connection, chosen.year)]
    found = [key for key in known if f"{key:0{_CODE}}".endswith(chosen.row)]
    if not found:
        raise UserError("DATA_TIE_NO_ROW", number=chosen.row)
    if len(found) > 1 and int(chosen.row) not in found:
        raise UserError("DATA_TIE_SEVERAL", number=chosen.row, codes=", ".join(map(str, found)))
    return found[0] if len(found) == 1 else int(chosen.row)


def _tie_set(chosen: argparse.Namespace) -> int:
    typed = _typed(chosen)
    if not typed:
        chosen.usage_error("скажите, что изменить, например --state или --note")
    with files.for_work(chosen.db, chosen.actor) as store:
        tie = ties.change(store, _row(store.connection, chosen), typed)
    return _tell_ties(chosen, [tie], "Изменено.")


def _tie_end(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        tie = ties.change(store, _row(store.connection, chosen), {"state": STATE_WORDS["ended"]})
    return _tell_ties(chosen, [tie], "Завершено.")


def _tell_ties(chosen: argparse.Namespace, found: list[Tie], words: str) -> int:
    if chosen.json:
        print_json({"ties": [tie_json(tie) for tie in found]})
        return 0
    line(words)
    for tie in found:
        line(f"  {tie.donor} → {tie.receiver}: {ties.words(tie)}, {STATE_WORDS[tie.state]}")
    return 0


def _tie_list(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        found = ties.listing(connection, chosen.year)
        wanted = None if chosen.school is None else schools.find(connection, chosen.school).id
        shown = [texts(connection, tie) for tie in found]
    kept = [place for place, tie in enumerate(found) if wanted in {None, tie.donor_id, tie.receiver_id}]
    if chosen.json:
        print_json({"ties": [tie_json(found[place]) for place in kept]})
    elif kept:
        titles = [item.title for item in TIE_COLUMNS]
        rows = ([f"{found[place].id:0{_CODE}}"[-_CODE:], *(text or None for text in shown[place].values())]
                for place in kept)  # fmt: skip
        table(["Код", *titles], rows)
    else:
        line("Договорённостей нет.")
    return 0


def _distance_set(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        first, second = (schools.find(store.connection, name) for name in (chosen.first, chosen.second))
        donors.set_way(store, first.id, second.id, chosen.km, chosen.minutes)
        made = donors.way_table(store.connection).ways[min(first.id, second.id), max(first.id, second.id)]
    if chosen.json:
        print_json({"distances": [{"first": first.shown, "second": second.shown, "km": made.km,
                                   "minutes": made.minutes}]})  # fmt: skip
    else:
        line(f"Записано: {first.shown} — {second.shown}.")
    return 0


def _distance_list(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        found = donors.way_table(connection)
    names = {school.id: school.shown for school in found.schools}
    rows = [(names.get(a), names.get(b), way.km, way.minutes) for (a, b), way in found.ways.items()]
    rows = [row for row in rows if row[0] and row[1]]
    if chosen.json:
        print_json({"distances": [dict(zip(("first", "second", "km", "minutes"), row, strict=True)) for row in rows]})
    elif rows:
        table(["Школа", "Школа", "Километры", "Минуты"], rows)
    else:
        line("Расстояний нет.")
    return 0


def _donor_set(chosen: argparse.Namespace) -> int:
    told = {name: getattr(chosen, name) for name in ("capacity", "consent", "note")}
    if all(text is None for text in told.values()):
        chosen.usage_error("скажите, что записать: --capacity, --consent или --note")
    with files.for_work(chosen.db, chosen.actor) as store:
        school = schools.find(store.connection, chosen.school)
        cells = [(school.id, name, text) for name, text in told.items() if text is not None]
        donors.check(store.connection, cells)
        donors.put_donors(store, chosen.year, cells)
        found = donors.donor_table(store.connection, chosen.year)
    if chosen.json:
        print_json({"donors": [_donor_json(found, school.id, school.shown)]})
    else:
        line("Записано.")
    return 0


def _donor_json(found: donors.DonorTable, key: int, name: str) -> dict[str, Any]:
    donor = found.donors.get(key)
    return {
        "school": name, "school_id": key, "school_year": found.school_year, "helps": found.helps.get(key, 0),
        "capacity": donor.capacity if donor else None, "consent": donor.consent if donor else None,
        "note": donor.note if donor else None,
    }  # fmt: skip


def _donor_list(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        found = donors.donor_table(connection, chosen.year)
    told = [school for school in found.schools if school.id in found.donors or found.helps.get(school.id)]
    rows = [_donor_json(found, school.id, school.shown) for school in told]
    if chosen.json:
        print_json({"donors": rows})
    elif rows:
        table(
            ["Школа", "Скольким поможет", "Помогает", "Согласна", "Примечание"],
            ([r["school"], r["capacity"], r["helps"], CONSENT_SHOWN.get(r["consent"]), r["note"]] for r in rows),
        )
    else:
        line("О донорах ничего не записано.")
    return 0
