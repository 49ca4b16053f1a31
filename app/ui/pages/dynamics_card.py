"""The card beside the table of dynamics: the chart, what the comparison says, what stands against it, chance alone."""

from __future__ import annotations

from collections.abc import Callable

from app.analysis import dynamics_words as words
from app.analysis.dynamics import Comparison, Verdict
from app.models.records import Assessment
from app.operations import dynamics_papers
from app.operations.dynamics import DynamicsLine, DynamicsTable, SupportTable
from app.texts import DASH, glue
from app.ui import theme
from app.ui.session import Session
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Card, Scroller, beside
from app.ui.widgets.chart import ChartView
from app.ui.widgets.chip import Chip
from app.ui.widgets.labels import Label, Role

CHIPS: dict[Verdict, Kind] = {
    "worse": "bad", "rising": "warn", "same": "none", "falling": "ok", "better": "ok", "small": "none", "apart": "none",
}  # fmt: skip
CHANCE = "Сколько дала бы случайность"


def chip(found: Comparison | None) -> tuple[Kind, str]:
    """Return shape and word of a comparison; an unsure verdict is no certain state."""
    if found is None:
        return "none", "нет данных"
    kind = CHIPS[found.verdict]
    if found.verdict in {"worse", "better"} and not found.sure:
        kind = "warn" if kind == "bad" else "none"
    return kind, words.VERDICT_WORDS[found.verdict]


def change_text(found: Comparison | None) -> str:
    """Return «+4,9»; a dash where nothing is compared."""
    return DASH if found is None or found.bounds is None else words.tenth(found.bounds.value)


class DynamicsCard(Card):
    """What is chosen in the table.

    Args:
        session: of the window.
        open_school: asked for a school by its key.
    """

    def __init__(self, session: Session, open_school: Callable[[int], object]) -> None:
        super().__init__(pad=12)
        px = theme.current().px
        self._open = open_school
        self._school: int | None = None
        self.chart = ChartView(session, least=px(190))
        self.chart.clicked.connect(open_school)
        self.texts = Scroller(spacing=6)
        self.button = Button("Карточка школы", self._open_chosen, icon="school")
        self.body.addWidget(self.chart, 1)
        self.body.addWidget(self.texts, 1)
        foot = beside(self.button)
        foot.addStretch(1)
        self.body.addLayout(foot)

    def show_line(self, found: DynamicsTable, line: DynamicsLine | None, threshold: tuple[int, int] | None) -> None:
        """Show a school, a group or an area."""
        self.texts.clear()
        self._school = line.key if line is not None and isinstance(line.key, int) else None
        self.button.setVisible(self._school is not None)
        if line is None:
            self.chart.show_nothing("Выберите строку", "Здесь встанут график и пояснение: можно ли сравнивать годы.")
            return
        if line.counts:
            self.chart.show_chart(dynamics_papers.chart(found, dynamics_papers.beside(found, line), threshold))
        else:
            self.chart.show_nothing("Нет данных", "Результатов за эти годы нет. Это не ноль.")
        self._explain(line, of_many=not isinstance(found.works, Assessment))

    def _explain(self, line: DynamicsLine, *, of_many: bool) -> None:
        whole = line.change
        if whole is None:
            years = ", ".join(map(str, sorted(line.counts))) or "нет"
            self._put("Сравнить нечего: нужны последний год и хотя бы один раньше. Годы с результатами: " + years + ".")
            return
        self._chip(*chip(whole))
        self._put(words.answer(whole))
        for sentence in words.marks(whole):
            self._put("▲ " + sentence)
        if line.by_itself is not None:
            self._put(CHANCE, "strong")
            self._put(" ".join(filter(None, (words.chance(line.by_itself), words.beyond(line.by_itself, whole)))))
        self._put("Как сравнивали", "strong")
        works = f"Общие работы: {', '.join(work.label for work in whole.works[:4])}"
        more = len(whole.works) - 4
        if whole.works:
            self._put(f"{works}{f' и ещё {more}' if more > 0 else ''}.")
        self._put(words.ALWAYS, "muted")
        if of_many:
            self._put(words.PARTICIPATIONS, "muted")
        self.texts.column.addStretch(1)

    def show_support(self, found: SupportTable) -> None:
        """Show both groups of the pairs and what they say."""
        self.texts.clear()
        self._school = None
        self.button.hide()
        drawn = dynamics_papers.support_chart(found)
        if drawn is None:
            self.chart.show_nothing("Пар нет", "Сравнивать пока нечего.")
        else:
            self.chart.show_chart(drawn)
        for sentence in words.together(found.sides):
            self._put(sentence, "muted" if sentence in {words.NOT_BY_LOT, words.ALIKE_CHILDREN} else "text")
        alone = [found.names[key] for key in found.sides.alone]
        if alone:
            self._put(f"Похожей школы не нашлось: {'; '.join(alone)}.")
        self._put("Как подобраны пары", "strong")
        self._put(words.HOW_PAIRED, "muted")
        self.texts.column.addStretch(1)

    def _put(self, text: str, role: Role = "text") -> None:
        made = Label(glue(text), role, wrap=True)
        self.texts.column.addWidget(made.selectable())

    def _chip(self, kind: Kind, word: str) -> None:
        self.texts.column.addWidget(Chip(kind, word))

    def _open_chosen(self) -> None:
        if self._school is not None:
            self._open(self._school)
