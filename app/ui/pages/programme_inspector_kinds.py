"""Which fields the card of each kind of thing has, what they read and how they write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from typing import Any, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel

from app.analysis.programme_values import roubles
from app.models.programme_records import LinkKind, NodeKind, Tree
from app.operations import programme_edit as edit
from app.operations.programme_cells import COVERAGE_WORDS, DIRECTION_WORDS, cell_text
from app.texts import capital, count, ru_date
from app.ui import theme
from app.ui.pages.programme_inspector_fields import (
    ChoiceField,
    Field,
    FlagField,
    Line,
    LinksField,
    Read,
    TextField,
    trouble_of,
)
from app.ui.pages.programme_inspector_formula import FormulaField
from app.ui.pages.programme_tree_rows import numbers_of
from app.ui.widgets.basics import Button
from app.ui.widgets.labels import Label

CAUSE_WORDS = {
    "": "не названо", "result": "результаты", "process": "учебный процесс и кадры", "conditions": "условия и ресурсы",
    "management": "управление",
}  # fmt: skip
COVERAGE_CHOICES = {"none": "не указано", "listed": "школы списка", "all": "все школы", "chosen": "выбранные школы"}


class Host(Protocol):
    """What fields ask of the card: writes, ways to other places, questions."""

    def put_cell(self, node_id: int, column: str, text: str) -> Future[Any] | None:
        """Write a cell of a grid."""
        ...

    def write(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Future[Any] | None:
        """Run an operation."""
        ...

    def go(self, node_id: int) -> object:
        """Show a node."""
        ...

    def go_money(self, node_id: int) -> object:
        """Show the money of a node."""
        ...

    def pick_links(self, node_id: int, kind: LinkKind, kinds: Sequence[NodeKind], *, forward: bool) -> object:
        """Ask which nodes are tied."""
        ...

    def pick_schools(self, node_id: int) -> object:
        """Ask which schools are covered."""
        ...

    def pick_responsible(self, node_id: int) -> object:
        """Ask who answers."""
        ...

    def ask_dates(self, node_id: int) -> object:
        """Ask for dates by hand."""
        ...

    def open_formula(self, node_id: int, text: str) -> object:
        """Show the formula of an indicator with what it gives."""
        ...


def called(tree: Tree, node_id: int, known: Mapping[int, str] | None = None) -> str:
    """Return how a tie names a node: its kind, number and text."""
    node = tree.nodes[node_id]
    number = (known if known is not None else numbers_of(tree)).get(node_id, "")
    word = edit.KIND_WORDS[node.kind]
    return f"{capital(word)} {number}. {' '.join(node.text.split()) or 'без текста'}"


def make(kind: NodeKind, host: Host) -> list[Field]:
    """Return the fields of a kind, in their order."""
    first = TextField("Текст", _text_of("text"), _node_put(host, "text"), lines=3, most=10, name="Текст строки")
    makers: dict[NodeKind, Callable[[Host], list[Field]]] = {
        "problem": _problem, "cause": _cause, "goal": _goal, "task": _task, "indicator": _indicator,
        "activity": _activity, "risk": _risk,
    }  # fmt: skip
    fields = makers[kind](host) if kind in makers else []
    note = TextField("Примечание для себя", _text_of("note"), _node_put(host, "note"), lines=2)
    return [first, *fields, note]


# --- reading and writing -----------------------------------------------------------------------------------------


def _text_of(name: str) -> Read:
    return lambda tree, node_id: (getattr(tree.nodes[node_id], name) or "", None)


def _node_put(host: Host, name: str) -> Callable[[int, str], Future[Any] | None]:
    if name == "text":
        return lambda node_id, text: host.write(edit.put_text, node_id, text)
    return lambda node_id, text: host.write(edit.put_node, node_id, **{name: text})


def _cell(host: Host, title: str, column: str, *, lines: int = 1, hint: str = "") -> TextField:
    def read(tree: Tree, node_id: int) -> tuple[str, str | None]:
        return cell_text(tree, node_id, column), code_of(tree, node_id, column)

    return TextField(title, read, lambda node_id, text: host.put_cell(node_id, column, text), lines=lines, hint=hint)


def code_of(tree: Tree, node_id: int, column: str) -> str | None:
    """Return the code of what is wrong with a typed value."""
    name, *rest = column.split(":")
    if (node_id, name) in tree.drafts:
        return tree.drafts[node_id, name][1]
    indicator, activity = tree.indicators.get(node_id), tree.activities.get(node_id)
    if name == "baseline" and indicator is not None:
        return indicator.baseline_code
    if name == "term" and activity is not None:
        return activity.term_code if activity.term_text or tree.terms.get(node_id) else None
    if name in {"target", "required"}:
        target = tree.targets.get(node_id, {}).get(int(rest[0]))
        if target is not None:
            return target.required_code if name == "required" else target.code
    return None


def _links(host: Host, title: str, kind: LinkKind, kinds: Sequence[NodeKind], *, forward: bool) -> LinksField:
    def read(tree: Tree, node_id: int) -> list[tuple[int, str]]:
        known = numbers_of(tree)
        others = tree.linked(kind, node_id, forward=forward)
        return [(other, called(tree, other, known)) for other in others if other in tree.nodes]

    return LinksField(title, read, host.go, lambda node_id: host.pick_links(node_id, kind, kinds, forward=forward))


# --- kinds -------------------------------------------------------------------------------------------------------


def _problem(host: Host) -> list[Field]:
    return [_links(host, "Какие цели и задачи её решают", "solves", ("goal", "task"), forward=False)]


def _cause(host: Host) -> list[Field]:
    return [
        ChoiceField(
            "К чему относится", lambda _tree: list(CAUSE_WORDS.items()),
            lambda tree, node_id: (tree.nodes[node_id].cause_kind or "", None),
            lambda node_id, value: host.write(edit.put_node, node_id, cause_kind=value or None),
        ),
        _links(host, "Какие задачи её устраняют", "solves", ("task",), forward=False),
    ]  # fmt: skip


def _goal(host: Host) -> list[Field]:
    return [_links(host, "Какие проблемы решает", "solves", ("problem",), forward=True)]


def _task(host: Host) -> list[Field]:
    return [
        _links(host, "Какие проблемы и причины устраняет", "solves", ("problem", "cause"), forward=True),
        MoneyField(host),
    ]


def _risk(host: Host) -> list[Field]:
    return [TextField("Что сделать, если это случится", _text_of("answer"), _node_put(host, "answer"), lines=3)]


def _indicator(host: Host) -> list[Field]:
    return [
        _cell(host, "Единица измерения", "unit", hint="%, школ, человек"),
        ChoiceField(
            "Куда должно меняться", lambda _tree: [("", "не названо"), *((word, word) for word in
                                                                         DIRECTION_WORDS.values())],
            lambda tree, node_id: (cell_text(tree, node_id, "direction"), code_of(tree, node_id, "direction")),
            lambda node_id, word: host.put_cell(node_id, "direction", word),
        ),
        YearsField(host),
        _cell(host, "Откуда требование (документ)", "requirement", lines=2, hint="Госпрограмма региона, п. 4"),
        _cell(host, "Откуда данные", "source", lines=2),
        _cell(host, "Как считается", "method", lines=2),
        _formula(host),
        _cell(host, "Как часто", "period", hint="раз в год, июнь"),
        _cell(host, "Кто собирает", "responsible"),
        _cell(host, "Допустимое отклонение", "tolerance", hint="2 %"),
        _links(host, "Какие мероприятия на него работают", "serves", ("activity",), forward=False),
    ]  # fmt: skip


def _formula(host: Host) -> FormulaField:
    return FormulaField(
        lambda node_id, text: host.write(edit.put_indicator, node_id, formula=text),
        host.open_formula,
    )


def _activity(host: Host) -> list[Field]:
    picked = Button("Выбрать…", lambda: host.pick_responsible(who.box.keeper.node_id), kind="link")
    picked.setAccessibleName("Выбрать ответственных из справочника")
    who = TextField(
        "Ответственные, каждый с новой строки", _lines_of("responsible"),
        lambda node_id, text: host.write(edit.put_responsible, node_id, text.splitlines()), lines=2, beside=[picked],
    )  # fmt: skip
    return [
        _cell(host, "Срок", "term", hint="сентябрь – ноябрь 2026 года"),
        DatesField(host),
        who,
        TextField(
            "Ожидаемые результаты, каждый с новой строки", _lines_of("results"),
            lambda node_id, text: host.write(edit.put_results, node_id, text.splitlines()), lines=2,
        ),
        SchoolsField(host),
        ChoiceField("Направление", _directions, _direction_of, lambda node_id, key: host.write(
            edit.put_activity, node_id, direction_id=int(key) or None)),
        _links(host, "На какие индикаторы работает", "serves", ("indicator",), forward=True),
        _links(host, "После каких мероприятий", "after", ("activity",), forward=True),
        MoneyField(host),
        FlagField("Денег не нужно", lambda tree, key: _flag(tree, key, "free"),
                  lambda key, on: host.write(edit.put_activity, key, free=on)),
        FlagField("Проводит сама методическая служба", lambda tree, key: _flag(tree, key, "own"),
                  lambda key, on: host.write(edit.put_activity, key, own=on)),
        _cell(host, "Зачем (обоснование)", "reason", lines=2),
        _cell(host, "Что нужно для успеха", "conditions", lines=2),
        _cell(host, "Свой номер", "label", hint="по месту в плане"),
    ]  # fmt: skip


def _flag(tree: Tree, node_id: int, name: str) -> bool:
    row = tree.activities.get(node_id)
    return bool(row is not None and getattr(row, name))


def _lines_of(name: str) -> Read:
    def read(tree: Tree, node_id: int) -> tuple[str, str | None]:
        rows: Iterable[Any] = getattr(tree, name).get(node_id, ())
        return "\n".join(row.text for row in rows), None

    return read


def _directions(tree: Tree) -> list[tuple[str, str]]:
    return [("0", "не названо"), *((str(item.id), item.title) for item in tree.directions)]


def _direction_of(tree: Tree, node_id: int) -> tuple[str, str | None]:
    row = tree.activities.get(node_id)
    return str((row.direction_id if row is not None else None) or 0), None


# --- fields of their own -----------------------------------------------------------------------------------------


class DatesField(Field):
    """The dates that were understood of the term, with a way to set them by hand."""

    def __init__(self, host: Host) -> None:
        super().__init__()
        self.node_id = 0
        self.words = Label("", "muted", wrap=True)
        self.edit = Button("Поставить даты…", lambda: host.ask_dates(self.node_id), kind="link", icon="edit")
        row = QGridLayout()
        row.addWidget(self.words, 0, 0)
        row.addWidget(self.edit, 0, 1, Qt.AlignmentFlag.AlignTop)
        row.setColumnStretch(0, 1)
        self.column.addLayout(row)

    def refresh(self, tree: Tree, node_id: int) -> None:
        """Show the spans of a node."""
        self.node_id = node_id
        self.words.setText(dates_words(tree, node_id))

    def set_writable(self, writable: bool) -> None:
        """Let dates be set or only be read."""
        self.edit.setVisible(writable)


def dates_words(tree: Tree, node_id: int) -> str:
    """Return the spans of an activity in words: «понято: 01.09.2026–30.11.2026»."""
    spans = tree.terms.get(node_id, ())
    if not spans:
        return "даты не поняты" if cell_text(tree, node_id, "term") else "срок не указан"
    found = [span_text(term.date_from, term.date_to) for term in spans[:4]]
    more = f" и ещё {len(spans) - 4}" if len(spans) > 4 else ""
    word = "даты поставлены вручную" if spans[0].typed else "понято"
    return f"{word}: {', '.join(found)}{more}"


def span_text(first: str, last: str) -> str:
    """Return a span as a person reads it; one day is one date."""
    return ru_date(first) if first == last else f"{ru_date(first)}–{ru_date(last)}"


class SchoolsField(Field):
    """Which schools an activity covers."""

    def __init__(self, host: Host) -> None:
        super().__init__()
        self.choice = ChoiceField(
            "Школы", lambda _tree: list(COVERAGE_CHOICES.items()), self._read,
            lambda node_id, value: host.pick_schools(node_id) if value == "chosen"
            else host.put_cell(node_id, "schools", COVERAGE_WORDS[value]),  # type: ignore[index]
        )  # fmt: skip
        self.node_id = 0
        self.more = Button("", lambda: host.pick_schools(self.node_id), kind="link")
        self.column.addWidget(self.choice)
        self.column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)

    @staticmethod
    def _read(tree: Tree, node_id: int) -> tuple[str, str | None]:
        row = tree.activities.get(node_id)
        return (row.coverage if row is not None else "none"), code_of(tree, node_id, "schools")

    def refresh(self, tree: Tree, node_id: int) -> None:
        """Show the schools of a node."""
        self.node_id = node_id
        self.choice.refresh(tree, node_id)
        chosen = self._read(tree, node_id)[0] == "chosen"
        number = len(tree.schools.get(node_id, ()))
        self.more.setVisible(chosen)
        self.more.setText(f"{count(number, 'школа', 'школы', 'школ')}: изменить…")
        self.more.setAccessibleName("Выбрать школы")

    def set_writable(self, writable: bool) -> None:
        """Let schools be chosen or only be read."""
        self.choice.set_writable(writable)
        self.more.setEnabled(writable)


class MoneyField(Field):
    """Sums by year with the way to «Деньги»."""

    def __init__(self, host: Host) -> None:
        super().__init__("Деньги")
        self.node_id = 0
        self.words = Label("", wrap=True)
        self.jump = Button("К деньгам", lambda: host.go_money(self.node_id), kind="link")
        self.column.addWidget(self.words)
        self.column.addWidget(self.jump, 0, Qt.AlignmentFlag.AlignLeft)

    def refresh(self, tree: Tree, node_id: int) -> None:
        """Show the money of a node and of all under it."""
        self.node_id = node_id
        nodes = [node_id, *(node.id for node in tree.walk(node_id))]
        sums: dict[int, int] = {}
        for key in nodes:
            for row in tree.money.get(key, ()):
                if row.kopecks is not None:
                    sums[row.plan_year] = sums.get(row.plan_year, 0) + row.kopecks
        lines = [f"{year} год: {roubles(sums[year])}" for year in sorted(sums)]
        if len(lines) > 1:
            lines.append(f"Всего: {roubles(sum(sums.values()))}")
        bad = [row.raw for key in nodes for row in tree.money.get(key, ()) if row.code]
        lines += [f"Не сумма: «{raw}»" for raw in bad[:3]]
        self.words.setText("\n".join(lines) or "не запланированы")


class YearsField(Field):
    """Baseline and targets by year: our own and, beside, what is required from above."""

    def __init__(self, host: Host) -> None:
        super().__init__("Значения по годам")
        self.host = host
        self.years: tuple[int, ...] = ()
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(theme.current().px(6))
        self.grid.setVerticalSpacing(theme.current().px(4))
        self.cells: dict[str, Line] = {}
        self.words: dict[str, str] = {}
        self.trouble = Label("", "bad", wrap=True)
        self.trouble.hide()
        self.column.addLayout(self.grid)
        self.column.addWidget(self.trouble)

    def _build(self, years: tuple[int, ...]) -> None:
        while self.grid.count():
            widget = self.grid.takeAt(0).widget()
            if widget is not None:
                widget.deleteLater()
        self.years, self.cells = years, {}
        for column, text in enumerate(("", "Наша цель", "Требование")):
            self.grid.addWidget(Label(text, "muted"), 0, column)
        self._cell("baseline_year", 1, 0, "Год исходного значения", "год")
        self._cell("baseline", 1, 1, "Исходное значение", "сейчас")
        self.grid.addWidget(_quiet("исходное"), 1, 2)
        for row, year in enumerate(years, 2):
            self.grid.addWidget(Label(f"{year}"), row, 0)
            self._cell(f"target:{year}", row, 1, f"Цель на {year} год")
            self._cell(f"required:{year}", row, 2, f"Требование на {year} год")
        for column, stretch in enumerate((2, 3, 3)):
            self.grid.setColumnStretch(column, stretch)

    def _cell(self, column: str, row: int, place: int, name: str, hint: str = "") -> None:
        line = Line(name, lambda node_id, text: self.host.put_cell(node_id, column, text), hint=hint)
        line.setMinimumWidth(theme.current().px(56))
        self.cells[column] = line
        self.grid.addWidget(line, row, place)

    def refresh(self, tree: Tree, node_id: int) -> None:
        """Show the values of a node."""
        if tuple(tree.programme.years) != self.years:
            self.flush()
            self._build(tuple(tree.programme.years))
        troubles = []
        for column, line in self.cells.items():
            text, code = cell_text(tree, node_id, column), code_of(tree, node_id, column)
            line.keeper.show(node_id, text)
            words = trouble_of(code, text)
            troubles += [words] if words else []
            wrong = "true" if words else "false"
            if line.property("bad") != wrong:
                line.setProperty("bad", wrong)
                line.setToolTip(words)
                line.style().unpolish(line)
                line.style().polish(line)
        self.trouble.setText("\n".join(dict.fromkeys(troubles)))
        self.trouble.setVisible(bool(troubles))

    def flush(self) -> None:
        """Keep what is half typed."""
        for line in self.cells.values():
            line.keeper.commit()

    def set_writable(self, writable: bool) -> None:
        """Let values be typed or only be read."""
        for line in self.cells.values():
            line.setReadOnly(not writable)


def _quiet(text: str) -> QLabel:
    return Label(text, "muted")
