"""The screens of «Приём файлов»: an empty window, and one with a file of every kind."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.models.store import Store

if TYPE_CHECKING:
    from app.operations.form_lines import CaseLine
    from app.ui.screens import Tour

_LEAST = 5
"""So many schools have a file; the name of the last stands over the file of another one."""


def shoot_receiving(tour: Tour) -> None:
    """Show the window empty, with files, with a conflict and with the letter."""
    from app.ui.windows.receiving import ReceivingWindow

    tour.window.go("receive_forms", None)
    tour.wait()
    window = tour.window.workspace.windows[-1]
    if not isinstance(window, ReceivingWindow):
        return
    tour.shoot("receiving-empty", window)
    folder = tour.folder / "почта"
    folder.mkdir()
    session = tour.window.session
    if session.desk.read_only or not session.desk.write(_make, folder, session.school_year).result():
        window.close()
        return
    window.add_paths([folder])
    tour.wait()
    for name, state, tab in (
        ("receiving", "with_errors", 0), ("receiving-conflict", "conflict", 1), ("receiving-letter", "with_errors", 2),
        ("receiving-question", "ask", 0),
    ):  # fmt: skip
        line = next((one for one in window.receiving.lines if one.state == state), None)
        if line is None:
            continue
        window.table.choose(line.key)
        window.tabs.setCurrentIndex(tab)
        tour.shoot(name, window)
    window.close()


def _make(store: Store, folder: Path, year: int) -> bool:
    """Write filled workbooks of a round of the copy: right, wrong, in conflict, of another school, broken."""
    from app.operations import form_rounds

    for record in form_rounds.rounds(store.connection, year):
        lines = [
            line
            for line in form_rounds.cases(store.connection, record.round.id)
            if not line.case.locked and line.case.role == "self" and line.subject.school_id is not None
        ]
        if record.form is not None and record.form.kind == "checklist" and len(lines) >= _LEAST:
            _write(store, folder, lines[:_LEAST])
            return True
    return False


def _write(store: Store, folder: Path, lines: list[CaseLine]) -> None:
    from app.operations import form_answers, form_blanks

    names = [line.subject.shown for line in lines]
    for place, line in enumerate(lines[:-1]):
        form_answers.clear(store, line.case.id)
        view = form_answers.case(store.connection, line.case.id)
        items = [item for item in view.form.items() if item.kind == "choice" and item.scale is not None]
        for number, item in enumerate(items):
            choices = item.scale.choices if item.scale else ()
            if place != 1 or number % 5:
                form_answers.put(store, line.case.id, item.id, choices[(number + place) % len(choices)].value)
        if place == 1:
            form_answers.put(store, line.case.id, items[1].id, "скорее да")
        made = form_blanks.blank(store.connection, line.case.id)
        name = made.name if place != 3 else made.name.replace(names[3], names[4])
        (folder / name).write_bytes(made.data)
        form_answers.clear(store, line.case.id)
        if place == 2:
            form_answers.put(
                store, line.case.id, items[0].id, items[0].scale.choices[0].value if items[0].scale else ""
            )
            form_answers.put(
                store, line.case.id, items[1].id, items[1].scale.choices[1].value if items[1].scale else ""
            )
    (folder / "ответы школы.xlsx").write_bytes(b"PK\x03\x04")
