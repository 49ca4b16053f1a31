"""Drafts of forms: kept at once, taken away by saving, back by undo; new versions, faults in words, files, tables."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import UserError
from app.forms import drafting
from app.forms.drafting import Draft
from app.forms.loader import newest
from app.forms.schema import AnswerSet, Choice, Level, Scale, Score
from app.models.forms import SubjectRef
from app.models.store import Store
from app.operations import form_answers, form_draft_faults, form_drafts, form_rounds, form_sources, forms, schools
from app.operations.form_draft_faults import bounds, spans


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.create(tmp_path / "Лесогорск.opora", name="Лесогорский округ", actor="Ким О. В.")
    yield made
    made.abandon()


def filled() -> Draft:
    draft = drafting.put(form_drafts.begin_new(), short="Наша анкета", title="Наша анкета")
    draft = drafting.put_item(draft, "q1", text="Есть план")
    draft, _node = drafting.add_item(draft, None, "Есть отчёт")
    return draft


def used(store: Store, form_id: str) -> int:
    """Begin a round for one school and answer two questions; returns the case."""
    school = schools.add(store, {"name": "Лесогорская СОШ"})
    round_id = form_rounds.start(store, form_id, 2026, [SubjectRef("school", organisation_id=school)])
    case = form_rounds_case(store, round_id)
    form_answers.put(store, case, "q1", "2")
    form_answers.put(store, case, "q2", "0")
    return case


def form_rounds_case(store: Store, round_id: int) -> int:
    from app.models import forms as stored

    return stored.cases(store.connection, rounds=[round_id])[0].id


def test_a_draft_is_read_back_as_it_was(store: Store) -> None:
    draft = form_drafts.begin_new()
    form_drafts.keep(store, draft)
    assert form_drafts.read(store.connection, draft.form.id) == draft
    (waiting,) = form_drafts.kept(store.connection)
    assert (waiting.form_id, waiting.short, waiting.items) == (draft.form.id, "", 0)


@pytest.mark.parametrize("form_id", sorted(newest()))
def test_every_shipped_form_survives_as_a_draft(store: Store, form_id: str) -> None:
    draft = form_drafts.begin_copy(store.connection, form_id, "Наша")
    form_drafts.keep(store, draft)
    assert form_drafts.read(store.connection, draft.form.id) == draft
    assert form_draft_faults.faults(draft) == []


@pytest.mark.parametrize(
    "text", ['{"form": 5}', "не то", base64.b64encode(zlib.compress(b'{"form": 5}')).decode(), "AAAA"]
)
def test_a_draft_of_another_program_is_no_draft(store: Store, text: str) -> None:
    from app.models import references

    with store.operation("Черновик", "form.draft") as operation:
        references.put(operation, "form_draft", "x", "", text)
    assert form_drafts.read(store.connection, "x") is None
    assert form_drafts.kept(store.connection) == ()


def test_the_journal_does_not_swell_while_one_types(store: Store) -> None:
    """Each state of a long form takes less than eight kilobytes."""
    draft = form_drafts.begin_copy(store.connection, "school-transition", "Наша")
    assert len(form_drafts.to_text(draft)) < 8 * 1024
    for number in range(20):
        form_drafts.keep(store, drafting.put(draft, short=f"Наша {number}"))
    kept = store.connection.execute("SELECT count(*), sum(length(before)) FROM journal WHERE before IS NOT NULL")
    states, size = kept.fetchone()
    assert states == 19
    assert size < 20 * 8 * 1024
    labels = [row[0] for row in store.connection.execute("SELECT label FROM operation WHERE kind = 'form.draft'")]
    assert labels == ["Черновик формы «Наша 19»"]


def test_saving_takes_the_draft_away_and_undo_brings_it_back(store: Store) -> None:
    draft = filled()
    form_drafts.keep(store, draft)
    saved = form_drafts.save(store, draft)
    assert (saved.origin, saved.form.version) == ("own", "1.0")
    assert form_drafts.kept(store.connection) == ()
    store.undo()
    assert form_drafts.read(store.connection, draft.form.id) == draft
    assert all(one.form.id != draft.form.id for one in forms.listing(store.connection))


def test_a_form_nobody_answers_is_changed_and_one_with_answers_gets_a_version(store: Store) -> None:
    form_id = form_drafts.save(store, filled()).form.id
    change = form_drafts.begin_change(store.connection, form_id)
    change = drafting.put_item(change, "q1", text="Есть план работы")
    told = form_drafts.consequences(store.connection, change)
    assert (told.new_version, told.version) == (False, "1.0")
    assert form_drafts.save(store, change).versions == ("1.0",)
    case = used(store, form_id)
    change = form_drafts.begin_change(store.connection, form_id)
    change = drafting.remove(change, ("item", "q2"))
    change, node = drafting.add_item(change, None, "Есть приказ")
    assert node == ("item", "q3")
    change = drafting.put_item(change, "q1", kind="text")
    told = form_drafts.consequences(store.connection, change)
    assert (told.new_version, told.version, told.rounds, told.added) == (True, "1.1", 1, 1)
    words = told.words.replace("\u00a0", " ")
    assert words.startswith("По форме уже есть 1 сбор. Сохранится новая версия 1.1; прежняя не изменится.")
    assert "Убрано: Пункт 2" in words
    assert "Отвечают по-другому: Пункт 1" in words
    saved = form_drafts.save(store, change)
    assert saved.versions == ("1.1", "1.0")
    assert [(one.since, one.deleted) for one in saved.form.revisions] == [("1.0", ("q2",))]
    assert form_answers.case(store.connection, case).form.version == "1.0"
    assert form_answers.case(store.connection, case).answers.get("q2").value == "0"


def test_answers_of_both_older_versions_know_what_is_gone(store: Store) -> None:
    from app.forms.answers import given
    from app.forms.revisions import revise

    first = form_drafts.save(store, filled()).form
    used(store, first.id)
    change = form_drafts.begin_change(store.connection, first.id)
    form_drafts.save(store, drafting.put_item(change, "q1", text="Иначе"))
    with_round = form_rounds.start(
        store, first.id, 2027, [SubjectRef("school", organisation_id=schools.add(store, {"name": "Вторая СОШ"}))]
    )
    assert with_round
    change = drafting.remove(form_drafts.begin_change(store.connection, first.id), ("item", "q2"))
    newest_form = form_drafts.save(store, change).form
    assert [(one.since, one.deleted) for one in newest_form.revisions] == [("1.1", ("q2",)), ("1.0", ("q2",))]
    second = first.item("q2")
    assert second is not None
    moved = revise(AnswerSet(first.id, "1.0", {"q2": given(second, "2")}), first, newest_form)
    assert moved.lost
    assert "в новой версии формы такого пункта нет" in moved.lost[0]


# --- faults ------------------------------------------------------------------------------------------------------


def levels(draft: Draft, *bounds_of: tuple[int, int]) -> Draft:
    made = tuple(Level(f"l{n}", f"уровень {n}", low, high) for n, (low, high) in enumerate(bounds_of, 1))
    return drafting.put(draft, scores=(replace(draft.form.scores[0], levels=made),))


@pytest.mark.parametrize(
    ("cut", "words", "shown"),
    [
        ([(0, 1), (3, 4)], "Сумма 2 не попадает ни в один", ["0–1: уровень 1", "2: нет уровня", "3–4: уровень 2"]),
        ([(0, 2), (2, 4)], "2 попадает в оба", ["0–1: уровень 1", "2: уровень 1 и уровень 2", "3–4: уровень 2"]),
        ([(0, 2), (3, 3)], "наибольшая сумма — 4", ["0–2: уровень 1", "3: уровень 2", "4: нет уровня"]),
        ([(1, 4)], "Начните нижний уровень с 0", ["0: нет уровня", "1–4: уровень 1"]),
        ([(0, 4)], "", ["0–4: уровень 1"]),
    ],
)  # fmt: skip
def test_gaps_and_overlaps_in_words_and_on_the_strip(cut: list[tuple[int, int]], words: str, shown: list[str]) -> None:
    draft = levels(filled(), *cut)
    told = " ".join(fault.told for fault in form_draft_faults.faults(draft)).replace("\u00a0", " ")
    assert words in told
    assert bool(told) == bool(words)
    score = draft.form.scores[0]
    least, most = bounds(draft, score)
    assert most == 4
    assert [span.words for span in spans(score, least, most)] == shown


def test_faults_know_their_place_and_speak_without_the_text_of_a_definition() -> None:
    draft = drafting.put_item(form_drafts.begin_new(), "q1", weight=0)
    draft, _node = drafting.add_section(draft, title="Пусто")
    draft = drafting.put_scale(draft, Scale("scale1", (Choice("1", "", points=1), Choice("0", "Нет", points=0))))
    found = form_draft_faults.faults(draft)
    places = {(one.place, one.thing, one.key) for one in found}
    assert {("form", "", "title"), ("item", "q1", "text"), ("item", "q1", "weight"), ("scale", "scale1", "text"),
            ("section", "s2", "items")} <= places  # fmt: skip
    told = " ".join(one.told for one in found)
    assert not [letter for letter in told if letter.isascii() and letter.isalpha()]


def test_a_survey_has_no_points() -> None:
    draft = drafting.put(filled(), kind="survey")
    assert [one.place for one in form_draft_faults.faults(draft)] == ["score"] or [
        one.text for one in form_draft_faults.faults(draft)
    ] == ["Ответы анонимной анкеты не складываются в баллы. Уберите итог или смените вид формы."]
    assert form_draft_faults.faults(drafting.put(draft, scores=())) == []


# --- files -------------------------------------------------------------------------------------------------------


def test_a_form_travels_as_a_file(store: Store, tmp_path: Path) -> None:
    saved = form_drafts.save(store, filled())
    path = forms.give_out(store.connection, saved.form.id, tmp_path / "форма.toml")
    other = Store.create(tmp_path / "Озёрск.opora", name="Озёрский округ", actor="Ракитина Е. В.")
    assert form_sources.incoming(other.connection, path).state == "new"
    taken = form_sources.take(other, path)
    assert taken.form == saved.form
    assert form_sources.incoming(other.connection, path).state == "same"
    own = drafting.put_item(form_drafts.begin_change(other.connection, saved.form.id), "q1", text="Иначе")
    form_drafts.save(other, own)
    found = form_sources.incoming(other.connection, path)
    assert (found.state, found.known) == ("other", "1.0")
    copy = form_sources.take(other, path, as_copy=True)
    assert copy.form.id != saved.form.id
    assert copy.form.short == "Наша анкета (копия)"
    newer = form_sources.take(other, path)
    assert (newer.form.version, next(newer.form.items()).text) == ("1.1", "Есть план")
    assert form_sources.incoming(other.connection, path).state == "other"
    other.abandon()


TABLE = "№;Раздел;Вопрос;Вид;Шкала\n1;Кадры;Есть психолог;выбор;Да = 1, Нет = 0\n2;Условия;Сколько классов;число;\n"


def test_a_table_becomes_a_form(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "вопросы.csv"
    path.write_text(TABLE, "utf-8-sig")
    form = form_sources.new_form(store, path, "our-own", "Наша форма")
    assert [(s.title, [i.text for i in s.items]) for s in form.sections] == [
        ("Кадры", ["Есть психолог"]), ("Условия", ["Сколько классов"]),
    ]  # fmt: skip
    assert forms.definition(store.connection, "our-own").text == form.text
    with pytest.raises(UserError, match="уже есть") as known:
        form_sources.new_form(store, path, "our-own")
    assert known.value.code == "FORM_ID_KNOWN"


def test_a_book_of_excel_with_a_joined_heading(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Анкета", None, None], ["№", "Показатель", "Примечание"], ["Кадры", None, None],
                [1, "Есть психолог", None], [2, "Есть логопед", None]):  # fmt: skip
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("A3:C3")
    book.save(tmp_path / "анкета.xlsx")
    found = form_sources.from_file(tmp_path / "анкета.xlsx")
    assert [(s.title, [i.text for i in s.items]) for s in found.sections] == [
        ("Кадры", ["Есть психолог", "Есть логопед"])
    ]  # fmt: skip


def test_a_table_without_questions_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "пусто.csv"
    path.write_text("№;Вопрос\n;\n", "utf-8-sig")
    with pytest.raises(UserError) as refused:
        form_sources.from_file(path)
    assert refused.value.code == "FORM_TABLE_EMPTY"
    with pytest.raises(UserError) as missing:
        form_sources.from_file(tmp_path / "нет.xlsx")
    assert missing.value.code == "GEN_FILE_MISSING"


def test_pasting_takes_scales_that_are_there_and_drops_empty_questions() -> None:
    from app.forms import clipboard, from_table

    draft = form_drafts.begin_new()
    usual = form_sources.usual_item()
    found = from_table.understand(clipboard.lines("1. Есть план\n2. Есть отчёт"), usual)
    made = form_drafts.with_structure(draft, found, anew=False)
    assert [item.text for item in made.form.items()] == ["Есть план", "Есть отчёт"]
    assert len(made.scales) == 1
    more = form_drafts.with_structure(made, found, anew=False)
    assert len({item.id for item in more.form.items()}) == 4
    assert isinstance(more.form.scores[0], Score)
