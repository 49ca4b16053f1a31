"""Workbooks as ФИС ОКО and the program's users make them, built for tests and for the benchmarks."""

from __future__ import annotations

import random
import struct
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

PUPIL_HEAD = (
    "логин школы",
    "регион",
    "номер обучающегося",
    "код обучающегося",
    "отметка за предыдущую четверть/триместр",
    "пол",
    "класс",
    "вариант",
    "всего баллов",
)
PUPIL_TAIL = ("Учебник", "Др.уч. автор", "Др.уч. название")
MARKS_HEAD = (
    "Школа",
    "Код",
    "Год",
    "Процедура",
    "Предмет",
    "Класс",
    "Участников",
    "2",
    "3",
    "4",
    "5",
    "Ниже минимума",
    "Средний балл",
)
SCHOOLS_HEAD = (
    "Код",
    "Логин ФИС ОКО",
    "Код МСУ",
    "Код ОО",
    "ИНН",
    "ОГРН",
    "Название",
    "Краткое название",
    "Муниципалитет",
    "Тип",
    "Населённый пункт",
    "Состояние",
)
WIDE_JOURNAL_HEAD = (
    "Группы участников",
    "Кол-во участников(всего)",
    "Понизили (Отметка < Отметка по журналу) %",
    "Понизили (Отметка < Отметка по журналу) Кол-во участников",
    "Подтвердили (Отметка = Отметке по журналу) %",
    "Подтвердили (Отметка = Отметке по журналу) Кол-во участников",
    "Повысили (Отметка > Отметка по журналу) %",
    "Повысили (Отметка > Отметка по журналу) Кол-во участников",
)


def book(path: Path, rows: Iterable[Sequence[Any]], sheet: str = "Лист1", *, corner: str = "A1") -> Path:
    """Write rows as they are: texts stay texts, numbers numbers, None leaves the cell out."""
    import xlsxwriter
    from xlsxwriter.utility import xl_cell_to_rowcol

    top, left = xl_cell_to_rowcol(corner)
    workbook = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    page = workbook.add_worksheet(sheet[:31])
    for i, row in enumerate(rows):
        for j, value in enumerate(row):
            if value is not None:
                page.write(top + i, left + j, value)
    workbook.close()
    return path


_ODS_MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"""
_ODS_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">
<office:body><office:spreadsheet><table:table table:name="Лист1">"""
_ODS_TAIL = "</table:table></office:spreadsheet></office:body></office:document-content>"


def ods(path: Path, rows: Iterable[Sequence[Any]]) -> Path:
    """Write a LibreOffice table of texts and numbers."""
    lines = []
    for row in rows:
        cells = []
        for value in row:
            if value is None:
                cells.append("<table:table-cell/>")
            elif isinstance(value, str):
                cells.append(
                    f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'
                )
            else:
                cells.append(f'<table:table-cell office:value-type="float" office:value="{value}"/>')
        lines.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", _ODS_MANIFEST)
        archive.writestr("content.xml", _ODS_HEAD + "".join(lines) + _ODS_TAIL)
    return path


def xls(path: Path, rows: Iterable[Sequence[Any]]) -> Path:
    """Write the least book of Excel 97 (BIFF8 in an OLE2 container) with texts and numbers on one sheet."""

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    def words(value: str, length: str) -> bytes:
        return struct.pack(f"<{length}B", len(value), 1) + value.encode("utf-16-le")

    def begin(kind: int) -> bytes:
        return record(0x809, struct.pack("<HHHHII", 0x600, kind, 0, 0, 0, 6))

    cells = b""
    for i, row in enumerate(rows):
        for j, value in enumerate(row):
            place = struct.pack("<HHH", i, j, 0)
            if isinstance(value, str):
                cells += record(0x204, place + words(value, "H"))
            elif value is not None:
                cells += record(0x203, place + struct.pack("<d", value))
    name = words("Лист1", "B")
    start = len(begin(5)) + 4 + 6 + len(name) + 4
    book_part = begin(5) + record(0x85, struct.pack("<IBB", start, 0, 0) + name) + record(0x0A, b"")
    stream = book_part + begin(0x10) + cells + record(0x0A, b"")
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    sectors = len(stream) // 512
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, sectors + 2), 0xFFFFFFFE]
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<5I", header, 44, 1, 1, 0, 4096, 0xFFFFFFFE)
    struct.pack_into("<3I", header, 64, 0, 0xFFFFFFFE, 0)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    directory = bytearray(512)
    for k, (title, kind, first, size) in enumerate((("Root Entry", 5, 0xFFFFFFFE, 0), ("Workbook", 2, 2, len(stream)))):
        raw = title.encode("utf-16-le") + b"\0\0"
        directory[k * 128 : k * 128 + len(raw)] = raw
        struct.pack_into(
            "<HBB3I", directory, k * 128 + 64, len(raw), kind, 1, *[0xFFFFFFFF] * 2, 1 if k == 0 else 0xFFFFFFFF
        )
        struct.pack_into("<III", directory, k * 128 + 116, first, size, 0)
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(512, b"\xff")
    path.write_bytes(bytes(header) + table + bytes(directory) + stream)
    return path


def _report(title: str, work: str, subject: str, head: Sequence[Any], rows: Iterable[Sequence[Any]]) -> list[Any]:
    return [
        [title],
        [],
        [work],
        ["Предмет:", subject],
        ["Максимальный первичный балл:", 24],
        ["Дата:", "20.04.2026"],
        [],
        list(head),
        *rows,
    ]


def mark_statistics(
    path: Path,
    rows: Iterable[Sequence[Any]],
    *,
    work: str = "ВПР 2026 Русский язык 4 класс",
    subject: str = "Русский язык",
) -> Path:
    """Write «Статистика по отметкам» (Ф3); a row is name, number of ОО, participants and four percentages."""
    head = ("Группы участников", "Кол-во ОО", "Кол-во участников", 2, 3, 4, 5)
    return book(path, _report("Статистика по отметкам", work, subject, head, rows), "РУ 4 Статистика по отметкам")


def journal_wide(
    path: Path, rows: Iterable[Sequence[Any]], *, work: str = "ВПР 2024 Математика 4 класс", subject: str = "Математика"
) -> Path:
    """Write «Сравнение отметок с отметками по журналу» as it is since 2024."""
    title = "Сравнение отметок с отметками по журналу"
    return book(path, _report(title, work, subject, WIDE_JOURNAL_HEAD, rows), "МА 4 Сравнение отметок с отметк")


def journal_narrow(path: Path, rows: Iterable[Sequence[Any]], *, work: str = "ВПР 2022 Математика 6 класс") -> Path:
    """Write the same report as it was before: groups one under another."""
    title = "Сравнение отметок с отметками по журналу"
    head = ("Группы участников", "Кол-во участников", "%")
    return book(path, _report(title, work, "Математика", head, rows), "МА 6 Сравнение отметок с отметк")


def pupil(
    login: str = "sch220001",
    points: Sequence[str] = (),
    *,
    variant: str = "1",
    total: str | None = None,
    journal: str = "4",
    code: str = "60001",
    municipality: str = "город Барнаул",
    tail: Sequence[str] = ("Математика. Учебник", "", ""),
) -> list[str]:
    """Return one row of the spring 2021 export, all text; the total is our own sum unless given."""
    if total is None:
        total = str(sum(int(point) for point in points if point.strip().isdecimal()))
    return [login, municipality, code[-2:], code, journal, "ж", "А", variant, total, *points, *tail]


def pupils_2021(path: Path, rows: Iterable[Sequence[Any]], *, tasks: int = 13) -> Path:
    """Write the spring 2021 export: one sheet «Sheet», headings in row 1."""
    head = [*PUPIL_HEAD, *(f"балл за {i}" for i in range(1, tasks + 1)), *PUPIL_TAIL]
    return book(path, [head, *rows], "Sheet")


def marks_table(path: Path, rows: Iterable[Sequence[Any]], *, head: Sequence[Any] = MARKS_HEAD) -> Path:
    """Write our own plain table of results."""
    return book(path, [list(head), *rows])


def schools_table(path: Path, rows: Iterable[Sequence[Any]], *, head: Sequence[Any] = SCHOOLS_HEAD) -> Path:
    """Write a registry of schools."""
    return book(path, [list(head), *rows])


def generate_pupils_2021(path: Path, rows: int = 26_000, seed: int = 1, tasks: int = 13) -> Path:
    """Write a whole region's spring 2021 export for maths of grade 6 (maximum 16), with the dirt of real ones.

    About 40 pupils a school, a few in a hundred absent, tens of per cent of X; every 500th row is wrong somewhere.
    """
    import xlsxwriter

    chance = random.Random(seed)
    workbook = xlsxwriter.Workbook(str(path))
    page = workbook.add_worksheet("Sheet")
    page.write_row(0, 0, [*PUPIL_HEAD, *(f"балл за {i}" for i in range(1, tasks + 1)), *PUPIL_TAIL])
    for i in range(rows):
        school = i // 40
        points = [chance.choice(("0", "0", "1", "1", "1", "X", "Х", "x")) for _ in range(tasks)]
        row = pupil(
            f"sch{220000 + school}",
            points,
            variant="отсутствовал" if chance.random() < 0.04 else chance.choice("12"),
            journal=chance.choice(("2", "3", "3", "4", "4", "5", "4\u00a0", "нет отметки")),
            code=str(60001 + i % 40),
            municipality=f"Муниципалитет {school % 71 + 1}",
        )
        if i % 500 in {100, 250, 499}:
            row[7] = "1"  # an absent pupil's row is not looked at
        if i % 500 == 499:
            row[8 + chance.randrange(1, tasks)] = chance.choice(("?", "H", "*", "-1", ""))
        elif i % 500 == 250:
            row[8] = str(int(row[8]) + 1)
        elif i % 500 == 100:
            row += ["", "Учебник, уехавший вправо"]
        page.write_row(i + 1, 0, row)
    workbook.close()
    return path
