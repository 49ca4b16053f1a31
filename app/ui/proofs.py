"""Opening what proves an answer: with the program that the computer has for it, or saved where the person says."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from app.models.forms import FormEvidence
from app.operations import form_answers, papers
from app.ui.run import Job
from app.ui.session import Session

OPENABLE = frozenset({
    ".pdf", ".doc", ".docx", ".odt", ".rtf", ".txt", ".xls", ".xlsx", ".ods", ".ppt", ".pptx", ".odp",
    ".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".heic",
})  # fmt: skip
"""Documents and pictures are opened at once; anything else might be a program, it is only saved."""


class ProofOpener:
    """Opens proofs for a widget; copies for other programs go when the widget goes."""

    def __init__(self, owner: QWidget, session: Session, told: Callable[[str], object]) -> None:
        self._owner = owner
        self._session = session
        self._told = told
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def open(self, proof: FormEvidence) -> None:
        """Open a file or an address."""
        if proof.link:
            QDesktopServices.openUrl(QUrl(proof.link))
        else:
            self._session.read(self._owner, self._take, form_answers.evidence_file, proof.id)

    def _take(self, found: tuple[str, bytes] | None) -> None:
        if found is None:
            return
        name, data = Path(found[0]).name, found[1]
        shown = Path(name).suffix.lower() in OPENABLE
        target = self._copy(name) if shown else self._session.dialogs.save_file(
            "Сохранить подтверждение", Path(name), "Все файлы (*)"
        )  # fmt: skip
        if target is not None:
            self._session.job(self._owner, partial(_write, target, data), partial(self._written, shown=shown))

    def _copy(self, name: str) -> Path:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="opora-", ignore_cleanup_errors=True)
            self._owner.destroyed.connect(self._folder.cleanup)
        return Path(tempfile.mkdtemp(dir=self._folder.name)) / name

    def _written(self, path: Path, *, shown: bool) -> None:
        if shown:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
        else:
            self._told(f"Файл «{path.name}» сохранён.")


def _write(path: Path, data: bytes, _job: Job) -> Path:
    papers.write(path, data)
    return path
