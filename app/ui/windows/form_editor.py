"""The editor of forms for a methodist alone: questions, scales, points and levels, facts, a look at the result.

The text of a definition is never seen. Every change is kept as a draft in the file within a second, so that half-done
work survives closing and a crash; undo inside the editor is its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QTabBar, QWidget

from app.forms import checks
from app.forms.drafting import Draft
from app.models.store import Connection
from app.operations import form_drafts, form_sources
from app.operations.form_draft_faults import DraftFault
from app.operations.form_drafts import Consequences
from app.operations.forms import FormEntry
from app.texts import capital, count
from app.ui import theme
from app.ui.dialogs import Choice
from app.ui.session import Session
from app.ui.widgets.basics import Button, Card, Scroller, split
from app.ui.widgets.labels import Label
from app.ui.windows.base import Window
from app.ui.windows.form_editor_about import AboutPart
from app.ui.windows.form_editor_fields import ItemFields, SectionFields
from app.ui.windows.form_editor_levels import LevelsPart
from app.ui.windows.form_editor_model import DraftModel
from app.ui.windows.form_editor_paste import PasteWindow
from app.ui.windows.form_editor_preview import FormPreview, drawable
from app.ui.windows.form_editor_scales import ScalesPart
from app.ui.windows.form_editor_tree import TreePane, asked_words

KEEP_AFTER = 800
"""Milliseconds from the first change to its draft in the file; it is not put off by further ones."""
TABS = ("Вопросы", "Шкалы", "Баллы и уровни", "Сведения", "Просмотр")
ITEMS, SCALES, SCORES, ABOUT, LOOK = range(5)


@dataclass(frozen=True, slots=True)
class Start:
    """What the editor opens with: a new form, a copy, a change, a draft that waits, a table of questions."""

    way: Literal["new", "copy", "change", "draft", "table"] = "new"
    form_id: str = ""
    short: str = ""
    path: Path | None = None


def begin(connection: Connection, start: Start) -> Draft:
    """Read what the editor opens with.

    Raises:
        UserError: ``FORM_UNKNOWN``; codes of reading a table.
    """
    match start.way:
        case "copy":
            return form_drafts.begin_copy(connection, start.form_id, start.short)
        case "change" | "draft":
            return form_drafts.begin_change(connection, start.form_id)
        case "table" if start.path is not None:
            title = start.path.stem.replace("_", " ")
            return form_sources.drafted(form_sources.from_file(start.path), form_drafts.own_id(), title)
        case _:
            return form_drafts.begin_new()


class FormEditor(Window):
    """The editor."""

    guide = ("09-чек-листы", "Формы")

    def __init__(self, session: Session, start: object = None, parent: QWidget | None = None) -> None:
        super().__init__(session, "Форма", parent, size=(1240, 720))
        self.start = start if isinstance(start, Start) else Start()
        self.model = DraftModel(form_drafts.begin_new(), self)
        self.ready = False
        self._first: Draft | None = None
        self._kept: Draft | None = None
        self._going = False
        self.paste_window: PasteWindow | None = None
        self._make_parts()
        self._make_fault_list()
        self._make_foot()
        self._make_keys()
        self._keep_soon = QTimer(self)
        self._keep_soon.setSingleShot(True)
        self._keep_soon.setInterval(KEEP_AFTER)
        self._keep_soon.timeout.connect(self.keep)
        self.model.changed.connect(self._model_changed)
        self.model.checked.connect(self._checked)
        self.tabs.setEnabled(False)
        self.pages.setEnabled(False)
        # a table is read from the disc, everything else from the file: both beside the window
        self.take(session.desk.read(begin, self.start), self._begun)

    # --- making --------------------------------------------------------------------------------------------------

    def _make_parts(self) -> None:
        px = theme.current().px
        self.tabs = QTabBar()
        self.tabs.setObjectName("inner")
        self.tabs.setAccessibleName("Что изменить")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for word in TABS:
            self.tabs.addTab(word)
        self.pages = QStackedWidget()
        self.tree = TreePane(self.model)
        self.item = ItemFields(self.model)
        self.section = SectionFields(self.model)
        self.nothing = Label("", "muted", wrap=True)
        self.fields = Scroller()
        for widget in (self.item, self.section, self.nothing):
            self.fields.column.addWidget(widget)
        self.fields.column.addStretch(1)
        card = Card()
        card.body.addWidget(self.fields, 1)
        splitter = split(self.tree, card)
        self.tree.setMinimumWidth(px(360))
        card.setMinimumWidth(px(460))
        splitter.setSizes([px(500), px(640)])
        self.scales, self.levels, self.about = ScalesPart(self.model), LevelsPart(self.model), AboutPart(self.model)
        self.look = FormPreview(self.session)
        for page in (splitter, self.scales, self.levels, self.about, self.look):
            self.pages.addWidget(page)
        self.body.addWidget(self.tabs)
        self.body.addWidget(self.pages, 1)
        self.tabs.currentChanged.connect(self._show_tab)
        self.tree.chosen.connect(self._show_chosen)
        self.tree.edit_wanted.connect(self._edit)
        self.tree.paste_wanted.connect(self.ask_paste)
        self.item.scale_wanted.connect(self._show_scale)

    def _make_fault_list(self) -> None:
        self.fault_box = QFrame()
        self.fault_box.setProperty("bar", "warn")
        self.fault_list = Scroller(spacing=0)
        row = QHBoxLayout(self.fault_box)
        row.addWidget(self.fault_list)
        self.fault_box.setMaximumHeight(theme.current().px(124))
        self.fault_box.hide()
        self.body.addWidget(self.fault_box)

    def _make_foot(self) -> None:
        self.undo = Button("Отменить", self.model.undo, icon="arrow-back-up", tip="Последнее изменение: Ctrl+Z")
        self.redo = Button("Вернуть", self.model.redo, icon="arrow-forward-up", tip="Вернуть отменённое: Ctrl+Y")
        self.wrong = Button("", self._toggle_faults, icon="alert-triangle", kind="link")
        self.throw = Button("Удалить черновик", self._throw_away, kind="link")
        self.save = Button("Сохранить форму", self.ask_save, kind="primary", tip="Ctrl+S")
        self.add_buttons(
            Button("Закрыть", self.close), self.save, left=[self.undo, self.redo, self.wrong, self.throw]
        )  # fmt: skip

    def _make_keys(self) -> None:
        keys: tuple[tuple[QKeySequence | QKeySequence.StandardKey | str, Callable[[], object]], ...] = (
            (QKeySequence.StandardKey.Undo, self.model.undo), ("Ctrl+Y", self.model.redo), ("Ctrl+S", self.ask_save),
            ("Ctrl+Shift+V", self.ask_paste), ("Ctrl+PgUp", lambda: self._step(-1)),
            ("Ctrl+PgDown", lambda: self._step(1)), ("Ctrl+Return", lambda: self.tree.act("add")),
        )  # fmt: skip
        for sequence, pressed in keys:
            shortcut = QShortcut(QKeySequence(sequence), self)
            shortcut.activated.connect(pressed)

    # --- beginning -----------------------------------------------------------------------------------------------

    def _begun(self, draft: Draft) -> None:
        self.ready = True
        self._first = self._kept = draft
        self.tabs.setEnabled(True)
        self.pages.setEnabled(True)
        self.model.begin(draft)
        if self.start.way == "table":
            self._kept = None
            self._keep_soon.start()
        if draft.form.kind == "composite":
            self.tabs.setTabEnabled(SCALES, False)
        self.tree.tree.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_chosen()

    def focus_main(self) -> None:
        """The keyboard goes where the editor has put it."""
        if self.ready and self.pages.currentIndex() == ITEMS:
            self.tree.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def touched(self, _tables: object) -> None:
        """What others change in the file does not touch a draft."""

    # --- showing -------------------------------------------------------------------------------------------------

    def _model_changed(self, source: object) -> None:
        self._say()
        self.undo.setEnabled(self.model.can_undo)
        self.redo.setEnabled(self.model.can_redo)
        self.throw.setVisible(self.start.way == "draft" or self.model.draft != self._first)
        if source not in {self.item, self.section}:
            self._show_chosen()
        if self.ready and self.model.draft != self._kept and not self._keep_soon.isActive():
            self._keep_soon.start()

    def _say(self) -> None:
        draft = self.model.draft
        form = draft.form
        name = form.short.strip() or form.title.strip()
        self.heading.setText(name or "Новая форма")
        self.setWindowTitle(f"Форма: {name}" if name else "Новая форма")
        parts = [f"изменяется версия {draft.base}" if draft.base else "новая форма", asked_words(form)]
        for score in form.scores[:1]:
            most = checks.range_of(form, score)[1]
            if most is not None and score.rule in {"sum", "count"}:
                parts.append(f"наибольшая сумма {most}")
        text = " · ".join(parts)
        self.say(capital(text))

    def _show_chosen(self) -> None:
        node = self.model.chosen
        draft = self.model.draft
        item = draft.form.item(node[1]) if node is not None and node[0] == "item" else None
        section = draft.section(node[1]) if node is not None and node[0] == "section" else None
        self.item.setVisible(item is not None)
        self.section.setVisible(section is not None)
        self.nothing.setVisible(item is None and section is None)
        self.nothing.setText(
            "Эта форма складывается из других форм. Здесь меняются сведения и уровни." if draft.form.kind == "composite"
            else "Добавьте вопрос или вставьте готовый список из Word или Excel."
        )  # fmt: skip
        if item is not None:
            self.item.show_item(item)
        elif section is not None:
            self.section.show_section(section)

    def _edit(self) -> None:
        """Put the keyboard into the wording of what is chosen."""
        self._show_chosen()
        node = self.model.chosen
        if node is None:
            return
        edit = self.item.text if node[0] == "item" else self.section.title
        edit.setFocus(Qt.FocusReason.OtherFocusReason)
        edit.selectAll()
        self.fields.ensureWidgetVisible(edit)

    def _show_tab(self, place: int) -> None:
        self.pages.setCurrentIndex(place)
        if place == LOOK:
            self.model.check()
            self.look.show_form(drawable(self.model.draft.form))

    def _step(self, step: int) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + step) % len(TABS))

    def _show_scale(self, scale_id: str) -> None:
        self.tabs.setCurrentIndex(SCALES)
        self.scales.show_scale(scale_id)

    # --- faults --------------------------------------------------------------------------------------------------

    def _checked(self) -> None:
        found = self.model.faults
        self.wrong.setText(f"Исправить: {len(found)}")
        self.wrong.setAccessibleName(f"Что исправить: {len(found)}")
        self.wrong.setVisible(bool(found))
        self.item.show_faults()
        self.section.show_faults()
        if not found:
            self.fault_box.hide()
        elif self.fault_box.isVisible():
            self._list_faults()
        if self.pages.currentIndex() == LOOK:
            self.look.show_form(drawable(self.model.draft.form))

    def _toggle_faults(self) -> None:
        if self.fault_box.isVisible():
            self.fault_box.hide()
        else:
            self.show_fault_list()

    def show_fault_list(self) -> None:
        """Show everything that is wrong; a click goes there."""
        self._list_faults()
        self.fault_box.setVisible(bool(self.model.faults))

    def _list_faults(self) -> None:
        self.fault_list.clear()
        for fault in self.model.faults:
            button = Button(fault.told.replace("\n", " "), kind="link")
            button.clicked.connect(lambda _on=False, fault=fault: self.jump(fault))
            button.setToolTip(fault.told)
            self.fault_list.column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.fault_list.column.addStretch(1)

    def jump(self, fault: DraftFault) -> None:
        """Go to the place of a fault."""
        place = {"item": ITEMS, "section": ITEMS, "scale": SCALES, "score": SCORES}.get(fault.place, ABOUT)
        if fault.place == "form" and fault.key == "sections":
            place = ITEMS
        self.tabs.setCurrentIndex(place)
        if fault.node is not None:
            self.tree.choose(fault.node)
            self._edit()
            number = {"weight": self.item.weight, "least": self.item.least, "most": self.item.most,
                      "threshold": self.item.threshold}.get(fault.key)  # fmt: skip
            if fault.place == "item" and number is not None:
                number.setFocus(Qt.FocusReason.OtherFocusReason)
        elif fault.place == "scale":
            self.scales.show_scale(fault.thing)
        elif fault.place == "score":
            self.levels.show_score(int(fault.thing))
        elif place == ABOUT:
            self.about.short.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- pasting -------------------------------------------------------------------------------------------------

    def ask_paste(self) -> None:
        """Show what was copied and what it means; what is understood goes into the form."""
        if not self.ready or self.model.draft.form.kind == "composite":
            return
        window = PasteWindow(self.model.draft, self.session.habits, self)
        window.accepted.connect(self._pasted)
        self.paste_window = window
        window.open()

    def _pasted(self) -> None:
        window = self.paste_window
        if window is None:
            return
        before = {item.id for item in self.model.draft.form.items()}
        draft = form_drafts.with_structure(self.model.draft, window.found, anew=window.anew)
        fresh = next((item.id for item in draft.form.items() if item.id not in before), None)
        if fresh is not None:
            self.model.chosen = ("item", fresh)
        self.model.apply(draft, None)
        self.bar.show_message("ok", f"{window.found.sentence} Если получилось не то: «Отменить».")

    # --- keeping and saving --------------------------------------------------------------------------------------

    def keep(self) -> None:
        """Keep the draft in the file."""
        self._keep_soon.stop()
        draft = self.model.draft
        if self._going or not self.ready or draft == self._kept or self.session.desk.read_only:
            return
        self._kept = draft
        self.take(self.session.written(form_drafts.keep, draft), None)

    def ask_save(self) -> None:
        """Save; faults are listed, a new version is told before it is made."""
        if not self.ready:
            return
        self.model.check()
        if self.model.faults:
            found = count(len(self.model.faults), "замечание", "замечания", "замечаний")
            self.bar.show_message("warn", f"Форма ещё не сохранена: {found}. Щелчок по строке внизу ведёт к месту.")
            self.show_fault_list()
            return
        self.take(self.session.desk.read(form_drafts.consequences, self.model.draft), self._save)

    def _save(self, found: Consequences) -> None:
        if found.new_version:
            chosen = self.session.dialogs.choose(
                "Новая версия формы", found.words,
                [Choice("save", f"Сохранить версию {found.version}"), Choice("stay", "Вернуться к форме")],
            )  # fmt: skip
            if chosen != "save":
                return
        self._keep_soon.stop()
        self.take(self.session.written(form_drafts.save, self.model.draft), self._saved)

    def _saved(self, entry: FormEntry) -> None:
        self._going = True
        self.session.tell("ok", f"Форма «{entry.form.short}» сохранена, версия {entry.form.version}.")
        self.close()

    def _throw_away(self) -> None:
        chosen = self.session.dialogs.choose(
            "Удалить черновик", "Несохранённые изменения этой формы пропадут. Вернуть их можно будет отменой: Ctrl+Z.",
            [Choice("stay", "Вернуться к форме"), Choice("drop", "Удалить черновик", dangerous=True)],
        )  # fmt: skip
        if chosen == "drop":
            self._going = True
            self._keep_soon.stop()
            self.take(self.session.written(form_drafts.drop, self.model.draft.form.id), lambda _done: self.close())

    def reject(self) -> None:
        """Keep what is half-done and say so; nothing is asked."""
        if self.ready and not self._going:
            self.keep()
            if self._kept is not self._first and not self.session.desk.read_only:
                self.session.tell("info", "Черновик формы остался в файле. Продолжить: «Чек-листы», «Формы».")
        super().reject()
