"""«Проверка»: every remark by part of the programme with its reason and cure, and both checklists of 004 beside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget

from app.operations import programme_checklists, programme_checks
from app.operations.programme_checklists import Checklist, Question
from app.operations.programme_checks import Checked
from app.ui import theme
from app.ui.dialogs import Field
from app.ui.pages.programme_checks_card import ChecksSide
from app.ui.pages.programme_checks_words import (
    ALL,
    CHIPS,
    KINDS,
    QUESTIONS,
    REMARKS,
    Remark,
    checklist_title,
    place_of,
    remarks,
    sections,
)
from app.ui.pages.view import View
from app.ui.widgets.chip import ChipButton
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.side_list import SideList
from app.ui.widgets.table import DataTable, RowAction

if TYPE_CHECKING:
    from app.ui.pages.programme import ProgrammePage

FORMS = frozenset({"form_round", "form_case", "form_answer", "form_subject"})
_CHOOSE = "Выберите замечание: здесь будет сказано, что не так, что сделать и как это выглядит правильно."


class ChecksView(View):
    """Remarks of the checks, filtered by part and level, and the questions of the checklists."""

    key = "checks"
    title = "Проверка"
    heading = "Проверка программы"
    guide = ("10-программа", "Проверка")
    page: ProgrammePage

    def __init__(self, page: ProgrammePage) -> None:
        super().__init__(page)
        self.checked: Checked | None = None
        self.checklists: dict[str, Checklist] = {}
        self._keys: list[str] = [ALL]
        self._level = ""
        self.sections = SideList("Разделы программы и чек-листы")
        self.sections.currentRowChanged.connect(lambda _row: self._narrow())
        self._make_tables()
        self.side = ChecksSide(self)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        for widget, stretch in ((self.sections, 0), (self.middle, 1), (self.side, 0)):
            self.split.addWidget(widget)
            self.split.setStretchFactor(self.split.count() - 1, stretch)
        px = theme.current().px
        self.split.setSizes([px(210), px(620), px(310)])
        self.nothing = EmptyState(
            "circle-check",
            "Проверять пока нечего",
            "Начните программу или загрузите готовый план на вкладке «Структура».",
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(self.split)
        self.stack.addWidget(self.nothing)
        self.column.addWidget(self.stack, 1)
        self.side.show_nothing(_CHOOSE)
        self._forms_stale = False
        self.session.changed.connect(self._forms_changed)

    def _make_tables(self) -> None:
        habits = self.session.habits
        empty = EmptyState("circle-check", "Замечаний нет", "В этом разделе проверять больше нечего.")
        self.table = DataTable(
            "programme-checks", REMARKS, lambda row: row.key, habits=habits, title="Замечания", empty=empty
        )
        self.table.current_changed.connect(self._show_remark)
        self.table.activated.connect(lambda _row: self.open_place())
        self.table.row_actions = self._row_actions
        self.chips: dict[str, ChipButton] = {}
        for key, _word in CHIPS:
            chip = ChipButton(KINDS.get(key, "none"), "")
            chip.clicked.connect(lambda checked, key=key: self._by_level(key if checked else ""))
            self.table.lead.addWidget(chip)
            self.chips[key] = chip
        self.questions = DataTable(
            "programme-questions", QUESTIONS, lambda row: row.item, habits=habits, title="Вопросы чек-листа",
            empty=EmptyState("checklist", "Вопросов нет", "Этого чек-листа в файле нет."),
        )  # fmt: skip
        self.questions.current_changed.connect(self._show_question)
        self.questions.activated.connect(lambda _row: self.open_checklist())
        self.middle = QStackedWidget()
        self.middle.addWidget(self.table)
        self.middle.addWidget(self.questions)

    # --- reading -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Check the programme anew."""
        key = self.page.programme_id
        if key is None:
            self.checked, self.checklists = None, {}
            self.stack.setCurrentWidget(self.nothing)
            self.say("")
            return
        self.stack.setCurrentWidget(self.split)
        today = self.session.today()
        self.session.read(self, self._show, programme_checks.findings, key, today=today)
        self._read_checklists()

    def _read_checklists(self) -> None:
        self._forms_stale = False
        key = self.page.programme_id
        if key is not None:
            today = self.session.today()
            self.session.read(self, self._show_checklists, programme_checklists.checklists, key, today=today)

    def _forms_changed(self, tables: frozenset[str]) -> None:
        """Answers of people are no part of the programme: they are read anew when the view is looked at."""
        if tables & FORMS and self.checked is not None:
            self._forms_stale = True
            if self.isVisible():
                self._read_checklists()

    def showEvent(self, event: QShowEvent) -> None:
        """Read the answers of people where they have changed meanwhile."""
        super().showEvent(event)
        if self._forms_stale:
            self._read_checklists()

    def _show(self, checked: Checked) -> None:
        if checked.programme_id != self.page.programme_id:
            return
        self.checked = checked
        self.say(programme_checks.sentence(checked))
        rows = remarks(checked)
        for key, word in CHIPS:
            size = sum(row.state == key for row in rows)
            self.chips[key].set_text(f"{word} {size}")
            self.chips[key].setVisible(bool(size))
        if self._level and not any(row.state == self._level for row in rows):
            self._level = ""
        self.side.show_filled(checked)
        self._list_sections()
        self.table.set_rows(rows)
        self._narrow()

    def _show_checklists(self, found: tuple[Checklist, ...]) -> None:
        self.checklists = {item.form_id: item for item in found}
        self._list_sections()
        self._narrow()

    def _list_sections(self) -> None:
        """Fill the side; what was chosen stays chosen."""
        chosen = self.section
        titles = sections(self.checked) if self.checked is not None else [(ALL, "Все разделы")]
        titles += [(item.form_id, checklist_title(item)) for item in self.checklists.values()]
        self._keys = [key for key, _title in titles]
        self.sections.blockSignals(True)
        self.sections.clear()
        for _key, title in titles:
            self.sections.add(title)
        self.sections.setCurrentRow(self._keys.index(chosen) if chosen in self._keys else 0)
        self.sections.blockSignals(False)

    @property
    def section(self) -> str:
        """Key of the part or of the checklist that is chosen at the side."""
        row = self.sections.currentRow()
        return self._keys[row] if 0 <= row < len(self._keys) else ALL

    # --- choosing ------------------------------------------------------------------------------------------------

    def _by_level(self, level: str) -> None:
        self._level = level
        self._narrow()

    def _narrow(self) -> None:
        """Show what the side and the chips ask for."""
        section, level = self.section, self._level
        if section in self.checklists:
            self.middle.setCurrentWidget(self.questions)
            self.questions.set_rows(self.checklists[section].questions)
            if self.questions.current() is None and self.questions.model.rowCount():
                self.questions.make_current(0, 0)
            self._show_question(self.questions.current())
            return
        self.middle.setCurrentWidget(self.table)
        for key, chip in self.chips.items():
            chip.setChecked(key == level)

        def fits(row: Remark) -> bool:
            part = section in {ALL, row.rule.group}
            return part and (row.state == level if level else row.silence is None)

        self.table.model.set_quick(fits)
        if self.table.current() is None and self.table.model.rowCount():
            self.table.make_current(0, 0)
        self._show_remark(self.table.current())

    def _show_remark(self, row: Remark | None) -> None:
        if self.middle.currentWidget() is not self.table:
            return
        if row is None:
            self.side.show_nothing(_CHOOSE)
        else:
            self.side.show_remark(row)

    def _show_question(self, row: Question | None) -> None:
        item = self.checklists.get(self.section)
        if item is None:
            return
        if row is None:
            self.side.show_nothing("Выберите вопрос: здесь будет сказано, что о нём знает программа.")
        else:
            self.side.show_question(row, item)

    def _row_actions(self) -> list[RowAction | None]:
        row: Remark | None = self.table.current()
        found: list[RowAction | None] = [("Показать место", self.open_place)]
        if row is not None and row.rule.level == "hint":
            if row.silence is not None:
                found.append(("Включить снова", self.speak))
            else:
                found.append(("Отключить во всей программе…", lambda: self.silence(whole=True)))
        return found

    # --- doing ---------------------------------------------------------------------------------------------------

    def open_place(self) -> None:
        """Show the node or the text that the remark is about."""
        row: Remark | None = self.table.current()
        if row is None:
            return
        place = place_of(row)
        if isinstance(place, int):
            self.page.show_node(place)
        elif place is not None:
            self.page.show_section(place)

    def silence(self, *, whole: bool) -> None:
        """Switch the hint off, for its node or for the whole programme, with a reason that may stay empty."""
        row: Remark | None = self.table.current()
        if row is None or row.rule.level != "hint" or row.silence is not None or self.checked is None:
            return
        scope = "во всей программе" if whole or row.finding.node_id is None else "для этой строки"
        answer = self.session.dialogs.ask(
            "Отключить подсказку", f"«{row.rule.title}» больше не будет показана {scope}. Её можно включить снова.",
            [Field("reason", "Почему, если хотите запомнить", long=True)], "Отключить",
        )  # fmt: skip
        if answer is not None:
            node = None if whole else row.finding.node_id
            self._write(programme_checks.silence, row.finding.rule, node, answer["reason"])

    def speak(self) -> None:
        """Switch the hint on again."""
        row: Remark | None = self.table.current()
        if row is not None and row.silence is not None:
            self._write(programme_checks.speak, row.silence.id)

    def _write(self, function: Any, *args: Any) -> None:
        if self.checked is not None:
            self.session.write(self, None, function, self.checked.programme_id, *args)

    def open_checklist(self) -> None:
        """Open the answers of people; where nobody has begun, begin with the proposed answers."""
        item, key = self.checklists.get(self.section), self.page.programme_id
        if item is None or key is None:
            return
        if item.case_id is not None:
            self.session.go("forms", ("fill", item.case_id))
            return
        self.session.write(
            self, lambda case_id: self.session.go("forms", ("fill", case_id)), programme_checklists.begin, key,
            item.form_id, self.session.school_year, today=self.session.today(),
        )  # fmt: skip

    def open_group(self) -> None:
        """Show the summary of the checklist, where experts, their spread and the protocol are."""
        item = self.checklists.get(self.section)
        if item is not None:
            self.session.go("forms", ("summary", (item.form_id, self.session.school_year)))

    # --- ways in -------------------------------------------------------------------------------------------------

    def open_payload(self, payload: object) -> None:
        """Show a part of the programme or a checklist by its key."""
        if isinstance(payload, str) and payload in self._keys:
            self.sections.setCurrentRow(self._keys.index(payload))

    def show_node(self, node_id: int) -> None:
        """Put the keyboard onto the first remark about a node."""
        rows = self.table.model.all_rows()
        found = next((row for row in rows if row.finding.node_id == node_id), None)
        if found is not None:
            self.sections.setCurrentRow(0)
            self._by_level("off" if found.silence is not None else "")
            self.table.choose(found.key)

    def focus_main(self) -> None:
        """Put the keyboard into the list."""
        table = self.questions if self.middle.currentWidget() is self.questions else self.table
        table.focus_table()
