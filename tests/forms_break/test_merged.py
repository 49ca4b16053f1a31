"""Schools merged, closed and renamed in the middle of a round: nothing is lost, and everything says the same."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from app.forms.loader import load
from app.models.forms import SubjectRef
from app.models.store import Store
from app.operations import (
    form_answers,
    form_blanks,
    form_board,
    form_letters,
    form_receiving,
    form_rounds,
    form_summary,
    forms,
    history,
    schools,
)
from app.texts import NBSP
from tests.forms_break import acts
from tests.helpers import filled, stores
from tests.helpers.form_texts import CHECK

DAY = date(2026, 12, 10)
"""After the last day for answers: who has not answered is late."""
WAITED = ("not_sent", "sent", "returned")
COME = ("received", "accepted")


@dataclass
class Round:
    """A round of two schools: the record that stays and the one that is merged into it."""

    store: Store
    folder: Path
    kept: int
    merged: int
    round: int
    cases: dict[int, int]

    def bring(self, school: int, state: str, value: str) -> None:
        """Bring the case of a school to a state."""
        case = self.cases[school]
        if state == "not_sent":
            return
        form_rounds.mark_sent(self.store, [case], "2026-11-01", "school@example.org")
        if state == "sent":
            return
        for item in "123":
            form_answers.put(self.store, case, item, value)
        form_rounds.mark_received(self.store, [case], "2026-11-10")
        if state == "returned":
            form_rounds.give_back(self.store, case, "Уточните пункт 2")
        if state == "accepted":
            form_rounds.accept(self.store, [case])

    def book(self, school: int, name: str = "", *, hidden: bool = True) -> Path:
        """Return the blank of a school, filled; without its hidden sheet where it is lost."""
        made = form_blanks.blank(self.store.connection, self.cases[school])
        book = filled.opened(made.data)
        for item in "123":
            book.put(item, "Нет")
        if not hidden:
            del book.book["_form"]
        path = self.folder / (name or made.name)
        path.write_bytes(book.bytes())
        return path

    def cell(self) -> form_board.BoardCell:
        """Return the only cell of the board."""
        [row] = form_board.board(self.store.connection, 2026, DAY).rows
        [cell] = row.cells.values()
        return cell

    def reminded(self) -> list[tuple[str, tuple[int, ...]]]:
        """Return who would be reminded of what."""
        every = list(self.cases.values())
        return [(one.shown, one.case_ids) for one in form_letters.reminders(self.store.connection, every, DAY)]


@pytest.fixture
def two(store: Store, tmp_path: Path) -> Round:
    forms.save(store, load(CHECK))
    kept, merged = (schools.add(store, {"name": f"СОШ № {number}"}) for number in (1, 2))
    refs = [SubjectRef("school_programme", organisation_id=key) for key in (kept, merged)]
    key = form_rounds.start(store, "probe", 2026, refs, due_on="2026-11-25")
    cases = {line.subject.organisation_id or 0: line.case.id for line in form_rounds.cases(store.connection, key)}
    return Round(store, tmp_path, kept, merged, key, cases)


# --- merging -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kept", "merged"), list(itertools.product((*WAITED, *COME), repeat=2)))
def test_whatever_has_come_speaks_for_the_school(two: Round, kept: str, merged: str) -> None:
    two.bring(two.kept, kept, "2")
    two.bring(two.merged, merged, "1")
    before = stores.dump(two.store.connection)
    said = schools.preview_merge(two.store.connection, two.merged, two.kept)
    assert [(item.new, item.both) for item in said.facts] == [(0, 1) if kept in COME else (1, 0)]
    schools.merge(two.store, two.merged, two.kept)
    further = ("not_sent", "sent", "returned", "received")
    speaks = two.kept
    if kept not in COME and further.index(kept) < further.index("received" if merged in COME else merged):
        speaks = two.merged
    state = kept if speaks == two.kept else merged
    cell = two.cell()
    assert (cell.case_id, cell.state, cell.overdue) == (two.cases[speaks], state, state in WAITED)
    assert {line.case.id for line in cell.others} == set(two.cases.values()) - {cell.case_id}
    [line] = form_rounds.rounds(two.store.connection, 2026, DAY)
    assert (line.total, dict(line.states), line.overdue) == (1, {state: 1}, int(state in WAITED))
    found = form_summary.summary(two.store.connection, "probe")
    assert found.asked == 1
    assert [one.case_id for one in found.lines] == ([cell.case_id] if state in COME else [])
    assert [one.case_id for one in found.silent] == ([] if state in COME else [cell.case_id])
    # one letter, one form in it, and none where the school has answered
    assert two.reminded() == ([("СОШ № 1", (cell.case_id,))] if state in WAITED else [])
    assert form_blanks.of_round(two.store.connection, two.round) == [cell.case_id]
    # what the other record said stands there still
    for school, value, given in ((two.kept, "2", kept), (two.merged, "1", merged)):
        answers = form_answers.case(two.store.connection, two.cases[school]).answers.answers
        wanted = [] if given in {"not_sent", "sent"} else [value] * 3
        assert [one.value for one in answers.values()] == wanted
    history.undo(two.store)
    assert stores.dump(two.store.connection) == before
    board = form_board.board(two.store.connection, 2026, DAY)
    assert [[one.state for one in row.cells.values()] for row in board.rows] == [[kept], [merged]]


def test_the_old_blank_of_the_merged_school_is_taken_and_the_school_has_answered(two: Round) -> None:
    for school in (two.kept, two.merged):
        two.bring(school, "sent", "")
    book = two.book(two.merged)
    schools.merge(two.store, two.merged, two.kept)
    [line] = acts.take(two.store, [book])
    assert (line.state, line.subject, line.case_id, line.problems) == ("ready", "СОШ № 1", two.cases[two.merged], ())
    assert (two.cell().case_id, two.cell().state, two.reminded()) == (two.cases[two.merged], "received", [])
    form_rounds.accept(two.store, [two.cell().case_id])
    assert [one.case_id for one in form_summary.summary(two.store.connection, "probe").lines] == [two.cell().case_id]


def test_a_second_answer_of_one_school_is_said_and_kept_beside(two: Round) -> None:
    two.bring(two.kept, "accepted", "2")
    two.bring(two.merged, "sent", "")
    book = two.book(two.merged)
    schools.merge(two.store, two.merged, two.kept)
    [line] = acts.take(two.store, [book])
    assert line.state == "ready"
    [told] = line.problems
    assert (told.code, told.level) == ("FORM_GET_OTHER_RECORD", "hint")
    assert told.message.replace(NBSP, " ").startswith("СОШ № 1: в этом сборе уже есть ответ другой записи")
    kept = form_answers.case(two.store.connection, two.cases[two.merged]).answers.answers
    assert [one.value for one in kept.values()] == ["0", "0", "0"]
    assert (two.cell().case_id, two.cell().state) == (two.cases[two.kept], "accepted")


def test_without_its_hidden_sheet_the_two_blanks_of_a_merged_school_can_be_told_apart(two: Round) -> None:
    book = two.book(two.merged, "ответ.xlsx", hidden=False)
    schools.merge(two.store, two.merged, two.kept)
    [line] = acts.look(two.store, [book]).lines
    assert line.state == "ask"
    assert {one.case_id: "бланк «СОШ № 2»" in one.text for one in line.options} == {
        two.cases[two.kept]: False, two.cases[two.merged]: True,
    }  # fmt: skip


def test_one_letter_and_one_blank_go_to_a_school_of_two_records(two: Round) -> None:
    schools.merge(two.store, two.merged, two.kept)
    every = list(two.cases.values())
    [asked] = form_letters.requests(two.store.connection, every, DAY)
    assert (asked.shown, asked.case_ids) == ("СОШ № 1", (two.cases[two.kept],))
    cases = form_blanks.of_round(two.store.connection, two.round)
    made = form_blanks.write(two.store.connection, cases, two.folder / "бланки")
    assert [path.name for path, _blank in made.files] == ["СОШ № 1 — Проба — 2026-27.xlsx"]


def test_accepted_before_and_after_merging_nothing_is_doubled(two: Round) -> None:
    two.bring(two.kept, "received", "2")
    two.bring(two.merged, "accepted", "1")
    before = stores.dump(two.store.connection)
    schools.merge(two.store, two.merged, two.kept)
    form_rounds.accept(two.store, [two.cell().case_id])
    assert (two.cell().state, two.cell().case_id) == ("accepted", two.cases[two.kept])
    schools.separate(two.store, two.merged)
    states = [line.state for line in form_rounds.cases(two.store.connection, two.round)]
    assert states == ["accepted", "accepted"]
    for _act in range(3):
        history.undo(two.store)
    assert stores.dump(two.store.connection) == before


# --- closing -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [*WAITED, *COME])
@pytest.mark.parametrize("closed", ["closed", "reorganised"])
def test_a_closed_school_is_waited_for_no_more_and_what_it_said_stays(two: Round, state: str, closed: str) -> None:
    two.bring(two.merged, state, "1")
    book = two.book(two.merged)
    before = stores.dump(two.store.connection)
    schools.edit(two.store, two.merged, {"status": closed})
    board = form_board.board(two.store.connection, 2026, DAY)
    cells = {row.shown: cell for row in board.rows for cell in row.cells.values()}
    assert (cells["СОШ № 2"].state, cells["СОШ № 2"].overdue) == (state, False)
    assert two.reminded() == [("СОШ № 1", (two.cases[two.kept],))]
    every = list(two.cases.values())
    assert [one.shown for one in form_letters.requests(two.store.connection, every, DAY)] == ["СОШ № 1"]
    assert form_blanks.of_round(two.store.connection, two.round) == [two.cases[two.kept]]
    found = form_summary.summary(two.store.connection, "probe")
    assert [one.shown for one in found.lines] == (["СОШ № 2"] if state in COME else [])
    # what comes late is still taken
    [line] = acts.look(two.store, [book]).lines
    wanted = {"accepted": "locked", "received": "conflict", "returned": "conflict"}.get(state, "ready")
    assert (line.state, line.case_id) == (wanted, two.cases[two.merged])
    history.undo(two.store)
    assert stores.dump(two.store.connection) == before


# --- renaming ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hidden", [True, False])
def test_a_blank_sent_under_the_old_name_comes_back_to_the_renamed_school(two: Round, hidden: bool) -> None:
    two.bring(two.merged, "sent", "")
    book = two.book(two.merged, hidden=hidden)
    schools.edit(two.store, two.merged, {"name": "Гимназия имени А. С. Пушкина"})
    [line] = acts.look(two.store, [book]).lines
    if hidden:
        assert (line.state, line.subject, line.problems) == ("ready", "Гимназия имени А. С. Пушкина", ())
        form_receiving.load(two.store, [line])
        states = {row.subject.shown: row.state for row in form_rounds.cases(two.store.connection, two.round)}
        assert states == {"СОШ № 1": "not_sent", "Гимназия имени А. С. Пушкина": "received"}
    else:
        # nothing in the book names the school any more: a person is asked, nobody's answers are overwritten
        assert line.state == "ask"
        assert two.cases[two.merged] in {one.case_id for one in line.options}
