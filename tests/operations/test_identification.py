from __future__ import annotations

import sqlite3

import pytest

from app.errors import UserError
from app.models import lists
from app.models.store import Store
from app.operations import checks, history, identification, papers, results, schools
from app.operations.identification import SchoolList
from app.operations.results import Options
from tests.operations.conftest import MATHS5, MATHS6, RUSSIAN5, mark, reading, school

RULE = "rosobrnadzor-2022"


@pytest.fixture
def filled(store: Store) -> Store:
    """Three schools, 2025 and 2026, worked out by hand.

    № 1: 2026 3/10 and 8/20 (two procedures: listed), № 2: 2026 8/27 is 29.63 % (not listed),
    № 3: only 2025.
    """
    one, two, three = (school(f"СОШ № {n}", f"edu00000{n}") for n in (1, 2, 3))
    results.load(
        store,
        reading(
            mark(one, MATHS5, 2026, 3, 10),
            mark(one, RUSSIAN5, 2026, 8, 20),
            mark(two, MATHS5, 2026, 8, 27),
            mark(two, MATHS6, 2025, 9, 30),
            mark(three, MATHS5, 2024, 1, 30),
        ),
        Options(create_schools=True),
    )
    return store


def answer(found: SchoolList) -> dict[str, tuple[str, bool]]:
    return {row.name: (row.verdict.verdict, row.listed) for row in found.rows}


def test_answers_of_the_rule(filled: Store) -> None:
    found = identification.school_list(filled.connection, RULE, 2026)
    assert answer(found) == {
        "СОШ № 1": ("listed", True),
        "СОШ № 2": ("not_listed", False),
        "СОШ № 3": ("no_data", False),
    }
    assert (found.totals.listed, found.totals.no_data, found.totals.schools) == (1, 1, 3)


def test_a_correction_counts_and_keeps_its_reason(filled: Store) -> None:
    two = schools.find(filled.connection, "edu000002").id
    identification.correct(filled, RULE, 2026, two, "listed", "решение рабочей группы")
    found = identification.school_list(filled.connection, RULE, 2026)
    assert answer(found)["СОШ № 2"] == ("not_listed", True)
    assert found.totals.corrected == 1
    identification.correct(filled, RULE, 2026, two, None, "")
    assert answer(identification.school_list(filled.connection, RULE, 2026))["СОШ № 2"] == ("not_listed", False)
    with pytest.raises(UserError) as caught:
        identification.correct(filled, RULE, 2026, two, "listed", " ")
    assert caught.value.code == "GEN_REASON_NEEDED"


def approve(store: Store) -> lists.Approval:
    return identification.approve(store, RULE, 2026, order_number="214", order_date="28.11.2026", issuer="управления")


def test_an_approved_list_never_changes(filled: Store) -> None:
    made = approve(filled)
    before = identification.school_list(filled.connection, RULE, 2026)
    results.load(filled, reading(mark(school("СОШ № 2", "edu000002"), MATHS5, 2026, 27, 27)))
    identification.put_rule(filled, identification.rule(None, RULE).text.replace("[30, 100]", "[90, 100]"))
    after = identification.school_list(filled.connection, RULE, 2026)
    assert after == before
    assert lists.approval_in_force(filled.connection, RULE, 2026) == made
    with pytest.raises(UserError) as caught:
        identification.correct(filled, RULE, 2026, before.rows[0].school_id, "not_listed", "причина")
    assert caught.value.code == "GEN_APPROVED"


def test_the_frozen_list_equals_the_computed_one(filled: Store) -> None:
    live = identification.school_list(filled.connection, RULE, 2026)
    approve(filled)
    frozen = identification.school_list(filled.connection, RULE, 2026)
    assert frozen.rows == live.rows
    assert frozen.totals == live.totals
    assert frozen.rule == live.rule


def test_sql_can_not_change_a_snapshot(filled: Store) -> None:
    approve(filled)
    for statement in ("UPDATE snapshot SET json = '{}'", "DELETE FROM snapshot"):
        with pytest.raises(sqlite3.IntegrityError, match="frozen"):
            filled.connection.execute(statement)


def test_approval_ends_only_by_its_reverse_operation(filled: Store) -> None:
    approve(filled)
    label = history.history(filled.connection, 1)[0]
    with pytest.raises(UserError) as caught:
        history.undo(filled, label.id)
    assert caught.value.code == "GEN_UNDO_FROZEN"
    with pytest.raises(UserError) as caught:
        approve(filled)
    assert caught.value.code == "GEN_APPROVED"
    identification.cancel_approval(filled, RULE, 2026, "ошибка в приказе")
    assert identification.school_list(filled.connection, RULE, 2026).approval is None
    assert [a.state for a in identification.approvals(filled.connection)] == ["cancelled"]
    assert approve(filled).state == "approved"


def test_what_changed_against_the_year_before(store: Store) -> None:
    one, two, three = (school(f"СОШ № {n}", f"edu00000{n}") for n in (1, 2, 3))
    rows = [
        # № 1 is listed in 2025 and 2026, № 2 left, № 3 came
        mark(one, MATHS5, 2025, 9, 20), mark(one, RUSSIAN5, 2025, 9, 20),
        mark(one, MATHS5, 2026, 9, 20), mark(one, RUSSIAN5, 2026, 9, 20),
        mark(two, MATHS5, 2025, 9, 20), mark(two, RUSSIAN5, 2025, 9, 20), mark(two, MATHS5, 2026, 0, 20),
        mark(three, MATHS5, 2025, 0, 20), mark(three, MATHS5, 2026, 9, 20), mark(three, RUSSIAN5, 2026, 9, 20),
    ]  # fmt: skip
    results.load(store, reading(*rows), Options(create_schools=True))
    found = identification.school_list(store.connection, RULE, 2026)
    assert {row.name: row.change for row in found.rows} == {
        "СОШ № 1": "2-й год",
        "СОШ № 2": "вышла из списка",
        "СОШ № 3": "новая",
    }


def test_closed_schools_are_asked_only_while_they_have_results(filled: Store) -> None:
    three = schools.find(filled.connection, "edu000003").id
    schools.edit(filled, three, {"status": "closed"})
    assert "СОШ № 3" not in answer(identification.school_list(filled.connection, RULE, 2026))
    assert "СОШ № 3" in answer(identification.school_list(filled.connection, RULE, 2024))


def test_reference_schools_only_on_request(store: Store) -> None:
    unit = school("Чужая школа", "edu000009", "Соседний район")
    own = school("СОШ № 1", "edu000001", "Лесогорский муниципальный округ")
    marks = (mark(own, MATHS5, 2026, 1, 20), mark(unit, MATHS5, 2026, 9, 20))
    results.load(store, reading(*marks), Options(create_schools=True))
    assert set(answer(identification.school_list(store.connection, RULE, 2026))) == {"СОШ № 1"}
    everyone = identification.school_list(store.connection, RULE, 2026, everyone=True)
    assert set(answer(everyone)) == {"СОШ № 1", "Чужая школа"}


def test_a_correction_of_an_approved_list_can_not_be_undone(filled: Store) -> None:
    school_id = schools.find(filled.connection, "edu000002").id
    identification.correct(filled, RULE, 2026, school_id, "listed", "решение комиссии")
    approve(filled)
    with pytest.raises(UserError) as caught:
        history.undo(filled)
    assert caught.value.code == "GEN_APPROVED"
    assert school_id in lists.corrections(filled.connection, RULE, 2026)
    identification.cancel_approval(filled, RULE, 2026, "ошибка в приказе")
    assert history.undo(filled, passing=True).kind == "list.correct"
    assert lists.corrections(filled.connection, RULE, 2026) == {}


def test_a_school_that_the_experts_added_shows_its_figures(filled: Store) -> None:
    from app.operations import papers

    school_id = schools.find(filled.connection, "edu000002").id
    identification.correct(filled, RULE, 2026, school_id, "listed", "решение комиссии")
    table = papers.school_list(filled.connection, RULE, 2026).document.tables()[0]
    parts = [row.parts for row in table.rows()]
    assert ("ВПР математика, 5\u00a0кл.", 2026) in {line[:2] for lines in parts for line in lines}
    assert "нет данных" not in {line[0] for lines in parts for line in lines}


def test_figures_that_cannot_be_true_stop_the_approval(filled: Store) -> None:
    key = filled.connection.execute("SELECT id FROM mark_count WHERE participants = 27").fetchone()[0]
    with filled.operation("Число испорчено", "test") as operation:
        operation.update("mark_count", key, m5=100)
    with pytest.raises(UserError) as refusal:
        identification.approve(filled, RULE, 2026, order_number="214", order_date="28.11.2026")
    assert refusal.value.code == "DATA_BLOCKS_LIST"
    assert "СОШ № 2" in refusal.value.what
    history.undo(filled)
    identification.approve(filled, RULE, 2026, order_number="214", order_date="28.11.2026")


def test_an_explanation_is_printed_and_frozen_with_the_list(filled: Store) -> None:
    key = filled.connection.execute("SELECT id FROM mark_count WHERE participants = 10").fetchone()[0]
    with filled.operation("Число другое", "test") as operation:
        operation.update("mark_count", key, m2=2)
    item = next(item for item in checks.problems(filled.connection) if item.code == "DATA_BELOW_TWOS")
    checks.explain(filled, item, "один участник пересдавал")

    def printed() -> str:
        return str(papers.school_list(filled.connection, RULE, 2026).document)

    assert "пересдавал" in printed()
    identification.approve(filled, RULE, 2026, order_number="214", order_date="28.11.2026")
    checks.withdraw(filled, next(i for i in checks.problems(filled.connection) if i.code == "DATA_BELOW_TWOS"))
    assert "пересдавал" in printed(), "the approved list keeps what it said"
