from __future__ import annotations

import pytest

from app.analysis.metric_catalogue import as_toml, load_shipped, parse
from app.errors import UserError

OWN = """
format = 1
[[group]]
code = "own"
name = "Свои показатели"
[[metric]]
code = "own_1"
name = "Кружки"
group = "own"
kind = "count"
source = "свой"
"""


def faults(text: str, *, over: bool = True) -> str:
    with pytest.raises(UserError) as caught:
        parse(text, load_shipped() if over else None)
    assert caught.value.code == "DATA_CATALOGUE"
    return str(caught.value)


def test_components_of_the_three_indices_are_those_of_the_source() -> None:
    known = load_shipped()
    assert {index: [m.code for m in known.components(index)] for index in known.indices} == {
        "social": [
            "share_families_low", "share_deviant", "share_unmotivated", "share_weak_russian", "distance_center",
            "small_school",
        ],
        "staff": ["share_category_3y", "share_overload", "share_contests", "share_off_profile"],
        "resources": ["share_library_books_new", "share_income_services", "share_repair_3y"],
    }  # fmt: skip
    directions = {m.code: m.direction for index in known.indices for m in known.components(index)}
    assert [code for code, direction in directions.items() if direction == "higher_better"] == [
        "share_category_3y", "share_contests", "share_library_books_new", "share_income_services", "share_repair_3y",
    ]  # fmt: skip


def test_the_slip_of_the_source_is_put_right_with_a_note() -> None:
    resources = load_shipped().indices["resources"]
    assert resources.name == "Индекс ресурсной обеспеченности"
    assert "описка" in resources.note
    assert "Индекс качества кадрового потенциала" in resources.note


@pytest.mark.parametrize(
    "code",
    [
        "pupils_ovz", "pupils_disabled", "pupils_migrants", "pupils_other_language", "pupils_kdn", "pupils_pdn",
        "pupils_vshu", "pupils_low_income", "pupils_large_families", "pupils_single_parent", "pupils_guardianship",
        "teachers_highest", "teachers_first", "teachers_under_35", "teachers_beginners", "mentors", "teachers_courses",
        "vacancies_teachers", "posts_psychologist", "vacancies_psychologist", "posts_defectologist",
        "vacancies_defectologist", "posts_speech_therapist", "vacancies_speech_therapist", "posts_social_worker",
        "vacancies_social_worker", "posts_tutor", "vacancies_tutor", "building_year", "internet_speed", "computers",
        "monotown", "elderly_settlement", "unemployment", "distance_municipal", "transport", "olympiads",
        "senior_stage", "satisfaction", "noko", "in_repair", "mean_gap",
    ],
)  # fmt: skip
def test_what_a_municipality_collects_is_there(code: str) -> None:
    metric = load_shipped().get(code)
    assert metric is not None
    assert metric.source


def test_a_share_knows_its_two_counts() -> None:
    known = load_shipped()
    senior = known.find("senior_stage")
    assert (senior.part, senior.whole) == ("graduates_to_senior", "graduates_9")
    assert senior.whole_name == "Выпускники 9 классов"
    for metric in known.metrics:
        if metric.kind == "share":
            assert metric.part_name, metric.code
            assert metric.whole_name, metric.code
            assert [metric.lower, metric.upper] == [0, 100], metric.code


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("ОВЗ", "pupils_ovz"),
        ("  дети с овз ", "pupils_ovz"),
        ("Доля обучающихся с ОВЗ", "share_ovz"),
        ("На учете в КДН", "pupils_kdn"),
        ("НА УЧЁТЕ В ПДН", "pupils_pdn"),
        ("Социальный педагог: ставки", "posts_social_worker"),
        ("pupils", "pupils"),
    ],
)
def test_headings_are_found_by_any_spelling(heading: str, code: str) -> None:
    assert load_shipped().find(heading).code == code


def test_an_unknown_heading_is_refused() -> None:
    with pytest.raises(UserError) as caught:
        load_shipped().find("Число лун")
    assert caught.value.code == "DATA_NO_METRIC"


def test_own_metrics_are_laid_over_the_shipped_ones() -> None:
    known = parse(OWN, load_shipped())
    assert len(known.metrics) == len(load_shipped().metrics) + 1
    own = known.find("кружки")
    assert own.own is True
    assert own.short == "Кружки"
    assert known.find("pupils").own is False


def test_an_alias_gives_way_to_an_own_name() -> None:
    known = parse(OWN.replace("Кружки", "Инофоны"), load_shipped())
    assert known.find("Инофоны").code == "own_1"
    other = known.find("pupils_other_language")
    assert "Инофоны" not in other.aliases
    assert "Иноязычные обучающиеся" in other.aliases


def test_what_is_written_is_read_back() -> None:
    shipped = load_shipped()
    known = parse(OWN.replace('kind = "count"', 'kind = "number"\nlower = 0.5\nupper = 10\nunit = "шт."'), shipped)
    own = known.group("own")
    again = parse(as_toml(own), shipped)
    assert again.group("own") == own
    assert again == known


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("format = 1", "format = 2", "format = 1"),
        ('kind = "count"', 'kind = "много"', "kind — одно из: count, share"),
        ('group = "own"', 'group = "нет такой"', "group — одно из"),
        ('code = "own_1"', 'code = "Свой"', "латинские строчные"),
        ('name = "Кружки"', "name = 5", "name — непустой текст"),
        ('source = "свой"', 'source = "свой"\ncolour = "red"', "неизвестная строка «colour»"),
        ('kind = "count"', 'kind = "share"', "у доли нужны часть и целое"),
        ('kind = "count"', 'kind = "share"\npart = "noko"\nwhole = "pupils"', "part = «noko» — не показатель вида"),
        ('kind = "count"', 'kind = "count"\npart = "pupils"', "часть и целое бывают только у доли"),
        ('kind = "count"', 'kind = "count"\nlower = 5\nupper = 1', "lower больше upper"),
        ('kind = "count"', 'kind = "flag"\nlower = 0', "границ у слов и признаков"),
        ("Кружки", "Численность обучающихся", "сразу два показателя: «pupils» и «own_1»"),
        ("[[metric]]", "[[metric]", "не TOML"),
    ],
)
def test_faults_are_named(old: str, new: str, fault: str) -> None:
    assert fault in faults(OWN.replace(old, new))


def test_all_faults_come_at_once_and_repeats_are_seen() -> None:
    twice = OWN + OWN[OWN.index("[[metric]]") :].replace('source = "свой"', "source = 1")
    told = faults(twice)
    assert "«own_1» повторяется" in told
    assert "source — непустой текст" in told
    assert "нет ни одного раздела" in faults("format = 1", over=False)
