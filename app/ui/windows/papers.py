"""A paper before it is made: choose rule and year, see the pages, print, save in a format, put into the register."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.models.store import Connection
from app.operations import desk, identification, paper_catalogue, papers
from app.operations.list_papers import LIST_PAPERS
from app.operations.papers import Made, Paper
from app.texts import NBSP, count
from app.ui import theme
from app.ui.run import Job
from app.ui.session import Session
from app.ui.widgets.basics import Button, Combo
from app.ui.widgets.labels import Label
from app.ui.widgets.pdf_view import PdfView
from app.ui.windows.base import Window
from app.ui.windows.printing import print_pdf

if TYPE_CHECKING:
    from app.analysis.rule_model import Rule

PATTERNS = {".pdf": "Документ PDF (*.pdf)", ".docx": "Документ Word (*.docx)", ".xlsx": "Книга Excel (*.xlsx)"}
VERBS = ((".pdf", "Сохранить PDF…"), (".docx", "Сохранить Word…"), (".xlsx", "Сохранить Excel…"))


def _text(value: object) -> str:
    return str(int(value)) if isinstance(value, bool) else str(value)


def choice(connection: Connection, path: Path) -> tuple[dict[str, Rule], desk.Info]:
    """Read rules and years in one go."""
    return identification.rules(connection), desk.info(connection, path)


class PaperPreview(Window):
    """A paper on the screen: its pages, printing, saving in a format, putting into the register."""

    guide = ("04-документы", "Список с основаниями")

    def __init__(self, session: Session, title: str, parent: QWidget | None = None) -> None:
        super().__init__(session, title, parent, size=(960, 680))
        self._paper: Paper | None = None
        self._pdf: Made | None = None
        self._turn = 0
        px = theme.current().px
        self.choosers = QHBoxLayout()
        self.choosers.setSpacing(px(8))
        self.body.addLayout(self.choosers)
        self.view = PdfView(session)
        self.view.shown.connect(self._tell_pages)
        self.body.addWidget(self.view, 1)
        self.saves = [Button(verb, partial(self._save, suffix), icon="download") for suffix, verb in VERBS]
        self.printing = Button("Напечатать…", self._print, icon="printer")
        self.registering = Button("В журнал исходящих", self._register, icon="book", kind="primary")
        self.centre = Button("Открыть в центре", self._to_centre, kind="link",
                             tip="Там его можно сделать пачкой, на слайдах и с другим оформлением")  # fmt: skip
        self.centre.hide()
        self.add_buttons(
            Button("Закрыть", self.accept), self.registering, left=[*self.saves, self.printing, self.centre]
        )
        self._enable()

    # --- making --------------------------------------------------------------------------------------------------

    def prepare(self, make: Callable[[Connection], Paper]) -> None:
        """Have a paper made beside the window and show it."""
        self._turn += 1
        turn = self._turn
        self._paper = self._pdf = None
        self._enable()
        self.say("Готовлю документ…")
        self.take(self.session.desk.read(make), lambda paper: self._render(turn, paper))

    def prepare_kind(self, kind: str, values: Mapping[str, object]) -> None:
        """Have a paper of the catalogue made, so that the register knows how; an empty value is left out.

        Args:
            kind: key of the catalogue.
            values: of its settings; a flag is True or False.
        """
        told = {key: _text(value) for key, value in values.items() if value not in (None, "")}
        day = self.session.today()
        self.prepare(lambda connection: paper_catalogue.make(connection, kind, told, day))

    def _to_centre(self) -> None:
        """Show the same paper where it can be changed, made in batches and put on slides."""
        recipe = None if self._paper is None else self._paper.recipe
        if recipe is not None:
            self.session.go("papers", (recipe.kind, dict(recipe.values)))
            self.accept()

    def state(self) -> str:
        """Return what the line under the title says beside the number of pages."""
        return ""

    def _render(self, turn: int, paper: Paper) -> None:
        if turn != self._turn:
            return
        self._paper = paper
        self.centre.setVisible(paper.recipe is not None)
        self._draw(paper, ".pdf", lambda made: self._show(turn, made))

    def _draw(self, paper: Paper, suffix: str, then: Callable[[Made], object]) -> None:
        def work(_job: Job) -> Made:
            return papers.render(paper, suffix)

        self.session.job(self, work, then, self.fail)

    def _show(self, turn: int, made: Made) -> None:
        if turn == self._turn:
            self._pdf = made
            self._enable()
            self.view.show_pdf(made.data)

    def _tell_pages(self, pages: int) -> None:
        state = self.state()
        told = count(pages, "страница", "страницы", "страниц")
        self.say(f"{told} · {state}" if state else told)

    def _enable(self) -> None:
        ready = self._pdf is not None
        for button in (*self.saves, self.printing):
            button.setEnabled(ready)
        self.registering.setEnabled(ready and not self.session.desk.read_only)

    # --- what can be done with it --------------------------------------------------------------------------------

    def _name(self, suffix: str) -> str:
        paper = self._paper
        return (
            papers.file_name(paper, suffix, self.session.today().strftime("%d.%m.%Y")) if paper else f"Список{suffix}"
        )

    def _save(self, suffix: str) -> None:
        paper = self._paper
        if paper is None:
            return
        target = self.session.dialogs.save_file("Сохранить документ", Path(self._name(suffix)), PATTERNS[suffix])
        if target is None:
            return
        target = target if target.suffix.lower() == suffix else target.with_name(target.name + suffix)
        self.strip.begin("Сохраняю", cancellable=False)
        # the PDF that is seen, printed and registered is the one that is saved: drawn anew it would have another hash
        shown = self._pdf if suffix == ".pdf" else None

        def work(_job: Job) -> None:
            papers.write(target, (shown or papers.render(paper, suffix)).data)

        self.session.job(self, work, lambda _: self._saved(target), self.fail)

    def _saved(self, target: Path) -> None:
        self.strip.end()
        self.bar.show_message("ok", f"Сохранено: {target.name}")

    def _print(self) -> None:
        if self._pdf is not None:
            print_pdf(self.session, self, self._pdf.data, self._name(""))

    def _register(self) -> None:
        if self._paper is None or self._pdf is None:
            return
        future = self.session.written(papers.register, self._paper, self._pdf, self._name(".pdf"))
        self.take(future, self._registered)

    def _registered(self, number: int) -> None:
        session = self.session
        self.bar.show_message(
            "ok", f"Документ записан в журнал исходящих под №{NBSP}{number}.",
            ("Подписать…", lambda: session.go("sign", number)),
        )  # fmt: skip


class PaperWindow(PaperPreview):
    """The papers about a list on the screen: the list with its grounds, agreement sheet, protocol, road map."""

    def __init__(
        self, session: Session, payload: tuple[str, int] | tuple[str, int, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        kind = payload[2] if payload is not None and len(payload) == 3 else "school_list"
        super().__init__(session, LIST_PAPERS[kind][0], parent)
        self._payload = payload[:2] if payload is not None else None
        self.kind, self.rule, self.year = Combo("Документ"), Combo("Правило"), Combo("Год результатов")
        self.kind.fill([(title, key) for key, (title, _make) in LIST_PAPERS.items()], kind)
        for combo in (self.kind, self.rule, self.year):
            combo.currentIndexChanged.connect(lambda _i: self._make())
        row = self.choosers
        row.addWidget(Label("Документ", "muted"))
        row.addWidget(self.kind)
        row.addWidget(Label("Правило", "muted"))
        row.addWidget(self.rule, 1)
        row.addWidget(Label("Год результатов", "muted"))
        row.addWidget(self.year)
        path = session.desk.path
        if path is not None:
            self.take(session.desk.read(choice, path), self._offer)

    def _offer(self, found: tuple[dict[str, Rule], desk.Info]) -> None:
        rules, info = found
        rule_id, year = self._payload or (info.settings["rule"], info.years[0] if info.years else None)
        self.rule.fill([(rule.title, rule.id) for rule in rules.values()], rule_id)
        self.year.fill([(str(item), item) for item in info.years], year)
        if info.years:
            self._make()
        else:
            self.view.clear("Результатов в файле пока нет: печатать нечего.")

    def _make(self) -> None:
        rule_id, year = self.rule.currentData(), self.year.currentData()
        if rule_id is None or year is None:
            return
        kind = str(self.kind.currentData())
        title = LIST_PAPERS[kind][0]
        self.heading.setText(title)
        self.setWindowTitle(title)
        self.prepare_kind(kind, {"rule": rule_id, "year": year})

    def state(self) -> str:
        """Tell whether the list stands."""
        return (
            "утверждён, печатается со снимка"
            if self._paper and self._paper.snapshot_id
            else "ПРОЕКТ: список не утверждён"
        )
