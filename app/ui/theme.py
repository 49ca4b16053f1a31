"""The look of the window in one place: colours, sizes, fonts. No colour or size stands anywhere else.

Sizes are written for 100 % (13 px text) and grow with the font setting through ``Theme.px``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from app import paths

Kind = Literal["ok", "warn", "bad", "none", "info"]
"""The state of a thing: ● ok, ▲ attention, ■ bad, ○ none; ``info`` is the accent."""

FAMILY = "Golos Text"
BASE_PX = 13
SMALLEST_PX, LARGEST_PX = 10, 22
_WEIGHTS = ("Regular", "Medium", "SemiBold", "Bold")


@dataclass(frozen=True, slots=True)
class Tokens:
    """Named colours; ``*_soft`` are the fills that carry text of the same name."""

    dark: bool
    page: str
    surface: str
    line: str
    text: str
    muted: str
    accent: str
    on_accent: str
    accent_hover: str
    accent_soft: str
    hover: str
    disabled: str
    control_line: str
    ok: str
    ok_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    none: str
    none_soft: str
    tooltip: str
    on_tooltip: str

    def pair(self, kind: Kind) -> tuple[str, str]:
        """Return (text, fill) of a state."""
        if kind == "info":
            return self.accent, self.accent_soft
        return getattr(self, kind), getattr(self, f"{kind}_soft")


LIGHT = Tokens(
    dark=False,
    page="#F5F6F8",
    surface="#FFFFFF",
    line="#E1E5EA",
    text="#1B1F24",
    muted="#5D677B",
    accent="#1F5FBF",
    on_accent="#FFFFFF",
    accent_hover="#1A52A6",
    accent_soft="#E8F0FC",
    hover="#F0F3F7",
    disabled="#9AA3B0",
    control_line="#C9D0D9",
    ok="#1E7B4B",
    ok_soft="#E4F3EA",
    warn="#8A5200",
    warn_soft="#FFF1D6",
    bad="#B3261E",
    bad_soft="#FBE6E4",
    none="#566073",
    none_soft="#EEF0F4",
    tooltip="#1B1F24",
    on_tooltip="#FFFFFF",
)
DARK = Tokens(
    dark=True,
    page="#15181D",
    surface="#1D2127",
    line="#323842",
    text="#E7EAEE",
    muted="#9AA4B2",
    accent="#6EA3F5",
    on_accent="#10151C",
    accent_hover="#8AB5F7",
    accent_soft="#1F2F4A",
    hover="#262B33",
    disabled="#667080",
    control_line="#454D59",
    ok="#7FD1A3",
    ok_soft="#1B3327",
    warn="#F0BE6A",
    warn_soft="#3A2D14",
    bad="#F59A93",
    bad_soft="#43221F",
    none="#B4BDC9",
    none_soft="#2A303A",
    tooltip="#E7EAEE",
    on_tooltip="#15181D",
)


@dataclass(frozen=True, slots=True)
class Theme:
    """What the whole window is drawn with.

    Attributes:
        tokens: the colours.
        font_px: height of ordinary text in logical pixels, 13 at 100 %.
        compact: tables with lower rows.
    """

    tokens: Tokens = LIGHT
    font_px: int = BASE_PX
    compact: bool = False

    def px(self, size: float) -> int:
        """Return a size given for 100 % at the present font size."""
        return max(1, round(size * self.font_px / BASE_PX))

    @property
    def row_height(self) -> int:
        """Height of a table row."""
        return self.px(26 if self.compact else 30)

    def font(self, size: int = BASE_PX, *, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """Return the window's font; ``size`` is for 100 %."""
        font = QFont(FAMILY)
        font.setPixelSize(self.px(size))
        font.setWeight(weight)
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def bigger(self, step: int) -> Theme:
        """Return the theme with text larger by ``step`` pixels, within reason."""
        return replace(self, font_px=min(LARGEST_PX, max(SMALLEST_PX, self.font_px + step)))


_state: dict[str, Theme] = {"theme": Theme()}
_loaded: list[int] = []


def current() -> Theme:
    """Return the theme that the application is drawn with (as the style itself, it is one for all)."""
    return _state["theme"]


def color(name: str) -> QColor:
    """Return a token of the present theme as a colour."""
    return QColor(getattr(current().tokens, name))


def load_fonts() -> None:
    """Give Qt the fonts that ship with the program; done once."""
    if _loaded:
        return
    files = (paths.resources() / "fonts" / f"GolosText-{weight}.ttf" for weight in _WEIGHTS)
    _loaded.extend(QFontDatabase.addApplicationFont(str(file)) for file in files)


def install(app: QApplication, theme: Theme) -> None:
    """Draw the whole application with a theme; may be called again at any time."""
    from app.ui import icons, style

    load_fonts()
    _state["theme"] = theme
    if app.style().name() != "fusion":
        app.setStyle("Fusion")
    app.setPalette(palette(theme.tokens))
    app.setFont(theme.font())
    app.setStyleSheet(style.sheet(theme))
    icons.retint()


def palette(tokens: Tokens) -> QPalette:
    """Return the palette of the tokens, the disabled group included."""
    roles = QPalette.ColorRole
    found = QPalette()
    table = {
        roles.Window: tokens.page,
        roles.WindowText: tokens.text,
        roles.Base: tokens.surface,
        roles.AlternateBase: tokens.hover,
        roles.Text: tokens.text,
        roles.PlaceholderText: tokens.muted,
        roles.Button: tokens.surface,
        roles.ButtonText: tokens.text,
        roles.BrightText: tokens.bad,
        roles.Highlight: tokens.accent,
        roles.HighlightedText: tokens.on_accent,
        roles.Link: tokens.accent,
        roles.LinkVisited: tokens.accent,
        roles.ToolTipBase: tokens.tooltip,
        roles.ToolTipText: tokens.on_tooltip,
        roles.Light: tokens.surface,
        roles.Midlight: tokens.line,
        roles.Mid: tokens.control_line,
        roles.Dark: tokens.control_line,
        roles.Shadow: tokens.line,
        roles.Accent: tokens.accent,
    }
    for role, value in table.items():
        found.setColor(role, QColor(value))
    disabled = QPalette.ColorGroup.Disabled
    for role in (roles.WindowText, roles.Text, roles.ButtonText, roles.HighlightedText):
        found.setColor(disabled, role, QColor(tokens.disabled))
    found.setColor(disabled, roles.Highlight, QColor(tokens.line))
    found.setColor(disabled, roles.Base, QColor(tokens.page))
    return found


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2: relative luminance)."""

    def luminance(value: str) -> float:
        found = QColor(value)
        parts = (found.redF(), found.greenF(), found.blueF())
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
