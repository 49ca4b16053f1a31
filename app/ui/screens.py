"""«opora screens»: a PNG of every tab and dialog, and the check of decision 37, without a person.

The scale must be known before Qt starts, so the command sets the environment and then makes the application. The
file is copied first: nothing that a screen needs is written into the original.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import UserError
from app.usage import Parser

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.ui.main_window import MainWindow
    from app.ui.screen_check import Fault

HANG_MS = 120_000
"""Nothing that was asked for has come for so long: it will never come. A busy machine is slow, but something comes."""
QUIET_TURNS = 8
TURN_MS = 15


def parser() -> Parser:
    """Return the keys of the command."""
    made = Parser(
        prog="opora screens", description="Снять все вкладки и окна и проверить, нет ли обрезанных слов и наложений."
    )
    made.add_argument("--db", type=Path, required=True, metavar="ФАЙЛ", help="файл «Опоры» (*.opora)")
    made.add_argument("--out", type=Path, required=True, metavar="ПАПКА", help="куда положить снимки")
    made.add_argument("--size", default="1366x768", metavar="ШxВ", help="размер окна до масштаба, 1366x768")
    made.add_argument("--scale", type=float, default=1.0, metavar="ЧИСЛО", help="масштаб экрана: 1, 1.25, 1.5, 2")
    made.add_argument("--font", type=int, default=13, metavar="РАЗМЕР", help="размер текста, 13 — обычный")
    made.add_argument("--dark", action="store_true", help="тёмное оформление")
    return made


def prepare_environment(size: tuple[int, int], scale: float) -> None:
    """Set what Qt reads when it starts: no display, a screen as large as the window after scaling, the scale."""
    width, height = (round(side * scale) for side in size)
    screen = f'{{"screens": [{{"name": "screen", "width": {width}, "height": {height}, "logicalDpi": 96, "dpr": 1}}]}}'
    config = Path(tempfile.gettempdir()) / f"opora-screen-{os.getpid()}.json"
    config.write_text(screen, "utf-8")
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={config}"
    os.environ["QT_SCALE_FACTOR"] = str(scale)


def run_screens(arguments: Sequence[str]) -> int:
    """Save the screens and say what is wrong with them.

    Returns:
        0 where nothing is wrong, 1 where the check found faults or the file did not open.
    """
    chosen = parser().parse_args(arguments)
    width, _x, height = chosen.size.lower().replace("х", "x").partition("x")
    if not (width.isdigit() and height.isdigit()):
        parser().error(f"размер «{chosen.size}» непонятен; нужен вид 1366x768")
    size = int(width), int(height)
    prepare_environment(size, chosen.scale)

    from app.ui import start, theme
    from app.ui.crash import report_text
    from app.ui.habits import Habits
    from app.ui.quiet import only_real_messages

    bugs: list[BaseException] = []
    app = start.make_application()
    theme.install(app, theme.Theme(theme.DARK if chosen.dark else theme.LIGHT, chosen.font))
    chosen.out.mkdir(parents=True, exist_ok=True)
    with only_real_messages(), tempfile.TemporaryDirectory(prefix="opora-screens-") as folder:
        window = start.make_window(Habits(None), bugs.append, "Методист")
        window.resize(*size)
        try:
            shots = save_screens(window, chosen.db, chosen.out, Path(folder))
        except UserError as error:
            sys.stderr.write(f"{error}\n")
            return 1
        finally:
            window.session.desk.close()
            window.runner.stop()
    return _report(shots, [report_text(bug) for bug in bugs], chosen.out)


def _report(shots: list[Shot], bugs: list[str], out: Path) -> int:
    wrong = [(shot, fault) for shot in shots for fault in shot.faults]
    for shot, fault in wrong:
        sys.stderr.write(f"{shot.path.name}: {fault}\n")
    for bug in bugs:
        sys.stderr.write(bug + "\n")
    sys.stdout.write(f"Снимков: {len(shots)}, замечаний: {len(wrong)}. Папка: {out}\n")
    return 1 if wrong or bugs or not shots else 0


@dataclass
class Shot:
    """One picture and what is wrong with it."""

    path: Path
    faults: list[Fault] = field(default_factory=list)


def wait_idle(window: MainWindow, quiet: int = QUIET_TURNS, hang: int = HANG_MS) -> bool:
    """Wait until nothing is read and nothing is drawn any more.

    Turns of the event loop are counted, not milliseconds: on a busy machine one turn may be longer than any pause,
    and what a turn lays out may ask for another layout in the next.

    Returns:
        True at rest; False where for ``hang`` milliseconds nothing has come of what is awaited.
    """
    from PySide6.QtCore import QElapsedTimer, QEventLoop, QTimer

    loop = QEventLoop()
    since = QElapsedTimer()
    since.start()
    turns = 0

    def look() -> None:
        nonlocal turns
        turns = 0 if window.runner.waiting else turns + 1
        if turns > quiet or since.elapsed() > hang:
            loop.quit()

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(TURN_MS)
    heard = window.runner.busy.connect(lambda _count: since.restart())
    loop.exec()
    timer.stop()
    window.runner.busy.disconnect(heard)
    return turns > quiet


def save_screens(window: MainWindow, db: Path, out: Path, folder: Path) -> list[Shot]:
    """Grab the start page, every tab and every dialog; ``folder`` is for files that exist only for the pictures.

    Args:
        window: a window without an open file, at its size.
        db: the file whose content is shown; it stays as it is.
        out: where the PNG files go.
        folder: an empty folder.
    """
    from app.operations import files

    copy = folder / db.name
    files.copy(db, copy)
    tour = Tour(window, out, folder)
    window.show()
    tour.shoot("start", window)
    window.workspace.open(copy)
    tour.wait()
    for step in tour.steps():
        step()
    return tour.shots


class Tour:
    """The way through all screens."""

    def __init__(self, window: MainWindow, out: Path, folder: Path) -> None:
        self.window = window
        self.out = out
        self.folder = folder
        self.shots: list[Shot] = []
        self.hung = False

    def wait(self) -> None:
        """Wait until the window is at rest; where it never comes to rest, the next picture has that fault."""
        self.hung = not wait_idle(self.window) or self.hung

    def shoot(self, name: str, widget: QWidget, *, check: bool = True) -> None:
        """Save a widget and look for faults."""
        from app.ui.screen_check import Fault, faults

        self.wait()
        path = self.out / f"{len(self.shots) + 1:02d}-{name}.png"
        widget.grab().save(str(path))
        found = faults(widget) if check else []
        if self.hung:
            found.append(Fault("unready", type(widget).__name__, "что-то так и не прочиталось"))
            self.hung = False
        self.shots.append(Shot(path, found))

    def steps(self) -> list[Callable[[], None]]:
        """Return everything to be shown, in order."""
        return [
            self._register_paper, self._tabs, self._list_views, self._monitoring_views,
            self._report_views, self._work_views, self._school_views,
            self._school_card, self._skill_papers, self._messages, self._menus, self._finder, self._import,
            self._comparing, self._marking, self._simple_windows, self._rule_form, self._sign, self._verify,
            self._questions, self._board, self._forms, self._rescue,
        ]  # fmt: skip

    def _register_paper(self) -> None:
        """Put a paper into the register of the copy, so that the page of papers has something to show."""
        from app.operations import papers

        session = self.window.session
        if session.info is None or not session.info.years:
            return
        rule_id, year = session.info.settings["rule"], session.info.years[0]
        paper = session.desk.read(papers.school_list, rule_id, year).result()
        made = papers.render(paper, ".pdf")
        session.desk.write(papers.register, paper, made, papers.file_name(paper, ".pdf", "28.11.2026")).result()
        self.wait()

    def _tabs(self) -> None:
        from app.ui.pages import PAGES

        for page in PAGES:
            shown = self.window.show_page(page.name)
            self.wait()
            tables = shown.tables()
            if page.name == "school_list" and tables:
                self._choose_listed()
            self.shoot(page.name.replace("_", "-"), self.window)

    def _choose_listed(self) -> None:
        page = self.window.pages["school_list"]
        table = page.tables()[0]
        listed = next((row for row in table.model.visible_rows() if row.listed), None)
        if listed is not None:
            table.choose(listed.school_id)
            self.wait()

    def _list_views(self) -> None:
        """Show the views beside the list of schools."""
        from app.ui.pages.school_list import VIEWS, SchoolListPage
        from app.ui.pages.typology_view import TypologyView

        page = self.window.show_page("school_list")
        if not isinstance(page, SchoolListPage):
            return
        for key in VIEWS:
            view = page.show_view(key)
            self.shoot(f"list-{key}", self.window)
            if isinstance(view, TypologyView) and view.switch.isTabEnabled(1):
                view.switch_to("expected")
                self.shoot("list-typology-expected", self.window)
                view.switch_to("types")
        if page.result_year is not None:
            self.window.go("assign_donors", (page.rule_id, page.result_year))
            self._shoot_top("assign-donors")
            for tab in ("ties", "donors", "ways"):
                self.window.go("help_grids", (tab, page.result_year, frozenset()))
                self._shoot_top(f"help-{tab}")
        page.show_view(page.first[0])
        self.wait()

    def _monitoring_views(self) -> None:
        from app.ui.screens_monitoring import shoot_monitoring, shoot_today

        shoot_today(self)
        shoot_monitoring(self)

    def _report_views(self) -> None:
        from app.ui.screens_reports import shoot

        shoot(self)

    def _work_views(self) -> None:
        from app.ui.screens_work import shoot

        shoot(self)

    def _school_views(self) -> None:
        """Show the views of the schools: the grid at a cell that does not fit, too."""
        from app.ui.pages.metrics_view import MetricsView
        from app.ui.pages.schools import REGISTRY_VIEW, VIEWS, SchoolsPage

        page = self.window.show_page("schools")
        if not isinstance(page, SchoolsPage):
            return
        for key in VIEWS:
            view = page.show_view(key)
            self.shoot(f"schools-{key}", self.window)
            if isinstance(view, MetricsView):
                view.go_to_marked("bad")
                self.shoot("schools-metrics-bad", self.window)
        page.show_view(REGISTRY_VIEW)
        self.wait()

    def _school_card(self) -> None:
        page = self.window.show_page("schools")
        self.wait()
        rows = page.tables()[0].model.visible_rows()
        if rows:
            page.open_payload(rows[0].school.id)
            self.shoot("school-card", self.window)
            page.open_payload(("details", rows[0].school.id))
            self.shoot("school-details", self.window)
            page.escape()
            self.window.go("print_card", rows[0].school.id)
            self._shoot_top("print-card")

    def _skill_papers(self) -> None:
        from app.operations import skills
        from app.ui.windows.skill_paper import Chosen

        session = self.window.session
        for year in session.desk.read(skills.years).result()[:1]:
            self.window.go("print_skills", Chosen("topics", year))
            self._shoot_top("print-skills")

    def _board(self) -> None:
        from app.ui.screens_board import shoot_board

        shoot_board(self)

    def _messages(self) -> None:
        page = self.window.show_page("today")
        page.bar.show_message(
            "bad", "Файл «отчёт.xlsx» не прочитан: он защищён паролем. Снимите пароль в Excel и сохраните файл заново.",
            ("Выбрать другой файл…", lambda: None),
        )  # fmt: skip
        page.strip.begin("Читаю файлы")
        page.strip.tell("ВПР 2026 Математика 6 класс.xlsx", 4, 10)
        self.shoot("message-and-progress", self.window)
        page.bar.clear()
        page.strip.end()

    def _menus(self) -> None:
        for key, menu in self.window.menus.items():
            menu.resize(menu.sizeHint())
            self.shoot(f"menu-{key}", menu, check=False)

    def _finder(self) -> None:
        finder = self.window.finder
        finder.begin()
        finder.setText("сош")
        finder.flush()
        self.wait()
        self.shoot("search", self.window)
        self.shoot("search-found", finder.popup)
        finder.clear()
        finder.flush()

    def _simple_windows(self) -> None:
        for key in ("print_list", "approve", "history", "files", "markings", "problems", "check", "rules",
                    "what_if", "compare_lists", "index_parts", "definitions", "form_context", "origin", "merge",
                    "people", "settings", "restore", "keys", "guide"):  # fmt: skip
            payload = self._payload(key)
            if key == "origin" and payload is None:
                continue
            self.window.go(key, payload)
            if key == "what_if":
                self._move_threshold()
            self._shoot_top(key.replace("_", "-"))

    def _rule_form(self) -> None:
        """Show how a rule of one's own is edited: a copy of a delivered one."""
        from app.operations import rules

        entries = self.window.session.desk.read(rules.listing).result()
        made = self.window.session.desk.write(rules.copy, entries[-1].rule.id, None, "Своё правило").result()
        self.wait()
        self.window.go("rules", made.id)
        self._shoot_top("rules-editor")

    def _move_threshold(self) -> None:
        """Let the threshold down, so that somebody comes; the window counts when the hand rests."""
        from PySide6.QtCore import QTimer

        from app.ui.windows.what_if import WhatIfWindow

        self.wait()
        shown = self.window.workspace.windows[-1]
        if isinstance(shown, WhatIfWindow):
            shown.threshold.setValue(25)
            resting = [timer for timer in shown.findChildren(QTimer) if timer.isSingleShot()]
            while any(timer.isActive() for timer in resting):
                self.wait()

    def _payload(self, key: str) -> object:
        page = self.window.pages.get("school_list")
        rows = page.tables()[0].model.visible_rows() if page is not None and page.tables() else []
        info = self.window.session.info
        if key == "origin" and rows and info is not None:
            return rows[0].school_id, rows[0].name, info.years[0]
        if key == "merge" and len(rows) > 1:
            return [rows[0].school_id, rows[1].school_id]
        return None

    def _shoot_top(self, name: str, *, close: bool = True) -> None:
        self.wait()
        windows = self.window.workspace.windows
        if windows:
            self.shoot(name, windows[-1])
            if close:
                windows[-1].close()

    def _import(self) -> None:
        """Walk through loading with a small table that has a change, an unknown school and a mistake."""
        from app.ui.windows.importing import ImportWizard

        info, page = self.window.session.info, self.window.pages["schools"]
        rows = page.tables()[0].model.visible_rows()
        if info is None or not rows:
            return
        school, year = rows[0].school, (info.years[0] if info.years else 2026)
        table = self.folder / "результаты по математике.csv"
        head = "Школа;Код;Год;Процедура;Предмет;Класс;Участников;2;3;4;5;Ниже минимума"
        lines = [
            f"{school.name};{school.code};{year};ВПР;Математика;6;40;5;15;15;5;5",
            f"МБОУ «Новая средняя школа № 77»;;{year};ВПР;Математика;6;20;4;8;6;2;4",
            f"{school.name};{school.code};{year};ВПР;Математика;7;много;5;15;15;5;5",
        ]
        table.write_text("\n".join([head, *lines]), "utf-8-sig")
        self.window.go("import", [table])
        self._shoot_top("import-files", close=False)
        wizard = self.window.workspace.windows[-1]
        if isinstance(wizard, ImportWizard):
            wizard.go_on()
            self._shoot_top("import-preview", close=False)
            wizard.go_on()
            self._shoot_top("import-result")

    def _comparing(self) -> None:
        """Compare with a registry of the next year in which something of every common kind has happened."""
        from app.ui.windows.comparing import ComparingWindow
        from app.ui.windows.importing import ImportWizard

        page = self.window.pages["schools"]
        known = [row.school for row in page.tables()[0].model.visible_rows() if row.school.own and row.school.code]
        if len(known) < 5:
            return
        table = self.folder / "реестр следующего года.csv"
        renamed, closed, moved, *rest = known[:-1]
        lines = [
            f"{renamed.code};МБОУ «Лицей имени первых учителей»;действует;",
            f"{closed.code};{closed.name};закрыта;",
            f"edu900901;{moved.name};действует;",
            *(f"{school.code};{school.name};действует;" for school in rest),
            "edu900902;МБОУ «Средняя общеобразовательная школа № 77»;действует;",
        ]
        table.write_text("\n".join(["Логин ФИС ОКО;Название;Состояние;Примечание", *lines]), "utf-8-sig")
        self.window.go("import", [table])
        self.wait()
        wizard = self.window.workspace.windows[-1]
        if isinstance(wizard, ImportWizard):
            wizard.go_on()
            self._shoot_top("import-second-registry")
        self.window.go("compare_registry", None)
        self._shoot_top("comparing-empty", close=False)
        window = self.window.workspace.windows[-1]
        if not isinstance(window, ComparingWindow):
            return
        window.take_file(table)
        self._shoot_top("comparing-file", close=False)
        window.go_on()
        self.wait()
        for _line in range(2):
            window.decisions.take_proposed()
        self._shoot_top("comparing")

    def _marking(self) -> None:
        """Walk through a table that nobody knows: two lines of headings, a hidden meaning, a line of numbers."""
        from app.operations import profiles
        from app.ui.windows.importing import ImportWizard

        table = self.folder / "свод района.csv"
        names = [row.school.name for row in self.window.pages["schools"].tables()[0].model.visible_rows()[:6]]
        lines = [f"{place + 1};{name};{40 + place};{5 + place};{15};{15};5" for place, name in enumerate(names)]
        head = ["Сведения о контрольных работах;;;;;;", "№;Где учатся;Явка;Н;У;Х;О", "1;2;3;4;5;6;7"]
        table.write_text("\n".join([*head, *lines]), "utf-8-sig")
        self.window.go("import", [table])
        wizard = self.window.workspace.windows[-1]
        if not isinstance(wizard, ImportWizard):
            return
        self.wait()
        wizard.go_on()
        self._shoot_top("import-unknown", close=False)
        wizard.unmarked.mark.click()
        self.wait()
        window = wizard.marking
        self.shoot("marking-empty", window)
        window.point(2, 3)
        self.wait()  # the page may be read anew
        window.target.choose("marks")
        told = ("school", "participants", "mark2:count", "mark3:count", "mark4", "mark5")
        for at, meaning in enumerate(told, start=1):
            window.columns.combo(at).choose(meaning)
        window.fixed.year.setText("2026")
        window.fixed.grade.setText("6")
        window.fixed.procedure.choose("РПР")
        window.fixed.subject.setCurrentText("Математика")
        window.show_preview()
        self.shoot("marking", window)
        text = window.marking_text()
        window.close()
        wizard.close()
        self.window.session.desk.write(profiles.save, text, "Свод района").result()

    def _sign(self) -> None:
        from app.ui import screens_r_signing
        from app.ui.windows.signing import WAYS, SignWizard

        self.window.go("sign", None)
        self._shoot_top("sign-document", close=False)
        wizard = self.window.workspace.windows[-1]
        if not isinstance(wizard, SignWizard) or wizard.table.current() is None:
            wizard.close()
            return
        wizard.go_on()
        self._shoot_top("sign-way", close=False)
        for key, _title, _text in WAYS:
            wizard.radios[key].setChecked(True)
            wizard.go_on()
            self._shoot_top(f"sign-{key}", close=False)
            wizard.go_back()
        screens_r_signing.programs(self, wizard)
        if not self.window.session.desk.read_only:
            screens_r_signing.signed(self, wizard)
        wizard.close()

    def _verify(self) -> None:
        self.window.go("verify", None)
        self._shoot_top("verify-empty")
        self.window.go("register", None)
        self.wait()
        page = self.window.show_page("reports")
        data = getattr(page, "views", {})["outgoing"].side.view.data
        if data:
            self.window.go("verify", ("Список школ.pdf", data))
            self._shoot_top("verify")

    def _questions(self) -> None:
        from app.ui.crash import CrashWindow, report_text
        from app.ui.dialogs import Choice, ChoiceDialog, Field, FormDialog

        boxes: list[tuple[str, QWidget]] = [
            ("form", FormDialog(
                "Поправка: СОШ № 3", "Причину напечатают в списке рядом со школой.",
                [Field("reason", "Причина", long=True, required=True), Field("day", "Дата", hint="28.11.2026")],
                "Включить в список", self.window,
            )),
            ("choice", ChoiceDialog(
                "Стереть сведения о человеке", "Сведения исчезнут из файла, журнала и копий. Вернуть их будет нельзя.",
                [Choice("keep", "Не стирать"), Choice("erase", "Стереть навсегда", dangerous=True)], self.window,
            )),
            ("crash", CrashWindow(report_text(RuntimeError("проба")), self.window)),
        ]  # fmt: skip
        for name, box in boxes:
            box.show()
            self.shoot(name, box)
            box.close()
            box.deleteLater()

    def _forms(self) -> None:
        from app.ui.screens_form_editor import shoot_form_editor
        from app.ui.screens_form_summary import shoot_summary
        from app.ui.screens_forms import shoot_forms
        from app.ui.screens_programme_checks import shoot_programme_checks
        from app.ui.screens_programme_import import shoot_programme_import
        from app.ui.screens_programme_library import shoot_programme_library
        from app.ui.screens_programme_life import shoot_programme_life
        from app.ui.screens_programme_sheets import shoot_programme_sheets
        from app.ui.screens_programme_texts import shoot_programme_texts
        from app.ui.screens_programme_tree import shoot_programme_tree
        from app.ui.screens_receiving import shoot_receiving
        from app.ui.screens_school import shoot_school
        from app.ui.screens_surveys import shoot_surveys

        shoot_forms(self)
        shoot_summary(self)
        shoot_form_editor(self)
        shoot_receiving(self)
        shoot_school(self)
        shoot_surveys(self)
        shoot_programme_tree(self)
        shoot_programme_sheets(self)
        shoot_programme_checks(self)
        shoot_programme_import(self)
        shoot_programme_library(self)
        shoot_programme_texts(self)
        shoot_programme_life(self)  # the last one of the programme: it approves what the others show

    def _rescue(self) -> None:
        broken = self.folder / "повреждённый.opora"
        broken.write_bytes(b"SQLite format 3\x00" + b"\xff" * 4096)
        self.window.go("rescue", broken)
        self._shoot_top("rescue")
