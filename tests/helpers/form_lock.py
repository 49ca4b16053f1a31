"""Digests of the shipped forms: a released definition never changes, a change is a new version in a file of its own.

``python -m tests.helpers.form_lock`` adds the lines of new versions to ``resources/forms/released.lock``; a line that
stands there and differs is refused. ``--again`` writes all lines anew: only for versions that nobody has got yet.
"""

from __future__ import annotations

import sys
from pathlib import Path

from app.forms.loader import folder, shipped


def lock_file() -> Path:
    return folder() / "released.lock"


def locked() -> dict[tuple[str, str], str]:
    """Return the digests of released definitions by id and version."""
    rows = [line.split() for line in lock_file().read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return {(form_id, version): digest for form_id, version, digest in rows}


def text(lines: dict[tuple[str, str], str]) -> str:
    head = "# Формы, выпущенные с программой: код, версия, SHA-256 текста. Выпущенная версия не меняется.\n"
    return head + "".join(f"{form_id} {version} {digest}\n" for (form_id, version), digest in sorted(lines.items()))


def main(again: bool) -> int:
    now = {key: form.digest for key, form in shipped().items()}
    before = locked() if lock_file().exists() and not again else {}
    changed = [key for key, digest in before.items() if now.get(key) != digest]
    if changed:
        print("Released and changed or gone:", *changed)
        return 1
    lock_file().write_text(text(now), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main("--again" in sys.argv))
