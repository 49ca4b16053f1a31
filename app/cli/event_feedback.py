"""``opora event feedback``: sheets of questionnaires of an event, made, tied, with what they say."""

from __future__ import annotations

import argparse
from typing import Any

from app.cli.keys import add, common, key, whole
from app.cli.output import line, print_json
from app.cli.surveys import distribution_json, print_distribution, sheet_json
from app.forms.survey_tally import MOST
from app.operations import event_feedback, files
from app.operations.event_feedback import Feedback

DONE = 0


def add_command(actions: Any) -> None:
    """Add the command among those of an event."""
    parser = add(actions, "feedback", "отзывы о событии: показать, завести лист анкет, связать с листом", _feedback)
    common(parser, write=True)
    parser.add_argument("--event", type=key, required=True, metavar="КОД", help="код события из opora events")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--new", action="store_true", help="завести лист для этого события")
    what.add_argument("--sheet", type=key, metavar="ЛИСТ", help="связать с листом: номер из opora survey show")
    what.add_argument("--untie", type=key, metavar="ЛИСТ", help="отвязать лист; ответы останутся")
    parser.add_argument("--form", default=event_feedback.USUAL, metavar="АНКЕТА", help="вместе с --new: код анкеты")
    parser.add_argument("--given-out", type=whole(0, MOST), metavar="N", help="вместе с --new: сколько анкет роздано")


def _feedback(chosen: argparse.Namespace) -> int:
    if chosen.new or chosen.sheet is not None or chosen.untie is not None:
        with files.for_work(chosen.db, chosen.actor) as store:
            if chosen.new:
                event_feedback.make(store, chosen.event, chosen.form, chosen.given_out)
            elif chosen.sheet is not None:
                event_feedback.link(store, chosen.event, chosen.sheet)
            else:
                event_feedback.unlink(store, chosen.untie)
            found = event_feedback.of_event(store.connection, chosen.event)
    else:
        with files.for_reading(chosen.db) as connection:
            found = event_feedback.of_event(connection, chosen.event)
    if chosen.json:
        print_json({"feedback": as_json(chosen.event, found)})
        return DONE
    line(f"{found.sentence}.")
    for one in found.sheets:
        if one.empty:
            line(f"Лист {one.line.sheet.id}, {one.line.title}. {one.told}.")
        else:
            print_distribution(one.found)
    return DONE


def as_json(event: int, found: Feedback) -> dict[str, Any]:
    """Return the feedback on an event as the command prints it; what nobody has entered is null."""
    return {
        "event": event, "people": found.people, "handed_in": found.handed_in,
        "sheets": [
            sheet_json(one.line) | {"distribution": None if one.empty else distribution_json(one.found)}
            for one in found.sheets
        ],
    }  # fmt: skip
