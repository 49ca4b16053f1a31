"""Where on a sheet the questions stand: key column, columns by name, rows by key or by wording."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.errors import Problem, problem
from app.forms.excel_keys import CONCLUSION_KEY, RowKey, parse_key
from app.forms.item_types import place as item_place
from app.forms.schema import FormDef, Item
from app.importers.filled_form_pages import Page, place_name
from app.importers.filled_form_words import LAST_YEAR, Wordings, bare, headings, mark_of, similar, wordings

_OURS = ("#form:", "#columns", "#head:", "#row:", "#many:", CONCLUSION_KEY)
_MOST_KEY_COLUMN = 60
_LEAST_WORDS = 12
LEAST_SHARE = 0.3


@dataclass(slots=True)
class Table:
    """The questions of one form on one sheet.

    Attributes:
        columns: name of a column → its number.
        keys: the column of hidden keys, None where it is gone.
        rows: row → what stands in it; rows that are not there are nothing of ours.
        by_wording: rows that were found by their wording.
        body: the first row under the headings.
        end: rows from here on are last year's table.
    """

    page: Page
    form: FormDef
    words: Wordings
    columns: dict[str, int] = field(default_factory=dict)
    keys: int | None = None
    rows: dict[int, RowKey] = field(default_factory=dict)
    by_wording: set[int] = field(default_factory=set)
    body: int = 0
    end: int = 1 << 30
    problems: list[Problem] = field(default_factory=list)

    def tell(self, code: str, place: tuple[int, int] | None = None, **context: Any) -> None:
        """Add a problem of this sheet."""
        cell = None if place is None else place_name(place)
        where = f"лист «{self.page.name}», ячейка {cell}" if cell else f"лист «{self.page.name}»"
        self.problems.append(problem(code, sheet=self.page.name, cell=cell, where=where, **context))


def key_column(page: Page) -> int | None:
    """Return the column that holds our hidden keys; the leftmost that has any of our signs."""
    found = Counter(
        column
        for (_row, column), value in page.cells.items()
        if column < _MOST_KEY_COLUMN and isinstance(value, str) and value.strip().startswith(_OURS)
    )
    return max(found, key=lambda column: (found[column], -column)) if found else None


def form_of(page: Page, keys: int) -> tuple[str, str]:
    """Return id and version that the first row of a sheet names, empty where it is gone."""
    for row in page.rows():
        key = parse_key(page.cells.get((row, keys)))
        if key.kind == "form":
            name, _, version = key.name.rpartition("@")
            return name, version
    return "", ""


def likeness(page: Page, form: FormDef) -> float:
    """Return which share of the questions of a form stands on a sheet word by word, from 0 to 1."""
    known = wordings(form)
    wanted = set(known.items) | set(known.rows)
    if not wanted:
        return 0.0
    present = {mark_of(value) for value in page.cells.values() if isinstance(value, str)}
    return len(wanted & present) / len(wanted)


def best_form(page: Page, forms: Iterable[FormDef]) -> tuple[FormDef, float] | None:
    """Return the form whose questions stand on a sheet; the newest version of equals, None where none does."""
    marked = [(likeness(page, form), number, form) for number, form in enumerate(forms)]
    if not marked:
        return None
    share, _number, form = max(marked, key=lambda one: (one[0], -one[1]))
    if share >= LEAST_SHARE:
        return form, share
    known = [(form, _fuzzy(page, form)) for _share, _number, form in marked]
    form, share = max(known, key=lambda one: one[1])
    return (form, share) if share >= LEAST_SHARE else None


def _fuzzy(page: Page, form: FormDef) -> float:
    """Return the share of questions that stand there in nearly these words."""
    from rapidfuzz import fuzz, process

    texts = [value for value in page.cells.values() if isinstance(value, str) and len(value) >= _LEAST_WORDS]
    wanted = [item.text for item in form.items()]
    if not texts or not wanted or len(texts) > 500:
        return 0.0
    hits = sum(process.extractOne(text, texts, scorer=fuzz.ratio, score_cutoff=86) is not None for text in wanted)
    return hits / len(wanted)


def find(page: Page, form: FormDef, keys: int | None) -> Table:
    """Find the columns and the rows of a form on a sheet."""
    table = Table(page, form, wordings(form), keys=keys)
    table.end = _last_years_table(page, form)
    _columns(table)
    _by_key(table)
    _by_wording(table)
    return table


def _last_years_table(page: Page, form: FormDef) -> int:
    """Return the row where the grid of last year begins, a row beyond the sheet where there is none."""
    known = headings()
    for row in page.rows() if any(section.grid for section in form.sections) else ():
        prints = [mark_of(page.text(row, column)) for column in page.columns(row)]
        if LAST_YEAR in prints and not any(one in known for one in prints if one != LAST_YEAR):
            return row
    return 1 << 30


# --- columns -----------------------------------------------------------------------------------------------------


def _columns(table: Table) -> None:
    page = table.page
    if table.keys is not None:
        for row in page.rows():
            if parse_key(page.cells.get((row, table.keys))).kind == "columns":
                table.columns = {page.text(row, col): col for col in page.columns(row) if col != table.keys}
                table.body = row + 1
                break
    if "question" not in table.columns or not ("answer" in table.columns or _is_grid(table)):
        for name, column in _headed(table).items():
            table.columns.setdefault(name, column)
    if "question" not in table.columns:
        votes = Counter(
            col
            for (row, col), value in page.cells.items()
            if isinstance(value, str) and (mark_of(value) in table.words.items or mark_of(value) in table.words.rows)
        )
        if votes:
            table.columns["question"] = votes.most_common(1)[0][0]
    if "answer" not in table.columns and "question" in table.columns and not _is_grid(table):
        table.columns["answer"] = table.columns["question"] + 1
        table.tell("FORM_GET_NO_HEADING")


def _is_grid(table: Table) -> bool:
    return any(name.startswith("col:") for name in table.columns)


def _headed(table: Table) -> dict[str, int]:
    """Return the columns by their visible headings."""
    page, known = table.page, headings()
    grids = table.words.columns
    best: tuple[int, int, dict[str, int]] = (0, -1, {})
    for row in page.rows()[:40]:
        found: dict[str, int] = {}
        for column in page.columns(row):
            name = known.get(mark_of(page.text(row, column)))
            if name is None and grids:
                name = _grid_column(table, row, column, grids)
            if name is not None and name not in found:
                found[name] = column
        if len(found) > best[0]:
            best = (len(found), row, found)
    if best[0] < 2:
        return {}
    table.body = max(table.body, best[1] + 1)
    return best[2]


def _grid_column(table: Table, row: int, column: int, known: dict[str, set[str]]) -> str | None:
    page = table.page
    text = page.text(row, column)
    group = ""
    for left in range(column, -1, -1):
        group = page.text(row - 1, left)
        if group:
            break
    for wanted in (group + text, text):
        names = known.get(mark_of(wanted), set())
        if len(names) == 1:
            return next(iter(names))
    return None


# --- rows --------------------------------------------------------------------------------------------------------


def _question(table: Table, row: int) -> str:
    return table.page.text(row, table.columns.get("question", -1))


def _by_key(table: Table) -> None:
    """Take what the hidden column says; where the question itself is another one, the question is believed."""
    if table.keys is None:
        return
    for row in table.page.rows():
        key = parse_key(table.page.cells.get((row, table.keys)))
        if key.kind in {"other", "form", "columns"} or row >= table.end:
            continue
        known = _known(table, key)
        if known and key.kind in {"item", "choice", "row"}:
            said = _said(table, row, key)
            if said is not None and said != key:
                place = (row, table.columns.get("question", 0))
                table.tell("FORM_GET_MOVED", place, item=_name(table, said), text=_cut(table, row))
                key = said
        if known:
            table.rows[row] = key


def _known(table: Table, key: RowKey) -> bool:
    form = table.form
    match key.kind:
        case "item":
            return form.item(key.name) is not None
        case "choice":
            item = form.item(key.name)
            return item is not None and item.scale is not None and item.scale.choice(key.value) is not None
        case "row":
            return any(key.name in names for names in table.words.rows.values())
        case "head":
            return key.name in dict(form.head_fields)
    return True


def _said(table: Table, row: int, key: RowKey) -> RowKey | None:
    """Return which question the wording of a row surely is; None where it says nothing or may be this one."""
    print_ = mark_of(bare(_question(table, row)))
    if not print_:
        return None
    if key.kind == "choice":
        choices = table.words.choices.get(print_, [])
        same = [pair for pair in choices if pair[0] == key.name] or choices
        return RowKey("choice", *same[0]) if len(same) == 1 else None
    names = table.words.rows.get(print_, []) if key.kind == "row" else table.words.items.get(print_, [])
    if key.name in names or len(names) != 1:
        return None
    return RowKey(key.kind, names[0])


def _by_wording(table: Table) -> None:
    """Find the rows that have no key: by the exact words, by number and words nearly alike."""
    taken: set[tuple[str, str, str]] = {(key.kind, key.name, key.value) for key in table.rows.values()}
    many = ""
    exact_only = table.keys is not None
    open_rows: list[int] = []
    for row in table.page.rows():
        if row in table.rows:
            key = table.rows[row]
            many = key.name if key.kind in {"item", "choice"} else many
            continue
        if row < table.body or row >= table.end:
            continue
        found = _exact(table, row, many, taken)
        if found is None:
            open_rows.append(row)
            continue
        many = found.name if found.kind in {"item", "choice"} else many
        if exact_only and (found.kind, found.name, found.value) in taken and not _has_answer(table, row):
            continue
        table.rows[row] = found
        table.by_wording.add(row)
        taken.add((found.kind, found.name, found.value))
    _by_likeness(table, open_rows, taken)
    if table.by_wording and table.keys is not None:
        table.tell("FORM_GET_ROWS_BY_WORDS", rows=len(table.by_wording))


def _has_answer(table: Table, row: int) -> bool:
    return (row, table.columns.get("answer", -1)) in table.page.cells


def _exact(table: Table, row: int, many: str, taken: set[tuple[str, str, str]]) -> RowKey | None:
    words, text = table.words, _question(table, row)
    label = mark_of(text)
    if not label:
        texts = [table.page.text(row, col) for col in table.page.columns(row) if col != table.keys]
        labels = [mark_of(one) for one in texts]
        head = next((words.heads[one] for one in labels if one in words.heads), None)
        if head is not None:
            return RowKey("head", head)
        return RowKey("conclusion") if words.conclusion and words.conclusion in labels else None
    if label in words.rows:
        return RowKey("row", _first(words.rows[label], taken, "row"))
    if label in words.items:
        names = words.items[label]
        number = mark_of(table.page.text(row, table.columns.get("number", -1)))
        same = [name for name in names if name in words.numbers.get(number, [])]
        return RowKey("item", _first(same or names, taken, "item"))
    choices = words.choices.get(mark_of(bare(text)), [])
    here = [pair for pair in choices if pair[0] == many]
    if here or len(choices) == 1:
        return RowKey("choice", *(here or choices)[0])
    if label in words.heads:
        return RowKey("head", words.heads[label])
    return RowKey("conclusion") if label == words.conclusion else None


def _first(names: Sequence[str], taken: set[tuple[str, str, str]], kind: str) -> str:
    return next((name for name in names if (kind, name, "") not in taken), names[0])


def _by_likeness(table: Table, open_rows: list[int], taken: set[tuple[str, str, str]]) -> None:
    left = {item.id: item.text for item in table.form.items() if not item.row and ("item", item.id, "") not in taken}
    for row in open_rows:
        text = _question(table, row)
        if not left or mark_of(text) in table.words.fixed:
            continue
        found = similar(text, left) if len(text) >= _LEAST_WORDS else None
        if found is None:
            number = mark_of(table.page.text(row, table.columns.get("number", -1)))
            names = [name for name in table.words.numbers.get(number, []) if name in left] if number else []
            if table.keys is not None or len(names) != 1:
                continue
            found = names[0], 0
        item = table.form.item(found[0])
        table.rows[row] = RowKey("item", found[0])
        table.by_wording.add(row)
        left.pop(found[0])
        code = "FORM_GET_LIKELY" if found[1] else "FORM_GET_BY_NUMBER"
        place = (row, table.columns.get("question", 0))
        table.tell(code, place, item=item_place(item) if item else "", share=found[1], text=_cut(table, row))


def _name(table: Table, key: RowKey) -> str:
    item: Item | None = table.form.item(key.name)
    return item_place(item) if item is not None else key.name.rpartition("/")[2]


def _cut(table: Table, row: int) -> str:
    return cut(_question(table, row))


def cut(text: str, most: int = 60) -> str:
    """Return a text on one line, not longer than a message has room for."""
    plain = " ".join(text.split())
    return plain if len(plain) <= most else plain[: most - 1].rstrip() + "…"
