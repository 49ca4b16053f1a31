"""The register of outgoing papers in the window: its way, its columns, its facts, what changed since."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.operations import outgoing, paper_catalogue, papers, signing
from app.operations.papers import Made
from app.ui.windows.paper_since import PaperSinceWindow
from tests.ui.conftest import TODAY, settle


@pytest.fixture
def numbers(window) -> list[int]:
    """Three papers: two of one recipe, one foreign."""
    desk = window.session.desk

    def made(store: Any) -> list[int]:
        values = paper_catalogue.usual(store.connection, paper_catalogue.kind("school_list"), TODAY)
        paper = paper_catalogue.make(store.connection, "school_list", values, TODAY)
        found = [papers.register(store, paper, Made(".pdf", papers.render(paper, ".pdf").data + b"%"), "Список.pdf")]
        other = papers.Paper("foreign", "Письмо", paper.document, None)
        return [*found, papers.register(store, other, Made(".docx", b"PK"), "Письмо.docx")]

    return desk.write(made).result()


@pytest.fixture
def view(window, numbers, qapp) -> Any:
    found = window.show_page("reports").show_view("outgoing")
    settle(qapp)
    found.open_payload(numbers[0])
    settle(qapp)
    return found


def line(view: Any, number: int) -> Any:
    return signing.paper(view.session.desk.reader, number)


def texts(view: Any) -> str:
    from PySide6.QtWidgets import QLabel

    return "\n".join(label.text() for label in view.side.timeline.findChildren(QLabel)).replace("\u00a0", " ")


def test_sending_receipt_remark_and_answer_are_written_down(view, dialogs, numbers, qapp):
    side, number = view.side, numbers[0]
    side.tabs.setCurrentIndex(1)
    assert not side.steps["answer"].isEnabled()
    asked = (
        ("sent", {"day": "20.11.2026", "person": "Министерство", "text": "почтой", "file": ""}, "отправлен"),
        ("receipt", {"day": "21.11.2026", "number": "вх-9", "person": "Орлова", "file": ""}, "принят"),
        ("remark", {"day": "21.11.2026", "text": "Нет долей", "person": "Орлова", "due": "25.11.2026", "file": ""},
         "замечание"),
        ("answer", {"day": "22.11.2026", "number": "01-13", "text": "Добавили", "file": ""}, "ответ дан"),
    )  # fmt: skip
    for kind, told, state in asked:
        dialogs.answers = [told]
        side.steps[kind].click()
        settle(qapp)
        assert side.way.text == state
    assert "вх. № вх-9 · Орлова" in texts(view)
    assert line(view, number).addressee == "Министерство"
    assert "с замечанием" not in view.sentence
    (first, *_rest) = line(view, number).events
    side.forget(first.id)
    settle(qapp)
    assert [event.kind for event in line(view, number).events] == ["receipt", "remark", "answer"]


def test_a_day_to_come_is_refused_in_the_bar(view, dialogs, numbers, qapp):
    dialogs.answers = [{"day": "23.11.2026", "person": "", "text": "", "file": ""}]
    view.side.happened("sent")
    settle(qapp)
    assert "ещё не наступило" in view.page.bar.text.text()
    assert line(view, numbers[0]).events == ()


def test_number_and_date_are_edited_in_place_and_taken_back(view, window, numbers, qapp):
    edit = view.side.fields["out_number"].edit
    view.side.tabs.setCurrentIndex(2)
    edit.setText("01-12/45")
    edit.commit()
    settle(qapp)
    assert line(view, numbers[0]).out_number == "01-12/45"
    date = view.side.fields["dated"]
    date.edit.setText("31.02.2026")
    date.edit.commit()
    settle(qapp)
    assert date.trouble.isVisible()
    assert line(view, numbers[0]).dated is None
    window.perform("undo")
    settle(qapp)
    assert line(view, numbers[0]).out_number is None
    assert edit.text() == ""


def test_columns_are_chosen_and_remembered(view, qapp):
    assert [one.key for one in view.table.model.columns] == ["number", "title", "letter", "state", "way", "addressee"]
    number = view.number
    view.show_column("kind", True)
    view.show_column("way", False)
    settle(qapp)
    assert [one.key for one in view.table.model.columns] == ["number", "title", "letter", "state", "addressee", "kind"]
    assert view.number == number
    assert view.session.habits.get("papers:columns", []) == view.shown_columns()
    kinds = view.table.model.columns[-1]
    assert {kinds.text(row) for row in view.table.model.all_rows()} >= {"чужой файл"}


def test_chips_show_what_still_has_to_be_done(view, qapp):
    assert view.chips["unsent"].isVisible()
    assert not view.chips["remark"].isVisible()
    view.chips["unsigned"].click()
    settle(qapp)
    assert all(outgoing.signature_state(row)[1] != "подписан" for row in view.table.model.visible_rows())


def test_whose_file_it_is_to_the_last_bit(view, dialogs, numbers, tmp_path: Path, qapp):
    data = signing.paper_bytes(view.session.desk.reader, line(view, numbers[0]).sha256)
    path = tmp_path / "файл.pdf"
    path.write_bytes(data)
    view.open_payload(numbers[1])
    dialogs.answers = [[path]]
    view.whose()
    settle(qapp)
    assert "из журнала исходящих: №" in view.page.bar.text.text()
    assert view.number == numbers[0]
    path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    dialogs.answers = [[path]]
    view.whose()
    settle(qapp)
    assert "не из журнала исходящих" in view.page.bar.text.text()


def test_a_withdrawn_paper_takes_nothing_more(view, dialogs, numbers, qapp):
    dialogs.answers = [{"reason": "опечатка"}]
    view.side.withdraw()
    settle(qapp)
    assert view.side.chip.text == "отозван"
    assert not view.side.steps["sent"].isEnabled()
    assert view.side.fields["out_number"].edit.isReadOnly()
    assert [act[0] for act in view._row_actions() if act] == ["Сохранить файлы…", "Проверить подпись"]


def test_what_changed_since_is_told_with_its_act(view, window, numbers, qapp):
    session = window.session
    view.side.tell_since()
    settle(qapp)
    top = window.workspace.windows[-1]
    assert isinstance(top, PaperSinceWindow)
    assert top.found is not None
    assert top.found.state == "same"
    assert not top.again.isEnabled()
    assert top.table.empty.isVisible()

    def corrected(store: Any) -> None:
        rows = store.connection.execute(
            "SELECT id, below_min FROM mark_count WHERE below_min * 10 >= participants * 4 AND below_min < participants"
        ).fetchall()
        with store.operation("Исправлены числа", "results.edit") as operation:
            for key, below in rows:
                operation.update("mark_count", key, below_min=below + 1)

    session.desk.write(corrected).result()
    top.refresh()
    settle(qapp)
    assert top.found.state == "changed"
    assert top.table.model.total == len(top.found.lines) > 0
    assert any(item.deed is not None and item.deed.label == "Исправлены числа" for item in top.found.lines)
    assert top.again.isEnabled()
    top._again()
    settle(qapp)
    assert window.page.view == "papers"


def test_a_foreign_file_has_no_recipe(view, numbers, qapp):
    view.open_payload(numbers[1])
    settle(qapp)
    assert view.number == numbers[1]
    view.side.tabs.setCurrentIndex(2)
    assert not view.side.since.isVisible()
    assert not view.side.again.isVisible()


def test_a_former_paper_is_chosen(view, dialogs, numbers, qapp):
    view.open_payload(numbers[1])
    settle(qapp)
    dialogs.answers = [{"former": str(numbers[0])}]
    view.side.choose_former()
    settle(qapp)
    assert line(view, numbers[0]).replaced_by == numbers[1]
    assert "Заменяет документ" in view.side.versions.text()


def test_a_paper_is_found_by_the_search(view, window, numbers, qapp):
    finder = window.finder
    finder.begin()
    finder.setText("список школ за")
    finder.flush()
    settle(qapp)
    finder.flush()
    settle(qapp)
    assert ("papers", ("outgoing", numbers[0])) in [(hit.place, hit.payload) for hit in finder.hits]
