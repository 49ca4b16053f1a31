"""The window that makes a questionnaire of metrics, driven as a person does."""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.operations import forms
from app.ui.windows.form_context import FormContextWindow
from tests.ui.conftest import settle


def test_metrics_are_found_ticked_and_become_a_form(window, qapp):
    window.perform("form_context")
    settle(qapp)
    shown = window.workspace.windows[-1]
    assert isinstance(shown, FormContextWindow)
    for tick in shown.ticks.values():
        tick.setChecked(False)
    assert not shown.save.isEnabled()
    shown.search.setText("ограниченными возможностями")
    assert shown.ticks["share_ovz"].isVisible()
    assert not shown.ticks["pupils"].isVisible()
    shown.ticks["share_ovz"].click()
    assert shown.counted.text() == "Выбрано 1, в анкете 2\u00a0вопроса"
    group = next(box for box in shown.groups.values() if box.checkState() == Qt.CheckState.PartiallyChecked)
    assert group.isVisible()
    shown.save.click()
    settle(qapp)
    assert "Сохранена анкета" in shown.bar.text.text()
    made = forms.definition(window.session.desk.reader, "context")
    assert [item.metric for item in made.items()] == ["pupils", "pupils_ovz"]
