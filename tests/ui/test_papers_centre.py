from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QWidget

from app.exporters.readable import texts
from app.models import journal, paper_setup, papers
from app.models.store import Connection, open_reader
from app.operations import paper_batch, paper_catalogue, schools
from app.operations.paper_catalogue import PaperKind, Prepared
from app.ui.main_window import MainWindow
from app.ui.pages.papers_centre import REST_MS, PapersCentre
from app.ui.pages.reports import ReportsPage
from app.ui.widgets.basics import Combo
from app.ui.windows.batch import OWN, BatchWindow
from app.ui.windows.printing import page_numbers
from tests.ui.conftest import settle
from tests.ui.fakes import FakeDialogs, InstantDesk


@pytest.fixture
def centre(window: MainWindow, qapp: QApplication) -> PapersCentre:
    page = window.show_page("reports")
    assert isinstance(page, ReportsPage)
    page.show_view("papers")
    settle(qapp)
    return page.centre


def rest() -> None:
    QTest.qWait(REST_MS + 60)


def combo(centre: PapersCentre, key: str) -> Combo:
    found = centre.settings.edit(key)
    assert isinstance(found, Combo)
    return found


def titles(centre: PapersCentre) -> list[str]:
    return [paper_catalogue.kind(key).title for key in centre.list.shown()]


def test_the_centre_lists_every_paper_and_shows_the_first(centre: PapersCentre) -> None:
    assert set(centre.list.shown()) == {item.key for item in paper_catalogue.kinds()}
    assert centre.pdf is not None
    assert centre.view.data == centre.pdf.data
    assert centre.state.text().startswith(("1", "2", "3", "4"))
    assert "Список школ за 2026 год" in centre.state.text()
    assert all(button.isEnabled() for button in (centre.saving, centre.printing, centre.registering))
    assert not centre.many.isEnabled()  # the list is one for the whole municipality


@pytest.mark.parametrize(
    ("typed", "first"),
    [("карточк", "Карточка школы"), ("КОПО", "Папка управленческого цикла"), ("отчет месяц", "Отчёт о работе"),
     ("бюджет", "Финансовое обеспечение"), ("бланк", "Бланк чек-листа")],
)  # fmt: skip
def test_a_paper_is_found_by_any_of_its_words(centre: PapersCentre, typed: str, first: str) -> None:
    centre.list.search.setText(typed)
    centre.list.search.flush()
    assert first in titles(centre)
    assert len(titles(centre)) <= 4
    centre.list.search.leave.emit()
    assert centre.kind is not None
    assert centre.kind.title == titles(centre)[0]


def test_papers_that_are_passed_by_are_never_made(
    centre: PapersCentre, desk: InstantDesk, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reader has one thread: ten papers behind one another would keep the last one waiting."""
    made: list[str] = []
    real = paper_catalogue.prepared

    def prepared(connection: Connection, item: PaperKind, *given: Any, **named: Any) -> Prepared:
        made.append(item.key)
        return real(connection, item, *given, **named)

    waiting: list[tuple[Callable[[Any], object], Callable[[Connection], Any]]] = []
    monkeypatch.setattr(paper_catalogue, "prepared", prepared)
    monkeypatch.setattr(centre.session, "read", lambda _owner, then, function: waiting.append((then, function)))
    for key in ("school_list", "road_map", "blocks", "school_card"):
        centre.list.chosen.emit(key)
    assert len(waiting) == 4
    assert desk.reader is not None
    for then, function in waiting:
        then(function(desk.reader))
    settle(qapp)
    assert made == ["school_card"]
    assert centre.paper is not None
    assert centre.paper.kind == "school_card"
    assert centre.pdf is not None


def test_a_search_without_an_answer_says_so_and_loses_nothing(centre: PapersCentre) -> None:
    before = centre.kind
    centre.list.search.setText("ракета")
    centre.list.search.flush()
    assert centre.list.nothing.isVisible()
    assert centre.kind is before
    centre.open_payload("courses")
    assert centre.kind is not None
    assert (centre.kind.key, centre.list.search.text()) == ("courses", "")


def test_another_setting_makes_the_paper_anew_after_a_rest(centre: PapersCentre) -> None:
    centre.open_payload("school_sheet")
    first = centre.pdf
    assert first is not None
    school = combo(centre, "school")
    school.setCurrentIndex(2)
    assert centre.pdf is first  # still the old one: nothing is made at every key
    rest()
    assert centre.pdf is not None
    assert centre.pdf.data != first.data
    assert centre.paper is not None
    assert centre.paper.title.endswith(school.currentText())


def test_a_setting_that_means_nothing_is_hidden(centre: PapersCentre) -> None:
    centre.open_payload("chart")
    assert not combo(centre, "school").isHidden()
    assert combo(centre, "plan_year").parentWidget().isHidden()
    combo(centre, "kind").choose("money")
    rest()
    assert not combo(centre, "plan_year").parentWidget().isHidden()
    assert combo(centre, "school").parentWidget().isHidden()


def test_why_there_is_no_paper_stands_in_the_pane(bare_window: MainWindow, desk: InstantDesk, tmp_path: Path,
                                                  qapp: QApplication) -> None:  # fmt: skip
    from app.models.store import Store

    path = tmp_path / "Пустой.opora"
    Store.create(path, name="Пустой", actor="Ким О. В.").close()
    bare_window.workspace.open(path)
    page = bare_window.show_page("reports")
    assert isinstance(page, ReportsPage)
    settle(qapp)
    centre = page.centre
    centre.open_payload("school_card")
    assert any("Школ в файле пока нет" in label.text() for label in centre.refusal.findChildren(QLabel))
    assert not any(button.isEnabled() for button in centre.buttons)
    open_schools = centre.refusal.button
    assert open_schools is not None
    assert (open_schools.text(), open_schools.isVisibleTo(centre)) == ("Перейти к школам", True)
    open_schools.click()
    settle(qapp)
    assert bare_window.page is not None
    assert bare_window.page.name == "schools"
    centre.open_payload("legal")
    assert centre.pdf is not None
    assert not centre.refusal.isVisibleTo(centre)


def test_tab_walks_through_the_centre_as_the_eye_does(centre: PapersCentre) -> None:
    order: list[QWidget] = []
    at: QWidget | None = centre.list.list
    while at is not None and at is not centre.view and len(order) < 400:
        order.append(at)
        at = at.nextInFocusChain()
    wanted = [centre.settings.edit("rule"), centre.settings.edit("year"), centre.settings.impersonal,
              centre.settings.dress, centre.settings.usual]  # fmt: skip
    assert [order.index(widget) for widget in wanted] == sorted(order.index(widget) for widget in wanted)


def test_what_is_saved_is_what_is_seen_and_the_settings_are_kept(
    centre: PapersCentre, dialogs: FakeDialogs, tmp_path: Path, db: Path
) -> None:
    centre.open_payload("courses")
    combo(centre, "school_year").choose("2025")
    rest()
    target = tmp_path / "Курсы.pdf"
    dialogs.answers.append(target)
    before = journal.undo_candidate(open_reader(db))
    assert centre.pdf is not None
    shown = centre.pdf.data
    centre.save(".pdf")
    assert target.read_bytes() == shown
    connection = open_reader(db)
    assert paper_setup.of_kind(connection, "courses") == {"school_year": "2025"}
    assert journal.undo_candidate(connection) == before
    # another paper and back again: as it was left
    centre.open_payload("legal")
    centre.open_payload("courses")
    assert combo(centre, "school_year").currentData() == "2025"


def test_the_registered_paper_is_the_one_that_stays_on_the_screen(
    centre: PapersCentre, qapp: QApplication, db: Path
) -> None:
    centre.open_payload("courses")
    assert centre.pdf is not None
    shown = centre.pdf.data
    centre.register()
    settle(qapp)
    rest()
    assert centre.pdf is not None
    assert centre.pdf.data == shown
    connection = open_reader(db)
    newest = max(papers.listing(connection), key=lambda item: item.number)
    assert newest.title == centre.paper.title if centre.paper else False
    assert papers.by_digest(connection, newest.sha256) is not None
    assert "под №" in centre.bar.text.text()


def test_changed_data_change_the_paper_that_is_seen(
    centre: PapersCentre, desk: InstantDesk, qapp: QApplication
) -> None:
    centre.open_payload("school_card")
    first = combo(centre, "school").currentText()
    key = int(str(combo(centre, "school").currentData()))
    desk.write(schools.edit, key, {"short_name": "Гимназия имени Ломоносова"}).result()
    settle(qapp)
    rest()
    assert combo(centre, "school").currentText() == "Гимназия имени Ломоносова" != first
    assert centre.paper is not None
    assert "Ломоносова" in centre.paper.title


def test_another_page_opens_a_paper_with_its_settings(centre: PapersCentre, window: MainWindow, db: Path) -> None:
    school = schools.listing(open_reader(db))[4]
    window.go("papers", ("school_card", {"school": school.id, "school_year": 2025}))
    assert centre.paper is not None
    assert centre.paper.title == f"Карточка школы {school.shown}, 2025/26"
    centre.settings.usual_wanted.emit()
    assert combo(centre, "school_year").currentData() == "2026"


def test_a_paper_without_people_names_nobody(centre: PapersCentre) -> None:
    centre.open_payload("school_card")
    box = centre.settings.impersonal
    assert box.isVisible()
    assert centre.paper is not None
    named = " ".join(text for _place, text in centre.paper.document.texts())
    box.setChecked(True)
    rest()
    assert centre.paper is not None
    bare = " ".join(text for _place, text in centre.paper.document.texts())
    assert named != bare
    centre.open_payload("school_list")  # every paper has signers and the line of who made it
    rest()
    assert box.isVisible()
    assert centre.paper is not None
    assert "Ракитина" not in " ".join(text for _place, text in centre.paper.document.texts())


def test_nobody_left_in_the_bytes_is_told_and_nothing_is_written(
    centre: PapersCentre, dialogs: FakeDialogs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.operations import papers as making

    centre.open_payload("school_card")
    centre.settings.impersonal.setChecked(True)
    rest()
    assert centre.pdf is not None
    real = making.render

    def leaking(paper: making.Paper, suffix: str) -> making.Made:
        """As a renderer that writes a name which no text of the document has."""
        return real(
            replace(
                paper, document=replace(paper.document, meta=replace(paper.document.meta, author="Ракитина Е. В."))
            ),
            suffix,
        )

    monkeypatch.setattr(making, "render", leaking)
    target = tmp_path / "Карточка.docx"
    dialogs.answers.append(target)
    centre.save(".docx")
    assert "Ракитина" in centre.bar.text.text()
    assert not target.exists()
    centre._make()  # the preview is the very file: nobody sees, prints or registers it either
    buttons = (centre.saving, centre.printing, centre.registering)
    assert [button.isEnabled() for button in buttons] == [False, False, False]


# --- the batch ---------------------------------------------------------------------------------------------------


@pytest.fixture
def batch(centre: PapersCentre, window: MainWindow, qapp: QApplication) -> BatchWindow:
    centre.open_payload("school_sheet")
    centre.many.click()
    settle(qapp)
    [found] = [one for one in window.workspace.windows if isinstance(one, BatchWindow)]
    return found


def test_the_names_are_known_before_anything_is_made(batch: BatchWindow) -> None:
    names = [batch.list.item(place).text() for place in range(batch.list.count())]
    assert len(names) == 8
    assert all(name.startswith("Лист школы, ") and name.endswith(", 2026 год.pdf") for name in names)
    batch.formats[".docx"].setChecked(True)
    assert batch.list.item(0).text().endswith(".pdf, .docx")
    assert "16" in batch.sentence.text()


def test_a_batch_writes_beside_what_is_there(batch: BatchWindow, dialogs: FakeDialogs, tmp_path: Path) -> None:
    folder = tmp_path / "Листы"
    folder.mkdir()
    assert batch.offered is not None
    taken = folder / f"{batch.offered.planned[1].name}.pdf"
    taken.write_bytes(b"mine")
    dialogs.answers.append(folder)
    batch.ask_folder()
    assert "имя занято" in batch.list.item(1).text()
    for place in range(2, batch.list.count()):
        batch.list.item(place).setCheckState(Qt.CheckState.Unchecked)
    assert batch.sets.currentData() == OWN
    assert batch.go.text().replace("\u00a0", " ") == "Сделать 2 документа"
    batch.start()
    found = sorted(path.name for path in folder.iterdir())
    assert len(found) == 3
    assert taken.read_bytes() == b"mine"
    assert f"{batch.offered.planned[1].name} (2).pdf" in found


def test_one_file_holds_all_of_them(batch: BatchWindow, dialogs: FakeDialogs, tmp_path: Path) -> None:
    import pikepdf

    batch.one_file.setChecked(True)
    dialogs.answers.append(tmp_path)
    batch.start()
    [made] = tmp_path.glob("Лист школы*.pdf")
    with pikepdf.open(made) as whole, whole.open_outline() as outline:
        assert len(outline.root) == 8
        assert len(whole.pages) >= 8


def test_a_batch_without_people_names_nobody_in_any_file(
    centre: PapersCentre, window: MainWindow, qapp: QApplication, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    told = {}
    for hide in (False, True):
        centre.open_payload("school_sheet")
        centre.settings.impersonal.setChecked(hide)
        rest()
        centre.many.click()
        settle(qapp)
        [made] = [one for one in window.workspace.windows if isinstance(one, BatchWindow)]
        folder = tmp_path / str(hide)
        folder.mkdir()
        made.formats[".xlsx"].setChecked(True)
        dialogs.answers.append(folder)
        made.ask_folder()
        for place in range(1, made.list.count()):
            made.list.item(place).setCheckState(Qt.CheckState.Unchecked)
        assert ("Имён людей в документах не будет" in made.note.text()) is hide
        made.start()
        files = sorted(folder.iterdir())
        assert [path.suffix for path in files] == [".pdf", ".xlsx"]
        told[hide] = ["Ракитин" in " ".join(texts(path.read_bytes(), path.suffix)) for path in files]
    assert told == {False: [True, True], True: [False, False]}


def test_a_stopped_batch_leaves_nothing(
    batch: BatchWindow, dialogs: FakeDialogs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "Листы"
    folder.mkdir()
    dialogs.answers.append(folder)
    batch.ask_folder()
    real, seen = paper_batch.papers.render, []

    def render(paper: object, suffix: str) -> object:
        seen.append(paper)
        if len(seen) == 3:
            batch.strip.cancelled.emit()
            monkeypatch.setattr("app.ui.run.Job.cancelled", lambda _job: True)
        return real(paper, suffix)  # type: ignore[arg-type]

    monkeypatch.setattr(paper_batch.papers, "render", render)
    batch.start()
    assert len(seen) == 3
    assert list(folder.iterdir()) == []
    assert "Остановлено" in batch.bar.text.text()


def test_a_range_of_pages_and_copies_go_to_the_printer() -> None:
    assert page_numbers(0, 0, 3) == [0, 1, 2]
    assert page_numbers(2, 3, 5) == [1, 2]
    assert page_numbers(4, 9, 5) == [3, 4]
    assert page_numbers(1, 1, 5, 2) == [0, 0]


def test_the_boxes_say_what_they_are(batch: BatchWindow) -> None:
    assert {box.text() for box in batch.findChildren(QCheckBox)} == {"PDF", "Word", "Excel", "Всё одним файлом PDF"}
