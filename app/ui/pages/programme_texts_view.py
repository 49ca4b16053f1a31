"""«Тексты»: passport, analysis and sections at the left with their states, the chosen one to edit beside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from app.operations import programme_text_grids as grids
from app.operations import programme_texts
from app.operations.programme_blocks import AnalysisBlock
from app.operations.programme_texts import TextBook
from app.texts import capital, count
from app.ui import theme
from app.ui.pages.programme_text_edit import TextPane, kind_of
from app.ui.pages.programme_text_grid import GridPane
from app.ui.pages.programme_texts_list import TextLine, TextList
from app.ui.pages.view import View
from app.ui.pages.views_page import ViewsPage
from app.ui.widgets.basics import Button, split
from app.ui.widgets.empty import EmptyState

if TYPE_CHECKING:
    from app.ui.pages.programme import ProgrammePage

PARTS = (("passport", "Паспорт"), ("analysis", "Анализ состояния проблемы"), ("section", "Разделы"))
TABLE = "table."
"""Keys of tables in the list begin so."""


def lines_of(book: TextBook) -> list[TextLine]:
    """Return the lines of the list: texts under their headings, then the tables."""
    lines: list[TextLine] = []
    for part, title in PARTS:
        lines.append(TextLine("", title))
        lines += [
            TextLine(field.key, field.title, kind_of(field), field.word) for field in book.fields if field.part == part
        ]
    lines.append(TextLine("", "Таблицы"))
    for part, title in grids.TITLES.items():
        number = len(grids.rows_of(book.tree, part))
        word = count(number, "строка", "строки", "строк") if number else "пусто"
        lines.append(TextLine(TABLE + part, title, "ok" if number else "none", word))
    return lines


class TextsView(View):
    """Texts of the programme."""

    key = "texts"
    title = "Тексты"
    heading = "Тексты программы"
    guide = ("10-программа", "Тексты")

    def __init__(self, page: ViewsPage) -> None:
        super().__init__(page)
        self.book: TextBook | None = None
        self._wanted = ""
        px = theme.current().px
        self.list = TextList()
        self.list.picked.connect(self._picked)
        self.pane = TextPane(self.session)
        self.pane.committed.connect(self._put)
        self.pane.reset_wanted.connect(self._reset)
        self.pane.preview.origin_wanted.connect(self._show_origin)
        self.grid = GridPane(self.session, lambda: self.programme_id, self.refresh)
        self.right = QStackedWidget()
        self.right.addWidget(self.pane)
        self.right.addWidget(self.grid)
        self.parts = split(self.list, self.right, stretch=(0, 1), sizes=(px(390), px(920)), handle=10)
        self.nothing = EmptyState(
            "sitemap", "Программы ещё нет",
            "Начните её на вкладке «Структура»: тексты составятся из структуры и данных.",
            ("Открыть «Структуру»", lambda: self.page.show_view(self.page.first[0])),
        )  # fmt: skip
        self.body = QStackedWidget()
        self.body.addWidget(self.nothing)
        self.body.addWidget(self.parts)
        self.column.addWidget(self.body, 1)

    @property
    def programme_id(self) -> int | None:
        """Key of the programme that the page shows."""
        page: ProgrammePage = self.page  # type: ignore[assignment]
        return page.programme_id

    @property
    def writable(self) -> bool:
        """Whether the texts may change."""
        page: ProgrammePage = self.page  # type: ignore[assignment]
        return page.writable

    def make_actions(self) -> Sequence[Button]:
        """Return the buttons of the header."""
        self.updating = self.page.act("Обновить цифры…", self._update, "refresh", primary=True)
        return (self.updating,)

    # --- reading -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read all texts of the programme anew."""
        key = self.programme_id
        if key is None:
            self.book = None
            self.body.setCurrentWidget(self.nothing)
            self.updating.setEnabled(False)
            self.say("")
            return
        self.session.read(self, self._show, programme_texts.read, key)

    def _show(self, book: TextBook) -> None:
        other = self.book is None or self.book.tree.programme.id != book.tree.programme.id
        self.book = book
        if other:
            self.pane.field = None
        self.body.setCurrentWidget(self.parts)
        self.list.show_lines(lines_of(book))
        if self._wanted:
            self.list.choose(self._wanted)
            self._wanted = ""
        stale = sum(field.stale for field in book.fields)
        empty = sum(field.origin == "empty" for field in book.fields)
        typed = sum(field.origin == "typed" for field in book.fields)
        told = [f"введено {typed} из {len(book.fields)}", f"пусто {empty}"]
        if stale:
            told.append("цифры устарели: " + count(stale, "текст", "текста", "текстов"))
        self.say(capital(" · ".join(told)))
        self.updating.setEnabled(bool(stale) and self.writable)
        self.updating.setToolTip("" if stale else "Все тексты говорят то же, что структура и данные.")
        self._picked(self.list.key)

    def _picked(self, key: str) -> None:
        book = self.book
        if book is None or not key:
            return
        self.pane.editor.commit()
        if key.startswith(TABLE):
            self.grid.show_part(key.removeprefix(TABLE), book.tree, writable=self.writable)
            self.right.setCurrentWidget(self.grid)
            return
        blocks = [block for block in book.blocks if block.section == key]
        self.pane.show_field(book.field(key), blocks, writable=self.writable)
        self.right.setCurrentWidget(self.pane)

    # --- writing -------------------------------------------------------------------------------------------------

    def _put(self, key: str, text: str, base: str) -> None:
        if self.programme_id is not None:
            self.session.write(self, None, programme_texts.put, self.programme_id, key, text, base)

    def _reset(self, key: str) -> None:
        if self.programme_id is not None:
            self.session.write(self, None, programme_texts.reset, self.programme_id, key)

    def _update(self) -> None:
        self.pane.editor.commit()
        if self.programme_id is not None:
            self.session.go("programme_figures", self.programme_id)

    def _show_origin(self, block: AnalysisBlock) -> None:
        self.session.go("programme_origin", block)

    # --- ways in -------------------------------------------------------------------------------------------------

    def open_payload(self, payload: object) -> None:
        """Show a text or («table.mechanism») a table by its key."""
        self._wanted = str(payload)
        if self.book is not None and self.list.choose(self._wanted):
            self._wanted = ""

    def show_node(self, node_id: int) -> None:
        """A node has no text of its own: the tree shows it."""
        page: ProgrammePage = self.page  # type: ignore[assignment]
        page.show_node(node_id)

    def focus_main(self) -> None:
        """Put the keyboard into the list."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
