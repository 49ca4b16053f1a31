"""Papers about a list of schools and about one school, for the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import cast

from app.models.store import Connection
from app.operations.list_compare import Source
from app.operations.paper_catalogue import Maker, PaperKind, Setting, Values
from app.operations.paper_choices import needed, number, on
from app.operations.papers import Paper

RULE = Setting("rule", "Правило", "rule")
RESULTS = Setting("year", "Год результатов", "result_year")
SCHOOL = Setting("school", "Школа", "school")
SCHOOL_YEAR = Setting("school_year", "Учебный год", "school_year")
SOURCES = (("standing", "утверждённый или вычисленный"), ("computed", "вычислить сейчас"), ("approved", "утверждённый"))


# --- the list ----------------------------------------------------------------------------------------------------


def _list(what: str) -> Maker:
    def make(connection: Connection, values: Values, _day: date) -> Paper:
        from app.operations import papers
        from app.operations.list_papers import LIST_PAPERS

        rule, year = values["rule"], needed(values, "year")
        if what == "school_list":
            return papers.school_list(connection, rule, year, long_storage=on(values, "long_storage"))
        return LIST_PAPERS[what][1](connection, rule, year)

    return make


def _compared(connection: Connection, values: Values, _day: date) -> Paper:
    from app.operations import list_compare
    from app.operations.list_compare import Side

    one, other = (
        Side(values[f"rule{tail}"], needed(values, f"year{tail}"), cast("Source", values[f"source{tail}"]))
        for tail in ("2", "")
    )
    return list_compare.printed(connection, list_compare.compare(connection, one, other))


OF_LISTS: tuple[PaperKind, ...] = (
    PaperKind(
        "school_list", "list", "Список школ с основаниями",
        "Какие школы вошли в список, по какому условию и по каким числам: для приказа и комиссии.",
        (RULE, RESULTS, Setting("long_storage", "Поле 30 мм для подшивки", "flag", usual="0")), _list("school_list"),
        words="ШНОР ШНСУ идентификация перечень",
    ),
    PaperKind(
        "agreement", "list", "Лист согласования списка",
        "С кем согласован список, когда отправлен и что ответили.", (RULE, RESULTS), _list("agreement"),
        personal=True,
    ),
    PaperKind(
        "protocol", "list", "Протокол о списке",
        "Заседание, на котором рассмотрели список: кто был, как голосовали, что решили.", (RULE, RESULTS),
        _list("protocol"), personal=True, words="заседание комиссия голосование",
    ),
    PaperKind(
        "road_map", "list", "Дорожная карта по списку",
        "Что сделать со школами списка, к какому сроку и кто отвечает.", (RULE, RESULTS), _list("road_map"),
        personal=True,
    ),
    PaperKind(
        "list_changes", "list", "Сравнение двух списков",
        "Кто вошёл, кто вышел, кто остался и почему: два правила, два года или утверждённый список и новый расчёт.",
        (
            Setting("rule2", "Было: правило", "rule"), Setting("year2", "Было: год результатов", "result_year"),
            Setting("source2", "Было: какой список", "choice", SOURCES, usual="standing"),
            Setting("rule", "Стало: правило", "rule"), Setting("year", "Стало: год результатов", "result_year"),
            Setting("source", "Стало: какой список", "choice", SOURCES, usual="standing"),
        ),
        _compared, words="изменения вошли вышли",
    ),
)  # fmt: skip


# --- one school --------------------------------------------------------------------------------------------------


def _card(connection: Connection, values: Values, _day: date) -> Paper:
    from app.operations import card_papers

    return card_papers.paper(connection, needed(values, "school"), needed(values, "school_year"))


def _cards(connection: Connection, values: Values, each: Iterable[str], _day: date) -> Iterator[Paper]:
    from app.operations import card_papers

    return card_papers.batch(connection, (needed({"school": one}, "school") for one in each),
                             needed(values, "school_year"))  # fmt: skip


def _sheet(connection: Connection, values: Values, _day: date) -> Paper:
    from dataclasses import replace

    from app.operations import schools, sheets

    made = sheets.paper(connection, needed(values, "school"), needed(values, "year"))
    return replace(made, addressee=schools.card(connection, needed(values, "school")).school.shown)


def _pack(connection: Connection, values: Values, day: date) -> Paper:
    from app.operations import route_pack

    purpose = values.get("purpose") or "visit"
    return route_pack.paper(connection, needed(values, "school"), needed(values, "school_year"), day, purpose)


def _note(connection: Connection, values: Values, day: date) -> Paper:
    from app.operations import note_papers
    from app.operations.note_scope import Asked

    asked = Asked("school", needed(values, "year"), day, number(values, "programme"), needed(values, "school"))
    return note_papers.paper(connection, asked)


def _support(connection: Connection, values: Values, day: date) -> Paper:
    from app.operations import support_papers

    chosen = support_papers.Chosen("school", needed(values, "school_year"), needed(values, "school"))
    return support_papers.paper(connection, chosen, day)


def _tasks(connection: Connection, values: Values, _day: date) -> Paper:
    from app.errors import UserError
    from app.operations import skill_papers, skills

    year, wanted = needed(values, "year"), values.get("work", "")
    work = next((one for one in skills.works(connection, year) if one.label == wanted), None) if wanted else None
    if wanted and work is None:
        raise UserError("OUT_VALUE", key="work", value=wanted)
    return skill_papers.tasks(connection, year, school_id=number(values, "school"), work=work)


OF_SCHOOLS: tuple[PaperKind, ...] = (
    PaperKind(
        "school_card", "school", "Карточка школы",
        "Всё о школе на одном листе А4: числа, основания, поддержка, вопросы.",
        (SCHOOL, SCHOOL_YEAR), _card, each="school", personal=True, many=_cards,
    ),
    PaperKind(
        "school_sheet", "school", "Лист школы", "Результаты школы для её директора: под роспись об ознакомлении.",
        (SCHOOL, RESULTS), _sheet, each="school", words="ознакомление результаты",
    ),
    PaperKind(
        "route_pack", "school", "Папка к выезду или заслушиванию",
        "Карточка, маршрут, решения, план школы и вопросы к разговору.",
        (SCHOOL, SCHOOL_YEAR, Setting("purpose", "Для чего папка", "choice",
                                      (("visit", "к выезду в школу"), ("hearing", "к заслушиванию")), usual="visit")),
        _pack, each="school", personal=True, words="собеседование маршрут",
    ),
    PaperKind(
        "school_note", "school", "Справка о школе", "Аналитическая справка о результатах и поддержке одной школы.",
        (SCHOOL, Setting("year", "Год", "plan_year"), Setting("programme", "Программа", "programme", hidden=True,
                                                              optional=True)),
        _note, each="school", personal=True, words="аналитическая",
    ),
    PaperKind(
        "support_school", "school", "Карта адресной помощи школе",
        "Кто и чем помогает школе, что ей угрожает и что с этим делают.", (SCHOOL, SCHOOL_YEAR), _support,
        each="school", personal=True, words="куратор партнёр риски",
    ),
    PaperKind(
        "tasks", "school", "Выполнение заданий",
        "Какие задания работ не даются: школы или всего муниципалитета.",
        (Setting("year", "Год результатов", "task_year"),
         Setting("school", "Школа", "school", optional=True, empty="все школы"),
         Setting("work", "Работа", "task_work", optional=True, empty="все работы")),
        _tasks, each="school", words="умения дефициты ВПР ОГЭ ЕГЭ",
    ),
)  # fmt: skip
