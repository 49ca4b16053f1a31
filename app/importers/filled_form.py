"""Reading a workbook that a school has filled; runs in the reading child.

Rows are found by the hidden key, columns by the hidden row of names; where a re-save or a person has lost them, the
wordings lead. The answers come with their cells; what is wrong with an answer stays with it as a code.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from app.errors import Problem, UserError, problem
from app.forms.excel_keys import CHECK_SHEET, LISTS_SHEET, META_SHEET, BookMeta, FormMeta, parse_meta
from app.forms.loader import load
from app.forms.schema import FormDef
from app.importers.filled_form_pages import Page, learn_facts, open_pages
from app.importers.filled_form_records import FilledBook, FilledForm, FormText
from app.importers.filled_form_rows import Found, read_table, settle
from app.importers.filled_form_table import best_form, cut, find, form_of, key_column, likeness
from app.importers.filled_form_words import SUBJECT_LINE, mark_of
from app.importers.guard import BookType

_MOST_META_ROWS = 5_000
_OWN_SHEETS = frozenset(name.casefold() for name in (CHECK_SHEET, LISTS_SHEET, META_SHEET, "Что исправить"))
_OWN_SIGNS = frozenset({mark_of("Проверка перед отправкой")})


@lru_cache(maxsize=128)
def _loaded(text: str) -> FormDef:
    return load(text)


class Library:
    """The definitions that travel with the batch; each is understood when it is needed."""

    def __init__(self, texts: tuple[FormText, ...]) -> None:
        self._texts = texts

    def version(self, form_id: str, version: str, digest: str = "") -> FormDef | None:
        """Return one version; of two with the same number the one whose digest is named."""
        same = [one for one in self._texts if (one.id, one.version) == (form_id, version)]
        exact = [one for one in same if one.digest == digest]
        return _loaded((exact or same)[0].text) if same else None

    def newest(self, form_id: str = "") -> list[FormDef]:
        """Return the newest versions, of one form where it is named."""
        return [_loaded(one.text) for one in self._texts if one.newest and form_id in {"", one.id}]

    def knows(self, form_id: str) -> bool:
        """Whether any version of a form is there."""
        return any(one.id == form_id for one in self._texts)


@dataclass(slots=True)
class _Part:
    """One form of the book while its sheets are being read."""

    form: FormDef
    how: str
    meta: FormMeta
    found: Found = field(default_factory=Found)
    problems: list[Problem] = field(default_factory=list)
    header: str = ""


def read(path: Path, kind: BookType, texts: tuple[FormText, ...]) -> FilledBook:
    """Read a workbook that has passed the guard.

    Raises:
        UserError: ``FORM_GET_NOT_BLANK``, ``FORM_GET_UNKNOWN_FORM``, ``FORM_GET_UNKNOWN_VERSION``,
            ``FORM_GET_NOT_BOOK``; ``IMP_…`` of opening.
    """
    pages = open_pages(path, kind)
    meta_page, meta = _meta(pages)
    library = Library(texts)
    parts: dict[str, _Part] = {}
    strange: list[Problem] = []
    lost: UserError | None = None
    for page in pages:
        if page is meta_page or not page.cells or _service(page):
            continue
        try:
            part, keys = _part_of(page, meta, library, parts)
        except UserError as fault:
            lost = lost or fault
            continue
        if part is None:
            strange.append(_extra(page))
            continue
        learn_facts(path, kind, page)
        table = find(page, part.form, keys)
        read_table(table, part.found)
        header = _header(page)
        part.header = part.header or header
        if header and mark_of(header) != mark_of(part.header):
            table.tell("FORM_GET_OTHER_SUBJECT", other=cut(header), first=cut(part.header))
        if keys is None:
            table.tell("FORM_GET_NO_KEYS")
        part.problems += table.problems
    if not parts:
        raise lost or UserError("FORM_GET_NOT_BLANK", file=path.name)
    forms = [_form(part, meta) for part in parts.values()]
    first = forms[0]
    if lost is not None:
        strange.append(Problem("error", lost.code, str(lost)))
    if meta is None:
        strange.append(problem("FORM_GET_NO_META"))
    elif not meta.intact:
        strange.append(problem("FORM_GET_SEAL"))
    forms[0] = _with(first, strange)
    return _book(meta, tuple(forms))


def _with(form: FilledForm, more: list[Problem]) -> FilledForm:
    return replace(form, problems=(*form.problems, *more))


def _meta(pages: list[Page]) -> tuple[Page | None, BookMeta | None]:
    """Find the hidden sheet, whatever it is called now."""
    for page in sorted(pages, key=lambda one: one.name.casefold() != META_SHEET):
        rows = [[page.cells.get((row, column)) for column in range(4)] for row in page.rows()[:_MOST_META_ROWS]]
        with suppress(ValueError, TypeError):
            found = parse_meta(rows)
            if found is not None:
                return page, found
    return None, None


def _service(page: Page) -> bool:
    """Whether a sheet is one of ours that nobody fills; a renamed one is known by its heading."""
    if page.name.casefold() in _OWN_SHEETS and key_column(page) is None:
        return True
    return any(mark_of(page.text(row, 0)) in _OWN_SIGNS for row in page.rows()[:3])


def _part_of(
    page: Page, meta: BookMeta | None, library: Library, parts: dict[str, _Part]
) -> tuple[_Part | None, int | None]:
    """Return the form that a sheet belongs to and its key column; None where it is a sheet of somebody's own."""
    keys = key_column(page)
    metas = meta.forms if meta is not None else ()
    if keys is not None:
        name, version = form_of(page, keys)
        known = [one for one in metas if one.id == name] or ([metas[0]] if not name and len(metas) == 1 else [])
        facts = _whose(page, known, parts) if known else FormMeta(name, version)
        if facts.id:
            return _known_part(page, facts, library, parts, "key"), keys
    candidates = [form for one in metas if (form := library.version(one.id, one.version, one.digest)) is not None]
    best = best_form(page, candidates) if candidates else None
    best = best or best_form(page, library.newest())
    if best is None:
        return None, keys
    form, _share = best
    facts = next((one for one in metas if one.id == form.id), FormMeta(form.id, form.version, form.digest))
    return parts.setdefault(_key(facts), _Part(form, "key" if keys is not None else "wording", facts)), keys


def _key(facts: FormMeta) -> str:
    return f"{facts.id}#{facts.case_id}"


def _whose(page: Page, known: list[FormMeta], parts: dict[str, _Part]) -> FormMeta:
    """Return the case that a sheet belongs to where the book holds several of one form.

    The line over the table names the subject; where that tells nothing, sheets come in the order of the hidden sheet:
    the first one whose questions have not been read yet.
    """
    line = SUBJECT_LINE.search(_header(page))
    who = mark_of(line["who"]) if line else ""
    named = [one for one in known if mark_of(one.subject_name) == who] or known
    return next((one for one in named if not _has(page, parts.get(_key(one)))), named[0])


def _has(page: Page, part: _Part | None) -> bool:
    """Whether a question of this sheet has been read for a case already."""
    if part is None:
        return False
    keys = key_column(page)
    present = {page.text(row, keys) for row in page.rows()} if keys is not None else set()
    read = set(part.found.answers)
    rows = {f"#row:{section.id}/{row.id}" for section in part.form.sections for row in section.rows
            if any(item.startswith(f"{row.id}.") for item in read)}  # fmt: skip
    return bool(present & (read | rows))


def _known_part(page: Page, facts: FormMeta, library: Library, parts: dict[str, _Part], how: str) -> _Part:
    if _key(facts) in parts:
        return parts[_key(facts)]
    form = library.version(facts.id, facts.version, facts.digest)
    if form is None:
        if not library.knows(facts.id):
            raise UserError("FORM_GET_UNKNOWN_FORM", form=facts.id, where=f"лист «{page.name}»")
        newest = library.newest(facts.id)
        if not newest or likeness(page, newest[0]) < 0.5:
            raise UserError(
                "FORM_GET_UNKNOWN_VERSION", form=newest[0].short if newest else facts.id, version=facts.version,
                where=f"лист «{page.name}»",
            )  # fmt: skip
        form = newest[0]
    return parts.setdefault(_key(facts), _Part(form, how, facts))


def _extra(page: Page) -> Problem:
    filled = len(page.cells)
    first = min(page.cells)
    return problem("FORM_GET_EXTRA_SHEET", sheet=page.name, name=page.name, cells=filled, text=page.text(*first)[:60])


def _header(page: Page) -> str:
    """Return the line over the table that says whom the blank was made for."""
    for row in page.rows()[:12]:
        for column in page.columns(row):
            if SUBJECT_LINE.search(page.text(row, column)):
                return page.text(row, column)
    return ""


def _form(part: _Part, meta: BookMeta | None) -> FilledForm:
    facts, problems = part.meta, list(part.problems)
    answers = []
    gone = []
    for item in part.form.items():
        copies = part.found.answers.get(item.id)
        if copies:
            answers.append(settle(item, copies))
        else:
            gone.append(item)
    if gone:
        names = ", ".join(item.number or item.id for item in gone[:8]) + (" и другие" if len(gone) > 8 else "")
        problems.append(problem("FORM_GET_ROWS_GONE", items=names, number=len(gone)))
    line = SUBJECT_LINE.search(part.header)
    year = _whole(meta.school_year) if meta is not None else None
    return FilledForm(
        part.form.id, part.form.version, part.form.digest, part.how, _whole(facts.round_id), _whole(facts.case_id),
        _whole(facts.subject_id), facts.subject_name, line["who"].strip() if line else "",
        year if year is not None or line is None else int(line["year"]), tuple(answers),
        tuple(part.found.head.items()), part.found.conclusion, tuple(part.found.proofs), tuple(problems),
    )  # fmt: skip


def _book(meta: BookMeta | None, forms: tuple[FilledForm, ...]) -> FilledBook:
    if meta is None:
        return FilledBook(forms=forms)
    return FilledBook(
        True, meta.intact, meta.file_id, _whole(meta.school_year), _whole(meta.school_id), meta.school_code,
        meta.school_name, meta.municipality, forms,
    )  # fmt: skip


def _whole(text: str) -> int | None:
    return int(text) if re.fullmatch(r"-?[0-9]{1,19}", text) else None
