"""The library of wordings: TOML → records, strictly, and back; which wording belongs under and beside which.

Shipped wordings lie in ``resources/programme/library``; the municipality's own are kept in the file in the same
form. Sources of the shipped ones: 004 (§1.2-1.4), 001, 000, 002, each named at its entry; the sentences are our own.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any, Literal, get_args

from app.errors import Problem, UserError, problem
from app.models.programme_records import CauseKind
from app.models.programme_records import Direction as Trend
from app.texts import count

WordingKind = Literal[
    "problem", "cause", "goal", "task", "measure", "indicator", "activity", "risk", "monitor", "mechanism",
    "stakeholder",
]  # fmt: skip
KINDS: tuple[WordingKind, ...] = get_args(WordingKind)
"""In the order in which they are put into a programme: what others hang under or point at comes first."""
NODES: frozenset[str] = frozenset(KINDS[:8])
"""Kinds that are nodes of the tree; the others are rows beside it."""
FORMAT = 1
BLANK = "___"
"""Where the author of a programme puts a number."""
MOST_TEXT = 600
MOST_BYTES = 1_000_000
_KEY = re.compile(r"[a-z0-9][a-z0-9-]{1,59}")
_MOST_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording with what it brings along.

    Attributes:
        key: stable Latin name; ``Node.wording`` keeps it.
        text: the sentence; of a row, its first column.
        source: after which place of which document it was worded.
        mine: the municipality's own.
        problem, measure: the wording above a cause, above an indicator; goals, tasks: those above the others.
        solves, serves: wordings it points at.
        cause: of a cause: result, process, conditions, management.
        data: the source of an indicator's values or of a monitoring line.
        formula: key of what the program can compute from the data of the file.
        direction: of an activity: key of a direction, or (own ones) its title.
        results: patterns with «___» where the author puts a number.
    """

    key: str
    kind: WordingKind
    text: str
    source: str = ""
    mine: bool = False
    problem: str = ""
    measure: str = ""
    goals: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    solves: tuple[str, ...] = ()
    serves: tuple[str, ...] = ()
    cause: CauseKind | None = None
    unit: str = ""
    trend: Trend | None = None
    data: str = ""
    method: str = ""
    period: str = ""
    formula: str = ""
    direction: str = ""
    results: tuple[str, ...] = ()
    term: str = ""
    responsible: tuple[str, ...] = ()
    own: bool = False
    free: bool = False
    answer: str = ""
    measures: str = ""
    powers: str = ""
    result: str = ""
    interest: str = ""
    part: str = ""

    @property
    def above(self) -> tuple[str, ...]:
        """Keys of the wordings it may hang under."""
        one = (self.problem,) if self.problem else (self.measure,) if self.measure else ()
        return one or (self.goals if self.kind == "task" else self.tasks)

    @property
    def beside(self) -> tuple[str, ...]:
        """Keys of the wordings it points at."""
        return self.solves or self.serves


_TEXTS: Mapping[str, tuple[str, ...]] = {
    "problem": (),
    "cause": ("problem", "cause"),
    "goal": (),
    "task": (),
    "measure": (),
    "indicator": ("measure", "unit", "trend", "data", "method", "period", "formula", "responsible"),
    "activity": ("direction", "term"),
    "risk": ("answer",),
    "monitor": ("measures", "data", "period", "responsible"),
    "mechanism": ("powers", "result"),
    "stakeholder": ("interest", "part"),
}
_LISTS: Mapping[str, tuple[str, ...]] = {
    "goal": ("solves",),
    "task": ("goals", "solves"),
    "measure": ("tasks",),
    "activity": ("tasks", "serves", "results", "responsible"),
}
_NEEDED: Mapping[str, tuple[str, ...]] = {"cause": ("problem", "cause"), "indicator": ("measure", "unit", "trend")}
"""What an entry that is shipped can't do without."""
_LINKS: Mapping[str, WordingKind] = {
    "problem": "problem", "measure": "measure", "goals": "goal", "tasks": "task", "serves": "indicator",
}  # fmt: skip
_SOLVED: Mapping[str, tuple[str, ...]] = {"goal": ("problem",), "task": ("cause", "problem")}
_CHOICES: Mapping[str, tuple[str, ...]] = {"cause": get_args(CauseKind), "trend": get_args(Trend)}


@dataclass(frozen=True)
class Library:
    """All wordings in force, in their order, and the directions of activities (key → title)."""

    items: Mapping[str, Wording]
    directions: Mapping[str, str]

    def of_kind(self, kind: str) -> tuple[Wording, ...]:
        """Return the wordings of a kind."""
        return tuple(item for item in self.items.values() if item.kind == kind)

    def direction(self, item: Wording) -> str:
        """Return the title of an activity's direction."""
        return self.directions.get(item.direction, item.direction)

    @cached_property
    def _below(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for item in self.items.values():
            for key in item.above:
                found.setdefault(key, []).append(item.key)
        return {key: tuple(keys) for key, keys in found.items()}

    def below(self, key: str) -> tuple[Wording, ...]:
        """Return the wordings that may hang under this one."""
        return tuple(self.items[one] for one in self._below.get(key, ()))

    @cached_property
    def _pointing(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for item in self.items.values():
            for key in item.beside:
                found.setdefault(key, []).append(item.key)
        return {key: tuple(keys) for key, keys in found.items()}

    def pointing(self, key: str) -> tuple[Wording, ...]:
        """Return the wordings that point at this one: tasks at a cause, activities at an indicator."""
        return tuple(self.items[one] for one in self._pointing.get(key, ()))


# --- reading -----------------------------------------------------------------------------------------------------


def read(text: str, *, mine: bool = False) -> tuple[list[Wording], dict[str, str], list[Problem]]:
    """Read one file of wordings: entries, directions and every fault of it.

    Args:
        text: TOML.
        mine: entries are the municipality's own: only a key and a text are needed.
    """
    if len(text) > MOST_BYTES:
        return [], {}, [problem("PROGRAMME_WORDING_LARGE")]
    try:
        content = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        return [], {}, [problem("PROGRAMME_WORDING_TOML", reason=str(fault))]
    faults: list[Problem] = []
    if content.get("format") != FORMAT:
        faults.append(problem("PROGRAMME_WORDING_FORMAT", found=content.get("format", "—")))
    known = {"format", "sources", "direction", *KINDS}
    faults += [
        problem("PROGRAMME_WORDING_FIELD_UNKNOWN", place="начало файла", key=key) for key in content if key not in known
    ]
    sources = content.get("sources", {})
    sources = sources if isinstance(sources, dict) else {}
    entries: list[Wording] = []
    directions: dict[str, str] = {}
    for kind in KINDS:
        for place, row in enumerate(_tables(content, kind, faults), 1):
            found = _entry(kind, row, f"{kind} {place}", sources, faults, mine=mine)
            if found is not None:
                entries.append(found)
    for place, row in enumerate(_tables(content, "direction", faults), 1):
        key, title = row.get("key"), row.get("text")
        if isinstance(key, str) and isinstance(title, str) and _KEY.fullmatch(key) and title.strip():
            directions[key] = title
        else:
            faults.append(
                problem("PROGRAMME_WORDING_FIELD_WRONG", place=f"direction {place}", key="key, text", raw=str(row))
            )
    return entries, directions, faults


def _tables(content: Mapping[str, Any], kind: str, faults: list[Problem]) -> list[dict[str, Any]]:
    found = content.get(kind, [])
    if isinstance(found, list) and all(isinstance(row, dict) for row in found):
        return found
    faults.append(problem("PROGRAMME_WORDING_FIELD_WRONG", place="начало файла", key=kind, raw=str(found)))
    return []


def _entry(
    kind: WordingKind, row: Mapping[str, Any], place: str, sources: Mapping[str, Any], faults: list[Problem], *,
    mine: bool,
) -> Wording | None:  # fmt: skip
    key = row.get("key")
    where = key if isinstance(key, str) and key else place
    before = len(faults)
    texts, lists = ("key", "text", "source", *_TEXTS[kind]), _LISTS.get(kind, ())
    flags = ("own", "free") if kind == "activity" else ()
    values: dict[str, Any] = {}
    for name, value in row.items():
        if name in lists or (name in texts and isinstance(value, str)) or name in flags:
            fits = (
                isinstance(value, list) and all(isinstance(one, str) and one.strip() for one in value)
                if name in lists else isinstance(value, bool) if name in flags else 0 < len(value.strip()) <= MOST_TEXT
            )  # fmt: skip
            if fits and name in _CHOICES:
                fits = value in _CHOICES[name]
            if not fits:
                faults.append(problem("PROGRAMME_WORDING_FIELD_WRONG", place=where, key=name, raw=str(value)))
            values[name] = tuple(value) if isinstance(value, list) else value
        else:
            code = "PROGRAMME_WORDING_FIELD_WRONG" if name in texts else "PROGRAMME_WORDING_FIELD_UNKNOWN"
            faults.append(problem(code, place=where, key=name, raw=str(value)))
    needed = ("key", "text") if mine else ("key", "text", "source", *_NEEDED.get(kind, ()))
    faults += [
        problem("PROGRAMME_WORDING_FIELD_MISSING", place=where, key=name) for name in needed if name not in values
    ]
    if isinstance(key, str) and not _KEY.fullmatch(key):
        faults.append(problem("PROGRAMME_WORDING_FIELD_WRONG", place=where, key="key", raw=key))
    if len(faults) > before:
        return None
    if not mine and values["source"] not in sources:
        faults.append(problem("PROGRAMME_WORDING_LINK", place=where, key="source", raw=values["source"]))
    values["source"] = str(sources.get(values.get("source", ""), values.get("source", "")))
    if isinstance(values.get("responsible"), str):
        values["responsible"] = (values["responsible"],)
    return Wording(kind=kind, mine=mine, **values)


def link_faults(library: Library, of: Iterable[Wording]) -> list[Problem]:
    """Return what points nowhere, or at something of another kind, in some entries of a library."""
    faults = []
    for item in of:
        for name, kinds in _links_of(item):
            value = getattr(item, name)
            for key in (value,) if isinstance(value, str) else value:
                found = library.items.get(key)
                if key and (found is None or found.kind not in kinds):
                    faults.append(problem("PROGRAMME_WORDING_LINK", place=item.key, key=name, raw=key))
        if item.direction and not item.mine and item.direction not in library.directions:
            faults.append(problem("PROGRAMME_WORDING_LINK", place=item.key, key="direction", raw=item.direction))
    return faults


def _links_of(item: Wording) -> list[tuple[str, tuple[str, ...]]]:
    found: list[tuple[str, tuple[str, ...]]] = [(name, (kind,)) for name, kind in _LINKS.items()]
    return [*found, ("solves", _SOLVED.get(item.kind, ()))]


def without_lost(item: Wording, known: Iterable[str]) -> Wording:
    """Return an entry without ties to wordings that are not there (removed since it was kept)."""
    there = set(known)
    values: dict[str, Any] = {}
    for name, _kinds in _links_of(item):
        value = getattr(item, name)
        if isinstance(value, str):
            values[name] = value if value in there else ""
        else:
            values[name] = tuple(key for key in value if key in there)
    return replace(item, **values)


def joined(texts: Mapping[str, str]) -> Library:
    """Return the library that several files make (name → text), each fault named.

    Raises:
        UserError: ``PROGRAMME_WORDING_FAULTS``.
    """
    items: dict[str, Wording] = {}
    directions: dict[str, str] = {}
    faults: list[Problem] = []
    for text in texts.values():
        entries, named, wrong = read(text)
        directions |= named
        faults += wrong
        for item in entries:
            if item.key in items:
                faults.append(problem("PROGRAMME_WORDING_TWICE", place=item.key))
            items[item.key] = item
    library = Library(_sorted(items), directions)
    faults += link_faults(library, items.values())
    if faults:
        raise refusal(", ".join(texts), faults)
    return library


def _sorted(items: Mapping[str, Wording]) -> dict[str, Wording]:
    order = {kind: place for place, kind in enumerate(KINDS)}
    return {item.key: item for item in sorted(items.values(), key=lambda one: order[one.kind])}


def with_own(shipped: Library, own: Iterable[Wording]) -> Library:
    """Return the library with the municipality's own wordings behind the shipped ones of their kind."""
    mine = {item.key: item for item in own if item.key not in shipped.items}
    known = {*shipped.items, *mine}
    return Library(
        _sorted({**shipped.items, **{key: without_lost(item, known) for key, item in mine.items()}}), shipped.directions
    )


def refusal(name: str, faults: Sequence[Problem]) -> UserError:
    """Return the one refusal that tells of all faults of a file of wordings."""
    shown = " ".join(fault.message for fault in faults[:_MOST_SHOWN])
    if len(faults) > _MOST_SHOWN:
        shown += f" И ещё {len(faults) - _MOST_SHOWN}."
    found = count(len(faults), "ошибка", "ошибки", "ошибок")
    return UserError("PROGRAMME_WORDING_FAULTS", name=name, found=found, details=shown)


# --- writing -----------------------------------------------------------------------------------------------------


def write(items: Iterable[Wording]) -> str:
    """Return wordings as the text of a file that ``read`` understands."""
    import tomlkit

    document = tomlkit.document()
    document.add(tomlkit.comment("Формулировки программы для «Опоры»."))
    document.add("format", tomlkit.item(FORMAT))
    by_kind: dict[str, list[Wording]] = {}
    for item in items:
        by_kind.setdefault(item.kind, []).append(item)
    for kind in KINDS:
        if kind in by_kind:
            tables = tomlkit.aot()
            for item in by_kind[kind]:
                table = tomlkit.table()
                for name, value in _written(item).items():
                    table.add(name, tomlkit.item(value))
                tables.append(table)
            document.add(kind, tables)
    return tomlkit.dumps(document)


def _written(item: Wording) -> dict[str, Any]:
    names = ("key", "text", "source", *_TEXTS[item.kind], *_LISTS.get(item.kind, ()))
    flags = ("own", "free") if item.kind == "activity" else ()
    found: dict[str, Any] = {}
    for field in fields(item):
        value = getattr(item, field.name)
        if value and field.name in (*names, *flags):
            found[field.name] = list(value) if isinstance(value, tuple) else value
    if "responsible" in found and "responsible" in _TEXTS[item.kind]:
        found["responsible"] = "; ".join(item.responsible)
    return found


def open_places(item: Wording) -> int:
    """Return how many blanks («___») a person has to fill after inserting it."""
    return sum(text.count(BLANK) for text in (item.text, *item.results))
