"""Pictures of events: an event that took place, its parts, the form of a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.ui.screens import Tour


def shoot(tour: Tour, view: Any) -> None:
    """Photograph the other states of the view."""
    from app.ui.windows.event_form import EventWindow

    made = EventWindow(tour.window.session, None, tour.window)
    made.show()
    tour.wait()
    tour.shoot("window-event", made)
    made.close()
    held = next((line for line in view.lines if line.held and line.event.wanted), None)
    if held is None:
        return
    view.choose(held.id)
    tour.wait()
    tour.shoot("work-events-held", tour.window)
    for part in ("items", "people", "files", "feedback"):
        view.show_part(part)
        tour.wait()
        tour.shoot(f"work-events-{part}", tour.window)
    _shoot_file(tour, held.id)
    view.show_part("list")
    made = EventWindow(tour.window.session, held.id, tour.window)
    made.show()
    tour.wait()
    tour.shoot("window-event-held", made)
    made.close()


_LIST = (
    "Лист регистрации", "№;Фамилия, имя, отчество;Школа;Должность;Телефон;Был",
    "1;Зимина Анна Ильинична;СОШ № 3;учитель математики;8-900-000-00-01;+",
    "2;ЯКОВЛЕВ ПЁТР ЮРЬЕВИЧ;Лицей № 4;заместитель директора;8-900-000-00-02;онлайн",
    "3;Зимина А. И.;СОШ № 3;учитель;8-900-000-00-03;", "4;Орлов Илья Сергеевич;Школа за рекой;учитель;;болел",
    "5;Дежурный по залу;;;;", "Итого;5;;;;",
)  # fmt: skip


def _shoot_file(tour: Tour, key: int) -> None:
    """Walk through «Взять из файла…» with a short list of registration."""
    from app.ui.windows.event_file import EventFileWizard

    tour.window.go("event_file", key)
    tour.wait()
    wizard = tour.window.workspace.windows[-1]
    if not isinstance(wizard, EventFileWizard):
        return
    tour.shoot("event-file-empty", wizard)
    path = tour.folder / "Лист регистрации.csv"
    path.write_text("\n".join(_LIST), "utf-8")
    wizard.read(path)
    tour.wait()
    for place, name in enumerate(("people", "findings", "schools")):
        wizard.tabs.setCurrentIndex(place)
        tour.shoot(f"event-file-{name}", wizard)
    wizard.close()
    path.unlink(missing_ok=True)
