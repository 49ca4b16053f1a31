"""kill −9 in the middle of every act with forms: all of it or nothing, a sound file, a journal that agrees, undo."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import replace as changed
from pathlib import Path
from typing import Any

import pytest

from app.forms.loader import load
from app.models import health, journal, lock
from app.models import metrics as stored_metrics
from app.models.forms import SubjectRef
from app.models.store import Store
from app.operations import (
    courses,
    form_answers,
    form_blanks,
    form_drafts,
    form_group,
    form_rounds,
    forms,
    history,
    school_mode,
    school_replies,
    schools,
)
from app.texts import NBSP
from tests.forms_break import acts
from tests.forms_break.killing import ACTOR, AFTER, BEFORE, killed, killed_at
from tests.helpers import filled, stores
from tests.helpers.form_texts import CHECK, CONTEXT
from tests.helpers.school_requests import FILLER, POST, case_ids, municipality, request_file, seat

COUNTS = """
id = "counts-probe"
version = "1.0"
title = "Курсы"
short = "Курсы"
subject = "school"
kind = "counts"
source = "Проба"

[[sections]]
id = "people"
rows = [{id = "kindergarten-heads", text = "Руководители"}, {id = "kindergarten-staff", text = "Педагоги"}]
columns = [{id = "loiro-pp", text = "ПП", group = "ЛОИРО"}, {id = "loiro-pk", text = "ПК", group = "ЛОИРО"}]
cell = {kind = "whole", least = 0}
"""
WAYS = [*BEFORE, AFTER]


@dataclass(frozen=True)
class Cut:
    """An act, with what must hold once it was done whole; ``label`` as the journal names it."""

    act: Callable[..., Any]
    args: tuple[Any, ...]
    whole: Callable[[Store], bool]
    label: str


def prove(path: Path, when: str, cut: Cut) -> None:
    """Kill the act, open the file again, and look at everything that must hold."""
    with stores.opened(path, actor=ACTOR) as store:
        before, entries = stores.dump(store.connection), len(history.history(store.connection))
        assert not cut.whole(store)
    killed(path, when, cut.act, *cut.args)
    assert lock.lock_path(path).exists(), "the act ended before it was killed"
    with stores.opened(path, actor=ACTOR) as store:
        connection = store.connection
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert health.check(connection) == []
        listed = history.history(connection)
        if when == AFTER:
            assert cut.whole(store)
            assert (len(listed), listed[0].label) == (entries + 1, cut.label)
            after = stores.dump(connection)
            assert history.undo(store).label == cut.label
            assert stores.dump(connection) == before
            history.redo(store)
            assert stores.dump(connection) == after
        else:
            assert stores.dump(connection) == before
            assert len(listed) == entries
            # the same again, whole this time; the entries of the journal are those of the rows and no others
            cut.act(store, *cut.args)
            assert cut.whole(store)
            assert history.undo(store).label == cut.label
            assert stores.dump(connection) == before
        assert journal.present_triggers(connection) == journal.expected_triggers(connection)


# --- accepting ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("when", WAYS)
def test_accepting_with_metrics_and_courses(store: Store, path: Path, when: str) -> None:
    forms.save(store, load(CONTEXT))
    forms.save(store, load(COUNTS))
    keys = [schools.add(store, {"name": f"СОШ № {number}"}) for number in (1, 2, 3)]
    refs = [SubjectRef("school", organisation_id=key) for key in keys]
    cases = []
    for form_id, said in (
        ("context-probe", {"pupils": "312", "classes": "12"}),
        ("counts-probe", {"kindergarten-heads.loiro-pp": "2", "kindergarten-heads.loiro-pk": "0",
                          "kindergarten-staff.loiro-pp": "0", "kindergarten-staff.loiro-pk": "7"}),
    ):  # fmt: skip
        key = form_rounds.start(store, form_id, 2026, refs)
        of_round = [line.case.id for line in form_rounds.cases(store.connection, key)]
        for case in of_round:
            for item, raw in said.items():
                form_answers.put(store, case, item, raw)
        cases += of_round
    store.abandon()

    def whole(opened: Store) -> bool:
        values = stored_metrics.values(opened.connection, [2026], ["pupils", "classes"])
        records = courses.register(opened.connection, 2026).records
        locked = [form_answers.case(opened.connection, case).locked for case in cases]
        found = (len(values), sorted(record.people for record in records), all(locked))
        assert found in ((0, [], False), (6, [2, 2, 2, 7, 7, 7], True))
        assert any(locked) == all(locked)
        return all(locked)

    prove(path, when, Cut(acts.accept, (cases,), whole, f"Приняты формы: 6{NBSP}ответов"))


# --- group assessment --------------------------------------------------------------------------------------------


@pytest.fixture
def judged(store: Store) -> tuple[int, int]:
    """A programme that two experts have judged: alike on 1 and 2, not on 3."""
    forms.save(store, load(CHECK))
    school = schools.add(store, {"name": "СОШ № 1"})
    key = form_rounds.start(store, "probe", 2026, [SubjectRef("school_programme", organisation_id=school)])
    subject = form_rounds.cases(store.connection, key)[0].subject.id
    for name, last in (("Седова Н. П.", "0"), ("Громов И. И.", "2")):
        case = form_group.add_expert(store, key, subject, name)
        for item, raw in (("1", "2"), ("2", "1"), ("3", last)):
            form_answers.put(store, case, item, raw)
    store.abandon()
    return key, subject


@pytest.mark.parametrize("when", WAYS)
def test_unanimous_answers_of_experts(judged: tuple[int, int], path: Path, when: str) -> None:
    def whole(opened: Store) -> bool:
        agreed = form_group.group(opened.connection, *judged).agreed
        assert agreed is None or {key: one.value for key, one in agreed.answers.answers.items()} == {"1": "2", "2": "1"}
        return agreed is not None

    prove(path, when, Cut(acts.agree_all, judged, whole, f"Приняты единогласные, 2{NBSP}ответа: СОШ № 1"))


@pytest.mark.parametrize("when", WAYS)
def test_one_agreed_answer(judged: tuple[int, int], path: Path, when: str) -> None:
    def whole(opened: Store) -> bool:
        agreed = form_group.group(opened.connection, *judged).agreed
        assert agreed is None or (agreed.answers.get("3").value, agreed.answers.get("3").comment) == ("1", "обсудили")
        return agreed is not None

    prove(path, when, Cut(acts.agree_one, judged, whole, "Согласован пункт 3: СОШ № 1"))


# --- the editor --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("when", WAYS)
def test_saving_a_form_in_the_editor(store: Store, path: Path, when: str) -> None:
    forms.save(store, load(CHECK))
    school = schools.add(store, {"name": "СОШ № 1"})
    form_rounds.start(store, "probe", 2026, [SubjectRef("school_programme", organisation_id=school)])
    draft = form_drafts.begin_change(store.connection, "probe")
    form_drafts.keep(store, changed(draft, form=changed(draft.form, title="Проба, исправленная")))
    store.abandon()

    def whole(opened: Store) -> bool:
        newest = forms.definition(opened.connection, "probe")
        waiting = [one.form_id for one in form_drafts.kept(opened.connection)]
        # the form and its draft change together: never both, never neither
        assert (newest.version, newest.title, waiting) in (
            ("1.0", "Проба", ["probe"]), ("1.1", "Проба, исправленная", []),
        )  # fmt: skip
        return newest.version == "1.1"

    prove(path, when, Cut(acts.save_form, ("probe",), whole, "Сохранена форма «Проба», версия 1.1"))


# --- school mode -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("when", WAYS)
def test_taking_a_reply_of_a_school(tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch, when: str) -> None:
    proof = tmp_path / "приказ.pdf"
    proof.write_bytes(b"%PDF-1.4 " + b"x" * 50_000)
    office = municipality(path)
    case = case_ids(office)[0]
    request = request_file(office, tmp_path / "почта")
    office.abandon()
    with seat(monkeypatch, tmp_path / "школа"):
        begun = school_mode.begin(request, FILLER, POST)
        with stores.opened(begun.path, actor=FILLER) as work:
            for item, raw in (("1", "2"), ("2", "частично"), ("3", "0")):
                form_answers.put(work, case, item, raw)
            form_answers.attach(work, case, "3", proof)
            reply = tmp_path / school_replies.make(work.connection).name
            school_replies.save(work, reply)

    def whole(opened: Store) -> bool:
        view = form_answers.case(opened.connection, case)
        parts = (len(view.answers.answers), len(view.files), len(view.evidence), view.case.received_on is not None)
        assert parts in ((0, 0, 0, False), (3, 1, 1, True))
        if view.evidence:
            kept = form_answers.evidence_file(opened.connection, view.evidence[0].id)
            assert kept == ("приказ.pdf", proof.read_bytes())
        return bool(view.files)

    prove(path, when, Cut(acts.take, ([reply],), whole, f"Принят файл «{reply.name}»: «Проба», СОШ № 3"))


# --- twenty books ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("place", "number", "whole"), [
    ("app.operations.form_receiving:_write", 8, 7),
    ("app.operations.form_receiving:write_set", 12, 11),
    ("app.models.journal:finish", 20, 19),
])  # fmt: skip
def test_twenty_books_stop_between_two_of_them(
    store: Store, path: Path, tmp_path: Path, place: str, number: int, whole: int
) -> None:
    forms.save(store, load(CHECK))
    keys = [schools.add(store, {"name": f"СОШ № {number}"}) for number in range(1, 21)]
    refs = [SubjectRef("school_programme", organisation_id=key) for key in keys]
    round_id = form_rounds.start(store, "probe", 2026, refs)
    paths = []
    for line in form_rounds.cases(store.connection, round_id):
        made = form_blanks.blank(store.connection, line.case.id)
        book = filled.opened(made.data)
        for item, raw in (("1", "Да"), ("2", "Частично"), ("3", "Нет")):
            book.put(item, raw)
        paths.append(tmp_path / made.name)
        paths[-1].write_bytes(book.bytes())
    before, entries = stores.dump(store.connection), len(history.history(store.connection))
    store.abandon()
    killed_at(place, number, acts.open_and_take, path, paths)
    with stores.opened(path, actor=ACTOR) as again:
        connection = again.connection
        assert health.check(connection) == []
        assert len(history.history(connection)) == entries + whole
        taken = [len(form_answers.case(connection, line.case.id).answers.answers)
                 for line in form_rounds.cases(connection, round_id)]  # fmt: skip
        assert sorted(taken) == [0] * (20 - whole) + [3] * whole
        lines = acts.take(again, paths)
        assert sorted(line.state for line in lines) == ["ready"] * (20 - whole) + ["same"] * whole
        states = {line.state for line in form_rounds.cases(connection, round_id)}
        assert states == {"received"}
        for _book in range(20):
            history.undo(again)
        assert stores.dump(connection) == before


# --- blanks of everybody -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("place", "number", "placed"), [
    ("app.exporters.form_blank:render", 7, 0),
    ("app.exporters.atomic:_write", 9, 0),
    ("app.exporters.atomic:_claim", 1, 0),
    ("app.exporters.atomic:_claim", 6, 5),
    ("app.exporters.atomic:_settle", 1, 12),
])  # fmt: skip
def test_blanks_of_everybody_are_whole_or_absent(
    store: Store, path: Path, tmp_path: Path, place: str, number: int, placed: int
) -> None:
    forms.save(store, load(CHECK))
    keys = [schools.add(store, {"name": f"СОШ № {number}"}) for number in range(1, 13)]
    refs = [SubjectRef("school_programme", organisation_id=key) for key in keys]
    round_id = form_rounds.start(store, "probe", 2026, refs)
    before = stores.dump(store.connection)
    store.abandon()
    out = tmp_path / "бланки"
    out.mkdir()
    mine = out / "СОШ № 3 — Проба — 2026-27.xlsx"
    mine.write_bytes(b"a letter of one's own")
    killed_at(place, number, acts.blanks, path, round_id, out)
    first = {one.name: one.read_bytes() for one in out.glob("*.xlsx")}
    assert len(first) == placed + 1
    for name, data in first.items():
        assert name == mine.name or zipfile.ZipFile(out / name).testzip() is None, name
        assert data
    acts.blanks(path, round_id, out)
    now = {one.name: one.read_bytes() for one in out.glob("*.xlsx")}
    assert len(now) == placed + 1 + 12
    # what stood there stands there, the person's own file too
    assert {name: now[name] for name in first} == first
    assert all(zipfile.ZipFile(out / name).testzip() is None for name in now if name != mine.name)
    # what is left of the broken issue is hidden and goes away by itself
    assert all(one.name.startswith(".") for one in out.iterdir() if one.suffix != ".xlsx")
    with stores.opened(path, actor=ACTOR) as again:
        assert stores.dump(again.connection) == before
