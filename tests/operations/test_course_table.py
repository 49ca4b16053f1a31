"""The register of courses as texts: words in short, kinds, a pasted table, its paper."""

from __future__ import annotations

import pytest

from app.errors import UserError
from app.models.store import Store
from app.operations import course_table, courses, schools
from app.operations.course_table import CourseLine
from app.reports.document import Table, shown
from tests.helpers.stores import dump

STAFF = "Педагогические работники общеобразовательных организаций"


def refused(code: str, act: object) -> None:
    with pytest.raises(UserError) as caught:
        act()  # type: ignore[operator]
    assert caught.value.code == code


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


def test_a_line_becomes_a_record_and_comes_back(store: Store) -> None:
    schools.add(store, {"name": "СОШ № 1"})
    texts = ("СОШ № 1", STAFF, "лоиро", "ПК", "6", "Читательская грамотность", "72", "14.11.2026")
    key = course_table.put(store, 2026, CourseLine(None, texts))
    line = course_table.lines(courses.register(store.connection, 2026))[0]
    assert line == CourseLine(key, ("СОШ № 1", STAFF, "ГАОУ ДПО «ЛОИРО»", *texts[3:]))
    course_table.put(store, 2026, CourseLine(key, ("", *line.texts[1:4], "7", "", "", "")))
    again = course_table.lines(courses.register(store.connection, 2026))[0]
    assert again.texts == ("муниципалитет", STAFF, "ГАОУ ДПО «ЛОИРО»", "ПК", "7", "", "", "")
    refused("FORM_COURSE_MISSING", lambda: course_table.put(store, 2026, CourseLine(None, ("", STAFF, *[""] * 6))))
    refused("FORM_COURSE_NUMBER", lambda: course_table.put(store, 2026, CourseLine(key, (*line.texts[:4], "7,5",
                                                                                         "", "", ""))))  # fmt: skip


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
    assert [(one.people, one.provider, one.kind) for one in found.drafts] == [(4, "moscow", "retraining"),
                                                                              (2, "lgu", "upgrading")]  # fmt: skip
    assert len(found.wrong) == 2
    assert found.wrong[0].startswith("строка 2: «два»")
    assert courses.put_all(store, 2026, found.drafts) == 2
    assert courses.register(store.connection, 2026).people == 6
    store.undo()
    assert dump(store.connection) == before
    refused("FORM_COURSE_TABLE", lambda: course_table.read(store.connection, [["Имя", "Балл"], ["а", "5"]]))
    refused("FORM_COURSE_TABLE", lambda: course_table.read(store.connection, []))


def test_the_paper_has_the_table_of_the_source(store: Store) -> None:
    for kind, people in (("ПК", "6"), ("ПП", "2")):
        course_table.put(store, 2026, CourseLine(None, ("", STAFF, "лоиро", kind, people, "", "", "")))
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
