"""A form on its way: every step of the editor as a function from one draft to the next, so that undo is a list.

A draft may be incomplete; nothing here refuses. What is wrong is said by the one strict reader of definitions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from app.forms.schema import Axis, Choice, FormDef, Item, Level, Scale, Score, Section

NodeKind = Literal["section", "item"]
Node = tuple[NodeKind, str]
"""A thing in the tree: what it is and its id."""
CHOSEN = frozenset({"choice", "many", "flag"})
"""Kinds of questions that may have a scale."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A form that is being made.

    Attributes:
        form: as it stands; its scales stand in the items.
        scales: every scale of the editor, those of no item too.
        base: the version that is being changed; empty for a form that is new.
        taken: ids of items that older versions have used; they are given to no new question.
    """

    form: FormDef
    scales: tuple[Scale, ...] = ()
    base: str = ""
    taken: tuple[str, ...] = ()

    def scale(self, scale_id: str) -> Scale | None:
        """Return a scale by its id."""
        return next((scale for scale in self.scales if scale.id == scale_id), None)

    def section_of(self, item_id: str) -> Section | None:
        """Return the section that an item stands in."""
        return next((one for one in self.form.sections if any(item.id == item_id for item in one.items)), None)

    def section(self, section_id: str) -> Section | None:
        """Return a section by its id."""
        return next((one for one in self.form.sections if one.id == section_id), None)

    def users(self, scale_id: str) -> int:
        """Return how many questions a scale has."""
        return sum(1 for item in self.form.items() if item.scale is not None and item.scale.id == scale_id)


def usual_scale() -> Scale:
    """Return the scale that a new form begins with."""
    words = (("2", "В полной мере", "Да"), ("1", "Частично", "Частично"), ("0", "Нет", "Нет"))
    return Scale("scale1", tuple(Choice(value, text, short, int(value)) for value, text, short in words))


def new(form_id: str) -> Draft:
    """Return a form with one empty section, one empty question and the usual scale."""
    scale = usual_scale()
    first = Item("q1", "", "choice", number="1", scale=scale)
    form = FormDef(form_id, "1.0", "", "", "school", "checklist", (Section("s1", "", (first,)),),
                   (Score("total", "Итого", "sum"),))  # fmt: skip
    return Draft(form, (scale,))


def of(form: FormDef, *, taken: Iterable[str] = (), base: str = "") -> Draft:
    """Return a draft of a form that is there.

    Args:
        form: the newest version.
        taken: ids that older versions have used.
        base: its version where it is being changed, empty where it is copied.
    """
    scales: dict[str, Scale] = {}
    for item in form.items():
        if item.scale is not None:
            scales.setdefault(item.scale.id, item.scale)
    return Draft(replace(form, digest="", text=""), tuple(scales.values()), base, tuple(sorted(set(taken))))


def copied(form: FormDef, form_id: str, short: str) -> Draft:
    """Return a draft of a new form that begins as another one; it has no older versions."""
    return of(replace(form, id=form_id, version="1.0", short=short, hidden=False, revisions=()))


# --- the form and its sections -----------------------------------------------------------------------------------


def put(draft: Draft, **changes: Any) -> Draft:
    """Change lines of the form itself."""
    return replace(draft, form=replace(draft.form, **changes))


def put_section(draft: Draft, section_id: str, **changes: Any) -> Draft:
    """Change lines of a section."""
    sections = (replace(one, **changes) if one.id == section_id else one for one in draft.form.sections)
    return put(draft, sections=tuple(sections))


def put_item(draft: Draft, item_id: str, **changes: Any) -> Draft:
    """Change lines of a question; another kind drops what it has no use for and takes what it needs."""

    def changed(item: Item) -> Item:
        return _fitting(replace(item, **changes), draft) if item.id == item_id else item

    sections = (replace(one, items=tuple(changed(item) for item in one.items)) for one in draft.form.sections)
    return put(draft, sections=tuple(sections))


def _fitting(item: Item, draft: Draft) -> Item:
    scale = item.scale
    if item.kind in {"choice", "many"} and scale is None:
        scale = draft.scales[0] if draft.scales else None
    if item.kind not in CHOSEN or (item.kind == "flag" and not _yes_no(scale)):
        scale = None
    numeric = item.kind in {"whole", "decimal"}
    return replace(
        item, scale=scale,
        least=item.least if numeric else None, most=item.most if numeric else None,
        threshold=item.threshold if item.kind == "whole" else None,
        places=(item.places or 1) if item.kind == "decimal" else 0,
    )  # fmt: skip


def _yes_no(scale: Scale | None) -> bool:
    return scale is not None and {choice.value for choice in scale.choices} == {"yes", "no"}


def _sections(draft: Draft, sections: Iterable[Section]) -> Draft:
    """Put other sections in; numbers that ran 1, 2, 3… go on doing so."""
    made = tuple(sections)
    if running(draft.form.sections):
        made = renumbered(made)
    return put(draft, sections=made)


def running(sections: Sequence[Section]) -> bool:
    """Whether the questions are numbered 1, 2, 3… through the form."""
    plain = [item for section in sections for item in section.items if not item.row]
    return bool(plain) and [item.number for item in plain] == [str(n) for n in range(1, len(plain) + 1)]


def renumbered(sections: Sequence[Section]) -> tuple[Section, ...]:
    """Number the questions 1, 2, 3… through the form; cells of grids have no numbers."""
    number, made = 0, []
    for section in sections:
        items = []
        for item in section.items:
            number += not item.row
            items.append(item if item.row else replace(item, number=str(number)))
        made.append(replace(section, items=tuple(items)))
    return tuple(made)


def renumber(draft: Draft) -> Draft:
    """Number the questions anew."""
    return put(draft, sections=renumbered(draft.form.sections))


def free(base: str, known: Iterable[str]) -> str:
    """Return an id like «q7» that nobody has: one more than the greatest."""
    numbers = [int(found[1]) for name in known if (found := re.fullmatch(rf"{base}([0-9]{{1,9}})", name))]
    return f"{base}{max(numbers, default=0) + 1}"


def free_item(draft: Draft) -> str:
    """Return an id for a new question that no version has ever used."""
    return free("q", [*draft.taken, *(item.id for item in draft.form.items())])


def add_section(draft: Draft, after: str = "", title: str = "") -> tuple[Draft, Node]:
    """Add an empty section after another one, at the end where none is named."""
    made = Section(free("s", [one.id for one in draft.form.sections]), title, ())
    sections = list(draft.form.sections)
    place = next((number + 1 for number, one in enumerate(sections) if one.id == after), len(sections))
    sections.insert(place, made)
    return _sections(draft, sections), ("section", made.id)


def add_item(draft: Draft, near: Node | None, text: str = "") -> tuple[Draft, Node]:
    """Add a question after another one, or at the end of a section; it is asked as the one before.

    Args:
        draft: the draft.
        near: the thing that is chosen in the tree.
        text: its wording.
    """
    section = _target(draft, near)
    if section is None or section.grid:
        draft, node = add_section(draft, section.id if section is not None else "")
        section = draft.section(node[1]) or Section(node[1], "", ())
    items = list(section.items)
    place = len(items)
    if near is not None and near[0] == "item":
        place = next((number + 1 for number, item in enumerate(items) if item.id == near[1]), len(items))
    before = items[place - 1] if place else next((i for i in draft.form.items() if not i.row), None)
    name = free_item(draft)
    made = Item(name, text, "choice", scale=draft.scales[0] if draft.scales else None, number=_number(draft))
    if before is not None:
        made = replace(
            before, id=name, text=text, number=_number(draft), hint="", criterion="", metric=None, when=(),
            row="", column="",
        )  # fmt: skip
    items.insert(place, made)
    return _placed(draft, section.id, items), ("item", name)


def _number(draft: Draft) -> str:
    """Return the number of one more question: the next where the numbers run, none otherwise."""
    plain = [item for item in draft.form.items() if not item.row]
    return str(len(plain) + 1) if running(draft.form.sections) or not plain else ""


def _target(draft: Draft, near: Node | None) -> Section | None:
    if near is None:
        return draft.form.sections[-1] if draft.form.sections else None
    return draft.section(near[1]) if near[0] == "section" else draft.section_of(near[1])


def _placed(draft: Draft, section_id: str, items: Sequence[Item]) -> Draft:
    """Put the questions of a section."""
    return _sections(
        draft, (replace(one, items=tuple(items)) if one.id == section_id else one for one in draft.form.sections)
    )


def copy(draft: Draft, node: Node) -> tuple[Draft, Node]:
    """Double a question, or a section with its questions, right after it."""
    if node[0] == "item":
        section = draft.section_of(node[1])
        if section is None or section.grid:
            return draft, node
        items = list(section.items)
        place = next(number for number, item in enumerate(items) if item.id == node[1])
        made = replace(items[place], id=free_item(draft))
        items.insert(place + 1, made)
        return _placed(draft, section.id, items), ("item", made.id)
    source = draft.section(node[1])
    if source is None:
        return draft, node
    name = free("s", [one.id for one in draft.form.sections])
    copies: list[Item] = []
    known = [*draft.taken, *(item.id for item in draft.form.items())]
    rows = tuple(replace(axis, id=f"{axis.id}-{name}"[:29]) for axis in source.rows)
    for item in source.items:
        fresh = free("q", known)
        known.append(fresh)
        copies.append(replace(item, id=fresh))
    made_section = replace(source, id=name, items=tuple(copies), rows=rows)
    if source.grid:
        made_section = replace(made_section, items=grid_items(made_section, source.items[0]))
    sections = list(draft.form.sections)
    sections.insert(sections.index(source) + 1, made_section)
    return _sections(draft, sections), ("section", name)


def remove(draft: Draft, node: Node) -> Draft:
    """Take a question or a section out, with the conditions and sums that speak of it."""
    gone = {node[1]} if node[0] == "item" else {item.id for item in _items(draft.section(node[1]))}
    sections = (one for one in draft.form.sections if node != ("section", one.id))
    left = tuple(
        replace(one, items=tuple(_without(item, gone) for item in one.items if item.id not in gone))
        for one in sections
    )  # fmt: skip
    scores = []
    for score in draft.form.scores:
        items = tuple(name for name in score.items if name not in gone)
        if items or not score.items:
            scores.append(replace(score, items=items))
    return put(_sections(draft, left), scores=tuple(scores))


def _items(section: Section | None) -> tuple[Item, ...]:
    return section.items if section is not None else ()


def _without(item: Item, gone: set[str]) -> Item:
    when = tuple(one for one in item.when if one.item not in gone)
    return item if when == item.when else replace(item, when=when)


def move(draft: Draft, node: Node, step: int) -> Draft:
    """Move one place up or down; a question goes on into the neighbouring section."""
    sections = list(draft.form.sections)
    if node[0] == "section":
        place = next((number for number, one in enumerate(sections) if one.id == node[1]), None)
        if place is None or not 0 <= place + step < len(sections):
            return draft
        sections[place], sections[place + step] = sections[place + step], sections[place]
        return _sections(draft, sections)
    section = draft.section_of(node[1])
    if section is None or section.grid:
        return draft
    ids = [item.id for item in section.items]
    place = ids.index(node[1]) + step
    if 0 <= place < len(ids):
        return drop(draft, node[1], section.id, place)
    beside = sections.index(section) + step
    while 0 <= beside < len(sections) and sections[beside].grid:
        beside += step
    if not 0 <= beside < len(sections):
        return draft
    return drop(draft, node[1], sections[beside].id, 0 if step > 0 else len(sections[beside].items))


def drop(draft: Draft, item_id: str, section_id: str, place: int) -> Draft:
    """Put a question at a place of a section, counted without itself."""
    item, target = draft.form.item(item_id), draft.section(section_id)
    if item is None or target is None or target.grid or item.row:
        return draft
    made = []
    for section in draft.form.sections:
        items = [one for one in section.items if one.id != item_id]
        if section.id == section_id:
            items.insert(max(0, min(place, len(items))), item)
        made.append(replace(section, items=tuple(items)))
    return _sections(draft, made)


def drop_section(draft: Draft, section_id: str, place: int) -> Draft:
    """Put a section at a place among the others, counted without itself."""
    found = draft.section(section_id)
    if found is None:
        return draft
    rest = [one for one in draft.form.sections if one.id != section_id]
    rest.insert(max(0, min(place, len(rest))), found)
    return _sections(draft, rest)


# --- grids -------------------------------------------------------------------------------------------------------


def grid_items(section: Section, cell: Item) -> tuple[Item, ...]:
    """Return the cells of a grid, row by row, all asked like one of them."""
    from app.forms.loader import cell_wording

    return tuple(
        replace(cell, id=f"{row.id}.{column.id}", text=cell_wording(row, column), row=row.id, column=column.id,
                number="", criterion="", metric=None, when=())
        for row in section.rows
        for column in section.columns
    )  # fmt: skip


def put_grid(draft: Draft, section_id: str, rows: Sequence[str], columns: Sequence[str], **cell: Any) -> Draft:
    """Make a section a grid of these rows and columns; those that are worded as before keep their answers."""
    section = draft.section(section_id)
    if section is None:
        return draft
    made = replace(section, rows=_axes("r", rows, section.rows), columns=_axes("c", columns, section.columns))
    like = section.items[0] if section.items else Item("x", "", "whole", least=0)
    if not section.grid:
        like = Item("x", "", "whole", least=0, required=like.required)
    return put_section(
        draft, section_id, rows=made.rows, columns=made.columns,
        items=grid_items(made, _fitting(replace(like, **cell), draft)),
    )  # fmt: skip


def put_plain(draft: Draft, section_id: str) -> Draft:
    """Make a grid a section of questions again, one for each row."""
    section = draft.section(section_id)
    if section is None or not section.grid:
        return draft
    known = [*draft.taken, *(item.id for item in draft.form.items())]
    items = []
    for row in section.rows:
        name = free("q", known)
        known.append(name)
        items.append(Item(name, row.text, "whole", least=0))
    made = put_section(draft, section_id, rows=(), columns=(), totals=False, items=tuple(items))
    return _sections(draft, made.form.sections)


def axis_line(axis: Axis) -> str:
    """Return a row or column of a grid as one line: «Педагоги / ПК»."""
    return f"{axis.group} / {axis.text}" if axis.group else axis.text


def _axes(base: str, lines: Sequence[str], before: Sequence[Axis]) -> tuple[Axis, ...]:
    """Return rows or columns with stable ids: by the same wording first, then by the same place."""
    left = list(before)
    found: list[Axis | None] = []
    for line in lines:
        same = next((axis for axis in left if axis_line(axis) == line), None)
        if same is not None:
            left.remove(same)
        found.append(same)
    known = [axis.id for axis in before]
    made: list[Axis] = []
    for number, (line, same) in enumerate(zip(lines, found, strict=True)):
        group, _mark, text = line.rpartition(" / ") if base == "c" else ("", "", line)
        if same is not None:
            made.append(same)
        elif len(lines) == len(before) and before[number] in left:
            made.append(replace(before[number], text=text, group=group))
        else:
            made.append(Axis(free(base, known), text, group))
            known.append(made[-1].id)
    return tuple(made)


# --- scales and levels -------------------------------------------------------------------------------------------


def put_scale(draft: Draft, scale: Scale) -> Draft:
    """Change a scale in every question that has it, or add it."""
    known = {one.id for one in draft.scales}
    scales = tuple(scale if one.id == scale.id else one for one in draft.scales)
    if scale.id not in known:
        scales = (*scales, scale)

    def changed(item: Item) -> Item:
        return replace(item, scale=scale) if item.scale is not None and item.scale.id == scale.id else item

    sections = (replace(one, items=tuple(changed(item) for item in one.items)) for one in draft.form.sections)
    return replace(put(draft, sections=tuple(sections)), scales=scales)


def add_scale(draft: Draft, like: Scale | None = None) -> tuple[Draft, str]:
    """Add a scale: a copy of another one, or «Да / Нет»."""
    name = free("scale", [one.id for one in draft.scales])
    choices = (Choice("1", "Да", points=1), Choice("0", "Нет", points=0))
    made = Scale(name, like.choices if like is not None else choices)
    return put_scale(draft, made), name


def remove_scale(draft: Draft, scale_id: str) -> Draft:
    """Take a scale away that no question has."""
    if draft.users(scale_id):
        return draft
    return replace(draft, scales=tuple(one for one in draft.scales if one.id != scale_id))


def free_value(scale: Scale) -> str:
    """Return a value for a new answer of a scale."""
    known = [choice.value for choice in scale.choices]
    numbers = [int(value) for value in known if value.isascii() and value.isdigit() and len(value) < 10]
    return str(max(numbers, default=0) + 1)


def three_levels(least: int, most: int) -> tuple[Level, ...]:
    """Divide the points from the fewest to the most into three levels without gaps and overlaps."""
    width = most - least + 1
    first, second = least + width // 3, least + 2 * width // 3
    return (
        Level("low", "низкий уровень", least, first - 1, "bad"),
        Level("middle", "средний уровень", first, second - 1, "warn"),
        Level("high", "высокий уровень", second, most, "ok"),
    )
