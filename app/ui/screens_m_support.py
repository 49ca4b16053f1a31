"""The pictures of «Поддержка» for «opora screens»: every section, the papers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.ui.screens import Tour


def shoot(tour: Tour, view: Any) -> None:
    """Show every section in turn."""
    from app.ui.pages.support_view import SECTIONS

    for key in list(SECTIONS)[1:]:
        view.show_section(key)
        tour.shoot(f"monitoring-support-{key.replace('_', '-')}", tour.window)
    view.show_section("partnerships")
    tour.wait()
