"""Very large tables for the benchmarks: a registry and results, written cell by cell as Excel writes them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

LOGINS = 10_000
"""Schools that a table of results speaks of."""
REGISTRY_HEAD = (
    "Логин ФИС ОКО", "Код МСУ", "Код ОО", "ИНН", "ОГРН", "Название", "Краткое название", "Муниципалитет", "Тип",
    "Населённый пункт", "Состояние",
)  # fmt: skip
MARKS_HEAD = ("Код", "Год", "Процедура", "Предмет", "Класс", "Участников", "2", "3", "4", "5")
_SUBJECTS = ("Математика", "Русский язык", "История", "Биология")
WORKS = tuple(
    (year, procedure, subject, grade)
    for year in (2023, 2024, 2025, 2026)
    for procedure, subject, grade in (
        *(("ВПР", subject, grade) for grade in (4, 5, 6, 7, 8) for subject in _SUBJECTS),
        *((procedure, subject, grade) for procedure, grade in (("ОГЭ", 9), ("ЕГЭ", 11)) for subject in _SUBJECTS[:2]),
        ("ВПР", "Окружающий мир", 4),
    )
)
"""A hundred works: so many rows a school has."""

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_FORMAT = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_FORMAT}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_FORMAT}.worksheet+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_FORMAT}.sharedStrings+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
    '<sheets><sheet name="Лист1" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
}


def login(number: int) -> str:
    """Return the ФИС ОКО login of a made-up school."""
    return f"edu{100_000 + number:06}"


def _inn(number: int) -> str:
    digits = f"{number:09}"
    weights = (2, 4, 10, 3, 5, 9, 4, 6, 8)
    return digits + str(sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11 % 10)


def _ogrn(number: int) -> str:
    digits = f"1{number:011}"
    return digits + str(int(digits) % 11 % 10)


def registry_rows(rows: int) -> Iterator[tuple[str, ...]]:
    """Yield schools of seventy municipalities; every login, код ОО, ИНН and ОГРН is one school's."""
    for n in range(rows):
        yield (
            login(n), str(100 + n % 70), f"{n % 1000:03}{n // 1000:03}", _inn(220_000_000 + n),
            _ogrn(22_000_000_000 + n),
            f"Муниципальное бюджетное общеобразовательное учреждение «Средняя общеобразовательная школа № {n + 1}»",
            f"МБОУ СОШ № {n + 1}", f"Муниципалитет {n % 70 + 1}", "СОШ", f"село {n % 900}", "действует",
        )  # fmt: skip


def mark_rows(rows: int) -> Iterator[tuple[str | int, ...]]:
    """Yield a hundred works of each school, one after another."""
    for n in range(rows):
        school, work = divmod(n, len(WORKS))
        year, procedure, subject, grade = WORKS[work]
        marks = ((school * 7 + work) % 9, (school + work * 3) % 15, (school * 5 + work) % 12, (school + work) % 6)
        yield login(school), year, procedure, subject, grade, sum(marks), *marks


def registry_table(path: Path, rows: int) -> Path:
    """Write a registry of so many schools."""
    return _workbook(path, REGISTRY_HEAD, registry_rows(rows), rows)


def marks_table(path: Path, rows: int) -> Path:
    """Write results of so many rows, a hundred a school, of not more than ``LOGINS`` schools."""
    if rows > LOGINS * len(WORKS):
        raise ValueError(rows)
    return _workbook(path, MARKS_HEAD, mark_rows(rows), rows)


def _workbook(path: Path, head: Sequence[str], rows: Iterable[Sequence[str | int]], size: int) -> Path:
    """Write one sheet with shared strings, as Excel does; hundreds of megabytes never stand in memory."""
    strings: dict[str, int] = {}
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[: len(head)]

    def cells(number: int, row: Sequence[str | int]) -> str:
        made = "".join(
            f'<c r="{letter}{number}"><v>{value}</v></c>'
            if isinstance(value, int)
            else f'<c r="{letter}{number}" t="s"><v>{strings.setdefault(value, len(strings))}</v></c>'
            for letter, value in zip(letters, row, strict=True)
        )
        return f'<row r="{number}">{made}</row>'

    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in _PARTS.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{text}')
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{_MAIN}">'.encode())
            sheet.write(f'<dimension ref="A1:{letters[-1]}{size + 1}"/><sheetData>{cells(1, head)}'.encode())
            lot: list[str] = []
            for number, row in enumerate(rows, start=2):
                lot.append(cells(number, row))
                if len(lot) == 1_000:
                    sheet.write("".join(lot).encode())
                    lot.clear()
            sheet.write(("".join(lot) + "</sheetData></worksheet>").encode())
        listed = "".join(f"<si><t>{escape(text)}</t></si>" for text in strings)
        archive.writestr(
            "xl/sharedStrings.xml", f'<?xml version="1.0" encoding="UTF-8"?><sst xmlns="{_MAIN}">{listed}</sst>'
        )
    return path
