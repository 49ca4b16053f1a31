"""The protocol of a reserve day in a file of its own: the window asks before it takes the place of the main day."""

from __future__ import annotations

from pathlib import Path

from app.operations import results
from app.ui.windows.import_rows import state_of
from app.ui.windows.importing import Entry, ImportWizard
from tests.e2e.seat import Seat, plain
from tests.importers.gia.protocols import OGE_HEAD, block, oge

LINE = "02 - Математика {}"


def protocol(path: Path, day: str, pupils: int) -> Path:
    """Write a protocol of one school; every third pupil has a «2»."""
    from openpyxl import Workbook

    made = Workbook()
    sheet = made.active
    assert sheet is not None
    rows = [oge(n, 13450, 10, 2 if n % 3 == 0 else 4) for n in range(1, pupils + 1)]
    for row in block(LINE.format(day), OGE_HEAD, rows):
        sheet.append(row)
    made.save(path)
    return path


def read(work: Seat, path: Path) -> tuple[ImportWizard, Entry]:
    work.window.go("import", [path])
    wizard = work.opened(ImportWizard)
    work.rest()
    work.press("Прочитать", wizard)
    work.wait(lambda: wizard.step == 1 and all(entry.plan is not None for entry in wizard.entries))
    work.rest()
    return wizard, wizard.entries[0]


def test_a_reserve_day_waits_for_a_word(work: Seat, tmp_path: Path) -> None:
    wizard, _entry = read(work, protocol(tmp_path / "основной.xlsx", "2026.06.02", 30))
    wizard.create_all.setChecked(True)
    work.wait(lambda: bool(wizard._ready()))
    work.rest()
    work.press("Загрузить 1\u00a0файл", wizard)
    work.wait(lambda: wizard.step == 2)
    work.rest()
    wizard.reject()

    def sat() -> list[int]:
        found = work.read(results.marks, subject="математика", year=2026)
        return [mark.participants for mark in found if mark.assessment.procedure == "ОГЭ" and mark.file is not None
                and mark.file.endswith("й.xlsx")]  # fmt: skip

    assert sat() == [30]
    wizard, entry = read(work, protocol(tmp_path / "резервный.xlsx", "2026.06.25", 2))
    assert entry.asks_fewer
    assert state_of(entry) == ("warn", "есть вопрос")
    assert not wizard.next.isEnabled()
    assert wizard.tabs.tabText(wizard.tabs.currentIndex()) == "Меньше участников 1"
    assert plain(wizard.fewer.words.text()).startswith("У 1 записи участников меньше")
    (change,) = wizard.changes.model.all_rows()
    assert (change.before.split(" · ")[0], change.after.split(" · ")[0]) == ("30", "2")
    assert wizard.fewer.choice.choose("keep")
    work.wait(lambda: not entry.asks_fewer and wizard.next.isEnabled())
    work.rest()
    assert sat() == [30]
    assert wizard.fewer.choice.choose("replace")
    work.wait(lambda: entry.plan is not None and entry.plan.rows_changed > 0)
    work.rest()
    work.press("Загрузить 1\u00a0файл", wizard)
    work.wait(lambda: wizard.step == 2)
    work.rest()
    assert sat() == [2]
