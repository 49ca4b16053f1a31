"""The route of a school: stages by steps, what comes next, what the file knows, the folder in one print."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path

import pytest

from app.cli import run as cli
from app.errors import UserError
from app.models.store import Store
from app.operations import programmes, registers, route, route_facts, route_pack, school_card, schools
from app.operations.papers import render
from app.operations.register_catalogue import STEP_WORDS
from app.operations.route import StepLine
from app.paths import resources
from tests.helpers import stores
from tests.helpers.undo import walk

YEAR = 2026
DAY = date(2026, 11, 23)
NB = "\u00a0"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = stores.made(tmp_path / "file.opora")
    stores.school(made, "СОШ № 1", own=1)
    stores.school(made, "СОШ № 2", own=1)
    return made


def _key(store: Store, name: str = "СОШ № 1") -> int:
    return schools.find(store.connection, name).id


def _step(store: Store, step: str, name: str = "СОШ № 1", **values: str) -> int:
    return registers.add(
        store, "route", {"school_year": YEAR, "organisation_id": _key(store, name)}, step=step, **values
    )


def _line(step: str, held: str | None = None) -> StepLine:
    _stages, known = route.catalogue()
    state: route.StepState = "done" if held else "undated"
    return StepLine(1, 1, step, "", known[step].stage, None, held, "", "", None, "", state, None)


def test_the_words_of_steps_and_the_resource_say_the_same() -> None:
    found = tomllib.loads((resources() / "monitoring" / "route.toml").read_text(encoding="utf-8"))
    assert {item["id"]: item["title"] for item in found["steps"]} == STEP_WORDS
    stages, steps = route.catalogue()
    assert [stage.wording for stage in stages] == [
        "анализ ситуации", "организационно-методическое сопровождение", "контроль",
    ]  # fmt: skip
    assert all(steps[stage.closed_by].stage == stage.id for stage in stages)


@pytest.mark.parametrize(
    ("held", "planned", "stage"),
    [
        ((), (), "none"),
        ((), ("plan",), "analysis"),
        (("self_check",), ("plan",), "analysis"),
        (("plan",), ("report",), "support"),
        (("curator",), ("plan",), "support"),  # the plan was not marked, yet the school is being helped
        (("plan", "report"), ("hearing",), "control"),
        (("hearing",), ("plan", "report", "decision"), "control"),
        (("plan", "report", "hearing", "decision"), ("correction",), "passed"),
    ],
)
def test_the_stage_follows_from_the_steps(held: tuple[str, ...], planned: tuple[str, ...], stage: str) -> None:
    steps = [_line(step, "2026-10-01") for step in held] + [_line(step) for step in planned]
    assert route.stage_of(steps) == stage


def test_beginning_gives_the_ordinary_days_of_the_school_year_once(store: Store) -> None:
    keys = [_key(store), _key(store, "СОШ № 2")]
    assert route.begin(store, YEAR, keys[:1]) == 1
    assert route.begin(store, YEAR, keys) == 1, "who has steps is left alone"
    days = {step.step: step.planned_on for step in route.of_year(store.connection, YEAR, DAY)[keys[0]]}
    assert days["self_check"] == "2026-09-30"
    assert days["hearing"] == "2027-04-30"
    assert len(days) == 10


def test_late_soon_and_meetings_are_told_in_order(store: Store) -> None:
    _step(store, "compare", planned_on="2026-11-20")
    _step(store, "decision", planned_on="2026-11-22")
    _step(store, "visit", planned_on="2026-12-07")
    _step(store, "report", planned_on="2026-12-08")
    _step(store, "hearing", held_on="2026-11-18", next_on="2026-12-10", decision="Усилить 5 класс")
    _step(store, "interview", held_on="2026-11-01", next_on="2026-11-10")
    found = route.of_school(store.connection, _key(store), YEAR, DAY)
    assert [step.state for step in found.steps if not step.held_on] == ["missed", "late", "soon", "planned"]
    assert [(event.day, event.text, event.late) for event in found.events] == [
        ("2026-11-22", "решение об эффективности", True), ("2026-12-07", "выезд в школу", False),
        ("2026-12-08", "отчёт школы", False), ("2026-12-10", "следующая встреча", False),
    ], "the meeting of 10.11 was followed by the hearing; nobody waits for what belongs to the first stage"  # fmt: skip
    assert found.late == 1
    assert found.stage == "control"
    assert found.decision == "Усилить 5 класс"
    assert [step.word for step in found.steps if step.planned_on][:2] == ["пропущено", f"просрочено на{NB}1{NB}день"]
    assert [event.text for _school, event in route.due(store.connection, YEAR, DAY)] == [
        "решение об эффективности", "выезд в школу",
    ]  # fmt: skip


def test_points_of_decisions_stand_among_what_comes_next(store: Store) -> None:
    document = registers.add(store, "documents", {"school_year": YEAR}, kind="protocol", number="3", dated="2026-11-12")
    scope = {"document_id": document}
    registers.add(store, "points", scope, text="Назначить куратора", organisation_id=_key(store), due_on="2026-11-20")
    registers.add(store, "points", scope, text="Уже", organisation_id=_key(store), due_on="2026-11-20", state="done")
    found = route.of_school(store.connection, _key(store), YEAR, DAY)
    assert [(event.text, event.late) for event in found.events] == [("пункт решения: Назначить куратора", True)]
    assert [text.replace(NB, " ") for text in route_pack.questions(found)] == [
        "Что мешает выполнить: Назначить куратора (срок 20.11.2026)?"
    ]


def test_the_board_holds_schools_with_steps_and_says_where_they_are(store: Store) -> None:
    empty = route.board(store.connection, YEAR, DAY)
    assert empty.sentence == "2026/27: школ на маршруте нет"
    _step(store, "plan", held_on="2026-10-30")
    _step(store, "self_check", "СОШ № 2", planned_on="2026-09-30")
    found = route.board(store.connection, YEAR, DAY)
    assert [item.school.shown for item in found.of_stage("support")] == ["СОШ № 1"]
    assert found.sentence == f"2026/27: 2{NB}школы · анализ 1 · сопровождение 1 · просрочено у{NB}1{NB}школы"
    assert route.board(store.connection, YEAR - 1, DAY).routes == ()


def test_steps_of_a_merged_record_belong_to_the_school_that_stays(store: Store) -> None:
    _step(store, "plan", "СОШ № 2", held_on="2026-10-30")
    schools.merge(store, _key(store, "СОШ № 2"), _key(store))
    (found,) = route.board(store.connection, YEAR, DAY).routes
    assert (found.school.shown, found.stage) == ("СОШ № 1", "support")


def test_what_the_file_knows_is_offered_and_taken(store: Store) -> None:
    key = _key(store)
    schools.appoint(store, key, full_name="Ким О. В.", role="куратор", date_from="09.11.2026", act="приказ № 5")
    registers.add(store, "tasks", {}, kind="visit", organisation_id=key, done_on="2026-10-08", result="Были на уроках")
    registers.add(store, "plans", {"school_year": YEAR}, organisation_id=key, kind="teacher", planned=4)
    _step(store, "curator", planned_on="2026-11-15")
    found = route_facts.facts(store.connection, YEAR, key)
    assert [(fact.step, fact.day, fact.text) for fact in found] == [
        ("curator", "2026-11-09", "Ким О. В., приказ № 5"), ("paths", None, "индивидуальных планов учителей: 4"),
        ("visit", "2026-10-08", "Были на уроках"),
    ]  # fmt: skip
    assert route_facts.take(store, YEAR, key, ["curator", "paths"], "2026-11-23") == 2
    held = {step.step: step.held_on for step in route.of_school(store.connection, key, YEAR, DAY).steps}
    assert held == {"curator": "2026-11-09", "paths": "2026-11-23"}, "the planned step was marked, the other added"
    assert [fact.step for fact in route_facts.facts(store.connection, YEAR, key)] == ["visit"]
    assert route_facts.facts(store.connection, YEAR - 1, key) == ()
    with pytest.raises(UserError) as caught:
        route_facts.take(store, YEAR, key, ["curator"], "2026-11-23")
    assert caught.value.code == "MON_ROUTE_NOTHING"


def test_marking_many_is_one_step_back(tmp_path: Path) -> None:
    path = tmp_path / "file.opora"
    with stores.made(path) as store:
        key = stores.school(store, "СОШ № 1", own=1)
        schools.appoint(store, key, full_name="Ким О. В.", role="куратор", date_from="09.11.2026")

    def steps(store: Store) -> list[int]:
        return [row["id"] for row in registers.rows(store.connection, "route") if row["step"] != "curator"]

    walk(path, {
        "begin": lambda store: route.begin(store, YEAR, [key]),
        "take": lambda store: route_facts.take(store, YEAR, key, ["curator"], "2026-11-23"),
        "hold": lambda store: route.hold(store, steps(store), "2026-11-23", "Сделано вместе"),
    })  # fmt: skip
    with stores.opened(path) as store:
        assert route.of_school(store.connection, key, YEAR, DAY).stage == "passed"
        assert route.hold(store, steps(store), "2026-11-24") == 0


def test_the_card_of_a_school_tells_its_route(store: Store) -> None:
    key = _key(store)
    empty = school_card.card(store.connection, key, YEAR).section("route")
    assert empty is not None
    assert empty.lines == ()
    _step(store, "plan", held_on="2026-10-30", outcome="12 мероприятий")
    _step(store, "curator", planned_on="2026-11-15")
    told = school_card.card(store.connection, key, YEAR).section("route")
    assert told is not None
    assert [(line.label, line.text, line.note) for line in told.lines] == [
        ("Этап", "Сопровождение", f"сделано 1 из{NB}2"), ("Дальше", "назначение куратора", "по плану 15.11.2026"),
        ("План устранения проблем", "30.10.2026", "12 мероприятий"),
    ]  # fmt: skip


def test_the_folder_holds_card_route_decisions_plan_and_questions(store: Store, tmp_path: Path) -> None:
    key = _key(store)
    _step(store, "compare", planned_on="2026-10-15")
    _step(store, "plan", held_on="2026-10-30", outcome="12 мероприятий", decision="Принять", next_on="2026-12-10")
    document = registers.add(store, "documents", {"school_year": YEAR}, kind="protocol", number="3", dated="2026-11-12")
    registers.add(
        store, "points", {"document_id": document}, text="Открыть кружок", organisation_id=key, due_on="2026-11-20",
        state="not_done", reason="нет педагога",
    )  # fmt: skip
    own = programmes.create(store, title="Программа школы", year_from=2026, year_to=2027, kind="school",
                            organisation_id=key)  # fmt: skip
    with store.operation("Добавлено мероприятие", "programme.edit") as operation:
        node = operation.insert("programme_node", programme_id=own, kind="activity", position=0, text="Педсовет",
                                lineage=77)  # fmt: skip
        operation.insert("programme_activity", node_id=node, term_text="декабрь 2026")
        operation.insert("programme_term", node_id=node, date_from="2026-12-01", date_to="2026-12-31", position=0)
    paper = route_pack.paper(store.connection, key, YEAR, DAY, "hearing")
    assert paper.title == "Папка к заслушиванию, 2026/27: СОШ № 1"
    words = " ".join(text for _place, text in paper.document.texts()).replace(NB, " ")
    for told in ("сопоставление оценок", "пропущено", "Решили: Принять", "Следующая встреча 10.12.2026",
                 "протокол от 12.11.2026 № 3", "Открыть кружок", "не выполнено: нет педагога", "Педсовет",
                 "Почему пропущен шаг: сопоставление оценок (план на 15.10.2026)?"):  # fmt: skip
        assert told in words, told
    for suffix in (".pdf", ".docx", ".xlsx"):
        assert render(paper, suffix).data
    with pytest.raises(UserError) as caught:
        route_pack.paper(store.connection, key, YEAR, DAY, "party")
    assert caught.value.code == "MON_ROUTE_PURPOSE"


def test_the_command_tells_routes_and_writes_the_folder(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _step(store, "plan", held_on="2026-10-30")
    path = store.path
    store.close()
    assert cli(["route", "--db", str(path), "--year", "2026", "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)["routes"]
    assert (told["stage"], told["curator"], told["steps"][0]["held_on"]) == ("support", None, "2026-10-30")
    out = tmp_path / "папка.docx"
    assert cli(["route", "--db", str(path), "--year", "2026/27", "--school", "СОШ № 1", "--out", str(out)]) == 0
    assert out.stat().st_size > 5000
    assert cli(["route", "--db", str(path), "--year", "2026", "--school", "СОШ № 2"]) == 0
    assert "Не начат" in capsys.readouterr().out
