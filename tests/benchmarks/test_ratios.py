"""Only ratios, only generous ones, on small sizes (decision 35): a slip of an order of magnitude must not pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import cards, identify, import_bulk, import_file, keystroke, papers_out, pdf, programme, start
from tests.helpers.large_tables import marks_table, registry_table
from tests.helpers.workbooks import generate_pupils_2021


def ratio(ours: list[float], bound: list[float]) -> float:
    """Compare the best of each: on a busy machine the worst says nothing."""
    return min(ours) / min(bound)


def test_import_is_not_many_times_dearer_than_reading(tmp_path: Path) -> None:
    path = generate_pupils_2021(tmp_path / "МА_6_2021.xlsx", 4_000)
    mine, facts = import_file.ours(str(path), str(tmp_path), 3)
    bound, seen = import_file.raw(str(path), 3)
    assert facts["accepted"]
    assert facts["rows"] == seen["rows"] == 4_000
    assert facts["counts"] == 1600  # of 100 schools: marks, comparisons with the journal, scores, 13 tasks
    assert ratio(mine, bound) < 20


@pytest.mark.parametrize(("kind", "rows"), [("registry", 4_000), ("marks", 30_000)])
def test_a_large_table_is_not_many_times_dearer_than_a_bare_executemany(tmp_path: Path, kind: str, rows: int) -> None:
    """A third of ours is the start of the reading process here; ``make bench`` asks for less than twice."""
    make = registry_table if kind == "registry" else marks_table
    path = str(make(tmp_path / "таблица.xlsx", rows))
    mine, facts = import_bulk.ours(path, str(tmp_path), kind, 2)
    bound, seen = import_bulk.bare(path, str(tmp_path), kind, 2)
    assert facts == seen
    assert ratio(mine, bound) < 8


def test_identification_is_not_many_times_dearer_than_sql(tmp_path: Path) -> None:
    path = str(identify.region(tmp_path, 1_500))
    mine, facts = identify.ours(path, 3)
    bound, seen = identify.plain(path, 3)
    assert facts == seen
    assert ratio(mine, bound) < 8
    rows, listed = identify.whole(path, 3)
    assert listed == facts
    assert ratio(rows, mine) < 5, "three years and a row a school, but no figures that nobody looks at"
    again, same = identify.repeated(path, 3)
    assert same == facts
    assert ratio(again, mine) < 0.5, "what has not changed is not computed again"


def test_cards_of_schools_are_not_many_times_dearer_than_their_bare_words(tmp_path: Path) -> None:
    path, words = str(cards.begun(tmp_path, 8)), tmp_path / "слова.json"
    _none, told = cards.words(path, str(words))
    mine, facts = cards.ours(path, str(tmp_path), 2)
    bound, seen = cards.raw(str(words), str(tmp_path), 2)
    assert facts["files"] == seen["files"] == told["cards"] == 8
    assert ratio(mine, bound) < 150


def test_a_form_of_the_region_is_not_many_times_dearer_than_its_archive(tmp_path: Path) -> None:
    path = str(papers_out.form_file(tmp_path, 200))
    mine, facts = papers_out.form_ours(path, 200, 3)
    bound, seen = papers_out.form_raw(path, 3)
    assert seen["cells"] == 200 * 20
    assert facts["written"] == facts["entries"] == 20  # rows 2, 12, … 192
    assert ratio(mine, bound) < 20


def test_checking_a_package_is_not_many_times_dearer_than_its_signatures(tmp_path: Path) -> None:
    path = str(papers_out.package_file(tmp_path, 3))
    mine, facts = papers_out.package_ours(path, 2)
    bound, seen = papers_out.package_raw(path, 2)
    assert facts["signatures"] == seen["signatures"] == 3
    assert facts["verdict"] == "eyes"  # nobody vouches for the certificates
    assert ratio(mine, bound) < 20


def test_the_register_is_not_many_times_dearer_than_its_rows(tmp_path: Path) -> None:
    path = str(papers_out.register_file(tmp_path, 300))
    mine, facts = papers_out.register_ours(path, 4)
    bound, seen = papers_out.register_raw(path, 4)
    assert facts["rows"] == seen["rows"] == 300 * (1 + 2 + 1 + 3)
    assert ratio(mine, bound) < 20


def test_telling_what_has_changed_is_not_many_times_dearer_than_the_paper(tmp_path: Path) -> None:
    path = str(papers_out.since_file(tmp_path, 40))
    mine, facts = papers_out.since_ours(path, 3)
    bound, seen = papers_out.since_raw(path, 3)
    assert seen["title"] == "Список школ за 2026 год"
    assert facts == {"state": "changed", "lines": 1}  # the school that got another name
    assert ratio(mine, bound) < 10


@pytest.mark.parametrize(("suffix", "most"), [(".pdf", 30), (".docx", 30), (".xlsx", 60)])
def test_a_programme_is_not_many_times_dearer_than_its_bare_words(tmp_path: Path, suffix: str, most: float) -> None:
    path = str(programme.begun(tmp_path, 10))
    mine, facts = programme.ours(path, suffix, 2)
    bound, seen = programme.raw(path, suffix, 2)
    assert facts["bytes"] > 10_000
    assert seen["texts"] > 500
    assert ratio(mine, bound) < most


def test_a_long_paper_is_not_many_times_dearer_than_bare_drawing() -> None:
    mine, facts = pdf.drawn(450, 3)
    bound, _ = pdf.raw(450, 3)
    assert facts["pages"] > 8
    assert ratio(mine, bound) < 5


def test_a_filter_is_not_many_times_dearer_than_a_list_comprehension() -> None:
    mine, facts = keystroke.filtering(8_000)
    bound, seen = keystroke.plain(8_000)
    assert facts == seen
    assert sum(mine) / sum(bound) < 12


@pytest.mark.slow
def test_the_window_is_not_many_times_slower_than_an_empty_one(tmp_path: Path) -> None:
    figure = start.measure(tmp_path, 2)
    assert ratio(list(figure.ours.seconds), list(figure.bound.seconds)) < 15
