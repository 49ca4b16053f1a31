"""The library of wordings: what there is, putting wordings into a programme with their ties, keeping one's own.

A wording comes with what belongs to it: an indicator with its показатель, a cause with its problem, a task, where
asked, with everything under it. Ties of the library become ties of the tree as soon as both ends are in it. All of
one insertion is one step back.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from app.analysis import wordings
from app.analysis.wordings import NODES, Library, Wording, WordingKind
from app.errors import UserError
from app.models import references
from app.models.programme_records import Node, Tree
from app.models.store import Connection, Operation, Store
from app.operations import programmes
from app.operations.programme_formulas import Formulas, Proposal
from app.operations.programme_library_writing import Writing, present_rows
from app.paths import resources
from app.texts import count

KIND_WORDS: Mapping[WordingKind, str] = {
    "problem": "Проблемы",
    "cause": "Причины",
    "goal": "Цели",
    "task": "Задачи",
    "measure": "Показатели",
    "indicator": "Индикаторы",
    "activity": "Мероприятия",
    "risk": "Риски",
    "monitor": "Мониторинг",
    "mechanism": "Механизм управления",
    "stakeholder": "Заинтересованные стороны",
}
ONE_WORDS: Mapping[WordingKind, str] = {
    "problem": "проблема",
    "cause": "причина",
    "goal": "цель",
    "task": "задача",
    "measure": "показатель",
    "indicator": "индикатор",
    "activity": "мероприятие",
    "risk": "риск",
    "monitor": "строка мониторинга",
    "mechanism": "участник управления",
    "stakeholder": "заинтересованная сторона",
}
CAUSE_WORDS = {"result": "результаты", "process": "процесс", "conditions": "условия", "management": "управление"}
TREND_WORDS = {"up": "рост", "down": "снижение", "hold": "не ниже"}
MINE = "своё"
_KIND = "wording"
_VERSION = "1"
_YEAR = re.compile(r",?\s*(?:в\s+)?20\d\d(?:\s*[/–-]\s*\d{2,4})?\s*(?:учебн\w+\s+год\w*|год\w*|гг?\.)?")


@dataclass(frozen=True, slots=True)
class LibraryLine:
    """A wording as a list shows it.

    Attributes:
        direction: title of an activity's direction.
        above, beside: what it belongs under and what it points at.
        below: what may hang under it or points at it.
        inserted: the programme has it already.
        proposal: what the file says of an indicator's present value.
    """

    item: Wording
    direction: str
    above: tuple[Wording, ...]
    beside: tuple[Wording, ...]
    below: tuple[Wording, ...]
    inserted: bool
    proposal: Proposal | None = None

    @property
    def kind_word(self) -> str:
        """«индикатор»."""
        return ONE_WORDS[self.item.kind]

    @property
    def detail(self) -> str:
        """What tells it from its neighbours in a list: kind of cause, unit, direction of work."""
        item = self.item
        if item.cause is not None:
            return CAUSE_WORDS[item.cause]
        if item.kind == "indicator":
            return ", ".join(word for word in (item.unit, TREND_WORDS.get(item.trend or "", "")) if word)
        return self.direction


@cache
def shipped() -> Library:
    """Return the wordings that come with the program."""
    folder: Path = resources() / "programme" / "library"
    return wordings.joined({path.name: path.read_text("utf-8") for path in sorted(folder.glob("*.toml"))})


def _own(connection: Connection) -> list[Wording]:
    found: list[Wording] = []
    for _ref_id, _version, text in references.texts(connection, _KIND):
        entries, _directions, faults = wordings.read(text, mine=True)
        if not faults:
            found += entries
    return found


def library(connection: Connection) -> Library:
    """Return all wordings in force: the shipped ones and the municipality's own."""
    return wordings.with_own(shipped(), _own(connection))


def listing(
    connection: Connection, kind: str | None = None, direction: str | None = None, query: str = "", *,
    programme_id: int | None = None,
) -> list[LibraryLine]:  # fmt: skip
    """Return wordings as a list shows them.

    Args:
        connection: reading connection.
        kind: only of this kind.
        direction: only activities of this direction (its title).
        query: words that must stand in the text, in any order; small letters and «ё» don't matter.
        programme_id: mark what this programme has already, and say what the file knows of indicators.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``.
    """
    known = library(connection)
    tree = None if programme_id is None else programmes.tree(connection, programme_id)
    there = set() if tree is None else inserted(known, tree)
    formulas = None if tree is None else Formulas(connection, tree)
    wanted = _folded(query).split()
    found = []
    for item in known.items.values():
        fits = (kind is None or item.kind == kind) and (direction is None or known.direction(item) == direction)
        if fits and all(word in _folded(" ".join((item.text, *item.results, item.source))) for word in wanted):
            proposal = None if formulas is None else formulas.propose(item.formula)
            found.append(_line(known, item, there, proposal))
    return found


def _folded(text: str) -> str:
    return text.casefold().replace("ё", "е")


def _line(known: Library, item: Wording, there: Collection[str], proposal: Proposal | None) -> LibraryLine:
    return LibraryLine(
        item, known.direction(item), tuple(known.items[key] for key in item.above),
        tuple(known.items[key] for key in item.beside), (*known.below(item.key), *known.pointing(item.key)),
        item.key in there, proposal,
    )  # fmt: skip


def inserted(known: Library, tree: Tree) -> set[str]:
    """Return the keys of wordings that a programme has: by the key its nodes keep, rows by their first column."""
    found = {node.wording for node in tree.nodes.values() if node.wording}
    rows = present_rows(tree)
    return found | {
        item.key for item in known.items.values() if item.kind not in NODES and (item.kind, item.text) in rows
    }


def with_below(known: Library, keys: Iterable[str], there: Collection[str] = ()) -> list[str]:
    """Return keys with everything that belongs under them; what the programme has already is left out.

    A problem brings its causes, a goal its tasks, a task its показатели and activities, a показатель its indicators.
    """
    found: dict[str, None] = {}
    waiting = list(keys)
    while waiting:
        key = waiting.pop(0)
        if key in found:
            continue
        found[key] = None
        waiting += [item.key for item in known.below(key)]
    return [key for key in found if key not in there]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The library as a window shows it beside a programme.

    Attributes:
        programme_id: the programme it is opened for; None where the file has none.
        where: the line at which the person stands, in words.
        writable: something can be put into the programme.
    """

    lines: tuple[LibraryLine, ...]
    known: Library
    programme_id: int | None
    title: str
    where: str
    writable: bool

    @property
    def inserted(self) -> set[str]:
        """Keys of what the programme has already."""
        return {line.item.key for line in self.lines if line.inserted}

    def wanted(self, keys: Sequence[str], *, below: bool) -> list[str]:
        """Return what an insertion of these keys would put in."""
        return with_below(self.known, keys, self.inserted) if below else list(keys)


def shelf(
    connection: Connection, programme_id: int | None, node_id: int | None, school_year: int | None
) -> Shelf:  # fmt: skip
    """Return the library beside a programme (the one that is shown first where none is named).

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``.
    """
    from app.analysis.programme_numbers import numbers
    from app.operations.programme_edit import called

    key = programme_id or programmes.current(connection, school_year)
    lines, known = tuple(listing(connection, programme_id=key)), library(connection)
    if key is None:
        return Shelf(lines, known, None, "", "", writable=False)
    tree = programmes.tree(connection, key)
    node = tree.nodes.get(node_id or 0)
    where = "" if node is None else called(node, f"{ONE_WORDS[node.kind]} {numbers(tree).get(node.id, '')}".strip())
    return Shelf(lines, known, key, tree.programme.title, where, writable=not tree.programme.frozen)


def insert(
    store: Store, programme_id: int, keys: Sequence[str], parent_id: int | None = None, *, below: bool = False,
    baselines: Collection[str] = (),
) -> list[int]:  # fmt: skip
    """Put wordings into a programme with their ties; one step back. Returns the keys of the new nodes.

    What the programme has already is not put in twice. An indicator without its показатель brings it, a cause its
    problem. Where ``parent_id`` or something above it can hold a wording, it goes there; else under the wording it
    belongs to, under the only node that can hold it, or by itself.

    Args:
        store: the open file.
        programme_id: into which programme.
        keys: of wordings.
        parent_id: the line at which the person stands.
        below: with everything that belongs under them.
        baselines: keys of indicators that take what the file says as their baseline.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``, ``PROGRAMME_FROZEN``, ``PROGRAMME_WORDING_UNKNOWN``.
    """
    programme = programmes.writable(store.connection, programme_id)
    known = library(store.connection)
    for key in keys:
        if key not in known.items:
            raise UserError("PROGRAMME_WORDING_UNKNOWN", key=key)
    tree = programmes.tree(store.connection, programme_id)
    there = inserted(known, tree)
    wanted = with_below(known, keys, there) if below else [key for key in dict.fromkeys(keys) if key not in there]
    if not wanted:
        return []
    formulas = Formulas(store.connection, tree)
    proposals = {key: formulas.propose(known.items[key].formula) for key in baselines if key in known.items}
    words = count(len(wanted), "строка", "строки", "строк")
    with store.operation(f"Из библиотеки в программу: {words}", "programme.library") as operation:
        work = Writing(operation, programme, tree, known, parent_id, proposals)
        return work.put(wanted)


def proposal(connection: Connection, node_id: int) -> Proposal | None:
    """Return what the file says of an indicator now, by the formula it keeps; None where it says nothing.

    Raises:
        UserError: ``PROGRAMME_NO_NODE``.
    """
    from app.operations.programme_edit import node_of

    node = node_of(connection, node_id)
    tree = programmes.tree(connection, node.programme_id)
    detail = tree.indicators.get(node_id)
    return None if detail is None else Formulas(connection, tree).propose(detail.formula)


def take_proposal(store: Store, node_id: int) -> Proposal:
    """Put what the file says of an indicator as its baseline, value and year.

    Raises:
        UserError: ``PROGRAMME_NO_NODE``, ``PROGRAMME_FROZEN``, ``PROGRAMME_NO_BASELINE``.
    """
    from app.operations.programme_edit import called, open_node, put_baseline_in, put_indicator_in

    node = open_node(store.connection, node_id, "indicator")
    found = proposal(store.connection, node_id)
    if found is None:
        raise UserError("PROGRAMME_NO_BASELINE", text=node.text)
    with store.operation(f"По данным файла: {called(node)}", "programme.edit") as operation:
        put_baseline_in(operation, node_id, found.shown)
        put_indicator_in(operation, node_id, baseline_year=found.year)
    return found


# --- the municipality's own ----------------------------------------------------------------------------------------


def keep(store: Store, node_id: int, *, below: bool = False) -> list[str]:
    """Put a node of a programme into the library as the municipality's own wording; returns the keys.

    A node that was made from an own wording changes that wording. Years are left out of terms. Values, money and
    schools stay in the programme.

    Args:
        store: the open file.
        node_id: the node.
        below: with everything under it.

    Raises:
        UserError: ``PROGRAMME_NO_NODE``, ``PROGRAMME_WORDING_EMPTY``.
    """
    from app.operations.programme_edit import called, node_of

    node = node_of(store.connection, node_id)
    tree = programmes.tree(store.connection, node.programme_id)
    nodes = [node, *(tree.walk(node.id) if below else ())]
    nodes = [one for one in nodes if one.text.strip()]
    if not nodes or not node.text.strip():
        raise UserError("PROGRAMME_WORDING_EMPTY")
    mine = {item.key for item in _own(store.connection)}
    keys = {one.id: one.wording if one.wording in mine else f"own-{one.lineage:x}" for one in nodes}
    named = {one.id: one.wording for one in tree.nodes.values() if one.wording} | keys
    with store.operation(f"В библиотеку: {called(node)}", "programme.keep") as operation:
        for one in nodes:
            _write(operation, _of_node(tree, one, {key: value for key, value in named.items() if value}))
            if one.wording is None and not tree.programme.frozen:
                operation.update("programme_node", one.id, wording=keys[one.id])
    return [key for key in keys.values() if key is not None]


def _of_node(tree: Tree, node: Node, named: Mapping[int, str]) -> Wording:
    """Return a node as a wording; ``named`` are the keys of the nodes that are in the library."""
    above = tuple(named[key] for key in (node.parent_id,) if key is not None and key in named)
    source = f"свой опыт, {tree.programme.title}"
    made = Wording(named[node.id], node.kind, " ".join(node.text.split()), source[: wordings.MOST_TEXT], mine=True)
    solves = tuple(named[key] for key in tree.linked("solves", node.id) if key in named)
    serves = tuple(named[key] for key in tree.linked("serves", node.id) if key in named)
    if node.kind == "cause":
        return replace(made, problem="".join(above), cause=node.cause_kind)
    if node.kind == "goal":
        return replace(made, solves=solves)
    if node.kind == "task":
        return replace(made, goals=above, solves=solves)
    if node.kind == "measure":
        return replace(made, tasks=above if _is(tree, node.parent_id, "task") else ())
    if node.kind == "risk":
        return replace(made, answer=node.answer or "")
    if node.kind == "indicator":
        return _of_indicator(tree, node, replace(made, measure="".join(above)))
    if node.kind == "activity":
        return _of_activity(tree, node, replace(made, tasks=above if _is(tree, node.parent_id, "task") else (),
                                                serves=serves))  # fmt: skip
    return made


def _is(tree: Tree, node_id: int | None, kind: str) -> bool:
    return node_id is not None and tree.nodes[node_id].kind == kind


def _of_indicator(tree: Tree, node: Node, made: Wording) -> Wording:
    kept = tree.indicators.get(node.id)
    if kept is None:
        return made
    return replace(
        made, unit=kept.unit or "", trend=kept.direction, data=kept.source or "", method=kept.method or "",
        period=kept.period or "", formula=kept.formula or "",
        responsible=(kept.responsible,) if kept.responsible else (),
    )  # fmt: skip


def _of_activity(tree: Tree, node: Node, made: Wording) -> Wording:
    kept = tree.activities.get(node.id)
    titles = {row.id: row.title for row in tree.directions}
    term = _YEAR.sub("", (kept.term_text or "") if kept else "").strip(" ,")
    return replace(
        made, term=term, results=tuple(row.text for row in tree.results.get(node.id, ()) if row.text.strip()),
        responsible=tuple(row.text for row in tree.responsible.get(node.id, ()) if row.text.strip()),
        direction=titles.get(kept.direction_id or 0, "") if kept else "",
        own=bool(kept and kept.own), free=bool(kept and kept.free),
    )  # fmt: skip


def _write(operation: Operation, item: Wording) -> None:
    references.put(operation, _KIND, item.key, _VERSION, wordings.write([item]))


def edit(store: Store, key: str, /, **values: Any) -> None:
    """Change an own wording: its text, results, term and whatever else its kind has.

    Raises:
        UserError: ``PROGRAMME_WORDING_UNKNOWN``, ``PROGRAMME_WORDING_SHIPPED``, ``PROGRAMME_WORDING_EMPTY``,
            ``PROGRAMME_WORDING_FAULTS``.
    """
    found = _mine(store.connection, key)
    if not str(values.get("text", found.text)).strip():
        raise UserError("PROGRAMME_WORDING_EMPTY")
    told: dict[str, Any] = {n: v.strip() if isinstance(v, str) else v for n, v in values.items()}
    changed = replace(found, **told)
    if changed == found:
        return
    text = wordings.write([changed])
    _entries, _directions, faults = wordings.read(text, mine=True)
    if faults:
        raise wordings.refusal(changed.text, faults)
    with store.operation(f"Библиотека: изменено — {ONE_WORDS[found.kind]}", "programme.keep") as operation:
        references.put(operation, _KIND, key, _VERSION, text)


def _mine(connection: Connection, key: str) -> Wording:
    found = library(connection).items.get(key)
    if found is None:
        raise UserError("PROGRAMME_WORDING_UNKNOWN", key=key)
    if not found.mine:
        raise UserError("PROGRAMME_WORDING_SHIPPED", text=found.text)
    return found


def remove(store: Store, keys: Sequence[str]) -> None:
    """Take own wordings out of the library; programmes that were made with them stay as they are.

    Raises:
        UserError: ``PROGRAMME_WORDING_UNKNOWN``, ``PROGRAMME_WORDING_SHIPPED``.
    """
    found = [_mine(store.connection, key) for key in keys]
    if not found:
        return
    words = count(len(found), "формулировка", "формулировки", "формулировок")
    with store.operation(f"Из библиотеки удалено: {words}", "programme.keep") as operation:
        for item in found:
            references.drop(operation, _KIND, item.key, _VERSION)


def give_out(connection: Connection) -> str:
    """Return the municipality's own wordings as the text of a file for another one.

    Raises:
        UserError: ``PROGRAMME_WORDING_NOTHING``.
    """
    found = [item for item in library(connection).items.values() if item.mine]
    if not found:
        raise UserError("PROGRAMME_WORDING_NOTHING")
    return wordings.write(found)


def give_file(connection: Connection, path: Path) -> Path:
    """Write the municipality's own wordings into a file; another one of that name stays, the new one gets a number.

    Raises:
        UserError: ``PROGRAMME_WORDING_NOTHING`` and those of writing.
    """
    from app.exporters.atomic import write_atomic

    return write_atomic(path, give_out(connection).encode(), overwrite=False)


def take_file(store: Store, path: Path) -> Taken:
    """Take the wordings of a file in. Errors: see ``take_in``, and ``GEN_FILE_MISSING``, ``GEN_FILE_UNREADABLE``."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise UserError("GEN_FILE_MISSING", file=path) from error
    except (OSError, UnicodeDecodeError) as error:
        raise UserError("GEN_FILE_UNREADABLE", file=path.name, detail="это не файл формулировок") from error
    return take_in(store, text, path.name)


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file of wordings brought: new ones, changed ones, those that were there already."""

    new: int
    changed: int
    same: int


def take_in(store: Store, text: str, name: str) -> Taken:
    """Take wordings of another municipality in, all or none; an own one of the same key is replaced.

    Args:
        store: the open file.
        text: the text of the file.
        name: what it is called.

    Raises:
        UserError: ``PROGRAMME_WORDING_FAULTS``, ``PROGRAMME_WORDING_NOTHING``.
    """
    entries, _directions, faults = wordings.read(text, mine=True)
    before = {item.key: item for item in _own(store.connection)}
    taken = shipped().items
    faults += [_twice(item) for place, item in enumerate(entries)
               if item.key in taken or item.key in {other.key for other in entries[:place]}]  # fmt: skip
    after = Library({**taken, **before, **{item.key: item for item in entries}}, shipped().directions)
    faults += wordings.link_faults(after, entries)
    if faults:
        raise wordings.refusal(name, faults)
    if not entries:
        raise UserError("PROGRAMME_WORDING_NOTHING")
    new = [item for item in entries if item.key not in before]
    changed = [item for item in entries if item.key in before and before[item.key] != item]
    if new or changed:
        words = count(len(new) + len(changed), "формулировка", "формулировки", "формулировок")
        with store.operation(f"В библиотеку взято: {words} из «{name}»", "programme.keep") as operation:
            for item in (*new, *changed):
                _write(operation, item)
    return Taken(len(new), len(changed), len(entries) - len(new) - len(changed))


def _twice(item: Wording) -> Any:
    from app.errors import problem

    return problem("PROGRAMME_WORDING_TWICE", place=item.key)
