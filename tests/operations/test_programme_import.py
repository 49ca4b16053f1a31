"""An existing plan comes in: what is said beforehand, what is written, what undo takes back."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from app.errors import UserError
from app.importers.plan_tables import understand
from app.models.store import Store
from app.operations import papers, programme_edit, programme_import, programme_papers, programmes
from app.operations.programme_import import Line, PlanMap, Preview, Source, Target
from app.operations.programme_import_period import Period, period_in, period_of, title_of
from app.operations.programme_import_writing import Loaded, load
from tests.helpers.plans import HEAD, ROWS, TITLE, docx, xlsx
from tests.helpers.shared import SHARED


def by_label(found: Preview) -> dict[str, Line]:
    return {line.row.label: line for line in found.lines}


def dump(connection: sqlite3.Connection) -> list[str]:
    return [line for line in connection.iterdump() if line.startswith('INSERT INTO "programme')]


def brought(store: Store, source: Source, target: Target | None = None) -> Loaded:
    return load(store, programme_import.preview(store.connection, source, target))


def test_what_a_file_would_bring_is_said_before_anything_is_written(store: Store, tmp_path: Path) -> None:
    source = programme_import.read(docx(tmp_path / "план.docx", TITLE, [[HEAD, *ROWS]]))
    before = dump(store.connection)
    found = programme_import.preview(store.connection, source)
    assert dump(store.connection) == before
    assert (found.title, found.document) == (TITLE, "complex")
    assert found.period == Period(2025, 2026, "2025-08-01", "2026-08-31")
    assert [(one.cell, one.code) for one in found.problems] == [("4", "TERM_EMPTY"), ("5", "TERM_OUTSIDE")]
    assert by_label(found)["1"].dates == "01.08.2025 – 30.09.2025"
    assert by_label(found)["5"].term.spans == (("2025-08-01", "2026-08-31"),)
    assert found.sentences == ("Загрузится: 5\u00a0мероприятий.", "Требует внимания: 2\u00a0замечания.")


def test_a_plan_becomes_a_programme_by_one_step_that_undo_takes_back(store: Store, tmp_path: Path) -> None:
    path = xlsx(tmp_path / "план.xlsx", TITLE, [[HEAD, *ROWS]])
    before = dump(store.connection)
    operations = store.connection.execute("SELECT count(*) FROM operation").fetchone()[0]
    done = brought(store, programme_import.read(path))
    assert store.connection.execute("SELECT count(*) FROM operation").fetchone()[0] == operations + 1
    tree = programmes.tree(store.connection, done.programme_id)
    assert (tree.programme.title, tree.programme.limits, tree.programme.source_name) == (
        TITLE, ("2025-08-01", "2026-08-31"), "план.xlsx",
    )  # fmt: skip
    kept = store.connection.execute(
        "SELECT bytes FROM blob WHERE sha256 = ?", (tree.programme.source_sha256,)
    ).fetchone()
    assert kept[0] == path.read_bytes()
    nodes = tree.of_kind("activity")
    assert [node.text for node in nodes] == [row[1] for row in ROWS]
    assert [tree.activities[node.id].label for node in nodes] == ["1", "2", "3", "4", "5"]
    assert nodes[2].origin == "Лист «План 1», строка 6 (№ 3)"
    assert [tree.activities[node.id].term_code for node in nodes] == [None, None, "TERM_EMPTY", "TERM_OUTSIDE", None]
    first = nodes[0].id
    assert [term.date_to for term in tree.terms[first]] == ["2025-09-30"]
    assert [one.text for one in tree.responsible[first]] == ["УО И.И. Ким", "ММС А.А. Лис"]
    assert [one.text for one in tree.results[first]] == ["Список школ.", "Справка о причинах"]
    store.undo()
    assert dump(store.connection) == before
    store.redo()
    assert len(programmes.tree(store.connection, done.programme_id).nodes) == 5


def test_groups_become_tasks_and_directions_and_numbers_parents(store: Store) -> None:
    text = "\n".join(["План на 2025 год", "№\tМероприятие\tСроки\tОтветственный\tРезультат",
                      "Задача 1. Обновить службу\t\t\t\t", "1.\tСеминары\t2025 год\tММС\t5 семинаров",
                      "1.1.\tСеминар по оцениванию\tмай\tММС\tМатериалы", "Направление 2. Кадры\t\t\t\t",
                      "2.\tКурсы\tиюнь\tММС\tОбучено 10 человек"])  # fmt: skip
    done = brought(store, programme_import.pasted(text))
    tree = programmes.tree(store.connection, done.programme_id)
    (task,) = tree.of_kind("task")
    assert task.text == "Обновить службу"
    seminars, seminar, courses = (next(n for n in tree.nodes.values() if n.text.startswith(t))
                                  for t in ("Семинары", "Семинар по", "Курсы"))  # fmt: skip
    assert (seminars.parent_id, seminar.parent_id, courses.parent_id) == (task.id, seminars.id, None)
    (direction,) = tree.directions
    assert (direction.title, tree.activities[courses.id].direction_id) == ("Кадры", direction.id)
    assert [term.date_from for term in tree.terms[seminar.id]] == ["2025-05-01"]


def test_into_a_draft_under_a_task_and_nothing_twice(store: Store) -> None:
    key = programmes.create(store, "municipal", "Поддержка школ", 2025, 2026)
    task = programme_edit.add(store, key, "task", "Кадры")
    source = programme_import.pasted("\t".join(HEAD) + "\n" + "\n".join("\t".join(row[:3]) for row in ROWS[:2]))
    done = brought(store, source, Target(key, task_id=task))
    tree = programmes.tree(store.connection, key)
    assert done.programme_id == key
    assert [node.text for node in tree.under(task)] == [ROWS[0][1], ROWS[1][1]]
    again = programme_import.preview(store.connection, source, Target(key))
    assert [line.state for line in again.lines] == ["double", "double"]
    with pytest.raises(UserError) as caught:
        load(store, again)
    assert caught.value.code == "IMP_PLAN_NOTHING"
    load(store, programme_import.preview(store.connection, source, Target(key, doubles=True)))
    assert len(programmes.tree(store.connection, key).of_kind("activity")) == 4


def test_tables_of_indicators_and_money_find_their_places(store: Store, tmp_path: Path) -> None:
    money = [["№", "Мероприятие", "Объемы финансирования, тыс. руб.", ""], ["", "", "2025", "2026"],
             ["1", "Курсы", "12,5", "дорого"], ["", "Итого", "12,5", ""]]  # fmt: skip
    targets = [["№", "Показатель", "Индикатор", "Факт", "Прогнозное значение", ""], ["", "", "", "", "2025", "2027"],
               ["1", "Кадры", "Доля учителей на курсах, %", "20", "30,5", "много"]]  # fmt: skip
    plan = [["№", "Мероприятие", "Срок", "Ответственный", "Результат"], ["1", "Курсы", "май 2025", "ММС", "Обучено 5"]]
    path = docx(tmp_path / "программа.docx", "Программа на 2025-2026 годы", [targets, money, plan], between="Таблица")
    found = programme_import.preview(store.connection, programme_import.read(path))
    assert {one.code for one in found.problems} == {"IMP_PLAN_TOTAL", "IMP_PLAN_NO_SOURCE", "IMP_PLAN_TARGET_YEAR"}
    done = load(store, found)
    tree = programmes.tree(store.connection, done.programme_id)
    (activity,) = tree.of_kind("activity")
    assert [(m.plan_year, m.source, m.raw, m.kopecks, m.code) for m in tree.money[activity.id]] == [
        (2025, "municipal", "12,5 тыс. руб.", 1_250_000, None),
        (2026, "municipal", "дорого", None, "PROGRAMME_NOT_SUM"),
    ]  # fmt: skip
    (indicator,) = tree.of_kind("indicator")
    assert indicator.parent_id is not None
    assert tree.nodes[indicator.parent_id].text == "Кадры"
    assert tree.indicators[indicator.id].baseline == "20"
    assert {y: (t.raw, t.value, t.code) for y, t in tree.targets[indicator.id].items()} == {
        2025: ("30,5", "30.5", None), 2027: ("много", None, "PROGRAMME_NOT_NUMBER"),
    }  # fmt: skip


def test_a_term_of_another_year_is_flagged_in_a_work_schedule(store: Store) -> None:
    text = "Год выполнения\tМероприятия\tСрок\n2018\tАнализ\tноябрь 2017 г.\n\tОтчёт\tмай"
    found = programme_import.preview(store.connection, programme_import.pasted(text))
    assert found.period == Period(2018, 2018)
    assert [one.code for one in found.problems] == ["IMP_PLAN_OTHER_YEAR"]
    tree = programmes.tree(store.connection, load(store, found).programme_id)
    analysis, report = tree.of_kind("activity")
    assert analysis.origin == "Таблица 1, строка 2, 2018 год"
    assert tree.activities[analysis.id].term_code == "TERM_OUTSIDE"
    assert [term.date_from for term in tree.terms[report.id]] == ["2018-05-01"]


def test_a_file_with_pupils_is_not_kept(store: Store, tmp_path: Path) -> None:
    rows = [["№", "Мероприятие", "Срок", "ФИО ученика"], ["1", "Занятия", "май 2025", "Иванов"]]
    done = brought(store, programme_import.read(xlsx(tmp_path / "план.xlsx", "План на 2025 год", [rows])))
    assert [one.code for one in done.problems] == ["IMP_PLAN_NOT_KEPT"]
    assert store.connection.execute("SELECT count(*) FROM blob").fetchone() == (0,)


def test_a_file_that_changed_after_reading_is_refused_and_nothing_is_written(store: Store, tmp_path: Path) -> None:
    path = xlsx(tmp_path / "план.xlsx", TITLE, [[HEAD, *ROWS]])
    found = programme_import.preview(store.connection, programme_import.read(path))
    path.write_bytes(path.read_bytes() + b" ")
    before = dump(store.connection)
    with pytest.raises(UserError) as caught:
        load(store, found)
    assert (caught.value.code, dump(store.connection)) == ("IMP_PLAN_FILE_CHANGED", before)


def test_an_approved_programme_takes_nothing(store: Store) -> None:
    key = programmes.create(store, "municipal", "Поддержка школ", 2025, 2026)
    with store.operation("Утверждена", "test") as operation:
        operation.update("programme", key, approved_on="2025-09-01")
    source = programme_import.pasted("№\tМероприятие\tСрок\n1\tКурсы\tмай 2025")
    with pytest.raises(UserError) as caught:
        programme_import.preview(store.connection, source, Target(key))
    assert caught.value.code == "PROGRAMME_FROZEN"


def test_a_plan_without_years_asks_for_them_and_the_map_of_a_person_is_followed(store: Store) -> None:
    source = programme_import.pasted("Курсы\tпостоянно\nСеминар\tпо плану")
    told = {0: PlanMap(0, {0: ("name", None), 1: ("term", None)})}
    found = programme_import.preview(store.connection, source, maps=told)
    assert found.period is None
    with pytest.raises(UserError) as caught:
        load(store, found)
    assert caught.value.code == "IMP_PLAN_YEARS"
    target = Target(title="План", period=Period(2026, 2026))
    again = programme_import.preview(store.connection, source, target, told)
    assert [line.term.spans for line in again.lines] == [(("2026-01-01", "2026-12-31"),), ()]
    assert load(store, again).title == "План"


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("на 2019-2020 учебный год", Period(2019, 2020, "2019-08-01", "2020-08-31")),
        ("на 2023 – 2024 годы", Period(2023, 2024)),
        ("План на 2026 год", Period(2026, 2026)),
        ("Отчёт за 2024 год и план на 2025 год", None),
        ("План работы", None),
    ],
)
def test_the_years_of_a_title(text: str, period: Period | None) -> None:
    assert period_in(text) == period


# --- the documents themselves -----------------------------------------------------------------------------------------

_SHARED = pytest.mark.parametrize("shared", [SHARED] if SHARED else [], ids=["shared"] if SHARED else [])


def seed(shared: Path, number: str) -> str:
    return next((shared / "seeds").glob(f"{number}*.txt")).read_text("utf-8")


def real_rows(shared: Path) -> tuple[str, list[list[str]]]:
    """The 29 rows of 001 as a table, and its title; pages have torn some of them."""
    from app.importers.plan_text import tables

    (table,) = tables(seed(shared, "001"))
    rows: list[list[str]] = []
    for line in table.lines[1:]:
        if line.cells[0].isdecimal():
            rows.append(list(line.cells))
        else:
            rows[-1] = [" ".join(filter(None, pair)) for pair in zip(rows[-1], line.cells, strict=True)]
    return table.caption, [list(table.lines[0].cells), *rows]


@_SHARED
@pytest.mark.parametrize("kind", ["docx", "xlsx", "txt"])
def test_the_complex_of_measures_comes_in_with_every_row(store: Store, tmp_path: Path, shared: Path, kind: str) -> None:
    title, rows = real_rows(shared)
    assert len(rows) == 30
    path = tmp_path / f"комплекс.{kind}"
    if kind == "txt":
        path.write_text(seed(shared, "001"), "utf-8")
    else:
        (docx if kind == "docx" else xlsx)(path, title, [rows])
    found = programme_import.preview(store.connection, programme_import.read(path))
    lines = by_label(found)
    assert list(lines) == [str(number) for number in range(1, 30)]
    assert found.period == Period(2019, 2020, "2019-08-01", "2020-08-31")
    for row in rows[1:]:
        line = lines[row[0]]
        assert (line.row.text, line.row.term) == (" ".join(row[1].split()), " ".join(row[2].split()))
    assert {label for label, line in lines.items() if line.term.code == "TERM_EMPTY"} == {"8"}
    outside = {label for label, line in lines.items() if line.term.code == "TERM_OUTSIDE"}
    assert outside == {"9", "11", "16", "23", "26"}
    assert all(line.term.spans for label, line in lines.items() if label != "8")
    assert len(lines["1"].row.results) == 4
    assert len(lines["5"].row.results) == 2
    assert lines["22"].row.responsible == ("КОПО Л.Г. Михайлюк", "Л.Г. Косырева", "ЛОИРО О.В. Ковальчук")
    done = load(store, found)
    tree = programmes.tree(store.connection, done.programme_id)
    assert [tree.activities[node.id].label for node in tree.of_kind("activity")] == list(lines)
    assert [tree.activities[node.id].term_text or "" for node in tree.of_kind("activity")] == [
        " ".join(row[2].split()) for row in rows[1:]
    ]


def together(found: Preview) -> list[tuple[object, ...]]:
    """The rows of a plan; a paper keeps initials apart from one another."""
    import re

    return [
        tuple(re.sub(r"([А-ЯЁ]\.)\s+(?=[А-ЯЁ]\.)", r"\1", str(part)) for part in (
            line.row.label, line.row.text, line.row.term, line.row.responsible, line.row.results, line.term,
        ))
        for line in found.lines
    ]  # fmt: skip


@pytest.mark.parametrize("suffix", [".docx", ".xlsx"])
def test_a_plan_that_came_in_goes_out_as_the_same_table(store: Store, tmp_path: Path, suffix: str) -> None:
    first = programme_import.preview(
        store.connection, programme_import.read(docx(tmp_path / "план.docx", TITLE, [[HEAD, *ROWS]]))
    )
    assert together(out_and_in(store, first, tmp_path, suffix)) == together(first)


@_SHARED
@pytest.mark.parametrize("suffix", [".docx", ".xlsx"])
def test_the_complex_of_measures_goes_out_as_the_same_table(
    store: Store, tmp_path: Path, shared: Path, suffix: str
) -> None:
    path = tmp_path / "комплекс.txt"
    path.write_text(seed(shared, "001"), "utf-8")
    first = programme_import.preview(store.connection, programme_import.read(path))
    assert together(out_and_in(store, first, tmp_path, suffix)) == together(first)


def out_and_in(store: Store, found: Preview, folder: Path, suffix: str) -> Preview:
    key = load(store, found).programme_id
    made = papers.render(programme_papers.paper(store.connection, key, "plan"), suffix)
    path = folder / f"снова{suffix}"
    path.write_bytes(made.data)
    return programme_import.preview(store.connection, programme_import.read(path))


@_SHARED
def test_the_work_schedule_comes_in_from_its_text(store: Store, tmp_path: Path, shared: Path) -> None:
    text = seed(shared, "000")
    path = tmp_path / "график.txt"
    path.write_text(text[text.index("1.3. План-график") : text.index("2. Ожидаемые индикаторы и")], "utf-8")
    found = programme_import.preview(store.connection, programme_import.read(path))
    assert (len(found.lines), found.period) == (17, Period(2018, 2018))
    assert {line.row.year for line in found.lines} == {2018}
    assert all(line.term.spans for line in found.lines)
    other = [line.row.term for line in found.lines if any(p.code == "IMP_PLAN_OTHER_YEAR" for p in line.problems)]
    assert other == ["ноябрь 2017 г.", "март 2018г. сентябрь 2018 г. декабрь 2018 г. апрель 2019 г."]
    assert load(store, found).nodes


def test_years_of_columns_and_a_title_say_more_than_a_sentence_above_a_table() -> None:
    captions = ("План мероприятий", "В 2028 году выполнено будет 5 мероприятий плана, остальное ведёт школа.")
    source = programme_import.pasted(
        "\n".join((*captions, "Показатель\tИндикатор\t2026\t2027\t2028", "Знания\tДоля сдавших\t10\t20\t30"))
    )
    found = understand(source.tables)
    rows = [row for one in found for row in one.rows]
    assert [row.targets for row in rows if row.targets] == [((2026, "10"), (2027, "20"), (2028, "30"))]
    period = period_of(found, rows, "план")
    assert period is not None
    assert list(period.years) == [2026, 2027, 2028]
    assert title_of(found, "план") == "План мероприятий"
