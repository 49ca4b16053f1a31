"""Papers of the life of a programme: the list of changes between two editions, the agreement sheet."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from app.models import settings
from app.models.journal import now
from app.models.store import Connection
from app.operations import programme_life, programme_stage, programmes
from app.operations.papers import Paper
from app.operations.programme_life import ANSWER_WORDS
from app.operations.programme_stage import Edition, act_words

if TYPE_CHECKING:
    from app.reports.programme_changes_paper import LifeHead


def edition_words(item: Edition) -> str:
    """Return an edition in words: «редакция 2, утверждена, постановление от 01.02.2026 № 5»."""
    head = item.programme
    act = f", {act_words(head)}" if act_words(head) else ""
    return f"редакция {head.edition}, {head.year_from}–{head.year_to}, {item.state_word}{act}"


def _head(connection: Connection, item: Edition) -> LifeHead:
    from app.reports.programme_changes_paper import LifeHead

    values = settings.get_all(connection)
    frozen = item.programme.frozen
    words = f"редакция {item.programme.edition}, {item.state_word}"
    return LifeHead(
        item.programme.title, words, now(), values["organisation"], values["executor"], item.digest if frozen else ""
    )


def changes(connection: Connection, old: int, new: int) -> Paper:
    """Return «Перечень изменений» from one edition to another.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``.
    """
    from app.reports.programme_changes_paper import ChangeLine
    from app.reports.programme_changes_paper import changes as paper

    before, after = (programme_stage.edition(connection, key) for key in (old, new))
    lines = [ChangeLine(item.kind, item.place, item.what, item.before, item.after)
             for item in programme_life.compared(connection, old, new)]  # fmt: skip
    document = paper(_head(connection, after), (edition_words(before), edition_words(after)), lines)
    name = f"Перечень изменений программы, редакции {before.programme.edition} и {after.programme.edition}"
    return Paper("programme_changes", name, document, after.programme.snapshot_id if after.programme.frozen else None)


def agreement_sheet(connection: Connection, key: int, today: date) -> Paper:
    """Return «Лист согласования» of an edition.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``.
    """
    from app.reports.programme_changes_paper import PartyRow, RemarkRow
    from app.reports.programme_changes_paper import agreement as paper

    head = programmes.head(connection, key)
    found = programme_life.agreement(connection, key)
    remarks = programme_stage.remark_rows(connection, key)
    parties = [
        PartyRow(item.name, item.person or "", item.sent_on, item.answered_on, ANSWER_WORDS.get(item.answer or "", ""))
        for item in found.parties
    ]
    told = [
        RemarkRow(row.where, row.remark.text, ", ".join(filter(None, (row.remark.author, row.party))), row.state,
                  row.remark.answer)
        for row in remarks
    ]  # fmt: skip
    document = paper(_head(connection, programme_stage.edition(connection, key)), parties, told)
    name = f"Лист согласования программы, редакция {head.edition}, {today:%d.%m.%Y}"
    return Paper("programme_agreement", name, document, head.snapshot_id if head.frozen else None)
