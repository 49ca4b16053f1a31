"""The register of courses as texts: words in short, kinds, a pasted table, its paper."""

from __future__ import annotations

import pytest

from app.errors import UserError
from app.models.store import Store
from app.operations import course_lines, course_table, courses
from app.reports.document import Block, Note, Table, shown
from tests.helpers.stores import dump

STAFF = "Педагогические работники общеобразовательных организаций"


def refused(code: str, act: object) -> None:
    with pytest.raises(UserError) as caught:
        act()  # type: ignore[operator]
    assert caught.value.code == code


def shown_note(block: Block) -> list[str]:
    return [block.text] if isinstance(block, Note) else []


def test_words_are_understood_in_short(store: Store) -> None:
    axes = courses.axes(store.connection)
    assert course_table.word_of(axes.providers, "лоиро") == "loiro"
    assert course_table.word_of(axes.providers, "Москвы") == "moscow"
    assert course_table.word_of(axes.categories, "методисты ММС") == "committee-methodists"
    assert course_table.word_of(axes.categories, STAFF.upper()) == "school-staff"
    refused("FORM_COURSE_WORD", lambda: course_table.word_of(axes.categories, "педагогические работники"))
    refused("FORM_COURSE_WORD", lambda: course_table.word_of(axes.categories, ""))
    assert [course_table.kind_of(word) for word in ("пп", "Переподготовка", "КПК", "повышение квалификации")] == [
        "retraining", "retraining", "upgrading", "upgrading"]  # fmt: skip
    refused("FORM_COURSE_WORD", lambda: course_table.kind_of("семинар"))


def test_a_pasted_table_is_one_step_to_undo(store: Store) -> None:
    before = dump(store.connection)
    found = course_table.read(store.connection, [
        ["№", "Количество", "Категория", "Где учились", "Вид обучения", "Тема"],
        ["1", "4", STAFF, "Москвы", "ПП", "Математика"],
        ["2", "два", STAFF, "Москвы", "ПК", ""],
        ["", "", "", "", "", ""],
        ["3", "1", STAFF, "Марса", "ПК", ""],
        ["4", "2", "методисты ММС", "лгу", "ПК", ""],
    ])  # fmt: skip
    assert [line["people"] for line in found.lines] == ["4", "два", "1", "2"]
    assert found.wrong == ("строка 2: «два» — не число людей", "строка 3: «Марса» здесь не подходит")
    course_lines.put_table(store, 2026, found)
    made = course_lines.grid(store.connection, 2026)
    assert [(one.people, one.provider, one.kind) for one in made.register.records] == [
        (2, "lgu", "upgrading"), (4, "moscow", "retraining")]  # fmt: skip
    assert [(line.texts[4], line.texts[2], list(line.troubles)) for line in made.lines if not line.counted] == [
        ("два", "Москвы", [4]), ("1", "Марса", [2])]  # fmt: skip
    store.undo()
    assert dump(store.connection) == before
    refused("FORM_COURSE_TABLE", lambda: course_table.read(store.connection, [["Имя", "Балл"], ["а", "5"]]))
    refused("FORM_COURSE_TABLE", lambda: course_table.read(store.connection, []))


def test_the_paper_has_the_table_of_the_source(store: Store) -> None:
    for kind, people in (("ПК", "6"), ("ПП", "2")):
        key = course_lines.new_keys(1)[0]
        texts = {"category": STAFF, "provider": "лоиро", "kind": kind, "people": people}
        course_lines.put_cells(store, 2026, [(key, name, text) for name, text in texts.items()])
    course_lines.put_cells(store, 2026, [(course_lines.new_keys(1)[0], "people", "1")])
    paper = course_table.paper(store.connection, 2026)
    tables = [block for block in paper.document.blocks if isinstance(block, Table)]
    assert paper.document.landscape
    assert [column.over for column in tables[0].columns[1:3]] == ["ГАОУ ДПО «ЛОИРО»"] * 2
    rows = {shown(row.cells[0])[0]: row.cells[1:] for row in tables[0].rows()}
    assert len(tables[0].columns) == 14
    assert rows[STAFF][:2] == (2, 6)
    assert rows[STAFF][2] is None
    assert rows["Всего"][-1] == 8
    assert len(list(tables[1].rows())) == 2
    said = [" ".join(text) for block in paper.document.blocks if (text := shown_note(block))]
    assert any("Не посчитано: 1 незаконченная строка реестра" in text.replace("\u00a0", " ") for text in said)
