"""Schools merged in the middle of the year: registers name the record that stays, and it is counted once."""

from __future__ import annotations

from datetime import date

from app.models.store import Store
from app.operations import decisions, execution, execution_marks, history, registers, route, schools, support
from tests.helpers import stores
from tests.helpers.programmes import small

DAY = date(2026, 11, 23)
YEAR = {"school_year": 2026}


def test_a_merged_school_is_one_everywhere(store: Store) -> None:
    keys = small(store)
    kept, merged = (schools.add(store, {"name": f"СОШ № {number}"}) for number in (1, 2))
    for school in (kept, merged):
        registers.add(store, "deficits", YEAR, organisation_id=school, text="дроби", people=4)
        registers.add(store, "support", YEAR, organisation_id=school, deficit="дроби", offer="практикум")
        registers.add(store, "risks", YEAR, organisation_id=school, factor="Кадры")
        document = registers.add(store, "documents", YEAR, title="Протокол")
        registers.add(store, "points", {"document_id": document}, text="Помочь", organisation_id=school)
    route.begin(store, 2026, [kept, merged])
    occurrence = (keys["first"], 2026)
    execution_marks.mark(store, [occurrence], "done", done_on="2026-11-01")
    execution_marks.put_schools(store, {occurrence: [kept, merged]})
    before = stores.dump(store.connection)
    schools.merge(store, merged, kept)
    connection = store.connection
    for key in ("deficits", "support", "risks"):
        assert {row["organisation_id"] for row in registers.rows(connection, key, **YEAR)} == {kept}, key
        shown = {cell for line in registers.table(connection, key, YEAR).lines for cell in line.texts}
        assert "СОШ № 1" in shown, key
        assert "СОШ № 2" not in shown, key
    [line] = [one for one in execution.table(connection, keys["programme"], 2026, DAY).lines if one.key == occurrence]
    assert list(line.schools) == [kept]
    assert len(decisions.control(connection, DAY, school_id=kept)) == 2
    assert len(support.of_school(connection, kept, 2026, DAY).lines) == 2
    assert [one.school.id for one in route.board(connection, 2026, DAY).routes] == [kept]
    history.undo(store)
    assert stores.dump(connection) == before
