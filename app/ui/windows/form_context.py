"""«Анкета об условиях работы»: metrics are ticked, a questionnaire comes out of them."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import fill

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from app.analysis.metric_catalogue import Catalogue, Metric
from app.models.store import Connection
from app.operations import form_context, metrics
from app.operations.forms import FormEntry
from app.texts import count
from app.ui import theme
from app.ui.session import Session
from app.ui.widgets.basics import Button, Scroller, beside
from app.ui.widgets.labels import Label
from app.ui.windows.base import Window

_LINE = 84
"""Characters in a line of the window."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be asked, and what is ticked at first."""

    known: Catalogue
    chosen: tuple[str, ...]


def _read(connection: Connection, year: int) -> Offer:
    return Offer(metrics.catalogue(connection), form_context.suggested(connection, year))


def _wrapped(metric: Metric) -> str:
    """Return the words of a tick: a tick does not break its lines by itself."""
    return fill(metric.name if not metric.unit else f"{metric.name}, {metric.unit}", _LINE)


class FormContextWindow(Window):
    """Choose what schools are asked about their conditions."""

    guide = ("09-чек-листы", "Анкета об условиях работы")

    def __init__(self, session: Session, _payload: object = None, parent: QWidget | None = None) -> None:
        super().__init__(session, "Анкета об условиях работы школы", parent, size=(760, 640))
        self.say(
            "Отметьте показатели. Вместо доли школу спросят о двух числах, известное заполнится заранее, а принятые "
            "ответы станут показателями."
        )
        self._known: Catalogue | None = None
        self.ticks: dict[str, QCheckBox] = {}
        self.groups: dict[str, QCheckBox] = {}
        self.form_title = QLineEdit(form_context.TITLE)
        self.form_title.setAccessibleName("Заголовок анкеты")
        self.search = QLineEdit()
        self.search.setPlaceholderText("Найти показатель")
        self.search.setAccessibleName("Найти показатель")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _text: self._filter())
        self.counted = Label("", "muted")
        self.scroller = Scroller(spacing=4)
        self.body.addLayout(beside(Label("Заголовок", "muted"), self.form_title, stretch=(0, 1)))
        self.body.addLayout(beside(self.search, self.counted, stretch=(1, 0)))
        self.body.addWidget(self.scroller, 1)
        self.save = Button("Сохранить анкету", self._save, kind="primary")
        self.add_buttons(Button("Закрыть", self.accept), self.save)
        self.take(session.desk.read(_read, session.school_year), self._offer)

    def _offer(self, offer: Offer) -> None:
        self._known = offer.known
        px = theme.current().px
        by_group: dict[str, list[Metric]] = {}
        for metric in offer.known.metrics:
            by_group.setdefault(metric.group, []).append(metric)
        for group, found in by_group.items():
            whole = QCheckBox(offer.known.groups.get(group, group))
            whole.setTristate(True)
            font = whole.font()
            font.setWeight(QFont.Weight.DemiBold)
            whole.setFont(font)
            whole.clicked.connect(lambda _on, group=group: self._tick_group(group))
            self.groups[group] = whole
            self.scroller.column.addWidget(whole)
            inside = QVBoxLayout()
            inside.setContentsMargins(px(22), 0, 0, px(8))
            inside.setSpacing(px(2))
            self.scroller.column.addLayout(inside)
            for metric in found:
                tick = QCheckBox(_wrapped(metric))
                tick.setChecked(metric.code in offer.chosen)
                tick.toggled.connect(lambda _on: self._count())
                self.ticks[metric.code] = tick
                inside.addWidget(tick)
        self.scroller.column.addStretch(1)
        self._count()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def chosen(self) -> list[str]:
        """Return the codes that are ticked, in the order of the catalogue."""
        return [code for code, tick in self.ticks.items() if tick.isChecked()]

    def _of_group(self, group: str) -> list[QCheckBox]:
        known = self._known
        return [] if known is None else [self.ticks[m.code] for m in known.metrics if m.group == group]

    def _tick_group(self, group: str) -> None:
        """A group is ticked whole, or emptied when it was whole."""
        ticks = self._of_group(group)
        on = not all(tick.isChecked() for tick in ticks)
        for tick in ticks:
            tick.setChecked(on)
        self._count()

    def _filter(self) -> None:
        wanted = self.search.text().strip().casefold()
        for group, whole in self.groups.items():
            named = wanted in whole.text().casefold()
            ticks = self._of_group(group)
            for tick in ticks:
                tick.setVisible(named or wanted in " ".join(tick.text().split()).casefold())
            whole.setVisible(named or any(not tick.isHidden() for tick in ticks))

    def _count(self) -> None:
        chosen = self.chosen()
        for group, whole in self.groups.items():
            ticks = self._of_group(group)
            on = sum(tick.isChecked() for tick in ticks)
            state = Qt.CheckState.Checked if on == len(ticks) else Qt.CheckState.PartiallyChecked
            whole.setCheckState(state if on else Qt.CheckState.Unchecked)
        asked = form_context.asked(self._known, chosen) if self._known is not None else []
        said = count(len(asked), "вопрос", "вопроса", "вопросов")
        self.counted.setText(f"Выбрано {len(chosen)}, в анкете {said}")
        self.save.setEnabled(bool(chosen) and not self.session.desk.read_only)

    def _save(self) -> None:
        done = self.session.written(form_context.make, self.chosen(), title=self.form_title.text())
        self.take(done, self._saved)

    def _saved(self, made: FormEntry) -> None:
        self.bar.show_message(
            "ok",
            f"Сохранена анкета «{made.form.short}», версия {made.form.version}. Теперь начните сбор на вкладке "
            "«Чек-листы».",
        )
