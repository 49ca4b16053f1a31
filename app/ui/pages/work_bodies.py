"""«Объединения» of the page «Работа»: every association at the left, the chosen one at the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter

from app.operations import bodies, bodies_writing
from app.operations.bodies import BodyLine
from app.operations.register_work_bodies import KINDS
from app.texts import DASH, ru_date
from app.ui import theme
from app.ui.dialogs import Choice, Field
from app.ui.item_models.table_model import Column
from app.ui.pages.view import View
from app.ui.pages.work_bodies_card import HELP, PARTS, BodyPanel, date_fault
from app.ui.widgets.basics import Button
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.table import DataTable, RowAction

if TYPE_CHECKING:
    from app.ui.pages.work import WorkPage

OTHER = "другое"


def _plan(line: BodyLine) -> str:
    return f"{line.done}\u00a0из\u00a0{line.plan}" if line.plan else DASH


def _tip(line: BodyLine) -> str:
    parts = [line.name, line.kind, ", ".join(line.heads), ", ".join(line.school_names)]
    if line.next_on:
        parts.append(f"{ru_date(line.next_on)}: {line.next_text}")
    return "\n".join(part for part in parts if part)


COLUMNS = (
    Column("name", "Объединение", lambda x: x.name, 170, 4, 130, middle=True, strong=True, tip=_tip),
    Column("state", "Как идёт", lambda x: x.word, 158, kind="chip", chip=lambda x: x.tone, tip=_tip),
    Column("plan", "План", _plan, 62, sort=lambda x: (x.plan and x.done / x.plan) or 0),
)


class BodiesView(View):
    """«Объединения»."""

    key = "bodies"
    title = "Объединения"
    heading = "Объединения"
    guide = ("24-объединения", "Объединения")

    page: WorkPage

    def __init__(self, page: WorkPage) -> None:
        super().__init__(page)
        px = theme.current().px
        self._wanted: int | None = None
        self.empty = EmptyState(
            "users", "Объединений пока нет",
            "Здесь встанут РМО, творческие и проблемные группы, Школа молодого педагога, сообщества и кластеры: "
            "кто в них входит, план, заседания и что получилось.",
            ("Завести объединение…", self.ask_new),
        )  # fmt: skip
        self.table = DataTable(
            "bodies", COLUMNS, lambda x: x.id, habits=self.session.habits, title="Объединения", empty=self.empty
        )
        self.table.current_changed.connect(self._chosen)
        self.table.row_actions = self._row_actions
        self.panel = BodyPanel(self.session, self)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(px(12))
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.table)
        self.splitter.addWidget(self.panel)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([px(560), px(740)])
        self.column.addWidget(self.splitter, 1)
        self.session.year_changed.connect(self._year_changed)

    def make_actions(self) -> Sequence[Button]:
        """Return the buttons of the header."""
        act = self.page.act
        self.scoring = act("Оценить…", self.ask_score, "checklist")
        self.printing = act("Документы…", self.ask_print, "printer")
        self.adding = act("Новое объединение", self.ask_new, "plus", primary=True)
        return self.scoring, self.printing, self.adding

    # --- reading -----------------------------------------------------------------------------------------------------

    def _year_changed(self) -> None:
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Read the bodies and the chosen one anew."""
        self.session.read(self, self._show, bodies.listing, self.session.school_year, self.session.today())
        self.panel.refresh()

    def _show(self, lines: tuple[BodyLine, ...]) -> None:
        self.say(bodies.sentence(lines))
        self.panel.setVisible(bool(lines))
        self.table.set_rows(lines)
        self.empty.allow(not self.session.desk.read_only)
        if self._wanted is not None and self.table.choose(self._wanted):
            self._wanted = None
        self.enable_actions()

    def _chosen(self, line: BodyLine | None) -> None:
        self.panel.show_body(None if line is None else line.id)

    @property
    def body(self) -> int | None:
        """Key of the chosen body."""
        line: BodyLine | None = self.table.current()
        return None if line is None else line.id

    def enable_actions(self) -> None:
        """Only what makes sense can be pressed."""
        free, some = not self.session.desk.read_only, self.body is not None
        self.adding.setEnabled(free)
        self.scoring.setEnabled(free and some)
        self.printing.setEnabled(some)

    def open_payload(self, payload: object) -> None:
        """Show a body by its key, (key, part) or (key, part, row, school year)."""
        match payload:
            case int() as key:
                self._open(key)
            case (int() as key, str() as part, *more):
                if len(more) > 1:
                    self.session.set_school_year(int(str(more[1])))
                self._open(key)
                self.panel.show_part(part, int(str(more[0])) if more else None)
            case _:
                return

    def _open(self, key: int) -> None:
        self.table.clear_filters()
        self._wanted = None if self.table.choose(key) else key

    def help_place(self) -> tuple[str, str]:
        """Return the place of the part that is shown; without a body that of the page."""
        part = list(PARTS)[self.panel.tabs.currentIndex()]
        return self.guide[0], self.guide[1] if self.body is None else HELP[part]

    def focus_main(self) -> None:
        """Put the keyboard into the list."""
        self.table.focus_table()

    # --- acting ------------------------------------------------------------------------------------------------------

    def _row_actions(self) -> list[RowAction | None]:
        if self.body is None:
            return []
        free: list[RowAction | None] = [
            ("Изменить…", self.ask_edit),
            ("Оценить…", self.ask_score),
            None,
            ("Убрать…", self.ask_remove),
        ]
        return [("Документы…", self.ask_print), *([] if self.session.desk.read_only else free)]

    @staticmethod
    def _fields(values: dict[str, str]) -> list[Field]:
        known = tuple((kind, kind) for kind in KINDS)
        now = values.get("kind", KINDS[0])
        if now not in KINDS:
            known = ((now, now), *known)
        return [
            Field("name", "Название", values.get("name", ""), "РМО учителей математики", required=True),
            Field("kind", "Что это", now, choices=(*known, (OTHER, OTHER))),
            Field("other", "Другой вид, если в списке его нет", hint="например, лаборатория"),
            Field("subject", "Предмет или направление", values.get("subject", ""), "Математика"),
            Field("topic", "Над чем работает в этом году", values.get("topic", "")),
            Field("act", "Каким приказом создано", values.get("act", "")),
            Field("date_from", "Работает с", values.get("date_from", ""), "01.09.2026", test=date_fault),
            Field("date_to", "Работает по", values.get("date_to", ""), "пусто — работает и дальше", test=date_fault),
            Field("link", "Страница или чат", values.get("link", "")),
            Field("note", "Примечание", values.get("note", "")),
        ]  # fmt: skip

    @staticmethod
    def _told(answer: dict[str, str]) -> dict[str, str]:
        other = answer.pop("other", "").strip()
        if other:
            answer["kind"] = other
        return answer

    def ask_new(self) -> None:
        """Ask for a new body; then its members are filled in."""
        answer = self.session.dialogs.ask(
            "Новое объединение", "Состав, план и заседания впишете потом.", self._fields({}), "Завести"
        )
        if answer is not None:
            self.session.write(self, self._made, bodies_writing.add, **self._told(answer))

    def _made(self, key: int) -> None:
        self._wanted = key
        self.panel.show_part("members")
        self.refresh()

    def ask_edit(self) -> None:
        """Ask for what is said of the chosen body."""
        card = self.panel.card
        if card is None or self.body is None:
            return
        line = card.line
        values = {
            "name": line.name, "kind": line.kind, "subject": line.subject, "topic": line.topic, "act": card.act,
            "date_from": ru_date(card.date_from) if card.date_from else "",
            "date_to": ru_date(card.date_to) if card.date_to else "", "link": card.link, "note": card.note,
        }  # fmt: skip
        answer = self.session.dialogs.ask("Изменить объединение", "", self._fields(values), "Сохранить")
        if answer is not None:
            self.session.write(self, None, bodies_writing.edit, line.id, **self._told(answer))

    def ask_remove(self) -> None:
        """Name what hangs on the chosen body and take it out."""
        if self.body is not None:
            key = self.body
            self.session.read(self, lambda told: self._remove(key, told), bodies_writing.hangs_on, key)

    def _remove(self, key: int, told: str) -> None:
        line: BodyLine | None = self.table.current()
        name = "" if line is None else line.name
        text = f"Убрать «{name}»? {told}".strip()
        answer = self.session.dialogs.choose(
            "Убрать объединение", f"{text}\n\nЕсли оно просто закончило работу, впишите день в «Работает по».",
            [Choice("keep", "Оставить"), Choice("remove", "Убрать", dangerous=True)],
        )  # fmt: skip
        if answer == "remove":
            self.session.write(self, None, bodies_writing.remove, key)

    def ask_score(self) -> None:
        """Ask by which form the body is scored, begin it and open it."""
        if self.body is not None:
            self.session.read(self, self._score, bodies_writing.forms_for)

    def _score(self, forms: list[tuple[str, str]]) -> None:
        key = self.body
        if key is None or not forms:
            return
        answer = self.session.dialogs.ask(
            "Оценить объединение", "Форма откроется на вкладке «Чек-листы»; баллы вернутся сюда.",
            [Field("form", "По какой форме", forms[0][0], choices=tuple((name, form) for form, name in forms))],
            "Открыть форму",
        )  # fmt: skip
        if answer is not None:
            self.session.write(
                self, lambda case: self.session.go("forms", ("fill", case)), bodies_writing.assess, key,
                answer["form"], self.session.school_year,
            )  # fmt: skip

    def ask_print(self) -> None:
        """Ask which paper about the body is wanted and open it in the centre."""
        key = self.body
        if key is None:
            return
        answer = self.session.dialogs.choose(
            "Документы объединения", "Документ откроется на вкладке «Отчёты», там его печатают и записывают.",
            [Choice("body_members", "Состав"), Choice("body_plan", "План на год"), Choice("body_report", "Справка")],
        )  # fmt: skip
        if answer is not None:
            values = {"body": str(key), "school_year": str(self.session.school_year)}
            self.session.go("papers", (answer, values))
