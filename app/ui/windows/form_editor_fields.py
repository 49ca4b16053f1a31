"""The fields of the chosen question or section."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.forms import drafting
from app.forms.drafting import CHOSEN
from app.forms.item_base import tidy
from app.forms.schema import Choice, Condition, Item, ItemKind, Scale, Section
from app.ui import theme
from app.ui.widgets.basics import Button, Combo, Row, beside
from app.ui.widgets.labels import Label
from app.ui.windows.form_editor_model import Check, DraftModel, Line, Text, Trouble, Whole, bad, titled
from app.ui.windows.form_editor_tree import item_title

KINDS: tuple[tuple[str, ItemKind], ...] = (
    ("один ответ из шкалы", "choice"), ("несколько ответов", "many"), ("отметка: да или нет", "flag"),
    ("целое число", "whole"), ("число с дробью", "decimal"), ("текст", "text"), ("дата", "date"),
    ("адрес страницы", "link"),
)  # fmt: skip
CELL_KINDS = tuple(pair for pair in KINDS if pair[1] in {"whole", "decimal", "text"})
YES_NO = Scale("", (Choice("yes", "да"), Choice("no", "нет")))


def scale_title(scale: Scale) -> str:
    """Return how a scale is called: its answers."""
    names = [tidy(choice.short or choice.text) or "…" for choice in scale.choices]
    shown = " / ".join(names[:5])
    return (shown if len(names) <= 5 else f"{shown} / …") or "пустая шкала"


def scale_words(scale: Scale) -> str:
    """Return answers with their points: «В полной мере — 2, Частично — 1»."""
    return ", ".join(
        tidy(choice.text) + (f" — {choice.points}" if choice.points is not None else "") for choice in scale.choices
    )


class ItemFields(QWidget):
    """A question.

    Signals:
        scale_wanted(id): the scale is to be changed, on its own tab; "" begins a new one.
    """

    scale_wanted = Signal(str)

    def __init__(self, model: DraftModel) -> None:
        super().__init__()
        self.model = model
        self.item_id = ""
        self._filling = False
        px = theme.current().px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        self.text = Text("Текст вопроса", lambda text: self._put("text", text), height=74)
        self.text_trouble = Trouble()
        titled(column, "Текст вопроса", self.text, self.text_trouble)
        self._make_answer(column)
        self._make_numbers(column)
        self._make_flags(column)
        self._make_words(column)
        self._make_condition(column)
        column.addStretch(1)

    # --- making --------------------------------------------------------------------------------------------------

    def _make_answer(self, column: QVBoxLayout) -> None:
        self.number = Line("Номер вопроса", lambda text: self._put("number", text.strip()), width=72)
        self.kind = Combo("Как отвечают")
        self.kind.fill(list(KINDS))
        self.kind.currentIndexChanged.connect(lambda _i: self._put("kind", self.kind.currentData()))
        self.weight = Whole("Вес вопроса", lambda value: self._put("weight", 0 if value is None else value), width=60)
        self.weight.setToolTip("Баллы за ответ умножаются на вес")
        grid = beside(
            _over("Номер", self.number), _over("Как отвечают", self.kind), _over("Вес", self.weight), stretch=(0, 1, 0)
        )
        column.addLayout(grid)
        self.scale = Combo("Шкала")
        self.scale.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.scale.setMinimumContentsLength(18)
        self.scale.currentIndexChanged.connect(lambda _i: self._choose_scale())
        self.change = Button("Изменить шкалу", lambda: self._want_scale(new=False), kind="link")
        self.fresh = Button("Новая шкала", lambda: self._want_scale(new=True), kind="link")
        self.scale_words = Label("", "muted", wrap=True)
        self.answer_trouble = Trouble()
        self.scale_box = QWidget()
        inner = QVBoxLayout(self.scale_box)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(theme.current().px(2))
        inner.addWidget(Label("Шкала", "muted"))
        inner.addLayout(beside(self.scale, self.change, self.fresh, stretch=(1, 0, 0), gap=4))
        inner.addWidget(self.scale_words)
        column.addWidget(self.scale_box)
        column.addWidget(self.answer_trouble)

    def _make_numbers(self, column: QVBoxLayout) -> None:
        self.least = Whole("Наименьшее значение", lambda value: self._put("least", value), width=84)
        self.most = Whole("Наибольшее значение", lambda value: self._put("most", value), width=84)
        self.places = Whole("Знаков после запятой", lambda value: self._put("places", value or 0), width=84)
        self.threshold = Whole("Порог", lambda value: self._put("threshold", value), width=84)
        self.threshold.setToolTip("С какого числа критерий достигнут; само число идёт в баллы")
        self.places_box = _over("Знаков после запятой", self.places)
        self.threshold_box = _over("Порог для баллов", self.threshold)
        self.numbers = Row(
            _over("Наименьшее", self.least), _over("Наибольшее", self.most), self.places_box, self.threshold_box
        )
        column.addWidget(self.numbers)

    def _make_flags(self, column: QVBoxLayout) -> None:
        self.required = Check("Обязательный", lambda on: self._put("required", on))
        self.not_applicable = Check(
            "Можно ответить «не применимо»", lambda on: self._put("not_applicable", on),
            "Такой вопрос не входит ни в баллы, ни в наибольшую сумму",
        )  # fmt: skip
        self.comment = Check("Место для комментария", lambda on: self._put("comment", on))
        self.evidence = Check("Подтверждающий файл", lambda on: self._put("evidence", on))
        column.addWidget(Row(self.required, self.not_applicable, self.comment, self.evidence, gap=16))
        self.same = Button(
            "Так же отвечать на все вопросы раздела", self._spread, kind="link",
            tip="Шкала, вес и отметки этого вопроса встанут у всех вопросов раздела",
        )  # fmt: skip
        column.addLayout(beside(self.same, QWidget(), stretch=(0, 1)))

    def _make_words(self, column: QVBoxLayout) -> None:
        self.criterion = Line("Критерий", lambda text: self._put("criterion", text), hint="столбец слева от вопроса")
        titled(column, "Критерий", self.criterion)
        self.hint = Text("Пояснение", lambda text: self._put("hint", text), height=48)
        titled(column, "Пояснение к вопросу", self.hint)

    def _make_condition(self, column: QVBoxLayout) -> None:
        self.base = Combo("Спрашивать")
        self.base.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.base.setMinimumContentsLength(20)
        self.base.currentIndexChanged.connect(lambda _i: self._choose_base())
        self.values = Row(gap=16)
        self.value_boxes: list[tuple[str, Check]] = []
        self.when_trouble = Trouble()
        titled(column, "Спрашивать", self.base)
        column.addWidget(self.values)
        column.addWidget(self.when_trouble)

    # --- showing -------------------------------------------------------------------------------------------------

    def show_item(self, item: Item) -> None:
        """Show a question."""
        self._filling = True
        self.item_id = item.id
        self.text.put(item.text)
        self.number.put(item.number)
        self.kind.choose(item.kind)
        self.weight.put_value(item.weight)
        self.scale.fill(
            [(scale_title(one), one.id) for one in self._scales(item)], item.scale.id if item.scale is not None else ""
        )
        self.scale_words.setText(scale_words(item.scale) if item.scale is not None else "")
        self.scale_box.setVisible(item.kind in {"choice", "many"})
        self.change.setEnabled(item.scale is not None)
        for edit, value in ((self.least, item.least), (self.most, item.most), (self.threshold, item.threshold)):
            edit.put_value(value)
        self.places.put_value(item.places)
        self.numbers.setVisible(item.kind in {"whole", "decimal"})
        self.places_box.setVisible(item.kind == "decimal")
        self.threshold_box.setVisible(item.kind == "whole")
        for box, on in ((self.required, item.required), (self.not_applicable, item.not_applicable),
                        (self.comment, item.comment), (self.evidence, item.evidence)):  # fmt: skip
            box.setChecked(on)
        self.criterion.put(item.criterion)
        self.hint.put(item.hint)
        self._show_condition(item)
        self._filling = False
        self.show_faults()

    def _scales(self, item: Item) -> Sequence[Scale]:
        return self.model.draft.scales if item.kind in CHOSEN else ()

    def _show_condition(self, item: Item) -> None:
        bases: list[tuple[str, object]] = [("всегда", "")]
        for other in self.model.draft.form.items():
            if other.id == item.id:
                break
            if other.kind in CHOSEN and not other.row:
                bases.append((f"если на вопрос «{_cut(item_title(other))}» ответили", other.id))
        chosen = item.when[0] if item.when else None
        if chosen is not None and chosen.item not in [value for _word, value in bases]:
            bases.append(("вопроса для условия выше больше нет", chosen.item))
        self.base.fill(bases, chosen.item if chosen is not None else "")
        base = self.model.draft.form.item(chosen.item) if chosen is not None else None
        while self.values.flow.count():
            taken = self.values.flow.takeAt(0)
            widget = taken.widget() if taken is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.value_boxes = []
        for choice in _choices(base):
            box = Check(tidy(choice.text) or "…", lambda _on: self._choose_values())
            box.setChecked(chosen is not None and choice.value in chosen.values)
            self.value_boxes.append((choice.value, box))
            self.values.flow.addWidget(box)
        self.values.setVisible(bool(self.value_boxes))

    def show_faults(self) -> None:
        """Show what is wrong beside its field."""
        found = self.model.of("item", self.item_id)
        text = [one for one in found if one.key == "text"]
        when = [one for one in found if one.key in {"when", "values", "item"}]
        self.text_trouble.tell(text)
        self.when_trouble.tell(when)
        self.answer_trouble.tell([one for one in found if one not in text and one not in when])
        keys = {one.key for one in found}
        for key, widget in (("text", self.text), ("weight", self.weight), ("least", self.least), ("most", self.most),
                            ("threshold", self.threshold), ("number", self.number)):  # fmt: skip
            bad(widget, wrong=key in keys)

    # --- changing ------------------------------------------------------------------------------------------------

    def _put(self, key: str, value: Any) -> None:
        if self._filling or not self.item_id:
            return
        made = drafting.put_item(self.model.draft, self.item_id, **{key: value})
        structural = key in {"kind", "scale", "when"}
        self.model.apply(made, None if structural else self, "" if structural else f"{self.item_id}.{key}")

    def _choose_scale(self) -> None:
        scale = self.model.draft.scale(str(self.scale.currentData() or ""))
        if scale is not None:
            self._put("scale", scale)

    def _want_scale(self, *, new: bool) -> None:
        if not new:
            self.scale_wanted.emit(str(self.scale.currentData() or ""))
            return
        draft, name = drafting.add_scale(self.model.draft)
        made = draft.scale(name)
        self.model.apply(drafting.put_item(draft, self.item_id, scale=made), None)
        self.scale_wanted.emit(name)

    def _choose_base(self) -> None:
        if self._filling:
            return
        name = str(self.base.currentData() or "")
        item = self.model.draft.form.item(self.item_id)
        rest = item.when[1:] if item is not None else ()
        first = next((choice.value for choice in _choices(self.model.draft.form.item(name))), "")
        self._put("when", ((Condition(name, (first,)), *rest) if name else rest))

    def _choose_values(self) -> None:
        item = self.model.draft.form.item(self.item_id)
        if item is not None and item.when:
            values = tuple(value for value, box in self.value_boxes if box.isChecked())
            self._put("when", (Condition(item.when[0].item, values), *item.when[1:]))

    def _spread(self) -> None:
        """Ask every question of the section as this one."""
        draft = self.model.draft
        item, section = draft.form.item(self.item_id), draft.section_of(self.item_id)
        if item is None or section is None:
            return
        for other in section.items:
            draft = drafting.put_item(
                draft, other.id, kind=item.kind, scale=item.scale, weight=item.weight, required=item.required,
                not_applicable=item.not_applicable, comment=item.comment, evidence=item.evidence, least=item.least,
                most=item.most, places=item.places,
            )  # fmt: skip
        self.model.apply(draft, None)


def _over(title: str, widget: QWidget) -> QWidget:
    """Return a field under its small heading."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.current().px(2))
    column.addWidget(Label(title, "muted"))
    column.addWidget(widget)
    return box


def _cut(text: str) -> str:
    return text if len(text) <= 48 else f"{text[:47].rstrip()}…"


def _choices(base: Item | None) -> tuple[Choice, ...]:
    if base is None or base.kind not in CHOSEN:
        return ()
    if base.scale is None:
        return YES_NO.choices if base.kind == "flag" else ()
    return base.scale.choices


class SectionFields(QWidget):
    """A section: its heading, and whether it is questions or a grid of numbers."""

    def __init__(self, model: DraftModel) -> None:
        super().__init__()
        self.model = model
        self.section_id = ""
        self._filling = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().px(10))
        self.title = Text("Название раздела", lambda text: self._put("title", text), height=48,
                          hint="можно не называть, если раздел один")  # fmt: skip
        self.trouble = Trouble()
        titled(column, "Название раздела", self.title, self.trouble)
        self.note = Text("Пояснение к разделу", lambda text: self._put("note", text), height=48)
        titled(column, "Пояснение под названием", self.note)
        self.look = Combo("Из чего раздел")
        self.look.fill([("из вопросов", "items"), ("из таблицы чисел: строки и столбцы", "grid")])
        self.look.currentIndexChanged.connect(lambda _i: self._choose_look())
        titled(column, "Раздел состоит", self.look)
        self.grid = QWidget()
        inner = QVBoxLayout(self.grid)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(theme.current().px(10))
        self.rows = Text("Строки таблицы", lambda _t: self._put_grid(), height=110, hint="по одной в строке")
        self.columns = Text("Столбцы таблицы", lambda _t: self._put_grid(), height=84, hint="по одному в строке")
        titled(inner, "Строки, каждая с новой строки", self.rows)
        titled(inner, "Столбцы, каждый с новой строки; под общим заголовком — «заголовок / столбец»", self.columns)
        self.cell = Combo("Что пишут в клетках")
        self.cell.fill(list(CELL_KINDS))
        self.cell.currentIndexChanged.connect(lambda _i: self._put_grid())
        titled(inner, "Что пишут в клетках", self.cell)
        self.required = Check("Все клетки обязательны", lambda _on: self._put_grid())
        self.totals = Check("Считать итоги", lambda on: self._put("totals", on))
        inner.addWidget(Row(self.required, self.totals, gap=16))
        column.addWidget(self.grid)
        column.addStretch(1)

    def show_section(self, section: Section) -> None:
        """Show a section."""
        self._filling = True
        self.section_id = section.id
        self.title.put(section.title)
        self.note.put(section.note)
        self.look.choose("grid" if section.grid else "items")
        self.grid.setVisible(section.grid)
        if section.grid:
            if _lines(self.rows) != [axis.text for axis in section.rows]:
                self.rows.put("\n".join(axis.text for axis in section.rows))
            columns = [drafting.axis_line(axis) for axis in section.columns]
            if _lines(self.columns) != columns:
                self.columns.put("\n".join(columns))
            cell = section.items[0] if section.items else None
            self.cell.choose(cell.kind if cell is not None else "whole")
            self.required.setChecked(cell is None or cell.required)
            self.totals.setChecked(section.totals)
        self._filling = False
        self.show_faults()

    def show_faults(self) -> None:
        """Show what is wrong."""
        self.trouble.tell(self.model.of("section", self.section_id))

    def _put(self, key: str, value: Any) -> None:
        if not self._filling:
            made = drafting.put_section(self.model.draft, self.section_id, **{key: value})
            self.model.apply(made, self, f"{self.section_id}.{key}")

    def _choose_look(self) -> None:
        if self._filling:
            return
        draft, section = self.model.draft, self.model.draft.section(self.section_id)
        if section is None:
            return
        if self.look.currentData() == "grid":
            rows = [tidy(item.text) for item in section.items if item.text.strip()] or ["Строка 1"]
            self.model.apply(drafting.put_grid(draft, section.id, rows, ["Количество"]), None)
        else:
            self.model.apply(drafting.put_plain(draft, section.id), None)

    def _put_grid(self) -> None:
        rows, columns = _lines(self.rows), _lines(self.columns)
        # an empty grid would be no grid any more: the last line stays until another one is typed
        if self._filling or not rows or not columns:
            return
        made = drafting.put_grid(
            self.model.draft, self.section_id, rows, columns,
            kind=self.cell.currentData(), required=self.required.isChecked(),
        )  # fmt: skip
        self.model.apply(made, self, f"{self.section_id}.grid")


def _lines(edit: Text) -> list[str]:
    return [tidy(line) for line in edit.toPlainText().split("\n") if line.strip()]
