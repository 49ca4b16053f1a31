"""Rules are versioned data: what ships is locked by digest, what a person brings is checked as a whole."""

from __future__ import annotations

import hashlib
import pickle
from dataclasses import replace

import pytest

from app.analysis.metric_catalogue import load_shipped as catalogue
from app.analysis.rule_wording import share_text
from app.analysis.rules import check_rule, find_rule, load_shipped, parse_rule, procedure_total
from app.errors import UserError
from tests.analysis.made import changed
from tests.helpers.shared import SHARED

# A released rule never changes: a change of meaning or wording is a new version with a new line here.
LOCKED = {
    "kriro-2023": ("1.0", "0d89c3bd4f7cb47ec2f1fab44b5c8d7005484e80537f92e8d0e9f22df09030a5"),
    "lenobl-2018": ("1.1", "3b1ac51a66ceec391fa80f8753b86becf468176f93c97e101b2657213cdae758"),
    "lenobl-2018-shnsu": ("1.0", "11899734d90165a314afb752484261f9c98cd403c6e0d18ee68c548d7781297c"),
    "quoted-2025": ("1.0", "f5bdf75550de2e0993dadae1d9b749df763620192043c40655b523a82b5574a9"),
    "quoted-2025-and": ("1.0", "fa6adf440ae2448f3f361f6bac790fb1b6c3d1956e87c5657474d4a056820b9c"),
    "rosobrnadzor-2022": ("1.0", "68f946a115c966e15e100a53ab92da4d4a219b51319334d449027bc307563da3"),
}
QUOTES = {
    "kriro-2023": "4805650ed65718434ab23028b8b6a9c34dbe866a44c3573572f56225fd5d6b02",
    "lenobl-2018": "46cf2006b11862639f3e3873792ea4d7915e4df241fdc2c47be17862399c80ef",
    "lenobl-2018-shnsu": "2e8f8b3911329d6d25b6937320e6e31c7ccae1f741a483ee87d58f5d9662425c",
    "quoted-2025": "83fdc9969e2202e440f2710f620ec57c5c250ef0daed4b464ec83a5ae7847677",
    "quoted-2025-and": "83fdc9969e2202e440f2710f620ec57c5c250ef0daed4b464ec83a5ae7847677",
    "rosobrnadzor-2022": "36564cb1d91d4b1733cde0ae5c1aa88d0a23a91341a978058cf88e4de85d6f05",
}
SEEDS = (
    [("rosobrnadzor-2022", "004"), ("kriro-2023", "004"), ("lenobl-2018", "000"), ("lenobl-2018-shnsu", "000")]
    if SHARED
    else []
)


def test_what_ships_is_what_was_released() -> None:
    assert {name: (rule.version, rule.digest) for name, rule in load_shipped().items()} == LOCKED


def test_public_wordings_are_untouched() -> None:
    got = {name: hashlib.sha256("\n".join(r.wording).encode()).hexdigest() for name, r in load_shipped().items()}
    assert got == QUOTES


@pytest.mark.parametrize(("rule_id", "seed"), SEEDS)
def test_public_wordings_stand_in_their_source_word_for_word(rule_id: str, seed: str) -> None:
    assert SHARED is not None
    (path,) = (SHARED / "seeds").glob(f"{seed}_*.txt")
    source = path.read_text(encoding="utf-8")
    for quote in load_shipped()[rule_id].wording:
        assert quote in source


def test_parameters_are_those_of_decision_12() -> None:
    rules = load_shipped()
    eight = [
        ("ВПР", "Математика", (5,)),
        ("ВПР", "Математика", (6,)),
        ("ВПР", "Русский язык", (5,)),
        ("ВПР", "Русский язык", (6,)),
        ("ОГЭ", "Математика", ()),
        ("ОГЭ", "Русский язык", ()),
        ("ЕГЭ", "Математика", ()),
        ("ЕГЭ", "Русский язык", ()),
    ]
    for name in ("rosobrnadzor-2022", "quoted-2025", "quoted-2025-and"):
        assert [(g.procedure, g.subject, g.grades) for g in rules[name].procedures] == eight
    shapes = {
        name: (rule.join, rule.threshold, [(branch.kind, branch.n) for branch in rule.branches])
        for name, rule in rules.items()
        if not name.startswith("lenobl-2018")
    }
    two, each, same = ("at_least_in_year", 2), ("each_of_two_years_any", 1), ("same_in_both_years", 1)
    assert shapes == {
        "kriro-2023": ("or", (30, 100), [two, same]),
        "quoted-2025": ("or", (30, 100), [two, same]),
        "quoted-2025-and": ("and", (30, 100), [two, same]),
        "rosobrnadzor-2022": ("or", (30, 100), [two, each]),
    }
    assert all(rule.egemath == "one" and rule.min_participants == 1 for rule in rules.values())
    assert [(branch.kind, branch.data) for branch in rules["lenobl-2018"].branches] == [
        ("lowest_share", None),
        ("metric", "metric:senior_stage"),
        ("metric", "metric:mean_gap"),
        ("metric", "metric:olympiads"),
        ("metric", "metric:satisfaction"),
        ("quality_at_most", "metric:low_monitorings"),
    ]


def test_the_rule_of_adverse_conditions_has_all_criteria_of_000() -> None:
    rule = load_shipped()["lenobl-2018-shnsu"]
    assert [(b.kind, b.data, b.share or b.bound) for b in rule.branches] == [
        ("index", "index:social", (25, 100)),
        ("index", "index:staff", (25, 100)),
        ("index", "index:resources", (25, 100)),
        ("flag", "metric:in_renovation", None),
        ("flag", "metric:in_construction", None),
        ("flag", "metric:monotown", None),
        ("flag", "metric:elderly_settlement", None),
        ("metric_gap", "metric:unemployment", (2, 100)),
    ]
    known = catalogue()
    assert all(name in known for branch in rule.branches for name in branch.metrics)
    assert "описка" in rule.note


def test_years_and_totals() -> None:
    rules = load_shipped()
    assert rules["rosobrnadzor-2022"].years(2026) == (2026, 2025)
    assert rules["lenobl-2018"].years(2026) == (2026, 2025, 2024)
    only = replace(rules["rosobrnadzor-2022"], branches=rules["rosobrnadzor-2022"].branches[:1])
    assert only.years(2026) == (2026,)
    assert procedure_total(rules["rosobrnadzor-2022"]) == 8
    assert procedure_total(changed("rosobrnadzor-2022", egemath="two")) == 9
    assert procedure_total(rules["kriro-2023"]) is None


def test_digest_is_of_the_meaning_and_not_of_the_layout() -> None:
    rule = load_shipped()["rosobrnadzor-2022"]
    again = parse_rule("# моя копия\n" + rule.text.replace("need = 1\n", "").replace("\n", "\r\n"))
    assert again.digest == rule.digest
    assert again == rule
    assert parse_rule(rule.text.replace("n = 2", "n = 3")).digest != rule.digest
    assert parse_rule(again.text) == rule


def test_wording_for_a_paper() -> None:
    rules = load_shipped()
    text = rules["rosobrnadzor-2022"].wording_for_paper(2026)
    assert text.replace("\u00a0", " ") == (
        "В список 2026 года входит школа, в которой не менее 30 % участников не достигли минимума: "
        "по двум и более процедурам из восьми в 2026 году, "
        "или хотя бы по одной процедуре, любой, и в 2025, и в 2026 году. "
        "Учитываются: ВПР по математике, 5 класс; ВПР по математике, 6 класс; ВПР по русскому языку, 5 класс; "
        "ВПР по русскому языку, 6 класс; ОГЭ по математике; ОГЭ по русскому языку; "
        "ЕГЭ по математике, база и профиль; ЕГЭ по русскому языку. "
        "ЕГЭ по математике базового и профильного уровня — одна процедура, числа участников складываются. "
        "Наименьшее число участников не установлено."
    )
    assert "30\u00a0%" in text
    both = rules["quoted-2025-and"].wording_for_paper(2026).replace("\u00a0", " ")
    assert "в 2026 году, и при этом по одной и той же процедуре и в 2025, и в 2026 году." in both
    kriro = rules["kriro-2023"].wording_for_paper(2026).replace("\u00a0", " ")
    assert "по двум и более процедурам в 2026 году" in kriro  # how many there are the data decide
    lenobl = rules["lenobl-2018"].wording_for_paper(2026).replace("\u00a0", " ")
    assert "выполнен хотя бы один критерий из шести: " in lenobl
    assert "за 2024–2026 годы" in lenobl


@pytest.mark.parametrize(
    ("fields", "part"),
    [
        ({"min_participants": 2}, "Группы, в которых меньше 2 участников, порога не достигают."),
        ({"min_participants": 5}, "Группы, в которых меньше 5 участников, порога не достигают."),
        ({"min_participants": 11}, "Группы, в которых меньше 11 участников, порога не достигают."),
        ({"min_participants": 21}, "Группы, в которых меньше 21 участника, порога не достигают."),
        ({"min_participants": 101}, "Группы, в которых меньше 101 участника, порога не достигают."),
        ({"threshold": (1, 4)}, "не менее 25 % участников"),
        ({"egemath": "two"}, "две разные процедуры"),
        ({"egemath": "two"}, "по двум и более процедурам из девяти"),
    ],
)
def test_wording_follows_the_parameters(fields: dict[str, object], part: str) -> None:
    assert part in changed("rosobrnadzor-2022", **fields).wording_for_paper(2026).replace("\u00a0", " ")


def test_shares_in_words() -> None:
    got = [share_text(share).replace("\u00a0", " ") for share in ((30, 100), (1, 3), (5, 1000), (1, 8), (1, 1))]
    assert got == ["30 %", "1/3", "0,5 %", "12,5 %", "100 %"]


SMALL = """
id = "own"
version = "1.0"
title = "Своё правило"
wording = ["слова"]
source = "приказ"
threshold = [30, 100]

[[procedures]]
id = "a"
label = "ОГЭ по математике"
procedure = "ОГЭ"
subject = "Математика"

[[branches]]
id = "b"
label = "одна процедура"
kind = "at_least_in_year"
n = 1
"""


def test_a_small_rule_of_ones_own_is_read_with_defaults() -> None:
    rule = parse_rule(SMALL)
    assert (rule.join, rule.need, rule.egemath, rule.min_participants, rule.note) == ("or", 1, "one", 1, "")
    assert check_rule(SMALL) == []


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ('title = "Своё правило"\n', "", ["RULE_KEY_MISSING"]),
        ('title = "Своё правило"', "title = 5", ["RULE_VALUE_TYPE"]),
        ('title = "Своё правило"', 'title = " "', ["RULE_VALUE_RANGE"]),
        ("threshold = [30, 100]\n", "", ["RULE_KEY_MISSING"]),
        ("threshold = [30, 100]", "threshold = [130, 100]", ["RULE_VALUE_RANGE"]),
        ("threshold = [30, 100]", "threshold = [0, 100]", ["RULE_VALUE_RANGE"]),
        ("threshold = [30, 100]", "threshold = [0.3, 1]", ["RULE_VALUE_TYPE"]),
        ("threshold = [30, 100]", "threshold = 30", ["RULE_VALUE_TYPE"]),
        ("threshold = [30, 100]", "threshold = [30, 100]\ntreshold = [1, 2]", ["RULE_KEY_UNKNOWN"]),
        ("threshold = [30, 100]", 'threshold = [30, 100]\njoin = "xor"', ["RULE_VALUE_RANGE"]),
        ("threshold = [30, 100]", "threshold = [30, 100]\nneed = 2", ["RULE_NEED"]),
        ("threshold = [30, 100]", "threshold = [30, 100]\nneed = true", ["RULE_VALUE_TYPE"]),
        ('version = "1.0"', 'version = "one"', ["RULE_VALUE_RANGE"]),
        ('id = "own"', 'id = "Своё"', ["RULE_VALUE_RANGE"]),
        ('procedure = "ОГЭ"', 'procedure = "ВПР"', ["RULE_KEY_MISSING"]),  # grades
        ('procedure = "ОГЭ"', 'procedure = "ВПР"\ngrades = [0]', ["RULE_VALUE_RANGE"]),
        ('procedure = "ОГЭ"', 'procedure = "ГВЭ"', ["RULE_VALUE_RANGE"]),
        ('subject = "Математика"', 'subject = "Математика"\nlevels = ["средний"]', ["RULE_VALUE_RANGE"]),
        ("n = 1", "n = 0", ["RULE_VALUE_RANGE"]),
        ("n = 1", "n = 2", ["RULE_PROCEDURES_FEW"]),
        ("n = 1", "n = 1\nyears = 3", ["RULE_KEY_UNKNOWN"]),
        ('kind = "at_least_in_year"', 'kind = "always"', ["RULE_VALUE_RANGE"]),  # says nothing of its other keys
        ("[[branches]]", "[branches]", ["RULE_VALUE_TYPE"]),
        ("version = ", "version ", ["RULE_NOT_TOML"]),
    ],
)
def test_each_fault_has_its_code(old: str, new: str, codes: list[str]) -> None:
    assert SMALL.count(old) == 1
    assert [fault.code for fault in check_rule(SMALL.replace(old, new))] == codes


def test_all_faults_are_told_at_once_and_travel_with_the_refusal() -> None:
    twin = SMALL[SMALL.index("[[procedures]]") : SMALL.index("[[branches]]")]
    compared = (
        '\n[[branches]]\nid = "c"\nlabel = "хуже всех"\nkind = "lowest_share"\nshare = [25, 100]\nkinds = ["ОГЭ"]\n'
    )
    second = compared.replace('id = "c"', 'id = "b"')
    text = (
        SMALL.replace('source = "приказ"\n', "").replace("[[branches]]", twin + "[[branches]]", 1) + compared + second
    )
    codes = {fault.code for fault in check_rule(text)}
    assert codes == {
        "RULE_KEY_MISSING",
        "RULE_ID_TWICE",
        "RULE_PROCEDURE_OVERLAP",
        "RULE_RANKING_TWICE",
        "RULE_MIXED",
    }
    with pytest.raises(UserError) as refusal:
        parse_rule(text, "моё.toml")
    assert refusal.value.code == "RULE_FAULTS"
    assert "моё.toml" in refusal.value.what
    assert "6\u00a0ошибок" in refusal.value.what
    travelled = pickle.loads(pickle.dumps(refusal.value))
    assert [fault.code for fault in travelled.context["problems"]] == [f.code for f in check_rule(text)]


def test_a_text_that_is_no_toml_says_where() -> None:
    (fault,) = check_rule('id = "own"\nversion 1')
    assert "строка 2" in fault.message


def test_overlap_is_seen_through_grades_and_levels() -> None:
    def two(first: str, second: str) -> list[str]:
        head = SMALL[: SMALL.index("[[procedures]]")]
        tail = SMALL[SMALL.index("[[branches]]") :]
        group = '[[procedures]]\nid = "{0}"\nlabel = "{0}"\nprocedure = "{1}"\nsubject = "Математика"\n{2}\n\n'
        kind = "ВПР" if "grades" in first else "ЕГЭ"
        text = head + group.format("a", kind, first) + group.format("z", kind, second) + tail
        return [fault.code for fault in check_rule(text)]

    assert two("grades = [5]", "grades = [6]") == []
    assert two("grades = [5, 6]", "grades = [6]") == ["RULE_PROCEDURE_OVERLAP"]
    assert two('grades = "each"', "grades = [6]") == ["RULE_PROCEDURE_OVERLAP"]
    assert two('levels = ["base"]', 'levels = ["profile"]') == []
    assert two('levels = ["base"]', "") == ["RULE_PROCEDURE_OVERLAP"]


def test_an_unknown_rule_names_those_there_are() -> None:
    with pytest.raises(UserError) as refusal:
        find_rule("nadzor", load_shipped())
    assert refusal.value.code == "RULE_NOT_FOUND"
    assert "rosobrnadzor-2022" in refusal.value.cure
