"""The pictures of «Журнал исходящих»: a paper on its way, its facts, other columns, what has changed since."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.ui.screens import Tour


def outgoing(tour: Tour, view: Any) -> None:
    """Send a paper, have a remark to it, show every pane and the window of changes."""
    from app.operations import outgoing as register
    from app.operations import paper_catalogue, papers

    session = tour.window.session
    if session.desk.read_only:
        return
    today = session.today()

    def prepared(store: Any) -> int:
        values = paper_catalogue.usual(store.connection, paper_catalogue.kind("month_report"), today)
        paper = paper_catalogue.make(store.connection, "month_report", values, today)
        number = papers.register(store, paper, papers.render(paper, ".pdf"), papers.file_name(paper, ".pdf", "сегодня"))
        register.edit(store, number, "out_number", "01-12/45")
        register.edit(store, number, "dated", today.strftime("%d.%m.%Y"))
        days = [(today - timedelta(days=back)).isoformat() for back in (3, 2, 1)]
        sent = register.Happening("sent", days[0], person="Министерство образования области", text="почтой")
        receipt = register.Happening("receipt", days[1], "вх-318", "Орлова Е. С.")
        remark = register.Happening(
            "remark", days[2], text="Дополните отчёт сведениями о выездах в школы и приложите график на декабрь.",
            person="Орлова Е. С.", due_on=(today + timedelta(days=4)).isoformat(),
        )  # fmt: skip
        for one in (sent, receipt, remark):
            register.happened(store, number, one, today)
        return number

    number = session.desk.write(prepared).result()
    view.refresh()
    tour.wait()
    view.open_payload(number)
    tour.wait()
    tour.shoot("reports-outgoing-remark", tour.window)
    for pane, name in ((1, "way"), (2, "facts")):
        view.side.tabs.setCurrentIndex(pane)
        tour.wait()
        tour.shoot(f"reports-outgoing-{name}", tour.window)
    view.side.tabs.setCurrentIndex(0)
    view.show_column("period", True)
    tour.wait()
    tour.shoot("reports-outgoing-columns", tour.window)
    view.show_column("period", False)
    tour.window.go("paper_since", number)
    tour.wait()
    for top in tour.window.workspace.windows[-1:]:
        tour.shoot("paper-since", top)
        top.close()
