"""Addressed recommendations: proposed from figures, taken, reworded, sent, marked a year later, brought up to date."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.errors import UserError
from app.models.store import Store
from app.operations import note_papers, papers, recommendations, registers, results, schools
from app.operations.note_scope import Asked
from app.operations.recommendations import AdviceBook
from app.operations.results import Options
from app.reports.document import Table
from tests.helpers import stores
from tests.operations.conftest import MATHS5, OGE_MATHS, RUSSIAN5, mark, reading, school

DAY = date(2026, 11, 23)
NOW = Asked("note", 2026, DAY)
NEXT = Asked("note", 2027, date(2027, 11, 22))


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.fixture
def filled(store: Store) -> Store:
    """One school on the list by two procedures, one outside, one without data."""
    weak, strong = school("СОШ № 1", "edu100001"), school("СОШ № 2", "edu100002")
    rows = [
        mark(weak, MATHS5, 2026, 8, 20), mark(weak, RUSSIAN5, 2026, 7, 20), mark(weak, OGE_MATHS, 2026, 3, 20),
        mark(strong, MATHS5, 2026, 1, 20),
    ]  # fmt: skip
    results.load(store, reading(*rows), Options(create_schools=True))
    schools.add(store, {"name": "НОШ № 3"})
    return store


def read(store: Store, asked: Asked = NOW) -> AdviceBook:
    return recommendations.read(store.connection, asked)


def test_nothing_is_proposed_where_nothing_is_known(store: Store) -> None:
    assert read(store).waiting == ()


def test_proposals_speak_to_whom_they_are_for_with_their_figures(filled: Store) -> None:
    found = {item.key: item for item in read(filled).waiting}
    weak = schools.find(filled.connection, "edu100001").id
    below = found[f"school:{weak}:below"]
    assert (below.addressee, below.organisation_id, below.name) == ("school", weak, "СОШ № 1")
    assert plain(below.text) == (
        "Составить план помощи детям, которые не достигли минимума: ВПР математика, 5 кл. — 8 из 20 (40,0 %); "
        "ВПР русский язык, 5 кл. — 7 из 20 (35,0 %)."
    )
    assert [plain(figure.value) for figure in below.figures] == ["8 из 20 (40,0 %)", "7 из 20 (35,0 %)"]
    assert plain(found["mms:partners"].text) == "Подобрать партнёра школе СОШ № 1."
    assert plain(found["mms:curators"].text) == "Назначить куратора школе СОШ № 1."
    assert plain(found["mms:no_data"].text) == "Получить результаты школы НОШ № 3."
    assert {item.addressee for item in found.values()} == {"school", "mms"}


def test_what_is_there_is_proposed_no_more(filled: Store) -> None:
    weak = schools.find(filled.connection, "edu100001").id
    with filled.operation("Куратор", "test") as operation:
        person = operation.insert("person", full_name="Ким О. В.")
        operation.insert("appointment", person_id=person, organisation_id=weak, role="куратор")
    registers.add(filled, "partnerships", {"school_year": 2026}, receiver_id=weak, donor="Лицей", donor_kind="school")
    registers.add(filled, "deficits", {"school_year": 2026}, organisation_id=weak, subject="Математика", people=4,
                  text="задания ОГЭ")  # fmt: skip
    found = {item.key: item for item in read(filled).waiting}
    assert "mms:partners" not in found
    assert "mms:curators" not in found
    assert plain(found[f"tutor:{person}"].text).startswith("Вместе со школой СОШ № 1 пройти план помощи")
    assert found[f"tutor:{person}"].name == "Ким О. В."
    assert plain(found["institute:Математика"].text) == (
        "Предусмотреть обучение по предмету «Математика» (задания ОГЭ) для 4 педагогов из 1 школы."
    )


def test_taking_is_one_step_back_and_nothing_is_taken_twice(filled: Store) -> None:
    before = stores.dump(filled.connection)
    keys = [item.key for item in read(filled).waiting]
    made = recommendations.take(filled, NOW, [*keys, keys[0], "no:such"])
    assert len(made) == len(keys)
    book = read(filled)
    assert book.waiting == ()
    assert [line.row.position for line in book.lines] == list(range(len(keys)))
    assert {line.shown for line in book.lines} == {"draft"}
    assert recommendations.take(filled, NOW, keys) == []
    filled.undo()
    assert stores.dump(filled.connection) == before


def test_a_changed_figure_marks_a_recommendation_and_own_words_stay(filled: Store) -> None:
    weak = schools.find(filled.connection, "edu100001").id
    first, second = recommendations.take(filled, NOW, [f"school:{weak}:below", "mms:no_data"])
    registers.put_cells(filled, "recommendations", {"school_year": 2026}, [(second, "text", "Позвонить в НОШ № 3.")])
    assert not any(line.stale for line in read(filled).lines)
    results.load(filled, reading(
        mark(school("СОШ № 1", "edu100001"), MATHS5, 2026, 9, 20), mark(school("НОШ № 3"), MATHS5, 2026, 0, 10),
    ), Options(create_schools=True))  # fmt: skip
    lines = {line.row.id: line for line in read(filled).lines}
    assert lines[first].stale
    assert [plain(value) for value in lines[first].now.values()] == ["9 из 20 (45,0 %)", "7 из 20 (35,0 %)"]
    assert recommendations.renew(filled, NOW, [first]) == 1
    line = read(filled).line(first)
    assert line is not None
    assert not line.stale
    assert "9 из 20" in plain(line.row.text)
    other = read(filled).line(second)
    assert other is not None
    assert other.row.text == "Позвонить в НОШ № 3."
    if other.stale:
        assert recommendations.renew(filled, NOW, [second]) == 1
        again = read(filled).line(second)
        assert again is not None
        assert (again.stale, again.row.text) == (False, "Позвонить в НОШ № 3.")


def test_a_year_later_each_is_marked_with_what_became_of_its_figures(filled: Store) -> None:
    weak = schools.find(filled.connection, "edu100001").id
    (first,) = recommendations.take(filled, NOW, [f"school:{weak}:below"])
    with pytest.raises(UserError) as caught:
        recommendations.mark(filled, [first], "yes")
    assert caught.value.code == "MON_ADVICE_EARLY"
    assert recommendations.send(filled, [first], "2026-11-25") == 1
    assert recommendations.send(filled, [first], "2026-11-25") == 0
    weak_school = school("СОШ № 1", "edu100001")
    results.load(filled, reading(
        mark(weak_school, MATHS5, 2027, 6, 20), mark(weak_school, RUSSIAN5, 2027, 7, 20),
    ))  # fmt: skip
    book = read(filled, NEXT)
    (line,) = book.before
    assert (book.school_year, book.unmarked, line.word, line.stale) == (2027, 1, "ждёт отметки", False)
    key = f"school:{weak}:ВПР математика, 5\u00a0кл."
    assert plain(line.was[key][1]) == "8 из 20 (40,0 %)"
    assert plain(line.now[key]) == "6 из 20 (30,0 %)"
    assert recommendations.mark(filled, [first], "part", "план есть, занятий нет") == 1
    (line,) = read(filled, NEXT).before
    assert (line.word, line.row.used_note) == ("частично", "план есть, занятий нет")
    filled.undo()
    (line,) = read(filled, NEXT).before
    assert line.row.used is None


def test_marks_that_are_not_there_and_rows_that_are_gone_are_refused(filled: Store) -> None:
    for act, code in (
        (lambda: recommendations.mark(filled, [1], "perhaps"), "MON_ADVICE_USED"),
        (lambda: recommendations.send(filled, [1], None), "MON_ADVICE_GONE"),
        (lambda: recommendations.send(filled, [], None), "MON_ADVICE_GONE"),
        (lambda: note_papers.advice(filled.connection, NOW), "MON_ADVICE_NONE"),
    ):
        with pytest.raises(UserError) as caught:
            act()
        assert caught.value.code == code


def test_the_paper_of_one_addressee_names_no_other(filled: Store, tmp_path: Path) -> None:
    recommendations.take(filled, NOW, [item.key for item in read(filled).waiting])
    assert note_papers.addressees(filled.connection, NOW) == ["СОШ № 1", "Методическая служба"]
    whole = note_papers.advice(filled.connection, NOW)
    (table,) = [block for block in whole.document.blocks if isinstance(block, Table)]
    assert [plain(group.title) for group in table.groups] == ["СОШ № 1", "Методическая служба"]
    assert [row.cells[0] for row in table.rows()] == [1, 2, 3, 4]
    one = note_papers.advice(filled.connection, NOW, "СОШ № 1")
    texts = " ".join(text for _place, text in one.document.texts())
    assert "Кому: СОШ № 1" in plain(texts)
    assert "НОШ № 3" not in texts
    assert "Методическая служба" not in texts
    made = papers.render(one, ".pdf")
    (tmp_path / "а.pdf").write_bytes(made.data)
    assert made.data.startswith(b"%PDF")
