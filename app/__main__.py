"""``python -m app``: the same as the script ``opora``; the reading child is dispatched before any Qt import."""

from __future__ import annotations

import sys

from app.main import main

if __name__ == "__main__":
    sys.exit(main())
