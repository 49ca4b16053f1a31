"""What a form says of itself: title, whom it is about, the document it comes from, notes, lines over and under it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.forms import drafting
from app.operations.forms import SUBJECT_WORDS
from app.ui import theme
from app.ui.widgets.basics import Card, Combo, Row, Scroller
from app.ui.widgets.labels import Label
from app.ui.windows.form_editor_model import Check, DraftModel, Line, Text, Trouble, titled

KINDS = (
    ("чек-лист: отвечают и ставят баллы", "checklist"), ("анонимная анкета: ответов много", "survey"),
    ("таблица чисел", "counts"), ("срочный сбор", "request"),
)  # fmt: skip


class AboutPart(QWidget):
    """The lines of the form itself."""

    def __init__(self, model: DraftModel) -> None:
        super().__init__()
        self.model = model
        self._filling = False
        px = theme.current().px
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(px(10))
        self._make_left(left)
        self._make_right(right)
        for column in (left, right):
            column.addStretch(1)
        both = QHBoxLayout()
        both.setSpacing(px(20))
        both.addLayout(left, 1)
        both.addLayout(right, 1)
        scroller = Scroller()
        scroller.column.addLayout(both)
        scroller.column.addStretch(1)
        card = Card()
        card.body.addWidget(scroller, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card, 1)
        model.changed.connect(self._model_changed)
        model.checked.connect(self._show_faults)

    def _make_left(self, column: QVBoxLayout) -> None:
        self.short = Line("Короткое название", lambda text: self._put("short", text), hint="для списков и вкладок")
        titled(column, "Короткое название", self.short)
        self.title = Text("Официальное название", lambda text: self._put("title", text), height=62)
        self.trouble = Trouble()
        titled(column, "Официальное название, буква в букву", self.title, self.trouble)
        self.subject = Combo("О ком форма")
        self.subject.fill([(word, key) for key, word in SUBJECT_WORDS.items()])
        self.subject.currentIndexChanged.connect(lambda _i: self._put("subject", self.subject.currentData()))
        titled(column, "О ком форма", self.subject)
        self.kind = Combo("Вид формы")
        self.kind.currentIndexChanged.connect(lambda _i: self._put("kind", self.kind.currentData()))
        titled(column, "Вид формы", self.kind)
        self.closed = Check("Закрытая", lambda on: self._put("closed", on), "Ответы видны не всем")
        self.group = Check("Отвечают несколько экспертов", lambda on: self._put("group", on))
        column.addWidget(Row(self.closed, self.group, gap=16))

    def _make_right(self, column: QVBoxLayout) -> None:
        self.source = Text("Источник", lambda text: self._put("source", " ".join(text.split())), height=48,
                           hint="документ, номер, дата")  # fmt: skip
        titled(column, "Источник", self.source)
        self.where = Line("Место в источнике", lambda text: self._put("place", text))
        titled(column, "Место в источнике", self.where)
        self.notes = Text("Примечания", lambda text: self._put("notes", _lines(text)), height=74,
                          hint="каждое с новой строки; печатаются под формой")  # fmt: skip
        titled(column, "Примечания", self.notes)
        self.head = Text("Строки над формой", self._put_head, height=62,
                         hint="«Ответственный», «Дата заполнения»: каждая с новой строки")  # fmt: skip
        titled(column, "Строки над формой, которые заполняют", self.head)
        self.conclusion = Line("Вывод в конце", lambda text: self._put("conclusion", text), hint="«Вывод эксперта»")
        titled(column, "Строка для вывода в конце", self.conclusion)
        column.addWidget(Label("Пустые строки на бланк не попадают.", "muted", wrap=True))

    # --- showing and changing ------------------------------------------------------------------------------------

    def _model_changed(self, source: object) -> None:
        if source is not self:
            self.refresh()

    def refresh(self) -> None:
        """Show the lines anew."""
        form = self.model.draft.form
        self._filling = True
        self.short.put(form.short)
        self.title.put(form.title)
        self.subject.choose(form.subject)
        kinds = list(KINDS)
        if form.kind not in [value for _word, value in kinds]:
            kinds.append(({"composite": "составная из других форм"}.get(form.kind, "анкета условий"), form.kind))
        self.kind.fill(kinds, form.kind)
        self.kind.setEnabled(form.kind != "composite")
        self.closed.setChecked(form.closed)
        self.group.setChecked(form.group)
        if " ".join(self.source.toPlainText().split()) != form.source:
            self.source.put(form.source)
        self.where.put(form.place)
        if _lines(self.notes.toPlainText()) != form.notes:
            self.notes.put("\n".join(form.notes))
        if _lines(self.head.toPlainText()) != tuple(text for _id, text in form.head_fields):
            self.head.put("\n".join(text for _id, text in form.head_fields))
        self.conclusion.put(form.conclusion)
        self._filling = False
        self._show_faults()

    def _show_faults(self) -> None:
        self.trouble.tell([one for one in self.model.faults if one.place == "form"])

    def _put(self, key: str, value: object) -> None:
        if not self._filling:
            self.model.apply(drafting.put(self.model.draft, **{key: value}), self, f"form.{key}")

    def _put_head(self, text: str) -> None:
        """Lines that are worded as before keep their ids."""
        known = {label: name for name, label in self.model.draft.form.head_fields}
        made: list[tuple[str, str]] = []
        for label in _lines(text):
            name = known.pop(label, "") or drafting.free("head", [*known.values(), *(one for one, _text in made)])
            made.append((name, label))
        self._put("head_fields", tuple(made))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(" ".join(line.split()) for line in text.split("\n") if line.strip())
