"""Where the program's own files lie, in a source checkout and in the built program alike."""

from __future__ import annotations

import sys
from pathlib import Path


def resources() -> Path:
    """Return the folder with fonts, icons, rules, scales and forms."""
    bundle = getattr(sys, "_MEIPASS", None)
    base = Path(bundle) if bundle else Path(__file__).resolve().parent.parent
    return base / "resources"


def profile() -> Path:
    """Return the folder of the user's habits (recent files, window sizes); it is made when missing."""
    from platformdirs import user_data_path

    folder = user_data_path("opora", appauthor=False)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def guide() -> Path:
    """Return the folder of the user guide, in Russian Markdown."""
    bundle = getattr(sys, "_MEIPASS", None)
    base = Path(bundle) if bundle else Path(__file__).resolve().parent.parent
    return base / "docs" / "guide"


def cache_folder(name: str) -> Path:
    """Return a folder of the profile for what can be made anew at any time; it is made when missing."""
    folder = profile() / "cache" / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder
