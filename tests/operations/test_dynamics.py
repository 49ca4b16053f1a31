"""Dynamics of a file, worked out by hand; supported schools beside similar ones; papers and the command."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from app.cli import run
from app.errors import UserError
from app.models import results
from app.models.records import Assessment
from app.models.store import Store
from app.operations import dynamics, dynamics_papers, papers, registers, schools

MATHS = Assessment("ВПР", "Математика", None, 5)
RUSSIAN = Assessment("ВПР", "Русский язык", None, 5)
OGE = Assessment("ОГЭ", "Математика", None, 9)
Row = tuple[int, Assessment, int, int, int]
"""(number of the school, work, year, below, participants)."""


def put(store: Store, *rows: Row, restored: int = 0) -> None:
    with store.operation("Проба", "test") as operation:
        work = results.ensure_assessments(operation, [MATHS, RUSSIAN, OGE])
        for number, about, year, below, people in rows:
            operation.insert(
                "mark_count", organisation_id=key_of(store, number), assessment_id=work[about], result_year=year,
                participants=people, below_min=below,
            )  # fmt: skip


def key_of(store: Store, number: int) -> int:
    return schools.find(store.connection, f"СОШ № {number}").id


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store.create(tmp_path / "р.opora", name="Район", actor="К")
    for number in range(1, 8):
        schools.add(made, {"name": f"СОШ № {number}", "settlement_kind": "city" if number < 3 else "village"})
    put(
        made,
        (1, MATHS, 2024, 12, 40), (1, MATHS, 2025, 20, 40), (1, MATHS, 2026, 14, 40),
        (2, MATHS, 2024, 4, 40), (2, MATHS, 2025, 18, 40), (2, MATHS, 2026, 17, 40),
        (3, MATHS, 2025, 2, 40), (3, MATHS, 2026, 6, 40), (3, RUSSIAN, 2026, 0, 40),
        (4, MATHS, 2025, 1, 9), (4, MATHS, 2026, 5, 9),
        (5, MATHS, 2025, 5, 40), (5, OGE, 2026, 3, 20),
        (6, MATHS, 2025, 3, 40), (6, MATHS, 2026, 3, 40),
    )  # fmt: skip
    return made


def test_the_municipality_is_compared_on_what_both_years_have(store: Store) -> None:
    line = dynamics.table(store.connection).municipality
    assert {year: (tally.below, tally.of) for year, tally in line.counts.items()} == {
        2024: (16, 80), 2025: (49, 209), 2026: (48, 229),
    }  # fmt: skip
    whole, last = line.change, line.year_change
    assert whole is not None
    assert last is not None
    # schools 1 and 2 alone have both ends: 16 of 80 and 31 of 80
    assert (whole.before.below, whole.after.below, whole.after.of) == (16, 31, 80)
    assert whole.change == Fraction(15, 80)
    assert (whole.schools, whole.of_schools) == (2, 6)
    # 2025 → 2026: schools 1, 2, 3, 4, 6 in maths: 20+18+2+1+3 = 44 of 169 → 14+17+6+5+3 = 45 of 169
    assert (last.before.below, last.after.below, last.before.of) == (44, 45, 169)
    assert last.marks == ("works", "schools")


def test_schools_say_what_stands_against_comparing(store: Store) -> None:
    found = dynamics.table(store.connection)
    by_name = {line.name: line for line in found.schools}
    assert by_name["СОШ № 1"].change is not None
    assert by_name["СОШ № 1"].change.verdict == "same"
    assert by_name["СОШ № 2"].change is not None
    assert by_name["СОШ № 2"].change.verdict == "worse"
    assert by_name["СОШ № 3"].change is not None
    assert by_name["СОШ № 3"].change.verdict == "worse"
    assert by_name["СОШ № 3"].change.marks == ("works",), "an easy work that is new does not help"
    assert by_name["СОШ № 4"].change is not None
    assert by_name["СОШ № 4"].change.verdict == "small"
    assert by_name["СОШ № 5"].change is not None
    assert by_name["СОШ № 5"].change.verdict == "apart"
    assert by_name["СОШ № 7"].change is None
    assert not by_name["СОШ № 7"].counts, "no data is not nought"


def test_one_work_one_procedure_and_fewer_years(store: Store) -> None:
    of_oge = dynamics.table(store.connection, works="ОГЭ")
    assert of_oge.municipality.counts.keys() == {2026}
    assert of_oge.municipality.change is None
    russian = dynamics.table(store.connection, works=RUSSIAN)
    assert russian.municipality.counts[2026].of == 40
    assert set(russian.known_works) == {MATHS, RUSSIAN, OGE}, "what can be chosen does not shrink"
    short = dynamics.table(store.connection, years=2)
    assert short.years == (2025, 2026)
    assert dynamics.table(store.connection, 2025).years == (2024, 2025)


def test_saved_groups_and_settlements_stand_between(store: Store) -> None:
    schools.set_group(store, "Кластер «Север»", [key_of(store, 1), key_of(store, 3)])
    found = dynamics.table(store.connection)
    names = [line.name for line in found.groups]
    assert names[:3] == ["Кластер «Север»", dynamics.CITY, dynamics.VILLAGE]
    north = found.line("group", "Кластер «Север»")
    assert north is not None
    assert (north.counts[2025].below, north.of_schools) == (22, 2)


def test_a_merged_record_counts_with_its_school(store: Store) -> None:
    with store.operation("Проба", "test") as operation:
        operation.update("organisation", key_of(store, 6), duplicate_of=key_of(store, 7))
    by_name = {line.name: line for line in dynamics.table(store.connection).schools}
    assert "СОШ № 6" not in by_name
    assert by_name["СОШ № 7"].counts[2026].of == 40


def test_a_closed_school_stays_where_it_has_results(store: Store) -> None:
    with store.operation("Проба", "test") as operation:
        operation.update("organisation", key_of(store, 6), status="closed")
        operation.update("organisation", key_of(store, 7), status="closed")
    lines = {line.name: line.note for line in dynamics.table(store.connection).schools}
    assert lines["СОШ № 6"] == "закрыта"
    assert "СОШ № 7" not in lines


def test_chance_alone_is_expected_of_the_first_year(store: Store) -> None:
    found = dynamics.table(store.connection, years=2)
    weak = {line.name: line for line in found.schools}["СОШ № 1"].by_itself
    assert weak is not None
    # six schools wrote maths in 2025: m = 49/209; the weakest is expected to fall without help
    assert weak.spread.mean == Fraction(49, 209)
    assert weak.drift < 0
    # fewer than five schools in 2024: nothing is expected
    assert dynamics.table(store.connection).municipality.by_itself is None


def test_without_results_and_without_that_year(tmp_path: Path, store: Store) -> None:
    empty = Store.create(tmp_path / "п.opora", name="Район", actor="К")
    with pytest.raises(UserError) as caught:
        dynamics.table(empty.connection)
    assert caught.value.code == "MON_NO_RESULTS"
    with pytest.raises(UserError) as caught:
        dynamics.table(store.connection, 2020)
    assert caught.value.code == "MON_NO_RESULT_YEAR"
    with pytest.raises(UserError) as caught:
        dynamics.supported_against_similar(store.connection, 2024)
    assert caught.value.code == "MON_NO_YEAR_BEFORE"


# --- support -----------------------------------------------------------------------------------------------------


def support(store: Store, number: int, year: int = 2025, state: str = "ended") -> None:
    registers.add(
        store, "partnerships", {"school_year": year}, receiver_id=key_of(store, number), donor="Институт", state=state
    )


def test_supported_beside_similar_by_hand(store: Store) -> None:
    support(store, 1)
    found = dynamics.supported_against_similar(store.connection, everyone=True)
    assert (found.year_from, found.year, found.school_years) == (2025, 2026, (2025,))
    assert [(found.names[pair.supported], found.names[pair.similar]) for pair in found.sides.twins] == [
        ("СОШ № 1", "СОШ № 2")
    ]  # 50 % and 45 %; the others began more than ten points apart
    assert found.by(key_of(store, 1)) == ("Институт",)
    bounds = found.sides.bounds
    assert bounds is not None
    # 20 → 14 of 40 is −15 points, 18 → 17 is −2,5: −12,5
    assert bounds.value == pytest.approx(-0.125)
    assert found.others == 5, "the seventh has no results"
    assert found.supported == 1


@pytest.mark.parametrize(("year", "state"), [(2024, "ended"), (2026, "active"), (2025, "planned"), (2025, "broken")])
def test_support_of_another_year_or_only_planned_is_none(store: Store, year: int, state: str) -> None:
    support(store, 1, year, state)
    assert dynamics.supported_against_similar(store.connection, everyone=True).supported == 0


def test_a_curator_counts_while_the_post_is_held(store: Store) -> None:
    key = key_of(store, 1)
    schools.appoint(store, key, full_name="Ким О. В.", role="Куратор", date_from="2025-10-01")
    schools.appoint(store, key_of(store, 2), full_name="Лис П. А.", role="директор", date_from="2025-10-01")
    schools.appoint(store, key_of(store, 3), full_name="Ёж И. И.", role="тьютор", date_from="2026-09-01")
    found = dynamics.supported_against_similar(store.connection, everyone=True)
    assert found.by(key) == ("Ким О. В.",)
    assert found.facts.keys() == {key}


def test_only_listed_schools_are_set_beside_unless_asked(store: Store) -> None:
    support(store, 1)
    support(store, 2)
    found = dynamics.supported_against_similar(store.connection)
    assert (found.listed, found.supported) == (1, 1), "the second had one procedure in one year"
    assert not found.sides.twins, "a school with support is no school without it"
    assert [found.names[key] for key in found.sides.alone] == ["СОШ № 1"]
    assert dynamics.supported_against_similar(store.connection, everyone=True).supported == 2


def test_papers_say_the_figures_of_the_operation(store: Store) -> None:
    support(store, 1)
    paper = dynamics_papers.dynamics_paper(store.connection)
    texts = {text.replace("\u00a0", " ") for _place, text in paper.document.texts()}
    assert "48 из 229" in texts
    assert "СОШ № 5" in texts
    assert papers.render(paper, ".xlsx").data
    paper = dynamics_papers.support_paper(store.connection)
    said = " ".join(text.replace("\u00a0", " ") for _place, text in paper.document.texts())
    assert "Похожие нашлись для 1 из 1 школы с поддержкой." in said
    assert "не нашлось" not in said, "what stands for an empty table is not said over a full one"


def test_the_command(store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    support(store, 1)
    path = str(store.path)
    store.close()
    assert run(["dynamics", "--db", path, "--json", "--years", "2", "--work", "впр"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["years"] == [2025, 2026]
    assert answer["works"] == "ВПР"
    lines = {line["name"]: line for line in answer["lines"]}
    assert lines["СОШ № 7"]["years"] == []
    assert lines["СОШ № 7"]["change"] is None
    assert lines["СОШ № 1"]["change"]["difference"]["value"] == -0.15
    out = tmp_path / "с.pdf"
    assert run(["dynamics", "--db", path, "--json", "--support", "--everyone", "--out", str(out)]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["difference"]["value"] == -0.125
    assert out.read_bytes().startswith(b"%PDF")
    assert run(["dynamics", "--db", path]) == 0
    assert "не сравнить" in capsys.readouterr().out
    assert run(["dynamics", "--db", path, "--support", "--everyone"]) == 0
    assert "СОШ № 2" in capsys.readouterr().out
    assert run(["dynamics", "--db", path, "--work", "физика"]) == 1
    assert "ВПР математика" in capsys.readouterr().err
