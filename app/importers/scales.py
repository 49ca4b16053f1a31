"""Scales of points and marks: a reference by year, subject and grade that can be updated (decision 9)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, get_args

from app.errors import UserError
from app.importers.subjects import SUBJECTS
from app.models.records import Procedure, Scale
from app.paths import resources

_TOP = {"format", "source", "scale"}
_KEYS = {"year", "procedure", "subjects", "grades", "upper", "maximum"}
_ANSWER = re.compile(r"\s*(\d{1,3})\s*/\s*(\d{1,3})\s*/\s*(\d{1,3})\s*(?:/\s*(\d{1,3})\s*)?")
HIGHEST_SUM = 300

ScaleKey = tuple[int, str, str, int]


def key_of(scale: Scale) -> ScaleKey:
    """Return what makes a scale one: year, procedure, subject, grade."""
    return scale.year, scale.procedure, scale.subject, scale.grade


def load_shipped() -> tuple[Scale, ...]:
    """Return the scales that come with the program.

    Raises:
        UserError: IMP_SCALE_TOML or IMP_SCALE_FAULT when a shipped file is damaged.
    """
    found: list[Scale] = []
    for path in sorted((resources() / "scales").glob("*.toml")):
        found += parse_scales(path.read_text(encoding="utf-8"))
    return tuple(found)


def merged(shipped: Iterable[Scale], own: Iterable[Scale]) -> tuple[Scale, ...]:
    """Return shipped scales with the user's own in place of those of the same work."""
    found = {key_of(scale): scale for scale in shipped}
    found.update({key_of(scale): scale for scale in own})
    return tuple(found.values())


def find_scale(scales: Iterable[Scale], key: ScaleKey) -> Scale | None:
    """Return the scale of a work, never a similar one."""
    return next((scale for scale in scales if key_of(scale) == key), None)


def scale_from_answer(answer: str, key: ScaleKey) -> Scale | None:
    """Return the scale a person typed as «5/9/13» or «5/9/13/16» (the last is the maximum), or None."""
    found = _ANSWER.fullmatch(answer)
    if found is None or answer_fault(answer) is not None:
        return None
    two, three, four = (int(found.group(i)) for i in (1, 2, 3))
    maximum = int(found.group(4)) if found.group(4) else None
    year, procedure, subject, grade = key
    kinds = [kind for kind in get_args(Procedure) if kind == procedure]
    return Scale(year, kinds[0], subject, grade, (two, three, four), maximum) if kinds else None


def answer_fault(answer: str) -> str | None:
    """Return why a typed scale does not fit, to follow «не подходит: », or None where it does."""
    found = _ANSWER.fullmatch(answer)
    if found is None:
        return "нужны три или четыре целых числа через косую черту"
    bounds = [int(part) for part in found.groups() if part]
    if bounds[:3] != sorted(set(bounds[:3])):
        return "верхние границы «2», «3» и «4» должны возрастать"
    if bounds[3:] and bounds[3] <= bounds[2]:
        return "наибольший балл должен быть больше верхней границы «4»"
    return None


def parse_scales(toml_text: str) -> tuple[Scale, ...]:
    """Read scales strictly: unknown keys, wrong types, bounds out of order and repeats are refused.

    Raises:
        UserError: IMP_SCALE_TOML where the text is no TOML; IMP_SCALE_FAULT with the place and the fault.
    """
    import tomllib

    try:
        document = tomllib.loads(toml_text)
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        raise UserError("IMP_SCALE_TOML", reason=str(fault)) from fault
    _known(document, _TOP, "в начале файла")
    if document.get("format") != 1:
        raise _fault("в начале файла", "ожидается строка format = 1")
    if not isinstance(document.get("source"), str) or not document["source"].strip():
        raise _fault("в начале файла", "не назван источник (строка source)")
    entries = document.get("scale")
    if not isinstance(entries, list) or not entries:
        raise _fault("в начале файла", "нет ни одного раздела [[scale]]")
    found: dict[ScaleKey, Scale] = {}
    for index, entry in enumerate(entries, start=1):
        for scale in _entry(entry, f"в разделе [[scale]] № {index}"):
            if key_of(scale) in found:
                label = f"{scale.procedure} {scale.year}, {scale.subject}, {scale.grade} класс"
                raise _fault(f"в разделе [[scale]] № {index}", f"шкала уже была: {label}")
            found[key_of(scale)] = scale
    return tuple(found.values())


def _fault(place: str, fault: str) -> UserError:
    return UserError("IMP_SCALE_FAULT", place=place, fault=fault)


def _known(table: dict[str, Any], keys: set[str], place: str) -> None:
    extra = sorted(set(table) - keys)
    if extra:
        raise _fault(place, f"неизвестная строка «{extra[0]}»")


def _is_int(value: object, low: int, high: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def _entry(entry: Any, place: str) -> Sequence[Scale]:
    if not isinstance(entry, dict):
        raise _fault(place, "ожидается таблица")
    _known(entry, _KEYS, place)
    year: Any = entry.get("year")
    procedure: Any = entry.get("procedure")
    maximum: Any = entry.get("maximum")
    subjects, grades, upper = entry.get("subjects"), entry.get("grades"), entry.get("upper")
    if not _is_int(year, 2014, 2099):
        raise _fault(place, "year — год от 2014 до 2099")
    if procedure not in get_args(Procedure):
        raise _fault(place, "procedure — одно из: " + ", ".join(get_args(Procedure)))
    if not isinstance(subjects, list) or not subjects:
        raise _fault(place, "subjects — непустой список предметов")
    unknown = [name for name in subjects if name not in SUBJECTS]
    if unknown:
        raise _fault(place, f"предмет «{unknown[0]}» неизвестен")
    if not isinstance(grades, list) or not grades or not all(_is_int(grade, 1, 11) for grade in grades):
        raise _fault(place, "grades — непустой список классов от 1 до 11")
    if (
        not isinstance(upper, list)
        or len(upper) != 3
        or not all(_is_int(bound, 0, HIGHEST_SUM) for bound in upper)
        or not upper[0] < upper[1] < upper[2]
    ):
        raise _fault(place, "upper — три возрастающих целых числа: верхние границы «2», «3» и «4»")
    if maximum is not None and not _is_int(maximum, upper[2] + 1, HIGHEST_SUM):
        raise _fault(place, "maximum — целое число больше верхней границы «4»")
    bounds = (upper[0], upper[1], upper[2])
    return [Scale(year, procedure, name, grade, bounds, maximum) for name in subjects for grade in grades]
