"""Erasing a person reaches every text of the methodist's own work; names of guests and mentors stay inside the file."""

from __future__ import annotations

import io
import re
import sqlite3
import zipfile
from datetime import date
from pathlib import Path

import pytest

from app.models import erasure, named_people
from app.models import registers as stored
from app.models.schema_008 import STEP_008
from app.models.store import Store
from app.operations import directory, files, impersonal, packages, paper_catalogue, papers, registers
from tests.forms_break.test_old_stores import released
from tests.helpers import stores
from tests.helpers.rows import RowMaker
from tests.monitoring_break.test_erasure import NAME, SHORT, holders, in_bytes

DAY = date(2026, 11, 23)
OTHER = "Светлякова Пелагея Харитоновна"
NEVER = {
    "work_event": {"kind", "date_from", "date_to", "time_from", "time_to", "state"},
    "event_people": {"audience"},
    "event_guest": {"audience", "came", "certificate"},
    "help_entry": {"kind", "held_on", "audience", "way", "next_on", "next_done_on"},
    "help_template": {"kind", "audience", "way"},
    "body_school": {"date_from", "date_to"},
    "body_plan": {"due_on", "done_on"},
    "practice": {"kind", "deficit_kind", "state", "accepted_on"},
    "practice_use": {"state", "since"},
    "mentor_pair": {"form", "works_since", "date_from", "date_to", "state"},
    "mentor_meeting": {"planned_on", "held_on"},
    "body": {"kind", "date_from", "date_to"},
    "body_member": {"date_from", "date_to"},
}  # fmt: skip
"""Texts that nobody writes freely: days, codes, numbers of certificates."""


def texts() -> dict[str, set[str]]:
    """Return table → its TEXT columns, as schema step 8 makes them; those of the body as they have become."""
    found = {
        table: set(re.findall(r"^    (\w+) TEXT", body, re.MULTILINE))
        for table, body in re.findall(r"CREATE TABLE (\w+) \((.*?)\) STRICT;", STEP_008, re.DOTALL)
    }
    return {table: columns for table, columns in found.items() if columns}


def named() -> dict[str, set[str]]:
    return {table: set(columns) for table, columns in erasure._NAMED_IN_WORK.items()}


def test_every_text_of_the_work_is_erased_or_can_name_nobody(store: Store) -> None:
    known, listed = texts(), named()
    for table in ("body", "body_member"):
        known[table] = {row[1] for row in store.connection.execute(f"PRAGMA table_info({table})") if row[2] == "TEXT"}
    assert set(known) == set(listed), "a table that nobody thought of"
    for table, columns in known.items():
        erased, never = listed[table], NEVER.get(table, set())
        assert columns == erased | never, f"{table}: {columns ^ (erased | never)}"
        assert not erased & never, table


@pytest.fixture
def person(store: Store) -> int:
    """A person whose initials a guest of an event is said to be, named in every text, also in what was there before."""
    key = directory.add_person(store, NAME)
    event = registers.add(store, "events", {})
    registers.add(store, "event_guests", {"event_id": event}, person_id=key, name=SHORT, post="учитель химии")
    maker = RowMaker(store.connection, 7, ["проба"])
    for old, new in ((NAME, "никто"), (SHORT, NAME), ("никто", SHORT)):
        with store.operation(f"Вписано: {new}", "test.fill") as operation:
            for table, columns in named().items():
                row = None
                while row is None:
                    try:
                        row = maker.insert(operation, table)
                    except sqlite3.IntegrityError:
                        continue
                operation.update(table, row, **dict.fromkeys(columns, f"передано: {old}, до пятницы"))
                operation.update(table, row, **dict.fromkeys(columns, f"передано: {new}, до пятницы"))
    return key


def test_an_erased_person_is_in_no_text_of_the_work(store: Store, person: int) -> None:
    store.backup("by-hand")
    assert {table for table, _told in holders(store.connection)} >= set(named())
    directory.erase_person(store, person)
    assert holders(store.connection) == []
    assert in_bytes(store) == []
    rows = stored.rows(store.connection, "event_guest", {"person_id": person})
    assert [(row["name"], row["post"]) for row in rows if row["name"] == erasure.ERASED][:1] == [(erasure.ERASED, None)]
    for table in named():
        assert store.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] >= 3, table


def test_a_guest_by_the_whole_name_is_the_person(store: Store) -> None:
    """A list of names pasted before the person came into the directory has no key; the whole name tells."""
    event = registers.add(store, "events", {})
    registers.add(store, "event_guests", {"event_id": event}, name=NAME, post="учитель химии, СОШ № 2", note="сама")
    registers.add(store, "event_guests", {"event_id": event}, name=OTHER, post="учитель физики")
    key = directory.add_person(store, NAME)
    (mine, _other) = registers.rows(store.connection, "event_guests", event_id=event)
    registers.edit(store, "event_guests", mine["id"], note="опоздает")
    directory.erase_person(store, key)
    rows = registers.rows(store.connection, "event_guests", event_id=event)
    assert [(row["name"], row["post"]) for row in rows] == [(erasure.ERASED, None), (OTHER, "учитель физики")]
    assert holders(store.connection) == []
    kept = store.connection.execute("SELECT before, after FROM journal WHERE table_name = 'event_guest'").fetchall()
    assert "учитель химии" not in repr(kept)


@pytest.mark.parametrize(
    ("register", "scope", "column"),
    [("mentor_pairs", {}, "date_from"), ("young_counts", {"school_year": 2026}, "young")],
)
@pytest.mark.parametrize("gone", [False, True])
def test_an_entry_that_waits_is_erased_too(
    store: Store, register: str, scope: dict[str, int], column: str, gone: bool
) -> None:
    person = directory.add_person(store, NAME)
    made = registers.put_cells(store, register, scope, [(-1, column, f"спросить {NAME}")])
    assert any(table == "draft_cell" for table, _told in holders(store.connection))
    if gone:
        registers.remove(store, register, scope, made.values())
    store.backup("by-hand")
    directory.erase_person(store, person)
    assert holders(store.connection) == []
    assert in_bytes(store) == []


def test_mentor_and_mentee_are_erased_by_their_key(store: Store) -> None:
    person = directory.add_person(store, NAME)
    registers.add(store, "mentor_pairs", {}, mentor_id=person, mentee_id=directory.add_person(store, OTHER))
    directory.erase_person(store, person)
    (line,) = registers.table(store.connection, "mentor_pairs", {}).lines
    assert line.texts[:2] == (erasure.ERASED, OTHER)


def test_a_backup_of_the_schema_before_can_be_erased(tmp_path: Path) -> None:
    """Schema 7 knows bodies without topic and note, and no events: erasing must not stumble over it."""
    path = released(tmp_path / "a.opora", "007")
    with sqlite3.connect(path) as old:
        old.execute("UPDATE journal_state SET recording = 0")
        (key,) = old.execute("SELECT id FROM person LIMIT 1").fetchone()
        old.execute("UPDATE person SET full_name = ? WHERE id = ?", (NAME, key))
        old.execute("UPDATE body SET name = ?", (f"Группа: {NAME}",))
        old.execute("UPDATE journal_state SET recording = 1")
    with sqlite3.connect(path, isolation_level=None) as old:
        old.execute("BEGIN")
        erasure.erase(old, key)
        old.execute("COMMIT")
        assert holders(old) == []


# --- names stay inside -------------------------------------------------------------------------------------------


@pytest.fixture
def peopled(store: Store) -> Store:
    """People who stand in no directory: guests, speakers, authors; and pairs whose people do."""
    school = stores.school(store, "СОШ № 1", own=1, kind="school")
    event = registers.add(store, "events", {}, title="Семинар", date_from="2026-11-10", state="held",
                          methodist="Огнёва Т. Ф.")  # fmt: skip
    registers.add(store, "event_guests", {"event_id": event}, name=NAME, post="учитель химии", organisation_id=school,
                  came="yes")  # fmt: skip
    registers.add(store, "event_guests", {"event_id": event}, name="Ли Чен", came="yes")
    registers.add(store, "event_items", {"event_id": event}, topic="Доклад", speaker="Берёзкин К. Л.")
    with store.operation("Записано", "test.fill") as operation:
        operation.insert("practice", title="Метод", author="Осокина Р. Д.", organisation_id=school, state="accepted")
        operation.insert("help_entry", kind="visit", held_on="2026-11-11", organisation_id=school, people=3,
                         methodist="Тополева В. С.", topic=f"урок, ведёт {SHORT}")  # fmt: skip
        body = operation.insert("body", name="РМО химиков", kind="rmo")
        operation.insert(
            "body_plan", body_id=body, school_year=2026, position=0, text="Урок", responsible="Сосенкин А. А."
        )
    registers.add(store, "mentor_pairs", {}, mentor_id=directory.add_person(store, OTHER), organisation_id=school,
                  mentee_id=directory.add_person(store, "Звонарёва Инна Юрьевна"))  # fmt: skip
    return store


SURNAMES = ("Незабудкин", "Огнёв", "Ли Чен", "Берёзкин", "Осокин", "Тополев", "Сосенкин", "Светляков", "Звонарёв")


def test_everybody_of_the_work_is_known(peopled: Store) -> None:
    told = " ".join(name for name, _what, _sure in named_people.told(peopled.connection))
    assert [name for name in SURNAMES if name not in told] == []


def test_a_copy_without_people_has_nobody_of_the_work(peopled: Store, tmp_path: Path) -> None:
    target = tmp_path / "Копия.opora"
    with files.for_reading(peopled.path) as connection:
        impersonal.save_copy(connection, peopled.path, target)
    data = target.read_bytes()
    assert [name for name in SURNAMES if name.encode() in data] == []
    with stores.opened(target) as copy:
        assert copy.connection.execute("SELECT count(*) FROM event_guest").fetchone() == (2,)
        assert copy.connection.execute("SELECT people FROM help_entry").fetchone() == (3,)


def test_papers_of_the_work_without_people_name_nobody(peopled: Store) -> None:
    left = {}
    for item in paper_catalogue.kinds():
        if item.group != "work":
            continue
        found = paper_catalogue.prepared(peopled.connection, item, None, DAY)
        if found.paper is None:
            continue
        clean, _taken = impersonal.without_people(peopled.connection, found.paper)
        told = [name for name in SURNAMES if name in repr((clean.title, clean.document))]
        if told:
            left[item.key] = told
        if not item.personal:
            # what is not marked as naming people may go upward as it is
            assert not [name for name in SURNAMES if name in repr(found.paper.document)], item.key
    assert left == {}


def test_a_package_with_the_summary_names_nobody_of_the_work(peopled: Store, tmp_path: Path) -> None:
    paper = paper_catalogue.make(peopled.connection, "mentoring_summary", {"school_year": "2026"}, DAY)
    number = papers.register(peopled, paper, papers.render(paper, ".docx"), "Свод.docx")
    ask = packages.Ask("Пакет", "2026/27 учебный год", "", (number,), DAY)
    _number, path = packages.make(peopled, packages.prepare(peopled.connection, ask), tmp_path / "пакет.zip")
    assert [name for name in SURNAMES if name in everything(path.read_bytes())] == []


def everything(data: bytes) -> str:
    """Return all texts of a zip and of the zips in it."""
    told = []
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        for name in opened.namelist():
            inner = opened.read(name)
            told += [name, everything(inner) if inner[:2] == b"PK" else inner.decode("utf-8", "replace")]
    return "\n".join(told)
