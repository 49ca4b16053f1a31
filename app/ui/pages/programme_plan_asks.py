"""What the plan asks beside its grid: which indicators an activity serves, which schools take part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.models.organisations import School
from app.operations import programme_edit as edit
from app.operations import schools as registry
from app.operations.programme_sheet_data import Sheet

if TYPE_CHECKING:
    from app.ui.pages.programme_sheet_view import SheetView
    from app.ui.windows.programme_pick import Thing


def _words(sheet: Sheet, node_id: int) -> str:
    return " ".join(f"{sheet.numbers.get(node_id, '')} {sheet.tree.nodes[node_id].text}".split())


def indicators(view: SheetView, sheet: Sheet, node_id: int) -> None:
    """Ask which indicators an activity serves."""
    from app.ui.windows.programme_pick import Ask, Thing

    def done(found: list[Thing]) -> None:
        keys = [thing.key for thing in found if isinstance(thing.key, int)]
        view.write(lambda store, _programme: edit.put_links(store, "serves", node_id, keys))

    things = [Thing(node.id, _words(sheet, node.id)) for node in sheet.tree.of_kind("indicator")]
    chosen: frozenset[object] = frozenset(sheet.tree.linked("serves", node_id))
    view.session.go("programme_pick", Ask(
        "Индикаторы мероприятия", _words(sheet, node_id), things, chosen, done,
        empty="Индикаторов пока нет. Впишите их на вкладке «Показатели».",
    ))  # fmt: skip


def schools(view: SheetView, sheet: Sheet, node_id: int) -> None:
    """Ask which schools take part in an activity."""

    def ask(found: list[School]) -> None:
        from app.ui.windows.programme_pick import Ask, Thing

        def done(things: list[Thing]) -> None:
            keys = [thing.key for thing in things if isinstance(thing.key, int)]
            coverage = "chosen" if keys else "none"
            view.write(lambda store, _programme: edit.put_schools(store, node_id, coverage, keys))  # type: ignore[arg-type]

        chosen: frozenset[object] = frozenset(sheet.tree.schools.get(node_id, ()))
        view.session.go("programme_pick", Ask(
            "Школы мероприятия", "Отметьте школы, которые участвуют.",
            [Thing(school.id, school.shown) for school in found], chosen, done,
            empty="В реестре нет школ. Загрузите его: «Данные → Загрузить…».",
        ))  # fmt: skip

    view.session.read(view, ask, registry.listing)
