"""Start: the window or a command. Everything is handed over by constructor; importing this module loads no Qt."""

from __future__ import annotations

import sys
from collections.abc import Sequence

WINDOW_COMMANDS = frozenset({"window", "screens"})
WINDOW_FILES = (".opora", ".opora-запрос")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, or the window when there is none (``opora``, ``opora FILE.opora``, ``opora FILE.opora-запрос``).

    Returns:
        The exit code.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    if "--read-worker" in given:
        from app.importers.worker import worker_main

        return worker_main()
    if given[:1] == ["--self-check"]:
        from app.selfcheck import self_check

        return self_check()
    if not given or given[0].endswith(WINDOW_FILES) or given[0] in WINDOW_COMMANDS:
        from app.ui.start import start

        return start(given)
    from app.cli import run

    return run(given)


if __name__ == "__main__":
    sys.exit(main())
