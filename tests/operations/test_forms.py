"""Forms of a file: shipped and own, saved, taken in, given out, removed; what answers need stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import UserError
from app.forms.loader import load, newest, shipped
from app.forms.schema import FormDef, Part
from app.models import references
from app.models.forms import SubjectRef
from app.models.store import Store
from app.operations import form_rounds, forms, history
from tests.helpers.forms import SMALL
from tests.helpers.stores import made


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = made(tmp_path / "проба.opora")
    yield opened
    opened.abandon()


def file(tmp_path: Path, text: str = SMALL, name: str = "форма.toml") -> Path:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return path


def begun(store: Store, form_id: str) -> None:
    form_rounds.start(store, form_id, 2026, [SubjectRef("school", name="Школа № 1")])


def titled(form: FormDef, title: str) -> FormDef:
    return replace(form, title=title)


def test_the_shipped_forms_are_listed_without_those_of_the_institute(store: Store) -> None:
    shown = {entry.form.id for entry in forms.listing(store.connection)}
    everything = {entry.form.id: entry for entry in forms.listing(store.connection, hidden=True)}
    assert set(everything) == set(newest())
    assert set(everything) - shown == {name for name, form in newest().items() if form.hidden}
    assert {entry.origin for entry in everything.values()} == {"shipped"}
    assert [entry.form.id for entry in forms.listing()] == [e.form.id for e in forms.listing(store.connection)]


def test_an_own_form_is_taken_in_given_out_and_taken_in_elsewhere(store: Store, tmp_path: Path) -> None:
    entry = forms.take_in(store, file(tmp_path))
    assert (entry.form.id, entry.origin, entry.versions, entry.in_use) == ("small", "own", ("1.0",), False)
    assert forms.definition(store.connection, "small") == load(SMALL)
    assert history.history(store.connection)[0].label == "Сохранена форма «Малая форма», версия 1.0"
    out = forms.give_out(store.connection, "small", tmp_path / "отдать.toml")
    assert out.read_text("utf-8") == SMALL
    # the same once more changes nothing
    count = len(history.history(store.connection))
    assert forms.take_in(store, out).versions == ("1.0",)
    assert len(history.history(store.connection)) == count


def test_an_own_version_nobody_answered_is_replaced(store: Store, tmp_path: Path) -> None:
    entry = forms.take_in(store, file(tmp_path))
    entry = forms.save(store, titled(entry.form, "Другое название"))
    assert (entry.form.title, entry.versions) == ("Другое название", ("1.0",))


def test_a_version_in_use_never_changes(store: Store, tmp_path: Path) -> None:
    entry = forms.take_in(store, file(tmp_path))
    begun(store, "small")
    after = forms.save(store, titled(entry.form, "Другое название"))
    assert (after.form.version, after.versions, after.rounds) == ("1.1", ("1.1", "1.0"), 1)
    assert forms.definition(store.connection, "small", "1.0") == entry.form
    assert forms.definition(store.connection, "small").title == "Другое название"
    # what is not in use yet may be written over again
    assert forms.save(store, titled(after.form, "Третье")).versions == ("1.1", "1.0")


def test_a_file_with_an_older_version_becomes_the_next_one(store: Store, tmp_path: Path) -> None:
    forms.take_in(store, file(tmp_path, SMALL.replace('version = "1.0"', 'version = "1.9"')))
    older = SMALL.replace("Малая форма", "Прежняя форма")
    assert forms.take_in(store, file(tmp_path, older)).versions == ("1.10", "1.9")
    newer = SMALL.replace("Малая форма", "Новая").replace('version = "1.0"', 'version = "3.0"')
    assert forms.take_in(store, file(tmp_path, newer)).versions == ("3.0", "1.10", "1.9")


def test_a_shipped_form_is_changed_as_a_new_version_and_comes_back(store: Store) -> None:
    before = newest()["rmo"]
    entry = forms.save(store, titled(before, "Наш вариант"))
    assert (entry.origin, entry.form.version, entry.versions) == ("changed", "1.1", ("1.1", "1.0"))
    assert forms.definition(store.connection, "rmo", before.version) == before
    forms.remove(store, "rmo")
    entry = forms.entry(store.connection, "rmo")
    assert (entry.origin, entry.form) == ("shipped", before)
    assert history.history(store.connection)[0].label == f"Возвращена прежняя форма «{before.short}»"


def test_saving_what_is_there_writes_nothing(store: Store) -> None:
    count = len(history.history(store.connection))
    assert forms.save(store, newest()["rmo"]).origin == "shipped"
    assert len(history.history(store.connection)) == count


def test_saving_and_removing_can_be_undone(store: Store, tmp_path: Path) -> None:
    forms.take_in(store, file(tmp_path))
    forms.remove(store, "small")
    with pytest.raises(UserError) as refused:
        forms.definition(store.connection, "small")
    assert refused.value.code == "FORM_UNKNOWN"
    history.undo(store)
    assert forms.definition(store.connection, "small") == load(SMALL)
    history.undo(store)
    assert "small" not in {entry.form.id for entry in forms.listing(store.connection)}


def test_what_may_not_be_removed(store: Store, tmp_path: Path) -> None:
    forms.take_in(store, file(tmp_path))
    begun(store, "small")
    for form_id, code in (("small", "FORM_IN_USE"), ("rmo", "FORM_SHIPPED"), ("nope", "FORM_UNKNOWN")):
        with pytest.raises(UserError) as refused:
            forms.remove(store, form_id)
        assert refused.value.code == code


def test_a_changed_form_comes_back_while_only_the_shipped_version_is_answered(store: Store) -> None:
    begun(store, "rmo")
    forms.save(store, titled(newest()["rmo"], "Наш вариант"))
    forms.remove(store, "rmo")
    assert forms.entry(store.connection, "rmo").versions == ("1.0",)


def test_every_version_can_be_asked_for(store: Store) -> None:
    for form_id, version in shipped():
        assert forms.definition(store.connection, form_id, version).version == version
    with pytest.raises(UserError) as refused:
        forms.definition(store.connection, "rmo", "9.9")
    assert refused.value.code == "FORM_UNKNOWN"
    assert "rmo, версия 9.9" in str(refused.value)


def test_a_definition_is_kept_inside_another_operation(store: Store) -> None:
    with store.operation("Проба", "test") as operation:
        forms.keep(operation, newest()["rmo"])
        forms.keep(operation, newest()["rmo"])
    assert [(name, version) for name, version, _text in references.texts(store.connection, "form")] == [("rmo", "1.0")]
    # it is the shipped one, kept: nothing was changed
    assert forms.entry(store.connection, "rmo").origin == "shipped"
    with pytest.raises(UserError, match="поставлена с программой"):
        forms.remove(store, "rmo")


def test_files_that_are_no_forms_are_told(store: Store, tmp_path: Path) -> None:
    spoilt = file(tmp_path, SMALL.replace("most = 8", "most = 9"), "плохая.toml")
    latin = tmp_path / "кодировка.toml"
    latin.write_bytes(SMALL.encode("cp1251"))
    for path, code, words in (
        (tmp_path / "нет.toml", "GEN_FILE_MISSING", "нет.toml"),
        (latin, "GEN_FILE_UNREADABLE", "UTF-8"),
        (spoilt, "FORM_FAULTS", "«плохая.toml» не принята: 1\u00a0ошибка"),
    ):
        with pytest.raises(UserError) as refused:
            forms.take_in(store, path)
        assert refused.value.code == code
        assert words in str(refused.value)
    assert "small" not in {entry.form.id for entry in forms.listing(store.connection)}


def test_faults_of_a_draft_and_of_its_parts(store: Store) -> None:
    assert forms.faults(newest()["rmo"]) == []
    assert [found.code for found in forms.faults(titled(newest()["rmo"], " "))] == ["FORM_KEY_MISSING"]
    whole = newest()["method-work"]
    assert forms.parts_faults(store.connection, whole) == []
    missing = replace(whole, parts=(*whole.parts, Part("nope")))
    assert [found.code for found in forms.parts_faults(store.connection, missing)] == ["FORM_PART_UNKNOWN"]
    level = newest()["rmo"].scores[0].levels[0]
    high = replace(level, least=0, most=71)
    wrong = replace(whole, scores=(replace(whole.scores[0], levels=(high,)),))
    assert [found.code for found in forms.parts_faults(store.connection, wrong)] == ["FORM_LEVELS_END"]


PARTED = """
id = "whole"
version = "1.0"
title = "Сводная"
subject = "mms"
kind = "composite"
[[scores]]
id = "total"
title = "Сумма"
rule = "sum"
[[parts]]
form = "rmo"
"""


@pytest.mark.parametrize(
    ("part", "code", "words"),
    [
        ('form = "nope"', "FORM_FAULTS", "Часть 1: формы «nope» нет."),
        ('form = "rmo"\nversion = "9.9"', "FORM_FAULTS", "Часть 1: формы «rmo, версия 9.9» нет."),
        ('form = "method-work"', "FORM_FAULTS", "Часть 1: форма «Слагаемые методической работы» не даёт суммы баллов."),
        ('form = "listener"', "FORM_FAULTS", "не даёт суммы баллов"),
        ('form = "whole"', "FORM_FAULTS", "не может быть частью самой себя"),
    ],
)
def test_a_composite_form_is_taken_only_with_parts_that_add_up(
    store: Store, tmp_path: Path, part: str, code: str, words: str
) -> None:
    with pytest.raises(UserError) as refused:
        forms.take_in(store, file(tmp_path, PARTED.replace('form = "rmo"', part)))
    assert refused.value.code == code
    assert words in str(refused.value)
    assert "whole" not in {entry.form.id for entry in forms.listing(store.connection)}
    assert forms.take_in(store, file(tmp_path, PARTED)).form.parts == (Part("rmo"),)


def test_ids_and_versions_that_are_free(store: Store, tmp_path: Path) -> None:
    assert forms.free_id(store.connection, "rmo") == "rmo-own-1"
    forms.take_in(store, file(tmp_path, SMALL.replace('id = "small"', 'id = "rmo-own-1"')))
    assert forms.free_id(store.connection, "rmo-own-1") == "rmo-own-2"
    assert forms.next_version([]) == "1.0"
    assert forms.next_version(["1.9", "1.10"]) == "1.11"
