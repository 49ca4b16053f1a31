"""«Список ШНОР»: who is on the list by which rule, why, and what follows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.analysis.rule_model import Rule
from app.models.store import Connection
from app.operations import desk, identification
from app.operations.identification import ListRow, SchoolList
from app.texts import NBSP, ru_date, ru_moment
from app.ui import theme
from app.ui.dialogs import Choice, Field
from app.ui.item_models.table_model import Column
from app.ui.pages import list_words as words
from app.ui.pages.base import AGREEMENT, LISTS, REGISTRY, RESULTS, SETTINGS
from app.ui.pages.view import View
from app.ui.pages.views_page import ViewsPage
from app.ui.pages.why_card import WhyCard
from app.ui.session import Session
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Combo, split
from app.ui.widgets.chip import ChipButton
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import Label
from app.ui.widgets.table import DataTable, RowAction


def columns(year: int, threshold: str) -> tuple[Column, ...]:
    """Return the columns of the table; the third one names the rule's own threshold."""
    return (
        Column("school", "Школа", lambda r: r.name, 190, 3, 176, middle=True, strong=True, tip=lambda r: r.full_name),
        Column("answer", "Ответ", lambda r: words.answer_of(r)[1], 112, kind="chip",
               chip=lambda r: words.answer_of(r)[0], sort=words.answer_order, tip=words.answer_tip),
        Column("hits", threshold, lambda r: words.hits_text(r, year), 58, kind="number",
               sort=lambda r: r.verdict.counted(year)[0]),
        Column("worst", "Худшая процедура", words.worst_text, 196, 2, 180, tip=words.worst_tip),
        Column("share", "Доля", words.share_text, 62, kind="number", sort=words.share_key),
        Column("sample", "Выборка", lambda r: words.sample_of(r)[1], 84, kind="chip",
               chip=lambda r: words.sample_of(r)[0], sort=words.sample_order,
               tip=lambda _row: "Самая малая из групп, по которым вынесен ответ"),
        Column("change", "Примечание", words.note_of, 150, 2, 96, tip=words.answer_tip),
    )  # fmt: skip


def _indices(page: SchoolListPage) -> View:
    from app.ui.pages.indices_view import IndicesView

    return IndicesView(page)


def _typology(page: SchoolListPage) -> View:
    from app.ui.pages.typology_view import TypologyView

    return TypologyView(page)


def _pairs(page: SchoolListPage) -> View:
    from app.ui.pages.pairs_view import PairsView

    return PairsView(page)


def _agreement(page: SchoolListPage) -> View:
    from app.ui.pages.agreement_view import AgreementView

    return AgreementView(page)


HELP = frozenset({"organisation_tie", "organisation_distance", "donor_capacity", "external_entry"})
"""Tables of the help between schools."""
VIEWS: dict[str, tuple[str, Callable[[SchoolListPage], View]]] = {
    "indices": ("Индексы", _indices),
    "typology": ("Типология", _typology),
    "pairs": ("Кто поможет", _pairs),
    "agreement": ("Согласование", _agreement),
}
"""Key → word of the switch and what makes the view; each is imported when it is shown for the first time."""


class SchoolListPage(ViewsPage):
    """The list of a rule and a year."""

    name = "school_list"
    title = "Список ШНОР"
    icon = "list-search"
    subjects = REGISTRY | RESULTS | LISTS | AGREEMENT | SETTINGS | HELP | frozenset({"metric_value"})
    guide = ("03-список", "Правила")
    first = ("list", "Список")
    others = VIEWS
    switch_name = "Что показать о списке"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._found: SchoolList | None = None
        self._rules: dict[str, Rule] = {}
        self._wanted: int | None = None
        self._turn = 0
        px = theme.current().px
        self.rule, self.year = Combo("Правило"), Combo("Год результатов")
        self.rule.setMinimumContentsLength(24)
        self.rule.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.rule.currentIndexChanged.connect(lambda _i: self._compute())
        self.year.currentIndexChanged.connect(lambda _i: self._compute())
        self.about = Button("О правиле…", lambda: self.session.go("rules", self.rule_id), icon="info-circle",
                            kind="quiet")  # fmt: skip
        choice = QHBoxLayout()
        choice.setSpacing(px(8))
        for title, combo, share in (("Правило", self.rule, 1), ("Год результатов", self.year, 0)):
            choice.addWidget(Label(title, "muted"))
            choice.addWidget(combo, share)
            if combo is self.rule:
                choice.addWidget(self.about)
        choice.addStretch(1)
        self.choice = QWidget()
        self.choice.setLayout(choice)
        choice.setContentsMargins(0, 0, 0, 0)
        self.put_beside(self.choice)
        self.table = self._make_table()
        self.card = WhyCard(session, self)
        splitter = split(self.table, self.card, stretch=(1,), sizes=(900, px(400)))
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(splitter)
        self.show_body(body, list(self._list_actions))

    def _make_table(self) -> DataTable:
        self.empty = EmptyState(
            "list-search", "Здесь будет список школ с низкими результатами",
            "Загрузите результаты: отчёты ФИС ОКО или таблицу с числом участников и числом не преодолевших минимум.",
            ("Загрузить результаты…", lambda: self.session.go("import")),
        )  # fmt: skip
        table = DataTable(
            "school_list", columns(0, "≥ 30 %"), lambda r: r.school_id, habits=self.session.habits,
            title="Список школ с низкими результатами", empty=self.empty,
        )  # fmt: skip
        self.chips: dict[str, ChipButton] = {}
        tests: tuple[tuple[str, Kind, Callable[[ListRow], bool]], ...] = (
            ("listed", "bad", lambda r: r.listed),
            ("edge", "warn", lambda r: r.verdict.edge and r.correction is None),
            ("no_data", "none", lambda r: r.verdict.verdict == "no_data" and r.correction is None),
            ("incomplete", "none", lambda r: r.verdict.incomplete and r.correction is None),
            ("corrected", "info", lambda r: r.correction is not None),
        )
        for key, kind, test in tests:
            chip = ChipButton(kind, "")
            chip.clicked.connect(lambda checked, key=key, test=test: self._quick(key, test if checked else None))
            table.lead.addWidget(chip)
            self.chips[key] = chip
        table.current_changed.connect(self._show_row)
        table.activated.connect(lambda row: self.session.go("school", row.school_id))
        table.row_actions = self._row_actions
        return table

    def heading(self) -> str:
        """Return the title in full words."""
        return "Список школ с низкими результатами"

    def header_actions(self) -> Sequence[Button]:
        """Return the buttons of the header."""
        self.approve = self.act("Утвердить список…", self._approve, "circle-check", primary=True)
        self.print = self.act("Печать…", self._preview, "printer")
        self.compare = self.act("Сравнить…", lambda: self._open("compare_lists"), "file-search")
        self.what_if = self.act("Что, если…", lambda: self._open("what_if"), "chart-line")
        self._list_actions = (self.compare, self.what_if, self.print, self.approve)
        return self._list_actions

    # --- reading -------------------------------------------------------------------------------------------------

    @property
    def rule_id(self) -> str:
        """The chosen rule."""
        return str(self.rule.currentData() or "")

    @property
    def result_year(self) -> int | None:
        """The chosen result year."""
        value = self.year.currentData()
        return None if value is None else int(value)

    def refresh(self) -> None:
        """Read rules, years and the list anew."""
        path = self.session.desk.path
        if path is not None:
            self.session.read(self, self._show_choice, _rules_and_info, path)

    def _show_choice(self, found: tuple[dict[str, Rule], desk.Info]) -> None:
        self._rules, info = found
        titles = [(rule.title, rule.id) for rule in self._rules.values()]
        self.rule.fill(titles, self.rule.currentData() or info.settings["rule"])
        self.rule.setToolTip(self.rule.currentText())
        self.year.fill([(str(year), year) for year in info.years])
        self.choice.setVisible(bool(info.years))
        if info.years:
            self._compute()
        else:
            self.refresh_views()
            self.say("Результатов в файле пока нет")
            self.table.set_rows([])
            self.card.hide()
            for button, verb in zip(
                self._list_actions, ("Сравнивать", "Менять", "Печатать", "Утверждать"), strict=True
            ):
                button.setEnabled(False)
                button.setToolTip(f"{verb} нечего: загрузите результаты")

    def _compute(self) -> None:
        if not self.rule_id or self.result_year is None:
            return
        self._turn += 1
        turn = self._turn
        self.refresh_views()
        self.say("Вычисляю…")
        self.session.read(
            self, lambda found: self._show(turn, found), identification.school_list, self.rule_id, self.result_year
        )

    def _show(self, turn: int, found: SchoolList) -> None:
        if turn != self._turn:
            return
        self._found = found
        self.say(self._sentence(found))
        self.approve.setText("Отменить утверждение…" if found.approval else "Утвердить список…")
        self.approve.set_kind("normal" if found.approval else "primary")
        for button in self._list_actions:
            button.setEnabled(True)
            button.setToolTip("")
        self.approve.setEnabled(not self.session.desk.read_only)
        totals = found.totals
        counts = {"listed": totals.listed, "edge": totals.edge, "no_data": totals.no_data,
                  "incomplete": totals.incomplete, "corrected": totals.corrected}  # fmt: skip
        words = {"listed": "в списке", "edge": "на грани", "no_data": "нет данных", "incomplete": "данные неполные",
                 "corrected": "поправки"}  # fmt: skip
        for key, chip in self.chips.items():
            chip.set_text(f"{words[key]} {counts[key]}")
            chip.setVisible(counts[key] > 0)
        self._rename_threshold(found)
        self.card.show()
        self.table.set_rows(found.rows)
        if self._wanted is not None:
            self.table.choose(self._wanted)
            self._wanted = None

    def _rename_threshold(self, found: SchoolList) -> None:
        rule = found.rule
        title = "Место" if rule.threshold is None else f"≥{NBSP}{rule.threshold[0] * 100 // rule.threshold[1]}{NBSP}%"
        self.table.replace_columns(columns(found.year, title))

    @staticmethod
    def _sentence(found: SchoolList) -> str:
        approval = found.approval
        head = f"{found.rule.title} · результаты {found.year} года"
        listed = f"в списке {found.totals.listed}{NBSP}из{NBSP}{found.totals.schools}"
        if approval is not None:
            order = f"утверждён приказом от {ru_date(approval.order_date)} №{NBSP}{approval.order_number}"
            return f"{head} · {listed} · {order} · не меняется"
        return f"{head} · {listed} · вычислено {ru_moment(found.computed_at)}"

    # --- acting --------------------------------------------------------------------------------------------------

    def _quick(self, key: str, test: Callable[[ListRow], bool] | None) -> None:
        for other, chip in self.chips.items():
            if other != key:
                chip.setChecked(False)
        self.table.model.set_quick(test)

    def _show_row(self, row: ListRow | None) -> None:
        if row is None or self._found is None:
            self.card.clear()
            return
        self.card.show_row(self._found, row)

    def open_payload(self, payload: object) -> None:
        """Show a school that another page names, or a step of the agreement («protocol»)."""
        if isinstance(payload, str):
            view = self.show_view("agreement")
            if view is not None:
                view.open_payload(payload)
        if isinstance(payload, int):
            self._wanted = payload
            self.table.clear_filters()
            self.table.choose(payload)

    def payload_of(self, key: str) -> object:
        """Papers and approval are of the rule and year that are shown."""
        if (
            key in {"print_list", "approve", "what_if", "compare_lists"}
            and self.rule_id
            and self.result_year is not None
        ):
            return self.rule_id, self.result_year
        return self.rule_id if key == "rules" else None

    def _open(self, key: str) -> None:
        self.session.go(key, self.payload_of(key))

    def _preview(self) -> None:
        self._open("print_list")

    def _approve(self) -> None:
        if self._found is None:
            return
        if self._found.approval is None:
            self.session.go("approve", (self.rule_id, self._found.year))
            return
        answer = self.session.dialogs.ask(
            "Отменить утверждение списка",
            "Снимок утверждённого списка останется в файле, список снова станет проектом. Причина попадёт в журнал.",
            [Field("reason", "Причина", long=True, required=True)],
            "Отменить утверждение",
        )
        if answer is not None:
            self.session.write(
                self, lambda _: self.message("info", "Утверждение отменено, список снова вычисляется."),
                identification.cancel_approval, self.rule_id, self._found.year, answer["reason"],
            )  # fmt: skip

    def correct(self, row: ListRow) -> None:
        """Ask for a correction of the answer for a school, with its reason."""
        found = self._found
        if found is None:
            return
        if found.approval is not None:
            self.message("warn", "Список утверждён и не меняется. Чтобы внести поправку, отмените утверждение.")
            return
        choices = (
            [Choice("not_listed", "Исключить из списка…")] if row.listed else [Choice("listed", "Включить в список…")]
        )
        if row.correction is not None:
            choices = [Choice("none", "Снять поправку")]
        choices.append(Choice("cancel", "Отмена"))
        computed = {"listed": "в списке", "not_listed": "не в списке", "no_data": "нет данных"}[row.verdict.verdict]
        text = f"Ответ правила: {computed}. Поправка рабочей группы заменит его и будет напечатана с причиной."
        key = self.session.dialogs.choose(f"Поправка: {row.name}", text, choices)
        if key in {None, "cancel"}:
            return
        if key == "none":
            self._write_correction(row, None, "")
            return
        answer = self.session.dialogs.ask(
            f"Поправка: {row.name}", "Причину напечатают в списке рядом со школой.",
            [Field("reason", "Причина", long=True, required=True)],
            "Включить в список" if key == "listed" else "Исключить из списка",
        )  # fmt: skip
        if answer is not None:
            self._write_correction(row, key, answer["reason"])

    def _write_correction(self, row: ListRow, verdict: str | None, reason: str) -> None:
        year = self.result_year
        if year is not None:
            self.session.write(self, None, identification.correct, self.rule_id, year, row.school_id, verdict, reason)

    def _row_actions(self) -> list[RowAction | None]:
        row: ListRow | None = self.table.current()
        if row is None:
            return []
        return [
            ("Источник", self.card.origin),
            ("Карточка школы", lambda: self.session.go("school", row.school_id)),
            ("Поправка…", lambda: self.correct(row)),
        ]


def _rules_and_info(connection: Connection, path: Path) -> tuple[dict[str, Rule], desk.Info]:
    """Read rules and years in one go."""
    return identification.rules(connection), desk.info(connection, path)
