"""Participants from a file: what each row becomes, what is doubtful, one operation; telephones are nowhere."""

from __future__ import annotations

import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import UserError
from app.importers.people_rows import PeopleMap
from app.models import registers as kept
from app.models import work_events
from app.models.store import Store
from app.operations import event_file, event_people, history, registers, results, schools
from app.operations.event_file import Choice, Line, Preview, Source
from app.operations.event_file_writing import load
from tests.helpers import people_files, stores
from tests.helpers import work_events as made
from tests.helpers.people_files import xlsx

Key = tuple[int, int, int]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    found = stores.made(tmp_path / "файл.opora")
    yield found
    found.abandon()


@pytest.fixture
def event(store: Store) -> Key:
    """A seminar without a list, and its two schools."""
    five, seven = stores.school(store, "СОШ № 5"), stores.school(store, "СОШ № 7")
    return made.event(store, kind="seminar", title="Смысловое чтение", state="held"), five, seven


def names(found: Preview, *states: event_file.State) -> list[str]:
    return [line.name for line in found.of(*states)]


def codes(line: Line) -> list[str]:
    return [one.code for one in line.problems]


def guests(store: Store, key: int) -> list[work_events.Guest]:
    return work_events.guests(store.connection, [key]).get(key, [])


def source(path: Path, *rows: list[object]) -> Source:
    return event_file.read(xlsx(path, {"Лист1": [["ФИО", "Школа", "Должность", "Был"], *rows]}))


def everything(store: Store) -> str:
    """Return all texts of the file and its journal."""
    store.connection.execute("PRAGMA wal_checkpoint")
    found = []
    for (table,) in store.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        found += [str(row) for row in store.connection.execute(f'SELECT * FROM "{table}"')]
    return "\n".join(found)


def test_every_row_of_a_real_list_is_told_what_becomes_of_it(store: Store, event: Key, tmp_path: Path) -> None:
    key, five, seven = event
    read = event_file.read(people_files.registration(tmp_path / "Регистрация.xlsx"))
    found = event_file.preview(store.connection, key, read)
    assert [(line.name, line.school, line.came, line.state) for line in found.lines] == [
        ("Орлова Мария Петровна", five, "yes", "new"),
        ("Зуев Пётр Петрович", five, "no", "new"), ("Ким О. В.", None, "online", "new"),
        ("Орлова Мария Петровна", five, None, "twice"), ("Сидоров Пётр", None, None, "pupil"),
        ("Мамедов Али Гусейн оглы", seven, "online", "new"), ("Ответственный: Ким О. В.", None, None, "out"),
        ("Белова Анна Игоревна", seven, "online", "new"), ("Мамедов Али Гусейн оглы", seven, "online", "twice"),
    ]  # fmt: skip
    # «б» says nothing, the sheet of those online says that he was there
    assert [(one.text, one.people) for one in found.unknown] == [("Гимназия 77", 1)]
    told = {one.code for one in found.problems}
    assert told == {
        "EVENT_FILE_PRIVATE", "EVENT_FILE_ROWS_PASSED", "EVENT_FILE_NO_NAMES", "EVENT_FILE_PUPILS", "EVENT_FILE_TWICE",
        "EVENT_FILE_SCHOOL_UNKNOWN", "EVENT_FILE_SCRUBBED", "EVENT_FILE_ODD", "EVENT_FILE_MARK",
    }  # fmt: skip
    assert " ".join(found.sentences) == (
        "Впишется: 5\u00a0человек. В файле второй раз: 2. Не впишется: 1. Строк об учениках не взято: 1."
        " Требует внимания: 3\u00a0замечания."
    )


def test_writing_is_one_operation_that_undo_takes_back(store: Store, event: Key, tmp_path: Path) -> None:
    key, five, _seven = event
    before, said = stores.dump(store.connection), len(history.history(store.connection))
    read = event_file.read(people_files.registration(tmp_path / "Регистрация.xlsx"))
    done = load(store, key, read)
    assert (done.added, done.filled) == (5, 0)
    rows = guests(store, key)
    assert [(row.position, row.name, row.organisation_id, row.post) for row in rows][:2] == [
        (0, "Орлова Мария Петровна", five, "учитель математики"), (1, "Зуев Пётр Петрович", five, "завуч")
    ]  # fmt: skip
    operations = history.history(store.connection)
    assert len(operations) == said + 1
    assert operations[0].label == (
        f"Событие «Смысловое чтение»: из файла «Регистрация.xlsx» (SHA-256 {read.sha256[:12]}…) вписано 5\u00a0человек"
    )
    (file,) = results.files(store.connection)
    assert (file.name, file.sha256, file.kept, file.rows_new) == ("Регистрация.xlsx", read.sha256, 0, 5)
    # the cell of the school that nobody knows stands as the file writes it, marked
    grid = registers.table(store.connection, "event_guests", {"event_id": key})
    kim = next(line for line in grid.lines if line.texts[0] == "Ким О. В.")
    assert (kim.texts[1], list(kim.troubles)) == ("Гимназия 77", [1])
    history.undo(store)
    assert guests(store, key) == []
    assert results.files(store.connection) == []
    assert stores.dump(store.connection) == before


def test_no_telephone_and_no_address_gets_into_the_file(store: Store, event: Key, tmp_path: Path) -> None:
    load(store, event[0], event_file.read(people_files.registration(tmp_path / "Регистрация.xlsx")))
    whole = everything(store)
    assert "Зуев" in whole
    for secret in ("345-67", "3456789", "(912)", "8-912", "example.org", "x@y.ru"):
        assert secret not in whole


def test_the_same_file_a_second_time_changes_nothing(store: Store, event: Key, tmp_path: Path) -> None:
    read = event_file.read(people_files.registration(tmp_path / "Регистрация.xlsx"))
    load(store, event[0], read)
    found = event_file.preview(store.connection, event[0], read)
    assert (len(found.of("known")), found.to_write) == (5, ())
    with pytest.raises(UserError) as fault:
        load(store, event[0], read)
    assert fault.value.code == "EVENT_FILE_NOTHING"


def test_a_list_that_is_there_is_filled_and_never_overwritten(store: Store, event: Key, tmp_path: Path) -> None:
    key, five, seven = event
    made.rows(
        store, "event_guest",
        {"event_id": key, "position": 0, "name": "Орлова Мария Петровна", "organisation_id": five},
        {"event_id": key, "position": 1, "name": "Зуев П. П.", "organisation_id": five, "came": "no", "post": "завуч"},
        {"event_id": key, "position": 2, "name": "Белова Анна Игоревна"},
    )  # fmt: skip
    read = source(tmp_path / "а.xlsx", ["Орлова Мария Петровна", "СОШ 5", "учитель", "да"],
                  ["Зуев П. П.", "", "директор", "да"], ["Белова Анна Игоревна", "СОШ № 7", "", ""])  # fmt: skip
    found = event_file.preview(store.connection, key, read)
    assert [line.state for line in found.lines] == ["filled", "known", "filled"]
    assert "EVENT_FILE_OTHER_MARK" in codes(found.lines[1])
    assert load(store, key, read).filled == 2
    assert [(row.organisation_id, row.post, row.came) for row in guests(store, key)] == [
        (five, "учитель", "yes"), (five, "завуч", "no"), (seven, None, None)
    ]  # fmt: skip


def test_people_of_one_name_are_told_apart_by_their_schools(store: Store, event: Key, tmp_path: Path) -> None:
    key, five, seven = event
    read = source(
        tmp_path / "а.xlsx", ["Орлова Мария Петровна", "СОШ № 5"], ["Орлова Мария Петровна", "СОШ № 7"],
        ["Орлова Мария Петровна", "Школа за рекой"], ["Орлова М. П.", "СОШ № 5"], ["Орлова Мария Петровна", ""],
    )  # fmt: skip
    found = event_file.preview(store.connection, key, read)
    assert [(line.state, line.school) for line in found.lines] == [
        ("new", five), ("new", seven), ("new", None), ("new", five), ("new", None)
    ]  # fmt: skip
    assert codes(found.lines[1]) == ["EVENT_FILE_NAMESAKE"]
    assert codes(found.lines[2]) == ["EVENT_FILE_SCHOOL_UNKNOWN", "EVENT_FILE_NAMESAKE"]
    assert codes(found.lines[3]) == ["EVENT_FILE_LIKE"]
    # without a school it may be any of the three: nobody is lost, a person is asked
    assert codes(found.lines[4]) == ["EVENT_FILE_NO_SCHOOL", "EVENT_FILE_NAMESAKE"]


def test_what_a_person_says_wins(store: Store, event: Key, tmp_path: Path) -> None:
    key, five, _seven = event
    read = source(tmp_path / "а.xlsx", ["Орлова Мария Петровна", "СОШ № 5", "", ""], ["Дежурный", "", "", ""],
                  ["Орлова Мария Петровна", "СОШ № 5", "", "да"], ["Ким О. В.", "Пятая", "", ""])  # fmt: skip
    rows = {line.name: line.row.key for line in event_file.preview(store.connection, key, read).lines[1:]}
    choice = Choice(
        schools={event_file.spelling("Пятая"): five}, came="online",
        said={rows["Дежурный"]: True, rows["Орлова Мария Петровна"]: True, rows["Ким О. В."]: False},
    )  # fmt: skip
    found = event_file.preview(store.connection, key, read, choice)
    assert [(line.state, line.came) for line in found.lines] == [
        ("new", "online"), ("new", "online"), ("new", "yes"), ("out", "online")
    ]  # fmt: skip
    assert found.unknown == ()
    load(store, key, read, choice)
    assert len(guests(store, key)) == 3


def test_a_chosen_school_is_remembered_for_the_next_file(store: Store, event: Key, tmp_path: Path) -> None:
    key, five, _seven = event
    read = source(tmp_path / "а.xlsx", ["Орлова Мария Петровна", "Пятая школа посёлка"])
    load(store, key, read, Choice(schools={event_file.spelling("Пятая школа посёлка"): five}))
    later = source(tmp_path / "б.xlsx", ["Ким О. В.", "«Пятая» школа посёлка"])
    assert event_file.preview(store.connection, key, later).lines[0].school == five


def test_a_column_or_a_sheet_can_be_named_by_a_person(store: Store, event: Key, tmp_path: Path) -> None:
    rows = [["Кого позвали", "Откуда"], ["орлова мария петровна", "СОШ № 5"], ["зуев пётр петрович", "СОШ № 7"]]
    read = event_file.read(xlsx(tmp_path / "а.xlsx", {"СОШ № 5": [["ФИО"], ["Ким О. В."]], "Вызов": rows}))
    found = event_file.preview(store.connection, event[0], read)
    assert [(line.name, line.shown) for line in found.lines] == [("Ким О. В.", "СОШ № 5")]  # of the sheet's name
    assert {one.code for one in found.problems} == {"EVENT_FILE_SHEET_SCHOOL", "EVENT_FILE_NO_NAMES"}
    told = {1: PeopleMap(1, {0: "name", 1: "school"}), 0: PeopleMap(1, {0: "name"}, taken=False)}
    said = {"1:2:0": True, "1:3:0": True}
    found = event_file.preview(store.connection, event[0], read, Choice(maps=told, said=said))
    assert names(found, "new") == ["орлова мария петровна", "зуев пётр петрович"]
    only = event_file.only_sheet(read, "сош № 5")
    assert [line.name for line in event_file.preview(store.connection, event[0], read, Choice(sheets=only)).lines] == [
        "Ким О. В."
    ]
    with pytest.raises(UserError) as fault:
        event_file.only_sheet(read, "Лист9")
    assert fault.value.code == "EVENT_FILE_NO_SHEET"
    assert "СОШ № 5, Вызов" in str(fault.value)


def test_who_is_in_the_directory_is_tied_to_it(store: Store, event: Key, tmp_path: Path) -> None:
    with store.operation("Человек", "person.add") as operation:
        person = operation.insert("person", full_name="Орлова Мария Петровна")
    load(store, event[0], source(tmp_path / "а.xlsx", ["ОРЛОВА МАРИЯ ПЕТРОВНА", "СОШ № 5"]))
    (row,) = guests(store, event[0])
    assert (row.name, row.person_id) == ("Орлова Мария Петровна", person)


def test_a_merged_school_is_named_by_its_present_record(store: Store, event: Key, tmp_path: Path) -> None:
    key, five, seven = event
    schools.merge(store, seven, five)
    load(store, key, source(tmp_path / "а.xlsx", ["Орлова Мария Петровна", "СОШ № 7"]))
    assert [row.organisation_id for row in guests(store, key)] == [five]


def test_an_unknown_school_counts_those_who_would_be_written(store: Store, event: Key, tmp_path: Path) -> None:
    read = source(tmp_path / "а.xlsx", ["Ким О. В.", "Школа за рекой"], ["Ким О. В.", "школа за рекой"],
                  ["Зуев П. П.", "Школа за рекой"])  # fmt: skip
    found = event_file.preview(store.connection, event[0], read)
    assert [(one.text, one.people) for one in found.unknown] == [("Школа за рекой", 2)]
    told = next(one for one in found.problems if one.code == "EVENT_FILE_SCHOOL_UNKNOWN")
    assert told.message.endswith("Таких строк: 2.")


def test_csv_ods_and_word_say_the_same(store: Store, event: Key, tmp_path: Path) -> None:
    rows = [["ФИО", "Школа", "Телефон"], ["Орлова Мария Петровна", "СОШ № 5", "8-912-345-67-89"]]
    text = tmp_path / "а.csv"
    text.write_text("\n".join(";".join(row) for row in rows), "cp1251")
    tabbed = tmp_path / "а.txt"
    tabbed.write_text("\n".join("\t".join(row) for row in rows), "utf-16")
    from tests.helpers.plans import docx

    word = docx(tmp_path / "а.docx", "Лист регистрации", [rows])
    for path in (text, tabbed, word, _ods(tmp_path / "а.ods", rows)):
        found = event_file.preview(store.connection, event[0], event_file.read(path))
        assert [(line.name, line.school) for line in found.of("new")] == [("Орлова Мария Петровна", event[1])], path
        assert "EVENT_FILE_PRIVATE" in {one.code for one in found.problems}


def _ods(path: Path, rows: list[list[str]]) -> Path:
    cells = "".join(
        "<table:table-row>" + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
        ) + "</table:table-row>" for row in rows
    )  # fmt: skip
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{space}office:1.0"'
        f' xmlns:table="{space}table:1.0" xmlns:text="{space}text:1.0" office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="Лист1">{cells}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="'
        f'{space}manifest:1.0"><manifest:file-entry manifest:full-path="/" '
        'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return path


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("а.xlsx", b"PK\x03\x04 cut", "EVENT_FILE_REFUSED"), ("а.pdf", b"%PDF-1.4", "EVENT_FILE_FORMAT"),
        ("а.csv", b"", "EVENT_FILE_REFUSED"), ("а.txt", b"Simply a letter", "EVENT_FILE_NO_TABLES"),
        ("~$а.xlsx", b"x", "EVENT_FILE_REFUSED"),
    ],
)  # fmt: skip
def test_a_damaged_file_is_refused_by_name(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UserError) as fault:
        event_file.read(path)
    assert (fault.value.code, name in str(fault.value)) == (code, True)
    assert "план" not in str(fault.value).casefold()  # nobody asked for one


def test_a_missing_file_and_a_missing_event_are_refused(store: Store, event: Key, tmp_path: Path) -> None:
    with pytest.raises(UserError) as fault:
        event_file.read(tmp_path / "нет.xlsx")
    assert fault.value.code == "GEN_FILE_MISSING"
    with pytest.raises(UserError) as fault:
        load(store, event[0] + 1, source(tmp_path / "а.xlsx", ["Ким О. В.", ""]))
    assert fault.value.code == "EVENT_UNKNOWN"


def test_a_killed_write_leaves_nothing(
    store: Store, event: Key, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.operations import event_file_writing

    def broken(*_given: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(event_file_writing, "_fill", broken)
    with pytest.raises((UserError, sqlite3.Error)):
        load(store, event[0], source(tmp_path / "а.xlsx", ["Ким О. В.", "СОШ № 5"]))
    assert guests(store, event[0]) == []
    assert results.files(store.connection) == []


def test_pasting_after_a_file_knows_who_is_there(store: Store, event: Key, tmp_path: Path) -> None:
    load(store, event[0], source(tmp_path / "а.xlsx", ["Орлова Мария Петровна", "СОШ № 5"]))
    pasted = event_people.paste(store, event[0], "Орлова Мария Петровна\tСОШ № 5\tучитель")
    assert (pasted.added, pasted.known) == (0, 1)
    assert kept.drafts(store.connection, "event_guest") == {}
