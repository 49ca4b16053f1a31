"""Lines of «Оформление документа»: one approval block, one signer, an act with its number and date."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.errors import UserError
from app.operations.paper_dress import ACTS, Act, ApprovalChoice, Form, Who, Word
from app.operations.schools import iso_date
from app.operations.signers import Signer
from app.texts import ru_date
from app.ui import theme
from app.ui.widgets.basics import Button, Combo, beside
from app.ui.widgets.field import FieldEdit

NOBODY = "не выбран: строки для заполнения от руки"
WORDS: tuple[tuple[str, Word], ...] = (("УТВЕРЖДАЮ", "approve"), ("СОГЛАСОВАНО", "agree"))
FORMS: tuple[tuple[str, Form], ...] = (("человек, подписью", "person"), ("документом", "act"))


class DateEdit(FieldEdit):
    """A date as people write it; what is no date is marked and not taken."""

    def __init__(self, name: str) -> None:
        super().__init__(name, "дата")
        self.setFixedWidth(theme.current().px(92))

    def show_day(self, iso: str) -> None:
        """Show a stored date."""
        self.show_stored(ru_date(iso) if iso else "")

    @property
    def day(self) -> str | None:
        """The ISO date, "" where nothing is said, None where it is no date; the line is marked then."""
        text = self.text().strip()
        try:
            found = iso_date(text) if text else ""
        except UserError as error:
            self.mark(error.what)
            return None
        self.mark("")
        return found


class WhoCombo(Combo):
    """Who signs or approves, of the register."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(16)
        self._told: dict[int, Who] = {}

    def offer(self, found: Sequence[Signer], chosen: Who) -> None:
        """Offer the people of the register; one who has gone from it stays as the dress names them."""
        self._told = {0: Who()} | {one.id: Who(one.id, one.post, one.name) for one in found if one.id}
        items: list[tuple[str, object]] = [(NOBODY, 0), *((one.words, one.id) for one in found if one.id)]
        if chosen.post or chosen.name:
            key = chosen.id or -1
            if key not in self._told:
                self._told[key] = chosen
                items.append((", ".join(part for part in (chosen.post, chosen.name) if part), key))
            self.fill(items, key)
        else:
            self.fill(items, 0)

    @property
    def who(self) -> Who:
        """Who is chosen."""
        return self._told.get(int(self.currentData() or 0), Who())


class ActFields(QWidget):
    """Kind, number and date of an act, and who issued it.

    Signals:
        changed(): something says something else.
    """

    changed = Signal()

    def __init__(self, name: str, act: Act) -> None:
        super().__init__()
        self.kind = Combo(f"{name}: вид")
        self.kind.fill([(word, word) for word in ACTS], act.kind)
        self.number = FieldEdit(f"{name}: номер", "номер")
        self.number.setFixedWidth(theme.current().px(84))
        self.number.show_stored(act.number)
        self.date = DateEdit(f"{name}: дата")
        self.date.show_day(act.date)
        self.issuer = FieldEdit(f"{name}: кем издан, в родительном падеже", "кого: управления образования…")
        self.issuer.show_stored(act.issuer)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().px(6))
        column.addLayout(beside(self.kind, self.number, self.date, stretch=(1, 0, 0)))
        column.addWidget(self.issuer)
        self.kind.activated.connect(lambda _place: self.changed.emit())
        for edit in (self.number, self.date, self.issuer):
            edit.committed.connect(lambda _text: self.changed.emit())

    def act(self) -> Act | None:
        """Return what stands in it; None where the date is none."""
        day = self.date.day
        if day is None:
            return None
        return Act(str(self.kind.currentData()), self.issuer.text().strip(), self.number.text().strip(), day)


class ApprovalLine(QFrame):
    """One approval block.

    Signals:
        changed(): it says something else; away(): it is not wanted.
    """

    changed = Signal()
    away = Signal()

    def __init__(self, place: int, item: ApprovalChoice, found: Sequence[Signer]) -> None:
        super().__init__()
        name = f"Гриф {place}"
        self.word, self.form, self.who = Combo(f"{name}: слово"), Combo(f"{name}: чем"), WhoCombo(f"{name}: кто")
        self.word.fill([*WORDS], item.word)
        self.form.fill([*FORMS], item.form)
        self.who.offer(found, item.who)
        self.date = DateEdit(f"{name}: дата подписи")
        self.date.show_day(item.date)
        self.act = ActFields(name, item.act)
        out = Button("Убрать", self.away.emit, kind="link")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.current().px(6))
        column.setSpacing(theme.current().px(6))
        column.addLayout(beside(self.word, self.form, out, stretch=(1, 1, 0)))
        self.by_person = QWidget()
        row = QHBoxLayout(self.by_person)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.who, 1)
        row.addWidget(self.date)
        column.addWidget(self.by_person)
        column.addWidget(self.act)
        for combo in (self.word, self.form, self.who):
            combo.activated.connect(lambda _place: self._tell())
        self.date.committed.connect(lambda _text: self.changed.emit())
        self.act.changed.connect(self.changed)
        self._show()

    def _tell(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        person = self.form.currentData() == "person"
        self.by_person.setVisible(person)
        self.act.setVisible(not person)

    def choice(self) -> ApprovalChoice | None:
        """Return the block; None while a date in it is none."""
        day, act = self.date.day, self.act.act()
        if day is None or act is None:
            return None
        word: Word = "agree" if self.word.currentData() == "agree" else "approve"
        form: Form = "act" if self.form.currentData() == "act" else "person"
        return ApprovalChoice(word, form, self.who.who, act, day)


class SignerLine(QWidget):
    """One who signs.

    Signals:
        changed(): it is somebody else; away(): nobody is wanted here.
    """

    changed = Signal()
    away = Signal()

    def __init__(self, place: int, who: Who, found: Sequence[Signer]) -> None:
        super().__init__()
        self.who = WhoCombo(f"Подпись {place}")
        self.who.offer(found, who)
        self.who.activated.connect(lambda _place: self.changed.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.who, 1)
        row.addWidget(Button("Убрать", self.away.emit, kind="link"))
