"""Settings: those of the file (what stands in papers) and those of this computer (how the window looks)."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLineEdit, QWidget

from app.analysis.rule_model import Rule
from app.operations import desk, identification, preferences
from app.ui import theme
from app.ui.session import Session
from app.ui.widgets.basics import Button, Card, Combo, Scroller
from app.ui.widgets.field import FieldRow
from app.ui.widgets.labels import Label
from app.ui.windows.base import Window

HINTS = {
    "organisation": "Муниципальная методическая служба",
    "signer_position": "Начальник управления образования",
    "signer_name": "М. П. Иванова",
    "executor": "Ким Ольга Викторовна, методист, (00000) 0-00-00",
}
SIZES = (11, 12, 13, 14, 15, 16, 18, 20)


class SettingsWindow(Window):
    """Every line saves itself."""

    guide = ("04-документы", "Список с основаниями")

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, "Настройки", parent, size=(920, 700))
        self.say("Изменения сохраняются сами.")
        scroller = Scroller(spacing=12)
        self.body.addWidget(scroller, 1)
        scroller.column.addWidget(self._file_card())
        scroller.column.addWidget(self._look_card())
        scroller.column.addStretch(1)
        people = Button("Подписывающие…", lambda: session.go("signers"), icon="users")
        self.add_buttons(Button("Готово", self.accept, kind="primary"), left=[people])
        self.take(session.desk.read(preferences.all_values), self._show)
        self.take(session.desk.read(identification.rules), self._show_rules)

    def _file_card(self) -> Card:
        card = Card("В этом файле")
        grid = QGridLayout()
        px = theme.current().px
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(8))
        self.fields: dict[str, FieldRow] = {}
        keys = [key for key in preferences.LABELS if key != "rule" and key not in preferences.SWITCHES]
        for place, key in enumerate(keys):
            row = FieldRow(preferences.LABELS[key], HINTS.get(key, ""))
            row.edit.committed.connect(lambda text, key=key: self._put(key, text))
            self.fields[key] = row
            grid.addWidget(row, place // 2, place % 2)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        card.body.addLayout(grid)
        self.rule = Combo(preferences.LABELS["rule"])
        self.rule.activated.connect(lambda _i: self._put("rule", str(self.rule.currentData())))
        card.body.addWidget(Label(preferences.LABELS["rule"], "muted"))
        card.body.addWidget(self.rule)
        self.switches: dict[str, QCheckBox] = {}
        for key in preferences.SWITCHES:
            self.switches[key] = QCheckBox(preferences.LABELS[key])
            self.switches[key].clicked.connect(lambda on, key=key: self._put(key, "1" if on else "0"))
            card.body.addWidget(self.switches[key])
        return card

    def _look_card(self) -> Card:
        px = theme.current().px
        card = Card("На этом компьютере")
        row = QHBoxLayout()
        row.setSpacing(px(12))
        self.size_of_text = Combo("Размер текста")
        present = theme.current()
        sizes = sorted({*SIZES, present.font_px})
        self.size_of_text.fill([(f"{size}\u00a0точек", size) for size in sizes], present.font_px)
        self.dark = QCheckBox("Тёмное оформление")
        self.dark.setChecked(present.tokens.dark)
        self.compact = QCheckBox("Плотные строки таблиц")
        self.compact.setChecked(present.compact)
        self.size_of_text.activated.connect(lambda _i: self._look())
        self.dark.toggled.connect(lambda _on: self._look())
        self.compact.toggled.connect(lambda _on: self._look())
        row.addWidget(Label("Размер текста"))
        row.addWidget(self.size_of_text)
        row.addWidget(self.dark)
        row.addWidget(self.compact)
        row.addStretch(1)
        card.body.addLayout(row)
        self.actor = QLineEdit(self.session.desk.actor)
        self.actor.setAccessibleName("Как записывать вас в журнал действий")
        self.actor.editingFinished.connect(self._name_actor)
        card.body.addWidget(Label("Как записывать вас в журнал действий (со следующего открытия файла)", "muted"))
        card.body.addWidget(self.actor)
        return card

    def _show(self, values: dict[str, str]) -> None:
        for key, row in self.fields.items():
            row.show_stored(values[key])
        for key, box in self.switches.items():
            box.setChecked(values[key] == "1")
        self._rule_id = values["rule"]
        self.rule.choose(self._rule_id)

    def _show_rules(self, found: dict[str, Rule]) -> None:
        self.rule.fill([(rule.title, rule.id) for rule in found.values()], getattr(self, "_rule_id", None))

    def _put(self, key: str, value: str) -> None:
        if key == "blob_limit_mb" and not (value.isascii() and value.strip().isdigit() and len(value.strip()) < 7):
            self.fields[key].show_stored("200", value, "Нужно целое число мегабайт.")
            return
        self.take(self.session.written(desk.put_setting, key, value.strip()), None)

    def _look(self) -> None:
        tokens = theme.DARK if self.dark.isChecked() else theme.LIGHT
        wanted = theme.Theme(tokens, int(self.size_of_text.currentData()), self.compact.isChecked())
        self.session.go("look", wanted)

    def _name_actor(self) -> None:
        name = self.actor.text().strip()
        if name:
            self.session.habits.put("actor", name)
            self.session.desk.actor = name
