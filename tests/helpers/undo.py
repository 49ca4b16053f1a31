"""Acts of a subject, walked back and forth with the file opened anew for every step."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

import pytest

from app.errors import UserError
from app.models import journal
from app.models.store import Store
from tests.helpers import stores

Acts = Mapping[str, Callable[[Store], Any]]


def walk(path: Path, acts: Acts, idle: Collection[str] = ()) -> None:
    """Do every act as one step, undo all of them to the first dump, redo all of them to the last.

    Args:
        path: a file of its own.
        acts: name → act, in the order they are done.
        idle: those that may find nothing to do.
    """
    with stores.opened(path) as store:
        dumps = [stores.dump(store.connection)]
    labels: list[str] = []
    for name, act in acts.items():
        with stores.opened(path) as store:
            before = len(journal.history(store.connection))
            act(store)
            after = journal.history(store.connection)
            assert len(after) - before == 1 or (name in idle and len(after) == before), name
            if len(after) > before:
                labels.append(after[0].label)
                dumps.append(stores.dump(store.connection))
                assert dumps[-1] != dumps[-2], name
    for place in range(len(labels) - 1, -1, -1):
        with stores.opened(path) as store:
            assert store.undo().label == labels[place]
            assert stores.dump(store.connection) == dumps[place], labels[place]
    for place, label in enumerate(labels):
        with stores.opened(path) as store:
            assert store.redo().label == label
            assert stores.dump(store.connection) == dumps[place + 1], label
    with stores.opened(path) as store:
        with pytest.raises(UserError) as refused:
            store.redo()
        assert refused.value.code == "GEN_NOTHING_TO_REDO"
        assert store.connection.execute("PRAGMA foreign_key_check").fetchall() == []
