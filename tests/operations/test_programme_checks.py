"""Checks of a programme in the file: what was typed through the operations, hints switched off, the checklists."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.errors import UserError
from app.models import forms as stored_forms
from app.models.store import Store
from app.operations import (
    form_answers,
    form_rounds,
    history,
    programme_checklists,
    programme_checks,
    programme_edit,
    programmes,
)
from app.operations import programme_parts as parts
from tests.helpers import stores, undo
from tests.helpers.programmes import acts, small

TODAY = date(2026, 3, 2)


def _rules(store: Store, programme_id: int) -> set[str]:
    return {item.rule for item in programme_checks.findings(store.connection, programme_id, today=TODAY).findings}


def test_what_was_typed_is_checked(store: Store) -> None:
    keys = small(store)
    for name, act in acts(keys).items():
        if name not in {"unlink", "head", "remove", "gone"}:
            act(store)
    checked = programme_checks.findings(store.connection, keys["programme"], today=TODAY)
    found = {(item.rule, item.node_id) for item in checked.findings}
    # «много» stands for a requirement, «нет такой школы» and «давно» did not fit their columns
    assert ("indicator-number", keys["indicator"]) in found
    assert {("entry-unread", keys["second"]), ("entry-unread", keys["indicator"])} <= found
    # 120 000 ₽ in the plan of 2026, 20 000 ₽ in its estimate; its second line has no sum and so no fault of its own
    reasons = [item.reason for item in checked.findings if item.rule == "estimate-differs"]
    assert reasons == ["За 2026 год в смете 20\u00a0000,00\u00a0₽, а в плане 120\u00a0000,00\u00a0₽."]
    # «second» comes after «first» (September – November) and is over on the 10th of February
    assert ("dependency-earlier", keys["second"]) in found
    assert ("goal-missing", None) not in found
    assert checked.worst == "error"
    levels = [programme_checks.RULES[item.rule].level for item in checked.findings]
    assert [checked.count(level) for level in programme_checks.LEVELS] == [
        levels.count(level) for level in programme_checks.LEVELS
    ]


def test_a_hint_is_switched_off_for_one_row_or_for_all(store: Store) -> None:
    keys = small(store)
    programme = keys["programme"]
    before = programme_checks.findings(store.connection, programme, today=TODAY)
    off = {item.node_id for item in before.findings if item.rule == "activity-no-schools"}
    assert off == {keys["first"], keys["second"]}
    one = programme_checks.silence(store, programme, "activity-no-schools", keys["first"], " решим позже ")
    after = programme_checks.findings(store.connection, programme, today=TODAY)
    assert [(item.finding.node_id, item.silence.reason) for item in after.silenced] == [(keys["first"], "решим позже")]
    assert len(after.findings) == len(before.findings) - 1
    assert after.completeness == before.completeness
    assert programme_checks.silence(store, programme, "activity-no-schools", keys["first"]) == one
    programme_checks.silence(store, programme, "activity-no-schools")
    assert "activity-no-schools" not in _rules(store, programme)
    programme_checks.speak(store, programme, one)
    assert "activity-no-schools" not in _rules(store, programme)
    history.undo(store)
    history.undo(store)
    assert programme_checks.findings(store.connection, programme, today=TODAY) == after
    programme_checks.speak(store, programme, one)
    assert programme_checks.findings(store.connection, programme, today=TODAY) == before


def test_only_a_hint_of_an_open_edition_is_switched_off(store: Store) -> None:
    keys = small(store)
    for rule in ("goal-missing", "activity-twice", "no such rule"):
        with pytest.raises(UserError) as refused:
            programme_checks.silence(store, keys["programme"], rule)
        assert refused.value.code == "PROGRAMME_NOT_HINT"
    other = programmes.create(store, "municipal", "Другая", 2026, 2027)
    with pytest.raises(UserError) as refused:
        programme_checks.silence(store, other, "activity-no-schools", keys["first"])
    assert refused.value.code == "PROGRAMME_NO_NODE"


def test_silencing_and_the_checklist_go_back_and_forth(path: Path) -> None:
    with stores.made(path) as store:
        keys = small(store)
    programme = keys["programme"]
    undo.walk(path, {
        "silence": lambda store: programme_checks.silence(store, programme, "no-stakeholders", None, "не нужно"),
        "checklist": lambda store: programme_checklists.begin(store, programme, programme_checklists.FORMS[0], 2026,
                                                              today=TODAY),
    })  # fmt: skip


def test_texts_come_from_the_tree_where_nobody_wrote_them(store: Store) -> None:
    keys = small(store)
    missing = {
        item.section
        for item in programme_checks.findings(store.connection, keys["programme"], today=TODAY).findings
        if item.rule == "passport-missing"
    }
    assert "passport.goal" not in missing
    assert "passport.developers" in missing
    parts.put_section(store, keys["programme"], "passport.developers", "Методический центр")
    parts.put_section(store, keys["programme"], "passport.goal", " ")
    after = programme_checks.findings(store.connection, keys["programme"], today=TODAY).findings
    assert "passport.developers" not in {item.section for item in after if item.rule == "passport-missing"}


def test_a_checklist_begins_with_what_the_tree_says(store: Store) -> None:
    keys = small(store)
    programme = keys["programme"]
    programme_edit.link(store, "serves", keys["first"], keys["indicator"])
    before = programme_checklists.checklists(store.connection, programme, today=TODAY)
    assert [(item.form_id, len(item.questions), item.case_id) for item in before] == [
        ("programme-document", 6, None), ("programme-quality", 36, None)
    ]  # fmt: skip
    quality = before[1]
    matched = quality.questions[4]
    assert matched.proposed == "Частично"
    assert matched.evidence is not None
    assert matched.evidence.words == "Мероприятий, связанных с индикаторами: 1 из 2."
    assert quality.questions[8].evidence is None
    case_id = programme_checklists.begin(store, programme, "programme-quality", 2026, today=TODAY)
    answers = {row.item_id: row for row in stored_forms.answers(store.connection, [case_id])[case_id]}
    row = answers["5"]
    assert (row.value, row.raw, row.confirmed) == ("partly", "Частично", False)
    assert row.comment == "По структуре программы: Мероприятий, связанных с индикаторами: 1 из 2."
    assert "9" not in answers
    assert programme_checklists.begin(store, programme, "programme-quality", 2026, today=TODAY) == case_id
    after = programme_checklists.checklists(store.connection, programme, today=TODAY)[1]
    assert (after.case_id, after.answered, after.experts) == (case_id, 0, 0)


def test_answers_of_people_and_experts_are_seen(store: Store) -> None:
    keys = small(store)
    case_id = programme_checklists.begin(store, keys["programme"], "programme-document", 2026, today=TODAY)
    case = stored_forms.case_of(store.connection, case_id)
    assert case is not None
    form_answers.put(store, case_id, "4", "Да")
    form_rounds.add_case(store, case.round_id, case.subject_id, "expert", author="Ли П. С.")
    found = programme_checklists.checklists(store.connection, keys["programme"], today=TODAY)[0]
    assert (found.answered, found.experts) == (1, 1)
    assert found.questions[3].answered == "Да"


def test_two_editions_of_one_title_are_two_subjects(store: Store) -> None:
    first = programmes.create(store, "municipal", "Поддержка школ", 2026, 2027)
    second = programmes.create(store, "municipal", "Поддержка школ", 2028, 2029)
    cases = [programme_checklists.begin(store, key, "programme-document", 2026, today=TODAY) for key in (first, second)]
    assert len(set(cases)) == 2
    rounds = {stored_forms.case_of(store.connection, key).round_id for key in cases}  # type: ignore[union-attr]
    assert len(rounds) == 1
    assert [item.shown for item in stored_forms.subjects(store.connection, kind="municipal_programme")] == [
        "Поддержка школ", "Поддержка школ (2)"
    ]  # fmt: skip


def test_a_school_s_programme_has_no_checklist_of_the_municipality(store: Store) -> None:
    school = stores.school(store, "СОШ № 1")
    key = programmes.create(store, "school", "Переход в эффективный режим", 2026, 2027, organisation_id=school)
    assert programme_checklists.checklists(store.connection, key, today=TODAY) == ()
    with pytest.raises(UserError) as refused:
        programme_checklists.begin(store, key, "programme-document", 2026, today=TODAY)
    assert refused.value.code == "PROGRAMME_NO_CHECKLIST"
