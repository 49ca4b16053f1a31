"""«Проверить файл»: one window for the file itself and for the count of the findings of its data."""

from __future__ import annotations

from app.operations import checks, file_check
from app.ui.windows.checking import CheckWindow
from app.ui.windows.problems import ProblemsWindow
from tests.ui.conftest import settle
from tests.ui.test_windows import said, top


def checked(window, qapp) -> CheckWindow:
    window.go("check")
    found = top(window, qapp)
    assert isinstance(found, CheckWindow)
    return found


def test_a_sound_file_tells_how_many_findings_its_data_have(window, qapp):
    """The number is that of the joint list, and it follows what a person explains meanwhile."""
    reader = window.session.desk.reader
    waiting = [item for item in checks.problems(reader) if item.open]
    assert waiting
    dialog = checked(window, qapp)
    assert (dialog.state.kind, dialog.state.text, dialog.table.isVisible()) == ("ok", "исправен", False)
    assert f"{len(waiting)}\u00a0замечани" in dialog.told.text()
    assert window.session.open_problems == len(waiting), "the line at the bottom counts the same"
    shown = {level: chip.text for level, chip in dialog.chips.items() if chip.isVisible()}
    assert {level: int(text.split("\u00a0")[0]) for level, text in shown.items()} == {
        level: number for level in checks.LEVELS if (number := sum(p.level == level for p in waiting))
    }
    window.session.desk.write(checks.explain, next(p for p in waiting if p.level != "block"), "Так и есть").result()
    window.session.look()
    settle(qapp)
    assert f"{len(waiting) - 1}\u00a0замечани" in dialog.told.text()
    dialog.open_problems.click()
    assert isinstance(top(window, qapp), ProblemsWindow)


def test_a_file_without_findings_has_nothing_to_open(window, qapp, monkeypatch):
    monkeypatch.setattr(file_check.checks, "problems", lambda _connection: [])
    dialog = checked(window, qapp)
    assert dialog.told.text() == "Открытых замечаний нет."
    assert not dialog.open_problems.isEnabled()
    assert dialog.open_problems.toolTip()
    assert not any(chip.isVisible() for chip in dialog.chips.values())


def test_an_unsound_file_says_what_is_wrong_and_judges_no_data(window, qapp):
    store = window.session.desk.store
    name = store.connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY 1").fetchone()[0]
    store.connection.execute(f"DROP TRIGGER {name}")
    dialog = checked(window, qapp)
    assert (dialog.state.kind, [p.code for p in dialog.table.model.all_rows()]) == ("bad", ["STORE_TRIGGERS"])
    assert dialog.table.isVisible()
    assert name in dialog.one.text()
    assert "не проверялись" in said(dialog)
    assert not dialog.open_problems.isEnabled()
