"""Composite forms: whose answers count where several have them, and that one school never speaks for another."""

from __future__ import annotations

from collections.abc import Sequence

from app.forms.answers import given
from app.forms.loader import load
from app.forms.schema import AnswerSet
from app.models.forms import SubjectRef
from app.models.store import Store
from app.operations import form_answers, form_rounds, forms
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
