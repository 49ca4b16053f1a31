"""Half-typed text and the lock of an accepted form: nothing typed is locked in, nothing is lost (decision 18)."""

from __future__ import annotations

import pytest

from app.errors import UserError
from app.forms.loader import load
from app.models.store import Store
from app.operations import form_answers, form_rounds, forms, history, schools
from tests.helpers.form_texts import CHECK
from tests.helpers.stores import dump
from tests.operations.test_form_rounds import begun, fill


@pytest.fixture
def two(store: Store) -> tuple[int, int]:
    forms.save(store, load(CHECK))
    return schools.add(store, {"name": "СОШ № 1"}), schools.add(store, {"name": "СОШ № 2"})


def test_accepting_takes_half_typed_text_as_the_answer(store: Store, two: tuple[int, int]) -> None:
    one, _other = begun(store, two)
    fill(store, one, "2", "2", "2")
    form_answers.put(store, one, "1", "2", comment="журнал")
    form_answers.put_draft(store, one, "1", "0")
    form_rounds.accept(store, [one])
    found = form_answers.case(store.connection, one)
    answer = found.answers.get("1")
    assert (found.drafts, answer.value, answer.comment) == ({}, "0", "журнал")
    assert found.judged.scores[0].points == 4
    history.undo(store)
    again = form_answers.case(store.connection, one)
    assert (again.drafts, again.answers.get("1").value, again.case.locked) == ({"1": "0"}, "2", False)


def test_half_typed_text_that_does_not_fit_is_refused_and_goes_on_waiting(store: Store, two: tuple[int, int]) -> None:
    one, _other = begun(store, two)
    fill(store, one, "2", "2", "2")
    form_answers.put_draft(store, one, "1", "может бы")
    before = dump(store.connection)
    with pytest.raises(UserError) as caught:
        form_rounds.accept(store, [one])
    assert caught.value.code == "FORM_NOT_READY"
    assert dump(store.connection) == before
    form_rounds.accept(store, [one], anyway=True)
    found = form_answers.case(store.connection, one)
    answer = found.answers.get("1")
    assert (found.drafts, answer.raw, answer.code, found.case.locked) == ({}, "может бы", "ITEM_CHOICE", True)


def test_what_was_accepted_anew_is_not_undone_from_before(store: Store, two: tuple[int, int]) -> None:
    one, _other = begun(store, two)
    fill(store, one, "2", "2", "2")
    form_answers.put_draft(store, one, "1", "0")
    form_rounds.accept(store, [one])
    first = history.history(store.connection)[0].id
    form_rounds.reopen(store, one, "уточнить")
    form_rounds.accept(store, [one])
    before = dump(store.connection)
    with pytest.raises(UserError):
        history.undo(store, first)
    assert dump(store.connection) == before
