"""A reply that was being filled when the program ended by itself: where it lies and the question about it.

Every start looks here, so nothing of school mode is imported: its window costs what a whole start does.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.ui.dialogs import Choice

if TYPE_CHECKING:
    from app.ui.dialogs import Dialogs
    from app.ui.habits import Habits

OPEN = "school:open"
"""Which working store was open; it stays written where the program did not end by itself."""


def left_open(habits: Habits) -> Path | None:
    """Return the working store that was open when the program ended without closing it."""
    text = str(habits.get(OPEN, ""))
    return Path(text) if text and Path(text).exists() else None


def ask_to_go_on(dialogs: Dialogs) -> bool:
    """Ask the one question after a crash."""
    return dialogs.choose(
        "Продолжить заполнение?",
        "Прошлый раз программа закрылась не сама. Всё, что вы набрали, сохранено, ответы не изменились.",
        [Choice("go", "Продолжить"), Choice("later", "Не сейчас")],
    ) == "go"  # fmt: skip
