"""Half-typed answers of questionnaires entered one by one: kept, shown, finished, forgotten, never counted."""

from __future__ import annotations

from app.models.forms import SubjectRef
from app.models.store import Store
from app.operations import checks, surveys
from app.operations.surveys import SheetDraft


def questions(store: Store, sheet: int) -> tuple[str, str]:
    items = list(surveys.view(store.connection, sheet).line.form.items())
    return items[0].id, items[1].id


def test_half_typed_answers_wait_and_go_with_the_line_that_they_stand_in(store: Store) -> None:
    sheet = surveys.add(store, "listener", 2026, SheetDraft(SubjectRef("event", name="Семинар")))
    first, second = questions(store, sheet)
    surveys.put_typed(store, sheet, 0, first, "выс, a@b.ru")
    view = surveys.view(store.connection, sheet)
    assert (view.rows, list(view.typed), "a@b.ru" in view.typed[0, first]) == ((), [(0, first)], False)
    assert any("выс" in one.what for one in checks.problems(store.connection))
    surveys.put_cells(store, sheet, [(-1, second, "1")])
    view = surveys.view(store.connection, sheet)
    [row] = view.rows
    assert list(view.typed) == [(row.id, first)]
    surveys.put_cells(store, sheet, [(row.id, first, "1")])
    assert surveys.view(store.connection, sheet).typed == {}
    surveys.put_typed(store, sheet, row.id, first, "вы")
    surveys.remove_rows(store, sheet, [row.id])
    assert surveys.view(store.connection, sheet).typed == {}
    store.undo()
    assert surveys.view(store.connection, sheet).typed == {(row.id, first): "вы"}
    assert len(surveys.view(store.connection, sheet).rows) == 1
