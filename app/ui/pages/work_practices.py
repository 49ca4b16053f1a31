"""«Практики» of the page «Работа»: the bank, its search, who adopted what."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from app.operations import practice_view, practices
from app.operations.practice_search import Hit
from app.operations.practice_view import Bank
from app.operations.practices import Practice
from app.operations.register_work_practices import STATE_WORDS
from app.texts import DASH, capital, count
from app.ui import theme
from app.ui.dialogs import Choice, Field
from app.ui.item_models.table_model import Column
from app.ui.pages.register_pane import RegisterPane
from app.ui.pages.view import View
from app.ui.pages.work_practices_card import STATES, PracticeCard
from app.ui.theme import Kind
from app.ui.typed_days import day_trouble
from app.ui.widgets.basics import Button, Combo, split
from app.ui.widgets.chip import ChipButton
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.table import DataTable, RowAction, SearchEdit

if TYPE_CHECKING:
    from app.ui.pages.work import WorkPage

EVERY_SCHOOL = "для любой школы"
QUICK: Mapping[str, tuple[Kind, str]] = {"accepted": ("ok", "в банке"), "proposed": ("info", "предложены"),
                                         "archived": ("none", "в архиве")}  # fmt: skip
"""Chips over the table: state of a practice → shape and word."""


def _tip(hit: Hit) -> str:
    return f"{hit.practice.shown}\nПочему показана: {hit.why}" if hit.why else hit.practice.shown


def _of(text: Callable[[Practice], str]) -> Callable[[Hit], str]:
    return lambda hit: text(hit.practice)


COLUMNS = (
    Column("title", "Практика", _of(lambda item: item.shown), 250, 5, 170, strong=True, tip=_tip),
    Column("whose", "Чей опыт", _of(lambda item: item.whose or DASH), 130, 2, 100, middle=True),
    Column("subject", "Предмет", _of(lambda item: item.subject or DASH), 106, 1, 84),
    Column("state", "Состояние", _of(lambda item: STATE_WORDS[item.state]), 116, kind="chip",
           chip=lambda hit: STATES[hit.practice.state]),
    Column("adopted", "Внедрили", _of(lambda item: str(item.standing.adopted)), 84, kind="number",
           sort=lambda hit: hit.practice.standing.adopted, whole="Сколько школ внедрили"),
    Column("rating", "Оценка школ", _of(lambda item: item.standing.rating_words), 134,
           sort=lambda hit: hit.practice.standing.rating),
)  # fmt: skip


class PracticesView(View):
    """«Практики»."""

    key = "practices"
    title = "Практики"
    heading = "Банк практик"
    guide = ("25-практики", "Банк практик")

    page: WorkPage

    def __init__(self, page: WorkPage) -> None:
        super().__init__(page)
        self.bank: Bank | None = None
        self._turn = 0
        self._wanted: int | None = None
        px = theme.current().px
        self._make_search()
        self._make_table()
        self.uses = RegisterPane(self.session, "practice_uses", self.scope)
        self.card = PracticeCard(self.session, self.accept, self.archive)
        self.card.offered.connect(self._offered)
        left = split(self.table, self.uses, stretch=(3, 2), sizes=(px(330), px(210)), vertical=True)
        self.splitter = split(left, self.card, stretch=(1,), sizes=(px(940), px(350)))
        self.column.addWidget(self.splitter, 1)
        self.uses.hide()

    def make_actions(self) -> Sequence[Button]:
        """Return the buttons of the header."""
        act = self.page.act
        self.printing = act("Документы…", self.print_paper, "printer")
        self.out = act("Убрать…", self.remove, "trash")
        self.taking = act("Принять в банк…", self.accept, "circle-check")
        self.adding = act("Добавить практику…", self.add, "plus", primary=True)
        return self.printing, self.out, self.taking, self.adding

    def _make_search(self) -> None:
        px = theme.current().px
        self.search = SearchEdit("Дефицит, предмет или тема", "Поиск практики по дефициту, предмету или теме")
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(px(300))
        self.search.searched.connect(lambda _text: self.refresh())
        self.search.leave.connect(self._into_table)
        self.whom = Combo("Кому подойдёт")
        self.whom.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.whom.setMinimumContentsLength(22)
        self.whom.setToolTip("Подобрать практики по дефицитам школы, записанным в «Поддержке»")
        self.whom.fill([(EVERY_SCHOOL, 0)])
        self.whom.activated.connect(lambda _place: self.refresh())
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.search, 1)
        row.addWidget(self.whom)
        row.addStretch(1)
        self.column.addLayout(row)

    def _make_table(self) -> None:
        self.empty = EmptyState("bulb", "", "", ("Добавить практику…", self._fill_empty))
        self.table = DataTable(
            "practices", COLUMNS, lambda hit: hit.practice.id, habits=self.session.habits, title="Банк практик",
            empty=self.empty,
        )  # fmt: skip
        self.table.current_changed.connect(self._chosen)
        self.table.activated.connect(lambda _hit: self.card.describe())
        self.table.row_actions = self._row_actions
        self.chips: dict[str, ChipButton] = {}
        for key, (kind, word) in QUICK.items():
            chip = ChipButton(kind, word)
            chip.clicked.connect(lambda checked, key=key: self._quick(key, checked))
            self.table.lead.addWidget(chip)
            self.chips[key] = chip

    # --- reading -----------------------------------------------------------------------------------------------------

    def scope(self) -> dict[str, Any] | None:
        """Return what «Кто внедрил» is of."""
        item = self.current
        return None if item is None else {"practice_id": item.id}

    @property
    def current(self) -> Practice | None:
        """The chosen practice."""
        hit: Hit | None = self.table.current()
        return None if hit is None else hit.practice

    @property
    def school_id(self) -> int | None:
        """The school to which practices are fitted; None where to none."""
        return int(self.whom.currentData() or 0) or None

    def refresh(self) -> None:
        """Read the bank anew."""
        self._turn += 1
        turn = self._turn
        self.session.read(
            self, lambda found: self._take(turn, found), practice_view.bank, self.session.school_year,
            self.search.text(), self.school_id,
        )  # fmt: skip

    def _take(self, turn: int, found: Bank) -> None:
        if turn != self._turn:
            return
        self.bank = found
        self.card.show_bank(found)
        self.whom.fill([(EVERY_SCHOOL, 0), *((f"для школы: {name}", key) for key, name in found.needy)])
        if any(hit.practice.id == self._wanted and hit.practice.state == "archived" for hit in found.hits):
            self.chips["archived"].setChecked(True)
        self._show_chips(found)
        self._tell_empty(found)
        self.table.set_rows(found.hits)
        if self._wanted is not None and self.table.choose(self._wanted):
            self._wanted = None
        self.enable_actions()
        self.say(capital(practices.totals_words(found.totals)) if found.total else "Практик в файле пока нет")

    def enable_actions(self) -> None:
        """Nothing can be changed in a file that is open for reading; some actions are of a practice."""
        write, item = not self.session.desk.read_only, self.current
        self.adding.setEnabled(write)
        self.out.setEnabled(write and item is not None)
        self.taking.setEnabled(write and item is not None and item.state == "proposed")
        self.empty.allow(write or bool(self.search.text()) or self.school_id is not None)

    def _show_chips(self, found: Bank) -> None:
        for key, chip in self.chips.items():
            number = sum(hit.practice.state == key for hit in found.hits)
            chip.set_text(f"{QUICK[key][1]} {number}")
            chip.setVisible(number > 0)
            if not number and chip.isChecked():
                chip.setChecked(False)
        self._apply_quick()

    def _quick(self, key: str, checked: bool) -> None:
        for other, chip in self.chips.items():
            if other != key or not checked:
                chip.setChecked(False)
        self._apply_quick()

    def _apply_quick(self) -> None:
        """Show one state; without a chip everything but the archive, unless only the archive answers."""
        chosen = next((key for key, chip in self.chips.items() if chip.isChecked()), None)
        alive = self.bank is not None and any(hit.practice.state != "archived" for hit in self.bank.hits)
        if chosen is not None:
            self.table.model.set_quick(lambda hit: hit.practice.state == chosen)
        else:
            self.table.model.set_quick((lambda hit: hit.practice.state != "archived") if alive else None)

    def _tell_empty(self, found: Bank) -> None:
        if not found.total:
            self.empty.tell(
                "Здесь будет банк практик",
                "Запишите опыт, который помог школе: чей он, какую проблему решает, чем подтверждается. Программа "
                "предложит его школам с тем же дефицитом.",
            )
            self.empty.offer("Добавить практику…")
        elif self.school_id is not None and not self.search.text():
            self.empty.tell(
                "Под дефициты этой школы практик в банке нет",
                "Предлагаются принятые практики с тем же предметом или темой, кроме опыта самой школы.",
            )
            self.empty.offer("Показать все")
        else:
            self.empty.tell("Ничего не нашлось", "Попробуйте другое слово: предмет, тему, вид дефицита.")
            self.empty.offer("Показать все")

    def _fill_empty(self) -> None:
        if self.bank is not None and self.bank.total:
            self.search.clear()
            self.whom.choose(0)
            self.refresh()
        else:
            self.add()

    def _chosen(self, hit: Hit | None) -> None:
        self.card.show_practice(hit)
        self.uses.setVisible(hit is not None)
        self.uses.refresh()
        self.enable_actions()

    def open_payload(self, payload: object) -> None:
        """Show a practice by its key, («find», words), or («school», key) with what fits that school."""
        match payload:
            case int(key):
                self._wanted = key
                self._reset()
            case ("find", str(words)):
                self.search.setText(words)
                self.whom.choose(0)
            case ("school", int(school)):
                self.search.clear()
                self.refresh()
                self.whom.choose(school)
            case _:
                return
        self.refresh()

    def _reset(self) -> None:
        """Show every practice: what is asked for must not be filtered out."""
        self.search.clear()
        self.whom.choose(0)
        self.table.clear_filters()

    def focus_main(self) -> None:
        """Put the keyboard into the search."""
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _into_table(self) -> None:
        self.table.focus_table()

    # --- acting ------------------------------------------------------------------------------------------------------

    def _row_actions(self) -> list[RowAction | None]:
        item = self.current
        if item is None:
            return []
        reading: list[RowAction | None] = [("Карточка практики…", self.print_card)]
        if item.school_id is not None:
            reading.append(("Карточка школы-автора", lambda: self.session.go("school", item.school_id)))
        if self.session.desk.read_only:
            return reading
        taking: list[RowAction | None] = [("Принять в банк…", self.accept)] if item.state == "proposed" else []
        moving = "Вернуть из архива" if item.state == "archived" else "В архив"
        return [
            ("Описание", self.card.describe), *taking, (moving, self.archive), None,
            ("Приложить файл…", self.card.attach), ("Дать ссылку…", self.card.give_link), None, *reading, None,
            ("Убрать…", self.remove),
        ]  # fmt: skip

    def add(self) -> None:
        """Ask for a new practice; the rest is written in the card."""
        bank = self.bank
        schools = tuple((name, str(key)) for key, name in (bank.schools if bank is not None else ()))
        fields = [
            Field("title", "Название", hint="коротко, как её назовут коллеги", required=True),
            Field("organisation_id", "Школа-автор", choices=(("не школа", ""), *schools)),
            Field("subject", "Предмет", hint="пусто — для любого"),
            Field("problem", "Какую проблему решает", hint="что не получалось и у кого", long=True),
        ]
        told = self.session.dialogs.ask("Новая практика", "Остальное допишете в карточке справа.", fields, "Добавить")
        if told:
            school = int(told.pop("organisation_id") or 0) or None
            self.session.write(self, self._added, practices.add, **told, organisation_id=school,
                               school_year=self.session.school_year)  # fmt: skip

    def _added(self, key: int) -> None:
        self._wanted = key
        self._reset()
        self.refresh()
        self.card.describe("idea")

    def accept(self) -> None:
        """Ask for the document by which the practice enters the bank."""
        item = self.current
        if item is None or item.state != "proposed":
            return
        fields = [Field("act", "Документ", item.act, "протокол методического совета от 12.11.2026 № 4"),
                  Field("day", "С какого дня", _shown(self.session.today()), "дд.мм.гггг", required=True,
                        test=day_trouble)]  # fmt: skip
        told = self.session.dialogs.ask("Принять в банк", f"Практика «{item.shown}».", fields, "Принять")
        if told:
            self._wanted = item.id
            self.session.write(self, self._done, practices.accept, item.id, told["act"], _day(told["day"]))

    def _done(self, _result: object) -> None:
        self.refresh()

    def archive(self) -> None:
        """Move the practice to the archive or back."""
        item = self.current
        if item is None:
            return
        back = item.state == "archived"

        def say(_moved: int) -> None:
            self.session.tell("info", f"«{item.shown}»: {'снова в списке' if back else 'в архиве'}. Отменить — Ctrl+Z.")
            self.refresh()

        self.session.write(self, say, practices.put_state, [item.id], "accepted" if back else "archived")

    def remove(self) -> None:
        """Take practices out after a question that names what goes along."""
        hits: list[Hit] = self.table.selected()
        keys = [hit.practice.id for hit in hits]
        if keys:
            self.session.read(self, lambda told: self._ask_remove(hits, told), practices.hanging, keys)

    def _ask_remove(self, hits: list[Hit], hanging: str) -> None:
        what = f"«{hits[0].practice.shown}»" if len(hits) == 1 else count(len(hits), "практику", "практики", "практик")
        along = f" Вместе с ней уйдёт: {hanging}." if hanging else ""
        answer = self.session.dialogs.choose(
            "Убрать из банка", f"Убрать {what}?{along} Если опыт устарел, лучше перенести в архив.",
            [Choice("keep", "Оставить"), Choice("remove", "Убрать", dangerous=True)],
        )  # fmt: skip
        if answer == "remove":
            keys = [hit.practice.id for hit in hits]
            self.session.write(self, lambda _told: self._removed(what), practices.remove, keys)

    def _removed(self, what: str) -> None:
        self.refresh()
        self.session.tell("info", f"Из банка убрано: {what}. Вернуть — Ctrl+Z.")

    def _offered(self, school: object) -> None:
        self.refresh()
        self.session.tell("ok", f"{school}: практика намечена, строка — в «Кто внедрил». Отменить — Ctrl+Z.")

    def print_paper(self) -> None:
        """Open the papers of the bank."""
        self.session.go("papers", "practice_bank")

    def print_card(self) -> None:
        """Open the card of the chosen practice as a paper."""
        item = self.current
        if item is not None:
            self.session.go("papers", ("practice_card", {"practice": str(item.id)}))


def _shown(day: date) -> str:
    return day.strftime("%d.%m.%Y")


def _day(text: str) -> date:
    from app.operations import schools

    return date.fromisoformat(schools.iso_date(text))
