"""Every figure of the monitoring report equals what the rows of the store say when counted apart from the program."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.models.store import Store
from app.operations import note_papers, notes
from app.operations.note_scope import Asked, scope_of
from app.operations.notes import NoteBook
from app.reports.document import Heading, Paragraph, Table, bare
from tests.helpers import monitoring_figures as own
from tests.helpers import monitoring_year

DAY = date(2026, 11, 23)
YEAR = 2026
NAMES = r"«[^»]*»|\b\d+(?:\.\d+)+|на\s\d+,\d\sп\.|ещё\s\d+"
"""Names of things, their numbers, differences of two figures, the rest of a list: not figures of their own."""
LEVELS = {"base": " (база)", "profile": " (профиль)"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    made = monitoring_year.filled(tmp_path_factory.mktemp("year") / "year.opora")
    yield made
    made.abandon()


@pytest.fixture(scope="module")
def book(store: Store) -> NoteBook:
    return notes.read(store.connection, Asked("report", YEAR, DAY))


@pytest.fixture(scope="module")
def figures(book: NoteBook) -> dict[str, str]:
    return {plain(figure.key): plain(figure.value) for block in book.blocks for figure in block.figures}


def plain(text: object) -> str:
    return str(text).replace("\u00a0", " ")


def programme(store: Store) -> int:
    return int(store.connection.execute("SELECT id FROM programme").fetchone()[0])


def expected(store: Store) -> dict[str, str]:
    """Return key → value of every figure, counted from the rows."""
    connection = store.connection
    made: dict[str, str] = {}
    made |= _list(store) | _results(store) | _plan(store) | _indicators(store)
    made |= own.pairs(connection, YEAR - 1, YEAR)
    made["base.needed"] = str(_needed_topics())
    made["base.covered"] = "0"
    points = own.rows(connection, "SELECT state, due_on FROM decision_point")
    made["decisions.total"] = str(len(points))
    made["decisions.done"] = str(sum(state == "done" for state, _due in points))
    made["decisions.late"] = str(sum(state == "open" and due < DAY.isoformat() for state, due in points))
    made["decisions.open"] = str(sum(state == "open" and due >= DAY.isoformat() for state, due in points))
    receivers = {key for (key,) in own.rows(connection, "SELECT receiver_id FROM partnership WHERE state = 'active'")}
    made["support.agreements"] = str(own.rows(connection, "SELECT count(*) FROM partnership")[0][0])
    made["support.listed"] = made["schools.listed"]
    made["support.helped"] = str(len(receivers & own.listed(connection, YEAR)))
    made["support.led"] = "0"
    return made


def _needed_topics() -> int:
    text = (Path(__file__).parents[2] / "resources/monitoring/legal_topics.toml").read_text(encoding="utf-8")
    return len(re.findall(r'(?m)^need\s*=\s*"must"', text))


def _list(store: Store) -> dict[str, str]:
    connection = store.connection
    now, before = own.listed(connection, YEAR), own.listed(connection, YEAR - 1)
    schools = own.rows(connection, "SELECT count(*) FROM organisation WHERE own = 1 AND status = 'active'")[0][0]
    near = own.edge(connection, YEAR)
    return {
        "schools.all": str(schools), "schools.listed": str(len(now)), "schools.edge": str(len(near)),
        "schools.adverse": "нет данных", "list.came": str(len(now - before)), "list.left": str(len(before - now)),
        "list.before": str(len(before)),
    }  # fmt: skip


def _label(work: tuple[str, str, str | None, int]) -> str:
    procedure, subject, level, grade = work
    told = f"{procedure} {subject[:1].lower()}{subject[1:]}"
    return f"{told}{LEVELS[level]}" if level else f"{told}, {grade} кл." if procedure == "ВПР" else told


def _results(store: Store) -> dict[str, str]:
    connection = store.connection
    made = {}
    latest = own.by_work(connection, YEAR)
    worst = sorted(latest, key=lambda work: -latest[work][0] / latest[work][1])[:6]
    for year in range(YEAR - 2, YEAR + 1):
        sums = own.by_work(connection, year)
        for work in worst:
            made[f"results:{_label(work)}:{year}"] = own.share(*sums[work])
        for school, pair in own.by_school(connection, year).items():
            if school in own.listed(connection, YEAR):
                made[f"school:{school}:{year}"] = own.share(*pair)
    a, m, b, n = own.common(connection, YEAR - 2, YEAR)
    change, low, high = own.newcombe(a, m, b, n)
    made["dynamics.before"] = f"{a} из {m}, {own.percent(a, m)}"
    made["dynamics.after"] = f"{b} из {n}, {own.percent(b, n)}"
    made["dynamics.change"] = f"{own.tenth(change)} п. п."
    made["dynamics.interval"] = f"от {own.tenth(low)} до {own.tenth(high)}"
    return made


def _plan(store: Store) -> dict[str, str]:
    found = own.execution(store.connection, programme(store), YEAR, DAY)
    made = {f"execution.{shown}": str(number) for shown, number in own.counted(found).items()}
    made["execution.total"] = str(len(found))
    late = {key: days for key, (shown, days) in found.items() if shown == "late"}
    made |= {f"execution.late.{key}": f"просрочено на {days} {_days(days)}" for key, days in late.items()}
    reasons = dict(own.rows(store.connection, "SELECT lineage, reason FROM execution WHERE plan_year = ?", YEAR))
    made["execution.unexplained"] = str(sum(not reasons.get(key) for key in late))
    tasks = own.rows(
        store.connection,
        "SELECT parent_id, lineage FROM programme_node WHERE kind = 'activity'",
    )
    behind = {task for task, lineage in tasks if found.get(lineage, ("", 0))[0] in {"late", "part", "cancelled"}}
    made["sufficiency.tasks"] = str(len({task for task, _lineage in tasks}))
    made["sufficiency.undone"] = str(len(behind))
    return made


def _days(number: int) -> str:
    if number % 100 in range(11, 15):
        return "дней"
    return "день" if number % 10 == 1 else "дня" if number % 10 in {2, 3, 4} else "дней"


def _indicators(store: Store) -> dict[str, str]:
    found = own.lights(store.connection, programme(store), YEAR)
    made = {f"indicators.{light}": str(number) for light, number in own.counted(found).items()}
    made["indicators.total"] = str(len(found))
    for lineage, value, target in own.rows(
        store.connection,
        "SELECT v.lineage, v.value, t.value FROM indicator_value v JOIN programme_node n ON n.lineage = v.lineage"
        " JOIN programme_target t ON t.node_id = n.id AND t.plan_year = v.plan_year WHERE v.plan_year = ?", YEAR,
    ):  # fmt: skip
        made[f"indicator.{lineage}.value"] = f"{value} %"
        made[f"indicator.{lineage}.target"] = f"{target} %"
    return made


def test_every_figure_equals_the_rows(store: Store, figures: dict[str, str]) -> None:
    wanted = expected(store)
    assert set(figures) <= set(wanted), "a figure that nobody recomputes"
    assert figures == {key: wanted[key] for key in figures}
    assert len(figures) > 150


def test_no_number_of_the_text_is_without_its_figure(book: NoteBook, figures: dict[str, str]) -> None:
    """Numbers of a sentence stand in its figures, in the names of things, or are a year or a difference of two."""
    known = {key: (what, value) for block in book.blocks for f in block.figures for key, what, value in
             [(f.key, f.what, f.value)]}  # fmt: skip
    del figures
    checked = 0
    for block in book.blocks:
        for sentence in block.told:
            assert set(sentence.figures) <= set(known), sentence.text
            told = " ".join(f"{what} {value}" for what, value in (known[key] for key in sentence.figures))
            told += " " + " ".join(name for figure in block.figures for name in figure.parts) + " 95-процентный 10"
            bare_text = re.sub(NAMES, "", sentence.text)
            numbers = set(re.findall(r"\d+(?:,\d+)?", bare_text))
            missing = {number for number in numbers if number not in re.findall(r"\d+(?:,\d+)?", told)}
            counts = {str(sum(1 for _one in block.table.rows())) if block.table else ""}
            assert missing <= {str(year) for year in range(2024, 2027)} | counts, (sentence.text, missing)
            checked += bool(numbers)
    assert checked > 20


def test_tables_equal_the_rows(store: Store, book: NoteBook) -> None:
    tables = {block.key: block.table for block in book.blocks if block.table is not None}
    cells = {key: [tuple(bare(cell) for cell in row.cells) for row in table.rows()] for key, table in tables.items()}
    found = own.execution(store.connection, programme(store), YEAR, DAY)
    counts = own.counted(found)
    total = cells["execution.state"][-1]
    forward = counts["running"] + counts["soon"] + counts["planned"]
    assert total == ("Всего", len(found), counts["done"], counts["part"], counts["late"], forward,
                     counts["moved"] + counts["cancelled"], 0)  # fmt: skip
    assert len(cells["execution.late"]) == counts["late"]
    assert sorted(int(str(row[2])) for row in cells["execution.late"]) == sorted(
        days for shown, days in found.values() if shown == "late"
    )
    lights = own.counted(own.lights(store.connection, programme(store), YEAR))
    shapes = Counter(str(row[4])[0] for row in cells["indicators.state"])
    assert shapes == {"■": lights["behind"], "○": lights["no_data"]}
    works = {_label(work): pair for work, pair in own.by_work(store.connection, YEAR).items()}
    told = {plain(row[0]): plain(row[-1]) for row in cells["results.years"]}
    assert told == {label: own.share(*pair) for label, pair in works.items()}


def test_the_paper_says_the_same_and_its_template_no_figure(store: Store, book: NoteBook) -> None:
    document = note_papers.of_book(store.connection, book).document
    texts = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    for field in book.fields:
        for line in field.text.splitlines():
            assert any(plain(line).strip() == plain(text) for text in texts), line
    heads = [block.text for block in document.blocks if isinstance(block, Heading)]
    assert heads[:3] == ["1.\u00a0Главное", "2.\u00a0Исполнение плана", "3.\u00a0Показатели"]
    tables = [block for block in document.blocks if isinstance(block, Table)]
    assert len(tables) == sum(block.table is not None for block in book.blocks)
    source = Path(note_papers.__file__).parents[1] / "reports" / "notes.py"
    strings = re.findall(r'f?"([^"\n]*)"', source.read_text(encoding="utf-8").split('"""', 2)[2])
    assert [text for text in strings if re.search(r"\d", re.sub(r"\{[^}]*\}", "", text))] == []


def test_a_past_year_is_seen_as_it_ended_and_a_year_to_come_has_no_results_of_its_own(store: Store) -> None:
    past = scope_of(store.connection, 2025, DAY)
    assert (past.until, past.school_year) == (date(2025, 12, 31), 2025)
    assert past.programme_id is None
    spring = scope_of(store.connection, 2026, date(2026, 3, 1))
    assert (spring.until, spring.school_year) == (date(2026, 3, 1), 2025)
    assert spring.programme_id == programme(store)
