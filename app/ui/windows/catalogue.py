"""Which window answers which command; each module is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from app.ui.windows.catalogue_papers import OF_PAPERS

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow
    from app.ui.windows.base import Window

Maker = Callable[..., "Window"]


def _import() -> Maker:
    from app.ui.windows.importing import ImportWizard

    return ImportWizard


def _event_file() -> Maker:
    from app.ui.windows.event_file import EventFileWizard

    return EventFileWizard


def _import_plan() -> Maker:
    from app.ui.windows.programme_import import ProgrammeImportWizard

    return ProgrammeImportWizard


def _receive_forms() -> Maker:
    from app.ui.windows.receiving import ReceivingWindow

    return ReceivingWindow


def _sign() -> Maker:
    from app.ui.windows.signing import SignWizard

    return SignWizard


def _slides() -> Maker:
    from app.ui.windows.slides import SlidesWindow

    return SlidesWindow


def _verify() -> Maker:
    from app.ui.windows.verifying import VerifyWindow

    return VerifyWindow


def _foreign_fill() -> Maker:
    from app.ui.windows.foreign_fill import ForeignFillWindow

    return ForeignFillWindow


def _foreign_places() -> Maker:
    from app.ui.windows.foreign_fill import ForeignPlacesWindow

    return ForeignPlacesWindow


def _form_group() -> Maker:
    from app.ui.windows.form_group import FormGroupWindow

    return FormGroupWindow


def _approve() -> Maker:
    from app.ui.windows.approving import ApproveWindow

    return ApproveWindow


def _programme_figures() -> Maker:
    from app.ui.windows.programme_figures import FiguresWindow

    return FiguresWindow


def _programme_origin() -> Maker:
    from app.ui.windows.programme_figures import FigureOriginWindow

    return FigureOriginWindow


def _digest() -> Maker:
    from app.ui.windows.digest import DigestWindow

    return DigestWindow


def _month_paper() -> Maker:
    from app.ui.windows.month_paper import MonthPaperWindow

    return MonthPaperWindow


def _calendar_days() -> Maker:
    from app.ui.windows.calendar_days import CalendarDaysWindow

    return CalendarDaysWindow


def _history() -> Maker:
    from app.ui.windows.journal import HistoryWindow

    return HistoryWindow


def _files() -> Maker:
    from app.ui.windows.journal import FilesWindow

    return FilesWindow


def _problems() -> Maker:
    from app.ui.windows.problems import ProblemsWindow

    return ProblemsWindow


def _check() -> Maker:
    from app.ui.windows.checking import CheckWindow

    return CheckWindow


def _markings() -> Maker:
    from app.ui.windows.marking_list import MarkingsWindow

    return MarkingsWindow


def _form_editor() -> Maker:
    from app.ui.windows.form_editor import FormEditor

    return FormEditor


def _form_preview() -> Maker:
    from app.ui.windows.form_editor_preview import FormPreviewWindow

    return FormPreviewWindow


def _rules() -> Maker:
    from app.ui.windows.rules import RulesWindow

    return RulesWindow


def _what_if() -> Maker:
    from app.ui.windows.what_if import WhatIfWindow

    return WhatIfWindow


def _compare_lists() -> Maker:
    from app.ui.windows.list_compare import ListCompareWindow

    return ListCompareWindow


def _index_parts() -> Maker:
    from app.ui.windows.index_parts import IndexPartsWindow

    return IndexPartsWindow


def _form_context() -> Maker:
    from app.ui.windows.form_context import FormContextWindow

    return FormContextWindow


def _courses() -> Maker:
    from app.ui.windows.courses import CoursesWindow

    return CoursesWindow


def _survey_paste() -> Maker:
    from app.ui.windows.survey_paste import SurveyPasteWindow

    return SurveyPasteWindow


def _definitions() -> Maker:
    from app.ui.windows.definitions import DefinitionsWindow

    return DefinitionsWindow


def _new_round() -> Maker:
    from app.ui.windows.form_round import NewRoundWindow

    return NewRoundWindow


def _form_send() -> Maker:
    from app.ui.windows.form_sending import SendWindow

    return SendWindow


def _help_templates() -> Maker:
    from app.ui.windows.help_templates import HelpTemplatesWindow

    return HelpTemplatesWindow


def _new_help() -> Maker:
    from app.ui.windows.help_entry import HelpEntryWindow

    return HelpEntryWindow


def _urgent() -> Maker:
    from app.ui.windows.urgent import UrgentWindow

    return UrgentWindow


def _request_table() -> Maker:
    from app.ui.windows.urgent import RequestTableWindow

    return RequestTableWindow


def _assign_donors() -> Maker:
    from app.ui.windows.assigning import AssigningWindow

    return AssigningWindow


def _help_grids() -> Maker:
    from app.ui.windows.help_grids import HelpGridsWindow

    return HelpGridsWindow


def _programme_head() -> Maker:
    from app.ui.windows.programme_head import ProgrammeHeadWindow

    return ProgrammeHeadWindow


def _programme_directions() -> Maker:
    from app.ui.windows.programme_directions import DirectionsWindow

    return DirectionsWindow


def _programme_pick() -> Maker:
    from app.ui.windows.programme_pick import PickWindow

    return PickWindow


def _note_figures() -> Maker:
    from app.ui.windows.note_windows import NoteFiguresWindow

    return NoteFiguresWindow


def _note_advice() -> Maker:
    from app.ui.windows.note_windows import AdviceWindow

    return AdviceWindow


def _programme_library() -> Maker:
    from app.ui.windows.programme_library import LibraryWindow

    return LibraryWindow


def _programme_schools() -> Maker:
    from app.ui.windows.programme_schools import SchoolProgrammesWindow

    return SchoolProgrammesWindow


def _approve_programme() -> Maker:
    from app.ui.windows.programme_approve import ApproveProgrammeWizard

    return ApproveProgrammeWizard


def _compare_programmes() -> Maker:
    from app.ui.windows.programme_compare import CompareProgrammesWindow

    return CompareProgrammesWindow


def _package_make() -> Maker:
    from app.ui.windows.package_make import PackageWizard

    return PackageWizard


def _package_check() -> Maker:
    from app.ui.windows.package_check import PackageCheckWindow

    return PackageCheckWindow


def _package_paper() -> Maker:
    from app.ui.windows.package_paper import PackagePaperWindow

    return PackagePaperWindow


def _new_year() -> Maker:
    from app.ui.windows.new_year import NewYearWizard

    return NewYearWizard


def _formula() -> Maker:
    from app.ui.windows.formula_editor import FormulaWindow

    return FormulaWindow


def _measuring_points() -> Maker:
    from app.ui.windows.measuring_points import PointsWindow

    return PointsWindow


def _origin() -> Maker:
    from app.ui.windows.origin import OriginWindow

    return OriginWindow


def _merge() -> Maker:
    from app.ui.windows.merging import MergeWindow

    return MergeWindow


def _compare_registry() -> Maker:
    from app.ui.windows.comparing import ComparingWindow

    return ComparingWindow


def _event() -> Maker:
    from app.ui.windows.event_form import EventWindow

    return EventWindow


def _people() -> Maker:
    from app.ui.windows.people import PeopleWindow

    return PeopleWindow


def _paper_since() -> Maker:
    from app.ui.windows.paper_since import PaperSinceWindow

    return PaperSinceWindow


def _dress() -> Maker:
    from app.ui.windows.dress import DressWindow

    return DressWindow


def _signers() -> Maker:
    from app.ui.windows.signers import SignersWindow

    return SignersWindow


def _settings() -> Maker:
    from app.ui.windows.settings import SettingsWindow

    return SettingsWindow


def _restore() -> Maker:
    from app.ui.windows.rescue import RestoreWindow

    return RestoreWindow


def _rescue() -> Maker:
    from app.ui.windows.rescue import RescueWindow

    return RescueWindow


def _keys() -> Maker:
    from app.ui.windows.help import KeysWindow

    return KeysWindow


def _guide() -> Maker:
    from app.ui.windows.help import GuideWindow

    return GuideWindow


WINDOWS: dict[str, Callable[[], Maker]] = {
    **OF_PAPERS,
    "import": _import,
    "import_plan": _import_plan,
    "approve_programme": _approve_programme,
    "compare_programmes": _compare_programmes,
    "note_figures": _note_figures,
    "note_advice": _note_advice,
    "receive_forms": _receive_forms,
    "sign": _sign,
    "verify": _verify,
    "slides": _slides,
    "foreign_fill": _foreign_fill,
    "foreign_places": _foreign_places,
    "form_group": _form_group,
    "approve": _approve,
    "digest": _digest,
    "month_paper": _month_paper,
    "calendar_days": _calendar_days,
    "new_help": _new_help,
    "help_templates": _help_templates,
    "history": _history,
    "files": _files,
    "markings": _markings,
    "problems": _problems,
    "check": _check,
    "form_editor": _form_editor,
    "form_preview": _form_preview,
    "rules": _rules,
    "what_if": _what_if,
    "compare_lists": _compare_lists,
    "index_parts": _index_parts,
    "definitions": _definitions,
    "courses": _courses,
    "survey_paste": _survey_paste,
    "form_context": _form_context,
    "new_round": _new_round,
    "form_send": _form_send,
    "urgent": _urgent,
    "request_table": _request_table,
    "assign_donors": _assign_donors,
    "help_grids": _help_grids,
    "programme_head": _programme_head,
    "programme_directions": _programme_directions,
    "programme_pick": _programme_pick,
    "programme_library": _programme_library,
    "programme_schools": _programme_schools,
    "package_make": _package_make,
    "package_check": _package_check,
    "package_paper": _package_paper,
    "new_year": _new_year,
    "formula": _formula,
    "measuring_points": _measuring_points,
    "origin": _origin,
    "programme_figures": _programme_figures,
    "programme_origin": _programme_origin,
    "merge": _merge,
    "compare_registry": _compare_registry,
    "event": _event,
    "event_file": _event_file,
    "people": _people,
    "dress": _dress,
    "paper_since": _paper_since,
    "signers": _signers,
    "settings": _settings,
    "restore": _restore,
    "rescue": _rescue,
    "keys": _keys,
    "guide": _guide,
}
"""Command → the class that answers it."""

_PAYLOADS: dict[str, Callable[[MainWindow, Any], tuple[Any, ...]]] = {
    "import": lambda _window, payload: (list(payload or ()),),
    "history": lambda _window, _payload: (),
    "files": lambda _window, _payload: (),
    "markings": lambda _window, _payload: (),
    "people": lambda _window, _payload: (),
    "new_year": lambda _window, _payload: (),
    "settings": lambda _window, _payload: (),
    "keys": lambda _window, _payload: (),
    "restore": lambda window, _payload: (window.workspace,),
    "guide": lambda window, _payload: (window.guide_place(),),
}
"""What a window is given between session and parent; the payload itself where nothing is said."""


def make(key: str, window: MainWindow, payload: Any) -> Window:
    """Return the window of a command.

    Raises:
        KeyError: nobody answers it; a bug.
    """
    made = WINDOWS[key]()
    arguments = _PAYLOADS[key](window, payload) if key in _PAYLOADS else (payload,)
    return made(window.session, *arguments, window)
