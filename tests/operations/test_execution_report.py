"""The report of a period: every list and number counted by hand; what was done later was late at the period's end."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.errors import UserError
from app.models.store import Store
from app.operations import execution, papers
from app.operations import execution_report as report
from app.operations import programme_edit as edit
from app.reports.document import Heading, Paragraph, Table
from tests.helpers import monitoring_year as year
from tests.helpers.programmes import small

Q3, Q4 = (date(2026, 7, 1), date(2026, 9, 30)), (date(2026, 10, 1), date(2026, 12, 31))
DAY = date(2026, 11, 23)


@pytest.fixture
def keys(store: Store) -> dict[str, int]:
    found = small(store)
    for place, term in enumerate(("август 2026", "сентябрь 2026", "октябрь 2026", "ноябрь 2026", "декабрь 2026",
                                  "октябрь 2026 – апрель 2027 года", "январь 2027")):  # fmt: skip
        key = edit.add(store, found["programme"], "activity", f"Дело {place}", parent_id=found["task2"])
        edit.put_term(store, key, term)
        found[str(place)] = key
    for name in ("first", "second"):
        edit.remove(store, [found[name]])
    return found


def _mark(store: Store, keys: dict[str, int], name: str, **values: str) -> None:
    execution.put_cells(store, [((keys[name], 2026), column, text) for column, text in values.items()])


def _names(keys: dict[str, int], lines: tuple[execution.ExecutionLine, ...]) -> list[str]:
    back = {key: name for name, key in keys.items()}
    return [back[line.node_id] for line in lines]


def test_a_period_as_it_stood_at_its_end(store: Store, keys: dict[str, int]) -> None:
    _mark(store, keys, "0", done_on="20.08.2026", participants="12", spent="5000")
    _mark(store, keys, "1", done_on="05.10.2026", participants="30", reason="Карантин")
    third = report.period(store.connection, keys["programme"], *Q3, DAY)
    assert _names(keys, third.planned) == ["0", "1"]
    assert (_names(keys, third.done), _names(keys, third.late)) == (["0"], ["1"])
    assert (third.participants, third.spent_kopecks, third.at) == (12, 500_000, Q3[1])
    told = report.lists(third)
    assert (told.late[0].later, told.late[0].reason) == ("выполнено 05.10.2026", "Карантин")
    assert [line.days for line in told.late] == [1], "on the morning after the last day"
    assert "5 000" not in told.sentences[0]


def test_what_was_moved_before_the_end_is_not_late(store: Store, keys: dict[str, int]) -> None:
    _mark(store, keys, "1", moved_to="10.10.2026", reason="Карантин")
    _mark(store, keys, "1", done_on="05.10.2026")
    third = report.period(store.connection, keys["programme"], *Q3, DAY)
    assert (_names(keys, third.moved), _names(keys, third.late)) == (["1"], ["0"])
    fourth = report.period(store.connection, keys["programme"], *Q4, DAY)
    assert [line.in_time for line in fourth.done] == [True]


def test_a_period_that_is_going_on(store: Store, keys: dict[str, int]) -> None:
    _mark(store, keys, "1", done_on="05.10.2026", participants="30")
    _mark(store, keys, "2", state="отменено", reason="Нет помещения")
    _mark(store, keys, "3", moved_to="15.12.2026")
    found = report.period(store.connection, keys["programme"], *Q4, DAY)
    assert _names(keys, found.planned) == ["2", "3", "4"]
    assert _names(keys, found.done) == ["1"], "done in the period, though its term was before"
    assert _names(keys, found.older) == ["0"]
    assert (_names(keys, found.moved), _names(keys, found.cancelled)) == (["3"], ["2"])
    assert (_names(keys, found.running), _names(keys, found.ahead)) == (["5"], ["4", "6"])
    texts = [text.replace("\u00a0", " ") for text in report.sentences(found)]
    assert " ".join(texts) == (
        "В этом периоде заканчиваются сроки: 3 мероприятия. Из них перенесено — 1, отменено — 1, срок ещё не истёк — "
        "1. С прошлых периодов осталось 1 мероприятие. Участников в выполненных мероприятиях: 30. Период ещё идёт: "
        "состояние на 23.11.2026."
    )


def test_a_period_backwards_is_refused(store: Store, keys: dict[str, int]) -> None:
    with pytest.raises(UserError) as caught:
        report.period(store.connection, keys["programme"], Q4[1], Q4[0], DAY)
    assert caught.value.code == "MON_EXEC_PERIOD"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2026-01-01", "2026-12-31", "за 2026 год"),
        ("2026-10-01", "2026-12-31", "за IV квартал 2026 года"),
        ("2026-11-01", "2026-11-30", "за ноябрь 2026 года"),
        ("2026-02-01", "2026-04-30", "с 01.02.2026 по 30.04.2026"),
        ("2026-11-02", "2026-11-30", "с 02.11.2026 по 30.11.2026"),
    ],
)
def test_a_period_in_words(first: str, last: str, words: str) -> None:
    told = report.period_words(date.fromisoformat(first), date.fromisoformat(last))
    assert told.replace("\u00a0", " ") == words


def test_the_usual_periods() -> None:
    found = dict(report.periods(2026))
    assert found["2026 год"] == (date(2026, 1, 1), date(2026, 12, 31))
    assert found["II полугодие 2026 года"] == (date(2026, 7, 1), date(2026, 12, 31))
    assert found["I квартал 2026 года"] == (date(2026, 1, 1), date(2026, 3, 31))
    assert len(found) == 7


def test_the_paper_of_a_whole_year(tmp_path: Path) -> None:
    """Its counts are those of the store, and every renderer takes it."""
    store = year.filled(tmp_path / "год.opora")
    key = store.connection.execute("SELECT id FROM programme").fetchone()[0]
    made = report.paper(store.connection, key, date(2026, 1, 1), date(2026, 12, 31), DAY)
    mine = [n for n in range(120) if 2026 in year.term_years(n)]
    marked = {n: year.STATES[n % 8] for n in mine if n % 5 != 4}
    sums = next(block for block in made.document.blocks if isinstance(block, Table))
    total = next(row for row in sums.rows() if row.cells[0] == "Всего")
    by = {word: sum(state == word for state in marked.values()) for word in year.STATES}
    late = [n for n in mine if marked.get(n, "planned") in {"planned", "running"} and n % 12 + 1 < 11]
    still = len(mine) - by["done"] - by["part"] - len(late) - by["moved"] - by["cancelled"]
    assert total.cells[1:] == (
        len(mine), by["done"], by["part"], len(late), by["moved"], by["cancelled"], still,
    )  # fmt: skip
    titles = [block.text for block in made.document.blocks if isinstance(block, Heading)]
    assert titles[:3] == ["Выполнено", "Выполнено частично", "Не выполнено в срок"]
    assert isinstance(made.document.blocks[0], Paragraph)
    for suffix in papers.FORMATS:
        assert len(papers.render(made, suffix).data) > 5000
    store.close()
