"""Papers about the programme, the monitoring and the support, for the catalogue."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from app.errors import UserError
from app.models.store import Connection
from app.operations.paper_catalogue import Maker, PaperKind, Setting, Values
from app.operations.paper_choices import needed, number, on, span_of, works_of
from app.operations.papers import Paper

if TYPE_CHECKING:
    from app.operations.chart_views import ChartChoice
    from app.operations.note_scope import Kind
    from app.operations.support_papers import SupportPaper

PROGRAMME = Setting("programme", "Программа", "programme")
SCHOOL_YEAR = Setting("school_year", "Учебный год", "school_year")
PLAN_YEAR = Setting("year", "Год", "plan_year")
ANY_PROGRAMME = Setting("programme", "Программа", "programme", optional=True, hidden=True)
RESULTS = Setting("year", "По какой год результатов", "result_year")
WORKS = Setting("works", "Работы", "works", optional=True, empty="все работы")


# --- the programme -----------------------------------------------------------------------------------------------


def _programme(what: str) -> Maker:
    def make(connection: Connection, values: Values, _day: date) -> Paper:
        from app.operations import programme_papers

        return programme_papers.paper(connection, needed(values, "programme"), what)

    return make


def _changes(connection: Connection, values: Values, _day: date) -> Paper:
    from app.operations import programme_change_papers

    return programme_change_papers.changes(connection, needed(values, "old"), needed(values, "programme"))


def _agreement(connection: Connection, values: Values, day: date) -> Paper:
    from app.operations import programme_change_papers

    return programme_change_papers.agreement_sheet(connection, needed(values, "programme"), day)


def _execution(connection: Connection, values: Values, day: date) -> Paper:
    from app.operations import execution_report

    first, last = span_of(values["span"])
    return execution_report.paper(connection, needed(values, "programme"), first, last, day)


OF_PROGRAMME: tuple[PaperKind, ...] = (
    PaperKind(
        "programme_whole", "programme", "Программа целиком",
        "Титульный лист, паспорт, разделы, план, показатели и финансирование одним документом.", (PROGRAMME,),
        _programme("whole"), personal=True, words="паспорт муниципальная",
    ),
    PaperKind("programme_plan", "programme", "План мероприятий", "Мероприятия с задачами, сроками и ответственными.",
              (PROGRAMME,), _programme("plan"), personal=True, words="дорожная карта"),
    PaperKind("programme_indicators", "programme", "Показатели программы",
              "Показатели и индикаторы со значениями по годам.", (PROGRAMME,), _programme("indicators")),
    PaperKind("programme_money", "programme", "Финансовое обеспечение", "Деньги программы по годам и источникам.",
              (PROGRAMME,), _programme("money"), words="бюджет смета"),
    PaperKind(
        "programme_changes", "programme", "Перечень изменений программы",
        "Чем одна редакция отличается от другой: для приказа о внесении изменений.",
        (Setting("old", "Было: редакция", "programme"), Setting("programme", "Стало: редакция", "programme")), _changes,
        words="редакции сравнение",
    ),
    PaperKind("programme_agreement", "programme", "Лист согласования программы",
              "С кем согласована редакция, какие были замечания и что на них ответили.", (PROGRAMME,), _agreement,
              personal=True),
    PaperKind(
        "execution", "programme", "Исполнение плана мероприятий",
        "Что сделано за год, полугодие или квартал, что просрочено и почему.",
        (PROGRAMME, Setting("span", "За какое время", "span")), _execution, personal=True, words="отчёт период",
    ),
)  # fmt: skip


# --- the monitoring ----------------------------------------------------------------------------------------------


def _note(kind: Kind) -> Maker:
    def make(connection: Connection, values: Values, day: date) -> Paper:
        from app.operations import note_papers
        from app.operations.note_scope import Asked

        return note_papers.paper(connection, Asked(kind, needed(values, "year"), day, number(values, "programme")))

    return make


def _advice(connection: Connection, values: Values, day: date) -> Paper:
    from app.operations import note_papers
    from app.operations.note_scope import Asked

    asked = Asked("report", needed(values, "year"), day, number(values, "programme"))
    return note_papers.advice(connection, asked, values.get("whom", ""), before=values.get("which") == "before")


def _dynamics(connection: Connection, values: Values, _day: date) -> Paper:
    from app.operations import dynamics, dynamics_papers

    years = number(values, "years") or dynamics.USUAL_YEARS
    works = works_of(connection, values.get("works", ""))
    return dynamics_papers.dynamics_paper(connection, needed(values, "year"), years, works=works)


def _supported(connection: Connection, values: Values, _day: date) -> Paper:
    from app.operations import dynamics_papers

    works = works_of(connection, values.get("works", ""))
    return dynamics_papers.support_paper(
        connection, needed(values, "year"), works=works, everyone=on(values, "everyone")
    )


def _topics(connection: Connection, values: Values, _day: date) -> Paper:
    from app.operations import skill_papers

    return skill_papers.topics(connection, needed(values, "year"))


def _block(what: str) -> Maker:
    def make(connection: Connection, values: Values, day: date) -> Paper:
        from app.operations import block_papers

        return block_papers.paper(
            connection, what, needed(values, "school_year"), day, programme_id=number(values, "programme"),
            plan_year=number(values, "plan_year"),
        )  # fmt: skip

    return make


_OF_PROGRAMME = ("plan_fact", "execution", "money", "bullets")


def _chart_kinds() -> tuple[tuple[str, str], ...]:
    from app.operations.chart_views import KINDS

    return tuple((str(key), word) for key, word in KINDS.items())


def _chart(connection: Connection, values: Values, day: date) -> Paper:
    from app.operations import chart_papers

    return chart_papers.paper(connection, chart_choice(connection, values), day, number(values, "programme"))


def chart_choice(connection: Connection, values: Values) -> ChartChoice:
    """Return which chart the values mean: those of the page where it chose, else those of the centre.

    Raises:
        UserError: ``OUT_VALUE``, ``MON_VIEW_BROKEN``.
    """
    from app.models.saved_views import SavedView
    from app.operations import chart_views, result_charts

    if values.get("choice"):
        return chart_views.opened(connection, SavedView(0, "График", values["choice"]))
    kind = values.get("kind", "")
    if kind not in chart_views.KINDS:
        raise UserError("OUT_VALUE", key="kind", value=kind)
    wanted, school = values.get("work", ""), number(values, "school")
    work = next((one for one in result_charts.choices(connection).works if one.label == wanted), None)
    if wanted and work is None:
        raise UserError("OUT_VALUE", key="work", value=wanted)
    return chart_views.ChartChoice(
        kind, () if school is None else (school,), values.get("group", ""), work,
        number(values, "since"), number(values, "year"), values.get("form") or None, None, number(values, "plan_year"),
    )  # fmt: skip


_WHICH = (("this", "на этот учебный год"), ("before", "прошлого года с отметками"))
_OF_FORMS = ("levels",)


def _chart_settings() -> tuple[Setting, ...]:
    from app.operations.chart_views import KINDS, OF_SCHOOL

    drawn = tuple(str(key) for key in KINDS if key not in (*_OF_PROGRAMME, *_OF_FORMS))
    many = tuple(key for key in drawn if key not in OF_SCHOOL)
    return (
        Setting("kind", "График", "choice", _chart_kinds()),
        Setting("school", "Школа", "school", optional=True, empty="все школы", when=("kind", drawn)),
        Setting("group", "Группа школ", "group", optional=True, empty="без группы", when=("kind", many)),
        Setting("work", "Работа", "work", optional=True, empty="самые частые", when=("kind", many)),
        Setting("year", "Год результатов", "result_year", optional=True, empty="последний", when=("kind", drawn)),
        Setting("form", "Форма", "form_used", optional=True, empty="первая с уровнями", when=("kind", _OF_FORMS)),
        Setting("programme", "Программа", "programme", optional=True, empty="действующая",
                when=("kind", _OF_PROGRAMME)),
        Setting("plan_year", "Год плана", "plan_year", optional=True, empty="текущий", when=("kind", _OF_PROGRAMME)),
        Setting("since", "С года", "text", optional=True, hidden=True),
        Setting("choice", "Выбор со страницы", "text", optional=True, hidden=True),
    )  # fmt: skip


OF_MONITORING: tuple[PaperKind, ...] = (
    PaperKind("monitoring_report", "monitoring", "Отчёт о мониторинге",
              "Отчёт за год: список, результаты, исполнение, показатели, решения и поддержка.",
              (PLAN_YEAR, ANY_PROGRAMME), _note("report"), personal=True),
    PaperKind("analytical_note", "monitoring", "Аналитическая справка",
              "Выводы за год с таблицами: для совещания и для региона.", (PLAN_YEAR, ANY_PROGRAMME), _note("note"),
              personal=True),
    PaperKind(
        "recommendations", "monitoring", "Адресные рекомендации",
        "Что рекомендовано каждому адресату; прошлогодние — с отметками, что стало.",
        (PLAN_YEAR, Setting("which", "Рекомендации", "choice", _WHICH, usual="this"),
         Setting("whom", "Кому", "whom", optional=True, empty="всем"), ANY_PROGRAMME),
        _advice, each="whom", personal=True,
    ),
    PaperKind("legal", "monitoring", "Нормативная база", "Какие акты есть по каждой теме и каких не хватает.",
              (SCHOOL_YEAR,), _block("legal"), words="НПА приказы"),
    PaperKind(
        "sufficiency", "monitoring", "Достаточность мероприятий",
        "Хватает ли мероприятий каждой задаче, чтобы показатели сдвинулись.",
        (SCHOOL_YEAR, PROGRAMME, Setting("plan_year", "Год плана", "plan_year")), _block("sufficiency"),
    ),
    PaperKind("blocks", "monitoring", "Три блока мониторинга",
              "Нормативная база, мероприятия и управленческие решения вместе.",
              (SCHOOL_YEAR, Setting("programme", "Программа", "programme", optional=True, empty="действующая"),
               Setting("plan_year", "Год плана", "plan_year", optional=True, empty="текущий")), _block("blocks")),
    PaperKind("blocks_speed", "monitoring", "Три блока со скоростью решений",
              "То же и сколько дней проходит от данных до решения и исполнения.",
              (SCHOOL_YEAR, Setting("programme", "Программа", "programme", optional=True, empty="действующая"),
               Setting("plan_year", "Год плана", "plan_year", optional=True, empty="текущий")),
              _block("blocks_speed")),
    PaperKind("dynamics", "monitoring", "Динамика результатов",
              "Как менялась доля не справившихся по годам: муниципалитет, группы и школы.",
              (RESULTS, Setting("years", "Сколько лет", "choice", tuple((str(n), str(n)) for n in (2, 3, 4, 5)),
                                usual="5"), WORKS), _dynamics),
    PaperKind("support_compare", "monitoring", "Школы с поддержкой рядом с похожими",
              "Помогла ли поддержка: школа рядом с похожей, которой не помогали.",
              (RESULTS, WORKS, Setting("everyone", "Считать и школы без похожих", "flag", usual="0")), _supported,
              words="эффект пары"),
    PaperKind("topics", "monitoring", "Темы для РМО и курсов",
              "Общие затруднения школ по предметам: что разобрать с учителями.",
              (Setting("year", "Год результатов", "task_year"),), _topics, words="умения методическое объединение"),
    PaperKind("chart", "monitoring", "График с числами", "Любой график страницы «Графики» на листе с его числами.",
              _chart_settings(), _chart, words="диаграмма"),
)  # fmt: skip


# --- the support -------------------------------------------------------------------------------------------------


def _support(kind: SupportPaper) -> Maker:
    def make(connection: Connection, values: Values, day: date) -> Paper:
        from app.operations import support_papers

        return support_papers.paper(connection, support_papers.Chosen(kind, needed(values, "school_year")), day)

    return make


def _courses(connection: Connection, values: Values, _day: date) -> Paper:
    from app.operations import course_table

    return course_table.paper(connection, needed(values, "school_year"))


OF_SUPPORT: tuple[PaperKind, ...] = (
    PaperKind("support_map", "support", "Карта адресной помощи", "Кто какой школе помогает: вся помощь года.",
              (SCHOOL_YEAR,), _support("map"), personal=True, words="куратор"),
    PaperKind("support_agreements", "support", "Реестр соглашений",
              "Соглашения школ о партнёрстве: стороны, сроки, что сделано.", (SCHOOL_YEAR,), _support("agreements"),
              personal=True, words="партнёрство пары школ"),
    PaperKind("support_platforms", "support", "Работа сетевых площадок",
              "Какие площадки работают, кто в них и что провели.", (SCHOOL_YEAR,), _support("platforms"),
              personal=True),
    PaperKind("support_deficits", "support", "Дефициты по школам и предметам",
              "Каких педагогов и чего ещё не хватает школам.", (SCHOOL_YEAR,), _support("deficits"),
              words="кадры вакансии"),
    PaperKind("courses", "support", "Курсы и переподготовка",
              "Кто и чему учился за год: таблица по категориям и список.", (SCHOOL_YEAR,), _courses,
              words="повышение квалификации"),
)  # fmt: skip
