from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtWidgets import QLabel

from app.models import lists
from app.operations import checks, history, identification, origin, schools, today, what_changed
from app.texts import count, glue
from app.ui.main_window import MainWindow
from app.ui.pages import list_words
from app.ui.pages.today import TaskRow, long_date, moment_badge
from app.ui.widgets.basics import Button
from app.ui.widgets.table import DataTable
from tests.ui.conftest import TODAY, settle
from tests.ui.fakes import FakeDialogs, press, type_ru

RULE = "rosobrnadzor-2022"


def shown_texts(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


# --- today --------------------------------------------------------------------------------------------------------


def test_dates_are_said_as_people_do():
    assert long_date(TODAY) == "22\u00a0ноября 2026\u00a0года"
    assert moment_badge("2026-11-22T10:00:00+00:00", TODAY) == "13:00"
    assert moment_badge("2026-11-21T23:30:00+00:00", TODAY) == "02:30", "midnight is local"
    assert moment_badge("2026-11-21T10:00:00+00:00", TODAY) == "вчера"
    assert moment_badge("2026-10-02T10:00:00+00:00", TODAY) == "02.10"
    assert moment_badge("2025-10-02T10:00:00+00:00", TODAY) == "02.10.2025"


def test_today_shows_what_to_do_what_to_check_and_what_changed(window: MainWindow, qapp):
    page = window.show_page("today")
    window.session.look()
    settle(qapp)
    info = window.session.info
    assert info is not None
    steps = page.steps.findChildren(TaskRow)
    assert any("утвердите список за 2026 год" in row.text.text() for row in steps)
    assert all(row.findChild(Button) is not None for row in steps), "every step has its button"
    waiting = [item for item in checks.problems(window.session.desk.reader) if item.open]
    assert len(waiting) >= info.problems, "what the files brought, and what the data say themselves"
    rows = page.problems.findChildren(TaskRow)
    assert [row.text.text() for row in rows] == [glue(item.message) for item in waiting[:12]]
    assert page.problems.note.text() == str(len(waiting))
    changes = page.changes.findChildren(TaskRow)
    groups = what_changed.since(window.session.desk.reader, None)
    assert groups[0].label == history.history(window.session.desk.reader, 1)[0].label, "the newest change comes first"
    assert [row.text.text() for row in changes] == [glue(group.text) for group in groups]
    assert sum(group.number for group in groups) == sum(
        item.state == "done" and not item.kind.endswith(".draft")
        for item in history.history(window.session.desk.reader)
    ), "every change is told in one of the lines"
    assert "ВПР математика, 5\u00a0кл." in shown_texts(page.loaded)


def test_a_step_leads_to_its_place(window: MainWindow, qapp):
    page = window.show_page("today")
    row = next(r for r in page.steps.findChildren(TaskRow) if "утвердите" in r.text.text())
    row.findChild(Button).click()
    settle(qapp)
    assert window.page.name == "school_list"


def test_a_note_with_a_reminder_becomes_a_thing_to_do(window: MainWindow, dialogs: FakeDialogs, qapp):
    window.show_page("today")
    dialogs.answers = [{"text": "Позвонить в Озёрскую школу", "day": "20.11.2026"}]
    window.perform("note")
    settle(qapp)
    rows = {row.text.text(): row for row in window.page.steps.findChildren(TaskRow)}
    assert "Позвонить в Озёрскую школу" in rows
    late = sum(step.urgency == "bad" for step in today.today(window.session.desk.reader, TODAY).steps)
    told = count(late, "дело просрочено", "дела просрочены", "дел просрочено")
    assert late
    assert told in window.page.header.state.text()


# --- schools ------------------------------------------------------------------------------------------------------


@pytest.fixture
def registry(window: MainWindow, qapp):
    page = window.show_page("schools")
    settle(qapp)
    return page


def test_the_registry_stands_with_its_figures(registry):
    rows = registry.table.model.all_rows()
    assert sum(row.school.own and row.school.kind == "school" for row in rows) == 8
    assert registry.table.counts.text().startswith("показано")
    assert "учеников" in registry.header.state.text() or "ученика" in registry.header.state.text()
    assert registry.side.name.text() == glue(registry.table.current().school.name)


def test_enter_opens_the_card_and_esc_goes_back(registry, qapp):
    press(registry.table.view, Qt.Key.Key_Return)
    settle(qapp)
    assert registry.stack.currentWidget() is registry.card
    assert registry.card.fields["name"].edit.text() == registry.table.current().school.name
    press(registry.card, Qt.Key.Key_Escape)
    assert registry.stack.currentWidget() is registry.listing


def open_card(registry, qapp):
    registry.open_card(registry.table.model.all_rows()[0].school.id, "details")
    settle(qapp)
    return registry.card


def school_of(registry):
    return schools.card(registry.session.desk.reader, registry.card._id)


def test_a_field_saves_itself_and_is_undone_by_one_step(registry, window, qapp):
    card = open_card(registry, qapp)
    before = school_of(registry).school.address
    edit = card.fields["address"].edit
    edit.selectAll()
    type_ru(edit, "г. Лесогорск, ул. Новая, д. 1")
    edit._timer.stop()
    edit._draft()
    assert {column: raw for column, raw, _code in school_of(registry).drafts}["address"].endswith("д. 1")
    edit.commit()
    settle(qapp)
    assert school_of(registry).school.address == "г. Лесогорск, ул. Новая, д. 1"
    assert "address" not in {column for column, _raw, _code in school_of(registry).drafts}
    window.perform("undo")
    settle(qapp)
    assert school_of(registry).school.address == before
    assert card.fields["address"].edit.text() == (before or "")


def test_a_wrong_code_stays_in_its_field_and_is_explained(registry, qapp):
    card = open_card(registry, qapp)
    row = card.codes["inn"]
    row.edit.setText("1234567890")
    row.edit.commit()
    settle(qapp)
    assert row.edit.text() == "1234567890"
    assert row.edit.property("bad") == "true"
    assert "ИНН" in row.trouble.text()
    assert ("inn", "1234567890", "GEN_BAD_CODE") in school_of(registry).drafts


def test_a_code_of_another_school_is_refused_by_name(registry, qapp):
    rows = [
        row.school for row in registry.table.model.all_rows() if row.school.own and dict(row.school.codes).get("fisoko")
    ]
    registry.open_card(rows[0].id)
    settle(qapp)
    row = registry.card.codes["fisoko"]
    row.edit.setText(dict(rows[1].codes)["fisoko"])
    row.edit.commit()
    settle(qapp)
    assert glue(rows[1].shown) in row.trouble.text()
    assert dict(school_of(registry).school.codes)["fisoko"] == dict(rows[0].codes)["fisoko"], "nothing was written"


def test_pupils_are_entered_as_in_a_spreadsheet(registry, qapp):
    card = open_card(registry, qapp)
    model = card.years_model
    row = next(place for place, item in enumerate(model.rows) if item.key == 2026)
    model.setData(model.index(row, 0), "321")
    settle(qapp)
    assert (2026, 321) in {(year, pupils) for _key, year, pupils, _teachers in school_of(registry).years}
    model.setData(model.index(row, 0), "около 300")
    settle(qapp)
    assert model.index(row, 0).data() == "около 300"
    assert model.rows[row].troubles[0]
    assert (2026, 321) in {(year, pupils) for _key, year, pupils, _teachers in school_of(registry).years}


def test_a_pasted_block_of_years_is_one_step(registry, qapp):
    """A paste, a fill down and Del over several cells: one operation each, what does not fit stays marked."""
    card = open_card(registry, qapp)
    grid, model = card.years, card.years_model
    reader = registry.session.desk.reader
    years = [row.key for row in model.rows]

    def figures() -> dict[int, tuple[int | None, int | None]]:
        return {year: (pupils, teachers) for _key, year, pupils, teachers in school_of(registry).years}

    def steps() -> int:
        return len(history.history(reader, None))

    first, was = steps(), figures()
    grid.setCurrentIndex(model.index(0, 0))
    grid.paste("301\t21\n302\tмного\n303\t23\t9\n")
    settle(qapp)
    assert steps() == first + 1
    assert [figures()[year][0] for year in years[:3]] == [301, 302, 303]
    assert (model.rows[1].texts[1], bool(model.rows[1].troubles.get(1))) == ("много", True)
    assert "по годам: 1\u00a0столбец." in shown_texts(registry.window())
    selection = QItemSelection(model.index(0, 0), model.index(2, 0))
    grid.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    grid.fill_down()
    settle(qapp)
    assert steps() == first + 2
    assert [figures()[year][0] for year in years[:3]] == [301, 301, 301]
    grid.selectionModel().select(
        QItemSelection(model.index(0, 0), model.index(2, 1)), QItemSelectionModel.SelectionFlag.ClearAndSelect
    )
    grid.clear_cells()
    settle(qapp)
    assert steps() == first + 3
    assert [figures()[year] for year in years[:3]] == [(None, None)] * 3
    assert not school_of(registry).year_drafts
    for _step in range(3):
        registry.session.write(registry, None, history.undo)
    settle(qapp)
    now = {year: numbers for year, numbers in figures().items() if numbers != (None, None)}
    assert now == {year: numbers for year, numbers in was.items() if numbers != (None, None)}


def test_a_new_head_ends_the_term_of_the_old_one(registry, dialogs, qapp):
    card = open_card(registry, qapp)
    dialogs.answers = [{"full_name": "Новиков Пётр Ильич", "date_from": "01.12.2026"}]
    card._appoint()
    settle(qapp)
    posts = [(p.person, p.date_from, p.date_to) for p in school_of(registry).appointments if p.role == "директор"]
    assert ("Новиков Пётр Ильич", "2026-12-01", None) in posts
    assert all(to == "2026-12-01" for person, _from, to in posts if person != "Новиков Пётр Ильич")
    assert "Новиков Пётр Ильич" in "\n".join(label.text() for label in card.findChildren(type(card.name)))


def test_lines_of_a_card_are_added_and_removed(registry, dialogs, qapp):
    card = open_card(registry, qapp)
    dialogs.answers = [{"text": "школа у моста"}, {"kind": "почта", "value": "school@example.org", "note": ""}]
    card._add_alias()
    card._add_contact()
    settle(qapp)
    found = school_of(registry)
    assert "школа у моста" in [spelling for _key, spelling in found.aliases]
    contact = next(item for item in found.contacts if item[2] == "school@example.org")
    card._delete("contact", contact[0], "school@example.org")
    settle(qapp)
    assert "school@example.org" not in [value for _key, _kind, value, _note in school_of(registry).contacts]


def test_a_school_is_added_and_its_card_opens(window, registry, dialogs, qapp):
    dialogs.answers = [{"name": "МБОУ «Новая школа»", "short_name": "Новая школа", "settlement": "с. Новое"}]
    window.perform("add_school")
    settle(qapp)
    assert registry.stack.currentWidget() is registry.card
    assert registry.card.fields["short_name"].edit.text() == "Новая школа"


def test_names_of_heads_are_shortened():
    from app.ui.pages.school_side import with_initials

    assert with_initials("Иванова Мария Петровна") == "Иванова\u00a0М.\u00a0П."
    assert with_initials("Ким О. В.") == "Ким О. В."
    assert with_initials("Мамедов Али Гасан оглы") == "Мамедов Али Гасан оглы"


# --- the list -----------------------------------------------------------------------------------------------------


@pytest.fixture
def listing(window: MainWindow, qapp):
    page = window.show_page("school_list")
    settle(qapp)
    return page


def test_the_list_answers_as_the_operation_does(listing):
    found = identification.school_list(listing.session.desk.reader, RULE, 2026)
    rows = listing.table.model.all_rows()
    assert [row.school_id for row in rows] == [row.school_id for row in found.rows]
    assert f"в списке {found.totals.listed}\u00a0из\u00a0{found.totals.schools}" in listing.header.state.text()
    for key in ("listed", "edge", "no_data", "incomplete", "corrected"):
        count = getattr(found.totals, key)
        assert listing.chips[key].text().endswith(f" {count}")
        assert listing.chips[key].isHidden() == (count == 0)


def test_a_chip_filters_by_its_count(listing):
    found = listing._found
    listing.chips["listed"].click()
    assert listing.table.model.shown == found.totals.listed
    assert all(row.listed for row in listing.table.model.visible_rows())
    listing.chips["listed"].click()
    assert listing.table.model.shown == found.totals.schools


def test_below_thirty_per_cent_is_never_counted_as_reached(listing):
    """8 из 27 is 29.6 %: the count of procedures and the worst share must not contradict each other."""
    for row in listing.table.model.all_rows():
        hits = row.verdict.hits(2026)
        assert all(item.below * 100 >= 30 * item.participants for item in hits)
        text = list_words.hits_text(row, 2026)
        if text != "—":
            assert int(text.split("\u00a0")[0]) == len(hits)
        worst = row.verdict.worst
        if worst is not None and not hits:
            assert worst.below * 100 < 30 * worst.participants


def test_the_card_says_why_by_which_figures_and_what_next(listing, qapp):
    row = next(row for row in listing.table.model.all_rows() if row.listed and row.correction is None)
    listing.table.choose(row.school_id)
    settle(qapp)
    said = shown_texts(listing.card)
    words = identification.explain(listing.session.desk.reader, RULE, 2026, row)
    assert words.paragraph in said
    assert words.advice in said
    first = words.table_rows[0]
    assert first.fraction in said
    assert first.interval in said


def test_another_year_and_rule_are_computed_at_once(listing, qapp):
    listing.year.choose(2025)
    settle(qapp)
    assert "результаты 2025 года" in listing.header.state.text()
    assert "утверждён приказом" in listing.header.state.text(), "the demo's list of 2025 is approved"
    assert listing.approve.text() == "Отменить утверждение…"
    listing.rule.choose("lenobl-2018")
    settle(qapp)
    assert listing.table.header._columns[2].title == "Место"


def test_a_correction_needs_a_reason_and_is_shown(listing, dialogs, qapp):
    row = next(row for row in listing.table.model.all_rows() if row.listed and row.correction is None)
    listing.table.choose(row.school_id)
    dialogs.answers = ["not_listed", {"reason": "карантин во время работы"}]
    listing.correct(row)
    settle(qapp)
    again = next(item for item in listing.table.model.all_rows() if item.school_id == row.school_id)
    assert not again.listed
    assert list_words.answer_of(again) == ("ok", "не в списке")
    assert "поправка" in list_words.note_of(again)
    assert "карантин во время работы" in shown_texts(listing.card)
    dialogs.answers = ["none"]
    listing.correct(again)
    settle(qapp)
    assert next(i for i in listing.table.model.all_rows() if i.school_id == row.school_id).listed


def test_turning_away_from_a_correction_changes_nothing(listing, dialogs):
    row = listing.table.model.all_rows()[0]
    before = len(history.history(listing.session.desk.reader))
    for answers in ([None], ["cancel"], ["listed" if not row.listed else "not_listed", None]):
        dialogs.answers = list(answers)
        listing.correct(row)
    assert len(history.history(listing.session.desk.reader)) == before


def test_an_approved_list_takes_no_corrections_and_is_unapproved_with_a_reason(listing, dialogs, qapp):
    listing.year.choose(2025)
    settle(qapp)
    listing.correct(listing.table.model.all_rows()[0])
    assert dialogs.asked == []
    assert "утверждён" in listing.bar.text.text()
    dialogs.answers = [{"reason": "ошибка в приказе"}]
    listing.approve.click()
    settle(qapp)
    assert lists.approval_in_force(listing.session.desk.reader, RULE, 2025) is None
    assert "вычислено" in listing.header.state.text()


def test_the_source_of_every_figure_is_shown(listing, window, qapp):
    row = next(row for row in listing.table.model.all_rows() if row.listed)
    listing.table.choose(row.school_id)
    listing.card.origin()
    settle(qapp)
    shown = window.workspace.windows[-1]
    marks = shown.table.model.all_rows()
    assert marks
    assert all(mark.file and mark.sheet for mark in marks)
    assert {mark.year for mark in marks} <= {2024, 2025, 2026}
    shown.tabs.setCurrentWidget(shown.metrics)
    settle(qapp)
    values = shown.metrics.model.all_rows()
    assert values == origin.of_metrics(window.session.desk.reader, row.school_id)
    assert values
    shown.metrics.choose(values[0].row_id)
    assert values[0].written.label in shown.text.text()


def test_a_list_can_be_printed_where_there_is_one(listing):
    assert listing.print.isEnabled()
    assert not listing.print.toolTip()


@pytest.mark.parametrize(("key", "name"), [("history", "Журнал действий"), ("people", "Люди")])
def test_a_window_with_a_table_opens_in_it(window, qapp, monkeypatch, key, name):
    """Not in the search line over it, though the rows come a moment after the window."""
    monkeypatch.setattr(DataTable, "set_rows", lambda _table, _rows: None)
    window.go(key)
    settle(qapp)
    shown = window.workspace.windows[-1]
    assert shown.focusWidget() is not None
    assert shown.focusWidget().accessibleName() == name


def test_a_file_without_results_offers_to_load_them(bare_window, dialogs, tmp_path, qapp):
    dialogs.answers = [{"name": "Пустой округ"}, tmp_path / "пусто.opora"]
    bare_window.perform("new")
    page = bare_window.show_page("school_list")
    settle(qapp)
    assert page.empty.isVisible()
    assert page.empty.button.text() == "Загрузить результаты…"
    for button in (page.approve, page.print):
        assert not button.isEnabled()
        assert "загрузите результаты" in button.toolTip()
    page = bare_window.show_page("schools")
    settle(qapp)
    assert page.table.empty.isVisible()
    view = bare_window.show_page("reports").show_view("outgoing")
    settle(qapp)
    assert view.table.empty.isVisible()
    assert (view.table.empty.button.text(), view.table.empty.button.isEnabled()) == ("Сделать документ…", True)
    for key in ("print_list", "compare_lists", "what_if", "approve"):
        action = bare_window.actions_by_key[key]
        assert not action.isEnabled()
        assert "загрузите результаты" in action.toolTip()


def test_menus_of_the_list_are_free_once_there_are_results(window):
    for key in ("print_list", "compare_lists", "what_if", "approve"):
        action = window.actions_by_key[key]
        assert action.isEnabled()
        assert "загрузите" not in action.toolTip()
