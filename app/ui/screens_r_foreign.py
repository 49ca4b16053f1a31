"""The pictures of «Формы региона»: a book with linked cells, each kind of link, filling, the version of next year."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

    from app.models.store import Connection
    from app.ui.screens import Tour


def _book(connection: Connection, path: Path, day: date) -> Path:
    """Write a workbook to be linked: a table of our own stands for that of a region."""
    from app.operations import paper_catalogue, papers

    item = paper_catalogue.kind("programme_indicators")
    paper = paper_catalogue.make(connection, item.key, paper_catalogue.usual(connection, item, day), day)
    papers.write(path, papers.render(paper, ".xlsx").data)
    return path


def foreign(tour: Tour, view: Any) -> None:
    """Add a book, link cells of every kind, look at what is filled and at the version of the next year."""
    from app.operations import foreign_forms, foreign_map
    from app.operations.foreign_forms import Link

    session = tour.window.session
    desk = session.desk
    if desk.read_only or view.found is None or not view.found.offers.indicators:
        return  # an empty file has only the first picture
    path = desk.read(_book, tour.folder / "Форма региона.xlsx", session.today()).result()
    key = desk.write(foreign_forms.add, path, "Мониторинг показателей", "Центр оценки качества").result()
    sheet = desk.read(foreign_forms.opened, key).result().book.sheets[0]
    row, last = sheet.rows + 2, foreign_forms.letters_of(sheet.columns)
    links = (
        Link(sheet.name, f"A{row}", "text", "Отчёт за {год} год, {муниципалитет}"),
        Link(sheet.name, f"B{row}", "metric", "доля([школ в списке]; [школ; школы: все])"),
        Link(sheet.name, f"C{row}", "field", "day"),
        Link(sheet.name, f"{last}2", "column", "programme_indicators", {"column": "Индикатор", "rows": "3"}),
    )
    for link in links:
        desk.write(foreign_forms.link, key, link).result()
    view.open_payload(key)
    tour.wait()
    for link in links:
        view.grid.choose(foreign_forms.place(link.cell))
        tour.wait()
        tour.shoot(f"reports-foreign-{link.kind}", tour.window)
    found = desk.read(foreign_map.for_version, key, path).result()
    for place, payload in (("foreign_fill", key), ("foreign_places", (key, path, found))):
        tour.window.go(place, payload)
        tour.wait()
        for top in tour.window.workspace.windows[-1:]:
            tour.shoot(f"reports-{place.replace('_', '-')}", top)
            top.close()
            tour.wait()
