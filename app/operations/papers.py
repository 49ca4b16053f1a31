"""Papers: from a list to a document, to PDF, Word and Excel, to the register of outgoing papers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import UserError
from app.models import lists, papers, results, settings
from app.models.store import Connection, Store
from app.operations import identification
from app.operations.identification import ListRow, SchoolList

if TYPE_CHECKING:
    from app.reports.document import Document
    from app.reports.school_list import SchoolLine, SchoolListData

FORMATS: dict[str, str] = {".pdf": "PDF", ".docx": "Word", ".xlsx": "Excel"}
SMALL_GROUP = 10
LONGEST_NAME = 200
"""Bytes."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a paper was made, so that it can be made again.

    Attributes:
        kind: key of the catalogue (``paper_catalogue.KINDS``).
        values: (key of a setting, its value as text), in the order of the kind's settings.
        dress: what the centre put round it (approvals, signers, executor), as kept text; empty where nothing.
    """

    kind: str
    values: tuple[tuple[str, str], ...] = ()
    dress: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper ready to be made: what it says and which frozen data it rests on.

    Attributes:
        period: what time it tells about, in words («2026 год», «2026/27 учебный год»).
        addressee: who it is for; empty where it is for everybody.
        recipe: how to make it again; None where it was not made from the catalogue.
        out_number: number that it has already, as an order that was signed; ``dated`` its ISO day.
    """

    kind: str
    title: str
    document: Document
    snapshot_id: int | None
    period: str = ""
    addressee: str = ""
    recipe: Recipe | None = None
    out_number: str = ""
    dated: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """A paper as a file."""

    suffix: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Raster:
    """A page as a picture for the preview."""

    width: int
    height: int
    png: bytes


def school_list(connection: Connection, rule_id: str, year: int, *, long_storage: bool = False) -> Paper:
    """Return «Список школ с основаниями» of a rule and a year: the approved one as it was frozen, else a draft.

    Raises:
        UserError: ``RULE_NOT_FOUND``; ``GEN_NO_YEARS`` where the year has no results.
    """
    from app.reports.school_list import school_list as paper

    found = identification.school_list(connection, rule_id, year, with_change=False)
    if found.approval is None and year not in results.years(connection):
        raise UserError("GEN_NO_YEARS", year=year)
    data = _list_data(found, settings.get_all(connection), _protocol(connection, found))
    notes = tuple(identification.explanations(connection, found))
    document = paper(replace(data, long_storage=long_storage, explanations=notes))
    snapshot_id = found.approval.snapshot_id if found.approval else None
    return Paper("school_list", f"Список школ за {year} год", document, snapshot_id)


def _protocol(connection: Connection, found: SchoolList) -> str:
    if found.approval is None:
        return ""
    return str(lists.snapshot(connection, found.approval.snapshot_id)["order"].get("protocol", ""))


def _list_data(found: SchoolList, values: dict[str, str], protocol: str) -> SchoolListData:
    from app.reports.school_list import ListCounts, Order, SchoolListData, Signer

    approval, totals = found.approval, found.totals
    signer = Signer(values["signer_position"], values["signer_name"])
    return SchoolListData(
        municipality=values["municipality"],
        municipality_genitive=values["municipality_genitive"],
        year=found.year,
        rule_title=found.rule.title,
        rule_version=found.rule.version,
        rule_wording=found.rule.wording_for_paper(found.year),
        computed_at=found.computed_at,
        rows=tuple(_line(row, found) for row in found.rows),
        counts=ListCounts(totals.schools, totals.listed, totals.edge, totals.no_data, totals.corrected),
        label=values["schools_label"],
        snapshot=approval.sha256 if approval else None,
        approved=Order(approval.order_number, approval.order_date, issuer_genitive=approval.issuer)
        if approval
        else None,
        protocol=protocol,
        signers=(signer,) if signer.position or signer.name else (),
        executor=values["executor"],
        organisation=values["organisation"],
        intervals=values["show_intervals_on_papers"] == "1",
    )


def _line(row: ListRow, found: SchoolList) -> SchoolLine:
    from app.analysis.reasons import explain
    from app.reports.school_list import CorrectionLine, FractionLine, SchoolLine

    verdict = row.verdict
    decided = [fraction for fraction in verdict.fractions if fraction.decided]
    if row.correction is not None and row.listed and not decided:
        # the experts added it against its figures: the commission sees them, «нет данных» would be untrue
        decided = list(verdict.of_year(found.year) or verdict.fractions)
    # what the experts have decided is no longer uncertain
    uncertain = row.correction is None and (verdict.edge or verdict.verdict == "no_data")
    return SchoolLine(
        name=row.full_name if len(row.full_name) <= 60 else row.name,
        verdict=verdict.verdict,
        settlement=row.settlement or "",
        edge=verdict.edge and row.correction is None,
        branches=row.branch_labels,
        fractions=tuple(
            FractionLine(
                f.label, f.year, f.below, f.participants, f.restored, f.participants < SMALL_GROUP,
                f.interval.text() if f.interval else "",
            )
            for f in sorted(decided, key=lambda f: -f.year)
        ),
        correction=CorrectionLine("listed" if row.listed else "not_listed", row.correction.reason)
        if row.correction
        else None,
        sample=verdict.sample,
        words=explain(verdict, found.rule, found.year).paragraph if uncertain else "",
    )  # fmt: skip


def render(paper: Paper, suffix: str) -> Made:
    """Draw a paper; a PDF comes out as PDF/A-1b with empty places for signatures (decision 30).

    Raises:
        UserError: ``GEN_BAD_FORMAT``; ``PAPER_GLYPH`` for a character the font does not have.
    """
    suffix = suffix.lower()
    if suffix not in FORMATS:
        raise UserError("GEN_BAD_FORMAT", suffix=suffix or "без окончания")
    if suffix == ".docx":
        from app.exporters.docx import render_docx

        return Made(suffix, render_docx(paper.document))
    if suffix == ".xlsx":
        from app.exporters.xlsx import render_xlsx

        return Made(suffix, render_xlsx(paper.document))
    from app.exporters.paper import finish_pdf
    from app.exporters.pdf import render_pdf

    return Made(suffix, finish_pdf(render_pdf(paper.document)))


def write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all. Errors: ``PAPER_…`` of ``exporters.atomic``."""
    from app.exporters.atomic import write_atomic

    write_atomic(path, data)


def write_all(files: Sequence[tuple[Path, bytes]]) -> list[Path]:
    """Write several files beside what is there, all or none; returns where. Errors: ``PAPER_…``."""
    from app.exporters.atomic import write_all as write_files

    return write_files(files)


def take_back(paths: Sequence[Path]) -> None:
    """Remove files just written, whose entry in the register has failed."""
    from app.exporters.atomic import remove

    remove(paths)


def folder_for(path: Path) -> Path:
    """Return a folder for a batch of papers, making it beside what is there already.

    Raises:
        UserError: ``PAPER_NO_FOLDER`` where it cannot be made; ``PAPER_READ_ONLY`` and others of writing.
    """
    from app.exporters.atomic import try_folder

    try:
        path.mkdir(exist_ok=True)
    except OSError as error:
        raise UserError("PAPER_NO_FOLDER", folder=path) from error
    try_folder(path)
    return path


def file_name(paper: Paper, suffix: str, day: str) -> str:
    """Return a name that says what and when and that every system takes: «Список школ за 2026 год, 28.11.2026.pdf»."""
    return f"{plain_name(paper)}, {day}{suffix}"


def plain_name(paper: Paper) -> str:
    """Return the title of a paper as a name of a file that every system takes."""
    words = "".join(
        char if char.isalnum() or char in " -№.," else " " for char in paper.title.replace("/", "-").replace(":", ",")
    )
    return fitting(" ".join(words.split())[:120])


def fitting(name: str) -> str:
    """Return a name without its suffix, cut so that «, 23.11.2026 (подписан) (2).docx.sig» still fits behind it.

    Linux counts bytes of a name, 255 of them, and a Russian letter is two.
    """
    return name.encode()[:LONGEST_NAME].decode(errors="ignore").rstrip(". ")


def register(store: Store, paper: Paper, made: Made, name: str, beside: Sequence[Made] = ()) -> int:
    """Write a paper with its bytes into the register of outgoing papers; returns its number.

    What it says and how it was made are kept with it, so that «что изменилось с тех пор» can be told. A paper made by
    the same recipe as one that went before is its new version. Bytes that are known already stay one line, unless that
    line was withdrawn.

    Args:
        store: the open file.
        paper: the paper.
        made: its bytes, the document itself.
        name: name of the file.
        beside: the same paper to edit (Word) and as data (Excel), kept at its line.
    """
    known = papers.by_digest(store.connection, _digest(made.data))
    if known is not None and known.state != "withdrawn":
        return known.number
    from app.reports.content import as_bytes

    former = _former(store.connection, paper)
    with store.operation(f"Зарегистрирован документ «{paper.title}»", "paper.register", reversible=False) as operation:
        number = papers.register(
            operation, kind=paper.kind, title=paper.title, file_name=name, data=made.data,
            snapshot_id=paper.snapshot_id, actor=store.actor, period=paper.period, addressee=paper.addressee,
            recipe=recipe_text(paper.recipe), content=as_bytes(paper.document), replaces=former,
            out_number=paper.out_number, dated=paper.dated,
        )  # fmt: skip
        line = papers.get(store.connection, number)
        if line is not None:
            for item in beside:
                role = "data" if item.suffix == ".xlsx" else "editable"
                told = str(Path(name).with_suffix(item.suffix))
                papers.add_file(operation, line.id, role=role, file_name=told, data=item.data)
    return number


def _former(connection: Connection, paper: Paper) -> int | None:
    """Return the key of the paper in force made of the same values, whose new version this one is."""
    if paper.recipe is None:
        return None
    for key, recipe in papers.recipes_in_force(connection, paper.kind):
        kept = recipe_of(recipe)
        if kept is not None and (kept.kind, sorted(kept.values)) == (paper.recipe.kind, sorted(paper.recipe.values)):
            return key
    return None


def recipe_text(recipe: Recipe | None) -> str | None:
    """Return a recipe as the register keeps it; None of none."""
    if recipe is None:
        return None
    kept = {"kind": recipe.kind, "values": dict(recipe.values), "dress": recipe.dress}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def recipe_of(text: str | None) -> Recipe | None:
    """Return a kept recipe; None of none and of what is none."""
    try:
        kept = json.loads(text or "null")
    except ValueError:
        return None
    if not isinstance(kept, dict) or not isinstance(kept.get("values"), dict) or "kind" not in kept:
        return None
    values = tuple((str(key), str(value)) for key, value in kept["values"].items())
    return Recipe(str(kept["kind"]), values, str(kept.get("dress", "")))


def _digest(data: bytes) -> str:
    import hashlib

    return hashlib.sha256(data).hexdigest()


def preview_pages(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    from app.exporters.preview import page_count

    return page_count(pdf)


def preview_lying(pdf: bytes, page: int) -> bool:
    """Tell whether a page lies on its long side."""
    from app.exporters.preview import page_of_width

    width, height, _png = page_of_width(pdf, page, 60)
    return width > height


def preview_page(pdf: bytes, page: int, width: int) -> Raster:
    """Return one page of a PDF as a picture of the given width in pixels."""
    from app.exporters.preview import page_of_width

    return Raster(*page_of_width(pdf, page, width))
