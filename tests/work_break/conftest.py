from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.models.store import Store
from tests.forms_break.killing import ACTOR
from tests.helpers import stores


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "Лесогорск.opora"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    made = stores.made(path, actor=ACTOR)
    yield made
    made.abandon()
