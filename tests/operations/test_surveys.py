"""Anonymous questionnaires: rows or counts, never both; distributions by hand; undo of everything."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import UserError
from app.forms.survey_table import read_rows
from app.forms.survey_tally import SurveyTallies, read_tallies, whole
from app.models.forms import SubjectRef
from app.models.store import Store
from app.models.surveys import HANDED_IN
from app.operations import form_board, forms, schools, survey_counts, surveys
from app.operations.survey_counts import Distribution, ItemCount
from app.operations.surveys import SheetDraft, SheetView
from tests.helpers import stores
from tests.helpers.stores import dump
from tests.helpers.undo import walk

EVENT = SubjectRef("event", name="Семинар «Читательская грамотность»")
QUALITY = "content"


def begun(store: Store, form: str = "listener", given_out: int | None = None, name: str = EVENT.name) -> int:
    draft = SheetDraft(SubjectRef("event", name=name), "18.11.2026", given_out, head={"course": "ПК-14"})
    return surveys.add(store, form, 2026, draft)


def view(store: Store, key: int) -> SheetView:
    return surveys.view(store.connection, key)


def fill(store: Store, key: int, *cells: str, item: str = QUALITY) -> None:
    surveys.put_cells(store, key, [(-number, item, text) for number, text in enumerate(cells, start=1)])


def counted(store: Store, item: str = QUALITY, form: str = "listener", **wanted: int) -> tuple[Distribution, ItemCount]:
    found = survey_counts.distribution(store.connection, form, **wanted)
    return found, next(one for one in found.items if one.item.id == item)


def numbers(one: ItemCount) -> Mapping[str, int]:
    return {choice.choice.value: choice.number for choice in one.choices}


def refused(code: str, act: object) -> None:
    with pytest.raises(UserError) as caught:
        act()  # type: ignore[operator]
    assert caught.value.code == code


# --- sheets ------------------------------------------------------------------------------------------------------


def test_sheets_of_a_year_share_a_round(store: Store) -> None:
    first, second = begun(store), begun(store, name="Семинар в апреле")
    lines = surveys.sheets(store.connection)
    assert {line.sheet.id for line in lines} == {first, second}
    assert len({line.round.id for line in lines}) == 1
    assert view(store, first).head == {"course": "ПК-14"}
    assert view(store, first).line.title == "Семинар «Читательская грамотность», 18.11.2026"
    other = surveys.add(store, "listener", 2026, SheetDraft(EVENT), title="Весенняя сессия")
    assert view(store, other).line.round.title == "Весенняя сессия"
    assert not form_board.board(store.connection, 2026).rounds


def test_what_does_not_fit_is_refused_in_words(store: Store) -> None:
    refused("FORM_SURVEY_NOT", lambda: begun(store, "rmo"))
    refused("FORM_SURVEY_NAMELESS", lambda: begun(store, name=" "))
    refused("GEN_BAD_DATE", lambda: surveys.add(store, "listener", 2026, SheetDraft(EVENT, "вчера")))
    refused("FORM_SURVEY_NONE", lambda: view(store, 17))
    refused("FORM_SURVEY_NOTHING", lambda: counted(store))


def test_everything_can_be_undone(store: Store) -> None:
    before = dump(store.connection)
    key = begun(store, given_out=5)
    empty = dump(store.connection)
    fill(store, key, "высокая", "низкая", "не знаю что")
    surveys.remove_rows(store, key, [view(store, key).rows[0].id])
    surveys.clear(store, key)
    assert dump(store.connection) == empty
    surveys.put_numbers(store, key, [(QUALITY, "high", "4"), (HANDED_IN, "", "5")])
    surveys.put_remarks(store, key, "useful", ["Хочу ещё"])
    surveys.remove(store, key)
    for _ in range(7):
        store.undo()
    assert dump(store.connection) == before


# --- rows and counts ---------------------------------------------------------------------------------------------


def test_rows_are_counted_by_hand(store: Store) -> None:
    key = begun(store, given_out=8)
    fill(store, key, "высокая", "Высокая", "3", "затрудняюсь ответить", "так себе")
    surveys.add_empty(store, key, 2)
    found, one = counted(store)
    assert numbers(one) == {"high": 2, "middle": 0, "low": 1, "unknown": 1}
    assert (one.handed_in, one.answered, one.unsure, one.silent, one.wrong, one.base) == (7, 4, 1, 2, 1, 3)
    assert survey_counts.share(one, one.choices[0]) == "66,7\u00a0%"
    assert survey_counts.share(one, one.choices[3]) == "—"
    assert one.small
    assert found.sentence == "Сдано 7 из 8 розданных, 87,5\u00a0% · мало ответов"
    kept = view(store, key).rows[4].answers[QUALITY]
    assert (kept.raw, kept.value, kept.code) == ("так себе", None, "ITEM_CHOICE")


def test_counts_are_counted_by_hand_and_wrong_sums_stay_marked(store: Store) -> None:
    key = begun(store, given_out=20)
    surveys.put_numbers(store, key, [(QUALITY, "high", "12"), (QUALITY, "low", "3"), (QUALITY, "unknown", "2"),
                                     ("useful", "yes", "25"), (HANDED_IN, "", "20")])  # fmt: skip
    found, one = counted(store)
    assert (one.answered, one.unsure, one.silent, one.base) == (17, 2, 3, 15)
    assert survey_counts.share(one, one.choices[0]) == "80,0\u00a0%"
    useful = next(one for one in found.items if one.item.id == "useful")
    assert useful.faults == ("«Семинар „Читательская грамотность“, 18.11.2026»: ответов 25, а сдано анкет 20.",)
    assert numbers(useful)["yes"] == 25
    refused("FORM_SURVEY_NUMBER", lambda: surveys.put_numbers(store, key, [(QUALITY, "high", "12,5")], strict=True))
    refused("FORM_SURVEY_CHOICE", lambda: surveys.put_numbers(store, key, [(QUALITY, "best", "1")]))
    refused("FORM_NO_ITEM", lambda: surveys.put_numbers(store, key, [("none", "high", "1")]))


def test_more_handed_in_than_given_out_is_said(store: Store) -> None:
    key = begun(store, given_out=1)
    fill(store, key, "высокая", "низкая")
    found, _one = counted(store)
    assert found.faults == ("«Семинар „Читательская грамотность“, 18.11.2026»: сдано 2, а роздано 1.",)


def test_a_sheet_is_never_counted_twice(store: Store) -> None:
    key = begun(store)
    surveys.put_numbers(store, key, [(QUALITY, "high", "4")])
    refused("FORM_SURVEY_IS_TALLY", lambda: fill(store, key, "высокая"))
    refused("FORM_SURVEY_IS_TALLY", lambda: surveys.add_empty(store, key))
    form = view(store, key).line.form
    table = read_rows(form, [[form.item(QUALITY).text], ["низкая"]])  # type: ignore[union-attr]
    assert table is not None
    refused("FORM_SURVEY_IS_TALLY", lambda: surveys.put_rows(store, key, table))
    surveys.put_rows(store, key, table, anew=True)
    assert numbers(counted(store)[1]) == {"high": 0, "middle": 0, "low": 1, "unknown": 0}
    refused("FORM_SURVEY_IS_ROWS", lambda: surveys.put_numbers(store, key, [(QUALITY, "high", "4")]))
    refused("FORM_SURVEY_IS_ROWS", lambda: surveys.put_tallies(store, key, SurveyTallies({}, {}, 3)))


def test_sheets_are_counted_together_and_apart(store: Store) -> None:
    rows, tally = begun(store, given_out=4), begun(store, name="Второе занятие", given_out=10)
    fill(store, rows, "высокая", "средняя")
    surveys.put_numbers(store, tally, [(QUALITY, "high", "6"), (QUALITY, "low", "2")])
    together, one = counted(store)
    assert numbers(one) == {"high": 7, "middle": 1, "low": 2, "unknown": 0}
    assert (together.handed_in, together.given_out, together.assumed) == (10, 14, 1)
    assert counted(store, sheet_id=rows)[1].base == 2
    assert together.title == "Анкета слушателя"


def test_several_answers_are_shares_of_all_questionnaires(store: Store) -> None:
    school = schools.add(store, {"name": "СОШ № 1"})
    subject = SubjectRef("school", organisation_id=school)
    key = surveys.add(store, "deficits-fragment", 2026, SheetDraft(subject))
    surveys.put_cells(store, key, [
        (-1, "bodies", "МЧС; другое: архив"), (-2, "bodies", "МЧС; МВД"), (-3, "bodies", "Архив"),
        (-4, "training", "2"),
        (-1, "first-aid", "Ожоги. Звоните 8 912 345 67 89"), (-2, "first-aid", "ожоги"), (-3, "first-aid", "Ожоги."),
    ])  # fmt: skip
    found, one = counted(store, "bodies", "deficits-fragment", school_id=school)
    assert numbers(one) == {"mchs": 2, "mvd": 1, "guard": 0, "municipal": 0, "other": 2}
    assert (one.base, one.silent, one.others) == (4, 1, (("архив", 2),))
    assert survey_counts.share(one, one.choices[0]) == "50,0\u00a0%"
    aid = next(one for one in found.items if one.item.id == "first-aid")
    assert aid.texts == (("ожоги", 2), ("Ожоги. Звоните [убрано]", 1))
    assert found.private
    assert found.title == "СОШ № 1"
    refused("FORM_SURVEY_NOTHING", lambda: counted(store, "bodies", "deficits-fragment", school_id=school + 1))


def test_texts_beside_other_do_not_outnumber_its_choices(store: Store) -> None:
    key = surveys.add(store, "deficits-fragment", 2026, SheetDraft(EVENT))
    form = view(store, key).line.form
    table = read_tallies(form, [[form.item("bodies").text], ["МЧС", "3"], ["другое: архив", "2"]])  # type: ignore[union-attr]
    assert table is not None
    surveys.put_tallies(store, key, table)
    surveys.put_remarks(store, key, "bodies", ["архив", "Архив", "полиция@рф.example"])
    _found, one = counted(store, "bodies", "deficits-fragment")
    assert one.others == (("архив", 2),)
    assert one.faults == ("«Семинар „Читательская грамотность“»: текстов «другое» 3, а выбрано 2.",)


def test_numbers_have_a_mean(store: Store) -> None:
    text = """
id = "stage"
version = "1.0"
title = "Стаж"
short = "Стаж"
subject = "event"
kind = "survey"
source = "Проба"
[[sections]]
id = "main"
items = [{id = "years", kind = "whole", least = 0, text = "Сколько лет Вы работаете?"}]
"""
    from app.forms.loader import load

    forms.save(store, load(text))
    key = surveys.add(store, "stage", 2026, SheetDraft(EVENT))
    fill(store, key, "3", "4", "много", "3", item="years")
    _found, one = counted(store, "years", "stage")
    assert one.mean == Decimal("3.3")
    assert one.texts == (("3", 2), ("4", 1))
    assert one.wrong == 1


def test_nothing_of_the_respondent_reaches_the_file(store: Store) -> None:
    key = begun(store)
    form = view(store, key).line.form
    lines = [["ФИО", "E-mail", form.item(QUALITY).text],  # type: ignore[union-attr]
             ["Сорокина Вера", "vera@school.example", "высокая"]]  # fmt: skip
    table = read_rows(form, lines)
    assert table is not None
    surveys.put_rows(store, key, table)
    kept = "\n".join(store.connection.iterdump())
    assert "high" in kept
    assert "Сорокина" not in kept
    assert "vera@" not in kept


def test_entries_that_are_no_counts_go_back_and_forth(path: Path) -> None:
    stores.made(path).close()

    def key(store: Store) -> int:
        return surveys.sheets(store.connection)[0].sheet.id

    walk(path, {
        "begun": begun,
        "wrong": lambda s: surveys.put_numbers(s, key(s), [(QUALITY, "high", "двенадцать"), (QUALITY, "low", "-1")]),
        "half-typed": lambda s: surveys.put_draft(s, key(s), "useful", "yes", "3,"),
        "finished": lambda s: surveys.put_numbers(s, key(s), [("useful", "yes", "3")]),
        "put right": lambda s: surveys.put_numbers(s, key(s), [(QUALITY, "high", "12")]),
        "wrong again": lambda s: surveys.put_numbers(s, key(s), [(QUALITY, "high", "3,5")]),
        "cleared": lambda s: surveys.clear(s, key(s)),
        "handed in": lambda s: surveys.put_numbers(s, key(s), [(HANDED_IN, "", "много")]),
        "removed": lambda s: surveys.remove(s, key(s)),
    })  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=1, max_size=30), st.sampled_from([(QUALITY, "high"), ("useful", "yes"), (HANDED_IN, "")]))
def test_any_text_in_the_place_of_a_count_comes_back(store: Store, text: str, cell: tuple[str, str]) -> None:
    key = begun(store)
    surveys.put_numbers(store, key, [(*cell, text)])
    found, number = view(store, key), whole(text)
    if number is not None or not text.strip():
        assert (found.numbers.get(cell), found.drafts) == (number, {})
    else:
        assert (found.numbers, found.drafts) == ({}, {cell: (text.strip(), "FORM_SURVEY_NUMBER")})
        assert f"«{text.strip()}»" in counted(store, sheet_id=key)[0].uncounted[0]
