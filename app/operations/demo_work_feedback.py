"""The example: certificates of an internship, feedback on a webinar, by few on a workshop, not entered on one."""

from __future__ import annotations

from collections.abc import Mapping

from app.models import work_events
from app.models.store import Store
from app.models.surveys import HANDED_IN
from app.operations import event_certificates, event_feedback, surveys

_WEBINAR: Mapping[str, Mapping[str, int]] = {
    "content": {"high": 15, "middle": 3, "low": 0, "unknown": 1},
    "methods": {"high": 11, "middle": 7, "low": 1},
    "equipment": {"high": 9, "middle": 8, "low": 2},
    "communication": {"high": 16, "middle": 3, "low": 0},
    "competence": {"high": 18, "middle": 1, "low": 0},
    "useful": {"yes": 16, "no": 1, "unknown": 2},
    "impression": {"liked": 17, "disliked": 2},
}
_WORKSHOP: Mapping[str, Mapping[str, int]] = {
    "content": {"high": 5, "middle": 2, "low": 0},
    "methods": {"high": 6, "middle": 1, "low": 0},
    "useful": {"yes": 6, "no": 0, "unknown": 1},
    "impression": {"liked": 7, "disliked": 0},
}
_GIVEN, _ENTERED = {"webinar": 26, "workshop": 12}, {"webinar": (19, _WEBINAR), "workshop": (7, _WORKSHOP)}


def fill(store: Store, year: int) -> None:
    """Fill the feedback of the first held events of their form in the school year ``year``."""
    found = work_events.events(store.connection, f"{year}-08-01", f"{year + 1}-07-31")
    held = [event for event in found if event.state == "held"]
    for kind, given_out in _GIVEN.items():
        event = next((event for event in held if event.kind == kind), None)
        if event is None:
            continue
        sheet = event_feedback.make(store, event.id, given_out=given_out)
        handed, answers = _ENTERED[kind]
        cells = [(item, choice, str(number)) for item, row in answers.items() for choice, number in row.items()]
        surveys.put_numbers(store, sheet, [(HANDED_IN, "", str(handed)), *cells])
    council = next((event for event in held if event.kind == "council"), None)
    if council is not None:
        event_feedback.make(store, council.id, given_out=10)
    internship = next((event for event in held if event.kind == "internship"), None)
    if internship is not None and event_certificates.receivers(store.connection, internship.id):
        event_certificates.give(store, internship.id)
