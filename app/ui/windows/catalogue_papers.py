"""Which window answers which command about papers; each module is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.ui.windows.base import Window

Maker = Callable[..., "Window"]


def _print_programme_life() -> Maker:
    from app.ui.windows.programme_compare import LifePaperWindow

    return LifePaperWindow


def _print_execution() -> Maker:
    from app.ui.windows.execution_paper import ExecutionPaperWindow

    return ExecutionPaperWindow


def _print_programme() -> Maker:
    from app.ui.windows.programme_paper import ProgrammePaperWindow

    return ProgrammePaperWindow


def _print_note() -> Maker:
    from app.ui.windows.note_paper import NotePaperWindow

    return NotePaperWindow


def _print_decisions() -> Maker:
    from app.ui.windows.decision_paper import DecisionPaperWindow

    return DecisionPaperWindow


def _print_blocks() -> Maker:
    from app.ui.windows.block_paper import BlockPaperWindow

    return BlockPaperWindow


def _print_list() -> Maker:
    from app.ui.windows.papers import PaperWindow

    return PaperWindow


def _print_card() -> Maker:
    from app.ui.windows.card_paper import CardPaperWindow

    return CardPaperWindow


def _batch() -> Maker:
    from app.ui.windows.batch import BatchWindow

    return BatchWindow


def _print_skills() -> Maker:
    from app.ui.windows.skill_paper import SkillPaperWindow

    return SkillPaperWindow


def _print_dynamics() -> Maker:
    from app.ui.windows.dynamics_paper import DynamicsPaperWindow

    return DynamicsPaperWindow


def _print_chart() -> Maker:
    from app.ui.windows.chart_paper import ChartPaperWindow

    return ChartPaperWindow


def _print_form() -> Maker:
    from app.ui.windows.form_case_paper import CasePaperWindow

    return CasePaperWindow


def _print_form_paper() -> Maker:
    from app.ui.windows.form_paper import FormPaperWindow

    return FormPaperWindow


def _print_courses() -> Maker:
    from app.ui.windows.courses import CoursePaperWindow

    return CoursePaperWindow


def _print_support() -> Maker:
    from app.ui.windows.support_paper import SupportPaperWindow

    return SupportPaperWindow


def _print_survey() -> Maker:
    from app.ui.windows.survey_paper import SurveyPaperWindow

    return SurveyPaperWindow


def _print_board() -> Maker:
    from app.ui.windows.form_board_paper import BoardPaperWindow

    return BoardPaperWindow


def _print_route() -> Maker:
    from app.ui.windows.route_paper import RoutePaperWindow

    return RoutePaperWindow


def _print_cycle() -> Maker:
    from app.ui.windows.cycle_paper import CyclePaperWindow

    return CyclePaperWindow


def _print_event() -> Maker:
    from app.ui.windows.event_paper import EventPaperWindow

    return EventPaperWindow


OF_PAPERS: dict[str, Callable[[], Maker]] = {
    "print_programme_life": _print_programme_life,
    "print_execution": _print_execution,
    "print_programme": _print_programme,
    "print_note": _print_note,
    "print_decisions": _print_decisions,
    "print_blocks": _print_blocks,
    "print_list": _print_list,
    "print_card": _print_card,
    "batch": _batch,
    "print_skills": _print_skills,
    "print_dynamics": _print_dynamics,
    "print_chart": _print_chart,
    "print_form": _print_form,
    "print_form_paper": _print_form_paper,
    "print_courses": _print_courses,
    "print_support": _print_support,
    "print_survey": _print_survey,
    "print_board": _print_board,
    "print_route": _print_route,
    "print_cycle": _print_cycle,
    "print_event": _print_event,
}
"""Command → the class that answers it."""
