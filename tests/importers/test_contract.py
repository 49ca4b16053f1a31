"""What holds for every recogniser and every message of this room."""

from __future__ import annotations

import re
from pathlib import Path

from app.errors import importing, importing_gia, importing_pupils, importing_reports, importing_tables, programme_import
from app.importers.registry import KINDS, RECOGNISERS

MESSAGES = {
    **importing.MESSAGES,
    **importing_gia.MESSAGES,
    **importing_pupils.MESSAGES,
    **importing_reports.MESSAGES,
    **importing_tables.MESSAGES,
}
ROOM = Path(__file__).resolve().parents[2] / "app" / "importers"
MADE_UP = {"IMP_FISOKO_UNFIT", "IMP_INN_UNFIT", "IMP_OGRN_UNFIT"}  # f"IMP_{system}_UNFIT"


def test_every_code_is_told_and_every_message_is_used() -> None:
    used = {code for path in ROOM.rglob("*.py") for code in re.findall(r'"(IMP_[A-Z_0-9]+)"', path.read_text("utf-8"))}
    # those about plans stand beside what their operation says; the contract of all messages looks after their use
    assert used - {"IMP_"} - set(MESSAGES) - set(programme_import.MESSAGES) == set()
    assert set(MESSAGES) - used - MADE_UP == set()


def test_every_message_is_a_sentence_and_says_what_to_do() -> None:
    for code, message in MESSAGES.items():
        for part in (message.what, message.cure):
            assert part.endswith("."), code
            assert part[0] in "«{" or part[0].isupper(), code


def test_kinds_are_one_each() -> None:
    kinds = [recogniser.kind for recogniser in RECOGNISERS]
    assert len(kinds) == len(set(kinds))
    assert {"auto", "schools", "marks", "journal", *kinds} <= set(KINDS)
