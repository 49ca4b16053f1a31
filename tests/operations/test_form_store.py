"""Answer → store → answer is an identity for every shipped form and for one item of every kind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as law
from hypothesis import strategies as st

from app.forms.answers import given
from app.forms.loader import load, newest
from app.forms.schema import Answer, AnswerSet, Item
from app.models.forms import SubjectRef
from app.models.store import Store
from app.operations import form_answers, form_rounds, forms
from tests.helpers.forms import KINDS, values
from tests.helpers.stores import made

FORMS = {form.id: form for form in (load(KINDS), *newest().values()) if form.kind not in {"composite", "survey"}}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = made(tmp_path_factory.mktemp("forms") / Path("проба.opora"))
    forms.save(opened, FORMS["kinds"])
    yield opened
    opened.abandon()


@pytest.fixture(scope="module")
def cases(store: Store) -> dict[str, int]:
    found = {}
    for form in FORMS.values():
        key = form_rounds.start(store, form.id, 2026, [SubjectRef(form.subject, name=f"О ком {form.id}")])
        found[form.id] = form_rounds.cases(store.connection, key)[0].case.id
    return found


def answers(item: Item) -> st.SearchStrategy[Answer]:
    """Right answers, wrong ones, «не применимо», with and without a comment, confirmed or not."""
    raws = values(item) | st.text(max_size=20)
    made = st.builds(
        lambda raw, comment, confirmed: given(item, raw, comment=comment, confirmed=confirmed),
        raws, st.sampled_from(["", "видели сами"]), st.booleans(),
    )  # fmt: skip
    return made | st.just(given(item, "", not_applicable=True)) if item.not_applicable else made


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@law(st.data())
def test_answer_store_answer(store: Store, cases: dict[str, int], data: st.DataObject) -> None:
    form = FORMS[data.draw(st.sampled_from(sorted(FORMS)))]
    items = data.draw(st.lists(st.sampled_from(list(form.items())), unique=True, min_size=1, max_size=5))
    written = {item.id: data.draw(answers(item)) for item in items}
    form_answers.store_set(store, cases[form.id], AnswerSet(form.id, form.version, written))
    kept = form_answers.case(store.connection, cases[form.id]).answers
    for name, answer in written.items():
        # an answer that says nothing is no answer, confirmed or not
        said = answer.raw or answer.comment or answer.not_applicable
        assert kept.get(name) == (answer if said else Answer()), name
