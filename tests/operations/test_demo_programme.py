"""The programmes of the example: whole enough to be looked at, with the faults that were left on purpose."""

from __future__ import annotations

from pathlib import Path

from app.models.store import Store
from app.operations import programme_checks, programmes
from app.operations.demo_programme import ProgrammeExample
from tests.helpers import stores


def test_the_example_has_faults_that_checks_name(tmp_path: Path) -> None:
    store: Store = stores.made(tmp_path / "пример.opora")
    ProgrammeExample(store, (), 2026).fill()
    key = programmes.current(store.connection)
    assert key is not None
    tree = programmes.tree(store.connection, key)
    assert [len(tree.of_kind(kind)) for kind in ("problem", "cause", "goal", "task", "activity", "risk")] == [
        2, 4, 1, 4, 13, 3,
    ]  # fmt: skip
    assert tree.programme.years == range(2026, 2029)
    assert all("{" not in node.text for node in tree.nodes.values())
    unread = {tree.nodes[key].text for key, row in tree.activities.items() if row.term_code}
    assert unread == {"Обучение управленческих команд школ"}
    wrong = [row.raw for rows in tree.money.values() for row in rows if row.code]
    assert wrong == ["около полумиллиона"]
    found = {item.rule for item in programme_checks.findings(store.connection, key).findings}
    assert {
        "task-no-measure", "risk-no-answer", "node-loose", "indicator-no-baseline", "activity-no-responsible",
        "money-number", "result-repeats", "result-no-number",
    } <= found  # fmt: skip
    store.close()
