"""«Что, если…»: move the threshold and other numbers of a rule and see at once who comes and who goes."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSlider, QSpinBox, QVBoxLayout, QWidget

from app.analysis.rule_model import Rule
from app.analysis.what_if import HIGHEST, LOWEST, movable, present_n
from app.operations import what_if
from app.operations.what_if import Change, Moved, Strip, WhatIf
from app.texts import NBSP, count
from app.ui import theme
from app.ui.dialogs import Field
from app.ui.item_models.table_model import Column
from app.ui.pages.base import LISTS, REGISTRY, RESULTS
from app.ui.session import Session
from app.ui.widgets.basics import Button, Card, Combo, beside
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import Label
from app.ui.widgets.strip import StripChart
from app.ui.widgets.table import DataTable, RowAction
from app.ui.windows.base import Window

REST_MS = 250
"""After so much rest of the slider the reasons are asked for; the counts follow it at once."""
MOVED_WORDS = {True: "войдёт", False: "выйдет"}
COLUMNS = (
    Column("moved", "Что станет", lambda m: MOVED_WORDS[m.came], 108, kind="chip",
           chip=lambda m: "warn" if m.came else "ok", sort=lambda m: not m.came),
    Column("school", "Школа", lambda m: m.name, 190, 2, 150, middle=True, strong=True),
    Column("why", "Почему", lambda m: m.why, 320, 5, 240, tip=lambda m: m.why),
)  # fmt: skip


class WhatIfWindow(Window):
    """A rule with its numbers to be moved, beside the schools that move with them. Nothing is written."""

    guide = ("03-список", "Что, если")

    def __init__(
        self, session: Session, payload: tuple[str, int] | None = None, parent: QWidget | None = None
    ) -> None:  # fmt: skip
        super().__init__(session, "Что, если…", parent, size=(1180, 660))
        info = session.info
        known = info is not None and bool(info.years)
        self._list = payload or ((info.settings["rule"], info.years[0]) if info is not None and known else ("", 0))
        self._rule: Rule | None = None
        self._strip: Strip | None = None
        self._turn = 0
        self.found: WhatIf | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._ask_reasons)
        self.parts = QWidget()
        row = QHBoxLayout(self.parts)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().px(12))
        row.addWidget(self._make_controls(), 4)
        row.addWidget(self._make_table(), 6)
        self.body.addWidget(self.parts, 1)
        self.nothing = EmptyState(
            "chart-line", "Менять пока нечего", "В файле нет результатов. Загрузите их, и здесь можно будет сдвинуть "
            "порог и увидеть, кто войдёт в список и кто выйдет.",
            ("Загрузить результаты…", lambda: session.go("import")),
        )  # fmt: skip
        self.body.addWidget(self.nothing, 1)
        self.back = Button("Вернуть как было", self.reset, icon="arrow-back-up")
        self.keep = Button("Сохранить как своё правило…", self._keep, icon="device-floppy")
        self.add_buttons(Button("Закрыть", self.accept), left=[self.back, self.keep])
        session.changed.connect(self.touched)
        self.say("Ничего не записывается: список останется прежним, пока вы не выберете другое правило.")
        self.refresh()

    # --- building --------------------------------------------------------------------------------------------------

    def _make_controls(self) -> QWidget:
        self.threshold, self.slider = QSpinBox(), QSlider(Qt.Orientation.Horizontal)
        self.threshold.setRange(1, 100)
        self.threshold.setSuffix(f"{NBSP}%")
        self.threshold.setAccessibleName("Порог в процентах")
        self.slider.setRange(LOWEST - 10, HIGHEST + 10)
        self.slider.setPageStep(5)
        self.slider.setAccessibleName("Порог")
        self.slider.valueChanged.connect(self.threshold.setValue)
        self.threshold.valueChanged.connect(self._follow)
        self.n, self.least = QSpinBox(), QSpinBox()
        self.n.setRange(1, 20)
        self.n.setAccessibleName("Сколько процедур за год достаточно")
        self.least.setRange(1, 100)
        self.least.setAccessibleName("Наименьшее число участников")
        self.ege, self.join = Combo("ЕГЭ по математике"), Combo("Основания")
        self.ege.fill([("одна процедура", "one"), ("две процедуры", "two")])
        self.join.fill([("хватает одного", "or"), ("нужны все сразу", "and")])
        for box in (self.n, self.least):
            box.valueChanged.connect(lambda _value: self._move())
        for combo in (self.ege, self.join):
            combo.currentIndexChanged.connect(lambda _index: self._move())
        self.chart = StripChart()
        self.chart.clicked.connect(self.threshold.setValue)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.current().px(12))
        grid.setVerticalSpacing(theme.current().px(6))
        grid.setColumnStretch(1, 1)
        self.lines = (
            ("Порог", _row(self.slider, self.threshold, stretch=(1, 0))),
            ("Процедур за год достаточно", self.n),
            ("Не считать группы меньше", self.least),
            ("ЕГЭ по математике", self.ege),
            ("Основания", self.join),
        )
        for place, (title, widget) in enumerate(self.lines):
            grid.addWidget(Label(title, "muted"), place, 0)
            wide = place == 0
            grid.addWidget(widget, place, 1, Qt.AlignmentFlag(0) if wide else Qt.AlignmentFlag.AlignLeft)
        card = Card(pad=14)
        self.head = Label("", "section", wrap=True)
        card.body.addWidget(self.head)
        card.body.addLayout(grid)
        card.body.addSpacing(theme.current().px(6))
        card.body.addWidget(Label("Сколько школ в списке при каждом пороге", "strong"))
        self.no_strip = Label("", "muted", wrap=True)
        card.body.addWidget(self.no_strip)
        card.body.addWidget(self.chart, 1)
        return card

    def _make_table(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        self.empty = EmptyState(
            "chart-line", "Никто не войдёт и не выйдет", "Сдвиньте порог или другие числа слева: здесь встанут школы, "
            "для которых ответ изменится, и причины.",
        )  # fmt: skip
        self.table = DataTable(
            "what_if", COLUMNS, lambda m: m.school_id, habits=self.session.habits,
            title="Кто войдёт и кто выйдет", empty=self.empty,
        )  # fmt: skip
        self.table.activated.connect(lambda item: self.session.go("school", item.school_id))
        self.table.current_changed.connect(self._tell)
        self.table.row_actions = self._actions
        self.why = Label("", wrap=True).selectable()
        self.card = Card(pad=12)
        self.card.body.addWidget(self.why)
        column.addWidget(self.table, 1)
        column.addWidget(self.card)
        return box

    def _actions(self) -> list[RowAction | None]:
        item: Moved | None = self.table.current()
        return [] if item is None else [("Карточка школы", lambda: self.session.go("school", item.school_id))]

    def focus_main(self) -> None:
        """Put the keyboard onto the slider."""
        (self.slider if self.slider.isEnabled() else self.n).setFocus(Qt.FocusReason.OtherFocusReason)

    # --- reading ---------------------------------------------------------------------------------------------------

    def touched(self, tables: object) -> None:
        """Other data: another strip."""
        if isinstance(tables, frozenset) and tables & (REGISTRY | RESULTS | LISTS):
            self.refresh()

    def refresh(self) -> None:
        """Read the strip anew."""
        if not self._list[1] and self.session.info is not None and self.session.info.years:
            self._list = (self.session.info.settings["rule"], self.session.info.years[0])
        there = bool(self._list[1])
        for widget, shown in ((self.parts, there), (self.back, there), (self.keep, there), (self.nothing, not there)):
            widget.setVisible(shown)
        if there:
            self.take(self.session.desk.read(what_if.strip, *self._list), self._take_strip)

    def _take_strip(self, strip: Strip) -> None:
        first = self._rule is None
        self._rule, self._strip = strip.rule, strip
        self.heading.setText(f"Что, если… · {strip.rule.title} · {strip.year}{NBSP}год")
        has = movable(strip.rule)
        for widget in (self.slider, self.threshold, self.ege, self.n, self.least):
            widget.setEnabled(has)
        self.n.setEnabled(present_n(strip.rule) is not None)
        self.join.setEnabled(len(strip.rule.branches) > 1)
        self.chart.setVisible(bool(strip.steps))
        self.no_strip.setVisible(not strip.steps)
        self.no_strip.setText("" if has else "В этом правиле нет порога: оно сравнивает школы между собой.")
        self.chart.show_strip(strip)
        if first:
            self.reset()
        else:
            self._move()

    def reset(self) -> None:
        """Put everything back to what the rule says."""
        rule = self._rule
        if rule is None:
            return
        widgets = (self.slider, self.threshold, self.n, self.least, self.ege, self.join)
        for widget in widgets:
            widget.blockSignals(True)
        percent = rule.threshold[0] * 100 // rule.threshold[1] if rule.threshold else LOWEST
        self.threshold.setValue(percent)
        self.slider.setValue(percent)
        self.n.setValue(present_n(rule) or 1)
        self.least.setValue(rule.min_participants)
        self.ege.choose(rule.egemath)
        self.join.choose("and" if rule.join == "and" else "or")
        for widget in widgets:
            widget.blockSignals(False)
        self._move()

    @property
    def change(self) -> Change:
        """What is moved now, against the rule."""
        rule = self._rule
        if rule is None:
            return Change()
        has = movable(rule)
        percent, n = self.threshold.value(), self.n.value()
        whole = rule.threshold is not None and rule.threshold[0] * 100 // rule.threshold[1] == percent
        return Change(
            threshold=percent if has and not whole else None,
            n=n if present_n(rule) not in {None, n} else None,
            min_participants=self.least.value() if has and self.least.value() != rule.min_participants else None,
            egemath=self.ege.currentData() if has and self.ege.currentData() != rule.egemath else None,
            join=self.join.currentData() if self.join.currentData() != rule.join else None,
        )

    def _follow(self, percent: int) -> None:
        self.slider.blockSignals(True)
        self.slider.setValue(percent)
        self.slider.blockSignals(False)
        self._move()

    def _move(self) -> None:
        if self._rule is None:
            return
        self.chart.choose(self.threshold.value() if movable(self._rule) else None)
        self._ask(reasons=False)
        self._rest.start()

    def _ask_reasons(self) -> None:
        self._ask(reasons=True)

    def _ask(self, *, reasons: bool) -> None:
        self._turn += 1
        turn = self._turn
        future = self.session.desk.read(what_if.try_, *self._list, self.change, reasons=reasons)
        self.take(future, lambda found: self._show(turn, found))

    def _show(self, turn: int, found: WhatIf) -> None:
        if turn != self._turn:
            return
        self.found = found
        self.head.setText(_sentence(found))
        self.table.set_rows([*found.came, *found.left])
        self.back.setEnabled(found.changed)
        self.keep.setEnabled(found.changed and not self.session.desk.read_only)
        self.card.setVisible(bool(found.came or found.left))

    def _tell(self, item: Moved | None) -> None:
        self.why.setText(item.why if item is not None else "")

    # --- keeping ---------------------------------------------------------------------------------------------------

    def _keep(self) -> None:
        found = self.found
        if found is None or not found.changed:
            return
        answer = self.session.dialogs.ask(
            "Сохранить как своё правило",
            "Правило, от которого вы оттолкнулись, останется прежним. Новое появится среди правил файла.",
            [Field("title", "Название", value=f"{found.rule.title}: {_short(found)}", required=True)],
            "Сохранить",
        )
        if answer is not None:
            future = self.session.written(what_if.keep, self._list[0], self.change, answer["title"])
            self.take(future, self._kept)

    def _kept(self, rule: Rule) -> None:
        self.bar.show_message(
            "ok", f"Правило «{rule.title}» сохранено. Список по нему — на вкладке «Список ШНОР».",
            ("Открыть правило", lambda: self.session.go("rules", rule.id)),
        )  # fmt: skip


def _row(*widgets: QWidget, stretch: tuple[int, ...]) -> QWidget:
    box = QWidget()
    box.setLayout(beside(*widgets, stretch=stretch))
    return box


def _sentence(found: WhatIf) -> str:
    """Return «Станет 11 из 24: войдут 3 школы, выйдет 1 школа»."""
    now = f"Сейчас в списке {found.now}{NBSP}из{NBSP}{found.schools}"
    if not found.changed:
        return f"{now}."
    parts = []
    if found.came:
        verb = "войдёт" if len(found.came) % 10 == 1 and len(found.came) % 100 != 11 else "войдут"
        parts.append(f"{verb} {count(len(found.came), 'школа', 'школы', 'школ')}")
    if found.left:
        verb = "выйдет" if len(found.left) % 10 == 1 and len(found.left) % 100 != 11 else "выйдут"
        parts.append(f"{verb} {count(len(found.left), 'школа', 'школы', 'школ')}")
    return f"{now}, станет {found.then}: {', '.join(parts) or 'никто не войдёт и не выйдет'}."


def _short(found: WhatIf) -> str:
    """Return what was moved in a word or two, for the name of the new rule."""
    moved = found.moved
    if moved.threshold is not None and moved.threshold != found.rule.threshold:
        return f"порог {moved.threshold[0] * 100 // moved.threshold[1]}{NBSP}%"
    return "свои числа"
