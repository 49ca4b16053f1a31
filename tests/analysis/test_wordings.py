"""The library of wordings: every shipped entry, its ties, its words; the strict reader and the writer."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest

from app.analysis import terms, wordings
from app.analysis.programme_checks import lists
from app.analysis.programme_checks.words import EmptyWords, has_number, names_product, repeats, twins
from app.analysis.wordings import BLANK, Library, Wording
from app.errors import UserError
from app.operations.programme_formulas import known_formula
from app.operations.programme_library import shipped

LEAST = {
    "problem": 12, "cause": 25, "goal": 8, "task": 20, "measure": 15, "indicator": 35, "activity": 60, "risk": 12,
    "monitor": 5, "mechanism": 5, "stakeholder": 5,
}  # fmt: skip


@pytest.fixture(scope="module")
def library() -> Library:
    return shipped()


def texts(item: Wording) -> list[str]:
    found = [item.text, *item.results, *item.responsible]
    found += [item.answer, item.data, item.method, item.period, item.measures, item.powers, item.result, item.interest]
    return [text for text in (*found, item.part, item.term) if text]


def test_there_is_enough_of_every_kind(library: Library) -> None:
    found = Counter(str(item.kind) for item in library.items.values())
    assert {kind: number for kind, number in LEAST.items() if found[kind] < number} == {}
    assert len(library.directions) >= 5
    assert {library.items[key].direction for key in library.items} - {""} == set(library.directions)
    causes = Counter(item.cause for item in library.of_kind("cause"))
    assert min(causes.values()) >= 4
    assert set(causes) == {"result", "process", "conditions", "management"}


def test_everything_has_its_place_and_its_ties(library: Library) -> None:
    for item in library.items.values():
        if item.kind in {"cause", "task", "measure", "indicator", "activity"}:
            assert item.above, item.key
        if item.kind in {"goal", "task", "activity"}:
            assert item.beside, item.key
        if item.kind in {"problem", "cause", "indicator"}:
            assert library.pointing(item.key), item.key
        if item.kind == "task":
            assert {below.kind for below in library.below(item.key)} == {"measure", "activity"}, item.key
        if item.kind == "risk":
            assert item.answer, item.key
        if item.kind == "activity":
            assert item.results, item.key
            assert item.responsible, item.key
            assert item.term, item.key


def test_every_entry_names_its_source_and_known_formulas(library: Library) -> None:
    for item in library.items.values():
        assert re.match(r"после 00[0124], «?", item.source), item.key
        assert not item.formula or known_formula(item.formula), item.key
    assert sum(bool(item.formula) for item in library.items.values()) >= 15


def test_words_are_clean_russian(library: Library) -> None:
    for item in library.items.values():
        for text in texts(item):
            assert text == text.strip(), item.key
            assert not re.search(r'  |["“”]|\.\.|\s[,.;:!?]| - |[A-Za-z]', text), text
            assert not re.search(r"_", text.replace(BLANK, "")), text
            assert text.count("«") == text.count("»"), text
        assert item.text[0].isupper(), item.key
        assert item.text[-1] not in ".;,", item.key


def test_nothing_in_it_is_without_content(library: Library) -> None:
    known = lists.read_words()
    empty = EmptyWords(known.empty)
    for item in library.items.values():
        for text in texts(item):
            assert [word.shown for word in empty.find(text)] == [], text
        for result in item.results:
            assert BLANK in result or has_number(result, known) or names_product(result, known), result
            assert not repeats(result.replace(BLANK, "12"), item.text), result


def test_nothing_is_said_twice(library: Library) -> None:
    for kind in LEAST:
        said = [item.text for item in library.of_kind(kind)]
        assert [[said[place] for place in group] for group in twins(said)] == []


@pytest.mark.parametrize("years", [(2026, 2026), (2026, 2028)])
def test_every_term_is_understood(library: Library, years: tuple[int, int]) -> None:
    for item in library.of_kind("activity"):
        found = terms.parse(item.term, year_from=years[0], year_to=years[1])
        assert (found.code, bool(found.spans)) == (None, True), item.term


def test_what_is_written_is_read_back_as_it_was(library: Library) -> None:
    text = wordings.write(library.items.values())
    entries, _directions, faults = wordings.read(text, mine=True)
    assert faults == []
    kept = {item.key: item for item in entries}
    for key, item in library.items.items():
        made = {name: getattr(kept[key], name) for name in Wording.__slots__ if name != "mine"}
        assert made == {name: getattr(item, name) for name in Wording.__slots__ if name != "mine"}


GOOD = 'format = 1\n[sources]\ns = "после 004"\n[[problem]]\nkey = "aa"\ntext = "Разрыв"\nsource = "s"\n'
LOST = """format = 1
[sources]
s = "а"
[[cause]]
key = "bb"
text = "Т"
source = "s"
problem = "zz"
cause = "result"
"""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("format = ", "PROGRAMME_WORDING_TOML"),
        ("a" * 1_000_001, "PROGRAMME_WORDING_LARGE"),
        (GOOD.replace("format = 1", "format = 2"), "PROGRAMME_WORDING_FORMAT"),
        (GOOD + "note = 1\n", "PROGRAMME_WORDING_FIELD_UNKNOWN"),
        (GOOD + "[extra]\n", "PROGRAMME_WORDING_FIELD_UNKNOWN"),
        (GOOD.replace('key = "aa"\n', ""), "PROGRAMME_WORDING_FIELD_MISSING"),
        (GOOD.replace('"aa"', '"Ключ"'), "PROGRAMME_WORDING_FIELD_WRONG"),
        (GOOD.replace('"Разрыв"', '" "'), "PROGRAMME_WORDING_FIELD_WRONG"),
        (GOOD.replace('"Разрыв"', "5"), "PROGRAMME_WORDING_FIELD_WRONG"),
        (GOOD.replace("[[problem]]", "[problem]"), "PROGRAMME_WORDING_FIELD_WRONG"),
        (GOOD.replace('source = "s"', 'source = "t"'), "PROGRAMME_WORDING_LINK"),
        (GOOD + '[[cause]]\nkey = "bb"\ntext = "Т"\nsource = "s"\nproblem = "aa"\ncause = "so"\n',
         "PROGRAMME_WORDING_FIELD_WRONG"),
        (GOOD + '[[direction]]\nkey = "bb"\n', "PROGRAMME_WORDING_FIELD_WRONG"),
    ],
)  # fmt: skip
def test_a_fault_is_named(text: str, code: str) -> None:
    _entries, _directions, faults = wordings.read(text)
    assert code in [fault.code for fault in faults]
    with pytest.raises(UserError) as refused:
        wordings.joined({"мой.toml": text})
    assert refused.value.code == "PROGRAMME_WORDING_FAULTS"


@pytest.mark.parametrize(
    ("second", "code"),
    [
        (GOOD, "дважды"),
        (LOST, "ни на что не указывает"),
    ],
)  # fmt: skip
def test_files_are_joined_strictly(second: str, code: str) -> None:
    with pytest.raises(UserError) as refused:
        wordings.joined({"а.toml": GOOD, "б.toml": second})
    assert code in str(refused.value)


def test_a_lost_tie_is_dropped_and_a_known_one_kept() -> None:
    item = Wording("bb", "cause", "Т", problem="aa", cause="result", mine=True)
    assert wordings.without_lost(item, ["aa"]) == item
    assert wordings.without_lost(item, []).problem == ""
    task: Any = Wording("cc", "task", "Т", goals=("g1", "g2"), solves=("bb",))
    assert wordings.without_lost(task, ["g2"]).goals == ("g2",)
