"""The example's execution: done in time and late, half done, moved with a reason, late with and without one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.models import execution as stored
from app.models.store import Store
from app.operations import execution, programmes

MARKS: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("Разбор типичных ошибок ВПР", {
        "state": "done", "done_on": "{year}-10-23", "product": "Справка о типичных ошибках, 3 предмета",
        "participants": "64", "schools": True,
    }),
    ("Индивидуальные планы развития учителей", {
        "state": "part", "done_on": "{year}-10-05", "product": "9 планов из 14", "participants": "9",
        "reason": "Пять учителей приняты в сентябре, их планы готовятся",
    }),
    ("Совещание с директорами школ списка", {"state": "running", "product": "Три протокола", "participants": "11"}),
    ("Самооценка школ по чек-листам", {"state": "running", "remark": "Апрельская проведена, ноябрьская идёт"}),
    ("Занятия с учениками", {"state": "running", "participants": "46", "spent": "38 400"}),
    ("Предметные стажировки учителей", {
        "state": "running", "participants": "7", "spent": "52 000", "remark": "Две стажировки из пяти проведены",
    }),
)  # fmt: skip
"""Beginning of an activity's text → what is marked of its first term; one that is late is left without any mark."""
LINK = "https://example.org/spravka"


def fill(store: Store, ids: Mapping[str, int], last: int) -> None:
    """Mark the first plan year of the example's programme.

    Args:
        store: the open file.
        ids: keys of the schools.
        last: last result year; the programme begins in it.
    """
    key = programmes.current(store.connection)
    if key is None:
        return
    tree = programmes.tree(store.connection, key)
    lines = {item.node_id: item for item in reversed(execution.occurrences(tree))}
    names = stored.names(store.connection, list(ids.values())[:4])
    cells = []
    for begin, told in MARKS:
        for item in lines.values():
            if tree.nodes[item.node_id].text.startswith(begin):
                where = item.lineage, item.plan_year
                cells += [(where, name, _text(value, last, names)) for name, value in told.items()]
    execution.put_cells(store, cells)
    done = next((cell[0] for cell in cells if cell[1] == "schools"), None)
    if done is not None:
        execution.attach(store, done, link=LINK, title="Справка о типичных ошибках")


def _text(value: Any, last: int, names: Mapping[int, str]) -> str:
    return "; ".join(names.values()) if value is True else str(value).format(year=last)
