"""Addressed recommendations: proposed from the figures, worded by a person, sent, next year marked used or not (002).

They are kept as the register «recommendations»; here is what is asked about them and what is done to many at once. A
recommendation that was proposed remembers what it was made from, so that a changed figure marks it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from app.analysis import kept_text
from app.analysis.programme_derived import DerivedLine
from app.errors import UserError
from app.models import organisations, registers
from app.models import paper_texts as stored
from app.models.paper_texts import Recommendation
from app.models.store import Connection, Operation, Store
from app.operations.note_scope import Asked
from app.operations.recommendation_proposals import Proposed, proposals
from app.operations.register_catalogue import ADDRESSEE_WORDS, USED_WORDS
from app.texts import count, ru_date, school_year

__all__ = ["ADDRESSEE_WORDS", "USED_WORDS", "AdviceBook", "AdviceLine", "read"]

Shown = Literal["draft", "sent", "yes", "part", "no", "waits"]
SHOWN_WORDS: Mapping[Shown, str] = {
    "draft": "черновик",
    "sent": "отправлена",
    "waits": "ждёт отметки",
    "yes": "выполнена",
    "part": "частично",
    "no": "не выполнена",
}
WORD = ("рекомендация", "рекомендации", "рекомендаций")
TABLE = "recommendation"


@dataclass(frozen=True, slots=True)
class AdviceLine:
    """One recommendation as the screen and the papers need it.

    Attributes:
        whom: short name of the school, the name as typed, else the kind of addressee.
        shown: its state; one of a year that is over without a mark «ждёт отметки».
        key: of the proposal it was made from; "" of what a person wrote alone.
        was, now: figures then and as they are now (what → value); ``now`` lacks what is gone.
        stale: the proposal says something else now.
        proposed: what the figures say now; None where they say nothing any more.
    """

    row: Recommendation
    whom: str
    shown: Shown
    key: str
    was: Mapping[str, tuple[str, str]]
    now: Mapping[str, str]
    stale: bool
    proposed: Proposed | None

    @property
    def word(self) -> str:
        """The state in a word."""
        return SHOWN_WORDS[self.shown]


@dataclass(frozen=True, slots=True)
class AdviceBook:
    """Recommendations of a school year, what the figures suggest beside them, those of the year before.

    Attributes:
        lines: in their order.
        waiting: proposals that nobody has taken yet.
        before: recommendations of the year before; ``unmarked`` of them without a mark.
    """

    school_year: int
    lines: tuple[AdviceLine, ...]
    waiting: tuple[Proposed, ...]
    before: tuple[AdviceLine, ...]

    @property
    def unmarked(self) -> int:
        """How many of last year's recommendations nobody has marked."""
        return sum(line.row.used is None for line in self.before)

    @property
    def sent(self) -> int:
        """How many were sent."""
        return sum(line.row.sent_on is not None for line in self.lines)

    def line(self, key: int) -> AdviceLine | None:
        """Return one recommendation of this year or the one before."""
        return next((line for line in (*self.lines, *self.before) if line.row.id == key), None)


# --- reading -----------------------------------------------------------------------------------------------------


def read(connection: Connection, asked: Asked) -> AdviceBook:
    """Return the recommendations of the scope's school year with everything around them."""
    scope = asked.scope(connection)
    year = scope.school_year
    known = {item.key: item for item in proposals(scope)}
    names = {school.id: school.shown for school in organisations.listing(connection, own=None)}
    merged = organisations.canonical_map(connection)

    def line(row: Recommendation, *, over: bool) -> AdviceLine:
        school = None if row.organisation_id is None else merged.get(row.organisation_id, row.organisation_id)
        whom = names.get(school or 0, "") or row.name or ADDRESSEE_WORDS[row.addressee]
        return _line(row, whom, known, over=over)

    lines = tuple(line(row, over=False) for row in stored.recommendations(connection, year))
    taken = {item.key for item in lines}
    before = tuple(line(row, over=True) for row in stored.recommendations(connection, year - 1))
    waiting = tuple(item for item in known.values() if item.key not in taken)
    return AdviceBook(year, lines, waiting, before)


def _line(row: Recommendation, whom: str, known: Mapping[str, Proposed], *, over: bool) -> AdviceLine:
    kept = json.loads(row.figures) if row.figures else {}
    key = str(kept.get("key", ""))
    now = known.get(key)
    was = {str(name): (str(told[0]), str(told[1])) for name, told in kept.get("figures", {}).items()}
    values = {figure.key: figure.value for figure in now.figures} if now is not None else {}
    stale = not over and bool(key) and (now is None or now.text != row.derived)
    shown: Shown = "draft" if row.sent_on is None else "sent"
    if row.used in {"yes", "part", "no"}:
        shown = "yes" if row.used == "yes" else "part" if row.used == "part" else "no"
    elif over:
        shown = "waits"
    return AdviceLine(row, whom, shown, key, was, values, stale, now)


# --- taking ------------------------------------------------------------------------------------------------------


def take(store: Store, asked: Asked, keys: Iterable[str]) -> list[int]:
    """Write proposals into the register as drafts, one operation; those taken already are passed over.

    Args:
        store: open store.
        asked: when, by which programme.
        keys: of the proposals, in the order wanted.

    Returns:
        keys of the new rows.
    """
    book = read(store.connection, asked)
    waiting = {item.key: item for item in book.waiting}
    chosen = [waiting[key] for key in dict.fromkeys(keys) if key in waiting]
    if not chosen:
        return []
    label = f"Рекомендации, {school_year(book.school_year)}: добавлено, {count(len(chosen), *WORD)}"
    with store.operation(label, "advice.take") as operation:
        first = len(stored.recommendations(store.connection, book.school_year))
        return [_insert(operation, book.school_year, first + place, item) for place, item in enumerate(chosen)]


def _insert(operation: Operation, year: int, position: int, item: Proposed) -> int:
    school = item.organisation_id
    return operation.insert(
        TABLE, school_year=year, addressee=item.addressee, organisation_id=school, position=position, text=item.text,
        name=None if school is not None else item.name or None, derived=item.text, figures=_figures(item),
        ground=item.ground,
    )  # fmt: skip


def _figures(item: Proposed) -> str:
    base = json.loads(kept_text.base((DerivedLine(item.key, item.text),),
                                     {figure.key: (figure.what, figure.value) for figure in item.figures}))  # fmt: skip
    return json.dumps({"key": item.key, **base}, ensure_ascii=False, separators=(",", ":"))


def renew(store: Store, asked: Asked, rows: Iterable[int]) -> int:
    """Bring recommendations up to date with the figures as one operation; a person's own words stay.

    One that a person has not reworded takes the new text; a reworded one keeps its text and only learns the figures.
    One whose ground is gone stays as it is and stops asking.

    Returns:
        how many changed.
    """
    found = {line.row.id: line for line in read(store.connection, asked).lines if line.stale}
    chosen = [found[key] for key in dict.fromkeys(rows) if key in found]
    if not chosen:
        return 0
    with store.operation(f"Рекомендации: обновлены цифры, {count(len(chosen), *WORD)}", "advice.renew") as operation:
        for line in chosen:
            _renew(operation, line)
    return len(chosen)


def _renew(operation: Operation, line: AdviceLine) -> None:
    row, item = line.row, line.proposed
    if item is None:
        operation.update(TABLE, row.id, derived=None, figures=None)
    else:
        text = item.text if row.text == row.derived else row.text
        operation.update(TABLE, row.id, text=text, derived=item.text, figures=_figures(item), ground=item.ground)


# --- marking -----------------------------------------------------------------------------------------------------


def send(store: Store, rows: Iterable[int], day: str | None) -> int:
    """Mark recommendations as sent on a day (ISO; None: not sent after all), one operation; returns how many changed.

    Raises:
        UserError: ``MON_ADVICE_GONE``.
    """
    found = [row for row in _rows(store.connection, rows) if row.sent_on != day]
    told = f"отправлены {ru_date(day)}" if day else "отметка об отправке снята"
    if found:
        with store.operation(f"Рекомендации: {told}, {count(len(found), *WORD)}", "advice.send") as operation:
            for row in found:
                registers.forget_entries(operation, TABLE, row.id, ("sent_on",))
                operation.update(TABLE, row.id, sent_on=day)
    return len(found)


def mark(store: Store, rows: Iterable[int], used: str | None, note: str | None = None) -> int:
    """Mark whether recommendations were carried out, many at once; returns how many changed.

    Args:
        store: open store.
        rows: keys.
        used: «yes», «part», «no»; None takes the mark back.
        note: what was done or why not; written where given.

    Raises:
        UserError: ``MON_ADVICE_GONE``, ``MON_ADVICE_USED``, ``MON_ADVICE_EARLY`` where one was never sent.
    """
    if used is not None and used not in USED_WORDS:
        raise UserError("MON_ADVICE_USED", used=used, known=", ".join(USED_WORDS))
    found = _rows(store.connection, rows)
    if used is not None and any(row.sent_on is None for row in found):
        raise UserError("MON_ADVICE_EARLY")
    text = None if note is None else note.strip() or None
    changes = [(row, {"used": used} | ({} if note is None else {"used_note": text})) for row in found]
    changes = [
        (row, values) for row, values in changes if any(getattr(row, key) != value for key, value in values.items())
    ]
    if changes:
        told = USED_WORDS[used] if used is not None else "отметка снята"
        with store.operation(f"Рекомендации: {told}, {count(len(changes), *WORD)}", "advice.mark") as operation:
            for row, values in changes:
                registers.forget_entries(operation, TABLE, row.id, values)
                operation.update(TABLE, row.id, **values)
    return len(changes)


def _rows(connection: Connection, keys: Iterable[int]) -> list[Recommendation]:
    wanted = list(dict.fromkeys(keys))
    found = stored.by_keys(connection, wanted)
    if not wanted or len(found) != len(wanted):
        raise UserError("MON_ADVICE_GONE")
    return found
