"""«Формы»: what can be asked: shipped and own forms, half-done ones, and what each of them says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.forms.schema import FormDef, Score
from app.models.store import Connection
from app.operations import form_drafts, form_sources, forms
from app.operations.form_drafts import KeptDraft
from app.operations.form_sources import Incoming
from app.operations.forms import SUBJECT_WORDS, FormEntry, Origin
from app.texts import NBSP, count
from app.ui import theme
from app.ui.dialogs import Choice, Field
from app.ui.item_models.table_model import Column
from app.ui.pages.view import View
from app.ui.pages.views_page import ViewsPage
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Card, Row, Scroller, split
from app.ui.widgets.chip import Chip, ChipButton
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.facts import Facts
from app.ui.widgets.labels import Label
from app.ui.widgets.table import DataTable, RowAction
from app.ui.windows.catalogue import WINDOWS

KIND_WORDS = {
    "checklist": "чек-лист",
    "survey": "анкета",
    "counts": "таблица чисел",
    "context": "анкета условий",
    "request": "срочный сбор",
    "composite": "составная",
}
SUBJECTS = SUBJECT_WORDS | {
    "municipal_programme": "мун. программа",
    "mms": "методслужба",
    "dpp": "программа ДПО",
}
"""Short words for a narrow column; the tooltip has the whole."""
ORIGIN_WORDS: dict[Origin, str] = {"shipped": "с программой", "changed": "изменена", "own": "своя"}
ORIGIN_KINDS: dict[Origin, Kind] = {"shipped": "none", "changed": "info", "own": "ok"}
NEW_ROUND = "new_round"
"""The window that begins a round; the button waits until it is there."""
FILES = "Форма или таблица вопросов (*.toml *.xlsx *.xls *.ods *.csv *.txt)"


@dataclass(frozen=True, slots=True)
class Line:
    """One row: a form, a form with a draft, or a draft of a new form."""

    entry: FormEntry | None
    draft: KeptDraft | None = None

    @property
    def form_id(self) -> str:
        """Its id."""
        return self.entry.form.id if self.entry is not None else self.draft.form_id if self.draft is not None else ""

    @property
    def short(self) -> str:
        """How it is called in lists."""
        if self.entry is not None:
            return self.entry.form.short
        return (self.draft.short if self.draft is not None else "") or "Новая форма без названия"

    @property
    def form(self) -> FormDef | None:
        """The newest version."""
        return self.entry.form if self.entry is not None else None

    @property
    def items(self) -> int:
        """How many questions it has."""
        return sum(1 for _item in self.form.items()) if self.form else self.draft.items if self.draft else 0


def read(connection: Connection) -> list[Line]:
    """Read all forms, the hidden ones too, and the drafts."""
    drafts = {one.form_id: one for one in form_drafts.kept(connection)}
    lines = [Line(one, drafts.pop(one.form.id, None)) for one in forms.listing(connection, hidden=True)]
    return [Line(None, one) for one in drafts.values()] + lines


def most(form: FormDef) -> int | None:
    """Return the highest number of points of the first sum; None where there is none."""
    score = next(iter(form.scores), None)
    return None if score is None else _most(form, score)


def _most(form: FormDef, score: Score) -> int | None:
    from app.forms.checks import range_of

    if score.rule in {"manual", "reached"} or form.kind == "composite":
        return None
    return range_of(form, score)[1]


def kind_words(line: Line) -> str:
    """Return what a form is; that it is closed says more than its kind."""
    form = line.form
    if form is None:
        return "черновик"
    return "закрытая" if form.closed else KIND_WORDS[form.kind]


def origin_words(line: Line) -> str:
    """Return where it comes from; a draft says so."""
    if line.entry is None or line.draft is not None:
        return "черновик"
    return ORIGIN_WORDS[line.entry.origin]


def _origin_kind(line: Line) -> Kind:
    if line.entry is None or line.draft is not None:
        return "warn"
    return ORIGIN_KINDS[line.entry.origin]


def _most_text(line: Line) -> str:
    value = most(line.form) if line.form is not None else None
    return "" if value is None else str(value)


COLUMNS = (
    Column("short", "Форма", lambda row: row.short, 250, 4, 200, middle=True, strong=True, tip=lambda row: row.short),
    Column("subject", "О ком", lambda row: SUBJECTS[row.form.subject] if row.form else "", 126, 1, 122,
           tip=lambda row: SUBJECT_WORDS[row.form.subject] if row.form else ""),
    Column("kind", "Вид", kind_words, 112, 1, 108, tip=lambda row: KIND_WORDS[row.form.kind] if row.form else ""),
    Column("items", "Вопросов", lambda row: str(row.items or ""), 80, kind="number", sort=lambda row: row.items),
    Column("most", "Баллов", _most_text, 70, kind="number", tip=lambda _row: "Наибольшая сумма баллов",
           sort=lambda row: most(row.form) if row.form is not None else None),
    Column("version", "Версия", lambda row: row.form.version if row.form is not None else "", 62),
    Column("origin", "Откуда", origin_words, 122, kind="chip", chip=_origin_kind),
    Column("rounds", "Сборов", lambda row: str(row.entry.rounds or "") if row.entry else "", 64, kind="number",
           sort=lambda row: row.entry.rounds if row.entry else 0),
)  # fmt: skip


class FormsView(View):
    """The forms at the left, the chosen one at the right."""

    key = "forms"
    title = "Формы"
    heading = "Формы"
    guide = ("09-чек-листы", "Формы")

    def __init__(self, page: ViewsPage) -> None:
        super().__init__(page)
        self._lines: list[Line] = []
        px = theme.current().px
        empty = EmptyState("checklist", "Таких форм нет", "Снимите отбор, сделайте новую форму или возьмите из файла.")
        self.table = DataTable(
            "forms", COLUMNS, lambda row: row.form_id, habits=self.session.habits, title="Формы", empty=empty
        )
        self.hidden = ChipButton("none", "")
        self.hidden.setToolTip("Формы института показываются, только когда они нужны")
        self.hidden.clicked.connect(lambda _on: self._fill())
        self.table.lead.addWidget(self.hidden)
        self.table.current_changed.connect(self._show_line)
        self.table.activated.connect(self._open)
        self.table.row_actions = self._row_actions
        self.card = self._make_card()
        splitter = split(self.table, self.card, sizes=(px(980), px(330)))
        self.column.addWidget(splitter, 1)

    def _make_card(self) -> Card:
        px = theme.current().px
        card = Card()
        card.setMinimumWidth(px(320))
        self.name = Label("", "section", wrap=True)
        self.official = Label("", wrap=True).selectable()
        self.chips = Row(gap=6)
        self.facts = Facts()
        self.source_head = Label("Источник", "strong")
        self.source = Label("", wrap=True).selectable()
        self.notes_head = Label("Примечания", "strong")
        self.scroller = Scroller(spacing=8)
        for widget in (self.name, self.chips, self.official, self.facts, self.source_head, self.source,
                       self.notes_head):  # fmt: skip
            self.scroller.column.addWidget(widget)
        self.note_text = Label("", wrap=True).selectable()
        self.scroller.column.addWidget(self.note_text)
        self.scroller.column.addStretch(1)
        self.change = Button("Изменить…", self.ask_change, icon="edit")
        self.look = Button("Просмотреть бланк", self.preview, icon="eye", kind="link")
        self.give = Button("Отдать файлом…", self.ask_give, icon="download", kind="link")
        self.remove = Button("Удалить форму", self.ask_remove, icon="trash", kind="link")
        card.body.addWidget(self.scroller, 1)
        card.body.addWidget(Row(self.change, self.look, self.give, self.remove, gap=4))
        return card

    def make_actions(self) -> Sequence[Button]:
        """Return the buttons of the header."""
        act = self.page.act
        self.take = act("Взять из файла…", self.ask_take, "upload")
        self.new = act("Новая форма…", self.begin_new, "plus")
        self.copy = act("Скопировать и изменить…", self.ask_copy, "copy")
        self.round = act("Новый сбор…", self.begin_round, "checklist", primary=True)
        return self.take, self.new, self.copy, self.round

    # --- reading -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the forms anew."""
        self.session.read(self, self._show, read)

    def _show(self, lines: list[Line]) -> None:
        self._lines = lines
        hidden = sum(1 for line in lines if line.form is not None and line.form.hidden)
        self.hidden.set_text(f"формы института {hidden}")
        self.hidden.setVisible(hidden > 0)
        self._fill()

    def _fill(self) -> None:
        shown = [
            line for line in self._lines if self.hidden.isChecked() or line.form is None or not line.form.hidden
        ]  # fmt: skip
        self.table.set_rows(shown)
        own = sum(1 for line in self._lines if line.entry is not None and line.entry.origin != "shipped")
        used = sum(1 for line in self._lines if line.entry is not None and line.entry.in_use)
        drafts = sum(1 for line in self._lines if line.draft is not None)
        words = [count(len([line for line in shown if line.entry]), "форма", "формы", "форм")]
        words += [f"своих{NBSP}{own}"] if own else []
        words += [f"по{NBSP}{used} есть сборы" if used else "сборов пока нет"]
        words += [count(drafts, "черновик", "черновика", "черновиков") + " не закончено"] if drafts else []
        self.say(" · ".join(words))
        self._show_line(self.table.current())

    @property
    def line(self) -> Line | None:
        """The chosen row."""
        found: Line | None = self.table.current()
        return found

    def _show_line(self, line: Line | None) -> None:
        self.card.setVisible(line is not None)
        self.enable_actions()
        if line is None:
            return
        self.name.setText(line.short)
        form = line.form
        self.official.setVisible(form is not None and form.title != form.short)
        self.official.setText(form.title if form is not None else "")
        self._show_chips(line)
        self.facts.show_facts(_facts(line))
        parts = [form.source, form.place] if form is not None else []
        self.source.setText(", ".join(part for part in parts if part))
        for label in (self.source_head, self.source):
            label.setVisible(any(parts))
        notes = form.notes if form is not None else ()
        self.notes_head.setVisible(bool(notes))
        self.note_text.setVisible(bool(notes))
        self.note_text.setText("\n".join(notes))
        self.scroller.verticalScrollBar().setValue(0)

    def _show_chips(self, line: Line) -> None:
        while self.chips.flow.count():
            taken = self.chips.flow.takeAt(0)
            widget = taken.widget() if taken is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        chips: list[tuple[Kind, str]] = [(_origin_kind(line), origin_words(line))]
        if line.form is not None and line.form.closed:
            chips.append(("info", "закрытая: ответы видны не всем"))
        if line.form is not None and line.form.hidden:
            chips.append(("none", "форма института"))
        if line.form is not None and line.form.group:
            chips.append(("info", "несколько экспертов"))
        for kind, text in chips:
            self.chips.flow.addWidget(Chip(kind, text))

    def enable_actions(self) -> None:
        """Nothing can be changed in a file that is open for reading."""
        line, writable = self.line, not self.session.desk.read_only
        known = line is not None and line.entry is not None
        own = line is not None and line.entry is not None and line.entry.origin != "shipped"
        for button in (self.take, self.new):
            button.setEnabled(writable)
        self.copy.setEnabled(writable and known)
        self.round.setEnabled(writable and known and NEW_ROUND in WINDOWS)
        draft = line is not None and line.draft is not None
        self.change.setText("Продолжить черновик…" if draft else "Изменить…")
        self.change.setVisible(own or draft)
        self.change.setEnabled(writable)
        self.look.setVisible(known)
        self.give.setVisible(known)
        changed = line is not None and line.entry is not None and line.entry.origin == "changed"
        self.remove.setText("Вернуть прежнюю" if changed else "Удалить форму")
        self.remove.setVisible(own and not draft)
        self.remove.setEnabled(writable)

    def focus_main(self) -> None:
        """Put the keyboard into the table."""
        self.table.focus_table()

    def open_payload(self, payload: object) -> None:
        """Show a form by its id."""
        if isinstance(payload, str):
            line = next((one for one in self._lines if one.form_id == payload), None)
            if line is not None and line.form is not None and line.form.hidden and not self.hidden.isChecked():
                self.hidden.setChecked(True)
                self._fill()
            self.table.clear_filters()
            self.table.choose(payload)

    # --- acting --------------------------------------------------------------------------------------------------

    def _edit(self, **start: Any) -> None:
        from app.ui.windows.form_editor import Start

        self.session.go("form_editor", Start(**start))

    def begin_new(self) -> None:
        """Open the editor on an empty form."""
        self._edit(way="new")

    def begin_round(self) -> None:
        """Begin a round of the chosen form."""
        if self.line is not None and NEW_ROUND in WINDOWS:
            self.session.go(NEW_ROUND, self.line.form_id)

    def ask_copy(self) -> None:
        """Ask how the copy is called, then open it."""
        line = self.line
        if line is None or line.entry is None:
            return
        answer = self.session.dialogs.ask(
            "Скопировать и изменить", "Копию можно менять как угодно; исходная форма останется как была.",
            [Field("short", "Короткое название", f"{line.short} (наша)", required=True)], "Открыть копию",
        )  # fmt: skip
        if answer is not None:
            self._edit(way="copy", form_id=line.form_id, short=answer["short"])

    def ask_change(self) -> None:
        """Open the chosen form of one's own, or its draft."""
        line = self.line
        if line is not None:
            self._edit(way="draft" if line.draft is not None else "change", form_id=line.form_id)

    def _open(self, line: Line) -> None:
        """Enter: a draft goes on, everything else is looked at."""
        if line.draft is not None and not self.session.desk.read_only:
            self._edit(way="draft", form_id=line.form_id)
        else:
            self.preview()

    def preview(self) -> None:
        """Show how the chosen form looks."""
        if self.line is not None and self.line.entry is not None:
            self.session.go("form_preview", self.line.form_id)

    def ask_give(self) -> None:
        """Write the chosen form as a file for other municipalities."""
        line = self.line
        if line is None or line.entry is None:
            return
        path = self.session.dialogs.save_file("Отдать форму файлом", Path(f"Форма {line.short}.toml"), "Форма (*.toml)")
        if path is not None:
            self.session.read(
                self, lambda made: self.page.message("ok", f"Форма записана в файл «{made.name}». Коллега возьмёт её "
                                                           "кнопкой «Взять из файла…»."),
                forms.give_out, line.form_id, path,
            )  # fmt: skip

    def ask_take(self) -> None:
        """Take a form from a file of a colleague, or begin one from a table of questions."""
        paths = self.session.dialogs.open_files("Взять форму из файла", FILES, several=False)
        if not paths:
            return
        if paths[0].suffix.lower() in form_sources.TABLES:
            self._edit(way="table", path=paths[0])
        else:
            self.session.read(self, self._take_in, form_sources.incoming, paths[0])

    def _take_in(self, found: Incoming) -> None:
        as_copy = False
        if found.state == "same":
            self.page.message("info", f"Форма «{found.form.short}» такая же, как у вас. Ничего не изменилось.")
            self.open_payload(found.form.id)
            return
        if found.state in {"other", "older"}:
            why = (
                f"Версия {found.form.version} этой формы у вас уже есть, но в файле другой текст."
                if found.state == "other"
                else f"В файле версия {found.form.version}, а у вас новее: {found.known}."
            )
            chosen = self.session.dialogs.choose(
                f"Форма «{found.form.short}»", why,
                [Choice("copy", "Взять отдельной копией"), Choice("newer", "Взять новой версией"),
                 Choice("stay", "Не брать")],
            )  # fmt: skip
            if chosen not in {"copy", "newer"}:
                return
            as_copy = chosen == "copy"
        self.session.write(self, self._taken, form_sources.take, found.path, as_copy=as_copy)

    def _taken(self, entry: FormEntry) -> None:
        self.page.message("ok", f"Взята форма «{entry.form.short}», версия {entry.form.version}.")
        self.refresh()
        self.open_payload(entry.form.id)

    def ask_remove(self) -> None:
        """Take the chosen form of one's own away; undo brings it back."""
        line = self.line
        if line is not None and line.entry is not None:
            words = "Снова такая, как поставлена" if line.entry.origin == "changed" else "Удалена"
            self.session.write(
                self, lambda _done: self.page.message("info", f"{words}: форма «{line.short}». Вернуть: Ctrl+Z."),
                forms.remove, line.form_id,
            )  # fmt: skip

    def _row_actions(self) -> list[RowAction | None]:
        line = self.line
        if line is None:
            return []
        pairs = ((self.round, self.begin_round), (self.change, self.ask_change), (self.copy, self.ask_copy),
                 (self.look, self.preview), (self.give, self.ask_give), (self.remove, self.ask_remove))  # fmt: skip
        return [
            (button.text(), run) for button, run in pairs
            if button.isEnabled() and (button in self.buttons or not button.isHidden())
        ]  # fmt: skip


def _facts(line: Line) -> list[tuple[str, str]]:
    form = line.form
    if form is None or line.entry is None:
        return [("Вопросов", str(line.items)), ("Состояние", "не закончена; каждое изменение сохранено")]
    points = most(form)
    told = [
        ("О ком", SUBJECT_WORDS[form.subject]),
        ("Вид", KIND_WORDS[form.kind]),
        ("Вопросов", f"{line.items}, {count(len(form.sections), 'раздел', 'раздела', 'разделов')}"),
    ]
    if form.parts:
        told[2] = ("Складывается из", count(len(form.parts), "формы", "форм", "форм"))
    if points is not None:
        declared = form.scores[0].declared_most
        told.append(("Наибольшая сумма", f"{points}, в источнике {declared}" if declared else str(points)))
    told.extend(
        ("Уровни" if len(form.scores) == 1 else score.title, "\n".join(_levels(score)))
        for score in form.scores
        if score.levels
    )
    older = line.entry.versions[1:]
    kept = f"; хранятся и прежние: {', '.join(older)}" if older else ""
    told.append(("Версия", form.version + kept))
    told.append(("Сборы", count(line.entry.rounds, "сбор", "сбора", "сборов") if line.entry.rounds else "пока нет"))
    return told


def _levels(score: Score) -> list[str]:
    mark = f"{NBSP}%" if score.rule == "reached" else ""
    return [
        level.text if level.least is None else f"{level.least}–{level.most}{mark}: {level.text}"
        for level in score.levels
    ]  # fmt: skip
