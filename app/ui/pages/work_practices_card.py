"""The chosen practice: what to look at and what comes next; its description, edited where it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QTabBar

from app.operations import practice_view, practices, registers
from app.operations.practice_search import Fit, Hit
from app.operations.practice_view import Bank, Details
from app.operations.practices import Practice
from app.operations.register_catalogue import DEFICIT_WORDS
from app.operations.register_work_practices import KIND_WORDS, STATE_WORDS
from app.texts import capital, count, school_year
from app.ui import theme
from app.ui.dialogs import Field
from app.ui.pages.programme_inspector_fields import Memo
from app.ui.pages.register_pane import ALL_FILES
from app.ui.session import Session
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Card, Combo, FlowLayout, Scroller
from app.ui.widgets.chip import Chip
from app.ui.widgets.labels import Label

MOST = 6
"""So many schools that a practice fits are told one by one."""
STATES: dict[str, Kind] = {"accepted": "ok", "proposed": "info", "archived": "none"}
_BACK, _ON = 12, 1
"""Years that may be chosen before and after the one that runs."""
TEXTS: tuple[tuple[str, str, int, str], ...] = (
    ("title", "Название", 1, "коротко, как её назовут коллеги"),
    ("problem", "Какую проблему решает", 2, "что не получалось и у кого"),
    ("idea", "Что делают", 3, "шаги, по которым повторит другая школа"),
    ("evidence", "Чем подтверждается", 2, "числа до и после, отзывы; файлы приложите рядом"),
    ("audience", "Для кого", 1, "учителя математики 8–9 классов"),
    ("subject", "Предмет", 1, "Математика; пусто — для любого"),
    ("author", "Кто придумал", 1, "фамилия и инициалы"),
    ("act", "Документ", 1, "протокол от 12.11.2026 № 4"),
    ("link", "Где описана", 1, "адрес страницы или папка"),
    ("note", "Примечание", 1, ""),
)
"""Column → heading, lines, hint."""


class OneLine(Memo):
    """A text without breaks that may take several lines of the card: nothing of a long title is cut."""

    def __init__(self, name: str, put: Callable[[int, str], Future[Any] | None], hint: str) -> None:
        super().__init__(name, put, lines=1, most=4, hint=hint)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter keeps and goes on."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.keeper.commit()
            self.focusNextChild()
        else:
            super().keyPressEvent(event)


class PracticeCard(Card):
    """The card at the right.

    Signals:
        offered(school): the practice was proposed to a school.
    """

    offered = Signal(object)

    def __init__(self, session: Session, accept: Callable[[], object], archive: Callable[[], object]) -> None:
        super().__init__(pad=12)
        self.session, self._accept, self._archive = session, accept, archive
        self.item: Practice | None = None
        self.hit: Hit | None = None
        self.bank: Bank | None = None
        self.details: Details | None = None
        px = theme.current().px
        self.setMinimumWidth(px(300))
        self.name = Label("", "section", wrap=True)
        self.about = Label("", "muted", wrap=True)
        self.looks = QTabBar()
        self.looks.setObjectName("inner")
        self.looks.setAccessibleName("Что показать о практике")
        self.looks.setDrawBase(False)
        self.looks.setExpanding(False)
        for title in ("Что дальше", "Описание"):
            self.looks.addTab(title)
        self.looks.currentChanged.connect(lambda _place: self._look())
        self.told = Scroller(spacing=px(8))
        self.fields = Scroller(spacing=px(4))
        self.boxes: dict[str, Memo] = {}
        self.combos: dict[str, Combo] = {}
        self._make_fields()
        for widget in (self.name, self.about, self.looks):
            self.body.addWidget(widget)
        for part in (self.told, self.fields):
            self.body.addWidget(part, 1)
        self.show_practice(None)

    # --- the description ---------------------------------------------------------------------------------------------

    def _make_fields(self) -> None:
        column = self.fields.column
        for name, title, lines, hint in TEXTS:
            if name == "subject":
                for key, word in (("organisation_id", "Школа-автор"), ("body_id", "Объединение"),
                                  ("deficit_kind", "Какой дефицит закрывает"), ("kind", "Что это"),
                                  ("school_year", "Когда создана")):  # fmt: skip
                    self._add_combo(key, word)
            put = partial(self._put, name)
            box = OneLine(title, put, hint) if lines == 1 else Memo(title, put, lines=lines, most=10, hint=hint)
            self.boxes[name] = box
            column.addWidget(Label(title, "muted"))
            column.addWidget(box)
        column.addStretch(1)

    def _add_combo(self, key: str, title: str) -> None:
        combo = Combo(title)
        combo.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(12)
        combo.activated.connect(lambda _place: self._choose(key, combo.currentData()))
        self.combos[key] = combo
        self.fields.column.addWidget(Label(title, "muted"))
        self.fields.column.addWidget(combo)

    def _put(self, name: str, key: int, text: str) -> Future[Any] | None:
        return self.session.written(practices.edit, key, **{name: text})

    def _choose(self, name: str, value: object) -> None:
        if self.item is not None:
            self.session.write(self, None, practices.edit, self.item.id, **{name: value})

    def choices(self, name: str) -> Sequence[tuple[str, object]]:
        """Return (word, value) pairs of a choice."""
        bank = self.bank
        match name:
            case "kind":
                return [(word.capitalize(), key) for key, word in KIND_WORDS.items()]
            case "deficit_kind":
                return [("не указан", None), *((word, key) for key, word in DEFICIT_WORDS.items())]
            case "school_year":
                now = self.session.school_year
                known = self.item.school_year if self.item is not None else None
                years = {*range(now + _ON, now - _BACK, -1), *([known] if known is not None else [])}
                return [("не указано", None), *((school_year(year), year) for year in sorted(years, reverse=True))]
            case "body_id":
                return [("нет", None), *((word, key) for key, word in (bank.bodies if bank else ()))]
            case _:
                return [("не указана", None), *((word, key) for key, word in (bank.schools if bank else ()))]

    def _fill_fields(self, item: Practice) -> None:
        writable = not self.session.desk.read_only
        for name, box in self.boxes.items():
            box.keeper.show(item.id, str(getattr(item, name)))
            box.setReadOnly(not writable)
        chosen = {
            "kind": item.kind, "deficit_kind": item.deficit_kind or None, "school_year": item.school_year,
            "body_id": item.body_id, "organisation_id": item.school_id,
        }  # fmt: skip
        for name, combo in self.combos.items():
            pairs = list(self.choices(name))
            combo.fill(pairs)
            combo.setCurrentIndex(next((n for n, pair in enumerate(pairs) if pair[1] == chosen[name]), 0))
            combo.setEnabled(writable)

    # --- showing -----------------------------------------------------------------------------------------------------

    def show_bank(self, bank: Bank) -> None:
        """Keep what the choices are made of."""
        self.bank = bank

    def show_practice(self, hit: Hit | None) -> None:
        """Show another practice; None where there is none."""
        self.hit, self.item = hit, hit.practice if hit is not None else None
        self.setVisible(hit is not None)
        self._look()
        if hit is None:
            return
        item = hit.practice
        self.name.setText(item.shown)
        whose = ", ".join(part for part in (item.whose, practices.year_words(item)) if part) or "автор не указан"
        self.about.setText(f"{KIND_WORDS[item.kind].capitalize()} · {whose}")
        self._fill_fields(item)
        if self.details is not None and self.details.key != item.id:
            self.details = None
        self._tell()
        year = self.session.school_year
        self.session.read(self, self._take, practice_view.details, item, year)

    def _take(self, found: Details) -> None:
        if self.item is not None and found.key == self.item.id:
            self.details = found
            self._tell()

    def _look(self) -> None:
        self.told.setVisible(self.looks.currentIndex() == 0)
        self.fields.setVisible(self.looks.currentIndex() == 1)

    def describe(self, focus: str = "title") -> None:
        """Show the description with the keyboard in one of its lines."""
        self.looks.setCurrentIndex(1)
        self.boxes[focus].setFocus()

    def _say(self, text: str, role: Any = "text") -> None:
        self.told.column.addWidget(Label(text, role, wrap=True).selectable())

    def _row(self, *widgets: Any) -> None:
        row = FlowLayout(gap=theme.current().px(8))
        for widget in widgets:
            row.addWidget(widget)
        self.told.column.addLayout(row)

    def _state(self, chip: Chip, links: Sequence[Button]) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.current().px(4))
        for widget in (chip, *links):
            row.addWidget(widget)
        row.addStretch(1)
        self.told.column.addLayout(row)

    def _tell(self) -> None:
        """Say where the practice stands, why it was found, who could use it, what lies beside it."""
        item, hit = self.item, self.hit
        self.told.clear()
        if item is None or hit is None:
            return
        writable = not self.session.desk.read_only
        self._state(Chip(STATES[item.state], STATE_WORDS[item.state]), self._state_links(item, writable=writable))
        if item.state == "accepted" and (item.act or item.accepted_on):
            self._say(capital(item.state_words) + ".", "muted")
        if hit.why:
            self._say(f"Почему показана. {capital(hit.why)}.")
        self._tell_use(item)
        if item.lacks:
            self._row(Chip("warn", "описана не вся"))
            link = Button("Дописать", lambda: self.describe(self._first_lack(item)), kind="link")
            self._say(f"Не хватает: {', '.join(item.lacks)}.")
            self._row(link)
        self._tell_fits(item, writable=writable)
        self._tell_files(writable=writable)
        self.told.column.addStretch(1)

    def _state_links(self, item: Practice, *, writable: bool) -> list[Button]:
        links = []
        if item.state == "proposed":
            links.append(Button("Принять в банк…", self._accept, kind="link"))
        links.append(Button("В архив" if item.state != "archived" else "Вернуть из архива", self._archive, kind="link"))
        for link in links:
            link.setEnabled(writable)
        return links

    def _tell_use(self, item: Practice) -> None:
        standing = item.standing
        parts = [f"{word} {number}" for word, number in (
            ("внедрили", standing.adopted), ("пробуют", standing.number("trying")),
            ("намечено", standing.number("planned")), ("отказались", standing.number("refused")),
        ) if number]  # fmt: skip
        self._say(f"Оценка школ: {standing.rating_words}." if standing.marks else "Оценок школ пока нет.", "strong")
        told = ", ".join(parts)
        self._say(f"{capital(told)}." if parts else "Практику пока никто не взял.")
        if standing.twice:
            self._row(Chip("warn", "школа вписана дважды"))
            self._say(f"{', '.join(standing.twice)}: считается одна строка, последняя по дню.")

    @staticmethod
    def _first_lack(item: Practice) -> str:
        for name, text in (("title", item.title), ("problem", item.problem), ("idea", item.idea),
                           ("evidence", item.evidence)):  # fmt: skip
            if not text:
                return name
        return "author"

    def _tell_fits(self, item: Practice, *, writable: bool) -> None:
        found = self.details
        if found is None or item.state == "archived":
            return
        if found.offered:
            lines = count(found.offered, "строке", "строках", "строках")
            self._say(f"Стоит в {lines} карты адресной помощи.", "muted")
        if item.state != "accepted":
            self._say("Школам предлагаются только принятые практики.", "muted")
            return
        self._say("Кому подойдёт", "strong")
        for fit in found.fits[:MOST]:
            self._fit(fit, writable=writable)
        if len(found.fits) > MOST:
            self._say(f"И ещё {count(len(found.fits) - MOST, 'школа', 'школы', 'школ')}.", "muted")
        if not found.fits:
            self._say("Похожих дефицитов у других школ в этом учебном году не записано.", "muted")

    def _fit(self, fit: Fit, *, writable: bool) -> None:
        self._say(f"{fit.deficit.school}. {fit.deficit.words}")
        self._say(f"Почему: {fit.why}.", "muted")
        link = Button("Предложить школе", partial(self._offer, fit), kind="link")
        link.setAccessibleName(f"Предложить: {fit.deficit.school}")
        link.setEnabled(writable)
        self._row(link)

    def _offer(self, fit: Fit) -> None:
        school = fit.deficit.school_id
        if self.item is not None and school is not None:
            day = self.session.today()
            self.session.write(self, lambda _row: self.offered.emit(fit.deficit.school), practices.offer_to,
                               self.item.id, school, day)  # fmt: skip

    # --- files -------------------------------------------------------------------------------------------------------

    def _tell_files(self, *, writable: bool) -> None:
        if self.details is None:
            return
        self._say("Файлы и ссылки", "strong")
        buttons = []
        for one in self.details.files:
            button = Button(one.title, partial(self._open, one), icon="paperclip", kind="choice")
            button.setToolTip(one.link or one.file_name or one.title)
            button.setMaximumWidth(theme.current().px(250))
            buttons.append(button)
        attach = Button("Приложить файл…", self.attach, icon="paperclip", kind="link")
        link = Button("Дать ссылку…", self.give_link, kind="link")
        for button in (attach, link):
            button.setEnabled(writable)
        self._row(*buttons, attach, link)

    def _open(self, item: registers.Attachment) -> None:
        from app.ui.attachments import AttachmentOpener

        AttachmentOpener(self, self.session).offer(item, self._again)

    def _again(self) -> None:
        if self.hit is not None:
            self.show_practice(self.hit)

    def attach(self) -> None:
        """Ask for files and keep them beside the practice."""
        item = self.item
        paths = self.session.dialogs.open_files("Приложить файл", ALL_FILES) if item is not None else None
        if item is not None and paths:
            self.session.write(self, lambda _number: self._again(), registers.attach, "practices", item.id, paths)

    def give_link(self) -> None:
        """Ask for an address and keep it beside the practice."""
        if self.item is None:
            return
        fields = [Field("link", "Адрес", hint="страница или папка с материалами", required=True),
                  Field("title", "Что это", hint="название для списка")]  # fmt: skip
        told = self.session.dialogs.ask("Дать ссылку", f"Практика «{self.item.shown}».", fields, "Сохранить")
        if told:
            self.session.write(self, lambda _number: self._again(), registers.attach, "practices", self.item.id, (),
                               link=told["link"], title=told["title"])  # fmt: skip
