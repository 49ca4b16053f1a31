"""The first page loads only what it reads: what writes, what knows names of schools, what judges forms stays out."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from app.operations import files

HEAVY = (
    "app.operations.agreement_grids", "app.operations.execution_marks", "app.operations.form_metrics",
    "app.operations.form_rounds", "app.operations.metrics", "app.operations.registers", "app.operations.school_names",
    "app.operations.schools", "numpy", "openpyxl", "pandas",
)  # fmt: skip
LOOK = """
import sys
from datetime import date
from pathlib import Path
from app.models.store import open_reader
from app.operations import today
found = today.today(open_reader(Path(sys.argv[1])), date(2026, 11, 23))
print(sum(step.line is not None for step in found.steps))
print(*sorted(sys.modules))
"""


def test_the_day_of_the_example_is_told_without_heavy_modules(tmp_path: Path) -> None:
    path = tmp_path / "пример.opora"
    files.new(path, "Лесогорский муниципальный округ", "Ким О. В.", demo=True)
    run = subprocess.run([sys.executable, "-c", LOOK, str(path)], capture_output=True, text=True, check=True)
    number, loaded = run.stdout.splitlines()
    assert int(number) > 10, "activities and forms of the example are among them"
    assert "app.operations.execution" in loaded.split()
    assert sorted(set(HEAVY) & set(loaded.split())) == []


def test_what_marks_is_still_found_beside_what_reads() -> None:
    from app.operations import execution, execution_marks

    assert execution.mark is execution_marks.mark
    assert execution.put_cells is execution_marks.put_cells
    assert not hasattr(execution, "no_such_name")
