"""«Собрать пакет»: which papers, for whom, what will lie in it; nothing is written before the last step."""

from __future__ import annotations

import re
from pathlib import Path
from typing import ClassVar

from PySide6.QtWidgets import QCheckBox, QFormLayout, QLineEdit, QSplitter, QVBoxLayout, QWidget

from app.models.store import Connection
from app.operations import packages, papers
from app.operations.packages import Ask, Candidate, Prepared
from app.operations.papers import Made
from app.texts import NBSP, count, ru_date
from app.ui import theme
from app.ui.item_models.table_model import Column
from app.ui.run import Job
from app.ui.session import Session
from app.ui.widgets.basics import Button, Card, Scroller, beside
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import Label
from app.ui.widgets.pdf_view import PdfView
from app.ui.widgets.table import DataTable, RowAction
from app.ui.windows.base import Wizard

ZIP = "Пакет документов (*.zip)"
BARE = "Без людей: имена станут должностями, подписи и сканы не войдут"


def read(connection: Connection, day: object) -> tuple[tuple[Candidate, ...], Ask]:
    """Read papers and what a new package begins with in one go."""
    from datetime import date

    assert isinstance(day, date)
    return packages.candidates(connection), packages.usual(connection, day)


class PackageWizard(Wizard):
    """Three steps: papers, words, list."""

    guide: ClassVar[tuple[str, str]] = ("21-пакеты", "Собрать пакет")
    steps: ClassVar[tuple[str, ...]] = ("Что положить", "Как назвать и кому", "Опись")

    def __init__(self, session: Session, _payload: object = None, parent: QWidget | None = None) -> None:
        self.chosen: set[int] = set()
        self.prepared: Prepared | None = None
        self._turn = 0
        self._usual: Ask | None = None
        super().__init__(session, "Собрать пакет", parent, size=(980, 660))
        self.take(session.desk.read(read, session.today()), self._fill)

    def make_step(self, step: int) -> QWidget:
        """Return the page of a step."""
        return (self._make_choice, self._make_words, self._make_preview)[step]()

    # --- papers --------------------------------------------------------------------------------------------------

    def _make_choice(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        columns = (
            Column("in", "В пакет", lambda c: "берём" if c.number in self.chosen else "нет", 84, kind="chip",
                   chip=lambda c: "ok" if c.number in self.chosen else "none"),
            Column("number", "№", lambda c: str(c.number), 46, kind="number", sort=lambda c: c.number),
            Column("title", "Документ", lambda c: c.title, 220, 4, middle=True, strong=True),
            Column("period", "Период", lambda c: c.period, 110, 1, middle=True),
            Column("when", "Записан", lambda c: ru_date(c.registered_at), 88, sort=lambda c: c.registered_at),
            Column("lacks", "Чего не хватает", lambda c: c.lacking or "всё есть", 180, 2, kind="chip",
                   chip=lambda c: "warn" if c.lacks else "ok", tip=lambda c: c.lacking),
            Column("packed", "Уже в пакете", lambda c: ", ".join(f"№{NBSP}{n}" for n in c.packed), 96),
        )  # fmt: skip
        empty = EmptyState(
            "book", "Журнал исходящих пуст",
            "В пакет кладут документы журнала. Сделайте документ и запишите его в журнал исходящих.",
            ("К документам", self._to_papers),
        )  # fmt: skip
        self.table = DataTable(
            "package_choice", columns, lambda c: c.number, habits=self.session.habits, title="Документы журнала",
            empty=empty, searchable=True,
        )  # fmt: skip
        self.table.activated.connect(lambda _item: self.toggle())
        self.table.row_actions = self._row_actions
        self.told = Label("", "muted")
        column.addWidget(self.table, 1)
        column.addLayout(
            beside(
                Button("Взять", lambda: self.put(True), icon="plus", kind="link"),
                Button("Не брать", lambda: self.put(False), icon="x", kind="link"),
                Button("Взять все показанные", self.put_all, kind="link"), self.told, stretch=(0, 0, 0, 1),
            )
        )  # fmt: skip
        return page

    def _to_papers(self) -> None:
        self.reject()
        self.session.go("papers")

    def _row_actions(self) -> list[RowAction | None]:
        return (
            [("Взять", lambda: self.put(True)), ("Не брать", lambda: self.put(False))] if self.table.current() else []
        )

    def _fill(self, found: tuple[tuple[Candidate, ...], Ask]) -> None:
        rows, usual = found
        self._usual = usual
        self.chosen = set(usual.numbers)
        self.table.set_rows(rows)
        self.title_edit.setText(usual.title)
        self.period_edit.setText(usual.period)
        self.to_edit.setText(usual.addressee)
        self.oktmo_edit.setText(usual.oktmo)
        self._tell()

    def toggle(self) -> None:
        """Take the current paper or leave it."""
        current: Candidate | None = self.table.current()
        if current is not None:
            self.chosen ^= {current.number}
            self._chosen([current])

    def put(self, wanted: bool) -> None:
        """Take the selected papers or leave them."""
        rows: list[Candidate] = self.table.selected() or [row for row in (self.table.current(),) if row is not None]
        numbers = {row.number for row in rows}
        self.chosen = self.chosen | numbers if wanted else self.chosen - numbers
        self._chosen(rows)

    def put_all(self) -> None:
        """Take every paper that search and filters show."""
        model = self.table.model
        rows = [model.row(place) for place in range(model.shown)]
        self.chosen |= {row.number for row in rows}
        self._chosen(rows)

    def _chosen(self, rows: list[Candidate]) -> None:
        self.table.model.touch([row.number for row in rows])
        self._tell()

    def _tell(self) -> None:
        self.told.setText(f"В пакете {count(len(self.chosen), 'документ', 'документа', 'документов')}")
        self._enable()

    # --- words ---------------------------------------------------------------------------------------------------

    def _make_words(self) -> QWidget:
        page = QWidget()
        form = QFormLayout(page)
        form.setVerticalSpacing(theme.current().px(10))
        self.title_edit, self.period_edit, self.to_edit, self.oktmo_edit = (QLineEdit() for _ in range(4))
        self.period_edit.setPlaceholderText("как его называет адресат: по этому слову пакеты сводят")
        self.oktmo_edit.setPlaceholderText("8 или 11 цифр; можно оставить пустым")
        for word, edit in (
            ("Название", self.title_edit), ("Период", self.period_edit), ("Кому", self.to_edit),
            ("ОКТМО", self.oktmo_edit),
        ):  # fmt: skip
            edit.setAccessibleName(word)
            edit.textEdited.connect(lambda _text: self._enable())
            form.addRow(word, edit)
        self.bare = QCheckBox(BARE)
        form.addRow("", self.bare)
        form.addRow(
            "", Label("Кроме документов, в пакет войдут опись (PDF и Excel) и данные для программы: школы, списки с"
                      " числами, результаты, показатели, работа методистов. Учеников и имён в данных нет.",
                      "muted", wrap=True)
        )  # fmt: skip
        return page

    def ask(self) -> Ask:
        """Return what the package is to be."""
        return Ask(
            self.title_edit.text().strip(), self.period_edit.text().strip(), self.to_edit.text().strip(),
            tuple(sorted(self.chosen)), self.session.today(), self.oktmo_edit.text().strip(), self.bare.isChecked(),
        )  # fmt: skip

    # --- list ----------------------------------------------------------------------------------------------------

    def _make_preview(self) -> QWidget:
        self.view = PdfView(self.session)
        self.notes = Label("", "text", wrap=True)
        card = Card("Что будет в пакете")
        scroller = Scroller()
        scroller.column.addWidget(self.notes)
        scroller.column.addStretch(1)
        card.body.addWidget(scroller, 1)
        card.setMinimumWidth(theme.current().px(260))
        splitter = QSplitter()
        splitter.setHandleWidth(theme.current().px(12))
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.view)
        splitter.addWidget(card)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([theme.current().px(640), theme.current().px(300)])
        return splitter

    def enter_step(self, step: int) -> None:
        """Prepare the package when its list is to be seen."""
        self.next.setText("Сохранить…" if step == len(self.steps) - 1 else "Далее")
        if step == len(self.steps) - 1:
            self._turn += 1
            turn = self._turn
            self.prepared = None
            self.notes.setText("")
            self.view.clear("Собираю пакет…")
            self.take(self.session.desk.read(packages.prepare, self.ask()), lambda made: self._prepared(turn, made))
        self._enable()

    def _prepared(self, turn: int, made: Prepared) -> None:
        if turn != self._turn:
            return

        def work(_job: Job) -> Made:
            return papers.render(made.inventory, ".pdf")

        self.prepared = made
        first, *rest = packages.told(made)
        size = count(max(1, made.size >> 10), "КБ", "КБ", "КБ")
        self.notes.setText("\n\n".join([f"{first}, около {size}", *rest]))
        self.session.job(self, work, lambda drawn: self.view.show_pdf(drawn.data), self.fail)
        self._enable()

    def _enable(self) -> None:
        oktmo = self.oktmo_edit.text().strip() if hasattr(self, "oktmo_edit") else ""
        ready = (
            bool(self.chosen),
            bool(self.ask().title and self.ask().period and (not oktmo or re.fullmatch(r"\d{8}|\d{11}", oktmo)))
            if hasattr(self, "bare") else False,
            self.prepared is not None,
        )  # fmt: skip
        self.next.setEnabled(ready[self.step] if 0 <= self.step < len(ready) else False)

    def go_on(self) -> None:
        """Go on, or write the package."""
        if self.step < len(self.steps) - 1:
            self.show_step(self.step + 1)
        elif self.prepared is not None:
            self.take(self.session.desk.read(packages.file_name, self.prepared.ask), self._where)

    def _where(self, name: str) -> None:
        target = self.session.dialogs.save_file("Сохранить пакет", Path(name), ZIP)
        if target is None or self.prepared is None:
            return
        target = target if target.suffix.lower() == ".zip" else target.with_name(target.name + ".zip")
        self.next.setEnabled(False)
        self.take(self.session.written(packages.make, self.prepared, target), self._done)

    def _done(self, made: tuple[int, Path]) -> None:
        number, path = made
        self.session.tell("ok", f"Пакет №{NBSP}{number} сохранён: {path.name}.")
        self.session.go("papers", ("packages", number))
        self.accept()
