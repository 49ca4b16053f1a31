"""Two records of one school: what would come together, then joining; and taking apart again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.models.organisations import School, SchoolCard
from app.operations import merge_words, schools
from app.operations.schools import MergePreview
from app.texts import count, quoted
from app.ui import icons, theme
from app.ui.session import Session
from app.ui.widgets.basics import Button, Card, Combo, Scroller, clear_layout
from app.ui.widgets.labels import ElidedLabel, Label
from app.ui.windows.base import Window

SHOWN_LIMIT = 40
NAMES_LIMIT = 6


class MergeWindow(Window):
    """Joins a duplicate to the record that stays."""

    guide = ("01-школы", "Две записи одной школы")

    def __init__(self, session: Session, ids: list[int] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(session, "Две записи одной школы", parent, size=(720, 560))
        self._ids = list(ids or [])
        px = theme.current().px
        self.say("Данные не переписываются: запись-двойник указывает на основную, «Разделить» вернёт всё как было.")
        self.kept, self.merged = Combo("Какая запись останется"), Combo("Какая запись — двойник")
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setColumnStretch(1, 1)
        for line, (title, combo) in enumerate((("Останется", self.kept), ("Двойник", self.merged))):
            combo.setMinimumContentsLength(30)
            combo.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.currentIndexChanged.connect(lambda _i: self._look())
            grid.addWidget(Label(title), line, 0)
            grid.addWidget(combo, line, 1)
        swap = Button("Поменять местами", self._swap, icon="refresh")
        swap.setIconSize(QSize(px(icons.SIZE), px(icons.SIZE)))
        grid.addWidget(swap, 2, 1, Qt.AlignmentFlag.AlignLeft)
        self.body.addLayout(grid)
        scroller = Scroller()
        card = Card("Что сойдётся вместе")
        self.words = Label("Выберите две записи.", wrap=True)
        card.body.addWidget(self.words)
        scroller.column.addWidget(card)
        self.doubts = _ListCard("Проверьте, одна ли это школа")
        scroller.column.addWidget(self.doubts)
        self.differences = _ListCard("Числа расходятся")
        scroller.column.addWidget(self.differences)
        self.joined = Card("Уже объединены")
        self.lines = QGridLayout()
        self.joined.body.addLayout(self.lines)
        self.joined.hide()
        scroller.column.addWidget(self.joined)
        scroller.column.addStretch(1)
        self.body.addWidget(scroller, 1)
        self.verb = Button("Объединить", self._merge, icon="git-merge", kind="primary")
        self.verb.setEnabled(False)
        self.add_buttons(Button("Закрыть", self.reject), self.verb)
        self.refresh()

    def refresh(self) -> None:
        """Read the registry anew."""
        self.take(self.session.desk.read(schools.listing, own=None, kind=None), self._offer)

    def _offer(self, found: list[School]) -> None:
        items: list[tuple[str, object]] = [
            (f"{school.shown} ({school.code})" if school.code else school.shown, school.id) for school in found
        ]
        first, second = (*self._ids, None, None)[:2]
        for combo, wanted in ((self.kept, first), (self.merged, second)):
            combo.fill([("выберите школу…", None), *items], wanted)
        self._look()

    def _swap(self) -> None:
        kept, merged = self.kept.currentData(), self.merged.currentData()
        self.kept.choose(merged)
        self.merged.choose(kept)

    def _look(self) -> None:
        kept, merged = self.kept.currentData(), self.merged.currentData()
        self.verb.setEnabled(False)
        for part in (self.joined, self.doubts, self.differences):
            part.hide()
        if kept is not None:
            self.take(self.session.desk.read(schools.card, int(kept)), self._show_joined)
        if kept is None or merged is None:
            self.words.setText("Выберите две записи.")
        elif kept == merged:
            self.words.setText("Это одна и та же запись.")
        else:
            self.take(self.session.desk.read(schools.preview_merge, int(merged), int(kept)), self._show)

    def _show(self, found: MergePreview) -> None:
        self.words.setText("\n".join(_sentences(found)))
        self.doubts.show_lines(found.doubts)
        self.differences.show_lines([item.message for item in found.differences])
        self.verb.setEnabled(not self.session.desk.read_only)

    def _show_joined(self, card: SchoolCard) -> None:
        clear_layout(self.lines)
        self.joined.setVisible(bool(card.duplicates))
        for line, (key, name) in enumerate(card.duplicates):
            self.lines.addWidget(ElidedLabel(name, mode=Qt.TextElideMode.ElideMiddle), line, 0)
            self.lines.addWidget(Button("Разделить", partial(self._separate, key), kind="link"), line, 1)
            self.lines.setColumnStretch(0, 1)

    def _merge(self) -> None:
        kept, merged = self.kept.currentData(), self.merged.currentData()
        self._ids = [int(kept)]
        self.take(
            self.session.written(schools.merge, int(merged), int(kept)), lambda _: self._done("Записи объединены.")
        )

    def _separate(self, key: int) -> None:
        self._ids = [int(self.kept.currentData())]
        self.take(self.session.written(schools.separate, key), lambda _: self._done("Запись снова отдельная."))

    def _done(self, words: str) -> None:
        self.bar.show_message("ok", f"{words} Отменить — Ctrl+Z в главном окне.")
        self.refresh()


class _ListCard(Card):
    """A card with one sentence a line; nothing to say, nothing shown."""

    def __init__(self, title: str) -> None:
        super().__init__(title, pad=12)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(theme.current().px(4))
        self.body.addLayout(self.lines)
        self.hide()

    def show_lines(self, lines: Sequence[str]) -> None:
        """Show sentences, the first of them where there are very many."""
        clear_layout(self.lines)
        self.note.setText(str(len(lines)) if len(lines) > 1 else "")
        for line in lines[:SHOWN_LIMIT]:
            self.lines.addWidget(Label(line, wrap=True).selectable())
        if len(lines) > SHOWN_LIMIT:
            self.lines.addWidget(
                Label(
                    f"И ещё {len(lines) - SHOWN_LIMIT}: после объединения их назовёт проверка файла.",
                    "muted",
                    wrap=True,
                )
            )
        self.setVisible(bool(lines))


def _sentences(found: MergePreview) -> list[str]:
    """Say what merging brings together: facts, codes, spellings, people, contacts, notes."""
    lines = [
        f"«{found.merged.shown}» станет частью записи «{found.kept.shown}».",
        *merge_words.of_facts(found.facts),
    ]
    if found.followers:
        lines.append(f"Вместе с ней перейдут записи, объединённые раньше: {_quoted(found.followers)}.")
    if found.codes:
        lines.append(f"Добавятся коды: {merge_words.of_codes(found.codes)}.")
    if found.spellings:
        lines.append(f"Школа будет находиться и по написаниям: {_quoted(found.spellings)}.")
    if found.people:
        lines.append(f"Перейдут люди: {', '.join(found.people)}.")
    more = [
        count(number, *words)
        for number, words in (
            (found.contacts, ("контакт", "контакта", "контактов")),
            (found.notes, ("заметка", "заметки", "заметок")),
        )
        if number
    ]
    if more:
        lines.append(f"Добавятся: {', '.join(more)}.")
    return lines


def _quoted(names: Sequence[str]) -> str:
    shown = ", ".join(quoted(name) for name in names[:NAMES_LIMIT])
    return shown + (f" и ещё {len(names) - NAMES_LIMIT}" if len(names) > NAMES_LIMIT else "")
