"""The pictures of «Сегодня» and «Мониторинг» for «opora screens»: every chart, every view, what a view has inside."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.ui.screens import Tour

More = Callable[["Tour", Any], None]


def inside() -> dict[str, More]:
    """Return view → function(tour, view) that photographs its other states; each lies in a module of its own."""
    from app.ui import (
        screens_m_decisions,
        screens_m_dynamics,
        screens_m_execution,
        screens_m_indicators,
        screens_m_notes,
        screens_m_route,
        screens_m_support,
        screens_m_today,
    )

    return {
        "skills": _skills,
        "execution": screens_m_execution.shoot,
        "indicators": screens_m_indicators.shoot,
        "dynamics": screens_m_dynamics.shoot,
        "decisions": screens_m_decisions.decisions,
        "blocks": screens_m_decisions.blocks,
        "support": screens_m_support.shoot,
        "notes": screens_m_notes.shoot,
        "route": screens_m_route.route,
        "cycle": screens_m_route.cycle,
        "tasks": screens_m_today.tasks,
        "requests": screens_m_today.requests,
        "month": screens_m_today.month,
    }


def shoot_today(tour: Tour) -> None:
    """Show the views of «Сегодня»."""
    from app.ui.pages.today import VIEWS, TodayPage

    page = tour.window.show_page("today")
    if isinstance(page, TodayPage):
        _views(tour, page, "today", VIEWS)


def shoot_monitoring(tour: Tour) -> None:
    """Show every chart of one school and every view."""
    from app.operations.chart_views import KINDS
    from app.ui.pages.monitoring import VIEWS, MonitoringPage

    page = tour.window.show_page("monitoring")
    if not isinstance(page, MonitoringPage):
        return
    tour.wait()
    page.whose.setCurrentIndex(min(9, page.whose.count() - 1))
    for kind in KINDS:
        if page.kind.choose(kind):
            tour.shoot(f"monitoring-{kind}", tour.window)
    page.kind.setCurrentIndex(0)
    page.whose.setCurrentIndex(0)
    _views(tour, page, "monitoring", VIEWS)


def _views(tour: Tour, page: Any, name: str, views: Any) -> None:
    known = inside()
    for key in views:
        view = page.show_view(key)
        tour.shoot(f"{name}-{key}", tour.window)
        if view is not None and key in known:
            known[key](tour, view)
    page.show_view(page.first[0])
    tour.wait()


def _skills(tour: Tour, view: Any) -> None:
    if view.whose.count() < 2:
        return
    view.whose.setCurrentIndex(min(6, view.whose.count() - 1))
    tour.shoot("monitoring-skills-school", tour.window)
    view.look.choose("heat")
    tour.shoot("monitoring-skills-heat", tour.window)
    view.look.choose("table")
    view.whose.setCurrentIndex(0)
