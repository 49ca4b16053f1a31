"""The pictures of «Сроки» and «Согласование» of the programme for «opora screens»: every look, approval, editions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.models.programme_records import Tree
from app.models.store import Store
from app.operations import programme_edit, programme_life, programme_parties, programmes

if TYPE_CHECKING:
    from app.ui.pages.programme import ProgrammePage
    from app.ui.pages.programme_life_view import LifeView
    from app.ui.screens import Tour

SHEET = (
    ("Управление образования", "Ракитина Е. В.", "02.11.2026", "16.11.2026", "12.11.2026", "согласовано"),
    ("Общественный совет по образованию", "Сомов И. П.", "02.11.2026", "20.11.2026", "18.11.2026", "есть замечания"),
    ("Совет руководителей школ", "", "02.11.2026", "20.11", "", ""),
)
ACT = {"act_kind": "постановление администрации", "act_number": "214", "act_date": "28.11.2026"}


def shoot_programme_life(tour: Tour) -> None:
    """Show the dates in every look, then the way of the programme from remarks to the comparison of two editions.

    The tour's file is a copy: what is put in here stays there.
    """
    from app.ui.pages.programme import ProgrammePage

    page = tour.window.show_page("programme")
    tour.wait()
    if not isinstance(page, ProgrammePage) or page.programme_id is None:
        return
    municipal = tour.window.session.desk.read(programmes.current).result()
    page.choose(municipal or page.programme_id)
    tour.wait()
    _dates(tour, page)
    if page.writable:
        _life(tour, page)
    page.show_view(page.first[0])
    tour.wait()


def _dates(tour: Tour, page: ProgrammePage) -> None:
    from app.ui.pages.programme_dates import DatesView

    view = page.show_view("dates")
    tour.wait()
    if not isinstance(view, DatesView) or view.plan is None:
        return
    dated = [row for row in view.plan.activities if row.spans]
    if page.writable and dated and dated[0].node_id is not None:
        first, last = dated[0].spans[-1]
        view.put_dates(dated[0].node_id, [(first.replace(day=5), last.replace(day=20))])
        tour.wait()
        view.chart.choose(dated[0].node_id)
    tour.shoot("programme-dates", tour.window)
    view.zoom.setCurrentIndex(1)
    tour.shoot("programme-dates-months", tour.window)
    for look in ("calendar", "table"):
        view.show_look(look)
        tour.shoot(f"programme-dates-{look}", tour.window)
    view.show_look("calendar")
    view.calendar.look.setCurrentIndex(1)
    tour.shoot("programme-dates-year", tour.window)
    view.show_look("chart")


def _life(tour: Tour, page: ProgrammePage) -> None:
    from app.ui.pages.programme_life_view import STEPS, LifeView

    key = page.programme_id
    if key is None:
        return
    write = tour.window.session.desk.write
    write(_fill, key).result()
    view = page.show_view("life")
    tour.wait()
    if not isinstance(view, LifeView):
        return
    for place, name in enumerate(STEPS):
        view.steps.choose(place)
        tour.shoot(f"programme-life-{name}", tour.window)
    _approve(tour, view)
    view.new_edition()
    tour.wait()
    if page.programme_id not in {None, key}:
        write(_change, page.programme_id).result()
        tour.wait()
        view.compare()
        _top(tour, "programme-compare")
        tour.window.go("print_programme_life", ("changes", key, page.programme_id))
        _top(tour, "programme-changes-paper")
    tour.window.go("print_programme_life", ("agreement", key))
    _top(tour, "programme-sheet-paper")


def _approve(tour: Tour, view: LifeView) -> None:
    from app.ui.windows.programme_approve import ApproveProgrammeWizard

    view.approve()
    tour.wait()
    wizard = tour.window.workspace.windows[-1]
    if not isinstance(wizard, ApproveProgrammeWizard):
        return
    tour.shoot("programme-approve", wizard)
    wizard.go_on()
    for name, text in ACT.items():
        wizard.edits[name].setText(text)
    tour.shoot("programme-approve-act", wizard)
    wizard.go_on()
    tour.wait()
    tour.shoot("programme-approved", tour.window)


def _top(tour: Tour, name: str) -> None:
    tour.wait()
    for top in tour.window.workspace.windows[-1:]:
        tour.shoot(name, top)
        top.close()


def _fill(store: Store, key: int) -> None:
    """Put a sheet and two remarks in."""
    columns = [item.key for item in programme_parties.COLUMNS]
    cells = [(-1 - row, column, text) for row, texts in enumerate(SHEET)
             for column, text in zip(columns, texts, strict=True)]  # fmt: skip
    made = programme_parties.put_cells(store, key, cells)
    tree: Tree = programmes.tree(store.connection, key)
    activity = next((node.id for node in tree.of_kind("activity")), None)
    remarks: tuple[dict[str, Any], ...] = (
        {"text": "Срок приходится на конец четверти. Просим перенести на каникулы и назвать школы-доноры, чтобы "
         "родители знали, куда поедут учителя.", "node_id": activity, "party_id": made[-2]},
        {"text": "Не сказано, из каких денег оплачивают проезд.", "place": "section.money", "state": "taken",
         "answer": "Добавлена строка сметы «Проезд»."},
    )  # fmt: skip
    for remark in remarks:
        programme_life.put_remark(store, key, None, author="Сомов И. П.", made_on="2026-11-18", **remark)
    programme_life.send(store, key, "2026-11-02")


def _change(store: Store, key: int) -> None:
    """Correct the new edition a little."""
    found = programmes.tree(store.connection, key).of_kind("activity")
    for node in found[:1]:
        programme_edit.put_text(store, node.id, f"{node.text} и разбор итогов с каждой школой")
    for node in found[1:2]:
        programme_edit.put_term(store, node.id, "октябрь 2027 года")
    programme_edit.add(store, key, "activity", "Открытые уроки в школах-донорах", parent_id=found[0].parent_id)
