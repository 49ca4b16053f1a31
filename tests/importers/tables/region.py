"""An official workbook of a region: subjects over five columns each, subtotals of municipalities, a total."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path

SUBJECTS = (
    "Русский язык", "Математика (профильный уровень)", "Математика (базовый уровень)", "Физика", "Химия", "Биология",
    "География", "История", "Обществознание", "Литература", "Информатика и ИКТ", "Английский язык", "Немецкий язык",
    "Французский язык", "Испанский язык", "Китайский язык", "Окружающий мир", "Литературное чтение",
    "Родной язык", "Родная литература", "Иностранный язык",
)  # fmt: skip
FIGURES = ("Кол-во участников", "Средний балл", "% «2»", "Ниже минимума, чел.", "Качество, %")
TITLE = "Результаты ОГЭ 2025 года по общеобразовательным организациям региона"


@dataclass
class Region:
    """What the workbook holds, counted by the maker itself."""

    path: Path
    schools: int = 0
    results: int = 0
    nobody: int = 0
    participants: dict[str, int] = field(default_factory=dict)
    below: dict[str, int] = field(default_factory=dict)


def region(
    path: Path, *, schools: int = 370, municipalities: int = 12, year: int = 2025, wrong_total: bool = False
) -> Region:
    """Write the workbook: title, two merged lines of header, column numbers, groups of schools with their subtotals."""
    import xlsxwriter

    chance = random.Random(year)
    made = Region(path, schools)
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet("ОГЭ")
    width = 3 + len(SUBJECTS) * len(FIGURES)
    page.merge_range(0, 0, 0, width - 1, TITLE.replace("2025", str(year)))
    for column, heading in enumerate(("№ п/п", "Логин", "Наименование ОО")):
        page.merge_range(2, column, 3, column, heading)
    for i, subject in enumerate(SUBJECTS):
        left = 3 + i * len(FIGURES)
        page.merge_range(2, left, 2, left + len(FIGURES) - 1, subject)
        page.write_row(3, left, FIGURES)
    page.write_row(4, 0, range(1, width + 1))
    row, number, grand = 5, 0, [0.0] * width
    for m in range(municipalities):
        page.merge_range(row, 0, row, width - 1, f"Муниципальный район № {m + 1}")
        row, sums = row + 1, [0.0] * width
        for _ in range(schools // municipalities + (m < schools % municipalities)):
            number += 1
            page.write_row(row, 0, [number, f"edu{110000 + number}", f"МБОУ «СОШ № {number}»"])
            for i, subject in enumerate(SUBJECTS):
                left = 3 + i * len(FIGURES)
                people = chance.choice((0, 0, 3, 17, 25, 64))
                below = chance.randint(0, people)
                page.write_row(row, left, [people, round(chance.uniform(2, 5), 2) if people else 0,
                                           round(100 * below / people, 2) if people else 0, below, 0])  # fmt: skip
                for total in (sums, grand):
                    total[left] += people
                    total[left + 3] += below
                made.results += people > 0
                made.nobody += people == 0
                made.participants[subject] = made.participants.get(subject, 0) + people
                made.below[subject] = made.below.get(subject, 0) + below
            row += 1
        row = _total(page, row, "Итого по муниципалитету", sums, 0)
    _total(page, row, "ВСЕГО по региону", grand, 7 if wrong_total else 0)
    book.close()
    return made


def _total(page: object, row: int, words: str, sums: list[float], extra: int) -> int:
    page.write(row, 2, words)  # type: ignore[attr-defined]
    for i in range(len(SUBJECTS)):
        left = 3 + i * len(FIGURES)
        page.write(row, left, sums[left] + (extra if i == 0 else 0))  # type: ignore[attr-defined]
        page.write(row, left + 3, sums[left + 3])  # type: ignore[attr-defined]
    return row + 1
