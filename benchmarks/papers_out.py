"""Papers that go out beside the same work bare: a form of the region, a package, the register, what has changed."""

from __future__ import annotations

import hashlib
import io
import tempfile
import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.measure import CHEAP, DEAR, Figure, in_child, timed

FORM_ROWS, FORM_COLUMNS = 1_000, 20
WRITTEN = 10
"""Every so many rows one cell is filled."""
PACKED = 50
REGISTERED = 2_000
SCHOOLS = 300
DAY = date(2026, 11, 23)


# --- a form of the region ----------------------------------------------------------------------------------------


def form(folder: Path, rows: int = FORM_ROWS) -> Figure:
    """Fill a sheet of the region; the bound copies the archive, parses the sheet and writes it again."""
    path = form_file(folder, rows)
    return Figure(
        f"Форма региона: лист в {rows * FORM_COLUMNS} ячеек, заполнено {-(-rows // WRITTEN)}",
        in_child("papers_out", "form_ours", str(path), rows, CHEAP),
        in_child("papers_out", "form_raw", str(path), CHEAP),
        ("«Опора»: чтение, запись значений, зависимые формулы, новый архив", "zip и lxml: те же части, тот же лист"),
    )  # fmt: skip


def form_file(folder: Path, rows: int) -> Path:
    """Make a workbook as a region sends it: labels, empty cells, a line of totals in every column."""
    import xlsxwriter

    path = Path(tempfile.mkdtemp(dir=folder)) / "форма.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Свод")
    for row in range(rows - 1):
        sheet.write_string(row, 0, f"Показатель {row + 1}")
        for column in range(1, FORM_COLUMNS):
            sheet.write_number(row, column, row + column)
    sheet.write_string(rows - 1, 0, "Итого")
    for column in range(1, FORM_COLUMNS):
        letter = chr(ord("A") + column)
        sheet.write_formula(rows - 1, column, f"=SUM({letter}1:{letter}{rows - 1})")
    book.close()
    return path


def form_ours(path: str, rows: int, times: int) -> tuple[list[float], dict[str, Any]]:
    """Write a text into every tenth row."""
    from app.exporters.foreign_form import Entry, fill

    original = Path(path).read_bytes()
    entries = [Entry("Свод", (row, 3), f"значение {row}") for row in range(1, rows, WRITTEN)]
    made: list[bytes] = []
    seconds = timed(lambda: made.append(fill(original, entries, "форма.xlsx")), times)
    with zipfile.ZipFile(io.BytesIO(made[0])) as archive:
        written = archive.read("xl/worksheets/sheet1.xml").decode().count("значение ")
    return seconds, {"written": written, "entries": len(entries)}


def form_raw(path: str, times: int) -> tuple[list[float], dict[str, Any]]:
    """Copy the archive; the sheet goes through a parser on its way."""
    from lxml import etree

    original = Path(path).read_bytes()
    cells: list[int] = []

    def once() -> None:
        target = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(original)) as source, zipfile.ZipFile(target, "w") as made:
            for info in source.infolist():
                data = source.read(info)
                if info.filename == "xl/worksheets/sheet1.xml":
                    root = etree.fromstring(data)
                    cells.append(sum(1 for _cell in root.iter("{*}c")))
                    data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
                made.writestr(info, data, info.compress_type)

    return timed(once, times), {"cells": cells[0]}


# --- a package ---------------------------------------------------------------------------------------------------


def package(folder: Path, papers: int = PACKED) -> Figure:
    """Check a package of signed papers; the bound hashes its files and asks pyHanko of the same PDFs."""
    path = package_file(folder, papers)
    return Figure(
        f"Проверка пакета из {papers} подписанных документов",
        in_child("papers_out", "package_ours", str(path), DEAR),
        in_child("papers_out", "package_raw", str(path), DEAR),
        ("«Опора»: архив, опись, схемы, хеши, подписи и дописанное после них", "SHA-256 файлов и голый pyHanko"),
    )  # fmt: skip


def package_file(folder: Path, papers: int) -> Path:
    """Sign so many papers, put them into the register and pack them."""
    from app.exporters.signing import sign_pdf
    from app.models import papers as register
    from app.models.store import Store
    from app.operations import packages
    from tests.helpers.certificates import PASSWORD, ivanova
    from tests.helpers.pdfs import with_places

    place = Path(tempfile.mkdtemp(dir=folder))
    store = Store.create(place / "пакет.opora", name="Лесогорский муниципальный округ", actor="замер")
    begun = datetime.now(UTC) - timedelta(hours=2)  # within the days of the certificate, which is made anew
    with store.operation("Подписано для замера", "paper.register") as operation:
        for one in range(papers):
            signed = sign_pdf(with_places(), ivanova().p12, PASSWORD, when=begun + timedelta(minutes=one)).pdf
            number = register.register(
                operation, kind="school_list", title=f"Документ {one + 1}", file_name=f"{one + 1}.pdf",
                data=with_places(), snapshot_id=None, actor="замер",
            )  # fmt: skip
            found = register.get(operation.connection, number)
            assert found is not None
            register.add_file(
                operation, found.id, role="signed", file_name=f"{one + 1}.pdf", data=signed, signer="Иванова"
            )
    ask = packages.Ask("Пакет", "2026/27 учебный год", "Министерство", tuple(range(1, papers + 1)), DAY)
    _number, made = packages.make(store, packages.prepare(store.connection, ask), place / "пакет.zip")
    store.close()
    return made


def package_ours(path: str, times: int) -> tuple[list[float], dict[str, Any]]:
    """Check the package as the region does."""
    from app.operations import package_check

    found: list[package_check.PackageCheck] = []
    seconds = timed(lambda: found.append(package_check.check(Path(path))), times)
    return seconds, {"signatures": len(found[0].signatures), "verdict": found[0].verdict}


def package_raw(path: str, times: int) -> tuple[list[float], dict[str, Any]]:
    """Hash every file and validate every signed PDF, nothing more."""
    import logging

    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    logging.disable(logging.WARNING)  # that nobody vouches for the certificate is said once a paper
    counted: list[int] = []

    def once() -> None:
        number = 0
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                data = archive.read(name)
                hashlib.sha256(data).hexdigest()
                if name.endswith(".pdf"):
                    for signature in PdfFileReader(io.BytesIO(data)).embedded_signatures:
                        validate_pdf_signature(signature, ValidationContext(trust_roots=[], allow_fetching=False))
                        number += 1
        counted.append(number)

    return timed(once, times), {"signatures": counted[0]}


# --- the register ------------------------------------------------------------------------------------------------


def register(folder: Path, papers: int = REGISTERED) -> Figure:
    """Read the register with everything that its lines tell; the bound reads the same rows."""
    path = register_file(folder, papers)
    return Figure(
        f"Журнал исходящих: {papers} документов",
        in_child("papers_out", "register_ours", str(path), CHEAP),
        in_child("papers_out", "register_raw", str(path), CHEAP),
        ("«Опора»: строки, файлы, подписи, путь, состояния", "голый SQL: те же строки"),
    )


def register_file(folder: Path, papers: int) -> Path:
    """Make a register: two files, one signer and three events a paper."""
    from app.models import papers as rows
    from app.models.store import Store

    path = Path(tempfile.mkdtemp(dir=folder)) / "журнал.opora"
    store = Store.create(path, name="Округ", actor="замер")
    with store.operation("Журнал для замера", "paper.register") as operation:
        for one in range(papers):
            number = rows.register(
                operation, kind="school_list", title=f"Список школ, {one + 1}", file_name=f"{one + 1}.pdf",
                data=b"%PDF-1.4 " + str(one).encode(), snapshot_id=None, actor="замер", addressee="Министерство",
            )  # fmt: skip
            found = rows.get(operation.connection, number)
            assert found is not None
            rows.add_file(operation, found.id, role="scan", file_name="скан.pdf", data=str(one).encode())
            operation.insert("paper_signature", paper_id=found.id, position=1, post="директор", name="Иванова А. А.")
            for kind in ("sent", "receipt", "remark"):
                rows.add_event(operation, found.id, kind=kind, happened_on="2026-11-20", actor="замер", text="текст")
    store.close()
    return path


def register_ours(path: str, times: int) -> tuple[list[float], dict[str, Any]]:
    """Read the register and say of each paper what its line says."""
    from app.models.store import open_reader
    from app.operations import outgoing, signing

    connection = open_reader(Path(path))
    counted: list[Sequence[int]] = []

    def once() -> None:
        found = signing.register(connection)
        states = {(outgoing.signature_state(one)[1], outgoing.journey_state(one, DAY)[1]) for one in found}
        rows = sum(1 + len(one.files) + len(one.signers) + len(one.events) for one in found)
        counted.append((rows, len(states)))

    seconds = timed(once, times)
    return seconds, {"rows": counted[0][0], "states": counted[0][1]}


def register_raw(path: str, times: int) -> tuple[list[float], dict[str, Any]]:
    """Read the same rows and do nothing with them."""
    import sqlite3

    connection = sqlite3.connect(path)
    tables = ("outgoing_paper", "paper_file", "paper_signature", "paper_event")
    counted: list[int] = []
    seconds = timed(
        lambda: counted.append(sum(len(connection.execute(f"SELECT * FROM {name}").fetchall()) for name in tables)),
        times,
    )
    connection.close()
    return seconds, {"rows": counted[0]}


# --- what has changed since --------------------------------------------------------------------------------------


def since(folder: Path, schools: int = SCHOOLS) -> Figure:
    """Tell what has changed since the list was registered; the bound makes the paper once."""
    path = since_file(folder, schools)
    return Figure(
        f"«Что изменилось с тех пор» списка {schools} школ",
        in_child("papers_out", "since_ours", str(path), DEAR),
        in_child("papers_out", "since_raw", str(path), DEAR),
        ("«Опора»: документ заново, сравнение, причины из журнала", "тот же документ, сделанный один раз"),
    )


def since_file(folder: Path, schools: int) -> Path:
    """Make a file, register its list, then rename a school."""
    from app.models.store import Store
    from app.operations import demo, paper_catalogue, papers
    from app.operations import schools as registry
    from app.operations.papers import Made
    from app.texts import NBSP

    path = Path(tempfile.mkdtemp(dir=folder)) / "список.opora"
    store = Store.create(path, name="Округ", actor="замер")
    demo.generate_region(store, schools=schools, years=3)
    values = paper_catalogue.usual(store.connection, paper_catalogue.kind("school_list"), DAY)
    paper = paper_catalogue.make(store.connection, "school_list", values, DAY)
    papers.register(store, paper, Made(".pdf", b"%PDF-1.4 list"), "список.pdf")
    told = {text.replace(NBSP, " ") for _place, text in paper.document.texts()}
    school = next(one for one in registry.listing(store.connection) if one.shown in told)
    registry.edit(store, school.id, {"name": "Переименованная школа № 1", "short_name": "Переименованная школа № 1"})
    store.close()
    return path


def since_ours(path: str, times: int) -> tuple[list[float], dict[str, Any]]:
    """Compare the registered list with the one of now."""
    from app.models.store import open_reader
    from app.operations import list_cache, paper_since

    connection = open_reader(Path(path))
    found: list[paper_since.Since] = []

    def once() -> None:
        list_cache.forget()
        found.append(paper_since.since(connection, 1, DAY))

    seconds = timed(once, times)
    return seconds, {"state": found[0].state, "lines": len(found[0].lines)}


def since_raw(path: str, times: int) -> tuple[list[float], dict[str, Any]]:
    """Make the paper of its recipe."""
    from app.models.store import open_reader
    from app.operations import list_cache, paper_catalogue, papers, signing

    connection = open_reader(Path(path))
    recipe = papers.recipe_of(signing.paper(connection, 1).recipe)
    assert recipe is not None
    titles: list[str] = []

    def once() -> None:
        list_cache.forget()
        titles.append(paper_catalogue.make(connection, recipe.kind, dict(recipe.values), DAY).title)

    return timed(once, times), {"title": titles[0]}
