"""Results read by a map: subjects over columns, totals, percentages, formulas, no data."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.importers.opening import read_here
from app.importers.parsed import FileReading, Hints, Known
from app.importers.subjects import find_subject
from app.importers.tables.profile import ColumnMap, Fixed, Profile
from app.importers.tables.profile_text import from_text, to_text
from app.importers.tables.words import subject_within
from tests.importers.reads import found
from tests.importers.tables.makers import workbook
from tests.importers.tables.region import SUBJECTS, Region, region

N = None


def by(profile: Profile, path: Path, **hints: Any) -> FileReading:
    answers = {"profile": to_text(profile), **hints.pop("answers", {})}
    return read_here(path, Hints(answers=answers, **hints), Known())


def proposed(path: Path) -> Profile:
    reading = read_here(path, Hints(), Known())
    assert reading.refused is not None
    assert reading.refused.code == "IMP_UNKNOWN"
    return from_text(reading.proposals[0].text)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Region:
    return region(tmp_path_factory.mktemp("region") / "Свод ОГЭ.xlsx")


def name_of(subject: str) -> tuple[str, str | None]:
    known = subject_within(subject)
    return (known.name, known.level) if known else (subject, None)


def test_a_region_is_proposed_read_and_recognised_next_year(made: Region, tmp_path: Path) -> None:
    begun = time.monotonic()
    profile = proposed(made.path)
    unknown = [subject for subject in SUBJECTS if find_subject(subject) is None]
    assert unknown == ["Родной язык", "Родная литература"]
    assert {column.field for column in profile.columns} == {
        "school", "fisoko", "participants", "mean", "mark2", "below", "quality",
    }  # fmt: skip
    reading = by(profile, made.path)
    assert (reading.kind, reading.refused, reading.rows_read) == ("marks", None, 370)
    assert len(reading.marks) == made.results
    people: Counter[tuple[str, str | None]] = Counter()
    below: Counter[tuple[str, str | None]] = Counter()
    for mark in reading.marks:
        work = mark.count.assessment
        assert (work.procedure, work.grade, mark.count.year) == ("ОГЭ", 9, 2025)
        people[work.subject, work.level] += mark.count.participants
        below[work.subject, work.level] += mark.count.below_min or 0
    assert people == Counter({name_of(subject): count for subject, count in made.participants.items()})
    assert below == Counter({name_of(subject): count for subject, count in made.below.items()})
    assert [(p.level, p.code) for p in reading.problems] == [
        ("hint", "IMP_TOTALS_SKIPPED"), ("hint", "IMP_MEAN_OF_NOBODY"),
    ]  # fmt: skip
    assert str(made.nobody) in reading.problems[1].message
    municipalities = Counter(mark.unit.municipality for mark in reading.marks)
    assert len(municipalities) == 12
    assert "Муниципальный район № 3" in municipalities
    following = region(tmp_path / "Свод ОГЭ.xlsx", schools=40, year=2026)
    again = read_here(following.path, Hints(), Known(profiles=(to_text(profile),)))
    assert (again.profile, again.kind, len(again.marks)) == (profile.name, "marks", following.results)
    assert {mark.count.year for mark in again.marks} == {2026}
    assert time.monotonic() - begun < 20


def test_a_wrong_total_is_shown_with_its_cell(tmp_path: Path) -> None:
    made = region(tmp_path / "a.xlsx", schools=24, wrong_total=True)
    profile = proposed(made.path)
    reading = by(profile, made.path)
    total = made.participants["Русский язык"]
    assert found(reading) == [("warning", "IMP_TOTAL_DISAGREES", f"D{5 + 24 + 2 * 12 + 1}")]
    disagrees = next(p for p in reading.problems if p.code == "IMP_TOTAL_DISAGREES")
    assert f"стоит {total + 7}" in disagrees.message
    assert f"выходит {total}" in disagrees.message


ONE_WORK = Profile(
    "Одна работа",
    "marks",
    (
        ColumnMap(("Школа",), "school"),
        ColumnMap(("Участников",), "participants"),
        ColumnMap(("2",), "mark2"),
        ColumnMap(("3",), "mark3"),
        ColumnMap(("4",), "mark4"),
        ColumnMap(("5",), "mark5"),
        ColumnMap(("Средний балл",), "mean"),
    ),
    (),
    Fixed(procedure="РПР", subject="Математика", grade=6),
)
HEAD = ["Школа", "Участников", 2, 3, 4, 5, "Средний балл"]


def one_work(tmp_path: Path, rows: list[Any], **hints: Any) -> FileReading:
    path = workbook(tmp_path / "a.xlsx", {"Лист1": [HEAD, *rows]})
    return by(ONE_WORK, path, **{"year": 2025, **hints})


def counts(reading: FileReading) -> list[tuple[Any, ...]]:
    rows = [mark.count for mark in reading.marks]
    return [(c.participants, c.m2, c.m3, c.m4, c.m5, c.below_min, c.restored) for c in rows]


def test_counts_and_percentages_are_told_apart_by_the_whole_column(tmp_path: Path) -> None:
    """89 participants: 12.36, 52.81, 26.97, 7.87 % are 11, 47, 24, 7 (format §1.2)."""
    shares = one_work(tmp_path, [["Школа 1", 89, 12.36, 52.81, 26.97, 7.87, 3.3], ["Школа 2", 10, 10, 20, 30, 40, 4]])
    assert counts(shares) == [(89, 11, 47, 24, 7, 11, True), (10, 1, 2, 3, 4, 1, True)]
    plain = one_work(tmp_path, [["Школа 1", 89, 11, 47, 24, 7, 3.3], ["Школа 2", 100, 10, 20, 30, 40, 4]])
    assert counts(plain) == [(89, 11, 47, 24, 7, 11, False), (100, 10, 20, 30, 40, 10, False)]
    parts = one_work(tmp_path, [["Школа 1", 89, 0.1236, 0.5281, 0.2697, 0.0787, 3.3], ["Школа 2", 5, 1, 0, 0, 0, 2]])
    assert counts(parts) == [(89, 11, 47, 24, 7, 11, True), (5, 5, 0, 0, 0, 5, True)]


def test_what_the_file_does_not_say_is_asked(tmp_path: Path) -> None:
    rows = [["Школа 1", 10, 1, 2, 3, 4, 4.0]]
    reading = one_work(tmp_path, rows, year=None)
    assert [question.key for question in reading.questions] == ["year"]
    assert (reading.marks, reading.problems) == ((), ())
    bare = replace(ONE_WORK, fixed=Fixed())
    path = workbook(tmp_path / "b.xlsx", {"Лист1": [HEAD, *rows]})
    assert {question.key for question in by(bare, path).questions} == {"year", "procedure", "subject"}
    said = by(bare, path, year=2025, subject="МА", grade=6, answers={"procedure": "ВПР"})
    assert said.marks[0].count.assessment.label == "ВПР математика, 6\u00a0кл."


def test_the_file_wins_over_the_map_and_the_user(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"Лист1": [
        ["РПР, русский язык, 5 класс, 2024/2025 учебный год"], [], HEAD, ["Школа 1", 10, 1, 2, 3, 4, 4.0],
    ]})  # fmt: skip
    reading = by(ONE_WORK, path, year=2026)
    count = reading.marks[0].count
    assert (count.assessment.subject, count.assessment.grade, count.year) == ("Русский язык", 5, 2025)
    assert found(reading) == [("warning", "IMP_HINT_DIFFERS", None)]


def test_sheets_are_works_where_their_names_say_so(tmp_path: Path) -> None:
    rows = [HEAD, ["Школа 1", 10, 1, 2, 3, 4, 4.0]]
    path = workbook(tmp_path / "РПР 2025.xlsx", {"Физика 7 класс": rows, "МА 8": rows, "Прочее": [["нет таблицы"]]})
    works = [mark.count.assessment for mark in by(replace(ONE_WORK, fixed=Fixed()), path).marks]
    assert [(work.subject, work.grade) for work in works] == [("Физика", 7), ("Математика", 8)]


def test_absurd_figures_are_named_with_their_cells(tmp_path: Path) -> None:
    reading = one_work(tmp_path, [
        ["Школа 1", 10, 11, 0, 0, 0, 2], ["Школа 2", -5, 1, 0, 0, 0, 2], ["Школа 3", 10, 1, 2, 3, 4, 4567],
        ["Школа 4", 0, 0, 0, 0, 0, 3.5], ["Школа 5", 10, "много", 2, 3, 4, 4], ["Школа 6", N, 1, 2, 3, N, 4],
        ["Школа 7", 0, 0, 0, 0, 0, 0], [N, 4, 1, 1, 1, 1, 3], ["Школа 8", "н/д", "-", "-", "-", "-", "-"],
    ])  # fmt: skip
    assert sorted(found(reading), key=str) == sorted([
        ("error", "IMP_MARKS_EXCEED", "B2"), ("error", "IMP_NEGATIVE", "B3"), ("warning", "IMP_MEAN_ABSURD", "G4"),
        ("warning", "IMP_FIGURES_WITHOUT_PARTICIPANTS", "B5"), ("error", "IMP_NOT_NUMBER", "C6"),
        ("error", "IMP_PARTICIPANTS_MISSING", "B7"), ("error", "IMP_UNIT_MISSING", "A9"),
    ], key=str)  # fmt: skip
    assert [(mark.unit.name, mark.count.mean) for mark in reading.marks] == [("Школа 3", None)]
    assert [p.code for p in reading.problems if p.level == "hint"] == ["IMP_MEAN_OF_NOBODY"]


def test_a_share_over_a_hundred_is_not_believed(tmp_path: Path) -> None:
    profile = replace(ONE_WORK, columns=(*ONE_WORK.columns[:2], ColumnMap(("% «2»",), "mark2", kind="percent")))
    rows = [["Школа", "Участников", "% «2»"], ["Школа 1", 10, 120], ["Школа 2", 10, 20.5], ["Школа 3", 10, -1]]
    reading = by(profile, workbook(tmp_path / "a.xlsx", {"Лист1": rows}), year=2025)
    assert found(reading) == [("error", "IMP_NOT_SHARE", "C2"), ("error", "IMP_NOT_SHARE", "C4")]
    assert [mark.count.below_min for mark in reading.marks] == [2]


def test_passed_and_quality(tmp_path: Path) -> None:
    """20 of whom 85 % passed: 3 below; quality 50 % against 4 + 5 of marks is 4 against 9."""
    columns = (*ONE_WORK.columns[:2], ColumnMap(("Успеваемость, %",), "passed", kind="percent"),
               ColumnMap(("Качество, %",), "quality", kind="percent"), ColumnMap(("4",), "mark4"),
               ColumnMap(("5",), "mark5"))  # fmt: skip
    rows = [["Школа", "Участников", "Успеваемость, %", "Качество, %", 4, 5], ["Школа 1", 20, 85.0, 50.5, 2, 2]]
    reading = by(replace(ONE_WORK, columns=columns), workbook(tmp_path / "a.xlsx", {"Лист1": rows}), year=2025)
    assert reading.marks[0].count.below_min == 3
    assert [code for _, code, _ in found(reading)] == ["IMP_QUALITY_DIFFERS"]


def test_figures_of_several_years_stand_side_by_side(tmp_path: Path) -> None:
    rows = [["ОО", "2024", N, "2025", N], [N, "Участников", "Ниже минимума", "Участников", "Ниже минимума"],
            ["Школа 1", 20, 3, 25, 1]]  # fmt: skip
    profile = replace(
        ONE_WORK,
        columns=(
            ColumnMap(("ОО",), "school"),
            *(ColumnMap((year, "Участников"), "participants") for year in ("2024", "2025")),
            *(ColumnMap((year, "Ниже минимума"), "below", kind="count") for year in ("2024", "2025")),
        ),
        header_depth=2,
    )
    reading = by(profile, workbook(tmp_path / "a.xlsx", {"Лист1": rows}))
    assert [(m.count.year, m.count.participants, m.count.below_min) for m in reading.marks] == [
        (2024, 20, 3), (2025, 25, 1),
    ]  # fmt: skip
    assert reading.marks[1].origin.cells == "D3:E3"


def test_a_mean_without_participants_of_its_own_is_not_read(tmp_path: Path) -> None:
    rows = [["ОО", "Участников", "Физика", "Химия"], [N, N, "Средний балл", "Средний балл"], ["Школа 1", 20, 3.5, 4]]
    profile = replace(
        ONE_WORK,
        columns=(
            ColumnMap(("ОО",), "school"),
            ColumnMap(("Участников",), "participants"),
            *(ColumnMap((subject, "Средний балл"), "mean", subject=subject) for subject in ("Физика", "Химия")),
        ),
    )
    path = workbook(tmp_path / "a.xlsx", {"Лист1": rows}, [("Лист1", "A1:A2"), ("Лист1", "B1:B2")])
    reading = by(profile, path, year=2025)
    assert reading.marks == ()
    assert [code for _, code, _ in found(reading)] == ["IMP_GROUP_WITHOUT_PARTICIPANTS"] * 2


def test_stale_formulas_are_counted_anew_and_told(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet("Лист1")
    page.write_row(0, 0, HEAD)
    for row, (name, figures, kept) in enumerate(
        [("Школа 1", (1, 2, 3, 4), 999), ("Школа 2", (1, 1, 1, 1), 4), ("Школа 3", (0, 0, 5, 5), "")], start=1
    ):
        page.write(row, 0, name)
        page.write_formula(row, 1, f"=SUM(C{row + 1}:F{row + 1})", None, kept)
        page.write_row(row, 2, figures)
    page.write_formula(4, 1, "=Лист9!A1/0", None, "#DIV/0!")
    page.write_row(4, 2, (1, 1, 1, 1))
    page.write(4, 0, "Школа 4")
    book.close()
    reading = by(ONE_WORK, path, year=2025)
    assert [(m.unit.name, m.count.participants) for m in reading.marks] == [
        ("Школа 1", 10), ("Школа 2", 4), ("Школа 3", 10), ("Школа 4", 4),
    ]  # fmt: skip
    assert found(reading) == [("warning", "IMP_FORMULA_STALE", "B2"), ("warning", "IMP_CELL_ERROR", "B5")]
    stale = next(p for p in reading.problems if p.code == "IMP_FORMULA_STALE")
    assert "«=SUM(C2:F2)» даёт 10" in stale.message
    assert "999" in stale.message
    assert [p.code for p in reading.problems if p.level == "hint"] == ["IMP_FORMULAS_COUNTED"]


def test_merged_labels_speak_for_all_their_rows(tmp_path: Path) -> None:
    rows: list[Any] = [["Муниципалитет", "Школа", "Предмет", "Участников", "Ниже минимума"],
            ["Алейский район", "Школа 1", "Физика", 5, 1], [N, N, "Химия", 6, 2],
            [N, "Школа 2", "Химия", 7, 3]]  # fmt: skip
    fields = ("municipality", "school", "subject", "participants", "below")
    profile = replace(
        ONE_WORK,
        columns=tuple(ColumnMap((words,), name) for words, name in zip(rows[0], fields, strict=True)),
        fixed=Fixed(procedure="ОГЭ"),
    )
    path = workbook(tmp_path / "a.xlsx", {"Лист1": rows}, [("Лист1", "A2:A4"), ("Лист1", "B2:B3")])
    reading = by(profile, path, year=2025)
    assert [(m.unit.municipality, m.unit.name, m.count.assessment.subject) for m in reading.marks] == [
        ("Алейский район", "Школа 1", "Физика"), ("Алейский район", "Школа 1", "Химия"),
        ("Алейский район", "Школа 2", "Химия"),
    ]  # fmt: skip


def test_a_table_of_municipalities_gives_municipalities(tmp_path: Path) -> None:
    rows: list[Any] = [["Муниципалитет", "Участников", "Ниже минимума"], ["Алейский район", 50, 5],
                       ["г. Барнаул", 900, 20], ["Итого", 950, 26]]  # fmt: skip
    fields = ("municipality", "participants", "below")
    profile = replace(
        ONE_WORK, columns=tuple(ColumnMap((words,), name) for words, name in zip(rows[0], fields, strict=True))
    )
    reading = by(profile, workbook(tmp_path / "a.xlsx", {"Лист1": rows}), year=2025)
    assert [(m.unit.kind, m.unit.name) for m in reading.marks] == [
        ("municipality", "Алейский район"), ("municipality", "г. Барнаул"),
    ]  # fmt: skip
    assert found(reading) == [("warning", "IMP_TOTAL_DISAGREES", "C4")]


def test_rows_said_twice_are_found(tmp_path: Path) -> None:
    reading = one_work(tmp_path, [["Школа 1", 10, 1, 2, 3, 4, 4.0], ["Школа 1", 10, 1, 2, 3, 4, 4.0]])
    assert len(reading.marks) == 1
    assert [code for _, code, _ in found(reading)] == ["IMP_ROW_REPEATED"]


def test_a_map_of_another_table_is_refused(tmp_path: Path) -> None:
    reading = by(ONE_WORK, workbook(tmp_path / "a.xlsx", {"Лист1": [["Статья", "Сумма"], ["Бумага", 100]]}))
    assert reading.refused is not None
    assert reading.refused.code == "IMP_PROFILE_UNFIT"
    assert reading.grid[0].rows == (("Статья", "Сумма"), ("Бумага", "100"))
    broken = read_here(tmp_path / "a.xlsx", Hints(answers={"profile": "мусор"}), Known())
    assert broken.refused is not None
    assert broken.refused.code == "IMP_PROFILE_TOML"


def test_a_saved_map_that_can_not_be_read_hinders_nobody(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"Лист1": [HEAD, ["Школа 1", 10, 1, 2, 3, 4, 4.0]]})
    reading = read_here(path, Hints(year=2025), Known(profiles=("мусор", to_text(ONE_WORK))))
    assert (reading.profile, len(reading.marks)) == ("Одна работа", 1)
