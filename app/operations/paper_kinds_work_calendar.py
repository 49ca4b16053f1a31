"""Papers of the calendar, for the catalogue."""

from __future__ import annotations

from datetime import date

from app.models.store import Connection
from app.operations.paper_catalogue import PaperKind, Setting, Values
from app.operations.paper_choices import needed
from app.operations.papers import Paper

WHOSE = Setting("whose", "Чей календарь", "calendar", usual="all")


def _month(connection: Connection, values: Values, day: date) -> Paper:
    from app.operations import calendar_papers, workday

    return calendar_papers.month(connection, workday.period(values["period"]), day, values.get("whose") or "all")


def _year(connection: Connection, values: Values, day: date) -> Paper:
    from app.operations import calendar_papers

    return calendar_papers.year(connection, needed(values, "year"), day, values.get("whose") or "all")


OF_CALENDAR: tuple[PaperKind, ...] = (
    PaperKind("work_calendar_month", "work", "Календарь на месяц",
              "Лист с неделями на стену и список по дням: события, помощь, дела и сроки.",
              (Setting("period", "Месяц", "month"), WHOSE), _month, personal=True, words="события сроки неделя план"),
    PaperKind("work_calendar_year", "work", "Календарь на год",
              "По месяцам: рабочие дни, праздники, каникулы школ, события и сколько дел.",
              (Setting("year", "Год", "year"), WHOSE), _year, personal=True, words="события план года"),
)  # fmt: skip
