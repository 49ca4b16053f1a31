"""Two records of one school: what would come together, then joining; and taking apart again."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.models.organisations import School, SchoolCard
from app.operations import schools
from app.operations.schools import SYSTEM_WORDS, MergePreview
from app.texts import count
from app.ui import icons, theme
from app.ui.session import Session
from app.ui.widgets.basics import Button, Card, Combo, clear_layout
from app.ui.widgets.labels import ElidedLabel, Label
from app.ui.windows.base import Window


class MergeWindow(Window):
    """Joins a duplicate to the record that stays."""

    guide = ("01-школы", "Две записи одной школы")

    def __init__(self, session: Session, ids: list[int] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(session, "Две записи одной школы", parent, size=(720, 520))
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
        card = Card("Что сойдётся вместе")
        self.words = Label("Выберите две записи.", wrap=True)
        card.body.addWidget(self.words)
        self.body.addWidget(card)
        self.joined = Card("Уже объединены")
        self.lines = QGridLayout()
        self.joined.body.addLayout(self.lines)
        self.joined.hide()
        self.body.addWidget(self.joined)
        self.body.addStretch(1)
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
        self.joined.hide()
        if kept is not None:
            self.take(self.session.desk.read(schools.card, int(kept)), self._show_joined)
        if kept is None or merged is None:
            self.words.setText("Выберите две записи.")
        elif kept == merged:
            self.words.setText("Это одна и та же запись.")
        else:
            self.take(self.session.desk.read(schools.preview_merge, int(merged), int(kept)), self._show)

    def _show(self, found: MergePreview) -> None:
        codes = ", ".join(f"{SYSTEM_WORDS.get(system, system)} {value}" for system, value in found.codes)
        lines = [
            f"«{found.merged.shown}» станет частью записи «{found.kept.shown}».",
            f"Результатов перейдёт: {found.results_moved}.",
        ]
        if found.results_both:
            both = count(found.results_both, "результат есть", "результата есть", "результатов есть")
            lines.append(f"{both} у обеих записей: останутся числа основной.")
        if codes:
            lines.append(f"Добавятся коды: {codes}.")
        self.words.setText("\n".join(lines))
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
