"""Forms of a name in the window of people."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from app.operations import directory
from app.ui.main_window import MainWindow
from app.ui.windows.people import PeopleWindow
from tests.ui.conftest import settle
from tests.ui.fakes import FakeDialogs


def test_a_person_says_how_their_name_declines(window: MainWindow, dialogs: FakeDialogs, qapp: QApplication) -> None:
    window.go("people", None)
    settle(qapp)
    top = window.workspace.windows[-1]
    assert isinstance(top, PeopleWindow)
    dialogs.answers.append({"full_name": "Мяо Лихуа", "position": "Методист", "dative": "Мяо Ли-Хуа"})
    top._add_person()
    settle(qapp)
    found = window.session.desk.read(directory.people).result(10)
    person = next(one for one in found if one.full_name == "Мяо Лихуа")
    assert directory.name_in(person, "dative") == "Мяо Ли-Хуа"
    fields = {field.key: field.value for field in top._person_fields(person)}
    assert fields["dative"] == "Мяо Ли-Хуа"
    assert fields["genitive"] == ""
