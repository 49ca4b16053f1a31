from __future__ import annotations

from pathlib import Path

import pytest

from app.importers.parsed import Hints
from app.importers.reading import read_files


@pytest.mark.parametrize(
    ("state", "remark", "status", "note"),
    [
        ("реорганизована", "вошла в СОШ № 5", "реорганизована", "вошла в СОШ № 5"),
        ("Присоединена к СОШ № 5", "", "реорганизована", "Присоединена к СОШ № 5"),
        ("закрыта", "", "закрыта", None),
        ("", "", None, None),
    ],
)
def test_the_remark_of_a_row_travels_with_it(
    tmp_path: Path, state: str, remark: str, status: str | None, note: str | None
) -> None:
    path = tmp_path / "реестр.csv"
    path.write_text(f"Логин;Название;Состояние;Примечание\nedu000001;СОШ № 1;{state};{remark}\n", "utf-8-sig")
    (reading,) = read_files([path], Hints("schools"))
    (school,) = reading.schools
    assert (school.status, school.note) == (status, note)
