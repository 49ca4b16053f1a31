"""Charts: where words stand, what is answered, what is printable, and that one chart is drawn alike each time."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import pairwise

import pytest
from PIL import Image

from app.exporters.charts import Drawing, draw
from app.exporters.charts.heat import place_of
from app.exporters.charts.look import LOOKS, Fill, LookName
from app.exporters.charts.placing import Box, Placer, are_whole, crosses, spread, ticks
from app.exporters.charts.stage import ASCENT, DESCENT, number
from app.reports.charts import ChartSpec, HeatCell, LineChart, Point, Series
from tests.helpers.charts import ALL, BULLETS, HEAT, LINE, LINES, SCATTER, STACKED

GREY_STEP = 14
"""Least difference of neighbouring parts on a black and white print, of 255."""


def boxes(drawing: Drawing, look: LookName) -> list[tuple[str, Box]]:
    from app.exporters.charts.stage import Stage

    stage = Stage(10, 10, LOOKS[look], 10)
    found = []
    for word in drawing.words:
        wide = stage.wide(word.text, word.size, bold=word.bold)
        if word.turned:
            found.append(
                (word.text, Box(word.x - ASCENT * word.size, word.y, word.x + DESCENT * word.size, word.y + wide))
            )
        else:
            found.append((word.text, Box(word.x, word.y - 0.2 * word.size, word.x + wide, word.y + ASCENT * word.size)))
    return found


@pytest.mark.parametrize("look", ["light", "paper"])
@pytest.mark.parametrize("size", [(560, 380, 12.0), (252, 170, 8.0), (900, 420, 13.0)])
@pytest.mark.parametrize("name", sorted(ALL))
def test_no_word_lies_over_another_or_leaves_the_picture(
    name: str, size: tuple[int, int, float], look: LookName
) -> None:
    width, height, type_size = size
    drawing = draw(ALL[name], width, height, look=look, size=type_size, form="svg")
    found = boxes(drawing, look)
    assert found
    for place, (text, box) in enumerate(found):
        assert box.left >= -0.5, text
        assert box.right <= width + 0.5, text
        assert box.bottom >= -0.5, text
        assert box.top <= height + 0.5, text
        for other_text, other in found[place + 1 :]:
            shrunk = Box(box.left + 0.5, box.bottom + 0.8, box.right - 0.5, box.top - 0.8)
            assert not shrunk.meets(other), f"«{text}» and «{other_text}»"


@pytest.mark.parametrize("name", sorted(ALL))
def test_a_chart_is_drawn_alike_each_time_in_each_form(name: str) -> None:
    for form in ("png", "svg", "pdf"):
        first = draw(ALL[name], 480, 320, form=form)
        assert first == draw(ALL[name], 480, 320, form=form)
        assert first.data.startswith({"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}[form])


def test_the_picture_has_no_transparency_and_as_many_pixels_as_the_screen_wants() -> None:
    picture = Image.open(io.BytesIO(draw(LINE, 400, 300, scale=1.5).data))
    assert picture.mode == "RGB"
    assert picture.size == (600, 450)


def test_a_gap_breaks_the_line_and_is_said() -> None:
    alone = draw(LINE, 560, 380)
    assert [word.text for word in alone.words].count("нет данных") == 1
    several = draw(LINES, 560, 380)
    assert [word.text for word in several.words].count("нет данных") == 1
    gap = next(area for area in alone.areas if "9 из 29" in area.told)
    after = next(area for area in alone.areas if "12 из 31" in area.told)
    column = (after.x - gap.x) / 2  # 2023 and 2025, with 2024 between them
    image = Image.open(io.BytesIO(alone.data)).convert("RGB")
    middle = round(gap.x + gap.width / 2 + column)
    blue = [y for y in range(image.height) if image.getpixel((middle, y)) == (31, 95, 191)]
    assert blue == [], "no line is drawn through 2024"


def test_points_answer_with_their_fraction_and_their_school() -> None:
    areas = draw(LINE, 560, 380).areas
    assert len(areas) == 4, "a point without data answers nothing"
    small = next(area for area in areas if "4 из 9" in area.told)
    assert small.told == "СОШ № 3, 2026: 4 из 9, 44,4 %"
    assert small.link == 5
    assert all(0 <= area.x <= 560 and 0 <= area.y <= 380 for area in areas)


def test_a_small_group_has_a_hollow_mark() -> None:
    def centre(chart: ChartSpec) -> object:
        drawing = draw(chart, 560, 380, scale=2)
        area = next(area for area in drawing.areas if ", 2022:" in area.told)
        point = chart.series[0].points[0]  # type: ignore[union-attr]
        # the interval 10…30 around 20: the point stands in the middle of what answers
        assert (point.low, point.value, point.high) == (10, 20, 30)
        x, y = (area.x + area.width / 2) * 2, (area.y + area.height / 2) * 2
        # beside the whisker, inside the marker
        return Image.open(io.BytesIO(drawing.data)).getpixel((round(x + 3), round(y)))

    sure = LineChart("", "%", (Series("а", (Point("2022", 20, 10, 30, "2 из 10"),)),))
    small = replace(sure, series=(Series("а", (Point("2022", 20, 10, 30, "2 из 10", small=True),)),))
    assert centre(sure) == (31, 95, 191)
    assert centre(small) == (255, 255, 255)


def test_a_value_at_a_bound_belongs_to_the_class_above_it() -> None:
    assert [place_of(value, (10, 20, 30, 50)) for value in (0, 9.99, 10, 29.9, 30, 50, 100)] == [0, 0, 1, 2, 3, 4, 4]


def test_every_cell_answers_and_an_empty_one_says_so() -> None:
    drawing = draw(HEAT, 560, 380)
    told = [area.told for area in drawing.areas]
    assert "СОШ № 2, ОГЭ, математика: нет данных" in told
    assert sum("СОШ № 1" in text for text in told) == 1 + len(HEAT.columns), "the name of the row and its cells"
    assert {area.link for area in drawing.areas} == {11, 12, 13}


def test_parts_say_counts_and_the_whole() -> None:
    words = [word.text for word in draw(STACKED, 560, 380).words]
    assert "12 · 38,7\u00a0%" in words
    assert "31\u00a0чел." in words


def test_a_chart_without_values_says_so() -> None:
    empty = LineChart("Ничего", "%", (Series("а", (Point("2022", None),)),))
    assert "Нет данных" in [word.text for word in draw(empty, 300, 200).words]
    assert "Нет данных" in [word.text for word in draw(replace(HEAT, cells=((HeatCell(None),),)), 300, 200).words]
    assert "Нет данных" in [word.text for word in draw(replace(SCATTER, dots=()), 300, 200).words]


def test_a_sign_that_the_font_of_the_window_lacks_is_replaced_without_a_warning() -> None:
    chart = replace(LINE, title="Знак 漢 и $x^2$ рядом")
    assert draw(chart, 400, 300).words[0].text == "Знак ? и $x^2$ рядом"


def test_words_can_be_left_to_the_paper() -> None:
    with_words, without = (draw(LINE, 400, 300, form="pdf", look="paper", written=written) for written in (True, False))
    assert b"/Font" in with_words.data
    assert b"/FontFile2" not in without.data
    assert len(without.data) < len(with_words.data)
    assert "СОШ №\u00a03" in "".join(word.text for word in without.words)


def test_bullets_say_value_target_and_state_with_its_shape() -> None:
    drawing = draw(BULLETS, 700, 420, size=12)
    words = {word.text for word in drawing.words}
    assert {"29,2 %, цель 30 %", "достигнуто", "отстаёт: −4", "нет данных", "факт", "цель", "база"} <= words
    assert len(drawing.areas) == len(BULLETS.rows)
    assert drawing.areas[1].told.endswith("курсы по предмету: 36,4 %, цель 40 %. почти: −3,6")


def test_what_is_known_of_a_gap_is_said_instead_of_no_data() -> None:
    chart = replace(
        LINES, series=(LINES.series[0], replace(LINES.series[1], points=(
            *LINES.series[1].points[:2], replace(LINES.series[1].points[2], told="впереди"), LINES.series[1].points[3],
        ))),
    )  # fmt: skip
    assert "впереди" in {word.text for word in draw(chart, 700, 420).words}


def grey(colour: str) -> float:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", sorted(LOOKS))
def test_parts_differ_in_black_and_white_and_their_words_are_read(name: LookName) -> None:
    look = LOOKS[name]
    marks = [grey(look.fills[tone].colour) for tone in ("bad", "warn", "accent", "ok")]
    assert all(abs(one - other) >= GREY_STEP for one, other in pairwise(marks))
    shades = [grey(fill.colour) for fill in look.heat]
    assert shades == sorted(shades, reverse=name != "dark"), "worse is darker, on the dark window lighter"
    surfaces: list[Fill] = [*look.fills.values(), *look.parts, *look.heat]
    for fill in surfaces:
        assert contrast(fill.colour, fill.ink) >= 4.5, fill
    for colour in (*look.series, *look.tones.values(), look.text, look.muted):
        assert contrast(colour, look.page) >= 4.5, colour


def test_numbers_are_russian() -> None:
    assert number(38.7, "%") == "38,7\u00a0%"
    assert number(-0.62, digits=2) == "−0,62"
    assert number(-0.01) == "0"
    assert number(30.0) == "30"


def test_steps_are_round() -> None:
    assert ticks(0, 45, 5) == [0, 10, 20, 30, 40, 50]
    assert ticks(-0.62, 0.4, 6) == [-0.8, -0.6, -0.4, -0.2, 0.0, 0.2, 0.4]
    assert ticks(3, 3, 4)[0] <= 3 <= ticks(3, 3, 4)[-1]


def test_labels_move_apart_and_keep_their_order() -> None:
    assert spread([10, 50], [10, 10], 0, 100) == [10, 50]
    assert spread([50, 50], [10, 10], 0, 100) == [45, 55]
    assert spread([98, 99], [10, 10], 0, 100) == [85, 95]
    assert spread([30, 10, 11], [10, 10, 10], 0, 100) == [30, 5.5, 15.5]


def test_a_segment_through_a_box_is_noticed() -> None:
    box = Box(0, 0, 10, 10)
    assert crosses(box, (-5, 5), (15, 5))
    assert crosses(box, (5, 5), (6, 6))
    assert not crosses(box, (-5, 5), (-1, 5))
    assert not crosses(box, (-5, 0), (0, 15))


def test_a_name_without_a_free_place_is_left_out() -> None:
    placer = Placer(Box(0, 0, 100, 20))
    assert placer.place(10, 10, 30, 10, 4) == Box(14, 5, 44, 15)
    assert placer.place(20, 10, 30, 10, 4) is None or len(placer.taken) == 2
    placer.take(Box(0, 0, 100, 20))
    assert placer.place(50, 10, 10, 10, 4) is None


@pytest.mark.parametrize(("high", "most"), [(1, 6), (2, 6), (3, 5), (8, 3), (23, 9), (0, 4), (120, 7)])
def test_counts_have_no_halves_on_their_axis(high: int, most: int) -> None:
    steps = ticks(0, high, most, whole=True)
    assert all(step == round(step) for step in steps)
    assert steps[0] == 0
    assert steps[-1] >= high


def test_halves_stand_where_halves_are_measured() -> None:
    assert 0.5 in ticks(0, 1, 3)
    assert are_whole([1.0, None, 3.0])
    assert not are_whole([1.0, 0.5])
