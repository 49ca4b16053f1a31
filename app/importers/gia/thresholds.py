"""Minimum scores of examinations: a reference by year, subject and region that can be updated (decision 9)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal, get_args

from app.errors import UserError
from app.importers.subjects import SUBJECTS
from app.models.records import Assessment, Level, Procedure, Threshold
from app.paths import resources

Measure = Literal["primary", "test", "mark"]
ThresholdKey = tuple[int, Procedure, str, Level | None, Measure, str | None]

_TOP = {"format", "source", "threshold"}
_KEYS = {"year", "procedure", "subjects", "level", "measure", "least", "region", "source"}
_MOST: dict[Measure, int] = {"primary": 300, "test": 100, "mark": 5}


def key_of(threshold: Threshold) -> ThresholdKey:
    """Return what makes a threshold one: year, procedure, subject, level, measure, region."""
    t = threshold
    return t.year, t.procedure, t.subject, t.level, t.measure, t.region


def load_shipped() -> tuple[Threshold, ...]:
    """Return the thresholds that come with the program.

    Raises:
        UserError: IMP_THRESHOLD_TOML or IMP_THRESHOLD_FAULT when a shipped file is damaged.
    """
    found: list[Threshold] = []
    for path in sorted((resources() / "thresholds").glob("*.toml")):
        found += parse_thresholds(path.read_text(encoding="utf-8"))
    return tuple(found)


def merged(shipped: Iterable[Threshold], own: Iterable[Threshold]) -> tuple[Threshold, ...]:
    """Return shipped thresholds with the user's own in place of those of the same exam."""
    found = {key_of(threshold): threshold for threshold in shipped}
    found.update({key_of(threshold): threshold for threshold in own})
    return tuple(found.values())


def find_threshold(
    thresholds: Iterable[Threshold], work: Assessment, year: int, measure: Measure, region: str | None = None
) -> int | None:
    """Return the lowest score that reaches the minimum, or None where it is unknown; never that of a similar exam.

    A threshold of the region itself wins over that of the whole country.
    """
    fitting = {
        t.region: t.least
        for t in thresholds
        if (t.year, t.procedure, t.subject, t.level, t.measure)
        == (year, work.procedure, work.subject, work.level, measure)
    }
    return fitting.get(region, fitting.get(None))


def parse_thresholds(toml_text: str) -> tuple[Threshold, ...]:
    """Read thresholds strictly: unknown keys, wrong types, missing sources and repeats are refused.

    Each section ``[[threshold]]`` has ``year``, ``procedure``, ``subjects``, ``measure``, ``least``; ``level`` and
    ``region`` where they are needed; ``source`` of its own unless the file names one for all.

    Raises:
        UserError: IMP_THRESHOLD_TOML where the text is no TOML; IMP_THRESHOLD_FAULT with the place and the fault.
    """
    import tomllib

    try:
        document = tomllib.loads(toml_text)
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        raise UserError("IMP_THRESHOLD_TOML", reason=_reason(fault)) from fault
    _known(document, _TOP, "в начале файла")
    if document.get("format") != 1:
        raise _fault("в начале файла", "ожидается строка format = 1")
    entries = document.get("threshold")
    if not isinstance(entries, list) or not entries:
        raise _fault("в начале файла", "нет ни одного раздела [[threshold]]")
    found: dict[ThresholdKey, Threshold] = {}
    for index, entry in enumerate(entries, start=1):
        place = f"в разделе [[threshold]] № {index}"
        for threshold in _entry(entry, place, document.get("source")):
            if key_of(threshold) in found:
                label = f"{threshold.procedure} {threshold.year}, {threshold.subject}"
                raise _fault(place, f"порог уже был: {label}")
            found[key_of(threshold)] = threshold
    return tuple(found.values())


def _reason(fault: Exception) -> str:
    import re

    place = re.search(r"at line (\d+)", str(fault))
    return f"ошибка в строке {place.group(1)}" if place else "текст обрывается"


def _fault(place: str, fault: str) -> UserError:
    return UserError("IMP_THRESHOLD_FAULT", place=place, fault=fault)


def _known(table: dict[str, Any], keys: set[str], place: str) -> None:
    extra = sorted(set(table) - keys)
    if extra:
        raise _fault(place, f"неизвестная строка «{extra[0]}»")


def _is_int(value: object, low: int, high: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def _entry(entry: Any, place: str, source: object) -> Sequence[Threshold]:
    if not isinstance(entry, dict):
        raise _fault(place, "ожидается таблица")
    _known(entry, _KEYS, place)
    named = entry.get("source", source)
    if not isinstance(named, str) or not named.strip():
        raise _fault(place, "не назван источник (строка source)")
    year, least, region = entry.get("year"), entry.get("least"), entry.get("region")
    procedure: Any = entry.get("procedure")
    level: Any = entry.get("level")
    measure: Any = entry.get("measure")
    if not _is_int(year, 2001, 2099):
        raise _fault(place, "year — год от 2001 до 2099")
    if procedure not in get_args(Procedure):
        raise _fault(place, "procedure — одно из: " + ", ".join(get_args(Procedure)))
    if level is not None and level not in get_args(Level):
        raise _fault(place, "level — base или profile")
    if measure not in get_args(Measure):
        raise _fault(place, "measure — test, primary или mark")
    if not _is_int(least, 1, _MOST[measure]):
        raise _fault(place, f"least — целое число от 1 до {_MOST[measure]}")
    if region is not None and not (isinstance(region, str) and region.isdecimal() and len(region) == 2):
        raise _fault(place, 'region — код региона из двух цифр в кавычках, например "20"')
    return [
        Threshold(int(str(year)), procedure, name, level, measure, int(str(least)), region)
        for name in _subjects(entry.get("subjects"), place)
    ]


def _subjects(names: object, place: str) -> list[str]:
    if not isinstance(names, list) or not names:
        raise _fault(place, "subjects — непустой список предметов")
    unknown = [name for name in names if name not in SUBJECTS]
    if unknown:
        raise _fault(place, f"предмет «{unknown[0]}» неизвестен")
    return names
