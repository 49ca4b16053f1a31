"""Papers of packages for the centre: the list of a package, the summary, who has not sent, all rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from app.models.store import Connection
from app.operations import package_region, packages, paper_choices
from app.operations.paper_catalogue import PaperKind, Setting, Values
from app.operations.papers import Paper

_PERIOD = Setting("period", "Период пакетов", "text", optional=True)
_NUMBER = Setting("number", "Номер пакета", "text", optional=True)


def _inventory(connection: Connection, values: Values, day: date) -> Paper:
    wanted = paper_choices.number(values, "number")
    known = packages.listing(connection)
    if wanted is None and not known:
        return packages.no_inventory(connection, day)
    return packages.inventory_paper(connection, known[0].number if wanted is None else wanted)


def _of_period(make: Callable[[Connection, str, date], Paper]) -> Callable[[Connection, Values, date], Paper]:
    return lambda connection, values, day: make(connection, values.get("period", ""), day)


def _rows(connection: Connection, values: Values, _day: date) -> Paper:
    return package_region.rows_paper(connection, values.get("period", ""))


PACKAGE_KINDS: tuple[PaperKind, ...] = (
    PaperKind(
        "package_inventory", "work", "Опись пакета",
        "Что лежит в пакете наверх: документы, файлы, хеши. Без номера — последнего пакета.", (_NUMBER,), _inventory,
        personal=True,
    ),
    PaperKind(
        "package_summary", "work", "Свод по муниципалитетам",
        "Принятые пакеты рядом: списки, результаты, показатели, работа методистов. Числа складываются, доли не"
        " усредняются.", (_PERIOD,),
        _of_period(package_region.summary_paper),
    ),
    PaperKind(
        "package_missing", "work", "Кто не прислал пакет",
        "Кого ждали и от кого пакета нет: срок и кому напомнить.",
        (_PERIOD,), _of_period(package_region.missing_paper), personal=True,
    ),
    PaperKind(
        "package_rows", "work", "Данные муниципалитетов",
        "Все строки принятых пакетов одной книгой: удобно в Excel.",
        (_PERIOD,), _rows,
    ),
)  # fmt: skip
"""Papers of packages."""
