"""The pictures of «Приказы»: a draft as paper and as texts, a signed one, what is put round papers, who signs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.ui.screens import Tour


def orders(tour: Tour, view: Any) -> None:
    """Compose a draft, word a point, write its number, open both windows."""
    from app.operations import orders as drafts

    session = tour.window.session
    if not session.desk.read_only:
        key = session.desk.write(drafts.compose, "group", session.school_year, day=session.today()).result()
        view.open_payload(key)
        tour.wait()
        tour.shoot("reports-orders-draft", tour.window)
        session.desk.write(drafts.put_text, key, "create", "Создать рабочую группу.").result()
        view.refresh()
        view.card.looks.setCurrentIndex(1)
        tour.wait()
        tour.shoot("reports-orders-texts", tour.window)
        session.desk.write(drafts.registered, key, "358-од", "23.11.2026").result()
        view.refresh()
        view.card.looks.setCurrentIndex(0)
        tour.wait()
        tour.shoot("reports-orders-signed", tour.window)
    for place, payload in (("dress", "school_list"), ("signers", None)):
        tour.window.go(place, payload)
        tour.wait()
        for found in tour.window.workspace.windows[-1:]:
            top: Any = found
            if place == "dress" and not session.desk.read_only:
                top.add_block()
                top.add_line()
            elif place == "signers":
                top.register.grid.setCurrentIndex(top.register.model.index(0, 0))
            tour.wait()
            tour.shoot(f"reports-{place}", top)
            if place == "dress" and not session.desk.read_only:
                _more(tour, top)
            top.close()
            tour.wait()


def _more(tour: Tour, top: Any) -> None:
    """Show an approval by an act, the annex and the QR code."""
    block = top.blocks.itemAt(0).widget()
    block.form.choose("act")
    block.form.activated.emit(block.form.currentIndex())
    top.is_annex.click()
    top.with_qr.click()
    tour.wait()
    tour.shoot("reports-dress-act", top)
