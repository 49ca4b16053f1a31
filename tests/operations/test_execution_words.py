"""«Почему» and the next step: sentences written out in full, numbers 1, 2, 5, 11, 21 in their cases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.models.store import Store
from app.operations import execution, execution_words
from app.operations import programme_edit as edit
from app.operations.execution import ExecutionLine
from tests.helpers.programmes import small

DAY = date(2026, 11, 23)


def _line(store: Store, term: str = "", day: date = DAY, **typed: str) -> ExecutionLine:
    keys = small(store)
    edit.remove(store, [keys["second"]])
    if term:
        edit.put_term(store, keys["first"], term)
    execution.put_cells(store, [((keys["first"], 2026), name, text) for name, text in typed.items()])
    return execution.table(store.connection, keys["programme"], 2026, day).lines[0]


def _why(line: ExecutionLine, day: date = DAY) -> str:
    return execution_words.why(line, day).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "прошёл 1 день"), (2, "прошло 2 дня"), (5, "прошло 5 дней"), (11, "прошло 11 дней"), (21, "прошёл 21 день")],
)
def test_days_that_have_passed(store: Store, days: int, words: str) -> None:
    day = date(2026, 9, 30) + timedelta(days=days)
    told = _why(_line(store, "сентябрь 2026", day), day)
    assert told == f"Срок закончился 30.09.2026, {words}. Отметки о выполнении нет. Причина не названа."


@pytest.mark.parametrize(
    ("term", "typed", "told", "step"),
    [
        ("ноябрь 2026", {}, "Срок 30.11.2026: осталось 7 дней. Отметки о выполнении ещё нет.", "mark"),
        ("ноябрь – декабрь 2026", {}, "Срок идёт с 01.11.2026 по 31.12.2026, отметок ещё нет.", "begin"),
        ("декабрь 2026", {}, "Срок начнётся 01.12.2026.", "none"),
        ("октябрь 2026", {"state": "идёт"},
         "Срок закончился 31.10.2026, прошло 23 дня. Начато, но не закончено. Причина не названа.", "mark"),
        ("по мере необходимости", {}, "По словам срока дат не понять, поэтому просрочить его нельзя.", "term"),
        ("", {}, "Срок не вписан.", "term"),
        ("октябрь 2026", {"done_on": "20.10.2026"}, "Выполнено 20.10.2026, срок был 31.10.2026.", "attach"),
        ("октябрь 2026", {"state": "выполнено"},
         "Выполнено. Дата не вписана: в срок или нет, неизвестно.", "mark"),
        ("октябрь 2026", {"done_on": "01.11.2026"},
         "Выполнено 01.11.2026, на 1 день позже срока: срок был 31.10.2026.", "attach"),
        ("декабрь 2026", {"done_on": "24.11.2026"},
         "Выполнено 24.11.2026, срок был 31.12.2026. Этот день ещё не наступил.", "mark"),
        ("октябрь 2026", {"moved_to": "15.12.2026", "reason": "Карантин"},
         "Срок по плану 31.10.2026, перенесено на 15.12.2026.", "none"),
        ("октябрь 2026", {"moved_to": "15.12.2026"},
         "Срок по плану 31.10.2026, перенесено на 15.12.2026. Причина не названа.", "reason"),
        ("октябрь 2026", {"moved_to": "15.11.2026", "reason": "Карантин"},
         "Срок по плану 31.10.2026, перенесён на 15.11.2026. С нового срока прошло 8 дней. Отметки о выполнении нет.",
         "mark"),
        ("октябрь 2026", {"state": "отменено"}, "Отменено. Срок по плану: октябрь 2026. Причина не названа.", "reason"),
    ],
)  # fmt: skip
def test_why_and_what_next(store: Store, term: str, typed: dict[str, str], told: str, step: str) -> None:
    line = _line(store, term, DAY, **typed)
    assert _why(line) == told
    assert execution_words.advice(line, DAY).step == step


def test_what_is_done_lacks_less_and_less(store: Store) -> None:
    line = _line(store, "октябрь 2026", done_on="20.10.2026")
    execution.attach(store, line.key, link="https://example.org")
    found = execution.table(store.connection, line.programme_id, 2026, DAY).lines[0]
    assert execution_words.advice(found, DAY).text == "Впишите, что получено и сколько участников."
    execution.put_cells(store, [(line.key, "product", "Сборник"), (line.key, "participants", "12")])
    found = execution.table(store.connection, line.programme_id, 2026, DAY).lines[0]
    assert execution_words.advice(found, DAY) == execution_words.Advice("none", "")
