"""The shipped forms against their sources: counts, wording, scales, levels, every fault said aloud (decision 39)."""

from __future__ import annotations

import hashlib
import itertools
import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from app import paths
from tests.helpers.shared import SHARED

COUNTS = {
    "courses": 132,
    "courses-by-heads": 7,
    "deficits-fragment": 6,
    "district-work": 12,
    "dpp-pedagogical": 21,
    "dpp-technical": 17,
    "head-extra": 9,
    "head-kindergarten": 10,
    "head-school": 10,
    "listener": 7,
    "method-work": 0,
    "mms-2019": 3,
    "municipal-expertise": 13,
    "programme-document": 6,
    "programme-expertise": 13,
    "programme-quality": 36,
    "rmo": 12,
    "school-programme-self": 18,
    "school-transition": 43,
    "sites": 11,
    "young-teachers": 11,
}
"""Questions by hand: 17 are 5 + 11 lines under the heading 6 + 1; 11 of the sites are 9 points, an address, a date."""

DIGESTS = {
    "courses-by-heads": "a0509b15c8998a6f8f2c639fcac01d81f5dad79d83fd681712c045d8cde7ae36",
    "courses": "eb9185fca0fffba5623c7c2168aae283023b686869ef9e442ea1bfbbaeb206fb",
    "deficits-fragment": "feee493c29b8c849ec5bfb7c3f4b13ca9da94319c546d0d3ce5df0df05c0023f",
    "district-work": "db3ceaea9f97c8fafd94dd667a67675e7abe0ee2998c6ff2af778525fed57f5c",
    "dpp-pedagogical": "95ab0e90a1f119740b53c469da828627a32398332ecdee70b48357cacc22a590",
    "dpp-technical": "38d49a3f585b5b19ac293b12e2063f00bb3ff9c57a8acfa78716a9e5c51d9709",
    "head-extra": "1532d234651b0ccf0b483af866b9ad6b82c3a2236ff9ce1c967e2c1e0faea419",
    "head-kindergarten": "040696a46df0de37335e533e32e037254a194134a8ee3af60d3106b731f2195e",
    "head-school": "7921b23770f88353dd022334377b20dcd6708666172f97fa56fe5a278c605158",
    "listener": "abe3c362cdb52a3738c9fe4d3d3218070daad08f9a38548048f3c44c1cd1532c",
    "method-work": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "mms-2019": "83c730f13e757aa73cf80829fc76a05ab2cfa27e3f66baa96680ae39d03cd174",
    "municipal-expertise": "f2d48b8145e082d8a661d1fc462694bfae3418a52eef184b85cdb3228c7cf1f6",
    "programme-document": "a423e5242421f86b6b54eceee8cda43b4d0c30dec15abac1df2fc780b332e229",
    "programme-expertise": "70cb66f4317ae7c116f53983abd198a5d867387d301b87d685bf3159c90a6f77",
    "programme-quality": "6487e8e90311b1f885a123f99aaa72558416630df53aa96969faa95a6c3240f7",
    "rmo": "8f7690aa9eb1f3abb77dabcb4bb9cf5a109e6856c71d6f56c23c7ed1f2d940dd",
    "school-programme-self": "664b511c8a22d289a8d97c19c571d6cbf694714734e215972c9d2f2c9e86e050",
    "school-transition": "aeef9e3f80accc713e5c62450eb8d6005b2e235a16174914d80d15a34aa6088d",
    "sites": "2ee996432c0e0548db999675cd31360f8c3dc5c361d2cdd6e387b25a4bf96226",
    "young-teachers": "920e744f923b8c0c94612d14baebc7a084d46ecbdde9fadcbdfc7f517ba5d47e",
}
"""SHA-256 of the wording: headings, numbers, criteria and questions in their order, a line each."""

LEVELS = {
    "school-programme-self": [(27, 36, "высокий уровень"), (11, 26, "достаточный уровень"), (0, 10, "низкий уровень")],
    "school-transition": [(60, 88, "высокий уровень"), (20, 59, "достаточный уровень"), (0, 19, "низкий уровень")],
    "young-teachers": [(17, 22, "высокая"), (12, 16, "средняя"), (0, 11, "низкая")],
    "rmo": [(18, 24, "высокая"), (10, 17, "средняя"), (0, 9, "низкая")],
    "district-work": [(18, 24, "высокая"), (10, 17, "средняя"), (0, 9, "низкая")],
    "dpp-pedagogical": [
        (0, 26, "не рекомендуется"),
        (27, 29, "рекомендуется после доработки"),
        (30, 42, "рекомендуется"),
    ],
}
MOST = {
    "school-programme-self": 36,  # 18 × 2
    "school-transition": 86,  # 43 × 2; the source says 88
    "young-teachers": 22,  # 11 × 2
    "rmo": 24,  # 12 × 2
    "district-work": 24,
    "mms-2019": 6,  # 3 × 2
    "dpp-pedagogical": 42,  # 21 × 2
}
HEADS = {"head-school": 400, "head-kindergarten": 300, "head-extra": 280}

FAULTS = [
    ("school-transition", "88 баллов, а 43 пункта по 2 балла дают 86"),
    ("school-transition", "Пункт 17 в источнике оборван на слове «имеющих»"),
    ("school-transition", "Баллы за ответы в источнике не напечатаны"),
    ("young-teachers", "Для 16 баллов уровня в источнике нет"),
    ("young-teachers", "Участие к разработке"),
    ("rmo", "В первой таблице нет № 6"),
    ("district-work", "Сноска об уровнях в источнике по ошибке говорит о «районных предметных"),
    ("district-work", "при наличии большого количества РМО"),
    ("dpp-technical", "Номер «6.2» в источнике стоит дважды"),
    ("courses", "шесть поставщиков обучения, а в таблице 6 того же источника"),
    ("courses-by-heads", "Поставщиков обучения здесь семь, а в таблице 2 того же источника шесть"),
    ("mms-2019", "напечатаны только пункты 1, 3 и 7"),
    ("programme-document", "Вопрос № 6 («Какова вероятность…») так ответить нельзя"),
    ("programme-quality", "шкалы нет"),
    ("programme-expertise", "Бланка заключения в источнике нет"),
    ("municipal-expertise", "Бланка заключения в источнике нет"),
    ("head-school", "400 баллов"),
    ("head-kindergarten", "300 баллов"),
    ("head-extra", "280 баллов"),
    ("head-school", "назначенного на должность в год ввода организации в эксплуатацию, оценивают через год"),
    ("head-school", "Региональная комиссия готовит рекомендации"),
    ("method-work", "Как складывать, источник не говорит"),
]
OURS = "Чтение составителей программы: "

MENDED = {
    "school-transition": [
        ("психолого-педагогического", "психолого- педагогического"),
        ("информационно-коммуникационных", "информационно- коммуникационных"),
        ("практико-ориентированными", "практико- ориентированными"),
    ],
    "young-teachers": [("и дополнительного профессионального", "и дополни тельного профессионального")],
    "district-work": [("проектом обучающихся", "проектом oбучающихся")],  # the source has a Latin «o»
}
"""The only places where a letter or a blank differs from the source: ours, theirs."""
EXPERTISE = ("programme-expertise", "municipal-expertise")
OWN_WORDS = {("sites", "address"), ("sites", "viewed"), *((form_id, "verdict") for form_id in EXPERTISE)}
"""Questions that are ours."""


def form(form_id: str) -> dict[str, Any]:
    text = (paths.resources() / "forms" / f"{form_id}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def items(definition: dict[str, Any]) -> list[dict[str, Any]]:
    return [item for section in definition.get("sections", []) for item in section.get("items", [])]


def wording(definition: dict[str, Any]) -> Iterator[str]:
    for section in definition.get("sections", []):
        yield section.get("title", "")
        yield section.get("note", "")
        for item in section.get("items", []):
            yield from (item.get("number", ""), item.get("criterion", ""), item["text"])
        for axis in (*section.get("rows", []), *section.get("columns", [])):
            yield from (axis.get("group", ""), axis["text"])


def evened(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def as_printed(form_id: str, text: str) -> str:
    text = evened(text)
    for ours, theirs in MENDED.get(form_id, []):
        text = text.replace(ours, theirs)
    return text


def seed(definition: dict[str, Any]) -> str:
    assert SHARED is not None
    number = "004" if "КРИРО" in definition["source"] else "002"
    text = next((SHARED / "seeds").glob(f"{number}_*.txt")).read_text(encoding="utf-8")
    return evened(re.sub(r"\[bookmark: \w+\]", "", text))


def test_every_form_is_there_and_named_by_its_file() -> None:
    files = {path.stem for path in (paths.resources() / "forms").glob("*.toml")}
    assert files == set(COUNTS)
    for form_id in files:
        assert form(form_id)["id"] == form_id


@pytest.mark.parametrize("form_id", COUNTS)
def test_number_of_questions(form_id: str) -> None:
    definition = form(form_id)
    cells = sum(len(s.get("rows", [])) * len(s.get("columns", [])) for s in definition.get("sections", []))
    ids = [item["id"] for item in items(definition)]
    assert len(ids) + cells == COUNTS[form_id]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("form_id", COUNTS)
def test_the_wording_has_not_changed(form_id: str) -> None:
    joined = "\n".join(words for words in wording(form(form_id)) if words)
    assert hashlib.sha256(joined.encode()).hexdigest() == DIGESTS[form_id]


@pytest.mark.parametrize("form_id", COUNTS)
def test_words_are_clean(form_id: str) -> None:
    text = (paths.resources() / "forms" / f"{form_id}.toml").read_text(encoding="utf-8")
    mixed = re.findall(r"\w*(?:[A-Za-z][а-яёА-ЯЁ]|[а-яёА-ЯЁ][A-Za-z])\w*", text.replace("«o»", ""))
    assert mixed == []
    for words in wording(form(form_id)):
        assert not re.search(r"  |\u00a0|\t|^\s|\s$|___", words), words


@pytest.mark.parametrize("form_id", COUNTS if SHARED else [])
def test_questions_stand_in_the_source_in_this_order(form_id: str) -> None:
    definition = form(form_id)
    source = seed(definition)
    assert evened(definition["place"]) in source
    at = max(source.find(evened(definition["title"])), source.find(evened(definition["place"])))
    assert at >= 0
    criterion = ""
    for item in items(definition):
        if (form_id, item["id"]) in OWN_WORDS:
            continue
        number, before, text = item.get("number", ""), item.get("criterion", ""), as_printed(form_id, item["text"])
        again = before == criterion
        criterion = before
        if form_id == "sites" or not number or (again and form_id == "dpp-pedagogical"):
            ways = [text]
        elif before and not again and form_id != "dpp-technical":
            ways = [f"{number} {before} {text}", f"Пункт {number}. {before} {text}"]
        else:
            ways = [f"{number} {text}", f"{number}. {text}"]
        found = [place for way in ways if (place := source.find(way, at)) >= 0]
        assert found, (item["id"], text)
        at = min(found)


@pytest.mark.parametrize("form_id", COUNTS if SHARED else [])
def test_headings_scales_and_levels_stand_in_the_source(form_id: str) -> None:
    definition = form(form_id)
    source = seed(definition).casefold().replace("реализу-ются", "реализуются")
    own_scales = {"yes-partly-no", "likelihood", "sign", "verdict"}
    own_words = {"absent", "planned", "other"}  # of «Включены/не включены»; «другое: …»
    words = [words for words in wording(definition) if not re.fullmatch(r"[\d.]*", words)]
    if form_id != "sites":
        own = {item["text"] for item in items(definition) if (form_id, item["id"]) in OWN_WORDS}
        words = [re.sub(r"^6\. ", "6 ", text) for text in words if text not in own]
    else:
        words = [item["text"] for item in items(definition) if (form_id, item["id"]) not in OWN_WORDS]
    for scale in definition.get("scales", []):
        if scale["id"] not in own_scales:
            words += [choice["text"] for choice in scale["choices"] if choice["value"] not in own_words]
    for score in definition.get("scores", []):
        if score["rule"] != "reached":
            words += [level["text"] for level in score.get("levels", [])]
    if form_id not in {"courses-by-heads", *EXPERTISE}:  # «в 2020 году» is left out of a title; theirs are ours
        words.append(definition["title"])
    missing = [text for text in words if as_printed(form_id, text).casefold() not in source]
    assert missing == []


@pytest.mark.parametrize("form_id", MOST)
def test_the_highest_sum(form_id: str) -> None:
    definition = form(form_id)
    points = {
        scale["id"]: max(choice["points"] for choice in scale["choices"]) for scale in definition.get("scales", [])
    }
    assert sum(points[item["scale"]] for item in items(definition)) == MOST[form_id]
    declared = definition["scores"][0].get("declared_most")
    assert declared == (88 if form_id == "school-transition" else None)


@pytest.mark.parametrize("form_id", LEVELS)
def test_levels_are_those_of_the_source(form_id: str) -> None:
    (score,) = form(form_id)["scores"]
    levels = score["levels"]
    assert [(level["least"], level["most"]) for level in levels] == [
        (least, most) for least, most, _ in LEVELS[form_id]
    ]
    for level, (_, _, words) in zip(levels, LEVELS[form_id], strict=True):
        assert level["text"].startswith(words)
    bounds = sorted((level["least"], level["most"]) for level in levels)
    assert bounds[0][0] == 0
    assert bounds[-1][1] == score.get("declared_most", MOST[form_id])
    assert all(high + 1 == low for (_, high), (low, _) in itertools.pairwise(bounds))


def test_only_forms_with_levels_in_the_source_have_levels() -> None:
    with_levels = {
        form_id for form_id in COUNTS if any(score.get("levels") for score in form(form_id).get("scores", []))
    }
    assert with_levels == {*LEVELS, *HEADS}


@pytest.mark.parametrize(("form_id", "words"), FAULTS)
def test_faults_of_the_sources_are_notes(form_id: str, words: str) -> None:
    assert any(words in note for note in form(form_id)["notes"])


def test_what_we_read_into_a_source_is_called_ours() -> None:
    readers = {form_id for form_id in COUNTS if any(OURS in note for note in form(form_id)["notes"])}
    assert set(COUNTS) - readers == {"rmo", "dpp-pedagogical", "dpp-technical"}


def test_the_sixth_question_has_its_own_scale() -> None:
    definition = form("programme-document")
    assert [item["scale"] for item in items(definition)] == ["yes-partly-no"] * 5 + ["likelihood"]
    likelihood = definition["scales"][1]["choices"]
    assert [choice["text"] for choice in likelihood] == ["Высокая", "Средняя", "Низкая", "Нельзя оценить"]
    assert [choice.get("outside", False) for choice in likelihood] == [False, False, False, True]


def test_points_of_the_forty_three_directions() -> None:
    definition = form("school-transition")
    assert [len(section["items"]) for section in definition["sections"]] == [10, 10, 3, 7, 7, 3, 3]
    assert [choice["points"] for choice in definition["scales"][0]["choices"]] == [0, 0, 1, 2]
    assert items(definition)[16]["text"] == "Организация контроля за обучением школьников, имеющих"
    assert all(item["comment"] for item in items(definition))


def test_not_applicable_only_where_the_source_lets_it() -> None:
    allowed = {(f, i["id"]) for f in COUNTS for i in items(form(f)) if i.get("not_applicable")}
    assert allowed == {("district-work", "11"), ("mms-2019", "7")}


def test_twelve_lines_of_eight_criteria_in_the_work_of_the_district() -> None:
    criteria = [item["criterion"] for item in items(form("district-work"))]
    assert len(criteria) == 12
    assert len(set(criteria)) == 8
    assert [criteria.count(words) for words in dict.fromkeys(criteria)] == [4, 1, 1, 1, 2, 1, 1, 1]


def test_criteria_of_the_pedagogical_expertise() -> None:
    numbers = [item["number"] for item in items(form("dpp-pedagogical"))]
    assert [numbers.count(str(n)) for n in range(1, 11)] == [1, 1, 5, 4, 3, 1, 1, 2, 1, 2]


def test_the_doubled_number_of_the_technical_expertise() -> None:
    numbers = [item["number"] for item in items(form("dpp-technical"))]
    under_six = ["6.1", "6.2", "6.2", "6.3", "6.4", "6.5", "6.6", "6.7", "6.8.1", "6.8.2", "6.9"]
    assert numbers == ["1", "2", "3", "4", "5", *under_six, "7"]


@pytest.mark.parametrize("form_id", HEADS)
def test_heads_have_both_methods_and_no_points_that_the_source_does_not_print(form_id: str) -> None:
    definition = form(form_id)
    assert definition["closed"] is True
    for item in items(definition):
        assert item["kind"] == "whole"
        assert "most" not in item
        assert "threshold" not in item
    chosen, points, reached = definition["scores"]
    assert (points["rule"], points["declared_most"]) == ("sum", HEADS[form_id])
    assert points["items"] == [item["id"] for item in items(definition)]
    assert "levels" not in points
    assert chosen["rule"] == "manual"
    assert len(chosen["levels"]) == 5
    assert not any({"least", "most"} & set(level) for level in chosen["levels"])
    assert reached["rule"] == "reached"
    assert {(level["least"], level["most"]) for level in reached["levels"]} == {(0, 50), (51, 100)}


def test_the_table_of_courses() -> None:
    (section,) = form("courses")["sections"]
    assert len(section["rows"]) == 11
    assert [column["text"] for column in section["columns"]] == ["ПП", "ПК"] * 6
    assert len({column["group"] for column in section["columns"]}) == 6
    assert section["totals"] is True
    assert section["cell"]["least"] == 0


def test_answers_of_the_surveys() -> None:
    for form_id in ("listener", "courses-by-heads", "deficits-fragment"):
        definition = form(form_id)
        assert definition["kind"] == "survey"
        assert not any(item["required"] for item in items(definition))
    listener = {scale["id"]: scale["choices"] for scale in form("listener")["scales"]}
    assert [choice["text"] for choice in listener["quality"]] == [
        "высокая",
        "средняя",
        "низкая",
        "затрудняюсь ответить",
    ]
    assert listener["quality"][-1]["outside"] is True
    others = [s["id"] for s in form("deficits-fragment")["scales"] if s["choices"][-1].get("other")]
    assert others == ["training", "bodies"]
    assert [item["kind"] for item in items(form("deficits-fragment"))] == [
        "choice", "many", "many", "choice", "text", "text",
    ]  # fmt: skip


def test_the_whole_of_the_methodical_work() -> None:
    definition = form("method-work")
    assert [part["form"] for part in definition["parts"]] == ["rmo", "young-teachers", "district-work"]
    assert sum(MOST[part["form"]] for part in definition["parts"]) == 70
    assert any("всего 70" in note for note in definition["notes"])


def test_which_forms_are_hidden_closed_and_for_groups() -> None:
    assert {f for f in COUNTS if form(f).get("hidden")} == {"dpp-pedagogical", "dpp-technical", "courses-by-heads"}
    assert {f for f in COUNTS if form(f).get("closed")} == set(HEADS)
    assert {f for f in COUNTS if form(f).get("group")} == {"programme-document", "programme-quality", *EXPERTISE}


def test_whom_the_forms_speak_of() -> None:
    subjects = {
        "school": {"school-transition", "sites", "deficits-fragment"},
        "school_programme": {"school-programme-self", "programme-expertise"},
        "municipal_programme": {"programme-document", "programme-quality", "municipal-expertise"},
        "rmo": {"rmo"},
        "mms": {"young-teachers", "district-work", "mms-2019", "courses", "courses-by-heads", "method-work"},
        "dpp": {"dpp-pedagogical", "dpp-technical"},
        "head": set(HEADS),
        "event": {"listener"},
    }
    assert {name: {f for f in COUNTS if form(f)["subject"] == name} for name in subjects} == subjects
