from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.analysis import russian
from app.errors import UserError
from app.models import settings
from app.models.store import Store
from app.operations import event_certificates, event_papers, paper_batch, paper_catalogue, work_list_papers
from app.operations.event_certificates import day_words, event_word, titled, took_part_in
from app.operations.papers import Paper, render
from app.operations.register_work_events import EVENT_WORDS
from app.reports.document import Centred, Document, Facts, Paragraph, SignatureBlock, Table, shown
from app.texts import NBSP
from tests.helpers import stores
from tests.helpers.projections import pdf_text
from tests.helpers.work_events import GUESTS, event, rows, seminar

DAY = date(2026, 11, 23)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with stores.opened(_new(tmp_path)) as found:
        yield found


def _new(folder: Path) -> Path:
    path = folder / "f.opora"
    stores.made(path).abandon()
    return path


def plain(text: str) -> str:
    return text.replace(NBSP, " ")


def words(document: Document) -> str:
    return plain(" | ".join(text for _place, text in document.texts()))


def table(paper: Paper, name: str) -> Table:
    return next(one for one in paper.document.tables() if one.name == name)


def cells(found: Table) -> list[list[str]]:
    return [[plain(" / ".join(shown(value))) for value in row.cells] for row in found.rows()]


def facts(paper: Paper) -> dict[str, str]:
    found = (block for block in paper.document.blocks if isinstance(block, Facts))
    return {fact.label: plain(fact.text) for block in found for fact in block.facts()}


# --- words -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        (None, None, ""),
        ("2026-11-18", None, "18 ноября 2026 года"),
        ("2026-11-18", "2026-11-18", "18 ноября 2026 года"),
        ("2026-11-18", "2026-11-20", "18–20 ноября 2026 года"),
        ("2026-11-30", "2026-12-02", "30 ноября — 2 декабря 2026 года"),
        ("2026-12-30", "2027-01-10", "30 декабря 2026 года — 10 января 2027 года"),
    ],
)
def test_days_in_words(first: str | None, last: str | None, told: str) -> None:
    assert plain(day_words(first, last)) == told


PARTICIPATION = {
    "seminar": "в семинаре", "webinar": "в вебинаре", "workshop": "в педагогической мастерской",
    "master": "в мастер-классе", "internship": "в стажировке", "council": "в педагогическом консилиуме",
    "conference": "в конференции", "round_table": "в работе круглого стола", "open_lesson": "в открытом уроке",
    "training": "в тренинге", "contest": "в конкурсе", "meeting": "в заседании", "hearing": "в публичном заслушивании",
    "day": "в методическом дне", "other": "в мероприятии",
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "title", "told"),
    [
        ("seminar", "Смысловое чтение", "«Смысловое чтение»"),
        ("seminar", "Семинар «Смысловое чтение»", "«Смысловое чтение»"),
        ("seminar", "Семинар: смысловое чтение", "«Смысловое чтение»"),
        ("seminar", "Семинаристы", "«Семинаристы»"),
        ("workshop", "Мастерская «Задачи с долями»", "«Задачи с долями»"),
        ("internship", "Стажировка на базе лицея: урок и разбор", "на базе лицея: урок и разбор"),
        ("webinar", "Вебинар «Книга «Дроби» на уроке»", "«Книга „Дроби“ на уроке»"),
        ("webinar", "вебинар", ""),
        ("webinar", None, ""),
    ],
)
def test_the_form_is_not_said_twice(kind: str, title: str | None, told: str) -> None:
    assert titled(kind, title) == told


def test_every_form_of_event_stands_in_the_right_case() -> None:
    assert {kind: plain(took_part_in(kind)) for kind in EVENT_WORDS} == PARTICIPATION
    assert russian.inflect(event_word("master"), "genitive") == "мастер-класса"
    assert russian.inflect("педагог-психолог", "genitive") == "педагога-психолога"


# --- numbers of certificates -------------------------------------------------------------------------------------


def numbers(store: Store, key: int) -> list[str | None]:
    found = store.connection.execute("SELECT certificate FROM event_guest WHERE event_id = ? ORDER BY position", (key,))
    return [number for (number,) in found]


def test_numbers_go_to_those_who_took_part_and_only_once(store: Store) -> None:
    made = seminar(store)
    assert event_certificates.give(store, made.event) == 3
    given = ["2026-001", "2026-002", "2026-003", None, None, None]
    assert numbers(store, made.event) == given
    assert event_certificates.give(store, made.event) == 0
    assert numbers(store, made.event) == given
    store.undo()
    assert numbers(store, made.event) == [None] * 6
    store.redo()
    assert numbers(store, made.event) == given


def test_a_number_goes_on_through_events_of_the_year_and_never_comes_back(store: Store) -> None:
    first = seminar(store)
    event_certificates.give(store, first.event, first.guests[:1])
    other = event(store, title="Второй", date_from="2026-12-01", state="held")
    (guest,) = rows(store, "event_guest", {"event_id": other, "position": 1, "name": "Окуджава Б. Ш.", "came": "yes"})
    event_certificates.give(store, other)
    assert numbers(store, other) == ["2026-002"]
    with store.operation("Строка удалена", "event.rows") as operation:
        operation.delete("event_guest", guest)
    event_certificates.give(store, first.event)
    assert numbers(store, first.event)[:3] == ["2026-001", "2026-003", "2026-004"]
    later = event(store, title="Третий", date_from="2027-01-15", state="held")
    rows(store, "event_guest", {"event_id": later, "position": 1, "name": "Ким О. В.", "came": "yes"})
    event_certificates.give(store, later)
    assert numbers(store, later) == ["2027-001"]


def test_a_number_typed_by_hand_stays_and_is_not_ours(store: Store) -> None:
    made = seminar(store)
    with store.operation("Вписан номер", "event.rows") as operation:
        operation.update("event_guest", made.guests[0], certificate="2026-а/7")
        operation.update("event_guest", made.guests[1], certificate="2026-120")
    event_certificates.give(store, made.event)
    assert numbers(store, made.event)[:3] == ["2026-а/7", "2026-120", "2026-121"]


def test_nobody_to_give_a_number_to_is_said(store: Store) -> None:
    empty = event(store, title="Пустое", date_from="2026-11-18", state="held")
    with pytest.raises(UserError) as told:
        event_certificates.give(store, empty)
    assert told.value.code == "EVENT_CERT_NOBODY"
    made = seminar(store, state="cancelled")
    with pytest.raises(UserError) as told:
        event_certificates.give(store, made.event)
    assert told.value.code == "EVENT_CERT_CANCELLED"
    with pytest.raises(UserError) as told:
        event_certificates.give(store, 404)
    assert told.value.code == "EVENT_UNKNOWN"


# --- the certificate ---------------------------------------------------------------------------------------------


def certificate(store: Store, place: int) -> list[str]:
    found = store.connection.execute("SELECT id FROM work_event").fetchone()[0]
    (guest,) = store.connection.execute("SELECT id FROM event_guest WHERE position = ?", (place,)).fetchone()
    document = event_papers.certificate(store.connection, found, guest, DAY).document
    return [plain(block.text) for block in document.blocks if isinstance(block, Centred)]


def test_a_certificate_agrees_with_who_receives_it(store: Store) -> None:
    made = seminar(store)
    event_certificates.give(store, made.event)
    assert certificate(store, 1) == [
        "№ 2026-001", "подтверждает, что", "Иванова Мария Петровна", "учитель математики, СОШ № 5",
        "приняла участие в семинаре «Смысловое чтение»", "и выступила с темой «Читаем условие задачи»",
        "18 ноября 2026 года, СОШ № 7, актовый зал",
    ]  # fmt: skip
    assert certificate(store, 2)[4:5] == ["принял участие в семинаре «Смысловое чтение»"]
    assert certificate(store, 3)[4:6] == [
        "принял(а) участие в семинаре «Смысловое чтение»", "и выступил(а) с темой «Открытие»",
    ]  # fmt: skip
    assert certificate(store, 4)[0] == "№ ____________"


def test_a_certificate_takes_the_name_of_the_directory(store: Store) -> None:
    made = seminar(store)
    with store.operation("Человек", "person.add") as operation:
        person = operation.insert("person", full_name="Ким Ольга Викторовна", position="методист")
        operation.update("event_guest", made.guests[2], person_id=person, post=None)
    found = certificate(store, 3)
    assert found[2:4] == ["Ким Ольга Викторовна", "методист, СОШ № 5"]
    assert found[4].startswith("приняла участие")


def test_a_certificate_of_nobody_is_refused(store: Store) -> None:
    made = seminar(store)
    for guest in (404, made.guests[5]):
        with pytest.raises(UserError) as told:
            event_papers.certificate(store.connection, made.event, guest, DAY)
        assert told.value.code == "EVENT_CERT_GUEST"


def test_a_batch_of_certificates_is_one_file_with_a_page_each(store: Store, tmp_path: Path) -> None:
    made = seminar(store, title="Смысловое чтение на уроках математики и предметов естественно-научного цикла " * 2)
    with store.operation("Подписант", "settings") as operation:
        settings.put(operation, "signer_position", "Начальник управления образования")
        settings.put(operation, "signer_name", "М. П. Ветрова")
    event_certificates.give(store, made.event)
    item = paper_catalogue.kind("event_certificate")
    values = paper_catalogue.usual(store.connection, item, DAY)
    assert values["event"] == str(made.event)
    each = paper_batch.chosen(store.connection, item, values, "all", DAY)
    assert each == tuple(str(key) for key in made.guests[:3])
    planned = paper_batch.plan(store.connection, item, values, each, DAY)
    assert "Иванова Мария Петровна" in planned[0].name
    batch = paper_batch.Batch(item, values, planned, tmp_path / "Сертификаты", (".pdf",), DAY, one_file=True)
    (path,) = batch.run(paper_batch.makes(store.connection, batch)).files
    pages = pdf_text(path.read_bytes())
    assert len(pages) == 3
    for page, (name, _came) in zip(pages, GUESTS, strict=False):
        assert name in plain(" ".join(page.split()))
        assert "М. П. Ветрова" in plain(" ".join(page.split()))


def test_a_certificate_lies_on_one_page_with_a_place_to_sign(store: Store) -> None:
    import io

    import pikepdf

    made = seminar(store)
    with store.operation("Длинное имя", "event.rows") as operation:
        operation.update(
            "event_guest", made.guests[0], name="Константинопольская-Верхнеудинская Александрина-Виктория " * 2,
            post="заместитель директора по учебно-воспитательной работе и информатизации " * 2,
        )  # fmt: skip
        operation.update("work_event", made.event, title="Формирование читательской грамотности " * 5)
    paper = event_papers.certificate(store.connection, made.event, made.guests[0], DAY)
    assert sum(isinstance(block, SignatureBlock) for block in paper.document.blocks) == 1
    with pikepdf.open(io.BytesIO(render(paper, ".pdf").data)) as pdf:
        assert len(pdf.pages) == 1
        left, bottom, right, top = (float(value) for value in pdf.pages[0].mediabox)
        assert right - left > top - bottom
        assert len(pdf.Root.AcroForm.Fields) == 1
    assert not paper.document.provenance


# --- other papers ------------------------------------------------------------------------------------------------


def test_the_programme_tells_from_when_to_when(store: Store) -> None:
    made = seminar(store)
    paper = event_papers.programme(store.connection, made.event, DAY)
    assert plain(paper.document.heading) == "Программа семинара «Смысловое чтение»"
    assert cells(table(paper, "Программа")) == [
        ["10:00–10:20", "Открытие", "Ким О. В."],
        ["10:20–12:00", "Читаем условие задачи", "Иванова Мария Петровна / СОШ № 5"],
    ]
    assert facts(paper)["Когда"] == "18 ноября 2026 года, 10:00–12:00"


def test_an_event_of_which_little_is_known_makes_every_paper(store: Store) -> None:
    key = event(store, kind="other")
    school = stores.school(store, "СОШ № 9")
    connection = store.connection
    for paper in (
        event_papers.programme(connection, key, DAY), event_papers.invitation(connection, key, school, DAY),
        *(event_papers.attendance(connection, key, what, DAY) for what in ("names", "blank", "filled")),
        event_papers.report(connection, key, DAY),
    ):  # fmt: skip
        assert "None" not in words(paper.document)
        assert "«»" not in words(paper.document)
        assert render(paper, ".pdf").data
    assert "Программа мероприятия" in words(event_papers.programme(connection, key, DAY).document)
    assert "пока не вписано" in words(event_papers.report(connection, key, DAY).document)


def test_an_invitation_is_to_the_head_of_the_school_by_name(store: Store) -> None:
    made = seminar(store)
    with store.operation("Директор", "school.appoint") as operation:
        person = operation.insert("person", full_name="Ветрова Анна Сергеевна")
        operation.insert("appointment", person_id=person, organisation_id=made.schools[0], role="директор")
    paper = event_papers.invitation(store.connection, made.event, made.schools[0], DAY)
    told = facts(paper)
    assert told["Кому"] == "Директору Ветровой Анне Сергеевне, СОШ № 5"
    assert told["Кого ждём"] == "учителя — 6, руководители — 1"
    text = next(block.text for block in paper.document.blocks if isinstance(block, Paragraph))
    assert plain(text) == "Приглашаем педагогов вашей школы на семинар «Смысловое чтение»."
    assert paper.addressee == "СОШ № 5"
    other = event_papers.invitation(store.connection, made.event, made.schools[1], DAY)
    assert facts(other)["Кому"] == "Руководителю, СОШ № 7"
    assert "Кого ждём" not in facts(other)


def test_an_invitation_of_a_merged_record_goes_to_the_canonical_one(store: Store) -> None:
    made = seminar(store)
    former = stores.school(store, "СОШ № 5 (старая)", duplicate_of=made.schools[0])
    paper = event_papers.invitation(store.connection, made.event, former, DAY)
    assert paper.addressee == "СОШ № 5"


def test_the_list_is_for_signing_empty_or_filled(store: Store) -> None:
    made = seminar(store)
    event_certificates.give(store, made.event)
    names = cells(table(event_papers.attendance(store.connection, made.event, "names", DAY), "Участники"))
    assert len(names) == 6 + event_papers.SPARE_ROWS  # a line without a name keeps its school and post
    assert [row[1] for row in names[:3]] == [name for name, _came in GUESTS[:3]]
    assert {row[4].strip(" /") for row in names} == {""}
    blank = cells(table(event_papers.attendance(store.connection, made.event, "blank", DAY), "Участники"))
    assert len(blank) == event_papers.BLANK_ROWS
    assert not any("Иванова" in cell for row in blank for cell in row)
    for what in ("blank", "filled"):
        sheet = render(event_papers.attendance(store.connection, made.event, what, DAY), ".pdf")
        assert len(pages := pdf_text(sheet.data)) == 1
    assert "по ссылке" in pages[0].replace(NBSP, " ")  # words that are the same of a man and of a woman
    paper = event_papers.attendance(store.connection, made.event, "filled", DAY)
    filled = cells(table(paper, "Участники"))
    assert [row[4:] for row in filled[:5]] == [
        ["да", "2026-001"], ["по ссылке", "2026-002"], ["да", "2026-003"], ["нет", "—"], ["—", "—"],
    ]  # fmt: skip
    assert "В списке 6 человек, участвовали: 4." in words(paper.document)


def test_the_report_counts_people_and_connections_apart_and_names_nobody(store: Store) -> None:
    made = seminar(store, wanted=20, result="Проведём открытые уроки.")
    paper = event_papers.report(store.connection, made.event, DAY)
    people = table(paper, "Участники по школам")
    assert [column.title for column in people.columns] == [
        "Школа", "Звали", "Пришли", "Учителя", "Руководители", "Подключений",
    ]  # fmt: skip
    assert cells(people) == [
        ["СОШ № 5", "7", "6", "5", "1", "1"],
        ["СОШ № 7", "—", "6", "6", "—", "2"],
        ["Всего", "7", "12", "11", "1", "3"],
    ]
    told = words(paper.document)
    assert "Участвовали 12 человек из 2 школ, подключились по ссылке: 3 подключения." in told
    assert "Ждали не менее 20: не набралось." in told
    assert "Проведём открытые уроки." in told
    assert "Цой" not in told
    assert "Сидорова" not in told


# --- lists -------------------------------------------------------------------------------------------------------


def test_the_span_of_a_list_is_a_period_or_a_school_year() -> None:
    assert work_list_papers.span(2026)[:2] == (date(2026, 8, 1), date(2027, 7, 31))
    assert work_list_papers.span(2026, "2026-11")[:2] == (date(2026, 11, 1), date(2026, 11, 30))
    assert work_list_papers.span(2026, "2026-Q4")[:2] == (date(2026, 10, 1), date(2026, 12, 31))


def test_the_list_of_events_has_those_of_its_time(store: Store) -> None:
    seminar(store)
    event(store, kind="webinar", title="Другой", date_from="2026-12-01", state="planned")
    event(store, kind="webinar", title="Прошлогодний", date_from="2026-05-01", state="held")
    paper = work_list_papers.event_list(store.connection, 2026, "", DAY)
    assert [row[1] for row in cells(table(paper, "События"))] == ["Семинар / Смысловое чтение", "Вебинар / Другой"]
    told = words(paper.document)
    assert "Всего событий: 2, прошло: 1." in told
    assert "участий 12" in told
    event(store, kind="workshop", title="Мастерская «Дроби»", date_from="2026-12-02", state="planned")
    event(store, kind="seminar", title="Семинария", date_from="2026-12-03", state="planned")
    month = work_list_papers.event_list(store.connection, 2026, "2026-12", DAY)
    # a form that the title says is not said twice
    assert [row[1] for row in cells(table(month, "События"))] == [
        "Вебинар / Другой", "Мастерская «Дроби»", "Семинар / Семинария",
    ]  # fmt: skip
    assert month.period == "декабрь 2026 года"


def test_categories_of_the_report_know_the_names_as_the_total_does(store: Store) -> None:
    school = stores.school(store, "СОШ № 5")
    key = event(store, title="Дроби", date_from="2026-11-18", state="held")
    rows(store, "event_people", {"event_id": key, "organisation_id": school, "audience": "teachers", "came": 2})
    listed = (
        ("Абаева А. А.", "teachers", "yes"), ("Быкова Б. Б.", "teachers", "online"),
        ("Волков В. В.", "teachers", "yes"), ("Гусева Г. Г.", "heads", "yes"),
        ("Дёмин Д. Д.", "heads", "no"), ("Ершов Е. Е.", None, "yes"),
    )  # fmt: skip
    rows(store, "event_guest", *(
        {"event_id": key, "organisation_id": school, "position": place, "name": name, "audience": kind, "came": came}
        for place, (name, kind, came) in enumerate(listed)
    ))  # fmt: skip
    # two teachers as a number, three by name: three; one head; one of no category counts among all
    found = cells(table(event_papers.report(store.connection, key, DAY), "Участники по школам"))
    assert found == [["СОШ № 5", "6", "5", "3", "1", "—"]]


def test_a_list_without_events_says_so_once(store: Store) -> None:
    paper = work_list_papers.event_list(store.connection, 2026, "", DAY)
    told = words(paper.document)
    assert "За это время событий нет." in told
    assert "Всего событий" not in told


def test_coverage_of_an_activity_counts_people_once(store: Store) -> None:
    school = stores.school(store, "СОШ № 5")
    lineage = 77
    for day in ("2026-10-01", "2026-11-01"):
        key = event(store, title=day, date_from=day, state="held", lineage=lineage)
        common = {"event_id": key, "came": "yes", "organisation_id": school}
        rows(store, "event_guest", *({**common, "position": place, "name": "АБВ"[place]} for place in range(3)))
    paper = work_list_papers.reached(store.connection, lineage, 2026, DAY)
    assert facts(paper)["Разных участников"] == "3 человека"
    assert facts(paper)["Участий"] == "6"
    assert cells(table(paper, "Школы")) == [["СОШ № 5", "2", "6"]]
    assert "посчитан один раз" in words(paper.document)
    key = event(store, title="без числа", date_from="2026-11-05", state="held", lineage=lineage)
    rows(store, "event_people", {"event_id": key, "organisation_id": school, "came": 5})
    spread = work_list_papers.reached(store.connection, lineage, 2026, DAY)
    assert facts(spread)["Разных участников"] == "от 5 до 8 человек"
    nobody = work_list_papers.reached(store.connection, lineage, 2027, DAY)
    assert facts(nobody)["Разных участников"] == "никто не считал"
    assert "это не ноль" in words(nobody.document)


def test_the_journal_of_help_of_one_school(store: Store) -> None:
    one, other = stores.school(store, "СОШ № 5"), stores.school(store, "СОШ № 7")
    rows(
        store, "help_entry",
        {"kind": "visit", "held_on": "2026-11-10", "organisation_id": one, "people": 3, "audience": "teachers",
         "topic": "смысловое чтение", "outcome": "Договорились об уроке", "next_step": "повторный выезд",
         "next_on": "2026-12-01", "methodist": "Ким О. В."},
        {"kind": "lesson", "held_on": "2026-11-12", "organisation_id": other, "people": 1, "audience": "young"},
        {"kind": "consultation", "held_on": "2026-10-12", "organisation_id": one},
    )  # fmt: skip
    paper = work_list_papers.journal(store.connection, 2026, "", one, DAY)
    assert cells(table(paper, "Журнал помощи")) == [
        ["1", "12.10.2026", "СОШ № 5", "консультация", "—", "—", "—", "—"],
        ["2", "10.11.2026", "СОШ № 5", "выезд", "учителя — 3", "смысловое чтение",
         "Договорились об уроке / Дальше: повторный выезд, до 01.12.2026", "Ким О. В."],
    ]  # fmt: skip
    assert paper.addressee == "СОШ № 5"
    whole = work_list_papers.journal(store.connection, 2026, "2026-11", None, DAY)
    assert len(cells(table(whole, "Журнал помощи"))) == 2
    assert "Записей: 2 (выезд — 1, посещение урока — 1)." in words(whole.document)
