"""«Школы»: the registry, a card beside it, the full card in its place on Enter; further views of the schools."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.operations import schools as operations
from app.operations.schools import SchoolRow
from app.texts import count, school_year
from app.ui import theme
from app.ui.pages.base import LISTS, PAPERS, REGISTRY, RESULTS, SETTINGS, WORK
from app.ui.pages.school_card import SchoolCardView
from app.ui.pages.school_side import COLUMNS, SchoolSide
from app.ui.pages.view import View
from app.ui.pages.views_page import ViewsPage
from app.ui.session import Session
from app.ui.widgets.basics import Button, split
from app.ui.widgets.chip import ChipButton
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.table import DataTable, RowAction

MORE = frozenset({
    "metric_value", "school_project", "external_list", "external_entry", "source_document", "reference_text",
    "form_round", "form_case", "form_answer", "form_file",
    "data_explanation", "organisation_tie", "task_count",
})  # fmt: skip
"""What the further views show."""
REGISTRY_VIEW = "registry"


def _metrics(page: SchoolsPage) -> View:
    from app.ui.pages.metrics_view import MetricsView

    return MetricsView(page)


def _projects(page: SchoolsPage) -> View:
    from app.ui.pages.projects_view import ProjectsView

    return ProjectsView(page)


def _externals(page: SchoolsPage) -> View:
    from app.ui.pages.externals_view import ExternalsView

    return ExternalsView(page)


VIEWS: dict[str, tuple[str, Callable[[SchoolsPage], View]]] = {
    "metrics": ("Показатели", _metrics),
    "projects": ("Проекты", _projects),
    "externals": ("Внешние списки", _externals),
}


class SchoolsPage(ViewsPage):
    """The registry."""

    name = "schools"
    title = "Школы"
    icon = "school"
    subjects = REGISTRY | RESULTS | MORE | LISTS | PAPERS | SETTINGS | WORK
    guide = ("01-школы", "Карточка")
    first = (REGISTRY_VIEW, "Реестр")
    others = VIEWS
    switch_name = "Что показать о школах"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._wanted: int | None = None
        self._back_to = ""
        empty = EmptyState(
            "school", "Здесь будут школы муниципалитета",
            "Загрузите реестр: подойдёт любая таблица Excel, где есть столбец «Название». Коды, типы и населённые "
            "пункты узнаются по заголовкам.",
            ("Загрузить реестр…", lambda: session.go("import")),
        )  # fmt: skip
        self.table = DataTable(
            "schools", COLUMNS, lambda r: r.school.id, habits=session.habits, title="Реестр школ", empty=empty,
            searchable=True,
        )  # fmt: skip
        self.table.row_actions = self._row_actions
        self.table.current_changed.connect(self._show_row)
        self.table.activated.connect(lambda row: self.open_card(row.school.id))
        self._make_chips()
        self.side = SchoolSide(self)
        splitter = split(self.table, self.side, stretch=(1,), sizes=(900, theme.current().px(350)))
        self.listing = QWidget()
        column = QVBoxLayout(self.listing)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(splitter)
        self.card = SchoolCardView(session, self.close_card)
        self.stack.addWidget(self.card)
        self.show_body(self.listing, list(self._registry_actions))

    def step(self, step: int) -> None:
        """Show the next view; of the full card its other part."""
        if self.stack.currentWidget() is self.card:
            self.card.step(step)
        else:
            super().step(step)

    def bring_view(self) -> None:
        """Bring the chosen view to the front instead of the full card."""
        self.header.show()
        self.switch.show()
        super().bring_view()

    def _make_chips(self) -> None:
        table = (
            ("own", "info", lambda r: r.school.own),
            ("foreign", "none", lambda r: not r.school.own),
            ("drafts", "warn", lambda r: bool(r.drafts)),
            ("notes", "none", lambda r: bool(r.notes)),
        )
        self.chips: dict[str, ChipButton] = {}
        for key, kind, test in table:
            chip = ChipButton(kind, "")  # type: ignore[arg-type]
            chip.clicked.connect(lambda checked, key=key, test=test: self._quick(key, test if checked else None))
            self.table.lead.addWidget(chip)
            self.chips[key] = chip

    def _quick(self, key: str, test: object) -> None:
        for other, chip in self.chips.items():
            if other != key:
                chip.setChecked(False)
        self.table.model.set_quick(test)  # type: ignore[arg-type]

    def header_actions(self) -> Sequence[Button]:
        """Return the buttons of the header."""
        self._registry_actions = (
            self.act("Объединить…", self._merge, "git-merge"),
            self.act("Сверить с другим годом…", lambda: self.session.go("compare_registry"), "file-search"),
            self.act("Добавить школу…", lambda: self.session.go("add_school"), "plus"),
            self.act("Загрузить реестр…", lambda: self.session.go("import"), "upload", primary=True),
        )
        return self._registry_actions

    def refresh(self) -> None:
        """Read the registry anew, and the view that is shown; the others when they are shown."""
        self.refresh_views()
        self.session.read(self, self._show, operations.table, self.session.school_year, own=None)
        if self.stack.currentWidget() is self.card:
            self.card.refresh()

    def _show(self, rows: list[SchoolRow]) -> None:
        own = [row for row in rows if row.school.own]
        drafts, notes = (sum(bool(getattr(row, name)) for row in rows) for name in ("drafts", "notes"))
        pupils = [row.pupils for row in own if row.pupils is not None]
        parts = [count(len(own), "организация", "организации", "организаций") + " муниципалитета"]
        if pupils:
            parts.append(
                f"{count(sum(pupils), 'ученик', 'ученика', 'учеников')} в {school_year(self.session.school_year)}"
            )
        if drafts:
            parts.append(count(drafts, "карточку надо поправить", "карточки надо поправить", "карточек надо поправить"))
        self.say(" · ".join(parts) if rows else "Реестр пуст")
        words = {
            "own": f"свои {len(own)}",
            "foreign": f"для сравнения {len(rows) - len(own)}",
            "drafts": f"с черновиками {drafts}",
            "notes": f"с заметками {notes}",
        }
        counts = {"own": len(own), "foreign": len(rows) - len(own), "drafts": drafts, "notes": notes}
        for key, chip in self.chips.items():
            chip.set_text(words[key])
            chip.setVisible(counts[key] > 0 and counts[key] < len(rows))
        self.table.set_rows(rows)
        self.side.setVisible(bool(rows))
        if self._wanted is not None:
            self.table.choose(self._wanted)
            self._wanted = None

    def _show_row(self, row: SchoolRow | None) -> None:
        if row is None:
            self.side.clear()
            return
        self.session.read(self, lambda card: self.side.show_card(row, card), operations.card, row.school.id)

    # --- going ---------------------------------------------------------------------------------------------------

    def open_payload(self, payload: object) -> None:
        """Open a school that was found elsewhere, a cell (school, school year, metric) or a view by its key."""
        if isinstance(payload, int):
            self._wanted = payload
            self.table.choose(payload)
            self.open_card(payload)
        elif isinstance(payload, tuple) and payload[0] == "details":
            self._wanted = payload[1]
            self.open_card(payload[1], "details")
        elif isinstance(payload, tuple):
            view = self.show_view("metrics")
            if view is not None:
                view.open_payload(payload)
        elif isinstance(payload, str):
            self.show_view(payload)
            self.focus_main()

    def open_card(self, school_id: int, part: str = "overview") -> None:
        """Show the full card: its overview, or its details to be changed."""
        self.card.open(school_id, part)
        self.header.hide()
        self.switch.hide()
        self.stack.setCurrentWidget(self.card)
        self.card.focus_first()

    def came_from(self, page: str) -> None:
        """Remember where Esc leads from the card."""
        self._back_to = page if page != self.name else ""

    def payload_of(self, key: str) -> object:
        """Notes and joining are of the chosen schools."""
        if self.view != REGISTRY_VIEW:
            return None
        chosen = [row.school.id for row in self.table.selected()]
        return {"merge": chosen, "note": chosen[0] if chosen else None}.get(key)

    def close_card(self) -> None:
        """Go back to the registry, or to the page that asked for the card."""
        back, self._back_to = self._back_to, ""
        if back:
            self.session.go(f"tab_{back}")
        self.bring_view()
        if not back:
            self.focus_main()

    def escape(self) -> bool:
        """Esc goes back from the card."""
        if self.stack.currentWidget() is self.card:
            self.close_card()
            return True
        return False

    def _merge(self) -> None:
        ids = [row.school.id for row in self.table.selected()]
        self.session.go("merge", ids)

    def _row_actions(self) -> list[RowAction | None]:
        row: SchoolRow | None = self.table.current()
        if row is None:
            return []
        key = row.school.id
        return [
            ("Открыть карточку", lambda: self.open_card(key)),
            ("Записать заметку…", lambda: self.session.go("note", key)),
            ("Объединить…", self._merge),
        ]
