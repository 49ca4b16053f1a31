"""Who can help whom: proposals for every listed school, pairs for the whole municipality; a person decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.errors import UserError
from app.models import externals, frames, metrics, organisations
from app.models import ties as stored
from app.models.organisations import School
from app.models.store import Connection, Store
from app.models.ties import Tie
from app.operations import ties
from app.operations.ties import NewTie, help_year
from app.texts import count, school_year

if TYPE_CHECKING:
    from app.analysis.pairs import Assignment, Match, Proposal, Receiver, Search, TieFacts
    from app.analysis.pairs_model import PairsDefinition
    from app.operations.identification import SchoolList

Help = str
"""State of help of a receiver: «agreed», «planned», «partly», «none», «nothing» (no weak place in the data)."""


@dataclass(frozen=True)
class PairBoard:
    """Everything that a page or a command says of pairs.

    Attributes:
        found: the list whose schools are helped.
        school_year: in which they are helped; ``context_year`` is the one of the index.
        ties: ties of ``school_year``.
        with_index: how many own schools have the index of context.
        with_ways: how many distances are known.
        with_donors: of how many schools somebody has said what they can do.
    """

    found: SchoolList
    definition: PairsDefinition
    threshold: tuple[int, int]
    school_year: int
    context_year: int
    schools: Mapping[int, School]
    search: Search
    receivers: tuple[Receiver, ...]
    ties: tuple[Tie, ...]
    with_index: int
    with_ways: int
    with_donors: int

    def name(self, school_id: int) -> str:
        """Return the shown name of a school."""
        school = self.schools.get(school_id)
        return school.shown if school is not None else "?"

    @property
    def names(self) -> dict[int, str]:
        """Return key → shown name."""
        return {key: school.shown for key, school in self.schools.items()}

    def receiver(self, school_id: int) -> Receiver | None:
        """Return a receiver."""
        return next((item for item in self.receivers if item.school.id == school_id), None)

    def proposal(self, receiver_id: int, donor_id: int) -> Proposal | None:
        """Return the proposal of a pair."""
        receiver = self.receiver(receiver_id)
        found = receiver.proposals if receiver is not None else ()
        return next((item for item in found if item.donor_id == donor_id), None)

    def ties_of(self, receiver_id: int) -> list[Tie]:
        """Return the ties of a receiver in the school year."""
        return [tie for tie in self.ties if tie.receiver_id == receiver_id]


def state_of(receiver: Receiver) -> Help:
    """Return how far help has come for a receiver."""
    states = {tie.state for tie in receiver.ties if tie.in_force}
    if not receiver.weak and not states:
        return "nothing"
    if states and receiver.open:
        return "partly"
    if states & {"existing", "agreed"}:
        return "agreed"
    return "planned" if states else "none"


def definition(connection: Connection | None = None) -> PairsDefinition:
    """Return how pairs are found: the latest version of the file's own, else the shipped one."""
    from app.analysis.pairs_model import parse
    from app.operations.definitions import text_in_force

    return parse(text_in_force(connection, "pairs"))


def overview(connection: Connection, rule_id: str, year: int) -> PairBoard:
    """Return receivers of a list with weak places, ties and proposals.

    Args:
        connection: reading connection.
        rule_id: of the list.
        year: result year; help belongs to the school year that begins in it.

    Raises:
        UserError: ``RULE_NOT_FOUND``.
    """
    from app.analysis import pairs as analysis
    from app.operations import identification, indices

    used = definition(connection)
    found = identification.school_list(connection, rule_id, year, with_change=False)
    listed = {row.school_id for row in found.rows if row.listed}
    frame = frames.mark_frame(connection, (year,))
    results = analysis.results_of(frame, year, found.rule)
    own = organisations.listing(connection)
    schools = {school.id: school for school in own if school.status == "active"}
    context = indices.school_year_of(year)
    values = indices.values(connection, used.context, context, list(schools))
    donors = stored.donors(connection, help_year(year))
    biased, pupils = markers(connection, year), _pupils(connection, context)
    facts = [
        analysis.SchoolFacts(
            school.id, school.shown, results.get(school.id, ()), values.get(school.id), school.school_type,
            school.settlement_kind, pupils.get(school.id), biased.get(school.id),
            donors[school.id].capacity if school.id in donors else None,
            _consent(donors[school.id].consent if school.id in donors else None), school.id in listed,
        )
        for school in schools.values()
    ]  # fmt: skip
    threshold, now = used.threshold(found.rule), stored.ties(connection, (help_year(year),))
    ways = {key: analysis.Way(way.km, way.minutes) for key, way in stored.distances(connection).items()}
    search = analysis.Search(used, threshold, facts, [*_facts(now), *_last_year(connection, year)], ways)
    everybody = {school.id: school for school in organisations.listing(connection, own=None, kind=None)}
    return PairBoard(
        found, used, threshold, help_year(year), context, everybody, search, search.receivers(), tuple(now),
        len(values), len(ways), len(donors),
    )  # fmt: skip


def _consent(word: str | None) -> bool | None:
    return None if word is None else word == "yes"


def _facts(found: Iterable[Tie], *, last: bool = False) -> list[TieFacts]:
    from app.analysis.pairs import TieFacts

    return [TieFacts(t.donor_id, t.receiver_id, t.state, t.subject, t.grade, last_year=last) for t in found]


def _last_year(connection: Connection, year: int) -> list[TieFacts]:
    """Return ties of the school year before that really helped."""
    before = stored.ties(connection, (help_year(year) - 1,))
    return _facts((tie for tie in before if tie.state in {"existing", "agreed", "ended"}), last=True)


def markers(connection: Connection, year: int) -> dict[int, int]:
    """Return school → bias markers of a year: those named, or the stated number where none is named."""
    found: dict[int, int] = {}
    for item in externals.lists(connection, kind="bias", year=year):
        named: dict[int, int] = {}
        stated: dict[int, int] = {}
        for entry in externals.entries(connection, list_id=item.id):
            value = int(entry.value) if entry.value and entry.value.isascii() and entry.value.isdigit() else 0
            kept = named if entry.item else stated
            kept[entry.organisation_id] = kept.get(entry.organisation_id, 0) + value
        for school in {*named, *stated}:
            number = max(named.get(school, 0), stated.get(school, 0))
            found[school] = max(found.get(school, 0), number)
    return found


def _pupils(connection: Connection, year: int) -> dict[int, int]:
    """Return school → number of pupils in a school year."""
    found = metrics.values(connection, (year,), ("pupils",))
    return {school: value.part for (school, _year, _name), value in found.items() if value.part is not None}


def assignment(connection: Connection, rule_id: str, year: int) -> tuple[PairBoard, Assignment]:
    """Return the board and one donor for every listed school that still needs help; nothing is written.

    Raises:
        UserError: ``RULE_NOT_FOUND``.
    """
    board = overview(connection, rule_id, year)
    return board, board.search.assign()


def accept(store: Store, rule_id: str, year: int, chosen: Iterable[tuple[int, int]]) -> list[int]:
    """Write proposed pairs as planned ties, one for each subject, as one operation; returns their keys.

    Args:
        store: the open file.
        rule_id: of the list.
        year: result year of the list.
        chosen: (receiver, donor) of proposals that a person accepts.

    Raises:
        UserError: ``DATA_NO_PAIR`` where a pair is not among the proposals of now; ``DATA_TIE_KNOWN``.
    """
    board = overview(store.connection, rule_id, year)
    made: list[NewTie] = []
    wanted = list(dict.fromkeys(chosen))
    for receiver, donor in wanted:
        proposal = board.proposal(receiver, donor)
        if proposal is None:
            raise UserError("DATA_NO_PAIR", donor=board.name(donor), receiver=board.name(receiver))
        made += planned(proposal, board.definition)
    number = count(len(wanted), "пара", "пары", "пар")
    label = "" if len(wanted) == 1 else f"Предложено на {school_year(board.school_year)}: {number}"
    return ties.add(store, board.school_year, made, label)


def planned(proposal: Proposal, definition: PairsDefinition) -> list[NewTie]:
    """Return the ties of an accepted proposal: one a subject, with the grade where it is a single one."""
    from app.analysis.pairs_words import paragraph

    by_subject: dict[str, list[Match]] = {}
    for match in proposal.matches:
        by_subject.setdefault(match.weak.assessment.subject, []).append(match)
    made = []
    for subject, matches in by_subject.items():
        grades = {match.weak.assessment.grade for match in matches}
        grade = grades.pop() if len(grades) == 1 else None
        made.append(NewTie(proposal.donor_id, proposal.receiver_id, subject, grade, "planned",
                           reasons=paragraph(proposal, definition)))  # fmt: skip
    return made


def decline(store: Store, year: int, receiver: int, donor: int, note: str = "") -> list[int]:
    """Write that a pair does not come about, with the reason; it is proposed no more this school year.

    Args:
        store: the open file.
        year: result year of the list.
        receiver: the school that was to be helped.
        donor: the school that was to help.
        note: why.
    """
    return ties.add(store, help_year(year), [NewTie(donor, receiver, state="declined", note=note.strip() or None)])
