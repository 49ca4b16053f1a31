"""Which widget asks which kind of item."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.forms.item_types import WidgetKind, type_of
from app.forms.schema import Item
from app.ui.form_view.base import AnswerWidget
from app.ui.form_view.choices import ChoiceBox, ManyBox
from app.ui.form_view.lines import LineWidget, TextWidget

WIDGETS: Mapping[WidgetKind, type[AnswerWidget]] = MappingProxyType(
    {
        "choice": ChoiceBox,
        "many": ManyBox,
        "flag": ChoiceBox,
        "whole": LineWidget,
        "decimal": LineWidget,
        "text": TextWidget,
        "date": LineWidget,
        "link": LineWidget,
    }
)


def widget_for(item: Item, name: str) -> AnswerWidget:
    """Return a new widget for an item."""
    return WIDGETS[type_of(item).widget_kind](item, name)
