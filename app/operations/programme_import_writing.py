"""Writing an imported plan: one operation, one step back; into a new programme or a draft that is there."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.analysis.programme_values import number, sum_of
from app.errors import Problem, UserError, problem
from app.models import blobs, settings
from app.models import programmes as stored
from app.models.programme_records import Node, NodeKind, Programme
from app.models.store import Operation, Store, new_id
from app.operations.programme_import import Line, PlanGroup, Preview, Source, key_of, source_key
from app.operations.programmes import writable, write_head
from app.texts import count, quoted


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was written.

    Attributes:
        nodes: keys of the new activities and indicators, in the order of the file.
        problems: what could not be kept, beside those of the preview.
    """

    programme_id: int
    operation_id: int
    title: str
    nodes: tuple[int, ...]
    problems: tuple[Problem, ...] = ()


def load(store: Store, found: Preview) -> Loaded:
    """Write a plan as one operation.

    The source is kept in the file unless pupils stand in it, it is too large or it was pasted.

    Args:
        store: the open file.
        found: what ``preview`` has said, with the target.

    Raises:
        UserError: ``IMP_PLAN_NOTHING``, ``IMP_PLAN_YEARS``, ``IMP_PLAN_FILE_CHANGED``, ``PROGRAMME_FROZEN``,
            ``PROGRAMME_NO_TITLE``, ``PROGRAMME_YEARS``.
    """
    if not found.to_write:
        raise UserError("IMP_PLAN_NOTHING", name=found.source.name)
    if found.period is None:
        raise UserError("IMP_PLAN_YEARS")
    into = writable(store.connection, found.target.into) if found.target.into is not None else None
    data, told = _bytes(store, found.source)
    what = count(len(found.to_write), "строка", "строки", "строк")
    with store.operation(f"Загружен план {quoted(found.title)}: {what}", "programme.import") as operation:
        key = into.id if into is not None else _head(operation, found)
        if data is not None:
            _keep_source(operation, key, found.source, data)
        elif into is None:
            operation.update("programme", key, source_name=found.source.name)
        programme = stored.programme(operation.connection, key)
        if programme is None:
            raise UserError("PROGRAMME_UNKNOWN", key=key)
        writer = _Writer(operation, programme, found)
        nodes = writer.write(found.to_write)
        return Loaded(key, operation.id, found.title, tuple(nodes), (*told, *writer.problems))


def _head(operation: Operation, found: Preview) -> int:
    period = found.period
    if period is None:
        raise UserError("IMP_PLAN_YEARS")
    groups = {line.row.group.kind for line in found.to_write if line.row.group is not None}
    return write_head(
        operation, kind="municipal" if found.target.organisation_id is None else "school", title=found.title,
        year_from=period.year_from, year_to=period.year_to, date_from=period.date_from, date_to=period.date_to,
        organisation_id=found.target.organisation_id, document=found.document,
        building="directions" if groups == {"direction"} else "tasks",
    )  # fmt: skip


def _bytes(store: Store, source: Source) -> tuple[bytes | None, list[Problem]]:
    """Return the bytes to keep; None and the reason where the file is not kept."""
    if source.path is None:
        return None, []
    if source.personal:
        why = "в нём есть сведения об учениках"
        return None, [problem("IMP_PLAN_NOT_KEPT", name=source.name, why=why)]
    try:
        data = source.path.read_bytes()
    except OSError as fault:
        raise UserError("IMP_PLAN_FILE_CHANGED", name=source.name) from fault
    if hashlib.sha256(data).hexdigest() != source.sha256:
        raise UserError("IMP_PLAN_FILE_CHANGED", name=source.name)
    limit = int(settings.get(store.connection, "blob_limit_mb"))
    if len(data) > limit << 20:
        return None, [problem("IMP_PLAN_NOT_KEPT", name=source.name, why=f"он больше {limit} МБ")]
    return data, []


def _keep_source(operation: Operation, key: int, source: Source, data: bytes) -> None:
    """Keep the file; a programme that came from another one goes on naming that."""
    digest = blobs.put(operation.connection, data)
    programme = stored.programme(operation.connection, key)
    if programme is not None and programme.source_sha256 is None:
        operation.update("programme", key, source_name=source.name, source_sha256=digest)


class _Writer:
    """Rows of a plan become nodes with all that belongs to them."""

    def __init__(self, operation: Operation, programme: Programme, found: Preview) -> None:
        self._operation = operation
        self._programme = programme
        self._found = found
        self.problems: list[Problem] = []
        self._nodes = stored.nodes(operation.connection, programme.id)
        self._places: dict[int | None, int] = {}
        for node in self._nodes:
            self._places[node.parent_id] = max(self._places.get(node.parent_id, 0), node.position + 1)
        self._named = {(node.kind, node.parent_id, key_of(node.text)): node.id for node in self._nodes}
        self._by_text = {(node.kind, key_of(node.text)): node.id for node in self._nodes if node.text}
        self._labels: dict[tuple[int, int | None, str], int] = {}
        self._directions: dict[str, int] = {
            key_of(row.title): row.id
            for row in stored.of_programme(operation.connection, "programme_direction", programme.id)
        }
        self._money: set[tuple[int, int, str]] = {
            (row.node_id, row.plan_year, row.source)
            for row in stored.of_nodes(operation.connection, "programme_money", programme.id)
        }

    def write(self, lines: Sequence[Line]) -> list[int]:
        """Write the lines and return the keys of the new activities and indicators."""
        made = []
        for line in lines:
            if line.row.kind == "indicator":
                made.append(self._indicator(line))
            elif line.state == "joined":
                self._money_of(line, self._by_text["activity", key_of(line.row.text)], joined=True)
            else:
                made.append(self._activity(line))
        return made

    # --- nodes ---------------------------------------------------------------------------------------------------

    def _node(self, kind: NodeKind, text: str, parent: int | None, **columns: Any) -> int:
        key = new_id()
        position = self._places.get(parent, 0)
        self._places[parent] = position + 1
        self._operation.insert(
            "programme_node", id=key, programme_id=self._programme.id, parent_id=parent, kind=kind, text=text,
            position=position, lineage=key, **columns,
        )  # fmt: skip
        self._named.setdefault((kind, parent, key_of(text)), key)
        if text:
            self._by_text.setdefault((kind, key_of(text)), key)
        return key

    def _task(self, line: Line) -> int | None:
        """Return the task a row stands under: the chosen one, else that of the table's own heading."""
        group = line.row.group
        if self._found.target.task_id is not None:
            return self._found.target.task_id
        if group is None or group.kind != "task":
            return None
        for text in (group.name, group.title):
            known = self._by_text.get(("task", key_of(text)))
            if known is not None:
                return known
        goals = [node for node in self._nodes if node.kind == "goal"]
        parent = goals[0].id if len(goals) == 1 else None
        return self._node("task", group.name, parent, origin=line.row.place)

    def _direction(self, group: PlanGroup | None) -> int | None:
        """Return the direction a row belongs to; a task that gives way to the chosen one is kept as a direction."""
        if group is None or (group.kind == "task" and self._found.target.task_id is None):
            return None
        key = key_of(group.name)
        if key not in self._directions:
            self._directions[key] = self._operation.insert(
                "programme_direction", programme_id=self._programme.id, position=len(self._directions),
                title=group.name,
            )  # fmt: skip
        return self._directions[key]

    def _activity(self, line: Line) -> int:
        row = line.row
        task = self._task(line)
        above = self._labels.get((row.table, task, row.label.rpartition(".")[0])) if "." in row.label else None
        year = f", {row.year} год" if row.year is not None else ""
        key = self._node("activity", row.text, above or task, origin=f"{row.place}{year}")
        if row.label:
            self._labels[row.table, task, row.label] = key
        self._operation.insert(
            "programme_activity", node_id=key, label=row.label or None, term_text=row.term or None,
            term_code=line.term.code, direction_id=self._direction(row.group),
        )  # fmt: skip
        for position, (first, last) in enumerate(line.term.spans):
            self._operation.insert("programme_term", node_id=key, position=position, date_from=first, date_to=last)
        for position, text in enumerate(row.responsible):
            self._operation.insert("programme_responsible", node_id=key, position=position, text=text)
        for position, text in enumerate(row.results):
            self._operation.insert("programme_result", node_id=key, position=position, text=text)
        self._money_of(line, key)
        return key

    def _indicator(self, line: Line) -> int:
        row = line.row
        task = self._task(line)
        parent = task
        if row.measure:
            known = self._named.get(("measure", task, key_of(row.measure)))
            parent = known or self._node("measure", row.measure, task, origin=row.place)
        else:
            parent = None  # an indicator hangs under a показатель only; a check names it
        note = "\n".join(self._direction_note(line))
        key = self._node("indicator", row.text, parent, origin=row.place, note=note or None)
        base = number(row.baseline)
        self._operation.insert(
            "programme_indicator", node_id=key, unit=row.unit or None, baseline_year=row.baseline_year,
            baseline_raw=row.baseline or None, baseline=base.value, baseline_code=base.code,
            responsible="; ".join(row.responsible) or None,
        )  # fmt: skip
        for year, raw in dict(row.targets).items():
            value = number(raw)
            self._operation.insert(
                "programme_target", node_id=key, plan_year=year, raw=raw, value=value.value, code=value.code
            )
        return key

    @staticmethod
    def _direction_note(line: Line) -> list[str]:
        """An indicator has no direction and no money of its own: what the file says of them stays as a note."""
        group = line.row.group
        told = list(line.row.notes)
        if group is not None and group.kind == "direction":
            told.append(f"Раздел: {group.title}")
        told += [f"Деньги{f' на {year} год' if year else ''}: {raw}" for year, _, raw in line.row.money]
        if line.row.label:
            told.append(f"№ {line.row.label}")
        return told

    def _money_of(self, line: Line, key: int, *, joined: bool = False) -> None:
        """Write the sums of a row; what has no year or stands there already goes into the note."""
        notes = list(line.row.notes)
        years = self._programme.years
        for at, words, raw in line.row.money:
            year = at if at is not None else years[0] if len(years) == 1 else None
            source = source_key(words)
            if year is None or (key, year, source) in self._money:
                notes.append(f"Деньги{f' на {year} год' if year else ''}{f', {words}' if words else ''}: {raw}")
                continue
            value = sum_of(raw)
            self._operation.insert(
                "programme_money", node_id=key, plan_year=year, source=source, raw=raw, kopecks=value.kopecks,
                code=value.code,
            )  # fmt: skip
            self._money.add((key, year, source))
        if notes:
            self._note(key, notes, joined=joined)

    def _note(self, key: int, notes: Sequence[str], *, joined: bool) -> None:
        node: Node | None = stored.node(self._operation.connection, key) if joined else None
        before = [node.note] if node is not None and node.note else []
        self._operation.update("programme_node", key, note="\n".join([*before, *notes]))
