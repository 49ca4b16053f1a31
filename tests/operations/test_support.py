"""Support of schools: agreements, people, deficits, plans, the card, risks; merged and absent things, undo."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.errors import UserError
from app.models.store import Store
from app.operations import (
    metrics,
    registers,
    schools,
    support,
    support_needs,
    support_offers,
    support_partners,
    support_risks,
    ties,
)
from app.operations.support_needs import Cell
from app.operations.ties import NewTie
from tests.helpers import stores

YEAR = 2026
SCOPE = {"school_year": YEAR}
DAY = date(2026, 11, 23)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return stores.made(tmp_path / "file.opora")


@pytest.fixture
def ids(store: Store) -> dict[str, int]:
    return {name: stores.school(store, name, own=1) for name in ("СОШ № 1", "СОШ № 2", "Лицей")}


def typed(store: Store, key: str, *rows: dict[str, str], scope: dict[str, int] | None = None) -> list[int]:
    """Type rows as a person does; returns their keys."""
    cells = [(-place, name, text) for place, row in enumerate(rows, start=1) for name, text in row.items()]
    made = registers.put_cells(store, key, SCOPE if scope is None else scope, cells)
    return [made[-place] for place in range(1, len(rows) + 1)]


# --- agreements ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        ({"number": "7", "dated": "01.09.2026", "date_to": "30.05.2027"}, "ok"),
        ({"number": "7", "dated": "01.09.2026", "date_to": "23.11.2026"}, "ok"),
        ({"number": "7", "dated": "01.09.2026", "date_to": "22.11.2026"}, "expired"),
        ({"number": "7"}, "unnumbered"),
        ({"dated": "01.09.2026"}, "unnumbered"),
        ({"state": "готовится"}, "planned"),
        ({"state": "завершено", "date_to": "01.10.2026"}, "ended"),
        ({"state": "расторгнуто"}, "broken"),
    ],
)
def test_an_agreement_says_what_it_lacks(store: Store, ids: dict[str, int], row: dict[str, str], shown: str) -> None:
    typed(store, "partnerships", {"receiver_id": "СОШ № 1", "donor": "Педколледж"} | row)
    (item,) = support_partners.partnerships(store.connection, YEAR, DAY)
    assert item.shown == shown
    assert item.receiver_id == ids["СОШ № 1"]
    assert item.donor_id is None


def test_events_are_counted_and_people_only_of_those_that_were_held(store: Store, ids: dict[str, int]) -> None:
    (key,) = typed(store, "partnerships", {"receiver_id": "СОШ № 1", "donor": "лицей"})
    typed(
        store, "joint", {"title": "Открытый урок", "held_on": "10.10.2026", "participants": "18"},
        {"title": "Семинар", "held_on": "11.10.2026"}, {"title": "Выезд", "participants": "40"},
        scope={"partnership_id": key},
    )  # fmt: skip
    (item,) = support_partners.partnerships(store.connection, YEAR, DAY)
    assert (len(item.events), item.held, item.participants) == (3, 2, 18)
    assert item.donor_id == ids["Лицей"]
    assert not support_partners.partnerships(store.connection, YEAR + 1, DAY)


def test_ties_come_into_the_register_once(store: Store, ids: dict[str, int]) -> None:
    pupil, lyceum, second = ids["СОШ № 1"], ids["Лицей"], ids["СОШ № 2"]
    ties.add(store, YEAR, [
        NewTie(lyceum, pupil, "Математика", 6, "agreed", "3", "2026-10-20", None),
        NewTie(lyceum, second, None, None, "planned", None, None, None),
    ])  # fmt: skip
    before = stores.dump(store.connection)
    assert support_partners.take_ties(store, YEAR) == 1
    assert support_partners.take_ties(store, YEAR) == 0
    (item,) = support_partners.partnerships(store.connection, YEAR, DAY)
    assert (item.donor_id, item.receiver_id, item.topic, item.shown) == (lyceum, pupil, "Математика, 6 класс", "ok")
    store.undo()
    assert stores.dump(store.connection) == before


def test_a_merged_donor_is_its_canonical_school(store: Store, ids: dict[str, int]) -> None:
    lyceum, second = ids["Лицей"], ids["СОШ № 2"]
    registers.add(store, "partnerships", SCOPE, donor="Лицей", donor_id=lyceum, receiver_id=ids["СОШ № 1"])
    schools.merge(store, lyceum, second)
    assert len(support.of_school(store.connection, second, YEAR, DAY).gives) == 1


# --- people ----------------------------------------------------------------------------------------------------


def test_a_curator_has_several_schools_and_a_director_is_none(store: Store, ids: dict[str, int]) -> None:
    schools.appoint(store, ids["СОШ № 1"], full_name="Громова Л. А.")
    typed(
        store, "supporters",
        {"person_id": "Ким О. В.", "role": "куратор", "organisation_id": "СОШ № 1"},
        {"person_id": "Ким О. В.", "role": "куратор", "organisation_id": "СОШ № 2"},
        {"person_id": "Ким О. В.", "role": "тьютор", "organisation_id": "СОШ № 2"},
        {"person_id": "Давно Т. Т.", "role": "куратор", "organisation_id": "Лицей", "date_to": "31.08.2026"},
        scope={},
    )  # fmt: skip
    assert len(registers.table(store.connection, "supporters", {}).lines) == 4
    (found,) = support_partners.supporters(store.connection, YEAR)
    assert (found.name, len(found.duties), len(found.schools)) == ("Ким О. В.", 3, 2)
    left = support_partners.without_supporter([found], ids.values())
    assert left == (ids["Лицей"],)
    (before,) = [item for item in support_partners.supporters(store.connection, YEAR - 1) if item.name != "Ким О. В."]
    assert before.schools == (ids["Лицей"],)


# --- deficits and plans ------------------------------------------------------------------------------------------


def test_the_pivot_adds_people_and_tells_a_line_without_people_from_nothing(store: Store, ids: dict[str, int]) -> None:
    typed(
        store, "deficits",
        {"organisation_id": "СОШ № 1", "subject": "Математика", "people": "3", "audience": "учителя"},
        {"organisation_id": "СОШ № 1", "subject": "математика", "people": "2", "audience": "руководители"},
        {"organisation_id": "СОШ № 2", "subject": "Математика", "text": "геометрия"},
        {"organisation_id": "СОШ № 2", "text": "дисциплина", "people": "0"},
    )  # fmt: skip
    found = support_needs.deficits(store.connection, YEAR)
    table = support_needs.pivot(found)
    one, two = ids["СОШ № 1"], ids["СОШ № 2"]
    assert table.subjects == ("Математика", "Без предмета")
    assert table.cells == {
        (one, "Математика"): Cell(2, 5), (two, "Математика"): Cell(1, None), (two, "Без предмета"): Cell(1, 0),
    }  # fmt: skip
    assert table.totals == {"Математика": Cell(3, 5), "Без предмета": Cell(1, 0)}
    assert table.by_school[two] == Cell(2, 0)
    assert [cell.text for cell in table.cells.values()] == ["5", "есть", "0"]
    only = support_needs.pivot(found, "heads")
    assert only.cells == {(one, "математика"): Cell(1, 2)}


def test_a_merged_school_stands_in_one_line(store: Store, ids: dict[str, int]) -> None:
    typed(store, "deficits", {"organisation_id": "СОШ № 1", "subject": "Физика", "people": "1"},
          {"organisation_id": "СОШ № 2", "subject": "Физика", "people": "2"})  # fmt: skip
    preview = schools.preview_merge(store.connection, ids["СОШ № 2"], ids["СОШ № 1"])
    assert ("deficit", 1) in [(item.table, item.new) for item in preview.facts]
    schools.merge(store, ids["СОШ № 2"], ids["СОШ № 1"])
    table = support_needs.pivot(support_needs.deficits(store.connection, YEAR))
    assert table.cells == {(ids["СОШ № 1"], "Физика"): Cell(2, 3)}
    found = support.of_school(store.connection, ids["СОШ № 2"], YEAR, DAY)
    assert (found.school_id, len(found.deficits)) == (ids["СОШ № 1"], 2)


def test_plans_are_counts_and_a_short_school_is_named(store: Store, ids: dict[str, int]) -> None:
    typed(
        store, "plans",
        {"organisation_id": "СОШ № 1", "kind": "планы учителей (ИППР)", "need": "4", "planned": "3"},
        {"organisation_id": "СОШ № 2", "kind": "планы учителей (ИППР)", "need": "2", "planned": "2", "done": "1"},
        {"organisation_id": "Лицей", "kind": "планы учителей (ИППР)", "planned": "1"},
    )  # fmt: skip
    (teachers,) = support_needs.plans(store.connection, YEAR)
    assert (teachers.need, teachers.planned, teachers.done, teachers.schools) == (6, 6, 1, 3)
    assert teachers.short == ("СОШ № 1",)


# --- the support card --------------------------------------------------------------------------------------------


@pytest.fixture
def needy(store: Store, ids: dict[str, int]) -> dict[str, int]:
    platform, other = typed(
        store, "platforms", {"title": "Математика без двоек", "organisation_id": "Лицей", "topic": "ОГЭ"},
        {"title": "Читаем вместе", "topic": "Русский язык"},
    )  # fmt: skip
    maths, talk = typed(
        store, "deficits",
        {"organisation_id": "СОШ № 1", "subject": "Математика", "text": "задания ОГЭ", "people": "3"},
        {"organisation_id": "СОШ № 2", "text": "детские ссоры"},
    )  # fmt: skip
    return {"platform": platform, "other": other, "maths": maths, "talk": talk}


def test_a_deficit_meets_the_platform_of_its_topic(store: Store, needy: dict[str, int], ids: dict[str, int]) -> None:
    first, second = support_offers.needs(store.connection, YEAR, DAY)
    (offer,) = first.offers
    assert (offer.id, offer.provider) == (f"platform:{needy['platform']}", "Лицей")
    assert offer.why == "в теме площадки: математика, огэ" or "математика" in offer.why
    assert second.offers == ()
    assert support_offers.best([first, second]) == [(needy["maths"], offer.id)]
    assert not support_offers.needs(store.connection, YEAR, DAY, ids["Лицей"])


def test_a_platform_is_not_offered_to_its_own_school(store: Store, needy: dict[str, int]) -> None:
    registers.edit(store, "platforms", needy["platform"], organisation_id=store.connection.execute(
        "SELECT organisation_id FROM deficit WHERE id = ?", (needy["maths"],)).fetchone()[0])  # fmt: skip
    assert support_offers.needs(store.connection, YEAR, DAY)[0].offers == ()


def test_a_proposal_that_is_taken_closes_the_deficit_and_goes_back(store: Store, needy: dict[str, int]) -> None:
    before = stores.dump(store.connection)
    chosen = [(needy["maths"], f"platform:{needy['platform']}"), (needy["talk"], "")]
    assert support_offers.take(store, YEAR, DAY, chosen) == 2
    assert not support_offers.needs(store.connection, YEAR, DAY)
    first, second = support.lines(store.connection, YEAR, DAY)
    assert (first.deficit, first.offer, first.platform_id) == (
        "Математика: задания ОГЭ", "Площадка «Математика без двоек»", needy["platform"],
    )  # fmt: skip
    assert (second.deficit, second.offer) == ("детские ссоры", "")
    with pytest.raises(UserError) as error:
        support_offers.take(store, YEAR, DAY, chosen)
    assert error.value.code == "MON_OFFER_GONE"
    store.undo()
    assert stores.dump(store.connection) == before


def test_a_refused_line_closes_nothing_and_the_same_words_do(store: Store, needy: dict[str, int]) -> None:
    (line,) = typed(store, "support", {"organisation_id": "СОШ № 1", "deficit": "математика: задания огэ"})
    assert [need.deficit.id for need in support_offers.needs(store.connection, YEAR, DAY)] == [needy["talk"]]
    registers.edit(store, "support", line, state="refused")
    assert len(support_offers.needs(store.connection, YEAR, DAY)) == 2


def test_an_agreement_is_offered_by_its_topic_only_to_its_school(store: Store, needy: dict[str, int]) -> None:
    typed(store, "partnerships", {"receiver_id": "СОШ № 1", "donor": "ИРО", "topic": "Математика", "number": "5"},
          {"receiver_id": "СОШ № 1", "donor": "Завод", "topic": "Профориентация"},
          {"receiver_id": "СОШ № 2", "donor": "Вуз"})  # fmt: skip
    first, second = support_offers.needs(store.connection, YEAR, DAY)
    assert [offer.provider for offer in first.offers] == ["Лицей", "ИРО"]
    assert [(offer.provider, offer.score) for offer in second.offers] == [("Вуз", 0)]


@pytest.mark.parametrize(("end", "state", "late"), [
    ("22.11.2026", "запланировано", True), ("23.11.2026", "идёт", False), ("22.11.2026", "выполнено", False),
    ("", "идёт", False),
])  # fmt: skip
def test_a_line_is_late_after_its_end(store: Store, ids: dict[str, int], end: str, state: str, late: bool) -> None:
    typed(store, "support", {"organisation_id": "СОШ № 1", "date_to": end, "state": state})
    (line,) = support.lines(store.connection, YEAR, DAY)
    assert line.late is late


# --- factors of risk -----------------------------------------------------------------------------------------------


def profile(store: Store, school: int, year: int, **factors: str) -> None:
    with store.operation("Профиль", "test") as operation:
        listed = operation.insert("external_list", kind="risk_profile", year=year, title=f"Профиль {year}",
                                  added_at="2026-01-01", actor="Тестов")  # fmt: skip
        for code, value in factors.items():
            operation.insert("external_entry", list_id=listed, organisation_id=school, item=code, value=value,
                             raw=value)  # fmt: skip


def test_factors_of_the_newest_profile_meet_their_measures(store: Store, ids: dict[str, int]) -> None:
    school = ids["СОШ № 1"]
    profile(store, school, 2025, parents="высокая")
    profile(store, school, 2026, equipment="низкая", motivation="средняя", staff_shortage="высокая", discipline="нет")
    profile(store, school, 2030, parents="высокая")
    typed(store, "risks", {"organisation_id": "СОШ № 1", "factor": "Дефицит кадров", "due_on": "01.11.2026"},
          {"organisation_id": "СОШ № 2", "factor": "Дефицит кадров"})  # fmt: skip
    found = support_risks.risks(store.connection, YEAR, DAY)
    assert [(line.code, len(line.measures), line.asks) for line in found.factors] == [
        ("staff_shortage", 1, False), ("motivation", 0, True), ("discipline", 0, False), ("equipment", 0, False),
    ]  # fmt: skip
    assert (found.profile, found.late, len(found.loose)) == ("Профиль 2026", 1, 1)
    assert support_risks.start(store, YEAR, DAY, [(school, "motivation")]) == 1
    assert not support_risks.risks(store.connection, YEAR, DAY).asking
    with pytest.raises(UserError) as error:
        support_risks.start(store, YEAR, DAY, [(school, "motivation")])
    assert error.value.code == "MON_FACTOR_GONE"


def test_levels_are_told_by_year(store: Store, ids: dict[str, int]) -> None:
    school = ids["СОШ № 1"]
    metrics.put(store, 2025, [(school, "smp_level", "базовый"), (school, "smp_knowledge", "8 из 25")])
    metrics.put(store, 2026, [(school, "smp_level", "средний"), (school, "smp_total", "95 из 190")])
    found = support_risks.self_check(store.connection, YEAR)
    line = next(line for line in found.lines if line.school_id == school)
    assert (found.years, found.known) == ((2023, 2024, 2025, 2026), 1)
    assert line.levels == {2025: "базовый", 2026: "средний"}
    assert list(line.totals) == [2026]
    told = support_risks.directions(store.connection, school, YEAR)
    assert list(told) == ["Уровень", "Всего баллов", "Знание"]
    assert list(told["Знание"]) == [2025]


# --- everything ----------------------------------------------------------------------------------------------------


def test_an_empty_file_has_no_support_and_no_trouble(store: Store) -> None:
    found = support.summary(store.connection, YEAR, DAY)
    assert (found.listed, found.result_year, found.participants, found.deficit_people) == ((), None, None, None)
    assert (found.agreements, found.platforms, found.plans, found.lines, found.factors) == (0, 0, (), {}, 0)


def test_the_summary_counts_what_the_registers_hold(store: Store, needy: dict[str, int], ids: dict[str, int]) -> None:
    typed(store, "partnerships", {"receiver_id": "СОШ № 1", "number": "1", "dated": "01.09.2026"},
          {"receiver_id": "СОШ № 1"}, {"receiver_id": "СОШ № 2", "state": "готовится"})  # fmt: skip
    support_offers.take(store, YEAR, DAY, [(needy["maths"], f"platform:{needy['platform']}")])
    found = support.summary(store.connection, YEAR, DAY)
    assert (found.agreements, found.unnumbered, found.receivers) == (2, 1, (ids["СОШ № 1"],))
    assert (found.deficits, found.closed, found.deficit_people, found.deficit_schools) == (2, 1, 3, 2)
    assert (found.platforms, found.measures, found.measured) == (2, 16, 0)
    assert found.lines == {"planned": 1}
    with pytest.raises(UserError) as error:
        support.of_school(store.connection, 1, YEAR, DAY)
    assert error.value.code == "GEN_NO_SCHOOL"
