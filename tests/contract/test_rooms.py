"""Who may import what when the program really runs; import-linter holds the rest (``make contracts``)."""

from __future__ import annotations

import ast
import json
import os
from pathlib import Path

import pytest

from app.operations import files
from tests.helpers.source import APP, ROOT, modules, python

FUNCTION_LINES, FILE_LINES = 60, 600
HEAVY = frozenset(
    {
        "pandas", "numpy", "reportlab", "pyhanko", "openpyxl", "docx", "matplotlib", "python_calamine", "sqlite_utils",
        "pikepdf", "pypdfium2", "xlsxwriter", "cryptography", "asn1crypto", "lxml", "PIL", "psutil", "rapidfuzz",
        "scipy", "pymorphy3", "pytrovich", "pptx", "segno", "pkcs11", "jsonschema", "statsmodels", "tomlkit",
    }
)  # fmt: skip

LATER = (
    "app.analysis", "app.exporters", "app.forms", "app.importers", "app.reports", "app.operations.checks",
    "app.operations.demo", "app.operations.externals", "app.operations.identification", "app.operations.loading",
    "app.operations.metrics", "app.operations.papers", "app.operations.projects", "app.operations.results",
    "app.operations.units", "app.ui.pages.reports", "app.ui.pages.school_list", "app.ui.pages.schools",
    "app.ui.windows",
)  # fmt: skip
"""What the first page does not need: each of these once put off the start of the window by tens of milliseconds."""

WITHOUT_QT = """
import importlib, sys

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"PySide6", "shiboken6"}:
            raise ImportError(f"{name} is asked for outside the window")

sys.meta_path.insert(0, Refuse())
for name in sys.argv[1:]:
    importlib.import_module(name)
"""

LOADED = """
import importlib, json, sys

for name in sys.argv[1:]:
    importlib.import_module(name)
print(json.dumps(sorted({name.split(".")[0] for name in sys.modules})))
"""


MODULES = """
import importlib, json, sys

for name in sys.argv[1:]:
    importlib.import_module(name)
print(json.dumps(sorted(name for name in sys.modules if name.startswith("app."))))
"""


def test_the_window_starts_without_what_its_first_page_does_not_need() -> None:
    done = python(MODULES, "app.ui.start", "app.ui.main_window", "app.ui.pages.today")
    assert done.returncode == 0, done.stderr
    early = [name for name in json.loads(done.stdout) if name.startswith(LATER)]
    assert early == []


STARTED = """
import json, sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

run = QApplication.exec
windows = []

def look():
    window = windows[0]
    if window.page is not None and not window.runner.waiting:
        # what the first page shows has been read; only the checks of the data are still to come
        print(json.dumps([window.page.name, sorted(sys.modules)]))
        sys.stdout.flush()
        window.session.detach()
        window.close()

def watched(*_):
    windows.extend(one for one in QApplication.topLevelWidgets() if hasattr(one, "workspace"))
    windows[0].session._look.timeout.disconnect()
    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(5)
    return run()

QApplication.exec = watched
from app.ui.start import start

sys.exit(start(sys.argv[1:]))
"""
NOT_AT_START = (
    "app.exporters", "app.importers", "app.reports", "app.operations.checks", "app.operations.demo",
    "app.operations.identification", "app.operations.papers", "app.operations.schools", "app.ui.form_view",
    "app.ui.school_window", "app.ui.windows",
)  # fmt: skip


def test_a_started_window_shows_its_first_page_without_what_the_others_need(tmp_path: Path) -> None:
    """Not by what is imported at the head of modules, as above: the program itself, with a file that holds data."""
    files.new(tmp_path / "пример.opora", "Лесогорский муниципальный округ", "Ким О. В.", demo=True)
    profile = {name: str(tmp_path) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "APPDATA")}
    screen = {"QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "default.warning=false"}
    done = python(STARTED, str(tmp_path / "пример.opora"), env={**os.environ, **profile, **screen})
    assert done.returncode == 0, done.stderr
    page, names = json.loads(done.stdout.splitlines()[0])
    assert page == "today"
    assert "app.operations.execution" in names, "the lines of the day have been read"
    # the lock of the open file names the process that holds it: psutil alone is asked for that
    assert {name.split(".")[0] for name in names} & HEAVY == {"psutil"}
    assert [name for name in names if name.startswith(NOT_AT_START)] == []


@pytest.mark.parametrize(
    "room", ["models", "forms", "analysis", "importers", "reports", "exporters", "operations", "cli", "errors"]
)
def test_a_room_lives_without_qt(room: str) -> None:
    done = python(WITHOUT_QT, *modules(room))
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("start", "qt"), [("app.main", False), ("app.cli", False), ("app.ui.start", False), ("app.ui.main_window", True)]
)
def test_starting_loads_nothing_heavy(start: str, *, qt: bool) -> None:
    done = python(LOADED, start)
    assert done.returncode == 0, done.stderr
    loaded = set(json.loads(done.stdout))
    assert loaded & HEAVY == set()
    assert ("PySide6" in loaded) == qt


def test_the_reading_child_starts_without_qt_and_database() -> None:
    done = python(LOADED, "app.main", "app.importers.worker")
    assert done.returncode == 0, done.stderr
    assert set(json.loads(done.stdout)) & {"PySide6", "sqlite3", "sqlite_utils", "pandas"} == set()


def _functions(path: Path) -> list[tuple[str, int]]:
    tree = ast.parse(path.read_text("utf-8"))
    return [
        (f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", (node.end_lineno or node.lineno) - node.lineno + 1)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def test_functions_and_files_stay_short() -> None:
    files = sorted(APP.rglob("*.py"))
    assert len(files) > 50
    functions = [function for path in files for function in _functions(path)]
    assert [name for name, lines in functions if lines > FUNCTION_LINES] == []
    lengths = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in files}
    assert {name: lines for name, lines in lengths.items() if lines > FILE_LINES} == {}


def test_a_broad_except_stands_only_where_the_architecture_allows_it() -> None:
    """Thread boundary, crash hook, backup on close; each says why beside it."""
    found = []
    for path in sorted(APP.rglob("*.py")):
        source = path.read_text("utf-8").splitlines()
        for node in ast.walk(ast.parse("\n".join(source))):
            broad = isinstance(node, ast.ExceptHandler) and (
                node.type is None
                or (isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"})
            )
            # what is raised again is only looked at in passing
            if broad and not any(isinstance(child, ast.Raise) for child in ast.walk(node)):
                line = source[node.lineno - 1]
                if "noqa: BLE001 -" not in line:
                    found.append(f"{path.relative_to(ROOT)}:{node.lineno}: {line.strip()}")
    assert found == []
