"""The programme's grids: what is typed comes back, rows begin with their cells, totals agree to the kopeck."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.analysis.programme_money import money_of
from app.errors import UserError
from app.models.store import Store
from app.operations import history, programmes
from app.operations import programme_money_sheet as money
from app.operations import programme_plan_sheet as plan
from app.operations import programme_sheets as sheets
from app.operations import programme_targets_sheet as targets
from app.operations.programme_cells import Cell, cell_text
from app.operations.programme_money_sheet import ALL, TOGETHER, Shown
from app.operations.programme_sheet_data import HALF_WORDS, Sheet, SheetRow
from app.operations.programme_sheets import NewLine
from tests.helpers import stores, undo
from tests.helpers.programme_sheets import full
from tests.helpers.programmes import small

FAST = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def keys(store: Store) -> dict[str, int]:
    return full(store)


def shown(row: SheetRow) -> list[str]:
    return [(cell.text if cell.shown is None else cell.shown).replace("\u00a0", " ") for cell in row.cells]


def row_of(sheet: Sheet, key: object) -> SheetRow:
    return next(row for row in sheet.rows if row.key == key)


def money_sheet(store: Store, programme: int, source: str = ALL) -> Sheet:
    return money.read(store.connection, programme, Shown(source))


# --- cells -------------------------------------------------------------------------------------------------------


def test_cells_of_a_row_that_is_not_there_make_one_row_in_their_place(store: Store) -> None:
    keys = small(store)
    steps = len(history.history(store.connection, 99))
    first, second = sheets.new_keys(2)
    new = {
        first: NewLine("activity", keys["task1"], "Кадры", keys["second"]),
        second: NewLine("activity", keys["task2"]),
    }
    sheets.put(store, keys["programme"], [
        Cell(first, "text", "Семинар"), Cell(first, "term", "март 2027"), Cell(second, "text", ""),
        Cell(second, "results", "  "), Cell(keys["second"], "label", "7а"),
    ], new)  # fmt: skip
    tree = programmes.tree(store.connection, keys["programme"])
    assert [node.id for node in tree.under(keys["task1"], "activity")] == [keys["first"], first, keys["second"]]
    assert [node.position for node in tree.under(keys["task1"])] == list(range(4))
    assert tree.under(keys["task2"]) == (), "an empty entry begins no row"
    assert [row.title for row in tree.directions] == ["Кадры"]
    assert len(history.history(store.connection, 99)) == steps + 1
    store.undo()
    tree = programmes.tree(store.connection, keys["programme"])
    assert first not in tree.nodes
    assert tree.activities[keys["second"]].label is None


def test_a_row_that_nobody_knows_or_that_may_not_stand_there_is_refused(store: Store) -> None:
    keys = small(store)
    with pytest.raises(UserError, match="Этой строки"):
        sheets.put(store, keys["programme"], [Cell(77, "text", "Семинар")])
    with pytest.raises(UserError, match="не может стоять"):
        sheets.put(store, keys["programme"], [Cell(77, "text", "Семинар")], {77: NewLine("activity", keys["goal"])})
    with pytest.raises(UserError, match="Столбца «unit»"):
        sheets.put(store, keys["programme"], [Cell(keys["first"], "unit", "%")])
    assert 77 not in programmes.tree(store.connection, keys["programme"]).nodes


def test_indicators_are_tied_by_their_numbers_and_a_wrong_one_waits(store: Store) -> None:
    keys = small(store)
    programme, first = keys["programme"], keys["first"]
    sheets.put(store, programme, [Cell(first, "serves", "1.1.1.")])
    tree = programmes.tree(store.connection, programme)
    assert tree.linked("serves", first) == (keys["indicator"],)
    sheets.put(store, programme, [Cell(first, "serves", "1.1.1, 9.9")])
    tree = programmes.tree(store.connection, programme)
    assert tree.linked("serves", first) == (keys["indicator"],), "what does not fit changes nothing"
    cell = row_of(plan.read(store.connection, programme), first).cells[7]
    assert (cell.text, cell.mark) == ("1.1.1, 9.9", "bad")
    assert "индикатора с таким номером нет" in cell.trouble
    sheets.put(store, programme, [Cell(first, "serves", "")])
    tree = programmes.tree(store.connection, programme)
    assert (tree.linked("serves", first), tree.drafts) == ((), {})


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=30).map(str.strip)
COLUMNS = ("text", "label", "term", "reason", "conditions", "schools", "money:2026:municipal", "money:2028:свой фонд")
OF_INDICATOR = ("text", "unit", "direction", "baseline", "baseline_year", "target:2027", "required:2027", "source")


@pytest.fixture(scope="module")
def open_file() -> Iterator[tuple[Store, dict[str, int]]]:
    with tempfile.TemporaryDirectory() as folder:
        store = Store.create(Path(folder) / "a.opora", name="Округ", actor="Ким О. В.")
        yield store, small(store)
        store.abandon()


@FAST
@given(block=st.lists(st.tuples(*(WORDS for _name in COLUMNS)), min_size=1, max_size=4))
def test_any_pasted_block_comes_back_the_same(
    open_file: tuple[Store, dict[str, int]], block: list[tuple[str, ...]]
) -> None:
    store, keys = open_file
    rows = sheets.new_keys(len(block))
    cells = [Cell(key, column, text) for key, line in zip(rows, block, strict=True)
             for column, text in zip(COLUMNS, line, strict=True)]  # fmt: skip
    sheets.put(store, keys["programme"], cells, dict.fromkeys(rows, NewLine("activity", keys["task2"])))
    tree = programmes.tree(store.connection, keys["programme"])
    for key, line in zip(rows, block, strict=True):
        if any(line):
            told = [cell_text(tree, key, column) for column in COLUMNS]
            words = {"все школы", "школы списка", "выбранные школы"}
            assert [text.casefold() if text.casefold() in words else text for text in told] == list(line)
        else:
            assert key not in tree.nodes


@FAST
@given(line=st.tuples(*(WORDS for _name in OF_INDICATOR)))
def test_any_line_of_an_indicator_comes_back_the_same(
    open_file: tuple[Store, dict[str, int]], line: tuple[str, ...]
) -> None:
    store, keys = open_file
    key = keys["indicator"]
    told = [Cell(key, column, text) for column, text in zip(OF_INDICATOR, line, strict=True)]
    sheets.put(store, keys["programme"], told)
    tree = programmes.tree(store.connection, keys["programme"])
    assert [cell_text(tree, key, column) for column in OF_INDICATOR] == list(line)


def test_a_cell_of_schools_without_any_name_waits_as_it_was_typed(store: Store) -> None:
    keys = small(store)
    sheets.put(store, keys["programme"], [Cell(keys["first"], "schools", ";")])
    cell = row_of(plan.read(store.connection, keys["programme"]), keys["first"]).cells[6]
    assert (cell.text, cell.mark) == (";", "bad")


# --- half-typed text ---------------------------------------------------------------------------------------------


def test_half_typed_text_begins_a_row_and_goes_with_it(store: Store) -> None:
    keys = small(store)
    programme, (row,) = keys["programme"], sheets.new_keys(1)
    before = stores.dump(store.connection)
    sheets.put_draft(store, programme, Cell(row, "text", "Семи"), NewLine("activity", keys["task2"]))
    cell = row_of(plan.read(store.connection, programme), row).cells[1]
    assert (cell.text, cell.draft, cell.trouble) == ("Семи", True, HALF_WORDS)
    assert programmes.tree(store.connection, programme).nodes[row].text == "", "half-typed text changes nothing yet"
    sheets.put(store, programme, [Cell(row, "text", "Семинар")])
    tree = programmes.tree(store.connection, programme)
    assert (tree.nodes[row].text, tree.drafts) == ("Семинар", {})
    store.undo()
    assert stores.dump(store.connection) == before, "the draft and the entry are one step"
    store.redo()
    sheets.put_draft(store, programme, Cell(row, "money:2026:municipal", "12"))
    assert programmes.tree(store.connection, programme).money == {}
    sheets.give_up(store, programme, row, "money:2026:municipal")
    assert programmes.tree(store.connection, programme).nodes[row].text == "Семинар"
    (other,) = sheets.new_keys(1)
    sheets.put_draft(store, programme, Cell(other, "term", "ма"), NewLine("activity", keys["task2"]))
    sheets.give_up(store, programme, other, "term")
    assert other not in programmes.tree(store.connection, programme).nodes


# --- rows that move ----------------------------------------------------------------------------------------------


def order(store: Store, keys: dict[str, int], task: str) -> list[int]:
    tree = programmes.tree(store.connection, keys["programme"])
    return [node.id for node in tree.under(keys[task], "activity")]


def test_a_row_goes_down_in_its_task_then_into_the_next_and_back(store: Store, keys: dict[str, int]) -> None:
    programme, first, second, third = (keys[name] for name in ("programme", "first", "second", "third"))
    assert sheets.move_line(store, programme, first, 1)
    assert order(store, keys, "task1") == [second, first, third]
    assert sheets.move_line(store, programme, third, 1)
    assert (order(store, keys, "task1"), order(store, keys, "task2")) == ([second, first], [third])
    assert not sheets.move_line(store, programme, third, 1)
    assert sheets.move_line(store, programme, third, -1)
    assert order(store, keys, "task1") == [second, first, third]
    programmes.edit(store, programme, building="directions")
    assert not sheets.move_line(store, programme, first, 1), "nobody else is in its direction"


# --- what is shown -----------------------------------------------------------------------------------------------


def test_the_plan_shows_terms_understood_and_faults_of_them(store: Store, keys: dict[str, int]) -> None:
    sheet = plan.read(store.connection, keys["programme"])
    assert [row.kind for row in sheet.rows] == ["group", "line", "line", "line", "free", "group", "free"]
    terms = [row.cells[2] for row in sheet.rows if row.kind == "line"]
    assert [cell.second for cell in terms] == ["01.09.2026–30.11.2026", "01.03.2027–31.03.2027", "даты не поняты"]
    assert [cell.mark for cell in terms] == [None, None, "warn"]
    assert shown(row_of(sheet, keys["first"]))[-1] == "132 500,01"
    assert row_of(sheet, keys["second"]).cells[-1].trouble == "Не вошло: «сто рублей»."
    assert shown(row_of(sheet, keys["third"]))[-1] == "не нужны"
    programmes.edit(store, keys["programme"], building="directions")
    heads = [row.title for row in plan.read(store.connection, keys["programme"]).rows if row.kind == "group"]
    assert heads == ["Направление 1. Кадры", "Направление 2. Диагностика", "Направление 3. Управление"]


def test_targets_against_the_direction_or_weaker_than_required_say_so(store: Store, keys: dict[str, int]) -> None:
    indicator, programme = keys["indicator"], keys["programme"]
    sheet = targets.read(store.connection, programme)
    faults = targets.target_faults(sheet.tree, indicator)
    assert faults == {
        2026: "Слабее требования: нужно 25.",
        2027: "Против направления «снижение»: цель 2026 года 30, а здесь 33.",
    }
    cells = {column.key: cell for column, cell in zip(sheet.columns, row_of(sheet, indicator).cells, strict=True)}
    assert [cells[f"target:{year}"].mark for year in (2026, 2027, 2028)] == ["warn", "warn", "bad"]
    short = targets.read(store.connection, programme, required=False)
    assert not any(column.key.startswith("require") for column in short.columns)
    sheets.put(store, programme, [Cell(indicator, "direction", "не ниже"), Cell(indicator, "tolerance", "8")])
    assert targets.target_faults(programmes.tree(store.connection, programme), indicator) == {}, "within the leeway"
    sheets.put(store, programme, [Cell(indicator, "tolerance", "7")])
    faults = targets.target_faults(programmes.tree(store.connection, programme), indicator)
    assert faults == {2026: "Против направления «не ниже»: исходное значение 37,5, а здесь 30."}


def test_measures_without_a_task_and_indicators_without_a_measure_stay_seen(store: Store) -> None:
    keys = small(store)
    from app.operations import programme_edit as edit

    loose = edit.add(store, keys["programme"], "measure", "Ничей показатель")
    orphan = edit.add(store, keys["programme"], "indicator", "Ничей индикатор")
    rows = targets.read(store.connection, keys["programme"]).rows
    titles = [row.title for row in rows if row.kind == "group"]
    assert titles[-1] == "Без задачи"
    assert {loose, orphan} <= {row.key for row in rows}


# --- money -------------------------------------------------------------------------------------------------------


def test_money_by_sources_and_years_and_what_is_not_in_it(store: Store, keys: dict[str, int]) -> None:
    sheet = money_sheet(store, keys["programme"])
    first = row_of(sheet, keys["first"])
    assert shown(first)[2:] == ["все", "132 500,00", "0,01", "", "132 500,01", ""]
    assert shown(row_of(sheet, (keys["first"], "regional")))[2:4] == ["региональный бюджет", "120 000,00"]
    assert shown(row_of(sheet, (keys["first"], "municipal")))[3:5] == ["12 500,00", "0,01"]
    second = row_of(sheet, keys["second"])
    assert (second.cells[3].text, second.cells[3].mark) == ("сто рублей", "bad")
    total = sheet.rows[-1]
    assert shown(total)[1:] == ["Всего по программе", "", "132 500,00", "0,01", "1 234 567,89", "1 367 067,90", ""]
    assert total.cells[3].trouble == "Не вошло, потому что не сумма: «сто рублей»."
    assert [row.title for row in sheet.rows if row.kind == "total"] == [
        "Итого: региональный бюджет", "Итого: местный бюджет", "Всего по программе",
    ]  # fmt: skip
    together = money_sheet(store, keys["programme"], TOGETHER)
    assert all(cell.locked for cell in row_of(together, keys["first"]).cells[:-1])
    one = money_sheet(store, keys["programme"], "regional")
    assert shown(one.rows[-1])[1:] == ["Всего: региональный бюджет", "региональный бюджет", "120 000,00", "", "",
                                       "120 000,00", ""]  # fmt: skip


SUMS = st.one_of(
    st.integers(0, 10**9).map(lambda kopecks: (f"{kopecks // 100},{kopecks % 100:02}", kopecks)),
    st.integers(0, 10**4).map(lambda tens: (f"{tens / 10:.1f} тыс.".replace(".", ",", 1), tens * 10_000)),
    st.sampled_from([("сто", None), ("", None), ("12 р 5", None), ("-5", None)]),
)


@FAST
@given(table=st.lists(st.tuples(SUMS, SUMS, SUMS), min_size=2, max_size=2), own=SUMS)
def test_totals_equal_an_independent_sum(
    open_file: tuple[Store, dict[str, int]], table: list[tuple[tuple[str, int | None], ...]],
    own: tuple[str, int | None],
) -> None:  # fmt: skip
    store, keys = open_file
    places = [("municipal", 2026), ("regional", 2026), ("Фонд «Школа»", 2028)]
    cells, known = [Cell(keys["task1"], "money:2027:grant", own[0])], {("task", "grant", 2027): own[1]}
    for name, line in zip(("first", "second"), table, strict=True):
        for (source, year), (text, kopecks) in zip(places, line, strict=True):
            cells.append(Cell(keys[name], f"money:{year}:{source}", text))
            known[name, source, year] = kopecks
    others = [row.id for row in programmes.tree(store.connection, keys["programme"]).of_kind("activity")
              if row.id not in {keys["first"], keys["second"]}]  # fmt: skip
    cells += [Cell(key, f"money:{year}:{source}", "") for key in others
              for source, year in (("municipal", 2026), ("свой фонд", 2028))]  # fmt: skip
    sheets.put(store, keys["programme"], cells)
    sheet = money_sheet(store, keys["programme"])
    whole = money_of(sheet.tree, sheet.tree.nodes)
    for year in (2026, 2027, 2028):
        expected = sum(Decimal(value) for (_n, _s, at), value in known.items() if value is not None and at == year)
        assert (whole.amount(year).kopecks or 0) == expected
        for source in {key[1] for key in known}:
            told = sum(value for (_n, s, at), value in known.items() if value is not None and (s, at) == (source, year))
            assert (whole.amount(year, source).kopecks or 0) == told
    printed = [
        Decimal(cell.plain.replace(",", ".")) if cell.plain else Decimal(0) for cell in sheet.rows[-1].cells[3:7]
    ]
    assert sum(printed[:3]) == printed[3] == Decimal(sum(value or 0 for value in known.values())) / 100
    groups = [row.cells[6].plain for row in sheet.rows if row.kind == "group"]
    assert sum(Decimal(text.replace(",", ".")) for text in groups if text) == printed[3]
    parts = [row.cells[6].plain for row in sheet.rows
             if row.kind == "part" or (row.kind == "line" and row.source)]  # fmt: skip
    assert sum(Decimal(text.replace(",", ".")) for text in parts if text) == printed[3]


def test_the_estimate_says_how_it_stands_to_the_money(store: Store, keys: dict[str, int]) -> None:
    tree = programmes.tree(store.connection, keys["programme"])
    found = money.estimate(tree, keys["first"], 2026)
    assert found.words.replace("\u00a0", " ") == (
        "По смете 112 500,00 ₽: на 20 000,00 ₽ меньше, чем денег на 2026 год (132 500,00 ₽)."
    )
    assert money.estimate(tree, keys["first"], 2028).words == "Сметы нет."
    sheets.put(store, keys["programme"], [Cell(keys["first"], "money:2026:regional", "100 000")])
    again = money.estimate(programmes.tree(store.connection, keys["programme"]), keys["first"], 2026)
    assert (again.agrees, again.words.replace("\u00a0", " ")) == (
        True, "Смета сходится с деньгами 2026 года: 112 500,00 ₽.",
    )  # fmt: skip


def test_sources_are_known_by_their_words() -> None:
    assert money.source_by_word(" Местный  бюджет ") == "municipal"
    assert money.source_by_word("Фонд «Школа»") == "Фонд «Школа»"


def test_everything_that_grids_do_is_undone_and_redone(path: Path) -> None:
    with stores.opened(path) if path.exists() else Store.create(path, name="Округ", actor="Ким О. В.") as store:
        keys = full(store)
    row, programme = sheets.new_keys(1)[0], keys["programme"]
    new = {row: NewLine("activity", keys["task2"])}
    undo.walk(path, {
        "row": lambda store: sheets.put(store, programme, [Cell(row, "text", "Семинар"), Cell(row, "own", "да")], new),
        "serves": lambda store: sheets.put(store, programme, [Cell(row, "serves", "1.1.1")]),
        "wrong": lambda store: sheets.put(store, programme, [Cell(row, "serves", "5"), Cell(row, "term", "давно")]),
        "task": lambda store: sheets.put(store, programme, [Cell(keys["task2"], "money:2026:grant", "7")]),
        "draft": lambda store: sheets.put_draft(store, programme, Cell(row, "reason", "При")),
        "given up": lambda store: sheets.give_up(store, programme, row, "reason"),
        "line": lambda store: sheets.add_line(store, programme, NewLine("activity", keys["task1"], "", keys["first"])),
        "move": lambda store: sheets.move_line(store, programme, keys["first"], 1),
    })  # fmt: skip
