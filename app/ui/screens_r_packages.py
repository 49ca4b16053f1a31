"""The pictures of «Пакеты»: both ways, who is awaited, making, checking, the summary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.ui.screens import Tour


def packages(tour: Tour, view: Any) -> None:
    """Make a package of the papers there are, take it in, show everything around it."""
    for step in range(3):
        if step == 0:
            tour.window.go("package_make", None)
            tour.wait()
        tops: list[Any] = tour.window.workspace.windows[-1:]
        wizard = next((top for top in tops if hasattr(top, "period_edit")), None)
        if wizard is None or not wizard.chosen:
            break
        tour.shoot(f"reports-package-make-{step + 1}", wizard)
        if step < 2:
            wizard.show_step(step + 1)
            tour.wait()
    _close(tour)
    target = _made(tour)
    if target is not None:
        tour.window.go("package_check", ("take", (target,)))
        tour.wait()
        checking: list[Any] = tour.window.workspace.windows[-1:]
        for top in checking:
            tour.shoot("reports-package-check", top)
            top.take_all()
            tour.wait()
        _close(tour)
    for which in ("out", "in", "expected"):
        view.which.choose(which)
        tour.wait()
        tour.shoot(f"reports-packages-{which}", tour.window)
    view.which.choose("out")
    for payload, name in ((view.chosen_period, "summary"), (1, "list")):
        if view.chosen_period and (payload != 1 or view.out.model.total):
            tour.window.go("package_paper", payload)
            tour.wait()
            for top in tour.window.workspace.windows[-1:]:
                tour.shoot(f"reports-package-{name}", top)
            _close(tour)


def _close(tour: Tour) -> None:
    for top in tour.window.workspace.windows[-1:]:
        top.close()
        tour.wait()


def _made(tour: Tour) -> Any:
    """Write a package into the folder of the tour; None where there is nothing to put in."""
    from app.operations import packages as operations

    session = tour.window.session
    ask = session.desk.read(operations.usual, session.today()).result()
    if not ask.numbers:
        return None
    prepared = session.desk.read(operations.prepare, ask).result()
    made = session.desk.write(operations.make, prepared, tour.folder / "Пакет Лесогорск.zip").result()
    tour.wait()
    return made[1]
