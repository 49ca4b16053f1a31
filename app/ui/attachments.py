"""A kept file or a link of a row: open it with the program that the computer has for it, save it, take it away."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from app.operations import papers, registers
from app.operations.registers import Attachment
from app.ui.dialogs import Choice
from app.ui.proofs import OPENABLE
from app.ui.run import Job
from app.ui.session import Session


class AttachmentOpener:
    """Opens files of rows for a widget; copies for other programs go when the widget goes."""

    def __init__(self, owner: QWidget, session: Session) -> None:
        self._owner = owner
        self._session = session

    def offer(self, item: Attachment, changed: Callable[[], object]) -> None:
        """Ask what to do with a file or a link."""
        choices = [Choice("open", "Открыть")]
        if item.sha256 is not None:
            choices.append(Choice("save", "Сохранить…"))
        if not self._session.desk.read_only:
            choices.append(Choice("remove", "Убрать", dangerous=True))
        told = item.link or item.file_name or item.title
        key = self._session.dialogs.choose(item.title, told, [*choices, Choice("cancel", "Отмена")])
        if key == "remove":
            self._session.write(self._owner, lambda _done: changed(), registers.detach, item.id)
        elif key == "open" and item.link:
            QDesktopServices.openUrl(QUrl(item.link))
        elif key in {"open", "save"}:
            self._session.read(self._owner, partial(self._take, opened=key == "open"), registers.file_bytes, item.id)

    def _take(self, found: tuple[str, bytes], *, opened: bool) -> None:
        name, data = Path(found[0]).name, found[1]
        shown = opened and Path(name).suffix.lower() in OPENABLE
        target = (
            self._copy(name) if shown else self._session.dialogs.save_file("Сохранить", Path(name), "Все файлы (*)")
        )
        if target is not None:
            self._session.job(self._owner, partial(_write, target, data), partial(self._written, shown=shown))

    def _copy(self, name: str) -> Path:
        folder = tempfile.TemporaryDirectory(prefix="opora-", ignore_cleanup_errors=True)
        self._owner.destroyed.connect(folder.cleanup)
        return Path(folder.name) / name

    def _written(self, path: Path, *, shown: bool) -> None:
        if shown:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
        else:
            self._session.tell("ok", f"Файл «{path.name}» сохранён.")


def _write(path: Path, data: bytes, _job: Job) -> Path:
    papers.write(path, data)
    return path
