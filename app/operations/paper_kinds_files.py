"""Papers of forms and questionnaires and of the methodist's own work, for the catalogue."""

from __future__ import annotations

from datetime import date

from app.models.store import Connection
from app.operations.paper_catalogue import Maker, PaperKind, Setting, Values
from app.operations.paper_choices import needed, number, on
from app.operations.papers import Paper

SCHOOL_YEAR = Setting("school_year", "Учебный год", "school_year")
ROUND = Setting("round", "Сбор", "round")
CLOSED = Setting("closed", "Показать закрытые формы", "flag", usual="0")
PERIOD = Setting("period", "За какое время", "period")
WHO = Setting("who", "Чья работа", "methodist", optional=True, empty="вся служба")


# --- forms -------------------------------------------------------------------------------------------------------


def _blank(connection: Connection, values: Values, _day: date) -> Paper:
    from app.operations import form_papers

    return form_papers.blank_paper(
        connection, values["form"], version=values.get("version") or None, year=number(values, "school_year")
    )


def _case(connection: Connection, values: Values, _day: date) -> Paper:
    from app.operations import form_papers

    return form_papers.case_paper(connection, needed(values, "case"))


def _case_blank(connection: Connection, values: Values, _day: date) -> Paper:
    from app.operations import form_papers

    return form_papers.case_blank(connection, needed(values, "case"))


def _board(connection: Connection, values: Values, day: date) -> Paper:
    from app.operations import form_board_papers

    return form_board_papers.board(connection, needed(values, "school_year"), day, closed=on(values, "closed"))


def _round(connection: Connection, values: Values, day: date) -> Paper:
    from app.operations import form_board_papers

    return form_board_papers.one_round(connection, needed(values, "round"), day)


def _group(connection: Connection, values: Values, _day: date) -> Paper:
    from app.operations import form_group_papers

    return form_group_papers.protocol_paper(connection, needed(values, "group_round"), needed(values, "subject"))


def _summary(connection: Connection, values: Values, _day: date) -> Paper:
    from app.operations import form_summary_papers

    return form_summary_papers.paper(
        connection, values["form"], number(values, "school_year"), accepted_only=on(values, "accepted")
    )


def _survey(connection: Connection, values: Values, _day: date) -> Paper:
    from app.operations import survey_papers

    return survey_papers.report(
        connection, values["survey"], sheet_id=number(values, "sheet"), round_id=number(values, "round"),
        school_year=number(values, "school_year"),
    )  # fmt: skip


def _questionnaire(connection: Connection, values: Values, _day: date) -> Paper:
    from app.operations import survey_papers

    return survey_papers.blank(connection, values["form"], version=values.get("version") or None)


VERSION = Setting("version", "Версия", "text", optional=True, hidden=True)
OF_FORMS: tuple[PaperKind, ...] = (
    PaperKind("form_blank", "forms", "Бланк чек-листа", "Пустая форма, чтобы заполнить ручкой.",
              (Setting("form", "Форма", "form"), VERSION,
               Setting("school_year", "Учебный год", "school_year", optional=True, empty="не указывать")), _blank,
              words="форма анкета пустой"),
    PaperKind("form_filled", "forms", "Заполненная форма", "Ответы школы или человека с баллами и уровнем.",
              (ROUND, Setting("case", "Чьи ответы", "case")), _case, each="case", personal=True,
              words="чек-лист ответы самооценка экспертиза заключение"),
    PaperKind("form_case_blank", "forms", "Именной бланк", "Пустая форма сбора с названием школы и сроком.",
              (ROUND, Setting("case", "Для кого", "case")), _case_blank, each="case", personal=True),
    PaperKind("form_board", "forms", "Ход сбора", "Кто прислал, кто нет и кого торопить: все сборы учебного года.",
              (SCHOOL_YEAR, CLOSED), _board, personal=True, words="приём чек-листов"),
    PaperKind("form_round", "forms", "Один сбор: кто прислал", "Состояние сбора; срочный запрос — таблицей ответов.",
              (ROUND,), _round, each="round", words="срочный запрос ответы"),
    PaperKind("form_protocol", "forms", "Протокол экспертной оценки",
              "Оценки экспертов по пунктам, согласованная оценка и особые мнения.",
              (Setting("group_round", "Сбор", "round"), Setting("subject", "Кого оценивали", "subject")), _group,
              each="subject", personal=True, words="эксперты заключение"),
    PaperKind("form_summary", "forms", "Сводка по форме", "Баллы, уровни и слабые места по всем ответам на форму.",
              (Setting("form", "Форма", "form_used"),
               Setting("school_year", "Учебный год", "school_year", optional=True, empty="последний с ответами"),
               Setting("accepted", "Только принятые ответы", "flag", usual="0")), _summary),
    PaperKind("survey_report", "forms", "Результаты анкетирования",
              "Как ответили на каждый вопрос; открытые ответы — только если их было не меньше пяти.",
              (Setting("survey", "Анкета", "form_used"),
               Setting("school_year", "Учебный год", "school_year", optional=True, empty="все годы"),
               Setting("round", "Опрос", "round", optional=True, empty="все опросы"),
               Setting("sheet", "Лист", "sheet", optional=True, empty="все листы")), _survey, words="опрос"),
    PaperKind("survey_blank", "forms", "Анкета, чтобы раздать", "Пустая анкета для печати.",
              (Setting("form", "Анкета", "questionnaire"), VERSION), _questionnaire, words="опрос бланк"),
)  # fmt: skip


# --- work --------------------------------------------------------------------------------------------------------


def _month(what: str) -> Maker:
    def make(connection: Connection, values: Values, day: date) -> Paper:
        from app.operations import month_papers, workday

        maker = month_papers.plan if what == "plan" else month_papers.report
        period, who = workday.period(values["period"]), values.get("who", "")
        return maker(connection, period, day, closed=on(values, "closed"), who=who)

    return make


def _cycle(connection: Connection, values: Values, _day: date) -> Paper:
    from app.operations import cycle_papers

    return cycle_papers.paper(connection, needed(values, "school_year"), values.get("direction") or None)


def _protocol(connection: Connection, values: Values, day: date) -> Paper:
    from app.operations import decision_papers

    return decision_papers.protocol(connection, needed(values, "document"), day)


def _control(connection: Connection, values: Values, day: date) -> Paper:
    from app.operations import decision_papers

    return decision_papers.control_list(
        connection, needed(values, "school_year"), day, document_id=number(values, "document"),
        waiting=on(values, "waiting"),
    )  # fmt: skip


OF_WORK: tuple[PaperKind, ...] = (
    PaperKind("month_plan", "work", "План работы", "Дела и сроки месяца или квартала.", (PERIOD, WHO, CLOSED),
              _month("plan"), personal=True, words="месяц квартал"),
    PaperKind("month_report", "work", "Отчёт о работе", "Что сделано за месяц или квартал: службой или методистом.",
              (PERIOD, WHO, CLOSED), _month("report"), personal=True, words="месяц квартал помощь школам события"),
    PaperKind("decision_protocol", "work", "Протокол заседания", "Повестка, решения, сроки и ответственные.",
              (SCHOOL_YEAR, Setting("document", "Заседание", "meeting")), _protocol, personal=True,
              words="совещание решение"),
    PaperKind("control", "work", "Контрольный лист решений", "Пункты решений со сроками и отметками об исполнении.",
              (SCHOOL_YEAR, Setting("document", "Документ", "document", optional=True, empty="все документы года"),
               Setting("waiting", "Только то, что не закончено", "flag", usual="0")), _control, personal=True),
    PaperKind("cycle_folder", "work", "Папка управленческого цикла",
              "Документы года по этапам цикла и направлениям: что есть и где лежит.",
              (SCHOOL_YEAR, Setting("direction", "Направление", "direction", optional=True, empty="все")), _cycle,
              words="КОПО"),
)  # fmt: skip
