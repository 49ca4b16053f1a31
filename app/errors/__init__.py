"""Coded messages for the user. Everything that is not a ``UserError`` is a bug of ours.

Each room keeps its own table of messages (``storage``, ``importing``, ``papers``, ``signing``, ``rules``,
``general``); a code appears in exactly one of them. A message says what happened and where; the cure says
what to do. Both are templates filled from the context; a missing key prints as «неизвестно» rather than
turning an explanation into a crash.
"""

from __future__ import annotations

from app.errors.catalogue import CATALOGUE, Problem, UserError, problem
from app.errors.message import Message

__all__ = ["CATALOGUE", "Message", "Problem", "UserError", "problem"]
