"""«Новое дело…»: a small form; the place of the window where it is asked for is offered with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.operations import tasks
from app.operations.day_lines import PLACES, TASK_WORDS
from app.operations.register_catalogue import REPEAT_WORDS
from app.ui.dialogs import Field
from app.ui.typed_days import day_trouble

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

NO_PLACE = ("Никуда", "")


def present_place(window: MainWindow) -> str:
    """Return the key of the place that is shown now, "" where tasks can't be tied to it."""
    page = window.page
    if page is None:
        return ""
    name = {"checklists": "checklists", "programme": "programme", "school_list": "school_list",
            "reports": "reports", "schools": "schools"}.get(page.name, "")  # fmt: skip
    if not name and page.name in {"monitoring", "today"}:
        view = str(getattr(page, "view", ""))
        name = view if view in PLACES else ""
    return name


def ask_task(window: MainWindow, payload: object = None) -> None:
    """Ask for a task and write it down.

    Args:
        window: the main window.
        payload: a school the task is about; else nothing.
    """
    session = window.session
    places = [NO_PLACE, *((word, key) for key, (word, _place) in PLACES.items())]
    answer = window.dialogs.ask(
        "Новое дело",
        "Дело появится на вкладке «Сегодня» за две недели до срока.",
        [
            Field("text", "Что сделать", required=True),
            Field("due", "Срок", hint="28.11.2026", test=day_trouble),
            Field("kind", "Вид", "task", choices=tuple((word, key) for key, word in TASK_WORDS.items())),
            Field("repeat", "Повторять", "once", choices=tuple((word, key) for key, word in REPEAT_WORDS.items())),
            Field("who", "Ответственный", session.desk.actor),
            Field("place", "Куда вести", present_place(window), choices=tuple(places)),
        ],
        "Записать",
    )
    if answer is None:
        return
    school = payload if isinstance(payload, int) else None
    session.write(
        window, None, tasks.add, text=answer["text"].strip(), due_on=tasks.read_day(answer["due"]),
        kind=answer["kind"] or "task", repeat=answer["repeat"] or "once", responsible=answer["who"].strip() or None,
        place=answer["place"] or None, organisation_id=school,
    )  # fmt: skip
