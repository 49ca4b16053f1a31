"""Files that are old, that others hold, that may only be read, disks that are full: the work goes on or says why."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.errors import UserError
from app.models import backup, health, migrations
from app.models.store import Store
from app.operations import (
    bodies,
    bodies_writing,
    event_marks,
    event_people,
    events,
    help_entry,
    help_journal,
    history,
    mentoring,
    practices,
    registers,
)
from app.operations.files import for_reading
from app.operations.help_understanding import HelpDraft
from tests.forms_break.killing import ACTOR
from tests.forms_break.test_old_stores import KNOWN, SCHEMAS, released, rows
from tests.helpers import outside, stores
from tests.monitoring_break import looks
from tests.monitoring_break.test_files import _child
from tests.work_break.acts import DAY

RELEASES = tuple(sorted(path.stem for path in SCHEMAS.glob("*.sql") if path.stem < f"{len(migrations.NAMES):03}"))
COMMANDS = [
    ["events"], ["events", "--from", "01.09.2026"], ["bodies", "list"], ["practices", "list"], ["mentoring", "list"],
    ["mentoring", "counts"], ["calendar", "--from", "01.11.2026", "--to", "30.11.2026"], ["calendar", "--owners"],
    ["report", "month", "--month", "2026-11"], ["today"], ["card", "--school", "СОШ № 1"],
]  # fmt: skip
"""Every command that only looks at the work."""


def a_week(store: Store) -> dict[str, int]:
    """Do a little of everything; returns the keys."""
    school = stores.school(store, "СОШ № 1", own=1, kind="school")
    found = {"help": help_entry.write(store, HelpDraft("СОШ № 1", "выезд", "3 учителя", "дроби"), DAY).key}
    found["event"] = event_marks.make(store, {"title": "Семинар", "date_from": "10.11.2026"})
    event_people.add_schools(store, found["event"], [school])
    event_people.paste(store, found["event"], "Осокина Роза Даниловна\tСОШ № 1\tучитель", came="yes")
    event_marks.hold(store, found["event"])
    found["body"] = bodies_writing.add(store, name="РМО химиков", kind="творческая группа")
    found["item"] = bodies_writing.add_item(store, found["body"], 2026, "Урок", due_on="2026-12-01")
    found["practice"] = practices.add(store, title="Метод", organisation_id=school)
    found["pair"] = registers.add(store, "mentor_pairs", {}, organisation_id=school)
    mentoring.plan(store, found["pair"], 2026)
    registers.put_cells(store, "young_counts", {"school_year": 2026},
                        [(-1, "organisation_id", "СОШ № 1"), (-1, "young", "много")])  # fmt: skip
    return found


@pytest.mark.parametrize("release", RELEASES)
def test_the_work_begins_in_a_file_of_an_older_release(tmp_path: Path, release: str) -> None:
    path = released(tmp_path / "a.opora", release)
    with closing(sqlite3.connect(path)) as old:
        held = rows(old)
    with stores.opened(path, actor=ACTOR) as store:
        assert [copy.reason for copy in backup.listing(path)] == ["before-update"]
        now = rows(store.connection)
        assert not {one for one, n in held.items() if one in now and now[one] < n and one != "journal"}
        begun = stores.dump(store.connection)
        keys = a_week(store)
        assert help_journal.get(store.connection, keys["help"]) is not None
        assert [line.event.id for line in events.listing(store.connection, DAY)] == [keys["event"]]
        assert {body.id for body in bodies.listing(store.connection, 2026, DAY)} >= {keys["body"]}
        assert {found.code for found in health.check(store.connection)} <= KNOWN
        done, number = stores.dump(store.connection), 0
        while stores.dump(store.connection) != begun:
            history.undo(store)
            number += 1
        for _act in range(number):
            history.redo(store)
        assert stores.dump(store.connection) == done


def test_bodies_of_an_older_release_are_read_as_they_were(tmp_path: Path) -> None:
    path = released(tmp_path / "a.opora", "007")
    with closing(sqlite3.connect(path)) as old:
        known = {row[0] for row in old.execute("SELECT name FROM body")}
    with stores.opened(path, actor=ACTOR) as store:
        assert {body.name for body in bodies.listing(store.connection, 2026, DAY)} == known


def test_an_empty_file_has_nothing_to_show_and_says_so(store: Store, path: Path) -> None:
    store.close()
    for words in COMMANDS[:-1]:
        code, _answer, said = looks.look(path, words)
        assert code in looks.SEEN, (words, said)


def test_whoever_opens_second_looks_and_writes_nothing(store: Store, path: Path) -> None:
    keys = a_week(store)
    before = stores.dump(store.connection)
    for words in COMMANDS:
        code, _answer, said = looks.look(path, words)
        assert code in looks.SEEN, (words, said)
    writing = (
        ["mentoring", "hold", "--pair", str(keys["pair"])],
        ["mentoring", "counts", "--school", "СОШ № 1", "--young", "1"],
        ["mentoring", "add", "--mentor", "Ким О. В.", "--mentee", "Ли Чен"],
        ["lines", "put", "events", "--row", str(keys["event"]), "--set", "Событие=другое"],
        ["lines", "remove", "mentor_pairs", "--row", str(keys["pair"])],
    )  # fmt: skip
    for words in writing:
        code, _answer, said = looks.look(path, words, told_as_json=False)
        assert (code, bool(said)) == (1, True), (words, said)
        assert stores.dump(store.connection) == before


def test_a_connection_that_only_reads_refuses_to_write(store: Store, path: Path) -> None:
    a_week(store)
    with for_reading(path) as connection:
        assert mentoring.board(connection, 2026, DAY).pairs
        with pytest.raises(sqlite3.OperationalError):
            connection.execute("DELETE FROM mentor_pair")


def test_nothing_hangs_on_a_row_that_is_gone(store: Store) -> None:
    """A deleted row takes its own along, and lets go what only names it: one step back brings both."""
    keys = a_week(store)
    with store.operation("Связано", "test.tie") as operation:
        operation.update("body_plan", keys["item"], event_id=keys["event"])
        operation.update("help_entry", keys["help"], body_id=keys["body"])
        operation.update("practice", keys["practice"], body_id=keys["body"])
    before = stores.dump(store.connection)
    event_marks.remove(store, [keys["event"]])
    assert store.connection.execute("SELECT event_id FROM body_plan").fetchall() == [(None,)]
    assert store.connection.execute("SELECT count(*) FROM event_guest").fetchone() == (0,)
    bodies_writing.remove(store, keys["body"])
    assert store.connection.execute("SELECT body_id FROM help_entry").fetchall() == [(None,)]
    assert store.connection.execute("PRAGMA foreign_key_check").fetchall() == []
    history.undo(store)
    history.undo(store)
    assert stores.dump(store.connection) == before


if outside.UNSHARE:

    def test_a_folder_that_may_only_be_read(store: Store, path: Path, tmp_path: Path) -> None:
        keys = a_week(store)
        store.close()
        db = str(tmp_path / "диск" / "a.opora")
        look = [[*words, "--db", db, "--json"] for words in COMMANDS]
        write = [["mentoring", "hold", "--pair", str(keys["pair"]), "--db", db]]
        answers, _left, _kept = _child(tmp_path / "диск", "64m", "readonly", path, look + write)
        for words, code, said in answers[: len(look)]:
            assert code in looks.SEEN, (words, said)
        [(_words, code, said)] = answers[len(look) :]
        assert (code, bool(said.strip()), "\n" in said.strip()) == (1, True, False)

    def test_an_attachment_onto_a_disk_that_is_really_full(store: Store, path: Path, tmp_path: Path) -> None:
        keys = a_week(store)
        store.close()
        scan = tmp_path / "фото.pdf"
        scan.write_bytes(bytes(range(256)) * (20 << 12))
        db = tmp_path / "диск" / "a.opora"
        words = ["lines", "attach", "events", "--row", str(keys["event"]), "--file", str(scan), "--db", str(db)]
        size = f"{3 * path.stat().st_size // 1024 + 4096}k"
        answers, _left, kept = _child(tmp_path / "диск", size, "inside", path, [words])
        [[_asked, code, said]] = answers
        assert (code, "Освободите место" in said) == (1, True), said
        assert kept == ["ok", 0, 0]


def test_the_calendar_file_names_nobody_unless_asked(store: Store, path: Path, tmp_path: Path) -> None:
    from app.operations import directory

    keys = a_week(store)
    two = [directory.add_person(store, name) for name in ("Светлякова Пелагея Ильинична", "Звонарёва Инна Юрьевна")]
    registers.edit(store, "mentor_pairs", keys["pair"], mentor_id=two[0], mentee_id=two[1])
    store.close()
    out = tmp_path / "a.ics"
    words = ["calendar", "--from", "01.09.2026", "--to", "31.05.2027", "--ics", str(out)]
    assert looks.look(path, words, told_as_json=False)[0] in looks.SEEN
    told = out.read_text("utf-8").replace("\r\n ", "")
    assert [name for name in ("Светляков", "Звонарёв", "Осокин", "Ким") if name in told] == []
    assert told.count("BEGIN:VEVENT") > 3


def test_json_of_counts_names_nobody(store: Store, path: Path) -> None:
    from app.operations import directory

    keys = a_week(store)
    someone = directory.add_person(store, "Светлякова Пелагея Ильинична")
    registers.edit(store, "mentor_pairs", keys["pair"], mentor_id=someone, mentee_id=someone)
    _code, answer, _said = looks.look(path, ["mentoring", "counts"])
    assert "Светлякова" not in json.dumps(answer, ensure_ascii=False)
    assert answer["totals"]["pairs"] == 1


def test_a_file_of_a_newer_release_is_refused_in_words(store: Store, path: Path) -> None:
    store.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {len(migrations.NAMES) + 1}")
        connection.commit()
    with pytest.raises(UserError):
        Store.open(path, actor=ACTOR)


def test_what_can_be_saved_of_a_damaged_file_names_the_work(store: Store, path: Path) -> None:
    from app.models import rescue

    a_week(store)
    store.close()
    told = {item.words: (item.rows, item.complete) for item in rescue.inspect(path).readable}
    assert (told["журнал помощи"], told["события"]) == ((1, True), (1, True))


def test_a_damaged_file_of_a_release_without_the_work_has_lost_nothing_of_it(tmp_path: Path) -> None:
    from app.models import rescue

    path = released(tmp_path / "a.opora", "007")
    told = {item.words: item.complete for item in rescue.inspect(path).readable}
    assert "журнал помощи" not in told
    assert all(told.values())


def test_a_calendar_of_thousands_of_long_texts_is_read_back_whole(store: Store, tmp_path: Path) -> None:
    """Every line within 75 bytes, every text as it was, over a file that was there; no folder leaves nothing behind."""
    from datetime import date, timedelta

    import icalendar

    from app.operations import calendar_file

    first = date(2026, 9, 1)
    texts = ["Семинар; «Разбор», часть\\1" + "я" * 200, "a,b;c", "=HYPERLINK(1)", "1\u20282 \u202eсправа", "😀" * 40]
    with store.operation("Вписано", "test.fill") as operation:
        for number in range(2_000):
            day = (first + timedelta(number % 200)).isoformat()
            operation.insert("work_event", title=f"{number} {texts[number % len(texts)]}", date_from=day)
    made = calendar_file.make(store.connection, DAY, first, first + timedelta(300))
    assert made.number == 2_000
    target = tmp_path / "a.ics"
    target.write_bytes(b"before")
    calendar_file.write(target, made)
    with pytest.raises(UserError):
        calendar_file.write(tmp_path / "нет" / "a.ics", made)
    data = target.read_bytes()
    assert max(map(len, data.split(b"\r\n"))) <= 75
    told = {str(one["summary"]) for one in icalendar.Calendar.from_ical(data).walk("VEVENT")}
    assert len(told) == 2_000
    assert "0 Семинар; «Разбор», часть\\1" + "я" * 200 in told
    assert f"4 {'😀' * 40}" in told
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".ics"] == ["a.ics"]
