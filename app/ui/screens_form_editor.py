"""Pictures of the editor of forms: every tab, a list being pasted, a gap between levels, three looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.ui.screens import Tour

_LIST = (
    "№\tПоказатель\tДа (2)\tЧастично (1)\tНет (0)\nУсловия\n1\tЕсть план работы\n2\tНазначены ответственные\n"
    "Кадры\n3\tУчителя прошли курсы\n"
)


def shoot_form_editor(tour: Tour) -> None:
    """Open a copy of a shipped form and go through its tabs; then an empty form with its faults and a list."""
    from app.ui.windows.form_editor import TABS, FormEditor, Start

    window = tour.window
    window.go("form_editor", Start("copy", "school-transition", "Переход в эффективный режим (наша)"))
    tour.wait()
    editor = window.workspace.windows[-1]
    if not isinstance(editor, FormEditor):
        return
    for place in range(len(TABS) - 1):
        editor.tabs.setCurrentIndex(place)
        tour.shoot(f"form-editor-{place + 1}", editor)
    editor.tabs.setCurrentIndex(len(TABS) - 1)
    for way in ("screen", "excel", "together", "paper"):
        editor.look.choose(way)
        tour.shoot(f"form-look-{way}", editor)
    editor.close()
    window.go("form_editor", Start("new"))
    tour.wait()
    fresh = window.workspace.windows[-1]
    if isinstance(fresh, FormEditor):
        fresh.ask_save()
        tour.shoot("form-editor-faults", fresh)
        fresh.ask_paste()
        if fresh.paste_window is not None:
            fresh.paste_window.put(_LIST)
            tour.shoot("form-paste", fresh.paste_window)
            fresh.paste_window.reject()
        fresh.close()
