"""The calendar of the work: what stands in it, whose it is, what does not fit, moving and undoing, the file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

import pytest
from icalendar import Calendar

from app.errors import UserError
from app.models.store import Store, new_id
from app.operations import (
    calendar_file,
    calendar_items,
    calendar_papers,
    day_lines,
    event_marks,
    help_board,
    work_calendar,
    workday,
)
from app.operations.calendar_items import CalendarItem, items

TODAY = date(2026, 11, 23)
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


@contextmanager
def refused(code: str) -> Iterator[None]:
    """Expect a refusal with this code."""
    with pytest.raises(UserError) as caught:
        yield
    assert caught.value.code == code


class Made:
    """Rows of one file by short names."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def put(self, table: str, **values: Any) -> int:
        with self.store.operation("проба", "test") as operation:
            return operation.insert(table, id=new_id(), **values)

    def school(self, name: str, **more: Any) -> int:
        area = self.store.connection.execute("SELECT id FROM area").fetchone()[0]
        return self.put("organisation", name=name, short_name=name, kind="school", area_id=area, **more)

    def event(self, title: str, first: str, last: str | None = None, start: str | None = None, end: str | None = None,
              **more: Any) -> int:  # fmt: skip
        return self.put("work_event", title=title, date_from=first, date_to=last, time_from=start, time_to=end, **more)

    def invite(self, event: int, *schools: int) -> None:
        for school in schools:
            self.put("event_people", event_id=event, organisation_id=school, invited=2)


@pytest.fixture
def made(store: Store) -> Made:
    return Made(store)


def _items(store: Store, **more: Any) -> list[CalendarItem]:
    return items(store.connection, TODAY, FIRST, LAST, **more)


def _texts(store: Store, **more: Any) -> list[str]:
    return [item.text for item in _items(store, **more)]


def test_everything_with_a_day_stands_in_the_calendar(made: Made, store: Store) -> None:
    school = made.school("СОШ № 5")
    body = made.put("body", name="РМО математиков", kind="РМО")
    pair = made.put("mentor_pair", organisation_id=school)
    made.event("Семинар о чтении", "2026-11-24", start="10:00")
    made.event("Итоги четверти", "2026-11-12", kind="meeting", body_id=body, state="held")
    made.put("help_entry", kind="visit", held_on="2026-11-05", organisation_id=school, topic="чтение",
             next_step="повторный выезд", next_on="2026-11-26")  # fmt: skip
    made.put("body_plan", body_id=body, school_year=2026, position=0, text="Банк заданий", due_on="2026-11-20")
    made.put("mentor_meeting", pair_id=pair, position=0, planned_on="2026-11-25", topic="план урока")
    made.put("task", kind="commission", text="Комиссия", due_on="2026-11-27")
    made.put("task", kind="task", text="Собрать отчёты", due_on="2026-11-10", done_on="2026-11-11")
    made.put("request", subject="Запрос из региона", due_on="2026-11-13")
    found = {item.text: (item.kind, item.word, item.mark, item.state) for item in _items(store)}
    assert found == {
        "Семинар о чтении": ("event", "семинар", "none", "запланировано"),
        "Итоги четверти": ("meeting", "заседание", "ok", "прошло"),
        "СОШ № 5: чтение": ("help", "выезд", "ok", "сделано"),
        "СОШ № 5: повторный выезд": ("next", "следующий шаг", "none", "впереди"),
        "Банк заданий": ("plan", "план объединения", "bad", "просрочено"),
        "СОШ № 5: план урока": ("mentoring", "встреча с наставником", "none", "впереди"),
        "Комиссия": ("visit", "комиссия", "none", "впереди"),
        "Собрать отчёты": ("task", "дело", "warn", "сделано позже"),
        "Запрос из региона": ("term", "запрос", "bad", "просрочено"),
    }
    assert _texts(store, kinds=["help", "task"]) == ["СОШ № 5: чтение", "Собрать отчёты"]


def test_what_was_typed_small_begins_a_line_with_a_capital(made: Made, store: Store) -> None:
    body = made.put("body", name="РМО математиков", kind="РМО")
    made.put("help_entry", kind="visit", held_on="2026-11-05", next_step="позвонить завучу", next_on="2026-11-26")
    made.put("body_plan", body_id=body, school_year=2026, position=0, text="банк заданий", due_on="2026-11-27")
    assert _texts(store, kinds=["next", "plan"]) == ["Позвонить завучу", "Банк заданий"]
    found = {line.text for line in day_lines.open_lines(store.connection, TODAY, LAST)}
    assert found == {"Позвонить завучу", "Банк заданий"}


def test_each_calendar_has_its_own(made: Made, store: Store) -> None:
    lead, body = made.school("Гимназия"), made.put("body", name="РМО", kind="РМО")
    made.event("Служба", "2026-11-10")
    made.event("Школа-лидер", "2026-11-11", owner_id=lead)
    made.event("Заседание", "2026-11-12", kind="meeting", body_id=body)
    made.put("task", text="Дело", due_on="2026-11-13")
    words = {value: word for word, value in calendar_items.owners(store.connection)}
    assert words == {
        "all": "Все календари", "service": "Методическая служба", f"school:{lead}": "Школа: Гимназия",
        f"body:{body}": "Объединение: РМО",
    }  # fmt: skip
    assert _texts(store, whose="service") == ["Служба", "Заседание", "Дело"]
    assert _texts(store, whose=f"school:{lead}") == ["Школа-лидер"]
    assert _texts(store, whose=f"body:{body}") == ["Заседание"]
    for wrong in ("body:1", "school:abc", "кто-то"):
        with refused("CAL_OWNER"):
            _items(store, whose=wrong)
    with refused("CAL_KIND"):
        _items(store, kinds=["что-то"])
    with refused("CAL_SPAN"):
        items(store.connection, TODAY, LAST, FIRST)


def test_a_merged_school_is_one_owner_under_its_own_name(made: Made, store: Store) -> None:
    real = made.school("Гимназия")
    twin = made.school("Гимназия (старая запись)", duplicate_of=real)
    made.event("От старой записи", "2026-11-10", owner_id=twin)
    made.event("От новой", "2026-11-11", owner_id=real)
    assert [value for _word, value in calendar_items.owners(store.connection)][2:] == [f"school:{real}"]
    assert _texts(store, whose=f"school:{real}") == ["От старой записи", "От новой"]
    assert _texts(store, whose=f"school:{twin}") == ["От старой записи", "От новой"]
    assert {item.owner for item in _items(store)} == {"Гимназия"}


def test_one_school_under_two_records_is_called_twice(made: Made, store: Store) -> None:
    real = made.school("Гимназия")
    twin = made.school("Гимназия (старая запись)", duplicate_of=real)
    made.invite(made.event("А", "2026-11-24", start="09:00", end="10:00"), real)
    made.invite(made.event("Б", "2026-11-24", start="14:00", end="15:00"), twin)
    found = work_calendar.conflicts(store.connection, TODAY, FIRST, LAST)
    assert [one.text for one in found] == [
        "Гимназия в один день занята дважды: «А» (09:00–10:00) и «Б» (14:00–15:00)."
    ]  # fmt: skip


def test_conflicts_say_why_and_offer_a_day(made: Made, store: Store) -> None:
    made.event("Чтение", "2026-11-24", start="10:00", end="12:00", methodist="Ким О. В.")
    late = made.event("Письмо", "2026-11-24", start="11:00", end="13:00", methodist="Ким Ольга Викторовна")
    made.event("В субботу", "2026-11-28")
    made.event("Отменили", "2026-11-24", start="11:00", methodist="Ким О. В.", state="cancelled")
    made.event("Прошло", "2026-11-20", start="11:00", methodist="Ким О. В.", state="held")
    found = work_calendar.conflicts(store.connection, TODAY, FIRST, LAST)
    assert [(one.code, one.day, one.text, one.free) for one in found] == [
        ("who", date(2026, 11, 24),
         "Ким О. В. в одно время на двух событиях: «Чтение» (10:00–12:00) и «Письмо» (11:00–13:00).",
         date(2026, 11, 25)),
        ("off", date(2026, 11, 28), "«В субботу» стоит в выходной: суббота.", date(2026, 11, 30)),
    ]  # fmt: skip
    step = found[0]
    assert step.item is not None
    assert step.item.key == late
    assert step.free is not None
    work_calendar.move(store, step.item.source, step.item.key, step.free)
    assert [one.code for one in work_calendar.conflicts(store.connection, TODAY, FIRST, LAST)] == ["off"]


def test_conflicts_of_all_time_end_with_the_last_thing(made: Made, store: Store) -> None:
    made.event("В субботу", "2026-11-28")
    far = work_calendar.conflicts(store.connection, TODAY, date.min, date.max)
    assert [one.code for one in far] == ["off"]
    assert far == work_calendar.conflicts(store.connection, TODAY, date.min, date(2030, 12, 31))
    assert work_calendar.conflicts(store.connection, TODAY, date(9999, 12, 1), date.max) == []


def test_days_at_the_ends_of_all_time_break_nothing(made: Made, store: Store) -> None:
    """A year typed wrongly stays as it was typed; whatever reads it stays calm."""
    ends = [made.event("Опечатка", first, last) for first, last in
            (("9999-12-31", None), ("0001-01-01", "9999-12-31"), ("2026-11-24", "9999-12-31"))]  # fmt: skip
    for first in (date.min, TODAY, date.max):
        work_calendar.conflicts(store.connection, first, first, date.max)
    for year in (2000, 2026, 2099):
        assert len(work_calendar.year(store.connection, TODAY, year).days) in {365, 366}
        assert work_calendar.month(store.connection, TODAY, year, 12).days[date(year, 12, 31)].items
    file = Calendar.from_ical(calendar_file.make(store.connection, TODAY, date.min, date.max).data)
    assert len(list(file.walk("VEVENT"))) == 3
    for key in ends:
        event_marks.repeat(store, key, "week", 2)
        event_marks.move(store, key, date(9999, 12, 30))
    assert help_board.span("year", date.max).step(1) == help_board.span("year", date(2099, 12, 31))
    assert help_board.span("month", date.min).step(-1) == help_board.span("month", date(2000, 1, 1))


def test_a_break_and_too_much_on_a_day(made: Made, store: Store) -> None:
    workday.put_usual_breaks(store, 2026)
    made.event("Урок в каникулы", "2027-01-12", kind="open_lesson")
    made.event("Сбор в каникулы", "2027-01-10")
    made.event("Курс", "2027-03-29")
    for number in range(7):
        made.put("task", text=f"Дело {number}", due_on="2026-12-01")
    found = work_calendar.conflicts(store.connection, TODAY, TODAY, date(2027, 3, 31))
    assert [(one.code, one.sure) for one in found] == [("many", True), ("off", True), ("break", False)]
    assert found[0].text == "На день намечено 7\u00a0дел: больше шести."
    assert "Если нужны уроки или ученики, перенесите." in found[2].text


def test_moving_keeps_the_length_and_is_one_step_back(made: Made, store: Store) -> None:
    event = made.event("Стажировка", "2026-11-24", "2026-11-26")
    assert work_calendar.move(store, "event", event, date(2026, 12, 2), grabbed=date(2026, 11, 25))
    row = store.connection.execute("SELECT date_from, date_to FROM work_event").fetchone()
    assert tuple(row) == ("2026-12-01", "2026-12-03")
    assert not work_calendar.move(store, "event", event, date(2026, 12, 1))
    label = store.connection.execute("SELECT label FROM operation ORDER BY id DESC LIMIT 1").fetchone()[0]
    assert label == "Перенесено: «Стажировка», с\u00a024.11.2026 на\u00a001.12.2026"
    store.undo()
    assert tuple(store.connection.execute("SELECT date_from, date_to FROM work_event").fetchone()) == (
        "2026-11-24", "2026-11-26"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("source", "table", "column", "values"),
    [
        ("task", "task", "due_on", {"text": "Дело"}),
        ("next", "help_entry", "next_on", {"next_step": "Звонок"}),
        ("body_plan", "body_plan", "due_on", {"school_year": 2026, "position": 0}),
        ("mentoring", "mentor_meeting", "planned_on", {"position": 0}),
    ],
)
def test_everything_whose_day_a_person_sets_can_move(
    made: Made, store: Store, source: str, table: str, column: str, values: dict[str, Any]
) -> None:
    if source == "body_plan":
        values = values | {"body_id": made.put("body", name="РМО", kind="РМО")}
    if source == "mentoring":
        values = values | {"pair_id": made.put("mentor_pair")}
    key = made.put(table, **values, **{column: "2026-11-24"})
    assert [(item.source, item.key, item.fixed) for item in _items(store)] == [(source, key, "")]
    assert work_calendar.move(store, source, key, date(2026, 11, 27))
    assert [item.first for item in _items(store)] == [date(2026, 11, 27)]
    store.undo()
    assert [item.first for item in _items(store)] == [date(2026, 11, 24)]


def test_what_is_over_or_written_elsewhere_stays_where_it_is(made: Made, store: Store) -> None:
    held = made.event("Прошло", "2026-11-10", state="held")
    task = made.put("task", text="Сделано", due_on="2026-11-10", done_on="2026-11-10")
    request = made.put("request", subject="Запрос", due_on="2026-11-13")
    before = store.connection.execute("SELECT count(*) FROM operation").fetchone()[0]
    for source, key in (("event", held), ("task", task), ("request", request)):
        with refused("CAL_FIXED"):
            work_calendar.move(store, source, key, TODAY)
    with refused("CAL_GONE"):
        work_calendar.move(store, "event", 5, TODAY)
    assert store.connection.execute("SELECT count(*) FROM operation").fetchone()[0] == before
    assert all(item.fixed for item in _items(store))


def test_a_month_shows_whole_weeks_and_counts_its_own(made: Made, store: Store) -> None:
    made.event("До месяца", "2026-10-28", "2026-11-02")
    made.event("После", "2026-12-03")
    made.event("Внутри", "2026-11-15")
    page = work_calendar.month(store.connection, TODAY, 2026, 11)
    assert (min(page.days), max(page.days), page.working) == (date(2026, 10, 26), date(2026, 12, 6), 20)
    assert [item.text for item in page.inside()] == ["До месяца", "Внутри"]
    assert [day.day for day in page.days.values() if any(one.text == "До месяца" for one in day.items)] == [
        date(2026, 10, 28), date(2026, 10, 29), date(2026, 10, 30), date(2026, 10, 31), date(2026, 11, 1),
        date(2026, 11, 2),
    ]  # fmt: skip
    assert page.days[date(2026, 11, 4)].title == "День народного единства"
    year = work_calendar.year(store.connection, TODAY, 2026)
    assert (len(year.days), len(year.items), year.working) == (365, 3, 247)


def test_days_that_stand_the_wrong_way_round_are_one_day(made: Made, store: Store) -> None:
    made.event("Наоборот", "2026-11-20", "2026-10-18")
    assert [(item.first, item.last) for item in _items(store)] == [(date(2026, 11, 20), date(2026, 11, 20))]


# --- the file ----------------------------------------------------------------------------------------------------


def _file(store: Store, **more: Any) -> Any:
    made = calendar_file.make(store.connection, TODAY, FIRST, LAST, made=datetime(2026, 11, 23, tzinfo=UTC), **more)
    found = Calendar.from_ical(made.data)
    assert isinstance(found, Calendar)
    assert len(list(found.walk("VEVENT"))) == made.number
    return found


def test_a_file_has_a_lasting_name_for_every_thing(made: Made, store: Store) -> None:
    event = made.event("Семинар", "2026-11-24", start="10:00", end="12:00", place="СОШ № 3")
    one = next(iter(_file(store).walk("VEVENT")))
    work_calendar.move(store, "event", event, date(2026, 11, 25))
    other = next(iter(_file(store).walk("VEVENT")))
    uid = store.connection.execute("SELECT value FROM file_meta WHERE key = 'uid'").fetchone()[0]
    assert str(one["UID"]) == str(other["UID"]) == f"event-{event}@{uid}.opora"
    assert (one["DTSTART"].dt, other["DTSTART"].dt) == (datetime(2026, 11, 24, 10), datetime(2026, 11, 25, 10))  # noqa: DTZ001 - floating on purpose
    assert str(one["LOCATION"]) == "СОШ № 3"


def test_names_stay_inside_until_they_are_asked_for(made: Made, store: Store) -> None:
    made.put("person", full_name="Соколова Анна Петровна")
    made.event("Мастер-класс Соколовой А. П.", "2026-11-24", methodist="Соколова Анна Петровна")
    made.put("help_entry", kind="visit", held_on="2026-11-05", topic="урок Соколовой Анны Петровны")
    bare, whole = _file(store).to_ical().decode(), _file(store, people=True).to_ical().decode()
    assert "Соколов" not in bare
    assert "Кто: Соколова" in whole.replace("\r\n ", "")


def test_an_empty_span_makes_no_file(store: Store) -> None:
    with refused("CAL_EMPTY"):
        calendar_file.make(store.connection, TODAY, FIRST, LAST)


def test_papers_of_an_empty_file_and_of_a_busy_day(made: Made, store: Store) -> None:
    month = calendar_papers.month(store.connection, workday.period("2026-11"), TODAY)
    assert month.title == "Календарь на ноябрь 2026 года"
    for number in range(5):
        made.event(f"Событие {number} " + "с длинным названием " * 6, "2026-11-24", start=f"1{number}:00")
    month = calendar_papers.month(store.connection, workday.period("2026-Q4"), TODAY)
    assert month.title == "Календарь на октябрь 2026 года"
    month = calendar_papers.month(store.connection, workday.period("2026-11"), TODAY)
    sheet: Any = month.document.blocks[0]
    days: Any = month.document.blocks[-1]
    row = next(row for row in sheet.rows() if row.cells[0] == 48)
    assert row.cells[2].lines[-1] == "ещё\u00a04"
    assert len(list(days.rows())) == 5
    year = calendar_papers.year(store.connection, 2026, TODAY)
    table: Any = year.document.blocks[0]
    november: Any = list(table.rows())[10]
    assert november.cells[:2] == ("Ноябрь", 20)
    assert len(november.cells[3].lines) == 5
