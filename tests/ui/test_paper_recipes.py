from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.models import forms
from app.models.store import open_reader
from app.operations import paper_catalogue, programmes, schools, surveys
from app.operations.note_scope import Asked
from app.ui.main_window import MainWindow
from app.ui.pages.reports import ReportsPage
from app.ui.windows.papers import PaperPreview
from tests.ui.conftest import settle

TODAY = date(2026, 11, 22)


def payload(db: Path, command: str) -> Any:
    connection = open_reader(db)
    school = schools.listing(connection)[0].id
    programme = programmes.current(connection, 2026)
    case = next(item for item in forms.cases(connection) if item.role == "self").id
    return {
        "print_list": None,
        "print_card": school,
        "print_programme": (programme, "plan"),
        "print_execution": (programme, 2026),
        "print_note": ("report", Asked("report", 2026, TODAY)),
        "print_blocks": ("legal", programme, 2026),
        "print_form": case,
        "print_courses": 2026,
        "print_support": (2026, "", school),
        "print_survey": surveys.sheets(connection)[0].sheet.id,
        "print_route": (school, 2026),
        "print_cycle": (2026, None),
        "print_board": (2026, None, False),
    }[command]


@pytest.mark.parametrize(
    ("command", "kind"),
    [
        ("print_list", "school_list"), ("print_card", "school_card"), ("print_programme", "programme_plan"),
        ("print_execution", "execution"), ("print_note", "monitoring_report"), ("print_blocks", "legal"),
        ("print_form", "form_filled"), ("print_courses", "courses"), ("print_support", "support_map"),
        ("print_survey", "survey_report"), ("print_route", "route_pack"), ("print_cycle", "cycle_folder"),
        ("print_board", "form_board"),
    ],
)  # fmt: skip
def test_a_paper_of_a_page_can_be_made_again_and_opens_in_the_centre(
    window: MainWindow, qapp: QApplication, db: Path, command: str, kind: str
) -> None:
    window.go(command, payload(db, command))
    [dialog] = [one for one in window.workspace.windows if isinstance(one, PaperPreview)]
    paper = dialog._paper
    assert paper is not None
    assert paper.recipe is not None
    assert paper.recipe.kind == kind
    assert paper_catalogue.again(open_reader(db), paper.recipe, TODAY).title == paper.title
    assert not dialog.centre.isHidden()
    dialog.centre.click()
    settle(qapp)
    page = window.page
    assert isinstance(page, ReportsPage)
    assert page.centre.kind is not None
    assert page.centre.kind.key == kind
    assert page.centre.paper is not None
    assert page.centre.paper.title == paper.title
