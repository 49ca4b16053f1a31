"""A chart of the page as a paper."""

from __future__ import annotations

from datetime import date

from app.models import settings
from app.models.journal import now
from app.models.store import Connection
from app.operations import chart_views, charts
from app.operations.chart_views import ChartChoice
from app.operations.papers import Paper

_TEXT_PT, _MM = 10.0, 25.4 / 72
LEAST_MM, MOST_MM = 80.0, 150.0


def paper(connection: Connection, chosen: ChartChoice, day: date, programme_id: int | None = None) -> Paper:
    """Return the chosen chart with its numbers. Errors: see ``chart_views.chart``."""
    from app.reports.chart_paper import chart_paper

    spec = chart_views.chart(connection, chosen, day, programme_id)
    values = settings.get_all(connection)
    height = min(MOST_MM, max(LEAST_MM, charts.least_height(spec, _TEXT_PT) * _MM))
    document = chart_paper(
        spec, values["municipality"], now(), height, organisation=values["organisation"], executor=values["executor"]
    )
    return Paper("chart", charts.file_name(spec, ""), document, None)
