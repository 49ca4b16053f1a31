"""Every way to look at the monitoring of a file: the commands with --json and the papers, each as a person asks."""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path
from typing import Any

from app.cli import run
from app.operations.register_catalogue import REGISTERS

YEAR, RESULTS = "2026", "2026"
SEEN = (0, 3)
"""A command that shows something ends so; 3: some row needs eyes."""


def commands(school: str, documents: tuple[int, ...] = ()) -> list[list[str]]:
    """Return the words of every command that only looks."""
    found = [
        ["cycle", "--year", YEAR], ["decisions", "list", "--all-years"], ["decisions", "list", "--school", school],
        ["decisions", "documents"], ["decisions", "speed"], ["dynamics"], ["dynamics", "--support"],
        ["dynamics", "--support", "--everyone"], ["execution", "list"], ["indicators", "--year", YEAR],
        ["legal"], ["sufficiency"], ["support", "show"], ["support", "show", "--school", school],
        ["support", "offers"], ["support", "risks"], ["route"], ["route", "--school", school], ["today"],
        ["report", "monitoring", "--year", RESULTS], ["report", "note", "--year", RESULTS],
        ["report", "note", "--year", RESULTS, "--school", school], ["report", "recommendations", "--year", RESULTS],
        ["report", "recommendations", "--year", RESULTS, "--before"], ["report", "month", "--month", "2026-11"],
        ["report", "month", "--quarter", "2026-Q4", "--plan"], ["new-year", "--year", "2027", "--dry-run"],
        ["card", "--school", school], ["chart-views"], ["check"], ["schools"],
    ]  # fmt: skip
    found += [["lines", "list", key, *scope(key, school, documents)] for key in REGISTERS if key != "joint"]
    kinds = ("plan_fact", "execution", "money", "bullets", "levels", "dynamics", "heat")
    found += [["charts", "--kind", kind] for kind in kinds]
    return found


def scope(key: str, school: str, documents: tuple[int, ...]) -> list[str]:
    """Return what a register asks for besides the school year."""
    if key in {"agenda", "points"}:
        return ["--of", f"document_id={documents[0]}"] if documents else ["--of", "document_id=1"]
    if key == "route":
        return ["--of", f"organisation_id={school}"]
    if key == "cycle":
        return ["--of", "direction=method", "--of", "component=goals"]
    return []


def papers(school: str, folder: Path, documents: tuple[int, ...] = ()) -> list[list[str]]:
    """Return the words of every command that makes a paper, as Word for speed."""
    kinds = (
        ["cycle", "--year", YEAR], ["dynamics"], ["dynamics", "--support"], ["decisions", "control"],
        ["execution", "report", "--from", "01.01.2026", "--to", "31.12.2026"], ["route", "--school", school],
        ["route", "--school", school, "--hearing"], ["report", "monitoring", "--year", RESULTS],
        ["report", "note", "--year", RESULTS], ["report", "note", "--year", RESULTS, "--school", school],
        ["report", "recommendations", "--year", RESULTS], ["report", "month", "--month", "2026-11"],
        ["report", "month", "--month", "2026-12", "--plan"], ["card", "--school", school],
        *(["blocks", "--what", what] for what in ("blocks", "blocks_speed", "legal", "sufficiency")),
        *(["decisions", "protocol", "--document", str(one)] for one in documents),
    )  # fmt: skip
    return [[*words, "--out", str(folder / f"{number}.docx")] for number, words in enumerate(kinds)]


def look(path: Path, words: list[str], *, told_as_json: bool = True) -> tuple[int, Any, str]:
    """Run a command in this process; returns its code, its answer and what it said to the person."""
    said, told = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(told):
        try:
            code = run([*words, "--db", str(path), *(["--json"] if told_as_json else [])])
        except SystemExit as error:
            code = int(error.code or 0) if not isinstance(error.code, str) else 1
    text = said.getvalue()
    answer = json.loads(text) if told_as_json and text.strip() else text
    return code, answer, told.getvalue().strip()
