"""«Анкеты» and «Курсы» driven through the real window: entering, pasting, counting, undo."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.models.store import Connection
from app.models.surveys import HANDED_IN, of_events
from app.operations import courses, survey_counts, surveys
from app.operations.surveys import SheetView
from app.ui.main_window import MainWindow
from app.ui.pages.checklists import ChecklistsPage
from app.ui.pages.surveys_view import SurveysView
from app.ui.windows.courses import CoursesWindow
from app.ui.windows.survey_paper import SurveyPaperWindow
from app.ui.windows.survey_paste import SurveyPasteWindow
from tests.ui.conftest import settle
from tests.ui.fakes import FakeDialogs

ROWS, SCHOOL, LESSON = 0, 1, 2
CONTENT = "Актуальность и практическая значимость отобранного преподавателем учебного содержания"


@pytest.fixture
def view(window: MainWindow, qapp: QApplication) -> SurveysView:
    page = window.show_page("checklists")
    assert isinstance(page, ChecklistsPage)
    made = page.show_view("surveys")
    settle(qapp)
    assert isinstance(made, SurveysView)
    return made


@pytest.fixture
def choose(view: SurveysView, qapp: QApplication) -> Callable[[int], SheetView]:
    def act(place: int) -> SheetView:
        # feedback of events has tests of its own
        events = set(view.session.desk.read(_of_events).result())
        lines = [one for one in view.table.model.visible_rows() if one.sheet.id not in events]
        line = sorted(lines, key=lambda one: one.sheet.held_on, reverse=True)[place]
        view.table.choose(line.sheet.id)
        settle(qapp)
        return stored(view)

    return act


def _of_events(connection: Connection) -> list[int]:
    return [sheet for sheets in of_events(connection).values() for sheet in sheets]


def stored(view: SurveysView) -> SheetView:
    assert view.open_sheet is not None
    return view.session.desk.read(surveys.view, view.open_sheet.line.sheet.id).result()


def undo(view: SurveysView, qapp: QApplication) -> None:
    view.session.desk.write(lambda store: store.undo()).result()
    settle(qapp)


def test_the_example_has_rows_counts_and_a_school(view: SurveysView, choose: Callable[[int], SheetView]) -> None:
    assert choose(ROWS).mode == "rows"
    assert view.body.currentWidget() is view.rows
    assert view.rows.model.rowCount() == 14
    assert choose(LESSON).mode == "tallies"
    assert view.body.currentWidget() is view.numbers
    assert [grid[2].rowCount() for grid in view.numbers.grids] == [5, 1, 1]
    assert choose(SCHOOL).line.subject.school_id is not None


def test_answers_typed_in_a_new_line_are_one_respondent(
    view: SurveysView, choose: Callable[[int], SheetView], qapp: QApplication
) -> None:
    before = len(choose(ROWS).rows)
    model = view.rows.model
    model.setData(model.index(before, 0), "2")
    model.setData(model.index(before, 1), "так себе")
    settle(qapp)
    after = stored(view)
    assert len(after.rows) == before + 1
    kept = after.rows[-1].answers
    assert (kept["content"].value, kept["methods"].code, kept["methods"].raw) == ("middle", "ITEM_CHOICE", "так себе")
    assert model.rows[before].texts[:2] == ["средняя", "так себе"]
    assert 1 in model.rows[before].troubles
    assert model.rowCount() == before + 2
    view.rows.grid.setCurrentIndex(model.index(before, 0))
    view.rows.drop.click()
    settle(qapp)
    assert len(stored(view).rows) == before
    undo(view, qapp)
    assert model.rows[before].texts[:2] == ["средняя", "так себе"]


def test_a_block_makes_as_many_respondents_as_it_has_lines(
    view: SurveysView, choose: Callable[[int], SheetView], qapp: QApplication
) -> None:
    before = len(choose(ROWS).rows)
    view.rows.grid.setCurrentIndex(view.rows.model.index(before, 0))
    view.rows.grid.paste("высокая\tсредняя\nнизкая\t\n3\tвысокая\n")
    settle(qapp)
    rows = stored(view).rows
    assert [row.answers["content"].value for row in rows[before:]] == ["high", "low", "low"]
    assert "methods" not in rows[before + 1].answers
    view.rows.empty_one.click()
    settle(qapp)
    assert dict(stored(view).rows[-1].answers) == {}


def test_counts_are_kept_and_what_does_not_fit_is_said(
    view: SurveysView, choose: Callable[[int], SheetView], qapp: QApplication
) -> None:
    choose(LESSON)
    _scale, _items, model, _grid = view.numbers.grids[0]
    model.setData(model.index(0, 0), "40")
    settle(qapp)
    assert stored(view).numbers["content", "high"] == 40
    assert "ответов 47, а сдано анкет 24" in view.numbers.told.text()
    model.setData(model.index(0, 0), "много")
    settle(qapp)
    assert model.rows[0].texts[0] == "много"
    assert "не число" in model.rows[0].troubles[0]
    assert ("content", "high") not in stored(view).numbers
    assert stored(view).drafts["content", "high"] == ("много", "FORM_SURVEY_NUMBER")
    assert "Не посчитано: «много»" in view.numbers.told.text()
    view.numbers.handed_in.setText("50")
    view.numbers.handed_in.commit()
    settle(qapp)
    assert stored(view).numbers[HANDED_IN, ""] == 50


def test_a_new_sheet_asks_how_it_is_entered(view: SurveysView, dialogs: FakeDialogs, qapp: QApplication) -> None:
    dialogs.answers.append({"form": "listener", "name": "Мастер-класс", "school": "", "held": "20.11.2026",
                            "out": "12", "note": ""})  # fmt: skip
    view.adding.click()
    settle(qapp)
    shown = stored(view)
    assert (shown.line.title, shown.line.sheet.given_out, shown.mode) == ("Мастер-класс, 20.11.2026", 12, "empty")
    assert view.body.currentIndex() == 0
    view._begin_mode("tallies")
    assert view.body.currentWidget() is view.numbers
    view._begin_mode("rows")
    model = view.rows.model
    model.setData(model.index(0, 0), "высокая")
    settle(qapp)
    assert stored(view).mode == "rows"
    dialogs.answers.append({"name": "Мастер-класс", "held": "21.11.2026", "out": "", "note": "", "@course": "ПК-1"})
    view.facts.click()
    settle(qapp)
    assert stored(view).line.title == "Мастер-класс, 21.11.2026"
    assert stored(view).head == {"course": "ПК-1"}
    view.clear()
    settle(qapp)
    assert view.body.currentIndex() == 0


def test_a_table_is_told_of_before_it_is_written(
    view: SurveysView, window: MainWindow, choose: Callable[[int], SheetView], qapp: QApplication,
    dialogs: FakeDialogs, tmp_path: Path,
) -> None:  # fmt: skip
    before = len(choose(ROWS).rows)
    QGuiApplication.clipboard().setText(f"ФИО\t{CONTENT}\nИванова Анна\tвысокая\nПетрова Вера\tнизкая\n")
    view.pasting.click()
    settle(qapp)
    top = window.workspace.windows[-1]
    assert isinstance(top, SurveyPasteWindow)
    assert "2\u00a0анкеты" in top.told.text()
    assert "анонимной: «ФИО»" in top.told.text()
    top.kind.choose("tallies")
    settle(qapp)
    assert not top.put.isEnabled()
    file = tmp_path / "ответы.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, delimiter=";").writerows([["E-mail", CONTENT], ["a@b.example", "средняя"]])
    top.kind.choose("rows")
    dialogs.answers.append([file])
    top.from_file.click()
    settle(qapp)
    assert top.told.text().startswith("ответы.csv. 1\u00a0анкета")
    top.put.click()
    settle(qapp)
    assert len(stored(view).rows) == before + 1
    assert stored(view).rows[-1].answers["content"].value == "middle"


def test_the_distribution_follows_what_is_chosen(
    view: SurveysView, choose: Callable[[int], SheetView], qapp: QApplication
) -> None:
    choose(LESSON)
    view.tabs.setCurrentIndex(1)
    settle(qapp)
    assert view.body.currentWidget() is view.shares
    assert view.shares.told.text() == "Сдано 24 из 27 розданных, 88,9\u00a0%"
    texts = [(row.text, row.number, row.share) for row in view.shares.answers.model.visible_rows()]
    assert texts[0] == ("высокая", 17, "73,9\u00a0%")
    assert texts[3] == ("затрудняюсь ответить", 1, "—")
    assert view.shares.scope.choose("all")
    settle(qapp)
    assert view.shares.told.text().startswith("Сдано 63 из 91 розданных"), "26 of 48 on three sheets of events"


def test_the_papers_of_a_sheet_are_shown(
    view: SurveysView, window: MainWindow, choose: Callable[[int], SheetView], qapp: QApplication
) -> None:
    choose(LESSON)
    view.printing.click()
    settle(qapp)
    top = window.workspace.windows[-1]
    assert isinstance(top, SurveyPaperWindow)
    assert top._paper is not None
    assert top._paper.title == "Анкетирование: Занятие «Как читать текст на уроке математики», 22.10.2026"
    top.kind.choose("blank")
    settle(qapp)
    assert not top.two.isHidden()
    assert top._paper.title == "Анкета: Анкета слушателя"


def test_few_respondents_stay_unknown_on_paper(view: SurveysView, choose: Callable[[int], SheetView]) -> None:
    from app.operations import survey_papers

    sheet = choose(SCHOOL)
    view.session.desk.write(
        surveys.remove_rows, sheet.line.sheet.id, [row.id for row in sheet.rows[3:]]
    ).result()  # fmt: skip
    found = view.session.desk.read(
        survey_counts.distribution, "deficits-fragment", sheet_id=sheet.line.sheet.id
    ).result()
    parts = {one.item.id: survey_papers.part(one, found) for one in found.items}
    assert found.handed_in == 3
    assert parts["first-aid"].others == ()
    assert "меньше 5" in parts["first-aid"].unsaid
    assert parts["self-assessment"].unsaid == ""


# --- courses -----------------------------------------------------------------------------------------------------


@pytest.fixture
def register(window: MainWindow, qapp: QApplication) -> CoursesWindow:
    window.go("courses")
    settle(qapp)
    top = window.workspace.windows[-1]
    assert isinstance(top, CoursesWindow)
    return top


def people(top: CoursesWindow) -> int:
    return top.session.desk.read(courses.register, 2026).result().people


def test_a_record_is_written_when_it_is_complete(register: CoursesWindow, qapp: QApplication) -> None:
    before, row = people(register), register.model.rowCount() - 3
    assert before == 18
    for column, text in ((1, "специалисты комитетов"), (2, "лоиро"), (3, "пк")):
        register.model.setData(register.model.index(row, column), text)
    settle(qapp)
    assert people(register) == before
    register.model.setData(register.model.index(row, 4), "5")
    settle(qapp)
    assert people(register) == before + 5
    assert register.model.rows[row].texts[:5] == [
        "муниципалитет", "Специалисты комитетов, методисты ММС", "ГАОУ ДПО «ЛОИРО»", "ПК", "5"]  # fmt: skip
    register.model.setData(register.model.index(row, 4), "пять")
    settle(qapp)
    assert people(register) == before, "what the cell says is no number, so the line counts nowhere"
    assert register.model.rows[row].texts[4] == "пять"
    assert "не число" in register.model.rows[row].troubles[4]
    assert "не посчитано: 1" in register.sentence.text().replace("\u00a0", " ")
    for wanted in (before, before):  # both entries of the cell are one visit; then the words before it
        register.session.desk.write(lambda store: store.undo()).result()
        settle(qapp)
        assert people(register) == wanted
    assert register.model.rows[row].texts[:5] == ["", "специалисты комитетов", "лоиро", "", ""]


def test_the_totals_are_those_of_the_register(register: CoursesWindow) -> None:
    texts = {row.key: row.texts for row in register.totals_model.rows}
    assert texts["school-staff"][1] == "10"
    assert texts["school-staff"][-1] == "15"
    assert texts["committee-methodists"][-1] == "2"


def test_a_pasted_table_tells_what_is_not_taken(register: CoursesWindow, qapp: QApplication) -> None:
    before = people(register)
    QGuiApplication.clipboard().setText(
        "Категория\tГде учились\tВид\tКоличество\n"
        "Педагогические работники общеобразовательных организаций\tМосквы\tПП\t3\n"
        "Педагогические\tМосквы\tПК\t2\n"
    )
    register.pasting.click()
    settle(qapp)
    assert people(register) == before + 3
    assert "строка 2" in register.bar.text.text()
    row = register.model.rowCount() - 4
    assert register.model.rows[row].texts[:5] == ["", "Педагогические", "Москвы", "ПК", "2"]
    assert list(register.model.rows[row].troubles) == [1]
    register.model.setData(register.model.index(row, 1), "педагогические обще")
    settle(qapp)
    assert people(register) == before + 5
