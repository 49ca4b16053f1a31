"""Texts of a programme: what its tree and the file's figures say, what a person typed, what has changed since.

A text that nobody touched is derived anew each time. A text that a person typed keeps beside it the lines it was made
from; when those lines say something else now, the text is out of date. Bringing it up to date replaces the lines that
are still there as they were and leaves the person's own words alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from app.analysis import kept_text
from app.analysis.kept_text import ChangedText
from app.analysis.programme_derived import DerivedLine, derived
from app.analysis.programme_sections import ALL, BY_KEY, Part, SectionDef
from app.models.programme_records import SectionText, Tree
from app.models.store import Connection, Operation, Store
from app.operations import origin, programme_figures
from app.operations.origin import Trace
from app.operations.programme_blocks import AnalysisBlock, Figure
from app.operations.programme_parts import put_section_in
from app.operations.programmes import tree as tree_of
from app.operations.programmes import writable
from app.texts import count, quoted

Source = Literal["derived", "typed", "empty"]
SOURCE_WORDS: Mapping[Source, str] = {"derived": "из структуры", "typed": "введено", "empty": "пусто"}
DATA_WORD = "из данных"
STALE_WORD = "цифры устарели"
_ALONE = {"results.years", "results.deficits", "problems.tree"}
"""Blocks of the analysis whose sentences are a list: each stands alone."""
MOST_TRACES = 500
"""Rows of origins that a window shows of one part; more of them nobody reads."""


@dataclass(frozen=True, slots=True)
class Field:
    """One text as the screen and the papers need it.

    Attributes:
        origin: «derived», «typed» or «empty».
        stale: typed or kept, and what it was made from says something else now.
        derived: what the tree or the data say now; empty where they say nothing.
        base: what the derived text is made of, as JSON; a typed text keeps it.
    """

    key: str
    title: str
    part: Part
    text: str
    origin: Source
    stale: bool
    hint: str
    derived: str
    base: str

    @property
    def word(self) -> str:
        """The state in a word."""
        if self.stale:
            return STALE_WORD
        if self.origin == "derived" and self.part == "analysis" and self.key != "analysis.problems":
            return DATA_WORD
        return SOURCE_WORDS[self.origin]


@dataclass(frozen=True, slots=True)
class TextBook:
    """All texts of a programme, its parts and the blocks of its analysis, read at once."""

    tree: Tree
    fields: tuple[Field, ...]
    blocks: tuple[AnalysisBlock, ...] = field(default_factory=tuple)

    def field(self, key: str) -> Field:
        """Return one text."""
        return next(item for item in self.fields if item.key == key)


Lines = tuple[DerivedLine, ...]


# --- reading -------------------------------------------------------------------------------------------------------


def read(connection: Connection, programme_id: int) -> TextBook:
    """Return every text of a programme with the blocks of its analysis.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``.
    """
    tree = tree_of(connection, programme_id)
    blocks = programme_figures.analysis(connection, tree)
    return TextBook(tree, _fields(tree, blocks), blocks)


def fields(connection: Connection, programme_id: int) -> tuple[Field, ...]:
    """Return the texts of a programme in the order of its paper.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``.
    """
    return read(connection, programme_id).fields


def document_texts(connection: Connection, tree: Tree) -> Mapping[str, str]:
    """Return key → text for a paper: what was typed, else what follows; "" where there is nothing."""
    return {item.key: item.text for item in _fields(tree, programme_figures.analysis(connection, tree))}


def _fields(tree: Tree, blocks: Sequence[AnalysisBlock]) -> tuple[Field, ...]:
    return tuple(_field(item, tree.texts.get(item.key), _lines(tree, blocks, item.key), blocks) for item in ALL)


def _lines(tree: Tree, blocks: Sequence[AnalysisBlock], key: str) -> Lines:
    """Return what a derived text is made of."""
    if not key.startswith("analysis."):
        return derived(tree, key)
    return tuple(
        DerivedLine(f"{block.key}#{'|'.join(sentence.figures) or place}", sentence.text)
        for block in blocks
        if block.section == key
        for place, sentence in enumerate(block.told)
    )


def _joined(key: str, lines: Lines) -> str:
    """Return the lines as a text: sentences of one block of the analysis make a paragraph, other lines stand alone."""
    return kept_text.joined(lines, _ALONE if key.startswith("analysis.") else None)


def _field(item: SectionDef, row: SectionText | None, lines: Lines, blocks: Sequence[AnalysisBlock]) -> Field:
    said, base = _joined(item.key, lines), _base(item.key, lines, blocks)
    if row is None:
        state: Source = "derived" if said else "empty"
        return Field(item.key, item.title, item.part, said, state, False, item.hint, said, base)
    own: Source = "empty" if not row.text.strip() else row.origin
    return Field(item.key, item.title, item.part, row.text, own, _stale(row, lines), item.hint, said, base)


def _base(key: str, lines: Lines, blocks: Sequence[AnalysisBlock]) -> str:
    figures = {
        figure.key: [figure.what, figure.value] for block in blocks if block.section == key for figure in block.figures
    }
    return kept_text.base(lines, figures)


def _stale(row: SectionText, lines: Lines) -> bool:
    return kept_text.stale(row.figures, lines)


# --- typing --------------------------------------------------------------------------------------------------------


def put(store: Store, programme_id: int, key: str, text: str, base: str | None = None) -> None:
    """Keep what a person typed for a text; words that are just what is derived are not kept.

    Args:
        store: open store.
        programme_id: the programme.
        key: of a text of ``programme_sections``.
        text: as typed.
        base: what the derived text was made of when it was typed (``Field.base``); computed where not given. A text
            that was typed before keeps what it was made from, until it is brought up to date.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``, ``PROGRAMME_FROZEN``.
    """
    writable(store.connection, programme_id)
    tree = tree_of(store.connection, programme_id)
    row = tree.texts.get(key)
    if base is None:
        base = _base_now(store.connection, tree, key)
    if row is not None and row.figures:
        base = row.figures
    lines = tuple(DerivedLine(str(name), str(words)) for name, words in json.loads(base).get("lines", []))
    said = _joined(key, lines)
    label, merge = f"Программа, текст {quoted(BY_KEY[key].title)}", f"programme.text:{programme_id}:{key}"
    with store.operation(label, "programme.text", merge=merge) as operation:
        if text.strip() == said.strip() and (row is None or row.origin == "typed"):
            put_section_in(operation, programme_id, key, None)
        else:
            put_section_in(operation, programme_id, key, text, figures=base if lines else None)


def _base_now(connection: Connection, tree: Tree, key: str) -> str:
    blocks = programme_figures.analysis(connection, tree) if key.startswith("analysis.") else ()
    return _base(key, _lines(tree, blocks, key), blocks)


def reset(store: Store, programme_id: int, key: str) -> None:
    """Forget what was typed for a text: the derived one stands again.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``, ``PROGRAMME_FROZEN``.
    """
    writable(store.connection, programme_id)
    with store.operation(f"Программа, текст {quoted(BY_KEY[key].title)}: из структуры", "programme.text") as operation:
        put_section_in(operation, programme_id, key, None)


# --- bringing up to date -------------------------------------------------------------------------------------------


def changes(connection: Connection, programme_id: int) -> tuple[ChangedText, ...]:
    """Return what «обновить цифры» would change, text by text; nothing where all texts are up to date.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``.
    """
    tree = tree_of(connection, programme_id)
    return _changes(tree, programme_figures.analysis(connection, tree))


def _changes(tree: Tree, blocks: Sequence[AnalysisBlock]) -> tuple[ChangedText, ...]:
    found = []
    for item in ALL:
        row = tree.texts.get(item.key)
        lines = _lines(tree, blocks, item.key)
        if row is not None and _stale(row, lines):
            found.append(_change(item, row, lines))
    return tuple(found)


def _change(item: SectionDef, row: SectionText, lines: Lines) -> ChangedText:
    typed = row.origin == "typed"
    told, text = kept_text.renewed(row.text, row.figures, lines, typed=typed)
    return ChangedText(item.key, item.title, typed, told, text if typed else _joined(item.key, lines))


def refresh(store: Store, programme_id: int, keys: Iterable[str]) -> int:
    """Bring the chosen texts up to date as one operation and return how many there were.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``, ``PROGRAMME_FROZEN``.
    """
    writable(store.connection, programme_id)
    tree = tree_of(store.connection, programme_id)
    blocks = programme_figures.analysis(store.connection, tree)
    wanted = set(keys)
    chosen = [change for change in _changes(tree, blocks) if change.key in wanted]
    if not chosen:
        return 0
    told = count(len(chosen), "текст", "текста", "текстов")
    with store.operation(f"Программа: обновлены цифры, {told}", "programme.refresh") as operation:
        for change in chosen:
            base = _base(change.key, _lines(tree, blocks, change.key), blocks)
            put_section_in(
                operation, programme_id, change.key, change.text,
                origin="typed" if change.typed else "derived", figures=base,
            )  # fmt: skip
    return len(chosen)


def keep_in(operation: Operation, connection: Connection, programme_id: int) -> None:
    """Keep every derived text as it stands, inside an operation: what is agreed or approved follows no data."""
    tree = tree_of(connection, programme_id)
    blocks = programme_figures.analysis(connection, tree)
    for item in ALL:
        lines = _lines(tree, blocks, item.key)
        if item.key not in tree.texts and lines:
            put_section_in(
                operation, programme_id, item.key, _joined(item.key, lines), origin="derived",
                figures=_base(item.key, lines, blocks),
            )  # fmt: skip


# --- «Откуда это?» -------------------------------------------------------------------------------------------------


def traces(connection: Connection, figures: Iterable[Figure]) -> list[Trace]:
    """Return where the figures of a block come from, row by row of what is stored."""
    found: list[Trace] = []
    for figure in figures:
        parts = figure.parts or (figure.value,) * len(figure.origins)
        for place, said in zip(figure.origins, parts, strict=True):
            if place.table in origin.TABLE_WORDS and len(found) < MOST_TRACES:
                found.append(
                    origin.origin_of(connection, place.table, place.row_id, place.column, what=figure.what, value=said)
                )
    return found
