"""The new school year: what is carried, what it breaks, one step back; nothing is inherited by itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.cli import run as cli
from app.errors import UserError
from app.models import forms, organisations
from app.models.store import Store
from app.operations import bodies_writing, form_rounds, new_year, programmes, registers, schools, support_partners, ties
from app.operations.matching import Directory
from app.operations.new_year import Answer, Answers, NewSchool
from app.operations.new_year_carry import CARRIERS
from app.operations.ties import NewTie
from tests.helpers import stores
from tests.helpers.undo import walk

YEAR = 2027
OLD = {"school_year": YEAR - 1}
NB = "\u00a0"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = stores.made(tmp_path / "file.opora")
    for number in range(1, 5):
        stores.school(made, f"СОШ № {number}", own=1, position=number)
    return made


def _key(store: Store, number: int) -> int:
    return schools.find(store.connection, f"СОШ № {number}").id


def _filled(store: Store) -> None:
    """One row of everything that can be carried, and beside it one that can't."""
    one, two, three = (_key(store, number) for number in (1, 2, 3))
    schools.appoint(store, one, full_name="Ким О. В.", role="куратор", date_from="01.09.2026")
    schools.appoint(store, two, full_name="Орлова И. И.", role="тьютор", date_from="01.09.2026")
    with store.operation("Назначение закончено", "school.appoint") as operation:
        (row,) = [row for row in registers.rows(store.connection, "supporters") if row["role"] == "тьютор"]
        operation.update("appointment", row["id"], date_to="2027-06-30")
    kept = registers.add(store, "partnerships", OLD, donor="Институт", receiver_id=one, state="active",
                         date_to="2028-12-31", number="7")  # fmt: skip
    registers.attach(store, "partnerships", kept, (), link="http://x.example/7")
    registers.add(store, "partnerships", OLD, donor="Вуз", receiver_id=one, state="active", date_to="2027-06-30")
    registers.add(store, "partnerships", OLD, donor="Колледж", receiver_id=one, state="ended")
    registers.add(store, "platforms", OLD, title="Математика", organisation_id=three)
    registers.add(store, "support", OLD, organisation_id=two, deficit="Дроби", offer="Практикум", state="running")
    registers.add(store, "support", OLD, organisation_id=two, deficit="Чтение", offer="Курсы", state="done")
    registers.add(store, "risks", OLD, organisation_id=two, factor="Кадры", text="Набор", state="planned")
    ties.add(store, YEAR - 1, [NewTie(three, two, "Математика", 5, "agreed"), NewTie(one, two, None, None, "ended")])
    registers.add(store, "route", OLD | {"organisation_id": two}, step="hearing", held_on="2027-04-20",
                  next_on="2027-10-05", responsible="Ким О. В.")  # fmt: skip
    registers.add(store, "cycle", OLD | {"direction": "method", "component": "goals"}, title="Положение")
    registers.add(store, "cycle", OLD | {"direction": "method", "component": "analysis"}, title="Справка")
    registers.add(store, "breaks", OLD, title="Осенние", date_from="2026-10-26", date_to="2026-11-02")
    refs = [form_rounds.SubjectRef("school_programme", organisation_id=key) for key in (one, two)]
    form_rounds.start(store, "school-programme-self", YEAR - 1, refs, due_on="2026-12-01")
    body = bodies_writing.add(store, name="РМО", kind="РМО")
    bodies_writing.add_item(store, body, YEAR - 1, "Итоги года", due_on="20.05.2027")
    ends = {"organisation_id": one, "date_from": "2026-09-01", "date_to": "2027-05-31", "state": "active"}
    registers.add(store, "mentor_pairs", {}, **ends, topic="Урок физики", act="Приказ № 5", works_since="2026-08-20")


EVERYTHING = Answers(carry=frozenset(one.key for one in CARRIERS))


def test_what_can_be_carried_is_counted(store: Store) -> None:
    assert all(line.number == 0 for line in new_year.start(store.connection, YEAR).carry)
    _filled(store)
    found = {line.key: line.number for line in new_year.start(store.connection, YEAR).carry}
    assert found == {
        "supporters": 1, "partnerships": 1, "ties": 1, "platforms": 1, "support": 1, "risks": 1, "meetings": 1,
        "body_plans": 1, "pairs": 1, "rounds": 1, "routes": 1, "cycle": 1, "breaks": 1,
    }  # fmt: skip


def test_pairs_go_on_without_their_order_and_meetings(store: Store) -> None:
    one, two = _key(store, 1), _key(store, 2)
    with store.operation("Люди", "person.add") as operation:
        mentor, *others = (operation.insert("person", full_name=f"Учитель {number}") for number in range(9))
    ends = {"organisation_id": one, "mentor_school_id": two, "mentor_id": mentor, "form": "teacher",
            "date_from": "2026-09-01", "date_to": "2027-05-31", "state": "active"}  # fmt: skip

    def pair(mentee: int, **values: Any) -> int:
        return registers.add(store, "mentor_pairs", {}, **(ends | {"mentee_id": mentee} | values))

    key = pair(others[0], topic="Опыт", act="Приказ № 5", works_since="2024-09-02", result="Готов")
    registers.add(store, "mentor_meetings", {"pair_id": key}, planned_on="2026-10-05")
    pair(others[1], works_since="2024-08-30")  # three years of work by the first of September: young no more
    pair(others[2], works_since="2010-09-01", form="subject")
    left_out: tuple[dict[str, Any], ...] = (
        {"date_to": None}, {"date_to": "2028-05-31"}, {"date_to": "2027-02-01"}, {"state": "broken"}, {"state": "ended"}
    )  # fmt: skip
    for mentee, values in zip(others[3:], left_out, strict=True):
        pair(mentee, **values)
    (carrier,) = (item for item in CARRIERS if item.key == "pairs")
    # keys are drawn by lot, so pairs that begin on one day have no order of their own
    carried = [row["mentee_id"] for row in carrier.find(store.connection, YEAR, ())]
    assert sorted(carried) == sorted([others[0], others[2]])
    assert carrier.find(store.connection, YEAR, [one]) == []
    new_year.apply(store, YEAR, Answers(carry=frozenset({"pairs"})))
    made = {row["mentee_id"]: row for row in registers.rows(store.connection, "mentor_pairs")
            if row["date_from"] == "2027-09-01"}  # fmt: skip
    assert set(made) == {others[0], others[2]}
    row = made[others[0]]
    assert (row["topic"], row["works_since"], row["state"], row["date_to"]) == (
        "Опыт", "2024-09-02", "planned", "2028-05-31",
    )  # fmt: skip
    assert (row["act"], row["result"]) == (None, None)
    assert registers.rows(store.connection, "mentor_meetings", pair_id=row["id"]) == []
    assert carrier.find(store.connection, YEAR, ()) == []


def test_help_that_goes_on_names_nothing_of_the_year_before(store: Store) -> None:
    """Platforms and deficits are entered anew: a line that kept their keys would speak of rows of another year."""
    two = _key(store, 2)
    platform = registers.add(store, "platforms", OLD, title="Математика", organisation_id=_key(store, 3))
    deficit = registers.add(store, "deficits", OLD, organisation_id=two, text="Дроби")
    registers.add(
        store, "support", OLD, organisation_id=two, deficit="Дроби", offer="Практикум", state="running",
        platform_id=platform, deficit_id=deficit,
    )  # fmt: skip
    new_year.apply(store, YEAR, EVERYTHING)
    (line,) = registers.rows(store.connection, "support", school_year=YEAR)
    assert (line["deficit"], line["offer"]) == ("Дроби", "Практикум")
    assert (line["platform_id"], line["deficit_id"]) == (None, None)
    (kept,) = registers.rows(store.connection, "support", **OLD)
    assert (kept["platform_id"], kept["deficit_id"]) == (platform, deficit)


def test_an_agreement_that_goes_on_is_not_offered_again_with_its_tie(store: Store) -> None:
    one, lyceum = (stores.school(store, name, own=1) for name in ("СОШ № 31", "Лицей № 32"))
    ties.add(store, 2026, [NewTie(lyceum, one, "Математика", 6, "agreed", "3", "2026-10-20", None)])
    assert support_partners.take_ties(store, 2026) == 1
    new_year.apply(store, YEAR, EVERYTHING)
    carried = [row for row in registers.rows(store.connection, "partnerships", school_year=2027)
               if row["receiver_id"] == one]  # fmt: skip
    assert [row["tie_id"] for row in carried] == [None]
    assert [tie for tie in support_partners.untaken_ties(store.connection, 2027) if tie.receiver_id == one] == []


def test_everything_is_carried_once_and_taken_back(tmp_path: Path) -> None:
    path = tmp_path / "file.opora"
    with stores.made(path) as store:
        for number in range(1, 5):
            stores.school(store, f"СОШ № {number}", own=1)
        _filled(store)
    walk(path, {"year": lambda store: new_year.apply(store, YEAR, EVERYTHING)})
    with stores.opened(path) as store:
        assert new_year.apply(store, YEAR, EVERYTHING).operation_id is None, "a second run finds nothing"
        new = {"school_year": YEAR}
        (agreement,) = registers.rows(store.connection, "partnerships", **new)
        assert (agreement["donor"], agreement["number"], agreement["state"]) == ("Институт", "7", "active")
        assert (
            registers.table(store.connection, "partnerships", new).files[agreement["id"]][0].link
            == "http://x.example/7"
        )
        (meeting, *plan) = [row for row in registers.rows(store.connection, "route", **new)
                            if row["step"] == "interview"]  # fmt: skip
        assert (meeting["planned_on"], meeting["responsible"], plan) == ("2027-10-05", "Ким О. В.", [])
        steps = registers.rows(store.connection, "route", **new)
        assert len(steps) == 11, "the meeting does not stand in the way of the ordinary steps"
        (rest,) = registers.rows(store.connection, "breaks", **new)
        assert (rest["date_from"], rest["date_to"]) == ("2027-10-26", "2027-11-02")
        tutors = [row for row in registers.rows(store.connection, "supporters") if row["role"] == "тьютор"]
        assert sorted((row["date_from"], row["date_to"]) for row in tutors) == [
            ("2026-09-01", "2027-06-30"), ("2027-09-01", None),
        ]  # fmt: skip
        (tie,) = ties.listing(store.connection, YEAR)
        assert (tie.subject, tie.grade, tie.state) == ("Математика", 5, "agreed")
        assert [row["title"] for row in registers.rows(store.connection, "cycle", **new)] == ["Положение"]
        rounds = [item for item in forms.rounds(store.connection) if item.school_year == YEAR]
        assert [(item.form_id, item.due_on) for item in rounds] == [("school-programme-self", "2027-12-01")]
        assert len(forms.cases(store.connection, rounds=[rounds[0].id])) == 2


def test_nothing_of_a_school_that_is_gone_goes_on(store: Store) -> None:
    _filled(store)
    gone = Answers((Answer(_key(store, 2), "closed"),), carry=EVERYTHING.carry)
    new_year.apply(store, YEAR, gone)
    new = {"school_year": YEAR}
    for key in ("support", "risks", "route"):
        assert registers.rows(store.connection, key, **new) == [], key
    assert ties.listing(store.connection, YEAR) == []
    (made,) = [item for item in forms.rounds(store.connection) if item.school_year == YEAR]
    assert len(forms.cases(store.connection, rounds=[made.id])) == 1


def test_schools_are_renamed_closed_joined_and_opened(store: Store) -> None:
    one, two, three, four = (_key(store, number) for number in (1, 2, 3, 4))
    schools.appoint(store, two, full_name="Громова Л. А.", role="директор", date_from="01.09.2020")
    answers = Answers(
        (
            Answer(one, "renamed", "СОШ № 1 им. Гагарина", "Школа Гагарина"),
            Answer(two, "closed", day="15.08.2027"),
            Answer(three, "joined", target=four),
        ),
        (NewSchool("new:1", "Школа на Озёрной", split_from=four),),
        carry=frozenset(),
    )
    found = new_year.preview(store.connection, YEAR, answers)
    assert len(found.writes) == 4
    done = new_year.apply(store, YEAR, answers)
    card = organisations.card(store.connection, one)
    assert card is not None
    assert (card.school.name, card.school.shown) == ("СОШ № 1 им. Гагарина", "Школа Гагарина")
    match = Directory(store.connection).match("СОШ № 1", (), None, None)
    assert match is not None
    assert match.school_id == one, "the former name still finds the school"
    closed = organisations.card(store.connection, two)
    assert closed is not None
    assert closed.school.status == "closed"
    assert closed.appointments[0].date_to == "2027-08-15"
    assert closed.notes[0][1] == "Закрыта с 15.08.2027."
    joined = organisations.card(store.connection, three)
    assert joined is not None
    assert joined.school.status == "reorganised"
    assert [(name, day) for _key, name, day, _act in joined.successors] == [("СОШ № 4", "2027-09-01")]
    opened = organisations.card(store.connection, done.schools["new:1"])
    assert opened is not None
    assert [name for _key, name, _day, _act in opened.predecessors] == ["СОШ № 4"]
    store.undo()
    before = organisations.card(store.connection, one)
    assert before is not None
    assert (before.school.name, before.aliases) == ("СОШ № 1", ())


def test_a_school_may_join_one_that_opens(store: Store) -> None:
    answers = Answers((Answer(_key(store, 3), "joined", target="new:1"),), (NewSchool("new:1", "Новая школа"),))
    done = new_year.apply(store, YEAR, answers)
    joined = organisations.card(store.connection, _key(store, 3))
    assert joined is not None
    assert [name for _key, name, _day, _act in joined.successors] == ["Новая школа"]
    assert done.schools


def _codes(store: Store, *answers: Answer, fresh: tuple[NewSchool, ...] = ()) -> str:
    before = stores.dump(store.connection)
    with pytest.raises(UserError) as caught:
        new_year.apply(store, YEAR, Answers(answers, fresh))
    assert stores.dump(store.connection) == before
    return caught.value.code


def test_answers_that_do_not_go_are_refused_and_write_nothing(store: Store) -> None:
    one, two = _key(store, 1), _key(store, 2)
    assert _codes(store, Answer(one, "renamed", "  ")) == "MON_YEAR_NAME"
    assert _codes(store, Answer(one, "renamed", "сош № 1")) == "MON_YEAR_NAME"
    assert _codes(store, Answer(one, "renamed", "СОШ № 2")) == "MON_YEAR_TAKEN"
    assert _codes(store, Answer(one, "joined")) == "MON_YEAR_TARGET"
    assert _codes(store, Answer(one, "joined", target=one)) == "MON_YEAR_TARGET"
    assert _codes(store, Answer(one, "joined", target="new:1")) == "MON_YEAR_TARGET"
    assert _codes(store, Answer(one, "joined", target=two), Answer(two, "closed")) == "MON_YEAR_TARGET"
    assert _codes(store, Answer(one, "closed", day="вчера")) == "GEN_BAD_DATE"
    assert _codes(store, Answer(999, "closed")) == "GEN_NO_SCHOOL"
    assert _codes(store, fresh=(NewSchool("new:1", " "),)) == "MON_YEAR_NAME"
    assert _codes(store, fresh=(NewSchool("new:1", "СОШ № 2"),)) == "MON_YEAR_TAKEN"
    assert _codes(store, fresh=(NewSchool("new:1", "Новая", split_from=999),)) == "GEN_NO_SCHOOL"
    with pytest.raises(UserError) as caught:
        new_year.preview(store.connection, YEAR, Answers(carry=frozenset({"everything"})))
    assert caught.value.code == "MON_YEAR_CARRY"


def test_a_name_that_another_gives_up_may_be_taken(store: Store) -> None:
    one, two = _key(store, 1), _key(store, 2)
    new_year.apply(store, YEAR, Answers((Answer(two, "closed"), Answer(one, "renamed", "СОШ № 2"))))
    assert organisations.get(store.connection, one).name == "СОШ № 2"  # type: ignore[union-attr]


def _told(store: Store, answers: Answers) -> list[tuple[str, str]]:
    found = new_year.preview(store.connection, YEAR, answers).breaks
    return [(item.level, item.text.replace(NB, " ")) for item in found]


def test_what_breaks_is_told_before(store: Store) -> None:
    assert _told(store, Answers()) == [("ok", "Сравнение с прошлыми годами не ломается.")]
    two, four = _key(store, 2), _key(store, 4)
    document = registers.add(store, "documents", OLD)
    registers.add(store, "points", {"document_id": document}, text="Проверить", organisation_id=two)
    registers.add(store, "tasks", {}, text="Съездить", organisation_id=two)
    told = _told(store, Answers((Answer(two, "joined", target=four), Answer(_key(store, 1), "renamed", "Лицей"))))
    assert ("warn", "СОШ № 2: ещё не закончено — 1 пункт решения, 1 дело. Закройте или передайте другой школе.") in told
    assert any(level == "warn" and "с 2028 года это и дети прежней школы (СОШ № 2)" in text for level, text in told)
    assert ("info", "СОШ № 2: с 2028 года нет в списках.") in told
    assert ("ok", "Лицей") not in told
    assert any(level == "ok" and text.startswith("СОШ № 1: результаты продолжаются") for level, text in told)
    opened = _told(store, Answers(fresh=(NewSchool("new:1", "Новая", split_from=four),)))
    assert opened[0][1].endswith("два года подряд сложатся не раньше 2029 года.")
    assert any("СОШ № 4: часть детей ушла" in text for _level, text in opened)


def test_a_rule_that_looks_back_still_sees_a_closed_school(store: Store) -> None:
    two = _key(store, 2)
    with store.operation("Результаты", "test") as operation:
        work = operation.insert("assessment", procedure="ВПР", subject="математика", grade=5)
        operation.insert("mark_count", organisation_id=two, assessment_id=work, result_year=YEAR, participants=20,
                         below_min=8)  # fmt: skip
    seen = "СОШ № 2: новых результатов не будет; в списке 2028 года ещё есть: правило смотрит и на прошлые годы."
    assert ("info", f"{seen} Результаты (2027) остаются в файле.") in _told(store, Answers((Answer(two, "closed"),)))


def test_a_programme_that_ends_is_told(store: Store) -> None:
    programmes.create(store, kind="municipal", title="Программа", year_from=2024, year_to=2026)
    assert any("Программа кончается в 2026 году" in text for _level, text in _told(store, Answers()))


def test_the_command_tells_and_writes(store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = store.path
    store.close()
    answers = tmp_path / "ответы.json"
    said: dict[str, Any] = {
        "schools": [{"school": "СОШ № 1", "fate": "renamed", "name": "Гимназия"},
                    {"school": "СОШ № 3", "fate": "joined", "target": "Новая школа", "date": "20.08.2027"}],
        "new": [{"name": "Новая школа"}], "carry": [],
    }  # fmt: skip
    answers.write_text(json.dumps(said, ensure_ascii=False), "utf-8")
    keys = ["new-year", "--db", str(path), "--year", "2027/28", "--answers", str(answers)]
    assert cli([*keys, "--dry-run", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["operation"] is None
    assert len(told["writes"]) == 3
    assert cli(keys) == 0
    assert "Начат 2027/28 учебный год." in capsys.readouterr().out
    with stores.opened(path) as opened:
        assert {"Гимназия", "Новая школа"} <= set(stores.names(opened.connection))
    for wrong in ("[]", "{", '{"schools": [{"school": "СОШ № 2", "fate": "lost"}]}', '{"new": [{}]}', '{"other": 1}'):
        answers.write_text(wrong, "utf-8")
        assert cli(keys) == 1
        assert "не подошёл" in capsys.readouterr().err
