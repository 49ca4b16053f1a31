"""What a programme keeps of a person who is erased; what it says of a school that was merged into another."""

from __future__ import annotations

from pathlib import Path

from app.models import backup
from app.models.store import Store
from app.operations import directory, history, programme_edit, programme_life, programme_parts, programmes, schools
from app.operations.programme_papers import paper

FULL = "Незабудкина Аглая Прокофьевна"
SHORT = "Незабудкина А. П."
NAMESAKE = "Иван-да-Марьин А. П."
ERASED = "запись удалена по просьбе"


def holding(path: Path, *names: str) -> list[str]:
    """Names that the file, what it has not yet written back, or a backup still holds."""
    files = [path, path.with_name(path.name + "-wal"), *(copy.path for copy in backup.listing(path))]
    return [name for name in names for file in files if file.exists() and name.encode() in file.read_bytes()]


def named(store: Store) -> tuple[int, int, int]:
    """A programme that names a person wherever it can; (programme, activity, person)."""
    person = directory.add_person(store, FULL)
    key = programmes.create(store, "municipal", "Поддержка школ", 2026, 2028)
    task = programme_edit.add(store, key, "task", "Помочь учителям")
    measure = programme_edit.add(store, key, "measure", "Знания", parent_id=task)
    indicator = programme_edit.add(store, key, "indicator", "Доля", parent_id=measure)
    activity = programme_edit.add(store, key, "activity", f"Семинар, ведёт {FULL}", parent_id=task)
    programme_edit.put_indicator(store, indicator, responsible=SHORT, person_id=person)
    programme_edit.put_responsible(store, activity, [{"text": SHORT, "person_id": person}, f"{FULL}, РМО", NAMESAKE])
    programme_edit.put_results(store, activity, [f"Справка ({SHORT})"])
    programme_parts.put_rows(
        store, key, "mechanism", [{"participant": "директор", "powers": f"созывает {SHORT}", "person_id": person}]
    )
    programme_parts.put_rows(store, key, "block", [{"word": "approved", "name": "А. П. Незабудкина",
                                                    "post": "Глава", "person_id": person}])  # fmt: skip
    programme_parts.put_section(store, key, "section.period", f"Кому писать: {SHORT}; не А. П. Незабудкина лично")
    party = programme_life.put_party(store, key, None, name="Отдел", person=FULL)
    programme_life.put_remark(store, key, None, party_id=party, text=f"Спросить: {FULL}", author=FULL)
    programme_edit.put_text(store, task, "Помочь учителям школ")
    programme_edit.put_responsible(store, activity, [NAMESAKE, {"text": SHORT, "person_id": person}])
    return key, activity, person


def test_a_programme_keeps_no_byte_of_an_erased_person(store: Store) -> None:
    key, activity, person = named(store)
    store.backup("by-hand")
    names = (FULL, SHORT, "А. П. Незабудкина")
    assert set(holding(store.path, *names)) == set(names)
    directory.erase_person(store, person)
    assert holding(store.path, *names, "Незабудкина") == []
    tree = programmes.tree(store.connection, key)
    # who is not meant stays, and so does what was said beside the name
    assert [line.text for line in tree.responsible[activity]] == [NAMESAKE, ERASED]
    assert [line.text for line in tree.results[activity]] == [f"Справка ({ERASED})"]
    assert tree.nodes[activity].text == f"Семинар, ведёт {ERASED}"
    assert [(line.participant, line.powers) for line in tree.mechanism] == [(ERASED, f"созывает {ERASED}")]
    assert [(block.post, block.name) for block in tree.blocks] == [("Глава", ERASED)]
    assert tree.texts["section.period"].text == f"Кому писать: {ERASED}; не {ERASED} лично"
    for _step in range(6):
        history.undo(store, passing=True)
    assert holding(store.path, "Незабудкина") == []


def test_a_new_edition_brings_nobody_back_from_the_snapshot(store: Store) -> None:
    key, activity, person = named(store)
    programme_life.approve(store, key, act_kind="приказ", act_number="7", act_date="2026-02-01")
    directory.erase_person(store, person)
    # the approved document itself is a document and stays (decision 6)
    frozen = programme_life.frozen_tree(store.connection, key)
    assert SHORT in [line.text for line in frozen.responsible[activity]]
    later = programme_life.new_edition(store, key)
    again = programme_life.copy(store, key, "Поддержка школ", 2029, 2031)
    for edition in (later, again):
        told = repr(programmes.tree(store.connection, edition))
        assert "Незабудкина" not in told
        assert ERASED in told


def test_a_programme_of_a_merged_school_is_the_kept_schools(store: Store) -> None:
    kept, double = (schools.add(store, {"name": name}) for name in ("СОШ № 5", "Школа пять"))
    key = programmes.create(store, "school", "Программа перехода", 2026, 2027, organisation_id=double)
    schools.merge(store, double, kept)
    assert [line.school for line in programmes.listing(store.connection)] == ["СОШ № 5"]
    told = repr(paper(store.connection, key).document)
    assert "СОШ № 5" in told
    activity = programme_edit.add(store, key, "activity", "Семинар")
    programme_edit.put_schools(store, activity, "chosen", [double])
    schools.separate(store, double)
    programme_life.approve(store, key, act_kind="приказ", act_number="7", act_date="2026-02-01")
    schools.merge(store, double, kept)
    # the snapshot names the record as it was; it is not «удалена из реестра»
    assert "Школа пять" in repr(paper(store.connection, key).document)
    schools.separate(store, double)
    assert [line.school for line in programmes.listing(store.connection)] == ["Школа пять"]
