"""The plan of a month and the report: days, figures worked out by hand, texts of a person, papers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.errors import UserError
from app.models.store import Store
from app.operations import month_papers, month_plan, papers, registers, workday
from app.operations.month_words import listed
from tests.helpers import stores

DAY = date(2026, 11, 23)
NOVEMBER = workday.period("2026-11")
YEAR: dict[str, object] = {"school_year": 2026}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = stores.made(tmp_path / "file.opora")
    school = stores.school(made, "СОШ № 1", own=1)
    rows: list[tuple[str, dict[str, object], dict[str, object]]] = [
        ("tasks", {}, {"text": "Раз", "due_on": "2026-11-10", "done_on": "2026-11-10", "kind": "visit"}),
        ("tasks", {}, {"text": "Два", "due_on": "2026-11-10", "done_on": "2026-11-12"}),
        ("tasks", {}, {"text": "Три", "done_on": "2026-11-13"}),
        ("tasks", {}, {"text": "Забыто", "due_on": "2026-11-05"}),
        ("tasks", {}, {"text": "С октября", "due_on": "2026-10-20"}),
        ("tasks", {}, {"text": "Впереди", "due_on": "2026-11-27"}),
        ("tasks", {}, {"text": "В декабре", "due_on": "2026-12-15"}),
        ("requests", {}, {"subject": "А", "received_on": "2026-11-02", "due_on": "2026-11-10",
                          "answered_on": "2026-11-12"}),
        ("requests", {}, {"subject": "Б", "received_on": "2026-11-03", "due_on": "2026-11-10",
                          "answered_on": "2026-11-09"}),
        ("requests", {}, {"subject": "В", "dated": "2026-11-16", "due_on": "2026-12-01"}),
        ("risks", YEAR, {"text": "Мера", "due_on": "2026-11-20", "done_on": "2026-11-18", "state": "done",
                         "organisation_id": school}),
    ]  # fmt: skip
    for key, scope, values in rows:
        registers.add(made, key, scope, **values)
    return made


def test_a_plan_has_every_day_with_what_is_due_on_it(store: Store) -> None:
    registers.add(store, "breaks", YEAR, title="Осенние каникулы", date_from="2026-10-26", date_to="2026-11-04")
    registers.add(store, "days", {}, day="2026-11-28", kind="work", title="Отработка")
    found = month_plan.plan(store.connection, NOVEMBER, DAY)
    assert len(found.days) == 30
    assert found.working == 21
    assert found.left == 6
    days = {item.day.day: item for item in found.days}
    assert [line.text for line in days[10].lines] == ["А", "Б", "Два", "Раз"]
    assert days[4].kind == "off"
    assert days[4].on_break == "Осенние каникулы"
    assert not days[5].on_break
    assert days[28].kind == "work"
    assert days[28].title == "Отработка"
    assert [line.text for line in found.late] == ["С октября"]
    assert month_papers.calendar_note(found).replace("\u00a0", " ") == (
        "Рабочих дней в это время: 21. Каникулы школ: Осенние каникулы, 26.10.2026 — 04.11.2026."
    )
    assert month_papers.sentence(found, DAY).replace("\u00a0", " ") == (
        "21 рабочий день, впереди 6 · сроков 7, сделано 5 · осталось с прошлых месяцев 1"
    )


def test_a_year_without_a_decree_says_so_on_paper(store: Store) -> None:
    found = month_plan.plan(store.connection, workday.period("2031-02"), DAY)
    assert "переносе выходных на 2031" in month_papers.calendar_note(found)


def _texts(store: Store) -> dict[str, str]:
    found = month_plan.report(store.connection, NOVEMBER, DAY)
    return {block.key: block.text.replace("\u00a0", " ") for block in found.blocks}


def test_the_sentences_of_the_report_hold_the_figures(store: Store) -> None:
    texts = _texts(store)
    assert texts["intro"] == (
        "За ноябрь 2026 года (20 рабочих дней) сделано: 3 дела, 2 запроса и 1 мера по факторам риска. "
        "Просрочено на 23.11.2026: 2 дела."
    )
    assert texts["done"] == "Сделано: 3 дела (в срок 1, позже срока 1, без срока 1). Среди них 1 выезд."
    assert texts["requests"] == "Поступило 3 запроса, ответов на запросы дано 2, из них позже срока 1."
    assert texts["support"] == (
        "Выполнено: 1 мера по факторам риска. Школ, с которыми велась эта работа: 1."
    )  # fmt: skip
    assert texts["left"] == "На 23.11.2026 просрочено: 2 дела."
    assert texts["next"] == "План на декабрь 2026 года: 1 дело и 1 запрос."
    assert texts["activities"] == "Мероприятий программы с отметкой о выполнении нет."


def test_lines_stand_under_their_section(store: Store) -> None:
    blocks = {block.key: block for block in month_plan.report(store.connection, NOVEMBER, DAY).blocks}
    assert [line.text for line in blocks["done"].lines] == ["Раз", "Два", "Три"]
    assert [line.text for line in blocks["left"].lines] == ["С октября", "Забыто"]
    assert [line.text for line in blocks["next"].lines] == ["В", "В декабре"]
    assert blocks["intro"].lines == ()


def test_a_text_of_a_person_stays_and_says_when_the_figures_have_changed(store: Store) -> None:
    before = stores.dump(store.connection)
    month_plan.put_text(store, NOVEMBER, "done", "Сделано больше, чем записано.", DAY)
    block = next(item for item in month_plan.report(store.connection, NOVEMBER, DAY).blocks if item.key == "done")
    assert (block.text, block.own, block.stale) == ("Сделано больше, чем записано.", True, False)
    registers.add(store, "tasks", {}, text="Ещё", due_on="2026-11-20", done_on="2026-11-20")
    block = next(item for item in month_plan.report(store.connection, NOVEMBER, DAY).blocks if item.key == "done")
    assert block.stale
    assert block.derived.replace("\u00a0", " ").startswith("Сделано: 4 дела")
    assert not next(
        item for item in month_plan.report(store.connection, workday.period("2026-10"), DAY).blocks
        if item.key == "done"
    ).own, "another month has its own texts"  # fmt: skip
    month_plan.put_text(store, NOVEMBER, "done", None, DAY)
    assert not next(
        item for item in month_plan.report(store.connection, NOVEMBER, DAY).blocks if item.key == "done"
    ).own  # fmt: skip
    for _step in range(3):
        store.undo()
    assert stores.dump(store.connection) == before


def test_the_derived_text_written_again_is_no_text_of_a_person(store: Store) -> None:
    month_plan.put_text(store, NOVEMBER, "left", "Своё", DAY)
    derived = next(b.derived for b in month_plan.report(store.connection, NOVEMBER, DAY).blocks if b.key == "left")
    month_plan.put_text(store, NOVEMBER, "left", derived.replace("\u00a0", " "), DAY)
    assert not any(block.own for block in month_plan.report(store.connection, NOVEMBER, DAY).blocks)


def test_a_section_that_is_not_there_is_named(store: Store) -> None:
    with pytest.raises(UserError) as caught:
        month_plan.put_text(store, NOVEMBER, "weather", "Дождь", DAY)
    assert caught.value.code == "MON_NO_BLOCK"


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".xlsx"])
def test_both_papers_are_drawn(store: Store, suffix: str) -> None:
    for make in (month_papers.plan, month_papers.report):
        paper = make(store.connection, NOVEMBER, DAY)
        assert len(papers.render(paper, suffix).data) > 1_000
    texts = " ".join(text for _place, text in paper.document.texts()).replace("\u00a0", " ")
    for word in ("Отчёт о работе за ноябрь 2026 года", "Сделано: 3 дела", "Забыто", "05.11.2026"):
        assert word in texts


def test_an_empty_file_has_a_report_without_a_single_figure_of_its_own(tmp_path: Path) -> None:
    empty = stores.made(tmp_path / "empty.opora")
    texts = {b.key: b.text for b in month_plan.report(empty.connection, workday.period("2025-02"), DAY).blocks}
    assert texts["done"] == "Сделанных дел не отмечено."
    assert texts["requests"] == "Входящих запросов не было."
    assert texts["left"] == "На 28.02.2025 просроченного нет.", "the month is over"
    assert papers.render(month_papers.report(empty.connection, NOVEMBER, DAY), ".pdf").data
    empty.abandon()


def test_many_kinds_are_not_all_listed(store: Store) -> None:
    from app.operations.day_lines import DayLine
    from app.operations.month_words import by_source

    sources = ("task", "task", "note", "route", "risk", "support", "round")
    lines = [DayLine(source, "", number, "", None) for number, source in enumerate(sources)]
    assert by_source(lines).replace("\u00a0", " ") == (
        "2 дела, 1 мера по факторам риска, 1 шаг маршрута школ, 1 строка карты помощи и ещё 2"
    )


def test_lists_of_words_are_joined_as_in_russian() -> None:
    assert listed(["а"]) == "а"
    assert listed(["а", "б"]) == "а и б"
    assert listed(["а", "б", "в"]) == "а, б и в"
    assert listed([]) == ""


def test_the_report_of_a_past_month_tells_what_was_late_at_its_end(store: Store) -> None:
    october = workday.period("2026-10")
    for text, due, done in (
        ("В ноябре, поздно", "2026-10-20", "2026-11-10"), ("В последний день", "2026-10-31", "2026-11-02"),
        ("Успели", "2026-10-21", "2026-10-31"), ("Ноябрьское", "2026-11-01", "2026-11-05"),
        ("Ждёт", "2026-10-22", None),
    ):  # fmt: skip
        registers.add(store, "tasks", {}, text=text, due_on=due, **({"done_on": done} if done else {}))
    blocks = {block.key: block for block in month_plan.report(store.connection, october, DAY).blocks}
    left = [line.text for line in blocks["left"].lines]
    assert left == [text for text in left if text not in {"Успели", "Ноябрьское"}]
    assert [text for text in left if text in {"В ноябре, поздно", "В последний день", "Ждёт"}] == [
        "В ноябре, поздно", "Ждёт", "В последний день",
    ]  # fmt: skip
    assert blocks["left"].derived.startswith("На 31.10.2026 просрочено: ")
    assert "Ноябрьское" in {line.text for line in blocks["next"].lines}, "at the end of October it lay ahead"
    november = {block.key: block for block in month_plan.report(store.connection, NOVEMBER, DAY).blocks}
    assert "В ноябре, поздно" not in {line.text for line in november["left"].lines}
    assert november["left"].derived.startswith("На 23.11.2026 просрочено: ")


def test_every_source_of_the_day_has_a_word() -> None:
    from app.operations.day_lines import SOURCES
    from app.operations.month_words import KNOWN

    assert set(SOURCES) <= set(KNOWN)


def test_the_names_of_a_mentoring_pair_stay_out_of_the_report(store: Store) -> None:
    with store.operation("Пара", "test.pair") as operation:
        people = [operation.insert("person", full_name=name) for name in ("Рябинина Ольга", "Лисицын Павел")]
        pair = operation.insert("mentor_pair", mentor_id=people[0], mentee_id=people[1])
        operation.insert("mentor_meeting", pair_id=pair, position=0, planned_on="2026-11-12", topic="Урок")
    assert any("Рябинина" in line.text for line in month_plan.report(store.connection, NOVEMBER, DAY).figures.left)
    paper = month_papers.report(store.connection, NOVEMBER, DAY)
    words = " ".join(text for _place, text in paper.document.texts())
    assert "Встреча наставника: Урок" in words
    assert "Рябинина" not in words
    assert "Лисицын" not in words
