"""Tables of anonymous questionnaires: columns by wording, what is never kept, counts in both shapes."""

from __future__ import annotations

import pytest
from hypothesis import example
from hypothesis import given as given_by
from hypothesis import settings as settings_of
from hypothesis import strategies as st

from app.forms.anonymity import REMOVED, cleaned, personal
from app.forms.loader import shipped
from app.forms.schema import FormDef, Item
from app.forms.survey_table import SurveyRows, entered, find_item, read_rows
from app.forms.survey_tally import read_tallies

LISTENER = next(form for (key, _v), form in shipped().items() if key == "listener")
DEFICITS = next(form for (key, _v), form in shipped().items() if key == "deficits-fragment")


def item(form: FormDef, key: str) -> Item:
    found = form.item(key)
    assert found is not None
    return found


def table(form: FormDef, lines: list[list[str]]) -> SurveyRows:
    found = read_rows(form, lines)
    assert found is not None
    return found


# --- what is never kept ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("heading", "kind"), [
    ("ФИО", "имя"), ("Фамилия, имя, отчество (полностью)", "имя"), ("Ваше имя", "имя"), ("Имя пользователя", "имя"),
    ("Контактный телефон", "телефон"), ("Номер телефона", "телефон"), ("E-mail", "почта"),
    ("Адрес электронной почты", "почта"), ("Email Address", "почта"), ("Отметка времени", "время ответа"),
    ("Время создания", "время ответа"), ("ID", "номер ответа"), ("IP", "адрес компьютера"), ("Логин", "имя в сети"),
])  # fmt: skip
def test_columns_about_the_respondent_are_known(heading: str, kind: str) -> None:
    assert personal(heading) == kind


@pytest.mark.parametrize("heading", [
    "Удобно ли Вам получать материалы по электронной почте?", "Номер школы", "Имеется ли паспорт кабинета",
    "Актуальность и практическая значимость отобранного преподавателем учебного содержания", "Стаж", "",
    "Какие телефоны служб спасения Вы знаете?",
])  # fmt: skip
def test_questions_are_no_personal_columns(heading: str) -> None:
    assert personal(heading) == ""


def test_addresses_and_telephones_leave_every_text() -> None:
    text = "Звоните +7 (912) 345-67-89 или пишите ivanova.p@school.example, 8 912 345 67 89"
    assert cleaned(text) == f"Звоните {REMOVED} или пишите {REMOVED}, {REMOVED}"
    assert cleaned("Приказ № 1234567890, 2026 год, 12,5 часа") == "Приказ № 1234567890, 2026 год, 12,5 часа"


# --- rows --------------------------------------------------------------------------------------------------------


def test_a_table_of_google_is_read_by_wording_and_stays_anonymous() -> None:
    content, methods = item(LISTENER, "content").text, item(LISTENER, "methods").text
    found = table(LISTENER, [
        ["Отметка времени", "Адрес электронной почты", f"Оцените качество: [{content}]", f"{methods}:",
         "3. Укажите общее впечатление от занятия", "Ваш стаж"],
        ["22.11.2026 10:01", "a@b.example", "Высокая", "средняя", "понравилось", "12"],
        ["22.11.2026 10:02", "c@d.example", "", "отлично", "Не понравилось.", "3"],
        ["", "", "", "", "", ""],
        ["22.11.2026 10:03", "", "", "", "", ""],
        ["Итого", "", "1", "1", "2", ""],
    ])  # fmt: skip
    assert [column.fate for column in found.columns] == ["personal", "personal", "question", "question", "question",
                                                         "unknown"]  # fmt: skip
    assert [{key: (one.value, one.code) for key, one in row.items()} for row in found.rows] == [
        {"content": ("high", None), "methods": ("middle", None), "impression": ("liked", None)},
        {"methods": (None, "ITEM_CHOICE"), "impression": ("disliked", None)},
        {},
    ]
    assert found.rows[1]["methods"].raw == "отлично"
    assert (found.wrong, found.others, len(found.missing)) == (1, 0, 4)
    words = " ".join(found.sentences)
    assert "3\u00a0анкеты" in words
    assert "«Отметка времени», «Адрес электронной почты»" in words
    assert "«Ваш стаж»" in words
    assert "a@b.example" not in repr(found)


def test_answers_outside_the_list_are_told_apart() -> None:
    bodies, training = item(DEFICITS, "bodies"), item(DEFICITS, "training")
    one = entered(bodies, "МЧС, МВД, районный архив")
    assert (one.value, one.other, one.code) == ("mchs;mvd;other", "районный архив", None)
    two = entered(training, "охрана труда; другое: работа на высоте")
    assert (two.value, two.other) == ("labour;other", "работа на высоте")
    three = entered(item(LISTENER, "content"), "так себе")
    assert (three.value, three.code, three.raw) == (None, "ITEM_CHOICE", "так себе")
    assert entered(item(LISTENER, "content"), "2").value == "middle"
    assert entered(item(LISTENER, "content"), "9").code == "ITEM_CHOICE"


def test_a_choice_may_have_a_column_of_its_own() -> None:
    text = item(DEFICITS, "training").text
    found = table(DEFICITS, [
        [f"{text} [охрана труда]", f"{text} / пожарная безопасность", f"{text} [другое]"],
        ["1", "пожарная безопасность", ""],
        ["", "0", "работа на высоте"],
        ["нет", "", ""],
    ])  # fmt: skip
    assert [row["training"].value if row else None for row in found.rows] == ["labour;fire", "other", None]
    assert found.rows[1]["training"].other == "работа на высоте"


def test_a_second_column_of_a_question_is_named_and_left_out() -> None:
    text = item(LISTENER, "content").text
    found = table(LISTENER, [[text, text], ["высокая", "низкая"]])
    assert found.rows[0]["content"].value == "high"
    assert [column.fate for column in found.columns] == ["question", "repeated"]


def test_a_heading_that_fits_two_questions_is_none() -> None:
    assert find_item(LISTENER, "Коммуникативность препод") is not None
    assert find_item(LISTENER, "преподавател") is None
    assert read_rows(LISTENER, [["Имя", "Балл"], ["Пётр", "5"]]) is None


CHOICES = st.sampled_from(["высокая", " Средняя ", "НИЗКАЯ", "затрудняюсь ответить", "", "так себе"])


@settings_of(max_examples=40, deadline=None)
@given_by(st.lists(st.lists(CHOICES, min_size=5, max_size=5), max_size=8), st.permutations(range(5)))
def test_no_order_of_columns_loses_an_answer(rows: list[list[str]], order: list[int]) -> None:
    """Property: whatever the order of columns, every filled cell is an answer, in the same place."""
    items = list(LISTENER.items())[:5]
    value = {"высокая": "high", "средняя": "middle", "низкая": "low", "затрудняюсь ответить": "unknown"}
    lines = [[items[place].text for place in order], *([row[place] for place in order] for row in rows)]
    found = table(LISTENER, lines)
    kept = [row for row in rows if any(cell.strip() for cell in row)]
    assert len(found.rows) == len(kept)
    for row, read in zip(kept, found.rows, strict=True):
        for one, cell in zip(items, row, strict=True):
            word = cell.strip().casefold()
            assert (one.id in read) == bool(word)
            if word:
                assert read[one.id].value == value.get(word)
                assert (read[one.id].code is None) == (word in value)


@settings_of(max_examples=60, deadline=None)
@given_by(st.lists(st.lists(st.text(max_size=12), max_size=6), max_size=6))
@example([["²"], ["9" * 5000]])
def test_no_table_breaks_the_reading(lines: list[list[str]]) -> None:
    texts = [one.text for one in DEFICITS.items()]
    read_rows(DEFICITS, lines)
    read_rows(DEFICITS, [texts, *lines])
    read_tallies(DEFICITS, lines)
    read_tallies(DEFICITS, [["Вопрос", "да", "нет"], [texts[0], "1", "2"], *lines])


# --- counts ------------------------------------------------------------------------------------------------------


def test_counts_in_columns_are_read() -> None:
    content, useful = item(LISTENER, "content").text, item(LISTENER, "useful").text
    found = read_tallies(LISTENER, [
        ["№", "Вопрос", "Низкая", "Высокая", "Всего"],
        ["1", content, "2", "18", "20"],
        ["", "Вопрос", "да", "нет", "Всего"],
        ["6", useful, "17", "41 %", "20"],
        ["", "Оформление зала", "4", "5", ""],
        ["", "Сдано анкет", "21", "", ""],
    ])  # fmt: skip
    assert found is not None
    assert dict(found.numbers) == {("content", "low"): 2, ("content", "high"): 18, ("useful", "yes"): 17}
    assert found.respondents == 21
    assert len(found.wrong) == 1
    assert "41 %" in found.wrong[0]
    assert found.unknown == ("Оформление зала",)


def test_a_list_of_counts_is_read() -> None:
    text = item(DEFICITS, "bodies").text
    found = read_tallies(DEFICITS, [
        [text], ["МЧС", "3"], ["МВД", "1 000"], ["другое: архив", "2"],
        [item(DEFICITS, "self-assessment").text, "да", "7"],
    ])  # fmt: skip
    assert found is not None
    assert dict(found.numbers) == {("bodies", "mchs"): 3, ("bodies", "mvd"): 1000, ("bodies", "other"): 2,
                                   ("self-assessment", "yes"): 7}  # fmt: skip
    assert found.remarks == {"bodies": ("архив", "архив")}
    assert read_tallies(DEFICITS, [["Вопрос", "Ответ"], ["Другой", "3"]]) is None
