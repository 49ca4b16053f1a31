"""«Приказы», «Подписывающие» and «Оформление документа» in the real window."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from app.operations import orders, paper_dress, signers
from app.ui.main_window import MainWindow
from app.ui.pages.orders_card import PointLine
from app.ui.pages.orders_view import OrdersView
from app.ui.pages.reports import ReportsPage
from app.ui.windows.dress import DressWindow
from app.ui.windows.dress_parts import ApprovalLine
from app.ui.windows.signers import SignersWindow
from tests.ui.conftest import settle
from tests.ui.fakes import FakeDialogs


@pytest.fixture
def view(window: MainWindow, qapp: QApplication) -> OrdersView:
    page = window.show_page("reports")
    assert isinstance(page, ReportsPage)
    shown = page.show_view("orders")
    settle(qapp)
    assert isinstance(shown, OrdersView)
    return shown


def dialogs(window: MainWindow) -> FakeDialogs:
    assert isinstance(window.session.dialogs, FakeDialogs)
    return window.session.dialogs


def lines(view: OrdersView) -> dict[str, PointLine]:
    column = view.card.texts.column
    widgets = [column.itemAt(place).widget() for place in range(column.count()) if column.itemAt(place) is not None]
    return {widget.point.key: widget for widget in widgets if isinstance(widget, PointLine)}


def composed(view: OrdersView, qapp: QApplication, window: MainWindow, kind: str = "group") -> int:
    dialogs(window).answers.append({"kind": kind})
    view.making.click()
    settle(qapp)
    assert view.card.draft is not None
    return view.card.draft.id


def test_a_kind_without_a_draft_offers_to_make_one(view: OrdersView, window: MainWindow, qapp: QApplication) -> None:
    assert view.table.model.total == 7
    assert view.table.choose("group")
    settle(qapp)
    assert view.card.nothing.isVisible()
    assert not view.numbering.isEnabled()
    dialogs(window).answers.append({})
    assert view.card.nothing.button is not None
    view.card.nothing.button.click()
    settle(qapp)
    assert view.card.draft is not None
    assert view.card.draft.template.kind == "group"
    assert view.card.chip.text == "проект"
    assert view.numbering.isEnabled()
    assert view.card.paper is not None
    assert view.sentence.replace("\u00a0", " ") == "2026/27: 1 проект."


def test_a_point_is_worded_taken_out_and_put_back(view: OrdersView, window: MainWindow, qapp: QApplication) -> None:
    composed(view, qapp, window)
    view.card.looks.setCurrentIndex(1)
    first = lines(view)["create"]
    first.worded.emit("create", "Создать группу.")
    settle(qapp)
    again = lines(view)["create"]
    assert (again.edit.text, again.point.typed) == ("Создать группу.", True)
    again.back.emit("create")
    settle(qapp)
    assert not lines(view)["create"].point.typed
    lines(view)["tasks"].out.emit("tasks")
    settle(qapp)
    assert "tasks" not in lines(view)
    dialogs(window).answers.append({"text": "Разместить на сайте."})
    view.card.add_point()
    settle(qapp)
    assert any(line.point.own for line in lines(view).values())
    window.session.go("undo")
    settle(qapp)


def test_number_and_date_make_it_signed(view: OrdersView, window: MainWindow, qapp: QApplication) -> None:
    key = composed(view, qapp, window, "monitoring")
    dialogs(window).answers.append({"number": "7", "dated": "21.11.2026"})
    view.numbering.click()
    settle(qapp)
    assert view.card.draft is not None
    assert view.card.draft.signed
    assert view.card.chip.text.replace("\u00a0", " ") == "подписан, № 7 от 21.11.2026"
    assert not view.setting.isEnabled()
    assert all(line.edit.isReadOnly() for line in lines(view).values())
    row = window.session.desk.read(lambda c: c.execute("SELECT number FROM legal_act WHERE number = '7'").fetchone())
    assert row.result() is not None
    assert window.session.desk.read(orders.read, key).result().legal_act_id


def test_who_signs_and_who_controls_are_set(view: OrdersView, window: MainWindow, qapp: QApplication) -> None:
    composed(view, qapp, window, "start")
    people = window.session.desk.read(
        lambda c: c.execute("SELECT id, full_name FROM person ORDER BY full_name").fetchall()
    ).result()
    dialogs(window).answers.append({"control": str(people[0][0]), "act": "disposal"})
    view.setting.click()
    settle(qapp)
    draft = view.card.draft
    assert draft is not None
    assert draft.act == "disposal"
    assert draft.points[-1].text.startswith("Контроль за исполнением распоряжения возложить на ")


def test_a_draft_is_thrown_away_after_a_question(view: OrdersView, window: MainWindow, qapp: QApplication) -> None:
    composed(view, qapp, window, "pairs")
    view.remove()
    settle(qapp)
    assert view.card.draft is not None
    dialogs(window).answers.append("yes")
    view.remove()
    settle(qapp)
    assert all(line.id == 0 for line in view.table.model.visible_rows())


def test_the_dress_is_kept_and_stands_on_the_paper(view: OrdersView, window: MainWindow, qapp: QApplication) -> None:
    session = window.session
    window.session.go("dress", "school_list")
    settle(qapp)
    top = window.workspace.windows[-1]
    assert isinstance(top, DressWindow)
    top.adding.click()
    top.signing.click()
    settle(qapp)
    dress = session.desk.read(paper_dress.of_kind, "school_list").result()
    assert [item.word for item in dress.approvals] == ["approve"]
    assert dress.signers[0].name
    block = top.blocks.itemAt(0).widget()
    assert isinstance(block, ApprovalLine)
    block.form.choose("act")
    block.form.activated.emit(block.form.currentIndex())
    block.act.number.setText("214")
    block.act.number.commit()
    block.act.date.setText("скоро")
    block.act.date.commit()
    settle(qapp)
    assert block.act.date.property("bad") == "true"
    block.act.date.setText("20.11.2026")
    block.act.date.commit()
    settle(qapp)
    dress = session.desk.read(paper_dress.of_kind, "school_list").result()
    assert (dress.approvals[0].form, dress.approvals[0].act.number, dress.approvals[0].act.date) == (
        "act", "214", "2026-11-20",
    )  # fmt: skip
    assert dress.approvals[0].act.issuer
    top.is_annex.click()
    top.with_qr.click()
    settle(qapp)
    dress = session.desk.read(paper_dress.of_kind, "school_list").result()
    assert dress.annex is not None
    assert dress.qr == paper_dress.QR_USUAL
    assert not top.qr.isHidden()
    top.usual.click()
    settle(qapp)
    assert session.desk.read(paper_dress.of_kind, "school_list").result() == paper_dress.Dress()
    assert top.blocks.count() == 0


def test_an_own_case_is_kept(view: OrdersView, window: MainWindow, qapp: QApplication) -> None:
    window.session.go("signers")
    settle(qapp)
    top = window.workspace.windows[-1]
    assert isinstance(top, SignersWindow)
    top.register.grid.setCurrentIndex(top.register.model.index(0, 0))
    settle(qapp)
    edit = top.edits["name", "dative"]
    assert edit.text().replace("\u00a0", " ") == "Н. А. Ветровой"
    edit.setText("Надежде Ветровой")
    edit.commit()
    settle(qapp)
    (one,) = window.session.desk.read(signers.signers).result()
    assert one.name_in("dative") == "Надежде Ветровой"
    edit.setText("")
    edit.commit()
    settle(qapp)
    assert edit.text().replace("\u00a0", " ") == "Н. А. Ветровой"
