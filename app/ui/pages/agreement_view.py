"""«Согласование»: the way of a list from its computing to its approval, step by step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.errors import UserError
from app.operations import agreement, identification, schools
from app.operations import agreement_grids as grids
from app.operations.agreement import Agreement
from app.operations.list_papers import LIST_PAPERS
from app.texts import count
from app.ui import theme
from app.ui.dialogs import Choice, Field
from app.ui.item_models.table_model import tsv
from app.ui.pages.agreement_grid import PartGrid, PartModel, Typed
from app.ui.pages.agreement_protocol import ProtocolForm
from app.ui.pages.agreement_steps import StepList
from app.ui.pages.view import View
from app.ui.widgets.basics import Button, Card, Row, Scroller, split
from app.ui.widgets.chip import Chip
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import Label

if TYPE_CHECKING:
    from app.models.store import Connection
    from app.ui.pages.school_list import SchoolListPage

STEPS = ("computed", "corrections", "parties", "protocol", "road_map", "approved")
NAMES = {
    "party": "Стороны согласования",
    "meeting": "Совещания",
    "member": "Участники заседания",
    "road_map": "Мероприятия дорожной карты",
}
LEGEND = "■ не подходит, осталось как введено · вводят в пустую строку внизу · правая кнопка: слова, порядок, убрать"


def read(connection: Connection, rule_id: str, year: int) -> tuple[Agreement, list[str]]:
    """Return the agreement of a list and the names of the schools."""
    return agreement.of_list(connection, rule_id, year), [school.shown for school in schools.listing(connection)]


class AgreementView(View):
    """The way of the list that the page shows."""

    key = "agreement"
    title = "Согласование"
    heading = "Согласование и утверждение списка"
    guide = ("03-список", "Согласование")

    page: SchoolListPage

    def __init__(self, page: SchoolListPage) -> None:
        super().__init__(page)
        self.found: Agreement | None = None
        self._turn = 0
        self._schools: list[str] = []
        self._creating: dict[str, dict[int, Typed]] = {}
        self._again = False
        self.models: dict[str, PartModel] = {}
        self.grids: dict[str, PartGrid] = {}
        for part in grids.GRIDS:
            self._make_grid(part)
        px = theme.current().px
        self.stack = QStackedWidget()
        for pane in (
            self._list_pane(),
            self._parties_pane(),
            self._protocol_pane(),
            self._road_pane(),
            self._end_pane(),
        ):
            self.stack.addWidget(pane)
        self.steps = StepList(len(STEPS), self._show_step)
        self.next_card = Card("Что дальше")
        self.next_text = Scroller(spacing=6)
        self.next_card.body.addWidget(self.next_text, 1)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        way = QFrame()
        way.setProperty("card", "true")
        inside = QVBoxLayout(way)
        inside.setContentsMargins(1, px(6), 1, px(6))
        inside.addWidget(self.steps)
        column.addWidget(way)
        column.addWidget(self.next_card, 1)
        side.setMinimumWidth(px(210))
        splitter = split(side, self.stack, stretch=(0, 1), sizes=(px(226), 1100))
        self.way = splitter
        self.empty = QFrame()
        self.empty.setProperty("card", "true")
        QVBoxLayout(self.empty).addWidget(
            EmptyState(
                "circle-check", "Здесь список согласуют и утвердят",
                "Сначала нужны результаты: по ним вычисляется список. Потом здесь встанут стороны с их ответами, "
                "протокол и дорожная карта.",
                ("Загрузить результаты…", lambda: self.session.go("import")),
            )
        )  # fmt: skip
        self.empty.hide()
        self.column.addWidget(splitter, 1)
        self.column.addWidget(self.empty, 1)
        self.steps.choose(STEPS.index("parties"))

    # --- building ------------------------------------------------------------------------------------------------

    def make_actions(self) -> Sequence[Button]:
        """Return the buttons of the header."""
        act = self.page.act
        self.printing = act("Печать…", self.print_paper, "printer")
        self.approving = act("Утвердить список…", self.approve, "circle-check", primary=True)
        return self.printing, self.approving

    def _make_grid(self, part: str) -> None:
        model = PartModel(grids.GRIDS[part], self)
        grid = PartGrid(
            model, NAMES[part], lambda _kind: [grids.ALL_SCHOOLS, *self._schools], ordered=part != "meeting"
        )
        model.typed.connect(lambda cells, part=part: self._typed(part, cells))
        grid.drafted.connect(lambda row, column, text, part=part: self._drafted(part, row, column, text))
        grid.given_up.connect(lambda row, column, part=part: self._given_up(part, row, column))
        grid.left_over.connect(self._left_over)
        grid.remove_wanted.connect(lambda keys, part=part: self._write(agreement.remove_rows, part, keys))
        grid.move_wanted.connect(lambda key, step, part=part: self._write(agreement.move, part, key, step))
        self.models[part], self.grids[part] = model, grid
        self._creating[part] = {}

    def _grid_card(self, part: str, title: str, *buttons: Button, top: QWidget | None = None) -> QWidget:
        px = theme.current().px
        card = QFrame()
        card.setProperty("card", "true")
        column = QVBoxLayout(card)
        column.setContentsMargins(1, px(8), 1, px(6))
        column.setSpacing(px(6))
        if top is not None:
            column.addWidget(top)
        line = QHBoxLayout()
        line.setContentsMargins(px(12), 0, px(10), 0)
        line.setSpacing(px(6))
        line.addWidget(Label(title, "section"))
        line.addStretch(1)
        for button in buttons:
            line.addWidget(button)
        column.addLayout(line)
        column.addWidget(self.grids[part], 1)
        return card

    def _orders(self, part: str) -> tuple[Button, ...]:
        grid = self.grids[part]
        return (
            Button("Выше", lambda: grid.move_row(-1), kind="link"),
            Button("Ниже", lambda: grid.move_row(1), kind="link"),
            Button("Убрать", grid.remove_rows, icon="trash", kind="link"),
        )

    def _parties_pane(self) -> QWidget:
        self.last_parties = Button("Взять стороны прошлого года", lambda: self._take("last"), icon="history")
        self.usual_parties = Button("Обычные стороны", lambda: self._take("usual"), icon="plus")
        parties = self._grid_card("party", "Лист согласования", *self._orders("party"), self.usual_parties,
                                  self.last_parties)  # fmt: skip
        meetings = self._grid_card(
            "meeting", "Совещания", Button("Убрать", self.grids["meeting"].remove_rows, icon="trash", kind="link")
        )
        return self._stacked(parties, meetings)

    def _stacked(self, upper: QWidget, lower: QWidget) -> QWidget:
        pane = QWidget()
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().px(6))
        column.addWidget(upper, 3)
        column.addWidget(lower, 2)
        column.addWidget(Label(LEGEND, "muted", wrap=True))
        return pane

    def _protocol_pane(self) -> QWidget:
        self.form = ProtocolForm()
        self.form.committed.connect(lambda column, text: self._put_protocol({column: text}))
        self.form.drafted.connect(lambda column, text: self._write(agreement.put_draft, "protocol", 0, column, text))
        self.form.body_chosen.connect(lambda body: self._write_list(agreement.take_body, body))
        head = QFrame()
        head.setProperty("card", "true")
        column = QVBoxLayout(head)
        column.setContentsMargins(1, theme.current().px(8), 1, theme.current().px(8))
        column.addWidget(self.form)
        pane = QWidget()
        outer = QVBoxLayout(pane)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme.current().px(6))
        outer.addWidget(head)
        outer.addWidget(self._grid_card("member", "Участники и голоса", *self._orders("member")), 1)
        outer.addWidget(Label(LEGEND, "muted", wrap=True))
        return pane

    def _road_pane(self) -> QWidget:
        self.last_items = Button("Взять дорожную карту прошлого года", lambda: self._take("items"), icon="history")
        pane = QWidget()
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().px(6))
        card = self._grid_card("road_map", "Дорожная карта", *self._orders("road_map"), self.last_items)
        column.addWidget(card, 1)
        column.addWidget(Label(f"{LEGEND} · пустая школа значит «все школы списка»", "muted", wrap=True))
        return pane

    def _list_pane(self) -> QWidget:
        self.list_card = Card("Список и поправки")
        self.list_text = Scroller(spacing=6)
        self.list_card.body.addWidget(self.list_text, 1)
        to_list = Button("Открыть список", lambda: self.page.show_view("list"), icon="list-search")
        self.list_card.body.addWidget(Row(to_list))
        return self.list_card

    def _end_pane(self) -> QWidget:
        self.end_card = Card("Утверждение")
        self.end_text = Scroller(spacing=6)
        self.end_card.body.addWidget(self.end_text, 1)
        self.end_button = Button("Утвердить список…", self.approve, icon="circle-check")
        self.end_card.body.addWidget(Row(self.end_button))
        return self.end_card

    def _show_step(self, place: int) -> None:
        if hasattr(self, "stack"):
            self.stack.setCurrentIndex(max(0, place - 1))

    def focus_main(self) -> None:
        """Put the keyboard into the grid of the step."""
        grid = next((grid for grid in self.grids.values() if grid.isVisible()), None)
        if grid is None:
            super().focus_main()
            return
        if not grid.currentIndex().isValid():
            grid.setCurrentIndex(grid.part.index(0, 0))
        grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_payload(self, payload: object) -> None:
        """Show a step by its name."""
        if isinstance(payload, str) and payload in STEPS:
            self.steps.choose(STEPS.index(payload))

    # --- reading -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the agreement of the list anew."""
        if any(self._creating.values()):
            self._again = True
            return
        self.enable_actions()
        rule_id, year = self.page.rule_id, self.page.result_year
        if not rule_id or year is None:
            self._turn += 1  # what is being read is of results that are gone
            self.say("Результатов в файле пока нет")
            self._show_way(there=False)
            for button in (self.approving, self.printing):
                button.setEnabled(False)
            return
        self._show_way(there=True)
        self._turn += 1
        turn = self._turn
        self.session.read(self, lambda found: self._show(turn, *found), read, rule_id, year)

    def _show_way(self, *, there: bool) -> None:
        """Show the steps, or what they need first."""
        self.way.setVisible(there)
        self.empty.setVisible(not there)

    def _show(self, turn: int, found: Agreement, names: list[str]) -> None:
        if turn != self._turn or any(self._creating.values()):
            return
        self.found, self._schools = found, names
        read_only = self.session.desk.read_only or found.approval is not None
        for part, model in self.models.items():
            model.set_lines(grids.lines(found.stored, part), read_only=read_only)
        self.form.show_protocol(found, read_only=read_only)
        self.steps.show_steps(found.steps)
        self.say(found.sentence + (" · не меняется" if found.approval else ""))
        self._show_buttons(found, read_only=read_only)
        self._show_texts(found)

    def _show_buttons(self, found: Agreement, *, read_only: bool) -> None:
        before = found.before
        self.last_parties.setEnabled(not read_only and before.parties > 0)
        self.last_parties.setToolTip(
            f"За {before.parties_year} год: {count(before.parties, 'сторона', 'стороны', 'сторон')}, без дат и ответов"
            if before.parties else "За прежние годы сторон нет"
        )  # fmt: skip
        self.usual_parties.setEnabled(not read_only and not found.parties)
        self.usual_parties.setToolTip("Учредитель, совет, центр оценки качества, институт, методическое объединение")
        self.last_items.setEnabled(not read_only and before.items > 0)
        self.last_items.setToolTip(
            f"За {before.items_year} год: {count(before.items, 'мероприятие', 'мероприятия', 'мероприятий')}; сроки "
            "сдвинутся на год" if before.items else "За прежние годы дорожной карты нет"
        )  # fmt: skip
        word = "Отменить утверждение…" if found.approval else "Утвердить список…"
        for button in (self.approving, self.end_button):
            button.setText(word)
            button.setEnabled(not self.session.desk.read_only and found.found is not None)
        self.approving.set_kind("normal" if found.approval else "primary")
        self.printing.setEnabled(found.found is not None)

    def _show_texts(self, found: Agreement) -> None:
        self.next_text.clear()
        for text in found.next_things:
            self.next_text.column.addWidget(Label(text, wrap=True))
        for text in found.warnings:
            self.next_text.column.addWidget(Chip("warn", "проверьте"))
            self.next_text.column.addWidget(Label(text, wrap=True))
        self.next_text.column.addStretch(1)
        self.end_text.clear()
        lines = [*found.missing, *found.warnings]
        if found.approval is not None:
            lines = ["Список, лист согласования, протокол и дорожная карта заморожены вместе и больше не меняются."]
        elif not lines:
            lines = ["Всё готово. Остались номер и дата приказа."]
        else:
            lines.append("Утвердить можно и сейчас: чего не хватает, запомнится вместе со списком. Решаете вы.")
        for text in lines:
            self.end_text.column.addWidget(Label(text, wrap=True))
        self.end_text.column.addStretch(1)
        self._show_list(found)

    def _show_list(self, found: Agreement) -> None:
        self.list_text.clear()
        add = self.list_text.column.addWidget
        if found.found is None:
            add(Label("Результатов за этот год нет. Загрузите их, и список вычислится.", wrap=True))
        else:
            totals = found.found.totals
            add(Label(f"Правило «{found.found.rule.title}»: в списке {totals.listed} из {totals.schools}.", wrap=True))
            corrected = [row for row in found.found.rows if row.correction is not None]
            if not corrected:
                add(
                    Label(
                        "Поправок нет. Поправку с причиной вносят в самом списке, у строки школы.", "muted", wrap=True
                    )
                )
            for row in corrected:
                word = "включена" if row.listed else "исключена"
                reason = row.correction.reason if row.correction else ""
                add(Chip("info", f"{word} экспертами"))
                add(Label(f"{row.name}. {reason}", wrap=True))
        self.list_text.column.addStretch(1)

    # --- writing -------------------------------------------------------------------------------------------------

    def _of_list(self) -> tuple[str, int] | None:
        year = self.page.result_year
        return None if year is None or not self.page.rule_id else (self.page.rule_id, year)

    def _write(self, operation: Callable[..., object], *args: object) -> None:
        chosen = self._of_list()
        if chosen is not None and not self.session.desk.read_only:
            self.session.write(self, None, operation, *chosen, *args)

    _write_list = _write

    def _put_protocol(self, fields: dict[str, str]) -> None:
        self._write(agreement.put_protocol, fields)

    def _typed(self, part: str, cells: Typed) -> None:
        """Write what was typed; cells of a row that is being made wait until it has its key."""
        creating = self._creating[part]
        waiting = [cell for cell in cells if cell[0] in creating]
        for cell in waiting:
            creating[cell[0]].append(cell)
        ready = [cell for cell in cells if cell[0] not in creating]
        chosen = self._of_list()
        if not ready or chosen is None:
            return
        fresh = {key for key, _column, text in ready if key < 0 and text}
        for key in fresh:
            creating[key] = []

        def settle(result: dict[int, int] | UserError) -> None:
            self._settled(part, ready, fresh, result)

        future = self.session.written(agreement.put_cells, *chosen, part, ready)
        if future is None:
            settle({})
        else:
            self.session.runner.take(future, settle, settle, owner=self)

    def _settled(self, part: str, ready: Typed, fresh: set[int], result: dict[int, int] | UserError) -> None:
        model, later = self.models[part], []
        for key in fresh:
            later += self._creating[part].pop(key, [])
        model.written(ready)
        if isinstance(result, UserError):
            model.written(later)
            self.session.tell_error(result)
            self.refresh()
            return
        model.rekey(result)
        if later:
            self._typed(part, [(result.get(key, key), column, text) for key, column, text in later])
        elif self._again or fresh or not result:
            self._again = False
            self.refresh()

    def _drafted(self, part: str, row: int, column: int, text: str) -> None:
        """Half-typed text is kept at most a second after the last key; in a new row it begins the row."""
        key, name = self.models[part].rows[row].key, grids.GRIDS[part][column].key
        if key > 0:
            self._write(agreement.put_draft, part, key, name, text)
        elif key not in self._creating[part]:
            self._typed(part, [(key, name, text)])

    def _given_up(self, part: str, row: int, column: int) -> None:
        """Esc: what stood there before stands there again, an entry that did not fit too."""
        line, name = self.models[part].rows[row], grids.GRIDS[part][column].key
        if line.key > 0:
            self._write(agreement.put_cells, part, [(line.key, name, line.texts[column])])

    def _left_over(self, lines: list[list[str]], _rows: int, columns: int) -> None:
        """Nothing of a pasted block is lost in silence."""
        words = f"{count(columns, 'столбец', 'столбца', 'столбцов')} правее последнего"
        self.page.message(
            "warn", f"Поместилось не всё: не вошли {words}.",
            ("Скопировать непоместившееся", lambda: QGuiApplication.clipboard().setText(tsv(lines))),
        )  # fmt: skip

    def _take(self, what: str) -> None:
        chosen = self._of_list()
        if chosen is None:
            return
        if what == "items":
            self.session.write(self, self._taken, agreement.take_road_map, *chosen)
        else:
            self.session.write(self, self._taken, agreement.take_parties, *chosen, standard=what == "usual")

    def _taken(self, number: int) -> None:
        if number:
            self.page.message("ok", f"Добавлено: {count(number, 'строка', 'строки', 'строк')}. Отменить — Ctrl+Z.")
        else:
            self.page.message("info", "Всё прошлогоднее здесь уже есть.")

    # --- papers and approval -------------------------------------------------------------------------------------

    def print_paper(self) -> None:
        """Ask which paper and show it."""
        self.form.commit()
        choices = [Choice(kind, title) for kind, (title, _make) in LIST_PAPERS.items()]
        key = self.session.dialogs.choose(
            "Что напечатать", "До утверждения документы печатаются как проект, после — со снимка.",
            [*choices, Choice("cancel", "Отмена")],
        )  # fmt: skip
        chosen = self._of_list()
        if chosen is not None and key in LIST_PAPERS:
            self.session.go("print_list", (*chosen, key))

    def approve(self) -> None:
        """Open the approving window; an approved list is asked for the reason of ending its approval."""
        self.form.commit()
        chosen = self._of_list()
        if chosen is None or self.found is None:
            return
        if self.found.approval is None:
            self.session.go("approve", chosen)
            return
        answer = self.session.dialogs.ask(
            "Отменить утверждение списка",
            "Снимок останется в файле, список и его согласование снова можно будет менять. Причина попадёт в журнал.",
            [Field("reason", "Причина", long=True, required=True)], "Отменить утверждение",
        )  # fmt: skip
        if answer is not None:
            self.session.write(
                self, lambda _: self.page.message("info", "Утверждение отменено, согласование снова можно менять."),
                identification.cancel_approval, *chosen, answer["reason"],
            )  # fmt: skip
