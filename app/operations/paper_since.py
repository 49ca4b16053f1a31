"""«Что изменилось с тех пор»: the paper made again by its recipe, compared with what it said, with the reasons."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from app.errors import UserError
from app.models import blobs, due_rows, paper_causes
from app.models.due_rows import Deed
from app.models.paper_causes import Written
from app.models.store import Connection
from app.operations import signing
from app.operations.papers import recipe_of
from app.texts import count, ru_date

if TYPE_CHECKING:
    from app.models.papers import Paper
    from app.reports.content import Difference

State = Literal["same", "changed", "no_recipe", "impossible"]
SURE = 3
"""Least weight of the signs by which an operation counts as the reason of a difference."""
_RESULTS = ("results", "marking", "scales", "thresholds", "list", "rule")
"""Operations behind counts and shares."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One difference and the operation that made it; None where the journal does not tell."""

    difference: Difference
    deed: Deed | None


@dataclass(frozen=True, slots=True)
class Since:
    """What changed in a paper since it was registered.

    Attributes:
        state: ``no_recipe``: it was not made from the catalogue; ``impossible``: it cannot be made any more.
        reason: why it cannot be told; empty where it can.
    """

    paper: Paper
    state: State
    reason: str
    lines: tuple[Changed, ...] = ()

    @property
    def sentence(self) -> str:
        """The whole in a sentence."""
        day = ru_date(self.paper.registered_at)
        if self.state == "same" and self.reason:
            return f"С {day} данные документа не изменились: {self.reason}."
        if self.state == "same":
            return f"С {day} в документе ничего не изменилось: он сказал бы то же самое."
        if self.state == "changed":
            told = count(len(self.lines), "отличие", "отличия", "отличий")
            return f"С {day} — {told}."
        return self.reason


def since(connection: Connection, number: int, day: date) -> Since:
    """Make a paper of the register again and tell in what it would differ now.

    Args:
        connection: reading connection.
        number: of the paper in the register.
        day: what counts as today.

    Raises:
        UserError: ``GEN_NO_PAPER``.
    """
    from app.operations import paper_catalogue
    from app.reports import content

    paper = signing.paper(connection, number)
    recipe = recipe_of(paper.recipe)
    then = content.read(blobs.get(connection, paper.content_sha256)) if paper.content_sha256 else None
    if recipe is None or then is None:
        told = (
            "Сравнить нельзя: журнал хранит только сам файл. Так бывает с чужими документами и записями прежних версий."
        )
        return Since(paper, "no_recipe", told)
    # as if it were still that day: a later day alone changes «на 23.11.2026» and terms, not the data
    that_day = min(day, date.fromisoformat(paper.registered_at[:10]))
    try:
        made = paper_catalogue.again(connection, recipe, that_day)
        later = paper_catalogue.again(connection, recipe, day) if day != that_day else made
    except UserError as error:
        return Since(paper, "impossible", f"Такой документ сейчас не сделать: {error.what}")
    found = content.differences(then, content.read(content.as_bytes(made.document)) or {})
    if not found:
        moved = content.differences(then, content.read(content.as_bytes(later.document)) or {})
        return Since(paper, "same", "другими были бы только даты и сроки" if moved else "")
    return Since(paper, "changed", "", reasons(connection, paper.registered_at, found))


def reasons(connection: Connection, moment: str, found: Sequence[Difference]) -> tuple[Changed, ...]:
    """Tell for each difference which operation after a moment made it, where the journal knows."""
    written = paper_causes.written_since(connection, moment)
    names = {key: _plain(name) for key, name in due_rows.names(connection).items()}
    return tuple(Changed(item, _reason(item, written, names)) for item in found)


def _reason(item: Difference, written: Sequence[Written], names: Mapping[int, str]) -> Deed | None:
    best: tuple[int, Deed] | None = None
    for one in written:  # newest first: the later of two equal signs wins
        weight = _weight(item, one, names)
        if weight >= SURE and (best is None or weight > best[0]):
            best = weight, one.deed
    if best is not None:
        return best[1]
    if item.figure:
        return next((one.deed for one in written if one.deed.kind.split(".")[0] in _RESULTS), None)
    return None


def _weight(item: Difference, one: Written, names: Mapping[int, str]) -> int:
    row, new, old = _plain(item.row), _plain(item.new), _plain(item.old)
    own = bool(row) and any(row == names.get(key) or row.endswith(f": {names.get(key)}") for key in one.organisations)
    weight = 2 * own + 2 * (len(row) > 3 and row in _plain(one.deed.label))
    weight += 3 * any(_told(value, new) and not _told(value, old) for value in one.after)
    weight += 3 * any(_told(value, old) and not _told(value, new) for value in one.before)
    if own and item.figure and one.deed.kind.split(".")[0] in _RESULTS:
        weight += 1
    if own and set(re.findall(r"\d+", new)) - set(re.findall(r"\d+", old)) & one.after:
        weight += 1
    return weight


def _told(value: str, text: str) -> bool:
    """Tell whether a stored value is said in a text; numbers and single letters are said everywhere."""
    plain = _plain(value)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", plain):
        plain = ru_date(plain)
    return len(plain) >= 4 and not plain.isdigit() and plain in text


def _plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split()).casefold()
