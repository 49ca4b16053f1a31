"""Closed forms stay out of the lists until asked for; a commission's decision; the parts of a composite form."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from app.models.forms import SubjectRef
from app.operations import form_answers, form_overview, form_parts, form_rounds, schools
from app.ui.main_window import MainWindow
from app.ui.pages.form_fill_view import FormFillView
from app.ui.widgets.labels import Label
from tests.ui.conftest import settle
from tests.ui.fakes import FakeDialogs

YEAR = 2026


def begin(window: MainWindow, form: str, *subjects: SubjectRef) -> tuple[int, int]:
    """Return round and first case of a fresh round."""
    store = window.session.desk.store
    key = form_rounds.start(store, form, YEAR, subjects)
    return key, form_rounds.cases(store.connection, key)[0].case.id


def head_of(window: MainWindow) -> SubjectRef:
    school = schools.listing(window.session.desk.store.connection)[0]
    return SubjectRef("head", organisation_id=school.id, name="Руководитель")


def fill(window: MainWindow, qapp: QApplication, case: int | None) -> FormFillView:
    window.go("forms", ("fill", case))
    settle(qapp)
    made = window.page.views["fill"]
    assert isinstance(made, FormFillView)
    return made


def test_rounds_of_closed_forms_are_listed_only_when_asked_for(window: MainWindow, qapp):
    closed, _case = begin(window, "head-school", head_of(window))
    view = fill(window, qapp, None)
    reader = window.session.desk.reader
    assert view.rounds.findData(closed) < 0
    assert not view.closed.isHidden()
    assert closed not in {line.round.id for line in form_overview.findable(reader)[0]}
    assert closed in {line.round.id for line in form_overview.findable(reader, closed=True)[0]}
    view.closed.setChecked(True)
    settle(qapp)
    assert view.rounds.findData(closed) >= 0
    assert window.session.habits.get("closed_forms", False)


def test_a_head_has_recommendation_decision_and_a_reason_not_to_be_assessed(
    window: MainWindow,
    qapp,
    dialogs: FakeDialogs,
):
    _round, case = begin(window, "head-school", head_of(window))
    view = fill(window, qapp, case)
    assert not view.judging.isHidden()
    dialogs.answers = [{"recommendation": "повысить", "decision": "согласиться", "exempt": ""}]
    view.judging.click()
    settle(qapp)
    kept = form_answers.case(window.session.desk.reader, case).case
    assert (kept.recommendation, kept.decision, kept.exempt) == ("повысить", "согласиться", None)
    assert "Рекомендация комиссии: повысить. Решение: согласиться." in view.told.text


def test_a_composite_form_shows_its_parts_and_leads_to_them(window: MainWindow, qapp):
    service = SubjectRef("mms", name="Методическая служба")
    _round, whole = begin(window, "method-work", service)
    view = fill(window, qapp, whole)
    assert view.form is not None
    view.form.finish()
    assert view.accepting.isHidden()
    assert view.returning.isHidden()
    assert [button.text() for button in view.form.parts.buttons] == ["Начать сбор…"] * 3
    asked: list[str] = []
    view.form.part_wanted.disconnect()
    view.form.part_wanted.connect(asked.append)
    view.form.parts.buttons[1].click()
    assert asked == ["young-teachers"]
    _part_round, part = begin(window, "young-teachers", service)
    lines = form_parts.part_lines(window.session.desk.reader, whole)
    assert [(line.form_id, line.case_id) for line in lines] == [
        ("rmo", None), ("young-teachers", part), ("district-work", None),
    ]  # fmt: skip
    window.page.mark_stale()
    settle(qapp)
    assert [button.text() for button in view.form.parts.buttons] == ["Начать сбор…", "Открыть ответы", "Начать сбор…"]
    assert any("сбора в этом году нет" in label.text() for label in view.form.parts.findChildren(Label))
    view.form.parts.buttons[1].click()
    settle(qapp)
    assert view.case_id == part
