"""Where forms come from outside the editor: a file of another «Опора», a table of Excel, a list in a text file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Literal

from app.errors import UserError
from app.forms import clipboard, drafting, from_table
from app.forms.from_table import Understood
from app.forms.schema import FormDef, Item
from app.models.store import Connection, Store
from app.operations import form_drafts, forms
from app.operations.forms import FormEntry

State = Literal["new", "same", "newer", "older", "other"]
TABLES = frozenset({".xlsx", ".xls", ".ods", ".csv", ".txt", ".xlsm"})
_WIDEST = 60


@dataclass(frozen=True, slots=True)
class Incoming:
    """A definition in a file beside what is known here.

    Attributes:
        state: ``new`` no such form here; ``same`` it says what one of the versions says; ``newer`` its version comes
            after all; ``older`` a version that is not known here, but a newer one is; ``other`` its version is known
            here with another text.
        known: the newest version here.
    """

    path: Path
    form: FormDef
    state: State
    known: str = ""


def incoming(connection: Connection, path: Path) -> Incoming:
    """Look at a definition file and change nothing.

    Raises:
        UserError: ``GEN_FILE_MISSING``, ``GEN_FILE_UNREADABLE``, ``FORM_FAULTS``.
    """
    from app.forms.loader import version_key

    form = forms.check_file(path)
    found = next((one for one in forms.listing(connection, hidden=True) if one.form.id == form.id), None)
    if found is None:
        return Incoming(path, form, "new")
    newest = found.form.version
    if form.version in found.versions:
        here = forms.definition(connection, form.id, form.version)
        same = replace(here, digest="", text="") == replace(form, digest="", text="")
        return Incoming(path, form, "same" if same else "other", newest)
    state: State = "newer" if version_key(form.version) > version_key(newest) else "older"
    return Incoming(path, form, state, newest)


def take(store: Store, path: Path, *, as_copy: bool = False) -> FormEntry:
    """Take a form from a definition file.

    Args:
        store: the open file.
        path: the definition.
        as_copy: as a form of its own beside the one of that id; else a version that is taken becomes the next one.

    Raises:
        UserError: as ``forms.take_in``.
    """
    found = incoming(store.connection, path)
    if not as_copy and found.state not in {"other", "older"}:
        return forms.take_in(store, path)
    form = found.form
    if not as_copy:
        known = forms.entry(store.connection, form.id)
        return forms.save(store, replace(form, version=forms.next_version(known.versions)))
    made = replace(form, id=form_drafts.own_id(form.id), version="1.0", short=f"{form.short} (копия)", revisions=())
    return forms.save(store, made)


def from_file(path: Path, usual: Item | None = None) -> Understood:
    """Read sections and questions out of a table (xlsx, xls, ods, csv) or a list, one a line.

    Args:
        path: the file; of a book the first sheet that has questions counts.
        usual: how a question is asked where the table does not say it.

    Raises:
        UserError: ``FORM_TABLE_EMPTY``; codes that begin with IMP_.
    """
    from app.importers import guard
    from app.importers.book import open_sheets
    from app.importers.grid import text

    asked = usual if usual is not None else usual_item()
    if path.suffix.lower() == ".txt":
        found = from_table.understand(clipboard.lines(forms.read_file(path)), asked)
        return _some(found, path)
    if not path.exists():
        raise UserError("GEN_FILE_MISSING", file=path)
    sheets, _hidden = open_sheets(path, guard.check(path))
    for sheet in sheets:
        rows = [[text(cell) for cell in islice(row, _WIDEST)] for _n, row in
                islice(sheet.rows(), clipboard.MOST_LINES)]  # fmt: skip
        width = max((len(row) for row in rows), default=0)
        wide = frozenset(top for top, left, bottom, right in sheet.merged
                         if top == bottom and right - left + 1 >= max(2, width - 1))  # fmt: skip
        found = from_table.understand(clipboard.of_rows(rows, wide), asked)
        if found.items:
            return found
    raise UserError("FORM_TABLE_EMPTY", name=path.name)


def _some(found: Understood, path: Path) -> Understood:
    if not found.items:
        raise UserError("FORM_TABLE_EMPTY", name=path.name)
    return found


def usual_item() -> Item:
    """Return how a question is asked of which nothing is said: the usual scale, a remark may be written."""
    return Item("q1", "", "choice", scale=drafting.usual_scale())


def drafted(found: Understood, form_id: str, title: str) -> drafting.Draft:
    """Return a draft of a new form with what was understood; questions without points make no sum."""
    draft = drafting.put(drafting.new(form_id), title=title, short=title)
    draft = form_drafts.with_structure(draft, found, anew=True)
    used = {item.scale.id for item in draft.form.items() if item.scale is not None}
    draft = replace(draft, scales=tuple(one for one in draft.scales if one.id in used) or draft.scales)
    if not any(item.points is not None for item in draft.form.items()):
        draft = drafting.put(draft, scores=())
    return draft


def new_form(store: Store | None, path: Path, form_id: str, title: str = "") -> FormDef:
    """Make a form of a table; kept where a store is given.

    Raises:
        UserError: ``FORM_TABLE_EMPTY``, ``FORM_ID_KNOWN``, ``FORM_FAULTS``; codes that begin with IMP_.
    """
    from app.forms.loader import load
    from app.forms.writer import text_of

    connection = store.connection if store is not None else None
    if any(one.form.id == form_id for one in forms.listing(connection, hidden=True)):
        raise UserError("FORM_ID_KNOWN", form=form_id)
    draft = drafted(from_file(path), form_id, title.strip() or path.stem.replace("_", " "))
    made = load(text_of(draft.form), path.name)
    return made if store is None else forms.save(store, made).form


def write(form: FormDef, path: Path) -> Path:
    """Write a definition as a file that another «Опора» takes in.

    Raises:
        UserError: ``PAPER_…`` of writing.
    """
    from app.exporters.atomic import write_atomic

    return write_atomic(path, form.text.encode())
