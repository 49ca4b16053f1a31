"""The folder of the management cycle as a paper."""

from __future__ import annotations

from app.models import settings
from app.models.journal import now
from app.models.store import Connection
from app.operations import cycle
from app.operations.papers import Paper
from app.texts import capital, school_year

KIND = "cycle_folder"


def paper(connection: Connection, year: int, direction: str | None = None) -> Paper:
    """Return the folder of a school year, of one direction or of all.

    Args:
        connection: reading connection.
        year: first calendar year of the school year.
        direction: key of a direction; None for all.

    Raises:
        UserError: ``MON_CYCLE_PLACE``.
    """
    from app.reports.cycle_folder import FolderDirection, FolderPaper, FolderPart, cycle_folder
    from app.reports.year_head import YearHead

    known = cycle.catalogue(connection)
    chosen = known.directions if direction is None else (known.direction(direction),)
    stages = {item.id: item.title for item in known.stages}
    found = cycle.documents(connection, year)
    made = [
        FolderDirection(
            one.title, f"{capital(one.wording)} ({one.source})." if one.wording else "",
            tuple(
                FolderPart(
                    stages[part.stage], part.title,
                    tuple(FolderPaper(item.title, item.requisites, item.links) for item in found
                          if (item.direction, item.component) == (one.id, part.id)),
                )
                for part in known.components
            ),
        )
        for one in chosen
    ]  # fmt: skip
    values = settings.get_all(connection)
    head = YearHead(values["municipality"], year, now(), values["organisation"], values["executor"])
    title = f"Папка цикла, {school_year(year)}" + ("" if direction is None else f": {chosen[0].title}")
    return Paper(KIND, title, cycle_folder(head, made), None)
