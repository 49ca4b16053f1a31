"""Who leads a school on a day, however the role is spelt."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.models import indicators
from app.operations import schools
from app.operations.register_catalogue import SUPPORTER_WORDS
from tests.helpers import stores


@pytest.mark.parametrize(
    ("role", "led"),
    [("куратор", True), ("Куратор школы", True), ("ТЬЮТОР", True), ("директор", False), ("помощник куратора", False)],
)
def test_a_role_counts_by_how_it_begins(tmp_path: Path, role: str, led: bool) -> None:
    store = stores.made(tmp_path / "file.opora")
    key = stores.school(store, "СОШ № 1", own=1)
    schools.appoint(store, key, full_name="Ким О. В.", role=role, date_from="01.09.2026")
    roles = tuple(SUPPORTER_WORDS)
    assert indicators.led_schools(store.connection, "2026-11-23", roles) == ({key: "Ким О. В."} if led else {})
    assert indicators.led_schools(store.connection, "2026-08-31", roles) == {}
