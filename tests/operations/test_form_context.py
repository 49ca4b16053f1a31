"""A questionnaire made from metrics: what it asks, and where its answers go."""

from __future__ import annotations

import pytest

from app.errors import UserError
from app.forms.loader import load
from app.models.forms import SubjectRef
from app.models.store import Store
from app.operations import form_answers, form_context, form_rounds, history, metrics
from tests.helpers import stores

YEAR = 2026


@pytest.fixture
def store(tmp_path):
    with stores.opened(_made(tmp_path)) as found:
        yield found


def _made(tmp_path):
    store = stores.made(tmp_path / "файл.opora")
    stores.school(store, "СОШ № 3", own=1)
    store.abandon()
    return tmp_path / "файл.opora"


def _school(store: Store) -> int:
    return int(store.connection.execute("SELECT id FROM organisation").fetchone()[0])


def _value(store: Store, code: str) -> str:
    line = metrics.table(store.connection, YEAR, [code]).lines[0]
    return line.cells[0].text


def test_a_share_is_asked_as_its_two_numbers_and_each_number_once(store):
    form = form_context.form_of(metrics.catalogue(), ["share_ovz", "pupils", "share_disabled"])
    assert [item.id for item in form.items()] == ["pupils", "pupils_ovz", "pupils_disabled"]
    assert [item.number for item in form.items()] == ["1", "2", "3"]
    assert {item.kind for item in form.items()} == {"whole"}
    assert all(item.metric == item.id for item in form.items())


def test_nothing_chosen_and_an_unknown_metric_are_said(store):
    with pytest.raises(UserError) as caught:
        form_context.make(store, [])
    assert caught.value.code == "FORM_CONTEXT_EMPTY"
    with pytest.raises(UserError) as caught:
        form_context.make(store, ["такого нет"])
    assert caught.value.code == "DATA_NO_METRIC"


def test_every_metric_of_the_catalogue_makes_a_form_that_loads(store):
    known = metrics.catalogue()
    entry = form_context.make(store, [metric.code for metric in known.metrics])
    again = load(entry.form.text)
    assert [item.metric for item in again.items()] == [
        metric.code for metric in form_context.asked(known, [m.code for m in known.metrics])
    ]


def test_accepted_answers_become_metrics_and_a_share_follows(store):
    form_context.make(store, ["share_ovz"])
    key = form_rounds.start(store, "context", YEAR, [SubjectRef("school", organisation_id=_school(store))])
    case = form_rounds.cases(store.connection, key)[0].case.id
    form_answers.put(store, case, "pupils", "1 200")
    form_answers.put(store, case, "pupils_ovz", "30")
    assert _value(store, "pupils") == ""
    form_rounds.accept(store, [case])
    assert _value(store, "share_ovz") == "30\u00a0из\u00a01200 (2,5\u00a0%)"
    history.undo(store)
    assert _value(store, "pupils_ovz") == ""


def test_what_is_known_is_filled_in_and_waits_for_a_word(store):
    metrics.put(store, YEAR - 1, [(_school(store), "pupils", "410")])
    form_context.make(store, ["pupils"])
    key = form_rounds.start(store, "context", YEAR, [SubjectRef("school", organisation_id=_school(store))])
    view = form_answers.case(store.connection, form_rounds.cases(store.connection, key)[0].case.id)
    answer = view.answers.get("pupils")
    assert (answer.value, answer.confirmed) == ("410", False)


def test_the_next_questionnaire_is_offered_with_what_was_asked_last(store):
    assert form_context.suggested(store.connection, YEAR) == ()
    metrics.put(store, YEAR - 1, [(_school(store), "pupils", "410")])
    assert form_context.suggested(store.connection, YEAR) == ("pupils",)
    form_context.make(store, ["pupils", "pupils_ovz"])
    assert form_context.suggested(store.connection, YEAR) == ("pupils", "pupils_ovz")
