"""Two editions of a programme side by side: every change, its words one by one; the papers about them."""

from __future__ import annotations

import html
from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QTextBrowser, QWidget

from app.analysis.programme_changes import KIND_WORDS, ProgrammeChange
from app.analysis.word_difference import Piece, pieces
from app.operations import papers, programme_change_papers, programme_life, programme_stage
from app.operations.programme_stage import Edition
from app.texts import count
from app.ui import theme
from app.ui.item_models.table_model import Column
from app.ui.session import Session
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Card, Combo
from app.ui.widgets.chip import ChipButton
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import Label
from app.ui.widgets.table import DataTable, RowAction
from app.ui.windows.base import Window
from app.ui.windows.papers import PaperPreview

KINDS: dict[str, Kind] = {"changed": "warn", "added": "ok", "moved": "info", "removed": "bad"}
Line = tuple[int, ProgrammeChange]
COLUMNS = (
    Column("kind", "Что стало", lambda row: KIND_WORDS[row[1].kind], 122, kind="chip",
           chip=lambda row: KINDS[row[1].kind]),
    Column("place", "Где", lambda row: row[1].place, 190, 2, 140, strong=True, tip=lambda row: row[1].place),
    Column("what", "Что", lambda row: row[1].what, 150, 1, 100, tip=lambda row: row[1].what),
    Column("before", "Было", lambda row: row[1].before, 230, 3, 140, tip=lambda row: row[1].before),
    Column("after", "Стало", lambda row: row[1].after, 230, 3, 140, tip=lambda row: row[1].after),
)  # fmt: skip


def marked(found: Sequence[Piece]) -> str:
    """Return pieces as rich text: what went is struck through, what came is underlined; colours only help."""
    tokens = theme.current().tokens
    parts = {
        "same": "{}",
        "gone": f'<span style="color:{tokens.bad};text-decoration:line-through">{{}}</span>',
        "new": f'<span style="color:{tokens.ok};text-decoration:underline">{{}}</span>',
    }
    made, last = "", ""
    for item in found:
        gap = " " if (last, item.kind) == ("gone", "new") else ""  # two words in one place never run together
        made += gap + parts[item.kind].format(html.escape(item.text))
        last = item.kind
    return made.replace("\n", "<br>")


class CompareProgrammesWindow(Window):
    """What one edition says otherwise than another."""

    guide = ("10-программа", "Редакции")

    def __init__(self, session: Session, payload: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(session, "Сравнить редакции программы", parent, size=(1180, 660))
        self.key = payload
        self.rows: tuple[ProgrammeChange, ...] = ()
        self._turn = 0
        self.sides = (Combo("Прежняя редакция"), Combo("Новая редакция"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.current().px(8))
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        for place, (title, combo) in enumerate(zip(("Было", "Стало"), self.sides, strict=True)):
            combo.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.currentIndexChanged.connect(lambda _place: self._compare())
            grid.addWidget(Label(title, "muted"), 0, place * 2)
            grid.addWidget(combo, 0, place * 2 + 1)
        self.body.addLayout(grid)
        self._make_table()
        self.print = Button("Перечень изменений…", self._print, icon="printer")
        self.add_buttons(Button("Закрыть", self.accept), left=[self.print])
        self._enable()
        if payload is not None:
            self.take(session.desk.read(programme_stage.editions, payload), self._offer)

    def _make_table(self) -> None:
        self.empty = EmptyState(
            "git-merge", "Различий нет", "Выберите две разные редакции. Здесь будет каждое изменение: где, что, как "
            "было и как стало.",
        )  # fmt: skip
        self.table = DataTable(
            "programme_changes", COLUMNS, lambda row: row[0], habits=self.session.habits, title="Что изменилось",
            empty=self.empty,
        )  # fmt: skip
        self.chips: dict[str, ChipButton] = {}
        for key, kind in KINDS.items():
            chip = ChipButton(kind, "")
            chip.clicked.connect(lambda on, key=key: self._quick(key if on else None))
            chip.hide()
            self.table.lead.addWidget(chip)
            self.chips[key] = chip
        self.table.current_changed.connect(self._tell)
        self.table.activated.connect(self._open)
        self.table.row_actions = self._actions
        self.body.addWidget(self.table, 1)
        self.detail = QTextBrowser()
        self.detail.setAccessibleName("Изменение по словам")
        self.detail.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.detail.setFixedHeight(theme.current().px(96))
        self.card = Card(pad=12)
        self.card.body.addWidget(self.detail)
        self.card.body.addWidget(Label("Зачёркнуто — убрано, подчёркнуто — добавлено.", "muted"))
        self.card.hide()
        self.body.addWidget(self.card)

    # --- reading -------------------------------------------------------------------------------------------------

    def _offer(self, found: Sequence[Edition]) -> None:
        words = [(programme_change_papers.edition_words(item), item.programme.id) for item in found]
        place = next((place for place, item in enumerate(found) if item.programme.id == self.key), 0)
        newer = place if place + 1 < len(found) else max(0, place - 1)
        older = min(newer + 1, len(found) - 1)
        for combo, chosen in zip(self.sides, (older, newer), strict=True):
            combo.fill(words, found[chosen].programme.id)
        self._compare()

    def _compare(self) -> None:
        old, new = (combo.currentData() for combo in self.sides)
        if old is None or new is None:
            return
        self._turn += 1
        turn = self._turn
        self.take(self.session.desk.read(programme_life.compared, old, new), lambda found: self._show(turn, found))

    def _show(self, turn: int, found: tuple[ProgrammeChange, ...]) -> None:
        if turn != self._turn:
            return
        self.rows = found
        for key, chip in self.chips.items():
            number = sum(item.kind == key for item in found)
            chip.set_text(f"{KIND_WORDS[key]} {number}")  # type: ignore[index]
            chip.setVisible(number > 0)
        self.say(count(len(found), "изменение", "изменения", "изменений") if found else "Редакции не различаются")
        self._quick(None)
        self.table.set_rows(enumerate(found))
        self._enable()

    def _enable(self) -> None:
        self.print.setEnabled(bool(self.rows))

    def _quick(self, key: str | None) -> None:
        for other, chip in self.chips.items():
            chip.setChecked(other == key)
        self.table.model.set_quick(None if key is None else lambda row: row[1].kind == key)

    def _tell(self, row: Line | None) -> None:
        self.card.setVisible(row is not None)
        if row is not None:
            self.detail.setHtml(marked(pieces(row[1].before, row[1].after)))

    # --- acting --------------------------------------------------------------------------------------------------

    def _open(self, row: Line) -> None:
        if row[1].node_id is not None:
            self.session.go("programme", ("node", row[1].node_id))

    def _actions(self) -> list[RowAction | None]:
        row: Line | None = self.table.current()
        return [] if row is None or row[1].node_id is None else [("Открыть в структуре", lambda: self._open(row))]

    def _print(self) -> None:
        old, new = (combo.currentData() for combo in self.sides)
        self.session.go("print_programme_life", ("changes", old, new))


class LifePaperWindow(PaperPreview):
    """«Перечень изменений» or «Лист согласования» before it is printed.

    Args:
        session: the window's view of the open file.
        payload: ("changes", older, newer) or ("agreement", key).
    """

    guide = ("10-программа", "Согласование")

    def __init__(self, session: Session, payload: tuple[str, ...], parent: QWidget | None = None) -> None:
        title = "Перечень изменений" if payload[0] == "changes" else "Лист согласования программы"
        super().__init__(session, title, parent)
        keys = [int(key) for key in payload[1:]]
        if len(keys) == 2:
            self.prepare_kind("programme_changes", {"old": keys[0], "programme": keys[1]})
        else:
            self.prepare_kind("programme_agreement", {"programme": keys[0]})

    def _name(self, suffix: str) -> str:
        """Return a name without signs that no file name takes."""
        name = papers.plain_name(self._paper) if self._paper is not None else "Программа"
        return f"{name}{suffix}"
