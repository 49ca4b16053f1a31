"""What the window does with files and which wizard or dialog answers which command."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt

from app import __version__, paths
from app.errors import UserError
from app.operations import files, history, maintenance
from app.ui.dialogs import Choice, Field
from app.ui.run import Job

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow
    from app.ui.school_window import SchoolWindow
    from app.ui.windows.base import Window

PATTERN = "Файлы «Опоры» (*.opora)"
EXAMPLE = "Пример.opora"
EXAMPLE_NAME = "Лесогорский муниципальный округ"


class Workspace(QObject):
    """Opening, making and closing files; opening of wizards and dialogs."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._open_windows: list[Window] = []
        self._borrowed: Path | None = None
        self._baring = False
        self.school: SchoolWindow | None = None

    # --- commands ------------------------------------------------------------------------------------------------

    def perform(self, key: str, payload: object = None) -> None:
        """Do one command of the menus; an unknown one is a bug."""
        handler = self._commands().get(key)
        if handler is not None:
            handler(payload)
            return
        from app.ui.windows import catalogue

        self.show_window(catalogue.make(key, self._window, payload))

    def _commands(self) -> dict[str, Callable[[Any], object]]:
        return {
            "open": lambda _: self.ask_open(),
            "open_path": self.open,
            "new": lambda _: self.ask_new(),
            "demo": lambda _: self.open_example(),
            "remove_demo": lambda _: self.remove_example(),
            "close": lambda _: self.close_file(self._window.show_start),
            "copy_file": lambda _: self.save_copy(),
            "bare_copy": lambda _: self.save_bare_copy(),
            "backup": lambda _: self.make_backup(),
            "undo": lambda _: self.undo(),
            "redo": lambda _: self.redo(),
            "references": lambda _: self.update_references(),
            "note": self.add_note,
            "new_task": self.add_task,
            "add_school": lambda _: self.add_school(),
            "rescue": self.ask_rescue,
            "answer_request": self.answer_request,
            "about": lambda _: self.about(),
        }

    def show_window(self, window: Window | None) -> Window | None:
        """Show a wizard or a dialog beside the main window; one of a kind is enough."""
        if window is None:
            return None
        for present in list(self._open_windows):
            if type(present) is type(window):
                # forgotten at once: a hidden one says no «finished», and Qt may have deleted it by the next time
                self._forget(present)
                present.close()
        self._open_windows.append(window)
        window.finished.connect(lambda _code, window=window: self._forget(window))
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        window.show()
        window.raise_()
        return window

    def _forget(self, window: Window) -> None:
        if window in self._open_windows:
            self._open_windows.remove(window)

    @property
    def windows(self) -> list[Window]:
        """The wizards and dialogs that are open."""
        return list(self._open_windows)

    def close_windows(self) -> None:
        """Close all wizards and dialogs."""
        for window in list(self._open_windows):
            # a hidden one goes without a word: it must not be closed a second time after Qt has deleted it
            self._forget(window)
            window.close()

    # --- opening -------------------------------------------------------------------------------------------------

    def name_actor(self, name: str) -> None:
        """Remember whose name goes into the journal."""
        if name:
            self._window.habits.put("actor", name)
            self._window.session.desk.actor = name

    def ask_open(self) -> None:
        """Ask for a file and open it."""
        found = self._window.dialogs.open_files("Открыть файл", PATTERN, several=False)
        if found:
            self.open(found[0])

    def open(self, path: Path) -> None:
        """Open a file; what is open now is closed first."""
        self._after_closing(lambda: self._look_and_open(Path(path)))

    def _look_and_open(self, path: Path) -> None:
        if maintenance.on_network(path):
            answer = self._window.dialogs.choose(
                "Файл лежит в общей папке",
                f"«{path.name}» лежит на сетевом диске. Надёжнее взять рабочую копию на этот компьютер: при закрытии "
                "программа вернёт её на место, а пока файл занят вами.",
                [Choice("copy", "Взять рабочую копию"), Choice("here", "Открыть на месте")],
            )
            if answer is None:
                return
            if answer == "copy":
                self._borrow(path)
                return
        self._open_now(path)

    def _borrow(self, path: Path) -> None:
        folder = paths.profile() / "copies"
        folder.mkdir(exist_ok=True)
        actor = self._window.session.desk.actor

        def opened(copy: Path) -> None:
            self._borrowed = copy
            self._open_now(copy)

        self._window.session.job(self, lambda _job: maintenance.check_out(path, folder, actor), opened)

    def _open_now(self, path: Path) -> None:
        self._window.start.strip.begin(f"Открываю {path.name}", cancellable=False)
        future = self._window.session.desk.open(path)
        self._window.runner.take(
            future, lambda _: self._opened(path), lambda error: self._refused(path, error), owner=self
        )

    def _opened(self, path: Path) -> None:
        self._window.start.strip.end()
        self._window.start.bar.clear()
        self._window.habits.add_recent(path)
        self._window.show_file()

    def _refused(self, path: Path, error: UserError) -> None:
        self._window.start.strip.end()
        self._window.show_start()
        if error.code == "STORE_DAMAGED":
            self.perform("rescue", path)
        bar = self._window.start.bar
        if error.code == "STORE_LOCKED":
            bar.show_error(error, ("Открыть только для чтения", lambda: self._open_to_read(path)))
        else:
            bar.show_error(error)

    def _open_to_read(self, path: Path) -> None:
        future = self._window.session.desk.open_read_only(path)
        self._window.runner.take(
            future, lambda _: self._opened(path), lambda error: self._refused(path, error), owner=self
        )

    # --- making --------------------------------------------------------------------------------------------------

    def ask_new(self) -> None:
        """Ask for name and place of a new file and make it."""
        answer = self._window.dialogs.ask(
            "Новый файл",
            "Один файл — один муниципалитет. Название попадёт в документы, его можно поправить в настройках.",
            [Field("name", "Муниципалитет", hint="Лесогорский муниципальный округ", required=True)],
            "Выбрать место…",
        )
        if answer is None:
            return
        name = answer["name"]
        path = self._window.dialogs.save_file("Создать файл", Path(f"{name}.opora"), PATTERN)
        if path is not None:
            path = path if path.suffix == ".opora" else path.with_name(path.name + ".opora")
            self._after_closing(lambda: self._create(path, name))

    def _create(self, path: Path, name: str) -> None:
        future = self._window.session.desk.create(path, name)
        self._window.runner.take(
            future, lambda _: self._opened(path), lambda error: self._refused(path, error), owner=self
        )

    def open_example(self) -> None:
        """Open the invented example, making it when it is not there yet."""
        path = paths.profile() / EXAMPLE
        if path.exists():
            self.open(path)
            return
        actor = self._window.session.desk.actor

        def make(_job: Job) -> None:
            files.new(path, EXAMPLE_NAME, actor, demo=True)

        def begin() -> None:
            strip = self._window.start.strip
            strip.begin("Готовлю пример: 24 школы, три года результатов", cancellable=False)
            self._window.session.job(self, make, lambda _: self._open_now(path), lambda e: self._refused(path, e))

        self._after_closing(begin)

    def remove_example(self) -> None:
        """Delete the example that is open."""
        info = self._window.session.info
        if info is None or not info.demo:
            return
        path = info.path

        def removed(_result: object) -> None:
            self._window.habits.forget_recent(path)
            self._window.show_start()
            self._window.start.bar.show_message("ok", "Пример удалён. Его можно открыть снова в любое время.")

        def remove() -> None:
            self._window.session.job(self, lambda _job: files.remove_example(path), removed, self._not_removed)

        self.close_file(remove)

    def _not_removed(self, error: UserError) -> None:
        self._window.show_start()
        self._window.start.bar.show_error(error)

    # --- closing -------------------------------------------------------------------------------------------------

    def _after_closing(self, then: Callable[[], object]) -> None:
        if self._window.session.desk.is_open:
            self.close_file(then)
        else:
            then()

    def close_file(self, then: Callable[[], object], failed: Callable[[], object] | None = None) -> None:
        """Close the file beside the window (its backup takes a moment), then go on."""
        desk = self._window.session.desk
        self.close_windows()
        for page in self._window.pages.values():
            page.setEnabled(False)
        borrowed, self._borrowed = self._borrowed, None

        def work(_job: Job) -> None:
            desk.close()
            if borrowed is not None:
                maintenance.check_in(borrowed)

        def closed(_result: object) -> None:
            self._window.show_start()
            then()

        def complained(error: UserError) -> None:
            # the file is closed all the same; the person learns that its backup failed
            self._window.show_start()
            self._window.start.bar.show_error(error)
            if failed is not None:
                failed()

        self._window.runner.job(work, closed, complained, owner=self)

    # --- the file as a whole -------------------------------------------------------------------------------------

    def save_copy(self) -> None:
        """Write one closed file to hand over."""
        session = self._window.session
        path = session.desk.path
        if path is None:
            return
        target = self._window.dialogs.save_file(
            "Сохранить копию", path.with_name(f"{path.stem} (копия).opora"), PATTERN
        )
        if target is not None:
            session.write(
                self, lambda _: session.tell("ok", f"Копия готова: {target.name}"), maintenance.save_copy, target
            )

    def save_bare_copy(self) -> None:
        """Write a copy of the whole file in which nobody is named, beside the work."""
        from app.operations import impersonal

        session = self._window.session
        source = session.desk.path
        if source is None or self._baring:
            return
        target = self._window.dialogs.save_file(
            "Сохранить обезличенную копию", source.with_name(f"{source.stem} (без людей).opora"), PATTERN
        )
        if target is None:
            return
        target = target if target.suffix == ".opora" else target.with_name(target.name + ".opora")

        def work(_job: Job) -> impersonal.Copied:
            with files.for_reading(source) as connection:
                return impersonal.save_copy(connection, source, target)

        def done(made: impersonal.Copied) -> None:
            self._baring = False
            left = f" Не вошло: {'; '.join(made.left_out)}." if made.left_out else ""
            session.tell("ok", f"Копия без людей: {made.path.name}.{left} Проверьте её перед отправкой.")

        def failed(error: UserError) -> None:
            self._baring = False
            session.tell_error(error)

        self._baring = True
        session.tell("info", "Пишу копию без людей: это займёт до минуты, работать можно дальше.")
        session.job(self, work, done, failed)

    def make_backup(self) -> None:
        """Make a checked backup now."""
        session = self._window.session
        session.write(
            self, lambda made: session.tell("ok", f"Копия сделана и проверена: {made.name}"), maintenance.make_backup
        )

    def undo(self) -> None:
        """Undo the operation that the menu names: it may lie before one that stays for ever."""
        session = self._window.session
        session.write(
            self, lambda record: session.tell("info", f"Отменено: {record.label}"), history.undo, passing=True
        )

    def redo(self) -> None:
        """Do again what was undone last."""
        session = self._window.session
        session.write(self, lambda record: session.tell("info", f"Повторено: {record.label}"), history.redo)

    def update_references(self) -> None:
        """Take scales or a rule from a TOML file."""
        from app.operations import references

        found = self._window.dialogs.open_files("Обновить справочники", "Справочник (*.toml)", several=False)
        if not found:
            return
        session, path = self._window.session, found[0]
        session.write(self, lambda words: session.tell("ok", str(words)), references.update_from_file, path)

    # --- small forms ---------------------------------------------------------------------------------------------

    def add_note(self, school_id: object = None) -> None:
        """Write a note, with a reminder or without."""
        from app.operations import schools

        answer = self._window.dialogs.ask(
            "Новая заметка",
            "",
            [
                Field("text", "Что сделать или запомнить", long=True, required=True),
                Field("day", "Напомнить (дата, не обязательно)", hint="28.11.2026"),
            ],
            "Записать",
        )
        if answer is not None:
            key = school_id if isinstance(school_id, int) else None
            self._window.session.write(self, None, schools.add_note, key, answer["text"], answer["day"] or None)

    def add_task(self, payload: object = None) -> None:
        """Write a task of the methodist's own."""
        from app.ui.task_form import ask_task

        ask_task(self._window, payload)

    def add_school(self) -> None:
        """Add an organisation and open its card."""
        from app.operations import schools

        answer = self._window.dialogs.ask(
            "Новая школа",
            "Коды, руководителя и остальное впишите потом в карточке.",
            [
                Field("name", "Полное название", required=True),
                Field("short_name", "Краткое название"),
                Field("settlement", "Населённый пункт"),
            ],
            "Добавить",
        )
        if answer is not None:
            session = self._window.session
            session.write(self, lambda key: session.go("school", ("details", key)), schools.add, answer)

    def ask_rescue(self, payload: object = None) -> None:
        """Show what is left of a damaged file."""
        path = payload if isinstance(payload, Path) else None
        if path is None:
            found = self._window.dialogs.open_files("Повреждённый файл", PATTERN, several=False)
            path = found[0] if found else None
        if path is not None:
            from app.ui.windows.rescue import RescueWindow

            self.show_window(RescueWindow(self._window.session, path, self._window))

    def answer_request(self, payload: object = None) -> None:
        """Open school mode in a window of its own: the file that is open here stays open."""
        from app.forms.packet import REQUEST_SUFFIX
        from app.ui.start import make_school_window

        path = payload if isinstance(payload, Path) else None
        if path is None:
            found = self._window.dialogs.open_files(
                "Открыть запрос", f"Запрос муниципалитета (*{REQUEST_SUFFIX})", several=False
            )
            path = found[0] if found else None
        if path is not None:
            self.school = make_school_window(self._window.habits, self._window.runner.on_bug)
            self.school.show()
            self.school.begin(path)

    def about(self) -> None:
        """Say what this program is."""
        self._window.dialogs.choose(
            "О программе",
            f"Опора {__version__}. Рабочее место муниципального методиста: поддержка школ с низкими результатами.\n\n"
            "Всё хранится на этом компьютере, в сеть программа не выходит. Шрифты Golos Text и Tinos — лицензия OFL, "
            "значки Tabler — лицензия MIT.",
            [Choice("close", "Закрыть")],
        )
