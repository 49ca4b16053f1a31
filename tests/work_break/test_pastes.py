"""Lists as people have them: lost quotes, cells of a hundred pages, signs nobody can see, five thousand names."""

from __future__ import annotations

import random
from datetime import date

import pytest

from app.models import journal, work_events
from app.models.store import Store
from app.operations import event_certificates, event_marks, event_people, events, history, registers
from tests.helpers import stores

DAY = date(2026, 11, 23)


@pytest.fixture
def event(store: Store) -> int:
    stores.school(store, "СОШ № 1", own=1, kind="school")
    return event_marks.make(store, {"title": "Семинар", "date_from": "10.11.2026"})


def names(store: Store, text: str) -> list[tuple[str, str, str]]:
    return [(one.name, one.school, one.post) for one in event_people.read_list(store.connection, text)[0]]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # a quote that nobody closes is a sign like any other
        ('"Орлова Анна Петровна\tСОШ № 1\nПетрова Ольга Ивановна\tСОШ № 1\nЛи Ян\tСОШ № 1',
         [('"Орлова Анна Петровна', "СОШ № 1", ""), ("Петрова Ольга Ивановна", "СОШ № 1", ""),
          ("Ли Ян", "СОШ № 1", "")]),
        # a cell that Excel put into quotes, with a line in it and with quotes in it
        ('Орлова Анна Петровна\t"учитель\nхимии"\nПетрова Ольга Ивановна\t"МБОУ ""СОШ № 1"""',
         [("Орлова Анна Петровна", "", "учитель химии"), ("Петрова Ольга Ивановна", 'МБОУ "СОШ № 1"', "")]),
        # quotes in the middle of a cell
        ('Орлова Анна Петровна\tМБОУ "СОШ № 1"\tучитель\nЛи Ян\tСОШ № 1',
         [("Орлова Анна Петровна", 'МБОУ "СОШ № 1"', "учитель"), ("Ли Ян", "СОШ № 1", "")]),
        # numbers, totals, telephones and addresses are no people and no posts
        ("№\tФИО\tТелефон\n1\tЛи Ян\t8 (900) 123-45-67\n2\tЦой А. А.\tcoj@school.ru\nИтого: 2\t\t",
         [("Ли Ян", "", ""), ("Цой А. А.", "", "")]),
        ("Ли Ян, тел. +7 900 123 45 67, СОШ № 1, учитель", [("Ли Ян", "СОШ № 1", "учитель")]),
        ("Ли Ян\r\nЦой А. А.\rПак О. О.", [("Ли Ян", "", ""), ("Цой А. А.", "", ""), ("Пак О. О.", "", "")]),
        ("\t\t\n\t\n", []),
    ],
)  # fmt: skip
def test_nobody_is_lost_in_a_list(store: Store, event: int, text: str, wanted: list[tuple[str, str, str]]) -> None:
    assert names(store, text) == wanted


@pytest.mark.parametrize(
    "cell", ["я" * 300_000, "я@" * 50_000, "1" * 100_000, '"' * 100_000, "x\x00y", "\ud800", "\u202eя"]
)
def test_any_cell_is_kept_and_shown(store: Store, event: int, cell: str) -> None:
    found = event_people.paste(store, event, f"Ли Ян\tСОШ № 1\t{cell}\nЦой А. А.\t{cell}")
    assert found.added == 2
    assert len(registers.table(store.connection, "event_guests", {"event_id": event}).lines) == 2
    assert events.card(store.connection, event, DAY).line.id == event
    history.undo(store)
    assert work_events.guests(store.connection, [event]) == {}


def test_a_pasted_list_keeps_marks_schools_and_people_as_it_did(store: Store, event: int) -> None:
    with store.operation("Вписано", "test.fill") as operation:
        person = operation.insert("person", full_name="Ли Ян")
    event_people.paste(store, event, "Ли Ян\tСОШ № 1\tучитель\nЦой А. А.\tшкола № 99", came="online")
    one, two = work_events.guests(store.connection, [event])[event]
    assert (one.person_id, one.came, one.post, one.organisation_id is None) == (person, "online", "учитель", False)
    assert (two.person_id, two.came, two.post, two.organisation_id) == (None, "online", None, None)
    lines = registers.table(store.connection, "event_guests", {"event_id": event}).lines
    assert [(line.texts[1], bool(line.troubles)) for line in lines] == [("СОШ № 1", False), ("школа № 99", True)]


def test_five_thousand_names_are_written_and_taken_back_step_by_step(store: Store, event: int) -> None:
    """What it costs grows with the names, not with their square: counted in steps of SQLite, not in seconds."""
    costs = []
    for number in (250, 1000):
        told = [0]
        text = "\n".join(f"Орлова Анна Петровна-{number}-{one}\tСОШ № 1\tучитель" for one in range(number))

        def step(told: list[int] = told) -> int:
            told[0] += 1
            return 0

        store.connection.set_progress_handler(step, 1000)
        before = stores.dump(store.connection)
        assert event_people.paste(store, event, text, came="yes").added == number
        event_certificates.give(store, event)
        event_marks.hold(store, event)
        history.undo(store)
        history.undo(store)
        history.undo(store)
        store.connection.set_progress_handler(None, 1000)
        assert stores.dump(store.connection) == before
        costs.append(told[0])
    assert costs[1] < 8 * costs[0]


def test_a_later_act_on_the_same_rows_is_found_as_by_looking_at_every_pair(store: Store) -> None:
    chance, connection = random.Random(9), store.connection
    for _time in range(60):
        connection.execute("SAVEPOINT made_up")
        connection.execute("DELETE FROM journal")
        connection.execute("DELETE FROM operation")
        entries = []
        for one in range(1, 6):
            connection.execute(
                "INSERT INTO operation(id, at, actor, kind, label, reversible, state) VALUES (?, '', '', '', ?, 1, ?)",
                (one, f"о{one}", chance.choice(("done", "done", "undone"))),
            )
            for _entry in range(chance.randrange(1, 4)):
                first = chance.randrange(40)
                last = first + chance.randrange(12) if chance.random() < 0.4 else None
                entries.append((one, chance.choice("аб"), first, last))
        connection.executemany(
            "INSERT INTO journal(operation_id, table_name, row_key, row_last, action) VALUES (?, ?, ?, ?, 'I')", entries
        )
        states = dict(connection.execute("SELECT id, state FROM operation"))
        for own in range(1, 6):
            met = [
                other[0] for mine in entries if mine[0] == own for other in entries
                if other[0] > own and states[other[0]] == "done" and other[1] == mine[1]
                and other[2] <= (mine[3] or mine[2]) and (other[3] or other[2]) >= mine[2]
            ]  # fmt: skip
            assert journal._later_on_same_rows(connection, own) == (f"о{max(met)}" if met else None)
        connection.execute("ROLLBACK TO made_up")
        connection.execute("RELEASE made_up")
