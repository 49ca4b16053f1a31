"""A day as it is typed into a small form: one reader and one wording for all of them."""

from __future__ import annotations

from app.errors import UserError


def day_trouble(text: str) -> str:
    """Return what is wrong with a typed day and how to write it, "" where it is one or nothing is typed."""
    from app.operations.tasks import read_day

    try:
        read_day(text)
    except UserError as error:
        return f"{error.what} {error.cure}".strip()
    return ""
