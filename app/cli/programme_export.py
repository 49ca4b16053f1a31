"""``opora programme export``: a programme, its plan, показатели or money as Word, PDF or Excel."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.cli.form_papers import deliver
from app.cli.keys import add, common, whole
from app.errors import UserError
from app.operations import files, papers, programme_papers, programmes

programme_key = whole(1, 2**63 - 1)


def add_actions(actions: Any) -> None:
    """Add the subcommand of this file to ``opora programme``."""
    export = add(actions, "export", "сделать документ: программу, план, показатели или деньги", _export)
    common(export, write=True)
    export.add_argument(
        "--programme", type=programme_key, metavar="КОД", help="какая; без него муниципальная, новейшая"
    )
    export.add_argument("--out", type=Path, required=True, metavar="ФАЙЛ", help="куда: .docx, .pdf или .xlsx")
    words = "; ".join(f"{key} — {name.lower()}" for key, name in programme_papers.WHAT.items())
    export.add_argument("--what", choices=list(programme_papers.WHAT), default="whole", metavar="ЧТО", help=words)
    export.add_argument("--register", action="store_true", help="записать в журнал исходящих")


def _export(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        key = chosen.programme or programmes.current(connection)
        if key is None:
            raise UserError("PROGRAMME_NONE")
        paper = programme_papers.paper(connection, key, chosen.what)
    return deliver(chosen, paper, papers.render(paper, chosen.out.suffix))
