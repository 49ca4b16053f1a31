"""Approval of a list: what will be frozen, what of its agreement is missing, then the order's number and date."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from app.models.lists import Approval
from app.operations import agreement, identification, results
from app.operations import agreement_grids as grids
from app.operations import agreement_state as state
from app.operations.agreement import Agreement
from app.operations.checks import Gate
from app.operations.identification import SchoolList
from app.operations.schools import iso_date
from app.texts import NBSP, count, glue, ru_date
from app.ui import icons, theme
from app.ui.pages.agreement_grid import open_calendar
from app.ui.session import Session
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Card, Scroller
from app.ui.widgets.chip import Chip
from app.ui.widgets.labels import Label
from app.ui.windows.base import Window

FIELDS = (
    ("order_number", "Номер приказа", "214"),
    ("order_date", "Дата приказа", "28.11.2026"),
    ("issuer", "Чей приказ (в родительном падеже)", "управления образования"),
)


class ApproveWindow(Window):
    """Freezes a list."""

    guide = ("03-список", "Поправка и утверждение")

    def __init__(self, session: Session, payload: tuple[str, int] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(session, "Утвердить список", parent, size=(760, 580))
        self._payload = payload
        px = theme.current().px
        self.card = Card("Что будет утверждено")
        self.scroller = Scroller(spacing=4)
        self.card.body.addWidget(self.scroller, 1)
        self.body.addWidget(self.card, 1)
        form = Card("Приказ")
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(6))
        self.edits: dict[str, QLineEdit] = {}
        for place, (key, title, hint) in enumerate(FIELDS):
            cell = QVBoxLayout()
            cell.setSpacing(px(2))
            edit = QLineEdit()
            edit.setPlaceholderText(hint)
            edit.setAccessibleName(title)
            edit.textChanged.connect(self._enable)
            self.edits[key] = edit
            if key == "order_date":
                action = edit.addAction(
                    icons.icon("calendar-event", "muted"), QLineEdit.ActionPosition.TrailingPosition
                )
                action.setToolTip("Календарь")
                action.triggered.connect(lambda _on, edit=edit: open_calendar(edit, QLineEdit.setText))
            cell.addWidget(Label(title, "muted"))
            cell.addWidget(edit)
            grid.addLayout(cell, 0, place)
            grid.setColumnStretch(place, 1 + (key == "issuer"))
        form.body.addLayout(grid)
        self.protocol = Label("", "muted", wrap=True)
        self.order_note = Label("", "bad", wrap=True)
        self.order_note.hide()
        form.body.addWidget(self.protocol)
        form.body.addWidget(self.order_note)
        self.body.addWidget(form)
        self.body.addWidget(
            Label(
                "После утверждения список, лист согласования, протокол и дорожная карта не меняются: ни новые данные, "
                "ни новые правила их не тронут. Отменить утверждение можно только с указанием причины, Ctrl+Z его не "
                "отменяет.",
                "muted",
                wrap=True,
            )
        )
        self.verb = Button("Утвердить список", self._approve, icon="circle-check", kind="primary")
        self.add_buttons(Button("Отмена", self.reject), self.verb)
        self._found: SchoolList | None = None
        self._gate: Gate | None = None
        self._agreement: Agreement | None = None
        self._enable()
        if payload is None:
            self.take(session.desk.read(results.years_and_rule), self._take_default)
        else:
            self._read(*payload)

    def _take_default(self, found: tuple[tuple[int, ...], str]) -> None:
        years, rule_id = found
        if not years:
            self.bar.show_message("warn", "Результатов в файле пока нет, утверждать нечего.")
            return
        self._payload = (rule_id, years[0])
        self._read(rule_id, years[0])

    def _read(self, rule_id: str, year: int) -> None:
        self.take(self.session.desk.read(agreement.of_list, rule_id, year), self._show_agreement)

    def _show_agreement(self, kept: Agreement) -> None:
        """Show the list with what was agreed about it."""
        self._agreement = kept
        words = agreement.protocol_words(kept.protocol)
        self.protocol.setText(glue(words) if words else "Протокол не заполнен: в списке не будет ссылки на него.")
        if kept.found is None:
            self.bar.show_message("warn", "Результатов за этот год нет, утверждать нечего.")
        else:
            self._show(kept.found)

    def _show_gate(self, gate: Gate) -> None:
        """Say beforehand what stands in the way: figures that can't be true."""
        self._gate = gate
        if gate.blockers:
            number = count(len(gate.blockers), "замечание", "замечания", "замечаний")
            self.bar.show_message(
                "bad",
                f"Утвердить пока нельзя, в числах есть невозможные ({number}). {gate.blockers[0].message}",
                ("Показать замечания", lambda: self.session.go("problems", gate.blockers[0].id)),
            )
        elif gate.unexplained and self.bar.isHidden():
            number = count(len(gate.unexplained), "замечание", "замечания", "замечаний")
            self.bar.show_message(
                "warn",
                f"К числам списка есть {number} без объяснения. Объяснённое печатается в списке.",
                ("Показать замечания", lambda: self.session.go("problems", gate.unexplained[0].id)),
            )
        self._enable()

    def _show(self, found: SchoolList) -> None:
        self._found = found
        totals = found.totals
        listed = f"в списке {totals.listed}{NBSP}из{NBSP}{totals.schools}"
        self.say(f"{found.rule.title} · результаты {found.year} года · {listed}")
        self.scroller.clear()
        if found.approval is not None:
            approval = found.approval
            self.bar.show_message(
                "warn",
                f"Список уже утверждён приказом от {ru_date(approval.order_date)} №{NBSP}{approval.order_number}.",
            )
        for kind, text in (*self._agreed(), *self._warnings(found)):
            self.scroller.column.addWidget(self._line(kind, text))
        for number, row in enumerate([row for row in found.rows if row.listed], start=1):
            grounds = "; ".join(row.branch_labels) or (row.correction.reason if row.correction else "")
            self.scroller.column.addWidget(Label(f"{number}. {row.name} — {grounds}", wrap=True))
        self.scroller.column.addStretch(1)
        if found.approval is None:
            self.take(self.session.desk.read(identification.gate_of, found), self._show_gate)
        self._enable()

    def _agreed(self) -> list[tuple[Kind, str]]:
        """Return what of the agreement is done, missing or contradicts itself; the person decides."""
        kept = self._agreement
        if kept is None or kept.approval is not None:
            return []
        found: list[tuple[Kind, str]] = [("warn", text) for text in kept.warnings]
        found += [("none", text) for text in kept.missing]
        return found or [("ok", "Все ответили, протокол и дорожная карта готовы")]

    @staticmethod
    def _warnings(found: SchoolList) -> list[tuple[Kind, str]]:
        totals = found.totals
        table: tuple[tuple[Kind, int, str], ...] = (
            ("warn", totals.edge, count(totals.edge, "школа на грани", "школы на грани", "школ на грани")
             + ": один участник изменил бы ответ"),
            ("none", totals.no_data, count(totals.no_data, "школа без данных", "школы без данных", "школ без данных")
             + ": в список не входит"),
            ("none", totals.incomplete, count(totals.incomplete, "школа", "школы", "школ") + " с неполными данными"),
            ("info", totals.corrected, count(totals.corrected, "поправка", "поправки", "поправок") + " рабочей группы"),
        )  # fmt: skip
        return [(kind, text) for kind, number, text in table if number]

    @staticmethod
    def _line(kind: Kind, text: str) -> QWidget:
        from app.ui.widgets.basics import beside

        # the sentences begin one under another, whatever word stands before them
        words: dict[Kind, str] = {
            "warn": "проверьте",
            "none": "учтите",
            "info": "есть",
            "bad": "ошибка",
            "ok": "готово",
        }
        place = QWidget()
        column = QVBoxLayout(place)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Chip(kind, words[kind]), 0, Qt.AlignmentFlag.AlignLeft)
        place.setFixedWidth(max(Chip(kind, word).sizeHint().width() for kind, word in words.items()))
        widget = QWidget()
        widget.setLayout(beside(place, Label(text, wrap=True), stretch=(0, 1)))
        return widget

    def _enable(self) -> None:
        ready = self._found is not None and self._found.approval is None and (self._gate is None or self._gate.free)
        filled = all(self.edits[key].text().strip() for key in ("order_number", "order_date"))
        self.verb.setEnabled(ready and filled)
        note = ""
        if self._agreement is not None and grids.fits_date(self.edits["order_date"].text()):
            note = state.order_warning(self._agreement.stored, iso_date(self.edits["order_date"].text()))
        self.order_note.setText(note)
        self.order_note.setVisible(bool(note))

    def _approve(self) -> None:
        if self._payload is None:
            return
        rule_id, year = self._payload
        values = {key: edit.text().strip() for key, edit in self.edits.items()}
        self.take(self.session.written(identification.approve, rule_id, year, **values), self._approved)

    def _approved(self, approval: Approval) -> None:
        session, payload = self.session, self._payload
        order = f"от {ru_date(approval.order_date)} №{NBSP}{approval.order_number}"
        session.tell(
            "ok",
            f"Список утверждён приказом {order} и больше не меняется.",
            ("Напечатать…", lambda: session.go("print_list", payload)),
        )
        self.accept()
