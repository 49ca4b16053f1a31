"""Many schools in a round: the board and accepting ask the file as often for thirty schools as for three."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from app.forms.answers import given
from app.forms.loader import load
from app.forms.schema import AnswerSet
from app.models.forms import SubjectRef
from app.models.store import Store
from app.operations import form_answers, form_board, form_rounds, forms
from tests.helpers.form_texts import CHECK
from tests.helpers.stores import school

DAY = date(2026, 11, 20)


def _statements(store: Store, act: Callable[[], object]) -> int:
    """Count the questions asked, changes aside."""
    asked: list[str] = []
    store.connection.set_trace_callback(lambda text: asked.append(text) if text.startswith("SELECT") else None)
    try:
        act()
    finally:
        store.connection.set_trace_callback(None)
    return len(asked)


def _begun(store: Store, year: int, number: int) -> list[int]:
    keys = [school(store, f"Школа {year}-{n}") for n in range(number)]
    refs = [SubjectRef("school_programme", organisation_id=key) for key in keys]
    made = form_rounds.start(store, "probe", year, refs, due_on="2026-11-01", prefill=False)
    return [line.case.id for line in form_rounds.cases(store.connection, made)]


def _fill(store: Store, case: int, *values: str) -> None:
    form = load(CHECK)
    answers = {item.id: given(item, value) for item, value in zip(form.items(), values, strict=True)}
    form_answers.store_set(store, case, AnswerSet(form.id, form.version, answers))


def test_the_board_asks_the_file_no_more_often_for_more_schools(store: Store) -> None:
    forms.save(store, load(CHECK))
    few, many = _begun(store, 2025, 3), _begun(store, 2026, 30)
    counts = [_statements(store, partial(form_board.board, store.connection, year, DAY)) for year in (2025, 2026)]
    assert counts[0] == counts[1]
    for case in (*few, *many):
        _fill(store, case, "2", "1", "0")
    counts = [_statements(store, partial(form_rounds.accept, store, cases)) for cases in (few, many)]
    # the journal asks for the row it changes
    assert counts[1] - counts[0] <= 4 * (len(many) - len(few))


def test_answers_that_are_alike_are_not_taken_for_one_another(store: Store) -> None:
    forms.save(store, load(CHECK))
    cases = _begun(store, 2026, 6)
    _fill(store, cases[0], "2", "1", "0")
    _fill(store, cases[1], "2", "1", "0")
    _fill(store, cases[2], "2", "1", "1")
    _fill(store, cases[3], "1", "2", "0")
    _fill(store, cases[4], "2", "1", "7")
    form_rounds.override_level(store, cases[1], "low", "решили эксперты")
    lines = {
        line.case.id: line
        for line in form_rounds.cases(store.connection, form_rounds.rounds(store.connection)[0].round.id, DAY)
    }
    levels = {key: line.level.id if line.level else None for key, line in lines.items()}
    told = [(lines[c].points, levels[c], lines[c].state, lines[c].problems) for c in cases]
    assert told == [
        (3, "low", "received", 0),
        (3, "low", "received", 0),
        (4, "high", "received", 0),
        (3, "low", "received", 0),
        (None, None, "with_errors", 1),
        (None, None, "not_sent", 3),
    ]
    assert [lines[c].overruled for c in cases] == [False, True, False, False, False, False]
    for case in cases:
        view = form_answers.case(store.connection, case)
        alone = view.scores[0].points, len(view.problems), view.state
        assert alone == (lines[case].points, lines[case].problems, lines[case].state)
