"""Orders as papers: from a draft to what the renderers draw."""

from __future__ import annotations

from datetime import date

from app.models import settings
from app.models.store import Connection
from app.operations import order_facts, orders
from app.operations.order_templates import ACTS
from app.operations.orders import Draft
from app.operations.papers import Paper, Recipe
from app.operations.signers import Signer
from app.texts import school_year


def paper(connection: Connection, draft: Draft, day: date) -> Paper:
    """Return an order as a paper.

    Args:
        connection: reading connection.
        draft: as it stands.
        day: today; papers without a date follow the standard of that day.
    """
    from app.reports.order_paper import AnnexPart, OrderData, named, order

    words, act = draft.facts.words, ACTS[draft.act]
    values, signer = settings.get_all(connection), draft.signer or Signer(0, "", "")
    annexes = []
    for number, key, title in draft.annexes:
        made = draft.facts.annexes[key]()
        annexes.append(AnnexPart(number, title, made.blocks, made.landscape))
    document = order(
        OrderData(
            (words["organisation"] or values["municipality"], words["organisation_genitive"]), (act.name, act.dative),
            act.resolves, draft.number, draft.dated, draft.values.get("place", ""), draft.about.text,
            draft.preamble.text, tuple((one.number, one.text) for one in draft.points), (signer.post, signer.name),
            values["executor"], tuple(annexes), _acquainted(connection, draft, day), day.isoformat(),
        )
    )  # fmt: skip
    title = named(act.name, draft.about.text)
    period = f"{school_year(draft.school_year)} учебный год"
    kind = f"order_{draft.template.kind}"
    # the newest draft of today is not that of next month: the paper names the one it was made of
    recipe = Recipe(kind, (("draft", str(draft.id)),)) if draft.id else None
    told = (draft.number, draft.dated) if draft.signed else ("", "")
    return Paper(
        kind, title, document, draft.facts.snapshot_id, period, recipe=recipe, out_number=told[0], dated=told[1]
    )  # fmt: skip


def stored(connection: Connection, key: int, day: date) -> Paper:
    """Return a kept draft as a paper. Errors: ``ORDER_GONE``."""
    return paper(connection, orders.read(connection, key), day)


def _acquainted(connection: Connection, draft: Draft, day: date) -> tuple[str, ...]:
    """Return whom the order charges by name, for the sheet of acquaintance."""
    if draft.values.get("acquaint") != "1":
        return ()
    asked = order_facts.Asked(draft.school_year, draft.values, day)
    named = [order_facts.responsible(connection, asked), order_facts.person(connection, asked.key("control"))]
    named += order_facts.charged(connection, draft.template.kind, asked)
    return tuple(sorted({one.full_name for one in named if one is not None}))
