"""How far the life of a programme has come, for the window: its way, the steps, remarks with their places, editions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.analysis.programme_changes import NODE_WORDS
from app.analysis.programme_numbers import numbers
from app.analysis.programme_sections import BY_KEY
from app.models import lists
from app.models.programme_agreement import Remark
from app.models.programme_records import NodeKind, Programme, Tree
from app.models.store import Connection
from app.operations import programme_checks, programme_life, programme_parties, programmes
from app.operations.agreement_grids import GridLine
from app.operations.agreement_state import Step, StepState
from app.operations.programme_checks import RULES, Finding
from app.operations.programme_life import REMARK_WORDS, Agreement
from app.operations.programmes import STATE_WORDS, State
from app.texts import NBSP, count, quoted, ru_date

PLACED: tuple[NodeKind, ...] = ("problem", "cause", "goal", "task", "measure", "indicator", "activity", "risk")
WHOLE = "вся программа"
_LONGEST = 70


@dataclass(frozen=True, slots=True)
class Place:
    """Where a remark may point: a node, a text (``section``), or the whole."""

    words: str
    node_id: int | None = None
    section: str = ""

    @property
    def key(self) -> str:
        """One text for a choice."""
        return f"node:{self.node_id}" if self.node_id is not None else self.section


@dataclass(frozen=True, slots=True)
class RemarkRow:
    """One remark with its party and its place in words; ``place`` is where it leads, None where nowhere."""

    remark: Remark
    party: str
    where: str
    place: Place | None

    @property
    def state(self) -> str:
        """What became of it."""
        return REMARK_WORDS[self.remark.state]


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of the same programme: what it was approved by, digest of what was frozen (SHA-256, "" of none)."""

    programme: Programme
    state: State
    digest: str

    @property
    def act(self) -> str:
        """The act in words; "" where there is none."""
        return act_words(self.programme)

    @property
    def state_word(self) -> str:
        """The state in a word."""
        return STATE_WORDS[self.state]


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything that «Согласование» shows of an edition.

    Attributes:
        way: steps of its life with their dates, the present one is «waiting».
        steps: what is to be done, for the list at the left.
        lines: the agreement sheet as a grid.
        places: where a remark may point.
        editions: all editions, the newest first.
        missing: what of the agreement is missing.
        errors: findings of the checks that are errors.
        warnings: how many findings are warnings.
    """

    agreement: Agreement
    state: State
    way: tuple[Step, ...]
    steps: tuple[Step, ...]
    lines: tuple[GridLine, ...]
    remarks: tuple[RemarkRow, ...]
    places: tuple[Place, ...]
    editions: tuple[Edition, ...]
    missing: tuple[str, ...]
    errors: tuple[Finding, ...]
    warnings: int

    @property
    def programme(self) -> Programme:
        """The edition."""
        return self.agreement.programme


def stage(connection: Connection, key: int, today: date) -> Stage:
    """Return how far an edition has come.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``.
    """
    found = programme_life.agreement(connection, key)
    tree = programmes.tree(connection, key)
    editions = _editions(connection, found.programme)
    state = next(item.state for item in editions if item.programme.id == key)
    checked = programme_checks.judged(programme_checks.look(connection, tree, today=today))
    errors = tuple(item for item in checked.findings if RULES[item.rule].level == "error")
    missing = () if found.programme.frozen else found.missing(today)
    places = _places(tree)
    return Stage(
        found, state, _way(found.programme, state, editions), _steps(found, errors, editions),
        programme_parties.lines(connection, key), _remarks(found, places), places, editions, missing, errors,
        checked.count("warning"),
    )  # fmt: skip


def edition(connection: Connection, key: int) -> Edition:
    """Return one edition with its state. Errors: ``PROGRAMME_UNKNOWN``."""
    return next(item for item in editions(connection, key) if item.programme.id == key)


def editions(connection: Connection, key: int) -> tuple[Edition, ...]:
    """Return all editions of the same programme, the newest first. Errors: ``PROGRAMME_UNKNOWN``."""
    return _editions(connection, programmes.head(connection, key))


def remark_rows(connection: Connection, key: int) -> tuple[RemarkRow, ...]:
    """Return the remarks of an edition with their places in words. Errors: ``PROGRAMME_UNKNOWN``."""
    found = programme_life.agreement(connection, key)
    return _remarks(found, _places(programmes.tree(connection, key)))


def act_words(head: Programme) -> str:
    """Return the act of an edition: «постановление от 01.02.2026 № 5»; "" of none."""
    if not head.act_kind or not head.act_date:
        return ""
    return f"{head.act_kind} от{NBSP}{ru_date(head.act_date)} №{NBSP}{head.act_number}"


# --- parts -------------------------------------------------------------------------------------------------------


def _editions(connection: Connection, head: Programme) -> tuple[Edition, ...]:
    same = [line for line in programmes.listing(connection) if line.programme.lineage == head.lineage]
    found = [Edition(line.programme, line.state, _digest(connection, line.programme.snapshot_id)) for line in same]
    return tuple(sorted(found, key=lambda item: -item.programme.edition))


def _digest(connection: Connection, snapshot_id: int | None) -> str:
    return "" if snapshot_id is None else lists.digest(connection, snapshot_id)


def _places(tree: Tree) -> tuple[Place, ...]:
    shown = numbers(tree)
    nodes = [
        Place(f"{NODE_WORDS[node.kind]} {shown.get(node.id, '')}: {_short(node.text)}", node.id)
        for kind in PLACED for node in tree.of_kind(kind)
    ]  # fmt: skip
    parts = {"passport": "Паспорт", "analysis": "Анализ", "section": "Раздел"}
    texts = [Place(f"{parts[item.part]}: {item.title}", section=key) for key, item in BY_KEY.items()]
    return (Place(WHOLE), *texts, *nodes)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST].rstrip()}…"


def _remarks(found: Agreement, places: tuple[Place, ...]) -> tuple[RemarkRow, ...]:
    names = {party.id: party.name for party in found.parties}
    known = {place.key: place for place in places}
    rows = []
    for remark in found.remarks:
        key = f"node:{remark.node_id}" if remark.node_id is not None else remark.place
        place = known.get(key) if key else None
        where = place.words if place is not None else remark.place or WHOLE
        rows.append(RemarkRow(remark, names.get(remark.party_id or 0, ""), where, place))
    return tuple(rows)


def _way(head: Programme, state: State, editions: tuple[Edition, ...]) -> tuple[Step, ...]:
    begun = f"начата {ru_date(head.created_at)}"
    sent = f"с {ru_date(head.agreement_from)}" if head.agreement_from else "не направляли"
    approved = f"{ru_date(head.approved_on)}, {act_words(head)}" if head.frozen and head.approved_on else "ещё нет"
    if state == "cancelled" and head.cancelled_on:
        approved = f"отменена {ru_date(head.cancelled_on)}: {head.cancel_reason or ''}"
    later = next((item for item in reversed(editions) if item.programme.edition > head.edition
                  and item.programme.frozen), None)  # fmt: skip
    replaced = f"редакцией {later.programme.edition}, {ru_date(later.programme.approved_on or '')}" if later else ""
    place = {"draft": 0, "cancelled": 0, "agreement": 1, "approved": 2, "replaced": 3}[state]
    words = (begun, sent, approved, replaced or "ещё нет")
    titles = ("Проект", "На согласовании", "Утверждена", "Заменена")
    return tuple(
        Step(title, title, "done" if number <= place else "open", said)
        for number, (title, said) in enumerate(zip(titles, words, strict=True))
    )


def _steps(found: Agreement, errors: tuple[Finding, ...], editions: tuple[Edition, ...]) -> tuple[Step, ...]:
    answered = sum(party.answer is not None for party in found.parties)
    total, waiting = len(found.parties), found.open_remarks
    asked: StepState = "open" if not total else "done" if answered == total else "waiting"
    parties = f"ответили {answered} из {total}" if total else "никого нет"
    heard: StepState = "waiting" if waiting else "done" if found.remarks else "open"
    remarks = (f"без ответа {waiting}" if waiting else "на все отвечено") if found.remarks else "замечаний нет"
    if found.programme.frozen:
        approval = Step("approval", "Утверждение", "done", act_words(found.programme))
    else:
        words = count(len(errors), "ошибка", "ошибки", "ошибок") if errors else "ошибок нет"
        approval = Step("approval", "Утверждение", "waiting" if errors else "open", words)
    return (
        Step("parties", "Кто согласует", asked, parties),
        Step("remarks", "Замечания", heard, remarks),
        approval,
        Step("editions", "Редакции", "done",
             count(len(editions), "редакция", "редакции", "редакций")),
    )  # fmt: skip


def sentence(found: Stage) -> str:
    """Return the state of an edition in a sentence."""
    head = found.programme
    parts = [f"Редакция {head.edition}", STATE_WORDS[found.state]]
    if head.frozen:
        parts.append(act_words(head))
    elif found.agreement.open_remarks:
        number = found.agreement.open_remarks
        parts.append(f"без ответа {count(number, 'замечание', 'замечания', 'замечаний')}")
    if found.state == "cancelled" and head.cancel_reason:
        parts.append(quoted(head.cancel_reason))
    return " · ".join(parts)
