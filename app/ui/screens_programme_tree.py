"""The screens of «Структура»: every kind of thing chosen, the filter, both ways of building, the windows beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.ui.screens import Tour


def shoot_programme_tree(tour: Tour) -> None:
    """Walk through the structure of the first programme."""
    from app.models.programme_records import PARENTS
    from app.ui.pages.programme import ProgrammePage

    page = tour.window.show_page("programme")
    if not isinstance(page, ProgrammePage):
        return
    page.show_view(page.first[0])
    tour.wait()
    view = page.tree_view
    if view.tree is None:
        return
    for kind in PARENTS:
        found = view.tree.of_kind(kind)
        if found:
            view.choose([found[0].id])
            tour.shoot(f"programme-{kind}", tour.window)
    view.choose(["goals"])
    tour.shoot("programme-heading", tour.window)
    view.search.setText("школ списка")
    view.search.flush()
    tour.shoot("programme-found", tour.window)
    view.search.clear()
    view.search.flush()
    view.doing.build("directions")
    tour.shoot("programme-directions", tour.window)
    view.doing.build("tasks")
    tour.wait()
    _windows(tour, page)


def _windows(tour: Tour, page: object) -> None:
    """Show the windows that belong to the structure."""
    from app.ui.pages.programme import ProgrammePage

    if not isinstance(page, ProgrammePage) or page.tree_view.tree is None:
        return
    window, card = tour.window, page.tree_view.inspector
    for name, key, payload in (
        ("programme-new", "programme_head", None), ("programme-head", "programme_head", page.programme_id),
        ("programme-directions-window", "programme_directions", page.programme_id),
    ):  # fmt: skip
        window.go(key, payload)
        _shoot_top(tour, name)
    for what in ("whole", "plan"):
        page.print_programme(what)
        _shoot_top(tour, f"print-programme-{what}")
    activities = page.tree_view.tree.of_kind("activity")
    if activities:
        card.pick_links(activities[0].id, "serves", ("indicator",), forward=True)
        _shoot_top(tour, "programme-ties")
        card.pick_responsible(activities[0].id)
        _shoot_top(tour, "programme-responsible")
        card.pick_schools(activities[0].id)
        _shoot_top(tour, "programme-schools")


def _shoot_top(tour: Tour, name: str) -> None:
    tour.wait()
    windows = tour.window.workspace.windows
    if windows:
        tour.shoot(name, windows[-1])
        windows[-1].close()
