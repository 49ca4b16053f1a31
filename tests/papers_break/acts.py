"""Acts on papers that are broken off: functions of a module, so that another process can be told to do them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from app.exporters.outside import Program
from app.models.store import Store
from app.operations import (
    foreign_fill,
    impersonal,
    orders,
    outgoing,
    package_check,
    package_region,
    packages,
    paper_batch,
    paper_catalogue,
    papers,
    signing,
    signing_elsewhere,
    signing_make,
    signing_order,
)
from app.operations.files import for_reading
from app.operations.outgoing import Happening
from app.operations.packages import Ask
from app.operations.paper_batch import Batch
from app.operations.papers import Made
from tests.helpers.certificates import PASSWORD

DAY = date(2026, 11, 23)
KIND = "school_list"


def register(store: Store) -> int:
    """Register the list of schools with the same paper to edit and as data."""
    item = paper_catalogue.kind(KIND)
    paper = paper_catalogue.make(store.connection, KIND, paper_catalogue.usual(store.connection, item, DAY), DAY)
    beside = [papers.render(paper, suffix) for suffix in (".docx", ".xlsx")]
    return papers.register(store, paper, Made(".pdf", b"%PDF-1.4 list"), "Список.pdf", beside)


def sign_by_key(store: Store, number: int, p12: Path) -> None:
    name, data = signing_order.bytes_of(store.connection, number)
    signing_order.keep(store, data, name, signing_make.by_key_file(data, name, p12, PASSWORD, "beside"), number=number)


def sign_by_program(store: Store, number: int, ready: Path) -> None:
    name, data = signing_order.bytes_of(store.connection, number)
    code = "import shutil, sys; shutil.copy(sys.argv[2], sys.argv[1])"
    program = Program("probe", "Проба", (sys.executable, "-c", code, "{output}", str(ready), "{input}"))
    signing_order.keep(
        store, data, name, signing_make.by_program(data, name, program, {}, "beside"), number=number
    )  # fmt: skip


def send_to_sign(store: Store, number: int, folder: Path) -> None:
    signing_elsewhere.export(store, number, folder)


def take_back(store: Store, sources: Sequence[Path]) -> None:
    signing_elsewhere.take_back(store, sources)


def receipt(store: Store, number: int, scan: Path) -> None:
    outgoing.happened(store, number, Happening("receipt", "2026-11-20", "вх-7", "Орлова", path=scan), DAY)


def withdraw(store: Store, number: int) -> None:
    signing.withdraw(store, number, "ошибка в дате")


def number_an_order(store: Store, key: int) -> None:
    orders.registered(store, key, "214-од", "20.11.2026")


def fill_form(store: Store, form: int) -> None:
    filled = foreign_fill.fill(store.connection, form, 2026, DAY)
    foreign_fill.register(store, filled, filled.file_name)


def save_form(path: Path, form: int, target: Path) -> None:
    with for_reading(path) as connection:
        foreign_fill.save(foreign_fill.fill(connection, form, 2026, DAY), target)


def make_package(store: Store, numbers: tuple[int, ...], folder: Path) -> None:
    ask = Ask("Пакет", "2026/27 учебный год", "Министерство", numbers, DAY)
    prepared = packages.prepare(store.connection, ask)
    packages.make(store, prepared, folder / packages.file_name(store.connection, ask))


def open_and_make_package(path: Path, numbers: tuple[int, ...], folder: Path) -> None:
    store = Store.open(path, actor="Ким О. В.")
    make_package(store, numbers, folder)
    store.abandon()


def take_packages(store: Store, paths: Sequence[Path]) -> None:
    package_region.take(store, [package_check.check(path) for path in paths])


def batch(path: Path, folder: Path, suffixes: tuple[str, ...] = (".docx",)) -> None:
    """Write the sheet of every school into a folder, all or none."""
    with for_reading(path) as connection:
        work = batch_of(connection, folder, suffixes)
        work.run(paper_batch.makes(connection, work))


def batch_of(connection: object, folder: Path, suffixes: tuple[str, ...] = (".docx",)) -> Batch:
    item = paper_catalogue.kind("school_sheet")
    values = paper_catalogue.usual(connection, item, DAY)  # type: ignore[arg-type]
    each = paper_batch.chosen(connection, item, values, "all", DAY)  # type: ignore[arg-type]
    planned = paper_batch.plan(connection, item, values, each, DAY, folder, suffixes)  # type: ignore[arg-type]
    return Batch(item, values, planned, folder, suffixes, DAY)


def copy_without_people(path: Path, target: Path) -> None:
    with for_reading(path) as connection:
        impersonal.save_copy(connection, path, target)


def open_and_register(path: Path) -> None:
    store = Store.open(path, actor="Ким О. В.")
    register(store)
    store.abandon()


def open_and_send(path: Path, number: int, folder: Path) -> None:
    store = Store.open(path, actor="Ким О. В.")
    send_to_sign(store, number, folder)
    store.abandon()


def open_only(path: Path) -> None:
    Store.open(path, actor="Ким О. В.").abandon()
