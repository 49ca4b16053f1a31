"""Questions of the card: which ties, which schools, who answers, which dates."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from app.models.organisations import School
from app.models.programme_records import LinkKind, NodeKind, Tree
from app.models.store import Connection
from app.operations import directory
from app.operations import programme_edit as edit
from app.operations import schools as school_rows
from app.texts import ru_date
from app.ui.dialogs import Field
from app.ui.pages.programme_tree_rows import numbers_of
from app.ui.session import Session

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from app.ui.windows.programme_pick import Ask, Thing

_SPAN = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?:\s*[-–—]\s*(\d{1,2})\.(\d{1,2})\.(\d{4}))?$")


class Card(Protocol):
    """What the questions need of the card."""

    session: Session

    def write(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Future[Any] | None:
        """Run an operation."""
        ...


def links(card: Card, tree: Tree, node_id: int, kind: LinkKind, kinds: Sequence[NodeKind], *, forward: bool) -> Ask:
    """Return the question which nodes are tied to one."""
    from app.ui.pages.programme_inspector_kinds import called
    from app.ui.windows.programme_pick import Ask, Thing

    known = numbers_of(tree)
    things = [Thing(node.id, called(tree, node.id, known)) for node in tree.walk()
              if node.kind in kinds and node.id != node_id]  # fmt: skip

    def done(found: list[Thing]) -> None:
        card.write(edit.put_links, kind, node_id, [thing.key for thing in found], forward=forward)

    return Ask(
        "Связи строки", called(tree, node_id, known), things, frozenset(tree.linked(kind, node_id, forward=forward)),
        done, empty="В программе пока нет строк, с которыми это можно связать.",
    )  # fmt: skip


def schools(card: Card, tree: Tree | None, node_id: int) -> None:
    """Ask which schools an activity covers."""
    if tree is None:
        return
    chosen: frozenset[object] = frozenset(tree.schools.get(node_id, ()))

    def read(found: list[School]) -> None:
        from app.ui.windows.programme_pick import Ask, Thing

        def done(things: list[Thing]) -> None:
            keys = [thing.key for thing in things]
            card.write(edit.put_schools, node_id, "chosen" if keys else "none", keys)

        things = [Thing(school.id, school.shown) for school in found]
        card.session.go("programme_pick", Ask(
            "Школы мероприятия", "Отметьте школы, которые участвуют.", things, chosen, done,
            empty="В реестре нет школ. Загрузите его: «Данные → Загрузить…».",
        ))  # fmt: skip

    card.session.read(_owner(card), read, school_rows.listing)


def responsible(card: Card, tree: Tree | None, node_id: int) -> None:
    """Ask who answers: people, bodies and organisations of the directory, or words."""
    if tree is None:
        return
    rows = tree.responsible.get(node_id, ())

    def read(found: list[tuple[str, int, str]]) -> None:
        from app.ui.windows.programme_pick import Ask, Thing

        known = {(kind, key): words for kind, key, words in found}
        chosen = {
            (kind, key) for row in rows
            for kind, key in (("person_id", row.person_id), ("body_id", row.body_id),
                              ("organisation_id", row.organisation_id)) if (kind, key) in known
        }  # fmt: skip
        named = {words: key for key, words in known.items()}
        chosen |= {named[row.text] for row in rows if row.text in named}
        free = [row.text for row in rows if row.text not in named and not (
            {("person_id", row.person_id), ("body_id", row.body_id), ("organisation_id", row.organisation_id)} & chosen
        )]  # fmt: skip

        def done(things: list[Thing]) -> None:
            texts = [
                thing.words if not isinstance(thing.key, tuple) else {"text": thing.words, thing.key[0]: thing.key[1]}
                for thing in things
            ]
            card.write(edit.put_responsible, node_id, texts)

        card.session.go("programme_pick", Ask(
            "Кто отвечает", "Отметьте людей, группы и организации из справочника или впишите своё.",
            [Thing(key, words) for key, words in known.items()], frozenset(chosen), done,
            free="Кто ещё, через точку с запятой", free_text="; ".join(free),
            empty="Справочник пуст. Впишите ответственных ниже.",
        ))  # fmt: skip

    card.session.read(_owner(card), read, _directory)


def _directory(connection: Connection) -> list[tuple[str, int, str]]:
    """Return whom the directory knows: (column, key, words)."""
    found = [
        ("person_id", person.id, f"{person.full_name}, {person.position}" if person.position else person.full_name)
        for person in directory.people(connection)
    ]
    found += [("body_id", body.id, body.name) for body in directory.bodies(connection)]
    others = school_rows.listing(connection, own=None, kind=None)
    return [*found, *(("organisation_id", item.id, item.shown) for item in others)]


def _owner(card: Card) -> QObject:
    return card  # type: ignore[return-value]  # the card is a widget


# --- dates -------------------------------------------------------------------------------------------------------


def spans_of(text: str) -> list[tuple[str, str]] | None:
    """Return the spans of dates in lines «01.09.2026–30.11.2026» (ISO); None where a line is none."""
    found = []
    for line in text.splitlines():
        if not line.strip():
            continue
        match = _SPAN.match(line.strip())
        if match is None:
            return None
        day, month, year, *end = match.groups()
        last = end if end[0] else [day, month, year]
        try:
            spans = [date(int(y), int(m), int(d)).isoformat() for d, m, y in ((day, month, year), last)]
        except ValueError:
            return None
        if spans[0] > spans[1]:
            return None
        found.append((spans[0], spans[1]))
    return found


def dates(card: Card, tree: Tree, node_id: int) -> None:
    """Ask for the dates of an activity by hand; its words stay."""
    present = [
        ru_date(term.date_from) + (f"–{ru_date(term.date_to)}" if term.date_to != term.date_from else "")
        for term in tree.terms.get(node_id, ())
    ]
    answer = card.session.dialogs.ask(
        "Даты мероприятия", "Слова срока останутся, как они есть. Пустое поле убирает даты.",
        [Field("dates", "Каждый промежуток с новой строки", "\n".join(present), "01.09.2026–30.11.2026", long=True,
               test=lambda text: "" if spans_of(text) is not None
               else "Нужны даты вида 01.09.2026–30.11.2026, конец не раньше начала.")],
        "Записать",
    )  # fmt: skip
    if answer is not None:
        card.write(edit.put_dates, node_id, spans_of(answer["dates"]) or [])


def formula(tree: Tree, node_id: int, text: str, year: int) -> tuple[int, int, int, int, str]:
    """Return what the window of a formula wants: the year is this one, else the nearest one of the programme."""
    years = tree.programme.years
    near = min(max(year, years[0]), years[-1])
    return tree.programme.id, tree.nodes[node_id].lineage, near, node_id, text
