"""Papers of associations, for the catalogue."""

from __future__ import annotations

from datetime import date

from app.models.store import Connection
from app.operations.paper_catalogue import Maker, PaperKind, Setting, Values
from app.operations.paper_choices import needed
from app.operations.paper_kinds_plans import SCHOOL_YEAR
from app.operations.papers import Paper

BODY = Setting("body", "Объединение", "body")


def _of_body(what: str) -> Maker:
    def make(connection: Connection, values: Values, day: date) -> Paper:
        from app.operations import body_papers

        maker = {"members": body_papers.members, "plan": body_papers.plan, "report": body_papers.report}[what]
        return maker(connection, needed(values, "body"), needed(values, "school_year"), day)

    return make


def _listing(connection: Connection, values: Values, day: date) -> Paper:
    from app.operations import body_papers

    return body_papers.listing(connection, needed(values, "school_year"), day)


OF_BODIES: tuple[PaperKind, ...] = (
    PaperKind("bodies", "work", "Объединения педагогов",
              "РМО, группы, сообщества, кластеры: кто ведёт, сколько людей и школ, что прошло.", (SCHOOL_YEAR,),
              _listing, personal=True, words="РМО методическое объединение творческая группа реестр"),
    PaperKind("body_members", "work", "Состав объединения", "Кто входит, от какой школы и в какой роли: к приказу.",
              (SCHOOL_YEAR, BODY), _of_body("members"), each="body", personal=True,
              words="РМО группа консилиум приложение"),
    PaperKind("body_plan", "work", "План работы объединения", "План на учебный год с местом для отметок.",
              (SCHOOL_YEAR, BODY), _of_body("plan"), each="body", personal=True, words="РМО группа заседания"),
    PaperKind("body_report", "work", "Справка о работе объединения",
              "Что сделано за учебный год: план, заседания, продукты, оценка.", (SCHOOL_YEAR, BODY),
              _of_body("report"), each="body", personal=True, words="РМО анализ отчёт"),
)  # fmt: skip
