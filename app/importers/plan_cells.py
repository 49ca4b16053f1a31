"""Several things in one cell of a plan: responsible people and results come apart, nothing of them is lost.

Forms: 001, columns «Ответственный исполнитель» («КОПО Л.Г. Михайлюк, ЛОИРО О.В. Ковальчук») and «Ожидаемый
результат» («1. …. 2. …», «…; …»).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_BULLET = re.compile(r"^\s*(?:[•●▪◦‣·*]|[-–—](?=\s)|\d{1,2}[.)](?!\d))\s*")
_NUMBERED = re.compile(r"(?:^|(?<=[\s;,.]))(\d{1,2})[.)]\s*(?=[А-ЯЁA-Z«\"])")
_LOOSE = r"(?:и|или|а|в|во|на|по|с|со|для|о|об|к|от|из|при|за|до|не|без|под|над|у|через)"
_LOOSE_END, _LOOSE_START = re.compile(rf"(?:^|\s){_LOOSE}$"), re.compile(rf"{_LOOSE}\s")
_INITIALS = r"[А-ЯЁ]\.\s?[А-ЯЁ]\."
_SURNAME = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
_NAME = re.compile(rf"(?:{_INITIALS}\s?{_SURNAME}|{_SURNAME}\s{_INITIALS})$")
_ONLY_NAME = re.compile(rf"^(?:{_INITIALS}\s?{_SURNAME}|{_SURNAME}\s{_INITIALS})$")
_ORGANISATION = re.compile(r"^[А-ЯЁ]{2,}[А-ЯЁа-яё]*(?:\s(?:«[^»]*»|[А-ЯЁ]{2,}))*$")
_NAME_THEN_ORGANISATION = re.compile(rf"({_INITIALS}\s?{_SURNAME})\s+(?=[А-ЯЁ]{{2,}}(?:[\s«]|$))")
_POST = re.compile(
    r"^(?:и\.?\s?о\.?\s|врио\s|зам|начальник\b|директор\b|методист\b|(?:главный|ведущий|старший)\s"
    r"|руководитель\b|заведующ|специалист\b|консультант\b|председатель\b|учитель\b|координатор\b)"
)
_PLURAL_POST = re.compile(
    r"^(?:руководител|директор|заместител|методист|специалист|муниципальн|школ|педагог|учител|администрац|начальник"
    r"|председател|куратор|тьютор|рабоч|координатор|управляющ|образовательн|классн|член|эксперт|отдел|совет|центр)"
)


def results(text: str) -> tuple[str, ...]:
    """Return the results of one cell: numbered from one up, else divided by semicolons and lines."""
    numbered = _numbered(text)
    if numbered:
        return tuple(_trimmed(part) for part in numbered if _trimmed(part))
    parts: list[str] = []
    for line in text.split("\n"):
        fresh = not parts or bool(_BULLET.match(line)) or not _goes_on(parts[-1], line)
        pieces = list(_divided(_BULLET.sub("", line), ";"))
        if not fresh and pieces:
            parts[-1] = f"{parts[-1]} {pieces.pop(0)}"
        parts += pieces
        if line.rstrip().endswith(";") and parts:
            parts[-1] += ";"
    return tuple(part for part in map(_trimmed, parts) if part)


def _goes_on(before: str, line: str) -> bool:
    """Tell whether a line only runs on: it begins or the one before ends with a word that can't stand at an edge."""
    if line[:1].isupper() or before.endswith((";", ".")):
        return False
    return before.endswith((",", "-")) or bool(_LOOSE_END.search(before.casefold()) or _LOOSE_START.match(line))


def _trimmed(text: str) -> str:
    return " ".join(text.split()).strip(" ;,")


def _numbered(text: str) -> list[str]:
    """Return the parts behind 1., 2., 3. …; nothing where the numbers do not go up from one at the beginning."""
    marks: list[re.Match[str]] = []
    for mark in _NUMBERED.finditer(text):
        if int(mark.group(1)) == len(marks) + 1:
            marks.append(mark)
    if len(marks) < 2 or text[: marks[0].start()].strip():
        return []
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return [text[mark.end() : end] for mark, end in zip(marks, ends, strict=True)]


def _divided(text: str, signs: str) -> Iterator[str]:
    """Yield the parts between signs that stand outside brackets and quotation marks."""
    depth, start = 0, 0
    for place, sign in enumerate(text):
        if sign in "(«[":
            depth += 1
        elif sign in ")»]":
            depth = max(0, depth - 1)
        elif sign in signs and not depth:
            yield text[start:place]
            start = place + 1
    yield text[start:]


def responsible(text: str) -> tuple[str, ...]:
    """Return the responsible of one cell: by commas, semicolons and lines; an organisation stays with its name."""
    pieces: list[str] = []
    for part in _divided(_NAME_THEN_ORGANISATION.sub(r"\1;", _lines_joined(text)), ",;\n"):
        piece = " ".join(_BULLET.sub("", part).split()).strip(" .") if not _NAME.search(part) else _name_of(part)
        if not piece:
            continue
        if pieces and _belongs(pieces[-1], piece):
            joint = " " if _ORGANISATION.match(pieces[-1]) else ", "
            pieces[-1] = f"{pieces[-1]}{joint}{piece}"
        else:
            pieces.append(piece)
    return tuple(pieces)


def _name_of(part: str) -> str:
    return " ".join(_BULLET.sub("", part).split())


def _belongs(before: str, piece: str) -> bool:
    """A bare name belongs to the organisation before it, a post in the singular to the name before it."""
    if _ORGANISATION.match(before) and _ONLY_NAME.match(piece):
        return True
    return bool(_ONLY_NAME.match(before) and _POST.match(piece) and not piece.startswith("руководители"))


def _lines_joined(text: str) -> str:
    """Join lines that one thing runs over: «управление» and «образования»; a post or a capital begins a new one."""
    joined = ""
    for line in text.split("\n"):
        if not joined:
            joined = line
            continue
        last = joined.rsplit("\n", 1)[-1].strip()
        ended = last.endswith((",", ";"))
        goes_on = not ended and (
            (line[:1].islower() and not _PLURAL_POST.match(line))
            or (" " not in last and last[:1].islower() and bool(_ORGANISATION.match(line)))
            or (bool(_ORGANISATION.match(last.rsplit(",", 1)[-1].strip())) and bool(_ONLY_NAME.match(line)))
        )
        joined += (" " if goes_on else "\n") + line
    return joined
