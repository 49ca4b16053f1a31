"""The formula of an indicator in the card beside the tree: as typed, in words, and the window that tries it."""

from __future__ import annotations

from collections.abc import Callable

from app.models.programme_records import Tree
from app.ui.pages.programme_inspector_fields import Put, TextField
from app.ui.widgets.basics import Button
from app.ui.widgets.labels import Label


class FormulaField(TextField):
    """A formula: a key of the library or an expression.

    Args:
        put: writes it.
        show: called with the node and what stands in the field when its window is wanted.
    """

    def __init__(self, put: Put, show: Callable[[int, str], object]) -> None:
        self.opening = Button("Открыть…", lambda: show(self.box.keeper.node_id, self.box.keeper.text()), kind="link")
        self.opening.setAccessibleName("Открыть формулу: показатели, проверка, значение")
        super().__init__("Формула", _formula_of, put, lines=2, most=6, beside=[self.opening])
        self.words = Label("", "muted", wrap=True).selectable()
        self.words.hide()
        self.column.addWidget(self.words)

    def refresh(self, tree: Tree, node_id: int) -> None:
        """Show the formula of a node and what it counts."""
        super().refresh(tree, node_id)
        told = _said(_formula_of(tree, node_id)[0])
        self.words.setText(told)
        self.words.setVisible(bool(told))


def _formula_of(tree: Tree, node_id: int) -> tuple[str, str | None]:
    row = tree.indicators.get(node_id)
    return (row.formula or "" if row is not None else ""), None


def _said(text: str) -> str:
    """Return a formula in words, or what can't be read in it; "" without one."""
    if not text.strip():
        return ""
    from app.analysis.formula_words import in_words
    from app.operations import formula_metrics

    expression = formula_metrics.expression(text)
    faults = formula_metrics.checked(None, expression).faults
    if faults:
        return f"Не считается. Знак {faults[0].start + 1}: {faults[0].message}"
    return in_words(expression)
