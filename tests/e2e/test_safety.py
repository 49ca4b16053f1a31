"""Work that must not be lost: a file in use, a damaged file, undo and half-typed text after closing."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer

from app.models import service
from app.models.store import Store
from app.operations import maintenance, schools
from app.ui.pages.schools import SchoolsPage
from app.ui.windows.rescue import RescueWindow, RestoreWindow
from tests.e2e.seat import Seat, type_text

SCHOOL = "СОШ с. Сосновка"


def card_of(seat: Seat, name: str = SCHOOL) -> SchoolsPage:
    """Open the card of a school from the registry with Enter and go over to what can be changed in it."""
    page = seat.tab("schools")
    assert isinstance(page, SchoolsPage)
    seat.wait(lambda: page.table.model.total > 0)
    row = next(row for row in page.table.model.all_rows() if row.school.shown == name)
    assert page.table.choose(row.school.id)
    page.table.focus_table()
    seat.qtbot.keyClick(page.table.view, Qt.Key.Key_Return)
    seat.wait(page.card.isVisible)
    seat.rest()
    seat.press("Изменить сведения", page.card)
    seat.wait(
        lambda: page.card.fields["name"].edit.isVisible() and page.card.fields["name"].edit.text() == row.school.name
    )
    seat.rest()
    return page


def stored(seat: Seat, name: str = SCHOOL) -> Any:
    """Return the card as the file has it."""
    school = next(item for item in seat.read(schools.listing) if item.shown == name)
    return seat.read(schools.card, school.id)


def test_the_second_window_is_told_who_works_in_the_file_and_may_read(seats: Callable[..., Seat], path: Path) -> None:
    first = seats()
    first.open(path)
    second = seats("other.json", "Второва В. Г.")
    second.window.workspace.open(path)
    said = second.wait_bar("Файл «Лесогорск.opora» открыт")
    assert "Тестова А. Б." in said
    assert second.window.stack.currentWidget() is second.window.start
    second.press("Открыть только для чтения", second.window.start)
    second.wait(lambda: second.window.session.info is not None)
    second.rest()
    assert "только чтение" in second.window.windowTitle()
    assert not second.window.actions_by_key["import"].isEnabled()
    assert not second.window.actions_by_key["undo"].isEnabled()
    page = second.list_page()
    assert not page.approve.isEnabled()
    card = card_of(second).card
    before = stored(first).school.address
    edit = card.fields["address"].edit
    edit.setFocus()
    type_text(edit, "!")
    second.qtbot.keyClick(edit, Qt.Key.Key_Return)
    second.rest()
    assert stored(first).school.address == before
    # the first goes on working, and its window knows nothing of a second
    assert not first.window.session.desk.read_only
    second.close()
    assert maintenance.backups(path) == []  # a reader has nothing to back up


def spoil(path: Path) -> None:
    """Overwrite the middle of a closed file."""
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * (size // 2))


def test_a_damaged_file_opens_the_rescue_page_and_its_best_copy_is_restored(seat: Seat, path: Path) -> None:
    seat.open(path)
    seat.window.session.write(seat.window, None, schools.add, {"name": "Школа до поломки"})
    seat.wait(lambda: "Школа до поломки" in {s.name for s in seat.read(schools.listing)})
    seat.command("close")
    seat.wait(lambda: seat.window.stack.currentWidget() is seat.window.start and seat.window.runner.waiting == 0)
    copies = maintenance.backups(path)
    assert [copy.reason for copy in copies] == ["on-close"]
    spoil(path)
    damaged = path.read_bytes()

    seat.window.workspace.open(path)
    rescue = seat.opened(RescueWindow)
    seat.wait(lambda: rescue.copies.model.total == 1)
    assert "повреждён" in seat.bar()
    assert "Файл повреждён" in rescue.state.text()
    assert rescue.copies.current().backup.path == copies[0].path
    assert path.read_bytes() == damaged
    seat.answers.will("choose", "cancel")
    seat.press("Восстановить из копии…", rescue)
    assert path.read_bytes() == damaged
    seat.answers.will("choose", "restore")
    seat.press("Восстановить из копии…", rescue)
    seat.wait(lambda: seat.window.session.info is not None and seat.window.page is not None)
    seat.rest()
    assert seat.window.session.desk.path == path
    assert "Школа до поломки" in {s.name for s in seat.read(schools.listing)}
    aside = [copy for copy in maintenance.backups(path) if copy.reason == "before-restore"]
    assert [copy.path.read_bytes() for copy in aside] == [damaged]


def test_the_open_file_goes_back_to_its_copy(work: Seat, path: Path) -> None:
    work.command("backup")
    work.wait_bar("Копия сделана и проверена")
    work.window.session.write(work.window, None, schools.add, {"name": "Лишняя школа"})
    work.wait(lambda: "Лишняя школа" in {s.name for s in work.read(schools.listing)})
    work.command("restore")
    window = work.opened(RestoreWindow)
    work.wait(lambda: window.table.model.total == 1)
    work.answers.will("choose", "restore")
    work.press("Восстановить…", window)
    work.wait(lambda: work.window.session.info is None)  # closed, exchanged, opened again
    work.wait(lambda: work.window.session.info is not None and work.window.page is not None)
    work.rest()
    assert work.window.workspace.windows == []
    assert work.window.session.desk.path == path
    assert "Лишняя школа" not in {s.name for s in work.read(schools.listing)}


def test_what_asks_while_the_file_goes_back_to_its_copy_is_dropped(
    work: Seat, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Timers, pages and the frame ask at every moment of closing, exchanging and opening, which take their time."""
    slow(monkeypatch, Store, "close", 0.3)
    slow(monkeypatch, maintenance, "restore", 0.2)
    slow(monkeypatch, service, "open_reader", 0.5)
    work.command("backup")
    work.wait_bar("Копия сделана и проверена")
    work.command("restore")
    window = work.opened(RestoreWindow)
    work.wait(lambda: window.table.model.total == 1)
    work.rest()
    session, seen = work.window.session, set[tuple[bool, bool]]()

    def ask() -> None:
        seen.add((session.desk.is_open, work.window.stack.currentWidget() is work.window.start))
        if session.desk.is_open and work.window.runner.waiting > 5:
            return  # enough is asked for already
        session.look()
        session.refresh_info()
        session.changed.emit(frozenset({"organisation", "setting"}))
        for page in work.window.pages.values():
            page.mark_stale()
        asked.append(session.desk.read(schools.listing))
        asked.append(session.desk.info())

    asked: list[Future[Any]] = []
    asking = QTimer()
    asking.setInterval(5)
    asking.timeout.connect(ask)
    asking.start()
    work.answers.will("choose", "restore")
    work.press("Восстановить…", window)
    work.wait(lambda: (False, True) in seen)  # closed, exchanged, opened again
    work.wait(lambda: session.desk.is_open and work.window.page is not None)
    work.wait(lambda: session.info is not None)
    asking.stop()
    work.rest()
    assert {future.cancelled() for future in asked} == {True, False}
    assert work.window.session.desk.path == path
    assert not any(future.exception() for future in asked if not future.cancelled())


def slow(monkeypatch: pytest.MonkeyPatch, place: Any, name: str, seconds: float) -> None:
    """Let something take longer than it does."""
    plain = getattr(place, name)

    def late(*args: Any, **kwargs: Any) -> Any:
        time.sleep(seconds)
        return plain(*args, **kwargs)

    monkeypatch.setattr(place, name, late)


def test_undo_survives_closing_the_window(seats: Callable[..., Seat], path: Path) -> None:
    first = seats()
    first.open(path)
    card = card_of(first).card
    before = stored(first).school.address
    edit = card.fields["address"].edit
    edit.setFocus()
    edit.selectAll()
    type_text(edit, "ул. Новая, д. 1")
    first.qtbot.keyClick(edit, Qt.Key.Key_Return)
    first.wait(lambda: stored(first).school.address == "ул. Новая, д. 1")
    first.close()

    second = seats()
    second.open(path)
    undo, redo = (second.window.actions_by_key[key] for key in ("undo", "redo"))
    second.wait(lambda: f"Изменена школа «{SCHOOL}»" in undo.text())
    second.command("undo")
    second.wait(lambda: stored(second).school.address == before)
    second.wait(redo.isEnabled)
    second.close()

    third = seats()
    third.open(path)
    third.command("redo")
    third.wait(lambda: stored(third).school.address == "ул. Новая, д. 1")


def test_half_typed_text_is_kept_within_a_second_and_is_there_again(seats: Callable[..., Seat], path: Path) -> None:
    first = seats()
    first.open(path)
    card = card_of(first).card
    address = stored(first).school.address
    edit = card.fields["address"].edit
    edit.setFocus()
    edit.selectAll()
    type_text(edit, "ул. Недопи")
    first.wait(lambda: ("address", "ул. Недопи", "DRAFT") in [tuple(d) for d in stored(first).drafts])
    assert stored(first).school.address == address
    assert edit.text() == "ул. Недопи"
    crashed = path.parent / "после сбоя"
    crashed.mkdir()
    for part in path.parent.glob(path.name + "*"):
        if not part.name.endswith(".lock"):
            shutil.copy(part, crashed / part.name)  # as the disk was when the power went

    second = seats("other.json")
    second.open(crashed / path.name)
    again = card_of(second).card.fields["address"].edit
    assert again.text() == "ул. Недопи"
    assert stored(second).school.address == address
    again.setFocus()
    again.end(False)
    type_text(again, "санная, 7")
    second.qtbot.keyClick(again, Qt.Key.Key_Return)
    second.wait(lambda: stored(second).school.address == "ул. Недописанная, 7")
    assert stored(second).drafts == ()
    second.command("undo")
    second.wait(lambda: stored(second).school.address == address)


def test_typing_and_saving_is_one_step_back(work: Seat) -> None:
    card = card_of(work).card
    address = stored(work).school.address
    edit = card.fields["address"].edit
    edit.setFocus()
    edit.selectAll()
    type_text(edit, "ул. Новая")
    work.wait(lambda: [draft[1] for draft in stored(work).drafts] == ["ул. Новая"])
    work.qtbot.keyClick(edit, Qt.Key.Key_Return)
    work.wait(lambda: stored(work).school.address == "ул. Новая")
    work.rest()
    work.command("undo")
    work.wait(lambda: stored(work).school.address == address)
    assert stored(work).drafts == ()
    work.wait(lambda: edit.text() == address)


def test_text_half_typed_when_the_window_closes_is_not_lost(seats: Callable[..., Seat], path: Path) -> None:
    first = seats()
    first.open(path)
    edit = card_of(first).card.fields["address"].edit
    edit.setFocus()
    edit.selectAll()
    type_text(edit, "ул. Недопи")
    first.close()
    second = seats()
    second.open(path)
    assert card_of(second).card.fields["address"].edit.text() == "ул. Недопи"
