"""A page with several views: a body of its own and further ones behind a switch, each made when first shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from app.ui import theme
from app.ui.pages.base import Page
from app.ui.pages.view import View
from app.ui.session import Session
from app.ui.widgets.basics import Button
from app.ui.widgets.drag_tabs import DragTabs

Maker = Callable[[Any], View]


class ViewsPage(Page):
    """A page whose body is one of several views.

    Class attributes:
        first: key and word of the page's own body.
        others: key → word of the switch and what makes the view; imported when it is shown for the first time.
        switch_name: what the switch chooses, for those who hear the screen.
    """

    first: ClassVar[tuple[str, str]] = ("", "")
    others: ClassVar[Mapping[str, tuple[str, Maker]]] = {}
    switch_name: ClassVar[str] = ""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.stack = QStackedWidget()
        self.view = self.first[0]
        self.views: dict[str, View] = {}
        self._keys = [self.first[0], *self.others]
        self._stale_views: set[str] = set(self.others)
        self._own_sentence = ""
        self._own_actions: list[Button] = []
        self._make_switch()

    def put_beside(self, widget: QWidget) -> None:
        """Put what all views share beside the switch: the rule, the year."""
        self.switch_row.addWidget(widget)

    def show_body(self, body: QWidget, actions: list[Button]) -> None:
        """Put the switch and the page's own body in; the view that was shown last time comes back."""
        self.body = body
        self._own_actions = actions
        self.stack.addWidget(body)
        self.outer.addLayout(self.switch_row)
        self.outer.addWidget(self.stack, 1)
        self.show_view(str(self.session.habits.get(f"{self.name}:view", self.first[0])))

    def _make_switch(self) -> None:
        self.switch = DragTabs()
        self.switch.setObjectName("inner")
        self.switch.setAccessibleName(self.switch_name)
        self.switch.setDrawBase(False)
        self.switch.setExpanding(False)
        self.switch.setUsesScrollButtons(False)
        self.switch_row = QHBoxLayout()
        self.switch_row.setContentsMargins(0, 0, 0, 0)
        self.switch_row.setSpacing(theme.current().px(12))
        self.switch_row.addWidget(self.switch)
        self.switch_row.addStretch(1)
        for title in (self.first[1], *(title for title, _make in self.others.values())):
            self.switch.addTab(title)
        self.switch.currentChanged.connect(lambda place: self.show_view(self._keys[place]))
        for keys, step in (("Ctrl+PgUp", -1), ("Ctrl+PgDown", 1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda step=step: self.step(step))

    def step(self, step: int) -> None:
        """Show the next view or the one before."""
        self.show_view(self._keys[(self._keys.index(self.view) + step) % len(self._keys)])
        self.focus_main()

    def show_view(self, key: str) -> View | None:
        """Show one of the views, making it when it is shown for the first time; None for the page's own body."""
        self.view = key if key in self.others else self.first[0]
        self.session.habits.put(f"{self.name}:view", self.view)
        if key in self.others and key not in self.views:
            self.views[key] = self.others[key][1](self)
            self.stack.addWidget(self.views[key])
        self.switch.blockSignals(True)
        self.switch.setCurrentIndex(self._keys.index(self.view))
        self.switch.blockSignals(False)
        view = self.views.get(self.view)
        self.bring_view()
        self.header.title.setText(self.heading() if view is None else view.heading)
        self.header.say(self._own_sentence if view is None else view.sentence)
        self.header.set_actions(self._own_actions if view is None else view.buttons)
        if view is not None and key in self._stale_views and self.session.desk.is_open:
            self._stale_views.discard(key)
            view.refresh()
        return view

    def bring_view(self) -> None:
        """Bring the chosen view to the front."""
        self.stack.setCurrentWidget(self.views.get(self.view, self.body))

    def say(self, sentence: str) -> None:
        """Tell the state of the page's own body."""
        self._own_sentence = sentence
        if self.view == self.first[0]:
            self.header.say(sentence)

    def view_said(self, view: View) -> None:
        """A view has another sentence."""
        if self.views.get(self.view) is view:
            self.header.say(view.sentence)

    def refresh_views(self) -> None:
        """Read anew the view that is shown; the others when they are shown."""
        self._stale_views = set(self.others)
        if self.view in self.views:
            self._stale_views.discard(self.view)
            self.views[self.view].refresh()

    def help_place(self) -> tuple[str, str]:
        """Return the place of the view that is shown."""
        view = self.views.get(self.view)
        return (None if view is None else view.help_place()) or self.guide

    def focus_main(self) -> None:
        """Put the keyboard into the view that is shown."""
        view = self.views.get(self.view)
        if view is None:
            super().focus_main()
        elif self.stack.currentWidget() is view:
            view.focus_main()
