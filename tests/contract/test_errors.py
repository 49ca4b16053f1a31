"""The catalogue of messages: every code is used, every used code is there, everything has a cure."""

from __future__ import annotations

import ast
import re
from functools import cache

import pytest

from app.errors import CATALOGUE, UserError, problem
from tests.helpers.source import APP, ROOT

# «SLIDE_NUMBER» is a name of PowerPoint, not of a message
CODE = re.compile(
    r"^(?!SLIDE_NUMBER$)(GEN|STORE|IMP|PAPER|SIGN|RULE|DATA|FORM|ITEM|TERM|PROGRAMME|REG|MON|OUT|OUTREG|ORDER|FOREIGN|PACK|SLIDE|HELP|EVENT|BODY|PRACT|MENT|CAL)_[A-Z0-9_]+$"
)
PLACEHOLDER = re.compile(r"\{(\w+)[^}]*\}")

NOTHING_TO_DO = frozenset({"GEN_NOTHING_TO_REDO"})
"""Messages without a cure: there is nothing to repeat, and nothing is wrong."""


@cache
def _used() -> dict[str, list[str]]:
    used: dict[str, list[str]] = {}
    for path in sorted(APP.rglob("*.py")):
        if path.is_relative_to(APP / "errors"):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.match(node.value):
                used.setdefault(node.value, []).append(f"{path.relative_to(ROOT)}:{node.lineno}")
    return used


def test_every_code_that_is_used_stands_in_the_catalogue() -> None:
    assert {code: places for code, places in _used().items() if code not in CATALOGUE} == {}


def test_every_code_of_the_catalogue_is_used() -> None:
    assert sorted(set(CATALOGUE) - set(_used())) == []


def test_no_code_is_put_together_from_parts() -> None:
    """Then the two tests above would not see it."""
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sorted(APP.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.JoinedStr)
        and node.values
        and isinstance(node.values[0], ast.Constant)
        and re.match(
            r"^(?!SLIDE_NUMBER$)(GEN|STORE|IMP|PAPER|SIGN|RULE|DATA|FORM|ITEM|TERM|PROGRAMME|REG|MON|OUT|OUTREG|ORDER|FOREIGN|PACK|SLIDE)_",
            str(node.values[0].value),
        )
    ]
    assert found == []


def test_every_message_has_a_cure() -> None:
    assert {code for code, message in CATALOGUE.items() if not message.cure} == NOTHING_TO_DO


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_a_message_is_plain_russian(code: str) -> None:
    message = CATALOGUE[code]
    filled = dict.fromkeys(PLACEHOLDER.findall(message.what + message.cure), "Образец")
    refusal = UserError(code, **filled)
    for text in (refusal.what, refusal.cure):
        if text and text != "Образец":
            assert text[0].isupper() or text[0] in "«№0123456789" or text.startswith("opora"), text
            # a message may end with text that comes from elsewhere and brings its own full stop
            assert text.endswith((".", "…", "?", "Образец", "»)")), text
        assert not re.search(r"\b(error|exception|traceback|null|none|none|sqlite|warning)\b", text, re.IGNORECASE)
        assert "  " not in text
        assert " - " not in text, "a dash is «—»"
        assert '"' not in text, "quotation marks are «»"
    assert "{" not in str(refusal)


def test_a_forgotten_value_is_said_and_not_raised() -> None:
    assert "«неизвестно»" in UserError("STORE_MISSING").what
    assert "неизвестно" in problem("STORE_DAMAGED").message


def test_a_refusal_travels_through_a_pipe() -> None:
    import pickle

    refusal = UserError("STORE_MISSING", file="а.opora", folder="папка")
    again = pickle.loads(pickle.dumps(refusal))
    assert (again.code, again.context, str(again)) == (refusal.code, refusal.context, str(refusal))
