"""«Замечания»: who remarked what about which place, what became of it; the whole of the chosen one beside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from app.models.store import Store
from app.operations import programme_life
from app.operations.agreement_grids import fits_date
from app.operations.programme_life import REMARK_WORDS
from app.operations.programme_stage import Place, RemarkRow, Stage
from app.operations.schools import iso_date
from app.texts import ru_date
from app.ui import theme
from app.ui.dialogs import Field
from app.ui.item_models.table_model import Column
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Card, Combo, Row, Scroller, split
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.field import DRAFT_MS
from app.ui.widgets.labels import Label
from app.ui.widgets.table import DataTable, RowAction

if TYPE_CHECKING:
    from app.ui.pages.programme_life_view import LifeView

KINDS: dict[str, Kind] = {"open": "warn", "taken": "ok", "part": "info", "declined": "none"}
COLUMNS = (
    Column("where", "О чём", lambda row: row.where, 180, 2, 130, strong=True, tip=lambda row: row.where),
    Column("text", "Замечание", lambda row: row.remark.text, 260, 4, 160, tip=lambda row: row.remark.text),
    Column("author", "Кто", lambda row: row.remark.author or row.party, 120, 1, 90,
           tip=lambda row: ", ".join(filter(None, (row.remark.author, row.party)))),
    Column("made", "Дата", lambda row: ru_date(row.remark.made_on) if row.remark.made_on else "", 90,
           sort=lambda row: row.remark.made_on),
    Column("state", "Что сделано", lambda row: row.state, 140, kind="chip", chip=lambda row: KINDS[row.remark.state]),
)  # fmt: skip


class RemarksPane(QWidget):
    """The table and the detail."""

    def __init__(self, view: LifeView) -> None:
        super().__init__()
        self.view = view
        self.stage: Stage | None = None
        self._writable = False
        self._shown: int | None = None
        self._of = 0
        self._typed = False
        empty = EmptyState(
            "note", "Здесь будут замечания",
            "Впишите, кто, о чём и что заметил. У каждого замечания будет ответ: учтено или отклонено и почему.",
            ("Добавить замечание…", self.add),
        )  # fmt: skip
        self.table = DataTable(
            "programme_remarks", COLUMNS, lambda row: row.remark.id, habits=view.session.habits, title="Замечания",
            empty=empty,
        )  # fmt: skip
        self.adding = Button("Добавить…", self.add, icon="plus")
        self.table.lead.addWidget(self.adding)
        self.table.current_changed.connect(self._tell)
        self.table.activated.connect(self.open_place)
        self.table.row_actions = self._actions
        splitter = split(self.table, self._detail(), stretch=(1,))
        px = theme.current().px
        splitter.setSizes([px(760), px(300)])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(splitter)

    def _detail(self) -> QWidget:
        self.card = Card("Замечание")
        self.text = Label("", wrap=True).selectable()
        self.by = Label("", "muted", wrap=True)
        self.jump = Button("Открыть место", lambda: self.open_place(self.table.current()), icon="corner-down-right")
        self.state = Combo("Что сделано")
        self.state.fill([(word, code) for code, word in REMARK_WORDS.items()])
        self.state.activated.connect(lambda _place: self._put(state=self.state.currentData()))
        self.answer = QPlainTextEdit()
        self.answer.setAccessibleName("Ответ на замечание")
        self.answer.setPlaceholderText("Что сделано по замечанию или почему оно отклонено")
        self.answer.setTabChangesFocus(True)
        self.answer.setFixedHeight(theme.current().px(76))
        self.answer.textChanged.connect(self._begin_wait)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(DRAFT_MS)
        self._wait.timeout.connect(self._keep_answer)
        self.changing = Button("Изменить…", self.change, icon="edit")
        self.removing = Button("Удалить", self.remove, icon="trash", kind="link")
        body = self.card.body
        said = Scroller(spacing=4)  # a long remark scrolls, its answer stays in view
        said.column.addWidget(self.text)
        said.column.addWidget(self.by)
        said.column.addStretch(1)
        body.addWidget(said, 1)
        for thing in (self.jump, Label("Что сделано", "muted"), self.state,
                      Label("Ответ", "muted")):  # fmt: skip
            body.addWidget(thing)
        body.addWidget(self.answer)
        body.addWidget(Row(self.changing, self.removing))
        self.card.setMinimumWidth(theme.current().px(250))
        return self.card

    def show_stage(self, stage: Stage, *, writable: bool) -> None:
        """Show the remarks."""
        self.stage, self._writable = stage, writable
        self.table.set_rows(stage.remarks)
        self.card.setVisible(bool(stage.remarks))
        self.adding.setEnabled(writable)
        if self.table.empty is not None and self.table.empty.button is not None:
            self.table.empty.button.setEnabled(writable)

    def _tell(self, row: RemarkRow | None) -> None:
        if self._shown is not None and (row is None or row.remark.id != self._shown):
            self._keep_answer()  # what was typed belongs to the remark that was shown
        if row is None:
            self._shown = None
            return
        remark = row.remark
        typing = self._shown == remark.id and (self._typed or self.answer.hasFocus())
        self.text.setText(remark.text)
        said = ", ".join(filter(None, (remark.author, row.party, ru_date(remark.made_on) if remark.made_on else "")))
        self.by.setText(f"{said}. {row.where}." if said else f"{row.where}.")
        self.jump.setEnabled(row.place is not None and row.place.key != "")
        self.state.choose(remark.state)
        if not typing:  # what is being typed is not written over by what has been read
            blocked = self.answer.blockSignals(True)
            self.answer.setPlainText(remark.answer)
            self.answer.blockSignals(blocked)
        self._shown, self._of = remark.id, remark.programme_id
        self.answer.setReadOnly(not self._writable)
        for widget in (self.state, self.changing, self.removing):
            widget.setEnabled(self._writable)

    def _actions(self) -> list[RowAction | None]:
        row: RemarkRow | None = self.table.current()
        if row is None:
            return []
        found: list[RowAction | None] = [("Открыть место", lambda: self.open_place(row))]
        if self._writable:
            found += [("Изменить…", self.change), ("Удалить", self.remove)]
        return found

    def focus_main(self) -> None:
        """Put the keyboard into the table."""
        self.table.focus_table()

    # --- acting --------------------------------------------------------------------------------------------------

    def open_place(self, row: RemarkRow | None) -> None:
        """Show what a remark is about."""
        place = row.place if row is not None else None
        if place is not None and place.node_id is not None:
            self.view.page.show_node(place.node_id)
        elif place is not None and place.section:
            self.view.page.show_section(place.section)

    def add(self) -> None:
        """Ask for a new remark."""
        self._ask(None)

    def change(self) -> None:
        """Ask for the words of the chosen remark anew."""
        row = self.table.current()
        if row is not None:
            self._ask(row)

    def remove(self) -> None:
        """Take the chosen remark away."""
        row, key = self.table.current(), self.view.programme_id
        if row is not None and key is not None:
            self.view.session.write(self.view, None, programme_life.remove_remark, key, row.remark.id)

    def _ask(self, row: RemarkRow | None) -> None:
        stage, key = self.stage, self.view.programme_id
        if stage is None or key is None or not self._writable:
            return
        remark = row.remark if row is not None else None
        day = (remark.made_on if remark is not None else self.view.session.today().isoformat()) or ""
        parties = (("не сторона согласования", ""), *((item.name, str(item.id)) for item in stage.agreement.parties))
        fields = [
            Field("text", "Замечание", remark.text if remark else "", "Что не так и что просят сделать", long=True,
                  required=True),
            Field("place", "О чём", row.place.key if row is not None and row.place is not None else "",
                  choices=tuple((place.words, place.key) for place in stage.places)),
            Field("party", "От кого", str(remark.party_id or "") if remark else "", choices=parties),
            Field("author", "Кто заметил", remark.author if remark else "", "Сомов И. П."),
            Field("made", "Дата", ru_date(day) if day else "", "18.11.2026", test=_date_trouble),
        ]  # fmt: skip
        title = "Новое замечание" if remark is None else "Изменить замечание"
        found = self.view.session.dialogs.ask(title, "", fields, "Записать")
        if found is None:
            return
        place = next((item for item in stage.places if item.key == found["place"]), Place(""))
        values = {
            "text": found["text"], "party_id": int(found["party"]) if found["party"] else None,
            "node_id": place.node_id, "place": place.section, "author": found["author"],
            "made_on": iso_date(found["made"]) if found["made"] else None,
        }  # fmt: skip
        self.view.session.write(self.view, None, put, key, remark.id if remark else None, values)

    def _begin_wait(self) -> None:
        if self._writable and self._shown is not None:
            self._typed = True
            self._wait.start()

    def _keep_answer(self) -> None:
        """Keep the answer as far as it is typed: at most a second after the last key (decision 18)."""
        self._wait.stop()
        typed, self._typed = self._typed, False
        if typed and self._shown is not None and self._writable:
            key, remark_id = self._of, self._shown
            self.view.session.write(self.view, None, put, key, remark_id, {"answer": self.answer.toPlainText()})

    def _put(self, **values: object) -> None:
        row, key = self.table.current(), self.view.programme_id
        if row is not None and key is not None:
            self.view.session.write(self.view, None, put, key, row.remark.id, values)


def put(store: Store, key: int, remark_id: int | None, values: Mapping[str, object]) -> int:
    """Write a remark. Errors: see ``programme_life.put_remark``."""
    return programme_life.put_remark(store, key, remark_id, **values)


def _date_trouble(text: str) -> str:
    return "" if fits_date(text) else "Дата пишется так: 18.11.2026."
