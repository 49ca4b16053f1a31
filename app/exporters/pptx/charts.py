"""Charts on slides: PowerPoint's own where it has the like, else the picture that papers have."""

from __future__ import annotations

import io
from typing import Any

from app.exporters.charts import draw
from app.exporters.charts.drawing import is_empty
from app.exporters.charts.look import LIGHT
from app.exporters.charts.placing import are_whole
from app.exporters.glyphs import clean
from app.exporters.pptx import look
from app.reports.charts import BarChart, ChartSpec, LineChart, Point, Series, StackedChart

SIZE = 14.0
SCALE = 2.5
"""Pixels a point of a picture."""

MOST_BARS = 14
"""More names than this do not fit beside native bars; the picture shortens them itself."""

_MARKS = ("circle", "square", "triangle", "diamond", "x", "star")
_DASHES = ("solid", "dash", "sysDot", "dashDot", "lgDash", "sysDash")
_FEW = 10


def put_chart(slide: Any, chart: ChartSpec) -> None:
    """Put a chart on a slide with a text for those who don't see it."""
    from pptx.util import Pt

    place = (Pt(look.EDGE), Pt(look.BODY_TOP), Pt(look.BODY_WIDTH), Pt(look.BODY_HEIGHT))
    if is_native(chart):
        shape = _native(slide, chart, place)
    else:
        drawn = draw(chart, look.BODY_WIDTH, look.BODY_HEIGHT, titled=False, size=SIZE, scale=SCALE)
        shape = slide.shapes.add_picture(io.BytesIO(drawn.data), *place)
    look.describe(shape, clean(chart.title), clean(f"График: {chart.title}. {chart.note}".strip()))


def is_native(chart: ChartSpec) -> bool:
    """Tell whether PowerPoint can draw it: no ticks with words, no lines across bars, names that fit."""
    if is_empty(chart):
        return False
    match chart:
        case LineChart():
            return True
        case BarChart():
            return not chart.ticks and not chart.levels and len(chart.series[0].points) <= MOST_BARS
        case StackedChart():
            return len(chart.series[0].points) <= MOST_BARS
        case _:
            return False


def _native(slide: Any, chart: ChartSpec, place: tuple[Any, Any, Any, Any]) -> Any:
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE

    kinds = {
        LineChart: XL_CHART_TYPE.LINE_MARKERS,
        BarChart: XL_CHART_TYPE.BAR_CLUSTERED,
        StackedChart: XL_CHART_TYPE.BAR_STACKED_100,
    }
    series = _all_series(chart)
    made: Any = CategoryChartData  # its stubs leave the calls untyped
    data = made(number_format="General")
    data.categories = [clean(point.label) for point in series[0].points]
    for one in series:
        data.add_series(clean(one.name), [point.value for point in one.points])
    frame = slide.shapes.add_chart(kinds[type(chart)], *place, data)
    _dress(frame.chart, chart, series)
    return frame


def _all_series(chart: ChartSpec) -> tuple[Series, ...]:
    """Return the series; a line of a level becomes a series of one value."""
    if isinstance(chart, LineChart):
        labels = [point.label for point in chart.series[0].points]
        levels = [Series(one.word, tuple(Point(label, one.value) for label in labels), "none") for one in chart.levels]
        return (*chart.series, *levels)
    if isinstance(chart, BarChart | StackedChart):
        return chart.series
    raise TypeError("only charts with series are native")


def _dress(made: Any, chart: ChartSpec, series: tuple[Series, ...]) -> None:
    from pptx.enum.chart import XL_LEGEND_POSITION
    from pptx.util import Pt

    made.font.size, made.font.name = Pt(SIZE), look.FONT
    made.has_title = False
    made.has_legend = len(series) > 1
    if made.has_legend:
        made.legend.position, made.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    _axes(made, chart)
    own = len(chart.series) if isinstance(chart, LineChart) else len(series)
    for number, (one, drawn) in enumerate(zip(series, made.plots[0].series, strict=True)):
        if isinstance(chart, LineChart):
            _line(drawn, one, number, level=number >= own)
        else:
            _bar(drawn, one, number)
    if not isinstance(chart, LineChart):
        _labels(made.plots[0], chart)


def _axes(made: Any, chart: ChartSpec) -> None:
    from pptx.enum.chart import XL_TICK_LABEL_POSITION

    values, names = made.value_axis, made.category_axis
    values.major_gridlines.format.line.color.rgb = look.rgb("E1E5EA")
    values.format.line.fill.background()
    if isinstance(chart, LineChart):
        _unit(values, chart.unit)
        _room_for_intervals(values, chart)
    else:
        names.reverse_order = True
        values.tick_label_position = XL_TICK_LABEL_POSITION.HIGH  # the names run down, so this is the foot
        names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
        names.has_major_gridlines = False
        if isinstance(chart, BarChart):
            _unit(values, chart.unit)
    if isinstance(chart, LineChart | BarChart) and _few(chart):
        values.major_unit = 1
        values.tick_labels.number_format, values.tick_labels.number_format_is_linked = "0", False


def _room_for_intervals(axis: Any, chart: LineChart) -> None:
    """Let the axis end above the longest interval: PowerPoint looks at the points only."""
    points = [point for series in chart.series for point in series.points]
    highest = max((point.high for point in points if point.high is not None), default=None)
    if highest is not None:
        top = max(highest, *(point.value or 0.0 for point in points), *(level.value for level in chart.levels))
        axis.maximum_scale = min(100.0, -(-top // 10) * 10) if top <= 100 else -(-top // 100) * 100
        axis.minimum_scale = 0


def _unit(axis: Any, unit: str) -> None:
    from pptx.util import Pt

    if unit:
        axis.has_title = True
        axis.axis_title.text_frame.text = clean(unit)
        axis.axis_title.text_frame.paragraphs[0].runs[0].font.size = Pt(SIZE)
        axis.axis_title.text_frame.paragraphs[0].runs[0].font.bold = False


def _few(chart: LineChart | BarChart) -> bool:
    values = [point.value for series in chart.series for point in series.points if point.value is not None]
    return bool(values) and are_whole(values) and min(values) > -_FEW and max(values) < _FEW


def _line(drawn: Any, series: Series, number: int, *, level: bool) -> None:
    from pptx.enum.chart import XL_MARKER_STYLE
    from pptx.enum.dml import MSO_LINE
    from pptx.util import Pt

    colour = look.rgb(LIGHT.colour(series.tone, number).lstrip("#"))
    drawn.smooth = False
    drawn.format.line.color.rgb, drawn.format.line.width = colour, Pt(1.5 if level else 2.5)
    drawn.format.line.dash_style = MSO_LINE.DASH if level else MSO_LINE.from_xml(_DASHES[number % len(_DASHES)])
    if level:
        drawn.marker.style = XL_MARKER_STYLE.NONE
        return
    drawn.marker.style, drawn.marker.size = XL_MARKER_STYLE.from_xml(_MARKS[number % len(_MARKS)]), 9
    drawn.marker.format.fill.solid()
    drawn.marker.format.fill.fore_color.rgb = colour
    drawn.marker.format.line.color.rgb = colour
    _intervals(drawn, series, str(colour))


def _intervals(drawn: Any, series: Series, colour: str) -> None:
    """Put the intervals on the points: python-pptx has no call for them."""
    from lxml import etree

    if not any(point.low is not None for point in series.points):
        return
    bars = etree.Element(look.name("c:errBars"))
    for tag, value in (("c:errDir", "y"), ("c:errBarType", "both"), ("c:errValType", "cust"), ("c:noEndCap", "0")):
        etree.SubElement(bars, look.name(tag), val=value)
    for tag, sign in (("c:plus", 1), ("c:minus", -1)):
        numbers = etree.SubElement(etree.SubElement(bars, look.name(tag)), look.name("c:numLit"))
        etree.SubElement(numbers, look.name("c:formatCode")).text = "General"
        etree.SubElement(numbers, look.name("c:ptCount"), val=str(len(series.points)))
        for place, point in enumerate(series.points):
            end = point.high if sign > 0 else point.low
            length = abs(end - point.value) if end is not None and point.value is not None else 0.0
            one = etree.SubElement(numbers, look.name("c:pt"), idx=str(place))
            etree.SubElement(one, look.name("c:v")).text = f"{length:.4f}"
    shape = etree.SubElement(bars, look.name("c:spPr"))
    line = etree.SubElement(etree.SubElement(shape, look.name("a:ln"), w="12700"), look.name("a:solidFill"))
    etree.SubElement(line, look.name("a:srgbClr"), val=colour)
    element = drawn._element  # noqa: SLF001
    (categories,) = look.find(element, "./c:cat")
    categories.addprevious(bars)


def _bar(drawn: Any, series: Series, number: int) -> None:
    from pptx.util import Pt

    drawn.format.fill.solid()
    drawn.format.fill.fore_color.rgb = look.rgb(LIGHT.fill(series.tone, number).colour.lstrip("#"))
    drawn.format.line.color.rgb, drawn.format.line.width = look.rgb("5D677B"), Pt(0.5)
    drawn.invert_if_negative = False


def _labels(plot: Any, chart: ChartSpec) -> None:
    from pptx.enum.chart import XL_LABEL_POSITION
    from pptx.util import Pt

    plot.gap_width = 45
    if not isinstance(chart, StackedChart):
        if isinstance(chart, BarChart) and len(chart.series) == 1:
            plot.has_data_labels = True
            labels = plot.data_labels
            labels.show_value, labels.number_format, labels.number_format_is_linked = True, "0.##", False
            labels.font.size, labels.position = Pt(SIZE), XL_LABEL_POSITION.OUTSIDE_END
        return
    plot.overlap = 100
    for number, (series, drawn) in enumerate(zip(chart.series, plot.series, strict=True)):
        labels = drawn.data_labels
        labels.show_value, labels.font.size = True, Pt(SIZE)
        labels.number_format, labels.number_format_is_linked = "0;;", False  # nothing is said of a part of nobody
        labels.font.color.rgb = look.rgb(LIGHT.fill(series.tone, number).ink.lstrip("#"))
