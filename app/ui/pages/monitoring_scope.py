"""Of which programme and which plan year the monitoring speaks: chosen once, the same in every view."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.operations import programmes
from app.operations.programmes import ProgrammeLine
from app.texts import quoted
from app.ui import theme
from app.ui.session import Session
from app.ui.widgets.basics import Combo


class MonitoringScope(QObject):
    """The programme and the plan year that views of the monitoring show.

    Signals:
        changed(): another programme or year is chosen, or they were read for the first time.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self.session = session
        self.lines: list[ProgrammeLine] = []
        self.programme_id: int | None = None
        self.year: int = session.today().year
        self.ready = False
        self._asked: tuple[int, int] | None = None

    @property
    def line(self) -> ProgrammeLine | None:
        """The programme that is shown."""
        return next((line for line in self.lines if line.programme.id == self.programme_id), None)

    @property
    def years(self) -> list[int]:
        """Plan years of the programme."""
        line = self.line
        return list(line.programme.years) if line is not None else []

    def refresh(self) -> None:
        """Read which programmes there are; what was chosen stays chosen."""
        self.session.read(self, self._take, programmes.listing)

    def _take(self, lines: list[ProgrammeLine]) -> None:
        # of several editions the one in force is watched, else the newest: execution goes by lineage anyway
        self.lines = [
            line for line in lines if line.state == "approved" or (line.newest and not _has_force(line, lines))
        ]
        before = self.programme_id, self.year, self.ready
        if self.line is None:
            kept = self.session.habits.get("monitoring:programme", None)
            known = {str(line.programme.id): line.programme.id for line in self.lines}
            self.programme_id = known.get(str(kept), next(iter(known.values()), None))
        self._keep_year()
        self.ready = True
        if before != (self.programme_id, self.year, True):
            self.changed.emit()
        self._take_asked()

    def _keep_year(self) -> None:
        years = self.years
        if years and self.year not in years:
            self.year = min(max(self.session.today().year, years[0]), years[-1])

    def choose(self, programme_id: int) -> None:
        """Show another programme."""
        if programme_id != self.programme_id:
            self.programme_id = programme_id
            self.session.habits.put("monitoring:programme", str(programme_id))
            self._keep_year()
            self.changed.emit()

    def ask(self, lineage: int, year: int) -> None:
        """Show the edition in force of a programme and a year of it, now or when they are read."""
        self._asked = lineage, year
        if self.ready:
            self._take_asked()

    def _take_asked(self) -> None:
        if self._asked is None:
            return
        lineage, year = self._asked
        self._asked = None
        found = next((line.programme.id for line in self.lines if line.programme.lineage == lineage), None)
        if found is not None:
            self.choose(found)
            if year in self.years:
                self.choose_year(year)

    def choose_year(self, year: int) -> None:
        """Show another plan year."""
        if year != self.year:
            self.year = year
            self.changed.emit()


def _has_force(line: ProgrammeLine, lines: list[ProgrammeLine]) -> bool:
    lineage = line.programme.lineage
    return any(other.programme.lineage == lineage and other.state == "approved" for other in lines)


class ScopeBar(QWidget):
    """Two choosers: the programme and its year. Every view has its own bar of the one scope."""

    def __init__(self, scope: MonitoringScope, *, with_year: bool = True) -> None:
        super().__init__()
        px = theme.current().px
        self.scope = scope
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        self.programme, self.year = Combo("Программа"), Combo("Год плана")
        self.programme.setMaximumWidth(px(420))
        self.programme.activated.connect(lambda place: scope.choose(self.programme.itemData(place)))
        self.year.activated.connect(lambda place: scope.choose_year(self.year.itemData(place)))
        row.addWidget(self.programme)
        row.addWidget(self.year)
        self.year.setVisible(with_year)
        scope.changed.connect(self.show_scope)
        self.show_scope()

    def show_scope(self) -> None:
        """Show what is chosen."""
        scope = self.scope
        named = [(programme_title(line), line.programme.id) for line in scope.lines]
        self.programme.fill(named, scope.programme_id)
        self.programme.setEnabled(len(named) > 1)
        # without a programme the year itself and its neighbours: what is not of a programme is still of a year
        years = scope.years or [scope.year - 1, scope.year, scope.year + 1]
        self.year.fill([(f"{year} год", year) for year in years], scope.year)


def programme_title(line: ProgrammeLine) -> str:
    """Return the title of a programme; that of a school begins with the school."""
    return f"{line.school}: {quoted(line.programme.title)}" if line.school else line.programme.title
