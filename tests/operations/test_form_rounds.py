"""Rounds of forms: states by hand, locks, undo and redo after a restart, two years, metrics and courses."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import given as given_by
from hypothesis import settings as settings_of
from hypothesis import strategies as st

from app.errors import UserError
from app.forms.answers import given
from app.forms.item_types import TYPES
from app.forms.loader import load
from app.forms.schema import Answer, AnswerSet
from app.models import health, settings
from app.models import metrics as stored_metrics
from app.models.forms import SubjectRef, keep_file
from app.models.store import Store
from app.operations import (
    course_lines,
    courses,
    directory,
    form_answers,
    form_board,
    form_card,
    form_rounds,
    form_subjects,
    forms,
    history,
    kept_files,
    maintenance,
    metrics,
    schools,
)
from app.operations.courses import CourseDraft
from app.operations.origin import origin_of
from app.operations.today import today
from tests.helpers.form_texts import CHECK, CHECK_2, CONTEXT
from tests.helpers.stores import dump

DAY = date(2026, 11, 20)
CONDITIONAL = """
id = "conditional"
version = "1.0"
title = "План"
subject = "school"
[[scales]]
id = "plan"
choices = [{value = "yes", text = "есть"}, {value = "no", text = "нет"}]
[[sections]]
id = "all"
items = [
    {id = "plan", kind = "choice", scale = "plan", text = "План"},
    {id = "why", kind = "text", text = "Почему плана нет", when = [{item = "plan", values = ["no"]}]},
]
"""


@pytest.fixture
def two(store: Store) -> tuple[int, int]:
    forms.save(store, load(CHECK))
    forms.save(store, load(CONTEXT))
    return schools.add(store, {"name": "СОШ № 1"}), schools.add(store, {"name": "СОШ № 2"})


def programmes(*keys: int) -> list[SubjectRef]:
    return [SubjectRef("school_programme", organisation_id=key) for key in keys]


def begun(store: Store, keys: tuple[int, ...], year: int = 2026, due: str = "2026-11-25") -> list[int]:
    key = form_rounds.start(store, "probe", year, programmes(*keys), due_on=due)
    return [line.case.id for line in form_rounds.cases(store.connection, key)]


def state(store: Store, case: int) -> str:
    return form_answers.case(store.connection, case).state


def fill(store: Store, case: int, *values: str) -> None:
    for number, value in enumerate(values, start=1):
        form_answers.put(store, case, str(number), value)


def refused(code: str, act: object) -> None:
    with pytest.raises(UserError) as caught:
        act()  # type: ignore[operator]
    assert caught.value.code == code


# --- states ------------------------------------------------------------------------------------------------------


def test_a_case_goes_through_every_state(store: Store, two: tuple[int, int]) -> None:
    one, _other = begun(store, two)
    assert state(store, one) == "not_sent"
    form_rounds.mark_sent(store, [one], "2026-11-10", "school@example.org")
    assert state(store, one) == "sent"
    form_answers.put(store, one, "1", "частично")
    assert state(store, one) == "sent"
    form_answers.put(store, one, "2", "семь")
    view = form_answers.case(store.connection, one)
    kept = view.answers.get("2")
    assert (view.state, kept.raw, kept.value, kept.code is not None) == ("with_errors", "семь", None, True)
    form_answers.put(store, one, "2", "2")
    form_answers.put(store, one, "3", "2")
    view = form_answers.case(store.connection, one)
    assert (view.state, view.progress.answered, view.progress.of) == ("received", 3, 3)
    # 1 + 2 + 2 of 2 + 2 + 2; from four on it is high
    score = view.scores[0]
    assert (score.points, score.applicable_most, view.level and view.level.id) == (5, 6, "high")
    form_rounds.give_back(store, one, "Уточните пункт 2")
    view = form_answers.case(store.connection, one)
    assert (view.state, view.case.return_remark) == ("returned", "Уточните пункт 2")
    form_answers.put(store, one, "2", "1")
    assert state(store, one) == "returned"
    form_rounds.mark_received(store, [one], "2026-11-15")
    assert state(store, one) == "received"
    form_rounds.accept(store, [one])
    assert state(store, one) == "accepted"
    form_rounds.approve(store, [one], act="приказ № 5")
    assert state(store, one) == "approved"
    form_rounds.reopen(store, one, "Ошибка в пункте 1")
    view = form_answers.case(store.connection, one)
    assert (view.state, view.case.reopen_reason, view.case.approved_act) == ("received", "Ошибка в пункте 1", None)


def test_received_with_something_missing_is_with_errors(store: Store, two: tuple[int, int]) -> None:
    one, _other = begun(store, two)
    answers = AnswerSet("probe", "1.0", {"1": Answer("2", "2"), "2": Answer("", None)})
    form_answers.store_set(store, one, answers, received_on="2026-11-12", head={"author": "Громова"})
    view = form_answers.case(store.connection, one)
    assert (view.state, view.head, len(view.problems)) == ("with_errors", {"author": "Громова"}, 2)
    refused("FORM_NOT_READY", lambda: form_rounds.accept(store, [one]))
    form_rounds.accept(store, [one], anyway=True)
    assert state(store, one) == "accepted"


def test_the_board_counts_states_and_names_whom_to_call(store: Store, two: tuple[int, int]) -> None:
    schools.appoint(store, two[1], full_name="Громова Л. А.", phone="8-900-1")
    one, other = begun(store, two)
    form_rounds.mark_sent(store, [one, other], "2026-11-01")
    fill(store, one, "2", "2", "2")
    form_rounds.accept(store, [one])
    found = form_board.board(store.connection, 2026, date(2026, 11, 25))
    assert (dict(found.states), found.overdue, found.total) == ({"accepted": 1, "sent": 1}, 0, 2)
    found = form_board.board(store.connection, 2026, date(2026, 11, 26))
    late = found.late()
    assert [row.shown for row in late] == ["СОШ № 2"]
    assert late[0].contact is not None
    assert (late[0].contact.name, late[0].contact.phone) == ("Громова Л. А.", "8-900-1")
    assert "«Проба», срок 25.11.2026" in form_board.reminder(found, late[0])
    assert form_rounds.rounds(store.connection, 2026, date(2026, 11, 26))[0].overdue == 1
    assert form_rounds.rounds(store.connection, 2025) == []
    form_rounds.close_round(store, found.rounds[0].round.id)
    assert form_board.board(store.connection, 2026, date(2026, 12, 26)).overdue == 0


def test_closed_schools_are_not_asked(store: Store, two: tuple[int, int]) -> None:
    schools.edit(store, two[1], {"status": "closed"})
    assert len(begun(store, two)) == 1
    form = forms.definition(store.connection, "probe")
    assert [item.shown for item in form_subjects.candidates(store.connection, form)] == ["СОШ № 1"]
    refused("FORM_NO_SUBJECTS", lambda: begun(store, (two[1],)))


def test_merged_schools_share_a_row_and_what_has_come_speaks(store: Store, two: tuple[int, int]) -> None:
    kept, merged = two
    one, other = begun(store, two)
    fill(store, other, "0", "0", "0")
    said = schools.preview_merge(store.connection, merged, kept)
    assert [(item.table, item.new, item.both) for item in said.facts] == [("form_case", 1, 0)]
    schools.merge(store, merged, kept)
    found = form_board.board(store.connection, 2026, DAY)
    assert [(row.shown, len(row.cells)) for row in found.rows] == [("СОШ № 1", 1)]
    cell = next(iter(found.rows[0].cells.values()))
    assert (cell.case_id, [line.case.id for line in cell.others]) == (other, [one])
    fill(store, one, "2", "2", "2")
    found = form_board.board(store.connection, 2026, DAY)
    assert [cell.case_id for row in found.rows for cell in row.cells.values()] == [one]
    assert form_rounds.rounds(store.connection, 2026)[0].total == 1


# --- locks -------------------------------------------------------------------------------------------------------


def test_an_accepted_answer_refuses_every_way_of_writing(store: Store, two: tuple[int, int], tmp_path: Path) -> None:
    one, other = begun(store, two)
    fill(store, one, "2", "2", "2")
    proof = tmp_path / "справка.txt"
    proof.write_bytes(b"x")
    evidence = form_answers.attach(store, one, "3", proof, "Справка")
    typed = history.history(store.connection)[1].id
    form_rounds.accept(store, [one])
    before = dump(store.connection)
    for act in (
        lambda: form_answers.put(store, one, "1", "0"),
        lambda: form_answers.put_draft(store, one, "1", "0"),
        lambda: form_answers.put_head(store, one, "author", "Я"),
        lambda: form_answers.put_conclusion(store, one, "Вывод"),
        lambda: form_answers.confirm(store, one),
        lambda: form_answers.store_set(store, one, AnswerSet("probe", "1.0", {"1": Answer("0", "0")})),
        lambda: form_answers.clear(store, one),
        lambda: form_answers.attach(store, one, None, None, link="https://example.org"),
        lambda: form_answers.detach(store, evidence),
        lambda: form_rounds.give_back(store, one, "нет"),
        lambda: form_rounds.mark_received(store, [one]),
        lambda: form_rounds.override_level(store, one, "low", "так"),
        lambda: form_rounds.set_decision(store, one, decision="так"),
        lambda: history.undo(store, typed),
    ):
        refused("FORM_LOCKED", act)
    refused("FORM_ROUND_USED", lambda: form_rounds.remove_cases(store, [one]))
    assert dump(store.connection) == before
    form_answers.put(store, other, "1", "0")
    assert form_answers.evidence_file(store.connection, evidence) == ("справка.txt", b"x")


def test_approval_and_reopening_are_not_undone_by_a_key(store: Store, two: tuple[int, int]) -> None:
    one, _other = begun(store, two)
    fill(store, one, "2", "2", "2")
    refused("FORM_NOT_ACCEPTED", lambda: form_rounds.approve(store, [one]))
    refused("FORM_NOT_LOCKED", lambda: form_rounds.reopen(store, one, "так"))
    form_rounds.accept(store, [one])
    form_rounds.approve(store, [one])
    refused("GEN_UNDO_PASSING", lambda: history.undo(store))
    refused("FORM_NO_REASON", lambda: form_rounds.reopen(store, one, "  "))
    form_rounds.reopen(store, one, "Нашли ошибку")
    refused("GEN_UNDO_PASSING", lambda: history.undo(store))


def test_acceptance_itself_can_be_undone_at_once(store: Store, two: tuple[int, int]) -> None:
    one, _other = begun(store, two)
    fill(store, one, "2", "2", "2")
    form_rounds.accept(store, [one])
    assert history.undo(store).label == "Принята форма «Проба»: СОШ № 1"
    assert state(store, one) == "received"
    assert history.redo(store).kind == "form.accept"
    assert state(store, one) == "accepted"


# --- operations --------------------------------------------------------------------------------------------------


def test_one_visit_of_an_item_is_one_operation_and_undo_survives_a_restart(store: Store, path: Path) -> None:
    forms.save(store, load(CHECK))
    key = schools.add(store, {"name": "СОШ № 1"})
    one = begun(store, (key,))[0]
    empty = dump(store.connection)
    number = len(history.history(store.connection))
    form_answers.put_draft(store, one, "1", "час")
    assert form_answers.case(store.connection, one).drafts == {"1": "час"}
    form_answers.put(store, one, "1", "частично")
    form_answers.put(store, one, "1", "1", comment="Почти")
    assert len(history.history(store.connection)) == number + 1
    form_answers.put(store, one, "2", "", not_applicable=True)
    full = dump(store.connection)
    assert [row.label for row in history.history(store.connection, 2)] == [
        "Ответ на пункт 2: СОШ № 1", "Ответ на пункт 1: СОШ № 1",
    ]  # fmt: skip
    store.close()
    with_restart = Store.open(path, actor="Ким О. В.")
    try:
        history.undo(with_restart)
        history.undo(with_restart)
        assert dump(with_restart.connection) == empty
        history.redo(with_restart)
        history.redo(with_restart)
        assert dump(with_restart.connection) == full
        view = form_answers.case(with_restart.connection, one)
        assert (view.answers.get("1").comment, view.drafts) == ("Почти", {})
        # the second item left the maximum: 1 of 2 + 2 with the third still open
        assert view.progress.answered == 2
    finally:
        with_restart.abandon()


def test_an_emptied_answer_leaves_no_row_and_an_unknown_item_is_refused(store: Store, two: tuple[int, int]) -> None:
    one, _other = begun(store, two)
    form_answers.put(store, one, "1", "2")
    form_answers.put(store, one, "1", "")
    assert form_answers.case(store.connection, one).answers.answers == {}
    refused("FORM_NO_ITEM", lambda: form_answers.put(store, one, "99", "2"))
    refused("FORM_NO_CASE", lambda: form_answers.put(store, 1, "1", "2"))
    refused("FORM_NO_ROUND", lambda: form_rounds.cases(store.connection, 1))


def test_an_expert_may_choose_the_level_with_a_reason(store: Store, two: tuple[int, int]) -> None:
    one, _other = begun(store, two)
    fill(store, one, "2", "2", "2")
    refused("FORM_NO_REASON", lambda: form_rounds.override_level(store, one, "low", ""))
    refused("FORM_NO_LEVEL", lambda: form_rounds.override_level(store, one, "top", "так"))
    form_rounds.override_level(store, one, "low", "Документы не подтвердили")
    view = form_answers.case(store.connection, one)
    assert (view.level and view.level.id, view.scores[0].points) == ("low", 6)
    form_rounds.override_level(store, one, None, "")
    view = form_answers.case(store.connection, one)
    assert (view.level and view.level.id, view.case.level_reason) == ("high", None)


# --- two years ---------------------------------------------------------------------------------------------------


def test_the_next_year_begins_with_last_years_answers_unconfirmed(store: Store, two: tuple[int, int]) -> None:
    one, other = begun(store, two, 2025, "2025-11-25")
    fill(store, one, "2", "1", "0")
    form_answers.put(store, one, "1", "2", comment="Было тогда")
    fill(store, other, "2", "2", "2")
    form_rounds.accept(store, [one])
    forms.save(store, load(CHECK_2))
    now, fresh = begun(store, two)
    view = form_answers.case(store.connection, now)
    assert view.form.version == "2.0"
    given = {key: (a.value, a.confirmed, a.comment) for key, a in view.answers.answers.items()}
    # the third item was renamed; last year's comment stays with last year
    assert given == {"1": ("2", False, ""), "2": ("1", False, ""), "third": ("0", False, "")}
    assert (view.state, view.progress.answered, view.scores[0].points) == ("not_sent", 0, None)
    assert view.last_year is not None
    assert (view.last_school_year, view.last_year.get("1").comment) == (2025, "Было тогда")
    # what was not accepted fills nothing in
    assert form_answers.case(store.connection, fresh).answers.answers == {}
    assert form_answers.case(store.connection, fresh).last_year is None
    assert form_answers.confirm(store, now, ["1"]) == 1
    assert form_answers.confirm(store, now) == 2
    view = form_answers.case(store.connection, now)
    assert (view.state, view.scores[0].points, view.level and view.level.id) == ("received", 3, "low")
    # the old round is still judged by its own version
    assert form_answers.case(store.connection, one).form.version == "1.0"
    assert maintenance.check(store.connection) == []


def test_no_changes_takes_last_years_answer_into_an_empty_item(store: Store, two: tuple[int, int]) -> None:
    one, _other = begun(store, two, 2025, "2025-11-25")
    fill(store, one, "2", "1", "0")
    form_rounds.accept(store, [one])
    key = form_rounds.start(store, "probe", 2026, programmes(two[0]), prefill=False)
    now = form_rounds.cases(store.connection, key)[0].case.id
    assert form_answers.case(store.connection, now).answers.answers == {}
    assert form_answers.confirm(store, now, ["2"]) == 1
    kept = form_answers.case(store.connection, now).answers.get("2")
    assert (kept.value, kept.confirmed) == ("1", True)


# --- metrics and courses -----------------------------------------------------------------------------------------


def context_case(store: Store, school: int, year: int = 2026) -> int:
    subject = SubjectRef("school", organisation_id=school)
    key = form_rounds.start(store, "context-probe", year, [subject])
    return form_rounds.cases(store.connection, key)[0].case.id


def test_accepted_answers_become_metrics_and_reopening_gives_back_what_was_there(
    store: Store, two: tuple[int, int]
) -> None:
    school = two[0]
    metrics.put(store, 2026, [(school, "pupils", "300")])
    metrics.put(store, 2025, [(school, "classes", "11")])
    one = context_case(store, school)
    view = form_answers.case(store.connection, one)
    # pupils of this year and classes of the year before are known
    assert {k: (a.value, a.confirmed) for k, a in view.answers.answers.items()} == {
        "pupils": ("300", False), "classes": ("11", False),
    }  # fmt: skip
    before = {key: row.figures for key, row in stored_metrics.values(store.connection, [2026]).items()}
    form_answers.put(store, one, "pupils", "317")
    form_answers.confirm(store, one, ["classes"])
    form_rounds.accept(store, [one])
    found = stored_metrics.values(store.connection, [2026])
    assert {key[2]: row.part for key, row in found.items()} == {"pupils": 317, "classes": 11}
    assert {row.case_id for row in found.values()} == {one}
    assert schools.card(store.connection, school).years[0][2] == 317
    origin = metrics.origin(store.connection, school, 2026, "pupils")
    assert origin is not None
    assert origin.written is not None
    assert origin.written.label == "Принята форма «Контекст»: СОШ № 1"
    assert maintenance.check(store.connection) == []
    metrics.put(store, 2026, [(school, "classes", "12")])
    assert [item.code for item in maintenance.check(store.connection)] == ["STORE_FORM_METRIC"]
    metrics.put(store, 2026, [(school, "classes", "11")])
    form_rounds.reopen(store, one, "Ошибка")
    after = {key: row.figures for key, row in stored_metrics.values(store.connection, [2026]).items()}
    # what a person has typed since stays; the rest is as it was
    assert after.pop((school, 2026, "classes")) == (11, None, None)
    assert after == before
    form_rounds.accept(store, [one])
    assert stored_metrics.values(store.connection, [2026])[school, 2026, "pupils"].part == 317
    history.undo(store)
    assert stored_metrics.values(store.connection, [2026])[school, 2026, "pupils"].part == 300


def test_a_metric_names_the_workbook_and_the_cell_it_came_in(
    store: Store, two: tuple[int, int], tmp_path: Path
) -> None:
    one = context_case(store, two[0])
    with store.operation("Приём", "test") as operation:
        file = keep_file(operation, round_id=None, case_id=one, kind="workbook", file_name="СОШ 1.xlsx", data=b"x",
                         outcome="read")  # fmt: skip
        said = AnswerSet("context-probe", "1.0", {"pupils": Answer("317", "317"), "classes": Answer("12", "12")})
        cells = {"pupils": ("Ответы", "D7"), "classes": ("Ответы", "D8")}
        form_answers.write_set(operation, one, said, file_id=file, cells=cells, received_on="2026-11-12")
    view = form_answers.case(store.connection, one)
    assert (view.state, view.places["classes"].cell, view.files[0].file_name) == ("received", "D8", "СОШ 1.xlsx")
    form_rounds.accept(store, [one])
    value = stored_metrics.values(store.connection, [2026])[two[0], 2026, "classes"]
    assert (value.file, value.sheet, value.row_from, value.cells) == ("СОШ 1.xlsx", "Ответы", 8, "D8")
    trace = origin_of(store.connection, "metric_value", value.id)
    assert trace.file is not None
    assert (trace.file.name, trace.file.cells) == ("СОШ 1.xlsx", "D8")
    assert kept_files.export(store.connection, str(trace.file.file_id), tmp_path / "копия.xlsx").read_bytes() == b"x"
    metrics.put(store, 2026, [(two[0], "classes", "13")])
    # what a person types came from no workbook
    assert origin_of(store.connection, "metric_value", value.id).by_hand


def test_an_unconfirmed_value_becomes_no_metric(store: Store, two: tuple[int, int]) -> None:
    metrics.put(store, 2025, [(two[0], "classes", "11")])
    one = context_case(store, two[0])
    form_rounds.accept(store, [one], anyway=True)
    assert stored_metrics.values(store.connection, [2026]) == {}


def test_the_course_table_and_the_register_are_one(store: Store, two: tuple[int, int]) -> None:
    cell = "school-staff.loiro-pk"
    place = ("school-staff", "loiro", "upgrading")
    courses.put(store, 2026, CourseDraft(two[0], *place, 4, "Чтение"))
    courses.put(store, 2026, CourseDraft(two[1], *place, 3))
    key = form_rounds.start(store, "courses", 2026, [SubjectRef("mms", name="ММС")])
    one = form_rounds.cases(store.connection, key)[0].case.id
    kept = form_answers.case(store.connection, one).answers.get(cell)
    assert (kept.value, kept.confirmed) == ("7", False)
    form_answers.put(store, one, cell, "10")
    form_answers.put(store, one, "school-staff.moscow-pp", "2")
    form_rounds.accept(store, [one], anyway=True)
    found = courses.register(store.connection, 2026)
    # 4 + 3 of the schools, 3 more of the municipality; 2 of another kind
    assert found.totals == {place: 10, ("school-staff", "moscow", "retraining"): 2}
    assert [(r.school, r.people, r.case_id == one) for r in found.records if r.provider == "loiro"] == [
        ("СОШ № 1", 4, False), ("СОШ № 2", 3, False), ("", 3, True),
    ]  # fmt: skip
    made = next(record for record in found.records if record.case_id == one)
    refused("FORM_COURSE_LOCKED", lambda: course_lines.remove(store, 2026, [made.id]))
    form_rounds.reopen(store, one, "Ошибка")
    assert courses.register(store.connection, 2026).people == 7
    refused("FORM_COURSE_WORD", lambda: courses.put(store, 2026, CourseDraft(None, "x", "loiro", "upgrading", 1)))
    refused("FORM_COURSE_NUMBER", lambda: courses.put(store, 2026, CourseDraft(None, *place, -1)))


# --- elsewhere ---------------------------------------------------------------------------------------------------


def test_the_card_and_the_first_page_tell_of_forms(store: Store, two: tuple[int, int]) -> None:
    one, other = begun(store, two)
    form_rounds.mark_sent(store, [one, other], "2026-11-01")
    fill(store, one, "2", "2", "1")
    form_rounds.accept(store, [one])
    texts = [form_card.answer_text(item) for item in form_card.last_answers(store.connection, [two[0]], DAY)]
    assert [text.replace("\u00a0", " ") for text in texts] == ["принято · 5 из 6, высокий уровень"]
    (late,) = form_card.last_answers(store.connection, [two[1]], date(2026, 11, 30))
    assert form_card.answer_text(late) == "отправлено, срок 25.11.2026, просрочено"
    fill(store, other, "семь")
    steps = [step for step in today(store.connection, date(2026, 11, 30)).steps if step.action == "open_forms"]
    assert [step.text.replace("\u00a0", " ") for step in steps] == ["«Проба»: 1 ответ с ошибками"]


def test_an_erased_person_is_in_no_byte_of_forms(store: Store, two: tuple[int, int]) -> None:
    name = "Незабудкина Аглая Прокофьевна"
    person = directory.add_person(store, name)
    round_id = form_rounds.start(store, "probe", 2026, programmes(two[0]))
    line = form_rounds.cases(store.connection, round_id)[0]
    expert = form_rounds.add_case(store, round_id, line.subject.id, "expert", author=name, person_id=person)
    form_answers.put_head(store, expert, "author", name)
    form_answers.put(store, expert, "1", "2", comment=f"Оценила {name}")
    form_answers.put_draft(store, expert, "2", name)
    with store.operation("Протокол", "test") as operation:
        protocol = operation.insert("form_protocol", round_id=round_id, subject_id=line.subject.id)
        operation.insert("form_protocol_member", protocol_id=protocol, person_id=person, name=name, post="методист")
    form_rounds.set_decision(store, expert, decision=f"Со слов: {name}")
    form_rounds.set_decision(store, expert, decision="Иначе")
    directory.erase_person(store, person)
    store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for file in (store.path, store.path.with_name(store.path.name + "-wal")):
        assert not file.exists() or name.encode() not in file.read_bytes()
    kept = form_answers.case(store.connection, expert)
    assert kept.case.author == "запись удалена по просьбе"
    assert kept.answers.get("1").value == "2"


def test_the_check_names_half_typed_text_and_unknown_forms(store: Store, two: tuple[int, int]) -> None:
    one, _other = begun(store, two)
    form_answers.put_draft(store, one, "1", "час")
    assert next(item.message for item in health.check(store.connection)).startswith("СОШ № 1: Проба")
    form_answers.put_draft(store, one, "1", "")
    with store.operation("Порча", "test") as operation:
        operation.insert("form_answer", case_id=one, item_id="99", raw="2")
        operation.insert(
            "form_round", form_id="nothing", version="1.0", digest="0", school_year=2026, title="Пустой", created_at="x"
        )
    assert {item.code for item in maintenance.check(store.connection)} == {"STORE_FORM_ITEM", "STORE_FORM_UNKNOWN"}
    assert len(form_rounds.rounds(store.connection, 2026)) == 2
    assert settings.get(store.connection, "demo") == "0"


def test_a_round_nobody_answered_can_be_removed(store: Store, two: tuple[int, int]) -> None:
    before = dump(store.connection)["form_case"]
    key = form_rounds.start(store, "probe", 2026, programmes(two[0]))
    assert len(form_rounds.add_subjects(store, key, programmes(*two))) == 1
    case = form_rounds.cases(store.connection, key)[0].case.id
    form_rounds.set_due(store, key, "01.12.2026", [case])
    form_rounds.edit_round(store, key, title="Иначе")
    assert form_answers.case(store.connection, case).due_on == "2026-12-01"
    refused("FORM_NOT_DATE", lambda: form_rounds.set_due(store, key, "вчера"))
    form_rounds.remove(store, key)
    assert dump(store.connection)["form_case"] == before
    assert form_rounds.rounds(store.connection) == []


# --- every form --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form_id", [entry.form.id for entry in forms.listing(None, hidden=True)])
def test_what_is_stored_comes_back_as_it_was(store: Store, form_id: str) -> None:
    form = forms.definition(store.connection, form_id)
    school = schools.add(store, {"name": "СОШ № 1"})
    key = form_rounds.start(store, form_id, 2026, [SubjectRef(form.subject, organisation_id=school)], prefill=False)
    case = form_rounds.cases(store.connection, key)[0].case.id
    said: dict[str, Answer] = {}
    for place, item in enumerate(form.items()):
        samples = TYPES[item.kind].sample_values(item)
        raw = samples[place % len(samples)] if samples else "что-то"
        made = given(item, raw, comment="Справка № 3" if item.comment else "", confirmed=place % 3 > 0)
        said[item.id] = made if place % 5 else given(item, "?!", other="другое")
    form_answers.store_set(store, case, AnswerSet(form.id, form.version, said))
    kept = form_answers.case(store.connection, case)
    assert kept.answers == AnswerSet(form.id, form.version, {k: a for k, a in said.items() if a.raw or a.code})
    assert kept.judged.wrong == sum(answer.code is not None for answer in said.values())
    once = dump(store.connection)
    form_answers.store_set(store, case, kept.answers)
    assert dump(store.connection) == once


@settings_of(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given_by(
    raw=st.text(max_size=40), other=st.text(max_size=10), comment=st.text(max_size=10), item=st.sampled_from("123")
)
def test_any_text_is_kept_as_it_was_typed(store: Store, raw: str, other: str, comment: str, item: str) -> None:
    if forms.listing(store.connection)[-1].form.id != "probe":
        forms.save(store, load(CHECK))
    known = form_rounds.rounds(store.connection)
    if not known:
        begun(store, (schools.add(store, {"name": "СОШ № 1"}),))
    case = form_rounds.cases(store.connection, form_rounds.rounds(store.connection)[0].round.id)[0].case.id
    made = form_answers.put(store, case, item, raw, other=other, comment=comment)
    kept = form_answers.case(store.connection, case).answers.get(item)
    assert kept == (made if made.raw.strip() or made.code or made.other or made.comment else Answer())


def test_an_item_with_a_metric_that_nobody_knows_is_named(store: Store, two: list[int]) -> None:
    forms.save(store, load(CONTEXT.replace('metric = "classes"', 'metric = "rooms_own"')))
    context_case(store, two[0])
    [found] = maintenance.check(store.connection)
    assert found.code == "STORE_FORM_NO_METRIC"
    assert found.message.startswith("Форма «Контекст», пункт 2: показателя «rooms_own» нет в справочнике. ")


def test_a_hint_alone_does_not_make_an_answer_wrong(store: Store, two: list[int]) -> None:
    forms.save(store, load(CONDITIONAL))
    subject = SubjectRef("school", organisation_id=two[0])
    key = form_rounds.start(store, "conditional", 2026, [subject])
    case = form_rounds.cases(store.connection, key)[0].case.id
    form_answers.put(store, case, "why", "нет людей")
    form_answers.put(store, case, "plan", "yes")
    form_rounds.mark_received(store, [case])
    view = form_answers.case(store.connection, case)
    assert [problem.code for problem in view.problems] == ["ITEM_NOT_ASKED"]
    assert view.state == "received"
