"""Where the number of a signed order belongs besides the legal base: the group, the curators, the pairs it is about.

A list and a programme take their number at their own door, when they are approved: here they are only pointed to.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.errors import UserError
from app.models import people, programmes, settings
from app.models import ties as tie_rows
from app.models.store import Connection, Store
from app.operations import order_facts, registers
from app.operations.order_facts import PAIRED, Asked
from app.operations.order_templates import ACTS
from app.operations.orders import Draft, read
from app.operations.paper_choices import whole
from app.operations.programmes import current
from app.texts import NBSP, count, ru_date


@dataclass(frozen=True, slots=True)
class Link:
    """What is still to be done with number and date.

    Attributes:
        words: one sentence; button: what the button says.
        command, payload: the window that does it; empty command: ``hand_over`` does it.
    """

    words: str
    button: str
    command: str = ""
    payload: object = None


def link(connection: Connection, draft: Draft) -> Link | None:
    """Return where the number is still missing; None where it stands everywhere or nowhere belongs."""
    if not draft.signed:
        return None
    kind = draft.template.kind
    if kind == "list":
        return _list(connection, draft)
    if kind == "programme":
        return _programme(connection, draft)
    rows = len(_rows(connection, draft))
    if not rows:
        return None
    words = {
        "group": "В составе группы этот приказ ещё не указан.",
        "curators": f"Приказ ещё не указан у {count(rows, 'назначения', 'назначений', 'назначений')}.",
        "pairs": f"Приказ ещё не указан у {count(rows, 'пары', 'пар', 'пар')}.",
    }
    return Link(words[kind], "Вписать приказ")


def _list(connection: Connection, draft: Draft) -> Link | None:
    from app.models import lists, results

    years = [year for year in results.years(connection) if year <= draft.school_year]
    year = whole(draft.values.get("year", "")) or (years[0] if years else 0)
    rule = draft.values.get("rule") or settings.get(connection, "rule")
    if not year or lists.approval_in_force(connection, rule, year) is not None:
        return None
    return Link(f"Список за {year} год ещё не утверждён этим приказом.", "Утвердить список…", "approve", (rule, year))


def _programme(connection: Connection, draft: Draft) -> Link | None:
    told = whole(draft.values.get("programme", ""))
    key = told if told is not None else current(connection, draft.school_year)
    found = programmes.programme(connection, key) if key is not None else None
    if found is None or found.frozen:
        return None
    return Link("Программа ещё не утверждена этим приказом.", "Утвердить программу…", "approve_programme", key)


def act_words(draft: Draft) -> str:
    """Return «приказ от 28.11.2026 № 214», as appointments and groups name it."""
    return f"{ACTS[draft.act].name} от{NBSP}{ru_date(draft.dated)} №{NBSP}{draft.number}"


def _rows(connection: Connection, draft: Draft) -> list[tuple[str, int]]:
    """Return (table, key) of rows the order is about that name no act yet."""
    asked, kind = Asked(draft.school_year, draft.values, order_facts.day_of(draft.dated)), draft.template.kind
    if kind == "group":
        body = order_facts.body(connection, asked)
        return [("body", body.id)] if body is not None and not body.act else []
    if kind == "curators":
        found = registers.rows(connection, "supporters")
        return [("appointment", row["id"]) for row in found if not row["act"] and not row["date_to"]]
    if kind == "pairs":
        ties = tie_rows.ties(connection, (draft.school_year,))
        return [("organisation_tie", tie.id) for tie in ties if tie.state in PAIRED and not tie.act_number]
    return []


def hand_over(store: Store, key: int) -> int:
    """Write the order where it is missing; returns into how many rows.

    Raises:
        UserError: ``ORDER_GONE``; ``ORDER_NO_NUMBER`` while it has no number.
    """
    draft = read(store.connection, key)
    if not draft.signed:
        raise UserError("ORDER_NO_NUMBER")
    found = _rows(store.connection, draft)
    if found:
        told = count(len(found), "запись", "записи", "записей")
        with store.operation(f"Вписан {act_words(draft)}: {told}", "order.hand_over") as operation:
            for table, row in found:
                if table == "organisation_tie":
                    operation.update(table, row, act_number=draft.number, act_date=draft.dated)
                else:
                    operation.update(table, row, act=act_words(draft))
    return len(found)


def named_people(connection: Connection) -> list[tuple[int, str]]:
    """Return (key, «Ракитина Елена Викторовна, методист») of the directory for choosing."""
    from app.models.erasure import ERASED

    return [
        (one.id, ", ".join(part for part in (one.full_name, one.position or "") if part))
        for one in people.people(connection)
        if one.full_name != ERASED
    ]
