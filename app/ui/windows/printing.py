"""Printing of the very pages that are shown, at 300 dots per inch (decision 28)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtWidgets import QWidget

from app.operations import papers
from app.ui.run import Job
from app.ui.session import Session

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from app.errors import UserError
    from app.ui.widgets.bars import MessageBar, ProgressStrip

DPI = 300
PAGE_WIDTH, PAGE_LENGTH = round(210 / 25.4 * DPI), round(297 / 25.4 * DPI)


class Place(Protocol):
    """Where printing tells how far it is: a window or the body of a page."""

    bar: MessageBar
    strip: ProgressStrip

    def fail(self, error: UserError) -> None:
        """Show an expected failure."""


def print_pdf(session: Session, place: Place, data: bytes, name: str) -> None:
    """Ask for a printer, pages and copies, then print; the pages are counted and drawn beside the window."""
    owner = cast("QWidget", place)
    session.job(owner, lambda _job: papers.preview_pages(data), lambda pages: _ask(session, place, data, name, pages),
                place.fail)  # fmt: skip


def _ask(session: Session, place: Place, data: bytes, name: str, pages: int) -> None:
    from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(DPI)
    printer.setDocName(name)
    printer.setFullPage(True)
    dialog = QPrintDialog(printer, cast("QWidget", place))
    dialog.setWindowTitle("Печать")
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange)
    dialog.setMinMax(1, pages)
    dialog.setFromTo(1, pages)
    if dialog.exec():
        send_pages(session, place, data, printer)


def page_numbers(first: int, last: int, total: int, copies: int = 1) -> list[int]:
    """Return which pages go to the printer, from 0.

    Args:
        first: as a person counts; 0 means the first there is.
        last: as a person counts; 0 means the last there is.
        total: how many there are.
        copies: sets of them that the printer cannot make by itself.
    """
    low = max(1, first or 1)
    high = min(total, last or total)
    return list(range(low - 1, high)) * max(1, copies)


def send_pages(session: Session, place: Place, data: bytes, printer: QPrinter) -> None:
    """Draw the chosen pages off the GUI thread, then hand them to the printer."""
    first, last = printer.fromPage(), printer.toPage()
    copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()

    def work(job: Job) -> list[bytes]:
        numbers = page_numbers(first, last, papers.preview_pages(data))
        pages = []
        for done, number in enumerate(numbers):
            if job.cancelled():
                return []
            job.progress(f"страница {done + 1} из {len(numbers)}", done, len(numbers))
            # as many dots for a page that lies on its long side
            lying = papers.preview_lying(data, number)
            pages.append(papers.preview_page(data, number, PAGE_LENGTH if lying else PAGE_WIDTH).png)
        return pages * copies

    def send(pages: list[bytes]) -> None:
        place.strip.end()
        if job.cancelled():
            place.bar.show_message("info", "Печать остановлена, на принтер ничего не ушло.")
        elif _paint(pages, printer):
            place.bar.show_message("ok", "Документ отправлен на печать.")
        else:
            place.bar.show_message("bad", "Принтер не принял документ. Проверьте, включён ли он, и повторите.")

    place.strip.begin("Печатаю")
    owner = cast("QWidget", place)
    job = session.job(owner, work, send, place.fail, place.strip.tell)
    place.strip.cancelled.connect(job.cancel)


def _paint(pages: list[bytes], printer: QPrinter) -> bool:
    """Draw the pages on the printer; False where it does not take them."""
    painter = QPainter()
    images = [QImage.fromData(png) for png in pages]
    if images:
        printer.setPageOrientation(_orientation(images[0]))
    if not images or not painter.begin(printer):
        return False
    for number, image in enumerate(images):
        if number:
            printer.setPageOrientation(_orientation(image))
            printer.newPage()
        painter.drawImage(painter.viewport(), image)
    painter.end()
    return True


def _orientation(page: QImage) -> QPageLayout.Orientation:
    lying = page.width() > page.height()
    return QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait
