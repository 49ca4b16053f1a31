"""«Практики» through the real window: search, what fits a school, the card edited in place, who adopted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from app.operations import practices, registers
from app.operations.practices import Practice
from app.ui.main_window import MainWindow
from app.ui.pages.work import WorkPage
from app.ui.pages.work_practices import PracticesView
from app.ui.widgets.basics import Button
from app.ui.widgets.chip import Chip
from app.ui.widgets.labels import Label
from tests.ui.conftest import settle
from tests.ui.fakes import FakeDialogs, type_ru

READING = "Читаем вместе: десять минут чтения на каждом уроке"


@pytest.fixture
def bank(window: MainWindow, qapp: QApplication) -> PracticesView:
    window.resize(1366, 768)
    page = window.show_page("work")
    assert isinstance(page, WorkPage)
    view = page.show_view("practices")
    settle(qapp)
    assert isinstance(view, PracticesView)
    window.activateWindow()
    settle(qapp)
    return view


def _titles(bank: PracticesView) -> list[str]:
    return [hit.practice.title for hit in bank.table.model.visible_rows()]


def _stored(bank: PracticesView) -> dict[str, Practice]:
    return {item.title: item for item in practices.listing(bank.session.desk.reader)}  # type: ignore[attr-defined]


def _choose(bank: PracticesView, qapp: QApplication, title: str) -> Practice:
    item = _stored(bank)[title]
    bank.open_payload(item.id)
    settle(qapp)
    assert bank.current is not None
    assert bank.current.id == item.id
    return item


def _said(bank: PracticesView) -> str:
    return "\n".join(label.text() for label in bank.card.told.findChildren(Label)).replace("\u00a0", " ")


def _press(bank: PracticesView, qapp: QApplication, word: str) -> None:
    button = next(one for one in bank.card.told.findChildren(Button) if word in {one.text(), one.accessibleName()})
    assert button.isEnabled()
    button.click()
    settle(qapp)


def _find(bank: PracticesView, qapp: QApplication, words: str) -> None:
    bank.search.setFocus()
    bank.search.setText(words)
    bank.search.flush()
    settle(qapp)


def test_words_find_a_practice_and_say_why(bank: PracticesView, qapp: QApplication) -> None:
    _find(bank, qapp, "смысловому чтению")
    assert _titles(bank) == [READING]
    assert "Почему показана. В названии: чтения" in _said(bank)
    QTest.keyClick(bank.search, Qt.Key.Key_Down)
    assert bank.table.view.hasFocus()
    _find(bank, qapp, "космонавтика")
    assert bank.table.model.total == 0
    assert bank.empty.isVisible()
    assert not bank.card.isVisible()
    assert bank.empty.button is not None
    bank.empty.button.click()
    settle(qapp)
    assert READING in _titles(bank)
    assert bank.search.text() == ""


def test_the_archive_is_seen_when_asked_for(bank: PracticesView, dialogs: FakeDialogs, qapp: QApplication) -> None:
    item = _choose(bank, qapp, READING)
    _press(bank, qapp, "В архив")
    assert READING not in _titles(bank)
    bank.chips["archived"].click()
    settle(qapp)
    assert READING in _titles(bank)
    _choose(bank, qapp, READING)
    _press(bank, qapp, "Вернуть из архива")
    assert _stored(bank)[READING].state == "accepted"
    bank.session.write(bank, None, practices.put_state, [item.id], "archived")
    bank.open_payload(item.id)
    settle(qapp)
    assert bank.current is not None
    assert bank.current.id == item.id, "whoever asks for an archived practice gets it"


def test_a_new_practice_is_described_in_place_and_accepted(
    bank: PracticesView, dialogs: FakeDialogs, qapp: QApplication
) -> None:
    dialogs.answers = [{"title": "Опыт с нуля", "subject": "Физика", "problem": "Боятся опытов"}]
    bank.adding.click()
    settle(qapp)
    assert bank.current is not None
    assert bank.current.title == "Опыт с нуля"
    assert bank.card.looks.currentIndex() == 1
    idea = bank.card.boxes["idea"]
    assert idea.hasFocus()
    type_ru(idea, "Опыт на каждом третьем уроке")
    bank.card.boxes["title"].setFocus()
    settle(qapp)
    made = _stored(bank)["Опыт с нуля"]
    assert (made.idea, made.state) == ("Опыт на каждом третьем уроке", "proposed")
    title = bank.card.boxes["title"]
    title.selectAll()
    type_ru(title, "Опыты")
    QTest.keyClick(title, Qt.Key.Key_Return)
    settle(qapp)
    assert _stored(bank)["Опыты"].id == made.id
    kind = bank.card.combos["deficit_kind"]
    kind.setCurrentIndex(kind.findData("method"))
    kind.activated.emit(kind.currentIndex())
    settle(qapp)
    assert _stored(bank)["Опыты"].deficit_kind == "method"
    bank.card.looks.setCurrentIndex(0)
    assert "Не хватает: автор, чем подтверждается." in _said(bank)
    dialogs.answers = [{"act": "протокол № 9"}]
    bank.taking.click()
    settle(qapp)
    assert _stored(bank)["Опыты"].state_words.replace("\u00a0", " ") == "в банке с 22.11.2026: протокол № 9"
    assert not bank.taking.isEnabled()
    bank.session.desk.write(lambda store: store.undo()).result()
    settle(qapp)
    assert _stored(bank)["Опыты"].state == "proposed"
    assert bank.taking.isEnabled()


def test_a_school_gets_what_fits_its_deficits(bank: PracticesView, qapp: QApplication) -> None:
    store: Any = bank.session.desk.store  # type: ignore[attr-defined]
    school = store.connection.execute("SELECT id FROM organisation WHERE short_name = 'СОШ № 9'").fetchone()[0]
    registers.add(store, "deficits", {"school_year": bank.session.school_year}, organisation_id=school,
                  subject="Русский язык", text="смысловое чтение", kind="method")  # fmt: skip
    bank.refresh()
    settle(qapp)
    assert bank.whom.choose(school)
    bank.whom.activated.emit(bank.whom.currentIndex())
    settle(qapp)
    assert _titles(bank)[0] == READING
    bank.table.choose(_stored(bank)[READING].id)
    settle(qapp)
    assert "СОШ № 9. Русский язык: смысловое чтение" in _said(bank)
    _press(bank, qapp, "Предложить: СОШ № 9")
    uses = {use.school: use.state for use in _stored(bank)[READING].standing.uses}
    assert uses["СОШ № 9"] == "planned"
    assert READING not in _titles(bank), "it is no longer new to the school"


def test_a_school_writes_its_mark_below(bank: PracticesView, qapp: QApplication) -> None:
    item = _choose(bank, qapp, READING)
    before = item.standing
    grid = bank.uses.grid
    place = len(bank.uses.model.rows) - 1
    for column, text in ((0, "СОШ № 9"), (1, "внедрила"), (3, "2")):
        grid.setFocus()
        grid.setCurrentIndex(bank.uses.model.index(place, column))
        QTest.keyClick(grid, Qt.Key.Key_F2)
        editor = next(edit for edit in grid.viewport().findChildren(QLineEdit) if edit.isVisible())
        editor.setText(text)
        editor.setModified(True)
        QTest.keyClick(editor, Qt.Key.Key_Tab)
        settle(qapp)
    after = _stored(bank)[READING].standing
    assert len(after.marks) == len(before.marks) + 1
    assert after.adopted == before.adopted + 1
    assert f"Оценка школ: {after.rating_words}".replace("\u00a0", " ") in _said(bank)
    shown = bank.table.current()
    assert shown.practice.standing == after


def test_a_practice_is_removed_after_what_goes_along_is_named(
    bank: PracticesView, dialogs: FakeDialogs, qapp: QApplication
) -> None:
    item = _choose(bank, qapp, READING)
    dialogs.answers = ["keep"]
    bank.out.click()
    settle(qapp)
    assert READING in _stored(bank)
    dialogs.answers = ["remove"]
    bank.out.click()
    settle(qapp)
    assert READING not in _stored(bank)
    bank.session.desk.write(lambda store: store.undo()).result()
    settle(qapp)
    assert _stored(bank)[READING] == item


def test_files_lie_beside_a_practice(
    bank: PracticesView, dialogs: FakeDialogs, qapp: QApplication, tmp_path: Path
) -> None:
    _choose(bank, qapp, READING)
    proof = tmp_path / "итоги.txt"
    proof.write_text("18 из 52", encoding="utf-8")
    dialogs.answers = [[proof]]
    _press(bank, qapp, "Приложить файл…")
    assert _stored(bank)[READING].files == 1
    assert any(one.text() == "итоги.txt" for one in bank.card.told.findChildren(Button))
    dialogs.answers = [{"link": "https://example.org", "title": "Видео"}]
    _press(bank, qapp, "Дать ссылку…")
    assert _stored(bank)[READING].files == 2


def test_the_window_finds_a_practice_and_its_papers(
    bank: PracticesView, window: MainWindow, qapp: QApplication
) -> None:
    key = _stored(bank)[READING].id
    window.show_page("today")
    window.go("work", ("practices", key))
    settle(qapp)
    assert window.page is not None
    assert window.page.name == "work"
    assert bank.current is not None
    assert bank.current.id == key
    asked: list[tuple[str, Any]] = []
    bank.session.wanted.connect(lambda place, payload: asked.append((place, payload)))
    bank.print_card()
    assert asked == [("papers", ("practice_card", {"practice": str(key)}))]


def test_a_file_open_for_reading_is_only_read(bank: PracticesView, qapp: QApplication, db: Path) -> None:
    desk: Any = bank.session.desk
    desk.close()
    desk.open_read_only(db).result()
    bank.refresh()
    settle(qapp)
    assert not any(button.isEnabled() for button in (bank.adding, bank.out, bank.taking))
    assert bank.printing.isEnabled()
    assert all(box.isReadOnly() for box in bank.card.boxes.values())
    assert not any(combo.isEnabled() for combo in bank.card.combos.values())
    chips = [chip.text for chip in bank.card.told.findChildren(Chip)]
    assert chips[0] in {"в банке", "предложена"}
    assert not any(one.isEnabled() for one in bank.card.told.findChildren(Button) if one.text() == "В архив")


def test_an_empty_file_says_what_to_do(bank: PracticesView, dialogs: FakeDialogs, qapp: QApplication) -> None:
    keys = [item.id for item in _stored(bank).values()]
    bank.session.write(bank, None, practices.remove, keys)
    settle(qapp)
    assert bank.empty.isVisible()
    assert not bank.uses.isVisible()
    assert bank.sentence == "Практик в файле пока нет"
    dialogs.answers = [{"title": "Первая"}]
    assert bank.empty.button is not None
    bank.empty.button.click()
    settle(qapp)
    assert _titles(bank) == ["Первая"]
