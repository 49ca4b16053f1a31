"""Papers of events and of help given to schools, for the catalogue."""

from __future__ import annotations

from datetime import date

from app.models.store import Connection
from app.operations.paper_catalogue import PaperKind, Setting, Values
from app.operations.paper_choices import needed, number
from app.operations.papers import Paper

SCHOOL_YEAR = Setting("school_year", "Учебный год", "school_year")
EVENT = Setting("event", "Событие", "event")
ATTENDED = Setting("event", "Событие", "attended")
COMING = Setting("event", "Событие", "coming")
PERIOD = Setting("period", "Месяц или квартал", "period", optional=True, empty="весь учебный год")
YEAR_OF_ALL = Setting("school_year", "Учебный год", "school_year", when=("period", ("",)))
_LISTS = (
    ("names", "с фамилиями, для подписей"), ("blank", "пустой, вписывать ручкой"), ("filled", "кто участвовал"),
)  # fmt: skip


def _programme(connection: Connection, values: Values, day: date) -> Paper:
    from app.operations import event_papers

    return event_papers.programme(connection, needed(values, "event"), day)


def _invitation(connection: Connection, values: Values, day: date) -> Paper:
    from app.operations import event_papers

    return event_papers.invitation(connection, needed(values, "event"), needed(values, "school"), day)


def _attendance(connection: Connection, values: Values, day: date) -> Paper:
    from app.operations import event_papers

    return event_papers.attendance(connection, needed(values, "event"), values.get("what") or "names", day)


def _certificate(connection: Connection, values: Values, day: date) -> Paper:
    from app.operations import event_papers

    return event_papers.certificate(connection, needed(values, "event"), needed(values, "guest"), day)


def _report(connection: Connection, values: Values, day: date) -> Paper:
    from app.operations import event_papers

    return event_papers.report(connection, needed(values, "event"), day)


def _year(values: Values, day: date) -> int:
    from app.operations.paper_choices import present_year

    return number(values, "school_year") or present_year(day)


def _list(connection: Connection, values: Values, day: date) -> Paper:
    from app.operations import work_list_papers

    return work_list_papers.event_list(connection, _year(values, day), values.get("period", ""), day)


def _coverage(connection: Connection, values: Values, day: date) -> Paper:
    from app.operations import work_list_papers

    return work_list_papers.reached(connection, needed(values, "activity"), needed(values, "year"), day)


def _journal(connection: Connection, values: Values, day: date) -> Paper:
    from app.operations import work_list_papers

    year, school = _year(values, day), number(values, "school")
    return work_list_papers.journal(connection, year, values.get("period", ""), school, day)


OF_EVENTS: tuple[PaperKind, ...] = (
    PaperKind("event_programme", "work", "Программа события",
              "Что за чем идёт: время, темы, кто ведёт; для участников и для приказа.", (SCHOOL_YEAR, COMING),
              _programme, each="event", personal=True, words="семинар вебинар"),
    PaperKind("event_invitation", "work", "Приглашение на событие",
              "Письмо школе: куда, когда и кого ждём; можно сразу всем школам.",
              (SCHOOL_YEAR, COMING, Setting("school", "Школа", "school")), _invitation, each="school", personal=True,
              words="семинар письмо"),
    PaperKind("event_attendance", "work", "Лист регистрации",
              "Список участников: для подписей, пустой или с отметками, кто был.",
              (SCHOOL_YEAR, EVENT, Setting("what", "Какой лист", "choice", _LISTS, usual="names")), _attendance,
              each="event", personal=True, words="явка участники семинар"),
    PaperKind("event_certificate", "work", "Сертификат участника",
              "Страница на каждого, кто участвовал: с номером и местом для подписи руководителя.",
              (SCHOOL_YEAR, ATTENDED, Setting("guest", "Участник", "guest")), _certificate, each="guest", personal=True,
              words="свидетельство удостоверение участие"),
    PaperKind("event_report", "work", "Справка о событии",
              "Что было, сколько человек из каких школ пришло, отзывы и итог; без имён участников.",
              (SCHOOL_YEAR, EVENT), _report, each="event", personal=True, words="отчёт семинар"),
    PaperKind("event_list", "work", "События за месяц, квартал или год",
              "Все события подряд: сколько людей и подключений, что с отзывами.", (PERIOD, YEAR_OF_ALL), _list,
              words="семинары реестр"),
    PaperKind("event_coverage", "work", "Охват мероприятия программы",
              "Сколько разных людей собрали события одного мероприятия: «не менее 100 человек» без двойного счёта.",
              (Setting("year", "Год плана", "plan_year"), Setting("activity", "Мероприятие", "activity")), _coverage,
              each="activity", words="участники исполнение"),
    PaperKind("help_journal", "work", "Журнал помощи",
              "Выезды, консультации, посещённые уроки: всем школам или одной.",
              (PERIOD, YEAR_OF_ALL, Setting("school", "Школа", "school", optional=True, empty="все школы")), _journal,
              each="school", personal=True, words="выезд консультация тьюторство"),
)  # fmt: skip
