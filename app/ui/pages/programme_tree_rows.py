"""What the tree of a programme shows: its order under headings and what stands in every line. No Qt here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from app.analysis.programme_numbers import numbers
from app.analysis.programme_values import money_text, number_text
from app.models.programme_records import Node, NodeKind, Tree
from app.operations.programme_edit import KIND_WORDS
from app.texts import capital, count
from app.ui.theme import Kind

Key = int | str
"""A node by its key; a heading by its name, a direction as «direction:KEY»."""

GROUPS: Mapping[str, tuple[str, str]] = {
    "problems": ("Проблемы и причины", "problem"),
    "goals": ("Цели и задачи", "goal"),
    "plan": ("Мероприятия по направлениям", ""),
    "risks": ("Риски", "risk"),
    "loose": ("Не привязано", ""),
}
"""Headings in their order: words and the kind of what stands under them."""
ICONS: Mapping[NodeKind, str] = {
    "problem": "alert-circle", "cause": "corner-down-right", "goal": "target-arrow", "task": "flag",
    "measure": "ruler-2", "indicator": "trending-up", "activity": "calendar-event", "risk": "umbrella",
}  # fmt: skip
_GROUP_OF: Mapping[str, str] = {"problem": "problems", "goal": "goals", "risk": "risks"}
NO_DIRECTION = "direction:0"


class _Numbered:
    """The numbers of the tree that was asked for last: one tree is shown in many places."""

    def __init__(self) -> None:
        self.last: tuple[Tree, Mapping[int, str]] | None = None

    def of(self, tree: Tree) -> Mapping[int, str]:
        last = self.last
        if last is None or last[0] is not tree:
            last = self.last = (tree, numbers(tree))
        return last[1]


_numbered = _Numbered()


def numbers_of(tree: Tree) -> Mapping[int, str]:
    """Return the numbers of a tree, reckoned once for each reading."""
    return _numbered.of(tree)


def direction_of(key: Key) -> int | None:
    """Return the direction that a line stands for; 0 for «без направления», None for any other line."""
    return int(key.partition(":")[2]) if isinstance(key, str) and key.startswith("direction:") else None


@dataclass(frozen=True, slots=True)
class Mark:
    """What the checks say about a line: how grave, in a word, the titles of the remarks."""

    kind: Kind
    word: str
    tip: str


@dataclass(frozen=True, slots=True)
class Cells:
    """What stands in one line.

    Attributes:
        prefix: kind and number, drawn quietly before the text: «Задача 2.», «1.1.».
        years: a text for each plan year; ``bad`` are those that are no number.
        told: the line for those who hear the screen.
    """

    prefix: str
    text: str
    icon: str
    years: tuple[str, ...] = ()
    money: str = ""
    mark: Mark | None = None
    bad: frozenset[int] = frozenset()
    told: str = ""
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark of the checks as the tree needs it."""

    node_id: int | None
    level: str
    title: str
    reason: str
    cure: str = ""
    example: str = ""


@dataclass(frozen=True)
class Outline:
    """The order of lines: under None the headings; and what stands in them."""

    children: Mapping[Key | None, tuple[Key, ...]]
    cells: Mapping[Key, Cells]
    parents: Mapping[Key, Key | None] = field(default_factory=dict)


# --- order -------------------------------------------------------------------------------------------------------


def order(tree: Tree) -> dict[Key | None, list[Key]]:
    """Return what stands under what by the programme's way of building; nothing is left out."""
    by_directions = tree.programme.building == "directions"
    found: dict[Key | None, list[Key]] = {None: ["problems", "goals", "risks"]}
    if by_directions:
        found[None] = ["problems", "goals", "plan", "risks"]
        _directions(tree, found)
    for parent, nodes in tree.children.items():
        for node in nodes:
            if node.kind == "activity" and by_directions and not _is_sub(tree, node):
                continue
            place: Key = parent if parent is not None else _GROUP_OF.get(node.kind, "loose")
            found.setdefault(place, []).append(node.id)
    if "loose" in found:
        found[None].append("loose")
    return found


def _is_sub(tree: Tree, node: Node) -> bool:
    above = tree.nodes.get(node.parent_id or 0)
    return above is not None and above.kind == "activity"


def _directions(tree: Tree, found: dict[Key | None, list[Key]]) -> None:
    known = {item.id for item in tree.directions}
    found["plan"] = [f"direction:{item.id}" for item in tree.directions]
    for node in tree.of_kind("activity"):
        if _is_sub(tree, node):
            continue
        row = tree.activities.get(node.id)
        own = row.direction_id if row is not None and row.direction_id in known else 0
        found.setdefault(f"direction:{own or 0}", []).append(node.id)
    if NO_DIRECTION in found:
        found["plan"].append(NO_DIRECTION)


def filtered(found: Mapping[Key | None, Sequence[Key]], wanted: Callable[[Key], bool]) -> dict[Key | None, list[Key]]:
    """Leave the lines that are wanted and those above them; headings stay."""
    kept: dict[Key | None, list[Key]] = {}

    def keep(key: Key) -> bool:
        below = [child for child in found.get(key, ()) if keep(child)]
        if below:
            kept[key] = below
        return bool(below) or wanted(key)

    kept[None] = [key for key in found[None] if keep(key) or key in GROUPS]
    return kept


# --- lines -------------------------------------------------------------------------------------------------------


def outline(
    tree: Tree, remarks: Mapping[int, Sequence[Remark]] | None = None, *, text: str = "", marked: bool = False
) -> Outline:
    """Return order and lines.

    Args:
        tree: the programme.
        remarks: what the checks say, by node.
        text: leave the lines that hold all these words.
        marked: leave the lines with remarks.
    """
    remarks = remarks or {}
    found = order(tree)
    cells = _Lines(tree, remarks, found).all()
    words = text.casefold().replace("ё", "е").split()
    if words or marked:

        def wanted(key: Key) -> bool:
            if marked and not (isinstance(key, int) and remarks.get(key)):
                return False
            line = f"{cells[key].prefix} {cells[key].text}".casefold().replace("ё", "е")
            return isinstance(key, int) and all(word in line for word in words)

        found = filtered(found, wanted)
    parents = {child: parent for parent, below in found.items() for child in below}
    return Outline({key: tuple(below) for key, below in found.items()}, cells, parents)


class _Lines:
    """Makes the lines of one tree."""

    def __init__(
        self, tree: Tree, remarks: Mapping[int, Sequence[Remark]], found: Mapping[Key | None, Sequence[Key]]
    ) -> None:
        self.tree, self.remarks, self.found = tree, remarks, found
        self.numbers = numbers_of(tree)
        self.years = tree.programme.years
        self.sums: dict[Key, int | None] = {}
        self.goals = len(tree.of_kind("goal"))

    def all(self) -> dict[Key, Cells]:
        """Return the lines of everything."""
        for top in self.tree.under(None):
            self._sum(top)
        made: dict[Key, Cells] = {node.id: self.node(node) for node in self.tree.nodes.values()}
        for name, (title, _kind) in GROUPS.items():
            made[name] = self.group(title, name)
        for place, item in enumerate(self.tree.directions, 1):
            made[f"direction:{item.id}"] = self.group(item.title, f"direction:{item.id}", f"{place}.")
        made[NO_DIRECTION] = self.group("Без направления", NO_DIRECTION)
        return made

    def _sum(self, node: Node) -> int | None:
        parts = [row.kopecks for row in self.tree.money.get(node.id, ())]
        parts += [self._sum(child) for child in self.tree.under(node.id)]
        known = [part for part in parts if part is not None]
        self.sums[node.id] = sum(known) if known else None
        return self.sums[node.id]

    def group(self, title: str, key: str, prefix: str = "") -> Cells:
        """Return a heading with the money of all under it."""
        below = self._below(key)
        known = [sum_ for node in below if (sum_ := self.sums.get(node)) is not None]
        money = money_text(sum(known), thousands=True) if known else ""
        icon = "sitemap" if key in GROUPS else "folder-open"
        return Cells(prefix, title, icon, ("",) * len(self.years), money, told=f"Раздел: {title}")

    def _below(self, key: str) -> list[Key]:
        """Return the nodes nearest under a heading; activities of directions are under no node of the tree there."""
        if key == "plan":
            return [node for child in self.found.get(key, ()) for node in self.found.get(child, ())]
        return list(self.found.get(key, ()))

    def node(self, node: Node) -> Cells:
        """Return the line of a node."""
        number = self.numbers.get(node.id, "")
        word = KIND_WORDS[node.kind]
        word = capital(word)
        prefix = f"{word} {number}."
        if node.kind == "goal" and self.goals == 1:
            prefix = f"{word}."
        elif node.kind == "activity":
            prefix = f"{number.rstrip('.')}."
        text = " ".join(node.text.split())
        years, bad = self._years(node)
        mark = self._mark(node.id)
        told = f"{word} {number}: {text or 'без текста'}" + (f", {mark.word}" if mark else "")
        return Cells(
            prefix, text or "без текста", self._icon(node), years, self._money(node), mark, bad, told, empty=not text
        )

    def _icon(self, node: Node) -> str:
        row = self.tree.indicators.get(node.id)
        return "trending-down" if row is not None and row.direction == "down" else ICONS[node.kind]

    def _money(self, node: Node) -> str:
        known = self.sums.get(node.id)
        if known is not None:
            return money_text(known, thousands=True)
        row = self.tree.activities.get(node.id)
        return "0" if row is not None and row.free else ""

    def _years(self, node: Node) -> tuple[tuple[str, ...], frozenset[int]]:
        if node.kind == "indicator":
            targets = self.tree.targets.get(node.id, {})
            texts, bad = [], set()
            for place, year in enumerate(self.years):
                target = targets.get(year)
                texts.append(number_text(target.value) or (target.raw or "") if target is not None else "")
                if target is not None and target.code is not None:
                    bad.add(place)
            return tuple(texts), frozenset(bad)
        if node.kind == "activity":
            spans = self.tree.terms.get(node.id, ())
            held = {year for term in spans for year in range(int(term.date_from[:4]), int(term.date_to[:4]) + 1)}
            return tuple("•" if year in held else "" for year in self.years), frozenset()
        return ("",) * len(self.years), frozenset()

    def _mark(self, key: int) -> Mark | None:
        return mark_of(self.remarks.get(key, ()))


def mark_of(remarks: Collection[Remark]) -> Mark | None:
    """Return the mark of a line: the gravest level with its number."""
    for level, kind, words in (
        ("error", "bad", ("ошибка", "ошибки", "ошибок")),
        ("warning", "warn", ("замечание", "замечания", "замечаний")),
        ("hint", "none", ("подсказка", "подсказки", "подсказок")),
    ):
        found = [item for item in remarks if item.level == level]
        if found:
            tip = "\n".join(f"{item.title}. {item.reason}" for item in remarks)
            return Mark(kind, count(len(found), *words), tip)  # type: ignore[arg-type]
    return None
