"""The one style sheet, made from a theme. Widgets say what they are by properties (``kind``, ``role``), not colours."""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING

from app import paths

if TYPE_CHECKING:
    from app.ui.theme import Theme

_SHEET = Template(
    """
QWidget#page, QWidget#frame, QMainWindow, QDialog { background: $page; }
QMenuBar { background: $surface; padding: $p2 $p8; border: 0; }
QMenuBar::item { padding: $p4 $p12; border-radius: $p6; background: transparent; color: $text; }
QMenuBar::item:selected { background: $accent_soft; color: $accent; }
QMenu { background: $surface; border: 1px solid $line; padding: $p4; }
QMenu::item { padding: $p6 $p24 $p6 $p12; border-radius: $p4; color: $text; }
QMenu::icon { padding-left: $p8; }
QMenu::item:selected { background: $accent_soft; color: $accent; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1px; background: $line; margin: $p4 $p8; }
QToolTip { background: $tooltip; color: $on_tooltip; border: 0; padding: $p4 $p8; }

QFrame#topRow { background: $surface; border: 0; border-bottom: 1px solid $line; }
QFrame#statusLine { background: $surface; border: 0; border-top: 1px solid $line; }
QTabBar { background: transparent; border: 0; }
QTabBar::tab { background: transparent; color: $muted; border: 0; border-bottom: 2px solid transparent;
  padding: $p8 $p8; margin: 0 $p1; font-weight: 500; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $accent; border-bottom: 2px solid $accent; font-weight: 600; }
QTabBar::tab:focus { background: $accent_soft; border-top-left-radius: $p6; border-top-right-radius: $p6; }
QTabBar#inner::tab { padding: $p6 $p10; }

QFrame[card="true"] { background: $surface; border: 1px solid $line; border-radius: $p8; }
QFrame[plain="true"] { background: transparent; border: 0; }
QFrame[ruler="true"] { background: $line; border: 0; max-height: 1px; min-height: 1px; }
QScrollArea, QScrollArea > QWidget > QWidget#scrolled { background: transparent; border: 0; }

QLabel { background: transparent; }
QLabel[role="title"] { font-size: $f20; font-weight: 600; color: $text; }
QLabel[role="section"] { font-size: $f15; font-weight: 600; color: $text; }
QLabel[role="strong"] { font-weight: 600; color: $text; }
QLabel[role="muted"] { font-size: $f12; color: $muted; }
QLabel[role="bad"] { font-size: $f12; color: $bad; }
QLabel[role="figure"] { font-size: $f20; font-weight: 600; color: $text; }
QLabel:disabled { color: $disabled; }

QPushButton { background: $surface; color: $text; border: 1px solid $control_line; border-radius: $p6;
  padding: $p6 $p12; font-weight: 500; }
QPushButton::menu-indicator { image: none; width: 0; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $accent_soft; }
QPushButton:disabled { color: $disabled; border-color: $line; background: $page; }
QPushButton:focus { border: 2px solid $accent; padding: $p5 $p11; }
QPushButton[kind="primary"] { background: $accent; color: $on_accent; border: 1px solid $accent; font-weight: 600; }
QPushButton[kind="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[kind="primary"]:focus { border: 2px solid $text; }
QPushButton[kind="primary"]:disabled { background: $line; border-color: $line; color: $disabled; }
QPushButton[kind="link"] { background: transparent; border: 1px solid transparent; color: $accent; padding: $p4 $p6; }
QPushButton[kind="link"]:hover { background: $accent_soft; }
QPushButton[kind="link"]:focus { border: 1px solid $accent; padding: $p4 $p6; }
QPushButton[kind="link"]:disabled { color: $disabled; }
QPushButton[aligned="left"] { text-align: left; }
QPushButton[kind="quiet"] { background: transparent; border: 1px solid transparent; color: $muted; font-size: $f12;
  padding: $p2 $p6; font-weight: 400; }
QPushButton[kind="quiet"]:hover { background: $hover; color: $text; }
QPushButton[kind="quiet"]:focus { border: 1px solid $accent; padding: $p2 $p6; }
QPushButton[kind="choice"] { text-align: left; padding: $p12 $p16; border-radius: $p8; }
QPushButton[kind="choice"]:checked { background: $accent_soft; border: 2px solid $accent; }
QPushButton[kind="choice"]:focus { border: 2px solid $accent; padding: $p11 $p15; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: $p6; padding: $p4; }
QToolButton:hover { background: $hover; }
QToolButton:focus { border: 1px solid $accent; }

QLineEdit, QPlainTextEdit, QComboBox, QDateEdit { background: $surface; color: $text;
  border: 1px solid $control_line; border-radius: $p6; padding: $p5 $p8; selection-background-color: $accent;
  selection-color: $on_accent; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus { border: 2px solid $accent; padding: $p4 $p7; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled { color: $disabled; background: $page; }
QLineEdit[bad="true"], QPlainTextEdit[bad="true"], QComboBox[bad="true"] {
    border: 1px solid $bad; background: $bad_soft;
}
QLineEdit[flat="true"] { border: 0; border-radius: 0; padding: $p2 $p6; background: transparent; font-size: $f12; }
QLineEdit[flat="true"]:focus { background: $accent_soft; padding: $p2 $p6; }
QLineEdit[cell="true"], QLineEdit[cell="true"]:focus { border: 2px solid $accent; border-radius: 0; padding: 0 $p4; }
QComboBox { padding-right: $p28; }
QComboBox:focus { padding-right: $p27; }
QComboBox::drop-down { border: 0; width: $p24; }
QComboBox::down-arrow { image: none; }
QComboBox QAbstractItemView { background: $surface; color: $text; border: 1px solid $line; outline: 0;
  selection-background-color: $accent_soft; selection-color: $accent; padding: $p2; }
QCheckBox, QRadioButton { spacing: $p8; padding: $p2; border: 1px solid transparent; border-radius: $p4; }
QCheckBox:focus, QRadioButton:focus { border: 1px solid $accent; }
QCheckBox::indicator, QRadioButton::indicator, QListView::indicator { width: $p16; height: $p16; background: $surface;
  border: 1px solid $muted; }
QCheckBox::indicator, QListView::indicator { border-radius: $p4; }
QRadioButton::indicator { border-radius: $p9; }
QCheckBox::indicator:checked, QListView::indicator:checked { background: $accent; border-color: $accent;
  image: url("$check"); }
QCheckBox::indicator:indeterminate { background: $accent; border-color: $accent; image: url("$minus"); }
QRadioButton::indicator:checked { border: $p5 solid $accent; width: $p8; height: $p8; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $line; background: $page; }
QTextBrowser { background: $surface; border: 1px solid $line; border-radius: $p8; padding: $p8 $p12; color: $text; }

QTableView, QListView, QTreeView { background: $surface; border: 0; outline: 0; gridline-color: $line;
  selection-background-color: $accent_soft; selection-color: $text; }
QTableView QTableCornerButton::section { background: $surface; border: 0; }
QHeaderView { background: $surface; border: 0; }
QHeaderView::section { background: $surface; border: 0; }
QHeaderView::section:horizontal { padding: 0 $p6; }
QListView#found { border: 1px solid $line; padding: $p4; }
QListView#found::item { padding: $p6 $p8; border-radius: $p4; }
QListView#found::item:selected { background: $accent_soft; color: $accent; }

QScrollBar:vertical { background: transparent; width: $p10; margin: 0; border: 0; }
QScrollBar:horizontal { background: transparent; height: $p10; margin: 0; border: 0; }
QScrollBar::handle { background: $control_line; border-radius: $p3; margin: 2px; }
QScrollBar::handle:vertical { min-height: $p28; }
QScrollBar::handle:horizontal { min-width: $p28; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QFrame[bar="info"] { background: $accent_soft; border: 1px solid $accent; border-radius: $p8; }
QFrame[bar="ok"] { background: $ok_soft; border: 1px solid $ok; border-radius: $p8; }
QFrame[bar="warn"] { background: $warn_soft; border: 1px solid $warn; border-radius: $p8; }
QFrame[bar="bad"] { background: $bad_soft; border: 1px solid $bad; border-radius: $p8; }
QFrame[bar="info"] QLabel, QFrame[bar="ok"] QLabel, QFrame[bar="warn"] QLabel, QFrame[bar="bad"] QLabel {
  color: $text; }
QProgressBar { background: $line; border: 0; border-radius: $p3; max-height: $p6; min-height: $p6; }
QProgressBar::chunk { background: $accent; border-radius: $p3; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
QSplitter::handle { background: transparent; }
QGroupBox { border: 0; font-weight: 600; margin-top: $p16; }
"""
)


def sheet(theme: Theme) -> str:
    """Return the style sheet of a theme: ``$p8`` is a size at 100 %, ``$f15`` a font size, the rest are tokens."""
    tokens = theme.tokens
    names: dict[str, str] = {name: str(getattr(tokens, name)) for name in tokens.__dataclass_fields__}
    sizes = {f"p{size}": f"{theme.px(size)}px" for size in range(1, 41)}
    fonts = {f"f{size}": f"{theme.px(size)}px" for size in (11, 12, 13, 15, 20, 24)}
    icons, mode = paths.resources() / "icons", "dark" if tokens.dark else "light"
    marks = {name: (icons / f"{name}-{mode}.svg").as_posix() for name in ("check", "minus")}
    return _SHEET.substitute(names | sizes | fonts | marks)
