"""A chart in Excel: its data on a sheet and, where Excel has the like, a chart of Excel's own beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.exporters import fonts
from app.exporters.charts.look import PAPER
from app.exporters.charts.placing import are_whole
from app.exporters.glyphs import clean
from app.exporters.pdf.measure import wrap
from app.reports.chart_table import ChartTable, table
from app.reports.charts import BarChart, ChartSpec, LineChart, RadarChart, StackedChart
from app.texts import NBSP

MARKERS = ("circle", "square", "triangle", "diamond", "x", "star")
DASHES = ("solid", "dash", "round_dot", "dash_dot", "long_dash", "square_dot")
_SIZE, _DIGIT, _PIXEL = 11, 7, 0.75
_NARROWEST, _WIDEST = 9.0, 44.0
_WIDTH, _HEIGHT = 640, 360
_LINE, _INDENTS = 14.5, 24.0
"""Height of a line of headings and what their indents take of the width, points."""

_FEW = 10


def write_chart(book: Any, sheet: Any, name: str, chart: ChartSpec, formats: Any) -> int:
    """Write the data of a chart and Excel's own chart under them.

    Args:
        book: of xlsxwriter.
        sheet: the sheet to fill.
        name: of the sheet.
        chart: what it shows.
        formats: the looks of cells of the book.

    Returns:
        How many characters wide the sheet is.
    """
    found = table(chart)
    widths = _widths(found)
    sheet.write_string(0, 0, clean(chart.title), formats.title)
    if chart.note:
        sheet.write_string(1, 0, clean(chart.note), formats.small)
    head = 3
    for column, title in enumerate(found.columns):
        sheet.set_column(column, column, widths[column])
        sheet.write_string(head, column, clean(title), formats.head if not column else formats.head_right)
    sheet.set_row(head, _head_height(found, widths))
    sheet.repeat_rows(head)
    for row, cells in enumerate(found.rows, start=head + 1):
        for column, cell in enumerate(cells):
            _write(sheet, row, column, cell, formats)
    sheet.freeze_panes(head + 1, 1)
    last = head + len(found.rows)
    made = _native(book, chart)
    if made is not None and found.rows:
        _fill(made, name, chart, found, (head, last))
        sheet.insert_chart(last + 2, 0, made, {"description": clean(chart.title)})
    return round(sum(widths))


def _write(sheet: Any, row: int, column: int, cell: str | float | None, formats: Any) -> None:
    if cell is None or cell == "":
        sheet.write_blank(row, column, None, formats.empty)
    elif isinstance(cell, str):
        sheet.write_string(row, column, clean(cell).replace(NBSP, " "), formats.text)
    else:
        sheet.write_number(row, column, cell, formats.number if isinstance(cell, int) else formats.decimal)


def _widths(found: ChartTable) -> list[float]:
    face = fonts.face(fonts.REGULAR)
    widths = []
    for column, title in enumerate(found.columns):
        texts = [str(row[column] or "") for row in found.rows]
        longest = max((face.width(clean(text), _SIZE) for text in [*title.split(), *texts]), default=0.0)
        widths.append(round(min(max((longest + 24) / _PIXEL / _DIGIT, _NARROWEST), _WIDEST), 1))
    return widths


def _head_height(found: ChartTable, widths: Sequence[float]) -> float:
    """Return the height of the headings: Excel would find it itself, other programs don't."""
    face = fonts.face(fonts.BOLD)
    rooms = [max(width * _DIGIT * _PIXEL - _INDENTS, 2.0 * _SIZE) for width in widths]
    most = max(len(wrap(clean(title), face, _SIZE, room)) for title, room in zip(found.columns, rooms, strict=True))
    return most * _LINE + 3.0


def _native(book: Any, chart: ChartSpec) -> Any:
    match chart:
        case LineChart():
            return book.add_chart({"type": "line"})
        case BarChart():
            return book.add_chart({"type": "bar"})
        case StackedChart():
            return book.add_chart({"type": "bar", "subtype": "percent_stacked"})
        case RadarChart():
            return book.add_chart({"type": "radar", "subtype": "with_markers"})
        case _:
            return None


def _fill(made: Any, name: str, chart: ChartSpec, found: ChartTable, rows: tuple[int, int]) -> None:
    head, last = rows
    for place in range(found.values):
        column = place + 1
        made.add_series(
            {
                "name": [name, head, column],
                "categories": [name, head + 1, 0, last, 0],
                "values": [name, head + 1, column, last, column],
                **_looks(chart, place),
            }
        )
    made.set_title({"name": clean(chart.title), "name_font": {"size": 12, "bold": True}})
    made.set_legend({"position": "bottom"} if found.values > 1 else {"none": True})
    made.show_blanks_as("gap")
    made.set_size({"width": _WIDTH, "height": _HEIGHT})
    if isinstance(chart, BarChart | StackedChart):
        made.set_y_axis({"reverse": True, "label_position": "low"})
    if isinstance(chart, LineChart | BarChart) and _few(chart):
        # a spreadsheet would put halves on the axis of a few schools; bars lie: their values run along x
        axis = made.set_x_axis if isinstance(chart, BarChart) else made.set_y_axis
        axis({"major_unit": 1, "num_format": "0"})


def _few(chart: LineChart | BarChart) -> bool:
    """Tell whether a chart counts things, and few of them."""
    values = [point.value for series in chart.series for point in series.points if point.value is not None]
    return bool(values) and are_whole(values) and min(values) > -_FEW and max(values) < _FEW


def _looks(chart: ChartSpec, place: int) -> dict[str, Any]:
    """Return colour, marker, dash and intervals of a series."""
    if isinstance(chart, BarChart | StackedChart):
        fill = PAPER.fill(chart.series[place].tone, place)
        looks: dict[str, Any] = {"fill": {"color": fill.colour}, "border": {"color": PAPER.axis, "width": 0.5}}
        if isinstance(chart, StackedChart):
            looks["data_labels"] = {"value": True, "font": {"color": fill.ink}}
        return looks
    if not isinstance(chart, LineChart | RadarChart):
        return {}
    series = chart.series[place]
    colour = PAPER.colour(series.tone, place)
    looks = {
        "line": {"color": colour, "width": 1.75, "dash_type": DASHES[place % len(DASHES)]},
        "marker": {
            "type": MARKERS[place % len(MARKERS)], "size": 6, "fill": {"color": colour}, "border": {"color": colour},
        },
    }  # fmt: skip
    bars = _bars(series.points) if isinstance(chart, LineChart) else None
    if bars is not None:
        looks["y_error_bars"] = {"type": "custom", **bars, "line": {"color": colour, "width": 0.75}}
    return looks


def _bars(points: Sequence[Any]) -> dict[str, Any] | None:
    """Return the lengths of the intervals up and down, None where there are none."""
    if not any(point.low is not None for point in points):
        return None
    up = [round((point.high or 0) - (point.value or 0), 4) if point.high is not None else 0 for point in points]
    down = [round((point.value or 0) - (point.low or 0), 4) if point.low is not None else 0 for point in points]
    return {"plus_values": up, "minus_values": down}
