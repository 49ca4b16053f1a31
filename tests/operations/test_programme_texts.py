"""Texts of a programme: derived, typed, out of date, brought up to date without touching a person's words."""

from __future__ import annotations

import json

import pytest

from app.analysis.programme_sections import ALL
from app.errors import UserError
from app.models.store import Store
from app.operations import (
    history,
    metrics,
    programme_edit,
    programme_parts,
    programme_texts,
    programmes,
    schools,
)
from app.operations.programme_texts import Field, keep_in
from app.texts import NBSP


def plain(text: str) -> str:
    return text.replace(NBSP, " ")


@pytest.fixture
def key(store: Store) -> int:
    found = programmes.create(store, "municipal", "Поддержка школ", 2027, 2029)
    goal = programme_edit.add(store, found, "goal", "Снизить долю не сдавших")
    programme_edit.add(store, found, "task", "Обучить учителей", parent_id=goal)
    return found


def at(store: Store, key: int, name: str) -> Field:
    return next(item for item in programme_texts.fields(store.connection, key) if item.key == name)


def operations(store: Store) -> int:
    return len(history.history(store.connection))


def test_every_text_has_a_field_in_the_order_of_the_paper(store: Store, key: int) -> None:
    found = programme_texts.fields(store.connection, key)
    assert [item.key for item in found] == [item.key for item in ALL]
    tasks = at(store, key, "passport.tasks")
    assert (tasks.text, tasks.origin, tasks.word) == ("1. Обучить учителей.", "derived", "из структуры")
    developers = at(store, key, "passport.developers")
    assert (developers.text, developers.origin, developers.word) == ("", "empty", "пусто")
    assert at(store, key, "analysis.process").word == "из данных"
    texts = programme_texts.document_texts(store.connection, programmes.tree(store.connection, key))
    assert texts["passport.tasks"] == "1. Обучить учителей."
    assert texts["section.annexes"] == ""


def test_a_typed_text_is_typed_until_it_is_given_back(store: Store, key: int) -> None:
    programme_texts.put(store, key, "passport.tasks", "1. Обучить учителей. И поддержать их.")
    tasks = at(store, key, "passport.tasks")
    assert (tasks.origin, tasks.stale, tasks.word) == ("typed", False, "введено")
    programme_texts.reset(store, key, "passport.tasks")
    assert at(store, key, "passport.tasks").origin == "derived"
    history.undo(store)
    assert at(store, key, "passport.tasks").text == "1. Обучить учителей. И поддержать их."


def test_what_is_typed_back_as_it_was_is_derived_again(store: Store, key: int) -> None:
    programme_texts.put(store, key, "passport.tasks", "Другое")
    programme_texts.put(store, key, "passport.tasks", "1. Обучить учителей.")
    assert at(store, key, "passport.tasks").origin == "derived"
    assert not programmes.tree(store.connection, key).texts


def test_a_cleared_text_stays_empty(store: Store, key: int) -> None:
    programme_texts.put(store, key, "passport.tasks", "")
    tasks = at(store, key, "passport.tasks")
    assert (tasks.text, tasks.origin) == ("", "empty")
    assert tasks.derived == "1. Обучить учителей."


def test_typing_in_one_visit_is_one_operation(store: Store, key: int) -> None:
    before = operations(store)
    for text in ("О", "Отдел", "Отдел образования"):
        programme_texts.put(store, key, "passport.developers", text)
    assert operations(store) == before + 1
    history.undo(store)
    assert at(store, key, "passport.developers").text == ""


def test_a_changed_tree_makes_a_typed_text_stale_and_refresh_keeps_own_words(store: Store, key: int) -> None:
    programme_texts.put(store, key, "passport.tasks", "Задачи таковы.\n1. Обучить учителей.\nВсе они важны.")
    assert programme_texts.changes(store.connection, key) == ()
    task = next(node.id for node in programmes.tree(store.connection, key).of_kind("task"))
    programme_edit.put_text(store, task, "Обучить 40 учителей")
    programme_edit.add(store, key, "task", "Найти психологов")
    tasks = at(store, key, "passport.tasks")
    assert (tasks.stale, tasks.word) == (True, "цифры устарели")
    (change,) = programme_texts.changes(store.connection, key)
    assert [(line.before, line.after, line.by_hand) for line in change.lines] == [
        ("1. Обучить учителей.", "1. Обучить 40 учителей.", False),
        (None, "2. Найти психологов.", False),
    ]
    assert programme_texts.refresh(store, key, ["passport.goal"]) == 0
    before = operations(store)
    assert programme_texts.refresh(store, key, ["passport.tasks"]) == 1
    assert operations(store) == before + 1
    now = at(store, key, "passport.tasks")
    assert now.text == "Задачи таковы.\n1. Обучить 40 учителей.\nВсе они важны.\n2. Найти психологов."
    assert (now.origin, now.stale) == ("typed", False)
    history.undo(store)
    assert at(store, key, "passport.tasks").stale


def test_a_line_that_a_person_reworded_is_left_to_them(store: Store, key: int) -> None:
    programme_texts.put(store, key, "passport.tasks", "1. Учить наших учителей.")
    task = next(node.id for node in programmes.tree(store.connection, key).of_kind("task"))
    programme_edit.put_text(store, task, "Обучить 40 учителей")
    (change,) = programme_texts.changes(store.connection, key)
    assert [line.by_hand for line in change.lines] == [True]
    programme_texts.refresh(store, key, ["passport.tasks"])
    now = at(store, key, "passport.tasks")
    assert (now.text, now.stale) == ("1. Учить наших учителей.", False)


def test_a_line_that_has_gone_goes_from_the_text(store: Store, key: int) -> None:
    second = programme_edit.add(store, key, "task", "Найти психологов")
    programme_texts.put(store, key, "passport.tasks", "Начало.\n1. Обучить учителей.\n2. Найти психологов.\nКонец.")
    programme_edit.remove(store, [second])
    programme_texts.refresh(store, key, ["passport.tasks"])
    assert at(store, key, "passport.tasks").text == "Начало.\n1. Обучить учителей.\nКонец."


def test_a_changed_metric_marks_the_sentence_that_says_it(store: Store, key: int) -> None:
    one = schools.add(store, {"name": "СОШ № 1"})
    metrics.put(store, 2026, [(one, "pupils", "300"), (one, "teachers", "20")])
    text = at(store, key, "analysis.process").text
    programme_texts.put(store, key, "analysis.process", f"{text}\nСвоё слово.")
    kept = programmes.tree(store.connection, key).texts["analysis.process"]
    figures = json.loads(kept.figures or "{}")["figures"]
    assert figures["metric:teachers"] == ["учителей", "20"]
    metrics.put(store, 2026, [(one, "teachers", "21")])
    (change,) = programme_texts.changes(store.connection, key)
    (line,) = change.lines
    assert plain(line.before or "") == "В 1 школе муниципалитета работают 20 учителей."
    assert plain(line.after or "") == "В 1 школе муниципалитета работает 21 учитель."
    programme_texts.refresh(store, key, ["analysis.process"])
    now = plain(at(store, key, "analysis.process").text)
    assert "работает 21 учитель." in now
    assert now.endswith("Своё слово.")
    assert "20 учителей" not in now


def test_kept_texts_follow_no_data_until_they_are_refreshed(store: Store, key: int) -> None:
    with store.operation("На согласование", "programme.test") as operation:
        keep_in(operation, store.connection, key)
    programme_parts.put_rows(store, key, "monitor", [{"subject": "Сдача математики", "period": "раз в год"}])
    task = next(node.id for node in programmes.tree(store.connection, key).of_kind("task"))
    programme_edit.put_text(store, task, "Обучить 40 учителей")
    tasks = at(store, key, "passport.tasks")
    assert (tasks.text, tasks.origin, tasks.stale) == ("1. Обучить учителей.", "derived", True)
    # what said nothing then was not kept, so it is derived now
    assert at(store, key, "passport.control").text == "Сдача математики; когда — раз в год."
    programme_texts.refresh(store, key, ["passport.tasks"])
    now = at(store, key, "passport.tasks")
    assert (now.text, now.origin, now.stale) == ("1. Обучить 40 учителей.", "derived", False)


def test_an_approved_edition_takes_no_text(store: Store, key: int) -> None:
    with store.operation("Утверждение", "programme.test") as operation:
        operation.update("programme", key, approved_on="2026-12-01")
    for act in (
        lambda: programme_texts.put(store, key, "passport.tasks", "Другое"),
        lambda: programme_texts.reset(store, key, "passport.tasks"),
        lambda: programme_texts.refresh(store, key, ["passport.tasks"]),
    ):
        with pytest.raises(UserError) as raised:
            act()
        assert raised.value.code == "PROGRAMME_FROZEN"
