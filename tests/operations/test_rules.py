"""Rules of a file: every change is one step of undo, every version stays, a rule travels as a file."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.rule_model import Against, Branch, BranchKind, Compare, Measure, ProcedureGroup, Rule
from app.analysis.rule_writer import as_toml
from app.analysis.rules import check_rule, load_shipped, parse_rule
from app.errors import UserError
from app.importers.parsed import UnitRef
from app.models import references
from app.models.records import PROCEDURES, Procedure
from app.models.store import Store
from app.operations import identification, results, rules, schools
from app.operations.history import redo, undo
from app.operations.results import Options
from tests.operations.conftest import MATHS5, RUSSIAN5, mark, reading, school

RULE = "rosobrnadzor-2022"


def texts(store: Store) -> list[tuple[str, str]]:
    return sorted((ref_id, version) for ref_id, version, _text in references.texts(store.connection, "rule"))


def own(store: Store) -> Rule:
    return rules.copy(store, RULE, "ours", "Наше правило")


def test_what_ships_is_listed_first_and_says_where_it_is_from(store: Store) -> None:
    own(store)
    rules.put_text(store, load_shipped()["kriro-2023"].text.replace("[30, 100]", "[20, 100]"))
    found = {entry.rule.id: entry for entry in rules.listing(store.connection)}
    assert list(found)[-1] == "ours"
    assert found["ours"].origin == "own"
    assert found[RULE].origin == "shipped"
    assert found["kriro-2023"].origin == "changed"
    assert found["kriro-2023"].rule.version == "1.1"  # the shipped 1.0 has another content
    assert [entry.rule.id for entry in found.values() if entry.chosen] == [RULE]


def test_a_copy_is_changed_version_by_version_and_undone(store: Store) -> None:
    made = own(store)
    assert (made.version, made.title, made.digest) != (
        load_shipped()[RULE].version,
        made.title,
        load_shipped()[RULE].digest,
    )
    second = rules.save(store, replace(made, threshold=(35, 100)))
    third = rules.save(store, replace(second, min_participants=5))
    assert [rule.version for rule in (made, second, third)] == ["1.0", "1.1", "1.2"]
    assert texts(store) == [("ours", "1.0"), ("ours", "1.1"), ("ours", "1.2")]
    assert [r.threshold for r in rules.versions(store.connection, "ours")] == [(35, 100), (35, 100), (30, 100)]
    assert identification.rule(store.connection, "ours") == third
    undo(store)
    assert identification.rule(store.connection, "ours") == second
    undo(store)
    undo(store)
    assert "ours" not in identification.rules(store.connection)
    redo(store)
    assert identification.rule(store.connection, "ours") == made


def test_saving_what_has_not_changed_writes_nothing(store: Store) -> None:
    made = own(store)
    assert rules.save(store, made) == made
    assert texts(store) == [("ours", "1.0")]


def test_the_tenth_version_is_newer_than_the_ninth(store: Store) -> None:
    made = own(store)
    for part in range(20, 31):
        made = rules.save(store, replace(made, threshold=(part, 100)))
    assert made.version == "1.11"
    assert identification.rule(store.connection, "ours").threshold == (30, 100)


def test_refusals(store: Store) -> None:
    own(store)

    def code(run: object, *args: object) -> str:
        with pytest.raises(UserError) as refused:
            run(*args)  # type: ignore[operator]
        return refused.value.code

    shipped = load_shipped()[RULE]
    assert code(rules.copy, store, RULE, "ours") == "RULE_ID_TAKEN"
    assert code(rules.copy, store, RULE, "Наше") == "RULE_FAULTS"
    assert code(rules.copy, store, "nothing") == "RULE_NOT_FOUND"
    assert code(rules.save, store, replace(shipped, threshold=(1, 2))) == "RULE_SHIPPED"
    assert code(rules.rename, store, RULE, "Другое") == "RULE_SHIPPED"
    assert code(rules.remove, store, RULE) == "RULE_SHIPPED"
    assert code(rules.set_default, store, "nothing") == "RULE_NOT_FOUND"
    assert code(rules.rename, store, "ours", " ") == "RULE_FAULTS"
    wrong = replace(identification.rule(store.connection, "ours"), threshold=None, need=9)
    with pytest.raises(UserError) as refused:
        rules.save(store, wrong)
    assert [fault.code for fault in refused.value.context["problems"]] == ["RULE_KEY_MISSING", "RULE_NEED"]
    assert texts(store) == [("ours", "1.0")]


def test_names_and_removal(store: Store) -> None:
    made = rules.copy(store, RULE)
    assert (made.id, made.title) == (f"{RULE}-own-1", "Копия: Рособрнадзор, декабрь 2022 года")
    assert rules.copy(store, made.id).id == f"{RULE}-own-2"
    rules.rename(store, made.id, "Наше")
    rules.set_default(store, made.id)
    assert rules.entry(store.connection, made.id).chosen
    rules.remove(store, made.id)
    assert made.id not in identification.rules(store.connection)
    assert rules.entry(store.connection, RULE).chosen
    undo(store)
    found = rules.entry(store.connection, made.id)
    assert (found.rule.title, found.versions, found.chosen) == ("Наше", ("1.1", "1.0"), True)


def test_a_rule_travels_as_a_file(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = rules.save(store, replace(own(store), threshold=(35, 100)))
    path = tmp_path / "правило.toml"
    rules.export(store.connection, "ours", path)
    rules.remove(store, "ours")
    assert rules.put_file(store, path) == made
    assert rules.put_file(store, path).version == made.version  # the same text again is nothing new
    path.write_text(made.text.replace("35", "40"), "utf-8")
    assert rules.put_file(store, path).version == "1.2"
    with pytest.raises(UserError) as refused:
        rules.put_file(store, tmp_path / "нет.toml")
    assert refused.value.code == "GEN_FILE_MISSING"
    with pytest.raises(UserError) as refused:
        rules.export(store.connection, "ours", tmp_path)
    assert refused.value.code == "PAPER_BAD_NAME"
    kept = path.read_bytes()
    monkeypatch.setattr(os, "fsync", _full_disk)
    with pytest.raises(UserError) as refused:
        rules.export(store.connection, "ours", path)
    assert refused.value.code == "PAPER_NO_SPACE"
    assert path.read_bytes() == kept


def _full_disk(_file: int) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_draft_is_tried_out_without_being_saved(store: Store) -> None:
    names = [school(f"Школа № {number}", f"edu0000{number:02d}") for number in (1, 2, 3)]
    marks = [
        mark(unit, work, 2026, below, 10, row)
        for unit, below, row in zip(names, (3, 4, 0), (9, 10, 11), strict=True)
        for work in (MATHS5, RUSSIAN5)
    ]
    results.load(store, reading(*marks), Options(create_schools=True))
    assert len(schools.listing(store.connection)) == 3
    made = own(store)
    found = rules.trial(store.connection, replace(made, threshold=(35, 100)), 2026)
    assert (found.schools, found.listed, found.now, found.came, found.left) == (3, 1, 2, 0, 1)
    fresh = rules.trial(store.connection, replace(made, id="new", threshold=(1, 100)), 2026)
    assert (fresh.listed, fresh.now) == (2, None)
    assert texts(store) == [("ours", "1.0")]


# --- the text that a form makes -----------------------------------------------------------------------------------

words = st.text("абвгд «»№%\"'\\\n[]=#–", min_size=1, max_size=30).map(str.strip).filter(bool)
line = words.map(lambda text: text.replace("\n", " "))
share = st.tuples(st.integers(1, 100), st.just(100))
kinds: st.SearchStrategy[tuple[Procedure, ...]] = st.lists(st.sampled_from(PROCEDURES), min_size=1, unique=True).map(
    tuple
)


@st.composite
def branches(draw: st.DrawFn, number: int) -> Branch:
    kind: BranchKind = draw(st.sampled_from(get_args(BranchKind)))
    made = Branch(f"b{number}", draw(line), kind)
    n, years = draw(st.integers(1, 4)), draw(st.integers(2, 6))
    match kind:
        case "at_least_in_year" | "each_of_two_years_any" | "same_in_both_years":
            return replace(made, n=n)
        case "each_of_years_any" | "same_in_years":
            return replace(made, n=n, years=years)
        case "region_gap":
            measure: Measure = draw(st.sampled_from(get_args(Measure)))
            against: Against = draw(st.sampled_from(get_args(Against)))
            return replace(made, n=n, bound=draw(share), measure=measure, against=against)
        case "lowest_share":
            return replace(made, share=draw(share), kinds=draw(kinds), years=years)
        case "quality_at_most":
            data = draw(st.sampled_from([None, "metric:low"]))
            return replace(made, bound=draw(share), kinds=draw(kinds), n=n, years=years, data=data)
        case "metric":
            compare: Compare = draw(st.sampled_from(get_args(Compare)))
            return replace(made, data="metric:a", compare=compare, bound=draw(share), years=years)
        case "metric_gap":
            flag = draw(st.sampled_from([None, "metric:c"]))
            return replace(made, data="metric:a", base="metric:b", bound=draw(share), flag=flag)
        case "flag":
            return replace(made, data="metric:a", wanted=draw(st.booleans()))
        case _:
            return replace(made, data="index:a", share=draw(share))


@st.composite
def drafts(draw: st.DrawFn) -> Rule:
    groups = [
        ProcedureGroup(f"g{grade}", draw(line), "ВПР", "Математика", grades=(grade,))
        for grade in draw(st.lists(st.integers(4, 8), min_size=4, max_size=5, unique=True))
    ]
    groups.append(ProcedureGroup("each", draw(line), "ВПР", "Физика", each_grade=True))
    groups.append(ProcedureGroup("ege", draw(line), "ЕГЭ", "Математика", levels=("profile",)))
    found = tuple(draw(branches(number)) for number in range(draw(st.integers(1, 4))))
    return Rule(
        id="own", version="1.3", title=draw(line), wording=tuple(draw(st.lists(words, max_size=3))),
        source=draw(line), note=draw(st.sampled_from(["", "Коротко", "Длинно\nи с «кавычками» " + "о" * 120])),
        branches=found, procedures=tuple(groups), threshold=draw(share), egemath=draw(st.sampled_from(["one", "two"])),
        join=draw(st.sampled_from(["or", "and"])), need=draw(st.integers(1, len(found))),
        min_participants=draw(st.integers(1, 20)),
    )  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(draft=drafts())
def test_a_draft_and_its_text_say_the_same(draft: Rule) -> None:
    text = as_toml(draft)
    faults = {fault.code for fault in check_rule(text)}
    assert faults <= {"RULE_MIXED", "RULE_RANKING_TWICE"}  # of a rule as a whole, not of its text
    if not faults:
        assert parse_rule(text) == draft
        assert parse_rule(text).digest == draft.digest


def test_every_shipped_rule_survives_the_form() -> None:
    for rule in load_shipped().values():
        assert parse_rule(as_toml(rule)) == rule


def test_the_region_of_the_file_is_what_a_gap_is_measured_against(store: Store) -> None:
    one, two = school("СОШ № 1", "edu000001"), school("СОШ № 2", "edu000002")
    region = UnitRef("region", "Лесная область")
    counts = ((one, 3, 10, 9), (two, 8, 27, 10), (region, 20, 100, 11))  # 30 % and 29,6 % against 20 %
    results.load(
        store, reading(*(mark(u, MATHS5, 2026, b, n, r) for u, b, n, r in counts)), Options(create_schools=True)
    )
    gap = Branch("gap", "хуже региона на 10 п. п.", "region_gap", bound=(10, 1))
    draft = replace(load_shipped()[RULE], id="gap", branches=(gap,), threshold=None)
    assert rules.trial(store.connection, draft, 2026).listed == 1
    means = replace(draft, branches=(replace(gap, measure="mean"),), procedures=draft.procedures[:4])
    assert rules.trial(store.connection, means, 2026).no_data == 2  # nobody told marks or means
    nowhere = replace(draft, branches=(replace(gap, against="municipality"),))
    assert rules.trial(store.connection, nowhere, 2026).no_data == 2
