from __future__ import annotations

import hashlib
import json
import sqlite3
from datetime import date

import pytest

from app.errors import UserError
from app.models import agreement as stored
from app.models import backup, lists
from app.models.agreement import Member, Party, Protocol, RoadMapItem, Stored
from app.models.journal import now
from app.models.store import Store
from app.operations import (
    agreement,
    agreement_grids,
    agreement_state,
    directory,
    history,
    identification,
    results,
    schools,
)
from app.operations.agreement_state import ListFacts, Votes
from app.operations.results import Options
from tests.helpers.stores import dump
from tests.operations.conftest import MATHS5, RUSSIAN5, mark, reading, school

RULE, YEAR = "rosobrnadzor-2022", 2026
TODAY = date(2026, 11, 22)


@pytest.fixture
def filled(store: Store) -> Store:
    """№ 1 is listed (two procedures of 2026 at 30 % and 40 %), № 2 is not."""
    one, two = (school(f"СОШ № {n}", f"edu00000{n}") for n in (1, 2))
    rows = (mark(one, MATHS5, YEAR, 3, 10), mark(one, RUSSIAN5, YEAR, 8, 20), mark(two, MATHS5, YEAR, 1, 27))
    results.load(store, reading(*rows), Options(create_schools=True))
    return store


def cells(key: int, **texts: str) -> list[tuple[int, str, str]]:
    return [(key, column, text) for column, text in texts.items()]


def put(store: Store, part: str, key: int = -1, **texts: str) -> int:
    return agreement.put_cells(store, RULE, YEAR, part, cells(key, **texts)).get(key, key)


def whole(store: Store) -> None:
    """Enter an agreement to which nothing is missing."""
    put(store, "party", kind="учр", name="Администрация", sent_on="01.12.2090", answered_on="03.12.2090", answer="согл")
    put(store, "member", name="Ветрова Н. А.", role="председатель", vote="за")
    put(store, "member", name="Ракитина Е. В.", role="секр", vote="против")
    put(store, "road_map", activity="Курсы", term="в течение 2026/27 года", responsible="ММС")
    agreement.put_protocol(
        store, RULE, YEAR, {"number": "4", "dated": "05.12.2090", "decision": "Согласовать.", "place": "Лесогорск"}
    )


def test_a_row_is_typed_into_and_reads_back(filled: Store) -> None:
    key = put(filled, "party", kind="Центр оценки качества", name="ЦОКО", sent_on="01.12.2026")
    put(filled, "party", key, answer="с зам", remark="Уточнить долю")
    (party,) = agreement.of_list(filled.connection, RULE, YEAR, today=TODAY).parties
    assert (party.kind, party.name, party.sent_on) == ("quality_centre", "ЦОКО", "2026-12-01")
    assert (party.answer, party.remark, party.reply) == ("remarks", "Уточнить долю", None)


@pytest.mark.parametrize(
    ("column", "raw", "code"),
    [
        ("sent_on", "31.02.2026", "GEN_BAD_DATE"),
        ("sent_on", "01.02.0206", "DATA_AGR_FAR_DATE"),
        ("answer", "может быть", "DATA_AGR_NO_WORD"),
    ],
)
def test_an_entry_that_does_not_fit_stays_and_is_marked(filled: Store, column: str, raw: str, code: str) -> None:
    key = put(filled, "party", name="Совет")
    put(filled, "party", key, **{column: raw})
    found = agreement.of_list(filled.connection, RULE, YEAR, today=TODAY)
    assert found.stored.drafts == {("agreement_party", key): {column: (raw, code)}}
    (line,) = agreement_grids.lines(found.stored, "party")
    place = [item.key for item in agreement_grids.GRIDS["party"]].index(column)
    assert line.texts[place] == raw
    assert list(line.troubles) == [place]
    assert any("не подошла: 1" in text.replace("\u00a0", " ") for text in found.missing)
    put(filled, "party", key, **{column: ""})
    assert agreement.of_list(filled.connection, RULE, YEAR).stored.drafts == {}


def test_a_block_is_one_operation_and_one_step_back(filled: Store) -> None:
    before = dump(filled.connection)
    block = (
        cells(-1, name="А", sent_on="01.12.2026") + cells(-2, name="Б", sent_on="когда-нибудь") + cells(-3, name=" ")
    )
    made = agreement.put_cells(filled, RULE, YEAR, "party", block)
    assert sorted(made) == [-2, -1], "an empty line makes no row"
    found = agreement.of_list(filled.connection, RULE, YEAR)
    assert [p.name for p in found.parties] == ["А", "Б"]
    history.undo(filled)
    assert dump(filled.connection) == before


def test_rows_move_and_are_taken_out_with_their_drafts(filled: Store) -> None:
    keys = [put(filled, "road_map", activity=name) for name in ("А", "Б", "В")]
    put(filled, "road_map", keys[2], date_from="осенью")
    agreement.move(filled, RULE, YEAR, "road_map", keys[2], -2)
    assert [i.activity for i in agreement.of_list(filled.connection, RULE, YEAR).road_map] == ["В", "А", "Б"]
    agreement.remove_rows(filled, RULE, YEAR, "road_map", [keys[2]])
    found = agreement.of_list(filled.connection, RULE, YEAR)
    assert ([i.activity for i in found.road_map], found.stored.drafts) == (["А", "Б"], {})
    history.undo(filled)
    assert len(agreement.of_list(filled.connection, RULE, YEAR).stored.drafts) == 1
    with pytest.raises(UserError) as caught:
        agreement.remove_rows(filled, RULE, YEAR, "road_map", [7])
    assert caught.value.code == "DATA_AGR_NO_ROW"


def test_votes_are_counted_or_entered_and_must_agree() -> None:
    members = tuple(
        Member(n, None, str(n), vote=vote) for n, vote in enumerate(["for", "for", "against", "absent", None])
    )
    counted = Protocol(1, None, None, members=members)
    assert agreement_state.votes(counted) == Votes(2, 1, 0)
    assert agreement_state.votes(Protocol(1, None, None)) is None
    differs = Protocol(1, None, None, votes_for=3, votes_against=1, members=members)
    (warning,) = agreement_state.warnings(Stored(protocol=differs), ListFacts(1, 2, 0))
    assert warning.replace("\u00a0", " ") == (
        "Голоса не сходятся: по участникам за 2, против 1, воздержались 0; вписано: за 3, против 1, воздержались 0."
    )
    same = Protocol(1, None, None, votes_for=2, votes_against=1, votes_abstained=0, members=members)
    assert agreement_state.warnings(Stored(protocol=same), ListFacts(1, 2, 0)) == ()


def test_dates_before_each_other_are_told() -> None:
    party = Party(1, "founder", "Администрация", sent_on="2026-12-05", answered_on="2026-12-01", answer="agreed")
    protocol = Protocol(1, None, None, dated="2026-11-01")
    item = RoadMapItem(1, None, None, "Курсы", date_from="2027-02-01", date_to="2027-01-01")
    found = agreement_state.warnings(
        Stored((party,), (), protocol, (item,)), ListFacts(1, 2, 0, known_since="2026-11-20")
    )
    assert len(found) == 3
    assert "01.12.2026 раньше, чем направлено 05.12.2026" in found[0]
    assert "Протокол от 01.11.2026 раньше, чем вычислен список" in found[1]
    assert "конец 01.01.2027 раньше начала 01.02.2027" in found[2]
    assert agreement_state.order_warning(Stored(protocol=protocol), "2026-10-31")
    assert not agreement_state.order_warning(Stored(protocol=protocol), "2026-11-01")


def test_the_steps_say_how_far_it_has_come(filled: Store) -> None:
    def states() -> list[str]:
        return [step.state for step in agreement.of_list(filled.connection, RULE, YEAR, today=TODAY).steps]

    assert states() == ["done", "open", "open", "open", "open", "open"]
    key = put(filled, "party", name="Совет", sent_on="01.11.2026", due_on="10.11.2026")
    found = agreement.of_list(filled.connection, RULE, YEAR, today=TODAY)
    assert states()[2] == "waiting"
    assert "Срок ответа прошёл: Совет." in found.missing
    put(filled, "party", key, answer="с замечаниями", remark="Проверить")
    assert "Не сказано, что сделано по замечаниям: Совет." in agreement.of_list(filled.connection, RULE, YEAR).missing
    put(filled, "party", key, reply="Проверено")
    assert states()[2] == "done"
    put(filled, "road_map", activity="Курсы")
    assert states()[4] == "waiting"
    agreement.remove_rows(filled, RULE, YEAR, "party", [key])
    agreement.remove_rows(
        filled, RULE, YEAR, "road_map", [agreement.of_list(filled.connection, RULE, YEAR).road_map[0].id]
    )
    whole(filled)
    assert states() == ["done", "open", "done", "done", "done", "open"]
    done = agreement.of_list(filled.connection, RULE, YEAR, today=TODAY)
    assert (done.missing, done.warnings) == ((), ())
    assert done.next_things == ("Всё готово: утвердите список приказом.",)


def test_a_group_of_the_directory_gives_its_members(filled: Store) -> None:
    body = directory.add_body(filled, "Рабочая группа", "рабочая группа")
    for name, role in (
        ("Вторая А. А.", "секретарь"),
        ("Первая Б. Б.", "председатель"),
        ("Третья В. В.", "член группы"),
    ):
        person = directory.add_person(filled, name, position="методист")
        directory.add_member(filled, body, person, role)
    assert agreement.take_body(filled, RULE, YEAR, body) == 3
    assert agreement.take_body(filled, RULE, YEAR, body) == 0, "nobody comes twice"
    protocol = agreement.of_list(filled.connection, RULE, YEAR).protocol
    assert protocol is not None
    assert [(m.name, m.role, m.post) for m in protocol.members] == [
        ("Первая Б. Б.", "chair", "методист"), ("Вторая А. А.", "secretary", "методист"),
        ("Третья В. В.", "member", "методист"),
    ]  # fmt: skip
    with pytest.raises(UserError) as caught:
        agreement.take_body(filled, RULE, YEAR, 99)
    assert caught.value.code == "DATA_AGR_NO_BODY"


def test_last_years_parties_and_road_map_are_taken_over(filled: Store) -> None:
    with pytest.raises(UserError) as caught:
        agreement.take_parties(filled, RULE, YEAR)
    assert caught.value.code == "DATA_AGR_NO_YEAR"
    assert agreement.take_parties(filled, RULE, YEAR - 1, standard=True) == 5
    agreement.add_row(filled, RULE, YEAR - 1, "road_map", {
        "activity": "Курсы", "term": "в течение 2025/26 учебного года", "date_from": "29.02.2024", "responsible": "ММС",
    })  # fmt: skip
    assert agreement.take_parties(filled, RULE, YEAR) == 5
    assert agreement.take_parties(filled, RULE, YEAR) == 0
    assert agreement.take_road_map(filled, RULE, YEAR) == 1
    found = agreement.of_list(filled.connection, RULE, YEAR)
    assert {p.kind for p in found.parties} == {"founder", "council", "quality_centre", "institute", "other"}
    (item,) = found.road_map
    assert (item.term, item.date_from, item.responsible) == ("в течение 2026/27 учебного года", "2025-02-28", "ММС")
    assert (found.before.parties, found.before.parties_year, found.before.items) == (5, 2025, 1)


def approve(store: Store) -> lists.Approval:
    return identification.approve(store, RULE, YEAR, order_number="214", order_date="10.12.2026", issuer="управления")


def test_what_is_approved_is_frozen_and_refuses_every_edit(filled: Store) -> None:
    whole(filled)
    live = agreement.of_list(filled.connection, RULE, YEAR, today=TODAY).stored
    made = approve(filled)
    kept = lists.snapshot(filled.connection, made.snapshot_id)
    assert (kept["format"], kept["order"]["protocol"]) == (2, "Протокол от 05.12.2090 № 4")
    assert agreement.of_list(filled.connection, RULE, YEAR).stored == live
    (party,) = live.parties
    edits = (
        lambda: put(filled, "party", party.id, answer="отказ"),
        lambda: agreement.put_protocol(filled, RULE, YEAR, {"number": "5"}),
        lambda: agreement.put_draft(filled, RULE, YEAR, "party", party.id, "name", "А"),
        lambda: agreement.remove_rows(filled, RULE, YEAR, "party", [party.id]),
        lambda: agreement.move(filled, RULE, YEAR, "party", party.id, 1),
        lambda: agreement.take_parties(filled, RULE, YEAR, standard=True),
        lambda: agreement.take_body(filled, RULE, YEAR, None),
        lambda: agreement.take_road_map(filled, RULE, YEAR),
        lambda: history.undo(filled),
    )
    before = dump(filled.connection)
    for edit in edits:
        with pytest.raises(UserError) as caught:
            edit()
        assert caught.value.code == "GEN_APPROVED"
    assert dump(filled.connection) == before
    for statement in ("UPDATE snapshot SET json = '{}'", "DELETE FROM snapshot"):
        with pytest.raises(sqlite3.IntegrityError, match="frozen"):
            filled.connection.execute(statement)
    identification.cancel_approval(filled, RULE, YEAR, "ошибка в приказе")
    put(filled, "party", party.id, answer="отказ")
    assert lists.snapshot(filled.connection, made.snapshot_id)["agreement"]["parties"][0]["answer"] == "agreed"


def test_approval_without_agreement_goes_and_keeps_what_was_missing(filled: Store) -> None:
    made = approve(filled)
    assert lists.snapshot(filled.connection, made.snapshot_id)["agreement"]["missing"] == [
        "Лист согласования пуст: не указано, с кем согласован список.", "Протокола нет.", "Дорожная карта пуста.",
    ]  # fmt: skip


def test_a_list_frozen_in_the_first_format_opens_with_its_sum(filled: Store) -> None:
    found = identification.school_list(filled.connection, RULE, YEAR)
    order = {"number": "7", "date": "2026-06-01", "issuer": "", "protocol": "Протокол № 1"}
    old = identification._frozen(found, order, []) | {"format": 1}
    with filled.operation("Утверждён прежней версией", "list.approve", reversible=False) as operation:
        key, digest = lists.freeze(filled.connection, "school_list", old)
        operation.insert(
            "list_approval", rule_id=RULE, result_year=YEAR, order_number="7", order_date="2026-06-01", issuer="",
            snapshot_id=key, approved_at=now(), actor="Ким",
        )  # fmt: skip
    put_text = filled.connection.execute("SELECT json FROM snapshot").fetchone()[0]
    opened = agreement.of_list(filled.connection, RULE, YEAR)
    assert (opened.stored, opened.steps[-1].state) == (Stored(), "done")
    assert identification.school_list(filled.connection, RULE, YEAR).rows == found.rows
    text, sha = filled.connection.execute("SELECT json, sha256 FROM snapshot").fetchone()
    assert (text, sha, hashlib.sha256(text.encode()).hexdigest()) == (put_text, digest, digest)
    assert "agreement" not in json.loads(text)


def test_a_person_is_erased_from_protocols_and_road_maps_too(filled: Store) -> None:
    name = "Незабудкина Аглая Прокофьевна"
    body = directory.add_body(filled, "Рабочая группа", "рабочая группа")
    person = directory.add_person(filled, name, position="хранительница часов")
    directory.add_member(filled, body, person, "секретарь")
    agreement.take_body(filled, RULE, YEAR, body)
    (member,) = agreement.of_list(filled.connection, RULE, YEAR).protocol.members  # type: ignore[union-attr]
    agreement.put_draft(filled, RULE, YEAR, "member", member.id, "name", "Незабудкина Агл")
    put(filled, "member", member.id, post="хранительница часов и ключей")
    put(filled, "party", name="Совет", person=name)
    put(filled, "road_map", activity="Курсы", responsible=f"{name}, методист")
    agreement.put_protocol(filled, RULE, YEAR, {"opinion": f"{name} против"})
    key = put(filled, "meeting", topic="Список", present=f"Ким О. В., {name}")
    agreement.remove_rows(filled, RULE, YEAR, "meeting", [key])
    filled.backup("by-hand")
    directory.erase_person(filled, person)
    files = [filled.path, filled.path.with_name(filled.path.name + "-wal")]
    files += [copy.path for copy in backup.listing(filled.path)]
    for word in (name, "Незабудкина", "хранительница"):
        assert [file.name for file in files if file.exists() and word.encode() in file.read_bytes()] == []
    found = agreement.of_list(filled.connection, RULE, YEAR)
    assert found.protocol is not None
    assert [(m.name, m.post) for m in found.protocol.members] == [("запись удалена по просьбе", None)]
    assert found.road_map[0].responsible == "запись удалена по просьбе, методист"
    assert stored.list_touched_by(filled.connection, 0) is None


def test_a_school_is_found_for_an_activity_or_kept_as_typed(filled: Store) -> None:
    key = put(filled, "road_map", activity="Курсы", organisation_id="СОШ № 2")
    assert agreement.of_list(filled.connection, RULE, YEAR).road_map[0].school == "СОШ № 2"
    put(filled, "road_map", key, organisation_id="все школы")
    assert agreement.of_list(filled.connection, RULE, YEAR).road_map[0].organisation_id is None
    put(filled, "road_map", key, organisation_id="СОШ № 77")
    found = agreement.of_list(filled.connection, RULE, YEAR)
    assert found.stored.drafts["road_map_item", key] == {"organisation_id": ("СОШ № 77", "GEN_NO_SCHOOL")}
    assert schools.find(filled.connection, "edu000002")
