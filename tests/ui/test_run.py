from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from PySide6.QtCore import QObject

from app.errors import UserError
from app.ui.run import Runner


@pytest.fixture
def threaded(qapp, bugs):
    """A runner with real threads."""
    made = Runner(bugs.append)
    yield made
    made.stop()


@pytest.fixture
def pool():
    with ThreadPoolExecutor(max_workers=1) as made:
        yield made


def test_results_come_back_to_the_gui_thread(threaded, pool, qtbot):
    seen = []
    threaded.take(pool.submit(threading.get_ident), lambda worker: seen.append((worker, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(seen))
    worker, here = seen[0]
    assert here == threading.get_ident()
    assert worker != here
    assert threaded.waiting == 0


def test_an_expected_failure_goes_to_its_handler(threaded, pool, qtbot):
    def fail():
        raise UserError("GEN_READ_ONLY")

    seen = []
    threaded.take(pool.submit(fail), seen.append, lambda error: seen.append(error.code))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == ["GEN_READ_ONLY"]


def test_anything_else_is_a_bug(qapp, pool, qtbot):
    found: list[BaseException] = []
    made = Runner(found.append)
    made.take(pool.submit(lambda: 1 / 0), lambda _: None, lambda _error: None)
    qtbot.waitUntil(lambda: bool(found))
    assert isinstance(found[0], ZeroDivisionError)


def test_nothing_is_called_once_the_owner_is_gone(threaded, pool, qtbot):
    import shiboken6

    owner, seen, gate = QObject(), [], threading.Event()
    threaded.take(pool.submit(gate.wait, 3), seen.append, owner=owner)
    shiboken6.delete(owner)
    gate.set()
    qtbot.waitUntil(lambda: threaded.waiting == 0)
    assert seen == []


def test_a_long_job_reports_and_can_be_stopped(threaded, qtbot):
    told, result = [], []

    def work(job):
        for step in range(20_000):
            if job.cancelled():
                return step
            job.progress("считаю", step, 20_000)
            time.sleep(0.005)
        return 20_000

    job = threaded.job(work, result.append, progress=lambda *what: told.append(what))
    qtbot.waitUntil(lambda: len(told) >= 2)
    job.cancel()
    qtbot.waitUntil(lambda: bool(result))
    assert result[0] < 20_000
    assert told[0][0] == "считаю"


def test_progress_is_thinned_out(qapp):
    from app.ui.run import Job

    told = []
    job = Job(lambda *what: told.append(what))
    for step in range(1, 10_001):
        job.progress("", step, 10_000)
    assert len(told) < 500
    assert told[-1] == ("", 10_000, 10_000), "the last report always comes"


def test_the_window_stays_usable_while_a_job_runs(threaded, qtbot):
    from PySide6.QtCore import QTimer

    beats, enough = [], threading.Event()

    def beat():
        beats.append(time.monotonic())
        if len(beats) == 3:
            enough.set()

    timer = QTimer()
    timer.timeout.connect(beat)
    timer.start(10)
    finished = []
    threaded.job(lambda _job: enough.wait(30), finished.append)  # ends only where the window goes on beating
    qtbot.waitUntil(lambda: bool(finished))
    timer.stop()
    assert finished == [True]
