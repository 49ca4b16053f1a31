"""The journal of help and its templates as registers: their columns and words."""

from __future__ import annotations

from app.operations.grid_shapes import GridColumn
from app.operations.register_shape import Register

HELP_WORDS = {
    "visit": "выезд", "consultation": "консультация", "lesson": "посещение урока", "tutoring": "тьюторство",
}  # fmt: skip
HELP_AUDIENCES = {
    "teachers": "учителя", "heads": "руководители", "specialists": "специалисты", "young": "молодые педагоги",
    "team": "команда школы", "parents": "родители", "other": "другие",
}  # fmt: skip
WAY_WORDS = {
    "school": "в школе", "office": "в методической службе", "online": "по видеосвязи", "phone": "по телефону",
    "letter": "письмом",
}  # fmt: skip

_DAY = 86
OF_HELP: tuple[Register, ...] = (
    Register(
        "help", "help_entry", "Журнал помощи",
        "Выезды, консультации, посещённые уроки, тьюторство: кому, о чём, до чего договорились.",
        (
            GridColumn("held_on", "Когда", "date", _DAY),
            GridColumn("organisation_id", "Школа", "school", 120),
            GridColumn("kind", "Вид", "word", 104, HELP_WORDS),
            GridColumn("people", "Человек", "count", 64),
            GridColumn("audience", "Кого", "word", 110, HELP_AUDIENCES),
            GridColumn("topic", "О чём", width=180),
            GridColumn("subject", "Предмет", width=90),
            GridColumn("deficit", "Дефицит", width=120),
            GridColumn("outcome", "Итог", width=180),
            GridColumn("next_step", "Следующий шаг", width=120),
            GridColumn("next_on", "Когда шаг", "date", _DAY),
            GridColumn("next_done_on", "Шаг сделан", "date", _DAY),
            GridColumn("way", "Как", "word", 90, WAY_WORDS),
            GridColumn("methodist", "Методист", width=110),
            GridColumn("note", "Примечание", width=120),
        ),
        row=("запись", "записи", "записей"), order=("held_on",), files=True,
    ),
    Register(
        "help_templates", "help_template", "Шаблоны записей о помощи",
        "С чего начинается запись: первые девять берутся клавишами Ctrl+1…9.",
        (
            GridColumn("title", "Название", width=150),
            GridColumn("kind", "Вид", "word", 104, HELP_WORDS),
            GridColumn("people", "Человек", "count", 64),
            GridColumn("audience", "Кого", "word", 110, HELP_AUDIENCES),
            GridColumn("topic", "О чём", width=180),
            GridColumn("outcome", "Итог", width=160),
            GridColumn("next_step", "Следующий шаг", width=130),
            GridColumn("next_days", "Через дней", "count", 76),
        ),
        row=("шаблон", "шаблона", "шаблонов"), ordered=True,
    ),
)  # fmt: skip
