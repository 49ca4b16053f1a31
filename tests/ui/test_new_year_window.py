"""«Новый учебный год» through the real wizard: nothing is written before the last verb, one step back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.models import organisations
from app.ui.main_window import MainWindow
from app.ui.session import Session
from app.ui.windows import catalogue
from app.ui.windows.new_year import NewYearWizard, usual_year
from tests.helpers import stores
from tests.ui.conftest import settle
from tests.ui.fakes import FakeDialogs


@pytest.fixture
def wizard(window: MainWindow, qapp: QApplication) -> NewYearWizard:
    made = catalogue.make("new_year", window, None)
    assert isinstance(made, NewYearWizard)
    made.show()
    settle(qapp)
    return made


def _choose(wizard: NewYearWizard, name: str) -> int:
    model = wizard.schools.table.model
    for place, line in enumerate(model.visible_rows()):
        if line.shown == name:
            wizard.schools.table.view.setCurrentIndex(model.index(place, 0))
            return int(line.key)
    raise AssertionError(name)


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2026, 11, 22), 2027), (date(2027, 5, 20), 2027), (date(2027, 8, 20), 2027), (date(2027, 10, 31), 2027),
     (date(2027, 11, 1), 2028)],
)  # fmt: skip
def test_the_year_that_is_begun_most_likely(session: Session, day: date, year: int) -> None:
    session.today = lambda: day
    assert usual_year(session) == year


def test_a_school_is_renamed_one_joined_and_one_opens(
    wizard: NewYearWizard, dialogs: FakeDialogs, desk: Any, qapp: QApplication
) -> None:
    assert wizard.school_year == 2027
    before = stores.dump(desk.reader)
    renamed = _choose(wizard, "СОШ № 5")
    dialogs.answers = [{"name": "МБОУ «СОШ № 5 им. Гагарина»", "short_name": "СОШ № 5 им. Гагарина"}]
    wizard.schools.verbs[0].click()
    joined = _choose(wizard, "СОШ № 3")
    target = _choose(wizard, "СОШ № 1")
    _choose(wizard, "СОШ № 3")
    dialogs.answers = [{"target": str(target), "day": "15.08.2027"}]
    wizard.schools.verbs[1].click()
    dialogs.answers = [{"name": "Школа на Озёрной", "split_from": str(target)}]
    wizard.schools.opened.click()
    settle(qapp)
    assert wizard.schools.sentence == "1\u00a0открыта, 1\u00a0переименована, 1\u00a0присоединена"
    for _step in range(3):
        wizard.next.click()
        settle(qapp)
    assert wizard.preview is not None
    assert wizard.next.text() == "Начать 2027/28"
    assert stores.dump(desk.reader) == before, "nothing is written before the last verb"
    wizard.next.click()
    settle(qapp)
    assert not wizard.isVisible()
    assert wizard.session.school_year == 2027
    known = {school.id: school for school in organisations.listing(desk.reader)}
    assert known[renamed].shown == "СОШ № 5 им. Гагарина"
    assert known[joined].status == "reorganised"
    assert "Школа на Озёрной" in {school.name for school in known.values()}
    desk.store.undo()
    assert stores.dump(desk.reader) == before


def test_what_was_said_can_be_taken_back(wizard: NewYearWizard, dialogs: FakeDialogs, qapp: QApplication) -> None:
    _choose(wizard, "СОШ № 5")
    dialogs.answers = [{}]
    wizard.schools.verbs[2].click()
    assert wizard.schools.sentence == "1\u00a0закрыта"
    _choose(wizard, "СОШ № 5")
    wizard.schools.same.click()
    assert wizard.schools.sentence == "изменений нет"
    dialogs.answers = [{"name": "Новая"}]
    wizard.schools.opened.click()
    _choose(wizard, "СОШ № 5")
    dialogs.answers = [{"target": "new:1"}]
    wizard.schools.verbs[1].click()
    wizard.schools.table.view.setCurrentIndex(wizard.schools.table.model.index(0, 0))
    assert wizard.schools.same.text() == "Убрать"
    wizard.schools.same.click()
    assert wizard.schools.sentence == "изменений нет", "what was joined to it goes with it"


def test_another_year_moves_the_first_of_september(
    wizard: NewYearWizard, dialogs: FakeDialogs, qapp: QApplication
) -> None:
    _choose(wizard, "СОШ № 5")
    dialogs.answers = [{}]
    wizard.schools.verbs[2].click()
    wizard.year.choose(2028)
    settle(qapp)
    assert [answer.day for answer in wizard.schools.answers.values()] == ["2028-09-01"]


def test_what_is_not_ticked_is_not_carried(wizard: NewYearWizard, desk: Any, qapp: QApplication) -> None:
    wizard.next.click()
    settle(qapp)
    assert wizard.checks, "the example has something to carry"
    for check in wizard.checks.values():
        check.setChecked(False)
    wizard.next.click()
    wizard.next.click()
    settle(qapp)
    assert wizard.preview is not None
    assert wizard.preview.writes == ()
    assert not wizard.next.isEnabled(), "there is nothing to write"
    wizard.back.click()
    wizard.back.click()
    settle(qapp)
    assert not any(check.isChecked() for check in wizard.checks.values()), "the ticks stay as they were"


def test_a_wrong_answer_is_told_where_it_is_seen(
    wizard: NewYearWizard, dialogs: FakeDialogs, qapp: QApplication
) -> None:
    _choose(wizard, "СОШ № 5")
    dialogs.answers = [{"name": "   "}]
    wizard.schools.verbs[0].click()
    wizard.next.click()
    wizard.next.click()
    settle(qapp)
    assert "нет нового названия" in wizard.bar.text.text()
    assert not wizard.next.isEnabled()
