from __future__ import annotations

import pytest

from app.analysis import metric_catalogue
from app.analysis.metric_values import MetricAmount
from app.errors import UserError
from app.models import frames
from app.models import metrics as stored
from app.models.records import MetricFigure, Origin
from app.models.store import Store
from app.operations import history, identification, metrics, schools
from tests.helpers.stores import dump


@pytest.fixture
def two(store: Store) -> tuple[int, int]:
    first = schools.add(store, {"name": "СОШ № 1"})
    return first, schools.add(store, {"name": "СОШ № 2"})


def cell(store: Store, school: int, code: str, year: int = 2025) -> metrics.MetricCell:
    line = next(line for line in metrics.table(store.connection, year, [code]).lines if line.school.id == school)
    return line.cells[0]


def operations(store: Store) -> int:
    return len(history.history(store.connection))


def text(cell: metrics.MetricCell) -> str:
    return cell.text.replace("\u00a0", " ")


def test_a_pasted_block_is_one_operation_and_one_undo(store: Store, two: tuple[int, int]) -> None:
    before, was = operations(store), dump(store.connection)
    block = [(s, code, raw) for s in two for code, raw in (("pupils_ovz", "12"), ("noko", "83,4"), ("in_repair", "да"))]
    written = metrics.put(store, 2025, block)
    assert (written.changed, written.cleared, written.drafts) == (6, 0, ())
    assert operations(store) == before + 1
    assert history.history(store.connection)[0].label == "Показатели за 2025/26: 6\u00a0ячеек"
    assert [text(cell(store, two[1], code)) for code in ("pupils_ovz", "noko", "in_repair")] == ["12", "83,4", "да"]
    history.undo(store)
    assert dump(store.connection) == was
    history.redo(store)
    assert text(cell(store, two[0], "noko")) == "83,4"


def test_typing_in_one_cell_is_one_operation(store: Store, two: tuple[int, int]) -> None:
    before = operations(store)
    for raw in ("1", "12", "много", "120"):
        metrics.put(store, 2025, [(two[0], "pupils_ovz", raw)])
    assert operations(store) == before + 1
    metrics.put(store, 2025, [(two[0], "noko", "5")])
    assert operations(store) == before + 2
    history.undo(store)
    history.undo(store)
    assert text(cell(store, two[0], "pupils_ovz")) == ""


def test_a_bad_cell_is_kept_and_marked(store: Store, two: tuple[int, int]) -> None:
    metrics.put(store, 2025, [(two[0], "pupils_ovz", "12")])
    written = metrics.put(store, 2025, [(two[0], "pupils_ovz", "771 человек: 411 мальчиков"), (two[1], "noko", "7")])
    assert [(d.school_id, d.metric, d.code) for d in written.drafts] == [(two[0], "pupils_ovz", "DATA_NOT_WHOLE")]
    bad = cell(store, two[0], "pupils_ovz")
    assert (bad.text, bad.raw, bad.draft, bad.figures) == (
        "771 человек: 411 мальчиков", "771 человек: 411 мальчиков", True, None,
    )  # fmt: skip
    assert bad.trouble is not None
    assert "«771 человек: 411 мальчиков» — не целое число" in bad.trouble
    assert len(frames.metric_frame(store.connection, [2025], ["pupils_ovz"])) == 0
    row = store.connection.execute("SELECT table_name, row_key, column_name, code FROM draft_cell").fetchall()
    assert row == [("metric_value:2025", two[0], "pupils_ovz", "DATA_NOT_WHOLE")]
    metrics.put(store, 2025, [(two[0], "pupils_ovz", "771")])
    assert text(cell(store, two[0], "pupils_ovz")) == "771"
    assert store.connection.execute("SELECT count(*) FROM draft_cell").fetchone() == (0,)


def test_clearing_takes_value_and_draft_away(store: Store, two: tuple[int, int]) -> None:
    metrics.put(store, 2025, [(two[0], "pupils_ovz", "12"), (two[1], "pupils_ovz", "xx")])
    written = metrics.put(store, 2025, [(two[0], "pupils_ovz", ""), (two[1], "pupils_ovz", "—"), (two[0], "noko", "")])
    assert (written.changed, written.cleared) == (0, 2)
    for table in ("metric_value", "draft_cell"):
        assert store.connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_shares_are_counts_or_an_exact_percentage_and_never_made_up(store: Store, two: tuple[int, int]) -> None:
    one, other = two
    metrics.put(store, 2025, [(one, "pupils", "340"), (one, "share_ovz", "3,5 %"), (other, "share_ovz", "12/340")])
    percent_only = cell(store, one, "share_ovz")
    assert (text(percent_only), percent_only.percent_only, percent_only.figures) == ("3,5 %", True, (None, None, "3.5"))
    counted = cell(store, other, "share_ovz")
    assert (text(counted), counted.percent_only, counted.figures) == ("12 из 340 (3,5 %)", False, (12, 340, None))
    assert counted.raw == "12/340"


def test_a_share_follows_from_its_counts(store: Store, two: tuple[int, int]) -> None:
    metrics.put(store, 2025, [(two[0], "graduates_9", "25"), (two[0], "graduates_to_senior", "14")])
    share = cell(store, two[0], "senior_stage")
    assert (text(share), share.computed, share.raw) == ("14 из 25 (56,0 %)", True, "")
    made = metrics.origin(store.connection, two[0], 2025, "senior_stage")
    assert made is not None
    assert [(part.metric.code, part.text) for part in made.made_of] == [
        ("graduates_to_senior", "14"), ("graduates_9", "25"),
    ]  # fmt: skip
    assert made.made_of[0].written is not None
    assert made.made_of[0].written.actor == "Ким О. В."


def test_pupils_and_teachers_are_the_numbers_of_the_card(store: Store, two: tuple[int, int]) -> None:
    schools.set_year(store, two[0], 2025, "pupils", "340")
    assert text(cell(store, two[0], "pupils")) == "340"
    metrics.put(store, 2025, [(two[0], "pupils", "341"), (two[1], "teachers", "19")])
    assert {y[1]: y[2] for y in schools.card(store.connection, two[0]).years} == {2025: 341}
    assert schools.card(store.connection, two[1]).years[0][3] == 19
    schools.set_year(store, two[0], 2025, "pupils", "342")
    assert text(cell(store, two[0], "pupils")) == "342"
    metrics.put(store, 2025, [(two[0], "pupils", "")])
    assert text(cell(store, two[0], "pupils")) == ""
    assert schools.card(store.connection, two[0]).years[0][2] is None


def test_a_number_emptied_in_the_card_does_not_come_back_from_its_file(store: Store, two: tuple[int, int]) -> None:
    metrics.put(store, 2025, [(two[0], "pupils", "341"), (two[1], "pupils", "сто")])
    schools.set_year(store, two[0], 2025, "pupils", "")
    assert text(cell(store, two[0], "pupils")) == ""
    schools.set_year(store, two[1], 2025, "pupils", "100")
    assert (text(cell(store, two[1], "pupils")), cell(store, two[1], "pupils").draft) == ("100", False)


def test_last_years_values_are_confirmed_by_one_click(store: Store, two: tuple[int, int]) -> None:
    metrics.put(store, 2024, [(s, code, raw) for s in two for code, raw in (("noko", "80"), ("monotown", "да"))])
    metrics.put(store, 2025, [(two[0], "noko", "85"), (two[1], "noko", "так себе")])
    asked = cell(store, two[0], "monotown")
    assert (asked.text, asked.last, asked.can_take) == ("", "да", True)
    before = operations(store)
    assert metrics.take_last_year(store, 2025, [(two[0], "monotown"), (two[0], "noko")]) == 1
    assert text(cell(store, two[0], "monotown")) == "да"
    assert metrics.take_last_year(store, 2025) == 1
    assert [text(cell(store, s, "noko")) for s in two] == ["85", "так себе"]
    assert operations(store) == before + 2
    assert metrics.take_last_year(store, 2025) == 0
    assert operations(store) == before + 2
    assert metrics.copy_year(store, 2025, 2030, codes=["НОКО"]) == 1


def test_values_of_merged_records_belong_to_the_canonical_one(store: Store, two: tuple[int, int]) -> None:
    metrics.put(store, 2025, [(two[0], "noko", "80"), (two[1], "noko", "70"), (two[1], "places", "500")])
    schools.merge(store, two[1], two[0])
    lines = metrics.table(store.connection, 2025, ["noko", "places"]).lines
    assert [[text(c) for c in line.cells] for line in lines] == [["80", "500"]]
    frame = frames.metric_frame(store.connection, [2025])
    found = zip(frame["school_id"].tolist(), frame["metric"].tolist(), frame["exact"].tolist(), strict=True)
    assert set(found) == {(two[0], "noko", "80"), (two[0], "places", None)}
    metrics.put(store, 2025, [(two[0], "places", "")])
    assert text(cell(store, two[0], "places")) == ""
    schools.separate(store, two[1])
    assert text(cell(store, two[1], "noko")) == "70"


def test_a_value_knows_the_file_it_came_from(store: Store, two: tuple[int, int]) -> None:
    row = stored.MetricRow(two[0], MetricFigure("noko", 2025, "83,4", exact="83.4"), Origin("Лист1", 7, 7, "D7"))
    bad = stored.MetricRow(two[1], MetricFigure("noko", 2025, "много"), Origin("Лист1", 8, 8, "D8"), "DATA_NOT_NUMBER")
    with store.operation("Загружен файл", "results.import") as operation:
        file = operation.insert(
            "import_file", name="паспорт.xlsx", sha256="0" * 64, size=1, kind="metrics", title="", rows_new=1,
            rows_changed=0, rows_same=0, imported_at="2026-01-01T00:00:00+00:00", actor="Ким",
        )  # fmt: skip
        assert stored.write(operation, [row, bad], file) == (1, 0, 0)
    found = metrics.origin(store.connection, two[0], 2025, "noko")
    assert found is not None
    assert (found.file, found.sheet, found.cells, found.raw) == ("паспорт.xlsx", "Лист1", "D7", "83,4")
    assert cell(store, two[0], "noko").file == "паспорт.xlsx"
    assert cell(store, two[1], "noko").draft is True
    metrics.put(store, 2025, [(two[0], "noko", "90")])
    typed = metrics.origin(store.connection, two[0], 2025, "noko")
    assert typed is not None
    assert (typed.file, typed.cells) == (None, None)


def test_a_large_block_is_written_at_once_and_undone_at_once(store: Store, two: tuple[int, int]) -> None:
    known = metrics.catalogue(store.connection)
    codes = [m.code for m in known.metrics if m.kind == "count"]
    block = [(s, code, "1") for s in two for code in codes]
    rows = [stored.MetricRow(s, MetricFigure(code, y, "1", part=1)) for y in range(2015, 2025) for s, code, _r in block]
    assert len(rows) > 200
    with store.operation("Много", "metrics.put") as operation:
        stored.write(operation, rows)
    entries = store.connection.execute("SELECT count(*) FROM journal WHERE table_name = 'metric_value'").fetchone()
    assert entries == (1,)
    history.undo(store)
    assert stored.years(store.connection) == []


def test_a_value_out_of_bounds_is_kept_and_told(store: Store, two: tuple[int, int]) -> None:
    metrics.put(store, 2025, [(two[0], "building_year", "1590"), (two[1], "building_year", "1975")])
    odd = cell(store, two[0], "building_year")
    assert odd.figures == (None, None, "1590")
    assert odd.trouble is not None
    assert "от 1700 до 2100\u00a0г. Проверьте" in odd.trouble
    assert cell(store, two[1], "building_year").trouble is None


def test_nothing_is_written_for_an_unknown_metric_or_school(store: Store, two: tuple[int, int]) -> None:
    was = dump(store.connection)
    for block, code in (
        ([(two[0], "noko", "1"), (two[0], "лун", "1")], "DATA_NO_METRIC"),
        ([(two[0], "noko", "1"), (5, "noko", "1")], "GEN_NO_SCHOOL"),
    ):
        with pytest.raises(UserError) as caught:
            metrics.put(store, 2025, block)
        assert caught.value.code == code
    assert dump(store.connection) == was


def test_own_metrics(store: Store, two: tuple[int, int]) -> None:
    made = metrics.add_metric(store, "Кружков в школе", unit="шт.", short="Кружков")
    again = metrics.add_metric(store, "Доля детей в кружках", "share", part_name="ходят в кружки", whole_name="всего")
    assert (made.code, again.code) == ("own_1", "own_2")
    metrics.put(store, 2025, [(two[0], "кружков", "7"), (two[0], "own_2", "5/10")])
    assert text(cell(store, two[0], "own_2")) == "5 из 10 (50,0 %)"
    assert metrics.names(store.connection)[-1].names == ("Доля детей в кружках",)
    with pytest.raises(UserError) as caught:
        metrics.remove_metric(store, "own_1")
    assert caught.value.code == "DATA_METRIC_USED"
    metrics.put(store, 2025, [(two[0], "own_1", "")])
    metrics.remove_metric(store, "own_1")
    assert "own_1" not in metrics.catalogue(store.connection)
    history.undo(store)
    assert metrics.catalogue(store.connection).find("Кружков").code == "own_1"
    for name, code in (("ОВЗ", "DATA_METRIC_TAKEN"), ("  ", "DATA_CATALOGUE")):
        with pytest.raises(UserError) as caught:
            metrics.add_metric(store, name)
        assert caught.value.code == code
    with pytest.raises(UserError) as caught:
        metrics.remove_metric(store, "pupils")
    assert caught.value.code == "DATA_METRIC_SHIPPED"


def test_a_catalogue_that_can_no_longer_be_read_breaks_nothing(store: Store, two: tuple[int, int]) -> None:
    with store.operation("Испорчено", "test") as operation:
        operation.insert("reference_text", kind="metrics", ref_id="x", version="1", text="format = 1", digest="",
                         added_at="")  # fmt: skip
    assert "pupils" in metrics.catalogue(store.connection)
    assert [error.code for error in metrics.catalogue_faults(store.connection)] == ["DATA_CATALOGUE"]


def test_the_rule_of_2018_lists_by_metrics_of_the_school_year_before(store: Store, two: tuple[int, int]) -> None:
    metrics.put(store, 2025, [(two[0], "graduates_9", "25"), (two[0], "graduates_to_senior", "14")])
    metrics.put(store, 2024, [(two[1], "senior_stage", "1/100")])  # another year
    block = [(2023, "1", "300"), (2024, "2", "310"), (2025, "1", "320")]
    for year, took_part, pupils in block:  # 4 of 930 is 0,43 %
        metrics.put(store, year, [(two[1], "olympiad_pupils", took_part), (two[1], "pupils", pupils)])
    found = identification.school_list(store.connection, "lenobl-2018", 2026, with_change=False)
    rows = {row.school_id: row.verdict for row in found.rows}
    assert rows[two[0]].branches == ("senior_stage",)
    assert rows[two[1]].branches == ("olympiads",)
    assert (rows[two[1]].metrics[0].part, rows[two[1]].metrics[0].whole) == (4, 930)
    rule = identification.rule(store.connection, "lenobl-2018")
    assert metrics.for_rule(store.connection, rule, 2026)["senior_stage"] == {two[0]: MetricAmount(14, 25)}
    assert metrics.for_rule(store.connection, identification.rule(None, "kriro-2023"), 2026) == {}


def test_a_frozen_list_keeps_the_fractions_of_its_criteria(store: Store, two: tuple[int, int]) -> None:
    from app.operations import results
    from tests.operations.conftest import MATHS5, mark, reading, school

    results.load(store, reading(mark(school("СОШ № 1"), MATHS5, 2026, 0, 20)))
    metrics.put(store, 2025, [(two[0], "senior_stage", "14/25")])
    identification.approve(store, "lenobl-2018", 2026, order_number="1", order_date="01.11.2026")
    metrics.put(store, 2025, [(two[0], "senior_stage", "25/25")])
    rows = identification.school_list(store.connection, "lenobl-2018", 2026).rows
    frozen = next(row for row in rows if row.school_id == two[0])
    assert frozen.listed is True
    assert [(m.branch, m.part, m.whole) for m in frozen.verdict.metrics] == [("senior_stage", 14, 25)]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ('unit = "ставки"\nunit_many = "ставок"\nlower = 0\nupper = 50', "от 0 до 50 ставок"),
        ('unit = "ставки"\nunit_many = "ставок"\nupper = 50', "не больше 50 ставок"),
        ('unit = "км"\nlower = 2.5', "не меньше 2,5 км"),
        ('unit = "шт."', ""),
    ],
)
def test_bounds_name_the_unit_in_its_case(fields: str, words: str) -> None:
    text = f"""format = 1
[[group]]
code = "own"
name = "Свои"
[[metric]]
code = "jobs"
name = "Педагоги-психологи"
group = "own"
kind = "number"
source = "свой"
{fields}
"""
    catalogue = metric_catalogue.parse(text)
    assert metrics.bounds_text(catalogue.metrics[0]).replace("\u00a0", " ") == words
    again = metric_catalogue.parse(metric_catalogue.as_toml(catalogue.metrics))
    assert again.metrics[0].unit_many == catalogue.metrics[0].unit_many


def test_no_shipped_unit_is_left_in_the_nominative() -> None:
    """A unit with a declined form says it: abbreviations and «баллов», «мест» stay as they are."""
    full = {m.unit: m.unit_many for m in metric_catalogue.load_shipped().metrics if m.unit.isalpha()}
    assert {unit: many for unit, many in full.items() if many} == {"ставки": "ставок"}
    assert {unit for unit, many in full.items() if not many} <= {"км", "баллов", "мест"}
