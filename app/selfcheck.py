"""``opora --self-check``: does this very program, as it was installed or built, work from end to end?

Everything happens in a temporary folder: every resource is loaded, a new file is filled, a workbook goes through the
reading child, papers are written, signed and verified, a chart is drawn, an assignment and a regression are solved, a
window is painted. The last line says «Проверка пройдена».
"""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from app import paths
from app.operations.trial_key import PASSWORD, throw_away_certificate

if TYPE_CHECKING:
    from app.models.store import Store

NAME = "Проверочный район"
ACTOR = "Проверка"
RULE, YEAR = "rosobrnadzor-2022", 2026

_HEAD = ("Школа", "Код", "Год", "Процедура", "Предмет", "Класс", "Участников", "2", "3", "4", "5")
_ROWS: tuple[tuple[str | int, ...], ...] = (
    ("СОШ № 1", "edu990001", YEAR, "ВПР", "Математика", 5, 40, 20, 12, 6, 2),
    ("СОШ № 1", "edu990001", YEAR, "ВПР", "Русский язык", 5, 40, 16, 14, 8, 2),
    ("СОШ № 2", "edu990002", YEAR, "ВПР", "Математика", 5, 50, 2, 20, 20, 8),
    ("СОШ № 2", "edu990002", YEAR, "ВПР", "Русский язык", 5, 50, 1, 20, 20, 9),
)


class CheckFailedError(Exception):
    """Something did not come out as it must."""


def self_check() -> int:
    """Run every check, say what is being checked, and return the exit code.

    Returns:
        0 where everything works, 1 where something does not; the reason goes to stderr.
    """
    with tempfile.TemporaryDirectory(prefix="opora-check-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        _own_profile(folder / "profile")
        steps: tuple[tuple[str, Callable[[Path], str]], ...] = (
            ("Ресурсы", _resources),
            ("Файл муниципалитета", _store),
            ("Чтение книги дочерним процессом", _reading),
            ("Список школ", _identification),
            ("Документы", _papers),
            ("Подпись", _signature),
            ("Приказы и пакеты", _outward),
            ("График", _chart),
            ("Расчёты", _sums),
            ("Склонение слов", _words),
            ("Окно", _window),
        )
        for title, step in steps:
            try:
                _say(f"{title}: {step(folder)}")
            except Exception:  # noqa: BLE001 - whatever it is, it is what the check was looking for
                _complain(f"{title}: не работает.\n{traceback.format_exc()}")
                return 1
    _say("Проверка пройдена")
    return 0


def _say(text: str) -> None:
    # the windowed program of Windows has no standard output
    if sys.stdout is not None:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()


def _complain(text: str) -> None:
    if sys.stderr is not None:
        sys.stderr.write(text + "\n")


def _must(condition: object, words: str) -> None:
    if not condition:
        raise CheckFailedError(words)


def _own_profile(folder: Path) -> None:
    """Keep the user's habits and recent files out of the check, and the window off the screen unless one is named."""
    folder.mkdir()
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "APPDATA", "LOCALAPPDATA"):
        os.environ[name] = str(folder)
    # «make build» names a real screen where there is one: what Qt needs for it must be in the built program, too
    os.environ["QT_QPA_PLATFORM"] = os.environ.get("QT_QPA_PLATFORM") or "offscreen"


# --- steps -----------------------------------------------------------------------------------------------------


def _resources(_folder: Path) -> str:
    from app.exporters.stamp import register_fonts
    from app.importers import scales
    from app.operations import identification

    files = [path for path in paths.resources().rglob("*") if path.is_file()]
    _must(files, "папка ресурсов пуста")
    _must(all(path.stat().st_size for path in files), "есть пустые файлы")
    register_fonts()
    rules = identification.rules()
    _must(RULE in rules, "нет правила по умолчанию")
    _must(scales.load_shipped(), "нет шкал")
    return f"файлов {len(files)}, правил {len(rules)}"


def _store(folder: Path) -> str:
    from app.models import journal
    from app.models.store import Store

    path = folder / "проверка.opora"
    with Store.create(path, name=NAME, actor=ACTOR) as store:
        _add_school(store)
        store.undo()
        store.redo()
        store.backup("by-hand")
    with closing(Store.open(path, actor=ACTOR)) as store:
        records = len(journal.history(store.connection))
    return f"создан, действий в журнале {records}"


def _add_school(store: Store) -> None:
    with store.operation("Добавлена школа", "school.add") as operation:
        operation.insert("organisation", name="Проверочная школа")


def _reading(folder: Path) -> str:
    from app.importers.parsed import Hints, Known
    from app.models.store import Store
    from app.operations import results

    book = folder / "результаты.xlsx"
    write_book(book, [_HEAD, *_ROWS])
    [reading] = results.read([book], Hints("auto", None, None, None, {}), Known())
    _must(reading.refused is None, f"книга не прочитана: {reading.refused}")
    with closing(Store.open(folder / "проверка.opora", actor=ACTOR)) as store:
        plan = results.load(store, reading, results.Options(create_schools=True, all_own=True))
    _must(plan.accepted and plan.rows_new == len(_ROWS), f"записано строк: {plan.rows_new}; {plan.problems}")
    return f"записано строк {plan.rows_new}"


def _identification(folder: Path) -> str:
    from app.operations import files, identification

    with files.for_reading(folder / "проверка.opora") as connection:
        found = identification.school_list(connection, RULE, YEAR)
    listed = [row.name for row in found.rows if row.listed]
    _must(listed == ["СОШ № 1"], f"в списке {listed}")
    return f"школ {len(found.rows)}, в списке {len(listed)}"


def _papers(folder: Path) -> str:
    from app.operations import files, papers, slides

    with files.for_reading(folder / "проверка.opora") as connection:
        paper = papers.school_list(connection, RULE, YEAR)
    for suffix, head in ((".pdf", b"%PDF-"), (".docx", b"PK"), (".xlsx", b"PK")):
        made = papers.render(paper, suffix)
        _must(made.data.startswith(head), f"{suffix} не вышел")
        papers.write(folder / f"список{suffix}", made.data)
    shown = slides.render_slides(paper, slides.blocks(paper.document))
    _must(shown.data.startswith(b"PK"), "слайды не вышли")
    pages = papers.preview_pages((folder / "список.pdf").read_bytes())
    return f"PDF, Word, Excel и слайды; страниц {pages}"


def _signature(folder: Path) -> str:
    from app.operations import signing

    p12 = folder / "проверка.p12"
    p12.write_bytes(throw_away_certificate())
    signed = signing.sign_file(folder / "список.pdf", p12, PASSWORD, out=folder / "подписан.pdf", position="Методист")
    answer = signing.verify(signed.path.read_bytes())
    _must(answer.verdict == "valid_unknown_issuer", f"вердикт {answer.verdict}")
    flipped = bytearray(signed.path.read_bytes())
    flipped[len(flipped) // 3] ^= 1
    spoiled = signing.verify(bytes(flipped))
    _must(spoiled.verdict not in {"valid", "valid_unknown_issuer"}, "испорченный файл признан подлинным")
    return "поставлена, проверена, подделка замечена"


def _outward(_folder: Path) -> str:
    """Touch what only papers that go out need: libraries with data or binaries of their own, templates, the guide."""
    from importlib import import_module

    from app.exporters.ics import calendar_file
    from app.exporters.qr import squares
    from app.importers import package
    from app.operations import order_templates

    import_module("pkcs11._pkcs11")
    faults = [list(package.faults(what, {})) for what in ("manifest", "data")]
    _must(all(faults), "описание пакета без единого поля признано верным")
    _must(len(squares("№ 1")) >= 21, "QR-код не вышел")
    _must(b"END:VCALENDAR" in calendar_file((), "Проверка", datetime.now(UTC)), "файл календаря не вышел")
    chapters = list(paths.guide().glob("*.md"))
    _must(chapters, "руководства нет")
    return f"шаблонов приказов {len(order_templates.templates())}, глав руководства {len(chapters)}"


def _chart(_folder: Path) -> str:
    """Draw one chart in every form that leaves the program: matplotlib brings a writer for each."""
    from app.operations import charts
    from app.reports.charts import Level, LineChart, Point, Series

    points = (Point("2025", 40.0, 25.0, 57.0, "12 из 30"), Point("2026", 30.0, 17.0, 48.0, "9 из 30"))
    spec = LineChart("Ниже минимума", "%", (Series("СОШ № 1", points),), (Level(30.0, "порог"),))
    for suffix, mark in ((".png", b"\x89PNG"), (".svg", b"<svg"), (".pdf", b"%PDF-")):
        _must(mark in charts.file(spec, suffix), f"{suffix} не вышел")
    return "PNG, SVG и PDF"


def _sums(_folder: Path) -> str:
    """Solve what scipy and statsmodels are brought for, small enough to be worked out by hand."""
    from app.analysis import expected, pairs

    # 5 + 4 is more than 6 + 2: the best single pair is not in the best assignment
    found = pairs.best_pairs({(1, 10): 6, (1, 20): 5, (2, 10): 4, (2, 20): 2}, {10: 1, 20: 1})
    _must(found == {1: 20, 2: 10}, f"пары {found}")
    # 10, 20, 40 % at 0, 1, 2: the slope is (40 - 10) / 2, the line goes through the mean (1; 70/3)
    points = [(1, 1, 10, 0.0), (2, 2, 10, 1.0), (3, 4, 10, 2.0)]
    line = expected.compute(points, result_year=YEAR, least=len(points))
    _must(abs(line.slope - 15) < 1e-9 and abs(line.intercept - 25 / 3) < 1e-9, f"наклон {line.slope}")
    return "пары распределены, линия проведена"


def _words(_folder: Path) -> str:
    """Decline a post and a name: the dictionary and the rules have come along."""
    from app.analysis import russian

    post, name = russian.post("заместитель директора", "dative"), russian.person("Цой Виктор Робертович", "dative")
    _must(post == "заместителю директора", f"должность {post!r}")
    _must(name == "Цою Виктору Робертовичу", f"имя {name!r}")
    return "должность и имя стоят в нужном падеже"


def _window(folder: Path) -> str:
    from app.ui.check import paint_window

    size, colours, complaints = paint_window(folder / "проверка.opora")
    _must(not complaints, f"Qt жалуется: {complaints}")
    _must(colours > 16, "окно пустое")
    return f"нарисовано, {size}"


# --- what the steps need ---------------------------------------------------------------------------------------


def write_book(path: Path, rows: list[tuple[str | int, ...]]) -> None:
    """Write the smallest workbook that Excel opens: one sheet, texts inline."""

    def cell(value: str | int) -> str:
        if isinstance(value, int):
            return f"<c><v>{value}</v></c>"
        return f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>'

    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    sheet = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
        f'ContentType="{kind}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" '
        f'ContentType="{kind}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
        f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="Лист1" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{sheet}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in parts.items():
            book.writestr(name, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}')
