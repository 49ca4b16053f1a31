"""All rows of all packages in one paper: sheets for schools of the lists, fractions, results, metrics, work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.reports.document import Column, Document, Group, Meta, Row, Share, Table, Value, paragraph
from app.reports.package import Head
from app.reports.package_work import WorkRows, sheets
from app.texts import capital, count, glue, ru_moment

KIND = "Данные муниципалитетов"
VERDICT_WORDS = {"listed": "в списке", "not_listed": "не в списке", "no_data": "нет данных"}

Data = Mapping[str, Mapping[str, Any]]


def rows_document(head: Head, data: Data, work: WorkRows) -> Document:
    """Return the paper; ``data`` is municipality → figures of its package, ``work`` rows of the methodists' work."""
    told = count(len(data), "муниципалитет", "муниципалитета", "муниципалитетов")
    said = f"{head.period}. {capital(told)}. Строки приведены как в пакетах."
    if not data:
        said = f"{head.period}."  # in place of a period it says that nothing has come
    return Document(
        title=(KIND, glue(head.period)) if data else (KIND,),
        meta=Meta(head.organisation or head.municipality, head.made_at, KIND),
        blocks=(paragraph(glue(said), indent=False), _schools(data), _fractions(data), _results(data),
                _metrics(data), *sheets(work)),
        landscape=True, provenance=f"Опора · составлено {ru_moment(head.made_at)}",
    )  # fmt: skip


def _table(name: str, columns: tuple[Column, ...], rows: list[tuple[Value, ...]], empty: str) -> Table:
    return Table(name, columns, (Group(tuple(Row(cells) for cells in rows)),), caption=name, empty=empty)


def _schools(data: Data) -> Table:
    columns = (Column("Муниципалитет", 60), Column("Код", 30), Column("Школа", 70), Column("Год", 16, "right"),
               Column("Вывод", 30), Column("Поправка", 24))  # fmt: skip
    rows: list[tuple[Value, ...]] = [
        (name, one["code"], one["name"], item["year"],
         VERDICT_WORDS["listed" if one["listed"] else "no_data" if one["verdict"] == "no_data" else "not_listed"],
         "да" if one["corrected"] else "")
        for name, figures in data.items()
        for item in figures.get("lists", ())
        for one in item["schools"]
    ]  # fmt: skip
    return _table("Школы", columns, rows, "Утверждённых списков в пакетах нет.")


def _fractions(data: Data) -> Table:
    columns = (Column("Муниципалитет", 56), Column("Код", 30), Column("Школа", 56), Column("Работа", 50),
               Column("Год", 16, "right"), Column("Ниже минимума", 24, "right"), Column("Участников", 24, "right"),
               Column("Доля", 20, "right"))  # fmt: skip
    rows: list[tuple[Value, ...]] = [
        (name, one["code"], one["name"], part["label"], part["year"], part["below"], part["participants"],
         Share(part["below"], part["participants"]))
        for name, figures in data.items()
        for item in figures.get("lists", ())
        for one in item["schools"]
        for part in one["fractions"]
    ]  # fmt: skip
    return _table("Доли школ", columns, rows, "Долей по школам в пакетах нет.")


def _results(data: Data) -> Table:
    columns = (Column("Муниципалитет", 60), Column("Работа", 60), Column("Год", 16, "right"),
               Column("Школ", 18, "right"), Column("Ниже минимума", 26, "right"),
               Column("Участников", 26, "right"), Column("Доля", 22, "right"))  # fmt: skip
    rows: list[tuple[Value, ...]] = [
        (name, one["label"], one["year"], one["schools"], one["below"], one["participants"],
         Share(one["below"], one["participants"]))
        for name, figures in data.items()
        for one in figures.get("results", ())
    ]  # fmt: skip
    return _table("Результаты", columns, rows, "Результатов работ в пакетах нет.")


def _metrics(data: Data) -> Table:
    columns = (Column("Муниципалитет", 60), Column("Код школы", 34), Column("Метрика", 80),
               Column("Часть", 22, "right"), Column("Целое", 22, "right"), Column("Значение", 24, "right"))  # fmt: skip
    rows: list[tuple[Value, ...]] = [
        (name, one["school"], one["title"], one["part"], one["whole"], one["exact"])
        for name, figures in data.items()
        for one in figures.get("metrics", ())
    ]
    return _table("Метрики", columns, rows, "Метрик школ в пакетах нет.")
