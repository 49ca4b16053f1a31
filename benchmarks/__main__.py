"""``python -m benchmarks``: every figure beside the bound it is measured against, with the machine's name.

``python -m benchmarks start pdf`` takes only those; ``--small`` takes small sizes to see that everything works.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import psutil

from benchmarks import (
    blanks,
    calendar_month,
    cards,
    filled,
    identify,
    import_bulk,
    import_file,
    keystroke,
    papers_out,
    pdf,
    programme,
    programme_edit,
    report,
    start,
    today,
    work,
)
from benchmarks.measure import Figure, NotBuiltError, Side

LARGE = {
    "import": import_file.ROWS,
    "registry": import_bulk.REGISTRY_ROWS,
    "marks": import_bulk.MARK_ROWS,
    "identify": identify.SCHOOLS,
    "keystroke": keystroke.ROWS,
    "pdf": pdf.ROWS,
    "cards": cards.SCHOOLS,
    "form": papers_out.FORM_ROWS,
    "package": papers_out.PACKED,
    "register": papers_out.REGISTERED,
    "since": papers_out.SCHOOLS,
    "blanks": blanks.BLANKS,
    "filled": filled.BOOKS,
    "programme": programme.TASKS,
    "plan": programme_edit.ROWS,
    "entries": work.ENTRIES,
}
SMALL = {
    "import": 1_000,
    "registry": 1_000,
    "marks": 5_000,
    "identify": 500,
    "keystroke": 2_000,
    "pdf": 450,
    "cards": 6,
    "form": 100,
    "package": 3,
    "register": 50,
    "since": 20,
    "blanks": 20,
    "filled": 20,
    "programme": 3,
    "plan": 30,
    "entries": 500,
}


def figures(folder: Path, *, small: bool) -> dict[str, Callable[[], Figure]]:
    """Return name → how to take the figure."""
    size = SMALL if small else LARGE
    return {
        "start": lambda: start.measure(folder, 1) if small else start.measure(folder),
        "import": lambda: import_file.measure(folder, size["import"]),
        "registry": lambda: import_bulk.registry(folder, size["registry"]),
        "marks": lambda: import_bulk.marks(folder, size["marks"]),
        "identify": lambda: identify.measure(folder, size["identify"]),
        "keystroke": lambda: keystroke.measure(size["keystroke"]),
        "pdf": lambda: pdf.measure(size["pdf"]),
        "cards": lambda: cards.measure(folder, size["cards"]),
        "form": lambda: papers_out.form(folder, size["form"]),
        "package": lambda: papers_out.package(folder, size["package"]),
        "register": lambda: papers_out.register(folder, size["register"]),
        "since": lambda: papers_out.since(folder, size["since"]),
        "blanks": lambda: blanks.measure(folder, size["blanks"]),
        "filled": lambda: filled.measure(folder, size["filled"]),
        "today": lambda: today.measure(folder),
        "work-search": lambda: work.search(folder, size["entries"]),
        "work-list": lambda: work.listing(folder, size["entries"]),
        "work-page": lambda: work.whole(folder, size["entries"]),
        "work-month": lambda: calendar_month.month(folder, size["entries"]),
        "programme-read": lambda: programme_edit.reading(folder, size["programme"]),
        "programme-edit": lambda: programme_edit.editing(folder, size["programme"]),
        "programme-renumber": lambda: programme_edit.numbering(folder, size["programme"]),
        "programme-check": lambda: programme_edit.checking(folder, size["programme"]),
        "programme-import": lambda: programme_edit.importing(folder, size["plan"]),
        "programme-window": lambda: programme_edit.window(folder, size["programme"]),
        "programme-pdf": lambda: programme.measure(folder, ".pdf", size["programme"]),
        "programme-docx": lambda: programme.measure(folder, ".docx", size["programme"]),
        "programme-xlsx": lambda: programme.measure(folder, ".xlsx", size["programme"]),
        "report": lambda: report.measure(folder),
    }


def machine() -> str:
    """Return what the figures were taken on."""
    import PySide6

    cores = psutil.cpu_count(logical=True)
    memory = psutil.virtual_memory().total / 2**30
    load = f", загрузка {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return (
        f"{_processor()}, ядер {cores}, память {memory:.0f} ГБ, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, Qt {PySide6.__version__}{load}"
    )


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return " ".join(line.partition(":")[2].split())
    return platform.processor() or platform.machine()


def seconds(value: float) -> str:
    """Return «1,24 с» or «8,3 мс»."""
    text = f"{value:.2f} с" if value >= 1 else f"{value * 1000:.0f} мс" if value >= 0.02 else f"{value * 1000:.1f} мс"
    return text.replace(".", ",")


def show(figure: Figure) -> str:
    """Return a figure as lines for the console."""
    lines = [figure.title, _line(figure.names[0], figure.ours), _line(figure.names[1], figure.bound)]
    lines.append(f"  отношение {figure.ratio:.2f}".replace(".", ","))
    if figure.most is not None:
        kept = figure.ratio <= figure.most and figure.memory_ratio <= figure.most
        lines[-1] += f", памяти {figure.memory_ratio:.2f}, предел {figure.most:.0f}: ".replace(".", ",")
        lines[-1] += "держится" if kept else "НАРУШЕНО"
    if figure.slower is not None:
        held = "держится" if figure.ratio <= figure.slower else "НАРУШЕНО"
        lines[-1] += f", предел {figure.slower:.1f}: {held}".replace(".", ",")
    if figure.again is not None:
        side, bound = figure.again
        lines.append(_line("из кэша: то же ещё раз, пока ничего не изменилось", side))
        lines.append(f"  предел {seconds(bound)}: {'держится' if side.median <= bound else 'НАРУШЕНО'}")
    if figure.limit is not None:
        bound, percent = figure.limit
        found = figure.ours.percentile(percent)
        held = "держится" if found <= bound else "НАРУШЕНО"
        lines.append(
            f"  p{percent}: {seconds(found)} (рядом {seconds(figure.bound.percentile(percent))}), "
            f"предел {seconds(bound)}: {held}"
        )
    if figure.note:
        lines.append(f"  {figure.note}")
    return "\n".join(lines)


def _line(name: str, side: Side) -> str:
    spread = f"{seconds(min(side.seconds))}…{seconds(max(side.seconds))}, замеров {len(side.seconds)}"
    return f"  {seconds(side.median):>9}  {name} ({spread}; память {side.peak / 2**20:.0f} МБ)"


def main() -> int:
    """Take the figures and print them one by one."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Скорость рядом с её границей.")
    with tempfile.TemporaryDirectory(prefix="opora-bench-") as folder:
        known = list(figures(Path(folder), small=False))
        parser.add_argument("names", nargs="*", metavar="ЗАМЕР", help="какие: " + ", ".join(known))
        parser.add_argument("--small", action="store_true", help="малые размеры: проверить, что всё работает")
        chosen = parser.parse_args()
        if strange := set(chosen.names) - set(known):
            parser.error(f"нет такого замера: {', '.join(sorted(strange))}")
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        # the offscreen screen grumbles that it has no window manager
        os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")
        print(f"Машина: {machine()}")
        print("Память — наибольшая у процесса вместе с его потомками. Время — медиана.")
        for name, take in figures(Path(folder), small=chosen.small).items():
            if chosen.names and name not in chosen.names:
                continue
            try:
                text = show(take())
            except NotBuiltError as error:
                text = f"{name}: не измерено, {error}"
            print(f"\n{text}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
