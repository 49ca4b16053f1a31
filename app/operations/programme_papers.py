"""Papers about a programme: the whole of it, the plan, показатели, money; a draft now, an approved one as frozen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from app.errors import UserError
from app.models.programme_records import Tree
from app.models.store import Connection
from app.operations import programme_figures, programme_life, programme_texts
from app.operations.papers import Paper
from app.operations.programme_paper_data import paper_data

if TYPE_CHECKING:
    from app.reports.document import Block, Document
    from app.reports.programme_data import ProgrammeData

WHAT: dict[str, str] = {
    "whole": "Программа",
    "plan": "План мероприятий",
    "indicators": "Показатели",
    "money": "Финансовое обеспечение",
}
"""Which papers there are: key → name for menus and the command line."""
_LONGEST_TITLE = 60


def paper(connection: Connection, programme_id: int, what: str = "whole") -> Paper:
    """Return a paper about an edition.

    Args:
        connection: reading connection.
        programme_id: which edition.
        what: a key of ``WHAT``.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``; ``PROGRAMME_NO_PAPER`` for another word.
    """
    if what not in WHAT:
        raise UserError("PROGRAMME_NO_PAPER", what=what, known=", ".join(WHAT))
    return of_tree(connection, programme_life.frozen_tree(connection, programme_id), what)


def of_tree(connection: Connection, tree: Tree, what: str = "whole") -> Paper:
    """Return a paper of a tree that has been read already."""
    whole = what == "whole"
    data = paper_data(connection, tree, texts_of(connection, tree), _blocks(connection, tree) if whole else {})
    return Paper(f"programme_{what}", _title(tree, what), _makers()[what](data), tree.programme.snapshot_id)


def _makers() -> Mapping[str, Callable[[ProgrammeData], Document]]:
    from app.reports import programme_paper as made

    return {
        "whole": made.programme, "plan": made.plan_paper, "indicators": made.indicators_paper,
        "money": made.money_paper,
    }  # fmt: skip


def _title(tree: Tree, what: str) -> str:
    """Return the name in the register: «План мероприятий, 2026–2028, редакция 2: …»."""
    head = tree.programme
    title = " ".join(head.title.split())
    short = title if len(title) <= _LONGEST_TITLE else title[: _LONGEST_TITLE - 1].rstrip() + "…"
    return f"{WHAT[what]} {head.year_from}–{head.year_to}, редакция {head.edition}: {short}"


def texts_of(connection: Connection, tree: Tree) -> Mapping[str, str]:
    """Return the texts of an edition by key of ``programme_sections``; of an approved one as they were approved."""
    kept = {key: text.text for key, text in tree.texts.items()}
    return kept if tree.programme.frozen and kept else programme_texts.document_texts(connection, tree)


def _blocks(connection: Connection, tree: Tree) -> Mapping[str, tuple[Block, ...]]:
    """Return tables and charts of the analysis by its part; of an approved edition as they were approved."""
    from app.reports.document import ChartBlock

    found: dict[str, tuple[Block, ...]] = {}
    kept = programme_life.frozen_analysis(connection, tree.programme)
    for block in programme_figures.analysis(connection, tree) if kept is None else kept:
        table = () if block.table is None else (replace(block.table, caption=block.title),)
        chart = () if block.chart is None else (ChartBlock(block.chart),)
        found[block.section] = (*found.get(block.section, ()), *table, *chart)
    return found
