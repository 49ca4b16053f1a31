"""F1: the paragraph of the guide about this place; and one screen with all keys."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QTextBrowser, QWidget

from app import paths
from app.ui import theme
from app.ui.actions import (
    ACTIONS,
    DATES_KEYS,
    EDITOR_KEYS,
    FORM_KEYS,
    GRID_KEYS,
    MENUS,
    PROGRAMME_KEYS,
    TABLE_KEYS,
    plain,
    visible_shortcut,
)
from app.ui.session import Session
from app.ui.widgets.basics import Button, Card, Scroller
from app.ui.widgets.labels import Label
from app.ui.widgets.side_list import SideList
from app.ui.windows.base import Window


def guide_folder() -> Path:
    """Return where the guide lies, in a checkout and in the built program alike."""
    return paths.resources().parent / "docs" / "guide"


def chapters() -> list[Path]:
    """Return the files of the guide in their order."""
    return sorted(guide_folder().glob("*.md"))


def title_of(text: str) -> str:
    """Return the first heading."""
    match = re.search(r"^# (.+)$", text, re.MULTILINE)
    return match[1] if match else ""


class GuideWindow(Window):
    """The guide, open at the right place."""

    def __init__(self, session: Session, place: tuple[str, str], parent: QWidget | None = None) -> None:
        super().__init__(session, "Справка", parent, size=(900, 620))
        px = theme.current().px
        self.list = SideList("Разделы справки")
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.setAccessibleName("Текст справки")
        self._files = chapters()
        for file in self._files:
            self.list.add(title_of(file.read_text("utf-8")))
        self.list.currentRowChanged.connect(self._show)
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(self.list, 1)
        row.addWidget(self.text, 3)
        self.body.addLayout(row, 1)
        self.add_buttons(Button("Закрыть", self.accept), left=[Button("Клавиши", lambda: session.go("keys"))])
        chapter, heading = place
        names = [file.stem for file in self._files]
        if self._files:
            self.list.setCurrentRow(names.index(chapter) if chapter in names else 0)
            self._scroll_to(heading)

    def _show(self, place: int) -> None:
        if 0 <= place < len(self._files):
            self.text.setMarkdown(self._files[place].read_text("utf-8"))
            self._typeset()

    def _typeset(self) -> None:
        """Give headings and paragraphs our sizes and room: Markdown brings its own."""
        present = theme.current()
        block = self.text.document().begin()
        while block.isValid():
            level = block.blockFormat().headingLevel()
            cursor = QTextCursor(block)
            form = block.blockFormat()
            form.setTopMargin(present.px(14 if level > 1 else 2))
            form.setBottomMargin(present.px(6))
            form.setLineHeight(120, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            cursor.setBlockFormat(form)
            if level:
                cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
                letters = QTextCharFormat()
                letters.setFont(present.font(20 if level == 1 else 15, weight=QFont.Weight.DemiBold))
                cursor.mergeCharFormat(letters)
            block = block.next()
        self.text.moveCursor(QTextCursor.MoveOperation.Start)

    def _scroll_to(self, heading: str) -> None:
        """Put the heading at the top of the view."""
        if self.text.find(heading):
            cursor = self.text.textCursor()
            cursor.clearSelection()
            self.text.setTextCursor(cursor)
            top = self.text.cursorRect(cursor).top()
            bar = self.text.verticalScrollBar()
            bar.setValue(bar.value() + top - theme.current().px(8))


class KeysWindow(Window):
    """All keys on one screen."""

    guide = ("06-клавиши", "Клавиши")

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, "Клавиши", parent, size=(1000, 660))
        px = theme.current().px
        columns = QHBoxLayout()
        columns.setSpacing(px(12))
        groups = self._groups()
        for part in (groups[:4], groups[4:]):
            column = Scroller(spacing=10)
            for title, keys in part:
                column.column.addWidget(self._card(title, keys))
            column.column.addStretch(1)
            columns.addWidget(column)
        self.body.addLayout(columns, 1)
        self.add_buttons(Button("Закрыть", self.accept))

    @staticmethod
    def _groups() -> list[tuple[str, list[tuple[str, str]]]]:
        groups = []
        for menu, title in MENUS:
            keys = [(visible_shortcut(a.shortcut), plain(a.title)) for a in ACTIONS if a.menu == menu and a.shortcut]
            if keys:
                groups.append((f"Меню «{plain(title)}»", keys))
        groups.append(("В таблице", list(TABLE_KEYS)))
        groups.append(("В сетке для ввода", list(GRID_KEYS)))
        groups.append(("В форме", list(FORM_KEYS)))
        groups.append(("В редакторе форм", list(EDITOR_KEYS)))
        groups.append(("В структуре программы", list(PROGRAMME_KEYS)))
        groups.append(("В сроках программы", list(DATES_KEYS)))
        return groups

    @staticmethod
    def _card(title: str, keys: list[tuple[str, str]]) -> Card:
        card = Card(title, pad=14)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.current().px(12))
        grid.setVerticalSpacing(theme.current().px(3))
        grid.setColumnStretch(1, 1)
        for line, (key, words) in enumerate(keys):
            grid.addWidget(Label(key, "strong"), line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Label(words, wrap=True), line, 1)
        card.body.addLayout(grid)
        return card
