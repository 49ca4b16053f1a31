"""«Обновить справочники…»: each kind of reference is known by its content and reaches the readers."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import UserError
from app.models.records import Threshold
from app.models.store import Store
from app.operations import history, references, results
from tests.helpers.stores import dump

THRESHOLDS = """
format = 1
source = "приказ"
[[threshold]]
year = 2031
procedure = "ЕГЭ"
subjects = ["Русский язык"]
measure = "test"
least = 24
"""
METRICS = """
format = 1
[[metric]]
code = "clubs"
name = "Кружков в школе"
group = "outcomes"
source = "районный мониторинг"
kind = "count"
direction = "higher_better"
"""

FACTORS = """
format = 1
source = "письмо министерства"
[[factor]]
code = "transport"
name = "Транспортная удалённость школы"
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "справочник.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_minimums_reach_the_readers_over_the_shipped_ones(store: Store, tmp_path: Path) -> None:
    shipped = results.references_in_force(store.connection).thresholds
    assert references.update_from_file(store, written(tmp_path, THRESHOLDS)) == (
        "Обновлены минимальные баллы: 1\u00a0экзамен."
    )
    known = results.references_in_force(store.connection).thresholds
    assert set(known) - set(shipped) == {Threshold(2031, "ЕГЭ", "Русский язык", None, "test", 24)}
    history.undo(store)
    assert results.references_in_force(store.connection).thresholds == shipped


def test_own_metrics_reach_the_readers(store: Store, tmp_path: Path) -> None:
    assert references.update_from_file(store, written(tmp_path, METRICS)) == (
        "Обновлён справочник показателей: своих 1\u00a0показатель."
    )
    assert "clubs" in {metric.code for metric in results.references_in_force(store.connection).metrics}


def test_own_factors_of_risk_reach_the_readers(store: Store, tmp_path: Path) -> None:
    shipped = results.references_in_force(store.connection).factors
    assert references.update_from_file(store, written(tmp_path, FACTORS)) == (
        "Обновлён справочник факторов риска: 1\u00a0фактор."
    )
    known = results.references_in_force(store.connection).factors
    assert [factor.name for factor in known if factor not in shipped] == ["Транспортная удалённость школы"]
    history.undo(store)
    assert results.references_in_force(store.connection).factors == shipped


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (THRESHOLDS.replace("least = 24", "least = 240"), "IMP_THRESHOLD_FAULT"),
        (METRICS.replace('"count"', '"мера"'), "DATA_CATALOGUE"),
        ("title = 'ничего'", "GEN_NOT_REFERENCE"),
        ("[[metric", "GEN_NOT_REFERENCE"),
    ],
)
def test_a_reference_with_a_fault_leaves_everything_as_it_was(
    store: Store, tmp_path: Path, text: str, code: str
) -> None:
    before = dump(store.connection)
    with pytest.raises(UserError) as refusal:
        references.update_from_file(store, written(tmp_path, text))
    assert refusal.value.code == code
    assert dump(store.connection) == before
