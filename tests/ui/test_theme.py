from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QPushButton

from app import paths
from app.ui import icons, style, theme
from app.ui.actions import ACTIONS
from tests.helpers.source import APP

THEMES = [theme.LIGHT, theme.DARK]
COLOUR = re.compile(r"#[0-9A-Fa-f]{6}\b")


@pytest.mark.parametrize("tokens", THEMES, ids=["light", "dark"])
def test_every_text_is_readable(tokens):
    for fore in ("text", "muted", "accent", "bad"):
        for back in ("page", "surface"):
            assert theme.contrast(getattr(tokens, fore), getattr(tokens, back)) >= 4.5, (fore, back)
    for kind in ("ok", "warn", "bad", "none", "info"):
        assert theme.contrast(*tokens.pair(kind)) >= 4.5, kind
    assert theme.contrast(tokens.on_accent, tokens.accent) >= 4.5
    assert theme.contrast(tokens.on_tooltip, tokens.tooltip) >= 4.5
    assert theme.contrast(tokens.text, tokens.accent_soft) >= 4.5
    assert theme.contrast(tokens.muted, tokens.hover) >= 4.5


def test_contrast_of_known_pairs():
    assert theme.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert theme.contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_sizes_grow_with_the_font():
    small, large = theme.Theme(), theme.Theme(font_px=26)
    assert (small.px(8), large.px(8)) == (8, 16)
    assert large.row_height == 60
    assert theme.Theme(compact=True).row_height == 26
    assert small.bigger(100).font_px == theme.LARGEST_PX
    assert small.bigger(-100).font_px == theme.SMALLEST_PX


def test_digits_of_tables_have_one_width(qapp):
    from PySide6.QtGui import QFontMetrics

    metrics = QFontMetrics(theme.current().font())
    assert metrics.horizontalAdvance("1111") == metrics.horizontalAdvance("8888")


def test_the_style_sheet_is_whole():
    for tokens in THEMES:
        sheet = style.sheet(theme.Theme(tokens, 16))
        assert "$" not in sheet
        assert sheet.count("{") == sheet.count("}")


def test_no_colour_stands_outside_the_theme():
    found = [
        f"{file.name}: {match}"
        for file in (APP / "ui").rglob("*.py")
        if file.name != "theme.py"
        for match in COLOUR.findall(file.read_text("utf-8"))
    ]
    assert found == []


def test_a_theme_reaches_palette_font_and_icons(qapp):
    button = QPushButton("Печать")
    icons.put(button, "printer")
    before = button.icon().pixmap(18).toImage()
    theme.install(qapp, theme.Theme(theme.DARK, 16))
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == theme.DARK.page
    disabled = qapp.palette().color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert disabled.name().upper() == theme.DARK.disabled.upper()
    assert QApplication.font().pixelSize() == 16
    assert QApplication.font().family() == theme.FAMILY
    assert button.icon().pixmap(18).toImage() != before


MARKS = {f"{name}-{mode}" for name in ("check", "minus") for mode in ("light", "dark")}
"""Named by the style sheet."""


def used_icons() -> set[str]:
    known = {path.stem for path in (paths.resources() / "icons").glob("*.svg")}
    text = "\n".join(file.read_text("utf-8") for file in (APP / "ui").rglob("*.py"))
    return {name for name in known if f'"{name}"' in text or name in MARKS}


def test_only_used_icons_are_shipped_and_every_action_has_its_own():
    shipped = {path.stem for path in (paths.resources() / "icons").glob("*.svg")}
    assert shipped == used_icons()
    assert {spec.icon for spec in ACTIONS if spec.icon} <= shipped
    assert (paths.resources() / "icons" / "LICENSE-Tabler.txt").exists()


def test_every_icon_named_in_the_code_exists():
    text = "\n".join(file.read_text("utf-8") for file in (APP / "ui").rglob("*.py"))
    named = set(re.findall(r'icon="([a-z0-9-]+)"', text)) | set(re.findall(r'EmptyState\(\s*"([a-z0-9-]+)"', text))
    missing = [name for name in named if not icons.source(name).exists()]
    assert missing == []
