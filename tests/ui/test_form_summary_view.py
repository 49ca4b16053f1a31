"""«Сводка», «Экспертная оценка» and the papers of forms in the real window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.models.form_protocols import ProtocolMember
from app.operations import form_group, form_rounds
from app.ui.main_window import MainWindow
from app.ui.pages.checklists import ChecklistsPage
from app.ui.pages.form_summary_view import FormSummaryView
from app.ui.widgets.table import DataTable
from app.ui.windows.form_group import FormGroupWindow, members_of, members_text
from app.ui.windows.form_paper import Chosen, FormPaperWindow
from tests.ui.conftest import settle
from tests.ui.fakes import FakeDialogs


def texts(table: DataTable) -> list[dict[str, str]]:
    columns = table.model.columns
    return [
        {column.key: column.text(row).replace("\u00a0", " ") for column in columns}
        for row in table.model.visible_rows()
    ]


@pytest.fixture
def view(window: MainWindow, qapp: QApplication) -> FormSummaryView:
    page = window.show_page("checklists")
    assert isinstance(page, ChecklistsPage)
    made = page.show_view("summary")
    settle(qapp)
    assert isinstance(made, FormSummaryView)
    made.open_payload("school-programme-self")
    settle(qapp)
    return made


def group_window(view: FormSummaryView, window: MainWindow, qapp: QApplication, form: str) -> FormGroupWindow:
    view.open_payload(form)
    settle(qapp)
    view.show_experts()
    settle(qapp)
    made = window.workspace.windows[-1]
    assert isinstance(made, FormGroupWindow)
    return made


def test_the_summary_shows_who_answered_and_who_did_not(view: FormSummaryView) -> None:
    rows = texts(view.who)
    answered = [row for row in rows if row["points"]]
    assert answered[0]["points"].split(" · ")[0].endswith(" из 36")
    assert all(not row["level"] for row in rows if row["state"] in {"отправлено", "не отправлено"})
    assert "ответили" in view.sentence
    assert view.found is not None
    assert len(rows) == len(view.found.lines) + len(view.found.silent)
    assert {form for form, _years in ((view.form.itemData(i), None) for i in range(view.form.count()))} == {
        "school-programme-self", "school-transition", "programme-quality",
    }  # fmt: skip


def test_items_begin_with_the_weakest_and_the_map_opens_the_form(
    view: FormSummaryView, window: MainWindow, qapp: QApplication
) -> None:
    view.look.choose("items")
    settle(qapp)
    assert view.found is not None
    first = view.items.model.visible_rows()[0]
    assert first.mean.share == min(one.mean.share for one in view.found.items if one.mean.share is not None)
    view.look.choose("heat")
    settle(qapp)
    assert view.heat.spec is not None
    case = view.found.lines[0].case_id
    view.heat.clicked.emit(case)
    settle(qapp)
    page = window.show_page("checklists")
    assert isinstance(page, ChecklistsPage)
    assert page.view == "fill"


def test_only_accepted_answers_and_another_year_can_be_shown(view: FormSummaryView, qapp: QApplication) -> None:
    assert view.found is not None
    before = len(view.found.lines)
    view.which.choose(True)
    settle(qapp)
    assert 0 < len(view.found.lines) < before
    assert {line.state for line in view.found.lines} <= {"accepted", "approved"}
    view.year.setCurrentIndex(1)
    settle(qapp)
    assert view.found.school_year == 2025


def test_a_form_without_points_says_so(view: FormSummaryView, qapp: QApplication) -> None:
    view.open_payload("programme-quality")
    view.look.choose("heat")
    settle(qapp)
    assert view.heat.spec is None
    assert view.heat.accessibleName() == "Баллов у формы нет"


def test_the_papers_open_as_any_other(view: FormSummaryView, window: MainWindow, qapp: QApplication) -> None:
    view.show_paper()
    settle(qapp)
    paper = window.workspace.windows[-1]
    assert isinstance(paper, FormPaperWindow)
    assert paper.view.data.startswith(b"%PDF")
    assert paper._name(".pdf") == "Сводка, Самооценка школьной программы, 2026-27, 22.11.2026.pdf"
    assert view.found is not None
    window.go("print_form_paper", Chosen("filled", case_id=view.found.lines[0].case_id))
    settle(qapp)
    filled = window.workspace.windows[-1]
    assert isinstance(filled, FormPaperWindow)
    answers = filled.view.data
    filled.kind.choose("blank")
    settle(qapp)
    assert filled.view.data.startswith(b"%PDF")
    assert filled.view.data != answers
    filled.registering.click()
    settle(qapp)
    assert "журнал исходящих под №" in filled.bar.text.text()


def test_experts_are_added_and_what_is_unanimous_is_taken(
    view: FormSummaryView, window: MainWindow, dialogs: FakeDialogs, qapp: QApplication
) -> None:
    made = group_window(view, window, qapp, "programme-quality")
    assert made.found is not None
    rows = texts(made.items)
    assert rows[0]["spread"].startswith("разошлись")
    assert [row["who"] for row in texts(made.voices)] == [
        "Кедрова О. В.", "Ручьёва Н. П.", "Согласованная оценка", "Самооценка",
    ]  # fmt: skip
    dialogs.answers.append({"name": "Тихонова В. В."})
    made.adding.click()
    settle(qapp)
    assert len(made.found.experts) == 3
    assert not made.unanimous.isEnabled(), "the new expert is silent: nothing is unanimous any more"


def test_a_disputed_answer_is_agreed_with_a_reason(
    view: FormSummaryView, window: MainWindow, dialogs: FakeDialogs, qapp: QApplication
) -> None:
    made = group_window(view, window, qapp, "programme-quality")
    assert made.found is not None
    one = next(one for one in made.found.disputed if one.spread.disputed and one.agreed is None)
    made.items.choose(one.item.id)
    dialogs.answers.append({"value": "partly", "reason": ""})
    made.agree()
    settle(qapp)
    assert "Причина не вписана" in made.bar.text.text()
    dialogs.answers.append({"value": "partly", "reason": "Показатели есть не для всех задач"})
    made.agree()
    settle(qapp)
    agreed = next(item for item in made.found.items if item.item.id == one.item.id).agreed
    assert agreed is not None
    assert (agreed.value, agreed.comment) == ("partly", "Показатели есть не для всех задач")


def test_the_protocol_is_asked_for_and_printed(
    view: FormSummaryView, window: MainWindow, dialogs: FakeDialogs, qapp: QApplication
) -> None:
    made = group_window(view, window, qapp, "programme-quality")
    dialogs.answers.append(
        {
            "number": "4", "dated": "28.11.2026", "place": "г. Лесогорск", "body_id": "", "opinion": "",
            "members": "Ветрова Н. А.; начальник управления; председатель\nКим О. В.; методист",
            "decision": "Программу доработать.",
        }
    )  # fmt: skip
    made.protocolling.click()
    settle(qapp)
    assert made.found is not None
    protocol = made.found.protocol
    assert protocol is not None
    assert (protocol.number, protocol.dated, [one.role for one in protocol.members]) == (
        "4", "2026-11-28", ["chair", "member"],
    )  # fmt: skip
    made.printing.click()
    settle(qapp)
    paper = window.workspace.windows[-1]
    assert isinstance(paper, FormPaperWindow)
    assert paper.view.data.startswith(b"%PDF")


def test_members_are_lines_and_lines_are_members() -> None:
    members = (ProtocolMember("Ветрова Н. А.", "начальник", "chair"), ProtocolMember("Ким О. В."))
    assert members_text(members) == "Ветрова Н. А.; начальник; председатель\nКим О. В."
    assert members_of(members_text(members)) == members
    assert members_of("Орлов П. П.; учитель; математик") == (ProtocolMember("Орлов П. П.", "учитель; математик"),)


def test_a_file_open_for_reading_shows_experts_and_changes_nothing(
    bare_window: MainWindow, db: Path, qapp: QApplication
) -> None:
    desk = bare_window.session.desk
    desk.open_read_only(db).result()
    subject = desk.read(form_group.subjects).result()[0]
    case = desk.read(form_rounds.cases, subject[0].id).result()[0].case.id
    made = FormGroupWindow(bare_window.session, case, bare_window)
    settle(qapp)
    assert made.found is not None
    assert not made.adding.isEnabled()
    assert not made.unanimous.isEnabled()
    assert not made.protocolling.isEnabled()
    made.deleteLater()
