"""Half-typed cells of the programme's sheets outlive the killing of the window."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from app.models.store import Store
from app.operations import programmes
from app.operations.programme_cells import cell_text
from tests.helpers.programme_sheets import full
from tests.helpers.stores import opened

ROOT = Path(__file__).resolve().parents[2]

CHILD = textwrap.dedent(
    """
    import sys
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from app.ui import theme
    from app.ui.habits import Habits
    from app.ui.main_window import MainWindow
    from tests.ui.conftest import settle
    from tests.ui.fakes import FakeDialogs, InstantDesk, InstantRunner

    qapp = QApplication(sys.argv[:1])
    theme.install(qapp, theme.Theme())
    desk = InstantDesk()
    desk.open(Path(sys.argv[1])).result()
    window = MainWindow(desk, InstantRunner(print), FakeDialogs(), Habits(None))
    window.show()
    settle(qapp)
    page = window.show_page("programme")
    settle(qapp)
    page.choose(int(sys.argv[2]))
    settle(qapp)
    plan = page.show_view("plan")
    settle(qapp)
    free = next(row for row, line in enumerate(plan.model.lines) if line.kind == "free")
    plan.model.setData(plan.model.index(free, 2), "когда-нибудь")
    plan.grid.drafted.emit(free, 1, "Семи")
    settle(qapp)
    money = page.show_view("money")
    settle(qapp)
    row = next(at for at, line in enumerate(money.model.lines) if line.number == "1.2")
    money.grid.drafted.emit(row, 3, "12")
    settle(qapp)
    print("typed", flush=True)
    sys.stdin.read()
    """
)


def test_killed_while_typing_nothing_is_lost(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    with opened(db, actor="Ракитина Е. В.") as store:
        keys = full(store)
    command = [sys.executable, "-c", CHILD, str(db), str(keys["programme"])]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"typed\n"
        child.send_signal(signal.SIGKILL)
    with opened(db, actor="Ракитина Е. В.") as again:
        after_the_kill(again, keys)


def after_the_kill(store: Store, keys: dict[str, int]) -> None:
    found = programmes.tree(store.connection, keys["programme"])
    made = found.under(keys["task1"], "activity")[-1]
    assert (made.text, cell_text(found, made.id, "text")) == ("", "Семи")
    assert cell_text(found, made.id, "term") == "когда-нибудь"
    assert cell_text(found, keys["second"], "money:2026:municipal") == "12"
    raws = [row.raw for row in found.money[keys["second"]] if row.plan_year == 2026]
    assert raws == ["сто рублей"], "half-typed text changes nothing yet"
