"""Papers of mentoring, for the catalogue."""

from __future__ import annotations

from datetime import date

from app.models.store import Connection
from app.operations.paper_catalogue import PaperKind, Setting, Values
from app.operations.paper_choices import needed, number
from app.operations.paper_kinds_plans import SCHOOL_YEAR
from app.operations.papers import Paper


def _summary(connection: Connection, values: Values, day: date) -> Paper:
    from app.operations import mentoring_papers

    return mentoring_papers.summary(connection, needed(values, "school_year"), day)


def _annex(connection: Connection, values: Values, day: date) -> Paper:
    from app.operations import mentoring_papers

    return mentoring_papers.annex(connection, needed(values, "school_year"), day, number(values, "school"))


def _plan(connection: Connection, values: Values, day: date) -> Paper:
    from app.operations import mentoring_papers

    return mentoring_papers.plan(connection, needed(values, "pair"), needed(values, "school_year"), day)


OF_MENTORING: tuple[PaperKind, ...] = (
    PaperKind("mentoring_summary", "work", "Молодые педагоги и наставничество",
              "Свод по школам: сколько молодых педагогов, наставников и пар. Только числа, без имён.", (SCHOOL_YEAR,),
              _summary, words="молодой специалист наставник свод"),
    PaperKind("mentoring_annex", "work", "Список наставников",
              "Приложение к приказу: наставник, кому помогает, школа, предмет, срок.",
              (SCHOOL_YEAR, Setting("school", "Школа", "school", optional=True, empty="все школы")), _annex,
              personal=True, words="приложение приказ пары молодой специалист"),
    PaperKind("mentoring_plan", "work", "План наставнической пары", "Встречи пары за учебный год: план и что прошло.",
              (SCHOOL_YEAR, Setting("pair", "Пара", "mentor_pair")), _plan, each="pair", personal=True,
              words="наставник молодой специалист"),
)  # fmt: skip
