"""The region's side: taking packages in, later ones in place of earlier, who has not sent, the summary."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.errors import UserError
from app.exporters.package import pack
from app.models.store import Store
from app.operations import history, package_region, papers, registers
from app.operations.package_check import check
from app.operations.package_region import outliers
from tests.helpers import stores

DAY = date(2026, 11, 23)
PERIOD = "2026/27 учебный год"


def listed(count: int, of: int) -> dict[str, Any]:
    return {
        "rule": "r", "rule_title": "Правило", "rule_version": "1", "year": 2026,
        "approved": {"number": "7", "date": "2026-11-01"},
        "counts": {"schools": of, "listed": count, "not_listed": of - count, "no_data": 0, "edge": 1, "incomplete": 0,
                   "corrected": 0},
        "schools": [
            {"code": f"0{number}", "name": f"СОШ № {number}", "verdict": "listed" if number < count else "not_listed",
             "listed": number < count, "corrected": False,
             "fractions": [{"label": "ВПР математика, 6 кл.", "year": 2026, "below": 3, "participants": 10,
                            "restored": False, "decided": True}]}
            for number in range(of)
        ],
    }  # fmt: skip


@pytest.fixture
def package(tmp_path: Path) -> Callable[..., Path]:
    """Writes a package of a municipality as its description and figures say."""
    import hashlib

    def write(name: str, below: int, of: int, **more: Any) -> Path:
        data = {
            "format": "opora-package-data", "format_version": 1, "municipality": name, "oktmo": more.get("oktmo"),
            "period": PERIOD, "result_year": 2026, "school_year": 2026, "plan_year": 2026, "schools": [],
            "lists": [listed(more.get("listed", 1), 4) | more.get("rule", {})],
            "results": [{"procedure": "ВПР", "subject": "математика", "level": None, "grade": 6,
                         "label": "ВПР математика, 6 кл.", "year": 2026, "schools": 4, "below": below,
                         "participants": of}],
            "metrics": [],
            "indicators": [{"number": "1", "text": "Доля школ", "unit": "%", "direction": "down", "year": 2026,
                            "target": "20", "value": more.get("value"), "light": "near"}],
        }  # fmt: skip
        text = json.dumps(data, ensure_ascii=False).encode()
        manifest = {
            "format": "opora-package", "format_version": 1, "program": "Опора", "impersonal": False,
            "made_at": more.get("made_at", "2026-11-20T10:00:00"), "title": "Пакет", "period": PERIOD,
            "municipality": {"name": name, "oktmo": more.get("oktmo")}, "papers": [], "left_out": [],
            "files": [{"path": "data.json", "role": "data", "sha256": hashlib.sha256(text).hexdigest(),
                       "size": len(text)}],
        }  # fmt: skip
        told = json.dumps(manifest, ensure_ascii=False).encode()
        path = tmp_path / f"{name}{more.get('made_at', '')[:10]}.zip"
        path.write_bytes(pack({
            "manifest.json": told, "manifest.sha256": hashlib.sha256(told).hexdigest().encode(), "data.json": text,
        }))  # fmt: skip
        return path

    return write


@pytest.fixture
def store(tmp_path: Path) -> Any:
    made = stores.made(tmp_path / "Регион.opora")
    yield made
    made.abandon()


def take(store: Store, *paths: Path) -> tuple[package_region.Taken, ...]:
    return package_region.take(store, package_region.look(paths))


def test_a_package_of_our_own_make_is_sound(package: Callable[..., Path]) -> None:
    found = check(package("Северный", 1, 10))
    assert (found.verdict, found.problems) == ("ok", ())


def test_many_are_taken_at_once_a_later_one_takes_the_place_and_nothing_is_taken_twice(
    store: Store, package: Callable[..., Path], tmp_path: Path
) -> None:
    bad = tmp_path / "плохой.zip"
    bad.write_bytes(b"PK")
    first, again = package("Северный", 1, 10), package("северный ", 2, 10, made_at="2026-11-21T10:00:00")
    done = take(store, first, bad, first)
    assert [one.key is not None for one in done] == [True, False, False]
    assert "не принят" in done[1].why_not
    assert "уже принят" in done[2].why_not
    (later,) = take(store, again)
    assert later.replaced
    assert [one.file_name for one in package_region.taken(store.connection, PERIOD)] == [again.name]
    assert len(package_region.taken(store.connection, PERIOD, replaced=True)) == 2
    # an earlier one that arrives late does not push the newer out
    (late,) = take(store, package("Северный", 3, 10, made_at="2026-11-01T10:00:00"))
    assert not late.replaced
    assert [one.file_name for one in package_region.taken(store.connection, PERIOD)] == [again.name]
    history.undo(store)
    history.undo(store)
    assert [one.file_name for one in package_region.taken(store.connection, PERIOD)] == [first.name]


def test_who_has_not_sent_is_found_by_code_or_by_name(store: Store, package: Callable[..., Path]) -> None:
    with store.operation("Ждём", "register.edit") as operation:
        for name, oktmo, due in (
            ("Северный район", "11111111", "2026-11-20"), ("Южный  Посёлок", None, "2026-12-01"),
            ("Восточный", None, None), ("Западный", "22222222", None),
        ):  # fmt: skip
            registers.add_in(
                operation, "package_expected", {}, municipality=name, oktmo=oktmo, due_on=due, contact="отдел"
            )
    take(store, package("Восточный", 1, 10), package("По-другому назван", 1, 9, oktmo="22222222"))
    found = package_region.missing(store.connection, PERIOD, DAY)
    assert [(one.municipality, one.late) for one in found] == [("Северный район", 3), ("Южный  Посёлок", 0)]
    letter = package_region.reminder(found[0], PERIOD)
    assert "Срок был 20.11.2026." in letter
    assert "Срок — 01.12.2026." in package_region.reminder(found[1], PERIOD)


def test_the_summary_adds_counts_and_never_averages_shares(store: Store, package: Callable[..., Path]) -> None:
    take(
        store, package("Большой", 90, 900, listed=1, value="12.5"), package("Малый", 5, 10, listed=2),
        package("Средний", 10, 100, listed=0),
    )  # fmt: skip
    data = package_region.summary(store.connection, "", DAY)
    assert [(one.municipality, one.listed, one.schools) for one in data.lists] == [
        ("Большой", 1, 4), ("Малый", 2, 4), ("Средний", 0, 4),
    ]  # fmt: skip
    assert [(one.municipality, one.outlier) for one in data.results] == [
        ("Большой", False), ("Малый", True), ("Средний", False),
    ]  # fmt: skip
    document = package_region.summary_paper(store.connection, PERIOD, DAY).document
    from app.reports.document import Share, Table

    tables = {block.name: block for block in document.blocks if isinstance(block, Table)}
    total = list(tables["Результаты"].rows())[-1]
    # 105 of 1010, and not the mean of 10 %, 50 % and 10 %
    assert total.cells == ("Всего", 105, 1010, Share(105, 1010))
    assert list(tables["Списки"].rows())[-1].cells[:4] == ("Всего", 12, 3, Share(3, 12))
    assert [one.value for one in data.indicators] == ["12.5", None, None]


def test_lists_of_different_rules_versions_and_years_are_never_added_up(
    store: Store, package: Callable[..., Path]
) -> None:
    take(
        store, package("Альфа", 1, 10, listed=1), package("Бета", 1, 10, listed=2),
        package("Вега", 1, 10, listed=3, rule={"rule_version": "2"}),
        package("Гамма", 1, 10, listed=4, rule={"year": 2025}),
        package("Дельта", 1, 10, listed=4, rule={"rule_title": "Другое правило"}),
    )  # fmt: skip
    data = package_region.summary(store.connection, "", DAY)
    assert [one.outlier for one in data.lists] == [False] * 5  # nobody has two others of the same rule beside them
    document = package_region.summary_paper(store.connection, PERIOD, DAY).document
    from app.reports.document import Note, Share, Table

    table = next(block for block in document.blocks if isinstance(block, Table) and block.name == "Списки")
    told = [(group.title, [(row.cells[0], row.cells[2], row.total) for row in group.rows]) for group in table.groups]
    assert [(title.replace("\u00a0", " "), rows) for title, rows in told] == [
        ("Другое правило, версия 1, 2026 год", [("Дельта", 4, "")]),
        ("Правило, версия 1, 2025 год", [("Гамма", 4, "")]),
        ("Правило, версия 1, 2026 год", [("Альфа", 1, ""), ("Бета", 2, ""), ("Всего", 3, "group")]),
        ("Правило, версия 2, 2026 год", [("Вега", 3, "")]),
    ]
    assert table.groups[2].rows[-1].cells[1:4] == (8, 3, Share(3, 8))
    said = " ".join(block.text for block in document.blocks if isinstance(block, Note)).replace("\u00a0", " ")
    assert "общего итога у них нет" in said
    assert "Правило, версия 2, 2026 год" in said


def test_two_municipalities_of_one_name_stay_two(store: Store, package: Callable[..., Path]) -> None:
    take(
        store, package("Заречный", 1, 10, oktmo="44600000", made_at="2026-11-20T10:00:00"),
        package("Заречный", 5, 10, oktmo="44700000", made_at="2026-11-21T10:00:00"),
    )  # fmt: skip
    data = package_region.summary(store.connection, "", DAY)
    assert sorted((one.municipality, one.below) for one in data.results) == [
        ("Заречный, ОКТМО 44600000", 1), ("Заречный, ОКТМО 44700000", 5),
    ]  # fmt: skip
    assert len(data.lists) == 2


def test_all_rows_come_into_one_book(store: Store, package: Callable[..., Path], tmp_path: Path) -> None:
    take(store, package("Большой", 90, 900), package("Малый", 5, 10))
    made = papers.render(package_region.rows_paper(store.connection, PERIOD), ".xlsx")
    path = tmp_path / "всё.xlsx"
    path.write_bytes(made.data)
    with zipfile.ZipFile(path) as archive:
        book = archive.read("xl/workbook.xml").decode()
    assert all(f'name="{name}"' in book for name in ("Школы", "Доли школ", "Результаты", "Метрики"))
    from openpyxl import load_workbook

    sheet = load_workbook(path)["Школы"]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert sum(row[0] == "Большой" for row in cells) == 4


def test_without_packages_there_is_no_summary(store: Store) -> None:
    with pytest.raises(UserError) as error:
        package_region.summary_paper(store.connection, "2020", DAY)
    assert error.value.code == "PACK_NO_PERIOD"
    # without a period the paper says that nothing has come
    assert "пока нет" in package_region.summary_paper(store.connection, "", DAY).title
    assert package_region.missing(store.connection, "", DAY) == ()


@pytest.mark.parametrize(
    ("shares", "far"),
    [
        ({"а": (1, 10), "б": (9, 10)}, set()),  # two differ only from each other
        ({"а": (50, 100), "б": (10, 100), "в": (10, 100)}, {"а"}),  # the one far off does not make the rest strange
        ({"а": (2, 10), "б": (90, 1000), "в": (90, 1000)}, set()),  # 11 points, but ten pupils prove nothing
        ({"а": (150, 1000), "б": (100, 1000), "в": (100, 1000)}, set()),  # proven, but five points
        ({"а": (0, 0), "б": (1, 2), "в": (1, 2)}, set()),
    ],
)
def test_who_differs(shares: dict[str, tuple[int, int]], far: set[str]) -> None:
    assert outliers(shares) == far
