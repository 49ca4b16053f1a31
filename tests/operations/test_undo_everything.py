"""Every act of identification, agreement, pairs and indices goes back and forth one step, each in a new process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.forms.answers import given
from app.forms.schema import AnswerSet
from app.models import agreement as agreements
from app.models.forms import SubjectRef
from app.models.store import Store
from app.models.surveys import HANDED_IN
from app.operations import (
    agreement,
    course_lines,
    courses,
    donors,
    externals,
    form_answers,
    form_context,
    form_group,
    form_rounds,
    form_urgent,
    forms,
    identification,
    indices,
    metrics,
    pairs,
    projects,
    rules,
    schools,
    sheets,
    surveys,
    ties,
    typology,
)
from app.operations import agreement_grids as grids
from app.operations.demo import fill
from tests.helpers.undo import walk

RULE = "rosobrnadzor-2022"
LIST = (RULE, 2026)
YEAR = 2026


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("undo") / "Пример.opora"
    store = Store.create(path, name="Лесогорский округ", actor="Ракитина Е. В.")
    fill(store, years=(2025, 2026))
    store.close()
    return path.read_bytes()


def _school(store: Store, name: str) -> int:
    return schools.find(store.connection, name).id


def _rows(store: Store, part: str) -> list[int]:
    return [line.key for line in grids.lines(agreements.read(store.connection, *LIST), part)]


def _first(store: Store, part: str) -> int:
    return _rows(store, part)[0]


def _ties(store: Store) -> list[int]:
    return [tie.id for tie in ties.listing(store.connection, YEAR)]


def _assigned(store: Store) -> list[tuple[int, int]]:
    _board, found = pairs.assignment(store.connection, *LIST)
    return [(row.receiver_id, row.proposal.donor_id) for row in found.rows if row.proposal is not None]


def _way(store: Store) -> tuple[int, int]:
    return _school(store, "Гимназия"), _school(store, "СОШ № 9")


ACTS: dict[str, Callable[[Store], Any]] = {
    "ties accepted": lambda s: pairs.accept(s, *LIST, _assigned(s)),
    "pair declined": lambda s: pairs.decline(s, YEAR, _school(s, "СОШ № 5"), _school(s, "Лицей № 4"), "далеко"),
    "tie added": lambda s: ties.add(s, YEAR, [ties.NewTie(*_way(s), note="давно")]),
    "tie by hand": lambda s: ties.put_cells(s, YEAR, [(-1, "donor_id", "Гимназия"), (-1, "receiver_id", "СОШ № 3")]),
    "tie unfit": lambda s: ties.put_cells(s, YEAR, [(_ties(s)[0], "act_date", "скоро")]),
    "tie half-typed": lambda s: ties.put_draft(s, YEAR, _ties(s)[0], "note", "недопи"),
    "tie changed": lambda s: ties.change(s, _ties(s)[0], {"subject": "математика", "state": "есть договорённость"}),
    "tie ended": lambda s: ties.set_state(s, _ties(s)[:2], "ended"),
    "ties removed": lambda s: ties.remove(s, YEAR, _ties(s)[:3]),
    "capacity": lambda s: donors.put_donors(s, YEAR, [(_way(s)[0], "capacity", "3"), (_way(s)[1], "consent", "нет")]),
    "capacity unfit": lambda s: donors.put_donors(s, YEAR, [(_way(s)[0], "capacity", "много")]),
    "capacity half-typed": lambda s: donors.put_donor_draft(s, YEAR, _way(s)[0], "note", "недопи"),
    "capacity copied": lambda s: donors.take_last_year(s, YEAR + 1),
    "distance": lambda s: donors.set_way(s, *_way(s), km=12, minutes=25),
    "distance by hand": lambda s: donors.put_ways(s, "km", [(*_way(s), "13")]),
    "distance unfit": lambda s: donors.put_ways(s, "minutes", [(*_way(s), "полчаса")]),
    "distance half-typed": lambda s: donors.put_way_draft(s, "km", *_way(s), "1"),
    "party": lambda s: agreement.add_row(s, *LIST, "party", {"name": "Профсоюз", "due_on": "скоро"}),
    "parties as usual": lambda s: agreement.take_parties(s, *LIST, standard=True),
    "party moved": lambda s: agreement.move(s, *LIST, "party", _first(s, "party"), 1),
    "party changed": lambda s: agreement.put_cells(s, *LIST, "party", [(_first(s, "party"), "remark", "учесть")]),
    "party half-typed": lambda s: agreement.put_draft(s, *LIST, "party", _first(s, "party"), "reply", "недопи"),
    "meeting": lambda s: agreement.add_row(s, *LIST, "meeting", {"topic": "список", "held_on": "20.11.2026"}),
    "protocol": lambda s: agreement.put_protocol(s, *LIST, {"number": "7", "votes_for": "пять"}),
    "member": lambda s: agreement.add_row(s, *LIST, "member", {"name": "Ким О. В.", "vote": "за"}),
    "body": lambda s: agreement.take_body(s, *LIST, None),
    "road map": lambda s: agreement.add_row(
        s, *LIST, "road_map", {"activity": "Семинар", "organisation_id": "СОШ № 5"}
    ),
    "road map cleared": lambda s: agreement.remove_rows(s, *LIST, "road_map", _rows(s, "road_map")),
    "road map taken": lambda s: agreement.take_road_map(s, *LIST),
    "party removed": lambda s: agreement.remove_rows(s, *LIST, "party", [_first(s, "party")]),
    "meeting removed": lambda s: agreement.remove_rows(s, *LIST, "meeting", [_first(s, "meeting")]),
    "member removed": lambda s: agreement.remove_rows(s, *LIST, "member", [_first(s, "member")]),
    "road map removed": lambda s: agreement.remove_rows(s, *LIST, "road_map", [_first(s, "road_map")]),
    "rule copied": lambda s: rules.copy(s, RULE, "ours", "Наше"),
    "rule changed": lambda s: rules.save(s, replace(rules.entry(s.connection, "ours").rule, threshold=(25, 100))),
    "rule chosen": lambda s: rules.set_default(s, "ours"),
    "rule renamed": lambda s: rules.rename(s, "ours", "Совсем наше"),
    "rule removed": lambda s: rules.remove(s, "ours"),
    "index": lambda s: indices.change(s, "social", weights={"share_deviant": (2, 1)}),
    "index back": lambda s: indices.reset(s, "social"),
    "types": lambda s: typology.change(s, cut=(30, 100)),
    "correction": lambda s: identification.correct(s, *LIST, _school(s, "СОШ № 9"), "listed", "решили эксперты"),
    "correction off": lambda s: identification.correct(s, *LIST, _school(s, "СОШ № 9"), None, ""),
    "project": lambda s: projects.add(s, _school(s, "СОШ № 9"), YEAR, "other", {"name": "Свой проект"}),
    "metric": lambda s: metrics.put(s, YEAR, [(_school(s, "СОШ № 9"), "share_deviant", "3")]),
    "list removed": lambda s: externals.remove(s, externals.lists(s.connection)[0].id),
    "sheets sent": lambda s: sheets.mark_sent(
        s, 2026, [row.school.id for row in sheets.book(s.connection, 2026).rows if row.state == "made"], "20.11.2026"
    ),
}
IDLE = {"capacity copied"}  # nothing may be left to take over

# --- forms -------------------------------------------------------------------------------------------------------

SELF = "school-programme-self"


def _question(store: Store) -> str:
    return next(iter(surveys.view(store.connection, _sheet(store)).line.form.items())).id


def _round(store: Store, form_id: str = SELF) -> int:
    """Return the newest round of a form."""
    return max(line.round.id for line in form_rounds.rounds(store.connection, YEAR) if line.round.form_id == form_id)


def _cases(store: Store) -> list[int]:
    """Return the cases of the round that the acts below began, in the order of the schools."""
    found = next(line for line in form_rounds.rounds(store.connection, YEAR) if line.round.title == "Проба")
    return [line.case.id for line in form_rounds.cases(store.connection, found.round.id)]


def _begin(store: Store) -> int:
    refs = [SubjectRef("school_programme", organisation_id=_school(store, name)) for name in ("Гимназия", "СОШ № 9")]
    return form_rounds.start(store, SELF, YEAR, refs, title="Проба", due_on="2026-12-01")


def _fill(store: Store, case_id: int) -> None:
    form = forms.definition(store.connection, SELF)
    answers = {item.id: given(item, "2") for item in form.items()}
    form_answers.store_set(store, case_id, AnswerSet(form.id, form.version, answers))


def _sheet(store: Store) -> int:
    return next(line.sheet.id for line in surveys.sheets(store.connection) if line.sheet.note == "проба")


def _course(store: Store) -> int:
    return max(record.id for record in courses.register(store.connection, YEAR).records)


def _place(store: Store) -> tuple[int, int]:
    """Return round and subject of the programme that two experts judge."""
    found, subject, _experts = next(item for item in form_group.subjects(store.connection, "programme-quality"))
    return found.id, subject.id


SHEET = surveys.SheetDraft(SubjectRef("event", name="Мастерская"), "20.11.2026", 12, "проба")

FORM_ACTS: dict[str, Callable[[Store], Any]] = {
    "round": _begin,
    "answer": lambda s: form_answers.put(s, _cases(s)[0], "1", "2"),
    "answer unfit": lambda s: form_answers.put(s, _cases(s)[0], "2", "наверное"),
    "half-typed": lambda s: form_answers.put_draft(s, _cases(s)[0], "3", "В по"),
    "comment": lambda s: form_answers.put(s, _cases(s)[0], "4", "1", comment="срок назван"),
    "all answers": lambda s: _fill(s, _cases(s)[-1]),
    "sent": lambda s: form_rounds.mark_sent(s, _cases(s), "2026-11-20", "почтой"),
    "due": lambda s: form_rounds.set_due(s, _round(s), "2026-12-05"),
    "returned": lambda s: form_rounds.give_back(s, _cases(s)[-1], "не назван срок"),
    "level": lambda s: form_rounds.override_level(s, _cases(s)[-1], "sufficient", "виден только план"),
    "cleared": lambda s: form_answers.clear(s, _cases(s)[0]),
    "one more school": lambda s: form_rounds.add_subjects(
        s, _round(s), [SubjectRef("school_programme", organisation_id=_school(s, "Лицей № 4"))]
    ),
    "form copied": lambda s: forms.save(s, replace(forms.definition(s.connection, "rmo"), id="ours", short="Наша")),
    "form removed": lambda s: forms.remove(s, "ours"),
    "questionnaire": lambda s: form_context.make(s, ["share_ovz"]),
    "urgent": lambda s: form_urgent.begin(
        s, "Питание", form_urgent.headings("Есть столовая\nМест"), form_urgent.school_refs(s.connection), YEAR
    ),
    "sheet": lambda s: surveys.add(s, "listener", YEAR, SHEET),
    "handed in": lambda s: surveys.add_empty(s, _sheet(s), 3),
    "half-typed answer": lambda s: surveys.put_typed(s, _sheet(s), 0, _question(s), "вы"),
    "answer typed": lambda s: surveys.put_cells(s, _sheet(s), [(-9, _question(s), "1")]),
    "sheet cleared": lambda s: surveys.clear(s, _sheet(s)),
    "count half-typed": lambda s: surveys.put_draft(s, _sheet(s), HANDED_IN, "", "дв"),
    "count": lambda s: surveys.put_numbers(s, _sheet(s), [(HANDED_IN, "", "12")]),
    "sheet changed": lambda s: surveys.edit(s, _sheet(s), replace(SHEET, given_out=14)),
    "sheet removed": lambda s: surveys.remove(s, _sheet(s)),
    "course": lambda s: courses.put(
        s, YEAR, courses.CourseDraft(None, "kindergarten-staff", "loiro", "upgrading", 3, "Игра и речь")
    ),
    "course removed": lambda s: course_lines.remove(s, YEAR, [_course(s)]),
    "expert": lambda s: form_group.add_expert(s, *_place(s), "Седова Н. П."),
    "agreed": lambda s: form_group.agree(s, *_place(s), "7", "Частично", "так решили"),
    "protocol": lambda s: form_group.put_protocol(s, *_place(s), {"number": "5", "decision": "согласиться"}),
    "round closed": lambda s: form_rounds.close_round(s, _round(s)),
    # accepting comes last: what is accepted can be neither changed nor undone by what came before it
    "accepted": lambda s: form_rounds.accept(s, [_cases(s)[-1]]),
}
"""Approving and reopening are undone by their reverse act with a reason only (decision 17)."""


def test_every_act_goes_back_and_forth(example: bytes, tmp_path: Path) -> None:
    path = tmp_path / "Пример.opora"
    path.write_bytes(example)
    walk(path, ACTS, IDLE)


def test_every_act_with_forms_goes_back_and_forth(example: bytes, tmp_path: Path) -> None:
    path = tmp_path / "Пример.opora"
    path.write_bytes(example)
    walk(path, FORM_ACTS)
