"""Feedback on an event: sheets of anonymous questionnaires that were given out at it, and how they were answered.

A sheet belongs to a round of the school year as every other one (issue D); the event only says where it was given out.
An event without answers is not an event nobody liked: no data is not nought.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from app import clock
from app.errors import UserError
from app.forms.schema import FormDef
from app.models import surveys as kept
from app.models.forms import SubjectRef
from app.models.store import Connection, Store
from app.models.work_events import Event
from app.operations import event_certificates, events, forms, survey_counts, surveys
from app.operations.paper_choices import present_year
from app.operations.survey_counts import SMALL_WORDS, Distribution
from app.operations.surveys import SheetDraft, SheetLine
from app.texts import capital, count, quoted, ru_date

USUAL = "listener"
"""The questionnaire of the institute for one lesson or seminar."""
NOT_ENTERED = "не введены"


@dataclass(frozen=True, slots=True)
class SheetFeedback:
    """One sheet of an event with what is counted in it; ``empty``: nothing was entered yet."""

    line: SheetLine
    found: Distribution

    @property
    def empty(self) -> bool:
        """Whether nothing was entered yet."""
        return self.line.sheet.mode == "empty"

    @property
    def told(self) -> str:
        """«Сдано 24 из 30 розданных, 80,0 %» or that nothing was entered."""
        if not self.empty:
            return self.found.sentence
        out = self.line.sheet.given_out
        given = "" if out is None else f" · роздано {count(out, 'анкета', 'анкеты', 'анкет')}"
        return f"Ответы пока не введены{given}"


@dataclass(frozen=True, slots=True)
class Feedback:
    """All feedback on an event.

    Attributes:
        people: who came, by number or list; None where nobody has said.
        forms: questionnaires that a new sheet can be of, the usual one first.
        free: sheets of the same school year that belong to no event: any of them can be tied to this one.
    """

    event: Event
    people: int | None
    sheets: tuple[SheetFeedback, ...]
    forms: tuple[FormDef, ...]
    free: tuple[SheetLine, ...]

    @property
    def handed_in(self) -> int | None:
        """Questionnaires with answers; None where nothing was entered."""
        known = [one.found.handed_in for one in self.sheets if not one.empty]
        return sum(known) if known else None

    @property
    def sentence(self) -> str:
        """What is known in one sentence."""
        if not self.sheets:
            return "Отзывов нет: анкету на событии не раздавали или листа ещё не завели"
        if self.handed_in is None:
            return "Отзывы пока не введены"
        told = count(self.handed_in, "анкета", "анкеты", "анкет")
        of = f", участников {self.people}" if self.people is not None else ""
        few = f" · {SMALL_WORDS}" if 0 < self.handed_in < survey_counts.SMALL else ""
        odd = " · анкет больше, чем людей" if self.people is not None and self.handed_in > self.people else ""
        return f"Сдано: {told}{of}{few}{odd}"


# --- reading -----------------------------------------------------------------------------------------------------


def of_event(connection: Connection, key: int) -> Feedback:
    """Return the feedback on an event.

    Raises:
        UserError: ``EVENT_UNKNOWN``.
    """
    event = events.head(connection, key)
    own = kept.of_events(connection).items()
    mine = next((sheets for found, sheets in own if found == key), [])
    taken = {sheet for _event, sheets in own for sheet in sheets}
    year = _year(event)
    lines = surveys.sheets(connection)
    known = {line.sheet.id: line for line in lines}
    parts = tuple(
        SheetFeedback(line, survey_counts.of_sheets(connection, [line], line.title))
        for sheet in mine if (line := known.get(sheet)) is not None
    )  # fmt: skip
    free = tuple(line for line in lines if line.sheet.id not in taken and line.round.school_year == year)
    near = sorted(free, key=lambda line: (line.sheet.held_on != event.date_from, line.sheet.held_on is None))
    choices = sorted(surveys.questionnaires(connection), key=lambda form: form.id != USUAL)
    people = events.people_of(connection, [key])
    came = people.most if people.occasions else None
    return Feedback(event, came, parts, tuple(choices), tuple(near))


def told(connection: Connection, keys: Iterable[int] | None = None) -> Mapping[int, str]:
    """Return event → «24 анкеты», «4 анкеты, мало», «не введены»; events without a sheet are left out."""
    found: dict[int, str] = {}
    own = kept.of_events(connection, keys)
    if not own:
        return found
    known = {line.sheet.id: line for line in surveys.sheets(connection)}
    for event, sheets in own.items():
        lines = [known[sheet] for sheet in sheets if sheet in known]
        numbers = [_handed(connection, line) for line in lines if line.sheet.mode != "empty"]
        if not numbers:
            found[event] = NOT_ENTERED
            continue
        number = sum(numbers)
        few = ", мало" if 0 < number < survey_counts.SMALL else ""
        found[event] = f"{count(number, 'анкета', 'анкеты', 'анкет')}{few}"
    return found


def _handed(connection: Connection, line: SheetLine) -> int:
    if line.handed_in is not None:
        return line.handed_in
    return survey_counts.of_sheets(connection, [line], line.title).handed_in


def _year(event: Event) -> int:
    return present_year(date.fromisoformat(event.date_from) if event.date_from else clock.today())


# --- writing -----------------------------------------------------------------------------------------------------


def make(store: Store, key: int, form_id: str = USUAL, given_out: int | None = None) -> int:
    """Begin a sheet of a questionnaire for an event and return its key; the round of the year is begun if needed.

    Raises:
        UserError: ``EVENT_UNKNOWN``, ``FORM_SURVEY_NOT``, ``FORM_SURVEY_NUMBER``, ``FORM_UNKNOWN``.
    """
    event = events.head(store.connection, key)
    form = forms.definition(store.connection, form_id)
    draft = SheetDraft(SubjectRef(form.subject, name=_named(event)), event.date_from or "", given_out)
    return surveys.add(store, form_id, _year(event), draft, event_id=key)


def _named(event: Event) -> str:
    """Return what a sheet is about: the title of the event, else its form with its day."""
    title = " ".join((event.title or "").split())
    if title:
        return title
    word = event_certificates.event_word(event.kind)
    return capital(word) + (f" {ru_date(event.date_from)}" if event.date_from else "")


def link(store: Store, key: int, sheet_id: int) -> None:
    """Tie a sheet that is there to an event.

    Raises:
        UserError: ``EVENT_UNKNOWN``, ``FORM_SURVEY_NONE``; ``EVENT_SHEET_TAKEN`` where it belongs to another event.
    """
    connection = store.connection
    event = events.head(connection, key)
    shown = surveys.view(connection, sheet_id).line.shown
    owner = _owner(connection, sheet_id)
    if owner == key:
        return
    if owner is not None:
        raise UserError("EVENT_SHEET_TAKEN", sheet=quoted(shown))
    label = f"Лист анкет {quoted(shown)} связан с событием {quoted(_named(event))}"
    with store.operation(label, "event.feedback") as operation:
        operation.update("survey_sheet", sheet_id, event_id=key)


def unlink(store: Store, sheet_id: int) -> None:
    """Untie a sheet from its event; its answers stay.

    Raises:
        UserError: ``FORM_SURVEY_NONE``.
    """
    shown = surveys.view(store.connection, sheet_id).line.shown
    if _owner(store.connection, sheet_id) is None:
        return
    with store.operation(f"Лист анкет {quoted(shown)} отвязан от события", "event.feedback") as operation:
        operation.update("survey_sheet", sheet_id, event_id=None)


def _owner(connection: Connection, sheet_id: int) -> int | None:
    found = kept.of_events(connection).items()
    return next((event for event, sheets in found if sheet_id in sheets), None)
