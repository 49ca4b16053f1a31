"""«Программа…»: whose it is, how it is called, its years; for a new one and for one that is there."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QLineEdit, QPlainTextEdit, QRadioButton, QWidget

from app.models.organisations import School
from app.models.programme_records import Programme
from app.models.store import Store
from app.operations import programmes, schools
from app.operations.programmes import DOCUMENT_WORDS
from app.texts import ru_date
from app.ui import theme
from app.ui.session import Session
from app.ui.widgets.basics import Button, Combo
from app.ui.widgets.labels import Label
from app.ui.windows.base import Window

BUILDINGS = (("по задачам", "tasks"), ("по направлениям работы", "directions"))


class ProgrammeHeadWindow(Window):
    """The head of a programme.

    Args:
        session: the window's view of the open file.
        payload: key of the programme that is changed; ("school", key) begins one of a school; None begins one.
    """

    guide = ("10-программа", "Структура")

    def __init__(self, session: Session, payload: object = None, parent: QWidget | None = None) -> None:
        self.key = payload if isinstance(payload, int) else None
        title = "Название и сроки программы" if self.key is not None else "Новая программа"
        super().__init__(session, title, parent, size=(640, 420))
        self._school: int | None = payload[1] if isinstance(payload, tuple) and payload[0] == "school" else None
        self._make_fields()
        self._lay_out()
        self.ok = Button("Сохранить" if self.key is not None else "Начать программу", self.save, kind="primary")
        self.ok.setDefault(True)
        self.add_buttons(Button("Отмена", self.reject), self.ok)
        if self.key is None:
            year = session.school_year + 1
            self.year_from.setText(str(year))
            self.year_to.setText(str(year + 2))
            self.take(session.desk.read(schools.listing), self._offer_schools)
        else:
            self.take(session.desk.read(programmes.head, self.key), self._show_head)
        self._check()

    def _make_fields(self) -> None:
        self.municipal = QRadioButton("муниципальная")
        self.of_school = QRadioButton("программа школы")
        self.whose = QButtonGroup(self)
        for button in (self.municipal, self.of_school):
            self.whose.addButton(button)
            button.toggled.connect(lambda _on: self._check())
        (self.of_school if self._school is not None else self.municipal).setChecked(True)
        self.school = Combo("Школа")
        self.school.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.school.currentIndexChanged.connect(lambda _place: self._check())
        self.document = Combo("Как называется документ")
        self.document.fill([(word, key) for key, word in DOCUMENT_WORDS.items()])
        self.name = QPlainTextEdit()
        self.name.setAccessibleName("Полное наименование")
        self.name.setPlaceholderText("Программа поддержки школ с низкими результатами на 2026–2028 годы")
        self.name.setTabChangesFocus(True)
        self.name.setFixedHeight(theme.current().px(64))
        self.name.textChanged.connect(self._check)
        self.year_from, self.year_to = self._line("Первый год"), self._line("Последний год")
        self.date_from, self.date_to = self._line("Точная дата начала"), self._line("Точная дата окончания")
        for line in (self.date_from, self.date_to):
            line.setPlaceholderText("если не весь год")
        self.building = Combo("Как построен план")
        self.building.fill(BUILDINGS)
        self.trouble = Label("", "bad", wrap=True)

    def _line(self, name: str) -> QLineEdit:
        line = QLineEdit()
        line.setAccessibleName(name)
        line.textChanged.connect(lambda _text: self._check())
        return line

    def _lay_out(self) -> None:
        px = theme.current().px
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(8))
        kinds = QHBoxLayout()
        kinds.addWidget(self.municipal)
        kinds.addWidget(self.of_school)
        kinds.addWidget(self.school, 1)
        years, dates = QHBoxLayout(), QHBoxLayout()
        for box, first, last in ((years, self.year_from, self.year_to), (dates, self.date_from, self.date_to)):
            box.setSpacing(px(8))
            box.addWidget(first, 1)
            box.addWidget(Label("–"))
            box.addWidget(last, 1)
        parts: tuple[tuple[str, QWidget | QHBoxLayout], ...] = (
            ("Чья", kinds), ("Документ", self.document), ("Полное наименование", self.name), ("Годы", years),
            ("Точные даты", dates), ("План построен", self.building),
        )  # fmt: skip
        for row, (word, thing) in enumerate(parts):
            side = Qt.AlignmentFlag.AlignTop if thing is self.name else Qt.AlignmentFlag.AlignVCenter
            grid.addWidget(Label(word, "muted"), row, 0, side)
            if isinstance(thing, QHBoxLayout):
                grid.addLayout(thing, row, 1)
            else:
                grid.addWidget(thing, row, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        self.body.addWidget(self.trouble)
        self.body.addStretch(1)

    def focus_main(self) -> None:
        """Begin with the name."""
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- showing -------------------------------------------------------------------------------------------------

    def _offer_schools(self, found: list[School]) -> None:
        self.school.fill([("Выберите школу", None), *((item.shown, item.id) for item in found)], self._school)
        self._check()

    def _show_head(self, head: Programme) -> None:
        self.name.setPlainText(head.title)
        self.document.choose(head.document)
        self.building.choose(head.building)
        self.year_from.setText(str(head.year_from))
        self.year_to.setText(str(head.year_to))
        self.date_from.setText(ru_date(head.date_from) if head.date_from else "")
        self.date_to.setText(ru_date(head.date_to) if head.date_to else "")
        (self.of_school if head.kind == "school" else self.municipal).setChecked(True)
        self._school = head.organisation_id
        self.take(self.session.desk.read(schools.listing), self._offer_schools)
        for widget in (self.municipal, self.of_school, self.school):
            widget.setEnabled(False)  # whose it is stays: its forms and papers hang on it
        self._check()

    # --- saving --------------------------------------------------------------------------------------------------

    def fault(self) -> str:
        """Return what is wrong with what was typed, "" where nothing is."""
        if not self.name.toPlainText().strip():
            return "Впишите полное наименование, как на титульном листе."
        years = [line.text().strip() for line in (self.year_from, self.year_to)]
        if not all(re.fullmatch(r"20\d\d", year) for year in years) or years[0] > years[1]:
            return "Годы — четырьмя цифрами, первый не позже последнего: 2026–2028."
        if self.key is None and self.of_school.isChecked() and self.school.currentData() is None:
            return "Выберите школу, чья это программа."
        dates = [_iso(line.text()) for line in (self.date_from, self.date_to)]
        if "" in dates:
            return "Дата пишется так: 01.09.2026."
        first, last = dates
        if (first and first[:4] != years[0]) or (last and last[:4] != years[1]) or (first and last and first > last):
            return "Точные даты должны лежать в первом и последнем году программы."
        return ""

    def _check(self) -> None:
        if not hasattr(self, "ok"):
            return
        self.school.setVisible(self.of_school.isChecked())
        fault = self.fault()
        empty = not self.name.toPlainText().strip()
        self.trouble.setText("" if empty else fault)
        self.ok.setEnabled(not fault and not self.session.desk.read_only)

    def save(self) -> None:
        """Begin the programme or change its head."""
        if self.fault():
            return
        first, last = int(self.year_from.text()), int(self.year_to.text())
        name = " ".join(self.name.toPlainText().split())
        dates = {"date_from": _iso(self.date_from.text()) or None, "date_to": _iso(self.date_to.text()) or None}
        if self.key is not None:
            values = {
                "title": name, "year_from": first, "year_to": last, "document": self.document.currentData(),
                "building": self.building.currentData(), **dates,
            }  # fmt: skip
            self.take(self.session.written(put_head, self.key, values), lambda _none: self.accept())
            return
        school = self.school.currentData() if self.of_school.isChecked() else None
        future = self.session.written(
            programmes.create, "school" if school is not None else "municipal", name, first, last,
            organisation_id=school, document=self.document.currentData(), building=self.building.currentData(), **dates,
        )  # fmt: skip
        self.take(future, self._created)

    def _created(self, key: int) -> None:
        self.accept()
        self.session.go("programme", ("programme", key))


def put_head(store: Store, key: int, values: dict[str, Any]) -> None:
    """Change the head of a programme. Errors: see ``programmes.edit``."""
    programmes.edit(store, key, **values)


def _iso(text: str) -> str | None:
    """Return a typed date as ISO; None for an empty line, "" for what is no date."""
    if not text.strip():
        return None
    try:
        return datetime.strptime(text.strip(), "%d.%m.%Y").date().isoformat()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return ""
