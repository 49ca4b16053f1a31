"""«Работа» as a whole: F1 opens the chapter of what is shown, the right mouse button offers what the buttons do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.ui.main_window import MainWindow
from app.ui.pages import work_bodies_card, work_events
from app.ui.windows.help_entry import HelpEntryWindow
from tests.ui.conftest import settle

GUIDE = Path("docs/guide")


def headings(chapter: str) -> set[str]:
    text = (GUIDE / f"{chapter}.md").read_text("utf-8")
    return {line.lstrip("#").strip() for line in text.splitlines() if line.startswith("#")}


def shown(window: MainWindow, qapp: QApplication, view: str) -> Any:
    window.session.go("work", view)
    settle(qapp)
    page: Any = window.show_page("work")
    return page.views.get(view, page.journal)


def test_f1_opens_the_paragraph_of_the_part_that_is_shown(window: MainWindow, qapp: QApplication) -> None:
    found = {"journal": (shown(window, qapp, "journal"), window.guide_place())[1]}
    assert found["journal"] == ("22-журнал-помощи", "Журнал помощи")
    events = shown(window, qapp, "events")
    for part in work_events.PARTS:
        events.show_part(part)
        found[f"events {part}"] = window.guide_place()
    assert found["events list"] == ("23-события", "События")
    assert found["events feedback"] == ("23-события", "Отзывы")
    bodies = shown(window, qapp, "bodies")
    for part in work_bodies_card.PARTS:
        bodies.panel.show_part(part)
        found[f"bodies {part}"] = window.guide_place()
    assert found["bodies plan"] == ("24-объединения", "План и темы")
    found["practices"] = (shown(window, qapp, "practices"), window.guide_place())[1]
    mentoring = shown(window, qapp, "mentoring")
    found["pairs"] = window.guide_place()
    mentoring.open_payload("young")
    found["young"] = window.guide_place()
    assert found["pairs"] != found["young"]
    calendar = shown(window, qapp, "calendar")
    found["month"] = window.guide_place()
    calendar.open_payload("year")
    found["year"] = window.guide_place()
    assert found["year"] == ("27-календарь", "Год")
    missing = {place: where for place, where in found.items() if where[1] not in headings(where[0])}
    assert not missing


def words(actions: list[Any]) -> list[str]:
    return [item[0] for item in actions if item is not None]


def test_the_right_button_offers_what_the_buttons_do(window: MainWindow, qapp: QApplication) -> None:
    journal = shown(window, qapp, "journal")
    journal.show_span("all")
    settle(qapp)
    done = next(line for line in journal._shown.lines if line.next_done_on and line.school_id)
    journal.table.choose(done.id)
    offered = words(journal._row_actions())
    assert {"Исправить…", "Вернуть шаг", "Связать…", "Приложить файл…", "Карточка школы", "Удалить"} <= set(offered)
    assert "Шаг сделан" not in offered
    nameless = next(line for line in journal._shown.lines if line.school_id is None)
    journal.table.choose(nameless.id)
    assert "Карточка школы" not in words(journal._row_actions())
    bodies = shown(window, qapp, "bodies")
    bodies.panel.show_part("meetings")
    settle(qapp)
    part = bodies.panel.part
    assert words(part.table.row_actions()) == ["Назначить…", "Открыть", "Протокол…"]
    practices = shown(window, qapp, "practices")
    assert {"Описание", "Приложить файл…", "Дать ссылку…", "Убрать…"} <= set(words(practices._row_actions()))


def test_an_event_of_a_file_open_for_reading_still_has_its_papers(
    window: MainWindow, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    events = shown(window, qapp, "events")
    monkeypatch.setattr(type(events.session.desk), "read_only", property(lambda _desk: True))
    assert words(events.acts.menu()) == ["Участники", "Программа", "Документы…"]
    journal = shown(window, qapp, "journal")
    assert words(journal._row_actions()) in (["Карточка школы"], [])


def test_mnemonics_of_the_entry_of_help_are_russian_and_single(window: MainWindow, qapp: QApplication) -> None:
    window.session.go("new_help")
    settle(qapp)
    (entry,) = [top for top in window.workspace.windows if isinstance(top, HelpEntryWindow)]
    texts = [one.text() for one in entry.findChildren(object) if hasattr(one, "text") and callable(one.text)]
    letters = [text[text.index("&") + 1].lower() for text in texts if "&" in text.replace("&&", "")]
    assert len(letters) >= 6
    assert len(letters) == len(set(letters))
    assert all("а" <= letter <= "я" for letter in letters)
    entry.reject()
