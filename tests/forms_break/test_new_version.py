"""A form changes while answers to its older version are on their way: all of them are taken, each under its version."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from app.forms.loader import load
from app.models.forms import SubjectRef
from app.models.store import Store
from app.operations import (
    form_answers,
    form_blanks,
    form_board,
    form_drafts,
    form_rounds,
    form_summary,
    forms,
    history,
    schools,
)
from tests.forms_break import acts
from tests.helpers import filled, stores
from tests.helpers.form_texts import CHECK, CHECK_2

THIRD = (
    CHECK.replace('version = "1.0"', 'version = "3.0"').replace(
        '    {id = "3", number = "3", kind = "choice", scale = "full", text = "Третий", evidence = true},\n', ""
    ).replace("least = 4, most = 6", "least = 4, most = 4")
    + """
[[revisions]]
from = "1.0"
deleted = ["3"]
"""
)  # fmt: skip


@dataclass
class Open:
    """A round on version 1.0 whose blanks are with the schools."""

    store: Store
    folder: Path
    schools: list[int]
    round: int
    cases: list[int]
    books: list[Path]

    def views(self) -> list[dict[str, str | None]]:
        """Return the answers by case."""
        made = [form_answers.case(self.store.connection, case).answers.answers for case in self.cases]
        return [{item: one.value for item, one in answers.items()} for answers in made]


def refs(keys: list[int]) -> list[SubjectRef]:
    return [SubjectRef("school_programme", organisation_id=key) for key in keys]


def blank(store: Store, folder: Path, case: int, name: str, said: dict[str, str]) -> Path:
    """Return a filled blank."""
    book = filled.opened(form_blanks.blank(store.connection, case).data)
    for item, raw in said.items():
        book.put(item, raw)
    path = folder / name
    path.write_bytes(book.bytes())
    return path


@pytest.fixture
def going(store: Store, tmp_path: Path) -> Open:
    forms.save(store, load(CHECK))
    keys = [schools.add(store, {"name": f"СОШ № {number}"}) for number in (1, 2, 3)]
    key = form_rounds.start(store, "probe", 2026, refs(keys))
    with store.operation("Начат в сентябре", "test") as operation:
        operation.update("form_round", key, created_at="2026-09-01T08:00:00+00:00")
    cases = [line.case.id for line in form_rounds.cases(store.connection, key)]
    said = {"1": "Да", "2": "Частично", "3": "Нет"}
    books = [blank(store, tmp_path, case, f"{number}.xlsx", said) for number, case in enumerate(cases, 1)]
    return Open(store, tmp_path, keys, key, cases, books)


WHOLE = {"1": "2", "2": "1", "3": "0"}
LEFT = {"3": "0"}


@pytest.mark.parametrize("text", [CHECK_2, THIRD])
def test_an_open_round_goes_on_with_its_version(going: Open, text: str) -> None:
    store, connection = going.store, going.store.connection
    acts.take(store, going.books[:1])
    form_rounds.accept(store, going.cases[:1])
    before = stores.dump(connection)
    newest = forms.save(store, load(text)).form.version
    lines = acts.take(store, going.books)
    assert [line.state for line in lines] == ["same", "ready", "ready"]
    assert [line.problems for line in lines[1:]] == [(), ()]
    assert going.views() == [WHOLE, WHOLE, WHOLE]
    for case in going.cases:
        view = form_answers.case(connection, case)
        assert (view.form.version, view.case.version, view.scores[0].points, view.scores[0].applicable_most) == (
            "1.0", "1.0", 3, 6,
        )  # fmt: skip
    form_rounds.accept(store, going.cases)
    [column] = form_board.board(connection, 2026).rounds
    assert column.form is not None
    assert (column.form.version, dict(column.states)) == ("1.0", {"accepted": 3})
    found = form_summary.summary(connection, "probe")
    assert (found.form.version, len(found.lines), newest) == ("1.0", 3, load(text).version)
    for _act in range(4):
        history.undo(store)
    assert stores.dump(connection) == before


@pytest.mark.parametrize(("text", "third"), [(CHECK_2, {"third": "0"}), (THIRD, {})])
def test_old_blanks_come_to_a_round_of_the_new_version(going: Open, text: str, third: dict[str, str]) -> None:
    """The round was begun anew with the new version; schools send what they were sent first, without its hidden key."""
    store, connection = going.store, going.store.connection
    acts.take(store, going.books[:1])
    newest = forms.save(store, load(text)).form
    form_rounds.close_round(store, going.round)
    key = form_rounds.start(store, "probe", 2026, refs(going.schools), title="Проба заново")
    cases = [line.case.id for line in form_rounds.cases(connection, key)]
    # an old blank names its own round: it is taken there and said
    [line] = acts.look(store, going.books[1:2]).lines
    assert (line.state, line.case_id) == ("ready", going.cases[1])
    assert "FORM_GET_CLOSED" in {one.code for one in line.problems}
    # without the hidden sheet it goes to the round that is open, revised
    path = going.folder / "СОШ № 3.xlsx"
    book = filled.opened(going.books[2].read_bytes())
    del book.book["_form"]
    path.write_bytes(book.bytes())
    [line] = acts.look(store, [path]).lines
    if line.state == "ask":
        from app.importers.opening import read_here
        from app.importers.parsed import Hints
        from app.operations import form_receiving

        assert cases[2] in {one.case_id for one in line.options}
        reading = read_here(path, Hints(kind="filled_form"), form_receiving.known(connection))
        decision = {line.key: form_receiving.Decision(case_id=cases[2])}
        [line] = form_receiving.judge(connection, [reading], decision).lines
        form_receiving.load(store, [line])
    else:
        acts.take(store, [path])
    assert line.case_id == cases[2]
    told = {one.code: one.message for one in line.problems}
    assert "FORM_GET_OLD_VERSION" in told
    assert ("FORM_GET_LOST" in told) == (not third)
    if not third:
        # the answer that has no place any more is named with its question
        assert "Пункт 3" in told["FORM_GET_LOST"]
        assert "«Нет»" in told["FORM_GET_LOST"]
    view = form_answers.case(connection, cases[2])
    assert view.form.version == newest.version
    # what is asked no more is kept beside and counts nowhere
    assert {item: one.value for item, one in view.answers.answers.items()} == {"1": "2", "2": "1", **(third or LEFT)}
    assert (view.progress.answered, view.progress.of) == (2 + len(third), 2 + len(third))
    assert (view.scores[0].points, view.scores[0].applicable_most) == (3, 4 + 2 * len(third))
    # the file itself is kept, with everything that the school wrote
    assert len(view.files) == 1
    acts.take(store, going.books[1:2])
    board = form_board.board(connection, 2026)
    assert {one.round.title: one.form.version for one in board.rounds if one.form} == {
        "Проба": "1.0", "Проба заново": newest.version,
    }  # fmt: skip
    # the summary is of the newest version; answers to the older one stand in it as it understands them
    found = form_summary.summary(connection, "probe")
    assert (found.form.version, found.asked) == (newest.version, 3)
    asked = [item.id for item in newest.items()]
    assert {one.shown for one in found.lines} == {"СОШ № 1", "СОШ № 2", "СОШ № 3"}
    for one in found.lines:
        assert [one.answers.get(item).value for item in asked] == ["2", "1", *third.values()]
    assert going.views()[:2] == [WHOLE, WHOLE]


def test_a_version_saved_in_the_editor_leaves_the_open_round_alone(going: Open) -> None:
    store, connection = going.store, going.store.connection
    form_answers.put(store, going.cases[0], "1", "2")
    form_answers.put_draft(store, going.cases[0], "2", "част")
    kept = form_answers.case(connection, going.cases[0])
    draft = form_drafts.begin_change(connection, "probe")
    form_drafts.save(store, replace(draft, form=replace(load(THIRD), version=draft.form.version, revisions=())))
    assert forms.definition(connection, "probe").version == "1.1"
    again = form_answers.case(connection, going.cases[0])
    assert (again.form, again.answers, again.drafts) == (kept.form, kept.answers, kept.drafts)
    form_answers.put(store, going.cases[0], "3", "0")
    added = schools.add(store, {"name": "СОШ № 9"})
    [case] = form_rounds.add_subjects(store, going.round, refs([added]))
    # whoever is added later is asked the same as the others
    assert form_answers.case(connection, case).form.version == "1.0"
    # next year begins with the new version and what was accepted under the old one
    acts.take(store, going.books[1:2])
    form_rounds.accept(store, [going.cases[1]])
    key = form_rounds.start(store, "probe", 2027, refs(going.schools))
    begun = {line.subject.shown: line.case for line in form_rounds.cases(connection, key)}
    view = form_answers.case(connection, begun["СОШ № 2"].id)
    assert (view.form.version, {item: one.value for item, one in view.answers.answers.items()}) == (
        "1.1", {"1": "2", "2": "1"},
    )  # fmt: skip
    assert not any(one.confirmed for one in view.answers.answers.values())
