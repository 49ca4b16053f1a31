"""Anything done in the monitoring in any order, the file opened anew in between: undo all, redo all (decision 14)."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.analysis.working_days import month_of
from app.errors import UserError
from app.models import health, journal
from app.models.store import Connection, Store
from app.operations import (
    chart_views,
    cycle,
    decisions,
    execution_marks,
    history,
    indicator_marks,
    indicators,
    legal_base,
    measuring_points,
    month_plan,
    new_year,
    notes,
    programmes,
    recommendations,
    registers,
    requests,
    route,
    schools,
    support_offers,
    support_partners,
    support_platforms,
    support_risks,
    tasks,
)
from app.operations.new_year import Answer, Answers
from app.operations.new_year_carry import CARRIERS
from app.operations.note_scope import Asked
from app.operations.register_catalogue import REGISTERS
from tests.helpers import stores

DAY = date(2026, 11, 23)
ASKED = Asked("note", 2026, DAY)
OPERATIONS = 45
RESTART_EVERY = 15
ONLY_REVERSE = {
    measuring_points.close: "закрытый замер — итог года: его открывают заново с причиной, Ctrl+Z его не трогает",
    measuring_points.reopen: "сохранённое при закрытии не возвращается само: замер закрывают снова",
}
"""Operations of the monitoring that end only by a reverse operation (decision 17), each with the reason."""

Chance = random.Random
Act = Callable[[Store, Chance], Any]
WORDS = ("", "Приказ № 7", "скоро", "25.11.2026", "12", "1,5", "да", "СОШ № 5", "Ким О. В.", "Орлова И. И.",
         "выполнено", "просрочено", "каждый месяц", "первая\nвторая", "2026-02-30", "куратор", "школа")  # fmt: skip


def _some(chance: Chance, found: list[Any], most: int = 4) -> list[Any]:
    return chance.sample(found, min(len(found), chance.randint(1, most)))


def _scope(store: Store, chance: Chance, key: str) -> dict[str, Any] | None:
    """Return whose rows are worked on; None where there is nothing that could have rows."""
    scope: dict[str, Any] = {}
    for name in REGISTERS[key].scope:
        if name == "school_year":
            scope[name] = chance.choice((2025, 2026))
        elif name == "organisation_id":
            scope[name] = chance.choice(schools.listing(store.connection)).id
        elif name == "direction":
            scope[name] = "method"
        elif name == "component":
            scope[name] = "goals"
        else:
            of = {"document_id": "decision_document", "partnership_id": "partnership", "practice_id": "practice",
                  "event_id": "work_event", "pair_id": "mentor_pair", "body_id": "body"}[name]  # fmt: skip
            keys = [row[0] for row in store.connection.execute(f"SELECT id FROM {of}")]
            if not keys:
                return None
            scope[name] = chance.choice(keys)
    return scope


def _register(store: Store, chance: Chance) -> tuple[str, dict[str, Any], list[int]]:
    while True:
        key = chance.choice(list(REGISTERS))
        scope = _scope(store, chance, key)
        if scope is not None:
            return key, scope, [line.key for line in registers.table(store.connection, key, scope).lines]


def _put_cells(store: Store, chance: Chance) -> None:
    key, scope, keys = _register(store, chance)
    columns = [one.key for one in REGISTERS[key].columns]
    rows = [*_some(chance, [*keys, -1, -2, -3]), -4]
    cells = [(row, chance.choice(columns), chance.choice(WORDS)) for row in rows for _cell in range(3)]
    registers.put_cells(store, key, scope, cells)


def _put_draft(store: Store, chance: Chance) -> None:
    key, scope, keys = _register(store, chance)
    if keys:
        columns = [one.key for one in REGISTERS[key].columns]
        registers.put_draft(store, key, scope, chance.choice(keys), chance.choice(columns), chance.choice(WORDS))


def _remove(store: Store, chance: Chance) -> None:
    key, scope, keys = _register(store, chance)
    if keys:
        registers.remove(store, key, scope, _some(chance, keys))


def _move(store: Store, chance: Chance) -> None:
    key, scope, keys = _register(store, chance)
    if keys and REGISTERS[key].ordered:
        registers.move(store, key, scope, chance.choice(keys), chance.choice((-1, 1)))


def _attach(store: Store, chance: Chance) -> None:
    key, _scope_of, keys = _register(store, chance)
    if keys and REGISTERS[key].files:
        registers.attach(store, key, chance.choice(keys), (), link=f"https://example.org/{chance.random()}")


def _detach(store: Store, chance: Chance) -> None:
    found = [row[0] for row in store.connection.execute("SELECT id FROM attachment")]
    if found:
        registers.detach(store, chance.choice(found))


def _occurrences(connection: Connection) -> list[tuple[int, int]]:
    sql = "SELECT DISTINCT lineage FROM programme_node WHERE kind = 'activity'"
    return [(row[0], year) for row in connection.execute(sql) for year in (2026, 2027)]


def _mark(store: Store, chance: Chance) -> None:
    keys = _some(chance, _occurrences(store.connection), 8)
    state = chance.choice(("done", "part", "running", "moved", "cancelled", "planned"))
    execution_marks.mark(store, keys, state, done_on="2026-11-20" if state == "done" else None, reason="замена")


def _execution_cells(store: Store, chance: Chance) -> None:
    names = ("state", "done_on", "participants", "product", "reason", "remark", "spent")
    keys = _some(chance, _occurrences(store.connection))
    execution_marks.put_cells(store, [(key, chance.choice(names), chance.choice(WORDS)) for key in keys])


def _execution_schools(store: Store, chance: Chance) -> None:
    own = [school.id for school in schools.listing(store.connection)]
    key = chance.choice(_occurrences(store.connection))
    execution_marks.put_schools(store, {key: _some(chance, own)})


def _execution_draft(store: Store, chance: Chance) -> None:
    execution_marks.put_draft(store, chance.choice(_occurrences(store.connection)), "product", chance.choice(WORDS))


def _lineages(connection: Connection) -> list[int]:
    return [
        row[0] for row in connection.execute("SELECT DISTINCT lineage FROM programme_node WHERE kind = 'indicator'")
    ]


def _programme(connection: Connection) -> int:
    return next(line.programme.id for line in programmes.listing(connection) if line.programme.kind == "municipal")


def _points(connection: Connection, *, closed: bool = False) -> list[int]:
    found = measuring_points.points(connection, _programme(connection), 2026)
    return [one.id for one in found if one.closed == closed]


def _value(store: Store, chance: Chance) -> None:
    point = chance.choice([None, *_points(store.connection)])
    indicators.put_value(store, chance.choice(_lineages(store.connection)), 2026, chance.choice(WORDS), point,
                         source=chance.choice((None, "отчёт школ")))  # fmt: skip


def _value_draft(store: Store, chance: Chance) -> None:
    point = chance.choice([None, *_points(store.connection)])
    indicator_marks.put_draft(store, chance.choice(_lineages(store.connection)), 2026, chance.choice(WORDS), point)


def _rule(store: Store, chance: Chance) -> None:
    formula = chance.choice((None, "доля(1; 2)", "[школы в списке]", ""))
    indicators.put_rule(store, chance.choice(_lineages(store.connection)), formula=formula,
                        tolerance=chance.choice((None, "2", "чуть-чуть", "")))  # fmt: skip


def _point(store: Store, chance: Chance) -> None:
    found = _points(store.connection)
    act = chance.randrange(4)
    if act == 0 or not found:
        measuring_points.add_model(store, _programme(store.connection), 2026, chance.choice(("two", "four")))
    elif act == 1:
        measuring_points.remove_point(store, chance.choice(found))
    elif act == 2:
        measuring_points.edit_point(store, chance.choice(found), title=f"Замер {chance.randrange(9)}")
    else:
        measuring_points.move_point(store, chance.choice(found), chance.choice((-1, 1)))


def _open_tasks(connection: Connection) -> list[int]:
    return [row[0] for row in connection.execute("SELECT id FROM task WHERE done_on IS NULL")]


def _tasks_done(store: Store, chance: Chance) -> None:
    found = _open_tasks(store.connection)
    if found:
        tasks.mark_done(store, _some(chance, found), DAY, "готово")


def _task_again(store: Store, chance: Chance) -> None:
    found = [row[0] for row in store.connection.execute("SELECT id FROM task WHERE done_on IS NOT NULL")]
    if found:
        tasks.reopen(store, chance.choice(found))


def _task(store: Store, chance: Chance) -> None:
    tasks.add(store, text="Новое дело", due_on="2026-12-01", repeat=chance.choice(("once", "week", "month")))


def _request(store: Store, chance: Chance) -> None:
    found = [row[0] for row in store.connection.execute("SELECT id FROM request")]
    if found:
        key = chance.choice(found)
        chance.choice((lambda: requests.answer(store, key, DAY, number="5", text="да"),
                       lambda: requests.take_back(store, key)))()  # fmt: skip


def _decided(store: Store, chance: Chance) -> None:
    keys = [row[0] for row in store.connection.execute("SELECT id FROM decision_point")]
    documents = [key for key, _name in decisions.documents(store.connection)]
    if keys and documents:
        chosen = _some(chance, keys)
        chance.choice((
            lambda: decisions.mark(store, chosen, chance.choice(("done", "part", "open", "withdrawn")), day=DAY),
            lambda: decisions.carry(store, chosen, chance.choice(documents)),
            lambda: decisions.tie(store, chosen, chance.choice(_occurrences(store.connection))[0]),
            lambda: decisions.put_under(store, chosen, None),
            lambda: decisions.put_heading(store, chance.choice(documents), {"chair": "Ким", "next_on": "10.12.2026"}),
            lambda: decisions.finish_activities(store, [_occurrences(store.connection)[0][0]], DAY),
        ))()  # fmt: skip


def _support(store: Store, chance: Chance) -> None:
    platforms = [row[0] for row in store.connection.execute("SELECT id FROM network_platform")]
    measure = chance.choice(support_platforms.catalogue().measures).key
    needs = support_offers.needs(store.connection, 2026, DAY)
    chance.choice((
        lambda: support_offers.take(store, 2026, DAY, support_offers.best(needs)),
        lambda: support_partners.take_ties(store, 2026),
        lambda: support_risks.start(
            store, 2026, DAY, _unanswered(store.connection)
        ),
        lambda: support_platforms.put(store, chance.choice(platforms), [(measure, "raw", chance.choice(WORDS))]),
    ))()  # fmt: skip


def _unanswered(connection: Connection) -> list[tuple[int, str]]:
    found = support_risks.risks(connection, 2026, DAY).factors
    return [(line.school_id, line.code) for line in found if not line.measures][:4]


def _cycle(store: Store, chance: Chance) -> None:
    offers = [one.key for one in cycle.offers(store.connection, 2026, "method", "goals")]
    chance.choice((
        lambda: cycle.take(store, 2026, "method", "goals", offers),
        lambda: cycle.add_direction(store, f"Своё направление {chance.randrange(3)}"),
        lambda: cycle.remove_direction(store, f"Своё направление {chance.randrange(3)}"),
        lambda: legal_base.take(store, [one.key for one in legal_base.known(store.connection)]),
    ))()  # fmt: skip


def _route(store: Store, chance: Chance) -> None:
    own = [school.id for school in schools.listing(store.connection)]
    steps = [row[0] for row in store.connection.execute("SELECT id FROM route_step WHERE held_on IS NULL")]
    chance.choice((
        lambda: route.begin(store, 2026, _some(chance, own)),
        lambda: route.hold(store, _some(chance, steps), "20.11.2026", "прошло") if steps else None,
    ))()  # fmt: skip


def _advice(store: Store, chance: Chance) -> None:
    book = recommendations.read(store.connection, ASKED)
    rows, waiting = [line.row.id for line in book.lines], [item.key for item in book.waiting]
    if waiting and chance.random() < 0.4:
        recommendations.take(store, ASKED, _some(chance, waiting, 6))
    elif rows:
        chosen = _some(chance, rows)
        chance.choice((
            lambda: recommendations.send(store, chosen, chance.choice(("2026-11-20", None))),
            lambda: recommendations.mark(store, chosen, chance.choice(("yes", "no", None)), "проверено"),
            lambda: recommendations.renew(store, ASKED, rows),
        ))()  # fmt: skip


def _note(store: Store, chance: Chance) -> None:
    key = chance.choice(("conclusions", "results", "support"))
    period, part = month_of(DAY), chance.choice(list(month_plan.TITLES))
    chance.choice((
        lambda: notes.put(store, ASKED, key, f"Свои слова {chance.randrange(9)}"),
        lambda: notes.reset(store, ASKED, key),
        lambda: notes.refresh(store, ASKED, [key]),
        lambda: month_plan.put_text(store, period, part, f"Много {chance.random()}", DAY),
    ))()  # fmt: skip


def _view(store: Store, chance: Chance) -> None:
    title = f"Вид {chance.randrange(3)}"
    chance.choice((
        lambda: chart_views.save(store, title, chart_views.ChartChoice(chance.choice(("dynamics", "heat")))),
        lambda: chart_views.remove(store, title),
    ))()  # fmt: skip


def _school(store: Store, chance: Chance) -> None:
    one, two = chance.sample(schools.listing(store.connection), 2)
    merged = [row[0] for row in store.connection.execute("SELECT id FROM organisation WHERE duplicate_of IS NOT NULL")]
    chance.choice((
        lambda: schools.merge(store, one.id, two.id),
        lambda: schools.separate(store, chance.choice(merged)) if merged else None,
        lambda: schools.edit(store, one.id, {"status": chance.choice(("closed", "active"))}),
        lambda: schools.edit(store, one.id, {"name": f"Школа {chance.randrange(99)}"}),
        lambda: schools.link(store, one.id, two.id, "2026-10-01", None),
    ))()  # fmt: skip


def _new_year(store: Store, chance: Chance) -> None:
    one, two = chance.sample(schools.listing(store.connection), 2)
    answers = Answers((Answer(one.id, "joined", target=two.id),), (), frozenset(item.key for item in CARRIERS))
    new_year.apply(store, 2027, answers)


ACTS: tuple[tuple[Act, int], ...] = (
    (_put_cells, 6), (_put_draft, 2), (_remove, 3), (_move, 2), (_attach, 2), (_detach, 2), (_mark, 3),
    (_execution_cells, 3), (_execution_schools, 2), (_execution_draft, 1), (_value, 3), (_value_draft, 1), (_rule, 2),
    (_point, 3), (_task, 1), (_tasks_done, 2), (_task_again, 2), (_request, 2), (_decided, 4), (_support, 3),
    (_cycle, 2), (_route, 2), (_advice, 3), (_note, 3), (_view, 2), (_school, 2), (_new_year, 1),
)  # fmt: skip
"""What is done, and how often as against the others."""


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    from app.operations.demo import fill

    path = tmp_path_factory.mktemp("undo") / "Пример.opora"
    store = Store.create(path, name="Лесогорский округ", actor="Ракитина Е. В.")
    fill(store, schools=8, years=(2025, 2026))
    store.close()
    return path.read_bytes()


def _do(path: Path, seed: int) -> tuple[list[dict[str, Any]], list[str]]:
    """Do the acts of one chance; returns the dumps after each operation, the first before all, and what was refused."""
    chance = random.Random(seed)
    acts, weights = zip(*ACTS, strict=True)
    dumps: list[dict[str, Any]] = []
    refused: list[str] = []
    store = Store.open(path, actor="Ким О. В.")
    dumps.append(stores.dump(store.connection))
    entries = len(journal.history(store.connection))
    for number, act in enumerate(chance.choices(acts, weights, k=OPERATIONS)):
        if number % RESTART_EVERY == RESTART_EVERY - 1:
            store.abandon()
            store = Store.open(path, actor="Ким О. В.")
        try:
            act(store, chance)
        except UserError as error:
            refused.append(error.code)
            assert stores.dump(store.connection) == dumps[-1], f"{act.__name__}: refused, yet something changed"
        now = len(journal.history(store.connection))
        assert now - entries in (0, 1), f"{act.__name__}: one act is one step"
        found = stores.dump(store.connection)
        if now > entries:
            dumps.append(found)
        elif found != dumps[-1]:
            # the same cell in the same visit: the step before has grown
            dumps[-1] = found
        entries = now
    store.abandon()
    return dumps, refused


@pytest.mark.parametrize("seed", range(4))
def test_undo_all_is_the_first_dump_and_redo_all_the_last(example: bytes, tmp_path: Path, seed: int) -> None:
    path = tmp_path / "Пример.opora"
    path.write_bytes(example)
    with stores.opened(path) as store:
        known = {one.code for one in health.check(store.connection)} | {"STORE_DRAFT", "STORE_MERGED_DIFFERS"}
    dumps, _refused = _do(path, seed)
    assert len(dumps) > OPERATIONS // 2, "most acts do something"
    with stores.opened(path) as store:
        assert {one.code for one in health.check(store.connection)} <= known
    for part in (dumps[:-1][: len(dumps) // 2], dumps[:-1][len(dumps) // 2 :])[::-1]:
        with stores.opened(path) as store:
            for wanted in reversed(part):
                done = history.undo(store)
                assert _differences(wanted, stores.dump(store.connection)) == [], done.label
    with stores.opened(path) as store:
        for wanted in dumps[1:]:
            done = history.redo(store)
            assert _differences(wanted, stores.dump(store.connection)) == [], done.label
        with pytest.raises(UserError) as refused:
            history.redo(store)
        assert refused.value.code == "GEN_NOTHING_TO_REDO"
        assert store.connection.execute("PRAGMA foreign_key_check").fetchall() == []


def _differences(wanted: dict[str, Any], found: dict[str, Any]) -> list[Any]:
    return [(table, set(wanted[table]) ^ set(found[table])) for table in wanted if wanted[table] != found[table]]


def test_every_operation_of_the_monitoring_is_walked_or_named(example: bytes) -> None:
    """Nothing else of the monitoring refuses Ctrl+Z."""
    folder = Path(measuring_points.__file__).parent
    frozen = {path.name for path in folder.glob("*.py") if "reversible=False" in path.read_text("utf-8")}
    assert frozen & {f"{module}.py" for module in MODULES} == {"measuring_points.py"}
    assert Path(measuring_points.__file__).read_text("utf-8").count("reversible=False") == len(ONLY_REVERSE)


MODULES = (
    "registers", "execution_marks", "indicator_marks", "measuring_points", "tasks", "requests", "decisions",
    "legal_base", "support_offers", "support_partners", "support_platforms", "support_risks", "route", "cycle",
    "recommendations", "notes", "month_plan", "chart_views", "new_year",
)  # fmt: skip


def test_ctrl_z_of_a_closed_point_is_refused_and_said(example: bytes, tmp_path: Path) -> None:
    path = tmp_path / "Пример.opora"
    path.write_bytes(example)
    with stores.opened(path) as store:
        programme = _programme(store.connection)
        lineage = _lineages(store.connection)[0]
        point = measuring_points.add_point(store, programme, 2026, "Пробный", "output")
        indicators.put_value(store, lineage, 2026, "31", point)
        measuring_points.close(store, programme, point, DAY)
        closed = indicators.table(store.connection, programme, 2026, DAY)
        with pytest.raises(UserError) as refused:
            history.undo(store)
        assert refused.value.code == "GEN_UNDO_PASSING"
        # an earlier step may be taken back by its name; what the point keeps does not move with it
        history.undo(store, passing=True)
        assert indicators.table(store.connection, programme, 2026, DAY).lines == closed.lines
        # but the point itself is not taken from under what it keeps
        with pytest.raises(UserError) as refused:
            history.undo(store, passing=True)
        assert refused.value.code == "GEN_UNDO_LATER"


def test_the_last_acts_of_the_example_go_back_one_by_one(example: bytes, tmp_path: Path) -> None:
    path = tmp_path / "Пример.opora"
    path.write_bytes(example)
    with stores.opened(path) as store:
        last = stores.dump(store.connection)
        undone = 0
        while undone < 40:
            try:
                history.undo(store, passing=True)
            except UserError as error:
                assert error.code in {"GEN_NOTHING_TO_UNDO", "GEN_UNDO_LATER"}  # noqa: PT017 - what stops it is named
                break
            undone += 1
            assert store.connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert undone
        for _act in range(undone):
            history.redo(store)
        assert stores.dump(store.connection) == last
