"""Protocols as РЦОИ make them, all layouts; every pupil is made up here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from app.importers.gia import thresholds
from app.importers.opening import read_here
from app.importers.parsed import FileReading, Hints, Known
from app.models.records import Threshold

Rows = list[list[Any]]

COMPACT_HEAD = [
    *("№", "Код ППЭ", "Код ОО", "Класс", "Код ООП", "Профиль", "Фамилия", "Имя", "Отчество", "Вариант"),
    *("Код участника", "№ бланка", "Ответы в краткой форме", "Ответы в развернутой форме"),
    *("Первичный балл", "Итоговый балл"),
]
SPARSE_HEAD = [
    *("№", None, "Код МСУ", None, "Код ОО", None, "Класс", None, "Код ППЭ", None, "Аудитория", None),
    *("Фамилия", "Имя", "Отчество", None, "Задания с кратким ответом", None, "Задания с развёрнутым ответом", None),
    *("Первичный балл", None, "Тестовый балл", None),
]
OGE_HEAD = [
    *("№", "Код ОО", "Класс", None, "Код ППЭ", None, "Аудитория", None, "Код МСУ", None, "Фамилия", None),
    *("Имя", "Отчество", "Задания с кратким ответом", None, None, "Задания с развёрнутым ответом"),
    *("Первичный балл", None, "Оценка"),
]
OLD_HEAD = [
    *("№", "Код МСУ", "Код ОО", "Класс", "Код ППЭ", "Аудитория", "Фамилия", "Имя", "Отчество", "Серия", "Номер"),
    *("Задания с кратким ответом", "Задания с развёрнутым ответом", "Первичный балл"),
]


def read(path: Path, *, known: Sequence[Threshold] | None = None, **hints: Any) -> FileReading:
    """Read one file in this process with the shipped minimums, or with the given ones."""
    least = thresholds.load_shipped() if known is None else tuple(known)
    return read_here(path, Hints(**hints), Known(thresholds=least))


def told(reading: FileReading) -> list[tuple[str, str, str | None]]:
    """What is wrong with a file: (level, code, cell), without the hint about the reserve day."""
    return [(p.level, p.code, p.cell) for p in reading.problems if p.code != "IMP_GIA_ONE_DAY"]


def message(reading: FileReading, code: str) -> str:
    """The words of the one finding with a code."""
    [found] = [item.message for item in reading.problems if item.code == code]
    return found


def compact(
    number: int, oo: Any, primary: Any, test: Any, *, name: str = "", short: str = "", long: str = "", grade: str = "11"
) -> list[Any]:
    """One pupil of the compact ЕГЭ layout."""
    person = (name or f"Участник{number}", "Имя", "Отчество", 1, f"{number:06d}", f"{number:06d}")
    return [number, 100, oo, grade, 101, 102, *person, short, long, primary, test]


def sparse(
    number: int, msu: Any, oo: Any, primary: Any, test: Any, *, name: str = "", short: str = "", long: str = ""
) -> list[Any]:
    """One pupil of the sparse ЕГЭ layout."""
    return [
        *(number, None, msu, None, oo, None, "11А", None, 1301, None, 108, None, name or f"Участник{number}", "Имя"),
        *("Отчество", None, short, None, long, None, primary, None, test, None),
    ]


def oge(
    number: int, oo: Any, primary: Any, mark: Any, *, msu: Any = 213, name: str = "", short: str = "", long: str = "",
    grade: str = "9а",
) -> list[Any]:  # fmt: skip
    """One pupil of the ОГЭ layout."""
    return [
        *(number, oo, grade, None, 1316, None, 203, None, msu, None, name or f"Участник{number}", None, "Имя"),
        *("Отчество", short, None, None, long, primary, None, mark),
    ]


def old(
    number: int, msu: Any, oo: Any, primary: Any, result: Any, *, name: str = "", paper: str = "", grade: str = "11",
    short: str = "", long: str = "",
) -> list[Any]:  # fmt: skip
    """One pupil of the older layout with a document."""
    person = (name or f"Участник{number}", "Имя", "Отчество", "6722", paper or f"11699{number}")
    return [number, msu, oo, grade, 225, 7, *person, short, long, primary, result]


def block(line: str, head: Sequence[Any], rows: Iterable[Sequence[Any]], *above: str) -> Rows:
    """Lines above, the line of the exam, headings, pupils."""
    return [*([text] for text in above), [line], list(head), *(list(row) for row in rows)]
