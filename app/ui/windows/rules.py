"""Rules: the wording word for word, its source, our reading, the grounds; own rules are changed in a form."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from app.analysis.rule_model import Rule
from app.models.store import Connection
from app.operations import rule_forms, rules
from app.operations.rule_forms import FormFault, Surroundings
from app.operations.rules import RuleEntry, Trial
from app.texts import NBSP, count
from app.ui import theme
from app.ui.dialogs import Choice, Field
from app.ui.session import Session
from app.ui.widgets.basics import Button, Card, Combo, Scroller, beside
from app.ui.widgets.labels import Label
from app.ui.widgets.side_list import SideList
from app.ui.windows.base import Window
from app.ui.windows.rules_editor import RuleForm

TRY_AFTER = 400
"""Milliseconds of rest after a change before the draft is tried out."""
_ORIGINS = {"shipped": "поставлено с программой", "changed": "изменено в этом файле", "own": "своё"}


class RulesWindow(Window):
    """All rules, one at a time."""

    guide = ("03-список", "Правила")

    def __init__(self, session: Session, rule_id: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__(session, "Правила отнесения к списку", parent, size=(1120, 690))
        self._wanted = rule_id
        self._around: Surroundings | None = None
        self._drafts: dict[str, Rule] = {}
        self._shown: str | None = None
        self._turn = 0
        self.form: RuleForm | None = None
        px = theme.current().px
        self.list = SideList("Правила")
        self.list.currentRowChanged.connect(self._show)
        self.card = Card()
        self.trial = Label("", wrap=True)
        self.year = Combo("Год результатов для пробы")
        self.year.currentIndexChanged.connect(lambda _i: self._try())
        self.whole = Label("", "bad", wrap=True)
        self.scroller = Scroller(spacing=8)
        self.card.body.addWidget(self.scroller, 1)
        self.card.body.addWidget(self.whole)
        self.card.body.addLayout(beside(self.trial, self.year, stretch=(1, 0)))
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(self.list, 1)
        row.addWidget(self.card, 3)
        self.body.addLayout(row, 1)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(TRY_AFTER)
        self._rest.timeout.connect(self._try)
        self._make_buttons()
        session.changed.connect(self.touched)
        self.refresh()

    def _make_buttons(self) -> None:
        menu = QMenu(self)
        self.choose = menu.addAction("Составлять список по этому правилу", self._choose)
        menu.addSeparator()
        self.take_file = menu.addAction("Взять правило из файла…", self._take_file)
        self.give = menu.addAction("Сохранить правило в файл…", self._give)
        menu.addSeparator()
        self.remove = menu.addAction("Удалить правило", self._remove)
        self.more = Button("Ещё", icon="chevron-down")
        self.more.setMenu(menu)
        self.copy = Button("Сделать копию…", self._copy, icon="copy")
        self.save = Button("Сохранить изменения", self._save, kind="primary")
        self.add_buttons(Button("Закрыть", self.close), self.save, left=[self.copy, self.more])

    # --- reading -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the rules anew; a draft that is being made stays."""
        if self.session.desk.is_open:
            self._keep()
            self.take(self.session.desk.read(rule_forms.surroundings), self._offer)

    def _offer(self, found: Surroundings) -> None:
        self._around = found
        entries = found.entries
        own = sum(entry.origin == "own" for entry in entries)
        known = count(len(entries), "правило", "правила", "правил")
        self.say(
            f"{known}, своих {own}. Одни и те же данные по разным правилам дают разные списки. "
            "Чтобы изменить правило, сделайте его копию."
        )
        self.year.fill([(f"{year}{NBSP}год", year) for year in found.years])
        self.year.setVisible(bool(found.years))
        wanted = self._wanted or self._shown
        self.list.blockSignals(True)
        self.list.clear()
        for entry in entries:
            marks = [_ORIGINS[entry.origin]] if entry.origin != "shipped" else []
            marks += ["для списка"] if entry.chosen else []
            self.list.add(entry.rule.title + (f" ({', '.join(marks)})" if marks else ""))
        ids = [entry.rule.id for entry in entries]
        place = ids.index(wanted) if wanted in ids else 0
        self.list.setCurrentRow(place)
        self.list.blockSignals(False)
        self._wanted, self._shown = None, None
        self._show(place)

    @property
    def entry(self) -> RuleEntry | None:
        """The rule that is shown, as it is saved."""
        entries = self._around.entries if self._around is not None else ()
        return next((entry for entry in entries if entry.rule.id == self._shown), None)

    def _keep(self) -> None:
        """Keep the draft of the rule that is shown, if it differs from what is saved."""
        entry = self.entry
        if self.form is None or entry is None:
            return
        draft = self.form.rule()
        if draft == entry.rule:
            self._drafts.pop(entry.rule.id, None)
        else:
            self._drafts[entry.rule.id] = draft

    def _show(self, place: int) -> None:
        if self._around is None or not 0 <= place < len(self._around.entries):
            return
        self._keep()
        self._rest.stop()
        entry = self._around.entries[place]
        if self._shown not in {None, entry.rule.id}:
            self.bar.clear()
        self._shown, self.form = entry.rule.id, None
        self.scroller.clear()
        self.whole.hide()
        self.trial.setText("")
        writable = not self.session.desk.read_only
        own = entry.origin != "shipped"
        self.copy.setEnabled(writable)
        self.take_file.setEnabled(writable)
        self.choose.setEnabled(writable and not entry.chosen)
        self.remove.setVisible(own)
        self.remove.setText("Удалить правило" if entry.origin == "own" else "Вернуть прежнее правило")
        self.remove.setEnabled(writable)
        self.save.setVisible(own)
        if own and writable:
            self._show_form(entry)
        else:
            self._show_words(entry)
        self._check()
        self._try()
        self.scroller.verticalScrollBar().setValue(0)

    def _show_form(self, entry: RuleEntry) -> None:
        if self._around is None:
            return
        draft = self._drafts.get(entry.rule.id, entry.rule)
        self.form = RuleForm(draft, self._around)
        self.form.changed.connect(self._changed)
        kept = ", ".join(reversed(entry.versions))
        words = f"Код {entry.rule.id}, версия {entry.rule.version}. Хранятся версии: {kept}."
        self.scroller.column.addWidget(Label(words, "muted", wrap=True).selectable())
        self.scroller.column.addWidget(self.form)
        self.scroller.column.addStretch(1)

    def _show_words(self, entry: RuleEntry) -> None:
        rule, column = entry.rule, self.scroller.column
        column.addWidget(Label(rule.title, "section", wrap=True))
        origin = f"Код {rule.id}, версия {rule.version}, {_ORIGINS[entry.origin]}. {rule.source}"
        column.addWidget(Label(origin, "muted", wrap=True).selectable())
        column.addWidget(Label("Формулировка", "strong"))
        for line in rule.wording:
            column.addWidget(Label(line, wrap=True).selectable())
        column.addWidget(Label("Основания", "strong"))
        for branch in rule.branches:
            column.addWidget(Label(f"• {branch.label}", wrap=True))
        if rule.note:
            column.addWidget(Label("Как мы это читаем", "strong"))
            column.addWidget(Label(rule.note, wrap=True).selectable())
        if rule.procedures:
            column.addWidget(Label("Процедуры", "strong"))
            column.addWidget(Label("; ".join(group.label for group in rule.procedures) + ".", wrap=True))
        column.addWidget(Label(f"Контрольная сумма правила: {rule.digest[:16]}…", "muted"))
        column.addStretch(1)

    # --- trying out ----------------------------------------------------------------------------------------------

    def _changed(self) -> None:
        self._check()
        self._rest.start()

    def _check(self) -> list[FormFault]:
        """Show the faults of the draft beside their places; returns them."""
        entry = self.entry
        if self.form is None or entry is None:
            self.save.setEnabled(False)
            return []
        draft = self.form.rule()
        faults = rule_forms.form_faults(draft)
        rest = self.form.show_faults(faults)
        self.whole.setText(" ".join(rest))
        self.whole.setVisible(bool(rest))
        self.save.setEnabled(draft != entry.rule)
        return faults

    def _try(self) -> None:
        """Count on the reading thread whom the draft lists."""
        entry, year = self.entry, self.year.currentData()
        if entry is None or year is None:
            return
        draft = self.form.rule() if self.form is not None else entry.rule
        self._turn += 1
        turn = self._turn
        self.take(
            self.session.desk.read(_tried, draft, int(year)),
            lambda found: self._show_trial(found) if turn == self._turn else None,
        )

    def _show_trial(self, found: Trial | None) -> None:
        if found is None:
            self.trial.setText("Пока в правиле есть ошибки, проба не считается.")
            return
        words = (
            f"По этому правилу в списке {count(found.listed, 'школа', 'школы', 'школ')} из{NBSP}{found.schools}, "
            f"без данных {found.no_data}"
        )
        if self.form is not None and found.now is not None:
            words += f"; сейчас {found.now}"
            if found.came or found.left:
                words += f" (войдут {found.came}, выйдут {found.left})"
        self.trial.setText(words + ".")

    # --- acting --------------------------------------------------------------------------------------------------

    def _copy(self) -> None:
        entry = self.entry
        if entry is None:
            return
        answer = self.session.dialogs.ask(
            "Копия правила", "Копию можно менять как угодно; исходное правило останется как было.",
            [Field("title", "Название", f"Копия: {entry.rule.title}", required=True)], "Сделать копию",
        )  # fmt: skip
        if answer is not None:
            self.take(self.session.written(rules.copy, entry.rule.id, None, answer["title"]), self._go_to)

    def _go_to(self, made: Rule) -> None:
        self._drafts.pop(made.id, None)
        self.form, self._wanted = None, made.id
        self.refresh()

    def _save(self) -> None:
        if self.form is None:
            return
        draft = self.form.rule()
        faults = self._check()
        if faults:
            found = count(len(faults), "ошибка", "ошибки", "ошибок")
            told = " ".join(fault.told for fault in faults)
            self.bar.show_message("bad", f"Правило не сохранено: {found}. {told} Черновик остался в окне.")
            return
        self.take(self.session.written(rules.save, draft), self._saved)

    def _saved(self, made: Rule) -> None:
        self._go_to(made)
        self.bar.show_message(
            "ok", f"Правило «{made.title}» сохранено, версия {made.version}. Прежняя версия осталась."
        )

    def _remove(self) -> None:
        entry = self.entry
        if entry is None:
            return
        self._drafts.pop(entry.rule.id, None)
        self.form = None
        word = "Правило «{}» удалено." if entry.origin == "own" else "Правило «{}» снова такое, как поставлено."
        self.take(
            self.session.written(rules.remove, entry.rule.id),
            lambda _: self.bar.show_message(
                "info", word.format(entry.rule.title) + " Утверждённые списки не изменились. Вернуть: Ctrl+Z."
            ),
        )

    def _choose(self) -> None:
        if self._shown is not None:
            self.take(self.session.written(rules.set_default, self._shown), None)

    def _take_file(self) -> None:
        paths = self.session.dialogs.open_files("Взять правило из файла", "Правило (*.toml)", several=False)
        if paths:
            self.take(self.session.written(rules.put_file, paths[0]), self._go_to)

    def _give(self) -> None:
        entry = self.entry
        if entry is None:
            return
        path = self.session.dialogs.save_file(
            "Сохранить правило в файл", Path(f"{entry.rule.id}.toml"), "Правило (*.toml)"
        )
        if path is not None:
            self.take(
                self.session.desk.read(rules.export, entry.rule.id, path),
                lambda _: self.bar.show_message("ok", f"Правило записано в файл «{path.name}»."),
            )

    # --- leaving -------------------------------------------------------------------------------------------------

    def reject(self) -> None:
        """Ask before changes are lost."""
        if self._may_leave():
            super().reject()

    def _may_leave(self) -> bool:
        self._keep()
        if not self._drafts:
            return True
        chosen = self.session.dialogs.choose(
            "Изменения не сохранены",
            "В окне остались несохранённые изменения: "
            + "; ".join(draft.title for draft in self._drafts.values())
            + ".",
            [Choice("stay", "Вернуться к правилу"), Choice("leave", "Закрыть без сохранения", dangerous=True)],
        )
        return chosen == "leave"


def _tried(connection: Connection, draft: Rule, year: int) -> Trial | None:
    """Try a draft out; None while it has faults."""
    return None if rules.faults(draft) else rules.trial(connection, draft, year)
