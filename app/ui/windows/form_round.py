"""«Новый сбор»: which form, for which year, from whom, till when, what the letter says."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app.forms.schema import FormDef
from app.models.forms import SubjectRef
from app.operations import form_overview, form_rounds
from app.operations.form_overview import Whom
from app.operations.form_subjects import SUBJECT_WORDS, Candidate
from app.texts import count, quoted, school_year
from app.ui import theme
from app.ui.dialogs import Field
from app.ui.session import Session
from app.ui.widgets.basics import Button, Combo
from app.ui.widgets.labels import Label
from app.ui.windows.base import Window
from app.ui.windows.form_whom import WhomPicker

_OF_REGISTRY = frozenset({"school", "school_programme", "head"})


class NewRoundWindow(Window):
    """Beginning a round."""

    guide = ("09-чек-листы", "Приём")

    def __init__(self, session: Session, form_id: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__(session, "Новый сбор", parent, size=(900, 600))
        self._forms: dict[str, FormDef] = {}
        self._wanted = form_id
        self._turn = 0
        self.form = Combo("Форма")
        self.form.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.form.setMinimumContentsLength(28)
        self.form.currentIndexChanged.connect(lambda _place: self._chosen())
        self.year = Combo("Учебный год")
        present = session.school_year
        self.year.fill([(school_year(year), year) for year in (present + 1, present, present - 1)], present)
        self.year.currentIndexChanged.connect(lambda _place: self._chosen())
        self.title_edit = QLineEdit()
        self.title_edit.setAccessibleName("Название сбора")
        self.due = QLineEdit()
        self.due.setAccessibleName("Ответить до")
        self.due.setPlaceholderText("28.11.2026")
        self.due.textChanged.connect(lambda _text: self._check())
        self.letter = QPlainTextEdit()
        self.letter.setAccessibleName("Что добавить в письмо")
        self.letter.setPlaceholderText("Просьбу, срок и порядок ответа программа напишет сама")
        self.letter.setTabChangesFocus(True)
        self.whom = WhomPicker()
        self.whom.changed.connect(self._check)
        self.naming = Button("Добавить по названию…", self._name_one, icon="plus")
        self.trouble = Label("", "bad", wrap=True)
        self._lay_out()
        self.begin = Button("Начать сбор", self._begin, kind="primary")
        self.add_buttons(Button("Отмена", self.reject), self.begin, left=[self.trouble])
        self.refresh()

    def _lay_out(self) -> None:
        px = theme.current().px
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(4))
        left = QVBoxLayout()
        left.setSpacing(px(4))
        for word, widget in (("Форма", self.form), ("Учебный год", self.year), ("Название сбора", self.title_edit),
                             ("Ответить до", self.due), ("Что добавить в письмо", self.letter)):  # fmt: skip
            left.addWidget(Label(word, "muted"))
            left.addWidget(widget, 1 if widget is self.letter else 0)
        self.about = Label("", "muted", wrap=True)
        left.addWidget(self.about)
        right = QVBoxLayout()
        right.setSpacing(px(4))
        right.addWidget(Label("Кому", "muted"))
        right.addWidget(self.whom, 1)
        right.addWidget(self.naming)
        grid.addLayout(left, 0, 0)
        grid.addLayout(right, 0, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid, 1)

    def refresh(self) -> None:
        """Read the forms."""
        self.take(self.session.desk.read(form_overview.offered), self._offer)

    def _offer(self, found: list[FormDef]) -> None:
        self._forms = {form.id: form for form in found}
        self.form.fill([(form.short, form.id) for form in found], self._wanted)
        self._chosen()

    def _chosen(self) -> None:
        form = self._forms.get(str(self.form.currentData() or ""))
        if form is None:
            self._check()
            return
        self.title_edit.setPlaceholderText(form.short)
        items = sum(1 for _item in form.items())
        what = count(items, "пункт", "пункта", "пунктов") if items else "составная: складывается из других форм"
        self.about.setText(f"О ком форма: {SUBJECT_WORDS[form.subject]} · {what}")
        self.naming.setVisible(form.subject not in _OF_REGISTRY)
        self._turn += 1
        turn = self._turn
        year = int(self.year.currentData())
        self.take(self.session.desk.read(form_overview.whom, form.id, year), lambda found: self._show(turn, found))

    def _show(self, turn: int, found: Whom) -> None:
        if turn == self._turn:
            self.whom.offer(found)

    def _name_one(self) -> None:
        form = self._forms.get(str(self.form.currentData() or ""))
        if form is None:
            return
        answer = self.session.dialogs.ask(
            "Добавить по названию", SUBJECT_WORDS[form.subject].capitalize(),
            [Field("name", "Название", required=True)], "Добавить",
        )  # fmt: skip
        if answer is not None:
            self.whom.add(Candidate(SubjectRef(form.subject, name=answer["name"]), answer["name"]))

    def _check(self) -> None:
        trouble = form_overview.date_fault(self.due.text())
        self.trouble.setText(trouble)
        number = len(self.whom.chosen())
        ready = bool(number) and not trouble and self.form.currentData() is not None
        self.begin.setEnabled(ready and not self.session.desk.read_only)

    def _begin(self) -> None:
        form_id, year = str(self.form.currentData()), int(self.year.currentData())
        future = self.session.written(
            form_rounds.start, form_id, year, self.whom.chosen(), title=self.title_edit.text(),
            due_on=self.due.text().strip() or None, letter=self.letter.toPlainText(),
        )  # fmt: skip
        self.take(future, self._begun)

    def _begun(self, round_id: int) -> None:
        session, form = self.session, self._forms[str(self.form.currentData())]
        number = len(self.whom.chosen())
        session.set_school_year(int(self.year.currentData()))
        session.go("forms", ("board", round_id))
        session.tell("ok", f"Начат сбор {quoted(self.title_edit.text().strip() or form.short)}, в нём {number}. "
                     "Осталось разослать бланки.")  # fmt: skip
        self.accept()
