"""Points and levels of a form: how they are added up, the levels, and a strip that shows gaps and overlaps at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from app.forms import checks, drafting
from app.forms.schema import Level, Score
from app.operations.form_draft_faults import Span, bounds, spans
from app.texts import NBSP
from app.ui import theme
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Card, Combo, Scroller, beside, clear_layout
from app.ui.widgets.labels import Label
from app.ui.windows.form_editor_model import WRONG, DraftModel, Line, Trouble, Whole, titled

RULES = (
    ("сумма баллов", "sum"), ("число отметок «да»", "count"),
    ("доля критериев, где достигнут порог, в процентах", "reached"), ("уровень выбирает комиссия", "manual"),
)  # fmt: skip
MISSING = (("не считать, пока не ответят на всё обязательное", "refuse"), ("считать нулём", "zero"))
APPLICABLE = (
    ("пересчитать границы уровней по оставшимся вопросам", "proportional"), ("оставить границы как есть", "bounds"),
)  # fmt: skip
TONES = (("хорошо", "ok"), ("внимание", "warn"), ("плохо", "bad"), ("без оценки", "plain"))
_TONE_KINDS: dict[str, Kind] = {"ok": "ok", "warn": "warn", "bad": "bad", "plain": "info"}


class LevelStrip(QWidget):
    """The points from nought to the most, cut into levels; a gap is hatched, an overlap is crossed, both are named."""

    def __init__(self) -> None:
        super().__init__()
        self._spans: tuple[Span, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Уровни на шкале баллов")

    def show_spans(self, found: tuple[Span, ...]) -> None:
        """Draw other stretches; they are told in words, too."""
        self._spans = found
        self.setAccessibleDescription("; ".join(span.words for span in found))
        self.setToolTip("\n".join(span.words for span in found))
        self.update()

    def sizeHint(self) -> QSize:
        """A line of names over a line of points."""
        line = QFontMetrics(theme.current().font(12)).height()
        return QSize(200, line * 2 + theme.current().px(22))

    def minimumSizeHint(self) -> QSize:
        """As high as the text needs."""
        return QSize(80, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the stretches as wide as they have points."""
        if not self._spans:
            return
        px = theme.current().px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = theme.current().font(12)
        painter.setFont(font)
        metrics = QFontMetrics(font)
        first, last = self._spans[0].least, self._spans[-1].most
        unit = (self.width() - 1) / max(1, last - first + 1)
        high = metrics.height() + px(14)
        for span in self._spans:
            left, right = (span.least - first) * unit, (span.most + 1 - first) * unit
            box = QRectF(left, 1, max(2.0, right - left - px(2)), high)
            self._draw_span(painter, span, box, metrics)
            word = str(span.least) if span.least == span.most else f"{span.least}–{span.most}"
            if metrics.horizontalAdvance(word) > box.width() + px(2):
                word = str(span.least)
            if metrics.horizontalAdvance(word) <= box.width() + px(2):
                painter.setPen(theme.color("muted"))
                place = QRectF(box.left() - px(4), high + px(4), box.width() + px(8), metrics.height())
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, word)
        painter.end()

    def _draw_span(self, painter: QPainter, span: Span, box: QRectF, metrics: QFontMetrics) -> None:
        px = theme.current().px
        kind = _TONE_KINDS[span.tone] if span.kind == "level" else "bad"
        fore, back = (QColor(value) for value in theme.current().tokens.pair(kind))
        painter.setPen(Qt.PenStyle.NoPen)
        if span.kind == "level":
            painter.setBrush(back)
            painter.drawRoundedRect(box, px(4), px(4))
        else:
            painter.setBrush(back)
            painter.drawRect(box)
            style = Qt.BrushStyle.BDiagPattern if span.kind == "gap" else Qt.BrushStyle.DiagCrossPattern
            faint = QColor(fore)
            faint.setAlpha(70)
            painter.fillRect(box, QBrush(faint, style))
            painter.setPen(QPen(fore, 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        words = {"gap": "нет уровня", "overlap": "два уровня"}.get(span.kind, span.names[0] if span.names else "")
        painter.setPen(fore)
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(box.width()) - px(8))
        if len(shown) > 1:
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)


class LevelsPart(QWidget):
    """One of the sums of a form with its levels."""

    def __init__(self, model: DraftModel) -> None:
        super().__init__()
        self.model = model
        self.place = 0
        self._filling = False
        self._shape: tuple[object, ...] = ()
        self.rows: list[tuple[Line, Whole, Whole, Combo]] = []
        px = theme.current().px
        self.which = Combo("Итог")
        self.which.currentIndexChanged.connect(lambda _i: self._choose())
        self.add = Button("Добавить итог", self._add_score, icon="plus")
        self.remove = Button("Удалить итог", self._remove_score, icon="trash")
        self.none = Label("", "muted", wrap=True)
        self.scroller = Scroller(spacing=10)
        self.box = QWidget()
        inner = QVBoxLayout(self.box)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(px(10))
        self._make_rule(inner)
        self._make_levels(inner)
        self.scroller.column.addWidget(self.none)
        self.scroller.column.addWidget(self.box)
        self.scroller.column.addStretch(1)
        card = Card()
        card.body.addLayout(beside(self.which, self.add, self.remove, QWidget(), stretch=(0, 0, 0, 1)))
        card.body.addWidget(self.scroller, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card, 1)
        model.changed.connect(self._model_changed)
        model.checked.connect(self._show_faults)

    def _make_rule(self, column: QVBoxLayout) -> None:
        form = QGridLayout()
        form.setHorizontalSpacing(theme.current().px(12))
        form.setVerticalSpacing(theme.current().px(8))
        form.setColumnStretch(1, 1)
        self.title = Line("Название итога", lambda text: self._put("title", text))
        self.rule = Combo("Как считается")
        self.rule.fill(list(RULES))
        self.whose = Combo("По каким вопросам")
        self.missing = Combo("Если ответа нет")
        self.missing.fill(list(MISSING))
        self.applicable = Combo("Если «не применимо»")
        self.applicable.fill(list(APPLICABLE))
        self.declared = Whole("Максимум источника", lambda value: self._put("declared_most", value), width=72)
        self.most = Label("", "strong", wrap=True)
        for combo, key in ((self.rule, "rule"), (self.missing, "missing"), (self.applicable, "applicable")):
            combo.currentIndexChanged.connect(lambda _i, combo=combo, key=key: self._put(key, combo.currentData()))
        self.whose.currentIndexChanged.connect(lambda _i: self._choose_items())
        declared = beside(self.declared, Label("если в документе названо другое число", "muted"), stretch=(0, 1))
        rows: tuple[tuple[str, QWidget | QLayout], ...] = (
            ("Название", self.title), ("Как считается", self.rule), ("По каким вопросам", self.whose),
            ("Если ответа нет", self.missing), ("Если «не применимо»", self.applicable),
            ("Максимум в источнике", declared), ("Наибольшая сумма", self.most),
        )  # fmt: skip
        for line, (word, thing) in enumerate(rows):
            form.addWidget(Label(word, "muted"), line, 0)
            if isinstance(thing, QWidget):
                form.addWidget(thing, line, 1)
            else:
                form.addLayout(thing, line, 1)
        column.addLayout(form)

    def _make_levels(self, column: QVBoxLayout) -> None:
        px = theme.current().px
        self.strip = LevelStrip()
        self.trouble = Trouble()
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(px(8))
        self.grid.setVerticalSpacing(px(6))
        self.grid.setColumnStretch(0, 1)
        self.add_level = Button("Добавить уровень", self._add_level, icon="plus")
        self.split = Button("Разбить на три уровня", self._split, icon="table")
        self.fine = Label("", "muted", wrap=True)
        titled(column, "Уровни", self.strip)
        column.addWidget(self.trouble)
        column.addWidget(self.fine)
        column.addLayout(self.grid)
        column.addLayout(beside(self.split, self.add_level, QWidget(), stretch=(0, 0, 1)))

    # --- showing -------------------------------------------------------------------------------------------------

    @property
    def score(self) -> Score | None:
        """The sum that is shown."""
        scores = self.model.draft.form.scores
        return scores[self.place] if self.place < len(scores) else None

    def _model_changed(self, source: object) -> None:
        self.refresh(names=source is not self)

    def show_score(self, place: int) -> None:
        """Show another sum."""
        self.place = place
        self.refresh()

    def refresh(self, *, names: bool = True) -> None:
        """Show the sum anew."""
        scores = self.model.draft.form.scores
        self.place = min(self.place, max(0, len(scores) - 1))
        self._filling = True
        if names or self.which.count() != len(scores):
            items = [(one.title.strip() or "Итог без названия", place) for place, one in enumerate(scores)]
            self.which.fill(items, self.place)
        survey = self.model.draft.form.kind == "survey"
        self.which.setVisible(bool(scores))
        self.remove.setEnabled(bool(scores))
        self.add.setEnabled(not survey)
        self.box.setVisible(bool(scores))
        self.none.setVisible(not scores)
        self.none.setText(
            "Ответы анонимной анкеты в баллы не складываются." if survey
            else "Баллы и уровни в этой форме не считаются. Если нужны, добавьте итог."
        )  # fmt: skip
        if self.score is not None:
            self._show_score(self.score)
        self._filling = False
        self._show_faults()

    def _show_score(self, score: Score) -> None:
        self.title.put(score.title)
        self.rule.choose(score.rule)
        self.missing.choose(score.missing)
        self.applicable.choose(score.applicable)
        self.declared.put_value(score.declared_most)
        self._show_items(score)
        least, most = bounds(self.model.draft, score)
        manual = score.rule == "manual"
        for widget in (self.whose, self.missing, self.applicable, self.declared):
            widget.setEnabled(not manual)
        self.most.setText(_most_words(score, *checks.range_of(self.model.draft.form, score)))
        self.split.setEnabled(not manual and most is not None and most - least >= 2)
        self.strip.setVisible(not manual and bool(score.levels) and most is not None)
        if most is not None and not manual:
            self.strip.show_spans(spans(score, least, most))
        self._show_levels(score)

    def _show_items(self, score: Score) -> None:
        form = self.model.draft.form
        choices: list[tuple[str, object]] = [("по всем, у которых есть баллы", ())]
        for number, section in enumerate(form.sections, 1):
            ids = tuple(item.id for item in section.items if _counts(item.points, item.kind, score.rule))
            if ids and len(form.sections) > 1:
                choices.append((f"только раздел {number}" + (f" «{section.title[:40]}»" if section.title else ""), ids))
        if score.items and score.items not in [value for _word, value in choices]:
            choices.append((f"по выбранным, их {len(score.items)}", score.items))
        self.whose.blockSignals(True)
        self.whose.clear()
        for word, value in choices:
            self.whose.addItem(word, value)
        self.whose.setCurrentIndex([value for _word, value in choices].index(score.items))
        self.whose.blockSignals(False)

    def _show_levels(self, score: Score) -> None:
        shape = (self.place, score.rule == "manual", *(level.id for level in score.levels))
        if shape != self._shape:
            clear_layout(self.grid)
            self.rows = []
            heads = ("Название уровня", "от", "до", "Как показывать", "")
            for place, word in enumerate(heads if score.levels else ()):
                self.grid.addWidget(Label(word, "muted"), 0, place)
            for place in range(len(score.levels)):
                self._add_row(place)
            self._shape = shape
        for level, (text, least, most, tone) in zip(score.levels, self.rows, strict=True):
            text.put(level.text)
            least.put_value(level.least)
            most.put_value(level.most)
            tone.choose(level.tone)
            for edit in (least, most):
                edit.setEnabled(score.rule != "manual")

    def _add_row(self, place: int) -> None:
        def put(key: str) -> Any:
            return lambda value: self._put_level(place, key, value)

        text = Line(f"Уровень {place + 1}", put("text"))
        least = Whole(f"Уровень {place + 1}, от", put("least"), width=64)
        most = Whole(f"Уровень {place + 1}, до", put("most"), width=64)
        tone = Combo(f"Уровень {place + 1}, как показывать")
        tone.fill(list(TONES))
        tone.currentIndexChanged.connect(lambda _i: self._put_level(place, "tone", tone.currentData()))
        away = Button("Убрать", lambda: self._drop_level(place), kind="link")
        away.setAccessibleName(f"Убрать уровень {place + 1}")
        for column, widget in enumerate((text, least, most, tone, away)):
            self.grid.addWidget(widget, place + 1, column)
        self.rows.append((text, least, most, tone))

    def _show_faults(self) -> None:
        score = self.score
        found = self.model.of("score", str(self.place))
        self.trouble.tell(found)
        whole = score is not None and bool(score.levels) and not found and score.rule != "manual"
        self.fine.setText("Уровни стоят без пропусков и наложений." if whole else "")
        self.fine.setVisible(whole)

    # --- changing ------------------------------------------------------------------------------------------------

    def _scores(self, scores: tuple[Score, ...], source: object = None, key: str = "") -> None:
        self.model.apply(drafting.put(self.model.draft, scores=scores), source, key)

    def _replace(self, score: Score, source: object = None, key: str = "") -> None:
        scores = list(self.model.draft.form.scores)
        scores[self.place] = score
        self._scores(tuple(scores), source, key)

    def _put(self, key: str, value: object) -> None:
        if self._filling or self.score is None:
            return
        changes: dict[str, Any] = {key: value}
        score = replace(self.score, **changes)
        if key == "rule" and value == "manual":
            levels = tuple(replace(level, least=None, most=None) for level in score.levels)
            score = replace(score, levels=levels, items=(), declared_most=None)
        self._replace(score, self, f"score.{self.place}.{key}")

    def _put_level(self, place: int, key: str, value: object) -> None:
        score = self.score
        if self._filling or score is None:
            return
        levels = list(score.levels)
        changes: dict[str, Any] = {key: value}
        levels[place] = replace(levels[place], **changes)
        self._replace(replace(score, levels=tuple(levels)), self, f"level.{self.place}.{place}.{key}")

    def _choose(self) -> None:
        if not self._filling and self.which.currentData() is not None:
            self.show_score(int(self.which.currentData()))

    def _choose_items(self) -> None:
        self._put("items", tuple(self.whose.currentData() or ()))

    def _add_score(self) -> None:
        scores = self.model.draft.form.scores
        made = Score(drafting.free("total", [one.id for one in scores]), "Итого", "sum")
        self.place = len(scores)
        self._scores((*scores, made))

    def _remove_score(self) -> None:
        scores = self.model.draft.form.scores
        self._scores(tuple(one for place, one in enumerate(scores) if place != self.place))

    def _add_level(self) -> None:
        score = self.score
        if score is None:
            return
        name = drafting.free("level", [level.id for level in score.levels])
        least, most = bounds(self.model.draft, score)
        ends = [level.most for level in score.levels if level.most is not None and level.most != WRONG]
        start = max(ends) + 1 if ends else least
        manual = score.rule == "manual"
        end = None if manual else max(start, most if most is not None else start)
        self._replace(replace(score, levels=(*score.levels, Level(name, "", None if manual else start, end))))
        if self.rows:
            self.rows[-1][0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _drop_level(self, place: int) -> None:
        score = self.score
        if score is not None:
            self._replace(replace(score, levels=tuple(one for n, one in enumerate(score.levels) if n != place)))

    def _split(self) -> None:
        score = self.score
        if score is None:
            return
        least, most = bounds(self.model.draft, score)
        if most is not None:
            self._replace(replace(score, levels=drafting.three_levels(least, most)))


def _counts(points: int | None, kind: str, rule: str) -> bool:
    return {"sum": points is not None, "count": kind == "flag", "reached": kind == "whole"}.get(rule, False)


def _most_words(score: Score, least: int, most: int | None) -> str:
    if score.rule == "manual":
        return "не считается"
    if most is None:
        return "неизвестна: не у всех чисел есть верхняя граница"
    if score.rule == "reached":
        return f"100{NBSP}% критериев"
    return f"{most}" if least <= 0 else f"{most}, наименьшая {least}"
