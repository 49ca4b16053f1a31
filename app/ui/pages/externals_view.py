"""«Внешние списки»: what others said of the schools, with the documents it came with; kept, never computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from app.models.store import Connection
from app.operations import externals, papers
from app.operations.externals import KIND_WORDS, ExternalEntry, ExternalList, document_words
from app.texts import capital, count, ru_date, ru_moment
from app.ui import theme
from app.ui.dialogs import Field
from app.ui.item_models.table_model import Column
from app.ui.pages.view import View
from app.ui.run import Job
from app.ui.typed_days import day_trouble
from app.ui.widgets.basics import Button, Card, Row, split
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import Label
from app.ui.widgets.table import DataTable, RowAction

if TYPE_CHECKING:
    from app.ui.pages.schools import SchoolsPage

KEPT_ONLY = "Эти списки только хранятся: программа их не пересчитывает."
FILES = "Документ (*.pdf *.docx *.doc *.odt *.jpg *.png);;Любой файл (*)"


def place_of(entry: ExternalEntry) -> str:
    """Return where in its file an entry stands."""
    cell = entry.cells or (f"строка {entry.row_from}" if entry.row_from is not None else "")
    return ", ".join(part for part in (entry.sheet or "", cell) if part)


@dataclass(frozen=True, slots=True)
class Line:
    """An entry with what it is about in words."""

    entry: ExternalEntry
    about: str


def read_lines(connection: Connection, list_id: int) -> list[Line]:
    """Return what a list says, factors by their names."""
    names = externals.item_words(connection)
    return [Line(entry, about(entry, names)) for entry in externals.entries(connection, list_id)]


def about(entry: ExternalEntry, names: Mapping[str, str]) -> str:
    """Return what an entry is about: the school itself, a factor of risk, a marker."""
    if entry.item:
        return names.get(entry.item, entry.item)
    return {"federal_list": "группа", "risk_zone": "зона риска", "bias": "число признаков"}.get(entry.kind, "школа")


LISTS = (
    Column("kind", "Вид", lambda x: capital(KIND_WORDS.get(x.kind, x.kind)), 150, 2, 120, tip=lambda x: x.title),
    Column("year", "Год", lambda x: str(x.year), 54, kind="number", sort=lambda x: x.year),
    Column("title", "Список", lambda x: x.title, 150, 3, 110, middle=True, strong=True),
    Column("schools", "Школ", lambda x: str(x.schools), 58, kind="number", sort=lambda x: x.schools),
    Column("document", "Документ", lambda x: "указан" if x.document else "не указан", 108, kind="chip",
           chip=lambda x: "ok" if x.document else "warn", tip=lambda x: document_words(x.document)),
)  # fmt: skip
ENTRIES = (
    Column("school", "Школа", lambda r: r.entry.school, 150, 3, 130, middle=True, strong=True),
    Column("item", "О чём", lambda r: r.about, 110, 3, 84, middle=True),
    Column("value", "Сказано в списке", lambda r: r.entry.raw or r.entry.value or "", 172, 1, 164),
    Column("place", "Место в файле", lambda r: place_of(r.entry), 112, 1, 84, middle=True),
)


class ExternalsView(View):
    """Lists at the left, what the chosen one says at the right."""

    key = "externals"
    title = "Внешние списки"
    heading = "Внешние списки"
    guide = ("01-школы", "Проекты и списки извне")

    page: SchoolsPage

    def __init__(self, page: SchoolsPage) -> None:
        super().__init__(page)
        self._chosen: ExternalList | None = None
        px = theme.current().px
        empty = EmptyState(
            "list-search", "Здесь будут списки, которые пришли извне",
            "Список Рособрнадзора, признаки необъективности, рисковые профили и зоны риска. Загрузите файл — "
            "вид списка узнаётся по заголовкам.",
            ("Загрузить список…", lambda: self.session.go("import")),
        )  # fmt: skip
        self.table = DataTable(
            "externals", LISTS, lambda x: x.id, habits=self.session.habits, title="Внешние списки", empty=empty
        )
        self.table.current_changed.connect(self._show_list)
        self.table.row_actions = self._row_actions
        self.card = Card()
        self.card.setMinimumWidth(px(320))
        self.name = Label("", "section", wrap=True)
        self.facts = Label("", "muted", wrap=True).selectable()
        self.entries = DataTable(
            "external_entries", ENTRIES, lambda r: r.entry.id, habits=self.session.habits, title="Что сказано о школах",
            bare=True,
        )  # fmt: skip
        self.entries.activated.connect(lambda line: page.open_card(line.entry.organisation_id))
        self.card.body.addWidget(self.name)
        self.card.body.addWidget(self.facts)
        self.card.body.addWidget(self.entries, 1)
        self.save = Button("Сохранить документ…", self._save_document, icon="download", kind="link")
        self.card.body.addWidget(Row(Button("Карточка школы", self._open, icon="id", kind="link"), self.save, gap=4))
        splitter = split(self.table, self.card, sizes=(px(520), px(720)))
        column = QVBoxLayout()
        column.setSpacing(px(6))
        column.addWidget(splitter, 1)
        column.addWidget(Label(KEPT_ONLY, "muted", wrap=True))
        self.column.addLayout(column, 1)

    def make_actions(self) -> Sequence[Button]:
        """Return the buttons of the header."""
        act = self.page.act
        self.drop = act("Убрать список", self.remove, "trash")
        self.attach = act("Указать документ…", self.ask_document, "paperclip")
        load = act("Загрузить список…", lambda: self.session.go("import"), "upload", primary=True)
        return self.drop, self.attach, load

    # --- reading -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the lists anew."""
        self.session.read(self, self._show, externals.lists)

    def _show(self, lists: list[ExternalList]) -> None:
        self.enable_actions()
        self.card.setVisible(bool(lists))
        self.table.set_rows(lists)
        for button in (self.drop, self.attach):
            button.setEnabled(bool(lists) and not self.session.desk.read_only)
        bare = sum(item.document is None for item in lists)
        words = count(len(lists), "список", "списка", "списков")
        if not lists:
            self.say("Списков извне в файле нет")
        else:
            self.say(f"{words} · " + (f"документ не указан у {bare}" if bare else "у каждого указан документ"))

    def _show_list(self, chosen: ExternalList | None) -> None:
        self._chosen = chosen
        if chosen is None:
            self.entries.set_rows([])
            return
        self.name.setText(chosen.title)
        document = document_words(chosen.document)
        parts = [
            f"{capital(KIND_WORDS.get(chosen.kind, chosen.kind))}, {chosen.year}",
            f"Документ: {document}" if document else "Документ не указан",
            f"Файл: {chosen.file}" if chosen.file else "",
            f"Загрузка: {ru_moment(chosen.added_at)}, {chosen.actor}",
        ]
        self.facts.setText("\n".join(part for part in parts if part))
        self.save.setVisible(chosen.document is not None and chosen.document.sha256 is not None)
        key = chosen.id
        self.session.read(self, lambda found: self._show_entries(key, found), read_lines, key)

    def _show_entries(self, key: int, found: list[Line]) -> None:
        if self._chosen is not None and self._chosen.id == key:
            self.entries.set_rows(found)

    def focus_main(self) -> None:
        """Put the keyboard into the lists."""
        self.table.focus_table()

    def _open(self) -> None:
        line: Line | None = self.entries.current()
        if line is not None:
            self.page.open_card(line.entry.organisation_id)

    # --- changing ------------------------------------------------------------------------------------------------

    def ask_document(self) -> None:
        """Ask which letter or order the list came with."""
        chosen = self._chosen
        if chosen is None:
            return
        old = chosen.document
        day = ru_date(old.dated) if old is not None and old.dated else ""
        answer = self.session.dialogs.ask(
            "Документ списка", f"С каким документом пришёл «{chosen.title}».",
            [
                Field("title", "Название", old.title if old else "", "Письмо о направлении списка", required=True),
                Field("issuer", "Кто выпустил", (old.issuer or "") if old else "", "Рособрнадзор"),
                Field("number", "Номер", (old.number or "") if old else ""),
                Field("dated", "Дата", day, "28.11.2026", test=day_trouble),
                Field("path", "Файл, если есть", files=FILES),
            ],
            "Указать документ",
        )  # fmt: skip
        if answer is not None:
            self.session.write(
                self, lambda _: self.page.message("ok", "Документ указан."), externals.add_document, chosen.id,
                title=answer["title"], issuer=answer["issuer"] or None, number=answer["number"] or None,
                dated=answer["dated"] or None, path=Path(answer["path"]) if answer["path"] else None,
            )  # fmt: skip

    def remove(self) -> None:
        """Take the list out; undo brings it back."""
        if self._chosen is not None:
            self.session.write(
                self, lambda gone: self.page.message("info", f"Список «{gone.title}» убран. Вернуть — Ctrl+Z."),
                externals.remove, self._chosen.id,
            )  # fmt: skip

    def _save_document(self) -> None:
        document = self._chosen.document if self._chosen is not None else None
        if document is None:
            return
        target = self.session.dialogs.save_file("Сохранить документ", Path(document.file_name or "документ"), FILES)
        if target is not None:
            self.session.read(self, lambda data: self._saved(target, data), externals.document_bytes, document)

    def _saved(self, target: Path, data: bytes) -> None:
        def work(_job: Job) -> None:
            papers.write(target, data)

        self.session.job(self, work, lambda _: self.page.message("ok", f"Сохранено: {target.name}"))

    def _row_actions(self) -> list[RowAction | None]:
        if self._chosen is None or self.session.desk.read_only:
            return []
        return [("Указать документ…", self.ask_document), ("Убрать список", self.remove)]
