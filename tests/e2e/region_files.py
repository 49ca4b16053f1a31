"""«Статистика по отметкам» of a whole region as ФИС ОКО gives it, and the same counts taken from it by plain Python.

Nothing of the program's own reading is used for counting: calamine, the shape of the sheet and whole numbers.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

WORKS = (
    ("ВПР", "Математика", 4), ("ВПР", "Математика", 5), ("ВПР", "Математика", 6), ("ВПР", "Математика", 7),
    ("ВПР", "Математика", 8), ("ВПР", "Русский язык", 4), ("ВПР", "Русский язык", 5), ("ВПР", "Русский язык", 6),
    ("ВПР", "Русский язык", 7), ("ВПР", "Русский язык", 8), ("ВПР", "Физика", 7), ("ВПР", "Физика", 8),
    ("ВПР", "География", 6), ("ВПР", "География", 7), ("ВПР", "История", 5), ("ВПР", "История", 6),
)  # fmt: skip
SCHOOLS = 635
TITLE = re.compile(r"^(ВПР|ОГЭ|ЕГЭ) (\d{4}) (.+?) (\d{1,2}) класс$")
LOGIN = re.compile(r"\((edu\d{6})\)$")


def write_region(folder: Path, seed: int = 7) -> list[Path]:
    """Write one workbook a work: 635 schools, sizes from nobody to ninety, shares with two decimals."""
    import xlsxwriter

    chance = random.Random(seed)
    paths = []
    for procedure, subject, grade in WORKS:
        path = folder / f"{subject} {grade}.xlsx"
        book = xlsxwriter.Workbook(str(path))
        sheet = book.add_worksheet("Статистика по отметкам")
        head = [["Статистика по отметкам"], [], [f"{procedure} 2026 {subject} {grade} класс"],
                ["Предмет:", subject], ["Максимальный первичный балл:", 24], ["Дата:", "20.04.2026"], [],
                ["Группы участников", "Кол-во ОО", "Кол-во участников", 2, 3, 4, 5],
                ["Вымышленная область", SCHOOLS, 30000, 12.5, 37.5, 35, 15],
                ["Вымышленный район(reg99_m001)", SCHOOLS, 30000, 12.5, 37.5, 35, 15]]  # fmt: skip
        for place, values in enumerate([*head, *_schools(chance)]):
            sheet.write_row(place, 0, values)
        book.close()
        paths.append(path)
    return paths


def _schools(chance: random.Random) -> Iterator[list[object]]:
    for number in range(1, SCHOOLS + 1):
        size = chance.choice((0, 1, 3, 9, 10, 20, 27, 31, chance.randint(2, 90)))
        low = chance.randint(0, size // 2) if size else 0
        five = chance.randint(0, size - low) if size else 0
        four = chance.randint(0, size - low - five) if size else 0
        marks = (low, size - low - five - four, four, five)
        shares = [round(part * 100 / size, 2) if size else 0 for part in marks]
        yield [f"Школа № {number}(edu{990000 + number})", "", size, *shares]


def counted(paths: list[Path]) -> tuple[Counter[str], dict[str, set[tuple[str, int]]], int]:
    """Return schools at or above 30 % a work, the works of each school that reach it, and how many rows were read.

    A count is restored as round(p·N/100), half up, with exact fractions.
    """
    from python_calamine import CalamineWorkbook

    at_least: Counter[str] = Counter()
    by_school: dict[str, set[tuple[str, int]]] = {}
    rows_read = 0
    for path in paths:
        rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
        told = next(found for row in rows if (found := TITLE.match(str(row[0]))))
        work = f"{told[1]} {told[3]} {told[4]}"
        for row in rows:
            login = LOGIN.search(str(row[0]))
            size = int(row[2]) if login and row[2] else 0
            if login is None or size <= 0:
                continue
            rows_read += 1
            below = int(Fraction(str(row[3])) * size / 100 + Fraction(1, 2))
            if below * 100 >= 30 * size:
                at_least[work] += 1
                by_school.setdefault(login[1], set()).add((told[3], int(told[4])))
    return at_least, by_school, rows_read
