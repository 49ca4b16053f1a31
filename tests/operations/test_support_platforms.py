"""Indicators of network platforms: the wording of the source, values, the year before, what results say."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from app.errors import UserError
from app.models.store import Store
from app.operations import registers, results, schools, support_platforms
from app.operations.support_platforms import MeasureKind, amount, read_value, value_words
from tests.helpers import stores
from tests.helpers.shared import SHARED
from tests.operations.conftest import MATHS5, OGE_MATHS, mark, reading, school

YEAR = 2025


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return stores.made(tmp_path / "file.opora")


def platform(store: Store, year: int = YEAR, title: str = "Математика") -> int:
    return registers.add(store, "platforms", {"school_year": year}, title=title)


def test_there_are_eight_indicators_in_two_groups() -> None:
    found = support_platforms.catalogue()
    assert [item.group for item in found.measures] == ["work"] * 5 + ["quality"] * 3
    assert len({item.key for item in found.measures}) == 8
    assert [item.key for item in found.measures if item.better == "down"] == ["exams", "registered"]
    assert [item.key for item in found.measures if not item.own] == ["registered"]
    assert found.source.startswith("рекомендации 2023 года")


if SHARED is not None:

    def test_the_wording_is_that_of_the_source() -> None:
        assert SHARED is not None
        (path,) = (SHARED / "seeds").glob("004_*.txt")
        text = " ".join(path.read_text(encoding="utf-8").split())
        found = support_platforms.catalogue()
        missing = [words for words in (*found.groups.values(), *(one.text for one in found.measures))
                   if words not in text]  # fmt: skip
        assert not missing


@pytest.mark.parametrize(
    ("kind", "raw", "value", "code", "words"),
    [
        ("count", "12 400", "12400", None, "12 400"),
        ("count", "0", "0", None, "0"),
        ("count", "12,5", None, "GEN_BAD_NUMBER", ""),
        ("count", "-1", None, "GEN_BAD_NUMBER", ""),
        ("share", "12 из 40", "12/40", None, "12 из 40, 30,0 %"),
        ("share", "12/40", "12/40", None, "12 из 40, 30,0 %"),
        ("share", "0 из 7", "0/7", None, "0 из 7, 0,0 %"),
        ("share", "30,5 %", "30.5", None, "30,5 %"),
        ("share", "100", "100", None, "100 %"),
        ("share", "100,1", None, "MON_PLATFORM_SHARE", ""),
        ("share", "41 из 40", None, "MON_PLATFORM_SHARE", ""),
        ("share", "0 из 0", None, "MON_PLATFORM_SHARE", ""),
        ("share", "много", None, "MON_PLATFORM_SHARE", ""),
        ("share", " ", None, None, ""),
    ],
)
def test_an_entry_is_a_count_or_a_share(
    kind: MeasureKind, raw: str, value: str | None, code: str | None, words: str
) -> None:
    assert read_value(kind, raw) == (value, code)
    if value is not None:
        assert value_words(kind, value).replace("\u00a0", " ").replace("\u202f", " ") == words


def test_amounts_are_exact() -> None:
    assert amount("share", "1/3") == Fraction(100, 3)
    assert amount("share", "30.5") == Fraction(61, 2)
    assert amount("count", "7") == 7


def test_this_year_is_compared_with_the_platform_of_the_same_name(store: Store) -> None:
    before, now = platform(store, YEAR - 1, "математика"), platform(store)
    support_platforms.put(store, before, [("copies", "raw", "4"), ("exams", "raw", "10 из 40"), ("helped", "raw", "5")])
    support_platforms.put(
        store, now,
        [("copies", "raw", "6"), ("exams", "raw", "30 %"), ("helped", "raw", "5"), ("contests", "raw", "1")],
    )  # fmt: skip
    (found,) = support_platforms.platforms(store.connection, YEAR)
    lines = {line.measure.key: line for line in found.lines}
    assert {key: lines[key].change for key in ("copies", "exams", "helped", "contests", "satisfied")} == {
        "copies": "better", "exams": "worse", "helped": "same", "contests": "unknown", "satisfied": "unknown",
    }  # fmt: skip
    assert lines["copies"].before == "4"
    assert found.filled == 4


def test_what_does_not_fit_stays_and_is_marked_and_an_empty_cell_is_gone(store: Store) -> None:
    key = platform(store)
    before = stores.dump(store.connection)
    support_platforms.put(store, key, [("taking_part", "raw", "половина")])
    line = support_platforms.platform(store.connection, key).lines[2]
    assert (line.raw, line.value, line.shown) == ("половина", None, "половина")
    assert "не читается как доля" in line.trouble
    support_platforms.put(store, key, [("taking_part", "source", "отчёт"), ("taking_part", "raw", "")])
    assert support_platforms.platform(store.connection, key).lines[2].source == "отчёт"
    support_platforms.put(store, key, [("taking_part", "source", "")])
    assert not store.connection.execute("SELECT count(*) FROM platform_measure").fetchone()[0]
    for _step in range(3):
        store.undo()
    assert stores.dump(store.connection) == before


def test_a_platform_that_is_gone_takes_its_values_with_it(store: Store) -> None:
    key = platform(store)
    support_platforms.put(store, key, [("copies", "raw", "6")])
    registers.remove(store, "platforms", {"school_year": YEAR}, [key])
    with pytest.raises(UserError) as error:
        support_platforms.put(store, key, [("copies", "raw", "7")])
    assert error.value.code == "MON_PLATFORM_GONE"
    with pytest.raises(UserError) as error:
        support_platforms.platform(store.connection, key)
    assert error.value.code == "MON_PLATFORM_GONE"
    store.undo()
    assert support_platforms.platform(store.connection, key).filled == 1
    with pytest.raises(UserError) as error:
        support_platforms.put(store, key, [("нет", "raw", "7")])
    assert error.value.code == "MON_PLATFORM_MEASURE"


def test_exams_of_the_helped_schools_are_offered_for_checking(store: Store) -> None:
    key = platform(store)
    ids = {name: schools.add(store, {"name": name}) for name in ("а", "б", "в")}
    for number, own in enumerate(ids.values(), start=1):
        schools.set_code(store, own, "fisoko", f"edu00000{number}")
    a, b, c = (school(name, f"edu00000{number}") for number, name in enumerate(ids, start=1))
    results.load(store, reading(
        mark(a, OGE_MATHS, YEAR + 1, 3, 20), mark(a, MATHS5, YEAR + 1, 9, 20), mark(b, OGE_MATHS, YEAR + 1, 1, 10),
        mark(c, OGE_MATHS, YEAR + 1, 5, 5), mark(a, OGE_MATHS, YEAR, 7, 7),
    ))  # fmt: skip
    for name in ("а", "б"):
        registers.add(store, "support", {"school_year": YEAR}, organisation_id=ids[name], platform_id=key)
    registers.add(store, "support", {"school_year": YEAR}, organisation_id=ids["в"], platform_id=key, state="refused")
    found = support_platforms.platform(store.connection, key)
    known = next(line.known for line in found.lines if line.measure.key == "exams")
    assert known.replace("\u00a0", " ") == "4 из 30, 13,3 %"
    assert set(found.schools) == {ids["а"], ids["б"]}
