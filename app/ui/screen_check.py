"""What is wrong with a screen (decision 37): cut text without a tooltip, overlaps, Latin words that have no business.

It looks at live widgets, not at pixels, so it can say which widget and which text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QAbstractItemModel, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QMenuBar,
    QScrollArea,
    QScrollBar,
    QSizeGrip,
    QSplitterHandle,
    QStackedWidget,
    QTabBar,
    QTabWidget,
    QTextEdit,
    QWidget,
)

from app.ui import theme
from app.ui.widgets.chip import Chip
from app.ui.widgets.filter_header import FilterHeader
from app.ui.widgets.labels import ElidedLabel

FaultKind = Literal["clipped", "overlap", "outside", "latin", "unready"]
FAULT_WORDS: dict[FaultKind, str] = {
    "clipped": "обрезан текст без подсказки",
    "overlap": "наложение",
    "outside": "выходит за край",
    "latin": "латинское слово",
    "unready": "снято до срока",
}
_ALLOWED = """
pdf docx xlsx xlsm xls ods csv txt toml json html excel word libreoffice pkcs pfx sig pem cer crt der rsa sha utf
ctrl shift alt enter esc del ins backspace tab home end pgup pgdn opora golos text tinos tabler ofl mit python
windows linux qt qr google
cryptcp csptest openssl opensc softhsm sgn pkcs pin
ii iii iv
"""
ALLOWED_LATIN = frozenset(_ALLOWED.split())
"""Latin words that a Russian reader knows from keys, formats and programs."""

_LATIN = re.compile(r"[A-Za-z]{2,}")
_TOKEN = re.compile(r"[^\s«»„“”()\[\]{},;:!?…·]+")
_PLACE = re.compile(r"\{[a-z]+\}")
"""A place in the arguments of a program: «{input}» is typed as it stands."""
SLACK = 1


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a screen."""

    kind: FaultKind
    where: str
    text: str

    def __str__(self) -> str:
        return f"{FAULT_WORDS[self.kind]}: {self.where}: {self.text}"


def faults(root: QWidget) -> list[Fault]:
    """Return everything wrong with a shown window or page."""
    found: list[Fault] = []
    for widget in _visible(root):
        found += _clipped(widget)
        found += _latin(widget)
        found += _overlaps(widget)
    return found


def _visible(root: QWidget) -> Iterator[QWidget]:
    yield root
    for child in root.findChildren(QWidget):
        if child.isVisibleTo(root) and child.window() is root.window() and not _inside_qt(child):
            yield child


def _inside_qt(widget: QWidget) -> bool:
    """Parts of Qt's own widgets are Qt's business."""
    name = widget.objectName()
    return name.startswith("qt_") or isinstance(widget, QScrollBar | QSizeGrip | QSplitterHandle)


def _name(widget: QWidget) -> str:
    own = widget.accessibleName() or widget.objectName()
    return f"{type(widget).__name__}" + (f" «{own}»" if own else "")


# --- cut texts ---------------------------------------------------------------------------------------------------


def _clipped(widget: QWidget) -> list[Fault]:
    cut = ""
    match widget:
        case ElidedLabel():
            cut = widget.text() if widget.shown_text() != widget.text() else ""
        case QLabel():
            cut = _cut_label(widget)
        case Chip():
            cut = widget.text if widget.sizeHint().width() > widget.width() + SLACK else ""
        case QAbstractButton():
            cut = widget.text() if widget.text() and _narrower(widget) else ""
        case QComboBox():
            room = widget.width() - theme.current().px(36)
            cut = widget.currentText() if _advance(widget, widget.currentText()) > room else ""
        case QLineEdit():
            cut = _cut_line(widget)
        case QTabBar():
            return _cut_tabs(widget)
        case QAbstractItemView() if not isinstance(widget, QHeaderView):
            return _cut_cells(widget)
    if cut.strip() and not widget.toolTip():
        return [Fault("clipped", _name(widget), cut)]
    return []


def _advance(widget: QWidget, text: str) -> int:
    return widget.fontMetrics().horizontalAdvance(text)


def _narrower(widget: QWidget) -> bool:
    hint = widget.sizeHint()
    return hint.width() > widget.width() + SLACK or hint.height() > widget.height() + SLACK + 2


def _cut_label(label: QLabel) -> str:
    if not label.text() or not label.pixmap().isNull():
        return ""
    if label.wordWrap():
        return label.text() if label.heightForWidth(label.width()) > label.height() + SLACK else ""
    return label.text() if _narrower(label) else ""


def _cut_line(edit: QLineEdit) -> str:
    if edit.echoMode() != QLineEdit.EchoMode.Normal:
        return ""
    shown = edit.text() or edit.placeholderText()
    icons = len(edit.actions()) * theme.current().px(22)
    return shown if _advance(edit, shown) > edit.width() - theme.current().px(12) - icons else ""


def _cut_tabs(tabs: QTabBar) -> list[Fault]:
    return [
        Fault("clipped", _name(tabs), tabs.tabText(place))
        for place in range(tabs.count())
        if tabs.isTabVisible(place) and tabs.tabRect(place).right() > tabs.width() + SLACK
    ]


def _cut_cells(view: QAbstractItemView) -> list[Fault]:
    if getattr(view.itemDelegate(), "tells_cut_text", False):
        return []
    model: QAbstractItemModel | None = view.model()
    found: list[Fault] = []
    if model is None:
        return []
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            index = model.index(row, column)
            rect = view.visualRect(index)
            if not view.viewport().rect().intersects(rect):
                continue
            text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
            if _advance(view, text) > rect.width() and not index.data(Qt.ItemDataRole.ToolTipRole):
                found.append(Fault("clipped", _name(view), text))
    return found


# --- overlaps ----------------------------------------------------------------------------------------------------


def _overlaps(parent: QWidget) -> list[Fault]:
    if isinstance(parent, QScrollArea):
        return _too_wide(parent)
    if isinstance(parent, QAbstractScrollArea | QStackedWidget | QTabWidget | QComboBox | QLineEdit | FilterHeader):
        return []
    if parent.layout() is None:
        return []
    shown = [
        child
        for child in parent.children()
        if isinstance(child, QWidget) and child.isVisibleTo(parent) and not child.isWindow() and not _inside_qt(child)
        and not isinstance(child, QMenuBar)
    ]  # fmt: skip
    found = []
    for place, one in enumerate(shown):
        for other in shown[place + 1 :]:
            common = one.geometry().intersected(other.geometry())
            if common.width() > SLACK and common.height() > SLACK:
                found.append(Fault("overlap", f"{_name(one)} и {_name(other)}", _text_of(one) or _text_of(other)))
    room = QRect(0, 0, parent.width() + SLACK, parent.height() + SLACK)
    found += [
        Fault("outside", _name(child), _text_of(child))
        for child in shown
        if not room.contains(child.geometry()) and not child.geometry().isEmpty()
    ]
    return found


def _too_wide(area: QScrollArea) -> list[Fault]:
    """What lies in a scroll area that does not scroll sideways must not be wider than the area."""
    inner, off = area.widget(), Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    if inner is None or area.horizontalScrollBarPolicy() != off or inner.width() <= area.viewport().width() + SLACK:
        return []
    return [Fault("outside", _name(area), f"{inner.width()} > {area.viewport().width()}")]


# --- words -------------------------------------------------------------------------------------------------------


def _text_of(widget: QWidget) -> str:
    match widget:
        case QLabel() | QAbstractButton():
            return widget.text()
        case Chip():
            return widget.text
        case QLineEdit():
            return widget.text() or widget.placeholderText()
        case QComboBox():
            return widget.currentText()
        case _:
            return ""


def _texts(widget: QWidget) -> Iterator[str]:
    yield _text_of(widget)
    if isinstance(widget, QTabBar):
        yield from (widget.tabText(place) for place in range(widget.count()))
    if isinstance(widget, QHeaderView) and widget.model() is not None:
        orientation = widget.orientation()
        yield from (
            str(widget.model().headerData(place, orientation, Qt.ItemDataRole.DisplayRole) or "")
            for place in range(widget.count())
        )
    if isinstance(widget, QMenuBar):
        for menu in widget.actions():
            yield menu.text()
            inner = menu.menu()
            if isinstance(inner, QMenu):
                yield from (action.text() for action in inner.actions())


def _latin(widget: QWidget) -> list[Fault]:
    if isinstance(widget, QTextEdit):
        return []
    return [Fault("latin", _name(widget), word) for text in _texts(widget) for word in foreign_words(text)]


def foreign_words(text: str) -> list[str]:
    """Return Latin words of a text that are no file names, codes, keys, places of arguments or known names."""
    found = []
    for token in _TOKEN.findall(_PLACE.sub("", text.replace("&", ""))):
        bare = token.strip(".'\"-–—")
        if any(sign in bare for sign in "/\\_@") or any(sign.isdigit() for sign in bare) or "." in bare:
            continue  # a path, a code, a file name, an address
        found += [word for word in _LATIN.findall(bare) if word.lower() not in ALLOWED_LATIN]
    return found
