"""The screens of school mode: nothing open, a request begun, its paper; the working store lies beside the pictures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.models.store import Connection
from app.operations import form_rounds, school_mode, school_requests

if TYPE_CHECKING:
    from app.ui.screens import Tour

MOST_FORMS = 4


def shoot_school(tour: Tour) -> None:
    """Show the window of school mode empty and with a request of the copy, where there is one to make."""
    from app.operations.desk import Desk
    from app.ui.habits import Habits
    from app.ui.school_window import SchoolWindow

    session = tour.window.session
    window = SchoolWindow(Desk("Школа"), tour.window.runner, session.dialogs, Habits(None), today=session.today)
    window.resize(tour.window.size())
    window.show()
    tour.shoot("school-empty", window)
    request = session.desk.read(_request, tour.folder / "запросы", session.school_year).result()
    if request is not None:
        target = tour.folder / "школа.opora"
        school_mode.begin(request, "Ветрова Анна Ильинична", "заместитель директора", target)
        window.resume(target)
        tour.shoot("school", window)
        window.print_form()
        if window.paper is not None:
            tour.shoot("school-paper", window.paper)
            window.paper.close()
    window.close()
    tour.wait()
    window.deleteLater()


def _request(connection: Connection, folder: Path, year: int) -> Path | None:
    """Write the request of the first school that still owes answers; None where nobody does."""
    found: dict[int, list[int]] = {}
    for record in form_rounds.rounds(connection, year):
        if record.form is None or record.form.parts:
            continue
        for line in form_rounds.cases(connection, record.round.id):
            school, case = line.subject.school_id, line.case
            if school is not None and case.role == "self" and not case.locked and case.exempt is None:
                found.setdefault(school, []).append(case.id)
    if not found:
        return None
    most = max(found.values(), key=len)[:MOST_FORMS]
    return school_requests.write(connection, most, folder).files[0][0]
