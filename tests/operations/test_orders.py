"""Orders: words and cases, terms, numbers of points, own wording and what has changed, number and date, undo."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.errors import UserError
from app.models import papers as lines
from app.models import settings
from app.models.store import Store
from app.operations import (
    finding,
    history,
    order_links,
    order_papers,
    orders,
    outgoing,
    paper_catalogue,
    papers,
    registers,
)
from app.operations.order_templates import ACTS, places, templates
from app.reports.document import Annex, Paragraph, SignatureBlock, Table
from app.texts import NBSP
from tests.helpers import stores

DAY = date(2026, 11, 23)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = stores.made(tmp_path / "file.opora")
    with made.operation("Настройки", "settings") as operation:
        for key, value in {
            "organisation": "Управление образования администрации Лесного района", "municipality": "Лесной район",
            "signer_position": "Начальник управления образования", "signer_name": "Н. А. Ветрова",
            "executor": "Ракитина Елена Викторовна, методист, 2-16-40",
        }.items():  # fmt: skip
            settings.put(operation, key, value)
    return made


def refused(code: str) -> AbstractContextManager[object]:
    return pytest.raises(UserError, check=lambda error: error.code == code)


def person(store: Store, name: str, post: str = "") -> int:
    with store.operation("Человек", "person.add") as operation:
        return operation.insert("person", full_name=name, position=post or None)


def group(store: Store) -> int:
    chair, secretary = person(store, "Калинин Сергей Олегович", "главный специалист"), person(
        store, "Снегирёва Дарья Львовна", "педагог-психолог"
    )  # fmt: skip
    with store.operation("Группа", "body.add") as operation:
        body = operation.insert("body", name="Рабочая группа", kind="рабочая группа")
        operation.insert("body_member", body_id=body, person_id=secretary, role="секретарь")
        operation.insert("body_member", body_id=body, person_id=chair, role="председатель")
    return body


def texts(draft: orders.Draft) -> dict[str, str]:
    return {point.number: point.text.replace(NBSP, " ") for point in draft.points}


def test_a_group_order_names_people_in_their_cases(store: Store) -> None:
    group(store)
    draft = orders.fresh(store.connection, "group", 2026, DAY)
    told = texts(draft)
    assert draft.about.text == "О рабочей группе по поддержке школ с низкими результатами обучения"
    assert told["1"] == (
        "Создать рабочую группу по поддержке школ с низкими результатами обучения Лесного района"
        " (далее — рабочая группа)."
    )
    assert told["2"] == "Утвердить состав рабочей группы (приложение)."
    assert told["3"] == "Назначить руководителем рабочей группы Калинина С. О., главного специалиста."
    assert told["4.4"] == "собираться не реже одного раза в квартал и вести протоколы."
    assert told["5"] == "Поручить ведение протоколов и документов рабочей группы Снегирёвой Д. Л., педагогу-психологу."
    assert told["6"] == "Контроль за исполнением приказа оставляю за собой."
    assert [number for number in told if number.count(".") == 0] == ["1", "2", "3", "4", "5", "6"]


def test_what_the_file_does_not_have_leaves_its_points_out_and_is_said(store: Store) -> None:
    draft = orders.fresh(store.connection, "group", 2026, DAY)
    assert [point.key for point in draft.points] == ["create", *_under(draft), "control"]
    assert draft.annexes == ()
    assert draft.lacks[0].startswith("Состав группы не внесён")
    assert "муниципальная программа" in draft.lacks[-1]
    assert draft.preamble.text == "В целях согласованного ведения муниципальной программы поддержки школ"


def _under(draft: orders.Draft) -> list[str]:
    return [point.key for point in draft.points if point.key not in {"create", "control"}]


def test_terms_fall_on_working_days_and_school_year(store: Store) -> None:
    told = texts(orders.fresh(store.connection, "pairs", 2026, DAY))
    # without pairs only what is charged to the office is left; 15.06.2027 is a Tuesday
    assert told["1"] == "Ракитиной Е. В., методисту:"
    assert told["1.2"].startswith("до 15.06.2027 подвести итоги")
    curators = texts(orders.fresh(store.connection, "curators", 2026, DAY))
    # 20.12.2026 is a Sunday: the term is the Friday before it; 14.12.2026 is three weeks on
    assert any("до 18.12.2026 и до 01.06.2027" in text for text in curators.values())
    assert any("до 14.12.2026 вместе с руководителем" in text for text in curators.values())


def test_the_preamble_refers_to_acts_in_force_in_the_instrumental(store: Store) -> None:
    registers.add(
        store, "acts", {}, level="municipal", kind="постановление", number="12", dated="2026-02-03",
        title="О программе", issuer="Администрация Лесного района", topic="муниципальная программа",
    )  # fmt: skip
    registers.add(
        store, "acts", {}, kind="приказ", number="1", dated="2024-01-10", title="Старый", date_to="2025-01-01",
        topic="рабочая группа",
    )  # fmt: skip
    draft = orders.fresh(store.connection, "start", 2026, DAY)
    assert draft.preamble.text.replace(NBSP, " ").endswith(
        "в соответствии с постановлением администрации Лесного района от 03.02.2026 № 12 «О программе»"
    )
    assert any("рабочая группа" in told for told in draft.lacks)


def test_typed_words_stay_and_are_marked_when_their_ground_changes(store: Store) -> None:
    group(store)
    key = orders.compose(store, "group", 2026, day=DAY)
    orders.put_text(store, key, "chair", "Руководителем группы назначить Калинина С. О.")
    draft = orders.read(store.connection, key)
    assert (texts(draft)["3"], draft.stale) == ("Руководителем группы назначить Калинина С. О.", 0)
    with store.operation("Должность", "person.edit") as operation:
        row = store.connection.execute("SELECT id FROM person WHERE full_name LIKE 'Калинин%'").fetchone()[0]
        operation.update("person", row, position="заместитель начальника")
    draft = orders.read(store.connection, key)
    point = next(one for one in draft.points if one.key == "chair")
    assert (point.typed, point.stale, draft.stale) == (True, True, 1)
    assert "заместителя начальника" in point.derived
    orders.put_text(store, key, "chair", None)
    assert orders.read(store.connection, key).stale == 0


def test_points_are_added_taken_out_and_put_back(store: Store) -> None:
    key = orders.compose(store, "monitoring", 2026, day=DAY)
    own = orders.add_point(store, key, "Разместить приказ на сайте.")
    orders.take_out(store, key, "office")
    draft = orders.read(store.connection, key)
    assert [point.key for point in draft.points][-2:] == [own, "control"]
    assert not {"office", "collect", "own", "note"} & {point.key for point in draft.points if not point.own}
    assert [point.number for point in draft.points] == [str(at) for at in range(1, len(draft.points) + 1)]
    assert draft.off == (("office", "Ответственному за мониторинг:"),)
    orders.put_back(store, key, "office")
    assert any(point.key == "collect" for point in orders.read(store.connection, key).points)
    orders.take_out(store, key, own)
    assert own not in {point.key for point in orders.read(store.connection, key).points}
    with refused("ORDER_NO_POINT"):
        orders.take_out(store, key, own)
    with refused("ORDER_EMPTY"):
        orders.add_point(store, key, "  ")


def test_number_and_date_go_into_the_legal_base_once_and_come_back(store: Store) -> None:
    group(store)
    key = orders.compose(store, "group", 2026, act="disposal", day=DAY)
    act = orders.registered(store, key, " № 214-од ", "28.11.2026")
    row = store.connection.execute(
        "SELECT level, kind, number, dated, title, issuer, topic FROM legal_act WHERE id = ?", (act,)
    ).fetchone()
    assert tuple(row) == (
        "municipal", "распоряжение", "214-од", "2026-11-28",
        "О рабочей группе по поддержке школ с низкими результатами обучения",
        "Управление образования администрации Лесного района", "рабочая группа",
    )  # fmt: skip
    assert orders.registered(store, key, "215-од", "2026-11-30") == act
    assert store.connection.execute("SELECT count(*), min(number) FROM legal_act").fetchone() == (1, "215-од")
    draft = orders.read(store.connection, key)
    assert draft.state.replace(NBSP, " ") == "подписан, № 215-од от 30.11.2026"
    with refused("ORDER_SIGNED"):
        orders.put_text(store, key, "chair", "Иное.")
    history.undo(store)
    history.undo(store)
    assert store.connection.execute("SELECT count(*) FROM legal_act").fetchone()[0] == 0
    assert orders.read(store.connection, key).state == "проект"


def entered(store: Store, key: int = 0) -> int:
    """Register the order of the year as the centre does; with a key that draft."""
    values = {"school_year": "2026"} | ({"draft": str(key)} if key else {})
    made = paper_catalogue.make(store.connection, "order_group", values, DAY)
    return papers.register(store, made, papers.render(made, ".pdf"), "Приказ.pdf")


def letter(store: Store, number: int) -> tuple[str | None, str | None]:
    line = lines.get(store.connection, number)
    assert line is not None
    return line.out_number, line.dated


def test_the_line_of_the_register_gets_number_and_date_of_its_order(store: Store) -> None:
    group(store)
    key = orders.compose(store, "group", 2026, day=DAY)
    assert orders.read(store.connection, key).paper is None
    line = entered(store)  # from the centre: the newest draft, and the line knows which one that was
    assert orders.read(store.connection, key).paper == line
    assert letter(store, line) == (None, None)
    other = orders.compose(store, "group", 2026, day=DAY)
    assert orders.read(store.connection, other).paper is None
    orders.registered(store, other, "900", "2026-12-01")
    assert letter(store, line) == (None, None)
    orders.registered(store, key, "214-од", "28.11.2026")
    assert letter(store, line) == ("214-од", "2026-11-28")
    kept = store.connection.execute(
        "SELECT number FROM outgoing_paper WHERE id = (SELECT paper_id FROM order_draft WHERE id = ?)", (key,)
    ).fetchone()
    assert kept == (line,)
    history.undo(store)
    assert letter(store, line) == (None, None)
    orders.registered(store, key, "214-од", "28.11.2026")
    # mended: what the office has written itself stays
    outgoing.edit(store, line, "out_number", "01-12/45")
    orders.registered(store, key, "215-од", "2026-11-30")
    assert letter(store, line) == ("01-12/45", "2026-11-30")


def test_a_signed_order_enters_the_register_with_its_number(store: Store) -> None:
    group(store)
    key = orders.compose(store, "group", 2026, day=DAY)
    draft_line = entered(store, key)
    orders.registered(store, key, "7", "2026-11-28")
    line = entered(store, key)
    assert letter(store, line) == ("7", "2026-11-28")
    found = lines.get(store.connection, line)
    assert found is not None
    assert found.replaces == draft_line  # the numbered order is the new version of the draft
    assert orders.read(store.connection, key).paper == line


def test_a_signed_order_says_what_it_said(store: Store) -> None:
    group(store)
    key = orders.compose(store, "group", 2026, day=DAY)
    orders.registered(store, key, "7", "2026-11-28")
    before = texts(orders.read(store.connection, key))
    with store.operation("Ушли", "body.edit") as operation:
        for (member,) in store.connection.execute("SELECT id FROM body_member").fetchall():
            operation.update("body_member", member, date_to="2026-11-29")
    assert texts(orders.read(store.connection, key)) == before


@pytest.mark.parametrize(("number", "dated", "code"), [
    ("", "28.11.2026", "ORDER_NUMBER"), ("7", "", "ORDER_NUMBER"), ("7", "31.02.2026", "GEN_BAD_DATE"),
])  # fmt: skip
def test_number_and_date_are_checked(store: Store, number: str, dated: str, code: str) -> None:
    key = orders.compose(store, "start", 2026, day=DAY)
    with refused(code):
        orders.registered(store, key, number, dated)


def test_the_number_is_handed_to_the_group_and_to_curators(store: Store) -> None:
    body = group(store)
    key = orders.compose(store, "group", 2026, day=DAY)
    with refused("ORDER_NO_NUMBER"):
        order_links.hand_over(store, key)
    assert order_links.link(store.connection, orders.read(store.connection, key)) is None
    orders.registered(store, key, "7", "2026-11-28")
    found = order_links.link(store.connection, orders.read(store.connection, key))
    assert found is not None
    assert found.button == "Вписать приказ"
    assert order_links.hand_over(store, key) == 1
    told = store.connection.execute("SELECT act FROM body WHERE id = ?", (body,)).fetchone()[0]
    assert told.replace(NBSP, " ") == "приказ от 28.11.2026 № 7"
    assert order_links.link(store.connection, orders.read(store.connection, key)) is None


def test_the_year_tells_every_kind_and_what_the_base_has(store: Store) -> None:
    registers.add(
        store, "acts", {}, kind="приказ", number="9", dated="2026-09-10", title="О кураторах",
        topic="кураторы и тьюторы",
    )  # fmt: skip
    key = orders.compose(store, "start", 2026, day=DAY)
    found = {line.kind: line for line in orders.overview(store.connection, 2026, DAY)}
    assert list(found) == [item.kind for item in templates()]
    assert (found["start"].id, found["start"].word) == (key, "проект")
    assert found["curators"].word.replace(NBSP, " ") == "есть приказ № 9 от 10.09.2026"
    assert (found["list"].state, found["list"].word) == ("none", "нет")
    orders.remove(store, key)
    assert all(line.id == 0 for line in orders.overview(store.connection, 2026, DAY))


def test_the_paper_has_heading_points_signature_and_annex(store: Store) -> None:
    group(store)
    key = orders.compose(store, "group", 2026, day=DAY, values={"acquaint": "1"})
    draft = order_papers.stored(store.connection, key, DAY)
    assert draft.document.draft
    assert draft.document.title[-1] == "ПРИКАЗ"
    orders.registered(store, key, "214", "2026-11-28")
    made = order_papers.stored(store.connection, key, DAY)
    assert not made.document.draft
    assert draft.title == "Приказ о рабочей группе по поддержке школ с низкими результатами обучения"
    blocks = made.document.blocks
    said = [block.text.replace(NBSP, " ") for block in blocks if isinstance(block, Paragraph)]
    assert said[0].split() == ["28.11.2026", "№", "214"]
    assert "ПРИКАЗЫВАЮ:" in said
    annex = next(block for block in blocks if isinstance(block, Annex))
    assert annex.to.replace(NBSP, " ") == (
        "к приказу управления образования администрации Лесного района от 28.11.2026 № 214"
    )
    signature = next(block for block in blocks if isinstance(block, SignatureBlock))
    assert (signature.position, signature.name.replace(NBSP, " ")) == (
        "Начальник управления образования",
        "Н. А. Ветрова",
    )
    names = [block.name for block in blocks if isinstance(block, Table)]
    assert names == ["Ознакомлены", "Состав группы"]
    assert papers.file_name(draft, ".pdf", "23.11.2026").endswith("обучения, 23.11.2026.pdf")


@pytest.mark.parametrize("act", ACTS)
def test_every_act_names_itself(store: Store, act: str) -> None:
    draft = orders.fresh(store.connection, "start", 2026, DAY, act=act)
    document = order_papers.paper(store.connection, draft, DAY).document
    assert document.title[-1] == ACTS[act].name.upper()
    assert draft.points[-1].text == f"Контроль за исполнением {ACTS[act].genitive} оставляю за собой."


def test_every_template_is_whole() -> None:
    for item in templates():
        keys = [step.key for step in item.points]
        assert len(set(keys)) == len(keys)
        assert all(step.under in keys for step in item.points if step.under)
        assert item.source
        assert item.quote
        annexes = {key for key, _title in item.annexes}
        named: set[Any] = {place.partition(":")[2] for step in item.points for place in places(step.text)
                           if place.startswith("annex:")}  # fmt: skip
        assert named == annexes, item.kind


def test_unknown_kinds_acts_and_values_are_refused(store: Store) -> None:
    for code, call in (
        ("ORDER_KIND", lambda: orders.compose(store, "party", 2026)),
        ("ORDER_ACT", lambda: orders.compose(store, "start", 2026, act="letter")),
        ("ORDER_VALUE", lambda: orders.compose(store, "start", 2026, values={"colour": "red"})),
        ("ORDER_GONE", lambda: orders.read(store.connection, 5)),
    ):
        with refused(code):
            call()


def test_drafts_are_found_by_what_they_are_about(store: Store) -> None:
    key = orders.compose(store, "monitoring", 2026, act="disposal", day=DAY)
    orders.put_text(store, key, "about", "О мониторинге")
    assert orders.findable(store.connection) == [(key, "О мониторинге", "распоряжение, проект")]
    assert orders.year_of(store.connection, key) == 2026
    assert orders.year_of(store.connection, 5) is None
    assert ("papers", ("orders", key)) in {(row.page, row.payload) for row in finding.findable(store.connection)}


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".xlsx"])
def test_an_order_with_the_longest_names_is_drawn(store: Store, suffix: str) -> None:
    long = (
        "Муниципальное казённое учреждение «Управление образования администрации Верхнеозёрского муниципального округа»"
    )
    with store.operation("Настройки", "settings") as operation:
        settings.put(operation, "organisation", f"{long} Дальней области")
        settings.put(operation, "signer_position", f"Исполняющий обязанности начальника, {long}")
    group(store)
    key = orders.compose(store, "group", 2026, day=DAY)
    orders.put_text(store, key, "about", "О " + "рабочей группе по поддержке школ с низкими результатами " * 6)
    made = papers.render(order_papers.stored(store.connection, key, DAY), suffix)
    assert len(made.data) > 3000


def test_a_person_erased_on_request_is_in_no_new_order(store: Store) -> None:
    group(store)
    key = store.connection.execute("SELECT id FROM person WHERE full_name LIKE 'Калинин%'").fetchone()[0]
    drafted = orders.compose(store, "group", 2026, day=DAY)
    orders.put_text(store, drafted, "chair", "Назначить руководителем группы: Калинин Сергей Олегович.")
    store.erase(key)
    draft = orders.read(store.connection, drafted)
    assert "Калинин" not in " ".join(point.text + point.derived for point in draft.texts)
    document = order_papers.paper(store.connection, draft, DAY).document
    assert "Калинин" not in repr(document.blocks)


def test_what_the_file_does_not_have_is_not_chosen(store: Store) -> None:
    made = group(store)
    key = orders.compose(store, "group", 2026, day=DAY, values={"body": str(made)})
    for told, known in (
        ({"body": "777"}, f"{made} — Рабочая группа"), ({"body": "группа"}, "Рабочая"),
        ({"year": "2031"}, "пока ничего"), ({"programme": "1"}, "пока ничего"),
        ({"responsible": "99"}, "Калинин"), ({"control": "-1"}, "Снегирёва"),
        ({"rule": "нет-такого"}, " — "), ({"place": "Лесогорск", "body": "0"}, "Рабочая"),
    ):  # fmt: skip
        with pytest.raises(UserError) as caught:
            orders.put_head(store, key, values=told)
        assert (caught.value.code, known in caught.value.cure) == ("ORDER_CHOICE", True), told
        with refused("ORDER_CHOICE"):
            orders.compose(store, "group", 2026, day=DAY, values=told)
    assert orders.read(store.connection, key).values == {"body": str(made)}  # nothing of a refused call is kept
    with store.operation("Группа закрыта", "body.edit") as operation:
        operation.update("body", made, date_to="2026-11-01")
    orders.put_head(store, key, values={"place": "Лесогорск"})  # what was chosen before its row closed stands in no way
    assert orders.read(store.connection, key).values == {"body": str(made), "place": "Лесогорск"}
    orders.put_head(store, key, values={"body": ""})
    assert orders.read(store.connection, key).values == {"place": "Лесогорск"}
