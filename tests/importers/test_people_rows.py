"""Lists of participants: what is a heading, what a person, what nobody keeps. Expected by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.importers.people_columns import is_person, without_private
from app.importers.people_rows import PeopleMap, PeopleRow, Understood, came_of, tidy_name, understand
from app.importers.plan_records import PlanLine, PlanTable
from tests.helpers.people_files import HEAD, PEOPLE, TITLE


def table(*rows: list[object], place: str = "Лист «Очно»", down: dict[int, set[int]] | None = None) -> PlanTable:
    width = max(len(row) for row in rows)
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = [("" if cell is None else str(cell)) for cell in row]
        lines.append(
            PlanLine(number, (*cells, *[""] * (width - len(cells))), down=frozenset((down or {}).get(number, ())))
        )
    return PlanTable(place, "", tuple(lines))


def read(*rows: list[object], down: dict[int, set[int]] | None = None) -> Understood:
    (found,) = understand([table(*rows, down=down)])
    return found


def names(found: Understood, *kinds: str) -> list[str]:
    return [row.name for row in found.rows if row.kind in (kinds or ("person",))]


def test_a_list_with_two_lines_of_headings_is_understood_whole() -> None:
    found = read(TITLE, [], *HEAD, *PEOPLE, down={7: {4}})
    assert found.head == 4
    assert {column.path[-1]: column.field for column in found.columns if column.field} == {
        "Фамилия": "surname", "Имя": "first", "Отчество": "patronymic", "Образовательная организация": "school",
        "Должность": "post", "Телефон": "private", "E-mail": "private", "Присутствие": "came",
    }  # fmt: skip
    assert found.private == ("Контакты, Телефон", "Контакты, E-mail")
    assert names(found) == ["Орлова Мария Петровна", "ЗУЕВ ПЁТР ПЕТРОВИЧ", "Ким О. В.", "Орлова Мария Петровна",
                            "Мамедов Али Гусейн оглы"]  # fmt: skip
    assert names(found, "pupil") == ["Сидоров Пётр"]
    assert names(found, "odd") == ["Ответственный: Ким О. В."]
    assert found.passed == 2  # the numbers of the columns and the total
    zuev = found.rows[1]
    assert (zuev.cell, zuev.place, zuev.school) == ("B7", "Лист «Очно», строка 7", "СОШ № 5")  # of the merged cell
    assert (zuev.post, zuev.scrubbed) == ("завуч", True)
    assert "8912" not in str(found).replace("-", "").replace(" ", "").replace("(", "").replace(")", "")
    assert "@" not in str(found)


def test_a_school_empty_without_a_merge_is_not_guessed() -> None:
    found = read(["ФИО", "Школа"], ["Орлова Мария Петровна", "СОШ № 5"], ["Зуев Пётр Петрович", ""])
    assert [row.school for row in found.rows] == ["СОШ № 5", ""]


def test_schools_between_the_people_stand_for_those_below() -> None:
    found = read(
        ["ФИО", "Должность"], ["МБОУ «СОШ № 5»"], ["Орлова Мария Петровна", "учитель"], ["Зуев П. П.", "завуч"],
        ["Гимназия"], ["Ким О. В.", "методист"],
    )  # fmt: skip
    assert [(row.name, row.school) for row in found.rows] == [
        ("Орлова Мария Петровна", "МБОУ «СОШ № 5»"), ("Зуев П. П.", "МБОУ «СОШ № 5»"), ("Ким О. В.", "Гимназия")
    ]  # fmt: skip


def test_a_school_in_another_column_stands_for_those_below_too() -> None:
    found = read(["№", "ФИО"], ["Школа № 5", ""], ["1", "Орлова М. П."])
    assert [(row.name, row.school) for row in found.rows] == [("Орлова М. П.", "Школа № 5")]


def test_columns_without_headings_are_known_by_what_stands_in_them() -> None:
    found = read(
        ["1.", "СОШ № 5", "Орлова Мария Петровна", "учитель физики", "8 912 345-67-89"],
        ["2.", "СОШ № 7", "Зуев Пётр Петрович", "директор", "zuev@example.org"],
    )  # fmt: skip
    assert [column.field for column in found.columns] == [None, "school", "name", "post", "private"]
    assert found.head == 0
    assert names(found) == ["Орлова Мария Петровна", "Зуев Пётр Петрович"]


def test_a_column_of_classes_makes_pupils_unless_the_post_is_of_an_adult() -> None:
    found = read(["ФИО", "Класс", "Должность"], ["Орлова Мария", "9а", ""], ["Зуев Пётр Петрович", "9а", "учитель"])
    assert (names(found), names(found, "pupil")) == (["Зуев Пётр Петрович"], ["Орлова Мария"])


def test_several_people_of_one_cell_are_several_and_one_on_lines_is_one() -> None:
    found = read(
        ["ФИО", "Школа"], ["Орлова М. П.\nЗуев П. П.", "СОШ № 5"], ["Ким\nОксана\nВикторовна", "СОШ № 7"],
        ["3) Белова Анна Игоревна, учитель химии", "СОШ № 7"],
    )  # fmt: skip
    assert names(found) == ["Орлова М. П.", "Зуев П. П.", "Ким Оксана Викторовна", "Белова Анна Игоревна"]
    assert [row.key for row in found.rows][:2] == ["0:2:0", "0:2:1"]
    assert found.rows[3].post == "учитель химии"


def test_a_category_that_is_a_qualification_is_no_category_of_people() -> None:
    head = ["ФИО", "Категория"]
    assert read(head, ["Орлова М. П.", "высшая"], ["Зуев П. П.", "первая"]).columns[1].field is None
    assert read(head, ["Орлова М. П.", "учителя"], ["Зуев П. П.", "руководители"]).columns[1].field == "audience"


def test_a_sheet_without_people_is_not_taken_until_a_person_says_so() -> None:
    sums = table(["Всего", "7"], ["Школ", "5"])
    assert not understand([sums])[0].taken
    (told,) = understand([sums], {0: PeopleMap(0, {0: "name"})})
    assert [(row.name, row.kind) for row in told.rows] == [("Школ", "odd")]


def test_a_repeated_heading_is_no_person() -> None:
    found = read(["ФИО", "Школа"], ["Орлова М. П.", "СОШ № 5"], ["ФИО", "Школа"], ["Зуев П. П.", "СОШ № 5"])
    assert (names(found), found.passed) == (["Орлова М. П.", "Зуев П. П."], 1)


@pytest.mark.parametrize(
    ("came", "way", "online", "mark", "known"),
    [
        ("+", None, None, "yes", True), ("Была", None, None, "yes", True), ("нет", None, None, "no", True),
        ("", None, None, None, True), ("", "онлайн", None, None, True), ("да", "онлайн", None, "online", True),
        (None, "очно", None, "yes", True), (None, "ВКС", None, "online", True), ("", None, "+", "online", True),
        ("не был", None, "да", "online", True), ("болеет", None, None, None, False), ("1", None, None, "yes", True),
        ("–", None, None, "no", True), (None, None, None, None, True), ("отсутствовала", None, None, "no", True),
    ],
)  # fmt: skip
def test_marks_are_read_by_words(
    came: str | None, way: str | None, online: str | None, mark: str | None, *, known: bool
) -> None:
    row = PeopleRow(0, 1, 0, "A1", "", "Ким О. В.", came=came, way=way, online=online)
    assert came_of(row) == (mark, known)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("учитель, тел. 8-912-345-67-89", "учитель"), ("+7 (912) 345 67 89", ""), ("завуч (2-15-43)", "завуч"),
        ("ivanova@mail.ru", ""), ("методист e-mail: a.b@school-5.ru", "методист"), ("СОШ № 5", "СОШ № 5"),
        ("9123456789", ""),
        ("педагог (912) 345-67-89", "педагог"),
        ("СНИЛС 112-233-445 95", ""), ("учитель 5-9 классов, стаж 12 лет", "учитель 5-9 классов, стаж 12 лет"),
        ("МБОУ СОШ № 12 г. Лесогорска, 1-4 кл.", "МБОУ СОШ № 12 г. Лесогорска, 1-4 кл."),
    ],
)  # fmt: skip
def test_telephones_and_addresses_are_taken_out_and_nothing_else(text: str, left: str) -> None:
    assert without_private(text) == (left, left != text)


@pytest.mark.parametrize(
    ("text", "name"),
    [("ИВАНОВА МАРИЯ ПЕТРОВНА", "Иванова Мария Петровна"), ("Ким О. В.", "Ким О. В."), ("КИМ О. В.", "Ким О. В."),
     ("САЛТЫКОВА-ЩЕДРИНА А. И.", "Салтыкова-Щедрина А. И."), ("ван дер Мейде Анна", "ван дер Мейде Анна"),
     ("Ли О. В.", "Ли О. В.")],
)  # fmt: skip
def test_a_name_in_capitals_becomes_a_name(text: str, name: str) -> None:
    assert tidy_name(text) == name


CELLS = st.one_of(
    st.sampled_from(["", "Ким О. В.", "СОШ № 5", "Итого", "ФИО", "учитель", "1", "8-912-345-67-89", "9 класс", "\n"]),
    st.text(max_size=6),
)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=6))
def test_no_table_breaks_the_reader_and_every_filled_line_is_told(rows: list[list[str]]) -> None:
    found = read(["ФИО", "Школа", "Телефон"], *rows)
    assert found.taken
    filled = {number: row for number, row in enumerate(rows, start=2) if any(row)}
    assert not any(
        is_person(" ".join(cell.split())) for number in filled if number <= found.head for cell in filled[number]
    )
    body = [number for number in filled if number > found.head]  # a heading may be of two lines
    assert {row.line for row in found.rows} <= set(body)
    assert len({row.line for row in found.rows}) + found.passed == len(body)


def test_what_looks_like_a_person() -> None:
    assert all(map(is_person, ["Ким О. В.", "О. В. Ким", "Мамедов Али Гусейн оглы", "Орлова Мария"]))
    assert not any(map(is_person, ["СОШ № 5", "Ответственный: Ким", "учитель", "Средняя школа", "12", ""]))
