"""Composite forms: whose answers count where several have them, and that one school never speaks for another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from app.errors import UserError
from app.forms.answers import given
from app.forms.loader import load
from app.forms.schema import AnswerSet
from app.models.forms import SubjectRef
from app.models.store import Store
from app.operations import form_answers, form_board, form_letters, form_rounds, form_summary, forms
from app.operations.today import today
from tests.helpers.form_texts import CHECK
from tests.helpers.stores import school

WHOLE = """
id = "whole"
version = "1.0"
title = "Сводная"
subject = "school_programme"
kind = "composite"
[[scores]]
id = "total"
title = "Сумма"
rule = "sum"
[[parts]]
form = "probe"
"""


def _begin(store: Store, form_id: str, refs: Sequence[SubjectRef]) -> list[int]:
    key = form_rounds.start(store, form_id, 2026, refs)
    lines = {line.subject.name or line.subject.shown: line.case.id for line in form_rounds.cases(store.connection, key)}
    return [lines[name] for name in sorted(lines)]


def _points(store: Store, case: int, value: str) -> None:
    form = forms.definition(store.connection, form_answers.case(store.connection, case).form.id)
    answers = {item.id: given(item, value) for item in form.items()}
    form_answers.store_set(store, case, AnswerSet(form.id, form.version, answers))


def _total(store: Store, case: int) -> tuple[int | None, int]:
    [score] = form_answers.case(store.connection, case).scores
    return score.points, score.most


def test_of_several_unions_the_weakest_counts_and_none_while_one_is_unfinished(store: Store) -> None:
    unions = _begin(store, "rmo", [SubjectRef("rmo", name=name) for name in ("РМО 1", "РМО 2", "РМО 3")])
    [young] = _begin(store, "young-teachers", [SubjectRef("mms", name="ММС")])
    [district] = _begin(store, "district-work", [SubjectRef("mms", name="ММС")])
    [whole] = _begin(store, "method-work", [SubjectRef("mms", name="ММС")])
    for case, value in ((unions[0], "2"), (unions[1], "1"), (young, "1"), (district, "2")):
        _points(store, case, value)
    assert _total(store, whole)[0] is None
    _points(store, unions[2], "2")
    # 12 of the weakest union (12 × 1), 11 × 1 and 12 × 2 of the others; the most is 24 + 22 + 24
    assert _total(store, whole) == (12 + 11 + 24, 70)
    form_rounds.set_decision(store, unions[1], exempt="не работало")
    assert _total(store, whole) == (24 + 11 + 24, 70)


def test_one_school_never_speaks_for_another(store: Store) -> None:
    forms.save(store, load(CHECK))
    forms.save(store, load(WHOLE))
    first, second = (SubjectRef("school_programme", organisation_id=school(store, f"Школа {n}")) for n in (1, 2))
    [part] = _begin(store, "probe", [first])
    one, other = _begin(store, "whole", [first, second])
    _points(store, part, "2")
    assert _total(store, one) == (6, 6)
    assert _total(store, other)[0] is None


def test_the_paper_names_the_union_whose_result_counts(store: Store) -> None:
    from app.operations import form_papers

    unions = _begin(store, "rmo", [SubjectRef("rmo", name=name) for name in ("РМО 1", "РМО 2")])
    [whole] = _begin(store, "method-work", [SubjectRef("mms", name="ММС")])
    for case, value in ((unions[0], "2"), (unions[1], "1")):
        _points(store, case, value)
    tables = form_papers.case_paper(store.connection, whole).document.tables()
    [results] = [table for table in tables if table.name == "Итоги"]
    assert str(next(iter(results.rows())).cells[0]) == "Работа РМО (РМО 2, из\u00a02)"


def test_nobody_sends_or_accepts_what_is_put_together_its_parts_tell_how_far_it_is(store: Store) -> None:
    unions = _begin(store, "rmo", [SubjectRef("rmo", name=name) for name in ("РМО 1", "РМО 2")])
    [district] = _begin(store, "district-work", [SubjectRef("mms", name="ММС")])
    late = form_rounds.start(store, "method-work", 2026, [SubjectRef("mms", name="ММС")], due_on="2026-09-01")
    [line] = form_rounds.cases(store.connection, late, date(2026, 11, 23))
    assert (line.state, line.words, line.overdue) == ("composed", "собрана из частей: 0\u00a0из\u00a03 приняты", False)
    for act in (form_rounds.accept, form_rounds.mark_sent, form_rounds.mark_received):
        with pytest.raises(UserError) as refusal:
            act(store, [line.case.id])
        assert refusal.value.code == "FORM_OF_PARTS"
    with pytest.raises(UserError) as refusal:
        form_rounds.give_back(store, line.case.id, "доработать")
    assert refusal.value.code == "FORM_OF_PARTS"

    for case in (unions[0], district):
        _points(store, case, "2")
        form_rounds.accept(store, [case])
    view = form_answers.case(store.connection, line.case.id)
    assert view.judged.words == "собрана из частей: 1\u00a0из\u00a03 принята"  # one of the two unions is still at work
    _points(store, unions[1], "2")
    form_rounds.accept(store, [unions[1]])
    assert form_answers.case(store.connection, line.case.id).judged.parts == (2, 3)
    found = form_board.board(store.connection, 2026, date(2026, 11, 23))
    assert found.states == {"accepted": 3}  # nobody owes the whole
    assert form_letters.reminders(store.connection, [line.case.id], date(2026, 11, 23)) == []


def test_a_summary_of_accepted_answers_has_a_whole_whose_parts_are_all_accepted(store: Store) -> None:
    forms.save(store, load(CHECK))
    forms.save(store, load(WHOLE))
    subjects = [SubjectRef("school_programme", organisation_id=school(store, f"Школа {n}")) for n in (1, 2)]
    parts, _wholes = _begin(store, "probe", subjects), _begin(store, "whole", subjects)
    for part in parts:
        _points(store, part, "2")
    form_rounds.accept(store, parts[:1])
    assert len(form_summary.summary(store.connection, "whole", 2026).lines) == 2
    assert len(form_summary.summary(store.connection, "whole", 2026, accepted_only=True).lines) == 1


def test_the_first_page_names_no_round_of_a_closed_form_unless_it_may(store: Store) -> None:
    day = date(2026, 11, 30)
    form_rounds.start(
        store, "head-school", 2026, [SubjectRef("head", name="Директор")], title="Оценка директора", due_on="2026-11-01"
    )
    assert [step.text for step in today(store.connection, day).steps if step.action == "open_forms"] == []
    told = [step.text for step in today(store.connection, day, closed=True).steps if step.action == "open_forms"]
    assert told == ["«Оценка директора»: не прислано — 1\u00a0ответ"]
