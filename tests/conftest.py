"""What every test gets: no screen, a profile of its own, a fixed time zone, and the closing list."""

from __future__ import annotations

import os
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

# before anything imports Qt or asks for the user's folders
os.environ["QT_QPA_PLATFORM"] = "offscreen"
if Path("/usr/share/zoneinfo/Europe/Moscow").exists():
    os.environ["TZ"] = "Europe/Moscow"  # not UTC: a moment shown in the wrong zone must fail a test
    time.tzset()
os.environ.pop("OPORA_ACTOR", None)
os.environ["USER"] = "tester"

import pytest

from tests.helpers import outside

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

HANG = 60_000
"""Milliseconds. What is waited for comes at once; on a busy machine it comes late, and only a hang never comes."""

_PROFILE = tempfile.TemporaryDirectory(prefix="opora-tests-", ignore_cleanup_errors=True)
for _name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"):
    _folder = Path(_PROFILE.name) / _name.lower()
    _folder.mkdir(mode=0o700)
    os.environ[_name] = str(_folder)
os.environ["APPDATA"] = os.environ["LOCALAPPDATA"] = os.environ["XDG_DATA_HOME"]


@pytest.fixture(autouse=True)
def own_profile(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's profile that no other test has written to."""
    folder = tmp_path_factory.mktemp("profile")
    monkeypatch.setenv("XDG_DATA_HOME", str(folder))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder))
    return folder


@pytest.fixture
def qtbot(qtbot: QtBot) -> QtBot:
    """Wait as long as a busy machine needs: the five seconds of pytest-qt say something of the machine only."""
    for waiting in ("waitUntil", "waitSignal", "waitSignals", "waitExposed"):
        setattr(qtbot, waiting, partial(getattr(qtbot, waiting), timeout=HANG))
    return qtbot


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what drives Qt; a test over files that are not here is not collected rather than skipped (decision 34)."""
    items[:] = [item for item in items if not any(_over_nothing(mark) for mark in item.iter_markers("skip"))]
    for item in items:
        if {"qtbot", "qapp"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.gui)


def _over_nothing(mark: pytest.Mark) -> bool:
    return str(mark.kwargs.get("reason", "")).startswith("got empty parameter set")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """End with what this machine could not check (decision 34); with xdist only the controller speaks."""
    if hasattr(config, "workerinput"):
        return
    lines = outside.unchecked()
    terminalreporter.section("здесь не проверено: " + ("" if lines else "ничего, проверено всё"))
    for line in lines:
        terminalreporter.write_line(f"  {line}")
