from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from app.ui import screens
from tests.helpers.source import ROOT

HANG = 300
"""Seconds without a new picture."""


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("QT_")}
    return subprocess.run(
        [sys.executable, "-m", "app", "screens", *arguments],
        cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False, timeout=600,
    )  # fmt: skip


def run_while_it_works(out: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run as long as pictures come: how many there are, and how fast the machine is, says nothing of a fault."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("QT_")}
    with (
        (out.parent / "сказано").open("w+", encoding="utf-8") as said,
        subprocess.Popen(
            [sys.executable, "-m", "app", "screens", *arguments, "--out", str(out)],
            cwd=ROOT, env=environment, stdout=said, stderr=said,
        ) as process,
    ):  # fmt: skip
        pictures, since = 0, time.monotonic()
        while process.poll() is None:
            time.sleep(0.2)
            present = len(list(out.glob("*.png"))) if out.exists() else 0
            if present > pictures:
                pictures, since = present, time.monotonic()
            elif time.monotonic() - since > HANG:
                process.kill()
        said.seek(0)
        words = f"{said.read()}\nснимков: {pictures}, последний {time.monotonic() - since:.0f} с назад"
        return subprocess.CompletedProcess(arguments, process.returncode, words, words)


@pytest.mark.slow
def test_every_tab_and_dialog_is_saved_and_clean(demo: Path, tmp_path: Path):
    before = demo.read_bytes()
    out = tmp_path / "снимки"
    done = run_while_it_works(out, "--db", str(demo), "--size", "1280x720", "--scale", "1.5")
    assert done.returncode == 0, done.stderr
    names = {path.stem.split("-", 1)[1] for path in out.glob("*.png")}
    assert {
        "start", "today", "schools", "school-list", "programme", "checklists", "monitoring", "reports", "school-card",
        "list-indices", "list-typology", "index-parts",
        "schools-metrics", "schools-metrics-bad", "schools-projects", "schools-externals",
        "search", "print-list", "approve", "history", "files", "problems", "rules", "origin", "merge", "people",
        "settings", "restore", "keys", "guide", "import-files", "import-preview", "import-result", "sign-document",
        "comparing-empty", "comparing-file", "comparing",
        "sign-way", "sign-paper", "sign-outside", "sign-sig", "sign-p12", "verify", "form", "choice", "crash", "rescue",
    } <= names  # fmt: skip
    today = QImage(str(next(out.glob("*-today.png"))))
    assert (today.width(), today.height()) == (1920, 1080)
    assert demo.read_bytes() == before, "the file itself stays as it is"
    assert not demo.with_name(demo.name + ".lock").exists()


def test_a_file_that_is_missing_fails_with_a_reason(tmp_path: Path):
    done = run("--db", str(tmp_path / "нет.opora"), "--out", str(tmp_path))
    assert done.returncode == 1
    assert "нет" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_size_that_is_none_is_wrong_usage(tmp_path: Path):
    done = run("--db", "x", "--out", str(tmp_path), "--size", "большой")
    assert done.returncode == 2
    assert "размер" in done.stderr.casefold()


def test_faults_make_the_command_fail(tmp_path: Path, capsys):
    from app.ui.screen_check import Fault

    good, bad = (
        screens.Shot(tmp_path / "01.png"),
        screens.Shot(tmp_path / "02.png", [Fault("clipped", "Label", "текст")]),
    )
    assert screens._report([good], [], tmp_path) == 0
    assert screens._report([good, bad], [], tmp_path) == 1
    assert "02.png: обрезан текст без подсказки: Label: текст" in capsys.readouterr().err
    assert screens._report([good], ["Traceback"], tmp_path) == 1
    assert screens._report([], [], tmp_path) == 1
