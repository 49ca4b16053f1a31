"""Ways to spoil a table, a workbook, a text: seeded, so that a case comes again by its number."""

from __future__ import annotations

import datetime as dt
import random
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

Table = list[list[Any]]

GARBAGE: tuple[Any, ...] = (
    None, "", " ", "\u00a0", "-", "—", "н/д", "X", "Х ", "0", "-1", -5, 0, 1, 2.5, 1e308, -1e-9, 10**20,
    float("nan"), float("inf"), True, False, dt.date(2026, 4, 20), dt.datetime(2026, 4, 20, 5),  # noqa: DTZ001
    dt.time(5, 1), dt.timedelta(days=400), "12,36", "1 234", "1,234,567.8", "12 из 5", "100 %", "#REF!", "#DIV/0!",
    "½", "٣", "²", "−5", "\ufeffШкола", "edu203389", "sch203389", "edu20338", "7707083893", "213-13450", "Итого",
    "ВСЕГО по региону", "г. Барнаул", "Школа", "Участников", "2", "5", "2025/26", "99999999",
    "ВПР 2026 Русский язык 4 класс", "Математика", "отсутствовал", "нет отметки", "++-2X", "1(2)0(3)", "Ж" * 5000,
    "а\nб", "😀", "\x00", "=SUM(A1:A9)", "(((", "%", "1%", "30.02.2026", "Фамилия", "Группа", "4 РУ", "1 (2б)",
    "Класс", "Код",
)  # fmt: skip


def spoil_table(chance: random.Random, table: Table) -> Table:
    """Return a table with one to four faults."""
    rows = [list(row) for row in table]
    for _ in range(chance.randint(1, 4)):
        if rows:
            chance.choice(_TABLE_FAULTS)(chance, rows)
    return rows


def _place(chance: random.Random, rows: Table) -> tuple[list[Any], int] | None:
    row = chance.choice(rows)
    return (row, chance.randrange(len(row))) if row else None


def _replace(chance: random.Random, rows: Table) -> None:
    found = _place(chance, rows)
    if found:
        found[0][found[1]] = chance.choice(GARBAGE)


def _retype(chance: random.Random, rows: Table) -> None:
    found = _place(chance, rows)
    if not found:
        return
    row, at = found
    value = row[at]
    if isinstance(value, str):
        row[at] = float(value) if value.isdecimal() and value.isascii() and len(value) < 300 else value.upper()
    elif isinstance(value, (int, float)):
        row[at] = str(value)


def _swap(chance: random.Random, rows: Table) -> None:
    one, two = _place(chance, rows), _place(chance, rows)
    if one and two:
        one[0][one[1]], two[0][two[1]] = two[0][two[1]], one[0][one[1]]


def _shuffle_row(chance: random.Random, rows: Table) -> None:
    chance.shuffle(rows[chance.randrange(min(len(rows), 12))])


def _drop_row(chance: random.Random, rows: Table) -> None:
    rows.pop(chance.randrange(len(rows)))


def _repeat_row(chance: random.Random, rows: Table) -> None:
    rows.insert(chance.randrange(len(rows) + 1), list(chance.choice(rows)))


def _blank_row(chance: random.Random, rows: Table) -> None:
    rows.insert(
        chance.randrange(len(rows) + 1), chance.choice(([], ["Примечание"], [None, "г. Барнаул"], ["Итого", 5]))
    )


def _drop_column(chance: random.Random, rows: Table) -> None:
    at = chance.randrange(max(1, *map(len, rows)))
    for row in rows:
        del row[at : at + 1]


def _repeat_column(chance: random.Random, rows: Table) -> None:
    at = chance.randrange(max(1, *map(len, rows)))
    for row in rows:
        row[at:at] = row[at : at + 1]


def _cut_row(chance: random.Random, rows: Table) -> None:
    row = chance.choice(rows)
    del row[chance.randrange(len(row) + 1) :]


def _stretch_row(chance: random.Random, rows: Table) -> None:
    chance.choice(rows).extend(chance.choice(GARBAGE) for _ in range(chance.randint(1, 30)))


def _garble_text(chance: random.Random, rows: Table) -> None:
    found = _place(chance, rows)
    if found and isinstance(found[0][found[1]], str) and found[0][found[1]]:
        line = found[0][found[1]]
        at = chance.randrange(len(line))
        found[0][found[1]] = line[:at] + chance.choice(("", "\u00a0", "(", "|", "9", "Ё", line)) + line[at + 1 :]


_TABLE_FAULTS: tuple[Callable[[random.Random, Table], None], ...] = (
    _replace, _replace, _replace, _retype, _swap, _shuffle_row, _drop_row, _repeat_row, _blank_row, _drop_column,
    _repeat_column, _cut_row, _stretch_row, _garble_text,
)  # fmt: skip


def spoil_merges(chance: random.Random) -> tuple[tuple[int, int, int, int], ...]:
    """Return merged ranges that may be anywhere, also upside down and without end."""
    return tuple(
        tuple(chance.choice((0, 1, 2, 3, 5, 8, 13, 40, 1_048_575)) for _ in range(4))  # type: ignore[misc]
        for _ in range(chance.randint(0, 4))
    )


# --- workbooks -------------------------------------------------------------------------------------------------


def spoil_parts(chance: random.Random, source: Path, target: Path) -> Path:
    """Write a workbook with one or two of its parts spoilt inside an honest zip."""
    with zipfile.ZipFile(source) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    names = list(parts)
    weights = [6 if "worksheets/sheet" in name else 3 if "sharedStrings" in name or "workbook" in name else 1
               for name in names]  # fmt: skip
    for _ in range(chance.randint(1, 2)):
        name = chance.choices(names, weights)[0]
        parts[name] = chance.choice(_PART_FAULTS)(chance, parts[name])
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for name, data in parts.items():
            if chance.random() > 0.01:
                new.writestr(name, data)
    return target


def _truncate(chance: random.Random, data: bytes) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _flip(chance: random.Random, data: bytes) -> bytes:
    spoilt = bytearray(data)
    for _ in range(chance.randint(1, 6) if spoilt else 0):
        spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
    return bytes(spoilt)


def _double(chance: random.Random, data: bytes) -> bytes:
    at, length = chance.randrange(len(data) + 1), chance.randint(1, 400)
    return data[: at + length] + data[at:]


def _remove(chance: random.Random, data: bytes) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + data[at + chance.randint(1, 200) :]


_SWAPS: tuple[tuple[bytes, tuple[bytes, ...]], ...] = (
    (rb' t="s"', (b"", b' t="n"', b' t="b"', b' t="e"', b' t="str"', b' t="inlineStr"', b' t="d"', b' t="zz"')),
    (rb' r="[A-Z]+\d+"', (b"", b' r="A0"', b' r="XFD9"', b' r="AAAA1"', b' r="1A"', b' r=""', b' r="ZZ99"')),
    (rb' r="\d+"', (b"", b' r="0"', b' r="99999"', b' r="-1"', b' r="18446744073709551617"')),
    (rb"<v>[^<]*</v>", (b"<v/>", b"<v>-1</v>", b"<v>99999999999</v>", b"<v>1e999</v>", b"<v>NaN</v>", b"<v>x</v>",
                        b"<f>SUM(A1:B9)</f><v>5</v>", b"<f>A1/0</f>", b'<f t="shared" si="0"/><v>1</v>')),
    (rb"<dimension[^>]*>", (b'<dimension ref="A1:XFD1048576"/>', b'<dimension ref="Z"/>', b"")),
    (rb"</sheetData>", (b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
                        b'</sheetData><mergeCells><mergeCell ref="B9:A1"/></mergeCells>')),
    (rb"<row ", (b'<row hidden="1" ', b'<row spans="1:99999" ')),
    (rb"<sheet ", (b'<sheet state="hidden" ', b'<sheet state="veryHidden" ')),
    (rb"Target=\"[^\"]*\"", (b'Target="../../x"', b'Target=""', b'Target="/xl/worksheets/sheet1.xml"')),
)  # fmt: skip


def _swap_marks(chance: random.Random, data: bytes) -> bytes:
    pattern, instead = chance.choice(_SWAPS)
    places = [found.span() for found in re.finditer(pattern, data)]
    for start, end in sorted(chance.sample(places, min(len(places), chance.choice((1, 1, 2, 40)))), reverse=True):
        data = data[:start] + chance.choice(instead) + data[end:]
    return data


_PART_FAULTS: tuple[Callable[[random.Random, bytes], bytes], ...] = (
    _truncate, _flip, _flip, _double, _remove, _swap_marks, _swap_marks, _swap_marks, _swap_marks,
)  # fmt: skip


def spoil_bytes(chance: random.Random, data: bytes) -> bytes:
    """Return a file with bytes flipped, cut off, doubled or zeroed, wherever they are."""
    fault = chance.choice((_truncate, _flip, _flip, _double, _remove, _zero))
    return fault(chance, data)


def _zero(chance: random.Random, data: bytes) -> bytes:
    at, length = chance.randrange(len(data) + 1), chance.randint(1, 64)
    return data[:at] + b"\0" * len(data[at : at + length]) + data[at + length :]


def spoil_text(chance: random.Random, data: bytes) -> bytes:
    """Return a text table spoilt: quotation marks, delimiters, line ends, bytes of other encodings."""
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data) + 1)
        junk = chance.choice(
            (b'"', b'""', b";", b",", b"\t", b"\r", b"\n\n", b"\xff", b"\0", b"\xd0", b"'", b"sep=,\n")
        )
        data = chance.choice((data[:at] + junk + data[at:], data[:at] + junk + data[at + 1 :]))
    return spoil_bytes(chance, data) if chance.random() < 0.2 else data
