"""Letters of rounds: texts, drafts that mail programs open, what is sent and what is not; the board as one shows it."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from app.errors import UserError
from app.forms.loader import load
from app.models import registry, settings
from app.models.forms import SubjectRef
from app.models.store import Store
from app.operations import (
    form_board_papers,
    form_letters,
    form_overview,
    form_rounds,
    forms,
    papers,
    school_requests,
    schools,
)
from app.operations.form_letters import Letter
from app.reports.document import shown
from tests.helpers.form_texts import CHECK

DAY = date(2026, 12, 1)


@pytest.fixture
def two(store: Store) -> tuple[int, int]:
    """Two schools, the first with a director whose address is known."""
    forms.save(store, load(CHECK))
    first, second = (schools.add(store, {"name": f"СОШ № {number}"}) for number in (1, 2))
    schools.appoint(store, first, full_name="Громова Лидия Андреевна")
    schools.add_contact(store, first, "эл. почта", "school1@пример.рф")
    with store.operation("Настройки", "settings") as operation:
        settings.put(operation, "executor", "Ракитина Е. В., методист")
    return first, second


def begun(store: Store, keys: tuple[int, ...], due: str | None = "2026-11-28", letter: str = "") -> list[int]:
    subjects = [SubjectRef("school_programme", organisation_id=key) for key in keys]
    made = form_rounds.start(store, "probe", 2026, subjects, due_on=due, letter=letter)
    return [line.case.id for line in form_rounds.cases(store.connection, made)]


def parsed(path: Path) -> EmailMessage:
    made = message_from_bytes(path.read_bytes(), policy=default)
    assert isinstance(made, EmailMessage)
    return made


# --- texts ---------------------------------------------------------------------------------------------------------


def test_a_letter_asks_by_name_with_deadline_and_the_rounds_own_words(store: Store, two: tuple[int, int]) -> None:
    cases = begun(store, two, letter="Ответ войдёт в отчёт за год.")
    first, second = form_letters.requests(store.connection, cases, date(2026, 11, 20))
    assert first.text == (
        "Здравствуйте, Лидия Андреевна!\n\n"
        "Просим заполнить форму «Проба» за 2026/27 учебный год. Ответ нужен до 28.11.2026 включительно.\n\n"
        "Ответ войдёт в отчёт за год.\n\n"
        "Бланк Excel приложен. Заполните жёлтые ячейки, сохраните файл и пришлите его ответом на это письмо. "
        "Лист «Проверка» подскажет, что ещё не заполнено.\n\n"
        "Ракитина Е. В., методист"
    )
    assert first.theme == "Проба, ответ до 28.11.2026"
    assert second.text.startswith("Здравствуйте!\n\nПросим")
    assert (first.address, second.address) == ("school1@пример.рф", "")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Громова Лидия Андреевна", "Здравствуйте, Лидия Андреевна!"),
        ("Римская-Корсакова  Анна Львовна", "Здравствуйте, Анна Львовна!"),
        ("Громова Л. А.", "Здравствуйте!"),
        ("приёмная", "Здравствуйте!"),
        ("", "Здравствуйте!"),
    ],
)
def test_only_a_name_that_is_sure_is_used(name: str, expected: str) -> None:
    assert form_letters.greeting(name) == expected


def test_a_reminder_names_the_days_and_the_remark(store: Store, two: tuple[int, int]) -> None:
    one, other = begun(store, two)
    form_rounds.mark_sent(store, [one, other], "2026-11-10")
    form_rounds.mark_received(store, [other], "2026-11-20")
    form_rounds.give_back(store, other, "Пункт 2 не заполнен.", returned_on="2026-11-21")
    first, second = form_letters.reminders(store.connection, [one, other], DAY)
    assert "Ждём от вас форму «Проба», срок был 28.11.2026, прошло 3 дня." in first.text
    assert first.theme == "Ждём ответ: Проба"
    assert "Форма ждёт вашей доработки: «Проба»" in second.text
    assert "Что доработать: Пункт 2 не заполнен." in second.text


def test_what_has_come_is_not_asked_for_again_and_one_school_gets_one_reminder(
    store: Store, two: tuple[int, int]
) -> None:
    first, _second = two
    cases = [*begun(store, (first,)), *begun(store, (first,), due="2026-11-30")]
    [letter] = form_letters.reminders(store.connection, cases, DAY)
    assert sorted(letter.case_ids) == sorted(cases)
    assert letter.text.count("\n— «Проба»") == 2
    form_rounds.mark_received(store, cases, "2026-11-29")
    assert form_letters.reminders(store.connection, cases, DAY) == []


def test_a_letter_about_something_else_than_a_school_says_whom_it_is_about(store: Store, two: tuple[int, int]) -> None:
    text = CHECK.replace('subject = "school_programme"', 'subject = "rmo"').replace('"probe"', '"probe-rmo"')
    forms.save(store, load(text))
    key = form_rounds.start(store, "probe-rmo", 2026, [SubjectRef("rmo", name="РМО учителей математики")])
    [case] = [line.case.id for line in form_rounds.cases(store.connection, key)]
    [letter] = form_letters.requests(store.connection, [case], DAY)
    assert "О ком форма: РМО учителей математики." in letter.text


def test_a_letter_with_a_request_file_says_how_that_is_opened(store: Store, two: tuple[int, int]) -> None:
    cases = begun(store, two, letter="Ответ войдёт в отчёт за год.")
    blank, _second = form_letters.requests(store.connection, cases, date(2026, 11, 20))
    first, _second = form_letters.requests(store.connection, cases, date(2026, 11, 20), attached="request")
    assert "Excel" not in first.text
    assert "жёлтые ячейки" not in first.text
    assert "Приложен файл запроса (.opora-запрос). Сохраните его на компьютер и откройте программой" in first.text
    assert first.text.partition("Приложен")[0] == blank.text.partition("Бланк Excel")[0]
    assert first.theme == blank.theme


def test_one_request_file_asks_a_school_for_all_its_forms(store: Store, two: tuple[int, int], tmp_path: Path) -> None:
    first, second = two
    cases = [*begun(store, (first, second)), *begun(store, (first,), due="2026-11-30", letter="Второй сбор.")]
    letters = form_letters.requests(store.connection, cases, date(2026, 11, 20), attached="request")
    assert [(letter.shown, len(letter.case_ids)) for letter in letters] == [("СОШ № 1", 2), ("СОШ № 2", 1)]
    assert letters[0].theme == "Просим ответить: 2 формы"
    assert (
        "Просим заполнить формы за 2026/27 учебный год:\n"
        "— «Проба», ответ нужен до 28.11.2026.\n— «Проба», ответ нужен до 30.11.2026.\n\nВторой сбор.\n\n"
    ) in letters[0].text
    made = form_letters.write(store.connection, letters, tmp_path / "письма")
    assert made.sent_to == {cases[0]: "school1@пример.рф", cases[1]: "", cases[2]: "school1@пример.рф"}
    [attachment] = parsed(made.files[0]).iter_attachments()
    assert attachment.get_filename() == "СОШ № 1 — запрос 2026-27.opora-запрос"
    assert attachment.get_content_type() == "application/octet-stream"
    path = tmp_path / "запрос.opora-запрос"
    path.write_bytes(attachment.get_content())
    assert sorted(one.case_id for one in school_requests.show(path).cases) == sorted([cases[0], cases[2]])


# --- files ---------------------------------------------------------------------------------------------------------


def test_a_draft_opens_for_sending_with_the_right_workbook(store: Store, two: tuple[int, int], tmp_path: Path) -> None:
    cases = begun(store, two)
    letters = form_letters.requests(store.connection, cases, DAY)
    made = form_letters.write(store.connection, letters, tmp_path / "письма")
    assert [path.name for path in made.files] == ["СОШ № 1 — Проба.eml", "СОШ № 2 — Проба.eml"]
    mail = parsed(made.files[0])
    assert mail["X-Unsent"] == "1"
    assert mail["To"] == "school1@xn--e1afmkfd.xn--p1ai"
    assert mail["Subject"] == "Проба"
    [attachment] = mail.iter_attachments()
    assert attachment.get_filename() == "СОШ № 1 — Проба — 2026-27.xlsx"
    book = zipfile.ZipFile(io.BytesIO(attachment.get_content()))
    assert str(cases[0]) in "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
    body = mail.get_body(("plain",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n").rstrip() == letters[0].text
    assert made.without_address == ("СОШ № 2",)
    assert made.files[0].read_bytes().count(b"\n") == made.files[0].read_bytes().count(b"\r\n")


@pytest.mark.parametrize(
    "address", ["нет", "a b@c.ru", "a@b", "x@y.ru, z@y.ru", "почта@школа.рф", "a@b.ru\nBcc: c@d.ru"]
)
def test_an_address_that_is_none_stays_empty(address: str) -> None:
    assert form_letters.mail_address(address) == ""
    mail = message_from_bytes(form_letters.eml(Letter((1,), "СОШ", address, "Тема\r\nBcc: x@y.ru", "Текст")))
    assert mail["To"] is None
    assert mail["Bcc"] is None


def test_a_stopped_issue_leaves_nothing(store: Store, two: tuple[int, int], tmp_path: Path) -> None:
    letters = form_letters.requests(store.connection, begun(store, two), DAY)
    made = form_letters.write(store.connection, letters, tmp_path / "письма", lambda _name, done, _of: done < 1)
    assert made.stopped
    assert list((tmp_path / "письма").iterdir()) == []
    with pytest.raises(UserError) as caught:
        form_letters.write(store.connection, [], tmp_path)
    assert caught.value.code == "FORM_LETTER_NOBODY"


def test_sending_is_one_step_that_undo_takes_back(store: Store, two: tuple[int, int]) -> None:
    one, other = begun(store, two)
    form_letters.sent(store, {one: "school1@пример.рф", other: ""}, "2026-11-12")
    lines = form_overview.overview(store.connection, 2026, DAY).board.rows
    cells = [next(iter(row.cells.values())).line.case for row in lines]
    assert [(case.sent_on, case.sent_to) for case in cells] == [
        ("2026-11-12", "school1@пример.рф"), ("2026-11-12", None),
    ]  # fmt: skip
    store.undo()
    assert all(cell.line.case.sent_on is None for row in form_overview.overview(store.connection, 2026).board.rows
               for cell in row.cells.values())  # fmt: skip
    with pytest.raises(UserError) as caught:
        form_letters.sent(store, {7: ""})
    assert caught.value.code == "FORM_NO_CASE"


# --- the board as it is shown ---------------------------------------------------------------------------------------


def test_one_row_a_school_whatever_is_asked_of_it(store: Store, two: tuple[int, int]) -> None:
    school_form = CHECK.replace('subject = "school_programme"', 'subject = "school"').replace(
        '"probe"', '"probe-school"'
    )
    forms.save(store, load(school_form))
    begun(store, two)
    form_rounds.start(store, "probe-school", 2026, [SubjectRef("school", organisation_id=key) for key in two])
    found = form_overview.overview(store.connection, 2026, DAY)
    assert [(row.shown, len(row.cells)) for row in found.board.rows] == [("СОШ № 1", 2), ("СОШ № 2", 2)]


def test_closed_forms_are_shown_only_when_asked_for(store: Store, two: tuple[int, int]) -> None:
    begun(store, two)
    form = forms.definition(store.connection, "head-school")
    assert form.closed
    form_rounds.start(store, "head-school", 2026, [SubjectRef("head", organisation_id=two[0])], due_on="2026-11-01")
    hidden = form_overview.overview(store.connection, 2026, DAY)
    assert (len(hidden.board.rounds), hidden.has_closed, hidden.board.total, hidden.board.overdue) == (1, True, 2, 2)
    whole = form_overview.overview(store.connection, 2026, DAY, closed=True)
    assert (len(whole.board.rounds), whole.board.total, whole.board.overdue) == (2, 3, 3)


def test_deadlines_are_told_in_words(store: Store, two: tuple[int, int]) -> None:
    begun(store, two)
    [line, _other] = [next(iter(row.cells.values())).line
                      for row in form_overview.overview(store.connection, 2026, DAY).board.rows]  # fmt: skip
    assert form_overview.due_text(line, DAY).replace("\u00a0", " ") == "28.11.2026, просрочено на 3 дня"
    before = form_overview.overview(store.connection, 2026, date(2026, 11, 27)).board.rows[0]
    on_time = next(iter(before.cells.values())).line
    assert form_overview.due_text(on_time, date(2026, 11, 27)).replace("\u00a0", " ") == "28.11.2026, остался 1 день"
    assert form_overview.due_text(on_time, date(2026, 11, 28)).endswith("сегодня последний день")


def test_whom_offers_the_list_and_the_groups(store: Store, two: tuple[int, int]) -> None:
    schools.set_group(store, "Опорные", [two[1]])
    found = form_overview.whom(store.connection, "probe", 2026)
    assert [candidate.shown for candidate in found.candidates] == ["СОШ № 1", "СОШ № 2"]
    assert found.groups == {"Опорные": frozenset({two[1]})}
    assert found.listed == frozenset()
    assert registry.groups(store.connection) == {"Опорные": frozenset({two[1]})}
    offered = {form.id for form in form_overview.offered(store.connection)}
    assert "probe" in offered
    assert "deficits-fragment" not in offered


# --- papers --------------------------------------------------------------------------------------------------------


def test_the_paper_of_the_year_counts_and_names_whom_to_call(store: Store, two: tuple[int, int]) -> None:
    one, other = begun(store, two)
    form_rounds.mark_sent(store, [one, other], "2026-11-10")
    form_rounds.accept(store, [other], anyway=True, accepted_on="2026-11-12")
    paper = form_board_papers.board(store.connection, 2026, DAY)
    first, calls, listed = paper.document.tables()
    [row] = first.rows()
    assert [" ".join(shown(value)).replace("\u00a0", " ") for value in row.cells] == [
        "Проба", "28.11.2026", "1 из 2", "0", "0", "1", "1",
    ]  # fmt: skip
    [call] = calls.rows()
    assert list(call.cells[:3]) == ["СОШ №\u00a01", "Проба", 3]
    assert [row.cells[1] for row in listed.rows()] == ["■ отправлено, просрочено", "● принято"]
    for suffix in papers.FORMATS:
        assert papers.render(paper, suffix).data
