"""What Qt says of every window without a screen, kept out of the way; everything else is still told."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

HARMLESS = ("This plugin does not support propagateSizeHints()", "This plugin does not support raise()")


def _to_stderr(text: str) -> None:
    sys.stderr.write(text + "\n")


@contextmanager
def only_real_messages(tell: Callable[[str], object] = _to_stderr) -> Iterator[None]:
    """Hand Qt's messages to ``tell`` except those that mean nothing without a screen."""
    from PySide6.QtCore import qInstallMessageHandler

    def hear(_kind: object, _context: object, text: str) -> None:
        if not text.startswith(HARMLESS):
            tell(text)

    before = qInstallMessageHandler(hear)
    try:
        yield
    finally:
        qInstallMessageHandler(before)
