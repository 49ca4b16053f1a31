"""Orders as kinds of paper: the newest draft of the school year, else what a new one would say."""

from __future__ import annotations

from datetime import date

from app.models.store import Connection
from app.operations.order_templates import Template, templates
from app.operations.paper_catalogue import Maker, PaperKind, Setting, Values
from app.operations.paper_choices import needed, number
from app.operations.papers import Paper

SETTINGS = (
    Setting("school_year", "Учебный год", "school_year"),
    Setting("draft", "Проект", "text", optional=True, hidden=True),
)  # fmt: skip


def _maker(kind: str) -> Maker:
    def make(connection: Connection, values: Values, day: date) -> Paper:
        from app.operations import order_papers, orders

        key = number(values, "draft")
        if key is not None:
            return order_papers.stored(connection, key, day)
        return order_papers.paper(connection, orders.of_kind(connection, kind, needed(values, "school_year"), day), day)

    return make


def _kind(item: Template) -> PaperKind:
    return PaperKind(
        f"order_{item.kind}", "orders", f"Приказ: {item.title.lower()}", item.says, SETTINGS, _maker(item.kind),
        personal=True, words="распоряжение постановление проект акт",
    )  # fmt: skip


ORDER_KINDS: tuple[PaperKind, ...] = tuple(_kind(item) for item in templates())
"""One kind for each template; settings and wording of a draft belong to «Приказы»."""
