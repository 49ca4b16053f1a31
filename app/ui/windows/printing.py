"""Printing of the very pages that are shown, at 300 dots per inch (decision 28)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QImage, QPageLayout, QPainter

from app.operations import papers
from app.ui.run import Job
from app.ui.session import Session

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from app.ui.windows.base import Window

DPI = 300
PAGE_WIDTH, PAGE_LENGTH = round(210 / 25.4 * DPI), round(297 / 25.4 * DPI)


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
            # as many dots for a page that lies on its long side
            lying = papers.preview_lying(data, number)
            pages.append(papers.preview_page(data, number, PAGE_LENGTH if lying else PAGE_WIDTH).png)
        return pages

    def send(pages: list[bytes]) -> None:
        window.strip.end()
        painter = QPainter()
        images = [QImage.fromData(png) for png in pages]
        if images:
            printer.setPageOrientation(_orientation(images[0]))
        if not pages or not painter.begin(printer):
            window.bar.show_message("bad", "Принтер не принял документ. Проверьте, включён ли он, и повторите.")
            return
        for number, image in enumerate(images):
            if number:
                printer.setPageOrientation(_orientation(image))
                printer.newPage()
            painter.drawImage(painter.viewport(), image)
        painter.end()
        window.bar.show_message("ok", "Документ отправлен на печать.")

    window.strip.begin("Печатаю")
    job = session.job(window, work, send, window.fail, window.strip.tell)
    window.strip.cancelled.connect(job.cancel)


def _orientation(page: QImage) -> QPageLayout.Orientation:
    lying = page.width() > page.height()
    return QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait
