"""Reading in a child process: death, limits, cancel, noise, and what may cross the pipe."""

from __future__ import annotations

import io
import os
import pickle
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from app.errors import UserError
from app.importers.framing import (
    BrokenPipeFrameError,
    Done,
    Job,
    Progress,
    Start,
    read_frame,
    write_frame,
)
from app.importers.parsed import FileReading, Hints, Known
from app.importers.reading import STEPS, Limits, read_files
from app.importers.scales import load_shipped
from app.models.records import Scale
from tests.helpers import hostile
from tests.helpers.workbooks import generate_pupils_2021, mark_statistics, pupil, pupils_2021

SCHOOL = ["Школа(edu203389)", None, 89, 12.36, 52.81, 26.97, 7.87]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export that takes the child about half a second."""
    return generate_pupils_2021(tmp_path_factory.mktemp("large") / "ВПР 2021 Математика 6.xlsx", rows=6_000)


def children() -> list[psutil.Process]:
    return [p for p in psutil.Process().children() if "--read-worker" in p.cmdline()]


def codes(readings: list[FileReading]) -> list[str | None]:
    return [reading.refused.code if reading.refused else None for reading in readings]


def test_a_batch_comes_back_in_order(tmp_path: Path) -> None:
    good = mark_statistics(tmp_path / "Ф3.xlsx", [SCHOOL])
    far = hostile.far_cell(tmp_path / "дальняя.xlsx")
    readings = read_files([far, good, tmp_path / "нет.xlsx", good], Hints())
    assert [reading.name for reading in readings] == ["дальняя.xlsx", "Ф3.xlsx", "нет.xlsx", "Ф3.xlsx"]
    assert codes(readings) == ["IMP_ASKS_TOO_MUCH", None, "IMP_NO_FILE", None]
    count = readings[1].marks[0].count
    assert (count.m2, count.m3, count.m4, count.m5, count.participants) == (11, 47, 24, 7, 89)
    assert readings[1].size == good.stat().st_size
    assert children() == []


def test_the_callers_scales_reach_the_child(tmp_path: Path) -> None:
    path = pupils_2021(tmp_path / "ВПР 2021 Математика 6.xlsx", [pupil("sch220001", ["6", *["0"] * 12])])
    assert read_files([path], Hints())[0].marks[0].count.m3 == 1
    own = Scale(2021, "ВПР", "Математика", 6, (6, 9, 13), 16)
    assert read_files([path], Hints(), known=Known((own,)))[0].marks[0].count.m2 == 1
    assert [q.key for q in read_files([path], Hints(), known=Known())[0].questions] == ["scale"]


def test_a_whole_region(large: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    reading = read_files([large], Hints(), on_progress=lambda *step: seen.append(step))[0]
    assert reading.rows_read == 6_000
    assert len(reading.marks) == 150
    assert sum(1 for item in reading.problems if item.level == "error") == 12  # every 500th row
    assert seen[0] == (large.name, 0, STEPS)
    assert seen[-1] == (large.name, STEPS, STEPS)
    assert [done for _, done, _ in seen] == sorted(done for _, done, _ in seen)


def test_a_dead_child_is_said_and_the_next_file_goes_on(tmp_path: Path, large: Path) -> None:
    good = mark_statistics(tmp_path / "Ф3.xlsx", [SCHOOL])
    killed: list[int] = []

    def kill_once(name: str, _done: int, _total: int) -> None:
        if name == large.name and not killed and children():
            killed.append(children()[0].pid)
            children()[0].kill()

    readings = read_files([good, large, good], Hints(), on_progress=kill_once)
    assert codes(readings) == [None, "IMP_READER_DIED", None]
    assert killed
    assert large.name in (readings[1].refused.message if readings[1].refused else "")
    assert children() == []


def test_a_cancel_kills_the_child_at_once(tmp_path: Path, large: Path) -> None:
    good = mark_statistics(tmp_path / "Ф3.xlsx", [SCHOOL])
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked > 3

    begun = time.monotonic()
    readings = read_files([large, good], Hints(), cancelled=cancelled)
    assert codes(readings) == ["IMP_CANCELLED", "IMP_CANCELLED"]
    assert time.monotonic() - begun < 5
    assert children() == []


def test_memory_and_time_have_limits(large: Path) -> None:
    readings = read_files([large], Hints(), limits=Limits(memory=1 << 20))
    assert codes(readings) == ["IMP_READER_MEMORY"]
    assert "1 МБ" in (readings[0].refused.message if readings[0].refused else "")
    assert codes(read_files([large], Hints(), limits=Limits(seconds=0.01))) == ["IMP_READER_TIME"]


if sys.platform != "win32":  # there the system has no such limit, only the watch from outside

    def test_the_child_caps_its_own_address_space(tmp_path: Path) -> None:
        with _worker() as process:
            assert process.stdin is not None
            write_frame(process.stdin, Start(Known(), 256 << 20))
            write_frame(process.stdin, Job(str(hostile.plain(tmp_path / "a.xlsx")), Hints()))
            assert process.stdout is not None
            assert isinstance(read_frame(process.stdout), Done)
            limit, _ = psutil.Process(process.pid).rlimit(psutil.RLIMIT_AS)
            assert 0 < limit <= 2 << 30


def _worker() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "app", "--read-worker"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def test_the_child_ends_with_its_input() -> None:
    with _worker() as process:
        out, _ = process.communicate(b"", timeout=20)
    assert (process.returncode, out) == (1, b"")


def test_the_child_never_loads_the_window(tmp_path: Path) -> None:
    script = (
        "import sys, app.__main__\n"
        "from app.importers.opening import read_here\n"
        "from app.importers.parsed import Hints, Known\n"
        "from pathlib import Path\n"
        "read_here(Path(sys.argv[1]), Hints(), Known())\n"
        "heavy = {'PySide6', 'pandas', 'openpyxl', 'reportlab', 'sqlite3', 'pyhanko'} & set(sys.modules)\n"
        "sys.exit(', '.join(heavy) or 0)\n"
    )
    path = hostile.plain(tmp_path / "a.xlsx")
    done = subprocess.run([sys.executable, "-c", script, str(path)], cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_stray_prints_do_not_break_the_frames(tmp_path: Path) -> None:
    script = (
        "import os, sys\n"
        "from app.importers import opening, worker\n"
        "honest = opening.read_here\n"
        "def noisy(*args):\n"
        "    print('stray'); os.write(1, b'below python'); sys.stdout.flush()\n"
        "    return honest(*args)\n"
        "opening.read_here = noisy\n"
        "sys.exit(worker.worker_main())\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    messages = io.BytesIO()
    write_frame(messages, Start(Known(), 1 << 30))
    write_frame(messages, Job(str(hostile.plain(tmp_path / "a.xlsx")), Hints()))
    out, errors = process.communicate(messages.getvalue(), timeout=30)
    frames = io.BytesIO(out)
    answer = read_frame(frames)
    assert isinstance(answer, Done)
    assert answer.reading.kind == "schools"
    assert read_frame(frames) is None
    assert b"stray" in errors
    assert b"below python" in errors


def test_a_bug_of_ours_is_told_without_the_files_words(tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "from app.importers import opening, worker\n"
        "def broken(*args):\n"
        "    raise ValueError('secret of a pupil')\n"
        "opening.read_here = broken\n"
        "sys.exit(worker.worker_main())\n"
    )
    messages = io.BytesIO()
    write_frame(messages, Start(Known(), 1 << 30))
    write_frame(messages, Job("a.xlsx", Hints()))
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, input=messages.getvalue(), capture_output=True, check=False
    )
    bug = read_frame(io.BytesIO(done.stdout))
    assert bug.trace.startswith("ValueError: ")
    assert "broken" in bug.trace
    assert "secret" not in bug.trace


# --- frames ---------------------------------------------------------------------------------------------------


def test_frames_there_and_back() -> None:
    stream = io.BytesIO()
    messages = [Start(Known(load_shipped()), 5), Progress(1, None), Job("ё", Hints("auto", 2021, None, 6, {"a": "б"}))]
    for message in messages:
        write_frame(stream, message)
    stream.seek(0)
    assert [read_frame(stream) for _ in messages] == messages
    assert read_frame(stream) is None


class _Evil:
    def __reduce__(self) -> tuple[object, ...]:
        return os.system, ("exit 1",)


@pytest.mark.parametrize(
    "body",
    [
        pickle.dumps(_Evil()),
        pickle.dumps(Path("/")),
        pickle.dumps(UserError("IMP_NO_FILE", name="a")),
        b"not a pickle",
        b"",
        pickle.dumps(Progress(1, 2))[:-5],
    ],
)
def test_only_our_records_are_unpickled(body: bytes) -> None:
    with pytest.raises(BrokenPipeFrameError):
        read_frame(io.BytesIO(len(body).to_bytes(4, "big") + body))


@pytest.mark.parametrize("data", [b"\0", b"\0\0\0\x05abc", b"\xff\xff\xff\xff"])
def test_broken_frames(data: bytes) -> None:
    with pytest.raises(BrokenPipeFrameError):
        read_frame(io.BytesIO(data))
