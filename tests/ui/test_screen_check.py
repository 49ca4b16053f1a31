from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.ui.screen_check import faults, foreign_words
from app.ui.widgets.basics import Scroller
from app.ui.widgets.labels import ElidedLabel, Label

LONG = "Муниципальное бюджетное общеобразовательное учреждение"


@pytest.fixture
def page(qtbot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(400, 200)
    QVBoxLayout(made)
    made.show()
    return made


def put(page: QWidget, child: QWidget) -> None:
    page.layout().addWidget(child)
    child.show()
    page.layout().activate()
    QApplication.processEvents()


def kinds(widget: QWidget) -> set[str]:
    return {fault.kind for fault in faults(widget)}


def test_a_good_page_has_no_faults(page):
    put(page, Label("Школы"))
    put(page, QPushButton("Загрузить…"))
    assert faults(page) == []


def test_a_cut_label_is_found_unless_it_has_a_tooltip(page):
    label = Label(LONG)
    label.setFixedWidth(80)
    put(page, label)
    found = faults(page)
    assert [(fault.kind, fault.text) for fault in found] == [("clipped", LONG)]
    assert "обрезан текст без подсказки" in str(found[0])
    label.setToolTip(LONG)
    assert faults(page) == []


def test_a_wrapped_label_must_be_high_enough(page):
    label = Label(LONG * 3, wrap=True)
    label.setFixedSize(100, 20)
    put(page, label)
    assert kinds(page) == {"clipped"}


def test_a_label_that_shortens_itself_is_fine(page):
    label = ElidedLabel(LONG)
    label.setFixedWidth(80)
    put(page, label)
    assert faults(page) == []
    label.setToolTip("")
    assert kinds(page) == {"clipped"}


def test_a_cut_button_is_found(page):
    button = QPushButton(LONG)
    button.setFixedWidth(60)
    put(page, button)
    assert kinds(page) == {"clipped"}


def test_a_cut_cell_is_found_unless_its_delegate_tells_it(page):
    model = QStandardItemModel(1, 1)
    model.setItem(0, 0, QStandardItem(LONG))
    view = QTableView()
    view.setModel(model)
    view.setColumnWidth(0, 60)
    put(page, view)
    assert kinds(page) == {"clipped"}
    model.item(0, 0).setToolTip(LONG)
    assert faults(page) == []


def test_overlapping_neighbours_are_found(page):
    one, other = QLabel("Первый", page), QLabel("Второй", page)
    one.setGeometry(QRect(10, 10, 100, 20))
    other.setGeometry(QRect(60, 15, 100, 20))
    one.show()
    other.show()
    assert kinds(page) == {"overlap"}
    other.move(120, 15)
    assert faults(page) == []


def test_what_leaves_its_parent_is_found(page):
    label = QLabel("Далеко", page)
    label.setGeometry(QRect(380, 10, 100, 20))
    label.show()
    assert kinds(page) == {"outside"}


def test_a_column_too_wide_for_its_scroll_area_is_found(page, qapp):
    area = Scroller()
    area.setFixedWidth(100)
    wide = QWidget()
    wide.setMinimumWidth(300)
    QHBoxLayout(wide)
    area.column.addWidget(wide)
    put(page, area)
    qapp.processEvents()
    assert "outside" in kinds(page)


def test_latin_words_are_found(page):
    put(page, Label("Press any key"))
    assert {fault.text for fault in faults(page)} == {"Press", "any", "key"}


def test_hidden_things_are_nobodys_business(page):
    label = Label("hidden")
    put(page, label)
    label.hide()
    assert faults(page) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Сохранить PDF, Word и Excel", []),
        ("файл «отчёт MA 5.xlsx» и edu123456", ["MA"]),
        ("Ctrl+Shift+K, F5, Enter", []),
        ("rosobrnadzor-2022, версия 1.0", []),
        ("/папка/файл.opora", []),
        ("PKCS#12 (.p12, .pfx) и .sig", []),
        ("school@example.org", []),
        ("Error: file not found", ["Error", "file", "not", "found"]),
        ("Открыть &Файл X", []),
    ],
)
def test_which_words_are_foreign(text, expected):
    assert foreign_words(text) == expected


def test_lists_without_texts_do_no_harm(page):
    put(page, QListView())
    assert faults(page) == []
