"""Papers of the bank of practices: every figure is counted from its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.models import registers as stored
from app.models.store import Connection
from app.operations import practices
from app.operations.paper_head import head
from app.operations.papers import Paper
from app.operations.practices import Practice
from app.operations.register_catalogue import DEFICIT_WORDS
from app.operations.register_work_practices import KIND_WORDS, STATE_WORDS
from app.texts import capital, quoted

if TYPE_CHECKING:
    from app.reports.work_practices import PracticeText

WHICH = {"accepted": "принятые в банк", "proposed": "предложенные", "archived": "в архиве", "all": "все"}
"""Which practices a list shows → the word under its title."""


def card(connection: Connection, key: int) -> Paper:
    """Return the card of one practice.

    Raises:
        UserError: ``PRACT_GONE``.
    """
    from app.reports import work_practices

    item = practices.get(connection, key)
    document = work_practices.card(head(connection), _text(connection, item))
    return Paper("practice_card", f"{capital(KIND_WORDS[item.kind])} {quoted(item.shown)}", document, None)


def bank(connection: Connection, which: str, subject: str = "") -> Paper:
    """Return the bank as a list.

    Args:
        connection: reading connection.
        which: key of ``WHICH``.
        subject: only this subject; every one where it is empty.
    """
    from app.reports import work_practices

    found = _chosen(connection, which, subject)
    told = practices.totals_words(practices.totals(found), "; ") if found else ""
    texts = tuple(_text(connection, item) for item in found)
    return Paper("practice_bank", "Банк практик", work_practices.bank(head(connection), texts, _words(which, subject),
                                                                      told), None)  # fmt: skip


def adopters(connection: Connection, which: str, subject: str = "") -> Paper:
    """Return who took what; see ``bank``."""
    from app.reports import work_practices

    found = _chosen(connection, which, subject)
    schools = {use.school_id for item in found for use in item.standing.uses if use.state == "adopted"}
    marks = sum(len(item.standing.marks) for item in found)
    verbs = ("хотя бы одну практику внедрила", "хотя бы одну практику внедрили")
    taken = f"{practices.adopted_words(len(schools), *verbs)}, оценок {marks}"
    told = taken if found else ""
    texts = tuple(_text(connection, item) for item in found)
    return Paper("practice_uses", "Кто внедрил практики",
                 work_practices.adopters(head(connection), texts, _words(which, subject), told), None)  # fmt: skip


def _chosen(connection: Connection, which: str, subject: str) -> list[Practice]:
    states = (which,) if which in STATE_WORDS else ()
    wanted = subject.casefold()
    found = [item for item in practices.listing(connection, states=states)
             if not wanted or item.subject.casefold() == wanted]  # fmt: skip
    return sorted(found, key=lambda item: (not item.subject, item.subject.casefold()))


def _words(which: str, subject: str) -> str:
    told = WHICH.get(which, WHICH["all"])
    return f"{told} · {subject}" if subject else told


def subjects(connection: Connection) -> tuple[str, ...]:
    """Return the subjects of the practices, each once, by alphabet."""
    found = {item.subject.casefold(): item.subject for item in reversed(practices.listing(connection)) if item.subject}
    return tuple(found[key] for key in sorted(found))


def _text(connection: Connection, item: Practice) -> PracticeText:
    from app.reports.work_practices import PracticeText, UseLine

    beside = stored.attachments(connection, "practice", [item.id]).get(item.id, []) if item.files else []
    return PracticeText(
        title=item.shown, kind=KIND_WORDS[item.kind], whose=item.school or item.body, author=item.author,
        year=practices.year_words(item), subject=item.subject, deficit=DEFICIT_WORDS.get(item.deficit_kind, ""),
        audience=item.audience, problem=item.problem, idea=item.idea, evidence=item.evidence,
        files=tuple(one.title for one in beside), state=item.since_words, act=item.act, link=item.link,
        rating=item.standing.rating_words, adopted=item.standing.adopted,
        uses=tuple(UseLine(use.school, use.word, use.since, use.rating, use.opinion) for use in item.standing.uses),
    )  # fmt: skip
