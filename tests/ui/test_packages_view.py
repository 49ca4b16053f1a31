"""«Пакеты» driven as a person does: collecting, marking the way, checking, taking in, the summary, who has not sent."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from app.models.store import Store
from app.operations import package_check, package_region, packages, paper_catalogue, papers, registers
from app.ui.main_window import MainWindow
from app.ui.pages.packages_view import AWAITED, CAME, OUT, PackagesView
from app.ui.pages.reports import ReportsPage
from app.ui.windows.package_check import PackageCheckWindow
from app.ui.windows.package_make import PackageWizard
from app.ui.windows.package_paper import MISSING, PackagePaperWindow
from tests.ui.conftest import settle
from tests.ui.fakes import FakeDialogs

DAY = date(2026, 11, 22)


@pytest.fixture
def view(window: MainWindow, qapp: QApplication) -> PackagesView:
    for kind in ("order_list", "school_list"):
        window.session.desk.write(registered, kind).result()
    page = window.show_page("reports")
    assert isinstance(page, ReportsPage)
    made = page.show_view("packages")
    settle(qapp)
    assert isinstance(made, PackagesView)
    return made


def registered(store: Store, kind: str) -> int:
    """A paper for the region; the sheets of the example are for its schools and stay here."""
    values = paper_catalogue.usual(store.connection, paper_catalogue.kind(kind), DAY)
    paper = paper_catalogue.make(store.connection, kind, values, DAY)
    return papers.register(store, paper, papers.render(paper, ".pdf"), f"{kind}.pdf")


def store(view: PackagesView) -> Store:
    made = view.session.desk.store  # type: ignore[attr-defined]
    assert isinstance(made, Store)
    return made


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel)).replace("\u00a0", " ")


def top(window: MainWindow, qapp: QApplication) -> Any:
    settle(qapp)
    return window.workspace.windows[-1]


def made(view: PackagesView, folder: Path, **more: Any) -> Path:
    own = store(view)
    usual = packages.usual(own.connection, DAY)
    ask = packages.Ask(usual.title, usual.period, "Министерство", usual.numbers[:1], DAY, **more)
    return packages.make(own, packages.prepare(own.connection, ask), folder / "Пакет.zip")[1]


def test_a_package_is_collected_in_three_steps_and_marked_on_its_way(
    window: MainWindow, view: PackagesView, dialogs: FakeDialogs, qapp: QApplication, tmp_path: Path
) -> None:
    assert view.out.model.total == 0
    view.making.click()
    wizard = top(window, qapp)
    assert isinstance(wizard, PackageWizard)
    numbers = set(wizard.chosen)
    titles = {paper.number: paper.kind for paper in packages.candidates(store(view).connection)}
    assert len(numbers) == 2
    assert {titles[number] for number in numbers}.isdisjoint({"school_sheet"})
    wizard.table.choose(min(numbers))
    wizard.toggle()
    assert wizard.chosen == numbers - {min(numbers)}
    wizard.put(wanted=True)
    assert wizard.chosen == numbers
    wizard.go_on()
    wizard.oktmo_edit.setText("123")
    wizard.oktmo_edit.textEdited.emit("123")
    assert not wizard.next.isEnabled()
    wizard.oktmo_edit.setText("34612345")
    wizard.to_edit.setText("Министерство образования")
    wizard.oktmo_edit.textEdited.emit("")
    wizard.go_on()
    settle(qapp)
    assert wizard.view.data.startswith(b"%PDF")
    assert "не подписан" in wizard.notes.text()
    assert not list(tmp_path.glob("*.zip"))
    dialogs.answers.append(tmp_path / "Пакет")
    wizard.go_on()
    settle(qapp)
    assert package_check.check(tmp_path / "Пакет.zip").verdict == "eyes"
    assert view.which.currentData() == OUT
    (line,) = packages.listing(store(view).connection)
    assert line.description["municipality"]["oktmo"] == "34612345"
    assert "не отправлен" in words(view)
    view.out.choose(1)
    dialogs.answers.append({"sent": "24.11.2026", "answered": "", "answer": ""})
    view.mark()
    settle(qapp)
    assert "отправлен 24.11.2026" in words(view)
    assert view.sentence.replace("\u00a0", " ") == "Собрано: 1 пакет, все отправлены"


def test_nothing_is_written_where_saving_is_given_up(
    window: MainWindow, view: PackagesView, dialogs: FakeDialogs, qapp: QApplication, tmp_path: Path
) -> None:
    window.go("package_make", None)
    wizard = top(window, qapp)
    wizard.go_on()
    wizard.go_on()
    settle(qapp)
    wizard.go_on()
    assert dialogs.asked[-1] == ("save", "Сохранить пакет")
    assert packages.listing(store(view).connection) == []


def test_packages_are_checked_taken_and_summed_up(
    window: MainWindow, view: PackagesView, dialogs: FakeDialogs, qapp: QApplication, tmp_path: Path
) -> None:
    good, bad = made(view, tmp_path), tmp_path / "плохой.zip"
    bad.write_bytes(b"PK\x03\x04")
    dialogs.answers.append([good, bad])
    view.taking.click()
    window_of = top(window, qapp)
    assert isinstance(window_of, PackageCheckWindow)
    assert window_of.sentence.text().replace("\u00a0", " ") == "Проверено: 2 пакета. Годится: 1."
    window_of.table.choose(str(bad))
    assert "повреждён" in window_of.problems.model.row(0).message
    window_of.taking.click()
    settle(qapp)
    assert "Принято: 1 пакет" in words(window_of).replace("\u00a0", " ")
    window_of.close()
    settle(qapp)
    assert view.which.currentData() == CAME
    assert [line.municipality for line in package_region.taken(store(view).connection)] == ["Лесогорский округ"]
    assert view.came.model.total == 1
    view.came.choose(view.came.model.row(0).key)
    dialogs.answers.append({"remark": "нет сводной таблицы"})
    view.remark()
    settle(qapp)
    assert "нет сводной таблицы" in words(view)
    view.summing.click()
    paper = top(window, qapp)
    assert isinstance(paper, PackagePaperWindow)
    assert paper.view.data.startswith(b"%PDF")
    paper.what.choose(MISSING)
    settle(qapp)
    assert paper.view.data.startswith(b"%PDF")


def test_checking_takes_nothing(
    window: MainWindow, view: PackagesView, dialogs: FakeDialogs, qapp: QApplication, tmp_path: Path
) -> None:
    dialogs.answers.append([made(view, tmp_path)])
    view.checking.click()
    window_of = top(window, qapp)
    assert not window_of.taking.isVisible()
    assert package_region.taken(store(view).connection) == []


def test_who_has_not_sent_stands_first_and_gets_a_letter(view: PackagesView, qapp: QApplication) -> None:
    with store(view).operation("Ждём", "register.edit") as operation:
        registers.add_in(
            operation, "package_expected", {}, municipality="Северный район", due_on="2026-11-10", contact="Отдел"
        )
    view.refresh()
    view.which.choose(CAME)
    settle(qapp)
    view.came.choose("Северный район")
    settle(qapp)
    assert view.came.model.row(0).state == ("bad", "просрочен")
    view.remind()
    assert "Срок был 10.11.2026." in QGuiApplication.clipboard().text()
    view.which.choose(AWAITED)
    settle(qapp)
    assert view.pane.model.rows[0].texts[0] == "Северный район"


def test_a_copy_without_people_is_written_beside_the_work(
    view: PackagesView, window: MainWindow, dialogs: FakeDialogs, qapp: QApplication, tmp_path: Path
) -> None:
    target = tmp_path / "копия.opora"
    dialogs.answers.append(target)
    view.bare.click()
    settle(qapp)
    assert target.exists()
    dialogs.answers.append(tmp_path / "вторая")  # the menu does the same, wherever the work is
    window.show_page("today")
    window.actions_by_key["bare_copy"].trigger()
    settle(qapp)
    assert (tmp_path / "вторая.opora").exists()
    assert "Копия без людей: вторая.opora" in window.bar().text.text()
    dialogs.answers.append(target)  # never over what is there
    size = target.stat().st_size
    window.actions_by_key["bare_copy"].trigger()
    settle(qapp)
    assert target.stat().st_size == size
    assert "вторая" not in window.bar().text.text()
    assert sorted(path.name for path in tmp_path.glob(".*tmp*")) == []
