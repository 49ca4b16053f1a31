"""Settings of the file with the words they are shown under."""

from __future__ import annotations

from app.models import settings
from app.models.store import Connection

KEYS: tuple[str, ...] = tuple(settings.DEFAULTS)
LABELS: dict[str, str] = {
    "municipality": "Муниципалитет",
    "municipality_genitive": "Муниципалитет в родительном падеже («Лесогорского округа»)",
    "organisation": "Организация, которая готовит документы",
    "schools_label": "Как называть школы в документах",
    "signer_position": "Должность подписывающего",
    "signer_name": "Подписывающий (И. О. Фамилия)",
    "executor": "Исполнитель (ФИО, должность, телефон)",
    "blob_limit_mb": "Хранить исходные файлы не больше, МБ",
    "check_jump_points": "Скачок доли за год, который надо объяснить, в процентных пунктах",
    "check_jump_percent": "Скачок числа за год, который надо объяснить, в процентах",
    "check_small_group": "Не сравнивать группы, в которых участников меньше",
    "show_intervals_on_papers": "Печатать в документах интервалы долей",
    "show_types_on_papers": "Печатать в документах тип школы",
    "rule": "Правило, по которому составляется список",
}
"""Settings a person edits, in the order of the form; the others are set by operations."""
SWITCHES = ("show_intervals_on_papers", "show_types_on_papers")
"""Settings that are on («1») or off («0»)."""


def all_values(connection: Connection) -> dict[str, str]:
    """Return every setting with defaults filled in."""
    return settings.get_all(connection)
