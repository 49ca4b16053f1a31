"""What a blank and a filled form have in common on paper: wordings, criteria over rows, grids; what was filled in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from app.forms.checks import most_of, scored_items
from app.forms.conditions import asked
from app.forms.schema import AnswerSet, FormDef, Item, Level, ScoreResult, Section
from app.reports.document import Column, Group, Lines, Row, Table, Value
from app.texts import glue

WIDE_GRID = 6
"""So many columns of a grid and more need a page that lies on its long side."""


LONG_WORDING = 600
"""Letters of a wording for which an upright page has no room beside boxes and comments."""


def lying(form: FormDef) -> bool:
    """Tell whether the pages of a form lie on their long side: wide grids, wordings of half a page."""
    wide = any(len(section.columns) >= WIDE_GRID for section in form.sections)
    return wide or any(len(item.text) > LONG_WORDING for item in form.items())


@dataclass(frozen=True, slots=True)
class FormFilled:
    """What was answered and what it amounts to.

    Attributes:
        level: in force; ``level_reason`` where a person chose it instead of the points.
        whys: score → why there are no points, in words.
        parts: of a composite form: short name, result.
        proofs: item → titles of what proves it; "" for the whole form.
        decisions: («Рекомендация комиссии», text)…
    """

    answers: AnswerSet
    scores: tuple[ScoreResult, ...] = ()
    level: Level | None = None
    overruled: bool = False
    level_reason: str = ""
    whys: Mapping[str, str] = field(default_factory=dict)
    parts: tuple[tuple[str, ScoreResult | None], ...] = ()
    proofs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    conclusion: str = ""
    decisions: tuple[tuple[str, str], ...] = ()
    exempt: str = ""
    author: str = ""
    role: str = ""
    state: str = ""
    received_on: str | None = None
    accepted_on: str | None = None


def wording(item: Item) -> Value:
    """Return the wording of an item as its source has it; its lines stay lines."""
    lines = [glue(line.strip()) for line in item.text.strip().splitlines() if line.strip()]
    return lines[0] if len(lines) == 1 else Lines(tuple(lines))


def groups_of(run: list[Item], row: Callable[[Item], Row]) -> tuple[Group, ...]:
    """Return rows under the criteria that the source prints before the wordings; a criterion is said once."""
    groups: list[tuple[str, list[Row]]] = []
    for item in run:
        title = " ".join(item.criterion.split())
        if not groups or groups[-1][0] != title:
            groups.append((title, []))
        groups[-1][1].append(row(item))
    return tuple(Group(tuple(rows), glue(title)) for title, rows in groups)


def grid_table(section: Section, values: Mapping[str, Value], *, totals: bool = False) -> Table:
    """Return a grid section; ``values`` are by item, an empty cell where there is none."""
    few = len(section.columns) < WIDE_GRID
    columns = [Column("Показатель", 60)]
    columns += [Column(glue(axis.text), 20 if few else 15, "right", over=glue(axis.group)) for axis in section.columns]
    if section.totals:
        columns.append(Column("Всего", 17, "right"))
    rows = []
    for axis in section.rows:
        cells = [values.get(f"{axis.id}.{column.id}", "") for column in section.columns]
        whole = [_sum(cells) if totals else ""] if section.totals else []
        rows.append(Row((glue(axis.text), *cells, *whole)))
    if section.totals:
        sums = [
            _sum([values.get(f"{axis.id}.{column.id}", "") for axis in section.rows]) if totals else ""
            for column in section.columns
        ]
        last = [_sum(list(values.values())) if totals else ""]
        rows.append(Row(("Всего", *sums, *last)))
    return Table(section_name(section), tuple(columns), (Group(tuple(rows)),))


def _sum(cells: list[Value]) -> Value:
    """Return the sum of what is known; nothing known has no sum."""
    known = [cell for cell in cells if isinstance(cell, int)]
    return sum(known) if known else ""


def section_name(section: Section) -> str:
    """Return what the table of a section is called."""
    return section.title or "Показатели"


def scored(form: FormDef) -> dict[str, int | None]:
    """Return item → its most points, of every item that gives points to a sum."""
    return {
        item.id: most_of(item) for score in form.scores if score.rule == "sum" for item in scored_items(form, score)
    }


def asked_ids(form: FormDef, answers: AnswerSet) -> set[str]:
    """Return the items that are asked with these answers."""
    return {item.id for item in asked(form, answers)}
