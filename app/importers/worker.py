"""The reading child: ourselves, started with ``--read-worker``, before anything of the window is imported.

It reads foreign files so that the program does not have to: a file that takes too much or kills its reader kills
only this process (decision 22). It speaks frames over its standard input and output and nothing else.
"""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from app.importers.framing import BrokenPipeFrameError, Bug, Done, Job, Progress, Start, read_frame, write_frame

ADDRESS_SPACE_ROOM = 768 << 20


def worker_main() -> int:
    """Serve jobs until the input ends; return the exit code (1 where the first message is not ours)."""
    # a reading is made of millions of small values: going over them for the few that stand in circles can wait
    gc.disable()
    source, sink = _claim_pipes()
    try:
        start = read_frame(source)
        if not isinstance(start, Start):
            return 1
        _limit_self(start.memory)
        while isinstance(job := read_frame(source), Job):
            write_frame(sink, _serve(job, start, sink))
            gc.collect()
            # what is left are modules and what is remembered: the next look goes over the next file only
            gc.freeze()
    except (BrokenPipeFrameError, OSError):
        return 1
    return 0


def _claim_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Take the pipes for ourselves; whatever prints from now on, in Python or below it, goes to stderr.

    In the windowed program of Windows the standard streams are None, but the descriptors are there.
    """
    source, sink = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nowhere, 0)
    os.close(nowhere)
    with suppress(OSError):
        os.dup2(2, 1)
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(source, os.O_BINARY)
        msvcrt.setmode(sink, os.O_BINARY)
    sys.stdout = sys.stderr
    return os.fdopen(source, "rb"), os.fdopen(sink, "wb")


def _limit_self(memory: int) -> None:
    """Cap the address space where the system can, so that a wild allocation fails at once; no core dumps."""
    if sys.platform == "win32":
        return
    import resource

    for what, limit in ((resource.RLIMIT_AS, memory + ADDRESS_SPACE_ROOM), (resource.RLIMIT_CORE, 0)):
        with suppress(OSError, ValueError):
            resource.setrlimit(what, (limit, limit))


def _serve(job: Job, start: Start, sink: BinaryIO) -> Done | Bug:
    from app.errors import problem
    from app.importers.opening import read_here, refused

    path = Path(job.path)

    def tick(done: int, total: int | None) -> None:
        write_frame(sink, Progress(done, total))

    try:
        return Done(read_here(path, job.hints, start.known, tick))
    except MemoryError:
        return Done(refused(path, problem("IMP_READER_MEMORY", name=path.name)))
    except OSError:
        raise
    except Exception as fault:  # noqa: BLE001 - the boundary of the process: a bug must be told, not just die
        return Bug(_trace(fault))


def _trace(fault: Exception) -> str:
    """Kind and places only: the message of an exception may hold a cell of the file."""
    import traceback

    frames = traceback.extract_tb(fault.__traceback__)
    places = (f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames)
    return f"{type(fault).__name__}: " + " > ".join(places)
