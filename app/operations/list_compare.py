"""Two lists side by side: two rules, two years, or an approved list and what the rule answers now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from app.errors import UserError
from app.models import lists, settings
from app.models.lists import Approval
from app.models.store import Connection
from app.operations import identification
from app.operations.identification import ListRow, SchoolList
from app.texts import NBSP, ru_date

if TYPE_CHECKING:
    from app.analysis.list_changes import ChangeKind, ListSide, Standing
    from app.operations.papers import Paper

Source = Literal["standing", "computed", "approved"]
CHANGE_WORDS: dict[str, str] = {
    "came": "вошла",
    "left": "вышла",
    "stayed": "осталась",
    "unknown": "неизвестно",
    "out": "не входит",
}


@dataclass(frozen=True, slots=True)
class Side:
    """Which list is meant.

    Attributes:
        rule_id: the rule.
        year: result year.
        source: «standing» — the approved list where there is one, else the computed one; «computed» — what the rule
            answers now; «approved» — the frozen list alone.
    """

    rule_id: str
    year: int
    source: Source = "standing"


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One school in both lists.

    Attributes:
        kind: «came», «left», «stayed», «unknown» or «out» (in neither).
        before: in the first list; None where there is no answer.
        after: in the second one.
        why: one or two sentences with grounds and fractions.
    """

    school_id: int
    code: str
    name: str
    full_name: str
    kind: ChangeKind
    before: bool | None
    after: bool | None
    why: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two lists and every school of both: those who came, left, stayed, unknown, in neither.

    Attributes:
        one: the first list.
        other: the second one.
        titles: each list in words, with its year and order.
    """

    one: SchoolList
    other: SchoolList
    titles: tuple[str, str]
    rows: tuple[ChangeRow, ...]

    def count(self, kind: str) -> int:
        """Return how many schools are of a kind."""
        return sum(row.kind == kind for row in self.rows)


def compare(connection: Connection, one: Side, other: Side, *, everyone: bool = False) -> Comparison:
    """Compare two lists; «came» is in the second one and not in the first.

    The same rule and year on both sides means: the approved list beside what the rule answers now.

    Args:
        connection: reading connection.
        one: the first list.
        other: the second one.
        everyone: reference schools too.

    Raises:
        UserError: ``RULE_NOT_FOUND``; ``RULE_NOT_APPROVED`` where an approved list is asked for that is not there;
            ``RULE_SAME_LISTS`` where both sides are the same computed list.
    """
    from app.analysis.list_changes import compare as changes

    if one == other:
        one, other = Side(one.rule_id, one.year, "approved"), Side(one.rule_id, one.year, "computed")
        if lists.approval_in_force(connection, one.rule_id, one.year) is None:
            raise UserError("RULE_SAME_LISTS")
    found = _list(connection, one, everyone=everyone), _list(connection, other, everyone=everyone)
    if found[0] is found[1] or (one.rule_id == other.rule_id and one.year == other.year and _same(found)):
        raise UserError("RULE_SAME_LISTS")
    sides = _side(found[0]), _side(found[1])
    made = changes(_standings(found[0]), _standings(found[1]), sides)
    rows = {row.school_id: row for listing in found for row in listing.rows}
    return Comparison(
        found[0], found[1], (title_of(found[0]), title_of(found[1])),
        tuple(
            ChangeRow(
                item.school_id, rows[item.school_id].code, rows[item.school_id].name, rows[item.school_id].full_name,
                item.kind, item.before.listed, item.after.listed, item.why,
            )
            for item in made
        ),
    )  # fmt: skip


def _same(found: tuple[SchoolList, SchoolList]) -> bool:
    """Tell whether both lists come from the same place: both computed, or both frozen."""
    return (found[0].approval is None) == (found[1].approval is None)


def _list(connection: Connection, side: Side, *, everyone: bool) -> SchoolList:
    chosen = identification.rule(connection, side.rule_id)
    approved = lists.approval_in_force(connection, side.rule_id, side.year)
    if side.source == "approved" and approved is None:
        raise UserError("RULE_NOT_APPROVED", rule=chosen.title, year=side.year)
    frozen = side.source == "approved"
    return identification.school_list(
        connection, side.rule_id, side.year, everyone=everyone and not frozen, with_change=False,
        anew=side.source == "computed",
    )  # fmt: skip


def _side(found: SchoolList) -> ListSide:
    from app.analysis.list_changes import ListSide

    return ListSide(found.rule, found.year)


def _standings(found: SchoolList) -> Mapping[int, Standing]:
    return {row.school_id: _standing(row) for row in found.rows}


def _standing(row: ListRow) -> Standing:
    from app.analysis.list_changes import Standing

    known = row.correction is not None or row.verdict.verdict != "no_data"
    return Standing(row.verdict, row.listed if known else None, row.correction.reason if row.correction else "")


def title_of(found: SchoolList) -> str:
    """Return a list in words: «Рособрнадзор, декабрь 2022 года · 2026 год · утверждён 28.11.2026 № 412»."""
    return f"{found.rule.title} · {found.year}{NBSP}год · {_state(found.approval)}"


def _state(approval: Approval | None) -> str:
    if approval is None:
        return "вычислен сейчас"
    return f"утверждён приказом от {ru_date(approval.order_date)} №{NBSP}{approval.order_number}"


def printed(connection: Connection, found: Comparison) -> Paper:
    """Return a comparison as a paper; schools that are in neither list are not printed.

    Args:
        connection: reading connection, for the name of the municipality.
        found: what was compared.
    """
    from app.operations.papers import Paper
    from app.reports.list_changes import ChangesData, list_changes

    data = ChangesData(
        settings.get(connection, "municipality"), found.titles,
        (found.one.totals.listed, found.other.totals.listed), found.other.computed_at,
        tuple((row.kind, row.full_name if len(row.full_name) <= 60 else row.name, row.why) for row in found.rows),
    )  # fmt: skip
    return Paper("list_changes", "Сравнение двух списков", list_changes(data), None)
