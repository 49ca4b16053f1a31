"""The chart in the window: picture, mouse, keys, copying, saving."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from app.ui import theme
from app.ui.session import Session
from app.ui.widgets.chart import ChartView
from tests.helpers.charts import HEAT, LINE
from tests.ui.conftest import settle
from tests.ui.fakes import FakeDialogs, press


@pytest.fixture
def view(qtbot: QtBot, session: Session, qapp: QApplication) -> ChartView:
    made = ChartView(session)
    qtbot.addWidget(made)
    made.resize(640, 460)
    made.show()
    made.show_chart(LINE)
    settle(qapp)
    return made


def middle(view: ChartView, words: str) -> QPoint:
    area = next(area for area in view.canvas.areas if words in area.told)
    return QPoint(round(area.x + area.width / 2), round(area.y + area.height / 2))


def test_it_is_drawn_and_says_what_it_is(view: ChartView) -> None:
    assert view.canvas.accessibleName() == f"{LINE.title}. {LINE.note}"
    assert len(view.canvas.areas) == 4
    assert view.heading.text() == "Ниже минимума по математике, 6\u00a0класс, СОШ №\u00a03"
    picture = view.canvas.grab().toImage()
    colours = {picture.pixelColor(x, y).name() for x in range(0, 640, 3) for y in range(0, 400, 3)}
    assert "#1f5fbf" in colours


def test_a_click_on_a_point_asks_for_its_school(view: ChartView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.clicked) as found:
        qtbot.mouseClick(view.canvas, Qt.MouseButton.LeftButton, pos=middle(view, "12 из 31"))
    assert found.args == [5]
    asked: list[int] = []
    view.clicked.connect(asked.append)
    qtbot.mouseClick(view.canvas, Qt.MouseButton.LeftButton, pos=middle(view, "9 из 32"))
    assert asked == [], "this point names no school"


def test_the_mouse_learns_the_fraction(view: ChartView, qtbot: QtBot) -> None:
    qtbot.mouseMove(view.canvas, middle(view, "12 из 31"))
    assert QToolTip.text().startswith("СОШ №\u00a03, 2025: 12\u00a0из\u00a031, 38,7\u00a0%")
    assert view.canvas.cursor().shape() == Qt.CursorShape.PointingHandCursor
    QToolTip.hideText()


def test_keys_walk_the_points_and_open_their_schools(view: ChartView, qtbot: QtBot) -> None:
    for _ in range(3):
        press(view.canvas, Qt.Key.Key_Right)
    assert view.canvas.accessibleDescription() == "СОШ № 3, 2025: 12 из 31, 38,7 %"
    with qtbot.waitSignal(view.clicked) as found:
        press(view.canvas, Qt.Key.Key_Return)
    assert found.args == [5]
    QToolTip.hideText()


def test_it_is_copied_as_a_picture_and_as_data(view: ChartView) -> None:
    view.copy_picture()
    image = QGuiApplication.clipboard().image()
    assert image.width() == 2 * view.canvas.width()
    press(view.canvas, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().split("\n")[4].startswith("2025\t38,7\t23,7\t56,2\t")


@pytest.mark.parametrize(("name", "start"), [("г.png", b"\x89PNG"), ("г.svg", b"<?xml"), ("г", b"\x89PNG")])
def test_it_is_saved_by_the_name(
    view: ChartView, dialogs: FakeDialogs, tmp_path: Path, name: str, start: bytes
) -> None:
    dialogs.answers.append(tmp_path / name)
    view.save()
    [made] = tmp_path.glob("г*")
    assert made.read_bytes().startswith(start)


def test_the_menu_has_the_same_actions_as_the_buttons(view: ChartView) -> None:
    words = [action.text() for action in view.menu().actions()]
    assert words == [button.accessibleName() for button in view.buttons]


def test_another_size_and_theme_draw_it_anew(view: ChartView, qtbot: QtBot, qapp: QApplication) -> None:
    with qtbot.waitSignal(view.drawn):
        view.resize(800, 500)
    assert max(area.x for area in view.canvas.areas) > 500
    with qtbot.waitSignal(view.drawn):
        theme.install(qapp, theme.Theme(theme.DARK))
    assert view.canvas.grab().toImage().pixelColor(2, 2).name() == theme.DARK.surface.lower()


def test_a_heat_map_asks_for_the_room_of_its_rows_and_nothing_has_its_sentence(
    view: ChartView, qapp: QApplication
) -> None:
    view.show_chart(HEAT)
    assert view.canvas.minimumHeight() == round(12 * (14 + 1.7 * 3))
    view.show_nothing("Результатов нет", "Загрузите файл.")
    assert view.spec is None
    assert view.stack.currentWidget() is view.empty
    assert not any(button.isEnabled() for button in view.buttons)
    view.copy_data()
    view.copy_picture()
    view.save()
