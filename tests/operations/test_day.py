"""The day: what is due from every room, tasks that come again, requests, what changed, the digest."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.errors import UserError
from app.models.store import Store
from app.operations import day_lines, digest, registers, requests, tasks, today, what_changed
from tests.helpers import stores

DAY = date(2026, 11, 23)
YEAR = {"school_year": 2026}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return stores.made(tmp_path / "file.opora")


def _texts(store: Store, last: date = date(2026, 12, 7)) -> list[tuple[str, str, str]]:
    found = day_lines.open_lines(store.connection, DAY, last)
    return [(line.source, line.due or "", line.text) for line in found]


# --- lines -------------------------------------------------------------------------------------------------------


def test_every_room_gives_what_is_due_and_nothing_that_is_done(store: Store) -> None:
    school = stores.school(store, "СОШ № 1", own=1)
    document = registers.add(store, "documents", YEAR, kind="protocol", number="3", dated="2026-10-12")
    point = {"document_id": document}
    registers.add(store, "points", point, text="Выехать в школу", due_on="2026-11-20", organisation_id=school)
    registers.add(store, "points", point, text="Готово", due_on="2026-11-20", state="done", done_on="2026-11-19")
    registers.add(store, "tasks", {}, text="Позвонить", due_on="2026-11-23", kind="call", responsible="Ким О. В.")
    registers.add(store, "tasks", {}, text="Через месяц", due_on="2026-12-23")
    registers.add(store, "tasks", {}, text="Без срока")
    registers.add(store, "requests", {}, subject="Сведения", number="7", dated="2026-11-10", due_on="2026-11-30")
    registers.add(store, "requests", {}, subject="Ответили", due_on="2026-11-25", answered_on="2026-11-20")
    registers.add(store, "risks", YEAR, text="Нанять учителя", due_on="2026-12-07", organisation_id=school)
    registers.add(store, "risks", YEAR, text="Поздно", due_on="2026-12-08", organisation_id=school)
    registers.add(store, "partnerships", YEAR, topic="Математика", date_to="2026-12-01", receiver_id=school)
    registers.add(store, "partnerships", YEAR, topic="Русский", date_to="2026-12-01", state="ended")
    registers.add(store, "support", YEAR, offer="Стажировка", date_to="2026-11-28", organisation_id=school)
    registers.add(store, "route", YEAR | {"organisation_id": school}, step="hearing", planned_on="2026-11-24")
    assert _texts(store) == [
        ("point", "2026-11-20", "Выехать в школу"),
        ("task", "2026-11-23", "Позвонить"),
        ("route", "2026-11-24", _step("hearing")),
        ("support", "2026-11-28", "Стажировка"),
        ("request", "2026-11-30", "Сведения"),
        ("partnership", "2026-12-01", "Кончается соглашение: Математика"),
        ("risk", "2026-12-07", "Нанять учителя"),
    ]
    by_source = {line.source: line for line in day_lines.open_lines(store.connection, DAY, date(2026, 12, 7))}
    assert by_source["point"].detail == "протокол №\u00a03"
    assert by_source["point"].school == "СОШ № 1"
    assert by_source["request"].detail == "№\u00a07 от\u00a010.11.2026"
    assert by_source["task"].markable
    assert not by_source["point"].markable


def _step(key: str) -> str:
    from app.operations.register_catalogue import STEP_WORDS

    text = str(STEP_WORDS.get(key, key))
    return text[:1].upper() + text[1:]


def test_what_was_done_is_asked_by_the_day_of_doing(store: Store) -> None:
    registers.add(store, "tasks", {}, text="В октябре", due_on="2026-11-05", done_on="2026-10-30")
    registers.add(store, "tasks", {}, text="В ноябре", due_on="2026-10-05", done_on="2026-11-30")
    found = day_lines.done_lines(store.connection, DAY, date(2026, 11, 1), date(2026, 11, 30))
    assert [(line.text, line.open) for line in found] == [("В ноябре", False)]
    due = day_lines.due_lines(store.connection, DAY, date(2026, 11, 1), date(2026, 11, 30))
    assert [line.text for line in due] == ["В октябре"], "due in November, done before it"


def test_a_merged_school_is_called_by_its_canonical_name(store: Store) -> None:
    first, second = stores.school(store, "СОШ № 1", own=1), stores.school(store, "Школа 1", own=1)
    registers.add(store, "tasks", {}, text="Выезд", due_on="2026-11-24", organisation_id=second)
    with store.operation("Объединено", "school.merge") as operation:
        operation.update("organisation", second, duplicate_of=first)
    (line,) = day_lines.open_lines(store.connection, DAY, DAY.replace(day=30))
    assert line.school == "СОШ № 1"


def test_the_same_step_of_several_schools_is_one_line_of_the_day(store: Store) -> None:
    schools = [stores.school(store, f"СОШ № {number}", own=1) for number in range(5)]
    keys = [
        registers.add(store, "route", YEAR | {"organisation_id": school}, step="hearing", planned_on="2026-11-24")
        for school in schools
    ]
    found = today.today(store.connection, DAY)
    (step,) = [step for step in found.steps if step.line is not None]
    assert step.detail == "Маршрут школы · СОШ № 0, СОШ № 1, СОШ № 2 и ещё 2"
    assert step.place == ("monitoring", ("route", ("step", schools[0], keys[0], 2026))), "the first of them is opened"


# --- the day -----------------------------------------------------------------------------------------------------


def test_steps_stand_under_the_heading_of_their_day(store: Store) -> None:
    days = {"2026-11-21": "late", "2026-11-23": "today", "2026-11-24": "today", "2026-11-29": "week",
            "2026-11-30": "later", "2026-12-07": "later", "2026-12-08": None}  # fmt: skip
    for day in days:
        registers.add(store, "tasks", {}, text=day, due_on=day)
    steps = {step.text: step for step in today.today(store.connection, DAY).steps}
    assert {day: steps[day].group if day in steps else None for day in days} == days
    told = {day: steps[day].badge.replace("\u00a0", " ") for day in days if day in steps}
    assert told["2026-11-21"] == "2 дня назад"
    assert told["2026-11-23"] == "сегодня"
    assert told["2026-11-24"] == "завтра"
    assert told["2026-11-30"] == "30.11"
    assert [steps[day].urgency for day in ("2026-11-21", "2026-11-26") if day in steps] == ["bad"]


@pytest.mark.parametrize(
    ("left", "told"),
    [(-1, "вчера"), (-2, "2 дня назад"), (-5, "5 дней назад"), (-21, "21 день назад"), (-61, "с 23.09.2026"),
     (0, "сегодня"), (1, "завтра"), (2, "23.09")],
)  # fmt: skip
def test_a_badge_says_the_day_as_people_do(left: int, told: str) -> None:
    assert today.badge(left, "2026-09-23").replace("\u00a0", " ") == told


def test_the_sentence_counts_to_commission_and_report(store: Store) -> None:
    registers.add(store, "tasks", {}, text="Комиссия", kind="commission", due_on="2026-11-29")
    registers.add(store, "tasks", {}, text="Ещё одна", kind="commission", due_on="2026-12-29")
    registers.add(store, "tasks", {}, text="Отчёт", kind="report", due_on="2027-01-14")
    registers.add(store, "tasks", {}, text="Забыто", due_on="2026-11-01")
    found = today.today(store.connection, DAY)
    assert today.sentence(found, 2).replace("\u00a0", " ") == (
        "До комиссии 6 дней · до отчёта 52 дня · 1 дело просрочено · 2 замечания ждут проверки"
    )
    assert today.sentence(today.today(store.connection, date(2026, 11, 28))).startswith("Завтра комиссия")


def test_an_empty_file_has_a_day_too(store: Store) -> None:
    found = today.today(store.connection, DAY)
    assert [step.action for step in found.steps] == ["import_schools"]
    assert today.sentence(found, 0) == "Просроченного нет, замечаний к данным нет"
    assert "Загрузите реестр школ" in digest.digest(store.connection, DAY)


# --- tasks -------------------------------------------------------------------------------------------------------


def _tasks(store: Store) -> list[tuple[str, str | None]]:
    return [(row["due_on"], row["done_on"]) for row in registers.rows(store.connection, "tasks")]


def test_a_repeating_task_comes_again_as_one_step_back(store: Store) -> None:
    key = tasks.add(store, text="Планёрка", due_on="2026-11-16", repeat="week", responsible="Ким О. В.")
    before = stores.dump(store.connection)
    (again,) = tasks.mark_done(store, [key], DAY, "провели")
    assert _tasks(store) == [("2026-11-16", "2026-11-23"), ("2026-11-30", None)]
    assert tasks.mark_done(store, [key], DAY) == [], "it is done already"
    store.undo()
    assert stores.dump(store.connection) == before
    store.redo()
    tasks.mark_done(store, [again], date(2026, 11, 30))
    assert [due for due, _done in _tasks(store)] == ["2026-11-16", "2026-11-30", "2026-12-07"]


def test_a_day_typed_into_the_grid_means_the_same(store: Store) -> None:
    key = tasks.add(store, text="Отчёт", due_on="2026-08-31", repeat="month")
    registers.put_cells(store, "tasks", {}, [(key, "done_on", "31.08.2026")])
    assert _tasks(store) == [("2026-08-31", "2026-08-31"), ("2026-09-30", None)]
    second = registers.rows(store.connection, "tasks")[1]["id"]
    registers.put_cells(store, "tasks", {}, [(second, "done_on", "30.09.2026")])
    assert _tasks(store)[2] == ("2026-10-31", None), "the 31st comes back"
    store.undo()
    assert len(_tasks(store)) == 2, "marking and coming again are one step"


def test_a_task_taken_back_takes_the_one_that_came_again_with_it(store: Store) -> None:
    key = tasks.add(store, text="Планёрка", due_on="2026-11-16", repeat="week")
    tasks.mark_done(store, [key], DAY)
    tasks.reopen(store, key)
    assert _tasks(store) == [("2026-11-16", None)]
    tasks.reopen(store, key)
    tasks.mark_done(store, [key], DAY)
    assert len(_tasks(store)) == 2, "marked anew it comes again anew"


def test_many_tasks_are_marked_at_once(store: Store) -> None:
    keys = [tasks.add(store, text=f"Дело {number}", due_on="2026-11-20") for number in range(3)]
    tasks.mark_done(store, keys, DAY)
    assert store.undo().label == "Сделано: 3\u00a0дела"
    assert tasks.counts(store.connection, DAY) == tasks.TaskCounts(3, 3, 0, 0)


def test_a_task_that_is_gone_is_named(store: Store) -> None:
    for call in (lambda: tasks.mark_done(store, [1], DAY), lambda: tasks.reopen(store, 1),
                 lambda: tasks.put_place(store, 1, "route")):  # fmt: skip
        with pytest.raises(UserError) as caught:
            call()
        assert caught.value.code == "MON_NO_TASK"


def test_a_task_opens_its_place_else_its_school_else_itself(store: Store) -> None:
    school = stores.school(store, "СОШ № 1")
    key = tasks.add(store, text="Выезд", due_on="2026-11-23", organisation_id=school)
    own = tasks.add(store, text="Своё", due_on="2026-11-23")

    def places() -> dict[int, day_lines.Place]:
        return {line.key: line.place for line in day_lines.open_lines(store.connection, DAY, DAY)}

    assert places() == {key: ("school", school), own: ("today", ("tasks", own))}
    tasks.put_place(store, key, "execution")
    assert places()[key] == ("monitoring", "execution")
    tasks.put_place(store, key, None)
    assert places()[key] == ("school", school)


# --- requests ----------------------------------------------------------------------------------------------------


def test_a_request_goes_from_waiting_to_answered_and_back(store: Store, tmp_path: Path) -> None:
    key = registers.add(store, "requests", {}, subject="Сведения", due_on="2026-11-20", number="7")
    assert requests.line(store.connection, key, DAY).state == "late"
    assert requests.line(store.connection, key, date(2026, 11, 18)).state == "soon"
    assert requests.line(store.connection, key, date(2026, 11, 10)).state == "waiting"
    letter = tmp_path / "ответ.pdf"
    letter.write_bytes(b"letter")
    requests.answer(store, key, DAY, number="214", text="Отправили", paths=[letter])
    line = requests.line(store.connection, key, DAY)
    assert (line.state, line.answer_number, line.days) == ("answered_late", "214", None)
    (kept,) = registers.table(store.connection, "requests", {}).files[key]
    assert kept.title == "Ответ: ответ.pdf"
    assert registers.file_bytes(store.connection, kept.id)[1] == b"letter"
    store.undo()
    assert requests.line(store.connection, key, DAY).state == "late"
    assert not registers.table(store.connection, "requests", {}).files, "the file goes with the answer"
    store.redo()
    requests.take_back(store, key)
    assert requests.line(store.connection, key, DAY).state == "late"


def test_an_answer_in_time_and_one_without_a_day(store: Store) -> None:
    timely = registers.add(store, "requests", {}, subject="А", due_on="2026-11-23", answered_on="2026-11-23")
    none = registers.add(store, "requests", {}, subject="Б")
    assert requests.line(store.connection, timely, DAY).state == "answered"
    assert requests.line(store.connection, none, DAY).state == "no_term"
    assert [line.id for line in requests.listing(store.connection, DAY)] == [none, timely], "what waits comes first"
    assert [line.id for line in requests.listing(store.connection, DAY, open_only=True)] == [none]


def test_an_answer_names_a_paper_that_is_there(store: Store) -> None:
    key = registers.add(store, "requests", {}, subject="А")
    with pytest.raises(UserError) as caught:
        requests.answer(store, key, DAY, paper=5)
    assert caught.value.code == "MON_NO_PAPER"
    with pytest.raises(UserError) as caught:
        requests.answer(store, 1, DAY)
    assert caught.value.code == "MON_NO_REQUEST"


# --- what changed ------------------------------------------------------------------------------------------------


def test_changes_stand_by_subject_the_newest_first(store: Store) -> None:
    tasks.add(store, text="Раз", due_on="2026-11-23")
    stores.school(store, "СОШ № 1")
    tasks.add(store, text="Два", due_on="2026-11-23")
    groups = what_changed.since(store.connection, None)
    assert [(group.key, group.number) for group in groups] == [("today", 2), ("schools", 1), ("other", 1)]
    first = groups[0]
    assert first.text.replace("\u00a0", " ") == "Дела и запросы: 2 изменения"
    assert first.label == "Записано дело «Два»"
    assert first.actors == (stores.ACTOR,)
    assert groups[1].text == "Добавлена школа «СОШ № 1»", "a single change says itself what it was"
    store.undo()
    assert what_changed.since(store.connection, None)[0].key == "schools", "what was undone has not happened"


def test_only_what_came_after_the_moment_is_told(store: Store) -> None:
    stores.school(store, "СОШ № 1")
    with store.operation("Старое", "school.add") as operation:
        operation.insert("organisation", name="СОШ № 2")
    store.connection.execute("UPDATE operation SET at = '2026-11-20T08:00:00+00:00'")
    tasks.add(store, text="Новое", due_on="2026-11-23")
    groups = what_changed.since(store.connection, "2026-11-20T08:00:00+00:00")
    assert [group.label for group in groups] == ["Записано дело «Новое»"]


@pytest.mark.parametrize("kind", ["results.import", "form.accept", "programme.edit", "execution.edit", "points.edit"])
def test_the_kinds_of_the_rooms_have_their_subject(kind: str) -> None:
    assert what_changed.subject_of(kind) != "other"


# --- the digest --------------------------------------------------------------------------------------------------


def test_the_digest_is_plain_text_with_every_line_once(store: Store) -> None:
    registers.add(store, "tasks", {}, text="Сдать отчёт", due_on="2026-11-20", responsible="Ким О. В.")
    registers.add(store, "requests", {}, subject="Сведения о школах", number="7", due_on="2026-11-24")
    text = digest.digest(store.connection, DAY)
    assert "\u00a0" not in text
    assert text.endswith("\n")
    assert text.startswith("Сегодня, 23 ноября 2026 года, понедельник\n")
    assert "ПРОСРОЧЕНО: 1\n— 20.11.2026. Сдать отчёт. Ким О. В.\n" in text
    assert "СЕГОДНЯ И ЗАВТРА: 1\n— 24.11.2026. Сведения о школах. Запрос · № 7.\n" in text
    assert text.count("Сдать отчёт") == 1


def test_the_digest_says_that_a_day_is_off(store: Store) -> None:
    assert "Сегодня не рабочий день: День народного единства." in digest.digest(store.connection, date(2026, 11, 4))
