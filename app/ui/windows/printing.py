"""Printing of the very pages that are shown, at 300 dots per inch (decision 28)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QImage, QPainter

from app.operations import papers
from app.ui.run import Job
from app.ui.session import Session

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from app.ui.windows.base import Window

DPI = 300
PAGE_WIDTH = round(210 / 25.4 * DPI)


def print_pdf(session: Session, window: Window, data: bytes, name: str) -> None:
    """Ask for a printer and print; pages are drawn beside the window."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(DPI)
    printer.setDocName(name)
    printer.setFullPage(True)
    dialog = QPrintDialog(printer, window)
    dialog.setWindowTitle("Печать")
    if not dialog.exec():
        return
    send_pages(session, window, data, printer)


def send_pages(session: Session, window: Window, data: bytes, printer: QPrinter) -> None:
    """Draw all pages off the GUI thread, then hand them to the printer."""

    def work(job: Job) -> list[bytes]:
        total = papers.preview_pages(data)
        pages = []
        for number in range(total):
            if job.cancelled():
                break
            job.progress(f"страница {number + 1} из {total}", number, total)
            pages.append(papers.preview_page(data, number, PAGE_WIDTH).png)
        return pages

    def send(pages: list[bytes]) -> None:
        window.strip.end()
        painter = QPainter()
        if not pages or not painter.begin(printer):
            window.bar.show_message("bad", "Принтер не принял документ. Проверьте, включён ли он, и повторите.")
            return
        for number, png in enumerate(pages):
            if number:
                printer.newPage()
            painter.drawImage(painter.viewport(), QImage.fromData(png))
        painter.end()
        window.bar.show_message("ok", "Документ отправлен на печать.")

    window.strip.begin("Печатаю")
    job = session.job(window, work, send, window.fail, window.strip.tell)
    window.strip.cancelled.connect(job.cancel)
