from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.errors import UserError
from app.models.store import Store
from app.operations import demo, paper_batch, paper_catalogue, schools
from app.operations.paper_batch import Batch

DAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = Store.create(tmp_path_factory.mktemp("batch") / "Лесогорск.opora", name="Округ", actor="Ким О. В.")
    demo.generate_region(store, schools=4, years=2, procedures=2)
    schools.add(store, {"name": "СОШ № 99", "short_name": "СОШ № 99"})  # without any results
    schools.set_group(store, "Пара", [item.id for item in schools.listing(store.connection)[:2]])
    yield store
    store.abandon()


def batch(store: Store, folder: Path, wanted: str = "all", **more: object) -> Batch:
    item = paper_catalogue.kind("school_sheet")
    values = paper_catalogue.usual(store.connection, item, DAY)
    each = paper_batch.chosen(store.connection, item, values, wanted, DAY)
    planned = paper_batch.plan(store.connection, item, values, each, DAY, folder)
    told = {"suffixes": (".pdf",), "one_file": False} | more
    return Batch(item, values, planned, folder, told["suffixes"], DAY, bool(told["one_file"]))  # type: ignore[arg-type]


def test_a_school_without_results_stops_nobody_and_is_named(filled: Store, tmp_path: Path) -> None:
    folder = tmp_path / "Листы"
    work = batch(filled, folder)
    result = work.run(paper_batch.makes(filled.connection, work))
    assert (result.made, len(result.files)) == (4, 4)
    [(whose, why)] = result.left_out
    assert whose == "СОШ № 99"
    assert "результатов" in why
    assert sorted(path.name for path in folder.iterdir()) == sorted(path.name for path in result.files)
    # once more: beside what is there
    again = work.run(paper_batch.makes(filled.connection, work))
    assert all(path.stem.endswith("(2)") for path in again.files)


def test_stopped_in_the_middle_nothing_is_left_not_even_the_new_folder(filled: Store, tmp_path: Path) -> None:
    folder = tmp_path / "Листы"
    work = batch(filled, folder)
    with pytest.raises(UserError) as told:
        work.run(paper_batch.makes(filled.connection, work), lambda _word, done, _total: done < 2)
    assert told.value.code == "OUT_BATCH_STOPPED"
    assert not folder.exists()


def test_a_failure_in_the_middle_leaves_nothing(filled: Store, tmp_path: Path) -> None:
    folder = tmp_path / "Листы"
    work = batch(filled, folder, "group:Пара")
    made = iter(list(paper_batch.makes(filled.connection, work))[:1])

    def breaking() -> Iterator[object]:
        yield next(made)
        raise OSError("the reader has gone")

    with pytest.raises(OSError, match="gone"):
        work.run(breaking())  # type: ignore[arg-type]
    assert not folder.exists()


def test_sets_are_of_the_file(filled: Store) -> None:
    item = paper_catalogue.kind("school_sheet")
    values = paper_catalogue.usual(filled.connection, item, DAY)
    found = {one.key: len(one.values) for one in paper_batch.choices(filled.connection, item, values, DAY)}
    assert found["all"] == 5
    assert found["group:Пара"] == 2
    named = paper_batch.chosen(filled.connection, item, values, "СОШ № 99", DAY)
    assert len(named) == 1


@pytest.mark.parametrize(
    ("wanted", "more", "code"),
    [("group:Нет", {}, "OUT_NO_GROUP"), ("supported", {}, "OUT_BATCH_NOTHING"),
     ("all", {"suffixes": (".odt",)}, "GEN_BAD_FORMAT"),
     ("all", {"suffixes": (".docx",), "one_file": True}, "OUT_ONE_FILE"),
     ("СОШ № 99", {}, "DATA_SHEET_NOTHING")],
)  # fmt: skip
def test_what_cannot_be_made_is_said_before_anything_is_written(
    filled: Store, tmp_path: Path, wanted: str, more: dict[str, object], code: str
) -> None:
    folder = tmp_path / "Листы"

    def run() -> None:
        work = batch(filled, folder, wanted, **more)
        work.run(paper_batch.makes(filled.connection, work))

    with pytest.raises(UserError) as told:
        run()
    assert told.value.code == code
    assert not folder.exists()


def test_a_paper_of_the_whole_municipality_is_no_batch(filled: Store) -> None:
    with pytest.raises(UserError) as told:
        paper_batch.choices(filled.connection, paper_catalogue.kind("legal"), {}, DAY)
    assert told.value.code == "OUT_NO_BATCH"
