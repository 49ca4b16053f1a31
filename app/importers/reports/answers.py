"""Answers that are a list of whole numbers, one for each thing the file is silent about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.importers.grid import LARGEST_COUNT
from app.importers.order import Order
from app.importers.parsed import Question

_UNKNOWN = frozenset({"-", "–", "—", "?"})


def listed(order: Order, question: Question, labels: Sequence[str], most: int = LARGEST_COUNT) -> Sequence[int | None]:
    """Return the numbers a person gave for the things asked about, in their order; None where «-» was given.

    Args:
        order: what the user has said.
        question: what is asked; its key is that of the answer.
        labels: the things asked about.
        most: the greatest number that fits.

    Raises:
        UnansweredError: there is no answer, or it does not fit; it carries the question to put.
    """
    answer = order.hints.answers.get(question.key, "").strip()
    if not answer:
        raise UnansweredError(question)
    parts = answer.split(";") if ";" in answer else re.split(r"[\s,]+", answer)
    numbers: list[int | None] = []
    for part in parts:
        digits = re.sub(r"[\s\u00a0]", "", part)
        if digits in _UNKNOWN:
            numbers.append(None)
        elif digits.isascii() and digits.isdecimal() and len(digits) <= 9 and 0 < int(digits) <= most:
            numbers.append(int(digits))
        else:
            raise UnansweredError(_again(question, f"«{part.strip()}» не подходит"))
    if len(numbers) != len(labels):
        raise UnansweredError(_again(question, f"чисел дано {len(numbers)}, а нужно {len(labels)}"))
    return numbers


def _again(question: Question, reason: str) -> Question:
    return Question(question.key, f"Ответ не принят: {reason}. {question.text}", question.options)


class UnansweredError(Exception):
    """The question that must be answered before the file can be read."""

    def __init__(self, question: Question) -> None:
        self.question = question
        super().__init__(question.key)
