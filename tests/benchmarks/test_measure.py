from __future__ import annotations

import subprocess
import sys

import pytest

from benchmarks import __main__ as face
from benchmarks import keystroke
from benchmarks.measure import Figure, NotBuiltError, Side, in_child, timed, watched


def test_median_and_percentile_by_nearest_rank() -> None:
    side = Side(tuple(float(n) for n in range(100, 0, -1)))
    assert side.median == 50.5
    assert (side.percentile(95), side.percentile(100), side.percentile(1)) == (95.0, 100.0, 1.0)
    assert Side((3.0,)).percentile(95) == 3.0
    assert Side((1.0, 2.0, 9.0)).median == 2.0


def test_each_run_is_timed() -> None:
    runs: list[int] = []
    assert len(timed(lambda: runs.append(1), 4)) == 4
    assert len(runs) == 4


def test_the_peak_counts_children_too() -> None:
    inner = "import time; block = bytearray(80 << 20); block[::4096] = b'x' * len(block[::4096]); time.sleep(1)"
    outer = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {inner!r}])"
    with subprocess.Popen([sys.executable, "-c", outer]) as process, watched(process.pid) as peak:
        process.wait()
    assert peak[0] > 80 << 20


def test_a_child_gives_seconds_and_facts() -> None:
    side = in_child("keystroke", "plain", 50)
    assert len(side.seconds) == len(keystroke.strokes())
    assert side.facts["shown"] > 0
    assert side.peak > 0


def test_a_child_that_fails_is_not_a_figure() -> None:
    with pytest.raises(RuntimeError, match="nothing_there"):
        in_child("keystroke", "nothing_there")


def test_typing_begins_and_ends_with_a_short_needle() -> None:
    strokes = keystroke.strokes()
    assert strokes[:8] == ["с", "со", "сос", "сосн", "сос", "со", "с", ""]


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.0042, "4,2 мс"), (0.0204, "20 мс"), (0.999, "999 мс"), (1.2345, "1,23 с"), (61.5, "61,50 с")],
)
def test_seconds_are_said_in_fit_units(value: float, shown: str) -> None:
    assert face.seconds(value) == shown


@pytest.mark.parametrize(("slow", "word"), [(0.09, "держится"), (0.2, "НАРУШЕНО")])
def test_a_figure_is_printed_beside_its_bound_and_its_limit(slow: float, word: str) -> None:
    ours = Side((0.05, 0.06, slow), 64 << 20)
    text = face.show(Figure("Отбор", ours, Side((0.03,), 16 << 20), ("наше", "граница"), limit=(0.1, 95)))
    assert "60 мс  наше (50 мс…" in text
    assert "память 64 МБ" in text
    assert "отношение 2,00" in text
    assert f"предел 100 мс: {word}" in text


@pytest.mark.parametrize(
    ("seconds", "peak", "word"), [(1.9, 30, "держится"), (2.1, 30, "НАРУШЕНО"), (1.0, 33, "НАРУШЕНО")]
)
def test_a_figure_that_must_not_be_so_many_times_dearer_says_whether_it_is(
    seconds: float, peak: int, word: str
) -> None:
    figure = Figure("Импорт", Side((seconds,), peak << 20), Side((1.0,), 16 << 20), ("наше", "граница"), most=2.0)
    shown = f"отношение {seconds:.2f}, памяти {peak / 16:.2f}, предел 2: {word}".replace(".", ",")
    assert shown in face.show(figure)


def test_the_machine_is_named() -> None:
    assert "ядер" in face.machine()
    assert "Python 3." in face.machine()


def test_what_is_not_built_is_said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def missing(*_: object) -> Figure:
        raise NotBuiltError("окно ещё не построено")

    monkeypatch.setattr(face.start, "measure", missing)
    monkeypatch.setattr(sys, "argv", ["benchmarks", "start"])
    assert face.main() == 0
    assert "start: не измерено, окно ещё не построено" in capsys.readouterr().out
