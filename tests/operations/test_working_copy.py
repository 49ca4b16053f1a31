from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import UserError
from app.models.store import Store
from app.operations import maintenance, schools


@pytest.fixture
def share(tmp_path: Path) -> Path:
    folder = tmp_path / "общая папка"
    folder.mkdir()
    path = folder / "Лесогорск.opora"
    store = Store.create(path, name="Лесогорский округ", actor="Ким")
    schools.add(store, {"name": "СОШ № 1"})
    store.close()
    return path


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    folder = tmp_path / "стол"
    folder.mkdir()
    return folder


def names(path: Path) -> list[str]:
    with Store.open(path, actor="проверка") as store:
        return sorted(school.name for school in schools.listing(store.connection))


def test_work_on_a_copy_comes_back_and_the_share_is_locked_meanwhile(share: Path, desk: Path) -> None:
    copy = maintenance.check_out(share, desk, "Ким")
    with pytest.raises(UserError) as caught:
        Store.open(share, actor="Павлова")
    assert caught.value.code == "STORE_LOCKED"
    with Store.open(copy, actor="Ким") as store:
        schools.add(store, {"name": "СОШ № 2"})
    assert maintenance.check_in(copy) == share
    assert not copy.exists()
    assert names(share) == ["СОШ № 1", "СОШ № 2"]


def test_a_share_changed_meanwhile_is_never_overwritten(share: Path, desk: Path) -> None:
    from app.models.lock import lock_path

    copy = maintenance.check_out(share, desk, "Ким")
    lock_path(share).unlink()
    with Store.open(share, actor="Павлова") as store:
        schools.add(store, {"name": "СОШ № 3"})
    with Store.open(copy, actor="Ким") as store:
        schools.add(store, {"name": "СОШ № 2"})
    with pytest.raises(UserError) as caught:
        maintenance.check_in(copy)
    assert caught.value.code == "STORE_SHARE_CHANGED"
    assert names(share) == ["СОШ № 1", "СОШ № 3"]
    assert names(share.with_name("Лесогорск (копия, Ким).opora")) == ["СОШ № 1", "СОШ № 2"]
    assert copy.exists()


def test_a_working_copy_needs_a_folder(share: Path, tmp_path: Path) -> None:
    for wrong in (tmp_path / "нет такой", share):
        with pytest.raises(UserError) as caught:
            maintenance.check_out(share, wrong, "Ким")
        assert (caught.value.code, str(wrong) in caught.value.what) == ("STORE_NO_FOLDER", True)
    # nothing is taken: the share is free
    Store.open(share, actor="Лим").close()


def test_an_ordinary_file_has_nowhere_to_return(share: Path) -> None:
    with pytest.raises(UserError) as caught:
        maintenance.check_in(share)
    assert caught.value.code == "STORE_NOT_CHECKED_OUT"
