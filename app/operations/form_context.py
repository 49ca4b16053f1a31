"""A questionnaire of the context made from chosen metrics: asked once, kept as metric values when it is accepted.

A share whose two counts the catalogue knows is asked as these counts: a school is never asked to divide.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from app.errors import UserError
from app.forms.schema import FormDef, Item, ItemKind, Section, SubjectKind
from app.models.store import Connection, Store
from app.operations import metrics

if TYPE_CHECKING:
    from app.analysis.metric_catalogue import Catalogue, Metric
    from app.operations.forms import FormEntry

DEFAULT_ID = "context"
TITLE = "Сведения об условиях работы школы"
NOTE = "Вопросы взяты из справочника показателей. Принятые ответы становятся значениями показателей школы."
_KINDS: dict[str, ItemKind] = {"count": "whole", "number": "decimal", "flag": "flag", "text": "text", "share": "text"}
_PLACES = 2
"""Decimals of a number: what the entry grid of metrics shows, too."""


def asked(known: Catalogue, codes: Iterable[str]) -> list[Metric]:
    """Return the metrics that are asked, each once, in the order of the catalogue.

    Raises:
        UserError: ``DATA_NO_METRIC`` for what the catalogue does not have.
    """
    wanted: set[str] = set()
    for code in codes:
        metric = known.find(code)
        counts = [name for name in (metric.part, metric.whole) if name is not None and name in known]
        wanted.update(counts if metric.kind == "share" and len(counts) == 2 else [metric.code])
    return [metric for metric in known.metrics if metric.code in wanted]


def form_of(known: Catalogue, codes: Iterable[str], *, form_id: str = DEFAULT_ID, title: str = "") -> FormDef:
    """Return the questionnaire of some metrics, a section a group.

    Args:
        known: the catalogue of the file.
        codes: which metrics.
        form_id: of the form; the next version of it when it exists.
        title: heading; the usual one where it is empty.

    Raises:
        UserError: ``FORM_CONTEXT_EMPTY`` when no metric is chosen.
    """
    chosen = asked(known, codes)
    if not chosen:
        raise UserError("FORM_CONTEXT_EMPTY")
    numbers = {metric.code: str(number) for number, metric in enumerate(chosen, 1)}
    groups = dict.fromkeys(metric.group for metric in chosen)
    sections = tuple(
        Section(
            _section_id(place),
            known.groups.get(group, group),
            tuple(_item(metric, numbers[metric.code]) for metric in chosen if metric.group == group),
        )
        for place, group in enumerate(groups, 1)
    )
    subject: SubjectKind = "school"
    heading = title.strip() or TITLE
    return FormDef(
        id=form_id, version="1.0", title=heading, short=heading, subject=subject, kind="context", sections=sections,
        source="справочник показателей программы", notes=(NOTE,),
    )  # fmt: skip


def _section_id(place: int) -> str:
    return f"group-{place}"


def _item(metric: Metric, number: str) -> Item:
    kind = _KINDS[metric.kind]
    return Item(
        id=metric.code,
        number=number,
        text=metric.name,
        kind=kind,
        hint=_hint(metric),
        required=False,
        comment=True,
        least=0 if kind == "whole" else None,
        places=_PLACES if kind == "decimal" else 0,
        metric=metric.code,
    )


def _hint(metric: Metric) -> str:
    """Say how the answer is written: the unit, or that a share needs its two numbers."""
    if metric.kind == "share":
        return "Напишите дробь: сколько из скольких, например 12 из 30"
    return metric.unit if metric.kind in {"count", "number"} else ""


def make(store: Store, codes: Sequence[str], *, form_id: str = DEFAULT_ID, title: str = "") -> FormEntry:
    """Make the questionnaire and keep it as a form of the file.

    Raises:
        UserError: ``FORM_CONTEXT_EMPTY``; for an unknown metric see ``asked``.
    """
    from app.operations import forms

    return forms.save(store, form_of(metrics.catalogue(store.connection), codes, form_id=form_id, title=title))


def suggested(connection: Connection, year: int) -> tuple[str, ...]:
    """Return the codes that are offered: those asked last time, else those known for a year or the one before."""
    from app.operations import forms

    known = metrics.catalogue(connection)
    kept = next((entry.form for entry in forms.listing(connection) if entry.form.kind == "context"), None)
    if kept is not None:
        return tuple(item.metric for item in kept.items() if item.metric and item.metric in known)
    table = metrics.table(connection, year)
    used = {cell.metric for line in table.lines for cell in line.cells if cell.raw or cell.last}
    return tuple(metric.code for metric in asked(known, used)) if used else ()
