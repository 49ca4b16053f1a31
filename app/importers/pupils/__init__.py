"""Exports with a row a pupil: everything becomes counts per school while it is read."""

from __future__ import annotations

from app.importers.pupils import autumn_2020, forms, individual, spring_2021
from app.importers.recogniser import Recogniser

_ASKED_AS = frozenset({"marks", "journal", "pupils"})

RECOGNISERS: tuple[Recogniser, ...] = (
    Recogniser("individual", "ФИС ОКО: индивидуальные результаты", _ASKED_AS, individual.recognise, individual.read),
    Recogniser(
        "pupils_2021", "выгрузка по ученикам, весна 2021 года", _ASKED_AS, spring_2021.recognise, spring_2021.read
    ),
    Recogniser(
        "pupils_2020", "выгрузка по ученикам, осень 2020 года", _ASKED_AS, autumn_2020.recognise, autumn_2020.read
    ),
    Recogniser(
        "pupils_2022", "выгрузка собранных форм, 2022 год", _ASKED_AS, forms.recognise_collected, forms.read_collected
    ),
    Recogniser("collection_form", "форма сбора результатов", _ASKED_AS, forms.recognise_form, forms.read_form),
)
