"""``opora --self-check`` from source; ``make build`` runs the same in the built programs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app import selfcheck
from tests.helpers.source import ROOT


def test_it_passes_and_says_nothing_else(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "app", "--self-check"],
        cwd=ROOT,
        env=os.environ | {"XDG_DATA_HOME": str(tmp_path)},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert done.stderr == ""
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert len(lines) == 12
    assert lines[-1] == "Проверка пройдена"
    assert list(tmp_path.iterdir()) == [], "the user's own profile is not touched"


def test_what_does_not_work_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "APPDATA", "LOCALAPPDATA", "QT_QPA_PLATFORM"):
        monkeypatch.setenv(name, os.environ.get(name, ""))

    def broken(_folder: Path) -> str:
        raise selfcheck.CheckFailedError("нет правила по умолчанию")

    monkeypatch.setattr(selfcheck, "_resources", broken)
    assert selfcheck.self_check() == 1
    said = capsys.readouterr()
    assert "Проверка пройдена" not in said.out
    assert "Ресурсы: не работает" in said.err
    assert "нет правила по умолчанию" in said.err


@pytest.mark.parametrize(("named", "used"), [("", "offscreen"), ("xcb", "xcb")])
def test_the_window_stays_off_the_screen_unless_one_is_named(
    named: str, used: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, os.environ.get(name, ""))
    monkeypatch.setenv("QT_QPA_PLATFORM", named)
    selfcheck._own_profile(tmp_path / "profile")
    assert os.environ["QT_QPA_PLATFORM"] == used
