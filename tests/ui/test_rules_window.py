"""The editor of rules in the real window: copy, change, faults beside their places, save, the list follows, undo."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.operations import identification, rules
from app.operations.rule_forms import KINDS
from app.ui.main_window import MainWindow
from app.ui.widgets.basics import Button
from app.ui.windows.rules import RulesWindow
from tests.ui.conftest import settle
from tests.ui.fakes import FakeDialogs

RULE = "rosobrnadzor-2022"


@pytest.fixture
def dialog(window: MainWindow, qapp) -> RulesWindow:
    window.go("rules", RULE)
    settle(qapp)
    made = window.workspace.windows[-1]
    assert isinstance(made, RulesWindow)
    return made


def copied(dialog: RulesWindow, dialogs: FakeDialogs, qapp, title: str = "Наше правило") -> RulesWindow:
    dialogs.answers = [{"title": title}]
    dialog.copy.click()
    settle(qapp)
    assert dialog.form is not None
    return dialog


def typed(edit, text: str) -> None:
    """Type over what stands there, as a person does."""
    edit.selectAll()
    edit.insert(text)
    edit.textEdited.emit(text)


def listed(window: MainWindow, rule_id: str) -> int:
    reader = window.session.desk.reader
    return identification.school_list(reader, rule_id, 2026).totals.listed


def tried(dialog: RulesWindow, qapp) -> str:
    dialog._rest.stop()
    dialog._try()
    settle(qapp)
    return dialog.trial.text().replace("\u00a0", " ")


def test_a_shipped_rule_is_read_and_not_changed(dialog):
    assert dialog.form is None
    assert not dialog.save.isVisible()
    assert not dialog.remove.isVisible()
    assert dialog.copy.isEnabled()


def test_the_foot_has_few_buttons(dialog, dialogs, qapp):
    """Four buttons and «Ещё», which holds what is rare."""

    def foot() -> list[str]:
        found = [dialog.buttons.itemAt(place).widget() for place in range(dialog.buttons.count())]
        return [widget.text() for widget in found if widget is not None and widget.isVisible()]

    assert foot() == ["Сделать копию…", "Ещё", "Закрыть"]
    copied(dialog, dialogs, qapp)
    assert foot() == ["Сделать копию…", "Ещё", "Закрыть", "Сохранить изменения"]
    rare = [action.text() for action in dialog.more.menu().actions() if action.isVisible() and action.text()]
    assert rare == ["Составлять список по этому правилу", "Взять правило из файла…", "Сохранить правило в файл…",
                    "Удалить правило"]  # fmt: skip


def test_copy_change_save_recompute_undo(window, dialog, dialogs, qapp):
    copied(dialog, dialogs, qapp)
    rule_id = dialog._shown
    assert rule_id == f"{RULE}-own-1"
    before = listed(window, rule_id)
    assert not dialog.save.isEnabled()
    typed(dialog.form.threshold, "35")
    assert dialog.save.isEnabled()
    said = tried(dialog, qapp)
    dialog.save.click()
    settle(qapp)
    reader = window.session.desk.reader
    saved = identification.rule(reader, rule_id)
    assert (saved.threshold, saved.version) == ((35, 100), "1.1")
    after = listed(window, rule_id)
    assert f"в списке {after} школ" in said
    assert f"сейчас {before}" in said
    assert dialog.form.threshold.text() == "35"
    page = window.show_page("school_list")
    settle(qapp)
    assert page.rule.choose(rule_id)
    settle(qapp)
    assert page._found.rule.threshold == (35, 100)
    window.perform("undo")
    settle(qapp)
    assert identification.rule(reader, rule_id).threshold == (30, 100)
    assert dialog.form.threshold.text() == "30"
    assert page._found.rule.threshold == (30, 100)
    assert listed(window, rule_id) == before


def test_faults_stand_beside_their_places_and_nothing_is_saved(window, dialog, dialogs, qapp):
    copied(dialog, dialogs, qapp)
    form = dialog.form
    typed(form.title, "")
    typed(form.threshold, "много")
    typed(form.groups[0].grades, "пятый")
    typed(form.rows[0].wholes["n"], "50")
    settle(qapp)
    assert form.faults["title"].text() == "Название: заполните."
    assert form.faults["threshold"].text() == "Порог: допустимо число процентов больше 0 и не больше 100."
    assert "от 1 до 12" in form.groups[0].fault.text()
    assert form.rows[0].fault.text() == "Процедур нужно 50, а в правиле их 8."
    assert not form.groups[1].fault.isVisible()
    dialog.save.click()
    settle(qapp)
    told = dialog.bar.text.text().replace("\u00a0", " ")
    assert "Правило не сохранено: 4 ошибки." in told
    assert all(part in told for part in ("Название", "Порог", "Классы", "Процедур нужно 50"))
    assert rules.entry(window.session.desk.reader, dialog._shown).versions == ("1.0",)
    assert form.threshold.text() == "много"  # the draft stays
    assert tried(dialog, qapp) == "Пока в правиле есть ошибки, проба не считается."
    # another rule is looked at meanwhile: the draft is there again
    row = dialog.list.currentRow()
    dialog.list.setCurrentRow(0)
    dialog.list.setCurrentRow(row)
    assert dialog.form.rows[0].wholes["n"].text() == "50"
    dialogs.answers = ["stay"]
    dialog.close()
    assert dialog.isVisible()
    dialogs.answers = ["leave"]
    dialog.close()
    assert not dialog.isVisible()


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_kind_can_be_added_and_saved(window, dialog, dialogs, qapp, kind):
    copied(dialog, dialogs, qapp)
    form = dialog.form
    while form.rows:
        form._remove_branch(form.rows[0])
    assert "Основания: добавьте хотя бы одно основание." in form.faults["branches"].text()
    form.kind.choose(kind)
    form.add_branch()
    row = form.rows[0]
    for combo in row.choices.values():
        if combo.currentIndex() < 0:
            combo.setCurrentIndex(0)
    if kind == "metric":
        typed(row.numbers["bound"], "12,5")
    if kind == "metric_gap":
        row.choices["base"].setCurrentIndex(1)
    settle(qapp)
    assert dialog._check() == []
    assert row.label.text()
    dialog.save.click()
    settle(qapp)
    saved = identification.rule(window.session.desk.reader, dialog._shown)
    assert saved.version == "1.1"
    (branch,) = saved.branches
    assert branch.kind == kind
    assert branch.label == row.made().label
    assert "в списке" in tried(dialog, qapp)


def test_grounds_are_moved_and_all_of_them_may_be_needed(window, dialog, dialogs, qapp):
    copied(dialog, dialogs, qapp)
    form = dialog.form
    names = [row.branch.id for row in form.rows]
    down = next(button for button in form.rows[0].findChildren(Button) if button.text() == "Ниже")
    down.click()
    settle(qapp)
    assert [row.branch.id for row in form.rows] == names[::-1]
    form.enough.choose(0)
    form.add_procedure()
    form.groups[-1].procedure.setCurrentText("РПР")
    form.groups[-1].subject.setCurrentText("Физика")
    typed(form.groups[-1].grades, "7, 8")
    form.groups[0].gone.emit()
    dialog.save.click()
    settle(qapp)
    saved = identification.rule(window.session.desk.reader, dialog._shown)
    assert saved.join == "and"
    assert [branch.id for branch in saved.branches] == names[::-1]
    assert saved.procedures[-1].label == "РПР: физика, 7, 8 класс"
    assert len(saved.procedures) == 8


def test_two_years_keep_their_kind_and_three_take_the_new_one(window, dialog, dialogs, qapp):
    copied(dialog, dialogs, qapp)
    row = dialog.form.rows[1]
    assert row.made() == identification.rule(None, RULE).branches[1]
    typed(row.wholes["years"], "3")
    assert (row.made().kind, row.made().years) == ("each_of_years_any", 3)


def test_choosing_removing_and_files(window, dialog, dialogs, qapp, tmp_path: Path):
    copied(dialog, dialogs, qapp)
    rule_id = dialog._shown
    reader = window.session.desk.reader
    dialog.choose.trigger()
    settle(qapp)
    assert rules.entry(reader, rule_id).chosen
    assert "для списка" in dialog.list.currentItem().text()
    path = tmp_path / "наше.toml"
    dialogs.answers = [path]
    dialog.give.trigger()
    settle(qapp)
    dialog.remove.trigger()
    settle(qapp)
    assert rule_id not in identification.rules(reader)
    assert dialog.isVisible()
    dialogs.answers = [[path]]
    dialog.take_file.trigger()
    settle(qapp)
    assert dialog._shown == rule_id
    assert rules.entry(reader, rule_id).origin == "own"
