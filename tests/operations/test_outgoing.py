"""The way of an outgoing paper: number and date, sending, receipt, remark and answer, versions, whose file it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.errors import UserError
from app.models import due_rows, journal, settings
from app.models import papers as rows
from app.models.store import Store
from app.operations import (
    day_lines,
    finding,
    history,
    outgoing,
    paper_catalogue,
    paper_dress,
    paper_since,
    papers,
    signing,
)
from app.operations import results as loading
from app.operations.outgoing import Happening
from app.operations.paper_dress import Dress
from app.operations.papers import Made, Paper, Recipe
from app.operations.results import Options
from app.reports.document import Column, Document, Group, Meta, Row, Table
from tests.operations.conftest import MATHS5, RUSSIAN5, mark, reading, school

TODAY = date(2026, 11, 23)


def document(*names: str) -> Document:
    table = Table("Школы", (Column("Школа", 40),), (Group(tuple(Row((name,)) for name in names)),))
    return Document(("Проба",), Meta("Управление", "2026-11-23", "Проба"), (table,))


def registered(store: Store, data: bytes = b"%PDF-1", **values: object) -> int:
    paper = Paper("probe", "Проба", document("СОШ № 1"), None, **values)  # type: ignore[arg-type]
    return papers.register(store, paper, Made(".pdf", data), "Проба.pdf")


@contextmanager
def refused(code: str) -> Iterator[None]:
    with pytest.raises(UserError) as caught:
        yield
    assert caught.value.code == code


def line(store: Store, number: int) -> rows.Paper:
    return signing.paper(store.connection, number)


def words(store: Store, number: int, day: date = TODAY) -> tuple[str, str]:
    paper = line(store, number)
    return outgoing.signature_state(paper)[1], outgoing.journey_state(paper, day)[1].replace("\u00a0", " ")


def test_a_paper_keeps_its_period_addressee_recipe_and_content(store: Store) -> None:
    recipe = Recipe("probe", (("year", "2026"),), "dress")
    number = registered(store, period="2026 год", addressee="Комиссия", recipe=recipe)
    paper = line(store, number)
    assert (paper.number, paper.period, paper.addressee) == (1, "2026 год", "Комиссия")
    assert papers.recipe_of(paper.recipe) == recipe
    assert paper.content_sha256 is not None
    assert b"\xd0\xa1\xd0\x9e\xd0\xa8" in signing.paper_bytes(store.connection, paper.content_sha256)
    assert words(store, number) == ("не подписан", "не отправлен")


@pytest.mark.parametrize("text", [None, "", "{", "[]", '{"kind":"a"}', '{"values":{}}'])
def test_what_is_no_recipe_is_none(text: str | None) -> None:
    assert papers.recipe_of(text) is None


def test_the_same_paper_to_edit_and_as_data_stands_at_its_line(store: Store) -> None:
    paper = Paper("probe", "Проба", document("СОШ № 1"), None)
    beside = (Made(".docx", b"PK-word"), Made(".xlsx", b"PK-data"))
    number = papers.register(store, paper, Made(".pdf", b"%PDF"), "Проба, 23.11.2026.pdf", beside)
    assert [(file.role, file.file_name) for file in line(store, number).files] == [
        ("original", "Проба, 23.11.2026.pdf"), ("editable", "Проба, 23.11.2026.docx"),
        ("data", "Проба, 23.11.2026.xlsx"),
    ]  # fmt: skip


def test_number_date_and_addressee_are_put_right_and_taken_back(store: Store) -> None:
    number = registered(store)
    outgoing.edit(store, number, "out_number", " 01-12/45 ")
    outgoing.edit(store, number, "dated", "24.11.2026")
    outgoing.edit(store, number, "addressee", "Министерство  образования")
    paper = line(store, number)
    assert (paper.out_number, paper.dated, paper.addressee) == ("01-12/45", "2026-11-24", "Министерство образования")
    assert outgoing.number_words(paper).replace("\u00a0", " ") == "01-12/45 от 24.11.2026"
    history.undo(store)
    history.undo(store)
    history.undo(store)
    paper = line(store, number)
    assert (paper.out_number, paper.dated, paper.addressee) == (None, None, None)
    with refused("GEN_NOTHING_TO_UNDO"):
        history.undo(store)  # registering itself is not taken back so
    before = len(history.history(store.connection))
    outgoing.edit(store, number, "dated", "")  # nothing stood there
    assert len(history.history(store.connection)) == before


@pytest.mark.parametrize(
    ("column", "raw", "code"), [("dated", "31.02.2026", "GEN_BAD_DATE"), ("sha256", "0", "OUTREG_COLUMN")]
)
def test_what_does_not_fit_a_line_is_refused(store: Store, column: str, raw: str, code: str) -> None:
    number = registered(store)
    with refused(code):
        outgoing.edit(store, number, column, raw)


def test_the_way_of_a_paper_from_sending_to_the_answer(store: Store, tmp_path: Path) -> None:
    number = registered(store)
    outgoing.happened(store, number, Happening("sent", "2026-11-10", person="Министерство", text="СЭД"), TODAY)
    assert words(store, number)[1] == "отправлен"
    assert line(store, number).addressee == "Министерство"
    scan = tmp_path / "отметка.pdf"
    scan.write_bytes("отметка".encode())
    outgoing.happened(store, number, Happening("receipt", "2026-11-12", "вх-9", "Орлова", path=scan), TODAY)
    assert words(store, number)[1] == "принят"
    remark = outgoing.happened(
        store, number, Happening("remark", "2026-11-15", text="Нет долей по 5 классу", due_on="2026-11-20"), TODAY
    )
    assert words(store, number)[1] == "замечание, срок вышел"
    assert words(store, number, date(2026, 11, 20))[1] == "замечание"
    outgoing.happened(store, number, Happening("answer", "2026-11-22", "01-13", text="Доли добавлены"), TODAY)
    paper = line(store, number)
    assert words(store, number)[1] == "ответ дан"
    assert [(event.kind, event.answers) for event in paper.events] == [
        ("sent", None), ("receipt", None), ("remark", None), ("answer", remark),
    ]  # fmt: skip
    told = [tuple(part.replace("\u00a0", " ") for part in outgoing.event_words(event)) for event in paper.events]
    assert told == [
        ("отправлен", "Министерство · СЭД"), ("принят", "вх. № вх-9 · Орлова · файл: отметка.pdf"),
        ("замечание", "Нет долей по 5 классу · ответить до 20.11.2026"),
        ("ответ на замечание", "исх. № 01-13 · Доли добавлены"),
    ]  # fmt: skip
    with refused("OUTREG_NO_REMARK"):
        outgoing.happened(store, number, Happening("answer", "2026-11-23"), TODAY)
    outgoing.forget(store, remark)
    assert [event.kind for event in line(store, number).events] == ["sent", "receipt"]
    history.undo(store)
    assert [event.kind for event in line(store, number).events] == ["sent", "receipt", "remark", "answer"]
    with refused("OUTREG_NO_EVENT"):
        outgoing.forget(store, 1)


def test_days_to_come_and_empty_remarks_are_refused(store: Store) -> None:
    number = registered(store)
    with refused("OUTREG_FUTURE"):
        outgoing.happened(store, number, Happening("sent", "2026-11-24"), TODAY)
    with refused("OUTREG_EMPTY"):
        outgoing.happened(store, number, Happening("remark", "2026-11-23", text="  "), TODAY)
    assert line(store, number).events == ()


def test_nothing_is_written_down_about_a_withdrawn_paper(store: Store, tmp_path: Path) -> None:
    number = registered(store)
    signing.withdraw(store, number, "опечатка")
    for act in (
        lambda: outgoing.edit(store, number, "out_number", "5"),
        lambda: outgoing.happened(store, number, Happening("sent", "2026-11-10"), TODAY),
        lambda: outgoing.attach(store, number, tmp_path / "данные.xlsx", "data"),
        lambda: outgoing.link_version(store, number, None),
    ):
        with refused("OUTREG_WITHDRAWN"):
            act()
    assert words(store, number) == ("отозван", "отозван")


def test_a_remark_is_due_on_the_first_page_until_it_is_answered(store: Store) -> None:
    number = registered(store)
    outgoing.happened(store, number, Happening("remark", "2026-11-15", text="Нет долей", due_on="2026-11-25"), TODAY)

    def due(mode: due_rows.Mode = "open") -> list[day_lines.DayLine]:
        ask = day_lines.Ask(store.connection, TODAY, mode, date(2026, 11, 1), date(2026, 11, 30))
        return [item for item in day_lines.lines(ask, ["remark"]) if mode != "open" or item.open]

    (found,) = due()
    assert (found.text, found.due, found.place) == ("Нет долей", "2026-11-25", ("register", number))
    outgoing.happened(store, number, Happening("answer", "2026-11-22", text="Добавлены"), TODAY)
    assert due() == []
    assert [(item.done_on, item.open) for item in due("done")] == [("2026-11-22", False)]


def test_a_paper_of_the_same_values_is_the_new_version_of_the_one_before(store: Store) -> None:
    recipe = Recipe("probe", (("year", "2026"),))
    first = registered(store, b"%PDF-a", recipe=recipe)
    other = registered(store, b"%PDF-b", recipe=Recipe("probe", (("year", "2025"),)))
    second = registered(store, b"%PDF-c", recipe=recipe)
    assert line(store, second).replaces == first
    assert line(store, other).replaces is None
    assert words(store, first)[1] == f"заменён № {second}"
    third = registered(store, b"%PDF-d", recipe=recipe)
    assert line(store, third).replaces == second
    signing.withdraw(store, third, "опечатка")
    assert line(store, second).replaced_by is None
    with refused("OUTREG_VERSION"):
        outgoing.link_version(store, first, second)
    outgoing.link_version(store, second, None)
    assert line(store, first).replaced_by is None
    outgoing.link_version(store, second, other)
    assert words(store, other)[1] == f"заменён № {second}"


def test_one_flipped_bit_makes_a_file_foreign(store: Store, tmp_path: Path) -> None:
    data = bytes(range(256)) * 4
    number = registered(store, data)
    path = tmp_path / "файл.pdf"
    path.write_bytes(data)
    found = outgoing.which(store.connection, path)
    assert found is not None
    assert (found.paper.number, found.role) == (number, "original")
    assert outgoing.which_words("файл.pdf", found) == "«файл.pdf» — из журнала исходящих: №\u00a01, документ."
    for place in (0, 500, len(data) - 1):
        changed = bytearray(data)
        changed[place] ^= 1
        path.write_bytes(changed)
        assert outgoing.which(store.connection, path) is None
    assert "не из журнала исходящих" in outgoing.which_words("файл.pdf", None)


def test_kept_bytes_that_have_changed_are_named(store: Store) -> None:
    number = registered(store)
    assert outgoing.damaged(store.connection) == []
    triggers = store.connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'blob'"
    ).fetchall()
    for name, _sql in triggers:
        store.connection.execute(f'DROP TRIGGER "{name}"')
    store.connection.execute("UPDATE blob SET bytes = x'00' WHERE sha256 = ?", (line(store, number).sha256,))
    for _name, sql in triggers:
        store.connection.execute(sql)
    assert outgoing.damaged(store.connection) == [(number, "Проба.pdf")]


def test_signing_is_told_by_how_many_have_signed(store: Store) -> None:
    number = registered(store)
    key = line(store, number).id
    with store.operation("Подписывают двое", "paper.sign") as operation:
        for place, name in enumerate(("М. П. Иванова", "О. В. Ким"), start=1):
            operation.insert("paper_signature", paper_id=key, position=place, name=name)
    assert words(store, number)[0] == "не подписан"
    assert outgoing.signers_words(line(store, number)) == "М. П. Иванова; О. В. Ким"

    def become(state: str, place: int) -> None:
        with store.operation("Подпись", "paper.sign") as operation:
            operation.connection.execute("UPDATE paper_signature SET state = ? WHERE position = ?", (state, place))

    become("signed", 1)
    assert words(store, number)[0] == "подписан 1 из 2"
    become("signed", 2)
    assert words(store, number)[0] == "подписан"
    become("refused", 2)
    assert words(store, number)[0] == "в подписи отказано"


def test_papers_are_found_by_the_search(store: Store) -> None:
    number = registered(store, period="2026 год")
    outgoing.edit(store, number, "out_number", "01-12/45")
    (found,) = [row for row in finding.findable(store.connection) if row.text == "Проба"]
    assert found.what.replace("\u00a0", " ") == "документ № 1, исх. 01-12/45, 2026 год"
    assert (found.page, found.payload) == ("papers", ("outgoing", number))


# --- what changed since --------------------------------------------------------------------------------------------


@pytest.fixture
def results(store: Store) -> Store:
    unit, other = school("СОШ № 1", "edu000001"), school("СОШ № 2", "edu000002")
    rows = [mark(one, work, 2026, below, 31, row) for one, below, row in ((unit, 12, 9), (other, 3, 10))
            for work in (MATHS5, RUSSIAN5)]  # fmt: skip
    loading.load(store, reading(*rows), Options(create_schools=True))
    with store.operation("Настройки", "settings") as operation:
        settings.put(operation, "municipality", "Лесогорский округ")
    return store


def made_list(store: Store) -> int:
    values = paper_catalogue.usual(store.connection, paper_catalogue.kind("school_list"), TODAY)
    paper = paper_catalogue.make(store.connection, "school_list", values, TODAY)
    return papers.register(store, paper, Made(".pdf", b"%PDF"), "Список.pdf")


def test_a_paper_says_what_changed_since_and_by_which_act(results: Store) -> None:
    number = made_list(results)
    assert paper_since.since(results.connection, number, TODAY).state == "same"
    (key,) = results.connection.execute("SELECT id FROM mark_count WHERE below_min = 12 ORDER BY id").fetchone()
    with results.operation("Исправлено число: ВПР, математика, СОШ № 1", "results.edit") as operation:
        operation.update("mark_count", key, below_min=13)
    found = paper_since.since(results.connection, number, TODAY)
    assert found.state == "changed"
    lines = [(item.difference.line.replace("\u00a0", " "), item.deed and item.deed.label) for item in found.lines]
    assert any("12 из 31" in told and "13 из 31" in told for told, _label in lines), lines
    figures = [label for told, label in lines if "13 из 31" in told]
    assert set(figures) == {"Исправлено число: ВПР, математика, СОШ № 1"}


def test_a_later_day_alone_is_no_change_and_hides_none(results: Store) -> None:
    made_on = date.fromisoformat(journal.now()[:10])
    later = made_on + timedelta(days=1)
    values = paper_catalogue.usual(results.connection, paper_catalogue.kind("legal"), made_on)
    paper = paper_catalogue.make(results.connection, "legal", values, made_on)
    number = papers.register(results, paper, Made(".pdf", b"%PDF legal"), "Основания.pdf")
    same = paper_since.since(results.connection, number, later)
    assert (same.state, same.lines) == ("same", ())
    assert same.sentence.endswith("данные документа не изменились: другими были бы только даты и сроки.")
    assert "ничего не изменилось" in paper_since.since(results.connection, number, made_on).sentence
    with results.operation("Вписан акт: порядок мониторинга", "legal.add") as operation:
        operation.insert("legal_act", kind="приказ", number="17-о", title="О порядке мониторинга", level="municipal")
    found = paper_since.since(results.connection, number, later)
    assert found.state == "changed"
    told = [item.difference.line for item in found.lines]
    assert any("17-о" in one for one in told), told
    assert not any(f"{later:%d.%m.%Y}" in one for one in told), told


def test_what_was_left_out_or_put_round_then_is_no_change(results: Store) -> None:
    values = paper_catalogue.usual(results.connection, paper_catalogue.kind("school_list"), TODAY)
    with results.operation("Настройки", "settings") as operation:
        settings.put(operation, "executor", "Ракитина Елена Викторовна, методист, 2-16-40")
    bare = paper_catalogue.make(results.connection, "school_list", values, TODAY, impersonal=True)
    without = papers.register(results, bare, Made(".pdf", b"%PDF bare"), "Список.pdf")
    assert paper_since.since(results.connection, without, TODAY).state == "same"  # its people are not «new» in it
    plain = made_list(results)
    paper_dress.keep(results, "school_list", Dress(qr="Список {год}"))
    assert paper_since.since(results.connection, plain, TODAY).state == "same"


def test_every_kind_of_the_register_has_a_name() -> None:
    known = outgoing.kind_words()
    assert known["signature_check"] == "Протокол проверки подписи"
    assert known["school_list"] == paper_catalogue.kind("school_list").title
    assert all(known.values())


def test_a_foreign_file_has_nothing_to_be_compared_with(store: Store) -> None:
    found = paper_since.since(store.connection, registered(store), TODAY)
    assert (found.state, found.lines) == ("no_recipe", ())
    assert "Сравнить нельзя" in found.sentence


def test_a_paper_that_cannot_be_made_any_more_says_why(store: Store) -> None:
    number = registered(store, recipe=Recipe("gone", ()))
    found = paper_since.since(store.connection, number, TODAY)
    assert found.state == "impossible"
    assert found.sentence.startswith("Такой документ сейчас не сделать: ")


def test_the_register_itself_is_a_paper(store: Store) -> None:
    number = registered(store, addressee="Министерство")
    outgoing.edit(store, number, "out_number", "01-12/45")
    outgoing.edit(store, number, "dated", "24.11.2026")
    outgoing.happened(store, number, Happening("sent", "2026-11-20", text="почта"), TODAY)
    paper = paper_catalogue.make(store.connection, "outgoing_register", {"period": "2026-11", "state": "all"}, TODAY)
    (table,) = paper.document.tables()
    (row,) = table.rows()
    assert row.cells[0] == 1
    assert row.cells[1] == "01-12/45"
    assert row.cells[4] == "Министерство"
    assert row.cells[6] == "не подписан, отправлен"
    assert papers.render(paper, ".pdf").data.startswith(b"%PDF")
    other = paper_catalogue.make(store.connection, "outgoing_register", {"period": "2026-10", "state": "all"}, TODAY)
    assert list(other.document.tables()[0].rows()) == []
    unsent = paper_catalogue.make(
        store.connection, "outgoing_register", {"period": "2026-11", "state": "unsent"}, TODAY
    )
    assert list(unsent.document.tables()[0].rows()) == []
