"""The scales of a form: answers, their points, «другое», and what does not count."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.forms import drafting
from app.forms.schema import Choice, Scale
from app.texts import count
from app.ui import theme
from app.ui.widgets.basics import Button, Card, Scroller, beside, clear_layout
from app.ui.widgets.labels import Label
from app.ui.widgets.side_list import SideList
from app.ui.windows.form_editor_fields import scale_title
from app.ui.windows.form_editor_model import Check, DraftModel, Line, Trouble, Whole

_HEAD = ("Ответ, как он пишется", "Коротко", "Баллы", "", "", "")


class ScalesPart(QWidget):
    """Scales at the left, the answers of the chosen one at the right."""

    def __init__(self, model: DraftModel) -> None:
        super().__init__()
        self.model = model
        self.scale_id = ""
        self._shape: tuple[object, ...] = ()
        self.rows: list[tuple[Line, Line, Whole]] = []
        px = theme.current().px
        self.list = SideList("Шкалы")
        self.list.setMinimumWidth(px(220))
        self.list.currentRowChanged.connect(self._choose)
        self.used = Label("", "muted", wrap=True)
        self.trouble = Trouble()
        self.scroller = Scroller()
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(px(8))
        self.grid.setVerticalSpacing(px(6))
        self.grid.setColumnStretch(0, 3)
        self.grid.setColumnStretch(1, 1)
        self.scroller.column.addLayout(self.grid)
        self.scroller.column.addStretch(1)
        self.add_choice = Button("Добавить ответ", self._add_choice, icon="plus")
        self.copy = Button("Копия шкалы", self._copy, icon="copy")
        self.remove = Button("Удалить шкалу", self._remove, icon="trash")
        card = Card()
        card.body.addWidget(self.used)
        card.body.addWidget(self.scroller, 1)
        card.body.addWidget(self.trouble)
        card.body.addLayout(beside(self.add_choice, self.copy, self.remove, QWidget(), stretch=(0, 0, 0, 1)))
        left = QVBoxLayout()
        left.setSpacing(px(8))
        left.addLayout(beside(Button("Новая шкала", self._add, icon="plus"), QWidget(), stretch=(0, 1)))
        left.addWidget(self.list, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(12))
        row.addLayout(left)
        row.addWidget(card, 1)
        model.changed.connect(self._model_changed)
        model.checked.connect(self._show_faults)

    @property
    def scale(self) -> Scale | None:
        """The chosen scale."""
        return self.model.draft.scale(self.scale_id)

    def _model_changed(self, source: object) -> None:
        if source is self:
            self._name()
        else:
            self.refresh()

    def refresh(self) -> None:
        """Show the scales anew."""
        scales = self.model.draft.scales
        if self.scale is None:
            self.scale_id = scales[0].id if scales else ""
        self.list.blockSignals(True)
        self.list.clear()
        for one in scales:
            self.list.add(scale_title(one))
        self.list.setCurrentRow(next((n for n, one in enumerate(scales) if one.id == self.scale_id), -1))
        self.list.blockSignals(False)
        self._show()

    def show_scale(self, scale_id: str) -> None:
        """Choose a scale."""
        self.scale_id = scale_id
        self.refresh()
        if self.rows:
            self.rows[0][0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, place: int) -> None:
        if 0 <= place < len(self.model.draft.scales):
            self.scale_id = self.model.draft.scales[place].id
            self._show()

    def _name(self) -> None:
        """The list follows what is typed."""
        for place, one in enumerate(self.model.draft.scales):
            row = self.list.item(place)
            if row is not None:
                row.setText(scale_title(one))
                row.setToolTip(scale_title(one))

    def _show(self) -> None:
        scale = self.scale
        for button in (self.add_choice, self.copy):
            button.setEnabled(scale is not None)
        users = self.model.draft.users(self.scale_id)
        self.remove.setEnabled(scale is not None and not users)
        asked = count(users, "вопрос", "вопроса", "вопросов")
        self.used.setText(
            "Шкал пока нет. Шкала — это ответы, из которых выбирают, и баллы за них." if scale is None
            else f"По этой шкале отвечают: {asked}. Изменения увидят все они." if users
            else "По этой шкале пока не отвечает ни один вопрос."
        )  # fmt: skip
        if scale is not None:
            self._show_choices(scale)
        else:
            clear_layout(self.grid)
            self.rows = []
        self._show_faults()

    def _show_choices(self, scale: Scale) -> None:
        shape = (scale.id, *(choice.value for choice in scale.choices))
        if shape != self._shape:
            clear_layout(self.grid)
            self.rows = []
            for place, word in enumerate(_HEAD):
                if word:
                    self.grid.addWidget(Label(word, "muted"), 0, place)
            for place in range(len(scale.choices)):
                self._add_row(place, len(scale.choices))
            self._shape = shape
        for choice, (text, short, points) in zip(scale.choices, self.rows, strict=True):
            text.put(choice.text)
            short.put(choice.short)
            points.put_value(choice.points)
        for place, choice in enumerate(scale.choices):
            for column, on in ((3, choice.other), (4, choice.outside)):
                item = self.grid.itemAtPosition(place + 1, column)
                box = item.widget() if item is not None else None
                if isinstance(box, Check):
                    box.setChecked(on)

    def _add_row(self, place: int, number: int) -> None:
        def put(key: str) -> Any:
            return lambda value: self._put(place, key, value)

        text = Line(f"Ответ {place + 1}", put("text"))
        short = Line(f"Ответ {place + 1} коротко", put("short"), hint="как слева")
        points = Whole(f"Баллы за ответ {place + 1}", put("points"), width=60, hint="нет")
        other = Check("с текстом", put("other"), "Рядом можно дописать: «другое: …»")
        outside = Check("вне счёта", put("outside"), "«Затрудняюсь ответить»: в доли остальных ответов не входит")
        up = Button("Выше", lambda: self._move(place), kind="link")
        up.setEnabled(place > 0)
        away = Button("Убрать", lambda: self._drop(place), kind="link")
        away.setAccessibleName(f"Убрать ответ {place + 1}")
        away.setEnabled(number > 1)
        for column, widget in enumerate((text, short, points, other, outside)):
            self.grid.addWidget(widget, place + 1, column)
        self.grid.addLayout(beside(up, away, gap=0), place + 1, 5)
        self.rows.append((text, short, points))

    def _show_faults(self) -> None:
        self.trouble.tell(self.model.of("scale", self.scale_id))

    # --- changing ------------------------------------------------------------------------------------------------

    def _put(self, place: int, key: str, value: object) -> None:
        scale = self.scale
        if scale is None:
            return
        choices = list(scale.choices)
        changes: dict[str, Any] = {key: value}
        choices[place] = replace(choices[place], **changes)
        made = drafting.put_scale(self.model.draft, replace(scale, choices=tuple(choices)))
        self.model.apply(made, self, f"{scale.id}.{place}.{key}")

    def _choices(self, choices: list[Choice]) -> None:
        scale = self.scale
        if scale is not None:
            self.model.apply(drafting.put_scale(self.model.draft, replace(scale, choices=tuple(choices))), None)

    def _add_choice(self) -> None:
        scale = self.scale
        if scale is None:
            return
        scored = any(choice.points is not None for choice in scale.choices)
        fresh = Choice(drafting.free_value(scale), "", points=0 if scored else None)
        self._choices([*scale.choices, fresh])
        if self.rows:
            self.rows[-1][0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _move(self, place: int) -> None:
        scale = self.scale
        if scale is not None and place:
            choices = list(scale.choices)
            choices[place - 1], choices[place] = choices[place], choices[place - 1]
            self._choices(choices)

    def _drop(self, place: int) -> None:
        scale = self.scale
        if scale is not None:
            self._choices([choice for number, choice in enumerate(scale.choices) if number != place])

    def _add(self) -> None:
        draft, name = drafting.add_scale(self.model.draft)
        self.scale_id = name
        self.model.apply(draft, None)
        self.show_scale(name)

    def _copy(self) -> None:
        draft, name = drafting.add_scale(self.model.draft, self.scale)
        self.scale_id = name
        self.model.apply(draft, None)
        self.show_scale(name)

    def _remove(self) -> None:
        self.model.apply(drafting.remove_scale(self.model.draft, self.scale_id), None)
