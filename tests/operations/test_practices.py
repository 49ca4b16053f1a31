"""The bank of practices: exact ratings, schools once, states, proposals, what goes with a row; undo of everything."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import UserError
from app.models.store import Store
from app.operations import (
    finding,
    paper_catalogue,
    practice_search,
    practice_view,
    practices,
    registers,
    schools,
    support_offers,
)
from app.operations.practices import Practice, Standing, Use
from app.operations.school_card_parts import About
from app.operations.school_card_parts import practices as card_part
from app.reports.document import Table
from tests.helpers import stores

YEAR, DAY = 2026, date(2026, 11, 23)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return stores.made(tmp_path / "file.opora")


@pytest.fixture
def ids(store: Store) -> dict[str, int]:
    return {name: stores.school(store, name, own=1) for name in ("СОШ № 1", "СОШ № 2", "СОШ № 3", "Лицей")}


@pytest.fixture
def reading(store: Store, ids: dict[str, int]) -> int:
    key = practices.add(store, title="Читаем вместе", organisation_id=ids["Лицей"], subject="Русский язык",
                        problem="Смысловое чтение", idea="Десять минут")  # fmt: skip
    practices.accept(store, key, "протокол от 12.11.2026 № 4", date(2026, 11, 12))
    return key


def typed(store: Store, key: int, *rows: dict[str, str]) -> list[int]:
    cells = [(-place, name, text) for place, row in enumerate(rows, start=1) for name, text in row.items()]
    made = registers.put_cells(store, "practice_uses", {"practice_id": key}, cells)
    return [made[-place] for place in range(1, len(rows) + 1)]


def deficit(store: Store, school: int, subject: str, text: str, kind: str = "method") -> int:
    return registers.add(store, "deficits", {"school_year": YEAR}, organisation_id=school, subject=subject, text=text,
                         kind=kind)  # fmt: skip


# --- the rating ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("marks", "words"),
    [
        ((), "оценок нет"),
        ((5,), "5,0 по 1 оценке"),
        ((4, 5), "4,5 по 2 оценкам"),
        ((4, 4, 5), "4,3 по 3 оценкам"),
        ((4, 5, 5), "4,7 по 3 оценкам"),
        ((4, 4, 4, 5), "4,3 по 4 оценкам"),  # 4,25 goes up
        ((3,) * 20 + (4,), "3,0 по 21 оценке"),
    ],
)
def test_a_rating_is_the_mean_with_its_number(marks: tuple[int, ...], words: str) -> None:
    uses = tuple(Use(n, f"Школа {n}", "adopted", None, mark, "", (n,)) for n, mark in enumerate(marks))
    assert Standing(uses).rating_words.replace("\u00a0", " ") == words


@given(st.lists(st.none() | st.integers(1, 5), max_size=30))
def test_schools_without_a_mark_change_no_rating(marks: list[int | None]) -> None:
    given_marks = [mark for mark in marks if mark is not None]
    standing = Standing(tuple(Use(n, "", "trying", None, mark, "", (n,)) for n, mark in enumerate(marks)))
    if given_marks:
        assert standing.rating == Fraction(sum(given_marks), len(given_marks))
        assert min(given_marks) <= standing.rating <= max(given_marks)
    else:
        assert standing.rating is None


def test_uses_are_counted_by_school(store: Store, ids: dict[str, int], reading: int) -> None:
    typed(store, reading, {"organisation_id": "СОШ № 1", "state": "внедрила", "rating": "5", "since": "07.09.2026"},
          {"organisation_id": "СОШ № 2", "state": "пробует"}, {"organisation_id": "СОШ № 3", "state": "отказалась",
                                                              "rating": "2"}, {"state": "внедрила"})  # fmt: skip
    item = practices.get(store.connection, reading)
    assert [(use.school, use.state, use.rating) for use in item.standing.uses] == [
        ("СОШ № 1", "adopted", 5), ("СОШ № 2", "trying", None), ("СОШ № 3", "refused", 2),
    ]  # fmt: skip
    assert item.standing.rating == Fraction(7, 2)
    assert item.standing.adopted == 1, "a row without a school waits and counts nowhere"
    table = registers.table(store.connection, "practice_uses", {"practice_id": reading})
    assert len(table.lines) == 4
    assert table.lines[3].troubles[0], "it says what it waits for"


@pytest.mark.parametrize("mark", ["6", "0", "пять", "4,5"])
def test_a_mark_that_is_none_stays_as_typed(store: Store, ids: dict[str, int], reading: int, mark: str) -> None:
    typed(store, reading, {"organisation_id": "СОШ № 1", "rating": mark})
    assert practices.get(store.connection, reading).standing.rating is None
    (line,) = registers.table(store.connection, "practice_uses", {"practice_id": reading}).lines
    assert line.texts[3] == mark
    assert 3 in line.troubles


def test_a_school_in_two_rows_counts_once(store: Store, ids: dict[str, int], reading: int) -> None:
    typed(store, reading, {"organisation_id": "СОШ № 1", "state": "пробует", "since": "01.09.2026", "rating": "3"},
          {"organisation_id": "СОШ № 1", "state": "внедрила", "since": "01.11.2026", "rating": "5"})  # fmt: skip
    standing = practices.get(store.connection, reading).standing
    assert (standing.adopted, standing.number("trying"), standing.marks) == (1, 0, (5,))
    assert standing.twice == ("СОШ № 1",)


def test_merged_schools_count_under_the_canonical_record(store: Store, ids: dict[str, int], reading: int) -> None:
    typed(store, reading, {"organisation_id": "СОШ № 1", "state": "внедрила", "since": "01.09.2026", "rating": "3"},
          {"organisation_id": "СОШ № 2", "state": "пробует", "since": "01.11.2026", "rating": "5"})  # fmt: skip
    own = practices.add(store, title="Своя", organisation_id=ids["СОШ № 2"])
    schools.merge(store, ids["СОШ № 2"], ids["СОШ № 1"])
    standing = practices.get(store.connection, reading).standing
    assert [(use.school, use.state, use.rating) for use in standing.uses] == [("СОШ № 1", "adopted", 3)]
    assert practices.get(store.connection, own).school == "СОШ № 1"
    assert [item.id for item in practices.listing(store.connection, school_id=ids["СОШ № 1"])] == [own]
    assert practices.totals(practices.listing(store.connection)).adopting == 1


# --- changing ------------------------------------------------------------------------------------------------------


def test_everything_can_be_taken_back(store: Store, ids: dict[str, int]) -> None:
    states = [stores.dump(store.connection)]

    def step() -> None:
        states.append(stores.dump(store.connection))

    key = practices.add(store, title="  Листы \n с опорами ", organisation_id=ids["Лицей"], problem="Одно.\nДругое. ")
    step()
    practices.edit(store, key, subject="Математика", deficit_kind="предметный")
    step()
    practices.accept(store, key, "приказ № 7", DAY)
    step()
    practices.offer_to(store, key, ids["СОШ № 1"], DAY)
    step()
    practices.put_use(store, key, ids["СОШ № 1"], state="внедрила", rating="4")
    step()
    practices.put_state(store, [key], "archived")
    step()
    item = practices.get(store.connection, key)
    assert (item.title, item.problem, item.deficit_kind) == ("Листы с опорами", "Одно.\nДругое.", "subject")
    assert item.state == "archived"
    practices.remove(store, [key])
    assert practices.listing(store.connection) == []
    for before in reversed(states):
        store.undo()
        assert stores.dump(store.connection) == before
    for _step in states:
        store.redo()
    assert practices.listing(store.connection) == []


def test_a_practice_comes_into_the_bank_by_a_document(store: Store, ids: dict[str, int]) -> None:
    key = practices.add(store, title="Опыт")
    practices.accept(store, key, "протокол от 12.11.2026 № 4", date(2026, 11, 12))
    item = practices.get(store.connection, key)
    assert item.state_words.replace("\u00a0", " ") == "в банке с 12.11.2026: протокол от 12.11.2026 № 4"
    assert practices.put_state(store, [key], "archived") == 1
    assert practices.put_state(store, [key], "archived") == 0
    assert practices.put_state(store, [key], "accepted") == 1
    assert practices.get(store.connection, key).state == "accepted"
    new = practices.add(store, title="Другой")
    practices.put_state(store, [new], "archived")
    practices.put_state(store, [new], "accepted")
    assert practices.get(store.connection, new).state == "proposed", "nobody has accepted it yet"


def test_what_hangs_on_a_practice_is_told_and_goes_with_it(
    store: Store, ids: dict[str, int], reading: int, tmp_path: Path
) -> None:
    deficit(store, ids["СОШ № 1"], "Русский язык", "смысловое чтение")
    (need,) = support_offers.needs(store.connection, YEAR, DAY)
    support_offers.take(store, YEAR, DAY, [(need.deficit.id, f"practice:{reading}")])
    proof = tmp_path / "итоги.txt"
    proof.write_text("18 из 52 и 9 из 49", encoding="utf-8")
    registers.attach(store, "practices", reading, [proof])
    assert practices.get(store.connection, reading).files == 1
    told = "1 строка о школах, 1 файл, 1 связь с картой помощи"
    assert practices.hanging(store.connection, [reading]).replace("\u00a0", " ") == told
    before = stores.dump(store.connection)
    assert practices.remove(store, [reading]).replace("\u00a0", " ") == told
    (line,) = registers.rows(store.connection, "support", school_year=YEAR)
    assert (line["practice_id"], line["offer"]) == (None, "Практика «Читаем вместе»")
    store.undo()
    assert stores.dump(store.connection) == before


@pytest.mark.parametrize(
    ("code", "act"),
    [
        ("PRACT_GONE", lambda store, ids, key: practices.edit(store, 5, title="а")),
        ("PRACT_GONE", lambda store, ids, key: practices.get(store.connection, 5)),
        ("PRACT_WORD", lambda store, ids, key: practices.edit(store, key, deficit_kind="душевный")),
        ("PRACT_NO_TITLE", lambda store, ids, key: practices.accept(store, practices.add(store), "", DAY)),
        ("PRACT_OWN", lambda store, ids, key: practices.offer_to(store, key, ids["Лицей"], DAY)),
        ("PRACT_UNKNOWN", lambda store, ids, key: practices.named(store.connection, "физика")),
        ("PRACT_UNKNOWN", lambda store, ids, key: practices.named(store.connection, " ")),
        ("GEN_NO_SCHOOL", lambda store, ids, key: practices.offer_to(store, key, 5, DAY)),
    ],
)
def test_what_cannot_be_done_is_told(store: Store, ids: dict[str, int], reading: int, code: str, act: object) -> None:
    with pytest.raises(UserError) as refused:
        act(store, ids, reading)  # type: ignore[operator]
    assert refused.value.code == code


def test_a_school_is_offered_a_practice_once(store: Store, ids: dict[str, int], reading: int) -> None:
    practices.offer_to(store, reading, ids["СОШ № 2"], DAY)
    with pytest.raises(UserError) as refused:
        practices.offer_to(store, reading, ids["СОШ № 2"], DAY)
    assert refused.value.code == "PRACT_TAKEN"
    assert "СОШ № 2" in refused.value.what


def test_a_name_may_be_a_part_of_the_title(store: Store, reading: int) -> None:
    other = practices.add(store, title="Читаем вместе с родителями")
    assert practices.named(store.connection, "читаем ВМЕСТЕ").id == reading, "the whole title speaks first"
    assert practices.named(store.connection, "с родит").id == other
    with pytest.raises(UserError) as refused:
        practices.named(store.connection, "вместе")
    assert refused.value.code == "PRACT_SEVERAL"
    assert "Читаем вместе с родителями" in refused.value.what


# --- finding -------------------------------------------------------------------------------------------------------


def test_of_equal_ones_the_more_used_comes_first(store: Store, ids: dict[str, int]) -> None:
    keys = [practices.add(store, title=f"Геометрия {letter}") for letter in "абв"]
    for key in keys[1:]:
        practices.accept(store, key, "", DAY)
    practices.put_use(store, keys[2], ids["СОШ № 1"], state="внедрила")
    found = practice_search.find(practices.listing(store.connection), "геометрия")
    assert [hit.practice.id for hit in found] == [keys[2], keys[1], keys[0]]
    assert found[0].why == "в названии: геометрия"


def test_only_what_is_in_the_bank_and_new_to_the_school_is_proposed(
    store: Store, ids: dict[str, int], reading: int
) -> None:
    deficit(store, ids["СОШ № 1"], "Русский язык", "смысловое чтение на уроке")
    deficit(store, ids["Лицей"], "Русский язык", "смысловое чтение")
    proposed = practices.add(store, title="Чтение по ролям", subject="Русский язык", problem="Смысловое чтение")

    def fits(school: str) -> list[int]:
        return [fit.practice.id for fit in practice_search.for_school(store.connection, ids[school], YEAR)]

    assert fits("СОШ № 1") == [reading]
    assert fits("Лицей") == [], "its own experience"
    assert fits("СОШ № 2") == [], "no deficit is entered"
    practices.put_use(store, reading, ids["СОШ № 1"], state="отказалась")
    assert fits("СОШ № 1") == []
    practices.accept(store, proposed, "", DAY)
    assert fits("СОШ № 1") == [proposed]
    item = practices.get(store.connection, proposed)
    found = practice_search.schools_for(store.connection, item, YEAR)
    assert sorted(fit.deficit.school for fit in found) == ["Лицей", "СОШ № 1"]
    assert practice_search.schools_for(store.connection, item, YEAR - 1) == []


def test_an_offer_of_the_support_card_keeps_the_practice(store: Store, ids: dict[str, int], reading: int) -> None:
    deficit(store, ids["СОШ № 1"], "Русский язык", "смысловое чтение на уроке")
    (need,) = support_offers.needs(store.connection, YEAR, DAY)
    (offer,) = need.offers
    assert (offer.id, offer.title, offer.provider) == (f"practice:{reading}", "Практика «Читаем вместе»", "Лицей")
    assert offer.why == "тот же предмет: русский язык; о том же: смысловое, чтение"
    before = stores.dump(store.connection)
    assert support_offers.take(store, YEAR, DAY, [(need.deficit.id, offer.id)]) == 1
    (line,) = registers.rows(store.connection, "support", school_year=YEAR)
    assert (line["practice_id"], line["provider"], line["platform_id"]) == (reading, "Лицей", None)
    (use,) = practices.get(store.connection, reading).standing.uses
    assert (use.school, use.state, use.since) == ("СОШ № 1", "planned", "2026-11-23")
    assert support_offers.needs(store.connection, YEAR, DAY) == ()
    store.undo()
    assert stores.dump(store.connection) == before


def test_a_helper_comes_before_a_practice_that_fits_as_well(store: Store, ids: dict[str, int], reading: int) -> None:
    registers.add(store, "platforms", {"school_year": YEAR}, title="Русский язык", topic="Смысловое чтение",
                  organisation_id=ids["СОШ № 2"])  # fmt: skip
    deficit(store, ids["СОШ № 1"], "Русский язык", "смысловое чтение")
    (need,) = support_offers.needs(store.connection, YEAR, DAY)
    assert [offer.kind for offer in need.offers] == ["platform", "practice"]


def test_the_card_of_a_school_tells_what_fits_what_it_uses_and_its_own(
    store: Store, ids: dict[str, int], reading: int
) -> None:
    deficit(store, ids["СОШ № 1"], "Русский язык", "смысловое чтение")
    used = practices.add(store, title="Геометрия", organisation_id=ids["СОШ № 2"])
    practices.put_use(store, used, ids["СОШ № 1"], state="внедрила", rating="4")
    practices.add(store, title="Свой", organisation_id=ids["СОШ № 1"])

    def told(school: str) -> list[tuple[str, str]]:
        kept = schools.card(store.connection, ids[school])
        assert kept is not None
        about = About(store.connection, kept, (ids[school],), YEAR, None)
        return [(line.label, line.text) for line in card_part(about).lines]

    assert told("СОШ № 1") == [("Подойдёт", "Читаем вместе, Лицей"), ("Внедрила", "Геометрия"), ("Свой опыт", "Свой")]
    assert told("Лицей") == [("Свой опыт", "Читаем вместе")]
    assert told("СОШ № 3") == []


def test_the_search_of_the_window_finds_practices(store: Store, ids: dict[str, int], reading: int) -> None:
    practices.add(store)
    rows = [row for row in finding.findable(store.connection) if row.page == "work"]
    assert [(row.text, row.what, row.payload) for row in rows] == [
        ("Читаем вместе", "практика, Лицей", ("practices", reading)),
    ]  # fmt: skip


def test_the_view_of_an_empty_file_and_of_one_school(store: Store, ids: dict[str, int]) -> None:
    empty = practice_view.bank(store.connection, YEAR)
    assert (empty.hits, empty.total, empty.needy) == ((), 0, ())
    key = practices.add(store, title="Листы", subject="Математика")
    practices.accept(store, key, "", DAY)
    deficit(store, ids["СОШ № 3"], "Математика", "геометрия")
    found = practice_view.bank(store.connection, YEAR, "", ids["СОШ № 3"])
    assert [(hit.practice.id, hit.why) for hit in found.hits] == [
        (key, "Математика: геометрия: тот же предмет: математика")
    ]
    assert found.needy == ((ids["СОШ № 3"], "СОШ № 3"),)
    assert practice_view.bank(store.connection, YEAR, "физика", ids["СОШ № 3"]).hits == ()


# --- papers --------------------------------------------------------------------------------------------------------


def _table(store: Store, kind: str, **values: str) -> list[tuple[str, list[tuple[object, ...]]]]:
    paper = paper_catalogue.make(store.connection, kind, values, DAY)
    (table,) = [block for block in paper.document.blocks if isinstance(block, Table)]
    return [(group.title, [row.cells for row in group.rows]) for group in table.groups]


def test_papers_say_what_the_bank_says(store: Store, ids: dict[str, int], reading: int) -> None:
    practices.put_use(store, reading, ids["СОШ № 1"], state="внедрила", rating="5", since="07.09.2026")
    practices.add(store, title="Опыт без предмета")
    bank = _table(store, "practice_bank", which="all")
    assert [title for title, _rows in bank] == ["Русский язык", "Без предмета"]
    assert bank[0][1][0][4:6] == (1, "5,0 по\u00a01\u00a0оценке")
    assert len(_table(store, "practice_bank", which="accepted")) == 1
    assert _table(store, "practice_bank", which="all", subject="Математика") == []
    ((title, rows),) = _table(store, "practice_uses", which="all")
    assert title.startswith("Читаем вместе")
    assert [row[1] for row in rows] == ["внедрила"]
    ((_title, rows),) = _table(store, "practice_card", practice=str(reading))
    assert [row[3] for row in rows] == [5]


def test_an_unknown_practice_makes_no_paper(store: Store) -> None:
    with pytest.raises(UserError) as refused:
        paper_catalogue.make(store.connection, "practice_card", {"practice": "5"}, DAY)
    assert refused.value.code == "PRACT_GONE"


def test_what_a_description_lacks_is_told(store: Store) -> None:
    item: Practice = practices.get(store.connection, practices.add(store))
    assert item.lacks == ("название", "автор", "какую проблему решает", "что делают", "чем подтверждается")
    assert item.shown == "без названия"
    practices.edit(store, item.id, title="Опыт", author="Ким О. В.", problem="П", idea="И", link="example.org")
    assert practices.get(store.connection, item.id).lacks == ()


# --- many ----------------------------------------------------------------------------------------------------------

TOPICS = ("смысловое чтение", "геометрия на участке", "сочинение рассуждение", "задания с ответом", "опыт по физике")


def test_two_thousand_practices_are_searched_at_the_cost_of_a_few_readings(store: Store, ids: dict[str, int]) -> None:
    """The search is as cheap as reading the rows a few times; processor time, so that a busy machine says nothing."""
    with store.operation("Много", "test") as operation:
        for number in range(2000):
            topic = TOPICS[number % 5]
            key = operation.insert(
                "practice", title=f"{topic} {number}", problem=f"{topic}, класс {number % 9}",
                idea=f"{topic} и пример " * 8, subject="Математика", organisation_id=ids["Лицей"],
                state="accepted", accepted_on="2026-01-01",
            )  # fmt: skip
            operation.insert("practice_use", practice_id=key, organisation_id=ids["СОШ № 1"], rating=1 + number % 5)
    connection = store.connection

    def read() -> None:
        connection.execute("SELECT * FROM practice").fetchall()
        connection.execute("SELECT * FROM practice_use").fetchall()

    def spent(work: Callable[[], object]) -> float:
        times = []
        for _try in range(5):
            before = process_time()
            work()
            times.append(process_time() - before)
        return min(times)

    bound = spent(read)
    found = practice_view.bank(connection, YEAR, "смысловому чтению")
    assert len(found.hits) == 400
    assert spent(lambda: practice_view.bank(connection, YEAR, "смысловому чтению")) < bound * MOST_TIMES


MOST_TIMES = 25
"""Measured: 7 times the reading of all rows, 82 ms on a busy machine."""
