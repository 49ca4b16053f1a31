"""What a paper says, as canonical data, and in what two sayings differ.

The register keeps the content of a paper beside its bytes: the same paper made again another day is compared by what
it says, not by its pages. Looks (widths, alignment, page breaks) and the line at the foot of the page do not count.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from app.reports.document import (
    ActApproval,
    Approval,
    Document,
    Fraction,
    Lines,
    Marked,
    Number,
    Plain,
    Roubles,
    Share,
    Value,
    shown,
)
from app.reports.document import Day as DayValue
from app.texts import DASH

VERSION = 1
_LOOKS = frozenset({
    "weight", "align", "sheet_titles", "justified", "indent", "height_mm", "landscape", "profile", "provenance",
    "running", "language", "long_storage", "place", "qr", "meta", "link", "tone", "bold", "size", "gap", "spread",
    "by_hand",
})  # fmt: skip
"""Fields that change how a paper looks, not what it says."""
_SILENT = frozenset({"PageBreak", "Turn", "Contents"})
_END = re.compile(r"(?<=[.!?])(?<![А-ЯЁA-Z]\.)(?<![\s(][а-яё]\.) (?=[А-ЯЁA-Z«])")
"""Where a sentence ends: not behind an initial («М. П. Иванова») nor behind «г. Лесогорск»."""
Content = Mapping[str, Any]


def content(document: Document) -> dict[str, Any]:
    """Return what a document says: title, approvals, blocks; cells keep their types.

    Dataclasses become {"is": name, field: value}; what only concerns looks is left out.
    """
    return {
        "version": VERSION,
        "title": list(document.title),
        "draft": document.draft_word if document.draft else "",
        "approvals": [_approval(item) for item in document.approvals],
        "cover": list(document.cover),
        "blocks": [_plain(block) for block in document.blocks if type(block).__name__ not in _SILENT],
    }


def _approval(item: Approval) -> str:
    """Return an approval block as one line; keys of canonical data are sorted, so its own order would be lost."""
    lines = item.lines() if isinstance(item, ActApproval) else (item.word, item.position, item.name, item.shown_date)
    return ", ".join(line for line in lines if line)


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        named = {one.name: getattr(value, one.name) for one in fields(value) if one.name not in _LOOKS}
        return {"is": type(value).__name__, **{name: _plain(item) for name, item in named.items()}}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    return value


def as_bytes(document: Document) -> bytes:
    """Return the content as canonical JSON: sorted keys, no spaces, UTF-8; the same content has the same bytes."""
    return json.dumps(content(document), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def read(data: bytes) -> dict[str, Any] | None:
    """Return kept content; None where it is of a newer program or no content at all."""
    try:
        found: Any = json.loads(data)
    except ValueError:  # not UTF-8 or not JSON
        return None
    return found if isinstance(found, dict) and found.get("version") == VERSION else None


# --- differences -------------------------------------------------------------------------------------------------

What = Literal["changed", "added", "removed"]
WORDS: dict[What, str] = {"changed": "изменилось", "added": "появилось", "removed": "исчезло"}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that a paper says otherwise now.

    Attributes:
        place: where, in words: «таблица «Список», СОШ № 5, Доля».
        old, new: as a person reads them; empty where nothing was or is there.
        table, row, column: of a cell; empty elsewhere.
        figure: it is a count or a share, so results stand behind it.
    """

    what: What
    place: str
    old: str
    new: str
    table: str = ""
    row: str = ""
    column: str = ""
    figure: bool = False

    @property
    def line(self) -> str:
        """The whole as one line of plain Russian."""
        if self.what == "changed":
            return f"{self.place}: было «{self.old}», стало «{self.new}»"
        return f"{self.place}: {WORDS[self.what]} «{self.new or self.old}»"


def differences(old: Content, new: Content) -> tuple[Difference, ...]:
    """Return in what two contents differ, in the order of the new paper; rows of tables are paired by their names.

    Args:
        old: content kept then.
        new: content now.
    """
    found = [*_lines("заголовок", old["title"], new["title"]), *_of_draft(old, new)]
    found += _lines("гриф", old["approvals"], new["approvals"])
    found += _lines("титульный лист", old.get("cover", []), new.get("cover", []))
    before, now = old["blocks"], new["blocks"]
    found += _texts(before, now)
    found += _facts(before, now)
    found += _tables(before, now)
    found += _charts(before, now)
    return tuple(found)


def _of_draft(old: Content, new: Content) -> Iterator[Difference]:
    if old["draft"] != new["draft"]:
        yield _change("пометка", old["draft"] or "нет", new["draft"] or "нет")


def _change(place: str, old: str, new: str, **where: Any) -> Difference:
    what: What = "changed" if old and new else "added" if new else "removed"
    return Difference(what, place, old, new, **where)


def _lines(place: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Difference]:
    """Compare texts line by line; a line put in between does not shift the others."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        longest = max(i2 - i1, j2 - j1)
        for was, now in zip(_padded(old[i1:i2], longest), _padded(new[j1:j2], longest), strict=True):
            yield _change(place, was, now)


def _padded(items: Sequence[str], length: int) -> list[str]:
    return [*items, *[""] * (length - len(items))]


def _texts(before: Iterable[Any], now: Iterable[Any]) -> Iterator[Difference]:
    """Compare the running text sentence by sentence; the heading before it says where."""
    old, new = list(_sentences(before)), list(_sentences(now))
    matcher = SequenceMatcher(None, [text for _place, text in old], [text for _place, text in new], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        longest = 0 if tag == "equal" else max(i2 - i1, j2 - j1)
        for step in range(longest):
            was = old[i1 + step] if i1 + step < i2 else None
            is_now = new[j1 + step] if j1 + step < j2 else None
            place = (is_now or was or ("", ""))[0]
            yield _change(place, was[1] if was else "", is_now[1] if is_now else "")


def _sentences(blocks: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield (where, sentence)."""
    place = "текст"
    for block in blocks:
        if block["is"] == "Heading":
            place = f"раздел «{block['text']}»"
        for text in _running([block]):
            yield from ((place, part) for part in _END.split(text))


def _running(blocks: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield the running texts: headings, paragraphs, notes, signatures."""
    for block in blocks:
        match block["is"]:
            case "Paragraph":
                yield "".join(run["text"] for run in block["runs"])
            case "Heading" | "Note" | "Executor" | "Centred":
                yield block["text"]
            case "SignatureBlock":
                yield ", ".join(part for part in (block["position"], block["name"]) if part)
            case "HandNotes":
                yield from (block["caption"], *block["lines"])
            case "Table" | "Facts" | "ChartBlock" | "ChartRow":
                pass
            case _:  # a block of a later day: what it says in words
                yield from _words(block)


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if value:
            yield value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            if key != "is":
                yield from _words(item)
    elif isinstance(value, list):
        for item in value:
            yield from _words(item)


# --- facts -------------------------------------------------------------------------------------------------------


def _facts(before: Iterable[Any], now: Iterable[Any]) -> Iterator[Difference]:
    old, new = _fact_texts(before), _fact_texts(now)
    for label in dict.fromkeys((*new, *old)):
        if old.get(label) != new.get(label):
            yield _change(f"сведения, {label[0]}", old.get(label, ""), new.get(label, ""), row=label[0])


def _fact_texts(blocks: Iterable[Any]) -> dict[tuple[str, int], str]:
    found: dict[tuple[str, int], str] = {}
    for block in blocks:
        for column in block["columns"] if block["is"] == "Facts" else ():
            for fact in column:
                found[_numbered(fact["label"], found)] = fact["text"]
    return found


def _numbered(name: str, taken: Mapping[tuple[str, int], Any]) -> tuple[str, int]:
    """Return a name with how many of the same stand before it: two rows of one name stay two."""
    number = 0
    while (name, number) in taken:
        number += 1
    return name, number


# --- tables ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    figure: bool


@dataclass(frozen=True, slots=True)
class _Rows:
    columns: tuple[str, ...]
    rows: Mapping[tuple[str, int], Mapping[str, _Cell]]


def _tables(before: Iterable[Any], now: Iterable[Any]) -> Iterator[Difference]:
    old, new = _by_name(before), _by_name(now)
    for key in dict.fromkeys((*new, *old)):
        name = key[0]
        if key not in old or key not in new:
            rows = len((new.get(key) or old[key]).rows)
            told = f"таблица «{name}», строк {rows}"
            yield _change("таблица", told if key in old else "", told if key in new else "", table=name)
        else:
            yield from _rows(name, old[key], new[key])


def _rows(name: str, old: _Rows, new: _Rows) -> Iterator[Difference]:
    renamed = _renamed(old, new)
    for row in dict.fromkeys((*new.rows, *(row for row in old.rows if row not in renamed.values()))):
        place = f"таблица «{name}», {row[0]}"
        was, now = old.rows.get(renamed.get(row, row)), new.rows.get(row)
        if was is None or now is None:
            told = "; ".join(cell.text for cell in (now or was or {}).values() if cell.text not in {"", DASH})
            yield _change(f"таблица «{name}», строка", told if was else "", told if now else "", table=name, row=row[0])
            continue
        for column in dict.fromkeys((*new.columns, *old.columns)):
            one, other = was.get(column, _Cell("", False)), now.get(column, _Cell("", False))
            if one.text != other.text:
                yield _change(
                    f"{place}, {column}" if column else place, one.text, other.text, table=name, row=row[0],
                    column=column, figure=one.figure or other.figure,
                )  # fmt: skip


def _renamed(old: _Rows, new: _Rows) -> dict[tuple[str, int], tuple[str, int]]:
    """Return row now → row then of rows that say the same under another name: a school that was renamed."""
    gone = [row for row in old.rows if row not in new.rows]
    found: dict[tuple[str, int], tuple[str, int]] = {}
    for row in (row for row in new.rows if row not in old.rows):
        for former in gone:
            one, other = old.rows[former], new.rows[row]
            same = sum(one.get(column) == cell for column, cell in other.items())
            if len(other) > 2 and same >= len(other) - 1:
                found[row] = former
                gone.remove(former)
                break
    return found


def _by_name(blocks: Iterable[Any]) -> dict[tuple[str, int], _Rows]:
    found: dict[tuple[str, int], _Rows] = {}
    for block in blocks:
        if block["is"] == "Table":
            found[_numbered(block["name"], found)] = _read_table(block)
    return found


def _read_table(table: Mapping[str, Any]) -> _Rows:
    titles = [": ".join(part for part in (one["over"], one["title"]) if part) for one in table["columns"]]
    outer = [title for title, one in zip(titles, table["columns"], strict=True) if not one["inner"]]
    inner = [title for title, one in zip(titles, table["columns"], strict=True) if one["inner"]]
    rows: dict[tuple[str, int], dict[str, _Cell]] = {}
    listed = [(group["title"], row) for group in table["groups"] for row in group["rows"]]
    place = _naming(outer, [row["cells"] for _title, row in listed])
    for group, row in listed:
        cells = {title: _cell([value]) for title, value in zip(outer, row["cells"], strict=True)
                 if not _only_counts(title)}  # fmt: skip
        for index, title in enumerate(inner):
            cells[title] = _cell([part[index] for part in row["parts"]])
        name = _text(row["cells"][place]) if place is not None else ""
        name = name if name not in {"", DASH} else "без названия"
        rows[_numbered(f"{group}: {name}" if group else name, rows)] = cells
    return _Rows(tuple(title for title in (*outer, *inner) if not _only_counts(title)), rows)


def _only_counts(title: str) -> bool:
    """«№», «№ п/п»: such a column moves with every row put in before and says nothing."""
    return title.replace("\u00a0", " ").strip().lower() in {"№", "№ п/п", "n", "п/п"}


def _naming(titles: Sequence[str], rows: Sequence[Sequence[Any]]) -> int | None:
    """Return the column that names the rows: the first whose values are texts and nearly all differ; else the first."""
    open_ones = [place for place, title in enumerate(titles) if not _only_counts(title)]
    for place in open_ones:
        texts = [_text(row[place]) for row in rows if isinstance(_bare(row[place]), str)]
        if rows and len(texts) == len(rows) and len(set(texts)) * 10 >= len(rows) * 9:
            return place
    return open_ones[0] if open_ones else None


def _bare(value: Any) -> Any:
    return value["value"] if isinstance(value, Mapping) and value.get("is") == "Marked" else value


def _cell(values: Sequence[Any]) -> _Cell:
    figure = any(isinstance(_bare(value), Mapping) and _bare(value)["is"] in {"Fraction", "Share"} for value in values)
    text = "; ".join(_text(value) for value in values)
    return _Cell(text, figure or re.search(r"\d\s(из|/)\s\d", text) is not None)


def _text(value: Any) -> str:
    """Return a kept value as a person reads it, with its footnote marks."""
    if isinstance(value, Mapping) and value.get("is") == "Marked":
        return " ".join((_text(value["value"]), *value["marks"]))
    return ", ".join(shown(_value(value)))


def _value(kept: Any) -> Value:
    if not isinstance(kept, Mapping):
        plain: Plain = kept
        return plain
    match kept["is"]:
        case "Fraction":
            return Fraction(kept["below"], kept["of"])
        case "Share":
            return Share(kept["below"], kept["of"])
        case "Day":
            return DayValue(kept["iso"])
        case "Lines":
            return Lines(tuple(kept["lines"]))
        case "Number":
            return Number(kept["exact"])
        case "Roubles":
            return Roubles(kept["kopecks"])
        case "Marked":
            return Marked(kept["value"], tuple(kept["marks"]))
        case _:
            return ", ".join(_words(kept))


# --- charts ------------------------------------------------------------------------------------------------------


def _charts(before: Iterable[Any], now: Iterable[Any]) -> Iterator[Difference]:
    old, new = _chart_points(before), _chart_points(now)
    for key in dict.fromkeys((*new, *old)):
        place = f"график «{key[0]}»"
        was, is_now = old.get(key), new.get(key)
        if was is None or is_now is None:
            yield _change("график", key[0] if was is not None else "", key[0] if is_now is not None else "")
            continue
        for name in dict.fromkeys((*is_now, *was)):
            if was.get(name) != is_now.get(name):
                yield _change(f"{place}, {name}", was.get(name, ""), is_now.get(name, ""), row=name.split(", ")[0],
                              figure=True)  # fmt: skip


def _chart_points(blocks: Iterable[Any]) -> dict[tuple[str, int], dict[str, str]]:
    found: dict[tuple[str, int], dict[str, str]] = {}
    for block in blocks:
        charts = [block["chart"]] if block["is"] == "ChartBlock" else block.get("charts", [])
        for chart in charts if block["is"] in {"ChartBlock", "ChartRow"} else ():
            found[_numbered(chart["title"], found)] = dict(_points(chart))
    return found


def _points(chart: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for series in chart.get("series", ()):
        for point in series["points"]:
            yield f"{series['name']}, {point['label']}", _told(point)
    for row, cells in zip(chart["rows"], chart["cells"], strict=True) if "cells" in chart else ():
        for column, cell in zip(chart["columns"], cells, strict=True):
            yield f"{row}, {column}", cell["word"] or _told(cell)
    for item in chart.get("dots") or (() if "cells" in chart else chart.get("rows", ())):
        yield str(item.get("name") or item.get("label") or ""), _told(item)


def _told(point: Mapping[str, Any]) -> str:
    if point.get("told"):
        return str(point["told"])
    numbers = [point[name] for name in ("value", "x", "y") if isinstance(point.get(name), (int, float))]
    return "; ".join(f"{number:.1f}".replace(".", ",") for number in numbers) or DASH
