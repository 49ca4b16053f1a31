"""Ready templates of entries of help: in an empty file, beside one's own, hidden, made one's own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.errors import UserError
from app.models import help_entries
from app.models import registers as stored
from app.models.store import Store
from app.operations import help_entry, help_templates, help_understanding, registers
from app.operations.help_understanding import HelpDraft
from tests.helpers import stores

DAY = date(2026, 11, 23)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = stores.made(tmp_path / "о.opora")
    stores.school(made, "СОШ № 7", own=1)
    yield made
    made.abandon()


def _titles(store: Store) -> list[str | None]:
    return [one.title for one in help_templates.offered(store.connection)]


def test_an_empty_file_offers_templates_that_are_understood(store: Store) -> None:
    assert help_entries.templates(store.connection) == []
    assert _titles(store)[:3] == ["Выезд мобильного методиста", "Консультация по ВПР", "Посещение урока"]
    desk = help_understanding.desk(store.connection, DAY)
    assert len({one.key for one in help_templates.ready()}) == len(help_templates.ready()) == len(desk.templates)
    for one in desk.templates:
        draft = help_entry.from_template(one, HelpDraft(school="7", topic="своё"), DAY)
        found = help_understanding.understand(desk, draft, DAY)
        assert not found.marks, (one.title, found.marks)
        assert [found.values[name] for name in ("kind", "audience", "people", "way")] == [
            one.kind, one.audience, one.people, one.way]  # fmt: skip
        assert found.values["topic"] == (one.topic or "своё")
        assert found.values["next_step"] == one.next_step
        assert (found.values["next_on"] is None) == (one.next_days is None)
        help_entry.write(store, draft, DAY)


def test_a_ready_one_is_hidden_brought_back_and_undone(store: Store) -> None:
    before = _titles(store)
    one = help_templates.find_ready(store.connection, "консультация по впр")
    help_templates.hide(store, one)
    assert _titles(store) == [title for title in before if title != "Консультация по ВПР"]
    store.undo()
    assert _titles(store) == before
    store.redo()
    assert help_templates.bring_back(store) == 1
    assert _titles(store) == before
    assert help_templates.bring_back(store) == 0, "nothing to bring back is no operation"
    assert store.undo() is not None
    assert "Консультация по ВПР" not in _titles(store)


def test_a_ready_one_becomes_ones_own_and_stands_once(store: Store) -> None:
    number = len(_titles(store))
    key = help_templates.take(store, help_templates.find_ready(store.connection, "Посещение"))
    assert (_titles(store)[0], len(_titles(store))) == ("Посещение урока", number), "one's own comes first"
    row = stored.row(store.connection, "help_template", key)
    assert row is not None
    assert (row["kind"], row["people"], row["way"], row["next_days"]) == ("lesson", 1, "school", 21)
    registers.put_cells(store, "help_templates", {}, [(key, "title", "Урок физики")])
    assert _titles(store).count("Посещение урока") == 0, "renamed, it does not come back as a stranger"
    store.undo()
    store.undo()
    assert help_entries.templates(store.connection) == []
    assert len(_titles(store)) == number


def test_one_of_the_same_name_hides_the_ready_one(store: Store) -> None:
    registers.add(store, "help_templates", {}, title="консультация  по ВПР", kind="visit")
    assert _titles(store).count("Консультация по ВПР") == 0
    assert help_templates.find(store.connection, "консультация по ВПР").kind == "visit"
    with pytest.raises(UserError) as error:
        help_templates.find(store.connection, "к")
    assert error.value.code == "HELP_NO_TEMPLATE"
    assert "«Посещение урока»" in error.value.cure


def test_what_a_template_fills_in_is_told_in_words(store: Store) -> None:
    told = {one.key: help_templates.words(one.template).replace("\u00a0", " ") for one in help_templates.ready()}
    assert told["mobile"] == "Выезд, команда школы, через 14 дней: узнать, что сделано"
    assert (
        told["lesson"]
        == "Посещение урока, 1 учитель, наблюдение и анализ урока, через 21 день: посмотреть урок ещё раз"
    )
    assert help_templates.shown(store.connection) == help_templates.ready()
