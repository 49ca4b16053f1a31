"""What a signature in a PDF covers, and what was done to the file after it.

Everything here is about structure, nothing about keys. Offsets are bytes from the start of the file.
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from app.exporters.certificates import FOREIGN_ASN1_ERRORS
from app.exporters.pdf_marks import marks_after

CoverageProblem = Literal["changed_after_signing", "not_whole_file"]

FOREIGN_PDF_ERRORS = (
    *(ArithmeticError, AssertionError, NotImplementedError, RecursionError, EOFError, struct.error, zlib.error),
    *FOREIGN_ASN1_ERRORS,
)
"""What pyHanko lets through beside its own ``PdfError`` when the structure of a file is hostile or damaged."""

END_MARK = b"%%EOF"
END_MARKS_TRIED = 20
"""How many end marks from the back are tried: a tail may hold false ones."""

MOST_PATHS = 2_000_000
"""Honest papers of hundreds of pages have some ten thousand."""

_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s*\]")
_LAST_WORDS = re.compile(rb"startxref\s+\d+\s+%%EOF(?:\r\n|\r|\n)?")

_WHOLE = "весь файл"
_WHOLE_THEN = "весь файл, каким он был при подписании"
_PART = "только часть файла"


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a signature covers.

    Attributes:
        whole: the file as it was when signed is covered to the last byte, and later additions are permitted ones.
        scope: the same in words.
        problem: what is wrong, None where nothing is.
        reason: one Russian sentence on the problem, else empty.
        changed_after: what happened to the file afterwards, None where nothing did.
        notes: what is worth a look though it is permitted.
    """

    whole: bool
    scope: str
    problem: CoverageProblem | None
    reason: str
    changed_after: str | None
    notes: tuple[str, ...] = ()


def revisions_from_the_end(pdf: bytes) -> Iterator[bytes]:
    """Yield what may be the file without something glued on behind it: cut after each end mark, last one first."""
    end = len(pdf)
    for _ in range(END_MARKS_TRIED):
        mark = pdf.rfind(END_MARK, 0, end)
        if mark < 0:
            return
        yield pdf[: _after_line(pdf, mark + len(END_MARK))]
        end = mark


def open_reader(body: bytes, *, strict: bool) -> Any:
    """Open a PDF and reach its pages.

    Raises:
        pyhanko.pdf_utils.misc.PdfError: or one of ``FOREIGN_PDF_ERRORS``: it is unreadable.
    """
    from pyhanko.pdf_utils.misc import PdfReadError
    from pyhanko.pdf_utils.reader import PdfFileReader

    reader = PdfFileReader(io.BytesIO(body), strict=strict)
    if not reader.encrypted and "/Pages" not in reader.root:
        raise PdfReadError("no pages")
    return reader


def page_tree_is_sound(reader: Any) -> bool:
    """Tell whether walking the pages ends: a tree that leads back into itself hangs viewers."""
    seen = set()
    for reference in _page_references(reader):
        if reference in seen:
            return False
        seen.add(reference)
    return True


def _page_references(handler: Any) -> Iterator[Any]:
    """Yield the nodes of the page tree; the first node met twice is the last one yielded."""
    seen = set()
    queue = [handler.root.raw_get("/Pages")]
    while queue:
        node = queue.pop()
        reference = getattr(node, "reference", None)
        if reference is not None:
            yield reference
            if reference in seen:
                return
            seen.add(reference)
            node = node.get_object()
        kids = node.get("/Kids") if hasattr(node, "get") else None
        queue.extend(kids or ())


def orphan_signatures(pdf: bytes, known: Sequence[tuple[int, ...]]) -> Iterator[int]:
    """Yield the end of each signature the form no longer mentions.

    A signature that a later, still mentioned one covers is left out: whoever signed later saw the file without
    it and answers for that.

    Args:
        pdf: the file.
        known: byte ranges of the signatures the form mentions.
    """
    covered = max((numbers[2] + numbers[3] for numbers in known if len(numbers) == 4), default=0)
    for match in _RANGE.finditer(pdf):
        numbers = tuple(int(number) for number in match.groups())
        end = numbers[2] + numbers[3]
        if numbers in known or covered > end:
            continue
        gap = _gap(pdf, numbers)
        if gap is not None and any(gap):
            yield end


def examine_coverage(embedded: Any, pdf: bytes) -> Coverage:
    """Say what an embedded signature covers and what was changed after it.

    Args:
        embedded: ``pyhanko.sign.validation.pdf_embedded.EmbeddedPdfSignature``.
        pdf: the whole file, with whatever stands behind its last revision.
    """
    from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, DiffResult, ModificationLevel
    from pyhanko.sign.validation import SignatureCoverageLevel

    numbers = tuple(int(number) for number in embedded.byte_range)
    level = embedded.evaluate_signature_coverage()
    embedded.coverage = level
    if _gap(pdf, numbers) != embedded.pkcs7_content:
        return _partial("Подпись покрывает не весь файл: часть документа под неё не попала.", None)
    if level < SignatureCoverageLevel.ENTIRE_REVISION:
        reason = "Подпись покрывает не весь файл: она кончается раньше, чем та редакция файла, где она стоит."
        return _partial(reason, "в файл дописаны данные, не покрытые подписью")
    if numbers[2] + numbers[3] == len(pdf):
        return Coverage(whole=True, scope=_WHOLE, problem=None, reason="", changed_after=None)
    tail = _tail_length(embedded.reader, pdf)
    if tail:
        reason = "Подпись покрывает не весь файл: после неё дописаны посторонние данные."
        return _partial(reason, "в конец файла дописаны данные")
    if _too_tangled(embedded.reader.get_historical_resolver(embedded.signed_revision)):
        reason = "Что изменили после подписания, проверить нельзя: файл устроен слишком запутанно."
        return _partial(reason, "в файл дописаны данные, проверить которые нельзя")
    changes = embedded.evaluate_modifications(DEFAULT_DIFF_POLICY)
    if not isinstance(changes, DiffResult) or changes.modification_level == ModificationLevel.OTHER:
        return _changed("После подписания документ изменили: новое содержание подписью не заверено.")
    permitted = embedded.docmdp_level
    if permitted is not None and changes.modification_level.value > permitted.value:
        return _changed("После подписания документ изменили, хотя подпись это запретила.")
    painted, notes = marks_after(embedded)
    if painted:
        return _changed("После подписания на страницу положили картинку, которой подписавший не видел.")
    return Coverage(True, _WHOLE_THEN, None, "", _permitted_change(embedded, changes), notes)


def _too_tangled(revision: Any) -> bool:
    """Tell whether the analysis of changes would never end.

    It lists every path from the trailer to every object; a file of two kilobytes can be built to have more paths
    than there are atoms. They are counted here without being walked: each object once, loops cut.
    """
    pages = set(_page_references(revision))
    counted: dict[Any, int] = {}

    def paths(item: Any) -> int:
        reference = getattr(item, "reference", None)
        if reference is None:
            return inside(item)
        if reference in pages:  # entered through the tree only, and counted below
            return 1
        if reference not in counted:
            counted[reference] = 0
            counted[reference] = 1 + inside(revision(reference))
        return counted[reference]

    def inside(item: Any) -> int:
        if isinstance(item, dict):
            return sum(paths(value) for key, value in item.items() if key != "/Parent")
        return sum(paths(value) for value in item) if isinstance(item, list) else 0

    total = inside(revision.trailer_view)
    return total + sum(inside(revision(reference)) for reference in pages) > MOST_PATHS


def _permitted_change(embedded: Any, changes: Any) -> str | None:
    """Say in words what later revisions added, all of it permitted."""
    from pyhanko.sign.fields import enumerate_sig_fields

    reader = embedded.reader
    now = {str(name) for name, _, _ in enumerate_sig_fields(reader, filled_status=True)}
    then_reader = reader.get_historical_resolver(embedded.signed_revision)
    then = {str(name) for name, _, _ in enumerate_sig_fields(then_reader, filled_status=True)}
    waiting = {str(name) for name, _, _ in enumerate_sig_fields(then_reader)} - then
    signed_later = now - then
    filled = set(changes.changed_form_fields) - now
    parts = []
    if filled:
        parts.append(f"заполнены поля формы ({', '.join(sorted(filled))})")
    if signed_later & waiting:
        parts.append(f"заполнены поля подписи ({', '.join(sorted(signed_later & waiting))})")
    if signed_later - waiting:
        parts.append("добавлены новые подписи")
    if not parts and reader.total_revisions - 1 > embedded.signed_revision:
        parts.append("добавлены служебные сведения, содержание прежнее")
    return f"после подписи {', '.join(parts)}" if parts else None


def _partial(reason: str, changed_after: str | None) -> Coverage:
    return Coverage(False, _PART, "not_whole_file", reason, changed_after)


def _changed(reason: str) -> Coverage:
    return Coverage(False, _WHOLE_THEN, "changed_after_signing", reason, "после подписи изменено содержание документа")


def _gap(pdf: bytes, numbers: Sequence[int]) -> bytes | None:
    """Return the bytes written in the hole of a byte range, None where it is not one hexadecimal string.

    Were the hole larger than the signature, or elsewhere, unsigned content could hide in it.
    """
    if len(numbers) != 4 or numbers[0] != 0 or not 0 < numbers[1] < numbers[2] <= len(pdf):
        return None
    hole = pdf[numbers[1] : numbers[2]]
    if hole[:1] != b"<" or hole[-1:] != b">":
        return None
    try:
        return bytes.fromhex(hole[1:-1].decode("ascii"))
    except ValueError:
        return None


def _tail_length(reader: Any, pdf: bytes) -> int:
    """Return how many bytes stand behind the last revision; signing programs leave none."""
    last = reader.xrefs.get_xref_container_info(reader.total_revisions - 1).end_location
    words = _LAST_WORDS.search(pdf, last)
    return len(pdf) - words.end() if words else len(pdf)


def _after_line(pdf: bytes, position: int) -> int:
    """Return the position behind one line end, if one stands there."""
    if pdf[position : position + 2] == b"\r\n":
        return position + 2
    return position + 1 if pdf[position : position + 1] in {b"\r", b"\n"} else position
