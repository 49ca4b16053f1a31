"""A text that a person hands over as a file: a rule, a reference."""

from __future__ import annotations

from pathlib import Path

from app.errors import UserError


def read(path: Path) -> str:
    """Return the text of a file.

    Raises:
        UserError: ``GEN_FILE_MISSING``, ``GEN_NOT_FILE``, ``GEN_FILE_UNREADABLE``.
    """
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise UserError("GEN_FILE_MISSING", file=path) from error
    except (OSError, UnicodeDecodeError) as error:
        if path.is_dir():
            raise UserError("GEN_NOT_FILE", file=path) from error
        raise UserError("GEN_FILE_UNREADABLE", file=path, detail="это не текст в кодировке UTF-8") from error
