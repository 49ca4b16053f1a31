"""Papers about support: every figure and every line is one of the registers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.errors import UserError
from app.models.store import Store
from app.operations import papers, registers, support_papers, support_platforms
from app.operations.support_papers import TITLES, Chosen, SupportPaper
from app.reports.document import Table, shown
from tests.helpers import stores

YEAR, DAY = 2026, date(2026, 11, 23)
SCOPE = {"school_year": YEAR}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return stores.made(tmp_path / "file.opora")


@pytest.fixture
def school(store: Store) -> int:
    return stores.school(store, "СОШ № 1", own=1)


def tables(store: Store, kind: SupportPaper, school: int | None = None) -> list[list[list[str]]]:
    """Return the texts of every table of a paper, row by row."""
    paper = support_papers.paper(store.connection, Chosen(kind, YEAR, school), DAY)
    found = [block for block in paper.document.blocks if isinstance(block, Table)]
    return [[[" / ".join(shown(cell)).replace("\u00a0", " ") for cell in row.cells] for row in table.rows()]
            for table in found]  # fmt: skip


def test_the_map_tells_help_and_what_waits(store: Store, school: int) -> None:
    platform = registers.add(store, "platforms", SCOPE, title="Физика", topic="Опыты")
    registers.add(store, "deficits", SCOPE, organisation_id=school, subject="Физика", people=2)
    registers.add(store, "support", SCOPE, organisation_id=school, deficit="Химия", offer="Курсы", provider="ИРО",
                  date_from="2026-10-01", date_to="2026-11-22", platform_id=platform)  # fmt: skip
    help_rows, waiting = tables(store, "map")
    assert help_rows == [["Химия", "Курсы", "ИРО", "—", "с 01.10.2026 / по 22.11.2026", "—", "срок прошёл", "—"]]
    assert waiting == [["СОШ № 1", "Физика", "Площадка «Физика»"]]


def test_the_register_of_agreements_counts_held_events(store: Store, school: int) -> None:
    key = registers.add(store, "partnerships", SCOPE, receiver_id=school, donor="Педколледж", donor_kind="college",
                        number="12", dated="2026-09-18", topic="Практика")  # fmt: skip
    registers.add(store, "joint", {"partnership_id": key}, title="Встреча", held_on="2026-10-15", participants=18)
    registers.add(store, "joint", {"partnership_id": key}, title="Уроки", planned_on="2026-11-13", participants=99)
    ((row,),) = tables(store, "agreements")
    assert row == ["СОШ № 1", "Педколледж", "№ 12 / от 18.09.2026", "Практика", "—", "действует",
                   "проведено 1 из 2 / Встреча, 15.10.2026", "18"]  # fmt: skip


def test_platforms_are_told_in_the_words_of_the_document(store: Store) -> None:
    key = registers.add(store, "platforms", SCOPE, title="Физика")
    support_platforms.put(store, key, [("taking_part", "raw", "12 из 40")])
    (rows,) = tables(store, "platforms")
    assert [row[0] for row in rows] == [item.text for item in support_platforms.catalogue().measures]
    assert rows[2][1:] == ["12 из 40, 30,0 %", "—", "—", "—"]
    assert rows[0][1:] == ["—", "—", "—", "—"]


def test_the_pivot_sums_and_says_what_is_not_counted(store: Store, school: int) -> None:
    other = stores.school(store, "СОШ № 2", own=1)
    registers.add(store, "deficits", SCOPE, organisation_id=school, subject="Физика", people=2)
    registers.add(store, "deficits", SCOPE, organisation_id=school, subject="Право")
    registers.add(store, "deficits", SCOPE, organisation_id=other, subject="Физика", people=3)
    (rows,) = tables(store, "deficits")
    assert rows == [["СОШ № 1", "есть", "2", "2"], ["СОШ № 2", "—", "3", "3"], ["Всего", "есть", "5", "5"]]


def test_the_card_of_a_school_needs_a_school(store: Store, school: int) -> None:
    registers.add(store, "plans", SCOPE, organisation_id=school, kind="teacher", need=4, planned=3)
    registers.add(store, "risks", SCOPE, organisation_id=school, factor="Мотивация", due_on="2026-11-01")
    deficits, help_rows, risks, plans = tables(store, "school", school)
    assert (deficits, help_rows) == ([], [])
    assert risks == [["Мотивация", "—", "—", "—", "01.11.2026", "просрочена", "—"]]
    assert plans == [["Планы учителей (ИППР)", "—", "4", "3", "—"]]
    with pytest.raises(UserError) as error:
        tables(store, "school")
    assert error.value.code == "MON_SUPPORT_NO_SCHOOL"


@pytest.mark.parametrize("kind", TITLES)
@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".xlsx"])
def test_an_empty_year_is_a_paper_too(store: Store, school: int, kind: SupportPaper, suffix: str) -> None:
    paper = support_papers.paper(store.connection, Chosen(kind, YEAR, school), DAY)
    assert paper.title.endswith("2026/27")
    assert papers.render(paper, suffix).data
