"""Reports and long tables in percent, and lists that come from outside."""

from __future__ import annotations

from functools import partial

from app.importers.recogniser import Recogniser
from app.importers.reports import (
    bias,
    federal_list,
    marks_long,
    risk_profile,
    risk_zone,
    score_distribution,
    scores_long,
    tasks,
)

RECOGNISERS: tuple[Recogniser, ...] = (
    Recogniser(
        "score_distribution", "ФИС ОКО: распределение первичных баллов", frozenset({"scores"}),
        score_distribution.recognise, score_distribution.read,
    ),
    Recogniser(
        "task_results", "ФИС ОКО: выполнение заданий", frozenset({"tasks"}),
        partial(tasks.recognise, kind="task_results"), partial(tasks.read, kind="task_results"),
    ),
    Recogniser(
        "planned_results", "ФИС ОКО: достижение планируемых результатов", frozenset({"tasks"}),
        partial(tasks.recognise, kind="planned_results"), partial(tasks.read, kind="planned_results"),
    ),
    Recogniser(
        "task_groups", "ФИС ОКО: выполнение заданий группами участников", frozenset({"tasks"}),
        partial(tasks.recognise, kind="task_groups"), partial(tasks.read, kind="task_groups"),
    ),
    Recogniser(
        "marks_long", "сводная таблица отметок в процентах", frozenset({"marks"}), marks_long.recognise, marks_long.read
    ),
    Recogniser(
        "scores_long", "сводная таблица первичных баллов", frozenset({"scores"}),
        scores_long.recognise, scores_long.read,
    ),
    Recogniser("bias", "признаки необъективности", frozenset({"external"}), bias.recognise, bias.read),
    Recogniser(
        "federal_list", "список Рособрнадзора с группами школ", frozenset({"external"}),
        federal_list.recognise, federal_list.read,
    ),
    Recogniser(
        "risk_profile", "рисковые профили школ", frozenset({"external"}),
        risk_profile.recognise, risk_profile.read, risk_profile.informed,
    ),
    Recogniser("risk_zone", "зоны риска школ", frozenset({"external"}), risk_zone.recognise, risk_zone.read),
)  # fmt: skip
